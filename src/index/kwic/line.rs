//! Lines of a concordance as plain data.

use std::path::PathBuf;

use crate::arabic::Span;
use crate::archive::{Article, ArticleId, PublicationDate};

/// The order of lines. Neighbours are compared in the order of the alphabet, without the article «ال» before them: first
/// those next to the word found, then the second, then the third; ties are in the order of the list of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum KwicSort {
    /// As the articles are listed, and in them as the words follow each other.
    #[default]
    Found,
    /// By the words that stand before.
    Before,
    /// By the words that stand behind.
    After,
    /// By the form of the word found, then by the words behind it.
    Word,
}

/// Which line it is: the article's row in the page, and which of its places, from 0, those of the title first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineAt {
    /// The row in `ResultPage::articles`.
    pub row: u32,
    /// The place in the article.
    pub nth: u32,
}

/// A place in an article as the index stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Whether `span` is of the title, else of the body.
    pub in_title: bool,
    /// The words found.
    pub span: Span,
}

/// A word found, in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KwicLine {
    /// Which one it is.
    pub at: LineAt,
    /// Its article.
    pub article: ArticleId,
    /// The article's file, relative to the archive's folder.
    pub path: PathBuf,
    /// The number of the article in its file, from 0.
    pub record: u32,
    /// The article's headline, stated or derived.
    pub title: String,
    /// The date of publication, if it states or implies one.
    pub published: Option<PublicationDate>,
    /// The outlet or agency, as spelled in the file.
    pub source: Option<String>,
    /// Where in the article it stands.
    pub place: Place,
    /// What stands before, up to the word; one line.
    pub before: String,
    /// The words found; one line.
    pub found: String,
    /// What stands behind; one line.
    pub after: String,
}

impl KwicLine {
    /// The line as text.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.before.len() + self.found.len() + self.after.len());
        for it in [&self.before, &self.found, &self.after] {
            text.push_str(it);
        }
        text
    }
}

impl Place {
    /// The same place in the text of an article that was read anew; `None` if other words stand there now.
    ///
    /// The stored body is the article's paragraphs with an empty line between them: see [`Article::body`].
    pub fn in_article(self, article: &Article, found: &str) -> Option<Span> {
        let span = match self.in_title {
            true => {
                let title = article.title_span()?;
                (title.of(&article.text) == Some(article.title.as_str())).then(|| self.span.shifted(title.start))?
            }
            false => {
                let mut start = 0;
                let paragraph = article.paragraphs().find_map(|paragraph| {
                    let own_start = start;
                    start += paragraph.len() + "\n\n".len();
                    let own = Span::new(own_start, own_start + paragraph.len());
                    own.covers(self.span).then_some((paragraph, own_start))
                });
                let (paragraph, own_start) = paragraph?;
                Span::new(
                    paragraph.start + self.span.start - own_start,
                    paragraph.start + self.span.end - own_start,
                )
            }
        };
        let stands_there = span.of(&article.text)?;
        stands_there
            .split_whitespace()
            .eq(found.split_whitespace())
            .then_some(span)
    }
}

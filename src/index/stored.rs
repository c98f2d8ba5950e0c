//! What the index hands out of the files and articles that it stores: plain data, read back from its fields.
//!
//! What it takes in, the fields of an article's document, is put together in [`super::write`].

use std::path::PathBuf;

use crate::arabic::Span;
use crate::archive::{Article, ArticleId, Format, Origin, PublicationDate, Reason, Section, SectionKind};
use crate::entities::EntityIdx;

/// The recorded size of a file that was begun and not ended; no real file is this large.
pub(super) const UNFINISHED: u64 = u64::MAX;

/// A file of the archive as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedFile {
    /// Relative to the archive's folder.
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
    /// The time of its last change, in nanoseconds since 1970.
    pub modified_nanos: i64,
    /// XXH3 of its bytes: shows whether a file whose time changed has really changed.
    pub content_hash: u64,
    /// The fingerprint of the rules that it was read by; 0 without any. It is read again when they change.
    pub reading: u64,
    /// What was not read, the file itself or its members: path and reason, in the order of the paths.
    pub unreadable: Vec<(PathBuf, Reason)>,
}

impl IndexedFile {
    /// Whether nothing of it could be read, so that the index holds no text of it.
    pub fn is_empty(&self) -> bool {
        self.content_hash == 0 && self.size != UNFINISHED && !self.unreadable.is_empty()
    }
}

/// The index's own copy of an article, shown when its file is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// The file, relative to the archive's folder.
    pub path: PathBuf,
    /// The number of the article in its file, from 0.
    pub record: u32,
    /// The headline, stated or derived.
    pub title: String,
    /// Whether the file states no headline.
    pub title_derived: bool,
    /// The date of publication, if it states or implies one.
    pub published: Option<PublicationDate>,
    /// The outlet or agency, as spelled in the file.
    pub source: Option<String>,
    /// The reporter or author.
    pub byline: Option<String>,
    /// As the outlet gave them, in its order.
    pub keywords: Vec<String>,
    /// The paragraphs of the body, separated by an empty line.
    pub body: String,
    /// The format of its file.
    pub format: Format,
    /// The address on the web that its file states for it; see [`Article::address`].
    pub address: Option<String>,
}

/// An article with all that the index knows of it, for exports and references.
#[derive(Clone, Debug, PartialEq)]
pub struct FullArticle {
    /// Its id.
    pub id: ArticleId,
    /// Its own copy in the index.
    pub stored: StoredArticle,
    /// The language of its body, by ISO 639-3 code.
    pub language: Option<String>,
    /// What it names, each once, as numbers of the registry in rising order.
    pub entities: Vec<EntityIdx>,
    /// The roles that it gives people, if they were asked for; without those of people that are hidden.
    pub roles: Vec<(EntityIdx, String)>,
    /// The number of its story in this state of the index; `None` if no other article is like it.
    pub story: Option<usize>,
    /// The fragment of the body that shows why it was found, if it was asked for.
    pub snippet: String,
}

/// What is read of an article only if it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct FullOptions {
    /// [`FullArticle::roles`].
    pub roles: bool,
    /// [`FullArticle::snippet`].
    pub snippet: bool,
}

impl StoredArticle {
    /// The article as far as the index remembers it: its title and its paragraphs.
    pub fn into_article(self) -> Article {
        let mut text = self.title.clone();
        let mut sections = vec![Section {
            kind: SectionKind::Title,
            span: Span::new(0, text.len()),
        }];
        if self.title_derived {
            text.clear();
            sections.clear();
        }
        for paragraph in self.body.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            sections.push(Section {
                kind: SectionKind::Body,
                span: Span::new(text.len(), text.len() + paragraph.len()),
            });
            text.push_str(paragraph);
        }
        Article {
            path: self.path,
            record: self.record,
            text,
            title: self.title,
            title_derived: self.title_derived,
            published: self.published,
            source: self.source,
            byline: self.byline,
            keywords: self.keywords,
            sections,
            problems: Vec::new(),
            encoding: "UTF-8",
            origin: Origin {
                format: self.format,
                ..Origin::default()
            },
            address: self.address,
            pictures: Vec::new(),
            pages: Vec::new(),
        }
    }
}

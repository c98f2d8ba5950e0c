//! Which passages of an article are highlighted, and where they stand in its text now.

use crate::arabic::Span;
use crate::marks::{ArticleMarks, Highlight, PassageText};
use crate::state::ReadArticle;
use crate::text::{Block, Look, TextStyle};

use super::super::theme::Theme;
use super::super::words::{Words, mark};

/// The highlighted passages of an article.
#[derive(Debug, Default)]
pub struct Passages<'a> {
    /// Those that were found, in the order of the text.
    pub found: Vec<(Span, &'a Highlight)>,
    /// Those that were not.
    pub lost: Vec<&'a Highlight>,
}

impl<'a> Passages<'a> {
    /// Those of an article with these marks.
    pub fn of(article: &ReadArticle, marks: Option<&'a ArticleMarks>) -> Self {
        let mut it = Self::default();
        let Some(marks) = marks.filter(|it| !it.highlights.is_empty()) else {
            return it;
        };
        let text = PassageText::new(&article.article.text);
        for passage in &marks.highlights {
            match text.find(passage) {
                Some(span) => it.found.push((span, passage)),
                None => it.lost.push(passage),
            }
        }
        it.found.sort_by_key(|(span, _)| (span.start, span.end));
        it
    }

    /// The highlight that a selection lies in or covers; of several the first.
    pub fn at(&self, selected: Span) -> Option<&'a Highlight> {
        let is_it = |span: Span| span.covers(selected) || selected.covers(span);
        self.found.iter().find(|(span, _)| is_it(*span)).map(|it| it.1)
    }
}

/// A note as it stands below the passage that it is about, or above an article.
pub fn note_block(words: Words<'_>, theme: &Theme, look: &Look, (note, of): (&str, Option<&Highlight>)) -> Block {
    let ground = of.map_or(theme.notice, |it| theme.highlight(it.color));
    Block {
        background: Some(ground),
        ..Block::new(
            format!("{}: {note}", mark::note(words)),
            TextStyle::caption(look),
            look.reading_size * 0.4,
        )
    }
}

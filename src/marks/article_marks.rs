//! The marks of one article, as they are shown and exported.

use serde::{Deserialize, Serialize};

use crate::arabic::{Span, words};

/// So many characters before and behind a passage tell where it stands. A guess.
const AROUND: usize = 48;

/// The marks of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ArticleMarks {
    /// Whether it has a star.
    pub is_starred: bool,
    /// Whether it was read.
    pub is_read: bool,
    /// The user's own words, in the order of the alphabet.
    pub tags: Vec<String>,
    /// What the user wrote of it, in lines; empty without.
    pub note: String,
    /// The passages that were highlighted, in the order in which they were marked.
    pub highlights: Vec<Highlight>,
}

/// A passage of an article that the user highlighted.
///
/// It is found again by its words and by what surrounds them, also when the text around it changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Highlight {
    /// The passage, as it stood when it was marked.
    pub quote: String,
    /// What stands before it in its paragraph, as far as it tells one place from another.
    pub before: String,
    /// What stands behind it.
    pub after: String,
    /// The colour of its ground.
    pub color: MarkColor,
    /// What the user wrote of it, in lines; empty without.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Highlight {
    /// The passage at `span` of a text, with the whole of the words that it touches; nothing if no word stands there. White
    /// space at its ends does not belong to it.
    pub fn new(text: &str, span: Span, color: MarkColor) -> Option<Self> {
        let touched = words(text).map(|it| it.span).filter(|it| it.overlaps(span));
        let span = touched.fold(span, |span, word| {
            Span::new(span.start.min(word.start), span.end.max(word.end))
        });
        let marked = span.of(text)?;
        let quote = marked.trim();
        words(quote).next()?;
        let start = span.start + (marked.len() - marked.trim_start().len());
        let before: Vec<char> = text.get(..start)?.chars().rev().take(AROUND).collect();
        let after = text.get(start + quote.len()..)?.chars().take(AROUND);
        Some(Self {
            quote: quote.to_owned(),
            before: before.into_iter().rev().collect(),
            after: after.collect(),
            color,
            note: String::new(),
        })
    }

    /// Whether both are the same passage, whatever their colours and notes.
    pub fn is_passage_of(&self, other: &Self) -> bool {
        self.quote == other.quote && self.before == other.before && self.after == other.after
    }
}

/// The colours of highlights and tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkColor {
    /// The first that is offered.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Pink.
    Pink,
    /// Purple.
    Purple,
}

impl MarkColor {
    /// All colours, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink, Self::Purple];

    /// Its name, as in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
            Self::Purple => "purple",
        }
    }
}

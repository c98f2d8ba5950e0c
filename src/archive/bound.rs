//! What readers follow in a file, and how far: no reader goes on, or into itself, as long as a file likes.
//!
//! A file that goes further is read up to there, with a [`Problem`](super::Problem) that says so; of deeper elements the
//! text is kept, without its layout. All limits are guesses, some ten times what a large file of the kind would hold; only
//! what libraries stop at is theirs.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Elements of a page, a feed or a book within each other.
    Nesting,
    /// The elements of one page or document.
    Elements,
    /// The attributes of one element.
    Attributes,
    /// Objects and lists of JSON within each other.
    Values,
    /// The fields of one record, or the columns of a table.
    Fields,
    /// The parts of one message, with those of the messages within it.
    Parts,
    /// Messages within messages.
    Messages,
    /// The documents of one book.
    Documents,
    /// The pages of one PDF.
    Pages,
    /// The letters of one printed page.
    Signs,
    /// What one printed page, or one PDF, draws.
    Drawing,
}

impl Bound {
    /// How far it is followed; for [`Bound::Drawing`] per page, in all pages ten times as much.
    pub const fn limit(self) -> usize {
        match self {
            // Browsers stop at 512. More makes some readers use too much of their stack.
            Self::Nesting => 256,
            // A page with some thousand comments.
            Self::Elements => 300_000,
            // Pages of news have some ten.
            Self::Attributes => 1_000,
            // The library itself stops at 128.
            Self::Values => 100,
            // Tables of statistics have the most.
            Self::Fields => 4_096,
            // A digest of some hundred messages; more nested ones use too much stack as they are dropped.
            Self::Parts => 1_000,
            // A forwarded message that was forwarded.
            Self::Messages => 4,
            // A year of a daily newspaper in one book has less.
            Self::Documents => 20_000,
            // An article has a few pages, an issue of a paper some fifty.
            Self::Pages => 2_000,
            // A full newspaper page.
            Self::Signs => 300_000,
            // Maps and charts draw the most.
            Self::Drawing => 2_000_000,
        }
    }
}

/// What was not followed, in English.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = self.limit();
        match self {
            Self::Nesting => write!(
                f,
                "elements nested deeper than {limit}: their text was kept without its layout"
            ),
            Self::Elements => write!(f, "more than {limit} elements: their text was kept without its layout"),
            Self::Attributes => {
                write!(
                    f,
                    "an element with more than {limit} attributes: the text was kept without its layout"
                )
            }
            Self::Values => write!(f, "values nested deeper than {limit} were not read"),
            Self::Fields => write!(f, "only the first {limit} fields were read"),
            Self::Parts => write!(f, "only the first {limit} parts of the message were read"),
            Self::Messages => write!(f, "messages within messages, deeper than {limit}, were not read"),
            Self::Documents => write!(f, "only the first {limit} documents of the book were read"),
            Self::Pages => write!(f, "only the first {limit} pages were read"),
            Self::Signs => write!(f, "only the first {limit} letters of a page were read"),
            Self::Drawing => write!(
                f,
                "a page draws without end: what came after {limit} strokes was not read"
            ),
        }
    }
}

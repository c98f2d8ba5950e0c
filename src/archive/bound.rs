//! What readers follow in a file, and how far: no reader goes on, or into itself, as long as a file likes.
//!
//! A file that goes further is read up to there, with a [`Problem`](super::Problem) that says so; of deeper elements the
//! text is kept, without its layout. What real files reach was counted in some thousand of each kind: saved pages,
//! feeds, dumps, mail, books and printed pages of Arabic news.

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
            // Pages reach some 40; browsers stop at 512. More makes some readers use too much of their stack.
            Self::Nesting => 256,
            // The longest pages, with a thousand comments, reach some 30,000.
            Self::Elements => 300_000,
            // Pages reach some 40.
            Self::Attributes => 1_000,
            // Dumps reach some 10; the library itself stops at 128.
            Self::Values => 100,
            // Dumps of news reach some 100, tables of statistics a thousand columns.
            Self::Fields => 4_096,
            // Digests with a hundred messages were seen. A guess; more nested ones use too much stack as they are dropped.
            Self::Parts => 1_000,
            // A forwarded message that was forwarded. A guess.
            Self::Messages => 4,
            // A year of a daily newspaper in one book has less. A guess.
            Self::Documents => 20_000,
            // An article has a few pages, an issue of a paper some fifty. A guess.
            Self::Pages => 2_000,
            // A full newspaper page has some 30,000.
            Self::Signs => 300_000,
            // Maps and charts reach some 100,000 lines on a page. A guess.
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

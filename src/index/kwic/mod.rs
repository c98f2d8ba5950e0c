//! Words in their lines: every place in the articles found where the words of the query stand, with what stands before
//! and behind it, to be aligned at the word and sorted by its neighbours (KWIC, a concordance).
//!
//! The places are those that the reader marks: the same matcher looks at the same paragraphs. Not for which articles are
//! found: see [`search`](super::search); a line is only ever one of an article of its page.
//!
//! | file | is |
//! |---|---|
//! | `line` | lines and their places, as plain data |
//! | `nodes` | what the lines of a request are aligned at: its words, or names |
//! | `concordance` | the places of all lines, read piece by piece, and their orders |
//! | `read` | the places in an article; the words around them |

mod concordance;
mod line;
mod nodes;
mod read;

pub use concordance::{Concordance, MOST_LINES, read_on};
pub use line::{KwicLine, KwicSort, LineAt, Place};
pub use nodes::Nodes;
pub use read::lines;

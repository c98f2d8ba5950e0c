//! How an archive was left, so that it is shown so again when it is opened next.

use crate::index::KwicSort;

use super::searches::Visit;

/// How an archive was left.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Left {
    /// What was looked at.
    pub visit: Visit,
    /// How far the article was scrolled.
    pub place: TextPlace,
    /// The order of the words found in their lines, where these stood in the place of the list.
    pub lines: Option<KwicSort>,
}

/// A place in an article as the reader sets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TextPlace {
    /// The paragraph, counted from 0.
    pub block: usize,
    /// The byte in its text.
    pub byte: usize,
}

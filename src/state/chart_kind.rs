//! Which counts can be drawn for a file.

use crate::index::Facet;

/// Which counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// When the articles found were published, beside what that is compared with.
    Timeline,
    /// When articles name the one whose page is shown, and those that it is compared with.
    Names,
    /// The most frequent values of a facet.
    Top(Facet),
}

//! What every format is: something that takes articles one after the other.

use super::error::ExportError;
use super::row::Row;

/// A format: takes articles one after the other.
pub trait ArticleWriter {
    /// Writes an article.
    fn write(&mut self, row: &Row) -> Result<(), ExportError>;

    /// Ends the file.
    fn finish(self: Box<Self>) -> Result<Written, ExportError>;
}

/// What did not fit a format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Cells that were cut.
    pub cut_cells: u64,
    /// Addresses that are no links.
    pub plain_links: u64,
}

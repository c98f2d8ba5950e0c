//! What bringing an index up to date has done, for what follows.

use std::path::PathBuf;

use crate::state::UpdateSummary;

/// What was done.
pub(super) struct Done {
    pub(super) summary: UpdateSummary,
    pub(super) moved: Vec<Moved>,
    /// The files that were read or removed.
    pub(super) touched: Vec<PathBuf>,
    /// Whether there were other corrections of articles than those that the index was made with.
    pub(super) is_corrected: bool,
}

/// The path of a file before, and now.
pub(super) type Moved = (PathBuf, PathBuf);

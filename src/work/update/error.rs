//! Why an index cannot be brought up to date.

use std::path::PathBuf;

use crate::archive::RuleError;
use crate::index::{OpenError, WriteError};
use crate::state::Cause;

use super::super::kept::KeptError;

/// Why an index cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The folder is not there or may not be read, and its index knows no file of it.
    #[error("cannot read the folder: {source}: {}", path.display())]
    Folder {
        /// What the system says.
        source: Cause,
        /// The folder.
        path: PathBuf,
    },
    /// Another process brings the index up to date.
    #[error("another Fihrist is reading this folder{}", process.map_or_else(String::new, |it| format!(" (process {it})")))]
    Busy {
        /// The number that the system gave it, if it is known.
        process: Option<u32>,
    },
    /// The corrections of how files are read cannot be understood or kept.
    #[error("the corrections of how files are read: {0}")]
    Reading(#[from] KeptError),
    /// The index cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The index cannot be searched for what it knows of the files.
    #[error(transparent)]
    Index(#[from] OpenError),
    /// A correction of how files are read says what cannot be meant.
    #[error(transparent)]
    Rule(#[from] RuleError),
}

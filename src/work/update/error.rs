//! Why an index cannot be brought up to date.

use std::io;
use std::path::PathBuf;

use crate::archive::RuleError;
use crate::index::{OpenError, WriteError};

use super::super::data_dir::ReadingError;

/// Why an index cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The archive's folder is gone or may not be read; the index is as it was.
    #[error("cannot read the folder: {source}: {}", path.display())]
    Folder {
        /// What the system says.
        source: io::Error,
        /// The folder.
        path: PathBuf,
    },
    /// The corrections of how files are read cannot be understood.
    #[error(transparent)]
    Reading(#[from] ReadingError),
    /// The index cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The index cannot be searched for what it knows of the files.
    #[error(transparent)]
    Index(#[from] OpenError),
    /// A correction of how files are read says what cannot be meant.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A correction of how files are read cannot be kept.
    #[error("cannot save the corrections of how files are read: {source}: {}", path.display())]
    Save {
        /// What the system says.
        source: io::Error,
        /// Their file.
        path: PathBuf,
    },
}

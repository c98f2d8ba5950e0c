//! Why a file of the user's decisions could not be read or changed.

use std::io;
use std::path::PathBuf;

use crate::state::Cause;

/// Why a file of the user's decisions could not be read or changed. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// It cannot be read or written.
    #[error("{source}: {}", path.display())]
    Io {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// A later version of the program wrote it.
    #[error("a later version of Fihrist wrote this file, so it is left alone: {}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be understood, no earlier version is there, and nothing should be done without it.
    #[error("{cause}; mend or remove the file: {}", path.display())]
    Damaged {
        /// What is wrong with it.
        cause: Cause,
        /// The file.
        path: PathBuf,
    },
    /// Another process holds the lock of its folder for longer than any change takes.
    #[error("another Fihrist does not let go of its files: {}", path.display())]
    Locked {
        /// The file of the lock.
        path: PathBuf,
    },
}

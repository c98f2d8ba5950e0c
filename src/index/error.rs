//! What can go wrong with the index.

use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};

use super::read_only::is_read_only;

/// Why the index could not be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder could not be read or written.
    #[error("cannot open the index: {source} ({})", path.display())]
    Io {
        /// The cause.
        source: std::io::Error,
        /// The folder of the index.
        path: PathBuf,
    },
    /// It must be rebuilt, but another process is writing to it.
    #[error("another window is writing to the index ({})", path.display())]
    Busy {
        /// The folder of the index.
        path: PathBuf,
    },
    /// A later version of this program wrote it.
    #[error("a newer version of Fihrist wrote the index ({})", path.display())]
    Newer {
        /// The folder of the index.
        path: PathBuf,
    },
    /// Anything else that is neither damage nor a matter of access.
    #[error("cannot read the index: {source} ({})", path.display())]
    Index {
        /// The cause.
        source: IndexError,
        /// The folder of the index.
        path: PathBuf,
    },
}

/// Why something could not be read from an open index.
///
/// Cheap to clone, so that it can travel with an answer that is incomplete because of it.
#[derive(Clone, Debug, thiserror::Error)]
#[error("cannot read the index: {source} ({})", path.display())]
pub struct SearchError {
    /// The cause.
    pub source: IndexError,
    /// The folder of the index.
    pub path: PathBuf,
}

impl SearchError {
    /// Whether the index itself is damaged: it is then checked at the next opening, and rebuilt if need be.
    pub fn is_damage(&self) -> bool {
        self.source.is_damage()
    }
}

impl From<SearchError> for OpenError {
    fn from(SearchError { source, path }: SearchError) -> Self {
        Self::Index { source, path }
    }
}

/// Why something could not be written to the index.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another writer holds the lock, such as another window on the same archive.
    #[error("another window is writing to the index")]
    Busy,
    /// There is no room on the disk.
    #[error("no room is left on the disk of Fihrist's own files ({})", path.display())]
    Full {
        /// The folder of the index.
        path: PathBuf,
    },
    /// The folder may not be written to.
    #[error("the folder of Fihrist's own files cannot be written to")]
    ReadOnly,
    /// Anything else, such as a missing folder.
    #[error("cannot write to the index: {0}")]
    Index(#[source] IndexError),
}

/// An error of the search library.
#[derive(Clone, Debug, thiserror::Error)]
#[error(transparent)]
pub struct IndexError(TantivyError);

impl From<TantivyError> for IndexError {
    fn from(err: TantivyError) -> Self {
        Self(err)
    }
}

impl From<std::io::Error> for IndexError {
    fn from(err: std::io::Error) -> Self {
        Self(err.into())
    }
}

impl From<std::io::Error> for WriteError {
    fn from(err: std::io::Error) -> Self {
        Self::Index(err.into())
    }
}

impl From<SearchError> for WriteError {
    fn from(SearchError { source, .. }: SearchError) -> Self {
        Self::Index(source)
    }
}

impl From<TantivyError> for WriteError {
    fn from(err: TantivyError) -> Self {
        match &err {
            _ if is_busy(&err) => Self::Busy,
            TantivyError::LockFailure(LockError::IoError(err), _) if is_read_only(err) => Self::ReadOnly,
            _ => Self::Index(err.into()),
        }
    }
}

impl IndexError {
    /// Whether the index itself is damaged or foreign, so that rebuilding it is the cure.
    pub(super) fn is_damage(&self) -> bool {
        is_damage(&self.0)
    }
}

/// Whether another process holds the lock.
pub(super) fn is_busy(err: &TantivyError) -> bool {
    matches!(err, TantivyError::LockFailure(LockError::LockBusy, _))
}

fn is_damage(err: &TantivyError) -> bool {
    match err {
        TantivyError::LockFailure(..)
        | TantivyError::OpenDirectoryError(
            OpenDirectoryError::IoError { .. } | OpenDirectoryError::FailedToCreateTempDir(_),
        )
        | TantivyError::Poisoned
        | TantivyError::ErrorInThread(_)
        | TantivyError::SystemError(_)
        | TantivyError::OpenWriteError(_) => false,
        TantivyError::IoError(source) => is_damaged_content(source),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => is_damaged_content(io_error),
        _ => true,
    }
}

/// Whether an error comes from a file's content and not from reaching the file.
pub(super) fn is_damaged_content(err: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(
        err.kind(),
        ErrorKind::InvalidData
            | ErrorKind::UnexpectedEof
            | ErrorKind::InvalidInput
            | ErrorKind::NotFound
            | ErrorKind::Other
    )
}

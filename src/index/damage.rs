//! The suspicion that an index is damaged, and the errors met on the way to an answer.
//!
//! The search library panics on some damaged files. Nothing here catches that: whoever runs a job does. But every read
//! goes through [`Suspicion::read`], which notices the panic as it passes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use tantivy::TantivyError;
use tantivy::error::DataCorruption;

use super::error::{IndexError, SearchError};

/// Exists while the index is suspected of damage: all of it is then checked before it is read at the next opening.
const SUSPECT_FILE: &str = "suspect";

/// Remembers on disk that the index seems to be damaged.
#[derive(Clone, Debug)]
pub(super) struct Suspicion {
    file: PathBuf,
}

impl Suspicion {
    /// For the index in the folder `dir`.
    pub fn new(dir: &Path) -> Self {
        Self {
            file: dir.join(SUSPECT_FILE),
        }
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }

    /// Has the index checked at the next opening.
    pub fn raise(&self) {
        // If even this cannot be written, the next time will show the same damage.
        fs::write(&self.file, []).ok();
    }

    /// Whether the index has to be checked.
    pub fn is_raised(&self) -> bool {
        self.file.exists()
    }

    /// Withdraws the suspicion: the index was checked and is intact.
    pub fn clear(&self) {
        // If it stays, the index is only checked once more.
        fs::remove_file(&self.file).ok();
    }

    /// What `read` reads, or the error to report. An error or a panic that may be damage has the index checked at the
    /// next opening.
    pub fn read<T>(&self, read: impl FnOnce() -> Result<T, IndexError>) -> Result<T, SearchError> {
        let _raises = RaisesOnPanic(self);
        read().map_err(|err| self.to_search_error(err))
    }

    /// The error to report for something that was read through [`Suspicion::read`]; one that may be damage raises the
    /// suspicion.
    pub fn to_search_error(&self, source: IndexError) -> SearchError {
        if source.is_damage() {
            self.raise();
        }
        let path = self.dir().to_owned();
        SearchError { source, path }
    }
}

/// Raises the suspicion when a panic passes it.
struct RaisesOnPanic<'a>(&'a Suspicion);

impl Drop for RaisesOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.raise();
        }
    }
}

/// The error for damage that nothing else describes.
pub(super) fn damage() -> IndexError {
    TantivyError::from(DataCorruption::comment_only("the index is damaged")).into()
}

/// Collects what could not be read on the way to an answer, so that one bad segment does not hide the others.
///
/// It is a parameter of everything that reads: a caller can ignore half of a result, but not a parameter.
#[derive(Debug, Default)]
pub(super) struct Unread(Mutex<Option<IndexError>>);

impl Unread {
    /// Notes an error; only the first one is reported.
    pub fn note(&self, err: IndexError) {
        // A panic elsewhere cannot leave half an error there.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(err);
    }

    /// What was read, or `None` with the error noted.
    pub fn noted<T, E: Into<IndexError>>(&self, read: Result<T, E>) -> Option<T> {
        read.map_err(|err| self.note(err.into())).ok()
    }

    /// Whether everything could be read so far.
    pub fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// The error to report, if there was any.
    pub fn into_first(self) -> Option<IndexError> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// `answer` if all of it could be read.
    pub fn all_or_error<T>(self, answer: T) -> Result<T, IndexError> {
        match self.into_first() {
            None => Ok(answer),
            Some(err) => Err(err),
        }
    }
}

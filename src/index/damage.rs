//! The suspicion that an index is damaged, kept on disk until it was looked into.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::error::DataCorruption;

use super::error::IndexError;

/// Is there while the index is suspected of being damaged: the next time it is opened it is checked thoroughly.
const SUSPECT_FILE: &str = "suspect";

/// Remembers on disk that the index seems to be damaged.
#[derive(Clone, Debug)]
pub(super) struct Suspicion {
    file: PathBuf,
}

impl Suspicion {
    /// Of the index in the folder `dir`.
    pub fn new(dir: &Path) -> Self {
        Self {
            file: dir.join(SUSPECT_FILE),
        }
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }

    /// Has the index checked the next time it is opened.
    pub fn raise(&self) {
        // If even this cannot be written, the next time will show the same damage.
        fs::write(&self.file, []).ok();
    }

    /// Whether the index has to be checked.
    pub fn is_raised(&self) -> bool {
        self.file.exists()
    }

    /// The index was checked and is good.
    pub fn drop(&self) {
        // If it stays, the index is only checked once more.
        fs::remove_file(&self.file).ok();
    }

    /// What `read` gives, or `otherwise` if it panics, as the search library does on some damaged files.
    pub fn guard<T>(&self, otherwise: T, read: impl FnOnce() -> T) -> T {
        panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_panic| {
            self.raise();
            otherwise
        })
    }
}

/// What is said of an index that is damaged where nothing else says how.
pub(super) fn damage() -> IndexError {
    TantivyError::from(DataCorruption::comment_only("the index is damaged")).into()
}

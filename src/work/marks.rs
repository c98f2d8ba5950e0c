//! What the user marks, on disk and in the index: the file of an archive's marks, and whether marks still lie at their
//! articles after files were read anew.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::archive::ArticleId;
use crate::index::{Index, OpenError, StoredArticle};
use crate::marks::{ArticleMarks, MarkChange, MarkEdit, Marks, settled};
use crate::state::{Cause, MarkFailure};

use super::data_dir::DataDir;
use super::kept::{Kept as _, KeptError, View};
use super::private::write_for_user;
use super::whereabouts::{Found, key_and_print, said};

/// At most so many articles are marked at once: their file is read and written whole, and stays below a hundred megabytes
/// then. A guess.
pub const MOST_AT_ONCE: usize = 100_000;

/// Why marks could not be kept or handed on.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// The archive's own file of them cannot be read or changed.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// A file that the user named cannot be read or written.
    #[error("{source}: {}", path.display())]
    Io {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The file to be imported holds no marks, or those of a later version.
    #[error("{cause}: {}", path.display())]
    Format {
        /// What is wrong with it.
        cause: Cause,
        /// The file.
        path: PathBuf,
    },
    /// More articles than [`MOST_AT_ONCE`].
    #[error("{0} articles are too many at once: at most {MOST_AT_ONCE}")]
    TooMany(usize),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] OpenError),
}

impl From<MarkError> for MarkFailure {
    fn from(err: MarkError) -> Self {
        match err {
            MarkError::Io { source, path } => Self::File(path, Cause::new(source)),
            MarkError::Format { cause, path } => Self::NotMarks(path, cause),
            MarkError::TooMany(_) => Self::TooMany(MOST_AT_ONCE),
            MarkError::Kept(err) => Self::NotKept(Cause::new(err)),
            MarkError::Index(err) => Self::NotKept(Cause::new(err)),
        }
    }
}

/// The marks of one archive: its file, and the index that counts by them.
///
/// What is changed is kept in the file first and counted then.
pub struct ArchiveMarks {
    kept: View<Marks>,
}

impl ArchiveMarks {
    /// Reads the marks of the archive in `folder` and has the index count by them. What happened to their file is noted:
    /// see [`DataDir::take_mishaps`].
    pub fn open(data_dir: &DataDir, folder: &Path, index: &Index) -> Self {
        let kept = View::open_or_default(data_dir.marks_of(folder));
        if !kept.known().is_empty() {
            index.set_marks(Arc::new(kept.known().clone()));
        }
        Self { kept }
    }

    /// The marks.
    pub fn marks(&self) -> &Marks {
        self.kept.known()
    }

    /// Changes the marks of articles; those that the index does not hold are left out. Returns what takes it back, and
    /// nothing for articles of which nothing changes.
    pub fn change(
        &mut self,
        articles: &[ArticleId],
        change: &MarkChange,
        index: &Index,
    ) -> Result<Vec<MarkEdit>, MarkError> {
        if MOST_AT_ONCE < articles.len() {
            return Err(MarkError::TooMany(articles.len()));
        }
        let searcher = index.early_searcher()?;
        let mut edits = Vec::new();
        for article in articles {
            if let Some((article, print)) = key_and_print(&searcher, *article)? {
                let change = change.clone();
                edits.push(MarkEdit { article, print, change });
            }
        }
        self.apply(&edits, index)
    }

    /// Changes the marks of articles, of each as `change` says of what the index holds of it and of its marks.
    pub fn change_each(
        &mut self,
        articles: &[ArticleId],
        index: &Index,
        mut change: impl FnMut(&StoredArticle, Option<&ArticleMarks>) -> Option<MarkChange>,
    ) -> Result<Vec<MarkEdit>, MarkError> {
        let searcher = index.early_searcher()?;
        let marks = searcher.marks();
        let mut edits = Vec::new();
        for article in articles {
            let Some(stored) = searcher.stored_article(*article).map_err(OpenError::from)? else {
                continue;
            };
            if let Some(change) = change(&stored, marks.get(article)) {
                let (article, print) = said(&stored);
                edits.push(MarkEdit { article, print, change });
            }
        }
        if MOST_AT_ONCE < edits.len() {
            return Err(MarkError::TooMany(edits.len()));
        }
        self.apply(&edits, index)
    }

    /// Makes changes, such as those that take others back; returns what takes them back in turn.
    pub fn apply(&mut self, edits: &[MarkEdit], index: &Index) -> Result<Vec<MarkEdit>, MarkError> {
        self.edit(index, |marks| marks.apply(edits, Timestamp::now()))
    }

    /// Makes any change, and has the index count by what the file holds then.
    pub fn edit<R>(&mut self, index: &Index, change: impl FnOnce(&mut Marks) -> R) -> Result<R, MarkError> {
        let result = self.kept.edit(|marks| Ok::<R, KeptError>(change(marks)))?;
        index.set_marks(Arc::new(self.kept.known().clone()));
        Ok(result)
    }

    /// Adds the marks in a file; of each the later change holds. Returns how many articles have other marks now.
    pub fn import(&mut self, path: &Path, index: &Index) -> Result<u64, MarkError> {
        self.merge(read_marks(path)?, index)
    }

    /// Adds the marks of others; of each the later change holds. Returns how many articles have other marks now.
    pub fn merge(&mut self, mut theirs: Marks, index: &Index) -> Result<u64, MarkError> {
        // Theirs may name articles by other paths. Looked for apart from mine, so that both join where they mean one article.
        let searcher = index.early_searcher()?;
        let found = settled(&theirs, &Found::new(&searcher), &|_| true);
        theirs.settle(&found);
        self.edit(index, |marks| marks.merge(theirs))
    }

    /// The marks as they are written for a colleague.
    pub fn to_json(&self) -> io::Result<String> {
        Ok(self.marks().to_kept()?)
    }

    /// Writes the marks to a file, for a colleague.
    pub fn export(&self, path: &Path) -> Result<(), MarkError> {
        let written = self.to_json().and_then(|it| write_for_user(path, it.as_bytes()));
        written.map_err(|source| MarkError::Io {
            source,
            path: path.to_owned(),
        })
    }

    /// Has the index count by what others have changed in the file meanwhile; whether that is anything.
    pub fn refresh(&mut self, index: &Index) -> Result<bool, MarkError> {
        let is_changed = self.kept.refresh()?.is_some();
        if is_changed {
            index.set_marks(Arc::new(self.marks().clone()));
        }
        Ok(is_changed)
    }

    /// Looks whether marks still lie at their articles, of files for which `may_differ` holds.
    pub fn settle(&mut self, index: &Index, may_differ: &dyn Fn(&str) -> bool) -> Result<(), MarkError> {
        let searcher = index.early_searcher()?;
        let found = settled(self.marks(), &Found::new(&searcher), may_differ);
        if !found.is_empty() {
            self.edit(index, |marks| marks.settle(&found))?;
        }
        Ok(())
    }
}

/// Reads marks that were written for others.
pub fn read_marks(path: &Path) -> Result<Marks, MarkError> {
    let text = fs::read_to_string(path).map_err(|source| MarkError::Io {
        source,
        path: path.to_owned(),
    })?;
    marks_from_json(&text).map_err(|cause| MarkError::Format {
        cause,
        path: path.to_owned(),
    })
}

/// The marks in a text of JSON; an error if it is something else, or of a later version.
pub fn marks_from_json(text: &str) -> Result<Marks, Cause> {
    #[derive(serde::Deserialize)]
    struct Head {
        version: u64,
        #[serde(rename = "articles")]
        _articles: serde::de::IgnoredAny,
    }
    let text = text.trim_start_matches('\u{FEFF}');
    let head: Head = serde_json::from_str(text).map_err(Cause::new)?;
    if Marks::NEWEST_VERSION < head.version {
        return Err(Cause::new("a later version of Fihrist wrote it"));
    }
    serde_json::from_str(text).map_err(Cause::new)
}

/// Has the marks of an archive follow files that were moved, and lie at the right articles of files for which `may_differ`
/// holds: they were read anew or are gone.
pub fn settle_after_reading(
    index: &Index,
    data_dir: &DataDir,
    folder: &Path,
    moved: &[(PathBuf, PathBuf)],
    may_differ: &dyn Fn(&str) -> bool,
) -> Result<(), MarkError> {
    let mut marks = ArchiveMarks {
        kept: View::open_or_default(data_dir.marks_of(folder)),
    };
    if marks.marks().is_empty() {
        return Ok(());
    }
    if !moved.is_empty() {
        marks.edit(index, |marks| {
            for (from, to) in moved {
                marks.move_file(from, to);
            }
        })?;
    }
    marks.settle(index, may_differ)
}

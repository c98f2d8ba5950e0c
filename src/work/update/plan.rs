//! What is new, changed and gone since an index last saw its folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::archive::{self, FileEntry, Reading, Scan};
use crate::index::{Index, IndexedFile, OpenError};
use crate::state::{FolderChanges, UnreadableFile};

use super::super::data_dir::DataDir;
use super::error::UpdateError;

/// What changed in `folder` since it was read, and the stamp of what it holds now; reads no file.
pub fn folder_changes(
    index: &Index,
    data_dir: &DataDir,
    folder: &Path,
    last_stamp: u64,
) -> Result<(FolderChanges, u64), UpdateError> {
    let scan = archive::scan(folder, &[]);
    let stamp = scan.stamp();
    if stamp == last_stamp {
        return Ok((FolderChanges::default(), stamp));
    }
    let reading = data_dir.load_reading(folder)?;
    Ok((Plan::new(index, scan, &reading)?.changes, stamp))
}

/// What is to be done so that the index holds what a folder holds.
pub(super) struct Plan {
    pub(super) n_files: u64,
    pub(super) n_left_out: u64,
    pub(super) folder_stamp: u64,
    pub(super) changes: FolderChanges,
    /// In the order of paths.
    pub(super) to_read: Vec<FileEntry>,
    /// In the order of paths.
    pub(super) gone: Vec<PathBuf>,
    /// What could not be looked at, and what could not be read of the files that are as they were.
    pub(super) unreadable: Vec<UnreadableFile>,
}

impl Plan {
    pub(super) fn log(&self, start: Instant) {
        let changes = &self.changes;
        tracing::info!(
            millis = start.elapsed().as_millis(),
            files = self.n_files,
            added = changes.added,
            changed = changes.changed,
            removed = changes.removed,
            "scanned"
        );
    }

    pub(super) fn new(index: &Index, scan: Scan, reading: &Reading) -> Result<Self, UpdateError> {
        let searcher = index.early_searcher()?;
        let mut known: HashMap<PathBuf, IndexedFile> = searcher
            .files()
            .map_err(OpenError::from)?
            .into_iter()
            .map(|file| (file.path.clone(), file))
            .collect();
        let mut it = Self {
            n_files: scan.files.len() as u64,
            n_left_out: scan.n_left_out,
            folder_stamp: scan.stamp(),
            changes: FolderChanges::default(),
            to_read: Vec::new(),
            gone: Vec::new(),
            unreadable: Vec::new(),
        };
        for file in scan.files {
            match known.remove(&file.path) {
                Some(known)
                    if known.size == file.size
                        && known.modified_nanos == file.modified_nanos
                        && known.reading == reading.of(&file.path).fingerprint() =>
                {
                    let unreadable = known.unreadable.into_iter();
                    it.unreadable
                        .extend(unreadable.map(|(path, reason)| UnreadableFile { path, reason }));
                }
                Some(_) => {
                    it.changes.changed += 1;
                    it.to_read.push(file);
                }
                None => {
                    it.changes.added += 1;
                    it.to_read.push(file);
                }
            }
        }
        // What lies in a folder that cannot be read now is not gone.
        let is_hidden = |path: &PathBuf| scan.unreadable.iter().any(|it| path.starts_with(&it.path));
        it.gone = known.into_keys().filter(|path| !is_hidden(path)).collect();
        it.gone.sort_unstable();
        it.changes.removed = it.gone.len() as u64;
        let not_looked_at = scan.unreadable.into_iter();
        it.unreadable.extend(not_looked_at.map(|it| UnreadableFile {
            path: it.path,
            reason: it.reason,
        }));
        Ok(it)
    }
}

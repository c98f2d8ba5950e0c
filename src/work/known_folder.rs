//! Which folder an archive is of, and what lies in it: by this its folder is known again under another name.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::index::{Index, OpenError};
use crate::state::UpdateSummary;

use super::data_dir::{DataDir, real_path};
use super::kept::replace;
use super::log::ErrorCode;

/// Of an archive's files at most so many are remembered, chosen by the hashes of their paths: enough to tell one folder from
/// another. A guess.
const MOST_FILES: usize = 500;

/// The version of the file.
const VERSION: u32 = 1;

/// A folder as it was when its archive was last brought up to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFolder {
    version: u32,
    /// Its path, without links and detours. One that is not Unicode is not remembered.
    pub folder: PathBuf,
    /// The numbers that the system gives its disk and the folder itself; unknown where the system gives none.
    pub disk: Option<u64>,
    /// See `disk`.
    pub number: Option<u64>,
    /// How many files it held that could be read.
    pub n_files: u64,
    /// Some of them: the path below the folder, and the size in bytes.
    pub files: Vec<(PathBuf, u64)>,
}

impl KnownFolder {
    /// What is remembered of the archive whose directory this is; nothing if that cannot be read.
    pub fn load(archive_dir: &Path) -> Option<Self> {
        let json = fs::read(archive_dir.join("folder.json")).ok()?;
        let it: Self = serde_json::from_slice(&json).ok()?;
        (it.version <= VERSION).then_some(it)
    }

    /// Remembers it in an archive's directory.
    pub fn save(&self, archive_dir: &Path) -> io::Result<()> {
        let json = serde_json::to_vec(self)?;
        replace(&archive_dir.join("folder.json"), &json)
    }

    /// The same under another name, or on another disk.
    pub fn at(&self, folder: &Path) -> Self {
        let metadata = fs::metadata(folder).ok();
        Self {
            folder: real_path(folder),
            disk: metadata.as_ref().and_then(disk),
            number: metadata.as_ref().and_then(number),
            ..self.clone()
        }
    }
}

/// Remembers a folder after its files were read. Where that fails, its archive does not follow it to another name.
pub fn note_folder(data_dir: &DataDir, folder: &Path, index: &Index, summary: &UpdateSummary) {
    if summary.cancelled || summary.missing.is_folder_away() || real_path(folder).to_str().is_none() {
        return;
    }
    let dir = data_dir.archive_of(folder);
    let known = KnownFolder::load(&dir);
    let is_changed = 0 < summary.added + summary.changed + summary.removed + summary.moved;
    if !is_changed && known.as_ref().is_some_and(|it| it.at(folder) == *it) {
        return;
    }
    match look(folder, index, summary) {
        Ok(now) => drop(now.save(&dir)),
        Err(err) => tracing::warn!(error = %ErrorCode(&err), "the folder is not remembered"),
    }
}

fn look(folder: &Path, index: &Index, summary: &UpdateSummary) -> Result<KnownFolder, OpenError> {
    let files = index.early_searcher()?.files()?.into_iter();
    let there = files.filter(|it| !it.is_empty() && it.path.to_str().is_some() && !summary.missing.contains(&it.path));
    let mut files: Vec<(PathBuf, u64)> = there.map(|it| (it.path, it.size)).collect();
    let n_files = files.len() as u64;
    files.sort_by_cached_key(|(path, _)| xxh3_64(path.as_os_str().as_encoded_bytes()));
    files.truncate(MOST_FILES);
    let it = KnownFolder {
        version: VERSION,
        folder: PathBuf::new(),
        disk: None,
        number: None,
        n_files,
        files,
    };
    Ok(it.at(folder))
}

/// The number of the disk on which something lies.
#[cfg(unix)]
pub fn disk(metadata: &Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::dev(metadata))
}

/// The number of a folder on its disk, which stays when it is renamed.
#[cfg(unix)]
pub fn number(metadata: &Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::ino(metadata))
}

#[cfg(not(unix))]
pub fn disk(_metadata: &Metadata) -> Option<u64> {
    None
}

#[cfg(not(unix))]
pub fn number(_metadata: &Metadata) -> Option<u64> {
    None
}

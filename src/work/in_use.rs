//! Who has an archive open: whoever forgets it must be alone, and so must whoever clears away what killed processes left.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::data_dir::DataDir;
use super::leftovers::clear_archive;

/// To be alone for a moment takes some milliseconds, to forget an archive a few seconds. A guess.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// How often it is tried again. A guess.
const TRY_EVERY: Duration = Duration::from_millis(5);

/// An archive that this process has open. The system knows when the process ends, however it ends.
#[derive(Debug)]
pub struct InUse {
    _file: File,
}

/// Another process is forgetting the archive.
#[derive(Debug, thiserror::Error)]
#[error("another Fihrist is forgetting this archive: {}", folder.display())]
pub struct BeingForgotten {
    folder: PathBuf,
}

/// An archive that no process has open, nor can open as long as this lives.
#[derive(Debug)]
pub struct Alone {
    file: File,
    path: PathBuf,
}

impl InUse {
    /// Enters an archive beside all others who have it open. Whoever is the first clears away what killed processes left.
    ///
    /// `None` where no lock can be taken, as on a read-only disk: there nothing can be forgotten either.
    pub fn enter(data_dir: &DataDir, folder: &Path) -> Result<Option<Self>, BeingForgotten> {
        let dir = data_dir.archive_of(folder);
        let start = Instant::now();
        loop {
            let Ok((file, path)) = open_lock(&dir) else {
                return Ok(None);
            };
            if file.try_lock().is_ok() {
                if is_at(&file, &path) {
                    clear_archive(&dir);
                }
                file.unlock().ok();
            }
            match file.try_lock_shared() {
                Ok(()) if is_at(&file, &path) => return Ok(Some(Self { _file: file })),
                Err(TryLockError::Error(_no_locks_here)) => return Ok(None),
                // It was forgotten in between; or someone is alone for a moment.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
            }
            if MAX_WAIT < start.elapsed() {
                let folder = folder.to_owned();
                return Err(BeingForgotten { folder });
            }
            thread::sleep(TRY_EVERY);
        }
    }
}

impl Alone {
    /// Enters an archive alone; `None` if another process has it open.
    pub fn enter(data_dir: &DataDir, folder: &Path) -> io::Result<Option<Self>> {
        let (file, path) = open_lock(&data_dir.archive_of(folder))?;
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => Ok(Some(Self { file, path })),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(err)) => Err(err),
        }
    }

    /// Leaves no trace of the lock itself.
    pub fn remove_lock(self) -> io::Result<()> {
        // Before it is let go of, so that whoever waits for it notices.
        let removed = fs::remove_file(&self.path);
        drop(self.file);
        removed
    }
}

/// The lock lies beside the archive's directory, which is removed while it is held.
fn open_lock(dir: &Path) -> io::Result<(File, PathBuf)> {
    let mut path = dir.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    let file = File::options().create(true).append(true).open(&path)?;
    Ok((file, path))
}

/// Whether an opened file is still the one at its path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let id = |it: fs::Metadata| (it.dev(), it.ino());
    let (opened, there) = (file.metadata().map(id), fs::metadata(path).map(id));
    opened.is_ok_and(|opened| there.is_ok_and(|there| opened == there))
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

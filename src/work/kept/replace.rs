//! Replacing a file in one step, and the lock under which that is done.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// The file whose lock is held while any kept file of its folder is changed.
const LOCK_FILE: &str = "kept.lock";
/// A change takes some milliseconds. Who holds the lock for longer was stopped. A guess.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// How often a lock that is held is tried again. A guess.
const TRY_EVERY: Duration = Duration::from_millis(5);

/// The lock of a folder's kept files. The system frees it when the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// The file of the lock of a folder.
    pub fn path_in(dir: &Path) -> PathBuf {
        dir.join(LOCK_FILE)
    }

    /// Takes the lock of a folder, which is made if it is missing. An error of the kind `WouldBlock` if someone else has
    /// not let go of it for [`MAX_WAIT`].
    pub fn take(dir: &Path) -> io::Result<Self> {
        let start = Instant::now();
        loop {
            match Self::try_take(dir) {
                Err(err) if err.kind() == io::ErrorKind::WouldBlock && start.elapsed() < MAX_WAIT => {
                    thread::sleep(TRY_EVERY);
                }
                taken => return taken,
            }
        }
    }

    /// Takes the lock if nobody has it; otherwise an error of the kind `WouldBlock`.
    pub fn try_take(dir: &Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let file = File::options().create(true).append(true).open(Self::path_in(dir))?;
        file.try_lock().map_err(|err| match err {
            TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
            TryLockError::Error(err) => err,
        })?;
        Ok(Self { _file: file })
    }
}

/// Replaces a file in one step: whoever reads it, also after a kill or a loss of power, finds the old bytes or the new
/// ones. Its folder is made if it is missing.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().filter(|it| !it.as_os_str().is_empty());
    let dir = dir.unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut file = tempfile::Builder::new().prefix(&temp_prefix(&name)).tempfile_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(dir);
    Ok(())
}

/// How the names of temporary files begin that are to replace a file. What is left of one after a kill is removed at a
/// later start (`work/leftovers.rs`).
pub fn temp_prefix(name: &str) -> String {
    format!(".tmp-{name}-")
}

/// Has the new name of a file last through a loss of power, where the system can do that.
fn sync_folder(dir: &Path) {
    if cfg!(unix)
        && let Ok(dir) = File::open(dir)
    {
        // Not every file system can; the file itself is written.
        dir.sync_all().ok();
    }
}

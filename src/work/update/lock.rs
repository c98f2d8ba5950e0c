//! One process at a time brings an archive up to date: the others wait, or do without.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

/// The number that the system gave a process.
type ProcessId = u32;

/// Held from the first look at the folder until the index is tidy.
///
/// The system gives it up when the process ends, however it ends. Its file stays: removing it would let two processes
/// hold locks on two files of one name.
pub(super) struct UpdateLock {
    /// Nothing where no file can be made or locked: then nothing can be written beside it either, or the writer's own
    /// lock has to do.
    _file: Option<File>,
}

/// Another process holds the lock; its number, if it is known.
pub(super) struct Held(pub(super) Option<ProcessId>);

impl UpdateLock {
    /// Takes the lock, if nobody holds it.
    pub(super) fn try_take(path: &Path) -> Result<Self, Held> {
        let Some(file) = open(path) else {
            return Ok(Self { _file: None });
        };
        match file.try_lock() {
            Ok(()) => Ok(Self::signed(file)),
            Err(TryLockError::WouldBlock) => Err(Held(holder(&file))),
            // Some network drives know no locks.
            Err(TryLockError::Error(_)) => Ok(Self { _file: None }),
        }
    }

    /// Takes the lock, after whoever holds it.
    pub(super) fn take(path: &Path) -> Self {
        match open(path) {
            Some(file) if file.lock().is_ok() => Self::signed(file),
            _ => Self { _file: None },
        }
    }

    /// Whether another process holds the lock at this moment.
    pub(super) fn is_held(path: &Path) -> bool {
        let Ok(file) = File::open(path) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    /// Leaves the number of this process in the file, for those who wait.
    fn signed(mut file: File) -> Self {
        let sign = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            write!(file, "{}", std::process::id())
        };
        // On a full disk they are told less.
        sign(&mut file).ok();
        Self { _file: Some(file) }
    }
}

fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).or_else(|_read_only| File::open(path)).ok()
}

fn holder(file: &File) -> Option<ProcessId> {
    let mut text = String::new();
    let mut file = file;
    // Windows does not let others read what is locked.
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_holds_the_lock_is_known_and_it_ends_with_its_holder() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("update.lock");
        let first = UpdateLock::try_take(&path);
        assert!(first.is_ok());
        let second = UpdateLock::try_take(&path);
        let held = second.err().map(|it| it.0);
        assert!(matches!(held, Some(it) if cfg!(windows) || it == Some(std::process::id())));
        assert!(UpdateLock::is_held(&path));
        drop(first);
        assert!(!UpdateLock::is_held(&path));
        assert!(UpdateLock::try_take(&path).is_ok());
    }

    #[test]
    fn where_no_file_can_be_made_there_is_no_lock_to_wait_for() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "").unwrap();
        let path = file.join("update.lock");
        let locks = [UpdateLock::try_take(&path), UpdateLock::try_take(&path)];
        assert!(locks.iter().all(Result::is_ok));
        UpdateLock::take(&path);
    }
}

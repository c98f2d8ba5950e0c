//! The index in a folder without write permission: on a read-only disk, or another user's.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// A folder that is read without leaving a lock in it.
///
/// The lock keeps a writer from removing files that are just being opened; a process that cannot write here cannot take
/// it. Everything that writes fails as it does in the folder itself.
#[derive(Clone, Debug)]
struct ReadOnlyDirectory(MmapDirectory);

/// The folder, read-only if need be.
pub(super) fn directory(directory: MmapDirectory) -> Box<dyn Directory> {
    match directory.acquire_lock(&META_LOCK) {
        Err(LockError::IoError(err)) if is_read_only(&err) => Box::new(ReadOnlyDirectory(directory)),
        // Whatever else is wrong shows when the index is opened.
        _ => Box::new(directory),
    }
}

/// Whether something failed since it would have had to be written.
pub(super) fn is_read_only(err: &io::Error) -> bool {
    matches!(
        err.kind(),
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied
    )
}

impl Directory for ReadOnlyDirectory {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match lock.filepath == META_LOCK.filepath {
            true => Ok(DirectoryLock::from(Box::new(()))),
            false => self.0.acquire_lock(lock),
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(watch_callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_needs_no_lock_and_leaves_none() {
        let dir = tempfile::tempdir().unwrap();
        let it = ReadOnlyDirectory(MmapDirectory::open(dir.path()).unwrap());
        let locks = [it.acquire_lock(&META_LOCK), it.acquire_lock(&META_LOCK)];
        assert!(locks.iter().all(Result::is_ok));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_may_not_be_written_is_told_from_what_is_broken() {
        let check = |kind: io::ErrorKind| is_read_only(&kind.into());
        assert!(check(io::ErrorKind::ReadOnlyFilesystem) && check(io::ErrorKind::PermissionDenied));
        assert!(!check(io::ErrorKind::StorageFull) && !check(io::ErrorKind::NotFound));
    }
}

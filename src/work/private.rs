//! Fihrist's own files are for their owner alone: on Unix directories are 0700 and files 0600, whatever the umask.
//! Elsewhere they lie in the user's own folder, which others may not read.
//!
//! New files get these rights by the umask of the process; older ones are tightened at the start. What the user has
//! written elsewhere, such as an export, gets the rights that the user's files usually get.

use std::fs::File;
use std::io;
use std::path::Path;

use super::data_dir::DataDir;

/// Has all files that this process makes from now on be its user's alone. To be called before the first one is made.
pub fn begin() {
    #[cfg(unix)]
    unix::begin();
}

/// Takes from others the rights to Fihrist's own files that earlier versions gave them.
///
/// What lies in the same directory and is not Fihrist's stays as it is, and the directory then, too.
pub fn tighten(data_dir: &DataDir) {
    #[cfg(unix)]
    unix::tighten(data_dir);
    #[cfg(not(unix))]
    let _ = data_dir;
}

/// Makes or empties a file that the user asked for, with the rights that the user's files usually get. One that is there
/// keeps its own.
pub fn create_for_user(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Ok(file) => {
            #[cfg(unix)]
            unix::open_up(&file)?;
            Ok(file)
        }
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => File::create(path),
        Err(err) => Err(err),
    }
}

/// Puts a temporary file in the place of a file that the user asked for, in one step, with the rights that the user's files
/// usually get. A file that is there hands on its own.
pub fn persist_for_user(temp: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    match std::fs::metadata(path) {
        Ok(before) => temp.as_file().set_permissions(before.permissions())?,
        Err(_) => {
            #[cfg(unix)]
            unix::open_up(temp.as_file())?;
        }
    }
    temp.as_file().sync_all()?;
    temp.persist(path)?;
    Ok(())
}

/// Gives a folder that this process made for the user the rights that the user's folders usually get.
pub fn open_up_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    unix::open_up_folder(path)?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Writes a file as [`create_for_user`] makes it.
pub fn write_for_user(path: &Path, bytes: &[u8]) -> io::Result<()> {
    io::Write::write_all(&mut create_for_user(path)?, bytes)
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, File, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::path::Path;
    use std::sync::OnceLock;

    use rustix::fs::Mode;
    use walkdir::WalkDir;

    use super::super::data_dir::DataDir;

    /// The umask with which the user started the program.
    static USERS_UMASK: OnceLock<Mode> = OnceLock::new();

    pub fn begin() {
        let before = rustix::process::umask(Mode::RWXG | Mode::RWXO);
        // It fails only where this was called before, and then the first one is the user's.
        USERS_UMASK.set(before).ok();
    }

    pub fn open_up(file: &File) -> io::Result<()> {
        match USERS_UMASK.get() {
            Some(umask) => file.set_permissions(Permissions::from_mode(0o666 & !umask.bits())),
            None => Ok(()),
        }
    }

    pub fn open_up_folder(path: &Path) -> io::Result<()> {
        match USERS_UMASK.get() {
            Some(umask) => fs::set_permissions(path, Permissions::from_mode(0o777 & !umask.bits())),
            None => Ok(()),
        }
    }

    pub fn tighten(data_dir: &DataDir) {
        let Ok(entries) = fs::read_dir(data_dir.path()) else {
            return;
        };
        let mut is_all_own = true;
        for entry in entries.flatten() {
            let name = entry.file_name();
            if !name.to_str().is_some_and(|it| data_dir.is_own(it)) {
                is_all_own = false;
            }
        }
        if is_all_own {
            tighten_all(data_dir.path());
            return;
        }
        for path in data_dir.own_paths() {
            tighten_all(&path);
        }
    }

    /// A file or directory with all in it, without following links.
    fn tighten_all(path: &Path) {
        let user = rustix::process::geteuid().as_raw();
        for entry in WalkDir::new(path).into_iter().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            let mode = match metadata.file_type() {
                it if it.is_dir() => 0o700,
                it if it.is_file() => 0o600,
                // The rights of a link mean nothing; others are not ours.
                _ => continue,
            };
            if metadata.mode() & 0o077 != 0 && metadata.uid() == user {
                // What cannot be tightened is on a file system without rights.
                fs::set_permissions(entry.path(), Permissions::from_mode(mode)).ok();
            }
        }
    }
}

//! What killed processes left: temporary files, indexes and archives that were moved aside to be removed. They are
//! cleared away at the next start, never while a process may still use them.

use std::fs;
use std::path::Path;

use super::data_dir::DataDir;
use super::kept::FolderLock;
use super::open_original::clear_opened;

/// How the names of temporary files begin, those of libraries too.
const TEMP_PREFIX: &str = ".tmp";
/// How the names of indexes begin that were moved aside, beside the index.
const OLD_INDEX_PREFIX: &str = "index.old-";
/// How the names of archives begin that are being forgotten.
pub const FORGOTTEN_PREFIX: &str = ".forgotten-";

/// Clears away what was left beside the archives. What lies in an archive is cleared away when it is opened.
pub fn clear(data_dir: &DataDir) {
    // Whoever replaces the settings holds this lock. Without it everything stays until the next time.
    if data_dir.path().is_dir()
        && let Ok(_lock) = FolderLock::try_take(data_dir.path())
    {
        // Others' files may lie here, too.
        clear_folder(data_dir.path(), |name| name.starts_with(".tmp-settings."));
        clear_folder(&data_dir.path().join("versions"), |name| {
            name.starts_with(".tmp-settings.")
        });
    }
    clear_opened(data_dir);
    // They were renamed to be removed; it is no matter who does it.
    clear_folder(&data_dir.archives(), |name| name.starts_with(FORGOTTEN_PREFIX));
}

/// Clears away what was left in the directory of an archive. The caller alone has the archive open.
pub fn clear_archive(dir: &Path) {
    clear_folder(dir, |name| {
        name.starts_with(TEMP_PREFIX) || name.starts_with(OLD_INDEX_PREFIX)
    });
    for inner in ["index", "versions"] {
        clear_folder(&dir.join(inner), |name| name.starts_with(TEMP_PREFIX));
    }
}

/// What cannot be removed stays until the next time: it only takes up space.
fn clear_folder(dir: &Path, is_left: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_str().is_some_and(&is_left) {
            continue;
        }
        let removed = match entry.file_type() {
            Ok(it) if it.is_dir() => fs::remove_dir_all(entry.path()),
            _ => fs::remove_file(entry.path()),
        };
        tracing::info!(ok = removed.is_ok(), "cleared away what a killed process left");
    }
}

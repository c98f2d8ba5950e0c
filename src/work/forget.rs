//! Removing all that is known of an archive. Its articles' own files are not touched.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use walkdir::WalkDir;

use crate::state::{Change, Settings};

use super::data_dir::DataDir;
use super::in_use::{Alone, InUse};
use super::inbox::lock;
use super::kept::{Kept as _, KeptError, replace};
use super::leftovers::FORGOTTEN_PREFIX;
use super::log;
use super::open_original::remove_opened;
use super::session::Session;

/// Something that is known of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// A file or directory in the archive's own directory.
    pub name: String,
    /// How much it takes up with all in it, in bytes.
    pub n_bytes: u64,
}

/// Why not all was removed that is known of an archive.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    /// Another process has it open; nothing was removed.
    #[error("another Fihrist has this archive open: {}", folder.display())]
    InUse {
        /// Its folder.
        folder: PathBuf,
    },
    /// A file cannot be removed or changed.
    #[error("cannot remove what is known of the archive: {source}: {}", path.display())]
    Io {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// It still stands among the archives that were opened last.
    #[error("cannot remove the archive from the settings: {0}")]
    Settings(#[from] KeptError),
}

/// What is known of the archive in `folder`, which need not be there any more: in the order of the names. Empty where
/// nothing is.
///
/// That it stands among the archives that were opened last is not counted.
pub fn what_is_known(data_dir: &DataDir, folder: &Path) -> Vec<Known> {
    let entries = fs::read_dir(data_dir.archive_of(folder))
        .into_iter()
        .flatten()
        .flatten();
    let mut known: Vec<Known> = entries
        .map(|entry| {
            let files = WalkDir::new(entry.path()).into_iter().flatten();
            let sizes = files.filter_map(|it| it.metadata().ok()).filter(|it| it.is_file());
            Known {
                name: entry.file_name().to_string_lossy().into_owned(),
                n_bytes: sizes.map(|it| it.len()).sum(),
            }
        })
        .collect();
    known.sort_by(|a, b| a.name.cmp(&b.name));
    known
}

/// Removes all that is known of the archive in `folder`, which need not be there any more: index, corrections, rules of
/// reading, searches, all their versions, its place among the archives opened last, and the log and the copies that were
/// opened in other programs, in which it cannot be told from others.
///
/// Returns what changed in the settings as this process knows them, also by others.
///
/// A process that is killed meanwhile leaves an archive that is open to nobody, and the next start clears the rest away.
pub fn forget(data_dir: &DataDir, folder: &Path) -> Result<Option<Change<Settings>>, ForgetError> {
    let dir = data_dir.archive_of(folder);
    let io_error = |source, path: &Path| ForgetError::Io {
        source,
        path: path.to_owned(),
    };
    let alone = Alone::enter(data_dir, folder).map_err(|source| io_error(source, &dir))?;
    let Some(alone) = alone else {
        let folder = folder.to_owned();
        return Err(ForgetError::InUse { folder });
    };
    // Moved aside in one step: from now on nothing of it is found.
    let aside = data_dir
        .archives()
        .join(format!("{FORGOTTEN_PREFIX}{}", std::process::id()));
    let removed = match fs::rename(&dir, &aside) {
        Ok(()) => fs::remove_dir_all(&aside).map_err(|source| io_error(source, &aside)),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(io_error(source, &dir)),
    };
    // The rest is removed in any case.
    let settings = forget_in_settings(data_dir, folder);
    let emptied = log::empty(data_dir).map_err(|source| io_error(source, &data_dir.log_file()));
    let opened = remove_opened(data_dir).map_err(|source| io_error(source, &data_dir.opened()));
    let unlocked = alone.remove_lock().map_err(|source| io_error(source, &dir));
    removed.and(emptied).and(opened).and(unlocked).and(settings)
}

/// Removes what is known of an archive that this process has open itself. If it cannot, the archive stays open.
pub fn forget_open(
    data_dir: &DataDir,
    session: Option<&Session>,
    folder: &Path,
) -> Result<Option<Change<Settings>>, ForgetError> {
    let Some(session) = session else {
        return forget(data_dir, folder);
    };
    // Whoever writes something of the archive does so under one of these locks, and looks first.
    let _corrections = lock(&session.corrections);
    let _marks = lock(&session.marks);
    let _searches = lock(&session.searches);
    let mut in_use = lock(&session.in_use);
    *in_use = None;
    session.is_forgotten.store(true, Ordering::SeqCst);
    let forgotten = forget(data_dir, folder);
    if let Err(ForgetError::InUse { .. }) = forgotten {
        session.is_forgotten.store(false, Ordering::SeqCst);
        *in_use = InUse::enter(data_dir, folder).unwrap_or_default();
    }
    forgotten
}

/// Removes an archive from those that were opened last, in the settings and in all their versions.
fn forget_in_settings(data_dir: &DataDir, folder: &Path) -> Result<Option<Change<Settings>>, ForgetError> {
    let dir = data_dir.archive_of(folder);
    let is_other = |it: &PathBuf| it != folder && data_dir.archive_of(it) != dir;
    let change = data_dir.edit_settings(|settings| settings.forget(is_other))?;
    for path in data_dir.settings_versions() {
        forget_in_version(&path, is_other).map_err(|source| ForgetError::Io { source, path })?;
    }
    // Damaged ones that were set aside cannot be told apart.
    for path in data_dir.damaged_settings() {
        fs::remove_file(&path).map_err(|source| ForgetError::Io { source, path })?;
    }
    Ok(change)
}

fn forget_in_version(path: &Path, is_other: impl Fn(&PathBuf) -> bool) -> io::Result<()> {
    let json = fs::read(path)?;
    let Ok(mut settings) = Settings::from_kept(&String::from_utf8_lossy(&json)) else {
        return fs::remove_file(path);
    };
    let before = settings.clone();
    settings.forget(is_other);
    if settings == before {
        return Ok(());
    }
    replace(path, settings.to_kept()?.as_bytes())
}

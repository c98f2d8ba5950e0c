//! An archive follows its folder to another name: marks, corrections, searches, rules of reading, ids and index.
//!
//! All that is known of an archive lies in a directory that is named after its folder's path. When a folder is opened of which
//! nothing is known, and the folder of exactly one known archive is gone, and this one is that one for certain, the directory
//! is renamed, in one step. It is certain if
//!
//! - nine of ten files of the old folder (of fewer than ten all) lie in the new one at the same paths with the same sizes, and
//! - the new folder is the same one for the system, which gave it a number; or it is another one (it was moved to another
//!   disk), the disk of the old one is connected, at least three files are compared, and the new one does not hold twice as
//!   many files.
//!
//! Everything else is not taken over: a copy, whose original is still there; a folder of which the disk is not connected; one
//! that fits two archives; an empty archive. What is not taken over stays as it is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use crate::state::{Change, Settings};

use super::data_dir::{DataDir, real_path};
use super::in_use::{Alone, InUse};
use super::inbox::lock;
use super::kept::KeptError;
use super::known_folder::{KnownFolder, disk, number};
use super::log::ErrorCode;
use super::session::Session;

/// The part of the files that must be there, as a fraction. Some may have been edited since. A guess.
const LEAST_THERE: (usize, usize) = (9, 10);
/// With fewer files a folder that is another one for the system may be there by chance. A guess.
const FEWEST_FILES: usize = 3;
/// How long another process is waited for that has the old archive open: a command ends by itself. A guess.
const MAX_WAIT: Duration = Duration::from_secs(2);
const TRY_EVERY: Duration = Duration::from_millis(20);

/// An archive that followed its folder.
#[derive(Debug)]
pub struct TakenOver {
    /// What its folder was called.
    pub was: PathBuf,
    /// What changed in the settings, also by others.
    pub settings: Option<Change<Settings>>,
}

/// Why an archive did not follow its folder. Everything is as it was.
#[derive(Debug, thiserror::Error)]
pub enum TakeOverError {
    /// Another process has it open under the old name; what would be marked under the new one would not be together with it.
    #[error(
        "this folder was called {}, and another Fihrist has it open under that name: close it there and try again",
        was.display()
    )]
    InUse {
        /// The old folder.
        was: PathBuf,
    },
    /// The directory cannot be renamed.
    #[error("what is known of {} cannot follow the folder to its new name: {source}", was.display())]
    Io {
        /// What the system says.
        source: io::Error,
        /// The old folder.
        was: PathBuf,
    },
}

/// Has the archive of a folder that is gone follow it to its present name `folder`, if that is certain; nothing otherwise.
/// `open` is what this process has open itself: it is over if it is that archive.
pub fn take_over(
    data_dir: &DataDir,
    folder: &Path,
    open: Option<&Session>,
) -> Result<Option<TakenOver>, TakeOverError> {
    let dir = data_dir.archive_of(folder);
    if let Some(known) = KnownFolder::load(&dir) {
        // A process was killed before it had told the settings.
        let is_told = known.folder == real_path(folder);
        return Ok((!is_told).then(|| conclude(data_dir, &known, folder)));
    }
    if !is_free(&dir) || fs::read_dir(folder).is_err() {
        return Ok(None);
    }
    let Some((was_dir, known)) = candidate(data_dir, folder) else {
        return Ok(None);
    };
    let is_it = |it: &&Session| data_dir.archive_of(&it.folder) == was_dir;
    let taken = match open.filter(is_it) {
        None => rename(data_dir, &known, folder, (&was_dir, &dir)),
        Some(session) => {
            // Whoever writes something of the archive does so under one of these locks, and looks first.
            let _corrections = lock(&session.corrections);
            let _marks = lock(&session.marks);
            let _searches = lock(&session.searches);
            let mut in_use = lock(&session.in_use);
            *in_use = None;
            session.is_forgotten.store(true, Ordering::SeqCst);
            let taken = rename(data_dir, &known, folder, (&was_dir, &dir));
            if !matches!(taken, Ok(true)) {
                session.is_forgotten.store(false, Ordering::SeqCst);
                *in_use = InUse::enter(data_dir, &session.folder).unwrap_or_default();
            }
            taken
        }
    };
    Ok(taken?.then(|| conclude(data_dir, &known, folder)))
}

/// Whether nothing is known of an archive yet.
fn is_free(dir: &Path) -> bool {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(err) => err.kind() == io::ErrorKind::NotFound,
    }
}

/// The only known archive whose folder is gone and for certain this one, with its directory.
fn candidate(data_dir: &DataDir, folder: &Path) -> Option<(PathBuf, KnownFolder)> {
    let entries = fs::read_dir(data_dir.archives()).ok()?.flatten();
    let known = entries.filter_map(|it| Some((it.path(), KnownFolder::load(&it.path())?)));
    let mut fitting = known.filter(|(dir, known)| {
        let is_gone = fs::symlink_metadata(&known.folder).is_err_and(|it| it.kind() == io::ErrorKind::NotFound);
        is_gone && data_dir.archive_of(&known.folder) == *dir && is_now(known, folder)
    });
    let only = fitting.next()?;
    match fitting.next() {
        None => Some(only),
        Some(_) => {
            tracing::info!("a folder fits two archives and is taken for none");
            None
        }
    }
}

/// Whether a folder that is gone is now this one.
fn is_now(known: &KnownFolder, folder: &Path) -> bool {
    let Ok(now) = fs::metadata(folder) else { return false };
    let is_same = known.number.is_some() && number(&now) == known.number;
    let is_likely = is_disk_there(known, folder) && FEWEST_FILES <= known.files.len();
    if !is_same && !is_likely {
        return false;
    }
    let is_there = |(path, size): &&(PathBuf, u64)| {
        fs::metadata(folder.join(path)).is_ok_and(|it| it.is_file() && it.len() == *size)
    };
    let (there, of) = LEAST_THERE;
    let n_there = known.files.iter().filter(is_there).count();
    let are_there = !known.files.is_empty() && known.files.len() * there <= n_there * of;
    are_there && (is_same || !has_more_files(folder, 2 * known.n_files as usize))
}

/// Whether the disk of a folder that is gone is connected.
fn is_disk_there(known: &KnownFolder, folder: &Path) -> bool {
    let mut around = known.folder.ancestors().skip(1);
    match known.disk {
        Some(_) => around
            .find_map(|it| fs::metadata(it).ok())
            .is_some_and(|it| disk(&it) == known.disk),
        // Where disks have no numbers it was renamed beside where it was.
        None => real_path(folder).parent() == known.folder.parent(),
    }
}

fn has_more_files(folder: &Path, n: usize) -> bool {
    let files = WalkDir::new(folder).into_iter().flatten();
    n < files.filter(|it| it.file_type().is_file()).take(n + 1).count()
}

/// Renames the directory of an archive that nobody has open; whether that was still to be done.
fn rename(
    data_dir: &DataDir,
    known: &KnownFolder,
    folder: &Path,
    (was_dir, dir): (&Path, &Path),
) -> Result<bool, TakeOverError> {
    let was = &known.folder;
    let io = |source| TakeOverError::Io {
        source,
        was: was.clone(),
    };
    let start = Instant::now();
    let alone_with = |folder: &Path| loop {
        match Alone::enter(data_dir, folder).map_err(io)? {
            Some(alone) => return Ok(alone),
            None if MAX_WAIT < start.elapsed() => return Err(TakeOverError::InUse { was: was.clone() }),
            None => thread::sleep(TRY_EVERY),
        }
    };
    let before = alone_with(was)?;
    let after = alone_with(folder)?;
    if !is_free(dir) || !was_dir.is_dir() {
        // Another process was faster.
        return Ok(false);
    }
    match fs::remove_dir(dir) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(io(err)),
        Ok(()) | Err(_) => {}
    }
    fs::rename(was_dir, dir).map_err(io)?;
    drop(after);
    before.remove_lock().ok();
    Ok(true)
}

/// Has the settings know an archive that followed its folder by its new name, and notes that.
fn conclude(data_dir: &DataDir, known: &KnownFolder, folder: &Path) -> TakenOver {
    let was_dir = data_dir.archive_of(&known.folder);
    let is_it = |it: &Path| it == known.folder || data_dir.archive_of(it) == was_dir;
    let told: Result<_, KeptError> = data_dir.edit_settings(|settings| settings.rename(is_it, folder));
    let dir = data_dir.archive_of(folder);
    let settings = match told {
        // Not before: until then the next start tells them.
        Ok(change) => {
            known.at(folder).save(&dir).ok();
            change
        }
        Err(err) => {
            tracing::warn!(error = %ErrorCode(&err), "the settings do not know a folder's new name");
            None
        }
    };
    tracing::info!("an archive followed its folder");
    TakenOver {
        was: known.folder.clone(),
        settings,
    }
}

//! Bringing an index up to date with its folder.
//!
//! | file | is |
//! |---|---|
//! | `error` | why it failed |
//! | `done` | what was done |
//! | `lock` | one process at a time |
//! | `by_hand` | what is read again because the user corrected it |
//! | `follow` | marks and corrections follow their articles |
//! | `plan` | what is new, changed and missing |
//! | `missing`, `seen` | which of the missing files were moved; when they were last there |
//! | `repeated` | which lines repeat across the archive |
//! | `queue` | in which order files are read, and where |
//! | `salvage` | what is in no file any more is saved from damaged parts |
//! | `readers` | the threads that read files and recognise names |
//! | `writing` | takes what they find into the index |

mod by_hand;
mod done;
mod error;
mod follow;
mod lock;
mod missing;
mod plan;
mod queue;
mod readers;
mod repeated;
mod salvage;
mod seen;
mod writing;

use std::collections::HashSet;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::archive::{FileEntry, Reading, RepeatedLines};
use crate::index::{Damage, Index, IndexedFile, WriteError};
use crate::state::{ForgetFiles, MissingFiles, UpdateProgress, UpdateSummary};

use super::alone::Journal;
use super::arrivals::{begin_arrivals, note_arrivals};
use super::data_dir::DataDir;
use super::known_folder::note_folder;
use super::log::ErrorCode;
use super::means::Means;

use by_hand::ByHandChanges;
pub use by_hand::{is_corrected, words_request};
use done::{Done, Moved};
pub use error::UpdateError;
use follow::{Follow, note_unsettled};
use lock::{Held, UpdateLock};
use missing::MissingByContent;
pub use plan::{FolderLook, look_at_folder};
use plan::{Plan, Scanned, Wanted};
use readers::Readers;
use repeated::{gather_again, gather_repeated_lines};
use salvage::Salvage;
use seen::note_seen;
pub use writing::UpdateStep;
use writing::Writing;

/// Whether another process brings the index of the archive in `folder` up to date at this moment.
pub fn is_being_updated(data_dir: &DataDir, folder: &Path) -> bool {
    UpdateLock::is_held(&data_dir.update_lock(folder))
}

/// How an index is brought up to date.
#[derive(Clone, Debug, Default)]
pub struct UpdateOptions {
    /// What becomes of the files that are missing.
    pub forget: ForgetFiles,
    /// What if another process is at it.
    pub wait: Wait,
}

/// How long another process is waited for that brings the same index up to date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wait {
    /// Not at all.
    Never,
    /// A moment: it may only look whether anything is new.
    #[default]
    Briefly,
    /// Until it is done.
    UntilDone,
}

/// How often, and at what interval, a lock is tried that is waited for briefly: for a second in all. A guess.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// Reads the files of `folder` that are new or changed since `index` last saw them, or that are now to be read
/// otherwise. What the index holds of files that are missing stays in it unless `options` say that it is forgotten; one
/// that turns up elsewhere was moved.
///
/// A folder that cannot be read at all misses all its files; if the index has none, that is an error.
///
/// `report` hears of each step. When `cancelled` is set, reading stops within a second, also in the middle of a file; what
/// was read is kept and the rest is left for the next time.
pub fn update_index(
    index: &Index,
    data_dir: &DataDir,
    folder: &Path,
    means: Means<'_>,
    options: &UpdateOptions,
    cancelled: &AtomicBool,
    report: &mut dyn FnMut(UpdateStep),
) -> Result<UpdateSummary, UpdateError> {
    let _lock = lock(&data_dir.update_lock(folder), options.wait, report)?;
    let update = Update {
        index,
        data_dir,
        folder,
        means,
        options,
        cancelled,
    };
    begin_arrivals(index, data_dir, folder);
    let follow = Follow::new(data_dir, folder);
    let done = update.once(report)?;
    if follow.corrections(index, &done)? {
        // They were read without them.
        update.once(report)?;
    }
    if !done.summary.cancelled {
        note_arrivals(index, data_dir, folder, done.summary.removed != 0);
    }
    follow.marks(index, &done);
    note_folder(data_dir, folder, index, &done.summary);
    Ok(done.summary)
}

/// What is brought up to date, and how.
#[derive(Clone, Copy)]
struct Update<'a> {
    index: &'a Index,
    data_dir: &'a DataDir,
    folder: &'a Path,
    means: Means<'a>,
    options: &'a UpdateOptions,
    cancelled: &'a AtomicBool,
}

impl Update<'_> {
    /// Brings the index up to date with the folder as it is now.
    ///
    /// Long because each step needs what those before it found.
    fn once(self, report: &mut dyn FnMut(UpdateStep)) -> Result<Done, UpdateError> {
        let Self {
            index,
            data_dir,
            folder,
            means,
            options,
            cancelled,
        } = self;
        let start = Instant::now();
        let known = data_dir.load_reading(folder)?;
        let by_hand = ByHandChanges::new(index, data_dir, folder)?;
        let journal = Journal::new(&data_dir.archive_of(folder));
        let suspects = journal.suspects();
        let readers = Readers {
            folder,
            by_hand: &by_hand,
            reading: &known,
            means,
            journal: &journal,
            suspects: &suspects,
            cancelled,
        };
        let scanned = Scanned::new(folder, known.recognises_scans);
        let in_folder = scanned.scan.files.clone();
        let salvage = Salvage {
            recogniser: means.recogniser,
            by_hand: &by_hand.rules,
            in_folder: &in_folder,
            forget: forgettable(&scanned, &options.forget),
            cancelled,
        };
        // First of all, so that what is saved is known to be missing.
        let mended = salvage.save_earlier(index)?;
        let mut reading = known.clone();
        let (mut plan, damage, forgotten) = planned(index, data_dir, readers, &scanned, &options.forget, &mut reading)?;
        plan.log(start);
        let seen_file = data_dir.seen_file(folder);
        let missing = check_is_known(plan.missing_files(&seen_file), folder)?;
        let mut summary = UpdateSummary {
            missing,
            mended,
            ..plan.summary(scanned.scan)
        };
        let readers = Readers {
            reading: &reading,
            ..readers
        };
        let is_away = summary.missing.is_folder_away();
        let gone = [if is_away { Vec::new() } else { plan.gone }, forgotten].concat();
        summary.removed = gone.len() as u64;
        let work = Work {
            to_read: &plan.to_read,
            to_correct: &plan.to_correct,
            gone: &gone,
            missing: &plan.missing,
            salvage,
        };
        let mut moved = Vec::new();
        let touched = work.touched();
        if work.is_none() && damage == Damage::default() {
            // Another process may have been stopped before it could.
            purge_forgotten(index)?;
            keep_columns(index);
        } else {
            note_unsettled(data_dir, folder);
            moved = carry_out(index, readers, work, &mut summary, report)?;
        }
        if !is_away {
            // Where it cannot be noted less is told on the day on which they are missing.
            note_seen(&seen_file).ok();
        }
        summary.cancelled = cancelled.load(Ordering::Relaxed);
        if !summary.cancelled && !is_away {
            by_hand.note();
        }
        conclude(index, damage, start, &mut summary)?;
        Ok(Done {
            summary,
            moved,
            touched,
            is_corrected: by_hand.to_note().is_some(),
        })
    }
}

/// Says in `summary` what is known at the end.
fn conclude(index: &Index, damage: Damage, start: Instant, summary: &mut UpdateSummary) -> Result<(), UpdateError> {
    if !summary.cancelled {
        index.mended(damage);
    }
    summary.sort_not_read();
    summary.articles = index.n_articles()?;
    summary.seconds = start.elapsed().as_secs_f64();
    log_summary(summary);
    Ok(())
}

/// A folder that cannot be read and of which nothing is known is an error.
fn check_is_known(missing: MissingFiles, folder: &Path) -> Result<MissingFiles, UpdateError> {
    match &missing.folder_failure {
        Some(source) if missing.n_known == 0 => Err(UpdateError::Folder {
            source: source.clone(),
            path: folder.to_owned(),
        }),
        Some(_) | None => Ok(missing),
    }
}

/// What is not saved: while the folder cannot be read, nothing is forgotten.
fn forgettable<'a>(scanned: &Scanned, forget: &'a ForgetFiles) -> &'a ForgetFiles {
    match scanned.failure {
        None => forget,
        Some(_) => &ForgetFiles::Nothing,
    }
}

/// What is to be done with an index.
struct Work<'a> {
    to_read: &'a [FileEntry],
    /// What is corrected in what the index keeps of it.
    to_correct: &'a [IndexedFile],
    /// What is to be removed.
    gone: &'a [PathBuf],
    /// What is not in the folder, in the order of paths.
    missing: &'a [IndexedFile],
    salvage: Salvage<'a>,
}

impl Work<'_> {
    /// The files that are read or removed.
    fn touched(&self) -> Vec<PathBuf> {
        let read = self.to_read.iter().map(|it| it.path.clone());
        read.chain(self.gone.iter().cloned()).collect()
    }

    fn is_none(&self) -> bool {
        self.to_read.is_empty() && self.gone.is_empty() && self.to_correct.is_empty()
    }
}

/// Removes and reads, and says in `summary` what is missing then. Returns which files were moved.
fn carry_out(
    index: &Index,
    readers: Readers<'_>,
    work: Work<'_>,
    summary: &mut UpdateSummary,
    report: &mut dyn FnMut(UpdateStep),
) -> Result<Vec<Moved>, UpdateError> {
    let mut writer = index.writer()?;
    let mended = work.salvage.save_damaged_parts(index, &mut writer)?;
    summary.mended = mended.or(summary.mended);
    for path in work.gone {
        writer.forget_file(path)?;
    }
    let gone: HashSet<&Path> = work.gone.iter().map(PathBuf::as_path).collect();
    let searcher = index.early_searcher()?;
    for file in work.to_correct.iter().filter(|it| !gone.contains(it.path.as_path())) {
        readers
            .by_hand
            .correct_kept(file, &searcher, readers.means.recogniser, &mut writer)?;
    }
    let still_missing = work.missing.iter().filter(|it| !gone.contains(it.path.as_path()));
    let mut missing = MissingByContent::new(still_missing.clone());
    let mut read = Vec::new();
    readers.read_all(work.to_read, |results, bytes_read| {
        let to = Writing {
            writer: &mut writer,
            total: UpdateProgress {
                files_total: work.to_read.len() as u64,
                bytes_total: work.to_read.iter().map(|it| it.size).sum(),
                ..UpdateProgress::default()
            },
            bytes_read,
            missing: &mut missing,
            summary,
            read: &mut |path| read.extend(readers.suspects.get(path).cloned()),
        };
        to.write_all(results, report)
    })?;
    writer.commit()?;
    // Not before: what is not committed is read again.
    read.iter().for_each(|path| readers.journal.acquit(path));
    report(UpdateStep::Committed);
    writer.tidy()?;
    report(UpdateStep::Committed);
    if purge_forgotten(index)? {
        report(UpdateStep::Committed);
    }
    keep_columns(index);
    let n_before = work.missing.len();
    let paths: Arc<[PathBuf]> = still_missing
        .filter(|it| missing.is_left(it))
        .map(|it| it.path.clone())
        .collect();
    summary.moved = missing.found.len() as u64;
    summary.missing.n_known -= (n_before - paths.len()) as u64;
    summary.missing.paths = paths;
    Ok(missing.found)
}

/// Takes the lock under which an index is brought up to date.
fn lock(path: &Path, wait: Wait, report: &mut dyn FnMut(UpdateStep)) -> Result<UpdateLock, UpdateError> {
    let mut lock = UpdateLock::try_take(path);
    if wait == Wait::Briefly {
        for _ in 0..LOCK_TRIES {
            if lock.is_ok() {
                break;
            }
            thread::sleep(LOCK_PAUSE);
            lock = UpdateLock::try_take(path);
        }
    }
    match lock {
        Ok(lock) => Ok(lock),
        Err(Held(process)) if wait == Wait::UntilDone => {
            report(UpdateStep::Waits { process });
            Ok(UpdateLock::take(path))
        }
        Err(Held(process)) => Err(UpdateError::Busy { process }),
    }
}

/// Keeps the repeated lines if they were gathered anew; returns those that hold.
fn keep_repeated(
    data_dir: &DataDir,
    folder: &Path,
    known: RepeatedLines,
    gathered: Option<RepeatedLines>,
) -> RepeatedLines {
    let Some(gathered) = gathered else { return known };
    // Where they cannot be kept they are gathered again the next time.
    data_dir.save_repeated_lines(folder, &gathered).ok();
    gathered
}

/// What is to be done, the damage of the index that is made good by it, and what is to be forgotten; `reading` gets the lines
/// that repeat.
fn planned(
    index: &Index,
    data_dir: &DataDir,
    readers: Readers<'_>,
    scanned: &Scanned,
    forget: &ForgetFiles,
    reading: &mut Reading,
) -> Result<(Plan, Damage, Vec<PathBuf>), UpdateError> {
    let keep = |reading: &mut Reading, gathered| {
        let known = mem::take(&mut reading.repeated);
        reading.repeated = keep_repeated(data_dir, readers.folder, known, gathered);
    };
    keep(reading, gather_repeated_lines(readers, &scanned.scan.files));
    let (plan, damage) = checked_plan(index, readers.wanted(scanned, reading), forget)?;
    let forgotten = plan.forgotten(forget);
    if forgotten.is_empty() {
        return Ok((plan, damage, forgotten));
    }
    // They hold what stood in files that are to be forgotten.
    keep(reading, gather_again(readers, &scanned.scan.files));
    let plan = Plan::new(index, readers.wanted(scanned, reading))?;
    Ok((plan, damage, forgotten))
}

/// What is to be done, and the damage of the index that is made good by it.
fn checked_plan(index: &Index, wanted: Wanted<'_>, forget: &ForgetFiles) -> Result<(Plan, Damage), UpdateError> {
    let plan = Plan::new(index, wanted)?;
    if plan.has_work() || !plan.forgotten(forget).is_empty() {
        index.check_before_writing()?;
    }
    // Before the plan is made: what is found damaged while it is made is the next one's business.
    let damage = index.damage();
    match damage == Damage::default() {
        true => Ok((plan, damage)),
        false => Ok((Plan::new(index, wanted)?, damage)),
    }
}

/// Leaves nothing of what was forgotten; returns whether something was rewritten for it.
fn purge_forgotten(index: &Index) -> Result<bool, UpdateError> {
    match index.purge_forgotten() {
        Ok(n_rewritten) => Ok(n_rewritten != 0),
        // The next update does it.
        Err(WriteError::Busy | WriteError::ReadOnly) => Ok(false),
        Err(err) => Err(err.into()),
    }
}

fn log_summary(summary: &UpdateSummary) {
    tracing::info!(
        secs = summary.seconds,
        articles = summary.articles,
        bytes_read = summary.bytes,
        unreadable = summary.unreadable.len(),
        moved = summary.moved,
        removed = summary.removed,
        cancelled = summary.cancelled,
        "brought up to date"
    );
}

/// Without them the next start only takes longer.
fn keep_columns(index: &Index) {
    if let Err(err) = index.keep_columns() {
        tracing::warn!(code = %ErrorCode(&err), "the columns are not kept");
    }
}

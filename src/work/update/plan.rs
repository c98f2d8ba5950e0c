//! What is new, changed and missing since an index last saw its folder.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::archive::{self, Budget, FileEntry, Format, Reading, Reason, RecogniserLack, Scan, Unreadable};
use crate::index::{Index, IndexedFile, OpenError, Searcher};
use crate::state::{Cause, FolderChanges, ForgetFiles, LeftOutFile, MissingFiles, UpdateSummary};

use super::super::data_dir::DataDir;
use super::by_hand::ByHandChanges;
use super::error::UpdateError;
use super::seen::last_seen;

/// The stamp of a folder that cannot be read.
const NO_FOLDER: u64 = u64::MAX;

/// A folder as it was found beside what an index knows of it.
pub struct FolderLook {
    /// What is to be read.
    pub changes: FolderChanges,
    /// What is not there.
    pub missing: MissingFiles,
    /// Stands for the files that are there.
    pub stamp: u64,
}

/// What changed in `folder` since it was looked at, when it had this stamp; nothing if it holds the same files as then.
/// Reads no file.
pub fn look_at_folder(
    index: &Index,
    data_dir: &DataDir,
    folder: &Path,
    last_stamp: u64,
) -> Result<Option<FolderLook>, UpdateError> {
    let reading = data_dir.load_reading(folder)?;
    let scanned = Scanned::new(folder, reading.recognises_scans);
    if scanned.stamp == last_stamp {
        return Ok(None);
    }
    let stamp = scanned.stamp;
    let budget = data_dir.reading_budget();
    let mut plan = Plan::new(
        index,
        Wanted {
            scanned: &scanned,
            reading: &reading,
            budget,
            suspects: &HashSet::new(),
            corrected: None,
        },
    )?;
    plan.overlook_renamed();
    Ok(Some(FolderLook {
        changes: plan.changes,
        missing: plan.missing_files(&data_dir.seen_file(folder)),
        stamp,
    }))
}

/// What lies in a folder, or why it cannot be read.
pub(super) struct Scanned {
    pub(super) scan: Scan,
    /// Why the folder itself cannot be read, if so.
    pub(super) failure: Option<Cause>,
    stamp: u64,
    folder: PathBuf,
}

impl Scanned {
    /// With `takes_pictures` those that may be scanned pages are among the files.
    pub(super) fn new(folder: &Path, takes_pictures: bool) -> Self {
        let root = folder.to_owned();
        match fs::read_dir(folder) {
            Ok(_) => {
                let scan = archive::scan_with(folder, &[], takes_pictures);
                let (failure, stamp) = (None, scan.stamp());
                Self {
                    scan,
                    failure,
                    stamp,
                    folder: root,
                }
            }
            Err(err) => Self {
                scan: Scan::default(),
                failure: Some(Cause::new(err)),
                stamp: NO_FOLDER,
                folder: root,
            },
        }
    }
}

/// What an index is to hold.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) scanned: &'a Scanned,
    pub(super) reading: &'a Reading,
    /// What it did not suffice for is read again if it has changed.
    pub(super) budget: Budget,
    /// Read again even if they have not changed.
    pub(super) suspects: &'a HashSet<PathBuf>,
    /// Read again, too: the user corrected articles in them.
    pub(super) corrected: Option<&'a ByHandChanges>,
}

/// What is to be done so that the index holds what a folder holds.
pub(super) struct Plan {
    n_files: u64,
    folder_stamp: u64,
    changes: FolderChanges,
    /// In the order of paths.
    pub(super) to_read: Vec<FileEntry>,
    /// Known and not there, in the order of paths. Nothing is done about them unless the user says so.
    pub(super) missing: Vec<IndexedFile>,
    /// Known, and their names are corrected in what the index keeps of them: they are missing, or were recognised in pictures.
    pub(super) to_correct: Vec<IndexedFile>,
    /// Not there any more, and the index holds nothing of them: in the order of paths.
    pub(super) gone: Vec<PathBuf>,
    /// How many files the index knows.
    n_known: u64,
    /// Why the folder itself cannot be read, if so.
    pub(super) folder_failure: Option<Cause>,
    /// What could not be looked at, and what could not be read of the files that are as they were.
    not_read: Vec<(PathBuf, Reason)>,
}

impl Plan {
    pub(super) fn log(&self, start: Instant) {
        let changes = &self.changes;
        tracing::info!(
            millis = start.elapsed().as_millis(),
            files = self.n_files,
            added = changes.added,
            changed = changes.changed,
            missing = self.missing.len(),
            "scanned"
        );
    }

    /// Whether the index has to be written.
    pub(super) fn has_work(&self) -> bool {
        !self.to_read.is_empty() || !self.gone.is_empty() || !self.to_correct.is_empty()
    }

    pub(super) fn new(index: &Index, wanted: Wanted<'_>) -> Result<Self, UpdateError> {
        let Wanted {
            scanned,
            reading,
            budget,
            suspects,
            corrected,
        } = wanted;
        let searcher = index.early_searcher()?;
        let known = searcher.files().map_err(OpenError::from)?;
        let n_known = known.len() as u64;
        let mut known: HashMap<PathBuf, IndexedFile> =
            known.into_iter().map(|file| (file.path.clone(), file)).collect();
        let scan = &scanned.scan;
        let mut it = Self {
            n_files: scan.files.len() as u64,
            folder_stamp: scanned.stamp,
            changes: FolderChanges::default(),
            to_read: Vec::new(),
            missing: Vec::new(),
            to_correct: Vec::new(),
            gone: Vec::new(),
            n_known,
            folder_failure: scanned.failure.clone(),
            not_read: Vec::new(),
        };
        let recognition = Recognition::new(reading);
        for file in &scan.files {
            match known.remove(&file.path) {
                Some(known)
                    if known.size == file.size
                        && known.modified_nanos == file.modified_nanos
                        && is_read_so(known.reading, reading.of(&file.path).fingerprint(), budget) =>
                {
                    let is_curable = recognition.may_cure(&known.unreadable);
                    let is_corrected = corrected.is_some_and(|it| it.contains(&file.path));
                    if is_corrected && !is_curable && is_kept_only(corrected, &searcher, &file.path)? {
                        it.to_correct.push(known.clone());
                        it.not_read.extend(known.unreadable);
                        continue;
                    }
                    let is_otherwise = is_curable || is_corrected;
                    it.changes.changed += u64::from(is_otherwise);
                    if suspects.contains(&file.path) || is_otherwise {
                        it.to_read.push(file.clone());
                        continue;
                    }
                    it.not_read.extend(known.unreadable);
                }
                Some(_) => {
                    it.changes.changed += 1;
                    it.to_read.push(file.clone());
                }
                None => {
                    it.changes.added += 1;
                    it.to_read.push(file.clone());
                }
            }
        }
        it.sort_out_missing(known, scanned);
        let is_corrected = |file: &&IndexedFile| corrected.is_some_and(|it| it.are_of_words(&file.path));
        let missing: Vec<IndexedFile> = it.missing.iter().filter(is_corrected).cloned().collect();
        it.to_correct.extend(missing);
        let not_looked_at = scan.unreadable.iter().cloned();
        it.not_read.extend(not_looked_at.map(|it| (it.path, it.reason)));
        Ok(it)
    }

    /// What becomes of the known files that were not found.
    fn sort_out_missing(&mut self, not_found: HashMap<PathBuf, IndexedFile>, scanned: &Scanned) {
        // What lies in a folder that cannot be read now is not gone; nor is a picture that was recognised before the user said
        // that no others are.
        let unreadable: &[Unreadable] = &scanned.scan.unreadable;
        let is_passed_over = |path: &Path| archive::may_be_scan(path) && scanned.folder.join(path).is_file();
        let is_hidden = |path: &Path| unreadable.iter().any(|it| path.starts_with(&it.path));
        for (path, file) in not_found {
            if is_hidden(&path) {
                continue;
            }
            match file.is_empty() {
                true => self.gone.push(path),
                false if is_passed_over(&path) => {}
                false => self.missing.push(file),
            }
        }
        self.gone.sort_unstable();
        self.missing.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    }

    /// What is known before anything is read, without what is missing. `scan` is what the plan was made from.
    pub(super) fn summary(&mut self, scan: Scan) -> UpdateSummary {
        let left_out = scan.left_out.into_iter().map(|it| LeftOutFile {
            path: it.path,
            reason: it.reason,
        });
        let left_out_files: Vec<LeftOutFile> = left_out.collect();
        let mut summary = UpdateSummary {
            files: self.n_files,
            added: self.changes.added,
            changed: self.changes.changed,
            left_out: left_out_files.iter().map(|it| it.reason.n()).sum(),
            left_out_files,
            folder_stamp: self.folder_stamp,
            ..UpdateSummary::default()
        };
        for (path, reason) in mem::take(&mut self.not_read) {
            summary.take_not_read(path, reason);
        }
        summary
    }

    /// Those of the missing files that are to be forgotten, in the order of paths. While the folder itself cannot be read
    /// there are none: whoever wants to be rid of an archive says so.
    pub(super) fn forgotten(&self, forget: &ForgetFiles) -> Vec<PathBuf> {
        let forgotten = self.missing.iter().map(|it| &it.path);
        let forgotten = forgotten.filter(|it| self.folder_failure.is_none() && forget.contains(it));
        forgotten.cloned().collect()
    }

    /// Takes for renamed what has the size and time of a file that is to be read. Who reads that finds out by its content.
    fn overlook_renamed(&mut self) {
        let mut to_read: HashMap<(u64, i64), usize> = HashMap::new();
        for it in &self.to_read {
            *to_read.entry((it.size, it.modified_nanos)).or_default() += 1;
        }
        self.missing
            .retain(|it| match to_read.get_mut(&(it.size, it.modified_nanos)) {
                Some(n_left @ 1..) => {
                    *n_left -= 1;
                    false
                }
                _ => true,
            });
    }

    /// What is told of the missing files. `seen_file` says when most of them were last there.
    pub(super) fn missing_files(&self, seen_file: &Path) -> MissingFiles {
        // The index knows none of the files that are there when it is new and has only what was saved from another.
        let there_or_missing = self.n_files + self.missing.len() as u64;
        let mut missing = MissingFiles {
            paths: self.missing.iter().map(|it| it.path.clone()).collect(),
            n_known: there_or_missing.max(self.n_known - self.gone.len() as u64),
            last_seen: None,
            folder_failure: self.folder_failure.clone(),
        };
        if missing.is_folder_away() {
            missing.last_seen = last_seen(seen_file);
        }
        missing
    }
}

/// Whether only words of a file are corrected of which the text was recognised in pictures: that is not done again for them.
fn is_kept_only(corrected: Option<&ByHandChanges>, searcher: &Searcher, path: &Path) -> Result<bool, OpenError> {
    if corrected.is_none_or(|it| it.are_of_facts(path)) {
        return Ok(false);
    }
    let Some(first) = searcher.articles_of_file(path)?.first().copied() else {
        return Ok(false);
    };
    let stored = searcher.stored_article(first)?;
    Ok(stored.is_some_and(|it| it.format == Format::Scan))
}

/// Whether scans that could not be read can be now.
struct Recognition {
    is_wanted: bool,
    /// Looked for once, and only if there is something to recognise.
    lack: OnceCell<Option<RecogniserLack>>,
}

impl Recognition {
    fn new(reading: &Reading) -> Self {
        Self {
            is_wanted: reading.recognises_scans,
            lack: OnceCell::new(),
        }
    }

    /// Whether what was not read of a file may be read by recognition. If that is not there, it is said once, when the file is
    /// read for the first time since it was wanted.
    fn may_cure(&self, not_read: &[(PathBuf, Reason)]) -> bool {
        let is_for_it = |(_, reason): &(PathBuf, Reason)| match reason {
            Reason::NoRecogniser(before) => *self.lack() != Some(*before),
            reason => reason.is_for_recognition(),
        };
        self.is_wanted && not_read.iter().any(is_for_it)
    }

    fn lack(&self) -> &Option<RecogniserLack> {
        self.lack.get_or_init(|| archive::Tesseract::find().err())
    }
}

/// Whether a file is recorded as read by these rules, or as one that this budget does not suffice for.
fn is_read_so(recorded: u64, fingerprint: u64, budget: Budget) -> bool {
    recorded == fingerprint || recorded == budget.mark(fingerprint)
}

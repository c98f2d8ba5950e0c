//! Bringing an index up to date with its folder.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::ops::ControlFlow;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::archive::{self, Article, FileEntry, LineCounter, ReadError, Reading, RepeatedLines, RuleError, Scan};
use crate::entities::{Mention, Recogniser};
use crate::index::{Index, IndexedFile, OpenError, WriteError, Writer};
use crate::state::{FolderChanges, UnreadableFile, UpdateProgress, UpdateSummary};

use super::data_dir::{DataDir, ReadingError};
use super::log::ErrorCode;

/// Articles are made findable after this long at first; each later batch may take as long as all before it, so that
/// the cost of a new snapshot stays a fraction of the whole.
const FIRST_COMMIT: Duration = Duration::from_millis(700);
/// However large the archive, at most this much work is lost when the process is killed.
const LAST_COMMIT: Duration = Duration::from_secs(30);
/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(100);
/// Of each folder at most this many files are looked at for lines that repeat, and of each file this many articles. A
/// guess.
const FILES_SAMPLED: usize = 60;
/// In all at most this many files: some two seconds.
const MAX_SAMPLED: usize = 6000;
/// Files that wait between the readers and the writer: enough to keep both busy.
const QUEUE: usize = 64;

/// What happens while an index is brought up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateStep {
    /// Files were read.
    Progress(UpdateProgress),
    /// What was read so far can be found.
    Committed,
}

/// Why an index cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The archive's folder is gone or may not be read; the index is as it was.
    #[error("cannot read the folder: {source}: {}", path.display())]
    Folder {
        /// What the system says.
        source: io::Error,
        /// The folder.
        path: PathBuf,
    },
    /// The corrections of how files are read cannot be understood.
    #[error(transparent)]
    Reading(#[from] ReadingError),
    /// The index cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The index cannot be searched for what it knows of the files.
    #[error(transparent)]
    Index(#[from] OpenError),
    /// A correction of how files are read says what cannot be meant.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A correction of how files are read cannot be kept.
    #[error("cannot save the corrections of how files are read: {source}: {}", path.display())]
    Save {
        /// What the system says.
        source: io::Error,
        /// Their file.
        path: PathBuf,
    },
}

/// This much text of one file, in bytes, goes to the writer at once: a file of any number of articles is never in memory
/// as a whole.
const PART_BYTES: usize = 1 << 20;

/// What the readers hand to the writer. The parts of a file come in their order.
enum Found {
    /// Some articles of a file that has more, and what they name.
    Part {
        path: PathBuf,
        is_first: bool,
        articles: Vec<(Article, Vec<Mention>)>,
    },
    /// The (other) articles of a file.
    File {
        file: IndexedFile,
        had_parts: bool,
        articles: Vec<(Article, Vec<Mention>)>,
    },
    /// A file of which nothing could be read.
    Failed { file: IndexedFile, err: ReadError },
}

/// Reads the files of `folder` that are new or changed since `index` last saw them, or that are now to be read
/// otherwise, and forgets those that are gone.
///
/// `report` hears of each step. When `cancelled` is set, what was read is kept and the rest is left for the next time.
pub fn update_index(
    index: &Index,
    data_dir: &DataDir,
    folder: &Path,
    recogniser: &dyn Recogniser,
    cancelled: &AtomicBool,
    report: &mut dyn FnMut(UpdateStep),
) -> Result<UpdateSummary, UpdateError> {
    let start = Instant::now();
    if let Err(source) = std::fs::read_dir(folder) {
        let path = folder.to_owned();
        return Err(UpdateError::Folder { source, path });
    }
    let mut reading = data_dir.load_reading(folder)?;
    let scan = archive::scan(folder, &[]);
    if let Some(repeated) = gather_repeated_lines(folder, &scan.files, &reading, cancelled) {
        // Where they cannot be kept they are gathered again the next time.
        data_dir.save_repeated_lines(folder, &repeated).ok();
        reading.repeated = repeated;
    }
    let reading = &reading;
    let plan = Plan::new(index, scan, reading)?;
    plan.log(start);
    let mut summary = UpdateSummary {
        files: plan.n_files,
        left_out: plan.n_left_out,
        added: plan.changes.added,
        changed: plan.changes.changed,
        removed: plan.changes.removed,
        unreadable: plan.unreadable,
        folder_stamp: plan.folder_stamp,
        ..UpdateSummary::default()
    };
    if plan.to_read.is_empty() && plan.gone.is_empty() {
        // Another process may have been stopped before it could.
        keep_columns(index);
        summary.articles = index.n_articles()?;
        summary.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
        summary.seconds = start.elapsed().as_secs_f64();
        return Ok(summary);
    }

    let mut writer = index.writer()?;
    for path in &plan.gone {
        writer.remove_file(path)?;
    }
    let readers = Readers {
        folder,
        reading,
        recogniser,
        cancelled,
    };
    readers.read_all(&plan.to_read, |results| {
        write_all(&mut writer, results, plan.to_read.len() as u64, &mut summary, report)
    })?;
    writer.commit()?;
    report(UpdateStep::Committed);
    writer.tidy()?;
    report(UpdateStep::Committed);
    keep_columns(index);
    summary.cancelled = cancelled.load(Ordering::Relaxed);
    summary.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    summary.articles = index.n_articles()?;
    summary.seconds = start.elapsed().as_secs_f64();
    log_summary(&summary);
    Ok(summary)
}

fn log_summary(summary: &UpdateSummary) {
    tracing::info!(
        secs = summary.seconds,
        articles = summary.articles,
        bytes_read = summary.bytes,
        unreadable = summary.unreadable.len(),
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

/// What changed in `folder` since it was read, and the stamp of what it holds now; reads no file.
pub fn folder_changes(
    index: &Index,
    data_dir: &DataDir,
    folder: &Path,
    last_stamp: u64,
) -> Result<(FolderChanges, u64), UpdateError> {
    let scan = archive::scan(folder, &[]);
    let stamp = scan.stamp();
    if stamp == last_stamp {
        return Ok((FolderChanges::default(), stamp));
    }
    let reading = data_dir.load_reading(folder)?;
    Ok((Plan::new(index, scan, &reading)?.changes, stamp))
}

/// What is to be done so that the index holds what a folder holds.
struct Plan {
    n_files: u64,
    n_left_out: u64,
    folder_stamp: u64,
    changes: FolderChanges,
    /// In the order of paths.
    to_read: Vec<FileEntry>,
    /// In the order of paths.
    gone: Vec<PathBuf>,
    /// What could not be looked at, and what could not be read of the files that are as they were.
    unreadable: Vec<UnreadableFile>,
}

impl Plan {
    fn log(&self, start: Instant) {
        let changes = &self.changes;
        tracing::info!(
            millis = start.elapsed().as_millis(),
            files = self.n_files,
            added = changes.added,
            changed = changes.changed,
            removed = changes.removed,
            "scanned"
        );
    }

    fn new(index: &Index, scan: Scan, reading: &Reading) -> Result<Self, UpdateError> {
        let searcher = index.early_searcher()?;
        let mut known: HashMap<PathBuf, IndexedFile> = searcher
            .files()
            .map_err(OpenError::from)?
            .into_iter()
            .map(|file| (file.path.clone(), file))
            .collect();
        let mut it = Self {
            n_files: scan.files.len() as u64,
            n_left_out: scan.n_left_out,
            folder_stamp: scan.stamp(),
            changes: FolderChanges::default(),
            to_read: Vec::new(),
            gone: Vec::new(),
            unreadable: Vec::new(),
        };
        for file in scan.files {
            match known.remove(&file.path) {
                Some(known)
                    if known.size == file.size
                        && known.modified_nanos == file.modified_nanos
                        && known.reading == reading.of(&file.path).fingerprint() =>
                {
                    let unreadable = known.unreadable.into_iter();
                    it.unreadable
                        .extend(unreadable.map(|(path, reason)| UnreadableFile { path, reason }));
                }
                Some(_) => {
                    it.changes.changed += 1;
                    it.to_read.push(file);
                }
                None => {
                    it.changes.added += 1;
                    it.to_read.push(file);
                }
            }
        }
        // What lies in a folder that cannot be read now is not gone.
        let is_hidden = |path: &PathBuf| scan.unreadable.iter().any(|it| path.starts_with(&it.path));
        it.gone = known.into_keys().filter(|path| !is_hidden(path)).collect();
        it.gone.sort_unstable();
        it.changes.removed = it.gone.len() as u64;
        let not_looked_at = scan.unreadable.into_iter();
        it.unreadable.extend(not_looked_at.map(|it| UnreadableFile {
            path: it.path,
            reason: it.reason,
        }));
        Ok(it)
    }
}

/// The lines that repeat across the archive, from some files of each folder; nothing if those that are known will do.
///
/// They are gathered at first and when the archive has grown by half: every file of a folder whose lines change is read
/// again.
fn gather_repeated_lines(
    folder: &Path,
    files: &[FileEntry],
    reading: &Reading,
    cancelled: &AtomicBool,
) -> Option<RepeatedLines> {
    let n_files = files.len() as u64;
    let known = reading.repeated.n_files;
    if n_files == 0 || n_files * 2 < known * 3 && known <= n_files * 2 {
        return None;
    }
    let plain = Reading {
        repeated: RepeatedLines::default(),
        ..reading.clone()
    };
    let mut counter = LineCounter::default();
    let mut by_folder: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
    for file in files {
        let path = file.path.as_path();
        by_folder
            .entry(path.parent().unwrap_or(Path::new("")))
            .or_default()
            .push(path);
    }
    let samples = by_folder.values().flat_map(|paths| {
        let step = paths.len().div_ceil(FILES_SAMPLED);
        paths.iter().step_by(step)
    });
    for path in samples.take(MAX_SAMPLED) {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let mut n_articles = 0;
        let sampled = archive::read_articles(folder, path, &plain, &mut |article| {
            counter.add(&article);
            n_articles += 1;
            if n_articles < FILES_SAMPLED {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        // What cannot be read is told when it is read for the index.
        sampled.ok();
    }
    Some(counter.repeated(n_files))
}

/// What the reading threads share.
#[derive(Clone, Copy)]
struct Readers<'a> {
    folder: &'a Path,
    reading: &'a Reading,
    recogniser: &'a dyn Recogniser,
    cancelled: &'a AtomicBool,
}

impl Readers<'_> {
    /// Reads and recognises on all cores while `consume` takes the results on this thread.
    fn read_all(
        self,
        files: &[FileEntry],
        consume: impl FnOnce(&Receiver<Found>) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let n_threads = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(files.len().max(1));
        let next = std::sync::atomic::AtomicUsize::new(0);
        let (sender, receiver) = bounded(QUEUE);
        thread::scope(|scope| {
            let mut threads = Vec::new();
            for _ in 0..n_threads {
                let (sender, next) = (sender.clone(), &next);
                let read = move || self.read_some(files, next, &sender);
                let thread = thread::Builder::new()
                    .name("fihrist-recognise".into())
                    .spawn_scoped(scope, read)
                    .map_err(WriteError::from)?;
                threads.push(thread);
            }
            drop(sender);
            let written = consume(&receiver);
            // After a failed write the readers find nobody listening, and stop.
            drop(receiver);
            for thread in threads {
                if let Err(panic) = thread.join() {
                    // With its own words: the scope would only say that there was one.
                    panic::resume_unwind(panic);
                }
            }
            written
        })
    }

    fn read_some(self, files: &[FileEntry], next: &std::sync::atomic::AtomicUsize, sender: &Sender<Found>) {
        while !self.cancelled.load(Ordering::Relaxed) {
            let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) else {
                return;
            };
            if self.read_one(file, sender).is_break() {
                return;
            }
        }
    }

    /// Reads one file; breaks if nobody wants its articles any more.
    fn read_one(self, file: &FileEntry, sender: &Sender<Found>) -> ControlFlow<()> {
        let mut articles = Vec::new();
        let mut n_bytes = 0;
        let mut n_parts = 0_usize;
        let mut is_unwanted = false;
        let result = archive::read_articles(self.folder, &file.path, self.reading, &mut |article| {
            n_bytes += article.text.len();
            let mentions = self.recogniser.mentions(&article);
            articles.push((article, mentions));
            if n_bytes < PART_BYTES {
                return ControlFlow::Continue(());
            }
            n_bytes = 0;
            let part = Found::Part {
                path: file.path.clone(),
                is_first: n_parts == 0,
                articles: std::mem::take(&mut articles),
            };
            n_parts += 1;
            // Half a file is not a file: after a stop it is read again.
            is_unwanted = sender.send(part).is_err() || self.cancelled.load(Ordering::Relaxed);
            if is_unwanted {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if is_unwanted {
            return ControlFlow::Break(());
        }
        let indexed = |content_hash, unreadable| IndexedFile {
            path: file.path.clone(),
            size: file.size,
            modified_nanos: file.modified_nanos,
            content_hash,
            reading: self.reading.of(&file.path).fingerprint(),
            unreadable,
        };
        let found = match result {
            Ok(summary) => Found::File {
                file: indexed(
                    summary.content_hash,
                    summary.unreadable.into_iter().map(|it| (it.path, it.reason)).collect(),
                ),
                had_parts: n_parts != 0,
                articles,
            },
            Err(err) => Found::Failed {
                file: indexed(0, vec![(err.path().to_owned(), err.reason())]),
                err,
            },
        };
        match sender.send(found) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_nobody_listens) => ControlFlow::Break(()),
        }
    }
}

fn write_all(
    writer: &mut Writer,
    results: &Receiver<Found>,
    files_total: u64,
    summary: &mut UpdateSummary,
    report: &mut dyn FnMut(UpdateStep),
) -> Result<(), WriteError> {
    let mut progress = UpdateProgress {
        files_total,
        ..UpdateProgress::default()
    };
    let start = Instant::now();
    let (mut last_commit, mut last_report) = (start, start);
    report(UpdateStep::Progress(progress));
    for result in results {
        let mut is_part = false;
        match result {
            Found::Part {
                path,
                is_first,
                articles,
            } => {
                if is_first {
                    writer.begin_file(&path)?;
                }
                progress.articles += articles.len() as u64;
                writer.add_articles(&path, &articles)?;
                is_part = true;
            }
            Found::File {
                file,
                had_parts,
                articles,
            } => {
                progress.articles += articles.len() as u64;
                summary.bytes += file.size;
                let unreadable = file.unreadable.iter().cloned();
                summary
                    .unreadable
                    .extend(unreadable.map(|(path, reason)| UnreadableFile { path, reason }));
                if had_parts {
                    writer.add_articles(&file.path, &articles)?;
                    writer.end_file(&file)?;
                } else {
                    writer.add_file(&file, &articles)?;
                }
            }
            Found::Failed { file, err } => {
                summary.unreadable.push(UnreadableFile {
                    path: err.path().to_owned(),
                    reason: err.reason(),
                });
                // Remembered, so that it is not read in vain each time. What only the system refuses is tried again.
                if err.is_lasting() {
                    writer.add_file(&file, &[])?;
                }
            }
        }
        progress.files_done += u64::from(!is_part);
        if last_report.elapsed() >= REPORT_EVERY {
            last_report = Instant::now();
            report(UpdateStep::Progress(progress));
        }
        let patience = (last_commit - start).clamp(FIRST_COMMIT, LAST_COMMIT);
        if last_commit.elapsed() >= patience && progress.files_done < files_total {
            writer.commit()?;
            tracing::info!(files = progress.files_done, articles = progress.articles, "committed");
            report(UpdateStep::Committed);
            last_commit = Instant::now();
        }
    }
    report(UpdateStep::Progress(progress));
    Ok(())
}

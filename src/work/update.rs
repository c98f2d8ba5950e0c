//! Bringing an index up to date with its folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::archive::{self, Article, FileEntry, ReadError, ReadFile};
use crate::entities::{Mention, Recogniser};
use crate::index::{Index, IndexedFile, WriteError, Writer};
use crate::state::{UnreadableFile, UpdateProgress, UpdateSummary};

/// Articles are made findable after this long at first; each later batch may take as long as all before it, so that
/// the cost of a new snapshot stays a fraction of the whole.
const FIRST_COMMIT: Duration = Duration::from_millis(700);
/// However large the archive, at most this much work is lost when the process is killed.
const LAST_COMMIT: Duration = Duration::from_secs(30);
/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(100);
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
    #[error("cannot read the folder: {reason}: {}", path.display())]
    Folder {
        /// What the system says.
        reason: String,
        /// The folder.
        path: PathBuf,
    },
    /// The index cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The index cannot be searched for what it knows of the files.
    #[error("cannot read the index: {0}")]
    Index(String),
}

/// A file that was read, and what it names.
struct Recognised {
    file: IndexedFile,
    articles: Vec<(Article, Vec<Mention>)>,
}

/// Reads the files of `folder` that are new or changed since `index` last saw them, and forgets those that are gone.
///
/// `report` hears of each step. When `cancelled` is set, what was read is kept and the rest is left for the next time.
pub fn update_index(
    index: &Index,
    folder: &Path,
    recogniser: &dyn Recogniser,
    cancelled: &AtomicBool,
    report: &mut dyn FnMut(UpdateStep),
) -> Result<UpdateSummary, UpdateError> {
    let start = Instant::now();
    if let Err(err) = std::fs::read_dir(folder) {
        return Err(UpdateError::Folder {
            reason: err.to_string(),
            path: folder.to_owned(),
        });
    }
    let scan = archive::scan(folder, &[]);
    let searcher = index.searcher().map_err(|err| UpdateError::Index(err.to_string()))?;
    let known: HashMap<PathBuf, IndexedFile> = searcher
        .files()
        .into_iter()
        .map(|file| (file.path.clone(), file))
        .collect();
    let n_known_articles = searcher.n_articles();
    drop(searcher);

    let mut summary = UpdateSummary {
        files: scan.files.len() as u64,
        ..UpdateSummary::default()
    };
    for it in scan.unreadable {
        summary.unreadable.push(UnreadableFile {
            path: it.path,
            reason: it.reason,
        });
    }
    let mut gone: HashMap<&Path, ()> = known.keys().map(|path| (path.as_path(), ())).collect();
    let mut to_read: Vec<FileEntry> = Vec::new();
    for file in scan.files {
        gone.remove(file.path.as_path());
        match known.get(&file.path) {
            Some(it) if it.size == file.size && it.modified_nanos == file.modified_nanos => {}
            Some(_) => {
                summary.changed += 1;
                to_read.push(file);
            }
            None => {
                summary.added += 1;
                to_read.push(file);
            }
        }
    }
    // What lies in a folder that cannot be read now is not gone.
    gone.retain(|path, ()| !summary.unreadable.iter().any(|it| path.starts_with(&it.path)));
    if to_read.is_empty() && gone.is_empty() {
        summary.articles = n_known_articles;
        summary.seconds = start.elapsed().as_secs_f64();
        return Ok(summary);
    }

    let mut writer = index.writer()?;
    for path in gone.keys() {
        writer.remove_file(path)?;
        summary.removed += 1;
    }
    read_all(folder, &to_read, recogniser, cancelled, |results| {
        write_all(&mut writer, results, to_read.len() as u64, &mut summary, report)
    })?;
    writer.commit()?;
    report(UpdateStep::Committed);
    summary.cancelled = cancelled.load(Ordering::Relaxed);
    summary.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    summary.articles = index.n_articles().map_err(|err| UpdateError::Index(err.to_string()))?;
    summary.seconds = start.elapsed().as_secs_f64();
    Ok(summary)
}

/// Reads and recognises on all cores while `consume` takes the results on this thread.
fn read_all(
    folder: &Path,
    files: &[FileEntry],
    recogniser: &dyn Recogniser,
    cancelled: &AtomicBool,
    consume: impl FnOnce(&Receiver<Result<Recognised, ReadError>>) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let n_threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(files.len().max(1));
    let next = std::sync::atomic::AtomicUsize::new(0);
    let (sender, receiver) = bounded(QUEUE);
    thread::scope(|scope| {
        for _ in 0..n_threads {
            let (sender, next) = (sender.clone(), &next);
            let read = move || read_some(folder, files, next, recogniser, cancelled, &sender);
            thread::Builder::new()
                .name("fihrist-recognise".into())
                .spawn_scoped(scope, read)
                .map_err(|err| WriteError::Io(err.to_string()))?;
        }
        drop(sender);
        let written = consume(&receiver);
        // After a failed write the readers find nobody listening, and stop.
        drop(receiver);
        written
    })
}

fn read_some(
    folder: &Path,
    files: &[FileEntry],
    next: &std::sync::atomic::AtomicUsize,
    recogniser: &dyn Recogniser,
    cancelled: &AtomicBool,
    sender: &Sender<Result<Recognised, ReadError>>,
) {
    while !cancelled.load(Ordering::Relaxed) {
        let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) else {
            return;
        };
        let result = archive::read_file(folder, &file.path).map(|read| recognise(file, read, recogniser));
        if sender.send(result).is_err() {
            return;
        }
    }
}

fn recognise(file: &FileEntry, read: ReadFile, recogniser: &dyn Recogniser) -> Recognised {
    let articles = read
        .articles
        .into_iter()
        .map(|article| {
            let mentions = recogniser.mentions(&article);
            (article, mentions)
        })
        .collect();
    let file = IndexedFile {
        path: file.path.clone(),
        size: file.size,
        modified_nanos: file.modified_nanos,
        content_hash: read.content_hash,
    };
    Recognised { file, articles }
}

fn write_all(
    writer: &mut Writer,
    results: &Receiver<Result<Recognised, ReadError>>,
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
        match result {
            Ok(Recognised { file, articles }) => {
                progress.articles += articles.len() as u64;
                summary.bytes += file.size;
                writer.add_file(&file, &articles)?;
            }
            Err(err) => {
                summary.unreadable.push(UnreadableFile {
                    path: err.path().to_owned(),
                    reason: err.reason(),
                });
            }
        }
        progress.files_done += 1;
        if last_report.elapsed() >= REPORT_EVERY {
            last_report = Instant::now();
            report(UpdateStep::Progress(progress));
        }
        let patience = (last_commit - start).clamp(FIRST_COMMIT, LAST_COMMIT);
        if last_commit.elapsed() >= patience && progress.files_done < files_total {
            writer.commit()?;
            report(UpdateStep::Committed);
            last_commit = Instant::now();
        }
    }
    report(UpdateStep::Progress(progress));
    Ok(())
}

//! The threads that read files and recognise names in them, here or by child processes.

use std::collections::HashSet;
use std::mem;
use std::ops::ControlFlow;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::archive::{self, Allowance, Article, FileEntry, FileSummary, Halt, Patience, Reading, Reason};
use crate::entities::Mention;
use crate::index::{IndexedFile, WriteError};

use super::super::alone::{AloneReader, Asked, Exceeded, Journal, ReadAlone};
use super::super::means::Means;
use super::by_hand::ByHandChanges;
use super::plan::{Scanned, Wanted};
use super::queue::{Queue, Round};

/// Files that wait between the readers and the writer: enough to keep both busy.
const QUEUE: usize = 64;
/// This much text of one file, in bytes, goes to the writer at once: a file of any number of articles is never in memory
/// as a whole.
const PART_BYTES: usize = 256 << 10;
/// The CPU time that a file may take before it is left to the next round. A guess: some megabytes of text, a hundred printed
/// pages; what takes longer is begun twice.
const BRIEF: Duration = Duration::from_secs(5);
/// The stack of a thread that reads, in bytes. Libraries recurse; only what is used of it is ever in memory.
const STACK: usize = 16 << 20;

/// Articles and what they name.
type Articles = Vec<(Article, Vec<Mention>)>;

/// What the readers hand to the writer. The parts of a file come in their order.
pub(super) enum Found {
    /// Some articles of a file that has more, and what they name.
    Part {
        path: PathBuf,
        is_first: bool,
        articles: Articles,
    },
    /// A scanned page was recognised.
    Page,
    /// The file whose parts came until now is read again from its beginning, later; they were this many articles.
    PutOff { n_articles: u64 },
    /// The (other) articles of a file.
    File {
        file: IndexedFile,
        had_parts: bool,
        articles: Articles,
    },
    /// A file of which nothing could be read.
    Failed { file: IndexedFile, is_lasting: bool },
}

/// How many bytes of the files were read so far.
pub(super) struct BytesRead {
    /// Of the files that are done.
    done: AtomicU64,
    /// Of the file that each thread has in work.
    in_work: Vec<AtomicU64>,
}

impl BytesRead {
    fn new(n_threads: usize) -> Self {
        Self {
            done: AtomicU64::new(0),
            in_work: (0..n_threads).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// All of them.
    pub(super) fn n(&self) -> u64 {
        let in_work = self.in_work.iter().map(|it| it.load(Ordering::Relaxed));
        self.done.load(Ordering::Relaxed) + in_work.sum::<u64>()
    }

    /// A file is done with, whatever was read of it.
    fn end(&self, in_work: &AtomicU64, file: &FileEntry) {
        in_work.store(0, Ordering::Relaxed);
        self.done.fetch_add(file.size, Ordering::Relaxed);
    }
}

/// What the reading threads share.
#[derive(Clone, Copy)]
pub(super) struct Readers<'a> {
    pub(super) folder: &'a Path,
    pub(super) by_hand: &'a ByHandChanges,
    pub(super) reading: &'a Reading,
    pub(super) means: Means<'a>,
    pub(super) journal: &'a Journal,
    /// The files that were in work when the program ended.
    pub(super) suspects: &'a HashSet<PathBuf>,
    pub(super) cancelled: &'a AtomicBool,
}

impl Readers<'_> {
    /// Reads and recognises on all cores while `consume` takes the results on this thread.
    pub(super) fn read_all(
        self,
        files: &[FileEntry],
        consume: impl FnOnce(&Receiver<Found>, &BytesRead) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let n_threads = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(files.len().max(1));
        let queue = Queue::new(files, self.suspects, self.means.program.is_some());
        let (sender, receiver) = bounded(QUEUE);
        let bytes_read = BytesRead::new(n_threads);
        thread::scope(|scope| {
            let mut threads = Vec::new();
            for in_work in &bytes_read.in_work {
                let (sender, queue, bytes_read) = (sender.clone(), &queue, &bytes_read);
                let thread = thread::Builder::new()
                    .name("fihrist-recognise".into())
                    .stack_size(STACK)
                    .spawn_scoped(scope, move || self.read_some(queue, (bytes_read, in_work), &sender))
                    .map_err(WriteError::from)?;
                threads.push(thread);
            }
            drop(sender);
            let written = consume(&receiver, &bytes_read);
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

    fn read_some<'f>(self, queue: &Queue<'f>, (bytes_read, in_work): (&BytesRead, &AtomicU64), sender: &Sender<Found>) {
        let mut slot = self.journal.slot();
        let mut child = self.means.program.map(AloneReader::new);
        while !self.is_cancelled() {
            let Some((file, round)) = queue.next() else { return };
            let mut parts = Parts::new(file, in_work, sender);
            let end = match (&mut child, round) {
                (None, _) | (_, Round::Here) => {
                    slot.begin(&file.path);
                    self.read_here(file, &mut parts)
                }
                (Some(child), Round::Alone | Round::Background) => {
                    slot.end();
                    let pages_at_once = match round {
                        Round::Background => queue.pages_at_once(),
                        Round::Here | Round::Alone => 0,
                    };
                    let end = self.read_alone(file, (round, pages_at_once), child, &mut parts);
                    queue.end(round);
                    end
                }
            };
            let sent = match end {
                End::Unwanted => return,
                End::NeedsMore => {
                    queue.put_off(file, round);
                    in_work.store(0, Ordering::Relaxed);
                    sender.send(Found::PutOff {
                        n_articles: parts.n_sent,
                    })
                }
                End::Read(summary) => {
                    bytes_read.end(in_work, file);
                    sender.send(self.file(file, summary, parts))
                }
                End::Failed { path, reason } => {
                    bytes_read.end(in_work, file);
                    let is_lasting = reason.is_lasting();
                    let mut file = self.indexed(file);
                    file.unreadable = vec![(path, reason)];
                    sender.send(Found::Failed { file, is_lasting })
                }
            };
            if sent.is_err() {
                return;
            }
        }
    }

    /// What an index is to hold of a folder, read in this way.
    pub(super) fn wanted<'w>(&'w self, scanned: &'w Scanned, reading: &'w Reading) -> Wanted<'w> {
        Wanted {
            scanned,
            reading,
            budget: self.means.budget,
            suspects: self.suspects,
            corrected: Some(self.by_hand),
        }
    }

    /// Whether reading is to stop.
    pub(super) fn is_cancelled(self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Reads a file in this process.
    fn read_here(self, file: &FileEntry, parts: &mut Parts<'_>) -> End {
        let whole = self.means.budget.time_for(file.size);
        let patience = match self.means.program {
            Some(_) => Patience::Brief(whole.min(BRIEF)),
            None => Patience::Until(whole),
        };
        let allowance = Allowance {
            cancelled: Some(self.cancelled),
            patience,
            bytes_read: Some(parts.bytes_read),
            ..Allowance::default()
        };
        let rule = self.reading.of(&file.path);
        let result = archive::read_articles_within(self.folder, &file.path, &rule, allowance, &mut |mut article| {
            let (mentions, _) = self.by_hand.rules.correct(&mut article, self.means.recogniser, None);
            parts.take(article, mentions)
        });
        if parts.is_unwanted {
            return End::Unwanted;
        }
        match result {
            Ok(summary) => End::Read(summary),
            Err(err) => match err.halted() {
                Some(Halt::Cancelled) => End::Unwanted,
                Some(Halt::Alone) => End::NeedsMore,
                Some(Halt::OverTime(_)) | None => End::Failed {
                    path: err.path().to_owned(),
                    reason: err.reason().clone(),
                },
            },
        }
    }

    /// Has a file read by a child process.
    fn read_alone(
        self,
        file: &FileEntry,
        (round, pages_at_once): (Round, usize),
        child: &mut AloneReader<'_>,
        parts: &mut Parts<'_>,
    ) -> End {
        let budget = self.means.budget;
        let whole = budget.time_for(file.size);
        let is_last = round == Round::Background || whole <= BRIEF;
        let time = if is_last { whole } else { BRIEF };
        let asked = Asked {
            folder: self.folder,
            path: &file.path,
            rule: &self.reading.of(&file.path),
            time,
            memory: budget.memory(),
            recognises: true,
            only: None,
            most_articles: u32::MAX,
            pages_at_once,
        };
        let is_wanted = || !self.is_cancelled();
        let read = child.read(asked, &is_wanted, &mut |part| {
            if part.articles.is_empty() {
                return parts.page();
            }
            if part.is_first {
                parts.begin_again();
            }
            parts.bytes_read.store(part.bytes_read, Ordering::Relaxed);
            let corrected = part.articles.into_iter().map(|(mut article, found)| {
                let (mentions, _) = self
                    .by_hand
                    .rules
                    .correct(&mut article, self.means.recogniser, Some(found));
                (article, mentions)
            });
            parts.send(corrected.collect())
        });
        match read {
            ReadAlone::Read(summary) => End::Read(summary),
            ReadAlone::Failed { path, reason } => End::Failed { path, reason },
            ReadAlone::Unwanted => End::Unwanted,
            ReadAlone::PutOff => End::NeedsMore,
            ReadAlone::Over(Exceeded::Time) if !is_last => End::NeedsMore,
            ReadAlone::Over(exceeded) => over(file, exceeded.reason(time, budget.memory())),
            ReadAlone::EndedTheReader => over(file, Reason::EndedTheReader),
            ReadAlone::NoChild(err) => End::Failed {
                path: file.path.clone(),
                reason: Reason::system(&err),
            },
        }
    }

    /// A file that was read as far as it could be.
    fn file(self, file: &FileEntry, summary: FileSummary, parts: Parts<'_>) -> Found {
        let mut indexed = self.indexed(file);
        indexed.content_hash = summary.content_hash;
        indexed.unreadable = summary.unreadable.into_iter().map(|it| (it.path, it.reason)).collect();
        if summary.is_over_budget {
            indexed.reading = self.means.budget.mark(indexed.reading);
        }
        Found::File {
            file: indexed,
            had_parts: parts.n_parts != 0,
            articles: parts.articles,
        }
    }

    fn indexed(self, file: &FileEntry) -> IndexedFile {
        IndexedFile {
            path: file.path.clone(),
            size: file.size,
            modified_nanos: file.modified_nanos,
            content_hash: 0,
            reading: self.reading.of(&file.path).fingerprint(),
            unreadable: Vec::new(),
        }
    }
}

/// A file that its budget did not suffice for, or that ended its reader: what came of it until then is kept.
fn over(file: &FileEntry, reason: Reason) -> End {
    End::Read(FileSummary::cut_off(&file.path, reason))
}

/// How the reading of a file ended.
enum End {
    /// Nobody wants its articles any more. Half a file is not a file: it is read again the next time.
    Unwanted,
    /// It needs more than it gets in this round.
    NeedsMore,
    /// It was read, as far as it could be.
    Read(FileSummary),
    /// Nothing of it can be read.
    Failed { path: PathBuf, reason: Reason },
}

/// The articles of a file on their way to the writer.
struct Parts<'a> {
    path: &'a Path,
    /// Holds how many bytes of the file were read so far.
    bytes_read: &'a AtomicU64,
    sender: &'a Sender<Found>,
    articles: Articles,
    n_bytes: usize,
    n_parts: usize,
    n_sent: u64,
    /// Whether nobody listens.
    is_unwanted: bool,
}

impl<'a> Parts<'a> {
    fn new(file: &'a FileEntry, bytes_read: &'a AtomicU64, sender: &'a Sender<Found>) -> Self {
        Self {
            path: &file.path,
            bytes_read,
            sender,
            articles: Vec::new(),
            n_bytes: 0,
            n_parts: 0,
            n_sent: 0,
            is_unwanted: false,
        }
    }

    /// Takes an article, and passes on what has come together once it is enough.
    fn take(&mut self, article: Article, mentions: Vec<Mention>) -> ControlFlow<()> {
        self.n_bytes += article.text.len();
        self.articles.push((article, mentions));
        if self.n_bytes < PART_BYTES {
            return ControlFlow::Continue(());
        }
        self.n_bytes = 0;
        let articles = mem::take(&mut self.articles);
        self.send(articles)
    }

    fn send(&mut self, articles: Articles) -> ControlFlow<()> {
        self.n_sent += articles.len() as u64;
        let part = Found::Part {
            path: self.path.to_owned(),
            is_first: self.n_parts == 0,
            articles,
        };
        self.n_parts += 1;
        self.is_unwanted |= self.sender.send(part).is_err();
        match self.is_unwanted {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// A scanned page was recognised.
    fn page(&mut self) -> ControlFlow<()> {
        self.is_unwanted |= self.sender.send(Found::Page).is_err();
        match self.is_unwanted {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// The file is read again from its beginning: what was passed on of it is void.
    fn begin_again(&mut self) {
        if self.n_parts != 0 {
            let n_articles = mem::take(&mut self.n_sent);
            self.is_unwanted |= self.sender.send(Found::PutOff { n_articles }).is_err();
            self.n_parts = 0;
        }
    }
}

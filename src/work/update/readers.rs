//! The threads that read files and recognise names in them.

use std::ops::ControlFlow;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::archive::{self, Article, FileEntry, ReadError, Reading};
use crate::entities::{Mention, Recogniser};
use crate::index::{IndexedFile, WriteError};

/// Files that wait between the readers and the writer: enough to keep both busy.
const QUEUE: usize = 64;
/// This much text of one file, in bytes, goes to the writer at once: a file of any number of articles is never in memory
/// as a whole.
const PART_BYTES: usize = 256 << 10;

/// What the readers hand to the writer. The parts of a file come in their order.
pub(super) enum Found {
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

/// What the reading threads share.
#[derive(Clone, Copy)]
pub(super) struct Readers<'a> {
    pub(super) folder: &'a Path,
    pub(super) reading: &'a Reading,
    pub(super) recogniser: &'a dyn Recogniser,
    pub(super) cancelled: &'a AtomicBool,
}

impl Readers<'_> {
    /// Reads and recognises on all cores while `consume` takes the results on this thread.
    pub(super) fn read_all(
        self,
        files: &[FileEntry],
        consume: impl FnOnce(&Receiver<Found>) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let n_threads = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(files.len().max(1));
        let next = AtomicUsize::new(0);
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

    fn read_some(self, files: &[FileEntry], next: &AtomicUsize, sender: &Sender<Found>) {
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
                file: indexed(0, vec![(err.path().to_owned(), err.reason().clone())]),
                err,
            },
        };
        match sender.send(found) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_nobody_listens) => ControlFlow::Break(()),
        }
    }
}

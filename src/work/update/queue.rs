//! In which order files are read, and where.

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::archive::FileEntry;

use super::super::inbox::lock;

/// A larger file goes to the background from the beginning, in bytes: it would be begun twice. A guess.
const LARGE: u64 = 16 << 20;

/// Where and with how much patience a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// In this process.
    Here,
    /// By a child process, if it is quick.
    Alone,
    /// By a child process, as long as it may take: in the background, after all others.
    Background,
}

/// The files that are to be read: each round begins when the one before is empty, so that what is slow holds up nothing.
pub struct Queue<'f> {
    files: &'f [FileEntry],
    suspects: &'f HashSet<PathBuf>,
    has_children: bool,
    next: AtomicUsize,
    later: Mutex<Later<'f>>,
    /// How many threads of the system there are.
    n_threads: usize,
}

#[derive(Default)]
struct Later<'f> {
    alone: VecDeque<&'f FileEntry>,
    background: VecDeque<&'f FileEntry>,
    /// How many files are being read in the background.
    n_in_background: usize,
}

impl<'f> Queue<'f> {
    /// All of `files`. Without children all are read here.
    pub fn new(files: &'f [FileEntry], suspects: &'f HashSet<PathBuf>, has_children: bool) -> Self {
        Self {
            files,
            suspects,
            has_children,
            next: AtomicUsize::new(0),
            later: Mutex::default(),
            n_threads: thread::available_parallelism().map_or(1, usize::from),
        }
    }

    /// The next file and where it is read; nothing when there are no more.
    pub fn next(&self) -> Option<(&'f FileEntry, Round)> {
        while let Some(file) = self.files.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            if self.has_children && (LARGE < file.size || self.suspects.contains(&file.path)) {
                self.put(file, Round::Background);
            } else {
                return Some((file, Round::Here));
            }
        }
        let mut later = lock(&self.later);
        let alone = later.alone.pop_front().map(|file| (file, Round::Alone));
        alone.or_else(|| {
            let file = later.background.pop_front()?;
            later.n_in_background += 1;
            Some((file, Round::Background))
        })
    }

    /// Takes note that a file was read in a round.
    pub fn end(&self, round: Round) {
        if round == Round::Background {
            let mut later = lock(&self.later);
            later.n_in_background = later.n_in_background.saturating_sub(1);
        }
    }

    /// How many scanned pages of a file in the background are recognised at the same time: one where there are as many files
    /// as threads, and more of the last ones.
    pub fn pages_at_once(&self) -> usize {
        let later = lock(&self.later);
        let n_files = later.background.len() + later.n_in_background;
        (self.n_threads / n_files.max(1)).max(1)
    }

    /// Leaves a file to the round after this one.
    pub fn put_off(&self, file: &'f FileEntry, from: Round) {
        self.put(
            file,
            if from == Round::Here {
                Round::Alone
            } else {
                Round::Background
            },
        );
    }

    fn put(&self, file: &'f FileEntry, round: Round) {
        let mut later = lock(&self.later);
        match round {
            Round::Here | Round::Alone => later.alone.push_back(file),
            Round::Background => later.background.push_back(file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, size: u64) -> FileEntry {
        FileEntry {
            path: path.into(),
            size,
            modified_nanos: 0,
        }
    }

    #[test]
    fn what_is_slow_comes_after_the_others() {
        let files = ["suspect", "a", "pdf", "large", "b"].map(|it| file(it, if it == "large" { LARGE + 1 } else { 1 }));
        let suspects = HashSet::from(["suspect".into()]);
        let queue = Queue::new(&files, &suspects, true);
        let mut order = Vec::new();
        while let Some((file, round)) = queue.next() {
            let name = file.path.to_str().unwrap();
            order.push((name, round));
            if name == "pdf" && round != Round::Background {
                queue.put_off(file, round);
            }
        }
        let expected = [
            ("a", Round::Here),
            ("pdf", Round::Here),
            ("b", Round::Here),
            ("pdf", Round::Alone),
            ("suspect", Round::Background),
            ("large", Round::Background),
            ("pdf", Round::Background),
        ];
        assert_eq!(order, expected);
        assert_eq!(queue.next(), None);
        let here = Queue::new(&files, &suspects, false);
        let order: Vec<Round> = std::iter::from_fn(|| here.next()).map(|(_, round)| round).collect();
        assert_eq!(order, [Round::Here; 5]);
    }
}

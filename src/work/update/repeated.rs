//! Gathers the lines that repeat across an archive.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use crate::archive::{self, Allowance, FileEntry, Halt, LineCounter, Patience, Reading, RepeatedLines};

use super::super::alone::{AloneReader, Asked, ReadAlone, Slot};
use super::readers::Readers;

/// Of each folder at most this many files are looked at for lines that repeat, and of each file this many articles. A
/// guess.
const FILES_SAMPLED: usize = 60;
/// In all at most this many files: some two seconds.
const MAX_SAMPLED: usize = 6000;
/// Of files that a child process has to read, at most this many in all, as they may be slow: printed pages, of which the
/// reader leaves out by itself what repeats.
const ALONE_SAMPLED: usize = 60;
/// The CPU time that one file may take here: nothing can be found before. A guess.
const BRIEF: Duration = Duration::from_secs(1);
/// After this many files that were not done in that time no more are given to a child.
const MOST_SLOW: usize = 3;

/// The lines that repeat across the archive, from some files of each folder; nothing if those that are known will do.
///
/// They are gathered at first and when the archive has grown by half: every file of a folder whose lines change is read
/// again. Where files are missing those that were there before may come back.
pub(super) fn gather_repeated_lines(readers: Readers<'_>, files: &[FileEntry]) -> Option<RepeatedLines> {
    let n_files = files.len() as u64;
    let known = readers.reading.repeated.n_files;
    if n_files == 0 || n_files * 2 < known * 3 {
        return None;
    }
    gather_again(readers, files)
}

/// The lines that repeat across the archive, whatever is known of them; nothing if it was cancelled.
pub(super) fn gather_again(readers: Readers<'_>, files: &[FileEntry]) -> Option<RepeatedLines> {
    let plain = Reading {
        repeated: RepeatedLines::default(),
        // Their readers leave out by themselves what repeats.
        recognises_scans: false,
        ..readers.reading.clone()
    };
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
    let mut sampler = Sampler {
        readers: Readers {
            reading: &plain,
            ..readers
        },
        slot: readers.journal.slot(),
        child: readers.means.program.map(AloneReader::new),
        n_alone: 0,
        n_slow: 0,
        counter: LineCounter::default(),
    };
    for path in samples.take(MAX_SAMPLED) {
        sampler.sample(path);
        if readers.is_cancelled() {
            return None;
        }
    }
    Some(sampler.counter.repeated(files.len() as u64))
}

/// Reads the first articles of some files. What cannot be read is told when it is read for the index.
struct Sampler<'a> {
    readers: Readers<'a>,
    slot: Slot,
    child: Option<AloneReader<'a>>,
    n_alone: usize,
    n_slow: usize,
    counter: LineCounter,
}

impl Sampler<'_> {
    fn sample(&mut self, path: &Path) {
        let readers = self.readers;
        let is_suspect = self.child.is_some() && readers.suspects.contains(path);
        if is_suspect || self.sample_here(path) == Some(Halt::Alone) {
            self.sample_alone(path);
        }
    }

    fn sample_here(&mut self, path: &Path) -> Option<Halt> {
        let readers = self.readers;
        self.slot.begin(path);
        let allowance = Allowance {
            cancelled: Some(readers.cancelled),
            patience: match self.child {
                Some(_) => Patience::Brief(BRIEF),
                None => Patience::Until(BRIEF),
            },
            ..Allowance::default()
        };
        let rule = readers.reading.of(path);
        let mut n_articles = 0;
        let read = archive::read_articles_within(readers.folder, path, &rule, allowance, &mut |article| {
            self.counter.add(&article);
            n_articles += 1;
            match n_articles < FILES_SAMPLED {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        self.slot.end();
        read.err()?.halted()
    }

    fn sample_alone(&mut self, path: &Path) {
        let readers = self.readers;
        let Some(child) = &mut self.child else { return };
        if self.n_alone == ALONE_SAMPLED || self.n_slow == MOST_SLOW {
            return;
        }
        self.n_alone += 1;
        let asked = Asked {
            folder: readers.folder,
            path,
            rule: &readers.reading.of(path),
            time: BRIEF,
            memory: readers.means.budget.memory(),
            recognises: false,
            only: None,
            most_articles: FILES_SAMPLED as u32,
            pages_at_once: 0,
        };
        let is_wanted = || !readers.is_cancelled();
        let counter = &mut self.counter;
        let read = child.read(asked, &is_wanted, &mut |part| {
            part.articles.iter().for_each(|(article, _)| counter.add(article));
            ControlFlow::Continue(())
        });
        match read {
            ReadAlone::Over(_) | ReadAlone::EndedTheReader | ReadAlone::NoChild(_) => self.n_slow += 1,
            ReadAlone::Read(_) | ReadAlone::Failed { .. } | ReadAlone::PutOff | ReadAlone::Unwanted => {}
        }
    }
}

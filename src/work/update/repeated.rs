//! Gathers the lines that repeat across an archive.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::archive::{self, FileEntry, LineCounter, Reading, RepeatedLines};

/// Of each folder at most this many files are looked at for lines that repeat, and of each file this many articles. A
/// guess.
const FILES_SAMPLED: usize = 60;
/// In all at most this many files: some two seconds.
const MAX_SAMPLED: usize = 6000;

/// The lines that repeat across the archive, from some files of each folder; nothing if those that are known will do.
///
/// They are gathered at first and when the archive has grown by half: every file of a folder whose lines change is read
/// again. Where files are missing those that were there before may come back.
pub(super) fn gather_repeated_lines(
    folder: &Path,
    files: &[FileEntry],
    reading: &Reading,
    cancelled: &AtomicBool,
) -> Option<RepeatedLines> {
    let n_files = files.len() as u64;
    let known = reading.repeated.n_files;
    if n_files == 0 || n_files * 2 < known * 3 {
        return None;
    }
    gather_again(folder, files, reading, cancelled)
}

/// The lines that repeat across the archive, whatever is known of them; nothing if it was cancelled.
pub(super) fn gather_again(
    folder: &Path,
    files: &[FileEntry],
    reading: &Reading,
    cancelled: &AtomicBool,
) -> Option<RepeatedLines> {
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
    Some(counter.repeated(files.len() as u64))
}

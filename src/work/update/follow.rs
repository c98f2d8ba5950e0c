//! Marks and corrections follow their articles after files were read: to another path, another number in their file,
//! another text.
//!
//! A small file beside the index says that this is still to be done. A process that is killed in between, or reading that is
//! stopped, leaves it there, and then all are looked for after the next reading, not only those of files that were read.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::entities::{ArticleKey, Corrections, Settled, Sought, whereabouts};
use crate::index::Index;

use super::super::data_dir::DataDir;
use super::super::kept::KeptError;
use super::super::log::ErrorCode;
use super::super::marks::settle_after_reading;
use super::super::whereabouts::{Found, FoundByMember};
use super::done::{Done, Moved};
use super::error::UpdateError;

/// What is to follow, from before files are read.
pub(super) struct Follow<'a> {
    data_dir: &'a DataDir,
    folder: &'a Path,
    /// Whether it was not done after an earlier reading.
    was_unsettled: bool,
}

impl<'a> Follow<'a> {
    pub(super) fn new(data_dir: &'a DataDir, folder: &'a Path) -> Self {
        Self {
            data_dir,
            folder,
            was_unsettled: unsettled_file(data_dir, folder).exists(),
        }
    }

    /// Has corrections be about their articles where these are now; whether there are any, so that files are to be read with
    /// them.
    pub(super) fn corrections(&self, index: &Index, done: &Done) -> Result<bool, UpdateError> {
        if self.is_put_off(done) || !(self.has_news(done) || done.is_corrected) {
            return Ok(false);
        }
        let kept = self.data_dir.corrections_of(self.folder);
        // Where they cannot be read now, that was told by who opened the archive.
        let Ok(corrections) = kept.load() else { return Ok(false) };
        let mut moved = corrections.clone();
        let n_moved = follow_files(&mut moved, &done.moved);
        let settled = self.whereabouts(&moved, index, done)?;
        if n_moved == 0 && settled.iter().all(|it| it.now.is_none()) {
            return Ok(false);
        }
        let edited = kept.edit(|corrections| -> Result<bool, KeptError> {
            let n_moved = follow_files(corrections, &done.moved);
            Ok(corrections.settle(&settled) || n_moved != 0)
        })?;
        Ok(edited.result)
    }

    /// Has marks lie at their articles. Where that cannot be done now it is done after the next reading.
    pub(super) fn marks(&self, index: &Index, done: &Done) {
        if self.is_put_off(done) {
            return;
        }
        if !self.has_news(done) {
            return;
        }
        let touched = self.touched(done);
        let searcher = index.early_searcher().ok();
        // The index may have been built anew meanwhile, from files that have other names.
        let is_gone = |file: &str| {
            let there = searcher.as_ref().map(|it| it.articles_of_file(Path::new(file)));
            there.is_some_and(|it| it.is_ok_and(|it| it.is_empty()))
        };
        let may_differ = |file: &str| self.was_unsettled || touched.contains(file) || is_gone(file);
        match settle_after_reading(index, self.data_dir, self.folder, &done.moved, &may_differ) {
            Ok(()) => drop(fs::remove_file(unsettled_file(self.data_dir, self.folder))),
            Err(err) => tracing::warn!(error = %ErrorCode(&err), "marks were not looked after"),
        }
    }

    fn is_put_off(&self, done: &Done) -> bool {
        done.summary.cancelled || done.summary.missing.is_folder_away()
    }

    fn has_news(&self, done: &Done) -> bool {
        self.was_unsettled || !done.moved.is_empty() || !done.touched.is_empty()
    }

    /// The files that were read or removed, as keys name them.
    fn touched(&self, done: &Done) -> HashSet<String> {
        let paths = done.touched.iter().chain(done.moved.iter().map(|(_, to)| to));
        paths.map(|it| ArticleKey::at(it, 0).file).collect()
    }

    /// Where the articles of corrections are now.
    fn whereabouts(&self, corrections: &Corrections, index: &Index, done: &Done) -> Result<Vec<Settled>, UpdateError> {
        let all = corrections.articles();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = index.early_searcher()?;
        let touched = self.touched(done);
        // A member of an archive is touched with it.
        let is_touched = |file: &str| {
            let mut ancestors = Path::new(file).ancestors();
            ancestors.any(|it| touched.contains(&ArticleKey::at(it, 0).file))
        };
        let may_differ =
            |key: &ArticleKey| self.was_unsettled || is_touched(&key.file) || searcher.article_of(key).is_none();
        let (sought, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(key, _)| may_differ(key));
        let taken: HashSet<ArticleKey> = others.into_iter().map(|(key, _)| key.clone()).collect();
        let sought = sought.into_iter().map(|(key, print)| Sought {
            key,
            print,
            was_lost: false,
        });
        let articles = FoundByMember(Found::new(&searcher));
        let mut settled = whereabouts(sought.collect(), taken, &articles);
        // The index holds the title that the user gave; what is kept is the one that the file states.
        for it in &mut settled {
            if let Some((_, now)) = it.now.as_mut().filter(|now| now.1.has_same_words(&it.print)) {
                now.clone_from(&it.print);
            }
        }
        settled.retain(|it| {
            it.now
                .as_ref()
                .is_none_or(|(key, now)| *key != it.was || *now != it.print)
        });
        Ok(settled)
    }
}

/// Has corrections follow files that were moved; returns how many files they followed.
fn follow_files(corrections: &mut Corrections, moved: &[Moved]) -> usize {
    moved
        .iter()
        .filter(|(from, to)| corrections.move_file(from, to))
        .count()
}

/// Notes that articles may soon lie elsewhere.
pub(super) fn note_unsettled(data_dir: &DataDir, folder: &Path) {
    // Without it, what is killed in the next moments is looked after when its files are read the next time.
    File::create(unsettled_file(data_dir, folder)).ok();
}

fn unsettled_file(data_dir: &DataDir, folder: &Path) -> PathBuf {
    data_dir.archive_of(folder).join("unsettled")
}

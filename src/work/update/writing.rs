//! Takes what the readers find into the index, and reports how far it is.

use std::path::Path;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::index::{WriteError, Writer};
use crate::state::{UpdateProgress, UpdateSummary};

use super::missing::MissingByContent;
use super::readers::{BytesRead, Found};

/// Articles are made findable after this long at first; each later batch may take as long as all before it, so that
/// the cost of a new snapshot stays a fraction of the whole.
const FIRST_COMMIT: Duration = Duration::from_millis(700);
/// However large the archive, at most this much work is lost when the process is killed.
const LAST_COMMIT: Duration = Duration::from_secs(30);
/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// What happens while an index is brought up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateStep {
    /// Another process is at it, and its end is waited for.
    Waits {
        /// The number that the system gave it, if it is known.
        process: Option<u32>,
    },
    /// Files were read.
    Progress(UpdateProgress),
    /// What was read so far can be found.
    Committed,
}

/// Where what is found goes.
pub(super) struct Writing<'a> {
    pub(super) writer: &'a mut Writer,
    /// How much is to be read.
    pub(super) total: UpdateProgress,
    /// How much was read, also of a file that is not done yet.
    pub(super) bytes_read: &'a BytesRead,
    /// Of what is read, what was moved is found among these.
    pub(super) missing: &'a mut MissingByContent,
    pub(super) summary: &'a mut UpdateSummary,
    /// Hears of each file that was read, or of which it is known that it cannot be.
    pub(super) read: &'a mut dyn FnMut(&Path),
}

impl Writing<'_> {
    /// Writes `results` as they come, and commits from time to time, also while there are none.
    pub(super) fn write_all(
        mut self,
        results: &Receiver<Found>,
        report: &mut dyn FnMut(UpdateStep),
    ) -> Result<(), WriteError> {
        let mut progress = self.total;
        let start = Instant::now();
        let (mut last_commit, mut last_report) = (start, start);
        let mut is_committed = true;
        report(UpdateStep::Progress(progress));
        loop {
            let patience = (last_commit - start).clamp(FIRST_COMMIT, LAST_COMMIT);
            // A large file is told of, too, before anything comes of it.
            let deadline = (last_commit + patience).min(last_report + REPORT_EVERY);
            match results.recv_deadline(deadline) {
                Ok(found) => {
                    self.write(found, &mut progress)?;
                    is_committed = false;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if last_report.elapsed() >= REPORT_EVERY {
                last_report = Instant::now();
                // A file may have grown since it was seen.
                progress.bytes_done = self.bytes_read.n().min(progress.bytes_total);
                report(UpdateStep::Progress(progress));
            }
            if last_commit.elapsed() < patience {
                continue;
            }
            // What comes last is committed by the caller.
            if !is_committed && progress.files_done < progress.files_total {
                self.writer.commit()?;
                tracing::info!(files = progress.files_done, articles = progress.articles, "committed");
                report(UpdateStep::Committed);
                is_committed = true;
            }
            last_commit = Instant::now();
        }
        progress.bytes_done = progress.bytes_total;
        report(UpdateStep::Progress(progress));
        Ok(())
    }

    fn write(&mut self, found: Found, progress: &mut UpdateProgress) -> Result<(), WriteError> {
        let writer = &mut *self.writer;
        let summary = &mut *self.summary;
        match found {
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
                return Ok(());
            }
            Found::Page => {
                progress.pages += 1;
                return Ok(());
            }
            // Its first part removes what was written of it.
            Found::PutOff { n_articles } => {
                progress.articles -= n_articles;
                return Ok(());
            }
            Found::File {
                file,
                had_parts,
                articles,
            } => {
                progress.articles += articles.len() as u64;
                summary.bytes += file.size;
                if let Some(moved) = self.missing.find(&file) {
                    writer.remove_file(&moved)?;
                }
                for (path, reason) in &file.unreadable {
                    summary.take_not_read(path.clone(), reason.clone());
                }
                if had_parts {
                    writer.add_articles(&file.path, &articles)?;
                    writer.end_file(&file)?;
                } else {
                    writer.add_file(&file, &articles)?;
                }
                (self.read)(&file.path);
            }
            Found::Failed { file, is_lasting } => {
                for (path, reason) in &file.unreadable {
                    summary.take_not_read(path.clone(), reason.clone());
                }
                // Remembered, so that it is not read in vain each time. What only the system refuses is tried again.
                if is_lasting {
                    writer.add_file(&file, &[])?;
                    (self.read)(&file.path);
                }
            }
        }
        progress.files_done += 1;
        Ok(())
    }
}

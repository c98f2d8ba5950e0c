//! Takes what the readers find into the index, and reports how far it is.

use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use crate::index::{WriteError, Writer};
use crate::state::{UnreadableFile, UpdateProgress, UpdateSummary};

use super::missing::MissingByContent;
use super::readers::Found;

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

/// Writes `results` as they come, and commits from time to time.
pub(super) fn write_all(
    writer: &mut Writer,
    results: &Receiver<Found>,
    files_total: u64,
    missing: &mut MissingByContent,
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
                if let Some(moved) = missing.find(&file) {
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
            }
            Found::Failed { file, err } => {
                summary.unreadable.push(UnreadableFile {
                    path: err.path().to_owned(),
                    reason: err.reason().clone(),
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

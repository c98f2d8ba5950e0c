//! Bringing an index up to date with its folder.
//!
//! | file | is |
//! |---|---|
//! | `error` | why it failed |
//! | `plan` | what is new, changed and gone |
//! | `repeated` | which lines repeat across the archive |
//! | `readers` | the threads that read files and recognise names |
//! | `writing` | takes what they find into the index |

mod error;
mod plan;
mod readers;
mod repeated;
mod writing;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::archive;
use crate::entities::Recogniser;
use crate::index::Index;
use crate::state::UpdateSummary;

use super::data_dir::DataDir;
use super::log::ErrorCode;

pub use error::UpdateError;
use plan::Plan;
pub use plan::folder_changes;
use readers::Readers;
use repeated::gather_repeated_lines;
pub use writing::UpdateStep;
use writing::write_all;

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

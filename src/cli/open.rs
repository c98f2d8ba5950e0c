//! Opens the index of a folder for a command, and brings it up to date.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::error::CliError;
use crate::entities::ModelRecogniser;
use crate::index::{Index, Searcher, WriteError};
use crate::state::UpdateSummary;
use crate::work::log::ErrorCode;
use crate::work::{ArchiveCorrections, DataDir, UpdateError, UpdateStep, update_index};

/// The options that all commands share.
pub(super) struct Context {
    pub data_dir: DataDir,
    /// Whether no progress is shown on standard error.
    pub quiet: bool,
}

/// A folder whose index is up to date.
pub(super) struct Opened {
    pub index: Index,
    pub summary: UpdateSummary,
    /// The corrections by which the index counts names.
    pub corrections: ArchiveCorrections,
}

/// The outcome of a command that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Whole,
    /// Some files could not be read; they are listed.
    WithoutSomeFiles,
}

impl Outcome {
    /// The outcome if this many files could not be read.
    pub(super) fn without(n_unreadable: usize) -> Self {
        match n_unreadable {
            0 => Self::Whole,
            _ => Self::WithoutSomeFiles,
        }
    }
}

impl Opened {
    /// A searcher with all names resolved.
    pub(super) fn searcher(&self) -> Result<Searcher, CliError> {
        let start = Instant::now();
        let searcher = self.index.searcher()?;
        let (millis, articles) = (start.elapsed().as_millis(), searcher.n_articles());
        tracing::info!(
            millis,
            articles,
            names = searcher.registry().entities().len(),
            "names resolved"
        );
        Ok(searcher)
    }

    pub(super) fn outcome(&self) -> Outcome {
        Outcome::without(self.summary.unreadable.len())
    }
}

/// Opens the folder's index and brings it up to date, with progress on standard error.
pub(super) fn open(ctx: &Context, folder: &Path) -> Result<Opened, CliError> {
    // Reported before an index is made for a folder that does not exist.
    check_folder(folder)?;
    let start = Instant::now();
    let index = Index::open(&ctx.data_dir.index_of(folder))?;
    tracing::info!(
        millis = start.elapsed().as_millis(),
        rebuilt = index.rebuilt(),
        "opened"
    );
    let (corrections, damaged) = ArchiveCorrections::open(&ctx.data_dir, folder, &index)?;
    if let Some(kept) = damaged {
        tracing::warn!("the corrections of names are damaged and set aside");
        let kept = kept.display();
        eprintln!(
            "fihrist: the corrections of names could not be read and are kept aside; names are counted without: {kept}"
        );
    }
    let summary = update(ctx, folder, &index)?;
    if let Some(summary) = summary {
        if let Err(err) = corrections.keep_ids(&index) {
            // They will be stored the next time.
            tracing::warn!(error = %ErrorCode(&err), "the ids of names are not kept");
        }
        return Ok(Opened {
            index,
            summary,
            corrections,
        });
    }
    eprintln!("fihrist: another Fihrist is reading this folder; what it has indexed so far is searched");
    let summary = UpdateSummary {
        articles: index.n_articles()?,
        ..UpdateSummary::default()
    };
    Ok(Opened {
        index,
        summary,
        corrections,
    })
}

/// Checks that the folder can be read at all.
pub(super) fn check_folder(folder: &Path) -> Result<(), CliError> {
    match fs::read_dir(folder) {
        Ok(_) => Ok(()),
        Err(source) => Err(CliError::Folder {
            source,
            path: folder.to_owned(),
        }),
    }
}

/// Reads what is new; does nothing if another process is already doing so.
fn update(ctx: &Context, folder: &Path, index: &Index) -> Result<Option<UpdateSummary>, CliError> {
    let mut report = |step: UpdateStep| {
        if let UpdateStep::Progress(it) = step
            && !ctx.quiet
        {
            eprint!(
                "\r{} of {} files, {} articles",
                it.files_done, it.files_total, it.articles
            );
        }
    };
    let never = AtomicBool::new(false);
    let recogniser = ModelRecogniser::new();
    match update_index(index, &ctx.data_dir, folder, &recogniser, &never, &mut report) {
        Ok(summary) => {
            if !ctx.quiet && summary.added + summary.changed != 0 {
                eprintln!();
            }
            Ok(Some(summary))
        }
        Err(UpdateError::Write(WriteError::Busy)) => Ok(None),
        Err(err) => Err(err.into()),
    }
}

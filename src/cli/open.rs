//! Opening the index of a folder for a command, brought up to date.

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

/// What every command is given.
pub(super) struct Context {
    pub data_dir: DataDir,
    /// Whether progress is kept from standard error.
    pub quiet: bool,
}

/// A folder whose index is up to date.
pub(super) struct Opened {
    pub index: Index,
    pub summary: UpdateSummary,
    /// By which the index counts names.
    pub corrections: ArchiveCorrections,
}

/// How a command that was carried out ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Whole,
    /// Some files could not be read; they are listed.
    WithoutSomeFiles,
}

impl Outcome {
    /// The outcome where this many files could not be read.
    pub(super) fn without(n_unreadable: usize) -> Self {
        match n_unreadable {
            0 => Self::Whole,
            _ => Self::WithoutSomeFiles,
        }
    }
}

impl Opened {
    /// What the index holds, with all that its names refer to.
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
    // Said before an index is made for a folder that is not there.
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
            // They are kept the next time.
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

/// Whether the folder can be read at all.
pub(super) fn check_folder(folder: &Path) -> Result<(), CliError> {
    match fs::read_dir(folder) {
        Ok(_) => Ok(()),
        Err(source) => Err(CliError::Folder {
            source,
            path: folder.to_owned(),
        }),
    }
}

/// Reads what is new; nothing where another process does that already.
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

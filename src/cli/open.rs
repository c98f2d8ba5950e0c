//! Opens the index of a folder for a command, and brings it up to date.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::error::{CliError, words_of_away};
use super::shown::{Shown, counted, say, shown_path, tell};
use crate::archive::Budget;
use crate::entities::ModelRecogniser;
use crate::index::{Damage, DerivedFile, Index, MOST_CHECKED, Searcher};
use crate::state::{FolderChanges, Mended, MissingFiles, UpdateSummary};
use crate::work::log::ErrorCode;
use crate::work::{
    ArchiveCorrections, ArchiveMarks, DataDir, InUse, Means, ReaderProgram, UpdateError, UpdateOptions, UpdateStep,
    is_corrected, load_arrivals, look_at_folder, take_over, update_index,
};

/// The options that all commands share.
pub(super) struct Context {
    pub data_dir: DataDir,
    /// Whether no progress is shown on standard error.
    pub quiet: bool,
    /// What reads files that may end their process.
    pub program: Option<ReaderProgram>,
}

/// A folder whose index is open.
pub(super) struct Opened {
    pub index: Index,
    /// What bringing it up to date came to; nothing if it is searched as it was.
    pub summary: Option<UpdateSummary>,
    /// The corrections by which the index counts names.
    pub corrections: ArchiveCorrections,
    /// The marks by which the index counts articles.
    pub marks: ArchiveMarks,
    /// Has nobody forget the archive meanwhile.
    _in_use: Option<InUse>,
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
    /// Whether the index holds articles, all that it should, and as the user corrected them: otherwise only reading the
    /// folder gives an answer.
    pub(super) fn has_answers(&self, ctx: &Context, folder: &Path) -> Result<bool, CliError> {
        let is_whole = self.index.damage() == Damage::default() && self.index.n_articles()? != 0;
        Ok(is_whole && is_corrected(&self.index, &ctx.data_dir, folder)?)
    }

    /// Brings the index up to date if that is possible.
    pub(super) fn brought_up_to_date(mut self, ctx: &Context, folder: &Path) -> Result<Self, CliError> {
        let budget = ctx.data_dir.reading_budget();
        self.summary = match update(ctx, folder, &self.index, &UpdateOptions::default(), budget) {
            Ok(summary) => Some(summary),
            Err(err) if keeps_old_state(&err) => {
                tracing::warn!(error = %ErrorCode(&err), "searched as it was");
                say(format_args!(
                    "{}; the answer is from what is indexed so far",
                    Shown(&err.to_string())
                ));
                if self.index.damage() != Damage::default() {
                    say(format_args!("what was damaged is not searched"));
                }
                None
            }
            Err(err) => return Err(err.into()),
        };
        if let Err(err) = self.marks.refresh(&self.index) {
            tracing::warn!(error = %ErrorCode(&err), "marks as they were before reading");
        }
        self.note_missing();
        self.keep_ids(false);
        Ok(self)
    }

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
        Outcome::without(self.summary.as_ref().map_or(0, |it| it.unreadable.len()))
    }

    /// The files that are missing, as far as that is known.
    pub(super) fn missing(&self) -> MissingFiles {
        self.summary.as_ref().map(|it| it.missing.clone()).unwrap_or_default()
    }
}

/// Opens the folder's index to ask it, and brings it up to date if that is possible; otherwise it is asked as it is, which is
/// said on standard error.
pub(super) fn open(ctx: &Context, folder: &Path) -> Result<Opened, CliError> {
    let opened = open_as_it_is(ctx, folder)?;
    opened.brought_up_to_date(ctx, folder)
}

/// Opens the folder's index to ask it as it is.
pub(super) fn open_as_it_is(ctx: &Context, folder: &Path) -> Result<Opened, CliError> {
    open_index(ctx, folder)
}

/// Opens the folder's index and brings it up to date within a budget for each file, with progress on standard error.
pub(super) fn open_and_update(
    ctx: &Context,
    folder: &Path,
    options: &UpdateOptions,
    budget: Budget,
) -> Result<UpdateSummary, CliError> {
    let opened = open_index(ctx, folder)?;
    let summary = update(ctx, folder, &opened.index, options, budget)?;
    opened.keep_ids(summary.removed != 0);
    // Near-identical articles are known from now on, not only when the folder is next opened.
    opened.index.searcher()?;
    Ok(summary)
}

impl Opened {
    /// Keeps the ids of names; where files were forgotten, of no others than those that are left.
    fn keep_ids(&self, has_forgotten: bool) {
        let kept = match has_forgotten {
            true => self.corrections.forget_ids(&self.index),
            false => self.corrections.keep_ids(&self.index),
        };
        if let Err(err) = kept {
            // They will be stored the next time.
            tracing::warn!(error = %ErrorCode(&err), "the ids of names are not kept");
        }
    }

    /// Says how the folder differs from what the index holds of it.
    pub(super) fn tell_changes(&self, ctx: &Context, folder: &Path) -> Result<(), CliError> {
        let Some(look) = look_at_folder(&self.index, &ctx.data_dir, folder, 0)? else {
            return Ok(());
        };
        if look.missing.is_folder_away() {
            say(format_args!(
                "{}; the answer is from what was indexed of it",
                words_of_away(&look.missing)
            ));
            return Ok(());
        }
        let FolderChanges { added, changed, .. } = look.changes;
        if added + changed != 0 {
            let parts = [(added, "new file"), (changed, "changed file")];
            let parts = parts.into_iter().filter(|(n, _)| *n != 0);
            let parts: Vec<String> = parts.map(|(n, noun)| counted(n, noun)).collect();
            say(format_args!(
                "the folder has changed since it was read: {}; `fihrist index` reads what is new",
                parts.join(", ")
            ));
        }
        Ok(())
    }

    /// Says that the folder is away, so that nobody takes the answer for what is there now.
    fn note_missing(&self) {
        let missing = self.missing();
        if missing.is_folder_away() {
            say(format_args!(
                "{}; the answer is from what was indexed of it",
                words_of_away(&missing)
            ));
        }
    }
}

/// Opens the folder's index, and the corrections and marks beside it.
fn open_index(ctx: &Context, folder: &Path) -> Result<Opened, CliError> {
    // Reported before an index is made for a folder that does not exist.
    check_folder(ctx, folder)?;
    let start = Instant::now();
    let in_use = InUse::enter(&ctx.data_dir, folder)?;
    let is_lost = ctx.data_dir.has_lost_index(folder);
    let index = Index::open_checked(&ctx.data_dir.index_of(folder), MOST_CHECKED)?;
    let rebuilt = index.rebuilt() || is_lost;
    tracing::info!(millis = start.elapsed().as_millis(), rebuilt, "opened");
    let corrections = ArchiveCorrections::open(&ctx.data_dir, folder, &index)?;
    let marks = ArchiveMarks::open(&ctx.data_dir, folder, &index);
    load_arrivals(&index, &ctx.data_dir, folder);
    if rebuilt {
        say(format_args!(
            "the index was from another version, damaged or removed; all files are being read again"
        ));
    }
    tell_damage(&index)?;
    Ok(Opened {
        index,
        summary: None,
        corrections,
        marks,
        _in_use: in_use,
    })
}

/// Says what of the index is damaged, and what was not looked at.
fn tell_damage(index: &Index) -> Result<(), CliError> {
    let Damage { articles, parts } = index.damage();
    if parts != 0 {
        say(format_args!(
            "a part of the index was damaged ({}); its files are being read again",
            counted(articles, "article")
        ));
    }
    if index.remade().contains(&DerivedFile::Columns) {
        say(format_args!("a file beside the index was damaged and is made again"));
    }
    let unchecked = index.unchecked_bytes()?;
    if unchecked != 0 {
        let (mb, all) = (unchecked >> 20, MOST_CHECKED >> 20);
        say(format_args!(
            "{mb} MB of the index were not checked for damage: more than {all} MB take too long each time"
        ));
    }
    Ok(())
}

fn tell_mended(mended: &Mended) {
    let Mended {
        articles: _,
        saved,
        lost,
        unreadable_parts,
    } = mended;
    let part = match mended.is_of_replaced_index() {
        true => "index before this one",
        false => "damaged part",
    };
    if *saved != 0 {
        say(format_args!(
            "saved from the {part}: {} whose files are gone",
            counted(*saved, "article")
        ));
    }
    if *lost != 0 {
        say(format_args!(
            "could not be saved from the {part}: {} whose files are gone",
            counted(*lost, "article")
        ));
    }
    if *unreadable_parts != 0 {
        say(format_args!(
            "if the {part} held articles whose files are gone, these are lost"
        ));
    }
}

/// Checks that the folder can be read at all, or has an index. What is known of it under another name that it had follows
/// it, which is said.
pub(super) fn check_folder(ctx: &Context, folder: &Path) -> Result<(), CliError> {
    if let Err(source) = fs::read_dir(folder)
        && !ctx.data_dir.has_index(folder)
    {
        return Err(CliError::Folder {
            source,
            path: folder.to_owned(),
        });
    }
    if let Some(renamed) = take_over(&ctx.data_dir, folder, None)? {
        let was = shown_path(&renamed.was);
        say(format_args!(
            "this folder was called {was}: its index, marks, corrections and searches came with it"
        ));
    }
    Ok(())
}

/// Whether an update that failed for this reason leaves an index that answers as before: only writing failed.
fn keeps_old_state(err: &UpdateError) -> bool {
    match err {
        UpdateError::Busy { .. } | UpdateError::Write(_) => true,
        UpdateError::Folder { .. } | UpdateError::Reading(_) | UpdateError::Index(_) | UpdateError::Rule(_) => false,
    }
}

/// Reads what is new.
fn update(
    ctx: &Context,
    folder: &Path,
    index: &Index,
    options: &UpdateOptions,
    budget: Budget,
) -> Result<UpdateSummary, UpdateError> {
    let mut report = |step: UpdateStep| match step {
        UpdateStep::Waits { process } => {
            let process = process.map_or_else(String::new, |it| format!(" (process {it})"));
            say(format_args!(
                "another Fihrist{process} is reading this folder; waiting until it is done"
            ));
        }
        UpdateStep::Progress(it) if !ctx.quiet && it.files_total != 0 => {
            tell(format_args!(
                "\r{} of {}, {}",
                it.files_done,
                counted(it.files_total, "file"),
                counted(it.articles, "article")
            ));
            if 1 < it.bytes_total >> 20 {
                tell(format_args!(", {} of {} MB", it.bytes_done >> 20, it.bytes_total >> 20));
            }
            if it.pages != 0 {
                tell(format_args!(", {}", counted(it.pages, "scanned page")));
            }
        }
        UpdateStep::Progress(_) | UpdateStep::Committed => {}
    };
    let never = AtomicBool::new(false);
    let recogniser = ModelRecogniser::new();
    let means = Means {
        recogniser: &recogniser,
        program: ctx.program.as_ref(),
        budget,
    };
    let summary = update_index(index, &ctx.data_dir, folder, means, options, &never, &mut report)?;
    if !ctx.quiet && summary.added + summary.changed != 0 {
        tell(format_args!("\n"));
    }
    if let Some(mended) = summary.mended {
        tell_mended(&mended);
    }
    Ok(summary)
}

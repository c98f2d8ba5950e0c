//! The command line: the same engine without a window, for scripts, tests and measuring.
//!
//! Exit codes: 0 done; 1 done, but some files could not be read (they are listed); 2 wrong usage, or the command could
//! not be carried out. Errors go to standard error: what happened, its causes, and what to do. A command never
//! prints an empty result for an error.
//!
//! Each command has a file; [`run()`] lists them. Not for anything that the window needs too: that belongs in
//! [`crate::work`].
//!
//! | file | is |
//! |---|---|
//! | `args` | the commands and their options |
//! | `index`, `search`, `kwic`, `network`, `chart`, `new`, `show`, `entities`, `corrections`, `marks`, `reading`, `export`, `cite`, `dossier`, `forget` | a command each |
//! | `marks_args` | the options of `marks` and `dossier` |
//! | `train`, `measure` | commands for developers: the model, the lexicon, speed |
//! | `open` | the index of a folder, brought up to date for a command |
//! | `json` | what is printed as JSON |
//! | `shown` | names and titles on a terminal; words on standard error |
//! | `mishap` | what happened to files of the user's decisions, in words |
//! | `error` | why a command failed, and how that is reported |

mod args;
mod chart;
mod cite;
mod corrections;
mod dossier;
mod entities;
mod error;
mod export;
mod forget;
mod index;
mod json;
mod kwic;
mod marks;
mod marks_args;
mod measure;
mod mishap;
mod network;
mod new;
mod open;
mod reading;
mod search;
mod show;
mod shown;
mod train;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::app;
use crate::state::ArchiveRoot;
use crate::work::{DataDir, ReaderProgram, clear_leftovers, log, private, read_for_parent};

pub use args::Arguments;
use args::{Action, Developer};
use error::{CliError, report};
use open::{Context, Outcome};
use shown::say;

/// Runs a command; reports a failure on standard error.
///
/// The one place of the command line where a panic is caught.
pub fn run(arguments: Arguments) -> ExitCode {
    // Nothing that the command was using is touched after a panic.
    let result = catch_unwind(AssertUnwindSafe(|| carry_out(arguments)));
    match result.unwrap_or(Err(CliError::Panic)) {
        Ok(Outcome::Whole) => ExitCode::SUCCESS,
        Ok(Outcome::WithoutSomeFiles) => ExitCode::from(1),
        // Whoever reads the output has seen enough of it.
        Err(err) if err.is_closed_pipe() => ExitCode::SUCCESS,
        Err(err) => {
            report(&err);
            ExitCode::from(2)
        }
    }
}

fn carry_out(arguments: Arguments) -> Result<Outcome, CliError> {
    if let Some(Action::ReadAlone) = arguments.command {
        // Its output is for the program that started it, and what it does is in that one's log.
        read_for_parent()?;
        return Ok(Outcome::Whole);
    }
    // Before the first file is made.
    private::begin();
    let data_dir = match arguments.data_dir {
        Some(path) => DataDir::new(path),
        None => DataDir::of_platform()?,
    };
    log::start(&data_dir, arguments.verbose);
    private::tighten(&data_dir);
    clear_leftovers(&data_dir);
    let ctx = Context {
        data_dir: data_dir.clone(),
        quiet: arguments.quiet,
        // Where the system does not say what this program is, everything is read in this process.
        program: ReaderProgram::this().ok(),
    };
    let Some(action) = arguments.command else {
        return window(ctx, arguments.folder);
    };
    tracing::info!(command = action.name(), "start");
    let outcome = act(&ctx, action);
    for it in data_dir.take_mishaps() {
        say(mishap::words(&it));
    }
    outcome
}

fn act(ctx: &Context, action: Action) -> Result<Outcome, CliError> {
    match action {
        Action::ReadAlone => Ok(Outcome::Whole),
        Action::Index(args) => index::index(ctx, &args),
        Action::Search(args) => search::search(ctx, &args),
        Action::Kwic(args) => kwic::kwic(ctx, &args),
        Action::Network(args) => network::network(ctx, &args),
        Action::Chart(args) => chart::chart(ctx, &args),
        Action::New(args) => new::new(ctx, &args),
        Action::Show(args) => show::show(ctx, &args),
        Action::Entities(args) if args.suggestions => entities::suggestions(ctx, &args),
        Action::Entities(args) => entities::entities(ctx, &args),
        Action::Corrections(args) => corrections::corrections(ctx, args),
        Action::Marks(args) => marks::marks(ctx, &args),
        Action::Reading(args) => reading::reading(ctx, args),
        Action::Export(args) => export::export(ctx, &args),
        Action::Cite(args) => cite::cite_article(ctx, &args),
        Action::Dossier(args) => dossier::dossier(ctx, &args),
        Action::Forget(args) => forget::forget(ctx, &args),
        Action::Developer(Developer::Train(args)) => train::train_model(ctx, &args),
        Action::Developer(Developer::Lexicon(args)) => train::make_lexicon(&args),
        Action::Developer(Developer::Evaluate(args)) => train::evaluate(&args),
        Action::Developer(Developer::TrainLatin(args)) => train::train_latin(ctx, &args),
        Action::Developer(Developer::Measure(args)) => measure::measure(ctx, &args),
    }
}

fn window(ctx: Context, folder: Option<PathBuf>) -> Result<Outcome, CliError> {
    let root = folder.map(|folder| ArchiveRoot::Folder(std::path::absolute(&folder).unwrap_or(folder)));
    tracing::info!(is_folder_given = root.is_some(), "start the window");
    app::run(ctx.data_dir, ctx.program, root)?;
    Ok(Outcome::Whole)
}

//! `fihrist forget`: removes all that is known of an archive.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use super::args::ForgetArgs;
use super::error::CliError;
use super::open::{Context, Outcome};
use super::shown::{Shown, shown_path, tell};
use crate::work::{forget as forget_archive, what_is_known};

pub(super) fn forget(ctx: &Context, args: &ForgetArgs) -> Result<Outcome, CliError> {
    let (data_dir, folder) = (&ctx.data_dir, &args.folder);
    let known = what_is_known(data_dir, folder);
    let settings = data_dir.load_settings();
    let dir = data_dir.archive_of(folder);
    let mut without = settings.clone();
    without.forget(|it| data_dir.archive_of(it) != dir);
    let is_recent = without != settings;
    if known.is_empty() && !is_recent {
        let folder = folder.clone();
        return Err(CliError::NothingKnown { folder });
    }
    if !args.yes {
        if !io::stdin().is_terminal() {
            return Err(CliError::NotConfirmed);
        }
        let folder = shown_path(folder);
        tell(format_args!(
            "Remove all that Fihrist knows of {folder}: index, corrections, searches, earlier versions of these, and the \
             log? The articles' own files stay. [y/N] "
        ));
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        if !["y", "yes", "نعم"].contains(&answer.trim().to_lowercase().as_str()) {
            tell(format_args!("Nothing was removed.\n"));
            return Ok(Outcome::Whole);
        }
    }
    forget_archive(data_dir, folder)?;
    let mut out = io::stdout().lock();
    for it in &known {
        writeln!(out, "removed: {} ({} bytes)", Shown(&it.name), it.n_bytes)?;
    }
    if is_recent {
        writeln!(out, "removed: its place among the archives opened last")?;
    }
    writeln!(out, "emptied: the log")?;
    Ok(Outcome::Whole)
}

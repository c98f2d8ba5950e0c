//! `fihrist index`: reads what is new or changed.

use std::io::{self, Write as _};

use super::args::IndexArgs;
use super::error::CliError;
use super::open::{Context, Outcome, open};

pub(super) fn index(ctx: &Context, args: &IndexArgs) -> Result<Outcome, CliError> {
    let opened = open(ctx, &args.folder)?;
    let summary = &opened.summary;
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(summary)?)?;
    } else {
        writeln!(
            out,
            "{} articles in {} files: {} added, {} changed, {} removed, {} unreadable, {} left out; {:.1} s",
            summary.articles,
            summary.files,
            summary.added,
            summary.changed,
            summary.removed,
            summary.unreadable.len(),
            summary.left_out,
            summary.seconds
        )?;
        for it in &summary.unreadable {
            writeln!(out, "unreadable: {}: {}", it.reason, it.path.display())?;
        }
    }
    Ok(opened.outcome())
}

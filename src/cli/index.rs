//! `fihrist index`: reads what is new or changed.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use super::args::IndexArgs;
use super::error::CliError;
use super::json::name_in_json;
use super::open::{Context, Outcome, open_and_update};
use super::shown::{Shown, counted, shown_path};
use crate::archive::{Budget, LeftOut};
use crate::state::{ForgetFiles, UpdateSummary};
use crate::work::{UpdateOptions, Wait};

pub(super) fn index(ctx: &Context, args: &IndexArgs) -> Result<Outcome, CliError> {
    let options = UpdateOptions {
        forget: if args.forget {
            ForgetFiles::AllMissing
        } else {
            ForgetFiles::Nothing
        },
        wait: if args.no_wait { Wait::Never } else { Wait::UntilDone },
    };
    let set = ctx.data_dir.reading_budget();
    let budget = Budget {
        seconds: args.cpu_per_file.unwrap_or(set.seconds),
        memory_mb: args.memory_per_file.unwrap_or(set.memory_mb),
    };
    let summary = open_and_update(ctx, &args.folder, &options, budget)?;
    if summary.missing.is_folder_away() {
        return Err(CliError::FolderAway {
            source: summary.missing.folder_failure.clone(),
            missing: summary.missing,
            path: args.folder.clone(),
        });
    }
    let mut out = io::stdout().lock();
    match args.json {
        true => writeln!(out, "{}", serde_json::to_string_pretty(&SummaryJson::new(&summary))?)?,
        false => write_summary(&mut out, &summary)?,
    }
    Ok(Outcome::without(summary.unreadable.len()))
}

/// A summary as JSON.
#[derive(serde::Serialize)]
struct SummaryJson<'a> {
    #[serde(flatten)]
    summary: &'a UpdateSummary,
    /// The number of the next.
    missing: usize,
    missing_files: Vec<String>,
    /// How much is left out for which reason.
    left_out_reasons: BTreeMap<String, u64>,
}

impl<'a> SummaryJson<'a> {
    fn new(summary: &'a UpdateSummary) -> Self {
        let paths = summary.missing.paths.iter();
        Self {
            summary,
            missing: paths.len(),
            missing_files: paths.map(|it| it.to_string_lossy().into_owned()).collect(),
            left_out_reasons: left_out(summary).map(|(it, n)| (name_in_json(it), n)).collect(),
        }
    }
}

/// The reasons why something is left out, and how much for each, in the order in which they are listed.
fn left_out(summary: &UpdateSummary) -> impl Iterator<Item = (LeftOut, u64)> {
    let mut counted: Vec<(LeftOut, u64)> = Vec::new();
    for it in &summary.left_out_files {
        let (why, kind) = (it.reason, it.reason.kind());
        match counted.iter_mut().find(|(it, _)| *it == kind) {
            Some((_, n)) => *n += why.n(),
            None => counted.push((kind, why.n())),
        }
    }
    counted.into_iter()
}

fn write_summary(out: &mut impl io::Write, summary: &UpdateSummary) -> io::Result<()> {
    write!(
        out,
        "{} in {}: {} added, {} changed, {} removed, ",
        counted(summary.articles, "article"),
        counted(summary.files, "file"),
        summary.added,
        summary.changed,
        summary.removed,
    )?;
    if summary.moved != 0 {
        write!(out, "{} moved, ", summary.moved)?;
    }
    writeln!(
        out,
        "{} unreadable, {} left out; {:.1} s",
        summary.unreadable.len(),
        summary.left_out,
        summary.seconds
    )?;
    for it in &summary.unreadable {
        writeln!(
            out,
            "unreadable: {}: {}",
            Shown(&it.reason.to_string()),
            shown_path(&it.path)
        )?;
    }
    for (why, n) in left_out(summary) {
        writeln!(out, "left out: {n} {why}")?;
    }
    match summary.missing.paths.len() {
        0 => Ok(()),
        1 => writeln!(out, "1 file is missing; its articles are kept; --forget forgets them"),
        n_missing => writeln!(
            out,
            "{n_missing} files are missing; their articles are kept; --forget forgets them"
        ),
    }
}

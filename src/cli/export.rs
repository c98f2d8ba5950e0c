//! `fihrist export`: the articles that a query finds, as a table or as JSON.

use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;

use super::args::{ExportArgs, ExportFormat};
use super::error::CliError;
use super::json::article_json;
use super::open::{Context, Outcome};
use super::search::{FoundArticles, find};
use super::shown::{Shown, say, shown_path};
use crate::archive::{PublicationDate, Reading, Reason};
use crate::entities::ModelRecogniser;
use crate::index::StoredArticle;
use crate::work::log::ErrorCode;
use crate::work::private::create_for_user;
use crate::work::read_one_article;

pub(super) fn export(ctx: &Context, args: &ExportArgs) -> Result<Outcome, CliError> {
    let mut found = find(ctx, &args.folder, &args.query)?;
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => {
            let file = create_for_user(path).map_err(|source| CliError::write(source, path))?;
            Box::new(io::BufWriter::new(file))
        }
        None => Box::new(io::stdout().lock()),
    };
    match args.format {
        ExportFormat::Csv => {
            export_csv(&mut out, &mut found)?;
            found.finish(Outcome::Whole)
        }
        ExportFormat::Json => {
            let reading = ctx.data_dir.load_reading(&args.folder)?;
            let n_left_out = export_json(ctx, &mut out, (&args.folder, &reading), &mut found)?;
            found.finish(Outcome::without(n_left_out))
        }
    }
}

fn export_csv(out: impl Write, found: &mut FoundArticles) -> Result<(), CliError> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["path", "record", "title", "published", "source", "snippet", "kind"])?;
    for hit in found.hits(usize::MAX) {
        let record = [
            hit.path.to_string_lossy().into_owned(),
            hit.record.to_string(),
            hit.title,
            hit.published.map(PublicationDate::iso).unwrap_or_default(),
            hit.source.unwrap_or_default(),
            hit.snippet.text,
            if hit.is_recognised { "scan" } else { "" }.to_owned(),
        ];
        table.write_record(record)?;
    }
    Ok(table.flush()?)
}

/// Writes the articles as they are in their files now, and as the index keeps them where the file is missing or costs more
/// than it may; reports those that cannot be read, and returns their number.
fn export_json(
    ctx: &Context,
    mut out: impl Write,
    (folder, reading): (&Path, &Reading),
    found: &mut FoundArticles,
) -> Result<usize, CliError> {
    let recogniser = ModelRecogniser::new();
    let (program, budget) = (ctx.program.as_ref(), ctx.data_dir.reading_budget());
    let mut articles = Vec::new();
    let mut n_left_out = 0;
    let hits = found.hits(usize::MAX);
    for hit in &hits {
        let rule = reading.of(&hit.path);
        // A scan is not recognised again.
        let from_file = match hit.is_recognised || found.missing.contains(&hit.path) {
            true => None,
            false => Some(read_one_article(
                program,
                budget,
                (folder, &hit.path),
                &rule,
                hit.record,
            )),
        };
        let article = match from_file {
            Some(Err(err)) if !is_of_reader(err.reason()) => {
                // A file may have vanished since it was indexed.
                n_left_out += 1;
                tracing::warn!(error = %ErrorCode(&err), "an article is left out of the export");
                say(format_args!("left out: {}", Shown(&err.to_string())));
                continue;
            }
            Some(Ok(article)) => article,
            None | Some(Err(_)) => found
                .searcher
                .stored_article(hit.article)?
                .map(StoredArticle::into_article),
        };
        match article {
            Some(article) => articles.push(article_json(&article, &recogniser)),
            None => {
                n_left_out += 1;
                say(format_args!(
                    "left out, as its file has changed: {}",
                    shown_path(&hit.path)
                ));
            }
        }
    }
    found.note_missing(&hits);
    writeln!(out, "{:#}", Value::Array(articles))?;
    out.flush()?;
    Ok(n_left_out)
}

/// Whether it costs more to read the file than it may, so that the index has as much of it as can be read.
fn is_of_reader(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::OverTime { .. } | Reason::OverMemory { .. } | Reason::EndedTheReader
    )
}

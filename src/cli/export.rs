//! `fihrist export`: the articles that a query finds, as a table or as JSON.

use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;

use super::args::{ExportArgs, ExportFormat};
use super::error::CliError;
use super::json::{article_json, date_text};
use super::open::{Context, Outcome};
use super::search::{FoundArticles, find};
use super::shown::{Shown, say, shown_path};
use crate::archive::{self, Reading};
use crate::entities::ModelRecogniser;
use crate::index::StoredArticle;
use crate::work::log::ErrorCode;
use crate::work::private::create_for_user;

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
            let n_left_out = export_json(&mut out, &args.folder, &reading, &mut found)?;
            found.finish(Outcome::without(n_left_out))
        }
    }
}

fn export_csv(out: impl Write, found: &mut FoundArticles) -> Result<(), CliError> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["path", "record", "title", "published", "source", "snippet"])?;
    for hit in found.hits(usize::MAX) {
        let record = [
            hit.path.to_string_lossy().into_owned(),
            hit.record.to_string(),
            hit.title,
            hit.published.map(date_text).unwrap_or_default(),
            hit.source.unwrap_or_default(),
            hit.snippet.text,
        ];
        table.write_record(record)?;
    }
    Ok(table.flush()?)
}

/// Writes the articles as they are in their files now, and those whose file is missing as the index keeps them; reports
/// those that cannot be read, and returns their number.
fn export_json(
    mut out: impl Write,
    folder: &Path,
    reading: &Reading,
    found: &mut FoundArticles,
) -> Result<usize, CliError> {
    let recogniser = ModelRecogniser::new();
    let mut articles = Vec::new();
    let mut n_left_out = 0;
    let hits = found.hits(usize::MAX);
    for hit in &hits {
        let article = match found.missing.contains(&hit.path) {
            true => found
                .searcher
                .stored_article(hit.article)?
                .map(StoredArticle::into_article),
            // A file may have vanished since it was indexed.
            false => match archive::read_article(folder, &hit.path, reading, hit.record) {
                Ok(article) => article,
                Err(err) => {
                    n_left_out += 1;
                    tracing::warn!(error = %ErrorCode(&err), "an article is left out of the export");
                    say(format_args!("left out: {}", Shown(&err.to_string())));
                    continue;
                }
            },
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

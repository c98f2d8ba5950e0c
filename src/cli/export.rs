//! `fihrist export`: the articles that a query finds, as files for other programs.
//!
//! Two forms are those of the first version, for the scripts that read them: a CSV of fixed columns, and JSON of the articles
//! as they are in their files. All others are written by [`crate::work::export_to_file`].

use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;

use super::args::{ArticleOrder, ExportArgs, ExportFormat, WordsLanguage};
use super::error::CliError;
use super::json::article_json;
use super::open::{Context, Outcome};
use super::search::{FoundArticles, find_by};
use super::shown::{Shown, counted, say, shown_path, tell};
use crate::app::export_words;
use crate::archive::{DateProvenance, PublicationDate, Reading, Reason};
use crate::entities::ModelRecogniser;
use crate::index::{HitOrder, SearchRequest, StoredArticle};
use crate::state::{CsvLook, ExportColumn, ExportFormat as Format, ExportLayout, ExportWords, Language};
use crate::work::log::ErrorCode;
use crate::work::private::create_for_user;
use crate::work::{ExportPlan, export_to_file, read_one_article, write_articles};

pub(super) fn export(ctx: &Context, args: &ExportArgs) -> Result<Outcome, CliError> {
    let format = match args.format {
        ExportFormat::Csv if !has_look(args) => None,
        ExportFormat::Csv => Some(Format::Csv),
        ExportFormat::Json => None,
        ExportFormat::Xlsx => Some(Format::Xlsx),
        ExportFormat::JsonLines => Some(Format::JsonLines),
        ExportFormat::Ris => Some(Format::Ris),
        ExportFormat::Bibtex => Some(Format::Bibtex),
        ExportFormat::CslJson => Some(Format::CslJson),
        ExportFormat::Markdown => Some(Format::Markdown),
        ExportFormat::Html => Some(Format::Html),
    };
    let request = SearchRequest {
        query_text: args.query.clone(),
        order: order(args.order),
        by_stories: args.stories,
        ..SearchRequest::default()
    };
    let mut found = find_by(ctx, &args.folder, request)?;
    if let Some(limit) = args.limit {
        found.page.articles = found.page.articles.iter().take(limit).copied().collect();
    }
    if let Some(format) = format {
        export_from_index(ctx, args, &found, format)?;
        return found.finish(Outcome::Whole);
    }
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => {
            let file = create_for_user(path).map_err(|source| CliError::write(source, path))?;
            Box::new(io::BufWriter::new(file))
        }
        None => Box::new(io::stdout().lock()),
    };
    if args.format == ExportFormat::Csv {
        export_csv(&mut out, &mut found)?;
        return found.finish(Outcome::Whole);
    }
    let reading = ctx.data_dir.load_reading(&args.folder)?;
    let n_left_out = export_json(ctx, &mut out, (&args.folder, &reading), &mut found)?;
    found.finish(Outcome::without(n_left_out))
}

/// Whether it is said how a table is to look: otherwise a CSV is what it was in the first version.
fn has_look(args: &ExportArgs) -> bool {
    let has_words = !args.columns.is_empty() || args.language.is_some();
    has_words || args.bom || args.separator.is_some() || args.excel_arabic
}

fn order(order: Option<ArticleOrder>) -> HitOrder {
    match order {
        None | Some(ArticleOrder::Relevance) => HitOrder::Relevance,
        Some(ArticleOrder::Newest) => HitOrder::Newest,
        Some(ArticleOrder::Oldest) => HitOrder::Oldest,
        Some(ArticleOrder::Title) => HitOrder::Title,
        Some(ArticleOrder::Source) => HitOrder::Source,
    }
}

/// The words in the file: without a language the headings of tables are ids.
fn words(ctx: &Context, args: &ExportArgs, format: Format) -> ExportWords {
    let mut settings = ctx.data_dir.load_settings();
    match args.language {
        Some(WordsLanguage::Arabic) => settings.language = Language::Arabic,
        Some(WordsLanguage::English) => settings.language = Language::English,
        None => {}
    }
    let mut words = export_words(&settings, &args.query);
    if args.language.is_none() && format.layout() == Some(ExportLayout::Table) {
        words.columns = ExportColumn::ALL.iter().map(|it| it.id()).collect();
        words.yes = "true";
        for (provenance, word) in &mut words.provenances {
            *word = provenance_id(*provenance);
        }
    }
    words
}

/// As JSON has it.
fn provenance_id(provenance: DateProvenance) -> &'static str {
    match provenance {
        DateProvenance::Metadata => "metadata",
        DateProvenance::HeaderLine => "header_line",
        DateProvenance::Dateline => "dateline",
        DateProvenance::Url => "url",
        DateProvenance::FileName => "file_name",
        DateProvenance::Inferred => "inferred",
        DateProvenance::Update => "update",
        DateProvenance::User => "user",
    }
}

/// Writes what was found out of the index.
fn export_from_index(ctx: &Context, args: &ExportArgs, found: &FoundArticles, format: Format) -> Result<(), CliError> {
    let words = words(ctx, args, format);
    let mut columns = args.columns.clone();
    if let Some(layout) = format.layout().filter(|_| columns.is_empty()) {
        columns = ExportColumn::usual(layout);
    }
    let plan = ExportPlan {
        request: &found.request,
        articles: &found.page.articles,
        format,
        columns: &columns,
        csv: match args.excel_arabic {
            true => CsvLook::EXCEL_IN_ARABIC,
            false => CsvLook {
                separator: args.separator.unwrap_or_default(),
                has_bom: args.bom,
            },
        },
        words: &words,
    };
    let of = found.page.articles.len() as u64;
    let is_told = !ctx.quiet && args.output.is_some();
    let mut progress = |done: u64| {
        if is_told {
            tell(format_args!("\r{done} of {}", counted(of, "article")));
        }
    };
    let report = match &args.output {
        Some(path) => {
            let place = (path.as_path(), args.folder.as_path(), true);
            export_to_file(&found.searcher, plan, place, &mut progress, &|| false)?
        }
        None => {
            let out = Box::new(io::BufWriter::new(io::stdout()));
            write_articles(&found.searcher, plan, (out, None), &mut progress, &|| false)?
        }
    };
    if is_told && of != 0 {
        tell(format_args!("\n"));
    }
    if report.cut_cells != 0 {
        let cells = counted(report.cut_cells, "cell");
        say(format_args!("{cells} cut: a cell holds at most 32,767 characters"));
    }
    if report.plain_links != 0 {
        let n = report.plain_links;
        say(format_args!(
            "{n} addresses are texts: a sheet holds at most 65,530 links"
        ));
    }
    Ok(())
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

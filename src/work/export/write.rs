//! From articles to a file.
//!
//! Articles are read in pieces and written one after the other. The file is a temporary one beside its place until all is
//! written; then it is put there in one step.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::archive::ArticleId;
use crate::index::{Cancelled, SearchRequest, Searcher};
use crate::state::{CsvLook, ExportColumn, ExportFormat, ExportReport, ExportWords};
use crate::work::private::{create_for_user, persist_for_user};

use super::article_writer::ArticleWriter;
use super::bibtex::BibtexWriter;
use super::csl::CslWriter;
use super::csv::CsvWriter;
use super::error::ExportError;
use super::html::HtmlWriter;
use super::json_lines::JsonLinesWriter;
use super::markdown::MarkdownWriter;
use super::ris::RisWriter;
use super::row::Rows;
use super::xlsx::XlsxWriter;

/// How many articles are read at once: some hundredths of a second, and a megabyte of texts. Picked by feel.
const ARTICLES_AT_ONCE: usize = 256;

/// What is written.
#[derive(Clone, Copy)]
pub struct ExportPlan<'a> {
    /// What was searched for: says what fragments show, and whether inferred dates count.
    pub request: &'a SearchRequest,
    /// The articles, in their order.
    pub articles: &'a [ArticleId],
    /// As what.
    pub format: ExportFormat,
    /// With these columns, in their order; of no matter where the format says what it has.
    pub columns: &'a [ExportColumn],
    /// How tables of text are written.
    pub csv: CsvLook,
    /// The words in it.
    pub words: &'a ExportWords,
}

/// Writes articles; `progress` is told how many were written.
///
/// What a workbook needs beside its result lies in `dir`.
pub fn write_articles<'a>(
    searcher: &Searcher,
    plan: ExportPlan<'a>,
    (out, dir): (Box<dyn Write + Send + 'a>, Option<&Path>),
    progress: &mut dyn FnMut(u64),
    cancelled: Cancelled<'_>,
) -> Result<ExportReport, ExportError> {
    let mut writer = writer(plan, out, dir)?;
    let options = Rows::options(plan.columns);
    let mut rows = Rows::new(searcher, plan.columns);
    let mut report = ExportReport::default();
    for articles in plan.articles.chunks(ARTICLES_AT_ONCE) {
        if cancelled() {
            return Err(ExportError::Cancelled);
        }
        let read = searcher.full_articles(articles, plan.request, options);
        report.gone += (articles.len() - read.len()) as u64;
        for article in read {
            writer.write(&rows.row(article?))?;
            report.articles += 1;
        }
        progress(report.articles + report.gone);
    }
    if cancelled() {
        return Err(ExportError::Cancelled);
    }
    let written = writer.finish()?;
    tracing::info!(
        articles = report.articles,
        format = ?plan.format,
        cut = written.cut_cells,
        "articles exported"
    );
    Ok(ExportReport {
        cut_cells: written.cut_cells,
        plain_links: written.plain_links,
        ..report
    })
}

/// Writes articles to a file, which is there as a whole or not at all. One that is there already is replaced only if
/// `replaces`. It must not lie in `folder`, the archive's own.
pub fn export_to_file(
    searcher: &Searcher,
    plan: ExportPlan<'_>,
    (path, folder, replaces): (&Path, &Path, bool),
    progress: &mut dyn FnMut(u64),
    cancelled: Cancelled<'_>,
) -> Result<ExportReport, ExportError> {
    let path = &place(path)?;
    let dir = path.parent().filter(|it| !it.as_os_str().is_empty());
    let dir = dir.unwrap_or(Path::new("."));
    if fs::canonicalize(folder).is_ok_and(|folder| dir.starts_with(folder)) {
        return Err(ExportError::InArchive);
    }
    match fs::metadata(path) {
        // A pipe or a device cannot be replaced.
        Ok(found) if !found.is_file() && !found.is_dir() => {
            let out = BufWriter::new(create_for_user(path)?);
            return write_articles(searcher, plan, (Box::new(out), None), progress, cancelled);
        }
        Ok(_) if !replaces => return Err(ExportError::Exists),
        Ok(_) | Err(_) => {}
    }
    let temp = tempfile::Builder::new()
        .prefix(".fihrist-")
        .suffix(".part")
        .tempfile_in(dir)?;
    let out = BufWriter::new(temp.as_file().try_clone()?);
    // Where it fails, the temporary file is removed with its value.
    let report = write_articles(searcher, plan, (Box::new(out), Some(dir)), progress, cancelled)?;
    persist_for_user(temp, path)?;
    Ok(report)
}

/// Where a file lies or is to lie, links followed. Its folder has to be there.
fn place(path: &Path) -> io::Result<PathBuf> {
    if let Ok(found) = fs::canonicalize(path) {
        return Ok(found);
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let dir = path.parent().filter(|it| !it.as_os_str().is_empty());
    Ok(fs::canonicalize(dir.unwrap_or(Path::new(".")))?.join(name))
}

fn writer<'a>(
    plan: ExportPlan<'a>,
    out: Box<dyn Write + Send + 'a>,
    dir: Option<&Path>,
) -> Result<Box<dyn ArticleWriter + 'a>, ExportError> {
    let (columns, words) = (plan.columns, plan.words);
    Ok(match plan.format {
        ExportFormat::Csv => Box::new(CsvWriter::new(out, columns, plan.csv, words)?),
        ExportFormat::Xlsx => Box::new(XlsxWriter::new(out, dir, columns, words)?),
        ExportFormat::JsonLines => Box::new(JsonLinesWriter::new(out, columns)),
        ExportFormat::Ris => Box::new(RisWriter::new(out, words)),
        ExportFormat::Bibtex => Box::new(BibtexWriter::new(out, words)),
        ExportFormat::CslJson => Box::new(CslWriter::new(out, words)),
        ExportFormat::Markdown => Box::new(MarkdownWriter::new(out, columns, words)?),
        ExportFormat::Html => Box::new(HtmlWriter::new(out, columns, words, plan.articles.len() as u64)?),
        // What else it holds is known to `dossier` only.
        ExportFormat::Dossier => return Err(io::Error::from(io::ErrorKind::Unsupported).into()),
    })
}

/// Words for tests.
#[cfg(test)]
pub mod tests_words {
    use crate::arabic::month::MonthNames;
    use crate::arabic::number::Numerals;
    use crate::archive::DateProvenance;
    use crate::marks::MarkColor;
    use crate::state::{ExportColumn, ExportWords, Language};

    /// English words, with the ids of columns as headings.
    pub fn english_words() -> ExportWords {
        ExportWords {
            language: Language::English,
            columns: ExportColumn::ALL.iter().map(|it| it.id()).collect(),
            provenances: vec![(DateProvenance::Inferred, "inferred")],
            colors: vec![(MarkColor::Yellow, "yellow"), (MarkColor::Green, "green")],
            yes: "yes",
            program: "Fihrist",
            articles: "articles",
            cut: " … [cut]",
            undated: "undated",
            found: "all".to_owned(),
            months: vec!["January", "February"],
            month_names: MonthNames::Egypt,
            numerals: Numerals::Western,
        }
    }
}

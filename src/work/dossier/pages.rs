//! Chosen articles as a folder of pages for a browser: a page for each, with its marks, and one that lists them. They need
//! nothing beside them, run no scripts and ask nothing of the network.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::archive::ArticleId;
use crate::index::{Cancelled, FullArticle, FullOptions, SearchRequest, Searcher};
use crate::marks::ArticleMarks;
use crate::state::{CsvLook, ExportColumn, ExportFormat, ExportWords, Language};

use super::super::export::{ExportPlan, escape_html, write_articles};
use super::super::private::{create_for_user, open_up_folder};
use super::error::DossierError;

/// What a page shows of an article.
const COLUMNS: [ExportColumn; 15] = [
    ExportColumn::Title,
    ExportColumn::Date,
    ExportColumn::DateProvenance,
    ExportColumn::Source,
    ExportColumn::Author,
    ExportColumn::Address,
    ExportColumn::People,
    ExportColumn::Organisations,
    ExportColumn::Places,
    ExportColumn::Keywords,
    ExportColumn::Tags,
    ExportColumn::Note,
    ExportColumn::Highlights,
    ExportColumn::Starred,
    ExportColumn::Text,
];

/// How the list looks: as the pages of articles do.
const STYLE: &str = "
body { max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1d1b19; background: #fff;
  font: 12.5pt/1.7 'Noto Naskh Arabic', Amiri, 'Traditional Arabic', 'Times New Roman', serif; }
h1 { font-size: 1.5em; margin: 0 0 .2em; } header { border-bottom: 1px solid #b9b2a8; margin-bottom: 1.5em; }
ol { padding-inline-start: 2.5em; } li { margin-bottom: .7em; } a { color: #17518f; } .meta { color: #5d564d; font-size: .92em; }
";

/// Writes the pages into a new folder, which is there as a whole or not at all. It must not lie in `folder`, the archive's
/// own. `progress` hears how many articles were written; returns how many.
pub fn write_pages(
    searcher: &Searcher,
    articles: &[ArticleId],
    words: &ExportWords,
    (path, folder): (&Path, &Path),
    progress: &mut dyn FnMut(u64),
    cancelled: Cancelled<'_>,
) -> Result<u64, DossierError> {
    let dir = path.parent().filter(|it| !it.as_os_str().is_empty());
    let dir = fs::canonicalize(dir.unwrap_or(Path::new(".")))?;
    if fs::canonicalize(folder).is_ok_and(|folder| dir.starts_with(folder)) {
        return Err(DossierError::InArchive);
    }
    if path.exists() {
        return Err(DossierError::Exists);
    }
    // Where it fails, the temporary folder is removed with its value.
    let temp = tempfile::Builder::new().prefix(".fihrist-").tempdir_in(&dir)?;
    let pages = temp.path().join("articles");
    fs::create_dir(&pages)?;
    let all_marks = searcher.marks();
    let request = SearchRequest::default();
    let nothing_more = FullOptions {
        roles: false,
        snippet: false,
    };
    let mut list = String::new();
    let mut n_written = 0;
    for id in articles {
        if cancelled() {
            return Err(DossierError::Cancelled);
        }
        let Some(article) = searcher.full_articles(&[*id], &request, nothing_more).pop() else {
            continue;
        };
        let article = article?;
        n_written += 1;
        let name = format!("articles/{n_written:05}.html");
        let out = BufWriter::new(create_for_user(&temp.path().join(&name))?);
        write_page(searcher, &article, words, Box::new(out), cancelled)?;
        list.push_str(&listed(&article, &name, words, all_marks.get(id)));
        progress(n_written);
    }
    let mut out = BufWriter::new(create_for_user(&temp.path().join("index.html"))?);
    write_list(&mut out, words, n_written, &list)?;
    out.flush()?;
    open_up_folder(&pages)?;
    open_up_folder(temp.path())?;
    let written = temp.keep();
    if let Err(err) = fs::rename(&written, path) {
        fs::remove_dir_all(&written).ok();
        return Err(err.into());
    }
    Ok(n_written)
}

fn write_page(
    searcher: &Searcher,
    article: &FullArticle,
    words: &ExportWords,
    out: Box<dyn Write + Send + '_>,
    cancelled: Cancelled<'_>,
) -> Result<(), DossierError> {
    let plan = ExportPlan {
        request: &SearchRequest::default(),
        articles: &[article.id],
        format: ExportFormat::Html,
        columns: &COLUMNS,
        csv: CsvLook::PLAIN,
        words,
    };
    write_articles(searcher, plan, (out, None), &mut |_| {}, cancelled)?;
    Ok(())
}

fn listed(article: &FullArticle, name: &str, words: &ExportWords, marks: Option<&ArticleMarks>) -> String {
    let stored = &article.stored;
    let star = if marks.is_some_and(|it| it.is_starred) {
        "★ "
    } else {
        ""
    };
    let date = stored
        .published
        .map_or_else(|| words.undated.to_owned(), |it| words.date(it));
    let facts = stored.source.iter().chain([&date]);
    let facts: Vec<String> = facts.map(|it| format!("<bdi>{}</bdi>", escape_html(it))).collect();
    let (title, facts) = (escape_html(&stored.title), facts.join(" · "));
    format!("<li>{star}<a href=\"{name}\"><bdi>{title}</bdi></a><br><span class=\"meta\">{facts}</span></li>\n")
}

fn write_list(out: &mut impl Write, words: &ExportWords, n: u64, list: &str) -> Result<(), DossierError> {
    let (language, direction) = match words.language {
        Language::Arabic => ("ar", "rtl"),
        Language::English => ("en", "ltr"),
    };
    let (found, program, articles) = (
        escape_html(&words.found),
        escape_html(words.program),
        escape_html(words.articles),
    );
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"Fihrist\">\n\
         <title>{found}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header><h1 dir=\"auto\">{found}</h1>\
         <p class=\"meta\"><bdi>{program}</bdi> · <bdi>{articles}</bdi>: <bdi>{n}</bdi></p></header>\n<ol>\n{list}</ol>\n\
         </body>\n</html>\n"
    )?;
    Ok(())
}

//! Rows and references for the clipboard: as a text, and as HTML for programs that take how it looks.

use crate::archive::ArticleId;
use crate::index::{FullOptions, SearchRequest, Searcher};
use crate::state::{CitationStyle, ExportColumn, ExportWords, Language};

use super::cell::cell;
use super::cite::{Citation, cite};
use super::error::ExportError;
use super::escape::{html, one_line, without_formula};
use super::row::{Row, Rows};

/// What rows have on the clipboard.
const COLUMNS: [ExportColumn; 5] = [
    ExportColumn::Title,
    ExportColumn::Date,
    ExportColumn::Source,
    ExportColumn::Address,
    ExportColumn::Path,
];

/// Articles as rows: tabs between their columns, which programs for tables take apart; and as a table of HTML.
pub fn table_of_rows(
    searcher: &Searcher,
    articles: &[ArticleId],
    words: &ExportWords,
) -> Result<Citation, ExportError> {
    let direction = match words.language {
        Language::Arabic => "rtl",
        Language::English => "ltr",
    };
    let (mut text, mut table) = (String::new(), format!("<table dir=\"{direction}\">"));
    for row in rows(searcher, articles, &COLUMNS)? {
        let cells = COLUMNS.map(|column| one_line(&cell(&row, column, words)));
        let guarded = cells.each_ref().map(|it| without_formula(it));
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&guarded.join("\t"));
        let cells = cells.map(|it| format!("<td dir=\"auto\">{}</td>", html(&it)));
        table.push_str(&format!("<tr>{}</tr>", cells.concat()));
    }
    table.push_str("</table>");
    Ok(Citation { text, html: table })
}

/// References to articles, each in a line or paragraph of its own.
pub fn citations(
    searcher: &Searcher,
    articles: &[ArticleId],
    style: CitationStyle,
    words: &ExportWords,
) -> Result<Citation, ExportError> {
    let cited: Vec<Citation> = rows(searcher, articles, &[])?
        .iter()
        .map(|row| cite(row, style, words))
        .collect();
    let texts: Vec<&str> = cited.iter().map(|it| it.text.as_str()).collect();
    let html: Vec<&str> = cited.iter().map(|it| it.html.as_str()).collect();
    Ok(Citation {
        text: texts.join("\n"),
        html: html.concat(),
    })
}

fn rows(searcher: &Searcher, articles: &[ArticleId], columns: &[ExportColumn]) -> Result<Vec<Row>, ExportError> {
    let options = FullOptions {
        roles: false,
        snippet: false,
    };
    let mut rows = Rows::new(searcher, columns);
    let read = searcher.full_articles(articles, &SearchRequest::default(), options);
    read.into_iter().map(|it| Ok(rows.row(it?))).collect()
}

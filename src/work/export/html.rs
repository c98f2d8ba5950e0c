//! Articles as one page that needs nothing beside it: to be read in a browser, printed, or saved as PDF from there.
//!
//! Each article begins a page of its own (CSS Paged Media 3, `@page`; numbers of pages where the browser prints them).
//! Highlighted passages keep their colours on paper, and their notes stand below the text.

use std::io::Write;

use crate::marks::MarkColor;
use crate::state::{ExportColumn, ExportWords, Language};

use super::article_writer::{ArticleWriter, Written};
use super::cell::names;
use super::error::ExportError;
use super::escape::html;
use super::passage::passages;
use super::row::{Named, Row};

/// How the page looks. Colours are those of paper: dark ink, light grounds that stay apart in grey.
const STYLE: &str = "
@page { size: A4; margin: 18mm 20mm; @bottom-center { content: counter(page); font: 9pt serif; } }
* { box-sizing: border-box; }
body { max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1d1b19; background: #fff;
  font: 12.5pt/1.85 'Noto Naskh Arabic', Amiri, 'Traditional Arabic', 'Times New Roman', serif; }
header.page { border-bottom: 1px solid #b9b2a8; margin-bottom: 2em; }
h1 { font-size: 1.5em; margin: 0 0 .2em; } h2 { font-size: 1.35em; line-height: 1.5; margin: 0 0 .3em; break-after: avoid; }
h3 { font-size: 1em; margin: 1.2em 0 .2em; break-after: avoid; }
article { margin: 0 0 3em; } article + article { break-before: page; border-top: 1px solid #d9d3ca; padding-top: 2em; }
p { margin: 0 0 .8em; orphans: 3; widows: 3; white-space: pre-line; }
.meta, .facts dt { color: #5d564d; } .meta { font-size: .92em; } .meta p { margin: 0 0 .2em; }
a { color: #17518f; overflow-wrap: anywhere; }
mark { color: inherit; padding: 0 .1em; border-radius: .15em; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
mark.yellow { background: #fff1a8; } mark.green { background: #cdebc3; } mark.blue { background: #cfe3f7; }
mark.pink { background: #f8d3e0; } mark.purple { background: #e2d6f3; }
.note { border-inline-start: 3px solid #b9b2a8; padding-inline-start: .8em; }
ul.passages { padding-inline-start: 1.2em; margin: 0; } ul.passages li { margin-bottom: .5em; break-inside: avoid; }
dl.facts { font-size: .92em; margin: 1em 0 0; } dl.facts div { break-inside: avoid; margin-bottom: .3em; }
dl.facts dt, dl.facts dd { display: inline; margin: 0; } dl.facts dt::after { content: ': '; }
@media print { body { max-width: none; margin: 0; padding: 0; } article + article { border: 0; padding: 0; } a { color: inherit; } }
";

/// Writes a page.
pub struct HtmlWriter<'a, W: Write> {
    out: W,
    columns: &'a [ExportColumn],
    words: &'a ExportWords,
}

impl<'a, W: Write> HtmlWriter<'a, W> {
    /// Begins it: what was found, and how many articles that are.
    pub fn new(
        mut out: W,
        columns: &'a [ExportColumn],
        words: &'a ExportWords,
        n_articles: u64,
    ) -> Result<Self, ExportError> {
        let (language, direction) = match words.language {
            Language::Arabic => ("ar", "rtl"),
            Language::English => ("en", "ltr"),
        };
        let (found, program) = (html(&words.found), html(words.program));
        let articles = html(words.articles);
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"Fihrist\">\n\
             <title>{found}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header class=\"page\"><h1 dir=\"auto\">{found}</h1>\
             <p class=\"meta\"><bdi>{program}</bdi> · <bdi>{articles}</bdi>: <bdi>{n_articles}</bdi></p></header>\n"
        )?;
        Ok(Self { out, columns, words })
    }

    fn has(&self, column: ExportColumn) -> bool {
        self.columns.contains(&column)
    }

    fn head(&mut self, row: &Row) -> Result<(), ExportError> {
        let star = if self.has(ExportColumn::Starred) && row.marks.is_starred {
            "★ "
        } else {
            ""
        };
        writeln!(self.out, "<article id=\"{}\"{}>", row.key(), language(row))?;
        writeln!(self.out, "<h2 dir=\"auto\">{star}{}</h2>", html(&row.title))?;
        let mut facts = Vec::new();
        if let Some(source) = row.source.as_ref().filter(|_| self.has(ExportColumn::Source)) {
            facts.push(html(source));
        }
        if self.has(ExportColumn::Date) {
            facts.push(self.date(row));
        }
        if let Some(author) = row.author.as_ref().filter(|_| self.has(ExportColumn::Author)) {
            facts.push(html(author));
        }
        let facts: Vec<String> = facts.iter().map(|it| format!("<bdi>{it}</bdi>")).collect();
        write!(self.out, "<div class=\"meta\"><p>{}</p>", facts.join(" · "))?;
        if let Some(address) = row.address.as_ref().filter(|_| self.has(ExportColumn::Address)) {
            let address = html(address);
            write!(
                self.out,
                "<p><a href=\"{address}\"><bdi dir=\"ltr\">{address}</bdi></a></p>"
            )?;
        }
        if self.has(ExportColumn::Path) {
            write!(self.out, "<p><bdi dir=\"ltr\">{}</bdi></p>", html(&row.path))?;
        }
        writeln!(self.out, "</div>")?;
        Ok(())
    }

    fn date(&self, row: &Row) -> String {
        let Some(published) = row.published else {
            return html(self.words.undated);
        };
        let date = html(&self.words.date(published));
        match self.has(ExportColumn::DateProvenance) {
            true => format!("{date} ({})", html(self.words.provenance(published.provenance))),
            false => date,
        }
    }

    fn body(&mut self, row: &Row) -> Result<(), ExportError> {
        if self.has(ExportColumn::Snippet) && !row.snippet.is_empty() {
            writeln!(self.out, "<p dir=\"auto\">{}</p>", html(&row.snippet))?;
        }
        if !self.has(ExportColumn::Text) {
            return Ok(());
        }
        let highlights = match self.has(ExportColumn::Highlights) {
            true => &row.marks.highlights[..],
            false => &[],
        };
        for paragraph in row.body.split("\n\n").filter(|it| !it.trim().is_empty()) {
            let mut text = String::new();
            let mut at = 0;
            for (span, idx) in passages(paragraph, highlights) {
                let before = paragraph.get(at..span.start).unwrap_or_default();
                let quote = html(span.of(paragraph).unwrap_or_default());
                let class = class_of(highlights[idx].color);
                text.push_str(&html(before));
                text.push_str(&format!("<mark class=\"{class}\">{quote}</mark>"));
                at = span.end;
            }
            text.push_str(&html(paragraph.get(at..).unwrap_or_default()));
            writeln!(self.out, "<p dir=\"auto\">{text}</p>")?;
        }
        Ok(())
    }

    fn marks(&mut self, row: &Row) -> Result<(), ExportError> {
        if self.has(ExportColumn::Note) && !row.marks.note.is_empty() {
            let heading = html(self.words.column(ExportColumn::Note));
            let note = html(&row.marks.note);
            writeln!(
                self.out,
                "<h3>{heading}</h3>\n<p class=\"note\" dir=\"auto\">{note}</p>"
            )?;
        }
        if self.has(ExportColumn::Highlights) && !row.marks.highlights.is_empty() {
            let heading = html(self.words.column(ExportColumn::Highlights));
            writeln!(self.out, "<h3>{heading}</h3>\n<ul class=\"passages\">")?;
            for it in &row.marks.highlights {
                let (class, quote) = (class_of(it.color), html(&it.quote));
                let note = match it.note.is_empty() {
                    true => String::new(),
                    false => format!("<br><bdi>{}</bdi>", html(&it.note)),
                };
                writeln!(
                    self.out,
                    "<li dir=\"auto\"><mark class=\"{class}\">{quote}</mark>{note}</li>"
                )?;
            }
            writeln!(self.out, "</ul>")?;
        }
        Ok(())
    }

    fn facts(&mut self, row: &Row) -> Result<(), ExportError> {
        let latin = self.has(ExportColumn::Latin);
        let roles = self.has(ExportColumn::Roles);
        let named = |named: &[Named]| -> Vec<String> {
            let told = named.iter().map(|it| {
                let mut told = it.name.clone();
                if let Some(latin) = it.latin.as_ref().filter(|_| latin) {
                    told.push_str(&format!(" ({latin})"));
                }
                if roles && !it.roles.is_empty() {
                    told.push_str(&format!(": {}", it.roles.join("، ")));
                }
                told
            });
            told.collect()
        };
        let mut facts: Vec<(ExportColumn, Vec<String>)> = vec![
            (ExportColumn::People, named(&row.people)),
            (ExportColumn::Organisations, names(&row.organisations).collect()),
            (ExportColumn::Places, names(&row.places).collect()),
            (ExportColumn::Keywords, row.keywords.clone()),
            (ExportColumn::Tags, row.marks.tags.clone()),
            (
                ExportColumn::Story,
                row.story.map(|it| it.to_string()).into_iter().collect(),
            ),
            (ExportColumn::Language, row.language.clone().into_iter().collect()),
        ];
        facts.retain(|(column, values)| self.has(*column) && !values.is_empty());
        if facts.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "<dl class=\"facts\">")?;
        for (column, values) in facts {
            let values: Vec<String> = values.iter().map(|it| format!("<bdi>{}</bdi>", html(it))).collect();
            let (heading, between) = (html(self.words.column(column)), between(self.words.language));
            let values = values.join(between);
            writeln!(self.out, "<div><dt>{heading}</dt><dd>{values}</dd></div>")?;
        }
        writeln!(self.out, "</dl>")?;
        Ok(())
    }
}

impl<W: Write> ArticleWriter for HtmlWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        self.head(row)?;
        self.body(row)?;
        self.marks(row)?;
        self.facts(row)?;
        Ok(writeln!(self.out, "</article>")?)
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        writeln!(self.out, "</body>\n</html>")?;
        self.out.flush()?;
        Ok(Written::default())
    }
}

/// What stands between the parts of a list.
fn between(language: Language) -> &'static str {
    match language {
        Language::Arabic => "، ",
        Language::English => ", ",
    }
}

fn language(row: &Row) -> String {
    let tag = row
        .language
        .as_ref()
        .filter(|it| it.chars().all(|c| c.is_ascii_alphanumeric()));
    tag.map_or_else(String::new, |it| format!(" lang=\"{it}\""))
}

fn class_of(color: MarkColor) -> &'static str {
    match color {
        MarkColor::Yellow => "yellow",
        MarkColor::Green => "green",
        MarkColor::Blue => "blue",
        MarkColor::Pink => "pink",
        MarkColor::Purple => "purple",
    }
}

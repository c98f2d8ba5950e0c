//! Articles as BibTeX, for BibTeX, biblatex and reference managers: `@article` with the subtype of newspapers.
//!
//! Fields as in the manual of biblatex 3.20, §2.2 and §2.3: `journaltitle` with `journal` for BibTeX, `date` by what is known
//! of it with `year` and `month` for BibTeX, `langid` and `language`, `keywords` between commas. Names of authors are in
//! braces of their own, so that they stay as the file has them.

use std::io::Write;

use crate::archive::DatePrecision;
use crate::state::ExportWords;

use super::article_writer::{ArticleWriter, Written};
use super::cell::highlight;
use super::error::ExportError;
use super::escape::{bibtex, bibtex_address};
use super::row::Row;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Writes BibTeX.
pub struct BibtexWriter<'a, W: Write> {
    out: W,
    words: &'a ExportWords,
}

impl<'a, W: Write> BibtexWriter<'a, W> {
    /// Begins it.
    pub fn new(out: W, words: &'a ExportWords) -> Self {
        Self { out, words }
    }

    fn field(&mut self, name: &str, value: &str) -> Result<(), ExportError> {
        if !value.is_empty() {
            write!(self.out, ",\n  {name} = {{{value}}}")?;
        }
        Ok(())
    }
}

impl<W: Write> ArticleWriter for BibtexWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        write!(self.out, "@article{{{}", row.key())?;
        if let Some(author) = &row.author {
            self.field("author", &format!("{{{}}}", bibtex(author)))?;
        }
        self.field("title", &format!("{{{}}}", bibtex(&row.title)))?;
        let source = bibtex(row.source.as_deref().unwrap_or_default());
        self.field("journaltitle", &source)?;
        self.field("journal", &source)?;
        self.field("entrysubtype", "newspaper")?;
        if let Some(published) = row.published {
            self.field("date", &published.iso())?;
            self.field("year", &format!("{:04}", published.date.year()))?;
            let month = usize::try_from(published.date.month() - 1)
                .ok()
                .and_then(|it| MONTHS.get(it));
            if let Some(month) = month.filter(|_| published.precision != DatePrecision::Year) {
                write!(self.out, ",\n  month = {month}")?;
            }
        }
        self.field("url", &bibtex_address(row.address.as_deref().unwrap_or_default()))?;
        if let Some(language) = row.language.as_deref() {
            self.field("language", language)?;
            self.field("langid", langid(language))?;
        }
        let keywords = row
            .keywords_and_tags()
            .into_iter()
            .map(|it| bibtex(it).replace(',', ";"));
        let keywords: Vec<String> = keywords.collect();
        self.field("keywords", &keywords.join(", "))?;
        let highlights = row.marks.highlights.iter().map(|it| highlight(it, self.words));
        let notes: Vec<String> = std::iter::once(row.marks.note.clone())
            .filter(|it| !it.is_empty())
            .chain(highlights)
            .map(|it| bibtex(&it))
            .collect();
        self.field("annotation", &notes.join(" | "))?;
        write!(self.out, "\n}}\n\n")?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        self.out.flush()?;
        Ok(Written::default())
    }
}

/// The name that babel and polyglossia have for a language; empty for one that they have none for here.
fn langid(tag: &str) -> &'static str {
    match tag {
        "ar" => "arabic",
        "en" => "english",
        "fr" => "french",
        "fa" => "persian",
        "he" => "hebrew",
        "tr" => "turkish",
        "es" => "spanish",
        "de" => "german",
        "ru" => "russian",
        "ur" => "urdu",
        _ => "",
    }
}

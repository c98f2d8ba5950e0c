//! Articles as RIS, for reference managers: newspaper articles.
//!
//! The tags are those of "RIS Format Specifications" (Research Information Systems, 2001), of which programs read those used
//! here alike: TY, TI, AU, T2, PY, DA, UR, LA, KW, N1, N2, ID, ER. A date is `YYYY/MM/DD/`, with what is not known left empty.
//! A value is one line, as programs do not agree on how it would go on in the next. An author stands as the file names it,
//! not turned round: whether a part of an Arabic name is a family name is not known.

use std::io::Write;

use crate::archive::{DatePrecision, PublicationDate};
use crate::state::ExportWords;

use super::article_writer::{ArticleWriter, Written};
use super::cell::highlight;
use super::error::ExportError;
use super::escape::one_line;
use super::row::Row;

/// Writes RIS.
pub struct RisWriter<'a, W: Write> {
    out: W,
    words: &'a ExportWords,
}

impl<'a, W: Write> RisWriter<'a, W> {
    /// Begins it.
    pub fn new(out: W, words: &'a ExportWords) -> Self {
        Self { out, words }
    }

    fn tag(&mut self, tag: &str, value: &str) -> Result<(), ExportError> {
        let value = one_line(value);
        if !value.is_empty() {
            write!(self.out, "{tag}  - {value}\r\n")?;
        }
        Ok(())
    }
}

impl<W: Write> ArticleWriter for RisWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        self.tag("TY", "NEWS")?;
        self.tag("ID", &row.key())?;
        self.tag("TI", &row.title)?;
        self.tag("AU", row.author.as_deref().unwrap_or_default())?;
        self.tag("T2", row.source.as_deref().unwrap_or_default())?;
        if let Some(published) = row.published {
            self.tag("PY", &format!("{:04}", published.date.year()))?;
            self.tag("DA", &date(published))?;
        }
        self.tag("UR", row.address.as_deref().unwrap_or_default())?;
        self.tag("LA", row.language.as_deref().unwrap_or_default())?;
        for keyword in row.keywords_and_tags() {
            self.tag("KW", keyword)?;
        }
        self.tag("N1", &row.marks.note)?;
        for it in &row.marks.highlights {
            let line = highlight(it, self.words);
            self.tag("N1", &line)?;
        }
        self.tag("N2", &row.snippet)?;
        write!(self.out, "ER  - \r\n\r\n")?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        self.out.flush()?;
        Ok(Written::default())
    }
}

fn date(published: PublicationDate) -> String {
    let date = published.date;
    match published.precision {
        DatePrecision::Day => format!("{:04}/{:02}/{:02}/", date.year(), date.month(), date.day()),
        DatePrecision::Month => format!("{:04}/{:02}//", date.year(), date.month()),
        DatePrecision::Year => format!("{:04}///", date.year()),
    }
}

//! Articles as a table of text: RFC 4180, with the separator and the mark of its encoding that were chosen.
//!
//! A text that begins as a formula has an apostrophe before it: see [`without_formula`]. Lines within a cell end in a line
//! feed, those of the table as RFC 4180 wants them.

use std::io::Write;

use csv::Terminator;

use crate::arabic::letter::BOM;
use crate::state::{CsvLook, ExportColumn, ExportWords, Separator};

use super::article_writer::{ArticleWriter, Written};
use super::cell::cell;
use super::error::ExportError;
use super::escape::without_formula;
use super::row::Row;

/// Writes a table.
pub struct CsvWriter<'a, W: Write> {
    table: csv::Writer<W>,
    columns: &'a [ExportColumn],
    words: &'a ExportWords,
}

impl<'a, W: Write> CsvWriter<'a, W> {
    /// Begins it with its headings.
    pub fn new(
        mut out: W,
        columns: &'a [ExportColumn],
        look: CsvLook,
        words: &'a ExportWords,
    ) -> Result<Self, ExportError> {
        if look.has_bom {
            out.write_all(BOM.encode_utf8(&mut [0; 4]).as_bytes())?;
        }
        let separator = match look.separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        };
        let mut table = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(Terminator::CRLF)
            .from_writer(out);
        table.write_record(columns.iter().map(|it| words.column(*it)))?;
        Ok(Self { table, columns, words })
    }
}

impl<W: Write> ArticleWriter for CsvWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        for column in self.columns {
            let text = cell(row, *column, self.words);
            self.table.write_field(without_formula(&text).as_bytes())?;
        }
        Ok(self.table.write_record(None::<&[u8]>)?)
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        self.table.flush()?;
        Ok(Written::default())
    }
}

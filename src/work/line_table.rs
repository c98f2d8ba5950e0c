//! Lines of a concordance as a table for other programs.

use std::io::Write;

use crate::archive::PublicationDate;
use crate::index::KwicLine;

/// What stands between the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Commas.
    Csv,
    /// Tabs.
    Tsv,
}

/// A table that is being written, a line of a concordance in each of its rows.
pub struct LineTable<W: Write> {
    table: csv::Writer<W>,
}

impl<W: Write> LineTable<W> {
    /// Begins a table with the names of its columns.
    pub fn begin(out: W, format: TableFormat) -> Result<Self, csv::Error> {
        let delimiter = match format {
            TableFormat::Csv => b',',
            TableFormat::Tsv => b'\t',
        };
        let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        table.write_record([
            "path",
            "record",
            "title",
            "published",
            "source",
            "part",
            "before",
            "word",
            "after",
        ])?;
        Ok(Self { table })
    }

    /// Adds a line.
    pub fn add(&mut self, line: &KwicLine) -> Result<(), csv::Error> {
        self.table.write_record([
            &*line.path.to_string_lossy(),
            &line.record.to_string(),
            &line.title,
            &line.published.map(PublicationDate::iso).unwrap_or_default(),
            line.source.as_deref().unwrap_or_default(),
            if line.place.in_title { "title" } else { "body" },
            &line.before,
            &line.found,
            &line.after,
        ])
    }

    /// Writes what was not written yet.
    pub fn finish(mut self) -> Result<(), csv::Error> {
        Ok(self.table.flush()?)
    }
}

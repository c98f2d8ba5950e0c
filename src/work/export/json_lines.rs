//! Articles as JSON Lines: an object a line, with the ids of columns as names; lists are lists, what is unknown is null.

use std::io::Write;

use serde_json::{Map, Value, json};

use crate::state::ExportColumn;

use super::article_writer::{ArticleWriter, Written};
use super::error::ExportError;
use super::row::{Named, Row};

/// Writes lines.
pub struct JsonLinesWriter<'a, W: Write> {
    out: W,
    columns: &'a [ExportColumn],
}

impl<'a, W: Write> JsonLinesWriter<'a, W> {
    /// Begins it.
    pub fn new(out: W, columns: &'a [ExportColumn]) -> Self {
        Self { out, columns }
    }
}

impl<W: Write> ArticleWriter for JsonLinesWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        let fields = self.columns.iter();
        let object: Map<String, Value> = fields.map(|it| (it.id().to_owned(), value(row, *it))).collect();
        serde_json::to_writer(&mut self.out, &object)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        self.out.flush()?;
        Ok(Written::default())
    }
}

fn value(row: &Row, column: ExportColumn) -> Value {
    let names = |named: &[Named]| -> Value { named.iter().map(|it| it.name.as_str()).collect() };
    match column {
        ExportColumn::Title => json!(row.title),
        ExportColumn::Date => json!(row.published.map(|it| it.iso())),
        ExportColumn::DateProvenance => json!(row.published.map(|it| it.provenance)),
        ExportColumn::Source => json!(row.source),
        ExportColumn::Author => json!(row.author),
        ExportColumn::Address => json!(row.address),
        ExportColumn::Path => json!(row.path),
        ExportColumn::People => names(&row.people),
        ExportColumn::Organisations => names(&row.organisations),
        ExportColumn::Places => names(&row.places),
        ExportColumn::Roles => {
            let with_roles = row.people.iter().filter(|it| !it.roles.is_empty());
            with_roles.map(|it| (it.name.clone(), json!(it.roles))).collect()
        }
        ExportColumn::Latin => {
            let all = row.people.iter().chain(&row.organisations).chain(&row.places);
            all.filter_map(|it| Some((it.name.clone(), json!(it.latin.as_ref()?))))
                .collect()
        }
        ExportColumn::Keywords => json!(row.keywords),
        ExportColumn::Tags => json!(row.marks.tags),
        ExportColumn::Note => json!((!row.marks.note.is_empty()).then_some(&row.marks.note)),
        ExportColumn::Highlights => {
            let highlights = row.marks.highlights.iter();
            highlights
                .map(|it| json!({"quote": it.quote, "color": it.color, "note": it.note}))
                .collect()
        }
        ExportColumn::Starred => json!(row.marks.is_starred),
        ExportColumn::Read => json!(row.marks.is_read),
        ExportColumn::Story => json!(row.story),
        ExportColumn::Language => json!(row.language),
        ExportColumn::Snippet => json!(row.snippet),
        ExportColumn::Text => json!(row.body),
    }
}

//! Articles as CSL-JSON, for Zotero, Pandoc and other programs that cite: an array of items of the type
//! `article-newspaper`.
//!
//! After the schema of CSL 1.0.2 (`csl-data.json`). An author is `literal`, as the file names it: whether a part of an Arabic
//! name is a family name is not known. A date has as many parts as are known; one that was only inferred is `circa`.

use std::io::Write;

use serde_json::{Map, Value, json};

use crate::archive::{DatePrecision, DateProvenance, PublicationDate};
use crate::state::ExportWords;

use super::article_writer::{ArticleWriter, Written};
use super::cell::highlight;
use super::error::ExportError;
use super::row::Row;

/// Writes CSL-JSON.
pub struct CslWriter<'a, W: Write> {
    out: W,
    words: &'a ExportWords,
    n_items: u64,
}

impl<'a, W: Write> CslWriter<'a, W> {
    /// Begins it.
    pub fn new(out: W, words: &'a ExportWords) -> Self {
        Self { out, words, n_items: 0 }
    }
}

impl<W: Write> ArticleWriter for CslWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        self.out.write_all(if self.n_items == 0 { b"[\n" } else { b",\n" })?;
        self.n_items += 1;
        serde_json::to_writer(&mut self.out, &item(row, self.words))?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        self.out.write_all(if self.n_items == 0 { b"[]\n" } else { b"\n]\n" })?;
        self.out.flush()?;
        Ok(Written::default())
    }
}

fn item(row: &Row, words: &ExportWords) -> Map<String, Value> {
    let mut item = Map::new();
    let mut set = |name: &str, value: Value| {
        item.insert(name.to_owned(), value);
    };
    set("id", json!(row.key()));
    set("type", json!("article-newspaper"));
    set("title", json!(row.title));
    if let Some(source) = &row.source {
        set("container-title", json!(source));
    }
    if let Some(author) = &row.author {
        set("author", json!([{"literal": author}]));
    }
    if let Some(published) = row.published {
        set("issued", issued(published));
    }
    if let Some(address) = &row.address {
        set("URL", json!(address));
    }
    if let Some(language) = &row.language {
        set("language", json!(language));
    }
    let keywords = row.keywords_and_tags();
    if !keywords.is_empty() {
        set("keyword", json!(keywords.join(", ")));
    }
    let highlights = row.marks.highlights.iter().map(|it| highlight(it, words));
    let note = Some(row.marks.note.clone()).filter(|it| !it.is_empty());
    let notes: Vec<String> = note.into_iter().chain(highlights).collect();
    if !notes.is_empty() {
        set("note", json!(notes.join("\n")));
    }
    item
}

fn issued(published: PublicationDate) -> Value {
    let date = published.date;
    let parts = match published.precision {
        DatePrecision::Day => json!([date.year(), date.month(), date.day()]),
        DatePrecision::Month => json!([date.year(), date.month()]),
        DatePrecision::Year => json!([date.year()]),
    };
    match published.provenance {
        DateProvenance::Inferred => json!({"date-parts": [parts], "circa": true}),
        _ => json!({"date-parts": [parts]}),
    }
}

//! Articles as Markdown (CommonMark 0.31), with what was chosen of each below its headline.
//!
//! Markdown says nothing of directions: where the words are Arabic all stands in an element that says it, which programs
//! without HTML pass over.

use std::io::Write;

use crate::state::{ExportColumn, ExportWords, Language};

use super::article_writer::{ArticleWriter, Written};
use super::cell::{cell, highlight};
use super::error::ExportError;
use super::escape::markdown;
use super::row::Row;

/// Writes Markdown.
pub struct MarkdownWriter<'a, W: Write> {
    out: W,
    columns: &'a [ExportColumn],
    words: &'a ExportWords,
}

impl<'a, W: Write> MarkdownWriter<'a, W> {
    /// Begins it: what was found.
    pub fn new(mut out: W, columns: &'a [ExportColumn], words: &'a ExportWords) -> Result<Self, ExportError> {
        if words.language == Language::Arabic {
            write!(out, "<div dir=\"rtl\" lang=\"ar\">\n\n")?;
        }
        write!(out, "# {}\n\n", markdown(&words.found))?;
        Ok(Self { out, columns, words })
    }

    /// The facts of an article as a list.
    fn facts(&mut self, row: &Row) -> Result<(), ExportError> {
        for column in self.columns {
            let text = match column {
                ExportColumn::Title | ExportColumn::Note | ExportColumn::Highlights => continue,
                ExportColumn::Snippet | ExportColumn::Text => continue,
                ExportColumn::Date => row.published.map_or_else(String::new, |it| self.words.date(it)),
                ExportColumn::Address => row.address.as_ref().map_or_else(String::new, |it| format!("<{it}>")),
                column => markdown(&cell(row, *column, self.words)),
            };
            if !text.is_empty() {
                writeln!(self.out, "- {}: {text}", markdown(self.words.column(*column)))?;
            }
        }
        Ok(writeln!(self.out)?)
    }

    fn quoted(&mut self, column: ExportColumn, lines: &[String]) -> Result<(), ExportError> {
        if lines.iter().all(|it| it.is_empty()) || !self.columns.contains(&column) {
            return Ok(());
        }
        write!(self.out, "### {}\n\n", markdown(self.words.column(column)))?;
        for it in lines {
            for line in markdown(it).lines() {
                writeln!(self.out, "> {line}  ")?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }
}

impl<W: Write> ArticleWriter for MarkdownWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        write!(self.out, "## {}\n\n", markdown(&row.title))?;
        self.facts(row)?;
        if self.columns.contains(&ExportColumn::Snippet) && !row.snippet.is_empty() {
            write!(self.out, "> {}\n\n", markdown(&row.snippet))?;
        }
        if self.columns.contains(&ExportColumn::Text) {
            for paragraph in row.body.split("\n\n").filter(|it| !it.trim().is_empty()) {
                // A break of lines within a paragraph stays one.
                write!(self.out, "{}\n\n", markdown(paragraph.trim()).replace('\n', "  \n"))?;
            }
        }
        self.quoted(ExportColumn::Note, std::slice::from_ref(&row.marks.note))?;
        let highlights = row.marks.highlights.iter().map(|it| highlight(it, self.words));
        self.quoted(ExportColumn::Highlights, &highlights.collect::<Vec<_>>())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        if self.words.language == Language::Arabic {
            writeln!(self.out, "</div>")?;
        }
        self.out.flush()?;
        Ok(Written::default())
    }
}

//! Workbooks of LibreOffice, read cell by cell. `calamine` reads them as well; it keeps each cell that is repeated as often
//! as the file says, and reads on for ever in a file that is cut off within a sheet (version 0.38).

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Seek};

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::archive::bound::Bound;
use crate::archive::reason::Damage;
use crate::archive::record::{Outcome, Refusal, Sink};

use super::super::office::{attribute, entity};
use super::super::parts;
use super::rows::{Cell, Workbook};

/// Reads a workbook.
pub fn read_ods(sink: &mut dyn Sink, zip: &mut ZipArchive<impl Read + Seek>) -> Outcome {
    const CONTENT: &str = "content.xml";
    // A text of any length may stand between two tags.
    sink.check_size(u64::MAX)?;
    let content = zip.by_name(CONTENT).map_err(parts::refusal)?;
    let mut cells = Cells::new(BufReader::new(content));
    let mut sheets = Workbook::new(sink);
    while let Some(name) = cells.next_sheet()? {
        sheets.read(&name, || cells.next_cell())?;
    }
    let is_cut_off = cells.is_at_end && !cells.is_whole;
    if is_cut_off {
        sheets.sink.refuse_member(CONTENT, Damage::CutOff.into())?;
    }
    sheets.finish()
}

/// The cells of a workbook, sheet by sheet.
struct Cells<R> {
    xml: XmlReader<R>,
    buffer: Vec<u8>,
    row: u32,
    column: u32,
    /// Those that are read and not passed on.
    ready: VecDeque<Cell>,
    is_at_end: bool,
    /// Whether the end of the content was seen.
    is_whole: bool,
}

impl<R: BufRead> Cells<R> {
    fn new(bytes: R) -> Self {
        Self {
            xml: XmlReader::from_reader(bytes),
            buffer: Vec::new(),
            row: 0,
            column: 0,
            ready: VecDeque::new(),
            is_at_end: false,
            is_whole: false,
        }
    }

    fn event(&mut self) -> Result<Event<'static>, Refusal> {
        self.buffer.clear();
        match self.xml.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => {
                self.is_at_end = true;
                Ok(Event::Eof)
            }
            Ok(event) => Ok(event.into_owned()),
            Err(err) => {
                self.is_at_end = true;
                Err(Refusal::damaged_by(err))
            }
        }
    }

    /// The name of the next sheet.
    fn next_sheet(&mut self) -> Result<Option<String>, Refusal> {
        while !self.is_at_end {
            match self.event()? {
                Event::Start(tag) if tag.local_name().as_ref() == b"table" => {
                    (self.row, self.column) = (0, 0);
                    return Ok(Some(attribute(&tag, b"name").unwrap_or_default()));
                }
                Event::Start(tag) if tag.local_name().as_ref() == b"tracked-changes" => self.pass_over()?,
                Event::End(tag) if tag.local_name().as_ref() == b"document-content" => self.is_whole = true,
                _ => {}
            }
        }
        Ok(None)
    }

    /// Passes over what is within the element that has begun.
    fn pass_over(&mut self) -> Result<(), Refusal> {
        let mut depth = 1_u32;
        while depth != 0 && !self.is_at_end {
            match self.event()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// The next cell of the sheet that is not empty.
    fn next_cell(&mut self) -> Result<Option<Cell>, Refusal> {
        while self.ready.is_empty() && !self.is_at_end {
            match self.event()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    b"table-row" => self.column = 0,
                    b"table-cell" | b"covered-table-cell" => self.cell(&tag)?,
                    // Pictures and charts, which may have tables of their own.
                    b"shapes" | b"forms" => self.pass_over()?,
                    _ => {}
                },
                Event::Empty(tag) if is_cell(&tag) => self.column = self.column.saturating_add(times(&tag)),
                Event::Empty(tag) if tag.local_name().as_ref() == b"table-row" => self.row += 1,
                Event::End(tag) if tag.local_name().as_ref() == b"table-row" => self.row += 1,
                Event::End(tag) if tag.local_name().as_ref() == b"table" => break,
                _ => {}
            }
        }
        Ok(self.ready.pop_front())
    }

    /// Reads a cell that has begun.
    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let (shown, link) = self.shown()?;
        let value = |name| attribute(tag, name).filter(|it| !it.is_empty());
        let text = match attribute(tag, b"value-type").as_deref() {
            Some("date") => value(b"date-value").map(|it| it.replace('T', " ")),
            Some("float") => value(b"value"),
            _ => None,
        };
        let text = text.unwrap_or(shown);
        let rows = attribute(tag, b"number-rows-spanned").and_then(|it| it.parse().ok());
        let last_row = self.row.saturating_add(rows.unwrap_or(1_u32).saturating_sub(1));
        let n = times(tag);
        // Of a row that is repeated, one is enough; so it is of the cells beyond those that are read.
        for nth in 0..n.min(Bound::Fields.limit() as u32) {
            if !text.trim().is_empty() {
                self.ready.push_back(Cell {
                    row: self.row,
                    column: self.column.saturating_add(nth),
                    text: text.clone(),
                    last_row,
                    link: link.clone(),
                });
            }
        }
        self.column = self.column.saturating_add(n);
        Ok(())
    }

    /// The text of the cell that has begun, and the address of its link.
    fn shown(&mut self) -> Result<(String, Option<String>), Refusal> {
        let (mut text, mut link) = (String::new(), None);
        let mut depth = 1_u32;
        while depth != 0 && !self.is_at_end {
            match self.event()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    b"annotation" => self.pass_over()?,
                    name => {
                        if name == b"p" && !text.is_empty() {
                            text.push('\n');
                        }
                        if name == b"a" {
                            link = attribute(&tag, b"href").filter(|it| it.contains("://"));
                        }
                        depth += 1;
                    }
                },
                Event::Empty(tag) => match tag.local_name().as_ref() {
                    b"s" | b"tab" => text.push(' '),
                    b"line-break" => text.push('\n'),
                    b"p" if !text.is_empty() => text.push('\n'),
                    _ => {}
                },
                Event::End(_) => depth -= 1,
                Event::Text(it) => text.push_str(&String::from_utf8_lossy(&it)),
                Event::GeneralRef(it) => text.push_str(&entity(&it)),
                _ => {}
            }
        }
        Ok((text, link))
    }
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    matches!(tag.local_name().as_ref(), b"table-cell" | b"covered-table-cell")
}

/// How often a cell is repeated.
fn times(tag: &BytesStart<'_>) -> u32 {
    let n = attribute(tag, b"number-columns-repeated").and_then(|it| it.parse().ok());
    n.unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet's name and its cells: row, column, text.
    type OfSheet = (String, Vec<(u32, u32, String)>);

    fn cells(content: &str) -> Vec<OfSheet> {
        let mut cells = Cells::new(content.as_bytes());
        let mut sheets = Vec::new();
        while let Some(name) = cells.next_sheet().unwrap() {
            let mut found = Vec::new();
            while let Some(cell) = cells.next_cell().unwrap() {
                found.push((cell.row, cell.column, cell.text));
            }
            sheets.push((name, found));
        }
        sheets
    }

    #[test]
    fn cells_are_read_in_their_places() {
        let content = "<document-content><table:table table:name=\"أ\"><table:table-row table:number-rows-repeated=\"9\">\
            <table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"date\" \
            office:date-value=\"2024-03-03T10:00:00\"><text:p>الأحد</text:p></table:table-cell><table:table-cell \
            table:number-columns-repeated=\"2\"><office:annotation><text:p>x</text:p></office:annotation><text:p>a<text:s/>\
            <text:span>b</text:span>&amp;</text:p><text:p>c</text:p></table:table-cell></table:table-row><table:table-row/>\
            <table:table-row><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table>\
            <table:table table:name=\"ب\"><table:table-row><table:table-cell><text:p>e";
        let expected = [
            (0, 2, "2024-03-03 10:00:00".to_owned()),
            (0, 3, "a b&\nc".to_owned()),
            (0, 4, "a b&\nc".to_owned()),
            (2, 0, "d".to_owned()),
        ];
        let last = vec![(0, 0, "e".to_owned())];
        assert_eq!(
            cells(content),
            [("أ".to_owned(), expected.to_vec()), ("ب".to_owned(), last)]
        );
    }
}

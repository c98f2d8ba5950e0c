//! Articles as a workbook of Excel: sheets that are read from right to left where the words are Arabic, with a row of
//! headings that stays in place and filters.
//!
//! What Excel holds ("Excel specifications and limits", Microsoft): 1,048,576 rows in a sheet, beyond which another sheet is
//! begun; 32,767 characters in a cell, beyond which a text is cut, which is told; 65,530 links in a sheet, beyond which
//! addresses are texts. Every text is written as one, never as a formula; one that begins as a formula has the mark that
//! keeps it a text when it is edited.
//!
//! Each text says its direction: left to themselves, programs lay out «92 ألف طن» from left to right, as it begins with
//! digits.
//!
//! A date is one only where its day is known, and is a text otherwise: no day is invented. Before March 1900 it is a text,
//! too: Excel has a 29 February 1900 and no days before that year.
//!
//! Rows go to a temporary file as they come, so that memory does not grow with them.

use std::any::Any;
use std::borrow::Cow;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};

use crate::arabic::days::epoch_day;
use crate::arabic::letter;
use crate::archive::{DatePrecision, PublicationDate};
use crate::state::{ExportColumn, ExportWords, Language};

use super::article_writer::{ArticleWriter, Written};
use super::cell::cell;
use super::error::ExportError;
use super::escape::is_formula;
use super::row::Row;

/// The rows of a sheet, headings included.
const MOST_ROWS: u32 = 1_048_576;
/// The links of a sheet.
const MOST_LINKS: u32 = 65_530;
/// A longer address is no link, in characters.
const LONGEST_LINK: usize = 2_079;
/// The text of a cell, in UTF-16 units, as Excel counts.
const LONGEST_TEXT: usize = 32_767;
/// The first date that means the same day in every program.
const FIRST_DATE: Date = date(1900, 3, 1);
/// 1 January 1970 as Excel counts days.
const EPOCH: f64 = 25_569.0;

/// Writes a workbook.
pub struct XlsxWriter<'a, W: Write + Send> {
    out: W,
    workbook: Workbook,
    columns: &'a [ExportColumn],
    words: &'a ExportWords,
    formats: Formats,
    limits: Limits,
    n_sheets: usize,
    /// The next row of the last sheet.
    next_row: u32,
    n_links: u32,
    written: Written,
}

/// How cells look.
struct Formats {
    heading: Format,
    /// From left to right, and from right to left.
    text: [Format; 2],
    /// Of a text that begins as a formula.
    guarded: [Format; 2],
    number: Format,
    /// Of a date whose day is not known.
    part_of_date: Format,
    date: Format,
    link: Format,
}

/// What a sheet holds; smaller in tests.
struct Limits {
    rows: u32,
    links: u32,
}

impl<'a, W: Write + Send> XlsxWriter<'a, W> {
    /// Begins it; temporary files lie in `dir`, on whose disk there has to be room for the result, too.
    pub fn new(
        out: W,
        dir: Option<&Path>,
        columns: &'a [ExportColumn],
        words: &'a ExportWords,
    ) -> Result<Self, ExportError> {
        let limits = Limits {
            rows: MOST_ROWS,
            links: MOST_LINKS,
        };
        Self::with_limits(out, dir, columns, words, limits)
    }

    fn with_limits(
        out: W,
        dir: Option<&Path>,
        columns: &'a [ExportColumn],
        words: &'a ExportWords,
        limits: Limits,
    ) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        if let Some(dir) = dir {
            workbook.set_tempdir(dir)?;
        }
        let top = || Format::new().set_align(FormatAlign::Top);
        let mut it = Self {
            out,
            workbook,
            columns,
            words,
            formats: Formats {
                heading: top().set_bold(),
                text: [1, 2].map(|it| top().set_reading_direction(it)),
                guarded: [1, 2].map(|it| top().set_reading_direction(it).set_quote_prefix()),
                number: top(),
                part_of_date: top().set_align(FormatAlign::Right),
                date: top().set_num_format("yyyy-mm-dd"),
                link: top().set_hyperlink(),
            },
            limits,
            n_sheets: 0,
            next_row: 0,
            n_links: 0,
            written: Written::default(),
        };
        it.begin_sheet()?;
        Ok(it)
    }

    fn begin_sheet(&mut self) -> Result<(), ExportError> {
        self.end_sheet()?;
        self.n_sheets += 1;
        (self.next_row, self.n_links) = (1, 0);
        let name = match self.n_sheets {
            1 => self.words.articles.to_owned(),
            n => format!("{} {n}", self.words.articles),
        };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_right_to_left(self.words.language == Language::Arabic);
        sheet.set_freeze_panes(1, 0)?;
        for (idx, column) in (0..).zip(self.columns) {
            sheet.set_column_width(idx, width(*column))?;
            sheet.write_string_with_format(0, idx, self.words.column(*column), &self.formats.heading)?;
        }
        Ok(())
    }

    /// Gives the last sheet its filters, once it is known how many rows it has.
    fn end_sheet(&mut self) -> Result<(), ExportError> {
        let (Some(sheet), Some(last)) = (self.n_sheets.checked_sub(1), self.columns.len().checked_sub(1)) else {
            return Ok(());
        };
        let last = u16::try_from(last).unwrap_or(u16::MAX);
        let sheet = self.workbook.worksheet_from_index(sheet)?;
        sheet.autofilter(0, 0, self.next_row - 1, last)?;
        Ok(())
    }

    fn write_row(&mut self, row: &Row) -> Result<(), ExportError> {
        if self.limits.rows <= self.next_row {
            self.begin_sheet()?;
        }
        let at = self.next_row;
        let sheet = self.workbook.worksheet_from_index(self.n_sheets - 1)?;
        for (idx, column) in (0..).zip(self.columns) {
            if let (ExportColumn::Date, Some(serial)) = (column, row.published.and_then(serial)) {
                sheet.write_number_with_format(at, idx, serial, &self.formats.date)?;
                continue;
            }
            if let (ExportColumn::Story, Some(story)) = (column, row.story) {
                sheet.write_number_with_format(at, idx, story, &self.formats.number)?;
                continue;
            }
            let text = cell(row, *column, self.words);
            let (text, is_cut) = cut(&text, self.words.cut);
            self.written.cut_cells += u64::from(is_cut);
            if *column == ExportColumn::Address && !text.is_empty() {
                let is_link = self.n_links < self.limits.links && text.chars().count() <= LONGEST_LINK;
                if is_link && write_link(sheet, (at, idx), &text, &self.formats.link)? {
                    self.n_links += 1;
                    continue;
                }
                self.written.plain_links += 1;
            }
            if text.is_empty() {
                continue;
            }
            let is_rtl = letter::first_strong_is_rtl(&text).unwrap_or(false);
            let format = match is_formula(&text) {
                _ if *column == ExportColumn::Date => &self.formats.part_of_date,
                true => &self.formats.guarded[usize::from(is_rtl)],
                false => &self.formats.text[usize::from(is_rtl)],
            };
            sheet.write_string_with_format(at, idx, text, format)?;
        }
        self.next_row += 1;
        Ok(())
    }

    fn save(&mut self) -> Result<(), ExportError> {
        self.end_sheet()?;
        self.workbook.save_to_writer(&mut self.out)?;
        Ok(self.out.flush()?)
    }
}

impl<W: Write + Send> ArticleWriter for XlsxWriter<'_, W> {
    fn write(&mut self, row: &Row) -> Result<(), ExportError> {
        without_panic(|| self.write_row(row))
    }

    fn finish(mut self: Box<Self>) -> Result<Written, ExportError> {
        without_panic(|| self.save())?;
        Ok(self.written)
    }
}

/// The library panics where its temporary file cannot be written, which is an error like any other. The workbook is not
/// used any more after that.
fn without_panic(write: impl FnOnce() -> Result<(), ExportError>) -> Result<(), ExportError> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|panic| Err(ExportError::Temporary(words_of(&*panic))))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    words.unwrap_or_default().to_owned()
}

/// Writes an address as a link; returns whether the format takes it for one.
fn write_link(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    address: &str,
    format: &Format,
) -> Result<bool, ExportError> {
    match sheet.write_url_with_format(row, column, Url::new(address), format) {
        Ok(_) => Ok(true),
        Err(XlsxError::UnknownUrlType(_) | XlsxError::MaxUrlLengthExceeded) => Ok(false),
        Err(err) => Err(err.into()),
    }
}

/// A date as Excel counts days; nothing where its day is not known, or where Excel has no such day.
fn serial(published: PublicationDate) -> Option<f64> {
    let is_day = published.precision == DatePrecision::Day && FIRST_DATE <= published.date;
    is_day.then(|| f64::from(epoch_day(published.date)) + EPOCH)
}

/// A text that fits a cell, and whether it was cut for that.
fn cut<'t>(text: &'t str, mark: &str) -> (Cow<'t, str>, bool) {
    // A byte is at most one unit.
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        return (Cow::Borrowed(text), false);
    }
    let room = LONGEST_TEXT - mark.encode_utf16().count();
    let mut n_units = 0;
    let fits = |c: &char| {
        n_units += c.len_utf16();
        n_units <= room
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.push_str(mark);
    (Cow::Owned(kept), true)
}

/// How wide a column is, in digits. Picked by feel.
fn width(column: ExportColumn) -> f64 {
    match column {
        ExportColumn::Title | ExportColumn::Snippet | ExportColumn::Text => 60.0,
        ExportColumn::Address | ExportColumn::Path | ExportColumn::Note | ExportColumn::Highlights => 36.0,
        ExportColumn::People | ExportColumn::Organisations | ExportColumn::Places | ExportColumn::Roles => 36.0,
        ExportColumn::Latin | ExportColumn::Keywords | ExportColumn::Tags => 30.0,
        ExportColumn::Source | ExportColumn::Author | ExportColumn::DateProvenance => 20.0,
        ExportColumn::Date => 12.0,
        ExportColumn::Starred | ExportColumn::Read | ExportColumn::Story | ExportColumn::Language => 9.0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};

    use crate::archive::DateProvenance;
    use crate::work::export::write::tests_words::english_words;

    use super::*;

    fn on(date: Date, precision: DatePrecision) -> Option<PublicationDate> {
        Some(PublicationDate {
            date,
            precision,
            provenance: DateProvenance::Metadata,
        })
    }

    fn read(rows: &[Row], columns: &[ExportColumn], limits: Limits) -> (Vec<(String, Vec<Vec<Data>>)>, Written) {
        let (words, mut bytes) = (english_words(), Vec::new());
        let mut writer = Box::new(XlsxWriter::with_limits(&mut bytes, None, columns, &words, limits).unwrap());
        for row in rows {
            writer.write(row).unwrap();
        }
        let written = writer.finish().unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let sheets = book.worksheets().into_iter();
        let sheets = sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect()));
        (sheets.collect(), written)
    }

    const LIMITS: Limits = Limits {
        rows: MOST_ROWS,
        links: MOST_LINKS,
    };

    #[test]
    fn a_date_is_one_only_where_its_day_is_known() {
        let dated = |published| Row {
            published,
            ..Row::default()
        };
        let rows = [
            dated(on(date(2023, 10, 28), DatePrecision::Day)),
            dated(on(date(2023, 10, 1), DatePrecision::Month)),
            dated(on(date(1899, 5, 2), DatePrecision::Day)),
            dated(on(date(1900, 2, 28), DatePrecision::Day)),
            dated(on(date(1900, 3, 1), DatePrecision::Day)),
            dated(None),
        ];
        let (sheets, _) = read(&rows, &[ExportColumn::Date, ExportColumn::Title], LIMITS);
        let cells: Vec<Data> = sheets[0].1.iter().skip(1).map(|row| row[0].clone()).collect();
        let days = |it: &Data| match it {
            Data::DateTime(it) => it.as_f64(),
            other => panic!("{other:?}"),
        };
        assert_eq!(days(&cells[0]), 45227.0);
        assert_eq!(cells[1], Data::String("2023-10".into()));
        assert_eq!(cells[2], Data::String("1899-05-02".into()));
        assert_eq!(cells[3], Data::String("1900-02-28".into()));
        assert_eq!(days(&cells[4]), 61.0);
    }

    #[test]
    fn what_a_sheet_does_not_hold_goes_to_the_next_and_links_beyond_the_most_are_texts() {
        let row = |n: u32| Row {
            title: format!("=خبر {n}"),
            address: Some(format!("https://example.org/{n}")),
            ..Row::default()
        };
        let rows: Vec<Row> = (0..7).map(row).collect();
        let limits = Limits { rows: 4, links: 2 };
        let (sheets, written) = read(&rows, &[ExportColumn::Title, ExportColumn::Address], limits);
        let shape: Vec<(&str, usize)> = sheets.iter().map(|(name, rows)| (name.as_str(), rows.len())).collect();
        assert_eq!(shape, [("articles", 4), ("articles 2", 4), ("articles 3", 2)]);
        assert_eq!(written.plain_links, 2);
        assert_eq!(sheets[2].1[0][0], Data::String("title".into()));
        assert_eq!(sheets[2].1[1][0], Data::String("=خبر 6".into()));
        assert_eq!(sheets[0].1[3][1], Data::String("https://example.org/2".into()));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_and_says_so() {
        let long = "ن😀".repeat(20_000);
        let (kept, is_cut) = cut(&long, " …");
        assert!(is_cut && kept.ends_with(" …"));
        assert!((LONGEST_TEXT - 1..=LONGEST_TEXT).contains(&kept.encode_utf16().count()));
        assert!(!cut(&"ن".repeat(LONGEST_TEXT), " …").1);
        let row = Row {
            body: long,
            ..Row::default()
        };
        let (_, written) = read(&[row], &[ExportColumn::Text, ExportColumn::Title], LIMITS);
        assert_eq!(written.cut_cells, 1);
    }
}

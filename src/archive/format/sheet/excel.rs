//! Workbooks of Excel. Those of Excel 2007 and later are read cell by cell; of older ones, which have at most 65,536 rows,
//! `calamine` keeps a sheet in memory.

use std::collections::HashMap;
use std::io::{Cursor, Read, Seek};
use std::panic::{self, AssertUnwindSafe};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, Xls, XlsError, Xlsb, Xlsx};
use zip::ZipArchive;

use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{Outcome, Refusal, Sink, Stop};

use super::super::parts::{self, ReadSeek};
use super::rows::{Cell, Workbook};

/// The limit for what of a workbook must be in memory: the texts that its cells have in common, its styles. In bytes, as
/// the zip states them. A guess: a million headlines and texts.
const MAX_COMMON: u64 = 512 << 20;
/// Of longer sheets, merged cells and links are not looked for, each of which takes as long as reading the sheet. In
/// bytes. A guess.
const MAX_LOOKED_AT_AGAIN: u64 = 64 << 20;

/// Reads a workbook of Excel 2007 or later.
pub fn read_xlsx(sink: &mut dyn Sink, bytes: &mut dyn ReadSeek) -> Outcome {
    let longest = check(sink, bytes)?;
    let mut book = caught(|| Xlsx::new(bytes))?.map_err(Refusal::damaged_by)?;
    let mut sheets = Workbook::new(sink);
    for name in sheet_names(&book) {
        let mut marks = Marks::default();
        if longest <= MAX_LOOKED_AT_AGAIN {
            // What cannot be read of them is told when the cells are read.
            let merged = caught(|| book.merge_cells_by_sheet_name(&name).unwrap_or_default());
            marks.merged = last_rows(merged.unwrap_or_default());
            let links = caught(|| book.hyperlinks_by_sheet_name(&name).unwrap_or_default());
            let links = links
                .unwrap_or_default()
                .into_iter()
                .filter_map(|it| Some((it.range.start, it.target?)));
            marks.links = links.filter(|(_, it)| it.contains("://")).collect();
        }
        match caught(|| book.worksheet_cells_reader(&name)).and_then(|it| it.map_err(Refusal::damaged_by)) {
            Ok(mut cells) => sheets.read(&name, || {
                caught(|| {
                    let cell = cells.next_cell().map_err(Refusal::damaged_by)?;
                    Ok(cell.map(|it| marks.cell(it.get_position(), text_of_ref(it.get_value()))))
                })?
            })?,
            Err(err) => sheets.sink.refuse_member(&name, err)?,
        }
    }
    sheets.finish()
}

/// Reads a workbook of Excel 2007 or later in its binary form.
pub fn read_xlsb(sink: &mut dyn Sink, bytes: &mut dyn ReadSeek) -> Outcome {
    check(sink, bytes)?;
    let mut book = caught(|| Xlsb::new(bytes))?.map_err(Refusal::damaged_by)?;
    let mut sheets = Workbook::new(sink);
    for name in sheet_names(&book) {
        let marks = Marks::default();
        match caught(|| book.worksheet_cells_reader(&name)).and_then(|it| it.map_err(Refusal::damaged_by)) {
            Ok(mut cells) => sheets.read(&name, || {
                caught(|| {
                    let cell = cells.next_cell().map_err(Refusal::damaged_by)?;
                    Ok(cell.map(|it| marks.cell(it.get_position(), text_of_ref(it.get_value()))))
                })?
            })?,
            Err(err) => sheets.sink.refuse_member(&name, err)?,
        }
    }
    sheets.finish()
}

/// Reads a workbook of Excel 97 to 2003, or 95.
pub fn read_xls(sink: &mut dyn Sink, bytes: Vec<u8>) -> Outcome {
    // Two cells far from each other take as much memory as all between them.
    sink.check_size(u64::MAX)?;
    let mut book = caught(|| Xls::new(Cursor::new(bytes)))?.map_err(|err| match err {
        XlsError::Password => Reason::Locked.into(),
        err => Refusal::damaged_by(err),
    })?;
    let mut sheets = Workbook::new(sink);
    for name in sheet_names(&book) {
        let marks = Marks {
            merged: last_rows(caught(|| book.merge_cells_by_sheet_name(&name).unwrap_or_default()).unwrap_or_default()),
            ..Marks::default()
        };
        match caught(|| book.worksheet_range(&name)).and_then(|it| it.map_err(Refusal::damaged_by)) {
            Ok(range) => {
                let (first_row, first_column) = range.start().unwrap_or_default();
                let mut cells = range.used_cells();
                sheets.read(&name, || {
                    let Some((row, column, value)) = cells.next() else {
                        return Ok(None);
                    };
                    let position = (first_row + row as u32, first_column + column as u32);
                    Ok(Some(marks.cell(position, text_of(value))))
                })?;
            }
            Err(err) => sheets.sink.refuse_member(&name, err)?,
        }
    }
    sheets.finish()
}

/// Calls the library, which believes the lengths and places in a workbook: where they are damaged it may panic.
fn caught<T>(call: impl FnOnce() -> T) -> Result<T, Refusal> {
    let called = panic::catch_unwind(AssertUnwindSafe(call));
    called.map_err(|_told_by_the_hook| Damage::Other("its parts contradict each other".to_owned()).into())
}

/// Asks before a workbook is opened, which unpacks what its sheets have in common. Returns the length of its longest
/// sheet, in bytes, as the zip states it.
fn check(sink: &dyn Sink, bytes: &mut dyn ReadSeek) -> Result<u64, Stop> {
    let mut zip = ZipArchive::new(bytes).map_err(parts::refusal)?;
    let (mut common, mut longest) = (0_u64, 0);
    for idx in 0..zip.len() {
        let part = zip.by_index_raw(idx).map_err(parts::refusal)?;
        let name = part.name_raw().to_ascii_lowercase();
        match () {
            () if name.starts_with(b"xl/worksheets/") => longest = longest.max(part.size()),
            () if name.starts_with(b"xl/media/") => {}
            () => common = common.saturating_add(part.size()),
        }
    }
    if MAX_COMMON < common {
        return Err(Reason::TooLarge { limit: MAX_COMMON }.into());
    }
    // What a zip states may be wrong.
    sink.check_size(u64::MAX)?;
    Ok(longest)
}

/// The names of a workbook's sheets that are tables, in their order.
fn sheet_names<R: Read + Seek, B: Reader<R>>(book: &B) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    let tables = sheets.filter(|it| it.typ == SheetType::WorkSheet);
    tables.map(|it| it.name.clone()).collect()
}

/// What a sheet says of some cells apart from them, by their rows and columns.
#[derive(Default)]
struct Marks {
    /// The last rows of those that are merged with those below.
    merged: HashMap<(u32, u32), u32>,
    links: HashMap<(u32, u32), String>,
}

impl Marks {
    fn cell(&self, position: (u32, u32), text: String) -> Cell {
        let (row, column) = position;
        Cell {
            row,
            column,
            text,
            last_row: self.merged.get(&position).copied().unwrap_or(row),
            link: self.links.get(&position).cloned(),
        }
    }
}

fn last_rows(merged: Vec<Dimensions>) -> HashMap<(u32, u32), u32> {
    let down = merged.into_iter().filter(|it| it.start.0 < it.end.0);
    down.map(|it| (it.start, it.end.0)).collect()
}

fn text_of_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(it) => it.to_string(),
        DataRef::DateTime(it) => date_and_time(it),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn text_of(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(it) => it.to_string(),
        Data::DateTime(it) => date_and_time(it),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// A day, with its time if it has one; a time without a day is no date.
fn date_and_time(value: &ExcelDateTime) -> String {
    /// Excel counts up to the year 9999.
    const LAST_DAY: f64 = 2_958_466.0;
    let days = value.as_f64();
    if !value.is_datetime() || !(0.0..LAST_DAY).contains(&days) {
        return days.to_string();
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let date = format!("{year:04}-{month:02}-{day:02}");
    match days {
        _ if days < 1.0 => time,
        _ if days.fract() == 0.0 => date,
        _ => format!("{date} {time}"),
    }
}

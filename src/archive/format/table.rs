//! Tables with an article per row: CSV, TSV.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ReaderBuilder, StringRecord};

use crate::archive::date;
use crate::archive::encoding;
use crate::archive::origin::FieldRole;
use crate::archive::reason::Reason;
use crate::archive::record::{MAX_BYTES, MAX_RECORD, Outcome, Record, Refusal, Sink};

use super::fields::{self, Mapping};

/// The signs between columns, the usual ones first. Excel writes ";" where the comma is the decimal sign.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows are examined for the roles of columns without names. A guess.
const ROWS_LOOKED_AT: usize = 20;

/// Reads a table. If no separator is given, it is detected.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead, head: &[u8], separator: Option<u8>) -> Outcome {
    let (found, _) = encoding::detect(head);
    let encoding = sink.encoding().unwrap_or(found);
    let start = encoding::decode(head, Some(encoding)).text;
    let separator = separator.unwrap_or_else(|| separator_of(&start, &mut Mapping::new(sink.field_roles().clone())));
    let since_row = Rc::new(Cell::new(0));
    let mut rows = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(Limited {
            bytes: encoding::transcode(bytes, encoding, MAX_BYTES),
            since_row: Rc::clone(&since_row),
        });
    let mut mapping = Mapping::new(sink.field_roles().clone());
    let mut names: Option<Vec<String>> = None;
    let mut waiting: Vec<StringRecord> = Vec::new();
    let mut row = StringRecord::new();
    let n_before = sink.n_articles();
    loop {
        let has_row = rows.read_record(&mut row).map_err(Refusal::damaged_by)?;
        since_row.set(0);
        match &names {
            Some(names) if has_row => emit(sink, names, &row, &mut mapping, encoding.name())?,
            Some(_) => break,
            None => {
                if has_row {
                    waiting.push(row.clone());
                }
                let is_header = waiting.len() == 1 && is_header(&waiting[0], &mut mapping);
                if is_header || waiting.len() == ROWS_LOOKED_AT || !has_row {
                    let first = usize::from(is_header);
                    let found = if is_header {
                        header_names(&waiting[0])
                    } else {
                        guessed_names(&waiting, &mut mapping)
                    };
                    for row in &waiting[first.min(waiting.len())..] {
                        emit(sink, &found, row, &mut mapping, encoding.name())?;
                    }
                    waiting.clear();
                    names = Some(found);
                    if !has_row {
                        break;
                    }
                }
            }
        }
    }
    if sink.n_articles() == n_before {
        return Err(Reason::NoArticles.into());
    }
    Ok(())
}

fn emit(
    sink: &mut dyn Sink,
    names: &[String],
    row: &StringRecord,
    mapping: &mut Mapping,
    encoding: &'static str,
) -> Outcome {
    let name = |idx: usize| names.get(idx).cloned().unwrap_or_else(|| (idx + 1).to_string());
    let mut fields = fields::Fields::new();
    for (idx, value) in row.iter().enumerate().filter(|(_, it)| !it.trim().is_empty()) {
        let value = encoding::repaired(value).unwrap_or_else(|| value.to_owned());
        fields::add(&mut fields, name(idx), value, mapping);
    }
    if fields.is_empty() || !mapping.is_article(fields.iter().map(|(name, _)| name.as_str())) {
        return Ok(());
    }
    let has_errors = row.iter().any(|it| it.contains('\u{FFFD}'));
    sink.emit(Record {
        encoding,
        has_errors,
        ..fields::record(fields, mapping)
    })
}

fn header_names(row: &StringRecord) -> Vec<String> {
    row.iter()
        .map(|it| it.trim().trim_start_matches('\u{FEFF}').to_owned())
        .collect()
}

fn is_header(row: &StringRecord, mapping: &mut Mapping) -> bool {
    let names = header_names(row);
    names.iter().all(|it| it.chars().count() <= 40) && mapping.is_article(names.iter().map(String::as_str))
}

/// Names for the columns of a table without a first row of names: the longest on average holds the text, of the others
/// the longest that is no longer than a headline the title, and what holds dates the date. Other columns, and those
/// that the user named, are called by their number from 1. The lengths in letters are guesses.
fn guessed_names(rows: &[StringRecord], mapping: &mut Mapping) -> Vec<String> {
    let n_columns = rows.iter().map(StringRecord::len).max().unwrap_or(0);
    let numbers: Vec<String> = (1..=n_columns).map(|it| it.to_string()).collect();
    if numbers.iter().any(|it| mapping.role(it).is_some()) {
        return numbers;
    }
    let values = |column: usize| {
        rows.iter()
            .filter_map(move |row| row.get(column))
            .filter(|it| !it.trim().is_empty())
    };
    let mean = |column: usize| {
        let n = values(column).count().max(1);
        values(column).map(|it| it.chars().count()).sum::<usize>() / n
    };
    let has_letters = |column: usize| values(column).all(|it| it.chars().any(char::is_alphabetic));
    let mut names = numbers;
    let longest = (0..n_columns).filter(|it| has_letters(*it)).max_by_key(|it| mean(*it));
    let Some(body) = longest.filter(|it| 80 <= mean(*it)) else {
        return names;
    };
    names[body] = "body".to_owned();
    let is_date = |column: usize| {
        let n = values(column).count();
        mean(column) <= 40 && n != 0 && values(column).filter(|it| date::parse_date(it).is_some()).count() * 10 >= n * 8
    };
    if let Some(column) = (0..n_columns).find(|it| *it != body && is_date(*it)) {
        names[column] = "date".to_owned();
    }
    let title = (0..n_columns)
        .filter(|it| *it != body && has_letters(*it) && names[*it] != "date")
        .filter(|it| (15..=150).contains(&mean(*it)) && !values(*it).any(|it| it.starts_with("http")))
        .max_by_key(|it| mean(*it));
    if let Some(column) = title {
        names[column] = "title".to_owned();
    }
    names
}

/// The sign between the columns of a first line that names the fields of articles; `None` if it does not.
pub fn separator_of_header(start: &str, mapping: &mut Mapping) -> Option<u8> {
    let first = start.lines().next()?;
    let second = start.lines().nth(1)?;
    SEPARATORS.into_iter().find(|separator| {
        let names: Vec<&str> = first
            .split(char::from(*separator))
            .map(|it| it.trim().trim_matches('"'))
            .collect();
        let n_known = names.iter().filter(|it| mapping.role(it).is_some()).count();
        let is_article = mapping.is_article(names.iter().copied());
        let roles: Vec<_> = names
            .iter()
            .filter_map(|it| mapping.role(it))
            .map(|(role, _)| role)
            .collect();
        let has_title_or_date = roles.iter().any(|it| matches!(it, FieldRole::Title | FieldRole::Date));
        let is_table = second.contains(char::from(*separator)) || second.starts_with('"');
        2 <= n_known && is_article && has_title_or_date && is_table && names.iter().all(|it| it.chars().count() <= 40)
    })
}

fn separator_of(start: &str, mapping: &mut Mapping) -> u8 {
    let first = start.lines().next().unwrap_or_default();
    let count = |separator: u8| first.matches(char::from(separator)).count();
    let most = SEPARATORS.into_iter().rev().max_by_key(|it| count(*it)).unwrap_or(b',');
    separator_of_header(start, mapping).unwrap_or(most)
}

/// Stops within a row that does not end: a quotation mark that is never closed would make the rest of a large file one
/// row, and the csv library keeps a row in memory.
struct Limited<'a> {
    bytes: Box<dyn BufRead + 'a>,
    /// How much was read since the last whole row.
    since_row: Rc<Cell<u64>>,
}

impl Read for Limited<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if MAX_RECORD < self.since_row.get() {
            let message = "a row that does not end: a quotation mark is not closed";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let n = self.bytes.read(buf)?;
        self.since_row.set(self.since_row.get() + n as u64);
        Ok(n)
    }
}

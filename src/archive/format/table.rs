//! Tables with an article per row: CSV, TSV.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ReaderBuilder, StringRecord};

use crate::archive::date;
use crate::archive::encoding;
use crate::archive::left_out::LeftOut;
use crate::archive::origin::FieldRole;
use crate::archive::reason::Reason;
use crate::archive::record::{MAX_BYTES, MAX_RECORD, Outcome, Record, Refusal, Sink, Stop};

use super::day_order::DayOrders;
use super::fields::{self, Fields, Mapping};
use super::ragged::{self, Columns};
use super::value;

/// The signs between columns, the usual ones first. Excel writes ";" where the comma is the decimal sign.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// What is typed for ";" on Arabic keyboards. The csv library knows signs of one byte alone: it is given another, which no
/// text has.
const ARABIC_SEPARATOR: &str = "؛";
const IN_ITS_PLACE: u8 = 0x1F;
/// How many rows are examined for the roles of columns without names. A guess.
const ROWS_LOOKED_AT: usize = 20;
/// A longer value is not the name of a column, in letters. A guess.
const LONGEST_NAME: usize = 40;

/// Reads a table. If no separator is given, it is detected.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead, head: &[u8], separator: Option<u8>) -> Outcome {
    let start = encoding::decode(head, sink.encoding().or(Some(encoding::detect(head).0))).text;
    let mut mapping = Mapping::new(sink.field_roles().clone());
    let separator = separator.unwrap_or_else(|| separator_of(&start, &mut mapping));
    let since_row = Rc::new(Cell::new(0));
    let (bytes, encoding) = encoding::transcode(bytes, head, sink.encoding(), MAX_BYTES);
    let limited = Limited {
        bytes,
        since_row: Rc::clone(&since_row),
    };
    let is_arabic = separator == IN_ITS_PLACE;
    let bytes: Box<dyn Read> = match has_escapes(&start) {
        _ if is_arabic => Box::new(with_short_separator(limited)),
        true => Box::new(unescaped(limited)),
        false => Box::new(limited),
    };
    let mut rows = ReaderBuilder::new()
        .delimiter(separator)
        .quote(quote_of(&start, separator))
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut table = Table::new(mapping, encoding.get());
    table.separator = Some(if is_arabic { '؛' } else { char::from(separator) });
    let mut row = StringRecord::new();
    let n_before = sink.n_articles();
    let outcome = loop {
        match rows.read_record(&mut row) {
            Ok(true) => since_row.set(0),
            Ok(false) => break Ok(()),
            Err(err) => break Err(Refusal::damaged_by(err).into()),
        }
        table.encoding = encoding.get();
        if is_arabic {
            let sign = char::from(IN_ITS_PLACE);
            row = row.iter().map(|it| it.replace(sign, ARABIC_SEPARATOR)).collect();
        }
        if let Err(stop) = table.take(sink, &row) {
            break Err(stop);
        }
    };
    table.finish(sink, outcome)?;
    if sink.n_articles() == n_before {
        return Err(Reason::NoArticles.into());
    }
    Ok(())
}

/// A table whose rows come one by one. Its head may be known only after some of them.
pub struct Table {
    mapping: Mapping,
    encoding: &'static str,
    head: Option<Head>,
    waiting: Vec<StringRecord>,
    /// The other fields of those that wait.
    waiting_fields: Vec<Fields>,
    /// Within which part of its file the articles are, if it has parts.
    part: Option<String>,
    /// The sign between columns, where a value may have it by mistake.
    separator: Option<char>,
    orders: DayOrders,
    n_articles: usize,
    /// How many rows are none, though something stands in them.
    n_others: u32,
}

impl Table {
    /// A table of which nothing was read yet, with the roles of its fields, in an encoding.
    pub fn new(mapping: Mapping, encoding: &'static str) -> Self {
        Self {
            mapping,
            encoding,
            head: None,
            waiting: Vec::new(),
            waiting_fields: Vec::new(),
            part: None,
            separator: None,
            orders: DayOrders::default(),
            n_articles: 0,
            n_others: 0,
        }
    }

    /// The same, of a part of a file: one of the sheets of a workbook.
    pub fn of_part(mapping: Mapping, encoding: &'static str, part: String) -> Self {
        Self {
            part: Some(part),
            ..Self::new(mapping, encoding)
        }
    }

    /// Takes the next row.
    pub fn take(&mut self, sink: &mut dyn Sink, row: &StringRecord) -> Outcome {
        self.take_with(sink, row, Fields::new())
    }

    /// Takes the next row, which has other fields than those in its columns.
    pub fn take_with(&mut self, sink: &mut dyn Sink, row: &StringRecord, others: Fields) -> Outcome {
        if self.head.is_some() {
            return self.pass_on(sink, row, others);
        }
        self.waiting.push(row.clone());
        self.waiting_fields.push(others);
        let is_enough = self.waiting.len() == ROWS_LOOKED_AT;
        match is_enough || self.waiting.len() == 1 && is_header(&self.waiting[0], &mut self.mapping) {
            true => self.find_head(sink),
            false => Ok(()),
        }
    }

    /// Passes on what waits, after what was read had this outcome, and tells how many rows are no articles.
    pub fn finish(&mut self, sink: &mut dyn Sink, outcome: Outcome) -> Outcome {
        let outcome = match outcome {
            Ok(()) => self.find_head(sink),
            Err(Stop::Refused(refusal)) => self.find_head(sink).and(Err(refusal.into())),
            stopped => stopped,
        };
        self.orders.finish(sink, outcome)?;
        let others = LeftOut::OtherRecords { n: self.n_others };
        match &self.part {
            _ if self.n_articles == 0 || self.n_others == 0 => {}
            Some(part) => sink.leave_out(part, others),
            None => sink.leave_out_messages(others),
        }
        Ok(())
    }

    /// Passes on the rows that wait for a head.
    fn find_head(&mut self, sink: &mut dyn Sink) -> Outcome {
        if self.head.is_some() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let (head, n_head) = Head::of(&waiting, &mut self.mapping);
        let is_named = head.is_stated || n_head != 0;
        for row in waiting.iter().take(n_head.saturating_sub(usize::from(is_named))) {
            self.leave(row);
        }
        self.head = Some(head);
        let others = std::mem::take(&mut self.waiting_fields);
        for (row, others) in waiting.iter().zip(others).skip(n_head) {
            self.pass_on(sink, row, others)?;
        }
        Ok(())
    }

    /// Passes on a row, unless it is a head again, as where files were joined.
    fn pass_on(&mut self, sink: &mut dyn Sink, row: &StringRecord, others: Fields) -> Outcome {
        let Some(head) = &mut self.head else { return Ok(()) };
        let is_again = row.len() == head.names.len() && row.iter().map(str::trim).eq(head.names.iter());
        if head.is_stated && is_again {
            return Ok(());
        }
        if head.is_stated && is_whole_header(row, &mut self.mapping) {
            head.names = header_names(row);
            return Ok(());
        }
        let names = std::mem::take(&mut head.names);
        let columns = self.separator.map(|separator| Columns {
            names: &names,
            separator,
        });
        let mended = columns.and_then(|it| ragged::mended(&it, row, &mut self.mapping));
        let mut others = Some(others);
        let rows = mended.as_deref().unwrap_or(std::slice::from_ref(row));
        let outcome = rows
            .iter()
            .try_for_each(|row| self.pass_on_row(sink, &names, row, others.take().unwrap_or_default()));
        if let Some(head) = &mut self.head {
            head.names = names;
        }
        outcome
    }

    fn pass_on_row(&mut self, sink: &mut dyn Sink, names: &[String], row: &StringRecord, others: Fields) -> Outcome {
        let Some(record) = record(names, row, others, &mut self.mapping, self.encoding) else {
            self.leave(row);
            return Ok(());
        };
        self.n_articles += 1;
        self.orders.emit(sink, record, self.part.as_deref())
    }

    /// Counts a row that is no article, if anything stands in it but the sign between columns for Excel.
    fn leave(&mut self, row: &StringRecord) {
        let is_told = row.get(0).is_some_and(|it| told_separator(it).is_some());
        if !is_told && row.iter().any(|it| !it.trim().is_empty()) {
            self.n_others = self.n_others.saturating_add(1);
        }
    }
}

/// The names of the columns.
struct Head {
    names: Vec<String>,
    /// Whether the file states them.
    is_stated: bool,
}

impl Head {
    /// The head of a table that begins with these rows, and how many of them precede the first article.
    fn of(rows: &[StringRecord], mapping: &mut Mapping) -> (Self, usize) {
        let stated = |row: &StringRecord| Self {
            names: header_names(row),
            is_stated: true,
        };
        if let Some(first) = rows.first()
            && (is_header(first, mapping) || names_unknown_text(first, &rows[1..], mapping))
        {
            return (stated(first), 1);
        }
        // The report's own heading precedes the names: «sep=;», «Report of …», an empty line.
        let n_cells = |row: &StringRecord| row.iter().filter(|it| !it.trim().is_empty()).count();
        let mut widest = 0;
        for (idx, row) in rows.iter().enumerate() {
            if widest < n_cells(row) && is_sure_header(row, mapping) {
                return (stated(row), idx + 1);
            }
            widest = widest.max(n_cells(row));
        }
        // Names that say nothing are no article.
        let n_head = usize::from(begins_with_names(rows, mapping));
        let names = guessed_names(rows.get(n_head..).unwrap_or_default(), mapping);
        let is_stated = false;
        (Self { names, is_stated }, n_head)
    }
}

/// The record of a row; `None` if it is no article.
fn record(
    names: &[String],
    row: &StringRecord,
    others: Fields,
    mapping: &mut Mapping,
    encoding: &'static str,
) -> Option<Record> {
    let name = |idx: usize| names.get(idx).filter(|it| !it.is_empty()).cloned();
    let name = |idx: usize| name(idx).unwrap_or_else(|| (idx + 1).to_string());
    let mut fields = Fields::new();
    for (idx, value) in row.iter().enumerate().filter(|(_, it)| !it.trim().is_empty()) {
        let value = encoding::repaired(value).unwrap_or_else(|| value.to_owned());
        fields::add(&mut fields, name(idx), value, mapping);
    }
    if !fields::is_article(&fields, mapping) {
        return None;
    }
    for (name, value) in others {
        fields::add(&mut fields, name, value, mapping);
    }
    let has_errors = row.iter().any(|it| it.contains('\u{FFFD}'));
    Some(Record {
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
    names.iter().all(|it| it.chars().count() <= LONGEST_NAME) && mapping.is_article(names.iter().map(String::as_str))
}

/// Whether a row that is not the first names columns: two are known, and there is a text or a title.
fn is_sure_header(row: &StringRecord, mapping: &mut Mapping) -> bool {
    let n_known = row.iter().filter(|it| mapping.role(it.trim()).is_some()).count();
    2 <= n_known && is_header(row, mapping)
}

/// Whether all of a row are known names of columns, which no article's fields are.
fn is_whole_header(row: &StringRecord, mapping: &mut Mapping) -> bool {
    // Cheap, and true of every article: its text is longer.
    let is_short = row.iter().all(|it| it.len() <= LONGEST_NAME * 2);
    is_short && is_sure_header(row, mapping) && row.iter().all(|it| mapping.role(it.trim()).is_some())
}

/// Whether a first row names a title and, by a name that is not known, a column of texts.
fn names_unknown_text(row: &StringRecord, others: &[StringRecord], mapping: &mut Mapping) -> bool {
    let names = header_names(row);
    let is_text = |column: usize| {
        let mut values = others
            .iter()
            .filter_map(|row| row.get(column))
            .filter(|it| !it.trim().is_empty());
        values.next().is_some_and(value::is_long_text) && names.get(column).is_some_and(|it| !value::is_long_text(it))
    };
    names.iter().all(|it| it.chars().count() <= LONGEST_NAME)
        && names.iter().any(|it| mapping.has_role(it, FieldRole::Title))
        && (0..names.len()).any(is_text)
}

/// Whether a first row has short values throughout where the others have a text: it names the columns by words that are not
/// known.
fn begins_with_names(rows: &[StringRecord], mapping: &mut Mapping) -> bool {
    let [first, others @ ..] = rows else { return false };
    let body = guessed_names(others, mapping).iter().position(|it| it == "body");
    let is_text = |row: &StringRecord| body.and_then(|it| row.get(it)).is_some_and(value::is_long_text);
    let is_name = |it: &str| it.chars().count() <= LONGEST_NAME && !it.contains(|c: char| c.is_ascii_digit());
    !others.is_empty() && first.iter().all(is_name) && others.iter().all(is_text)
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
    SEPARATORS
        .into_iter()
        .find(|separator| parts_names(start, char::from(*separator), mapping))
}

/// Whether a sign parts the names of an article's fields in the first line, and something in the second.
fn parts_names(start: &str, separator: char, mapping: &mut Mapping) -> bool {
    let mut lines = start.lines();
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let names: Vec<&str> = first.split(separator).map(|it| it.trim().trim_matches('"')).collect();
    let roles = names.iter().filter_map(|it| mapping.role(it)).map(|(role, _)| role);
    let roles: Vec<FieldRole> = roles.collect();
    let has_title_or_date = roles.iter().any(|it| matches!(it, FieldRole::Title | FieldRole::Date));
    let is_table = second.contains(separator) || second.starts_with('"');
    2 <= roles.len()
        && mapping.is_article(names.iter().copied())
        && has_title_or_date
        && is_table
        && names.iter().all(|it| it.chars().count() <= LONGEST_NAME)
}

/// The separator: that of the line that Excel begins with, or of the first line that names fields, or the one that divides
/// the first lines into the most equal numbers of columns.
fn separator_of(start: &str, mapping: &mut Mapping) -> u8 {
    let start = start.trim_start_matches('\u{FEFF}');
    if let Some(separator) = told_separator(start) {
        return separator;
    }
    let mut rest = start;
    for _ in 0..ROWS_LOOKED_AT {
        if let Some(separator) = separator_of_header(rest, mapping) {
            return separator;
        }
        if parts_names(rest, '؛', mapping) {
            return IN_ITS_PLACE;
        }
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let lines: Vec<&str> = start.lines().take(ROWS_LOOKED_AT).collect();
    let count = |line: &str, separator: u8| line.matches(char::from(separator)).count();
    let likeness = |separator: u8| {
        let first = lines.first().map_or(0, |it| count(it, separator));
        let n_equal = lines.iter().filter(|it| count(it, separator) == first).count();
        if first == 0 { (0, 0) } else { (n_equal, first) }
    };
    let most = SEPARATORS.into_iter().rev().max_by_key(|it| likeness(*it));
    most.unwrap_or(b',')
}

/// The separator in a first line «sep=;», by which Excel is told of it.
pub fn told_separator(start: &str) -> Option<u8> {
    let line = start
        .trim_start_matches('\u{FEFF}')
        .lines()
        .next()?
        .trim_matches(['"', ' ']);
    match line.to_ascii_lowercase().strip_prefix("sep=")?.as_bytes() {
        [separator] => Some(*separator),
        // A tab at the end of the line may have been trimmed.
        [] => Some(b'\t'),
        _ => None,
    }
}

/// The sign around values: all of a first line's stand between «'», or that is «"», as usual.
fn quote_of(start: &str, separator: u8) -> u8 {
    let lines = start
        .lines()
        .map(|it| it.trim().trim_start_matches('\u{FEFF}'))
        .filter(|it| !it.is_empty());
    let is_quoted = |line: &str| {
        let mut cells = line.split(char::from(separator));
        let n_cells = cells.clone().count();
        1 < n_cells && cells.all(|it| 2 < it.len() && it.starts_with('\'') && it.ends_with('\''))
    };
    match lines.take(2).any(is_quoted) {
        true => b'\'',
        false => b'"',
    }
}

/// Whether quotation marks within values are written `\"`, as MySQL and PHP do: before a letter they would end a value.
fn has_escapes(start: &str) -> bool {
    start
        .split("\\\"")
        .skip(1)
        .any(|it| it.starts_with(char::is_alphanumeric))
}

/// What is read with pairs of bytes rewritten.
struct Rewritten<R> {
    bytes: R,
    /// The first byte of pairs.
    first: u8,
    /// What is written for the first byte with another.
    pair: fn(u8) -> Pair,
    ready: Vec<u8>,
    at: usize,
    is_held: bool,
}

/// What a pair of bytes is rewritten as.
enum Pair {
    As(&'static [u8]),
    /// As it is.
    Kept,
}

/// Writes `\"` as `""`, which the csv library reads, and `\\` as `\`; other signs behind a stroke stay with it.
fn unescaped<R>(bytes: R) -> Rewritten<R> {
    Rewritten::new(bytes, b'\\', |second| match second {
        b'"' => Pair::As(b"\"\""),
        b'\\' => Pair::As(b"\\"),
        _ => Pair::Kept,
    })
}

/// Writes [`IN_ITS_PLACE`] for [`ARABIC_SEPARATOR`].
fn with_short_separator<R>(bytes: R) -> Rewritten<R> {
    Rewritten::new(bytes, ARABIC_SEPARATOR.as_bytes()[0], |second| {
        match second == ARABIC_SEPARATOR.as_bytes()[1] {
            true => Pair::As(&[IN_ITS_PLACE]),
            false => Pair::Kept,
        }
    })
}

impl<R> Rewritten<R> {
    fn new(bytes: R, first: u8, pair: fn(u8) -> Pair) -> Self {
        Self {
            bytes,
            first,
            pair,
            ready: Vec::new(),
            at: 0,
            is_held: false,
        }
    }

    fn push(&mut self, byte: u8) {
        match (std::mem::take(&mut self.is_held), byte) {
            (true, second) => match (self.pair)(second) {
                Pair::As(written) => self.ready.extend(written),
                Pair::Kept => self.ready.extend([self.first, second]),
            },
            (false, byte) if byte == self.first => self.is_held = true,
            (false, other) => self.ready.push(other),
        }
    }
}

impl<R: Read> Read for Rewritten<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut chunk = [0; 8 << 10];
        while self.at == self.ready.len() {
            self.at = 0;
            self.ready.clear();
            let n = self.bytes.read(&mut chunk)?;
            if n == 0 && !std::mem::take(&mut self.is_held) {
                return Ok(0);
            }
            match n {
                0 => self.ready.push(self.first),
                n => chunk[..n].iter().for_each(|byte| self.push(*byte)),
            }
        }
        let mut ready = &self.ready[self.at..];
        let n = ready.read(buf)?;
        self.at += n;
        Ok(n)
    }
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

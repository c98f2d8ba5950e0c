//! Rows of a table that do not fit its head: signs between columns that stand in a text without quotation marks around it,
//! and quotation marks that were not closed, so that what follows seems to be a part of the value.
//!
//! What the cells of a row are is decided by the columns whose values are known by their looks: dates and addresses.

use csv::StringRecord;

use crate::archive::date;
use crate::archive::origin::FieldRole;

use super::fields::Mapping;

/// A longer value is no date, in bytes. A guess.
const LONGEST_DATE: usize = 120;

/// So many columns are tried for what is too much. A guess.
const MOST_PLACES: usize = 8;

/// The names of a table's columns, with what stands between them.
pub struct Columns<'a> {
    /// The names.
    pub names: &'a [String],
    /// The sign between columns.
    pub separator: char,
}

/// The rows that a row was written as, if it does not fit the columns.
pub fn mended(columns: &Columns<'_>, row: &StringRecord, mapping: &mut Mapping) -> Option<Vec<StringRecord>> {
    let n = columns.names.len();
    if n < 2 {
        return None;
    }
    if row.get(n - 1).is_some_and(|it| it.contains('\n'))
        && let Some(rows) = columns.swallowed(row, mapping)
    {
        return Some(rows);
    }
    let is_stray = |it: &str| it.ends_with('"') && it.matches('"').count() % 2 == 1;
    if row.len() <= n && row.iter().any(is_stray) {
        let cells: Vec<String> = row.iter().flat_map(|it| columns.split(it)).collect();
        let fitted = columns.fitted(cells, mapping);
        return fitted
            .filter(|it| columns.are_dated(it, mapping))
            .map(|it| vec![it.into()]);
    }
    if row.len() <= n {
        return None;
    }
    let cells = row.iter().map(str::to_owned).collect();
    columns.fitted(cells, mapping).map(|it| vec![it.into()])
}

impl Columns<'_> {
    /// The cells of a line, without the quotation marks around them.
    fn split(&self, line: &str) -> impl Iterator<Item = String> {
        let cells = line.split(self.separator);
        cells.map(|it| it.trim_matches(['"', '\r']).to_owned())
    }

    /// A row and those that follow it, which are in its last value as the quotation mark that begins it was not closed: up
    /// to that which begins the next value, or to the end of the file.
    fn swallowed(&self, row: &StringRecord, mapping: &mut Mapping) -> Option<Vec<StringRecord>> {
        let n = self.names.len();
        let mut lines = row.get(n - 1)?.trim_end_matches(['\r', '\n']).split('\n');
        let mut first: Vec<String> = row.iter().take(n - 1).map(str::to_owned).collect();
        first.push(lines.next()?.to_owned());
        let mut rows = vec![first];
        let lines: Vec<&str> = lines.collect();
        let (last, between) = lines.split_last()?;
        let is_closed = last.trim_end().ends_with('"');
        for line in between {
            let row = Some(*line).filter(|it| n <= it.matches(self.separator).count() + 1);
            let row = row.and_then(|it| self.fitted(self.split(it).collect(), mapping));
            match row.filter(|it| self.are_dated(it, mapping)) {
                Some(row) => rows.push(row),
                // Without a sign of its end the value may be one of several lines.
                None if !is_closed => return None,
                None => {
                    let text = rows.last_mut().and_then(|it| it.last_mut())?;
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
        let cells = self.split(last).chain(row.iter().skip(n).map(str::to_owned)).collect();
        let row = self.fitted(cells, mapping)?;
        let is_row = self.are_dated(&row, mapping) || is_closed && !self.has_dates(mapping);
        // A table of two columns and a list of days look alike.
        if !is_row || !is_closed && n == 2 {
            return None;
        }
        rows.push(row);
        Some(rows.into_iter().map(StringRecord::from).collect())
    }

    /// Cells in as many columns as there are: those that are too many are parts of a text, or else of another value; `None`
    /// if there are too few, or no text.
    fn fitted(&self, mut cells: Vec<String>, mapping: &mut Mapping) -> Option<Vec<String>> {
        let n = self.names.len();
        while n < cells.len() && cells.last().is_some_and(|it| it.trim().is_empty()) {
            cells.pop();
        }
        let n_more = cells.len().checked_sub(n)?;
        if n_more == 0 {
            return Some(cells);
        }
        // A sign in a text is followed by a space, between columns by none.
        let goes_on = |it: &&String| it.starts_with(char::is_whitespace);
        if cells.iter().skip(1).filter(goes_on).count() == n_more {
            let mut joined: Vec<String> = Vec::new();
            for cell in &cells {
                match joined.last_mut().filter(|_| goes_on(&cell)) {
                    Some(before) => self.append(before, cell),
                    None => joined.push(cell.clone()),
                }
            }
            if joined.len() == n && self.hold(&joined, mapping) {
                return Some(joined);
            }
        }
        let roles = [FieldRole::Body, FieldRole::Summary, FieldRole::Title, FieldRole::Byline];
        let mut places = Vec::new();
        for role in roles {
            places.extend((0..n).filter(|it| mapping.has_role(&self.names[*it], role)));
        }
        let text = places.first().copied();
        let text = text.filter(|it| mapping.has_role(&self.names[*it], FieldRole::Body));
        let mut fitting = places
            .into_iter()
            .take(MOST_PLACES)
            .map(|it| self.joined_at(&cells, it, n_more));
        let held = fitting.find(|it| self.hold(it, mapping));
        held.or_else(|| text.map(|it| self.joined_at(&cells, it, n_more)))
    }

    /// Cells of which one has so many more in it.
    fn joined_at(&self, cells: &[String], at: usize, n_more: usize) -> Vec<String> {
        let mut joined = cells[..at + 1].to_vec();
        for cell in &cells[at + 1..at + 1 + n_more] {
            self.append(&mut joined[at], cell);
        }
        joined.extend_from_slice(&cells[at + 1 + n_more..]);
        joined
    }

    /// Adds a part to a value. Behind a sentence begins a paragraph, which stood in a column without a name.
    fn append(&self, value: &mut String, part: &str) {
        let is_paragraph = value.trim_end().ends_with(['.', '!', '؟', '?', '…']) && !part.starts_with(' ');
        value.push(if is_paragraph { '\n' } else { self.separator });
        value.push_str(part);
    }

    /// Whether what stands in columns of dates and addresses may be such.
    fn hold(&self, cells: &[String], mapping: &mut Mapping) -> bool {
        self.names
            .iter()
            .zip(cells)
            .all(|(name, cell)| match mapping.role(name).map(|(role, _)| role) {
                Some(FieldRole::Date) => cell.trim().is_empty() || is_date(cell),
                Some(FieldRole::Url) => {
                    cell.trim().is_empty() || cell.contains(['.', '/']) && !cell.trim().contains(char::is_whitespace)
                }
                _ => true,
            })
    }

    /// Whether they hold, and there is a date among them.
    fn are_dated(&self, cells: &[String], mapping: &mut Mapping) -> bool {
        let mut dates = self.names.iter().zip(cells);
        self.hold(cells, mapping) && dates.any(|(name, it)| mapping.has_role(name, FieldRole::Date) && is_date(it))
    }

    fn has_dates(&self, mapping: &mut Mapping) -> bool {
        self.names.iter().any(|it| mapping.has_role(it, FieldRole::Date))
    }
}

fn is_date(cell: &str) -> bool {
    cell.len() <= LONGEST_DATE && (date::parse_date(cell).is_some() || date::figures(cell).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as which a row is read, with «|» between their cells and « // » between them.
    #[track_caller]
    fn check(names: &[&str], row: &[&str], expected: &str) {
        let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
        let columns = Columns {
            names: &names,
            separator: ',',
        };
        let rows = mended(&columns, &StringRecord::from(row.to_vec()), &mut Mapping::default());
        let rows = rows.unwrap_or_default().into_iter();
        let rows: Vec<String> = rows.map(|it| it.iter().collect::<Vec<_>>().join("|")).collect();
        assert_eq!(rows.join(" // "), expected);
    }

    #[test]
    fn what_is_too_much_is_text() {
        let names = ["title", "date", "text"];
        check(&names, &["أ", "2024-07-09", "ب", " ج", " د"], "أ|2024-07-09|ب, ج, د");
        check(&names, &["أ", "2024-07-09", "ب", "ج"], "أ|2024-07-09|ب,ج");
        check(&names, &["أ", "2024-07-09", "ب.", "ج"], "أ|2024-07-09|ب.\nج");
        check(&names, &["أ", "ب", "2024-07-09", "ج"], "أ,ب|2024-07-09|ج");
        check(&names, &["أ", " ب", "2024-07-09", "ج", " د"], "أ, ب|2024-07-09|ج, د");
        check(&names, &["أ", "2024-07-09", "ب", "", " "], "أ|2024-07-09|ب");
        check(&names, &["أ", "ب", "ج", "د"], "أ|ب|ج,د");
        check(
            &["title", "text", "date"],
            &["أ", "ب", "ج", "2024-07-09"],
            "أ|ب,ج|2024-07-09",
        );
        check(&["title", "url"], &["أ", "x", "ب"], "");
        check(&["title", "url"], &["أ", "ب", "x.example/1"], "أ,ب|x.example/1");
        check(&names, &["أ", "2024-07-09", "ب"], "");
    }

    #[test]
    fn values_without_an_end_end_with_their_line() {
        let names = ["title", "date", "text"];
        check(
            &names,
            &["أ", "2024-07-09", "ب\nج\"", "2024-07-10", "د"],
            "أ|2024-07-09|ب // ج|2024-07-10|د",
        );
        check(
            &names,
            &["أ", "2024-07-09", "ب\nج,2024-07-10,د\nهـ,2024-07-11,و\n"],
            "أ|2024-07-09|ب // ج|2024-07-10|د // هـ|2024-07-11|و",
        );
        check(&names, &["أ,2024-07-09\"", "ب"], "أ|2024-07-09|ب");
        check(&names, &["أ", "2024-07-09,ب", " ج\""], "أ|2024-07-09|ب, ج");
        // A text of several lines, one that ends with a word in quotation marks.
        check(&names, &["أ", "2024-07-09", "ب\nج, د\nهـ"], "");
        check(&names, &["أ", "2024-07-09", "ب \"ج\""], "");
    }
}

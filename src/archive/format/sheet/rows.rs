//! The rows of a sheet, whatever its format.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;

use crate::archive::bound::Bound;
use crate::archive::reason::Reason;
use crate::archive::record::{Outcome, Refusal, Sink};

use super::super::fields::Mapping;
use super::super::table::Table;

/// How the texts of workbooks are encoded, but for the oldest.
const ENCODING: &str = "UTF-8";

/// The name of the field of a cell's link.
const LINK: &str = "link";

/// A cell that is not empty.
#[derive(Debug, Default)]
pub struct Cell {
    /// From 0.
    pub row: u32,
    pub column: u32,
    pub text: String,
    /// The last row that it is merged with.
    pub last_row: u32,
    /// The address that it leads to.
    pub link: Option<String>,
}

/// Reads the sheets of a workbook one after another, and says which have no articles.
pub struct Workbook<'s> {
    pub sink: &'s mut dyn Sink,
    n_before: u32,
    without_articles: Vec<String>,
}

impl<'s> Workbook<'s> {
    /// A workbook of which nothing was read yet.
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        let n_before = sink.n_articles();
        Self {
            sink,
            n_before,
            without_articles: Vec::new(),
        }
    }

    /// Reads a sheet: takes cells from `next`, in the order of their rows, up to its end or its damage.
    pub fn read(&mut self, name: &str, mut next: impl FnMut() -> Result<Option<Cell>, Refusal>) -> Outcome {
        /// So many cells are read before it is asked whether to go on. A guess.
        const BETWEEN_CHECKS: u32 = 1_000;
        let n_before = self.sink.n_articles();
        let mut sheet = Sheet::new(self.sink, name);
        let mut n_cells = 0_u32;
        let damage = loop {
            n_cells = n_cells.wrapping_add(1);
            if n_cells.is_multiple_of(BETWEEN_CHECKS) {
                self.sink.check_size(0)?;
            }
            match next() {
                Ok(Some(cell)) => sheet.take(self.sink, cell)?,
                Ok(None) => break None,
                Err(damage) => break Some(damage),
            }
        };
        sheet.finish(self.sink)?;
        match damage {
            Some(damage) => self.sink.refuse_member(name, damage)?,
            None if self.sink.n_articles() == n_before && 1 < n_cells => self.without_articles.push(name.to_owned()),
            None => {}
        }
        Ok(())
    }

    /// Says of each sheet with anything on it but articles that it was not read; or of the workbook, if all are so.
    pub fn finish(self) -> Outcome {
        if self.sink.n_articles() == self.n_before {
            return Err(Reason::NoArticles.into());
        }
        for name in self.without_articles {
            self.sink.refuse_member(&name, Reason::NoArticles.into())?;
        }
        Ok(())
    }
}

/// A sheet whose cells come one by one.
struct Sheet {
    table: Table,
    /// The row that has begun.
    number: u32,
    row: Vec<String>,
    links: BTreeSet<String>,
    /// By their columns: texts that hold down to a row.
    merged: BTreeMap<usize, (u32, String)>,
}

impl Sheet {
    fn new(sink: &dyn Sink, name: &str) -> Self {
        let mapping = Mapping::new(sink.field_roles().clone());
        Self {
            table: Table::of_part(mapping, ENCODING, name.to_owned()),
            number: 0,
            row: Vec::new(),
            links: BTreeSet::new(),
            merged: BTreeMap::new(),
        }
    }

    fn take(&mut self, sink: &mut dyn Sink, cell: Cell) -> Outcome {
        if cell.row != self.number {
            self.end_row(sink)?;
            self.number = cell.row;
        }
        let column = cell.column as usize;
        // The rest of such a row is no article's.
        if cell.text.trim().is_empty() || Bound::Fields.limit() < column {
            return Ok(());
        }
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        if cell.row < cell.last_row {
            self.merged.insert(column, (cell.last_row, cell.text.clone()));
        }
        self.links.extend(cell.link.filter(|it| *it != cell.text));
        self.row[column] = cell.text;
        Ok(())
    }

    fn end_row(&mut self, sink: &mut dyn Sink) -> Outcome {
        let mut row = std::mem::take(&mut self.row);
        let links = std::mem::take(&mut self.links);
        if row.is_empty() {
            return Ok(());
        }
        let number = self.number;
        self.merged.retain(|_, (last, _)| number <= *last);
        for (column, (_, text)) in &self.merged {
            if row.len() <= *column {
                row.resize(column + 1, String::new());
            }
            if row[*column].is_empty() {
                row[*column].clone_from(text);
            }
        }
        let links = links.into_iter().map(|it| (LINK.to_owned(), it)).collect();
        self.table.take_with(sink, &StringRecord::from(row), links)
    }

    fn finish(mut self, sink: &mut dyn Sink) -> Outcome {
        let outcome = self.end_row(sink);
        self.table.finish(sink, outcome)
    }
}

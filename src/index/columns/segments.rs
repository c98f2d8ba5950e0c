//! The segments of the index, and where their rows were in the previous columns.

use std::collections::HashMap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::OwnedBytes;
use tantivy::{DocId, SegmentReader};

use crate::index::error::IndexError;
use crate::index::numbers::{Number, Numbers};

use super::stored::{Stored, name_of};

/// The segments of the index, and where their rows were in the previous columns.
pub struct Segments<'a> {
    /// Of all segments, in the order of rows.
    pub readers: &'a [SegmentReader],
    /// The first row of each segment, and the end of the last one.
    pub first_rows: Vec<u32>,
    /// The former first row of each segment, if it is known.
    pub in_last: Vec<Option<u32>>,
    /// The former place of each segment among the segments, if it is known.
    pub idx_in_last: Vec<Option<usize>>,
    /// The rows of the segments that are new.
    pub n_new_rows: usize,
}

impl<'a> Segments<'a> {
    /// Finds the segments in the previous columns; one with a different number of rows is a different one.
    pub fn new(readers: &'a [SegmentReader], last: Option<&Stored>) -> Self {
        let mut rows_in_last: HashMap<&str, (usize, u32, u32)> = HashMap::new();
        let mut next = 0;
        for (idx, (id, n_rows)) in last.iter().flat_map(|it| &it.segments).enumerate() {
            rows_in_last.insert(id, (idx, next, *n_rows));
            next += n_rows;
        }
        let mut it = Self {
            readers,
            first_rows: vec![0],
            in_last: Vec::new(),
            idx_in_last: Vec::new(),
            n_new_rows: 0,
        };
        let mut end = 0;
        for segment in readers {
            let known = rows_in_last.get(name_of(segment.segment_id()).as_str());
            let known = known.filter(|(.., n_rows)| *n_rows == segment.max_doc());
            it.in_last.push(known.map(|(_, first, _)| *first));
            it.idx_in_last.push(known.map(|(idx, ..)| *idx));
            it.n_new_rows += known.map_or(segment.max_doc() as usize, |_| 0);
            end += segment.max_doc();
            it.first_rows.push(end);
        }
        it
    }

    /// The number of rows of all segments.
    pub fn n_rows(&self) -> usize {
        self.first_rows.last().map_or(0, |it| *it as usize)
    }

    /// Which rows are articles that were not deleted.
    pub fn live(&self) -> Result<Vec<bool>, IndexError> {
        let mut live = Vec::with_capacity(self.n_rows());
        for segment in self.readers {
            let record = segment.fast_fields().column_opt::<u64>("record")?;
            let has_record = |doc| record.as_ref().is_some_and(|it| it.index.has_value(doc));
            live.extend((0..segment.max_doc()).map(|doc| has_record(doc) && !segment.is_deleted(doc)));
        }
        Ok(live)
    }

    /// A number for each row: copied where it is known, else read.
    pub fn numbers<T: Number>(
        &self,
        last: Option<&Numbers<T>>,
        read: impl Fn(&SegmentReader) -> Result<Box<dyn Fn(DocId) -> T>, IndexError>,
    ) -> Result<Numbers<T>, IndexError> {
        let mut bytes = Vec::with_capacity(self.n_rows() * T::SIZE);
        for (segment, in_last) in self.readers.iter().zip(&self.in_last) {
            match (last, in_last) {
                (Some(last), Some(start)) => {
                    bytes.extend_from_slice(last.bytes_of(*start as usize..(start + segment.max_doc()) as usize));
                }
                _ => {
                    let number_of = read(segment)?;
                    (0..segment.max_doc()).for_each(|doc| number_of(doc).put(&mut bytes));
                }
            }
        }
        Ok(Numbers::of_bytes(OwnedBytes::new(bytes)))
    }
}

/// The first value of a document, if the column exists and has one.
pub fn first<T: PartialOrd + Copy + Send + Sync + std::fmt::Debug + 'static>(
    column: &Option<Column<T>>,
    doc: DocId,
) -> Option<T> {
    column.as_ref()?.first(doc)
}

/// The key of the path and the record of a document.
pub fn place_of(segment: &SegmentReader, doc: DocId) -> Result<(Vec<u8>, u64), IndexError> {
    let columns = segment.fast_fields();
    let mut key = Vec::new();
    if let Some(paths) = columns.bytes("path")?
        && let Some(ord) = paths.ords().first(doc)
    {
        paths.ord_to_bytes(ord, &mut key)?;
    }
    Ok((key, first(&columns.column_opt::<u64>("record")?, doc).unwrap_or(0)))
}

/// The spellings of a document in a column of values, in their order.
pub fn spellings_in(column: Option<&StrColumn>, doc: DocId) -> Result<Vec<String>, IndexError> {
    let mut spellings = Vec::new();
    if let Some(column) = column {
        for ord in column.term_ords(doc) {
            let mut spelling = String::new();
            column.ord_to_str(ord, &mut spelling)?;
            spellings.push(spelling);
        }
    }
    Ok(spellings)
}

//! Builds columns from the segments of the index: known segments are copied, the rest is read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use tantivy::SegmentReader;

use crate::arabic::days::epoch_day;
use crate::arabic::{Folding, fold};
use crate::archive::DateProvenance;
use crate::index::error::IndexError;
use crate::index::numbers::{Ordinal, TextsBuilder, ValuesBuilder};
use crate::index::schema::{Fields, text_fields};
use crate::index::values::unpack_date;

use super::names::{EarlierNumbers, NameNumbers};
use super::segments::{Segments, first, place_of};
use super::stored::{ARTICLE, INFERRED, Stored, UNDATED, ValueColumn, name_of};
use super::word_forms::FormsOfSegment;

/// If more than one row in this many is new, all rows are sorted again. Picked by feel.
const FEW_NEW_ROWS: usize = 8;

/// Copies what `last` knows and reads the rest.
///
/// Also returns the numbers that the names had there; `None` if all have the same.
pub fn build(
    segments: &Segments<'_>,
    fields: &Fields,
    last: Option<&Stored>,
    n_docs: u64,
    live: &[bool],
) -> Result<(Stored, Option<EarlierNumbers>), IndexError> {
    let published = |segment: &SegmentReader| -> Result<_, IndexError> {
        let column = segment.fast_fields().column_opt::<i64>("published")?;
        Ok(move |doc| first(&column, doc).and_then(unpack_date))
    };
    let ids = segments.numbers(last.map(|it| &it.ids), |segment| {
        let column = segment.fast_fields().column_opt::<u64>("id")?;
        Ok(Box::new(move |doc| first(&column, doc).unwrap_or(0)))
    })?;
    let flags = segments.numbers(last.map(|it| &it.flags), |segment| {
        let record = segment.fast_fields().column_opt::<u64>("record")?;
        let published = published(segment)?;
        Ok(Box::new(move |doc| {
            let is_article = record.as_ref().is_some_and(|it| it.index.has_value(doc));
            let is_inferred = published(doc).is_some_and(|it| it.provenance == DateProvenance::Inferred);
            u8::from(is_article) * ARTICLE + u8::from(is_inferred) * INFERRED
        }))
    })?;
    let days = segments.numbers(last.map(|it| &it.days), |segment| {
        let published = published(segment)?;
        Ok(Box::new(move |doc| {
            published(doc).map_or(UNDATED, |it| epoch_day(it.date))
        }))
    })?;
    let by_place = by_place(segments, last)?;
    let mut ranks = vec![0; segments.n_rows()];
    for (rank, row) in (0..).zip(&by_place) {
        ranks[*row as usize] = rank;
    }
    let mut by_id: Vec<u32> = by_place.clone();
    by_id.retain(|&row| flags.get(row as usize) & ARTICLE != 0);
    by_id.sort_by_key(|&row| ids.get(row as usize));
    let mut names = NameNumbers::new(segments, last, live)?;
    let earlier = names.drop_unused(live, last.map_or(0, |it| it.name_texts.len()));
    let values = text_fields().map(|(_, field)| values(segments, field, live));
    let stored = Stored {
        segments: segments
            .readers
            .iter()
            .map(|it| (name_of(it.segment_id()), it.max_doc()))
            .collect(),
        n_docs,
        ids,
        flags,
        days,
        by_place: by_place.into_iter().collect(),
        ranks: ranks.into_iter().collect(),
        by_id: by_id.into_iter().collect(),
        names: names.rows,
        name_texts: names.texts,
        name_kinds: names.kinds,
        values: values.collect::<Result<_, _>>()?,
        forms: forms(segments, fields, last)?,
    };
    Ok((stored, earlier))
}

/// The forms of words of each segment.
fn forms(segments: &Segments<'_>, fields: &Fields, last: Option<&Stored>) -> Result<Vec<FormsOfSegment>, IndexError> {
    let known = segments
        .idx_in_last
        .iter()
        .map(|idx| Some(last?.forms.get((*idx)?)?.clone()));
    let known: Vec<Option<FormsOfSegment>> = known.collect();
    let new = segments.readers.iter().zip(&known).filter(|(_, known)| known.is_none());
    let new: Vec<&SegmentReader> = new.map(|(segment, _)| segment).collect();
    let mut new = FormsOfSegment::of_segments(&new, fields)?.into_iter();
    Ok(known.into_iter().filter_map(|it| it.or_else(|| new.next())).collect())
}

/// The rows in the order of paths, then of records.
fn by_place(segments: &Segments<'_>, last: Option<&Stored>) -> Result<Vec<u32>, IndexError> {
    // Known rows keep their order; only their numbers change.
    let mut known: Vec<u32> = Vec::new();
    if let Some(last) = last
        && segments.n_new_rows * FEW_NEW_ROWS < segments.n_rows()
    {
        let mut row_now: Vec<Option<Ordinal>> = vec![None; last.ids.len()];
        for (idx, start) in segments.in_last.iter().enumerate() {
            if let Some(start) = start {
                let rows = segments.first_rows[idx]..segments.first_rows[idx + 1];
                row_now[*start as usize..][..rows.len()]
                    .iter_mut()
                    .zip(rows)
                    .for_each(|(it, row)| *it = Ordinal::new(row));
            }
        }
        known.extend(
            last.by_place
                .iter()
                .filter_map(|row| row_now[row as usize])
                .map(Ordinal::get),
        );
    }
    let mut new: Vec<(Vec<u8>, u64, u32)> = Vec::new();
    let is_all_new = known.is_empty();
    for (idx, segment) in segments.readers.iter().enumerate() {
        if is_all_new || segments.in_last[idx].is_none() {
            let paths = segment.fast_fields().bytes("path")?;
            let record = segment.fast_fields().column_opt::<u64>("record")?;
            let mut keys: Vec<Vec<u8>> = Vec::new();
            if let Some(paths) = &paths {
                let mut terms = paths.dictionary().stream()?;
                while terms.advance() {
                    keys.push(terms.key().to_vec());
                }
            }
            for doc in 0..segment.max_doc() {
                let ord = paths.as_ref().and_then(|it| it.ords().first(doc));
                let key = ord.and_then(|ord| keys.get(ord as usize)).cloned().unwrap_or_default();
                new.push((key, first(&record, doc).unwrap_or(0), segments.first_rows[idx] + doc));
            }
        }
    }
    new.sort_unstable();
    if known.is_empty() {
        return Ok(new.into_iter().map(|(.., row)| row).collect());
    }
    let mut by_place = Vec::with_capacity(segments.n_rows());
    let mut rest = known.as_slice();
    for (key, record, row) in new {
        // A binary search over paths that are looked up one by one.
        let (mut low, mut high) = (0, rest.len());
        while low < high {
            let middle = low.midpoint(high);
            let known_row = rest[middle];
            let idx = segments.first_rows.partition_point(|&first| first <= known_row) - 1;
            let place = place_of(&segments.readers[idx], known_row - segments.first_rows[idx])?;
            match (place.0.as_slice(), place.1, known_row) < (key.as_slice(), record, row) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        by_place.extend_from_slice(&rest[..low]);
        rest = &rest[low..];
        by_place.push(row);
    }
    by_place.extend_from_slice(rest);
    Ok(by_place)
}

/// The values of a field across all segments; those with the same folded form are one.
fn values(segments: &Segments<'_>, field: &str, live: &[bool]) -> Result<ValueColumn, IndexError> {
    let mut spellings: HashMap<String, u32> = HashMap::new();
    let mut columns = Vec::new();
    for segment in segments.readers {
        let Some(column) = segment.fast_fields().str(field)? else {
            columns.push(None);
            continue;
        };
        let mut numbers = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            let spelling = String::from_utf8_lossy(terms.key()).into_owned();
            let n_spellings = spellings.len() as u32;
            numbers.push(*spellings.entry(spelling).or_insert(n_spellings));
        }
        columns.push(Some((column, numbers)));
    }
    let mut rows = ValuesBuilder::default();
    let mut n_articles = vec![0_u32; spellings.len()];
    let mut of_row = Vec::new();
    let for_each = |visit: &mut dyn FnMut(Visited)| {
        for (segment_idx, column) in columns.iter().enumerate() {
            let first_row = segments.first_rows[segment_idx];
            for row in first_row..segments.first_rows[segment_idx + 1] {
                if let Some((column, numbers)) = column
                    && live[row as usize]
                {
                    column
                        .term_ords(row - first_row)
                        .for_each(|ord| visit(Visited::Spelling(numbers[ord as usize])));
                }
                visit(Visited::EndOfRow);
            }
        }
    };
    for_each(&mut |visited| {
        if let Visited::Spelling(spelling) = visited {
            n_articles[spelling as usize] += 1;
        }
    });
    // The most frequent spelling; of equals, the first.
    let mut by_id: BTreeMap<String, Vec<Spelling<'_>>> = BTreeMap::new();
    for (spelling, number) in &spellings {
        let n_articles = n_articles[*number as usize];
        if n_articles != 0 {
            let of_id = by_id.entry(fold(spelling.trim(), Folding::Word)).or_default();
            of_id.push((Reverse(n_articles), spelling, *number));
        }
    }
    let mut value_of = vec![0; spellings.len()];
    let mut names = TextsBuilder::default();
    for (value, of_id) in (0..).zip(by_id.values()) {
        of_id.iter().for_each(|(.., number)| value_of[*number as usize] = value);
        names.push(of_id.iter().min().map_or("", |it| it.1));
    }
    for_each(&mut |visited| match visited {
        Visited::EndOfRow => rows.push(&mut of_row),
        Visited::Spelling(spelling) => of_row.push(value_of[spelling as usize]),
    });
    Ok(ValueColumn {
        by_row: rows.finish(),
        ids: by_id.keys().map(String::as_str).collect(),
        names: names.finish(),
    })
}

/// The count of a spelling, the spelling, and its value's number.
type Spelling<'a> = (Reverse<u32>, &'a str, u32);

/// The values met in one pass over the rows of a field.
enum Visited {
    /// The number of a spelling in the row.
    Spelling(u32),
    EndOfRow,
}

//! The names of all rows, numbered.

use std::collections::HashMap;

use tantivy::columnar::BytesColumn;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::entities::NameNumber;
use crate::index::error::IndexError;
use crate::index::numbers::{Numbers, Ordinal, Texts, TextsBuilder, ValuesBuilder, ValuesByRow};
use crate::index::schema::NAME_FIELDS;

use super::segments::Segments;
use super::stored::Stored;

/// The names of all rows, numbered: known names keep their numbers, new ones follow.
pub struct NameNumbers {
    /// The numbers of each row's names.
    pub rows: ValuesByRow,
    /// The names by their numbers.
    pub texts: Texts,
    /// The kind of each name, as its place in [`EntityKind::ALL`](crate::entities::EntityKind::ALL).
    pub kinds: Numbers<u8>,
}

/// The number of each name in an earlier state, if it existed.
#[derive(Clone)]
pub struct EarlierNumbers(Vec<Option<Ordinal>>);

impl EarlierNumbers {
    /// The number that a name had; `None` if it is new.
    pub fn of(&self, name: NameNumber) -> Option<NameNumber> {
        Some(NameNumber(self.0.get(name.idx()).copied()??.get()))
    }

    /// The numbers in the state before `self`, whose numbers `earlier` leads on to.
    pub fn after(self, earlier: &Self) -> Self {
        let lead = |it: Ordinal| earlier.0.get(it.idx()).copied().flatten();
        Self(self.0.into_iter().map(|it| it.and_then(lead)).collect())
    }
}

impl NameNumbers {
    /// Numbers the names: known names keep their numbers, new ones follow.
    pub fn new(segments: &Segments<'_>, last: Option<&Stored>, live: &[bool]) -> Result<Self, IndexError> {
        let mut texts = TextsBuilder::default();
        let mut kinds: Vec<u8> = Vec::new();
        let mut by_hash: HashMap<u64, u32> = HashMap::new();
        let hash = |kind: u8, name: &str| xxh3_64_with_seed(name.as_bytes(), u64::from(kind));
        let n_last = last.map_or(0, |it| it.name_texts.len());
        if let Some(last) = last {
            by_hash.reserve(n_last);
            for (number, name) in (0..).zip(last.name_texts.iter()) {
                let kind = last.name_kinds.get(number as usize);
                texts.push(name);
                kinds.push(kind);
                by_hash.insert(hash(kind, name), number);
            }
        }
        let mut rows = ValuesBuilder::default();
        let mut of_row = Vec::new();
        for (idx, segment) in segments.readers.iter().enumerate() {
            if let (Some(last), Some(start)) = (last, segments.in_last[idx]) {
                rows.copy(&last.names, start..start + segment.max_doc());
                continue;
            }
            let mut columns = Vec::new();
            for (kind, field) in (0..).zip(NAME_FIELDS) {
                let Some(column) = segment.fast_fields().str(field)?.map(BytesColumn::from) else {
                    continue;
                };
                let mut numbers = Vec::with_capacity(column.num_terms());
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    let name = String::from_utf8_lossy(terms.key());
                    // Among three million names, two share a 64-bit hash once in four million archives.
                    let number = *by_hash.entry(hash(kind, &name)).or_insert_with(|| {
                        texts.push(&name);
                        kinds.push(kind);
                        kinds.len() as u32 - 1
                    });
                    numbers.push(number);
                }
                columns.push((column, numbers));
            }
            let first_row = segments.first_rows[idx] as usize;
            for doc in 0..segment.max_doc() {
                if live[first_row + doc as usize] {
                    for (column, numbers) in &columns {
                        of_row.extend(column.term_ords(doc).map(|ord| numbers[ord as usize]));
                    }
                }
                rows.push(&mut of_row);
            }
        }
        Ok(Self {
            rows: rows.finish(),
            texts: texts.finish(),
            kinds: kinds.into_iter().collect(),
        })
    }

    /// Removes the names that are in no live row, and the names of rows that are not live.
    ///
    /// Returns the former numbers of the names, of which there were `n_last`; `None` if none changed.
    pub fn drop_unused(&mut self, live: &[bool], n_last: usize) -> Option<EarlierNumbers> {
        let n_names = self.texts.len();
        let mut is_used = vec![false; n_names];
        for row in (0..live.len()).filter(|row| live[*row]) {
            self.rows.of(row as u32).for_each(|name| is_used[name as usize] = true);
        }
        let mut number_now = vec![0; n_names];
        let mut earlier = Vec::new();
        let (mut texts, mut kinds) = (TextsBuilder::default(), Vec::new());
        if is_used.iter().all(|it| *it) {
            return None;
        }
        for (number, name) in self.texts.iter().enumerate().filter(|(number, _)| is_used[*number]) {
            number_now[number] = kinds.len() as u32;
            texts.push(name);
            kinds.push(self.kinds.get(number));
            earlier.push(Ordinal::new(number as u32).filter(|_| number < n_last));
        }
        let mut rows = ValuesBuilder::default();
        let mut of_row: Vec<u32> = Vec::new();
        for (row, is_live) in (0..).zip(live) {
            if *is_live {
                of_row.extend(self.rows.of(row).map(|name| number_now[name as usize]));
            }
            rows.push(&mut of_row);
        }
        self.rows = rows.finish();
        self.texts = texts.finish();
        self.kinds = kinds.into_iter().collect();
        Some(EarlierNumbers(earlier))
    }
}

//! Columns of numbers and texts as bytes: in memory, or in a mapped file that is read where it is needed.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use tantivy::directory::OwnedBytes;

/// An index into a list whose [`Option`] takes no extra space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ordinal(NonZeroU32);

impl Ordinal {
    /// `None` for [`u32::MAX`], which on disk means none.
    pub fn new(idx: u32) -> Option<Self> {
        NonZeroU32::new(idx.wrapping_add(1)).map(Self)
    }

    /// The index as it is stored.
    pub fn get(self) -> u32 {
        self.0.get() - 1
    }

    /// The index as a slice takes it.
    pub fn idx(self) -> usize {
        self.get() as usize
    }
}

/// A number that is stored in a fixed number of bytes.
pub(super) trait Number: Copy {
    /// Appends its bytes in little-endian order.
    fn put(self, bytes: &mut Vec<u8>);
    /// The number at an index of what [`Number::put`] wrote back to back.
    fn at(bytes: &[u8], idx: usize) -> Self;
    /// The size of one number, in bytes.
    const SIZE: usize;
}

macro_rules! impl_number {
    ($($number:ty)*) => {$(
        impl Number for $number {
            const SIZE: usize = size_of::<Self>();

            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }

            fn at(bytes: &[u8], idx: usize) -> Self {
                Self::from_le_bytes(bytes.as_chunks().0[idx])
            }
        }
    )*};
}

impl_number!(u8 i16 i32 u32 u64);

/// A column of numbers.
#[derive(Clone)]
pub(super) struct Numbers<T> {
    bytes: OwnedBytes,
    number: PhantomData<T>,
}

impl<T: Number> Numbers<T> {
    /// The numbers in what [`Number::put`] wrote back to back.
    pub fn of_bytes(bytes: OwnedBytes) -> Self {
        let number = PhantomData;
        Self { bytes, number }
    }

    /// As [`Numbers::of_bytes`] takes them.
    pub fn bytes(&self) -> OwnedBytes {
        self.bytes.clone()
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.bytes.len() / T::SIZE
    }

    /// The number at an index.
    pub fn get(&self, idx: usize) -> T {
        T::at(&self.bytes, idx)
    }

    /// All numbers in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        self.range(0..self.len())
    }

    /// The numbers in a range of indices.
    pub fn range(&self, range: Range<usize>) -> impl ExactSizeIterator<Item = T> + Clone + '_ {
        let bytes = self.bytes_of(range);
        (0..bytes.len() / T::SIZE).map(move |idx| T::at(bytes, idx))
    }

    /// The bytes of a range of indices.
    pub fn bytes_of(&self, range: Range<usize>) -> &[u8] {
        &self.bytes[range.start * T::SIZE..range.end * T::SIZE]
    }
}

impl<T: Number> FromIterator<T> for Numbers<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        let mut bytes = Vec::new();
        numbers.into_iter().for_each(|it| it.put(&mut bytes));
        Self::of_bytes(OwnedBytes::new(bytes))
    }
}

/// A list of values for each row, with those of rows that changed since kept beside them.
#[derive(Clone)]
pub(super) struct ValuesByRow {
    /// The end of each row's values.
    pub ends: Numbers<u32>,
    /// The values of all rows, back to back.
    pub values: Numbers<u32>,
    changed: Option<Arc<ChangedRows>>,
}

/// The rows whose values were replaced.
struct ChangedRows {
    is_changed: Vec<bool>,
    /// The place of each changed row's values in `values`.
    places: HashMap<u32, Range<usize>>,
    values: Numbers<u32>,
}

impl ValuesByRow {
    /// Lists with these ends and values.
    pub fn new(ends: Numbers<u32>, values: Numbers<u32>) -> Self {
        let changed = None;
        Self { ends, values, changed }
    }

    /// The values of a row, in rising order, each once.
    pub fn of(&self, row: u32) -> impl ExactSizeIterator<Item = u32> + Clone + '_ {
        if let Some(changed) = &self.changed
            && changed.is_changed[row as usize]
        {
            return changed.values.range(changed.places[&row].clone());
        }
        self.values.range(self.places(row))
    }

    /// The original rows, but with the values that `of_row` gives where a row had one of `gone`.
    pub fn with_changes(&self, gone: impl Iterator<Item = u32>, of_row: impl Fn(u32) -> Vec<u32>) -> Self {
        let mut is_gone: Vec<bool> = Vec::new();
        for value in gone {
            is_gone.resize(is_gone.len().max(value as usize + 1), false);
            is_gone[value as usize] = true;
        }
        let mut it = Self::new(self.ends.clone(), self.values.clone());
        if is_gone.is_empty() {
            return it;
        }
        let mut is_changed = vec![false; it.n_rows()];
        let mut places = HashMap::new();
        let mut values: Vec<u32> = Vec::new();
        for row in 0..it.n_rows() as u32 {
            if it.of(row).any(|value| is_gone.get(value as usize) == Some(&true)) {
                let mut of_row = of_row(row);
                of_row.sort_unstable();
                of_row.dedup();
                is_changed[row as usize] = true;
                places.insert(row, values.len()..values.len() + of_row.len());
                values.extend(of_row);
            }
        }
        it.changed = Some(Arc::new(ChangedRows {
            is_changed,
            places,
            values: values.into_iter().collect(),
        }));
        it
    }

    /// The place of a row's original values.
    pub fn places(&self, row: u32) -> Range<usize> {
        let row = row as usize;
        let start = row.checked_sub(1).map_or(0, |before| self.ends.get(before));
        start as usize..self.ends.get(row) as usize
    }

    /// The number of rows.
    pub fn n_rows(&self) -> usize {
        self.ends.len()
    }
}

/// Builds a [`ValuesByRow`].
#[derive(Default)]
pub(super) struct ValuesBuilder {
    ends: Vec<u8>,
    values: Vec<u8>,
}

impl ValuesBuilder {
    /// Adds the next row; sorts and deduplicates `values`, and leaves them empty.
    pub fn push(&mut self, values: &mut Vec<u32>) {
        values.sort_unstable();
        values.dedup();
        values.drain(..).for_each(|value| value.put(&mut self.values));
        self.end_row();
    }

    /// Appends rows of other lists unchanged.
    pub fn copy(&mut self, from: &ValuesByRow, rows: Range<u32>) {
        for row in rows {
            self.values.extend_from_slice(from.values.bytes_of(from.places(row)));
            self.end_row();
        }
    }

    fn end_row(&mut self) {
        ((self.values.len() / u32::SIZE) as u32).put(&mut self.ends);
    }

    pub fn finish(mut self) -> ValuesByRow {
        self.ends.shrink_to_fit();
        self.values.shrink_to_fit();
        let numbers = |bytes| Numbers::of_bytes(OwnedBytes::new(bytes));
        ValuesByRow::new(numbers(self.ends), numbers(self.values))
    }
}

/// Numbered texts, in a single allocation or mapping.
#[derive(Clone)]
pub(super) struct Texts {
    /// The end of each text.
    pub ends: Numbers<u32>,
    /// The texts, back to back.
    pub bytes: OwnedBytes,
}

impl Texts {
    /// The text with a number; empty if its bytes are damaged.
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends.get(before));
        let bytes = &self.bytes[start as usize..self.ends.get(number) as usize];
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a text, by binary search: the texts must be sorted.
    pub fn find_in_order(&self, text: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle) < text {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        (low < self.len() as u32 && self.get(low) == text).then_some(low)
    }

    /// All texts in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len() as u32).map(|number| self.get(number))
    }
}

/// Builds [`Texts`].
#[derive(Default)]
pub(super) struct TextsBuilder {
    ends: Vec<u8>,
    bytes: Vec<u8>,
}

impl TextsBuilder {
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        (self.bytes.len() as u32).put(&mut self.ends);
    }

    pub fn finish(self) -> Texts {
        Texts {
            ends: Numbers::of_bytes(OwnedBytes::new(self.ends)),
            bytes: OwnedBytes::new(self.bytes),
        }
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut builder = TextsBuilder::default();
        texts.into_iter().for_each(|text| builder.push(text));
        builder.finish()
    }
}

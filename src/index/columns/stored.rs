//! The columns that depend on the segments alone: the part of [`Columns`](super::Columns) that is stored on disk.

use tantivy::directory::OwnedBytes;
use tantivy::index::SegmentId;

use crate::index::numbers::{Number, Numbers, Texts, ValuesByRow};
use crate::index::schema::text_fields;

use super::word_forms::{FormsOfSegment, WordForms};

/// No date, in [`Stored::days`]. Read through [`Stored::day`].
pub const UNDATED: i32 = i32::MIN;

/// Bit of [`Stored::flags`]: the row is an article, deleted or not.
pub const ARTICLE: u8 = 1;
/// Bit of [`Stored::flags`]: its date was only inferred.
pub const INFERRED: u8 = 2;

/// The columns that depend on the segments alone.
#[derive(Clone)]
pub struct Stored {
    /// The segments with their numbers of rows, in the order of the rows.
    pub segments: Vec<(String, u32)>,
    /// The number of documents when the columns were built. If there are fewer now, some were deleted.
    pub n_docs: u64,
    /// The article of each row; 0 where there is none.
    pub ids: Numbers<u64>,
    /// [`ARTICLE`] and [`INFERRED`], for each row.
    pub flags: Numbers<u8>,
    /// The date of each row, as days since 1970, or [`UNDATED`].
    pub days: Numbers<i32>,
    /// The rows in the order of paths, then of records.
    pub by_place: Numbers<u32>,
    /// The place of each row in [`Stored::by_place`].
    pub ranks: Numbers<u32>,
    /// The rows in the order of articles, then of ranks.
    pub by_id: Numbers<u32>,
    /// The names of each row, as numbers of `name_texts`.
    pub names: ValuesByRow,
    /// The names, see [`name_of_value`](crate::index::values::name_of_value); each is in a row that was live when
    /// the columns were made.
    pub name_texts: Texts,
    /// The kind of each name, as its place in [`EntityKind::ALL`](crate::entities::EntityKind::ALL).
    pub name_kinds: Numbers<u8>,
    /// A column for each of [`text_fields`], in that order.
    pub values: Vec<ValueColumn>,
    /// The forms of the words of each segment, in the order of [`Stored::segments`].
    pub forms: Vec<FormsOfSegment>,
}

/// The values of a facet of texts.
#[derive(Clone)]
pub struct ValueColumn {
    /// The values of each row.
    pub by_row: ValuesByRow,
    /// The folded forms of the values, which identify them, sorted.
    pub ids: Texts,
    /// The most frequent spelling of each value.
    pub names: Texts,
}

impl Stored {
    /// All parts, in the order in which [`Stored::of_parts`] takes them.
    pub fn parts(&self) -> Vec<OwnedBytes> {
        let of_values = |it: &ValuesByRow| [it.ends.bytes(), it.values.bytes()];
        let of_texts = |it: &Texts| [it.ends.bytes(), it.bytes.clone()];
        let mut parts = vec![
            self.ids.bytes(),
            self.flags.bytes(),
            self.days.bytes(),
            self.by_place.bytes(),
            self.ranks.bytes(),
            self.by_id.bytes(),
        ];
        parts.extend(of_values(&self.names));
        parts.extend(of_texts(&self.name_texts));
        parts.push(self.name_kinds.bytes());
        for it in &self.values {
            parts.extend(of_values(&it.by_row));
            parts.extend(of_texts(&it.ids));
            parts.extend(of_texts(&it.names));
        }
        for it in &self.forms {
            parts.extend(it.title.parts());
            parts.extend(it.body.parts());
        }
        parts
    }

    /// The inverse of [`Stored::parts`]; `None` if parts are missing or have another length.
    pub fn of_parts(segments: Vec<(String, u32)>, n_docs: u64, parts: Vec<OwnedBytes>) -> Option<Self> {
        fn numbers<T: Number>(parts: &mut impl Iterator<Item = OwnedBytes>) -> Option<Numbers<T>> {
            parts.next().map(Numbers::of_bytes)
        }
        fn values(parts: &mut impl Iterator<Item = OwnedBytes>) -> Option<ValuesByRow> {
            Some(ValuesByRow::new(numbers(parts)?, numbers(parts)?))
        }
        fn texts(parts: &mut impl Iterator<Item = OwnedBytes>) -> Option<Texts> {
            Some(Texts {
                ends: numbers(parts)?,
                bytes: parts.next()?,
            })
        }
        let parts = &mut parts.into_iter();
        let n_segments = segments.len();
        let it = Self {
            segments,
            n_docs,
            ids: numbers(parts)?,
            flags: numbers(parts)?,
            days: numbers(parts)?,
            by_place: numbers(parts)?,
            ranks: numbers(parts)?,
            by_id: numbers(parts)?,
            names: values(parts)?,
            name_texts: texts(parts)?,
            name_kinds: numbers(parts)?,
            values: text_fields()
                .map(|_| {
                    Some(ValueColumn {
                        by_row: values(parts)?,
                        ids: texts(parts)?,
                        names: texts(parts)?,
                    })
                })
                .collect::<Option<_>>()?,
            forms: (0..n_segments)
                .map(|_| {
                    Some(FormsOfSegment {
                        title: WordForms::of_parts(parts)?,
                        body: WordForms::of_parts(parts)?,
                    })
                })
                .collect::<Option<_>>()?,
        };
        let n_rows: usize = it.segments.iter().map(|(_, n_rows)| *n_rows as usize).sum();
        (it.ids.len() == n_rows && it.names.n_rows() == n_rows).then_some(it)
    }

    /// The days since 1970 of a row; `None` if undated.
    pub fn day(&self, row: u32) -> Option<i32> {
        Some(self.days.get(row as usize)).filter(|it| *it != UNDATED)
    }

    /// The days since 1970 of all dated rows, in the order of rows.
    pub fn dated(&self) -> impl Iterator<Item = i32> + '_ {
        self.days.iter().filter(|it| *it != UNDATED)
    }

    /// Whether the columns show the state that `searcher` shows.
    pub fn is_of(&self, searcher: &tantivy::Searcher) -> bool {
        let segments = searcher.segment_readers().iter();
        self.n_docs == searcher.num_docs()
            && segments
                .map(|it| (name_of(it.segment_id()), it.max_doc()))
                .eq(self.segments.iter().cloned())
    }
}

/// The name of a segment in [`Stored::segments`].
pub fn name_of(segment: SegmentId) -> String {
    segment.uuid_string()
}

//! Which terms of a segment are forms of one word.

use tantivy::SegmentReader;
use tantivy::directory::OwnedBytes;
use tantivy::schema::Field;
use tantivy::termdict::{TermDictionary, TermOrdinal};
use xxhash_rust::xxh3::xxh3_64;

use crate::index::analysis::{stem_of_surface, surface_of_term};
use crate::index::error::IndexError;
use crate::index::numbers::Numbers;
use crate::index::schema::Fields;

/// So many terms share a bucket on average: a look-up passes over as many in vain. A guess.
const TERMS_PER_BUCKET: usize = 4;

/// The terms of a field of a segment by their stems.
///
/// A stem is known by the upper bits of its hash, which choose the bucket, and by the lower half of it: some 50 bits. Of
/// 300,000 stems two are taken for one in one archive of 20,000.
#[derive(Clone)]
pub struct WordForms {
    /// The end of each bucket in the lists below; their number is a power of two.
    ends: Numbers<u32>,
    /// The lower half of the hash of each term's stem.
    checks: Numbers<u32>,
    /// The places of the terms in the dictionary.
    ords: Numbers<u32>,
}

impl WordForms {
    /// How many parts [`WordForms::parts`] has.
    pub const N_PARTS: usize = 3;

    /// Finds the stems of all terms of a dictionary.
    pub fn new(terms: &TermDictionary) -> Result<Self, IndexError> {
        let mut entries: Vec<(u64, u32)> = Vec::with_capacity(terms.num_terms());
        let mut last = (String::new(), xxh3_64(b""));
        let mut terms = terms.stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            let surface = surface_of_term(&term);
            // The spellings of a word are neighbours.
            if surface != last.0 {
                last = (surface.to_owned(), xxh3_64(stem_of_surface(surface).as_bytes()));
            }
            entries.push((last.1, terms.term_ord() as u32));
        }
        entries.sort_unstable();
        let n_buckets = (entries.len() / TERMS_PER_BUCKET).max(1).next_power_of_two();
        let end_of = |bucket: usize| entries.partition_point(|(hash, _)| bucket_of(*hash, n_buckets) <= bucket) as u32;
        Ok(Self {
            ends: (0..n_buckets).map(end_of).collect(),
            checks: entries.iter().map(|(hash, _)| *hash as u32).collect(),
            ords: entries.iter().map(|(_, ord)| *ord).collect(),
        })
    }

    /// The places in the dictionary of the forms of a stem, in rising order.
    pub fn of_stem(&self, stem: &str) -> impl Iterator<Item = TermOrdinal> {
        let hash = xxh3_64(stem.as_bytes());
        let bucket = bucket_of(hash, self.ends.len());
        let start = bucket.checked_sub(1).map_or(0, |before| self.ends.get(before));
        let entries = start as usize..self.ends.get(bucket) as usize;
        let entries = self.checks.range(entries.clone()).zip(self.ords.range(entries));
        let of_stem = entries.filter(move |(check, _)| *check == hash as u32);
        of_stem.map(|(_, ord)| TermOrdinal::from(ord))
    }

    /// All parts, in the order in which [`WordForms::of_parts`] takes them.
    pub fn parts(&self) -> [OwnedBytes; Self::N_PARTS] {
        [self.ends.bytes(), self.checks.bytes(), self.ords.bytes()]
    }

    /// The inverse of [`WordForms::parts`]; `None` if parts are missing or have another length.
    pub fn of_parts(parts: &mut impl Iterator<Item = OwnedBytes>) -> Option<Self> {
        let it = Self {
            ends: Numbers::of_bytes(parts.next()?),
            checks: Numbers::of_bytes(parts.next()?),
            ords: Numbers::of_bytes(parts.next()?),
        };
        let is_whole = it.ends.len().is_power_of_two() && it.checks.len() == it.ords.len();
        is_whole.then_some(it)
    }
}

/// The bucket of a stem's hash.
fn bucket_of(hash: u64, n_buckets: usize) -> usize {
    ((u128::from(hash) * n_buckets as u128) >> u64::BITS) as usize
}

/// The forms of the words of a segment, in titles and in bodies.
#[derive(Clone)]
pub struct FormsOfSegment {
    /// Of the words of titles.
    pub title: WordForms,
    /// Of the words of bodies.
    pub body: WordForms,
}

impl FormsOfSegment {
    /// Reads the dictionaries of a segment.
    pub fn new(segment: &SegmentReader, fields: &Fields) -> Result<Self, IndexError> {
        let forms = |field: Field| WordForms::new(segment.inverted_index(field)?.terms());
        Ok(Self {
            title: forms(fields.title_words)?,
            body: forms(fields.body)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_a_bucket_and_buckets_are_in_the_order_of_hashes() {
        assert_eq!(bucket_of(u64::MAX, 1), 0);
        assert_eq!(bucket_of(u64::MAX, 8), 7);
        assert_eq!(bucket_of(u64::MAX / 8, 8), 0);
        assert_eq!(bucket_of(u64::MAX / 8 + 1, 8), 1);
    }
}

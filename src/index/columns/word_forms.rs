//! Which terms of a segment are forms of one word.

use tantivy::SegmentReader;
use tantivy::directory::OwnedBytes;
use tantivy::schema::Field;
use tantivy::termdict::{TermDictionary, TermOrdinal, TermStreamer};
use xxhash_rust::xxh3::xxh3_64;

use crate::index::analysis::{BEFORE_SPELLING, stem_of_surface};
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

    /// Finds the stems of all terms of some dictionaries: together, as most words are in several.
    fn of_dictionaries(dictionaries: &[&TermDictionary]) -> Result<Vec<Self>, IndexError> {
        let mut entries: Vec<Vec<(u64, u32)>> = dictionaries
            .iter()
            .map(|it| Vec::with_capacity(it.num_terms()))
            .collect();
        let mut terms: Vec<TermStreamer<'_>> = dictionaries.iter().map(|it| it.stream()).collect::<Result<_, _>>()?;
        let mut are_left: Vec<bool> = terms.iter_mut().map(TermStreamer::advance).collect();
        loop {
            let left = terms.iter().zip(&are_left).filter(|(_, is_left)| **is_left);
            let Some(surface) = left.map(|(terms, _)| surface_of(terms)).min() else {
                break;
            };
            let surface = surface.to_vec();
            let hash = xxh3_64(stem_of_surface(&String::from_utf8_lossy(&surface)).as_bytes());
            for ((terms, entries), is_left) in terms.iter_mut().zip(&mut entries).zip(&mut are_left) {
                // The spellings of a word are neighbours.
                while *is_left && surface_of(terms) == surface {
                    entries.push((hash, terms.term_ord() as u32));
                    *is_left = terms.advance();
                }
            }
        }
        Ok(entries.into_iter().map(Self::new).collect())
    }

    /// From the hash of each term's stem and the place of the term.
    fn new(mut entries: Vec<(u64, u32)>) -> Self {
        entries.sort_unstable();
        let n_buckets = (entries.len() / TERMS_PER_BUCKET).max(1).next_power_of_two();
        let mut ends = vec![0; n_buckets];
        for (end, (hash, _)) in (1..).zip(&entries) {
            ends[bucket_of(*hash, n_buckets)] = end;
        }
        // An empty bucket ends where the one before it does.
        let ends = ends.into_iter().scan(0, |last, end| {
            *last = end.max(*last);
            Some(*last)
        });
        Self {
            ends: ends.collect(),
            checks: entries.iter().map(|(hash, _)| *hash as u32).collect(),
            ords: entries.iter().map(|(_, ord)| *ord).collect(),
        }
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
    /// Reads the dictionaries of some segments.
    pub fn of_segments(segments: &[&SegmentReader], fields: &Fields) -> Result<Vec<Self>, IndexError> {
        let forms = |field: Field| {
            let inverted = segments.iter().map(|it| it.inverted_index(field));
            let inverted: Vec<_> = inverted.collect::<Result<_, _>>()?;
            WordForms::of_dictionaries(&inverted.iter().map(|it| it.terms()).collect::<Vec<_>>())
        };
        let (title, body) = rayon::join(|| forms(fields.title_words), || forms(fields.body));
        Ok(title?
            .into_iter()
            .zip(body?)
            .map(|(title, body)| Self { title, body })
            .collect())
    }
}

/// The surface of the term that a stream is at, as bytes.
fn surface_of<'a>(terms: &'a TermStreamer<'_>) -> &'a [u8] {
    let term = terms.key();
    &term[..memchr::memchr(BEFORE_SPELLING as u8, term).unwrap_or(term.len())]
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

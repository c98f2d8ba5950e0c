//! Stories: articles with nearly the same text, of which one can represent all.
//!
//! Outlets reprint agencies' texts, shortened, under other titles. Two articles belong to one story if the sets of
//! their shingles overlap, see [`compare`]; texts of one template (weather, cables, markets) do not, since their
//! numbers or names differ. A story is a connected component of that relation: it does not depend on the order in which
//! files were read.
//!
//! When an article is written, its [`sketch`] is stored in two columns. A new snapshot compares only new articles with
//! those whose sketches share a band, each pair exactly, on the texts that the index stores. The results are remembered
//! in a [`Memo`] by the texts' keys: facts about texts that stay true whatever becomes of the index, so the memo may be
//! lost but is never wrong.
//!
//! | file | is |
//! |---|---|
//! | [`sketch`] | a text in a hundred bytes |
//! | [`compare`] | whether two texts are one story |
//! | `memo` | the results, stored between starts |

pub(super) mod compare;
mod memo;
pub(super) mod sketch;

pub(super) use memo::Memo;

use std::collections::HashMap;
use std::sync::Arc;

use petgraph::unionfind::UnionFind;
use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::TantivyDocument;

use super::columns::Columns;
use super::error::IndexError;
use super::numbers::Ordinal;
use super::schema::{STORY_BAND, STORY_KEY};

use compare::{Text, are_near};

/// Texts that share a band with more texts than this are compared with only this many neighbours in the order of keys:
/// what a whole archive shares is a form, not a story. A guess.
const MOST_NEIGHBOURS: usize = 64;

/// How many pairs are compared at a time, with their texts, some kilobytes each, in memory. Picked by feel.
const PAIRS_AT_ONCE: usize = 1024;

/// The stories of one state of the index.
pub(super) struct Stories {
    /// What is known of the texts, and the story of each row, if any.
    pub memo: Arc<Memo>,
    /// The number of rows of each story.
    sizes: Vec<u32>,
}

impl Stories {
    /// The stories of all texts in the index; compares those that `memo` does not know.
    pub fn new(columns: &Columns, known: Arc<Memo>) -> Result<Self, IndexError> {
        if known.stamp == columns.stamp() {
            return Ok(Self::of_memo(known));
        }
        let texts = ComparedTexts::new(columns)?;
        let (keys, links) = match known.keys == texts.keys {
            true => (known.keys.clone(), known.links.clone()),
            false => (texts.keys.clone(), texts.compared(columns, &known)?),
        };
        let of_row = texts.stories(columns, &links);
        Ok(Self::of_memo(Arc::new(Memo {
            stamp: columns.stamp(),
            keys,
            links,
            of_row,
        })))
    }

    /// The stories known so far: new texts are alone.
    pub fn before_comparing(columns: &Columns, known: Arc<Memo>) -> Result<Self, IndexError> {
        if known.stamp == columns.stamp() {
            return Ok(Self::of_memo(known));
        }
        let of_row = ComparedTexts::new(columns)?.stories(columns, &known.links);
        Ok(Self::of_memo(Arc::new(Memo {
            stamp: 0,
            of_row,
            keys: known.keys.clone(),
            links: known.links.clone(),
        })))
    }

    fn of_memo(memo: Arc<Memo>) -> Self {
        let mut sizes: Vec<u32> = Vec::new();
        for story in memo.of_row.iter().flatten() {
            let story = story.idx();
            if sizes.len() <= story {
                sizes.resize(story + 1, 0);
            }
            sizes[story] += 1;
        }
        Self { memo, sizes }
    }

    /// Whether all texts of this state of the index were compared.
    pub fn are_all_of(&self, columns: &Columns) -> bool {
        self.memo.stamp == columns.stamp()
    }

    /// The number of stories of at least two articles.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// The story of a row, from 0; `None` if no other article is like it.
    pub fn of(&self, row: u32) -> Option<Ordinal> {
        self.memo.of_row.get(row as usize).copied().flatten()
    }

    /// The number of articles of a row's story, itself included.
    pub fn size_of(&self, row: u32) -> u64 {
        self.of(row).map_or(1, |story| u64::from(self.sizes[story.idx()]))
    }
}

/// The texts to compare: articles with the same key are one.
struct ComparedTexts {
    /// In rising order.
    keys: Vec<u64>,
    /// Each live row that has a sketch, with the number of its text, in rising order.
    rows: Vec<(u32, u32)>,
}

impl ComparedTexts {
    fn new(columns: &Columns) -> Result<Self, IndexError> {
        let mut keyed: Vec<(u64, u32)> = Vec::new();
        for (segment_idx, segment) in columns.searcher.segment_readers().iter().enumerate() {
            let Some(keys) = segment.fast_fields().column_opt::<u64>(STORY_KEY)? else {
                continue;
            };
            for (doc, row) in columns.rows_of_segment(segment_idx).enumerate() {
                if columns.live[row as usize] {
                    keyed.extend(keys.first(doc as u32).map(|key| (key, row)));
                }
            }
        }
        keyed.sort_unstable();
        let (mut keys, mut rows) = (Vec::new(), Vec::with_capacity(keyed.len()));
        for (key, row) in keyed {
            if keys.last() != Some(&key) {
                keys.push(key);
            }
            rows.push((keys.len() as u32 - 1, row));
        }
        Ok(Self { keys, rows })
    }

    /// The story of each row, if any: what links connect.
    fn stories(&self, columns: &Columns, links: &[(u64, u64)]) -> Vec<Option<Ordinal>> {
        let mut sets = self.sets(links);
        let mut n_rows: Vec<u32> = vec![0; self.keys.len()];
        for &(text, _) in &self.rows {
            n_rows[sets.find_mut(text) as usize] += 1;
        }
        // Numbered in the order of their first texts.
        let mut story_of_set: Vec<Option<Ordinal>> = vec![None; self.keys.len()];
        let mut n_stories = 0;
        let mut of_row = vec![None; columns.n_rows()];
        for &(text, row) in &self.rows {
            let set = sets.find_mut(text) as usize;
            if 1 < n_rows[set] {
                if story_of_set[set].is_none() {
                    story_of_set[set] = Ordinal::new(n_stories);
                    n_stories += 1;
                }
                of_row[row as usize] = story_of_set[set];
            }
        }
        of_row
    }

    /// The texts that links connect.
    fn sets(&self, links: &[(u64, u64)]) -> UnionFind<u32> {
        let mut sets = UnionFind::new(self.keys.len());
        for (a, b) in links {
            if let (Ok(a), Ok(b)) = (self.keys.binary_search(a), self.keys.binary_search(b)) {
                sets.union(a as u32, b as u32);
            }
        }
        sets
    }

    /// The links after the new texts are compared.
    fn compared(&self, columns: &Columns, known: &Memo) -> Result<Vec<(u64, u64)>, IndexError> {
        let is_here = |key: &u64| self.keys.binary_search(key).is_ok();
        // A text that is gone may have connected others, which are therefore compared again.
        let mut links = Vec::with_capacity(known.links.len());
        let mut loosened = Vec::new();
        for &(a, b) in &known.links {
            match (is_here(&a), is_here(&b)) {
                (true, true) => links.push((a, b)),
                (true, false) => loosened.push(a),
                (false, true) => loosened.push(b),
                (false, false) => {}
            }
        }
        loosened.sort_unstable();
        let is_new: Vec<bool> = self
            .keys
            .iter()
            .map(|key| known.keys.binary_search(key).is_err() || loosened.binary_search(key).is_ok())
            .collect();

        let mut sets = self.sets(&links);
        let mut row_of_text = vec![0; self.keys.len()];
        for &(text, row) in self.rows.iter().rev() {
            row_of_text[text as usize] = row;
        }
        for pairs in self.candidates(columns, &row_of_text, &is_new)?.chunks(PAIRS_AT_ONCE) {
            let open: Vec<(u32, u32)> = pairs
                .iter()
                .filter(|(a, b)| sets.find_mut(*a) != sets.find_mut(*b))
                .copied()
                .collect();
            let mut wanted: Vec<u32> = open.iter().flat_map(|&(a, b)| [a, b]).collect();
            wanted.sort_unstable();
            wanted.dedup();
            let read = |text: u32| Ok((text, text_of_row(columns, row_of_text[text as usize])?));
            let texts: HashMap<u32, Text> = wanted.into_par_iter().map(read).collect::<Result<_, IndexError>>()?;
            let is_one = |(a, b): &&(u32, u32)| match (texts.get(a), texts.get(b)) {
                (Some(a), Some(b)) => a.is_one_story_with(b),
                _ => false,
            };
            let found: Vec<(u32, u32)> = open.par_iter().filter(is_one).copied().collect();
            for (a, b) in found {
                // A pair that is already connected needs no further link.
                if sets.union(a, b) {
                    links.push((self.keys[a as usize], self.keys[b as usize]));
                }
            }
        }
        Ok(links)
    }

    /// The pairs with a new text that share two bands, or one if they may be of the same days: most that share one
    /// has no more than a paragraph in common. In rising order.
    fn candidates(
        &self,
        columns: &Columns,
        row_of_text: &[u32],
        is_new: &[bool],
    ) -> Result<Vec<(u32, u32)>, IndexError> {
        let mut text_of_row = vec![None; columns.n_rows()];
        // One row represents all of a text.
        for (idx, &(text, row)) in self.rows.iter().enumerate() {
            if idx == 0 || self.rows[idx - 1].0 != text {
                text_of_row[row as usize] = Ordinal::new(text);
            }
        }
        let mut bands_of_new = Filter::default();
        for_each_band(columns, &text_of_row, |text, band| {
            if is_new[text as usize] {
                bands_of_new.insert(band);
            }
        })?;
        let mut shared: Vec<(u32, u32)> = Vec::new();
        for_each_band(columns, &text_of_row, |text, band| {
            if bands_of_new.may_hold(band) {
                shared.push((band, text));
            }
        })?;
        shared.sort_unstable();
        shared.dedup();
        let mut pairs = Vec::new();
        for of_band in shared.chunk_by(|a, b| a.0 == b.0) {
            for (idx, &(_, a)) in of_band.iter().enumerate() {
                for &(_, b) in of_band[idx + 1..].iter().take(MOST_NEIGHBOURS) {
                    if is_new[a as usize] || is_new[b as usize] {
                        pairs.push((a, b));
                    }
                }
            }
        }
        pairs.sort_unstable();
        let day = |text: u32| columns.day(row_of_text[text as usize]);
        let alike = pairs
            .chunk_by(|a, b| a == b)
            .filter(|bands| 1 < bands.len() || are_near(day(bands[0].0), day(bands[0].1)));
        Ok(alike.map(|bands| bands[0]).collect())
    }
}

/// Calls `visit` with each band of each text that a row represents.
fn for_each_band(
    columns: &Columns,
    text_of_row: &[Option<Ordinal>],
    mut visit: impl FnMut(u32, u32),
) -> Result<(), IndexError> {
    for (segment_idx, segment) in columns.searcher.segment_readers().iter().enumerate() {
        let Some(bands) = segment.fast_fields().column_opt::<u64>(STORY_BAND)? else {
            continue;
        };
        for (doc, row) in columns.rows_of_segment(segment_idx).enumerate() {
            if let Some(text) = text_of_row[row as usize] {
                for band in bands.values_for_doc(doc as u32) {
                    visit(text.get(), band as u32);
                }
            }
        }
    }
    Ok(())
}

fn text_of_row(columns: &Columns, row: u32) -> Result<Text, IndexError> {
    let doc: TantivyDocument = columns.searcher.doc(columns.address_of(row))?;
    let body = columns.fields.stored_body(&doc);
    let names = columns.name_forms(row).map(str::to_owned).collect();
    Ok(Text::new(body, names, columns.day(row)))
}

/// A set of bands by their low bits: false positives, but no false negatives.
#[derive(Default)]
struct Filter {
    bits: Vec<u64>,
}

/// 2 MiB of bits: with a hundred thousand new texts, one band in seven is a false positive.
const FILTER_BITS: usize = 1 << 24;

impl Filter {
    fn insert(&mut self, band: u32) {
        self.bits.resize(FILTER_BITS / 64, 0);
        let at = band as usize % FILTER_BITS;
        self.bits[at / 64] |= 1 << (at % 64);
    }

    fn may_hold(&self, band: u32) -> bool {
        let at = band as usize % FILTER_BITS;
        self.bits.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }
}

//! Finds the Arabic words of an archive for which a Latin spelling is likely.
//!
//! The words are sorted, so those that begin alike are neighbours: a tree without being stored as one. The search walks it
//! from the likeliest beginning on (A*, Hart, Nilsson and Raphael 1968, with a rest that is not quite the least) and ends
//! when no beginning that is left can lead to a word within [`MARGIN`] of the best.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::attested::Attested;
use super::letters::{BORDER, MOST_LATIN, Piece, arabic_letter, arabic_numbers};
use super::model::{Context, LatinModel};

/// Words that are less likely than the best by more than this are left out, in natural log-odds. Chosen, like the next
/// two, among a few round numbers by the measure of `tests/bench/latin.rs`.
const MARGIN: f32 = 12.0;
/// At most this many beginnings of words are looked at for a word that is typed: it bounds the time.
const MOST_NODES: usize = 1500;
/// At most this many words are found.
const MOST_FOUND: usize = 800;
/// The weight of what the lists attest beside what the model says. A guess.
const SHARE_OF_LISTS: f32 = 0.5;
/// How much each Latin letter costs beyond the least that it can cost. Without it the search would look at all short
/// beginnings, of which nearly none gets so good an end, before it finishes one word. A guess.
const STEADY: f32 = 0.4;
/// Longer words are no names: a guess, which bounds the time.
const LONGEST: usize = 40;

/// The different words of an archive, as numbers of letters; sorted.
#[derive(Debug, Default)]
pub struct SortedWords {
    letters: Vec<u8>,
    ends: Vec<u32>,
}

impl SortedWords {
    /// From words that are sorted and different.
    pub fn new<'a>(words: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut it = Self::default();
        for word in words {
            it.letters.extend_from_slice(word);
            it.ends.push(it.letters.len() as u32);
        }
        it
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The letters of a word.
    pub fn get(&self, idx: usize) -> &[u8] {
        let start = idx
            .checked_sub(1)
            .and_then(|it| self.ends.get(it))
            .copied()
            .unwrap_or(0);
        let end = self.ends.get(idx).copied().unwrap_or(start);
        self.letters.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The place of a word.
    pub fn find(&self, word: &[u8]) -> Option<u32> {
        let at = self.first_from(0, self.len(), |it| it < word);
        (at < self.len() && self.get(at) == word).then_some(at as u32)
    }

    /// The first of a range that is not before; all that are before come first.
    fn first_from(&self, mut low: usize, mut high: usize, is_before: impl Fn(&[u8]) -> bool) -> usize {
        while low < high {
            let middle = low + (high - low) / 2;
            if is_before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// A word that was found, with the log-likelihood of what was typed.
pub type FoundWord = (u32, f32);

/// The words for which `latin`, letters from a to z, is likely: the likeliest first, then in the order of words.
///
/// `is_open`: `latin` may be only the beginning of the spelling.
pub fn find_words(
    words: &SortedWords,
    model: &LatinModel,
    attested: &Attested,
    latin: &str,
    is_open: bool,
) -> Vec<FoundWord> {
    if latin.is_empty() || LONGEST < latin.len() {
        return Vec::new();
    }
    let mut search = Search::new(words, model, attested, latin.as_bytes(), is_open);
    search.look_up(latin);
    search.walk();
    let least = search.best - MARGIN;
    let mut found: Vec<FoundWord> = search.found.into_iter().filter(|it| least <= it.1).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(MOST_FOUND);
    found
}

/// A beginning that some words share, whose last letter stands for nothing yet: that depends on the next.
struct Node {
    /// About the greatest log-likelihood of a word with this beginning.
    bound: f32,
    first: u32,
    end: u32,
    n_letters: u8,
    before: u8,
    letter: u8,
    /// Where the log-likelihoods of each beginning of what was typed start, in [`Search::rows`].
    row: usize,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bound.total_cmp(&other.bound).then(other.row.cmp(&self.row))
    }
}

/// A letter stands for what was typed from `start` to `end`.
#[derive(Clone, Copy)]
struct Arc {
    start: u8,
    end: u8,
    value: f32,
}

struct Search<'a> {
    words: &'a SortedWords,
    model: &'a LatinModel,
    attested: &'a Attested,
    latin: &'a [u8],
    is_open: bool,
    /// About the greatest log-likelihood of what was typed from each place on; see [`STEADY`].
    rest: Vec<f32>,
    /// All pieces of what was typed, with their starts and ends.
    pieces: Vec<(u8, u8, Piece)>,
    /// Those that each letter can stand for.
    known: FxHashMap<u8, Vec<(u8, u8, Piece)>>,
    arcs: FxHashMap<Context, Vec<Arc>>,
    rows: Vec<f32>,
    found: FxHashMap<u32, f32>,
    best: f32,
}

impl<'a> Search<'a> {
    fn new(
        words: &'a SortedWords,
        model: &'a LatinModel,
        attested: &'a Attested,
        latin: &'a [u8],
        is_open: bool,
    ) -> Self {
        let n = latin.len();
        let mut rest = vec![f32::NEG_INFINITY; n + 1];
        rest[n] = 0.0;
        for start in (0..n).rev() {
            for end in start + 1..=n.min(start + MOST_LATIN) {
                let greatest = Piece::new(&latin[start..end]).and_then(|it| model.greatest(it));
                if let Some(value) = greatest {
                    let value = value - STEADY * (end - start) as f32;
                    rest[start] = rest[start].max(value + rest[end]);
                }
            }
            if is_open && n <= start + MOST_LATIN {
                rest[start] = rest[start].max(-0.5);
            }
        }
        Self {
            words,
            model,
            attested,
            latin,
            is_open,
            rest,
            pieces: pieces_of(latin),
            known: FxHashMap::default(),
            arcs: FxHashMap::default(),
            rows: Vec::new(),
            found: FxHashMap::default(),
            best: f32::NEG_INFINITY,
        }
    }

    fn add(&mut self, word: u32, value: f32) {
        let it = self.found.entry(word).or_insert(f32::NEG_INFINITY);
        *it = it.max(value);
        self.best = self.best.max(value);
    }

    /// What the lists attest.
    fn look_up(&mut self, latin: &str) {
        let mut shares: FxHashMap<u32, f32> = FxHashMap::default();
        let mut add = |arabic: &str, share: f32| {
            if let Some(word) = self.words.find(&arabic_numbers(arabic)) {
                *shares.entry(word).or_default() += share;
            }
        };
        match self.is_open {
            true => self
                .attested
                .beginning(latin)
                .for_each(|(arabic, share)| add(arabic, share)),
            false => self.attested.with(latin).for_each(|(arabic, share)| add(arabic, share)),
        }
        for (word, share) in shares {
            self.add(word, (SHARE_OF_LISTS * share).ln());
        }
    }

    fn walk(&mut self) {
        let width = self.latin.len() + 1;
        self.rows.resize(width, f32::NEG_INFINITY);
        self.rows[0] = 0.0;
        let mut heap = BinaryHeap::new();
        for (letter, first, end) in self.children(0, self.words.len() as u32, 0) {
            heap.push(Node {
                bound: self.rest[0],
                first,
                end,
                n_letters: 1,
                before: BORDER,
                letter,
                row: 0,
            });
        }
        for _ in 0..MOST_NODES {
            let Some(node) = heap.pop().filter(|it| self.best - MARGIN <= it.bound) else {
                break;
            };
            if self.words.get(node.first as usize).len() == usize::from(node.n_letters) {
                self.complete(&node);
            }
            for (letter, first, end) in self.children(node.first, node.end, usize::from(node.n_letters)) {
                let row = self.rows.len();
                self.advance(node.row, [node.before, node.letter, letter]);
                let typed = self.rows[row + width - 1];
                if self.is_open && self.best - MARGIN <= typed && (end - first) as usize <= MOST_FOUND {
                    (first..end).for_each(|word| self.add(word, typed));
                }
                let bounds = self.rows[row..].iter().zip(&self.rest).map(|(a, b)| a + b);
                let bound = bounds.fold(f32::NEG_INFINITY, f32::max);
                if bound < self.best - MARGIN {
                    self.rows.truncate(row);
                    continue;
                }
                heap.push(Node {
                    bound,
                    first,
                    end,
                    n_letters: node.n_letters.saturating_add(1),
                    before: node.letter,
                    letter,
                    row,
                });
            }
        }
    }

    /// The word that a node is.
    fn complete(&mut self, node: &Node) {
        let row = self.rows.len();
        self.advance(node.row, [node.before, node.letter, BORDER]);
        let mut value = self.rows.last().copied().unwrap_or(f32::NEG_INFINITY);
        self.rows.truncate(row);
        if value == f32::NEG_INFINITY {
            return;
        }
        let word: String = self
            .words
            .get(node.first as usize)
            .iter()
            .map(|it| arabic_letter(*it))
            .collect();
        if self.attested.knows(&word) {
            value += (1.0 - SHARE_OF_LISTS).ln();
        }
        self.add(node.first, value);
    }

    /// Adds a row: that of `from`, and a letter in its context.
    fn advance(&mut self, from: usize, context: Context) {
        let width = self.latin.len() + 1;
        let to = self.rows.len();
        self.rows.resize(to + width, f32::NEG_INFINITY);
        if !self.arcs.contains_key(&context) {
            let arcs = self.arcs_of(context);
            self.arcs.insert(context, arcs);
        }
        for arc in self.arcs.get(&context).into_iter().flatten() {
            let value = self.rows[from + usize::from(arc.start)] + arc.value;
            let slot = &mut self.rows[to + usize::from(arc.end)];
            *slot = slot.max(value);
        }
    }

    /// What a letter may stand for of what was typed.
    fn arcs_of(&mut self, context: Context) -> Vec<Arc> {
        let n = self.latin.len() as u8;
        let pieces = &self.pieces;
        let (model, is_open) = (self.model, self.is_open);
        let known = self.known.entry(context[1]).or_insert_with(|| {
            let is_known =
                |it: &&(u8, u8, Piece)| it.2.len() <= 1 || model.knows(context[1], it.2) || is_open && it.1 == n;
            pieces.iter().filter(is_known).copied().collect()
        });
        let arc = |&(start, end, piece): &(u8, u8, Piece)| {
            let mut value = model.log_probability(context, piece);
            if is_open && end == n && start != end {
                let begun = model.log_begun(context[1], piece);
                value = [value, begun].into_iter().flatten().reduce(f32::max);
            }
            Some(Arc {
                start,
                end,
                value: value?,
            })
        };
        known.iter().filter_map(arc).collect()
    }

    /// The letters that follow a beginning of `n` letters, each with the words that have it.
    fn children(&self, first: u32, end: u32, n: usize) -> Vec<(u8, u32, u32)> {
        let mut children = Vec::new();
        let (mut at, end) = (first as usize, end as usize);
        if at < end && self.words.get(at).len() == n {
            at += 1;
        }
        while at < end {
            let Some(&letter) = self.words.get(at).get(n) else {
                break;
            };
            let next = (self.words).first_from(at, end, |it| it.get(n).is_none_or(|it| *it <= letter));
            children.push((letter, at as u32, next as u32));
            at = next;
        }
        children
    }
}

/// All pieces of letters from a to z, with their starts and ends.
fn pieces_of(latin: &[u8]) -> Vec<(u8, u8, Piece)> {
    let mut pieces = Vec::new();
    for start in 0..=latin.len() {
        for end in start..=latin.len().min(start + MOST_LATIN) {
            let piece = Piece::new(&latin[start..end]);
            pieces.extend(piece.map(|piece| (start as u8, end as u8, piece)));
        }
    }
    pieces
}

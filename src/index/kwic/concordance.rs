//! The places of all lines of a page: read piece by piece, so that the first screen waits for no more than it shows.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;

use crate::arabic::sort_key;
use crate::archive::ArticleId;
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::request::{Cancelled, ResultPage};
use crate::index::snapshot::Snapshot;

use super::line::{KwicSort, LineAt};
use super::nodes::Nodes;
use super::read::{SplitText, texts_of};

/// How many neighbours on each side decide the order of lines, as in other concordancers.
const NEIGHBOURS: usize = 3;

/// At most this many lines are kept, which takes some 100 MB: an order of more is not worth the memory of a small machine,
/// and nobody reads them. The lines beyond are told as such.
pub const MOST_LINES: usize = 2_000_000;

/// The number of a word; 0 for none.
type WordNumber = u32;

/// The places of the lines of a page, as far as they were read.
pub struct Concordance {
    page: Arc<ResultPage>,
    places: Vec<KnownPlace>,
    /// The neighbours of places, as they are sorted.
    words: HashMap<Box<str>, WordNumber>,
    n_read: usize,
    n_with_lines: usize,
    /// What could not be read, so that lines may be missing.
    unread: Option<IndexError>,
}

struct KnownPlace {
    at: LineAt,
    /// The nearest first.
    before: [WordNumber; NEIGHBOURS],
    after: [WordNumber; NEIGHBOURS],
    found: WordNumber,
}

/// A place with its neighbours in letters.
struct FoundPlace {
    before: [String; NEIGHBOURS],
    after: [String; NEIGHBOURS],
    found: String,
}

impl Concordance {
    /// Of the articles of a page, of which none was read yet.
    pub fn new(page: Arc<ResultPage>) -> Self {
        Self {
            page,
            places: Vec::new(),
            words: HashMap::new(),
            n_read: 0,
            n_with_lines: 0,
            unread: None,
        }
    }

    /// The page whose lines these are.
    pub fn page(&self) -> &Arc<ResultPage> {
        &self.page
    }

    /// How many lines were found so far.
    pub fn n_lines(&self) -> usize {
        self.places.len()
    }

    /// How many articles were read so far, from the first row on.
    pub fn n_read(&self) -> usize {
        self.n_read
    }

    /// How many of them have lines.
    pub fn n_with_lines(&self) -> usize {
        self.n_with_lines
    }

    /// Whether nothing more is read: all articles were, or there are [`MOST_LINES`].
    pub fn is_done(&self) -> bool {
        self.n_read == self.page.articles.len() || self.is_full()
    }

    /// Whether there are lines that are not kept.
    pub fn is_full(&self) -> bool {
        MOST_LINES <= self.places.len()
    }

    /// Why lines may be missing.
    pub fn take_unread(&mut self) -> Option<IndexError> {
        self.unread.take()
    }

    /// The lines from this one on, in the order in which they were found.
    pub fn found_from(&self, first: usize) -> Vec<LineAt> {
        self.places.iter().skip(first).map(|it| it.at).collect()
    }

    /// All lines that were read, in an order.
    pub fn sorted(&self, sort: KwicSort) -> Vec<LineAt> {
        if sort == KwicSort::Found {
            return self.found_from(0);
        }
        let ranks = self.ranks();
        let rank = |word: WordNumber| ranks.get(word as usize).copied().unwrap_or(0);
        let key = |it: &KnownPlace| {
            let (before, after, found) = (it.before.map(rank), it.after.map(rank), rank(it.found));
            match sort {
                KwicSort::Before => (before, found, after),
                KwicSort::After => (after, found, before),
                KwicSort::Word | KwicSort::Found => ([found, 0, 0], 0, after),
            }
        };
        let mut keyed: Vec<_> = self.places.iter().map(|it| (key(it), it.at)).collect();
        // Places are unique, and follow each other as the articles are listed.
        keyed.par_sort_unstable();
        keyed.into_iter().map(|(_, at)| at).collect()
    }

    /// For each word its place in the order of the alphabet; the first for no word.
    fn ranks(&self) -> Vec<u32> {
        let mut words: Vec<(&str, WordNumber)> = self.words.iter().map(|(word, number)| (&**word, *number)).collect();
        words.par_sort_unstable();
        let mut ranks = vec![0; words.len() + 1];
        for (rank, (_, number)) in (1..).zip(words) {
            ranks[number as usize] = rank;
        }
        ranks
    }

    fn number_of(&mut self, word: String) -> WordNumber {
        if word.is_empty() {
            return 0;
        }
        let next = self.words.len() as WordNumber + 1;
        *self.words.entry(word.into_boxed_str()).or_insert(next)
    }

    fn add(&mut self, row: usize, places: Vec<FoundPlace>) {
        self.n_with_lines += usize::from(!places.is_empty());
        for (nth, it) in (0..).zip(places) {
            let row = row as u32;
            let place = KnownPlace {
                at: LineAt { row, nth },
                before: it.before.map(|word| self.number_of(word)),
                after: it.after.map(|word| self.number_of(word)),
                found: self.number_of(it.found),
            };
            self.places.push(place);
        }
    }
}

/// Reads the next `n_articles` of a concordance. Whether that was done: not if it is not wanted any more.
pub fn read_on(
    snapshot: &Snapshot,
    nodes: &Nodes,
    concordance: &mut Concordance,
    n_articles: usize,
    cancelled: Cancelled<'_>,
) -> bool {
    let page = Arc::clone(&concordance.page);
    let first = concordance.n_read;
    let last = (first + n_articles).min(page.articles.len());
    let unread = Unread::default();
    let read = |article: &ArticleId| {
        if cancelled() {
            return None;
        }
        let Some(row) = snapshot.row_of(*article) else {
            return Some(Vec::new());
        };
        let texts = unread.noted(texts_of(snapshot, row, nodes));
        Some(texts.iter().flatten().flat_map(places).collect())
    };
    let read: Option<Vec<Vec<FoundPlace>>> = page.articles[first..last].par_iter().map(read).collect();
    let Some(read) = read else { return false };
    for (row, places) in (first..).zip(read) {
        if concordance.is_full() {
            break;
        }
        concordance.add(row, places);
        concordance.n_read = row + 1;
    }
    concordance.unread = concordance.unread.take().or(unread.into_first());
    true
}

fn places(text: &SplitText) -> impl Iterator<Item = FoundPlace> + '_ {
    let key = |idx: Option<usize>| {
        let word = idx.and_then(|idx| text.words.get(idx));
        word.map_or_else(String::new, |it| sort_key(it.span.of(&text.text).unwrap_or_default()))
    };
    text.spans.iter().map(move |span| {
        let first = text.words.partition_point(|it| it.span.start < span.start);
        let next = text.words.partition_point(|it| it.span.start < span.end);
        FoundPlace {
            before: std::array::from_fn(|far| key(first.checked_sub(far + 1))),
            after: std::array::from_fn(|far| key(Some(next + far))),
            found: sort_key(span.of(&text.text).unwrap_or_default()),
        }
    })
}

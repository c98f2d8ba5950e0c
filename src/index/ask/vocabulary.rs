//! The words of the archive: by prefix, by similar spelling, and as they are usually written.

use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Term;
use tantivy_fst::Automaton;

use crate::arabic::letter;
use crate::index::analysis::{BEFORE_SPELLING, surface_of_term, written_of_term};
use crate::index::error::IndexError;
use crate::index::query::word_docs::terms_of_surface;
use crate::index::snapshot::Snapshot;

/// At most this many words of a segment are scanned: two letters may begin a hundred thousand. Picked by feel.
const MOST_LOOKED_AT: usize = 50_000;

/// A word of the archive as it is indexed, with the number of articles that have it in their body; those that spell it in
/// several ways count for each.
pub type Counted = (String, u64);

/// The words that begin with `beginning`, the most frequent first, then alphabetically.
pub fn words_beginning(snapshot: &Snapshot, beginning: &str) -> Result<Vec<Counted>, IndexError> {
    // No word contains this byte, so it sorts after all words with this beginning.
    let mut end = beginning.as_bytes().to_vec();
    end.push(0xFF);
    let mut counts = HashMap::new();
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(snapshot.fields.body)?;
        let range = inverted.terms().range().ge(beginning.as_bytes()).lt(&end);
        let mut terms = range.into_stream()?;
        let mut n_seen = 0;
        while n_seen < MOST_LOOKED_AT && terms.advance() {
            n_seen += 1;
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                add(&mut counts, surface_of_term(term), terms.value().doc_freq);
            }
        }
    }
    Ok(by_frequency(counts))
}

/// The words that differ from `word` by at most two letters, or one if it is short; the nearest and most frequent
/// first.
///
/// Two transposed letters are one difference.
pub fn words_near(snapshot: &Snapshot, word: &str) -> Result<Vec<Counted>, IndexError> {
    let n_letters = word.chars().count();
    let mut found = Vec::new();
    for distance in 1..=u8::from(2 < n_letters) + u8::from(5 < n_letters) {
        found = words_within(snapshot, word, distance)?;
        if !found.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// The words that differ from `word` by at most `distance` letters, the most frequent first. Two transposed letters are
/// one difference.
pub fn words_within(snapshot: &Snapshot, word: &str, distance: u8) -> Result<Vec<Counted>, IndexError> {
    let mut counts = HashMap::new();
    let query = FuzzyTermQuery::new(Term::from_field_text(snapshot.fields.body, word), distance, true);
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(snapshot.fields.body)?;
        let mut terms = inverted.terms().search(OfSurface(query.automaton()?)).into_stream()?;
        while terms.advance() {
            if let Ok(near) = std::str::from_utf8(terms.key()).map(surface_of_term)
                && near != word
            {
                add(&mut counts, near, terms.value().doc_freq);
            }
        }
    }
    Ok(by_frequency(counts))
}

/// Accepts the terms whose surface another automaton accepts.
struct OfSurface<A>(A);

/// What [`OfSurface`] knows of the bytes that it has seen.
#[derive(Clone)]
enum Seen<S> {
    /// The beginning of a surface.
    Surface(S),
    /// All of a surface, and whether it is accepted.
    All(bool),
}

impl<A: Automaton> Automaton for OfSurface<A> {
    type State = Seen<A::State>;

    fn start(&self) -> Self::State {
        Seen::Surface(self.0.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        match state {
            Seen::Surface(state) => self.0.is_match(state),
            Seen::All(is_match) => *is_match,
        }
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Seen::Surface(state) => self.0.can_match(state),
            Seen::All(is_match) => *is_match,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Seen::Surface(state) if byte == BEFORE_SPELLING as u8 => Seen::All(self.0.is_match(state)),
            Seen::Surface(state) => Seen::Surface(self.0.accept(state, byte)),
            Seen::All(is_match) => Seen::All(*is_match),
        }
    }
}

/// How articles mostly write a surface, without vowel signs.
pub fn written(snapshot: &Snapshot, surface: &str) -> Result<String, IndexError> {
    let mut spellings = HashMap::new();
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(snapshot.fields.body)?;
        for (term, info) in terms_of_surface(&inverted, surface)? {
            add(&mut spellings, &bare(&written_of_term(&term)), info.doc_freq);
        }
    }
    let best = by_frequency(spellings).into_iter().next();
    Ok(best.map_or_else(|| surface.to_owned(), |(spelling, _)| spelling))
}

/// A word without vowel signs and tatweel.
fn bare(word: &str) -> String {
    word.chars().filter(|c| !letter::is_within_word(*c)).collect()
}

fn add(counts: &mut HashMap<String, u64>, word: &str, articles: u32) {
    match counts.get_mut(word) {
        Some(count) => *count += u64::from(articles),
        None => {
            counts.insert(word.to_owned(), u64::from(articles));
        }
    }
}

fn by_frequency(counts: HashMap<String, u64>) -> Vec<Counted> {
    let mut words: Vec<Counted> = counts.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words
}

//! The words of the archive: by prefix, by similar spelling, and as they are usually written.

use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet as _, TERMINATED, TantivyDocument};

use crate::arabic::letter;
use crate::index::analysis::folded_words;
use crate::index::error::IndexError;
use crate::index::snapshot::Snapshot;

/// At most this many words of a segment are scanned: two letters may begin a hundred thousand. Picked by feel.
const MOST_LOOKED_AT: usize = 50_000;

/// How many articles are consulted for how a word is written. A guess.
const ASKED_FOR_SPELLING: usize = 3;

/// A word of the archive, folded, with the number of articles that have it in their body.
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
            if let Ok(word) = std::str::from_utf8(terms.key()) {
                add(&mut counts, word, terms.value().doc_freq);
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
        let mut terms = inverted.terms().search(query.automaton()?).into_stream()?;
        while terms.advance() {
            if let Ok(near) = std::str::from_utf8(terms.key())
                && near != word
            {
                add(&mut counts, near, terms.value().doc_freq);
            }
        }
    }
    Ok(by_frequency(counts))
}

/// How articles write a folded word, without vowel signs: by majority of the first few that have it.
pub fn written(snapshot: &Snapshot, word: &str) -> Result<String, IndexError> {
    let field = snapshot.fields.body;
    let term = Term::from_field_text(field, word);
    let mut spellings: HashMap<String, u64> = HashMap::new();
    let mut n_asked = 0;
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        let store = segment.get_store_reader(1)?;
        while n_asked < ASKED_FOR_SPELLING && postings.doc() != TERMINATED {
            let document: TantivyDocument = store.get(postings.doc())?;
            let text = snapshot.fields.stored_body(&document);
            for it in folded_words(&text).filter(|it| it.surface == word) {
                let written = it.span.of(&text).unwrap_or_default();
                *spellings.entry(bare(written)).or_default() += 1;
            }
            n_asked += 1;
            postings.advance();
        }
    }
    let best = by_frequency(spellings).into_iter().next();
    Ok(best.map_or_else(|| word.to_owned(), |(spelling, _)| spelling))
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

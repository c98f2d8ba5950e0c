//! Which words of the index a query word matches: those with its stems, and those that it may begin.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use crate::arabic::clitic::CLITICS;
use crate::arabic::index_word::{OWN_ALEF, has_article};
use crate::arabic::lexicon::Lexicon;
use crate::arabic::stem::ENDINGS_OF_INDEX;
use crate::arabic::{WordKind, stem};
use crate::index::analysis::{SHORTEST_AFTER_CLITIC, stem_of, surface_of_term};
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::snapshot::Snapshot;

use super::node::QueryWord;
use super::word_docs::{FieldWord, add_terms, terms_with_beginning};

/// A prefix matches at most this many words of a segment, the most frequent ones: the rest are rare, and the next
/// letter brings them back. Picked by feel: some milliseconds.
const MOST_WORDS_OF_BEGINNING: usize = 4_000;

/// A beginning of up to this many letters is short. Picked by feel.
const SHORT_BEGINNING: usize = 2;

/// The stems that a word matches: its own first, then those with a clitic more or less.
///
/// The index has the stems by the lexicon, which never change. For words that the lexicon lacks, such as new names, the
/// archive in its present state decides what belongs to them: a word with a clitic is not much more frequent than the
/// bare word.
pub fn stems_of(snapshot: &Snapshot, word: &QueryWord, unread: &Unread) -> Vec<String> {
    let own = stem_of(&word.surface, word.kind);
    let mut stems = vec![own.clone()];
    if word.kind != WordKind::Arabic || Lexicon::built_in().find(&own).is_some() {
        return stems;
    }
    let n_own = articles_with_stem(snapshot, &own, unread);
    let without_clitic = CLITICS
        .before_word
        .iter()
        .filter_map(|clitic| word.surface.strip_prefix(*clitic))
        .map(stem);
    let without_ending = ENDINGS_OF_INDEX
        .iter()
        .filter_map(|ending| own.strip_suffix(*ending))
        .map(str::to_owned);
    for shorter in without_clitic.chain(without_ending) {
        if SHORTEST_AFTER_CLITIC <= shorter.chars().count() && !stems.contains(&shorter) {
            let n_shorter = articles_with_stem(snapshot, &shorter, unread);
            if n_shorter != 0 && n_own <= 2 * n_shorter {
                stems.push(shorter);
            }
        }
    }
    for stem in stems.clone() {
        if stem.chars().count() < SHORTEST_AFTER_CLITIC {
            continue;
        }
        let n_stem = articles_with_stem(snapshot, &stem, unread);
        let with_clitic = CLITICS.before_word.iter().map(|clitic| format!("{clitic}{stem}"));
        let with_ending = ENDINGS_OF_INDEX.iter().map(|ending| format!("{stem}{ending}"));
        for longer in with_clitic.chain(with_ending) {
            if !stems.contains(&longer) && is_no_other_word(snapshot, &longer, n_stem, unread) {
                stems.push(longer);
            }
        }
    }
    stems
}

/// Whether a longer stem occurs, but not so often that it must be a separate word.
fn is_no_other_word(snapshot: &Snapshot, longer: &str, n_stem: u64, unread: &Unread) -> bool {
    let n_longer = articles_with_stem(snapshot, longer, unread);
    n_longer != 0 && (n_stem == 0 || n_longer <= 2 * n_stem)
}

/// The number of articles with a stem; those with several forms of it, or with it in both title and body, count for each.
fn articles_with_stem(snapshot: &Snapshot, stem: &str, unread: &Unread) -> u64 {
    let fields = [snapshot.fields.title_words, snapshot.fields.body];
    let in_field = |field| FieldWord::of_stem(field, stem).n_articles(snapshot, unread);
    fields.into_iter().map(in_field).sum()
}

/// The stems of the words with one of these beginnings.
pub fn stems_with_beginnings(
    snapshot: &Snapshot,
    beginnings: &Beginnings,
    kind: WordKind,
    fields: &[Field],
    unread: &Unread,
) -> Vec<String> {
    let mut stems = BTreeSet::new();
    for segment in snapshot.searcher.segment_readers() {
        for field in fields {
            let with_beginnings = || -> Result<Vec<(String, TermInfo)>, IndexError> {
                let inverted = segment.inverted_index(*field)?;
                let terms = beginnings.texts.iter().map(|it| terms_with_beginning(&inverted, it));
                Ok(terms.collect::<Result<Vec<_>, _>>()?.concat())
            };
            let mut terms = unread.noted(with_beginnings()).unwrap_or_default();
            terms.retain(|(term, _)| beginnings.is_possible(surface_of_term(term)));
            terms.sort_unstable_by_key(|(_, it)| Reverse(it.doc_freq));
            terms.truncate(MOST_WORDS_OF_BEGINNING);
            stems.extend(terms.iter().map(|(term, _)| stem_of(surface_of_term(term), kind)));
        }
    }
    stems.into_iter().collect()
}

/// The beginnings of the words that a word may begin which is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginnings {
    /// What is to be looked for: the word without the article.
    pub base: String,
    /// The beginnings of the words as they are indexed, with clitics and without.
    pub texts: Vec<String>,
    /// Whether a hamza was typed before the ل, so that no article begins them: «ألب» begins «ألبانيا», not «الباب».
    has_hamza: bool,
}

impl Beginnings {
    /// Those of a word.
    pub fn of(word: &QueryWord) -> Self {
        let is_arabic = word.kind == WordKind::Arabic;
        let has_hamza = is_arabic && ["أل", "إل", "آل"].iter().any(|it| word.shown.starts_with(it));
        let rest = word.surface.strip_prefix("ال").filter(|_| is_arabic && !has_hamza);
        let rest = rest.filter(|rest| SHORTEST_AFTER_CLITIC <= rest.chars().count());
        let base = rest.unwrap_or(&word.surface).to_owned();
        let mut texts = beginnings_of(&base, word.kind);
        if has_hamza && let Some(rest) = base.strip_prefix('ا') {
            texts.extend(beginnings_of(&format!("{OWN_ALEF}{rest}"), word.kind));
        }
        Self { base, texts, has_hamza }
    }

    /// Whether so few letters were typed that all words with them are looked for, however many these are.
    pub fn is_short(&self) -> bool {
        self.base.chars().count() <= SHORT_BEGINNING
    }

    /// Whether a word, as it is indexed, is one of those.
    pub fn has(&self, surface: &str) -> bool {
        self.texts.iter().any(|it| surface.starts_with(it)) && self.is_possible(surface)
    }

    /// Whether a word with one of the beginnings may have been meant.
    fn is_possible(&self, surface: &str) -> bool {
        let article = surface.find("ال").map_or("", |at| &surface[at..]);
        !self.has_hamza || surface.contains(OWN_ALEF) || !has_article(article)
    }
}

/// The prefixes, with article and proclitics, of words that begin with `base` without them.
fn beginnings_of(base: &str, kind: WordKind) -> Vec<String> {
    let mut beginnings = vec![base.to_owned()];
    if kind == WordKind::Arabic {
        let clitics = match base.chars().count() < SHORTEST_AFTER_CLITIC {
            true => &CLITICS.before_two_letters,
            false => &CLITICS.before_word,
        };
        let clitics = CLITICS.with_article.iter().chain(clitics);
        beginnings.extend(clitics.map(|clitic| format!("{clitic}{base}")));
    }
    beginnings
}

/// The terms of the words of a segment with one of these beginnings, the most frequent first; at most
/// [`MOST_WORDS_OF_BEGINNING`], unless the beginning is short.
pub fn most_frequent_terms(
    inverted: &InvertedIndexReader,
    beginnings: &Beginnings,
) -> Result<Vec<TermInfo>, IndexError> {
    let mut terms = Vec::new();
    for beginning in &beginnings.texts {
        if beginnings.has_hamza {
            let found = terms_with_beginning(inverted, beginning)?.into_iter();
            let possible = found.filter(|(term, _)| beginnings.is_possible(surface_of_term(term)));
            terms.extend(possible.map(|(_, info)| info));
        } else {
            add_terms(inverted, beginning, &mut terms)?;
        }
    }
    if !beginnings.is_short() && MOST_WORDS_OF_BEGINNING < terms.len() {
        terms.select_nth_unstable_by_key(MOST_WORDS_OF_BEGINNING, |it| Reverse(it.doc_freq));
        terms.truncate(MOST_WORDS_OF_BEGINNING);
    }
    terms.sort_unstable_by_key(|it| Reverse(it.doc_freq));
    Ok(terms)
}

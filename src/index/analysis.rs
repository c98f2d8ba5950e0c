//! The words of a text as the index knows them: folded, their stems, their spellings and their beginnings.
//!
//! Offsets always point into the text as it was given, marks included.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::iter;
use std::thread::LocalKey;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::clitic::CLITICS;
use crate::arabic::index_word::OWN_ALEF;
use crate::arabic::spelling::Spelling;
use crate::arabic::{Span, Word, WordKind, index_word, stem, words};
use crate::archive::MOST_WORDS;

use super::schema::{BEGINNING, SPELLING, STEM, SURFACE};

/// The longest word that is indexed, in bytes; longer runs of letters are encoded data or separators. A guess.
const LONGEST_WORD: usize = 200;

/// Prefixes of up to this many letters are indexed as terms: more words begin with them than could be looked up one by
/// one. Picked by feel.
pub(super) const INDEXED_BEGINNING: usize = 2;

/// A single letter is a proclitic only before a word of at least this many letters; Arabic roots have three.
pub(super) const SHORTEST_AFTER_CLITIC: usize = 3;

/// Separates stem and spelling in a [`spelled_term`]: it is in no word, and sorts before any letter.
const BEFORE_SPELLING: char = '\0';

/// How many words each thread caches, a few megabytes: few words make up most of a text. Picked by feel.
const REMEMBERED: usize = 1 << 16;

/// So many different words of a text are in memory at once; articles have a tenth of it. A guess.
const DISTINCT: usize = 1 << 15;

thread_local! {
    /// Cached stems, by folded word.
    static STEMS: RefCell<FxHashMap<String, String>> = RefCell::default();
    /// Cached [`spelled_term`]s, by word.
    static SPELLED: RefCell<FxHashMap<String, Option<String>>> = RefCell::default();
}

/// The cached value for a word, or else that of `work_out`, which is then cached.
fn remembered<T: Clone>(
    known: &'static LocalKey<RefCell<FxHashMap<String, T>>>,
    word: &str,
    work_out: impl FnOnce() -> T,
) -> T {
    known.with_borrow_mut(|known| {
        if let Some(known) = known.get(word) {
            return known.clone();
        }
        if known.len() == REMEMBERED {
            known.clear();
        }
        let worked_out = work_out();
        known.insert(word.to_owned(), worked_out.clone());
        worked_out
    })
}

/// A word of a text, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoldedWord {
    /// Its place in the text.
    pub span: Span,
    /// Letters of which script, or digits.
    pub kind: WordKind,
    /// The word as [`index_word()`] spells it.
    pub surface: String,
    stem: OnceCell<String>,
}

impl FoldedWord {
    /// Its stem, by the built-in lexicon.
    pub fn stem(&self) -> &str {
        self.stem.get_or_init(|| stem_of(&self.surface, self.kind))
    }
}

/// The words of `text` that are indexed, in the order of the text.
pub(super) fn folded_words(text: &str) -> impl Iterator<Item = FoldedWord> + '_ {
    words(text).filter_map(|word| {
        let surface = surface_of(text, word)?;
        Some(FoldedWord {
            span: word.span,
            kind: word.kind,
            surface,
            stem: OnceCell::new(),
        })
    })
}

/// The stem of a folded word.
pub(super) fn stem_of(surface: &str, kind: WordKind) -> String {
    if kind != WordKind::Arabic {
        return surface.to_owned();
    }
    remembered(&STEMS, surface, || stem(surface))
}

/// The term for a word by its stem and by how it is spelled there from the stem on; `None` if it is not indexed.
///
/// All spellings of a stem are neighbours in the index, with [`before_spellings`] as their prefix.
fn spelled_term(text: &str, word: Word) -> Option<String> {
    let written = word.span.of(text).filter(|it| it.len() <= LONGEST_WORD)?;
    remembered(&SPELLED, written, || {
        let surface = surface_of(text, word)?;
        let stem = stem_of(&surface, word.kind);
        let before_stem = surface.find(&stem).map_or(0, |at| surface[..at].chars().count());
        let spelling = Spelling::new(written).without_first(before_stem);
        Some(format!("{}{spelling}", before_spellings(&stem)))
    })
}

/// The prefix of every [`spelled_term`] of a stem.
pub(super) fn before_spellings(stem: &str) -> String {
    format!("{stem}{BEFORE_SPELLING}")
}

/// The words that an article is found by: the first [`MOST_WORDS`] different ones. `None` for a text that cannot have
/// more.
struct FirstWords(Option<FxHashSet<u64>>);

impl FirstWords {
    fn of(text: &str) -> Self {
        Self((MOST_WORDS < text.len() / 2).then(FxHashSet::default))
    }

    /// Whether a folded word is one of them.
    fn has(&mut self, surface: &str) -> bool {
        let Some(known) = &mut self.0 else { return true };
        let hash = xxh3_64(surface.as_bytes());
        known.contains(&hash) || known.len() < MOST_WORDS && known.insert(hash)
    }
}

/// The words of `text` by their stems and spellings, each once in a text of up to [`DISTINCT`].
fn spelled_terms(text: &str) -> Box<dyn Iterator<Item = String> + '_> {
    let mut first = FirstWords::of(text);
    let is_first = move |word: &Word| first.0.is_none() || surface_of(text, *word).is_some_and(|it| first.has(&it));
    let mut terms = words(text).filter(is_first).filter_map(|word| spelled_term(text, word));
    let batches = iter::from_fn(move || {
        let mut batch = BTreeSet::new();
        while batch.len() < DISTINCT
            && let Some(term) = terms.next()
        {
            batch.insert(term);
        }
        (!batch.is_empty()).then_some(batch)
    });
    Box::new(batches.flatten())
}

/// The prefixes of the words of `text`, up to [`INDEXED_BEGINNING`] letters, with and without their proclitics, each
/// once.
pub(super) fn beginnings(text: &str) -> BTreeSet<String> {
    let mut beginnings = BTreeSet::new();
    let mut add = |word: &str| {
        for (offset, c) in word.char_indices().take(INDEXED_BEGINNING) {
            let beginning = &word[..offset + c.len_utf8()];
            if !beginnings.contains(beginning) {
                beginnings.insert(beginning.to_owned());
            }
        }
    };
    let mut words = folded_words(text).peekable();
    while words.peek().is_some() {
        let mut surfaces: HashMap<String, WordKind> = HashMap::new();
        while surfaces.len() < DISTINCT
            && let Some(word) = words.next()
        {
            surfaces.insert(word.surface, word.kind);
        }
        for (surface, kind) in &surfaces {
            add(surface);
            if surface.contains(OWN_ALEF) {
                // Its first letters may be typed without what follows.
                add(&surface.replace(OWN_ALEF, "ا"));
            }
            if *kind == WordKind::Arabic {
                let clitics = CLITICS.with_article.iter().chain(&CLITICS.before_two_letters);
                clitics.filter_map(|it| surface.strip_prefix(*it)).for_each(&mut add);
            }
        }
    }
    beginnings
}

fn surface_of(text: &str, word: Word) -> Option<String> {
    if LONGEST_WORD < word.span.len() {
        return None;
    }
    let surface = index_word(word.span.of(text)?);
    (!surface.is_empty()).then_some(surface)
}

/// The tokenizers that the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    let of_words = |term| TermTokenizer(Terms::OfWords(term));
    manager.register(SURFACE, of_words(|word| word.surface));
    manager.register(STEM, of_words(|word| word.stem().to_owned()));
    manager.register(SPELLING, TermTokenizer(Terms::OfText(spelled_terms)));
    manager.register(
        BEGINNING,
        TermTokenizer(Terms::OfText(|text| Box::new(beginnings(text).into_iter()))),
    );
    manager
}

/// Which terms a text is indexed by.
#[derive(Clone, Copy)]
enum Terms {
    /// A term for each word, with its position.
    OfWords(fn(FoldedWord) -> String),
    /// Terms without positions.
    OfText(for<'a> fn(&'a str) -> Box<dyn Iterator<Item = String> + 'a>),
}

/// Hands the terms of a text to tantivy.
#[derive(Clone)]
struct TermTokenizer(Terms);

struct TermStream<'a> {
    terms: Box<dyn Iterator<Item = (Span, String)> + 'a>,
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream {
            terms: match self.0 {
                Terms::OfWords(term) => {
                    let mut first = FirstWords::of(text);
                    let words = folded_words(text).filter(move |word| first.has(&word.surface));
                    Box::new(words.map(move |word| (word.span, term(word))))
                }
                Terms::OfText(terms) => Box::new(terms(text).map(|term| (Span::default(), term))),
            },
            token: Token::default(),
        }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((span, term)) = self.terms.next() else {
            return false;
        };
        self.token.offset_from = span.start;
        self.token.offset_to = span.end;
        self.token.text = term;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_words_the_first_are_indexed_wherever_they_stand() {
        // Digits would be words of their own.
        let letter = |digit: u8| char::from(digit - b'0' + b'a');
        let word = |number: usize| number.to_string().bytes().map(letter).collect::<String>();
        let words: Vec<String> = (0..MOST_WORDS + 10).chain([3]).map(word).collect();
        let text = words.join(" ");
        for name in [SURFACE, SPELLING] {
            let mut tokenizer = tokenizers().get(name).unwrap();
            let mut stream = tokenizer.token_stream(&text);
            let mut terms = Vec::new();
            while stream.advance() {
                terms.push(stream.token().text.clone());
            }
            let has = |number: usize| {
                terms
                    .iter()
                    .any(|it| it.split(BEFORE_SPELLING).next() == Some(&word(number)))
            };
            assert!(has(MOST_WORDS - 1) && !has(MOST_WORDS + 9), "{name}");
            assert!(terms.len() <= MOST_WORDS + 1, "{name}");
        }
    }

    #[test]
    fn a_word_knows_where_it_stands_in_the_source() {
        let text = "قال مُحَمَّدٌ، ٢٠٢٣";
        let found: Vec<(&str, String)> = folded_words(text)
            .filter_map(|word| Some((word.span.of(text)?, word.surface)))
            .collect();
        assert_eq!(
            found,
            [
                ("قال", "قال".to_owned()),
                ("مُحَمَّدٌ", "محمد".to_owned()),
                ("٢٠٢٣", "2023".to_owned())
            ]
        );
    }
}

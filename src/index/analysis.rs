//! The words of a text as the index knows them: the terms that they are indexed by, and their stems.
//!
//! A *term* is a word as [`index_word()`] spells it, its *surface*, and behind it how its letters are written where they are
//! written otherwise: «وزارة» is "وزاره", a zero, and that the last letter is ة. In the order of terms all spellings of a
//! surface are neighbours, and surfaces that begin alike. Stems are in no term: [`WordForms`] knows those of all terms.
//!
//! Offsets always point into the text as it was given, marks included.
//!
//! [`WordForms`]: super::columns::word_forms::WordForms

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::thread::LocalKey;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::spelling::Spelling;
use crate::arabic::{Span, Word, WordKind, index_word, stem, words};
use crate::archive::MOST_WORDS;

use super::schema::WORDS;

/// The longest word that is indexed, in bytes; longer runs of letters are encoded data or separators. A guess.
const LONGEST_WORD: usize = 200;

/// A single letter is a proclitic only before a word of at least this many letters; Arabic roots have three.
pub(super) const SHORTEST_AFTER_CLITIC: usize = 3;

/// Separates surface and spelling in a term: it is in no word, and sorts before any letter.
pub(super) const BEFORE_SPELLING: char = '\0';

/// Ends each term of [`Analysed::terms`]: it is in no word.
const AFTER_TERM: char = '\u{1F}';

/// How many words each thread caches, some 15 MB: few words make up most of a text. Picked by feel.
const REMEMBERED: usize = 1 << 16;

thread_local! {
    /// Cached stems, by folded word.
    static STEMS: RefCell<FxHashMap<String, String>> = RefCell::default();
    /// Cached words as they are indexed, by word as written.
    static INDEXED: RefCell<FxHashMap<String, Option<Rc<IndexedWord>>>> = RefCell::default();
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
#[derive(Clone, Debug)]
pub(super) struct FoldedWord {
    /// Its place in the text.
    pub span: Span,
    /// Letters of which script, or digits.
    pub kind: WordKind,
    word: Rc<IndexedWord>,
}

impl FoldedWord {
    /// The word as [`index_word()`] spells it.
    pub fn surface(&self) -> &str {
        self.word.surface()
    }

    /// Its stem, by the built-in lexicon.
    pub fn stem(&self) -> &str {
        self.word.stem.get_or_init(|| stem_of(self.surface(), self.kind).into())
    }
}

/// The words of `text` that are indexed, in the order of the text.
pub(super) fn folded_words(text: &str) -> impl Iterator<Item = FoldedWord> + '_ {
    words(text).filter_map(|word| {
        Some(FoldedWord {
            span: word.span,
            kind: word.kind,
            word: indexed(text, word)?,
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

/// The stem of a surface whose kind is not known.
pub(super) fn stem_of_surface(surface: &str) -> String {
    let kind = words(surface).next().map_or(WordKind::Other, |it| it.kind);
    stem_of(surface, kind)
}

/// A word as it is indexed.
#[derive(Debug)]
struct IndexedWord {
    term: Box<str>,
    /// The hash of its surface.
    hash: u64,
    /// See [`FoldedWord::stem`].
    stem: OnceCell<Box<str>>,
}

impl IndexedWord {
    fn surface(&self) -> &str {
        surface_of_term(&self.term)
    }
}

/// How a word of a text is indexed; `None` if it is not.
fn indexed(text: &str, word: Word) -> Option<Rc<IndexedWord>> {
    let written = word.span.of(text).filter(|it| it.len() <= LONGEST_WORD)?;
    remembered(&INDEXED, written, || {
        let surface = surface_of(text, word)?;
        let hash = xxh3_64(surface.as_bytes());
        let mut term = surface;
        if let Some(differs) = Spelling::new(written).difference(&term) {
            term.push(BEFORE_SPELLING);
            term.push_str(&differs);
        }
        Some(Rc::new(IndexedWord {
            term: term.into(),
            hash,
            stem: OnceCell::new(),
        }))
    })
}

/// A text on its way into the index.
pub(super) struct Analysed {
    /// The terms of its words in their order, each with [`AFTER_TERM`] behind it; of very many different words those of the
    /// first [`MOST_WORDS`].
    pub terms: String,
    /// The hashes of the surfaces of all its words, in their order.
    pub hashes: Vec<u64>,
}

/// Finds the words of a text: once, whatever they are needed for.
pub(super) fn analysed(text: &str) -> Analysed {
    let mut terms = String::with_capacity(text.len());
    let mut hashes = Vec::with_capacity(text.len() / 8);
    let mut first = FirstWords::of(text);
    for word in words(text).filter_map(|it| indexed(text, it)) {
        if first.has(word.hash) {
            terms.push_str(&word.term);
            terms.push(AFTER_TERM);
        }
        hashes.push(word.hash);
    }
    Analysed { terms, hashes }
}

/// The prefix of the terms of a surface that is written otherwise.
pub(super) fn before_spellings(surface: &str) -> String {
    format!("{surface}{BEFORE_SPELLING}")
}

/// The surface of a term.
pub(super) fn surface_of_term(term: &str) -> &str {
    term.split(BEFORE_SPELLING).next().unwrap_or_default()
}

/// The word of a term as it is written, its vowel signs included.
pub(super) fn written_of_term(term: &str) -> String {
    match term.split_once(BEFORE_SPELLING) {
        Some((surface, differs)) => Spelling::of_difference(surface, differs),
        None => term.to_owned(),
    }
}

/// The words that an article is found by: the first [`MOST_WORDS`] different ones. `None` for a text that cannot have
/// more.
struct FirstWords(Option<FxHashSet<u64>>);

impl FirstWords {
    fn of(text: &str) -> Self {
        Self((MOST_WORDS < text.len() / 2).then(FxHashSet::default))
    }

    /// Whether the word with this hash is one of them.
    fn has(&mut self, hash: u64) -> bool {
        let Some(known) = &mut self.0 else { return true };
        known.contains(&hash) || known.len() < MOST_WORDS && known.insert(hash)
    }
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
    manager.register(WORDS, TermTokenizer);
    manager
}

/// Hands tantivy the terms of a text that was [`analysed`], each at its position.
#[derive(Clone)]
struct TermTokenizer;

struct TermStream<'a> {
    rest: &'a str,
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, terms: &'a str) -> TermStream<'a> {
        TermStream {
            rest: terms,
            token: Token::default(),
        }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((term, rest)) = self.rest.split_once(AFTER_TERM) else {
            return false;
        };
        self.rest = rest;
        self.token.text.clear();
        self.token.text.push_str(term);
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
        let terms = terms(&text);
        let has = |number: usize| terms.iter().any(|it| surface_of_term(it) == word(number));
        assert!(has(MOST_WORDS - 1) && !has(MOST_WORDS + 9));
        assert_eq!(terms.len(), MOST_WORDS + 1);
    }

    /// The terms that tantivy gets of a text.
    fn terms(text: &str) -> Vec<String> {
        let mut tokenizer = tokenizers().get(WORDS).unwrap();
        let analysed = analysed(text);
        let mut stream = tokenizer.token_stream(&analysed.terms);
        let mut terms = Vec::new();
        while stream.advance() {
            assert_eq!(stream.token().position, terms.len());
            terms.push(stream.token().text.clone());
        }
        terms
    }

    #[test]
    fn a_term_tells_how_its_word_is_written() {
        for word in [
            "وزارة",
            "إدارة",
            "محمد",
            "مُحَمَّد",
            "أَلْسِنَة",
            "مائة",
            "ثلاثمائة",
            "شاطيء",
            "المنشءات",
            "cop28",
            "مصطفى",
            "فَـتـى",
        ] {
            let bare: String = word.chars().filter(|it| *it != '\u{0640}').collect();
            let all = terms(word);
            let expected = words(&bare)
                .filter_map(|it| it.span.of(&bare))
                .map(|it| Spelling::new(it).to_string());
            assert_eq!(
                all.iter().map(|it| written_of_term(it)).collect::<Vec<_>>(),
                expected.collect::<Vec<_>>()
            );
            assert_eq!(surface_of_term(&all[0]), folded_words(word).next().unwrap().surface());
        }
        assert_eq!(terms("محمد"), ["محمد"]);
        let shared = |word: &str| terms(word)[0].split_once(BEFORE_SPELLING).map(|(_, it)| it.to_owned());
        assert_eq!(shared("وزارة"), shared("مدينة"));
    }

    #[test]
    fn a_word_knows_where_it_stands_in_the_source() {
        let text = "قال مُحَمَّدٌ، ٢٠٢٣";
        let found: Vec<(&str, String)> = folded_words(text)
            .filter_map(|word| Some((word.span.of(text)?, word.surface().to_owned())))
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

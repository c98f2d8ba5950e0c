//! The words of a text as the index knows them: folded, or their stems.
//!
//! Offsets always point into the text as it was given, marks included.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::arabic::{Span, Word, WordKind, fold_word, stem, words};

use super::schema::{STEM, SURFACE};

/// The longest word that is indexed, in bytes: longer runs of letters are no words (encoded data, separators).
const LONGEST_WORD: usize = 200;

/// How many stems a thread remembers: few words are most of a text.
const REMEMBERED_STEMS: usize = 1 << 16;

thread_local! {
    /// Stems that were worked out before, by folded word.
    static STEMS: RefCell<HashMap<String, String>> = RefCell::default();
}

/// A word of a text, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoldedWord {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: WordKind,
    /// The word folded with [`fold_word`].
    pub surface: String,
}

impl FoldedWord {
    /// Its stem.
    pub fn stem(&self) -> String {
        stem_of(&self.surface, self.kind)
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
        })
    })
}

/// The stem of a folded word.
pub(super) fn stem_of(surface: &str, kind: WordKind) -> String {
    if kind != WordKind::Arabic {
        return surface.to_owned();
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(known) = stems.get(surface) {
            return known.clone();
        }
        if stems.len() == REMEMBERED_STEMS {
            stems.clear();
        }
        let stem = stem(surface);
        stems.insert(surface.to_owned(), stem.clone());
        stem
    })
}

fn surface_of(text: &str, word: Word) -> Option<String> {
    if LONGEST_WORD < word.span.len() {
        return None;
    }
    let surface = fold_word(word.span.of(text)?);
    (!surface.is_empty()).then_some(surface)
}

/// The tokenizers that the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(
        SURFACE,
        WordTokenizer {
            term: |word| word.surface,
        },
    );
    manager.register(
        STEM,
        WordTokenizer {
            term: |word| word.stem(),
        },
    );
    manager
}

/// Gives tantivy the words of a text.
#[derive(Clone)]
struct WordTokenizer {
    /// What stands in the index for a word.
    term: fn(FoldedWord) -> String,
}

struct WordStream<'a> {
    words: Box<dyn Iterator<Item = FoldedWord> + 'a>,
    term: fn(FoldedWord) -> String,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream {
            words: Box::new(folded_words(text)),
            term: self.term,
            token: Token::default(),
        }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.offset_from = word.span.start;
        self.token.offset_to = word.span.end;
        self.token.text = (self.term)(word);
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

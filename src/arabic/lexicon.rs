//! Word frequencies in newspapers: the evidence by which [`stem()`](super::stem()) decides what is part of a word.
//!
//! The lexicon is a table in `assets/lexicon.bin` that is queried in place, so it costs nothing at start.
//! `fihrist lexicon --articles FOLDER --output assets/lexicon.bin` rebuilds it, byte for byte.

use std::collections::HashMap;

use super::fold::{Folding, fold};
use super::table::{Table, hash_of, table_bytes};
use super::word::{WordKind, words};

/// The lexicon that comes with the program: folded words, counted over open collections of news.
static BUILT_IN: &[u8] = include_bytes!("../../assets/lexicon.bin");

/// The most words of a lexicon: as many as fit in 1 MiB with a fifth of the table free. The size was picked by feel.
const MOST_WORDS: usize = 200_000;
/// Rarer words are mostly misspelt or run together. A guess.
const LEAST_COUNT: u64 = 4;

/// The bits of a word's byte that encode its count: its binary logarithm, in quarters.
const STEPS: u8 = 0x7F;
/// The bit of a word's byte that says [`LexiconEntry::has_own_article`].
const OWN_ARTICLE: u8 = 0x80;

/// What the lexicon knows of a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LexiconEntry {
    /// Its number of occurrences, to within a fifth: the precision of the quarters in its byte.
    pub count: f32,
    /// Whether its initial «ال» is mostly written with hamza and so is not the article: «ألمانيا», «إلغاء».
    pub has_own_article: bool,
}

/// Folded words with their counts.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    table: Table<'a, 4, 3>,
}

impl Lexicon<'static> {
    /// The lexicon that is built into the program.
    pub fn built_in() -> Self {
        Self::new(BUILT_IN)
    }
}

impl<'a> Lexicon<'a> {
    /// The lexicon in the bytes that [`WordCounts::lexicon_bytes`] made.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            table: Table::new(bytes),
        }
    }

    /// The entry for a word that was folded with [`Folding::Word`].
    pub fn find(&self, folded_word: &str) -> Option<LexiconEntry> {
        let byte = self.table.find(hash_of(folded_word))?[3];
        Some(LexiconEntry {
            count: (f32::from(byte & STEPS) / 4.0).exp2(),
            has_own_article: byte & OWN_ARTICLE != 0,
        })
    }

    /// The number of occurrences of a folded word; 0 if it is unknown.
    pub fn count(&self, folded_word: &str) -> f32 {
        self.find(folded_word).map_or(0.0, |it| it.count)
    }
}

/// A hash of the built-in lexicon, to notice when it changes.
pub fn built_in_fingerprint() -> u64 {
    xxhash_rust::xxh3::xxh3_64(BUILT_IN)
}

/// Counts the words of many texts.
#[derive(Debug, Default)]
pub struct WordCounts {
    /// By folded word: the number of all occurrences, and of those that begin with a written hamza.
    counts: HashMap<String, (u64, u64)>,
}

impl WordCounts {
    /// Counts the Arabic words of `text`.
    pub fn add(&mut self, text: &str) {
        for word in words(text).filter(|it| it.kind == WordKind::Arabic) {
            let source = word.span.of(text).unwrap_or_default();
            let count = self.counts.entry(fold(source, Folding::Word)).or_default();
            count.0 += 1;
            count.1 += u64::from(source.starts_with(['أ', 'إ', 'آ']));
        }
    }

    /// The bytes of a [`Lexicon`] of the most frequent words.
    pub fn lexicon_bytes(&self) -> Vec<u8> {
        let mut words: Vec<_> = self.counts.iter().filter(|(_, it)| LEAST_COUNT <= it.0).collect();
        words.sort_unstable_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
        words.truncate(MOST_WORDS);
        let entries: Vec<(u64, [u8; 4])> = words
            .iter()
            .map(|(word, (all, with_hamza))| {
                let steps = ((*all as f32).log2() * 4.0).round().min(f32::from(STEPS)) as u8;
                let has_own_article = word.starts_with("ال") && *all < 2 * with_hamza;
                let mark = if has_own_article { OWN_ARTICLE } else { 0 };
                (hash_of(word), [0, 0, 0, steps | mark])
            })
            .collect();
        table_bytes::<4, 3>(&entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_with_their_counts() {
        let mut counts = WordCounts::default();
        counts.add(&"زار وفد ألمانيا، وألمانيا ترحب بالوفد. ".repeat(20));
        counts.add("نادرة");
        let bytes = counts.lexicon_bytes();
        let lexicon = Lexicon::new(&bytes);
        let germany = lexicon.find("المانيا").unwrap();
        assert!(germany.has_own_article);
        assert!((16.0..=25.0).contains(&germany.count), "{germany:?}");
        assert!(!lexicon.find("بالوفد").unwrap().has_own_article);
        assert_eq!(lexicon.find("نادره"), None);
    }

    #[test]
    fn the_built_in_lexicon_is_small_and_knows_common_words() {
        assert!(BUILT_IN.len() < 1 << 20);
        let lexicon = Lexicon::built_in();
        assert!(lexicon.count("دمج") < lexicon.count("وزير"));
        assert_eq!(lexicon.count("زغطلمن"), 0.0);
    }
}

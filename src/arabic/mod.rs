//! The Arabic language: letters, folding, words, stems, numbers, month names, plural forms.
//!
//! Pure functions on `&str`: nothing here reads a file, keeps state or knows of articles.
//! Everything that has to treat two spellings as one goes through [`fold()`] or [`Folded`], so that
//! the whole program agrees on what "the same word" means.
//!
//! | file | answers |
//! |---|---|
//! | [`letter`] | Is this character a letter, a vowel sign, a digit, invisible? Which way does a text run? |
//! | [`mod@span`] | Which piece of a text is meant? |
//! | [`word`] | Where do words begin and end? |
//! | [`sentence`] | Where do sentences? |
//! | [`mod@fold`] | Are two spellings one word or name? |
//! | [`mod@index_word`] | Are two spellings one word to who searches? |
//! | [`spelling`] | How is a word spelled beyond that? |
//! | [`lists`] | What do the lists in `assets/lists` say? |
//! | [`clitic`] | What may be attached to the word after it? |
//! | [`mod@stem`] | What is a word without article, clitics and inflection? |
//! | [`lexicon`] | How frequent is a word in newspapers? |
//! | [`table`] | Where in the bytes of a file is a word's record? |
//! | [`collate`] | Which of two titles comes first? |
//! | [`mod@language`] | In which language is a text? |
//! | [`number`] | How is a number shown? |
//! | [`days`] | What number does a day of the calendar have? |
//! | [`month`] | What is a month called? |
//! | [`mod@plural`] | Which form does a counted noun take? |

pub mod clitic;
pub mod collate;
pub mod days;
pub mod fold;
pub mod index_word;
pub mod language;
pub mod letter;
pub mod lexicon;
pub mod lists;
pub mod month;
pub mod number;
pub mod plural;
pub mod sentence;
pub mod span;
pub mod spelling;
pub mod stem;
pub mod table;
pub mod word;

pub use collate::sort_key;
pub use fold::{Folded, Folding, fold, fold_start, fold_word};
pub use index_word::index_word;
pub use language::{language, language_name, language_tag};
pub use span::Span;
pub use stem::stem;
pub use word::{Word, WordKind, words};

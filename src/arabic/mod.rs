//! The Arabic language: letters, folding, words, stems, numbers, month names, plural forms.
//!
//! Pure functions on `&str`: nothing here reads a file, keeps state or knows of articles.
//! Everything that has to treat two spellings as one goes through [`fold()`] or [`Folded`], so that
//! the whole program agrees on what "the same word" means.

pub mod collate;
pub mod fold;
pub mod language;
pub mod letter;
pub mod lexicon;
pub mod month;
pub mod number;
pub mod plural;
pub mod span;
pub mod spelling;
pub mod stem;
pub mod table;
pub mod word;

pub use collate::sort_key;
pub use fold::{Folded, Folding, fold, fold_word};
pub use language::{language, language_name};
pub use span::Span;
pub use stem::stem;
pub use word::{Word, WordKind, words};

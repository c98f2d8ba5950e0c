//! Every word on the screen, in Arabic and English.
//!
//! - `table`: fixed words and the names of closed lists; a new word on the screen is a line here
//! - `count`: numbers and counts with their nouns
//! - `date`: days, months, periods
//! - `phrase`: what is searched for, in words
//! - `notice`: sentences about what happened
//! - `keys`: what the keys do
//! - `bidi`: isolates where scripts meet

mod bidi;
pub mod count;
pub mod date;
pub mod keys;
pub mod notice;
pub mod phrase;
mod table;

pub use bidi::{facts, isolate, isolate_ltr, isolated};
pub use table::Words;

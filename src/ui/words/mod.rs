//! Every word on the screen, in Arabic and English.
//!
//! - `table`: fixed words and the names of closed lists; a new word on the screen is a line here
//! - `count`: numbers and counts with their nouns
//! - `date`: days, months, periods
//! - `phrase`: what is searched for, in words
//! - `notice`, `kept`: sentences about what happened; to files of the user's decisions
//! - `export`: exports and references: the dialog, what became of them, the words in files
//! - `action`: what can be done from anywhere
//! - `mark`: what the user marks
//! - `message`: what such sentences are
//! - `original`: pictures of articles, and opening what they were read from
//! - `reason`: why files are not read
//! - `keys`: what the keys do
//! - `bidi`: isolates where scripts meet

mod action;
mod bidi;
pub mod count;
pub mod date;
pub mod export;
mod kept;
pub mod keys;
pub mod mark;
mod message;
pub mod notice;
pub mod original;
pub mod phrase;
pub mod reason;
mod table;

pub use action::action;
pub use bidi::{FACTS_BETWEEN, facts, isolate, isolate_ltr, isolated, labelled};
pub use kept::forget_question;
pub use message::Message;
pub use table::Words;

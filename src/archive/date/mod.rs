//! Dates as newspapers write them.
//!
//! [`expressions`] finds what a text says of dates: of five traditions of month names and the Hijri calendar, in digits
//! of three scripts, in words, relative to the day of publication, with times and zones. [`DateExpression::resolve`]
//! turns one into days. [`parse_date`] reads the date that a header line or a field states; it invents nothing: without
//! a year there is no date. A text is read once, from its start to its end; any text will do.
//!
//! ```text
//! text ──tokens──▶ words with their meaning ──grammar──▶ value ──resolve, day of publication──▶ days
//! ```
//!
//! | file | is |
//! |---|---|
//! | `lex` | what a word can mean in a date |
//! | `vocabulary` | which words mean it |
//! | `misspelt` | months that lack a letter |
//! | `tokens` | from a text to such words, numbers and the gaps between them |
//! | `grammar/` | how expressions are built of them; what a text states of the **year** is read in `grammar/year` |
//! | `value` | what an expression means before the day of publication is known |
//! | `resolve/` | the days it comes to; which **year** is meant where none is stated is decided in `resolve/year` |
//! | `civil`, `hijri`, `time` | Gregorian days of numbers; the Umm al-Qura calendar; times of day and zones |
//! | `expression` | the expressions of a text |
//! | `published` | when an article was published, as its lines say it |
//! | `path` | the same as addresses and names of files say it |
//! | `mention` | the dates of which an article speaks |

mod civil;
mod expression;
mod grammar;
mod hijri;
mod lex;
mod mention;
mod misspelt;
mod path;
mod published;
mod resolve;
mod time;
mod tokens;
mod value;
mod vocabulary;

pub use expression::{DateExpression, expressions};
pub use mention::date_mentions;
pub use path::{in_address, in_file_path};
pub use published::{day_of_writing, is_only_a_date, is_page_clock, parse_date, parse_opening, parse_published};
pub use resolve::Resolved;
pub use time::{TimeOfDay, Zone};

#[cfg(test)]
mod tests;

//! Dates as newspapers write them.
//!
//! [`expressions`] finds the dates in a text: with month names of five traditions or of the Hijri calendar, in the
//! digits of three scripts, in words, relative to the day of publication, with times and zones.
//! [`DateExpression::resolve`] turns one into days. [`parse_date`] reads the date in a header line or a field; it
//! invents nothing: without a year there is no date. Any text is valid input, and is read in a single pass.
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
//! | `grammar/` | how expressions are built from them; a stated **year** is read in `grammar/year` |
//! | `value` | what an expression means before the day of publication is known |
//! | `resolve/` | the days it means; an unstated **year** is decided in `resolve/year` |
//! | `civil`, `hijri`, `calendars` | Gregorian days of numbers; the Umm al-Qura calendar; any calendar's days |
//! | `time` | times of day and zones |
//! | `expression` | the expressions of a text |
//! | `published` | the date of publication by the article's own lines |
//! | `line` | what stands beside the date in such a line |
//! | `program` | dates as programs write them into fields |
//! | `figures` | days of three numbers, whose order others show |
//! | `short` | days whose year has two digits |
//! | `path` | the same by URLs and file names |
//! | `mention` | the dates that an article mentions |

mod calendars;
mod civil;
mod expression;
mod figures;
mod grammar;
mod hijri;
mod lex;
mod line;
mod mention;
mod misspelt;
mod path;
mod program;
mod published;
mod resolve;
mod short;
mod time;
mod tokens;
mod value;
mod vocabulary;

pub use expression::{DateExpression, expressions};
pub use figures::{DayOrder, Figures, figures};
pub use line::{BesideDate, Other, beside_date, is_only_a_date};
pub use mention::date_mentions;
pub use path::{in_address, in_file_path};
pub use published::{day_of_writing, is_page_clock, opening_date, parse_date, parse_field, parse_published};
pub use resolve::ResolvedDays;
pub use short::day_of_short_year;
pub use time::{TimeOfDay, Zone};

#[cfg(test)]
mod tests;

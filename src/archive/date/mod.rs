//! Dates as newspapers write them.
//!
//! [`expressions`] finds what a text says of dates: of five traditions of month names and the Hijri calendar, in digits
//! of three scripts, in words, relative to the day of publication, with times and zones. [`DateExpression::resolve`]
//! turns one into days. [`parse_date`] reads the date that a header line or a field states; it invents nothing: without
//! a year there is no date.
//!
//! What an expression means is decided by the conventions that `resolve` documents. A text is read once, from its
//! start to its end; any text will do.

mod grammar;
mod hijri;
mod names;
mod resolve;
mod time;
mod tokens;

use jiff::civil::Date;

use crate::arabic::{Span, words};

use super::article::DatePrecision;
use grammar::{At, Parser};
use resolve::{Value, Year};

pub use resolve::{Days, Resolved};
pub use time::{TimeOfDay, Zone};

/// A date, a period or a time as it stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct DateExpression {
    /// Its place in the text it was found in.
    pub span: Span,
    value: Value,
}

impl DateExpression {
    /// The days it means in a text of the day `anchor`.
    ///
    /// Nothing if it is relative and `anchor` is not known, or if there is no such day.
    pub fn resolve(&self, anchor: Option<Date>) -> Option<Resolved> {
        resolve::resolve(&self.value, anchor)
    }

    /// Whether it names a day in the calendar's own terms; «أمس» and «الخميس الماضي» do not.
    fn is_stated(&self) -> bool {
        let day = match &self.value {
            Value::Timed(Some(day), _) => day,
            value => value,
        };
        matches!(day, Value::Point(_) | Value::Pair(..))
    }

    /// Whether it names a day of the Hijri calendar.
    fn is_hijri(&self) -> bool {
        let is_hijri = |value: &Value| matches!(value, Value::Point(it) if it.calendar == names::Calendar::Hijri);
        match &self.value {
            Value::Timed(Some(day), _) | Value::Pair(day, _) => is_hijri(day),
            value => is_hijri(value),
        }
    }
}

/// What `text` says of dates, in its order and without overlap.
///
/// The time is linear in the length of the text; spans are spans of `text`.
pub fn expressions(text: &str) -> Vec<DateExpression> {
    let tokens = tokens::tokens(text);
    let parser = Parser { text, tokens: &tokens };
    let mut found = Vec::new();
    let mut idx = 0;
    while idx < tokens.len() {
        match parser.at(idx) {
            At::Expression(value, first, end) if first < end => {
                let span = Span::new(tokens[first].start, tokens[end - 1].end);
                found.push(DateExpression { span, value });
                idx = end;
            }
            At::NoDate(end) => idx = end.max(idx + 1),
            _ => idx += 1,
        }
    }
    found
}

/// The date that `text` states, and how much of it. Of several the most precise holds, then the first; where one is
/// stated in both calendars, the Gregorian one.
pub fn parse_date(text: &str) -> Option<(Date, DatePrecision)> {
    let stated = |it: &DateExpression| {
        let resolved = it.is_stated().then(|| it.resolve(None))??;
        let [days] = resolved.days.as_slice() else { return None };
        // A Hijri month is no precision of ours.
        (days.precision != DatePrecision::Day || days.first == days.last).then_some((days.first, days.precision))
    };
    let found = expressions(text);
    let days = found.iter().filter_map(|it| Some((stated(it)?, it.is_hijri())));
    let day = days
        .clone()
        .filter(|((_, precision), _)| *precision == DatePrecision::Day)
        .min_by_key(|(_, is_hijri)| *is_hijri);
    day.or_else(|| days.clone().next())
        .map(|(it, _)| it)
        .or_else(|| field(text))
}

/// What only a field states so: «2023», «2023-10», «20231028».
fn field(text: &str) -> Option<(Date, DatePrecision)> {
    let tokens = tokens::tokens(text);
    let number = |idx: usize| match tokens.get(idx)?.lex {
        names::Lex::Number { value, digits } => Some((i32::try_from(value).ok()?, digits)),
        _ => None,
    };
    let is_year = |year: i32| (1800..2100).contains(&year);
    let date = |year: i32, month: i32, day: i32| {
        Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()
    };
    match (number(0)?, tokens.len()) {
        ((year, 4), 2) if is_year(year) => match number(1) {
            Some((month, 2)) if tokens[1].gap == tokens::Gap::DASH || tokens[1].gap == tokens::Gap::SLASH => {
                date(year, month, 1).map(|it| (it, DatePrecision::Month))
            }
            Some(_) => None,
            None => date(year, 1, 1).map(|it| (it, DatePrecision::Year)),
        },
        ((year, 4), 1) if is_year(year) => date(year, 1, 1).map(|it| (it, DatePrecision::Year)),
        ((day, 8), _) if is_year(day / 10_000) => {
            date(day / 10_000, day / 100 % 100, day % 100).map(|it| (it, DatePrecision::Day))
        }
        _ => None,
    }
}

/// The date with which a dateline in the opening of an article begins: a full one, within the first words.
pub fn parse_opening(text: &str) -> Option<(Date, DatePrecision)> {
    let end = text.char_indices().nth(110).map_or(text.len(), |(at, _)| at);
    let opening = text.get(..end)?;
    let found = expressions(opening);
    let first = found.iter().find(|it| it.is_stated() && it.resolve(None).is_some())?;
    // Behind a place name at most, and marked as a dateline's by its calendar.
    let n_words = words(opening.get(..first.span.start)?).count();
    let is_pair = matches!(&first.value, Value::Pair(..));
    let is_dateline = n_words <= 3 && (is_pair || first.is_hijri());
    let resolved = is_dateline.then(|| first.resolve(None)).flatten()?;
    match resolved.days.as_slice() {
        [days] if days.precision == DatePrecision::Day && days.first == days.last => {
            Some((days.first, DatePrecision::Day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;

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

use std::path::Path;

use jiff::civil::Date;

use crate::arabic::{Folding, Span, WordKind, fold, letter, words};

use super::article::{Article, DateMention, DatePrecision};
use grammar::{At, Parser};
use resolve::Value;

pub use resolve::Resolved;
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

    /// The day, month or year that it states without reference to another day.
    fn stated(&self) -> Option<(Date, DatePrecision)> {
        let resolved = self.is_stated().then(|| self.resolve(None))??;
        let [days] = resolved.days.as_slice() else { return None };
        // A Hijri month is no precision of ours.
        (days.precision != DatePrecision::Day || days.first == days.last).then_some((days.first, days.precision))
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
                let span = with_bracket(text, span);
                found.push(DateExpression { span, value });
                idx = end;
            }
            At::NoDate(end) => idx = end.max(idx + 1),
            _ => idx += 1,
        }
    }
    found
}

/// The dates of which an article's title and body speak, in the order of its text: those that are known without its
/// date, and, if it states the day it was published, those that are told from there.
pub fn date_mentions(article: &Article) -> Vec<DateMention> {
    let published = article.published.filter(|it| it.precision == DatePrecision::Day);
    let anchor = published.map(|it| it.date);
    let mut mentions = Vec::new();
    let sections = article.sections.iter().filter(|it| it.kind.is_article());
    for section in sections {
        let Some(text) = section.span.of(&article.text) else {
            continue;
        };
        for it in expressions(text) {
            // A time alone, «الساعة التاسعة», names no day.
            if matches!(it.value, Value::Timed(None, _)) {
                continue;
            }
            if let Some(resolved) = it.resolve(anchor) {
                mentions.push(DateMention {
                    span: it.span.shifted(section.span.start),
                    days: resolved.days,
                    is_approximate: resolved.is_approximate,
                });
            }
        }
    }
    mentions
}

/// The span with the bracket that closes what was opened in it: «الخميس (أمس)».
fn with_bracket(text: &str, span: Span) -> Span {
    let inside = span.of(text).unwrap_or_default();
    let count = |bracket: char| inside.matches(bracket).count();
    let is_open = count(')') < count('(') && text.get(span.end..).is_some_and(|rest| rest.starts_with(')'));
    Span::new(span.start, span.end + usize::from(is_open))
}

/// The date that `text` states, and how much of it. Of several the most precise holds, then the first; where one is
/// stated in both calendars, the Gregorian one.
pub fn parse_date(text: &str) -> Option<(Date, DatePrecision)> {
    best(expressions(text).iter()).or_else(|| field(text))
}

fn best<'a>(found: impl Iterator<Item = &'a DateExpression> + Clone) -> Option<(Date, DatePrecision)> {
    let days = found.filter_map(|it| Some((it.stated()?, it.is_hijri())));
    let day = days
        .clone()
        .filter(|((_, precision), _)| *precision == DatePrecision::Day)
        .min_by_key(|(_, is_hijri)| *is_hijri);
    day.or_else(|| days.clone().next()).map(|(it, _)| it)
}

/// What the line of a page says of when its article was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedDate {
    /// The day; the first of the month or year where only these are stated.
    pub date: Date,
    /// How much of it is stated.
    pub precision: DatePrecision,
    /// Whether it is when the article was changed last.
    pub is_update: bool,
}

/// The date in a line that says when something was published, or failing that, when it was updated.
pub fn parse_published(text: &str) -> Option<StatedDate> {
    let found = expressions(text);
    let mut end = 0;
    let mut updates = Vec::new();
    for it in &found {
        let before = fold(text.get(end..it.span.start).unwrap_or_default(), Folding::Word);
        let before_and_in = format!("{before} {}", fold(it.span.of(text).unwrap_or_default(), Folding::Word));
        // «… 2010، آخر تحديث 11:00» gives the time of an update on the day of publication.
        let words = if it.stated().is_some() {
            before.as_str()
        } else {
            before_and_in.as_str()
        };
        updates.push(
            ["تحديث", "تعديل", "updated", "modified"]
                .iter()
                .any(|it| words.contains(it)),
        );
        end = it.span.end;
    }
    let of = |wanted: bool| {
        let found = found
            .iter()
            .zip(&updates)
            .filter(move |(_, is_update)| **is_update == wanted);
        best(found.map(|(it, _)| it)).map(|(date, precision)| StatedDate {
            date,
            precision,
            is_update: wanted,
        })
    };
    of(false).or_else(|| of(true)).or_else(|| {
        field(text).map(|(date, precision)| StatedDate {
            date,
            precision,
            is_update: false,
        })
    })
}

/// Whether a line holds a date and nothing else: its weekday, its time, the place in which a page's clock stands.
pub fn is_only_a_date(line: &str) -> bool {
    // Weekday, day in both calendars, time, zone and sign of the zodiac take no more.
    if 240 < line.len() {
        return false;
    }
    let found = expressions(line);
    let Some(day) = found
        .iter()
        .find(|it| matches!(it.stated(), Some((_, DatePrecision::Day))))
    else {
        return false;
    };
    // The sign of the zodiac behind the date, in some Saudi papers, is part of it.
    let line = line.find(" برج ").map_or(line, |at| {
        let before = line.get(..at).unwrap_or_default();
        before.trim_end_matches(|c: char| letter::digit(c).is_some() || c == ' ' || c == '-')
    });
    let mut place = None;
    for word in words(line).filter(|word| !found.iter().any(|it| it.span.covers(word.span))) {
        let text = word.span.of(line).unwrap_or_default();
        let folded = fold(text, Folding::Word);
        match word.kind {
            WordKind::Number => return false,
            WordKind::Other => {}
            WordKind::Arabic if ["يوم", "في", "بتاريخ", "الموافق", "ه", "م", "الساعه"].contains(&folded.as_str()) =>
                {}
            // «القاهرة: الأربعاء، 07 أكتوبر 2020 12:19 م».
            WordKind::Arabic if word.span.end <= day.span.start && place.is_none() => place = Some(word.span),
            WordKind::Arabic => return false,
        }
    }
    let is_clock = matches!(day.value, Value::Timed(..));
    place.is_none_or(|place| {
        is_clock
            && line
                .get(place.end..)
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

/// Whether a line is the clock of a page: «اليوم الأحد 5 مارس 2023», «القاهرة: … 12:19 م».
pub fn is_page_clock(line: &str) -> bool {
    let folded = fold(line, Folding::Word);
    let begins = ["اليوم", "الان", "الساعه الان", "تاريخ اليوم", "today"];
    begins.iter().any(|it| folded.trim_start().starts_with(it))
}

/// The day that the text itself calls «اليوم» by its full date, if all places that do so agree and no weekday
/// contradicts it. «اليوم الثاني من أكتوبر» is the second day, whichever the day of writing was.
pub fn day_of_writing(text: &str) -> Option<Date> {
    let mut days = expressions(text).into_iter().filter_map(|it| {
        let written = it.span.of(text)?;
        let tokens = tokens::tokens(written);
        let is_today = |token: &tokens::Token| {
            let word = written.get(token.start..token.end).unwrap_or_default();
            fold(word, Folding::Word).ends_with("اليوم")
        };
        let at = tokens.iter().take(2).position(is_today);
        let next = at.and_then(|at| tokens.get(at + 1)).map(|it| it.lex);
        let is_today = at.is_some() && !matches!(next, Some(names::Lex::Ordinal(_) | names::Lex::Eleventh));
        let (date, precision) = it.stated().filter(|_| is_today)?;
        let weekday = match &it.value {
            Value::Point(point) => point.weekday,
            Value::Timed(Some(day), _) | Value::Pair(day, _) => match day.as_ref() {
                Value::Point(point) => point.weekday,
                _ => None,
            },
            _ => None,
        };
        let is_certain = precision == DatePrecision::Day
            && weekday.is_none_or(|weekday| weekday == date.weekday().to_monday_one_offset());
        Some(is_certain.then_some(date))
    });
    let first = days.next()??;
    days.all(|it| it == Some(first)).then_some(first)
}

/// The day in the address of a page: «…/2023/10/28/…», «…/2023-10-28-…», «…/20231028…».
pub fn in_address(address: &str) -> Option<Date> {
    in_path(address, &[b'/', b'-', b'_', 0])
}

/// The day in the name of a file, or in its folders where these are a year, a month and a day. A date in the name of a
/// folder is rather when it was collected.
pub fn in_file_path(path: &Path) -> Option<Date> {
    let name = path.file_stem()?.to_string_lossy();
    let folders = path.parent()?.to_string_lossy().replace('\\', "/");
    in_path(&name, &[b'-', b'_', 0]).or_else(|| in_path(&folders, b"/"))
}

/// The only day in a path: year, month and day with one of `separators` between them (0 for none), apart from other
/// digits and letters. Papers have put their articles in such places since 1995.
fn in_path(path: &str, separators: &[u8]) -> Option<Date> {
    let mut found = None;
    let bytes = path.as_bytes();
    let digit = |at: usize| {
        bytes
            .get(at)
            .filter(|it| it.is_ascii_digit())
            .map(|it| i32::from(it - b'0'))
    };
    let number = |at: usize, length: usize| (at..at + length).try_fold(0, |number, at| Some(number * 10 + digit(at)?));
    let is_alone = |before: Option<usize>, after: usize| {
        let ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        before.is_none_or(ends) && ends(after)
    };
    for at in 0..bytes.len() {
        let Some(year) = number(at, 4).filter(|year| (1995..2100).contains(year)) else {
            continue;
        };
        let separator = bytes.get(at + 4).copied().unwrap_or(0);
        let read = if separators.contains(&separator) && bytes.get(at + 7) == Some(&separator) {
            number(at + 5, 2).zip(number(at + 8, 2)).map(|it| (it, at + 10))
        } else if separators.contains(&0) {
            number(at + 4, 2).zip(number(at + 6, 2)).map(|it| (it, at + 8))
        } else {
            None
        };
        let Some(((month, day), end)) = read else { continue };
        let date = (|| {
            Date::new(
                i16::try_from(year).ok()?,
                i8::try_from(month).ok()?,
                i8::try_from(day).ok()?,
            )
            .ok()
        })();
        let Some(date) = date.filter(|_| is_alone(at.checked_sub(1), end)) else {
            continue;
        };
        if found.is_some_and(|it| it != date) {
            return None;
        }
        found = Some(date);
    }
    found
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

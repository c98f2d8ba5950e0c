//! The date of publication by an article's own lines and fields.

use std::ops::Range;

use jiff::civil::Date;
use memchr::memmem::Finder;

use crate::arabic::{Folding, Span, fold};
use crate::archive::DatePrecision;

use super::civil::date_of;
use super::expression::{DateExpression, expressions, expressions_by_stretch};
use super::lex::Lex;
use super::program;
use super::short::day_of_short_year;
use super::tokens;
use super::value::{Calendar, Value};

/// A dateline's date ends within this many letters. A guess, far above what a place and a day in both calendars take.
const OPENING: usize = 110;
/// The first newspaper in Arabic, al-Waqa'i' al-Misriyya, is of this year: nothing was published in one before.
const PRESS: i16 = 1828;
/// The years that a field of four digits may state; others are numbers. A guess.
const FIELD_YEARS: Range<i32> = 1800..2100;

/// The date that `text` states, and its precision. Of several, the most precise wins, then the first; of one in several
/// calendars, the Gregorian one. The day on which a clock begins is none.
pub fn parse_date(text: &str) -> Option<(Date, DatePrecision)> {
    let of_program = program::parse(text).map(|date| (date, DatePrecision::Day));
    let found = of_program.or_else(|| best(expressions(text).iter()).or_else(|| field(text)));
    found.filter(|(date, _)| !program::is_zero(text, *date))
}

/// The date in a field made for machines, or in one in which nothing else is expected: as [`parse_date`], and days whose
/// year has two digits.
pub fn parse_field(text: &str) -> Option<(Date, DatePrecision)> {
    parse_date(text).or_else(|| day_of_short_year(text).map(|it| (it, DatePrecision::Day)))
}

/// The date of publication by a line of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedDate {
    /// The day; the first of the month or year where only these are stated.
    pub date: Date,
    /// How much of `date` is stated.
    pub precision: DatePrecision,
    /// Whether it is the time of the last update.
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
    let in_digits = || field(text).or_else(|| day_of_short_year(text).map(|it| (it, DatePrecision::Day)));
    of(false).or_else(|| of(true)).or_else(|| {
        in_digits().map(|(date, precision)| StatedDate {
            date,
            precision,
            is_update: false,
        })
    })
}

/// Whether a line is the clock of a page: «اليوم الأحد 5 مارس 2023», «القاهرة: … 12:19 م».
pub fn is_page_clock(line: &str) -> bool {
    let folded = fold(line, Folding::Word);
    let begins = ["اليوم", "الان", "الساعه الان", "تاريخ اليوم", "today"];
    // «الأناضول» begins with the letters of «الآن».
    let is_word = |rest: &str| !rest.starts_with(char::is_alphabetic);
    begins
        .iter()
        .any(|it| folded.trim_start().strip_prefix(it).is_some_and(is_word))
}

/// The day that the text itself calls «اليوم» by its full date, if all places that do so agree and no weekday
/// contradicts it. «اليوم الثاني من أكتوبر» is the second day, whichever the day of writing was.
pub fn day_of_writing<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Option<Date> {
    /// So many bytes of paragraphs are joined and read at once. A guess, above the longest article seen.
    const AT_ONCE: usize = 256 << 10;
    // Most paragraphs do not speak of it; a few write its vowels.
    let today = ["اليوم", "اليَو", "اليوْ"].map(Finder::new);
    let paragraphs = paragraphs.filter(|it| today.iter().any(|today| today.find(it.as_bytes()).is_some()));
    let mut day = None;
    let mut joined = String::new();
    let mut paragraphs = paragraphs.peekable();
    while let Some(paragraph) = paragraphs.next() {
        let is_last = paragraphs.peek().is_none();
        let text = if joined.is_empty() && (is_last || AT_ONCE <= paragraph.len()) {
            paragraph
        } else {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.push_str(paragraph);
            if joined.len() < AT_ONCE && !is_last {
                continue;
            }
            joined.as_str()
        };
        for found in expressions_by_stretch(text).flat_map(|found| days_of_writing(text, found)) {
            // A day that is not certain makes all of them so.
            let found = found?;
            if *day.get_or_insert(found) != found {
                return None;
            }
        }
        joined.clear();
    }
    day
}

/// The days that a text calls «اليوم»; `None` for one that is not certain.
fn days_of_writing(text: &str, found: Vec<DateExpression>) -> Vec<Option<Date>> {
    let days = found.into_iter().filter_map(|it| {
        let written = it.span.of(text)?;
        let tokens = tokens::tokens(written);
        let is_today = |token: &tokens::Token| {
            let word = written.get(token.start..token.end).unwrap_or_default();
            fold(word, Folding::Word).ends_with("اليوم")
        };
        let at = tokens.iter().take(2).position(is_today);
        let next = at.and_then(|at| tokens.get(at + 1)).map(|it| it.lex);
        let is_today = at.is_some() && !matches!(next, Some(Lex::Ordinal(_) | Lex::Eleventh));
        // «في مثل هذا اليوم 5 يونيو 1967».
        let before = text
            .get(..it.span.start)
            .and_then(|it| it.split_whitespace().next_back());
        let is_another = before.is_some_and(|it| ["هذا", "ذلك", "نفس", "مثل"].contains(&it));
        let (date, precision) = it.stated().filter(|_| is_today && !is_another)?;
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
    days.collect()
}

/// The first day that is stated in the opening of an article, as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningDate {
    /// Its place.
    pub span: Span,
    /// The day.
    pub date: Date,
    /// Whether it is a day of another calendar, as datelines state it and few sentences do.
    pub is_of_another_calendar: bool,
    /// Whether it is stated in two calendars.
    pub is_pair: bool,
}

/// The first full date in the opening of a text. Whether it dates the text, what stands around it says.
pub fn opening_date(text: &str) -> Option<OpeningDate> {
    let end = text.char_indices().nth(OPENING).map_or(text.len(), |(at, _)| at);
    let found = expressions(text.get(..end)?);
    let first = found.iter().find(|it| it.is_stated() && it.resolve(None).is_some())?;
    let (date, precision) = first.stated()?;
    let value = match &first.value {
        Value::Timed(Some(day), _) => day,
        value => value,
    };
    (precision == DatePrecision::Day && PRESS <= date.year()).then_some(OpeningDate {
        span: first.span,
        date,
        is_of_another_calendar: first.calendar() != Calendar::Gregorian,
        is_pair: matches!(value, Value::Pair(..)),
    })
}

fn best<'a>(found: impl Iterator<Item = &'a DateExpression> + Clone) -> Option<(Date, DatePrecision)> {
    let days = found.filter_map(|it| Some((it.stated()?, it.calendar())));
    let days = days.filter(|((date, _), _)| PRESS <= date.year());
    let day = days
        .clone()
        .filter(|((_, precision), _)| *precision == DatePrecision::Day)
        .min_by_key(|(_, calendar)| *calendar);
    day.or_else(|| days.clone().next()).map(|(it, _)| it)
}

/// What only a field states so: «2023», «2023-10», «20231028».
fn field(text: &str) -> Option<(Date, DatePrecision)> {
    let tokens = tokens::tokens(text);
    let number = |idx: usize| match tokens.get(idx)?.lex {
        Lex::Number { value, digits } => Some((i32::try_from(value).ok()?, digits)),
        _ => None,
    };
    let is_year = |year: i32| FIELD_YEARS.contains(&year);
    match (number(0)?, tokens.len()) {
        ((year, 4), 2) if is_year(year) => match number(1) {
            Some((month, 2)) if tokens[1].gap == tokens::Gap::DASH || tokens[1].gap == tokens::Gap::SLASH => {
                date_of(year, month, 1).map(|it| (it, DatePrecision::Month))
            }
            Some(_) => None,
            None => date_of(year, 1, 1).map(|it| (it, DatePrecision::Year)),
        },
        ((year, 4), 1) if is_year(year) => date_of(year, 1, 1).map(|it| (it, DatePrecision::Year)),
        ((day, 8), _) if is_year(day / 10_000) => {
            date_of(day / 10_000, day / 100 % 100, day % 100).map(|it| (it, DatePrecision::Day))
        }
        _ => None,
    }
}

//! Dates by their month: «26 أكتوبر 2023», «12 و19 تموز», «مارس الماضي».

use crate::archive::date::lex::{Count, Lex};
use crate::archive::date::misspelt::misspelt_month;
use crate::archive::date::resolve::resolve;
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Calendar, Point, Side, Unit, Value, Year};
use crate::archive::date::vocabulary;

use super::parser::{DASHED, LONGEST_LIST, LOOSE, Parser, Read, SOFT};
use super::{common, year};

/// Between the two names of a month: «تموز/يوليو», «أغسطس (آب)», «يوليو، تموز».
const BETWEEN_NAMES: Gap = SOFT
    .with(Gap::SLASH)
    .with(Gap::OPEN)
    .with(Gap::DASH)
    .with(Gap::CLOSE)
    .with(Gap::COMMA);

/// A month as it was named.
#[derive(Clone, Copy)]
pub(super) struct MonthName {
    pub calendar: Calendar,
    pub month: u8,
    /// Whether the name alone is also another word.
    pub weak: bool,
    /// With «شهر» before it or its other name after it.
    pub is_sure: bool,
}

impl MonthName {
    /// The whole month.
    pub fn in_year(self, year: Year) -> Value {
        self.point(None, year)
    }

    pub fn day_in_year(self, day: u8, year: Year) -> Value {
        self.point(Some(day), year)
    }

    fn point(self, day: Option<u8>, year: Year) -> Value {
        Value::Point(Point {
            calendar: self.calendar,
            year,
            month: self.month,
            day,
            weekday: None,
        })
    }
}

/// The days before a month.
pub(super) enum DayList {
    One(u8),
    Range(u8, u8),
    List(Vec<u8>),
}

/// «26 أكتوبر 2023», «السادس من أغسطس», «12 و19 يوليو»; also with its month misspelt.
pub(super) fn date(p: &Parser<'_>, idx: usize) -> Read<Value> {
    date_within(p, idx, idx)
}

/// As [`date`], in an expression that begins at `start`: what stands before that says of which time it is.
pub(super) fn date_within(p: &Parser<'_>, start: usize, idx: usize) -> Read<Value> {
    let (list, next) = days(p, idx)?;
    days_of_month(p, list, start, next, false).or_else(|| {
        // «من 28 - 3 يناير» is none, but its last day may be one.
        let (day, next) = day(p, idx)?;
        days_of_month(p, DayList::One(day), start, next, false)
    })
}

/// Days before one month: «9-10», «12 و19 و26», «20 إلى 24».
pub(super) fn days(p: &Parser<'_>, idx: usize) -> Read<DayList> {
    let (first, mut at) = day(p, idx)?;
    let mut days = vec![first];
    let mut is_range = false;
    while days.len() < LONGEST_LIST {
        let gap = p.gap(at);
        let next = match p.lex(at) {
            Lex::And if p.near(at, SOFT.with(Gap::COMMA)) && p.near(at + 1, SOFT) => at + 1,
            Lex::To | Lex::Until if p.near(at, SOFT) && p.near(at + 1, SOFT) => {
                is_range = true;
                at + 1
            }
            Lex::Ordinal(_) | Lex::Eleventh if p.and(at) && p.near(at, SOFT.with(Gap::COMMA)) => at,
            Lex::Number { .. } if gap.has(Gap::DASH) && gap.is_within(DASHED) => {
                is_range = true;
                at
            }
            Lex::Number { .. } if gap.has(Gap::COMMA) && gap.is_within(SOFT.with(Gap::COMMA)) => at,
            _ => break,
        };
        // «وحتى», «إلى يوم».
        let next = next + usize::from(matches!(p.lex(next), Lex::Until | Lex::To));
        let Some((day, next)) = day(p, next) else { break };
        days.push(day);
        at = next;
    }
    let list = match days.as_slice() {
        [day] => DayList::One(*day),
        [first, last] if is_range && first < last => DayList::Range(*first, *last),
        _ if is_range => return None,
        _ => DayList::List(days),
    };
    Some((list, at))
}

/// The day of a month: «26», «الـ 26», «السادس», «الثالث والعشرين», «غرة».
pub(super) fn day(p: &Parser<'_>, idx: usize) -> Read<u8> {
    let at = idx + usize::from(p.is(idx, Lex::Article) && p.near(idx + 1, SOFT));
    if let Some((value, digits)) = p.number(at) {
        let day = u8::try_from(value)
            .ok()
            .filter(|it| (1..=31).contains(it) && digits <= 2)?;
        let is_suffixed = p.is(at + 1, Lex::EnglishOrdinal) && p.gap(at + 1) == Gap::GLUED;
        return Some((day, at + 1 + usize::from(is_suffixed)));
    }
    let unit = match p.lex(idx) {
        Lex::Ordinal(unit) => unit,
        Lex::Eleventh => 1,
        Lex::Tens(tens @ (20 | 30)) if p.definite(idx) => return Some((tens, idx + 1)),
        Lex::FirstOfMonth => return Some((1, idx + 1)),
        _ => return None,
    };
    match p.next(idx + 1, SOFT) {
        Some(Lex::Teen) if unit < 10 => Some((unit + 10, idx + 2)),
        Some(Lex::Tens(tens @ (20 | 30))) if p.and(idx + 1) && tens + unit <= 31 => Some((tens + unit, idx + 2)),
        Some(Lex::And) if matches!(p.lex(idx + 2), Lex::Tens(20 | 30)) => match p.lex(idx + 2) {
            Lex::Tens(tens) if tens + unit <= 31 => Some((tens + unit, idx + 3)),
            _ => None,
        },
        _ if p.is(idx, Lex::Eleventh) => None,
        _ => Some((unit, idx + 1)),
    }
}

/// What days mean before the month that begins at `idx`; what stands before `start` says of which time they are.
pub(super) fn days_of_month(p: &Parser<'_>, list: DayList, start: usize, idx: usize, is_between: bool) -> Read<Value> {
    let mut at = idx;
    let mut has_of = false;
    while matches!(p.lex(at), Lex::From | Lex::Of) && p.near(at, SOFT) && at < idx + 1 {
        at += 1;
        has_of = true;
    }
    if !p.near(at, LOOSE) || p.gap(at).has(Gap::COMMA) && has_of {
        return None;
    }
    let (month, next) = match month(p, at) {
        Some(it) => it,
        None => misspelt(p, at).or_else(|| libyan(p, at))?,
    };
    let next = behind_misprinted_name(p, month, next);
    let needs_year = match month.calendar {
        // «محمد الفاتح مارس سلطته».
        Calendar::Gregorian => {
            let is_the_conqueror = p.is(at - 1, Lex::FirstOfMonth) && p.definite(at - 1);
            month.weak && !month.is_sure && !has_of && is_the_conqueror
        }
        // «3 صفر» is a score.
        Calendar::Hijri => month.month == 2 && !month.is_sure,
        Calendar::SolarHijri | Calendar::Coptic => false,
    };
    let (year, next) = match year::behind_month(p, next, month.calendar) {
        Some((year, next)) => (year, next),
        None if needs_year => return None,
        // The city of «6 أكتوبر» is known by what stands before it.
        None => (Year::Unstated(year::tense(p, start)), next),
    };
    let value = |day: u8| month.day_in_year(day, year);
    let range = |first: u8, last: u8| Value::Range(Box::new(value(first)), Box::new(value(last)));
    let longest = match (month.calendar, month.month) {
        (Calendar::Hijri | Calendar::Coptic, _) => 30,
        (Calendar::Gregorian, 2) => 29,
        (Calendar::Gregorian, 4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    let is_valid = |day: &u8| *day <= longest;
    let meant = match list {
        DayList::One(day) => is_valid(&day).then(|| value(day))?,
        DayList::Range(first, last) => is_valid(&last).then(|| range(first, last))?,
        DayList::List(days) => {
            if !days.iter().all(is_valid) {
                return None;
            }
            let is_run = days.windows(2).all(|pair| pair[0] + 1 == pair[1]);
            let is_rising = days.windows(2).all(|pair| pair[0] < pair[1]);
            match days.as_slice() {
                [first, .., last] if is_run || is_between && is_rising && days.len() == 2 => range(*first, *last),
                _ => Value::List(days.iter().map(|day| value(*day)).collect()),
            }
        }
    };
    Some((meant, next))
}

/// A month with «شهر» before it and its other name after it, if they are there.
pub(super) fn month(p: &Parser<'_>, idx: usize) -> Read<MonthName> {
    let is_said = p.is(idx, Lex::Unit(Unit::Month, Count::One)) && !p.definite(idx);
    let at = idx + usize::from(is_said);
    if is_said && !p.near(at, SOFT) {
        return None;
    }
    let (first, mut next) = month_name(p, at)?;
    let mut name = MonthName {
        is_sure: is_said,
        ..first
    };
    if p.near(next, BETWEEN_NAMES)
        && let Some((other, behind)) = month_name(p, next)
        && (other.calendar, other.month) == (name.calendar, name.month)
    {
        name.is_sure = true;
        next = behind;
    }
    // The names of other calendars are other words wherever their year does not follow.
    let is_rare = matches!(name.calendar, Calendar::SolarHijri | Calendar::Coptic);
    let has_year = || matches!(year::behind_month(p, next, name.calendar), Some((Year::Stated(_), _)));
    (!is_rare || has_year()).then_some((name, next))
}

/// Behind the second name of a month, where it is misprinted: «12 يناير، كانون الأول 2010». The first has its year.
fn behind_misprinted_name(p: &Parser<'_>, month: MonthName, idx: usize) -> usize {
    let is_pair = |other: MonthName| {
        other.calendar == Calendar::Gregorian
            && matches!((month.month, other.month), (1, 12) | (12, 1) | (10, 11) | (11, 10))
    };
    let is_second = matches!(p.lex(idx), Lex::Kanun | Lex::Tishrin) && p.near(idx, BETWEEN_NAMES) && p.gap(idx) != SOFT;
    match month_name(p, idx).filter(|_| is_second && month.calendar == Calendar::Gregorian) {
        Some((other, next)) if is_pair(other) && p.number(next).is_some_and(|(_, digits)| digits == 4) => next,
        _ => idx,
    }
}

pub(super) fn month_name(p: &Parser<'_>, idx: usize) -> Read<MonthName> {
    let hijri = |month: u8, next: usize| {
        let name = MonthName {
            calendar: Calendar::Hijri,
            month,
            weak: false,
            is_sure: false,
        };
        Some((name, next))
    };
    let second = || {
        let is_end = p.is(idx + 1, Lex::Except) && p.is(idx + 2, Lex::BrokenEnd);
        match p.next(idx + 1, SOFT)? {
            Lex::Ordinal(1) => Some((1, idx + 2)),
            Lex::Ordinal(2) | Lex::Last => Some((2, idx + 2)),
            _ if is_end || p.is(idx + 1, Lex::Article) && p.is(idx + 2, Lex::BrokenEnd) => Some((2, idx + 3)),
            _ => None,
        }
    };
    let gregorian = |month: u8, next: usize| {
        let name = MonthName {
            calendar: Calendar::Gregorian,
            month,
            weak: false,
            is_sure: false,
        };
        Some((name, next))
    };
    // «ت1», «ك2».
    let short = || match p.number(idx + 1)? {
        (number @ (1 | 2), 1) if p.gap(idx + 1) == Gap::GLUED => Some((number as u8, idx + 2)),
        _ => None,
    };
    match p.lex(idx) {
        // «الأب» is no «آب».
        Lex::Month {
            calendar: Calendar::Gregorian,
            ..
        } if p.definite(idx) => None,
        Lex::Month { calendar, month, weak } => {
            let name = MonthName {
                calendar,
                month,
                weak,
                is_sure: false,
            };
            Some((name, idx + 1))
        }
        Lex::Kanun => second().and_then(|(it, next)| gregorian(if it == 1 { 12 } else { 1 }, next)),
        Lex::Tishrin => second().and_then(|(it, next)| gregorian(9 + it, next)),
        Lex::ShortKanun => short().and_then(|(it, next)| gregorian(if it == 1 { 12 } else { 1 }, next)),
        Lex::ShortTishrin => short().and_then(|(it, next)| gregorian(9 + it, next)),
        Lex::Rabi => second().and_then(|(it, next)| hijri(2 + it, next)),
        Lex::Jumada => second().and_then(|(it, next)| hijri(4 + it, next)),
        Lex::Dhu => match p.next(idx + 1, SOFT)? {
            Lex::Qada => hijri(11, idx + 2),
            Lex::Hijja => hijri(12, idx + 2),
            _ => None,
        },
        _ => None,
    }
}

/// A month whose name lacks a letter, between a day and a year.
fn misspelt(p: &Parser<'_>, idx: usize) -> Read<MonthName> {
    let token = p.tokens.get(idx)?;
    let has_year = p.near(idx + 1, LOOSE)
        && (p.number(idx + 1).is_some_and(|(_, digits)| digits == 4) || matches!(p.lex(idx + 1), Lex::Relative(_)));
    if token.lex != Lex::Other || token.is_run || !has_year {
        return None;
    }
    let (calendar, month) = misspelt_month(p.text.get(token.start..token.end)?)?;
    // «12 نسان 1403» is a month of another calendar.
    if calendar == Calendar::Gregorian && p.number(idx + 1).is_some_and(|(year, _)| year < 1500) {
        return None;
    }
    let name = MonthName {
        calendar,
        month,
        weak: false,
        is_sure: true,
    };
    Some((name, idx + 1))
}

/// A month by the name that it had in Libya from 1969 to 2011, between a day and a year of that time; the names are
/// other words everywhere else.
fn libyan(p: &Parser<'_>, idx: usize) -> Read<MonthName> {
    let month = vocabulary::libyan_month(p.text_of(idx)).filter(|_| p.near(idx, SOFT))?;
    let year = p.number(idx + 1).filter(|_| p.near(idx + 1, SOFT))?;
    let name = MonthName {
        calendar: Calendar::Gregorian,
        month,
        weak: true,
        is_sure: true,
    };
    (1969..=2011).contains(&year.0).then_some((name, idx + 1))
}

/// A month and its year, or a month and its day as in English.
pub(super) fn month_first(p: &Parser<'_>, idx: usize) -> Read<Value> {
    if let Some(it) = month_day(p, idx) {
        return Some(it);
    }
    let (month, next) = month(p, idx)?;
    let (year, next) = match year::behind_month(p, next, month.calendar) {
        Some((year @ Year::Stated(_), next)) if is_month_and_year(p, idx, month, next) => (year, next),
        Some((Year::Stated(_), _)) => return None,
        Some(it) => it,
        None if let Some(it) = months_of_one_year(p, month, next) => return Some(it),
        None if month.is_sure => (Year::Unstated(year::tense(p, idx)), next),
        None => return None,
    };
    Some((month.in_year(year), next))
}

/// «October 26, 2023», «أغسطس 3, 2021».
pub(super) fn month_day(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let (month, at) = month(p, idx)?;
    if month.calendar != Calendar::Gregorian || !p.near(at, SOFT.with(Gap::DOT)) {
        return None;
    }
    let (day, next) = day(p, at).filter(|_| p.number(at).is_some())?;
    if !p.near(next, SOFT.with(Gap::COMMA)) {
        return None;
    }
    let (year, next) = year::read_year(p, next, Calendar::Gregorian)?;
    let value = month.day_in_year(day, year);
    resolve(&value, None)?;
    Some((value, next))
}

/// «مارس وأبريل 2015», «يناير – مارس 2015»: the year after the second month is the first one's, too.
fn months_of_one_year(p: &Parser<'_>, first: MonthName, idx: usize) -> Read<Value> {
    let is_list = p.near(idx, SOFT) && (p.and(idx) || p.is(idx, Lex::And));
    let at = match common::range_connector(p, idx, false) {
        Some(at) => at,
        None if is_list => idx + usize::from(p.is(idx, Lex::And)),
        None => return None,
    };
    let (second, next) = month(p, at)?;
    let (year, next) = year::behind_month(p, next, second.calendar)?;
    if second.calendar != first.calendar || second.month == first.month {
        return None;
    }
    let value = match is_list {
        true => Value::List(vec![first.in_year(year), second.in_year(year)]),
        false => {
            let start = first.in_year(Year::Unstated(Side::Past));
            Value::Range(Box::new(start), Box::new(second.in_year(year)))
        }
    };
    Some((value, next))
}

/// «محمد رمضان 2020», «تيريزا ماي - 2017»: a weak name needs its year close by and no given name before it.
fn is_month_and_year(p: &Parser<'_>, idx: usize, month: MonthName, next: usize) -> bool {
    let is_close = (idx + 1..next).all(|it| p.near(it, SOFT.with(Gap::SLASH).with(Gap::OPEN).with(Gap::CLOSE)));
    !month.weak || month.is_sure || is_close
}

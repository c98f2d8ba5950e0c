//! Ranges: «من 28 ديسمبر إلى 3 يناير», «بين عامي 2003 و2011», «30 يوليو - 5 أغسطس».

use crate::archive::date::lex::Lex;
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Calendar, Unit, Value, Year};

use super::parser::{Parser, Read, SOFT};
use super::{common, day, month, numeric, year};

/// «من … إلى …», «بين … و…», «الفترة …».
pub(super) fn led_range(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let mut at = idx;
    if p.is(at, Lex::Period) {
        at += 1;
        if let Some((value, next)) = year::years_range(p, at).filter(|_| p.near(at, SOFT)) {
            return Some((value, next));
        }
    }
    if p.is(at, Lex::Ma) {
        at += 1;
    }
    let is_between = match p.lex(at) {
        Lex::Between => true,
        Lex::From | Lex::Since => false,
        _ => return None,
    };
    at += 1;
    if !p.near(at, SOFT.with(Gap::COLON).with(Gap::OPEN)) {
        return None;
    }
    // «بين عامي 2003 و2011», «بين 2003 و2011».
    let years = if matches!(p.lex(at), Lex::Unit(Unit::Year, _)) {
        at + 1
    } else {
        at
    };
    if let Some(((first, calendar), next)) = year::year_number(p, years)
        && let Some(last) = common::range_connector(p, next, is_between)
    {
        let last = if matches!(p.lex(last), Lex::Unit(Unit::Year, _)) {
            last + 1
        } else {
            last
        };
        if let Some(((last, other), next)) = year::year_number(p, last)
            && first < last
        {
            let calendar = if other == Calendar::Gregorian { calendar } else { other };
            return Some((Value::Years(calendar, first, last), next));
        }
    }
    let at = if p.is(at, Lex::Day) { at + 1 } else { at };
    if let Some((list, next)) = month::days(p, at)
        && let Some((points, end)) = month::days_of_month(p, list, idx, next, is_between)
        && matches!(points, Value::Range(..))
    {
        return Some((points, end));
    }
    let (first, next) = range_end(p, idx, at)?;
    let last = common::range_connector(p, next, is_between)?;
    let last = if p.is(last, Lex::Day) { last + 1 } else { last };
    let (last, next) = range_end(p, idx, last)?;
    let (first, last) = both_coming(p, first, last, next);
    Some((Value::Range(Box::new(first), Box::new(last)), next))
}

/// «من السبت إلى الاثنين المقبلين»: what is said of the last of two weekdays is said of both, and the second follows the
/// first.
fn both_coming(p: &Parser<'_>, first: Value, last: Value, next: usize) -> (Value, Value) {
    let is_dual = p.text_of(next - 1).ends_with("ين");
    match (&first, &last) {
        (Value::Weekday { weekday, times: 0 }, Value::Weekday { weekday: second, times }) if is_dual && 0 < *times => {
            let first = Value::Weekday {
                weekday: *weekday,
                times: *times,
            };
            let last = Value::Weekday {
                weekday: *second,
                times: 0,
            };
            (first, last)
        }
        _ => (first, last),
    }
}

/// A range without «من»: «28 ديسمبر - 3 يناير», «30 يوليو إلى 5 أغسطس».
pub(super) fn range_from(p: &Parser<'_>, first: &Value, idx: usize) -> Read<Value> {
    let has_end = |value: &Value| matches!(value, Value::Point(_) | Value::Year(_, Year::Stated(_)));
    if !has_end(first) {
        return None;
    }
    let at = common::range_connector(p, idx, false)?;
    if let (Value::Year(calendar, Year::Stated(first)), Some(((last, _), next))) = (
        first,
        year::year_number(
            p,
            if matches!(p.lex(at), Lex::Unit(Unit::Year, _)) {
                at + 1
            } else {
                at
            },
        ),
    ) && *first < last
    {
        return Some((Value::Years(*calendar, *first, last), next));
    }
    let (last, next) = range_end(p, at, at)?;
    let same_kind = match (first, &last) {
        (Value::Point(first), Value::Point(last)) => {
            first.calendar == last.calendar && first.day.is_some() == last.day.is_some()
        }
        _ => false,
    };
    same_kind.then(|| (Value::Range(Box::new(first.clone()), Box::new(last)), next))
}

/// One end of a range that begins at `start`: a date, a month, a weekday, a year.
fn range_end(p: &Parser<'_>, start: usize, idx: usize) -> Read<Value> {
    if let Some((value, next)) = month::date_within(p, start, idx).or_else(|| day::weekday(p, idx)) {
        return Some((value, next));
    }
    if let Some((Some(value), next)) = numeric::numeric(p, idx) {
        return Some((value, next));
    }
    let (month, next) = month::month(p, idx)?;
    let (year, next) = match year::behind_month(p, next, month.calendar) {
        Some((year, next)) => (year, next),
        None if month.weak && !month.is_sure => return None,
        None => (Year::Unstated(year::tense(p, start)), next),
    };
    Some((month.in_year(year), next))
}

//! One date, in whatever way it is said, with the part of the day before it and the other calendar after it.

use crate::archive::date::lex::{HalfDay, Lex};
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Point, Value};

use super::parser::{BETWEEN_PARTS, LOOSE, Parser, Read, SOFT};
use super::{day, month, numeric, period, year};

/// A day is stated in so many calendars at most: of the moon, of the sun, and Gregorian. A guess.
const MOST_CALENDARS: usize = 3;

/// One date, in whatever way it is said.
pub(super) fn simple(p: &Parser<'_>, idx: usize) -> Read<Value> {
    match p.lex(idx) {
        Lex::Other | Lex::And | Lex::From | Lex::In | Lex::To => None,
        Lex::Number { .. } | Lex::Article => match numeric::numeric(p, idx) {
            Some((value, next)) => value.map(|it| (it, next)),
            None => year::years_range(p, idx)
                .or_else(|| month::date(p, idx))
                .or_else(|| day::day_of_this_month(p, idx))
                .or_else(|| numeric::bare_day_and_month(p, idx))
                .or_else(|| year::lone_year(p, idx)),
        },
        Lex::Ordinal(_) | Lex::Eleventh | Lex::Tens(_) | Lex::FirstOfMonth => day::relative_day(p, idx)
            .or_else(|| month::date(p, idx))
            .or_else(|| day::day_of_this_month(p, idx)),
        Lex::Weekday(_) => day::weekday(p, idx),
        Lex::Day | Lex::Today | Lex::Yesterday | Lex::Tomorrow | Lex::Tonight => {
            day::relative_day(p, idx).or_else(|| day::after_day(p, idx))
        }
        Lex::After | Lex::Before | Lex::Since => day::relative_day(p, idx).or_else(|| period::distance(p, idx)),
        Lex::Month { .. } | Lex::Kanun | Lex::Tishrin | Lex::Rabi | Lex::Jumada | Lex::Dhu => {
            month::month_first(p, idx).or_else(|| period::spring(p, idx))
        }
        Lex::Unit(..) | Lex::This => month::month_first(p, idx).or_else(|| period::period(p, idx)),
        Lex::Part(_) => period::part(p, idx),
        Lex::Fraction(_) => period::division(p, idx),
        Lex::Decade(_) => period::decade(p, idx),
        Lex::Century => period::century(p, idx),
        Lex::Season(_) => period::season(p, idx),
        Lex::Corresponding | Lex::Dated => numeric::simple_numeric_of(p, idx),
        _ => None,
    }
}

/// «صباح أمس», «فجر الخميس», «بعد ظهر الاثنين»: the day.
pub(super) fn part_of_day(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let mut at = idx;
    if matches!(p.lex(at), Lex::Before | Lex::After) {
        at += 1;
    }
    let is_part = matches!(p.lex(at), Lex::DayPart(_)) || p.is(at, Lex::Half(HalfDay::Evening)) && p.near(at + 1, SOFT);
    if !is_part || p.definite(at) || at != idx && !p.near(at, SOFT) || !p.near(at + 1, SOFT) {
        return None;
    }
    let (value, mut next) = simple(p, at + 1)?;
    // «ليل الأربعاء - الخميس» begins on the first.
    if let (Value::Weekday { weekday, times: 0 }, Lex::DayPart(HalfDay::Night)) = (&value, p.lex(at))
        && p.is(next, Lex::Weekday(weekday % 7 + 1))
        && p.near(next, SOFT.with(Gap::DASH).with(Gap::SLASH))
    {
        next += 1;
    }
    let is_day = match &value {
        Value::Point(it) => it.day.is_some(),
        Value::Weekday { .. } | Value::WeekdayOf { .. } | Value::Day { .. } | Value::DayOfMonth { .. } => true,
        _ => false,
    };
    is_day.then_some((value, next))
}

/// The same day in other calendars after it.
pub(super) fn paired(p: &Parser<'_>, value: Value, idx: usize) -> (Value, usize) {
    let Value::Point(first @ Point { day: Some(_), .. }) = value else {
        return (value, idx);
    };
    let mut days = vec![first];
    let mut at = idx;
    while days.len() < MOST_CALENDARS
        && let Some((other, next)) = other_day(p, at)
        // Only the same day; a dash between two dates of one calendar is a range.
        && days.iter().all(|it| it.calendar != other.calendar)
    {
        days.push(other);
        at = next;
    }
    let weekday = days.iter().find_map(|it| it.weekday);
    days.sort_by_key(|it| it.calendar);
    match days.as_slice() {
        [first, second, ..] => {
            let pair = Value::Pair(
                Box::new(Value::Point(Point { weekday, ..*first })),
                Box::new(Value::Point(Point { weekday, ..*second })),
            );
            (pair, at)
        }
        _ => (value, idx),
    }
}

/// A day behind another one, with the words that join them: «الموافق», «المصادف يوم», a dash.
fn other_day(p: &Parser<'_>, idx: usize) -> Read<Point> {
    if !p.near(idx, BETWEEN_PARTS) {
        return None;
    }
    let mut at = idx + usize::from(p.is(idx, Lex::Corresponding));
    // «الموافق لـ 13 مايو».
    at += usize::from(at != idx && p.is(at, Lex::Li) && p.near(at, SOFT));
    if !p.near(at, BETWEEN_PARTS) {
        return None;
    }
    while matches!(p.lex(at), Lex::Day | Lex::Dated | Lex::Weekday(_)) && p.near(at + 1, LOOSE) {
        at += 1;
    }
    let (other, next) = match numeric::numeric(p, at) {
        Some((it, next)) => (it?, next),
        None => month::date(p, at)?,
    };
    match other {
        Value::Point(it @ Point { day: Some(_), .. }) => Some((it, next)),
        _ => None,
    }
}

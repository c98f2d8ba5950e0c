//! Dates in digits: «26/10/2023», «1436/10/25 هـ», «15/3».

use std::ops::RangeInclusive;

use crate::archive::date::lex::Lex;
use crate::archive::date::resolve::resolve;
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Calendar, Point, Value, Year};

use super::parser::{Parser, Read, SOFT};
use super::year;

/// «1403/3/12» without an era is of 2024 in Iran, of 1982 elsewhere; papers of Arab countries write the day first, and
/// their years after 1410 are of the sun only from 2031 on.
const EITHER_HIJRI: RangeInclusive<u32> = 1300..=1410;

/// 26/10/2023, 2023-10-26, 26.10.2023, 1436/10/25 هـ. What looks so and is no day is no date at all.
pub(super) fn numeric(p: &Parser<'_>, idx: usize) -> Read<Option<Value>> {
    let (first, first_digits) = p.number(idx)?;
    let (second, second_digits) = p.number(idx + 1)?;
    let (third, third_digits) = p.number(idx + 2)?;
    let stroke = |gap: Gap| {
        [Gap::SLASH, Gap::DASH, Gap::DOT]
            .into_iter()
            .find(|it| gap.has(*it) && gap.is_within(it.with(SOFT)))
    };
    let (one, other) = (p.gap(idx + 1), p.gap(idx + 2));
    let mark = stroke(one)?;
    if stroke(other)? != mark || mark == Gap::DOT && (one.has(SOFT) || other.has(SOFT)) {
        return None;
    }
    if p.is_joined(idx) || p.is_joined(idx + 3) {
        // A longer chain: a telephone number, a formation of players.
        let mut next = idx + 3;
        while p.is_joined(next) {
            next += 1;
        }
        return Some((None, next));
    }
    if 2 < second_digits {
        return None;
    }
    let (year, month, day) = match (first_digits, third_digits) {
        (4, 1 | 2) if 12 < second => (first, third, second),
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) if 12 < second => (third, first, second),
        (1 | 2, 4) => (third, second, first),
        (1 | 2, 2) if mark == Gap::SLASH && one == other => {
            let (month, day) = if 12 < second { (first, second) } else { (second, first) };
            return Some((gregorian(Year::Short(third as i32), month, day), idx + 3));
        }
        _ => return None,
    };
    let (era, next) = year::era(p, idx + 3);
    let stated = Year::Stated(year as i32);
    let value = match era {
        Some(Calendar::Hijri) => point(Calendar::Hijri, stated, month, day, 30),
        Some(Calendar::SolarHijri) => point(Calendar::SolarHijri, stated, month, day, 31),
        // Papers write no Gregorian year before 1500 in digits, and no Hijri one before 1200 without its era.
        None if EITHER_HIJRI.contains(&year) && first_digits == 4 => None,
        None if (1200..1500).contains(&year) => point(Calendar::Hijri, stated, month, day, 30),
        _ if (1500..2200).contains(&year) => gregorian(stated, month, day),
        _ => None,
    };
    // Only a day that is one: the 31st of April is none.
    let is_day = value.as_ref().is_some_and(|it| resolve(it, None).is_some());
    Some((value.filter(|_| is_day), next))
}

/// «الموافق 8/8/2015», «بتاريخ 15/3»: the words are part of the expression only if a date without year follows.
pub(super) fn simple_numeric_of(p: &Parser<'_>, idx: usize) -> Read<Value> {
    p.near(idx + 1, SOFT.with(Gap::COLON).with(Gap::OPEN))
        .then(|| day_and_month_number(p, idx + 1).or_else(|| short_dashed(p, idx + 1)))?
}

/// «15/3» where a word before says that it is a date.
pub(super) fn day_and_month_number(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let ((day, 1 | 2), (month, 1 | 2)) = (p.number(idx)?, p.number(idx + 1)?) else {
        return None;
    };
    let is_joined = p.gap(idx + 1) == Gap::SLASH && !p.is_joined(idx + 2);
    let point = gregorian(Year::Unstated(year::tense(p, idx)), month, day)?;
    is_joined.then_some((point, idx + 2))
}

/// «14/2» without such a word: where the first number is no month. «24/7» is always.
pub(super) fn bare_day_and_month(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let ((day, 2), (month, 1 | 2)) = (p.number(idx)?, p.number(idx + 1)?) else {
        return None;
    };
    let counts = p.near(idx + 2, SOFT) && matches!(p.lex(idx + 2), Lex::Unit(..) | Lex::Hour | Lex::Minutes);
    let is_bare =
        p.gap(idx + 1) == Gap::SLASH && !p.is_joined(idx) && !p.is_joined(idx + 2) && p.gap(idx) != Gap::GLUED
            || idx == 0;
    let is_day = 12 < day && (day, month) != (24, 7) && !counts && is_bare && p.gap(idx + 1) == Gap::SLASH;
    let point = gregorian(Year::OfPublication, month, day)?;
    is_day.then_some((point, idx + 2))
}

/// «26-10-23» where a word before says that it is a date.
fn short_dashed(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let numbers = (p.number(idx)?, p.number(idx + 1)?, p.number(idx + 2)?);
    let ((day, 1 | 2), (month, 1 | 2), (year, 2)) = numbers else {
        return None;
    };
    let is_joined = p.gap(idx + 1) == Gap::DASH && p.gap(idx + 2) == Gap::DASH && !p.is_joined(idx + 3);
    let point = gregorian(Year::Short(year as i32), month, day)?;
    is_joined.then_some((point, idx + 3))
}

fn gregorian(year: Year, month: u32, day: u32) -> Option<Value> {
    point(Calendar::Gregorian, year, month, day, 31)
}

fn point(calendar: Calendar, year: Year, month: u32, day: u32, longest: u32) -> Option<Value> {
    let is_day = (1..=12).contains(&month) && (1..=longest).contains(&day);
    is_day.then_some(Value::Point(Point {
        calendar,
        year,
        month: month as u8,
        day: Some(day as u8),
        weekday: None,
    }))
}

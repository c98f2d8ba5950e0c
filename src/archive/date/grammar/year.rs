//! Which year is stated: «2023», «1436هـ», «العام الماضي», «2011-2015»; where none is, of what time the sentence speaks.
//!
//! What an unstated year comes to is decided once the day of publication is known: `resolve/year.rs`.

use crate::archive::date::lex::{Count, Lex};
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Calendar, Side, Unit, Value, Year};

use super::common;
use super::parser::{DASHED, LOOSE, Parser, Read, SOFT};

/// How far back and forth the tense of the sentence is looked for, in tokens. A guess.
const CUE_REACH: usize = 8;

/// Whether the sentence around a token is about the past or the future, by its words.
pub(super) fn tense(p: &Parser<'_>, idx: usize) -> Side {
    let is_end = |it: usize| {
        let gap = p.gap(it);
        gap.has(Gap::NEWLINE) || gap.has(Gap::DOT) && gap.has(Gap::SPACE)
    };
    let side = |it: usize| match p.lex(it) {
        Lex::FutureCue | Lex::Until => Some(Side::Future),
        Lex::PastCue | Lex::Since => Some(Side::Past),
        _ => None,
    };
    for it in (idx.saturating_sub(CUE_REACH)..idx).rev() {
        if is_end(it + 1) {
            break;
        }
        if let Some(side) = side(it) {
            return side;
        }
    }
    for it in idx..(idx + CUE_REACH).min(p.tokens.len()) {
        if it != idx && is_end(it) {
            break;
        }
        if p.is(it, Lex::FutureCue) {
            return Side::Future;
        }
    }
    Side::Present
}

/// The year after a month: «2023», «من عام 1993», «الماضي», «من العام الجاري».
pub(super) fn behind_month(p: &Parser<'_>, idx: usize, calendar: Calendar) -> Read<Year> {
    let mut at = idx;
    while p.is(at, Lex::Honorific) && p.near(at, SOFT) {
        at += 1;
    }
    if let Some(it) = common::relative(p, at).filter(|_| p.near(at, SOFT.with(Gap::CLOSE))) {
        return Some((Year::Times(it.0), it.1));
    }
    let of = at + usize::from(p.is(at, Lex::From) && p.near(at, SOFT.with(Gap::CLOSE)));
    let around = SOFT.with(Gap::CLOSE).with(Gap::COMMA);
    let is_this = p.is(of, Lex::This);
    if (matches!(p.lex(of), Lex::Unit(Unit::Year, Count::One)) || is_this) && p.near(of, around) {
        let unit = of + usize::from(is_this);
        if matches!(p.lex(unit), Lex::Unit(Unit::Year, Count::One)) {
            if let Some((times, next)) = common::relative(p, unit + 1).filter(|_| p.near(unit + 1, SOFT)) {
                return Some((Year::Offset(times), next));
            }
            if is_this {
                return Some((Year::Offset(0), unit + 1));
            }
            return read_year(p, unit + 1, calendar).filter(|_| p.near(unit + 1, SOFT));
        }
        return None;
    }
    if !p.near(at, LOOSE) {
        return None;
    }
    // What stands after a full stop is another sentence's; «30.10.» is not.
    let gap = p.gap(at);
    if gap.has(Gap::DOT) && gap.has(Gap::SPACE) && p.text_is_arabic_before(at) {
        return None;
    }
    read_year(p, at, calendar)
}

/// A year of four digits, or of the Hijra with its era, that suits the calendar of the month before it.
pub(super) fn read_year(p: &Parser<'_>, idx: usize, calendar: Calendar) -> Read<Year> {
    let (value, digits) = p.number(idx)?;
    let year = i32::try_from(value).ok()?;
    let (era, next) = era(p, idx + 1);
    let is_year = match calendar {
        Calendar::Gregorian => digits == 4 && (1000..2200).contains(&year) && era != Some(Calendar::Hijri),
        Calendar::Hijri => {
            let is_year = digits == 4 && (1000..=1600).contains(&year);
            is_year && era != Some(Calendar::Gregorian) || era == Some(Calendar::Hijri) && (1..=1600).contains(&year)
        }
    };
    // A clock behind the date begins with four digits nowhere, but «م» behind one is «مساء».
    is_year.then_some((Year::Stated(year), next))
}

/// «م», «هـ» after a year.
pub(super) fn era(p: &Parser<'_>, idx: usize) -> (Option<Calendar>, usize) {
    if !p.near(idx, SOFT.with(Gap::OPEN)) {
        return (None, idx);
    }
    match p.lex(idx) {
        Lex::HijriEra => (Some(Calendar::Hijri), idx + 1),
        Lex::GregorianEra => (Some(Calendar::Gregorian), idx + 1),
        Lex::Mim => (Some(Calendar::Gregorian), idx + 1),
        // «هـالموافق» is one word to its paper's system.
        _ => (None, idx),
    }
}

/// A year of four digits, with its era.
pub(super) fn year_number(p: &Parser<'_>, idx: usize) -> Read<(i32, Calendar)> {
    let (value, 4) = p.number(idx)? else { return None };
    let year = i32::try_from(value).ok()?;
    let (era, next) = era(p, idx + 1);
    match era {
        Some(Calendar::Hijri) => (1..=1600).contains(&year).then_some(((year, Calendar::Hijri), next)),
        _ => (1500..2200)
            .contains(&year)
            .then_some(((year, Calendar::Gregorian), next)),
    }
}

/// «2011-2015», «2014/2015», «1435/1436هـ».
pub(super) fn years_range(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let ((first, 4), (last, 4)) = (p.number(idx)?, p.number(idx + 1)?) else {
        return None;
    };
    let gap = p.gap(idx + 1);
    let is_dash = gap.has(Gap::DASH) && gap.is_within(DASHED);
    let is_slash = gap.has(Gap::SLASH) && gap.is_within(SOFT.with(Gap::SLASH)) && first + 1 == last;
    if !is_dash && !is_slash || last <= first || first + 150 < last || p.is_joined(idx) || p.is_joined(idx + 2) {
        return None;
    }
    let ((last, calendar), next) = year_number(p, idx + 1)?;
    let first = i32::try_from(first).ok()?;
    let is_plausible = calendar == Calendar::Hijri || 1500 <= first;
    is_plausible.then_some((Value::Years(calendar, first, last), next))
}

/// «2014م», «1436هـ», «في 2015»: a bare year is one by its era, or after «في», «منذ», «حتى» if it counts nothing.
pub(super) fn lone_year(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let ((year, calendar), next) = year_number(p, idx)?;
    if p.is_joined(idx) || p.is_joined(next) || p.gap(next).has(Gap::COLON.with(Gap::PLUS)) {
        return None;
    }
    let before = idx.checked_sub(1).filter(|_| p.near(idx, SOFT)).map(|it| p.lex(it));
    let is_recent = (1900..2100).contains(&year);
    let is_year = match p.lex(next - 1) {
        // «1500 م» is a distance.
        Lex::Mim => is_recent && (p.gap(next - 1) == Gap::GLUED || before != Some(Lex::Other)),
        Lex::HijriEra | Lex::GregorianEra => true,
        _ => {
            let is_led = matches!(
                before,
                Some(Lex::In | Lex::Since | Lex::Until | Lex::Before | Lex::After)
            );
            let counts = p.near(next, SOFT)
                && matches!(
                    p.lex(next),
                    Lex::Other
                        | Lex::Unit(..)
                        | Lex::Day
                        | Lex::Minutes
                        | Lex::Hour
                        | Lex::Zone(_)
                        | Lex::Epithet
                        | Lex::NameHead
                );
            is_recent && is_led && !counts
        }
    };
    is_year.then_some((Value::Year(calendar, Year::Stated(year)), next))
}

/// A year after «عام»: with its era also one of three digits, and not before the era.
pub(super) fn year_of_era(p: &Parser<'_>, idx: usize, count: Count) -> Read<Value> {
    let (value, digits) = p.number(idx)?;
    let year = i32::try_from(value).ok()?;
    let (era, next) = era(p, idx + 1);
    let is_before_era = p.next(idx + 1, SOFT.with(Gap::DOT)) == Some(Lex::Before)
        || p.text.get(p.tokens[idx].end..).is_some_and(|rest| {
            rest.trim_start_matches([' ', '(']).starts_with("ق.") || rest.trim_start().starts_with("ق م")
        });
    if is_before_era || !(3..=4).contains(&digits) || p.is_joined(idx + 1) {
        return None;
    }
    let calendar = match era {
        Some(calendar) => calendar,
        // «عام 1436» is of the Hijra; nobody dates what happened in 1436 CE without saying so.
        None if (1300..1500).contains(&year) => Calendar::Hijri,
        None => Calendar::Gregorian,
    };
    let is_year = match calendar {
        Calendar::Gregorian => (500..2200).contains(&year) && (digits == 4 || era.is_some()),
        Calendar::Hijri => (1..=1600).contains(&year),
    };
    if !is_year {
        return None;
    }
    let first = Value::Year(calendar, Year::Stated(year));
    // «عامي 2003 و2011» are two years; a range only between.
    if count != Count::One
        && p.is(next, Lex::And)
        && let Some(((second, _), end)) = year_number(p, next + 1).filter(|_| p.near(next + 1, SOFT))
    {
        let second = Value::Year(calendar, Year::Stated(second));
        return Some((Value::List(vec![first, second]), end));
    }
    Some((first, next))
}

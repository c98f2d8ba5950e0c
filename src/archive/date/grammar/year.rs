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
/// So many tokens stand between a month and its year in brackets, at most. A guess.
const LONGEST_GLOSS: usize = 4;
/// After «عام» without a month, others of two digits are rather ages and counts. A guess.
const SHORT_YEARS: std::ops::Range<i32> = 30..100;

/// The numbers of two digits that are no days, hours and months.
const BARE_YEARS: std::ops::Range<u32> = 32..100;

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

/// The year after a month: «2023», «من عام 1993», «الماضي», «من العام الجاري», also behind a remark in brackets.
pub(super) fn behind_month(p: &Parser<'_>, idx: usize, calendar: Calendar) -> Read<Year> {
    let mut at = idx;
    while p.is(at, Lex::Honorific) && p.near(at, SOFT) {
        at += 1;
    }
    year_at(p, at, calendar)
        .or_else(|| year_at(p, behind_gloss(p, at)?, calendar))
        .or_else(|| other_year(p, at))
}

/// A year that is certainly not that of publication: «17 أيار (83)», «15 أيار '48», «2 حزيران 98», and of a count of years
/// back, which is round, «17 أيار قبل أربعين سنة», only this.
fn other_year(p: &Parser<'_>, at: usize) -> Read<Year> {
    if p.is(at, Lex::Before) && p.near(at, SOFT) {
        let unit = common::cardinal(p, at + 1).map_or(at + 1, |(_, next)| next);
        let is_years = matches!(p.next(unit, SOFT)?, Lex::Unit(Unit::Year, _));
        return is_years.then_some((Year::OfAnother, unit + 1));
    }
    let (value, 2) = p.number(at)? else { return None };
    let token = p.tokens.get(at)?;
    let (before, behind) = (p.text.get(..token.start)?, p.text.get(token.end..)?);
    if before.ends_with('(') && behind.starts_with(')') || before.ends_with(['\'', '‘', '’']) {
        return short_year(p, at);
    }
    // «98 مرة» may be a count, or a year before another word.
    match p.near(at, SOFT) && BARE_YEARS.contains(&value) && !p.is_joined(at + 1) {
        true if p.next(at + 1, SOFT) == Some(Lex::Other) => Some((Year::OfAnother, at + 1)),
        true => short_year(p, at),
        false => None,
    }
}

/// Where the year stands behind another name of the month or day: «1 سبتمبر (الفاتح) 1989».
fn behind_gloss(p: &Parser<'_>, idx: usize) -> Option<usize> {
    let start = p.tokens.get(idx.checked_sub(1)?)?.end;
    if !p.gap(idx).has(Gap::OPEN) {
        return None;
    }
    let closes = |it: &usize| p.gap(*it).has(Gap::CLOSE);
    let next = (idx + 1..=idx + LONGEST_GLOSS).find(closes)?;
    let gloss = p.text.get(start..p.tokens.get(next)?.start)?.trim();
    let inner = gloss.strip_prefix('(')?.strip_suffix(')')?;
    let is_year = p.number(next).is_some() || p.is(next, Lex::Unit(Unit::Year, Count::One));
    (is_year && !inner.contains(['(', ')', '\n'])).then_some(next)
}

/// The year that begins at a token.
fn year_at(p: &Parser<'_>, at: usize, calendar: Calendar) -> Read<Year> {
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
            // «من العام نفسه».
            if p.next(unit + 1, SOFT) == Some(Lex::OtherOne) {
                return Some((Year::OfAnother, unit + 2));
            }
            let is_near = p.near(unit + 1, SOFT.with(Gap::OPEN).with(Gap::COLON));
            return read_year(p, unit + 1, calendar)
                .or_else(|| short_year(p, unit + 1).filter(|_| calendar == Calendar::Gregorian))
                .filter(|_| is_near);
        }
        return None;
    }
    // «من ذلك العام», «من نفس السنة».
    if of != at && p.is(of, Lex::That) && p.near(of, SOFT) {
        let is_year = p.next(of + 1, SOFT) == Some(Lex::Unit(Unit::Year, Count::One));
        return is_year.then_some((Year::OfAnother, of + 2));
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

/// A year of four digits or in words, or of the Hijra with its era, that suits the calendar of the month before it.
pub(super) fn read_year(p: &Parser<'_>, idx: usize, calendar: Calendar) -> Read<Year> {
    let (year, digits, next) = year_value(p, idx)?;
    let (era, next) = era(p, next);
    let is_hijri = matches!(era, Some(Calendar::Hijri | Calendar::SolarHijri));
    let is_year = match calendar {
        Calendar::Gregorian => digits == 4 && (1000..2200).contains(&year) && !is_hijri,
        Calendar::Hijri => {
            let is_year = digits == 4 && (1000..=1600).contains(&year);
            is_year && matches!(era, None | Some(Calendar::Hijri))
                || era == Some(Calendar::Hijri) && (1..=1600).contains(&year)
        }
        // Of our time only: their months are other words, too.
        Calendar::SolarHijri => digits == 4 && (1250..1500).contains(&year) && era != Some(Calendar::Gregorian),
        Calendar::Coptic => digits == 4 && (1500..1900).contains(&year) && era.is_none(),
    };
    // «1740 ق», «1740 ش».
    let is_marked = calendar == Calendar::Coptic
        && matches!(
            p.next(next, SOFT.with(Gap::DOT)),
            Some(Lex::CopticMark | Lex::SolarMark)
        );
    // A clock behind the date begins with four digits nowhere, but «م» behind one is «مساء».
    is_year.then_some((Year::Stated(year), next + usize::from(is_marked)))
}

/// A year in digits or in words, with the number of its digits and the token after it.
fn year_value(p: &Parser<'_>, idx: usize) -> Option<(i32, u8, usize)> {
    if let Some((value, digits)) = p.number(idx) {
        return Some((i32::try_from(value).ok()?, digits, idx + 1));
    }
    let (value, next) = year_in_words(p, idx)?;
    Some((value, 4, next))
}

/// «ألف وتسعمئة وسبع وستين», «ألفين وعشرين»; «ألفين» alone only after «عام».
fn year_in_words(p: &Parser<'_>, idx: usize) -> Read<i32> {
    let Lex::Thousands(thousands) = p.lex(idx) else {
        return year_from_units(p, idx);
    };
    let mut year = 1000 * i32::from(thousands);
    let mut at = idx + 1;
    if let Some((hundreds, next)) = joined(p, at).and_then(|it| hundreds(p, it)) {
        year += 100 * hundreds;
        at = next;
    }
    if let Some((rest, next)) = joined(p, at).and_then(|it| common::cardinal(p, it)) {
        year += rest;
        at = next;
    }
    let is_said = || {
        idx.checked_sub(1)
            .is_some_and(|it| matches!(p.lex(it), Lex::Unit(Unit::Year, _)))
    };
    (year % 1000 != 0 || year == 2000 && is_said()).then_some((year, at))
}

/// «ست وخمسين وتسعمئة وألف».
fn year_from_units(p: &Parser<'_>, idx: usize) -> Read<i32> {
    if p.number(idx).is_some() {
        return None;
    }
    let (mut year, mut at) = common::cardinal(p, idx)?;
    if let Some((hundreds, next)) = joined(p, at).and_then(|it| hundreds(p, it)) {
        year += 100 * hundreds;
        at = next;
    }
    let at = joined(p, at)?;
    let Lex::Thousands(thousands) = p.lex(at) else {
        return None;
    };
    Some((year + 1000 * i32::from(thousands), at + 1))
}

/// The number that «و» joins to the one before it.
fn joined(p: &Parser<'_>, idx: usize) -> Option<usize> {
    match p.next(idx, SOFT)? {
        Lex::And => p.near(idx + 1, SOFT).then_some(idx + 1),
        Lex::Number { .. } => None,
        // «وأحد» is folded as «واحد» is.
        Lex::Cardinal(1) if p.next(idx + 1, SOFT) == Some(Lex::Teen) => Some(idx),
        _ => p.and(idx).then_some(idx),
    }
}

/// «تسعمائة», «تسع مئة».
fn hundreds(p: &Parser<'_>, idx: usize) -> Read<i32> {
    match (p.lex(idx), p.next(idx + 1, SOFT)) {
        (Lex::Hundreds(hundreds), _) => Some((i32::from(hundreds), idx + 1)),
        (Lex::Cardinal(hundreds), Some(Lex::Hundreds(1))) => Some((i32::from(hundreds), idx + 2)),
        _ => None,
    }
}

/// «67», «سبع وستين» after «عام».
fn short_year(p: &Parser<'_>, idx: usize) -> Read<Year> {
    if p.number(idx).is_none() {
        let (year, next) = common::cardinal(p, idx).filter(|(year, _)| SHORT_YEARS.contains(year))?;
        return Some((Year::Short(year), next));
    }
    let (year, 2) = p.number(idx)? else { return None };
    let is_alone = !p.is_joined(idx + 1) && era(p, idx + 1).0.is_none();
    is_alone.then_some((Year::Short(i32::try_from(year).ok()?), idx + 1))
}

/// «م», «هـ» after a year.
pub(super) fn era(p: &Parser<'_>, idx: usize) -> (Option<Calendar>, usize) {
    // «وكالة» is «ه» with «و», «ك» and «ال» before it.
    if !p.near(idx, SOFT.with(Gap::OPEN)) || p.and(idx) {
        return (None, idx);
    }
    match p.lex(idx) {
        // «هـ.ش», «هجري شمسي»; «هـ.ق» says that it is the moon's.
        Lex::HijriEra => match p.next(idx + 1, SOFT.with(Gap::DOT)) {
            Some(Lex::SolarMark) => (Some(Calendar::SolarHijri), idx + 2),
            Some(Lex::LunarMark | Lex::CopticMark) => (Some(Calendar::Hijri), idx + 2),
            _ => (Some(Calendar::Hijri), idx + 1),
        },
        Lex::SolarMark if p.text_of(idx).chars().nth(1).is_some() => (Some(Calendar::SolarHijri), idx + 1),
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
    let calendar = era.unwrap_or(Calendar::Gregorian);
    let is_year = match calendar {
        Calendar::Gregorian | Calendar::Coptic => (1500..2200).contains(&year),
        Calendar::Hijri | Calendar::SolarHijri => (1..=1600).contains(&year),
    };
    is_year.then_some(((year, calendar), next))
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
    let is_plausible = calendar != Calendar::Gregorian || 1500 <= first;
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
        Lex::HijriEra | Lex::GregorianEra | Lex::SolarMark | Lex::LunarMark | Lex::CopticMark => true,
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
                        | Lex::OtherOne
                        | Lex::Hundreds(_)
                        | Lex::Thousands(_)
                        | Lex::Month {
                            calendar: Calendar::SolarHijri | Calendar::Coptic,
                            ..
                        }
                        | Lex::NameHead
                );
            is_recent && is_led && !counts
        }
    };
    is_year.then_some((Value::Year(calendar, Year::Stated(year)), next))
}

/// A year after «عام»: with its era also one of three digits, and not before the era; without it «67» is of ours.
pub(super) fn year_of_era(p: &Parser<'_>, idx: usize, count: Count) -> Read<Value> {
    let (year, digits, next) = year_value(p, idx)?;
    if digits == 2
        && count == Count::One
        && SHORT_YEARS.contains(&year)
        && let Some((year, next)) = short_year(p, idx)
    {
        return Some((Value::Year(Calendar::Gregorian, year), next));
    }
    let (era, next) = era(p, next);
    let is_before_era = p.next(idx + 1, SOFT.with(Gap::DOT)) == Some(Lex::Before)
        || p.text.get(p.tokens[idx].end..).is_some_and(|rest| {
            rest.trim_start_matches([' ', '(']).starts_with("ق.") || rest.trim_start().starts_with("ق م")
        });
    let is_long = (3..=4).contains(&digits) || matches!(era, Some(Calendar::Hijri));
    if is_before_era || !is_long || p.is_joined(idx + 1) {
        return None;
    }
    let calendar = match era {
        Some(calendar) => calendar,
        // «عام 1436» is of the Hijra; nobody dates what happened in 1436 CE without saying so.
        None if (1300..1500).contains(&year) => Calendar::Hijri,
        None => Calendar::Gregorian,
    };
    let is_year = match calendar {
        Calendar::Gregorian | Calendar::Coptic => (500..2200).contains(&year) && (digits == 4 || era.is_some()),
        Calendar::Hijri | Calendar::SolarHijri => (1..=1600).contains(&year),
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

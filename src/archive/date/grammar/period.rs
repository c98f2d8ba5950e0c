//! Periods: «الشهر الماضي», «عام 1967», «أواخر يونيو», «الربع الأول من 2015», «قبل يومين».

use crate::archive::date::lex::{Count, Lex};
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Calendar, Unit, Value, Year};

use super::parser::{Parser, Read, SOFT};
use super::{common, month, year};

/// «الشهر الماضي», «هذا العام», «عام 1967», «عام 1436هـ», «عامي 2003 و2004».
pub(super) fn period(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let is_this = p.is(idx, Lex::This);
    let at = idx + usize::from(is_this);
    if is_this && !p.near(at, SOFT) {
        return None;
    }
    let Lex::Unit(unit, count) = p.lex(at) else {
        return None;
    };
    let behind = at + 1;
    if unit == Unit::Year && p.near(behind, SOFT.with(Gap::OPEN)) {
        if let Some((value, next)) = year::years_range(p, behind) {
            return Some((value, next));
        }
        if let Some((value, next)) = year::year_of_era(p, behind, count) {
            return Some((value, next));
        }
    }
    if count != Count::One || !p.definite(at) {
        return None;
    }
    let (times, next) = match common::relative(p, behind).filter(|_| p.near(behind, SOFT)) {
        Some(it) => it,
        None if is_this => (0, behind),
        // «الأسبوع الأول من أغسطس».
        None if unit == Unit::Week => return week_of_month(p, behind),
        None => return None,
    };
    let value = match unit {
        Unit::Day => return None,
        Unit::Week => Value::Week { weeks: times },
        Unit::Month => Value::Month { months: times },
        Unit::Year => Value::Year(Calendar::Gregorian, Year::Offset(times)),
    };
    Some((value, next))
}

fn week_of_month(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let Lex::Ordinal(number @ 1..=5) = p.lex(idx) else {
        return None;
    };
    if !p.near(idx, SOFT) || !p.is(idx + 1, Lex::From) || !p.near(idx + 2, SOFT) {
        return None;
    }
    let (month, next) = whole_month(p, idx + 2)?;
    let month = Box::new(month);
    Some((Value::WeekOfMonth { number, month }, next))
}

/// A month as a whole of which a part is named: its name suffices.
fn whole_month(p: &Parser<'_>, idx: usize) -> Read<Value> {
    if let Some((value, next)) = period(p, idx)
        && matches!(value, Value::Month { .. })
    {
        return Some((value, next));
    }
    let (month, next) = month::month(p, idx)?;
    let (year, next) =
        year::behind_month(p, next, month.calendar).unwrap_or((Year::Unstated(year::tense(p, idx)), next));
    Some((month.in_year(year), next))
}

/// «مطلع الأسبوع المقبل», «منتصف يونيو», «نهاية 2015», «أواخر التسعينيات».
pub(super) fn part(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let Lex::Part(part) = p.lex(idx) else { return None };
    let mut at = idx + 1;
    if p.definite(idx) || !p.near(at, SOFT) {
        return None;
    }
    if p.is(at, Lex::From) && p.near(at + 1, SOFT) {
        at += 1;
    }
    // «نهاية العام», «مطلع الأسبوع»: of this one.
    let this_one = || match p.lex(at) {
        Lex::Unit(Unit::Week, Count::One) => Some((Value::Week { weeks: 0 }, at + 1)),
        Lex::Unit(Unit::Month, Count::One) => Some((Value::Month { months: 0 }, at + 1)),
        Lex::Unit(Unit::Year, Count::One) => Some((Value::Year(Calendar::Gregorian, Year::Offset(0)), at + 1)),
        _ => None,
    };
    let is_any = matches!(
        p.next(at + 1, SOFT),
        Some(Lex::Epithet | Lex::OtherOne | Lex::Ordinal(_))
    );
    let (whole, next) = whole_month(p, at)
        .or_else(|| period(p, at))
        .or_else(|| this_one().filter(|_| p.definite(at) && !is_any))
        .or_else(|| decade(p, at))
        .or_else(|| century(p, at))
        .or_else(|| season(p, at))
        .or_else(|| {
            let ((year, calendar), next) = year::year_number(p, at)?;
            Some((Value::Year(calendar, Year::Stated(year)), next))
        })?;
    let is_whole = !matches!(whole, Value::List(_));
    let whole = Box::new(whole);
    is_whole.then_some((Value::PartOf { part, whole }, next))
}

/// «الربع الأول من عام 2015», «النصف الثاني من يونيو».
pub(super) fn division(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let Lex::Fraction(n_parts) = p.lex(idx) else {
        return None;
    };
    let number = match p.next(idx + 1, SOFT)? {
        Lex::Ordinal(number) => number,
        Lex::Relative(_) | Lex::Last => return None,
        _ => return None,
    };
    if !p.definite(idx) || number > n_parts {
        return None;
    }
    let at = idx + 2 + usize::from(p.is(idx + 2, Lex::From));
    if !p.near(idx + 2, SOFT) || !p.near(at, SOFT) {
        return None;
    }
    let (whole, next) = period(p, at)
        .filter(|(value, _)| matches!(value, Value::Year(..) | Value::Month { .. }))
        .or_else(|| whole_month(p, at))
        .or_else(|| {
            let ((year, calendar), next) = year::year_number(p, at)?;
            Some((Value::Year(calendar, Year::Stated(year)), next))
        })?;
    let whole = Box::new(whole);
    Some((Value::Division { number, n_parts, whole }, next))
}

/// «التسعينيات», «ستينيات القرن الماضي».
pub(super) fn decade(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let Lex::Decade(tens) = p.lex(idx) else { return None };
    let tens = i32::from(tens);
    let of = idx + 1 + usize::from(p.is(idx + 1, Lex::From));
    if p.near(idx + 1, SOFT)
        && p.near(of, SOFT)
        && let Some((Value::Years(_, first, _), next)) = century(p, of)
    {
        return Some((
            Value::Years(Calendar::Gregorian, first - 1 + tens, first + 8 + tens),
            next,
        ));
    }
    // Before the forties a decade without its century is rather somebody's age.
    (p.definite(idx) && 40 <= tens).then_some((Value::Years(Calendar::Gregorian, 1900 + tens, 1909 + tens), idx + 1))
}

/// «القرن التاسع عشر», «القرن الماضي»: from its year 01.
pub(super) fn century(p: &Parser<'_>, idx: usize) -> Read<Value> {
    if !p.is(idx, Lex::Century) || !p.definite(idx) || !p.near(idx + 1, SOFT) {
        return None;
    }
    let (number, next) = match common::relative(p, idx + 1) {
        // The archives of this program are of our century.
        Some((times, next)) => (21 + times, next),
        None => month::day(p, idx + 1).map(|(number, next)| (i32::from(number), next))?,
    };
    let (calendar, next) = match year::era(p, next) {
        (Some(calendar), next) => (calendar, next),
        (None, next) => (Calendar::Gregorian, next),
    };
    let is_before_era = p.next(next, SOFT) == Some(Lex::Before);
    let first = 100 * (number - 1) + 1;
    let is_known = (1..=22).contains(&number) && !is_before_era && p.number(idx + 1).is_none();
    is_known.then_some((Value::Years(calendar, first, first + 99), next))
}

/// «صيف 2014», «الشتاء المقبل», «صيف العام الماضي».
pub(super) fn season(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let Lex::Season(season) = p.lex(idx) else {
        return None;
    };
    season_of(p, season, idx)
}

/// «ربيع 2011», where «ربيع» is no Hijri month.
pub(super) fn spring(p: &Parser<'_>, idx: usize) -> Read<Value> {
    if !p.is(idx, Lex::Rabi) {
        return None;
    }
    season_of(p, 1, idx)
}

fn season_of(p: &Parser<'_>, season: u8, idx: usize) -> Read<Value> {
    let at = idx + 1;
    if !p.near(at, SOFT) {
        return None;
    }
    let (year, next) = match p.definite(idx) {
        true => common::relative(p, at).map(|(times, next)| (Year::Times(times), next))?,
        false => year::behind_month(p, at, Calendar::Gregorian)
            .filter(|(year, _)| matches!(year, Year::Stated(_) | Year::Offset(_)))?,
    };
    Some((Value::Season { season, year }, next))
}

/// «قبل يومين», «منذ 10 أيام», «بعد نحو ثلاثة أسابيع», «قبل أشهر».
pub(super) fn distance(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let sign = match p.lex(idx) {
        Lex::Before | Lex::Since => -1,
        Lex::After => 1,
        _ => return None,
    };
    let mut at = idx + 1;
    if !p.near(at, SOFT) {
        return None;
    }
    let is_about = p.is(at, Lex::About);
    at += usize::from(is_about);
    if !p.near(at, SOFT) {
        return None;
    }
    let (least, most, unit, mut next) = if let Lex::Unit(unit, count) = p.lex(at)
        && !p.definite(at)
    {
        let (least, most) = match count {
            Count::One => (1, 1),
            Count::Two => (2, 2),
            // «بعد أيام» counts from what was told, and «قبل سنوات» says nothing.
            Count::Many if sign == 1 || unit == Unit::Year => return None,
            // The plural counts from 3 to 10.
            Count::Many => (3, 10),
        };
        (least, most, unit, at + 1)
    } else if p.is(at, Lex::Several) {
        let Some(Lex::Unit(unit, Count::Many)) = p.next(at + 1, SOFT) else {
            return None;
        };
        (3, 10, unit, at + 2)
    } else {
        let (count, next) = common::cardinal(p, at)?;
        let Some(Lex::Unit(unit, _)) = p.next(next, SOFT) else {
            return None;
        };
        if p.definite(next) {
            return None;
        }
        (count, count, unit, next + 1)
    };
    // «قبل عام 2011» names the year; «بعد يومين من الهجوم» counts from something else.
    let is_year = unit == Unit::Year && p.near(next, SOFT) && p.number(next).is_some();
    let is_month = unit == Unit::Month && p.near(next, SOFT) && month::month_name(p, next).is_some();
    // «قبل سنة واحدة من الحرب».
    let from = next + usize::from(p.next(next, SOFT) == Some(Lex::Cardinal(1)));
    let counts_from_else = !p.is(idx, Lex::Since)
        && p.near(from, SOFT)
        && matches!(p.lex(from), Lex::From)
        && !(matches!(p.lex(from + 1), Lex::Today));
    // «عاما بعد عام».
    let is_again = p.near(idx, SOFT)
        && idx
            .checked_sub(1)
            .is_some_and(|it| matches!(p.lex(it), Lex::Unit(before, Count::One) if before == unit));
    if is_year || is_month || counts_from_else || is_again || 3650 < most {
        return None;
    }
    let (mut least, mut most, mut unit) = (least, most, unit);
    // «قبل عام ونصف».
    if unit == Unit::Year && p.is(next, Lex::Fraction(2)) && p.and(next) && p.near(next, SOFT) {
        (least, most, unit) = (12 * least + 6, 12 * most + 6, Unit::Month);
        next += 1;
    }
    let (least, most) = if sign < 0 { (-most, -least) } else { (least, most) };
    Some((
        Value::Distance {
            least,
            most,
            unit,
            is_about,
        },
        next,
    ))
}

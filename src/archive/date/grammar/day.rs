//! Days by their weekday or their distance from today: «الخميس الماضي», «أول من أمس», «الثالث من الشهر الجاري».

use crate::archive::date::lex::{Count, Lex};
use crate::archive::date::tokens::Gap;
use crate::archive::date::value::{Point, Unit, Value};

use super::month::DayList;
use super::parser::{BETWEEN_PARTS, Parser, Read, SOFT};
use super::{common, month, numeric};

/// A weekday, with what is said after it.
pub(super) fn weekday(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let Lex::Weekday(weekday) = p.lex(idx) else {
        return None;
    };
    let is_latin = p.text_is_latin(idx);
    let is_day_said = idx.checked_sub(1).is_some_and(|it| p.is(it, Lex::Day)) && p.near(idx, SOFT);
    let at = idx + 1;
    if let Some((value, next)) = dated_weekday(p, weekday, at) {
        return Some((value, next));
    }
    // «الأحد» is written as one word; without the article «خميس» is a man.
    let is_definite = p.definite(idx) || weekday == 7;
    if is_latin || !is_definite && !is_day_said {
        return None;
    }
    if p.near(at, SOFT) {
        if let Some((times, next)) = common::relative(p, at) {
            // «الأحد المقبل 5 يوليو».
            if let Some(it) = dated_weekday(p, weekday, next) {
                return Some(it);
            }
            let value = match times {
                0 => Value::WeekdayOf { weekday, weeks: 0 },
                times => Value::Weekday { weekday, times },
            };
            return Some((value, next));
        }
        let of = at + usize::from(p.is(at, Lex::From));
        if of != at
            && matches!(p.lex(of), Lex::Unit(Unit::Week, Count::One))
            && p.definite(of)
            && let Some((weeks, next)) = common::relative(p, of + 1).filter(|_| p.near(of + 1, SOFT))
        {
            return Some((Value::WeekdayOf { weekday, weeks }, next));
        }
    }
    // «الخميس (أمس)».
    if p.gap(at).has(Gap::OPEN) && matches!(p.lex(at), Lex::Today | Lex::Yesterday | Lex::Tomorrow) {
        let days = match p.lex(at) {
            Lex::Yesterday => -1,
            Lex::Tomorrow => 1,
            _ => 0,
        };
        let weekday = Some(weekday);
        return Some((Value::Day { days, weekday }, at + 1));
    }
    // «الأربعاء والخميس المقبلين».
    if p.and(at)
        && p.near(at, SOFT)
        && let Lex::Weekday(second) = p.lex(at)
        && let Some((times, next)) = common::relative(p, at + 1).filter(|_| p.near(at + 1, SOFT))
        && times != 0
    {
        let both = [weekday, second].map(|weekday| Value::Weekday { weekday, times });
        return Some((Value::List(both.to_vec()), next));
    }
    Some((Value::Weekday { weekday, times: 0 }, at))
}

/// The date after a weekday.
fn dated_weekday(p: &Parser<'_>, weekday: i8, idx: usize) -> Read<Value> {
    let mut at = idx;
    if !p.near(at, BETWEEN_PARTS) {
        return None;
    }
    // «الأحد الموافق 5 مارس», «الأحد، في 5 مارس», «الجمعة غرة رجب».
    while matches!(p.lex(at), Lex::Corresponding | Lex::In | Lex::Dated) && at < idx + 2 {
        at += 1;
    }
    if !p.near(at, BETWEEN_PARTS) {
        return None;
    }
    let (value, next) = match numeric::numeric(p, at) {
        Some((value, next)) => (value?, next),
        None => month::date(p, at)
            .or_else(|| month::month_day(p, at))
            .or_else(|| day_of_this_month(p, at))
            .or_else(|| numeric::day_and_month_number(p, at))?,
    };
    match value {
        Value::Point(it) => Some((
            Value::Point(Point {
                weekday: Some(weekday),
                ..it
            }),
            next,
        )),
        Value::DayOfMonth { .. } => Some((value, next)),
        _ => None,
    }
}

/// «اليوم», «أمس», «بعد غد», «أول من أمس», each with its weekday and date if they follow.
pub(super) fn relative_day(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let mut at = idx;
    if p.is(at, Lex::Day) && !p.definite(at) {
        at += 1;
        if !p.near(at, SOFT) || !matches!(p.lex(at), Lex::Yesterday | Lex::Tomorrow) {
            return None;
        }
    }
    let (days, next) = match p.lex(at) {
        Lex::Today => (0, at + 1),
        // «اليوم» after «في» and the like is found whole; with «ال» taken off it is «يوم».
        Lex::Day if p.definite(at) => (0, at + 1),
        Lex::Yesterday => match p.next(at + 1, SOFT) {
            Some(Lex::Ordinal(1)) if p.definite(at + 1) => (-2, at + 2),
            _ => (-1, at + 1),
        },
        // «الغد» is also a paper and a hope.
        Lex::Tomorrow if !p.definite(at) || at != idx || is_in_day_part(p, at) => (1, at + 1),
        Lex::Tonight => match common::relative(p, at + 1).filter(|_| p.near(at + 1, SOFT)) {
            Some((-1, next)) => (-1, next),
            _ => (0, at + 1),
        },
        Lex::After if p.next(at + 1, SOFT) == Some(Lex::Tomorrow) => (2, at + 2),
        Lex::Ordinal(1) if !p.definite(at) => {
            let of = at + 1 + usize::from(p.is(at + 1, Lex::From));
            match p.lex(of) {
                Lex::Yesterday if p.near(at + 1, SOFT) && p.near(of, SOFT) => (-2, of + 1),
                _ => return None,
            }
        }
        _ => return None,
    };
    let day = Value::Day { days, weekday: None };
    if !p.near(next, SOFT.with(Gap::COMMA).with(Gap::OPEN)) {
        return Some((day, next));
    }
    if let Lex::Weekday(weekday) = p.lex(next)
        && (p.definite(next) || weekday == 7)
    {
        if let Some(it) = dated_weekday(p, weekday, next + 1) {
            return Some(it);
        }
        let is_glued_day = Value::Day {
            days,
            weekday: Some(weekday),
        };
        return Some((is_glued_day, next + 1));
    }
    // «اليوم 5 مارس», but not «أمس 5 قتلى».
    let date = match numeric::numeric(p, next) {
        Some((value, next)) => value.map(|it| (it, next)),
        None => month::date(p, next),
    };
    match date {
        Some((value @ Value::Point(_), next)) => Some((value, next)),
        _ => Some((day, next)),
    }
}

/// Whether a part of a day is named before a token: «صباح الغد».
fn is_in_day_part(p: &Parser<'_>, idx: usize) -> bool {
    p.near(idx, SOFT)
        && idx
            .checked_sub(1)
            .is_some_and(|it| matches!(p.lex(it), Lex::DayPart(_) | Lex::Half(_)))
}

/// «يوم» before a weekday or a date.
pub(super) fn after_day(p: &Parser<'_>, idx: usize) -> Read<Value> {
    if !p.is(idx, Lex::Day) || p.definite(idx) || !p.near(idx + 1, SOFT.with(Gap::OPEN)) {
        return None;
    }
    match p.lex(idx + 1) {
        Lex::Weekday(_) => weekday(p, idx + 1),
        Lex::Number { .. } | Lex::Article | Lex::Ordinal(_) | Lex::Eleventh | Lex::Tens(_) => {
            match numeric::numeric(p, idx + 1) {
                Some((value, next)) => value.map(|it| (it, next)),
                None => month::date(p, idx + 1).or_else(|| numeric::day_and_month_number(p, idx + 1)),
            }
        }
        _ => None,
    }
}

/// «الثالث من الشهر الجاري», «12 و13 من الشهر الماضي».
pub(super) fn day_of_this_month(p: &Parser<'_>, idx: usize) -> Read<Value> {
    let (list, at) = month::days(p, idx)?;
    // «15 الجاري», «15 من الجاري».
    let of = at + usize::from(p.is(at, Lex::From));
    if let (DayList::One(day), Some((0, next))) = (&list, common::relative(p, of))
        && p.number(idx).is_some()
        && p.near(at, SOFT)
        && p.near(of, SOFT)
    {
        let (day, months) = (*day, 0);
        return Some((Value::DayOfMonth { day, months }, next));
    }
    if !p.is(at, Lex::From) || !p.near(at, SOFT) || !p.near(at + 1, SOFT) {
        return None;
    }
    let is_this = p.is(at + 1, Lex::This);
    let unit = at + 1 + usize::from(is_this);
    if !p.is(unit, Lex::Unit(Unit::Month, Count::One)) || !p.definite(unit) {
        return None;
    }
    let (months, next) = match common::relative(p, unit + 1).filter(|_| p.near(unit + 1, SOFT)) {
        Some(it) => it,
        None if is_this => (0, unit + 1),
        None => return None,
    };
    let value = |day: u8| Value::DayOfMonth { day, months };
    let meant = match list {
        DayList::One(day) => value(day),
        DayList::Range(first, last) => Value::Range(Box::new(value(first)), Box::new(value(last))),
        DayList::List(days) => Value::List(days.into_iter().map(value).collect()),
    };
    Some((meant, next))
}

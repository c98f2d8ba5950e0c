//! The grammar of date expressions.
//!
//! A hand-written parser over the tokens: each rule is a function that takes the index where it begins and returns what
//! it read and the index after it. No rule looks at more than a few tokens, and no list has more than
//! [`parser::LONGEST_LIST`] days, so that the time is linear in the text.
//!
//! Rules of a file call only those of files further down this list:
//!
//! | file | reads |
//! |---|---|
//! | this one | a whole expression, with its time |
//! | `name` | «شارع 26 يوليو»: what looks like a date and is a name |
//! | `range` | «من … إلى …», «بين … و…» |
//! | `single` | one date, in whatever way it is said, and the other calendar after it |
//! | `day` | «الخميس الماضي», «أول من أمس» |
//! | `period` | «الشهر الماضي», «أواخر يونيو», «قبل يومين» |
//! | `month` | «26 أكتوبر 2023», «12 و19 تموز» |
//! | `numeric` | «26/10/2023» |
//! | `year` | the year, stated or not |
//! | `clock` | «التاسعة والنصف مساء بتوقيت القاهرة» |
//! | `common` | «الماضي», «إلى», counting numbers |
//! | `parser` | the tokens, and what may separate them |

mod clock;
mod common;
mod day;
mod month;
mod name;
mod numeric;
mod parser;
mod period;
mod range;
mod single;
mod year;

use super::lex::Lex;
use super::time::TimeOfDay;
use super::tokens::Gap;
use super::value::{Point, Value};
use parser::{Read, SOFT};

pub(super) use parser::Parser;

/// What begins at a token.
pub(super) enum At {
    /// An expression, from one token up to another.
    Expression(Value, usize, usize),
    /// Something that looks like a date but is not, up to a token.
    NoDate(usize),
    Nothing,
}

/// What begins at a token.
pub(super) fn at(p: &Parser<'_>, idx: usize) -> At {
    let before = idx.checked_sub(1).filter(|_| p.near(idx, SOFT)).map(|it| p.lex(it));
    if before == Some(Lex::NumberSign) && p.number(idx).is_some() {
        return At::NoDate(idx + 1);
    }
    if let Some((None, next)) = numeric::numeric(p, idx) {
        return At::NoDate(next);
    }
    let Some((value, next)) = expression(p, idx) else {
        return At::Nothing;
    };
    match name::is_name(p, idx, &value, before, next) {
        true => At::NoDate(next),
        false => At::Expression(value, idx, next),
    }
}

/// A whole expression: a time, a range, a pair, a date.
fn expression(p: &Parser<'_>, idx: usize) -> Read<Value> {
    if let Some((time, next)) = clock::stated_time(p, idx) {
        return Some(day_of_time(p, time, next));
    }
    if let Some(it) = range::led_range(p, idx) {
        return Some(it);
    }
    let (value, next) = single::part_of_day(p, idx).or_else(|| single::simple(p, idx))?;
    let (value, next) = single::paired(p, value, next);
    if let Some(it) = range::range_from(p, &value, next) {
        return Some(it);
    }
    Some(clock::timed(p, value, next))
}

/// The day that a time was named for; the words between are «من», «يوم», «في».
fn day_of_time(p: &Parser<'_>, time: TimeOfDay, idx: usize) -> (Value, usize) {
    let mut at = idx;
    while matches!(p.lex(at), Lex::From | Lex::In) && p.near(at, SOFT.with(Gap::COMMA).with(Gap::CLOSE)) {
        at += 1;
    }
    if !p.near(at, SOFT.with(Gap::COMMA).with(Gap::CLOSE).with(Gap::DASH)) {
        return (Value::Timed(None, time), idx);
    }
    let mut time = time;
    let day = match single::part_of_day(p, at) {
        Some(it) => {
            if let Lex::DayPart(half) = p.lex(at) {
                time.hour = clock::hour_in(time.hour, half);
            }
            Some(it)
        }
        None => single::simple(p, at),
    };
    match day {
        Some((
            day @ (Value::Point(Point { day: Some(_), .. })
            | Value::Weekday { .. }
            | Value::Day { .. }
            | Value::DayOfMonth { .. }),
            next,
        )) => {
            let (day, next) = single::paired(p, day, next);
            // «منتصف ليل السبت/الأحد».
            let is_second = matches!(&day, Value::Weekday { weekday, times: 0 }
                if time.hour == 24 && p.is(next, Lex::Weekday(weekday % 7 + 1)))
                && p.near(next, SOFT.with(Gap::DASH).with(Gap::SLASH));
            let next = next + usize::from(is_second);
            // The zone can stand after the day.
            let (time, next) = match clock::zone(p, next) {
                Some((zone, next)) if time.zone.is_none() => {
                    let zone = clock::zone_of(zone);
                    (TimeOfDay { zone, ..time }, next)
                }
                _ => (time, next),
            };
            (Value::Timed(Some(Box::new(day)), time), next)
        }
        _ => (Value::Timed(None, time), idx),
    }
}

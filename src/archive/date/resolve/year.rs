//! Which year a date lies in: the one it states, or the one that the day of publication, its tense and its weekday
//! decide.
//!
//! The tense of its sentence comes with the date, as the [`Side`] of its [`Year`], from `grammar/year.rs`; the day of
//! publication, the anchor, from `mention.rs`; and an end of a range or the half of a pair that lacks its year has the
//! other one's days as its anchor, see `range` and `pair` in `resolve/mod.rs`.

use jiff::civil::Date;

use crate::archive::Days;
use crate::archive::date::calendars;
use crate::archive::date::value::{Calendar, Point, Side, Year};

use super::calendar::{days_between, month_days, one, weekday_of};

/// Without a year, and without a word of the past, the next such day is meant where it is at most this many days away:
/// the last one then lies at least 265 days back, and papers give the year of dates that far back. The farthest seen lay
/// 93 days ahead.
const NEAR_FUTURE_DAYS: i32 = 100;

/// The days of a day or month in its year: in the one that it states, or in the one that it is most likely to mean, seen
/// from `anchor`. Nothing where the year depends on an anchor that is not known, or has no such day.
pub(super) fn in_its_year(it: &Point, anchor: Option<Date>) -> Option<Days> {
    let (times, side) = match it.year {
        Year::Stated(_) | Year::Short(_) | Year::Offset(_) | Year::OfAnother | Year::OfPublication => {
            return in_year(it, stated_year(it.calendar, it.year, anchor)?);
        }
        Year::Times(times) => (Some(times), Side::Present),
        Year::Unstated(side) => (None, side),
    };
    let anchor = anchor?;
    let this_year = calendars::year_of(it.calendar, anchor)?;
    // A leap day can be eight years away.
    let all: Vec<Days> = (this_year - 9..=this_year + 9)
        .filter_map(|year| in_year(it, year))
        .collect();
    let before = |days: &Days, is_strict: bool| days.last < anchor || !is_strict && days.first <= anchor;
    match times {
        Some(0) => all.into_iter().min_by_key(|days| {
            let is_around = days.first <= anchor && anchor <= days.last;
            if is_around {
                0
            } else {
                days_between(anchor, days.first)
                    .abs()
                    .min(days_between(anchor, days.last).abs())
            }
        }),
        Some(times @ ..0) => {
            let past: Vec<&Days> = all.iter().filter(|days| before(days, true)).collect();
            past.len()
                .checked_sub(times.unsigned_abs() as usize)
                .and_then(|idx| past.get(idx))
                .copied()
                .copied()
        }
        Some(times) => all
            .into_iter()
            .filter(|days| anchor < days.first)
            .nth(times as usize - 1),
        None => {
            let last = all.iter().rfind(|days| before(days, false)).copied();
            let next = all.iter().find(|days| anchor < days.first).copied();
            let is_near = next.is_some_and(|next| days_between(anchor, next.first) <= NEAR_FUTURE_DAYS);
            let preferred = match side {
                Side::Past => [last, next],
                Side::Future => [next, last],
                Side::Present if is_near => [next, last],
                Side::Present => [last, next],
            };
            let Some(weekday) = it.weekday else {
                return preferred.into_iter().flatten().next();
            };
            // Of more than three years ago a paper would name the year: there the weekday is wrong.
            let older = all.iter().rev().filter(|days| before(days, false)).take(3).copied();
            preferred
                .into_iter()
                .flatten()
                .chain(older)
                .find(|days| weekday_of(days.first) == weekday)
                .or(preferred.into_iter().flatten().next())
        }
    }
}

/// The month or day in a year; `None` if the year has no such day.
fn in_year(it: &Point, year: i32) -> Option<Days> {
    match it.day {
        Some(day) => calendars::day(it.calendar, year, it.month, day).map(one),
        None => month_days(it.calendar, year, it.month),
    }
}

/// The year that is stated, counted from that of `anchor` where it is «العام الماضي» or short; nothing if none is stated.
pub(super) fn stated_year(calendar: Calendar, year: Year, anchor: Option<Date>) -> Option<i32> {
    match year {
        Year::Stated(year) => Some(year),
        // The century in which the year lies at most twenty years ahead.
        Year::Short(short) => {
            let latest = i32::from(anchor?.year()) + 20;
            Some(latest - (latest - short).rem_euclid(100))
        }
        Year::Offset(years) | Year::Times(years) => Some(calendars::year_of(calendar, anchor?)? + years),
        Year::OfPublication => calendars::year_of(calendar, anchor?),
        Year::Unstated(_) | Year::OfAnother => None,
    }
}

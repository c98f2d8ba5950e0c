//! Days, weeks, months and years of the calendar, as spans of days.

use jiff::Span as Duration;
use jiff::civil::{Date, Weekday};

use crate::archive::{DatePrecision, Days};

use crate::archive::date::calendars;
use crate::archive::date::value::Calendar;

pub(super) fn one(day: Date) -> Days {
    Days {
        first: day,
        last: day,
        precision: DatePrecision::Day,
    }
}

pub(super) fn plus(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Duration::new().try_days(days).ok()?).ok()
}

pub(super) fn days_between(first: Date, last: Date) -> i32 {
    first.until(last).map_or(i32::MAX, |it| it.get_days())
}

pub(super) fn weekday_of(day: Date) -> i8 {
    Weekday::to_monday_one_offset(day.weekday())
}

pub(super) fn monday(day: Date) -> Option<Date> {
    plus(day, 1 - i32::from(weekday_of(day)))
}

pub(super) fn week(anchor: Date, weeks: i32) -> Option<Days> {
    let first = plus(monday(anchor)?, 7 * weeks)?;
    Some(Days {
        last: plus(first, 6)?,
        ..one(first)
    })
}

pub(super) fn plus_months(anchor: Date, months: i32) -> Option<Days> {
    let first = anchor
        .first_of_month()
        .checked_add(Duration::new().try_months(months).ok()?)
        .ok()?;
    Some(Days {
        first,
        last: first.last_of_month(),
        precision: DatePrecision::Month,
    })
}

/// The day with the weekday around `day`: agencies write «اليوم» the day before a paper prints it.
pub(super) fn near_day(day: Date, weekday: Option<i8>) -> Option<Date> {
    let Some(weekday) = weekday else { return Some(day) };
    [0, -1, 1, -2, -3, -4, -5]
        .into_iter()
        .filter_map(|days| plus(day, days))
        .find(|it| weekday_of(*it) == weekday)
}

/// All days of a year.
pub(super) fn year_days(calendar: Calendar, year: i32) -> Option<Days> {
    let (first, last) = calendars::year(calendar, year)?;
    let precision = precision_of(calendar, DatePrecision::Year);
    Some(Days { first, last, precision })
}

/// All days of a month.
pub(super) fn month_days(calendar: Calendar, year: i32, month: u8) -> Option<Days> {
    let (first, last) = calendars::month(calendar, year, month)?;
    let precision = precision_of(calendar, DatePrecision::Month);
    Some(Days { first, last, precision })
}

/// The months and years of other calendars are no precision of ours.
fn precision_of(calendar: Calendar, precision: DatePrecision) -> DatePrecision {
    match calendar {
        Calendar::Gregorian => precision,
        _ => DatePrecision::Day,
    }
}

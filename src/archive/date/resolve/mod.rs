//! Turns the meaning of a date expression into days of the calendar.
//!
//! The unwritten conventions of newspapers:
//!
//! - A bare weekday is the last one, the day of publication included; «الماضي» and «المقبل» are never that day itself.
//! - «مارس الماضي» written in March is last year's.
//! - Without a year a date is the last such day, unless its sentence speaks of the future, or the next such day is near
//!   and the last one most of a year away: papers give the year of dates that far back. A word of the past before it
//!   («كان», «منذ») cancels the latter.
//! - A weekday that is named corrects the year, and «اليوم» in the copy of the day before.
//! - A Gregorian date wins over a Hijri one beside it that disagrees.
//! - Days of the moon are approximate where its calendar is only computed: see `hijri`.
//! - Weeks begin on Monday, as in ISO 8601; months fall into thirds of days 1–10, 11–20, 21–end.
//!
//! | file | is |
//! |---|---|
//! | `calendar` | days, weeks, months and years as spans of days |
//! | `part` | parts of periods: «مطلع», «أواخر», «الربع الأول» |
//! | `year` | which year a date lies in: the one it states, or the one that publication, tense and weekday decide |

mod calendar;
mod part;
mod year;

use jiff::civil::Date;

use crate::archive::{DatePrecision, Days};

use super::civil::date_of;
use super::hijri;
use super::time::TimeOfDay;
use super::value::{Calendar, Point, Side, Unit, Value, Year};
use calendar::{monday, near_day, one, plus, plus_months, week, year_days};
use part::{division, part_of, season_days};
use year::{in_its_year, stated_year};

/// The days that an expression means in a text of a given day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedDays {
    /// The days; several only where the text lists them, in its order. Never empty.
    pub days: Vec<Days>,
    /// Whether the bounds are approximate: «أوائل», «قبل نحو».
    pub is_approximate: bool,
    /// The time of the (only) day.
    pub time: Option<TimeOfDay>,
}

impl ResolvedDays {
    /// The first and the last of all days.
    pub fn bounds(&self) -> (Date, Date) {
        let first = self.days.iter().map(|it| it.first).min().unwrap_or_default();
        let last = self.days.iter().map(|it| it.last).max().unwrap_or_default();
        (first, last)
    }

    /// The least precise of its parts.
    pub fn precision(&self) -> DatePrecision {
        self.days
            .iter()
            .map(|it| it.precision)
            .min()
            .unwrap_or(DatePrecision::Day)
    }
}

/// The days that `value` means in a text of the day `anchor`; `None` if that is needed but unknown, or if there is no
/// such day.
pub(super) fn resolve(value: &Value, anchor: Option<Date>) -> Option<ResolvedDays> {
    Some(match value {
        Value::Point(it) => {
            let days = in_its_year(it, anchor)?;
            match it.year {
                Year::OfPublication => about(days),
                _ => computed(it.calendar, it.day, days),
            }
        }
        Value::Year(calendar, it) => computed(
            *calendar,
            None,
            year_days(*calendar, stated_year(*calendar, *it, anchor)?)?,
        ),
        Value::Years(calendar, first, last) => {
            let (first, last) = (year_days(*calendar, *first)?, year_days(*calendar, *last)?);
            let days = Days {
                last: last.last,
                ..first
            };
            computed(*calendar, None, days)
        }
        Value::Weekday { weekday, times } => exact(one(weekday_day(*weekday, *times, anchor?)?)),
        Value::WeekdayOf { weekday, weeks } => exact(one(plus(monday(anchor?)?, 7 * weeks + i32::from(*weekday) - 1)?)),
        Value::Day { days, weekday } => exact(one(near_day(plus(anchor?, *days)?, *weekday)?)),
        Value::DayOfMonth { day, months } => {
            let first = plus_months(anchor?, *months)?.first;
            exact(one(date_of(first.year(), first.month(), *day)?))
        }
        Value::Month { months } => exact(plus_months(anchor?, *months)?),
        Value::Week { weeks } => about(week(anchor?, *weeks)?),
        Value::WeekOfMonth { number, month } => {
            let first = single(resolve(month, anchor)?)?.first;
            let first = plus(first, 7 * (i32::from(*number) - 1))?;
            about(Days {
                last: plus(first, 6)?,
                ..one(first)
            })
        }
        Value::Distance {
            least,
            most,
            unit,
            is_about,
        } => distance(anchor?, *least, *most, *unit, *is_about)?,
        Value::PartOf { part, whole } => about(part_of(*part, whole, single(resolve(whole, anchor)?)?)?),
        Value::Division { number, n_parts, whole } => {
            exact(division(*number, *n_parts, single(resolve(whole, anchor)?)?)?)
        }
        Value::Season { season, year } => about(season_days(*season, *year, anchor)?),
        Value::Range(first, last) => range(first, last, anchor)?,
        Value::List(items) => list(items, anchor)?,
        Value::Pair(gregorian, hijri) => pair(gregorian, hijri, anchor)?,
        Value::Timed(day, time) => {
            let it = match day {
                Some(day) => resolve(day, anchor)?,
                None => exact(one(anchor?)),
            };
            let is_day = matches!(it.days.as_slice(), [days] if days.first == days.last);
            ResolvedDays {
                time: is_day.then_some(*time),
                ..it
            }
        }
    })
}

/// The last such weekday (0: `anchor` itself if it is one), or the `times`th before or after `anchor`.
fn weekday_day(weekday: i8, times: i32, anchor: Date) -> Option<Date> {
    let back = (i32::from(anchor.weekday().to_monday_one_offset()) - i32::from(weekday)).rem_euclid(7);
    let days = match times {
        0 => -back,
        ..0 => -(if back == 0 { 7 } else { back }) + 7 * (times + 1),
        _ => 7 - back + 7 * (times - 1),
    };
    plus(anchor, days)
}

fn list(items: &[Value], anchor: Option<Date>) -> Option<ResolvedDays> {
    let mut days = Vec::new();
    let mut is_approximate = false;
    for item in items {
        let it = resolve(item, anchor)?;
        is_approximate |= it.is_approximate;
        days.extend(it.days);
    }
    (!days.is_empty()).then_some(ResolvedDays {
        days,
        is_approximate,
        time: None,
    })
}

fn single(it: ResolvedDays) -> Option<Days> {
    match it.days.as_slice() {
        [days] => Some(*days),
        _ => None,
    }
}

fn distance(anchor: Date, least: i32, most: i32, unit: Unit, is_about: bool) -> Option<ResolvedDays> {
    let at = |count: i32| match unit {
        Unit::Day => plus(anchor, count).map(one),
        Unit::Week => plus(anchor, 7 * count).map(one),
        Unit::Month => plus_months(anchor, count),
        // «قبل عام» is the month a year before; of more years than one papers count the years.
        Unit::Year if least == most && count.abs() == 1 => plus_months(anchor, 12 * count),
        Unit::Year => year_days(Calendar::Gregorian, i32::from(anchor.year()) + count),
    };
    let (first, last) = (at(least)?, at(most)?);
    let days = Days {
        last: last.last,
        ..first
    };
    // A month or a year ago is hardly ever meant to the day.
    let is_exact = !is_about && least == most && matches!(unit, Unit::Day | Unit::Week);
    Some(if is_exact { exact(days) } else { about(days) })
}

/// Where one end lacks its year it is the nearest on its side of the other.
fn range(first: &Value, last: &Value, anchor: Option<Date>) -> Option<ResolvedDays> {
    let is_open = |value: &Value| {
        matches!(
            value,
            Value::Point(Point {
                year: Year::Unstated(_),
                ..
            }) | Value::Weekday { times: 0, .. }
        )
    };
    let (start, end) = if is_open(last) && !is_open(first) {
        let start = resolve(first, anchor)?;
        let end = match last {
            Value::Point(it) => {
                let it = Point {
                    year: Year::Unstated(Side::Future),
                    weekday: None,
                    ..*it
                };
                exact(in_its_year(&it, Some(start.days.first()?.first))?)
            }
            other => resolve(&after(other), Some(start.days.first()?.first))?,
        };
        (start, end)
    } else if let (Value::Weekday { times: 0, .. }, Value::Weekday { times: 0, .. }) = (first, last) {
        let start = resolve(first, anchor)?;
        let end = resolve(&after(last), Some(start.days.first()?.first))?;
        (start, end)
    } else {
        let end = resolve(last, anchor)?;
        let start = match first {
            // «من السبت إلى الاثنين الماضي».
            Value::Weekday { times: 0, .. } if matches!(last, Value::Weekday { .. }) => {
                resolve(first, Some(end.days.first()?.first))?
            }
            Value::Point(it) if is_open(first) => {
                let it = Point {
                    year: Year::Unstated(Side::Past),
                    weekday: None,
                    ..*it
                };
                exact(in_its_year(&it, Some(end.days.first()?.last))?)
            }
            _ => resolve(first, anchor)?,
        };
        (start, end)
    };
    let is_approximate = start.is_approximate || end.is_approximate;
    let (start, end) = (start.days.first()?, end.days.last()?);
    (start.first <= end.last).then(|| ResolvedDays {
        days: vec![Days {
            first: start.first,
            last: end.last,
            precision: start.precision.max(end.precision),
        }],
        is_approximate,
        time: None,
    })
}

/// The weekday that follows.
fn after(value: &Value) -> Value {
    match value {
        Value::Weekday { weekday, .. } => Value::Weekday {
            weekday: *weekday,
            times: 1,
        },
        other => other.clone(),
    }
}

fn pair(gregorian: &Value, hijri: &Value, anchor: Option<Date>) -> Option<ResolvedDays> {
    let needs_year = |value: &Value| {
        matches!(
            value,
            Value::Point(Point {
                year: Year::Unstated(_),
                ..
            })
        )
    };
    // «23 شوال 1436 الموافق 8 أغسطس»: the year of the one is the other's, too.
    if needs_year(gregorian)
        && !needs_year(hijri)
        && let (Value::Point(it), Some(known)) = (gregorian, resolve(hijri, anchor).and_then(single))
    {
        let nearest = Point {
            year: Year::Times(0),
            ..*it
        };
        if let Some(days) = in_its_year(&nearest, Some(known.first)) {
            return Some(exact(days));
        }
    }
    resolve(gregorian, anchor).or_else(|| resolve(hijri, anchor))
}

/// The days of a date, its year or month: those of the moon are certain only where they are known and not computed.
fn computed(calendar: Calendar, day: Option<u8>, days: Days) -> ResolvedDays {
    match calendar {
        Calendar::Hijri if !hijri::is_certain(days.first, day) => about(days),
        _ => exact(days),
    }
}

fn exact(days: Days) -> ResolvedDays {
    ResolvedDays {
        days: vec![days],
        is_approximate: false,
        time: None,
    }
}

fn about(days: Days) -> ResolvedDays {
    ResolvedDays {
        is_approximate: true,
        ..exact(days)
    }
}

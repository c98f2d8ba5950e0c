//! From what was written to days of the calendar.
//!
//! The conventions, which newspapers keep without saying them:
//!
//! - A bare weekday is the last one, the day of publication included; «الماضي» and «المقبل» are never that day itself.
//! - «مارس الماضي» written in March is last year's.
//! - Without a year a date is the last such day, unless its sentence speaks of the future, or the next such day is near
//!   and the last one most of a year away: papers name the year of what lies that far back.
//! - A weekday that is named corrects the year, and «اليوم» in the copy of the day before.
//! - A Gregorian date holds where a Hijri one beside it disagrees.
//! - Weeks begin on Monday, as in ISO 8601; months fall into thirds of days 1–10, 11–20, 21–end.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span as Duration, ToSpan as _};

use crate::archive::{DatePrecision, Days};

use super::hijri;
use super::names::{Calendar, Part, Side, Unit};
use super::time::TimeOfDay;

/// Without a year the next such day is meant where it is at most so many days away, and so nine months nearer than the
/// last one. The longest such date seen lay 93 days ahead.
const NEAR_FUTURE_DAYS: i32 = 100;

/// How the year of a date is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Year {
    /// Stated, in the calendar of the date.
    Stated(i32),
    /// By its last two digits.
    Short(i32),
    /// So many years after the one of publication: «من العام الماضي» is -1.
    Offset(i32),
    /// «الماضي»: so many times back or forth. At 0 the nearest.
    Times(i32),
    /// Not stated.
    Unstated(Side),
}

/// A month or a day of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub calendar: Calendar,
    pub year: Year,
    pub month: u8,
    pub day: Option<u8>,
    pub weekday: Option<i8>,
}

/// What a date expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Point(Point),
    /// A year: stated or relative.
    Year(Calendar, Year),
    /// From the first year to the last.
    Years(Calendar, i32, i32),
    /// A weekday so many times back (-1) or forth; at 0 the last one or today.
    Weekday {
        weekday: i8,
        times: i32,
    },
    /// A weekday of this week (0), the next, the last.
    WeekdayOf {
        weekday: i8,
        weeks: i32,
    },
    /// So many days from publication, corrected by the weekday.
    Day {
        days: i32,
        weekday: Option<i8>,
    },
    /// A day of this month (0), the next, the last.
    DayOfMonth {
        day: u8,
        months: i32,
    },
    Month {
        months: i32,
    },
    Week {
        weeks: i32,
    },
    /// The `number`th week of a month, from 1.
    WeekOfMonth {
        number: u8,
        month: Box<Value>,
    },
    /// `least` to `most` units from publication.
    Distance {
        least: i32,
        most: i32,
        unit: Unit,
        is_about: bool,
    },
    /// A third of something.
    PartOf {
        part: Part,
        whole: Box<Value>,
    },
    /// The `number`th of `n_parts` equal parts of a year or a month, from 1.
    Division {
        number: u8,
        n_parts: u8,
        whole: Box<Value>,
    },
    /// 1 spring … 4 winter, of a year.
    Season {
        season: u8,
        year: Year,
    },
    Range(Box<Value>, Box<Value>),
    List(Vec<Value>),
    /// The same day in both calendars, the Gregorian one first.
    Pair(Box<Value>, Box<Value>),
    /// A time of a day; without one, of the day of publication.
    Timed(Option<Box<Value>>, TimeOfDay),
}

/// What a date expression means, once it is known when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The days; several only where the text lists them, in its order. Never empty.
    pub days: Vec<Days>,
    /// Whether the bounds are only roughly meant: «أوائل», «قبل نحو».
    pub is_approximate: bool,
    /// The time of the (only) day.
    pub time: Option<TimeOfDay>,
}

impl Resolved {
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

/// What was found so far.
struct Outcome {
    days: Vec<Days>,
    is_approximate: bool,
    time: Option<TimeOfDay>,
}

fn exact(days: Days) -> Outcome {
    Outcome {
        days: vec![days],
        is_approximate: false,
        time: None,
    }
}

fn about(days: Days) -> Outcome {
    Outcome {
        is_approximate: true,
        ..exact(days)
    }
}

fn one(day: Date) -> Days {
    Days {
        first: day,
        last: day,
        precision: DatePrecision::Day,
    }
}

/// What `value` means in a text of the day `anchor`; nothing if it needs to be known and is not, or if there is no
/// such day.
pub(super) fn resolve(value: &Value, anchor: Option<Date>) -> Option<Resolved> {
    let Outcome {
        days,
        is_approximate,
        time,
    } = resolved(value, anchor)?;
    Some(Resolved {
        days,
        is_approximate,
        time,
    })
}

fn resolved(value: &Value, anchor: Option<Date>) -> Option<Outcome> {
    Some(match value {
        Value::Point(it) => exact(point(it, anchor)?),
        Value::Year(calendar, it) => exact(year_days(*calendar, stated_year(*calendar, *it, anchor)?)?),
        Value::Years(calendar, first, last) => {
            let (first, last) = (year_days(*calendar, *first)?, year_days(*calendar, *last)?);
            exact(Days {
                last: last.last,
                ..first
            })
        }
        Value::Weekday { weekday, times } => {
            let anchor = anchor?;
            let back = (i32::from(anchor.weekday().to_monday_one_offset()) - i32::from(*weekday)).rem_euclid(7);
            let days = match times {
                0 => -back,
                ..0 => -(if back == 0 { 7 } else { back }) + 7 * (times + 1),
                _ => 7 - back + 7 * (times - 1),
            };
            exact(one(plus(anchor, days)?))
        }
        Value::WeekdayOf { weekday, weeks } => exact(one(plus(monday(anchor?)?, 7 * weeks + i32::from(*weekday) - 1)?)),
        Value::Day { days, weekday } => exact(one(near_day(plus(anchor?, *days)?, *weekday)?)),
        Value::DayOfMonth { day, months } => {
            let first = plus_months(anchor?, *months)?.first;
            exact(one(date_of(i32::from(first.year()), first.month() as u8, *day)?))
        }
        Value::Month { months } => exact(plus_months(anchor?, *months)?),
        Value::Week { weeks } => about(week(anchor?, *weeks)?),
        Value::WeekOfMonth { number, month } => {
            let first = single(resolved(month, anchor)?)?.first;
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
        Value::PartOf { part, whole } => about(part_of(*part, whole, anchor)?),
        Value::Division { number, n_parts, whole } => {
            exact(division(*number, *n_parts, single(resolved(whole, anchor)?)?)?)
        }
        Value::Season { season, year } => about(season_days(*season, *year, anchor)?),
        Value::Range(first, last) => range(first, last, anchor)?,
        Value::List(items) => {
            let mut all = Vec::new();
            let mut is_approximate = false;
            for item in items {
                let it = resolved(item, anchor)?;
                is_approximate |= it.is_approximate;
                all.extend(it.days);
            }
            (!all.is_empty()).then_some(Outcome {
                days: all,
                is_approximate,
                time: None,
            })?
        }
        Value::Pair(gregorian, hijri) => pair(gregorian, hijri, anchor)?,
        Value::Timed(day, time) => {
            let it = match day {
                Some(day) => resolved(day, anchor)?,
                None => exact(one(anchor?)),
            };
            let is_day = matches!(it.days.as_slice(), [days] if days.first == days.last);
            Outcome {
                time: is_day.then_some(*time),
                ..it
            }
        }
    })
}

fn single(it: Outcome) -> Option<Days> {
    match it.days.as_slice() {
        [days] => Some(*days),
        _ => None,
    }
}

fn plus(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Duration::new().try_days(days).ok()?).ok()
}

fn date_of(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

fn days_between(first: Date, last: Date) -> i32 {
    first.until(last).map_or(i32::MAX, |it| it.get_days())
}

fn weekday_of(day: Date) -> i8 {
    Weekday::to_monday_one_offset(day.weekday())
}

fn monday(day: Date) -> Option<Date> {
    plus(day, 1 - i32::from(weekday_of(day)))
}

fn week(anchor: Date, weeks: i32) -> Option<Days> {
    let first = plus(monday(anchor)?, 7 * weeks)?;
    Some(Days {
        last: plus(first, 6)?,
        ..one(first)
    })
}

fn plus_months(anchor: Date, months: i32) -> Option<Days> {
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
fn near_day(day: Date, weekday: Option<i8>) -> Option<Date> {
    let Some(weekday) = weekday else { return Some(day) };
    [0, -1, 1, -2, -3, -4, -5]
        .into_iter()
        .filter_map(|days| plus(day, days))
        .find(|it| weekday_of(*it) == weekday)
}

/// All days of a year.
fn year_days(calendar: Calendar, year: i32) -> Option<Days> {
    match calendar {
        Calendar::Gregorian => Some(Days {
            first: date_of(year, 1, 1)?,
            last: date_of(year, 12, 31)?,
            precision: DatePrecision::Year,
        }),
        Calendar::Hijri => Some(Days {
            last: hijri::month(year, 12)?.1,
            ..one(hijri::month(year, 1)?.0)
        }),
    }
}

/// The year of `anchor` in a calendar.
fn anchor_year(calendar: Calendar, anchor: Date) -> Option<i32> {
    match calendar {
        Calendar::Gregorian => Some(i32::from(anchor.year())),
        Calendar::Hijri => hijri::year_and_month(anchor).map(|(year, _)| year),
    }
}

fn stated_year(calendar: Calendar, year: Year, anchor: Option<Date>) -> Option<i32> {
    match year {
        Year::Stated(year) => Some(year),
        // The century in which the year lies at most twenty years ahead.
        Year::Short(short) => {
            let latest = i32::from(anchor?.year()) + 20;
            Some(latest - (latest - short).rem_euclid(100))
        }
        Year::Offset(years) | Year::Times(years) => Some(anchor_year(calendar, anchor?)? + years),
        Year::Unstated(_) => None,
    }
}

/// The month or day in a year; nothing if the year has no such day.
fn in_year(it: &Point, year: i32) -> Option<Days> {
    match (it.calendar, it.day) {
        (Calendar::Gregorian, Some(day)) => date_of(year, it.month, day).map(one),
        (Calendar::Gregorian, None) => {
            let first = date_of(year, it.month, 1)?;
            Some(Days {
                first,
                last: first.last_of_month(),
                precision: DatePrecision::Month,
            })
        }
        (Calendar::Hijri, Some(day)) => hijri::to_gregorian(year, it.month, day).map(one),
        (Calendar::Hijri, None) => {
            let (first, last) = hijri::month(year, it.month)?;
            Some(Days { last, ..one(first) })
        }
    }
}

fn point(it: &Point, anchor: Option<Date>) -> Option<Days> {
    let (times, side) = match it.year {
        Year::Stated(_) | Year::Short(_) | Year::Offset(_) => {
            return in_year(it, stated_year(it.calendar, it.year, anchor)?);
        }
        Year::Times(times) => (Some(times), Side::Present),
        Year::Unstated(side) => (None, side),
    };
    let anchor = anchor?;
    let this_year = anchor_year(it.calendar, anchor)?;
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

fn distance(anchor: Date, least: i32, most: i32, unit: Unit, is_about: bool) -> Option<Outcome> {
    let at = |count: i32| match unit {
        Unit::Day => plus(anchor, count).map(one),
        Unit::Week => plus(anchor, 7 * count).map(one),
        Unit::Month => plus_months(anchor, count),
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

fn part_of(part: Part, whole: &Value, anchor: Option<Date>) -> Option<Days> {
    let days = single(resolved(whole, anchor)?)?;
    let between = |first: i32, last: i32| {
        Some(Days {
            last: plus(days.first, last)?,
            ..one(plus(days.first, first)?)
        })
    };
    match whole {
        Value::Week { .. } => match part {
            // From the Saturday before to Tuesday: some weeks begin on Saturday, some on Sunday, some on Monday.
            Part::Start => between(-2, 1),
            Part::Middle => between(1, 3),
            Part::End => between(3, 6),
        },
        Value::WeekOfMonth { .. } => match part {
            Part::Start => between(-1, 2),
            Part::Middle => between(2, 4),
            Part::End => between(4, 7),
        },
        Value::Years(..) => {
            // Thirds of a decade: 0–3, 4–6, 7–9; of a century alike.
            let n_years = i32::from(days.last.year() - days.first.year()) + 1;
            let first = i32::from(days.first.year());
            let (from, to) = match part {
                Part::Start => (0, n_years * 3 / 10),
                Part::Middle => (n_years * 4 / 10, n_years * 6 / 10),
                Part::End => (n_years * 7 / 10, n_years - 1),
            };
            let (from, to) = (
                year_days(Calendar::Gregorian, first + from)?,
                year_days(Calendar::Gregorian, first + to)?,
            );
            Some(Days { last: to.last, ..from })
        }
        _ if days.precision == DatePrecision::Year => {
            let months = match part {
                Part::Start => (0, 0),
                Part::Middle => (5, 6),
                Part::End => (11, 11),
            };
            let (first, last) = (plus_months(days.first, months.0)?, plus_months(days.first, months.1)?);
            Some(Days {
                last: last.last,
                ..first
            })
        }
        _ => {
            let n_days = days_between(days.first, days.last);
            match part {
                _ if n_days < 27 => Some(days),
                Part::Start if n_days < 31 => between(0, 9),
                Part::Middle if n_days < 31 => between(10, 19),
                Part::End if n_days < 31 => between(20, n_days),
                // A Hijri year, or a season.
                Part::Start => between(0, n_days / 10),
                Part::Middle => between(n_days * 9 / 20, n_days * 11 / 20),
                Part::End => between(n_days - n_days / 10, n_days),
            }
        }
    }
}

fn division(number: u8, n_parts: u8, whole: Days) -> Option<Days> {
    let (number, n_parts) = (i32::from(number), i32::from(n_parts));
    if !(1..=n_parts).contains(&number) {
        return None;
    }
    match whole.precision {
        DatePrecision::Year => {
            let n_months = 12 / n_parts;
            let first = plus_months(whole.first, n_months * (number - 1))?;
            let last = plus_months(whole.first, n_months * number - 1)?;
            Some(Days {
                last: last.last,
                ..first
            })
        }
        _ => {
            let n_days = days_between(whole.first, whole.last) + 1;
            let length = 30 / n_parts;
            let last = if number == n_parts {
                n_days - 1
            } else {
                length * number - 1
            };
            Some(Days {
                last: plus(whole.first, last)?,
                ..one(plus(whole.first, length * (number - 1))?)
            })
        }
    }
}

fn season_days(season: u8, year: Year, anchor: Option<Date>) -> Option<Days> {
    let month = 3 * season as i8;
    let at = |year: i32| {
        let first = date(i16::try_from(year).ok()?, month, 1);
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        Some(Days {
            first,
            last,
            precision: DatePrecision::Month,
        })
    };
    match year {
        Year::Times(times) => {
            let anchor = anchor?;
            let this_year = i32::from(anchor.year());
            let all: Vec<Days> = (this_year - 3..=this_year + 3).filter_map(at).collect();
            match times {
                0 => all.into_iter().find(|it| anchor <= it.last),
                ..0 => all.into_iter().rfind(|it| it.last < anchor),
                _ => all.into_iter().find(|it| anchor < it.first),
            }
        }
        year => at(stated_year(Calendar::Gregorian, year, anchor)?),
    }
}

/// Where one end lacks its year it is the nearest on its side of the other.
fn range(first: &Value, last: &Value, anchor: Option<Date>) -> Option<Outcome> {
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
        let start = resolved(first, anchor)?;
        let end = match last {
            Value::Point(it) => {
                let it = Point {
                    year: Year::Unstated(Side::Future),
                    weekday: None,
                    ..*it
                };
                exact(point(&it, Some(start.days.first()?.first))?)
            }
            other => resolved(&after(other), Some(start.days.first()?.first))?,
        };
        (start, end)
    } else if let (Value::Weekday { times: 0, .. }, Value::Weekday { times: 0, .. }) = (first, last) {
        let start = resolved(first, anchor)?;
        let end = resolved(&after(last), Some(start.days.first()?.first))?;
        (start, end)
    } else {
        let end = resolved(last, anchor)?;
        let start = match first {
            Value::Point(it) if is_open(first) => {
                let it = Point {
                    year: Year::Unstated(Side::Past),
                    weekday: None,
                    ..*it
                };
                exact(point(&it, Some(end.days.first()?.last))?)
            }
            _ => resolved(first, anchor)?,
        };
        (start, end)
    };
    let is_approximate = start.is_approximate || end.is_approximate;
    let (start, end) = (start.days.first()?, end.days.last()?);
    (start.first <= end.last).then(|| Outcome {
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

fn pair(gregorian: &Value, hijri: &Value, anchor: Option<Date>) -> Option<Outcome> {
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
        && let (Value::Point(it), Some(known)) = (gregorian, resolved(hijri, anchor).and_then(single))
    {
        let nearest = Point {
            year: Year::Times(0),
            ..*it
        };
        if let Some(days) = point(&nearest, Some(known.first)) {
            return Some(exact(days));
        }
    }
    resolved(gregorian, anchor).or_else(|| resolved(hijri, anchor))
}

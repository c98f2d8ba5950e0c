//! Parts of periods: «مطلع», «أواخر», «الربع الأول», «صيف».

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::archive::date::value::{Calendar, Part, Value, Year};
use crate::archive::{DatePrecision, Days};

use super::calendar::{days_between, one, plus, plus_months, year_days};
use super::year::stated_year;

pub(super) fn part_of(part: Part, whole: &Value, days: Days) -> Option<Days> {
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

pub(super) fn division(number: u8, n_parts: u8, whole: Days) -> Option<Days> {
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

pub(super) fn season_days(season: u8, year: Year, anchor: Option<Date>) -> Option<Days> {
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

//! Days, weeks, months and years as bars and labels count them, and days as numbers on an axis.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::arabic::days::{date_of_epoch_day, epoch_day};
use crate::state::WeekStart;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// A day.
    Day,
    /// Seven days, from the first day of the settings' week on.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl TimeUnit {
    /// The finest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The finest unit of which `days` days make at most `max_bars`.
    pub fn finest(days: f64, max_bars: f64) -> Self {
        let days_of = |unit: &Self| match unit {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => 30.4,
            Self::Year => 365.25,
        };
        let fits = |unit: &Self| days / days_of(unit) <= max_bars;
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Year)
    }

    /// The first day of the unit that holds `day`.
    pub fn first(self, day: Date, week_start: WeekStart) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let days_since = day.weekday().since(week_start.weekday());
                day.saturating_sub(i64::from(days_since).days())
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    /// The first day of the next unit.
    pub fn next(self, first: Date) -> Date {
        first.saturating_add(match self {
            Self::Day => 1.days(),
            Self::Week => 1.weeks(),
            Self::Month => 1.months(),
            Self::Year => 1.years(),
        })
    }
}

/// A day's place on an axis.
pub fn number_of(day: Date) -> i64 {
    epoch_day(day).into()
}

/// The day at a place of an axis; beyond the years ±9999 the last one there is.
pub fn day_of(number: i64) -> Date {
    let day = i32::try_from(number).ok().and_then(date_of_epoch_day);
    day.unwrap_or(if number < 0 { Date::MIN } else { Date::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_are_the_finest_that_find_room() {
        let unit = |days| TimeUnit::finest(days, 140.0);
        assert_eq!([14.0, 141.0, 1000.0, 9000.0].map(unit), TimeUnit::ALL);
    }
}

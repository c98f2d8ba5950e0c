//! Epoch days: the days of the calendar as numbers, counted from 1970-01-01, which is 0.
//!
//! For what is stored and compared by the million; everything else uses [`Date`].

use jiff::Span;
use jiff::civil::{Date, date};

/// Day 0.
const EPOCH: Date = date(1970, 1, 1);

/// The days from 1970-01-01 to `date`; negative before.
pub fn epoch_day(date: Date) -> i32 {
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

/// The inverse of [`epoch_day`]; `None` beyond the years ±9999.
pub fn date_of_epoch_day(day: i32) -> Option<Date> {
    EPOCH.checked_add(Span::new().try_days(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_comes_back_from_its_number() {
        for day in [
            Date::MIN,
            date(711, 7, 19),
            date(1969, 12, 31),
            EPOCH,
            date(2024, 2, 29),
            Date::MAX,
        ] {
            assert_eq!(date_of_epoch_day(epoch_day(day)), Some(day));
        }
        assert_eq!((epoch_day(date(1969, 12, 31)), epoch_day(date(1970, 1, 2))), (-1, 1));
        assert_eq!(date_of_epoch_day(i32::MAX), None);
    }
}

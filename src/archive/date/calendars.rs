//! Days of all calendars by their numbers, so that nobody else has to know which one is meant.
//!
//! The solar Hijri and the Coptic calendar are computed by `icu_calendar`; the lunar one is in `hijri`.

use icu_calendar::cal::{Coptic, Persian};
use jiff::civil::Date;

use super::civil::date_of;
use super::hijri;
use super::value::Calendar;

/// The day that is `day`.`month`.`year` of a calendar.
pub(super) fn day(calendar: Calendar, year: i32, month: u8, day: u8) -> Option<Date> {
    match calendar {
        Calendar::Gregorian => date_of(year, month, day),
        Calendar::Hijri => hijri::to_gregorian(year, month, day),
        Calendar::SolarHijri => gregorian(&icu_calendar::Date::try_new_persian(year, month, day).ok()?),
        Calendar::Coptic => gregorian(&icu_calendar::Date::try_new_coptic(year, month, day).ok()?),
    }
}

/// The first and the last day of a month of a calendar.
pub(super) fn month(calendar: Calendar, year: i32, month: u8) -> Option<(Date, Date)> {
    match calendar {
        Calendar::Hijri => hijri::month(year, month),
        _ => {
            let first = day(calendar, year, month, 1)?;
            let last = (5..=31).rev().find_map(|it| day(calendar, year, month, it))?;
            Some((first, last))
        }
    }
}

/// The first and the last day of a year of a calendar.
pub(super) fn year(calendar: Calendar, year: i32) -> Option<(Date, Date)> {
    let last_month = if calendar == Calendar::Coptic { 13 } else { 12 };
    Some((month(calendar, year, 1)?.0, month(calendar, year, last_month)?.1))
}

/// The year of a calendar in which a day lies.
pub(super) fn year_of(calendar: Calendar, date: Date) -> Option<i32> {
    let iso = || {
        let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
        icu_calendar::Date::try_new_iso(i32::from(date.year()), month, day).ok()
    };
    match calendar {
        Calendar::Gregorian => Some(i32::from(date.year())),
        Calendar::Hijri => hijri::year_and_month(date).map(|(year, _)| year),
        Calendar::SolarHijri => Some(iso()?.to_calendar(Persian).year().extended_year()),
        Calendar::Coptic => Some(iso()?.to_calendar(Coptic).year().extended_year()),
    }
}

fn gregorian<A: icu_calendar::AsCalendar>(date: &icu_calendar::Date<A>) -> Option<Date> {
    let iso = date.to_calendar(icu_calendar::Iso);
    date_of(iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_same_in_all_calendars() {
        #[track_caller]
        fn check(calendar: Calendar, (year, month, of_month): (i32, u8, u8), expected: &str) {
            let date = day(calendar, year, month, of_month).unwrap();
            assert_eq!(date.to_string(), expected);
            assert_eq!(year_of(calendar, date), Some(year));
        }
        check(Calendar::SolarHijri, (1402, 12, 13), "2024-03-03");
        check(Calendar::SolarHijri, (1403, 3, 12), "2024-06-01");
        check(Calendar::SolarHijri, (1402, 11, 22), "2024-02-11");
        check(Calendar::Coptic, (1740, 6, 24), "2024-03-03");
        check(Calendar::Hijri, (1445, 8, 22), "2024-03-03");
        check(Calendar::Gregorian, (2024, 3, 3), "2024-03-03");
        let shown =
            |days: Option<(Date, Date)>| days.map(|(first, last)| format!("{first} {last}")).unwrap_or_default();
        assert_eq!(shown(year(Calendar::SolarHijri, 1403)), "2024-03-20 2025-03-20");
        assert_eq!(shown(year(Calendar::Coptic, 1740)), "2023-09-12 2024-09-10");
        assert_eq!(shown(month(Calendar::Gregorian, 2024, 2)), "2024-02-01 2024-02-29");
    }
}

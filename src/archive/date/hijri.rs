//! The lunar Hijri calendar as newspapers print it: Umm al-Qura.
//!
//! `assets/lists/hijri_years.tsv` has the months of 1343 to 1500 as the gazette of that name printed them, from the Python
//! package hijridate by Mohammed Alshehri (MIT). Of 565 double dates counted in a Saudi archive 558 agree with it to the
//! day; the rest are misprints. The table of `icu_calendar` 2.4 is the same from 1420 on and differs in 529 of the 924
//! months before, mostly by a day: 10 Ramadan 1393, 6 October 1973, is the 7th there.
//!
//! Beyond the table days are computed by the cycle of thirty years; they may be a day or two off. So may the 30th of a
//! month to which the table gives 29 days, where a country saw the moon later. [`is_certain`] tells both.

use std::sync::LazyLock;

use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::{TabularAlgorithm, TabularAlgorithmEpoch, TabularAlgorithmLeapYears};
use jiff::civil::{Date, date};

use crate::arabic::days::{date_of_epoch_day, epoch_day};
use crate::arabic::lists::List;

use super::civil::date_of;

const YEARS: List<2> = List::new(
    include_str!("../../../assets/lists/hijri_years.tsv"),
    ["year", "lengths"],
);

/// The first year of the table, and its first day.
const FIRST_YEAR: i32 = 1343;
const FIRST_DAY: Date = date(1924, 8, 1);

/// The epoch days on which the months of the table begin, and the one after its last day.
static MONTHS: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let lengths = YEARS.rows().flat_map(|[_, lengths]| lengths.bytes());
    let mut start = epoch_day(FIRST_DAY);
    let mut starts = vec![start];
    starts.extend(lengths.map(|digit| {
        start += length(digit);
        start
    }));
    starts
});

/// The length of a month by its last digit.
fn length(digit: u8) -> i32 {
    match digit {
        b'8' => 28,
        b'9' => 29,
        b'1' => 31,
        _ => 30,
    }
}

/// By the cycle in use: years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty have a day more, from 16 July 622.
const CYCLE: Hijri<TabularAlgorithm> =
    Hijri::new_tabular(TabularAlgorithmLeapYears::TypeII, TabularAlgorithmEpoch::Friday);

/// The day that is `day`.`month`.`year`. The 30th of a month of 29 days is the day after them.
pub(super) fn to_gregorian(year: i32, month: u8, day: u8) -> Option<Date> {
    // Years before the era are none; of those to come, these are the ones that anybody writes of.
    if !(1..=1600).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    if let Some((first, _)) = table_month(year, month) {
        return date_of_epoch_day(first + i32::from(day) - 1);
    }
    let first = icu_calendar::Date::try_new_hijri_with_calendar(year, month, 1, CYCLE).ok()?;
    let iso = first.to_calendar(icu_calendar::Iso);
    let first = date_of(iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0)?;
    date_of_epoch_day(epoch_day(first) + i32::from(day) - 1)
}

/// The first and the last day of a month.
pub(super) fn month(year: i32, month: u8) -> Option<(Date, Date)> {
    if let Some((first, next)) = table_month(year, month) {
        return Some((date_of_epoch_day(first)?, date_of_epoch_day(next - 1)?));
    }
    let first = to_gregorian(year, month, 1)?;
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let next = to_gregorian(next_year, next_month, 1)?;
    Some((first, next.yesterday().ok()?))
}

/// Year and month of a day.
pub(super) fn year_and_month(date: Date) -> Option<(i32, u8)> {
    let day = epoch_day(date);
    if is_in_table(day) {
        let idx = i32::try_from(MONTHS.partition_point(|start| *start <= day)).ok()? - 1;
        return Some((FIRST_YEAR + idx / 12, u8::try_from(idx % 12 + 1).ok()?));
    }
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    let iso = icu_calendar::Date::try_new_iso(i32::from(date.year()), month, day).ok()?;
    let hijri = iso.to_calendar(CYCLE);
    Some((hijri.year().extended_year(), hijri.month().ordinal))
}

/// Whether `date`, which is `day` of a month or its first one, is known and not only computed.
pub(super) fn is_certain(date: Date, day: Option<u8>) -> bool {
    let epoch = epoch_day(date);
    let starts_a_month = || MONTHS.binary_search(&epoch).is_ok();
    is_in_table(epoch) && !(day == Some(30) && starts_a_month())
}

fn is_in_table(day: i32) -> bool {
    MONTHS.first().is_some_and(|first| *first <= day) && MONTHS.last().is_some_and(|end| day < *end)
}

/// The epoch days on which a month of the table and the next one begin.
fn table_month(year: i32, month: u8) -> Option<(i32, i32)> {
    let idx = usize::try_from((year - FIRST_YEAR) * 12 + i32::from(month) - 1).ok()?;
    Some((*MONTHS.get(idx)?, *MONTHS.get(idx + 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check((year, month, day): (i32, u8, u8), expected: &str) {
        let date = to_gregorian(year, month, day);
        assert_eq!(date.map_or_else(|| "none".to_owned(), |it| it.to_string()), expected);
        if let Some(date) = date.filter(|it| is_certain(*it, Some(day))) {
            assert_eq!(year_and_month(date), Some((year, month)));
        }
    }

    #[test]
    fn days_are_those_that_were_printed() {
        check((1441, 7, 1), "2020-02-25");
        check((1444, 9, 1), "2023-03-23");
        check((1384, 5, 27), "1964-10-03");
        check((1445, 9, 30), "2024-04-09");
        check((1444, 13, 1), "none");
        check((0, 1, 1), "none");
        check((1343, 1, 1), "1924-08-01");
        check((1500, 12, 30), "2077-11-16");
        // The October war, the mosque of Mecca, the Basic Law.
        check((1393, 9, 10), "1973-10-06");
        check((1400, 1, 1), "1979-11-20");
        check((1412, 8, 27), "1992-03-01");
    }

    #[test]
    fn what_is_only_computed_is_not_certain() {
        // Ramadan 1444 had 29 days in the table; where the moon was seen later it had 30.
        check((1444, 9, 30), "2023-04-21");
        let is_certain = |year, month, day| is_certain(to_gregorian(year, month, day).unwrap(), Some(day));
        assert!(!is_certain(1444, 9, 30) && is_certain(1444, 9, 29) && is_certain(1445, 9, 30));
        assert!(!is_certain(1342, 12, 1) && !is_certain(61, 1, 10) && !is_certain(1501, 1, 1));
        // The years on either side of the table's ends join to two days.
        let gap = |end: Date, start: Date| (epoch_day(start) - epoch_day(end) - 1).abs();
        assert!(gap(month(1342, 12).unwrap().1, FIRST_DAY) <= 2);
        assert!(gap(month(1500, 12).unwrap().1, month(1501, 1).unwrap().0) <= 2);
    }

    #[test]
    fn the_table_has_a_line_for_each_year() {
        let mut years = 0;
        for ([year, lengths], expected) in YEARS.rows().zip(FIRST_YEAR..) {
            assert_eq!(year, expected.to_string());
            assert!(
                lengths.len() == 12 && lengths.bytes().all(|it| b"8901".contains(&it)),
                "{year}"
            );
            years += 1;
        }
        assert_eq!((years, MONTHS.len()), (158, 158 * 12 + 1));
    }
}

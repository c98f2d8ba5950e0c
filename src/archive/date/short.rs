//! Days whose year has two digits, «14/3/24», where a line or a field says when something was published.
//!
//! Such a day is read only where its numbers can mean no other one: Arabic papers write the day first, American programs
//! the month, and with dashes the year may be the first. A weekday beside it decides. Of several days none is chosen.

use jiff::civil::Date;

use super::civil::date_of;
use super::figures::{figures_in, long_year, weekday_in};
use super::tokens::{self, Gap};

/// The day that a line states with two digits of its year, if it is the only one in it and certain.
pub fn day_of_short_year(line: &str) -> Option<Date> {
    if line.contains("هـ") {
        return None;
    }
    let tokens = tokens::tokens(line);
    let mut found = figures_in(&tokens).filter(|(_, _, digits)| *digits == 2);
    let (mark, numbers, _) = found.next().filter(|_| found.next().is_none())?;
    only_day(mark, numbers, weekday_in(&tokens))
}

/// The only day that three numbers can mean, on a weekday if one is given.
fn only_day(mark: Gap, [first, second, third]: [i32; 3], weekday: Option<i8>) -> Option<Date> {
    let day = |short: i32, month, day| long_year(short).and_then(|year| date_of(year, month, day));
    let year_first = day(first, second, third).filter(|_| mark == Gap::DASH);
    let days = [day(third, second, first), day(third, first, second), year_first];
    let is_weekday = |it: &Date| weekday.is_none_or(|weekday| weekday == it.weekday().to_monday_one_offset());
    let mut days = days.into_iter().flatten().filter(is_weekday);
    let first = days.next()?;
    days.all(|it| it == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: Option<&str>) {
        for line in lines {
            let found = day_of_short_year(line).map(|it| it.to_string());
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_day_is_read_where_its_numbers_mean_no_other() {
        let certain = [
            "14/3/24",
            "١٤/٠٣/٢٤",
            "14.3.24",
            "03/14/24",
            "نشر في 14/03/24 10:30",
            "الخميس 14/3/24",
            "الخميس 14-03-24",
            "الخميس 24-03-14",
            "الخميس، 14-3-24 - 09:15",
        ];
        check(&certain, Some("2024-03-14"));
        check(&["31-12-99", "31/12/99", "12/31/99", "99-12-31"], Some("1999-12-31"));
        check(&["الثلاثاء 05/03/24"], Some("2024-03-05"));
        check(&["5/5/24"], Some("2024-05-05"));
    }

    #[test]
    fn a_day_that_is_not_certain_is_none() {
        let others = [
            "05/03/24",
            "05-05-24",
            "14-03-24",
            "24-03-14",
            // No such weekday, no such day, no such year.
            "السبت 14/3/24",
            "32/3/24",
            "14/13/24",
            "14/3/45",
            "14/3/24 هـ",
            // No days.
            "14/3/2024",
            "1/14/3/24",
            "14/3/24/7",
            "14-3/24",
            "14/3",
            "10:14:24",
            "14/3/24 و15/3/24",
            "",
        ];
        check(&others, None);
    }
}

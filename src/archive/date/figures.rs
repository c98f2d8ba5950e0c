//! Days of three numbers, «7/8/2024», whose order only other days of the same column show: «7/25/2024» has the month first.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::civil::date_of;
use super::lex::Lex;
use super::tokens::{self, Gap, Token};

/// The years that two digits mean: those in which archives of the web and of papers before it lie. «45» is rather Hijri. A
/// guess.
const YEARS: RangeInclusive<i32> = 1970..=2039;
/// Years of four digits that are Gregorian.
const GREGORIAN: RangeInclusive<i32> = 1500..=2199;

/// Which of the first two numbers of a day is the day of the month: in Arabic papers the first, in American programs the
/// second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// 25/7/2024.
    DayFirst,
    /// 7/25/2024.
    MonthFirst,
}

/// A day of three numbers, the year last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    first: i32,
    second: i32,
    year: i32,
    weekday: Option<i8>,
}

impl Figures {
    /// The day, in an order of the numbers; `None` if there is no such one.
    pub fn day(self, order: DayOrder) -> Option<Date> {
        let day = match order {
            DayOrder::DayFirst => date_of(self.year, self.second, self.first),
            DayOrder::MonthFirst => date_of(self.year, self.first, self.second),
        };
        let is_weekday = |it: &Date| {
            let weekday = it.weekday().to_monday_one_offset();
            self.weekday.is_none_or(|stated| stated == weekday)
        };
        day.filter(is_weekday)
    }

    /// The only order in which it is a day.
    pub fn order(self) -> Option<DayOrder> {
        match (self.day(DayOrder::DayFirst), self.day(DayOrder::MonthFirst)) {
            (Some(_), None) => Some(DayOrder::DayFirst),
            (None, Some(_)) => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether it is another day in either order.
    pub fn is_ambiguous(self) -> bool {
        let days = (self.day(DayOrder::DayFirst), self.day(DayOrder::MonthFirst));
        matches!(days, (Some(first), Some(second)) if first != second)
    }
}

/// The day of three numbers in a field, if it is the only one there.
pub fn figures(text: &str) -> Option<Figures> {
    /// A longer value is no date. A guess.
    const LONGEST: usize = 100;
    if LONGEST < text.len() || text.contains("هـ") {
        return None;
    }
    let tokens = tokens::tokens(text);
    let mut found = figures_in(&tokens);
    let (mark, [first, second, year], digits) = found.next().filter(|_| found.next().is_none())?;
    let year = match digits {
        4 => Some(year).filter(|it| GREGORIAN.contains(it)),
        // With dashes the year may be the first.
        _ if mark == Gap::DASH => None,
        _ => long_year(year),
    };
    Some(Figures {
        first,
        second,
        year: year?,
        weekday: weekday_in(&tokens),
    })
}

/// The year that two digits mean.
pub(super) fn long_year(short: i32) -> Option<i32> {
    [1_900 + short, 2_000 + short].into_iter().find(|it| YEARS.contains(it))
}

/// The weekday among tokens, if there is only one.
pub(super) fn weekday_in(tokens: &[Token]) -> Option<i8> {
    let mut weekdays = tokens.iter().filter_map(|it| match it.lex {
        Lex::Weekday(weekday) => Some(weekday),
        _ => None,
    });
    weekdays.next().filter(|_| weekdays.next().is_none())
}

/// Three numbers with the same mark between them, of at most two digits and the last of two or four: the mark, the numbers,
/// and how many digits the last has.
pub(super) fn figures_in(tokens: &[Token]) -> impl Iterator<Item = (Gap, [i32; 3], usize)> {
    let number = |idx: usize| match tokens.get(idx)?.lex {
        Lex::Number { value, digits } => Some((i32::try_from(value).ok()?, usize::from(digits))),
        _ => None,
    };
    let joint = |idx: usize| {
        let gap = tokens.get(idx).map(|it| it.gap)?;
        let is_number = matches!(tokens[idx].lex, Lex::Number { .. });
        [Gap::SLASH, Gap::DASH, Gap::DOT]
            .into_iter()
            .find(|it| *it == gap && is_number)
    };
    (0..tokens.len())
        .filter(move |idx| *idx == 0 || joint(*idx).is_none())
        .filter_map(move |idx| {
            let ((first, 1..=2), (second, 1..=2), (third, digits @ (2 | 4))) =
                (number(idx)?, number(idx + 1)?, number(idx + 2)?)
            else {
                return None;
            };
            let mark = joint(idx + 1)?;
            let is_one = joint(idx + 2) == Some(mark) && joint(idx + 3).is_none();
            is_one.then_some((mark, [first, second, third], digits))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_shows_its_order_if_it_has_only_one() {
        let order = |text: &str| figures(text).and_then(Figures::order);
        for text in [
            "7/25/2024",
            "07/25/2024 9:15:00 AM",
            "٧/٢٥/٢٠٢٤",
            "7-25-2024",
            "7/25/24",
            "Mon 7/8/2024",
        ] {
            assert_eq!(order(text), Some(DayOrder::MonthFirst), "{text}");
        }
        for text in ["25/7/2024", "25.7.2024 - 10:30", "الخميس 25/7/2024", "الأربعاء 7/8/2024"] {
            assert_eq!(order(text), Some(DayOrder::DayFirst), "{text}");
        }
        for text in [
            "7/8/2024",
            "7/7/2024",
            "31/31/2024",
            "2024/25/7",
            "25-7-24",
            "7/25/1445",
            "25/7/2024 - 26/7/2024",
        ] {
            assert_eq!(order(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_another_in_either_order() {
        let is_ambiguous = |text: &str| figures(text).is_some_and(Figures::is_ambiguous);
        assert!(is_ambiguous("7/8/2024") && is_ambiguous("7/8/24 10:30"));
        assert!(!is_ambiguous("7/7/2024") && !is_ambiguous("7/25/2024") && !is_ambiguous("2024-07-08"));
    }
}

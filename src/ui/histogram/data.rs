//! What a histogram shows: days with articles, and the bars that they make.

use egui::Color32;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::index::DayCount;
use crate::state::WeekStart;

use super::super::time_unit::{TimeUnit, day_of, number_of};

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Histogram<'a> {
    /// What a screen reader calls it.
    pub name: &'a str,
    /// The first as bars, the others as lines; each at its own scale.
    pub series: &'a [Series<'a>],
    /// The days that can be looked at.
    pub extent: Extent,
    /// The brushed days.
    pub chosen: Option<(Date, Date)>,
}

/// The days that can be looked at, as the first and the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// All of them.
    pub all: (Date, Date),
    /// Those in view before anything is zoomed.
    pub usual: (Date, Date),
}

/// Days with articles, in order.
#[derive(Clone, Copy)]
pub struct Series<'a> {
    /// The days.
    pub days: &'a [DayCount],
    /// Its colour.
    pub color: Color32,
}

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The articles of these days.
    pub articles: u64,
    /// Those of them whose date was inferred.
    pub inferred: u64,
}

/// The bars from `low` to `high`, without holes.
pub fn bars(days: &[DayCount], unit: TimeUnit, week_start: WeekStart, low: f64, high: f64) -> Vec<Bar> {
    let mut bars = Vec::new();
    let mut first = unit.first(day_of(low.floor() as i64), week_start);
    let mut at = days.partition_point(|it| it.day < first);
    while (number_of(first) as f64) < high {
        let next = unit.next(first);
        if next <= first {
            break;
        }
        let (mut articles, mut inferred) = (0, 0);
        while let Some(count) = days.get(at).filter(|it| it.day < next) {
            articles += count.articles;
            inferred += count.inferred;
            at += 1;
        }
        bars.push(Bar {
            first,
            last: next.saturating_sub(1.days()),
            articles,
            inferred,
        });
        first = next;
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Vec<DayCount> {
        let day = |it: &str| {
            let (day, articles) = it.split_once('=').unwrap();
            DayCount {
                day: day.parse().unwrap(),
                articles: articles.parse().unwrap(),
                inferred: 0,
            }
        };
        text.split_whitespace().map(day).collect()
    }

    #[track_caller]
    fn check(unit: TimeUnit, counts: &str, extent: (&str, &str), expected: &str) {
        let (low, high) = (
            number_of(extent.0.parse().unwrap()),
            number_of(extent.1.parse().unwrap()),
        );
        let found: Vec<String> = bars(&days(counts), unit, WeekStart::Saturday, low as f64, high as f64 + 1.0)
            .iter()
            .map(|it| format!("{}..{}={}", it.first, it.last, it.articles))
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn what_has_no_articles_has_a_bar_too() {
        check(
            TimeUnit::Month,
            "2023-12-05=1 2023-12-31=1 2024-02-01=1",
            ("2023-12-10", "2024-02-01"),
            "2023-12-01..2023-12-31=2 2024-01-01..2024-01-31=0 2024-02-01..2024-02-29=1",
        );
        check(
            TimeUnit::Year,
            "2022-03-01=2 2022-09-01=1 2023-01-01=4",
            ("2022-01-01", "2023-12-31"),
            "2022-01-01..2022-12-31=3 2023-01-01..2023-12-31=4",
        );
    }

    #[test]
    fn a_week_begins_as_the_settings_say() {
        // The 14th of October 2023 was a Saturday.
        check(
            TimeUnit::Week,
            "2023-10-13=1 2023-10-14=2 2023-10-20=3",
            ("2023-10-13", "2023-10-20"),
            "2023-10-07..2023-10-13=1 2023-10-14..2023-10-20=5",
        );
        let day: Date = "2023-10-14".parse().unwrap();
        let first = |start| TimeUnit::Week.first(day, start).to_string();
        assert_eq!(first(WeekStart::Sunday), "2023-10-08");
        assert_eq!(first(WeekStart::Monday), "2023-10-09");
    }
}

//! Where things lie: the axis of days, and its labels.

use egui::{Rect, pos2, vec2};
use jiff::civil::Date;

use crate::state::WeekStart;
use crate::text::Direction;

use super::super::time_unit::{TimeUnit, day_of, number_of};
use super::super::words::{Words, date};

/// The height of the axis, in points.
pub const AXIS_HEIGHT: f32 = 20.0;

/// The least room between two labels of the axis, in points.
const LABEL_GAP: f32 = 8.0;

/// The room between a tick of the axis and its label, in points.
pub const TICK_GAP: f32 = 4.0;

/// The fewest days in view: two weeks still have labelled bars. Picked by feel.
pub const MIN_DAYS: f64 = 14.0;

/// Where the days of `extent` begin and end; never so near that single days fill the view.
pub fn ends((first, last): (Date, Date)) -> (f64, f64) {
    let (first, last) = (number_of(first) as f64, number_of(last) as f64 + 1.0);
    let missing = (MIN_DAYS - (last - first)).max(0.0);
    (first - (missing / 2.0).floor(), last + (missing / 2.0).ceil())
}

/// The days in view, as numbers.
#[derive(Clone, Copy)]
pub struct Axis {
    /// Where the view begins, in days since 1970.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

impl Axis {
    /// How far from the reading start of `rect` a day begins.
    pub fn offset(self, day: f64, rect: Rect) -> f32 {
        ((day - self.low) / (self.high - self.low)) as f32 * rect.width()
    }

    /// The place in time at `x`.
    pub fn day_at(self, x: f32, rect: Rect, direction: Direction) -> f64 {
        let offset = match direction {
            Direction::RightToLeft => rect.right() - x,
            Direction::LeftToRight => x - rect.left(),
        };
        self.low + f64::from((offset / rect.width()).clamp(0.0, 1.0)) * (self.high - self.low)
    }

    /// The part of `rect` from one place in time to another.
    pub fn part(self, from: f64, to: f64, rect: Rect, direction: Direction) -> Rect {
        let (start, end) = (
            self.offset(from, rect).max(0.0),
            self.offset(to, rect).min(rect.width()),
        );
        let x = match direction {
            Direction::RightToLeft => rect.right() - end..=rect.right() - start,
            Direction::LeftToRight => rect.left() + start..=rect.left() + end,
        };
        Rect::from_x_y_ranges(x, rect.y_range())
    }
}

/// The distances at which the axis may be labelled, the finest first.
const STEPS: [(TimeUnit, i16); 15] = [
    (TimeUnit::Week, 1),
    (TimeUnit::Week, 2),
    (TimeUnit::Month, 1),
    (TimeUnit::Month, 3),
    (TimeUnit::Month, 6),
    (TimeUnit::Year, 1),
    (TimeUnit::Year, 2),
    (TimeUnit::Year, 5),
    (TimeUnit::Year, 10),
    (TimeUnit::Year, 20),
    (TimeUnit::Year, 50),
    (TimeUnit::Year, 100),
    (TimeUnit::Year, 200),
    (TimeUnit::Year, 500),
    (TimeUnit::Year, 1000),
];

/// Where the weeks, months or years in view begin of which every `n`th is labelled, in order; the first may begin
/// before `low`.
fn ticks(unit: TimeUnit, n: i16, week_start: WeekStart, low: f64, high: f64) -> Vec<Date> {
    let is_labelled = |day: Date| match unit {
        TimeUnit::Day | TimeUnit::Week => number_of(day).div_euclid(7) % i64::from(n) == 0,
        TimeUnit::Month => (i16::from(day.month()) - 1) % n == 0,
        TimeUnit::Year => day.year() % n == 0,
    };
    let mut first = unit.first(day_of(low.floor() as i64), week_start);
    let mut ticks = Vec::new();
    while (number_of(first) as f64) < high {
        if is_labelled(first) {
            ticks.push(first);
        }
        let next = unit.next(first);
        if next <= first {
            break;
        }
        first = next;
    }
    ticks
}

/// A label of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// How far from the reading start of the axis it begins.
    pub start: f32,
    /// Whether the day that it names is in view, and not what it goes on from.
    pub is_at_day: bool,
}

/// The labels of the axis: at the finest regular distance at which each finds room before the next. Only the first and
/// the last may be left out, where the room at the edge is too small for them.
pub fn labels(
    axis: Axis,
    unit: TimeUnit,
    week_start: WeekStart,
    width: f32,
    words: Words<'_>,
    width_of: impl Fn(&str) -> f32,
) -> Vec<Label> {
    let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, AXIS_HEIGHT));
    let label = |day: Date, unit: TimeUnit, with_year: bool| {
        let offset = axis.offset(number_of(day) as f64, room);
        let is_at_day = 0.0 <= offset;
        Label {
            text: date::tick(words, day, unit, with_year),
            start: if is_at_day { offset + TICK_GAP } else { 0.0 },
            is_at_day,
        }
    };
    for (step, n) in STEPS.into_iter().filter(|(step, _)| unit <= *step) {
        let days = ticks(step, n, week_start, axis.low, axis.high);
        let labels_from = |first: usize| -> Vec<Label> {
            let days = days[first.min(days.len())..].iter().enumerate();
            days.map(|(idx, day)| label(*day, step, idx == 0 || day.day_of_year() == 1))
                .collect()
        };
        let end = |it: &Label| it.start + width_of(&it.text);
        let fits = |pair: &[Label]| end(&pair[0]) + LABEL_GAP <= pair[1].start;
        let mut labels = labels_from(0);
        if !labels.windows(2).take(1).all(fits) {
            labels = labels_from(1);
        }
        if labels.last().is_some_and(|it| width < end(it)) {
            labels.pop();
        }
        if !labels.is_empty() && labels.windows(2).all(fits) {
            return labels;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Language, Settings};

    #[track_caller]
    fn check_labels(extent: (&str, &str), width: f32, expected: &str) {
        let [low, high] = [extent.0, extent.1].map(|it| number_of(it.parse().unwrap()) as f64);
        let axis = Axis { low, high: high + 1.0 };
        let unit = TimeUnit::finest(axis.high - axis.low, f64::from(width / 2.0));
        let settings = Settings {
            language: Language::English,
            ..Settings::default()
        };
        let width_of = |text: &str| text.chars().count() as f32 * 5.5;
        let found = labels(axis, unit, WeekStart::Saturday, width, Words(&settings), width_of);
        let found: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        // A date does not break between its parts.
        assert_eq!(found.join(" | "), expected.replace("_", "\u{a0}"));
    }

    #[test]
    fn the_axis_is_labelled_at_a_regular_distance() {
        check_labels(("2014-02-01", "2017-06-30"), 250.0, "2014 | 2015 | 2016 | 2017");
        check_labels(("2014-12-01", "2017-06-30"), 250.0, "2015 | 2016 | 2017");
        check_labels(("2005-03-01", "2023-06-30"), 250.0, "2005 | 2010 | 2015 | 2020");
        check_labels(("2003-03-01", "2023-06-30"), 250.0, "2005 | 2010 | 2015 | 2020");
        check_labels(("1187-10-02", "2023-06-30"), 250.0, "1200 | 1400 | 1600 | 1800");
        check_labels(("2023-02-10", "2024-03-20"), 250.0, "July_2023");
        let quarters = "April_2023 | July | October | January_2024";
        check_labels(("2023-02-10", "2024-03-20"), 420.0, quarters);
        check_labels(
            ("2023-10-07", "2023-12-31"),
            250.0,
            "October_2023 | November | December",
        );
        check_labels(("2023-10-06", "2023-10-20"), 250.0, "7_October_2023 | 14_October");
        check_labels(("2014-02-01", "2017-06-30"), 20.0, "");
    }
}

//! What a histogram remembers: the days in view, and what is dragged.

use egui::{Rect, Ui};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::state::WeekStart;

use super::super::layout::View;
use super::super::time_unit::{TimeUnit, day_of, number_of};
use super::data::Extent;
use super::layout::{Axis, MIN_DAYS, ends};

/// What a histogram remembers.
#[derive(Clone, Debug, Default)]
pub struct HistogramState {
    /// The days in view, as numbers; the usual ones if nothing was zoomed.
    shown: Option<(f64, f64)>,
    /// What the pointer drags.
    pub drag: Option<Drag>,
    /// The day that the keyboard is at.
    pub cursor: Option<i64>,
}

/// What is dragged.
#[derive(Clone, Copy, Debug)]
pub enum Drag {
    /// A new period, from this day on.
    Brush { from: i64 },
    /// The brushed period, by the day that was grasped.
    Move { grasped: i64, period: (i64, i64) },
    /// The view, by the place that was grasped.
    Pan { grasped: f64 },
}

impl HistogramState {
    /// Shows the days `factor` times as near, around the middle.
    pub fn zoom(&mut self, extent: Extent, factor: f64) {
        let axis = self.axis(extent);
        self.zoom_around(extent, factor, (axis.low + axis.high) / 2.0);
    }

    /// Shows all days, the unusual ones too.
    pub fn show_all(&mut self, extent: Extent) {
        let (low, high) = ends(extent.all);
        self.show(extent, low, high);
    }

    /// Shows the usual days.
    pub fn reset(&mut self) {
        self.shown = None;
    }

    pub fn zoom_around(&mut self, extent: Extent, factor: f64, around: f64) {
        let axis = self.axis(extent);
        let (low, high) = (
            around - (around - axis.low) / factor,
            around + (axis.high - around) / factor,
        );
        self.show(extent, low, high);
    }

    /// Shows the days from `low` to `high`, as far as there are such.
    pub fn show(&mut self, extent: Extent, low: f64, high: f64) {
        let (first, last) = ends(extent.all);
        let length = (high - low).clamp(MIN_DAYS, last - first);
        let middle = (low + high) / 2.0;
        let low = (middle - length / 2.0).min(last - length).max(first);
        self.shown = Some((low, low + length));
    }

    pub fn axis(&self, extent: Extent) -> Axis {
        let (low, high) = self.shown.unwrap_or_else(|| ends(extent.usual));
        Axis { low, high }
    }

    /// The period that is being brushed or moved.
    pub fn brushing(&self, ui: &Ui, view: View<'_>, rect: Rect, axis: Axis, unit: TimeUnit) -> Option<(Date, Date)> {
        let at = ui.input(|input| input.pointer.interact_pos())?;
        let day = axis.day_at(at.x, rect, view.direction).floor() as i64;
        self.dragged_to(day, unit, view.state.settings.week_start)
    }

    /// The period that is brushed or moved once the pointer is at `day`.
    pub fn dragged_to(&self, day: i64, unit: TimeUnit, week_start: WeekStart) -> Option<(Date, Date)> {
        self.drag?.period_to(day, unit, week_start)
    }
}

impl Drag {
    /// The whole units from where it began to `day`; nothing if no period is dragged.
    pub fn period_to(self, day: i64, unit: TimeUnit, week_start: WeekStart) -> Option<(Date, Date)> {
        let whole = |first: i64, last: i64| {
            let first = unit.first(day_of(first), week_start);
            let last = unit.next(unit.first(day_of(last), week_start));
            (first, last.saturating_sub(1.days()))
        };
        match self {
            Self::Brush { from } => Some(whole(from.min(day), from.max(day))),
            Self::Move { grasped, period } => {
                let first = unit.first(day_of(period.0 + day - grasped), week_start);
                Some((first, day_of(number_of(first) + period.1 - period.0)))
            }
            Self::Pan { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;
    use crate::text::Direction;

    #[test]
    fn zooming_keeps_the_day_under_the_pointer_and_ends_at_the_ends() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let extent = Extent {
            all: (day("1950-01-01"), day("2023-12-31")),
            usual: (day("2020-01-01"), day("2023-12-31")),
        };
        let mut state = HistogramState::default();
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(280.0, 74.0));
        let at = |state: &HistogramState| state.axis(extent).day_at(70.0, rect, Direction::RightToLeft);
        let before = at(&state);
        state.zoom_around(extent, 4.0, before);
        assert!((at(&state) - before).abs() < 1e-6);
        state.zoom_around(extent, 1e9, before);
        let length = |state: &HistogramState| state.axis(extent).high - state.axis(extent).low;
        assert!((length(&state) - MIN_DAYS).abs() < 1e-6);
        let (first, end) = ends(extent.all);
        state.zoom(extent, 1e-9);
        assert_eq!((state.axis(extent).low, state.axis(extent).high), (first, end));
        state.show(extent, end - 20.0, end + 80.0);
        assert_eq!(state.axis(extent).high, end);
        state.reset();
        assert_eq!(length(&state), 4.0 * 365.0 + 1.0);
    }
}

//! Wheel, pointer and keys.

use egui::{Key, Modifiers, Rect, Response, Ui};
use jiff::civil::Date;

use crate::text::Direction;

use super::super::layout::View;
use super::super::time_unit::{TimeUnit, day_of, number_of};
use super::data::Histogram;
use super::state::{Drag, HistogramState};

/// Within this many points of its edge a period is made longer or shorter instead of moved. Picked by feel.
const EDGE: f32 = 5.0;

/// The factor of one key press or one click on a zoom button.
pub const ZOOM_STEP: f64 = 2.0;

/// The exponent of the factor of one point of the wheel: a notch of 50 points zooms by a fifth. Picked by feel.
const ZOOM_PER_POINT: f64 = 0.004;

/// The days that were brushed now; `Some(None)` if all days are wanted again.
pub type Brushed = Option<Option<(Date, Date)>>;

/// The wheel brings the days nearer around the pointer; sideways, or with Shift, it moves them.
pub fn wheel(
    ui: &Ui,
    view: View<'_>,
    response: &Response,
    rect: Rect,
    histogram: Histogram<'_>,
    state: &mut HistogramState,
) {
    let Some(at) = response.hover_pos() else { return };
    let turned = ui.input(|input| input.smooth_scroll_delta());
    let axis = state.axis(histogram.extent);
    if turned.y != 0.0 {
        let around = axis.day_at(at.x, rect, view.direction);
        state.zoom_around(histogram.extent, (f64::from(turned.y) * ZOOM_PER_POINT).exp(), around);
    }
    if turned.x != 0.0 {
        let days = f64::from(turned.x / rect.width()) * (axis.high - axis.low);
        let days = if view.direction.is_rtl() { days } else { -days };
        state.show(histogram.extent, axis.low + days, axis.high + days);
    }
}

pub fn pointer(
    ui: &Ui,
    view: View<'_>,
    (on_bars, on_axis): (&Response, &Response),
    histogram: Histogram<'_>,
    unit: TimeUnit,
    state: &mut HistogramState,
) -> Brushed {
    let axis = state.axis(histogram.extent);
    let rect = on_bars.rect;
    let week_start = view.state.settings.week_start;
    let chosen = histogram
        .chosen
        .map(|(first, last)| (number_of(first), number_of(last)));
    if let Some(at) = on_axis.interact_pointer_pos() {
        let place = axis.day_at(at.x, rect, view.direction);
        match state.drag {
            Some(Drag::Pan { grasped }) => {
                let days = grasped - place;
                state.show(histogram.extent, axis.low + days, axis.high + days);
            }
            _ => state.drag = Some(Drag::Pan { grasped: place }),
        }
    } else if let Some(Drag::Pan { .. }) = state.drag {
        state.drag = None;
    }
    let at = on_bars.interact_pointer_pos()?;
    let day = axis.day_at(at.x, rect, view.direction).floor() as i64;
    if ui.input(|input| input.pointer.primary_pressed()) {
        on_bars.request_focus();
        state.cursor = Some(day);
        let from_edge = |edge: i64| {
            let offset = (axis.offset(edge as f64, rect) - axis.offset(day as f64, rect)).abs();
            offset < EDGE
        };
        state.drag = Some(match chosen {
            Some((first, last)) if from_edge(first) => Drag::Brush { from: last },
            Some((first, last)) if from_edge(last + 1) => Drag::Brush { from: first },
            Some(period) if (period.0..=period.1).contains(&day) => Drag::Move { grasped: day, period },
            _ => Drag::Brush { from: day },
        });
    }
    if on_bars.clicked() {
        // A click on what is chosen already chooses all again.
        state.drag = None;
        let period = Drag::Brush { from: day }.period_to(day, unit, week_start);
        return Some(period.filter(|it| Some(*it) != histogram.chosen));
    }
    if on_bars.drag_stopped() {
        let period = state.dragged_to(day, unit, week_start);
        state.drag = None;
        return period.map(Some);
    }
    None
}

pub fn keys(
    ui: &Ui,
    view: View<'_>,
    response: &Response,
    histogram: Histogram<'_>,
    unit: TimeUnit,
    state: &mut HistogramState,
) -> Brushed {
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        escape: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (later, earlier) = match view.direction {
        Direction::RightToLeft => (Key::ArrowLeft, Key::ArrowRight),
        Direction::LeftToRight => (Key::ArrowRight, Key::ArrowLeft),
    };
    let week_start = view.state.settings.week_start;
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let (first, last) = (number_of(histogram.extent.all.0), number_of(histogram.extent.all.1));
    let axis = state.axis(histogram.extent);
    let visible_first = (axis.low.ceil() as i64).clamp(first, last);
    let before = state.cursor.unwrap_or(visible_first).clamp(first, last);
    let bar_of = |day: i64| {
        let first = unit.first(day_of(day), week_start);
        (number_of(first), number_of(unit.next(first)) - 1)
    };
    let extends = ui.input(|input| input.modifiers.shift);
    let modifiers = if extends { Modifiers::SHIFT } else { Modifiers::NONE };
    let mut cursor = before;
    if pressed(modifiers, later) {
        cursor = bar_of(cursor).1 + 1;
    }
    if pressed(modifiers, earlier) {
        cursor = bar_of(cursor).0 - 1;
    }
    if pressed(modifiers, Key::Home) {
        cursor = first;
    }
    if pressed(modifiers, Key::End) {
        cursor = last;
    }
    cursor = cursor.clamp(first, last);
    state.cursor = Some(cursor);
    // What the keyboard is at comes into view.
    let axis = state.axis(histogram.extent);
    let missing = (axis.low - bar_of(cursor).0 as f64).max(0.0) - (bar_of(cursor).1 as f64 + 1.0 - axis.high).max(0.0);
    if missing != 0.0 {
        state.show(histogram.extent, axis.low - missing, axis.high - missing);
    }
    for (key, factor) in [
        (Key::Plus, ZOOM_STEP),
        (Key::Equals, ZOOM_STEP),
        (Key::Minus, 1.0 / ZOOM_STEP),
    ] {
        // On many keyboards the plus is with Shift.
        if pressed(Modifiers::NONE, key) || pressed(Modifiers::SHIFT, key) {
            state.zoom_around(histogram.extent, factor, cursor as f64 + 0.5);
        }
    }
    let period = |first: i64, last: i64| Some(Some((day_of(first), day_of(last))));
    if extends && cursor != before {
        let chosen = histogram
            .chosen
            .map_or_else(|| bar_of(before), |(first, last)| (number_of(first), number_of(last)));
        let (first, last) = bar_of(cursor);
        return period(chosen.0.min(first), chosen.1.max(last));
    }
    if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::Space) {
        let (first, last) = bar_of(cursor);
        return period(first, last);
    }
    pressed(Modifiers::NONE, Key::Escape).then_some(None)
}

//! A histogram over time that is zoomed, moved and brushed.
//!
//! It draws any series of days and knows nothing of a search: the timeline and comparisons of people draw with it. Time
//! runs in reading direction: in Arabic the oldest day stands at the right. The bars are days, weeks, months or years,
//! whichever are the finest that can be pointed at.
//!
//! | file | is |
//! |---|---|
//! | `data` | days with articles, and the bars that they make |
//! | `state` | the days in view, and what is dragged |
//! | `layout` | where things lie |
//! | `input` | wheel, pointer and keys |
//! | `paint` | how it looks |

mod data;
mod input;
mod layout;
mod paint;
mod state;

use egui::{CursorIcon, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use crate::index::DayCount;
use crate::text;

use super::layout::View;
use super::time_unit::{TimeUnit, number_of};
use super::words::{date, labelled};

use input::{Brushed, keys, pointer, wheel};
use layout::AXIS_HEIGHT;
use paint::{HEIGHT, paint_axis, paint_bars};

pub use data::{Bar, Extent, Histogram, Series, bars};
pub use input::ZOOM_STEP;
pub use layout::{Axis, labels};
pub use state::HistogramState;

/// The narrowest bar that can be pointed at, in points. Picked by feel.
const MIN_BAR: f32 = 2.0;

/// Draws the histogram over the available width.
pub fn histogram_ui(ui: &mut Ui, view: View<'_>, histogram: Histogram<'_>, state: &mut HistogramState) -> Brushed {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let axis_salt = response.id.with("axis");
    let (labels, _) = ui.allocate_exact_size(vec2(ui.available_width(), AXIS_HEIGHT), Sense::hover());
    let on_axis = ui
        .interact(labels, axis_salt, Sense::DRAG)
        .on_hover_cursor(CursorIcon::Grab);

    wheel(ui, view, &response, rect, histogram, state);
    let unit = {
        let axis = state.axis(histogram.extent);
        TimeUnit::finest(axis.high - axis.low, f64::from(rect.width() / MIN_BAR))
    };
    let mut brushed = pointer(ui, view, (&response, &on_axis), histogram, unit, state);
    let by_key = response
        .has_focus()
        .then(|| keys(ui, view, &response, histogram, unit, state));
    brushed = brushed.or(by_key.flatten());
    if response.double_clicked() {
        state.reset();
        state.drag = None;
        brushed = Some(None);
    }

    let axis = state.axis(histogram.extent);
    let unit = TimeUnit::finest(axis.high - axis.low, f64::from(rect.width() / MIN_BAR));
    let bars_of = |days| bars(days, unit, view.state.settings.week_start, axis.low, axis.high);
    let chosen = state.brushing(ui, view, rect, axis, unit).or(histogram.chosen);
    paint_bars(ui, view, rect, axis, histogram, chosen, bars_of);
    paint_axis(ui, view, labels, axis, unit);
    nothing_ui(ui, view, rect, histogram, state);

    // What is under the pointer, or where the keyboard is.
    let hovered = response.hover_pos().map(|at| axis.day_at(at.x, rect, view.direction));
    let pointed = hovered.or(state.cursor.filter(|_| response.has_focus()).map(|day| day as f64));
    let bar = pointed.and_then(|day| {
        let of_series = bars_of(histogram.series.first()?.days);
        let at = of_series.partition_point(|bar| number_of(bar.first) as f64 <= day);
        of_series.get(at.checked_sub(1)?).copied()
    });
    let told = bar.map(|bar| date::bar(view.words, bar.first, unit, bar.articles, bar.inferred));
    if let (Some(told), Some(_)) = (&told, hovered) {
        text::tooltip(&response, told);
    }
    if let Some(bar) = bar.filter(|_| response.has_focus() && hovered.is_none()) {
        let (from, to) = (number_of(bar.first) as f64, number_of(bar.last) as f64 + 1.0);
        let slot = axis.part(from, to, rect, view.direction).expand2(vec2(1.0, 0.0));
        let stroke = Stroke::new(1.5, view.theme.palette.focus);
        ui.painter().rect_stroke(slot, 2.0, stroke, StrokeKind::Inside);
    }
    let period = histogram.chosen.map_or_else(
        || view.words.any_time().to_owned(),
        |(first, last)| date::period(view.words, crate::index::Period::Days { first, last }),
    );
    let label = labelled(histogram.name, &period);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, &label));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(told.unwrap_or_default());
    });
    brushed
}

/// Says that no bar is in view, with a button that shows those that are elsewhere.
fn nothing_ui(ui: &mut Ui, view: View<'_>, rect: Rect, histogram: Histogram<'_>, state: &mut HistogramState) {
    let days = histogram.series.first().map_or(&[][..], |it| it.days);
    let axis = state.axis(histogram.extent);
    let is_in_view = |it: &DayCount| (axis.low..axis.high).contains(&(number_of(it.day) as f64));
    if days.iter().any(is_in_view) {
        return;
    }
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect));
    ui.vertical_centered(|ui| {
        ui.add_space(8.0);
        match days.is_empty() {
            true => {
                text::line_ui(ui, view.words.none_dated(), &view.weak());
            }
            false => {
                text::line_ui(ui, view.words.none_in_view(), &view.weak());
                if text::button_ui(ui, view.words.show_all_days()).clicked() {
                    state.show_all(histogram.extent);
                }
            }
        }
    });
}

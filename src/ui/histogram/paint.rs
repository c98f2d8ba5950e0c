//! How it looks.

use egui::{Color32, Rect, Shape, Stroke, Ui, pos2};
use jiff::civil::Date;

use crate::index::DayCount;
use crate::text::{self, Direction, LineAlign};

use super::super::layout::View;
use super::super::time_unit::{TimeUnit, number_of};
use super::data::{Bar, Histogram};
use super::layout::{Axis, TICK_GAP, labels};

/// The height of the bars, in points.
pub const HEIGHT: f32 = 74.0;

/// How far a tick reaches down, in points.
const TICK_HEIGHT: f32 = 12.0;

pub fn paint_bars<'a>(
    ui: &Ui,
    view: View<'_>,
    rect: Rect,
    axis: Axis,
    histogram: Histogram<'a>,
    chosen: Option<(Date, Date)>,
    bars_of: impl Fn(&'a [DayCount]) -> Vec<Bar>,
) {
    let palette = view.theme.palette;
    let painter = ui.painter_at(rect.expand(1.0));
    let place = |bar: &Bar| {
        let (from, to) = (number_of(bar.first) as f64, number_of(bar.last) as f64 + 1.0);
        axis.part(from, to, rect, view.direction)
    };
    if let Some((first, last)) = chosen {
        let (from, to) = (number_of(first) as f64, number_of(last) as f64 + 1.0);
        let ground = axis.part(from, to, rect, view.direction);
        if 0.0 < ground.width() {
            painter.rect_filled(ground, 0.0, palette.selection);
        }
    }
    for (idx, series) in histogram.series.iter().enumerate() {
        let bars = bars_of(series.days);
        let most = bars.iter().map(|it| it.articles).max().unwrap_or(1).max(1);
        let height = |articles: u64| match articles {
            0 => 0.0,
            _ => (articles as f32 / most as f32 * (HEIGHT - 6.0)).max(2.0),
        };
        if idx != 0 {
            let mut line = Vec::with_capacity(bars.len() * 2);
            for bar in &bars {
                let slot = place(bar);
                let y = rect.bottom() - 1.0 - height(bar.articles);
                let (start, end) = match view.direction {
                    Direction::RightToLeft => (slot.right(), slot.left()),
                    Direction::LeftToRight => (slot.left(), slot.right()),
                };
                line.extend([pos2(start, y), pos2(end, y)]);
            }
            painter.add(Shape::line(line, Stroke::new(1.5, series.color)));
            continue;
        }
        for bar in bars.iter().filter(|bar| bar.articles != 0) {
            let slot = place(bar);
            let gap = if 4.0 < slot.width() { 1.0 } else { 0.0 };
            let x_range = slot.x_range().shrink(gap / 2.0);
            let body = Rect::from_x_y_ranges(x_range, rect.bottom() - height(bar.articles)..=rect.bottom());
            let is_chosen = chosen.is_none_or(|(first, last)| bar.first <= last && first <= bar.last);
            let color = if is_chosen { series.color } else { palette.outline };
            painter.rect_filled(body, 1.0, color);
            let inferred = bar.inferred as f32 / bar.articles as f32 * body.height();
            let light = Rect::from_min_max(body.min, pos2(body.right(), body.top() + inferred));
            hatch(&painter, light, palette.sunken);
        }
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.outline));
}

/// Stripes over a part of a bar, in the colour of the ground: what is less certain is lighter.
fn hatch(painter: &egui::Painter, rect: Rect, ground: Color32) {
    const DISTANCE: f32 = 3.0;
    let mut y = rect.top() + 1.0;
    while y < rect.bottom() {
        painter.hline(rect.x_range(), y, Stroke::new(1.0, ground));
        y += DISTANCE;
    }
}

/// The weeks, months or years below the bars.
pub fn paint_axis(ui: &Ui, view: View<'_>, rect: Rect, axis: Axis, unit: TimeUnit) {
    let style = view.weak().size(11.5);
    let width_of = |text: &str| text::measure(ui.ctx(), text, &style).x;
    let week_start = view.state.settings.week_start;
    for label in labels(axis, unit, week_start, rect.width(), view.words, width_of) {
        let (_, from_start) = view.direction.split_start(rect, label.start);
        text::paint_line(ui, from_start, &label.text, &[], &style, LineAlign::Start);
        if label.is_at_day {
            let (before, _) = view.direction.split_start(rect, label.start - TICK_GAP);
            let x = match view.direction {
                Direction::RightToLeft => before.left(),
                Direction::LeftToRight => before.right(),
            };
            let stroke = Stroke::new(1.0, view.theme.palette.outline);
            ui.painter().vline(x, rect.top()..=rect.top() + TICK_HEIGHT, stroke);
        }
    }
}

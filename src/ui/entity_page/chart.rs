//! The chart of a name's page: its articles over time, or those of two names on one axis.

use egui::{Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::entities::EntityId;
use crate::index::EntityPage;
use crate::state::Command;
use crate::text::{self, Direction, LineAlign, LinkRow};

use super::super::layout::{View, row_ui};
use super::super::words::{self, count};
use super::chart_data::{Axis, ChartData, Series};

/// The height of the chart, in points.
const CHART_HEIGHT: f32 = 90.0;

/// The narrowest place of a bar, in points; where there are more months, a bar is a year.
const MIN_SLOT: f32 = 6.0;

/// The widest place of a bar, in points.
const MAX_SLOT: f32 = 34.0;

/// The articles over time, of one entity or of two on one axis.
pub fn chart_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    ui.add_space(10.0);
    let width = ui.available_width();
    let Some(chart) = ChartData::new(view, page, (width / MIN_SLOT).floor().max(1.0) as usize) else {
        return;
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, CHART_HEIGHT), Sense::hover());
    let slot_width = (rect.width() / chart.axis.n_slots as f32).min(MAX_SLOT);
    let slot = |idx: usize| {
        let start = slot_width * idx as f32;
        let left = match view.direction {
            Direction::RightToLeft => rect.right() - start - slot_width,
            Direction::LeftToRight => rect.left() + start,
        };
        Rect::from_min_size(pos2(left, rect.top()), vec2(slot_width, rect.height()))
    };
    paint_bars(ui, view, &chart, rect, slot);
    if let Some(at) = response.hover_pos() {
        let hovered = (0..chart.axis.n_slots).find(|idx| slot(*idx).x_range().contains(at.x));
        if let Some(idx) = hovered {
            text::tooltip(&response, &chart.slot_told(view, idx));
        }
    }
    text::name(&response, &chart.told(view));
    axis_ui(ui, view, &chart.axis, slot_width);
    if let Some(other) = &page.compared {
        legend_ui(ui, view, &chart.series, (&other.id, other.common), commands);
    } else if page.undated != 0 {
        row_ui(ui, view, 22.0, |ui| {
            text::line_ui(ui, &count::n_undated(view.words, page.undated), &view.weak())
        });
    }
}

/// The bars of each series beside those of the others, in the place that `slot` gives them.
fn paint_bars(ui: &Ui, view: View<'_>, chart: &ChartData<'_>, rect: Rect, slot: impl Fn(usize) -> Rect) {
    let most = chart.counts.iter().flatten().max().copied().unwrap_or(1).max(1);
    let painter = ui.painter();
    for idx in 0..chart.axis.n_slots {
        let mut rest = slot(idx).shrink2(vec2(0.5, 0.0));
        let bar_width = rest.width() / chart.series.len() as f32;
        for (counts, series) in chart.counts.iter().zip(&chart.series) {
            let (place, others) = view.direction.split_start(rest, bar_width);
            rest = others;
            if counts[idx] != 0 {
                let height = (counts[idx] as f32 / most as f32 * (rect.height() - 6.0)).max(2.0);
                let bar = Rect::from_x_y_ranges(place.x_range(), rect.bottom() - height..=rect.bottom());
                painter.rect_filled(bar, 1.0, series.color);
            }
        }
    }
    let edge = Stroke::new(1.0, view.theme.palette.outline);
    painter.hline(rect.x_range(), rect.bottom(), edge);
}

/// The dates below the ends of the bars.
fn axis_ui(ui: &mut Ui, view: View<'_>, axis: &Axis, slot_width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let style = view.weak().size(11.5);
    let (first, last) = (axis.name(view, 0), axis.name(view, axis.n_slots - 1));
    let width = |text: &str| text::measure(ui.ctx(), text, &style).x;
    let (below_bars, _) = view.direction.split_start(rect, slot_width * axis.n_slots as f32);
    if first == last {
        text::paint_line(ui, rect, &first, &[], &style, LineAlign::Start);
    } else if below_bars.width() < width(&first) + width(&last) + 12.0 {
        text::paint_line(ui, rect, &format!("{first} – {last}"), &[], &style, LineAlign::Start);
    } else {
        text::paint_line(ui, below_bars, &first, &[], &style, LineAlign::Start);
        text::paint_line(ui, below_bars, &last, &[], &style, LineAlign::End);
    }
}

/// Which colour is who, and in how many articles both are.
fn legend_ui(
    ui: &mut Ui,
    view: View<'_>,
    series: &[Series<'_>],
    (other, common): (&EntityId, u64),
    commands: &mut Vec<Command>,
) {
    for (idx, it) in series.iter().enumerate() {
        row_ui(ui, view, 28.0, |ui| {
            let (dot, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
            ui.painter().rect_filled(dot, 3.0, it.color);
            let (articles, undated) = (
                count::n_articles(view.words, it.articles),
                count::n_undated(view.words, it.undated),
            );
            let mut note = vec![articles.as_str()];
            note.extend((it.undated != 0).then_some(undated.as_str()));
            let row = LinkRow {
                text: it.name,
                note: &words::facts(&note),
                bar: None,
                color: Some(it.color),
            };
            if text::link_row_ui(ui, row).clicked() && idx != 0 {
                commands.push(Command::ShowEntity {
                    id: other.clone(),
                    with: None,
                });
            }
        });
    }
    let together = format!(
        "{}: {}",
        view.words.both_together(),
        count::n_articles(view.words, common)
    );
    row_ui(ui, view, 24.0, |ui| text::line_ui(ui, &together, &view.weak()));
}

//! The chart of a name's page: its articles over time as bars, or those of up to four names as lines on one axis.
//!
//! A line is known by its colour, by its dashes and by its marks: any of them is enough.

use egui::{Color32, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::entities::{EntityId, EntityKind};
use crate::index::{EntityPage, Facet, FacetFilter};
use crate::state::Command;
use crate::text::{self, Direction, Icon, LineAlign, LinkRow};

use super::super::layout::{View, row_ui, set_label};
use super::super::words::{self, count, phrase};
use super::chart_data::{Axis, ChartData, series_of};

/// The height of the chart, in points.
const CHART_HEIGHT: f32 = 90.0;

/// The narrowest place of a bar, in points; where there are more months, a bar is a year.
const MIN_SLOT: f32 = 6.0;

/// The widest place of a bar, in points.
const MAX_SLOT: f32 = 34.0;

/// With more bars than this, lines have marks only where they turn up or down most. A guess.
const MOST_MARKS: usize = 40;

/// The articles over time, of one entity or of several on one axis.
pub fn chart_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    ui.add_space(10.0);
    let width = ui.available_width();
    let Some(chart) = ChartData::new(&view.theme, page, (width / MIN_SLOT).floor().max(1.0) as usize) else {
        // Nothing is dated: who is compared is told none the less.
        legend_ui(ui, view, page, commands);
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
    match page.compared.is_empty() {
        true => paint_bars(ui, view, &chart, rect, slot),
        false => paint_lines(ui, view, &chart, rect, slot),
    }
    if let Some(at) = response.hover_pos() {
        let hovered = (0..chart.axis.n_slots).find(|idx| slot(*idx).x_range().contains(at.x));
        if let Some(idx) = hovered {
            text::tooltip(&response, &chart.slot_told(view, idx));
        }
    }
    text::name(&response, &chart.told(view));
    axis_ui(ui, view, &chart.axis, slot_width);
    if !page.compared.is_empty() {
        legend_ui(ui, view, page, commands);
    } else if page.undated != 0 {
        row_ui(ui, view, 22.0, |ui| {
            text::line_ui(ui, &count::n_undated(view.words, page.undated), &view.weak())
        });
    }
}

/// The bars of the only series, each in the place that `slot` gives it.
fn paint_bars(ui: &Ui, view: View<'_>, chart: &ChartData<'_>, rect: Rect, slot: impl Fn(usize) -> Rect) {
    let most = most(chart);
    for (counts, series) in chart.counts.iter().zip(&chart.series) {
        for (idx, count) in counts.iter().enumerate().filter(|it| *it.1 != 0) {
            let place = slot(idx).shrink2(vec2(0.5, 0.0));
            let height = (*count as f32 / most as f32 * (rect.height() - 6.0)).max(2.0);
            let bar = Rect::from_x_y_ranges(place.x_range(), rect.bottom() - height..=rect.bottom());
            ui.painter().rect_filled(bar, 1.0, series.color);
        }
    }
    paint_ground(ui, view, rect);
}

/// A line for each series, through the middle of each place.
fn paint_lines(ui: &Ui, view: View<'_>, chart: &ChartData<'_>, rect: Rect, slot: impl Fn(usize) -> Rect) {
    paint_ground(ui, view, rect);
    let most = most(chart);
    // The first one lies above the others.
    for (idx, (counts, series)) in chart.counts.iter().zip(&chart.series).enumerate().rev() {
        let at = |(slot_idx, count): (usize, &u64)| {
            let height = *count as f32 / most as f32 * (rect.height() - 10.0);
            pos2(slot(slot_idx).center().x, rect.bottom() - 2.0 - height)
        };
        let points: Vec<Pos2> = counts.iter().enumerate().map(at).collect();
        paint_dashed(ui, &points, idx, series.color);
        for (slot_idx, point) in points.iter().enumerate().filter(|it| counts[it.0] != 0) {
            let is_peak = |beside: usize| counts.get(beside).is_none_or(|it| *it <= counts[slot_idx]);
            if points.len() <= MOST_MARKS || is_peak(slot_idx.wrapping_sub(1)) && is_peak(slot_idx + 1) {
                paint_mark(ui, *point, idx, series.color);
            }
        }
    }
}

/// The dashes of the line with this number: whole, long, dotted, both.
fn paint_dashed(ui: &Ui, points: &[Pos2], idx: usize, color: Color32) {
    let stroke = Stroke::new(1.8, color);
    let (dashes, gaps): (&[f32], &[f32]) = match idx {
        0 => {
            ui.painter().add(Shape::line(points.to_vec(), stroke));
            return;
        }
        1 => (&[7.0], &[3.5]),
        2 => (&[1.8], &[3.2]),
        _ => (&[8.0, 1.8], &[3.2, 3.2]),
    };
    let shapes = Shape::dashed_line_with_offset(points, stroke, dashes, gaps, 0.0);
    ui.painter().extend(shapes);
}

/// The mark of the line with this number: a disc, a square, a triangle, a diamond.
fn paint_mark(ui: &Ui, at: Pos2, idx: usize, color: Color32) {
    const SIZE: f32 = 3.2;
    let corners: &[(f32, f32)] = match idx {
        0 => {
            ui.painter().circle_filled(at, SIZE, color);
            return;
        }
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.3), (1.2, 0.9), (-1.2, 0.9)],
        _ => &[(0.0, -1.4), (1.4, 0.0), (0.0, 1.4), (-1.4, 0.0)],
    };
    let corners = corners.iter().map(|(x, y)| at + vec2(*x, *y) * SIZE).collect();
    ui.painter().add(Shape::convex_polygon(corners, color, Stroke::NONE));
}

fn paint_ground(ui: &Ui, view: View<'_>, rect: Rect) {
    let edge = Stroke::new(1.0, view.theme.palette.outline);
    ui.painter().hline(rect.x_range(), rect.bottom(), edge);
}

fn most(chart: &ChartData<'_>) -> u64 {
    chart.counts.iter().flatten().max().copied().unwrap_or(1).max(1)
}

/// The dates below the ends of the bars.
fn axis_ui(ui: &mut Ui, view: View<'_>, axis: &Axis, slot_width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let style = view.weak().size(11.5);
    let (first, last) = (axis.name(view.words, 0), axis.name(view.words, axis.n_slots - 1));
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

/// Which line is who, and in how many articles they are together; these can be opened.
fn legend_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    if page.compared.is_empty() {
        return;
    }
    for (idx, it) in series_of(&view.theme, page).iter().enumerate() {
        row_ui(ui, view, 28.0, |ui| {
            let (sample, _) = ui.allocate_exact_size(vec2(34.0, 14.0), Sense::hover());
            let ends = [sample.left_center(), sample.right_center()];
            paint_dashed(ui, &ends, idx, it.color);
            paint_mark(ui, sample.center(), idx, it.color);
            let (articles, undated) = (
                count::n_articles(view.words, it.articles),
                count::n_undated(view.words, it.undated),
            );
            let mut note = vec![articles.as_str()];
            note.extend((it.undated != 0).then_some(undated.as_str()));
            let other = idx.checked_sub(1).and_then(|idx| page.compared.get(idx));
            if let Some(other) = other {
                let remove =
                    text::icon_button_ui(ui, Icon::Close, &words::facts(&[view.words.stop_comparing(), it.name]));
                if remove.clicked() {
                    commands.push(Command::ShowEntity {
                        id: page.summary.id.clone(),
                        with: without(page, &other.id),
                    });
                }
            }
            let row = LinkRow {
                text: it.name,
                note: &words::facts(&note),
                bar: None,
                color: Some(it.color),
            };
            let response = text::link_row_ui(ui, row);
            set_label(
                ui,
                &response,
                &[view.words.line_style(idx), it.name, &words::facts(&note)],
            );
            if let Some(other) = other.filter(|_| response.clicked()) {
                commands.push(Command::ShowEntity {
                    id: other.id.clone(),
                    with: Vec::new(),
                });
            }
        });
    }
    together_ui(ui, view, page, commands);
}

/// In how many articles the name and each of the others are together, and all of them: a click narrows to these.
fn together_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    let words = view.words;
    let itself = filter(page.summary.kind, &page.summary.id, &page.summary.name);
    let others = page.compared.iter();
    let mut groups: Vec<(Vec<FacetFilter>, u64)> = others
        .map(|it| (vec![filter(it.kind, &it.id, &it.name)], it.common))
        .collect();
    if 1 < groups.len() {
        let all = groups.iter().flat_map(|it| it.0.clone()).collect();
        groups.push((all, page.together));
    }
    let size = vec2(ui.available_width(), 30.0);
    ui.allocate_ui_with_layout(size, view.direction.row().with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let n_groups = groups.len();
        for (idx, (others, articles)) in groups.into_iter().enumerate() {
            let is_all = 1 < n_groups && idx + 1 == n_groups;
            let name = others
                .first()
                .filter(|_| 1 < n_groups && !is_all)
                .map(|it| it.name.as_str());
            let label = phrase::together(words, name, is_all, articles);
            if articles == 0 {
                text::line_ui(ui, &label, &view.weak());
            } else if text::button_ui(ui, &label).clicked() {
                let filters = std::iter::once(itself.clone()).chain(others).collect();
                commands.push(Command::NarrowTo(filters));
            }
        }
    });
}

fn filter(kind: EntityKind, id: &EntityId, name: &str) -> FacetFilter {
    FacetFilter {
        facet: Facet::of_kind(kind),
        id: id.0.clone(),
        name: name.to_owned(),
        excluded: false,
    }
}

/// Whom the name is compared with, but for one.
fn without(page: &EntityPage, other: &EntityId) -> Vec<EntityId> {
    let others = page.compared.iter().map(|it| &it.id);
    others.filter(|it| *it != other).cloned().collect()
}

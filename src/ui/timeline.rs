//! The timeline: a histogram of publication that is brushed to narrow to a period.
//!
//! Time runs in reading direction: in Arabic the oldest bar stands at the right.

use egui::{Key, Modifiers, Rect, Response, Sense, Stroke, Ui, pos2, vec2};
use jiff::civil::Date;

use crate::archive::DatePrecision;
use crate::index::{MonthCount, Period, ResultPage};
use crate::state::Command;
use crate::text::{self, Direction, LineAlign};

use super::View;

const HEIGHT: f32 = 74.0;
/// A bar narrower than this cannot be pointed at; then the bars are years.
const MIN_BAR: f32 = 2.0;
/// A single month is not drawn as wide as the panel.
const MAX_BAR: f32 = 26.0;
/// Between two labels of the axis.
const LABEL_GAP: f32 = 12.0;

/// What the timeline remembers.
#[derive(Default)]
pub struct TimelineState {
    /// The bar where a brush began, and where it is now.
    brush: Option<(usize, usize)>,
    /// The bar that the keyboard is at.
    cursor: usize,
}

/// One bar of the histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    first: Date,
    last: Date,
    articles: u64,
}

pub fn timeline_ui(
    ui: &mut Ui,
    view: View<'_>,
    page: &ResultPage,
    timeline: &mut TimelineState,
    commands: &mut Vec<Command>,
) {
    let max_bars = (ui.available_width() / MIN_BAR).floor().max(1.0) as usize;
    let (bars, by_year) = bars(&page.timeline, max_bars);
    let period = view.state.request.filters.period;
    if !bars.is_empty() {
        let response = histogram_ui(ui, view, &bars, timeline, commands);
        let name = period.map_or_else(|| view.words.any_time().to_owned(), |it| view.words.period(it));
        let label = format!("{}: {name}", view.words.timeline());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, &label));
        if let Some(bar) = response
            .hover_pos()
            .and_then(|at| bars.get(bar_at(view, response.rect, bars.len(), at.x)))
        {
            let count = MonthCount {
                year: bar.first.year(),
                month: bar.first.month(),
                articles: bar.articles,
            };
            text::tooltip(&response, &view.words.month_count(count, by_year));
        }
        labels_ui(ui, view, &bars, by_year);
    }
    if page.undated != 0 {
        let count_text = view.words.number(page.undated);
        let most = bars
            .iter()
            .map(|it| it.articles)
            .chain([page.undated])
            .max()
            .unwrap_or(1);
        let selected = period == Some(Period::Undated);
        let response = text::count_row_ui(
            ui,
            text::CountRow {
                text: view.words.undated(),
                count_text: &count_text,
                fraction: page.undated as f32 / most as f32,
                selected,
                excluded: false,
                accent: view.theme.bar,
            },
        );
        if response.clicked() {
            commands.push(Command::SetPeriod((!selected).then_some(Period::Undated)));
        }
    }
}

fn histogram_ui(
    ui: &mut Ui,
    view: View<'_>,
    bars: &[Bar],
    timeline: &mut TimelineState,
    commands: &mut Vec<Command>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let n_bars = bars.len();
    let current = view.state.request.filters.period;
    if let Some(at) = response.interact_pointer_pos() {
        let bar = bar_at(view, rect, n_bars, at.x);
        if ui.input(|input| input.pointer.primary_pressed()) {
            timeline.brush = Some((bar, bar));
            response.request_focus();
        } else if let Some(brush) = &mut timeline.brush {
            brush.1 = bar;
        }
    }
    if (response.drag_stopped() || response.clicked())
        && let Some((a, b)) = timeline.brush.take()
    {
        let period = period_of(bars, a, b);
        // A click on what is chosen already chooses all again.
        commands.push(Command::SetPeriod(if a == b && period == current {
            None
        } else {
            period
        }));
    }
    if response.has_focus() {
        keys_ui(ui, view, &response, bars, timeline, commands);
    }

    let palette = view.theme.palette;
    let painter = ui.painter();
    let most = bars.iter().map(|it| it.articles).max().unwrap_or(1).max(1);
    let shown = match timeline.brush {
        Some((a, b)) => period_of(bars, a, b),
        None => current,
    };
    for (idx, bar) in bars.iter().enumerate() {
        let slot = slot_of(view, rect, n_bars, idx);
        let height = if bar.articles == 0 {
            0.0
        } else {
            (bar.articles as f32 / most as f32 * (HEIGHT - 6.0)).max(2.0)
        };
        let gap = if 4.0 < slot.width() { 1.0 } else { 0.0 };
        let x_range = slot.x_range().shrink(gap / 2.0);
        let body = Rect::from_x_y_ranges(x_range, rect.bottom() - height..=rect.bottom());
        let is_chosen = match shown {
            Some(Period::Days { first, last }) => bar.first <= last && first <= bar.last,
            Some(Period::Undated) => false,
            None => true,
        };
        painter.rect_filled(body, 1.0, if is_chosen { view.theme.bar } else { palette.outline });
        if response.has_focus() && idx == timeline.cursor {
            painter.rect_stroke(slot, 2.0, Stroke::new(1.5, palette.focus), egui::StrokeKind::Inside);
        }
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.outline));
    response
}

fn keys_ui(
    ui: &Ui,
    view: View<'_>,
    response: &Response,
    bars: &[Bar],
    timeline: &mut TimelineState,
    commands: &mut Vec<Command>,
) {
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
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let last = bars.len().saturating_sub(1);
    let before = timeline.cursor.min(last);
    let extends = ui.input(|input| input.modifiers.shift);
    let modifiers = if extends { Modifiers::SHIFT } else { Modifiers::NONE };
    let mut cursor = before;
    if pressed(modifiers, later) {
        cursor = (cursor + 1).min(last);
    }
    if pressed(modifiers, earlier) {
        cursor = cursor.saturating_sub(1);
    }
    timeline.cursor = cursor;
    if extends && cursor != before {
        let current = match view.state.request.filters.period {
            Some(Period::Days { first, last }) => Some((first, last)),
            _ => None,
        };
        let (first, last) = current.unwrap_or((bars[before].first, bars[before].last));
        let (first, last) = (first.min(bars[cursor].first), last.max(bars[cursor].last));
        commands.push(Command::SetPeriod(Some(Period::Days { first, last })));
    }
    if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::Space) {
        commands.push(Command::SetPeriod(period_of(bars, cursor, cursor)));
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        commands.push(Command::SetPeriod(None));
    }
}

fn labels_ui(ui: &mut Ui, view: View<'_>, bars: &[Bar], by_year: bool) {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return;
    };
    let precision = if by_year {
        DatePrecision::Year
    } else {
        DatePrecision::Month
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let (first, last) = (
        view.words.date(first.first, precision),
        view.words.date(last.first, precision),
    );
    let style = view.weak().size(11.5);
    // The bars may not need the whole width; the last date stands below the last bar, or beside the first date.
    let bars_width = slot_of(view, rect, bars.len(), 0).width() * bars.len() as f32;
    let (below_bars, _) = view.direction.split_start(rect, bars_width);
    let width = |label: &str| text::measure(ui.ctx(), label, &style).x;
    let (first_width, last_width) = (width(&first), width(&last));
    if first == last {
        text::paint_line(ui, rect, &first, &[], &style, LineAlign::Start);
        return;
    }
    if below_bars.width() < first_width + last_width + LABEL_GAP {
        text::paint_line(ui, rect, &format!("{first} – {last}"), &[], &style, LineAlign::Start);
        return;
    }
    text::paint_line(ui, below_bars, &first, &[], &style, LineAlign::Start);
    text::paint_line(ui, below_bars, &last, &[], &style, LineAlign::End);
    // Between them the years, where they find room; the lengths are measured from the reading start.
    let slot_width = below_bars.width() / bars.len() as f32;
    let mut free = first_width + LABEL_GAP..below_bars.width() - last_width - LABEL_GAP;
    for (idx, bar) in bars.iter().enumerate().filter(|(_, bar)| bar.first.month() == 1) {
        let year = view.words.date(bar.first, DatePrecision::Year);
        let year_width = width(&year);
        let start = slot_width * idx as f32 + (slot_width - year_width) / 2.0;
        if free.start <= start && start + year_width <= free.end {
            let (_, from_start) = view.direction.split_start(below_bars, start);
            text::paint_line(ui, from_start, &year, &[], &style, LineAlign::Start);
            free.start = start + year_width + LABEL_GAP;
        }
    }
}

/// The place of a bar; the oldest stands at the reading start.
fn slot_of(view: View<'_>, rect: Rect, n_bars: usize, idx: usize) -> Rect {
    let width = (rect.width() / n_bars as f32).min(MAX_BAR);
    let offset = width * idx as f32;
    let left = match view.direction {
        Direction::RightToLeft => rect.right() - offset - width,
        Direction::LeftToRight => rect.left() + offset,
    };
    Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()))
}

fn bar_at(view: View<'_>, rect: Rect, n_bars: usize, x: f32) -> usize {
    let width = (rect.width() / n_bars as f32).min(MAX_BAR);
    let offset = match view.direction {
        Direction::RightToLeft => rect.right() - x,
        Direction::LeftToRight => x - rect.left(),
    };
    ((offset / width).floor().max(0.0) as usize).min(n_bars.saturating_sub(1))
}

fn period_of(bars: &[Bar], a: usize, b: usize) -> Option<Period> {
    let (first, last) = (bars.get(a.min(b))?, bars.get(a.max(b))?);
    Some(Period::Days {
        first: first.first,
        last: last.last,
    })
}

/// The histogram without holes: one bar a month, or a year where there is no room for months. The second value says
/// whether the bars are years.
fn bars(months: &[MonthCount], max_bars: usize) -> (Vec<Bar>, bool) {
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return (Vec::new(), false);
    };
    let number = |it: &MonthCount| i32::from(it.year) * 12 + i32::from(it.month) - 1;
    let (first, last) = (number(first), number(last));
    let by_year = max_bars < usize::try_from(last - first + 1).unwrap_or(0);
    let step = if by_year { 12 } else { 1 };
    let (first, last) = (first.div_euclid(step), last.div_euclid(step));
    let mut bars: Vec<Bar> = (first..=last)
        .filter_map(|idx| {
            let month = idx * step;
            let first = Date::new(
                i16::try_from(month.div_euclid(12)).ok()?,
                (month.rem_euclid(12) + 1) as i8,
                1,
            )
            .ok()?;
            let last = if by_year {
                first.last_of_year()
            } else {
                first.last_of_month()
            };
            Some(Bar {
                first,
                last,
                articles: 0,
            })
        })
        .collect();
    for month in months {
        let idx = usize::try_from(number(month).div_euclid(step) - first).ok();
        if let Some(bar) = idx.and_then(|idx| bars.get_mut(idx)) {
            bar.articles += month.articles;
        }
    }
    (bars, by_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(months: &[(i16, i8, u64)], max_bars: usize, expected: &str) {
        let months: Vec<MonthCount> = months
            .iter()
            .map(|&(year, month, articles)| MonthCount { year, month, articles })
            .collect();
        let (bars, _) = bars(&months, max_bars);
        let found: Vec<String> = bars
            .iter()
            .map(|it| format!("{}..{}={}", it.first, it.last, it.articles))
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn months_without_articles_have_a_bar_too() {
        check(
            &[(2023, 12, 2), (2024, 2, 1)],
            99,
            "2023-12-01..2023-12-31=2 2024-01-01..2024-01-31=0 2024-02-01..2024-02-29=1",
        );
        check(&[], 99, "");
    }

    #[test]
    fn without_room_for_months_the_bars_are_years() {
        check(
            &[(2022, 3, 2), (2022, 9, 1), (2023, 1, 4)],
            5,
            "2022-01-01..2022-12-31=3 2023-01-01..2023-12-31=4",
        );
    }
}

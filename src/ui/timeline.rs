//! The timeline: when the articles found were published; it is brushed to narrow to a period.

use egui::{Rect, Response, Sense, Stroke, Ui, pos2, vec2};

use crate::index::{Period, ResultPage};
use crate::state::{ChartKind, Command, FilePurpose, Missing, SeriesChoice};
use crate::text::{self, CountRow, Icon, LineAlign, MenuItem};

use super::histogram::{Extent, Histogram, HistogramState, Series, ZOOM_STEP, histogram_ui};
use super::layout::{View, middle_and_end_ui, row_ui};
use super::period_fields::{PeriodFieldsState, period_fields_ui};
use super::words::{count, date, isolate, phrase};

/// The distance of the gaps in the bar of what is inferred.
const DASH: f32 = 6.0;
/// The side of the square in the legend.
const SWATCH: f32 = 10.0;

pub fn timeline_ui(
    ui: &mut Ui,
    view: View<'_>,
    page: &ResultPage,
    (timeline, fields): (&mut HistogramState, &mut PeriodFieldsState),
    commands: &mut Vec<Command>,
) {
    let period = view.state.archive.search.request.filters.period;
    if let Some((all, usual)) = page.extent.zip(page.usual_extent) {
        let extent = Extent { all, usual };
        header_ui(ui, view, extent, timeline, commands);
        period_fields_ui(ui, view, fields, commands);
        let mut series = vec![Series {
            days: &page.timeline,
            color: view.theme.bar,
        }];
        let compared = view.state.archive.search.series.as_ref();
        // What was not counted is not drawn: it would be taken for none.
        let days = compared.and_then(|it| it.days.shown(|_| false).ok());
        series.extend(days.map(|days| Series {
            days,
            color: view.theme.other_series,
        }));
        let histogram = Histogram {
            name: view.words.timeline(),
            series: &series,
            extent,
            chosen: match period {
                // Its ends may be open.
                Some(Period::Days { first, last }) => {
                    let (first, last) = (first.max(extent.all.0), last.min(extent.all.1));
                    (first <= last).then_some((first, last))
                }
                _ => None,
            },
        };
        let brushed = histogram_ui(ui, view, histogram, timeline);
        if let Some(brushed) = brushed {
            commands.push(Command::SetPeriod(
                brushed.map(|(first, last)| Period::Days { first, last }),
            ));
        }
        legend_ui(ui, view, commands);
    }
    let inferred: u64 = page.timeline.iter().map(|it| it.inferred).sum();
    let dated: u64 = page.timeline.iter().map(|it| it.articles).sum();
    let all = (dated + page.undated).max(1);
    for (kind, articles) in [(Period::Inferred, inferred), (Period::Undated, page.undated)] {
        let selected = period == Some(kind);
        let count_text = count::number(view.words, articles);
        let response = text::count_row_ui(
            ui,
            CountRow {
                text: &date::period(view.words, kind),
                note: "",
                count_text: &count_text,
                fraction: articles as f32 / all as f32,
                selected,
                excluded: false,
                accent: view.theme.bar,
            },
        );
        if kind == Period::Inferred {
            break_bar(ui, view, &response, selected);
        }
        if response.clicked() {
            commands.push(Command::SetPeriod((!selected).then_some(kind)));
        }
    }
}

/// Breaks the bar of a row, as the bars of the histogram are where they are inferred.
fn break_bar(ui: &Ui, view: View<'_>, row: &Response, selected: bool) {
    let palette = view.theme.palette;
    let ground = match (selected, row.hovered()) {
        (true, _) => palette.selection,
        (false, true) => palette.hover,
        (false, false) => palette.sunken,
    };
    let rect = row.rect;
    let strip = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 5.0), rect.max);
    let mut x = strip.left();
    while x < strip.right() {
        ui.painter().vline(x, strip.y_range(), Stroke::new(2.0, ground));
        x += DASH;
    }
}

fn header_ui(ui: &mut Ui, view: View<'_>, extent: Extent, timeline: &mut HistogramState, commands: &mut Vec<Command>) {
    let words = view.words;
    let title = |ui: &mut Ui| {
        text::line_ui(ui, words.timeline(), &view.style().bold());
    };
    row_ui(ui, view, 30.0, |ui| {
        middle_and_end_ui(ui, view, "timeline header", title, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (icon, name, factor) in [
                (Icon::Smaller, words.zoom_out(), 1.0 / ZOOM_STEP),
                (Icon::Larger, words.zoom_in(), ZOOM_STEP),
            ] {
                let response = text::icon_button_ui(ui, icon, name);
                text::tooltip(&response, name);
                if response.clicked() {
                    timeline.zoom(extent, factor);
                }
            }
            let name = words.timeline_menu();
            let (response, chosen) = text::menu_button_ui(ui, Icon::More, name, || timeline_menu(view));
            text::tooltip(&response, name);
            match chosen {
                Some(TimelineAction::ShowAll) => timeline.show_all(extent),
                Some(TimelineAction::ShowUsual) => timeline.reset(),
                Some(TimelineAction::Compare(series)) => commands.push(Command::CompareTimeline(series)),
                Some(TimelineAction::Save) => {
                    commands.push(Command::PickFile(FilePurpose::ExportChart(ChartKind::Timeline)));
                }
                None => {}
            }
        });
    });
}

/// What the timeline's menu does.
enum TimelineAction {
    /// Bring all days into view.
    ShowAll,
    /// Bring those days into view in which most articles were published.
    ShowUsual,
    /// Draw a second series, or none.
    Compare(Option<SeriesChoice>),
    /// Write it to a file as a picture.
    Save,
}

fn timeline_menu<'a>(view: View<'_>) -> Vec<MenuItem<'a, TimelineAction>> {
    let words = view.words;
    let series = view.state.archive.search.series.as_ref();
    let compare = |label, choice, is_so| MenuItem {
        checked: Some(is_so),
        ..MenuItem::new(label, TimelineAction::Compare(choice))
    };
    let archive = series.is_some_and(|it| it.request.is_none());
    let current = series.is_some_and(|it| it.request.is_some());
    vec![
        MenuItem::new(words.show_all_days(), TimelineAction::ShowAll),
        MenuItem::new(words.show_usual_days(), TimelineAction::ShowUsual),
        MenuItem {
            starts_group: true,
            ..compare(words.compare_nothing(), None, series.is_none())
        },
        compare(words.compare_archive(), Some(SeriesChoice::Archive), archive),
        compare(words.compare_current(), Some(SeriesChoice::Current), current),
        MenuItem {
            starts_group: true,
            ..MenuItem::new(words.save_chart(), TimelineAction::Save)
        },
    ]
}

/// What the bars are, and the line over them. Without a line the row offers one, so that nothing moves when it is drawn.
fn legend_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let words = view.words;
    let series = view.state.archive.search.series.as_ref();
    let bars = phrase::request(words, &view.state.archive.search.request);
    legend_row_ui(ui, view, (false, &bars), false);
    let line = match series {
        None => words.compare_timeline().to_owned(),
        Some(series) => {
            let other = match &series.request {
                None => words.whole_archive().to_owned(),
                Some(request) => phrase::request(words, request),
            };
            let note = match series.days.shown(|_| false) {
                Ok(_) => words.own_scale(),
                Err(Missing::Failed) => words.not_read(),
                Err(Missing::Unanswered | Missing::Nothing) => words.loading(),
            };
            format!("{} ({note})", isolate(&other))
        }
    };
    let is_clicked = legend_row_ui(ui, view, (true, &line), series.is_none());
    if is_clicked && series.is_none() {
        commands.push(Command::CompareTimeline(Some(SeriesChoice::Archive)));
    }
}

/// A row of the legend; returns whether it was clicked, where it can be.
fn legend_row_ui(ui: &mut Ui, view: View<'_>, (is_line, name): (bool, &str), is_button: bool) -> bool {
    row_ui(ui, view, 20.0, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (swatch, _) = ui.allocate_exact_size(vec2(SWATCH, SWATCH), Sense::hover());
        match is_line {
            true => {
                let stroke = Stroke::new(2.0, view.theme.other_series);
                ui.painter().hline(swatch.x_range(), swatch.center().y, stroke);
            }
            false => {
                ui.painter().rect_filled(swatch, 1.0, view.theme.bar);
            }
        }
        let sense = if is_button { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), sense);
        if response.hovered() && is_button || response.has_focus() {
            ui.painter().rect_filled(rect, 4.0, view.theme.palette.hover);
        }
        text::paint_line(ui, rect, name, &[], &view.weak(), LineAlign::Start);
        match is_button {
            true => response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name)),
            false => text::name(&response, name),
        }
        response.clicked()
    })
}

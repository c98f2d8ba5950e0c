//! The page of an entity: when it appears, in which roles, under which spellings, and with whom; one beside another.
//!
//! It stands in the place of the article. Escape goes back to what was there before.

use egui::{Id, Margin, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use jiff::civil::Date;

use crate::archive::DatePrecision;
use crate::entities::{EntityId, EntityKind};
use crate::index::{Appearance, Companion, EntityPage, Facet, MonthCount};
use crate::state::{Command, EntityView};
use crate::text::{self, Direction, EditState, Icon, LineAlign, LinkRow};

use super::entity::{EntityForm, EntityName, FindEntity, Wish, find_ui};
use super::settings::Dialog;
use super::{View, row_ui, strings};

/// The widest column, in points.
const MAX_WIDTH: f32 = 760.0;
/// From this width on people, organisations and places stand side by side, in points.
const WIDTH_OF_COLUMNS: f32 = 440.0;
/// The height of the chart, in points.
const CHART_HEIGHT: f32 = 90.0;
/// The narrowest place of a bar, in points; where there are more months, a bar is a year.
const MIN_SLOT: f32 = 6.0;
/// The widest place of a bar, in points.
const MAX_SLOT: f32 = 34.0;
/// So many spellings are listed.
const MOST_SPELLINGS: usize = 40;
/// The height of the list in which another entity is chosen, in points.
const FOUND_HEIGHT: f32 = 200.0;

/// What the page remembers.
#[derive(Default)]
pub struct EntityPageState {
    /// Whose page was shown last.
    shown: Option<EntityId>,
    /// The search for another entity, while it is open.
    other: Option<(EditState, String)>,
}

/// Draws the page that is open.
pub fn entity_page_ui(
    ui: &mut Ui,
    view: View<'_>,
    page: &EntityView,
    it: &mut EntityPageState,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) {
    let is_new = it.shown.as_ref() != Some(&page.id);
    if is_new {
        it.shown = Some(page.id.clone());
        it.other = None;
    }
    let shown = page.page.value.as_deref();
    toolbar_ui(ui, view, shown, is_new, commands);
    let Some(shown) = shown else {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.4);
            text::line_ui(ui, view.words.loading(), &view.style().size(18.0));
        });
        return;
    };
    text::scroll_area_ui(ui, &format!("page of {}", shown.summary.id.0), |ui| {
        let margin = ((ui.available_width() - MAX_WIDTH) / 2.0).max(18.0);
        let frame = egui::Frame::new().inner_margin(Margin {
            left: margin as i8,
            right: margin as i8,
            top: 6,
            bottom: 40,
        });
        frame.show(ui, |ui| {
            title_ui(ui, view, shown);
            tools_ui(ui, view, (page, shown), it, dialog, commands);
            ui.add_space(6.0);
            page_ui(ui, view, shown, commands);
        });
    });
}

fn other_id() -> Id {
    Id::unique("compare with")
}

fn toolbar_ui(ui: &mut Ui, view: View<'_>, shown: Option<&EntityPage>, is_new: bool, commands: &mut Vec<Command>) {
    let words = view.words;
    row_ui(ui, view, 38.0, |ui| {
        ui.add_space(8.0);
        let back = text::icon_button_ui(ui, Icon::Back, words.back());
        text::tooltip(&back, words.back());
        if back.clicked() {
            commands.push(Command::LeaveEntity);
        }
        // Who came by the keyboard goes on with it from here.
        if is_new && CLICK_SECS < ui.input(|input| input.pointer.time_since_last_click()) {
            back.request_focus();
        }
        if let Some(EntityPage { summary, .. }) = shown {
            let style = view.style().color(view.theme.entity(summary.kind));
            text::line_ui(ui, words.entity_kind(summary.kind), &style);
            text::line_ui(ui, &strings::isolate(&summary.name), &view.weak());
        }
    });
}

/// What can be done with the entity.
fn tools_ui(
    ui: &mut Ui,
    view: View<'_>,
    (page, shown): (&EntityView, &EntityPage),
    it: &mut EntityPageState,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    let entity = EntityName {
        id: shown.summary.id.clone(),
        kind: shown.summary.kind,
        name: shown.summary.name.clone(),
    };
    let one_row = vec2(ui.available_width(), 30.0);
    let mut takes_focus = false;
    ui.allocate_ui_with_layout(one_row, view.direction.row().with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let filter = entity.filter(false);
        let chosen = &view.state.request.filters.values;
        let is_chosen = chosen.iter().any(|it| it.id == filter.id && !it.excluded);
        if text::toggle_ui(ui, words.narrow_to_it(), is_chosen).clicked() {
            commands.push(Command::ToggleFacet(filter));
        }
        if page.with.is_some() {
            if text::button_ui(ui, words.stop_comparing()).clicked() {
                let (id, with) = (page.id.clone(), None);
                commands.push(Command::ShowEntity { id, with });
            }
        } else if text::toggle_ui(ui, words.compare_with(), it.other.is_some()).clicked() {
            it.other = match it.other.take() {
                Some(_) => None,
                None => Some(Default::default()),
            };
            takes_focus = it.other.is_some();
        }
        if text::button_ui(ui, words.correct_name()).clicked() {
            let form = EntityForm::new(entity.clone(), Wish::Name, commands);
            *dialog = Dialog::Entity(Box::new(form));
        }
        if view.state.suggested.contains(&entity.id) && text::button_ui(ui, words.may_be_the_same()).clicked() {
            *dialog = Dialog::Suggestions(Some(entity.id.clone()));
        }
    });
    let Some((edit, typed)) = &mut it.other else { return };
    let find = FindEntity {
        id: other_id(),
        label: words.compare_with(),
        kind: entity.kind,
        but: &entity.id,
    };
    ui.add_space(4.0);
    let height = if typed.trim().is_empty() { 34.0 } else { FOUND_HEIGHT };
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let mut field = ui.new_child(UiBuilder::new().max_rect(room));
    let (chosen, is_left) = find_ui(&mut field, view, find, edit, typed, commands);
    if takes_focus {
        // Not before it is drawn: a click takes the keyboard from all that is not clicked at.
        ui.memory_mut(|memory| memory.request_focus(other_id()));
    }
    if is_left || chosen.is_some() {
        it.other = None;
    }
    if let Some(other) = chosen {
        commands.push(Command::ShowEntity {
            id: page.id.clone(),
            with: Some(other.id),
        });
    }
}

/// A page that opens within so many seconds of a click was opened by it.
const CLICK_SECS: f32 = 1.0;

/// The name, and in how many articles it stands.
fn title_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage) {
    let (words, summary) = (view.words, &page.summary);
    let style = view.style().size(25.0).bold().color(view.theme.palette.strong_text);
    let title = row_ui(ui, view, 40.0, |ui| {
        text::line_ui(ui, &strings::isolate(&summary.name), &style)
    });
    text::tooltip(&title, &summary.name);
    ui.ctx().accesskit_node_builder(title.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_level(1);
    });
    let mut facts = vec![words.n_articles(summary.articles)];
    if page.in_result != summary.articles {
        facts.push(words.in_result(page.in_result));
    }
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    text::text_ui(ui, &strings::facts(&facts), &view.weak());
    ui.add_space(6.0);
}

fn page_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    let (words, summary) = (view.words, &page.summary);
    // The only dated article is told once.
    let last = page
        .last
        .as_ref()
        .filter(|last| page.first.as_ref().is_none_or(|first| first.article != last.article));
    for (label, appearance) in [
        (words.first_appearance(), page.first.as_ref()),
        (words.last_appearance(), last),
    ] {
        if let Some(appearance) = appearance {
            appearance_ui(ui, view, Some(label), appearance, commands);
        }
    }
    chart_ui(ui, view, page, commands);
    if !page.roles.is_empty() {
        heading_ui(ui, view, words.roles());
        for role in &page.roles {
            let mut facts = vec![role.role.clone(), words.n_articles(role.articles)];
            facts.extend(role.period.map(|(first, last)| words.years(first, last)));
            let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
            text::text_ui(ui, &strings::facts(&facts), &view.style());
        }
    }
    if !page.companions.is_empty() {
        heading_ui(ui, view, words.appears_with());
        companions_ui(ui, view, page, commands);
    }
    if 1 < summary.spellings.len() {
        heading_ui(ui, view, words.spellings());
        let shown = summary.spellings.iter().take(MOST_SPELLINGS);
        let mut spellings: Vec<String> = shown.map(|(form, n)| format!("{form} {}", words.number(*n))).collect();
        if MOST_SPELLINGS < summary.spellings.len() {
            spellings.push(words.n_more_spellings(summary.spellings.len() - MOST_SPELLINGS));
        }
        let spellings: Vec<&str> = spellings.iter().map(String::as_str).collect();
        text::text_ui(ui, &strings::facts(&spellings), &view.style());
    }
    heading_ui(ui, view, words.newest_articles());
    for appearance in &page.newest {
        appearance_ui(ui, view, None, appearance, commands);
    }
}

fn heading_ui(ui: &mut Ui, view: View<'_>, words: &str) {
    ui.add_space(14.0);
    let response = row_ui(ui, view, 26.0, |ui| {
        text::line_ui(ui, words, &view.style().size(15.0).bold())
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_level(2);
    });
}

/// An article in which the entity appears; it is read when it is clicked.
fn appearance_ui(ui: &mut Ui, view: View<'_>, label: Option<&str>, it: &Appearance, commands: &mut Vec<Command>) {
    let date = view.words.published(it.published);
    let mut facts = vec![date.as_str()];
    facts.extend(it.source.as_deref());
    let title = match label {
        Some(label) => format!("{label}: {}", strings::isolate(&it.title)),
        None => it.title.clone(),
    };
    let row = LinkRow {
        text: &title,
        note: &strings::facts(&facts),
        bar: None,
        color: None,
    };
    if text::link_row_ui(ui, row).clicked() {
        commands.push(Command::ReadAppearance(it.article));
    }
}

/// Who and what appears with the entity, each kind in its column where there is room.
fn companions_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    let has_columns = WIDTH_OF_COLUMNS <= ui.available_width();
    let of_kind = |kind| page.companions.iter().filter(move |it| it.kind == kind);
    let kinds: Vec<EntityKind> = EntityKind::ALL
        .into_iter()
        .filter(|kind| of_kind(*kind).next().is_some())
        .collect();
    let gap = 18.0;
    let room = ui.available_rect_before_wrap();
    let width = match has_columns {
        true => (room.width() - gap * (kinds.len() as f32 - 1.0)) / kinds.len() as f32,
        false => room.width(),
    };
    let mut rest = room;
    let mut bottom = room.top();
    for kind in kinds {
        let (column, others) = view.direction.split_start(rest, width);
        let mut child = ui.new_child(UiBuilder::new().id_salt(kind).max_rect(column));
        companions_of_kind_ui(&mut child, view, kind, of_kind(kind), page, commands);
        bottom = child.min_rect().bottom().max(bottom);
        if has_columns {
            (_, rest) = view.direction.split_start(others, gap);
        } else {
            rest.min.y = bottom + 6.0;
        }
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
}

fn companions_of_kind_ui<'a>(
    ui: &mut Ui,
    view: View<'_>,
    kind: EntityKind,
    companions: impl Iterator<Item = &'a Companion> + Clone,
    page: &EntityPage,
    commands: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let color = view.theme.entity(kind);
    let facet = Facet::of_kind(kind);
    row_ui(ui, view, 24.0, |ui| {
        text::line_ui(ui, view.words.facet(facet), &view.style().bold().color(color))
    });
    let is_narrowed = page.in_result != page.summary.articles;
    let count = |it: &Companion| if is_narrowed { it.in_result } else { it.in_archive };
    let most = companions.clone().map(count).max().unwrap_or(1).max(1);
    for it in companions {
        let note = match is_narrowed {
            true => view.words.n_of(it.in_result, it.in_archive),
            false => view.words.number(it.in_archive),
        };
        let row = LinkRow {
            text: &it.name,
            note: &note,
            bar: Some((count(it) as f32 / most as f32, color)),
            color: None,
        };
        if text::link_row_ui(ui, row).clicked() {
            commands.push(Command::ShowEntity {
                id: it.id.clone(),
                with: None,
            });
        }
    }
}

/// The articles over time, of one entity or of two on one axis.
fn chart_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    let words = view.words;
    let summary = &page.summary;
    let mut series = vec![Series {
        name: &summary.name,
        articles: summary.articles,
        undated: page.undated,
        months: &page.timeline,
        color: view.theme.entity(summary.kind),
    }];
    if let Some(other) = &page.compared {
        // Two that differ for every eye, whatever the kinds are.
        series[0].color = view.theme.person;
        series.push(Series {
            name: &other.name,
            articles: other.articles,
            undated: other.undated,
            months: &other.timeline,
            color: view.theme.neutral,
        });
    }
    ui.add_space(10.0);
    let width = ui.available_width();
    let months = series.iter().map(|it| it.months);
    let Some(axis) = Axis::new(months, (width / MIN_SLOT).floor().max(1.0) as usize) else {
        return;
    };
    let counts: Vec<Vec<u64>> = series.iter().map(|it| axis.counts(it.months)).collect();
    let (rect, response) = ui.allocate_exact_size(vec2(width, CHART_HEIGHT), Sense::hover());
    let most = counts.iter().flatten().max().copied().unwrap_or(1).max(1);
    let painter = ui.painter();
    let slot_width = (rect.width() / axis.n_slots as f32).min(MAX_SLOT);
    let slot = |idx: usize| {
        let start = slot_width * idx as f32;
        let left = match view.direction {
            Direction::RightToLeft => rect.right() - start - slot_width,
            Direction::LeftToRight => rect.left() + start,
        };
        Rect::from_min_size(pos2(left, rect.top()), vec2(slot_width, rect.height()))
    };
    for idx in 0..axis.n_slots {
        let mut rest = slot(idx).shrink2(vec2(0.5, 0.0));
        let bar_width = rest.width() / series.len() as f32;
        for (counts, series) in counts.iter().zip(&series) {
            let (place, others) = view.direction.split_start(rest, bar_width);
            rest = others;
            if counts[idx] != 0 {
                let height = (counts[idx] as f32 / most as f32 * (rect.height() - 6.0)).max(2.0);
                let bar = Rect::from_x_y_ranges(place.x_range(), rect.bottom() - height..=rect.bottom());
                painter.rect_filled(bar, 1.0, series.color);
            }
        }
    }
    painter.hline(
        rect.x_range(),
        rect.bottom(),
        Stroke::new(1.0, view.theme.palette.outline),
    );
    if let Some(at) = response.hover_pos() {
        let hovered = (0..axis.n_slots).find(|idx| slot(*idx).x_range().contains(at.x));
        if let Some(idx) = hovered {
            let counted = series.iter().zip(&counts).map(|(series, counts)| {
                format!("{}: {}", strings::isolate(series.name), words.n_articles(counts[idx]))
            });
            let told: Vec<String> = std::iter::once(axis.name(view, idx)).chain(counted).collect();
            let told: Vec<&str> = told.iter().map(String::as_str).collect();
            text::tooltip(&response, &strings::facts(&told));
        }
    }
    let told: Vec<String> = series
        .iter()
        .zip(&counts)
        .map(|(it, counts)| it.told(view, &axis, counts))
        .collect();
    text::name(&response, &format!("{}: {}", words.timeline(), told.join("؛ ")));
    axis_ui(ui, view, &axis, slot_width);
    if let Some(other) = &page.compared {
        legend_ui(ui, view, &series, (&other.id, other.common), commands);
    } else if page.undated != 0 {
        row_ui(ui, view, 22.0, |ui| {
            text::line_ui(ui, &words.n_undated(page.undated), &view.weak())
        });
    }
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
            let (articles, undated) = (view.words.n_articles(it.articles), view.words.n_undated(it.undated));
            let mut note = vec![articles.as_str()];
            note.extend((it.undated != 0).then_some(undated.as_str()));
            let row = LinkRow {
                text: it.name,
                note: &strings::facts(&note),
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
    let together = format!("{}: {}", view.words.both_together(), view.words.n_articles(common));
    row_ui(ui, view, 24.0, |ui| text::line_ui(ui, &together, &view.weak()));
}

/// What one entity shows on the chart.
struct Series<'a> {
    name: &'a str,
    articles: u64,
    undated: u64,
    months: &'a [MonthCount],
    color: egui::Color32,
}

impl Series<'_> {
    /// The series in words: how many articles, and when most of them.
    fn told(&self, view: View<'_>, axis: &Axis, counts: &[u64]) -> String {
        let mut facts = vec![self.name.to_owned(), view.words.n_articles(self.articles)];
        // Of equal bars the first.
        let peak = counts
            .iter()
            .enumerate()
            .max_by_key(|(idx, n)| (**n, std::cmp::Reverse(*idx)));
        if let Some((idx, n)) = peak.filter(|(_, n)| **n != 0) {
            facts.push(view.words.most_at(&axis.name(view, idx), *n));
        }
        let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
        strings::facts(&facts)
    }
}

/// The time that a chart shows, in months or in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Axis {
    /// The first bar: months since the year 0, or the year.
    first: i32,
    n_slots: usize,
    by_year: bool,
}

impl Axis {
    /// The time of all series; nothing if nothing is dated.
    fn new<'a>(series: impl Iterator<Item = &'a [MonthCount]>, max_slots: usize) -> Option<Self> {
        let months: Vec<i32> = series.flatten().map(month_number).collect();
        let (first, last) = (*months.iter().min()?, *months.iter().max()?);
        let by_year = i32::try_from(max_slots).unwrap_or(i32::MAX) < last - first + 1;
        let step = if by_year { 12 } else { 1 };
        let (first, last) = (first.div_euclid(step), last.div_euclid(step));
        Some(Self {
            first,
            n_slots: usize::try_from(last - first + 1).unwrap_or(1),
            by_year,
        })
    }

    /// The articles of each bar.
    fn counts(&self, months: &[MonthCount]) -> Vec<u64> {
        let mut counts = vec![0; self.n_slots];
        for month in months {
            let number = month_number(month).div_euclid(if self.by_year { 12 } else { 1 });
            if let Some(count) = usize::try_from(number - self.first)
                .ok()
                .and_then(|idx| counts.get_mut(idx))
            {
                *count += month.articles;
            }
        }
        counts
    }

    /// The month or the year of a bar.
    fn name(&self, view: View<'_>, idx: usize) -> String {
        let number = self.first + i32::try_from(idx).unwrap_or(0);
        let (year, month, precision) = match self.by_year {
            true => (number, 1, DatePrecision::Year),
            false => (number.div_euclid(12), number.rem_euclid(12) + 1, DatePrecision::Month),
        };
        let date = i16::try_from(year)
            .ok()
            .and_then(|year| Date::new(year, month as i8, 1).ok());
        date.map_or_else(String::new, |date| view.words.date(date, precision))
    }
}

fn month_number(month: &MonthCount) -> i32 {
    i32::from(month.year) * 12 + i32::from(month.month) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(months: &[(i16, i8, u64)]) -> Vec<MonthCount> {
        let months = months.iter();
        months
            .map(|&(year, month, articles)| MonthCount { year, month, articles })
            .collect()
    }

    #[test]
    fn two_series_share_one_axis() {
        let a = months(&[(2022, 11, 3), (2023, 2, 1)]);
        let b = months(&[(2023, 1, 5), (2023, 3, 2)]);
        let axis = Axis::new([a.as_slice(), b.as_slice()].into_iter(), 99).unwrap();
        assert_eq!(axis.counts(&a), [3, 0, 0, 1, 0]);
        assert_eq!(axis.counts(&b), [0, 0, 5, 0, 2]);
        // Without room for months the bars are years.
        let axis = Axis::new([a.as_slice(), b.as_slice()].into_iter(), 4).unwrap();
        assert_eq!((axis.counts(&a), axis.counts(&b)), (vec![3, 1], vec![0, 7]));
        assert_eq!(Axis::new(std::iter::empty(), 99), None);
    }
}

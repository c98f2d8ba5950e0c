//! What was chosen, each with a button that drops it. The strip is always there and one row high, so that nothing below it
//! moves when something is chosen.

use egui::{Response, Ui};

use crate::index::FacetFilter;
use crate::state::Command;
use crate::text::{self, Icon, MenuItem};

use super::super::layout::{View, middle_and_end_ui, row_ui};
use super::super::period_fields::edit_period;
use super::super::words::{count, date, isolate, labelled, phrase};

/// The height of the strip, in points.
const HEIGHT: f32 = 30.0;
/// The room between two chips, in points.
const GAP: f32 = 6.0;

/// Something that was chosen.
struct Chip {
    text: String,
    /// What stands before it: «أو».
    before: &'static str,
    excluded: bool,
    is_period: bool,
    drop: Command,
}

/// What was chosen, each with a button that drops it; what has no room is behind a button of its own.
pub fn chips_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let chips = chips(view);
    row_ui(ui, view, HEIGHT, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        if chips.is_empty() {
            let has_articles = view.state.archive.open.as_ref().is_some_and(|it| it.n_articles != 0);
            let advice = if has_articles { view.words.no_filters() } else { "" };
            text::line_ui(ui, advice, &view.weak());
            return;
        }
        let mut dropped = None;
        let mut clears = false;
        let shown = |ui: &mut Ui| dropped = fitting_ui(ui, view, &chips);
        middle_and_end_ui(ui, view, "chips", shown, |ui| {
            clears = text::button_ui(ui, view.words.clear_all()).clicked();
        });
        commands.extend(dropped);
        if clears {
            commands.push(Command::ClearAll);
        }
    });
}

/// As many chips as there is room for, and a menu of the others. Returns what drops one.
fn fitting_ui(ui: &mut Ui, view: View<'_>, chips: &[Chip]) -> Option<Command> {
    /// The room for the menu of the others, in points.
    const OTHERS: f32 = 110.0;
    let mut dropped = None;
    for (idx, chip) in chips.iter().enumerate() {
        let width = text::chip_width(ui.ctx(), &chip.text) + GAP;
        let is_last = idx + 1 == chips.len();
        let room = ui.available_width() - if is_last { 0.0 } else { OTHERS };
        if idx != 0 && room < width {
            return dropped.or(others_ui(ui, view, &chips[idx..]));
        }
        if !chip.before.is_empty() {
            text::line_ui(ui, chip.before, &view.weak());
        }
        if chip_ui(ui, view, chip) {
            dropped = Some(chip.drop.clone());
        }
    }
    dropped
}

/// The chips that have no room, in a menu that drops them.
fn others_ui(ui: &mut Ui, view: View<'_>, chips: &[Chip]) -> Option<Command> {
    let told = count::n_more_filters(view.words, chips.len());
    let labels: Vec<String> = chips
        .iter()
        .map(|it| labelled(view.words.remove_filter(), &it.text))
        .collect();
    let items = || {
        let items = labels.iter().zip(chips);
        items.map(|(label, it)| MenuItem::new(label, it.drop.clone())).collect()
    };
    text::line_ui(ui, &told, &view.weak());
    let (response, chosen) = text::menu_button_ui(ui, Icon::More, &told, items);
    text::tooltip(&response, &told);
    chosen
}

/// All that was chosen. Values of which any will do stand together, where the first of them was chosen.
fn chips(view: View<'_>) -> Vec<Chip> {
    let request = &view.state.archive.search.request;
    let filters = &request.filters;
    let first_of = |idx: usize| {
        let filter = &filters.values[idx];
        let alternates = |it: &FacetFilter| it.facet == filter.facet && !it.excluded && filters.takes_any(it.facet);
        let first = filters.values.iter().position(alternates);
        first.filter(|_| alternates(filter)).unwrap_or(idx)
    };
    let mut order: Vec<usize> = (0..filters.values.len()).collect();
    order.sort_by_key(|idx| first_of(*idx));
    let values = order.into_iter().map(|idx| {
        let filter = &filters.values[idx];
        let shown = phrase::facet_value(view.words, filter.facet, &filter.name);
        Chip {
            text: match filter.excluded {
                true => format!("{} {}", view.words.not(), isolate(&shown)),
                false => shown.into_owned(),
            },
            before: if first_of(idx) == idx { "" } else { view.words.or() },
            excluded: filter.excluded,
            is_period: false,
            drop: Command::RemoveFilter(idx),
        }
    });
    let other = |text, is_period, drop| Chip {
        text,
        before: "",
        excluded: false,
        is_period,
        drop,
    };
    let similar = request.similar_to.as_ref();
    let similar = similar.map(|it| other(phrase::similar_to(view.words, &it.title), false, Command::RemoveSimilar));
    let period = filters.period;
    let period = period.map(|it| other(date::period(view.words, it), true, Command::SetPeriod(None)));
    let new = filters.new_since;
    let new = new.map(|it| other(date::new_since(view.words, it), false, Command::RemoveNewSince));
    values.chain(similar).chain(period).chain(new).collect()
}

/// Returns whether the value was dropped.
fn chip_ui(ui: &mut Ui, view: View<'_>, chip: &Chip) -> bool {
    let name = labelled(view.words.remove_filter(), &chip.text);
    if chip.is_period {
        return period_chip_ui(ui, view, &chip.text, &name).clicked();
    }
    let shown = text::chip_ui(ui, &chip.text, &name, chip.excluded);
    text::tooltip(&shown.response, &name);
    shown.removed
}

/// The period: its words lead to the fields beside the timeline. Returns the cross that drops it.
fn period_chip_ui(ui: &mut Ui, view: View<'_>, period: &str, remove: &str) -> Response {
    let edit = labelled(view.words.edit_period(), period);
    let chip = text::edited_chip_ui(ui, period, &edit, remove);
    text::tooltip(&chip.words, &edit);
    text::tooltip(&chip.cross, remove);
    if chip.words.clicked() {
        edit_period(ui);
    }
    chip.cross
}

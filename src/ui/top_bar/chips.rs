//! What was chosen, each with a button that drops it.

use egui::Ui;

use crate::index::FacetFilter;
use crate::state::Command;
use crate::text;

use super::super::layout::View;
use super::super::period_fields::edit_period;
use super::super::words::{date, isolate, phrase};

/// What was chosen, each with a button that drops it.
pub fn chips_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let filters = &view.state.archive.search.request.filters;
    ui.with_layout(view.direction.row().with_main_wrap(true), |ui| {
        // Values of which any will do stand together, where the first of them was chosen.
        let first_of = |idx: usize| {
            let filter = &filters.values[idx];
            let alternates = |it: &FacetFilter| it.facet == filter.facet && !it.excluded && filters.takes_any(it.facet);
            let first = filters.values.iter().position(alternates);
            first.filter(|_| alternates(filter)).unwrap_or(idx)
        };
        let mut order: Vec<usize> = (0..filters.values.len()).collect();
        order.sort_by_key(|idx| first_of(*idx));
        for idx in order {
            let filter = &filters.values[idx];
            if first_of(idx) != idx {
                text::line_ui(ui, view.words.or(), &view.weak());
            }
            let shown = phrase::facet_value(view.words, filter.facet, &filter.name);
            let name = if filter.excluded {
                format!("{} {}", view.words.not(), isolate(&shown))
            } else {
                shown.into_owned()
            };
            if chip_ui(ui, view, &name, filter.excluded) {
                commands.push(Command::RemoveFilter(idx));
            }
        }
        if let Some(similar_to) = &view.state.archive.search.request.similar_to {
            let name = phrase::similar_to(view.words, &similar_to.title);
            if chip_ui(ui, view, &name, false) {
                commands.push(Command::RemoveSimilar);
            }
        }
        if let Some(period) = filters.period {
            period_chip_ui(ui, view, &date::period(view.words, period), commands);
        }
        if text::button_ui(ui, view.words.clear_all()).clicked() {
            commands.push(Command::ClearAll);
        }
    });
}

/// Returns whether the value was dropped.
fn chip_ui(ui: &mut Ui, view: View<'_>, text: &str, excluded: bool) -> bool {
    let name = format!("{}: {text}", view.words.remove_filter());
    let chip = text::chip_ui(ui, text, &name, excluded);
    text::tooltip(&chip.response, &name);
    chip.removed
}

/// The period: its words lead to the fields beside the timeline, the cross drops it.
fn period_chip_ui(ui: &mut Ui, view: View<'_>, period: &str, commands: &mut Vec<Command>) {
    let edit = format!("{}: {period}", view.words.edit_period());
    let remove = format!("{}: {period}", view.words.remove_filter());
    let chip = text::edited_chip_ui(ui, period, &edit, &remove);
    text::tooltip(&chip.words, &edit);
    text::tooltip(&chip.cross, &remove);
    if chip.words.clicked() {
        edit_period(ui);
    }
    if chip.cross.clicked() {
        commands.push(Command::SetPeriod(None));
    }
}

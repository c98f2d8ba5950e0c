//! What stands in the place of a result in which there is nothing.

use egui::Ui;

use crate::index::NothingFound;
use crate::state::Command;
use crate::text;

use super::layout::View;
use super::words::phrase;

/// Which part of the request found nothing, and a button for each way to find something.
pub fn nothing_found_ui(ui: &mut Ui, view: View<'_>, found: &NothingFound, commands: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space(40.0);
        text::line_ui(ui, view.words.nothing_found(), &view.style().size(18.0).bold());
        ui.add_space(6.0);
        for part in &found.missing {
            text::line_ui(ui, &phrase::missing_part(view.words, part), &view.weak());
        }
        if found.missing.is_empty() {
            text::line_ui(ui, view.words.nothing_found_advice(), &view.weak());
        }
        ui.add_space(12.0);
        for way in &found.ways {
            let filters = &view.state.archive.search.request.filters.values;
            if text::button_ui(ui, &phrase::way_out(view.words, way, filters)).clicked() {
                commands.push(Command::Widen(way.change.clone()));
            }
            ui.add_space(4.0);
        }
        ui.add_space(8.0);
        if text::button_ui(ui, view.words.clear_all()).clicked() {
            commands.push(Command::ClearAll);
        }
    });
}

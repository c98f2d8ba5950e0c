//! What stands in the place of a result in which there is nothing.

use egui::Ui;

use crate::index::NothingFound;
use crate::state::Command;
use crate::text;

use super::layout::{View, advice_ui};
use super::words::{count, phrase};

/// Which part of the request found nothing, and a button for each way to find something. While files are read, nothing is
/// said to be all.
pub fn nothing_found_ui(ui: &mut Ui, view: View<'_>, found: &NothingFound, commands: &mut Vec<Command>) {
    let words = view.words;
    let request = &view.state.archive.search.request;
    let open = view.state.archive.open.as_ref();
    let progress = open.and_then(|it| it.progress);
    let asks_for_all =
        request.query_text.trim().is_empty() && request.filters.is_empty() && request.similar_to.is_none();
    ui.vertical_centered(|ui| {
        ui.add_space(40.0);
        let title = match (progress, asks_for_all) {
            (None, _) => words.nothing_found(),
            (Some(_), false) => words.nothing_found_yet(),
            (Some(_), true) => words.reading_files(),
        };
        text::line_ui(ui, title, &view.style().size(18.0).bold());
        ui.add_space(6.0);
        if let Some(progress) = progress {
            advice_ui(ui, view, words.articles_come());
            advice_ui(ui, view, &count::progress(words, progress));
        }
        if progress.is_some() && asks_for_all {
            return;
        }
        for part in &found.missing {
            advice_ui(ui, view, &phrase::missing_part(words, part));
        }
        if found.missing.is_empty() && progress.is_none() {
            advice_ui(ui, view, words.nothing_found_advice());
        }
        ui.add_space(12.0);
        for way in &found.ways {
            if text::button_ui(ui, &phrase::way_out(words, way, &request.filters.values)).clicked() {
                commands.push(Command::Widen(way.change.clone()));
            }
            ui.add_space(4.0);
        }
        ui.add_space(8.0);
        if text::button_ui(ui, words.clear_all()).clicked() {
            commands.push(Command::ClearAll);
        }
    });
}

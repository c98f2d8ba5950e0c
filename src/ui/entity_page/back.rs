//! The way back from an article to the page of the name that it was opened from.

use egui::Ui;

use crate::state::Command;
use crate::text::{self, Icon};

use super::super::layout::{View, row_ui};
use super::super::words;

/// Whether an article is read that was opened from the page of a name.
pub fn is_read_from_page(view: View<'_>) -> bool {
    let archive = &view.state.archive;
    archive.entities.left().is_some() && archive.reading.entity.is_some()
}

/// A row above the article that leads back, if it was opened from the page of a name.
pub fn back_to_page_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let Some(left) = view.state.archive.entities.left().filter(|_| is_read_from_page(view)) else {
        return;
    };
    row_ui(ui, view, 34.0, |ui| {
        ui.add_space(8.0);
        let back = text::icon_button_ui(ui, Icon::Back, view.words.back_to_name());
        text::tooltip(&back, view.words.back_to_name());
        if back.clicked() {
            commands.push(Command::ReturnToEntity);
        }
        let Some(page) = &left.page.value else { return };
        let style = view.style().color(view.theme.entity(page.summary.kind));
        text::line_ui(ui, view.words.back_to_name(), &view.weak());
        text::line_ui(ui, &words::isolate(&page.summary.name), &style);
    });
}

//! The greeting at the first start: what this is, that nothing leaves the computer, and what to do.

use egui::{Id, Ui};

use crate::state::{Command, Settings};
use crate::text;

use super::layout::{View, row_ui};

/// Greets, once.
pub fn welcome_ui(ui: &Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let settings = &view.state.settings;
    if settings.is_greeted || !settings.recent.is_empty() || view.state.archive.open.is_none() {
        return;
    }
    let words = view.words;
    let (mut opens, mut looks) = (false, false);
    let is_closed = text::dialog_ui(ui.ctx(), Id::unique("welcome"), words.welcome_title(), 520.0, |ui| {
        for sentence in [words.welcome_what(), words.welcome_private(), words.welcome_do()] {
            text::text_ui(ui, sentence, &view.style().size(15.5));
            ui.add_space(8.0);
        }
        ui.add_space(8.0);
        row_ui(ui, view, 36.0, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let open = text::primary_button_ui(ui, words.open_folder());
            opens = open.clicked();
            looks = text::button_ui(ui, words.look_at_sample()).clicked();
        });
    });
    if opens || looks || is_closed {
        commands.push(Command::SetSettings(Settings {
            is_greeted: true,
            ..settings.clone()
        }));
    }
    if opens {
        commands.push(Command::PickFolder);
    }
}

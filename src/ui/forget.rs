//! The dialog that asks whether all that is known of the open archive is to be removed.

use egui::Ui;

use crate::state::{ArchiveRoot, Command};
use crate::text;

use super::layout::{View, row_ui};
use super::words::forget_question;

/// Draws the question and its answers. Returns whether it was answered.
pub fn forget_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let root = view.state.archive.open.as_ref().map(|it| &it.root);
    let Some(ArchiveRoot::Folder(folder)) = root else {
        // Another archive was opened meanwhile, of which nothing can be forgotten.
        return true;
    };
    text::text_ui(ui, &forget_question(words, folder), &view.style());
    ui.add_space(8.0);
    text::text_ui(ui, words.forget_log(), &view.weak());
    ui.add_space(12.0);
    let mut is_answered = false;
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        // First, so that it is what an unconsidered key chooses.
        is_answered |= text::primary_button_ui(ui, words.cancel()).clicked();
        if text::button_ui(ui, words.forget()).clicked() {
            commands.push(Command::Forget);
            is_answered = true;
        }
    });
    is_answered
}

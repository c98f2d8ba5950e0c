//! The dialog that shows an address and asks before it is opened: the browser asks a server for it.

use egui::Ui;

use crate::state::Command;
use crate::text;

use super::layout::{View, row_ui};
use super::words::{isolate_ltr, original};

/// Draws the address and what can be done with it. Returns whether something was.
pub fn address_ui(ui: &mut Ui, view: View<'_>, address: &str, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    text::text_ui(ui, &isolate_ltr(address), &view.style().bold());
    ui.add_space(8.0);
    text::text_ui(ui, original::leaves_computer(words), &view.weak());
    ui.add_space(12.0);
    let mut is_done = false;
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        // First, so that it is what an unconsidered key chooses.
        is_done |= text::primary_button_ui(ui, words.cancel()).clicked();
        if text::button_ui(ui, original::copy_address(words)).clicked() {
            ui.copy_text(address.to_owned());
            is_done = true;
        }
        if text::button_ui(ui, original::open_in_browser(words)).clicked() {
            commands.push(Command::OpenAddress(address.to_owned()));
            is_done = true;
        }
    });
    is_done
}

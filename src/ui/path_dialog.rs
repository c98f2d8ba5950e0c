//! The dialog in which a path is typed, where the system shows none.

use egui::{EventFilter, Id, Key, Modifiers, Ui};

use crate::state::{ArchiveRoot, Command, FilePurpose, PathPurpose};
use crate::text::{self, EditKind, EditOptions, EditState, Offer};

use super::layout::{View, row_ui};
use super::words::{Words, isolate_ltr, notice};

/// What the dialog remembers.
#[derive(Default)]
pub struct PathDialogState {
    edit: EditState,
    path: String,
    /// Which of the paths that are offered the keyboard is on.
    chosen: Option<usize>,
}

/// Draws the dialog while a path is to be typed. What was typed stays there until it was of use.
pub fn path_dialog_ui(ui: &Ui, view: View<'_>, it: &mut PathDialogState, commands: &mut Vec<Command>) {
    let Some(purpose) = view.state.picking.typed_for else {
        return;
    };
    let words = view.words;
    let labels = labels(words, purpose);
    let mut is_done = false;
    let is_closed = text::dialog_ui(ui.ctx(), Id::unique("path dialog"), labels.label, 560.0, |ui| {
        text::text_ui(ui, labels.advice, &view.weak());
        ui.add_space(8.0);
        let is_submitted = field_ui(ui, view, it, labels.label, commands);
        if let Some(failure) = failure(view) {
            ui.add_space(6.0);
            text::text_ui(ui, &failure, &view.style().bold());
        }
        ui.add_space(12.0);
        row_ui(ui, view, 36.0, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let is_pressed = text::primary_button_ui(ui, labels.button).clicked();
            is_done = text::button_ui(ui, words.cancel()).clicked();
            let path = it.path.trim();
            if (is_pressed || is_submitted) && !path.is_empty() {
                commands.push(command(purpose, path));
            }
        });
    });
    if is_closed || is_done {
        commands.push(Command::CancelPath);
    }
}

/// The field with what is offered below it. Returns whether Enter was pressed in it.
fn field_ui(ui: &mut Ui, view: View<'_>, it: &mut PathDialogState, label: &str, commands: &mut Vec<Command>) -> bool {
    let id = Id::unique("path");
    let (typed, offers) = &view.state.picking.offers;
    let offers: &[String] = if *typed == it.path { offers } else { &[] };
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let pressed = |key| has_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let mut taken = None;
    if !offers.is_empty() {
        let step = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
        it.chosen = match (it.chosen, step) {
            (None, 1) => Some(0),
            (chosen, 0) => chosen,
            (chosen, step) => chosen.and_then(|it| it.checked_add_signed(step)),
        };
        it.chosen = it.chosen.map(|it| it.min(offers.len() - 1));
        if pressed(Key::Tab) {
            taken = Some(it.chosen.unwrap_or(0));
        } else if it.chosen.is_some() && pressed(Key::Enter) {
            taken = it.chosen;
        }
    }
    let options = EditOptions {
        kind: EditKind::Line,
        hint: label,
        name: label,
    };
    let response = text::edit_ui(ui, id, &mut it.edit, &mut it.path, options);
    let filter = EventFilter {
        tab: !offers.is_empty(),
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let shown: Vec<String> = offers.iter().map(|it| isolate_ltr(it)).collect();
    let rows: Vec<Offer<'_>> = shown
        .iter()
        .map(|text| Offer {
            text,
            note: "",
            color: view.theme.palette.weak_text,
        })
        .collect();
    if !rows.is_empty() {
        let width = ui.available_width();
        taken = text::offer_rows_ui(ui, id, view.words.completions(), &rows, it.chosen, width).or(taken);
    }
    if let Some(path) = taken.and_then(|idx| offers.get(idx)) {
        it.path.clone_from(path);
        it.edit.go_to_end();
        response.response.request_focus();
    }
    if response.changed || taken.is_some() {
        it.chosen = None;
        commands.push(Command::CompletePath(it.path.clone()));
    }
    response.submitted
}

/// Why what was typed could not be used.
fn failure(view: View<'_>) -> Option<String> {
    let mut notices = view.state.notices.all().iter().rev();
    notices.find_map(|it| notice::path_failure(view.words, it))
}

/// What a path is used for.
fn command(purpose: PathPurpose, path: &str) -> Command {
    match purpose {
        PathPurpose::OpenFolder => Command::Open(ArchiveRoot::Folder(path.into())),
        PathPurpose::File(FilePurpose::ImportCorrections) => Command::ImportCorrections(path.into()),
        PathPurpose::File(FilePurpose::ExportCorrections) => Command::ExportCorrections(path.into()),
        PathPurpose::File(FilePurpose::ImportMarks) => Command::ImportMarks(path.into()),
        PathPurpose::File(FilePurpose::ExportMarks) => Command::ExportMarks(path.into()),
        PathPurpose::File(FilePurpose::ExportLines) => Command::ExportLines(path.into()),
        PathPurpose::File(FilePurpose::ExportNetwork) => Command::ExportNetwork(path.into()),
        // Its own dialog has a field for the path.
        PathPurpose::File(FilePurpose::Export) => Command::CancelPath,
        PathPurpose::File(FilePurpose::ExportChart(kind)) => Command::ExportChart(kind, path.into()),
    }
}

/// The words of the dialog.
struct Labels {
    advice: &'static str,
    label: &'static str,
    button: &'static str,
}

fn labels(words: Words<'_>, purpose: PathPurpose) -> Labels {
    let (advice, label, button) = match purpose {
        PathPurpose::OpenFolder => (words.path_advice(), words.path_label(), words.open()),
        PathPurpose::File(FilePurpose::ImportCorrections | FilePurpose::ImportMarks) => {
            (words.file_path_advice(), words.file_path_label(), words.import())
        }
        PathPurpose::File(FilePurpose::ExportCorrections | FilePurpose::ExportMarks) => {
            (words.file_path_advice(), words.file_path_label(), words.export())
        }
        PathPurpose::File(FilePurpose::ExportLines) => {
            (words.table_path_advice(), words.table_path_label(), words.export())
        }
        PathPurpose::File(FilePurpose::ExportNetwork | FilePurpose::Export) => {
            (words.picture_path_advice(), words.picture_path_label(), words.export())
        }
        PathPurpose::File(FilePurpose::ExportChart(_)) => {
            (words.chart_path_advice(), words.picture_path_label(), words.export())
        }
    };
    Labels { advice, label, button }
}

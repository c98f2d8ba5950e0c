//! What the user should know, and the path field where no dialog can be shown.

use egui::{Id, Ui};

use crate::state::{AppState, ArchiveRoot, Command, FilePurpose, Notice};
use crate::text::{self, EditKind, EditOptions, EditState, Icon};

use super::settings::Dialog;
use super::{View, middle_and_end_ui, row_ui};

/// What the notices remember.
#[derive(Default)]
pub struct NoticesState {
    edit: EditState,
    path: String,
    /// What a path was typed for in the last frame, if one was.
    asked: Option<Option<FilePurpose>>,
    /// Whether the field for it is to take the keyboard: a dialog above it keeps that until it is closed.
    takes_focus: bool,
}

/// Whether there is anything to say.
pub fn has_notices(state: &AppState, dropped: &[Notice]) -> bool {
    state.asks_for_path || state.asks_for_file.is_some() || !state.notices.is_empty() || !dropped.is_empty()
}

pub fn notices_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut NoticesState,
    dropped: &mut Vec<Notice>,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) {
    let asked = match view.state.asks_for_path {
        true => Some(None),
        false => view.state.asks_for_file.map(Some),
    };
    if std::mem::replace(&mut it.asked, asked) != asked {
        it.path.clear();
        it.takes_focus = true;
    }
    if let Some(purpose) = asked {
        path_ui(ui, view, it, purpose, commands);
    }
    for (idx, notice) in view.state.notices.iter().enumerate() {
        if notice_ui(ui, view, notice, dialog, commands) {
            commands.push(Command::DismissNotice(idx));
        }
    }
    dropped.retain(|notice| !notice_ui(ui, view, notice, dialog, commands));
}

/// Returns whether the notice was dismissed.
fn notice_ui(ui: &mut Ui, view: View<'_>, notice: &Notice, dialog: &mut Dialog, commands: &mut Vec<Command>) -> bool {
    let text = view.words.notice(notice);
    let mut dismissed = false;
    row_ui(ui, view, 30.0, |ui| {
        let words = |ui: &mut Ui| {
            let response = text::line_ui(ui, &text, &view.style());
            text::tooltip(&response, &text);
        };
        middle_and_end_ui(ui, view, &text, words, |ui| {
            if let Notice::UnreadableFiles(files) = notice
                && text::button_ui(ui, view.words.show_list()).clicked()
            {
                *dialog = Dialog::UnreadableFiles(files.clone());
            }
            if matches!(notice, Notice::FolderChanged(_)) && text::button_ui(ui, view.words.add_them()).clicked() {
                commands.push(Command::Update);
            }
            let retry = match notice {
                Notice::OtherWindowWrites | Notice::DiskFull | Notice::DataDirReadOnly => Some(Command::Update),
                Notice::OpenFailed(root, _) => Some(Command::Open(root.clone())),
                _ => None,
            };
            if let Some(retry) = retry
                && text::button_ui(ui, view.words.try_again()).clicked()
            {
                commands.push(retry);
            }
            dismissed = text::icon_button_ui(ui, Icon::Close, view.words.dismiss()).clicked();
        });
    });
    dismissed
}

fn path_id(purpose: Option<FilePurpose>) -> Id {
    Id::unique(("path", purpose))
}

/// The field for the path of a folder to be opened, or of a file.
fn path_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut NoticesState,
    purpose: Option<FilePurpose>,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    let (advice, label, button) = match purpose {
        None => (words.path_advice(), words.path_label(), words.open()),
        Some(FilePurpose::ImportCorrections) => (words.file_path_advice(), words.file_path_label(), words.import()),
        Some(FilePurpose::ExportCorrections) => (words.file_path_advice(), words.file_path_label(), words.export()),
    };
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        text::line_ui(ui, advice, &view.style());
        let (mut opened, mut submitted, mut cancelled) = (false, false, false);
        let typed = &mut it.path;
        let field = |ui: &mut Ui| {
            let options = EditOptions {
                kind: EditKind::Line,
                hint: label,
                name: label,
            };
            let response = text::edit_ui(ui, path_id(purpose), &mut it.edit, typed, options);
            (submitted, cancelled) = (response.submitted, response.cancelled);
            let field = response.response;
            it.takes_focus &= !field.has_focus();
            if it.takes_focus {
                field.request_focus();
            }
        };
        let mut dismissed = false;
        middle_and_end_ui(ui, view, "path", field, |ui| {
            opened = text::primary_button_ui(ui, button).clicked();
            dismissed = text::icon_button_ui(ui, Icon::Close, view.words.dismiss()).clicked();
        });
        if dismissed || cancelled {
            commands.push(Command::TypeNoPath);
        }
        let path = it.path.trim();
        if (opened || submitted) && !path.is_empty() {
            commands.push(match purpose {
                None => Command::Open(ArchiveRoot::Folder(path.into())),
                Some(FilePurpose::ImportCorrections) => Command::ImportCorrections(path.into()),
                Some(FilePurpose::ExportCorrections) => Command::ExportCorrections(path.into()),
            });
        }
    });
}

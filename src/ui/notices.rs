//! What the user should know, and the path field where no dialog can be shown.

use std::sync::Arc;

use egui::{Id, Ui};

use crate::state::{AppState, ArchiveRoot, Command, FilePurpose, Notice, OpenFailure, PathPurpose};
use crate::text::{self, EditKind, EditOptions, EditState, Icon};

use super::dialog_request::DialogRequest;
use super::layout::{View, middle_and_end_ui, row_ui};
use super::menu_action::MenuAction;
use super::words::{Message, notice};

/// What the notices remember.
#[derive(Default)]
pub struct NoticesState {
    edit: EditState,
    path: String,
    /// What a path was typed for in the last frame, if one was.
    asked: Option<PathPurpose>,
    /// Whether the field for it is to take the keyboard: a dialog above it keeps that until it is closed.
    takes_focus: bool,
}

/// Whether there is anything to say.
pub fn has_notices(state: &AppState) -> bool {
    state.picking.typed_for.is_some() || !state.notices.all().is_empty()
}

/// What one notice shows.
struct NoticeData {
    message: Message,
    /// The buttons beside it in reading order, and what they do.
    buttons: Vec<(&'static str, MenuAction)>,
}

impl NoticeData {
    fn new(view: View<'_>, it: &Notice) -> Self {
        let words = view.words;
        let show_list = || (words.show_list(), DialogRequest::FilesNotRead.into());
        let try_again = || (words.try_again(), Command::Update.into());
        let buttons = match it {
            Notice::UnreadableFiles(_) => vec![show_list()],
            Notice::MissingFiles(missing) => {
                let forget = DialogRequest::ForgetFiles(Arc::clone(&missing.paths));
                let forget = (words.forget_missing(), forget.into());
                match (missing.is_folder_away(), &missing.folder_failure) {
                    (_, Some(_)) => vec![try_again()],
                    (true, None) => vec![try_again(), forget],
                    (false, None) => vec![show_list(), forget],
                }
            }
            Notice::FolderChanged(_) => vec![(words.update(), Command::Update.into())],
            Notice::Blocked(_) => vec![try_again()],
            Notice::Corrected(_) => vec![(words.undo(), Command::UndoOwnCorrection.into())],
            Notice::LookupFailed(_) | Notice::UpdateFailed(_) => vec![(words.open_again(), Command::Reopen.into())],
            Notice::OpenFailed(_, OpenFailure::NotAFolder) => Vec::new(),
            Notice::OpenFailed(root, _) => vec![(words.try_again(), Command::Open(root.clone()).into())],
            Notice::IndexRebuilt
            | Notice::IndexDamaged(_)
            | Notice::IndexMended(_)
            | Notice::WatchFailed(_)
            | Notice::SettingsNotSaved(_)
            | Notice::CorrectionFailed(_)
            | Notice::CorrectionsExported(_)
            | Notice::LinesExported(..)
            | Notice::LinesNotExported(..)
            | Notice::CorrectionsImported(_)
            | Notice::SearchesNotSaved(_)
            | Notice::Kept(_)
            | Notice::Forgotten(_)
            | Notice::ForgetFailed(_)
            | Notice::NotHandedOver(..) => Vec::new(),
        };
        Self {
            message: notice::notice(words, it, |id| view.state.archive.correcting.name_of(id)),
            buttons,
        }
    }
}

pub fn notices_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut NoticesState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let asked = view.state.picking.typed_for;
    if std::mem::replace(&mut it.asked, asked) != asked {
        it.path.clear();
        it.takes_focus = true;
    }
    if let Some(purpose) = asked {
        path_ui(ui, view, it, purpose, commands);
    }
    for (idx, notice) in view.state.notices.all().iter().enumerate() {
        let data = NoticeData::new(view, notice);
        if notice_ui(ui, view, data, dialog, commands) {
            commands.push(Command::DismissNotice(idx));
        }
    }
}

/// The button behind which stands what the system says, where it says something.
pub fn details_ui(ui: &mut Ui, view: View<'_>, message: &Message, dialog: &mut Option<DialogRequest>) {
    if let Some(details) = &message.details
        && text::button_ui(ui, view.words.details()).clicked()
    {
        *dialog = Some(DialogRequest::Details(details.clone()));
    }
}

/// Returns whether the notice was dismissed.
fn notice_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: NoticeData,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) -> bool {
    let mut dismissed = false;
    row_ui(ui, view, 30.0, |ui| {
        let words = |ui: &mut Ui| {
            let response = text::line_ui(ui, &it.message.text, &view.style());
            text::tooltip(&response, &it.message.text);
        };
        middle_and_end_ui(ui, view, &it.message.text, words, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            for (label, action) in it.buttons {
                if text::button_ui(ui, label).clicked() {
                    action.run(ui.ctx(), dialog, commands);
                }
            }
            details_ui(ui, view, &it.message, dialog);
            dismissed = text::icon_button_ui(ui, Icon::Close, view.words.dismiss()).clicked();
        });
    });
    dismissed
}

fn path_id(purpose: PathPurpose) -> Id {
    Id::unique(("path", purpose))
}

/// The field for the path of a folder to be opened, or of a file.
fn path_ui(ui: &mut Ui, view: View<'_>, it: &mut NoticesState, purpose: PathPurpose, commands: &mut Vec<Command>) {
    let words = view.words;
    let (advice, label, button) = match purpose {
        PathPurpose::OpenFolder => (words.path_advice(), words.path_label(), words.open()),
        PathPurpose::File(FilePurpose::ImportCorrections) => {
            (words.file_path_advice(), words.file_path_label(), words.import())
        }
        PathPurpose::File(FilePurpose::ExportCorrections) => {
            (words.file_path_advice(), words.file_path_label(), words.export())
        }
        PathPurpose::File(FilePurpose::ExportLines) => {
            (words.table_path_advice(), words.table_path_label(), words.export())
        }
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
            commands.push(Command::CancelPath);
        }
        let path = it.path.trim();
        if (opened || submitted) && !path.is_empty() {
            commands.push(match purpose {
                PathPurpose::OpenFolder => Command::Open(ArchiveRoot::Folder(path.into())),
                PathPurpose::File(FilePurpose::ImportCorrections) => Command::ImportCorrections(path.into()),
                PathPurpose::File(FilePurpose::ExportCorrections) => Command::ExportCorrections(path.into()),
                PathPurpose::File(FilePurpose::ExportLines) => Command::ExportLines(path.into()),
            });
        }
    });
}

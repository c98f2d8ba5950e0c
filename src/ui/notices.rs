//! What the user should know.

use std::sync::Arc;

use egui::Ui;

use crate::state::{Command, Notice, OpenFailure, OtherProgram};
use crate::text::{self, Icon};

use super::dialog_request::DialogRequest;
use super::layout::{View, middle_and_end_ui, row_ui};
use super::menu_action::MenuAction;
use super::words::export::{self, Word};
use super::words::{Message, count, notice, original};

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
            Notice::Corrected(_) | Notice::Marked(_) => vec![(words.undo(), Command::UndoOwn.into())],
            Notice::ReadingCorrected { before, .. } => {
                vec![(words.undo(), Command::CorrectReading(before.clone()).into())]
            }
            Notice::LookupFailed(_) | Notice::UpdateFailed(_) => vec![(words.open_again(), Command::Reopen.into())],
            Notice::Exported(path, _) => {
                let open = |to| Command::OpenExported(to, path.clone()).into();
                vec![
                    (export::word(words, Word::Open), open(OtherProgram::Usual)),
                    (words.show_in_folder(), open(OtherProgram::FileManager)),
                ]
            }
            Notice::ExportExists(_) => vec![(export::word(words, Word::Replace), Command::ReplaceExported.into())],
            Notice::OpenFailed(_, OpenFailure::NotAFolder) => Vec::new(),
            Notice::OpenFailed(root, _) => vec![(words.try_again(), Command::Open(root.clone()).into())],
            Notice::IndexRebuilt
            | Notice::IndexDamaged(_)
            | Notice::IndexMended(_)
            | Notice::WatchFailed(_)
            | Notice::SettingsNotSaved(_)
            | Notice::CorrectionFailed(_)
            | Notice::CorrectionsExported(_)
            | Notice::MarkFailed(_)
            | Notice::MarksImported(_)
            | Notice::MarksExported(_)
            | Notice::LinesExported(..)
            | Notice::LinesNotExported(..)
            | Notice::NetworkExported(_)
            | Notice::NetworkNotExported(..)
            | Notice::NotExported(..)
            | Notice::ExportCancelled
            | Notice::NotCopied(_)
            | Notice::ChartExported(_)
            | Notice::ChartNotExported(..)
            | Notice::CorrectionsImported(_)
            | Notice::SearchesNotSaved(_)
            | Notice::Kept(_)
            | Notice::Forgotten(_)
            | Notice::FolderRenamed(_)
            | Notice::ForgetFailed(_)
            | Notice::NotHandedOver(..)
            | Notice::OriginalOpened(..) => Vec::new(),
            Notice::AddressNotOpened(address, _) => {
                vec![(original::copy_address(words), MenuAction::Copy(address.clone()))]
            }
        };
        Self {
            message: notice::notice(words, it, |id| view.state.archive.correcting.name_of(id)),
            buttons,
        }
    }
}

/// The newest notice in the line at the lower edge, which is always there: nothing moves when something happens. The others
/// are in a dialog.
pub fn newest_notice_ui(ui: &mut Ui, view: View<'_>, dialog: &mut Option<DialogRequest>, commands: &mut Vec<Command>) {
    let all = view.state.notices.all();
    let Some(idx) = all.len().checked_sub(1) else { return };
    if notice_ui(ui, view, NoticeData::new(view, &all[idx]), idx, dialog, commands) {
        commands.push(Command::DismissNotice(idx));
    }
}

/// The dialog of all notices, the newest first. Returns whether there are none left.
pub fn notices_ui(
    ui: &mut Ui,
    view: View<'_>,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) -> bool {
    let all = view.state.notices.all();
    for (idx, notice) in all.iter().enumerate().rev() {
        let mut data = NoticeData::new(view, notice);
        text::text_ui(ui, &data.message.text, &view.style());
        // The sentence stands above its buttons.
        data.message.text.clear();
        if notice_ui(ui, view, data, 0, dialog, commands) {
            commands.push(Command::DismissNotice(idx));
        }
        ui.add_space(10.0);
    }
    all.is_empty() || dialog.is_some()
}

/// The button behind which stands what the system says, where it says something.
pub fn details_ui(ui: &mut Ui, view: View<'_>, message: &Message, dialog: &mut Option<DialogRequest>) {
    if let Some(details) = &message.details
        && text::button_ui(ui, view.words.details()).clicked()
    {
        *dialog = Some(DialogRequest::Details(details.clone()));
    }
}

/// A notice, with a button that shows as many others as there are. Returns whether it was dismissed.
fn notice_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: NoticeData,
    n_others: usize,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) -> bool {
    let mut dismissed = false;
    row_ui(ui, view, 30.0, |ui| {
        let words = |ui: &mut Ui| {
            let response = text::line_ui(ui, &it.message.text, &view.style());
            text::tooltip(&response, &it.message.text);
        };
        let id_salt = format!("notice {}", ui.next_auto_id().value());
        middle_and_end_ui(ui, view, &id_salt, words, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            for (label, action) in it.buttons {
                if text::button_ui(ui, label).clicked() {
                    action.run(ui.ctx(), dialog, commands);
                }
            }
            details_ui(ui, view, &it.message, dialog);
            if n_others != 0 && text::button_ui(ui, &count::n_more_notices(view.words, n_others)).clicked() {
                *dialog = Some(DialogRequest::Notices);
            }
            dismissed = text::icon_button_ui(ui, Icon::Close, view.words.dismiss()).clicked();
        });
    });
    dismissed
}

//! What an item of a menu does when it is chosen.

use std::path::Path;

use egui::Context;

use crate::arabic::letter;
use crate::state::{Command, OtherProgram};
use crate::text::MenuItem;

use super::dialog_request::DialogRequest;
use super::words::Words;

/// What an item of a menu does. An item carries it, so that no command depends on the place of its item.
#[derive(Clone, Debug)]
pub enum MenuAction {
    /// Push these commands, in this order.
    Push(Vec<Command>),
    /// Open a dialog.
    Open(DialogRequest),
    /// Copy a text, without the marks that the window put in.
    Copy(String),
}

impl From<Command> for MenuAction {
    fn from(command: Command) -> Self {
        Self::Push(vec![command])
    }
}

impl From<DialogRequest> for MenuAction {
    fn from(request: DialogRequest) -> Self {
        Self::Open(request)
    }
}

impl MenuAction {
    /// Does it.
    pub fn run(self, ctx: &Context, dialog: &mut Option<DialogRequest>, commands: &mut Vec<Command>) {
        match self {
            Self::Push(pushed) => commands.extend(pushed),
            Self::Open(request) => *dialog = Some(request),
            Self::Copy(text) => ctx.copy_text(letter::copyable(&text)),
        }
    }
}

/// What can be done with a file of the archive, as a group of its own.
pub fn file_items<'a>(words: Words<'_>, path: &Path) -> [MenuItem<'a, MenuAction>; 3] {
    let hand_over = |to| Command::HandOver(to, path.to_owned()).into();
    [
        MenuItem {
            starts_group: true,
            ..MenuItem::new(words.open_file(), hand_over(OtherProgram::Usual))
        },
        MenuItem::new(words.show_in_folder(), hand_over(OtherProgram::FileManager)),
        MenuItem::new(words.copy_path(), MenuAction::Copy(path.display().to_string())),
    ]
}

//! What an item of a menu does when it is chosen.

use egui::Context;

use crate::arabic::letter;
use crate::state::Command;

use super::dialog_request::DialogRequest;

/// What an item of a menu does. An item carries it, so that no command depends on the place of its item.
#[derive(Clone, Debug)]
pub enum MenuAction {
    /// Push these commands, in this order.
    Push(Vec<Command>),
    /// Open a dialog.
    Open(DialogRequest),
    /// Copy a text, without the isolates that the window put in.
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
            Self::Copy(text) => ctx.copy_text(text.replace(letter::is_isolate, "")),
        }
    }
}

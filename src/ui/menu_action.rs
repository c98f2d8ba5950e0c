//! What an item of a menu does when it is chosen.

use egui::Context;

use crate::arabic::letter;
use crate::state::{ArticlePlace, Command, OtherProgram};
use crate::text::MenuItem;

use super::dialog_request::DialogRequest;
use super::words::{Words, original};

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

/// What can be done with what an article was read from, as a group of its own.
pub fn original_items<'a>(
    words: Words<'_>,
    place: ArticlePlace,
    address: Option<&str>,
) -> Vec<MenuItem<'a, MenuAction>> {
    let path = place.path.clone();
    let copied = path.display().to_string();
    let mut items = vec![
        MenuItem {
            starts_group: true,
            ..MenuItem::new(words.open_file(), Command::OpenOriginal(place).into())
        },
        MenuItem::new(
            words.show_in_folder(),
            Command::HandOver(OtherProgram::FileManager, path).into(),
        ),
        MenuItem::new(words.copy_path(), MenuAction::Copy(copied)),
    ];
    items.extend(address.map(|it| {
        MenuItem::new(
            original::address_menu(words),
            DialogRequest::Address(it.to_owned()).into(),
        )
    }));
    items
}

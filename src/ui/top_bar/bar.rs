//! The bar at the top: which archive, the search field, the language, the menu.

use egui::Ui;

use crate::state::{ArchiveRoot, Command, Language, Settings, ThemeChoice};
use crate::text::{self, Icon, MenuItem};

use super::super::dialog_request::DialogRequest;
use super::super::file_lists::has_file_lists;
use super::super::layout::{View, middle_and_end_ui, row_ui};
use super::super::menu_action::MenuAction;
use super::super::searches::trail_ui;
use super::super::words::export::{self, Word};
use super::super::words::notice;
use super::search::{TopBarState, search_ui, understood_ui};

/// A narrower bar has fewer buttons, in points.
const NARROW: f32 = 640.0;

pub fn top_bar_ui(
    ui: &mut Ui,
    view: View<'_>,
    bar: &mut TopBarState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    // The room is for the search field; what is left out is in the palette and the settings.
    let is_narrow = ui.available_width() < NARROW;
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        trail_ui(ui, view, dialog, commands);
        ui.spacing_mut().item_spacing.x = 8.0;
        archives_ui(ui, view, commands);
        if !is_narrow && text::button_ui(ui, words.open_folder()).clicked() {
            commands.push(Command::PickFolder);
        }
        // Both parts of the row push commands.
        let mut at_end = Vec::new();
        let search = |ui: &mut Ui| search_ui(ui, view, bar, commands);
        middle_and_end_ui(ui, view, "bar", search, |ui| {
            let settings = &view.state.settings;
            if is_narrow {
                main_menu_ui(ui, view, dialog, &mut at_end);
                return;
            }
            let response = text::button_ui(ui, words.other_language());
            text::tooltip(&response, words.switch_language());
            if response.clicked() {
                let language = match settings.language {
                    Language::Arabic => Language::English,
                    Language::English => Language::Arabic,
                };
                at_end.push(Command::SetSettings(Settings {
                    language,
                    ..settings.clone()
                }));
            }
            main_menu_ui(ui, view, dialog, &mut at_end);
        });
        commands.append(&mut at_end);
    });
    understood_ui(ui, view, bar, commands);
}

/// The open archive, and those that were open before.
fn archives_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let open = view.state.archive.open.as_ref().map(|it| &it.root);
    // What is being opened is named already; before anything was, nothing is.
    let chosen = open.or(view.state.opening.as_ref()).cloned();
    let recent = view.state.settings.recent.iter().cloned().map(ArchiveRoot::Folder);
    let mut roots = vec![chosen.clone()];
    for root in recent.chain([ArchiveRoot::Sample]).map(Some) {
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    let named: Vec<(Option<ArchiveRoot>, String)> = roots
        .into_iter()
        .map(|root| {
            let name = match &root {
                None => view.words.no_archive().to_owned(),
                Some(it) if root == chosen => notice::archive(view.words, it),
                Some(it) => notice::archive_in_place(view.words, it),
            };
            (root, name)
        })
        .collect();
    let mut root = chosen.clone();
    text::combo_ui(ui, "archives", view.words.recent(), &mut root, &named);
    if let Some(root) = root.filter(|it| Some(it) != chosen.as_ref()) {
        commands.push(Command::Open(root));
    }
}

/// What is needed now and then.
fn main_menu_ui(ui: &mut Ui, view: View<'_>, dialog: &mut Option<DialogRequest>, commands: &mut Vec<Command>) {
    let name = view.words.menu();
    let (response, chosen) = text::menu_button_ui(ui, Icon::More, name, || main_menu(view));
    text::tooltip(&response, name);
    if let Some(action) = chosen {
        action.run(ui.ctx(), dialog, commands);
    }
}

fn main_menu<'a>(view: View<'_>) -> Vec<MenuItem<'a, MenuAction>> {
    let (words, settings) = (view.words, &view.state.settings);
    let open = view.state.archive.open.as_ref();
    let is_open = open.is_some();
    let is_users = open.is_some_and(|it| matches!(it.root, ArchiveRoot::Folder(_)));
    let theme = |label, theme| {
        let settings = Settings {
            theme,
            ..settings.clone()
        };
        MenuItem {
            checked: Some(view.state.settings.theme == theme),
            ..MenuItem::new(label, Command::SetSettings(settings).into())
        }
    };
    let mut items = reading_items(view);
    items.extend([
        MenuItem {
            starts_group: true,
            enabled: is_open,
            shortcut: "Ctrl+G",
            ..MenuItem::new(words.network(), Command::ShowNetwork(None).into())
        },
        MenuItem {
            enabled: view.state.archive.search.results.value.is_some(),
            shortcut: "Ctrl+E",
            ..MenuItem::new(export::word(words, Word::Menu), DialogRequest::Export(None).into())
        },
        MenuItem {
            enabled: is_open,
            ..MenuItem::new(words.suggestions_menu(), DialogRequest::Suggestions(None).into())
        },
        MenuItem {
            enabled: is_open,
            ..MenuItem::new(words.corrections_menu(), DialogRequest::Corrections.into())
        },
        MenuItem {
            enabled: !view.state.archive.correcting.corrections.all().is_empty(),
            ..MenuItem::new(words.undo_correction(), Command::UndoCorrection(None).into())
        },
        MenuItem {
            starts_group: true,
            enabled: is_users,
            ..MenuItem::new(words.forget_menu(), DialogRequest::Forget.into())
        },
        MenuItem {
            starts_group: true,
            ..theme(words.theme_light(), ThemeChoice::Light)
        },
        theme(words.theme_dark(), ThemeChoice::Dark),
        MenuItem {
            starts_group: true,
            shortcut: "Ctrl+,",
            ..MenuItem::new(words.settings(), DialogRequest::Settings.into())
        },
        MenuItem {
            shortcut: "F1",
            ..MenuItem::new(words.shortcuts(), DialogRequest::Shortcuts.into())
        },
    ]);
    items
}

/// What is about reading the folder's files.
fn reading_items<'a>(view: View<'_>) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let open = view.state.archive.open.as_ref();
    let is_open = open.is_some();
    let recognises_scans = open.is_some_and(|it| it.recognises_scans);
    vec![
        MenuItem {
            shortcut: "F5",
            enabled: is_open,
            ..MenuItem::new(words.refresh(), Command::Update.into())
        },
        MenuItem {
            enabled: has_file_lists(view),
            ..MenuItem::new(words.files_not_read_menu(), DialogRequest::FilesNotRead.into())
        },
        MenuItem {
            enabled: is_open,
            checked: Some(recognises_scans),
            ..MenuItem::new(
                words.recognise_scans(),
                Command::RecogniseScans(!recognises_scans).into(),
            )
        },
    ]
}

//! The bar at the top: which archive, the search field, the look; below it what was chosen.

use egui::{Id, Ui};

use crate::state::{ArchiveRoot, Command, Language, Settings, ThemeChoice};
use crate::text::{self, EditKind, EditOptions, EditState, Icon, MenuItem};

use super::searches::trail_ui;
use super::settings::Dialog;
use super::{View, middle_and_end_ui, row_ui};

/// What the bar remembers.
#[derive(Default)]
pub struct TopBarState {
    edit: EditState,
    query_text: String,
    /// The [`AppState::n_visits`](crate::state::AppState::n_visits) that was shown.
    n_visits: u64,
}

impl TopBarState {
    /// Puts the caret into the search field.
    pub fn focus_search(&mut self, ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(search_id()));
    }
}

fn search_id() -> Id {
    Id::unique("search")
}

pub fn top_bar_ui(
    ui: &mut Ui,
    view: View<'_>,
    bar: &mut TopBarState,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        trail_ui(ui, view, dialog, commands);
        ui.spacing_mut().item_spacing.x = 8.0;
        archives_ui(ui, view, commands);
        if text::button_ui(ui, words.open_folder()).clicked() {
            commands.push(Command::PickFolder);
        }
        // Both parts of the row push what they wish.
        let mut at_end = Vec::new();
        let search = |ui: &mut Ui| search_ui(ui, view, bar, commands);
        middle_and_end_ui(ui, view, "bar", search, |ui| {
            let settings = &view.state.settings;
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
}

fn search_ui(ui: &mut Ui, view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    // The query may have been cleared elsewhere; while it is typed, the field knows best.
    let is_visited = std::mem::replace(&mut bar.n_visits, view.state.n_visits) != view.state.n_visits;
    if is_visited || !ui.memory(|memory| memory.has_focus(search_id())) {
        bar.query_text.clone_from(&view.state.request.query_text);
    }
    let options = EditOptions {
        kind: EditKind::Search,
        hint: view.words.search_hint(),
        name: view.words.search(),
    };
    let response = text::edit_ui(ui, search_id(), &mut bar.edit, &mut bar.query_text, options);
    if response.cancelled && !bar.query_text.is_empty() {
        bar.query_text.clear();
        commands.push(Command::SetQuery(String::new()));
    } else if response.changed {
        commands.push(Command::SetQuery(bar.query_text.clone()));
    }
}

/// The open archive, and those that were open before.
fn archives_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let current = view
        .state
        .archive
        .as_ref()
        .map_or(ArchiveRoot::Sample, |archive| archive.root.clone());
    let mut roots = vec![current];
    for folder in &view.state.settings.recent {
        let root = ArchiveRoot::Folder(folder.clone());
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    if !roots.contains(&ArchiveRoot::Sample) {
        roots.push(ArchiveRoot::Sample);
    }
    let names: Vec<String> = roots.iter().map(|root| view.words.archive(root)).collect();
    let mut selected = 0;
    text::combo_ui(ui, "archives", view.words.recent(), &mut selected, &names);
    if selected != 0
        && let Some(root) = roots.get(selected)
    {
        commands.push(Command::Open(root.clone()));
    }
}

/// What is needed now and then.
fn main_menu_ui(ui: &mut Ui, view: View<'_>, dialog: &mut Dialog, commands: &mut Vec<Command>) {
    let (words, settings) = (view.words, &view.state.settings);
    let items = [
        MenuItem {
            shortcut: "F5",
            disabled: view.state.archive.is_none(),
            ..MenuItem::new(words.refresh())
        },
        MenuItem {
            disabled: view.state.corrections.all().is_empty(),
            ..MenuItem::new(words.undo_correction())
        },
        MenuItem {
            starts_group: true,
            checked: Some(settings.theme == ThemeChoice::Light),
            ..MenuItem::new(words.theme_light())
        },
        MenuItem {
            checked: Some(settings.theme == ThemeChoice::Dark),
            ..MenuItem::new(words.theme_dark())
        },
        MenuItem {
            starts_group: true,
            shortcut: "Ctrl+,",
            ..MenuItem::new(words.settings())
        },
        MenuItem {
            shortcut: "F1",
            ..MenuItem::new(words.shortcuts())
        },
    ];
    let (response, chosen) = text::menu_button_ui(ui, Icon::More, words.more(), &items);
    text::tooltip(&response, words.more());
    let mut set_theme = |theme| {
        commands.push(Command::SetSettings(Settings {
            theme,
            ..settings.clone()
        }));
    };
    match chosen {
        Some(0) => commands.push(Command::Update),
        Some(1) => commands.push(Command::UndoCorrection(None)),
        Some(2) => set_theme(ThemeChoice::Light),
        Some(3) => set_theme(ThemeChoice::Dark),
        Some(4) => *dialog = Dialog::Settings { page: 0 },
        Some(_) => *dialog = Dialog::Shortcuts,
        None => {}
    }
}

/// What was chosen, each with a button that drops it.
pub fn chips_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let filters = &view.state.request.filters;
    ui.with_layout(view.direction.row().with_main_wrap(true), |ui| {
        for (idx, filter) in filters.values.iter().enumerate() {
            let shown = view.words.facet_value(filter.facet, &filter.name);
            let name = if filter.excluded {
                format!("{} {shown}", view.words.not())
            } else {
                shown.into_owned()
            };
            if chip_ui(ui, view, &name) {
                commands.push(Command::RemoveFilter(idx));
            }
        }
        if let Some(similar_to) = &view.state.request.similar_to {
            let name = view.words.similar_to(&similar_to.title);
            if chip_ui(ui, view, &name) {
                commands.push(Command::RemoveSimilar);
            }
        }
        if let Some(period) = filters.period
            && chip_ui(ui, view, &view.words.period(period))
        {
            commands.push(Command::SetPeriod(None));
        }
        if text::button_ui(ui, view.words.clear_all()).clicked() {
            commands.push(Command::ClearAll);
        }
    });
}

/// Returns whether the value was dropped.
fn chip_ui(ui: &mut Ui, view: View<'_>, text: &str) -> bool {
    let name = format!("{}: {text}", view.words.remove_filter());
    let chip = text::chip_ui(ui, text, &name);
    text::tooltip(&chip.response, &name);
    chip.removed
}

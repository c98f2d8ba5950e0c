//! The bar at the top: which archive, the search field, the look; below it what was chosen.

use egui::{Id, Ui, vec2};

use crate::state::{ArchiveRoot, Command, Language, Settings, ThemeChoice};
use crate::text::{self, EditState, Icon};

use super::{View, end_ui, row_ui};

/// What the bar remembers.
#[derive(Default)]
pub struct TopBarState {
    edit: EditState,
    query_text: String,
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

pub fn top_bar_ui(ui: &mut Ui, view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    let words = view.words;
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        archives_ui(ui, view, commands);
        if text::button_ui(ui, words.open_folder()).clicked() {
            commands.push(Command::PickFolder);
        }
        end_ui(ui, view, |ui| {
            let settings = &view.state.settings;
            let is_dark = settings.theme == ThemeChoice::Dark;
            let (icon, name) = if is_dark {
                (Icon::Sun, words.switch_to_light())
            } else {
                (Icon::Moon, words.switch_to_dark())
            };
            let response = text::icon_button_ui(ui, icon, name);
            text::tooltip(&response, name);
            if response.clicked() {
                let theme = if is_dark { ThemeChoice::Light } else { ThemeChoice::Dark };
                commands.push(Command::SetSettings(Settings {
                    theme,
                    ..settings.clone()
                }));
            }
            let response = text::button_ui(ui, words.other_language());
            text::tooltip(&response, words.switch_language());
            if response.clicked() {
                let language = match settings.language {
                    Language::Arabic => Language::English,
                    Language::English => Language::Arabic,
                };
                commands.push(Command::SetSettings(Settings {
                    language,
                    ..settings.clone()
                }));
            }
            ui.allocate_ui(vec2(ui.available_width(), 34.0), |ui| {
                search_ui(ui, view, bar, commands);
            });
        });
    });
}

fn search_ui(ui: &mut Ui, view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    // The query may have been cleared elsewhere; while it is typed, the field knows best.
    if !ui.memory(|memory| memory.has_focus(search_id())) {
        bar.query_text.clone_from(&view.state.request.query_text);
    }
    let response = text::search_field_ui(
        ui,
        search_id(),
        &mut bar.edit,
        &mut bar.query_text,
        view.words.search_hint(),
        view.words.search(),
    );
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

/// What was chosen, each with a button that drops it.
pub fn chips_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let filters = &view.state.request.filters;
    let layout = match view.direction {
        text::Direction::RightToLeft => egui::Layout::right_to_left(egui::Align::Center),
        text::Direction::LeftToRight => egui::Layout::left_to_right(egui::Align::Center),
    };
    ui.with_layout(layout.with_main_wrap(true), |ui| {
        for (idx, filter) in filters.values.iter().enumerate() {
            let name = if filter.excluded {
                format!("{} {}", view.words.not(), filter.name)
            } else {
                filter.name.clone()
            };
            if text::chip_ui(ui, &name).removed {
                commands.push(Command::RemoveFilter(idx));
            }
        }
        if let Some(period) = filters.period
            && text::chip_ui(ui, &view.words.period(period)).removed
        {
            commands.push(Command::SetPeriod(None));
        }
        if text::button_ui(ui, view.words.clear_all()).clicked() {
            commands.push(Command::ClearAll);
        }
    });
}

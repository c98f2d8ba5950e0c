//! The facet panel: the timeline, then who, what and where, each counted.

use std::path::Path;

use egui::Ui;

use crate::index::{Facet, FacetCount, FacetCounts, FacetFilter};
use crate::state::{Command, Settings};
use crate::text::{self, CountRow, MenuItem};

use super::entity::{EntityForm, EntityName, Wish};
use super::facet_values::FacetValues;
use super::histogram::HistogramState;
use super::settings::Dialog;
use super::strings::{isolate, isolated};
use super::timeline::timeline_ui;
use super::{View, row_ui};

/// How many values a facet shows; all of them are in a dialog.
const FEW_VALUES: usize = 8;

/// The height of a value's row.
const VALUE_HEIGHT: f32 = 28.0;

/// In less room, in points, the choices of what is counted stand without their label.
const ROOM_FOR_LABEL: f32 = 205.0;

/// What the panel remembers.
#[derive(Default)]
pub struct FacetPanelState {
    timeline: HistogramState,
}

pub fn facet_panel_ui(
    ui: &mut Ui,
    view: View<'_>,
    panel: &mut FacetPanelState,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) {
    let Some(page) = view.state.results.value.clone() else {
        return;
    };
    timeline_ui(ui, view, &page, &mut panel.timeline, commands);
    ui.add_space(6.0);
    text::scroll_area_ui(ui, "facets", |ui| {
        counting_ui(ui, view, commands);
        for counts in &page.facets {
            let is_name = matches!(counts.facet, Facet::Person | Facet::Organisation | Facet::Place);
            if page.names_pending && is_name && counts.n_values == 0 {
                pending_facet_ui(ui, view, counts.facet);
                continue;
            }
            facet_ui(ui, view, counts, dialog, commands);
        }
    });
}

/// Whether articles are counted or stories.
fn counting_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let words = view.words;
    row_ui(ui, view, 30.0, |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        if ROOM_FOR_LABEL <= ui.available_width() {
            text::line_ui(ui, words.count_label(), &view.weak());
        }
        for (label, counts_stories) in [(words.count_articles(), false), (words.count_stories(), true)] {
            let is_so = view.state.request.counts_stories == counts_stories;
            if text::radio_ui(ui, label, is_so).clicked() {
                commands.push(Command::SetCountsStories(counts_stories));
            }
        }
    });
}

/// Keeps the room of a facet whose values are being found out, so that nothing jumps when they come.
fn pending_facet_ui(ui: &mut Ui, view: View<'_>, facet: Facet) {
    text::branch_ui(ui, view.words.facet(facet), "…", view.theme.facet(facet), true);
    row_ui(ui, view, VALUE_HEIGHT, |ui| {
        text::line_ui(ui, view.words.names_pending(), &view.style());
    });
    for _ in 1..FEW_VALUES {
        row_ui(ui, view, VALUE_HEIGHT, |_ui| {});
    }
    row_ui(ui, view, 30.0, |_ui| {});
    ui.add_space(8.0);
}

fn facet_ui(ui: &mut Ui, view: View<'_>, counts: &FacetCounts, dialog: &mut Dialog, commands: &mut Vec<Command>) {
    let facet = counts.facet;
    if counts.n_values == 0 {
        return;
    }
    let n_values = view.words.number(counts.n_values as u64);
    let folded = &view.state.settings.folded_facets;
    let open = !folded.contains(&facet);
    let color = view.theme.facet(facet);
    if text::branch_ui(ui, view.words.facet(facet), &n_values, color, open).clicked() {
        let mut settings: Settings = view.state.settings.clone();
        settings.folded_facets.retain(|it| *it != facet);
        if open {
            settings.folded_facets.push(facet);
        }
        commands.push(Command::SetSettings(settings));
    }
    if !open {
        ui.add_space(4.0);
        return;
    }
    any_of_ui(ui, view, facet, commands);
    let most = counts.values.iter().map(|it| it.articles).max().unwrap_or(1);
    for (idx, value) in counts.values.iter().enumerate() {
        if idx < FEW_VALUES || chosen(view, facet, value).is_some() {
            let next = value_ui(ui, view, facet, value, most, commands);
            if let Some(next) = next {
                *dialog = next;
            }
        }
    }
    if FEW_VALUES < counts.n_values {
        row_ui(ui, view, 30.0, |ui| {
            if text::button_ui(ui, view.words.show_more()).clicked() {
                *dialog = Dialog::FacetValues(Box::new(FacetValues::new(facet, commands)));
            }
        });
    }
    ui.add_space(8.0);
}

fn chosen<'a>(view: View<'a>, facet: Facet, value: &FacetCount) -> Option<&'a FacetFilter> {
    let filters = &view.state.request.filters;
    filters.values.iter().find(|it| it.facet == facet && it.id == value.id)
}

/// Whether all of several required values are needed or any of them will do, where there are several.
pub fn any_of_ui(ui: &mut Ui, view: View<'_>, facet: Facet, commands: &mut Vec<Command>) {
    let filters = &view.state.request.filters;
    let required = filters.values.iter().filter(|it| it.facet == facet && !it.excluded);
    if required.count() < 2 || facet.has_one_value() {
        return;
    }
    row_ui(ui, view, 30.0, |ui| {
        for (label, any) in [(view.words.all_of_them(), false), (view.words.any_of_them(), true)] {
            if text::radio_ui(ui, label, filters.takes_any(facet) == any).clicked() {
                commands.push(Command::SetAnyOf(facet, any));
            }
        }
    });
}

/// A value with its count, which is `most` at most; returns the dialog that was asked for.
pub fn value_ui(
    ui: &mut Ui,
    view: View<'_>,
    facet: Facet,
    value: &FacetCount,
    most: u64,
    commands: &mut Vec<Command>,
) -> Option<Dialog> {
    let chosen = chosen(view, facet, value);
    let count_text = view.words.number(value.articles);
    let name = view.words.facet_value(facet, &value.name);
    let (shown, note) = match (facet, value.name.rsplit_once('/')) {
        (Facet::Folder, Some((above, own))) => (isolate(own), isolated(Path::new(above))),
        _ => (view.words.found_as(&name, value.spelling.as_deref()), String::new()),
    };
    let response = text::count_row_ui(
        ui,
        CountRow {
            text: &shown,
            note: &note,
            count_text: &count_text,
            fraction: value.articles as f32 / most.max(1) as f32,
            selected: chosen.is_some_and(|it| !it.excluded),
            excluded: chosen.is_some_and(|it| it.excluded),
            accent: view.theme.facet(facet),
        },
    );
    let excludes = ui.input(|input| input.modifiers.shift);
    let filter = |excluded| FacetFilter {
        facet,
        id: value.id.clone(),
        name: value.name.clone(),
        excluded,
    };
    if response.clicked() {
        commands.push(Command::ToggleFacet(filter(excludes)));
    }
    let mut items = vec![
        MenuItem::new(view.words.only_this()),
        MenuItem::new(view.words.exclude()),
        MenuItem {
            starts_group: true,
            ..MenuItem::new(view.words.copy())
        },
    ];
    let entity = EntityName::of_facet(facet, &value.id, &value.name);
    if let Some(entity) = &entity {
        items.push(MenuItem {
            starts_group: true,
            ..MenuItem::new(view.words.entity_page())
        });
        items.push(MenuItem::new(view.words.correct_name()));
        if view.state.suggested.contains(&entity.id) {
            items.push(MenuItem::new(view.words.may_be_the_same()));
        }
    }
    match (text::context_menu_ui(&response, &name, &items)?, entity) {
        (0, _) => {
            commands.push(Command::ClearAll);
            commands.push(Command::ToggleFacet(filter(false)));
            None
        }
        (1, _) => {
            commands.push(Command::ToggleFacet(filter(true)));
            None
        }
        (2, _) => {
            ui.copy_text(name.into_owned());
            None
        }
        (3, Some(entity)) => {
            let (id, with) = (entity.id, None);
            commands.push(Command::ShowEntity { id, with });
            None
        }
        (4, Some(entity)) => Some(Dialog::Entity(Box::new(EntityForm::new(entity, Wish::Name, commands)))),
        (_, Some(entity)) => Some(Dialog::Suggestions(Some(entity.id))),
        (_, None) => None,
    }
}

//! The facet panel: the timeline, then who, what and where, each counted.

use std::collections::{HashMap, HashSet};

use egui::{Id, Ui};

use crate::arabic::{Folding, fold};
use crate::index::{Facet, FacetCount, FacetCounts, FacetFilter};
use crate::state::Command;
use crate::text::{self, CountRow, EditKind, EditOptions, EditState, MenuItem};

use super::entity::{EntityForm, EntityName, Wish};
use super::settings::Dialog;
use super::timeline::{TimelineState, timeline_ui};
use super::{View, row_ui};

/// How many values a facet shows before it is unfolded.
const FEW_VALUES: usize = 8;

/// The height of a value's row.
const VALUE_HEIGHT: f32 = 28.0;

/// What the panel remembers.
#[derive(Default)]
pub struct FacetPanelState {
    timeline: TimelineState,
    /// The facets of which more than a few values are shown.
    unfolded: HashSet<Facet>,
    /// The facets of which nothing is shown.
    folded: HashSet<Facet>,
    /// The facets whose values stand in the order of their names.
    by_name: HashSet<Facet>,
    edits: HashMap<Facet, (EditState, String)>,
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
        for counts in &page.facets {
            let is_name = matches!(counts.facet, Facet::Person | Facet::Organisation | Facet::Place);
            if page.names_pending && is_name && counts.n_values == 0 {
                pending_facet_ui(ui, view, counts.facet);
                continue;
            }
            facet_ui(ui, view, counts, panel, dialog, commands);
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

fn facet_ui(
    ui: &mut Ui,
    view: View<'_>,
    counts: &FacetCounts,
    panel: &mut FacetPanelState,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) {
    let facet = counts.facet;
    if counts.n_values == 0 {
        return;
    }
    let color = view.theme.facet(facet);
    let n_values = view.words.number(counts.n_values as u64);
    let open = !panel.folded.contains(&facet);
    if text::branch_ui(ui, view.words.facet(facet), &n_values, color, open).clicked() {
        if open {
            panel.folded.insert(facet);
        } else {
            panel.folded.remove(&facet);
        }
    }
    if !open {
        ui.add_space(4.0);
        return;
    }
    let unfolded = panel.unfolded.contains(&facet);
    if unfolded {
        let (edit, typed) = panel.edits.entry(facet).or_default();
        let options = EditOptions {
            kind: EditKind::Search,
            hint: view.words.filter_values(),
            name: view.words.filter_values(),
        };
        let response = text::edit_ui(ui, Id::unique(("facet-filter", facet)), edit, typed, options);
        if response.cancelled {
            typed.clear();
        }
        if response.changed || response.cancelled {
            commands.push(Command::FilterFacet(facet, typed.clone()));
        }
        row_ui(ui, view, 30.0, |ui| {
            let is_by_name = panel.by_name.contains(&facet);
            if text::radio_ui(ui, view.words.by_count(), !is_by_name).clicked() {
                panel.by_name.remove(&facet);
            }
            if text::radio_ui(ui, view.words.by_name(), is_by_name).clicked() {
                panel.by_name.insert(facet);
            }
        });
    }
    let filters = &view.state.request.filters;
    let n_required = filters
        .values
        .iter()
        .filter(|it| it.facet == facet && !it.excluded)
        .count();
    if 1 < n_required && facet != Facet::Source {
        row_ui(ui, view, 30.0, |ui| {
            for (label, any) in [(view.words.all_of_them(), false), (view.words.any_of_them(), true)] {
                if text::radio_ui(ui, label, filters.takes_any(facet) == any).clicked() {
                    commands.push(Command::SetAnyOf(facet, any));
                }
            }
        });
    }
    let found = view
        .state
        .facet_filters
        .get(&facet)
        .and_then(|search| search.counts.as_ref());
    let mut values: Vec<&FacetCount> = found.unwrap_or(counts).values.iter().collect();
    if unfolded && panel.by_name.contains(&facet) {
        values.sort_by_cached_key(|it| fold(&it.name, Folding::Name));
    }
    let most = values.iter().map(|it| it.articles).max().unwrap_or(1).max(1);
    let is_chosen = |it: &FacetCount| {
        filters
            .values
            .iter()
            .find(|chosen| chosen.facet == facet && chosen.id == it.id)
    };
    for (idx, value) in values.iter().enumerate() {
        let chosen = is_chosen(value);
        if !unfolded && FEW_VALUES <= idx && chosen.is_none() {
            continue;
        }
        let count_text = view.words.number(value.articles);
        let name = view.words.facet_value(facet, &value.name);
        let name_found = view.words.found_as(&name, value.spelling.as_deref());
        let response = text::count_row_ui(
            ui,
            CountRow {
                text: &name_found,
                count_text: &count_text,
                fraction: value.articles as f32 / most as f32,
                selected: chosen.is_some_and(|it| !it.excluded),
                excluded: chosen.is_some_and(|it| it.excluded),
                accent: color,
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
        let chosen_item = text::context_menu_ui(&response, &name, &items);
        match (chosen_item, entity) {
            (Some(0), _) => {
                commands.push(Command::ClearAll);
                commands.push(Command::ToggleFacet(filter(false)));
            }
            (Some(1), _) => commands.push(Command::ToggleFacet(filter(true))),
            (Some(2), _) => ui.copy_text(name.into_owned()),
            (Some(3), Some(entity)) => {
                let (id, with) = (entity.id, None);
                commands.push(Command::ShowEntity { id, with });
            }
            (Some(4), Some(entity)) => {
                *dialog = Dialog::Entity(Box::new(EntityForm::new(entity, Wish::Name, commands)));
            }
            (Some(_), Some(entity)) => *dialog = Dialog::Suggestions(Some(entity.id)),
            _ => {}
        }
    }
    if FEW_VALUES < counts.n_values {
        let label = if unfolded {
            view.words.show_fewer()
        } else {
            view.words.show_more()
        };
        row_ui(ui, view, 30.0, |ui| {
            if text::button_ui(ui, label).clicked() {
                if unfolded {
                    panel.unfolded.remove(&facet);
                    panel.edits.remove(&facet);
                    commands.push(Command::FilterFacet(facet, String::new()));
                } else {
                    panel.unfolded.insert(facet);
                }
            }
        });
    }
    ui.add_space(8.0);
}

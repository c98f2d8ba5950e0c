//! The facet panel: the timeline, then who, what and where, each counted.

use egui::Ui;

use crate::index::{Facet, FacetCount, FacetCounts, FacetFilter};
use crate::state::{Command, Settings};
use crate::text::{self, CountRow, MenuItem};

use super::entity::EntityForm;
use super::facet_values::FacetValues;
use super::histogram::HistogramState;
use super::settings::Dialog;
use super::timeline::timeline_ui;
use super::{View, row_ui};

/// How many values a facet shows; all of them are in a dialog.
const FEW_VALUES: usize = 8;

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
            facet_ui(ui, view, counts, dialog, commands);
        }
    });
}

/// Whether articles are counted or stories.
fn counting_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let words = view.words;
    row_ui(ui, view, 30.0, |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        text::line_ui(ui, words.count_label(), &view.weak());
        for (label, counts_stories) in [(words.count_articles(), false), (words.count_stories(), true)] {
            let is_so = view.state.request.counts_stories == counts_stories;
            if text::radio_ui(ui, label, is_so).clicked() {
                commands.push(Command::SetCountsStories(counts_stories));
            }
        }
    });
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
    let response = text::count_row_ui(
        ui,
        CountRow {
            text: &name,
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
    let items = [
        MenuItem::new(view.words.only_this()),
        MenuItem::new(view.words.exclude()),
        MenuItem {
            starts_group: true,
            ..MenuItem::new(view.words.copy())
        },
        MenuItem {
            starts_group: true,
            disabled: !matches!(facet, Facet::Person | Facet::Organisation | Facet::Place),
            ..MenuItem::new(view.words.correct_name())
        },
    ];
    match text::context_menu_ui(&response, &name, &items)? {
        0 => {
            commands.push(Command::ClearAll);
            commands.push(Command::ToggleFacet(filter(false)));
            None
        }
        1 => {
            commands.push(Command::ToggleFacet(filter(true)));
            None
        }
        2 => {
            ui.copy_text(name.into_owned());
            None
        }
        _ => EntityForm::new(facet, value, commands).map(|form| Dialog::Entity(Box::new(form))),
    }
}

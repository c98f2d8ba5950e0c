//! The facet panel: the timeline, then who, what and where, each counted.

use egui::Ui;

use crate::index::{Facet, FacetCounts};
use crate::state::{Command, Settings};
use crate::text;

use super::dialog_request::DialogRequest;
use super::facet_value::{any_of_ui, chosen, value_ui};
use super::histogram::HistogramState;
use super::layout::{View, row_ui};
use super::period_fields::PeriodFieldsState;
use super::timeline::timeline_ui;
use super::words::count;

/// How many values a facet shows; all of them are in a dialog. Picked by feel.
const FEW_VALUES: usize = 8;

/// The height of a value's row.
const VALUE_HEIGHT: f32 = 28.0;

/// In less room, in points, the choices of what is counted stand without their label.
const ROOM_FOR_LABEL: f32 = 205.0;

/// What the panel remembers.
#[derive(Default)]
pub struct FacetPanelState {
    timeline: HistogramState,
    period: PeriodFieldsState,
}

pub fn facet_panel_ui(
    ui: &mut Ui,
    view: View<'_>,
    panel: &mut FacetPanelState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let Some(page) = view.state.archive.search.results.value.clone() else {
        return;
    };
    let timeline = (&mut panel.timeline, &mut panel.period);
    timeline_ui(ui, view, &page, timeline, commands);
    ui.add_space(6.0);
    text::scroll_area_ui(ui, "facets", |ui| {
        counting_ui(ui, view, commands);
        for counts in &page.facets {
            let is_name = counts.facet.entity_kind().is_some();
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
            let is_so = view.state.archive.search.request.counts_stories == counts_stories;
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

fn facet_ui(
    ui: &mut Ui,
    view: View<'_>,
    counts: &FacetCounts,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let facet = counts.facet;
    if counts.n_values == 0 {
        return;
    }
    let n_values = count::number(view.words, counts.n_values as u64);
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
            value_ui(ui, view, (facet, value, most), dialog, commands);
        }
    }
    if FEW_VALUES < counts.n_values {
        row_ui(ui, view, 30.0, |ui| {
            if text::button_ui(ui, view.words.show_more()).clicked() {
                *dialog = Some(DialogRequest::FacetValues(facet));
            }
        });
    }
    ui.add_space(8.0);
}

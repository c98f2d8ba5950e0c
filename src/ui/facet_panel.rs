//! The facet panel: the timeline, then who, what and where, each counted.

use egui::{Id, Ui, vec2};

use crate::index::{Facet, FacetCounts, FacetOrder};
use crate::state::{ChartKind, Command, FilePurpose, Missing, NamePage, Settings};
use crate::text::{self, EditKind, EditOptions, EditState, MenuItem};

use super::dialog_request::DialogRequest;
use super::facet_value::{any_of_ui, chosen, filter, value_ui};
use super::histogram::HistogramState;
use super::layout::{View, middle_and_end_ui, missing_ui, row_ui};
use super::menu_action::MenuAction;
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
    /// Whether the keyboard was asked for: it goes to the first facet.
    pub takes_focus: bool,
    timeline: HistogramState,
    period: PeriodFieldsState,
    sought: Sought,
}

/// What is typed to find a value of a facet.
#[derive(Default)]
struct Sought {
    facet: Option<Facet>,
    text: String,
    edit: EditState,
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
        let mut takes_focus = std::mem::take(&mut panel.takes_focus);
        network_button_ui(ui, view, commands);
        for counts in &page.facets {
            let is_name = counts.facet.entity_kind().is_some();
            if page.names_pending && is_name && counts.n_values == 0 {
                pending_facet_ui(ui, view, counts.facet);
                continue;
            }
            let takes_focus = std::mem::take(&mut takes_focus);
            facet_ui(ui, view, counts, (&mut panel.sought, takes_focus), dialog, commands);
        }
    });
}

/// Whether articles are counted or stories.
fn counting_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let words = view.words;
    // Where there is no room beside each other, below each other: nothing is cut.
    let size = vec2(ui.available_width(), 30.0);
    ui.allocate_ui_with_layout(size, view.direction.row().with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
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

/// Opens the picture of who appears with whom in the result.
fn network_button_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    row_ui(ui, view, 34.0, |ui| {
        let is_on = view.state.archive.entities.name_page() == Some(NamePage::Network { center: None });
        let button = text::toggle_ui(ui, view.words.network(), is_on);
        text::tooltip(&button, view.words.network_key());
        if button.clicked() {
            commands.push(match is_on {
                true => Command::LeaveEntity,
                false => Command::ShowNetwork(None),
            });
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
    (sought, takes_focus): (&mut Sought, bool),
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
    let heading = text::branch_ui(ui, view.words.facet(facet), &n_values, color, open);
    if takes_focus {
        heading.request_focus();
    }
    let chosen = text::context_menu_ui(&heading, view.words.facet(facet), || heading_menu(view, facet));
    if let Some(action) = chosen {
        action.run(ui.ctx(), dialog, commands);
    }
    if heading.clicked() {
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
    if FEW_VALUES < counts.n_values {
        sought_ui(ui, view, facet, sought, dialog, commands);
    }
    let is_sought = sought.facet == Some(facet) && !sought.text.trim().is_empty();
    let list = view.state.archive.search.facet_list.as_ref();
    let found = match list.filter(|it| is_sought && it.facet == facet && it.text == sought.text) {
        Some(list) => list.counts.shown(|counts| counts.values.is_empty()),
        None if is_sought => {
            let wanted = (facet, sought.text.clone(), FacetOrder::Count);
            commands.push(Command::ListFacet(Some(wanted)));
            Err(Missing::Unanswered)
        }
        None => Ok(counts),
    };
    match found {
        Ok(counts) => values_ui(ui, view, counts, dialog, commands),
        Err(why) => missing_ui(ui, view, why, view.words.nothing_found()),
    }
    ui.add_space(8.0);
}

/// What can be done with a facet.
fn heading_menu<'a>(view: View<'_>, facet: Facet) -> Vec<MenuItem<'a, MenuAction>> {
    let save = Command::PickFile(FilePurpose::ExportChart(ChartKind::Top(facet)));
    vec![
        MenuItem::new(view.words.show_more(), DialogRequest::FacetValues(facet).into()),
        MenuItem::new(view.words.save_chart(), save.into()),
    ]
}

/// The most frequent values, and those that were chosen.
fn values_ui(
    ui: &mut Ui,
    view: View<'_>,
    counts: &FacetCounts,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let facet = counts.facet;
    let most = counts.values.iter().map(|it| it.articles).max().unwrap_or(1);
    for (idx, value) in counts.values.iter().enumerate() {
        if idx < FEW_VALUES || chosen(view, facet, value).is_some() {
            value_ui(ui, view, (facet, value, most), dialog, commands);
        }
    }
}

/// The field in which a value is sought, and the button that lists all of them. The arrow down leads from the field to the
/// values; Enter takes the first.
fn sought_ui(
    ui: &mut Ui,
    view: View<'_>,
    facet: Facet,
    sought: &mut Sought,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    // One is sought at a time: another facet has a field of its own, and its text is empty.
    let is_here = sought.facet == Some(facet);
    let (mut text, mut edit) = match is_here {
        true => (std::mem::take(&mut sought.text), std::mem::take(&mut sought.edit)),
        false => Default::default(),
    };
    let (mut changed, mut submitted, mut has_focus, mut lists_all) = (false, false, false, false);
    row_ui(ui, view, 36.0, |ui| {
        let field = |ui: &mut Ui| {
            let options = EditOptions {
                kind: EditKind::Search,
                hint: words.filter_values(),
                name: words.filter_values(),
            };
            let response = text::edit_ui(ui, Id::unique(("sought value", facet)), &mut edit, &mut text, options);
            if response.cancelled {
                text.clear();
            }
            (changed, submitted) = (response.changed || response.cancelled, response.submitted);
            has_focus = response.response.has_focus();
        };
        middle_and_end_ui(ui, view, words.facet(facet), field, |ui| {
            if text::button_ui(ui, words.show_more()).clicked() {
                lists_all = true;
            }
        });
    });
    if lists_all {
        // The dialog lists values itself.
        text.clear();
        *dialog = Some(DialogRequest::FacetValues(facet));
    }
    if is_here || has_focus {
        *sought = Sought {
            facet: Some(facet),
            text,
            edit,
        };
    }
    if changed {
        let list = Some(sought.text.clone()).filter(|it| !it.trim().is_empty());
        commands.push(Command::ListFacet(list.map(|text| (facet, text, FacetOrder::Count))));
    }
    let list = view.state.archive.search.facet_list.as_ref();
    let first = list.filter(|it| submitted && it.facet == facet && it.text == sought.text);
    if let Some(first) = first.and_then(|it| it.counts.value.as_ref()?.values.first()) {
        commands.push(Command::ToggleFacet(filter(facet, first, false)));
        sought.text.clear();
        commands.push(Command::ListFacet(None));
    }
}

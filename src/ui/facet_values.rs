//! All values of a facet, in a dialog: however many there are.

use egui::{Id, Sense, Ui, UiBuilder, vec2};

use crate::index::{Facet, FacetOrder};
use crate::state::{Command, Missing};
use crate::text::{self, EditKind, EditOptions, EditState};

use super::dialog_request::DialogRequest;
use super::facet_value::{any_of_ui, filter, value_ui};
use super::layout::{View, missing_ui, row_ui};

/// The height of a row, in points: that of a value and the room below it.
const ROW_HEIGHT: f32 = 29.0;
/// The height of the list, in points.
const LIST_HEIGHT: f32 = 400.0;

/// A facet whose values are looked through.
pub struct FacetValues {
    facet: Facet,
    order: FacetOrder,
    text: String,
    edit: EditState,
}

impl FacetValues {
    /// All values of `facet`, the most frequent first.
    pub fn new(facet: Facet, commands: &mut Vec<Command>) -> Self {
        let it = Self {
            facet,
            order: FacetOrder::Count,
            text: String::new(),
            edit: EditState::default(),
        };
        it.ask(commands);
        it
    }

    /// The facet whose values are listed.
    pub fn facet(&self) -> Facet {
        self.facet
    }

    fn ask(&self, commands: &mut Vec<Command>) {
        let wanted = (self.facet, self.text.clone(), self.order);
        commands.push(Command::ListFacet(Some(wanted)));
    }
}

/// Draws the dialog's content. `dialog` is the one that takes its place.
pub fn facet_values_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut FacetValues,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    let before = it.order;
    // Above the field: the arrow that leads down from it leads to the values.
    row_ui(ui, view, 34.0, |ui| {
        for (order, name) in [
            (FacetOrder::Count, words.by_count()),
            (FacetOrder::Name, words.by_name()),
        ] {
            if text::radio_ui(ui, name, it.order == order).clicked() {
                it.order = order;
            }
        }
    });
    any_of_ui(ui, view, it.facet, commands);
    let options = EditOptions {
        kind: EditKind::Search,
        hint: words.filter_values(),
        name: words.filter_values(),
    };
    let response = text::edit_ui(ui, Id::unique("facet filter"), &mut it.edit, &mut it.text, options);
    if response.cancelled {
        it.text.clear();
    }
    if response.changed || response.cancelled || it.order != before {
        it.ask(commands);
    }
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), LIST_HEIGHT), Sense::hover());
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room));
    let list = view
        .state
        .archive
        .search
        .facet_list
        .as_ref()
        .filter(|list| list.facet == it.facet);
    let counts = list.map_or(Err(Missing::Unanswered), |list| {
        list.counts.shown(|counts| counts.values.is_empty())
    });
    let counts = match counts {
        Ok(counts) => counts,
        Err(why) => return missing_ui(&mut ui, view, why, words.nothing_found()),
    };
    if response.submitted
        && let Some(first) = counts.values.first()
    {
        commands.push(Command::ToggleFacet(filter(it.facet, first, false)));
    }
    let most = counts.values.iter().map(|it| it.articles).max().unwrap_or(1);
    text::rows_ui(&mut ui, "facet values", counts.values.len(), ROW_HEIGHT, |ui, row| {
        value_ui(ui, view, (it.facet, &counts.values[row], most), dialog, commands);
    });
}

//! A value of a facet with its count, as the panel and the dialog of all values show it.

use std::path::Path;

use egui::Ui;

use crate::index::{Facet, FacetCount, FacetFilter};
use crate::state::Command;
use crate::text::{self, CountRow, MenuItem};

use super::dialog_request::{CorrectionStep, DialogRequest, EntityName};
use super::layout::{View, row_ui};
use super::menu_action::MenuAction;
use super::words::{count, isolate, isolated, phrase};

/// The filter that asks for the value or excludes it, if there is one.
pub fn chosen<'a>(view: View<'a>, facet: Facet, value: &FacetCount) -> Option<&'a FacetFilter> {
    let filters = &view.state.archive.search.request.filters;
    filters.values.iter().find(|it| it.facet == facet && it.id == value.id)
}

/// Whether all of several required values are needed or any of them will do, where there are several.
pub fn any_of_ui(ui: &mut Ui, view: View<'_>, facet: Facet, commands: &mut Vec<Command>) {
    let filters = &view.state.archive.search.request.filters;
    let required = filters.values.iter().filter(|it| it.facet == facet && !it.excluded);
    if required.count() < 2 || facet.always_takes_any() {
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

/// A value of a facet with its count; `most` is the count of the value with the longest bar.
pub fn value_ui(
    ui: &mut Ui,
    view: View<'_>,
    (facet, value, most): (Facet, &FacetCount, u64),
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let chosen = chosen(view, facet, value);
    let count_text = count::number(view.words, value.articles);
    let name = phrase::facet_value(view.words, facet, &value.name);
    let (shown, note) = match (facet, value.name.rsplit_once('/')) {
        (Facet::Folder, Some((above, own))) => (isolate(own), isolated(Path::new(above))),
        _ => (phrase::found_as(&name, value.spelling.as_deref()), String::new()),
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
    if response.clicked() {
        let excludes = ui.input(|input| input.modifiers.shift);
        commands.push(Command::ToggleFacet(filter(facet, value, excludes)));
    }
    let chosen = text::context_menu_ui(&response, &name, || value_menu(view, facet, value, &name));
    if let Some(action) = chosen {
        action.run(ui.ctx(), dialog, commands);
    }
}

/// The choice of a value.
pub fn filter(facet: Facet, value: &FacetCount, excluded: bool) -> FacetFilter {
    FacetFilter {
        facet,
        id: value.id.clone(),
        name: value.name.clone(),
        excluded,
    }
}

/// What can be done with a value, `name` being what it is called; more with one that is a name.
fn value_menu<'a>(view: View<'_>, facet: Facet, value: &FacetCount, name: &str) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let toggle = |excluded| Command::ToggleFacet(filter(facet, value, excluded));
    let only_this = MenuAction::Push(vec![Command::ClearAll, toggle(false)]);
    let mut items = vec![
        MenuItem::new(words.only_this(), only_this),
        MenuItem::new(words.exclude(), toggle(true).into()),
        MenuItem {
            starts_group: true,
            ..MenuItem::new(words.copy(), MenuAction::Copy(name.to_owned()))
        },
    ];
    let Some(entity) = EntityName::of_facet(facet, &value.id, &value.name) else {
        return items;
    };
    let id = entity.id.clone();
    let with = Vec::new();
    items.push(MenuItem {
        starts_group: true,
        ..MenuItem::new(words.entity_page(), Command::ShowEntity { id, with }.into())
    });
    let around = Command::ShowNetwork(Some(entity.id.clone()));
    items.push(MenuItem::new(words.network_of_name(), around.into()));
    let id = entity.id.clone();
    let correct = DialogRequest::CorrectName(entity, CorrectionStep::Name);
    items.push(MenuItem::new(words.correct_name(), correct.into()));
    if view.state.archive.correcting.suggested.contains(&id) {
        let suggestions = DialogRequest::Suggestions(Some(id));
        items.push(MenuItem::new(words.may_be_the_same(), suggestions.into()));
    }
    items
}

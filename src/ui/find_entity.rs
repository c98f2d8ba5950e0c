//! A field for the name of an entity, and below it those that were found.

use egui::{Id, Ui};

use crate::entities::{EntityId, EntityKind};
use crate::index::FoundEntity;
use crate::state::Command;
use crate::text::{self, EditKind, EditOptions, EditState, LinkRow};

use super::layout::View;
use super::words::{count, phrase};

/// Which entity is looked for.
pub struct FindEntity<'a> {
    /// The id of the field.
    pub id: Id,
    /// What the field is called.
    pub label: &'a str,
    /// What it is.
    pub kind: EntityKind,
    /// This one is not meant.
    pub but: &'a EntityId,
}

/// A field for the name of an entity, and below it those that were found, as high as there is room. Returns the chosen
/// one, and whether Escape was pressed in the field.
pub fn find_entity_ui(
    ui: &mut Ui,
    view: View<'_>,
    find: FindEntity<'_>,
    edit: &mut EditState,
    typed: &mut String,
    commands: &mut Vec<Command>,
) -> (Option<FoundEntity>, bool) {
    let options = EditOptions {
        kind: EditKind::Search,
        hint: find.label,
        name: find.label,
    };
    let response = text::edit_ui(ui, find.id, edit, typed, options);
    if response.changed {
        commands.push(Command::FindEntities {
            text: typed.clone(),
            kind: Some(find.kind),
        });
    }
    if typed.trim().is_empty() {
        return (None, response.cancelled);
    }
    let search = &view.state.archive.entities.search;
    let found = search.found.iter().filter(|it| it.id != *find.but);
    if search.text == *typed && found.clone().next().is_none() {
        ui.add_space(4.0);
        text::text_ui(ui, view.words.nothing_found(), &view.weak());
    }
    let mut chosen = None;
    text::scroll_area_ui(ui, "found entities", |ui| {
        for (idx, it) in found.enumerate() {
            let row = LinkRow {
                text: &phrase::found_as(&it.name, it.spelling.as_deref()),
                note: &count::n_articles(view.words, it.articles),
                bar: None,
                color: None,
            };
            if text::link_row_ui(ui, row).clicked() || idx == 0 && response.submitted {
                chosen = Some(it.clone());
            }
        }
    });
    (chosen, response.cancelled)
}

//! A field for the name of an entity, and below it those that were found.

use egui::{Id, Ui};

use crate::entities::{EntityId, EntityKind};
use crate::index::FoundEntity;
use crate::state::{Command, Missing};
use crate::text::{self, EditKind, EditOptions, EditState, LinkRow};

use super::layout::{View, missing_ui};
use super::words::{count, phrase};

/// Which entity is looked for.
pub struct FindEntity<'a> {
    /// The id of the field.
    pub id: Id,
    /// What the field is called.
    pub label: &'a str,
    /// What it is.
    pub kind: EntityKind,
    /// The one that is left out: it is never one with itself.
    pub except: &'a EntityId,
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
    let is_other = |it: &&FoundEntity| it.id != *find.except;
    let found = match search.found.shown(|found| !found.iter().any(|it| is_other(&it))) {
        Ok(found) => found.iter().filter(is_other),
        Err(why) => {
            ui.add_space(4.0);
            // What was typed in this frame is looked up after it.
            let is_asked = search.text == *typed;
            let why = if is_asked { why } else { Missing::Unanswered };
            missing_ui(ui, view, why, view.words.nothing_found());
            return (None, response.cancelled);
        }
    };
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

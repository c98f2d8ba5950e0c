//! The dialog in which a person corrects a name: what it is called, what it is, which spellings are its own, and whether
//! it is another one.

use egui::{Id, Ui};

use crate::entities::{Correction, EntityId, EntityKind};
use crate::index::{EntitySummary, Facet, FacetCount};
use crate::state::Command;
use crate::text::{self, CountRow, EditKind, EditOptions, EditState};

use super::settings::labelled_ui;
use super::{View, row_ui, strings};

/// So many spellings and so many names to merge with are listed.
const MOST_SPELLINGS: usize = 8;
const MOST_TARGETS: usize = 5;

/// An entity that is being corrected.
pub struct EntityForm {
    id: EntityId,
    facet: Facet,
    name: String,
    name_edit: EditState,
    /// What the other entity's name holds.
    target: String,
    target_edit: EditState,
}

impl EntityForm {
    /// The correction of a value of `facet`; nothing if its values are not names.
    pub fn new(facet: Facet, value: &FacetCount, commands: &mut Vec<Command>) -> Option<Self> {
        kind_of(facet)?;
        let id = EntityId(value.id.clone());
        // Of a correction that changes nothing the preview tells what the entity is now.
        commands.push(Command::PreviewCorrection(Correction::Rename {
            entity: id.clone(),
            name: value.name.clone(),
        }));
        Some(Self {
            id,
            facet,
            name: value.name.clone(),
            name_edit: EditState::default(),
            target: String::new(),
            target_edit: EditState::default(),
        })
    }
}

fn kind_of(facet: Facet) -> Option<EntityKind> {
    match facet {
        Facet::Person => Some(EntityKind::Person),
        Facet::Organisation => Some(EntityKind::Organisation),
        Facet::Place => Some(EntityKind::Place),
        _ => None,
    }
}

/// Draws the form; returns whether it is done with.
pub fn entity_ui(ui: &mut Ui, view: View<'_>, it: &mut EntityForm, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let facet = it.facet;
    let Some(kind) = kind_of(facet) else { return true };
    let mut chosen = None;
    labelled_ui(ui, view, words.name(), |ui| {
        let options = EditOptions {
            kind: EditKind::Line,
            hint: words.name(),
            name: words.name(),
        };
        let response = text::edit_ui(ui, Id::unique("entity name"), &mut it.name_edit, &mut it.name, options);
        if response.submitted {
            chosen = Some(renamed(it));
        }
    });
    labelled_ui(ui, view, words.kind(), |ui| {
        for (facet, other) in [
            (Facet::Person, EntityKind::Person),
            (Facet::Organisation, EntityKind::Organisation),
            (Facet::Place, EntityKind::Place),
        ] {
            if text::radio_ui(ui, words.facet(facet), other == kind).clicked() && other != kind {
                let entity = it.id.clone();
                chosen = Some(Correction::SetKind { entity, kind: other });
            }
        }
    });
    let preview = view.state.preview.as_ref();
    let before = preview.and_then(|(_, preview)| preview.as_ref()?.before.iter().find(|before| before.id == it.id));
    if let Some(summary) = before {
        chosen = chosen.or(spellings_ui(ui, view, summary));
    }
    chosen = chosen.or(merge_ui(ui, view, it, facet, commands));
    ui.add_space(10.0);
    row_ui(ui, view, 38.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if text::primary_button_ui(ui, words.rename()).clicked() {
            chosen = Some(renamed(it));
        }
        if text::button_ui(ui, words.not_an_entity()).clicked() {
            let entity = it.id.clone();
            chosen = Some(Correction::Hide { entity });
        }
    });
    let is_done = chosen.is_some();
    if let Some(correction) = chosen {
        commands.push(Command::FilterFacet(facet, String::new()));
        commands.push(Command::Correct(correction));
    }
    is_done
}

fn renamed(it: &EntityForm) -> Correction {
    Correction::Rename {
        entity: it.id.clone(),
        name: it.name.trim().to_owned(),
    }
}

/// The spellings, each with a button that makes it an entity of its own.
fn spellings_ui(ui: &mut Ui, view: View<'_>, summary: &EntitySummary) -> Option<Correction> {
    let mut split = None;
    row_ui(ui, view, 30.0, |ui| {
        text::line_ui(ui, view.words.spellings(), &view.style().bold())
    });
    for (spelling, articles) in summary.spellings.iter().take(MOST_SPELLINGS) {
        row_ui(ui, view, 32.0, |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            text::line_ui(ui, &strings::isolate(spelling), &view.style());
            text::line_ui(ui, &view.words.n_articles(*articles), &view.weak());
            if 1 < summary.spellings.len() && text::button_ui(ui, view.words.split_off()).clicked() {
                split = Some(Correction::Split {
                    from: summary.id.clone(),
                    spelling: spelling.clone(),
                });
            }
        });
    }
    split
}

/// The search for another name of the same thing; one that is chosen is previewed before it is merged.
fn merge_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut EntityForm,
    facet: Facet,
    commands: &mut Vec<Command>,
) -> Option<Correction> {
    let words = view.words;
    labelled_ui(ui, view, words.merge_into(), |ui| {
        let options = EditOptions {
            kind: EditKind::Search,
            hint: words.filter_values(),
            name: words.merge_into(),
        };
        let response = text::edit_ui(
            ui,
            Id::unique("merge into"),
            &mut it.target_edit,
            &mut it.target,
            options,
        );
        if response.changed {
            commands.push(Command::FilterFacet(facet, it.target.clone()));
        }
    });
    let found = view
        .state
        .facet_filters
        .get(&facet)
        .and_then(|search| search.counts.as_ref());
    if let Some(found) = found.filter(|_| !it.target.trim().is_empty()) {
        let others = found
            .values
            .iter()
            .filter(|value| value.id != it.id.0)
            .take(MOST_TARGETS);
        for value in others {
            let row = CountRow {
                text: &value.name,
                count_text: &words.number(value.articles),
                fraction: 0.0,
                selected: false,
                excluded: false,
                accent: view.theme.facet(facet),
            };
            if text::count_row_ui(ui, row).clicked() {
                commands.push(Command::PreviewCorrection(Correction::Merge {
                    from: it.id.clone(),
                    into: EntityId(value.id.clone()),
                }));
            }
        }
    }
    let (correction, preview) = view.state.preview.as_ref()?;
    let after = preview.as_ref()?.after.first()?;
    if !matches!(correction, Correction::Merge { from, .. } if *from == it.id) {
        return None;
    }
    let mut merged = None;
    row_ui(ui, view, 38.0, |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        if text::button_ui(ui, words.merge()).clicked() {
            merged = Some(correction.clone());
        }
        let told = words.would_be(&after.name, after.articles);
        text::line_ui(ui, &told, &view.weak());
    });
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_is_now_is_asked_for_before_it_is_corrected() {
        let value = FacetCount {
            id: "person:سالم الوادي".to_owned(),
            name: "سالم الوادي".to_owned(),
            articles: 3,
        };
        let mut commands = Vec::new();
        assert!(EntityForm::new(Facet::Source, &value, &mut commands).is_none() && commands.is_empty());
        let mut form = EntityForm::new(Facet::Person, &value, &mut commands).unwrap();
        let rename = |name: &str| Correction::Rename {
            entity: EntityId(value.id.clone()),
            name: name.to_owned(),
        };
        assert_eq!(commands, [Command::PreviewCorrection(rename("سالم الوادي"))]);
        form.name = " سالم بن الوادي ".to_owned();
        assert_eq!(renamed(&form), rename("سالم بن الوادي"));
    }
}

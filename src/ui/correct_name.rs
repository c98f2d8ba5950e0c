//! The dialog in which a person corrects a name: what it is called, what it is, which spellings are its own, and whether
//! it is another one.
//!
//! What a correction changes is shown before it is made.

use egui::{Id, Sense, Ui, UiBuilder, vec2};

use crate::entities::{Correction, EntityKind};
use crate::index::EntitySummary;
use crate::state::{Command, Missing};
use crate::text::{self, EditKind, EditOptions, EditState};

use super::dialog_request::{CorrectionStep, EntityName};
use super::find_entity::{FindEntity, find_entity_ui};
use super::layout::{View, labelled_ui, missing_ui, row_ui, set_label};
use super::words::{self, count};

/// The height of what the dialog's pages hold, so that nothing jumps.
const PAGE_HEIGHT: f32 = 190.0;

/// The height of the preview below them, in points.
const PREVIEW_HEIGHT: f32 = 150.0;

/// At most this many entities are listed on each side of a correction: a merge or a split has two.
const MAX_SIDES: usize = 2;

/// An entity that is being corrected.
pub struct NameForm {
    entity: EntityName,
    page: Page,
    name: String,
    name_edit: EditState,
    /// The name in Latin letters; nothing before it is known.
    latin: Option<String>,
    latin_edit: EditState,
    /// What the other entity's name holds.
    target: String,
    target_edit: EditState,
    /// What is asked for and was not made.
    asked: Option<Correction>,
    /// What is made with it: the Latin form, where a new name is asked for, too.
    also: Option<Correction>,
    /// The field that takes the keyboard.
    takes_focus: Option<Id>,
    /// Whether the button that makes it takes the keyboard once it is there.
    apply_takes_focus: bool,
    /// What the entity is now, once that is known.
    summary: Option<EntitySummary>,
}

/// A page of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Name,
    Spellings,
    Merge,
}

impl NameForm {
    /// The correction of an entity.
    pub fn new(entity: EntityName, step: CorrectionStep, commands: &mut Vec<Command>) -> Self {
        let (page, takes_focus) = match &step {
            CorrectionStep::Name => (Page::Name, Some(name_id())),
            CorrectionStep::Merge => (Page::Merge, Some(target_id())),
            CorrectionStep::Correct(Correction::Split { .. }) => (Page::Spellings, None),
            CorrectionStep::Kind | CorrectionStep::Correct(_) => (Page::Name, None),
        };
        let asked = match step {
            CorrectionStep::Correct(correction) => Some(correction),
            CorrectionStep::Name | CorrectionStep::Kind | CorrectionStep::Merge => None,
        };
        // Of a correction that changes nothing the preview tells what the entity is now.
        let nothing = || Correction::Rename {
            entity: entity.id.clone(),
            name: entity.name.clone(),
        };
        commands.push(Command::PreviewCorrection(asked.clone().unwrap_or_else(nothing)));
        commands.push(Command::FindEntities {
            text: String::new(),
            kind: None,
        });
        Self {
            page,
            name: entity.name.clone(),
            name_edit: EditState::default(),
            latin: None,
            latin_edit: EditState::default(),
            target: String::new(),
            target_edit: EditState::default(),
            apply_takes_focus: asked.is_some(),
            asked,
            also: None,
            takes_focus,
            summary: None,
            entity,
        }
    }

    fn ask(&mut self, correction: Correction, commands: &mut Vec<Command>) {
        commands.push(Command::PreviewCorrection(correction.clone()));
        (self.asked, self.also) = (Some(correction), None);
        self.apply_takes_focus = true;
    }

    /// Asks for what was typed, if it is anything new.
    fn ask_renamed(&mut self, commands: &mut Vec<Command>) {
        let mut renamed = self.renamed().into_iter();
        if let Some(first) = renamed.next() {
            self.ask(first, commands);
            self.also = renamed.next();
        }
    }

    /// The name that is corrected.
    pub fn entity_name(&self) -> &str {
        &self.entity.name
    }

    /// The corrections to the name and its Latin form, as far as these were changed.
    fn renamed(&self) -> Vec<Correction> {
        let (entity, name) = (self.entity.id.clone(), self.name.trim().to_owned());
        let is_new = name != self.entity.name && !name.is_empty();
        let renamed = is_new.then_some(Correction::Rename { entity, name });
        let latin = self.latin.as_deref().unwrap_or_default().trim().to_owned();
        let is_new = !latin.is_empty() && latin != latin_of(self.summary.as_ref());
        let entity = self.entity.id.clone();
        let respelled = is_new.then_some(Correction::SetLatin { entity, latin });
        renamed.into_iter().chain(respelled).collect()
    }
}

/// The Latin form of an entity; empty if it has none, or if that is not known yet.
fn latin_of(summary: Option<&EntitySummary>) -> &str {
    let latin = summary.and_then(|it| it.latin.as_ref());
    latin.map_or("", |it| it.text.as_str())
}

fn name_id() -> Id {
    Id::unique("entity name")
}

fn target_id() -> Id {
    Id::unique("merge into")
}

/// Draws the form; returns whether it is done with.
pub fn correct_name_ui(ui: &mut Ui, view: View<'_>, it: &mut NameForm, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let preview = view.state.archive.correcting.preview.as_ref();
    let known = preview.and_then(|(_, preview)| preview.value.as_ref());
    if let Some(summary) = known.and_then(|known| known.before.iter().find(|before| before.id == it.entity.id)) {
        it.summary = Some(summary.clone());
        it.latin.get_or_insert_with(|| latin_of(Some(summary)).to_owned());
    }
    let pages = [
        (Page::Name, words.name_and_kind()),
        (Page::Spellings, words.spellings()),
        (Page::Merge, words.merge_into()),
    ];
    let before = it.page;
    text::tabs_ui(ui, "entity pages", words.correct_name(), &mut it.page, &pages);
    if it.page != before {
        (it.asked, it.also) = (None, None);
        // With the arrow keys one goes on over the pages.
        let is_clicked = ui.input(|input| input.pointer.any_released());
        it.takes_focus = (is_clicked && it.page == Page::Merge).then(target_id);
    }
    ui.add_space(10.0);
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), PAGE_HEIGHT), Sense::hover());
    let mut page = ui.new_child(UiBuilder::new().max_rect(room));
    match it.page {
        Page::Name => name_ui(&mut page, view, it, commands),
        Page::Spellings => spellings_ui(&mut page, view, it, commands),
        Page::Merge => merge_ui(&mut page, view, it, commands),
    }
    let is_done = preview_ui(ui, view, it, commands);
    if let Some(id) = it.takes_focus.take() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    is_done
}

/// The name in both scripts, and the kind.
fn name_ui(ui: &mut Ui, view: View<'_>, it: &mut NameForm, commands: &mut Vec<Command>) {
    let words = view.words;
    let (mut is_renamed, mut is_typed) = (false, false);
    labelled_ui(ui, view, words.name(), |ui| {
        let options = EditOptions {
            kind: EditKind::Line,
            hint: words.name(),
            name: words.name(),
        };
        let response = text::edit_ui(ui, name_id(), &mut it.name_edit, &mut it.name, options);
        (is_renamed, is_typed) = (response.submitted, response.changed);
    });
    labelled_ui(ui, view, words.in_latin_letters(), |ui| {
        // Its row is there before it is known: nothing moves when it is.
        let Some(latin) = &mut it.latin else {
            text::line_ui(ui, words.loading(), &view.weak());
            return;
        };
        let options = EditOptions {
            kind: EditKind::Line,
            hint: words.in_latin_letters(),
            name: words.in_latin_letters(),
        };
        let id = Id::unique("entity name in Latin letters");
        let response = text::edit_ui(ui, id, &mut it.latin_edit, latin, options);
        is_renamed |= response.submitted;
        is_typed |= response.changed;
    });
    labelled_ui(ui, view, words.kind(), |ui| {
        for kind in EntityKind::ALL {
            let chosen = match &it.asked {
                Some(Correction::SetKind { kind, .. }) => *kind,
                _ => it.entity.kind,
            };
            if text::radio_ui(ui, words.entity_kind(kind), kind == chosen).clicked() && kind != it.entity.kind {
                let entity = it.entity.id.clone();
                it.ask(Correction::SetKind { entity, kind }, commands);
            }
        }
    });
    ui.add_space(10.0);
    row_ui(ui, view, 38.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        is_renamed |= text::primary_button_ui(ui, words.rename_this()).clicked();
        if text::button_ui(ui, words.not_an_entity()).clicked() {
            let entity = it.entity.id.clone();
            it.ask(Correction::Hide { entity }, commands);
        }
    });
    if is_typed && is_of_name(it.asked.as_ref()) {
        // What is shown below is not what stands in the field now.
        (it.asked, it.also) = (None, None);
    }
    if is_renamed {
        it.ask_renamed(commands);
    }
}

/// Whether a correction changes what an entity is called.
fn is_of_name(correction: Option<&Correction>) -> bool {
    matches!(
        correction,
        Some(Correction::Rename { .. } | Correction::SetLatin { .. })
    )
}

/// The spellings, each with a button that makes it an entity of its own.
fn spellings_ui(ui: &mut Ui, view: View<'_>, it: &mut NameForm, commands: &mut Vec<Command>) {
    let Some(summary) = it.summary.clone() else {
        let preview = view.state.archive.correcting.preview.as_ref();
        let why = match preview.is_some_and(|(_, preview)| preview.failed) {
            true => Missing::Failed,
            false => Missing::Unanswered,
        };
        missing_ui(ui, view, why, "");
        return;
    };
    text::scroll_area_ui(ui, "spellings", |ui| {
        for (spelling, articles) in &summary.spellings {
            row_ui(ui, view, 32.0, |ui| {
                ui.spacing_mut().item_spacing.x = 10.0;
                text::line_ui(ui, &words::isolate(spelling), &view.style());
                text::line_ui(ui, &count::n_articles(view.words, *articles), &view.weak());
                if summary.spellings.len() < 2 {
                    return;
                }
                let button = text::button_ui(ui, view.words.split_off());
                set_label(ui, &button, &[view.words.split_off(), spelling]);
                if button.clicked() {
                    let (from, spelling) = (summary.id.clone(), spelling.clone());
                    it.ask(Correction::Split { from, spelling }, commands);
                }
            });
        }
    });
}

/// The search for another name of the same thing; the one that is chosen can be merged with it, or never to be.
fn merge_ui(ui: &mut Ui, view: View<'_>, it: &mut NameForm, commands: &mut Vec<Command>) {
    let find = FindEntity {
        id: target_id(),
        label: view.words.other_name(),
        kind: it.entity.kind,
        except: &it.entity.id,
    };
    let (chosen, _) = find_entity_ui(ui, view, find, &mut it.target_edit, &mut it.target, commands);
    if it.target.trim().is_empty() {
        ui.add_space(4.0);
        text::text_ui(ui, view.words.merge_advice(), &view.weak());
    }
    if let Some(other) = chosen {
        let (from, into) = (it.entity.id.clone(), other.id);
        it.ask(Correction::Merge { from, into }, commands);
    }
}

/// What the asked correction changes, and whether it is to be made; returns whether the form is done with.
fn preview_ui(ui: &mut Ui, view: View<'_>, it: &mut NameForm, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), PREVIEW_HEIGHT), Sense::hover());
    let Some(asked) = it.asked.clone() else { return false };
    let preview = view
        .state
        .archive
        .correcting
        .preview
        .as_ref()
        .filter(|(of, _)| *of == asked);
    let Some((_, preview)) = preview else { return false };
    let preview = match preview.shown(|_| false) {
        Ok(preview) => preview,
        Err(why) => {
            let mut ui = ui.new_child(UiBuilder::new().max_rect(room));
            missing_ui(&mut ui, view, why, "");
            return false;
        }
    };
    ui.painter().rect_filled(room, 6.0, view.theme.palette.sunken);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room.shrink2(vec2(12.0, 8.0))));
    let ui = &mut ui;
    ui.spacing_mut().item_spacing.y = 2.0;
    let is_kept_apart = matches!(asked, Correction::KeepApart { .. });
    let sides = [
        (words.now(), &preview.before),
        (words.after_correction(), &preview.after),
    ];
    for (label, side) in sides {
        if is_kept_apart && label == words.after_correction() {
            text::text_ui(ui, words.kept_apart_then(), &view.weak());
            continue;
        }
        let also = it.also.as_ref().filter(|_| label == words.after_correction());
        let with_latin = is_of_name(Some(&asked));
        let told = side.iter().take(MAX_SIDES);
        let told = told.map(|summary| summary_told(view, summary, with_latin, also));
        let mut told: Vec<String> = told.collect();
        if told.is_empty() {
            told.push(words.nothing_left().to_owned());
        }
        for (idx, line) in told.iter().enumerate() {
            let label = if idx == 0 { label } else { "" };
            told_ui(ui, view, label, line);
        }
    }
    let mut is_done = false;
    let button_room = egui::Rect::from_min_max(egui::pos2(room.left(), room.bottom() - 42.0), room.max).shrink(6.0);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(button_room).layout(view.direction.row()));
    ui.spacing_mut().item_spacing.x = 8.0;
    let apply = text::primary_button_ui(&mut ui, words.apply());
    if std::mem::take(&mut it.apply_takes_focus) {
        apply.request_focus();
    }
    if apply.clicked() {
        commands.push(Command::Correct(asked.clone()));
        commands.extend(it.also.take().map(Command::Correct));
        is_done = true;
    }
    if let Correction::Merge { from, into } = asked
        && text::button_ui(&mut ui, words.keep_apart()).clicked()
    {
        it.ask(Correction::KeepApart { a: from, b: into }, commands);
    }
    if text::button_ui(&mut ui, words.cancel()).clicked() {
        (it.asked, it.also) = (None, None);
    }
    is_done
}

/// An entity in words: its name, in both scripts where these are changed, its kind and its articles. `also` is made with
/// the correction that is previewed.
fn summary_told(view: View<'_>, summary: &EntitySummary, with_latin: bool, also: Option<&Correction>) -> String {
    let articles = count::n_articles(view.words, summary.articles);
    let mut facts = vec![summary.name.as_str(), view.words.entity_kind(summary.kind), &articles];
    let latin = match also {
        Some(Correction::SetLatin { latin, .. }) => latin,
        _ => latin_of(Some(summary)),
    };
    if with_latin && !latin.is_empty() {
        facts.insert(1, latin);
    }
    words::facts(&facts)
}

/// One side of a preview.
fn told_ui(ui: &mut Ui, view: View<'_>, label: &str, told: &str) {
    const LABEL_WIDTH: f32 = 92.0;
    row_ui(ui, view, 24.0, |ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(LABEL_WIDTH, 22.0), Sense::hover());
        text::paint_line(ui, rect, label, &[], &view.weak(), text::LineAlign::Start);
        if !label.is_empty() {
            text::name(&response, label);
        }
        text::line_ui(ui, told, &view.style());
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Facet;

    #[test]
    fn what_a_name_is_now_is_asked_for_before_it_is_corrected() {
        assert_eq!(EntityName::of_facet(Facet::Source, "x", "س"), None);
        let entity = EntityName::of_facet(Facet::Person, "person:سالم الوادي", "سالم الوادي").unwrap();
        let rename = |name: &str| Correction::Rename {
            entity: entity.id.clone(),
            name: name.to_owned(),
        };
        let mut commands = Vec::new();
        let mut form = NameForm::new(entity.clone(), CorrectionStep::Name, &mut commands);
        assert_eq!(commands[0], Command::PreviewCorrection(rename("سالم الوادي")));
        form.name = " سالم بن الوادي ".to_owned();
        assert_eq!(form.renamed(), [rename("سالم بن الوادي")]);
        form.latin = Some("Salem Bin Wadi".to_owned());
        assert!(matches!(&form.renamed()[1], Correction::SetLatin { latin, .. } if latin == "Salem Bin Wadi"));
        // What was asked for already is previewed at once.
        let split = Correction::Split {
            from: entity.id.clone(),
            spelling: "الوادي".to_owned(),
        };
        let form = NameForm::new(entity.clone(), CorrectionStep::Correct(split.clone()), &mut commands);
        assert_eq!(commands[2], Command::PreviewCorrection(split));
        assert_eq!(form.page, Page::Spellings);
    }
}

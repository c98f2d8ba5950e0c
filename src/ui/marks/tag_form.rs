//! The dialog in which the user gives articles tags: own words, which are offered again, each in its colour.

use egui::{Id, Ui};

use crate::arabic::{Folding, fold};
use crate::marks::{MarkChange, MarkColor};
use crate::state::{Command, MarkScope};
use crate::text::{self, EditKind, EditOptions, EditState};

use super::super::layout::{View, middle_and_end_ui, row_ui, scrolled_ui};
use super::super::words::{count, facts, mark};

/// The height of a tag in the list, in points.
const ROW: f32 = 34.0;

/// The tags as they are being chosen.
pub struct TagForm {
    of: MarkScope,
    typed: String,
    edit: EditState,
}

impl TagForm {
    /// A form for the tags of these articles.
    pub fn new(of: MarkScope) -> Self {
        Self {
            of,
            typed: String::new(),
            edit: EditState::default(),
        }
    }

    fn set(&self, tag: &str, is: bool) -> Command {
        let tag = tag.to_owned();
        Command::Mark(self.of.clone(), MarkChange::Tag { tag, is })
    }
}

/// Draws the form; returns whether it is done with.
pub fn tags_ui(ui: &mut Ui, view: View<'_>, it: &mut TagForm, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let archive = &view.state.archive;
    let first = archive.first_of(&it.of).and_then(|it| archive.marks.of(it));
    let has = |tag: &str| first.is_some_and(|marks| marks.tags.iter().any(|it| it == tag));
    let mut submitted = false;
    row_ui(ui, view, 38.0, |ui| {
        let options = EditOptions {
            kind: EditKind::Line,
            hint: mark::tag_hint(words),
            name: mark::tag_label(words),
        };
        submitted = text::edit_ui(ui, Id::unique("tag"), &mut it.edit, &mut it.typed, options).submitted;
    });
    let typed = fold(it.typed.trim(), Folding::Name);
    let known = &archive.marks.tags;
    let matching: Vec<_> = known
        .iter()
        .filter(|(tag, ..)| fold(tag, Folding::Name).contains(&typed))
        .collect();
    let mut is_done = false;
    if submitted && !typed.is_empty() {
        // What is typed in full is meant; what is begun may be a new word.
        let exact = matching.iter().find(|(tag, ..)| fold(tag, Folding::Name) == typed);
        let tag = exact.map_or(it.typed.trim(), |it| it.0.as_str());
        commands.push(it.set(tag, !has(tag)));
        is_done = true;
    }
    let height = (matching.len() as f32 * ROW).clamp(ROW, 320.0);
    scrolled_ui(ui, "tags", height, |ui| {
        if matching.is_empty() {
            let told = match typed.is_empty() {
                true => mark::no_tags(words),
                false => mark::new_tag(words),
            };
            row_ui(ui, view, ROW, |ui| text::line_ui(ui, told, &view.weak()));
        }
        for (tag, color, n_articles) in matching {
            row_ui(ui, view, ROW, |ui| {
                let told = facts(&[tag, &count::n_articles(words, *n_articles)]);
                let check = |ui: &mut Ui| {
                    if text::checkbox_ui(ui, &told, has(tag)).clicked() {
                        commands.push(it.set(tag, !has(tag)));
                    }
                };
                let mut chosen = *color;
                middle_and_end_ui(ui, view, tag, check, |ui| {
                    let colors = MarkColor::ALL.map(|it| (it, mark::color(words, it)));
                    text::combo_ui(ui, tag, mark::color_label(words), &mut chosen, &colors);
                });
                if chosen != *color {
                    commands.push(Command::ColorTag(tag.clone(), chosen));
                }
            });
        }
    });
    row_ui(ui, view, 42.0, |ui| {
        is_done |= text::button_ui(ui, words.close()).clicked();
    });
    is_done
}

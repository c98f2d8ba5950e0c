//! The dialog in which a note is written, of articles or of a highlighted passage.

use egui::{Id, Ui};

use crate::arabic::Span;
use crate::archive::ArticleId;
use crate::marks::{Highlight, MarkChange, MarkColor};
use crate::state::{Command, MarkScope, ReadArticle};
use crate::text::{self, EditKind, EditOptions, EditState};

use super::super::layout::{View, labelled_ui, row_ui};
use super::super::words::{Words, isolate, mark};
use super::passages::Passages;

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteOf {
    /// These articles.
    Articles(MarkScope),
    /// A passage of an article.
    Passage {
        /// The article.
        article: ArticleId,
        /// The passage, with its note as it is.
        passage: Highlight,
        /// Whether it is highlighted already.
        is_known: bool,
    },
}

impl NoteOf {
    /// The passage at a selection, or the one that is highlighted there.
    pub fn passage(view: View<'_>, article: &ReadArticle, selected: Span, color: MarkColor) -> Option<Self> {
        let passages = Passages::of(article, view.state.archive.marks.of(article.id));
        let known = passages.at(selected).cloned();
        Some(Self::Passage {
            article: article.id,
            is_known: known.is_some(),
            passage: known.or_else(|| Highlight::new(&article.article.text, selected, color))?,
        })
    }
}

/// The note as it is being written.
pub struct NoteForm {
    of: NoteOf,
    text: String,
    /// Nothing until it was drawn: the note as it is comes from the state.
    edit: Option<EditState>,
    color: MarkColor,
}

impl NoteForm {
    /// A form for the note of this.
    pub fn new(of: NoteOf) -> Self {
        let color = match &of {
            NoteOf::Articles(_) => MarkColor::default(),
            NoteOf::Passage { passage, .. } => passage.color,
        };
        Self {
            of,
            text: String::new(),
            edit: None,
            color,
        }
    }

    fn noted(&self, view: View<'_>) -> String {
        let archive = &view.state.archive;
        match &self.of {
            NoteOf::Passage { passage, .. } => passage.note.clone(),
            NoteOf::Articles(scope) => {
                let first = archive.first_of(scope);
                let marks = first.and_then(|it| archive.marks.of(it));
                marks.map(|it| it.note.clone()).unwrap_or_default()
            }
        }
    }

    fn command(&self) -> Command {
        let note = self.text.trim().to_owned();
        match &self.of {
            NoteOf::Articles(scope) => Command::Mark(scope.clone(), MarkChange::Note(note)),
            NoteOf::Passage { article, passage, .. } => {
                let passage = Highlight {
                    note,
                    color: self.color,
                    ..passage.clone()
                };
                Command::Mark(MarkScope::One(*article), MarkChange::Highlight(passage))
            }
        }
    }

    fn removal(&self) -> Command {
        match &self.of {
            NoteOf::Articles(scope) => Command::Mark(scope.clone(), MarkChange::Note(String::new())),
            NoteOf::Passage { article, passage, .. } => {
                Command::Mark(MarkScope::One(*article), MarkChange::Unhighlight(passage.clone()))
            }
        }
    }
}

/// The title of the dialog.
pub fn note_title(words: Words<'_>, form: &NoteForm) -> &'static str {
    match form.of {
        NoteOf::Articles(_) => mark::note_of_article(words),
        NoteOf::Passage { .. } => mark::note_of_passage(words),
    }
}

fn remove_label(words: Words<'_>, of: &NoteOf) -> &'static str {
    match of {
        NoteOf::Articles(_) => mark::remove_note(words),
        NoteOf::Passage { .. } => mark::remove_highlight(words),
    }
}

/// Draws the form; returns whether it is done with.
pub fn note_ui(ui: &mut Ui, view: View<'_>, it: &mut NoteForm, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    if it.edit.is_none() {
        it.text = it.noted(view);
    }
    let is_known = match &it.of {
        NoteOf::Articles(_) => !it.noted(view).is_empty(),
        NoteOf::Passage { passage, is_known, .. } => {
            let quote = format!("«{}»", isolate(&passage.quote));
            text::text_ui(ui, &quote, &view.style());
            ui.add_space(8.0);
            *is_known
        }
    };
    if matches!(it.of, NoteOf::Passage { .. }) {
        labelled_ui(ui, view, mark::color_label(words), |ui| {
            let colors = MarkColor::ALL.map(|it| (it, mark::color(words, it)));
            text::combo_ui(ui, "mark color", mark::color_label(words), &mut it.color, &colors);
        });
    }
    let options = EditOptions {
        kind: EditKind::Paragraphs { n_lines: 6 },
        hint: mark::note_hint(words),
        name: mark::note(words),
    };
    let edit = it.edit.get_or_insert_default();
    text::edit_ui(ui, Id::unique("note"), edit, &mut it.text, options);
    ui.add_space(8.0);
    let submits = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
    let mut is_done = false;
    row_ui(ui, view, 42.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let save = text::primary_button_ui(ui, words.save());
        text::tooltip(&save, "Ctrl+Enter");
        if save.clicked() || submits {
            commands.push(it.command());
            is_done = true;
        }
        if is_known && text::button_ui(ui, remove_label(words, &it.of)).clicked() {
            commands.push(it.removal());
            is_done = true;
        }
        is_done |= text::button_ui(ui, words.cancel()).clicked();
    });
    is_done
}

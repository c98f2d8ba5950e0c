//! What the reader remembers between frames.

use egui::{Id, Ui};

use crate::archive::ArticleId;
use crate::entities::EntityId;
use crate::index::LineAt;
use crate::state::ReadArticle;
use crate::text::{EditState, ReaderState};

use super::super::layout::View;
use super::mentions::{named, steps};
use super::pictures::Textures;

/// What the reader remembers.
#[derive(Default)]
pub struct ReaderPaneState {
    /// Where the text stands.
    pub reader: ReaderState,
    /// What is looked for in the article, while that is done.
    pub find: Option<FindState>,
    /// The article that was shown last, and the entity from whose page it was opened.
    pub shown: Option<(ArticleId, Option<EntityId>)>,
    /// How high what stands above the text was when it was drawn last, in points.
    pub head_height: f32,
    /// The line whose place is marked, in an article as it was read.
    pub at_line: Option<(usize, LineAt)>,
    /// The highlighted passage whose place is marked, by the row of the list of marks.
    pub at_passage: Option<(usize, usize)>,
    /// The pictures that are painted.
    pub textures: Textures,
}

/// What is looked for in the article.
#[derive(Default)]
pub struct FindState {
    /// The field.
    pub edit: EditState,
    /// What stands in it.
    pub query: String,
}

impl ReaderPaneState {
    /// Opens the field that finds in the article, with what is selected in it.
    pub fn open_find(&mut self, ui: &Ui) {
        let selected = self.reader.selected_text();
        let find = self.find.get_or_insert_default();
        if !selected.is_empty() && !selected.contains('\n') {
            find.query = selected;
            self.reader.find(&find.query);
        }
        ui.memory_mut(|memory| memory.request_focus(find_id()));
    }

    /// Goes to the next hit in the article, or to the one before.
    pub fn find_next(&mut self, forward: bool) {
        self.reader.find_next(forward);
    }

    /// Goes to the next or the previous mention of who or what is asked for, or of anybody if nobody is.
    pub fn go_to_mention(&mut self, ui: &Ui, view: View<'_>, forward: bool) {
        let Some(article) = &view.state.archive.reading.shown else {
            return;
        };
        self.step(&steps(article, &named(view)).mentions, forward);
        ui.memory_mut(|memory| memory.request_focus(reader_id()));
    }

    /// Goes to the next of some mentions, or to the previous one; around the ends.
    pub fn step(&mut self, steps: &[usize], forward: bool) {
        let current = self.current_mention();
        let next = match forward {
            true => steps
                .iter()
                .find(|it| current.is_none_or(|current| current < **it))
                .or(steps.first()),
            false => steps
                .iter()
                .rfind(|it| current.is_some_and(|current| **it < current))
                .or(steps.last()),
        };
        if let Some(next) = next {
            self.reader.go_to_link(*next as u64);
        }
    }

    /// The mention that the keyboard is at, by its place among the article's.
    pub fn current_mention(&self) -> Option<usize> {
        usize::try_from(self.reader.current_link()?).ok()
    }

    /// The page of a printed document on which the selected words stand, or what is at the top of the view.
    pub fn page_in_view(&self, article: &ReadArticle) -> Option<u32> {
        article.article.page_of(self.reader.source_in_view()?)
    }

    /// Brings the keyboard to the text.
    pub fn focus(ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(reader_id()));
    }

    /// Whether the keyboard is in the article.
    pub fn has_focus(ui: &Ui) -> bool {
        ui.memory(|memory| memory.has_focus(reader_id()) || memory.has_focus(find_id()))
    }
}

/// The widget with the text.
pub fn reader_id() -> Id {
    Id::unique("reader")
}

/// The field that finds in it.
pub fn find_id() -> Id {
    Id::unique("find in article")
}

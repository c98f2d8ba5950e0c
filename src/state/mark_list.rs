//! The notes and highlights of what was found, one by one, in the place of the list.

use std::sync::Arc;

use crate::archive::{ArticleId, PublicationDate};
use crate::marks::Highlight;

use super::id::RequestId;
use super::job::MarkJob;
use super::pending::Pending;
use super::report::FoundPage;

/// A note or a highlighted passage, with the article that it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkRow {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// The outlet or agency.
    pub source: Option<String>,
    /// The date of publication.
    pub published: Option<PublicationDate>,
    /// What was marked.
    pub what: MarkOf,
}

/// What was marked of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkOf {
    /// All of it: the note.
    Note(String),
    /// A passage.
    Passage(Highlight),
}

/// The notes and highlights of what was found.
#[derive(Debug, Default)]
pub struct MarkList {
    /// Whether they are shown in the place of the articles.
    pub is_on: bool,
    /// Those that were found: in the order of the articles, of each its note first, then its passages.
    pub rows: Pending<Arc<[MarkRow]>>,
    /// The selected one.
    pub selected: Option<usize>,
    newest: RequestId,
}

impl MarkList {
    /// The selected row.
    pub fn selected_row(&self) -> Option<&MarkRow> {
        self.rows.value.as_ref()?.get(self.selected?)
    }

    /// Shows them, or the articles again. `page` is what was found.
    pub fn show(&mut self, is_on: bool, page: Option<FoundPage>) -> Option<MarkJob> {
        self.is_on = is_on;
        self.ask(page)
    }

    /// Asks for those of what was found, if they are shown.
    pub fn ask(&mut self, page: Option<FoundPage>) -> Option<MarkJob> {
        let found = page.filter(|_| self.is_on)?;
        self.newest = self.newest.next();
        self.rows.ask();
        Some(MarkJob::List { id: self.newest, found })
    }

    /// Takes over what was asked for, unless it was asked for again.
    pub fn arrive(&mut self, id: RequestId, rows: Option<Vec<MarkRow>>) {
        if id != self.newest {
            return;
        }
        let Some(rows) = rows else {
            self.rows.fail();
            return;
        };
        let selected = self.selected_row().cloned();
        self.selected = selected.and_then(|it| rows.iter().position(|row| *row == it));
        self.rows.arrive(rows.into());
    }

    /// Selects a row; returns its article.
    pub fn select(&mut self, idx: usize) -> Option<ArticleId> {
        let article = self.rows.value.as_ref()?.get(idx)?.article;
        self.selected = Some(idx);
        Some(article)
    }
}

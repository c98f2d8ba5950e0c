//! The page of a person, an organisation or a place, and the search for another one.

use std::sync::Arc;

use crate::entities::{EntityId, EntityKind};
use crate::index::{EntityPage, FoundEntity, SearchRequest};

use super::id::RequestId;
use super::job::SearchJob;
use super::pending::Pending;
use super::searches::NamePage;

/// What is shown of entities.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// The page of an entity, shown in the place of the article.
    pub shown: Option<EntityView>,
    /// What the user typed to find another one.
    pub search: EntitySearch,
    newest: RequestId,
}

/// The page of an entity.
#[derive(Clone, Debug)]
pub struct EntityView {
    /// Whose page it is.
    pub id: EntityId,
    /// The entity that it is compared with.
    pub with: Option<EntityId>,
    /// What it shows.
    pub page: Pending<Arc<EntityPage>>,
    /// The pages that were left for this one, each with whom it was compared, the first one first.
    trail: Vec<(EntityId, Option<EntityId>)>,
}

/// What was typed to find an entity, and what it found.
#[derive(Clone, Debug, Default)]
pub struct EntitySearch {
    /// What was typed.
    pub text: String,
    /// The entities of which a spelling holds it.
    pub found: Pending<Vec<FoundEntity>>,
}

impl Entities {
    /// Which page is shown.
    pub fn name_page(&self) -> Option<NamePage> {
        self.shown.as_ref().map(|it| NamePage {
            id: it.id.clone(),
            with: it.with.clone(),
        })
    }

    /// Shows a page that was shown before, or none.
    pub fn return_to(&mut self, page: Option<NamePage>) {
        if self.name_page() == page {
            return;
        }
        self.shown = page.map(|NamePage { id, with }| EntityView {
            id,
            with,
            page: Pending::default(),
            trail: Vec::new(),
        });
    }

    /// Shows the page of an entity, over the one that is shown.
    pub fn show(&mut self, id: EntityId, with: Option<EntityId>) {
        let mut trail = Vec::new();
        let mut page = Pending::default();
        if let Some(last) = self.shown.take() {
            trail = last.trail;
            if last.id == id {
                // The same page with somebody else beside it: the old one stays on the screen.
                page = last.page;
            } else {
                trail.push((last.id, last.with));
            }
        }
        self.shown = Some(EntityView { id, with, page, trail });
    }

    /// Shows the page that was left last, or none if there was none.
    pub fn leave(&mut self) {
        let mut trail = self.shown.take().map(|it| it.trail).unwrap_or_default();
        self.shown = trail.pop().map(|(id, with)| EntityView {
            id,
            with,
            page: Pending::default(),
            trail,
        });
    }

    /// Works out the shown page, again if it was: what it counts lies in the result of `request`.
    pub fn load(&mut self, request: &SearchRequest) -> Option<SearchJob> {
        let view = self.shown.as_mut()?;
        self.newest = self.newest.next();
        view.page.ask();
        Some(SearchJob::LoadEntity {
            id: self.newest,
            entity: view.id.clone(),
            with: view.with.clone(),
            request: request.clone(),
        })
    }

    /// Takes over a page. Returns whether there is no such entity any more: it was taken for no name, or its articles are
    /// gone.
    pub fn loaded(&mut self, id: RequestId, page: Option<Arc<EntityPage>>) -> bool {
        let Some(view) = self.shown.as_mut().filter(|_| id == self.newest) else {
            return false;
        };
        let Some(page) = page else { return true };
        // They may have been merged with others.
        view.id.clone_from(&page.summary.id);
        view.with = page.compared.as_ref().map(|it| it.id.clone());
        view.page.arrive(page);
        false
    }

    /// Waits no longer for a page that could not be worked out; returns whether it was waited for.
    pub fn failed(&mut self, id: RequestId) -> bool {
        let view = self
            .shown
            .as_mut()
            .filter(|view| id == self.newest && view.page.pending);
        view.map(|view| view.page.fail()).is_some()
    }

    /// Looks up the entities of a kind of which a spelling holds the text; none for an empty one.
    pub fn find(&mut self, text: String, kind: Option<EntityKind>) -> Option<SearchJob> {
        self.search.text.clone_from(&text);
        if text.trim().is_empty() {
            self.search.found = Pending::default();
            return None;
        }
        self.search.found.ask();
        Some(SearchJob::FindEntities { text, kind })
    }

    /// Takes over what was found, if that is still what is typed.
    pub fn found(&mut self, text: &str, found: Vec<FoundEntity>) {
        if text == self.search.text {
            self.search.found.arrive(found);
        }
    }

    /// Waits no longer for what could not be looked up, if that is still what is typed.
    pub fn find_failed(&mut self, text: &str) {
        if text == self.search.text {
            self.search.found.fail();
        }
    }
}

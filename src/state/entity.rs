//! The page of a person, an organisation or a place, the picture of who appears with whom, and the search for another name.

use std::ops::Range;
use std::sync::Arc;

use crate::entities::{EntityId, EntityKind};
use crate::index::{EntityPage, FoundEntity, SearchRequest};

use super::event::EntityEvent;
use super::id::RequestId;
use super::job::{ArchiveJob, ContextsJob, SearchJob};
use super::mentions::Mentions;
use super::network::NetworkView;
use super::notice::{Notice, Notices};
use super::pending::Pending;
use super::searches::NamePage;

/// At most so many others are compared with a name: more lines on one chart cannot be told apart.
pub const MOST_COMPARED: usize = 3;

/// What is shown of entities.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// The page of an entity, shown in the place of the article.
    pub shown: Option<EntityView>,
    /// Who appears with whom, shown there if no page is.
    pub network: NetworkView,
    /// What the user typed to find another one.
    pub search: EntitySearch,
    /// What was left for what is shown, the first one first.
    trail: Vec<NamePage>,
    /// The page from which an article was opened, as it was then.
    left: Option<EntityView>,
    newest: RequestId,
}

/// The page of an entity.
#[derive(Clone, Debug)]
pub struct EntityView {
    /// Whose page it is.
    pub id: EntityId,
    /// The entities that it is compared with, at most [`MOST_COMPARED`].
    pub with: Vec<EntityId>,
    /// What it shows.
    pub page: Pending<Arc<EntityPage>>,
    /// Its articles one by one, and what they say of it.
    pub mentions: Mentions,
}

impl EntityView {
    fn new(id: EntityId, with: Vec<EntityId>) -> Self {
        Self {
            id,
            with,
            page: Pending::default(),
            mentions: Mentions::default(),
        }
    }
}

/// What came of news.
#[derive(Debug)]
pub enum Applied {
    /// They were taken over; more contexts may have to be read.
    Done(Option<ContextsJob>),
    /// What is shown is no entity any more.
    Gone,
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
    /// What is shown in the place of the article.
    pub fn name_page(&self) -> Option<NamePage> {
        if let Some(EntityView { id, with, .. }) = &self.shown {
            let (id, with) = (id.clone(), with.clone());
            return Some(NamePage::Name { id, with });
        }
        let center = self.network.center.clone();
        self.network.is_on.then_some(NamePage::Network { center })
    }

    /// Shows the page of an entity, over what is shown.
    pub fn show(&mut self, id: EntityId, mut with: Vec<EntityId>) {
        with.retain(|it| *it != id);
        with.truncate(MOST_COMPARED);
        if let Some(view) = self.shown.as_mut().filter(|it| it.id == id) {
            // The same page with somebody else beside it: the old one stays on the screen.
            view.with = with;
            return;
        }
        self.trail.extend(self.name_page());
        self.put(Some(NamePage::Name { id, with }));
    }

    /// Shows who appears with whom, or with `center` only, over what is shown.
    pub fn show_network(&mut self, center: Option<EntityId>) {
        let page = NamePage::Network { center };
        let here = self.name_page();
        if here.as_ref() != Some(&page) {
            self.trail.extend(here);
            self.put(Some(page));
        }
    }

    /// Shows what was left last, or nothing if there was nothing.
    pub fn leave(&mut self) {
        let last = self.trail.pop();
        self.put(last);
    }

    /// Shows the article; its page can be returned to.
    pub fn leave_for_article(&mut self) -> Option<EntityId> {
        self.left = self.shown.take();
        self.network.is_on = false;
        self.left.as_ref().map(|it| it.id.clone())
    }

    /// Shows the page again from which an article was opened. Returns whether there is one.
    pub fn return_from_article(&mut self) -> bool {
        let Some(left) = self.left.take() else {
            return false;
        };
        self.network.is_on = false;
        self.shown = Some(left);
        true
    }

    /// The page from which the article was opened, if it was opened from one.
    pub fn left(&self) -> Option<&EntityView> {
        self.left.as_ref()
    }

    /// Shows the article, for which none of these was left.
    pub fn close(&mut self) {
        self.trail.clear();
        self.left = None;
        self.put(None);
    }

    /// Shows what was shown before, or nothing.
    pub fn return_to(&mut self, page: Option<NamePage>) {
        if self.name_page() != page {
            self.trail.clear();
            self.put(page);
        }
    }

    fn put(&mut self, page: Option<NamePage>) {
        let left = self.left.take();
        self.shown = None;
        self.network.is_on = false;
        match page {
            None => {}
            Some(NamePage::Network { center }) => self.network.show(center),
            Some(NamePage::Name { id, with }) => {
                let known = left.filter(|it| it.id == id && it.with == with);
                self.shown = Some(known.unwrap_or_else(|| EntityView::new(id, with)));
            }
        }
    }

    /// Works out what is shown, again if it was: what it counts lies in the result of `request`.
    pub fn load(&mut self, request: &SearchRequest) -> Option<ArchiveJob> {
        let Some(view) = self.shown.as_mut() else {
            return self.network.load(request).map(ArchiveJob::from);
        };
        self.newest = self.newest.next();
        view.page.ask();
        let job = SearchJob::LoadEntity {
            id: self.newest,
            entity: view.id.clone(),
            with: view.with.clone(),
            request: request.clone(),
        };
        Some(job.into())
    }

    /// Takes over a page. Returns whether there is no such entity any more: it was taken for no name, or its articles are
    /// gone.
    fn loaded(&mut self, id: RequestId, page: Option<Arc<EntityPage>>) -> bool {
        let Some(view) = self.shown.as_mut().filter(|_| id == self.newest) else {
            return false;
        };
        let Some(page) = page else { return true };
        // They may have been merged with others.
        view.id.clone_from(&page.summary.id);
        view.with = page.compared.iter().map(|it| it.id.clone()).collect();
        view.mentions.follow(&page);
        view.page.arrive(page);
        false
    }

    /// Waits no longer for a page that could not be worked out; returns whether it was waited for.
    fn failed(&mut self, id: RequestId) -> bool {
        let view = self
            .shown
            .as_mut()
            .filter(|view| id == self.newest && view.page.pending);
        view.map(|view| view.page.fail()).is_some()
    }

    /// Puts the articles and contexts on the shown page in another order.
    pub fn sort_mentions(&mut self, oldest_first: bool) {
        if let Some(shown) = &mut self.shown {
            shown.mentions.sort(oldest_first);
        }
    }

    /// Forgets what articles say of the shown entity: the names in them are others now.
    pub fn forget_mentions(&mut self) {
        if let Some(shown) = &mut self.shown {
            shown.mentions.forget();
        }
    }

    /// Reads what articles say of the shown entity, beyond what is on the screen.
    pub fn load_contexts(&mut self, n_visible: usize) -> Option<ContextsJob> {
        let shown = self.shown.as_mut()?;
        shown.mentions.load_contexts(&shown.id, n_visible)
    }

    /// Looks up the articles of the shown entity that are on the screen.
    pub fn load_rows(&mut self, visible: Range<usize>, request: &SearchRequest) -> Vec<SearchJob> {
        let shown = self.shown.as_mut();
        shown.map_or_else(Vec::new, |it| it.mentions.load_rows(visible, request))
    }

    /// Takes over news of what is shown.
    pub fn apply(&mut self, event: EntityEvent, notices: &mut Notices) -> Applied {
        match event {
            EntityEvent::Loaded { id, page } if self.loaded(id, page.clone()) => return Applied::Gone,
            EntityEvent::NetworkLoaded { id, network } if self.network.loaded(id, network.clone()) => {
                return Applied::Gone;
            }
            EntityEvent::Loaded { .. } | EntityEvent::NetworkLoaded { .. } => {}
            EntityEvent::Found { text, found } => self.found(&text, found),
            EntityEvent::Failed { id, cause } if self.failed(id) => notices.replace(Notice::LookupFailed(cause)),
            EntityEvent::NetworkFailed { id, cause } if self.network.failed(id) => {
                notices.replace(Notice::LookupFailed(cause));
            }
            EntityEvent::ContextsFailed { id, cause } if self.contexts_failed(id) => {
                notices.replace(Notice::LookupFailed(cause));
            }
            EntityEvent::Failed { .. } | EntityEvent::NetworkFailed { .. } | EntityEvent::ContextsFailed { .. } => {}
            EntityEvent::AppearancesLoaded { id, first, rows } => {
                if let Some(shown) = &mut self.shown {
                    shown.mentions.rows_loaded(id, first, rows);
                }
            }
            EntityEvent::ContextsLoaded { id, first, contexts } => {
                let Some(shown) = &mut self.shown else {
                    return Applied::Done(None);
                };
                let more = shown.mentions.contexts_loaded(&shown.id, (id, first), contexts);
                return Applied::Done(more);
            }
            EntityEvent::NetworkExported(path) => {
                self.network.is_exporting = false;
                notices.replace(Notice::NetworkExported(path));
            }
            EntityEvent::NetworkNotExported(path, cause) => {
                self.network.is_exporting = false;
                notices.replace(Notice::NetworkNotExported(path, cause));
            }
        }
        Applied::Done(None)
    }

    fn contexts_failed(&mut self, id: RequestId) -> bool {
        let shown = self.shown.as_mut();
        shown.is_some_and(|it| it.mentions.contexts_failed(id))
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
    fn found(&mut self, text: &str, found: Vec<FoundEntity>) {
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

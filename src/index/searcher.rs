//! The door to one state of the index: everything that is asked of it is asked through a [`Searcher`].
//!
//! It only delegates: the work is done in [`super::search`] and [`super::ask`]. Not for what changes: see
//! [`Index`](super::Index).

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::arabic::Span;
use crate::archive::ArticleId;
use crate::entities::{Corrections, EntityId, EntityIdx, EntityKind, Registry};

use super::ask::completion::{Completion, KnownNames, completions};
use super::ask::difference::{Difference, difference};
use super::ask::entity_page::{EntityPage, FoundEntity, article_counts, entity_page, find_entities};
use super::ask::preview::{CorrectionPreview, preview};
use super::ask::title::find_title;
use super::columns::indexed_files::indexed_files;
use super::damage::Suspicion;
use super::document::{IndexedFile, StoredArticle};
use super::error::IndexError;
use super::facet::{Facet, FacetCounts, FacetOrder};
use super::query::matches::find_matches;
use super::query::plan::Plan;
use super::request::{Cancelled, Hit, ResultPage, SearchRequest};
use super::search::facets::facet_values;
use super::search::hits::{hit, hits, stored_article};
use super::search::page::page;
use super::search::plans::Plans;
use super::snapshot::Snapshot;

/// Searches one state of the index.
///
/// Cheap to copy; what is written to the index later does not change it.
#[derive(Clone)]
pub struct Searcher {
    snapshot: Arc<Snapshot>,
    plans: Arc<Plans>,
    /// The names that are offered while a query is typed; gathered when the first one is.
    known_names: Arc<OnceLock<KnownNames>>,
    suspicion: Suspicion,
}

impl Searcher {
    pub(super) fn new(snapshot: Arc<Snapshot>, suspicion: Suspicion) -> Self {
        Self {
            snapshot,
            plans: Arc::default(),
            known_names: Arc::default(),
            suspicion,
        }
    }

    /// The number of articles.
    pub fn n_articles(&self) -> u64 {
        self.snapshot.n_articles
    }

    /// Who and what the articles name.
    pub fn registry(&self) -> &Registry {
        &self.snapshot.registry
    }

    /// Whether it was found out what all names refer to; see `Index::early_searcher`.
    pub fn has_all_names(&self) -> bool {
        self.snapshot.has_all_names
    }

    /// Whether it was found out which articles are of one story; see `Index::named_searcher`.
    pub fn has_all_stories(&self) -> bool {
        self.snapshot.stories.are_all_of(self.snapshot.columns())
    }

    /// Every file that was indexed, with or without articles, in the order of paths.
    ///
    /// Empty if the index is damaged there, so that every file is read again.
    pub fn files(&self) -> Vec<IndexedFile> {
        self.read(|| indexed_files(&self.snapshot.searcher)).unwrap_or_default()
    }

    /// Every article, in the order of paths.
    pub fn articles(&self) -> Vec<ArticleId> {
        let mut rows: Vec<u32> = self.snapshot.live_rows().collect();
        rows.sort_unstable_by_key(|&row| self.snapshot.rank(row));
        rows.into_iter().map(|row| self.snapshot.id(row)).collect()
    }

    /// Answers a request; nothing if `cancelled` says that the answer is no longer wanted.
    ///
    /// What cannot be read from a damaged index is not found.
    pub fn search(&self, request: &SearchRequest, cancelled: Cancelled<'_>) -> Option<ResultPage> {
        self.read(|| page(&self.snapshot, &self.plans, request, cancelled))
            .unwrap_or_else(|| Some(ResultPage::default()))
    }

    /// The rows `range` of a page that `request` brought. An article that cannot be read is left out.
    pub fn hits(&self, page: &ResultPage, range: Range<usize>, request: &SearchRequest) -> Vec<Hit> {
        let hits = self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            hits(&self.snapshot, &plan, page, range, request)
        });
        hits.into_iter().flatten().filter_map(Result::ok).collect()
    }

    /// The next row of a page whose title begins with what was typed: the first one below the row `after`, or from the
    /// top on where there is none below.
    ///
    /// Spellings are folded; quotes and the Arabic article at the start of a title need not be typed. One letter typed
    /// several times goes on by as many rows. Nothing if there is no such row, or if `cancelled` says that the answer
    /// is no longer wanted.
    pub fn find_title(
        &self,
        page: &ResultPage,
        typed: &str,
        after: Option<usize>,
        cancelled: Cancelled<'_>,
    ) -> Option<usize> {
        self.read(|| find_title(&self.snapshot, page, typed, after, cancelled))
            .flatten()
    }

    /// An article as a row without query; nothing if the index does not hold it.
    pub fn hit(&self, article: ArticleId) -> Option<Hit> {
        let row = self.snapshot.row_of(article)?;
        self.read(|| hit(&self.snapshot, row, 0.0, &Plan::default()))
    }

    /// What the index keeps of an article, to be read when its file is gone.
    pub fn stored_article(&self, article: ArticleId) -> Option<StoredArticle> {
        let row = self.snapshot.row_of(article)?;
        self.read(|| stored_article(&self.snapshot, row))
    }

    /// The stretches of `text` that match the words of a query, in order, without overlap.
    ///
    /// A word matches in all its forms, a phrase only as a whole; what is excluded does not match.
    pub fn find_matches(&self, query_text: &str, as_typed: bool, text: &str) -> Vec<Span> {
        let plan = self.read(|| self.plans.plan_of_text(&self.snapshot, query_text, as_typed));
        plan.map_or_else(Vec::new, |plan| find_matches(&plan.matchers, text))
    }

    /// All values of one facet whose name or another spelling holds the words of `filter_text`, counted as in the page
    /// of `request`.
    pub fn facet_values(
        &self,
        request: &SearchRequest,
        facet: Facet,
        filter_text: &str,
        order: FacetOrder,
    ) -> FacetCounts {
        let values = self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            facet_values(&self.snapshot, &plan, request, facet, filter_text, order)
        });
        values.unwrap_or(FacetCounts {
            facet,
            values: Vec::new(),
            n_values: 0,
        })
    }

    /// What may be meant by the last word of a query that is being typed, at most a dozen: names, then words, then
    /// operators, each by falling number of articles.
    pub fn completions(&self, query_text: &str) -> Vec<Completion> {
        let found = self.read(|| {
            let known_names = self.known_names.get_or_init(|| KnownNames::new(&self.snapshot));
            completions(&self.snapshot, known_names, query_text)
        });
        found.unwrap_or_default()
    }

    /// Two articles side by side; nothing if the index does not hold them both. Spellings of one word do not differ.
    pub fn difference(&self, first: ArticleId, second: ArticleId) -> Option<Difference> {
        let side = |article| Some((article, self.stored_article(article)?));
        Some(difference([side(first)?, side(second)?]))
    }

    /// The page of the entity with an id, beside the result of `request` and compared with another entity; nothing if
    /// there is no such entity, or if `cancelled` says that the answer is no longer wanted.
    pub fn entity_page(
        &self,
        id: &EntityId,
        with: Option<&EntityId>,
        request: &SearchRequest,
        cancelled: Cancelled<'_>,
    ) -> Option<EntityPage> {
        let page = self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            entity_page(&self.snapshot, &plan, id, with, request, cancelled)
        });
        page.flatten()
    }

    /// The entities of which a spelling holds the words of `text`, in the order of the registry: at most `limit`.
    pub fn find_entities(&self, text: &str, kind: Option<EntityKind>, limit: usize) -> Vec<FoundEntity> {
        find_entities(&self.snapshot, text, kind, limit)
    }

    /// In how many articles each of some entities stands.
    pub fn article_counts(&self, entities: &[EntityIdx]) -> Vec<u64> {
        article_counts(&self.snapshot, entities)
    }

    /// What the entities of `touched` are now, and what would become of their names with these corrections.
    pub fn preview(&self, corrections: &Corrections, touched: &[&EntityId]) -> CorrectionPreview {
        preview(&self.snapshot, corrections, touched)
    }

    /// What was read; nothing if that failed or panicked, as the search library does on some damaged files.
    fn read<T>(&self, read: impl FnOnce() -> Result<T, IndexError>) -> Option<T> {
        let read = || read().inspect_err(|_err| self.suspicion.raise()).ok();
        self.suspicion.guard(None, read)
    }
}

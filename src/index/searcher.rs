//! The door to one state of the index: every question to it goes through a [`Searcher`].
//!
//! It only delegates: [`super::search`] and [`super::ask`] do the work. Not for what changes: see
//! [`Index`](super::Index).

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Zoned;

use crate::arabic::Span;
use crate::archive::ArticleId;
use crate::entities::{ArticleKey, Corrections, EntityId, EntityIdx, EntityKind, Registry};

use crate::marks::ArticleMarks;

use super::arrivals::{ArticleContent, Moment, article_contents};
use super::ask::completion::{Completion, KnownNames, completions};
use super::ask::difference::{Difference, difference};
use super::ask::entity_page::{
    Appearance, EntityPage, FoundEntity, appearances, article_counts, entity_page, find_entities,
};
use super::ask::identical::{IdenticalCopy, identical_to};
use super::ask::network::{Network, network};
use super::ask::preview::{CorrectionPreview, preview};
use super::ask::quote::{Quote, quotes};
use super::ask::title::{find_title, rows_called};
use super::ask::usual::{UsualSpelling, usual_spelling};
use super::columns::indexed_files::indexed_files;
use super::damage::{Suspicion, Unread, damage};
use super::error::{IndexError, SearchError};
use super::facet::{Facet, FacetCounts, FacetOrder};
use super::kwic::{Concordance, KwicLine, LineAt, Nodes, lines, read_on};
use super::marked::RowFinder;
use super::query::matches::find_matches;
use super::query::parse::parse_query;
use super::request::{Cancelled, Hit, ResultPage, SearchRequest};
use super::search::facets::facet_values;
use super::search::full::full_articles;
use super::search::hits::{hit, hits, stored_article};
use super::search::matching::n_found;
use super::search::page::page;
use super::search::plans::Plans;
use super::snapshot::Snapshot;
use super::stored::{FullArticle, FullOptions, IndexedFile, StoredArticle};
use super::values::path_key;

/// Searches one state of the index.
///
/// Cheap to clone; what is written to the index later does not change it.
#[derive(Clone)]
pub struct Searcher {
    snapshot: Arc<Snapshot>,
    plans: Arc<Plans>,
    /// The names offered as completions; gathered at the first keystroke.
    known_names: Arc<OnceLock<KnownNames>>,
    suspicion: Suspicion,
    /// Whether parts of the index are damaged and left out.
    lacks_parts: bool,
}

impl Searcher {
    pub(super) fn new(snapshot: Arc<Snapshot>, suspicion: Suspicion, lacks_parts: bool) -> Self {
        Self {
            snapshot,
            plans: Arc::default(),
            known_names: Arc::default(),
            suspicion,
            lacks_parts,
        }
    }

    /// The number of articles in the index, whatever the query.
    pub fn n_articles(&self) -> u64 {
        self.snapshot.n_articles
    }

    /// The entities that the articles name.
    pub fn registry(&self) -> &Registry {
        &self.snapshot.registry
    }

    /// Whether all names are resolved to entities; see `Index::early_searcher`.
    pub fn has_all_names(&self) -> bool {
        self.snapshot.has_all_names
    }

    /// Whether parts of the index are damaged, so that each of its answers is incomplete; see `Index::damage`.
    pub fn lacks_parts(&self) -> bool {
        self.lacks_parts
    }

    /// Whether all texts were compared for stories; see `Index::named_searcher`.
    pub fn has_all_stories(&self) -> bool {
        self.snapshot.stories.are_all_of(self.snapshot.columns())
    }

    /// Every file that was indexed, with or without articles, in the order of paths.
    pub fn files(&self) -> Result<Vec<IndexedFile>, SearchError> {
        self.read(|| indexed_files(&self.snapshot.searcher))
    }

    /// Every article with what stands for its file's content, in no particular order.
    pub fn contents(&self) -> Result<Vec<ArticleContent>, SearchError> {
        self.read(|| article_contents(&self.snapshot.searcher))
    }

    /// When the last article came; 0 if that is not known, or all were always there.
    pub fn latest_arrival(&self) -> Moment {
        self.snapshot.arrived.get().latest
    }

    /// How many articles a request finds that came after a moment; [`SearchRequest::similar_to`] is ignored.
    pub fn n_new(&self, request: &SearchRequest, since: Moment) -> Result<u64, SearchError> {
        if self.latest_arrival() <= since {
            return Ok(0);
        }
        let mut request = request.clone();
        request.filters.new_since = Some(since);
        self.read(|| n_found(&self.snapshot, &request))
    }

    /// Every article, in the order of paths.
    pub fn articles(&self) -> Vec<ArticleId> {
        let mut rows: Vec<u32> = self.snapshot.live_rows().collect();
        rows.sort_unstable_by_key(|&row| self.snapshot.rank(row));
        rows.into_iter().map(|row| self.snapshot.id(row)).collect()
    }

    /// The file of an article, relative to the archive's folder, and its number there; `None` if the index does not hold it.
    pub fn place_of(&self, article: ArticleId) -> Result<Option<(PathBuf, u32)>, SearchError> {
        let row = self.snapshot.row_of(article);
        self.read(|| row.map(|row| self.snapshot.place_of(row)).transpose())
    }

    /// The article with a key, whether it names a member of an archive or its number in the whole file; `None` if the index
    /// does not hold it.
    pub fn article_of(&self, key: &ArticleKey) -> Option<ArticleId> {
        let row = RowFinder::new(self.snapshot.columns()).row_of(key)?;
        Some(self.snapshot.id(row))
    }

    /// The articles of a file, given relative to the archive's folder, in their order.
    pub fn articles_of_file(&self, path: &Path) -> Result<Vec<ArticleId>, SearchError> {
        let rows = self.read(|| self.snapshot.rows_of_file(&path_key(path)))?;
        let rows = rows.into_iter().filter(|row| self.snapshot.is_live(*row));
        Ok(rows.map(|row| self.snapshot.id(row)).collect())
    }

    /// The articles with titles like this one, in the order of paths; of very many the first ones. Of long titles only the
    /// beginning counts.
    pub fn articles_called(&self, title: &str) -> Result<Vec<ArticleId>, SearchError> {
        let rows = self.read(|| rows_called(&self.snapshot, title))?;
        Ok(rows.into_iter().map(|row| self.snapshot.id(row)).collect())
    }

    /// What the user marked of the articles that the index holds: see [`Index::set_marks`](super::Index::set_marks).
    pub fn marks(&self) -> Arc<HashMap<ArticleId, ArticleMarks>> {
        self.snapshot.marked().of_articles()
    }

    /// Answers a request; `None` if `cancelled` says that the answer is no longer wanted.
    ///
    /// If a part of the index cannot be read, the answer covers the rest: see [`ResultPage::incomplete`]. If nothing is
    /// found in the rest, that is an error instead of an answer: the articles may be in what could not be read.
    pub fn search(&self, request: &SearchRequest, cancelled: Cancelled<'_>) -> Result<Option<ResultPage>, SearchError> {
        let unread = Unread::default();
        if self.lacks_parts {
            unread.note(damage());
        }
        let page = self.read(|| page(&self.snapshot, &self.plans, request, cancelled, &unread))?;
        let incomplete = unread.into_first().map(|err| self.suspicion.to_search_error(err));
        match (page, incomplete) {
            (Some(page), Some(err)) if page.articles.is_empty() => Err(err),
            (page, incomplete) => Ok(page.map(|page| ResultPage { incomplete, ..page })),
        }
    }

    /// Answers a request as [`Searcher::search`] does, for somebody who waits for the answer however long it takes.
    pub fn search_to_end(&self, request: &SearchRequest) -> Result<ResultPage, SearchError> {
        let page = self.search(request, &|| false)?;
        Ok(page.expect("a search ends without an answer only where it is cancelled"))
    }

    /// Whether a query asks for people, organisations or places by an operator, so that only a searcher that has all names
    /// answers it: see [`Searcher::has_all_names`].
    pub fn asks_for_names(query_text: &str) -> bool {
        parse_query(query_text, Zoned::now().date()).node.asks_for_names()
    }

    /// Whether a query asks for what the user marked.
    pub fn asks_for_marks(query_text: &str) -> bool {
        parse_query(query_text, Zoned::now().date()).node.asks_for_marks()
    }

    /// The rows `range` of the page that answers `request`, without articles that the index no longer holds. A row
    /// whose article cannot be read is an error that says why.
    pub fn hits(
        &self,
        page: &ResultPage,
        range: Range<usize>,
        request: &SearchRequest,
    ) -> Vec<Result<Hit, SearchError>> {
        let read = self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            Ok(hits(&self.snapshot, &plan, page, range.clone(), request))
        });
        match read {
            Ok(hits) => hits
                .into_iter()
                .map(|hit| hit.map_err(|err| self.suspicion.to_search_error(err)))
                .collect(),
            Err(err) => range.map(|_| Err(err.clone())).collect(),
        }
    }

    /// The next row of a page whose title begins with what was typed: the first one below the row `after`, or from the
    /// top on where there is none below.
    ///
    /// Spellings are folded; quotes and the Arabic article at the start of a title need not be typed. The same letter
    /// typed several times moves on by as many rows. `None` if there is no such row, or if `cancelled` says that the
    /// answer is no longer wanted.
    pub fn find_title(
        &self,
        page: &ResultPage,
        typed: &str,
        after: Option<usize>,
        cancelled: Cancelled<'_>,
    ) -> Result<Option<usize>, SearchError> {
        self.read(|| find_title(&self.snapshot, page, typed, after, cancelled))
    }

    /// Reads the next `n_articles` of the page that a concordance is of, which answers `request`. Whether that was done:
    /// not if `cancelled` says that the lines are no longer wanted.
    ///
    /// Lines of articles that cannot be read are left out: see [`Searcher::lines_left_out`].
    pub fn read_on(
        &self,
        concordance: &mut Concordance,
        request: &SearchRequest,
        n_articles: usize,
        cancelled: Cancelled<'_>,
    ) -> Result<bool, SearchError> {
        self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            let nodes = Nodes::new(&self.snapshot, &plan, request);
            Ok(read_on(&self.snapshot, &nodes, concordance, n_articles, cancelled))
        })
    }

    /// Why a concordance lacks lines, if it does; told once.
    pub fn lines_left_out(&self, concordance: &mut Concordance) -> Option<SearchError> {
        let unread = concordance.take_unread()?;
        Some(self.suspicion.to_search_error(unread))
    }

    /// Whether a request has words or names that lines can be aligned at.
    pub fn has_lines(&self, request: &SearchRequest) -> Result<bool, SearchError> {
        self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            Ok(!Nodes::new(&self.snapshot, &plan, request).is_empty())
        })
    }

    /// Lines of the page that answers `request`, in the order of `at`, without those that are gone. A line that cannot be
    /// read is an error that says why.
    pub fn lines(
        &self,
        page: &ResultPage,
        request: &SearchRequest,
        at: &[LineAt],
    ) -> Vec<Result<KwicLine, SearchError>> {
        let read = self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            let nodes = Nodes::new(&self.snapshot, &plan, request);
            Ok(lines(&self.snapshot, &nodes, page, at))
        });
        match read {
            Ok(lines) => {
                let told = |err| self.suspicion.to_search_error(err);
                lines.into_iter().map(|it| it.map_err(told)).collect()
            }
            Err(err) => vec![Err(err)],
        }
    }

    /// An article as a row without query; `None` if the index does not hold it.
    pub fn hit(&self, article: ArticleId) -> Result<Option<Hit>, SearchError> {
        let row = self.snapshot.row_of(article);
        self.read(|| row.map(|row| hit(&self.snapshot, row)).transpose())
    }

    /// The index's own copy of an article, for when its file is gone; `None` if the index does not hold it.
    pub fn stored_article(&self, article: ArticleId) -> Result<Option<StoredArticle>, SearchError> {
        let row = self.snapshot.row_of(article);
        self.read(|| row.map(|row| stored_article(&self.snapshot, row)).transpose())
    }

    /// Some articles in their order with all that the index knows of them, without those that it does not hold. One that
    /// cannot be read is an error that says why. `request` says what their fragments show, and whether inferred dates count.
    pub fn full_articles(
        &self,
        articles: &[ArticleId],
        request: &SearchRequest,
        options: FullOptions,
    ) -> Vec<Result<FullArticle, SearchError>> {
        let read = self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            Ok(full_articles(&self.snapshot, &plan, request, articles, options))
        });
        match read {
            Ok(full) => {
                let told = |err| self.suspicion.to_search_error(err);
                full.into_iter().map(|it| it.map_err(told)).collect()
            }
            Err(err) => vec![Err(err)],
        }
    }

    /// The other articles that have the text of one, word by word, in the order of paths; of very many not every one.
    pub fn identical_to(&self, article: ArticleId) -> Result<Vec<IdenticalCopy>, SearchError> {
        let row = self.snapshot.row_of(article);
        self.read(|| row.map_or_else(|| Ok(Vec::new()), |row| identical_to(&self.snapshot, row)))
    }

    /// The spans of `text` that match a query, in order, without overlap.
    ///
    /// A word matches in all its forms, a phrase only as a whole; excluded words do not match. If the index cannot be
    /// read, a word matches only in the forms that are known without it; searching reports that.
    pub fn find_matches(&self, query_text: &str, as_typed: bool, text: &str) -> Vec<Span> {
        let plan = self.plans.plan_of_text(&self.snapshot, query_text, as_typed);
        find_matches(&plan.matchers, text)
    }

    /// All values of one facet whose name or another spelling holds the words of `filter_text`, counted as in the page
    /// of `request`.
    pub fn facet_values(
        &self,
        request: &SearchRequest,
        facet: Facet,
        filter_text: &str,
        order: FacetOrder,
    ) -> Result<FacetCounts, SearchError> {
        self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            facet_values(&self.snapshot, &plan, request, facet, filter_text, order)
        })
    }

    /// Completions of the last word of a query, at most a dozen: names, then words, then operators, each by falling
    /// number of articles.
    pub fn completions(&self, query_text: &str) -> Result<Vec<Completion>, SearchError> {
        self.read(|| {
            let known_names = self.known_names.get_or_init(|| KnownNames::new(&self.snapshot));
            completions(&self.snapshot, known_names, query_text)
        })
    }

    /// The query of a request with its rare words as they are usually written, if that finds more than the `n_articles`
    /// that the request finds; see [`UsualSpelling`]. `None`, too, if `cancelled` says that it is no longer wanted.
    pub fn usual_spelling(
        &self,
        request: &SearchRequest,
        n_articles: u64,
        cancelled: Cancelled<'_>,
    ) -> Result<Option<UsualSpelling>, SearchError> {
        self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            usual_spelling(&self.snapshot, request, &plan.parts, n_articles, cancelled)
        })
    }

    /// Two articles side by side; `None` if the index does not hold them both. Spellings of one word do not differ.
    pub fn difference(&self, first: ArticleId, second: ArticleId) -> Result<Option<Difference>, SearchError> {
        let sides = self.stored_article(first)?.zip(self.stored_article(second)?);
        Ok(sides.map(|(a, b)| difference([(first, a), (second, b)])))
    }

    /// The page of the entity with an id, beside the result of `request` and compared with others; `None` if there is no
    /// such entity, or if `cancelled` says that the answer is no longer wanted.
    pub fn entity_page(
        &self,
        id: &EntityId,
        with: &[EntityId],
        request: &SearchRequest,
        cancelled: Cancelled<'_>,
    ) -> Result<Option<EntityPage>, SearchError> {
        self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            entity_page(&self.snapshot, &plan, id, with, request, cancelled)
        })
    }

    /// Who appears with whom in the result of `request`: the names of some kinds that stand in most of its articles, at most
    /// `n_names`. With a center those that share most articles with it, beside it. `None` if the center is no entity, or if
    /// `cancelled` says that the answer is no longer wanted.
    pub fn network(
        &self,
        request: &SearchRequest,
        center: Option<&EntityId>,
        (n_names, kinds): (usize, &[EntityKind]),
        cancelled: Cancelled<'_>,
    ) -> Result<Option<Network>, SearchError> {
        self.read(|| {
            let plan = self.plans.plan(&self.snapshot, request)?;
            network(&self.snapshot, &plan, request, center, (n_names, kinds), cancelled)
        })
    }

    /// Some articles as the page of an entity lists them, in their order and without those that are gone. One that cannot
    /// be read is an error that says why.
    pub fn appearances(&self, articles: &[ArticleId], request: &SearchRequest) -> Vec<Result<Appearance, SearchError>> {
        let told = |err| self.suspicion.to_search_error(err);
        let found = appearances(&self.snapshot, articles, request).into_iter();
        found.map(|it| it.map_err(told)).collect()
    }

    /// The entities of which a spelling holds the words of `text`, in the order of the registry: at most `limit`.
    pub fn find_entities(&self, text: &str, kind: Option<EntityKind>, limit: usize) -> Vec<FoundEntity> {
        find_entities(&self.snapshot, text, kind, limit)
    }

    /// The number of articles that name each of some entities.
    pub fn article_counts(&self, entities: &[EntityIdx]) -> Vec<u64> {
        article_counts(&self.snapshot, entities)
    }

    /// For each of some entities a quotation of an article that names it; `None` where none is found. Reads up to three
    /// articles for each.
    pub fn quotes(&self, entities: &[EntityIdx]) -> Result<Vec<Option<Quote>>, SearchError> {
        self.read(|| quotes(&self.snapshot, entities))
    }

    /// The entities of `touched` as they are, and as these corrections would leave them.
    pub fn preview(&self, corrections: &Corrections, touched: &[&EntityId]) -> CorrectionPreview {
        preview(&self.snapshot, corrections, touched)
    }

    /// Every read of the index's files goes through here: see [`Suspicion::read`].
    fn read<T>(&self, read: impl FnOnce() -> Result<T, IndexError>) -> Result<T, SearchError> {
        self.suspicion.read(read)
    }
}

//! Searching: what is found, in which order, how often each value occurs in it, and the rows of the list.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use rayon::slice::{ParallelSlice as _, ParallelSliceMut as _};
use tantivy::query::{BooleanQuery, EnableScoring, Query, QueryClone as _};
use tantivy::schema::Value as _;
use tantivy::{DocSet as _, SegmentReader, TERMINATED, TantivyDocument};

use crate::arabic::{Span, sort_key};
use crate::archive::{Article, ArticleId, DateProvenance, Origin, PublicationDate, Section, SectionKind};
use crate::entities::{EntityId, EntityIdx, NameWords, Registry};

use super::completion::{Completion, KnownNames, completions};
use super::error::IndexError;
use super::matches::{find_matches, snippet};
use super::plan::{Plan, entity_kind};
use super::schema::{date_of, days_of};
use super::similar::similar_query;
use super::snapshot::Snapshot;
use super::store::Suspicion;
use super::title_start::{TypedStart, articles_starting_with};
use super::writer::IndexedFile;
use super::{
    Cancelled, DayCount, Facet, FacetCount, FacetCounts, FacetFilter, FacetOrder, Filters, Hit, HitOrder, Period,
    ResultPage, SearchRequest, StoryCopy,
};

/// How many values of a facet a [`ResultPage`] holds, beyond those that are chosen.
const VALUES_PER_PAGE: usize = 200;

/// So many rows are looked at in one go; several goes at once.
const ROWS_OF_PART: usize = 1 << 15;

/// After so many documents a search looks whether it is still wanted.
const DOCS_PER_CHECK: usize = 4096;

/// Searches one state of the index.
///
/// Cheap to copy; what is written to the index later does not change it.
#[derive(Clone)]
pub struct Searcher {
    snapshot: Arc<Snapshot>,
    /// The plan that was needed last, with its query: rows and highlights ask for the same one again and again.
    last_plan: Arc<Mutex<LastPlan>>,
    /// The names that are offered while a query is typed; gathered when the first one is.
    known_names: Arc<OnceLock<KnownNames>>,
    suspicion: Suspicion,
}

type LastPlan = Option<(String, bool, Arc<Plan>)>;

/// What the index keeps of an article, for when its file is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// The file, relative to the archive's folder.
    pub path: PathBuf,
    /// Which article of the file, from 0.
    pub record: u32,
    /// The headline.
    pub title: String,
    /// Whether the file states no headline.
    pub title_derived: bool,
    /// When it was published.
    pub published: Option<PublicationDate>,
    /// The outlet or agency.
    pub source: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The keywords.
    pub keywords: Vec<String>,
    /// The paragraphs of the body, separated by an empty line.
    pub body: String,
}

impl StoredArticle {
    /// The article as far as the index remembers it: its title and its paragraphs.
    pub fn into_article(self) -> Article {
        let mut text = self.title.clone();
        let mut sections = vec![Section {
            kind: SectionKind::Title,
            span: Span::new(0, text.len()),
        }];
        if self.title_derived {
            text.clear();
            sections.clear();
        }
        for paragraph in self.body.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            sections.push(Section {
                kind: SectionKind::Body,
                span: Span::new(text.len(), text.len() + paragraph.len()),
            });
            text.push_str(paragraph);
        }
        Article {
            path: self.path,
            record: self.record,
            text,
            title: self.title,
            title_derived: self.title_derived,
            published: self.published,
            source: self.source,
            byline: self.byline,
            keywords: self.keywords,
            sections,
            problems: Vec::new(),
            encoding: "UTF-8",
            origin: Origin::default(),
        }
    }
}

/// A row that was found, with how well it matches.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) row: u32,
    score: f32,
}

impl Searcher {
    pub(super) fn new(snapshot: Arc<Snapshot>, suspicion: Suspicion) -> Self {
        Self {
            snapshot,
            last_plan: Arc::default(),
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
        let read = || {
            let files = self.snapshot.files();
            files.inspect_err(|_err| self.suspicion.raise()).unwrap_or_default()
        };
        self.suspicion.guard(Vec::new(), read)
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
        let otherwise = Some(ResultPage::default());
        self.suspicion.guard(otherwise, || self.page(request, cancelled))
    }

    fn page(&self, request: &SearchRequest, cancelled: Cancelled<'_>) -> Option<ResultPage> {
        let started = Instant::now();
        let millis = || started.elapsed().as_secs_f64() * 1e3;
        if let Some(known) = self.snapshot.known_page(request) {
            return Some(ResultPage {
                millis: millis(),
                ..known
            });
        }
        let chosen: Vec<FacetFilter> = request.filters.values.iter().map(|it| self.named_now(it)).collect();
        let filters = Filters {
            values: chosen.clone(),
            ..request.filters.clone()
        };
        let request = &SearchRequest {
            filters,
            ..request.clone()
        };
        let plan = self.plan(request);
        let is_ranked = request.order == HitOrder::Relevance && plan.is_scored;
        let mut selection = Selection::new(request, &self.snapshot);
        let known_timeline = match is_period_alone(request) {
            true => {
                selection.is_for_result_only = true;
                let filters = Filters::default();
                let all = self.page(
                    &SearchRequest {
                        filters,
                        ..request.clone()
                    },
                    cancelled,
                )?;
                Some((all.timeline, all.undated))
            }
            false => None,
        };

        let mut result = Vec::new();
        let mut own_rows = OwnRows::default();
        let chosen_of_parts: Vec<_> = if plan.query.is_none() {
            let n_rows = self.snapshot.n_rows() as u32;
            let starts: Vec<u32> = (0..n_rows).step_by(ROWS_OF_PART).collect();
            let chosen = |start: &u32| {
                let rows = *start..n_rows.min(start + ROWS_OF_PART as u32);
                let live = rows.filter(|&row| self.snapshot.live[row as usize]);
                selection.chosen(live.map(|row| Found { row, score: 0.0 }))
            };
            starts.par_iter().map(chosen).collect()
        } else {
            let mut found = self.found(&plan, is_ranked, cancelled)?;
            if let Some(similar_to) = &request.similar_to {
                found.retain(|it| self.snapshot.id(it.row) != similar_to.article);
            }
            let parts = found.par_chunks(ROWS_OF_PART);
            parts.map(|part| selection.chosen(part.iter().copied())).collect()
        };
        for (passing, own) in chosen_of_parts {
            result.extend(passing);
            for (dimension, rows) in own {
                own_rows.entry(dimension).or_default().extend(rows);
            }
        }
        if cancelled() {
            return None;
        }
        let result_rows: Vec<u32> = result.iter().map(|it| it.row).collect();
        let ((timeline, undated), facets) = rayon::join(
            || {
                known_timeline.unwrap_or_else(|| {
                    let rows = rows_for(Dimension::Period, &result_rows, &own_rows);
                    let (timeline, undated) = self.timeline(&rows, request);
                    (timeline.into(), undated)
                })
            },
            || self.facets(&result_rows, &own_rows, request),
        );
        if cancelled() {
            return None;
        }
        let nothing_found = result
            .is_empty()
            .then(|| self.nothing_found(request, &plan.parts, cancelled));
        let mut listed = self.in_order(&result, request, is_ranked);
        let copies = match request.by_stories {
            true => self.split_copies(&mut listed),
            false => Vec::new(),
        };
        let page = ResultPage {
            nothing_found: nothing_found.unwrap_or_default(),
            query_understood: plan.understood.clone(),
            chosen,
            articles: listed.iter().map(|&row| self.snapshot.id(row)).collect(),
            copies: copies.into(),
            unfolded: Vec::new(),
            n_articles: result.len() as u64,
            facets,
            names_pending: !self.snapshot.has_all_names,
            timeline,
            extent: dates_of(self.snapshot.extent),
            usual_extent: dates_of(self.snapshot.usual_extent),
            undated,
            millis: millis(),
        };
        self.snapshot.remember_page(request, &page);
        Some(page)
    }

    /// A chosen value under the facet, id and name that it has now: it may have been corrected since it was chosen.
    fn named_now(&self, filter: &FacetFilter) -> FacetFilter {
        let entity = entity_kind(filter.facet).and_then(|_| {
            let idx = self.registry().find(&EntityId(filter.id.clone()))?;
            self.registry().get(idx)
        });
        entity.map_or_else(
            || filter.clone(),
            |it| FacetFilter {
                facet: Facet::of_kind(it.kind()),
                id: it.id().0,
                name: it.name().to_owned(),
                excluded: filter.excluded,
            },
        )
    }

    /// Leaves the first row of each story in `listed` and returns the others.
    fn split_copies(&self, listed: &mut Vec<u32>) -> Vec<StoryCopy> {
        const NONE: usize = usize::MAX;
        let stories = &self.snapshot.stories;
        let mut row_of_story = vec![NONE; stories.len()];
        let mut copies = Vec::new();
        let mut n_rows = 0;
        listed.retain(|&row| {
            let Some(story) = stories.of(row) else {
                n_rows += 1;
                return true;
            };
            let first = &mut row_of_story[story as usize];
            let is_first = *first == NONE;
            if is_first {
                *first = n_rows;
                n_rows += 1;
            } else {
                let article = self.snapshot.id(row);
                copies.push(StoryCopy { row: *first, article });
            }
            is_first
        });
        // Stable, so that the others of a story stay in the order asked for.
        copies.sort_by_key(|copy| copy.row);
        copies
    }

    /// The rows `range` of a page that `request` brought. An article that cannot be read is left out.
    pub fn hits(&self, page: &ResultPage, range: Range<usize>, request: &SearchRequest) -> Vec<Hit> {
        let plan = self.plan(request);
        let end = range.end.min(page.articles.len());
        let articles = page.articles.get(range.start..end).unwrap_or_default();
        let rows: Vec<u32> = articles
            .iter()
            .filter_map(|article| self.snapshot.row_of(*article))
            .collect();
        let scores = self
            .suspicion
            .guard(HashMap::new(), || self.scores(&plan, &rows).unwrap_or_default());
        let n_sources: HashMap<ArticleId, u64> = (range.start..end)
            .map(|row| (page.articles[row], self.n_sources(page, row)))
            .collect();
        rows.par_iter()
            .filter_map(|&row| {
                let score = scores.get(&row).copied().unwrap_or(0.0);
                let mut hit = self.suspicion.guard(None, || self.hit_of_row(row, score, &plan).ok())?;
                hit.n_sources = n_sources.get(&hit.article).copied().unwrap_or(0);
                let is_inferred = hit
                    .published
                    .is_some_and(|it| it.provenance == DateProvenance::Inferred);
                let published = hit.published.filter(|_| !(request.without_inferred && is_inferred));
                Some(Hit { published, ..hit })
            })
            .collect()
    }

    /// The different sources among the articles that a row stands for.
    fn n_sources(&self, page: &ResultPage, row: usize) -> u64 {
        let articles = page.others_of_story(row).into_iter().chain([page.articles[row]]);
        let rows = articles.filter_map(|article| self.snapshot.row_of(article));
        let sources = self.snapshot.values_of(Facet::Source);
        let sources: HashSet<u32> = rows.flat_map(|row| sources.of(row)).collect();
        sources.len() as u64
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
        let TypedStart { start, number } = TypedStart::new(typed)?;
        let starting = || articles_starting_with(&self.snapshot, &start).unwrap_or_default();
        let wanted = self.suspicion.guard(HashSet::new(), starting);
        if wanted.is_empty() {
            return None;
        }
        let n_rows = page.articles.len();
        let first = after.map_or(0, |row| (row + 1).min(n_rows));
        let mut found = Vec::new();
        for (n_seen, row) in (first..n_rows).chain(0..first).enumerate() {
            if n_seen % DOCS_PER_CHECK == 0 && cancelled() {
                return None;
            }
            if wanted.contains(&page.articles[row]) {
                found.push(row);
                if found.len() == number {
                    return Some(row);
                }
            }
        }
        // There are fewer than were asked for: it went round.
        let idx = (number - 1).checked_rem(found.len())?;
        Some(found[idx])
    }

    /// An article as a row without query; nothing if the index does not hold it.
    pub fn hit(&self, article: ArticleId) -> Option<Hit> {
        let row = self.snapshot.row_of(article)?;
        self.suspicion
            .guard(None, || self.hit_of_row(row, 0.0, &Plan::default()).ok())
    }

    /// What the index keeps of an article, to be read when its file is gone.
    pub fn stored_article(&self, article: ArticleId) -> Option<StoredArticle> {
        let row = self.snapshot.row_of(article)?;
        self.suspicion.guard(None, || self.stored(row).ok())
    }

    /// The stretches of `text` that match the words of a query, in order, without overlap.
    ///
    /// A word matches in all its forms, a phrase only as a whole; what is excluded does not match.
    pub fn find_matches(&self, query_text: &str, as_typed: bool, text: &str) -> Vec<Span> {
        find_matches(&self.plan_of_text(query_text, as_typed).matchers, text)
    }

    /// All values of one facet whose name or another spelling holds the words of `filter_text`, counted as in the page of `request`.
    pub fn facet_values(
        &self,
        request: &SearchRequest,
        facet: Facet,
        filter_text: &str,
        order: FacetOrder,
    ) -> FacetCounts {
        let plan = self.plan(request);
        let found = self
            .suspicion
            .guard(None, || self.found(&plan, false, &|| false))
            .unwrap_or_default();
        let selection = Selection::new(request, &self.snapshot);
        let is_counted = |row: &u32| match selection.verdict(*row) {
            Verdict::Passes => true,
            Verdict::FailsOnly(dimension) => dimension == Dimension::Facet(facet),
            Verdict::Fails => false,
        };
        let rows: Vec<u32> = found.iter().map(|it| it.row).filter(is_counted).collect();
        let counts = self.counts(facet, &rows, request.counts_stories);
        let words = NameWords::new(filter_text, true);
        let texts = self.snapshot.values(facet);
        let entities = match (texts, words.is_empty()) {
            (None, false) => self.registry().entities_with(&words),
            _ => BTreeSet::new(),
        };
        let is_wanted = |idx: usize| match texts {
            Some(texts) => words.is_in(texts.names.get(idx as u32)),
            None => words.is_empty() || entities.contains(&EntityIdx(idx as u32)),
        };
        let mut found = self.top_values(facet, &counts, usize::MAX, &[], is_wanted);
        for value in found.values.iter_mut().filter(|_| texts.is_none()) {
            let idx = self.registry().find(&EntityId(value.id.clone()));
            let spelling = idx.and_then(|idx| self.spelling_with(idx, &words));
            value.spelling = spelling.filter(|it| *it != value.name).map(str::to_owned);
        }
        if order == FacetOrder::Name {
            found.values.sort_by_cached_key(|value| sort_key(&value.name));
        }
        found
    }

    /// What may be meant by the last word of a query that is being typed, at most a dozen: names, then words, then
    /// operators, each by falling number of articles.
    pub fn completions(&self, query_text: &str) -> Vec<Completion> {
        self.suspicion.guard(Vec::new(), || {
            let known_names = self.known_names.get_or_init(|| KnownNames::new(&self.snapshot));
            completions(&self.snapshot, known_names, query_text).unwrap_or_default()
        })
    }

    /// How many articles a request finds.
    pub(super) fn n_found(&self, request: &SearchRequest) -> u64 {
        let Ok(plan) = Plan::new(&request.query_text, request.as_typed, &self.snapshot) else {
            return 0;
        };
        let selection = Selection::new(request, &self.snapshot);
        let found = self.found(&plan, false, &|| false).unwrap_or_default();
        let passes = |it: &&Found| matches!(selection.verdict(it.row), Verdict::Passes);
        found.iter().filter(passes).count() as u64
    }

    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(super) fn suspicion(&self) -> &Suspicion {
        &self.suspicion
    }

    /// The day of a row, as days since 1970; nothing if it counts as undated.
    pub(super) fn day_of(&self, row: u32, request: &SearchRequest) -> Option<i32> {
        let is_dated = !(request.without_inferred && self.snapshot.is_inferred(row));
        self.snapshot.day(row).filter(|_| is_dated)
    }

    /// The spelling of an entity that holds the words: its name, else the most frequent one that does.
    pub(super) fn spelling_with(&self, idx: EntityIdx, words: &NameWords) -> Option<&str> {
        let entity = self.registry().get(idx)?;
        if words.is_in(entity.name()) {
            return Some(entity.name());
        }
        let forms = entity
            .forms()
            .filter(|(form, _)| *form != entity.name() && words.is_in(form));
        // Of equals the first in the order of letters.
        forms
            .max_by_key(|(form, articles)| (*articles, Reverse(*form)))
            .map(|(form, _)| form)
    }

    /// The plan for a request; one that finds nothing if the index cannot be read.
    pub(super) fn plan(&self, request: &SearchRequest) -> Arc<Plan> {
        let of_text = self.plan_of_text(&request.query_text, request.as_typed);
        let Some(similar_to) = &request.similar_to else {
            return of_text;
        };
        let query = || self.similar_query(similar_to.article).ok().flatten();
        let similar = self.suspicion.guard(None, query);
        let similar = similar.unwrap_or_else(|| Box::new(tantivy::query::EmptyQuery));
        let query: Box<dyn Query> = match &of_text.query {
            Some(query) => Box::new(BooleanQuery::intersection(vec![similar, query.box_clone()])),
            None => similar,
        };
        Arc::new(Plan {
            query: Some(query),
            is_scored: true,
            matchers: of_text.matchers.clone(),
            understood: of_text.understood.clone(),
            parts: of_text.parts.clone(),
        })
    }

    fn similar_query(&self, article: ArticleId) -> Result<Option<Box<dyn Query>>, IndexError> {
        let Some(row) = self.snapshot.row_of(article) else {
            return Ok(None);
        };
        let entities = self.snapshot.entities.of(row);
        let names = entities.filter_map(|idx| Some(self.registry().get(EntityIdx(idx))?.name().to_owned()));
        similar_query(&self.snapshot, &self.stored(row)?, &names.collect::<Vec<_>>())
    }

    /// The plan for a query; one that finds nothing if the index cannot be read.
    fn plan_of_text(&self, query_text: &str, as_typed: bool) -> Arc<Plan> {
        // A panic elsewhere cannot leave half a plan there.
        let mut last = self.last_plan.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, known_as_typed, plan)) = last.as_ref()
            && (known.as_str(), *known_as_typed) == (query_text, as_typed)
        {
            return Arc::clone(plan);
        }
        let plan = self
            .suspicion
            .guard(None, || Plan::new(query_text, as_typed, &self.snapshot).ok());
        let plan = Arc::new(plan.unwrap_or_else(|| Plan {
            query: Some(Box::new(tantivy::query::EmptyQuery)),
            ..Plan::default()
        }));
        *last = Some((query_text.to_owned(), as_typed, Arc::clone(&plan)));
        plan
    }

    /// All live rows that match the query, in rising order.
    pub(super) fn found(&self, plan: &Plan, is_ranked: bool, cancelled: Cancelled<'_>) -> Option<Vec<Found>> {
        let Some(query) = &plan.query else {
            return Some(self.snapshot.live_rows().map(|row| Found { row, score: 0.0 }).collect());
        };
        let searcher = &self.snapshot.searcher;
        let scoring = match is_ranked {
            true => EnableScoring::enabled_from_searcher(searcher),
            false => EnableScoring::disabled_from_searcher(searcher),
        };
        let Ok(weight) = query.weight(scoring) else {
            return Some(Vec::new());
        };
        let segments: Vec<_> = searcher.segment_readers().iter().enumerate().collect();
        let found_in = |&(segment_idx, segment): &(usize, &SegmentReader)| -> Option<Vec<Found>> {
            let mut found = Vec::new();
            let Ok(mut scorer) = weight.scorer(segment, 1.0) else {
                return Some(found);
            };
            let first_row = self.snapshot.rows_of_segment(segment_idx).start;
            for n_seen in 0_usize.. {
                if n_seen.is_multiple_of(DOCS_PER_CHECK) && cancelled() {
                    return None;
                }
                if scorer.doc() == TERMINATED {
                    break;
                }
                let row = first_row + scorer.doc();
                if self.snapshot.live[row as usize] {
                    let score = if is_ranked { scorer.score() } else { 0.0 };
                    found.push(Found { row, score });
                }
                scorer.advance();
            }
            Some(found)
        };
        let found: Option<Vec<Vec<Found>>> = segments.par_iter().map(found_in).collect();
        Some(found?.concat())
    }

    /// How well some rows match; nothing without words to match.
    fn scores(&self, plan: &Plan, rows: &[u32]) -> Result<HashMap<u32, f32>, IndexError> {
        let mut scores = HashMap::new();
        let Some(query) = plan.query.as_ref().filter(|_| plan.is_scored) else {
            return Ok(scores);
        };
        let searcher = &self.snapshot.searcher;
        let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        for (segment_idx, segment) in searcher.segment_readers().iter().enumerate() {
            let of_segment = self.snapshot.rows_of_segment(segment_idx);
            let mut wanted = rows.iter().filter(|row| of_segment.contains(row)).peekable();
            if wanted.peek().is_none() {
                continue;
            }
            let mut scorer = weight.scorer(segment, 1.0)?;
            for &row in wanted {
                let doc = row - of_segment.start;
                if scorer.doc() < doc {
                    scorer.seek(doc);
                }
                if scorer.doc() == doc {
                    scores.insert(row, scorer.score());
                }
            }
        }
        Ok(scores)
    }

    /// The rows in the order that was asked for.
    fn in_order(&self, found: &[Found], request: &SearchRequest, is_ranked: bool) -> Vec<u32> {
        let snapshot = &self.snapshot;
        if request.order == HitOrder::Source {
            let mut rows: Vec<u32> = found.iter().map(|it| it.row).collect();
            let places = self.places_of_sources();
            let sources = self.snapshot.values_of(Facet::Source);
            rows.sort_unstable_by_key(|&row| {
                let place = sources.of(row).next().map(|source| places[source as usize]);
                (
                    place.is_none(),
                    place,
                    Reverse(self.day_of(row, request)),
                    snapshot.rank(row),
                )
            });
            return rows;
        }
        let titles = match request.order {
            HitOrder::Title => snapshot.title_ranks(),
            _ => &[],
        };
        // Days, earlier ones less, and no number of a day is the greatest.
        let day = |row: u32| Some(self.day_of(row, request)? as u32 ^ 1 << 31);
        let key = |it: &Found| match request.order {
            // Scores are positive, and the bits of greater ones are greater.
            HitOrder::Relevance if is_ranked => u32::MAX - it.score.to_bits(),
            HitOrder::Relevance | HitOrder::Newest => day(it.row).map_or(u32::MAX, |day| u32::MAX - 1 - day),
            HitOrder::Oldest => day(it.row).unwrap_or(u32::MAX),
            HitOrder::Title => titles[it.row as usize],
            HitOrder::Source => 0, // Ordered above.
        };
        let both = |it: &Found| u64::from(key(it)) << 32 | u64::from(snapshot.rank(it.row));
        let mut keys: Vec<u64> = found.iter().map(both).collect();
        keys.par_sort_unstable();
        keys.iter().map(|key| snapshot.row_of_rank(*key as u32)).collect()
    }

    /// For each source its place in the alphabetical order of sources.
    fn places_of_sources(&self) -> Vec<usize> {
        let Some(sources) = self.snapshot.values(Facet::Source) else {
            return Vec::new();
        };
        let mut in_order: Vec<usize> = (0..sources.names.len()).collect();
        in_order.sort_by_cached_key(|&source| sort_key(sources.names.get(source as u32)));
        let mut places = vec![0; in_order.len()];
        for (place, source) in in_order.into_iter().enumerate() {
            places[source] = place;
        }
        places
    }

    fn timeline(&self, rows: &[u32], request: &SearchRequest) -> (Vec<DayCount>, u64) {
        let is_inferred = |row: u32| self.snapshot.is_inferred(row);
        let mut undated = 0;
        let mut dated: Vec<(i32, bool)> = Vec::with_capacity(rows.len());
        // Of a story the first day; after all days, if it has none.
        let mut of_stories: Vec<(u32, i32, bool)> = Vec::new();
        for &row in rows {
            let story = self.snapshot.stories.of(row).filter(|_| request.counts_stories);
            match (story, self.day_of(row, request)) {
                (Some(story), day) => of_stories.push((story, day.unwrap_or(i32::MAX), is_inferred(row))),
                (None, Some(day)) => dated.push((day, is_inferred(row))),
                (None, None) => undated += 1,
            }
        }
        of_stories.sort_unstable();
        of_stories.dedup_by_key(|it| it.0);
        for (_, day, is_inferred) in of_stories {
            match day {
                i32::MAX => undated += 1,
                day => dated.push((day, is_inferred)),
            }
        }
        let first = dated.iter().map(|it| it.0).min().unwrap_or(0);
        let last = dated.iter().map(|it| it.0).max().unwrap_or(-1);
        let n_days = usize::try_from(last - first + 1).unwrap_or(0);
        let mut counts = vec![(0_u32, 0_u32); n_days];
        for (day, is_inferred) in dated {
            let (articles, inferred) = &mut counts[(day - first) as usize];
            *articles += 1;
            *inferred += u32::from(is_inferred);
        }
        let timeline = (first..)
            .zip(counts)
            .filter(|(_, (articles, _))| *articles != 0)
            .filter_map(|(day, (articles, inferred))| {
                Some(DayCount {
                    day: date_of(day)?,
                    articles: u64::from(articles),
                    inferred: u64::from(inferred),
                })
            })
            .collect();
        (timeline, undated)
    }

    fn facets(&self, rows: &[u32], own_rows: &OwnRows, request: &SearchRequest) -> Vec<FacetCounts> {
        let counted = |facet: Facet, rows: &[u32]| self.counts(facet, rows, request.counts_stories);
        let is_shared = |facet| entity_kind(facet).is_some() && !own_rows.contains_key(&Dimension::Facet(facet));
        let top_values = |facet, counts: &[u32]| {
            let chosen: Vec<&FacetFilter> = request.filters.values.iter().filter(|it| it.facet == facet).collect();
            self.top_values(facet, counts, VALUES_PER_PAGE, &chosen, |_| true)
        };
        let (shared, own): (Vec<Facet>, Vec<Facet>) = Facet::ALL.into_iter().partition(|facet| is_shared(*facet));
        let (of_shared, of_own) = rayon::join(
            // One pass for people, organisations and places: they stand in one list.
            || {
                let counts = shared.first().map(|facet| counted(*facet, rows)).unwrap_or_default();
                let of_facet = |facet: &Facet| top_values(*facet, &counts);
                shared.par_iter().map(of_facet).collect::<Vec<_>>()
            },
            || {
                let of_facet = |facet: &Facet| {
                    let rows = rows_for(Dimension::Facet(*facet), rows, own_rows);
                    top_values(*facet, &counted(*facet, &rows))
                };
                own.par_iter().map(of_facet).collect::<Vec<_>>()
            },
        );
        let mut facets = [of_shared, of_own].concat();
        facets.sort_by_key(|it| Facet::ALL.iter().position(|facet| *facet == it.facet));
        facets
    }

    /// In how many of the rows, or of their stories, each value of the facet's list occurs. The rows are live and in
    /// rising order.
    pub(super) fn counts(&self, facet: Facet, rows: &[u32], counts_stories: bool) -> Vec<u32> {
        if counts_stories {
            return self.counts_of_stories(facet, rows);
        }
        if (rows.len() as u64) * 2 <= self.snapshot.n_articles {
            return self.snapshot.counts(facet, rows.iter().copied());
        }
        // What is left out is less.
        let mut rows = rows.iter().copied().peekable();
        let left_out = self.snapshot.live_rows().filter(|row| rows.next_if_eq(row).is_none());
        let of_left_out = self.snapshot.counts(facet, left_out);
        let all = self.snapshot.counts_of_all(facet);
        all.iter()
            .zip(of_left_out)
            .map(|(all, left_out)| all - left_out)
            .collect()
    }

    fn counts_of_stories(&self, facet: Facet, rows: &[u32]) -> Vec<u32> {
        let mut counts = vec![0; self.snapshot.n_values(facet)];
        let values = self.snapshot.values_of(facet);
        let mut of_stories: Vec<(u32, u32)> = Vec::new();
        for &row in rows {
            let values = values.of(row);
            match self.snapshot.stories.of(row) {
                Some(story) => of_stories.extend(values.map(|value| (story, value))),
                None => values.for_each(|value| counts[value as usize] += 1),
            }
        }
        of_stories.sort_unstable();
        of_stories.dedup();
        for (_, value) in of_stories {
            counts[value as usize] += 1;
        }
        counts
    }

    fn top_values(
        &self,
        facet: Facet,
        counts: &[u32],
        limit: usize,
        chosen: &[&FacetFilter],
        is_wanted: impl Fn(usize) -> bool,
    ) -> FacetCounts {
        let kind = entity_kind(facet);
        let registry = &self.snapshot.registry;
        let entity = |idx: usize| registry.get(EntityIdx(idx as u32));
        let values = self.snapshot.values(facet);
        let name = |idx: usize| match kind {
            Some(_) => entity(idx).map_or("", |it| it.name()),
            None => values.map_or("", |it| it.names.get(idx as u32)),
        };
        let id = |idx: usize| match kind {
            Some(_) => entity(idx).map_or_else(String::new, |it| it.id().0),
            None => values.map_or_else(String::new, |it| it.ids.get(idx as u32).to_owned()),
        };
        // A correction may have made another kind of it.
        let is_present = |idx: usize| kind.is_none_or(|kind| entity(idx).is_some_and(|it| it.kind() == kind));
        let numbers: Box<dyn Iterator<Item = usize>> = match kind {
            Some(kind) => Box::new(registry.numbers_of(kind)),
            None => Box::new(0..counts.len()),
        };
        let mut present: Vec<usize> = numbers
            .filter(|&idx| counts[idx] != 0 && is_present(idx) && is_wanted(idx))
            .collect();
        let n_values = present.len();
        let by_name = |a: &usize, b: &usize| name(*a).cmp(name(*b)).then_with(|| id(*a).cmp(&id(*b)));
        if limit < present.len() {
            // Names are compared only where counts do not decide: to fetch them takes most of the time.
            let (_, &mut least, _) = present.select_nth_unstable_by_key(limit, |&idx| Reverse(counts[idx]));
            let least = counts[least];
            let mut equal: Vec<usize> = present.iter().copied().filter(|&idx| counts[idx] == least).collect();
            present.retain(|&idx| least < counts[idx]);
            let missing = limit - present.len();
            if missing < equal.len() {
                equal.select_nth_unstable_by(missing, by_name);
            }
            present.extend(equal.into_iter().take(missing));
        }
        present.sort_unstable_by(|a, b| counts[*b].cmp(&counts[*a]).then_with(|| by_name(a, b)));
        let mut values: Vec<FacetCount> = present
            .iter()
            .map(|&idx| FacetCount {
                id: id(idx).to_owned(),
                name: name(idx).to_owned(),
                articles: u64::from(counts[idx]),
                spelling: None,
            })
            .collect();
        for filter in chosen {
            if values.iter().any(|value| value.id == filter.id) {
                continue;
            }
            let idx = value_idx(&self.snapshot, filter);
            values.push(FacetCount {
                id: filter.id.clone(),
                name: idx.map_or(filter.name.as_str(), |idx| name(idx as usize)).to_owned(),
                articles: idx.map_or(0, |idx| u64::from(counts[idx as usize])),
                spelling: None,
            });
        }
        FacetCounts {
            facet,
            values,
            n_values,
        }
    }

    fn hit_of_row(&self, row: u32, score: f32, plan: &Plan) -> Result<Hit, IndexError> {
        let stored = self.stored(row)?;
        Ok(Hit {
            article: self.snapshot.id(row),
            title_matches: find_matches(&plan.matchers, &stored.title),
            snippet: snippet(&plan.matchers, &stored.body),
            path: stored.path,
            record: stored.record,
            title: stored.title,
            title_derived: stored.title_derived,
            published: stored.published,
            source: stored.source,
            score,
            story_size: self.snapshot.stories.size_of(row),
            n_sources: 0,
        })
    }

    pub(super) fn stored(&self, row: u32) -> Result<StoredArticle, IndexError> {
        let snapshot = &self.snapshot;
        let doc: TantivyDocument = snapshot.searcher.doc(snapshot.address_of(row))?;
        let text = |field| {
            let value = doc.get_first(field)?;
            value.as_str().map(str::to_owned)
        };
        let (path, record) = snapshot.place_of(row)?;
        Ok(StoredArticle {
            path,
            record,
            title: text(snapshot.fields.title).unwrap_or_default(),
            title_derived: snapshot.is_title_derived(row)?,
            published: snapshot.published(row)?,
            source: snapshot.spellings(row, "source")?.into_iter().next(),
            byline: text(snapshot.fields.byline),
            keywords: snapshot.spellings(row, "keyword")?,
            body: snapshot.fields.stored_body(&doc),
        })
    }
}

/// Whether only a period is chosen: the timeline is that of all articles then, whose answer is remembered.
fn is_period_alone(request: &SearchRequest) -> bool {
    let has_words = !request.query_text.is_empty() || request.similar_to.is_some();
    request.filters.period.is_some() && request.filters.values.is_empty() && !has_words
}

/// Two days as dates.
fn dates_of(days: Option<(i32, i32)>) -> Option<(Date, Date)> {
    let (first, last) = days?;
    Some((date_of(first)?, date_of(last)?))
}

/// The index of a chosen value in its facet's list; nothing if no article has it any more.
fn value_idx(snapshot: &Snapshot, filter: &FacetFilter) -> Option<u32> {
    match entity_kind(filter.facet) {
        Some(_) => snapshot.registry.find(&EntityId(filter.id.clone())).map(|it| it.0),
        None => snapshot.values(filter.facet)?.ids.find_in_order(&filter.id),
    }
}

/// Something that can be narrowed, and whose counts show what its own choice leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Dimension {
    /// A facet of which any value is enough.
    Facet(Facet),
    /// The timeline.
    Period,
}

/// The rows that only one dimension's own choice leaves out.
type OwnRows = HashMap<Dimension, Vec<u32>>;

/// The rows in which a dimension is counted: those of the result, and those that only its own choice leaves out.
fn rows_for<'a>(dimension: Dimension, result: &'a [u32], own_rows: &OwnRows) -> Cow<'a, [u32]> {
    match own_rows.get(&dimension) {
        None => Cow::Borrowed(result),
        Some(own) => {
            let mut rows = [result, own].concat();
            // Two runs that are in order are only merged.
            rows.sort();
            Cow::Owned(rows)
        }
    }
}

/// What the filters say of a row.
pub(super) enum Verdict {
    Passes,
    /// It would pass without the choice in this dimension.
    FailsOnly(Dimension),
    Fails,
}

/// The filters, ready to be asked of many rows.
pub(super) struct Selection<'a> {
    snapshot: &'a Snapshot,
    /// The values that are required, with their facets; nothing for a value that no article has.
    required: Vec<(Facet, Option<u32>)>,
    excluded: Vec<(Facet, u32)>,
    /// The facets of which any value is enough, with the required and the excluded values.
    any_of: Vec<AnyOf>,
    period: Option<DayPeriod>,
    without_inferred: bool,
    /// Whether nobody asks which rows only one dimension's own choice leaves out.
    is_for_result_only: bool,
}

struct AnyOf {
    facet: Facet,
    required: Vec<Option<u32>>,
    excluded: Vec<u32>,
}

/// A [`Period`] in days since 1970.
enum DayPeriod {
    Days(i32, i32),
    Undated,
    Inferred,
}

impl<'a> Selection<'a> {
    pub(super) fn new(request: &SearchRequest, snapshot: &'a Snapshot) -> Self {
        let filters = &request.filters;
        let mut it = Self {
            snapshot,
            without_inferred: request.without_inferred,
            is_for_result_only: false,
            required: Vec::new(),
            excluded: Vec::new(),
            any_of: Vec::new(),
            period: filters.period.map(|period| match period {
                Period::Days { first, last } => DayPeriod::Days(days_of(first), days_of(last)),
                Period::Undated => DayPeriod::Undated,
                Period::Inferred => DayPeriod::Inferred,
            }),
        };
        for filter in &filters.values {
            let value = value_idx(snapshot, filter);
            if filters.takes_any(filter.facet) {
                let at = it.any_of.iter().position(|any| any.facet == filter.facet);
                let at = at.unwrap_or_else(|| {
                    it.any_of.push(AnyOf {
                        facet: filter.facet,
                        required: Vec::new(),
                        excluded: Vec::new(),
                    });
                    it.any_of.len() - 1
                });
                match filter.excluded {
                    false => it.any_of[at].required.push(value),
                    true => it.any_of[at].excluded.extend(value),
                }
            } else if filter.excluded {
                it.excluded.extend(value.map(|value| (filter.facet, value)));
            } else {
                it.required.push((filter.facet, value));
            }
        }
        it
    }

    /// Those of the rows that pass, and those that only one dimension's own choice leaves out.
    fn chosen(&self, rows: impl Iterator<Item = Found>) -> (Vec<Found>, OwnRows) {
        let mut passing = Vec::new();
        let mut own_rows = OwnRows::default();
        for it in rows {
            match self.verdict(it.row) {
                Verdict::Passes => passing.push(it),
                Verdict::FailsOnly(dimension) => own_rows.entry(dimension).or_default().push(it.row),
                Verdict::Fails => {}
            }
        }
        (passing, own_rows)
    }

    pub(super) fn verdict(&self, row: u32) -> Verdict {
        let has = |facet: Facet, value: u32| self.snapshot.values_of(facet).of(row).any(|it| it == value);
        let required = |&(facet, value): &(Facet, Option<u32>)| value.is_some_and(|value| has(facet, value));
        if !self.required.iter().all(required) || self.excluded.iter().any(|&(facet, value)| has(facet, value)) {
            return Verdict::Fails;
        }
        let mut failing = (!self.passes_period(row)).then_some(Dimension::Period);
        for any in &self.any_of {
            let required =
                any.required.is_empty() || any.required.iter().any(|it| it.is_some_and(|it| has(any.facet, it)));
            if required && !any.excluded.iter().any(|&value| has(any.facet, value)) {
                continue;
            }
            if failing.is_some() {
                return Verdict::Fails;
            }
            failing = Some(Dimension::Facet(any.facet));
        }
        match failing {
            None => Verdict::Passes,
            Some(_) if self.is_for_result_only => Verdict::Fails,
            Some(dimension) => Verdict::FailsOnly(dimension),
        }
    }

    fn passes_period(&self, row: u32) -> bool {
        let is_dated = !(self.without_inferred && self.snapshot.is_inferred(row));
        let day = self.snapshot.day(row).filter(|_| is_dated);
        match self.period {
            None => true,
            Some(DayPeriod::Undated) => day.is_none(),
            Some(DayPeriod::Inferred) => day.is_some() && self.snapshot.is_inferred(row),
            Some(DayPeriod::Days(first, last)) => day.is_some_and(|day| first <= day && day <= last),
        }
    }
}

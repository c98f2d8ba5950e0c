//! Searching: what is found, in which order, how often each value occurs in it, and the rows of the list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use tantivy::query::EnableScoring;
use tantivy::schema::Value as _;
use tantivy::{DocSet as _, TERMINATED, TantivyDocument};

use crate::arabic::Span;
use crate::archive::{Article, ArticleId, DateProvenance, Origin, PublicationDate, Section, SectionKind};
use crate::entities::{EntityId, EntityIdx, Registry};

use super::completion::{Completion, KnownNames, completions};
use super::error::IndexError;
use super::matches::{find_matches, snippet};
use super::plan::{NameWords, Plan, entity_kind};
use super::schema::days_of;
use super::snapshot::Snapshot;
use super::store::Suspicion;
use super::title_start::{TypedStart, articles_starting_with};
use super::writer::IndexedFile;
use super::{
    Facet, FacetCount, FacetCounts, FacetFilter, Filters, Hit, HitOrder, MonthCount, Period, ResultPage, SearchRequest,
};

/// How many values of a facet a [`ResultPage`] holds, beyond those that are chosen.
const VALUES_PER_PAGE: usize = 200;

/// How many values of a facet [`Searcher::facet_values`] gives.
const MOST_VALUES: usize = 2000;

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
struct Found {
    row: u32,
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
        let mut rows: Vec<u32> = self.live_rows().collect();
        rows.sort_unstable_by_key(|&row| self.snapshot.ranks[row as usize]);
        rows.into_iter().map(|row| self.snapshot.ids[row as usize]).collect()
    }

    /// Answers a request; nothing if `cancelled` says that the answer is no longer wanted.
    ///
    /// What cannot be read from a damaged index is not found.
    pub fn search(&self, request: &SearchRequest, cancelled: &dyn Fn() -> bool) -> Option<ResultPage> {
        let otherwise = Some(ResultPage::default());
        self.suspicion.guard(otherwise, || self.page(request, cancelled))
    }

    fn page(&self, request: &SearchRequest, cancelled: &dyn Fn() -> bool) -> Option<ResultPage> {
        let started = Instant::now();
        let plan = self.plan(&request.query_text, request.as_typed);
        let is_ranked = request.order == HitOrder::Relevance && plan.is_scored;
        let found = self.found(&plan, is_ranked, cancelled)?;
        let selection = Selection::new(request, &self.snapshot);

        let mut result = Vec::with_capacity(found.len());
        let mut own_rows = OwnRows::default();
        for (idx, it) in found.iter().enumerate() {
            if idx % DOCS_PER_CHECK == 0 && cancelled() {
                return None;
            }
            match selection.verdict(it.row) {
                Verdict::Passes => result.push(*it),
                Verdict::FailsOnly(dimension) => own_rows.entry(dimension).or_default().push(it.row),
                Verdict::Fails => {}
            }
        }
        let result_rows: Vec<u32> = result.iter().map(|it| it.row).collect();
        let (timeline, undated) = self.timeline(&rows_for(Dimension::Period, &result_rows, &own_rows), request);
        if cancelled() {
            return None;
        }
        let facets = self.facets(&result_rows, &own_rows, &request.filters, cancelled)?;
        self.sort(&mut result, request, is_ranked);
        let nothing_found = result
            .is_empty()
            .then(|| self.nothing_found(request, &plan.parts, cancelled));
        Some(ResultPage {
            nothing_found: nothing_found.unwrap_or_default(),
            query_understood: plan.understood.clone(),
            articles: result.iter().map(|it| self.snapshot.ids[it.row as usize]).collect(),
            facets,
            timeline,
            undated,
            millis: started.elapsed().as_secs_f64() * 1e3,
        })
    }

    /// The rows `range` of a page that `request` brought. An article that cannot be read is left out.
    pub fn hits(&self, page: &ResultPage, range: Range<usize>, request: &SearchRequest) -> Vec<Hit> {
        let plan = self.plan(&request.query_text, request.as_typed);
        let end = range.end.min(page.articles.len());
        let articles = page.articles.get(range.start..end).unwrap_or_default();
        let rows: Vec<u32> = articles
            .iter()
            .filter_map(|article| self.snapshot.row_of(*article))
            .collect();
        let scores = self
            .suspicion
            .guard(HashMap::new(), || self.scores(&plan, &rows).unwrap_or_default());
        rows.iter()
            .filter_map(|&row| {
                let score = scores.get(&row).copied().unwrap_or(0.0);
                let hit = self.suspicion.guard(None, || self.hit_of_row(row, score, &plan).ok())?;
                let is_inferred = hit
                    .published
                    .is_some_and(|it| it.provenance == DateProvenance::Inferred);
                let published = hit.published.filter(|_| !(request.without_inferred && is_inferred));
                Some(Hit { published, ..hit })
            })
            .collect()
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
        cancelled: &dyn Fn() -> bool,
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
        find_matches(&self.plan(query_text, as_typed).matchers, text)
    }

    /// The values of one facet whose names hold the words of `filter_text`, counted as in the page of `request`: at
    /// most 2,000, by falling count, then by name.
    pub fn facet_values(&self, request: &SearchRequest, facet: Facet, filter_text: &str) -> FacetCounts {
        let plan = self.plan(&request.query_text, request.as_typed);
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
        let counts = self.counts(facet, &rows);
        let filter = NameWords::new(filter_text, true);
        self.top_values(facet, &counts, MOST_VALUES, &[], |name| filter.is_in(name))
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

    fn live_rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.snapshot.n_rows() as u32).filter(|&row| self.snapshot.live[row as usize])
    }

    /// The plan for a query; one that finds nothing if the index cannot be read.
    fn plan(&self, query_text: &str, as_typed: bool) -> Arc<Plan> {
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
    fn found(&self, plan: &Plan, is_ranked: bool, cancelled: &dyn Fn() -> bool) -> Option<Vec<Found>> {
        let Some(query) = &plan.query else {
            return Some(self.live_rows().map(|row| Found { row, score: 0.0 }).collect());
        };
        let searcher = &self.snapshot.searcher;
        let scoring = match is_ranked {
            true => EnableScoring::enabled_from_searcher(searcher),
            false => EnableScoring::disabled_from_searcher(searcher),
        };
        let mut found = Vec::new();
        let Ok(weight) = query.weight(scoring) else {
            return Some(found);
        };
        for (segment_idx, segment) in searcher.segment_readers().iter().enumerate() {
            if cancelled() {
                return None;
            }
            let Ok(mut scorer) = weight.scorer(segment, 1.0) else {
                continue;
            };
            let first_row = self.snapshot.rows_of_segment(segment_idx).start;
            let mut n_seen = 0;
            while scorer.doc() != TERMINATED {
                let row = first_row + scorer.doc();
                if self.snapshot.live[row as usize] {
                    let score = if is_ranked { scorer.score() } else { 0.0 };
                    found.push(Found { row, score });
                }
                scorer.advance();
                n_seen += 1;
                if n_seen % DOCS_PER_CHECK == 0 && cancelled() {
                    return None;
                }
            }
        }
        Some(found)
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

    fn sort(&self, result: &mut [Found], request: &SearchRequest, is_ranked: bool) {
        let rank = |it: &Found| self.snapshot.ranks[it.row as usize];
        let is_dated = |it: &Found| !(request.without_inferred && self.snapshot.inferred.contains(&it.row));
        let day = |it: &Found| self.snapshot.days[it.row as usize].filter(|_| is_dated(it));
        match request.order {
            HitOrder::Relevance if is_ranked => {
                result.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| rank(a).cmp(&rank(b))));
            }
            // `None` is less than any day, so the undated are last.
            HitOrder::Relevance | HitOrder::Newest => {
                result.sort_unstable_by_key(|it| (std::cmp::Reverse(day(it)), rank(it)));
            }
            HitOrder::Oldest => result.sort_unstable_by_key(|it| (day(it).is_none(), day(it), rank(it))),
        }
    }

    fn timeline(&self, rows: &[u32], request: &SearchRequest) -> (Vec<MonthCount>, u64) {
        let mut undated = 0;
        let months = &self.snapshot.months;
        let n_months = self.snapshot.last_month - self.snapshot.first_month + 1;
        let mut counts = vec![0_u64; usize::try_from(n_months).unwrap_or(0)];
        for &row in rows {
            let is_dated = !(request.without_inferred && self.snapshot.inferred.contains(&row));
            match months[row as usize].filter(|_| is_dated) {
                Some(month) => counts[(month - self.snapshot.first_month) as usize] += 1,
                None => undated += 1,
            }
        }
        let timeline = (self.snapshot.first_month..)
            .zip(counts)
            .filter(|(_, articles)| *articles != 0)
            .map(|(month, articles)| MonthCount {
                year: month.div_euclid(12) as i16,
                month: month.rem_euclid(12) as i8 + 1,
                articles,
            })
            .collect();
        (timeline, undated)
    }

    fn facets(
        &self,
        rows: &[u32],
        own_rows: &OwnRows,
        filters: &Filters,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Vec<FacetCounts>> {
        // One pass for people, organisations and places: they stand in one list.
        let of_entities = self.counts(Facet::Person, rows);
        let mut facets = Vec::new();
        for facet in Facet::ALL {
            if cancelled() {
                return None;
            }
            let dimension = Dimension::Facet(facet);
            let is_shared = entity_kind(facet).is_some() && !own_rows.contains_key(&dimension);
            let counts = (!is_shared).then(|| self.counts(facet, &rows_for(dimension, rows, own_rows)));
            let counts = counts.as_ref().unwrap_or(&of_entities);
            let chosen: Vec<&FacetFilter> = filters.values.iter().filter(|it| it.facet == facet).collect();
            facets.push(self.top_values(facet, counts, VALUES_PER_PAGE, &chosen, |_| true));
        }
        Some(facets)
    }

    /// In how many of the rows each value of the facet's list occurs.
    fn counts(&self, facet: Facet, rows: &[u32]) -> Vec<u32> {
        let n_values = match entity_kind(facet) {
            Some(_) => self.snapshot.registry.entities().len(),
            None => self.snapshot.names_of(facet).len(),
        };
        let mut counts = vec![0; n_values];
        let values = self.snapshot.values_of(facet);
        for &row in rows {
            for &value in values.of(row) {
                counts[value as usize] += 1;
            }
        }
        counts
    }

    fn top_values(
        &self,
        facet: Facet,
        counts: &[u32],
        limit: usize,
        chosen: &[&FacetFilter],
        is_wanted: impl Fn(&str) -> bool,
    ) -> FacetCounts {
        let kind = entity_kind(facet);
        let registry = &self.snapshot.registry;
        let entity = |idx: usize| registry.get(EntityIdx(idx as u32));
        let names = self.snapshot.names_of(facet);
        let is_of_facet = |idx: usize| kind.is_none() || entity(idx).map(|it| it.kind()) == kind;
        let name = |idx: usize| match kind {
            Some(_) => entity(idx).map_or("", |it| it.name()),
            None => names[idx].name.as_str(),
        };
        let id = |idx: usize| match kind {
            Some(_) => entity(idx).map_or_else(String::new, |it| it.id().0),
            None => names[idx].id.clone(),
        };
        let mut present: Vec<usize> = (0..counts.len())
            .filter(|&idx| counts[idx] != 0 && is_of_facet(idx) && is_wanted(name(idx)))
            .collect();
        let n_values = present.len();
        let order = |a: &usize, b: &usize| {
            let by_count = counts[*b].cmp(&counts[*a]);
            by_count
                .then_with(|| name(*a).cmp(name(*b)))
                .then_with(|| id(*a).cmp(&id(*b)))
        };
        if limit < present.len() {
            present.select_nth_unstable_by(limit, order);
            present.truncate(limit);
        }
        present.sort_unstable_by(order);
        let mut values: Vec<FacetCount> = present
            .iter()
            .map(|&idx| FacetCount {
                id: id(idx).to_owned(),
                name: name(idx).to_owned(),
                articles: u64::from(counts[idx]),
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
            article: self.snapshot.ids[row as usize],
            title_matches: find_matches(&plan.matchers, &stored.title),
            snippet: snippet(&plan.matchers, &stored.body),
            path: stored.path,
            record: stored.record,
            title: stored.title,
            title_derived: stored.title_derived,
            published: stored.published,
            source: stored.source,
            score,
        })
    }

    fn stored(&self, row: u32) -> Result<StoredArticle, IndexError> {
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
            body: text(snapshot.fields.body).unwrap_or_default(),
        })
    }
}

/// The index of a chosen value in its facet's list; nothing if no article has it any more.
fn value_idx(snapshot: &Snapshot, filter: &FacetFilter) -> Option<u32> {
    let idx = match entity_kind(filter.facet) {
        Some(_) => {
            let entity = snapshot.registry.find(&EntityId(filter.id.clone()));
            entity.map(|it| it.0 as usize)
        }
        None => snapshot
            .names_of(filter.facet)
            .iter()
            .position(|value| value.id == filter.id),
    };
    u32::try_from(idx?).ok()
}

/// Something that can be narrowed, and whose counts show what its own choice leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Dimension {
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
            rows.sort_unstable();
            Cow::Owned(rows)
        }
    }
}

/// What the filters say of a row.
enum Verdict {
    Passes,
    /// It would pass without the choice in this dimension.
    FailsOnly(Dimension),
    Fails,
}

/// The filters, ready to be asked of many rows.
struct Selection<'a> {
    snapshot: &'a Snapshot,
    /// The values that are required, with their facets; nothing for a value that no article has.
    required: Vec<(Facet, Option<u32>)>,
    excluded: Vec<(Facet, u32)>,
    /// The facets of which any value is enough, with the required and the excluded values.
    any_of: Vec<AnyOf>,
    period: Option<DayPeriod>,
    without_inferred: bool,
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
}

impl<'a> Selection<'a> {
    fn new(request: &SearchRequest, snapshot: &'a Snapshot) -> Self {
        let filters = &request.filters;
        let mut it = Self {
            snapshot,
            without_inferred: request.without_inferred,
            required: Vec::new(),
            excluded: Vec::new(),
            any_of: Vec::new(),
            period: filters.period.map(|period| match period {
                Period::Days { first, last } => DayPeriod::Days(days_of(first), days_of(last)),
                Period::Undated => DayPeriod::Undated,
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

    fn verdict(&self, row: u32) -> Verdict {
        let has = |facet: Facet, value: u32| self.snapshot.values_of(facet).of(row).contains(&value);
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
        failing.map_or(Verdict::Passes, Verdict::FailsOnly)
    }

    fn passes_period(&self, row: u32) -> bool {
        let is_dated = !(self.without_inferred && self.snapshot.inferred.contains(&row));
        let day = self.snapshot.days[row as usize].filter(|_| is_dated);
        match self.period {
            None => true,
            Some(DayPeriod::Undated) => day.is_none(),
            Some(DayPeriod::Days(first, last)) => day.is_some_and(|day| first <= day && day <= last),
        }
    }
}

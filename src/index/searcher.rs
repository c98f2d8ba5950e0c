//! Searching: what is found, in which order, how often each value occurs in it, and the rows of the list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tantivy::query::EnableScoring;
use tantivy::schema::Value as _;
use tantivy::{DocSet as _, TERMINATED, TantivyDocument};

use crate::arabic::Span;
use crate::archive::{Article, ArticleId, DateProvenance, Origin, PublicationDate, Section, SectionKind};
use crate::entities::{EntityId, EntityIdx, Registry};

use super::compact::expand;
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
    suspicion: Suspicion,
}

type LastPlan = Option<(String, Arc<Plan>)>;

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
    pub fn search(&self, request: &SearchRequest, cancelled: &dyn Fn() -> bool) -> Option<ResultPage> {
        let otherwise = Some(ResultPage::default());
        self.suspicion.guard(otherwise, || self.page(request, cancelled))
    }

    fn page(&self, request: &SearchRequest, cancelled: &dyn Fn() -> bool) -> Option<ResultPage> {
        let started = Instant::now();
        let millis = || started.elapsed().as_secs_f64() * 1e3;
        if let Some(known) = self.snapshot.known_page(request) {
            return Some(ResultPage {
                millis: millis(),
                ..known
            });
        }
        let plan = self.plan(&request.query_text);
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
        let page = ResultPage {
            query_understood: plan.understood.clone(),
            articles: self.in_order(&result, request, is_ranked),
            facets,
            names_pending: !self.snapshot.has_all_names,
            timeline,
            undated,
            millis: millis(),
        };
        self.snapshot.remember_page(request, &page);
        Some(page)
    }

    /// The rows `range` of a page that `request` brought. An article that cannot be read is left out.
    pub fn hits(&self, page: &ResultPage, range: Range<usize>, request: &SearchRequest) -> Vec<Hit> {
        let plan = self.plan(&request.query_text);
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
    pub fn find_matches(&self, query_text: &str, text: &str) -> Vec<Span> {
        find_matches(&self.plan(query_text).matchers, text)
    }

    /// The values of one facet whose names hold the words of `filter_text`, counted as in the page of `request`: at
    /// most 2,000, by falling count, then by name.
    pub fn facet_values(&self, request: &SearchRequest, facet: Facet, filter_text: &str) -> FacetCounts {
        let plan = self.plan(&request.query_text);
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
        self.top_values(facet, &counts, MOST_VALUES, &[], Some(&filter))
    }

    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The plan for a query; one that finds nothing if the index cannot be read.
    fn plan(&self, query_text: &str) -> Arc<Plan> {
        // A panic elsewhere cannot leave half a plan there.
        let mut last = self.last_plan.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, plan)) = last.as_ref()
            && known == query_text
        {
            return Arc::clone(plan);
        }
        let plan = self
            .suspicion
            .guard(None, || Plan::new(query_text, &self.snapshot).ok());
        let plan = Arc::new(plan.unwrap_or_else(|| Plan {
            query: Some(Box::new(tantivy::query::EmptyQuery)),
            ..Plan::default()
        }));
        *last = Some((query_text.to_owned(), Arc::clone(&plan)));
        plan
    }

    /// All live rows that match the query, in rising order.
    fn found(&self, plan: &Plan, is_ranked: bool, cancelled: &dyn Fn() -> bool) -> Option<Vec<Found>> {
        let Some(query) = &plan.query else {
            return Some(self.snapshot.live_rows().map(|row| Found { row, score: 0.0 }).collect());
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

    /// The articles in the order that was asked for.
    fn in_order(&self, found: &[Found], request: &SearchRequest, is_ranked: bool) -> Arc<[ArticleId]> {
        let snapshot = &self.snapshot;
        let is_dated = |row: u32| !(request.without_inferred && snapshot.is_inferred(row));
        // Days, earlier ones less, and no number of a day is the greatest.
        let day = |row: u32| Some(snapshot.day(row).filter(|_| is_dated(row))? as u32 ^ 1 << 31);
        let key = |it: &Found| match request.order {
            // Scores are positive, and the bits of greater ones are greater.
            HitOrder::Relevance if is_ranked => u32::MAX - it.score.to_bits(),
            HitOrder::Relevance | HitOrder::Newest => day(it.row).map_or(u32::MAX, |day| u32::MAX - 1 - day),
            HitOrder::Oldest => day(it.row).unwrap_or(u32::MAX),
        };
        let both = |it: &Found| u64::from(key(it)) << 32 | u64::from(snapshot.rank(it.row));
        let mut keys: Vec<u64> = found.iter().map(both).collect();
        keys.sort_unstable();
        keys.iter()
            .map(|key| snapshot.id(snapshot.row_of_rank(*key as u32)))
            .collect()
    }

    fn timeline(&self, rows: &[u32], request: &SearchRequest) -> (Vec<MonthCount>, u64) {
        let mut undated = 0;
        let n_months = self.snapshot.last_month - self.snapshot.first_month + 1;
        let mut counts = vec![0_u64; usize::try_from(n_months).unwrap_or(0)];
        for &row in rows {
            let is_dated = !(request.without_inferred && self.snapshot.is_inferred(row));
            match self.snapshot.month(row).filter(|_| is_dated) {
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
            facets.push(self.top_values(facet, counts, VALUES_PER_PAGE, &chosen, None));
        }
        Some(facets)
    }

    /// In how many of the rows, which are live and in rising order, each value of the facet's list occurs.
    fn counts(&self, facet: Facet, rows: &[u32]) -> Vec<u32> {
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

    fn top_values(
        &self,
        facet: Facet,
        counts: &[u32],
        limit: usize,
        chosen: &[&FacetFilter],
        filter: Option<&NameWords>,
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
        let of_facet = match kind {
            Some(kind) => registry.places_of(kind),
            None => 0..counts.len(),
        };
        let mut present: Vec<usize> = of_facet
            .filter(|&idx| counts[idx] != 0 && filter.is_none_or(|it| it.is_in(name(idx))))
            .collect();
        let n_values = present.len();
        let by_name = |a: &usize, b: &usize| name(*a).cmp(name(*b)).then_with(|| id(*a).cmp(&id(*b)));
        if limit < present.len() {
            // Names are compared only where counts do not decide: to fetch them takes most of the time.
            let (_, &mut least, _) = present.select_nth_unstable_by_key(limit, |&idx| std::cmp::Reverse(counts[idx]));
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
            body: doc
                .get_first(snapshot.fields.text)
                .and_then(|value| value.as_bytes())
                .map(expand)
                .unwrap_or_default(),
        })
    }
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
        failing.map_or(Verdict::Passes, Verdict::FailsOnly)
    }

    fn passes_period(&self, row: u32) -> bool {
        let is_dated = !(self.without_inferred && self.snapshot.is_inferred(row));
        let day = self.snapshot.day(row).filter(|_| is_dated);
        match self.period {
            None => true,
            Some(DayPeriod::Undated) => day.is_none(),
            Some(DayPeriod::Days(first, last)) => day.is_some_and(|day| first <= day && day <= last),
        }
    }
}

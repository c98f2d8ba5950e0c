//! Reads the rows of the list from the index when they are shown.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::TantivyDocument;
use tantivy::schema::Value as _;

use crate::archive::{ArticleId, DateProvenance, Format};
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::query::matches::{Matcher, find_matches, snippet};
use crate::index::query::names::{WrittenNames, chosen_in, named_in};
use crate::index::query::plan::Plan;
use crate::index::request::{Hit, ResultPage, RowKind, SearchRequest};
use crate::index::snapshot::Snapshot;
use crate::index::stored::StoredArticle;

use super::identical::is_identical;
use super::matching::scores;

/// At most this many articles of a story are compared with its first, word by word. A guess: few stories have more.
const MOST_COMPARED: usize = 8;

/// The rows `range` of the page that answers `request`; an error for each that cannot be read.
pub fn hits(
    snapshot: &Snapshot,
    plan: &Plan,
    page: &ResultPage,
    range: Range<usize>,
    request: &SearchRequest,
) -> Vec<Result<Hit, IndexError>> {
    let end = range.end.min(page.articles.len());
    let articles = page.articles.get(range.start..end).unwrap_or_default();
    let rows: Vec<u32> = articles
        .iter()
        .filter_map(|article| snapshot.row_of(*article))
        .collect();
    // The search has already reported unreadable scores; its rows are shown without them.
    let scores = scores(snapshot, plan, &rows).unwrap_or_default();
    let n_sources: HashMap<ArticleId, u64> = (range.start..end)
        .map(|row| (page.articles[row], n_sources(snapshot, page, row)))
        .collect();
    let compared: HashMap<ArticleId, Vec<ArticleId>> = (range.start..end)
        .map(|row| (page.articles[row], compared_with(page, row)))
        .collect();
    let shown = Shown::new(snapshot, plan, request);
    let hit_of = |&row: &u32| {
        let score = scores.get(&row).copied().unwrap_or(0.0);
        let stored = stored_article(snapshot, row)?;
        let others = compared.get(&snapshot.id(row)).map_or(&[][..], Vec::as_slice);
        let n_identical = n_identical(snapshot, &stored.body, others)?;
        let mut hit = hit_of(snapshot, row, stored, &shown)?;
        (hit.score, hit.n_identical) = (score, n_identical);
        hit.n_sources = n_sources.get(&hit.article).copied().unwrap_or(0);
        let is_inferred = hit
            .published
            .is_some_and(|it| it.provenance == DateProvenance::Inferred);
        hit.published = hit.published.filter(|_| !(request.without_inferred && is_inferred));
        Ok(hit)
    };
    rows.par_iter().map(hit_of).collect()
}

/// The number of different sources among the articles that a row represents.
fn n_sources(snapshot: &Snapshot, page: &ResultPage, row: usize) -> u64 {
    let articles = page.others_of_story(row).into_iter().chain([page.articles[row]]);
    let rows = articles.filter_map(|article| snapshot.row_of(article));
    let sources = snapshot.values_of(Facet::Source);
    let sources: HashSet<u32> = rows.flat_map(|row| sources.of(row)).collect();
    sources.len() as u64
}

/// The articles that the one of a row is compared with, word by word: the first of the others of its story, or of a copy the
/// story's first.
fn compared_with(page: &ResultPage, row: usize) -> Vec<ArticleId> {
    match page.row_kind(row) {
        RowKind::Article => Vec::new(),
        RowKind::Story { .. } => {
            let mut others = page.others_of_story(row);
            others.truncate(MOST_COMPARED);
            others
        }
        RowKind::Copy { of } => page.articles.get(of).copied().into_iter().collect(),
    }
}

/// How many of some articles have the same text.
fn n_identical(snapshot: &Snapshot, body: &str, others: &[ArticleId]) -> Result<u64, IndexError> {
    let mut n = 0;
    for row in others.iter().filter_map(|it| snapshot.row_of(*it)) {
        n += u64::from(is_identical(body, &stored_article(snapshot, row)?.body));
    }
    Ok(n)
}

/// What is shown of an article because it was searched for.
#[derive(Default)]
pub(super) struct Shown {
    /// The words of the query.
    words: Vec<Matcher>,
    /// Who and what is asked for by name, as it is written.
    names: Option<Matcher>,
    /// All of these.
    pub(super) all: Vec<Matcher>,
}

impl Shown {
    pub(super) fn new(snapshot: &Snapshot, plan: &Plan, request: &SearchRequest) -> Self {
        let mut entities = named_in(snapshot, &plan.parts);
        entities.extend(chosen_in(snapshot, request));
        let names = WrittenNames::of(snapshot, entities);
        let names = (!names.is_empty()).then(|| Matcher::Name(Arc::new(names)));
        Self {
            words: plan.matchers.clone(),
            all: plan.matchers.iter().cloned().chain(names.clone()).collect(),
            names,
        }
    }
}

/// The article of a row as one that was not searched for.
pub fn hit(snapshot: &Snapshot, row: u32) -> Result<Hit, IndexError> {
    hit_of(snapshot, row, stored_article(snapshot, row)?, &Shown::default())
}

/// The article of a row, with its matches; without what only a search knows of it.
fn hit_of(snapshot: &Snapshot, row: u32, stored: StoredArticle, shown: &Shown) -> Result<Hit, IndexError> {
    Ok(Hit {
        article: snapshot.id(row),
        title_matches: find_matches(&shown.words, &stored.title),
        title_names: find_matches(shown.names.as_slice(), &stored.title),
        snippet: snippet(&shown.all, &stored.body),
        path: stored.path,
        record: stored.record,
        title: stored.title,
        title_derived: stored.title_derived,
        published: stored.published,
        source: stored.source,
        address: stored.address,
        is_recognised: stored.format == Format::Scan,
        score: 0.0,
        story_size: snapshot.stories.size_of(row),
        n_sources: 0,
        n_identical: 0,
    })
}

/// The index's own copy of the article of a row.
pub fn stored_article(snapshot: &Snapshot, row: u32) -> Result<StoredArticle, IndexError> {
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
        source: snapshot.spellings(row, Facet::Source)?.into_iter().next(),
        byline: text(snapshot.fields.byline),
        keywords: snapshot.spellings(row, Facet::Keyword)?,
        body: snapshot.fields.stored_body(&doc),
        format: snapshot
            .spellings(row, Facet::Format)?
            .first()
            .and_then(|name| Format::for_name(name))
            .unwrap_or_default(),
        address: text(snapshot.fields.address),
    })
}

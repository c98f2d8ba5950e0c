//! Reads the rows of the list from the index when they are shown.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::TantivyDocument;
use tantivy::schema::Value as _;

use crate::archive::{ArticleId, DateProvenance, Format};
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::query::matches::{find_matches, snippet};
use crate::index::query::plan::Plan;
use crate::index::request::{Hit, ResultPage, SearchRequest};
use crate::index::snapshot::Snapshot;
use crate::index::stored::StoredArticle;

use super::matching::scores;

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
    let hit_of = |&row: &u32| {
        let score = scores.get(&row).copied().unwrap_or(0.0);
        let mut hit = hit(snapshot, row, score, plan)?;
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

/// The article of a row, with its matches.
pub fn hit(snapshot: &Snapshot, row: u32, score: f32, plan: &Plan) -> Result<Hit, IndexError> {
    let stored = stored_article(snapshot, row)?;
    Ok(Hit {
        article: snapshot.id(row),
        title_matches: find_matches(&plan.matchers, &stored.title),
        snippet: snippet(&plan.matchers, &stored.body),
        path: stored.path,
        record: stored.record,
        title: stored.title,
        title_derived: stored.title_derived,
        published: stored.published,
        source: stored.source,
        is_recognised: stored.format == Format::Scan,
        score,
        story_size: snapshot.stories.size_of(row),
        n_sources: 0,
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
    })
}

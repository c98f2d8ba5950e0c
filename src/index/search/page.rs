//! Answers a request: from matching rows to a page.

use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;

use crate::arabic::days::date_of_epoch_day;
use crate::entities::EntityId;
use crate::index::ask::nothing_found::why_nothing;
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::facet::{Facet, FacetFilter};
use crate::index::query::names::{chosen_in, named_in};
use crate::index::query::plan::Plan;
use crate::index::request::{Cancelled, Filters, HitOrder, ResultPage, SearchRequest};
use crate::index::snapshot::Snapshot;

use super::facets::facets;
use super::matching::matching_rows;
use super::order::{in_order, split_copies};
use super::plans::Plans;
use super::selection::{Dimension, OwnRows, ScoredRow, Selection, rows_for};
use super::timeline::timeline;

/// How many rows a thread handles as one piece of work. Picked by feel.
const ROWS_OF_PART: usize = 1 << 15;

/// Answers a request; `None` if `cancelled` says that the answer is no longer wanted. What cannot be read is noted, and
/// missing from the answer.
pub fn page(
    snapshot: &Snapshot,
    plans: &Plans,
    request: &SearchRequest,
    cancelled: Cancelled<'_>,
    unread: &Unread,
) -> Result<Option<ResultPage>, IndexError> {
    let started = Instant::now();
    let millis = || started.elapsed().as_secs_f64() * 1e3;
    if let Some(known) = snapshot.known_page(request) {
        return Ok(Some(ResultPage {
            millis: millis(),
            ..known
        }));
    }
    let request = &with_current_names(snapshot, request);
    let plan = plans.plan(snapshot, request)?;
    let is_ranked = request.order == HitOrder::Relevance && plan.is_scored;
    let (mut selection, mut known_timeline) = (Selection::new(request, snapshot), None);
    if is_period_alone(request) {
        // The timeline is that of all articles, whose answer is cached.
        selection.is_for_result_only = true;
        let Some(all) = page(snapshot, plans, &without_filters(request), cancelled, unread)? else {
            return Ok(None);
        };
        known_timeline = Some((all.timeline, all.undated));
    }
    let Some((result, own_rows)) = choose(snapshot, &plan, &selection, request, is_ranked, cancelled, unread) else {
        return Ok(None);
    };
    let result_rows: Vec<u32> = result.iter().map(|it| it.row).collect();
    let ((timeline, undated), facets) = rayon::join(
        || {
            known_timeline.unwrap_or_else(|| {
                let rows = rows_for(Dimension::Period, &result_rows, &own_rows);
                let (timeline, undated) = timeline(snapshot, &rows, request);
                (timeline.into(), undated)
            })
        },
        || facets(snapshot, &result_rows, &own_rows, request),
    );
    if cancelled() {
        return Ok(None);
    }
    // If something could not be read, that is why.
    let nothing_found = match result.is_empty() && unread.is_empty() {
        true => unread.noted(why_nothing(snapshot, request, &plan.parts, cancelled)),
        false => None,
    };
    let mut listed = in_order(snapshot, &result, request, is_ranked, unread);
    let copies = match request.by_stories {
        true => split_copies(snapshot, &mut listed),
        false => Vec::new(),
    };
    let page = ResultPage {
        nothing_found: nothing_found.unwrap_or_default(),
        query_understood: plan.understood.clone(),
        unmet: plan.unmet.clone(),
        chosen: request.filters.values.clone(),
        named: named(snapshot, &plan, request),
        articles: listed.iter().map(|&row| snapshot.id(row)).collect(),
        copies: copies.into(),
        unfolded: Vec::new(),
        n_articles: result.len() as u64,
        facets,
        names_pending: !snapshot.has_all_names,
        timeline,
        extent: dates_of(snapshot.extent),
        usual_extent: dates_of(snapshot.usual_extent),
        undated,
        incomplete: None,
        millis: millis(),
    };
    if unread.is_empty() {
        snapshot.remember_page(request, &page);
    }
    Ok(Some(page))
}

/// Who and what is asked for.
fn named(snapshot: &Snapshot, plan: &Plan, request: &SearchRequest) -> Arc<[EntityId]> {
    let mut named = named_in(snapshot, &plan.parts);
    named.extend(chosen_in(snapshot, request));
    let entities = named.into_iter().filter_map(|idx| snapshot.registry.get(idx));
    entities.map(|it| it.id()).collect()
}

/// The rows that match and pass the filters, and those that only one dimension's own filter excludes; `None` if that is
/// no longer wanted.
fn choose(
    snapshot: &Snapshot,
    plan: &Plan,
    selection: &Selection<'_>,
    request: &SearchRequest,
    is_ranked: bool,
    cancelled: Cancelled<'_>,
    unread: &Unread,
) -> Option<(Vec<ScoredRow>, OwnRows)> {
    let parts: Vec<_> = if plan.query.is_none() {
        let n_rows = snapshot.n_rows() as u32;
        let starts: Vec<u32> = (0..n_rows).step_by(ROWS_OF_PART).collect();
        let chosen = |start: &u32| {
            let rows = *start..n_rows.min(start + ROWS_OF_PART as u32);
            let live = rows.filter(|&row| snapshot.live[row as usize]);
            selection.chosen(live.map(|row| ScoredRow { row, score: 0.0 }))
        };
        starts.par_iter().map(chosen).collect()
    } else {
        let mut found = matching_rows(snapshot, plan, is_ranked, cancelled, unread)?;
        if let Some(similar_to) = &request.similar_to {
            found.retain(|it| snapshot.id(it.row) != similar_to.article);
        }
        let parts = found.par_chunks(ROWS_OF_PART);
        parts.map(|part| selection.chosen(part.iter().copied())).collect()
    };
    if cancelled() {
        return None;
    }
    let mut result = Vec::new();
    let mut own_rows = OwnRows::default();
    for (passing, own) in parts {
        result.extend(passing);
        for (dimension, rows) in own {
            own_rows.entry(dimension).or_default().extend(rows);
        }
    }
    Some((result, own_rows))
}

fn without_filters(request: &SearchRequest) -> SearchRequest {
    SearchRequest {
        filters: Filters::default(),
        ..request.clone()
    }
}

/// The request, with its chosen values updated to their present facets, ids and names.
fn with_current_names(snapshot: &Snapshot, request: &SearchRequest) -> SearchRequest {
    let values = request.filters.values.iter().map(|it| with_current_name(snapshot, it));
    let filters = Filters {
        values: values.collect(),
        ..request.filters.clone()
    };
    SearchRequest {
        filters,
        ..request.clone()
    }
}

/// A chosen value with its present facet, id and name: it may have been corrected since it was chosen.
fn with_current_name(snapshot: &Snapshot, filter: &FacetFilter) -> FacetFilter {
    let entity = filter.facet.entity_kind().and_then(|_| {
        let idx = snapshot.registry.find(&EntityId(filter.id.clone()))?;
        snapshot.registry.get(idx)
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

/// Whether only a period is chosen: the timeline is then that of all articles, whose answer is cached.
fn is_period_alone(request: &SearchRequest) -> bool {
    let has_words = !request.query_text.is_empty() || request.similar_to.is_some();
    let filters = &request.filters;
    filters.period.is_some() && filters.values.is_empty() && filters.new_since.is_none() && !has_words
}

/// Two days as dates.
fn dates_of(days: Option<(i32, i32)>) -> Option<(Date, Date)> {
    let (first, last) = days?;
    Some((date_of_epoch_day(first)?, date_of_epoch_day(last)?))
}

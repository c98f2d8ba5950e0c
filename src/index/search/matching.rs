//! Which rows match a plan, and how well.

use std::collections::HashMap;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::query::EnableScoring;
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

use crate::index::error::IndexError;
use crate::index::query::plan::Plan;
use crate::index::request::{Cancelled, SearchRequest};
use crate::index::snapshot::Snapshot;

use super::selection::{Found, Selection, Verdict};

/// After so many documents a search looks whether it is still wanted.
pub const DOCS_PER_CHECK: usize = 4096;

/// All live rows that match the query, in rising order; nothing if that is no longer wanted.
pub fn matching_rows(
    snapshot: &Snapshot,
    plan: &Plan,
    is_ranked: bool,
    cancelled: Cancelled<'_>,
) -> Result<Option<Vec<Found>>, IndexError> {
    let Some(query) = &plan.query else {
        let all = snapshot.live_rows().map(|row| Found { row, score: 0.0 });
        return Ok(Some(all.collect()));
    };
    let searcher = &snapshot.searcher;
    let scoring = match is_ranked {
        true => EnableScoring::enabled_from_searcher(searcher),
        false => EnableScoring::disabled_from_searcher(searcher),
    };
    let weight = query.weight(scoring)?;
    let segments: Vec<_> = searcher.segment_readers().iter().enumerate().collect();
    let found_in = |&(segment_idx, segment): &(usize, &SegmentReader)| -> Result<Option<Vec<Found>>, IndexError> {
        let mut found = Vec::new();
        let mut scorer = weight.scorer(segment, 1.0)?;
        let first_row = snapshot.rows_of_segment(segment_idx).start;
        for n_seen in 0_usize.. {
            if n_seen.is_multiple_of(DOCS_PER_CHECK) && cancelled() {
                return Ok(None);
            }
            if scorer.doc() == TERMINATED {
                break;
            }
            let row = first_row + scorer.doc();
            if snapshot.live[row as usize] {
                let score = if is_ranked { scorer.score() } else { 0.0 };
                found.push(Found { row, score });
            }
            scorer.advance();
        }
        Ok(Some(found))
    };
    let found: Vec<Option<Vec<Found>>> = segments.par_iter().map(found_in).collect::<Result<_, _>>()?;
    let found: Option<Vec<Vec<Found>>> = found.into_iter().collect();
    Ok(found.map(|it| it.concat()))
}

/// How well some rows match; nothing without words to match.
pub fn scores(snapshot: &Snapshot, plan: &Plan, rows: &[u32]) -> Result<HashMap<u32, f32>, IndexError> {
    let mut scores = HashMap::new();
    let Some(query) = plan.query.as_ref().filter(|_| plan.is_scored) else {
        return Ok(scores);
    };
    let searcher = &snapshot.searcher;
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    for (segment_idx, segment) in searcher.segment_readers().iter().enumerate() {
        let of_segment = snapshot.rows_of_segment(segment_idx);
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

/// How many articles a request finds, whatever it is to be similar to.
pub fn n_found(snapshot: &Snapshot, request: &SearchRequest) -> Result<u64, IndexError> {
    let plan = Plan::new(&request.query_text, request.as_typed, snapshot)?;
    let selection = Selection::new(request, snapshot);
    let found = matching_rows(snapshot, &plan, false, &|| false)?.unwrap_or_default();
    let passes = |it: &&Found| matches!(selection.verdict(it.row), Verdict::Passes);
    Ok(found.iter().filter(passes).count() as u64)
}

//! Which rows match a plan, and how well.

use std::collections::HashMap;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::query::EnableScoring;
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::query::plan::Plan;
use crate::index::request::{Cancelled, SearchRequest};
use crate::index::snapshot::Snapshot;

use super::selection::{ScoredRow, Selection, Verdict};

/// Documents between two checks for cancellation, far less than a millisecond. Picked by feel.
const DOCS_PER_CHECK: usize = 4096;

/// All live rows that match the query, in rising order; `None` if that is no longer wanted.
///
/// What cannot be read is noted; rows of other segments are still found.
pub fn matching_rows(
    snapshot: &Snapshot,
    plan: &Plan,
    is_ranked: bool,
    cancelled: Cancelled<'_>,
    unread: &Unread,
) -> Option<Vec<ScoredRow>> {
    plan.unread.iter().for_each(|err| unread.note(err.clone()));
    let Some(query) = &plan.query else {
        return Some(snapshot.live_rows().map(|row| ScoredRow { row, score: 0.0 }).collect());
    };
    let searcher = &snapshot.searcher;
    let scored = is_ranked.then(|| unread.noted(query.weight(EnableScoring::enabled_from_searcher(searcher))));
    let scored = scored.flatten();
    let is_ranked = scored.is_some();
    // Word frequencies are read from all segments: if one is unreadable, all are matched without scores.
    let unscored = || unread.noted(query.weight(EnableScoring::disabled_from_searcher(searcher)));
    let Some(weight) = scored.or_else(unscored) else {
        return Some(Vec::new());
    };
    let segments: Vec<_> = searcher.segment_readers().iter().enumerate().collect();
    let found_in = |&(segment_idx, segment): &(usize, &SegmentReader)| -> Option<Vec<ScoredRow>> {
        let mut found = Vec::new();
        let Some(mut scorer) = unread.noted(weight.scorer(segment, 1.0)) else {
            return Some(found);
        };
        let first_row = snapshot.rows_of_segment(segment_idx).start;
        for n_seen in 0_usize.. {
            if n_seen.is_multiple_of(DOCS_PER_CHECK) && cancelled() {
                return None;
            }
            if scorer.doc() == TERMINATED {
                break;
            }
            let row = first_row + scorer.doc();
            if snapshot.live[row as usize] {
                let score = if is_ranked { scorer.score() } else { 0.0 };
                found.push(ScoredRow { row, score });
            }
            scorer.advance();
        }
        Some(found)
    };
    let found: Option<Vec<Vec<ScoredRow>>> = segments.par_iter().map(found_in).collect();
    Some(found?.concat())
}

/// The scores of some rows; empty without words to match.
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

/// The number of articles that a request finds, ignoring [`SearchRequest::similar_to`].
pub fn n_found(snapshot: &Snapshot, request: &SearchRequest) -> Result<u64, IndexError> {
    let plan = Plan::new(&request.query_text, request.as_typed, snapshot);
    let selection = Selection::new(request, snapshot);
    let unread = Unread::default();
    let found = matching_rows(snapshot, &plan, false, &|| false, &unread).unwrap_or_default();
    let passes = |it: &&ScoredRow| matches!(selection.verdict(it.row), Verdict::Passes);
    unread.all_or_error(found.iter().filter(passes).count() as u64)
}

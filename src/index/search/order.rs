//! Sorts the rows that were found, and picks the first of each story.

use std::cmp::Reverse;

use rayon::slice::ParallelSliceMut as _;

use crate::arabic::sort_key;
use crate::index::damage::Unread;
use crate::index::facet::Facet;
use crate::index::numbers::Ordinal;
use crate::index::request::{HitOrder, SearchRequest, StoryCopy};
use crate::index::snapshot::Snapshot;

use super::selection::{ScoredRow, day_of};

/// The rows in the requested order.
///
/// If titles cannot be read, the rows are in the order of paths and the error is noted.
pub fn in_order(
    snapshot: &Snapshot,
    found: &[ScoredRow],
    request: &SearchRequest,
    is_ranked: bool,
    unread: &Unread,
) -> Vec<u32> {
    if request.order == HitOrder::Source {
        let mut rows: Vec<u32> = found.iter().map(|it| it.row).collect();
        let places = places_of_sources(snapshot);
        let sources = snapshot.values_of(Facet::Source);
        rows.sort_unstable_by_key(|&row| {
            let place = sources.of(row).next().map(|source| places[source as usize]);
            (
                place.is_none(),
                place,
                Reverse(day_of(snapshot, row, request.without_inferred)),
                snapshot.rank(row),
            )
        });
        return rows;
    }
    let titles = match request.order {
        HitOrder::Title => unread.noted(snapshot.title_ranks()).unwrap_or_default(),
        _ => &[],
    };
    // Earlier days are less, and no day has the greatest number.
    let day = |row: u32| Some(day_of(snapshot, row, request.without_inferred)? as u32 ^ 1 << 31);
    let key = |it: &ScoredRow| match request.order {
        // Scores are positive, so their bits are in the same order.
        HitOrder::Relevance if is_ranked => u32::MAX - it.score.to_bits(),
        HitOrder::Relevance | HitOrder::Newest => day(it.row).map_or(u32::MAX, |day| u32::MAX - 1 - day),
        HitOrder::Oldest => day(it.row).unwrap_or(u32::MAX),
        HitOrder::Title => titles.get(it.row as usize).copied().unwrap_or(0),
        HitOrder::Source => 0, // Ordered above.
    };
    let both = |it: &ScoredRow| u64::from(key(it)) << 32 | u64::from(snapshot.rank(it.row));
    let mut keys: Vec<u64> = found.iter().map(both).collect();
    keys.par_sort_unstable();
    keys.iter().map(|key| snapshot.row_of_rank(*key as u32)).collect()
}

/// For each source its place in the alphabetical order of sources.
fn places_of_sources(snapshot: &Snapshot) -> Vec<usize> {
    let Some(sources) = snapshot.values(Facet::Source) else {
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

/// Leaves the first row of each story in `listed` and returns the others.
pub fn split_copies(snapshot: &Snapshot, listed: &mut Vec<u32>) -> Vec<StoryCopy> {
    let stories = &snapshot.stories;
    let mut row_of_story = vec![None; stories.len()];
    let mut copies = Vec::new();
    let mut n_rows = 0;
    listed.retain(|&row| {
        let Some(story) = stories.of(row) else {
            n_rows += 1;
            return true;
        };
        let first: &mut Option<Ordinal> = &mut row_of_story[story.idx()];
        let is_first = first.is_none();
        match first {
            None => {
                *first = Ordinal::new(n_rows);
                n_rows += 1;
            }
            Some(first) => copies.push(StoryCopy {
                row: first.idx(),
                article: snapshot.id(row),
            }),
        }
        is_first
    });
    // Stable, so that the others of a story stay in the requested order.
    copies.sort_by_key(|copy| copy.row);
    copies
}

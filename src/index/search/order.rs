//! Sorts the rows that were found, and picks the first of each story.

use std::cmp::Reverse;

use rayon::slice::ParallelSliceMut as _;

use crate::arabic::sort_key;
use crate::index::columns::order::{key_with_rank, newest_first, oldest_first};
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
    let day = |row: u32| day_of(snapshot, row, request.without_inferred);
    let key = |it: &ScoredRow| match request.order {
        // Scores are positive, so their bits are in the same order.
        HitOrder::Relevance if is_ranked => u32::MAX - it.score.to_bits(),
        HitOrder::Relevance | HitOrder::Newest => newest_first(day(it.row)),
        HitOrder::Oldest => oldest_first(day(it.row)),
        HitOrder::Title => titles.get(it.row as usize).copied().unwrap_or(0),
        HitOrder::Source => 0, // Ordered above.
    };
    let sorted = |rows: &mut dyn Iterator<Item = &ScoredRow>| -> Vec<u32> {
        let mut keys: Vec<u64> = rows.map(|it| key_with_rank(snapshot, key(it), it.row)).collect();
        keys.par_sort_unstable();
        keys.iter().map(|key| snapshot.row_of_rank(*key as u32)).collect()
    };
    let are_many = |n_rows: usize| snapshot.n_rows() < n_rows.saturating_mul(MANY);
    match request.order {
        HitOrder::Relevance if is_ranked => {
            // Of the beginning of a word, most matches are equally good.
            let least = found.iter().map(|it| it.score).fold(f32::INFINITY, f32::min);
            let n_least = found.iter().filter(|it| it.score == least).count();
            if !are_many(n_least) {
                return sorted(&mut found.iter());
            }
            let mut rows = sorted(&mut found.iter().filter(|it| it.score != least));
            let rest = found.iter().filter(|it| it.score == least).map(|it| it.row);
            rows.extend(chosen_of(snapshot.by_place.iter(), rest, snapshot.n_rows()));
            rows
        }
        HitOrder::Relevance | HitOrder::Newest | HitOrder::Oldest
            if are_many(found.len()) && !request.without_inferred =>
        {
            let in_order = match request.order {
                HitOrder::Oldest => snapshot.oldest_first(),
                _ => snapshot.newest_first(),
            };
            let rows = found.iter().map(|it| it.row);
            chosen_of(in_order.iter().copied(), rows, snapshot.n_rows())
        }
        _ => sorted(&mut found.iter()),
    }
}

/// More than one in so many of all rows are picked from an order of all; fewer are sorted. Picked by feel.
const MANY: usize = 16;

/// Those of `all` that are `chosen`, in their order.
fn chosen_of(all: impl Iterator<Item = u32>, chosen: impl Iterator<Item = u32>, n_rows: usize) -> Vec<u32> {
    let mut is_chosen = vec![false; n_rows];
    chosen.for_each(|row| is_chosen[row as usize] = true);
    all.filter(|row| is_chosen[*row as usize]).collect()
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

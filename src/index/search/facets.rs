//! Counts the values of each facet in the rows that were found.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::arabic::sort_key;
use crate::entities::{EntityId, EntityIdx, NameWords};
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::facet::{Facet, FacetCount, FacetCounts, FacetFilter, FacetOrder};
use crate::index::numbers::Ordinal;
use crate::index::query::plan::Plan;
use crate::index::request::SearchRequest;
use crate::index::snapshot::Snapshot;

use super::matching::matching_rows;
use super::selection::{Dimension, OwnRows, Selection, Verdict, rows_for, value_idx};

/// How many values of a facet a [`ResultPage`](crate::index::ResultPage) lists besides the chosen ones: more than the
/// panel shows. Picked by feel.
const VALUES_PER_PAGE: usize = 200;

/// The most frequent values of every facet in the rows, in the order of [`Facet::ALL`].
pub fn facets(snapshot: &Snapshot, rows: &[u32], own_rows: &OwnRows, request: &SearchRequest) -> Vec<FacetCounts> {
    let counted = |facet: Facet, rows: &[u32]| counts(snapshot, facet, rows, request.counts_stories);
    let is_shared = |facet: Facet| facet.entity_kind().is_some() && !own_rows.contains_key(&Dimension::Facet(facet));
    let top_values = |facet, counts: &[u32]| {
        let chosen: Vec<&FacetFilter> = request.filters.values.iter().filter(|it| it.facet == facet).collect();
        top_values(snapshot, facet, counts, VALUES_PER_PAGE, &chosen, |_| true)
    };
    let (shared, own): (Vec<Facet>, Vec<Facet>) = Facet::ALL.into_iter().partition(|facet| is_shared(*facet));
    let (of_shared, of_own) = rayon::join(
        // One pass for people, organisations and places: they share one list.
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

/// All values of one facet whose name or another spelling holds the words of `filter_text`, or may be spelled so in Latin
/// letters, counted as in the page of `request`.
pub fn facet_values(
    snapshot: &Snapshot,
    plan: &Plan,
    request: &SearchRequest,
    facet: Facet,
    filter_text: &str,
    order: FacetOrder,
) -> Result<FacetCounts, IndexError> {
    let unread = Unread::default();
    let found = matching_rows(snapshot, plan, false, &|| false, &unread).unwrap_or_default();
    let selection = Selection::new(request, snapshot);
    let is_counted = |row: &u32| match selection.verdict(*row) {
        Verdict::Passes => true,
        Verdict::FailsOnly(dimension) => dimension == Dimension::Facet(facet),
        Verdict::Fails => false,
    };
    let rows: Vec<u32> = found.iter().map(|it| it.row).filter(is_counted).collect();
    let counts = counts(snapshot, facet, &rows, request.counts_stories);
    let words = NameWords::new(filter_text, true);
    let texts = snapshot.values(facet);
    let entities = match (texts, words.is_empty()) {
        (None, false) => {
            let mut entities = snapshot.registry.entities_with(&words);
            let in_latin = snapshot.registry.entities_in_latin(filter_text, true);
            entities.extend(in_latin.into_iter().map(|it| it.0));
            entities
        }
        _ => BTreeSet::new(),
    };
    let is_wanted = |idx: usize| match texts {
        Some(texts) => words.is_in(texts.names.get(idx as u32)),
        None => words.is_empty() || entities.contains(&EntityIdx(idx as u32)),
    };
    let mut found = top_values(snapshot, facet, &counts, usize::MAX, &[], is_wanted);
    for value in found.values.iter_mut().filter(|_| texts.is_none()) {
        let idx = snapshot.registry.find(&EntityId(value.id.clone()));
        let spelling = idx.and_then(|idx| spelling_with(snapshot, idx, &words));
        value.spelling = spelling.filter(|it| *it != value.name).map(str::to_owned);
    }
    if order == FacetOrder::Name {
        found.values.sort_by_cached_key(|value| sort_key(&value.name));
    }
    unread.all_or_error(found)
}

/// The number of the rows, or of their stories, with each value of the facet. The rows are live and in rising order.
pub fn counts(snapshot: &Snapshot, facet: Facet, rows: &[u32], counts_stories: bool) -> Vec<u32> {
    if counts_stories {
        return counts_of_stories(snapshot, facet, rows);
    }
    if (rows.len() as u64) * 2 <= snapshot.n_articles {
        return snapshot.counts(facet, rows.iter().copied());
    }
    // The excluded rows are fewer.
    let mut rows = rows.iter().copied().peekable();
    let left_out = snapshot.live_rows().filter(|row| rows.next_if_eq(row).is_none());
    let of_left_out = snapshot.counts(facet, left_out);
    let all = snapshot.counts_of_all(facet);
    all.iter()
        .zip(of_left_out)
        .map(|(all, left_out)| all - left_out)
        .collect()
}

fn counts_of_stories(snapshot: &Snapshot, facet: Facet, rows: &[u32]) -> Vec<u32> {
    let mut counts = vec![0; snapshot.n_values(facet)];
    let values = snapshot.values_of(facet);
    let mut of_stories: Vec<(Ordinal, u32)> = Vec::new();
    for &row in rows {
        let values = values.of(row);
        match snapshot.stories.of(row) {
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
    snapshot: &Snapshot,
    facet: Facet,
    counts: &[u32],
    limit: usize,
    chosen: &[&FacetFilter],
    is_wanted: impl Fn(usize) -> bool,
) -> FacetCounts {
    let kind = facet.entity_kind();
    let registry = &snapshot.registry;
    let entity = |idx: usize| registry.get(EntityIdx(idx as u32));
    let values = snapshot.values(facet);
    let name = |idx: usize| match kind {
        Some(_) => entity(idx).map_or("", |it| it.name()),
        None => values.map_or("", |it| it.names.get(idx as u32)),
    };
    let id = |idx: usize| match kind {
        Some(_) => entity(idx).map_or_else(String::new, |it| it.id().0),
        None => values.map_or_else(String::new, |it| it.ids.get(idx as u32).to_owned()),
    };
    // A correction may have changed its kind.
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
        // Names are compared only where counts do not decide: fetching them takes most of the time.
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
        let idx = value_idx(snapshot, filter);
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

/// The spelling of an entity with all the words: its name, else the most frequent one that matches.
pub fn spelling_with<'a>(snapshot: &'a Snapshot, idx: EntityIdx, words: &NameWords) -> Option<&'a str> {
    let entity = snapshot.registry.get(idx)?;
    if words.is_in(entity.name()) {
        return Some(entity.name());
    }
    let forms = entity
        .forms()
        .filter(|(form, _)| *form != entity.name() && words.is_in(form));
    // Of equals, the first alphabetically.
    forms
        .max_by_key(|(form, articles)| (*articles, Reverse(*form)))
        .map(|(form, _)| form)
}

//! Who appears with whom: the names of a result that stand in most of its articles, and for each two of them in how many
//! both stand.
//!
//! Entities are counted, not their spellings. Not for where they stand in a picture, nor for which of the links are drawn.

use std::cmp::Reverse;

use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;

use crate::entities::{Entity, EntityId, EntityIdx, EntityKind};
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::query::plan::Plan;
use crate::index::request::{Cancelled, SearchRequest};
use crate::index::search::facets::counts;
use crate::index::search::matching::matching_rows;
use crate::index::search::selection::{Selection, Verdict};
use crate::index::snapshot::Snapshot;

/// Rows that one thread counts between two checks for cancellation, some milliseconds. Picked by feel.
const ROWS_AT_ONCE: usize = 1 << 16;

/// Who appears with whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// Whom the others appear with, where it is about one.
    pub center: Option<EntityId>,
    /// The names: the center first, then by falling number of articles, or of those that they share with the center; then
    /// by name.
    pub names: Vec<NetworkName>,
    /// Those that stand in the same articles, in the order of the names; each pair once.
    pub links: Vec<NetworkLink>,
    /// How many names there are to choose from.
    pub n_names: u64,
    /// The number of articles that were counted.
    pub n_articles: u64,
}

/// An entity that appears with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkName {
    /// Stable across re-reading: the id of any of the entity's names.
    pub id: EntityId,
    /// As recognised, or as the user corrected it.
    pub kind: EntityKind,
    /// The name that the user gave, or the most frequent form that is a whole name.
    pub name: String,
    /// The number of articles of the result that name it.
    pub articles: u64,
}

/// Two entities that stand in the same articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkLink {
    /// The places in [`Network::names`], the lower first.
    pub names: [usize; 2],
    /// The number of articles of the result that name both: never 0.
    pub articles: u64,
}

impl Network {
    /// The links of a name, by falling number of articles, then in the order of names: the other name, and the link's place
    /// in [`Network::links`].
    pub fn links_of(&self, name: usize) -> Vec<(usize, usize)> {
        let links = self.links.iter().enumerate();
        let of_name = links.filter_map(|(idx, link)| match link.names {
            [a, b] if a == name => Some((b, idx)),
            [a, b] if b == name => Some((a, idx)),
            _ => None,
        });
        self.by_articles(of_name.collect())
    }

    /// The same for each name, in one pass.
    pub fn links_by_name(&self) -> Vec<Vec<(usize, usize)>> {
        let mut by_name = vec![Vec::new(); self.names.len()];
        for (idx, link) in self.links.iter().enumerate() {
            let [a, b] = link.names;
            by_name[a].push((b, idx));
            by_name[b].push((a, idx));
        }
        by_name.into_iter().map(|it| self.by_articles(it)).collect()
    }

    fn by_articles(&self, mut links: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
        links.sort_unstable_by_key(|(other, idx)| (Reverse(self.links[*idx].articles), *other));
        links
    }
}

/// Who appears with whom in the result of `request`, whose plan is `plan`; see
/// [`Searcher::network`](crate::index::Searcher::network).
pub fn network(
    snapshot: &Snapshot,
    plan: &Plan,
    request: &SearchRequest,
    center: Option<&EntityId>,
    (n_names, kinds): (usize, &[EntityKind]),
    cancelled: Cancelled<'_>,
) -> Result<Option<Network>, IndexError> {
    let unread = Unread::default();
    let center = match center {
        None => None,
        Some(id) => match snapshot.registry.find(id).and_then(|it| snapshot.registry.get(it)) {
            None => return Ok(None),
            Some(entity) => Some(entity),
        },
    };
    let Some(found) = matching_rows(snapshot, plan, false, cancelled, &unread) else {
        return Ok(None);
    };
    let selection = Selection::new(request, snapshot);
    let found = found.into_iter().map(|it| it.row);
    let rows: Vec<u32> = found
        .filter(|row| matches!(selection.verdict(*row), Verdict::Passes))
        .collect();
    let (names, n_to_choose) = chosen(snapshot, &rows, center.as_ref(), (n_names, kinds));
    let Some(links) = links(snapshot, &rows, &names, cancelled) else {
        return Ok(None);
    };
    let names = names.into_iter().map(|(entity, articles)| NetworkName {
        id: entity.id(),
        kind: entity.kind(),
        name: entity.name().to_owned(),
        articles: u64::from(articles),
    });
    unread.all_or_error(Some(Network {
        center: center.map(|it| it.id()),
        names: names.collect(),
        links,
        n_names: n_to_choose,
        n_articles: rows.len() as u64,
    }))
}

/// The names that are shown with the number of their articles, and how many there were to choose from.
fn chosen<'a>(
    snapshot: &'a Snapshot,
    rows: &[u32],
    center: Option<&Entity<'a>>,
    (n_names, kinds): (usize, &[EntityKind]),
) -> (Vec<(Entity<'a>, u32)>, u64) {
    let of_result = counts(snapshot, Facet::Person, rows, false);
    let with_center = center.map(|center| {
        let has_center = |row: &u32| snapshot.entities.of(*row).any(|it| it == center.idx().0);
        let rows: Vec<u32> = rows.iter().copied().filter(has_center).collect();
        counts(snapshot, Facet::Person, &rows, false)
    });
    let ranked_by = with_center.as_ref().unwrap_or(&of_result);
    let present = (0..ranked_by.len() as u32).filter(|idx| ranked_by[*idx as usize] != 0);
    let mut names: Vec<Entity<'_>> = present
        .filter_map(|idx| snapshot.registry.get(EntityIdx(idx)))
        .filter(|it| kinds.contains(&it.kind()) && center.is_none_or(|center| center.idx() != it.idx()))
        .collect();
    let n_to_choose = names.len() + usize::from(center.is_some());
    let by_rank = |a: &Entity<'_>, b: &Entity<'_>| {
        let count = |it: &Entity<'_>| {
            let idx = it.idx().0 as usize;
            (ranked_by[idx], of_result[idx])
        };
        let by_count = count(b).cmp(&count(a));
        by_count
            .then_with(|| a.name().cmp(b.name()))
            .then_with(|| a.id().cmp(&b.id()))
    };
    let n_others = n_names.saturating_sub(usize::from(center.is_some()));
    if n_others < names.len() {
        names.select_nth_unstable_by(n_others, by_rank);
        names.truncate(n_others);
    }
    names.sort_unstable_by(by_rank);
    let names = center.copied().into_iter().chain(names);
    let counted = names.map(|it| {
        let articles = of_result.get(it.idx().0 as usize).copied().unwrap_or(0);
        (it, articles)
    });
    (counted.collect(), n_to_choose as u64)
}

/// For each two of the names in how many rows both stand; `None` if this is no longer wanted.
fn links(
    snapshot: &Snapshot,
    rows: &[u32],
    names: &[(Entity<'_>, u32)],
    cancelled: Cancelled<'_>,
) -> Option<Vec<NetworkLink>> {
    let n = names.len();
    // The place of each entity plus 1.
    let mut place = vec![0_u32; snapshot.registry.n_numbers()];
    for (at, (entity, _)) in (1..).zip(names) {
        place[entity.idx().0 as usize] = at;
    }
    let count = |rows: &[u32]| -> Option<Vec<u32>> {
        if cancelled() {
            return None;
        }
        let mut pairs = vec![0_u32; n * n];
        let mut here: Vec<usize> = Vec::new();
        for &row in rows {
            here.clear();
            let places = snapshot.entities.of(row).map(|it| place[it as usize]);
            here.extend(places.filter_map(|it| it.checked_sub(1)).map(|it| it as usize));
            here.sort_unstable();
            here.dedup();
            for (idx, a) in here.iter().enumerate() {
                for b in &here[idx + 1..] {
                    pairs[a * n + b] += 1;
                }
            }
        }
        Some(pairs)
    };
    let added = |mut all: Vec<u32>, more: Vec<u32>| {
        all.iter_mut().zip(more).for_each(|(all, more)| *all += more);
        Some(all)
    };
    let pairs = rows.par_chunks(ROWS_AT_ONCE).with_max_len(1).map(count);
    let pairs = pairs.try_reduce(|| vec![0; n * n], added)?;
    let pairs = pairs.iter().enumerate().filter(|(_, articles)| **articles != 0);
    let links = pairs.map(|(at, articles)| NetworkLink {
        names: [at / n, at % n],
        articles: u64::from(*articles),
    });
    Some(links.collect())
}

//! What a correction would change, before it is made.

use std::collections::{BTreeSet, HashMap};

use crate::entities::{Corrections, Entity, EntityId, EntityIdx, EntityKind, LatinForm, NameNumber, Registry};
use crate::index::snapshot::Snapshot;

/// An entity's names and counts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EntitySummary {
    /// Stable across re-reading: the id of any of the entity's names.
    pub id: EntityId,
    /// As recognised, or as the user corrected it.
    pub kind: EntityKind,
    /// The name that the user gave, or the most frequent form that is a whole name.
    pub name: String,
    /// Its name in Latin letters, if it is spelled in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latin: Option<LatinForm>,
    /// Its spellings with the number of articles that hold them, the most frequent first.
    pub spellings: Vec<(String, u64)>,
    /// The articles that name it; each counts once.
    pub articles: u64,
}

/// The effect of a correction: the entities that it touches, before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CorrectionPreview {
    /// Before, in the order of the registry.
    pub before: Vec<EntitySummary>,
    /// After, in the order of the registry.
    pub after: Vec<EntitySummary>,
    /// Of a correction of words that hold anywhere: in how many articles they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub articles: Option<u64>,
}

/// The entities of `touched` as they are, and as these corrections would leave them.
pub fn preview(snapshot: &Snapshot, corrections: &Corrections, touched: &[&EntityId]) -> CorrectionPreview {
    let now = snapshot.registry.as_ref();
    let then = now.corrected(corrections);
    let found =
        |registry: &Registry| -> BTreeSet<EntityIdx> { touched.iter().filter_map(|id| registry.find(id)).collect() };
    let (mut before, mut after) = (found(now), found(&then));
    // What an entity loses or gains belongs to another one on the other side.
    loop {
        let n_known = before.len() + after.len();
        after.extend(across(now, &before, &then));
        before.extend(across(&then, &after, now));
        if before.len() + after.len() == n_known {
            break;
        }
    }
    CorrectionPreview {
        before: summaries(snapshot, now, &before),
        after: summaries(snapshot, &then, &after),
        articles: None,
    }
}

/// The entities of `other` that have a name of one of `entities`.
fn across(registry: &Registry, entities: &BTreeSet<EntityIdx>, other: &Registry) -> BTreeSet<EntityIdx> {
    entities
        .iter()
        .filter_map(|idx| registry.get(*idx))
        .flat_map(|it| it.names())
        .filter_map(|name| other.entity_of_number(*name))
        .collect()
}

fn summaries(snapshot: &Snapshot, registry: &Registry, wanted: &BTreeSet<EntityIdx>) -> Vec<EntitySummary> {
    let entities: Vec<Entity<'_>> = wanted.iter().filter_map(|idx| registry.get(*idx)).collect();
    let mut bearer: HashMap<NameNumber, usize> = HashMap::new();
    for (at, entity) in entities.iter().enumerate() {
        bearer.extend(entity.names().iter().map(|name| (*name, at)));
    }
    // Most names are not wanted, and an array rules them out faster than a map.
    let mut is_wanted = vec![false; registry.resolution().n_names()];
    bearer.keys().for_each(|name| is_wanted[name.idx()] = true);
    let mut articles = vec![0; entities.len()];
    let mut of_row: Vec<usize> = Vec::new();
    for row in snapshot.live_rows() {
        let wanted = snapshot
            .names
            .of(row)
            .map(NameNumber)
            .filter(|name| is_wanted[name.idx()]);
        of_row.extend(wanted.filter_map(|name| bearer.get(&name)));
        of_row.sort_unstable();
        of_row.dedup();
        for at in of_row.drain(..) {
            articles[at] += 1;
        }
    }
    let summary = |(entity, articles): (&Entity<'_>, u64)| EntitySummary {
        id: entity.id(),
        kind: entity.kind(),
        name: entity.name().to_owned(),
        latin: entity.latin_form(),
        spellings: entity
            .aliases()
            .into_iter()
            .map(|(form, n)| (form.to_owned(), n))
            .collect(),
        articles,
    };
    entities.iter().zip(articles).map(summary).collect()
}

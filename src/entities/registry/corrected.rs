//! The few entities that corrections touch.

use std::collections::{HashMap, HashSet};

use crate::entities::correct::Corrections;
use crate::entities::name_table::NameNumber;
use crate::entities::resolve::GroupNumber;

use super::entity::EntityRecord;
use super::gather::{Draft, gather, order, possible_anchors};
use super::id::{EntityId, EntityIdx};
use super::labels::{Labels, Scope};
use super::resolved::Resolved;

/// The entities that corrections touch, numbered after all resolved ones.
#[derive(Clone, Debug, Default)]
pub struct Corrected {
    /// The resolved entities that these replace.
    pub gone: HashSet<EntityIdx>,
    /// In the order of `Registry::entities`.
    pub entities: Vec<CorrectedEntity>,
    /// For each name of the entities that are gone its entity; none if it is hidden.
    pub entity_of_name: HashMap<NameNumber, Option<EntityIdx>>,
    /// The names by entities.
    pub names: Vec<NameNumber>,
    /// The entities of spellings that were split off.
    pub by_split_id: HashMap<EntityId, EntityIdx>,
}

/// An entity that corrections touch.
#[derive(Clone, Debug)]
pub struct CorrectedEntity {
    /// As of any other entity.
    pub record: EntityRecord,
    /// How many resolved entities precede it in order, replaced ones included.
    pub place: u32,
    /// The id, if it does not follow from the anchor.
    pub id: Option<EntityId>,
    /// The name that the user gave.
    pub given_name: Option<String>,
    /// The name in Latin letters that the user gave.
    pub given_latin: Option<String>,
}

impl Corrected {
    /// Applies corrections to the entities of `touched`, which must be all that they name.
    ///
    /// Links join names of one entity only, and corrections join entities that they name: so nothing outside of
    /// `touched` needs to be looked at.
    pub fn new(resolved: &Resolved, corrections: &Corrections, touched: HashSet<EntityIdx>) -> Self {
        if touched.is_empty() {
            return Self::default();
        }
        let resolution = &resolved.resolution;
        let groups = &resolution.groups;
        let records = || touched.iter().map(|idx| &resolved.entities[idx.idx()]);
        let scope = Scope::of(groups, records(), &resolved.names);
        let labels = Labels::new(resolution, corrections, scope);
        let (mut drafts, names) = gather(&labels);
        let anchors: HashSet<GroupNumber> = records().map(|it| it.anchor).collect();
        for draft in &mut drafts {
            let possible = possible_anchors(draft, &names, &labels);
            let kept = possible.iter().filter(|group| anchors.contains(group));
            if let Some(anchor) = kept.min_by_key(|group| groups.key_of(**group)) {
                draft.record.anchor = *anchor;
            }
        }
        let given_name = |it: &Draft| labels.names.get(&it.label);
        let name = |it: &Draft| given_name(it).map_or_else(|| groups.names().form(it.record.shown), String::as_str);
        drafts.sort_by(|a, b| {
            let by_order = order(groups, (&a.record, name(a)), (&b.record, name(b)));
            by_order.then(a.label.cmp(&b.label))
        });
        let mut it = Self {
            entity_of_name: (labels.scope.names(groups).into_iter())
                .map(|name| (name, None))
                .collect(),
            ..Self::default()
        };
        for (idx, draft) in (resolved.entities.len()..).zip(&drafts) {
            let idx = EntityIdx::of_idx(idx);
            let names = draft.record.names(&names);
            it.entity_of_name.extend(names.iter().map(|name| (*name, Some(idx))));
            let is_before = |other: &EntityRecord| {
                let other = (other, groups.names().form(other.shown));
                order(groups, other, (&draft.record, name(draft))).is_lt()
            };
            it.entities.push(CorrectedEntity {
                place: resolved.entities.partition_point(is_before) as u32,
                id: labels.split_idx(draft.label).map(|at| labels.split_ids[at].clone()),
                given_name: given_name(draft).cloned(),
                given_latin: labels.latin.get(&draft.label).cloned(),
                record: draft.record.clone(),
            });
        }
        // An id that was split off and merged away leads to where it went.
        for (at, id) in labels.split_ids.iter().enumerate() {
            let name = labels.split_name(at);
            if let Some(Some(idx)) = name.and_then(|name| it.entity_of_name.get(&name)) {
                it.by_split_id.insert(id.clone(), *idx);
            }
        }
        it.names = names;
        it.gone = touched;
        it
    }
}

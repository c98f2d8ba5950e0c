//! The entities before any correction.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use crate::entities::correct::Corrections;
use crate::entities::name_table::NameNumber;
use crate::entities::resolve::{GroupNumber, Groups, Resolution};

use super::entity::EntityRecord;
use super::gather::{Draft, gather, order, possible_anchors};
use super::id::{EntityId, EntityIdx, KnownIds};
use super::labels::{Labels, Scope};

/// The entities before any correction.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The resolved names.
    pub resolution: Arc<Resolution>,
    /// In the order of `Registry::entities`.
    pub entities: Vec<EntityRecord>,
    /// The entity of each name.
    pub entity_of_name: Vec<EntityIdx>,
    /// The names by entities.
    pub names: Vec<NameNumber>,
}

impl Resolved {
    /// Follows the links. Entities that have one of `known_ids` keep it; others keep the id that `articles_with_id`
    /// knows for the most articles.
    pub fn new(
        resolution: Arc<Resolution>,
        known_ids: &KnownIds,
        articles_with_id: impl Fn(&Groups, GroupNumber) -> Option<u64>,
    ) -> Self {
        let groups = &resolution.groups;
        let labels = Labels::new(&resolution, &Corrections::default(), Scope::All);
        let (mut drafts, names) = gather(&labels);
        for draft in &mut drafts {
            let anchors = possible_anchors(draft, &names, &labels);
            let known = anchors
                .iter()
                .filter(|group| known_ids.0.contains(&EntityId::of_group(groups, **group)))
                .min_by_key(|group| groups.key_of(**group));
            let of_last = || {
                let articles = anchors
                    .iter()
                    .filter_map(|group| Some((articles_with_id(groups, *group)?, group)));
                articles
                    .max_by_key(|(articles, group)| (*articles, Reverse(groups.key_of(**group))))
                    .map(|(_, group)| group)
            };
            if let Some(anchor) = known.or_else(of_last) {
                draft.record.anchor = *anchor;
            }
        }
        let name = |it: &Draft| groups.names().form(it.record.shown);
        drafts.sort_by(|a, b| {
            let by_order = order(groups, (&a.record, name(a)), (&b.record, name(b)));
            by_order.then(a.label.cmp(&b.label))
        });
        let mut entity_of_name = vec![EntityIdx(0); groups.names().len()];
        for (idx, draft) in drafts.iter().enumerate() {
            for &name in draft.record.names(&names) {
                entity_of_name[name.idx()] = EntityIdx::of_idx(idx);
            }
        }
        Self {
            entities: drafts.into_iter().map(|it| it.record).collect(),
            resolution,
            entity_of_name,
            names,
        }
    }

    /// The entities that corrections name.
    pub fn touched(&self, corrections: &Corrections) -> HashSet<EntityIdx> {
        let groups = &self.resolution.groups;
        let ids = corrections.all().iter().flat_map(|it| it.entities());
        let named = ids.filter_map(|id| id.group(groups));
        named
            .map(|group| self.entity_of_name[groups.head_of(group).idx()])
            .collect()
    }
}

//! Applies corrections to links: which groups and spellings are one.

use std::collections::{BTreeSet, HashMap};

use petgraph::unionfind::UnionFind;

use crate::entities::EntityKind;
use crate::entities::correct::{Correction, Corrections};
use crate::entities::forest::Forest;
use crate::entities::name_table::NameNumber;
use crate::entities::resolve::{GroupNumber, Groups, Resolution};

use super::entity::EntityRecord;
use super::id::EntityId;

/// The groups to label: all, or those of some entities.
pub enum Scope {
    /// Those of the archive.
    All,
    /// These, in rising order.
    Some(Vec<GroupNumber>),
}

impl Scope {
    /// The groups of some entities, whose names are in `names`.
    pub fn of<'a>(groups: &Groups, entities: impl Iterator<Item = &'a EntityRecord>, names: &[NameNumber]) -> Self {
        let mut scoped: Vec<GroupNumber> = entities
            .flat_map(|it| it.names(names))
            .map(|name| groups.of_name(*name))
            .collect();
        scoped.sort_unstable();
        scoped.dedup();
        Self::Some(scoped)
    }

    /// The place of a group in the scope.
    pub fn place(&self, group: GroupNumber) -> Option<usize> {
        match self {
            Self::All => Some(group.idx()),
            Self::Some(scoped) => scoped.binary_search(&group).ok(),
        }
    }

    fn groups(&self, groups: &Groups) -> Vec<GroupNumber> {
        match self {
            Self::All => groups.numbers().collect(),
            Self::Some(scoped) => scoped.clone(),
        }
    }

    /// The names in rising order.
    pub fn names(&self, groups: &Groups) -> Vec<NameNumber> {
        match self {
            Self::All => groups.names().numbers().collect(),
            Self::Some(scoped) => {
                let names = scoped.iter().flat_map(|group| groups.names_of(*group));
                let mut names: Vec<NameNumber> = names.copied().collect();
                names.sort_unstable();
                names
            }
        }
    }
}

/// Groups and spellings with the same label are one entity. A label is the number of one of its groups or, from the
/// number of groups on, of a spelling that was split off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityLabel(u32);

impl EntityLabel {
    fn of_group(group: GroupNumber) -> Self {
        Self(group.idx() as u32)
    }
}

/// The label of each group and spelling: the working state while corrections are applied.
pub struct Labels<'a> {
    /// The names before corrections.
    pub resolution: &'a Resolution,
    /// The groups to label.
    pub scope: Scope,
    /// The label of each group of the scope.
    of_group: Vec<EntityLabel>,
    /// What the user merged.
    merged: Forest<EntityLabel>,
    /// The labels of names that were split off.
    of_name: HashMap<NameNumber, EntityLabel>,
    /// The ids of the labels of split-off names.
    pub split_ids: Vec<EntityId>,
    /// The names that the user gave.
    pub names: HashMap<EntityLabel, String>,
    /// The names in Latin letters that the user gave.
    pub latin: HashMap<EntityLabel, String>,
    /// The kinds that the user gave.
    pub kinds: HashMap<EntityLabel, EntityKind>,
    /// What the user marked as no entity.
    pub hidden: BTreeSet<EntityLabel>,
}

impl<'a> Labels<'a> {
    /// Follows the links, then applies the corrections in their order.
    pub fn new(resolution: &'a Resolution, corrections: &Corrections, scope: Scope) -> Self {
        let mut it = Self {
            resolution,
            of_group: join(resolution, corrections, &scope),
            scope,
            merged: Forest::default(),
            of_name: HashMap::new(),
            split_ids: Vec::new(),
            names: HashMap::new(),
            latin: HashMap::new(),
            kinds: HashMap::new(),
            hidden: BTreeSet::new(),
        };
        for (idx, correction) in corrections.all().iter().enumerate() {
            if !corrections.is_overruled(idx) {
                it.apply(correction);
            }
        }
        it
    }

    /// The label of a group of the scope, before merging.
    pub fn own_label(&self, group: GroupNumber) -> Option<EntityLabel> {
        self.of_group.get(self.scope.place(group)?).copied()
    }

    /// The label of a name before merging.
    pub fn own_label_of_name(&self, name: NameNumber) -> Option<EntityLabel> {
        match self.of_name.get(&name) {
            Some(label) => Some(*label),
            None => self.own_label(self.resolution.groups.of_name(name)),
        }
    }

    /// The label of a name; `None` outside the scope.
    pub fn label_of_name(&self, name: NameNumber) -> Option<EntityLabel> {
        self.own_label_of_name(name).map(|label| self.merged.root(label))
    }

    /// Whether a name was split off.
    pub fn is_split_off(&self, name: NameNumber) -> bool {
        self.of_name.contains_key(&name)
    }

    /// One of the names of the split-off spelling at a place of [`Labels::split_ids`].
    pub fn split_name(&self, idx: usize) -> Option<NameNumber> {
        let label = self.split_label(idx);
        let mut names = self.of_name.iter();
        names.find(|(_, it)| **it == label).map(|(name, _)| *name)
    }

    /// The place in [`Labels::split_ids`] of a split-off spelling's label; `None` for that of a group.
    pub fn split_idx(&self, label: EntityLabel) -> Option<usize> {
        (label.0 as usize).checked_sub(self.resolution.groups.len())
    }

    fn split_label(&self, idx: usize) -> EntityLabel {
        EntityLabel((self.resolution.groups.len() + idx) as u32)
    }

    /// The label of the entity with an id; `None` if the archive does not have it.
    fn find(&self, id: &EntityId) -> Option<EntityLabel> {
        if let Some(at) = self.split_ids.iter().position(|it| it == id) {
            return Some(self.merged.root(self.split_label(at)));
        }
        let group = id.group(&self.resolution.groups)?;
        self.own_label(group).map(|label| self.merged.root(label))
    }

    fn apply(&mut self, correction: &Correction) {
        match correction {
            Correction::Merge { from, into } => {
                if let (Some(from), Some(into)) = (self.find(from), self.find(into)) {
                    self.merged.join(from, into);
                }
            }
            Correction::Split { from, spelling } => {
                let Some(label) = self.find(from) else {
                    return;
                };
                let groups = &self.resolution.groups;
                let names: Vec<NameNumber> = (self.scope.names(groups).into_iter())
                    .filter(|&name| groups.names().form(name) == spelling)
                    .filter(|&name| self.label_of_name(name) == Some(label))
                    .collect();
                let Some(first) = names.first() else { return };
                let id = EntityId::of_split(groups.names().kind(*first), spelling);
                if self.split_ids.contains(&id) {
                    return;
                }
                let label = self.split_label(self.split_ids.len());
                self.split_ids.push(id);
                self.of_name.extend(names.into_iter().map(|name| (name, label)));
            }
            Correction::Rename { entity, name } => {
                if let Some(label) = self.find(entity) {
                    self.names.insert(label, name.clone());
                }
            }
            Correction::SetLatin { entity, latin } => {
                if let Some(label) = self.find(entity) {
                    self.latin.insert(label, latin.clone());
                }
            }
            Correction::SetKind { entity, kind } => {
                if let Some(label) = self.find(entity) {
                    self.kinds.insert(label, *kind);
                }
            }
            Correction::Hide { entity } => {
                if let Some(label) = self.find(entity) {
                    self.hidden.insert(label);
                }
            }
            // Taken into account where the links are followed, and where articles are read.
            Correction::KeepApart { .. }
            | Correction::MarkName { .. }
            | Correction::UnmarkName { .. }
            | Correction::SetFacts { .. } => {}
        }
    }
}

/// Follows the links, except those that would join what the user keeps apart; returns, for each group of the scope, the
/// least group that it is joined with.
fn join(resolution: &Resolution, corrections: &Corrections, scope: &Scope) -> Vec<EntityLabel> {
    let groups = &resolution.groups;
    let scoped = scope.groups(groups);
    // By places in the scope, which are in the order of the groups.
    let mut sets: UnionFind<u32> = UnionFind::new(scoped.len());
    let place = |group: GroupNumber| scope.place(group).map(|place| place as u32);
    let apart: Vec<(u32, u32)> = (0..corrections.all().len())
        .filter(|idx| !corrections.is_overruled(*idx))
        .filter_map(|idx| match &corrections.all()[idx] {
            Correction::KeepApart { a, b } => Some((place(a.group(groups)?)?, place(b.group(groups)?)?)),
            _ => None,
        })
        .collect();
    for link in &resolution.links {
        let (Some(from), Some(to)) = (place(link.from), place(link.to)) else {
            continue;
        };
        let (a, b) = (sets.find_mut(from), sets.find_mut(to));
        let is_forbidden = apart.iter().any(|&(c, d)| {
            let (c, d) = (sets.find_mut(c), sets.find_mut(d));
            (c, d) == (a, b) || (c, d) == (b, a)
        });
        if !is_forbidden {
            sets.union(a, b);
        }
    }
    let sets = sets.into_labeling();
    // Few groups are joined, so a map takes less memory than a list.
    let mut least: HashMap<u32, u32> = HashMap::new();
    for (place, &set) in (0..).zip(&sets).filter(|(place, set)| place != *set) {
        let it = least.entry(set).or_insert(set);
        *it = place.min(*it);
    }
    let label = |set| EntityLabel::of_group(scoped[*least.get(&set).unwrap_or(&set) as usize]);
    sets.into_iter().map(label).collect()
}

//! The entities of an archive: what was resolved, and what the user corrected.
//!
//! The index stores names; the registry says what they refer to. So a correction acts at once on every count: only the
//! registry is built again, from the same [`Resolution`].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use crate::arabic::{Folding, fold};

use super::correct::{Correction, Corrections};
use super::names::{NameNumber, NameTable, NoArticles};
use super::resolve::{GroupNumber, Reason, Resolution, tight_hash};
use super::{EntityKind, Name};

/// Names an entity: its kind when it was found, and one of its names. The same after the archive was read again.
///
/// Any name of the entity makes an id by which it is found ([`Registry::find`]). A spelling that was split off has «=»
/// in place of «:».
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct EntityId(pub String);

/// The place of an entity in [`Registry::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIdx(pub u32);

/// What one or more names refer to, as a view of the registry.
#[derive(Clone, Copy)]
pub struct Entity<'a> {
    registry: &'a Registry,
    idx: usize,
}

/// Two entities that may be one, for a person to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The more frequent one.
    pub into: EntityId,
    /// The other.
    pub from: EntityId,
    /// What speaks for it.
    pub reason: Reason,
    /// How much, for spellings in log-odds.
    pub score: f32,
}

/// The ids that entities of several names had so far. Kept with the archive, it lets an entity keep its id when it gets
/// another spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KnownIds(pub BTreeSet<EntityId>);

/// Names and their entities.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    resolution: Arc<Resolution>,
    /// By kind, then by falling number of articles, then by name.
    entities: Vec<Record>,
    /// For each name its entity; [`HIDDEN`] for none.
    entity_of_name: Vec<u32>,
    /// The names by entities.
    names_by_entity: Vec<NameNumber>,
    /// The ids that do not follow from an entity's anchor.
    special_ids: HashMap<u32, EntityId>,
    /// The entities of special ids.
    by_special_id: HashMap<EntityId, u32>,
    /// The names that users gave.
    given_names: HashMap<u32, String>,
}

#[derive(Clone, Debug)]
struct Record {
    kind: EntityKind,
    /// The group whose key makes the id.
    anchor: GroupNumber,
    /// The name whose form is shown.
    shown: NameNumber,
    articles: u32,
    /// Where its names begin in [`Registry::names_by_entity`].
    first: u32,
    n_names: u32,
}

/// Stands in [`Registry::entity_of_name`] for no entity.
const HIDDEN: u32 = u32::MAX;

impl Registry {
    /// Gathers names, each with the number of articles that hold it, without further evidence.
    pub fn resolve(names: &[(Name, u64)]) -> Self {
        let names = Arc::new(NameTable::of_counts(names));
        let resolution = Arc::new(Resolution::new(names, &NoArticles, None));
        Self::new(resolution, &Corrections::default(), &KnownIds::default(), None)
    }

    /// The entities of what was resolved, corrected.
    ///
    /// `last` is the registry of an earlier state of the archive: its entities keep their ids.
    pub fn new(
        resolution: Arc<Resolution>,
        corrections: &Corrections,
        known_ids: &KnownIds,
        last: Option<&Self>,
    ) -> Self {
        let labels = Labels::new(&resolution, corrections);
        let mut builder = Builder::new(resolution, labels);
        builder.gather();
        builder.choose_ids(known_ids, last);
        builder.finish()
    }

    /// The same names with other corrections: what depends on them and on the ids alone, not on earlier corrections.
    pub fn corrected(&self, corrections: &Corrections, known_ids: &KnownIds) -> Self {
        Self::new(Arc::clone(&self.resolution), corrections, known_ids, None)
    }

    /// What the registry was made from.
    pub fn resolution(&self) -> &Arc<Resolution> {
        &self.resolution
    }

    /// The entity that a name refers to; nothing if it is unknown or hidden.
    pub fn entity_of(&self, name: &Name) -> Option<EntityIdx> {
        let group = self.resolution.group_of(name.kind, &name.key)?;
        let names = self.resolution.names_of(group);
        let same_form = names.iter().find(|it| self.resolution.names.form(**it) == name.form);
        // A form that stands in no article yet is what the group's most frequent form is.
        let number = same_form
            .copied()
            .unwrap_or(self.resolution.groups[group as usize].head);
        self.entity_of_number(number)
    }

    /// The entity of a name of the table; nothing if it is hidden.
    pub fn entity_of_number(&self, name: NameNumber) -> Option<EntityIdx> {
        let idx = *self.entity_of_name.get(name as usize)?;
        (idx != HIDDEN).then_some(EntityIdx(idx))
    }

    /// All entities: by kind, then by falling number of articles, then by name.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'_>> {
        (0..self.entities.len()).map(|idx| Entity { registry: self, idx })
    }

    /// The places of the entities of a kind in [`Registry::entities`].
    pub fn places_of(&self, kind: EntityKind) -> std::ops::Range<usize> {
        let end = |is_before: fn(&EntityKind, &EntityKind) -> bool| {
            self.entities.partition_point(|it| is_before(&it.kind, &kind))
        };
        end(EntityKind::lt)..end(EntityKind::le)
    }

    /// The entity at a place of [`Registry::entities`].
    pub fn get(&self, idx: EntityIdx) -> Option<Entity<'_>> {
        let idx = idx.0 as usize;
        (idx < self.entities.len()).then_some(Entity { registry: self, idx })
    }

    /// The entity with an id, be it its own or one that another of its names makes.
    pub fn find(&self, id: &EntityId) -> Option<EntityIdx> {
        if let Some(idx) = self.by_special_id.get(id) {
            return Some(EntityIdx(*idx));
        }
        let group = group_of_id(&self.resolution, id)?;
        let names = self.resolution.names_of(group);
        // Some spellings of the group may be split off: most of it decides.
        let whole = names.iter().copied().max_by_key(|&name| {
            let is_own = self
                .entity_of_number(name)
                .is_some_and(|it| !self.special_ids.contains_key(&it.0));
            (is_own, self.resolution.names.articles(name), std::cmp::Reverse(name))
        });
        self.entity_of_number(whole?)
    }

    /// Entities that may be one, the likeliest first.
    pub fn suggestions(&self, corrections: &Corrections) -> Vec<Suggestion> {
        let kept_apart: BTreeSet<(EntityIdx, EntityIdx)> = corrections
            .all()
            .iter()
            .filter_map(|it| match it {
                Correction::KeepApart { a, b } => Some(ordered(self.find(a)?, self.find(b)?)),
                _ => None,
            })
            .collect();
        let mut seen = BTreeSet::new();
        let mut suggestions = Vec::new();
        for doubt in &self.resolution.doubts {
            let of_group = |group: GroupNumber| self.entity_of_number(self.resolution.groups[group as usize].head);
            let (Some(a), Some(b)) = (of_group(doubt.from), of_group(doubt.to)) else {
                continue;
            };
            let pair = ordered(a, b);
            if a == b || kept_apart.contains(&pair) || !seen.insert(pair) {
                continue;
            }
            let (Some(first), Some(second)) = (self.get(pair.0), self.get(pair.1)) else {
                continue;
            };
            let (into, from) = if second.articles() <= first.articles() {
                (first, second)
            } else {
                (second, first)
            };
            suggestions.push(Suggestion {
                into: into.id(),
                from: from.id(),
                reason: doubt.reason,
                score: doubt.score,
            });
        }
        suggestions
    }

    /// The ids to be kept for the next time: those known and those of all entities of several names.
    pub fn ids_to_keep(&self, known_ids: &KnownIds) -> KnownIds {
        let mut ids = known_ids.clone();
        for it in self.entities() {
            let record = &self.entities[it.idx];
            let names = it.names();
            let is_joined = names
                .iter()
                .any(|name| self.resolution.group_of_name[*name as usize] != record.anchor);
            if is_joined && !self.special_ids.contains_key(&(it.idx as u32)) {
                ids.0.insert(it.id());
            }
        }
        ids
    }
}

impl<'a> Entity<'a> {
    fn record(&self) -> &'a Record {
        &self.registry.entities[self.idx]
    }

    /// Its place in [`Registry::entities`].
    pub fn idx(&self) -> EntityIdx {
        EntityIdx(self.idx as u32)
    }

    /// Its name in the program.
    pub fn id(&self) -> EntityId {
        match self.registry.special_ids.get(&(self.idx as u32)) {
            Some(id) => id.clone(),
            None => id_of_group(&self.registry.resolution, self.record().anchor),
        }
    }

    /// The kind of thing.
    pub fn kind(&self) -> EntityKind {
        self.record().kind
    }

    /// What is shown: the name that the user gave, or the most frequent form that is a whole name.
    pub fn name(&self) -> &'a str {
        match self.registry.given_names.get(&(self.idx as u32)) {
            Some(name) => name,
            None => self.registry.resolution.names.form(self.record().shown),
        }
    }

    /// The sum over its names of the articles that hold them: an upper bound, as two names may share an article.
    pub fn articles(&self) -> u64 {
        u64::from(self.record().articles)
    }

    /// Its names.
    pub fn names(&self) -> &'a [NameNumber] {
        let it = self.record();
        &self.registry.names_by_entity[it.first as usize..(it.first + it.n_names) as usize]
    }

    /// All forms with the number of articles that hold them, by falling number, then in the order of letters.
    pub fn aliases(&self) -> Vec<(&'a str, u64)> {
        let table = &self.registry.resolution.names;
        let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
        for &name in self.names() {
            *forms.entry(table.form(name)).or_default() += u64::from(table.articles(name));
        }
        let mut aliases: Vec<(&str, u64)> = forms.into_iter().collect();
        aliases.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        aliases
    }

    /// Why its names are one: each reason once, in their order.
    pub fn reasons(&self) -> Vec<Reason> {
        let groups: BTreeSet<GroupNumber> = self
            .names()
            .iter()
            .map(|name| self.registry.resolution.group_of_name[*name as usize])
            .collect();
        if groups.len() < 2 {
            return Vec::new();
        }
        let links = self.registry.resolution.links.iter();
        let reasons: BTreeSet<Reason> = links
            .filter(|link| groups.contains(&link.from) && groups.contains(&link.to))
            .map(|link| link.reason)
            .collect();
        reasons.into_iter().collect()
    }
}

impl fmt::Debug for Entity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entity")
            .field("id", &self.id().0)
            .field("kind", &self.kind())
            .field("name", &self.name())
            .field("aliases", &self.aliases())
            .finish()
    }
}

impl PartialEq for Entity<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.id(), self.kind(), self.name(), self.articles())
            == (other.id(), other.kind(), other.name(), other.articles())
            && self.aliases() == other.aliases()
    }
}

fn ordered(a: EntityIdx, b: EntityIdx) -> (EntityIdx, EntityIdx) {
    (a.min(b), a.max(b))
}

fn kind_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
    }
}

fn id_of_group(resolution: &Resolution, group: GroupNumber) -> EntityId {
    // The least key of the group, not the most frequent one: counts change, and the id should not.
    let names = resolution.names_of(group).iter();
    let key = names.map(|&name| resolution.names.key(name)).min().unwrap_or_default();
    EntityId(format!("{}:{key}", kind_word(resolution.kind_of(group))))
}

fn group_of_id(resolution: &Resolution, id: &EntityId) -> Option<GroupNumber> {
    let (kind, key) = id.0.split_once(':')?;
    let kind = EntityKind::ALL.into_iter().find(|it| kind_word(*it) == kind)?;
    resolution.group_of(kind, key)
}

/// The id of a spelling that was split off.
fn split_id(kind: EntityKind, spelling: &str) -> EntityId {
    EntityId(format!("{}={spelling}", kind_word(kind)))
}

/// Which groups and spellings bear one label: the working state while corrections are applied.
struct Labels {
    /// For each group its label: the number of one of its groups.
    of_group: Vec<u32>,
    /// Labels that were merged into others by the user.
    merged: HashMap<u32, u32>,
    /// The labels of names that were split off, from the number of groups on.
    of_name: HashMap<NameNumber, u32>,
    /// The ids of the labels of split-off names.
    split_ids: Vec<EntityId>,
    names: HashMap<u32, String>,
    kinds: HashMap<u32, EntityKind>,
    hidden: BTreeSet<u32>,
}

impl Labels {
    fn new(resolution: &Resolution, corrections: &Corrections) -> Self {
        let mut it = Self {
            of_group: join(resolution, corrections),
            merged: HashMap::new(),
            of_name: HashMap::new(),
            split_ids: Vec::new(),
            names: HashMap::new(),
            kinds: HashMap::new(),
            hidden: BTreeSet::new(),
        };
        for (idx, correction) in corrections.all().iter().enumerate() {
            if !corrections.is_overruled(idx) {
                it.apply(resolution, correction);
            }
        }
        it
    }

    fn root(&self, mut label: u32) -> u32 {
        while let Some(next) = self.merged.get(&label) {
            label = *next;
        }
        label
    }

    fn label_of_name(&self, resolution: &Resolution, name: NameNumber) -> u32 {
        let label = match self.of_name.get(&name) {
            Some(label) => *label,
            None => self.of_group[resolution.group_of_name[name as usize] as usize],
        };
        self.root(label)
    }

    /// The label of the entity with an id; nothing if the archive does not hold it.
    fn find(&self, resolution: &Resolution, id: &EntityId) -> Option<u32> {
        if let Some(at) = self.split_ids.iter().position(|it| it == id) {
            return Some(self.root((self.of_group.len() + at) as u32));
        }
        let group = group_of_id(resolution, id)?;
        Some(self.root(self.of_group[group as usize]))
    }

    fn apply(&mut self, resolution: &Resolution, correction: &Correction) {
        match correction {
            Correction::Merge { from, into } => {
                if let (Some(from), Some(into)) = (self.find(resolution, from), self.find(resolution, into))
                    && from != into
                {
                    self.merged.insert(from, into);
                }
            }
            Correction::Split { from, spelling } => {
                let Some(label) = self.find(resolution, from) else {
                    return;
                };
                let names: Vec<NameNumber> = (0..resolution.names.len() as NameNumber)
                    .filter(|&name| resolution.names.form(name) == spelling)
                    .filter(|&name| self.label_of_name(resolution, name) == label)
                    .collect();
                let Some(first) = names.first() else { return };
                let id = split_id(resolution.names.kind(*first), spelling);
                if self.split_ids.contains(&id) {
                    return;
                }
                self.split_ids.push(id);
                let label = (self.of_group.len() + self.split_ids.len() - 1) as u32;
                self.of_name.extend(names.into_iter().map(|name| (name, label)));
            }
            Correction::Rename { entity, name } => {
                if let Some(label) = self.find(resolution, entity) {
                    self.names.insert(label, name.clone());
                }
            }
            Correction::SetKind { entity, kind } => {
                if let Some(label) = self.find(resolution, entity) {
                    self.kinds.insert(label, *kind);
                }
            }
            Correction::Hide { entity } => {
                if let Some(label) = self.find(resolution, entity) {
                    self.hidden.insert(label);
                }
            }
            // Taken into account where the links are followed.
            Correction::KeepApart { .. } => {}
        }
    }
}

/// Follows the links but for those that would join what the user keeps apart; for each group the least one it is joined
/// with.
fn join(resolution: &Resolution, corrections: &Corrections) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..resolution.groups.len() as u32).collect();
    fn root(parents: &mut [u32], mut group: u32) -> u32 {
        while parents[group as usize] != group {
            parents[group as usize] = parents[parents[group as usize] as usize];
            group = parents[group as usize];
        }
        group
    }
    let apart: Vec<(GroupNumber, GroupNumber)> = (0..corrections.all().len())
        .filter(|idx| !corrections.is_overruled(*idx))
        .filter_map(|idx| match &corrections.all()[idx] {
            Correction::KeepApart { a, b } => Some((group_of_id(resolution, a)?, group_of_id(resolution, b)?)),
            _ => None,
        })
        .collect();
    for link in &resolution.links {
        let (a, b) = (root(&mut parents, link.from), root(&mut parents, link.to));
        let is_forbidden = apart.iter().any(|&(c, d)| {
            let (c, d) = (root(&mut parents, c), root(&mut parents, d));
            (c, d) == (a, b) || (c, d) == (b, a)
        });
        if !is_forbidden {
            parents[a.max(b) as usize] = a.min(b);
        }
    }
    for group in 0..parents.len() as u32 {
        parents[group as usize] = root(&mut parents, group);
    }
    parents
}

/// A registry in the making.
struct Builder {
    resolution: Arc<Resolution>,
    labels: Labels,
    /// The entities in the order of their labels.
    drafts: Vec<Draft>,
    /// The names by drafts.
    names: Vec<NameNumber>,
}

struct Draft {
    label: u32,
    record: Record,
    id: Option<EntityId>,
}

impl Builder {
    fn new(resolution: Arc<Resolution>, labels: Labels) -> Self {
        Self {
            resolution,
            labels,
            drafts: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Gathers the names of each label.
    fn gather(&mut self) {
        let table = &self.resolution.names;
        let mut by_label: Vec<(u32, NameNumber)> = (0..table.len() as NameNumber)
            .map(|name| (self.labels.label_of_name(&self.resolution, name), name))
            .filter(|(label, _)| !self.labels.hidden.contains(label))
            .collect();
        by_label.sort_unstable();
        // Names that were attached to fuller ones are not shown for them.
        let attached: BTreeSet<GroupNumber> = self
            .resolution
            .links
            .iter()
            .filter(|link| !matches!(link.reason, Reason::Spelling | Reason::SpellingAndContext))
            .map(|link| link.from)
            .collect();
        for names in by_label.chunk_by(|(a, _), (b, _)| a == b) {
            let label = names[0].0;
            let first = self.names.len() as u32;
            self.names.extend(names.iter().map(|(_, name)| *name));
            let numbers = &self.names[first as usize..];
            let own = |name: &NameNumber| {
                // Of merged entities the one that the user merged the others into gives its name.
                let group = self.resolution.group_of_name[*name as usize];
                let label_of_group = self
                    .labels
                    .of_name
                    .get(name)
                    .copied()
                    .unwrap_or(self.labels.of_group[group as usize]);
                (label_of_group == label, !attached.contains(&group))
            };
            let best = numbers.iter().map(own).max().unwrap_or_default();
            let candidates: Vec<NameNumber> = numbers.iter().copied().filter(|name| own(name) == best).collect();
            let shown = shown_name(&self.resolution, &candidates);
            let kind = match self.labels.kinds.get(&label) {
                Some(kind) => *kind,
                None => table.kind(shown),
            };
            let articles = numbers
                .iter()
                .fold(0_u32, |sum, &name| sum.saturating_add(table.articles(name)));
            let anchor = candidates
                .iter()
                .map(|name| self.resolution.group_of_name[*name as usize])
                .min_by_key(|group| self.resolution.key_of(*group))
                .unwrap_or_default();
            self.drafts.push(Draft {
                label,
                record: Record {
                    kind,
                    anchor,
                    shown,
                    articles,
                    first,
                    n_names: names.len() as u32,
                },
                id: (label as usize)
                    .checked_sub(self.labels.of_group.len())
                    .map(|at| self.labels.split_ids[at].clone()),
            });
        }
    }

    /// Lets the entities of several groups keep the ids they had.
    fn choose_ids(&mut self, known_ids: &KnownIds, last: Option<&Registry>) {
        for draft in &mut self.drafts {
            if draft.id.is_some() || draft.record.n_names < 2 {
                continue;
            }
            let names = &self.names[draft.record.first as usize..(draft.record.first + draft.record.n_names) as usize];
            let groups: BTreeSet<GroupNumber> = names
                .iter()
                .filter(|name| !self.labels.of_name.contains_key(name))
                .map(|name| self.resolution.group_of_name[*name as usize])
                // What the user merged into another gives up its id.
                .filter(|group| self.labels.of_group[*group as usize] == draft.label)
                .collect();
            if groups.len() < 2 {
                continue;
            }
            let known = groups
                .iter()
                .filter(|group| known_ids.0.contains(&id_of_group(&self.resolution, **group)))
                .min_by_key(|group| self.resolution.key_of(**group));
            let of_last = || {
                let last = last?;
                let articles_then = |group: &GroupNumber| {
                    let hash_key = (self.resolution.kind_of(*group), self.resolution.key_of(*group));
                    let group = last.resolution.group_of(hash_key.0, hash_key.1)?;
                    let idx = last.entity_of_number(last.resolution.groups[group as usize].head)?;
                    let entity = last.get(idx)?;
                    // Only the group that made the id then can make it now.
                    (tight_of(&last.resolution, last.entities[entity.idx].anchor) == tight_of(&last.resolution, group))
                        .then(|| entity.articles())
                };
                groups
                    .iter()
                    .filter_map(|group| Some((articles_then(group)?, group)))
                    .max_by_key(|(articles, group)| (*articles, std::cmp::Reverse(self.resolution.key_of(**group))))
                    .map(|(_, group)| group)
            };
            if let Some(anchor) = known.or_else(of_last) {
                draft.record.anchor = *anchor;
            }
        }
    }

    /// Puts the entities in their order.
    fn finish(self) -> Registry {
        let Self {
            resolution,
            labels,
            mut drafts,
            names,
        } = self;
        let given = |draft: &Draft| labels.names.get(&draft.label);
        drafts.sort_by(|a, b| {
            let (x, y) = (&a.record, &b.record);
            let name = |draft: &Draft| -> &str {
                labels
                    .names
                    .get(&draft.label)
                    .map_or_else(|| resolution.names.form(draft.record.shown), String::as_str)
            };
            (x.kind, y.articles)
                .cmp(&(y.kind, x.articles))
                .then_with(|| name(a).cmp(name(b)))
                .then_with(|| resolution.key_of(x.anchor).cmp(resolution.key_of(y.anchor)))
                .then(a.label.cmp(&b.label))
        });
        let mut registry = Registry {
            entity_of_name: vec![HIDDEN; resolution.names.len()],
            names_by_entity: names,
            ..Registry::default()
        };
        for (idx, draft) in (0..).zip(drafts) {
            if let Some(name) = given(&draft) {
                registry.given_names.insert(idx, name.clone());
            }
            let record = draft.record;
            for &name in &registry.names_by_entity[record.first as usize..(record.first + record.n_names) as usize] {
                registry.entity_of_name[name as usize] = idx;
            }
            if let Some(id) = draft.id {
                registry.special_ids.insert(idx, id);
            }
            registry.entities.push(record);
        }
        // An id that was split off and merged away leads to where it went.
        for (at, id) in labels.split_ids.iter().enumerate() {
            let label = (labels.of_group.len() + at) as u32;
            let name = labels
                .of_name
                .iter()
                .find(|(_, it)| **it == label)
                .map(|(name, _)| *name);
            if let Some(idx) = name
                .map(|name| registry.entity_of_name[name as usize])
                .filter(|it| *it != HIDDEN)
            {
                registry.by_special_id.insert(id.clone(), idx);
            }
        }
        registry.resolution = resolution;
        registry
    }
}

fn tight_of(resolution: &Resolution, group: GroupNumber) -> u64 {
    tight_hash(resolution.kind_of(group), resolution.key_of(group))
}

/// The most frequent of the names whose form is a whole name; of equals the one with the least form.
fn shown_name(resolution: &Resolution, names: &[NameNumber]) -> NameNumber {
    let table = &resolution.names;
    if let [only] = names {
        return *only;
    }
    let is_whole = |name: NameNumber| {
        let kind = table.kind(name);
        tight_hash(kind, &fold(table.form(name), Folding::Name)) == tight_hash(kind, table.key(name))
    };
    let mut of_form: BTreeMap<&str, (bool, u64, NameNumber)> = BTreeMap::new();
    for &name in names {
        let it = of_form.entry(table.form(name)).or_insert((false, 0, name));
        it.0 |= is_whole(name);
        it.1 += u64::from(table.articles(name));
    }
    let n_words = |form: &str| form.split(' ').count();
    of_form
        .into_iter()
        .max_by(|(a, (a_whole, a_articles, _)), (b, (b_whole, b_articles, _))| {
            let by_words = match a_whole | b_whole {
                true => std::cmp::Ordering::Equal,
                false => n_words(a).cmp(&n_words(b)),
            };
            a_whole
                .cmp(b_whole)
                .then(by_words)
                .then(a_articles.cmp(b_articles))
                .then_with(|| b.cmp(a))
        })
        .map_or(0, |(_, (_, _, name))| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(form: &str) -> Name {
        Name {
            kind: EntityKind::Person,
            key: fold(form, Folding::Name),
            form: form.to_owned(),
        }
    }

    fn are_one(a: &str, b: &str) -> bool {
        let registry = Registry::resolve(&[(person(a), 3), (person(b), 2)]);
        registry.entity_of(&person(a)) == registry.entity_of(&person(b))
    }

    #[test]
    fn spellings_of_one_person_are_one() {
        for (a, b) in [
            ("ميخائيل بوجدانوف", "ميخائيل بوغدانوف"),
            ("ديميتري بيسكوف", "دميتري بيسكوف"),
            ("موسى أبو مرزوق", "موسي ابو مرزوق"),
            ("عبد الله سالم", "عبدالله سالم"),
        ] {
            assert!(are_one(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn strangers_stay_apart() {
        for (a, b) in [
            ("محمد سلمان", "محمد سلطان"),
            ("أحمد الشمراني", "أحمد الشهراني"),
            ("سفيتلانا إيفانوف", "سفيتلانا إيفانوفا"),
            ("سعد القحطاني", "سعود القحطاني"),
            ("سامي العامري", "سامية العامري"),
        ] {
            assert!(!are_one(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn the_bare_and_the_headed_name_are_one() {
        let organisation = |form: &str| Name {
            kind: EntityKind::Organisation,
            ..person(form)
        };
        let names: Vec<(Name, u64)> = [
            ("حماس", 9),
            ("حركة حماس", 3),
            ("لحماس", 1),
            ("نادي الوحدة", 2),
            ("بنك الوحدة", 2),
            ("الوحدة", 1),
        ]
        .map(|(form, articles)| (organisation(form), articles))
        .to_vec();
        let registry = Registry::resolve(&names);
        let entity = |form: &str| registry.entity_of(&organisation(form)).unwrap();
        assert_eq!(entity("حماس"), entity("حركة حماس"));
        assert_eq!(entity("حماس"), entity("لحماس"));
        assert_ne!(entity("نادي الوحدة"), entity("الوحدة"));
        assert_ne!(entity("بنك الوحدة"), entity("الوحدة"));
        assert_eq!(
            registry.get(entity("حماس")).unwrap().reasons(),
            [Reason::Proclitic, Reason::Head]
        );
    }

    #[test]
    fn a_proclitic_never_changes_the_entity() {
        for form in ["سامي العامري", "ميخائيل بوغدانوف", "عبد الله سالم", "هيفاء الكندري"]
        {
            for proclitic in ["و", "ف", "ب", "ل", "ك", "ول", "وب"] {
                let with = format!("{proclitic}{form}");
                let registry = Registry::resolve(&[(person(form), 3), (person(&with), 2)]);
                assert_eq!(registry.entities().len(), 1, "{with}");
                assert_eq!(registry.entities().next().unwrap().name(), form);
            }
        }
        // Names that begin with such a letter.
        for (a, b) in [
            ("ريم سالم", "كريم سالم"),
            ("ليد منصور", "وليد منصور"),
            ("اسم الحداد", "باسم الحداد"),
        ] {
            assert!(!are_one(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn a_short_form_joins_the_only_full_name() {
        let shown = |names: &[(&str, u64)]| {
            let names: Vec<(Name, u64)> = names.iter().map(|(form, n)| (person(form), *n)).collect();
            let registry = Registry::resolve(&names);
            registry
                .entities()
                .map(|it| it.name().to_owned())
                .collect::<Vec<_>>()
                .join(" | ")
        };
        assert_eq!(shown(&[("موسى أبو شقرا", 3), ("أبو شقرا", 2)]), "موسى أبو شقرا");
        // Two of them; a kunya; a given name; a family that many share.
        assert_eq!(
            shown(&[("موسى أبو شقرا", 3), ("نادر أبو شقرا", 3), ("أبو شقرا", 2)]),
            "موسى أبو شقرا | نادر أبو شقرا | أبو شقرا"
        );
        assert_eq!(
            shown(&[("علي أبو القاسم", 3), ("أبو القاسم", 2)]),
            "علي أبو القاسم | أبو القاسم"
        );
        assert_eq!(shown(&[("سامي محمد", 30), ("محمد", 2)]), "سامي محمد | محمد");
        assert_eq!(shown(&[("سامي العتيبي", 9), ("العتيبي", 2)]), "سامي العتيبي | العتيبي");
        assert_eq!(shown(&[("سامي العتيبي", 10), ("العتيبي", 2)]), "سامي العتيبي");
        assert_eq!(
            shown(&[("سامي العتيبي", 10), ("نادر العتيبي", 2), ("العتيبي", 2)]),
            "سامي العتيبي | العتيبي | نادر العتيبي"
        );
    }

    #[test]
    fn what_articles_state_holds_in_others_too() {
        let name = |key: &str, form: &str| Name {
            kind: EntityKind::Organisation,
            key: fold(key, Folding::Name),
            form: form.to_owned(),
        };
        let long = "رابطة أهل المرفأ";
        let n_entities = |n_stated| {
            let names = [
                (name("رافد", "رافد"), 5),
                (name(long, long), 4),
                (name("رافد", long), n_stated),
            ];
            Registry::resolve(&names).entities().len()
        };
        assert_eq!((n_entities(2), n_entities(1)), (1, 2));
    }

    #[test]
    fn corrections_act_and_can_be_taken_back() {
        let names: Vec<(Name, u64)> = ["ميخائيل بوجدانوف", "ميخائيل بوغدانوف", "سامي العامري", "نادر الصيداوي"]
            .map(|form| (person(form), 2))
            .to_vec();
        let registry = Registry::resolve(&names);
        let id = |form: &str| registry.get(registry.entity_of(&person(form)).unwrap()).unwrap().id();
        let shown = |corrections: &Corrections| {
            let corrected = registry.corrected(corrections, &KnownIds::default());
            let mut shown: Vec<String> = corrected
                .entities()
                .map(|it| format!("{:?} {} {}", it.kind(), it.name(), it.articles()))
                .collect();
            shown.sort();
            shown.join(" | ")
        };
        let nobody = Corrections::default();
        let all = "Person سامي العامري 2 | Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 2";
        assert_eq!(shown(&nobody), all);
        let cases = [
            (
                Correction::Merge {
                    from: id("سامي العامري"),
                    into: id("نادر الصيداوي"),
                },
                "Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 4",
            ),
            (
                Correction::Split {
                    from: id("ميخائيل بوغدانوف"),
                    spelling: "ميخائيل بوغدانوف".into(),
                },
                "Person سامي العامري 2 | Person ميخائيل بوجدانوف 2 | Person ميخائيل بوغدانوف 2 | Person نادر الصيداوي 2",
            ),
            (
                Correction::Rename {
                    entity: id("ميخائيل بوجدانوف"),
                    name: "م. بوغدانوف".into(),
                },
                "Person سامي العامري 2 | Person م. بوغدانوف 4 | Person نادر الصيداوي 2",
            ),
            (
                Correction::SetKind {
                    entity: id("سامي العامري"),
                    kind: EntityKind::Place,
                },
                "Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 2 | Place سامي العامري 2",
            ),
            (
                Correction::Hide {
                    entity: id("سامي العامري"),
                },
                "Person ميخائيل بوجدانوف 4 | Person نادر الصيداوي 2",
            ),
            (
                Correction::KeepApart {
                    a: EntityId("person:ميخاييل بوجدانوف".into()),
                    b: EntityId("person:ميخاييل بوغدانوف".into()),
                },
                "Person سامي العامري 2 | Person ميخائيل بوجدانوف 2 | Person ميخائيل بوغدانوف 2 | Person نادر الصيداوي 2",
            ),
        ];
        for (correction, expected) in cases {
            let mut corrections = Corrections::default();
            assert!(corrections.add(correction.clone()));
            assert!(!corrections.add(correction.clone()));
            assert_eq!(shown(&corrections), expected, "{correction:?}");
            let again = Corrections::from_json(&corrections.to_json()).unwrap();
            assert_eq!(again, corrections);
            corrections.remove(0);
            assert_eq!((shown(&corrections), corrections), (all.to_owned(), nobody.clone()));
        }
    }

    #[test]
    fn the_later_of_two_corrections_holds() {
        let names = [(person("سامي العامري"), 2), (person("نادر الصيداوي"), 2)];
        let registry = Registry::resolve(&names);
        let ids: Vec<EntityId> = registry.entities().map(|it| it.id()).collect();
        let merge = Correction::Merge {
            from: ids[0].clone(),
            into: ids[1].clone(),
        };
        let apart = Correction::KeepApart {
            a: ids[1].clone(),
            b: ids[0].clone(),
        };
        let mut corrections = Corrections::default();
        for (correction, n_entities) in [(&merge, 1), (&apart, 2), (&merge, 1)] {
            assert!(corrections.add(correction.clone()));
            let corrected = registry.corrected(&corrections, &KnownIds::default());
            assert_eq!(corrected.entities().len(), n_entities);
        }
    }

    #[test]
    fn an_entity_keeps_its_id_when_it_gets_another_spelling() {
        let before = Registry::resolve(&[(person("ميخائيل بوغدانوف"), 2)]);
        let id = before.entities().next().unwrap().id();
        let names = [(person("ميخائيل بوغدانوف"), 2), (person("ميخائيل بوجدانوف"), 9)];
        let table = Arc::new(NameTable::of_counts(&names));
        let resolution = Arc::new(Resolution::new(table, &NoArticles, None));
        let nobody = Corrections::default();
        let after = Registry::new(Arc::clone(&resolution), &nobody, &KnownIds::default(), Some(&before));
        assert_eq!(
            after.entities().map(|it| it.id()).collect::<Vec<_>>(),
            std::slice::from_ref(&id)
        );
        // The same when the index was built anew, and by any of its names.
        let known = after.ids_to_keep(&KnownIds::default());
        let again = Registry::new(resolution, &nobody, &known, None);
        assert_eq!(again.entities().next().unwrap().id(), id);
        let other = EntityId("person:ميخاييل بوجدانوف".into());
        assert_eq!(again.find(&other), again.find(&id));
    }

    #[test]
    fn doubtful_pairs_are_suggested_and_left_alone() {
        let names = [
            (person("مارين لوبان"), 5),
            (person("ماريون لوبان"), 2),
            (person("سامي العامري"), 2),
        ];
        let registry = Registry::resolve(&names);
        assert_eq!(registry.entities().len(), 3);
        let mut corrections = Corrections::default();
        let suggested = |corrections: &Corrections| {
            let registry = registry.corrected(corrections, &KnownIds::default());
            let suggestions = registry.suggestions(corrections);
            suggestions
                .into_iter()
                .map(|it| (it.into.0, it.from.0))
                .collect::<Vec<_>>()
        };
        let pair = ("person:مارين لوبان".to_owned(), "person:ماريون لوبان".to_owned());
        assert_eq!(suggested(&corrections), std::slice::from_ref(&pair));
        corrections.add(Correction::KeepApart {
            a: EntityId(pair.0),
            b: EntityId(pair.1),
        });
        assert_eq!(suggested(&corrections), []);
    }

    /// Names that meet in all kinds of links.
    const FORMS: [&str; 22] = [
        "ميخائيل بوجدانوف",
        "ميخائيل بوغدانوف",
        "وميخائيل بوغدانوف",
        "بوغدانوف",
        "ديميتري بيسكوف",
        "دميتري بيسكوف",
        "ديمتري بيسكوف",
        "موسى أبو مرزوق",
        "موسي ابو مرزوق",
        "أبو مرزوق",
        "نادر أبو مرزوق",
        "سامي العامري",
        "وسامي العامري",
        "العامري",
        "عبد الله سالم",
        "عبدالله سالم",
        "محمد بن سلمان",
        "محمد بن سليمان",
        "مارين لوبان",
        "ماريون لوبان",
        "نفتالي بينيت",
        "نفتالي بنيت",
    ];

    fn counted(counts: &[u64]) -> Vec<(Name, u64)> {
        let names = FORMS.iter().zip(counts).filter(|(_, n)| **n != 0);
        names.map(|(form, n)| (person(form), *n)).collect()
    }

    /// The entities as sets of spellings with their names.
    fn printed(registry: &Registry) -> Vec<String> {
        registry.entities().map(|it| format!("{it:?}")).collect()
    }

    fn any_correction(ids: &[EntityId], numbers: (u8, usize, usize)) -> Correction {
        let (kind, a, b) = numbers;
        let id = |at: usize| ids[at % ids.len()].clone();
        match kind % 6 {
            0 => Correction::Merge {
                from: id(a),
                into: id(b),
            },
            1 => Correction::Split {
                from: id(a),
                spelling: FORMS[b % FORMS.len()].to_owned(),
            },
            2 => Correction::Rename {
                entity: id(a),
                name: format!("اسم {b}"),
            },
            3 => Correction::SetKind {
                entity: id(a),
                kind: EntityKind::ALL[b % 3],
            },
            4 => Correction::Hide { entity: id(a) },
            _ => Correction::KeepApart { a: id(a), b: id(b) },
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

        #[test]
        fn the_order_of_names_does_not_matter(
            counts in proptest::collection::vec(0_u64..12, FORMS.len()),
            order in proptest::collection::vec(proptest::prelude::any::<u32>(), FORMS.len()),
        ) {
            let names = counted(&counts);
            let mut shuffled: Vec<(u32, (Name, u64))> = order.into_iter().zip(names.clone()).collect();
            shuffled.sort_by_key(|(place, _)| *place);
            let shuffled: Vec<(Name, u64)> = shuffled.into_iter().map(|(_, name)| name).collect();
            proptest::prop_assert_eq!(printed(&Registry::resolve(&names)), printed(&Registry::resolve(&shuffled)));
        }

        #[test]
        fn an_unrelated_article_changes_no_entity(counts in proptest::collection::vec(0_u64..12, FORMS.len())) {
            let mut names = counted(&counts);
            let before = printed(&Registry::resolve(&names));
            names.push((person("هيفاء الكندري"), 1));
            names.push((person("ريتشارد غرينفيلد"), 1));
            let after = Registry::resolve(&names);
            proptest::prop_assert_eq!(after.entities().len(), before.len() + 2);
            let after = printed(&after);
            for entity in before {
                proptest::prop_assert!(after.contains(&entity), "{} is gone", entity);
            }
        }

        #[test]
        fn a_correction_taken_back_leaves_no_trace(
            counts in proptest::collection::vec(0_u64..12, FORMS.len()),
            made in proptest::collection::vec(proptest::prelude::any::<(u8, usize, usize)>(), 0..5),
            last in proptest::prelude::any::<(u8, usize, usize)>(),
        ) {
            let registry = Registry::resolve(&counted(&counts));
            let ids: Vec<EntityId> = registry.entities().map(|it| it.id()).collect();
            proptest::prop_assume!(!ids.is_empty());
            let mut corrections = Corrections::default();
            for numbers in made {
                corrections.add(any_correction(&ids, numbers));
            }
            let ids_known = KnownIds::default();
            let before = (registry.corrected(&corrections, &ids_known), corrections.clone());
            if corrections.add(any_correction(&ids, last)) {
                // What was corrected is still counted, but for what was hidden.
                let corrected = registry.corrected(&corrections, &ids_known);
                let total = |it: &Registry| it.entities().map(|it| it.articles()).sum::<u64>();
                proptest::prop_assert!(total(&corrected) <= total(&registry));
                corrections.remove(corrections.all().len() - 1);
            }
            let after = registry.corrected(&corrections, &ids_known);
            proptest::prop_assert_eq!(printed(&before.0), printed(&after));
            proptest::prop_assert_eq!(before.1, corrections);
        }

        #[test]
        fn resolving_by_steps_is_resolving_at_once(
            counts in proptest::collection::vec(0_u64..12, FORMS.len()),
            then in proptest::collection::vec(0_u64..12, FORMS.len()),
        ) {
            let first = Resolution::new(Arc::new(NameTable::of_counts(&counted(&counts))), &NoArticles, None);
            let table = Arc::new(NameTable::of_counts(&counted(&then)));
            let stepped = Arc::new(Resolution::new(table, &NoArticles, Some(&first)));
            let nobody = Corrections::default();
            let stepped = Registry::new(stepped, &nobody, &KnownIds::default(), None);
            proptest::prop_assert_eq!(printed(&stepped), printed(&Registry::resolve(&counted(&then))));
        }
    }
}

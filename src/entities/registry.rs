//! The entities of an archive: what was resolved, and what the user corrected.
//!
//! The index stores names; the registry says what they refer to. So a correction acts at once on every count. What was
//! resolved is kept as it is; beside it stands what the corrections make of the few entities that they touch, and only
//! that is worked out again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use crate::arabic::{Folding, fold};

use super::correct::{Correction, Corrections};
use super::name_words::NameWords;
use super::names::{NameNumber, NameTable, NoArticles};
use super::resolve::{GroupNumber, Reason, Resolution, tight_hash};
use super::{EntityKind, Name};

/// Names an entity: its kind when it was found, and one of its names. The same after the archive was read again.
///
/// Any name of the entity makes an id by which it is found ([`Registry::find`]). A spelling that was split off has «=»
/// in place of «:».
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct EntityId(pub String);

/// The number of an entity in one registry, less than [`Registry::n_numbers`]. It is not its place in a list: entities
/// that corrections touch come behind all others.
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
    resolved: Arc<Resolved>,
    corrected: Corrected,
}

/// The entities of what was resolved, without corrections.
#[derive(Debug, Default)]
struct Resolved {
    resolution: Arc<Resolution>,
    /// In the order of [`Registry::entities`].
    entities: Vec<Record>,
    /// For each name its entity.
    entity_of_name: Vec<u32>,
    /// The names by entities.
    names: Vec<NameNumber>,
}

/// What corrections make of the entities that they touch. These are numbered behind all that were resolved.
#[derive(Clone, Debug, Default)]
struct Corrected {
    /// The resolved entities that are no more as they were.
    gone: HashSet<u32>,
    /// In the order of [`Registry::entities`].
    entities: Vec<CorrectedEntity>,
    /// For each name of the entities that are gone its entity; [`HIDDEN`] for none.
    entity_of_name: HashMap<NameNumber, u32>,
    /// The names by entities.
    names: Vec<NameNumber>,
    /// The entities of spellings that were split off.
    by_split_id: HashMap<EntityId, u32>,
}

#[derive(Clone, Debug)]
struct CorrectedEntity {
    record: Record,
    /// How many resolved entities stand before it in the order, those that are gone included.
    place: u32,
    /// The id, if it does not follow from the anchor.
    id: Option<EntityId>,
    /// The name that the user gave.
    given_name: Option<String>,
}

#[derive(Clone, Debug)]
struct Record {
    kind: EntityKind,
    /// The group whose key makes the id.
    anchor: GroupNumber,
    /// The name whose form is shown.
    shown: NameNumber,
    articles: u32,
    /// Where its names begin in the list of names by entities.
    first: u32,
    n_names: u32,
}

impl Record {
    fn names<'a>(&self, names: &'a [NameNumber]) -> &'a [NameNumber] {
        &names[self.first as usize..(self.first + self.n_names) as usize]
    }
}

/// Stands in [`Corrected::entity_of_name`] for no entity.
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
    /// Entities that have one of `known_ids` keep it. `last` is the registry of an earlier state of the archive: its
    /// entities keep their ids, too.
    pub fn new(
        resolution: Arc<Resolution>,
        corrections: &Corrections,
        known_ids: &KnownIds,
        last: Option<&Self>,
    ) -> Self {
        let it = Self {
            resolved: Arc::new(Resolved::new(resolution, known_ids, last)),
            corrected: Corrected::default(),
        };
        it.corrected(corrections)
    }

    /// The same names with other corrections, which do not add to those made so far but stand in their place.
    ///
    /// It takes as long as the entities that these corrections name are large, however many others there are. Every
    /// entity keeps its id but those that are merged into others and those that are split off.
    pub fn corrected(&self, corrections: &Corrections) -> Self {
        let touched = self.resolved.touched(corrections);
        Self {
            resolved: Arc::clone(&self.resolved),
            corrected: Corrected::new(&self.resolved, corrections, touched),
        }
    }

    /// What the registry was made from.
    pub fn resolution(&self) -> &Arc<Resolution> {
        &self.resolved.resolution
    }

    /// The entity that a name refers to; nothing if it is unknown or hidden.
    pub fn entity_of(&self, name: &Name) -> Option<EntityIdx> {
        let resolution = self.resolution();
        let group = resolution.group_of(name.kind, &name.key)?;
        let names = resolution.names_of(group);
        let same_form = names.iter().find(|it| resolution.names.form(**it) == name.form);
        // A form that stands in no article yet is what the group's most frequent form is.
        let number = same_form.copied().unwrap_or(resolution.groups[group as usize].head);
        self.entity_of_number(number)
    }

    /// The entity of a name of the table; nothing if it is hidden.
    pub fn entity_of_number(&self, name: NameNumber) -> Option<EntityIdx> {
        let resolved = *self.resolved.entity_of_name.get(name as usize)?;
        let idx = if self.is_corrected(EntityIdx(resolved)) {
            *self.corrected.entity_of_name.get(&name)?
        } else {
            resolved
        };
        (idx != HIDDEN).then_some(EntityIdx(idx))
    }

    /// Whether corrections touch an entity that was resolved, so that its names have other entities now.
    pub fn is_corrected(&self, resolved: EntityIdx) -> bool {
        !self.corrected.gone.is_empty() && self.corrected.gone.contains(&resolved.0)
    }

    /// The entities that were resolved and are no more as they were, in no order.
    pub fn corrected_entities(&self) -> impl Iterator<Item = EntityIdx> + '_ {
        self.corrected.gone.iter().map(|idx| EntityIdx(*idx))
    }

    /// The same as it was before any correction.
    pub fn uncorrected(&self) -> Self {
        Self {
            resolved: Arc::clone(&self.resolved),
            corrected: Corrected::default(),
        }
    }

    /// All entities: by kind, then by falling number of articles, then by name.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'_>> {
        Entities {
            registry: self,
            next_resolved: 0,
            next_corrected: 0,
            n_left: self.resolved.entities.len() - self.corrected.gone.len() + self.corrected.entities.len(),
        }
    }

    /// The number that every [`EntityIdx`] is less than; not all that are less are in use.
    pub fn n_numbers(&self) -> usize {
        self.resolved.entities.len() + self.corrected.entities.len()
    }

    /// The numbers of all entities that may be of a kind, in rising order: not all of them are.
    pub fn numbers_of(&self, kind: EntityKind) -> impl Iterator<Item = usize> + '_ {
        let resolved = &self.resolved.entities;
        let first = resolved.partition_point(|it| it.kind < kind);
        let end = resolved.partition_point(|it| it.kind <= kind);
        (first..end).chain(resolved.len()..self.n_numbers())
    }

    /// The entity with a number.
    pub fn get(&self, idx: EntityIdx) -> Option<Entity<'_>> {
        let is_used = (idx.0 as usize) < self.n_numbers() && !self.is_corrected(idx);
        is_used.then_some(Entity {
            registry: self,
            idx: idx.0 as usize,
        })
    }

    /// The entities of which a name holds all the words.
    pub fn entities_with(&self, wanted: &NameWords) -> BTreeSet<EntityIdx> {
        let names = self.resolution().names_with(wanted).into_iter();
        let by_name = names.filter_map(|name| self.entity_of_number(name));
        // What the user calls them stands in no article.
        let corrected = (self.resolved.entities.len()..self.n_numbers()).map(|idx| EntityIdx(idx as u32));
        let called_so = corrected.filter(|idx| self.get(*idx).is_some_and(|it| wanted.is_in(it.name())));
        by_name.chain(called_so).collect()
    }

    /// The entity with an id, be it its own or one that another of its names makes.
    pub fn find(&self, id: &EntityId) -> Option<EntityIdx> {
        if let Some(idx) = self.corrected.by_split_id.get(id) {
            return Some(EntityIdx(*idx));
        }
        let resolution = self.resolution();
        let group = group_of_id(resolution, id)?;
        let names = resolution.names_of(group);
        // Some spellings of the group may be split off: most of it decides.
        let whole = names.iter().copied().max_by_key(|&name| {
            let entity = self.entity_of_number(name).and_then(|it| self.get(it));
            let is_own = entity.is_some_and(|it| it.own_id().is_none());
            (is_own, resolution.names.articles(name), std::cmp::Reverse(name))
        });
        self.entity_of_number(whole?)
    }

    /// What the names that make an id are called, whatever was corrected; for a spelling that was split off, the
    /// spelling. Nothing if the archive does not hold it.
    pub fn form_of_id<'a>(&'a self, id: &'a EntityId) -> Option<&'a str> {
        if let Some((_, spelling)) = id.0.split_once('=') {
            return Some(spelling);
        }
        let resolution = self.resolution();
        let group = group_of_id(resolution, id)?;
        Some(
            resolution
                .names
                .form(shown_name(resolution, resolution.names_of(group))),
        )
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
        for doubt in &self.resolution().doubts {
            let of_group = |group: GroupNumber| self.entity_of_number(self.resolution().groups[group as usize].head);
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
            if it.is_joined() && it.own_id().is_none() {
                ids.0.insert(it.id());
            }
        }
        ids
    }
}

/// See [`Registry::entities`].
struct Entities<'a> {
    registry: &'a Registry,
    next_resolved: usize,
    next_corrected: usize,
    n_left: usize,
}

impl<'a> Iterator for Entities<'a> {
    type Item = Entity<'a>;

    fn next(&mut self) -> Option<Entity<'a>> {
        let registry = self.registry;
        let n_resolved = registry.resolved.entities.len();
        while registry.is_corrected(EntityIdx(self.next_resolved as u32)) {
            self.next_resolved += 1;
        }
        let corrected = registry.corrected.entities.get(self.next_corrected);
        let idx = match corrected {
            Some(it) if it.place as usize <= self.next_resolved => {
                self.next_corrected += 1;
                n_resolved + self.next_corrected - 1
            }
            _ if self.next_resolved < n_resolved => {
                self.next_resolved += 1;
                self.next_resolved - 1
            }
            _ => return None,
        };
        self.n_left -= 1;
        Some(Entity { registry, idx })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.n_left, Some(self.n_left))
    }
}

impl ExactSizeIterator for Entities<'_> {}

impl<'a> Entity<'a> {
    /// What corrections made of it, if they touch it.
    fn corrected(&self) -> Option<&'a CorrectedEntity> {
        let n_resolved = self.registry.resolved.entities.len();
        self.registry.corrected.entities.get(self.idx.checked_sub(n_resolved)?)
    }

    fn record(&self) -> &'a Record {
        match self.corrected() {
            Some(it) => &it.record,
            None => &self.registry.resolved.entities[self.idx],
        }
    }

    /// The number by which the registry knows it.
    pub fn idx(&self) -> EntityIdx {
        EntityIdx(self.idx as u32)
    }

    /// The id that does not follow from its names.
    fn own_id(&self) -> Option<&'a EntityId> {
        self.corrected()?.id.as_ref()
    }

    /// Its name in the program.
    pub fn id(&self) -> EntityId {
        match self.own_id() {
            Some(id) => id.clone(),
            None => id_of_group(self.registry.resolution(), self.record().anchor),
        }
    }

    /// Whether it has names of several groups.
    fn is_joined(&self) -> bool {
        let (anchor, group_of_name) = (self.record().anchor, &self.registry.resolution().group_of_name);
        self.names().iter().any(|name| group_of_name[*name as usize] != anchor)
    }

    /// The kind of thing.
    pub fn kind(&self) -> EntityKind {
        self.record().kind
    }

    /// What is shown: the name that the user gave, or the most frequent form that is a whole name.
    pub fn name(&self) -> &'a str {
        match self.corrected().and_then(|it| it.given_name.as_deref()) {
            Some(name) => name,
            None => self.registry.resolved.resolution.names.form(self.record().shown),
        }
    }

    /// The sum over its names of the articles that hold them: an upper bound, as two names may share an article.
    pub fn articles(&self) -> u64 {
        u64::from(self.record().articles)
    }

    /// Its names.
    pub fn names(&self) -> &'a [NameNumber] {
        let names = match self.corrected() {
            Some(_) => &self.registry.corrected.names,
            None => &self.registry.resolved.names,
        };
        self.record().names(names)
    }

    /// The form of each of its names with the number of articles that hold it. Two names may have the same form.
    pub fn forms(&self) -> impl Iterator<Item = (&'a str, u64)> {
        let table = &self.registry.resolved.resolution.names;
        let names = self.names().iter();
        names.map(move |&name| (table.form(name), u64::from(table.articles(name))))
    }

    /// All forms with the number of articles that hold them, by falling number, then in the order of letters.
    pub fn aliases(&self) -> Vec<(&'a str, u64)> {
        let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
        for (form, articles) in self.forms() {
            *forms.entry(form).or_default() += articles;
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
            .map(|name| self.registry.resolution().group_of_name[*name as usize])
            .collect();
        if groups.len() < 2 {
            return Vec::new();
        }
        let links = self.registry.resolution().links.iter();
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

/// The groups that are looked at: all, or those of some entities.
enum Scope {
    All,
    /// In rising order.
    Some(Vec<GroupNumber>),
}

impl Scope {
    fn of(resolved: &Resolved, entities: &HashSet<u32>) -> Self {
        let group_of_name = &resolved.resolution.group_of_name;
        let mut groups: Vec<GroupNumber> = entities
            .iter()
            .flat_map(|idx| resolved.entities[*idx as usize].names(&resolved.names))
            .map(|name| group_of_name[*name as usize])
            .collect();
        groups.sort_unstable();
        groups.dedup();
        Self::Some(groups)
    }

    /// The place of a group among those that are looked at.
    fn place(&self, group: GroupNumber) -> Option<usize> {
        match self {
            Self::All => Some(group as usize),
            Self::Some(groups) => groups.binary_search(&group).ok(),
        }
    }

    fn groups(&self, resolution: &Resolution) -> Vec<GroupNumber> {
        match self {
            Self::All => (0..resolution.groups.len() as GroupNumber).collect(),
            Self::Some(groups) => groups.clone(),
        }
    }

    /// The names in rising order.
    fn names(&self, resolution: &Resolution) -> Vec<NameNumber> {
        match self {
            Self::All => (0..resolution.names.len() as NameNumber).collect(),
            Self::Some(groups) => {
                let names = groups.iter().flat_map(|group| resolution.names_of(*group));
                let mut names: Vec<NameNumber> = names.copied().collect();
                names.sort_unstable();
                names
            }
        }
    }
}

/// Which groups and spellings bear one label: the working state while corrections are applied.
struct Labels<'a> {
    resolution: &'a Resolution,
    scope: Scope,
    /// For each group of the scope its label: the number of one of its groups.
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

impl<'a> Labels<'a> {
    fn new(resolution: &'a Resolution, corrections: &Corrections, scope: Scope) -> Self {
        let mut it = Self {
            resolution,
            of_group: join(resolution, corrections, &scope),
            scope,
            merged: HashMap::new(),
            of_name: HashMap::new(),
            split_ids: Vec::new(),
            names: HashMap::new(),
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

    fn root(&self, mut label: u32) -> u32 {
        while let Some(next) = self.merged.get(&label) {
            label = *next;
        }
        label
    }

    /// The label of a group that is looked at, before merging.
    fn own_label(&self, group: GroupNumber) -> Option<u32> {
        self.of_group.get(self.scope.place(group)?).copied()
    }

    /// The label of a name before merging.
    fn own_label_of_name(&self, name: NameNumber) -> Option<u32> {
        match self.of_name.get(&name) {
            Some(label) => Some(*label),
            None => self.own_label(self.resolution.group_of_name[name as usize]),
        }
    }

    fn label_of_name(&self, name: NameNumber) -> Option<u32> {
        self.own_label_of_name(name).map(|label| self.root(label))
    }

    fn split_label(&self, at: usize) -> u32 {
        (self.resolution.groups.len() + at) as u32
    }

    /// The label of the entity with an id; nothing if the archive does not hold it.
    fn find(&self, id: &EntityId) -> Option<u32> {
        if let Some(at) = self.split_ids.iter().position(|it| it == id) {
            return Some(self.root(self.split_label(at)));
        }
        let group = group_of_id(self.resolution, id)?;
        self.own_label(group).map(|label| self.root(label))
    }

    fn apply(&mut self, correction: &Correction) {
        match correction {
            Correction::Merge { from, into } => {
                if let (Some(from), Some(into)) = (self.find(from), self.find(into))
                    && from != into
                {
                    self.merged.insert(from, into);
                }
            }
            Correction::Split { from, spelling } => {
                let Some(label) = self.find(from) else {
                    return;
                };
                let names: Vec<NameNumber> = (self.scope.names(self.resolution).into_iter())
                    .filter(|&name| self.resolution.names.form(name) == spelling)
                    .filter(|&name| self.label_of_name(name) == Some(label))
                    .collect();
                let Some(first) = names.first() else { return };
                let id = split_id(self.resolution.names.kind(*first), spelling);
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
            // Taken into account where the links are followed.
            Correction::KeepApart { .. } => {}
        }
    }
}

/// Follows the links but for those that would join what the user keeps apart; for each group of the scope the least one
/// it is joined with.
fn join(resolution: &Resolution, corrections: &Corrections, scope: &Scope) -> Vec<u32> {
    let groups = scope.groups(resolution);
    // By places in the scope, which are in the order of the groups.
    let mut parents: Vec<u32> = (0..groups.len() as u32).collect();
    fn root(parents: &mut [u32], mut group: u32) -> u32 {
        while parents[group as usize] != group {
            parents[group as usize] = parents[parents[group as usize] as usize];
            group = parents[group as usize];
        }
        group
    }
    let place = |group: GroupNumber| scope.place(group).map(|place| place as u32);
    let apart: Vec<(u32, u32)> = (0..corrections.all().len())
        .filter(|idx| !corrections.is_overruled(*idx))
        .filter_map(|idx| match &corrections.all()[idx] {
            Correction::KeepApart { a, b } => {
                let of_id = |id: &EntityId| place(group_of_id(resolution, id)?);
                Some((of_id(a)?, of_id(b)?))
            }
            _ => None,
        })
        .collect();
    for link in &resolution.links {
        let (Some(from), Some(to)) = (place(link.from), place(link.to)) else {
            continue;
        };
        let (a, b) = (root(&mut parents, from), root(&mut parents, to));
        let is_forbidden = apart.iter().any(|&(c, d)| {
            let (c, d) = (root(&mut parents, c), root(&mut parents, d));
            (c, d) == (a, b) || (c, d) == (b, a)
        });
        if !is_forbidden {
            parents[a.max(b) as usize] = a.min(b);
        }
    }
    (0..parents.len() as u32)
        .map(|place| groups[root(&mut parents, place) as usize])
        .collect()
}

/// An entity in the making.
struct Draft {
    label: u32,
    record: Record,
}

/// Gathers the names of each label, in the order of labels; the second list has the names by drafts.
fn gather(labels: &Labels<'_>) -> (Vec<Draft>, Vec<NameNumber>) {
    let resolution = labels.resolution;
    let table = &resolution.names;
    let mut by_label: Vec<(u32, NameNumber)> = (labels.scope.names(resolution).into_iter())
        .filter_map(|name| Some((labels.label_of_name(name)?, name)))
        .filter(|(label, _)| !labels.hidden.contains(label))
        .collect();
    by_label.sort_unstable();
    // Names that were attached to fuller ones are not shown for them.
    let attached: HashSet<GroupNumber> = resolution
        .links
        .iter()
        .filter(|link| !matches!(link.reason, Reason::Spelling | Reason::SpellingAndContext))
        .map(|link| link.from)
        .filter(|group| labels.scope.place(*group).is_some())
        .collect();
    let (mut drafts, mut all_names) = (Vec::new(), Vec::with_capacity(by_label.len()));
    for names in by_label.chunk_by(|(a, _), (b, _)| a == b) {
        let label = names[0].0;
        let first = all_names.len() as u32;
        all_names.extend(names.iter().map(|(_, name)| *name));
        let numbers = &all_names[first as usize..];
        let own = |name: &NameNumber| {
            // Of merged entities the one that the user merged the others into gives its name.
            let group = resolution.group_of_name[*name as usize];
            (
                labels.own_label_of_name(*name) == Some(label),
                !attached.contains(&group),
            )
        };
        let best = numbers.iter().map(own).max().unwrap_or_default();
        let candidates: Vec<NameNumber> = numbers.iter().copied().filter(|name| own(name) == best).collect();
        let shown = shown_name(resolution, &candidates);
        let kind = match labels.kinds.get(&label) {
            Some(kind) => *kind,
            None => table.kind(shown),
        };
        let articles = numbers
            .iter()
            .fold(0_u32, |sum, &name| sum.saturating_add(table.articles(name)));
        let anchor = candidates
            .iter()
            .map(|name| resolution.group_of_name[*name as usize])
            .min_by_key(|group| resolution.key_of(*group))
            .unwrap_or_default();
        let record = Record {
            kind,
            anchor,
            shown,
            articles,
            first,
            n_names: names.len() as u32,
        };
        drafts.push(Draft { label, record });
    }
    (drafts, all_names)
}

/// The groups of an entity from which its id may be taken; none if it has no choice.
fn possible_anchors(draft: &Draft, names: &[NameNumber], labels: &Labels<'_>) -> BTreeSet<GroupNumber> {
    let is_split = labels.resolution.groups.len() <= draft.label as usize;
    if is_split || draft.record.n_names < 2 {
        return BTreeSet::new();
    }
    let groups: BTreeSet<GroupNumber> = (draft.record.names(names).iter())
        .filter(|name| !labels.of_name.contains_key(name))
        .map(|name| labels.resolution.group_of_name[*name as usize])
        // What the user merged into another gives up its id.
        .filter(|group| labels.own_label(*group) == Some(draft.label))
        .collect();
    if groups.len() < 2 { BTreeSet::new() } else { groups }
}

/// The order of entities: by kind, then by falling number of articles, then by name, then by what makes the id.
fn order(resolution: &Resolution, a: (&Record, &str), b: (&Record, &str)) -> std::cmp::Ordering {
    let ((x, x_name), (y, y_name)) = (a, b);
    (x.kind, y.articles)
        .cmp(&(y.kind, x.articles))
        .then_with(|| x_name.cmp(y_name))
        .then_with(|| resolution.key_of(x.anchor).cmp(resolution.key_of(y.anchor)))
}

impl Resolved {
    fn new(resolution: Arc<Resolution>, known_ids: &KnownIds, last: Option<&Registry>) -> Self {
        let labels = Labels::new(&resolution, &Corrections::default(), Scope::All);
        let (mut drafts, names) = gather(&labels);
        for draft in &mut drafts {
            let groups = possible_anchors(draft, &names, &labels);
            let known = groups
                .iter()
                .filter(|group| known_ids.0.contains(&id_of_group(&resolution, **group)))
                .min_by_key(|group| resolution.key_of(**group));
            let of_last = || {
                let articles = groups
                    .iter()
                    .filter_map(|group| Some((last?.articles_with_id_of(&resolution, *group)?, group)));
                articles
                    .max_by_key(|(articles, group)| (*articles, std::cmp::Reverse(resolution.key_of(**group))))
                    .map(|(_, group)| group)
            };
            if let Some(anchor) = known.or_else(of_last) {
                draft.record.anchor = *anchor;
            }
        }
        let name = |it: &Draft| resolution.names.form(it.record.shown);
        drafts.sort_by(|a, b| {
            let by_order = order(&resolution, (&a.record, name(a)), (&b.record, name(b)));
            by_order.then(a.label.cmp(&b.label))
        });
        let mut entity_of_name = vec![0; resolution.names.len()];
        for (idx, draft) in (0..).zip(&drafts) {
            for &name in draft.record.names(&names) {
                entity_of_name[name as usize] = idx;
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
    fn touched(&self, corrections: &Corrections) -> HashSet<u32> {
        let ids = corrections.all().iter().flat_map(|it| it.entities());
        let groups = ids.filter_map(|id| group_of_id(&self.resolution, id));
        groups
            .map(|group| self.entity_of_name[self.resolution.groups[group as usize].head as usize])
            .collect()
    }
}

impl Corrected {
    /// What corrections make of the entities of `touched`, which are all that they name.
    ///
    /// Links join names of one entity only, and corrections join entities that they name: so nothing outside of
    /// `touched` needs to be looked at.
    fn new(resolved: &Resolved, corrections: &Corrections, touched: HashSet<u32>) -> Self {
        if touched.is_empty() {
            return Self::default();
        }
        let resolution = &resolved.resolution;
        let labels = Labels::new(resolution, corrections, Scope::of(resolved, &touched));
        let (mut drafts, names) = gather(&labels);
        let anchors: HashSet<GroupNumber> = touched
            .iter()
            .map(|idx| resolved.entities[*idx as usize].anchor)
            .collect();
        for draft in &mut drafts {
            let groups = possible_anchors(draft, &names, &labels);
            let kept = groups.iter().filter(|group| anchors.contains(group));
            if let Some(anchor) = kept.min_by_key(|group| resolution.key_of(**group)) {
                draft.record.anchor = *anchor;
            }
        }
        let given_name = |it: &Draft| labels.names.get(&it.label);
        let name = |it: &Draft| given_name(it).map_or_else(|| resolution.names.form(it.record.shown), String::as_str);
        drafts.sort_by(|a, b| {
            let by_order = order(resolution, (&a.record, name(a)), (&b.record, name(b)));
            by_order.then(a.label.cmp(&b.label))
        });
        let mut it = Self {
            entity_of_name: labels
                .scope
                .names(resolution)
                .into_iter()
                .map(|name| (name, HIDDEN))
                .collect(),
            ..Self::default()
        };
        for (idx, draft) in (resolved.entities.len() as u32..).zip(&drafts) {
            let names = draft.record.names(&names);
            it.entity_of_name.extend(names.iter().map(|name| (*name, idx)));
            let is_before = |other: &Record| {
                let other = (other, resolution.names.form(other.shown));
                order(resolution, other, (&draft.record, name(draft))).is_lt()
            };
            let split = (draft.label as usize).checked_sub(resolution.groups.len());
            it.entities.push(CorrectedEntity {
                place: resolved.entities.partition_point(is_before) as u32,
                id: split.map(|at| labels.split_ids[at].clone()),
                given_name: given_name(draft).cloned(),
                record: draft.record.clone(),
            });
        }
        // An id that was split off and merged away leads to where it went.
        for (at, id) in labels.split_ids.iter().enumerate() {
            let label = labels.split_label(at);
            let name = labels
                .of_name
                .iter()
                .find(|(_, it)| **it == label)
                .map(|(name, _)| name);
            if let Some(idx) = name
                .and_then(|name| it.entity_of_name.get(name))
                .filter(|it| **it != HIDDEN)
            {
                it.by_split_id.insert(id.clone(), *idx);
            }
        }
        it.names = names;
        it.gone = touched;
        it
    }
}

impl Registry {
    /// The number of articles of the entity that had its id from the same group as `group` of another resolution.
    fn articles_with_id_of(&self, other: &Resolution, group: GroupNumber) -> Option<u64> {
        let resolution = self.resolution();
        let own = resolution.group_of(other.kind_of(group), other.key_of(group))?;
        let entity = self.get(self.entity_of_number(resolution.groups[own as usize].head)?)?;
        (entity.record().anchor == own).then(|| entity.articles())
    }
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
            let corrected = registry.corrected(corrections);
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
            let corrected = registry.corrected(&corrections);
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
            let registry = registry.corrected(corrections);
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
            let before = (registry.corrected(&corrections), corrections.clone());
            if corrections.add(any_correction(&ids, last)) {
                // What was corrected is still counted, but for what was hidden.
                let corrected = registry.corrected(&corrections);
                let total = |it: &Registry| it.entities().map(|it| it.articles()).sum::<u64>();
                proptest::prop_assert!(total(&corrected) <= total(&registry));
                corrections.remove(corrections.all().len() - 1);
            }
            let after = registry.corrected(&corrections);
            proptest::prop_assert_eq!(printed(&before.0), printed(&after));
            proptest::prop_assert_eq!(before.1, corrections);
        }

        #[test]
        fn correcting_what_is_touched_is_correcting_all(
            counts in proptest::collection::vec(0_u64..12, FORMS.len()),
            made in proptest::collection::vec(proptest::prelude::any::<(u8, usize, usize)>(), 1..7),
        ) {
            let mut registry = Registry::resolve(&counted(&counts));
            let ids: Vec<EntityId> = registry.entities().map(|it| it.id()).collect();
            proptest::prop_assume!(!ids.is_empty());
            let mut corrections = Corrections::default();
            for numbers in made {
                corrections.add(any_correction(&ids, numbers));
                registry = registry.corrected(&corrections);
                let all = (0..registry.resolved.entities.len() as u32).collect();
                let whole = Registry {
                    corrected: Corrected::new(&registry.resolved, &corrections, all),
                    ..registry.clone()
                };
                proptest::prop_assert_eq!(printed(&registry), printed(&whole));
                proptest::prop_assert_eq!(registry.entities().len(), registry.entities().count());
                for name in 0..registry.resolution().names.len() as NameNumber {
                    let id = |registry: &Registry| {
                        let idx = registry.entity_of_number(name)?;
                        registry.get(idx).map(|it| (it.idx(), it.id())).filter(|it| it.0 == idx).map(|it| it.1)
                    };
                    proptest::prop_assert_eq!(id(&registry), id(&whole));
                }
                for id in &ids {
                    let found = |registry: &Registry| Some(registry.get(registry.find(id)?)?.id());
                    proptest::prop_assert_eq!(found(&registry), found(&whole));
                }
            }
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

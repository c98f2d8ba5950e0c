//! The entities of an archive: resolved names with the user's corrections.
//!
//! The index stores names; the registry says what they refer to, so a correction affects every count at once. The
//! resolved entities are kept unchanged; beside them are the few that corrections touch, and only these are recomputed.
//!
//! | file | is |
//! |---|---|
//! | `id` | the ids of entities, in memory and on disk |
//! | `entity` | one entity |
//! | `labels` | applies corrections to links: which names are one |
//! | `gather` | from labels to entities |
//! | `resolved`, `corrected` | the entities before corrections, and those that these touch |

mod corrected;
mod entity;
mod gather;
mod id;
mod labels;
mod resolved;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::correct::{Correction, Corrections};
use super::latin::is_latin;
use super::name_table::{NameNumber, NameTable, NoArticles};
use super::name_words::NameWords;
use super::resolve::{GroupNumber, Groups, Reason, Resolution};
use super::{EntityKind, Name};

use corrected::Corrected;
use gather::shown_name;
use resolved::Resolved;

pub use entity::Entity;
pub use id::{EntityId, EntityIdx, KnownIds};

/// Two entities that may be one, for a person to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The one with more articles.
    pub into: EntityId,
    /// The other.
    pub from: EntityId,
    /// The evidence.
    pub reason: Reason,
    /// The certainty; for spellings, in log-odds.
    pub score: f32,
}

/// Names and their entities. Cheap to clone, except for what corrections touch.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    resolved: Arc<Resolved>,
    corrected: Corrected,
}

impl Registry {
    /// Resolves names, given with their numbers of articles, without further evidence.
    pub fn resolve(names: &[(Name, u64)]) -> Self {
        let names = Arc::new(NameTable::of_counts(names));
        let resolution = Arc::new(Resolution::new(names, &NoArticles, None, None));
        Self::new(resolution, &Corrections::default(), &KnownIds::default(), None)
    }

    /// The entities of resolved names, with corrections.
    ///
    /// Entities that have one of `known_ids` keep it. `last` is the registry of an earlier state of the archive: its
    /// entities keep their ids, too.
    pub fn new(
        resolution: Arc<Resolution>,
        corrections: &Corrections,
        known_ids: &KnownIds,
        last: Option<&Self>,
    ) -> Self {
        let articles_with_id = |groups: &Groups, group| last?.articles_with_id_of(groups, group);
        let it = Self {
            resolved: Arc::new(Resolved::new(resolution, known_ids, articles_with_id)),
            corrected: Corrected::default(),
        };
        it.corrected(corrections)
    }

    /// The same names with other corrections, which replace the present ones.
    ///
    /// The cost depends on the entities that these corrections name, not on the archive. Every entity keeps its id,
    /// except those that are merged into others or split off.
    pub fn corrected(&self, corrections: &Corrections) -> Self {
        let touched = self.resolved.touched(corrections);
        Self {
            resolved: Arc::clone(&self.resolved),
            corrected: Corrected::new(&self.resolved, corrections, touched),
        }
    }

    /// The resolved names, before any correction.
    pub fn resolution(&self) -> &Arc<Resolution> {
        &self.resolved.resolution
    }

    /// The entity that a name refers to; `None` if it is unknown or hidden.
    pub fn entity_of(&self, name: &Name) -> Option<EntityIdx> {
        let groups = &self.resolution().groups;
        let group = groups.find(name.kind, &name.key)?;
        let names = groups.names_of(group);
        let same_form = names.iter().find(|it| groups.names().form(**it) == name.form);
        // A form that is in no article yet belongs where the group's most frequent form does.
        let number = same_form.copied().unwrap_or(groups.head_of(group));
        self.entity_of_number(number)
    }

    /// The entity of a name of the table; `None` if it is hidden.
    pub fn entity_of_number(&self, name: NameNumber) -> Option<EntityIdx> {
        let resolved = *self.resolved.entity_of_name.get(name.idx())?;
        if self.is_corrected(resolved) {
            *self.corrected.entity_of_name.get(&name)?
        } else {
            Some(resolved)
        }
    }

    /// Whether corrections replace a resolved entity, so that its names belong to others now.
    pub fn is_corrected(&self, resolved: EntityIdx) -> bool {
        !self.corrected.gone.is_empty() && self.corrected.gone.contains(&resolved)
    }

    /// The resolved entities that corrections replace, unsorted.
    pub fn corrected_entities(&self) -> impl Iterator<Item = EntityIdx> + '_ {
        self.corrected.gone.iter().copied()
    }

    /// The registry without any corrections.
    pub fn uncorrected(&self) -> Self {
        Self {
            resolved: Arc::clone(&self.resolved),
            corrected: Corrected::default(),
        }
    }

    /// All entities: by kind, then from the most to the fewest articles, then by name.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'_>> {
        Entities {
            registry: self,
            next_resolved: 0,
            next_corrected: 0,
            n_left: self.resolved.entities.len() - self.corrected.gone.len() + self.corrected.entities.len(),
        }
    }

    /// One more than the greatest [`EntityIdx`]; not all numbers below it are in use.
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

    /// The entity with a number; `None` if corrections replaced it.
    pub fn get(&self, idx: EntityIdx) -> Option<Entity<'_>> {
        let is_used = idx.idx() < self.n_numbers() && !self.is_corrected(idx);
        is_used.then(|| self.entity(idx))
    }

    /// The entity with a number that is in use.
    fn entity(&self, idx: EntityIdx) -> Entity<'_> {
        let resolution = &self.resolved.resolution;
        match idx.idx().checked_sub(self.resolved.entities.len()) {
            None => Entity {
                idx,
                resolution,
                record: &self.resolved.entities[idx.idx()],
                all_names: &self.resolved.names,
                own_id: None,
                given_name: None,
                given_latin: None,
            },
            Some(at) => {
                let it = &self.corrected.entities[at];
                Entity {
                    idx,
                    resolution,
                    record: &it.record,
                    all_names: &self.corrected.names,
                    own_id: it.id.as_ref(),
                    given_name: it.given_name.as_deref(),
                    given_latin: it.given_latin.as_deref(),
                }
            }
        }
    }

    /// The entities with a name that has all the words.
    pub fn entities_with(&self, wanted: &NameWords) -> BTreeSet<EntityIdx> {
        let names = self.resolution().names_with(wanted).into_iter();
        let by_name = names.filter_map(|name| self.entity_of_number(name));
        // Names given by the user are in no article.
        let corrected = (self.resolved.entities.len()..self.n_numbers()).map(EntityIdx::of_idx);
        let is_called_so =
            |it: Entity<'_>| wanted.is_in(it.name()) || it.given_latin.is_some_and(|it| wanted.is_in(it));
        let called_so = corrected.filter(|idx| self.get(*idx).is_some_and(is_called_so));
        by_name.chain(called_so).collect()
    }

    /// The entities that a text in Latin letters may spell, each with its score: the likeliest first, of equals that
    /// with more articles, then in the order of [`Registry::entities`]. None for a text in Arabic letters.
    ///
    /// `is_open`: the last word may be only a prefix. A score is a natural log-likelihood, to which the number of articles
    /// adds: of «سعيد» and «سيد», "Said" is rather the one that the archive writes about. It says nothing of whether two
    /// entities are one.
    pub fn entities_in_latin(&self, text: &str, is_open: bool) -> Vec<(EntityIdx, f32)> {
        /// How much ten times as many articles add, in natural log-odds: as much as one Latin letter that is unusual. A guess.
        const WORTH_OF_TENFOLD: f32 = 1.2;

        if !is_latin(text) {
            return Vec::new();
        }
        let mut scores: BTreeMap<EntityIdx, f32> = BTreeMap::new();
        for found in self.resolution().names_in_latin(text, is_open) {
            if let Some(idx) = self.entity_of_number(found.name) {
                let score = scores.entry(idx).or_insert(f32::NEG_INFINITY);
                *score = score.max(found.score);
            }
        }
        let prior = |idx: EntityIdx| {
            let articles = self.get(idx).map_or(0, |it| it.articles());
            WORTH_OF_TENFOLD * (articles as f32 + 1.0).log10()
        };
        let mut found: Vec<(EntityIdx, f32)> = scores
            .into_iter()
            .map(|(idx, score)| (idx, score + prior(idx)))
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    /// The entities that a text names: those with a name that has all its words, and those that it surely spells if it is
    /// in Latin letters; see [`Registry::entities_in_latin`].
    pub fn entities_called(&self, text: &str, is_open: bool) -> BTreeSet<EntityIdx> {
        /// Less likely ones than the best by more than this are not meant, in natural log-odds. A guess.
        const SURELY: f32 = 3.0;

        let mut entities = self.entities_with(&NameWords::new(text, is_open));
        let in_latin = self.entities_in_latin(text, is_open);
        let least = in_latin.first().map_or(0.0, |it| it.1) - SURELY;
        entities.extend(in_latin.into_iter().filter(|it| least <= it.1).map(|it| it.0));
        entities
    }

    /// The entity with an id, which can be that of any of its names.
    pub fn find(&self, id: &EntityId) -> Option<EntityIdx> {
        if let Some(idx) = self.corrected.by_split_id.get(id) {
            return Some(*idx);
        }
        let groups = &self.resolution().groups;
        let names = groups.names_of(id.group(groups)?);
        // Some spellings of the group may be split off: the majority decides.
        let whole = names.iter().copied().max_by_key(|&name| {
            let entity = self.entity_of_number(name).and_then(|it| self.get(it));
            let is_own = entity.is_some_and(|it| it.own_id.is_none());
            (is_own, groups.names().articles(name), Reverse(name))
        });
        self.entity_of_number(whole?)
    }

    /// The form of the name that an id is made of, whatever was corrected; for a spelling that was split off, the
    /// spelling. `None` if the archive does not have it.
    pub fn form_of_id<'a>(&'a self, id: &'a EntityId) -> Option<&'a str> {
        if let Some(spelling) = id.split_spelling() {
            return Some(spelling);
        }
        let groups = &self.resolution().groups;
        let names = groups.names_of(id.group(groups)?);
        Some(groups.names().form(shown_name(groups, names)))
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
            let head_of = |group: GroupNumber| self.resolution().groups.head_of(group);
            let of_group = |group: GroupNumber| self.entity_of_number(head_of(group));
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

    /// The ids to store for the next time: known ones, and those of all entities with several names.
    pub fn ids_to_keep(&self, known_ids: &KnownIds) -> KnownIds {
        let mut ids = known_ids.clone();
        for it in self.entities() {
            if it.is_joined() && it.own_id.is_none() {
                ids.0.insert(it.id());
            }
        }
        ids
    }

    /// The number of articles of the entity that had its id from the same group as `group` of another resolution.
    fn articles_with_id_of(&self, other: &Groups, group: GroupNumber) -> Option<u64> {
        let groups = &self.resolution().groups;
        let own = groups.find(other.kind_of(group), other.key_of(group))?;
        let entity = self.get(self.entity_of_number(groups.head_of(own))?)?;
        (entity.record.anchor == own).then(|| entity.articles())
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
        while registry.is_corrected(EntityIdx::of_idx(self.next_resolved)) {
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
        Some(registry.entity(EntityIdx::of_idx(idx)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.n_left, Some(self.n_left))
    }
}

impl ExactSizeIterator for Entities<'_> {}

fn ordered(a: EntityIdx, b: EntityIdx) -> (EntityIdx, EntityIdx) {
    (a.min(b), a.max(b))
}

//! Identifiers of entities: ids, which are stable when the archive is read again, and numbers, which are not.

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::resolve::{GroupNumber, Groups};

/// Identifies an entity by its kind when it was found and one of its names; stable when the archive is read again.
///
/// An id made of any of its names finds the entity ([`Registry::find`](crate::entities::Registry::find)). A spelling
/// that was split off has «=» in place of «:».
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct EntityId(pub String);

/// The number of an entity in one registry. Not its place in the order of entities: those that corrections touch are
/// numbered after all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIdx(pub u32);

/// The ids that entities with several names have had. Stored with the archive, so that an entity keeps its id when it
/// gets another spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KnownIds(pub BTreeSet<EntityId>);

impl EntityId {
    /// The id of a spelling that was split off.
    pub fn of_split(kind: EntityKind, spelling: &str) -> Self {
        Self(format!("{}={spelling}", kind.word()))
    }

    /// The id made of a group: of its least key, not of the most frequent one, as counts change and the id should not.
    pub fn of_group(groups: &Groups, group: GroupNumber) -> Self {
        let names = groups.names_of(group).iter();
        let key = names.map(|&name| groups.names().key(name)).min().unwrap_or_default();
        Self(format!("{}:{key}", groups.kind_of(group).word()))
    }

    /// The group that has the name in the id; `None` if there is none, or if the id is that of a split-off spelling.
    pub fn group(&self, groups: &Groups) -> Option<GroupNumber> {
        let (kind, key) = self.0.split_once(':')?;
        groups.find(EntityKind::of_word(kind)?, key)
    }

    /// The spelling, if the id is that of one that was split off.
    pub fn split_spelling(&self) -> Option<&str> {
        Some(self.0.split_once('=')?.1)
    }
}

impl EntityIdx {
    /// The entity with a place in a list of entities.
    pub fn of_idx(idx: usize) -> Self {
        Self(idx as u32)
    }

    /// As an index into a list of entities.
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

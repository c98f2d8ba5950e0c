//! One entity: its stored record, and a view of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::entities::EntityKind;
use crate::entities::latin::{Latin, LatinForm, LatinSource};
use crate::entities::name_table::NameNumber;
use crate::entities::resolve::{GroupNumber, Reason, Resolution};

use super::id::{EntityId, EntityIdx};

/// The stored part of an entity; see [`Entity`] for the rest.
#[derive(Clone, Debug)]
pub struct EntityRecord {
    /// What the entity is.
    pub kind: EntityKind,
    /// The group whose key makes the id.
    pub anchor: GroupNumber,
    /// The name whose form is shown.
    pub shown: NameNumber,
    /// The sum over its names.
    pub articles: u32,
    /// Where its names begin in the list of names by entities.
    pub first: u32,
    /// The number of its names.
    pub n_names: u32,
}

impl EntityRecord {
    /// Its names, in rising order, in the list of all names by entities.
    pub fn names<'a>(&self, names: &'a [NameNumber]) -> &'a [NameNumber] {
        &names[self.first as usize..(self.first + self.n_names) as usize]
    }
}

/// What one or more names refer to: a view into the registry.
#[derive(Clone, Copy)]
pub struct Entity<'a> {
    pub(super) idx: EntityIdx,
    pub(super) resolution: &'a Resolution,
    pub(super) record: &'a EntityRecord,
    /// The list that [`EntityRecord::names`] is a part of.
    pub(super) all_names: &'a [NameNumber],
    /// The id, if it does not follow from the anchor.
    pub(super) own_id: Option<&'a EntityId>,
    /// The name that the user gave.
    pub(super) given_name: Option<&'a str>,
    /// The name in Latin letters that the user gave.
    pub(super) given_latin: Option<&'a str>,
}

impl<'a> Entity<'a> {
    /// Its number in this registry; not stable, see [`Entity::id`].
    pub fn idx(&self) -> EntityIdx {
        self.idx
    }

    /// Its id, which stays the same when it gets more names or the archive is read again.
    pub fn id(&self) -> EntityId {
        match self.own_id {
            Some(id) => id.clone(),
            None => EntityId::of_group(&self.resolution.groups, self.record.anchor),
        }
    }

    /// Whether it has names of several groups.
    pub(super) fn is_joined(&self) -> bool {
        let (anchor, groups) = (self.record.anchor, &self.resolution.groups);
        self.names().iter().any(|name| groups.of_name(*name) != anchor)
    }

    /// Its kind, as recognised or as the user corrected it.
    pub fn kind(&self) -> EntityKind {
        self.record.kind
    }

    /// The name to show: the user's, or the most frequent form that is a whole name.
    pub fn name(&self) -> &'a str {
        match self.given_name {
            Some(name) => name,
            None => self.resolution.groups.names().form(self.record.shown),
        }
    }

    /// The sum of its names' articles: an upper bound, as two names may share an article.
    pub fn articles(&self) -> u64 {
        u64::from(self.record.articles)
    }

    /// Its names, in rising order.
    pub fn names(&self) -> &'a [NameNumber] {
        self.record.names(self.all_names)
    }

    /// The form of each of its names with its number of articles. Two names may have the same form.
    pub fn forms(&self) -> impl Iterator<Item = (&'a str, u64)> {
        let table = self.resolution.groups.names();
        let names = self.names().iter();
        names.map(move |&name| (table.form(name), u64::from(table.articles(name))))
    }

    /// All forms with their numbers of articles, by falling number, then alphabetically.
    pub fn aliases(&self) -> Vec<(&'a str, u64)> {
        let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
        for (form, articles) in self.forms() {
            *forms.entry(form).or_default() += articles;
        }
        let mut aliases: Vec<(&str, u64)> = forms.into_iter().collect();
        aliases.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        aliases
    }

    /// Its name in Latin letters: the user's, else the form that most of its articles write, else, for a person, that of the name shown by
    /// lists and rules. `None` for what is translated rather than spelled, and for a name without Arabic letters.
    pub fn latin_form(&self) -> Option<LatinForm> {
        if let Some(given) = self.given_latin {
            return Some(LatinForm {
                text: given.to_owned(),
                source: LatinSource::User,
            });
        }
        let table = self.resolution.groups.names();
        let mut written: BTreeMap<&str, u32> = BTreeMap::new();
        for name in self.names() {
            for (form, articles) in table.latin(*name) {
                *written.entry(form).or_default() += articles;
            }
        }
        // Of equally frequent ones, the longest, which is the fullest, then the first alphabetically.
        let most = written
            .iter()
            .max_by_key(|(form, articles)| (**articles, form.len(), Reverse(**form)));
        match most {
            Some((form, _)) => Some(LatinForm {
                text: (*form).to_owned(),
                source: LatinSource::Written,
            }),
            None if self.kind() == EntityKind::Person => Latin::built_in().form_of(self.name()),
            None => None,
        }
    }

    /// Why its names are one: each reason once, in the order of [`Reason`].
    pub fn reasons(&self) -> Vec<Reason> {
        let names = self.names().iter();
        let groups: BTreeSet<GroupNumber> = names.map(|name| self.resolution.groups.of_name(*name)).collect();
        if groups.len() < 2 {
            return Vec::new();
        }
        let links = self.resolution.links.iter();
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

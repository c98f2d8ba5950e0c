//! Groups names that differ only in orthography: the first step of resolving.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::entities::EntityKind;
use crate::entities::name_table::{NameNumber, NameTable};

/// «سانت», a saint in the names of places, and how it is written as often.
pub const SAINT: (&str, &str) = ("سانت", "سان");

/// The number of a group in [`Groups`], from 0. Not stable: it changes whenever names are resolved again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupNumber(u32);

impl GroupNumber {
    /// The group with a place in a list of groups.
    pub fn of_idx(idx: usize) -> Self {
        Self(idx as u32)
    }

    /// As an index into a list of groups.
    pub fn idx(self) -> usize {
        self.0 as usize
    }
}

/// The names of an archive in groups, numbered in the order of their first names.
#[derive(Debug, Default)]
pub struct Groups {
    names: Arc<NameTable>,
    groups: Vec<Group>,
    of_name: Vec<GroupNumber>,
    names_by_group: Vec<NameNumber>,
    /// By the hash of kind and tight key.
    by_hash: HashMap<u64, GroupNumber, PlainHash>,
}

#[derive(Clone, Debug)]
struct Group {
    /// The name with the most articles; of equals, the first by key and form.
    head: NameNumber,
    /// The sum over its names.
    articles: u32,
    /// Where its names begin in [`Groups::names_by_group`].
    first: u32,
    n_names: u32,
}

/// For maps whose keys are hashes and so well mixed already.
pub type PlainHash = BuildHasherDefault<Plain>;

/// See [`PlainHash`].
#[derive(Default)]
pub struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

impl Groups {
    /// Groups the names.
    pub fn new(names: Arc<NameTable>) -> Self {
        let n_names = names.len();
        let mut by_hash: HashMap<u64, GroupNumber, PlainHash> = HashMap::default();
        let mut groups: Vec<Group> = Vec::new();
        let mut of_name: Vec<GroupNumber> = Vec::with_capacity(n_names);
        for name in names.numbers() {
            let hash = tight_hash(names.kind(name), names.key(name));
            let group = *by_hash.entry(hash).or_insert_with(|| {
                groups.push(Group {
                    head: name,
                    articles: 0,
                    first: 0,
                    n_names: 0,
                });
                GroupNumber::of_idx(groups.len() - 1)
            });
            of_name.push(group);
            let it = &mut groups[group.idx()];
            it.n_names += 1;
            it.articles = it.articles.saturating_add(names.articles(name));
            let order = |name: NameNumber| (Reverse(names.articles(name)), names.key(name), names.form(name));
            if order(name) < order(it.head) {
                it.head = name;
            }
        }
        let mut first = 0;
        for it in &mut groups {
            it.first = first;
            first += it.n_names;
        }
        let mut next: Vec<u32> = groups.iter().map(|it| it.first).collect();
        let mut names_by_group = vec![NameNumber::default(); n_names];
        for (name, group) in names.numbers().zip(&of_name) {
            let slot = &mut next[group.idx()];
            names_by_group[*slot as usize] = name;
            *slot += 1;
        }
        Self {
            names,
            groups,
            of_name,
            names_by_group,
            by_hash,
        }
    }

    /// The names that were grouped.
    pub fn names(&self) -> &NameTable {
        &self.names
    }

    /// The number of groups.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// All numbers, in rising order.
    pub fn numbers(&self) -> impl Iterator<Item = GroupNumber> + use<> {
        (0..self.groups.len()).map(GroupNumber::of_idx)
    }

    /// The group of a name.
    pub fn of_name(&self, name: NameNumber) -> GroupNumber {
        self.of_name[name.idx()]
    }

    /// The group of a kind and a key.
    pub fn find(&self, kind: EntityKind, key: &str) -> Option<GroupNumber> {
        self.find_hash(tight_hash(kind, key))
    }

    /// The group with a [`Groups::hash_of`].
    pub fn find_hash(&self, hash: u64) -> Option<GroupNumber> {
        self.by_hash.get(&hash).copied()
    }

    /// The names of a group, in rising order.
    pub fn names_of(&self, group: GroupNumber) -> &[NameNumber] {
        let it = &self.groups[group.idx()];
        &self.names_by_group[it.first as usize..(it.first + it.n_names) as usize]
    }

    /// The name with the most articles.
    pub fn head_of(&self, group: GroupNumber) -> NameNumber {
        self.groups[group.idx()].head
    }

    /// The kind of a group's names.
    pub fn kind_of(&self, group: GroupNumber) -> EntityKind {
        self.names.kind(self.head_of(group))
    }

    /// The key of a group's most frequent name.
    pub fn key_of(&self, group: GroupNumber) -> &str {
        self.names.key(self.head_of(group))
    }

    /// The sum of its names' articles.
    pub fn articles_of(&self, group: GroupNumber) -> u32 {
        self.groups[group.idx()].articles
    }

    /// Identifies a group across resolutions, in which its number changes.
    pub fn hash_of(&self, group: GroupNumber) -> u64 {
        tight_hash(self.kind_of(group), self.key_of(group))
    }

    /// A hash of the articles with a group's names.
    pub fn digest_of(&self, group: GroupNumber) -> u64 {
        let names = self.names_of(group).iter();
        names.fold(0_u64, |sum, &name| sum.wrapping_add(self.names.digest(name)))
    }
}

/// A hash of a kind and a key without what is optional in writing: spaces, hyphens, the «ت» of «سانت بطرسبرغ», and «بن»
/// in names of three or more parts. «عمر عبد العزيز» is not «عمر بن عبد العزيز».
pub fn tight_hash(kind: EntityKind, key: &str) -> u64 {
    let seed = kind as u64;
    if !key.contains([' ', '-']) {
        return xxh3_64_with_seed(key.as_bytes(), seed);
    }
    let mut tight = String::with_capacity(key.len());
    let words = || key.split([' ', '-']).filter(|it| !it.is_empty());
    let is_bin = |word: &str| matches!(word, "بن" | "ابن");
    let n_parts = words()
        .filter(|it| !is_bin(it) && !matches!(*it, "عبد" | "ابو" | "ابي" | "ال"))
        .count();
    let n_words = words().count();
    for (at, word) in words().enumerate() {
        if at + 1 < n_words && word == SAINT.0 {
            tight.push_str(SAINT.1);
        } else if !(at != 0 && 3 <= n_parts && is_bin(word)) {
            tight.push_str(word);
            // «عبد الله آل ثاني» is not «عبد الله الثاني».
            if word == "ال" {
                tight.push(' ');
            }
        }
    }
    xxh3_64_with_seed(tight.as_bytes(), seed)
}

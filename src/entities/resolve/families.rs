//! The groups that are joined so far.

use std::cmp::Reverse;

use crate::entities::forest::Forest;

use super::groups::{GroupNumber, Groups};
use super::link::Link;

/// Groups that links joined: the root of a family is the one to which all others were attached.
pub struct Families(Forest<GroupNumber>);

impl Families {
    /// The families formed by spellings. The root is the name with the most articles.
    pub fn new(groups: &Groups, spellings: &[Link]) -> Self {
        let mut forest = Forest::default();
        for link in spellings {
            let (a, b) = (forest.root(link.from), forest.root(link.to));
            let order = |group: GroupNumber| (Reverse(groups.articles_of(group)), groups.key_of(group));
            let (root, other) = if order(a) <= order(b) { (a, b) } else { (b, a) };
            forest.join(other, root);
        }
        Self(forest)
    }

    /// The root of a group's family.
    pub fn root(&self, group: GroupNumber) -> GroupNumber {
        self.0.root(group)
    }

    /// Joins a family to another, unless they are one or the first was already joined to another: a name that could
    /// belong to two never joins those. Returns whether it did.
    pub fn attach(&mut self, link: &Link) -> bool {
        let (from_root, to_root) = (self.root(link.from), self.root(link.to));
        let is_free = from_root == link.from && to_root != link.from;
        if is_free {
            self.0.join(link.from, to_root);
        }
        is_free
    }
}

//! A union-find whose caller chooses which of two roots represents both.
//!
//! Not for sets whose representative does not matter: `petgraph`'s union-find chooses it itself.

use std::collections::HashMap;
use std::hash::Hash;

/// Trees of joined items: each knows a step towards its root, and an item that was never joined is its own root.
#[derive(Debug)]
pub struct Forest<T> {
    parents: HashMap<T, T>,
}

impl<T> Default for Forest<T> {
    fn default() -> Self {
        Self {
            parents: HashMap::new(),
        }
    }
}

impl<T: Copy + Eq + Hash> Forest<T> {
    /// The root that represents everything joined with `it`.
    pub fn root(&self, mut it: T) -> T {
        while let Some(parent) = self.parents.get(&it) {
            it = *parent;
        }
        it
    }

    /// Joins a root to another, which then represents both. Joining a root to itself does nothing.
    pub fn join(&mut self, root: T, to: T) {
        if root != to {
            self.parents.insert(root, to);
        }
    }
}

//! Who was joined to whom, where it matters which of two stands for both.
//!
//! Not for sets whose members are all the same: `petgraph`'s union-find chooses the one that stands for a set itself.

use std::collections::HashMap;
use std::hash::Hash;

/// Trees of what was joined: each knows one step towards its root, and what was never joined is one itself.
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
    /// What stands for all that was joined with `it`.
    pub fn root(&self, mut it: T) -> T {
        while let Some(parent) = self.parents.get(&it) {
            it = *parent;
        }
        it
    }

    /// Joins a root to another, which stands for both from now on. A root that is joined to itself stays one.
    pub fn join(&mut self, root: T, to: T) {
        if root != to {
            self.parents.insert(root, to);
        }
    }
}

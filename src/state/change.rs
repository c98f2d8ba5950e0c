//! What was changed in a value that several windows and processes change, each knowing only its own state of it.

use std::mem;

/// What leads from one state of a value to another. It can be done to a third state that others have changed meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<T> {
    /// The state that was known.
    pub before: T,
    /// The state that is wanted in its place.
    pub after: T,
}

/// A value in which changes made in different places can be brought together.
pub trait Merge: Clone + PartialEq {
    /// Does to this state what leads from `before` to `after`, and leaves alone what these agree on.
    fn merge(&mut self, before: &Self, after: &Self);
}

impl<T: Merge> Change<T> {
    /// Does the change to a state.
    pub fn apply_to(&self, current: &mut T) {
        if *current == self.before {
            current.clone_from(&self.after);
        } else if self.before != self.after {
            current.merge(&self.before, &self.after);
        }
    }

    /// This change and one that was made after it, as one.
    pub fn then(self, later: Self) -> Self {
        Self {
            before: self.before,
            after: later.after,
        }
    }

    /// What remains to be done to `after` so that it becomes `current`; nothing if it is that already.
    pub fn to_reach(after: T, current: T) -> Option<Self> {
        (after != current).then_some(Self {
            before: after,
            after: current,
        })
    }
}

/// Merges the order in which things were used, the latest first and at most `max` of them: what was used or dropped
/// between `before` and `after` is used or dropped in `current`.
///
/// `same` tells whether two stand for the same thing, of which one was used again.
pub(super) fn merge_recent<T: Clone + PartialEq>(
    current: &mut Vec<T>,
    before: &[T],
    after: &[T],
    max: usize,
    same: impl Fn(&T, &T) -> bool,
) {
    // What fell off the end was not dropped by anyone.
    if after.len() < max {
        let is_dropped = |it: &T| before.iter().any(|old| same(old, it)) && !after.iter().any(|new| same(new, it));
        current.retain(|it| !is_dropped(it));
    }
    let n_used = (0..=after.len())
        .find(|n_used| is_subsequence(&after[*n_used..], before))
        .unwrap_or(after.len());
    let mut used = after[..n_used].to_vec();
    let others = mem::take(current);
    let is_used = |it: &T| after[..n_used].iter().any(|new| same(new, it));
    used.extend(others.into_iter().filter(|it| !is_used(it)));
    used.truncate(max);
    *current = used;
}

/// Merges a set that is kept as a list: what was added or removed between `before` and `after`.
pub(super) fn merge_set<T: Clone + PartialEq>(current: &mut Vec<T>, before: &[T], after: &[T]) {
    current.retain(|it| !before.contains(it) || after.contains(it));
    for it in after {
        if !before.contains(it) && !current.contains(it) {
            current.push(it.clone());
        }
    }
}

/// Whether the parts stand in the whole in the same order.
fn is_subsequence<T: PartialEq>(parts: &[T], whole: &[T]) -> bool {
    let mut rest = whole.iter();
    parts.iter().all(|part| rest.any(|it| it == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[track_caller]
    fn check(current: &str, before: &str, after: &str, expected: &str) {
        let mut merged = letters(current);
        merge_recent(&mut merged, &letters(before), &letters(after), 4, |a, b| a == b);
        assert_eq!(merged.iter().collect::<String>(), expected);
    }

    #[test]
    fn what_two_used_is_remembered_of_both() {
        check("abc", "abc", "dabc", "dabc");
        // Another one used x meanwhile.
        check("xabc", "abc", "cab", "cxab");
        check("xab", "ab", "zab", "zxab");
        check("ab", "", "x", "xab");
        // Dropped here, or only fallen off the end.
        check("xab", "ab", "", "x");
        check("xbca", "abcd", "eabc", "exbc");
        check("dxab", "abcd", "eabc", "edxa");
    }

    #[test]
    fn a_set_gets_what_was_added_and_loses_what_was_removed() {
        let mut merged = letters("xab");
        merge_set(&mut merged, &letters("ab"), &letters("bc"));
        assert_eq!(merged, letters("xbc"));
    }
}

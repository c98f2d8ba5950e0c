//! A name as tokens, and the questions that all rules ask.

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Label, Labelled, TRIGGERS, list, mix, spans};

/// The [`Entry::frequency`](crate::entities::tagger::Entry::frequency) of a word with some 40 occurrences in the
/// articles of the lexicon; rarer ones are hardly everyday words. A guess.
pub const RARE: u8 = 60;

/// A name has at most this many tokens; a longer run of them is a list. A guess, far above the longest.
pub const LONGEST_NAME: usize = 64;

/// The lists whose words are parts of people's names.
pub const NAMES: u16 = list::GIVEN_NAME | list::FAMILY_NAME | list::PERSON;

/// A name in an article, as a range of tokens. Sorts in the order of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameTokens {
    /// Its line; no name continues over the end of one.
    pub line: usize,
    /// Its first token in that line.
    pub first: usize,
    /// The token after its last.
    pub end: usize,
    /// As found by the model, unless a rule knows better.
    pub kind: EntityKind,
}

/// The names that the model marked in a line.
pub fn spans_of(line: usize, labels: &[Label]) -> Vec<NameTokens> {
    spans(labels)
        .into_iter()
        .map(|(kind, first, end)| NameTokens { line, first, end, kind })
        .collect()
}

/// Whether a word is in the list of [`TRIGGERS`] called `name`.
pub fn has_trigger(form: &Form, name: &str) -> bool {
    let bit = TRIGGERS.iter().position(|it| *it == name);
    bit.is_some_and(|bit| form.entry.triggers >> bit & 1 == 1)
}

/// Whether no name was found among some tokens of a line, of which `found` has the names.
pub fn is_free(found: &BTreeSet<NameTokens>, line: usize, first: usize, end: usize) -> bool {
    overlapping(found, line, first, end).next().is_none()
}

/// The names of a line, of which `found` has all, that have some of its tokens.
pub fn overlapping(
    found: &BTreeSet<NameTokens>,
    line: usize,
    first: usize,
    end: usize,
) -> impl Iterator<Item = &NameTokens> {
    let at = |first: usize| NameTokens {
        line,
        first,
        end: 0,
        kind: EntityKind::ALL[0],
    };
    let near = found.range(at(first.saturating_sub(LONGEST_NAME))..at(end));
    near.filter(move |it| it.first < end && first < it.end)
}

/// The names of an article that have a token. `found` has all in their order.
pub fn around(found: &[NameTokens], line: usize, at: usize) -> impl Iterator<Item = &NameTokens> {
    let start = found.partition_point(|it| (it.line, it.first) < (line, at.saturating_sub(LONGEST_NAME)));
    let near = found[start..].iter();
    near.take_while(move |it| it.line == line && it.first <= at)
        .filter(move |it| at < it.end)
}

/// The tokens of a line that names were found among.
pub struct Taken(Vec<bool>);

impl Taken {
    /// By the names of a line of `n_tokens` tokens.
    pub fn by(found: &[NameTokens], n_tokens: usize) -> Self {
        let mut taken = vec![false; n_tokens];
        for it in found.iter().filter(|it| it.first < it.end) {
            taken[it.first..it.end].fill(true);
        }
        Self(taken)
    }

    /// Whether a name has this token.
    pub fn has(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|it| *it)
    }

    /// Adds a token to those that names have.
    pub fn add(&mut self, at: usize) {
        if let Some(it) = self.0.get_mut(at) {
            *it = true;
        }
    }
}

/// A hash of a name's words, clitics left out.
pub fn key(article: &Labelled, it: &NameTokens) -> u64 {
    let words = (it.first..it.end).filter_map(|at| article.form(it.line, at));
    words.enumerate().fold(0, |hash, (idx, form)| {
        mix(hash, if idx == 0 { form.bare } else { form.word })
    })
}

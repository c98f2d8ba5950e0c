//! A name as tokens, and the questions that all rules ask.

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Label, Labelled, TRIGGERS, list, mix, spans};

/// The [`Entry::frequency`](crate::entities::tagger::Entry::frequency) of a word with some 40 occurrences in the
/// articles of the lexicon; rarer ones are hardly everyday words. A guess.
pub const RARE: u8 = 60;

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

/// Whether no name was found among some tokens of a line.
pub fn is_free(found: &[NameTokens], line: usize, first: usize, end: usize) -> bool {
    !found
        .iter()
        .any(|it| it.line == line && it.first < end && first < it.end)
}

/// A hash of a name's words, clitics left out.
pub fn key(article: &Labelled, it: &NameTokens) -> u64 {
    let words = (it.first..it.end).filter_map(|at| article.form(it.line, at));
    words.enumerate().fold(0, |hash, (idx, form)| {
        mix(hash, if idx == 0 { form.bare } else { form.word })
    })
}

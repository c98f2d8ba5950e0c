//! The second pass: what the first one thought of the same words elsewhere in the article.
//!
//! «العامري» after «قال» may be a name or an adjective; where the same article has «سامي العامري» it is a name.

use std::borrow::Borrow;

use rustc_hash::FxHashMap;

use crate::arabic::table::mix;

use super::decode::{Label, N_LABELS, Scores, spans};
use super::feature::Form;
use super::token::{Token, TokenKind};
use crate::entities::EntityKind;

/// One line of an article.
#[derive(Clone, Debug)]
pub struct Line {
    /// Words and marks, in the order of the line.
    pub tokens: Vec<Token>,
    /// The index of each token's form in the article.
    pub form_idxs: Vec<u32>,
}

/// The evidence for a word in the whole article.
#[derive(Clone, Debug, Default)]
struct Seen {
    n_tokens: f32,
    /// The sum of the probabilities of each label.
    labels: Scores,
    /// How many people's names of several words end with it.
    n_last: f32,
    /// How many begin with it.
    n_first: f32,
}

/// The result of the first pass over an article.
pub struct FirstLook<'a, F> {
    lines: &'a [Line],
    forms: &'a [F],
    /// The probability of each label, by line and token.
    probabilities: &'a [Vec<Scores>],
    labels: &'a [Vec<Label>],
    of_word: FxHashMap<u64, Seen>,
    of_pair: FxHashMap<u64, Seen>,
}

impl<'a, F: Borrow<Form>> FirstLook<'a, F> {
    /// Gathers the probabilities by word and by pair of words.
    pub fn new(lines: &'a [Line], forms: &'a [F], probabilities: &'a [Vec<Scores>], labels: &'a [Vec<Label>]) -> Self {
        let mut it = Self {
            lines,
            forms,
            probabilities,
            labels,
            of_word: FxHashMap::default(),
            of_pair: FxHashMap::default(),
        };
        for line in 0..lines.len() {
            for at in 0..lines[line].tokens.len() {
                let Some(form) = it.form(line, at).filter(|it| it.kind != TokenKind::Mark) else {
                    continue;
                };
                let probabilities = &probabilities[line][at];
                it.of_word.entry(form.bare).or_default().add(probabilities);
                if let Some(next) = it.form(line, at + 1).filter(|it| it.kind != TokenKind::Mark) {
                    it.of_pair
                        .entry(mix(form.bare, next.bare))
                        .or_default()
                        .add(probabilities);
                }
            }
            for (kind, first, end) in spans(&labels[line]) {
                if kind == EntityKind::Person && first + 1 < end {
                    let (first, last) = (it.form(line, first), it.form(line, end - 1));
                    if let (Some(first), Some(last)) = (first, last) {
                        it.of_word.entry(first.bare).or_default().n_first += 1.0;
                        it.of_word.entry(last.bare).or_default().n_last += 1.0;
                    }
                }
            }
        }
        it
    }

    fn form(&self, line: usize, at: usize) -> Option<&'a Form> {
        let idx = self.lines.get(line)?.form_idxs.get(at)?;
        self.forms.get(*idx as usize).map(Borrow::borrow)
    }

    /// The features of a token.
    pub fn features(&self, line: usize, at: usize, mut emit: impl FnMut(u64)) {
        let Some(here) = self.form(line, at) else { return };
        let own = &self.probabilities[line][at];
        let label = u64::from(self.labels[line][at]);
        let sureness = step(own[usize::from(self.labels[line][at])]);
        let mut put = |template: u64, value: u64| emit(mix((template + 200) << 8, value));
        put(1, label << 8 | sureness);
        let label_at = |it: usize| self.labels[line].get(it).map_or(9, |it| u64::from(*it));
        let before = if at == 0 { 9 } else { label_at(at - 1) };
        put(2, before << 8 | label);
        put(3, label_at(at + 1) << 8 | label);
        if here.kind == TokenKind::Mark {
            return;
        }
        let elsewhere = self.elsewhere(here, own);
        let Some((n_others, others)) = elsewhere else {
            put(4, label << 8 | sureness);
            return;
        };
        let many = match n_others as u32 {
            0 | 1 => 1,
            2 | 3 => 2,
            _ => 3,
        };
        let most = most_likely(&others);
        for label in 0..N_LABELS {
            put(10 + label as u64, step(others[label]) << 8 | many);
        }
        for kind in 0..3 {
            let share = others[1 + 2 * kind] + others[2 + 2 * kind];
            let own_share = own[1 + 2 * kind] + own[2 + 2 * kind];
            put(20 + kind as u64, step(share) << 16 | step(own_share) << 8 | many);
        }
        put(24, most << 16 | label << 8 | sureness);
        put(25, most << 16 | step(others[most as usize]) << 8 | label);
        let seen = self.of_word.get(&here.bare);
        let part = seen.map_or(0, |it| u64::from(0.0 < it.n_last) << 1 | u64::from(0.0 < it.n_first));
        put(26, part << 16 | label << 8 | sureness);
        put(27, part << 16 | before << 8 | label);
        let neighbour = |form: Option<&Form>, own: Option<&Scores>| match (form, own) {
            (Some(form), Some(own)) if form.kind != TokenKind::Mark => {
                self.elsewhere(form, own).map_or(8, |(_, others)| most_likely(&others))
            }
            _ => 9,
        };
        let probabilities = &self.probabilities[line];
        let last = match at {
            0 => 9,
            _ => neighbour(self.form(line, at - 1), probabilities.get(at - 1)),
        };
        let next = neighbour(self.form(line, at + 1), probabilities.get(at + 1));
        put(28, last << 16 | most << 8 | label);
        put(29, next << 16 | most << 8 | label);
        if let Some(after) = self.form(line, at + 1).filter(|it| it.kind != TokenKind::Mark) {
            let seen = self.of_pair.get(&mix(here.bare, after.bare));
            if let Some(others) = seen.and_then(|it| it.without(own)) {
                put(30, most_likely(&others.1) << 8 | label);
            }
        }
        if let Some(ahead) = at
            .checked_sub(1)
            .and_then(|it| self.form(line, it))
            .filter(|it| it.kind != TokenKind::Mark)
        {
            // What follows the previous word elsewhere is no evidence; that the two occur together elsewhere is.
            let seen = self.of_pair.get(&mix(ahead.bare, here.bare));
            let is_repeated = seen.is_some_and(|it| 1.5 < it.n_tokens);
            put(31, u64::from(is_repeated) << 16 | before << 8 | most);
        }
    }

    /// The mean probability of each label over the word's other occurrences.
    fn elsewhere(&self, form: &Form, own: &Scores) -> Option<(f32, Scores)> {
        self.of_word.get(&form.bare)?.without(own)
    }
}

impl Seen {
    fn add(&mut self, probabilities: &Scores) {
        self.n_tokens += 1.0;
        for label in 0..N_LABELS {
            self.labels[label] += probabilities[label];
        }
    }

    fn without(&self, own: &Scores) -> Option<(f32, Scores)> {
        let n_others = self.n_tokens - 1.0;
        let mean = |label: usize| ((self.labels[label] - own[label]) / n_others).max(0.0);
        (0.5 < n_others).then(|| (n_others, std::array::from_fn(mean)))
    }
}

fn most_likely(shares: &Scores) -> u64 {
    let mut best = 0;
    for label in 1..N_LABELS {
        if shares[best] < shares[label] {
            best = label;
        }
    }
    best as u64
}

/// A probability in six steps, finer at the ends. The bounds were picked by feel.
fn step(share: f32) -> u64 {
    const ENDS: [f32; 5] = [0.03, 0.2, 0.5, 0.8, 0.97];
    ENDS.partition_point(|end| *end <= share) as u64
}

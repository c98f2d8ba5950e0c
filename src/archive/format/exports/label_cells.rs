//! The columns of labels on the pages of exports: Factiva's codes and ProQuest's details stand beside what they name.

use std::collections::BTreeSet;

use crate::arabic::letter;

use super::super::marks::Sign;
use super::super::visual::{Before, Habits, right_to_left};
use super::labels::{self, Label, Maker};

/// A gap between two letters that parts words, in ems. A guess.
const WORD_GAP: f64 = 0.25;
/// A page has at least so many different labels at ends of its lines, or follows one that has. A guess.
const MIN_LABELS: usize = 3;

/// What words at an end of a line are labels of what stands beside them; nothing is, until a page has a column of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Labels {
    known: Option<Maker>,
}

/// Where in the signs of a line a label stands.
#[derive(Clone, Copy, Debug)]
pub struct LabelPlace {
    /// The number of signs on its left, or of its own if it stands on the left.
    pub n_before: usize,
    /// Whether it stands on the left.
    pub is_before: bool,
}

impl Labels {
    /// Whether a page has labels beside its lines. `rows` are its lines, each in pieces with wide gaps between them.
    pub fn are_on_page<'a, R>(&mut self, rows: impl Iterator<Item = R>) -> bool
    where
        R: Iterator<Item = &'a [Sign]>,
    {
        if self.known.is_some() {
            return true;
        }
        let rows: Vec<Vec<&[Sign]>> = rows.map(Iterator::collect).collect();
        let names_of = |maker: Maker| -> BTreeSet<&'static str> {
            // Letters of another font may stand a little higher or lower, and then a label is alone.
            let of_row = |row: &Vec<&[Sign]>| match row[..] {
                [alone] => label(maker, alone).or_else(|| place(maker, row).map(|(it, _)| it)),
                _ => place(maker, row).map(|(it, _)| it),
            };
            rows.iter().filter_map(of_row).map(|it| it.name).collect()
        };
        let is_column = |maker: &Maker| {
            let names = names_of(*maker);
            let has = |name: &str| names.contains(name);
            let is_sure = match maker {
                Maker::Factiva => has("HD") || has("SN") && has("PD"),
                _ => labels::SURE_OF_PROQUEST.iter().any(|it| has(it)),
            };
            MIN_LABELS <= names.len() && is_sure
        };
        self.known = [Maker::Factiva, Maker::Proquest].into_iter().find(is_column);
        self.known.is_some()
    }

    /// Whether some signs are a label and nothing else.
    pub fn is_label(&self, signs: &[Sign]) -> bool {
        self.known.is_some_and(|it| label(it, signs).is_some())
    }

    /// What a label says, with two spaces behind it; nothing without one.
    pub fn text(&self, signs: &[Sign]) -> String {
        let text = text(signs);
        match text.trim() {
            "" => String::new(),
            text if self.known == Some(Maker::Proquest) && !text.ends_with(':') => format!("{text}:  "),
            text => format!("{text}  "),
        }
    }

    /// Where in a line, given in pieces from left to right, a label stands beside something else.
    pub fn split<'a>(&self, row: impl Iterator<Item = &'a [Sign]>) -> Option<LabelPlace> {
        let row: Vec<&[Sign]> = row.collect();
        place(self.known?, &row).map(|(_, place)| place)
    }
}

/// The label of a line, which is a piece at its end, or a code that is the first or last word.
fn place(maker: Maker, row: &[&[Sign]]) -> Option<(Label, LabelPlace)> {
    let (first, last) = (row.first()?, row.last()?);
    let n_signs: usize = row.iter().map(|it| it.len()).sum();
    let at = |n_before, is_before| LabelPlace { n_before, is_before };
    if 1 < row.len() {
        let left = label(maker, first).map(|it| (it, at(first.len(), true)));
        let right = || label(maker, last).map(|it| (it, at(n_signs - last.len(), false)));
        if let Some(found) = left.or_else(right) {
            return Some(found);
        }
    }
    if maker != Maker::Factiva {
        return None;
    }
    let n_left = first.len().min(n_in_word(first.iter()));
    let n_right = last.len().min(n_in_word(last.iter().rev()));
    let left = || label(maker, first.get(..n_left)?).map(|it| (it, at(n_left, true)));
    let right = || label(maker, last.get(last.len() - n_right..)?).map(|it| (it, at(n_signs - n_right, false)));
    let is_beside = |n: usize| n < n_signs;
    left()
        .filter(|_| is_beside(n_left))
        .or_else(|| right().filter(|_| is_beside(n_right)))
}

/// The number of signs up to the first space.
fn n_in_word<'a>(signs: impl Iterator<Item = &'a Sign>) -> usize {
    let mut before: Option<&Sign> = None;
    let mut n = 0;
    for sign in signs {
        let gap = before.map_or(0.0, |it| (sign.start - it.end).max(it.start - sign.end));
        if sign.is_blank() || WORD_GAP * sign.size < gap {
            break;
        }
        before = Some(sign);
        n += 1;
    }
    n
}

/// The label that some signs are.
fn label(maker: Maker, signs: &[Sign]) -> Option<Label> {
    /// No label has more.
    const MOST_SIGNS: usize = 40;
    if signs.is_empty() || MOST_SIGNS < signs.len() {
        return None;
    }
    let text = text(signs);
    match maker {
        Maker::Factiva => labels::coded(text.trim())
            .filter(|(_, rest)| rest.is_empty())
            .map(|(label, _)| label),
        _ => labels::alone(maker, text.trim()),
    }
}

/// What some signs of one line say, in the order of reading.
fn text(signs: &[Sign]) -> String {
    let mut units: Vec<String> = Vec::new();
    let mut reach = f64::INFINITY;
    for sign in signs {
        let is_space = sign.is_blank() || WORD_GAP * sign.size < sign.start - reach;
        if is_space && units.last().is_some_and(|it| it != " ") {
            units.push(" ".to_owned());
        }
        if !sign.is_blank() {
            units.push(sign.text.clone());
            reach = sign.end;
        }
    }
    match units.iter().any(|it| it.chars().any(letter::is_arabic_letter)) {
        true => right_to_left(&units, Before::Nothing, &Habits::default()),
        false => units.concat(),
    }
}

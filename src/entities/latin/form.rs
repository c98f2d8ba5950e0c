//! The Latin form under which a name is shown: the usual spelling of each unit, or the likeliest by rule.
//!
//! A rule writes for each letter what it stands for most likely in its context, weighed against which letters follow each
//! other in attested spellings: Arabic leaves out the short vowels, which only these can supply.

use std::collections::BTreeMap;

use super::attested::{Attested, Habit, capitalised};
use super::letters::{BORDER, arabic_numbers};
use super::model::LatinModel;
use super::units::{ArabicUnit, arabic_units};

/// Where a Latin form comes from; the first is the surest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LatinSource {
    /// The user gave it.
    User,
    /// Articles write it behind the name.
    Written,
    /// Every part is in the lists of spellings.
    List,
    /// Some part follows from rules only: a likely spelling that nobody may have.
    Rule,
}

/// A name in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LatinForm {
    /// The name.
    pub text: String,
    /// Where it comes from.
    pub source: LatinSource,
}

/// The beginnings of a spelling that are kept after each letter. Three times as many, and as many pieces, make no better
/// forms: of 7,648 units 1,941 instead of 1,947 get a spelling that somebody has (`tests/bench/latin.rs`).
const BEAM: usize = 8;
/// The pieces that are tried for each letter, the likeliest.
const PIECES: usize = 8;
/// Longer words are no names and have no form: a guess, which bounds the time.
const LONGEST: usize = 40;
/// The weight of the order of Latin letters beside what each Arabic letter stands for. A guess; no other
/// was tried.
const WEIGHT_OF_ORDER: f32 = 0.5;

const N_SIGNS: usize = 27;

/// Which letter follows two others in attested spellings.
#[derive(Debug)]
pub struct LetterOrder {
    /// Log-probabilities by three signs: 0 for the border of a word, then a to z.
    values: Vec<f32>,
}

impl LetterOrder {
    /// Counts the letters of words from a to z.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut counts = vec![0.1_f32; N_SIGNS * N_SIGNS * N_SIGNS];
        for word in words {
            let mut last = [0, 0];
            for sign in word.bytes().map(sign).chain([0]) {
                counts[idx(last, sign)] += 1.0;
                last = [last[1], sign];
            }
        }
        for signs in counts.chunks_mut(N_SIGNS) {
            let sum: f32 = signs.iter().sum();
            signs.iter_mut().for_each(|it| *it = (*it / sum).ln());
        }
        Self { values: counts }
    }

    /// The log-probability that a sign follows two others.
    fn value(&self, last: [usize; 2], sign: usize) -> f32 {
        self.values[idx(last, sign)]
    }
}

fn sign(letter: u8) -> usize {
    usize::from(letter.saturating_sub(b'a').min(25)) + 1
}

fn idx(last: [usize; 2], sign: usize) -> usize {
    (last[0] * N_SIGNS + last[1]) * N_SIGNS + sign
}

/// The form of an Arabic name by lists and rules; `None` if the name has no Arabic letters, or a word that is too long.
pub fn form_of(model: &LatinModel, attested: &Attested, order: &LetterOrder, name: &str) -> Option<LatinForm> {
    let mut source = LatinSource::List;
    let mut words: Vec<String> = Vec::new();
    let units = arabic_units(name);
    let habit = habit_of(attested, &units);
    for unit in units {
        let (word, is_listed) = word_of(model, attested, order, &unit, habit);
        if word.is_empty() {
            return None;
        }
        if !is_listed {
            source = LatinSource::Rule;
        }
        words.push(word);
    }
    let text = capitalised(&words.join(" "));
    (!text.is_empty()).then_some(LatinForm { text, source })
}

/// By whose habit a name is spelled: by that of the countries where a part of it is at home, «قاسم سليماني»; but «القاسمي» with
/// its article, and «بن», are Arab.
fn habit_of(attested: &Attested, units: &[ArabicUnit]) -> Habit {
    let is_arab = units.iter().any(|it| it.has_article || it.is_son);
    match !is_arab && units.iter().any(|it| attested.is_from_elsewhere(&it.text)) {
        true => Habit::Elsewhere,
        false => Habit::Arab,
    }
}

/// A unit in Latin letters, and whether the lists have it.
fn word_of(
    model: &LatinModel,
    attested: &Attested,
    order: &LetterOrder,
    unit: &ArabicUnit,
    habit: Habit,
) -> (String, bool) {
    if unit.is_son {
        return ("bin".to_owned(), true);
    }
    if unit.text == "ال" {
        // «آل مكتوم», a house.
        return ("Al".to_owned(), true);
    }
    let full = format!("ال{}", unit.text);
    let listed = attested.usual(&unit.text, habit);
    // «الياس» is no «ياس» with an article if only the whole is usual.
    let (word, is_listed) = match (unit.has_article, listed, attested.usual(&full, habit)) {
        (true, None, Some(usual)) => return (usual.to_owned(), true),
        (_, Some(usual), _) => (usual.to_owned(), true),
        (_, None, _) => (by_rule(model, order, &unit.text), false),
    };
    match unit.has_article && !word.is_empty() {
        true => (format!("al-{word}"), is_listed),
        false => (word, is_listed),
    }
}

/// The likeliest spelling of a folded Arabic word, with a capital letter; nothing for one that is too long.
pub fn by_rule(model: &LatinModel, order: &LetterOrder, word: &str) -> String {
    let letters = arabic_numbers(word);
    if LONGEST < letters.len() {
        return String::new();
    }
    let mut beam: Vec<(String, f32)> = vec![(String::new(), 0.0)];
    for (at, &letter) in letters.iter().enumerate() {
        let before = at
            .checked_sub(1)
            .and_then(|it| letters.get(it))
            .copied()
            .unwrap_or(BORDER);
        let context = [before, letter, letters.get(at + 1).copied().unwrap_or(BORDER)];
        let mut next: BTreeMap<String, f32> = BTreeMap::new();
        for (text, value) in &beam {
            for piece in model.pieces(letter).iter().take(PIECES) {
                let Some(of_piece) = model.log_probability(context, *piece) else {
                    continue;
                };
                let mut longer = text.clone();
                let mut value = value + of_piece;
                for c in piece.text().bytes() {
                    value += WEIGHT_OF_ORDER * order.value(last_two(&longer), sign(c));
                    longer.push(char::from(c));
                }
                if at + 1 == letters.len() {
                    value += WEIGHT_OF_ORDER * order.value(last_two(&longer), 0);
                }
                let slot = next.entry(longer).or_insert(f32::NEG_INFINITY);
                *slot = slot.max(value);
            }
        }
        beam = next.into_iter().collect();
        beam.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        beam.truncate(BEAM);
    }
    capitalised(beam.first().map_or("", |it| &it.0))
}

fn last_two(text: &str) -> [usize; 2] {
    let mut signs = text.bytes().rev().map(sign);
    let last = signs.next().unwrap_or(0);
    [signs.next().unwrap_or(0), last]
}

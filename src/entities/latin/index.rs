//! Finds names of an archive by what is typed in Latin letters.
//!
//! First the words that each typed unit may spell, by likelihood ([`find_words`]); then the names that have a word for each
//! unit. Nothing here says that two names are one.

use rustc_hash::FxHashMap;

use super::attested::Attested;
use super::letters::{arabic_numbers, latin_words};
use super::model::LatinModel;
use super::search::{SortedWords, find_words};
use super::units::{ArabicUnit, LatinUnit, latin_units, units_of_folded};
use crate::entities::name_table::{NameNumber, NameTable};

/// What speaks against a name, in natural log-odds: an article in Latin that the Arabic has not …
const ONLY_LATIN_ARTICLE: f32 = -2.0;
/// … an article in Arabic that the Latin has not, which is usual …
const ONLY_ARABIC_ARTICLE: f32 = -0.7;
/// … units in another order …
const OTHER_ORDER: f32 = -2.0;
/// … a part of the name that was not typed …
const NOT_TYPED: f32 = -1.5;
/// … «بن» in one script only …
const ONLY_ONE_SON: f32 = -0.5;
/// … units that only match joined. These six are guesses.
const JOINED: f32 = -1.0;

/// A name less likely than the best by more than this is not what was meant. A guess.
const LIKELY: f32 = 7.0;
/// Below this log-likelihood for each letter typed, and [`GRACE`], nothing is taken for what was meant. A guess; -1.6 gave the
/// same in the measure.
const LEAST_PER_LETTER: f32 = -2.3;
const GRACE: f32 = -2.0;
/// Before this many letters, nearly everything would match.
const FEWEST_LETTERS: usize = 2;

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundName {
    /// The name.
    pub name: NameNumber,
    /// The natural log-likelihood of what was typed, less what speaks against the name; 0 is certain.
    pub score: f32,
}

/// The place of a word in a name, in one number: the word (22 bits), the unit (8 bits), whether the word is one with its
/// article, whether the unit has an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u32);

/// Words beyond these have no place: more than an archive has.
const MOST_WORDS: u32 = 1 << 22;

impl Place {
    fn new(word: u32, unit: usize, is_full: bool, has_article: bool) -> Self {
        let flags = u32::from(is_full) << 1 | u32::from(has_article);
        Self(word << 10 | (unit.min(255) as u32) << 2 | flags)
    }

    fn word(self) -> u32 {
        self.0 >> 10
    }

    fn unit(self) -> usize {
        (self.0 >> 2 & 255) as usize
    }

    fn is_full(self) -> bool {
        self.0 & 2 != 0
    }

    fn has_article(self) -> bool {
        self.0 & 1 != 0
    }
}

/// The names of an archive by the letters of their words.
#[derive(Debug, Default)]
pub struct LatinIndex {
    words: SortedWords,
    /// Where the places of each name end.
    ends: Vec<u32>,
    places: Vec<Place>,
    /// For each name, one more than the number of its last unit; and which units are «بن».
    units: Vec<(u8, u32)>,
    /// Where the names of each word end.
    name_ends: Vec<u32>,
    names: Vec<NameNumber>,
    /// The Latin words that articles write for a name, sorted.
    written: Vec<(Box<str>, NameNumber)>,
}

impl LatinIndex {
    /// Takes apart every name, and the Latin forms that articles write for names.
    pub fn new(names: &NameTable) -> Self {
        let mut it = Self::default();
        let mut numbers: FxHashMap<Box<str>, u32> = FxHashMap::default();
        for name in names.numbers() {
            let units = units_of_folded(names.key(name));
            let mut sons = 0;
            for (at, unit) in units.iter().enumerate() {
                if unit.is_son && at < 32 {
                    sons |= 1 << at;
                }
                let before = at.checked_sub(1).and_then(|it| units.get(it));
                for (text, is_full) in words_of(unit, before) {
                    let next = numbers.len() as u32;
                    let word = *numbers.entry(text.into_boxed_str()).or_insert(next);
                    if word < MOST_WORDS {
                        it.places.push(Place::new(word, at, is_full, unit.has_article));
                    }
                }
            }
            it.units.push((units.len().min(255) as u8, sons));
            it.ends.push(it.places.len() as u32);
        }
        it.sort_words(numbers);
        it.gather_names();
        for (name, form) in names.all_latin() {
            it.written
                .extend(latin_words(form).into_iter().map(|word| (word.into_boxed_str(), name)));
        }
        it.written.sort_unstable();
        it.written.dedup();
        it
    }

    /// Numbers the words in the order of their letters.
    fn sort_words(&mut self, numbers: FxHashMap<Box<str>, u32>) {
        let mut sorted: Vec<(Vec<u8>, u32)> = Vec::with_capacity(numbers.len());
        sorted.extend(
            numbers
                .into_iter()
                .map(|(text, number)| (arabic_numbers(&text), number)),
        );
        sorted.sort_unstable();
        let mut numbers = vec![0; sorted.len()];
        for (at, (_, number)) in (0_u32..).zip(&sorted) {
            numbers[*number as usize] = at;
        }
        for place in &mut self.places {
            place.0 = place.0 & 1023 | numbers[place.word() as usize] << 10;
        }
        self.words = SortedWords::new(sorted.iter().map(|(letters, _)| letters.as_slice()));
    }

    fn gather_names(&mut self) {
        let mut ends = vec![0_u32; self.words.len() + 1];
        for place in &self.places {
            ends[place.word() as usize + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        // Now where the names of each word start; they are moved to where they end.
        let mut names = vec![NameNumber::default(); self.places.len()];
        for at in 0..self.ends.len() {
            for place in self.places_of(NameNumber::of_idx(at)) {
                let slot = &mut ends[place.word() as usize];
                names[*slot as usize] = NameNumber::of_idx(at);
                *slot += 1;
            }
        }
        ends.pop();
        (self.name_ends, self.names) = (ends, names);
    }

    fn places_of(&self, name: NameNumber) -> &[Place] {
        &self.places[range(&self.ends, name.idx())]
    }

    fn names_of(&self, word: u32) -> &[NameNumber] {
        &self.names[range(&self.name_ends, word as usize)]
    }

    /// The names that a Latin text may spell: the likeliest first, then in rising order.
    ///
    /// Each typed unit must have its word in the name, in any order; `is_open`: of the last, only the beginning may be
    /// typed. What is less likely than the best by more than 7, in natural log-odds, is left out.
    pub fn find(&self, model: &LatinModel, attested: &Attested, text: &str, is_open: bool) -> Vec<FoundName> {
        let units = latin_units(text);
        let n_letters: usize = units.iter().map(|it| it.text.len()).sum();
        if n_letters < FEWEST_LETTERS {
            return Vec::new();
        }
        let ctx = Lookup {
            index: self,
            model,
            attested,
        };
        let mut found = ctx.find(&units, is_open);
        if found.is_empty() {
            for at in 1..units.len() {
                let of_joined = ctx.find(&joined(&units, at), is_open).into_iter();
                found.extend(of_joined.map(|it| FoundName {
                    score: it.score + JOINED,
                    ..it
                }));
            }
        }
        let least = LEAST_PER_LETTER * n_letters as f32 + GRACE;
        found.retain(|it| least <= it.score);
        let written = self.find_written(&latin_words(text), is_open).into_iter();
        found.extend(written.map(|name| FoundName { name, score: 0.0 }));
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.name.cmp(&b.name)));
        let best = found.first().map_or(0.0, |it| it.score);
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|it| best - LIKELY <= it.score && seen.insert(it.name.0));
        found
    }

    /// The names for which articles write all the words.
    fn find_written(&self, words: &[String], is_open: bool) -> Vec<NameNumber> {
        let mut found: Option<Vec<NameNumber>> = None;
        for (at, word) in words.iter().enumerate() {
            let is_open = is_open && at + 1 == words.len();
            let first = self.written.partition_point(|it| it.0.as_ref() < word.as_str());
            let is_it = |it: &&(Box<str>, NameNumber)| match is_open {
                true => it.0.starts_with(word.as_str()),
                false => it.0.as_ref() == word.as_str(),
            };
            let with = self.written[first..].iter().take_while(is_it).map(|it| it.1);
            found = Some(match found {
                None => with.collect(),
                Some(before) => with.filter(|it| before.contains(it)).collect(),
            });
        }
        found.unwrap_or_default()
    }

    /// The memory that the index uses, in bytes.
    pub fn memory(&self) -> usize {
        self.places.capacity() * 4 + self.names.capacity() * 4 + self.ends.capacity() * 4 + self.units.capacity() * 8
    }
}

/// The range of the values with an index, of lists one behind the other.
fn range(ends: &[u32], idx: usize) -> std::ops::Range<usize> {
    let start = idx.checked_sub(1).and_then(|it| ends.get(it)).copied().unwrap_or(0);
    let end = ends.get(idx).copied().unwrap_or(start);
    start as usize..end as usize
}

/// The words by which a unit is found, each with whether the article or «بن» is part of it.
fn words_of(unit: &ArabicUnit, before: Option<&ArabicUnit>) -> Vec<(String, bool)> {
    let mut words = vec![(unit.text.clone(), false)];
    if unit.has_article {
        words.push((format!("ال{}", unit.text), true));
    }
    // "Bensalman".
    if let Some(son) = before.filter(|it| it.is_son) {
        let article = if unit.has_article { "ال" } else { "" };
        words.push(([&son.text, article, &unit.text].concat(), true));
    }
    words.extend(unit.tail.clone().map(|tail| (tail, false)));
    words
}

/// The units with the one at a place and the one before it as one.
fn joined(units: &[LatinUnit], at: usize) -> Vec<LatinUnit> {
    let mut units = units.to_vec();
    let second = units.remove(at);
    if let Some(first) = units.get_mut(at - 1) {
        first.text.push_str(&second.text);
        first.is_son = false;
    }
    units
}

/// What a look-up needs.
struct Lookup<'a> {
    index: &'a LatinIndex,
    model: &'a LatinModel,
    attested: &'a Attested,
}

impl Lookup<'_> {
    fn find(&self, units: &[LatinUnit], is_open: bool) -> Vec<FoundName> {
        // «بن» need not be typed, and finds nothing.
        let is_free = |at: &usize| units[*at].is_son && units.iter().any(|it| !it.is_son);
        // The likelihood of each word for each unit.
        let mut likely: Vec<FxHashMap<u32, f32>> = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            if is_free(&at) {
                likely.push(FxHashMap::default());
                continue;
            }
            let is_open = is_open && at + 1 == units.len();
            let found = find_words(&self.index.words, self.model, self.attested, &unit.text, is_open);
            if found.is_empty() {
                return Vec::new();
            }
            likely.push(found.into_iter().collect());
        }
        // Few names have the rarest unit, so only these are looked at.
        let n_names = |at: &usize| -> usize {
            let words = likely[*at].keys();
            words.map(|word| self.index.names_of(*word).len()).sum()
        };
        let all = 0..units.len();
        let Some(rarest) = all.filter(|at| !is_free(at)).min_by_key(n_names) else {
            return Vec::new();
        };
        let mut names: Vec<NameNumber> = Vec::new();
        for word in likely[rarest].keys() {
            names.extend(self.index.names_of(*word));
        }
        names.sort_unstable();
        names.dedup();
        let found = names.into_iter().filter_map(|name| {
            let score = self.score(units, &likely, name)?;
            Some(FoundName { name, score })
        });
        found.collect()
    }

    /// The log-likelihood of units for a name; `None` if it lacks one.
    fn score(&self, units: &[LatinUnit], likely: &[FxHashMap<u32, f32>], name: NameNumber) -> Option<f32> {
        let places = self.index.places_of(name);
        let (n_units, sons) = self.index.units.get(name.idx()).copied()?;
        let n_others = units.iter().filter(|it| !it.is_son).count();
        let mut used = 0_u64;
        let mut last = 0;
        let mut score = 0.0;
        for (unit, likely) in units.iter().zip(likely) {
            if unit.is_son && n_others != 0 {
                match (0..32).find(|at| sons >> at & 1 != 0 && used >> at & 1 == 0) {
                    Some(son) => used |= 1 << son,
                    None => score += ONLY_ONE_SON,
                }
                continue;
            }
            let mut best: Option<(f32, usize)> = None;
            for place in places {
                let at = place.unit();
                let Some(value) = likely.get(&place.word()).filter(|_| used >> at.min(63) & 1 == 0) else {
                    continue;
                };
                let article = match (unit.has_article, place.has_article() && !place.is_full()) {
                    (true, false) => ONLY_LATIN_ARTICLE,
                    (false, true) => ONLY_ARABIC_ARTICLE,
                    _ => 0.0,
                };
                let value = value + article + if at < last { OTHER_ORDER } else { 0.0 };
                if best.is_none_or(|(best, _)| best < value) {
                    best = Some((value, at));
                }
            }
            match best {
                Some((value, at)) => {
                    used |= 1 << at.min(63);
                    last = at;
                    score += value;
                }
                None => return None,
            }
        }
        let is_typed = |at: u8| used >> at.min(63) & 1 != 0;
        for at in (0..n_units).filter(|at| !is_typed(*at)) {
            let is_son = at < 32 && sons >> at & 1 != 0;
            score += if is_son { ONLY_ONE_SON } else { NOT_TYPED };
        }
        Some(score)
    }
}

//! The lists of spellings as the search and the model need them: letters against letters.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::arabic::{Folding, fold};

use super::letters::{arabic_number, latin_words};
use super::lists::LatinRow;
use super::units::{is_latin_article, is_latin_son, without_article};

/// An Arabic unit and one spelling of it, both as letters only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AlignedPair {
    /// Folded Arabic letters.
    pub arabic: String,
    /// Letters from a to z.
    pub latin: String,
}

/// The letters that a row has for each other: with and without the article, where both scripts have it.
///
/// None if the row has a letter of another language.
pub fn aligned(row: &LatinRow) -> Vec<AlignedPair> {
    let folded = fold(&row.arabic, Folding::Name);
    let mut words = latin_words(&row.latin);
    let mut arabic = folded.as_str();
    if let Some(rest) = arabic.strip_prefix("بن ").or(arabic.strip_prefix("ابن "))
        && 1 < words.len()
        && is_latin_son(&words[0])
    {
        arabic = rest;
        words.remove(0);
    }
    let arabic: String = arabic.split_whitespace().collect();
    let latin = words.concat();
    if arabic.is_empty() || latin.is_empty() || arabic.chars().any(|c| arabic_number(c).is_none()) {
        return Vec::new();
    }
    let pair = |arabic: &str, latin: &str| AlignedPair {
        arabic: arabic.to_owned(),
        latin: latin.to_owned(),
    };
    let (rest, has_article) = without_article(&arabic);
    if !has_article {
        return vec![pair(&arabic, &latin)];
    }
    if 1 < words.len() && is_latin_article(&words[0]) {
        return vec![pair(rest, &words[1..].concat()), pair(&arabic, &latin)];
    }
    let glued = ["al", "el"].iter().find_map(|it| latin.strip_prefix(it));
    match glued {
        Some(latin_rest) if 2 < latin_rest.len() => vec![pair(rest, latin_rest), pair(&arabic, &latin)],
        Some(_) => vec![pair(&arabic, &latin)],
        // "Ilyes" for «الياس» has a vowel where "Saadi" for «السعدي» leaves the article out.
        None if latin.starts_with(['a', 'e', 'i', 'o', 'u']) => vec![pair(&arabic, &latin)],
        None => vec![pair(rest, &latin)],
    }
}

/// The attested spellings, by their letters.
#[derive(Debug, Default)]
pub struct Attested {
    /// Sorted: the Latin letters, the Arabic ones, and the share of this spelling among those of the Arabic unit.
    by_latin: Vec<(Box<str>, Box<str>, f32)>,
    /// The usual spellings of each Arabic unit, as they are to be shown.
    usual: FxHashMap<Box<str>, Usual>,
}

/// By whose habit a name is spelled: «إبراهيم» is Ibrahim in Arab countries, and Ebrahim in Iran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Of Arab countries.
    Arab,
    /// Of Iran, Pakistan and Afghanistan.
    Elsewhere,
}

/// How an Arabic unit is usually spelled.
#[derive(Debug, Default)]
struct Usual {
    /// By habit.
    shown: [Box<str>; 2],
    /// The weights of these while the most frequent ones are looked for.
    most: [u32; 2],
    /// How many people have it in Arab countries and elsewhere, in quarters.
    n_people: [u32; 2],
}

/// A unit is one of other countries if so many times as many people there have it. A guess.
const MOST_TIMES: u32 = 3;

/// What a row counts for the usual spelling, by habit: a quarter where it is mostly that of others, and nothing where it is
/// theirs only. A pair, which somebody wrote down as the usual one, counts as five people. Guesses, checked on names that
/// everybody knows.
fn weights(row: &LatinRow) -> [u32; 2] {
    let (is_arab, is_pair) = (row.is('a') || row.is('f'), row.is('p'));
    let n_of_pair = if is_pair { 20 } else { 0 };
    let n_people = row.count - u32::from(is_pair);
    let [arab, elsewhere] = match (is_arab, row.is('n')) {
        (true, false) => [4 * n_people, n_people],
        (true, true) => [n_people, 4 * n_people],
        (false, _) if row.is('o') => [0, 4 * n_people],
        (false, _) => [0, 0],
    };
    [arab + n_of_pair, elsewhere]
}

/// A spelling of an Arabic unit while rows are read.
#[derive(Default)]
struct Counted<'a> {
    n_people: u32,
    /// See [`weights`].
    by_habit: [u32; 2],
    /// The weight of the row that is shown, and its spelling.
    most: u32,
    written: &'a str,
}

impl Attested {
    /// The spellings of rows.
    pub fn new(rows: &[LatinRow]) -> Self {
        let mut counts: BTreeMap<(String, String), Counted<'_>> = BTreeMap::new();
        let mut totals: FxHashMap<String, u32> = FxHashMap::default();
        for row in rows {
            // Of equally frequent ones, that of Arab countries is usual in their news.
            let weight = 4 * row.count + 2 * u32::from(row.is('a')) + u32::from(row.is('f'));
            for pair in aligned(row) {
                *totals.entry(pair.arabic.clone()).or_default() += row.count;
                let it = counts.entry((pair.latin, pair.arabic)).or_default();
                it.n_people += row.count;
                it.by_habit = [0, 1].map(|habit| it.by_habit[habit] + weights(row)[habit]);
                if it.most < weight {
                    (it.most, it.written) = (weight, &row.latin);
                }
            }
        }
        let mut usual: FxHashMap<Box<str>, Usual> = FxHashMap::default();
        let mut by_latin = Vec::with_capacity(counts.len());
        for ((latin, arabic), it) in counts {
            let total = totals.get(&arabic).copied().unwrap_or(1).max(1);
            let entry = usual.entry(arabic.as_str().into()).or_default();
            for habit in [0, 1] {
                entry.n_people[habit] += it.by_habit[habit];
                let weight = 4 * it.by_habit[habit] + it.most % 4;
                if it.by_habit[habit] != 0 && entry.most[habit] < weight {
                    entry.most[habit] = weight;
                    entry.shown[habit] = shown(it.written, &latin).into();
                }
            }
            by_latin.push((latin.into(), arabic.into(), it.n_people as f32 / total as f32));
        }
        Self { by_latin, usual }
    }

    /// The Arabic units that have exactly this spelling, each with the share of it.
    pub fn with(&self, latin: &str) -> impl Iterator<Item = (&str, f32)> {
        let first = self.by_latin.partition_point(|it| it.0.as_ref() < latin);
        let those = self.by_latin[first..]
            .iter()
            .take_while(move |it| it.0.as_ref() == latin);
        those.map(|it| (it.1.as_ref(), it.2))
    }

    /// The Arabic units that have spellings with this beginning, each with the share of one of these.
    pub fn beginning(&self, latin: &str) -> impl Iterator<Item = (&str, f32)> {
        let first = self.by_latin.partition_point(|it| it.0.as_ref() < latin);
        let those = self.by_latin[first..]
            .iter()
            .take_while(move |it| it.0.starts_with(latin));
        those.map(|it| (it.1.as_ref(), it.2))
    }

    /// Whether the lists have an Arabic unit.
    pub fn knows(&self, arabic: &str) -> bool {
        self.usual.contains_key(arabic)
    }

    /// The usual spelling of an Arabic unit, as it is to be shown: that of others if those with the habit have none.
    pub fn usual(&self, arabic: &str, habit: Habit) -> Option<&str> {
        let [arab, elsewhere] = &self.usual.get(arabic)?.shown;
        let (first, second) = match habit {
            Habit::Arab => (arab, elsewhere),
            Habit::Elsewhere => (elsewhere, arab),
        };
        Some(if first.is_empty() { second } else { first })
    }

    /// Whether nearly all people with this part of a name are in other countries: «روحاني».
    pub fn is_from_elsewhere(&self, arabic: &str) -> bool {
        /// Fewer people, in quarters, show nothing.
        const FEWEST: u32 = 8;
        self.usual.get(arabic).is_some_and(|it| {
            let [n_arab, n_elsewhere] = it.n_people;
            FEWEST <= n_elsewhere && MOST_TIMES * n_arab <= n_elsewhere
        })
    }

    /// All spellings as letters.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.by_latin.iter().map(|it| it.0.as_ref())
    }
}

/// A spelling as it is to be shown: as it was written, if that has all these letters and no others, else the letters.
fn shown(written: &str, latin: &str) -> String {
    let is_whole = latin_words(written).concat() == latin;
    capitalised(if is_whole { written } else { latin })
}

/// With a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(arabic: &str, latin: &str, count: u32) -> LatinRow {
        LatinRow {
            arabic: arabic.to_owned(),
            latin: latin.to_owned(),
            count,
            flags: "ga".to_owned(),
        }
    }

    #[track_caller]
    fn check(arabic: &str, latin: &str, expected: &str) {
        let found = aligned(&row(arabic, latin, 1));
        let found: Vec<String> = found.iter().map(|it| format!("{}={}", it.arabic, it.latin)).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn letters_stand_beside_letters() {
        check("محمد", "Mohamed", "محمد=mohamed");
        check("عبد الرحمن", "Abdel-Rahman", "عبدالرحمن=abdelrahman");
        check("بن احمد", "bin Ahmed", "احمد=ahmed");
        check("السيسي", "el-Sisi", "سيسي=sisi السيسي=elsisi");
        check("السيسي", "Elsisi", "سيسي=sisi السيسي=elsisi");
        check("السعدي", "Saadi", "سعدي=saadi");
        check("الياس", "Ilyes", "الياس=ilyes");
        check("ٹیپو", "Tipu", "");
    }

    #[test]
    fn the_most_frequent_spelling_is_usual() {
        let rows = [
            row("سيسي", "Cissé", 2),
            row("السيسي", "Elsisi", 2),
            row("السيسي", "al-Sisi", 1),
        ];
        let attested = Attested::new(&rows);
        assert_eq!(attested.usual("سيسي", Habit::Arab), Some("Sisi"));
        assert_eq!(attested.with("sisi").collect::<Vec<_>>(), [("سيسي", 0.6)]);
        assert!(attested.beginning("cis").eq([("سيسي", 0.4)]));
        assert!(!attested.knows("بوتين"));
    }
}

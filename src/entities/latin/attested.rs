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
    /// The usual spelling of each Arabic unit, as it is to be shown.
    usual: FxHashMap<Box<str>, Box<str>>,
}

impl Attested {
    /// The spellings of rows.
    pub fn new(rows: &[LatinRow]) -> Self {
        let mut counts: BTreeMap<(String, String), (u32, u32, &str)> = BTreeMap::new();
        let mut totals: FxHashMap<String, u32> = FxHashMap::default();
        for row in rows {
            // Of equally frequent ones, that of Arab countries is usual in their news.
            let weight = 4 * row.count + 2 * u32::from(row.is('a')) + u32::from(row.is('f'));
            for pair in aligned(row) {
                *totals.entry(pair.arabic.clone()).or_default() += row.count;
                let it = counts.entry((pair.latin, pair.arabic)).or_insert((0, 0, &row.latin));
                it.0 += row.count;
                if it.1 < weight {
                    (it.1, it.2) = (weight, &row.latin);
                }
            }
        }
        let mut usual: FxHashMap<Box<str>, (u32, Box<str>)> = FxHashMap::default();
        let mut by_latin = Vec::with_capacity(counts.len());
        for ((latin, arabic), (count, weight, written)) in counts {
            let total = totals.get(&arabic).copied().unwrap_or(1).max(1);
            let weight = 4 * count + weight % 4;
            let entry = usual.entry(arabic.as_str().into()).or_default();
            if entry.0 < weight {
                *entry = (weight, shown(written, &latin).into());
            }
            by_latin.push((latin.into(), arabic.into(), count as f32 / total as f32));
        }
        Self {
            by_latin,
            usual: usual.into_iter().map(|(arabic, (_, shown))| (arabic, shown)).collect(),
        }
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

    /// The usual spelling of an Arabic unit, as it is to be shown.
    pub fn usual(&self, arabic: &str) -> Option<&str> {
        self.usual.get(arabic).map(AsRef::as_ref)
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
        assert_eq!(attested.usual("سيسي"), Some("Sisi"));
        assert_eq!(attested.with("sisi").collect::<Vec<_>>(), [("سيسي", 0.6)]);
        assert!(attested.beginning("cis").eq([("سيسي", 0.4)]));
        assert!(!attested.knows("بوتين"));
    }
}

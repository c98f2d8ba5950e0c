//! How similar two names are as spellings of one foreign name.
//!
//! A foreign sound has several Arabic letters («غ» and «ج» for g, «ت» and «ط» for t, vowels written or not). How much
//! each such difference speaks for or against one name was learned ([`SpellingWeights`]). Arab names are another
//! matter: «سعد» and «سعيد» differ by one vowel letter and are two people. A part that is known to be Arab is therefore
//! never taken for another (the *native lock*, without which 9 instead of 2 of 270 pairs of different people became
//! one).
//!
//! Not for words: everything here takes folded names.

use std::collections::HashMap;

use crate::arabic::clitic::CLITICS;
use crate::arabic::lists::List;
use crate::entities::gazetteer::arab_names;
use crate::entities::head::is_head;
use crate::entities::vocabulary::{ARAB_PARTICLES, PARTICLES, Words};

use super::groups::SAINT;
use super::weights::{SpellingWeights, is_vowel, look_foreign};

/// Given names that are written in several ways, «ميشال» and «ميشيل»: vowels alone would not tell them from relatives' names.
const SAME_GIVEN_NAMES: List<2> = List::new(
    include_str!("../../../assets/lists/same_given_names.tsv"),
    ["name", "others"],
);

/// The log-odds of two ways of writing a given name that the list knows: as sure as «ميخائيل بوغدانوف» with another «g».
const KNOWN: f32 = 2.5;

/// A difference weighs more beside a shared Arab part, which many people have in common. See [`SAME_BESIDE`].
const MIXED: f32 = 0.5;

/// A difference in the given name weighs more: relatives have similar ones. See [`SAME_BESIDE`].
const GIVEN: f32 = 0.25;

/// Beside a foreign given name that is the same, a difference in a family name that looks foreign weighs less: «ألكسندر زرق» is
/// not «ألكسندر زيرق».
///
/// This number, [`MIXED`] and [`GIVEN`] were chosen among a few round ones on known spellings so that none of 135 pairs
/// of different people become one, and few of thousands of names that are nearly the same; `tests/it/names.rs` measures
/// both.
const SAME_BESIDE: f32 = 0.5;

/// A foreign part that is the same says something if it has at least this many letters …
const STRONG_LETTERS: usize = 5;

/// … and one that differs if it is at least this surely the same. Both are guesses.
const STRONG_SCORE: f32 = 1.5;

/// A part less similar than this makes it another name, whatever the other parts. A guess.
const HOPELESS: f32 = -2.0;

/// Parts with fewer consonants are too short to compare. A guess.
const FEWEST_CONSONANTS: usize = 2;

/// Names of places with fewer consonants in all are short: «بنها» is not «بنيها» …
const CONSONANTS_OF_PLACES: usize = 4;

/// … and a difference between them weighs more. Chosen on cities with similar names, as is the bound.
const SHORT: f32 = 1.25;

/// One part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part with its particles, written as one word.
    pub text: String,
    /// Whether it is known to be Arab and so has no other spelling.
    pub is_native: bool,
    /// The first of the ways of writing it, if it is a given name that the list knows.
    known: Option<&'static str>,
}

impl Part {
    /// Whether two parts that are written differently are one given name of the list.
    fn is_known_as(&self, other: &Self) -> bool {
        self.known.is_some() && self.known == other.known
    }

    /// Whether it has no other spelling.
    pub fn is_fixed(&self) -> bool {
        self.is_native && self.known.is_none()
    }
}

/// The learned weights and the known Arab names.
pub struct SpellingModel {
    weights: SpellingWeights,
    native_names: Words,
    /// By each way of writing a given name, the first of them.
    same_given_names: HashMap<&'static str, &'static str>,
}

/// How similar two names are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The log-odds of their least similar parts, adjusted by the other parts.
    pub score: f32,
    /// Whether these are the given names: relatives have similar ones beside the same family name.
    pub is_given: bool,
}

impl SpellingModel {
    /// Reads the built-in lists.
    pub fn new() -> Self {
        Self {
            weights: SpellingWeights::new(),
            native_names: arab_names().collect(),
            same_given_names: SAME_GIVEN_NAMES
                .rows()
                .flat_map(|[name, others]| others.split('\t').chain([name]).map(move |it| (it, name)))
                .collect(),
        }
    }

    /// The parts of a folded name; «بن» counts for nothing.
    ///
    /// `is_native_here` says which parts the archive shows to be Arab.
    pub fn parts(&self, key: &str, is_native_here: impl Fn(&str) -> bool) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut prefix = String::new();
        let mut is_behind_native = false;
        let words = key.split([' ', '-']).filter(|it| !it.is_empty());
        for word in words {
            if matches!(word, "بن" | "ابن" | "بنت") && !parts.is_empty() {
                continue;
            }
            if word == "الدين" || word == "الله" {
                // «نصر الدين», «نصرالدين»: one part.
                if let Some(last) = parts.last_mut().filter(|_| prefix.is_empty()) {
                    last.text.push_str(word);
                    last.is_native = true;
                    continue;
                }
            }
            if PARTICLES.contains(word) {
                prefix.push_str(if word == SAINT.0 { SAINT.1 } else { word });
                is_behind_native |= ARAB_PARTICLES.contains(word);
                continue;
            }
            parts.push(Part {
                is_native: is_behind_native
                    || self.is_native(word, parts.is_empty())
                    || is_head(word)
                    || is_native_here(word),
                text: std::mem::take(&mut prefix) + word,
                known: None,
            });
            is_behind_native = false;
        }
        if !prefix.is_empty() {
            match parts.last_mut() {
                Some(last) => last.text.push_str(&prefix),
                None => parts.push(Part {
                    text: prefix,
                    is_native: true,
                    known: None,
                }),
            }
        }
        for part in &mut parts {
            part.known = self.same_given_names.get(part.text.as_str()).copied();
        }
        parts
    }

    /// Whether a folded word is known to be an Arab name, or looks like one.
    ///
    /// «ال» at the start of a full name is rarely the article («اليكسي», «الكسيس»); at the start of a later part it is.
    pub fn is_native(&self, word: &str, is_first: bool) -> bool {
        if self.native_names.contains(word) {
            return true;
        }
        match word.strip_prefix("ال") {
            Some(rest) => self.native_names.contains(rest) || !is_first && !word.starts_with("الكس"),
            // «عبدالرحمن», «نورالدين».
            None => {
                word.starts_with("عبدال")
                    || word.ends_with("الدين")
                    || word.ends_with("الله")
                    // A proclitic and the article.
                    || CLITICS.in_arab_names.iter().any(|it| word.starts_with(it)) && !is_first
            }
        }
    }

    /// The consonants of parts, in classes that spell the same foreign sounds; native parts are kept as they are.
    ///
    /// Names with different skeletons are never compared.
    pub fn skeleton(parts: &[Part]) -> String {
        let mut skeleton = String::new();
        let mut last = '\0';
        for part in parts {
            if part.is_fixed() {
                skeleton.push(' ');
                skeleton.push_str(&part.text);
                skeleton.push(' ');
                last = '\0';
                continue;
            }
            for c in part.known.unwrap_or(&part.text).chars() {
                let class = match c {
                    'ج' | 'غ' | 'ق' | 'ك' | 'خ' => 'K',
                    'س' | 'ص' | 'ز' | 'ث' | 'ذ' | 'ظ' | 'ش' | 'ت' | 'ط' | 'د' | 'ض' => 'D',
                    'ف' | 'ب' => 'F',
                    'ا' | 'و' | 'ي' | 'ح' | 'ه' | 'ع' => continue,
                    _ => c,
                };
                if class != last {
                    skeleton.push(class);
                    last = class;
                }
            }
        }
        skeleton
    }

    /// How similar two names of several parts are; `None` if they cannot be one.
    pub fn likeness(&self, a: &[Part], b: &[Part]) -> Option<Likeness> {
        if a.len() == b.len() {
            return self.likeness_of_aligned(a, b);
        }
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        self.likeness_of_aligned(short, &joined(short, long)?)
    }

    /// The log-odds that two names of places are one: those of their least similar parts; `None` if they cannot be one.
    ///
    /// Neither company nor a second part speaks for most of them. «الرباط» is not «رباط».
    pub fn likeness_of_places(&self, a: &[Part], b: &[Part]) -> Option<f32> {
        if a.len() != b.len() {
            let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
            return self.likeness_of_places(short, &joined(short, long)?);
        }
        let mut least: Option<f32> = None;
        for (a, b) in a.iter().zip(b).filter(|(a, b)| a.text != b.text) {
            if a.text.starts_with("ال") != b.text.starts_with("ال") {
                return None;
            }
            let z = self.part_score(a, b)?;
            least = Some(least.map_or(z, |least| least.min(z)));
        }
        let n_consonants = |parts: &[Part]| {
            let letters = parts.iter().flat_map(|it| it.text.chars());
            letters.filter(|c| !is_vowel(*c)).count()
        };
        let is_short = n_consonants(a).min(n_consonants(b)) < CONSONANTS_OF_PLACES;
        least.map(|it| if is_short { it - SHORT } else { it })
    }

    /// See [`SpellingModel::likeness`]; the parts stand for each other one to one.
    fn likeness_of_aligned(&self, a: &[Part], b: &[Part]) -> Option<Likeness> {
        // The lock is cheap to check, a score is not.
        if a.iter()
            .zip(b)
            .any(|(a, b)| (a.is_native || b.is_native) && a.text != b.text && !a.is_known_as(b))
        {
            return None;
        }
        let mut least: Option<(usize, f32)> = None;
        let mut n_native = 0;
        // How many parts speak for one name, and the last of them.
        let (mut n_strong, mut strong) = (0, 0);
        for (at, (a, b)) in a.iter().zip(b).enumerate() {
            if a.text == b.text {
                n_native += usize::from(a.is_native);
                if !a.is_native && STRONG_LETTERS <= a.text.chars().count() {
                    (n_strong, strong) = (n_strong + 1, at);
                }
                continue;
            }
            let z = self.part_score(a, b)?;
            if z < HOPELESS {
                return None;
            }
            if STRONG_SCORE <= z {
                (n_strong, strong) = (n_strong + 1, at);
            }
            if least.is_none_or(|(_, least)| z < least) {
                least = Some((at, z));
            }
        }
        // Without a difference it is «بن» that one has and the other has not.
        let (at, mut score) = least?;
        let is_given = at == 0;
        if n_native != 0 {
            score -= MIXED;
        }
        if is_given {
            score -= GIVEN;
        } else if (1 < n_strong || n_strong == 1 && strong != at) && look_foreign(&a[at].text, &b[at].text) {
            score += SAME_BESIDE;
        }
        Some(Likeness { score, is_given })
    }

    /// Whether a folded word is in the list of Arab names.
    pub fn is_known(&self, word: &str) -> bool {
        self.native_names.contains(word)
    }

    /// Whether a word is the name of a person rather than of a family: «محمد», «عبدالله».
    pub fn is_given_like(&self, word: &str) -> bool {
        word.starts_with("عبدال") || word.ends_with("الدين")
    }

    /// The log-odds that two different parts are one name; `None` if they cannot be.
    pub fn part_score(&self, a: &Part, b: &Part) -> Option<f32> {
        if a.is_known_as(b) {
            return Some(KNOWN);
        }
        if a.is_native || b.is_native {
            return None;
        }
        let (a, b): (Vec<char>, Vec<char>) = (a.text.chars().collect(), b.text.chars().collect());
        let n_consonants = |word: &[char]| word.iter().filter(|c| !is_vowel(**c)).count();
        if n_consonants(&a).min(n_consonants(&b)) < FEWEST_CONSONANTS {
            return None;
        }
        let mut z = self.weights.score(&a, &b);
        for (long, short) in [(&a, &b), (&b, &a)] {
            if long.starts_with(&['ا', 'ل']) && !short.starts_with(&['ا', 'ل']) {
                z = z.max(
                    self.weights.score(&long[2..], short) + self.weights.article + self.weights.nops_per_cons / 7.0,
                );
            }
        }
        z.is_finite().then_some(z)
    }
}

/// Whether a word belongs to the part after it: «أبو», «دي», «فان».
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

/// The parts of the longer of two names with two joined, so that they stand for the parts of the other one to one;
/// `None` if it has more than one part more.
fn joined(short: &[Part], long: &[Part]) -> Option<Vec<Part>> {
    if short.len() + 1 != long.len() || short.is_empty() {
        return None;
    }
    // «شي جينبينغ», «شي جين بينغ»: the two whose union is most like the part.
    let joined_at = |at: usize| -> Vec<Part> {
        let mut parts = long.to_vec();
        let second = parts.remove(at + 1);
        parts[at].text.push_str(&second.text);
        parts[at].is_native |= second.is_native;
        parts[at].known = None;
        parts
    };
    let likeness = |at: &usize| {
        let parts = joined_at(*at);
        let n_equal = parts.iter().zip(short).filter(|(a, b)| a.text == b.text).count();
        let n_letters = |it: &str| it.chars().count();
        let difference = n_letters(&parts[*at].text).abs_diff(n_letters(&short[*at].text));
        (n_equal, std::cmp::Reverse(difference))
    };
    (0..short.len()).max_by_key(likeness).map(joined_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How like two folded names are, rounded to tenths; `None` if they cannot be one.
    #[track_caller]
    fn check(a: &str, b: &str, expected: Option<f32>) {
        let spelling = SpellingModel::new();
        let parts = |name: &str| spelling.parts(name, |_| false);
        let likeness = |a: &str, b: &str| {
            let found = spelling.likeness(&parts(a), &parts(b));
            found.map(|it| (it.score * 10.0).round() / 10.0)
        };
        assert_eq!(likeness(a, b), expected, "{a} / {b}");
        assert_eq!(likeness(b, a), expected, "{b} / {a}");
        if expected.is_some() {
            assert_eq!(
                SpellingModel::skeleton(&parts(a)),
                SpellingModel::skeleton(&parts(b)),
                "{a} / {b}"
            );
        }
    }

    #[test]
    fn the_scores_are_those_that_were_learned() {
        // 3.0 for the part and half for the given name beside it; 2.5 for a known given name, less a quarter.
        check("ميخاييل بوجدانوف", "ميخاييل بوغدانوف", Some(3.5));
        check("ديميتري بيسكوف", "دميتري بيسكوف", Some(2.3));
    }

    #[test]
    fn native_parts_are_locked() {
        check("سعد القحطاني", "سعيد القحطاني", None);
        check("ناصر الشمراني", "ناصر الشهراني", None);
        check("عبد الرحمن الراشد", "عبد الرحيم الراشد", None);
        check("ابو غريب", "ابو جريب", None);
    }

    #[test]
    fn what_looks_arab_gains_nothing_from_its_company() {
        let score = |name: &str, other: &str| {
            let spelling = SpellingModel::new();
            let parts = |name: &str| spelling.parts(name, |_| false);
            spelling
                .likeness(&parts(name), &parts(other))
                .map_or(f32::NEG_INFINITY, |it| it.score)
        };
        assert!(score("الكسندر ماكرون", "الكسندر مكرون") - score("جون ماكرون", "جون مكرون") > 0.4);
        assert_eq!(score("الكسندر زرق", "الكسندر زيرق"), score("جون زرق", "جون زيرق"));
    }

    #[test]
    fn a_final_alif_is_another_gender() {
        check("سيرغي ايفانوف", "سيرغي ايفانوفا", None);
        check("كارل ماركس", "كارلا ماركس", None);
    }

    #[test]
    fn parts_may_be_written_together() {
        let spelling = SpellingModel::new();
        let parts = |name: &str| spelling.parts(name, |_| false);
        let found = spelling.likeness(&parts("شي جينبينغ"), &parts("شي جين بينج"));
        assert!(found.is_some_and(|it| 1.0 < it.score), "{found:?}");
        assert_eq!(parts("ستيفان دي ميستورا").len(), 2);
    }
}

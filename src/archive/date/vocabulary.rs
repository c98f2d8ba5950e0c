//! Words with a meaning in dates: months of five traditions, weekdays, numbers, and the words between them.
//!
//! The words are in `assets/lists/date_words.tsv` and `time_zones.tsv`. They are compared in folded form, and without
//! «ال» unless the word only exists with it: [`look_up`] strips the article and clitics. Not for what a word means in
//! its date: the grammar decides that.

use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold};

use super::lex::Lex;
use super::time::Zone;
use super::value::Calendar;

const WORDS: List<3> = List::new(
    include_str!("../../../assets/lists/date_words.tsv"),
    ["word", "meaning", "value"],
);
const ZONES: List<2> = List::new(include_str!("../../../assets/lists/time_zones.tsv"), ["place", "zone"]);

/// The names of the Gregorian and Hijri months that are one word, as they are written.
pub(super) fn months() -> impl Iterator<Item = (Calendar, u8, &'static str)> {
    WORDS
        .rows()
        .filter_map(|[word, meaning, value]| match Lex::of_row(meaning, value)? {
            Lex::Month { calendar, month, .. } if matches!(calendar, Calendar::Gregorian | Calendar::Hijri) => {
                Some((calendar, month, word))
            }
            _ => None,
        })
}

/// The month that had this name in Libya from 1969 to 2011.
pub(super) fn libyan_month(word: &str) -> Option<u8> {
    let word = fold(word, Folding::Word);
    LIBYAN.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

static LIBYAN: LazyLock<Vec<(String, u8)>> = LazyLock::new(|| {
    let rows = WORDS.rows().filter(|[_, meaning, _]| *meaning == LIBYAN_MONTH);
    rows.filter_map(|[name, _, month]| Some((fold(name, Folding::Word), month.parse().ok()?)))
        .collect()
});

/// The meaning of words that are looked up where nothing else is a month, and mean nothing otherwise.
const LIBYAN_MONTH: &str = "libyan_month";

/// A word taken apart: what it means and what was written together with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoundWord {
    pub lex: Lex,
    /// With «ال».
    pub definite: bool,
    /// With «و».
    pub and: bool,
}

/// Longer words are in no date: as many bytes as fit in a [`Key`].
pub(super) const MAX_LETTERS: usize = 16;

/// The letters of a folded word as one number, the last in the lowest byte: Arabic letters by their place in the
/// block U+0600, others by their ASCII code.
pub(super) type Key = u128;

/// The byte of a folded letter in a [`Key`]; `None` for letters that occur in no date.
pub(super) fn key_byte(c: char) -> Option<u8> {
    match c {
        'a'..='z' => u8::try_from(c).ok(),
        '\u{0621}'..='\u{064A}' => u8::try_from(u32::from(c) - 0x0600).ok(),
        _ => None,
    }
}

// Letters as the bytes of a [`Key`]: their code points less U+0600.
const ALIF: u8 = 0x27;
const LAM: u8 = 0x44;
const WAW: u8 = 0x48;
const FA: u8 = 0x41;
const BA: u8 = 0x28;
const KAF: u8 = 0x43;

/// What a word of `n_letters` folded letters means, with its article and clitics taken off.
pub(super) fn look_up(key: Key, n_letters: usize) -> Option<FoundWord> {
    let table = &*TABLE;
    let found = |key: Key, definite, and| table.get(key).map(|lex| FoundWord { lex, definite, and });
    if MAX_LETTERS < n_letters {
        return None;
    }
    if let Some(it) = found(key, false, false) {
        return Some(it);
    }
    let (mut key, mut n_letters) = (key, n_letters);
    let letter = |key: Key, n_letters: usize, idx: usize| (key >> (8 * (n_letters - 1 - idx))) as u8;
    let rest = |key: Key, n_letters: usize| key & ((1u128 << (8 * n_letters)) - 1);
    if n_letters < 3 {
        return None;
    }
    let and = letter(key, n_letters, 0) == WAW;
    if and || letter(key, n_letters, 0) == FA {
        n_letters -= 1;
        key = rest(key, n_letters);
        if let Some(it) = found(key, false, and) {
            return Some(it);
        }
    }
    if n_letters < 3 {
        return None;
    }
    let (first, second) = (letter(key, n_letters, 0), letter(key, n_letters, 1));
    if (first, second) == (ALIF, LAM) {
        return found(rest(key, n_letters - 2), true, and);
    }
    if !matches!(first, BA | LAM | KAF) {
        return None;
    }
    if let Some(it) = found(rest(key, n_letters - 1), false, and) {
        return Some(it);
    }
    if (first, second) == (LAM, LAM) {
        return found(rest(key, n_letters - 2), true, and);
    }
    let third = letter(key, n_letters, 2);
    match 3 < n_letters && (second, third) == (ALIF, LAM) {
        true => found(rest(key, n_letters - 3), true, and),
        false => None,
    }
}

/// All words by their keys: open addressing, at most one eighth full.
struct WordTable {
    slots: Vec<(Key, Option<Lex>)>,
}

/// A power of two, for [`WordTable::slot`], and more than eight times the number of words.
const SLOTS: usize = 1 << 13;

impl WordTable {
    fn slot(key: Key) -> usize {
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 51) as usize
    }

    fn get(&self, key: Key) -> Option<Lex> {
        let mut slot = Self::slot(key);
        loop {
            match self.slots[slot] {
                (_, None) => return None,
                (known, lex) if known == key => return lex,
                _ => slot = (slot + 1) % SLOTS,
            }
        }
    }

    /// The first meaning of a word wins.
    fn insert(&mut self, word: &str, lex: Lex) {
        let mut key = 0;
        for c in fold(word, Folding::Word).chars() {
            let Some(byte) = key_byte(c) else { return };
            key = key << 8 | Key::from(byte);
        }
        let mut slot = Self::slot(key);
        while self.slots[slot].1.is_some() {
            if self.slots[slot].0 == key {
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = (key, Some(lex));
    }
}

static TABLE: LazyLock<WordTable> = LazyLock::new(|| {
    let mut table = WordTable {
        slots: vec![(0, None); SLOTS],
    };
    for [word, meaning, value] in WORDS.rows() {
        // A test sees to it that every row has a meaning.
        if let Some(lex) = Lex::of_row(meaning, value) {
            table.insert(word, lex);
        }
    }
    for [place, zone] in ZONES.rows() {
        table.insert(place, Lex::Zone(Zone::Named(zone)));
    }
    table
});

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use crate::archive::date::lex::Count;
    use crate::archive::date::value::Unit;

    use super::*;

    #[test]
    fn every_row_means_something_that_no_row_before_it_took() {
        let mut n_words = 0;
        for [word, meaning, value] in WORDS.rows() {
            let lex = Lex::of_row(meaning, value);
            if meaning == LIBYAN_MONTH {
                assert!(
                    libyan_month(word).is_some_and(|month| month.to_string() == value),
                    "{word}"
                );
                continue;
            }
            assert!(lex.is_some(), "{word} {meaning} {value}");
            assert_eq!(TABLE.get(key_of(word)), lex, "{word}");
            n_words += 1;
        }
        for [place, zone] in ZONES.rows() {
            assert!(TimeZone::get(zone).is_ok(), "{zone}");
            assert_eq!(TABLE.get(key_of(place)), Some(Lex::Zone(Zone::Named(zone))), "{place}");
            n_words += 1;
        }
        assert!(8 * n_words < SLOTS, "the table is to be at most one eighth full");
    }

    fn key_of(word: &str) -> Key {
        let folded = fold(word, Folding::Word);
        let bytes = folded.chars().filter_map(key_byte);
        bytes.fold(0, |key: Key, byte| key << 8 | Key::from(byte))
    }

    #[track_caller]
    fn check(word: &str, expected: Option<(Lex, &str)>) {
        let n_letters = fold(word, Folding::Word).chars().count();
        let found = look_up(key_of(word), n_letters).map(|it| {
            let mut marks = String::new();
            for (is, mark) in [(it.and, 'و'), (it.definite, 'ا')] {
                if is {
                    marks.push(mark);
                }
            }
            (it.lex, marks)
        });
        assert_eq!(found, expected.map(|(lex, marks)| (lex, marks.to_owned())), "{word}");
    }

    #[test]
    fn clitics_and_the_article_are_taken_off() {
        check("وبالخميس", Some((Lex::Weekday(4), "وا")));
        check("للعام", Some((Lex::Unit(Unit::Year, Count::One), "ا")));
        check(
            "أُكتوبر",
            Some((
                Lex::Month {
                    calendar: Calendar::Gregorian,
                    month: 10,
                    weak: false,
                },
                "",
            )),
        );
        check("اليوم", Some((Lex::Today, "")));
        check("والعشرين", Some((Lex::Tens(20), "وا")));
        check("بيت", None);
        check("موافقات", None);
    }
}

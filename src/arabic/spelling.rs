//! The details of a word's spelling that folding drops: hamzas, ة and ه, ى and ي, vowel signs.

use std::fmt::{self, Write as _};

use unicode_normalization::UnicodeNormalization as _;

use super::fold::{Folding, fold};
use super::letter;

/// Precedes a whole word in a [`Spelling::difference`].
const WHOLE: char = '\0';

/// The first character of the Arabic blocks: all letters with several spellings, and all vowel signs, are behind it.
const FIRST_LETTER: char = '\u{600}';

/// A word with its letters as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    letters: Vec<Letter>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Letter {
    folded: char,
    written: char,
    /// The vowel signs on it, in a fixed order.
    marks: Vec<char>,
}

impl Spelling {
    /// Parses a word as written.
    pub fn new(word: &str) -> Self {
        let mut letters: Vec<Letter> = Vec::new();
        for c in word.nfkc() {
            if letter::is_tashkeel(c) {
                if let Some(last) = letters.last_mut() {
                    last.marks.push(c);
                    last.marks.sort_unstable();
                }
            } else if let Some(folded) = fold(c.encode_utf8(&mut [0; 4]), Folding::Word).chars().next() {
                // Digits and Latin letters have only one spelling.
                let written = if letter::is_arabic_letter(c) { c } else { folded };
                letters.push(Letter {
                    folded,
                    written,
                    marks: Vec::new(),
                });
            }
        }
        Self { letters }
    }

    /// The spelling without the first letters.
    pub fn without_first(mut self, n_letters: usize) -> Self {
        self.letters.drain(..n_letters.min(self.letters.len()));
        self
    }

    /// How the word differs from `surface`, one way in which it is spelled; `None` where it does not. With the surface,
    /// [`Spelling::of_difference`] makes it a spelling again.
    ///
    /// For each letter that is written otherwise: its place from the end, as the character of that number, the letter, and its
    /// vowel signs. Endings are counted from the end so that «وزارة» and «مدينة» differ alike. A word with more or fewer
    /// letters than the surface is given as it is.
    pub fn difference(&self, surface: &str) -> Option<String> {
        if self.letters.len() != surface.chars().count() {
            return Some(format!("{WHOLE}{self}"));
        }
        let mut differs = String::new();
        let from_end = (1..=self.letters.len() as u32).rev();
        for ((letter, c), place) in self.letters.iter().zip(surface.chars()).zip(from_end) {
            if letter.written != c || !letter.marks.is_empty() {
                let Some(place) =
                    char::from_u32(place).filter(|it| *it < FIRST_LETTER && letter.written >= FIRST_LETTER)
                else {
                    return Some(format!("{WHOLE}{self}"));
                };
                differs.push(place);
                differs.push(letter.written);
                differs.extend(&letter.marks);
            }
        }
        (!differs.is_empty()).then_some(differs)
    }

    /// The word as written that has this [`Spelling::difference`] from a surface.
    pub fn of_difference(surface: &str, differs: &str) -> String {
        if let Some(whole) = differs.strip_prefix(WHOLE) {
            return whole.to_owned();
        }
        let mut letters: Vec<String> = surface.chars().map(String::from).collect();
        let n_letters = letters.len();
        let mut at = None;
        for c in differs.chars() {
            if c < FIRST_LETTER {
                at = n_letters.checked_sub(c as usize);
                at.and_then(|at| letters.get_mut(at))
                    .into_iter()
                    .for_each(String::clear);
            } else if let Some(letter) = at.and_then(|at| letters.get_mut(at)) {
                letter.push(c);
            }
        }
        letters.concat()
    }

    /// Whether it has vowel signs.
    pub fn has_tashkeel(&self) -> bool {
        self.letters.iter().any(|it| !it.marks.is_empty())
    }

    /// Whether `text_word`, another form of the same word, is spelled like this one in the letters that the two share.
    /// Vowel signs must agree only on letters that have some in both.
    pub fn agrees(&self, text_word: &Self, as_typed: bool) -> bool {
        let (start, start_in_text, n_letters) = self.common_letters(text_word);
        let ours = &self.letters[start..start + n_letters];
        let theirs = &text_word.letters[start_in_text..start_in_text + n_letters];
        ours.iter().zip(theirs).all(|(a, b)| {
            let same_marks = a.marks.is_empty() || b.marks.is_empty() || a.marks == b.marks;
            same_marks && (!as_typed || a.written == b.written)
        })
    }

    /// The longest run of folded letters that both share: its start in each, and its length.
    fn common_letters(&self, other: &Self) -> (usize, usize, usize) {
        let mut best = (0, 0, 0);
        for start in 0..self.letters.len() {
            for start_in_other in 0..other.letters.len() {
                let n_letters = self.letters[start..]
                    .iter()
                    .zip(&other.letters[start_in_other..])
                    .take_while(|(a, b)| a.folded == b.folded)
                    .count();
                if best.2 < n_letters {
                    best = (start, start_in_other, n_letters);
                }
            }
        }
        best
    }
}

/// The word as written, each letter followed by its vowel signs; parses to an equal spelling.
impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.letters.iter().try_for_each(|letter| {
            f.write_char(letter.written)?;
            letter.marks.iter().try_for_each(|mark| f.write_char(*mark))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text_word: &str, any: bool, as_typed: bool) {
        let (query, text_word) = (Spelling::new(query), Spelling::new(text_word));
        assert_eq!(query.agrees(&text_word, false), any);
        assert_eq!(query.agrees(&text_word, true), as_typed);
    }

    #[test]
    fn letters_agree_as_typed() {
        check("إدارة", "وإدارة", true, true);
        check("إدارة", "ادارة", true, false);
        check("إدارة", "إداره", true, false);
        check("إدارة", "إدارات", true, true);
        check("مصطفى", "مصطفي", true, false);
        check("٢٠٢٣", "2023", true, true);
        check("محمد", "مُحَمَّـــد", true, true);
    }

    #[test]
    fn marks_of_both_agree() {
        check("عَلَم", "علم", true, true);
        check("عَلَم", "العَلَم", true, true);
        check("عَلَم", "عِلم", false, false);
        check("علم", "عِلم", true, true);
    }
}

//! Finds names by their words: «بوغ» begins a word of «ميخائيل بوغدانوف».

use std::collections::HashMap;

use crate::arabic::{Folding, fold, words};

use super::name_table::{NameNumber, NameTable};

/// Words to look for in a name, in any order; the article does not count.
#[derive(Clone, Debug)]
pub struct NameWords {
    words: Vec<String>,
    /// Whether the last word is only a prefix.
    is_open: bool,
}

impl NameWords {
    /// Splits and folds `text`. `is_open`: the last word may be only a prefix.
    pub fn new(text: &str, is_open: bool) -> Self {
        Self {
            words: name_words(text).collect(),
            is_open,
        }
    }

    /// Whether there are no words, so that every name matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether `name` has them all.
    pub fn is_in(&self, name: &str) -> bool {
        let of_name: Vec<String> = name_words(name).collect();
        self.each().all(|(wanted, is_open)| {
            let is_it = |word: &String| word == wanted || is_open && word.starts_with(wanted);
            of_name.iter().any(is_it)
        })
    }

    /// Each word, with whether it is only a prefix.
    fn each(&self) -> impl Iterator<Item = (&str, bool)> {
        let last = self.words.len().wrapping_sub(1);
        let words = self.words.iter().enumerate();
        words.map(move |(idx, word)| (word.as_str(), self.is_open && idx == last))
    }
}

/// The words of a name, folded and without article.
fn name_words(name: &str) -> impl Iterator<Item = String> + '_ {
    words(name).filter_map(|word| {
        let folded = fold(word.span.of(name)?, Folding::Name);
        Some(match folded.strip_prefix("ال") {
            Some(rest) if 2 <= rest.chars().count() => rest.to_owned(),
            _ => folded,
        })
    })
}

/// The names of a table by their words.
#[derive(Debug)]
pub(super) struct NamesByWord {
    /// The words, sorted, each with the start of its names in `names`.
    words: Vec<(Box<str>, u32)>,
    /// The names with each word, in rising order.
    names: Vec<NameNumber>,
}

impl NamesByWord {
    /// Folds every name: a third of a second for three hundred thousand.
    pub fn new(names: &NameTable) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut of_word: Vec<(u32, NameNumber)> = Vec::new();
        for name in names.numbers() {
            for word in name_words(names.form(name)) {
                let next = numbers.len() as u32;
                of_word.push((*numbers.entry(word).or_insert(next), name));
            }
        }
        let mut texts: Vec<(String, u32)> = numbers.into_iter().collect();
        texts.sort_unstable();
        let mut places = vec![0; texts.len()];
        for (place, (_, number)) in (0_u32..).zip(&texts) {
            places[*number as usize] = place;
        }
        of_word.iter_mut().for_each(|(word, _)| *word = places[*word as usize]);
        of_word.sort_unstable();
        of_word.dedup();
        let start = |word: u32| of_word.partition_point(|(other, _)| *other < word) as u32;
        let starts: Vec<u32> = (0..texts.len() as u32).map(start).collect();
        Self {
            words: texts
                .into_iter()
                .map(|(word, _)| word.into_boxed_str())
                .zip(starts)
                .collect(),
            names: of_word.into_iter().map(|(_, name)| name).collect(),
        }
    }

    /// The names with all the words, in rising order.
    pub fn with(&self, wanted: &NameWords, names: &NameTable) -> Vec<NameNumber> {
        // Few names have the rarest word, so only these are checked.
        let with_word = wanted.each().map(|(word, is_open)| self.with_word(word, is_open));
        let Some(fewest) = with_word.min_by_key(|names| names.len()) else {
            return names.numbers().collect();
        };
        let mut found = fewest.to_vec();
        found.sort_unstable();
        found.dedup();
        if 1 < wanted.words.len() {
            found.retain(|&name| wanted.is_in(names.form(name)));
        }
        found
    }

    /// The names with a word, or with one that has it as a prefix; a name may occur several times.
    fn with_word(&self, word: &str, is_open: bool) -> &[NameNumber] {
        let is_before = |it: &(Box<str>, u32)| it.0.as_ref() < word;
        let first = self.words.partition_point(is_before);
        let is_it = |it: &(Box<str>, u32)| it.0.as_ref() == word || is_open && it.0.starts_with(word);
        let n_words = self.words[first..].partition_point(is_it);
        let start = |idx: usize| self.words.get(idx).map_or(self.names.len(), |it| it.1 as usize);
        &self.names[start(first)..start(first + n_words)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::EntityKind;

    #[test]
    fn names_are_found_by_their_words() {
        let mut table = NameTable::default();
        for form in [
            "ميخائيل بوغدانوف",
            "الأمير فؤاد",
            "ميخائيل بوجدانوف",
            "فؤاد بوغ",
            "لا أحد",
        ] {
            table.push(EntityKind::Person, form, form);
        }
        let by_word = NamesByWord::new(&table);
        for text in [
            "",
            "بوغ",
            "بوغدانوف ميخائيل",
            "فواد",
            "امير",
            "ميخ",
            "ل",
            "بوغدانوفا",
            "فؤاد ميخائيل",
        ] {
            for is_open in [false, true] {
                let wanted = NameWords::new(text, is_open);
                let expected: Vec<NameNumber> =
                    table.numbers().filter(|&name| wanted.is_in(table.form(name))).collect();
                assert_eq!(by_word.with(&wanted, &table), expected, "{text} {is_open}");
            }
        }
        assert_eq!(
            by_word.with(&NameWords::new("بوغ", true), &table),
            [0, 3].map(NameNumber)
        );
    }
}

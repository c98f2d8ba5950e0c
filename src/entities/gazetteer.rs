//! Known names and words, built into the program. Where they come from is told in `assets/gazetteers/NOTICE.txt`.

use std::collections::{HashMap, HashSet};

use crate::arabic::{Folding, fold};

use super::EntityKind;

const NAMES: &str = include_str!("../../assets/gazetteers/names.tsv");
const GIVEN_NAMES: &str = include_str!("../../assets/gazetteers/given_names.txt");
const COMMON_WORDS: &str = include_str!("../../assets/gazetteers/common_words.txt");

/// Known names by their folded forms, and the words by which names are told from other words.
pub struct Gazetteer {
    /// The folded words of a form, joined by spaces, to what it names.
    forms: HashMap<String, Known>,
    /// The first words of `forms`, with the number of words of the longest form that begins so.
    longest: HashMap<String, usize>,
    given_names: HashSet<String>,
    common_words: HashSet<&'static str>,
}

/// What a known form names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The kind of thing.
    pub kind: EntityKind,
    /// The folded usual name.
    pub key: String,
}

impl Gazetteer {
    /// Reads the built-in lists.
    pub fn new() -> Self {
        let mut it = Self {
            forms: HashMap::new(),
            longest: HashMap::new(),
            given_names: GIVEN_NAMES.lines().map(str::to_owned).collect(),
            common_words: COMMON_WORDS.lines().collect(),
        };
        for line in NAMES.lines() {
            let mut fields = line.split('\t');
            let kind = match fields.next() {
                Some("person") => EntityKind::Person,
                Some("organisation") => EntityKind::Organisation,
                Some("place") => EntityKind::Place,
                _ => continue,
            };
            let forms: Vec<String> = fields.map(|form| fold(form, Folding::Name)).collect();
            let Some(key) = forms.first().cloned() else { continue };
            for form in forms {
                let words: Vec<&str> = form.split_whitespace().collect();
                let (Some(first), joined) = (words.first(), words.join(" ")) else {
                    continue;
                };
                let longest = it.longest.entry((*first).to_owned()).or_default();
                *longest = words.len().max(*longest);
                // The first entry holds: the lists begin with what was checked by hand.
                it.forms
                    .entry(joined)
                    .or_insert_with(|| Known { kind, key: key.clone() });
            }
        }
        it
    }

    /// The longest known form at the beginning of `words`, and of how many words it is.
    pub fn longest(&self, words: &[&str]) -> Option<(&Known, usize)> {
        let longest = self.longest.get(*words.first()?)?;
        (1..=(*longest).min(words.len())).rev().find_map(|n_words| {
            let known = self.forms.get(&words[..n_words].join(" "))?;
            Some((known, n_words))
        })
    }

    /// What a whole form names.
    pub fn known(&self, form: &str) -> Option<&Known> {
        self.forms.get(form)
    }

    /// Whether a folded word is a given name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    /// Whether a folded word is a frequent word that is not part of names.
    pub fn is_common(&self, word: &str) -> bool {
        self.common_words.contains(word)
    }
}

//! Known names and words, built into the program. Where they come from is told in `assets/gazetteers/NOTICE.txt`.

use std::collections::{HashMap, HashSet};

use crate::arabic::{Folding, fold};

use super::EntityKind;

/// The lists: a kind and forms of one name, or words of one sort, separated by tabs. Of two lines with one form the
/// first holds, so what was checked by hand comes first.
pub const LISTS: [&str; 7] = [
    include_str!("../../assets/gazetteers/names.tsv"),
    include_str!("../../assets/gazetteers/people.tsv"),
    include_str!("../../assets/gazetteers/organisations.tsv"),
    include_str!("../../assets/gazetteers/places.tsv"),
    include_str!("../../assets/gazetteers/words.tsv"),
    include_str!("../../assets/gazetteers/countries.tsv"),
    include_str!("../../assets/gazetteers/cities.tsv"),
];

/// Known names by their folded forms, and given names.
pub struct Gazetteer {
    /// The folded words of a form, joined by spaces, to what it names.
    forms: HashMap<String, Known>,
    given_names: HashSet<String>,
    /// Frequent words that are not part of names, folded for running text.
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
    /// Reads the built-in lists: some 10 ms.
    pub fn new() -> Self {
        let mut it = Self {
            forms: HashMap::new(),
            given_names: HashSet::new(),
            common_words: include_str!("../../assets/gazetteers/common_words.txt")
                .lines()
                .collect(),
        };
        for line in LISTS.iter().flat_map(|list| list.lines()) {
            let mut fields = line.split('\t');
            let kind = match fields.next() {
                Some("person") => EntityKind::Person,
                Some("organisation") => EntityKind::Organisation,
                Some("place" | "country" | "city") => EntityKind::Place,
                Some("given_name") => {
                    it.given_names.extend(fields.map(|name| fold(name, Folding::Name)));
                    continue;
                }
                _ => continue,
            };
            let mut key = None;
            for form in fields {
                let form = fold(form, Folding::Name)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                let key = key.get_or_insert_with(|| form.clone());
                it.forms.entry(form).or_insert_with(|| Known { kind, key: key.clone() });
            }
        }
        it
    }

    /// What a whole form names.
    pub fn known(&self, form: &str) -> Option<&Known> {
        self.forms.get(form)
    }

    /// Whether a folded word is one of every day.
    pub fn is_common(&self, word: &str) -> bool {
        self.common_words.contains(word)
    }

    /// Whether a folded word is a given name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }
}

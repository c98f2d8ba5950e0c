//! Known names and words, built into the program. Where they come from is told in `assets/gazetteers/NOTICE.txt`.

use std::collections::{HashMap, HashSet};

use crate::arabic::{Folding, fold};

use super::EntityKind;

/// The lists: a kind and forms of one name, or words of one sort, separated by tabs. Of two lines with one form the
/// first holds, so what was checked by hand comes first; a line that begins with a form of an earlier one adds to it.
pub const LISTS: [&str; 7] = [
    include_str!("../../assets/gazetteers/names.tsv"),
    include_str!("../../assets/gazetteers/people.tsv"),
    include_str!("../../assets/gazetteers/organisations.tsv"),
    include_str!("../../assets/gazetteers/places.tsv"),
    include_str!("../../assets/gazetteers/words.tsv"),
    include_str!("../../assets/gazetteers/countries.tsv"),
    include_str!("../../assets/gazetteers/cities.tsv"),
];

/// Arab names, folded, without their article.
pub(super) const NATIVE_NAMES: &str = include_str!("../../assets/gazetteers/native_names.txt");

const NO_NAMES: &str = include_str!("../../assets/gazetteers/no_names.txt");

/// Known names by their folded forms, and given names.
pub struct Gazetteer {
    /// The folded words of a form, joined by spaces, to what it names, in the order of the lists.
    forms: HashMap<String, Vec<Known>>,
    given_names: HashSet<String>,
    native_names: HashSet<&'static str>,
    /// Words that stand before names and say what kind of thing is named.
    heads: HashSet<String>,
    /// Folded phrases that look like names and name nothing in particular.
    no_names: HashSet<String>,
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
            native_names: NATIVE_NAMES.lines().collect(),
            heads: HashSet::new(),
            no_names: NO_NAMES.lines().map(folded_words).collect(),
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
                    it.given_names.extend(fields.map(folded_words));
                    continue;
                }
                Some("organisation_head" | "place_head") => {
                    it.heads.extend(fields.map(folded_words));
                    continue;
                }
                _ => continue,
            };
            let mut key: Option<String> = None;
            for form in fields {
                let form = folded_words(form);
                let key = key.get_or_insert_with(|| it.key_of(kind, &form).unwrap_or(&form).to_owned());
                let key = key.clone();
                let known = it.forms.entry(form).or_default();
                if known.iter().all(|it| it.kind != kind) {
                    known.push(Known { kind, key });
                }
            }
        }
        it
    }

    /// What a whole form names in the first place.
    pub fn known(&self, form: &str) -> Option<&Known> {
        self.forms.get(form)?.first()
    }

    /// The usual name of a thing of one kind.
    pub fn key_of(&self, kind: EntityKind, form: &str) -> Option<&str> {
        let known = self.forms.get(form)?.iter().find(|it| it.kind == kind)?;
        Some(&known.key)
    }

    /// Whether a folded phrase looks like a name and names nothing in particular: «مجلس الإدارة», «الجهة».
    pub fn is_no_name(&self, form: &str) -> bool {
        let is_bare_head = || self.known(form).is_none() && self.is_head(form);
        self.no_names.contains(form) || is_bare_head()
    }

    /// Whether a folded word stands before names and says what kind of thing is named: «هيئه», «مدينه».
    pub fn is_head(&self, word: &str) -> bool {
        self.heads.contains(word)
    }

    /// Whether a folded word is one of every day.
    pub fn is_common(&self, word: &str) -> bool {
        self.common_words.contains(word)
    }

    /// Whether a folded word, which has no article, is the name of many Arabs.
    pub fn is_native_name(&self, word: &str) -> bool {
        self.native_names.contains(word)
    }

    /// Whether a folded word is a given name.
    pub fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }
}

/// A form folded, its words joined by one space.
fn folded_words(form: &str) -> String {
    let folded = fold(form, Folding::Name);
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

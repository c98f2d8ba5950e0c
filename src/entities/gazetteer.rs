//! Known names and words, built into the program: names of the world from `assets/gazetteers`, words and names of people
//! from `assets/lists`. Each file says where it comes from.

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold};

use super::EntityKind;
use super::head::announcing;
use super::vocabulary::{Words, foreign_given_names};

/// Each row is a kind and the forms of one name. The first row with a form wins, so hand-checked lists come first; a
/// row that begins with a form of an earlier one adds to that.
const NAMES: [List<2>; 6] = [
    List::new(include_str!("../../assets/gazetteers/names.tsv"), ["kind", "forms"]),
    List::new(include_str!("../../assets/gazetteers/people.tsv"), ["kind", "forms"]),
    List::new(
        include_str!("../../assets/gazetteers/organisations.tsv"),
        ["kind", "forms"],
    ),
    List::new(include_str!("../../assets/gazetteers/places.tsv"), ["kind", "forms"]),
    List::new(include_str!("../../assets/gazetteers/countries.tsv"), ["kind", "forms"]),
    List::new(include_str!("../../assets/gazetteers/cities.tsv"), ["kind", "forms"]),
];

/// Names of people, without their article.
const PEOPLE: List<3> = List::new(include_str!("../../assets/lists/names.tsv"), ["name", "given", "arab"]);

const TRIGGERS: List<2> = List::new(include_str!("../../assets/lists/triggers.tsv"), ["word", "says"]);
/// The outlets of the press, with what else a name may mean.
const OUTLETS: List<3> = List::new(
    include_str!("../../assets/lists/outlets.tsv"),
    ["name", "outlet", "also"],
);
const NO_NAMES: List<1> = List::new(include_str!("../../assets/lists/no_names.tsv"), ["phrase"]);
const COMMON_WORDS: List<1> = List::new(include_str!("../../assets/lists/common_words.tsv"), ["word"]);

/// The words and names that the model is trained with, each with its kind: `person`, `organisation`, `place`,
/// `country`, `city`, `given_name`, `outlet`, `outlet_or_word`, `organisation_head`, `place_head`, and the kinds of
/// `assets/lists/triggers.tsv`.
pub fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let names = NAMES.into_iter().flat_map(List::rows);
    let names = names.flat_map(|[kind, forms]| forms.split('\t').map(move |form| (kind, form)));
    let given = given_names().map(|name| ("given_name", name));
    let triggers = TRIGGERS.rows().map(|[word, says]| (says, word));
    let outlets = OUTLETS.rows().map(|[name, _, also]| match also {
        "word" => ("outlet_or_word", name),
        _ => ("outlet", name),
    });
    names.chain(given).chain(outlets).chain(announcing()).chain(triggers)
}

/// Common Arab names, folded, without their article.
pub fn arab_names() -> impl Iterator<Item = &'static str> {
    let those = PEOPLE.rows().filter(|[_, _, arab]| *arab == "yes");
    those.map(|[name, ..]| name)
}

fn given_names() -> impl Iterator<Item = &'static str> {
    let those = PEOPLE.rows().filter(|[_, given, _]| *given == "yes");
    those.map(|[name, ..]| name)
}

/// The built-in names by their folded forms, and the words around them.
pub struct Gazetteer {
    /// From the folded words of a form, joined by spaces, to what it may name, in the order of the lists.
    forms: HashMap<String, Vec<GazetteerName>>,
    /// The folded forms of countries.
    countries: FxHashSet<String>,
    given_names: Words,
    foreign_given_names: Words,
    native_names: Words,
    /// Words before names that say what kind of thing is named.
    heads: Words,
    /// Folded phrases that look like names but name nothing in particular.
    no_names: FxHashSet<String>,
    /// Frequent words that are part of no name.
    common_words: Words,
}

/// An entity that a known form may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GazetteerName {
    /// One form can have several kinds, each with its own key.
    pub kind: EntityKind,
    /// The usual name, folded.
    pub key: String,
}

impl Gazetteer {
    /// Reads the built-in lists, which takes some 10 ms.
    pub fn new() -> Self {
        let mut it = Self {
            forms: HashMap::new(),
            countries: FxHashSet::default(),
            given_names: given_names().collect(),
            foreign_given_names: foreign_given_names().collect(),
            native_names: arab_names().collect(),
            heads: announcing().map(|(_, head)| head).collect(),
            no_names: NO_NAMES.words().map(folded_words).collect(),
            common_words: COMMON_WORDS.words().collect(),
        };
        for [kind, forms] in NAMES.into_iter().flat_map(List::rows) {
            if kind == "country" {
                it.countries.extend(forms.split('\t').map(folded_words));
            }
            let kind = match kind {
                "person" => EntityKind::Person,
                "organisation" => EntityKind::Organisation,
                _ => EntityKind::Place,
            };
            let mut key: Option<String> = None;
            for form in forms.split('\t') {
                let form = folded_words(form);
                let key = key.get_or_insert_with(|| it.key_of(kind, &form).unwrap_or(&form).to_owned());
                let key = key.clone();
                let known = it.forms.entry(form).or_default();
                if known.iter().all(|it| it.kind != kind) {
                    known.push(GazetteerName { kind, key });
                }
            }
        }
        it
    }

    /// The first that a whole form names, by the order of the lists.
    pub fn known(&self, form: &str) -> Option<&GazetteerName> {
        self.forms.get(form)?.first()
    }

    /// The usual name of a thing of one kind.
    pub fn key_of(&self, kind: EntityKind, form: &str) -> Option<&str> {
        let known = self.forms.get(form)?.iter().find(|it| it.kind == kind)?;
        Some(&known.key)
    }

    /// Whether a folded form names a country.
    pub fn is_country(&self, form: &str) -> bool {
        self.countries.contains(form)
    }

    /// Whether a folded phrase looks like a name but names nothing in particular: «مجلس الإدارة», «الجهة».
    pub fn is_no_name(&self, form: &str) -> bool {
        let is_bare_head = || self.known(form).is_none() && self.is_head(form);
        self.no_names.contains(form) || is_bare_head()
    }

    /// Whether a folded word before a name says what kind of thing is named: «هيئه», «مدينه».
    pub fn is_head(&self, word: &str) -> bool {
        self.heads.contains(word)
    }

    /// Whether a folded word is an everyday word.
    pub fn is_common(&self, word: &str) -> bool {
        self.common_words.contains(word)
    }

    /// Whether a folded word, given without its article, is a common Arab name.
    pub fn is_native_name(&self, word: &str) -> bool {
        self.native_names.contains(word)
    }

    /// Whether a folded word is a given name of other countries than the Arab ones.
    pub fn is_foreign_given_name(&self, word: &str) -> bool {
        self.foreign_given_names.contains(word)
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

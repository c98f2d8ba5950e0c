//! Heads: words before a name that say what kind of thing it names, «حركة حماس», «مدينة غزة».
//!
//! The one table is `assets/lists/heads.tsv`, with a column for each user.

use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::table::hash_of;

use super::vocabulary::{Hashes, Words, hashes};

const TABLE: List<7> = List::new(
    include_str!("../../assets/lists/heads.tsv"),
    ["head", "tagger", "usual", "short", "resolver", "definite", "facility"],
);

/// The heads by their users.
pub struct Heads {
    /// For the resolver: words that say no more than the kind of an organisation.
    pub of_organisations: Words,
    /// The same for places. A «محافظة» is not its capital.
    pub of_places: Words,
    /// Left out before names of several words only: «بنك دبي الإسلامي», but «بنك الاتحاد» is not «الاتحاد».
    pub of_banks: Words,
    /// These, and those that make something else of a name: sharing one of them is no evidence that two names are one.
    all: Words,
    /// Left out of the usual name of an organisation: «حركة حماس» is «حماس».
    pub left_out: Words,
    /// Those of [`Heads::left_out`] that say that something publishes news: «صحيفة».
    pub press: Words,
    /// What kind of state a country or emirate is, before its name.
    pub realms: Words,
    /// Left out of the short name of an organisation in one article: «نادي الشباب» is «الشباب».
    pub left_out_in_article: Words,
    /// With the article, what begins the name of an organisation: «الاتحاد».
    pub definite: Hashes,
    /// What makes a place of a person's name: «مستشفى».
    pub facilities: Hashes,
}

/// Read from the list at first use.
pub static HEADS: LazyLock<Heads> = LazyLock::new(|| {
    let with = |column: usize, is_one: fn(&str) -> bool| -> Words {
        let those = TABLE.rows().filter(|row| is_one(row[column]));
        those.map(|[head, ..]| head).collect()
    };
    let definite = with(5, |it| it == "yes");
    let definite = definite.into_iter().map(|head| hash_of(&format!("ال{head}")));
    Heads {
        of_organisations: with(4, |it| it == "organisation"),
        of_places: with(4, |it| it == "place"),
        of_banks: with(4, |it| it == "bank"),
        all: with(4, |it| it != "-"),
        left_out: with(2, |it| matches!(it, "organisation" | "press")),
        press: with(2, |it| it == "press"),
        realms: with(2, |it| it == "place"),
        left_out_in_article: with(3, |it| it == "yes"),
        definite: definite.collect(),
        facilities: hashes(with(6, |it| it == "yes")),
    }
});

/// Whether a folded word says what kind of thing a name names, as the resolver sees it.
pub fn is_head(word: &str) -> bool {
    HEADS.all.contains(word)
}

/// What the model sees announced, with the words, in the order of the table.
pub fn announcing() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.rows().flat_map(|[head, tagger, ..]| {
        let kinds: &[&str] = match tagger {
            "organisation" => &["organisation_head"],
            "place" => &["place_head"],
            "both" => &["organisation_head", "place_head"],
            _ => &[],
        };
        kinds.iter().map(move |kind| (*kind, head))
    })
}

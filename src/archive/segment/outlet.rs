//! Outlets and agencies: one name for each, whatever a page calls it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold, words};

/// The longest name looked up, in bytes; no name in the list is longer.
const MAX_NAME: usize = 80;

const OUTLETS: List<3> = List::new(
    include_str!("../../../assets/lists/outlets.tsv"),
    ["name", "outlet", "also"],
);

const DATELINE_WORDS: List<2> = List::new(
    include_str!("../../../assets/lists/dateline_words.tsv"),
    ["word", "kind"],
);
/// The longest name of an agency that no list has: «وكالة أنباء الشرق الأوسط». In words; a guess.
const LONGEST_NAME: usize = 5;

/// An outlet by one of its names.
#[derive(Clone, Copy)]
struct Named {
    usual: &'static str,
    /// Whether the name is an everyday word or a place, too: it names an outlet only where one has to stand.
    is_ambiguous: bool,
}

/// By the keys of the names.
static NAMED: LazyLock<HashMap<String, Named>> = LazyLock::new(|| {
    let rows = OUTLETS.rows().map(|[name, usual, also]| {
        let is_ambiguous = also == "word";
        (key(name), Named { usual, is_ambiguous })
    });
    rows.collect()
});

/// The words with which the names of outlets begin, folded.
static HEADS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let rows = DATELINE_WORDS.rows().filter(|[_, kind]| *kind == "outlet");
    rows.map(|[word, _]| fold(word, Folding::Word)).collect()
});

/// The usual name of the outlet that `stated` names; `stated` itself, tidied, if it is not known.
pub fn canonical(stated: &str) -> Option<String> {
    let tidy =
        stated.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '|' | '-' | '–' | '"' | '«' | '»'));
    if tidy.is_empty() {
        return None;
    }
    Some(known(tidy).map_or_else(|| tidy.to_owned(), str::to_owned))
}

/// The usual name of an outlet in `assets/lists/outlets.tsv`.
pub fn known(stated: &str) -> Option<&'static str> {
    named(stated).map(|it| it.usual)
}

/// As [`known`], but for places where other words may stand as well: «الوطن» is no outlet there.
pub fn unmistakable(stated: &str) -> Option<&'static str> {
    named(stated).filter(|it| !it.is_ambiguous).map(|it| it.usual)
}

/// Whether a text is the name of an outlet or agency by its first word: «وكالة السدر للأنباء».
pub fn has_head(stated: &str) -> bool {
    let mut names = words(stated).filter_map(|it| it.span.of(stated));
    let is_head = names.next().is_some_and(|it| HEADS.contains(&fold(it, Folding::Word)));
    is_head && (1..LONGEST_NAME).contains(&names.count())
}

fn named(stated: &str) -> Option<Named> {
    (stated.len() <= MAX_NAME).then(|| NAMED.get(&key(stated)).copied())?
}

/// The usual name of the first known outlet in a list such as «رويترز، د.ب.أ».
pub fn first_known(list: &str) -> Option<&'static str> {
    known(list).or_else(|| list.split(['،', ',', '-', '–', '/', '+']).find_map(known))
}

fn key(name: &str) -> String {
    fold(name, Folding::Word)
        .chars()
        // Letters of Arabic are asked first: the others take long.
        .filter(|c| matches!(c, '\u{0621}'..='\u{064A}') || c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_has_one_name() {
        for (stated, name) in [
            ("RT Arabic", "RT"),
            ("أ. ف. ب", "فرانس برس"),
            (" صحيفة المدار.", "صحيفة المدار"),
        ] {
            assert_eq!(canonical(stated).as_deref(), Some(name));
        }
        assert_eq!(canonical(" : "), None);
    }
}

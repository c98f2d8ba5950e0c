//! What may have been meant by a name that nothing has: names that are spelled alike.

use std::collections::BTreeSet;

use crate::arabic::{Folding, fold};
use crate::entities::EntityIdx;
use crate::index::ask::vocabulary::words_near;
use crate::index::damage::Unread;
use crate::index::facet::Facet;
use crate::index::snapshot::Snapshot;

/// At most this many are told. Picked by feel.
const MOST: usize = 3;
/// Names less alike are others: two of five letters may differ. A guess.
const LEAST_LIKENESS: f64 = 0.6;
/// More values than this are not compared one by one: that would take longer than a keystroke. A guess.
const MOST_COMPARED: usize = 20_000;
/// At most this many similar words are tried. A guess.
const MOST_WORDS: usize = 8;

/// The values of a facet whose names are most like `value`, the most similar first.
pub fn nearest_values(snapshot: &Snapshot, facet: Facet, value: &str, unread: &Unread) -> Vec<String> {
    match facet.entity_kind() {
        Some(_) => nearest_entities(snapshot, facet, value, unread),
        None => {
            let values = snapshot.values(facet);
            let names = values.into_iter().flat_map(|it| it.names.iter().map(AsRef::as_ref));
            nearest_names(value, names.take(MOST_COMPARED))
        }
    }
}

/// The entities with a name that differs from `value` in a word by a letter or two, those of most articles first.
fn nearest_entities(snapshot: &Snapshot, facet: Facet, value: &str, unread: &Unread) -> Vec<String> {
    let registry = &snapshot.registry;
    let folded = fold(value.trim(), Folding::Word);
    let mut found: BTreeSet<EntityIdx> = BTreeSet::new();
    for word in folded.split_whitespace() {
        let near = unread.noted(words_near(snapshot, word)).unwrap_or_default();
        for (near, _) in near.into_iter().take(MOST_WORDS) {
            let called = registry.entities_called(&folded.replacen(word, &near, 1), false);
            found.extend(called);
        }
    }
    let entities = found.into_iter().filter_map(|idx| registry.get(idx));
    let mut entities: Vec<_> = entities.filter(|it| Some(it.kind()) == facet.entity_kind()).collect();
    entities.sort_by_key(|it| std::cmp::Reverse(it.articles()));
    entities.iter().take(MOST).map(|it| it.name().to_owned()).collect()
}

/// The names that are most like another, as a whole or by one of their words, the most similar first.
pub fn nearest_names<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted = fold(name.trim(), Folding::Name);
    let likeness = |it: &str| {
        let it = fold(it, Folding::Name);
        let of_words = it
            .split_whitespace()
            .map(|word| strsim::normalized_damerau_levenshtein(word, &wanted));
        of_words.fold(strsim::normalized_damerau_levenshtein(&it, &wanted), f64::max)
    };
    let alike = names.into_iter().map(|it| (likeness(it), it));
    let mut alike: Vec<(f64, &str)> = alike.filter(|it| LEAST_LIKENESS <= it.0).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike.dedup_by(|a, b| a.1 == b.1);
    alike.into_iter().take(MOST).map(|(_, it)| it.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_name_comes_first() {
        let names = ["وكالة الأنباء", "صحيفة المدار", "رويترز", "صحيفة المنار"];
        assert_eq!(nearest_names("رويتر", names), ["رويترز"]);
        assert_eq!(nearest_names("المدأر", names), ["صحيفة المدار", "صحيفة المنار"]);
        assert_eq!(nearest_names("كلام", names), [""; 0]);
    }
}

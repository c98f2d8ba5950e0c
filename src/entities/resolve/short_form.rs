//! Links «أبو مرزوق» to «موسى أبو مرزوق» where nobody else can be meant.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use crate::entities::EntityKind;
use crate::entities::gazetteer::Gazetteer;

use super::families::Families;
use super::groups::{GroupNumber, Groups};
use super::likeness::{SpellingModel, is_particle};
use super::link::{Findings, Reason};
use super::stated::{DOMINANT_SHARE, other_forms};

/// A family name alone means the full name with at least this many articles, and [`DOMINANT_SHARE`] of all articles
/// about people of that family. Measured on an archive of 31,000 articles: right in 98 of 100 cases, without the two
/// bounds in 64.
const DOMINANT_ARTICLES: u32 = 10;
/// A foreign family name that only one full name has is rarer; this many articles are enough. A guess.
const UNIQUE_ARTICLES: u32 = 3;

/// Finds short names of people that can only mean one full name.
pub fn find(groups: &Groups, gazetteer: &Gazetteer, spelling: &SpellingModel, families: &Families) -> Findings {
    let stated: HashSet<(GroupNumber, GroupNumber)> = other_forms(groups, EntityKind::Person)
        .into_iter()
        .map(|it| (it.form, families.root(it.name)))
        .collect();
    let mut found = Findings::default();
    for (short, by_full) in full_names(groups, families) {
        let words: Vec<&str> = groups.key_of(short).split(' ').collect();
        let total: u32 = by_full.values().sum();
        let Some((&full, &most)) = by_full
            .iter()
            .max_by_key(|(full, n)| (**n, Reverse(groups.key_of(**full))))
        else {
            continue;
        };
        let last = words.last().copied().unwrap_or_default();
        if is_anybody(groups, gazetteer, short) || spelling.is_given_like(last) {
            continue;
        }
        let is_unique = by_full.len() == 1;
        // «آل نهيان» are many, «عبد الله» is a given name.
        let is_compound = words.len() == 2 && is_particle(words[0]) && !matches!(words[0], "ال" | "عبد");
        // «أبو القاسم» is what many are called, «أبو مرزوق» is a family.
        let is_kunya = matches!(words[0], "ابو" | "ابي" | "ام");
        if 2 <= words.len() && (!is_compound || is_kunya && last.starts_with("ال")) {
            // «سامي العامري» in «أحمد سامي العامري» is rather the father; «قايد السبسي» is worth a look.
            if !gazetteer.is_given_name(words[0]) && words[0] != "عبد" {
                found.doubt(short, full, Reason::ShortForm, 0.0);
            }
            continue;
        }
        let is_foreign = !spelling.is_native(words[0], false);
        let is_dominant = DOMINANT_ARTICLES <= most && DOMINANT_SHARE * f64::from(total) <= f64::from(most);
        let is_rarer_alone = groups.articles_of(short) <= most;
        // «أبو طالب» may be anybody's: somebody must be known by it, and more than once named.
        let is_told = UNIQUE_ARTICLES <= most || 1 < most && stated.contains(&(short, full));
        let is_rare = is_unique
            && (is_compound && is_rarer_alone && (is_told || !is_kunya) || is_foreign && UNIQUE_ARTICLES <= most);
        if is_dominant || is_rare {
            found.link(short, full, Reason::ShortForm);
        } else if is_unique {
            found.doubt(short, full, Reason::ShortForm, 0.0);
        }
    }
    found
}

/// Of each short name that stands alone somewhere: the families whose full names end with it, with their articles.
fn full_names(groups: &Groups, families: &Families) -> BTreeMap<GroupNumber, BTreeMap<GroupNumber, u32>> {
    let mut full_names: BTreeMap<GroupNumber, BTreeMap<GroupNumber, u32>> = BTreeMap::new();
    for group in groups.numbers() {
        if groups.kind_of(group) != EntityKind::Person {
            continue;
        }
        let words: Vec<&str> = groups.key_of(group).split(' ').collect();
        if words.len() < 2 {
            continue;
        }
        let root = families.root(group);
        let mut ends = vec![words[words.len() - 1].to_owned()];
        if 2 < words.len() {
            ends.push(words[words.len() - 2..].join(" "));
        }
        for (n_words, end) in (1..).zip(ends) {
            // «ابن أبي زيد» is not «أبو زيد».
            let before = words.get(words.len().wrapping_sub(n_words + 1));
            let is_fathers = before.is_none_or(|it| matches!(*it, "بن" | "ابن" | "بنت" | "عبد"));
            let Some(short) = groups.find(EntityKind::Person, &end) else {
                continue;
            };
            // «أبي لا» is written like «أبيلا».
            let is_it = groups.key_of(short).split(' ').count() == n_words;
            if !is_fathers && is_it && families.root(short) != root {
                let by_full = full_names.entry(short).or_default();
                *by_full.entry(root).or_default() += groups.articles_of(group);
            }
        }
    }
    full_names
}

/// Whether a name says nobody in particular: it is a given name, a kunya of one, a word or another thing's name.
fn is_anybody(groups: &Groups, gazetteer: &Gazetteer, group: GroupNumber) -> bool {
    let key = groups.key_of(group);
    let last = key.rsplit(' ').next().unwrap_or_default();
    gazetteer.is_given_name(last)
        // «أبو هريرة» is who he is, whatever stands before him somewhere.
        || gazetteer.key_of(EntityKind::Person, key).is_some()
        || gazetteer.is_common(key)
        || gazetteer.known(key).is_some_and(|it| it.kind != EntityKind::Person)
        || EntityKind::ALL[1..].iter().any(|kind| groups.find(*kind, key).is_some())
}

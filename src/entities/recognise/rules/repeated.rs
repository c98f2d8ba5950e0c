//! Adds names that were found in one place of an article and missed in another.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Labelled, TokenKind, list};
use crate::entities::vocabulary::SONS;

use super::name::{NameTokens, RARE, key};
use super::short::stated_short_forms;

/// What is a person's full name in one place of the article is one in every place, and the family name alone is that
/// person too. Other names of several words are believed in every place when they were found in two: organisations are
/// often called by words that in another place are none of a name. `found` has the names in their order.
pub fn add_repeated(article: &Labelled, found: &mut Vec<NameTokens>) {
    // How many tokens the names have that begin with a word, and the kinds of names by their tokens.
    let mut lengths: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut kinds: HashMap<(usize, u64), EntityKind> = HashMap::new();
    let mut families: HashSet<u64> = HashSet::new();
    let mut seen: HashSet<u64> = HashSet::new();
    // «رافد», once it was said to be short for an organisation.
    let short_forms: HashSet<u64> = stated_short_forms(article, found)
        .iter()
        .filter(|(_, short)| short.first + 1 == short.end)
        .filter_map(|(_, short)| article.form(short.line, short.first))
        .filter(|form| form.entry.frequency < RARE)
        .map(|form| form.bare)
        .collect();
    for it in found.iter().filter(|it| 1 < it.end - it.first) {
        let (Some(first), Some(last)) = (article.form(it.line, it.first), article.form(it.line, it.end - 1)) else {
            continue;
        };
        let name = (it.end - it.first, key(article, it));
        let is_believed = it.kind == EntityKind::Person || !seen.insert(name.1);
        if is_believed && let Entry::Vacant(new) = kinds.entry(name) {
            new.insert(it.kind);
            let lengths = lengths.entry(first.bare).or_default();
            if !lengths.contains(&name.0) {
                lengths.push(name.0);
            }
        }
        if it.kind == EntityKind::Person && is_family_name(article, it, last) {
            families.insert(last.bare);
        }
    }
    // Longer names first.
    lengths.values_mut().for_each(|it| it.sort_by_key(|n| Reverse(*n)));
    let mut rest = found.as_slice();
    let mut added = Vec::new();
    for line in 0..article.lines.len() {
        let n_tokens = article.lines[line].tokens.len();
        let mut taken = vec![false; n_tokens];
        let of_line = rest.partition_point(|it| it.line <= line);
        for it in &rest[..of_line] {
            taken[it.first..it.end].fill(true);
        }
        rest = &rest[of_line..];
        for at in 0..n_tokens {
            let Some(form) = article.form(line, at) else { continue };
            let is_free = |end: usize| end <= n_tokens && !taken[at..end].iter().any(|it| *it);
            let repeated = lengths.get(&form.bare).and_then(|lengths| {
                lengths.iter().filter(|n| is_free(at + **n)).find_map(|n| {
                    let it = NameTokens {
                        line,
                        first: at,
                        end: at + n,
                        kind: EntityKind::Person,
                    };
                    let kind = *kinds.get(&(*n, key(article, &it)))?;
                    Some(NameTokens { kind, ..it })
                })
            });
            let kind = match () {
                () if short_forms.contains(&form.bare) => Some(EntityKind::Organisation),
                () if families.contains(&form.bare) => Some(EntityKind::Person),
                () => None,
            };
            let alone = kind.filter(|_| is_free(at + 1)).map(|kind| NameTokens {
                line,
                first: at,
                end: at + 1,
                kind,
            });
            if let Some(it) = repeated.or(alone) {
                taken[it.first..it.end].fill(true);
                added.push(it);
            }
        }
    }
    found.append(&mut added);
}

/// Whether the last word of a full name can stand for it: it is no father's or grandfather's name, no title, no
/// adjective of a country and no frequent word: «أحمد الوزير» does not make every minister a man of that name.
fn is_family_name(article: &Labelled, name: &NameTokens, last: &Form) -> bool {
    // 16 × ln(1 + n): more than 400 occurrences in the articles of the lexicon. A guess.
    const FREQUENT: u8 = 96;
    let has_son =
        (name.first..name.end).any(|at| article.form(name.line, at).is_some_and(|it| SONS.contains(&it.word)));
    let is_known = last.entry.lists & list::PERSON != 0;
    last.kind == TokenKind::Arabic
        && !has_son
        && last.entry.triggers == 0
        && last.entry.lists & (list::NISBA | list::GIVEN_NAME | list::COUNTRY) == 0
        && (is_known || last.entry.frequency < FREQUENT)
}

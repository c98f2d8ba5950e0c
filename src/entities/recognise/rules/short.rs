//! Short names that an article gives to organisations: «حركة المقاومة الإسلامية (حماس)».

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::head::HEADS;
use crate::entities::tagger::{Form, Labelled, TokenKind, hash_of, list};
use crate::entities::vocabulary::{BETWEEN, Hashes, KNOWN_AS, LETTERS};

use super::name::{NameTokens, RARE, has_trigger, is_free};

/// What stands in brackets after an organisation, «حركة المقاومة الإسلامية (حماس)», or after «المعروفة بـ», is its
/// short name, where it looks like one.
pub fn add_short_forms(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    let long: Vec<NameTokens> = found
        .iter()
        .filter(|it| it.kind == EntityKind::Organisation)
        .copied()
        .collect();
    for it in long {
        let Some((first, end)) = short_form_slot(article, &it) else {
            continue;
        };
        if is_free(found, line, first, end) && is_like_short_form(article, &it, first, end) {
            found.insert(NameTokens {
                line,
                first,
                end,
                kind: EntityKind::Organisation,
            });
        }
    }
}

/// The organisations to which the article gives a short name, each with the place of that name. `found` has all names of
/// the article in their order.
pub fn stated_short_forms(article: &Labelled, found: &[NameTokens]) -> Vec<(NameTokens, NameTokens)> {
    let organisations = found.iter().filter(|it| it.kind == EntityKind::Organisation);
    organisations
        .filter(|it| 2 <= it.end - it.first && is_headed(article, it))
        .filter_map(|long| {
            let (first, end) = short_form_slot(article, long)?;
            let place = (long.line, first, end);
            let start = found.partition_point(|it| (it.line, it.first, it.end) < place);
            let mut there = found[start..]
                .iter()
                .take_while(|it| (it.line, it.first, it.end) == place);
            let short = there.find(|it| it.kind == EntityKind::Organisation)?;
            Some((*long, *short))
        })
        .collect()
}

/// The tokens that stand where a short name would: in brackets, or after «المعروفة بـ» and the like, perhaps in quotes.
fn short_form_slot(article: &Labelled, long: &NameTokens) -> Option<(usize, usize)> {
    /// The longest are spelled letter by letter: «بي بي سي عربي». A guess, with room for marks.
    const MOST_TOKENS: usize = 8;
    let form = |at: usize| article.form(long.line, at);
    let is = |at: usize, word: &str| form(at).is_some_and(|it| it.word == hash_of(word));
    let is_one_of = |at: usize, words: &Hashes| form(at).is_some_and(|it| words.contains(&it.word));
    let mut at = long.end + usize::from(is(long.end, "\""));
    let is_known_as = is_one_of(at, &KNOWN_AS);
    while is_known_as && (is_one_of(at, &KNOWN_AS) || is_one_of(at, &BETWEEN)) {
        at += 1;
    }
    let in_brackets = is(at, "(");
    at += usize::from(in_brackets);
    let in_quotes = is(at, "\"");
    at += usize::from(in_quotes);
    let first = at;
    let closing = match (in_brackets, in_quotes) {
        (_, true) => "\"",
        (true, false) => ")",
        // Without marks around it, it is one word.
        (false, false) => return (is_known_as && form(first)?.kind != TokenKind::Mark).then_some((first, first + 1)),
    };
    if !in_brackets && !is_known_as {
        return None;
    }
    let end = (first + 1..first + 1 + MOST_TOKENS).find(|at| is(*at, closing))?;
    // The point after the last letter of «بي. بي. سي.» is none of the name.
    Some((first, if is(end - 1, ".") { end - 1 } else { end }))
}

/// Whether tokens that no name was found in look like a short name of an organisation: a known one, capitals, letters
/// spelled out, or one rare word after a name that says what kind of organisation it is.
fn is_like_short_form(article: &Labelled, long: &NameTokens, first: usize, end: usize) -> bool {
    let forms: Vec<&Form> = (first..end).filter_map(|at| article.form(long.line, at)).collect();
    let words: Vec<&&Form> = forms.iter().filter(|it| it.kind != TokenKind::Mark).collect();
    let is_capitals = !words.is_empty()
        && words
            .iter()
            .all(|it| it.kind == TokenKind::Other && it.is_in_capitals());
    let is_spelled = 2 <= words.len() && words.iter().all(|it| LETTERS.contains(&it.word));
    if is_capitals || is_spelled {
        return true;
    }
    let [only] = forms[..] else { return false };
    let others = list::COUNTRY | list::CITY | list::PLACE | list::NISBA | list::GIVEN_NAME | list::PERSON;
    let is_rare = only.clitic == 0
        && !only.has_article
        && only.entry.lists & others == 0
        && only.entry.triggers == 0
        && only.entry.frequency < RARE
        && is_headed(article, long);
    only.kind == TokenKind::Arabic && (only.entry.lists & list::ORGANISATION != 0 || is_rare)
}

/// Whether a name begins with a word that says what kind of organisation it is: «هيئة», «الاتحاد».
fn is_headed(article: &Labelled, it: &NameTokens) -> bool {
    article
        .form(it.line, it.first)
        .is_some_and(|first| has_trigger(first, "organisation_head") || HEADS.definite.contains(&first.bare))
}

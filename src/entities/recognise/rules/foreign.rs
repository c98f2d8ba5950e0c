//! Foreign names that the model cut: before a second given name, at a family name that a place has too, before «بن» or
//! «آند».

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Labelled, TokenKind, hash_of, list};
use crate::entities::vocabulary::{ADDRESSES, ARRIVALS, FOREIGN_GIVEN, KUNYAS, OFFICIALS, SONS};

use super::name::{NameTokens, RARE, has_trigger, is_free};

/// What is no one's family name: a thing of another kind is called so.
const OTHERS: u16 = list::COUNTRY
    | list::CITY
    | list::PLACE
    | list::ORGANISATION
    | list::NISBA
    | list::OUTLET
    | list::OUTLET_OR_WORD
    | list::GIVEN_NAME;

/// What family names are known by.
const FAMILIES: u16 = list::FAMILY_NAME | list::ATTESTED_FAMILY | list::SPELLING;

/// Makes whole what the model found a part of. `found` has the names of the line.
pub fn make_whole(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    join_places(article, line, found);
    join_companies(article, line, found);
    let of_line: Vec<NameTokens> = found.iter().filter(|it| it.line == line).copied().collect();
    for old in of_line.into_iter().filter(|it| it.kind == EntityKind::Person) {
        let mut it = old;
        // Joined to one before it.
        if !found.remove(&old) {
            continue;
        }
        begin_earlier(article, &mut it, found);
        go_on(article, &mut it, found);
        end_whole(article, &mut it, found);
        if it.first < it.end {
            found.insert(it);
        }
    }
}

/// «سوني» of «سوني بيل ويليامز»: the given name of a foreigner right before a person is his first. Right before a lone
/// name that follows a calling, «السيد» is a given name, «المفكر السيد ياسين», which an office makes an address: «الوزير السيد
/// ياسين».
fn begin_earlier(article: &Labelled, it: &mut NameTokens, found: &mut BTreeSet<NameTokens>) {
    let form = |at: usize| article.form(it.line, at);
    /// No name seen has more.
    const MOST: usize = 2;
    let mut first = it.first;
    for _ in 0..MOST {
        let Some(before) = first.checked_sub(1) else { break };
        let is_part = form(before).is_some_and(is_foreign_given) && form(first).is_some_and(|it| it.clitic == 0);
        let lone = NameTokens {
            first: before,
            end: first,
            ..*it
        };
        if !is_part || !is_free(found, it.line, before, before + 1) && !found.remove(&lone) {
            break;
        }
        first = before;
    }
    let is_lone = it.first + 1 == it.end && first == it.first;
    if let (true, Some(before), Some(calling)) = (is_lone, it.first.checked_sub(1), it.first.checked_sub(2)) {
        let is_mister = form(before).is_some_and(|it| it.word == hash_of("السيد"));
        let is_calling = form(calling).is_some_and(|it| {
            let is_title = has_trigger(it, "title") || has_trigger(it, "office");
            it.has_article && is_title && !OFFICIALS.contains(&it.bare) && !ADDRESSES.contains(&it.bare)
        });
        if is_mister && is_calling && is_free(found, it.line, before, before + 1) {
            first = before;
        }
    }
    it.first = first;
}

/// «رييس» of «خوسيه أنطونيو رييس», «ويلز» of «جيمي ويلز»: a foreigner of whom only given names were found has a family name, if
/// the rare word behind them is one, or a city's, and he did not come there.
fn go_on(article: &Labelled, it: &mut NameTokens, found: &BTreeSet<NameTokens>) {
    let form = |at: usize| article.form(it.line, at);
    let is_given_only = (it.first..it.end).all(|at| form(at).is_some_and(is_foreign_given));
    let is_arrival = it
        .first
        .checked_sub(1)
        .and_then(form)
        .is_some_and(|it| ARRIVALS.contains(&it.bare));
    let is_family = form(it.end).is_some_and(|form| {
        let is_known =
            form.entry.lists & FAMILIES != 0 && form.entry.lists & OTHERS == 0 && form.entry.frequency < RARE;
        let is_city = form.entry.lists & (list::CITY | list::PLACE) != 0 && form.entry.lists & list::COUNTRY == 0;
        form.kind == TokenKind::Arabic
            && form.clitic == 0
            && !form.has_article
            && (is_known || is_city && !is_arrival)
            && form.entry.triggers == 0
            && !form.entry.is_no_person
    });
    if is_given_only && is_family && is_free(found, it.line, it.end, it.end + 1) {
        it.end += 1;
    }
}

/// A name does not end with «بن» or «أبي», and goes on with «بن» and the word behind it: «محمد بن أبي الدنيا».
fn end_whole(article: &Labelled, it: &mut NameTokens, found: &BTreeSet<NameTokens>) {
    let form = |at: usize| article.form(it.line, at);
    let is_free = |at: usize| {
        let is_word = form(at).is_some_and(|it| it.kind == TokenKind::Arabic && it.clitic == 0);
        is_word && is_free(found, it.line, at, at + 1)
    };
    let is_son = |at: usize| form(at).is_some_and(|it| it.word == hash_of("بن"));
    let is_kunya = |at: usize| form(at).is_some_and(|it| KUNYAS.contains(&it.word));
    let is_bound = |at: usize| is_kunya(at) || form(at).is_some_and(|it| SONS.contains(&it.word));
    // «الدنيا» is no name but behind «أبي».
    let is_name = |at: usize| is_free(at) && (is_kunya(at - 1) || form(at).is_some_and(|it| !it.entry.is_no_person));
    let (first, mut end) = (it.first, it.end);
    loop {
        // What is bound needs the word behind it.
        let mut next = end;
        if is_free(next) && is_son(next) {
            next += 1;
        }
        let is_open = next != end || first < end && is_bound(end - 1);
        next += usize::from(is_free(next) && is_kunya(next));
        if !is_open || !is_name(next) {
            break;
        }
        end = next + 1;
    }
    while first < end && is_bound(end - 1) {
        end -= 1;
    }
    it.end = end;
}

/// «جيمي ويلز», «دنزل واشنطن»: behind the given name of a foreigner alone, a place without article and proclitic is the family
/// name, unless he came to it: «وصل جيمي لندن».
fn join_places(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    let form = |at: usize| article.form(line, at);
    let places: Vec<NameTokens> = found
        .iter()
        .filter(|it| it.line == line && it.kind == EntityKind::Place && it.first + 1 == it.end)
        .copied()
        .collect();
    for place in places {
        let Some(given) = place.first.checked_sub(1) else {
            continue;
        };
        let is_like_family = form(place.first)
            .is_some_and(|it| it.clitic == 0 && !it.has_article && it.entry.lists & list::COUNTRY == 0);
        let is_arrival = given
            .checked_sub(1)
            .and_then(form)
            .is_some_and(|it| ARRIVALS.contains(&it.bare));
        let lone = NameTokens {
            first: given,
            end: place.first,
            kind: EntityKind::Person,
            ..place
        };
        let is_lone = found.contains(&lone) || is_free(found, line, given, place.first);
        if is_like_family && !is_arrival && is_lone && form(given).is_some_and(is_foreign_given) {
            found.remove(&place);
            found.remove(&lone);
            found.insert(NameTokens { end: place.end, ..lone });
        }
    }
}

/// «إرنست آند يونغ» is a company, whatever was found of it; «الهلال الأخضر للتأمين» is one, although it was found as two.
fn join_companies(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    let form = |at: usize| article.form(line, at);
    let is_word = |at: usize| form(at).is_some_and(|it| it.kind != TokenKind::Mark);
    let and = hash_of("اند");
    for at in 1..article.lines[line].tokens.len() {
        if form(at).is_none_or(|it| it.word != and) || !is_word(at - 1) || !is_word(at + 1) {
            continue;
        }
        let parts: Vec<NameTokens> = super::name::overlapping(found, line, at - 1, at + 2).copied().collect();
        let first = parts.iter().map(|it| it.first).chain([at - 1]).min();
        let end = parts.iter().map(|it| it.end).chain([at + 2]).max();
        if let (Some(first), Some(end)) = (first, end) {
            parts.iter().for_each(|it| {
                found.remove(it);
            });
            let kind = EntityKind::Organisation;
            found.insert(NameTokens { line, first, end, kind });
        }
    }
    let of_line: Vec<NameTokens> = found
        .iter()
        .filter(|it| it.line == line && it.kind == EntityKind::Organisation)
        .copied()
        .collect();
    for pair in of_line.windows(2) {
        let [name, rest] = pair else { continue };
        let is_adjective = form(rest.first).is_some_and(|it| {
            let is_whole = it.entry.lists & (list::ORGANISATION | list::OUTLET | list::OUTLET_OR_WORD) != 0;
            it.clitic == 0 && it.has_article && !is_whole && it.entry.triggers == 0
        });
        let is_definite = name.first + 1 == name.end && form(name.first).is_some_and(|it| it.has_article);
        if name.end == rest.first && is_adjective && is_definite && found.remove(name) && found.remove(rest) {
            found.insert(NameTokens { end: rest.end, ..*name });
        }
    }
}

/// Whether a word is a given name of other countries only.
fn is_foreign_given(form: &Form) -> bool {
    form.kind == TokenKind::Arabic && !form.has_article && FOREIGN_GIVEN.contains(&form.bare)
}

//! Names that the lists have, and the model missed: bodies that are particular ones by their bare names, and rare words that
//! are places.

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Labelled, TokenKind, clitics, list};
use crate::entities::vocabulary::PARTICULAR_BODIES;

use super::name::{NameTokens, RARE, has_trigger, is_free};

/// «الدرك الملكي», «الجمارك», with the adjective of a country if one follows. In the marked news all but a few of 300 such words
/// are an organisation's name, or stand in one.
pub fn add_particular_bodies(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    let form = |at: usize| article.form(line, at);
    for first in 0..article.lines[line].tokens.len() {
        let Some(rests) = form(first).and_then(|it| PARTICULAR_BODIES.get(&it.bare)) else {
            continue;
        };
        let is_whole = |rest: &&Vec<u64>| {
            let mut words = (first + 1..).zip(*rest);
            words.all(|(at, word)| form(at).is_some_and(|it| it.word == *word))
        };
        let Some(rest) = rests.iter().find(is_whole) else {
            continue;
        };
        let mut end = first + 1 + rest.len();
        // «إدارة الجمارك» has another name, which is not known.
        let is_part = first
            .checked_sub(1)
            .and_then(form)
            .is_some_and(|it| has_trigger(it, "organisation_head"));
        if is_part || !is_free(found, line, first, end) {
            continue;
        }
        let is_of_country = form(end).is_some_and(|it| it.clitic == 0 && it.entry.lists & list::NISBA != 0);
        end += usize::from(is_of_country && is_free(found, line, end, end + 1));
        let kind = EntityKind::Organisation;
        found.insert(NameTokens { line, first, end, kind });
    }
}

/// A rare word that the lists have as a country or city, and as nothing else: «وبتزنيت».
pub fn add_rare_places(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    for first in 0..article.lines[line].tokens.len() {
        let is_place = article.form(line, first).is_some_and(is_rare_place);
        if is_place && is_free(found, line, first, first + 1) {
            found.insert(NameTokens {
                line,
                first,
                end: first + 1,
                kind: EntityKind::Place,
            });
        }
    }
}

fn is_rare_place(form: &Form) -> bool {
    const PLACES: u16 = list::COUNTRY | list::CITY;
    /// A guess: of shorter ones, many are words.
    const FEWEST_LETTERS: u64 = 4;
    let n_letters = form
        .n_letters()
        .saturating_sub(clitics()[usize::from(form.clitic)].n_taken() as u64);
    form.kind == TokenKind::Arabic
        && FEWEST_LETTERS <= n_letters
        && form.entry.lists & PLACES != 0
        && form.entry.lists & !(PLACES | list::PLACE | list::IN_PLACE) == 0
        && form.entry.triggers == 0
        && form.entry.frequency < RARE
}

//! Bodies of states with the adjective of a country: «الخارجية الروسية».

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Labelled, TokenKind, hash_of, list};
use crate::entities::vocabulary::BODIES;

use super::name::{NameTokens, has_trigger, is_free};

/// «الجيش الإسرائيلي» ends with the adjective of the country, unless another follows: «الحكومة الليبية المؤقتة».
pub fn cut_state_body(article: &Labelled, it: &mut NameTokens) {
    let form = |at: usize| article.form(it.line, at);
    let is_body = |form: &Form| BODIES.contains_key(&form.bare);
    let is_nisba = |form: &Form| form.entry.lists & list::NISBA != 0;
    if it.kind == EntityKind::Organisation
        && it.first + 2 < it.end
        && form(it.first).is_some_and(is_body)
        && form(it.first + 1).is_some_and(is_nisba)
        && form(it.first + 2).is_some_and(|it| !it.has_article && it.kind == TokenKind::Arabic)
    {
        it.end = it.first + 2;
    }
}

/// «الخارجية الروسية», «الجيش اللبناني»: a body of a state with the adjective of a country. Not «وزير الخارجية الروسي»,
/// which is a man's office, told by the word before or by an adjective of another gender.
pub fn add_state_bodies(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    let quote = hash_of("\"");
    let is_quote = |at: usize| article.form(line, at).is_some_and(|it| it.word == quote);
    for at in 0..article.lines[line].tokens.len() {
        // «"الجيش" الإسرائيلي», as it is written where it is not acknowledged.
        let is_quoted = 0 < at && is_quote(at - 1) && is_quote(at + 1);
        let end = at + 2 + usize::from(is_quoted);
        let (Some(body), Some(adjective)) = (article.form(line, at), article.form(line, end - 1)) else {
            continue;
        };
        let Some(is_feminine) = BODIES.get(&body.bare) else {
            continue;
        };
        let is_of_country = adjective.clitic == 0 && adjective.entry.lists & list::NISBA != 0;
        if !is_of_country || *is_feminine != adjective.is_feminine_nisba() || !is_free(found, line, at, end) {
            continue;
        }
        let before = at
            .checked_sub(1 + usize::from(is_quoted))
            .and_then(|it| article.form(line, it));
        let is_held = before.is_some_and(|it| has_trigger(it, "office") || has_trigger(it, "organisation_head"));
        if !is_held {
            found.insert(NameTokens {
                line,
                first: at,
                end,
                kind: EntityKind::Organisation,
            });
        }
    }
}

//! The line of keywords that feeds append to an article.

use std::collections::HashMap;

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Labelled, TokenKind, list};
use crate::entities::vocabulary::SENTENCE_WORDS;

use super::name::{NameTokens, key, spans_of};

/// The names of a line of keywords without punctuation, as feeds append them to an article: «روسيا إسرائيل غزة حماس».
///
/// Such a line is the last of its article, of six words or more, has no mark, none of the small words that a sentence
/// or a headline has, and mostly known names; the model, which learnt from sentences, joins them into one.
pub fn keyword_tail(article: &Labelled, line: usize) -> Option<Vec<NameTokens>> {
    let n_tokens = article.lines[line].tokens.len();
    if line + 1 != article.lines.len() || n_tokens < 6 {
        return None;
    }
    let is_list = (0..n_tokens).all(|at| {
        article
            .form(line, at)
            .is_some_and(|it| it.kind != TokenKind::Mark && !SENTENCE_WORDS.contains(&it.word))
    });
    if !is_list {
        return None;
    }
    // The names that the rest of the article has, and those of the lists.
    let mut known: HashMap<u64, EntityKind> = HashMap::new();
    for (other, labels) in article.labels.iter().enumerate().filter(|(other, _)| *other != line) {
        for it in spans_of(other, labels) {
            known.entry(key(article, &it)).or_insert(it.kind);
        }
    }
    let mut found = Vec::new();
    let mut n_known = 0;
    let mut at = 0;
    while at < n_tokens {
        let longest = (1..=6.min(n_tokens - at)).rev().find_map(|n| {
            let mut it = NameTokens {
                line,
                first: at,
                end: at + n,
                kind: EntityKind::Place,
            };
            it.kind = match known.get(&key(article, &it)) {
                Some(kind) => *kind,
                None if n == 1 => listed_kind(article.form(line, at)?)?,
                None => return None,
            };
            Some(it)
        });
        at = longest.map_or(at + 1, |it| it.end);
        n_known += longest.map_or(0, |it| it.end - it.first);
        found.extend(longest);
    }
    (n_tokens < 2 * n_known).then_some(found)
}

fn listed_kind(form: &Form) -> Option<EntityKind> {
    let lists = form.entry.lists;
    match () {
        () if form.clitic != 0 => None,
        () if lists & (list::COUNTRY | list::PLACE | list::CITY) != 0 => Some(EntityKind::Place),
        () if lists & list::ORGANISATION != 0 => Some(EntityKind::Organisation),
        () if lists & list::PERSON != 0 => Some(EntityKind::Person),
        () => None,
    }
}

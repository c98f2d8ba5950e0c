//! Where a name of any kind begins and ends.

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::head::HEADS;
use crate::entities::tagger::{Form, Labelled, TokenKind, clitics, hash_of, list};
use crate::entities::vocabulary::{ENDS, PARTS, TITLES};

use super::name::{NameTokens, Taken, has_trigger, is_free, overlapping};

/// A name begins and ends with a word, and does not reach from one quotation into the next: «"فيسبوك" إن "الخطوط».
pub fn cut_at_quotes(article: &Labelled, it: &mut NameTokens) {
    let form = |at: usize| article.form(it.line, at);
    let is_mark = |at: usize| form(at).is_some_and(|it| it.kind == TokenKind::Mark);
    let quote = hash_of("\"");
    let is_quote = |at: usize| form(at).is_some_and(|it| it.word == quote);
    let (mut first, mut end) = (it.first, it.end);
    while first < end && is_mark(first) {
        first += 1;
    }
    let mut quotes = (first..end).filter(|at| is_quote(*at));
    if let (Some(closing), Some(_)) = (quotes.next(), quotes.next())
        && first != 0
        && is_quote(first - 1)
    {
        end = closing;
    }
    while first < end && is_mark(end - 1) {
        end -= 1;
    }
    (it.first, it.end) = (first, end);
}

/// A name ends before a word that is part of none.
pub fn cut_at_small_words(article: &Labelled, it: &mut NameTokens) {
    let is_end = |at: &usize| {
        article.form(it.line, *at).is_some_and(|form| {
            // «لجنة المتابعة ستعقد».
            let is_verb = clitics()[usize::from(form.clitic)].text.ends_with('س') || is_future(form);
            let is_hash = form.word == hash_of("#");
            is_verb && it.kind == EntityKind::Organisation || is_hash || ENDS.contains(&form.word)
        })
    };
    if let Some(end) = (it.first + 1..it.end).find(is_end) {
        it.end = end;
    }
}

/// Whether a word looks like a verb in the future, «سيعقد», and is in no name of the lists: «سيتي».
fn is_future(form: &Form) -> bool {
    form.is_like_future() && form.entry.lists == 0 && form.entry.triggers == 0 && form.entry.is_no_person
}

/// «مدينة الشيخ خليفة الطبية» is a name with its head, as it names what belongs to «مدينة», not to the person.
pub fn whole_city(article: &Labelled, it: &mut NameTokens) {
    let form = |at: usize| article.form(it.line, at);
    let is_city = |form: &Form| form.bare == hash_of("مدينه") && !form.has_article;
    let is_titled = form(it.first).is_some_and(|form| form.has_article && has_trigger(form, "title"));
    let is_of_city = it.first + 2 < it.end
        && form(it.end - 1)
            .is_some_and(|form| form.has_article && form.is_feminine_nisba() && form.entry.lists & list::NISBA == 0);
    if it.kind != EntityKind::Person
        && is_titled
        && is_of_city
        && 0 < it.first
        && form(it.first - 1).is_some_and(is_city)
    {
        it.first -= 1;
    }
}

/// «المكتب السياسي لحركة المقاومة الإسلامية» is a part of the organisation, which is the name.
pub fn cut_part(article: &Labelled, it: &mut NameTokens) {
    let form = |at: usize| article.form(it.line, at);
    let is_part = form(it.first).is_some_and(|form| PARTS.contains(&form.bare));
    let is_of = form(it.first + 2).is_some_and(|form| clitics()[usize::from(form.clitic)].text.ends_with('ل'));
    if it.kind == EntityKind::Organisation && it.first + 3 < it.end && is_part && is_of {
        it.first += 2;
    }
}

/// «مستشفى إبراهيم النابلسي» is a hospital, although only a person was found after its first word.
pub fn is_facility(article: &Labelled, it: &NameTokens, taken: &Taken) -> bool {
    let Some(before) = it.first.checked_sub(1).filter(|_| it.kind == EntityKind::Person) else {
        return false;
    };
    let is_head = |form: &Form| !form.has_article && HEADS.facilities.contains(&form.bare);
    article.form(it.line, before).is_some_and(is_head) && !taken.has(before)
}

/// «شيخ الأزهر», «رئيس الوداد»: behind an office or a title without article, a word that the lists have as an organisation's
/// name, and as no other's, is one. Not «مدرب الوداد الرياضي», of which the name is longer. Of 16 such places in the marked news, 15 are organisations.
pub fn add_led(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    const OTHERS: u16 =
        list::GIVEN_NAME | list::FAMILY_NAME | list::PERSON | list::COUNTRY | list::CITY | list::PLACE | list::NISBA;
    let form = |at: usize| article.form(line, at);
    for at in 1..article.lines[line].tokens.len() {
        let (Some(leader), Some(led)) = (form(at - 1), form(at)) else {
            continue;
        };
        let is_leader = leader.clitic == 0
            && !leader.has_article
            && (has_trigger(leader, "office") || has_trigger(leader, "title") || TITLES.contains(&leader.bare));
        let is_name = led.clitic == 0
            && led.has_article
            && led.entry.lists & list::ORGANISATION != 0
            && led.entry.lists & OTHERS == 0;
        let goes_on = form(at + 1).is_some_and(|it| it.has_article);
        if !is_leader || !is_name || goes_on {
            continue;
        }
        // Taken alone for something else, it is none of that.
        found.retain(|it| it.line != line || (it.first, it.end) != (at, at + 1));
        if is_free(found, line, at, at + 1) {
            found.insert(NameTokens {
                line,
                first: at,
                end: at + 1,
                kind: EntityKind::Organisation,
            });
        }
    }
}

/// A name of several words that the lists have is whole, although only a part of it was found, or nothing: «شي جين
/// بينغ».
pub fn add_known(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    for &(first, end, kind) in article.known.get(line).into_iter().flatten() {
        let overlapping: Vec<NameTokens> = overlapping(found, line, first, end).copied().collect();
        // «مدينة غزة» is in the lists; the name is «غزة».
        let begins_with_head = article
            .form(line, first)
            .is_some_and(|form| has_trigger(form, "place_head"));
        if kind == EntityKind::Place && (begins_with_head || overlapping.is_empty()) {
            continue;
        }
        let is_inside = |it: &NameTokens| first <= it.first && it.end <= end && (it.first, it.end) != (first, end);
        if overlapping.iter().all(is_inside) {
            overlapping.iter().for_each(|it| {
                found.remove(it);
            });
            found.insert(NameTokens { line, first, end, kind });
        }
    }
}

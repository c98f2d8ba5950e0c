//! People's names: cuts off titles, professions and relatives, and adds names that the model missed.

use std::collections::BTreeSet;

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Labelled, TokenKind, clitics, hash_of, list};
use crate::entities::vocabulary::{ADDRESSES, DEPARTMENTS, FAMILIES, FORMER, Hashes, SONS, TITLES};

use super::name::{NAMES, NameTokens, RARE, Taken, has_trigger, is_free};

/// A person's name does not begin with a title, «د. سعاد صالح», unless that is all that was found of it.
pub fn cut_title(article: &Labelled, it: &mut NameTokens) {
    while it.kind == EntityKind::Person
        && it.first + 1 < it.end
        && let Some(first) = article.form(it.line, it.first)
    {
        let is_like_title = has_trigger(first, "title") || TITLES.contains(&first.word);
        let is_name = first.entry.lists & NAMES != 0;
        // «الشيخ» is a family name, too, but not before a given one.
        let is_before_given = first.has_article
            && article
                .form(it.line, it.first + 1)
                .is_some_and(|next| next.entry.lists & list::GIVEN_NAME != 0);
        let is_title = is_like_title && (!is_name || is_before_given);
        if !is_title && first.kind != TokenKind::Mark {
            break;
        }
        it.first += 1;
    }
}

/// What stands between an office or a calling and a given name is no part of the person's name: in «وزير خارجية جورافيا
/// أندريه ليبوغين» it is a country, which is returned; in «الصياد منصور الدريدي» what he does.
pub fn cut_person(article: &Labelled, it: &mut NameTokens) -> Option<NameTokens> {
    let form = |at: usize| article.form(it.line, at);
    let is_given = |form: &Form| form.entry.lists & list::GIVEN_NAME != 0;
    let (first, second) = (form(it.first)?, form(it.first + 1)?);
    if it.kind != EntityKind::Person || it.end < it.first + 3 || is_given(first) {
        return None;
    }
    // «الشاعر والناقد سامح كعوش».
    let is_second_calling = first.has_article && first.clitic != 0;
    if !is_given(second) && !is_second_calling {
        return None;
    }
    if first.has_article {
        it.first += 1;
        return None;
    }
    let before = form(it.first.checked_sub(1)?)?;
    let is_department = DEPARTMENTS.contains(&before.bare);
    let place = NameTokens {
        end: it.first + 1,
        kind: EntityKind::Place,
        ..*it
    };
    (is_department && first.clitic == 0).then(|| {
        it.first += 1;
        place
    })
}

/// Where a person's name begins: «بنت حمدان» is the end of one, whose beginning is the word before it. «بن علي» is a
/// family name, too, where no given name stands before it, «العباس بن عبد المطلب».
pub fn name_before_daughter(article: &Labelled, it: &NameTokens, taken: &Taken) -> usize {
    let is_daughter = article
        .form(it.line, it.first)
        .is_some_and(|form| form.word == hash_of("بنت"));
    let is_son = article
        .form(it.line, it.first)
        .is_some_and(|form| form.word == hash_of("بن"));
    let is_named = |at: &usize| {
        let form = article.form(it.line, *at);
        is_daughter || is_son && form.is_some_and(|form| form.entry.lists & NAMES != 0)
    };
    let before = it
        .first
        .checked_sub(1)
        .filter(|at| it.kind == EntityKind::Person && is_named(at));
    let is_like_name = |at: &usize| {
        let form = article.form(it.line, *at);
        !taken.has(*at)
            && form.is_some_and(|form| {
                form.kind == TokenKind::Arabic && !form.entry.is_no_person && form.entry.triggers == 0
            })
    };
    before.filter(is_like_name).unwrap_or(it.first)
}

/// «عمر خليل وسامي حداد» are two people: the second, who is returned, begins with «و» and a given name.
pub fn split_people(article: &Labelled, it: &mut NameTokens) -> Option<NameTokens> {
    let is_and_given = |at: &usize| {
        article.form(it.line, *at).is_some_and(|form| {
            clitics()[usize::from(form.clitic)].text == "و" && form.entry.lists & list::GIVEN_NAME != 0
        })
    };
    if it.kind != EntityKind::Person {
        return None;
    }
    let first = (it.first + 1..it.end).find(is_and_given)?;
    let other = NameTokens { first, ..*it };
    it.end = first;
    Some(other)
}

/// A person's name neither begins with a word that hardly ever stands in names of people, nor goes on after one:
/// «أخيه مصعب» is «مصعب», «يونس عليه السلام» is «يونس», «رونالدينيو لصحيفة» is «رونالدينيو». What stands after «بن»
/// and the like, or before «الدين» and «الله», is not judged: «خالد بن دينار», «خير الدين».
pub fn cut_no_person(article: &Labelled, it: &mut NameTokens) {
    if it.kind != EntityKind::Person {
        return;
    }
    let form = |at: usize| article.form(it.line, at);
    let is_no_person = |at: usize| form(at).is_some_and(|it| it.entry.is_no_person || is_article_behind_clitic(it));
    let is_one_of =
        |at: usize, words: &[&str]| form(at).is_some_and(|it| words.iter().any(|word| hash_of(word) == it.bare));
    let is_in = |at: usize, words: &Hashes| form(at).is_some_and(|it| words.contains(&it.bare));
    let is_bound = |at: usize| is_one_of(at, &["الدين", "الله"]);
    let (mut first, mut end) = (it.first, it.end);
    while first < end && is_no_person(first) && !is_one_of(first + 1, &["الدين"]) {
        first += 1;
    }
    // «ابن عشرين», «بنت أخيه», «ابن وبنت» are nobody in particular, «آل الخطيب» and «بني تميم» are many.
    let is_nobody = is_in(first, &SONS) && (is_no_person(first + 1) || is_in(first + 1, &SONS));
    if is_nobody || is_in(first, &FAMILIES) {
        first = end;
    }
    // «عبيد» is a connector in «عبيد الله» only.
    let is_bound_before =
        |at: usize| !is_one_of(at - 1, &["عبيد"]) && form(at - 1).is_some_and(|it| has_trigger(it, "connector"));
    let is_end = |at: &usize| is_no_person(*at) && !is_bound(at + 1) && !is_bound_before(*at);
    if let Some(at) = (first + 1..end).find(is_end) {
        end = at;
    }
    (it.first, it.end) = (first, end);
}

/// «مات أبو طالب» is «أبو طالب»: no frequent word that is no name stands before a kunya; and «غاريث بيل الصغير» is «غاريث بيل».
pub fn cut_epithet(article: &Labelled, it: &mut NameTokens) {
    // 16 × ln(1 + n): more than 400 occurrences in the articles of the lexicon. A guess.
    const FREQUENT: u8 = 96;
    const KNOWN: u16 = NAMES | list::SPELLING | list::ATTESTED_GIVEN | list::ATTESTED_FAMILY;
    let form = |at: usize| article.form(it.line, at);
    if it.kind != EntityKind::Person || it.end < it.first + 3 {
        return;
    }
    let is_kunya =
        form(it.first + 1).is_some_and(|form| ["ابو", "ابي", "ابا"].iter().any(|it| hash_of(it) == form.word));
    let is_word = form(it.first).is_some_and(|form| {
        let is_known = form.entry.lists & KNOWN != 0 || has_trigger(form, "connector");
        !form.has_article && !is_known && FREQUENT <= form.entry.frequency
    });
    let is_epithet = form(it.end - 1).is_some_and(|form| {
        let is_one = form.word == hash_of("الصغير") || ADDRESSES.contains(&form.word) || FORMER.contains(&form.word);
        form.has_article && is_one && form.entry.lists & NAMES == 0
    });
    (it.first, it.end) = (
        it.first + usize::from(is_kunya && is_word),
        it.end - usize::from(is_epithet),
    );
}

/// «بالأزلام»: a preposition and a noun with its article, which is no family name like «بالحاج» and «بالطيب», nor a
/// foreign one that was never seen, like «كاليستوفا».
fn is_article_behind_clitic(form: &Form) -> bool {
    let is_known = form.entry.clusters[0] != 0;
    form.clitic != 0 && form.has_article && is_known && form.entry.lists & NAMES == 0 && !has_trigger(form, "title")
}

/// A person's name ends before a calling of which it is said what it belongs to, «أحمد الطيب شيخ الأزهر», and begins
/// after a title before a given name, «صاحب السمو الشيخ محمد بن راشد».
pub fn cut_calling(article: &Labelled, it: &mut NameTokens) {
    let form = |at: usize| article.form(it.line, at);
    let is_given = |at: usize| form(at).is_some_and(|form| form.entry.lists & list::GIVEN_NAME != 0);
    if it.kind != EntityKind::Person {
        return;
    }
    let is_title = |at: &usize| {
        form(*at).is_some_and(|form| form.has_article && has_trigger(form, "title") && form.entry.lists & NAMES == 0)
    };
    let title = (it.first + 1..it.end - 1)
        .rev()
        .find(|at| is_title(at) && is_given(at + 1));
    if let Some(at) = title.filter(|_| !is_given(it.first)) {
        it.first = at + 1;
    }
    let is_calling = |at: &usize| {
        let is_office = form(*at).is_some_and(|form| {
            let is_office = has_trigger(form, "office") || TITLES.contains(&form.word);
            is_office && form.clitic == 0 && !form.has_article && form.entry.lists & NAMES == 0
        });
        let is_bound = form(at + 1).is_some_and(|form| ["الدين", "الله"].iter().any(|it| hash_of(it) == form.word));
        is_office && !is_bound && form(at + 1).is_some_and(|form| form.has_article)
    };
    if let Some(at) = (it.first + 2..it.end).find(is_calling) {
        it.end = at;
    }
}

/// A given name after a title, an office or a verb of saying, and a rare word with the article after it, is a person:
/// «قالت وفاء العكاري».
pub fn add_people(article: &Labelled, line: usize, found: &mut BTreeSet<NameTokens>) {
    // 16 × ln(1 + n): more than some 8,000 occurrences, as folding makes «آن» one with «أن». A guess.
    const FREQUENT: u8 = 144;
    for at in 1..article.lines[line].tokens.len() {
        let (Some(given), Some(family)) = (article.form(line, at), article.form(line, at + 1)) else {
            continue;
        };
        let is_given =
            given.entry.lists & list::GIVEN_NAME != 0 && given.clitic == 0 && given.entry.frequency < FREQUENT;
        let is_family = family.has_article
            && family.clitic == 0
            && family.entry.lists == 0
            && family.entry.triggers == 0
            && family.entry.frequency < RARE;
        if is_given && is_family && is_announced(article, line, at) && is_free(found, line, at, at + 2) {
            found.insert(NameTokens {
                line,
                first: at,
                end: at + 2,
                kind: EntityKind::Person,
            });
        }
    }
}

/// Whether a title, an office or a verb of saying stands before a token, or before up to two definite words before
/// it: «وزيرة المالية أسماء القرطبي».
fn is_announced(article: &Labelled, line: usize, at: usize) -> bool {
    for before in (at.saturating_sub(3)..at).rev() {
        let Some(form) = article.form(line, before) else {
            return false;
        };
        if ["title", "office", "says"].iter().any(|it| has_trigger(form, it)) {
            return true;
        }
        if !form.has_article {
            return false;
        }
    }
    false
}

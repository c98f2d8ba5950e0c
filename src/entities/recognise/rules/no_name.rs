//! Drops what looks like a name but is not.

use crate::entities::EntityKind;
use crate::entities::tagger::{Labelled, TokenKind, hash_of, list};
use crate::entities::vocabulary::{
    ADDRESSES, BLESSINGS, CONTESTS, DYNASTIES, EVENTS, IDIOMS, OF_COUNTRIES, OFFICIALS, SCOPES, SIGHTINGS, VESSELS,
};

use super::name::{NameTokens, has_trigger};

/// God, and blessings that name Him: «رحمه الله», «بإذن الله الشيخ».
pub fn is_blessing(article: &Labelled, it: &NameTokens) -> bool {
    let bare = |at: usize| article.form(it.line, at).map(|form| form.bare);
    let is = |at: usize, word: &str| bare(at) == Some(hash_of(word));
    // No name of a person begins with God's, and «لا إله إلا الله العظيم» speaks of none.
    is(it.first, "الله")
        || is(it.first, "رحمه")
        || bare(it.first).is_some_and(|it| BLESSINGS.contains(&it)) && is(it.first + 1, "الله")
}

/// «قطاع» is a place only with the name of one, «قطاع غزة»: «قطاع الرعاية الصحية» is a part of the economy.
pub fn is_sector(article: &Labelled, it: &NameTokens) -> bool {
    let form = |at: usize| article.form(it.line, at);
    it.kind == EntityKind::Place
        && form(it.first).is_some_and(|form| form.bare == hash_of("قطاع"))
        && form(it.first + 1).is_none_or(|form| form.entry.lists & (list::COUNTRY | list::CITY | list::PLACE) == 0)
}

/// What stands in Latin letters in an Arabic article is an organisation, or a product: «Session Manager» is nobody, and
/// «Quantum of Solace» is no place.
pub fn is_brand(article: &Labelled, it: &NameTokens) -> bool {
    let is_other = |at: usize| {
        article
            .form(it.line, at)
            .is_some_and(|form| form.kind == TokenKind::Other)
    };
    it.kind != EntityKind::Organisation && (it.first..it.end).any(is_other)
}

/// «مالي» is a country, and an adjective after an indefinite noun: «تقرير مالي».
pub fn is_adjective(article: &Labelled, it: &NameTokens) -> bool {
    let is_like_adjective = it.kind == EntityKind::Place
        && it.first + 1 == it.end
        && article
            .form(it.line, it.first)
            .is_some_and(|form| form.clitic == 0 && form.bare == hash_of("مالي"));
    let before = it.first.checked_sub(1).and_then(|at| article.form(it.line, at));
    is_like_adjective
        && before.is_some_and(|form| {
            let is_announcing = ["office", "title", "place_head"]
                .iter()
                .any(|trigger| has_trigger(form, trigger));
            // Prepositions are short, nouns of the language of finance are not.
            let is_noun = form.kind == TokenKind::Arabic && !form.has_article && 3 <= form.n_letters();
            is_noun && !is_announcing && !OF_COUNTRIES.contains(&form.bare)
        })
}

/// A hashtag, or a part of one: «#كلنا_غزة».
pub fn is_hashtag(article: &Labelled, it: &NameTokens) -> bool {
    let is_mark = |at: usize, mark: &str| article.form(it.line, at).is_some_and(|form| form.word == hash_of(mark));
    let is_glued = |at: usize| {
        article.lines[it.line]
            .tokens
            .get(at)
            .is_some_and(|token| token.is_glued)
    };
    let is_behind = it
        .first
        .checked_sub(1)
        .is_some_and(|before| is_glued(it.first) && (is_mark(before, "#") || is_mark(before, "_")));
    is_behind || (it.first..=it.end).any(|at| is_mark(at, "_") && is_glued(at))
}

/// «القائد الأعلى للقوات المسلحة» is somebody's office, «جائزة الشيخ زايد للكتاب» and «كوبا أمريكا» are won: neither is an
/// organisation or a place.
pub fn is_office_or_contest(article: &Labelled, it: &NameTokens) -> bool {
    let first = article.form(it.line, it.first);
    let is_several = it.first + 1 < it.end;
    let is_office = it.kind == EntityKind::Organisation
        && first.is_some_and(|form| form.has_article && OFFICIALS.contains(&form.bare));
    let is_contest = it.kind != EntityKind::Person && first.is_some_and(|form| CONTESTS.contains(&form.bare));
    is_several && (is_office || is_contest)
}

/// «أبوظبي الدولي» of «معرض أبوظبي الدولي للكتاب», a place with an adjective that places lack, is a part of an event's name.
pub fn is_of_event(article: &Labelled, it: &NameTokens) -> bool {
    const PLACES: u16 = list::COUNTRY | list::CITY | list::PLACE;
    let form = |at: usize| article.form(it.line, at);
    let is_cut_short = it.kind != EntityKind::Person
        && it.first + 1 < it.end
        && form(it.first).is_some_and(|first| first.entry.lists & PLACES != 0)
        && form(it.end - 1).is_some_and(|last| SCOPES.contains(&last.word));
    let before = it.first.checked_sub(1).and_then(form);
    is_cut_short && before.is_some_and(|form| !form.has_article && EVENTS.contains(&form.bare))
}

/// «العصر العثماني»: the adjective of a dynasty, although a man may be called so, «قال العثماني», «السيد العثماني».
pub fn is_dynasty(article: &Labelled, it: &NameTokens) -> bool {
    let form = |at: usize| article.form(it.line, at);
    let before = it.first.checked_sub(1).and_then(form);
    it.kind == EntityKind::Person
        && it.first + 1 == it.end
        && form(it.first).is_some_and(|form| form.clitic == 0 && DYNASTIES.contains(&form.word))
        && before.is_some_and(|before| before.has_article && !ADDRESSES.contains(&before.bare))
}

/// «الفرقاطة محمد السادس» is a ship that is called after a person, but «قبطان الفرقاطة» may be followed by his own name; «بني
/// آدم» are all men, and «نصيب الأسد» is the lion's share.
pub fn is_no_person(article: &Labelled, it: &NameTokens) -> bool {
    const SAILORS: [&str; 5] = ["قبطان", "ربان", "كابتن", "مالك", "صاحب"];
    let form = |n_before: usize| article.form(it.line, it.first.checked_sub(n_before)?);
    let before = form(1);
    let is_sailor = form(2).is_some_and(|form| {
        let is_office = ["office", "title"].iter().any(|trigger| has_trigger(form, trigger));
        is_office || SAILORS.iter().any(|it| hash_of(it) == form.bare)
    });
    let is_lone = it.first + 1 == it.end;
    let is_definite = article.form(it.line, it.first).is_some_and(|form| form.has_article);
    it.kind == EntityKind::Person
        && before.is_some_and(|form| {
            let is_tribe = ["بني", "بنو"].iter().any(|it| hash_of(it) == form.bare);
            VESSELS.contains(&form.bare) && !is_sailor
                || is_tribe
                || is_lone && is_definite && IDIOMS.contains(&form.bare)
        })
}

/// Drops «الهلال» where an article looks for the new moon, «تعذرت رؤية الهلال»: there it is the club only behind a word of sport,
/// «لاعب الهلال».
pub fn drop_moon(article: &Labelled, found: &mut Vec<NameTokens>) {
    let [definite, bare] = ["الهلال", "هلال"].map(hash_of);
    let form = |line: usize, at: usize| article.form(line, at);
    let is_sighting = |line: usize, at: usize| form(line, at).is_some_and(|it| SIGHTINGS.contains(&it.bare));
    let is_moon = |line: usize, at: usize| {
        let is_it = form(line, at).is_some_and(|it| it.bare == definite || it.bare == bare);
        is_it && (1..=2).any(|n| at.checked_sub(n).is_some_and(|before| is_sighting(line, before)))
    };
    let tokens =
        (0..article.lines.len()).flat_map(|line| (0..article.lines[line].tokens.len()).map(move |at| (line, at)));
    let is_lone = |it: &NameTokens| {
        it.kind == EntityKind::Organisation
            && it.first + 1 == it.end
            && form(it.line, it.first).is_some_and(|form| form.bare == definite)
    };
    if !found.iter().any(is_lone) || !tokens.into_iter().any(|(line, at)| is_moon(line, at)) {
        return;
    }
    found.retain(|it| {
        let before = it.first.checked_sub(1).and_then(|at| form(it.line, at));
        !is_lone(it) || before.is_some_and(|form| has_trigger(form, "sport") && !is_moon(it.line, it.first))
    });
}

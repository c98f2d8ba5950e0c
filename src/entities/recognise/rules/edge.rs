//! What stands at the edge of a name and is none of it: a proclitic before a quotation mark, the adjective of a country
//! behind a proper name, the place where an organisation has its seat.

use crate::entities::EntityKind;
use crate::entities::head::HEADS;
use crate::entities::tagger::{Form, Labelled, TokenKind, clitics, hash_of, list};
use crate::entities::vocabulary::APART;

use super::name::{NameTokens, has_trigger};

/// «لـ"داعش"»: the proclitic is apart from the name, and so no part of it.
pub fn cut_proclitic(article: &Labelled, it: &mut NameTokens) {
    let form = |at: usize| article.form(it.line, at);
    let is_apart = form(it.first).is_some_and(|form| APART.contains(&form.word));
    let is_mark = form(it.first + 1).is_some_and(|form| form.kind == TokenKind::Mark);
    if is_apart && is_mark && it.first + 2 < it.end {
        it.first += 2;
    }
}

/// «وكالة تسنيم الإيرانية»: behind a proper name, the adjective says from where it is. It is a part of «وزارة الخارجية الإيرانية»,
/// which a state has, and of «أرامكو السعودية», which has no other name. Of the organisations of three words and more in the
/// marked news, 163 end before such an adjective, and some 20 with it.
pub fn cut_origin(article: &Labelled, it: &mut NameTokens) {
    if it.kind != EntityKind::Organisation || it.end < it.first + 3 {
        return;
    }
    let form = |at: usize| article.form(it.line, at);
    let (Some(before), Some(last)) = (form(it.end - 2), form(it.end - 1)) else {
        return;
    };
    // «سوق دبي المالي».
    let is_of_country = last.clitic == 0 && last.entry.lists & list::NISBA != 0 && last.bare != hash_of("المالي");
    // «قناة "الجزيرة" القطرية», but «"الجيش" الإسرائيلي».
    let is_quoted = before.word == hash_of("\"") && form(it.first).is_some_and(|it| !it.has_article);
    let is_proper = !before.has_article && before.kind != TokenKind::Mark && !has_trigger(before, "organisation_head");
    if !is_of_country || !is_quoted && !is_proper {
        return;
    }
    it.end -= 1;
    if is_quoted {
        it.end -= 1;
    }
}

/// «الشرطة القضائية بولاية أمن طنجة», «لجنة اليقظة بإقليم سطات»: an organisation ends before «in the province of», and what stands behind
/// may be a place. In the marked news 78 organisations end there, and seven go on.
pub fn cut_seat(article: &Labelled, it: &mut NameTokens) -> Option<NameTokens> {
    const PLACES: u16 = list::COUNTRY | list::CITY | list::PLACE;
    if it.kind != EntityKind::Organisation {
        return None;
    }
    let form = |at: usize| article.form(it.line, at);
    let center = hash_of("المركز");
    let is_seat = |at: &usize| {
        form(*at).is_some_and(|form| {
            let is_in = clitics()[usize::from(form.clitic)].text.ends_with('ب');
            is_in && (!form.has_article && has_trigger(form, "place_head") || form.bare == center)
        })
    };
    let seat = (it.first + 1..it.end).find(is_seat)?;
    let rest = NameTokens {
        first: seat + 1,
        kind: EntityKind::Place,
        ..*it
    };
    it.end = seat;
    let is_place = form(rest.first).is_some_and(|form| form.clitic == 0 && form.entry.lists & PLACES != 0);
    (rest.first < rest.end && is_place).then_some(rest)
}

/// «المجلس الأعلى لشؤون الأسرة», «الهيئة العامة للغذاء»: a definite head and its adjective say no more than that it is a body, and
/// what it is for belongs to the name, as it does to that of a company behind a place: «أبوظبي لمواد البناء».
pub fn go_on_for(article: &Labelled, it: &mut NameTokens) {
    let form = |at: usize| article.form(it.line, at);
    if it.kind != EntityKind::Organisation {
        return;
    }
    let is_general =
        |form: &Form| form.has_article && form.clitic == 0 && GENERAL.iter().any(|it| hash_of(it) == form.word);
    let is_body = match it.end.saturating_sub(it.first) {
        1 => form(it.first).is_some_and(|form| form.entry.lists & (list::CITY | list::PLACE) != 0),
        2 => {
            let is_head = form(it.first).is_some_and(|form| form.has_article && HEADS.definite.contains(&form.bare));
            is_head && form(it.first + 1).is_some_and(is_general)
        }
        _ => false,
    };
    let Some(purpose) = form(it.end).filter(|form| form.kind == TokenKind::Arabic) else {
        return;
    };
    let is_whole = PURPOSES.iter().any(|it| hash_of(it) == purpose.word);
    let is_for = clitics()[usize::from(purpose.clitic)].text == "ل" || is_whole;
    if !is_body || !is_for {
        return;
    }
    it.end += 1;
    // «لشؤون الأسرة», «لحقوق الإنسان».
    let is_bound = form(it.end).is_some_and(|form| form.has_article && form.clitic == 0);
    it.end += usize::from(!purpose.has_article && is_bound);
}

/// What bodies are for, in words so frequent that their proclitic is not parted from them.
const PURPOSES: [&str; 3] = ["لشوون", "لحقوق", "لرعايه"];

/// Adjectives of heads that say nothing of what a body is for.
const GENERAL: [&str; 6] = ["الاعلي", "الوطني", "الوطنيه", "العام", "العامه", "العليا"];

/// «دائرة الصحة - أبوظبي», «م. ع - أبوظبي»: behind a dash, what the lists have as a city only is the place.
pub fn place_behind_dash(article: &Labelled, it: &mut NameTokens) {
    const OTHERS: u16 = list::ORGANISATION | list::OUTLET | list::OUTLET_OR_WORD;
    let form = |at: usize| article.form(it.line, at);
    let is_behind_dash = it
        .first
        .checked_sub(1)
        .and_then(form)
        .is_some_and(|it| it.word == hash_of("-"));
    let is_place = form(it.first)
        .is_some_and(|form| form.entry.lists & (list::CITY | list::PLACE) != 0 && form.entry.lists & OTHERS == 0);
    if it.kind == EntityKind::Organisation && it.first + 1 == it.end && is_behind_dash && is_place {
        it.kind = EntityKind::Place;
    }
}

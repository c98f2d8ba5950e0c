//! What an article says that a person is: «نائب وزير الخارجية الروسي».

use crate::entities::EntityKind;
use crate::entities::tagger::{Form, Labelled, TokenKind, hash_of};
use crate::entities::vocabulary::{ADDRESSES, OFFICES, WITHIN_ROLES};

use super::name::{NameTokens, around, has_trigger};

/// The tokens that say what a person is: «نائب وزير الخارجية الروسي» before or after the name.
///
/// An office after the name says more than a title before it: of «اللواء خليل بدران، مدير الشرطة», it is the office.
///
/// What stands before «و» and the name is another's: `is_joined` says that the name has it. `found` has all names of the
/// article in their order.
pub fn role_of(
    article: &Labelled,
    found: &[NameTokens],
    person: &NameTokens,
    is_joined: bool,
) -> Option<(usize, usize)> {
    let before = if is_joined {
        None
    } else {
        role_before(article, found, person)
    };
    let is_title = before.is_none_or(|(first, end)| first + 1 == end);
    let behind = if is_title {
        role_behind(article, found, person)
    } else {
        None
    };
    behind.or(before)
}

/// How many words a role has at most; the longest seen are «نائب رئيس مجلس الوزراء وزير الخارجية وشؤون المغتربين».
const MAX_ROLE: usize = 8;

fn role_before(article: &Labelled, found: &[NameTokens], person: &NameTokens) -> Option<(usize, usize)> {
    let form = |at: usize| article.form(person.line, at);
    let mut end = person.first;
    // «المتحدث باسم نتنياهو» is somebody else.
    if form(end.checked_sub(1)?).is_some_and(|it| it.word == hash_of("باسم")) {
        return None;
    }
    // «السيد», «الدكتور» are forms of address.
    while let Some(at) = end.checked_sub(1)
        && let Some(address) = form(at).filter(|it| is_address(it))
    {
        end = at;
        if address.clitic != 0 {
            return None;
        }
    }
    let mut first = None;
    for at in (end.saturating_sub(MAX_ROLE)..end).rev() {
        let form = form(at).filter(|it| it.kind == TokenKind::Arabic)?;
        let begins = is_office(form) || has_trigger(form, "title") && !is_address(form);
        if begins {
            first = Some(at);
        }
        if !begins && !goes_on(article, found, person.line, at) && !is_within_role(form) {
            break;
        }
        // «وقال الرئيس»: what stands before a clitic belongs to something else.
        if begins && form.clitic != 0 {
            break;
        }
    }
    first.map(|first| (first, end))
}

fn role_behind(article: &Labelled, found: &[NameTokens], person: &NameTokens) -> Option<(usize, usize)> {
    let comma = hash_of("،");
    let has_comma = article.form(person.line, person.end).is_some_and(|it| it.word == comma);
    let first = person.end + usize::from(has_comma);
    let form = article
        .form(person.line, first)
        .filter(|it| it.clitic == 0 && !it.has_article)?;
    if !is_office(form) {
        return None;
    }
    // What may be the last word of a role, and words that need another after them: «نائب رئيس مجلس إدارة البنك».
    let mut end = first + 1;
    for at in first + 1..first + MAX_ROLE {
        let Some(form) = article.form(person.line, at).filter(|it| it.kind == TokenKind::Arabic) else {
            break;
        };
        let is_person = around(found, person.line, at).any(|it| it.kind == EntityKind::Person);
        let is_office = is_office(form) && form.clitic == 0;
        let is_last = goes_on(article, found, person.line, at);
        // «رئيس المجلس والدكتور فلان»: another begins.
        let is_another = form.clitic != 0 && (is_address(form) || has_trigger(form, "title"));
        if is_person || is_another || !(is_office || is_last || is_within_role(form)) {
            break;
        }
        if is_office || is_last {
            end = at + 1;
        }
    }
    (first + 1 < end).then_some((first, end))
}

/// Whether an indefinite word stands in the middle of roles: «نائب رئيس مجلس إدارة البنك», «وزير شؤون الرئاسة».
fn is_within_role(form: &Form) -> bool {
    form.clitic == 0 && (has_trigger(form, "organisation_head") || WITHIN_ROLES.contains(&form.word))
}

/// Whether a word can stand within a role: it is definite, or part of the name of an organisation or a place.
fn goes_on(article: &Labelled, found: &[NameTokens], line: usize, at: usize) -> bool {
    let is_named = around(found, line, at).any(|it| it.kind != EntityKind::Person);
    is_named || article.form(line, at).is_some_and(|it| it.has_article)
}

/// Whether a word says what office a person holds.
pub fn is_office(form: &Form) -> bool {
    has_trigger(form, "office") || OFFICES.contains(&form.bare)
}

/// Whether a word before a name is how one speaks to or of a person, rather than what he or she is.
fn is_address(form: &Form) -> bool {
    ADDRESSES.contains(&form.bare)
}

//! The Latin forms that articles write directly behind a name: «إيمانويل ماكرون (Emmanuel Macron)», «الناتو (NATO)».
//!
//! Brackets hold much else: agencies («(Reuters)»), translations, other people. A form is learnt only with evidence that it
//! spells or abbreviates this name.

use super::letters::{arabic_numbers, is_latin};
use super::model::LatinModel;
use super::units::{ArabicUnit, LatinUnit, arabic_units, latin_units};
use crate::arabic::letter::{is_arabic_letter, is_within_word};
use crate::arabic::{Folding, fold};
use crate::entities::EntityKind;
use crate::entities::mention::{Mention, Name};

/// A longer text in brackets is no name: a guess.
const MOST_BYTES: usize = 80;
/// A unit is spelled by another if the log-likelihood for each Latin letter is at least this; see
/// `index::LEAST_PER_LETTER`, to which it adds nothing for short words, as there is one candidate only.
const LEAST_PER_LETTER: f32 = -1.7;
const GRACE: f32 = -3.5;

/// What shows that a text in brackets is a name's Latin form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// It sounds like the name, part by part.
    Sound,
    /// It is an abbreviation whose letters the name spells: «بي بي سي (BBC)».
    Letters,
    /// It is a word of capitals behind the full name of an organisation, as abbreviations are introduced. Trust it when
    /// several articles have it.
    Introduced,
}

/// A Latin form that an article writes behind a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenForm {
    /// The name.
    pub name: Name,
    /// As written.
    pub latin: String,
    /// Why it is taken for the name's.
    pub evidence: Evidence,
}

/// See [`super::Latin::written_forms`].
pub fn written_forms(model: &LatinModel, text: &str, mentions: &[Mention]) -> Vec<WrittenForm> {
    let mut forms = Vec::new();
    for mention in mentions {
        let behind = text.get(mention.span.end..).unwrap_or_default();
        let (Some(latin), Some(written)) = (in_brackets(behind), mention.span.of(text)) else {
            continue;
        };
        // In «ماكرون (Emmanuel Macron)» the brackets have the full name, which is the name's key.
        let spelled = [written, mention.name.key.as_str(), mention.name.form.as_str()];
        let evidence = spelled.iter().find_map(|it| evidence(model, mention.kind, it, latin));
        forms.extend(evidence.map(|evidence| WrittenForm {
            name: mention.name.clone(),
            latin: latin.to_owned(),
            evidence,
        }));
    }
    forms
}

/// The Latin text of the brackets that begin a text; `None` if there are none or they have other things.
fn in_brackets(text: &str) -> Option<&str> {
    let is_between = |c: char| c.is_whitespace() || is_within_word(c) || matches!(c, '»' | '”' | '"');
    let text = text.trim_start_matches(is_between);
    let close = match text.chars().next()? {
        '(' => ')',
        '[' => ']',
        '\u{FD3F}' => '\u{FD3E}',
        _ => return None,
    };
    let mut chars = text.char_indices();
    let start = chars.nth(1)?.0;
    let end = start + text.get(start..)?.find(close)?;
    let inside = text.get(start..end)?;
    // «(بالإنجليزية: Emmanuel Macron)».
    let inside = match inside.split_once(':') {
        Some((language, rest)) if language.chars().any(is_arabic_letter) => rest,
        _ => inside,
    };
    let is_quote = |c: char| c.is_whitespace() || is_within_word(c) || matches!(c, '"' | '«' | '»' | '“' | '”');
    let inside = inside.trim_matches(is_quote);
    let is_of_names = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | '&');
    (inside.len() <= MOST_BYTES && inside.chars().all(is_of_names) && is_latin(inside)).then_some(inside)
}

/// What shows that `latin` is the form of a name of some kind, which is written `arabic` here.
fn evidence(model: &LatinModel, kind: EntityKind, arabic: &str, latin: &str) -> Option<Evidence> {
    let (ours, theirs) = (arabic_units(arabic), latin_units(latin));
    if sounds_like(model, &ours, &theirs) {
        return Some(Evidence::Sound);
    }
    let is_abbreviation = kind == EntityKind::Organisation && is_abbreviation(latin);
    if is_abbreviation && spells_letters(arabic, latin) {
        return Some(Evidence::Letters);
    }
    // «منظمة الصحة العالمية (WHO)»: a name of several words, of which an abbreviation has at most two letters each.
    let is_introduced = is_abbreviation
        && 2 <= ours.len()
        && latin.len() <= 2 * ours.len() + 1
        && ours.len() <= latin.len() + 2
        && !AGENCIES.contains(&latin);
    is_introduced.then_some(Evidence::Introduced)
}

/// Agencies that are named in brackets behind what they report on. Collected by hand from articles.
const AGENCIES: &[&str] = &[
    "AFP", "AP", "DPA", "UPI", "CNN", "BBC", "EPA", "TASS", "SANA", "WAM", "KUNA", "QNA", "SPA", "MENA", "MAP", "TAP",
    "APS", "ANI", "UNA", "PTI", "NBC", "CBS", "ABC", "RT",
];

fn is_abbreviation(latin: &str) -> bool {
    (2..=8).contains(&latin.len())
        && latin
            .bytes()
            .all(|it| it.is_ascii_uppercase() || it == b'.' || it == b'&')
}

/// Whether each Arabic unit is spelled by a Latin one, in the same order, and at most one Latin unit is left over beside as
/// many as spell something: a second given name that Arabic leaves out.
fn sounds_like(model: &LatinModel, arabic: &[ArabicUnit], latin: &[LatinUnit]) -> bool {
    let latin: Vec<&LatinUnit> = latin.iter().filter(|it| !it.is_son).collect();
    let mut next = 0;
    let mut n_spelled = 0;
    for unit in arabic.iter().filter(|it| !it.is_son) {
        let at = (next..latin.len()).find(|at| is_spelled(model, unit, &latin[*at].text));
        let Some(at) = at else { return false };
        (next, n_spelled) = (at + 1, n_spelled + 1);
    }
    // The name in brackets ends where the other does.
    let is_at_end = next == latin.len();
    n_spelled != 0 && is_at_end && latin.len() - n_spelled <= n_spelled.min(2)
}

fn is_spelled(model: &LatinModel, unit: &ArabicUnit, latin: &str) -> bool {
    let is_likely = |arabic: &str| {
        let value = model.log_likelihood(&arabic_numbers(arabic), latin.as_bytes());
        value.is_some_and(|it| LEAST_PER_LETTER * latin.len() as f32 + GRACE <= it)
    };
    is_likely(&unit.text) || unit.has_article && is_likely(&format!("ال{}", unit.text))
}

/// How Arabic spells the names of Latin letters, folded: English names first, then French ones. Collected by hand.
const LETTER_NAMES: &[(&str, &str)] = &[
    ("اي", "AEI"),
    ("ايه", "A"),
    ("ا", "A"),
    ("بي", "BP"),
    ("ب", "BP"),
    ("سي", "C"),
    ("دي", "D"),
    ("د", "D"),
    ("اف", "F"),
    ("ف", "FV"),
    ("جي", "GJ"),
    ("جيه", "J"),
    ("جاي", "J"),
    ("اتش", "H"),
    ("كي", "K"),
    ("كيه", "K"),
    ("ال", "L"),
    ("ام", "M"),
    ("ان", "N"),
    ("او", "O"),
    ("كيو", "Q"),
    ("ار", "R"),
    ("اس", "S"),
    ("تي", "T"),
    ("يو", "U"),
    ("في", "V"),
    ("دبليو", "W"),
    ("اكس", "X"),
    ("واي", "Y"),
    ("زد", "Z"),
];

/// Whether the words of a name are the names of the letters: «بي بي سي» of "BBC".
fn spells_letters(arabic: &str, latin: &str) -> bool {
    let folded = fold(arabic, Folding::Name);
    let words: Vec<&str> = folded.split([' ', '-', '.']).filter(|it| !it.is_empty()).collect();
    let letters: Vec<char> = latin.chars().filter(|c| c.is_ascii_uppercase()).collect();
    let is_name =
        |(word, letter): (&&str, &char)| LETTER_NAMES.iter().any(|it| it.0 == *word && it.1.contains(*letter));
    // A head before it, «شبكة», is no letter.
    let Some(start) = words.len().checked_sub(letters.len()) else {
        return false;
    };
    start <= 1 && words[start..].iter().zip(&letters).all(is_name)
}

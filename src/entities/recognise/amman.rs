//! Tells «عمان», Jordan's capital, from «عمان», a short name of the sultanate.
//!
//! The words beside the name tell, or else the states of which the article speaks. Where neither does, it is neither: an entry
//! of its own, as one for both would mix them.

use std::collections::BTreeSet;

use crate::arabic::{Folding, Span, fold};

use super::super::{EntityKind, Mention};
use super::states::States;

/// «عمان» is Jordan's capital in the lists.
const AMMAN: &str = "عمان";
const OMAN: &str = "سلطنة عمان";
const JORDAN: &str = "الأردن";
/// Shown where nothing tells.
const EITHER: &str = "عمان (المدينة أو السلطنة)";
/// States around Oman: who speaks of several speaks of the Gulf.
const NEIGHBOURS: [&str; 5] = ["الإمارات", "السعودية", "قطر", "الكويت", "البحرين"];
/// A doubled «م» is written in the name of the city only.
const SHADDA: char = '\u{0651}';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    City,
    Sultanate,
}

/// Names each «عمان» by what it means. `lines` are those of the text that was searched for names.
pub fn tell_apart(mentions: &mut [Mention], text: &str, lines: &[Span], states: &States) {
    let places: Vec<usize> = (0..mentions.len()).filter(|at| is_open(&mentions[*at])).collect();
    if places.is_empty() {
        return;
    }
    let of_article = by_article(&states.spoken_of(mentions, text, lines));
    let said: Vec<Option<Meant>> = places.iter().map(|at| by_words(mentions, *at, text, states)).collect();
    // What is said once holds for the whole article.
    let is_said = |meant: Meant| said.contains(&Some(meant));
    let of_others = match (is_said(Meant::City), is_said(Meant::Sultanate)) {
        (true, false) => Some(Meant::City),
        (false, true) => Some(Meant::Sultanate),
        _ => None,
    };
    for (at, said) in places.into_iter().zip(&said) {
        let name = &mut mentions[at].name;
        match said.or(of_others).or(of_article) {
            Some(Meant::City) => {}
            Some(Meant::Sultanate) => {
                OMAN.clone_into(&mut name.form);
                name.key = fold(OMAN, Folding::Name);
            }
            None => {
                EITHER.clone_into(&mut name.form);
                name.key = fold(&EITHER.replace(['(', ')'], ""), Folding::Name);
            }
        }
    }
}

fn is_open(it: &Mention) -> bool {
    it.kind == EntityKind::Place && it.name.key == AMMAN
}

/// What the states mean of which an article speaks: it speaks of one of the two, or of several neighbours of the sultanate.
fn by_article(spoken: &BTreeSet<&str>) -> Option<Meant> {
    let n_neighbours = NEIGHBOURS.iter().filter(|it| spoken.contains(*it)).count();
    match (spoken.contains(JORDAN), spoken.contains(OMAN)) {
        (true, false) => Some(Meant::City),
        (false, true) => Some(Meant::Sultanate),
        (false, false) if 3 <= n_neighbours => Some(Meant::Sultanate),
        _ => None,
    }
}

/// What the words beside a name say: «العاصمة», a country, «قطر وعمان», or a city that is none of the Gulf, «بيروت وعمان».
fn by_words(mentions: &[Mention], at: usize, text: &str, states: &States) -> Option<Meant> {
    /// In bytes, with room for «، و» in between. A guess.
    const FARTHEST: usize = 6;
    let it = &mentions[at];
    let before = text.get(..it.span.start)?.trim_end();
    let is_behind = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if it.span.of(text)?.contains(SHADDA) || is_behind(&["الأردنية", "العاصمة", "مدينة"]) {
        return Some(Meant::City);
    }
    if is_behind(&["سلطنة", "السلطنة", "سلطان"]) {
        return Some(Meant::Sultanate);
    }
    let is_beside = |other: &&Mention| {
        let behind = it.span.start.saturating_sub(other.span.end);
        let ahead = other.span.start.saturating_sub(it.span.end);
        behind.max(ahead) <= FARTHEST && other.kind == EntityKind::Place && !is_open(other)
    };
    let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let neighbours = neighbours.filter_map(|at| mentions.get(at)).filter(is_beside);
    let said: Vec<Meant> = neighbours
        .filter_map(|other| {
            let key = &other.name.key;
            let state = states.state_around(key)?;
            match states.state_named(key) {
                Some(_) => Some(Meant::Sultanate),
                None if state == OMAN => Some(Meant::Sultanate),
                None => (!NEIGHBOURS.contains(&state)).then_some(Meant::City),
            }
        })
        .collect();
    let (first, rest) = said.split_first()?;
    rest.iter().all(|it| it == first).then_some(*first)
}

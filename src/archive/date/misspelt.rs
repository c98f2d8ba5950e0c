//! Months that lack a letter: «أكتبر», «ديسبمر».

use std::sync::LazyLock;

use crate::arabic::{Folding, fold};

use super::value::Calendar;
use super::vocabulary;

/// The Gregorian or Hijri month from whose name a word differs by one letter: missing, doubled, wrong or out of order.
/// `None` if two months are as near.
pub(super) fn misspelt_month(word: &str) -> Option<(Calendar, u8)> {
    let word: Vec<char> = fold(word, Folding::Word).chars().collect();
    let mut nearest = None;
    for (calendar, month, name) in &*LONG_NAMES {
        if !is_one_apart(&word, name) {
            continue;
        }
        match nearest {
            Some(it) if it != (*calendar, *month) => return None,
            _ => nearest = Some((*calendar, *month)),
        }
    }
    nearest
}

/// Whether one insertion, deletion, substitution or swap of neighbours leads from `a` to `b`.
fn is_one_apart(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let Some(at) = short.iter().zip(long).position(|(a, b)| a != b) else {
        return long.len() - short.len() == 1;
    };
    let (short, long) = (&short[at..], &long[at..]);
    match long.len() - short.len() {
        0 => {
            short[1..] == long[1..]
                || 2 <= short.len() && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..]
        }
        1 => *short == long[1..],
        _ => false,
    }
}

/// Names of at least five letters: one letter apart from a shorter one is another word as often as not. A guess.
static LONG_NAMES: LazyLock<Vec<(Calendar, u8, Vec<char>)>> = LazyLock::new(|| {
    let folded = vocabulary::months().map(|(calendar, month, name)| {
        (
            calendar,
            month,
            fold(name, Folding::Word).chars().collect::<Vec<char>>(),
        )
    });
    folded.filter(|(_, _, name)| 5 <= name.len()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_one_letter_apart_is_that_month() {
        for (word, month) in [("أكتبر", 10), ("نوفبر", 11), ("اغسسطس", 8), ("ديسبمر", 12)] {
            assert_eq!(misspelt_month(word), Some((Calendar::Gregorian, month)), "{word}");
        }
        for word in ["مدرسة", "يوليويو", "نوفمبريات", ""] {
            assert_eq!(misspelt_month(word), None, "{word}");
        }
    }
}

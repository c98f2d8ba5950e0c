//! Whether what was read from printed pages is text at all.
//!
//! A document may give its signs wrong letters, or none: what is read then is gibberish, in Arabic letters or others, and
//! only who knows the words can tell. Not for deciding the language of a text: words of languages that the program does
//! not know count for nothing.

use crate::arabic::lexicon::Lexicon;
use crate::arabic::{Folding, fold, letter};

/// Fewer words prove nothing. A guess.
const MIN_WORDS: usize = 15;
/// The least share of known words, in per cent: in each of 3,000 articles of news and dialect it was 66 or more, in pages
/// whose letters had lost their dots or half of their fellows 15 to 54.
const MIN_KNOWN: usize = 57;
/// Of a text in Arabic, not one word in so many has letters of other languages. A guess.
const MOST_FOREIGN: usize = 8;
/// Words of two letters are known if they are frequent: by chance, nearly all pairs of letters are some word.
const FREQUENT: f32 = 300.0;

/// Whether some texts can be read, which were made of signs of which `n_letters` are letters and `n_nameless` nobody
/// knows what.
pub fn is_legible<'a>(texts: impl Iterator<Item = &'a str>, n_letters: usize, n_nameless: usize) -> bool {
    if n_letters < n_nameless {
        return false;
    }
    let lexicon = Lexicon::built_in();
    let (mut n_known, mut n_words, mut n_foreign) = (0, 0, 0);
    for word in texts.flat_map(str::split_whitespace) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !is_no_letter(c));
        if let Some(is_known) = is_known(word, &lexicon) {
            n_known += usize::from(is_known);
            n_words += 1;
        }
        n_foreign += usize::from(word.chars().any(is_foreign));
    }
    n_words < MIN_WORDS || n_words * MIN_KNOWN <= n_known * 100 || n_words < n_foreign * MOST_FOREIGN
}

/// Whether a word is one of Arabic, or looks like one of a language in Latin letters; `None` if that cannot be said.
fn is_known(word: &str, lexicon: &Lexicon<'_>) -> Option<bool> {
    if 1 < word.chars().filter(|c| is_no_letter(*c)).count() {
        return Some(false);
    }
    let is_latin = |c: char| c.is_alphabetic() && c < '\u{250}';
    match () {
        () if word.chars().any(is_foreign) => None,
        () if word.chars().any(letter::is_arabic_letter) => {
            let folded = fold(word, Folding::Word);
            let least = match folded.chars().count() {
                // «و» before a name or a number.
                1 => return Some(folded == "و"),
                2 => FREQUENT,
                _ => 1.0,
            };
            // Words that are run together, or stand beside a number, are judged by their first.
            let first = folded
                .split(|c: char| !letter::is_arabic_letter(c))
                .find(|it| !it.is_empty());
            Some(first.is_some_and(|it| least <= lexicon.count(it)))
        }
        () if word.chars().any(is_latin) => Some(looks_latin(word)),
        () => None,
    }
}

/// Whether a word in Latin letters has vowels, few accents, and capitals in front only, if not everywhere.
fn looks_latin(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let is_short = letters.len() <= 3;
    let n_accented = letters.iter().filter(|c| !c.is_ascii()).count();
    let has_vowel = n_accented != 0 || letters.iter().any(|c| "aeiouyAEIOUY".contains(*c));
    let n_capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let is_joined = |c: char| c.is_alphanumeric() || "-'’./:_@&+".contains(c);
    n_accented * 2 <= letters.len()
        && (is_short || has_vowel || n_capitals == letters.len())
        && (n_capitals <= 2 || n_capitals * 2 < letters.len() || n_capitals == letters.len())
        && word.chars().all(is_joined)
}

/// What no document means: private use, replacement, control.
fn is_no_letter(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}

/// Letters of the Arabic script that Arabic does not have. Those that are letters of Arabic without their dots, and ە,
/// are what is left of it where dots are signs of their own; languages that have some of them have others as well.
fn is_foreign(c: char) -> bool {
    let is_bare = matches!(c, '\u{66E}' | '\u{66F}' | '\u{6A1}' | '\u{6BA}' | '\u{6D5}');
    letter::is_arabic_letter(c) && !is_bare && !matches!(c, '\u{621}'..='\u{64A}' | '\u{671}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_legible(std::iter::once(text), 100, 0), expected);
    }

    #[test]
    fn gibberish_is_told_from_text() {
        let text = "أقر مجلس المدينة اليوم خطة لبناء ثلاثة جسور جديدة بعد نقاش امتد حتى المساء وشارك فيه سكان الأحياء";
        check(text, true);
        check(&text.chars().rev().collect::<String>(), false);
        let shifted = |c: char| match c {
            'ا'..='ي' => char::from_u32(u32::from(c) ^ 1).unwrap_or(c),
            c => c,
        };
        check(&text.chars().map(shifted).collect::<String>(), false);
        check(&text.split("").collect::<Vec<_>>().join(" "), false);
        check(&text.replace(['ن', 'ت', 'ي'], "ں").replace('ب', "ٮ"), false);
        check(&"\u{E001}\u{E002}\u{E003} ".repeat(20), false);
        check(&"ÇáãÏíäÉ Çáíæã ÎØÉ ".repeat(8), false);
        check(&"kLm#f Gh%xq zRtPw ".repeat(8), false);
    }

    #[test]
    fn other_languages_are_no_gibberish() {
        check(
            "دولت اعلام کرد که این طرح برای کمک به مردم شهرهای بزرگ در هفته گذشته تصویب شده است",
            true,
        );
        check(
            "The council of the city said on Tuesday that three new bridges will be built by NATO engineers in 2024",
            true,
        );
        check(
            "Le conseil de la ville a été élu à Genève, où l'équipe a présenté le projet de l'année dernière à Évian",
            true,
        );
    }

    #[test]
    fn signs_without_letters_are_told() {
        assert!(!is_legible(std::iter::once("مجلس المدينة"), 11, 900));
    }
}

//! Detects the language of a text.
//!
//! The languages of the Arabic script are told apart by their letters and most frequent words, those of other scripts by
//! `whatlang`. That knows neither Sorani nor Pashto nor Uyghur, and is unsure of nearly everything short: of five Arabic
//! headlines of four words it was sure of one and took one for Persian.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use whatlang::detect;

use super::letter;
use super::lists::List;

/// Of a text in another script so many letters are examined in each of [`PLACES`] places. A guess, far above the two
/// sentences that the library needs.
const LETTERS: usize = 400;
/// From the beginning, the middle and the end of a text.
const PLACES: usize = 3;

/// A text is Arabic if at least one in this many of its words is of the commonest ones or has the article. Of 3,000
/// articles two had fewer, of one word in ten; of other languages a few loans have the article.
const ARABIC_WORDS: usize = 8;
/// It is in another language of the script if at least one letter in this many is beyond those of Arabic, or one word in
/// this many is of that language's commonest. Guesses: Persian with Arabic ي and ك has one such letter in twenty.
const OTHER_LETTERS: usize = 40;
const OTHER_WORDS: usize = 10;

const TABLE: List<4> = List::new(
    include_str!("../../assets/lists/languages.tsv"),
    ["code", "arabic", "english", "tag"],
);

const SIGNS: List<3> = List::new(
    include_str!("../../assets/lists/language_signs.tsv"),
    ["code", "letters", "words"],
);

static NAMES: LazyLock<Vec<[&'static str; 4]>> = LazyLock::new(|| TABLE.rows().collect());

/// By what a language of the Arabic script is known.
struct Signs {
    code: &'static str,
    letters: FxHashSet<char>,
}

/// Arabic first.
static LANGUAGES: LazyLock<Vec<Signs>> = LazyLock::new(|| {
    let rows = SIGNS.rows().map(|[code, letters, _]| Signs {
        code,
        letters: letters.chars().filter(|c| *c != '-').collect(),
    });
    rows.collect()
});

/// The commonest words of the languages of the Arabic script, each with a bit for each of [`LANGUAGES`] that has it.
static COMMON: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut common = FxHashMap::default();
    for (idx, [_, _, words]) in SIGNS.rows().enumerate() {
        for word in words.split(' ').filter(|it| *it != "-") {
            *common.entry(word).or_default() |= 1 << idx;
        }
    }
    common
});

/// The language of `text`, by its ISO 639-3 code, as most of its letters say; `None` if it has none, or in another script
/// than the Arabic too few.
pub fn language(text: &str) -> Option<&'static str> {
    let mut counts = Counts::default();
    text.split_whitespace()
        .filter(|it| !is_address(it))
        .for_each(|word| counts.add(word));
    if counts.n_arabic == 0 && counts.n_others == 0 {
        return None;
    }
    if counts.n_others <= counts.n_arabic {
        return Some(counts.of_arabic_script());
    }
    detect(&sample(text)).map(|found| found.lang().code())
}

/// What the words of a text say of its language.
#[derive(Default)]
struct Counts {
    /// Letters of the Arabic script, and of all others.
    n_arabic: usize,
    n_others: usize,
    /// Words of the Arabic script, those with the article, and how many are common in each of [`LANGUAGES`].
    n_words: usize,
    n_articles: usize,
    n_common: Vec<usize>,
    /// The letters that Arabic lacks.
    foreign: FxHashMap<char, usize>,
}

impl Counts {
    fn add(&mut self, word: &str) {
        let mut has_arabic = false;
        for c in word.chars() {
            if letter::is_arabic_letter(c) {
                self.n_arabic += 1;
                has_arabic = true;
                if is_foreign(c) {
                    *self.foreign.entry(c).or_default() += 1;
                }
            } else if c.is_alphabetic() {
                self.n_others += 1;
            }
        }
        if !has_arabic {
            return;
        }
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        self.n_words += 1;
        self.n_articles += usize::from(has_article(word));
        self.n_common.resize(LANGUAGES.len(), 0);
        let languages = COMMON.get(word).copied().unwrap_or(0);
        for (idx, n) in self.n_common.iter_mut().enumerate() {
            *n += usize::from(languages >> idx & 1 == 1);
        }
    }

    /// The language of a text of which most letters are of the Arabic script; Arabic where nothing says another.
    fn of_arabic_script(&self) -> &'static str {
        let [arabic, others @ ..] = LANGUAGES.as_slice() else {
            return "";
        };
        let n_common = |idx: usize| self.n_common.get(idx).copied().unwrap_or(0);
        let n_foreign: usize = self.foreign.values().sum();
        let n_of_arabic = self.n_articles + n_common(0);
        let is_other = |idx: usize| self.n_words <= OTHER_WORDS * n_common(idx) && n_of_arabic < n_common(idx);
        if self.n_words <= ARABIC_WORDS * n_of_arabic && !(1..LANGUAGES.len()).any(is_other) {
            return arabic.code;
        }
        if let Some(idx) = (1..LANGUAGES.len()).find(|idx| is_other(*idx)) {
            return LANGUAGES[idx].code;
        }
        if self.n_arabic <= OTHER_LETTERS * n_foreign {
            // Letters of the language speak for it, others against it.
            let score = |it: &&Signs| {
                let of_it = self.foreign.iter().filter(|(c, _)| it.letters.contains(c));
                of_it.map(|(_, n)| *n).sum::<usize>()
            };
            // The last of those that are equal is found, and the first is wanted.
            let best = others.iter().rev().max_by_key(score);
            return best.map_or(arabic.code, |it| it.code);
        }
        arabic.code
    }
}

/// Whether Arabic lacks a letter of the Arabic script.
fn is_foreign(c: char) -> bool {
    matches!(c, '\u{066E}'..='\u{06D3}' | '\u{06D5}' | '\u{06EE}'..='\u{06FF}' | '\u{0750}'..='\u{077F}')
}

/// Whether an Arabic word has the article, also behind «و», «ف», «ب», «ك» or «ل».
fn has_article(word: &str) -> bool {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let bare = bare.strip_prefix(['ب', 'ك']).unwrap_or(bare);
    bare.starts_with("ال") || bare.starts_with("لل")
}

/// Whether a word is an address, which has letters of no language.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.") || word.starts_with("pic.")
}

/// Words of other scripts than the Arabic, from the beginning, the middle and the end of a text.
fn sample(text: &str) -> String {
    let mut sample = String::new();
    for place in 0..PLACES {
        let start = text.floor_char_boundary(text.len() / PLACES * place);
        let mut n_letters = 0;
        let words = text[start..].split_whitespace().filter(|it| !is_address(it));
        for word in words.filter(|it| !it.chars().any(letter::is_arabic_letter)) {
            n_letters += word.chars().count();
            if LETTERS < n_letters {
                break;
            }
            sample.push_str(word);
            sample.push(' ');
        }
        // A short text is wholly in the first place.
        if text.len() <= LETTERS {
            break;
        }
    }
    sample
}

/// The names of a language in Arabic and English; `None` for one that is not in the list.
pub fn language_name(code: &str) -> Option<(&'static str, &'static str)> {
    let [_, arabic, english, _] = NAMES.iter().find(|[known, ..]| *known == code)?;
    Some((arabic, english))
}

/// The tag of a language by BCP 47, as other programs want it: "ar" for "ara"; the code itself for one not in the list.
pub fn language_tag(code: &str) -> &str {
    NAMES
        .iter()
        .find(|[known, ..]| *known == code)
        .map_or(code, |names| names[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, code: &str) {
        assert_eq!(language(text).unwrap_or("none"), code, "{text}");
    }

    #[test]
    fn the_languages_of_the_arabic_script_are_told_apart() {
        check("افتتح الوزير الجسر الجديد أمس وقال إن العمل فيه اكتمل قبل موعده", "ara");
        check("عاجل", "ara");
        check("أسعار النفط ترتفع مجددا", "ara");
        // With the letters of a Persian keyboard.
        check("افتتح الوزیر الجسر الجدید فی المدینة وقال إن العمل اکتمل", "ara");
        check("وزیر امور خارجه گفت که این پل تازه پیش از موعد ساخته شده است", "pes");
        // With those of an Arabic one.
        check("وزير امور خارجه گفت كه اين پل تازه پيش از موعد ساخته شده است", "pes");
        check("سەرۆکی شارەوانی پردە نوێیەکەی لەسەر ڕووبارەکە کردەوە", "ckb");
        check("د ښار مشر نوی پل پرانیست او ویې ویل چې کار یې پای ته رسېدلی دی", "pus");
        check(
            "وزیر نے نئے پل کا افتتاح کیا اور کہا کہ یہ کام وقت سے پہلے مکمل ہوا ہے",
            "urd",
        );
        check(
            "شەھەر باشلىقى يېڭى كۆۋرۈكنى ئاچتى ۋە خىزمەتنىڭ تۈگىگەنلىكىنى ئېيتتى",
            "uig",
        );
    }

    #[test]
    fn the_language_is_that_of_most_of_the_text() {
        let arabic = "وقال المدرب إن الجميع جاهز للمباراة، وإن الهدف هو الفوز باللقب هذا الموسم أمام جماهير النادي.";
        check(&format!("Adams; Brown, Clark; Davies. {arabic}"), "ara");
        check(
            &format!(
                "https://www.example.org/live/stream/watch?match=a-b&lang=ar&source=home-page-main-slider-item-3-of-12-and-so-on {arabic}"
            ),
            "ara",
        );
        check("The minister opened the new bridge yesterday, ahead of time.", "eng");
        check(
            "Le ministre a ouvert le nouveau pont hier, avant la date prévue. الجسر",
            "fra",
        );
        assert_eq!(language("2023"), None);
        assert_eq!(language_name("ara"), Some(("العربية", "Arabic")));
    }
}

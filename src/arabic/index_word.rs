//! One spelling for the ways in which newspapers write a word, for words that are searched for.
//!
//! [`fold_word`] takes letters for one another wherever they stand. Here the word itself decides: whether its «ال» is the
//! article or its own, by the hamza that is written there; whether «يء» is «ئ», as many write it in Egypt. What is written
//! for what follows from the word's own letters and from what newspapers write ([`Lexicon`]), never from its neighbours, so
//! that a word has the same spelling when it is indexed and when it is searched for.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization as _;

use super::fold::fold_word;
use super::letter;
use super::lexicon::Lexicon;
use super::lists::List;

/// Words that begin with a hamza and ل, and are others without the hamza.
const OWN_HAMZA: List<1> = List::new(include_str!("../../assets/lists/own_hamza.tsv"), ["word"]);

static OWN_HAMZA_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| OWN_HAMZA.words().collect());

/// The letter that a word keeps whose «ال» is its own although the same word without hamza has the article: «ألسنة».
pub const OWN_ALEF: char = 'أ';

/// What an own word may end in.
const ENDINGS: [&str; 9] = ["", "ا", "ه", "ها", "هم", "ك", "كم", "نا", "ي"];

/// How the preposition «إلى» begins, with its pronouns, too: no other word does.
pub const TO: &str = "الى";

/// A word as it is indexed.
///
/// ```
/// use fihrist::arabic::index_word;
///
/// // Spellings of one word …
/// for (a, b) in [("الموانيء", "الموانئ"), ("مائة", "مئة"), ("القرءان", "القرآن"), ("البانيا", "ألبانيا")] {
///     assert_eq!(index_word(a), index_word(b));
/// }
/// // … and words that only look alike.
/// for (a, b) in [("ألسنة", "السنة"), ("وإلى", "والي"), ("مليء", "ملء")] {
///     assert_ne!(index_word(a), index_word(b));
/// }
/// ```
pub fn index_word(word: &str) -> String {
    let folded = fold_word(word);
    let is_touched = |c: char| matches!(c, 'أ' | 'إ' | 'آ' | 'ء' | 'ؤ' | 'ئ' | 'ى' | '\u{FB50}'..='\u{FEFF}');
    if !word.contains(is_touched) {
        return folded;
    }
    let letters: String = word.nfkc().filter(|c| !letter::is_within_word(*c)).collect();
    if letters.chars().count() != folded.chars().count() {
        // It is of another script, or holds what is no letter.
        return folded;
    }
    let found = preposition(&letters)
        .or_else(|| final_hamza(&letters, &folded))
        .or_else(|| hundred(&letters, &folded))
        .or_else(|| long_alef(&letters, &folded))
        .or_else(|| own_alef(&letters, &folded));
    found.unwrap_or(folded)
}

/// «إلى» and what is written for it, with its pronouns; «والي» is a governor.
fn preposition(letters: &str) -> Option<String> {
    const PRONOUNS: [&str; 11] = ["", "ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "كما", "كن"];
    let (before, rest) = match letters.strip_prefix(['و', 'ف']) {
        Some(rest) => letters.split_at(letters.len() - rest.len()),
        None => ("", letters),
    };
    let pronoun = rest.strip_prefix("إلي").filter(|it| PRONOUNS.contains(it));
    let pronoun = pronoun.or_else(|| ["إلى", "الى"].contains(&rest).then_some(""))?;
    Some(format!("{before}{TO}{pronoun}"))
}

/// The letters of a folded word behind the clitics and the article before it, as far as these are sure.
fn behind_article(folded: &str) -> &str {
    let rest = folded.strip_prefix(['و', 'ف']).unwrap_or(folded);
    let with_article = ["لل", "بال", "كال", "ال"].iter().find_map(|it| rest.strip_prefix(it));
    with_article.unwrap_or(folded)
}

/// At the end of a word: «شاطيء» for «شاطئ», «تباطوء» for «تباطؤ», «شئ» for «شيء».
fn final_hamza(letters: &str, folded: &str) -> Option<String> {
    /// A word of as many letters ends in «يء» of its own: «بريء», «مضيء».
    const LONGEST_OWN: usize = 4;

    let lexicon = Lexicon::built_in();
    let n_letters = behind_article(folded).chars().count();
    if letters.ends_with('ئ') {
        let longer = format!("{}يء", folded.strip_suffix('ء')?);
        let is_own = n_letters < LONGEST_OWN && !longer.ends_with("ييء") && 0.0 < lexicon.count(&longer);
        return is_own.then_some(longer);
    }
    let start = folded.strip_suffix("يء").or_else(|| folded.strip_suffix("وء"))?;
    let shorter = format!("{start}ء");
    let is_usual = lexicon.count(folded) <= lexicon.count(&shorter);
    // Both may be unknown: «يء» behind as many letters is no ending of an Arabic word, «وء» may be.
    let is_known = folded.ends_with("يء") || 0.0 < lexicon.count(&shorter);
    (LONGEST_OWN < n_letters && is_usual && is_known).then_some(shorter)
}

/// «مائة» is «مئة», also in «ثلاثمائة» and «مائتين».
fn hundred(letters: &str, folded: &str) -> Option<String> {
    const BEFORE: [&str; 10] = ["", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "ثماني", "تسع", "بضع"];
    let at = letters.find("مائ")?;
    let rest = &letters[at + "مائ".len()..];
    let (before, after) = folded.split_at_checked(at)?;
    let is_number = ["ة", "تان", "تين", "تي", "تا"].contains(&rest);
    let first = before.strip_prefix(['و', 'ف']).unwrap_or(before);
    let first = ["لل", "بال", "كال", "ال", "ب", "ل", "ك"]
        .iter()
        .find_map(|it| first.strip_prefix(it))
        .unwrap_or(first);
    (is_number && BEFORE.contains(&first)).then(|| format!("{before}{}", after.replacen("ماء", "مء", 1)))
}

/// «قرءان» is «قرآن» where that is the usual spelling; «قراءات» is not.
fn long_alef(letters: &str, folded: &str) -> Option<String> {
    let at = letters.find("ءا")?;
    // «جزءا» and «بدءا» end in the vowel of a case.
    if at + "ءا".len() == letters.len() {
        return None;
    }
    let lexicon = Lexicon::built_in();
    let shorter = folded.replacen("ءا", "ا", 1);
    (lexicon.count(folded) < lexicon.count(&shorter)).then_some(shorter)
}

/// A word whose «ال» is no article, because a hamza is written there, though most words of these letters have the article:
/// «ألسنة» beside «السنة». It keeps the hamza.
fn own_alef(letters: &str, folded: &str) -> Option<String> {
    let at = ["أل", "إل", "آل"].iter().filter_map(|it| letters.find(it)).min()?;
    let before = &letters[..at];
    let first = before.strip_prefix(['و', 'ف']).unwrap_or(before);
    if !["", "ال", "بال", "كال", "لل", "ب", "ل", "ك"].contains(&first) {
        return None;
    }
    let own = folded.get(at..)?;
    let rest = own.strip_prefix("ال")?;
    let lexicon = Lexicon::built_in();
    // «ألحانا», too, which newspapers hardly have.
    let is_known = lexicon.find(own).is_some();
    let bare = ENDINGS.iter().filter(|it| !is_known || it.is_empty());
    let bare: Vec<&str> = bare
        .filter_map(|it| own.strip_suffix(it))
        .filter(|it| has_article(it))
        .collect();
    let is_usual = |it: &&str| lexicon.find(it).is_some_and(|it| it.has_own_article);
    let is_listed = |it: &&str| OWN_HAMZA_WORDS.contains(*it);
    // Without any it is the same word as without hamza.
    let is_own = !bare.is_empty()
        && (letters[at..].starts_with('آ') || has_pattern(rest) || bare.iter().any(|it| is_listed(it) || is_usual(it)));
    is_own.then(|| format!("{}{OWN_ALEF}{}", &folded[..at], &folded[at + 'ا'.len_utf8()..]))
}

/// Whether «ال» and these letters are a plural as «ألباب» or a verbal noun as «إلهام», with an ending or without.
fn has_pattern(rest: &str) -> bool {
    let mut letters = rest.chars();
    let has_alef = letters.nth(1) == Some('ا') && letters.next().is_some();
    has_alef && ENDINGS.contains(&letters.as_str())
}

/// Whether a folded word that begins with «ال» has the article, where no hamza says otherwise: the rest is a word, and a more
/// frequent one than the whole if that is mostly written with hamza.
pub fn has_article(folded: &str) -> bool {
    /// «بانيا» is a word a hundred times rarer than «البانيا». A guess.
    const LEAST_SHARE: f32 = 0.05;

    let Some(rest) = folded.strip_prefix("ال") else {
        return false;
    };
    let lexicon = Lexicon::built_in();
    // «وان» is «و» and «إن».
    let joined = rest.strip_prefix('و').map_or(0.0, |it| lexicon.count(it));
    let n_rest = if joined <= lexicon.count(rest) {
        lexicon.count(rest)
    } else {
        0.0
    };
    let whole = lexicon.find(folded);
    0.0 < n_rest
        && whole.is_none_or(|whole| {
            let share = if whole.has_own_article { 1.0 } else { LEAST_SHARE };
            whole.count * share < n_rest
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_one() {
        for (a, b) in [
            ("شاطيء", "شاطئ"),
            ("وبالشاطيء", "وبالشاطئ"),
            ("مباديء", "مبادئ"),
            ("متكافيء", "متكافئ"),
            ("تنبوء", "تنبؤ"),
            ("شئ", "شيء"),
            ("البطئ", "البطيء"),
            ("ثلاثمائة", "ثلاثمئة"),
            ("وبالمائة", "وبالمئة"),
            ("المنشءات", "المنشآت"),
            ("إلي", "إلى"),
            ("ﺇﻟﻰ", "إلى"),
            ("إلكتروني", "الكتروني"),
            ("ألوان", "الوان"),
            ("سيئ", "سيء"),
        ] {
            assert_eq!(index_word(a), index_word(b), "{a} {b}");
        }
    }

    #[test]
    fn an_article_is_told_by_what_newspapers_write() {
        for word in ["الباب", "الهام", "السنة", "الوزير"] {
            assert!(has_article(&fold_word(word)), "{word}");
        }
        for word in ["البانيا", "المانيا", "الغاء", "الكترونية", "بالباب"] {
            let lexicon = Lexicon::built_in();
            let told = (lexicon.find(word), lexicon.count(&word[4..]));
            assert!(!has_article(&fold_word(word)), "{word} {told:?}");
        }
    }

    #[test]
    fn other_words_stay_others() {
        for (a, b) in [
            ("بريء", "برء"),
            ("جزيء", "جزء"),
            ("لجوء", "لجء"),
            ("بدءا", "بدا"),
            ("مؤتة", "مئة"),
            ("ماءه", "مئة"),
            ("إلهام", "الهام"),
            ("بالألحان", "بالالحان"),
            ("آلام", "الأم"),
            ("آلية", "إليه"),
            ("والي", "وإلى"),
        ] {
            assert_ne!(index_word(a), index_word(b), "{a} {b}");
        }
        // A hamza that does not belong there.
        assert_eq!(index_word("ألرئيس"), index_word("الرئيس"));
        assert_eq!(index_word("قالت"), "قالت");
    }
}

//! The units of a name in either script: what stands for each other one to one.
//!
//! «عبد الرحمن السيسي» and "Abdel-Rahman al-Sisi" have two each. What one script writes as one word and the other as two
//! is one unit: «عبد», «أبو» with what follows, «الدين» and «الله» with what precedes. The article is no letter of a unit,
//! but remembered, as Latin writes it apart, together or not at all.

use crate::arabic::{Folding, fold};

use super::letters::{arabic_number, latin_words};

/// One unit of an Arabic name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArabicUnit {
    /// The folded letters, without the article.
    pub text: String,
    /// Whether it has the article: «السيسي».
    pub has_article: bool,
    /// «بن», which Latin may leave out.
    pub is_son: bool,
    /// The part behind «أبو», by which a name is known, too, without its article.
    pub tail: Option<String>,
}

/// One unit of a Latin name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatinUnit {
    /// Letters from a to z, without an article that is written apart.
    pub text: String,
    /// Whether an article is written apart: "al-Sisi".
    pub has_article: bool,
    /// "bin", which Arabic may leave out.
    pub is_son: bool,
}

/// The Arabic article as Latin writes it, melted into the letter behind it or not. From the rules of romanisation and
/// the forms that the lists of spellings have.
const ARTICLES: &[&str] = &[
    "al", "el", "ul", "il", "ad", "ar", "as", "at", "an", "az", "ash", "ach", "ath", "adh", "asch", "ed", "er", "es",
    "et", "en", "ez", "esh", "ech", "l",
];

/// «عبد» with and without the article behind it.
const SERVANTS: &[&str] = &[
    "abd", "abdel", "abdal", "abdul", "abdoul", "abdol", "abdu", "abdou", "abde", "abdo",
];

/// «أبو» with and without the article behind it.
const FATHERS: &[&str] = &["abu", "abou", "abo", "aboul", "abul", "aboel", "abol"];

/// «الدين» and «الله» behind a name, with and without the article, melted or not.
const TAILS: &[&str] = &[
    "din", "deen", "dine", "eddine", "eddin", "uddin", "addin", "aldin", "eldin", "oddin", "ddine", "ddin", "udin",
    "eldine", "uddeen", "allah", "ullah", "ollah", "lah",
];

/// «بن».
const SONS: &[&str] = &["bin", "ben", "ibn", "bint", "bn", "binn"];

/// Whether a folded Arabic word is «بن».
pub fn is_son(word: &str) -> bool {
    matches!(word, "بن" | "ابن" | "بنت")
}

/// Whether a word of letters from a to z is the Arabic article, apart from its noun.
pub fn is_latin_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// Whether a word of letters from a to z is «بن».
pub fn is_latin_son(word: &str) -> bool {
    SONS.contains(&word)
}

/// A word without its article, and whether it had one. What is left has at least two letters.
pub fn without_article(word: &str) -> (&str, bool) {
    match word.strip_prefix("ال") {
        Some(rest) if 2 <= rest.chars().count() => (rest, true),
        _ => (word, false),
    }
}

/// The units of an Arabic name in its order; words of other scripts are left out.
pub fn arabic_units(name: &str) -> Vec<ArabicUnit> {
    units_of_folded(&fold(name, Folding::Name))
}

/// The units of a name that is folded with [`Folding::Name`].
pub fn units_of_folded(folded: &str) -> Vec<ArabicUnit> {
    let mut units: Vec<ArabicUnit> = Vec::new();
    let plain = |text: String| ArabicUnit {
        text,
        has_article: false,
        is_son: false,
        tail: None,
    };
    // «عبد» or «أبو», which waits for the word behind it.
    let mut begun: Option<&str> = None;
    let words = folded.split(|c| arabic_number(c).is_none()).filter(|it| !it.is_empty());
    for word in words {
        if let Some(begun) = begun.take() {
            let tail = (begun != "عبد").then(|| without_article(word).0.to_owned());
            units.push(ArabicUnit {
                tail,
                ..plain([begun, word].concat())
            });
            continue;
        }
        if matches!(word, "عبد" | "ابو") {
            begun = Some(word);
            continue;
        }
        if let ("الدين" | "الله", Some(last)) = (word, units.last_mut()) {
            last.text.push_str(word);
            continue;
        }
        let (text, has_article) = without_article(word);
        units.push(ArabicUnit {
            has_article,
            is_son: is_son(word),
            ..plain(text.to_owned())
        });
    }
    units.extend(begun.map(|it| plain(it.to_owned())));
    units
}

/// The units of a Latin name in its order.
pub fn latin_units(name: &str) -> Vec<LatinUnit> {
    let words = latin_words(name);
    let mut units: Vec<LatinUnit> = Vec::new();
    let mut has_article = false;
    let mut begun = String::new();
    for (at, word) in words.iter().enumerate() {
        let (word, is_last) = (word.as_str(), at + 1 == words.len());
        if is_latin_article(word) && !is_last {
            match begun.is_empty() {
                true => has_article = true,
                // «عبد الرحمن»: the article is within the unit.
                false => begun.push_str(word),
            }
            continue;
        }
        if !is_last && begun.is_empty() && (SERVANTS.contains(&word) || FATHERS.contains(&word)) {
            begun.push_str(word);
            continue;
        }
        if let (true, Some(last)) = (TAILS.contains(&word) && begun.is_empty(), units.last_mut()) {
            if has_article {
                last.text.push_str("al");
            }
            last.text.push_str(word);
            has_article = false;
            continue;
        }
        let text = std::mem::take(&mut begun) + word;
        let is_son = is_latin_son(&text) && !is_last;
        units.push(LatinUnit {
            text,
            has_article: std::mem::take(&mut has_article),
            is_son,
        });
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The units of a name, each with «+» for an article and «~» for «بن».
    #[track_caller]
    fn check(arabic: &str, latin: &str, expected: [&str; 2]) {
        let shown = |text: &str, has_article: bool, is_son: bool| {
            let sign = if has_article { "+" } else { "" };
            format!("{sign}{}{text}", if is_son { "~" } else { "" })
        };
        let of_arabic = arabic_units(arabic);
        let of_arabic: Vec<String> = of_arabic
            .iter()
            .map(|it| shown(&it.text, it.has_article, it.is_son))
            .collect();
        let of_latin = latin_units(latin);
        let of_latin: Vec<String> = of_latin
            .iter()
            .map(|it| shown(&it.text, it.has_article, it.is_son))
            .collect();
        assert_eq!(
            [of_arabic.join(" "), of_latin.join(" ")],
            expected,
            "{arabic} / {latin}"
        );
    }

    #[test]
    fn units_of_both_scripts_stand_for_each_other() {
        check(
            "عبد الفتاح السيسي",
            "Abdel Fattah el-Sisi",
            ["عبدالفتاح +سيسي", "abdelfattah +sisi"],
        );
        check(
            "محمد بن سلمان",
            "Mohammed bin Salman",
            ["محمد ~بن سلمان", "mohammed ~bin salman"],
        );
        check("صلاح الدين", "Salah ad-Din", ["صلاحالدين", "salahaldin"]);
        check("حسن نصر الله", "Hassan Nasrallah", ["حسن نصرالله", "hassan nasrallah"]);
        check(
            "أحمد أبو الغيط",
            "Ahmed Aboul-Gheit",
            ["احمد ابوالغيط", "ahmed aboulgheit"],
        );
        check("أنس أبو", "Anas Abu", ["انس ابو", "anas abu"]);
        check("علي", "Ali", ["علي", "ali"]);
    }
}

//! In which language a text is written.

use std::sync::LazyLock;

use whatlang::{Lang, detect};

use super::lists::List;

/// How many letters from the beginning of a text are looked at. A guess: two sentences.
const LETTERS: usize = 200;

const TABLE: List<3> = List::new(
    include_str!("../../assets/lists/languages.tsv"),
    ["code", "arabic", "english"],
);

static NAMES: LazyLock<Vec<[&'static str; 3]>> = LazyLock::new(|| TABLE.rows().collect());

/// The language of `text` by its code of three letters (ISO 639-3), told from its beginning; nothing if it is too short
/// to tell.
pub fn language(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(LETTERS).map_or(text.len(), |(end, _)| end);
    let found = detect(&text[..end])?;
    // One that is not certain is Arabic where it is in Arabic letters.
    match found.script() {
        whatlang::Script::Arabic if !found.is_reliable() => Some(Lang::Ara.code()),
        _ => Some(found.lang().code()),
    }
}

/// What a language is called in Arabic and English; nothing for one that is not in the list.
pub fn language_name(code: &str) -> Option<(&'static str, &'static str)> {
    let [_, arabic, english] = NAMES.iter().find(|[known, ..]| *known == code)?;
    Some((arabic, english))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_told_from_the_letters_and_words() {
        let check = |text: &str, code: Option<&str>| assert_eq!(language(text), code, "{text}");
        check(
            "افتتح الوزير الجسر الجديد أمس وقال إن العمل فيه اكتمل قبل موعده",
            Some("ara"),
        );
        check(
            "وزیر امور خارجه گفت که این پل تازه پیش از موعد ساخته شده است",
            Some("pes"),
        );
        check(
            "The minister opened the new bridge yesterday, ahead of time.",
            Some("eng"),
        );
        check("2023", None);
        assert_eq!(language_name("ara"), Some(("العربية", "Arabic")));
    }
}

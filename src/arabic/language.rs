//! Detects the language of a text.

use std::sync::LazyLock;

use whatlang::{Lang, detect};

use super::lists::List;

/// How many letters from the beginning of a text are examined, about two sentences. A guess.
const LETTERS: usize = 200;

const TABLE: List<3> = List::new(
    include_str!("../../assets/lists/languages.tsv"),
    ["code", "arabic", "english"],
);

static NAMES: LazyLock<Vec<[&'static str; 3]>> = LazyLock::new(|| TABLE.rows().collect());

/// The language of `text`, by its ISO 639-3 code, as detected from its beginning; `None` if that is too short.
pub fn language(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(LETTERS).map_or(text.len(), |(end, _)| end);
    let found = detect(&text[..end])?;
    // An uncertain text in Arabic letters counts as Arabic.
    match found.script() {
        whatlang::Script::Arabic if !found.is_reliable() => Some(Lang::Ara.code()),
        _ => Some(found.lang().code()),
    }
}

/// The names of a language in Arabic and English; `None` for one that is not in the list.
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

//! What stands in a field of which nothing is known: «Unknown Author», «غير معروف», `null`.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold};

use super::record::Hints;

const PLACEHOLDERS: List<1> = List::new(include_str!("../../assets/lists/placeholders.tsv"), ["written"]);

/// The list, as [`folded`] leaves it.
static FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| PLACEHOLDERS.words().map(folded).collect());

/// The most bytes of a placeholder: longer values are not folded.
const LONGEST: usize = 40;

fn folded(text: &str) -> String {
    fold(text, Folding::Word).to_lowercase()
}

/// Whether a value names nothing and nobody. Signs alone do not either: «-», «…».
pub fn is_placeholder(value: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '"' | '«' | '»' | '.');
    let value = value.trim_matches(ends);
    // Dates and numbers are the most common short values, and stand in no list.
    value.len() <= LONGEST
        && !value.starts_with(|c: char| c.is_ascii_digit())
        && (!value.chars().any(char::is_alphanumeric) || FOLDED.contains(&folded(value)))
}

/// Whether a value is an address and not a name: an outlet that is called so would be another for each article. The name
/// of a host alone may be all that is known of an outlet.
pub fn is_address(value: &str) -> bool {
    let value = value.trim();
    let is_word = !value.contains(char::is_whitespace);
    let has_path = || {
        value
            .split_once('/')
            .is_some_and(|(host, _)| host.contains('.') && host.is_ascii())
    };
    is_word && (value.contains("://") || has_path())
}

/// The metadata without what names nothing, and without an address in place of the outlet.
pub fn without_placeholders(mut hints: Hints) -> Hints {
    for stated in [&mut hints.title, &mut hints.source, &mut hints.byline] {
        *stated = stated.take().filter(|it| !is_placeholder(it));
    }
    hints.source = hints.source.filter(|it| !is_address(it));
    hints.keywords.retain(|it| !is_placeholder(it));
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_outlet() {
        for value in [
            "https://manara.example/n/2",
            "http://manara.example",
            "manara.example/n/2",
            "android-app://a",
        ] {
            assert!(is_address(value), "{value}");
        }
        for value in [
            "manara.example",
            "المنارة",
            "المنارة / وكالات",
            "AFP/Reuters",
            "أ.ف.ب/رويترز",
            "سي إن إن.كوم/ العربية",
        ] {
            assert!(!is_address(value), "{value}");
        }
    }

    #[test]
    fn nobody_is_known_by_his_names() {
        for value in [
            "Unknown Author",
            "غير معروف",
            "(مجهول)",
            "NaN",
            "\\N",
            " - ",
            "",
            "N/A",
            "…",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "سلمى الرفاعي",
            "مجهول يطرق الباب",
            "Unknown Soldier",
            "7",
            "ناريمان",
            "أ",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}

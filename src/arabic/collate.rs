//! The alphabetical order of titles and names.

use super::fold::{Folding, fold};

/// The Arabic article, which is ignored at the beginning, as in an Arabic index of names or titles.
const ARTICLE: &str = "ال";

/// The key that sorts `text`, bytewise: its [`letters_of`], without the article at its beginning.
///
/// Folded letters are in alphabetical order in Unicode, so no collation table is needed. Without a lexicon, the «ال» of
/// «ألبرتو» cannot be told from the article.
pub fn sort_key(text: &str) -> String {
    without_article(&letters_of(text)).to_owned()
}

/// The letters and digits of `text`, folded, with one space for anything between them, none at the start.
pub fn letters_of(text: &str) -> String {
    let mut letters = String::new();
    for c in fold(text, Folding::Word).chars() {
        if c.is_alphanumeric() {
            letters.push(c);
        } else if !letters.is_empty() && !letters.ends_with(' ') {
            letters.push(' ');
        }
    }
    letters
}

/// A folded text without the article at its beginning.
pub fn without_article(folded: &str) -> &str {
    match folded.strip_prefix(ARTICLE) {
        Some(rest) if rest.starts_with(char::is_alphabetic) => rest,
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_in_the_order_of_the_alphabet() {
        let mut titles = [
            "وزير",
            "«الجسر» الجديد",
            "آخر",
            "إدارة",
            "بحر",
            "جسر قديم",
            "2023",
            "Bridge",
            "ال",
        ];
        titles.sort_by_key(|it| sort_key(it));
        let expected = [
            "2023",
            "Bridge",
            "آخر",
            "إدارة",
            "ال",
            "بحر",
            "«الجسر» الجديد",
            "جسر قديم",
            "وزير",
        ];
        assert_eq!(titles, expected);
    }
}

//! The alphabetical order of titles and names.

use super::fold::{Folding, fold};

/// The Arabic article, which does not count at the beginning, as in an Arabic index of names or titles.
const ARTICLE: &str = "ال";

/// What `text` is sorted by, byte by byte: folded, with one space for all that is neither letter nor digit, without the
/// article at its beginning.
///
/// The folded letters stand in Unicode in the order of the alphabet, so no table of collation is needed. Without a
/// lexicon the «ال» of «ألبرتو» cannot be told from the article.
pub fn sort_key(text: &str) -> String {
    let mut key = String::new();
    for c in fold(text, Folding::Word).chars() {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    without_article(&key).to_owned()
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

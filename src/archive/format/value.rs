//! What a field's value is by its looks: a text of sentences, mark-up.

/// Whether a value is a text and not a name, an address or data: sentences of words. The numbers are guesses; a table's
/// columns without names are judged by the same length.
pub fn is_long_text(value: &str) -> bool {
    const LETTERS: usize = 80;
    const WORDS: usize = 8;
    /// A longer word is no word: `base64`, an address.
    const LONGEST: usize = 40;
    /// So many bytes are looked at.
    const SAMPLE: usize = 2_000;
    if value.len() < LETTERS {
        return false;
    }
    let value = &value[..value.floor_char_boundary(SAMPLE)];
    let words = || value.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
    let n_words = words()
        .filter(|it| it.chars().any(char::is_alphabetic))
        .take(WORDS)
        .count();
    let n_letters = value.chars().filter(|it| it.is_alphabetic()).take(LETTERS).count();
    let n_all = value.chars().filter(|it| !it.is_whitespace()).count();
    let n_in_long: usize = words().map(str::len).filter(|it| LONGEST * 2 < *it).sum();
    let is_data = !has_markup(value) && value.trim_start().starts_with(['{', '[']) && value.contains("\":");
    WORDS <= n_words
        && LETTERS * 2 / 3 <= n_letters
        && n_in_long * 3 < value.len()
        && LETTERS * 2 / 3 <= n_all
        && !is_data
}

/// Whether a text has tags of HTML in it.
pub fn has_markup(value: &str) -> bool {
    const TAGS: [&str; 22] = [
        "<p",
        "</p",
        "<br",
        "<div",
        "</div",
        "<span",
        "<a ",
        "<strong",
        "<b>",
        "<h1",
        "<h2",
        "<h3",
        "<h4",
        "<img",
        "<li",
        "<em",
        "<i>",
        "<u>",
        "<table",
        "<figcaption",
        "<blockquote",
        "<aside",
    ];
    if !value.contains('<') {
        // «&raquo;», «&#8211;».
        let names = value.split('&').skip(1).filter_map(|it| it.split_once(';'));
        return names.map(|(name, _)| name).any(|name| {
            let name = name.strip_prefix('#').unwrap_or(name);
            (1..=8).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric())
        });
    }
    let is_tag = |tag: &str, rest: &str| {
        rest.as_bytes()
            .get(..tag.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(tag.as_bytes()))
    };
    let mut rest = value.match_indices('<').filter_map(|(at, _)| value.get(at..));
    rest.any(|rest| TAGS.iter().any(|tag| is_tag(tag, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_from_data() {
        let text = "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل عليه.";
        assert!(is_long_text(text) && is_long_text(&format!("<p>{text}</p>")));
        let data = [
            "رئيس البلدية وليد الحمصاني".to_owned(),
            "a".repeat(500),
            format!("{} نص", "https://example.org/a/b/".repeat(9)),
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33".to_owned(),
            format!("{{\"أ\": \"{text}\", \"ب\": 3}}"),
        ];
        for value in data {
            assert!(!is_long_text(&value), "{value}");
        }
    }
}

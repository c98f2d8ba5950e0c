//! Where sentences begin and end.
//!
//! Newspapers end a sentence with a full stop, a question mark or an exclamation mark, and a line ends one, too. A comma
//! or a semicolon does not, however long the sentence is. A full stop behind a single letter is that of an abbreviation:
//! «د. محمد».

use super::span::Span;

/// What may stand between the mark that ends a sentence and the blank behind it.
const CLOSING: &[char] = &['"', '»', '”', '’', '\'', ')', ']', '}'];

/// The sentences of a text in order, without the blanks between them. Together they hold all of its other letters.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        match c {
            '\n' => {}
            '.' if is_abbreviation(&text[start..at]) => continue,
            '.' | '؟' | '?' | '!' | '…' | '۔' => {
                while let Some((at, c)) = chars.next_if(|(_, c)| CLOSING.contains(c)) {
                    end = at + c.len_utf8();
                }
                if chars.peek().is_some_and(|(_, c)| !c.is_whitespace()) {
                    continue;
                }
            }
            _ => continue,
        }
        add(text, start, end, &mut found);
        start = end;
    }
    add(text, start, text.len(), &mut found);
    found
}

/// Adds what is left of a piece without the blanks around it.
fn add(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let inner = piece.trim();
    if !inner.is_empty() {
        let start = start + piece.len() - piece.trim_start().len();
        found.push(Span::new(start, start + inner.len()));
    }
}

/// Whether the full stop behind this ends no sentence: «د», «أ. د», «أ.ف.ب», "U.S".
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let last = word.rsplit('.').next().unwrap_or_default();
    let mut letters = last.chars().filter(|c| c.is_alphanumeric());
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).iter().filter_map(|it| it.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_sentence_ends_at_its_mark_or_with_its_line() {
        check("", &[]);
        check(" \n ", &[]);
        check("سافر الوزير", &["سافر الوزير"]);
        check("سافر الوزير. هل عاد؟ نعم!", &["سافر الوزير.", "هل عاد؟", "نعم!"]);
        check("سطر أول\n\nسطر ثان.", &["سطر أول", "سطر ثان."]);
        check("قال: «سنعود غدًا.» ثم خرج.", &["قال: «سنعود غدًا.»", "ثم خرج."]);
        check("انتظر… ثم مضى...", &["انتظر…", "ثم مضى..."]);
    }

    #[test]
    fn numbers_addresses_and_abbreviations_do_not_end_one() {
        check(
            "بلغ 3.5 بالمئة في example.com أمس",
            &["بلغ 3.5 بالمئة في example.com أمس"],
        );
        check("قال د. محمد عمر. ثم غادر", &["قال د. محمد عمر.", "ثم غادر"]);
        check("أ. د. سامي هنا", &["أ. د. سامي هنا"]);
        check("نقلت أ.ف.ب. عنه", &["نقلت أ.ف.ب. عنه"]);
        // A number may end one.
        check("في عام 2010. وبعده", &["في عام 2010.", "وبعده"]);
    }
}

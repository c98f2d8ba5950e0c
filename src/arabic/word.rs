//! Splits text into words.
//!
//! A word is a run of letters of one script or a run of digits; marks, tatweel and invisible characters
//! never split it. A word ends where the class changes: «7أكتوبر» is two words, and so is «COP28».

use super::letter;
use super::span::Span;

/// The class of a word's characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Letters of the Arabic script.
    Arabic,
    /// Letters of any other script.
    Other,
    /// Decimal digits.
    Number,
}

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its span in the text that was split, trailing marks included.
    pub span: Span,
    /// The class of all its characters.
    pub kind: WordKind,
}

/// The words of `text`, in the order of the text.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, kind) = loop {
            let (start, c) = chars.next()?;
            if let Some(kind) = kind_of(c) {
                break (start, kind);
            }
        };
        let mut end = start + text[start..].chars().next().map_or(0, char::len_utf8);
        while let Some(&(at, c)) = chars.peek() {
            if kind_of(c) != Some(kind) && !letter::is_within_word(c) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        Some(Word {
            span: Span::new(start, end),
            kind,
        })
    })
}

fn kind_of(c: char) -> Option<WordKind> {
    if letter::digit(c).is_some() {
        Some(WordKind::Number)
    } else if letter::is_arabic_letter(c) {
        Some(WordKind::Arabic)
    } else if c.is_alphabetic() && !letter::is_within_word(c) {
        Some(WordKind::Other)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<&str> = words(text).filter_map(|word| word.span.of(text)).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn a_change_of_class_ends_a_word() {
        check("في 7أكتوبر، (COP28).", "في|7|أكتوبر|COP|28");
        check("قال: «نعم»!", "قال|نعم");
        check("", "");
    }

    #[test]
    fn marks_never_split_a_word() {
        check("مُحَمَّدٌ لبنان\u{200F}ي محـــمد", "مُحَمَّدٌ|لبنان\u{200F}ي|محـــمد");
    }
}

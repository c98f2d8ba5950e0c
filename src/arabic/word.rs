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
    let mut chars = text.char_indices();
    // The character that ended the last word may begin one.
    let mut next = chars.next();
    std::iter::from_fn(move || {
        let (start, kind) = loop {
            let (start, c) = next?;
            next = chars.next();
            if let Class::Of(kind) = Class::of(c) {
                break (start, kind);
            }
        };
        while let Some((_, c)) = next
            && matches!(Class::of(c), class if class == Class::Of(kind) || class == Class::Within)
        {
            next = chars.next();
        }
        let end = next.map_or(text.len(), |(end, _)| end);
        Some(Word {
            span: Span::new(start, end),
            kind,
        })
    })
}

/// What a character is to words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Part of a word of this kind.
    Of(WordKind),
    /// Part of any word, and the beginning of none.
    Within,
    Between,
}

/// The classes of the block «Arabic», of which nearly all of a text is.
static BLOCK: [Class; 256] = {
    let mut block = [Class::Between; 256];
    let mut idx = 0;
    while idx < block.len() {
        if let Some(c) = char::from_u32(FIRST as u32 + idx as u32) {
            block[idx] = if letter::digit(c).is_some() {
                Class::Of(WordKind::Number)
            } else if letter::is_arabic_letter(c) {
                Class::Of(WordKind::Arabic)
            } else if letter::is_within_word(c) {
                Class::Within
            } else {
                Class::Between
            };
        }
        idx += 1;
    }
    block
};
const FIRST: char = '\u{0600}';

impl Class {
    #[inline]
    fn of(c: char) -> Self {
        match c {
            FIRST..='\u{06FF}' => BLOCK[c as usize - FIRST as usize],
            '0'..='9' => Self::Of(WordKind::Number),
            'a'..='z' | 'A'..='Z' => Self::Of(WordKind::Other),
            '\0'..='\u{7F}' => Self::Between,
            _ => Self::of_rare(c),
        }
    }

    /// The class of a character of neither ASCII nor the block «Arabic».
    fn of_rare(c: char) -> Self {
        if letter::is_within_word(c) {
            Self::Within
        } else if letter::is_arabic_letter(c) {
            Self::Of(WordKind::Arabic)
        } else if c.is_alphabetic() {
            Self::Of(WordKind::Other)
        } else {
            Self::Between
        }
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

//! The letters of both scripts as small numbers, and short strings of Latin letters as one number.

use crate::arabic::{Folding, fold};

/// The number of letters that are left of an Arabic name when it is folded.
pub const N_ARABIC: usize = 28;

/// The number that stands for the border of a word beside its first and last letter.
pub const BORDER: u8 = N_ARABIC as u8;

/// The longest string of Latin letters that one Arabic letter can stand for: «شّ» is "shsh".
pub const MOST_LATIN: usize = 4;

/// The Arabic letters in the order of their numbers, which is that of Unicode.
const ARABIC: [char; N_ARABIC] = [
    'ا', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ', 'ف', 'ق', 'ك', 'ل',
    'م', 'ن', 'ه', 'و', 'ي',
];

/// The number of a folded Arabic letter.
pub fn arabic_number(c: char) -> Option<u8> {
    ARABIC.binary_search(&c).ok().map(|it| it as u8)
}

/// The letter with a number; [`BORDER`] is a full stop.
pub fn arabic_letter(number: u8) -> char {
    ARABIC.get(usize::from(number)).copied().unwrap_or('.')
}

/// The numbers of the letters of a folded word; other characters are left out.
pub fn arabic_numbers(folded: &str) -> Vec<u8> {
    folded.chars().filter_map(arabic_number).collect()
}

/// Whether an Arabic letter can spell a vowel, or is a border: 0 for a border, 1 for «ا و ي», 2 for a consonant.
pub fn class(number: u8) -> usize {
    match number {
        BORDER => 0,
        0 | 26 | 27 => 1,
        _ => 2,
    }
}

/// Up to [`MOST_LATIN`] Latin letters from a to z as one number, five bits each; 0 for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece(pub u32);

impl Piece {
    /// The piece of letters from a to z; `None` for other bytes, or if there are too many.
    pub fn new(letters: &[u8]) -> Option<Self> {
        if MOST_LATIN < letters.len() {
            return None;
        }
        let mut it = 0;
        for letter in letters {
            it = it << 5 | u32::from(letter.checked_sub(b'a').filter(|it| *it < 26)? + 1);
        }
        Some(Self(it))
    }

    /// Its letters.
    pub fn text(self) -> String {
        let letters = (0..MOST_LATIN).rev().map(|at| (self.0 >> (5 * at) & 31) as u8);
        let letters = letters.filter(|it| *it != 0);
        letters.map(|it| char::from(b'a' + it - 1)).collect()
    }

    /// The number of its letters.
    pub fn len(self) -> usize {
        (32 - self.0.leading_zeros()).div_ceil(5) as usize
    }

    /// Its beginning of `n` letters; the whole piece if it has no more.
    pub fn start(self, n: usize) -> Self {
        Self(self.0 >> (5 * self.len().saturating_sub(n)))
    }
}

/// The words of a text as letters from a to z: accents are dropped, and so are apostrophes, which split no word.
pub fn latin_words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in fold(text, Folding::Name).chars() {
        let Some(last) = words.last_mut() else { break };
        match c {
            'a'..='z' => last.push(c),
            '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʼ' | '´' | '.' => {}
            'ı' => last.push('i'),
            'ə' => last.push('e'),
            'ø' => last.push('o'),
            'đ' | 'ð' => last.push('d'),
            'ł' => last.push('l'),
            'æ' => last.push_str("ae"),
            'œ' => last.push_str("oe"),
            'ß' => last.push_str("ss"),
            'þ' => last.push_str("th"),
            _ => words.push(String::new()),
        }
    }
    words.retain(|it| !it.is_empty());
    words
}

/// Whether a text is to be looked for as Latin: it has a letter from a to z and none of the Arabic script.
pub fn is_latin(text: &str) -> bool {
    !text.chars().any(crate::arabic::letter::is_arabic_letter) && !latin_words(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_their_letters() {
        for text in ["", "a", "sh", "dsch", "zzzz"] {
            let piece = Piece::new(text.as_bytes()).unwrap();
            assert_eq!(piece.text(), text);
            assert_eq!(piece.len(), text.len());
            assert_eq!(piece.start(2).text(), &text[..text.len().min(2)]);
        }
        assert_eq!(Piece::new(b"shshs"), None);
        assert_eq!(Piece::new(b"S"), None);
    }

    #[test]
    fn latin_words_are_plain_letters() {
        assert_eq!(latin_words("Erdoğan, al-Sa'id"), ["erdogan", "al", "said"]);
        assert_eq!(latin_words("Cissé Łukasz Strauß"), ["cisse", "lukasz", "strauss"]);
        assert!(is_latin("Sisi") && !is_latin("سيسي Sisi") && !is_latin("2024"));
    }

    #[test]
    fn arabic_letters_are_in_the_order_of_their_numbers() {
        assert!(ARABIC.is_sorted());
        assert_eq!(arabic_numbers("وايا"), [26, 0, 27, 0]);
        assert!((0..BORDER).all(|it| arabic_number(arabic_letter(it)) == Some(it)));
    }
}

//! In which encoding the bytes of a run are: that of its font, or the document's.

use crate::archive::encoding::TextEncoding;

use super::dos::{DOS_437, DOS_850, UpperHalf};

/// The code page of a font, or of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CodePage {
    /// One that is known.
    Known(TextEncoding),
    /// One of DOS.
    Dos(&'static UpperHalf),
    /// A font of signs that are no letters.
    Signs,
    /// One that is not known.
    Unknown,
}

impl CodePage {
    /// A code page by its number in Windows, as `\ansicpg` and `\cpg` have it.
    pub fn of_number(number: i32) -> Self {
        let label = match number {
            437 => return Self::Dos(&DOS_437),
            850 => return Self::Dos(&DOS_850),
            // ASMO 708, whose letters are those of the standard.
            708 | 28596 => "iso-8859-6".to_owned(),
            720 => "cp720".to_owned(),
            874 => "windows-874".to_owned(),
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10000 => "macintosh".to_owned(),
            10004 => "macarabic".to_owned(),
            10007 => "x-mac-cyrillic".to_owned(),
            65001 => "utf-8".to_owned(),
            1250..=1258 => format!("windows-{number}"),
            _ => return Self::Unknown,
        };
        TextEncoding::for_label(&label).map_or(Self::Unknown, Self::Known)
    }

    /// The code page of a font by its `\fcharset`; `None` for the document's own. The numbers are those of the Windows GDI
    /// (`wingdi.h`), from 77 to 84 those of the Macintosh.
    pub fn of_charset(charset: i32) -> Option<Self> {
        let number = match charset {
            // ANSI, which is 1252 by the letter, and the code page of the system in what many programs write.
            0 | 1 => return None,
            2 => return Some(Self::Signs),
            77 => 10000,
            84 => 10004,
            89 => 10007,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 | 181 => 1255,
            // Arabic, and two older sets of fonts with the same letters.
            178..=180 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            254 => 437,
            255 => 850,
            _ => return Some(Self::Unknown),
        };
        Some(Self::of_number(number))
    }

    /// The name of the encoding, if it is one that others are called by as well.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Known(encoding) => Some(encoding.name()),
            Self::Dos(_) | Self::Signs | Self::Unknown => None,
        }
    }

    /// The text of a run.
    pub fn text(self, bytes: &[u8]) -> String {
        match self {
            Self::Known(encoding) => encoding.text(bytes),
            Self::Dos(upper) => letters(bytes, |byte| upper[usize::from(byte & 0x7F)]),
            // Most of them are bullets.
            Self::Signs => letters(bytes, |_| '•'),
            Self::Unknown => letters(bytes, |_| char::REPLACEMENT_CHARACTER),
        }
    }
}

fn letters(bytes: &[u8], upper: impl Fn(u8) -> char) -> String {
    let letter = |byte: &u8| match byte.is_ascii() {
        true => char::from(*byte),
        false => upper(*byte),
    };
    bytes.iter().map(letter).collect()
}

/// The text of a run in a font that is not said to be Arabic, in a document that is said to be: «Arabic» fonts are a thing
/// of Word, and other programs leave that out. Words of Latin letters with accents are told from the others.
pub fn text_of_words(bytes: &[u8], arabic: TextEncoding) -> String {
    let latin = CodePage::of_number(1252);
    let words = bytes.split_inclusive(|byte| byte.is_ascii_whitespace());
    let text = words.map(|word| match is_latin(word) {
        true => latin.text(word),
        false => arabic.text(word),
    });
    text.collect()
}

/// Whether a word has Latin letters with accents: each stands alone between letters of ASCII.
fn is_latin(bytes: &[u8]) -> bool {
    let mut has_any = false;
    for (idx, byte) in bytes.iter().enumerate().filter(|(_, byte)| 0xC0 <= **byte) {
        let before = idx.checked_sub(1).and_then(|it| bytes.get(it));
        let neighbours = [before, bytes.get(idx + 1)];
        let is_letter = |it: &u8| it.is_ascii_alphabetic();
        let is_alone = neighbours.iter().flatten().all(|it| it.is_ascii());
        if !is_alone || !neighbours.iter().flatten().any(|it| is_letter(it)) {
            return false;
        }
        has_any |= *byte != 0;
    }
    has_any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_and_documents_say_their_code_page() {
        let name = |it: CodePage| it.name().unwrap_or("-");
        assert_eq!(name(CodePage::of_number(1256)), "windows-1256");
        assert_eq!(name(CodePage::of_number(10004)), "MacArabic");
        assert_eq!(name(CodePage::of_number(720)), "cp720");
        assert_eq!(name(CodePage::of_number(-5)), "-");
        assert_eq!(CodePage::of_charset(178), Some(CodePage::of_number(1256)));
        assert_eq!(CodePage::of_charset(0), None);
        assert_eq!(CodePage::of_number(850).text(b"caf\x82"), "café");
        assert_eq!(CodePage::Unknown.text(b"a\xC7"), "a\u{FFFD}");
    }

    #[test]
    fn accents_are_told_from_arabic() {
        assert!(is_latin(b"Espa\xF1a") && is_latin(b"\xC9cole"));
        assert!(!is_latin(b"\xE6") && !is_latin(b" \xE6 ") && !is_latin(b"\xC7\xE1\xC8") && !is_latin(b"abc"));
    }
}

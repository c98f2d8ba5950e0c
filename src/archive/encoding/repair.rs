//! Texts that were taken for another encoding when they were made UTF-8, and texts with their letters as numbers.

use std::borrow::Cow;

use encoding_rs::{WINDOWS_1252, WINDOWS_1256};

use crate::arabic::letter;

use super::detection;
use super::text_encoding::TextEncoding;

/// At least this many Arabic letters must come out of a repair: with fewer, someone may be quoting such garbage. A
/// guess.
const ENOUGH: usize = 4;

/// The text of a text that was taken for another encoding and encoded as UTF-8 again; `None` if that is not certain.
pub fn repaired(text: &str) -> Option<String> {
    from_utf_8(text).or_else(|| {
        let misread = Misread::of([text].into_iter())?;
        Some(misread.put_right(text).into_owned())
    })
}

/// The text of a UTF-8 text that was taken for windows-1252, ISO-8859-1 or windows-1256. It is certain if all of the
/// text, or all of some of its lines, fits the wrong encoding and then is strictly UTF-8 and Arabic: no other text is by
/// accident.
fn from_utf_8(text: &str) -> Option<String> {
    // Cheap, and true of every text that was broken like this: the first bytes of Arabic letters in the wrong
    // encodings.
    let is_suspect =
        text.as_bytes().contains(&0xC3) && text.contains(['Ø', 'Ù']) || text.contains("ط§ظ") || text.contains("ظ„");
    if !is_suspect {
        return None;
    }
    if let Some(whole) = repaired_piece(text) {
        return Some(whole);
    }
    let mut any = false;
    let lines = text.split_inclusive('\n').map(|line| match repaired_piece(line) {
        Some(line) => {
            any = true;
            Cow::Owned(line)
        }
        None => Cow::Borrowed(line),
    });
    let text: String = lines.collect();
    any.then_some(text)
}

fn repaired_piece(piece: &str) -> Option<String> {
    [latin_bytes(piece), arabic_bytes(piece)]
        .into_iter()
        .flatten()
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .find(|it| ENOUGH <= it.chars().filter(|c| letter::is_arabic_letter(*c)).count())
}

/// The bytes of a text in windows-1252, or ISO-8859-1 for those that windows-1252 lacks.
fn latin_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for c in text.chars() {
        bytes.push(latin_byte(c)?);
    }
    Some(bytes)
}

fn latin_byte(c: char) -> Option<u8> {
    match u8::try_from(c) {
        Ok(byte) => Some(byte),
        Err(_not_latin) => {
            let mut letter = [0; 4];
            let (encoded, _, has_errors) = WINDOWS_1252.encode(c.encode_utf8(&mut letter));
            encoded.first().copied().filter(|_| !has_errors)
        }
    }
}

fn arabic_bytes(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, has_errors) = WINDOWS_1256.encode(text);
    (!has_errors).then(|| bytes.into_owned())
}

/// The encoding of texts whose Arabic letters were taken for those of windows-1252 or ISO-8859-1: «ÓæÞ ÇáÓãß».
pub struct Misread(TextEncoding);

impl Misread {
    /// The encoding of some texts, if they are such: their words of letters beyond ASCII are Arabic in it, and few words
    /// mix these letters with others, as they do in French.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut n_letters = 0;
        // Cheap, and true of all: the first byte of «À» to «ÿ».
        for text in texts.filter(|it| it.as_bytes().contains(&0xC3)) {
            for word in text.split(|c: char| !is_of_word(c)) {
                // A letter by itself, and a word of ASCII, says nothing.
                if word.is_ascii() || word.chars().count() == 1 {
                    continue;
                }
                bytes.extend(word.chars().filter_map(latin_byte));
                bytes.push(b' ');
                n_letters += word.chars().count();
            }
        }
        if n_letters < ENOUGH {
            return None;
        }
        detection::arabic(&bytes).map(Self)
    }

    /// One of the texts with its words as they were meant.
    pub fn put_right<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut right = String::with_capacity(text.len() * 2);
        for piece in text.split_inclusive(|c: char| !is_of_word(c)) {
            let end = piece.char_indices().last().filter(|(_, c)| !is_of_word(*c));
            let (word, sign) = piece.split_at(end.map_or(piece.len(), |(at, _)| at));
            // A word that mixes both kinds of letters is of another language, as it stands.
            if word.bytes().any(|it| it.is_ascii_alphabetic()) {
                right.push_str(word);
            } else {
                right.extend(word.chars().map(|c| self.letter(c)));
            }
            right.push_str(sign);
        }
        Cow::Owned(right)
    }

    fn letter(&self, c: char) -> char {
        latin_byte(c).map_or(c, |byte| self.0.letter(byte))
    }
}

/// Whether a letter, or a sign beyond ASCII, is one of the wrong encoding, or of a word in it.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && latin_byte(c).is_some()
}

/// Turns numeric entities that stand for Arabic, «&#1575;», into letters in a text that is no mark-up; two or more of
/// them, so that a text that speaks of one is left alone.
pub fn without_entities(text: &str) -> Cow<'_, str> {
    /// The most bytes of an entity's name.
    const LONGEST: usize = 8;
    /// The letter of an entity, given without `&` and `;`.
    fn entity(name: &str) -> Option<char> {
        let number = name.strip_prefix('#')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control())
    }
    fn is_arabic(c: char) -> bool {
        letter::is_arabic_letter(c) || letter::is_tashkeel(c) || matches!(c, '،' | '؟' | '؛')
    }
    if !text.contains("&#") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut n_arabic = 0;
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        // No further: a text of ampersands would be searched to its end for each.
        let end = rest.bytes().skip(1).take(LONGEST + 1).position(|it| it == b';');
        let name = end.and_then(|end| rest.get(1..=end));
        match name {
            Some(name) if entity(name).is_some() => {
                let c = entity(name).unwrap_or('&');
                n_arabic += usize::from(is_arabic(c));
                plain.push(c);
                rest = &rest[name.len() + 2..];
            }
            Some(name @ ("quot" | "amp" | "nbsp" | "lt" | "gt")) => {
                plain.push(match name {
                    "quot" => '"',
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    _ => ' ',
                });
                rest = &rest[name.len() + 2..];
            }
            _ => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    if 2 <= n_arabic {
        Cow::Owned(plain)
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "سرمدان تفتتح سوق السمك بعد ترميمه، وتزيد الرسوم";

    #[track_caller]
    fn check_misread(wrong: &str, right: Option<&str>) {
        assert_eq!(repaired(wrong).as_deref(), right);
    }

    fn as_latin(encoding: TextEncoding, text: &str) -> String {
        let byte_of = |c| (0..=u8::MAX).find(|it| encoding.letter(*it) == c).unwrap_or(b'?');
        WINDOWS_1252
            .decode(&text.chars().map(byte_of).collect::<Vec<_>>())
            .0
            .into_owned()
    }

    #[test]
    fn arabic_that_was_taken_for_latin_is_put_right() {
        for encoding in [TextEncoding::WINDOWS_1256, TextEncoding::ISO_8859_6] {
            check_misread(&as_latin(encoding, TEXT), Some(TEXT));
        }
        // What was never wrong stays.
        let wrong = as_latin(TextEncoding::WINDOWS_1256, TEXT);
        check_misread(
            &format!("{{\"title\": \"{wrong}\", \"source\": \"صحيفة\", \"place\": \"Orléans\"}}"),
            Some(&format!(
                "{{\"title\": \"{TEXT}\", \"source\": \"صحيفة\", \"place\": \"Orléans\"}}"
            )),
        );
    }

    #[test]
    fn other_languages_are_left_alone() {
        for text in [
            "Le président a été reçu à Alger, où il évoque l’été",
            "À É È",
            "ÅÄÖ",
            "قال «نعم» – ثم مضى… إلى Orléans",
            "Øystein Åsæther",
            "½ × ¾ ÷ 2 °C",
            "ÓæÞ",
        ] {
            check_misread(text, None);
        }
    }

    #[test]
    fn numeric_entities_become_letters() {
        assert_eq!(without_entities("&#1602;&#x627;&#1604; &quot;نعم&quot;"), "قال \"نعم\"");
        assert_eq!(without_entities("الرمز &#1575; وحده"), "الرمز &#1575; وحده");
    }
}

//! The texts of a message's headers: encoded words (RFC 2047), and letters beyond ASCII as they stand.
//!
//! Lenient: programs cut encoded words within a letter, name another encoding than they use, or use none at all. Not for
//! addresses and dates, which a library reads.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderName, Message};

use crate::archive::encoding::{self, TextEncoding};

use super::text::one_line;

/// The longest name of an encoding, with a language behind it, in bytes. A guess.
const LONGEST_NAME: usize = 60;

/// The text of a message's header in one line. `declared` is the encoding of the message's text, in which a header
/// without one may be.
pub fn text(message: &Message<'_>, name: &HeaderName<'_>, declared: Option<TextEncoding>) -> Option<String> {
    let headers = &message.parts.first()?.headers;
    let header = headers.iter().rfind(|it| it.name == *name)?;
    let value = message
        .raw_message
        .get(header.offset_start as usize..header.offset_end as usize)?;
    Some(decoded(value, declared))
}

/// The text of a header's value.
fn decoded(value: &[u8], declared: Option<TextEncoding>) -> String {
    let mut text = String::new();
    for piece in pieces(value) {
        match piece {
            Piece::Raw(bytes) => text.push_str(&raw_text(&bytes, declared)),
            Piece::Words { charset, bytes } => text.push_str(&encoded_text(&charset, &bytes, declared)),
        }
    }
    let text = encoding::repaired(&text).unwrap_or(text);
    one_line(&encoding::without_controls(&text))
}

/// A stretch of a header.
enum Piece {
    /// As it stands.
    Raw(Vec<u8>),
    /// Encoded words in one encoding, one after another.
    Words { charset: String, bytes: Vec<u8> },
}

/// The stretches of a header's value, without the white space between encoded words.
fn pieces(value: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut raw: Vec<u8> = Vec::new();
    let mut rest = value;
    while let Some((first, after)) = rest.split_first() {
        match Word::at(rest) {
            Some((word, after)) => {
                let goes_on = words
                    .last()
                    .is_some_and(|it| it.charset == word.charset && it.is_base64 == word.is_base64);
                let is_blank = raw.trim_ascii().is_empty();
                if !goes_on || !is_blank {
                    pieces.extend(joined(&std::mem::take(&mut words)));
                }
                if !is_blank || pieces.is_empty() && words.is_empty() {
                    pieces.push(Piece::Raw(std::mem::take(&mut raw)));
                }
                raw.clear();
                words.push(word);
                rest = after;
            }
            None => {
                raw.push(*first);
                rest = after;
            }
        }
    }
    pieces.extend(joined(&words));
    pieces.push(Piece::Raw(raw));
    pieces
}

/// An encoded word.
struct Word<'a> {
    charset: String,
    is_base64: bool,
    data: &'a [u8],
}

impl<'a> Word<'a> {
    /// The encoded word with which a text begins, and what follows it; one that is cut off goes to the end.
    fn at(text: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let inside = text.strip_prefix(b"=?")?;
        let n_charset = inside.iter().take(LONGEST_NAME).position(|it| *it == b'?')?;
        let (charset, inside) = inside.split_at(n_charset);
        let is_name = |byte: &u8| byte.is_ascii_graphic();
        let [b'?', kind, b'?', data @ ..] = inside else {
            return None;
        };
        if charset.is_empty() || !charset.iter().all(is_name) {
            return None;
        }
        let is_base64 = match kind {
            b'b' | b'B' => true,
            b'q' | b'Q' => false,
            _ => return None,
        };
        let end = data.windows(2).position(|it| it == b"?=");
        let (data, after) = match end {
            Some(end) => (&data[..end], &data[end + 2..]),
            None => (data, &data[data.len()..]),
        };
        // A language may follow: «utf-8*ar».
        let charset = charset.split(|it| *it == b'*').next().unwrap_or_default();
        let charset = String::from_utf8_lossy(charset).to_lowercase();
        Some((
            Self {
                charset,
                is_base64,
                data,
            },
            after,
        ))
    }
}

/// Words in one encoding as one: a letter, or the unit of letters that stands for it, may begin in one of them and end in
/// the next.
fn joined(words: &[Word<'_>]) -> Option<Piece> {
    let first = words.first()?;
    let n_letters = |word: &Word<'_>| word.data.iter().filter(|it| !it.is_ascii_whitespace()).count();
    let all = || words.iter().flat_map(|it| it.data.iter().copied()).collect::<Vec<_>>();
    let bytes = match first.is_base64 {
        true if words.iter().any(|it| n_letters(it) % 4 != 0) => from_base64(&all()),
        true => words.iter().flat_map(|it| from_base64(it.data)).collect(),
        false => from_quoted(&all()),
    };
    Some(Piece::Words {
        charset: first.charset.clone(),
        bytes,
    })
}

/// The bytes of quoted letters.
fn from_quoted(data: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'_' => plain.extend(b"=20"),
            // A word that was cut by the end of a line.
            b'\r' | b'\n' => rest = rest.trim_ascii_start(),
            byte => plain.push(*byte),
        }
    }
    quoted_printable_decode(&plain).unwrap_or(plain)
}

/// The bytes of base64, up to what is none.
fn from_base64(data: &[u8]) -> Vec<u8> {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut data: Vec<u8> = data.iter().copied().filter(is_base64).collect();
    if data.len() % 4 == 1 {
        data.pop();
    }
    while !data.len().is_multiple_of(4) {
        data.push(b'=');
    }
    base64_decode(&data).unwrap_or_default()
}

fn encoded_text(charset: &str, bytes: &[u8], declared: Option<TextEncoding>) -> String {
    match TextEncoding::for_label(charset) {
        // Nothing else has the bytes of these.
        Some(named) if named.is_seven_bit() || named.is_wide() => named.text(bytes),
        Some(named) if !named.is_single_byte() && !named.is_unicode() => named.text(bytes),
        Some(named) => encoding::decode_declared(bytes, named).text,
        None => raw_text(bytes, declared),
    }
}

fn raw_text(bytes: &[u8], declared: Option<TextEncoding>) -> String {
    match declared {
        Some(declared) => encoding::decode_declared(bytes, declared).text,
        None => encoding::decode(bytes, None).text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &[u8], expected: &str) {
        assert_eq!(decoded(value, TextEncoding::for_label("windows-1256")), expected);
    }

    #[test]
    fn encoded_words_are_read_however_they_are_cut() {
        check(b"=?utf-8?B?2YbYtQ==?=", "نص");
        check(b"=?utf-8?B?2Y?=\r\n =?utf-8?B?bYtQ==?=", "نص");
        check(b"=?UTF-8?B?2Q==?= =?utf-8?B?htil?=", "نإ");
        check(
            b"=?utf-8*ar?Q?=D9=86?=\r\n =?utf-8?q?=D8=B5_=D9?= =?utf-8?q?=86?=",
            "نص ن",
        );
        check(b"=?utf-8?B?2YbY\r\n tQ==?= x", "نص x");
        check(
            b"Fwd: =?utf-8?Q?=D9=86=D8=B5?= 2 =?x-mac-arabic?B?5dU=?=",
            "Fwd: نص 2 مص",
        );
        check(b"=?utf-8?B?2YbYtQ", "نص");
        check(b"=?utf-8?B?2YbYt", "ن\u{FFFD}");
    }

    #[test]
    fn a_wrong_encoding_is_not_believed() {
        check(b"=?iso-8859-1?B?2YjYstmK2LE=?=", "وزير");
        check(b"=?windows-1252?Q?=E6=D2=ED=D1_=C7=E1=E4=DE=E1?=", "وزير النقل");
        check(b"=?iso-8859-1?Q?Le_pr=E9sident?=", "Le président");
        check(b"\xDB\xD2\xC9 \xCA\xCD\xCA \xC7\xE1\xDE\xD5\xDD", "غزة تحت القصف");
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        check(b"a =?b c?= =? ?Q?x?= 2 =? 3", "a =?b c?= =? ?Q?x?= 2 =? 3");
    }
}

//! Detects encodings and decodes bytes to text.
//!
//! Strict UTF-8 comes first: text in another encoding is practically never valid UTF-8 by accident. Anything else is
//! decoded in each of the encodings used for Arabic, and the one in which it reads like Arabic wins. What reads like
//! Arabic in none is in the encoding that it declares, or in the likeliest of all others: declarations lie. A text may be in
//! two.
//!
//! | file | is |
//! |---|---|
//! | `text_encoding` | encodings by their names, and their decoders |
//! | `code_page` | the encodings that the standard lacks |
//! | `detection` | which encoding a text is in |
//! | `utf_7` | an encoding within ASCII |
//! | `runs`, `mixed` | texts and streams in two encodings |
//! | `control` | leaves control characters out |
//! | `repair` | texts that were taken for another encoding once |

mod code_page;
mod control;
mod detection;
mod mixed;
mod repair;
mod runs;
mod text_encoding;
mod utf_7;

use std::borrow::Cow;
use std::cell::Cell;
use std::io::BufRead;
use std::rc::Rc;

use mixed::MixedReader;
use text_encoding::cleaned;

pub use control::{is_control, without_controls};
pub use detection::{has_only_arabic_letters, of_names, reads_as_arabic};
pub use repair::{Misread, repaired, without_entities};
pub use text_encoding::TextEncoding;

/// The name shown for text that was mistaken for another encoding, encoded as UTF-8, and repaired here.
pub const DOUBLE_ENCODED: &str = "UTF-8 (double-encoded)";

/// A decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Its text, without a byte order mark and control characters.
    pub text: String,
    /// The name of the encoding, or [`DOUBLE_ENCODED`].
    pub encoding: &'static str,
    /// Whether bytes that are invalid in the encoding became U+FFFD.
    pub has_errors: bool,
}

/// Decodes a file in any encoding used for Arabic articles, or in the one that is `given`.
pub fn decode(bytes: &[u8], given: Option<TextEncoding>) -> Decoded {
    let (encoding, mark) = encoding_of(bytes, given, None);
    decode_after(&bytes[mark..], encoding, given)
}

/// As [`decode`], of a text whose encoding is declared elsewhere; the bytes may belie it.
pub fn decode_declared(bytes: &[u8], declared: TextEncoding) -> Decoded {
    let (encoding, mark) = detection::detect(bytes, Some(declared));
    decode_after(&bytes[mark..], encoding, None)
}

fn decode_after(bytes: &[u8], encoding: TextEncoding, given: Option<TextEncoding>) -> Decoded {
    let (text, has_errors) = encoding.decode(bytes);
    decoded(text.into_owned(), has_errors, encoding, given)
}

/// As [`decode`], without a copy of what is UTF-8 already, as most files are. In an encoding of one byte a letter, only so
/// much is decoded as becomes `limit` bytes of Arabic; the second value says where the rest was cut off, if it was. The
/// bytes may belie what is `declared` elsewhere.
pub fn decode_owned(
    mut bytes: Vec<u8>,
    given: Option<TextEncoding>,
    declared: Option<TextEncoding>,
    limit: usize,
) -> (Decoded, Option<usize>) {
    let (encoding, mark) = encoding_of(&bytes, given, declared);
    bytes.drain(..mark);
    if encoding == TextEncoding::UTF_8 {
        bytes = match String::from_utf8(bytes) {
            Ok(text) => return (decoded(text, false, encoding, given), None),
            Err(err) => err.into_bytes(),
        };
    }
    let end = Some(limit / 2).filter(|end| (encoding.is_single_byte() || encoding.is_mixed()) && *end < bytes.len());
    bytes.truncate(end.unwrap_or(bytes.len()));
    let (text, has_errors) = encoding.decode(&bytes);
    let mut text = text.into_owned();
    drop(bytes);
    // The library makes room for three times as many bytes.
    text.shrink_to_fit();
    (decoded(text, has_errors, encoding, given), end)
}

/// The encoding of the text that begins with `head`, and the length of its byte order mark. The head may end in the
/// middle of a letter.
pub fn detect(head: &[u8]) -> (TextEncoding, usize) {
    detection::detect(head, None)
}

/// A stream that begins with `head` as UTF-8 without control characters; invalid bytes become U+FFFD. Of an encoding that
/// does not stand in the way, such as UTF-8, it is read bit by bit, and up to `limit` bytes otherwise. The second value is
/// the name of what it was in so far: if no encoding is `given`, it may go on in another.
pub fn transcode<'a>(
    bytes: &'a mut dyn BufRead,
    head: &[u8],
    given: Option<TextEncoding>,
    limit: u64,
) -> (Box<dyn BufRead + 'a>, Rc<Cell<&'static str>>) {
    let encoding = given.unwrap_or_else(|| detect(head).0);
    let name = Rc::new(Cell::new(encoding.name()));
    let reader = match encoding.that_may_change().filter(|_| given.is_none()) {
        Some(first) => cleaned(MixedReader::new(bytes, first, Rc::clone(&name))),
        None => text_encoding::transcode(bytes, encoding, limit),
    };
    (reader, name)
}

fn encoding_of(bytes: &[u8], given: Option<TextEncoding>, declared: Option<TextEncoding>) -> (TextEncoding, usize) {
    match given {
        Some(encoding) => (encoding, detection::mark_of(bytes, encoding)),
        None => detection::detect(bytes, declared),
    }
}

/// The decoded text, without control characters and repaired if it was encoded twice.
fn decoded(mut text: String, has_errors: bool, encoding: TextEncoding, given: Option<TextEncoding>) -> Decoded {
    if let Cow::Owned(clean) = without_controls(&text) {
        text = clean;
    }
    let may_be_repaired = encoding == TextEncoding::UTF_8 && given.is_none();
    match may_be_repaired.then(|| repaired(&text)).flatten() {
        Some(text) => Decoded {
            text,
            encoding: DOUBLE_ENCODED,
            has_errors,
        },
        None => Decoded {
            text,
            encoding: encoding.name(),
            has_errors,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use encoding_rs::{WINDOWS_1252, WINDOWS_1256};

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes, None);
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    }

    /// The bytes of a text in MacArabic or ISO-8859-6.
    fn bytes_in(label: &str, text: &str) -> Vec<u8> {
        let encoding = TextEncoding::for_label(label).unwrap();
        let byte_of = |c: char| {
            (0..=255u8)
                .find(|byte| encoding.decode(&[*byte]).0.starts_with(c))
                .unwrap_or(b'?')
        };
        text.chars().map(byte_of).collect()
    }

    const TEXT: &str = "قال الوزير إن العمل في المشروع اكتمل قبل موعده، وهنأ العاملين";

    #[test]
    fn the_usual_encodings_are_told_apart() {
        check(TEXT.as_bytes(), "UTF-8", TEXT);
        check(format!("\u{FEFF}{TEXT}").as_bytes(), "UTF-8", TEXT);
        check(&WINDOWS_1256.encode(TEXT).0, "windows-1256", TEXT);
        let utf_16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf_16, "UTF-16LE", TEXT);
        let utf_16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&utf_16, "UTF-16BE", TEXT);
        check(&bytes_in("ISO-8859-6", TEXT), "ISO-8859-6", TEXT);
    }

    #[test]
    fn the_macintoshs_arabic_is_known_by_its_signs() {
        // Without signs that only MacArabic has, the bytes are those of ISO-8859-6.
        let text = "قال الوزير «إن العمل في ١٢ موقعا اكتمل» قبل موعده";
        check(&bytes_in("MacArabic", text), "MacArabic", text);
    }

    #[test]
    fn a_declaration_that_lies_is_not_believed() {
        let page = "<meta charset=windows-1256><p>نص";
        check(page.as_bytes(), "UTF-8", page);
        for lie in ["utf-8", "iso-8859-1", "iso-8859-6"] {
            let page = format!("<meta charset={lie}><p>{TEXT}");
            check(&WINDOWS_1256.encode(&page).0, "windows-1256", &page);
        }
    }

    #[test]
    fn a_few_broken_bytes_do_not_make_it_another_encoding() {
        let mut bytes = "نص طويل فيه حروف كثيرة".as_bytes().to_vec();
        bytes.push(0xFF);
        let decoded = decode(&bytes, None);
        assert!(decoded.has_errors && decoded.encoding == "UTF-8");
    }

    #[test]
    fn doubly_encoded_text_is_put_right() {
        let latin: String = TEXT.bytes().map(char::from).collect();
        check(latin.as_bytes(), "UTF-8 (double-encoded)", TEXT);
        check(
            WINDOWS_1252.decode(TEXT.as_bytes()).0.as_bytes(),
            "UTF-8 (double-encoded)",
            TEXT,
        );
        check(
            WINDOWS_1256.decode(TEXT.as_bytes()).0.as_bytes(),
            "UTF-8 (double-encoded)",
            TEXT,
        );
        let mixed = format!("سطر سليم\n{latin}\n");
        check(
            mixed.as_bytes(),
            "UTF-8 (double-encoded)",
            &format!("سطر سليم\n{TEXT}\n"),
        );
    }

    #[test]
    fn what_only_looks_doubly_encoded_is_left_alone() {
        for text in [
            "Ørsted والريح في بحر الشمال",
            "Ùn",
            "ظ„ ط§ظ",
            "Ø§Ù هكذا تظهر الحروف حين تفسد",
        ] {
            check(text.as_bytes(), "UTF-8", text);
        }
    }

    #[test]
    fn a_given_encoding_is_used_even_if_it_is_wrong() {
        let given = TextEncoding::for_label("cp1256");
        assert_eq!(decode("نص".as_bytes(), given).encoding, "windows-1256");
    }

    #[test]
    fn a_stream_is_the_same_text() {
        let bytes = WINDOWS_1256.encode(TEXT).0.into_owned();
        let mut text = String::new();
        let mut stream = bytes.as_slice();
        let (mut reader, _) = transcode(&mut stream, &bytes, None, 1 << 20);
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, TEXT);
    }
}

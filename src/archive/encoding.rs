//! Detects encodings and decodes bytes to text.
//!
//! Strict UTF-8 comes first: text in another encoding is practically never valid UTF-8 by accident. Anything else is
//! decoded in each of the encodings used for Arabic, and the one in which it reads like Arabic wins. A page's own
//! declaration only breaks ties, for declarations lie.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::arabic::letter;
use crate::arabic::lists::List;

/// How much of a text that is not UTF-8 is examined for its encoding, in bytes. A guess: a few hundred letters are
/// plenty.
const SAMPLE: usize = 64 << 10;

/// The name shown for UTF-8 that was mistaken for another encoding, encoded again, and repaired here.
pub const DOUBLE_ENCODED: &str = "UTF-8 (double-encoded)";

/// A character encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(Codec);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Codec {
    /// An encoding of the WHATWG's standard.
    Standard(&'static Encoding),
    /// MacArabic, of Macintoshes before OS X, which the standard lacks.
    MacArabic,
}

/// The names by which MacArabic is known: IANA has none, these are those of other programs.
const MAC_ARABIC_LABELS: [&str; 4] = ["macarabic", "x-mac-arabic", "mac-arabic", "x-macarabic"];

impl TextEncoding {
    const UTF_8: Self = Self(Codec::Standard(UTF_8));

    /// The encoding with a name, in any of its spellings: "windows-1256", "cp1256", "ISO-8859-6", "MacArabic".
    pub fn for_label(label: &str) -> Option<Self> {
        let label = label.trim();
        if MAC_ARABIC_LABELS.contains(&label.to_lowercase().as_str()) {
            return Some(Self(Codec::MacArabic));
        }
        Encoding::for_label(label.as_bytes()).map(|it| Self(Codec::Standard(it)))
    }

    /// The name to show, e.g. "UTF-8", "windows-1256", "MacArabic".
    pub fn name(self) -> &'static str {
        match self.0 {
            Codec::Standard(it) => it.name(),
            Codec::MacArabic => "MacArabic",
        }
    }

    /// Whether it is one of the one-byte encodings of Arabic.
    pub fn is_arabic(self) -> bool {
        matches!(self.name(), "windows-1256" | "ISO-8859-6" | "MacArabic")
    }

    fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self.0 {
            Codec::Standard(it) => it.decode_without_bom_handling(bytes),
            Codec::MacArabic => (Cow::Owned(bytes.iter().map(|byte| mac_arabic(*byte)).collect()), false),
        }
    }
}

impl fmt::Debug for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Its text, without a byte order mark.
    pub text: String,
    /// The name of the encoding, or [`DOUBLE_ENCODED`].
    pub encoding: &'static str,
    /// Whether bytes that are invalid in the encoding became U+FFFD.
    pub has_errors: bool,
}

/// Decodes a file in any encoding used for Arabic articles, or in the one that is `given`.
pub fn decode(bytes: &[u8], given: Option<TextEncoding>) -> Decoded {
    let (encoding, mark) = encoding_of(bytes, given);
    let (text, has_errors) = encoding.decode(&bytes[mark..]);
    decoded(text.into_owned(), has_errors, encoding, given)
}

/// As [`decode`], without a copy of what is UTF-8 already, as most files are. In an encoding of one byte a letter, only so
/// much is decoded as becomes `limit` bytes of Arabic; the second value says where the rest was cut off, if it was.
pub fn decode_owned(mut bytes: Vec<u8>, given: Option<TextEncoding>, limit: usize) -> (Decoded, Option<usize>) {
    let (encoding, mark) = encoding_of(&bytes, given);
    bytes.drain(..mark);
    if encoding == TextEncoding::UTF_8 {
        bytes = match String::from_utf8(bytes) {
            Ok(text) => return (decoded(text, false, encoding, given), None),
            Err(err) => err.into_bytes(),
        };
    }
    let end = Some(limit / 2).filter(|end| encoding.is_arabic() && *end < bytes.len());
    bytes.truncate(end.unwrap_or(bytes.len()));
    let (text, has_errors) = encoding.decode(&bytes);
    let mut text = text.into_owned();
    drop(bytes);
    // The library makes room for three times as many bytes.
    text.shrink_to_fit();
    (decoded(text, has_errors, encoding, given), end)
}

fn encoding_of(bytes: &[u8], given: Option<TextEncoding>) -> (TextEncoding, usize) {
    match given {
        Some(encoding) => (encoding, mark_of(bytes, encoding)),
        None => detect(bytes),
    }
}

/// The decoded text, repaired if it was encoded twice.
fn decoded(text: String, has_errors: bool, encoding: TextEncoding, given: Option<TextEncoding>) -> Decoded {
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

/// The encoding of the text that begins with `head`, and the length of its byte order mark. The head may end in the
/// middle of a letter.
pub fn detect(head: &[u8]) -> (TextEncoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return (TextEncoding(Codec::Standard(encoding)), mark);
    }
    // Before UTF-8: the bytes of UTF-16 may all be ASCII.
    if let Some(encoding) = utf_16(head) {
        return (TextEncoding(Codec::Standard(encoding)), 0);
    }
    let is_utf_8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(err) => err.error_len().is_none() && head.len() < err.valid_up_to() + 4,
    };
    if is_utf_8 || is_broken_utf_8(head) {
        return (TextEncoding::UTF_8, 0);
    }
    (legacy(head), 0)
}

/// A reader of the same text in UTF-8. Invalid bytes become U+FFFD.
pub fn transcode<'a>(bytes: &'a mut dyn BufRead, encoding: TextEncoding, limit: u64) -> Box<dyn BufRead + 'a> {
    match encoding.0 {
        Codec::Standard(encoding) => {
            let reader = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(bytes);
            Box::new(BufReader::with_capacity(SAMPLE, reader))
        }
        Codec::MacArabic => {
            let mut all = Vec::new();
            // A read error ends the text, as everywhere in a stream.
            bytes.take(limit).read_to_end(&mut all).ok();
            let text: String = all.into_iter().map(mac_arabic).collect();
            Box::new(std::io::Cursor::new(text.into_bytes()))
        }
    }
}

fn mark_of(bytes: &[u8], encoding: TextEncoding) -> usize {
    Encoding::for_bom(bytes)
        .filter(|(it, _)| encoding == TextEncoding(Codec::Standard(it)))
        .map_or(0, |(_, mark)| mark)
}

/// UTF-16 without a byte order mark: every other byte is 0x06 for Arabic, 0x00 for ASCII. Four in five of the first
/// thousand letters must fit; a guess.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2_000)];
    let share = |offset: usize| {
        let high = sample.iter().skip(offset).step_by(2);
        high.filter(|it| matches!(it, 0x06 | 0x00)).count() * 2 * 10 > sample.len() * 8
    };
    if bytes.len() < 8 || share(0) == share(1) {
        None
    } else if share(1) {
        Some(UTF_16LE)
    } else {
        Some(UTF_16BE)
    }
}

/// The one-byte encoding in which the text reads most like Arabic.
fn legacy(bytes: &[u8]) -> TextEncoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let declared = declared(bytes).filter(|it| *it != TextEncoding::UTF_8);
    let usual = [Some(TextEncoding(Codec::Standard(WINDOWS_1256))), declared];
    let others = [
        Some(TextEncoding(Codec::Standard(encoding_rs::ISO_8859_6))),
        Some(TextEncoding(Codec::MacArabic)),
    ];
    let mut best = (TextEncoding(Codec::Standard(WINDOWS_1256)), f64::NEG_INFINITY);
    for encoding in usual.into_iter().chain(others).flatten() {
        let score = likeness(&encoding.decode(sample).0);
        // Of equals, the first: ISO-8859-6 rather than MacArabic, which differs only in signs.
        if best.1 + 0.01 < score {
            best = (encoding, score);
        }
    }
    best.0
}

/// The encoding that a page declares in its first kilobyte: `charset=…` in a `meta`, `encoding="…"` in XML.
fn declared(bytes: &[u8]) -> Option<TextEncoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    let rest = head
        .split_once("charset=")
        .or_else(|| head.split_once("encoding="))
        .map(|(_, rest)| rest)?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    TextEncoding::for_label(&label)
}

/// Whether most of the bytes beyond ASCII are UTF-8, so that only a few are broken: fewer than one in ten, which no
/// one-byte encoding comes near.
fn is_broken_utf_8(bytes: &[u8]) -> bool {
    let (mut broken, mut sound) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            match c {
                char::REPLACEMENT_CHARACTER => broken += 1,
                _ => sound += 1,
            }
        }
    }
    broken * 10 < sound
}

/// The natural logarithms of letter frequencies among non-ASCII letters; the most frequent first.
static FREQUENCIES: LazyLock<Vec<(char, f64)>> = LazyLock::new(|| {
    const LIST: List<2> = List::new(
        include_str!("../../assets/lists/letter_frequencies.tsv"),
        ["letter", "logarithm"],
    );
    LIST.rows()
        .filter_map(|[letter, logarithm]| Some((letter.chars().next()?, logarithm.parse().ok()?)))
        .collect()
});

/// How much a text reads like Arabic: the mean log frequency of its letters, ignoring ASCII. Letters that are not in
/// the list count as rarer than all that are; how much rarer was picked by feel.
fn likeness(text: &str) -> f64 {
    let mut sum = 0.0;
    let mut n = 0.0;
    for c in text.chars().filter(|c| !c.is_ascii()) {
        sum += match FREQUENCIES.iter().find(|(letter, _)| *letter == c) {
            Some((_, frequency)) => *frequency,
            None if letter::is_arabic_letter(c) || letter::is_tashkeel(c) => -6.5,
            None if letter::digit(c).is_some() || matches!(c, '«' | '»' | '؟' | '؛' | '\u{A0}' | '“' | '”' | '–') => {
                -7.5
            }
            None if letter::is_invisible(c) => -8.0,
            None => -12.0,
        };
        n += 1.0;
    }
    if n == 0.0 { 0.0 } else { sum / n }
}

/// The text of a UTF-8 text that was taken for windows-1252, ISO-8859-1 or windows-1256 and encoded as UTF-8 again;
/// `None` if that is not certain. It is if all of the text, or all of some of its lines, fits the wrong encoding and
/// then is strictly UTF-8 and Arabic: no other text is by accident.
pub fn repaired(text: &str) -> Option<String> {
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
    /// At least this many Arabic letters must come out: with fewer, someone may be quoting such garbage. A guess.
    const ENOUGH: usize = 4;
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
        match u8::try_from(c) {
            Ok(byte) => bytes.push(byte),
            Err(_not_latin) => {
                let mut letter = [0; 4];
                let (encoded, _, has_errors) = WINDOWS_1252.encode(c.encode_utf8(&mut letter));
                if has_errors {
                    return None;
                }
                bytes.extend_from_slice(&encoded);
            }
        }
    }
    Some(bytes)
}

fn arabic_bytes(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, has_errors) = WINDOWS_1256.encode(text);
    (!has_errors).then(|| bytes.into_owned())
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

/// The letter of a byte of MacArabic.
///
/// Apple's table `ARABIC.TXT`, <https://www.unicode.org/Public/MAPPINGS/VENDORS/APPLE/ARABIC.TXT>. The signs that stand
/// there twice, once for each direction, are one sign here.
fn mac_arabic(byte: u8) -> char {
    const HIGH: [char; 128] = [
        'Ä', '\u{A0}', 'Ç', 'É', 'Ñ', 'Ö', 'Ü', 'á', 'à', 'â', 'ä', 'ں', '«', 'ç', 'é', 'è', // 80
        'ê', 'ë', 'í', '…', 'î', 'ï', 'ñ', 'ó', '»', 'ô', 'ö', '÷', 'ú', 'ù', 'û', 'ü', // 90
        ' ', '!', '"', '#', '$', '٪', '&', '\'', '(', ')', '*', '+', '،', '-', '.', '/', // A0
        '٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩', ':', '؛', '<', '=', '>', '؟', // B0
        '❊', 'ء', 'آ', 'أ', 'ؤ', 'إ', 'ئ', 'ا', 'ب', 'ة', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', // C0
        'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ', '[', '\\', ']', '^', '_', // D0
        'ـ', 'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ى', 'ي', '\u{64B}', '\u{64C}', '\u{64D}', '\u{64E}',
        '\u{64F}', // E0
        '\u{650}', '\u{651}', '\u{652}', 'پ', 'ٹ', 'چ', 'ە', 'ڤ', 'گ', 'ڈ', 'ڑ', '{', '|', '}', 'ژ', 'ے', // F0
    ];
    match byte.checked_sub(0x80) {
        Some(idx) => HIGH[usize::from(idx)],
        None => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
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
    fn numeric_entities_become_letters() {
        assert_eq!(without_entities("&#1602;&#x627;&#1604; &quot;نعم&quot;"), "قال \"نعم\"");
        assert_eq!(without_entities("الرمز &#1575; وحده"), "الرمز &#1575; وحده");
    }

    #[test]
    fn a_stream_is_the_same_text() {
        let bytes = WINDOWS_1256.encode(TEXT).0.into_owned();
        let mut text = String::new();
        let (encoding, _) = detect(&bytes);
        transcode(&mut bytes.as_slice(), encoding, 1 << 20)
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, TEXT);
    }
}

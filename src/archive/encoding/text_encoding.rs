//! Encodings by their names, and their decoders.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, BufReader, Cursor, Read};

use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::code_page::{self, UpperHalf};
use super::control::Cleaned;
use super::runs;
use super::utf_7;

/// How much of a stream is decoded at once, in bytes. A guess.
const AT_ONCE: usize = 64 << 10;

/// A character encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(Codec);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Codec {
    /// An encoding of the WHATWG's standard.
    Standard(&'static Encoding),
    /// One of one byte a letter that the standard lacks.
    CodePage(&'static str, &'static UpperHalf),
    /// Four bytes a letter, the highest of which is the first or the last.
    Utf32 { is_big_endian: bool },
    /// Letters of UTF-16 within ASCII.
    Utf7,
    /// UTF-8 in some places and this in others.
    Mixed(&'static str, &'static TextEncoding),
}

/// The code pages, with their usual names and the other names by which programs know them: IANA has none for MacArabic.
const CODE_PAGES: [(TextEncoding, &[&str]); 2] = [
    (
        TextEncoding::MAC_ARABIC,
        &["macarabic", "x-mac-arabic", "mac-arabic", "x-macarabic"],
    ),
    (TextEncoding::DOS_720, &["cp720", "ibm720", "dos-720", "ibm-720", "720"]),
];

/// The names of UTF-32, and whether its highest bytes come first.
const UTF_32_LABELS: [(&str, bool); 3] = [("utf-32le", false), ("utf-32be", true), ("utf-32", false)];

/// The names of UTF-7.
const UTF_7_LABELS: [&str; 3] = ["utf-7", "unicode-1-1-utf-7", "csutf7"];

/// UTF-8 in some places and an encoding of Arabic in others.
const MIXED: [TextEncoding; 4] = [
    TextEncoding(Codec::Mixed("UTF-8 and windows-1256", &TextEncoding::WINDOWS_1256)),
    TextEncoding(Codec::Mixed("UTF-8 and ISO-8859-6", &TextEncoding::ISO_8859_6)),
    TextEncoding(Codec::Mixed("UTF-8 and MacArabic", &TextEncoding::MAC_ARABIC)),
    TextEncoding(Codec::Mixed("UTF-8 and cp720", &TextEncoding::DOS_720)),
];

impl TextEncoding {
    pub(super) const UTF_8: Self = Self(Codec::Standard(UTF_8));
    pub(super) const UTF_16LE: Self = Self(Codec::Standard(UTF_16LE));
    pub(super) const UTF_16BE: Self = Self(Codec::Standard(UTF_16BE));
    pub(super) const UTF_32LE: Self = Self(Codec::Utf32 { is_big_endian: false });
    pub(super) const UTF_32BE: Self = Self(Codec::Utf32 { is_big_endian: true });
    pub(super) const UTF_7: Self = Self(Codec::Utf7);
    pub(super) const WINDOWS_1252: Self = Self(Codec::Standard(WINDOWS_1252));
    pub(super) const WINDOWS_1256: Self = Self(Codec::Standard(WINDOWS_1256));
    pub(super) const ISO_8859_6: Self = Self(Codec::Standard(ISO_8859_6));
    pub(super) const MAC_ARABIC: Self = Self(Codec::CodePage("MacArabic", &code_page::MAC_ARABIC));
    /// What Arabic DOS wrote in.
    pub const DOS_720: Self = Self(Codec::CodePage("cp720", &code_page::DOS_720));

    /// The encoding with a name, in any of its spellings: "windows-1256", "cp1256", "ISO-8859-6", "MacArabic".
    pub fn for_label(label: &str) -> Option<Self> {
        let label = label.trim();
        let folded = label.to_lowercase();
        let code_page = CODE_PAGES.iter().find(|(_, labels)| labels.contains(&folded.as_str()));
        if let Some((encoding, _)) = code_page {
            return Some(*encoding);
        }
        if let Some((_, is_big_endian)) = UTF_32_LABELS.iter().find(|(label, _)| *label == folded) {
            return Some(Self(Codec::Utf32 {
                is_big_endian: *is_big_endian,
            }));
        }
        if UTF_7_LABELS.contains(&folded.as_str()) {
            return Some(Self::UTF_7);
        }
        if let Some(mixed) = MIXED.into_iter().find(|it| it.name() == label) {
            return Some(mixed);
        }
        Encoding::for_label(label.as_bytes()).map(Self::standard)
    }

    /// An encoding of the standard.
    pub(super) fn standard(encoding: &'static Encoding) -> Self {
        Self(Codec::Standard(encoding))
    }

    /// The name to show, e.g. "UTF-8", "windows-1256", "MacArabic".
    pub fn name(self) -> &'static str {
        match self.0 {
            Codec::Standard(it) => it.name(),
            Codec::CodePage(name, _) | Codec::Mixed(name, _) => name,
            Codec::Utf32 { is_big_endian: false } => "UTF-32LE",
            Codec::Utf32 { is_big_endian: true } => "UTF-32BE",
            Codec::Utf7 => "UTF-7",
        }
    }

    /// This encoding of Arabic in some places and UTF-8 in the others.
    pub(super) fn beside_utf_8(self) -> Self {
        let is_beside = |it: &Self| matches!(it.0, Codec::Mixed(_, other) if *other == self);
        MIXED.into_iter().find(is_beside).unwrap_or(self)
    }

    /// The encoding of Arabic that a text of this encoding begins in, or UTF-8, where it may go on in the other.
    pub(super) fn that_may_change(self) -> Option<Self> {
        match self.0 {
            Codec::Mixed(_, other) => Some(*other),
            _ => Some(self).filter(|it| *it == Self::UTF_8 || it.is_arabic()),
        }
    }

    /// Whether it is UTF-8 in some places and another in others.
    pub(super) fn is_mixed(self) -> bool {
        matches!(self.0, Codec::Mixed(..))
    }

    /// Whether it is one of the one-byte encodings of Arabic.
    pub fn is_arabic(self) -> bool {
        matches!(self.0, Codec::CodePage(..)) || self == Self::WINDOWS_1256 || self == Self::ISO_8859_6
    }

    /// Whether each of its letters takes a byte.
    pub fn is_single_byte(self) -> bool {
        match self.0 {
            Codec::Standard(it) => it.is_single_byte(),
            Codec::CodePage(..) => true,
            Codec::Utf32 { .. } | Codec::Utf7 | Codec::Mixed(..) => false,
        }
    }

    /// Whether it is a form of Unicode.
    pub fn is_unicode(self) -> bool {
        self.name().starts_with("UTF")
    }

    /// The text of some bytes without a byte order mark, and whether some of them became U+FFFD.
    pub(super) fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self.0 {
            Codec::Standard(it) => it.decode_without_bom_handling(bytes),
            Codec::CodePage(_, upper) => {
                let letters = bytes.iter().map(|byte| code_page::letter(upper, *byte));
                (Cow::Owned(letters.collect()), false)
            }
            Codec::Utf32 { is_big_endian } => {
                let (text, has_errors) = utf_32(bytes, is_big_endian);
                (Cow::Owned(text), has_errors)
            }
            Codec::Utf7 => {
                let (text, has_errors) = utf_7::decode(bytes);
                (Cow::Owned(text), has_errors)
            }
            Codec::Mixed(_, other) => {
                let (text, has_errors) = runs::decode(bytes, |it| other.decode(it));
                (Cow::Owned(text), has_errors)
            }
        }
    }

    /// Whether all of its bytes are ASCII, so that they do not show which encoding it is.
    pub fn is_seven_bit(self) -> bool {
        self == Self::UTF_7
    }

    /// Whether its letters take two bytes or four, so that zeros are in most of them.
    pub fn is_wide(self) -> bool {
        [Self::UTF_16LE, Self::UTF_16BE, Self::UTF_32LE, Self::UTF_32BE].contains(&self)
    }

    /// The text of some bytes without a byte order mark.
    pub fn text(self, bytes: &[u8]) -> String {
        self.decode(bytes).0.into_owned()
    }

    /// The letter of a byte, in an encoding of one byte a letter.
    pub(super) fn letter(self, byte: u8) -> char {
        self.decode(&[byte]).0.chars().next().unwrap_or_default()
    }
}

impl fmt::Debug for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn utf_32(bytes: &[u8], is_big_endian: bool) -> (String, bool) {
    let mut has_errors = false;
    let letters = bytes.chunks(4).map(|it| {
        let code = match (<[u8; 4]>::try_from(it), is_big_endian) {
            (Ok(it), true) => u32::from_be_bytes(it),
            (Ok(it), false) => u32::from_le_bytes(it),
            (Err(_cut_off), _) => u32::MAX,
        };
        char::from_u32(code).unwrap_or_else(|| {
            has_errors = true;
            char::REPLACEMENT_CHARACTER
        })
    });
    let text = letters.collect();
    (text, has_errors)
}

/// A reader of the same text in UTF-8, without control characters. Invalid bytes become U+FFFD.
pub fn transcode<'a>(bytes: &'a mut dyn BufRead, encoding: TextEncoding, limit: u64) -> Box<dyn BufRead + 'a> {
    match encoding.0 {
        Codec::Standard(encoding) => {
            let reader = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(bytes);
            cleaned(reader)
        }
        Codec::CodePage(..) | Codec::Utf32 { .. } | Codec::Utf7 | Codec::Mixed(..) => {
            let mut all = Vec::new();
            // A read error ends the text, as everywhere in a stream.
            bytes.take(limit).read_to_end(&mut all).ok();
            let text = encoding.decode(&all).0.into_owned();
            let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
            cleaned(Cursor::new(text.into_bytes()))
        }
    }
}

/// A reader of a text without control characters.
pub(super) fn cleaned<'a>(text: impl Read + 'a) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::with_capacity(AT_ONCE, Cleaned::new(text)))
}

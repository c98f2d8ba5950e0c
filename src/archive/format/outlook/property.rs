//! The properties of a message or of what is attached to it, by their numbers.

use std::collections::BTreeMap;

use crate::archive::encoding::{Decoded, TextEncoding};
use crate::archive::record::Sink;

use super::super::{mail, rtf, text};

/// The numbers of properties, by [MS-OXPROPS]; `PidTagMessageClass` and so on.
pub const CLASS: u16 = 0x001A;
pub const SUBJECT: u16 = 0x0037;
pub const SUBMITTED: u16 = 0x0039;
pub const SENT_FOR: u16 = 0x0042;
pub const SENDER: u16 = 0x0C1A;
pub const DELIVERED: u16 = 0x0E06;
pub const BODY: u16 = 0x1000;
pub const RTF: u16 = 0x1009;
pub const HTML: u16 = 0x1013;
pub const CODE_PAGE: u16 = 0x3FFD;
pub const INTERNET_CODE_PAGE: u16 = 0x3FDE;
pub const SHOWN_NAME: u16 = 0x3001;
pub const DATA: u16 = 0x3701;
pub const SHORT_NAME: u16 = 0x3704;
pub const METHOD: u16 = 0x3705;
pub const LONG_NAME: u16 = 0x3707;
pub const KIND: u16 = 0x370E;

/// Those of a message that are read.
pub const OF_MESSAGE: [u16; 11] = [
    CLASS,
    SUBJECT,
    SUBMITTED,
    SENT_FOR,
    SENDER,
    DELIVERED,
    BODY,
    RTF,
    HTML,
    CODE_PAGE,
    INTERNET_CODE_PAGE,
];
/// Those of an attachment that are read, but for what it holds.
pub const OF_ATTACHMENT: [u16; 7] = [
    SHOWN_NAME,
    SHORT_NAME,
    METHOD,
    LONG_NAME,
    KIND,
    CODE_PAGE,
    INTERNET_CODE_PAGE,
];

/// The value of a property, of the types that are read.
pub enum Value {
    /// A text in UTF-16.
    Text(String),
    /// A text in a code page, which another property names.
    Encoded(Vec<u8>),
    Bytes(Vec<u8>),
    Number(i32),
    /// In units of 100 ns since 1601.
    Time(i64),
}

/// The properties of something.
#[derive(Default)]
pub struct Properties(pub BTreeMap<u16, Value>);

impl Properties {
    pub fn number(&self, id: u16) -> Option<i32> {
        match self.0.get(&id)? {
            Value::Number(it) => Some(*it),
            _ => None,
        }
    }

    pub fn bytes(&self, id: u16) -> Option<&[u8]> {
        match self.0.get(&id)? {
            Value::Bytes(it) | Value::Encoded(it) => Some(it),
            _ => None,
        }
    }

    /// The text of a property. That of a page is bytes, whose encoding another property names.
    pub fn text(&self, sink: &dyn Sink, id: u16) -> Option<Decoded> {
        let numbers = match id {
            HTML => [INTERNET_CODE_PAGE, CODE_PAGE],
            _ => [CODE_PAGE, INTERNET_CODE_PAGE],
        };
        let encoding = numbers
            .into_iter()
            .find_map(|it| rtf::encoding_of_page(self.number(it)?));
        let decoded = match self.0.get(&id)? {
            Value::Text(it) => Decoded {
                text: it.clone(),
                encoding: "UTF-16LE",
                has_errors: it.contains(char::REPLACEMENT_CHARACTER),
            },
            Value::Encoded(bytes) | Value::Bytes(bytes) => {
                // A short one says little of its encoding.
                let is_short = id != BODY && id != HTML;
                let encoding = encoding.or_else(|| is_short.then(|| self.encoding_of_body(sink))?);
                mail::decoded(sink, bytes, encoding)
            }
            Value::Number(_) | Value::Time(_) => return None,
        };
        Some(decoded).filter(|it| !it.text.trim_matches(['\0', ' ', '\r', '\n']).is_empty())
    }

    fn encoding_of_body(&self, sink: &dyn Sink) -> Option<TextEncoding> {
        TextEncoding::for_label(self.text(sink, BODY)?.encoding).filter(|it| !it.is_unicode())
    }

    /// A property of one line.
    pub fn line(&self, sink: &dyn Sink, id: u16) -> Option<String> {
        let text = self.text(sink, id)?.text;
        // Before a subject in a mailbox stands the length of its «Re:», marked by the first sign ([MS-PST] 2.5.3.1.1.1).
        let text = match text.strip_prefix('\u{1}') {
            Some(rest) => rest.chars().skip(1).collect(),
            None => text,
        };
        Some(text::one_line(text.trim_matches('\0'))).filter(|it| !it.is_empty())
    }

    /// The day of a time, in UTC.
    pub fn day(&self, id: u16) -> Option<jiff::civil::Date> {
        /// From 1601 to 1970, in seconds.
        const UNTIL_1970: i64 = 11_644_473_600;
        let Some(Value::Time(time)) = self.0.get(&id) else {
            return None;
        };
        let time = jiff::Timestamp::from_second(time / 10_000_000 - UNTIL_1970).ok()?;
        let day = time.to_zoned(jiff::tz::TimeZone::UTC).date();
        // What was never set is 1601, or in the year 4501 ([MS-OXOCAL] 2.2.1.19).
        (1970 < day.year() && day.year() < 4500).then_some(day)
    }

    /// The name of an attachment.
    pub fn name(&self, sink: &dyn Sink) -> Option<String> {
        [LONG_NAME, SHORT_NAME, SHOWN_NAME]
            .into_iter()
            .find_map(|it| self.line(sink, it))
    }
}

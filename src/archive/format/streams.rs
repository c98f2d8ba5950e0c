//! The streams in a compound file of Microsoft's programs before 2007, by [MS-CFB].

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::archive::encoding::{self, TextEncoding};
use crate::archive::record::{Refusal, Stop};

/// How they begin.
pub const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The streams of a compound file, by their paths.
pub struct Streams {
    file: CompoundFile<Cursor<Vec<u8>>>,
    /// The size of the file, in bytes, which no stream exceeds.
    size: u64,
}

impl Streams {
    /// The streams in the bytes of a file.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Stop> {
        let size = bytes.len() as u64;
        let file = CompoundFile::open(Cursor::new(bytes)).map_err(Refusal::damaged_by)?;
        Ok(Self { file, size })
    }

    /// Whether there is a stream at a path.
    pub fn has(&self, path: &str) -> bool {
        self.file.is_stream(path)
    }

    /// The names of the streams and storages in a storage, in their order; none if it is damaged.
    pub fn children(&self, path: &str) -> Vec<String> {
        let entries = self.file.read_storage(if path.is_empty() { "/" } else { path });
        let mut names: Vec<String> = entries.into_iter().flatten().map(|it| it.name().to_owned()).collect();
        names.sort();
        names
    }

    /// The bytes of the file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.file.into_inner().into_inner()
    }

    /// What a stream holds, up to its damage; `None` if there is none.
    pub fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let stream = self.file.open_stream(path).ok()?;
        let mut bytes = Vec::new();
        // What was read before an error stays.
        stream.take(self.size).read_to_end(&mut bytes).ok();
        Some(bytes)
    }

    /// The title and the keywords that a document states of itself ([MS-OLEPS]).
    pub fn title_and_keywords(&mut self) -> (Option<String>, Option<String>) {
        let Some(about) = self.stream("/\u{5}SummaryInformation") else {
            return (None, None);
        };
        let properties = Properties(&about);
        (properties.text(2), properties.text(5))
    }
}

/// A set of properties, of which the first section is read.
struct Properties<'a>(&'a [u8]);

impl<'a> Properties<'a> {
    /// The bytes from the beginning of the section.
    fn section(&self) -> Option<&'a [u8]> {
        let at = u32_at(self.0, 0x2C)?;
        self.0.get(usize::try_from(at).ok()?..)
    }

    /// The value of a property, from its type on.
    fn value(&self, id: u32) -> Option<&'a [u8]> {
        /// Documents have some twenty.
        const MOST: u32 = 1_000;
        let section = self.section()?;
        let n = u32_at(section, 4)?.min(MOST) as usize;
        let idx = (0..n).find(|idx| u32_at(section, 8 + idx * 8) == Some(id))?;
        let at = u32_at(section, 12 + idx * 8)?;
        section.get(usize::try_from(at).ok()?..)
    }

    /// The text of a property.
    fn text(&self, id: u32) -> Option<String> {
        /// The types of texts: in the code page of the set, and in UTF-16.
        const BYTES: u32 = 30;
        const WIDE: u32 = 31;
        let value = self.value(id)?;
        let length = usize::try_from(u32_at(value, 4)?).ok()?;
        let rest = value.get(8..)?;
        let text = match u32_at(value, 0)? {
            BYTES => {
                let bytes = rest.get(..length)?;
                let page = self.value(1).and_then(|it| u16_at(it, 4));
                let label = match page {
                    Some(65001) => "utf-8".to_owned(),
                    page => format!("windows-{}", page.unwrap_or_default()),
                };
                encoding::decode(bytes, TextEncoding::for_label(&label)).text
            }
            WIDE => utf_16(rest.get(..length.checked_mul(2)?)?),
            _ => return None,
        };
        let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        Some(text.to_owned()).filter(|it| !it.is_empty())
    }
}

/// The text of letters in UTF-16.
pub fn utf_16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).filter_map(|it| u16_at(it, 0));
    char::decode_utf16(units)
        .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The number of two bytes at a place, the lowest byte first.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// The number of four bytes at a place, the lowest byte first.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

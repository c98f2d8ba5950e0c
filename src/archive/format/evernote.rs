//! Notes that Evernote exported (ENEX), one after another: the pictures and files in them are passed over, unread.
//!
//! <http://xml.evernote.com/pub/evernote-export4.dtd> is their form. A note is a page that was clipped, or was typed. The day
//! on which it was made is not its article's, as with the documents of word processors; it is shown below the text.

use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesStart, Event};

use crate::archive::article::SectionKind;
use crate::archive::bound::Bound;
use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{Content, MAX_RECORD, Outcome, Record, Refusal, Sink};

use super::fields::{self, Fields, Mapping};

/// The outermost element, and what is a note within it.
const EXPORT: &str = "<en-export";
const NOTE: &str = "note";

/// Whether a text begins like an export.
pub fn begins_like(start: &str) -> bool {
    /// The declarations before it are short. A guess.
    const NEAR: usize = 1_000;
    let near: String = start.chars().take(NEAR).collect();
    near.starts_with('<') && near.contains(EXPORT)
}

/// Reads the notes of an export, up to its damage.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead) -> Outcome {
    let mut xml = quick_xml::Reader::from_reader(Limited {
        bytes,
        left: MAX_RECORD,
    });
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut mapping = Mapping::new(sink.field_roles().clone());
    let mut reader = NoteReader::default();
    let mut event = Vec::new();
    let damage = loop {
        event.clear();
        match xml.read_event_into(&mut event) {
            Ok(Event::Start(tag)) => {
                reader.open(&tag);
                match reader.names.last().map(String::as_str) {
                    Some(NOTE) => xml.get_mut().left = MAX_RECORD,
                    Some("data" | "recognition" | "alternate-data") => xml.get_mut().pass_over()?,
                    _ => {}
                }
            }
            Ok(Event::End(_)) => reader.close(sink, &mut mapping)?,
            Ok(Event::Text(text)) => reader.text(&String::from_utf8_lossy(&text)),
            Ok(Event::CData(text)) => reader.text(&String::from_utf8_lossy(&text)),
            Ok(Event::GeneralRef(name)) => {
                let written = format!("&{};", String::from_utf8_lossy(&name));
                let text = quick_xml::escape::unescape_with(&written, quick_xml::escape::resolve_html5_entity);
                reader.text(text.as_deref().unwrap_or(&written));
            }
            Ok(Event::Eof) if reader.names.is_empty() => break None,
            Ok(Event::Eof) => break Some(Damage::CutOff.into()),
            Ok(_) => {}
            Err(quick_xml::Error::Io(err)) => {
                // That reading was stopped is no damage.
                sink.check_size(0)?;
                break Some(Refusal::damaged_by(err));
            }
            Err(err) => {
                // A text that is cut off.
                let start = event
                    .windows(9)
                    .position(|it| it == b"<![CDATA[")
                    .map_or(0, |at| at + 9);
                reader.text(&String::from_utf8_lossy(&event[start..]));
                break Some(Refusal::damaged_by(err));
            }
        }
    };
    while !reader.names.is_empty() {
        reader.close(sink, &mut mapping)?;
    }
    damage.map_or(Ok(()), |it| Err(it.into()))
}

/// What reads no more than so many bytes of one note.
struct Limited<'a> {
    bytes: &'a mut dyn BufRead,
    left: u64,
}

impl Limited<'_> {
    /// Passes over the text of an element, of any length.
    fn pass_over(&mut self) -> io::Result<()> {
        loop {
            let available = self.bytes.fill_buf()?;
            let end = memchr::memchr(b'<', available);
            let n = end.unwrap_or(available.len());
            let is_end = end.is_some() || available.is_empty();
            self.bytes.consume(n);
            if is_end {
                return Ok(());
            }
        }
    }
}

impl Read for Limited<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buf)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Limited<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.left {
            0 => Err(io::Error::other(Reason::TooLarge { limit: MAX_RECORD }.to_string())),
            _ => self.bytes.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n as u64);
        self.bytes.consume(n);
    }
}

/// Reads one note after another.
#[derive(Default)]
struct NoteReader {
    /// The elements that are open.
    names: Vec<String>,
    n_deeper: usize,
    /// The text since the last tag.
    text: String,
    note: Note,
}

impl NoteReader {
    fn open(&mut self, tag: &BytesStart<'_>) {
        if Bound::Nesting.limit() <= self.names.len() {
            self.n_deeper += 1;
            return;
        }
        let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        let encoding = tag.try_get_attribute("encoding").ok().flatten();
        self.note.is_locked |= name == "content" && encoding.is_some_and(|it| it.value.ends_with(b":aes"));
        self.names.push(name);
        self.text.clear();
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn close(&mut self, sink: &mut dyn Sink, mapping: &mut Mapping) -> Outcome {
        if self.n_deeper != 0 {
            self.n_deeper -= 1;
            return Ok(());
        }
        let Some(name) = self.names.pop() else { return Ok(()) };
        let value = std::mem::take(&mut self.text);
        let around = self.names.iter().rev().map(String::as_str);
        match (around.take(2).collect::<Vec<_>>().as_slice(), name.as_str()) {
            (_, NOTE) => return std::mem::take(&mut self.note).emit(sink, mapping),
            ([NOTE, ..], "content") if !self.note.is_locked => self.note.set_content(&value),
            ([NOTE, ..], "title" | "tag") | (["note-attributes", NOTE], "author") => {
                self.note.fields.push((name, value));
            }
            (["note-attributes", NOTE], ADDRESS) => value.trim().clone_into(&mut self.note.address),
            ([NOTE, ..], "created" | "updated") => self.note.days.push((name, value)),
            _ => {}
        }
        Ok(())
    }
}

/// The field that has the address of a page that was clipped.
const ADDRESS: &str = "source-url";

/// A note.
#[derive(Default)]
struct Note {
    fields: Fields,
    /// When it was made and changed.
    days: Fields,
    address: String,
    is_locked: bool,
}

impl Note {
    /// Takes the text, without what is encrypted of it, and without the places of files and boxes, which are no elements of
    /// HTML.
    fn set_content(&mut self, content: &str) {
        let start = content.find("<en-note").unwrap_or(0);
        let mut rest = content.get(start..).unwrap_or_default();
        let mut markup = String::new();
        while let Some((before, after)) = rest.split_once("<en-") {
            markup.push_str(before);
            let end = match after.starts_with("crypt") {
                true => "</en-crypt>",
                false => ">",
            };
            self.is_locked |= after.starts_with("crypt");
            rest = after.split_once(end).map_or("", |(_, rest)| rest);
        }
        markup.push_str(rest);
        self.fields
            .push(("content".to_owned(), markup.replace("</en-note>", "")));
    }

    /// Passes on the note, and tells what of it is encrypted.
    fn emit(mut self, sink: &mut dyn Sink, mapping: &mut Mapping) -> Outcome {
        let title = self
            .fields
            .iter()
            .find(|(name, _)| name == "title")
            .map(|(_, it)| it.trim().to_owned());
        let title = title.unwrap_or_default();
        if self.is_locked {
            sink.refuse_member(&title.replace('/', "∕"), Reason::Locked.into())?;
        }
        // The user may say that they are the days of publication.
        let (given, days): (Fields, Fields) = self
            .days
            .into_iter()
            .partition(|(name, _)| sink.field_roles().contains_key(name));
        self.fields.extend(given);
        let is_empty = self
            .fields
            .iter()
            .all(|(name, it)| name != "content" || it.trim().is_empty());
        if is_empty && self.is_locked {
            return Ok(());
        }
        let mut record = Record {
            encoding: "UTF-8",
            ..fields::record(self.fields, mapping)
        };
        record.set_address(ADDRESS, &self.address);
        if let Content::Lines(lines) = &mut record.content {
            let days = days
                .into_iter()
                .map(|(name, value)| format!("{name}: {}", value.trim()));
            lines.extend(days.map(|it| (it, Some(SectionKind::Boilerplate))));
        }
        sink.emit(record)
    }
}

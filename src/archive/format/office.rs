//! Documents of word processors: DOCX (ECMA-376) and ODT (OASIS OpenDocument).
//!
//! A document's own times of creation and saving are not the article's, and are ignored.

use std::collections::HashMap;
use std::io::{Read, Seek};

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use crate::archive::article::SectionKind;
use crate::archive::encoding;
use crate::archive::reason::Damage;
use crate::archive::record::{Outcome, PageLine, Refusal, Sink, Stop};

use super::paragraphs::{self, Document, Paragraphs, note, style_kind};
use super::parts::Parts;

/// Reads a document of Word.
pub fn read_docx(sink: &mut dyn Sink, parts: &mut Parts<impl Read + Seek>) -> Outcome {
    let document = required(parts, "word/document.xml")?;
    let styles = heading_styles(&optional(sink, parts, "word/styles.xml")?);
    let about = optional(sink, parts, "docProps/core.xml")?;
    let (mut lines, damage) = docx_lines(&document, &styles);
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        let (notes, damage) = docx_lines(&optional(sink, parts, name)?, &styles);
        lines.extend(notes.into_iter().map(|(line, _)| note(line)));
        if let Some(damage) = damage {
            sink.refuse_member(name, damage)?;
        }
    }
    emit(sink, lines, &about, damage)
}

/// Reads a document of LibreOffice.
pub fn read_odt(sink: &mut dyn Sink, parts: &mut Parts<impl Read + Seek>) -> Outcome {
    let content = required(parts, "content.xml")?;
    let about = optional(sink, parts, "meta.xml")?;
    let (lines, damage) = odt_lines(&content);
    emit(sink, lines, &about, damage)
}

/// Reads a document of LibreOffice that is one file of XML; `content` begins with its text.
pub fn read_flat(sink: &mut dyn Sink, content: &str) -> Outcome {
    let (lines, damage) = odt_lines(content);
    emit(sink, lines, "", damage)
}

fn required(parts: &mut Parts<impl Read + Seek>, name: &str) -> Result<String, Stop> {
    match parts.part(name)? {
        Some(bytes) => Ok(text(bytes)),
        None => Err(Damage::NoPart(name.to_owned()).into()),
    }
}

/// The text of a part without which a document can be read; empty if there is none. Damage is noted.
fn optional(sink: &mut dyn Sink, parts: &mut Parts<impl Read + Seek>, name: &str) -> Result<String, Stop> {
    match parts.part(name) {
        Ok(part) => Ok(part.map(text).unwrap_or_default()),
        Err(Stop::Refused(refusal)) => {
            sink.refuse_member(name, refusal)?;
            Ok(String::new())
        }
        Err(stop) => Err(stop),
    }
}

fn text(bytes: Vec<u8>) -> String {
    encoding::decode(&bytes, None).text
}

/// Passes on the lines of a document up to its damage, if it has any.
fn emit(sink: &mut dyn Sink, lines: Vec<PageLine>, about: &str, damage: Option<Refusal>) -> Outcome {
    let keywords = element_text(about, b"keywords").or_else(|| element_text(about, b"keyword"));
    let document = Document {
        lines,
        title: element_text(about, b"title"),
        keywords,
        encoding: "UTF-8",
        ..Document::default()
    };
    paragraphs::emit(sink, document, damage)
}

/// The text of the first element of a name.
fn element_text(xml: &str, name: &[u8]) -> Option<String> {
    let mut reader = XmlReader::from_str(xml);
    let mut is_inside = false;
    let mut found = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == name => is_inside = true,
            Ok(Event::Text(it)) if is_inside => found.push_str(&String::from_utf8_lossy(&it)),
            Ok(Event::GeneralRef(it)) if is_inside => found.push_str(&entity(&it)),
            Ok(Event::End(_)) if is_inside => {
                return Some(found.trim().to_owned()).filter(|it| !it.is_empty());
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The letter of an entity; what is not known stays as it is written.
pub fn entity(name: &[u8]) -> String {
    let written = format!("&{};", String::from_utf8_lossy(name));
    match quick_xml::escape::unescape(&written) {
        Ok(letter) => letter.into_owned(),
        Err(_unknown) => written,
    }
}

/// The value of an attribute, whatever its prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|it| it.key.local_name().as_ref() == name)?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

/// The ids of a document's heading styles, with what they are: Word writes ids in the language of the program, names
/// in English.
fn heading_styles(xml: &str) -> HashMap<String, SectionKind> {
    let mut reader = XmlReader::from_str(xml);
    let mut styles = HashMap::new();
    let mut id = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                b"style" => id = attribute(&tag, b"styleId"),
                b"name" => {
                    let name = attribute(&tag, b"val").unwrap_or_default().to_lowercase();
                    if let (Some(kind), Some(id)) = (style_kind(&name), id.take()) {
                        styles.entry(id).or_insert(kind);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return styles,
            Ok(_) => {}
        }
    }
}

/// Elements whose text is not the document's: what was deleted, fields' instructions, second forms of pictures.
const DOCX_LEFT_OUT: [&[u8]; 6] = [
    b"del",
    b"instrText",
    b"Fallback",
    b"moveFrom",
    b"delText",
    b"commentRangeStart",
];

fn docx_lines(xml: &str, styles: &HashMap<String, SectionKind>) -> (Vec<PageLine>, Option<Refusal>) {
    let mut walk = Paragraphs::default();
    let mut reader = XmlReader::from_str(xml);
    let mut left_out = 0_usize;
    let mut is_text = false;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(err) => return (walk.finish(), Some(Refusal::damaged_by(err))),
        };
        match event {
            Event::Start(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                if left_out != 0 || DOCX_LEFT_OUT.contains(&name) {
                    left_out += 1;
                    continue;
                }
                match name {
                    b"p" => walk.start(None),
                    b"t" => is_text = true,
                    _ => docx_mark(&mut walk, &tag, styles),
                }
            }
            Event::Empty(tag) if left_out == 0 => docx_mark(&mut walk, &tag, styles),
            Event::End(_) if left_out != 0 => left_out -= 1,
            Event::End(tag) => match tag.local_name().as_ref() {
                b"p" => walk.end(),
                b"t" => is_text = false,
                _ => {}
            },
            Event::Text(it) if is_text && left_out == 0 => walk.push(&String::from_utf8_lossy(&it)),
            Event::GeneralRef(it) if is_text && left_out == 0 => walk.push(&entity(&it)),
            Event::Eof => return (walk.finish(), None),
            _ => {}
        }
    }
}

fn odt_lines(xml: &str) -> (Vec<PageLine>, Option<Refusal>) {
    let mut walk = Paragraphs::default();
    let mut reader = XmlReader::from_str(xml);
    let mut left_out = 0_usize;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(err) => return (walk.finish(), Some(Refusal::damaged_by(err))),
        };
        match event {
            Event::Start(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                if left_out != 0
                    || matches!(
                        name,
                        b"tracked-changes" | b"annotation" | b"note-citation" | b"forms" | b"scripts"
                    )
                {
                    left_out += 1;
                    continue;
                }
                match name {
                    b"p" => {
                        let style = attribute(&tag, b"style-name").unwrap_or_default();
                        walk.start(style_kind(&style));
                    }
                    b"h" => {
                        let level = attribute(&tag, b"outline-level");
                        let is_first = level.as_deref().is_none_or(|it| it == "1");
                        walk.start(Some(if is_first {
                            SectionKind::Title
                        } else {
                            SectionKind::Subheading
                        }));
                    }
                    b"s" | b"tab" => walk.push(" "),
                    b"line-break" => walk.push("\n"),
                    b"note" => walk.start_note(),
                    _ => {}
                }
            }
            Event::Empty(tag) if left_out == 0 => match tag.local_name().as_ref() {
                b"s" | b"tab" => walk.push(" "),
                b"line-break" => walk.push("\n"),
                _ => {}
            },
            Event::End(_) if left_out != 0 => left_out -= 1,
            Event::End(tag) => match tag.local_name().as_ref() {
                b"p" | b"h" => walk.end(),
                b"note" => walk.end_note(),
                _ => {}
            },
            Event::Text(it) if left_out == 0 => walk.push(&String::from_utf8_lossy(&it)),
            Event::GeneralRef(it) if left_out == 0 => walk.push(&entity(&it)),
            Event::Eof => return (walk.finish(), None),
            _ => {}
        }
    }
}

/// A mark within a paragraph of Word.
fn docx_mark(walk: &mut Paragraphs, tag: &BytesStart<'_>, styles: &HashMap<String, SectionKind>) {
    match tag.local_name().as_ref() {
        b"tab" | b"ptab" => walk.push(" "),
        b"br" | b"cr" => walk.push("\n"),
        b"noBreakHyphen" => walk.push("-"),
        b"pStyle" => {
            let id = attribute(tag, b"val").unwrap_or_default();
            walk.set_kind(styles.get(&id).copied().or_else(|| style_kind(&id)));
        }
        _ => {}
    }
}

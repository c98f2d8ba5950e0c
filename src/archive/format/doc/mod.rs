//! Documents of Word 97 to 2003, by [MS-DOC], and of Word 6 and 95, whose text is in the code page of the system.
//!
//! | file | is |
//! |---|---|
//! | `pieces` | where the text lies: the letters of a document follow each other in pieces, anywhere in the file |
//! | `properties` | what letters and paragraphs are: deleted, hidden, in a table, headings |
//! | `styles` | which styles are headings |
//! | `head` | what the head of the file says |
//! | here | what the signs between the letters mean |
//!
//! Of the parts of a document, the text, its notes and the texts of drawings are read; heads and feet of pages, remarks of
//! reviewers and what was deleted are not.

mod head;
mod pieces;
mod properties;
mod styles;

use crate::archive::bound::Bound;
use crate::archive::encoding::{self, TextEncoding};
use crate::archive::reason::{Damage, Reason};
use crate::archive::record::{Outcome, Sink};

use super::paragraphs::{self, Document, Paragraphs};
use super::streams::Streams;
use head::{Head, Part};
use pieces::{Letters, Pieces};
use properties::Properties;

/// Reads a document.
pub fn read(sink: &mut dyn Sink, streams: &mut Streams) -> Outcome {
    let head = Head::read(streams)?;
    sink.check_size(head.text.len() as u64)?;
    let (title, keywords) = streams.title_and_keywords();
    let (pieces, is_whole) = Pieces::of(&head);
    let encoding = if head.is_old {
        old_encoding(sink, &head, &pieces)
    } else {
        TextEncoding::for_label("windows-1252")
    };
    let Some(encoding) = encoding else {
        return Err(Reason::Empty.into());
    };
    let properties = Properties::of(&head);
    let mut reader = Reader::new(&properties);
    let mut start = 0;
    for (part, n) in head.parts() {
        let end = u64::from(n) + start;
        if part == Part::Notes {
            reader.paragraphs.start_note();
        }
        if part != Part::LeftOut {
            for piece in pieces.between(start, end) {
                sink.check_size(0)?;
                reader.read(Letters::new(&head.text, piece, encoding));
            }
            reader.end_part();
        }
        if part == Part::Notes {
            reader.paragraphs.end_note();
        }
        start = end;
    }
    let document = Document {
        lines: reader.paragraphs.finish(),
        title,
        keywords,
        encoding: if head.is_old { encoding.name() } else { "UTF-16LE" },
        ..Document::default()
    };
    let damage = Damage::NoPart("table of pieces".to_owned());
    paragraphs::emit(sink, document, (!is_whole).then(|| damage.into()))
}

/// The encoding of a document of Word 6 or 95, which does not say it: the one in which it reads like a text.
fn old_encoding(sink: &dyn Sink, head: &Head, pieces: &Pieces) -> Option<TextEncoding> {
    /// So many bytes tell enough. A guess.
    const ENOUGH: usize = 64 << 10;
    let bytes = pieces.all().flat_map(|piece| piece.bytes(&head.text));
    let letters = bytes
        .copied()
        .filter(|byte| !encoding::is_control(*byte) || *byte == b'\r');
    let sample: Vec<u8> = letters.take(ENOUGH).collect();
    let (found, _) = encoding::detect(&sample);
    let found = Some(found).filter(|it| it.is_single_byte());
    sink.encoding()
        .filter(|it| it.is_single_byte())
        .or(found)
        .or_else(|| TextEncoding::for_label("windows-1252"))
}

/// Turns letters, and the signs between them, into paragraphs.
struct Reader<'a> {
    paragraphs: Paragraphs,
    properties: &'a Properties,
    /// The fields that are open, and whether what they show has begun.
    fields: Vec<bool>,
}

impl<'a> Reader<'a> {
    fn new(properties: &'a Properties) -> Self {
        let mut paragraphs = Paragraphs::default();
        paragraphs.start(None);
        Self {
            paragraphs,
            properties,
            fields: Vec::new(),
        }
    }

    fn read(&mut self, letters: Letters<'_>) {
        let mut buffer = [0; 4];
        let mut hidden = self.properties.hidden();
        for (letter, at) in letters {
            match letter {
                '\u{13}' if self.fields.len() < Bound::Nesting.limit() => self.fields.push(false),
                '\u{14}' => {
                    if let Some(shows) = self.fields.last_mut() {
                        *shows = true;
                    }
                }
                '\u{15}' => drop(self.fields.pop()),
                '\r' | '\u{7}' | '\u{C}' | '\u{E}' => self.end(letter, at),
                _ if !self.fields.iter().all(|it| *it) || hidden.contains(at) => {}
                '\u{B}' => self.paragraphs.push("\n"),
                '\t' => self.paragraphs.push(" "),
                '\u{1E}' => self.paragraphs.push("-"),
                // Of a font of signs.
                '\u{F000}'..='\u{F0FF}' => self.paragraphs.push("•"),
                // Marks of pictures, notes and remarks; where a word may be divided.
                '\0'..='\u{1F}' => {}
                letter => self.paragraphs.push(letter.encode_utf8(&mut buffer)),
            }
        }
    }

    /// Ends a paragraph, a cell or a row.
    fn end(&mut self, sign: char, at: u32) {
        let paragraph = self.properties.paragraph(at);
        let is_in_table = paragraph.is_some_and(|it| it.is_in_table);
        self.paragraphs.set_kind(paragraph.and_then(|it| it.kind));
        match sign {
            '\u{7}' if paragraph.is_some_and(|it| it.is_row_end) => {
                self.paragraphs.end_in_cell();
                self.paragraphs.end_row();
            }
            '\u{7}' if is_in_table => self.paragraphs.end_cell(),
            '\r' if is_in_table => self.paragraphs.end_in_cell(),
            _ => self.paragraphs.end(),
        }
        self.paragraphs.start(None);
    }

    /// Ends a part of the document: nothing goes on in the next one.
    fn end_part(&mut self) {
        self.fields.clear();
        self.paragraphs.end();
        self.paragraphs.start(None);
    }
}

#[cfg(test)]
mod tests;

//! Documents in Rich Text Format, by the specification of Microsoft, version 1.9.1, and as programs write it.
//!
//! | file | is |
//! |---|---|
//! | `lex` | the signs: groups, words, letters |
//! | `charset`, `dos` | the encodings of fonts and documents |
//! | `state` | what holds within a group |
//! | here | what the words mean for the text |
//!
//! Letters are `\u` with what old programs show instead, or bytes in the code page of their font (`\f`; `\af` names the
//! font of the other direction, which is not used). What is not the text (fonts, pictures, data, the heads and feet of
//! pages, numbers of lists, changes that were deleted) is left out.

mod charset;
mod dos;
mod lex;
mod state;

use std::collections::HashMap;
use std::io::BufRead;

use crate::archive::article::{Problem, SectionKind};
use crate::archive::bound::Bound;
use crate::archive::encoding::TextEncoding;
use crate::archive::reason::Damage;
use crate::archive::record::{MAX_BYTES, Outcome, Refusal, Sink, Stop};

use super::html;
use super::paragraphs::{self, Document, Paragraphs, style_kind};
use charset::CodePage;
use lex::{Lexer, Token};
use state::{Group, Opened, Place};

/// So many signs are read before it is asked whether to go on. A guess: less than a thousandth of a second.
const BETWEEN_CHECKS: u32 = 10_000;

/// Reads a document, up to its damage.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead) -> Outcome {
    let (document, damage) = document(sink, bytes)?;
    paragraphs::emit(sink, document, damage)
}

/// The encoding of a code page, by its number in Windows.
pub fn encoding_of_page(number: i32) -> Option<TextEncoding> {
    match CodePage::of_number(number) {
        CodePage::Known(encoding) => Some(encoding),
        _ => None,
    }
}

/// A document up to its damage, and what that is.
pub fn document(sink: &dyn Sink, bytes: &mut dyn BufRead) -> Result<(Document, Option<Refusal>), Stop> {
    let mut reader = Reader::new(sink.encoding());
    let mut lexer = Lexer::new(bytes);
    let mut damage = None;
    let mut n_signs = 0_u32;
    loop {
        n_signs += 1;
        if n_signs.is_multiple_of(BETWEEN_CHECKS) {
            sink.check_size(0)?;
        }
        match lexer.next() {
            Ok(Some(token)) => reader.take(token, lexer.word()),
            Ok(None) => break,
            Err(err) => {
                // That reading was stopped is no damage.
                sink.check_size(0)?;
                damage = Some(Refusal::io(err));
                break;
            }
        }
        if MAX_BYTES < reader.n_bytes as u64 {
            reader.problems.push(Problem::Truncated { limit: MAX_BYTES });
            return Ok((reader.finish(), None));
        }
    }
    if damage.is_none() && !reader.groups.is_empty() {
        damage = Some(Damage::CutOff.into());
    }
    Ok((reader.finish(), damage))
}

/// What is known of a document while it is read.
struct Reader {
    paragraphs: Paragraphs,
    /// What holds now, and in the groups around, from the outermost.
    group: Group,
    groups: Vec<Group>,
    /// How many groups are open beyond those that are followed.
    n_deeper: usize,
    /// The code page of the document, whether the user set it, and those of its fonts that have one of their own.
    page: CodePage,
    is_given: bool,
    fonts: HashMap<i32, CodePage>,
    first_font: i32,
    /// The font and the style that are described, and the name of the style.
    font: i32,
    style: i32,
    name: String,
    styles: HashMap<i32, SectionKind>,
    title: String,
    keywords: String,
    /// Bytes that are not decoded yet, and whether all that are not ASCII stand there as they are.
    bytes: Vec<u8>,
    is_raw: bool,
    /// How many signs are still to be passed over, which old programs show instead of a letter.
    n_fallback: u32,
    /// The first half of a letter of two.
    half: Option<u16>,
    /// How many bytes were in which encoding, and how many letters had their numbers.
    n_encoded: HashMap<&'static str, usize>,
    n_bytes: usize,
    has_errors: bool,
    problems: Vec<Problem>,
}

impl Reader {
    fn new(given: Option<TextEncoding>) -> Self {
        let mut paragraphs = Paragraphs::default();
        paragraphs.start(None);
        Self {
            paragraphs,
            group: Group::default(),
            groups: Vec::new(),
            n_deeper: 0,
            page: given.map_or(CodePage::of_number(1252), CodePage::Known),
            is_given: given.is_some(),
            fonts: HashMap::new(),
            first_font: 0,
            font: 0,
            style: 0,
            name: String::new(),
            styles: HashMap::new(),
            title: String::new(),
            keywords: String::new(),
            bytes: Vec::new(),
            is_raw: true,
            n_fallback: 0,
            half: None,
            n_encoded: HashMap::new(),
            n_bytes: 0,
            has_errors: false,
            problems: Vec::new(),
        }
    }

    fn take(&mut self, token: Token, word: &str) {
        match token {
            Token::Byte(_) | Token::Escaped(_) | Token::Symbol(_) if self.n_fallback != 0 => self.n_fallback -= 1,
            Token::Byte(byte) => self.byte(byte, true),
            Token::Escaped(byte) => self.byte(byte, false),
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Symbol(sign) => {
                self.flush();
                self.symbol(sign);
            }
            Token::Word(number) => {
                self.flush();
                self.word(word, number);
                self.group.is_new = false;
            }
        }
    }

    fn byte(&mut self, byte: u8, is_raw: bool) {
        if self.group.is_hidden() {
            return;
        }
        self.group.is_new = false;
        self.is_raw &= is_raw || byte.is_ascii();
        self.bytes.push(byte);
    }

    fn open(&mut self) {
        self.flush();
        self.n_fallback = 0;
        if self.groups.len() == Bound::Nesting.limit() {
            self.n_deeper += 1;
            html::note(&mut self.problems, Bound::Nesting);
            return;
        }
        self.groups.push(self.group);
        self.group.begin();
    }

    fn close(&mut self) {
        self.flush();
        self.n_fallback = 0;
        if self.n_deeper != 0 {
            self.n_deeper -= 1;
            return;
        }
        let Some(outer) = self.groups.pop() else { return };
        if self.group.place == Place::Styles {
            self.describe_style();
        }
        match self.group.opened {
            Opened::Nothing => {}
            Opened::Box => self.paragraphs.end(),
            Opened::Note => {
                self.paragraphs.end();
                self.paragraphs.end_note();
            }
        }
        self.group = outer;
    }

    fn symbol(&mut self, sign: u8) {
        match sign {
            b'*' => {
                self.group.is_optional |= self.group.is_new;
                return;
            }
            b'~' => self.push("\u{A0}"),
            b'_' => self.push("-"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\t' => self.push(" "),
            b'{' | b'}' | b'\\' => self.byte(sign, true),
            // Where a word may be divided; sub-entries of an index.
            _ => {}
        }
        self.group.is_new = false;
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if let Some(text) = text_of(word) {
            match self.n_fallback {
                0 => self.push(text),
                _ => self.n_fallback -= 1,
            }
            return;
        }
        self.n_fallback = 0;
        let is_on = number != Some(0);
        let value = number.unwrap_or_default();
        match word {
            "u" => self.unicode(value),
            "uc" => self.group.n_fallback = u32::try_from(value).unwrap_or(0),
            "par" | "sect" | "page" | "column" => self.end_paragraph(),
            "cell" | "nestcell" | "row" | "nestrow" => self.table(word),
            "pard" => self.group.end_of_properties(),
            "plain" => self.group.plain(self.first_font),
            "f" => self.set_font(value),
            "v" => self.group.has_hidden_text = is_on,
            "deleted" => self.group.is_deleted = is_on,
            "intbl" => self.group.is_in_table = true,
            "s" => self.set_style(value),
            "outlinelevel" => self.set_level(value),
            "fcharset" if self.group.place == Place::Fonts => self.describe_font(CodePage::of_charset(value)),
            "cpg" if self.group.place == Place::Fonts => self.describe_font(Some(CodePage::of_number(value))),
            "rtf" if self.groups.len() == 1 => self.begin(),
            "deff" => {
                self.first_font = value;
                self.group.font = value;
            }
            "ansi" => self.set_page(1252),
            "mac" => self.set_page(10000),
            "pc" => self.set_page(437),
            "pca" => self.set_page(850),
            "ansicpg" => self.set_page(value),
            _ => self.destination(word),
        }
    }

    /// Begins a document; several may have been joined.
    fn begin(&mut self) {
        self.group.place = Place::Text;
        self.fonts.clear();
        self.styles.clear();
    }

    /// Goes where a word says that what follows in the group belongs.
    fn destination(&mut self, word: &str) {
        match word {
            "fonttbl" => self.group.place = Place::Fonts,
            "stylesheet" => self.group.place = Place::Styles,
            "info" => self.group.place = Place::About,
            "title" if self.group.place == Place::About => self.group.place = Place::Title,
            "keywords" if self.group.place == Place::About => self.group.place = Place::Keywords,
            "footnote" if self.group.place == Place::Text => {
                self.group.opened = Opened::Note;
                self.paragraphs.start_note();
                self.paragraphs.start(None);
                self.group.is_in_table = false;
            }
            // The text of a drawing, which is described in a group that is optional.
            "shptxt" => {
                self.group.place = Place::Text;
                self.group.opened = Opened::Box;
                self.paragraphs.start(None);
                self.group.end_of_properties();
            }
            // A text twice: for old programs, and in Unicode.
            "upr" => {
                self.group.around = self.group.place;
                self.group.place = Place::LeftOut;
            }
            "ud" => self.group.place = self.group.around,
            // What an object shows.
            "result" => self.group.place = Place::Text,
            _ if self.group.is_optional || state::is_left_out(word) => self.group.place = Place::LeftOut,
            _ => {}
        }
        self.group.is_optional = false;
    }

    fn set_page(&mut self, number: i32) {
        if !self.is_given {
            self.page = CodePage::of_number(number);
        }
    }

    fn set_font(&mut self, number: i32) {
        match self.group.place {
            Place::Fonts => self.font = number,
            _ => self.group.font = number,
        }
    }

    fn describe_font(&mut self, page: Option<CodePage>) {
        match page {
            Some(page) => self.fonts.insert(self.font, page),
            None => self.fonts.remove(&self.font),
        };
    }

    fn set_style(&mut self, number: i32) {
        match self.group.place {
            Place::Styles => self.style = number,
            _ => self.group.kind = self.styles.get(&number).copied(),
        }
    }

    fn describe_style(&mut self) {
        let name = std::mem::take(&mut self.name);
        if let Some(kind) = style_kind(name.trim().trim_end_matches(';')) {
            self.styles.insert(self.style, kind);
        }
    }

    /// The level of a heading, from 0; 9 is the text.
    fn set_level(&mut self, level: i32) {
        let kind = match level {
            0 => SectionKind::Title,
            1..=8 => SectionKind::Subheading,
            _ => return,
        };
        match self.group.place {
            Place::Styles => drop(self.styles.insert(self.style, kind)),
            _ => self.group.kind = Some(kind),
        }
    }

    fn end_paragraph(&mut self) {
        if self.group.place != Place::Text {
            return;
        }
        match self.group.is_in_table {
            true => self.paragraphs.end_in_cell(),
            false => self.paragraphs.end(),
        }
        self.paragraphs.start(None);
    }

    fn table(&mut self, word: &str) {
        if self.group.place != Place::Text {
            return;
        }
        match word {
            "cell" => self.paragraphs.end_cell(),
            "row" => {
                // What is between the last cell and the end of the row describes it.
                self.paragraphs.end_in_cell();
                self.paragraphs.end_row();
            }
            // A table within a cell is a part of the cell.
            _ => self.paragraphs.end_in_cell(),
        }
        self.paragraphs.start(None);
    }

    /// A letter by its number in UTF-16, which is negative from 8000 on; some programs write whole code points.
    fn unicode(&mut self, number: i32) {
        self.n_fallback = self.group.n_fallback;
        let number = if number < 0 { number + 0x1_0000 } else { number };
        let Ok(code) = u32::try_from(number) else { return };
        let first = self.half.take();
        self.has_errors |= first.is_some() && !(0xDC00..0xE000).contains(&code);
        let letter = match u16::try_from(code) {
            Ok(unit) if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            Ok(unit) => {
                let pair = char::decode_utf16(first.into_iter().chain([unit]));
                pair.last().and_then(Result::ok)
            }
            // Signs of a font of signs are at F000.
            Err(_beyond) => char::from_u32(code),
        };
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.has_errors |= letter == char::REPLACEMENT_CHARACTER;
        *self.n_encoded.entry("UTF-16LE").or_default() += 1;
        let mut buffer = [0; 4];
        self.push(match letter {
            '\u{F000}'..='\u{F0FF}' => "•",
            letter => letter.encode_utf8(&mut buffer),
        });
    }

    /// Decodes the bytes that were gathered.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let mut bytes = std::mem::take(&mut self.bytes);
        let is_raw = std::mem::replace(&mut self.is_raw, true);
        let n_high = bytes.iter().filter(|it| !it.is_ascii()).count();
        if n_high == 0 {
            self.push(&String::from_utf8_lossy(&bytes));
        } else if let Some(text) = std::str::from_utf8(&bytes).ok().filter(|_| is_raw && !self.is_given) {
            *self.n_encoded.entry("UTF-8").or_default() += n_high;
            self.push(text);
        } else {
            let page = self.fonts.get(&self.group.font).copied();
            let text = match (page, self.page) {
                (None, CodePage::Known(arabic)) if arabic.is_arabic() && !self.is_given => {
                    charset::text_of_words(&bytes, arabic)
                }
                (page, of_document) => page.unwrap_or(of_document).text(&bytes),
            };
            if let Some(name) = page.unwrap_or(self.page).name() {
                *self.n_encoded.entry(name).or_default() += n_high;
            }
            self.has_errors |= text.contains(char::REPLACEMENT_CHARACTER);
            self.push(&text);
        }
        // The memory of the next ones.
        bytes.clear();
        self.bytes = bytes;
    }

    fn push(&mut self, text: &str) {
        if self.group.is_hidden() {
            return;
        }
        self.half = None;
        self.n_bytes += text.len();
        match self.group.place {
            Place::Text => {
                if !text.trim().is_empty() {
                    self.paragraphs.set_kind(self.group.kind);
                }
                self.paragraphs.push(text);
            }
            Place::Styles => self.name.push_str(text),
            Place::Title => self.title.push_str(text),
            Place::Keywords => self.keywords.push_str(text),
            Place::Fonts | Place::About | Place::LeftOut => {}
        }
    }

    fn finish(mut self) -> Document {
        self.flush();
        // Of two that are as frequent, the same one each time.
        let most = self.n_encoded.iter().max_by_key(|(name, n)| (**n, **name));
        let encoding = most.map(|(name, _)| *name).or(self.page.name());
        let stated = |text: String| Some(text.trim().to_owned()).filter(|it| !it.is_empty());
        Document {
            lines: self.paragraphs.finish(),
            title: stated(self.title),
            keywords: stated(self.keywords),
            encoding: encoding.unwrap_or("UTF-16LE"),
            has_errors: self.has_errors,
            problems: self.problems,
        }
    }
}

/// The text that a word stands for.
fn text_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => " ",
        "line" | "lbr" => "\n",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        "zwj" => "\u{200D}",
        "zwnj" => "\u{200C}",
        "ltrmark" => "\u{200E}",
        "rtlmark" => "\u{200F}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;

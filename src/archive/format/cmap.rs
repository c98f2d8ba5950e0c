//! The letters that a PDF gives to the signs of a font, where the library gives none.
//!
//! The library reads a font's table of letters (ToUnicode) whole or not at all, and one empty entry makes it the latter.
//! Such an entry is valid (ISO 32000-2, 9.10.3, does not ask for a letter): WeasyPrint writes it for a sign that adds no
//! letter to those of its neighbour. Tables that the library reads are left to it.
//!
//! Where the document says nothing of a sign, the program of its font often does: it maps letters to signs.

use std::collections::HashMap;

use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_cmap::{BfString, CMap};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Object, Stream};
use skrifa::{FontRef, MetadataProvider as _};

use crate::arabic::letter;

/// What stands for no letter in a table that was mended: a noncharacter, which no font has a sign for.
const NO_LETTER: &[u8] = b"<FFFF>";

/// The tables of letters that the library does not read.
pub struct FontLetters<'a> {
    pdf: &'a Pdf,
    /// The fonts with such a table; found when the first sign without a letter is.
    fonts: Option<Vec<(Dict<'a>, CMap)>>,
    by_program: HashMap<u128, Program>,
}

/// The program of a font.
struct Program {
    /// Which of the fonts with a table that the library does not read has it.
    font: Option<usize>,
    /// The letters of its signs.
    letters: HashMap<u32, char>,
}

/// What is known of a sign to which the library gives no letter.
#[derive(Default)]
pub struct Found {
    /// The letters that the document gives it; empty if it says that it has none.
    pub said: Option<String>,
    /// The letter that its font's program gives it.
    pub meant: Option<char>,
}

impl<'a> FontLetters<'a> {
    /// Those of a document.
    pub fn new(pdf: &'a Pdf) -> Self {
        Self {
            pdf,
            fonts: None,
            by_program: HashMap::new(),
        }
    }

    /// What is known of a sign to which the library gives no letter.
    pub fn find(&mut self, glyph: &OutlineGlyph) -> Found {
        let Some(data) = glyph.font_data() else {
            return Found::default();
        };
        let fonts = self.fonts.get_or_insert_with(|| damaged_fonts(self.pdf));
        let program = self.by_program.entry(data.cache_key).or_insert_with(|| {
            let bytes = data.data.as_ref().as_ref();
            Program {
                font: fonts.iter().position(|(font, _)| has_program(font, bytes)),
                letters: letters(bytes),
            }
        });
        let table = program.font.and_then(|it| fonts.get(it));
        let said = table.and_then(|(_, table)| table.lookup_bf_string(glyph.char_code()));
        Found {
            said: said.map(|it| match it {
                BfString::Char('\u{FFFF}') => String::new(),
                BfString::Char(c) => c.to_string(),
                BfString::String(text) => text,
            }),
            meant: program.letters.get(&glyph.glyph_id().to_u32()).copied(),
        }
    }
}

/// The letters that a font's program maps to its signs. What lengthens a word is none.
fn letters(program: &[u8]) -> HashMap<u32, char> {
    let Ok(font) = FontRef::from_index(program, 0) else {
        return HashMap::new();
    };
    let mappings = font.charmap().mappings();
    let letter = |(c, glyph): (u32, skrifa::GlyphId)| Some((glyph.to_u32(), char::from_u32(c)?));
    let is_letter = |c: char| (c.is_alphanumeric() || letter::is_within_word(c)) && c != letter::TATWEEL;
    mappings.filter_map(letter).filter(|(_, c)| is_letter(*c)).collect()
}

/// The fonts of a document whose table of letters is read only after it was mended, and these tables.
fn damaged_fonts(pdf: &Pdf) -> Vec<(Dict<'_>, CMap)> {
    let fonts = pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(it) if it.contains_key("ToUnicode") => Some(it),
        _ => None,
    });
    let damaged = fonts.filter_map(|font| {
        let stream = font.get::<Stream<'_>>("ToUnicode")?;
        let table = stream.decoded_data().ok()?;
        if CMap::parse(&table, |_| None).is_some() {
            return None;
        }
        let letters = CMap::parse(&mended(&table), |_| None)?;
        Some((font, letters))
    });
    damaged.collect()
}

/// Whether `bytes` are the program that is embedded for a font.
fn has_program(font: &Dict<'_>, bytes: &[u8]) -> bool {
    let descendant = font
        .get::<Array<'_>>("DescendantFonts")
        .and_then(|it| it.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>("FontDescriptor");
    let programs = ["FontFile2", "FontFile3", "FontFile"];
    descriptor.is_some_and(|it| {
        programs
            .iter()
            .filter_map(|key| it.get::<Stream<'_>>(key))
            .any(|program| program.decoded_data().is_ok_and(|it| *it == *bytes))
    })
}

/// A table of letters whose empty entries name [`NO_LETTER`].
fn mended(table: &[u8]) -> Vec<u8> {
    let mut found = Vec::with_capacity(table.len() + 64);
    let mut rest = table;
    while let Some((&byte, after)) = rest.split_first() {
        let n_blank = after.iter().take_while(|it| it.is_ascii_whitespace()).count();
        if byte == b'<' && after.get(n_blank) == Some(&b'>') {
            found.extend(NO_LETTER);
            rest = &after[n_blank + 1..];
        } else {
            found.push(byte);
            rest = after;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_entries_lose_no_table() {
        let table = b"1 begincodespacerange <00> <FF> endcodespacerange\n\
            3 beginbfchar\n<01> <0628>\n<02> <>\n<03> < >\nendbfchar\n\
            1 beginbfrange <04> <05> [<> <0645>] endbfrange";
        assert!(CMap::parse(table, |_| None).is_none());
        let mended = CMap::parse(&mended(table), |_| None).unwrap();
        let letter = |code| match mended.lookup_bf_string(code) {
            Some(BfString::Char(c)) => Some(c),
            _ => None,
        };
        assert_eq!(letter(1), Some('ب'));
        assert_eq!(letter(2), Some('\u{FFFF}'));
        assert_eq!(letter(3), Some('\u{FFFF}'));
        assert_eq!(letter(5), Some('م'));
    }
}

//! Where the text of a document lies: its letters follow each other in pieces, anywhere in the file, of one byte or two
//! a letter ([MS-DOC] 2.8.35, `PlcPcd`).

use crate::archive::encoding::TextEncoding;

use super::super::streams::{u16_at, u32_at};
use super::head::{Head, Table};

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The numbers of its first letter and of the one behind it.
    start: u64,
    end: u64,
    /// Where it lies in the stream, in bytes.
    at: u32,
    is_wide: bool,
}

impl Piece {
    /// Its bytes, as far as they are there.
    pub fn bytes<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        let start = (self.at as usize).min(text.len());
        let n = usize::try_from(self.end - self.start).unwrap_or(usize::MAX);
        let n_bytes = n.saturating_mul(1 + usize::from(self.is_wide));
        &text[start..start.saturating_add(n_bytes).min(text.len())]
    }

    /// What of it lies between two letters.
    fn between(&self, start: u64, end: u64) -> Option<Self> {
        let (first, last) = (self.start.max(start), self.end.min(end));
        let n_before = u32::try_from(first - self.start).ok()?;
        let at = self
            .at
            .checked_add(n_before.checked_mul(1 + u32::from(self.is_wide))?)?;
        (first < last).then_some(Self {
            start: first,
            end: last,
            at,
            ..*self
        })
    }
}

/// The pieces of a document, in the order of its text.
pub struct Pieces(Vec<Piece>);

impl Pieces {
    /// The pieces of a document, and whether its table of them is whole: without it, the text is looked for where it
    /// begins as a rule.
    pub fn of(head: &Head) -> (Self, bool) {
        let table = match head.is_old {
            true => old_table(head),
            false => table(head.table(Table::Pieces)).and_then(|it| pieces(it, head.text.len(), false)),
        };
        match table {
            Some(pieces) => (Self(pieces), true),
            None => (Self(vec![whole(head)]), head.is_old),
        }
    }

    /// All pieces.
    pub fn all(&self) -> impl Iterator<Item = &Piece> {
        self.0.iter()
    }

    /// What of the pieces lies between two letters.
    pub fn between(&self, start: u64, end: u64) -> impl Iterator<Item = Piece> {
        self.0.iter().filter_map(move |it| it.between(start, end))
    }
}

/// The table in a part of the file that may have properties before it.
fn table(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    loop {
        match rest.first()? {
            1 => {
                let length = usize::from(u16_at(rest, 1)?);
                rest = rest.get(3 + length..)?;
            }
            2 => {
                let length = u32_at(rest, 1)? as usize;
                return rest.get(5..5_usize.checked_add(length)?);
            }
            _ => return None,
        }
    }
}

/// The table of Word 6 and 95, if a document was saved in pieces: it is in the stream of the text.
fn old_table(head: &Head) -> Option<Vec<Piece>> {
    const IN_PIECES: u16 = 4;
    if u16_at(&head.text, 10)? & IN_PIECES == 0 {
        return None;
    }
    let (start, length) = (u32_at(&head.text, 0x160)? as usize, u32_at(&head.text, 0x164)? as usize);
    let bytes = head.text.get(start..start.checked_add(length)?)?;
    pieces(table(bytes)?, head.text.len(), true)
}

/// The pieces of a table: the numbers of their first letters, and where they lie. `None` if they do not follow each other
/// or if more letters are in them than bytes in the file, which a table that points to the same ones again and again has.
fn pieces(table: &[u8], n_bytes: usize, is_old: bool) -> Option<Vec<Piece>> {
    const OF_ONE_BYTE: u32 = 1 << 30;
    let n = table.len().checked_sub(4)? / 12;
    let mut pieces = Vec::with_capacity(n);
    for idx in 0..n {
        let (start, end) = (u32_at(table, idx * 4)?, u32_at(table, idx * 4 + 4)?);
        let place = u32_at(table, (n + 1) * 4 + idx * 8 + 2)?;
        let is_wide = !is_old && place & OF_ONE_BYTE == 0;
        let at = match is_old || is_wide {
            true => place,
            false => (place & !OF_ONE_BYTE) / 2,
        };
        let is_there = (at as usize) < n_bytes;
        if end <= start || !is_there {
            return None;
        }
        let (start, end) = (u64::from(start), u64::from(end));
        pieces.push(Piece {
            start,
            end,
            at,
            is_wide,
        });
    }
    let n_letters = pieces.last()?.end;
    let is_in_order = pieces.windows(2).all(|it| it[0].end == it[1].start);
    (is_in_order && n_letters <= n_bytes as u64).then_some(pieces)
}

/// The text of a document that is not in pieces, or whose table is damaged.
fn whole(head: &Head) -> Piece {
    let text = &head.text;
    // `fcMin`, behind the head, and where Word writes the text.
    let stated = u32_at(text, 0x18).filter(|it| (0x200..text.len()).contains(&(*it as usize)));
    let at = stated.unwrap_or(0x800);
    let n_letters = head.parts().iter().map(|(_, n)| u64::from(*n)).sum::<u64>();
    let rest = text.get(at as usize..).unwrap_or_default();
    // Latin, Arabic, punctuation and the forms of Arabic letters, each in two bytes.
    let is_letter = |it: &[u8]| matches!(it[1], 0 | 0x06 | 0x20 | 0xFB..=0xFE);
    let sample = rest.get(..rest.len().min(4_000)).unwrap_or_default().chunks_exact(2);
    let n_sampled = sample.len();
    let is_wide = !head.is_old && n_sampled < 2 * sample.filter(|it| is_letter(it)).count();
    let width = 1 + u64::from(is_wide);
    Piece {
        start: 0,
        end: n_letters.min(rest.len() as u64 / width),
        at,
        is_wide,
    }
}

/// The letters of a piece, with the places of their bytes.
pub struct Letters<'a> {
    bytes: &'a [u8],
    at: u32,
    is_wide: bool,
    encoding: TextEncoding,
    /// Decoded, in an encoding of one byte a letter: the last run of them in reverse.
    ready: Vec<char>,
}

impl<'a> Letters<'a> {
    /// The letters of a piece of `text`; those of one byte are in an encoding.
    pub fn new(text: &'a [u8], piece: Piece, encoding: TextEncoding) -> Self {
        Self {
            bytes: piece.bytes(text),
            at: piece.at,
            is_wide: piece.is_wide,
            encoding,
            ready: Vec::new(),
        }
    }

    fn take(&mut self, n: usize) -> u32 {
        let at = self.at;
        self.bytes = self.bytes.get(n..).unwrap_or_default();
        self.at = self.at.saturating_add(n as u32);
        at
    }

    fn wide(&mut self) -> Option<(char, u32)> {
        let unit = u16_at(self.bytes, 0)?;
        let low = u16_at(self.bytes, 2).filter(|it| (0xDC00..0xE000).contains(it));
        let letter = char::decode_utf16([unit].into_iter().chain(low)).next()?;
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        let at = self.take(letter.len_utf16() * 2);
        Some((letter, at))
    }
}

impl Iterator for Letters<'_> {
    type Item = (char, u32);

    fn next(&mut self) -> Option<Self::Item> {
        /// So many bytes are decoded at once.
        const AT_ONCE: usize = 1_000;
        if self.is_wide {
            return self.wide();
        }
        if self.ready.is_empty() {
            let run = self.bytes.get(..AT_ONCE.min(self.bytes.len()))?;
            self.ready = self.encoding.text(run).chars().rev().collect();
        }
        let letter = self.ready.pop()?;
        Some((letter, self.take(1)))
    }
}

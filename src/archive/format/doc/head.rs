//! The head of a document ([MS-DOC] 2.5, `Fib`): which version of Word it is of, where its tables lie, how long its parts
//! are.

use crate::archive::reason::{Damage, Reason, Unsupported};
use crate::archive::record::Stop;

use super::super::streams::{Streams, u16_at, u32_at};

/// The stream of a document, and what its head says.
pub struct Head {
    /// The stream of the text.
    pub text: Vec<u8>,
    /// The stream of the tables, which Word 6 and 95 do not have.
    pub tables: Vec<u8>,
    /// Whether it is of Word 6 or 95.
    pub is_old: bool,
}

/// A table's place in the stream of the tables: [MS-DOC] 2.5.6, `FibRgFcLcb97`.
#[derive(Clone, Copy)]
pub enum Table {
    Styles = 1,
    Letters = 12,
    Paragraphs = 13,
    Pieces = 33,
}

impl Head {
    /// Reads the head of a document.
    pub fn read(streams: &mut Streams) -> Result<Self, Stop> {
        /// The first version that has tables of its own, Word 97.
        const WORD_97: u16 = 0xC1;
        const ENCRYPTED: u16 = 0x100;
        const SECOND_TABLES: u16 = 0x200;
        let text = streams.stream("/WordDocument").unwrap_or_default();
        let (Some(mark), Some(version), Some(flags)) = (u16_at(&text, 0), u16_at(&text, 2), u16_at(&text, 10)) else {
            return Err(Damage::NoPart("WordDocument".to_owned()).into());
        };
        if ![0xA5EC, 0xA5DC].contains(&mark) {
            return Err(Reason::Unsupported(Unsupported::OldWord).into());
        }
        if flags & ENCRYPTED != 0 {
            return Err(Reason::Locked.into());
        }
        let is_old = version < WORD_97;
        let names = match flags & SECOND_TABLES != 0 {
            true => ["/1Table", "/0Table"],
            false => ["/0Table", "/1Table"],
        };
        let mut tables = names.into_iter().filter_map(|it| streams.stream(it));
        let tables = tables.next().unwrap_or_default();
        Ok(Self { text, tables, is_old })
    }

    /// The bytes of a table; none if it is not whole.
    pub fn table(&self, table: Table) -> &[u8] {
        let at = 0x9A + table as usize * 8;
        let place = u32_at(&self.text, at).zip(u32_at(&self.text, at + 4));
        let Some((start, length)) = place else { return &[] };
        let (start, length) = (start as usize, length as usize);
        let end = start.saturating_add(length);
        self.tables.get(start..end).unwrap_or_default()
    }

    /// How many letters each part of the document has, in their order.
    pub fn parts(&self) -> [(Part, u32); 7] {
        let first = if self.is_old { 0x34 } else { 0x4C };
        let n = |idx: usize| u32_at(&self.text, first + idx * 4).unwrap_or(0);
        [
            (Part::Text, n(0)),
            (Part::Notes, n(1)),
            (Part::LeftOut, n(2)),
            (Part::LeftOut, n(3)),
            (Part::LeftOut, n(4)),
            (Part::Notes, n(5)),
            (Part::Text, n(6)),
        ]
    }
}

/// A part of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Text,
    Notes,
    /// Heads and feet of pages, macros, remarks.
    LeftOut,
}

//! What letters and paragraphs of a document are: the pages of their properties ([MS-DOC] 2.9.33 `ChpxFkp`, 2.9.175
//! `PapxFkp`), of which those are kept that say something of the text.

use crate::archive::article::SectionKind;

use super::super::streams::{u16_at, u32_at};
use super::head::{Head, Table};
use super::styles::Styles;

/// The size of a page, in bytes.
const PAGE: usize = 512;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// By its style.
    pub kind: Option<SectionKind>,
    pub is_in_table: bool,
    /// Whether it stands for the end of a row.
    pub is_row_end: bool,
}

/// The properties of a document.
#[derive(Default)]
pub struct Properties {
    /// The paragraphs by the places of their bytes, in order.
    paragraphs: Vec<(u32, u32, Paragraph)>,
    /// The places of letters that are deleted or hidden, in order.
    hidden: Vec<(u32, u32)>,
}

impl Properties {
    /// The properties that a document has; none in one of Word 6 or 95.
    pub fn of(head: &Head) -> Self {
        if head.is_old {
            return Self::default();
        }
        let styles = Styles::of(head.table(Table::Styles));
        let mut paragraphs = Vec::new();
        for page in pages(head, Table::Paragraphs) {
            for (start, end, at) in entries(page, 13) {
                let paragraph = paragraph(page, at, &styles).unwrap_or_default();
                paragraphs.push((start, end, paragraph));
            }
        }
        let mut hidden = Vec::new();
        for page in pages(head, Table::Letters) {
            let entries = entries(page, 1).filter(|(_, _, at)| is_hidden(page, *at));
            hidden.extend(entries.map(|(start, end, _)| (start, end)));
        }
        paragraphs.sort_by_key(|(start, end, _)| (*start, *end));
        hidden.sort_unstable();
        Self { paragraphs, hidden }
    }

    /// The paragraph of the byte at a place.
    pub fn paragraph(&self, at: u32) -> Option<Paragraph> {
        let idx = self.paragraphs.partition_point(|(start, _, _)| *start <= at);
        let (_, end, paragraph) = self.paragraphs.get(idx.checked_sub(1)?)?;
        (at < *end).then_some(*paragraph)
    }

    /// Asks for one place after another, which lie near each other as a rule.
    pub fn hidden(&self) -> Hidden<'_> {
        Hidden {
            ranges: &self.hidden,
            known: (1, 0, false),
        }
    }
}

/// What of a text is hidden.
pub struct Hidden<'a> {
    ranges: &'a [(u32, u32)],
    /// The range of the last answer, and the answer.
    known: (u32, u32, bool),
}

impl Hidden<'_> {
    /// Whether the letter at a place is.
    pub fn contains(&mut self, at: u32) -> bool {
        let (start, end, is_hidden) = self.known;
        if (start..end).contains(&at) {
            return is_hidden;
        }
        let idx = self.ranges.partition_point(|(start, _)| *start <= at);
        let before = idx.checked_sub(1).and_then(|it| self.ranges.get(it));
        let next = self.ranges.get(idx).map_or(u32::MAX, |it| it.0);
        self.known = match before {
            Some((start, end)) if at < *end => (*start, *end, true),
            Some((_, end)) => (*end, next, false),
            None => (0, next, false),
        };
        self.known.2
    }
}

/// The pages that a table lists.
fn pages(head: &Head, table: Table) -> impl Iterator<Item = &[u8]> {
    let bytes = head.table(table);
    // No more than there are, though the table may list one again and again.
    let n = (bytes.len().saturating_sub(4) / 8).min(head.text.len() / PAGE);
    (0..n).filter_map(move |idx| {
        let number = u32_at(bytes, (n_places(bytes) + idx) * 4)? as usize & 0x3F_FFFF;
        head.text.get(number * PAGE..(number + 1) * PAGE)
    })
}

/// How many places stand before the numbers of the pages.
fn n_places(table: &[u8]) -> usize {
    table.len().saturating_sub(4) / 8 + 1
}

/// The entries of a page: from where to where they are, and where on the page what they say is. Each is described by
/// `width` bytes, the first of which is half of that place; zero stands for nothing.
fn entries(page: &[u8], width: usize) -> impl Iterator<Item = (u32, u32, usize)> {
    let n = usize::from(page.last().copied().unwrap_or(0));
    (0..n).filter_map(move |idx| {
        let (start, end) = (u32_at(page, idx * 4)?, u32_at(page, idx * 4 + 4)?);
        let at = usize::from(*page.get((n + 1) * 4 + idx * width)?) * 2;
        Some((start, end, at))
    })
}

fn paragraph(page: &[u8], at: usize, styles: &Styles) -> Option<Paragraph> {
    const IN_TABLE: u16 = 0x2416;
    const ROW_END: u16 = 0x2417;
    const LEVEL: u16 = 0x2640;
    if at == 0 {
        return None;
    }
    // Twice this number of bytes less one; or, if it is zero, twice the next one.
    let (start, length) = match usize::from(*page.get(at)?) {
        0 => (at + 2, usize::from(*page.get(at + 1)?) * 2),
        half => (at + 1, half * 2 - 1),
    };
    let bytes = page.get(start..(start + length).min(page.len()))?;
    let mut paragraph = Paragraph {
        kind: styles.kind(u16_at(bytes, 0)?),
        ..Paragraph::default()
    };
    for (property, operand) in Changes(bytes.get(2..)?) {
        let value = operand.first().copied().unwrap_or(0);
        match property {
            IN_TABLE => paragraph.is_in_table = value == 1,
            ROW_END => paragraph.is_row_end = value == 1,
            LEVEL => match value {
                0 => paragraph.kind = Some(SectionKind::Title),
                1..=8 => paragraph.kind = Some(SectionKind::Subheading),
                _ => {}
            },
            _ => {}
        }
    }
    Some(paragraph)
}

fn is_hidden(page: &[u8], at: usize) -> bool {
    const DELETED: u16 = 0x0800;
    const HIDDEN: u16 = 0x083C;
    if at == 0 {
        return false;
    }
    let length = usize::from(page.get(at).copied().unwrap_or(0));
    let bytes = page.get(at + 1..(at + 1 + length).min(page.len())).unwrap_or_default();
    Changes(bytes).any(|(property, operand)| [DELETED, HIDDEN].contains(&property) && operand.first() == Some(&1))
}

/// The properties of a list, each with its operand ([MS-DOC] 2.2.5.1 `Sprm`), up to damage.
struct Changes<'a>(&'a [u8]);

impl<'a> Iterator for Changes<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        /// The definition of a row has its length in two bytes, and one is counted twice.
        const ROW: u16 = 0xD608;
        /// Tabs have another length than they say, if they say 255.
        const TABS: u16 = 0xC615;
        let property = u16_at(self.0, 0)?;
        let length = match property >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if property == ROW => usize::from(u16_at(self.0, 2)?) + 1,
            _ if property == TABS && self.0.get(2) == Some(&255) => return None,
            _ => usize::from(*self.0.get(2)?) + 1,
        };
        let operand = self.0.get(2..2 + length)?;
        self.0 = self.0.get(2 + length..)?;
        Some((property, operand))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_have_operands_of_different_lengths() {
        let list = [
            0x16, 0x24, 1, 0x08, 0xD6, 4, 0, 9, 9, 9, 0x40, 0x26, 2, 0x15, 0xC6, 1, 7, 0x17, 0x24,
        ];
        let found: Vec<_> = Changes(&list).collect();
        let expected: [(u16, &[u8]); 4] = [
            (0x2416, &[1]),
            (0xD608, &[4, 0, 9, 9, 9]),
            (0x2640, &[2]),
            (0xC615, &[1, 7]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_hidden_is_asked_place_by_place() {
        let properties = Properties {
            paragraphs: Vec::new(),
            hidden: vec![(10, 12), (20, 21)],
        };
        let mut hidden = properties.hidden();
        let found: Vec<u32> = (0..30).rev().chain(0..30).filter(|at| hidden.contains(*at)).collect();
        assert_eq!(found, [20, 11, 10, 10, 11, 20]);
    }
}

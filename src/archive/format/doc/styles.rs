//! Which styles of a document are headings ([MS-DOC] 2.9.271, `STSH`).

use crate::archive::article::SectionKind;

use super::super::paragraphs::style_kind;
use super::super::streams::{u16_at, utf_16};

/// The styles of a document, by their numbers.
#[derive(Default)]
pub struct Styles(Vec<Option<SectionKind>>);

/// A style.
struct Style {
    kind: Option<SectionKind>,
    /// The number of the one that it is based on.
    base: u16,
}

impl Styles {
    /// The styles of a table.
    pub fn of(table: &[u8]) -> Self {
        let styles = styles(table).unwrap_or_default();
        let kinds = styles.iter().map(|it| kind_of(it.as_ref()?, &styles));
        Self(kinds.collect())
    }

    /// What a paragraph of a style is.
    pub fn kind(&self, number: u16) -> Option<SectionKind> {
        self.0.get(usize::from(number)).copied().flatten()
    }
}

/// What a style is, or the nearest that it is based on.
fn kind_of(style: &Style, styles: &[Option<Style>]) -> Option<SectionKind> {
    /// Word allows eleven.
    const DEEPEST: usize = 11;
    let mut style = style;
    for _ in 0..DEEPEST {
        if style.kind.is_some() {
            return style.kind;
        }
        style = styles.get(usize::from(style.base))?.as_ref()?;
    }
    None
}

fn styles(table: &[u8]) -> Option<Vec<Option<Style>>> {
    /// Numbers of styles have twelve bits.
    const MOST: u16 = 0xFFF;
    let start = usize::from(u16_at(table, 0)?);
    let (n, n_fixed) = (u16_at(table, 2)?.min(MOST), usize::from(u16_at(table, 4)?));
    let mut rest = table.get(2 + start..)?;
    let mut styles = Vec::new();
    for _ in 0..n {
        let Some(length) = u16_at(rest, 0).map(usize::from) else {
            break;
        };
        let Some(bytes) = rest.get(2..2 + length) else { break };
        styles.push(style(bytes, n_fixed));
        rest = rest.get(2 + length + length % 2..).unwrap_or_default();
    }
    Some(styles)
}

fn style(bytes: &[u8], n_fixed: usize) -> Option<Style> {
    let id = u16_at(bytes, 0)? & 0xFFF;
    let base = u16_at(bytes, 2)? >> 4;
    let n_letters = usize::from(u16_at(bytes, n_fixed)?);
    let name = bytes.get(n_fixed + 2..n_fixed + 2 + n_letters * 2).map(utf_16);
    // The built-in ones have numbers, whatever the language of the program calls them.
    let kind = match id {
        1 | 62 => Some(SectionKind::Title),
        2..=9 | 74 => Some(SectionKind::Subheading),
        31 | 32 => Some(SectionKind::Boilerplate),
        34 => Some(SectionKind::Caption),
        _ => name.and_then(|it| style_kind(&it)),
    };
    Some(Style { kind, base })
}

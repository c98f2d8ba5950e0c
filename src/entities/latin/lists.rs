//! Attested Latin spellings of Arabic names, and the asset that holds them with the learnt counts.
//!
//! `assets/latin.bin` is deflated text: a line for each Arabic unit with its spellings, an empty line, and a line for each
//! context of the model with its counts.
//!
//! ```text
//! برهان ⇥ Burhan|21ga ⇥ Borhane|2gf ⇥ burhan|1p
//!
//! .شي ⇥ sh 412 ⇥ ch 230
//! ```
//!
//! Behind the number of a spelling come letters: its role (g given name, s family name, neither), and where it was seen
//! (f where French is written, a in other Arab countries, o elsewhere, p in the list of pairs, which does not say); n is one
//! that was seen in Arab countries, but mostly elsewhere.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::letters::{Piece, arabic_letter, arabic_number};
use super::model::Counts;

static BUILT_IN: &[u8] = include_bytes!("../../../assets/latin.bin");

/// The licences of what the built-in lists were made of.
pub const LATIN_NOTICE: &str = include_str!("../../../assets/latin.NOTICE.txt");

/// Counts are stored in quarters.
const QUARTERS: f32 = 4.0;

/// A Latin spelling of an Arabic unit that somebody has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LatinRow {
    /// The unit, folded, with its article and spaces.
    pub arabic: String,
    /// The spelling as written.
    pub latin: String,
    /// How many people have it; 1 if that is not known.
    pub count: u32,
    /// As what and where, see the docs of the module.
    pub flags: String,
}

impl LatinRow {
    /// Whether it was seen so; see the docs of the module.
    pub fn is(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

/// What the asset holds.
#[derive(Clone, Debug, Default)]
pub struct LatinData {
    /// In the order of their Arabic units.
    pub rows: Vec<LatinRow>,
    /// What the model learnt of them.
    pub counts: Counts,
}

impl LatinData {
    /// The built-in data.
    pub fn built_in() -> Self {
        Self::read(BUILT_IN)
    }

    /// Reads the bytes of an asset. What is damaged is left out; a test reads the built-in one.
    pub fn read(bytes: &[u8]) -> Self {
        let mut text = String::new();
        if DeflateDecoder::new(bytes).read_to_string(&mut text).is_err() {
            return Self::default();
        }
        let (lists, counts) = text.split_once("\n\n").unwrap_or((&text, ""));
        Self {
            rows: lists.lines().flat_map(rows_of_line).collect(),
            counts: counts.lines().filter_map(counts_of_line).collect(),
        }
    }

    /// The bytes of an asset. The same data give the same bytes.
    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut lines: BTreeMap<&str, String> = BTreeMap::new();
        for row in &self.rows {
            let line = lines.entry(&row.arabic).or_default();
            *line += &format!("\t{}|{}{}", row.latin, row.count, row.flags);
        }
        let mut text: String = lines.iter().map(|(arabic, line)| format!("{arabic}{line}\n")).collect();
        text.push('\n');
        for (context, pieces) in &self.counts {
            let mut line: String = context.iter().map(|it| arabic_letter(*it)).collect();
            for (piece, count) in pieces {
                let quarters = (count * QUARTERS).round() as u32;
                if quarters != 0 {
                    line += &format!("\t{} {quarters}", piece.text());
                }
            }
            if line.contains('\t') {
                text += &line;
                text.push('\n');
            }
        }
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        std::io::Write::write_all(&mut encoder, text.as_bytes())?;
        encoder.finish()
    }
}

fn rows_of_line(line: &str) -> impl Iterator<Item = LatinRow> + '_ {
    let (arabic, spellings) = line.split_once('\t').unwrap_or((line, ""));
    spellings.split('\t').filter_map(|it| {
        let (latin, said) = it.split_once('|')?;
        let flags = said.trim_start_matches(|c: char| c.is_ascii_digit());
        Some(LatinRow {
            arabic: arabic.to_owned(),
            latin: latin.to_owned(),
            count: said.strip_suffix(flags)?.parse().ok()?,
            flags: flags.to_owned(),
        })
    })
}

fn counts_of_line(line: &str) -> Option<([u8; 3], BTreeMap<Piece, f32>)> {
    let mut fields = line.split('\t');
    let mut context = fields.next()?.chars().map(|c| match c {
        '.' => Some(super::letters::BORDER),
        c => arabic_number(c),
    });
    let context = [context.next()??, context.next()??, context.next()??];
    let pieces = fields.filter_map(|it| {
        let (piece, quarters) = it.split_once(' ')?;
        let quarters: u32 = quarters.parse().ok()?;
        Some((Piece::new(piece.as_bytes())?, quarters as f32 / QUARTERS))
    });
    Some((context, pieces.collect()))
}

//! The labels of exports.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold};
use crate::archive::origin::FieldRole;

const LABELS: List<4> = List::new(
    include_str!("../../../../assets/lists/export_labels.tsv"),
    ["maker", "label", "role", "place"],
);

/// Whose export a label is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Maker {
    Nexis,
    Factiva,
    Proquest,
}

/// Labels of which one is in each article of ProQuest, and in no other text.
pub const SURE_OF_PROQUEST: [&str; 4] = [
    "ProQuest document ID",
    "معرف وثيقة ProQuest",
    "Publication title",
    "عنوان المطبوعة",
];

/// Where what a label names stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Head,
    Text,
    End,
}

/// A label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    pub name: &'static str,
    pub role: FieldRole,
    pub place: Place,
}

static KNOWN: LazyLock<HashMap<(Maker, String), Label>> = LazyLock::new(|| {
    let rows = LABELS.rows().filter_map(|[maker, name, role, place]| {
        let maker = match maker {
            "nexis" => Maker::Nexis,
            "factiva" => Maker::Factiva,
            _ => Maker::Proquest,
        };
        let place = match place {
            "head" => Place::Head,
            "text" => Place::Text,
            _ => Place::End,
        };
        let role = FieldRole::for_name(role)?;
        Some(((maker, key(name)), Label { name, role, place }))
    });
    rows.collect()
});

fn key(name: &str) -> String {
    fold(name.trim(), Folding::Word).to_lowercase()
}

/// The label at the beginning of a line, «Byline: …», and what follows it.
pub fn labelled(maker: Maker, line: &str) -> Option<(Label, &str)> {
    /// Longer than any label, in bytes.
    const LONGEST: usize = 60;
    let at = line.as_bytes().iter().take(LONGEST).position(|it| *it == b':')?;
    let (name, rest) = (line.get(..at)?, line.get(at + 1..)?);
    let label = KNOWN.get(&(maker, key(name)))?;
    Some((*label, rest.trim()))
}

/// The label that is all of a line.
pub fn alone(maker: Maker, line: &str) -> Option<Label> {
    const LONGEST: usize = 60;
    let line = line.strip_suffix(':').unwrap_or(line);
    let is_short = !line.is_empty() && line.len() <= LONGEST;
    is_short.then(|| KNOWN.get(&(maker, key(line))).copied()).flatten()
}

/// The code at the beginning of a line, «HD» or «HD | …» or «HD  …», and what follows it.
pub fn coded(line: &str) -> Option<(Label, &str)> {
    let (_, rest) = line.split_at(line.bytes().take_while(u8::is_ascii_uppercase).count());
    let is_apart = rest.is_empty() || rest.starts_with("  ") || rest.starts_with('\t') || rest.starts_with(" |");
    coded_closely(line).filter(|_| is_apart)
}

/// As [`coded`], where one space may part the code from what follows, as in what is printed.
pub fn coded_closely(line: &str) -> Option<(Label, &str)> {
    let n = line.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(2..=3).contains(&n) {
        return None;
    }
    let (code, rest) = (line.get(..n)?, line.get(n..)?);
    let is_apart = rest.is_empty() || rest.starts_with([' ', '\t']);
    let rest = rest.trim_start().trim_start_matches('|').trim();
    let label = KNOWN.get(&(Maker::Factiva, key(code)))?;
    is_apart.then_some((*label, rest))
}

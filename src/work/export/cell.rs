//! A column of an article as a text.

use crate::marks::Highlight;
use crate::state::{ExportColumn, ExportWords};

use super::row::{Named, Row};

/// What stands between several values of a cell. A value that has it has a comma instead.
const BETWEEN: &str = "; ";

/// The text of a column of an article; empty where there is nothing. Passages and notes may have several lines.
pub fn cell(row: &Row, column: ExportColumn, words: &ExportWords) -> String {
    let flag = |holds: bool| if holds { words.yes.to_owned() } else { String::new() };
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    match column {
        ExportColumn::Title => row.title.clone(),
        ExportColumn::Date => row.published.map_or_else(String::new, |it| it.iso()),
        ExportColumn::DateProvenance => {
            let words = row.published.map(|it| words.provenance(it.provenance));
            words.unwrap_or_default().to_owned()
        }
        ExportColumn::Source => text(&row.source),
        ExportColumn::Author => text(&row.author),
        ExportColumn::Address => text(&row.address),
        ExportColumn::Path => row.path.clone(),
        ExportColumn::People => list(names(&row.people)),
        ExportColumn::Organisations => list(names(&row.organisations)),
        ExportColumn::Places => list(names(&row.places)),
        ExportColumn::Roles => {
            let with_roles = row.people.iter().filter(|it| !it.roles.is_empty());
            list(with_roles.map(|it| format!("{}: {}", it.name, it.roles.join("، "))))
        }
        ExportColumn::Latin => {
            let all = row.people.iter().chain(&row.organisations).chain(&row.places);
            list(all.filter_map(|it| Some(format!("{}: {}", it.name, it.latin.as_ref()?))))
        }
        ExportColumn::Keywords => list(row.keywords.iter().cloned()),
        ExportColumn::Tags => list(row.marks.tags.iter().cloned()),
        ExportColumn::Note => row.marks.note.clone(),
        ExportColumn::Highlights => {
            let highlights = row.marks.highlights.iter();
            let lines: Vec<String> = highlights.map(|it| highlight(it, words)).collect();
            lines.join("\n")
        }
        ExportColumn::Starred => flag(row.marks.is_starred),
        ExportColumn::Read => flag(row.marks.is_read),
        ExportColumn::Story => row.story.map_or_else(String::new, |it| it.to_string()),
        ExportColumn::Language => text(&row.language),
        ExportColumn::Snippet => row.snippet.clone(),
        ExportColumn::Text => row.body.clone(),
    }
}

/// A passage in one line: «…» (yellow): note.
pub fn highlight(it: &Highlight, words: &ExportWords) -> String {
    let mut line = format!("«{}» ({})", it.quote, words.color(it.color));
    if !it.note.is_empty() {
        line.push_str(": ");
        line.push_str(&it.note);
    }
    line
}

/// The names.
pub fn names(named: &[Named]) -> impl Iterator<Item = String> {
    named.iter().map(|it| it.name.clone())
}

fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.map(|it| it.replace(';', ",")).collect();
    values.join(BETWEEN)
}

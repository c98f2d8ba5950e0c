//! Exports of news databases: one file with many articles, each with the database's labels around it.
//!
//! | file | is |
//! |---|---|
//! | `labels` | the labels, from `assets/lists/export_labels.tsv` |
//! | `nexis`, `factiva`, `proquest` | where an article begins and ends in each database's exports, and what its lines are |
//! | `item` | an article's parts, and its record |
//! | `label_cells`, `page_marks` | what the pages of a printed export have, before their lines are joined |
//! | here | whether a text is an export |
//!
//! They are divided by their lines, whatever the format of the file. An article of such an export has a mark of the
//! database at its beginning or end, and two or more of its labels: one word alone, which may stand in any text, divides
//! nothing. The day on which the database took an article up is not its date.

mod factiva;
mod item;
mod label_cells;
mod labels;
mod nexis;
mod page_marks;
mod proquest;

use std::collections::{BTreeMap, HashMap};

use memchr::memmem;

use crate::archive::article::SectionKind;
use crate::archive::origin::{FieldRole, Format};
use crate::archive::record::{Content, Hints, PageLine, Record};

use super::html;
use item::Item;
pub use label_cells::Labels;
pub use page_marks::PageMarks;

/// Words one of which is in each export, whatever their case. A text without them is not looked at any further.
const NEEDLES: [&str; 13] = [
    "DOCUMENT",
    "Document",
    "Dokument",
    "ProQuest",
    "document ID",
    "WORDS",
    "words",
    "mots",
    "Wörter",
    "كلمة",
    "كلمات",
    "Load-Date",
    "المستند",
];

/// Whether files of this format may be exports.
pub fn may_be_of(format: Format) -> bool {
    matches!(
        format,
        Format::Text
            | Format::Markdown
            | Format::Html
            | Format::Docx
            | Format::Odt
            | Format::Rtf
            | Format::Doc
            | Format::Pdf
    )
}

/// Whether a text has words that each export has.
fn may_be(text: &str) -> bool {
    NEEDLES
        .iter()
        .any(|it| memmem::find(text.as_bytes(), it.as_bytes()).is_some())
}

/// The lines of a page, and what it says of itself; of an export nothing is furniture.
pub fn page_lines(page: &str) -> (Vec<PageLine>, Hints) {
    match may_be(page).then(|| html::book_lines(page)) {
        Some((lines, hints)) if is_export(&lines) => (lines, hints),
        _ => html::lines(page),
    }
}

/// Whether the lines of a page are an export.
fn is_export(lines: &[PageLine]) -> bool {
    let lines: Vec<&str> = lines.iter().map(|(line, _)| line.trim()).collect();
    items_of(&lines).is_some()
}

fn items_of<'a>(lines: &[&'a str]) -> Option<Vec<Item<'a>>> {
    nexis::items(lines)
        .or_else(|| factiva::items(lines))
        .or_else(|| proquest::items(lines))
}

/// The records of an export's articles; `None` if a record is none.
pub fn records(record: &Record, roles: &BTreeMap<String, FieldRole>) -> Option<Vec<Record>> {
    let (lines, heads) = lines_of(&record.content)?;
    let mut items = items_of(&lines)?;
    put_back(&lines, heads, &mut items);
    let records = items.into_iter().map(|item| {
        let mut of_item = item.record(roles);
        of_item.hints.problems.extend(record.hints.problems.iter().cloned());
        Record {
            encoding: record.encoding,
            has_errors: record.has_errors,
            ..of_item
        }
    });
    Some(records.collect())
}

/// What stands at the edge of a page, behind so many lines.
type PageHead<'a> = (usize, &'a str);

/// The lines of a text that may be an export, without space around them, and what stands at the edges of its pages. Empty
/// lines are kept.
fn lines_of(content: &Content) -> Option<(Vec<&str>, Vec<PageHead<'_>>)> {
    let of_page = match content {
        Content::Text(text) => return may_be(text).then(|| (text.lines().map(str::trim).collect(), Vec::new())),
        Content::Lines(lines) => lines,
    };
    if !of_page.iter().any(|(line, _)| may_be(line)) {
        return None;
    }
    let (mut lines, mut heads) = (Vec::with_capacity(of_page.len()), Vec::new());
    for (line, kind) in of_page {
        match kind {
            Some(SectionKind::Boilerplate) => heads.push((lines.len(), line.trim())),
            _ => lines.push(line.trim()),
        }
    }
    Some((lines, heads))
}

/// Gives each article what stands at the edges of its pages: the one whose lines precede it.
fn put_back<'a>(lines: &[&'a str], heads: Vec<PageHead<'a>>, items: &mut [Item<'a>]) {
    if heads.is_empty() {
        return;
    }
    // The lines are the same as those of the articles, and not only equal to them.
    let places: HashMap<*const u8, usize> = lines.iter().enumerate().map(|(idx, it)| (it.as_ptr(), idx)).collect();
    let place = |it: &&str| places.get(&it.as_ptr()).copied();
    let starts: Vec<usize> = items
        .iter()
        .map(|item| {
            item.fields
                .iter()
                .flat_map(|it| &it.lines)
                .filter_map(place)
                .min()
                .unwrap_or(usize::MAX)
        })
        .collect();
    for (behind, head) in heads {
        let nth = starts.iter().rposition(|it| *it < behind).unwrap_or(0);
        if let Some(item) = items.get_mut(nth) {
            item.others.push(head);
        }
    }
}

#[cfg(test)]
mod tests;

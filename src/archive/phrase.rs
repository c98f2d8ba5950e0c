//! Words by which parts of a page are recognised, compared in folded form.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, fold};

/// What a line with such a phrase begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// Other articles: «إقرأ أيضاً».
    Related,
    /// Share bars, menus, reading times.
    Furniture,
}

const PHRASES: List<2> = List::new(include_str!("../../assets/lists/page_phrases.tsv"), ["phrase", "kind"]);

/// The phrases of a kind of `assets/lists/page_phrases.tsv`, in the order of the list.
pub fn of_kind(kind: &'static str) -> impl Iterator<Item = &'static str> {
    PHRASES.rows().filter(move |row| row[1] == kind).map(|row| row[0])
}

/// Longer lines are paragraphs, whatever they begin with. In characters; a guess, as are the next two.
const MAX_LINE: usize = 160;
/// Longer lines name no reporter.
const MAX_BYLINE: usize = 100;
/// A label ends within this many bytes, some 24 letters.
const MAX_LABEL: usize = 48;

/// The lists, folded.
struct Phrases {
    related: Vec<String>,
    furniture: HashSet<String>,
    furniture_parts: Vec<String>,
    datelines: HashSet<String>,
    bylines: HashSet<String>,
    keywords: HashSet<String>,
}

static FOLDED: LazyLock<Phrases> = LazyLock::new(|| {
    let lines = |kind| of_kind(kind).map(fold_line).collect();
    Phrases {
        related: of_kind("related").map(fold_line).collect(),
        furniture: lines("furniture"),
        furniture_parts: of_kind("furniture_part").map(|it| fold(it, Folding::Word)).collect(),
        datelines: lines("dateline"),
        bylines: lines("byline"),
        keywords: lines("keywords"),
    }
});

/// What a line begins, if it is something other than the article. `line` is trimmed.
pub fn marker(line: &str) -> Option<Marker> {
    if is_longer(line, MAX_LINE) {
        return None;
    }
    let folded = fold_line(line);
    if folded.is_empty() {
        return None;
    }
    if FOLDED.related.iter().any(|it| is_heading(&folded, it)) {
        return Some(Marker::Related);
    }
    let is_furniture =
        FOLDED.furniture.contains(&folded) || FOLDED.furniture_parts.iter().any(|it| folded.contains(it.as_str()));
    is_furniture.then_some(Marker::Furniture)
}

/// Whether the heading of other articles stands alone, its headlines in the lines that follow.
pub fn stands_alone(line: &str) -> bool {
    !is_longer(line, MAX_LINE) && FOLDED.related.contains(&fold_line(line))
}

/// What follows the words of a date line.
pub fn dateline(line: &str) -> Option<&str> {
    labelled(line, &FOLDED.datelines)
}

/// Whether a date line gives the time of the last update.
pub fn is_update(line: &str) -> bool {
    let label = line.split_once([':', '|', '\u{FF1A}']).map_or(line, |(label, _)| label);
    let folded = fold_line(label);
    ["تحديث", "تعديل", "updated"].iter().any(|it| folded.contains(it))
}

/// The reporter or author that a line names.
pub fn byline(line: &str) -> Option<&str> {
    if is_longer(line, MAX_BYLINE) {
        return None;
    }
    labelled(line, &FOLDED.bylines)
}

/// The list after «كلمات دلالية:».
pub fn keywords(line: &str) -> Option<&str> {
    labelled(line, &FOLDED.keywords)
}

/// What follows a label and its colon.
fn labelled<'a>(line: &'a str, labels: &HashSet<String>) -> Option<&'a str> {
    let head = line.get(..line.floor_char_boundary(MAX_LABEL))?;
    let at = head.find([':', '|', '\u{FF1A}'])?;
    let rest = line[at..].trim_start_matches([':', '|', '\u{FF1A}']);
    labels.contains(&fold_line(&line[..at])).then(|| rest.trim())
}

/// Whether a text has more than `limit` characters.
fn is_longer(text: &str, limit: usize) -> bool {
    text.char_indices().nth(limit).is_some()
}

/// The words of a line without marks at its ends.
fn fold_line(line: &str) -> String {
    let folded = fold(line, Folding::Word);
    let is_mark = |c: char| !c.is_alphanumeric() && c != '/';
    folded
        .trim_matches(is_mark)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_heading(folded_line: &str, heading: &str) -> bool {
    match folded_line.strip_prefix(heading) {
        None => false,
        Some("") => true,
        Some(rest) => heading.contains(' ') && rest.trim_start().starts_with([':', '.', '|', '-', '…']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_all_spellings() {
        for line in ["إقرأ أيضاً:", "اقرأ أيضا", "• مقالات مشابهة", "اقرأ أيضًا: خبر آخر"]
        {
            assert_eq!(marker(line), Some(Marker::Related), "{line}");
        }
        assert_eq!(marker("time reading iconدقائق القراءة - 3"), Some(Marker::Furniture));
        assert_eq!(marker("شارك"), Some(Marker::Furniture));
    }

    #[test]
    fn bare_words_in_running_text_are_text() {
        for line in [
            "شارك الوزير في الاجتماع الذي عقد أمس.",
            "اقرأ أيضا ما كتبه الشاعر في ديوانه الأخير",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
        assert_eq!(dateline("قال الوزير: نعم"), None);
    }
}

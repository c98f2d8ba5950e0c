//! Words by which parts of a page are recognised, compared in folded form.

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::arabic::lists::List;
use crate::arabic::{Folded, Folding, Span, fold};

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

/// Longer lines are paragraphs, whatever they begin with. In characters; a guess, as are the next three.
const MAX_LINE: usize = 160;
/// A line that says how long it takes to read an article has at most this many words; a sentence on reading has more.
const READING_TIME_WORDS: usize = 10;
/// A sentence has at least so many words before one that a page has around its articles.
const SENTENCE_BEFORE: usize = 2;
/// Longer lines name no reporter.
const MAX_BYLINE: usize = 100;
/// The longest heading of other articles, in bytes, with tashkeel. A guess, above those of the list.
const MAX_HEADING: usize = 96;
/// Longer lines list no keywords without a sign between them, and a label of theirs has at most so many words.
const MAX_TAGS: usize = 300;
const TAG_WORDS: usize = 2;
/// A label ends within this many bytes, some 24 letters.
const MAX_LABEL: usize = 48;

/// The lists, folded.
struct Phrases {
    related: Vec<String>,
    furniture: HashSet<String>,
    furniture_parts: Vec<Part>,
    reading_times: Vec<Part>,
    datelines: HashSet<String>,
    bylines: HashSet<String>,
    keywords: HashSet<String>,
    tags: Vec<String>,
    caption_heads: Vec<String>,
    caption_parts: Vec<Part>,
}

/// A phrase that may stand anywhere in a line.
struct Part {
    folded: String,
    finder: Finder<'static>,
}

impl Part {
    fn new(phrase: &str) -> Self {
        let folded = fold(phrase, Folding::Word);
        let finder = Finder::new(folded.as_bytes()).into_owned();
        Self { folded, finder }
    }

    fn find_in(&self, folded_line: &str) -> Option<usize> {
        self.finder.find(folded_line.as_bytes())
    }

    fn is_in(&self, folded_line: &str) -> bool {
        self.find_in(folded_line).is_some()
    }
}

static FOLDED: LazyLock<Phrases> = LazyLock::new(|| {
    let lines = |kind| of_kind(kind).map(fold_line).collect();
    Phrases {
        related: of_kind("related").map(fold_line).collect(),
        furniture: lines("furniture"),
        furniture_parts: of_kind("furniture_part").map(Part::new).collect(),
        reading_times: of_kind("reading_time").map(Part::new).collect(),
        datelines: lines("dateline"),
        bylines: lines("byline"),
        keywords: lines("keywords"),
        tags: of_kind("tags").map(fold_line).collect(),
        caption_heads: of_kind("caption_head").map(|it| fold(it, Folding::Word)).collect(),
        caption_parts: of_kind("caption_part").map(Part::new).collect(),
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
    let has_one_of = |parts: &[Part]| parts.iter().any(|it| it.is_in(&folded));
    let is_reading_time = || {
        let is_short = folded.split_whitespace().nth(READING_TIME_WORDS).is_none();
        is_short && folded.contains(|c: char| c.is_ascii_digit()) && has_one_of(&FOLDED.reading_times)
    };
    // «وأضاف أن جميع الحقوق محفوظة للمؤلفين.»
    let is_sentence =
        |before: &str| line.ends_with(['.', '؟', '!']) && before.split_whitespace().nth(SENTENCE_BEFORE - 1).is_some();
    let has_part = |it: &Part| it.find_in(&folded).is_some_and(|at| !is_sentence(&folded[..at]));
    let is_furniture =
        FOLDED.furniture.contains(&folded) || FOLDED.furniture_parts.iter().any(has_part) || is_reading_time();
    is_furniture.then_some(Marker::Furniture)
}

/// Whether the heading of other articles stands alone, its headlines in the lines that follow.
pub fn stands_alone(line: &str) -> bool {
    !is_longer(line, MAX_LINE) && FOLDED.related.contains(&fold_line(line))
}

/// How many bytes of a text are the heading of other articles that it begins with, of two words and more.
pub fn heading_length(text: &str) -> Option<usize> {
    let head = text.get(..text.floor_char_boundary(MAX_HEADING))?;
    let folded = Folded::new(head, Folding::Word);
    let headings = FOLDED.related.iter().filter(|it| it.contains(' '));
    let length = headings
        .filter(|it| folded.text().starts_with(it.as_str()))
        .map(String::len)
        .max()?;
    folded.span_in_source(Span::new(0, length)).map(|it| it.end)
}

/// What follows the words of a date line.
pub fn dateline(line: &str) -> Option<&str> {
    labelled(line, &FOLDED.datelines)
}

/// What of a date line says when, where `stated` follows its label: with the label where that speaks of an update, as only
/// the first of several dates may be meant.
pub fn dated<'a>(line: &'a str, stated: &'a str) -> &'a str {
    if is_update(line) { line } else { stated }
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

/// The words after «سمات» or «وسوم», where no colon says that a list begins. Whether it is one, its words must tell.
pub fn tags(line: &str) -> Option<&str> {
    if is_longer(line, MAX_TAGS) {
        return None;
    }
    let head = line.get(..line.floor_char_boundary(MAX_LABEL))?;
    let folded = fold_line(head);
    if !FOLDED.tags.iter().any(|it| folded.starts_with(it.as_str())) {
        return None;
    }
    let ends = head.match_indices(char::is_whitespace).map(|(at, _)| at);
    let mut heads = ends.take(TAG_WORDS);
    let end = heads.find(|at| FOLDED.tags.contains(&fold_line(&head[..*at])))?;
    Some(line[end..].trim()).filter(|it| !it.is_empty())
}

/// Whether a text, folded, begins with one of the words of [`tags`].
pub fn begins_with_a_tag(folded: &str) -> bool {
    FOLDED.tags.iter().any(|it| folded.starts_with(it.as_str()))
}

/// Whether a line speaks of a picture: «صورة من الأرشيف», «(يمين)».
pub fn is_of_picture(line: &str) -> bool {
    let folded = fold(line, Folding::Word);
    let begins = |head: &String| {
        let rest = folded.strip_prefix(head.as_str());
        rest.is_some_and(|it| it.starts_with(|c: char| !c.is_alphanumeric()))
    };
    FOLDED.caption_heads.iter().any(begins)
        || FOLDED
            .caption_parts
            .iter()
            .any(|it| it.is_in(&folded) && has_words(&folded, &it.folded))
}

/// Whether `part` stands in a folded text between words, not within one.
fn has_words(folded: &str, part: &str) -> bool {
    folded.match_indices(part).any(|(at, _)| {
        let is_within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, after) = (
            folded[..at].chars().next_back(),
            folded[at + part.len()..].chars().next(),
        );
        let cuts_before = is_within(before) && part.starts_with(char::is_alphanumeric);
        let cuts_after = is_within(after) && part.ends_with(char::is_alphanumeric);
        !cuts_before && !cuts_after
    })
}

/// What follows a label and its colon.
fn labelled<'a>(line: &'a str, labels: &HashSet<String>) -> Option<&'a str> {
    let head = line.get(..line.floor_char_boundary(MAX_LABEL))?;
    let at = head.find([':', '|', '\u{FF1A}'])?;
    let rest = line[at..].trim_start_matches([':', '|', '\u{FF1A}']);
    labels.contains(&fold_line(&line[..at])).then(|| rest.trim())
}

/// Whether a text has more than `limit` characters, marks included.
pub fn is_longer(text: &str, limit: usize) -> bool {
    // Counting is quicker than finding the place.
    limit < text.len() && (limit.saturating_mul(4) < text.len() || limit < text.chars().count())
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
        assert_eq!(
            marker("جميع الحقوق محفوظة لصحيفة المدار 2024."),
            Some(Marker::Furniture)
        );
    }

    #[test]
    fn bare_words_in_running_text_are_text() {
        for line in [
            "شارك الوزير في الاجتماع الذي عقد أمس.",
            "اقرأ أيضا ما كتبه الشاعر في ديوانه الأخير",
            "وأضاف أن جميع الحقوق محفوظة للمؤلفين بموجب القانون الجديد.",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
        assert_eq!(dateline("قال الوزير: نعم"), None);
    }
}

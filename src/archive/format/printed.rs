//! From signs that are printed on pages to lines and paragraphs.
//!
//! `blocks` gathers signs into lines in the order of reading; here, these become texts and are joined to paragraphs.

use crate::arabic::letter;
use crate::archive::article::SectionKind;
use crate::archive::recognition::RecognisedLine;
use crate::archive::record::PageLine;

use super::blocks::{Row, blocks, median};
use super::exports::{Labels, PageMarks};
use super::marks::Sign;
use super::text::one_line;
use super::visual::{BRACKETS, Before, Habits, left_to_right, right_to_left};

// The distances below are in ems, the size of the letters. They were set by looking at pages; none is critical.

/// A gap between two glyphs that is a space; in a line in which others are drawn; beside what lengthens a word.
const WORD_GAP: f64 = 0.18;
const WORD_GAP_AMONG_SPACES: f64 = 0.28;
const WORD_GAP_WITHIN_WORD: f64 = 0.5;
/// A line that ends with a sentence, this far before the edge of its column, is the last of a paragraph.
const SHORT_LINE: f64 = 2.5;
/// A line that begins so far within its column is no paragraph's: it is set in the middle, or to the other edge.
const LATE_START: f64 = 5.0;

/// A line of a page, in the order of reading.
#[derive(Clone, Debug)]
pub struct PrintedLine {
    /// As the line of a paragraph that has begun.
    text: String,
    /// The signs from left to right, with the spaces between them.
    units: Vec<String>,
    /// The label that stands beside it, with two spaces behind it; mostly none.
    label: String,
    start: f64,
    end: f64,
    y: f64,
    size: f64,
    is_rtl: bool,
    /// Whether it was put in order as a line of Latin is, though it may be one of Arabic.
    is_set_ltr: bool,
    /// Where its column begins and ends in the direction of reading.
    column_start: f64,
    column_end: f64,
    /// Whether it is the first of a column or a page.
    is_first: bool,
    /// Whether it is the row of a table.
    is_cells: bool,
}

impl PrintedLine {
    /// A line whose text is known and in order. `size` is that of its letters, `column` from where to where its column
    /// goes, in the unit of its place, which is counted from above.
    pub fn recognised(line: &RecognisedLine, size: f64, column: (f64, f64), is_first: bool) -> Self {
        let (n_arabic, n_latin) = n_letters([line.text.as_str()].into_iter());
        let is_rtl = n_latin <= n_arabic;
        Self {
            text: one_line(&line.text),
            units: Vec::new(),
            label: String::new(),
            start: line.left,
            end: line.right,
            y: -(line.top + line.bottom) / 2.0,
            size,
            is_rtl,
            is_set_ltr: !is_rtl,
            column_start: if is_rtl { column.1 } else { column.0 },
            column_end: if is_rtl { column.0 } else { column.1 },
            is_first,
            is_cells: false,
        }
    }

    /// Its text behind another of the same paragraph.
    fn text_after(&self, before: Before, habits: &Habits) -> String {
        if self.units.is_empty() {
            return self.text.clone();
        }
        let text = match self.is_set_ltr {
            false => right_to_left(&self.units, before, habits),
            true => left_to_right(&self.units, habits),
        };
        self.label.clone() + &one_line(&text)
    }
}

/// Turns the lines of an export that are a mark if they are read in the other direction.
fn turn(lines: &mut [(usize, PrintedLine)], marks: PageMarks) {
    for (_, line) in lines.iter_mut().filter(|(_, it)| !it.units.is_empty()) {
        let mut turned = PrintedLine {
            is_set_ltr: !line.is_set_ltr,
            is_rtl: !line.is_rtl,
            column_start: line.column_end,
            column_end: line.column_start,
            ..line.clone()
        };
        turned.text = turned.text_after(Before::Nothing, &Habits::default());
        if turned.text != line.text && marks.prefers(&turned.text, &line.text) {
            *line = turned;
        }
    }
}

/// The lines of all pages, joined to paragraphs. `habits` are those of the program that made the document.
pub fn page_lines(mut lines: Vec<(usize, PrintedLine)>, n_pages: usize, habits: Habits) -> (Vec<PageLine>, PageStarts) {
    let habits = Habits {
        swapped: swapped_brackets(&lines),
        ..habits
    };
    let marks = PageMarks::of(lines.iter().map(|(_, it)| it.text.as_str()));
    if let Some(marks) = marks {
        turn(&mut lines, marks);
    }
    let furniture = furniture(&lines, n_pages, marks);
    let body_size = median(lines.iter().map(|(_, it)| it.size).collect());
    let mut paragraphs: Vec<PageLine> = Vec::new();
    let mut open: Option<(String, PrintedLine)> = None;
    // What stands between the pages that a paragraph goes over comes after it.
    let mut aside: Vec<PageLine> = Vec::new();
    let mut has_title = false;
    let mut starts = PageStarts::new();
    // The pages that begin in the open paragraph: at which byte, and which.
    let mut begun: Vec<(usize, usize)> = Vec::new();
    let mut last_page = None;
    let mut close = |open: &mut Option<(String, PrintedLine)>,
                     begun: &mut Vec<(usize, usize)>,
                     paragraphs: &mut Vec<PageLine>,
                     has_title: &mut bool| {
        let Some((text, line)) = open.take() else { return };
        let start = |(byte, page): (usize, usize)| (paragraphs.len(), byte, page as u32 + 1);
        starts.extend(begun.drain(..).map(start));
        let n_words = text.split_whitespace().count();
        let is_title = !*has_title && body_size * 1.25 < line.size && 3 <= n_words && paragraphs.len() <= 6;
        *has_title |= is_title;
        paragraphs.push((text, is_title.then_some(SectionKind::Title)));
    };
    for (idx, (page, line)) in lines.into_iter().enumerate() {
        if furniture[idx] {
            let text = line.text_after(Before::Nothing, &habits);
            aside.push((text, Some(SectionKind::Boilerplate)));
            continue;
        }
        let is_parted = |text: &str| marks.is_some_and(|it| it.begins(&line.text) || it.is_whole(text));
        let goes_on = open
            .as_ref()
            .is_some_and(|(text, before)| goes_on(text, before, &line) && !is_parted(text));
        if goes_on && let Some((text, before)) = &mut open {
            let more = line.text_after(Before::after(text), &habits);
            // A line may end within a number: «2015-» «2020».
            let is_within_number = text.ends_with('-') && more.starts_with(|c| letter::digit(c).is_some());
            if !(is_within_number && text.trim_end_matches('-').ends_with(|c| letter::digit(c).is_some())) {
                text.push(' ');
            }
            begun.extend((last_page != Some(page)).then_some((text.len(), page)));
            text.push_str(&more);
            *before = line;
        } else {
            close(&mut open, &mut begun, &mut paragraphs, &mut has_title);
            paragraphs.append(&mut aside);
            begun.extend((last_page != Some(page)).then_some((0, page)));
            open = Some((line.text_after(Before::Nothing, &habits), line));
        }
        last_page = Some(page);
    }
    close(&mut open, &mut begun, &mut paragraphs, &mut has_title);
    paragraphs.append(&mut aside);
    (paragraphs, starts)
}

/// Where pages begin: a paragraph, a byte in it, and the number of the page, from 1.
pub type PageStarts = Vec<(usize, usize, u32)>;

/// Whether a line goes on with the paragraph that ended, so far, with the line before.
fn goes_on(text: &str, before: &PrintedLine, line: &PrintedLine) -> bool {
    let size = before.size.max(line.size);
    let is_other = before.is_rtl != line.is_rtl || before.is_cells || line.is_cells || is_rule(&line.text);
    if is_other || 0.12 < (before.size - line.size).abs() / size {
        return false;
    }
    let (late, room) = if before.is_rtl {
        (before.column_start - before.end, before.start - before.column_end)
    } else {
        (before.start - before.column_start, before.column_end - before.end)
    };
    let room = if LATE_START * size < late { late + room } else { room };
    // Lines that are not set to both edges end where the next word had no room.
    let n_letters = |text: &str| text.chars().count().max(1) as f64;
    let word = line.text.split_whitespace().next().unwrap_or_default();
    let word_width = n_letters(word) * (line.end - line.start) / n_letters(&line.text);
    let ends_sentence = text.trim_end().ends_with(['.', '؟', '!', '»', '"', ':']);
    let ends_early = word_width + size < room || ends_sentence && SHORT_LINE * size < room;
    if line.is_first {
        // The next column or page goes on with a sentence that has not ended.
        return !ends_sentence && !ends_early;
    }
    // Pages give a paragraph a line's height before it; wide lines are some 1.8 apart.
    let is_far = size * if ends_sentence { 1.95 } else { 2.2 } < before.y - line.y;
    let is_indented = if line.is_rtl {
        line.end < before.end - 0.8 * size
    } else {
        before.start + 0.8 * size < line.start
    };
    !(is_far || ends_early || is_indented && ends_sentence)
}

/// «_____», which parts what stands above it from what stands below.
fn is_rule(text: &str) -> bool {
    /// A guess.
    const SHORTEST: usize = 10;
    SHORTEST <= text.len() && text.bytes().all(|it| matches!(it, b'_' | b'-' | b'='))
}

/// Whether a line at the edge of a page says which one it is: «Page 3 of 12», beside what else may stand there.
fn names_its_page(text: &str) -> bool {
    /// A sentence that speaks of pages is longer, with what stands beside it. A guess.
    const LONGEST: usize = 200;
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |it: &str| it.chars().all(|c| letter::digit(c).is_some());
    text.len() <= LONGEST
        && words.windows(4).any(|it| match it {
            [page, number, of, all] => {
                ["Page/of", "page/of", "PAGE/OF", "صفحة/من"].contains(&format!("{page}/{of}").as_str())
                    && is_number(number)
                    && is_number(all)
            }
            _ => false,
        })
}

/// Which lines are a page's furniture: what several pages have at the top or bottom, and page numbers there. The marks of
/// an export are none, wherever they stand.
fn furniture(lines: &[(usize, PrintedLine)], n_pages: usize, marks: Option<PageMarks>) -> Vec<bool> {
    let without_digits =
        |line: &PrintedLine| -> String { line.text.chars().filter(|c| letter::digit(*c).is_none()).collect() };
    // The highest and the lowest line of each page that has some more.
    let mut edges: Vec<(usize, usize, String)> = Vec::new();
    let mut start = 0;
    for page in 0..n_pages {
        // The lines are in the order of the pages.
        let end = lines.partition_point(|(it, _)| *it <= page);
        let range = std::mem::replace(&mut start, end)..end;
        let of_page = || lines.iter().enumerate().take(range.end).skip(range.start);
        if range.len() < 3 {
            continue;
        }
        let highest = of_page().max_by(|a, b| a.1.1.y.total_cmp(&b.1.1.y));
        let lowest = of_page().min_by(|a, b| a.1.1.y.total_cmp(&b.1.1.y));
        for (idx, (_, line)) in [highest, lowest].into_iter().flatten() {
            edges.push((idx, page, without_digits(line)));
        }
    }
    let mut is_furniture = vec![false; lines.len()];
    for (idx, page, plain) in &edges {
        let is_number = !plain.chars().any(char::is_alphabetic) && lines[*idx].1.text.len() <= 24;
        let stands_elsewhere = edges.iter().any(|(_, other, it)| other != page && it == plain);
        is_furniture[*idx] = is_number || stands_elsewhere || names_its_page(&lines[*idx].1.text);
    }
    if let Some(marks) = marks {
        heads_of_export(lines, n_pages, marks, &mut is_furniture);
    }
    is_furniture
}

/// Corrects which lines are furniture in an export: its marks are none, and at the top of a page the headline of the
/// article may stand below the number of the page.
fn heads_of_export(lines: &[(usize, PrintedLine)], n_pages: usize, marks: PageMarks, is_furniture: &mut [bool]) {
    /// A running head has no more lines below the number of its page. A guess.
    const MOST: usize = 3;
    let letters = |idx: usize| -> String { lines[idx].1.text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut heads_before: Vec<String> = Vec::new();
    let mut has_ended = true;
    let mut start = 0;
    for page in 0..n_pages {
        let end = lines.partition_point(|(it, _)| *it <= page);
        let range = std::mem::replace(&mut start, end)..end;
        let mut rows: Vec<usize> = range.clone().collect();
        rows.sort_by(|a, b| lines[*b].1.y.total_cmp(&lines[*a].1.y));
        for idx in range.clone() {
            let text = &lines[idx].1.text;
            is_furniture[idx] &= names_its_page(text) || !marks.is_mark(text);
        }
        // What stands beside the number of the page, or between it and the edge.
        let is_named = |it: &&usize| names_its_page(&lines[**it].1.text);
        let is_level = |a: usize, b: usize| (lines[a].1.y - lines[b].1.y).abs() < 0.4 * lines[a].1.size;
        let n_at_edge = MOST.min(rows.len() / 2).max(1);
        let from_top: Vec<usize> = rows.iter().take(n_at_edge).copied().collect();
        let from_bottom: Vec<usize> = rows.iter().rev().take(n_at_edge).copied().collect();
        for edge in [from_top, from_bottom] {
            let Some(named) = edge.iter().rposition(|it| is_named(&it)) else {
                continue;
            };
            for (nth, idx) in edge.iter().enumerate() {
                let is_beyond = nth <= named || is_level(*idx, edge[named]);
                is_furniture[*idx] |= is_beyond && (nth == named || !marks.is_mark(&lines[*idx].1.text));
            }
        }
        let n_at_top = rows.iter().take_while(|it| is_furniture[**it]).count();
        if 0 < n_at_top {
            let below: Vec<String> = rows[n_at_top..].iter().take(3 * MOST).map(|it| letters(*it)).collect();
            let n_head = n_lines_of_head(&below, MOST, &heads_before, has_ended);
            for idx in rows.iter().skip(n_at_top).take(n_head) {
                is_furniture[*idx] = true;
            }
            heads_before.push(below.concat());
        }
        if let Some(last) = range.rev().find(|it| !is_furniture[*it]) {
            has_ended = marks.ends_article(&lines[last].1.text);
        }
    }
}

/// How many of the lines below the number of a page are its head: those that are said again right below them; or, within an
/// article, those with which a page before began.
fn n_lines_of_head(below: &[String], most: usize, heads_before: &[String], has_ended: bool) -> usize {
    let is_head = |n: &usize| {
        let head = below[..*n].concat();
        let is_said = |text: String| !head.is_empty() && text.starts_with(&head);
        let before = || {
            heads_before
                .iter()
                .rev()
                .take(1)
                .any(|it| it.starts_with(&head) && !head.is_empty())
        };
        is_said(below[*n..].concat()) || !has_ended && before()
    };
    (1..=most.min(below.len())).rev().find(is_head).unwrap_or(0)
}

/// The lines of a page in the order of reading. `labels` are those of the pages before, and become those of this one.
pub fn reading_order(signs: Vec<Sign>, labels: &mut Labels) -> Vec<PrintedLine> {
    let (n_arabic, n_latin) = n_letters(signs.iter().map(|it| it.text.as_str()));
    let is_page_rtl = n_latin <= n_arabic;
    let mut lines = Vec::new();
    let with_units = |row: Row| {
        let units = units(&row.signs);
        (row, units)
    };
    let blocks: Vec<Vec<(Row, Vec<String>)>> = blocks(signs, is_page_rtl, labels)
        .into_iter()
        .map(|block| block.into_iter().map(with_units).collect())
        .collect();
    let is_page_set_ltr = is_set_ltr(blocks.iter().flatten().map(|(_, units)| units.as_slice()));
    for rows in blocks {
        let directions = directions(rows.iter().map(|(_, units)| units.as_slice()), is_page_rtl);
        let columns = columns(&rows);
        for (idx, ((row, units), is_rtl)) in rows.into_iter().zip(directions).enumerate() {
            let (column_start, column_end) = columns[idx];
            let is_rtl =
                is_rtl && !has_latin_label(&units) && !is_latin_at_start(&row, &units, column_start, column_end);
            let is_set_ltr = match (is_rtl, shown_direction(&units)) {
                (true, Some(is_rtl)) => !is_rtl && (is_page_set_ltr || begins_latin(&units)),
                (true, None) => is_page_set_ltr,
                (false, _) => true,
            };
            let mut line = PrintedLine {
                text: String::new(),
                units,
                label: labels.text(&row.label),
                is_set_ltr,
                start: row.signs.iter().map(|it| it.start).fold(f64::INFINITY, f64::min),
                end: row.signs.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max),
                y: row.signs.first().map_or(0.0, |it| it.y),
                size: median(row.signs.iter().map(|it| it.size).collect()),
                is_rtl,
                column_start: if is_rtl { column_end } else { column_start },
                column_end: if is_rtl { column_start } else { column_end },
                is_first: idx == 0,
                is_cells: row.is_cells,
            };
            line.text = line.text_after(Before::Arabic, &Habits::default());
            if !line.text.is_empty() {
                lines.push(line);
            }
        }
    }
    lines
}

/// From where to where the column of each line of a block goes: what stands beside labels, and goes on below it, is a
/// column of its own.
fn columns(rows: &[(Row, Vec<String>)]) -> Vec<(f64, f64)> {
    let start = |row: &Row| row.signs.iter().map(|it| it.start).fold(f64::INFINITY, f64::min);
    let end = |row: &Row| row.signs.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max);
    let none = (f64::INFINITY, f64::NEG_INFINITY);
    let with = |(from, to): (f64, f64), row: &Row| (f64::min(from, start(row)), f64::max(to, end(row)));
    let all = rows.iter().fold(none, |extent, (row, _)| with(extent, row));
    let labelled = rows.iter().filter(|(row, _)| !row.label.is_empty());
    let beside = labelled.fold(none, |extent, (row, _)| with(extent, row));
    let mut is_beside = false;
    let column = |(row, _): &(Row, Vec<String>)| {
        let slack = row.signs.first().map_or(0.0, |it| it.size) / 2.0;
        let is_within = beside.0 - slack <= start(row) && end(row) <= beside.1 + slack;
        is_beside = !row.label.is_empty() || is_beside && is_within;
        if is_beside { beside } else { all }
    };
    rows.iter().map(column).collect()
}

/// How many of some texts have Arabic letters, and how many Latin ones.
fn n_letters<'a>(texts: impl Iterator<Item = &'a str>) -> (usize, usize) {
    texts.fold((0, 0), |(n_arabic, n_latin), it| {
        (
            n_arabic + usize::from(it.chars().any(letter::is_arabic_letter)),
            n_latin + usize::from(it.chars().any(|c| c.is_ascii_alphabetic())),
        )
    })
}

/// Whether each line of a block is read from right to left.
///
/// On an Arabic page, a line with an Arabic letter is, however many Latin words it has, unless it is of a paragraph that is
/// not: of lines that begin and end with Latin letters, of which one ends with its full stop on the right. One of Latin
/// words alone is if what ends a sentence stands on its left; most do not show it.
fn directions<'a>(lines: impl Iterator<Item = &'a [String]>, is_page_rtl: bool) -> Vec<bool> {
    let lines: Vec<LineLetters> = lines.map(LineLetters::new).collect();
    let by_itself = |(idx, line): (usize, &LineLetters)| {
        let is_latin = || {
            let above = lines[..idx].iter().rev().take_while(|it| it.is_within_latin);
            let below = lines[idx..].iter().take_while(|it| it.is_within_latin);
            above.chain(below).any(|it| it.shown == Some(false))
        };
        match (line.n_arabic, line.n_latin) {
            (0, 0) => Some(is_page_rtl),
            (0, _) if is_page_rtl => line.shown,
            (a, l) if a < l => Some(is_page_rtl && !(line.is_within_latin && is_latin())),
            _ => Some(true),
        }
    };
    let shown: Vec<Option<bool>> = lines.iter().enumerate().map(by_itself).collect();
    let mut directions = Vec::with_capacity(shown.len());
    for (idx, it) in shown.iter().enumerate() {
        // A line that does not show it goes with the next that does: the last of a paragraph has its full stop.
        let next = || shown[idx..].iter().copied().flatten().next();
        directions.push(it.or_else(next).unwrap_or(is_page_rtl));
    }
    directions
}

/// The letters of a line, as far as they tell its direction.
struct LineLetters {
    n_arabic: usize,
    n_latin: usize,
    /// Whether its first and last letters are Latin, and most.
    is_within_latin: bool,
    shown: Option<bool>,
}

impl LineLetters {
    fn new(units: &[String]) -> Self {
        let (n_arabic, n_latin) = n_letters(units.iter().map(String::as_str));
        let letters = || units.iter().flat_map(|it| it.chars()).filter(|c| c.is_alphabetic());
        let is_latin = |it: Option<char>| it.is_some_and(|c| c.is_ascii_alphabetic());
        Self {
            n_arabic,
            n_latin,
            is_within_latin: n_arabic < n_latin && is_latin(letters().next()) && is_latin(letters().next_back()),
            shown: shown_direction(units),
        }
    }
}

/// Whether a line was put in order from right to left, by what ends a sentence: no line begins with that.
fn shown_direction(units: &[String]) -> Option<bool> {
    let ends = |it: Option<&String>| it.is_some_and(|it| it.starts_with(['.', ',', ':', ';', '?', '!', '،', '؛', '؟']));
    match (ends(units.first()), ends(units.last())) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Whether the first letter of a line, from left to right, is a Latin one.
fn begins_latin(units: &[String]) -> bool {
    let first = units.iter().flat_map(|it| it.chars()).find(|c| c.is_alphabetic());
    first.is_some_and(|c| c.is_ascii_alphabetic())
}

/// Whether a line of Arabic begins on the left with a label in Latin letters and its colon: «Author: سلمى الحداد». In a line
/// that is read from the right, the colon of a word would stand on its left.
fn has_latin_label(units: &[String]) -> bool {
    /// A label is no longer, in letters and in words. Guesses.
    const LONGEST: usize = 40;
    const MOST_WORDS: usize = 4;
    let line = units.concat();
    let Some((label, rest)) = line.trim_start().split_once(':') else {
        return false;
    };
    let is_label = label.starts_with(|c: char| c.is_ascii_uppercase())
        && label
            .bytes()
            .all(|it| it.is_ascii_alphabetic() || matches!(it, b' ' | b'-' | b'/'))
        && !label.ends_with(' ')
        && label.len() <= LONGEST
        && label.split_whitespace().nth(MOST_WORDS).is_none();
    is_label && rest.starts_with(' ') && rest.chars().any(letter::is_arabic_letter)
}

/// Whether a line without Arabic letters begins where a line of Latin begins, and not where one of Arabic does.
fn is_latin_at_start(row: &Row, units: &[String], left: f64, right: f64) -> bool {
    let (n_arabic, n_latin) = n_letters(units.iter().map(String::as_str));
    let size = median(row.signs.iter().map(|it| it.size).collect());
    let start = row.signs.iter().map(|it| it.start).fold(f64::INFINITY, f64::min);
    let end = row.signs.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max);
    n_arabic == 0 && n_latin != 0 && start - left < size && LATE_START * size < right - end
}

/// Whether the lines of Arabic of a page were put in order as if they were of Latin, as programs do that know nothing of
/// the direction of a text: most full stops stand on the right.
fn is_set_ltr<'a>(lines: impl Iterator<Item = &'a [String]>) -> bool {
    let is_arabic = |units: &&[String]| {
        let (n_arabic, n_latin) = n_letters(units.iter().map(String::as_str));
        n_latin < n_arabic
    };
    let shown: Vec<bool> = lines.filter(is_arabic).filter_map(shown_direction).collect();
    let n_rtl = shown.iter().filter(|it| **it).count();
    n_rtl * 2 < shown.len()
}

/// The signs of a line, from left to right, with the spaces between them.
fn units(signs: &[Sign]) -> Vec<String> {
    let size = median(signs.iter().map(|it| it.size).collect());
    let has_spaces = signs.iter().any(Sign::is_blank);
    let mut units: Vec<String> = Vec::new();
    let mut reach = f64::NEG_INFINITY;
    let mut is_lengthened = false;
    let mut before: Option<&Sign> = None;
    for sign in signs {
        // Letters are drawn twice to look bold.
        let is_twice = |it: &Sign| it.text == sign.text && (sign.start - it.start).abs() < 0.12 * size;
        if !sign.text.trim().is_empty() && before.is_some_and(is_twice) {
            continue;
        }
        before = Some(sign);
        is_lengthened |= sign.text.is_empty();
        let is_arabic = |it: &str| it.chars().any(letter::is_arabic_letter);
        let word_gap = match units.last() {
            _ if is_lengthened => WORD_GAP_WITHIN_WORD,
            // Where the direction changes, some programs draw no space.
            Some(last) if has_spaces && is_arabic(last) == is_arabic(&sign.text) => WORD_GAP_AMONG_SPACES,
            _ => WORD_GAP,
        };
        let is_gap = word_gap * size < sign.start - reach;
        is_lengthened = sign.text.is_empty();
        let is_after_word = units.last().is_some_and(|it| it != " ");
        if is_after_word && (sign.is_blank() || is_gap) {
            units.push(" ".to_owned());
        }
        if !sign.is_blank() {
            reach = reach.max(sign.end);
            units.extend((!sign.text.is_empty()).then(|| sign.text.clone()));
        }
    }
    units
}

/// The brackets that are to be swapped: in Arabic they are drawn mirrored, and programs differ in which of the two they
/// say was drawn. They said the other if most that open a pair stand behind a word, and those that close it before one.
fn swapped_brackets(lines: &[(usize, PrintedLine)]) -> Vec<(char, char)> {
    let is_swapped = |(open, close): &(char, char)| {
        let (mut n_right, mut n_wrong) = (0, 0);
        for (_, line) in lines.iter().filter(|(_, it)| it.is_rtl) {
            let mut before = ' ';
            let mut letters = line.text.chars().peekable();
            while let Some(c) = letters.next() {
                let after = letters.peek().copied().unwrap_or(' ');
                // «(c) 2024» is read from left to right.
                if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() {
                    before = c;
                    continue;
                }
                match (before.is_alphanumeric(), after.is_alphanumeric()) {
                    (false, true) if c == *open => n_right += 1,
                    (true, false) if c == *close => n_right += 1,
                    (false, true) if c == *close => n_wrong += 1,
                    (true, false) if c == *open => n_wrong += 1,
                    _ => {}
                }
                before = c;
            }
        }
        n_right < n_wrong
    };
    BRACKETS.into_iter().filter(is_swapped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(on_page: &str) -> Vec<Sign> {
        let sign = |(idx, c): (usize, char)| Sign {
            text: c.to_string(),
            start: idx as f64 * 5.0,
            end: (idx + 1) as f64 * 5.0,
            y: 0.0,
            size: 10.0,
        };
        on_page.chars().enumerate().map(sign).collect()
    }

    #[test]
    fn what_lengthens_a_word_does_not_tear_it() {
        let mut signs = signs("ةXيدلب");
        signs[1].text = String::new();
        assert_eq!(units(&signs).concat(), "ةيدلب");
        signs.remove(1);
        assert_eq!(units(&signs).concat(), "ة يدلب");
    }

    #[test]
    fn a_line_with_more_latin_letters_is_arabic_on_an_arabic_page() {
        let lines = [
            "ةمظنم International Fisheries Council",
            "Alpha Beta",
            "Omega Sigma.",
            "The قوس market",
        ];
        let units: Vec<Vec<String>> = lines.iter().map(|it| it.chars().map(String::from).collect()).collect();
        let check = |lines: &[usize], expected: &[bool]| {
            let lines = lines.iter().map(|it| units[*it].as_slice());
            assert_eq!(directions(lines, true), expected);
        };
        check(&[0], &[true]);
        check(&[1], &[true]);
        check(&[1, 0], &[true, true]);
        check(&[3, 0], &[true, true]);
        check(&[3, 1, 2], &[false, false, false]);
    }
}

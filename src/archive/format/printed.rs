//! From signs that are printed on pages to lines and paragraphs.
//!
//! Glyphs are gathered into lines, lines into columns, columns are read from right to left, and lines are joined to
//! paragraphs. What is read from left to right within a line (numbers, Latin words) is found by the reordering rules of
//! the bidirectional algorithm (UAX #9), applied backwards.

use unicode_normalization::UnicodeNormalization as _;

use crate::arabic::letter;
use crate::archive::article::SectionKind;
use crate::archive::record::PageLine;

use super::text::one_line;

// The distances below are in ems, the size of the letters. They were set by looking at pages; none is critical.

/// Glyphs this far apart vertically are on different lines.
const LINE_TOLERANCE: f64 = 0.4;
/// A gap between two glyphs that is a space.
const WORD_GAP: f64 = 0.18;
/// A gap in a line that may separate columns.
const COLUMN_GAP: f64 = 1.2;
/// A line that ends with a sentence, this far before the edge of its column, is the last of a paragraph.
const SHORT_LINE: f64 = 2.5;

/// A sign on a page. Places are in points from the lower left corner.
#[derive(Clone, Debug)]
pub struct Sign {
    pub text: String,
    pub start: f64,
    pub end: f64,
    pub y: f64,
    pub size: f64,
}

/// A line of a page, in the order of reading.
#[derive(Clone, Debug)]
pub struct PrintedLine {
    text: String,
    start: f64,
    end: f64,
    y: f64,
    size: f64,
    is_rtl: bool,
    /// Where its column ends in the direction of reading.
    column_end: f64,
    /// Whether it is the first of a column or a page.
    is_first: bool,
}

/// The lines of all pages, joined to paragraphs.
pub fn page_lines(mut lines: Vec<(usize, PrintedLine)>, n_pages: usize) -> Vec<PageLine> {
    put_brackets_right(&mut lines);
    let furniture = furniture(&lines, n_pages);
    let body_size = median(lines.iter().map(|(_, it)| it.size).collect());
    let mut paragraphs: Vec<PageLine> = Vec::new();
    let mut open: Option<(String, PrintedLine)> = None;
    // What stands between the pages that a paragraph goes over comes after it.
    let mut aside: Vec<PageLine> = Vec::new();
    let mut has_title = false;
    let close = |open: &mut Option<(String, PrintedLine)>, paragraphs: &mut Vec<PageLine>, has_title: &mut bool| {
        let Some((text, line)) = open.take() else { return };
        let n_words = text.split_whitespace().count();
        let is_title = !*has_title && body_size * 1.25 < line.size && 3 <= n_words && paragraphs.len() <= 6;
        *has_title |= is_title;
        paragraphs.push((text, is_title.then_some(SectionKind::Title)));
    };
    for (idx, (_, line)) in lines.into_iter().enumerate() {
        if furniture[idx] {
            aside.push((line.text, Some(SectionKind::Boilerplate)));
            continue;
        }
        let goes_on = open.as_ref().is_some_and(|(text, before)| goes_on(text, before, &line));
        if goes_on && let Some((text, before)) = &mut open {
            text.push(' ');
            text.push_str(&line.text);
            *before = line;
        } else {
            close(&mut open, &mut paragraphs, &mut has_title);
            paragraphs.append(&mut aside);
            open = Some((line.text.clone(), line));
        }
    }
    close(&mut open, &mut paragraphs, &mut has_title);
    paragraphs.append(&mut aside);
    paragraphs
}

/// Whether a line goes on with the paragraph that ended, so far, with the line before.
fn goes_on(text: &str, before: &PrintedLine, line: &PrintedLine) -> bool {
    let size = before.size.max(line.size);
    if 0.12 < (before.size - line.size).abs() / size || before.is_rtl != line.is_rtl {
        return false;
    }
    let room = if before.is_rtl {
        before.start - before.column_end
    } else {
        before.column_end - before.end
    };
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
    let is_far = size * 2.2 < before.y - line.y;
    let is_indented = if line.is_rtl {
        line.end < before.end - 0.8 * size
    } else {
        before.start + 0.8 * size < line.start
    };
    !(is_far || ends_early || is_indented && ends_sentence)
}

/// Which lines are a page's furniture: what several pages have at the top or bottom, and page numbers there.
fn furniture(lines: &[(usize, PrintedLine)], n_pages: usize) -> Vec<bool> {
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
        is_furniture[*idx] = is_number || stands_elsewhere;
    }
    is_furniture
}

/// The lines of a page in the order of reading.
pub fn reading_order(signs: Vec<Sign>) -> Vec<PrintedLine> {
    let n_arabic = signs
        .iter()
        .filter(|it| it.text.chars().any(letter::is_arabic_letter))
        .count();
    let n_latin = signs
        .iter()
        .filter(|it| it.text.chars().any(|c| c.is_ascii_alphabetic()))
        .count();
    let is_rtl = n_latin <= n_arabic;
    let mut blocks = Vec::new();
    cut(segments(signs), is_rtl, 0, &mut blocks);
    let mut lines = Vec::new();
    for block in blocks {
        let column_start = block.iter().map(|it| it.start()).fold(f64::INFINITY, f64::min);
        let column_end = block.iter().map(|it| it.end()).fold(f64::NEG_INFINITY, f64::max);
        let mut rows: Vec<Vec<Sign>> = Vec::new();
        for segment in block {
            let row = rows.last_mut().filter(|row| is_same_line(&row[0], &segment.signs[0]));
            match row {
                Some(row) => row.extend(segment.signs),
                None => rows.push(segment.signs),
            }
        }
        for (idx, row) in rows.into_iter().enumerate() {
            let mut line = line(row);
            line.column_end = if line.is_rtl { column_start } else { column_end };
            line.is_first = idx == 0;
            if !line.text.is_empty() {
                lines.push(line);
            }
        }
    }
    lines
}

fn is_same_line(a: &Sign, b: &Sign) -> bool {
    (a.y - b.y).abs() < LINE_TOLERANCE * a.size.max(b.size)
}

/// Signs of one line without a wide gap between them, from left to right.
struct Segment {
    signs: Vec<Sign>,
}

impl Segment {
    fn start(&self) -> f64 {
        self.signs.iter().map(|it| it.start).fold(f64::INFINITY, f64::min)
    }

    fn end(&self) -> f64 {
        self.signs.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max)
    }

    fn y(&self) -> f64 {
        self.signs.first().map_or(0.0, |it| it.y)
    }

    fn size(&self) -> f64 {
        self.signs.first().map_or(0.0, |it| it.size)
    }
}

fn segments(mut signs: Vec<Sign>) -> Vec<Segment> {
    signs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Sign>> = Vec::new();
    for sign in signs {
        match rows.last_mut().filter(|row| is_same_line(&row[0], &sign)) {
            Some(row) => row.push(sign),
            None => rows.push(vec![sign]),
        }
    }
    let mut segments = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| (a.start + a.end).total_cmp(&(b.start + b.end)));
        let mut signs: Vec<Sign> = Vec::new();
        let mut reach = f64::NEG_INFINITY;
        for sign in row {
            let is_blank = sign.text.trim().is_empty();
            if !is_blank && COLUMN_GAP * sign.size < sign.start - reach && !signs.is_empty() {
                segments.push(Segment {
                    signs: std::mem::take(&mut signs),
                });
            }
            if !is_blank {
                reach = reach.max(sign.end);
            }
            signs.push(sign);
        }
        // Blanks at the ends of lines reach into the next column.
        segments.push(Segment { signs });
    }
    for segment in &mut segments {
        while segment.signs.last().is_some_and(|it| it.text.trim().is_empty()) {
            segment.signs.pop();
        }
        let n_blank = segment.signs.iter().take_while(|it| it.text.trim().is_empty()).count();
        segment.signs.drain(..n_blank);
    }
    segments.retain(|it| !it.signs.is_empty());
    segments
}

/// Cuts a page into blocks in the order of reading, at white stripes: first from side to side, then down the page
/// (the recursive XY cut of Nagy and Seth, 1984).
fn cut(mut segments: Vec<Segment>, is_rtl: bool, depth: usize, blocks: &mut Vec<Vec<Segment>>) {
    /// A page that is cut more often is no page. A guess.
    const MAX_DEPTH: usize = 24;
    if segments.is_empty() {
        return;
    }
    segments.sort_by(|a, b| b.y().total_cmp(&a.y()));
    let size = median(segments.iter().map(Segment::size).collect());
    if depth < MAX_DEPTH {
        if let Some(x) = gutter(&segments, size) {
            let (left, right): (Vec<_>, Vec<_>) = segments.into_iter().partition(|it| it.end() <= x);
            let (first, second) = if is_rtl { (right, left) } else { (left, right) };
            cut(first, is_rtl, depth + 1, blocks);
            cut(second, is_rtl, depth + 1, blocks);
            return;
        }
        if let Some(y) = stripe(&segments, size) {
            let (above, below): (Vec<_>, Vec<_>) = segments.into_iter().partition(|it| y < it.y());
            cut(above, is_rtl, depth + 1, blocks);
            cut(below, is_rtl, depth + 1, blocks);
            return;
        }
    }
    blocks.push(segments);
}

/// Where no segment stands from top to bottom, with several lines on both sides.
fn gutter(segments: &[Segment], size: f64) -> Option<f64> {
    let mut extents: Vec<(f64, f64)> = segments.iter().map(|it| (it.start(), it.end())).collect();
    extents.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ends: Vec<f64> = extents.iter().map(|it| it.1).collect();
    ends.sort_by(f64::total_cmp);
    let mut reach = extents.first()?.1;
    let mut widest: Option<(f64, f64)> = None;
    for (start, end) in extents {
        let gap = start - reach;
        if 0.8 * size < gap && widest.is_none_or(|(width, _)| width < gap) {
            let n_before = ends.partition_point(|end| *end <= reach);
            if 3 <= n_before && 3 <= segments.len() - n_before {
                widest = Some((gap, reach));
            }
        }
        reach = reach.max(end);
    }
    widest.map(|(_, x)| x + 0.01)
}

/// The widest gap between lines below which the page may be divided otherwise; only where something is to gain, which
/// is where lines have several segments.
fn stripe(segments: &[Segment], size: f64) -> Option<f64> {
    let has_parallel = segments
        .windows(2)
        .any(|it| (it[0].y() - it[1].y()).abs() < LINE_TOLERANCE * size);
    if !has_parallel {
        return None;
    }
    let gaps = segments
        .windows(2)
        .map(|it| (it[0].y() - it[1].y(), (it[0].y() + it[1].y()) / 2.0));
    let (gap, y) = gaps.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (1.6 * size < gap).then_some(y)
}

/// The text of the signs of one line, which are put in order.
fn line(mut signs: Vec<Sign>) -> PrintedLine {
    signs.sort_by(|a, b| (a.start + a.end).total_cmp(&(b.start + b.end)));
    let size = median(signs.iter().map(|it| it.size).collect());
    let y = signs.first().map_or(0.0, |it| it.y);
    let start = signs.iter().map(|it| it.start).fold(f64::INFINITY, f64::min);
    let end = signs.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max);
    // Letters are drawn twice to look bold.
    signs.dedup_by(|b, a| a.text == b.text && !a.text.trim().is_empty() && (b.start - a.start).abs() < 0.12 * size);
    let mut units: Vec<String> = Vec::new();
    let mut marks: Vec<(f64, String)> = Vec::new();
    let mut extents: Vec<(f64, f64)> = Vec::new();
    let mut reach = f64::NEG_INFINITY;
    for sign in &signs {
        let text = logical_letters(&sign.text);
        if text.trim().is_empty() {
            if units.last().is_some_and(|it| it != " ") {
                units.push(" ".to_owned());
                extents.push((sign.start, sign.end));
            }
            continue;
        }
        if text.chars().all(letter::is_within_word) {
            marks.push(((sign.start + sign.end) / 2.0, text));
            continue;
        }
        if WORD_GAP * size < sign.start - reach && units.last().is_some_and(|it| it != " ") {
            units.push(" ".to_owned());
            extents.push((reach, sign.start));
        }
        units.push(text);
        extents.push((sign.start, sign.end));
        reach = reach.max(sign.end);
    }
    // A mark belongs to the letter above or below which it stands.
    let letters = extents.iter().enumerate().filter(|(idx, _)| units[*idx] != " ");
    let middles: Vec<(f64, usize)> = letters.map(|(idx, it)| ((it.0 + it.1) / 2.0, idx)).collect();
    for (x, mark) in marks {
        // They were put in order by their middles.
        let after = middles.partition_point(|(middle, _)| *middle < x);
        let near = &middles[after.saturating_sub(1)..(after + 1).min(middles.len())];
        let over = near.iter().min_by(|a, b| (a.0 - x).abs().total_cmp(&(b.0 - x).abs()));
        if let Some((_, idx)) = over {
            units[*idx].push_str(&mark);
        }
    }
    let n_arabic = units
        .iter()
        .filter(|it| it.chars().any(letter::is_arabic_letter))
        .count();
    let n_latin = units
        .iter()
        .filter(|it| it.chars().any(|c| c.is_ascii_alphabetic()))
        .count();
    let is_rtl = n_latin <= n_arabic;
    if is_rtl {
        units = logical_order(units);
    }
    let text = units.concat();
    PrintedLine {
        text: one_line(&text),
        start,
        end,
        y,
        size,
        is_rtl,
        column_end: 0.0,
        is_first: false,
    }
}

/// Presentation forms as the letters that they are forms of; without control characters.
fn logical_letters(text: &str) -> String {
    let mut letters = String::new();
    for c in text.chars() {
        match c {
            '\u{FD3E}' | '\u{FD3F}' => letters.push(c),
            // There, marks are above a space or a tatweel.
            '\u{FE70}'..='\u{FE7F}' => {
                letters.extend(c.nfkc().filter(|it| !it.is_whitespace() && *it != letter::TATWEEL));
            }
            '\u{FB50}'..='\u{FDFF}' | '\u{FE80}'..='\u{FEFC}' | '\u{FB00}'..='\u{FB06}' => letters.extend(c.nfkc()),
            c if c.is_control() || letter::is_invisible(c) => {}
            c => letters.push(c),
        }
    }
    letters
}

/// The units of a line that is read from right to left, from their order on the page to that of reading.
fn logical_order(mut units: Vec<String>) -> Vec<String> {
    units.reverse();
    let is_latin = |it: &String| it.chars().any(|c| c.is_alphabetic() && !letter::is_arabic_letter(c));
    let is_digit = |it: &String| it.chars().any(|c| letter::digit(c).is_some());
    let is_arabic = |it: &String| it.chars().any(letter::is_arabic_letter);
    let mut start = 0;
    while start < units.len() {
        if !is_latin(&units[start]) && !is_digit(&units[start]) {
            start += 1;
            continue;
        }
        // A run from left to right ends with its last letter or digit; what stands between is part of it: between
        // Latin words anything but Arabic, between digits only a separator (UAX #9, W4 and N1).
        let mut end = start + 1;
        let mut idx = start + 1;
        let mut has_latin = is_latin(&units[start]);
        while idx < units.len() && !is_arabic(&units[idx]) {
            if is_latin(&units[idx]) || is_digit(&units[idx]) {
                let between = &units[end..idx];
                let is_number_separator = between.is_empty()
                    || between.len() == 1 && matches!(between[0].as_str(), "." | "," | ":" | "/" | "٫" | "٬");
                if !(is_number_separator || has_latin && is_latin_run(&units[end..], is_latin, is_arabic)) {
                    break;
                }
                has_latin |= is_latin(&units[idx]);
                end = idx + 1;
            }
            idx += 1;
        }
        units[start..end].reverse();
        start = end;
    }
    units
}

/// Whether another Latin letter follows before any Arabic one.
fn is_latin_run(units: &[String], is_latin: impl Fn(&String) -> bool, is_arabic: impl Fn(&String) -> bool) -> bool {
    let next = units.iter().find(|it| is_latin(it) || is_arabic(it));
    next.is_some_and(is_latin)
}

/// Brackets in Arabic are drawn mirrored, and programs differ in which of the two they say was drawn. Where most pairs
/// close before they open they said the other.
fn put_brackets_right(lines: &mut [(usize, PrintedLine)]) {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];
    for (open, close) in PAIRS {
        let (mut n_right, mut n_wrong) = (0, 0);
        for (_, line) in lines.iter().filter(|(_, it)| it.is_rtl) {
            match (line.text.find(open), line.text.find(close)) {
                (Some(a), Some(b)) if a < b => n_right += 1,
                (Some(_), Some(_)) => n_wrong += 1,
                _ => {}
            }
        }
        if n_wrong <= n_right {
            continue;
        }
        for (_, line) in lines.iter_mut().filter(|(_, it)| it.is_rtl) {
            let swapped = line.text.chars().map(|c| match c {
                c if c == open => close,
                c if c == close => open,
                c => c,
            });
            line.text = swapped.collect();
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line whose glyphs are on the page from left to right as given.
    #[track_caller]
    fn check(on_page: &str, expected: &str) {
        let signs = on_page.chars().enumerate().map(|(idx, c)| Sign {
            text: c.to_string(),
            start: idx as f64 * 5.0,
            end: (idx + 1) as f64 * 5.0,
            y: 0.0,
            size: 10.0,
        });
        assert_eq!(line(signs.collect()).text, expected);
    }

    fn mirrored(text: &str) -> String {
        text.chars().rev().collect()
    }

    #[test]
    fn a_line_is_read_from_right_to_left() {
        check(&mirrored("قال الوزير"), "قال الوزير");
        check(&format!("2024 {}", mirrored("مارس")), "مارس 2024");
        check(&format!("2024/3/12 {}", mirrored("يوم")), "يوم 2024/3/12");
        check(
            &format!("{} 12 - 15 {}", mirrored("من"), mirrored("بين")),
            "بين 15 - 12 من",
        );
        check(
            &format!("{} Al Manar TV {}", mirrored("اليوم"), mirrored("قناة")),
            "قناة Al Manar TV اليوم",
        );
        check("The 12 ministers", "The 12 ministers");
    }

    #[test]
    fn presentation_forms_are_letters() {
        check("\u{FE8E}\u{FEE7}\u{FE83}", "أنا");
        check("\u{FEFC}\u{FED7}", "قلا");
    }

    #[test]
    fn marks_stay_with_their_letters() {
        let sign = |text: &str, start: f64, end: f64| Sign {
            text: text.to_owned(),
            start,
            end,
            y: 0.0,
            size: 10.0,
        };
        let signs = vec![sign("ب", 0.0, 5.0), sign("ت", 5.0, 10.0), sign("\u{64E}", 6.5, 7.5)];
        assert_eq!(line(signs).text, "ت\u{64E}ب");
    }
}

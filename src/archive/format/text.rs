//! Plain text: its lines as they were meant.
//!
//! Only line ends are changed, each into as many bytes, so that positions stay those of the file.

use std::ops::Range;

use crate::arabic::letter;
use crate::archive::date;

use super::flattened;

/// The widths, in characters, at which terminals, mail programs and old editors wrap lines. Verse is shorter,
/// paragraphs are longer. Picked by feel.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=160;

/// How many lines are examined. A guess.
const SAMPLE: usize = 400;
/// With fewer lines that were broken, it may be chance. A guess.
const MIN_BROKEN: usize = 3;
/// With so many, odd lines among them are odd. A guess.
const MANY_BROKEN: usize = 8;
/// A line shorter than this share of the width was ended on purpose: a row of a table, an address, verse. At most one in
/// so many lines that end within a sentence may be of that kind. Guesses.
const SHORT_IN_100: usize = 60;
const ONE_SHORT_IN: usize = 3;
/// A line that is longer than any width and has at most so many words is an address. A guess.
const ADDRESS_WORDS: usize = 4;
/// The cells of a table have at most so many words, on average. A guess.
const CELL_WORDS: usize = 4;
/// A paragraph is broken into at most so many lines, on average. A guess: the text of a whole article.
const LINES_OF_A_PARAGRAPH: usize = 30;
/// At most one line in so many is longer than the width. A guess: a headline, a line that was pasted in.
const ONE_LONGER_IN: usize = 8;

/// The text with lines that end where its author wanted: old Macintoshes' ends of lines are ends of lines, lines that
/// were broken at a width are one line again, and runs of spaces for which a page's lines were lost are ends of lines.
pub fn with_whole_lines(mut text: String) -> String {
    if !text.contains('\n') && text.contains('\r') {
        text = with_bytes(text, |bytes| {
            let ends = bytes.iter_mut().filter(|it| **it == b'\r');
            ends.for_each(|it| *it = b'\n');
        });
    }
    let lost = flattened::lost_ends(&text);
    if !lost.is_empty() {
        return with_bytes(text, |bytes| {
            for at in lost {
                // A no-break space has two bytes, C2 A0.
                if bytes[at] == 0xC2 {
                    bytes[at + 1] = b' ';
                }
                bytes[at] = b'\n';
            }
        });
    }
    let Some(width) = wrapping_width(&text) else {
        return text;
    };
    // White space keeps its length, so that places stay places of the file.
    let mut within_paragraphs: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let content = line.trim_end();
        let next = lines.peek().map_or("", |it| it.trim_end());
        // A line that is set in begins a paragraph.
        let is_set_in = next.starts_with([' ', '\t']) && ends_like_a_sentence(content);
        let next = next.trim_start();
        let is_prose = || {
            [content, next]
                .iter()
                .all(|it| is_prose(it) && !date::is_only_a_date(it))
        };
        let is_broken = Line::new(content, next).is_broken(width) && !is_set_in && !begins_an_item(next);
        if is_broken && is_prose() {
            within_paragraphs.push(start + content.len()..start + line.len());
        }
        start += line.len();
    }
    with_bytes(text, |bytes| {
        for ends in within_paragraphs {
            let ends = bytes.get_mut(ends).into_iter().flatten();
            let ends = ends.filter(|it| matches!(**it, b'\n' | b'\r'));
            ends.for_each(|it| *it = b' ');
        }
    })
}

/// The text after `change`, which only puts bytes of ASCII in the place of others. A copy of a large file would be
/// felt.
fn with_bytes(text: String, change: impl FnOnce(&mut [u8])) -> String {
    let mut bytes = text.into_bytes();
    change(&mut bytes);
    // It still is UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
}

/// The width at which the lines of a text were broken; `None` if they were not. They were if, wherever a line ends
/// within a sentence, the next line's first word would not have fitted it; 17 in 20 are enough, for a page has odd
/// lines. A few lines may be longer, and those of a table or an address are not counted.
fn wrapping_width(text: &str) -> Option<usize> {
    let lines: Vec<&str> = text.lines().map(str::trim).take(SAMPLE).collect();
    // Cheap, and true of most texts: a paragraph is a line.
    let n_lines = lines.iter().filter(|it| !it.is_empty()).count();
    let is_paragraph = |it: &&&str| is_longer(it, *WIDTHS.end()) && it.split_whitespace().nth(ADDRESS_WORDS).is_some();
    let n_paragraphs = lines.iter().filter(is_paragraph).count();
    if n_lines <= MIN_BROKEN || n_lines < n_paragraphs * ONE_LONGER_IN {
        return None;
    }
    let prose: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|it| is_prose(it) && !is_address(it))
        .collect();
    let mut widths: Vec<usize> = prose.iter().map(|it| it.chars().count()).collect();
    widths.sort_unstable_by_key(|it| std::cmp::Reverse(*it));
    let n_longer = widths.len() / ONE_LONGER_IN;
    if widths.get(n_longer).is_none_or(|it| WIDTHS.end() < it) {
        return None;
    }
    let blocks: Vec<Vec<Line>> = lines.split(|it| it.is_empty()).map(open_lines).collect();
    // A long line by itself may be a headline, at whatever width the others were broken.
    let widest = lines
        .split(|it| it.is_empty())
        .filter(|block| 1 < block.len())
        .flatten();
    let widest = widest
        .filter(|it| is_prose(it) && !is_address(it))
        .map(|it| it.chars().count())
        .max()?;
    widths.truncate(n_longer + 1);
    widths.dedup();
    widths.into_iter().filter(|it| WIDTHS.contains(it)).find(|width| {
        let is_short = |it: &&Line| it.length * 100 < width * SHORT_IN_100;
        // A table or an address by itself says nothing of the others.
        let prose = blocks.iter().filter(|block| !block.iter().all(|it| is_short(&it)));
        let open: Vec<&Line> = prose.flatten().filter(|it| it.length <= *width).collect();
        let (n_open, n_broken) = (open.len(), open.iter().filter(|it| it.is_broken(*width)).count());
        let n_short = open.iter().filter(|it| is_short(it)).count();
        let n_counted = match MANY_BROKEN <= n_broken {
            true => n_open - n_short.min(n_open / ONE_SHORT_IN),
            false => n_open,
        };
        let is_broken = MIN_BROKEN <= n_broken && n_counted * 17 <= n_broken * 20;
        // Where the longest line is longer than the width, chance has more widths to choose from.
        let is_sure = widest <= *width || MANY_BROKEN <= n_broken;
        is_broken && is_sure && n_broken <= n_ends(&lines, *width) * LINES_OF_A_PARAGRAPH
    })
}

/// The lines of a block that end within a sentence and have another below them.
fn open_lines(block: &[&str]) -> Vec<Line> {
    let is_counted = |it: &&str| is_prose(it) && !is_address(it);
    let pairs = block.windows(2).filter(|it| it.iter().all(is_counted));
    let open = pairs.filter(|it| !ends_like_a_sentence(it[0]));
    open.map(|it| Line::new(it[0], it[1])).collect()
}

/// How many paragraphs end where lines are broken at `width`: below a broken line one ends with a stop, or is shorter
/// and the last before an empty one. A list of headlines that happen to have one length has none.
fn n_ends(lines: &[&str], width: usize) -> usize {
    let below = |idx: usize| lines.get(idx).copied().unwrap_or_default();
    let broken = (0..lines.len()).filter(|idx| Line::new(lines[*idx], below(idx + 1)).is_broken(width));
    let is_end = |idx: &usize| {
        let line = below(idx + 1);
        let is_short = line.chars().count() * 100 < width * 85;
        ends_like_a_sentence(line) || is_short && below(idx + 2).is_empty()
    };
    broken.filter(is_end).count()
}

/// A line, by what tells whether it was broken; in letters.
struct Line {
    length: usize,
    /// Of the first word of the next line; 0 if there is none.
    next_word: usize,
}

impl Line {
    fn new(line: &str, next: &str) -> Self {
        let word = next.split_whitespace().next().unwrap_or_default();
        Self {
            length: line.trim().chars().count(),
            next_word: word.chars().count(),
        }
    }

    /// Whether it has no room for the first word of the next. Widths of letters differ, so it need only reach 85 in 100
    /// of the width. A line that is longer was not broken at it.
    fn is_broken(&self, width: usize) -> bool {
        self.next_word != 0 && self.length <= width && width * 85 < (self.length + 1 + self.next_word) * 100
    }
}

/// Whether a line is words one after another: no address by itself, no row of a table.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    let n_gaps = line.matches(['|', '\t']).count() + line.matches("   ").count();
    let is_row = n_gaps != 0 && line.split_whitespace().count() <= (n_gaps + 1) * CELL_WORDS;
    let is_lone_address = is_address(line) && !line.chars().any(letter::is_arabic_letter);
    !line.is_empty() && !is_row && !is_lone_address
}

/// Whether a line has more than `limit` letters.
fn is_longer(line: &str, limit: usize) -> bool {
    limit < line.len() && line.char_indices().nth(limit).is_some()
}

/// Whether a line has an address, which is never broken, however long it is.
fn is_address(line: &str) -> bool {
    line.contains("://") || line.contains("www.")
}

/// A text in one line, with one space wherever it has white space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ends_like_a_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '»' | '”' | ')'));
    end.ends_with(['.', '؟', '!', '…', '?', ':'])
}

fn begins_an_item(line: &str) -> bool {
    line.starts_with(['-', '•', '*', '–']) || line.starts_with("المصدر")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, lines: &[&str]) {
        let whole = with_whole_lines(text.to_owned());
        assert_eq!(whole.len(), text.len());
        assert_eq!(whole.lines().filter(|it| !it.is_empty()).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn broken_lines_are_one_again() {
        let line = "كلمات كثيرة في سطر طويل لا تنتهي عنده الجملة بل تمضي إلى ما";
        let text = format!("عنوان\n\n{line}\n{line}\nنهاية.\n\n{line}\n{line}\n{line}\nنهاية.\n");
        let paragraphs = [format!("{line} {line} نهاية."), format!("{line} {line} {line} نهاية.")];
        check(&text, &["عنوان", &paragraphs[0], &paragraphs[1]]);
    }

    #[test]
    fn an_address_a_table_and_a_long_line_change_nothing() {
        let line = "كلمات كثيرة في سطر طويل لا تنتهي عنده الجملة بل تمضي إلى ما";
        let address =
            "https://madar.example/news/2024/03/14/an-address-that-is-longer-than-any-line-of-the-text-above-it";
        let long = "عنوان طويل لم يكسره أحد عند العرض الذي كسرت عنده الأسطر الأخرى كلها في هذا النص";
        let (whole, table) = (format!("{line} {line} نهاية."), "القمح 12\nالشعير 9\nالذرة 7");
        let text = format!("{long}\n\n{line}\n{line}\nنهاية.\n\n{table}\n\n{line}\n{line}\nنهاية.\n\n{address}\n");
        let rows: Vec<&str> = table.lines().collect();
        check(&text, &[long, &whole, rows[0], rows[1], rows[2], &whole, address]);
    }

    #[test]
    fn paragraphs_of_a_line_each_stay() {
        let line = "جملة تامة في سطر طويل تنتهي عنده الجملة كما ينبغي لها أن تنتهي.";
        check(&format!("{line}\n").repeat(6), &[line; 6]);
        check("أ\rب", &["أ", "ب"]);
    }
}

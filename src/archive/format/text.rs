//! Plain text: its lines as they were meant.
//!
//! Only line ends are changed, each into as many bytes, so that positions stay those of the file.

use std::ops::Range;

/// The widths, in characters, at which terminals, mail programs and old editors wrap lines. Verse is shorter,
/// paragraphs are longer. Picked by feel.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=160;

/// The text with lines that end where its author wanted: old Macintoshes' ends of lines are ends of lines, and lines
/// that were broken at a width are one line again.
pub fn with_whole_lines(mut text: String) -> String {
    if !text.contains('\n') && text.contains('\r') {
        text = with_bytes(text, |bytes| {
            let ends = bytes.iter_mut().filter(|it| **it == b'\r');
            ends.for_each(|it| *it = b'\n');
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
        if is_broken(content, next, width) && !is_set_in && !begins_an_item(next) {
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
/// lines.
fn wrapping_width(text: &str) -> Option<usize> {
    /// How many lines are examined. A guess.
    const SAMPLE: usize = 200;
    /// With fewer lines that end within a sentence, it may be chance. A guess.
    const MIN_OPEN: usize = 3;
    let lines: Vec<&str> = text.lines().map(str::trim).take(SAMPLE).collect();
    // Cheap, and true of most texts: a paragraph is a line.
    let width = lines.iter().map(|it| it.chars().count()).max()?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let pairs = lines.windows(2).filter(|it| !it[0].is_empty() && !it[1].is_empty());
    let open: Vec<_> = pairs.filter(|it| !ends_like_a_sentence(it[0])).collect();
    let n_broken = open.iter().filter(|it| is_broken(it[0], it[1], width)).count();
    (MIN_OPEN <= open.len() && open.len() * 17 <= n_broken * 20).then_some(width)
}

/// Whether a line has no room for the first word of the next. Widths of letters differ, so it need only reach 85 in 100
/// of the longest line.
fn is_broken(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().unwrap_or_default();
    !word.is_empty() && width * 85 < (line.trim().chars().count() + 1 + word.chars().count()) * 100
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
    fn paragraphs_of_a_line_each_stay() {
        let line = "جملة تامة في سطر طويل تنتهي عنده الجملة كما ينبغي لها أن تنتهي.";
        check(&format!("{line}\n").repeat(6), &[line; 6]);
        check("أ\rب", &["أ", "ب"]);
    }
}

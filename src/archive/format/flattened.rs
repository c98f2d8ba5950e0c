//! Pages whose mark-up was stripped: what were blocks stand in one line, divided by runs of spaces or tabs.

use memchr::memmem;

/// A run of at least this many spaces stands for an end of a line, and so does one with a tab. Seen: pages have two
/// between sentences.
const LOST_END: usize = 3;
/// A page has at least this many of them, and at most so many lines for each. Guesses: a table has as many lines as rows.
const MIN_LOST: usize = 3;
const LINES_FOR_EACH: usize = 2;
/// A page has at least one block of this many letters; the cells of a table are shorter. A guess.
const PARAGRAPH: usize = 80;
/// Of the blocks of at least so many letters, this share ends like a sentence. A guess: spaces that stand anywhere in a
/// sentence are no lost ends.
const BLOCK: usize = 60;
const STOPPED_IN_100: usize = 60;
/// At most one block in so many is a number: others are of a table that stands in the text. A guess.
const ONE_NUMBER_IN: usize = 4;
/// A text with more lines is no page that was flattened. A guess.
const MOST_LINES: usize = 40;

/// The places of spaces that should be ends of lines; none if the text is no such page.
pub fn lost_ends(text: &str) -> Vec<usize> {
    if !has_runs(text.as_bytes()) {
        return Vec::new();
    }
    let n_lines = text
        .lines()
        .filter(|it| !it.trim().is_empty())
        .take(MOST_LINES + 1)
        .count();
    if MOST_LINES < n_lines {
        return Vec::new();
    }
    let mut ends = Vec::new();
    let mut blocks = Blocks::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut block_start = start;
        for run in runs(line) {
            let end = start + run;
            let block = text[block_start..end].trim();
            // «آخر تحديث:   24 نوفمبر» is one line.
            if block.ends_with([':', '،', ',']) {
                continue;
            }
            ends.push(end);
            blocks.add(block);
            block_start = end;
        }
        start += line.len();
        blocks.add(text[block_start..start].trim());
    }
    let is_page = MIN_LOST <= ends.len() && n_lines <= ends.len() * LINES_FOR_EACH && blocks.are_of_page();
    if is_page { ends } else { Vec::new() }
}

/// Whether there may be any run at all. Most texts have none.
fn has_runs(text: &[u8]) -> bool {
    memchr::memchr(b'\t', text).is_some()
        || memmem::find(text, "\u{A0}".as_bytes()).is_some()
        || memmem::find(text, b"   ").is_some()
}

/// What the blocks between the runs are like.
#[derive(Default)]
struct Blocks {
    n: usize,
    n_numbers: usize,
    n_long: usize,
    n_stopped: usize,
    longest: usize,
}

impl Blocks {
    fn add(&mut self, block: &str) {
        let length = block.chars().count();
        self.longest = length.max(self.longest);
        self.n += usize::from(length != 0);
        self.n_numbers += usize::from(length != 0 && !block.chars().any(char::is_alphabetic));
        if BLOCK <= length {
            self.n_long += 1;
            let end = block.trim_end_matches(['"', '»', '”', ')', ' ', '>', '/']);
            self.n_stopped += usize::from(end.ends_with(['.', '؟', '!', '…', '?']));
        }
    }

    fn are_of_page(&self) -> bool {
        PARAGRAPH <= self.longest
            && self.n_long * STOPPED_IN_100 <= self.n_stopped * 100
            && self.n_numbers * ONE_NUMBER_IN <= self.n
    }
}

/// Where the runs in a line that stand for an end begin, in bytes; those at its own ends do not count.
fn runs(line: &str) -> Vec<usize> {
    let content = line.trim_end().len();
    let mut found = Vec::new();
    let mut at = (line.len() - line.trim_start().len()).min(content);
    while let Some(start) = line[at..content].find([' ', '\t', '\u{A0}']).map(|it| at + it) {
        let rest = &line[start..content];
        let run = &rest[..rest.len() - rest.trim_start_matches([' ', '\t', '\u{A0}']).len()];
        if LOST_END <= run.chars().count() || run.contains('\t') {
            found.push(start);
        }
        at = start + run.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل.";

    #[test]
    fn runs_of_spaces_are_the_lost_ends_of_lines() {
        let page = format!("   عنوان    الرئيسية \t رياضة   {TEXT}   {TEXT}  {TEXT}   ");
        let ends = lost_ends(&page);
        let mut lines = page.clone().into_bytes();
        ends.into_iter().for_each(|at| lines[at] = b'\n');
        let lines = String::from_utf8(lines).unwrap();
        let lines: Vec<&str> = lines.lines().map(str::trim).collect();
        let two = format!("{TEXT}  {TEXT}");
        assert_eq!(lines, ["عنوان", "الرئيسية", "رياضة", TEXT, &two]);
        let unbreakable = page.trim().replace("   ", "\u{A0}\u{A0}\u{A0}");
        assert_eq!(lost_ends(&unbreakable).len(), 4);
    }

    #[test]
    fn tables_and_odd_spaces_are_none() {
        let rows = "القمح   12   13\nالشعير   9   10\nالذرة   7   8\n".repeat(3);
        let odd = TEXT.replace(' ', "   ");
        for text in [
            rows.as_str(),
            TEXT,
            &format!("{odd} {odd}"),
            &format!("عنوان\n{TEXT}\n\n{rows}{}", TEXT.repeat(2)),
        ] {
            assert!(lost_ends(text).is_empty(), "{text}");
        }
    }
}

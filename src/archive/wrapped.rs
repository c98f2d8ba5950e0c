//! Text whose lines were broken at a fixed width, as in mail and old archives: its paragraphs are put together again.

use crate::arabic::letter;

/// Lines of broken text are no longer than this, in letters; longer ones are paragraphs.
const MAX_WIDTH: usize = 130;
/// Narrower columns are verse, tables and lists.
const MIN_WIDTH: usize = 45;
/// A line that was broken fills so much of the width: the next word, of up to some fifteen letters, did not fit.
const FULL: f32 = 0.75;
/// So many lines make a pattern.
const MIN_LINES: usize = 4;

/// `text` with a space for each line break within a paragraph, if its lines were broken at a fixed width. All else
/// stays where it is: the result has the same length.
pub fn joined(text: String) -> String {
    let Some(breaks) = breaks_within_paragraphs(&text) else {
        return text;
    };
    let mut bytes = text.into_bytes();
    for at in breaks {
        bytes[at] = b' ';
    }
    // A line feed is one byte, and so is a space.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Where the line feeds stand that only end a line, in bytes.
fn breaks_within_paragraphs(text: &str) -> Option<Vec<usize>> {
    struct Line<'a> {
        text: &'a str,
        length: usize,
        end: usize,
    }
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        start += line.len();
        let trimmed = line.trim();
        let length = trimmed.chars().filter(|c| !letter::is_tashkeel(*c)).count();
        if MAX_WIDTH < length {
            return None;
        }
        let end = start - 1;
        let text = trimmed;
        lines.push(Line { text, length, end });
    }
    let n_lines = lines.iter().filter(|line| line.length != 0).count();
    let width = lines.iter().map(|line| line.length).max()?;
    if n_lines < MIN_LINES || width < MIN_WIDTH {
        return None;
    }
    let goes_on = |pair: &[Line<'_>]| {
        let [line, next] = pair else { return false };
        next.length != 0 && width as f32 * FULL <= line.length as f32 && !ends_a_sentence(line.text)
    };
    let breaks: Vec<usize> = lines
        .windows(2)
        .filter(|pair| goes_on(pair))
        .map(|pair| pair[0].end)
        .collect();
    // Headlines one below the other have no stops either, but not the same length.
    let unstopped = lines
        .iter()
        .filter(|line| line.length != 0 && !ends_a_sentence(line.text))
        .count();
    (n_lines <= breaks.len() * 3 && unstopped * 2 <= breaks.len() * 3).then_some(breaks)
}

fn ends_a_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '»', '”', ')', '\'', ']'])
        .ends_with(['.', '؟', '!', '…', '?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: &str = "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من\n\
        العمل المتواصل في موقعين على ضفتي النهر، وحضر الحفل عدد من المهندسين و\n\
        العمال الذين شاركوا في بنائه.\n\
        وقال إن الجسر سيخفف الزحام عن وسط المدينة، وإن كلفته بلغت اثني عشر\n\
        مليون دينار دفعت من خزانة البلدية على ثلاث سنوات متتالية.\n";

    #[test]
    fn broken_lines_are_joined_up_to_the_end_of_their_paragraph() {
        let joined = joined(BROKEN.to_owned());
        assert_eq!(joined.len(), BROKEN.len());
        let lines: Vec<&str> = joined.lines().collect();
        assert_eq!(lines.len(), 2, "{joined}");
        assert!(lines[0].ends_with("في بنائه.") && lines[1].starts_with("وقال إن"));
    }

    #[test]
    fn headlines_and_paragraphs_stay_lines() {
        for text in [
            "عنوان أول\nعنوان ثان أطول من الأول بقليل\nوثالث\nورابع يطول حتى يبلغ خمسين حرفا أو ما يقارب ذلك كثيرا\nوخامس",
            "جملة تامة لها نقطة في آخرها وهي طويلة بما يكفي.\nجملة تامة لها نقطة في آخرها وهي طويلة كذلك.\nثالثة تامة لها نقطة في آخرها وهي طويلة أيضا.\nرابعة تامة لها نقطة.",
            "سطر واحد",
            "",
        ] {
            assert_eq!(joined(text.to_owned()), text);
        }
    }
}

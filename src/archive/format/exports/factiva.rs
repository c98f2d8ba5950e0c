//! Exports of Factiva, with the codes of its fields («HD», «PD», «AN») or without them. Each article ends with its
//! number: «Document XYZ0000020240303ek3300001».

use crate::archive::origin::FieldRole;

use super::item::{Item, is_day, is_number_of_words};
use super::labels::{self, Label};

/// The articles of an export; `None` if these lines are none.
pub fn items<'a>(lines: &[&'a str]) -> Option<Vec<Item<'a>>> {
    let mut items: Vec<Item> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let mut start = 0;
    for end in (0..lines.len()).filter(|idx| number(lines[*idx]).is_some()) {
        let part = &lines[start..end];
        let coded = || coded_item(part, labels::coded).or_else(|| coded_item(part, labels::coded_closely));
        match coded().or_else(|| plain_item(part, items.is_empty())) {
            Some(mut item) => {
                item.add("AN", FieldRole::Ignore, number(lines[end]).into_iter().collect());
                items.push(item);
            }
            None => others.extend(&lines[start..=end]),
        }
        start = end + 1;
    }
    others.extend(&lines[start..]);
    items.last_mut()?.others.extend(others);
    Some(items)
}

/// The number of the article that ends with this line. In an export with codes, «AN» may stand before it.
pub fn number(line: &str) -> Option<&str> {
    /// The code of an outlet, eight digits of a day, letters and digits.
    const LENGTHS: std::ops::Range<usize> = 15..45;
    let line = line
        .strip_prefix("AN")
        .map_or(line, |it| it.trim_start_matches([' ', '\t', '|']));
    let words = ["Document ", "Dokument ", "Documento ", "المستند "];
    let number = words.iter().find_map(|it| line.strip_prefix(it))?;
    let is_number = LENGTHS.contains(&number.len())
        && number.bytes().all(|it| it.is_ascii_alphanumeric())
        && number.starts_with(|c: char| c.is_ascii_uppercase())
        && 8 <= number.bytes().filter(u8::is_ascii_digit).count();
    is_number.then_some(number)
}

/// An article with the codes of its fields.
fn coded_item<'a>(lines: &[&'a str], coded: fn(&'a str) -> Option<(Label, &'a str)>) -> Option<Item<'a>> {
    let mut item = Item::default();
    let mut open: Option<(Label, Vec<&str>)> = None;
    for line in lines {
        match (coded(line), &mut open) {
            (Some((label, rest)), _) => {
                let rest = if rest.is_empty() { vec![] } else { vec![rest] };
                if let Some((label, lines)) = open.replace((label, rest)) {
                    item.add_labelled(label, lines);
                }
            }
            (None, Some((_, of_label))) => of_label.push(line),
            (None, None) => item.others.push(line),
        }
    }
    if let Some((label, lines)) = open {
        item.add_labelled(label, lines);
    }
    for field in item.fields.iter_mut().filter(|it| it.role == FieldRole::Byline) {
        field.lines.iter_mut().for_each(|it| *it = without_by(it));
    }
    let has = |role| item.has(role);
    (has(FieldRole::Title) && (has(FieldRole::Date) || has(FieldRole::Source))).then_some(item)
}

/// An article without codes: headline, reporter, number of words, day, outlet, its code, language, copyright, text.
fn plain_item<'a>(lines: &[&'a str], is_first: bool) -> Option<Item<'a>> {
    /// The lines between the number of words and the text are no more. A guess.
    const HEAD: usize = 12;
    /// The headline and the reporter are right above it. A guess.
    const ABOVE: usize = 6;
    let kept: Vec<&str> = lines.iter().filter(|it| !it.is_empty()).copied().collect();
    let at = kept.iter().position(|it| is_number_of_words(it))?;
    let head = &kept[at + 1..kept.len().min(at + 1 + HEAD)];
    let day = head.iter().take(3).position(|it| is_day(it))?;
    let mut item = Item::default();
    let (above, byline) = match &kept[..at] {
        [before @ .., last] if !before.is_empty() && is_byline(last, before) => (before, Some(*last)),
        above => (above, None),
    };
    // A long headline is one line; above that of the first article is what was searched for, above others the section.
    let (title, before) = above.split_last()?;
    if !is_first && ABOVE < before.len() {
        return None;
    }
    item.others.extend(before);
    item.add("title", FieldRole::Title, vec![*title]);
    item.add(
        "byline",
        FieldRole::Byline,
        byline.into_iter().map(without_by).collect(),
    );
    item.add("words", FieldRole::Ignore, vec![kept[at]]);
    item.add("date", FieldRole::Date, vec![head[day]]);
    let source = head.iter().enumerate().skip(day + 1).find(|(_, it)| !is_time(it));
    let (source, name) = source?;
    item.add("source", FieldRole::Source, vec![*name]);
    let copyright = head.iter().position(|it| is_copyright(it));
    let language = head
        .iter()
        .skip(source + 1)
        .position(|it| is_language(it))
        .map(|it| it + source + 1);
    let last = copyright
        .or(language)
        .unwrap_or((source + 1).min(head.len().saturating_sub(1)));
    let between = head
        .iter()
        .enumerate()
        .take(last + 1)
        .filter(|(idx, _)| *idx != day && *idx != source);
    item.others.extend(between.map(|(_, it)| *it));
    // The lines as they stand, with the empty ones between paragraphs.
    let n_before = at + 1 + last + 1;
    let start = lines
        .iter()
        .enumerate()
        .filter(|(_, it)| !it.is_empty())
        .nth(n_before)
        .map(|(idx, _)| idx)?;
    item.add("text", FieldRole::Body, lines[start..].to_vec());
    Some(item)
}

/// Whether the last line above the number of words names the reporter and is not the headline: it says so, or it is no
/// longer than a name, below a line that is longer.
fn is_byline(line: &str, above: &[&str]) -> bool {
    /// A name has no more words, and a headline above it no fewer. A guess.
    const LONGEST_NAME: usize = 4;
    let says_so = ["By ", "by ", "BY ", "بقلم", "كتب"]
        .iter()
        .any(|it| line.starts_with(it))
        || line.ends_with(" By");
    let n_words = |it: &str| it.split_whitespace().count();
    let n_above = above.last().map_or(0, |it| n_words(it));
    let is_name = || {
        line.chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | ',' | '،' | '\''))
    };
    says_so || LONGEST_NAME <= n_above && n_words(line) <= LONGEST_NAME && n_words(line) < n_above && is_name()
}

/// «10:15 AM GMT».
fn is_time(line: &str) -> bool {
    let line = ["AM ", "PM "]
        .iter()
        .find_map(|it| line.strip_prefix(it))
        .unwrap_or(line);
    line.contains(':') && line.starts_with(|c: char| c.is_numeric())
}

fn without_by(line: &str) -> &str {
    let line = line.strip_suffix(" By").unwrap_or(line);
    let line = line.strip_prefix("By ").unwrap_or(line);
    line.strip_prefix("بقلم ").unwrap_or(line)
}

fn is_copyright(line: &str) -> bool {
    // «2024 (c) صحيفة المدار», where a line of Latin signs is read from the right.
    let is_turned = || {
        let year = line.split(' ').next().unwrap_or_default();
        let is_year = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit());
        is_year
            && [" (c)", " )c(", " ©"]
                .iter()
                .any(|it| line[year.len()..].starts_with(it))
    };
    // «صحيفة المدار 2024 (c)», where only its sign is set from the left.
    let has_year = line
        .split(' ')
        .any(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit()));
    let is_last = has_year && [" (c)", " )c(", " ©"].iter().any(|it| line.ends_with(it));
    is_turned()
        || is_last
        || ["(c)", ")c(", "(C)", "©", "Copyright", "حقوق"]
            .iter()
            .any(|it| line.starts_with(it))
}

fn is_language(line: &str) -> bool {
    [
        "English",
        "Arabic",
        "French",
        "German",
        "Persian",
        "Turkish",
        "Hebrew",
        "العربية",
        "عربي",
        "الإنجليزية",
    ]
    .contains(&line)
}

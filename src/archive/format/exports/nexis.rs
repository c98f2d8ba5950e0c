//! Exports of Nexis: LexisNexis Academic («3 of 100 DOCUMENTS» above each article), Lexis Advance and Nexis Uni («End of
//! Document» below).

use crate::archive::origin::FieldRole;

use super::item::{Item, is_day};
use super::labels::{self, Label, Maker, Place};

/// The articles of an export; `None` if these lines are none.
pub fn items<'a>(lines: &[&'a str]) -> Option<Vec<Item<'a>>> {
    let (cover, parts) = parts(lines)?;
    let is_article = |it: &&[&str]| is_article(it);
    if !parts.iter().any(is_article) {
        return None;
    }
    let mut items: Vec<Item> = Vec::new();
    for part in parts {
        if is_article(&part) {
            items.push(item(part));
            continue;
        }
        match items.last_mut() {
            Some(before) => before.others.extend(part),
            None => items.push(Item {
                others: part.to_vec(),
                ..Item::default()
            }),
        }
    }
    let first = items.first_mut()?;
    first.others.extend(cover);
    items.retain(|it| !it.fields.is_empty());
    Some(items)
}

/// What stands before the first article, and the lines of each.
fn parts<'l, 'a>(lines: &'l [&'a str]) -> Option<(&'l [&'a str], Vec<&'l [&'a str]>)> {
    let starts: Vec<usize> = (0..lines.len()).filter(|idx| is_start(lines[*idx])).collect();
    if let Some(first) = starts.first() {
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        let parts = starts.iter().zip(ends).map(|(start, end)| &lines[start + 1..end]);
        return Some((&lines[..*first], parts.collect()));
    }
    let n_ends = lines.iter().filter(|it| is_end(it)).count();
    if n_ends == 0 {
        return None;
    }
    let mut parts: Vec<&[&str]> = lines.split(|it| is_end(it)).collect();
    // What precedes the headline of the first article is the cover, with its list of contents.
    let first = parts.first_mut()?;
    let start = first_headline(first);
    let (cover, rest) = first.split_at(start);
    *first = rest;
    Some((cover, parts))
}

/// «3 of 100 DOCUMENTS», «Dokument 3 von 100», «Document 3 de 100».
pub fn is_start(line: &str) -> bool {
    let line = line.strip_prefix("FOCUS - ").unwrap_or(line);
    let words: Vec<&str> = line.split_whitespace().take(5).collect();
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    match words[..] {
        [nth, "of", n, "DOCUMENTS" | "DOCUMENT"] => is_number(nth) && is_number(n),
        ["Dokument", nth, "von", n] | ["Document", nth, "de", n] => is_number(nth) && is_number(n),
        _ => false,
    }
}

/// «End of Document», in Arabic by guess.
pub fn is_end(line: &str) -> bool {
    [
        "End of Document",
        "Ende des Dokuments",
        "Fin du document",
        "نهاية المستند",
        "نهاية الوثيقة",
    ]
    .contains(&line)
}

/// Whether these lines have two or more labels of different names.
fn is_article(lines: &[&str]) -> bool {
    let mut names = lines.iter().filter_map(|it| label(it)).map(|(label, _)| label.name);
    names.next().is_some_and(|first| names.any(|it| it != first))
}

/// The label of a line, and what follows it.
pub fn label(line: &str) -> Option<(Label, &str)> {
    let alone = || {
        labels::alone(Maker::Nexis, line).filter(|it| ["Body", "Graphic", "Classification", "المتن"].contains(&it.name))
    };
    labels::labelled(Maker::Nexis, line).or_else(|| Some((alone()?, "")))
}

fn is_copyright(line: &str) -> bool {
    line.starts_with("Copyright") || line.starts_with('©') || line.starts_with("حقوق النشر")
}

/// The line of the first article's headline: its outlet stands below it, then the day, then the first label.
fn first_headline(lines: &[&str]) -> usize {
    let end = lines.iter().position(|it| label(it).is_some()).unwrap_or(lines.len());
    let day = (0..end).rev().find(|idx| is_day(lines[*idx]));
    let above = |at: usize| (0..at).rev().find(|idx| !lines[*idx].is_empty());
    day.and_then(above).and_then(above).unwrap_or(0)
}

/// The parts of an article.
fn item<'a>(lines: &[&'a str]) -> Item<'a> {
    let mut item = Item::default();
    let head_end = lines.iter().position(|it| label(it).is_some()).unwrap_or(lines.len());
    head(&lines[..head_end], &mut item);
    let rest = &lines[head_end..];
    let text = text(rest);
    labelled(&rest[..text.start], &mut item);
    item.add("text", FieldRole::Body, rest[text.clone()].to_vec());
    item.is_wrapped = is_wrapped(&rest[text.clone()]);
    labelled(&rest[text.end..], &mut item);
    item
}

/// The lines above the labels: outlet, day and headline, in the order of either form.
fn head<'a>(lines: &[&'a str], item: &mut Item<'a>) {
    let blocks: Vec<&[&str]> = match lines.iter().any(|it| it.is_empty()) {
        true => lines.split(|it| it.is_empty()).filter(|it| !it.is_empty()).collect(),
        // Nothing but the lines themselves divides them.
        false => lines.iter().map(std::slice::from_ref).collect(),
    };
    let (copyright, kept): (Vec<&[&str]>, Vec<&[&str]>) = blocks.into_iter().partition(|it| is_copyright(it[0]));
    item.others.extend(copyright.into_iter().flatten());
    let Some(day) = kept.iter().position(|it| is_day(it[0])) else {
        let title = kept.concat();
        return item.add("title", FieldRole::Title, title);
    };
    item.add("date", FieldRole::Date, vec![kept[day][0]]);
    item.others.extend(&kept[day][1..]);
    let (before, after) = (&kept[..day], &kept[day + 1..]);
    match before {
        [] => item.add("title", FieldRole::Title, after.concat()),
        // Headline, outlet, day.
        [title @ .., source] if !title.is_empty() => {
            item.add("title", FieldRole::Title, title.concat());
            item.add("source", FieldRole::Source, source.to_vec());
            item.others.extend(after.concat());
        }
        // Outlet, day, headline.
        [source, ..] => {
            item.add("source", FieldRole::Source, source.to_vec());
            item.add("title", FieldRole::Title, after.concat());
        }
    }
}

/// Whether the paragraphs of a text are broken into lines, as old exports are at 79 letters, with an empty line between.
fn is_wrapped(lines: &[&str]) -> bool {
    const LONGEST: usize = 90;
    let is_broken = |it: &[&str]| 1 < it.len();
    lines.iter().all(|it| it.chars().count() <= LONGEST)
        && lines.split(|it| it.is_empty()).any(is_broken)
        && lines.iter().any(|it| it.is_empty())
}

/// Which of the lines from the first label on are the text.
fn text(lines: &[&str]) -> std::ops::Range<usize> {
    let place = |idx: &usize| label(lines[*idx]).map(|(label, _)| label.place);
    let named = (0..lines.len()).find(|idx| place(idx) == Some(Place::Text));
    let start = named.unwrap_or_else(|| {
        // Behind the last label of the head, before the first of the end, and what goes on with it.
        let end = (0..lines.len())
            .find(|idx| place(idx) == Some(Place::End))
            .unwrap_or(lines.len());
        let last = (0..end)
            .take_while(|idx| !is_far(lines, *idx))
            .filter(|idx| place(idx).is_some())
            .last();
        last.unwrap_or(0)
    });
    let is_blank_between = lines.iter().any(|it| it.is_empty());
    let start = match named {
        Some(start) => start + 1,
        None if is_blank_between => (start..lines.len())
            .find(|idx| lines[*idx].is_empty())
            .unwrap_or(lines.len()),
        None => (start + 1).min(lines.len()),
    };
    let end = (start..lines.len()).find(|idx| place(idx) == Some(Place::End) || is_copyright(lines[*idx]));
    start..end.unwrap_or(lines.len())
}

/// Whether a line is too far from the first label for a head: a text may have a line «Section: …».
fn is_far(lines: &[&str], idx: usize) -> bool {
    /// A head has some ten lines. A guess.
    const LONGEST: usize = 40;
    /// A longer line is none of a head, in bytes. A guess.
    const LONG: usize = 600;
    LONGEST < idx || LONG < lines[idx].len()
}

/// Lines with labels, and what goes on with them up to an empty line.
fn labelled<'a>(lines: &[&'a str], item: &mut Item<'a>) {
    let mut open: Option<(Label, Vec<&str>)> = None;
    for line in lines {
        match (label(line), &mut open) {
            (Some((label, rest)), _) => {
                if let Some((label, lines)) = open.replace((label, vec![rest])) {
                    item.add_labelled(label, lines);
                }
            }
            (None, Some((_, of_label))) if !line.is_empty() && !is_copyright(line) => of_label.push(line),
            (None, _) => {
                if let Some((label, lines)) = open.take() {
                    item.add_labelled(label, lines);
                }
                item.others.push(line);
            }
        }
    }
    if let Some((label, lines)) = open {
        item.add_labelled(label, lines);
    }
}

//! Exports of ProQuest, in either of two forms.
//!
//! What is saved as text has a line of underscores between two articles, and a label before each part.
//!
//! What is made to be printed has no such line, and neither are its articles numbered: below each headline stand a line of
//! reporter, outlet and day, and «ProQuest document link»; then come the headings «FULL TEXT» and «DETAILS», below which a
//! table has the labels and states the headline once more, and «LINKS». A public parser of 600 such articles found it so.

use std::ops::Range;

use crate::archive::origin::FieldRole;

use super::item::Item;
use super::labels::{self, Label, Maker, SURE_OF_PROQUEST};

/// The articles of an export; `None` if these lines are none.
pub fn items<'a>(lines: &[&'a str]) -> Option<Vec<Item<'a>>> {
    if !lines.iter().any(|it| is_sure(it)) {
        return None;
    }
    let parts: Vec<&[&str]> = match lines.iter().any(|it| is_between(it)) {
        true => lines.split(|it| is_between(it)).collect(),
        false => linked_parts(lines)?,
    };
    let mut items: Vec<Item> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for part in parts {
        match item(part) {
            Some(item) => items.push(item),
            // Above the first article a list of them, below the last the terms of use.
            None => others.extend(part),
        }
    }
    items.last_mut()?.others.extend(others);
    Some(items)
}

/// Whether a line has a label that is in each article.
pub fn is_sure(line: &str) -> bool {
    let label = labels::labelled(Maker::Proquest, line);
    label.is_some_and(|(it, _)| SURE_OF_PROQUEST.contains(&it.name))
}

/// Whether a line is one of underscores.
pub fn is_between(line: &str) -> bool {
    /// ProQuest writes sixty. A guess.
    const SHORTEST: usize = 20;
    SHORTEST <= line.len() && line.bytes().all(|it| it == b'_')
}

/// «ProQuest document link», in Arabic by guess.
pub fn is_link(line: &str) -> bool {
    [
        "ProQuest document link",
        "رابط وثيقة ProQuest",
        "رابط مستند ProQuest",
        "ارتباط وثيقة ProQuest",
    ]
    .contains(&line)
}

/// The label that a heading of the printed form is: «FULL TEXT», «DETAILS», «ABSTRACT (ENGLISH)».
pub fn heading(line: &str) -> Option<Label> {
    const IN_ARABIC: [&str; 4] = ["النص الكامل", "الملخص", "التفاصيل", "الروابط"];
    let (name, language) = line.split_once(" (").unwrap_or((line, ")"));
    let is_capital = || name.bytes().all(|it| it.is_ascii_uppercase() || it == b' ');
    let is_heading = language.ends_with(')') && (IN_ARABIC.contains(&name) || is_capital());
    is_heading.then(|| labels::alone(Maker::Proquest, name)).flatten()
}

/// The lines of each article of the printed form, behind what stands above the first.
fn linked_parts<'l, 'a>(lines: &'l [&'a str]) -> Option<Vec<&'l [&'a str]>> {
    let links: Vec<usize> = (0..lines.len()).filter(|idx| is_link(lines[*idx])).collect();
    let mut starts = Vec::with_capacity(links.len());
    for (nth, link) in links.iter().enumerate() {
        let above = nth.checked_sub(1).map_or(0, |it| links[it] + 1);
        let below = links.get(nth + 1).copied().unwrap_or(lines.len());
        starts.push(start(lines, above..*link, &lines[*link..below]));
    }
    let first = starts.first()?;
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| &lines[*start..end]);
    Some([&lines[..*first]].into_iter().chain(parts).collect())
}

/// Where an article begins, of which the link stands behind the lines `above` and what follows it is `below`: with the
/// headline that is stated there, or else two lines above the link.
fn start(lines: &[&str], above: Range<usize>, below: &[&str]) -> usize {
    /// A headline and the line of the reporter have no more lines. A guess.
    const MOST: usize = 8;
    let letters = |it: &str| -> String { it.chars().filter(|c| c.is_alphanumeric()).collect() };
    let stated = below.iter().enumerate().find_map(|(idx, it)| {
        let (label, rest) = labels::labelled(Maker::Proquest, it)?;
        let is_label = |it: &&&str| labels::labelled(Maker::Proquest, it).is_some();
        let goes_on = below[idx + 1..].iter().take_while(|it| !is_label(it)).take(MOST);
        (label.role == FieldRole::Title).then(|| goes_on.fold(letters(rest), |text, it| text + &letters(it)))
    });
    let kept = above.clone().rev().filter(|idx| !lines[*idx].is_empty());
    let is_headline = |idx: &usize| {
        let line = letters(lines[*idx]);
        !line.is_empty() && stated.as_ref().is_some_and(|it| it.starts_with(&line))
    };
    let found = kept.clone().take(MOST).filter(is_headline).last();
    found.or_else(|| kept.take(2).last()).unwrap_or(above.end)
}

/// The parts of an article, which has a text or a summary and the title or the outlet.
fn item<'a>(lines: &[&'a str]) -> Option<Item<'a>> {
    let mut item = Item::default();
    let mut first: Vec<&str> = Vec::new();
    let mut open: Option<(Label, Vec<&str>)> = None;
    let is_linked = lines.iter().any(|it| is_link(it));
    let label = |line: &'a str| {
        let heading = heading(line).filter(|_| is_linked);
        heading
            .map(|it| (it, ""))
            .or_else(|| labels::labelled(Maker::Proquest, line))
    };
    for line in lines {
        match (label(line), &mut open) {
            (Some((label, rest)), _) => {
                if let Some((label, lines)) = open.replace((label, vec![rest])) {
                    item.add_labelled(label, lines);
                }
            }
            (None, Some((_, of_label))) if !is_link(line) => of_label.push(line),
            (None, _) => first.push(line),
        }
    }
    if let Some((label, lines)) = open {
        item.add_labelled(label, lines);
    }
    if is_linked && !item.has(FieldRole::Byline) {
        let reporter = reporter(&first, &item);
        item.add("byline", FieldRole::Byline, reporter.into_iter().collect());
    }
    if !item.has(FieldRole::Title) {
        let titles = first.iter().filter(|it| !it.is_empty() && !is_number(it));
        item.add("title", FieldRole::Title, titles.copied().take(1).collect());
    } else {
        item.others.extend(first);
    }
    let is_article = item.has(FieldRole::Title)
        && (item.has(FieldRole::Source) || item.has(FieldRole::Date))
        && (item.has(FieldRole::Body) || item.has(FieldRole::Summary));
    is_article.then_some(item)
}

/// Who stands before the outlet in the line below the headline: «Haddad, Salma. Al Madar; Damnar \[Damnar\]. 03 Mar 2024: 3.»
fn reporter<'a>(above: &[&'a str], item: &Item<'_>) -> Option<&'a str> {
    /// Names are no longer, in bytes. A guess.
    const LONGEST: usize = 200;
    let outlet = item.fields.iter().find(|it| it.role == FieldRole::Source)?;
    let outlet = outlet.lines.iter().find(|it| !it.is_empty())?;
    let line = above.iter().rev().find(|it| it.contains(*outlet))?;
    let before = line.split(*outlet).next()?.trim();
    let name = before.strip_suffix('.')?.trim();
    (!name.is_empty() && name.len() <= LONGEST).then_some(name)
}

/// «Document 3 of 50».
pub fn is_number(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next() == Some("Document")
        && words.next().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()))
        && words.next() == Some("of")
}

//! Exports of ProQuest: a line of underscores between two articles, and a label before each part.

use crate::archive::origin::FieldRole;

use super::item::Item;
use super::labels::{self, Label, Maker};

/// The articles of an export; `None` if these lines are none.
pub fn items<'a>(lines: &[&'a str]) -> Option<Vec<Item<'a>>> {
    let is_sure = |line: &&str| {
        let label = labels::labelled(Maker::Proquest, line);
        label.is_some_and(|(it, _)| {
            ["ProQuest document ID", "معرف وثيقة ProQuest", "Publication title"].contains(&it.name)
        })
    };
    if !lines.iter().any(is_sure) || !lines.iter().any(|it| is_between(it)) {
        return None;
    }
    let mut items: Vec<Item> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for part in lines.split(|it| is_between(it)) {
        match item(part) {
            Some(item) => items.push(item),
            // Above the first article a list of them, below the last the terms of use.
            None => others.extend(part),
        }
    }
    items.last_mut()?.others.extend(others);
    Some(items)
}

/// Whether a line is one of underscores.
fn is_between(line: &str) -> bool {
    /// ProQuest writes sixty. A guess.
    const SHORTEST: usize = 20;
    SHORTEST <= line.len() && line.bytes().all(|it| it == b'_')
}

/// The parts of an article, which has a text or a summary and the title or the outlet.
fn item<'a>(lines: &[&'a str]) -> Option<Item<'a>> {
    let mut item = Item::default();
    let mut first: Vec<&str> = Vec::new();
    let mut open: Option<(Label, Vec<&str>)> = None;
    for line in lines {
        match (labels::labelled(Maker::Proquest, line), &mut open) {
            (Some((label, rest)), _) => {
                if let Some((label, lines)) = open.replace((label, vec![rest])) {
                    item.add_labelled(label, lines);
                }
            }
            (None, Some((_, of_label))) => of_label.push(line),
            (None, None) => first.push(line),
        }
    }
    if let Some((label, lines)) = open {
        item.add_labelled(label, lines);
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

/// «Document 3 of 50».
fn is_number(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next() == Some("Document")
        && words.next().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()))
        && words.next() == Some("of")
}

//! An article of an export: its parts, and its record.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::archive::article::{DatePrecision, SectionKind};
use crate::archive::date;
use crate::archive::origin::FieldRole;
use crate::archive::record::{Content, Record};

use super::super::fields::{self, Mapping};
use super::labels::Label;

/// An article of an export.
#[derive(Debug, Default, PartialEq)]
pub struct Item<'a> {
    pub fields: Vec<Field<'a>>,
    /// What is around the article and has no label.
    pub others: Vec<&'a str>,
    /// Whether the paragraphs of its text are broken into lines, with an empty line between two.
    pub is_wrapped: bool,
}

/// A part of an article.
#[derive(Debug, PartialEq)]
pub struct Field<'a> {
    /// The label, as the list spells it; or what it is, in English.
    pub name: &'a str,
    pub role: FieldRole,
    pub lines: Vec<&'a str>,
}

impl<'a> Item<'a> {
    /// Adds a part that has no label.
    pub fn add(&mut self, name: &'static str, role: FieldRole, lines: Vec<&'a str>) {
        if lines.iter().any(|it| !it.is_empty()) {
            self.fields.push(Field { name, role, lines });
        }
    }

    /// Adds a part with a label.
    pub fn add_labelled(&mut self, label: Label, lines: Vec<&'a str>) {
        let (name, role) = (label.name, label.role);
        // What is said above the text and below it is said once.
        let is_said = |it: &Field| it.name == name && role != FieldRole::Body && it.lines == lines;
        if self.fields.iter().any(is_said) {
            return;
        }
        match self.fields.last_mut().filter(|it| it.name == name) {
            Some(field) => field.lines.extend(lines),
            None => self.add(name, role, lines),
        }
    }

    /// Whether it has a part of a role.
    pub fn has(&self, role: FieldRole) -> bool {
        self.fields.iter().any(|it| it.role == role)
    }

    /// The record of the article.
    pub fn record(self, given: &BTreeMap<String, FieldRole>) -> Record {
        let mut roles: BTreeMap<String, FieldRole> =
            self.fields.iter().map(|it| (it.name.to_owned(), it.role)).collect();
        // What the user says holds.
        roles.extend(given.iter().map(|(name, role)| (name.clone(), *role)));
        let is_wrapped = self.is_wrapped;
        let values = self
            .fields
            .iter()
            .map(|it| (it.name.to_owned(), it.value(is_wrapped).into_owned()));
        let mut record = fields::record(values.collect(), &mut Mapping::new(roles));
        if let Content::Lines(lines) = &mut record.content {
            let others = self.others.into_iter().filter(|it| !it.is_empty());
            lines.extend(others.map(|it| (it.to_owned(), Some(SectionKind::Boilerplate))));
        }
        record
    }
}

impl Field<'_> {
    /// Its text: in lines if it is a text, else in one.
    fn value(&self, is_wrapped: bool) -> Cow<'_, str> {
        match self.role {
            FieldRole::Body if is_wrapped => {
                let paragraphs = self.lines.split(|it| it.is_empty()).map(|it| it.join(" "));
                Cow::Owned(paragraphs.collect::<Vec<_>>().join("\n\n"))
            }
            FieldRole::Body => Cow::Owned(self.lines.join("\n")),
            _ => match &self.lines[..] {
                [line] => Cow::Borrowed(*line),
                lines => Cow::Owned(
                    lines
                        .iter()
                        .filter(|it| !it.is_empty())
                        .copied()
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            },
        }
    }
}

/// Whether a line is a day and not much more.
pub fn is_day(line: &str) -> bool {
    /// «Wednesday, September 30, 2020 Wednesday 10:15 AM GMT» has some fifty letters. A guess.
    const LONGEST: usize = 70;
    line.len() <= LONGEST * 2
        && line.chars().count() <= LONGEST
        && line.chars().any(|c| c.is_numeric())
        && date::parse_date(line).is_some_and(|(_, precision)| precision == DatePrecision::Day)
}

/// Whether a line is the number of an article's words: «1,234 words».
pub fn is_number_of_words(line: &str) -> bool {
    const WORDS: [&str; 10] = [
        "word",
        "words",
        "mot",
        "mots",
        "Wort",
        "Wörter",
        "كلمة",
        "كلمات",
        "palabras",
        "woorden",
    ];
    let Some((number, word)) = line.rsplit_once(' ') else {
        return false;
    };
    let is_digit = |c: char| c.is_numeric() || matches!(c, ',' | '.' | '٬' | '\u{A0}' | '\u{202F}');
    !number.is_empty() && number.len() <= 12 && number.chars().all(is_digit) && WORDS.contains(&word)
}

//! A post as its platform hands it out, and the record that it becomes.

use std::collections::HashSet;

use crate::archive::article::{Problem, PublicationDate, SectionKind};
use crate::archive::origin::FieldRole;
use crate::archive::record::{Content, Hints, PageLine, Record};

use super::super::text::one_line;

/// A post or a message, or those of a day.
#[derive(Default)]
pub struct Post {
    pub published: Option<PublicationDate>,
    /// The channel, the group, the chat.
    pub source: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    pub keywords: Vec<String>,
    /// Its words, a paragraph a line; the kind of a line where it is known.
    pub lines: Vec<PageLine>,
    /// The name of the field that holds the words.
    pub text_field: &'static str,
    /// What else the platform says of it, in its names and order: its own number, its address.
    pub about: Vec<About>,
    pub problems: Vec<Problem>,
}

/// A field beside the words: its name in the export, its value, and what it was used for.
pub type About = (&'static str, String, FieldRole);

impl Post {
    /// Adds a field, if it has a value.
    pub fn add(&mut self, name: &'static str, value: Option<impl Into<String>>, role: FieldRole) {
        if let Some(value) = value.map(Into::into).filter(|it| !it.is_empty()) {
            self.about.push((name, value, role));
        }
    }

    /// Adds the lines of a text.
    pub fn add_text(&mut self, text: &str) {
        let lines = text.split(['\n', '\r', '\u{2028}', '\u{2029}']);
        let lines = lines.map(str::trim).filter(|it| has_words(it));
        self.lines.extend(lines.map(|it| (it.to_owned(), None)));
    }

    /// The record, decoded from an encoding with this name.
    pub fn record(self, encoding: &'static str) -> Record {
        let mut lines = self.lines;
        let mut fields = vec![(self.text_field.to_owned(), FieldRole::Body)];
        let mut hints = Hints {
            published: self.published,
            source: self.source,
            byline: self.byline,
            problems: self.problems,
            ..Hints::default()
        };
        for (name, value, role) in self.about {
            // Others are those that it links to.
            if role == FieldRole::Url && name == "link" {
                hints.state_address(&value);
            }
            lines.push((format!("{name}: {}", one_line(&value)), Some(SectionKind::Boilerplate)));
            if !fields.iter().any(|(it, _)| it == name) {
                fields.push((name.to_owned(), role));
            }
        }
        let mut seen = HashSet::new();
        let mut keywords = self.keywords;
        keywords.retain(|it| !it.is_empty() && seen.insert(it.clone()));
        let has_errors = lines.iter().any(|(line, _)| line.contains('\u{FFFD}'));
        Record {
            content: Content::Lines(lines),
            hints: Hints { keywords, ..hints },
            encoding,
            has_errors,
            fields,
        }
    }
}

/// Whether a text has anything that can be seen.
pub fn has_words(text: &str) -> bool {
    !text
        .chars()
        .all(|c| c.is_whitespace() || crate::arabic::letter::is_invisible(c))
}

//! The messages of a chat in which people talk, by days: those of a day are one article.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::archive::article::{Problem, SectionKind};
use crate::archive::left_out::LeftOut;
use crate::archive::origin::FieldRole;
use crate::archive::record::{Outcome, Sink};

use super::post::{Post, has_words};
use super::telegram::of_day;

/// The names of more writers are no byline; in letters. Longer fields are left out of articles.
const LONGEST_BYLINE: usize = 300;

/// The days of a chat, in the order in which they first occur.
#[derive(Default)]
pub struct Days {
    days: Vec<Day>,
    by_date: HashMap<Option<Date>, usize>,
    n_service: u32,
    n_wordless: u32,
}

#[derive(Default)]
struct Day {
    post: Post,
    writers: Vec<String>,
    has_words: bool,
}

/// What a message of a chat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Words,
    /// A picture, a sound, a file; what is gone.
    Wordless,
    /// By the service itself.
    Service,
}

/// A message of a chat.
pub struct Said<'a> {
    /// `None` if the day cannot be read.
    pub date: Option<Date>,
    pub writer: Option<&'a str>,
    pub kind: Kind,
    pub text: &'a str,
}

impl Days {
    /// Adds a message to its day.
    pub fn add(&mut self, said: &Said<'_>) {
        let idx = *self.by_date.entry(said.date).or_insert(self.days.len());
        if idx == self.days.len() {
            self.days.push(Day::default());
        }
        let Some(day) = self.days.get_mut(idx) else { return };
        day.post.published = said.date.map(of_day);
        let kind = match said.kind {
            Kind::Words => SectionKind::Body,
            Kind::Wordless | Kind::Service => SectionKind::Boilerplate,
        };
        match said.kind {
            Kind::Words => day.has_words = true,
            Kind::Wordless => self.n_wordless = self.n_wordless.saturating_add(1),
            Kind::Service => self.n_service = self.n_service.saturating_add(1),
        }
        let lines = said.text.lines().map(str::trim).filter(|it| has_words(it));
        for (number, line) in lines.enumerate() {
            let line = match said.writer {
                Some(writer) if number == 0 => format!("{writer}: {line}"),
                _ => line.to_owned(),
            };
            day.post.lines.push((line, Some(kind)));
        }
        if said.kind == Kind::Words
            && let Some(writer) = said.writer
            && !day.writers.iter().any(|it| it == writer)
        {
            day.writers.push(writer.to_owned());
        }
    }

    /// Notes that a day cannot be read, as it is written.
    pub fn note_unreadable(&mut self, stated: &str) {
        if let Some(day) = self.by_date.get(&None).and_then(|it| self.days.get_mut(*it))
            && day.post.problems.is_empty()
        {
            let stated = stated.chars().take(60).collect();
            day.post.problems.push(Problem::UnreadableDate(stated));
        }
    }

    /// Passes on an article for each day on which something was said, and tells what was left out.
    pub fn emit(
        self,
        chat: Option<&str>,
        names: [&'static str; 2],
        sink: &mut dyn Sink,
        encoding: &'static str,
    ) -> Outcome {
        let [text_field, chat_field] = names;
        for day in self.days.into_iter().filter(|it| it.has_words) {
            let mut post = day.post;
            let writers = day.writers.join("، ");
            post.byline = Some(writers).filter(|it| !it.is_empty() && it.chars().count() <= LONGEST_BYLINE);
            post.source = chat.map(str::to_owned);
            post.text_field = text_field;
            post.add(chat_field, chat, FieldRole::Source);
            sink.emit(post.record(encoding))?;
        }
        sink.leave_out_messages(LeftOut::ServiceMessages { n: self.n_service });
        sink.leave_out_messages(LeftOut::WordlessMessages { n: self.n_wordless });
        Ok(())
    }
}

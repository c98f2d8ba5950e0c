//! What the lines say about the article: its dates, its outlet, its reporter. Each step adds what it finds.

use jiff::civil::Date;

use crate::arabic::{Span, letter};
use crate::archive::date;
use crate::archive::{DatePrecision, DateProvenance, Problem, PublicationDate};

use super::opening;
use super::outlet;

/// A date that could not be read is shown to the user up to this many letters. Picked by feel.
const SHOWN: usize = 60;

/// At most this many are shown, and of an article's lists of keywords this many are read. Guesses: a page has one of
/// each, or two.
const MOST_UNREADABLE: usize = 8;
const MOST_LISTS: usize = 8;

/// What the lines said so far; the first outlet and the first reporter win.
#[derive(Default)]
pub(super) struct Facts {
    /// What was stated of the publication, in the order of the text.
    pub dates: Vec<StatedPublication>,
    /// Whether metadata states a day, so that none is to be inferred.
    pub has_stated_day: bool,
    /// Whether the current piece is above the title, as a page's clock is.
    pub is_before_title: bool,
    pub source: Option<String>,
    pub byline: Option<String>,
    pub keyword_lists: Vec<Span>,
    pub problems: Vec<Problem>,
}

/// A date of the article, and what speaks against its being the one of publication.
pub(super) struct StatedPublication {
    date: PublicationDate,
    is_update: bool,
    is_before_title: bool,
}

impl Facts {
    /// Adds the date that a line states; that it cannot be read is a problem only if it has digits.
    pub fn date(&mut self, stated: &str, provenance: DateProvenance) {
        match date::parse_published(stated) {
            Some(found) => self.published((found.date, found.precision), found.is_update, provenance),
            None if self.problems.len() < MOST_UNREADABLE && stated.chars().any(|c| letter::digit(c).is_some()) => {
                self.problems
                    .push(Problem::UnreadableDate(stated.chars().take(SHOWN).collect()));
            }
            None => {}
        }
    }

    /// Adds a date that was read already.
    pub fn published(&mut self, (date, precision): (Date, DatePrecision), is_update: bool, provenance: DateProvenance) {
        self.dates.push(StatedPublication {
            date: PublicationDate {
                date,
                precision,
                provenance,
            },
            is_update,
            is_before_title: self.is_before_title,
        });
    }

    /// Adds the day, the outlet and the reporter that precede the first sentence.
    pub fn opening(&mut self, opening: opening::Opening) {
        if let Some(day) = opening.day {
            self.published((day, DatePrecision::Day), false, DateProvenance::Dateline);
        }
        self.who(opening.outlet, opening.byline);
    }

    /// Adds the outlet and the reporter that a line names.
    pub fn who(&mut self, outlet: Option<String>, byline: Option<String>) {
        if let Some(outlet) = outlet {
            self.source(&outlet);
        }
        self.byline = self.byline.take().or(byline);
    }

    /// The date of publication: rather than of an update, rather below the title than above, then the first.
    pub fn publication(&self) -> Option<PublicationDate> {
        let best = self.dates.iter().min_by_key(|it| (it.is_update, it.is_before_title));
        best.map(|it| PublicationDate {
            provenance: if it.is_update {
                DateProvenance::Update
            } else {
                it.date.provenance
            },
            ..it.date
        })
    }

    /// Adds a list of keywords, a span of the article's text.
    pub fn keywords(&mut self, list: Span) {
        if self.keyword_lists.len() < MOST_LISTS {
            self.keyword_lists.push(list);
        }
    }

    /// Adds the outlet, by its usual name.
    pub fn source(&mut self, stated: &str) {
        if self.source.is_none() {
            self.source = outlet::canonical(stated);
        }
    }
}

//! The marks of an export among the lines of its pages: what stands between them is an article's, and no paragraph goes
//! over one of them.

use super::item::{is_day, is_number_of_words};
use super::labels::{self, Maker};
use super::{factiva, nexis, proquest};

/// Which lines of a printed export are its maker's.
#[derive(Clone, Copy, Debug)]
pub struct PageMarks {
    maker: Maker,
    /// Whether Factiva's codes stand before the parts of an article.
    has_codes: bool,
}

impl PageMarks {
    /// The marks on some pages; `None` if their lines are no export's.
    pub fn of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        let has = |is_mark: &dyn Fn(&str) -> bool| lines.clone().any(is_mark);
        let maker = if has(&|it| factiva::number(it).is_some()) {
            Maker::Factiva
        } else if has(&|it| nexis::is_end(it) || nexis::is_start(it)) {
            Maker::Nexis
        } else if has(&|it| proquest::is_sure(it) || proquest::is_link(it)) {
            Maker::Proquest
        } else {
            return None;
        };
        let is_headline = |it: &str| labels::coded_closely(it).is_some_and(|(label, _)| label.name == "HD");
        Some(Self {
            maker,
            has_codes: maker == Maker::Factiva && has(&is_headline),
        })
    }

    /// Whether a line begins a part of an article, so that it goes on with nothing.
    pub fn begins(&self, line: &str) -> bool {
        match self.maker {
            Maker::Factiva => {
                factiva::number(line).is_some()
                    || is_number_of_words(line)
                    || is_day(line)
                    || self.has_codes && labels::coded_closely(line).is_some()
            }
            Maker::Nexis => nexis::is_end(line) || nexis::is_start(line) || nexis::label(line).is_some(),
            Maker::Proquest => {
                proquest::is_link(line)
                    || proquest::is_between(line)
                    || proquest::is_number(line)
                    || proquest::heading(line).is_some()
                    || labels::labelled(Maker::Proquest, line).is_some()
            }
        }
    }

    /// Whether a line is a part of an article as a whole, so that nothing goes on with it.
    pub fn is_whole(&self, line: &str) -> bool {
        match self.maker {
            Maker::Factiva => factiva::number(line).is_some() || is_number_of_words(line) || is_day(line),
            Maker::Nexis => {
                let is_heading = || nexis::label(line).is_some_and(|(_, rest)| rest.is_empty());
                nexis::is_end(line) || nexis::is_start(line) || is_day(line) || is_heading()
            }
            Maker::Proquest => {
                proquest::is_link(line)
                    || proquest::is_between(line)
                    || proquest::is_number(line)
                    || proquest::heading(line).is_some()
            }
        }
    }

    /// Whether a line is a mark, and not merely what an article may say at the edge of a page.
    pub fn is_mark(&self, line: &str) -> bool {
        self.begins(line) && (self.maker != Maker::Factiva || !is_day(line) && !is_number_of_words(line))
    }

    /// Whether `other` is what a line says, and not `line`: one that is read in the other direction. A line of numbers and
    /// Latin letters on an Arabic page does not show in which it was written.
    pub fn prefers(&self, other: &str, line: &str) -> bool {
        let is_known = |it: &str| self.begins(it) || self.is_whole(it);
        let is_byline = other.starts_with("By ") && line.ends_with(" By");
        !is_known(line) && (is_known(other) || self.maker == Maker::Factiva && is_byline)
    }

    /// Whether a line is the last of an article.
    pub fn ends_article(&self, line: &str) -> bool {
        match self.maker {
            Maker::Factiva => factiva::number(line).is_some(),
            Maker::Nexis => nexis::is_end(line),
            Maker::Proquest => proquest::is_between(line),
        }
    }
}

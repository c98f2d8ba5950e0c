//! Whether the day or the month stands first in the dates of a file: «7/25/2024» in a field shows that «7/8/2024» there is
//! in July. Nothing shows it of a single date, which has the day first as in Arabic papers.
//!
//! Records whose date is not certain wait for one that shows it, and those behind them wait to keep their order, up to
//! [`LONGEST_WAIT`]. A daily paper has a 13th of a month within twelve days of articles. Where nothing showed it until then,
//! days stand first as without a proof; a proof of the contrary behind it makes those that follow uncertain.

use std::collections::{BTreeMap, VecDeque};

use crate::archive::article::{DatePrecision, DateProvenance, Problem, PublicationDate};
use crate::archive::date::DayOrder;
use crate::archive::record::{Outcome, Record, Sink, Stop};

use super::field_name;

/// So many bytes of text wait at most. A guess: what a paper writes in a month.
const LONGEST_WAIT: usize = 16 << 20;
/// What a record takes beside its text, in bytes. A guess.
const RECORD: usize = 1 << 10;
/// One order holds if it was shown so many times as often as the other, which then was a slip. A guess.
const SLIPS: u32 = 20;

/// The records of a file whose dates are not certain yet, and what other records showed.
#[derive(Default)]
pub struct DayOrders {
    shown: BTreeMap<String, Shown>,
    /// With the part of the file that each is in.
    waiting: VecDeque<(Record, Option<String>)>,
    n_bytes: usize,
}

/// How often each order was shown for a field.
#[derive(Clone, Copy, Default)]
struct Shown {
    day_first: u32,
    month_first: u32,
}

impl DayOrders {
    /// Passes on a record as a part of a file, if it has any: now, or when its date is certain.
    pub fn emit(&mut self, sink: &mut dyn Sink, record: Record, part: Option<&str>) -> Outcome {
        if let Some((field, _, figures)) = &record.hints.figures {
            let shown = self.shown.entry(field.clone()).or_default();
            match figures.order() {
                Some(DayOrder::DayFirst) => shown.day_first = shown.day_first.saturating_add(1),
                Some(DayOrder::MonthFirst) => shown.month_first = shown.month_first.saturating_add(1),
                None => {}
            }
        }
        self.n_bytes += record.content.n_bytes() + RECORD;
        self.waiting.push_back((record, part.map(str::to_owned)));
        self.pass_on(sink, false)
    }

    /// Passes on the records that wait, after what was read had this outcome.
    pub fn finish(&mut self, sink: &mut dyn Sink, outcome: Outcome) -> Outcome {
        match outcome {
            Ok(()) | Err(Stop::Refused(_)) => {
                self.pass_on(sink, true)?;
                outcome
            }
            Err(Stop::Enough | Stop::Halted(_)) => outcome,
        }
    }

    fn pass_on(&mut self, sink: &mut dyn Sink, is_end: bool) -> Outcome {
        while let Some((record, _)) = self.waiting.front() {
            let shown = record.hints.figures.as_ref().and_then(|(field, _, figures)| {
                let is_ambiguous = figures.is_ambiguous();
                is_ambiguous.then(|| self.shown.get(field).copied().unwrap_or_default())
            });
            let is_settled = shown.is_none_or(|it| it.day_first != 0 || it.month_first != 0);
            if !is_settled && !is_end && self.n_bytes <= LONGEST_WAIT {
                break;
            }
            let Some((mut record, part)) = self.waiting.pop_front() else {
                break;
            };
            self.n_bytes -= record.content.n_bytes() + RECORD;
            if let Some(shown) = shown {
                if !is_settled && !is_end {
                    // From here on days stand first, whatever comes.
                    self.settle(&record);
                }
                set_day(&mut record, shown);
            }
            match part {
                Some(part) => sink.emit_part(part, record)?,
                None => sink.emit(record)?,
            }
        }
        Ok(())
    }

    fn settle(&mut self, record: &Record) {
        let field = record.hints.figures.as_ref().map(|(field, ..)| field);
        if let Some(shown) = field.and_then(|it| self.shown.get_mut(it)) {
            shown.day_first = 1;
        }
    }
}

/// Sets the day of a record that is another one in either order, by what was shown.
fn set_day(record: &mut Record, shown: Shown) {
    let hints = &mut record.hints;
    let Some((field, stated, figures)) = &hints.figures else {
        return;
    };
    let order = match shown {
        Shown {
            day_first: 0,
            month_first: 0,
        } => return,
        it if it.month_first.saturating_mul(SLIPS) <= it.day_first => Some(DayOrder::DayFirst),
        it if it.day_first.saturating_mul(SLIPS) <= it.month_first => Some(DayOrder::MonthFirst),
        _ => None,
    };
    let stated: String = stated.chars().take(60).collect();
    let unreadable = Problem::UnreadableDate(stated);
    let day = order.and_then(|it| figures.day(it));
    // One of another field, or that is stated in words beside it, is surer.
    let is_other = hints
        .published
        .is_some_and(|it| figures.day(DayOrder::DayFirst) != Some(it.date));
    match day {
        _ if is_other => {}
        Some(date) => {
            let provenance = match field_name::is_update(field) {
                true => DateProvenance::Update,
                false => DateProvenance::Metadata,
            };
            hints.problems.retain(|it| *it != unreadable);
            hints.published = Some(PublicationDate {
                date,
                precision: DatePrecision::Day,
                provenance,
            });
        }
        None => {
            if hints.published.take().is_some() {
                hints.problems.push(unreadable);
            }
        }
    }
}

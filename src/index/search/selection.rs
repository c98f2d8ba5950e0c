//! The filters of a request, applied row by row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::arabic::days::epoch_day;
use crate::entities::EntityId;
use crate::index::arrivals::{Later, Moment};
use crate::index::facet::{Facet, FacetFilter};
use crate::index::request::{Period, SearchRequest};
use crate::index::snapshot::Snapshot;

/// A row that was found, with its score.
#[derive(Clone, Copy)]
pub struct ScoredRow {
    pub row: u32,
    pub score: f32,
}

/// A dimension whose counts include what its own filter excludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// A facet for which any of the chosen values is enough.
    Facet(Facet),
    /// The timeline.
    Period,
}

/// The rows that only one dimension's own filter excludes.
pub type OwnRows = HashMap<Dimension, Vec<u32>>;

/// The rows in which a dimension is counted: those of the result, and those that only its own filter excludes.
pub fn rows_for<'a>(dimension: Dimension, result: &'a [u32], own_rows: &OwnRows) -> Cow<'a, [u32]> {
    match own_rows.get(&dimension) {
        None => Cow::Borrowed(result),
        Some(own) => {
            let mut rows = [result, own].concat();
            // Two sorted runs are merged in one pass.
            rows.sort();
            Cow::Owned(rows)
        }
    }
}

/// The filters' verdict on a row.
pub enum Verdict {
    Passes,
    /// It would pass but for the filter in this dimension.
    FailsOnly(Dimension),
    Fails,
}

/// The filters, prepared for many rows.
pub struct Selection<'a> {
    snapshot: &'a Snapshot,
    /// The required values with their facets; `None` for a value that no article has.
    required: Vec<(Facet, Option<u32>)>,
    excluded: Vec<(Facet, u32)>,
    /// The facets for which any value is enough, with the required and the excluded values.
    any_of: Vec<AnyOf>,
    period: Option<DayPeriod>,
    /// After which moment articles came, and when each did.
    new_since: Option<(Moment, Arc<Later>)>,
    without_inferred: bool,
    /// Whether the rows that only one dimension's own filter excludes are not needed.
    pub is_for_result_only: bool,
}

struct AnyOf {
    facet: Facet,
    required: Vec<Option<u32>>,
    excluded: Vec<u32>,
}

/// A [`Period`] in days since 1970.
enum DayPeriod {
    Days(i32, i32),
    Undated,
    Inferred,
}

impl<'a> Selection<'a> {
    pub fn new(request: &SearchRequest, snapshot: &'a Snapshot) -> Self {
        let filters = &request.filters;
        let mut it = Self {
            snapshot,
            without_inferred: request.without_inferred,
            is_for_result_only: false,
            new_since: filters.new_since.map(|it| (it, snapshot.arrived.get())),
            required: Vec::new(),
            excluded: Vec::new(),
            any_of: Vec::new(),
            period: filters.period.map(|period| match period {
                Period::Days { first, last } => DayPeriod::Days(epoch_day(first), epoch_day(last)),
                Period::Undated => DayPeriod::Undated,
                Period::Inferred => DayPeriod::Inferred,
            }),
        };
        for filter in &filters.values {
            let value = value_idx(snapshot, filter);
            if filters.takes_any(filter.facet) {
                let at = it.any_of.iter().position(|any| any.facet == filter.facet);
                let at = at.unwrap_or_else(|| {
                    it.any_of.push(AnyOf {
                        facet: filter.facet,
                        required: Vec::new(),
                        excluded: Vec::new(),
                    });
                    it.any_of.len() - 1
                });
                match filter.excluded {
                    false => it.any_of[at].required.push(value),
                    true => it.any_of[at].excluded.extend(value),
                }
            } else if filter.excluded {
                it.excluded.extend(value.map(|value| (filter.facet, value)));
            } else {
                it.required.push((filter.facet, value));
            }
        }
        it
    }

    /// The rows that pass, and those that only one dimension's own filter excludes.
    pub fn chosen(&self, rows: impl Iterator<Item = ScoredRow>) -> (Vec<ScoredRow>, OwnRows) {
        let mut passing = Vec::new();
        let mut own_rows = OwnRows::default();
        for it in rows {
            match self.verdict(it.row) {
                Verdict::Passes => passing.push(it),
                Verdict::FailsOnly(dimension) => own_rows.entry(dimension).or_default().push(it.row),
                Verdict::Fails => {}
            }
        }
        (passing, own_rows)
    }

    pub fn verdict(&self, row: u32) -> Verdict {
        let has = |facet: Facet, value: u32| self.snapshot.values_of(facet).of(row).any(|it| it == value);
        let required = |&(facet, value): &(Facet, Option<u32>)| value.is_some_and(|value| has(facet, value));
        if !self.required.iter().all(required) || self.excluded.iter().any(|&(facet, value)| has(facet, value)) {
            return Verdict::Fails;
        }
        if let Some((moment, later)) = &self.new_since
            && !later.is_after(self.snapshot.id(row), *moment)
        {
            return Verdict::Fails;
        }
        let mut failing = (!self.passes_period(row)).then_some(Dimension::Period);
        for any in &self.any_of {
            let required =
                any.required.is_empty() || any.required.iter().any(|it| it.is_some_and(|it| has(any.facet, it)));
            if required && !any.excluded.iter().any(|&value| has(any.facet, value)) {
                continue;
            }
            if failing.is_some() {
                return Verdict::Fails;
            }
            failing = Some(Dimension::Facet(any.facet));
        }
        match failing {
            None => Verdict::Passes,
            Some(_) if self.is_for_result_only => Verdict::Fails,
            Some(dimension) => Verdict::FailsOnly(dimension),
        }
    }

    fn passes_period(&self, row: u32) -> bool {
        let day = day_of(self.snapshot, row, self.without_inferred);
        match self.period {
            None => true,
            Some(DayPeriod::Undated) => day.is_none(),
            Some(DayPeriod::Inferred) => day.is_some() && self.snapshot.is_inferred(row),
            Some(DayPeriod::Days(first, last)) => day.is_some_and(|day| first <= day && day <= last),
        }
    }
}

/// The index of a chosen value in its facet's list; `None` if no article has it any longer.
pub fn value_idx(snapshot: &Snapshot, filter: &FacetFilter) -> Option<u32> {
    match filter.facet.entity_kind() {
        Some(_) => snapshot.registry.find(&EntityId(filter.id.clone())).map(|it| it.0),
        None => snapshot.values(filter.facet)?.ids.find_in_order(&filter.id),
    }
}

/// The day of a row, as days since 1970; `None` if it counts as undated.
pub fn day_of(snapshot: &Snapshot, row: u32, without_inferred: bool) -> Option<i32> {
    let is_dated = !(without_inferred && snapshot.is_inferred(row));
    snapshot.day(row).filter(|_| is_dated)
}

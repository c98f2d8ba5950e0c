//! Counts as pictures: what is on the screen, as it is written to a file.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::index::{DayCount, EntityPage, FacetCounts, Period, ResultPage, SearchRequest};

use super::path::ArchiveRoot;
use super::report::PlacedNetwork;
use super::settings::Settings;

/// Counts with all that a caption says of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The counts.
    pub charted: Charted,
    /// What was searched for.
    pub request: SearchRequest,
    /// How many articles that finds.
    pub n_found: u64,
    /// How many the archive has.
    pub n_articles: u64,
    /// Which archive; of its path only the name is told.
    pub archive: ArchiveRoot,
}

/// The counts of a chart.
#[derive(Clone, Debug)]
pub enum Charted {
    /// Articles over time.
    /// Articles over time.
    Timeline(TimelineChart),
    /// Names over time.
    Compared(Arc<EntityPage>),
    /// The most frequent values of a facet.
    Top(FacetCounts),
}

/// Two are the same only if they are of the same counting.
impl PartialEq for Charted {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Timeline(a), Self::Timeline(b)) => a == b,
            (Self::Compared(a), Self::Compared(b)) => Arc::ptr_eq(a, b),
            (Self::Top(a), Self::Top(b)) => a.facet == b.facet && a.values == b.values,
            _ => false,
        }
    }
}

/// What a timeline is compared with: its search, nothing for the whole archive, and its days.
pub type OtherDays = (Option<Box<SearchRequest>>, Arc<[DayCount]>);

/// Articles over time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineChart {
    /// What was searched for.
    pub request: SearchRequest,
    /// The days with articles, in order.
    pub days: Arc<[DayCount]>,
    /// What they are compared with.
    pub other: Option<OtherDays>,
    /// The first and the last day that are shown.
    pub period: (Date, Date),
    /// Whether the user narrowed to this period.
    pub is_narrowed: bool,
    /// How many articles have no date.
    pub undated: u64,
}

impl TimelineChart {
    /// The timeline of a result: within the period that was chosen, or where most of the archive's dates are. Nothing where
    /// no article is dated.
    pub fn new(request: &SearchRequest, page: &ResultPage) -> Option<Self> {
        let (first, last) = page.usual_extent.or(page.extent)?;
        let all = page.extent.unwrap_or((first, last));
        let (period, is_narrowed) = match request.filters.period {
            Some(Period::Days { first, last }) => ((first.max(all.0), last.min(all.1)), true),
            Some(Period::Undated | Period::Inferred) | None => ((first, last), false),
        };
        (period.0 <= period.1).then(|| Self {
            request: request.clone(),
            days: Arc::clone(&page.timeline),
            other: None,
            period,
            is_narrowed,
            undated: page.undated,
        })
    }
}

/// Something to be drawn and written to a file, whose extension says how.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawJob {
    /// What.
    pub drawn: Drawn,
    /// In which language, digits and names of months.
    pub settings: Box<Settings>,
    /// Where to.
    pub path: PathBuf,
}

/// What can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawn {
    /// Who appears with whom.
    Network(Arc<PlacedNetwork>),
    /// Counts.
    Chart(Box<Chart>),
}

//! The index: which articles hold which words, names, sources and dates.
//!
//! The only module that knows tantivy. [`Index`] is what stands on disk, [`Writer`] changes it, [`Searcher`] asks one
//! state of it. It is the only record of which files were read ([`Searcher::files`]), so that the two cannot disagree.
//! It takes articles as they are given; it reads no archive.

mod analysis;
mod columns;
mod compact;
mod completion;
pub mod difference;
mod entity_page;
pub mod error;
mod matches;
mod nothing_found;
mod numbers;
mod plan;
mod preview;
mod query;
mod read_only;
pub mod request;
mod schema;
pub mod searcher;
mod similar;
mod snapshot;
pub mod store;
mod story;
mod title_start;
mod vocabulary;
pub mod writer;

pub use completion::{Completion, CompletionKind};
pub use difference::{Difference, DifferenceSide};
pub use error::{IndexError, OpenError, WriteError};

pub use entity_page::{Appearance, Companion, Compared, EntityPage, FoundEntity, MonthCount, RoleCount};
pub use nothing_found::{Change, NothingFound, WayOut};
pub use preview::{CorrectionPreview, EntitySummary};
pub use request::{
    DayCount, Facet, FacetCount, FacetCounts, FacetFilter, FacetOrder, Filters, Hit, HitOrder, Period, QueryUnderstood,
    ResultPage, RowKind, SearchRequest, SimilarTo, Snippet, StoryCopy,
};
pub use searcher::{Searcher, StoredArticle};
pub use store::Index;
pub use writer::{IndexedFile, Writer};

/// Whether an answer is no longer wanted; asked from several threads, again and again.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

#[cfg(test)]
mod tests;

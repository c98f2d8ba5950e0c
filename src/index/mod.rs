//! The index: which articles hold which words, names, sources and dates.
//!
//! The only module that knows tantivy.

pub mod request;

pub use request::{
    Facet, FacetCount, FacetCounts, FacetFilter, Filters, Hit, HitOrder, MonthCount, Period, ResultPage, SearchRequest,
    Snippet,
};

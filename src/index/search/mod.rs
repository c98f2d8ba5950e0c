//! Answering a [`SearchRequest`](super::SearchRequest): [`page`] matches rows, narrows them by the filters, counts what is
//! left and puts it in order; [`hits`] reads the rows that are shown.
//!
//! Everything works on one [`Snapshot`](super::snapshot::Snapshot) and on rows, its numbers of articles.

pub mod facets;
pub mod hits;
pub mod matching;
pub mod order;
pub mod page;
pub mod plans;
pub mod selection;
pub mod timeline;

//! Answering a [`SearchRequest`](super::SearchRequest): [`page`] matches rows, narrows them by the filters, counts what is
//! left and puts it in order; [`hits`] reads the rows that are shown.
//!
//! Everything works on one [`Snapshot`](super::snapshot::Snapshot) and on rows, its numbers of articles.
//!
//! | file | is |
//! |---|---|
//! | [`page`] | a request answered, step by step |
//! | `plans` | the plan that was needed last |
//! | `matching` | which rows match, and how well |
//! | `selection` | the filters, asked of one row after the other |
//! | `facets` | how often each value occurs |
//! | `timeline` | when the found articles were published |
//! | `order` | in which order rows are listed |
//! | [`hits`] | what the rows on the screen show |

pub mod facets;
pub mod hits;
pub mod matching;
pub mod order;
pub mod page;
pub mod plans;
pub mod selection;
pub mod timeline;

//! Answers a [`SearchRequest`](super::SearchRequest): [`page`] matches rows, applies the filters, counts and sorts;
//! [`hits`] reads the rows that are shown.
//!
//! Everything works on one [`Snapshot`](super::snapshot::Snapshot), whose articles are numbered by row.
//!
//! | file | is |
//! |---|---|
//! | [`page`] | a request answered, step by step |
//! | `plans` | plans of requests, the last one cached |
//! | `matching` | which rows match, and how well |
//! | `selection` | the filters, applied row by row |
//! | `facets` | how often each value occurs |
//! | `timeline` | when the found articles were published |
//! | `order` | in which order rows are listed |
//! | `identical` | whether two texts are the same, word by word |
//! | [`hits`] | what the rows on the screen show |
//! | `full` | all that is known of articles, for exports |

pub mod facets;
pub mod full;
pub mod hits;
pub mod identical;
pub mod matching;
pub mod order;
pub mod page;
pub mod plans;
pub mod selection;
pub mod timeline;

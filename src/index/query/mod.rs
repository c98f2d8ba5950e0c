//! Queries: what was typed ([`parse`]) means something ([`node`]) that is planned on one snapshot ([`plan`]) and asked
//! of tantivy.
//!
//! | file | is |
//! |---|---|
//! | [`parse`] | the search field's language |
//! | [`node`] | what a query means, and that in words |
//! | [`plan`] | words become terms, names become sets of rows |
//! | `forms` | which words of the index a typed word stands for |
//! | `tantivy_query` | queries that tantivy does not have |
//! | `matches` | where the words stand in a text; snippets |

mod forms;
pub mod matches;
pub mod node;
pub mod parse;
pub mod plan;
mod tantivy_query;

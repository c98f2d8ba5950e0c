//! Queries: what was typed ([`parse`]) means something ([`node`]) that is planned on one snapshot ([`plan`]) and asked
//! of tantivy.

mod forms;
pub mod matches;
pub mod node;
pub mod parse;
pub mod plan;
mod tantivy_query;

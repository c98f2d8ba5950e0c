//! The page of a name: when it appears, in which roles, under which spellings, and with whom; one beside another.
//!
//! It stands in the place of the article. Escape goes back to what was there before.
//!
//! - `chart_data`, `chart`: its articles over time
//! - `page`: everything else

mod chart;
mod chart_data;
mod page;

pub use page::{EntityPageState, entity_page_ui};

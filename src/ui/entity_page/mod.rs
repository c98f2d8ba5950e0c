//! The page of a name: when it appears, in which roles, under which spellings, and with whom; one beside another.
//!
//! It stands in the place of the article. Escape goes back to what was there before.
//!
//! - `chart_data`, `chart`: its articles over time
//! - `mentions`: all its articles, and what they say of it
//! - `back`: the way back from one of its articles
//! - `page`: everything else

mod back;
mod chart;
mod chart_data;
mod mentions;
mod page;

pub use back::{back_to_page_ui, is_read_from_page};
pub use chart_data::ChartData;
pub use page::{EntityPageState, entity_page_ui};

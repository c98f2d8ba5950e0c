//! The bar at the top; below it what was chosen.
//!
//! - `search`: the search field and its offers
//! - `bar`: everything else in the bar, and the main menu
//! - `chips`: what was chosen

mod bar;
mod chips;
mod search;

pub use bar::top_bar_ui;
pub use chips::chips_ui;
pub use search::TopBarState;

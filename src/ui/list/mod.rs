//! The list of the articles that were found.
//!
//! - `data`: what a row shows, and its menu
//! - `ui`: draws it

mod data;
mod ui;

pub use ui::{ArticleListState, article_list_ui};

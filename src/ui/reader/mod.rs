//! The reader: one article, set well, with what it names.
//!
//! - `blocks`: what it shows
//! - `mentions`: the names in it, and their menu
//! - `state`: what it remembers
//! - `tools`: what stands above the text
//! - `pane`: all of it, and the menu of the article

mod blocks;
mod mentions;
mod pane;
mod state;
mod tools;

pub use blocks::article_blocks;
pub use pane::reader_pane_ui;
pub use state::ReaderPaneState;

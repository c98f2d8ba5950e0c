//! The reader: one article, set well, with what it names.
//!
//! - `blocks`: what it shows
//! - `mentions`: the names in it, and their menu
//! - `pictures`: its pictures, between the paragraphs and for the graphics card, and their menu
//! - `state`: what it remembers
//! - `tools`: what stands above the text
//! - `pane`: all of it, and the menu of the article

mod blocks;
mod mentions;
mod pane;
mod pictures;
mod state;
mod tools;

pub use blocks::article_blocks;
pub use pane::reader_pane_ui;
pub use pictures::{Textures, about, file_of, first_in_view, name, place_of, wanted};
pub use state::ReaderPaneState;

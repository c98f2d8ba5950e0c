//! A picture without a window, for files: what is on it, and writing it.
//!
//! - `piece`: what is on it
//! - `png`: as pixels; words are set as in the window, their letters drawn from their outlines
//! - `svg`: as lines and areas that can be enlarged; words stay words

mod piece;
mod png;
mod svg;

pub use piece::{Picture, PictureError, Piece};
pub use png::png;
pub use svg::svg;

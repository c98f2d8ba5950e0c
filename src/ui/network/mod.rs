//! The picture of who appears with whom, in the place of the article.
//!
//! Every name is a control with a name of its own for a screen reader; the keyboard goes from one to the next as they
//! stand in the picture, or as they follow each other by their number of articles.
//!
//! - `pane`: the tools, the picture, and what is said of the chosen name
//! - `scene`: where everything stands, worked out before anything is drawn
//! - `picture`: draws it
//! - `input`: moving, enlarging, choosing by mouse and keys

mod input;
mod pane;
mod picture;
mod scene;

pub use pane::{NetworkPaneState, network_pane_ui};

//! What is shown as pictures for files: light, to be printed, and told apart without colours.
//!
//! - `network`: who appears with whom
//! - `charts`: counts of articles, with a caption that says of what
//! - `timeline`, `compared`, `top_names`: what such a chart shows
//! - `plot`: what a chart is given, and what it comes to
//! - `parts`: scales, legends, captions, words

mod charts;
mod compared;
mod network;
mod parts;
mod plot;
mod timeline;
mod top_names;

pub use charts::chart_picture;
pub use network::network_picture;

//! The pictures of articles: looking at them when an article is read, and decoding those in view.
//!
//! - `decode`: from the bytes of a file to pixels, within bounds
//! - `worker`: the thread that decodes

mod decode;
mod worker;

pub use decode::looked_at;
pub use worker::PictureWorker;

//! The pictures of an article: where in its text they stand, what is said of them, and their bytes.
//!
//! They are looked for in pages and books when one article is read to be shown; nothing of them is indexed. Their bytes
//! come from the archive's folder or from the article's own file, and never from the network.
//!
//! | file | is |
//! |---|---|
//! | `model` | a picture of an article, and one as its page has it |
//! | `data_address` | bytes that stand in a page itself: «data:image/png;base64,…» |
//! | `resolve` | which file or part an address in a page means |
//! | `place` | which pictures of a page are the article's, where they stand, and their captions |
//! | `files` | the bytes |

mod data_address;
mod files;
mod model;
mod place;
mod resolve;

pub use files::{MOST_BYTES, PictureFiles};
pub use model::{MOST_PICTURES, PagePicture, Picture, PictureFault, PictureSource};
pub use place::placed;
pub use resolve::{PagePlace, file_name};

//! Optical recognition: from pictures of pages to the words on them, by an installed Tesseract.
//!
//! It is given one grey picture after the other on its standard input and answers on its standard output: no file is made
//! for it, so that none is left behind, and it sees neither names nor texts. Not for deciding what is recognised: the
//! reader of scans (`format/scan`) does that.
//!
//! | file | is |
//! |---|---|
//! | `tesseract` | finds the program, and has it read pictures, some at once |
//! | `page` | what it says of a page: lines, where they stand, and how sure it is |
//! | `picture` | grey pixels, from the files of pictures |
//! | `pages` | the same from the pages of a PDF |

mod page;
mod pages;
mod picture;
mod tesseract;

pub use page::{PageText, RecognisedLine};
pub use pages::PrintedPages;
pub use picture::{PictureError, pictures};
pub use tesseract::{PageFailed, Tesseract};

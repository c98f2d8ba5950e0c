//! What the user marks of articles: a star, read or unread, tags, a note, highlighted passages.
//!
//! Marks say nothing of what articles state: that is corrected in [`crate::entities`].
//!
//! | file | is |
//! |---|---|
//! | `article_marks` | the marks of one article, as they are shown and exported |

mod article_marks;

pub use article_marks::{ArticleMarks, Highlight, MarkColor};

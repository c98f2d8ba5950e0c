//! What the user marks of articles: a star, read or unread, tags, a note, highlighted passages.
//!
//! Marks say nothing of what articles state: that is corrected in [`crate::entities`].
//!
//! | file | is |
//! |---|---|
//! | `article_marks` | the marks of one article, as they are shown and exported |
//! | `change` | what the user does with them |
//! | `kept` | all marks of an archive, as they are kept and merged |
//! | `passage` | finding a highlighted passage again |
//! | `settle` | which article marks belong to after files were read anew |

mod article_marks;
mod change;
mod kept;
mod passage;
mod settle;

pub use article_marks::{ArticleMarks, Highlight, MarkColor};
pub use change::{MarkChange, MarkEdit};
pub use kept::{MarkedArticle, Marks};
pub use passage::PassageText;
pub use settle::settled;

//! What the user does with marks.

use crate::entities::{ArticleKey, ArticlePrint};

use super::article_marks::Highlight;

/// A change of an article's marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkChange {
    /// Gives it a star, or takes it away.
    Star(bool),
    /// Counts it as read, or as unread.
    Read(bool),
    /// Gives it a tag, or takes it away.
    Tag {
        /// The user's word.
        tag: String,
        /// Whether it has it from now on.
        is: bool,
    },
    /// Replaces its note; an empty one removes it.
    Note(String),
    /// Highlights a passage, or gives a highlighted one another colour or note.
    Highlight(Highlight),
    /// Takes a highlight away.
    Unhighlight(Highlight),
}

/// A change of the marks of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkEdit {
    /// Which article.
    pub article: ArticleKey,
    /// What it says.
    pub print: ArticlePrint,
    /// What changes.
    pub change: MarkChange,
}

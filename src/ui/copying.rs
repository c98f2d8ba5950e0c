//! Rows and references for the clipboard: what is asked for them.

use std::sync::Arc;

use crate::archive::ArticleId;
use crate::state::{CitationStyle, Command, ExportWords};

use super::layout::View;
use super::words::export;

/// Puts rows of these articles on the clipboard, as texts and as a table.
pub fn copy_rows(view: View<'_>, articles: Arc<[ArticleId]>) -> Command {
    let words = words_of(view);
    Command::CopyRows(articles, Box::new(words))
}

/// Puts references to these articles on the clipboard.
pub fn cite(view: View<'_>, articles: Arc<[ArticleId]>, style: CitationStyle) -> Command {
    let words = words_of(view);
    Command::Cite(articles, style, Box::new(words))
}

/// The words in files and on the clipboard, for what is searched for now.
pub fn words_of(view: View<'_>) -> ExportWords {
    let found = export::found(view.words, &view.state.archive.search.request);
    export::in_files(view.words, found)
}

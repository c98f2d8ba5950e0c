//! The places in an article, and the words around them.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::TantivyDocument;
use tantivy::schema::Value as _;

use crate::arabic::Span;
use crate::index::analysis::{FoldedWord, folded_words};
use crate::index::error::IndexError;
use crate::index::request::ResultPage;
use crate::index::search::hits::stored_article;
use crate::index::snapshot::Snapshot;
use crate::index::stored::StoredArticle;

use super::line::{KwicLine, LineAt, Place};
use super::nodes::Nodes;

/// What stands on either side of the word, in letters: more than half of the widest window shows. Picked by feel.
const CONTEXT_CHARS: usize = 160;

/// A text of an article whose words were split.
pub struct SplitText {
    pub text: String,
    pub words: Vec<FoldedWord>,
    /// The places in it.
    pub spans: Vec<Span>,
}

/// The title, where it is not just the beginning of the body, and the body of a row, with the places in them.
pub fn texts_of(snapshot: &Snapshot, row: u32, nodes: &Nodes) -> Result<[SplitText; 2], IndexError> {
    let doc: TantivyDocument = snapshot.searcher.doc(snapshot.address_of(row))?;
    let title = doc.get_first(snapshot.fields.title).and_then(|it| it.as_str());
    let title = split(title.unwrap_or_default().to_owned(), nodes);
    let body = split(snapshot.fields.stored_body(&doc), nodes);
    // Its words are found in the body.
    let is_of_body = !title.spans.is_empty() && snapshot.is_title_derived(row)?;
    Ok([without_places(title, is_of_body), body])
}

/// Looks at each paragraph for itself, as the reader does.
fn split(text: String, nodes: &Nodes) -> SplitText {
    let words: Vec<FoldedWord> = folded_words(&text).collect();
    let mut spans = Vec::new();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let end = start + paragraph.len();
        let first = words.partition_point(|it| it.span.start < start);
        let last = words.partition_point(|it| it.span.start < end);
        spans.extend(nodes.find(&text, &words[first..last]));
        start = end + "\n\n".len();
    }
    SplitText { text, words, spans }
}

fn without_places(text: SplitText, is_without: bool) -> SplitText {
    match is_without {
        true => SplitText {
            spans: Vec::new(),
            ..text
        },
        false => text,
    }
}

/// The lines of some places of a page, in their order; an error for each that cannot be read. Those that are not there any
/// more are left out.
pub fn lines(
    snapshot: &Snapshot,
    nodes: &Nodes,
    page: &ResultPage,
    at: &[LineAt],
) -> Vec<Result<KwicLine, IndexError>> {
    let of_article: Vec<&[LineAt]> = at.chunk_by(|a, b| a.row == b.row).collect();
    let read = |of_row: &&[LineAt]| -> Vec<Result<KwicLine, IndexError>> {
        let row = of_row.first().map_or(0, |it| it.row as usize);
        let Some(row) = page.articles.get(row).and_then(|it| snapshot.row_of(*it)) else {
            return Vec::new();
        };
        let read = || {
            let stored = stored_article(snapshot, row)?;
            Ok((texts_of(snapshot, row, nodes)?, stored))
        };
        match read() {
            Ok((texts, stored)) => {
                let lines = of_row.iter().filter_map(|at| line(snapshot, row, *at, &texts, &stored));
                lines.map(Ok).collect()
            }
            Err(err) => of_row.iter().map(|_| Err(IndexError::clone(&err))).collect(),
        }
    };
    let read: Vec<Vec<_>> = of_article.par_iter().map(read).collect();
    read.into_iter().flatten().collect()
}

fn line(snapshot: &Snapshot, row: u32, at: LineAt, texts: &[SplitText; 2], stored: &StoredArticle) -> Option<KwicLine> {
    let [title, body] = texts;
    let nth = at.nth as usize;
    let (text, nth) = match nth.checked_sub(title.spans.len()) {
        None => (title, nth),
        Some(nth) => (body, nth),
    };
    let span = *text.spans.get(nth)?;
    let text = text.text.as_str();
    Some(KwicLine {
        at,
        article: snapshot.id(row),
        path: stored.path.clone(),
        record: stored.record,
        title: stored.title.clone(),
        published: stored.published,
        source: stored.source.clone(),
        place: Place {
            in_title: at.nth < title.spans.len() as u32,
            span,
        },
        before: before(&text[..span.start]),
        found: one_line(span.of(text)?),
        after: after(&text[span.end..]),
    })
}

/// The end of what stands before, from the beginning of a word on.
fn before(text: &str) -> String {
    let cut = text.char_indices().rev().nth(CONTEXT_CHARS);
    let piece = match cut {
        None => text,
        Some((at, _)) => {
            let piece = &text[at..];
            piece.find(char::is_whitespace).map_or(piece, |blank| &piece[blank..])
        }
    };
    one_line(piece).trim_start().to_owned()
}

/// The beginning of what stands behind, up to the end of a word.
fn after(text: &str) -> String {
    let cut = text.char_indices().nth(CONTEXT_CHARS);
    let piece = match cut {
        None => text,
        Some((at, _)) => {
            let piece = &text[..at];
            piece.rfind(char::is_whitespace).map_or(piece, |blank| &piece[..blank])
        }
    };
    one_line(piece).trim_end().to_owned()
}

/// The text with one space for every run of white space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            false => line.push(c),
            true if !line.ends_with(' ') => line.push(' '),
            true => {}
        }
    }
    line
}

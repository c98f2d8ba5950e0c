//! Finding an article by the first letters of its headline, as in a list of files.

use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

use super::analysis::folded_words;
use super::error::IndexError;

/// The documents of a segment whose title begins with `typed`, by document: its words in order from the first on, the
/// last one open, each with or without the article «ال». Empty where nothing that is typed is a word.
///
/// Read from the positions of the title's words, so that no stored title is looked at: a million titles cost as much
/// as the words that begin so.
pub(super) fn docs_by_title(segment: &SegmentReader, title: Field, typed: &str) -> Result<Vec<bool>, IndexError> {
    let words: Vec<String> = folded_words(typed).map(|it| it.surface).collect();
    let Some(last) = words.len().checked_sub(1) else {
        return Ok(Vec::new());
    };
    let is_open = typed.ends_with(char::is_alphanumeric);
    let mut docs = vec![true; segment.max_doc() as usize];
    for (position, word) in words.iter().enumerate() {
        let mut has_word = vec![false; docs.len()];
        for word in [word.clone(), format!("ال{word}")] {
            mark_docs(
                segment,
                title,
                &word,
                position as u32,
                is_open && position == last,
                &mut has_word,
            )?;
        }
        docs.iter_mut().zip(has_word).for_each(|(doc, it)| *doc &= it);
    }
    Ok(docs)
}

/// Marks the documents that have a term at `position`: `word`, or with `is_open` any that begins with it.
fn mark_docs(
    segment: &SegmentReader,
    field: Field,
    word: &str,
    position: u32,
    is_open: bool,
    docs: &mut [bool],
) -> Result<(), IndexError> {
    let index = segment.inverted_index(field)?;
    let mut terms = index.terms().range().ge(word).into_stream()?;
    let mut positions = Vec::new();
    while terms.advance() {
        let term = terms.key();
        if !term.starts_with(word.as_bytes()) || !is_open && term != word.as_bytes() {
            break;
        }
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = index.read_postings_from_terminfo(terms.value(), option)?;
        while postings.doc() != TERMINATED {
            postings.positions(&mut positions);
            if positions.contains(&position)
                && let Some(doc) = docs.get_mut(postings.doc() as usize)
            {
                *doc = true;
            }
            postings.advance();
        }
    }
    Ok(())
}

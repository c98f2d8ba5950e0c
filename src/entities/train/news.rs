//! Marked news: articles in which a reader has marked people, organisations and places.

use serde::Deserialize;

use super::super::EntityKind;
use super::super::tagger::{Label, Token, beginning, hash_of};
use crate::arabic::Span;

/// An article whose names are marked.
#[derive(Clone, Debug)]
pub struct MarkedArticle {
    /// Its name in the file.
    pub id: String,
    /// Where it comes from; empty if that is not said.
    pub collection: String,
    /// Its paragraphs, in their order.
    pub paragraphs: Vec<Paragraph>,
}

impl MarkedArticle {
    /// A number by which articles are drawn for training on a share of them: a hash of the name, independent of
    /// [`tenth`].
    pub fn order(&self) -> u64 {
        hash_of(&self.id).rotate_left(17)
    }
}

/// A paragraph whose names are marked.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The text.
    pub text: String,
    /// The names, as spans of `text`, in its order.
    pub names: Vec<(EntityKind, Span)>,
}

/// Why marked news cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum MarkedError {
    /// A line is not an object with `id`, `text` and `entities`.
    #[error("line {line}: {err}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        err: serde_json::Error,
    },
    /// A name ends before it begins or lies outside its text.
    #[error("line {line}: no text from character {start} to {end}")]
    Range {
        /// Counted from 1.
        line: usize,
        /// The first character.
        start: usize,
        /// The character after the last.
        end: usize,
    },
}

#[derive(Deserialize)]
struct MarkedLine {
    id: String,
    text: String,
    entities: Vec<(usize, usize, EntityKind)>,
    #[serde(default)]
    collection: String,
}

/// Reads marked news: one paragraph a line, `{"id": "article.number", "text": …, "entities": [[start, end, kind]], "collection":
/// …}`, in characters; the collection may be missing. Paragraphs of one article follow each other.
pub fn parse_marked(jsonl: &str) -> Result<Vec<MarkedArticle>, MarkedError> {
    let mut articles: Vec<MarkedArticle> = Vec::new();
    for (idx, json) in jsonl.lines().enumerate().filter(|(_, json)| !json.trim().is_empty()) {
        let line = idx + 1;
        let record: MarkedLine = serde_json::from_str(json).map_err(|err| MarkedError::Line { line, err })?;
        let mut offsets: Vec<usize> = record.text.char_indices().map(|(at, _)| at).collect();
        offsets.push(record.text.len());
        let mut names = Vec::new();
        for (start, end, kind) in record.entities {
            match (offsets.get(start), offsets.get(end)) {
                (Some(from), Some(to)) if from < to => names.push((kind, Span::new(*from, *to))),
                _ => return Err(MarkedError::Range { line, start, end }),
            }
        }
        names.sort_by_key(|(_, span)| *span);
        let id = record.id.rsplit_once('.').map_or(record.id.as_str(), |(id, _)| id);
        let paragraph = Paragraph {
            text: record.text,
            names,
        };
        match articles.last_mut().filter(|it| it.id == id) {
            Some(article) => article.paragraphs.push(paragraph),
            None => articles.push(MarkedArticle {
                id: id.to_owned(),
                collection: record.collection,
                paragraphs: vec![paragraph],
            }),
        }
    }
    Ok(articles)
}

/// Which of ten equal parts an article is in: part 0 is held out, for measuring only.
pub fn tenth(id: &str) -> u64 {
    hash_of(id) % 10
}

/// The labels of tokens, where names are marked.
pub fn labels(tokens: &[Token], names: &[(EntityKind, Span)]) -> Vec<Label> {
    let mut labels = vec![0; tokens.len()];
    for (kind, span) in names {
        let mut label = beginning(*kind);
        for (token, slot) in tokens.iter().zip(&mut labels) {
            if token.span.overlaps(*span) {
                *slot = label;
                label = beginning(*kind) + 1;
            }
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::super::super::tagger::tokens;
    use super::*;

    #[test]
    fn paragraphs_of_one_article_are_gathered() {
        let jsonl = r#"{"id": "a-1.0", "text": "زار سامي بيروت.", "entities": [[9, 14, "place"], [4, 8, "person"]]}
{"id": "a-1.1", "text": "نعم", "entities": []}
{"id": "b.0", "text": "لا", "entities": []}"#;
        let articles = parse_marked(jsonl).unwrap();
        assert_eq!(
            articles.iter().map(|it| it.paragraphs.len()).collect::<Vec<_>>(),
            [2, 1]
        );
        let first = &articles[0].paragraphs[0];
        assert_eq!(first.names[0].1.of(&first.text), Some("سامي"));
        assert_eq!(labels(&tokens(&first.text, 0), &first.names), [0, 1, 5, 0]);
    }

    #[test]
    fn a_name_outside_its_text_is_an_error() {
        let jsonl = r#"{"id": "a.0", "text": "نعم", "entities": [[2, 4, "place"]]}"#;
        assert!(matches!(
            parse_marked(jsonl),
            Err(MarkedError::Range {
                line: 1,
                start: 2,
                end: 4
            })
        ));
        assert!(matches!(parse_marked("{}"), Err(MarkedError::Line { line: 1, .. })));
    }
}

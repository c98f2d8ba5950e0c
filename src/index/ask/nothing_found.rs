//! Why nothing was found, and what would find something.

use std::cmp::Reverse;
use std::ops::Range;

use crate::arabic::Span;
use crate::index::error::IndexError;
use crate::index::query::node::{Node, QueryPart};
use crate::index::request::{Cancelled, Change, NothingFound, QueryUnderstood, SearchRequest, WayOut};
use crate::index::search::matching::n_found;
use crate::index::snapshot::Snapshot;

use super::vocabulary::{words_near, written};

/// At most this many changes are offered. This and the next three were picked by feel.
const MOST_WAYS: usize = 6;
/// At most this many other spellings of a word are offered.
const MOST_SPELLINGS: usize = 2;
/// At most this many similar words are tried.
const MOST_TRIED: usize = 4;
/// At most this many pieces of a query are tried one by one: a longer one was pasted.
const MOST_PARTS: usize = 12;

/// Why a request found nothing; empty for a request that asks for everything. Stops early if `cancelled`.
pub fn why_nothing(
    snapshot: &Snapshot,
    request: &SearchRequest,
    parts: &[QueryPart],
    cancelled: Cancelled<'_>,
) -> Result<NothingFound, IndexError> {
    let parts = &parts[..parts.len().min(MOST_PARTS)];
    let changes = Changes {
        snapshot,
        request,
        parts,
        cancelled,
    };
    let Apart { missing, spellings } = changes.missing_parts()?;
    let mut ways = Vec::new();
    for change in spellings.into_iter().chain(changes.without_choice()) {
        ways.push(changes.way(change)?);
    }
    let mut fewer = Vec::new();
    for change in changes.without_part() {
        fewer.push(changes.way(change)?);
    }
    fewer.sort_by_key(|it| Reverse(it.articles));
    ways.append(&mut fewer);
    if let Some(change) = changes.any_word() {
        ways.push(changes.way(change)?);
    }
    ways.retain(|it| it.articles != 0);
    ways.truncate(MOST_WAYS);
    Ok(NothingFound { missing, ways })
}

/// Tries changes to a request.
struct Changes<'a> {
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
    parts: &'a [QueryPart],
    cancelled: Cancelled<'a>,
}

/// The outcome of searching for each piece of a query by itself.
struct Apart {
    /// The pieces that no article holds.
    missing: Vec<QueryUnderstood>,
    /// Their other spellings.
    spellings: Vec<Change>,
}

impl Changes<'_> {
    fn missing_parts(&self) -> Result<Apart, IndexError> {
        let text = self.request.query_text.as_str();
        let mut missing = Vec::new();
        let mut spellings = Vec::new();
        // The pieces without matches, respelled as the nearest words.
        let mut nearest: Vec<(Span, String, String)> = Vec::new();
        for (idx, part) in self.parts.iter().enumerate() {
            let own_text = part.span.of(text).unwrap_or_default();
            let is_last = idx + 1 == self.parts.len();
            // A space after it ends a word that was not the one being typed.
            let alone = SearchRequest {
                query_text: if is_last {
                    own_text.to_owned()
                } else {
                    format!("{own_text} ")
                },
                as_typed: self.request.as_typed,
                ..SearchRequest::default()
            };
            if self.count(&alone)? != 0 {
                continue;
            }
            missing.push(part.node.understood());
            let of_part = other_spellings(self.snapshot, part)?;
            if let Some((word, other)) = of_part.first() {
                nearest.push((part.span, own_text.replacen(word, other, 1), other.clone()));
            }
            spellings.extend(of_part.into_iter().map(|(word, other)| {
                let own_text = own_text.replacen(&word, &other, 1);
                let query_text = spliced(text, part, &format!("{own_text} "));
                Change::Spelling {
                    word: other,
                    query_text,
                }
            }));
        }
        if 1 < nearest.len() {
            let words: Vec<&str> = nearest.iter().map(|(_, _, word)| word.as_str()).collect();
            let mut query_text = text.to_owned();
            for (span, own_text, _) in nearest.iter().rev() {
                query_text.replace_range(Range::from(*span), own_text);
            }
            let word = words.join(" ");
            spellings.insert(0, Change::Spelling { word, query_text });
        }
        Ok(Apart { missing, spellings })
    }

    fn without_choice(&self) -> impl Iterator<Item = Change> {
        let filters = &self.request.filters;
        let values = (0..filters.values.len()).map(Change::WithoutFilter);
        values.chain(filters.period.map(|_| Change::WithoutPeriod))
    }

    fn without_part(&self) -> impl Iterator<Item = Change> {
        let parts = self.parts.iter().filter(|_| 1 < self.parts.len());
        parts.map(|part| Change::WithoutPart {
            part: part.node.understood(),
            query_text: spliced(&self.request.query_text, part, ""),
        })
    }

    /// Any of the words instead of all, if the query consists of words only.
    fn any_word(&self) -> Option<Change> {
        let word = |part: &QueryPart| part.node.is_word().then(|| part.span.of(&self.request.query_text))?;
        let words: Vec<&str> = self.parts.iter().map(word).collect::<Option<_>>()?;
        let query_text = words.join(" OR ");
        (1 < words.len()).then_some(Change::AnyWord { query_text })
    }

    /// The change with the number of articles that it finds.
    fn way(&self, change: Change) -> Result<WayOut, IndexError> {
        let mut request = self.request.clone();
        match &change {
            Change::Spelling { query_text, .. }
            | Change::WithoutPart { query_text, .. }
            | Change::AnyWord { query_text } => request.query_text.clone_from(query_text),
            Change::WithoutFilter(idx) => {
                request.filters.values.remove(*idx);
            }
            Change::WithoutPeriod => request.filters.period = None,
        }
        let articles = self.count(&request)?;
        Ok(WayOut { change, articles })
    }

    fn count(&self, request: &SearchRequest) -> Result<u64, IndexError> {
        match (self.cancelled)() {
            true => Ok(0),
            false => n_found(self.snapshot, request),
        }
    }
}

/// Words of the archive spelled nearly like the word of a piece, each with that word as typed.
fn other_spellings(snapshot: &Snapshot, part: &QueryPart) -> Result<Vec<(String, String)>, IndexError> {
    let (Node::Word(word) | Node::Beginning(word)) = &part.node else {
        return Ok(Vec::new());
    };
    let near = words_near(snapshot, &word.surface)?;
    let mut spellings = Vec::new();
    for (surface, _) in near.into_iter().take(MOST_TRIED) {
        let written = written(snapshot, &surface)?;
        let is_new = spellings.iter().all(|(_, known)| *known != written);
        if is_new && spellings.len() < MOST_SPELLINGS {
            spellings.push((word.shown.clone(), written));
        }
    }
    Ok(spellings)
}

/// The query with a piece replaced.
fn spliced(text: &str, part: &QueryPart, instead: &str) -> String {
    let (before, after) = (&text[..part.span.start], &text[part.span.end..]);
    let spliced = format!("{before}{instead}{}", after.trim_start());
    if spliced.trim().is_empty() {
        String::new()
    } else {
        spliced
    }
}

//! Why nothing was found, and what would find something.

use crate::arabic::Span;

use super::query::{Node, Part};
use super::{Cancelled, QueryUnderstood, SearchRequest, Searcher};

/// At most so many ways out are offered.
const MOST_WAYS: usize = 6;
/// At most so many other spellings of one word.
const MOST_SPELLINGS: usize = 2;
/// So many nearly equal words are tried.
const MOST_TRIED: usize = 4;
/// Only so many pieces of a query are tried one by one: a longer text was pasted.
const MOST_PARTS: usize = 12;

/// Why nothing was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NothingFound {
    /// The pieces of the query that no article of the archive holds, in the order of the query.
    pub missing: Vec<QueryUnderstood>,
    /// What would find something, the nearest first.
    pub ways: Vec<WayOut>,
}

/// A change of a request that finds something.
#[derive(Clone, Debug, PartialEq)]
pub struct WayOut {
    /// What is changed.
    pub change: Change,
    /// The number of articles that are found then.
    pub articles: u64,
}

/// What is changed in a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A word is spelled as another one.
    Spelling {
        /// The other word.
        word: String,
        /// The query with it.
        query_text: String,
    },
    /// A chosen value is dropped, by its place in `Filters::values`.
    WithoutFilter(usize),
    /// The period is dropped.
    WithoutPeriod,
    /// A piece of the query is dropped.
    WithoutPart {
        /// What the piece asked for.
        part: QueryUnderstood,
        /// The query without it.
        query_text: String,
    },
    /// Any of the words is enough.
    AnyWord {
        /// The query that asks so.
        query_text: String,
    },
}

impl Searcher {
    /// Why a request found nothing; nothing to say of a request that asks for everything. Stops early if `cancelled`
    /// says that the answer is no longer wanted.
    pub(super) fn nothing_found(
        &self,
        request: &SearchRequest,
        parts: &[Part],
        cancelled: Cancelled<'_>,
    ) -> NothingFound {
        let text = request.query_text.as_str();
        let parts = &parts[..parts.len().min(MOST_PARTS)];
        let count = |request: &SearchRequest| match cancelled() {
            true => 0,
            false => self.n_found(request),
        };
        let with_text = |query_text: &str| SearchRequest {
            query_text: query_text.to_owned(),
            ..request.clone()
        };
        let mut found = NothingFound::default();
        let mut others = Vec::new();
        let mut spellings = Vec::new();
        // The pieces that nothing was found for, spelled as the nearest words.
        let mut nearest: Vec<(Span, String, String)> = Vec::new();
        for (idx, part) in parts.iter().enumerate() {
            let own_text = part.span.of(text).unwrap_or_default();
            let is_last = idx + 1 == parts.len();
            // A space after it ends a word that was not the one being typed.
            let alone = SearchRequest {
                query_text: if is_last {
                    own_text.to_owned()
                } else {
                    format!("{own_text} ")
                },
                as_typed: request.as_typed,
                ..SearchRequest::default()
            };
            if count(&alone) == 0 {
                found.missing.push(part.node.understood());
                let of_part = self.other_spellings(part);
                if let Some((word, other)) = of_part.first() {
                    nearest.push((part.span, own_text.replacen(word, other, 1), other.clone()));
                }
                spellings.extend(of_part.into_iter().map(|(word, other)| {
                    let own_text = own_text.replacen(&word, &other, 1);
                    let query_text = spliced(text, part, &format!("{own_text} "));
                    (other, query_text)
                }));
            }
            if 1 < parts.len() {
                let query_text = spliced(text, part, "");
                let articles = count(&with_text(&query_text));
                let part = part.node.understood();
                others.push(WayOut {
                    change: Change::WithoutPart { part, query_text },
                    articles,
                });
            }
        }
        if 1 < nearest.len() {
            let words: Vec<&str> = nearest.iter().map(|(_, _, word)| word.as_str()).collect();
            let mut query_text = text.to_owned();
            for (span, own_text, _) in nearest.iter().rev() {
                query_text.replace_range(std::ops::Range::from(*span), own_text);
            }
            spellings.insert(0, (words.join(" "), query_text));
        }
        for (word, query_text) in spellings {
            let articles = count(&with_text(&query_text));
            found.ways.push(WayOut {
                change: Change::Spelling { word, query_text },
                articles,
            });
        }
        for idx in 0..request.filters.values.len() {
            let mut without = request.clone();
            without.filters.values.remove(idx);
            found.ways.push(WayOut {
                change: Change::WithoutFilter(idx),
                articles: count(&without),
            });
        }
        if request.filters.period.is_some() {
            let mut without = request.clone();
            without.filters.period = None;
            found.ways.push(WayOut {
                change: Change::WithoutPeriod,
                articles: count(&without),
            });
        }
        others.sort_by_key(|it| std::cmp::Reverse(it.articles));
        found.ways.append(&mut others);
        let words: Option<Vec<&str>> = parts
            .iter()
            .map(|part| part.node.is_word().then(|| part.span.of(text))?)
            .collect();
        if let Some(words) = words.filter(|it| 1 < it.len()) {
            let query_text = words.join(" OR ");
            let articles = count(&with_text(&query_text));
            found.ways.push(WayOut {
                change: Change::AnyWord { query_text },
                articles,
            });
        }
        found.ways.retain(|it| it.articles != 0);
        found.ways.truncate(MOST_WAYS);
        found
    }

    /// Words of the archive that are spelled nearly like the word that a piece asks for, with that word as typed.
    fn other_spellings(&self, part: &Part) -> Vec<(String, String)> {
        let (Node::Word(word) | Node::Beginning(word)) = &part.node else {
            return Vec::new();
        };
        let near = self.snapshot().words_near(&word.surface).unwrap_or_default();
        let mut spellings = Vec::new();
        for (surface, _) in near.into_iter().take(MOST_TRIED) {
            let written = self.snapshot().written(&surface).unwrap_or(surface);
            let is_new = spellings.iter().all(|(_, known)| *known != written);
            if is_new && spellings.len() < MOST_SPELLINGS {
                spellings.push((word.shown.clone(), written));
            }
        }
        spellings
    }
}

/// The query with something in the place of a piece.
fn spliced(text: &str, part: &Part, instead: &str) -> String {
    let (before, after) = (&text[..part.span.start], &text[part.span.end..]);
    let spliced = format!("{before}{instead}{}", after.trim_start());
    if spliced.trim().is_empty() {
        String::new()
    } else {
        spliced
    }
}

//! Where the words of a query stand in a text, and the fragment that shows them best.

use std::collections::BTreeSet;

use crate::arabic::Span;

use super::Snippet;
use super::analysis::folded_words;

/// The letters a snippet shows.
const SNIPPET_CHARS: usize = 160;

/// How many words before the first match a snippet begins.
const WORDS_BEFORE: usize = 6;

/// What counts as a match of one operand of the query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Matcher {
    /// A word with one of these stems.
    Word {
        /// The stems.
        stems: Vec<String>,
    },
    /// A word with one of these beginnings.
    Beginning {
        /// The beginnings of the folded word.
        beginnings: Vec<String>,
    },
    /// These words, folded, side by side.
    Phrase {
        /// The words.
        surfaces: Vec<String>,
    },
}

/// A place in a text that matches.
struct Match {
    span: Span,
    matcher_idx: usize,
}

/// The spans of `text` that match, in order, without overlap.
pub(super) fn find_matches(matchers: &[Matcher], text: &str) -> Vec<Span> {
    merged(&all_matches(matchers, text))
}

/// The fragment of `body` with the most different matches, or its beginning.
pub(super) fn snippet(matchers: &[Matcher], body: &str) -> Snippet {
    let matches = all_matches(matchers, body);
    let starts: Vec<usize> = folded_words(body).map(|word| word.span.start).collect();
    let end_of = |start: usize| {
        let piece = &body[start..];
        piece
            .char_indices()
            .nth(SNIPPET_CHARS)
            .map_or(body.len(), |(offset, _)| start + offset)
    };
    let mut best = (0, 0);
    for first in &matches {
        let word_idx = starts.partition_point(|&start| start < first.span.start);
        let start = starts.get(word_idx.saturating_sub(WORDS_BEFORE)).copied().unwrap_or(0);
        let window = Span::new(start, end_of(start));
        let inside: BTreeSet<usize> = matches
            .iter()
            .skip_while(|it| it.span.start < start)
            .take_while(|it| it.span.end <= window.end)
            .map(|it| it.matcher_idx)
            .collect();
        if best.0 < inside.len() {
            best = (inside.len(), start);
        }
        if best.0 == matchers.len() {
            break;
        }
    }
    // From the beginning if the fragment would leave out only a little.
    let start = match starts.iter().position(|&start| start == best.1) {
        Some(word_idx) if word_idx <= 2 => 0,
        _ => best.1,
    };
    let mut end = end_of(start);
    if end < body.len()
        && let Some(blank) = body[start..end].rfind(char::is_whitespace)
    {
        end = start + blank;
    }
    fragment(body, Span::new(start, end), &merged(&matches))
}

/// A piece of `body` in one line, with «…» where the body goes on.
fn fragment(body: &str, span: Span, matches: &[Span]) -> Snippet {
    let piece = span.trimmed(body);
    let mut snippet = Snippet::default();
    if body[..piece.start].chars().any(|c| !c.is_whitespace()) {
        snippet.text.push('…');
    }
    let inside: Vec<Span> = matches.iter().copied().filter(|it| piece.covers(*it)).collect();
    let mut next = inside.iter().peekable();
    let mut match_start = 0;
    let mut was_blank = false;
    for (offset, c) in piece.of(body).unwrap_or_default().char_indices() {
        let at = piece.start + offset;
        if next.peek().is_some_and(|it| it.start == at) {
            match_start = snippet.text.len();
        }
        if !c.is_whitespace() {
            snippet.text.push(c);
        } else if !was_blank {
            snippet.text.push(' ');
        }
        was_blank = c.is_whitespace();
        if next.peek().is_some_and(|it| it.end == at + c.len_utf8()) {
            snippet.matches.push(Span::new(match_start, snippet.text.len()));
            next.next();
        }
    }
    if body[piece.end..].chars().any(|c| !c.is_whitespace()) {
        snippet.text.push('…');
    }
    snippet
}

fn all_matches(matchers: &[Matcher], text: &str) -> Vec<Match> {
    if matchers.is_empty() {
        return Vec::new();
    }
    let words: Vec<_> = folded_words(text).collect();
    let mut matches = Vec::new();
    for (word_idx, word) in words.iter().enumerate() {
        for (matcher_idx, matcher) in matchers.iter().enumerate() {
            let n_words = match matcher {
                Matcher::Word { stems } => usize::from(stems.iter().any(|stem| stem == word.stem())),
                Matcher::Beginning { beginnings } => {
                    usize::from(beginnings.iter().any(|it| word.surface.starts_with(it.as_str())))
                }
                Matcher::Phrase { surfaces } => {
                    let here = words[word_idx..].iter().map(|word| &word.surface);
                    let agree = here.zip(surfaces).filter(|(a, b)| a == b).count();
                    if agree == surfaces.len() { agree } else { 0 }
                }
            };
            if let Some(last) = (word_idx + n_words).checked_sub(1)
                && n_words != 0
            {
                let span = Span::new(word.span.start, words[last].span.end);
                matches.push(Match { span, matcher_idx });
            }
        }
    }
    matches
}

/// The spans of matches, those that overlap made one.
fn merged(matches: &[Match]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for it in matches {
        match spans.last_mut() {
            Some(last) if it.span.start < last.end => last.end = last.end.max(it.span.end),
            _ => spans.push(it.span),
        }
    }
    spans
}

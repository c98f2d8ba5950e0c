//! Finds the words of a query in a text, and the fragment that shows them best.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::arabic::Span;
use crate::arabic::spelling::Spelling;
use crate::index::analysis::{FoldedWord, folded_words};
use crate::index::request::Snippet;

use super::forms::Beginnings;
use super::names::WrittenNames;

/// The letters that a snippet shows: two lines of the list. Picked by feel.
const SNIPPET_CHARS: usize = 160;

/// A snippet begins this many words before the first match. Picked by feel.
const WORDS_BEFORE: usize = 6;

/// So many words of a text are looked at first for a snippet: twice as many as it shows. Picked by feel.
const WORDS_AT_ONCE: usize = 60;

/// Recognises the matches of one operand of the query.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// A word with one of these stems.
    Word {
        /// Any of these, see [`stems_of`](super::forms::stems_of).
        stems: Vec<String>,
        /// The spelling required, if any.
        spelled: Option<Spelled>,
    },
    /// A word with one of these beginnings.
    Beginning {
        /// The beginnings of the word.
        beginnings: Beginnings,
        /// The spelling required, if any.
        spelled: Option<Spelled>,
    },
    /// These words, folded, side by side.
    Phrase {
        /// In the order of the text, each with the spelling required, if any.
        words: Vec<(String, Option<Spelled>)>,
    },
    /// Words with these stems, with other words between them.
    Near {
        /// All of these, in any order.
        stems: Vec<String>,
        /// At most this many other words in all.
        within: usize,
    },
    /// One of these names.
    Name(Arc<WrittenNames>),
}

/// A spelling that a word must agree with.
#[derive(Clone, Debug, PartialEq)]
pub struct Spelled {
    /// As it was typed.
    pub spelling: Spelling,
    /// Whether its letters count too, not only its vowel signs.
    pub as_typed: bool,
}

impl Spelled {
    /// Whether a word of a text, another form of the same word, is spelled this way.
    pub fn is_in(&self, written: &str) -> bool {
        self.spelling.agrees(&Spelling::new(written), self.as_typed)
    }
}

impl Matcher {
    /// How many of the words match, counted from the first; 0 if it does not.
    fn n_words(&self, text: &str, words: &[FoldedWord]) -> usize {
        let Some(first) = words.first() else { return 0 };
        let is_spelled = |spelled: &Option<Spelled>, word: &FoldedWord| {
            let written = word.span.of(text).unwrap_or_default();
            spelled.as_ref().is_none_or(|it| it.is_in(written))
        };
        match self {
            Self::Word { stems, spelled } => {
                let is_form = stems.iter().any(|it| it == first.stem());
                usize::from(is_form && is_spelled(spelled, first))
            }
            Self::Beginning { beginnings, spelled } => {
                usize::from(beginnings.has(first.surface()) && is_spelled(spelled, first))
            }
            Self::Phrase { words: wanted } => {
                let agree = |(word, (surface, spelled)): (&FoldedWord, &(String, Option<Spelled>))| {
                    word.surface() == surface && is_spelled(spelled, word)
                };
                let all = wanted.len() <= words.len() && words.iter().zip(wanted).all(agree);
                if all { wanted.len() } else { 0 }
            }
            Self::Near { stems, within } => {
                let is_wanted = |word: &FoldedWord| stems.iter().any(|it| it == word.stem());
                let window = &words[..words.len().min(stems.len() + within)];
                let all = is_wanted(first)
                    && stems
                        .iter()
                        .all(|wanted| window.iter().any(|word| word.stem() == wanted));
                if !all {
                    return 0;
                }
                1 + window.iter().rposition(is_wanted).unwrap_or(0)
            }
            Self::Name(names) => names.n_words(words),
        }
    }

    fn is_name(&self) -> bool {
        matches!(self, Self::Name(_))
    }
}

/// A place in a text that matches.
struct Match {
    span: Span,
    matcher_idx: usize,
}

/// The spans of `text` that match, in order, without overlap.
pub fn find_matches(matchers: &[Matcher], text: &str) -> Vec<Span> {
    if matchers.is_empty() {
        return Vec::new();
    }
    let words: Vec<FoldedWord> = folded_words(text).collect();
    find_in_words(matchers, text, &words)
}

/// The same among some words of `text` that follow each other.
pub fn find_in_words(matchers: &[Matcher], text: &str, words: &[FoldedWord]) -> Vec<Span> {
    merged(&all_matches(matchers, text, words))
}

/// Whether anything in `text` matches.
pub fn has_match(matcher: &Matcher, text: &str) -> bool {
    let words: Vec<FoldedWord> = folded_words(text).collect();
    (0..words.len()).any(|first| matcher.n_words(text, &words[first..]) != 0)
}

/// The fragment of `body` with the most different matches, or its beginning.
pub fn snippet(matchers: &[Matcher], body: &str) -> Snippet {
    let mut rest = folded_words(body);
    let mut words: Vec<FoldedWord> = rest.by_ref().take(WORDS_BEFORE).collect();
    let end_of = |start: usize| {
        let piece = &body[start..];
        piece
            .char_indices()
            .nth(SNIPPET_CHARS)
            .map_or(body.len(), |(offset, _)| start + offset)
    };
    let mut matches = Vec::new();
    let mut best = (0, 0);
    let mut is_all = matchers.is_empty();
    // Most matches are near the beginning, and most texts are long: no more is looked at than it takes.
    for n_looked_at in (1..).map(|n: usize| WORDS_AT_ONCE * n * n) {
        if is_all {
            break;
        }
        let n_more = n_looked_at.saturating_sub(words.len());
        words.extend(rest.by_ref().take(n_more));
        is_all = words.len() < n_looked_at;
        matches = all_matches(matchers, body, &words);
        best = best_fragment(&matches, &words, end_of);
        let looked_at_to = words.last().map_or(0, |it| it.span.start);
        is_all |= best.0 == matchers.len() && end_of(best.1) <= looked_at_to;
    }
    let starts: Vec<usize> = words.iter().map(|word| word.span.start).collect();
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
    let (names, words): (Vec<Match>, Vec<Match>) = matches
        .into_iter()
        .partition(|it| matchers.get(it.matcher_idx).is_some_and(Matcher::is_name));
    fragment(body, Span::new(start, end), &merged(&words), &merged(&names))
}

/// How many different matchers match in the fragment where most do, the first of equals, and where that begins. `end_of` says
/// where a fragment ends.
fn best_fragment(matches: &[Match], words: &[FoldedWord], end_of: impl Fn(usize) -> usize) -> (usize, usize) {
    let mut best = (0, 0);
    for first in matches {
        let word_idx = words.partition_point(|word| word.span.start < first.span.start);
        let before = words.get(word_idx.saturating_sub(WORDS_BEFORE));
        let start = before.map_or(0, |word| word.span.start);
        let end = end_of(start);
        let inside: BTreeSet<usize> = matches
            .iter()
            .skip_while(|it| it.span.start < start)
            .take_while(|it| it.span.end <= end)
            .map(|it| it.matcher_idx)
            .collect();
        if best.0 < inside.len() {
            best = (inside.len(), start);
        }
    }
    best
}

/// A piece of `body` in one line, with «…» where the body goes on.
fn fragment(body: &str, span: Span, matches: &[Span], names: &[Span]) -> Snippet {
    let piece = span.trimmed(body);
    let mut text = String::new();
    if body[..piece.start].chars().any(|c| !c.is_whitespace()) {
        text.push('…');
    }
    // Where each letter stands in the body, and in the text.
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut was_blank = false;
    for (offset, c) in piece.of(body).unwrap_or_default().char_indices() {
        if !c.is_whitespace() {
            places.push((piece.start + offset, text.len()));
            text.push(c);
        } else if !was_blank {
            text.push(' ');
        }
        was_blank = c.is_whitespace();
    }
    let shown = |it: &Span| {
        let first = places.partition_point(|place| place.0 < it.start);
        let last = places.partition_point(|place| place.0 < it.end).checked_sub(1)?;
        let (start, end) = (places.get(first)?.1, places.get(last)?.1);
        let width = text[end..].chars().next().map_or(0, char::len_utf8);
        Some(Span::new(start, end + width))
    };
    let inside = |spans: &[Span]| spans.iter().filter(|it| piece.covers(**it)).filter_map(shown).collect();
    let (matches, names) = (inside(matches), inside(names));
    if body[piece.end..].chars().any(|c| !c.is_whitespace()) {
        text.push('…');
    }
    Snippet { text, matches, names }
}

/// `words` are those of `text`.
fn all_matches(matchers: &[Matcher], text: &str, words: &[FoldedWord]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (word_idx, word) in words.iter().enumerate() {
        for (matcher_idx, matcher) in matchers.iter().enumerate() {
            let n_words = matcher.n_words(text, &words[word_idx..]);
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

/// The spans of matches, overlapping ones merged.
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

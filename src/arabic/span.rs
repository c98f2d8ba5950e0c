//! A piece of a text.

use std::ops::Range;

/// A range of bytes in some text.
///
/// A `Span` does not know which text it belongs to: the name of the variable says it
/// (`span_in_source`, `span_in_folded`), and a field that is just called `span` says it in its docs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// The offset of the first byte.
    pub start: usize,
    /// The offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span must not end before it starts: {start}..{end}");
        Self { start, end }
    }

    /// Its length in bytes, not characters.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies in the span.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly in the span.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two have at least one byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same piece counted from `start_in_outer`, where `self` is counted from the start of a part.
    pub fn shifted(self, start_in_outer: usize) -> Self {
        Self {
            start: self.start + start_in_outer,
            end: self.end + start_in_outer,
        }
    }

    /// The piece of `text`, or `None` if the span does not fit on its character boundaries.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// The span without white space and invisible marks at either end.
    ///
    /// Returns `self` unchanged if it does not fit `text`.
    pub fn trimmed(self, text: &str) -> Self {
        let Some(piece) = self.of(text) else { return self };
        let is_blank = |c: char| c.is_whitespace() || super::letter::is_invisible(c);
        let without_start = piece.trim_start_matches(is_blank);
        let start = self.end - without_start.len();
        Self {
            start,
            end: start + without_start.trim_end_matches(is_blank).len(),
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

//! The lines of a text, and the parts of those that glue several together.

use std::sync::LazyLock;

use memchr::memmem::FinderRev;

use crate::arabic::{Folding, Span, fold, letter};
use crate::archive::phrase::{self, Marker};
use crate::archive::{Problem, Section, SectionKind};

use super::glued;
use super::line;

/// The most letters after «المصدر:»; what is longer quotes a source. A guess.
pub(super) const LONGEST_SOURCE: usize = 50;

/// The words of a share bar end within so many bytes, tashkeel included. A guess.
const SHARE_BAR: usize = 96;

/// A trimmed piece of a line, and what it is as far as that is known.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub span: Span,
    pub kind: Option<SectionKind>,
    /// Whether mark-up says its kind, or that the folder or the text itself repeats it.
    pub is_marked: bool,
    /// Whether the article states that it ends before it.
    pub is_behind_end: bool,
}

impl Piece {
    fn new(span: Span, kind: Option<SectionKind>) -> Self {
        let (is_marked, is_behind_end) = (false, false);
        Self {
            span,
            kind,
            is_marked,
            is_behind_end,
        }
    }
}

/// The lines of the text; those that hold glued parts are split.
pub(super) fn pieces(text: &str, forced: &[Section]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if span.is_empty() {
            continue;
        }
        // They are in the order of the text and do not overlap.
        let n_before = forced.partition_point(|it| it.span.start <= span.start);
        match forced[..n_before].last().filter(|it| it.span.covers(span)) {
            Some(section) => pieces.push(Piece {
                span,
                kind: Some(section.kind),
                is_marked: true,
                is_behind_end: false,
            }),
            None => split_line(text, span, &mut pieces),
        }
    }
    pieces
}

/// Makes paragraphs of titles that are too long for one, and says so.
pub(super) fn without_long_titles(text: &str, pieces: &mut [Piece]) -> Option<Problem> {
    let limit = line::LONGEST_TITLE;
    let is_too_long = |piece: &&mut Piece| {
        piece.kind == Some(SectionKind::Title) && piece.span.of(text).is_some_and(|line| line::is_longer(line, limit))
    };
    let mut problem = None;
    for piece in pieces.iter_mut().filter(is_too_long) {
        piece.kind = Some(SectionKind::Body);
        problem = Some(Problem::LongTitle { limit });
    }
    problem
}

/// Splits a line around the headlines of others that are glued into it, and «… المصدر: euronews» before its source.
fn split_line(text: &str, span: Span, pieces: &mut Vec<Piece>) {
    let mut push = |start: usize, end: usize, kind: Option<SectionKind>| {
        let span = Span::new(start, end).trimmed(text);
        if !span.is_empty() {
            pieces.push(Piece::new(span, kind));
        }
    };
    let line = span.of(text).unwrap_or_default();
    let mut start = span.start;
    for others in glued::headlines(line) {
        push(start, span.start + others.start, None);
        push(
            span.start + others.start,
            span.start + others.end,
            Some(SectionKind::RelatedArticle),
        );
        start = span.start + others.end;
    }
    let rest = &text[start..span.end];
    if let Some(at) = glued_source(rest) {
        let before = &rest[..at];
        let kind = (phrase::marker(before) == Some(Marker::Furniture) || is_share_bar(before))
            .then_some(SectionKind::Boilerplate);
        push(start, start + at, kind);
        push(start + at, span.end, Some(SectionKind::Source));
    } else {
        push(start, span.end, is_share_bar(rest).then_some(SectionKind::Boilerplate));
    }
}

/// Whether a line begins with the words of a share bar, glued to what follows.
fn is_share_bar(line: &str) -> bool {
    line.trim_start().starts_with("Go to accessibility shortcuts") || {
        let line = line.trim_start();
        let folded = fold(&line[..line.floor_char_boundary(SHARE_BAR)], Folding::Word);
        folded
            .strip_prefix("شارك هذا المقال")
            .is_some_and(|rest| rest.chars().next().is_some_and(|c| c != ' '))
    }
}

/// Where «المصدر: X» begins at the end of a line that has more: only where the word is glued to its neighbour or
/// follows a full stop, so that «وقال المصدر: …» in a sentence is text.
fn glued_source(line: &str) -> Option<usize> {
    const LABEL: &str = "المصدر";
    static LAST: LazyLock<FinderRev<'static>> = LazyLock::new(|| FinderRev::new(LABEL));
    let at = LAST.rfind(line.as_bytes())?;
    let rest = line[at + LABEL.len()..].trim_start().strip_prefix(':')?;
    if rest.trim().is_empty() || LONGEST_SOURCE < rest.chars().count() || at == 0 {
        return None;
    }
    let before = line[..at].chars().next_back()?;
    let is_glued = letter::is_arabic_letter(before) && !is_clitic_before(&line[..at]) || before == '.';
    let follows_a_stop = before.is_whitespace() && line[..at].trim_end().ends_with(['.', '؟', '!', '»', '"', ')']);
    (is_glued || follows_a_stop).then_some(at)
}

/// Whether the letters before a word are a clitic of it: «والمصدر».
fn is_clitic_before(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !letter::is_arabic_letter(c))
        .next()
        .unwrap_or("");
    word.chars().count() < 2
}

/// Puts parts in the place of the piece at `idx`, each given by where it begins and ends in the piece.
pub(super) fn replace(text: &str, pieces: &mut Vec<Piece>, idx: usize, parts: &[(usize, usize, SectionKind)]) {
    let start = pieces[idx].span.start;
    let parts = parts.iter().filter_map(|&(from, to, kind)| {
        let span = Span::new(start + from, start + to).trimmed(text);
        (!span.is_empty()).then_some(Piece::new(span, Some(kind)))
    });
    let parts: Vec<Piece> = parts.collect();
    pieces.splice(idx..=idx, parts);
}

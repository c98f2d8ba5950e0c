//! Marks what follows the article: its source, its keywords, others' articles.

use crate::arabic::Span;
use crate::archive::SectionKind;
use crate::archive::phrase::{self, Marker};

use super::facts::Facts;
use super::line;
use super::piece;
use super::piece::Piece;

/// Others' headlines end the article only after this many letters; above may stand the page's menus. A guess.
const LETTERS_BEFORE_RELATED: usize = 100;

/// Marks sources, keyword lists and what follows the article: others' articles and the page's furniture.
pub(super) fn mark(text: &str, pieces: &mut [Piece], facts: &mut Facts) {
    let mut letters_before = 0;
    let mut has_ended = false;
    let mut idx = 0;
    while idx < pieces.len() {
        let piece = pieces[idx];
        let line = piece.span.of(text).unwrap_or_default();
        if piece.kind == Some(SectionKind::Source) || piece.kind.is_none() && stated_source(line).is_some() {
            pieces[idx].kind = Some(SectionKind::Source);
            facts.source(stated_source(line).unwrap_or_default());
            has_ended |= idx != 0;
        } else if piece.kind.is_none()
            && let Some(list) = phrase::keywords(line)
        {
            pieces[idx].kind = Some(SectionKind::Keywords);
            let end = piece.span.end;
            facts.keywords(Span::new(end - list.len(), end));
            has_ended |= idx != 0;
        } else if piece.kind.is_none()
            && phrase::marker(line) == Some(Marker::Related)
            && LETTERS_BEFORE_RELATED < letters_before
        {
            if !phrase::stands_alone(line) && !has_ended {
                // One headline in passing: «اقرأ أيضا: …».
                pieces[idx].kind = Some(SectionKind::RelatedArticle);
            } else if let Some(end) = teaser_end(text, pieces, idx).filter(|_| !has_ended) {
                pieces[idx..end]
                    .iter_mut()
                    .for_each(|it| it.kind = Some(SectionKind::RelatedArticle));
                idx = end;
                continue;
            } else {
                pieces[idx..]
                    .iter_mut()
                    .for_each(|it| it.kind = Some(SectionKind::RelatedArticle));
                return;
            }
        }
        letters_before += line.chars().count();
        idx += 1;
    }
}

/// Where the article goes on after a heading of other articles: it does if only headlines stand between the heading
/// and the better part of the article's paragraphs, and no source closes what follows.
fn teaser_end(text: &str, pieces: &[Piece], heading: usize) -> Option<usize> {
    let is_paragraph =
        |piece: &Piece| piece.kind.is_none() && line::is_paragraph(piece.span.of(text).unwrap_or_default());
    let n_before = pieces[..heading].iter().filter(|it| is_paragraph(it)).count();
    let rest = &pieces[heading + 1..];
    let n_after = rest.iter().filter(|it| is_paragraph(it)).count();
    let first = rest.iter().position(is_paragraph)?;
    // A whole article that follows has a headline, too, but it is not as long as what it follows, or brings its own
    // source.
    let has_source = rest
        .iter()
        .any(|it| stated_source(it.span.of(text).unwrap_or_default()).is_some());
    let goes_on = n_before <= 2 && 2 <= n_after && !has_source && first <= 4;
    goes_on.then_some(heading + 1 + first)
}

/// What stands after «المصدر:» at the beginning of a line of its own.
fn stated_source(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("المصدر")
        .or_else(|| line.strip_prefix("مصدر الخبر"))?;
    let rest = rest.trim_start().strip_prefix([':', '/', '-'])?.trim();
    (!rest.is_empty() && rest.chars().count() <= piece::LONGEST_SOURCE).then_some(rest)
}

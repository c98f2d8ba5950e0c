//! Whether so much of a text is left out that the article has to say so.

use crate::archive::{Problem, SectionKind};

use super::piece::Piece;

/// A text of which more than this share is left out says so: a third, as the reader promises for every format.
const MOST_IN_100: usize = 33;

/// Says so, if much of a text was taken for what is not the article: captions, other articles, the page. What mark-up says,
/// and the fields of a record, are not of the text.
pub(super) fn problem(pieces: &[Piece]) -> Option<Problem> {
    use SectionKind::{Boilerplate, Caption, RelatedArticle};
    let of_text = pieces
        .iter()
        .filter(|it| !it.is_marked || it.kind.is_some_and(SectionKind::is_article));
    let is_left_out = |it: &&Piece| matches!(it.kind, Some(Caption | RelatedArticle | Boilerplate));
    let all: usize = of_text.clone().map(|it| it.span.len()).sum();
    let left_out: usize = of_text.filter(is_left_out).map(|it| it.span.len()).sum();
    let percent = left_out.saturating_mul(100) / all.max(1);
    (MOST_IN_100 < percent).then_some(Problem::MuchLeftOut {
        percent: u8::try_from(percent).unwrap_or(100),
    })
}

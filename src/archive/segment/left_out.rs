//! Whether so much of a text is left out that the article has to say so.

use crate::archive::{Problem, SectionKind};

use super::piece::Piece;

/// A text of which more than this share is left out says so …
const MOST_IN_100: usize = 33;
/// … and one that states where it ends, in which only other articles follow, above this one. A guess: one other article
/// is about as long.
const MOST_BEHIND_END_IN_100: usize = 66;

/// Says so, if much of a text was taken for what is not the article: captions, other articles, the page. What mark-up says,
/// and the fields of a record, are not of the text.
pub(super) fn problem(pieces: &[Piece]) -> Option<Problem> {
    let (mut all, mut doubtful, mut behind_end) = (0_usize, 0_usize, 0_usize);
    for piece in pieces
        .iter()
        .filter(|it| !it.is_marked || it.kind.is_some_and(SectionKind::is_article))
    {
        use SectionKind::{Boilerplate, Caption, RelatedArticle};
        let length = piece.span.len();
        match piece.kind {
            Some(Caption | RelatedArticle | Boilerplate) if piece.is_behind_end => behind_end += length,
            Some(Caption | RelatedArticle | Boilerplate) => doubtful += length,
            _ => {}
        }
        all += length;
    }
    let percent = |part: usize| part.saturating_mul(100) / all.max(1);
    let left_out = percent(doubtful + behind_end);
    let is_much = MOST_IN_100 < percent(doubtful) || MOST_BEHIND_END_IN_100 < left_out;
    is_much.then_some(Problem::MuchLeftOut {
        percent: u8::try_from(left_out).unwrap_or(100),
    })
}

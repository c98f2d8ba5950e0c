//! The other articles with the same text.

use crate::archive::ArticleId;
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::search::hits::stored_article;
use crate::index::search::identical::is_identical;
use crate::index::snapshot::Snapshot;

/// At most this many articles of a story are compared. A guess: few stories have more.
const MOST_COMPARED: usize = 32;

/// Another article with the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdenticalCopy {
    /// The article's id.
    pub article: ArticleId,
    /// The outlet or agency, as spelled in its file.
    pub source: Option<String>,
}

/// The other articles of the archive with the text of a row, in the order of paths.
pub fn identical_to(snapshot: &Snapshot, row: u32) -> Result<Vec<IdenticalCopy>, IndexError> {
    let Some(story) = snapshot.stories.of(row) else {
        return Ok(Vec::new());
    };
    let body = stored_article(snapshot, row)?.body;
    let is_other = |it: &u32| *it != row && snapshot.stories.of(*it) == Some(story);
    let mut others: Vec<u32> = snapshot.live_rows().filter(is_other).take(MOST_COMPARED).collect();
    others.sort_unstable_by_key(|it| snapshot.rank(*it));
    let mut copies = Vec::new();
    for other in others {
        if is_identical(&body, &stored_article(snapshot, other)?.body) {
            copies.push(IdenticalCopy {
                article: snapshot.id(other),
                source: snapshot.spellings(other, Facet::Source)?.into_iter().next(),
            });
        }
    }
    Ok(copies)
}

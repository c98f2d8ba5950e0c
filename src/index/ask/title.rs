//! Finds titles by their beginnings, as they are typed in the list.
//!
//! The index keeps the folded beginning of every title in a column of its own. Its dictionary is sorted, so titles that
//! begin alike are one range of numbers, and no title needs to be read.

use std::collections::HashSet;
use std::ops::Bound;

use crate::archive::ArticleId;
use crate::index::error::IndexError;
use crate::index::request::{Cancelled, ResultPage};
use crate::index::schema::TITLE_START;
use crate::index::snapshot::Snapshot;
use crate::index::values::title_start;

/// The Arabic article, which readers skip at the beginning of a title.
const ARTICLE: &str = "ال";

/// Rows between two checks for cancellation. Picked by feel.
const ROWS_PER_CHECK: usize = 4096;

/// So many articles begin with one title in archives of forms and weather reports, which are known by more than that. A
/// guess.
const MOST_CALLED: usize = 200;

/// The next row of a page whose title begins with what was typed; `None` if there is none, or if that is no longer
/// wanted. See [`Searcher::find_title`](crate::index::Searcher::find_title).
pub fn find_title(
    snapshot: &Snapshot,
    page: &ResultPage,
    typed: &str,
    after: Option<usize>,
    cancelled: Cancelled<'_>,
) -> Result<Option<usize>, IndexError> {
    let Some(TypedStart { start, number }) = TypedStart::new(typed) else {
        return Ok(None);
    };
    let wanted = articles_starting_with(snapshot, &start)?;
    if wanted.is_empty() {
        return Ok(None);
    }
    let n_rows = page.articles.len();
    let first = after.map_or(0, |row| (row + 1).min(n_rows));
    let mut found = Vec::new();
    for (n_seen, row) in (first..n_rows).chain(0..first).enumerate() {
        if n_seen % ROWS_PER_CHECK == 0 && cancelled() {
            return Ok(None);
        }
        if wanted.contains(&page.articles[row]) {
            found.push(row);
            if found.len() == number {
                return Ok(Some(row));
            }
        }
    }
    // Fewer rows match than were asked for: start over.
    let idx = (number - 1).checked_rem(found.len());
    Ok(idx.map(|idx| found[idx]))
}

/// The live rows of articles with a title like this one, in any spelling, in the order of paths; of very many the first.
pub fn rows_called(snapshot: &Snapshot, title: &str) -> Result<Vec<u32>, IndexError> {
    let articles = articles_starting_with(snapshot, &title_start(title))?;
    let mut rows: Vec<u32> = articles.into_iter().filter_map(|it| snapshot.row_of(it)).collect();
    rows.sort_unstable_by_key(|row| snapshot.rank(*row));
    rows.truncate(MOST_CALLED);
    Ok(rows)
}

/// What is typed to find a title.
#[derive(Debug, PartialEq, Eq)]
struct TypedStart {
    /// How the title begins, see [`title_start()`].
    start: String,
    /// Which of these titles is meant, from 1: the same letter typed again moves on to the next.
    number: usize,
}

impl TypedStart {
    /// `None` if no letter was typed.
    fn new(typed: &str) -> Option<Self> {
        let start = title_start(typed);
        let letter = start.chars().next()?;
        let n_letters = start.chars().count();
        if start.chars().all(|c| c == letter) {
            return Some(Self {
                start: letter.to_string(),
                number: n_letters,
            });
        }
        Some(Self { start, number: 1 })
    }
}

/// The articles whose titles begin with `start`, or with the Arabic article before it.
fn articles_starting_with(snapshot: &Snapshot, start: &str) -> Result<HashSet<ArticleId>, IndexError> {
    let mut articles = HashSet::new();
    let mut docs = Vec::new();
    for (segment_idx, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let Some(column) = segment.fast_fields().str(TITLE_START)? else {
            continue;
        };
        let first_row = snapshot.rows_of_segment(segment_idx).start;
        for first in [start.to_owned(), format!("{ARTICLE}{start}")] {
            // No text contains this byte, so the texts that begin with `first` sort before it.
            let end = [first.as_bytes(), &[0xFF]].concat();
            let bounds = (Bound::Included(first.as_bytes()), Bound::Excluded(end.as_slice()));
            let ords = column.dictionary().term_bounds_to_ord(bounds.0, bounds.1)?;
            let (Bound::Included(low), Bound::Excluded(high)) = ords else {
                continue;
            };
            if high <= low {
                continue;
            }
            docs.clear();
            column
                .ords()
                .get_docids_for_value_range(low..=high - 1, 0..segment.max_doc(), &mut docs);
            let rows = docs.iter().map(|doc| first_row + doc);
            articles.extend(
                rows.filter(|row| snapshot.live[*row as usize])
                    .map(|row| snapshot.id(row)),
            );
        }
    }
    Ok(articles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_typed_again_means_the_next_title() {
        let check = |typed: &str, expected: Option<(&str, usize)>| {
            let found = TypedStart::new(typed);
            assert_eq!(found.as_ref().map(|it| (it.start.as_str(), it.number)), expected);
        };
        check("ق", Some(("ق", 1)));
        check("ققق", Some(("ق", 3)));
        check("أإا", Some(("ا", 3)));
        check("قا", Some(("قا", 1)));
        check("قا ", Some(("قا ", 1)));
        check(" «", None);
    }
}

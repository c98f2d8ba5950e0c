//! Titles by their beginnings, as they are typed in the list.
//!
//! The index keeps the folded beginning of every title in a column of its own: its dictionary is in order, so that
//! the titles that begin alike are one stretch of numbers, and no title is read.

use std::collections::HashSet;
use std::ops::Bound;

use crate::arabic::{Folding, fold};
use crate::archive::ArticleId;

use super::error::IndexError;
use super::snapshot::Snapshot;

/// The name of the column.
pub(super) const TITLE_START: &str = "title_start";

/// How many characters of a title are kept: more are not typed to find a row.
const MOST_CHARS: usize = 32;

/// The Arabic article, which a reader does not count as the beginning of a title.
const ARTICLE: &str = "ال";

/// The beginning of a title: folded, with one space for all that is neither letter nor digit, none at the start.
pub(super) fn title_start(title: &str) -> String {
    let mut start = String::new();
    for c in fold(title, Folding::Word).chars() {
        if c.is_alphanumeric() {
            start.push(c);
        } else if !start.is_empty() && !start.ends_with(' ') {
            start.push(' ');
        }
    }
    start.chars().take(MOST_CHARS).collect()
}

/// What is typed to find a title.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TypedStart {
    /// How the title begins, see [`title_start`].
    pub start: String,
    /// Which of these titles is meant, from 1: one letter typed again and again goes from one to the next.
    pub number: usize,
}

impl TypedStart {
    /// Nothing if no letter was typed.
    pub fn new(typed: &str) -> Option<Self> {
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
pub(super) fn articles_starting_with(snapshot: &Snapshot, start: &str) -> Result<HashSet<ArticleId>, IndexError> {
    let mut articles = HashSet::new();
    let mut docs = Vec::new();
    for (segment_idx, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let Some(column) = segment.fast_fields().str(TITLE_START)? else {
            continue;
        };
        let first_row = snapshot.rows_of_segment(segment_idx).start;
        for first in [start.to_owned(), format!("{ARTICLE}{start}")] {
            // No text holds this byte, so the texts that begin with `first` lie before it.
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
    fn a_beginning_is_without_marks_quotes_and_seats() {
        assert_eq!(title_start("«أَحمد»: إلى المدينة"), "احمد الي المدينه");
        assert_eq!(title_start("  COP-28 في ٢٠٢٣"), "cop 28 في 2023");
        assert_eq!(title_start("…"), "");
    }

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

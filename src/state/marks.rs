//! What the user marked in the open archive.

use std::collections::HashMap;
use std::sync::Arc;

use crate::archive::ArticleId;
use crate::marks::{ArticleMarks, MarkChange, MarkColor, MarkEdit};

/// The marks by which the archive is searched.
#[derive(Clone, Debug, Default)]
pub struct MarkedArchive {
    /// Those of the articles that the archive holds.
    pub articles: Arc<HashMap<ArticleId, ArticleMarks>>,
    /// The user's tags with their colours and the number of articles that bear each, in the order of the alphabet.
    pub tags: Vec<(String, MarkColor, u64)>,
    /// How many articles with marks are not to be found.
    pub n_lost: usize,
}

impl MarkedArchive {
    /// The marks of an article.
    pub fn of(&self, article: ArticleId) -> Option<&ArticleMarks> {
        self.articles.get(&article)
    }

    /// The colour of a tag.
    pub fn color_of(&self, tag: &str) -> MarkColor {
        let known = self.tags.iter().find(|(it, _, _)| it == tag);
        known.map(|it| it.1).unwrap_or_default()
    }
}

/// Which articles are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkScope {
    /// This one.
    One(ArticleId),
    /// Those that are picked in the list; without any, the one that is shown.
    Picked,
    /// All that were found.
    Found,
}

/// A change of marks that was made here, to be told and taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What was changed.
    pub change: MarkChange,
    /// What takes it back: a change for each article.
    pub undo: Vec<MarkEdit>,
}

/// What the user did last, to be taken back in the order in which it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A correction was made.
    Corrected,
    /// Articles were marked.
    Marked(Vec<MarkEdit>),
}

/// Why marks could not be kept or handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkFailure {
    /// They could not be kept; everything is as it was.
    NotKept(super::cause::Cause),
    /// A file that the user named cannot be read or written.
    File(std::path::PathBuf, super::cause::Cause),
    /// A file holds no marks.
    NotMarks(std::path::PathBuf, super::cause::Cause),
    /// Only so many articles can be marked at once.
    TooMany(usize),
}

/// The articles that were picked in the list, for what is done with several at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// In the order in which they were picked; each once.
    pub articles: Vec<ArticleId>,
    /// The row from which a range is picked.
    anchor: Option<usize>,
}

impl Picked {
    /// Whether an article is picked.
    pub fn contains(&self, article: ArticleId) -> bool {
        self.articles.contains(&article)
    }

    /// Picks an article in this row, or no longer picks it.
    pub fn toggle(&mut self, row: usize, article: ArticleId) {
        self.anchor = Some(row);
        match self.articles.iter().position(|it| *it == article) {
            Some(at) => drop(self.articles.remove(at)),
            None => self.articles.push(article),
        }
    }

    /// Picks all rows from the anchor, or else from the row `selected`, to this one, and no others.
    pub fn extend(&mut self, row: usize, selected: Option<usize>, rows: &[ArticleId]) {
        let anchor = *self.anchor.get_or_insert(selected.unwrap_or(row));
        let last = rows.len().saturating_sub(1);
        let range = anchor.min(row).min(last)..=anchor.max(row).min(last);
        self.articles = rows.get(range).unwrap_or_default().to_vec();
    }

    /// Picks all.
    pub fn all(&mut self, rows: &[ArticleId]) {
        self.articles = rows.to_vec();
        self.anchor = None;
    }

    /// Picks none.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_picked_from_where_they_began() {
        let rows: Vec<ArticleId> = (0..6).map(ArticleId).collect();
        let mut picked = Picked::default();
        picked.extend(3, Some(2), &rows);
        assert_eq!(picked.articles, rows[2..=3]);
        picked.extend(0, Some(3), &rows);
        assert_eq!(picked.articles, rows[0..=2]);
        picked.extend(9, None, &rows);
        assert_eq!(picked.articles, rows[2..]);
        picked.toggle(4, ArticleId(4));
        assert!(!picked.contains(ArticleId(4)));
        picked.extend(5, None, &rows);
        assert_eq!(picked.articles, rows[4..]);
        picked.extend(5, None, &[]);
        assert_eq!(picked.articles, []);
    }
}

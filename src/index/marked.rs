//! Which rows the user marked, and how. Marks are no part of the index: they lie beside its columns and change without it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::arabic::{Folding, fold};
use crate::archive::ArticleId;
use crate::entities::ArticleKey;
use crate::marks::{ArticleMarks, Marks};

use super::analysis::{folded_words, stem_of};
use super::columns::Columns;
use super::columns::stored::ValueColumn;
use super::numbers::ValuesBuilder;
use super::values::path_key;

/// What an article can be marked with besides tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// It has a star.
    Starred,
    /// It was read.
    Read,
    /// It has a note, or one of its highlights has.
    Noted,
    /// Passages of it are highlighted.
    Highlighted,
    /// It has tags.
    Tagged,
}

impl MarkKind {
    /// Those that are counted as values of [`Facet::Mark`](super::facet::Facet::Mark); of tags each is a value.
    pub const COUNTED: [Self; 4] = [Self::Starred, Self::Read, Self::Noted, Self::Highlighted];

    /// The id of the facet's value.
    pub fn id(self) -> &'static str {
        match self {
            Self::Starred => "is:starred",
            Self::Read => "is:read",
            Self::Noted => "has:note",
            Self::Highlighted => "has:highlight",
            Self::Tagged => "has:tag",
        }
    }

    /// The inverse of [`MarkKind::id`].
    pub fn of_id(id: &str) -> Option<Self> {
        Self::COUNTED.into_iter().find(|it| it.id() == id)
    }

    /// Whether an article has it.
    fn is_of(self, marks: &ArticleMarks) -> bool {
        match self {
            Self::Starred => marks.is_starred,
            Self::Read => marks.is_read,
            Self::Noted => !marks.note.is_empty() || marks.highlights.iter().any(|it| !it.note.is_empty()),
            Self::Highlighted => !marks.highlights.is_empty(),
            Self::Tagged => !marks.tags.is_empty(),
        }
    }
}

/// Stands before the folded tag in the id of its value.
const TAG: &str = "tag:";

/// Where the words of a mark stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkText {
    /// In notes of the user's, of articles and of passages.
    Note,
    /// In highlighted passages.
    Highlight,
}

/// The marks of the rows of one state of the index.
#[derive(Default)]
pub(super) struct MarkedRows {
    /// The values of [`Facet::Mark`](super::facet::Facet::Mark); without rows where nothing is marked.
    column: Option<ValueColumn>,
    /// In the order of rows.
    texts: Vec<(u32, MarkText, Vec<MarkedWord>)>,
    of_articles: Arc<HashMap<ArticleId, ArticleMarks>>,
}

/// A word of the user's notes or of a highlighted passage.
struct MarkedWord {
    surface: String,
    stem: String,
}

impl MarkedRows {
    /// The marks of the rows of `columns`. Those of articles that the index does not hold are left out.
    pub fn new(columns: &Columns, marks: &Marks) -> Self {
        let finder = RowFinder::new(columns);
        let of_rows: BTreeMap<u32, ArticleMarks> = marks
            .articles()
            .filter_map(|(key, it)| Some((finder.row_of(key)?, it.shown()?)))
            .collect();
        let mut spellings: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        let mut ids_of_rows: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
        let mut texts = Vec::new();
        for (row, marks) in &of_rows {
            let ids = ids_of_rows.entry(*row).or_default();
            for kind in MarkKind::COUNTED.into_iter().filter(|it| it.is_of(marks)) {
                spellings
                    .entry(kind.id().to_owned())
                    .or_default()
                    .insert(kind.id().to_owned(), 1);
                ids.insert(kind.id().to_owned());
            }
            for tag in &marks.tags {
                let id = format!("{TAG}{}", fold(tag, Folding::Name));
                *spellings.entry(id.clone()).or_default().entry(tag.clone()).or_default() += 1;
                ids.insert(id);
            }
            let notes = marks.highlights.iter().map(|it| &it.note).chain([&marks.note]);
            texts.extend(
                notes
                    .filter(|it| !it.is_empty())
                    .map(|it| (*row, MarkText::Note, marked_words(it))),
            );
            let quotes = marks.highlights.iter().map(|it| &it.quote);
            texts.extend(quotes.map(|it| (*row, MarkText::Highlight, marked_words(it))));
        }
        let names: BTreeMap<String, String> = spellings.into_iter().map(|(id, of_id)| (id, usual(of_id))).collect();
        let numbers: HashMap<&str, u32> = names.keys().map(String::as_str).zip(0..).collect();
        let mut by_row = ValuesBuilder::default();
        for row in 0..columns.n_rows() as u32 {
            let ids = ids_of_rows.get(&row).into_iter().flatten();
            by_row.push(&mut ids.map(|it| numbers[it.as_str()]).collect());
        }
        let column = ValueColumn {
            by_row: by_row.finish(),
            ids: names.keys().map(String::as_str).collect(),
            names: names.values().map(String::as_str).collect(),
        };
        let of_articles = of_rows.into_iter().map(|(row, marks)| (columns.id(row), marks));
        Self {
            column: Some(column),
            texts,
            of_articles: Arc::new(of_articles.collect()),
        }
    }

    /// The marks by articles.
    pub fn of_articles(&self) -> Arc<HashMap<ArticleId, ArticleMarks>> {
        Arc::clone(&self.of_articles)
    }

    /// The values of the facet.
    pub fn column(&self) -> Option<&ValueColumn> {
        self.column.as_ref()
    }

    /// The numbers of the facet's values that mean this.
    pub fn values_of(&self, kind: MarkKind) -> Vec<u32> {
        let Some(column) = &self.column else { return Vec::new() };
        let is_meant = |id: &str| match kind {
            MarkKind::Tagged => id.starts_with(TAG),
            _ => id == kind.id(),
        };
        (0..)
            .zip(column.ids.iter())
            .filter(|(_, id)| is_meant(id))
            .map(|(value, _)| value)
            .collect()
    }

    /// The rows of which one note, or one passage, has all these words, in any form: each is a folded word with its stem. Of
    /// the last one the beginning is enough if it is still being typed.
    pub fn rows_with(&self, wanted: &[(String, String)], of: MarkText, is_open: bool) -> BTreeSet<u32> {
        let has = |words: &[MarkedWord], idx: usize, (surface, stem): &(String, String)| {
            let is_beginning = is_open && idx + 1 == wanted.len();
            let is_it = |word: &MarkedWord| {
                word.surface == *surface || word.stem == *stem || is_beginning && word.surface.starts_with(surface)
            };
            words.iter().any(is_it)
        };
        let has_all = |words: &[MarkedWord]| wanted.iter().enumerate().all(|(idx, it)| has(words, idx, it));
        let found = self
            .texts
            .iter()
            .filter(|(_, place, words)| *place == of && has_all(words));
        found.map(|(row, _, _)| *row).collect()
    }
}

/// The most frequent spelling of a tag; of equals the first in the order of letters.
fn usual(spellings: BTreeMap<String, u32>) -> String {
    let most = spellings.into_iter().rev().max_by_key(|(_, n)| *n);
    most.map(|(spelling, _)| spelling).unwrap_or_default()
}

fn marked_words(text: &str) -> Vec<MarkedWord> {
    let words = folded_words(text).map(|word| MarkedWord {
        surface: word.surface().to_owned(),
        stem: stem_of(word.surface(), word.kind),
    });
    words.collect()
}

/// Finds the rows of articles by their keys.
pub(super) struct RowFinder<'a> {
    columns: &'a Columns,
    /// The rows of files whose names are not Unicode, by their keys, which hold them as far as they are.
    lossy: OnceCell<HashMap<ArticleKey, u32>>,
}

impl<'a> RowFinder<'a> {
    pub fn new(columns: &'a Columns) -> Self {
        let lossy = OnceCell::new();
        Self { columns, lossy }
    }

    pub fn row_of(&self, key: &ArticleKey) -> Option<u32> {
        let columns = self.columns;
        let by_id = columns.row_of(key.id());
        // What is read from a zip or book has the id of its member.
        let by_place = || {
            let rows = columns.rows_of_file(&path_key(key.file.as_ref())).ok()?;
            let is_it = |row: &u32| columns.is_live(*row) && columns.place_of(*row).is_ok_and(|it| it.1 == key.record);
            rows.into_iter().find(is_it)
        };
        by_id.or_else(by_place).or_else(|| {
            let is_lossy = key.file.contains(char::REPLACEMENT_CHARACTER);
            is_lossy.then(|| self.lossy().get(key).copied()).flatten()
        })
    }

    fn lossy(&self) -> &HashMap<ArticleKey, u32> {
        self.lossy.get_or_init(|| {
            let columns = self.columns;
            let of_row = |row: u32| {
                let (path, record) = columns.place_of(row).ok()?;
                path.to_str().is_none().then(|| (ArticleKey::at(&path, record), row))
            };
            columns.live_rows().filter_map(of_row).collect()
        })
    }
}

//! What every search needs of every row, and the file that stores it for the next start.
//!
//! A *row* is a document of the index: its segment's first row plus its number in the segment. Rows of deleted
//! documents and of files without articles exist but are not live.
//!
//! # Where columns come from
//!
//! The segments of the index are the source of truth; columns are derived from them and can be rebuilt at any time. A
//! segment never changes, so what is known of it stays valid as long as it exists: [`Columns::new`] copies that from
//! the previous columns and reads only new segments. [`mod@file`] writes them to a file beside the index, which the next
//! start maps instead of reading a million documents. A missing, damaged or outdated file is rebuilt; one that is older
//! than the index is used for the segments that it knows.
//!
//! # Adding a column
//!
//! - A *facet* of texts: an arm of [`text_field`](super::schema::text_field), which says in which fast field of the index
//!   they stand. `.github/CONTRIBUTING.md` says what else a facet takes.
//! - A *number* of each row: a field of [`Stored`], read in [`build`], and named in [`Stored::parts`] and
//!   [`Stored::of_parts`].
//! - *Lists of numbers*: the same.
//!
//! Raise `FORMAT` in [`mod@file`] with each of them. Nothing else needs to know: files of another format are rebuilt.
//!
//! | file | is |
//! |---|---|
//! | `segments` | the segments of the index, and where their rows were in the previous columns |
//! | [`build`] | builds columns from segments |
//! | `stored` | the columns that are stored, a part each |
//! | [`mod@file`] | the file that stores them |
//! | `word_forms` | which terms of a segment are forms of one word |
//! | `names` | the names of all rows, numbered |
//! | `opened` | the columns that rows of a list are read from |
//! | `order` | all rows in the orders of a list |
//! | `latin` | the Latin forms that articles write for names |
//! | `indexed_files` | which files the index was made of |

pub mod build;
pub mod file;
pub mod indexed_files;
mod latin;
pub mod names;
mod opened;
pub mod order;
pub mod segments;
pub mod stored;
pub mod word_forms;

use std::ops::{Deref, Range};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tantivy::{DocAddress, DocId};
use xxhash_rust::xxh3::Xxh3;

use crate::arabic::collate::without_article;
use crate::archive::{ArticleId, PublicationDate};
use crate::entities::{EntityKind, NameNumber, NameTable};

use super::arrivals::Arrived;
use super::error::IndexError;
use super::facet::Facet;
use super::schema::{Fields, TITLE_START, text_fields};
use super::values::{form_of_value, name_of_value, path_of_key};

use latin::written_latin;
use names::EarlierNumbers;
use opened::OpenedColumns;
use order::sorted_by_day;
use segments::Segments;
use stored::{INFERRED, Stored, ValueColumn};

/// The share of the dates at either end that is taken for unusual, and is mostly mistaken: a text about the year 711 is
/// not of that year. A guess.
const UNUSUAL: f64 = 0.005;

/// The columns of one state of the index.
pub struct Columns {
    pub searcher: tantivy::Searcher,
    pub fields: Fields,
    /// Whether each row is an article that was not deleted.
    pub live: Vec<bool>,
    /// The number of live rows.
    pub n_articles: u64,
    /// The first and the last day of publication, as days since 1970; `None` if no row is dated.
    pub extent: Option<(i32, i32)>,
    /// The same without the outermost [`UNUSUAL`] of the dated rows at either end.
    pub usual_extent: Option<(i32, i32)>,
    /// The first row of each segment, and the end of the last one.
    first_rows: Vec<u32>,
    stored: Stored,
    /// Of each segment.
    opened: Vec<OnceLock<Result<OpenedColumns, IndexError>>>,
    /// See [`Columns::newest_first`].
    newest_first: OnceLock<Vec<u32>>,
    /// See [`Columns::oldest_first`].
    oldest_first: OnceLock<Vec<u32>>,
    /// See [`Columns::title_ranks`].
    title_ranks: OnceLock<Result<Vec<u32>, IndexError>>,
    /// Whether nothing changed since the previous columns.
    is_unchanged: bool,
    /// When articles came; the same for all states of the index.
    pub arrived: Arc<Arrived>,
}

impl Deref for Columns {
    type Target = Stored;

    fn deref(&self) -> &Stored {
        &self.stored
    }
}

impl Columns {
    /// The columns of the state that `searcher` shows, built with the help of those of an earlier state.
    ///
    /// Also returns the numbers that the names had there; `None` if all have the same.
    pub fn new(
        searcher: tantivy::Searcher,
        fields: Fields,
        last: Option<&Stored>,
    ) -> Result<(Self, Option<EarlierNumbers>), IndexError> {
        let segments = Segments::new(searcher.segment_readers(), last);
        let live = segments.live()?;
        let n_articles = live.iter().filter(|is_live| **is_live).count() as u64;
        let unchanged = last.filter(|last| last.is_of(&searcher));
        let (stored, earlier) = match unchanged {
            Some(last) => (last.clone(), None),
            None => build::build(&segments, &fields, last, searcher.num_docs(), &live)?,
        };
        let [extent, usual_extent] = extents(stored.dated().collect());
        let it = Self {
            n_articles,
            extent,
            usual_extent,
            opened: searcher.segment_readers().iter().map(|_| OnceLock::new()).collect(),
            newest_first: OnceLock::new(),
            oldest_first: OnceLock::new(),
            title_ranks: OnceLock::new(),
            is_unchanged: unchanged.is_some(),
            arrived: Arc::default(),
            first_rows: segments.first_rows.clone(),
            live,
            stored,
            fields,
            searcher,
        };
        Ok((it, earlier))
    }

    /// Whether nothing changed since the previous columns, in memory or in the file.
    pub fn is_unchanged(&self) -> bool {
        self.is_unchanged
    }

    /// The part that depends on the segments alone.
    pub fn stored(&self) -> &Stored {
        &self.stored
    }

    /// The number of rows, live or not.
    pub fn n_rows(&self) -> usize {
        self.live.len()
    }

    /// The live rows, in rising order.
    pub fn live_rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.n_rows() as u32).filter(|&row| self.live[row as usize])
    }

    /// Whether a row is one of an article that the index still holds.
    pub fn is_live(&self, row: u32) -> bool {
        self.live.get(row as usize).copied().unwrap_or(false)
    }

    /// The article of a row; 0 where there is none.
    pub fn id(&self, row: u32) -> ArticleId {
        ArticleId(self.ids.get(row as usize))
    }

    /// The place of a row in the order of paths, then of records.
    pub fn rank(&self, row: u32) -> u32 {
        self.ranks.get(row as usize)
    }

    /// The row at a place in the order of paths: the inverse of [`Columns::rank`].
    pub fn row_of_rank(&self, rank: u32) -> u32 {
        self.by_place.get(rank as usize)
    }

    /// Whether the date of a row was only inferred.
    pub fn is_inferred(&self, row: u32) -> bool {
        self.flags.get(row as usize) & INFERRED != 0
    }

    /// The live row of an article, by binary search.
    pub fn row_of(&self, article: ArticleId) -> Option<u32> {
        let by_id = &self.stored.by_id;
        let (mut low, mut high) = (0, by_id.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.id(by_id.get(middle)) < article {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let same = (low..by_id.len()).map(|idx| by_id.get(idx));
        let mut same = same.take_while(|&row| self.id(row) == article);
        same.find(|&row| self.live[row as usize])
    }

    /// Identifies this state of the index: different states have different stamps, and none has 0.
    pub fn stamp(&self) -> u64 {
        let mut hasher = Xxh3::new();
        for (name, n_rows) in &self.stored.segments {
            hasher.update(name.as_bytes());
            hasher.update(&n_rows.to_le_bytes());
        }
        hasher.update(&self.stored.n_docs.to_le_bytes());
        hasher.digest().max(1)
    }

    /// All rows, those of later days first. The first call sorts them.
    pub fn newest_first(&self) -> &[u32] {
        self.newest_first
            .get_or_init(|| sorted_by_day(&self.stored, order::newest_first))
    }

    /// All rows, those of earlier days first. The first call sorts them.
    pub fn oldest_first(&self) -> &[u32] {
        self.oldest_first
            .get_or_init(|| sorted_by_day(&self.stored, order::oldest_first))
    }

    /// The place of each row in the alphabetical order of titles; titles that begin alike share one. The first call
    /// takes some time.
    pub fn title_ranks(&self) -> Result<&[u32], IndexError> {
        match self.title_ranks.get_or_init(|| self.ranked_titles()) {
            Ok(ranks) => Ok(ranks),
            Err(err) => Err(err.clone()),
        }
    }

    fn ranked_titles(&self) -> Result<Vec<u32>, IndexError> {
        let mut keys: Vec<(String, u32)> = Vec::with_capacity(self.n_rows());
        for (segment_idx, segment) in self.searcher.segment_readers().iter().enumerate() {
            let Some(column) = segment.fast_fields().str(TITLE_START)? else {
                continue;
            };
            let mut starts = Vec::with_capacity(column.num_terms());
            let mut terms = column.dictionary().stream()?;
            while terms.advance() {
                starts.push(without_article(&String::from_utf8_lossy(terms.key())).to_owned());
            }
            for (doc, row) in (0..).zip(self.rows_of_segment(segment_idx)) {
                let start = column.term_ords(doc).next().and_then(|ord| starts.get(ord as usize));
                keys.extend(start.map(|start| (start.clone(), row)));
            }
        }
        keys.sort_unstable();
        let mut ranks = vec![0; self.n_rows()];
        for (rank, alike) in (1..).zip(keys.chunk_by(|a, b| a.0 == b.0)) {
            alike.iter().for_each(|(_, row)| ranks[*row as usize] = rank);
        }
        Ok(ranks)
    }

    /// The values of a facet of texts; `None` for entities.
    pub fn values(&self, facet: Facet) -> Option<&ValueColumn> {
        let idx = text_fields().position(|(it, _)| it == facet)?;
        Some(&self.stored.values[idx])
    }

    /// The forms of the names of a row.
    pub fn name_forms(&self, row: u32) -> impl Iterator<Item = &str> {
        let names = self.names.of(row);
        names.map(|number| form_of_value(self.stored.name_texts.get(number)))
    }

    /// The names in live articles, with the Latin forms that these write.
    pub fn name_table(&self) -> Result<NameTable, IndexError> {
        let is_live = |segment: usize, doc| self.live[(self.first_rows[segment] + doc) as usize];
        let mut latin = written_latin(self.searcher.segment_readers(), is_live)?;
        let mut table = NameTable::default();
        for (number, value) in self.stored.name_texts.iter().enumerate() {
            let kind = EntityKind::ALL[usize::from(self.stored.name_kinds.get(number))];
            let (key, form) = name_of_value(value);
            let name = table.push(kind, &key, form);
            for (form, articles) in latin.remove(&(kind, value.to_owned())).into_iter().flatten() {
                table.add_latin(name, &form, articles);
            }
        }
        for row in self.live_rows() {
            table.add_article(self.id(row).0, self.names.of(row).map(NameNumber));
        }
        Ok(table)
    }

    /// The rows of a segment, in the order of its documents.
    pub fn rows_of_segment(&self, segment_idx: usize) -> Range<u32> {
        self.first_rows[segment_idx]..self.first_rows[segment_idx + 1]
    }

    /// The address of a row in the index.
    pub fn address_of(&self, row: u32) -> DocAddress {
        let segment_idx = self.first_rows.partition_point(|&first| first <= row) - 1;
        DocAddress::new(segment_idx as u32, row - self.first_rows[segment_idx])
    }

    /// The opened columns of the segment of a row, and its document.
    fn opened(&self, row: u32) -> Result<(&OpenedColumns, DocId), IndexError> {
        let address = self.address_of(row);
        let segment_idx = address.segment_ord as usize;
        let open = || OpenedColumns::new(&self.searcher.segment_readers()[segment_idx]);
        match self.opened[segment_idx].get_or_init(open) {
            Ok(opened) => Ok((opened, address.doc_id)),
            Err(err) => Err(err.clone()),
        }
    }

    /// The date of a row.
    pub fn published(&self, row: u32) -> Result<Option<PublicationDate>, IndexError> {
        let (opened, doc) = self.opened(row)?;
        Ok(opened.published(doc))
    }

    /// The path and the record of a row.
    pub fn place_of(&self, row: u32) -> Result<(PathBuf, u32), IndexError> {
        let (opened, doc) = self.opened(row)?;
        let (key, record) = opened.place_of(doc)?;
        Ok((path_of_key(&key), u32::try_from(record).unwrap_or(u32::MAX)))
    }

    /// The rows of the file with this key, in the order of records.
    pub fn rows_of_file(&self, file: &[u8]) -> Result<Vec<u32>, IndexError> {
        let key_at = |rank: usize| -> Result<Vec<u8>, IndexError> {
            let (opened, doc) = self.opened(self.row_of_rank(rank as u32))?;
            Ok(opened.place_of(doc)?.0)
        };
        let (mut low, mut high) = (0, self.n_rows());
        while low < high {
            let middle = low.midpoint(high);
            match key_at(middle)?.as_slice() < file {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let mut rows = Vec::new();
        while low < self.n_rows() && key_at(low)? == file {
            rows.push(self.row_of_rank(low as u32));
            low += 1;
        }
        Ok(rows)
    }

    /// Whether the title of a row was derived from its text.
    pub fn is_title_derived(&self, row: u32) -> Result<bool, IndexError> {
        let (opened, doc) = self.opened(row)?;
        Ok(opened.is_title_derived(doc))
    }

    /// The roles that a row gives people, see [`role_value`](crate::index::values::role_value).
    pub fn roles(&self, row: u32) -> Result<Vec<String>, IndexError> {
        let (opened, doc) = self.opened(row)?;
        opened.roles(doc)
    }

    /// The spellings of a row's values of a facet, in their order: see [`OpenedColumns::spellings`].
    pub fn spellings(&self, row: u32, facet: Facet) -> Result<Vec<String>, IndexError> {
        let (opened, doc) = self.opened(row)?;
        opened.spellings(doc, facet)
    }
}

/// The least and greatest of the days, and the same without the unusual ones.
fn extents(mut dated: Vec<i32>) -> [Option<(i32, i32)>; 2] {
    let extent = dated.iter().min().copied().zip(dated.iter().max().copied());
    let n_unusual = (dated.len() as f64 * UNUSUAL) as usize;
    let usual_extent = (!dated.is_empty()).then(|| {
        let last = dated.len() - 1;
        let first_usual = *dated.select_nth_unstable(n_unusual).1;
        (first_usual, *dated.select_nth_unstable(last - n_unusual).1)
    });
    [extent, usual_extent]
}

//! What every search needs of every row, and the file in which it lies ready for the next time.
//!
//! A *row* is a document of the index: its segment's first row plus its number in the segment. Rows of deleted
//! documents and of files without articles exist but are not live.
//!
//! # Where columns come from
//!
//! The segments of the index are what is true; columns are derived from them and can be made again at any time. A
//! segment never changes, so what was found out about it holds as long as it exists: [`Columns::new`] copies that from
//! the columns of the last time and reads only the segments that are new. [`Columns::keep`] writes them into a file
//! beside the index, which the next start maps instead of reading a million documents; one that is gone, damaged or of
//! another version is made anew, one that is older than the index is used for the segments that it knows.
//!
//! # Adding a column
//!
//! - A *facet* of texts that stand in a fast field of the index: a line in [`VALUE_FIELDS`].
//! - A *number* of each row: a field of [`Stored`], read in [`Columns::new`] with [`Segments::numbers`], and named in
//!   [`Stored::parts`] and [`Stored::of_parts`].
//! - *Numbers of other kinds of lists*: the same, with [`Segments::values`].
//!
//! Raise [`FORMAT`] with each of them. Nothing else has to know: files of another format are made anew.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::directory::{Directory as _, MmapDirectory, OwnedBytes};
use tantivy::index::SegmentId;
use tantivy::{DocAddress, DocId, SegmentReader};
use xxhash_rust::xxh3::Xxh3;

use crate::arabic::collate::without_article;
use crate::arabic::{Folding, fold};
use crate::archive::{ArticleId, DateProvenance, PublicationDate};
use crate::entities::{EntityKind, NameTable};

use super::Facet;
use super::error::IndexError;
use super::numbers::{Number, Numbers, Texts, TextsBuilder, ValuesBuilder, ValuesByRow};
use super::schema::{Fields, NAME_FIELDS, days_of, path_of_key, unpack_date};
use super::title_start::TITLE_START;
use super::writer::{IndexedFile, form_of_value, name_of_value};

/// The facets that are counted by texts in a field of the index.
pub(super) const VALUE_FIELDS: [(Facet, &str); 6] = [
    (Facet::Source, "source"),
    (Facet::Keyword, "keyword"),
    (Facet::Date, "date"),
    (Facet::Language, "language"),
    (Facet::Folder, "folder"),
    (Facet::Format, "format"),
];

/// The name and format of the file. Raised whenever the columns change.
const FORMAT: &str = "columns-1";

/// Stands in [`Stored::days`] for no date.
const UNDATED: i32 = i32::MIN;

/// So small a share of the dates at either end is mostly mistaken: a text about the year 711 is not of that year.
const UNUSUAL: f64 = 0.005;

/// If more rows than this part of all are new, all are put in order anew.
const FEW_NEW_ROWS: usize = 8;

/// What stands in the index.
pub(super) struct Columns {
    pub searcher: tantivy::Searcher,
    pub fields: Fields,
    /// For each row, whether it is an article that was not deleted.
    pub live: Vec<bool>,
    /// The number of live rows.
    pub n_articles: u64,
    /// The first and the last day of publication, as days since 1970; nothing if no row is dated.
    pub extent: Option<(i32, i32)>,
    /// The same without the outermost [`UNUSUAL`] of the dated rows at either end.
    pub usual_extent: Option<(i32, i32)>,
    /// The first row of each segment, and the end of the last one.
    first_rows: Vec<u32>,
    stored: Stored,
    /// See [`Columns::title_ranks`].
    title_ranks: OnceLock<Vec<u32>>,
    /// Whether these very columns were there the last time.
    is_unchanged: bool,
}

/// The columns that stay the same as long as the segments exist.
#[derive(Clone)]
pub(super) struct Stored {
    /// The segments with their numbers of rows, in the order of the rows.
    segments: Vec<(String, u32)>,
    /// The number of documents when the columns were made. Fewer tell that some were deleted.
    n_docs: u64,
    /// For each row its article; 0 where there is none.
    ids: Numbers<u64>,
    /// For each row 1 if it is an article, and 2 more if its date was only inferred.
    flags: Numbers<u8>,
    /// For each row the days since 1970.
    days: Numbers<i32>,
    /// The rows in the order of paths, then of records.
    by_place: Numbers<u32>,
    /// For each row its place in [`Stored::by_place`].
    ranks: Numbers<u32>,
    /// The rows in the order of articles, then of ranks.
    by_id: Numbers<u32>,
    /// For each row the names, as numbers of `name_texts`.
    pub names: ValuesByRow,
    /// The names, see [`name_of_value`]; each stands in a row that was live when the columns were made.
    name_texts: Texts,
    /// For each name its place in [`EntityKind::ALL`].
    name_kinds: Numbers<u8>,
    /// In the order of [`VALUE_FIELDS`].
    values: Vec<ValueColumn>,
}

/// The values of a facet.
#[derive(Clone)]
pub(super) struct ValueColumn {
    /// For each row its values.
    pub by_row: ValuesByRow,
    /// The folded forms of the values, which name them, in their order.
    pub ids: Texts,
    /// For each value its most frequent spelling.
    pub names: Texts,
}

/// For each name its number the last time; [`NEW_NAME`] for what is new.
pub(super) type LastNumbers = Vec<u32>;
pub(super) const NEW_NAME: u32 = u32::MAX;

impl Deref for Columns {
    type Target = Stored;

    fn deref(&self) -> &Stored {
        &self.stored
    }
}

impl Stored {
    /// All parts, in the order in which [`Stored::of_parts`] takes them.
    fn parts(&self) -> Vec<OwnedBytes> {
        let of_values = |it: &ValuesByRow| [it.ends.bytes(), it.values.bytes()];
        let of_texts = |it: &Texts| [it.ends.bytes(), it.bytes.clone()];
        let mut parts = vec![
            self.ids.bytes(),
            self.flags.bytes(),
            self.days.bytes(),
            self.by_place.bytes(),
            self.ranks.bytes(),
            self.by_id.bytes(),
        ];
        parts.extend(of_values(&self.names));
        parts.extend(of_texts(&self.name_texts));
        parts.push(self.name_kinds.bytes());
        for it in &self.values {
            parts.extend(of_values(&it.by_row));
            parts.extend(of_texts(&it.ids));
            parts.extend(of_texts(&it.names));
        }
        parts
    }

    /// Nothing if parts are missing.
    fn of_parts(header: Header, parts: Vec<OwnedBytes>) -> Option<Self> {
        fn numbers<T: Number>(parts: &mut impl Iterator<Item = OwnedBytes>) -> Option<Numbers<T>> {
            parts.next().map(Numbers::of_bytes)
        }
        fn values(parts: &mut impl Iterator<Item = OwnedBytes>) -> Option<ValuesByRow> {
            Some(ValuesByRow::new(numbers(parts)?, numbers(parts)?))
        }
        fn texts(parts: &mut impl Iterator<Item = OwnedBytes>) -> Option<Texts> {
            Some(Texts {
                ends: numbers(parts)?,
                bytes: parts.next()?,
            })
        }
        let parts = &mut parts.into_iter();
        let it = Self {
            segments: header.segments,
            n_docs: header.n_docs,
            ids: numbers(parts)?,
            flags: numbers(parts)?,
            days: numbers(parts)?,
            by_place: numbers(parts)?,
            ranks: numbers(parts)?,
            by_id: numbers(parts)?,
            names: values(parts)?,
            name_texts: texts(parts)?,
            name_kinds: numbers(parts)?,
            values: VALUE_FIELDS
                .iter()
                .map(|_| {
                    Some(ValueColumn {
                        by_row: values(parts)?,
                        ids: texts(parts)?,
                        names: texts(parts)?,
                    })
                })
                .collect::<Option<_>>()?,
        };
        let n_rows: usize = it.segments.iter().map(|(_, n_rows)| *n_rows as usize).sum();
        (it.ids.len() == n_rows && it.names.n_rows() == n_rows).then_some(it)
    }

    /// What the file in the folder of the index holds; nothing if there is none that can be used for `searcher`.
    ///
    /// Columns of the very state that `searcher` shows are taken as they are, so that nothing is read that is not
    /// needed: see [`Stored::is_intact`]. Those of another state are checked, as all of them is copied.
    pub fn load(dir: &Path, searcher: &tantivy::Searcher) -> Option<Self> {
        let directory = MmapDirectory::open(dir).ok()?;
        let mut bytes = directory.open_read(Path::new(FORMAT)).ok()?.read_bytes().ok()?;
        let n_header = usize::try_from(u64::at(bytes.get(..8)?, 0)).ok()?;
        let header: Header = serde_json::from_slice(bytes.get(HEADER..)?.get(..n_header)?).ok()?;
        bytes.advance(HEADER + n_header);
        let mut parts = Vec::new();
        for len in &header.parts {
            let len = usize::try_from(*len).ok().filter(|len| *len <= bytes.len())?;
            let (part, rest) = bytes.split(len);
            parts.push(part);
            bytes = rest;
        }
        let it = Self::of_parts(header, parts)?;
        (it.is_of(searcher) || Self::is_intact(dir)).then_some(it)
    }

    /// Whether the file in the folder of the index is what was written. Reads all of it.
    pub fn is_intact(dir: &Path) -> bool {
        let hash = || -> io::Result<(u64, u64)> {
            let mut file = io::BufReader::with_capacity(1 << 20, File::open(dir.join(FORMAT))?);
            let mut start = [0; HEADER];
            file.read_exact(&mut start)?;
            let mut hasher = Xxh3::new();
            loop {
                let bytes = file.fill_buf()?;
                if bytes.is_empty() {
                    return Ok((u64::at(&start, 1), hasher.digest()));
                }
                hasher.update(bytes);
                let n_bytes = bytes.len();
                file.consume(n_bytes);
            }
        };
        hash().is_ok_and(|(written, found)| written == found)
    }

    /// Whether the columns show the state that `searcher` shows.
    fn is_of(&self, searcher: &tantivy::Searcher) -> bool {
        let segments = searcher.segment_readers().iter();
        self.n_docs == searcher.num_docs()
            && segments
                .map(|it| (name_of(it.segment_id()), it.max_doc()))
                .eq(self.segments.iter().cloned())
    }
}

/// The bytes before the header: its length, and the hash of all that follows.
const HEADER: usize = 16;

/// What stands at the beginning of the file.
#[derive(serde::Serialize, serde::Deserialize)]
struct Header {
    segments: Vec<(String, u32)>,
    n_docs: u64,
    /// The lengths of [`Stored::parts`], in bytes.
    parts: Vec<u64>,
}

impl Columns {
    /// The columns of the state that `searcher` shows, with the help of those of an earlier state.
    ///
    /// Also returns what the names were called there; nothing if all are called the same.
    pub fn new(
        searcher: tantivy::Searcher,
        fields: Fields,
        last: Option<&Stored>,
    ) -> Result<(Self, Option<LastNumbers>), IndexError> {
        let segments = Segments::new(searcher.segment_readers(), last);
        let live = segments.live()?;
        let n_articles = live.iter().filter(|is_live| **is_live).count() as u64;
        let unchanged = last.filter(|last| last.is_of(&searcher));
        let (stored, last_numbers) = match unchanged {
            Some(last) => (last.clone(), None),
            None => segments.read(last, searcher.num_docs(), &live)?,
        };
        let [extent, usual_extent] = extents(stored.days.iter().filter(|it| *it != UNDATED).collect());
        let it = Self {
            n_articles,
            extent,
            usual_extent,
            title_ranks: OnceLock::new(),
            is_unchanged: unchanged.is_some(),
            first_rows: segments.first_rows.clone(),
            live,
            stored,
            fields,
            searcher,
        };
        Ok((it, last_numbers))
    }

    /// Whether these very columns were there the last time, in memory or in the file.
    pub fn is_unchanged(&self) -> bool {
        self.is_unchanged
    }

    /// Removes the file in the folder of the index.
    pub fn forget(dir: &Path) {
        // One that cannot be removed is found to be damaged again.
        fs::remove_file(dir.join(FORMAT)).ok();
    }

    /// Writes the columns into the file in the folder of the index, in one step.
    pub fn keep(&self, dir: &Path) -> io::Result<()> {
        let parts = self.stored.parts();
        let header = serde_json::to_vec(&Header {
            segments: self.stored.segments.clone(),
            n_docs: self.stored.n_docs,
            parts: parts.iter().map(|it| it.len() as u64).collect(),
        })?;
        let mut hasher = Xxh3::new();
        hasher.update(&header);
        parts.iter().for_each(|part| hasher.update(part));
        let mut file = io::BufWriter::new(tempfile::NamedTempFile::new_in(dir)?);
        file.write_all(&(header.len() as u64).to_le_bytes())?;
        file.write_all(&hasher.digest().to_le_bytes())?;
        file.write_all(&header)?;
        for part in &parts {
            file.write_all(part)?;
        }
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(dir.join(FORMAT))?;
        Ok(())
    }

    /// The columns that stay as long as the segments exist.
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

    /// The article of a row; 0 where there is none.
    pub fn id(&self, row: u32) -> ArticleId {
        ArticleId(self.ids.get(row as usize))
    }

    /// The place of a row in the order of paths, then of records.
    pub fn rank(&self, row: u32) -> u32 {
        self.ranks.get(row as usize)
    }

    /// The row of a rank.
    pub fn row_of_rank(&self, rank: u32) -> u32 {
        self.by_place.get(rank as usize)
    }

    /// The days since 1970; nothing if undated.
    pub fn day(&self, row: u32) -> Option<i32> {
        Some(self.days.get(row as usize)).filter(|it| *it != UNDATED)
    }

    /// Whether the date of a row was only inferred.
    pub fn is_inferred(&self, row: u32) -> bool {
        self.flags.get(row as usize) & INFERRED != 0
    }

    /// The row of an article.
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

    /// Names this state of the index: another one has another stamp, and none has 0.
    pub fn stamp(&self) -> u64 {
        let mut hasher = Xxh3::new();
        for (name, n_rows) in &self.stored.segments {
            hasher.update(name.as_bytes());
            hasher.update(&n_rows.to_le_bytes());
        }
        hasher.update(&self.stored.n_docs.to_le_bytes());
        hasher.digest().max(1)
    }

    /// For each row its place in the alphabetical order of titles; titles that begin alike share one. Takes some time
    /// when it is asked for first.
    pub fn title_ranks(&self) -> &[u32] {
        self.title_ranks
            .get_or_init(|| self.ranked_titles().unwrap_or_else(|_err| vec![0; self.n_rows()]))
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

    /// The values of a facet that are counted by texts of the index; nothing for entities.
    pub fn values(&self, facet: Facet) -> Option<&ValueColumn> {
        let idx = VALUE_FIELDS.iter().position(|(it, _)| *it == facet)?;
        self.stored.values.get(idx)
    }

    /// The forms of the names of a row.
    pub fn name_forms(&self, row: u32) -> impl Iterator<Item = &str> {
        let names = self.names.of(row);
        names.map(|number| form_of_value(self.stored.name_texts.get(number)))
    }

    /// The names that stand in live articles.
    pub fn name_table(&self) -> NameTable {
        let mut table = NameTable::default();
        for (number, value) in self.stored.name_texts.iter().enumerate() {
            let kind = usize::from(self.stored.name_kinds.get(number));
            let (key, form) = name_of_value(value);
            table.push(EntityKind::ALL[kind], &key, form);
        }
        for row in self.live_rows() {
            table.add_article(self.id(row).0, self.names.of(row));
        }
        table
    }

    /// The rows of a segment.
    pub fn rows_of_segment(&self, segment_idx: usize) -> Range<u32> {
        self.first_rows[segment_idx]..self.first_rows[segment_idx + 1]
    }

    /// Where a row stands in the index.
    pub fn address_of(&self, row: u32) -> DocAddress {
        let segment_idx = self.first_rows.partition_point(|&first| first <= row) - 1;
        DocAddress::new(segment_idx as u32, row - self.first_rows[segment_idx])
    }

    /// The date of a row.
    pub fn published(&self, row: u32) -> Result<Option<PublicationDate>, IndexError> {
        let address = self.address_of(row);
        let columns = self.searcher.segment_reader(address.segment_ord).fast_fields();
        let packed = first(&columns.column_opt::<i64>("published")?, address.doc_id);
        Ok(packed.and_then(unpack_date))
    }

    /// The path and the record of a row.
    pub fn place_of(&self, row: u32) -> Result<(PathBuf, u32), IndexError> {
        let address = self.address_of(row);
        let (key, record) = place_of(self.searcher.segment_reader(address.segment_ord), address.doc_id)?;
        Ok((path_of_key(&key), u32::try_from(record).unwrap_or(u32::MAX)))
    }

    /// Whether the title of a row was derived from its text.
    pub fn is_title_derived(&self, row: u32) -> Result<bool, IndexError> {
        let address = self.address_of(row);
        let columns = self.searcher.segment_reader(address.segment_ord).fast_fields();
        Ok(first(&columns.column_opt::<u64>("title_derived")?, address.doc_id) == Some(1))
    }

    /// The spellings of a row in a field of values, in their order.
    pub fn spellings(&self, row: u32, field: &str) -> Result<Vec<String>, IndexError> {
        let address = self.address_of(row);
        let columns = self.searcher.segment_reader(address.segment_ord).fast_fields();
        let mut spellings = Vec::new();
        if let Some(column) = columns.str(field)? {
            for ord in column.term_ords(address.doc_id) {
                let mut spelling = String::new();
                column.ord_to_str(ord, &mut spelling)?;
                spellings.push(spelling);
            }
        }
        Ok(spellings)
    }

    /// Every file, in the order of paths.
    pub fn files(&self) -> Result<Vec<IndexedFile>, IndexError> {
        let mut files = Vec::new();
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let Some(paths) = columns.bytes("path")? else { continue };
            let size = columns.column_opt::<u64>("size")?;
            let modified = columns.column_opt::<i64>("modified")?;
            let hash = columns.column_opt::<u64>("hash")?;
            let reading = columns.column_opt::<u64>("reading")?;
            let unreadable = columns.str("unreadable")?;
            let mut keys: Vec<PathBuf> = Vec::with_capacity(paths.num_terms());
            let mut terms = paths.dictionary().stream()?;
            while terms.advance() {
                keys.push(path_of_key(terms.key()));
            }
            for doc in segment.doc_ids_alive() {
                let (Some(size), Some(ord)) = (first(&size, doc), paths.ords().first(doc)) else {
                    continue;
                };
                let Some(path) = keys.get(ord as usize) else { continue };
                files.push(IndexedFile {
                    path: path.clone(),
                    size,
                    modified_nanos: first(&modified, doc).unwrap_or(0),
                    content_hash: first(&hash, doc).unwrap_or(0),
                    reading: first(&reading, doc).unwrap_or(0),
                    unreadable: unreadable_of(&unreadable, doc)?,
                });
            }
        }
        // One that was ended is known under both sizes; the real one comes first.
        files.sort_unstable_by(|a, b| (&a.path, a.size).cmp(&(&b.path, b.size)));
        files.dedup_by(|b, a| a.path == b.path);
        Ok(files)
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

/// What in a document's file could not be read.
fn unreadable_of(column: &Option<StrColumn>, doc: DocId) -> Result<Vec<(PathBuf, String)>, IndexError> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for ord in column.ords().values_for_doc(doc) {
        let mut value = String::new();
        column.ord_to_str(ord, &mut value)?;
        if let Some((path, reason)) = value.split_once('\t') {
            found.push((PathBuf::from(path), reason.to_owned()));
        }
    }
    Ok(found)
}

fn first<T: PartialOrd + Copy + Send + Sync + std::fmt::Debug + 'static>(
    column: &Option<Column<T>>,
    doc: DocId,
) -> Option<T> {
    column.as_ref()?.first(doc)
}

/// The key of the path and the record of a document.
fn place_of(segment: &SegmentReader, doc: DocId) -> Result<(Vec<u8>, u64), IndexError> {
    let columns = segment.fast_fields();
    let mut key = Vec::new();
    if let Some(paths) = columns.bytes("path")?
        && let Some(ord) = paths.ords().first(doc)
    {
        paths.ord_to_bytes(ord, &mut key)?;
    }
    Ok((key, first(&columns.column_opt::<u64>("record")?, doc).unwrap_or(0)))
}

/// In [`Stored::flags`].
const ARTICLE: u8 = 1;
/// In [`Stored::flags`].
const INFERRED: u8 = 2;

/// The segments of the index, and where their rows stood the last time.
struct Segments<'a> {
    readers: &'a [SegmentReader],
    first_rows: Vec<u32>,
    /// For each segment its first row the last time.
    in_last: Vec<Option<u32>>,
    n_new_rows: usize,
}

impl<'a> Segments<'a> {
    fn new(readers: &'a [SegmentReader], last: Option<&Stored>) -> Self {
        let mut rows_in_last: HashMap<&str, (u32, u32)> = HashMap::new();
        let mut next = 0;
        for (id, n_rows) in last.iter().flat_map(|it| &it.segments) {
            rows_in_last.insert(id, (next, *n_rows));
            next += n_rows;
        }
        let mut it = Self {
            readers,
            first_rows: vec![0],
            in_last: Vec::new(),
            n_new_rows: 0,
        };
        let mut end = 0;
        for segment in readers {
            let known = rows_in_last.get(name_of(segment.segment_id()).as_str());
            let known = known.filter(|(_, n_rows)| *n_rows == segment.max_doc());
            it.in_last.push(known.map(|(first, _)| *first));
            it.n_new_rows += known.map_or(segment.max_doc() as usize, |_| 0);
            end += segment.max_doc();
            it.first_rows.push(end);
        }
        it
    }

    fn n_rows(&self) -> usize {
        self.first_rows.last().map_or(0, |it| *it as usize)
    }

    /// Which rows are articles that were not deleted.
    fn live(&self) -> Result<Vec<bool>, IndexError> {
        let mut live = Vec::with_capacity(self.n_rows());
        for segment in self.readers {
            let record = segment.fast_fields().column_opt::<u64>("record")?;
            let has_record = |doc| record.as_ref().is_some_and(|it| it.index.has_value(doc));
            live.extend((0..segment.max_doc()).map(|doc| has_record(doc) && !segment.is_deleted(doc)));
        }
        Ok(live)
    }

    /// Copies what is known and reads the rest.
    fn read(
        &self,
        last: Option<&Stored>,
        n_docs: u64,
        live: &[bool],
    ) -> Result<(Stored, Option<LastNumbers>), IndexError> {
        let published = |segment: &SegmentReader| -> Result<_, IndexError> {
            let column = segment.fast_fields().column_opt::<i64>("published")?;
            Ok(move |doc| first(&column, doc).and_then(unpack_date))
        };
        let ids = self.numbers(last.map(|it| &it.ids), |segment| {
            let column = segment.fast_fields().column_opt::<u64>("id")?;
            Ok(Box::new(move |doc| first(&column, doc).unwrap_or(0)))
        })?;
        let flags = self.numbers(last.map(|it| &it.flags), |segment| {
            let record = segment.fast_fields().column_opt::<u64>("record")?;
            let published = published(segment)?;
            Ok(Box::new(move |doc| {
                let is_article = record.as_ref().is_some_and(|it| it.index.has_value(doc));
                let is_inferred = published(doc).is_some_and(|it| it.provenance == DateProvenance::Inferred);
                u8::from(is_article) * ARTICLE + u8::from(is_inferred) * INFERRED
            }))
        })?;
        let days = self.numbers(last.map(|it| &it.days), |segment| {
            let published = published(segment)?;
            Ok(Box::new(move |doc| {
                published(doc).map_or(UNDATED, |it| days_of(it.date))
            }))
        })?;
        let by_place = self.by_place(last)?;
        let mut ranks = vec![0; self.n_rows()];
        for (rank, row) in (0..).zip(&by_place) {
            ranks[*row as usize] = rank;
        }
        let mut by_id: Vec<u32> = by_place.clone();
        by_id.retain(|&row| flags.get(row as usize) & ARTICLE != 0);
        by_id.sort_by_key(|&row| ids.get(row as usize));
        let names = NameNumbers::new(self, last, live)?;
        let n_last_names = last.map_or(0, |it| it.name_texts.len());
        let values = VALUE_FIELDS.map(|(_, field)| self.values(field, live));
        let mut stored = Stored {
            segments: self
                .readers
                .iter()
                .map(|it| (name_of(it.segment_id()), it.max_doc()))
                .collect(),
            n_docs,
            ids,
            flags,
            days,
            by_place: by_place.into_iter().collect(),
            ranks: ranks.into_iter().collect(),
            by_id: by_id.into_iter().collect(),
            names: names.rows,
            name_texts: names.texts,
            name_kinds: names.kinds,
            values: values.into_iter().collect::<Result<_, _>>()?,
        };
        let numbers = stored.drop_unused_names(live, n_last_names);
        Ok((stored, numbers))
    }

    /// A number of each row.
    fn numbers<T: Number>(
        &self,
        last: Option<&Numbers<T>>,
        read: impl Fn(&SegmentReader) -> Result<Box<dyn Fn(DocId) -> T>, IndexError>,
    ) -> Result<Numbers<T>, IndexError> {
        let mut bytes = Vec::with_capacity(self.n_rows() * T::SIZE);
        for (segment, in_last) in self.readers.iter().zip(&self.in_last) {
            match (last, in_last) {
                (Some(last), Some(start)) => {
                    bytes.extend_from_slice(last.bytes_of(*start as usize..(start + segment.max_doc()) as usize));
                }
                _ => {
                    let number_of = read(segment)?;
                    (0..segment.max_doc()).for_each(|doc| number_of(doc).put(&mut bytes));
                }
            }
        }
        Ok(Numbers::of_bytes(OwnedBytes::new(bytes)))
    }

    /// The rows in the order of paths, then of records.
    fn by_place(&self, last: Option<&Stored>) -> Result<Vec<u32>, IndexError> {
        // What is known keeps its order; it only lies elsewhere now.
        let mut known: Vec<u32> = Vec::new();
        if let Some(last) = last
            && self.n_new_rows * FEW_NEW_ROWS < self.n_rows()
        {
            let mut row_now: Vec<u32> = vec![u32::MAX; last.ids.len()];
            for (idx, start) in self.in_last.iter().enumerate() {
                if let Some(start) = start {
                    let rows = self.first_rows[idx]..self.first_rows[idx + 1];
                    row_now[*start as usize..][..rows.len()]
                        .iter_mut()
                        .zip(rows)
                        .for_each(|(it, row)| *it = row);
                }
            }
            known.extend(
                last.by_place
                    .iter()
                    .map(|row| row_now[row as usize])
                    .filter(|row| *row != u32::MAX),
            );
        }
        let mut new: Vec<(Vec<u8>, u64, u32)> = Vec::new();
        let is_all_new = known.is_empty();
        for (idx, segment) in self.readers.iter().enumerate() {
            if is_all_new || self.in_last[idx].is_none() {
                let paths = segment.fast_fields().bytes("path")?;
                let record = segment.fast_fields().column_opt::<u64>("record")?;
                let mut keys: Vec<Vec<u8>> = Vec::new();
                if let Some(paths) = &paths {
                    let mut terms = paths.dictionary().stream()?;
                    while terms.advance() {
                        keys.push(terms.key().to_vec());
                    }
                }
                for doc in 0..segment.max_doc() {
                    let ord = paths.as_ref().and_then(|it| it.ords().first(doc));
                    let key = ord.and_then(|ord| keys.get(ord as usize)).cloned().unwrap_or_default();
                    new.push((key, first(&record, doc).unwrap_or(0), self.first_rows[idx] + doc));
                }
            }
        }
        new.sort_unstable();
        if known.is_empty() {
            return Ok(new.into_iter().map(|(.., row)| row).collect());
        }
        let mut by_place = Vec::with_capacity(self.n_rows());
        let mut rest = known.as_slice();
        for (key, record, row) in new {
            // A binary search over paths that are looked up one by one.
            let (mut low, mut high) = (0, rest.len());
            while low < high {
                let middle = low.midpoint(high);
                let known_row = rest[middle];
                let idx = self.first_rows.partition_point(|&first| first <= known_row) - 1;
                let place = place_of(&self.readers[idx], known_row - self.first_rows[idx])?;
                match (place.0.as_slice(), place.1, known_row) < (key.as_slice(), record, row) {
                    true => low = middle + 1,
                    false => high = middle,
                }
            }
            by_place.extend_from_slice(&rest[..low]);
            rest = &rest[low..];
            by_place.push(row);
        }
        by_place.extend_from_slice(rest);
        Ok(by_place)
    }

    /// The values of a field over all segments: those whose folded forms are the same are one.
    fn values(&self, field: &str, live: &[bool]) -> Result<ValueColumn, IndexError> {
        let mut spellings: HashMap<String, u32> = HashMap::new();
        let mut columns = Vec::new();
        for segment in self.readers {
            let Some(column) = segment.fast_fields().str(field)? else {
                columns.push(None);
                continue;
            };
            let mut numbers = Vec::with_capacity(column.num_terms());
            let mut terms = column.dictionary().stream()?;
            while terms.advance() {
                let spelling = String::from_utf8_lossy(terms.key()).into_owned();
                let n_spellings = spellings.len() as u32;
                numbers.push(*spellings.entry(spelling).or_insert(n_spellings));
            }
            columns.push(Some((column, numbers)));
        }
        let mut rows = ValuesBuilder::default();
        let mut n_articles = vec![0_u32; spellings.len()];
        let mut of_row = Vec::new();
        let for_each = |visit: &mut dyn FnMut(u32)| {
            for (segment_idx, column) in columns.iter().enumerate() {
                let first_row = self.first_rows[segment_idx];
                for row in first_row..self.first_rows[segment_idx + 1] {
                    if let Some((column, numbers)) = column
                        && live[row as usize]
                    {
                        column
                            .term_ords(row - first_row)
                            .for_each(|ord| visit(numbers[ord as usize]));
                    }
                    visit(END_OF_ROW);
                }
            }
        };
        for_each(&mut |spelling| {
            if spelling != END_OF_ROW {
                n_articles[spelling as usize] += 1;
            }
        });
        // The most frequent spelling; of equals the first.
        let mut by_id: BTreeMap<String, Vec<Spelling<'_>>> = BTreeMap::new();
        for (spelling, number) in &spellings {
            let n_articles = n_articles[*number as usize];
            if n_articles != 0 {
                let of_id = by_id.entry(fold(spelling.trim(), Folding::Word)).or_default();
                of_id.push((Reverse(n_articles), spelling, *number));
            }
        }
        let mut value_of = vec![0; spellings.len()];
        let mut names = TextsBuilder::default();
        for (value, of_id) in (0..).zip(by_id.values()) {
            of_id.iter().for_each(|(.., number)| value_of[*number as usize] = value);
            names.push(of_id.iter().min().map_or("", |it| it.1));
        }
        for_each(&mut |spelling| match spelling {
            END_OF_ROW => rows.push(&mut of_row),
            spelling => of_row.push(value_of[spelling as usize]),
        });
        Ok(ValueColumn {
            by_row: rows.finish(),
            ids: by_id.keys().map(String::as_str).collect(),
            names: names.finish(),
        })
    }
}

/// How often a value is spelled so, the spelling, and its number.
type Spelling<'a> = (Reverse<u32>, &'a str, u32);

/// Stands between the rows where spellings are visited.
const END_OF_ROW: u32 = u32::MAX;

fn name_of(segment: SegmentId) -> String {
    segment.uuid_string()
}

/// The names of all rows, numbered: those of the last time as they were, then those that are new.
struct NameNumbers {
    rows: ValuesByRow,
    texts: Texts,
    kinds: Numbers<u8>,
}

impl NameNumbers {
    fn new(segments: &Segments<'_>, last: Option<&Stored>, live: &[bool]) -> Result<Self, IndexError> {
        let mut texts = TextsBuilder::default();
        let mut kinds: Vec<u8> = Vec::new();
        let mut by_hash: HashMap<u64, u32> = HashMap::new();
        let hash = |kind: u8, name: &str| xxhash_rust::xxh3::xxh3_64_with_seed(name.as_bytes(), u64::from(kind));
        let n_last = last.map_or(0, |it| it.name_texts.len());
        if let Some(last) = last {
            by_hash.reserve(n_last);
            for (number, name) in (0..).zip(last.name_texts.iter()) {
                let kind = last.name_kinds.get(number as usize);
                texts.push(name);
                kinds.push(kind);
                by_hash.insert(hash(kind, name), number);
            }
        }
        let mut rows = ValuesBuilder::default();
        let mut of_row = Vec::new();
        for (idx, segment) in segments.readers.iter().enumerate() {
            if let (Some(last), Some(start)) = (last, segments.in_last[idx]) {
                rows.copy(&last.names, start..start + segment.max_doc());
                continue;
            }
            let mut columns = Vec::new();
            for (kind, field) in (0..).zip(NAME_FIELDS) {
                let Some(column) = segment.fast_fields().str(field)?.map(BytesColumn::from) else {
                    continue;
                };
                let mut numbers = Vec::with_capacity(column.num_terms());
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    let name = String::from_utf8_lossy(terms.key());
                    // Among three million names two have the same hash of 64 bits once in four million archives.
                    let number = *by_hash.entry(hash(kind, &name)).or_insert_with(|| {
                        texts.push(&name);
                        kinds.push(kind);
                        kinds.len() as u32 - 1
                    });
                    numbers.push(number);
                }
                columns.push((column, numbers));
            }
            let first_row = segments.first_rows[idx] as usize;
            for doc in 0..segment.max_doc() {
                if live[first_row + doc as usize] {
                    for (column, numbers) in &columns {
                        of_row.extend(column.term_ords(doc).map(|ord| numbers[ord as usize]));
                    }
                }
                rows.push(&mut of_row);
            }
        }
        Ok(Self {
            rows: rows.finish(),
            texts: texts.finish(),
            kinds: kinds.into_iter().collect(),
        })
    }
}

impl Stored {
    /// Takes out the names that stand in no live row, and the names of the rows that are not live.
    ///
    /// Returns what the names were called the last time, when there were `n_last`; nothing if all are called the same.
    fn drop_unused_names(&mut self, live: &[bool], n_last: usize) -> Option<LastNumbers> {
        let n_names = self.name_texts.len();
        let mut is_used = vec![false; n_names];
        for row in (0..live.len()).filter(|row| live[*row]) {
            self.names.of(row as u32).for_each(|name| is_used[name as usize] = true);
        }
        let mut number_now = vec![0; n_names];
        let mut last_numbers = Vec::new();
        let (mut texts, mut kinds) = (TextsBuilder::default(), Vec::new());
        if is_used.iter().all(|it| *it) {
            return None;
        }
        for (number, name) in self
            .name_texts
            .iter()
            .enumerate()
            .filter(|(number, _)| is_used[*number])
        {
            number_now[number] = kinds.len() as u32;
            texts.push(name);
            kinds.push(self.name_kinds.get(number));
            last_numbers.push(if number < n_last { number as u32 } else { NEW_NAME });
        }
        let mut rows = ValuesBuilder::default();
        let mut of_row: Vec<u32> = Vec::new();
        for (row, is_live) in (0..).zip(live) {
            if *is_live {
                of_row.extend(self.names.of(row).map(|name| number_now[name as usize]));
            }
            rows.push(&mut of_row);
        }
        self.names = rows.finish();
        self.name_texts = texts.finish();
        self.name_kinds = kinds.into_iter().collect();
        Some(last_numbers)
    }
}

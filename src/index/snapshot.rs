//! What the index held at one moment, with the columns that every search needs in memory.
//!
//! A *row* is a document of the index: its segment's first row plus its number in the segment. Rows of deleted
//! documents and of files without articles exist but are not live.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::ops::{Deref, Range};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::{DocAddress, SegmentReader};

use crate::arabic::collate::without_article;
use crate::arabic::{Folding, fold};
use crate::archive::{ArticleId, DateProvenance, PublicationDate};
use crate::entities::{Corrections, EntityKind, KnownIds, NameNumber, NameTable, NamedArticles, Registry, Resolution};

use super::error::IndexError;
use super::schema::{Fields, NAME_FIELDS, days_of, path_of_key, unpack_date};
use super::story::{Memo, Stories};
use super::title_start::TITLE_START;
use super::writer::{IndexedFile, name_of_value};

/// An immutable state of the index and of what its names refer to.
pub(super) struct Snapshot {
    /// What stands in the index. It stays when names are corrected.
    columns: Arc<Columns>,
    /// What the names refer to.
    pub registry: Registry,
    /// For each row the entities, as indices into the registry, each once.
    pub entities: ValuesByRow,
    /// Which articles are nearly the same.
    pub stories: Arc<Stories>,
}

/// What stands in the index.
pub(super) struct Columns {
    pub searcher: tantivy::Searcher,
    pub fields: Fields,
    /// For each row, whether it is an article that was not deleted.
    pub live: Vec<bool>,
    /// The number of live rows.
    pub n_articles: u64,
    /// For each row its article; 0 where there is none.
    pub ids: Vec<ArticleId>,
    /// For each row its place in the order of paths, then of records.
    pub ranks: Vec<u32>,
    /// For each row the days since 1970; nothing if undated.
    pub days: Vec<Option<i32>>,
    /// The rows whose date was only inferred.
    pub inferred: HashSet<u32>,
    /// The least and the greatest of `days`.
    pub extent: Option<(i32, i32)>,
    /// The same without the outermost [`UNUSUAL`] of the dated rows at either end.
    pub usual_extent: Option<(i32, i32)>,
    /// For each row the names, as numbers of the registry's table, each once.
    pub names: ValuesByRow,
    /// For each row its source.
    pub sources: ValuesByRow,
    /// For each row its keywords.
    pub keywords: ValuesByRow,
    /// For each row the months and years it speaks of.
    pub dates: ValuesByRow,
    /// For each row its language.
    pub languages: ValuesByRow,
    /// For each row the folders it is in.
    pub folders: ValuesByRow,
    /// For each row its format.
    pub formats: ValuesByRow,
    /// The sources.
    pub source_names: Vec<NamedValue>,
    /// The keywords.
    pub keyword_names: Vec<NamedValue>,
    /// The months and years.
    pub date_names: Vec<NamedValue>,
    /// The languages.
    pub language_names: Vec<NamedValue>,
    /// The folders.
    pub folder_names: Vec<NamedValue>,
    /// The formats.
    pub format_names: Vec<NamedValue>,
    /// The first row of each segment, and the end of the last one.
    first_rows: Vec<u32>,
    /// The live rows by article.
    rows_by_id: Vec<u32>,
    /// For each row its place in the alphabetical order of titles, once it was asked for.
    title_ranks: OnceLock<Vec<u32>>,
}

/// A value that articles share: a source, a keyword, a month.
#[derive(Clone, Debug)]
pub(super) struct NamedValue {
    /// Its folded form, which names it.
    pub id: String,
    /// Its most frequent spelling.
    pub name: String,
}

/// For each row a list of values, in two arrays.
#[derive(Default)]
pub(super) struct ValuesByRow {
    ends: Vec<u32>,
    values: Vec<u32>,
}

impl ValuesByRow {
    /// The values of a row.
    pub fn of(&self, row: u32) -> &[u32] {
        let row = row as usize;
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start as usize..self.ends[row] as usize]
    }

    /// Adds the next row; sorts and thins out `values`, which are left empty.
    fn push(&mut self, values: &mut Vec<u32>) {
        values.sort_unstable();
        values.dedup();
        self.values.append(values);
        self.ends.push(self.values.len() as u32);
    }
}

/// What is known of names beyond what the articles hold.
#[derive(Clone, Default)]
pub(super) struct Knowledge {
    /// What the user corrected.
    pub corrections: Arc<Corrections>,
    /// The ids that entities had.
    pub ids: Arc<KnownIds>,
}

impl Deref for Snapshot {
    type Target = Columns;

    fn deref(&self) -> &Columns {
        &self.columns
    }
}

/// The names of each row.
struct NamesOfRows<'a>(&'a ValuesByRow);

impl NamedArticles for NamesOfRows<'_> {
    fn for_each(&self, visit: &mut dyn FnMut(&[NameNumber])) {
        for row in 0..self.0.ends.len() as u32 {
            let names = self.0.of(row);
            if !names.is_empty() {
                visit(names);
            }
        }
    }
}

impl Snapshot {
    /// What the index holds now. What was found out about names for the state `last` is used again.
    pub fn new(
        searcher: tantivy::Searcher,
        fields: Fields,
        knowledge: &Knowledge,
        last: Option<&Self>,
        known_stories: Arc<Memo>,
    ) -> Result<Self, IndexError> {
        let (columns, table) = Columns::new(searcher, fields)?;
        let stories = Arc::new(Stories::new(&columns, known_stories)?);
        let last_resolution = last.map(|it| it.registry.resolution().as_ref());
        let resolution = Resolution::new(Arc::new(table), &NamesOfRows(&columns.names), last_resolution);
        let registry = Registry::new(
            Arc::new(resolution),
            &knowledge.corrections,
            &knowledge.ids,
            last.map(|it| &it.registry),
        );
        Ok(Self::with_registry(Arc::new(columns), stories, registry))
    }

    /// The same state of the index with other knowledge of names.
    pub fn corrected(&self, knowledge: &Knowledge) -> Self {
        let registry = self.registry.corrected(&knowledge.corrections, &knowledge.ids);
        Self::with_registry(Arc::clone(&self.columns), Arc::clone(&self.stories), registry)
    }

    fn with_registry(columns: Arc<Columns>, stories: Arc<Stories>, registry: Registry) -> Self {
        let mut entities = ValuesByRow::default();
        let mut of_row = Vec::new();
        for row in 0..columns.n_rows() as u32 {
            let names = columns.names.of(row).iter();
            of_row.extend(
                names
                    .filter_map(|&name| registry.entity_of_number(name))
                    .map(|idx| idx.0),
            );
            entities.push(&mut of_row);
        }
        Self {
            columns,
            registry,
            entities,
            stories,
        }
    }
}

impl Columns {
    fn new(searcher: tantivy::Searcher, fields: Fields) -> Result<(Self, NameTable), IndexError> {
        let segments = searcher.segment_readers();
        let mut first_rows = vec![0];
        for segment in segments {
            let end = first_rows.last().copied().unwrap_or(0) + segment.max_doc();
            first_rows.push(end);
        }
        let n_rows = first_rows.last().copied().unwrap_or(0) as usize;

        let mut live = Vec::with_capacity(n_rows);
        let mut ids = Vec::with_capacity(n_rows);
        let mut days = Vec::with_capacity(n_rows);
        let mut inferred = HashSet::new();
        let mut places = Vec::with_capacity(n_rows);
        let paths = Terms::merged(segments, "path", |_| {})?;
        for (segment_idx, segment) in segments.iter().enumerate() {
            let columns = segment.fast_fields();
            let record = columns.column_opt::<u64>("record")?;
            let id = columns.column_opt::<u64>("id")?;
            let published = columns.column_opt::<i64>("published")?;
            for doc in 0..segment.max_doc() {
                let record = record.as_ref().and_then(|column| column.first(doc));
                live.push(record.is_some() && !segment.is_deleted(doc));
                ids.push(ArticleId(first(&id, doc).unwrap_or(0)));
                let published = first(&published, doc).and_then(unpack_date);
                if published.is_some_and(|it| it.provenance == DateProvenance::Inferred) {
                    inferred.insert(days.len() as u32);
                }
                let date = published.map(|it| it.date);
                days.push(date.map(days_of));
                let path = paths.of(segment_idx, doc).next().unwrap_or(0);
                places.push((path, record.unwrap_or(0)));
            }
        }
        let mut in_order: Vec<u32> = (0..n_rows as u32).collect();
        in_order.sort_unstable_by_key(|&row| places[row as usize]);
        drop(places);
        let mut ranks = vec![0; n_rows];
        for (rank, &row) in in_order.iter().enumerate() {
            ranks[row as usize] = rank as u32;
        }
        let mut rows_by_id = in_order;
        rows_by_id.retain(|&row| live[row as usize]);
        rows_by_id.sort_unstable_by_key(|&row| (ids[row as usize], ranks[row as usize]));

        let (table, names) = names_by_row(segments, &first_rows, &live, &ids)?;
        let (source_names, sources) = values_by_row(segments, &first_rows, &live, "source")?;
        let (keyword_names, keywords) = values_by_row(segments, &first_rows, &live, "keyword")?;
        let (date_names, dates) = values_by_row(segments, &first_rows, &live, "date")?;
        let (language_names, languages) = values_by_row(segments, &first_rows, &live, "language")?;
        let (folder_names, folders) = values_by_row(segments, &first_rows, &live, "folder")?;
        let (format_names, formats) = values_by_row(segments, &first_rows, &live, "format")?;
        let [extent, usual_extent] = extents(&days);
        let columns = Self {
            n_articles: rows_by_id.len() as u64,
            live,
            ids,
            ranks,
            extent,
            usual_extent,
            days,
            inferred,
            names,
            sources,
            keywords,
            source_names,
            keyword_names,
            dates,
            date_names,
            languages,
            language_names,
            folders,
            folder_names,
            formats,
            format_names,
            first_rows,
            rows_by_id,
            title_ranks: OnceLock::new(),
            fields,
            searcher,
        };
        Ok((columns, table))
    }

    /// The number of rows, live or not.
    pub fn n_rows(&self) -> usize {
        self.live.len()
    }

    /// The row of an article.
    pub fn row_of(&self, article: ArticleId) -> Option<u32> {
        let idx = self.rows_by_id.partition_point(|&row| self.ids[row as usize] < article);
        let row = *self.rows_by_id.get(idx)?;
        (self.ids[row as usize] == article).then_some(row)
    }

    /// For each row its place in the alphabetical order of titles; titles that begin alike share one. Takes some time
    /// when it is asked for first.
    pub fn title_ranks(&self) -> &[u32] {
        self.title_ranks
            .get_or_init(|| self.ranked_titles().unwrap_or_else(|_err| vec![0; self.n_rows()]))
    }

    fn ranked_titles(&self) -> Result<Vec<u32>, IndexError> {
        let mut keys = Vec::new();
        let terms = Terms::merged(self.searcher.segment_readers(), TITLE_START, |term| {
            keys.push(without_article(&String::from_utf8_lossy(term)).to_owned());
        })?;
        let mut in_order: Vec<u32> = (0..keys.len() as u32).collect();
        in_order.sort_unstable_by(|&a, &b| keys[a as usize].cmp(&keys[b as usize]));
        let mut rank_of_term = vec![0; keys.len()];
        let mut rank = 0;
        for (idx, &term) in in_order.iter().enumerate() {
            let is_same = idx
                .checked_sub(1)
                .is_some_and(|it| keys[in_order[it] as usize] == keys[term as usize]);
            rank += u32::from(!is_same);
            rank_of_term[term as usize] = rank;
        }
        let mut ranks = Vec::with_capacity(self.n_rows());
        for_each_row(&self.first_rows, &self.live, |segment_idx, doc, _| {
            ranks.push(
                terms
                    .of(segment_idx, doc)
                    .next()
                    .map_or(0, |term| rank_of_term[term as usize]),
            );
        });
        Ok(ranks)
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
        let columns = self.searcher.segment_reader(address.segment_ord).fast_fields();
        let mut key = Vec::new();
        if let Some(paths) = columns.bytes("path")?
            && let Some(ord) = paths.ords().first(address.doc_id)
        {
            paths.ord_to_bytes(ord, &mut key)?;
        }
        let record = first(&columns.column_opt::<u64>("record")?, address.doc_id).unwrap_or(0);
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

/// So small a share of the dates at either end is mostly mistaken: a text about the year 711 is not of that year.
const UNUSUAL: f64 = 0.005;

/// The least and greatest of the days, and the same without the unusual ones.
fn extents(days: &[Option<i32>]) -> [Option<(i32, i32)>; 2] {
    let mut dated: Vec<i32> = days.iter().flatten().copied().collect();
    dated.sort_unstable();
    let n_unusual = (dated.len() as f64 * UNUSUAL) as usize;
    let ends = |days: &[i32]| Some((*days.first()?, *days.last()?));
    [ends(&dated), ends(&dated[n_unusual..dated.len() - n_unusual])]
}

/// What in a document's file could not be read.
fn unreadable_of(column: &Option<StrColumn>, doc: u32) -> Result<Vec<(PathBuf, String)>, IndexError> {
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
    doc: u32,
) -> Option<T> {
    column.as_ref()?.first(doc)
}

/// The values of one field over all segments.
struct Terms {
    /// For each segment its column.
    columns: Vec<Option<BytesColumn>>,
    /// For each segment and ordinal, the number of the term among all terms of all segments, in byte order.
    numbers: Vec<Vec<u32>>,
}

impl Terms {
    /// Numbers the terms of all segments; calls `on_term` with each different term, in order.
    fn merged(segments: &[SegmentReader], field: &str, mut on_term: impl FnMut(&[u8])) -> Result<Self, IndexError> {
        let mut columns = Vec::new();
        for segment in segments {
            let columns_of_segment = segment.fast_fields();
            let bytes = columns_of_segment.bytes(field)?;
            columns.push(match bytes {
                Some(column) => Some(column),
                None => columns_of_segment.str(field)?.map(BytesColumn::from),
            });
        }
        let mut streams = Vec::new();
        let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); columns.len()];
        let mut next = BinaryHeap::new();
        for (segment_idx, column) in columns.iter().enumerate() {
            let Some(column) = column else {
                streams.push(None);
                continue;
            };
            let mut stream = column.dictionary().stream()?;
            if stream.advance() {
                next.push(Reverse((stream.key().to_vec(), segment_idx)));
            }
            streams.push(Some(stream));
        }
        let mut last: Option<Vec<u8>> = None;
        let mut n_terms = 0;
        while let Some(Reverse((key, segment_idx))) = next.pop() {
            if last.as_ref() != Some(&key) {
                on_term(&key);
                n_terms += 1;
                last = Some(key);
            }
            numbers[segment_idx].push(n_terms - 1);
            if let Some(stream) = &mut streams[segment_idx]
                && stream.advance()
            {
                next.push(Reverse((stream.key().to_vec(), segment_idx)));
            }
        }
        drop(streams);
        Ok(Self { columns, numbers })
    }

    /// The numbers of a document's terms.
    fn of(&self, segment_idx: usize, doc: u32) -> impl Iterator<Item = u32> + '_ {
        let numbers = &self.numbers[segment_idx];
        self.columns[segment_idx]
            .as_ref()
            .into_iter()
            .flat_map(move |column| column.term_ords(doc))
            .filter_map(move |ord| numbers.get(ord as usize).copied())
    }
}

/// Calls `on_row` for every row with its segment, its document and whether it is live.
fn for_each_row(first_rows: &[u32], live: &[bool], mut on_row: impl FnMut(usize, u32, bool)) {
    for (segment_idx, rows) in first_rows.windows(2).enumerate() {
        for row in rows[0]..rows[1] {
            on_row(segment_idx, row - rows[0], live[row as usize]);
        }
    }
}

/// The names that stand in live articles, in the order of kinds, keys and forms; and those of each row.
fn names_by_row(
    segments: &[SegmentReader],
    first_rows: &[u32],
    live: &[bool],
    ids: &[ArticleId],
) -> Result<(NameTable, ValuesByRow), IndexError> {
    let mut table = NameTable::default();
    let mut kinds = Vec::new();
    for (kind, field) in EntityKind::ALL.into_iter().zip(NAME_FIELDS) {
        // Names that stand only in deleted articles are gone.
        let mut is_used: Vec<bool> = Vec::new();
        let terms = Terms::merged(segments, field, |_| is_used.push(false))?;
        for_each_row(first_rows, live, |segment_idx, doc, is_live| {
            if is_live {
                for number in terms.of(segment_idx, doc) {
                    is_used[number as usize] = true;
                }
            }
        });
        let mut numbers: Vec<NameNumber> = Vec::with_capacity(is_used.len());
        Terms::merged(segments, field, |term| {
            let is_used = is_used.get(numbers.len()).copied().unwrap_or(false);
            let value = String::from_utf8_lossy(term);
            let (key, form) = name_of_value(&value);
            numbers.push(if is_used { table.push(kind, key, form) } else { 0 });
        })?;
        kinds.push((numbers, terms));
    }
    let mut names = ValuesByRow::default();
    let mut of_row = Vec::new();
    let mut row = 0;
    for_each_row(first_rows, live, |segment_idx, doc, is_live| {
        if is_live {
            for (numbers, terms) in &kinds {
                of_row.extend(terms.of(segment_idx, doc).map(|number| numbers[number as usize]));
            }
            table.add_article(ids[row].0, of_row.iter().copied());
        }
        row += 1;
        names.push(&mut of_row);
    });
    Ok((table, names))
}

fn values_by_row(
    segments: &[SegmentReader],
    first_rows: &[u32],
    live: &[bool],
    field: &str,
) -> Result<(Vec<NamedValue>, ValuesByRow), IndexError> {
    let mut spellings: Vec<(String, u64)> = Vec::new();
    let terms = Terms::merged(segments, field, |term| {
        spellings.push((String::from_utf8_lossy(term).into_owned(), 0));
    })?;
    for_each_row(first_rows, live, |segment_idx, doc, is_live| {
        if is_live {
            for number in terms.of(segment_idx, doc) {
                spellings[number as usize].1 += 1;
            }
        }
    });
    let mut by_id: BTreeMap<String, (u32, u64, String)> = BTreeMap::new();
    let mut value_of = vec![0; spellings.len()];
    for (number, (spelling, articles)) in spellings.iter().enumerate() {
        let n_values = by_id.len() as u32;
        let id = fold(spelling.trim(), Folding::Word);
        let (value, most, name) = by_id.entry(id).or_insert_with(|| (n_values, 0, spelling.clone()));
        if *most < *articles {
            *most = *articles;
            name.clone_from(spelling);
        }
        value_of[number] = *value;
    }
    let mut names: HashMap<u32, NamedValue> = by_id
        .into_iter()
        .map(|(id, (value, _, name))| (value, NamedValue { id, name }))
        .collect();
    let names = (0..names.len() as u32)
        .filter_map(|value| names.remove(&value))
        .collect();
    let mut values = ValuesByRow::default();
    let mut of_row = Vec::new();
    for_each_row(first_rows, live, |segment_idx, doc, is_live| {
        if is_live {
            of_row.extend(terms.of(segment_idx, doc).map(|number| value_of[number as usize]));
        }
        values.push(&mut of_row);
    });
    Ok((names, values))
}

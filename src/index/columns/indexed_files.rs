//! Lists the indexed files, from the index itself: it is the only record of them.

use std::collections::HashMap;
use std::path::PathBuf;

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::archive::Reason;
use crate::index::error::IndexError;
use crate::index::stored::{IndexedFile, UNFINISHED};
use crate::index::values::path_of_key;

use super::segments::first;

/// The columns of a segment that describe files.
pub struct FileColumns {
    pub paths: Option<BytesColumn>,
    pub record: Option<Column<u64>>,
    pub articles: Option<Column<u64>>,
    pub size: Option<Column<u64>>,
    pub modified: Option<Column<i64>>,
    pub hash: Option<Column<u64>>,
    pub reading: Option<Column<u64>>,
    pub unreadable: Option<StrColumn>,
}

impl FileColumns {
    fn of(segment: &SegmentReader) -> Result<Self, IndexError> {
        let columns = segment.fast_fields();
        Ok(Self {
            paths: columns.bytes("path")?,
            record: columns.column_opt("record")?,
            articles: columns.column_opt("articles")?,
            size: columns.column_opt("size")?,
            modified: columns.column_opt("modified")?,
            hash: columns.column_opt("hash")?,
            reading: columns.column_opt("reading")?,
            unreadable: columns.str("unreadable")?,
        })
    }
}

/// Every file, in the order of paths. One of which not all articles are there has the size of a file that was begun and not
/// ended: the rest was damaged.
pub fn indexed_files(searcher: &tantivy::Searcher) -> Result<Vec<IndexedFile>, IndexError> {
    let segments = searcher.segment_readers().iter();
    let segments: Result<Vec<_>, IndexError> = segments
        .map(|segment| Ok((FileColumns::of(segment)?, segment.doc_ids_alive())))
        .collect();
    files_of(segments?)
}

/// The same of segments that are given by their columns and the documents that are not deleted.
pub fn files_of<D: Iterator<Item = DocId>>(
    segments: impl IntoIterator<Item = (FileColumns, D)>,
) -> Result<Vec<IndexedFile>, IndexError> {
    let mut files = Vec::new();
    let mut parted = HashMap::new();
    for (columns, documents) in segments {
        add_files_of(&columns, documents, &mut files, &mut parted)?;
    }
    // A file that was ended is recorded with both sizes; the real one comes first.
    files.sort_unstable_by(|a, b| (&a.path, a.size).cmp(&(&b.path, b.size)));
    files.dedup_by(|b, a| a.path == b.path);
    let is_incomplete = |parts: &Parts| parts.n_recorded != Some(parts.n_found);
    parted.retain(|_, parts| is_incomplete(parts));
    for file in &mut files {
        if parted.remove(&file.path).is_some() {
            file.size = UNFINISHED;
        }
    }
    // What is known of these was damaged.
    let unknown = parted.into_keys().map(|path| IndexedFile {
        path,
        size: UNFINISHED,
        modified_nanos: 0,
        content_hash: 0,
        reading: 0,
        unreadable: Vec::new(),
    });
    files.extend(unknown);
    files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// A file that is not all in one segment.
#[derive(Default)]
struct Parts {
    n_found: u64,
    /// Absent for a file that was begun and not ended, and where it was damaged.
    n_recorded: Option<u64>,
}

/// Adds the files that a segment describes, and to `parted` those that have articles elsewhere.
fn add_files_of(
    columns: &FileColumns,
    documents: impl Iterator<Item = DocId>,
    files: &mut Vec<IndexedFile>,
    parted: &mut HashMap<PathBuf, Parts>,
) -> Result<(), IndexError> {
    let FileColumns {
        paths: Some(paths),
        record,
        articles,
        size,
        modified,
        hash,
        reading,
        unreadable,
    } = columns
    else {
        return Ok(());
    };
    let mut keys: Vec<PathBuf> = Vec::with_capacity(paths.num_terms());
    let mut terms = paths.dictionary().stream()?;
    while terms.advance() {
        keys.push(path_of_key(terms.key()));
    }
    let mut parts: Vec<Parts> = Vec::new();
    parts.resize_with(keys.len(), Parts::default);
    for doc in documents {
        let Some(ord) = paths.ords().first(doc) else { continue };
        let (Some(path), Some(parts)) = (keys.get(ord as usize), parts.get_mut(ord as usize)) else {
            continue;
        };
        parts.n_found += u64::from(first(record, doc).is_some());
        let Some(size) = first(size, doc) else { continue };
        parts.n_recorded = first(articles, doc).or(parts.n_recorded);
        files.push(IndexedFile {
            path: path.clone(),
            size,
            modified_nanos: first(modified, doc).unwrap_or(0),
            content_hash: first(hash, doc).unwrap_or(0),
            reading: first(reading, doc).unwrap_or(0),
            unreadable: unreadable_of(unreadable, doc)?,
        });
    }
    for (path, here) in keys.into_iter().zip(parts) {
        if here.n_recorded != Some(here.n_found) && (here.n_recorded.is_some() || here.n_found != 0) {
            let all = parted.entry(path).or_default();
            all.n_found += here.n_found;
            all.n_recorded = here.n_recorded.or(all.n_recorded);
        }
    }
    Ok(())
}

/// What could not be read of a document's file.
fn unreadable_of(column: &Option<StrColumn>, doc: DocId) -> Result<Vec<(PathBuf, Reason)>, IndexError> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for ord in column.ords().values_for_doc(doc) {
        let mut value = String::new();
        column.ord_to_str(ord, &mut value)?;
        if let Some((path, reason)) = value.split_once('\t') {
            found.push((PathBuf::from(path), Reason::from_stored(reason)));
        }
    }
    Ok(found)
}

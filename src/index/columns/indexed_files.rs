//! Lists the indexed files, from the index itself: it is the only record of them.

use std::path::PathBuf;

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use crate::index::error::IndexError;
use crate::index::stored::IndexedFile;
use crate::index::values::path_of_key;

use super::segments::first;

/// Every file, in the order of paths.
pub fn indexed_files(searcher: &tantivy::Searcher) -> Result<Vec<IndexedFile>, IndexError> {
    let mut files = Vec::new();
    for segment in searcher.segment_readers() {
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
    // A file that was ended is recorded with both sizes; the real one comes first.
    files.sort_unstable_by(|a, b| (&a.path, a.size).cmp(&(&b.path, b.size)));
    files.dedup_by(|b, a| a.path == b.path);
    Ok(files)
}

/// What could not be read of a document's file.
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

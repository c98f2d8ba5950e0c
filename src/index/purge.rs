//! Takes forgotten files out of the index for good.
//!
//! A document that is deleted is only marked: its segment keeps its words and its text until it is merged, which may be
//! never. [`purge`] rewrites each segment that holds a document of a file that the index no longer knows, and removes
//! every file that no segment needs. What it costs is the size of these segments: some ten seconds for a hundred thousand
//! articles.
//!
//! Not for changed files: what they held before goes when their segments are merged.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::index::SegmentId;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet as _, IndexWriter, SegmentReader, TERMINATED};

use super::check::Health;
use super::error::IndexError;
use super::schema::Fields;
use super::sealed::{Listed, listed, segment_files};

/// Exists from the time a file is forgotten until nothing is left of it.
const FORGOTTEN_FILE: &str = "forgotten";

/// How the names of files begin that are being written.
const TEMPORARY: &str = ".tmp";

/// Remembers on disk that something was forgotten of which something may be left.
#[derive(Clone, Debug)]
pub(super) struct Forgotten(PathBuf);

impl Forgotten {
    /// For the index in the folder `dir`.
    pub fn new(dir: &Path) -> Self {
        Self(dir.join(FORGOTTEN_FILE))
    }

    /// Notes that something is forgotten.
    pub fn note(&self) -> io::Result<()> {
        fs::write(&self.0, [])
    }

    /// Whether something may be left.
    pub fn is_noted(&self) -> bool {
        self.0.exists()
    }

    /// Notes that nothing is left.
    pub fn clear(&self) {
        // If it stays, the index is only looked through once more.
        fs::remove_file(&self.0).ok();
    }
}

/// What [`purge`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Purged {
    /// The number of segments that were rewritten.
    pub n_rewritten: usize,
    /// Whether nothing is left: on Windows files that are searched in cannot be removed.
    pub is_done: bool,
}

/// Rewrites the segments of `searcher`, the newest state, that hold documents of files that it does not know, and removes
/// the files that are no longer needed from the folder of the index.
pub(super) fn purge(
    writer: IndexWriter,
    searcher: &tantivy::Searcher,
    fields: &Fields,
    health: &Health,
) -> Result<Purged, IndexError> {
    let dir = health.suspicion.dir();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let mut writer = writer;
    let segments = segments_with_forgotten(searcher, fields)?;
    let mut n_rewritten = 0;
    for segment in &segments {
        // What is damaged is replaced by the next update, and then nothing of it is left either.
        if health.may_be_merged(*segment) {
            writer.merge(&[*segment]).wait()?;
            n_rewritten += 1;
        }
    }
    writer.garbage_collect_files().wait()?;
    let is_swept = sweep(dir)?;
    writer.wait_merging_threads()?;
    Ok(Purged {
        n_rewritten,
        is_done: is_swept && n_rewritten == segments.len(),
    })
}

/// The segments that hold deleted documents of files that have no other document.
fn segments_with_forgotten(searcher: &tantivy::Searcher, fields: &Fields) -> Result<Vec<SegmentId>, IndexError> {
    let mut found = Vec::new();
    for segment in searcher.segment_readers() {
        if segment.has_deletes() && holds_forgotten(segment, searcher, fields)? {
            found.push(segment.segment_id());
        }
    }
    Ok(found)
}

fn holds_forgotten(segment: &SegmentReader, searcher: &tantivy::Searcher, fields: &Fields) -> Result<bool, IndexError> {
    let Some(paths) = segment.fast_fields().bytes("path")? else {
        return Ok(false);
    };
    let mut is_deleted = vec![false; paths.num_terms()];
    for doc in (0..segment.max_doc()).filter(|doc| segment.is_deleted(*doc)) {
        if let Some(is_deleted) = paths.ords().first(doc).and_then(|ord| is_deleted.get_mut(ord as usize)) {
            *is_deleted = true;
        }
    }
    let mut key = Vec::new();
    for (ord, _) in is_deleted.iter().enumerate().filter(|(_, is_deleted)| **is_deleted) {
        key.clear();
        paths.ord_to_bytes(ord as u64, &mut key)?;
        if !is_known(&Term::from_field_bytes(fields.path, &key), searcher)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the index has a document of the file that `path` names.
fn is_known(path: &Term, searcher: &tantivy::Searcher) -> Result<bool, IndexError> {
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(path.field())?;
        let Some(mut docs) = inverted.read_postings(path, IndexRecordOption::Basic)? else {
            continue;
        };
        while docs.doc() != TERMINATED {
            if !segment.is_deleted(docs.doc()) {
                return Ok(true);
            }
            docs.advance();
        }
    }
    Ok(false)
}

/// Removes the files of segments that no list has, and what else was begun and not ended: whoever was killed left them.
/// Returns whether all are gone.
///
/// The caller writes to the index, and nobody else does.
fn sweep(dir: &Path) -> Result<bool, IndexError> {
    let Listed::List(list) = listed(dir)? else {
        return Ok(false);
    };
    let mut are_gone = true;
    for name in segment_files(dir)? {
        if !list.seal.files.contains_key(&name) {
            are_gone &= fs::remove_file(dir.join(name)).is_ok();
        }
    }
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name();
        if name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes()) {
            are_gone &= fs::remove_file(dir.join(name)).is_ok();
        }
    }
    Ok(are_gone)
}

//! The file that stores columns for the next start: a header, then the parts back to back.
//!
//! It is derived from the index and never the only record of anything: a missing, damaged or outdated one is rebuilt.

use std::fs::{self, File};
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::Path;

use tantivy::directory::{Directory as _, MmapDirectory};
use xxhash_rust::xxh3::Xxh3;

use crate::index::numbers::Number as _;

use super::stored::Stored;

/// The name and format of the file. Raised whenever the columns change, by a new facet too: a file of the same name would
/// be taken for damaged.
const FORMAT: &str = "columns-2";

/// The bytes before the header: its length, and the hash of everything after.
const HEADER: usize = 16;

/// The header, as JSON.
#[derive(serde::Serialize, serde::Deserialize)]
struct Header {
    segments: Vec<(String, u32)>,
    n_docs: u64,
    /// The lengths of [`Stored::parts`], in bytes.
    parts: Vec<u64>,
}

/// The state of the file in the folder of the index.
pub enum Kept {
    /// No file.
    Nothing,
    /// A file that cannot be used, whatever is wrong with it.
    Damaged,
    /// Columns of the state asked for, or of an earlier one.
    Columns(Box<Stored>),
}

/// Opens the file in the folder of the index, for the state that `searcher` shows.
///
/// Columns of that very state are mapped unchecked, so that nothing is read needlessly: see [`is_intact`]. Those of
/// another state are checked, since all of them will be copied.
pub fn load(dir: &Path, searcher: &tantivy::Searcher) -> Kept {
    if !dir.join(FORMAT).exists() {
        return Kept::Nothing;
    }
    match stored(dir) {
        Some(it) if it.is_of(searcher) || is_intact(dir) => Kept::Columns(Box::new(it)),
        _ => Kept::Damaged,
    }
}

/// `None` if the file cannot be read.
fn stored(dir: &Path) -> Option<Stored> {
    let directory = MmapDirectory::open(dir).ok()?;
    let mut bytes = directory.open_read(Path::new(FORMAT)).ok()?.read_bytes().ok()?;
    let n_header = usize::try_from(u64::at(bytes.get(..8)?, 0)).ok()?;
    let header_end = HEADER.checked_add(n_header)?;
    let header: Header = serde_json::from_slice(bytes.get(HEADER..header_end)?).ok()?;
    bytes.advance(header_end);
    let mut parts = Vec::new();
    for len in &header.parts {
        let len = usize::try_from(*len).ok().filter(|len| *len <= bytes.len())?;
        let (part, rest) = bytes.split(len);
        parts.push(part);
        bytes = rest;
    }
    Stored::of_parts(header.segments, header.n_docs, parts)
}

/// Whether the file in the folder of the index has its checksum. Reads all of it.
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

/// Writes the columns to the file in the folder of the index, atomically.
pub fn keep(stored: &Stored, dir: &Path) -> io::Result<()> {
    let parts = stored.parts();
    let header = serde_json::to_vec(&Header {
        segments: stored.segments.clone(),
        n_docs: stored.n_docs,
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

/// Removes the file in the folder of the index.
pub fn forget(dir: &Path) {
    // If it cannot be removed, it will be found damaged again.
    fs::remove_file(dir.join(FORMAT)).ok();
}

//! The folder of the index as the search library sees it: its list of segments is sealed, and segments can be left out.
//!
//! The library's own files say little about each other. A file of another segment, an older list of segments, a number
//! changed in it: all of that is read as if it were right. So every list that the library writes gets a last line, the
//! [`Seal`]: which version of this program wrote it, the how-manieth list it is, and the length and the end of each file
//! of its segments, all under one hash. The end of a file holds the checksum of the rest, which [`super::check`] compares.
//! The list is written twice; the newer of those that are whole is the one that counts.
//!
//! What the library notes of its files for itself is made from what lies in the folder, and so is never wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::schema::Schema;
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::lexicon::built_in_fingerprint;

use super::read_only;
use super::schema::{INDEX_VERSION, VALUES_VERSION};

/// The file of the search library that lists the segments.
const LIST_FILE: &str = "meta.json";
/// The same again.
const COPY_FILE: &str = "meta-copy.json";
/// The file in which the search library notes which files are its own.
const OWN_FILE: &str = ".managed.json";
/// The last bytes of a file that the seal knows by their hash: the search library's footer, of some hundred bytes, and a
/// bit of what comes before.
pub(super) const END: u64 = 256;
/// The length of the names that the search library gives to segments.
const SEGMENT_NAME: usize = 32;

/// What the last line of a list of segments says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Seal {
    version: u32,
    /// How the stored values are written: see [`VALUES_VERSION`].
    #[serde(default)]
    values: u32,
    /// The lexicon that the stems come from.
    lexicon: u64,
    /// Each list has a higher number than the one before.
    number: u64,
    /// The files of the segments, by name.
    pub files: BTreeMap<String, SealedFile>,
}

/// A file of a segment as it was when it was first listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct SealedFile {
    /// In bytes.
    pub len: u64,
    /// The hash of its last [`END`] bytes.
    end: u64,
}

/// The list of segments in a folder.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Listed {
    /// There is none, nor a segment.
    Nothing,
    /// It is of another version of this program, or no copy of it is whole.
    Unusable,
    /// The list.
    List(List),
}

/// A list of segments that is whole.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
    content: Value,
    pub seal: Seal,
}

/// Something about the segments of a list that matters beyond the search library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListedSegment {
    /// As in the names of its files, before the dot.
    pub name: String,
    /// How many documents it holds that are not deleted.
    pub n_docs: u64,
    /// Whether some are deleted.
    pub has_deletes: bool,
}

/// The segments that are left out of what the search library sees, by name. Shared by all clones of a folder.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftOut(Arc<RwLock<BTreeSet<String>>>);

impl LeftOut {
    /// Leaves a segment out; returns whether it was not yet.
    pub fn insert(&self, segment: &str) -> bool {
        // A panic elsewhere cannot leave half a name there.
        let mut names = self.0.write().unwrap_or_else(PoisonError::into_inner);
        names.insert(segment.to_owned())
    }

    /// Whether a segment is left out.
    pub fn holds(&self, segment: &str) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(segment)
    }
}

/// A folder whose list of segments is sealed.
#[derive(Clone, Debug)]
pub(super) struct SealedDirectory {
    inner: Box<dyn Directory>,
    dir: PathBuf,
    left_out: LeftOut,
}

impl SealedFile {
    /// A file as it is now.
    fn of(path: &Path) -> io::Result<Self> {
        let (len, end) = end_of(path)?;
        Ok(Self {
            len,
            end: xxh3_64(&end),
        })
    }

    /// Whether a file has the length and the end that it had.
    pub fn is_like(self, path: &Path) -> io::Result<bool> {
        Ok(Self::of(path)? == self)
    }
}

/// The length and the last [`END`] bytes of a file, or all of a shorter one.
pub(super) fn end_of(path: &Path) -> io::Result<(u64, Vec<u8>)> {
    let mut file = File::open(path)?;
    let len = file.metadata()?.len();
    file.seek(SeekFrom::Start(len.saturating_sub(END)))?;
    let mut end = Vec::new();
    file.take(END).read_to_end(&mut end)?;
    Ok((len, end))
}

impl Seal {
    fn is_of_this_version(&self) -> bool {
        self.version == INDEX_VERSION && self.lexicon == built_in_fingerprint()
    }
}

impl List {
    /// The newer of the two lists in `dir` that are whole; an error only if neither can be read.
    fn newest(dir: &Path) -> io::Result<Option<Self>> {
        let mut newest: Option<Self> = None;
        let mut failed = None;
        for name in [LIST_FILE, COPY_FILE] {
            let list = match fs::read(dir.join(name)) {
                Ok(bytes) => Self::of_bytes(&bytes),
                Err(err) => {
                    failed = failed.or((err.kind() != io::ErrorKind::NotFound).then_some(err));
                    None
                }
            };
            newest = [newest, list].into_iter().flatten().max_by_key(|it| it.seal.number);
        }
        match (newest, failed) {
            (None, Some(err)) => Err(err),
            (newest, _) => Ok(newest),
        }
    }

    /// The list in the bytes of its file; `None` if it is not whole.
    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let (sealed, hash) = text.rsplit_once(' ')?;
        if u64::from_str_radix(hash, 16).ok()? != xxh3_64(sealed.as_bytes()) {
            return None;
        }
        let (content, seal) = sealed.rsplit_once('\n')?;
        Some(Self {
            content: serde_json::from_str(content).ok()?,
            seal: serde_json::from_str(seal).ok()?,
        })
    }

    /// Whether a later version wrote the values of its articles, in a way that is not known here.
    pub fn is_for_later(&self) -> bool {
        VALUES_VERSION < self.seal.values
    }

    /// The fields of the segments.
    pub fn schema(&self) -> Option<Schema> {
        serde_json::from_value(self.content.get("schema")?.clone()).ok()
    }

    /// The segments, the largest first.
    pub fn segments(&self) -> Vec<ListedSegment> {
        segments_of(&self.content).filter_map(ListedSegment::of).collect()
    }

    /// The files of a segment, by name.
    pub fn files_of<'a>(&'a self, segment: &'a str) -> impl Iterator<Item = (&'a str, SealedFile)> + 'a {
        let files = self.seal.files.iter();
        files
            .filter(move |(name, _)| is_file_of(name, segment))
            .map(|(name, file)| (name.as_str(), *file))
    }

    /// What the search library is to see: the list without some segments.
    fn without(mut self, left_out: &LeftOut) -> io::Result<Vec<u8>> {
        if let Some(segments) = self.content.get_mut("segments").and_then(Value::as_array_mut) {
            segments.retain(|it| ListedSegment::of(it).is_none_or(|it| !left_out.holds(&it.name)));
        }
        Ok(serde_json::to_vec(&self.content)?)
    }
}

impl ListedSegment {
    fn of(segment: &Value) -> Option<Self> {
        let n_deleted = segment.pointer("/deletes/num_deleted_docs").and_then(Value::as_u64);
        Some(Self {
            name: segment.get("segment_id")?.as_str()?.replace('-', ""),
            n_docs: segment.get("max_doc")?.as_u64()?.saturating_sub(n_deleted.unwrap_or(0)),
            has_deletes: n_deleted.is_some_and(|it| it != 0),
        })
    }
}

fn segments_of(content: &Value) -> impl Iterator<Item = &Value> {
    content.get("segments").and_then(Value::as_array).into_iter().flatten()
}

/// Whether a file of this name belongs to the segment.
pub(super) fn is_file_of(name: &str, segment: &str) -> bool {
    name.split_once('.').is_some_and(|(before, _)| before == segment)
}

/// Whether a file of this name belongs to any segment.
pub(super) fn is_of_segment(name: &str) -> bool {
    name.split_once('.')
        .is_some_and(|(segment, _)| segment.len() == SEGMENT_NAME && segment.bytes().all(|it| it.is_ascii_hexdigit()))
}

/// The names of the files of segments that lie in `dir`.
pub(super) fn segment_files(dir: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        names.extend(entry?.file_name().into_string().ok().filter(|it| is_of_segment(it)));
    }
    Ok(names)
}

impl SealedDirectory {
    /// The folder `dir` without some segments.
    pub fn open(dir: &Path, left_out: &LeftOut) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            inner: read_only::directory(MmapDirectory::open(dir)?),
            dir: dir.to_owned(),
            left_out: left_out.clone(),
        })
    }

    /// Writes the list of segments with its seal, twice.
    fn write_list(&self, content: &[u8]) -> io::Result<()> {
        let before = List::newest(&self.dir)?.map(|it| it.seal);
        let list: Value = serde_json::from_slice(content)?;
        let mut files = BTreeMap::new();
        for segment in segments_of(&list) {
            for name in names_of_files(segment) {
                let known = before.as_ref().and_then(|it| it.files.get(&name)).copied();
                let file = known.map_or_else(|| SealedFile::of(&self.dir.join(&name)), Ok);
                match file {
                    Ok(file) => {
                        files.insert(name, file);
                    }
                    // Found missing when the list is next read.
                    Err(err) if err.kind() == io::ErrorKind::NotFound => {}
                    Err(err) => return Err(err),
                }
            }
        }
        let seal = Seal {
            version: INDEX_VERSION,
            values: VALUES_VERSION,
            lexicon: built_in_fingerprint(),
            number: before.map_or(0, |it| it.number) + 1,
            files,
        };
        let mut sealed = content.to_vec();
        if sealed.last() != Some(&b'\n') {
            sealed.push(b'\n');
        }
        sealed.extend(serde_json::to_vec(&seal)?);
        let hash = xxh3_64(&sealed);
        sealed.extend(format!(" {hash:016x}\n").into_bytes());
        self.inner.atomic_write(Path::new(LIST_FILE), &sealed)?;
        self.inner.atomic_write(Path::new(COPY_FILE), &sealed)
    }
}

/// The names of the files that a segment in a list has.
fn names_of_files(segment: &Value) -> Vec<String> {
    let Some(listed) = ListedSegment::of(segment) else {
        return Vec::new();
    };
    let deletes = segment.pointer("/deletes/opstamp").and_then(Value::as_u64);
    let deletes = deletes
        .filter(|_| listed.has_deletes)
        .map(|opstamp| format!("{opstamp}.del"));
    let kinds = COMPONENTS.into_iter().map(str::to_owned).chain(deletes);
    kinds.map(|kind| format!("{}.{kind}", listed.name)).collect()
}

/// The endings of the files that every segment with the fields of [`schema`](super::schema) has.
pub(super) const COMPONENTS: [&str; 6] = ["idx", "pos", "term", "store", "fast", "fieldnorm"];

/// The list of segments in `dir`.
pub(super) fn listed(dir: &Path) -> io::Result<Listed> {
    match List::newest(dir)? {
        Some(list) if list.seal.is_of_this_version() => Ok(Listed::List(list)),
        None if !is_listed(dir) && segment_files(dir)?.is_empty() => Ok(Listed::Nothing),
        _ => Ok(Listed::Unusable),
    }
}

/// The newest list in `dir` that is whole, of whatever version.
pub(super) fn newest_list(dir: &Path) -> io::Result<Option<List>> {
    List::newest(dir)
}

/// Whether the two lists in `dir` differ, or one of them is not whole.
pub(super) fn needs_copy(dir: &Path) -> bool {
    let [list, copy] = [LIST_FILE, COPY_FILE].map(|name| fs::read(dir.join(name)).ok());
    list != copy
}

/// Writes the newest list again, twice; the caller holds the lock of writers.
pub(super) fn copy_list(dir: &Path) -> io::Result<()> {
    let Some(list) = List::newest(dir)? else { return Ok(()) };
    for name in [LIST_FILE, COPY_FILE] {
        let bytes = fs::read(dir.join(name)).unwrap_or_default();
        if List::of_bytes(&bytes).is_some_and(|it| it == list) {
            let other = if name == LIST_FILE { COPY_FILE } else { LIST_FILE };
            let mut file = tempfile::NamedTempFile::new_in(dir)?;
            io::Write::write_all(&mut file, &bytes)?;
            file.persist(dir.join(other))?;
            return Ok(());
        }
    }
    Ok(())
}

fn is_listed(dir: &Path) -> bool {
    [LIST_FILE, COPY_FILE].iter().any(|name| dir.join(name).exists())
}

fn to_read_error(path: &Path, err: io::Error) -> OpenReadError {
    OpenReadError::wrap_io_error(err, path.to_owned())
}

impl Directory for SealedDirectory {
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let read = || -> io::Result<Option<Vec<u8>>> {
            if path == Path::new(OWN_FILE) {
                let mut names = segment_files(&self.dir)?;
                names.push(LIST_FILE.to_owned());
                return Ok(Some(serde_json::to_vec(&names)?));
            }
            match List::newest(&self.dir)? {
                Some(list) => Ok(Some(list.without(&self.left_out)?)),
                None if is_listed(&self.dir) => Err(io::ErrorKind::InvalidData.into()),
                None => Ok(None),
            }
        };
        if path != Path::new(LIST_FILE) && path != Path::new(OWN_FILE) {
            return self.inner.atomic_read(path);
        }
        let read = read().map_err(|err| to_read_error(path, err))?;
        read.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        match path == Path::new(LIST_FILE) {
            true => self.write_list(data),
            false => self.inner.atomic_write(path, data),
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        match path == Path::new(LIST_FILE) {
            true => Ok(is_listed(&self.dir)),
            false => self.inner.exists(path),
        }
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(watch_callback)
    }
}

//! The index on disk: opens it, creates it, or rebuilds it when it is damaged.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use xxhash_rust::xxh3::Xxh3;

use crate::arabic::lexicon::built_in_fingerprint;
use crate::entities::{Corrections, KnownIds};

use super::analysis::tokenizers;
use super::columns::file::Kept;
use super::columns::names::EarlierNumbers;
use super::columns::stored::Stored;
use super::columns::{Columns, file};
use super::damage::{Suspicion, check_files};
use super::error::{IndexError, OpenError, WriteError};
use super::read_only;
use super::schema::{Fields, INDEX_VERSION};
use super::searcher::Searcher;
use super::snapshot::{Knowledge, Snapshot};
use super::story::{Memo, Stories};
use super::write::Writer;

/// The file of the search library that names the segments.
const META_FILE: &str = "meta.json";

/// The file beside the index that says which version of this program built it.
const VERSION_FILE: &str = "fihrist-index.json";

/// The file beside the index that says which texts are nearly the same.
const STORIES_FILE: &str = "stories";

/// The content of [`VERSION_FILE`].
#[derive(PartialEq, serde::Serialize, serde::Deserialize)]
struct Version {
    version: u32,
    /// The lexicon that the stems come from.
    #[serde(default)]
    lexicon: u64,
}

impl Version {
    fn current() -> Self {
        Self {
            version: INDEX_VERSION,
            lexicon: built_in_fingerprint(),
        }
    }
}

/// The index of one archive.
///
/// It can be shared between threads. Several processes can open it, but only one can write at a time. A process that is
/// killed leaves no lock behind and loses at most what it had not committed.
pub struct Index {
    dir: PathBuf,
    index: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    suspicion: Suspicion,
    rebuilt: bool,
    remade: Mutex<BTreeSet<DerivedFile>>,
    /// What was computed from the newest commit seen so far.
    newest: Mutex<Newest>,
    /// What is known of names beyond what the articles hold.
    knowledge: Mutex<Option<Knowledge>>,
}

/// A file beside the index that is derived from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DerivedFile {
    /// What every search needs of every article.
    Columns,
    /// Which texts are nearly the same.
    Stories,
}

/// What was computed from the newest commit seen so far.
#[derive(Default)]
struct Newest {
    columns: Option<NewestColumns>,
    /// Whether the file beside the index holds these very columns.
    are_kept: bool,
    /// The newest snapshot that knows all its names.
    snapshot: Option<Arc<Snapshot>>,
}

/// The columns of the newest commit seen so far.
struct NewestColumns {
    /// The stamp of the segments that they show.
    stamp: u64,
    columns: Arc<Columns>,
    /// The numbers that the names had in the snapshot; `None` if all have the same.
    earlier: Option<EarlierNumbers>,
}

impl Index {
    /// Opens the index in the folder `dir`, or creates it there.
    ///
    /// An index of another version or a damaged one is replaced by an empty one: see [`Index::rebuilt`].
    ///
    /// The search library panics on some damaged files. The next opening then checks for damage before it reads
    /// anything, so trying again once is worthwhile.
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        let io_error = |source| OpenError::Io {
            source,
            path: dir.to_owned(),
        };
        let index_error = |source| OpenError::Index {
            source,
            path: dir.to_owned(),
        };
        fs::create_dir_all(dir).map_err(io_error)?;
        let is_usable = match dir.join(META_FILE).exists() {
            true => is_of_this_version(dir).map_err(io_error)?,
            false => !has_segments(dir).map_err(io_error)?,
        };
        if is_usable {
            match Suspicion::new(dir).read(|| Self::open_unless_damaged(dir)) {
                Err(err) if err.is_damage() => {}
                opened => return opened.map_err(OpenError::from),
            }
        }
        remove(dir)?;
        let index = Self::open_as_it_is(dir).map_err(index_error)?;
        Ok(Self { rebuilt: true, ..index })
    }

    fn open_unless_damaged(dir: &Path) -> Result<Self, IndexError> {
        let suspicion = Suspicion::new(dir);
        if !suspicion.is_raised() {
            return Self::open_as_it_is(dir);
        }
        let directory = read_only::directory(MmapDirectory::open(dir).map_err(TantivyError::from)?);
        if tantivy::Index::exists(&*directory).map_err(TantivyError::from)? {
            check_files(&tantivy::Index::open(directory)?)?;
        }
        let index = Self::open_as_it_is(dir)?;
        suspicion.clear();
        Ok(index)
    }

    fn open_as_it_is(dir: &Path) -> Result<Self, IndexError> {
        let (schema, fields) = Fields::new();
        let directory = read_only::directory(MmapDirectory::open(dir).map_err(TantivyError::from)?);
        let mut index = if tantivy::Index::exists(&*directory).map_err(TantivyError::from)? {
            tantivy::Index::open(directory)?
        } else {
            // Written first: an index that exists always has its version beside it.
            let version = serde_json::to_vec(&Version::current()).map_err(io::Error::from)?;
            fs::write(dir.join(VERSION_FILE), version)?;
            tantivy::Index::create(directory, schema.clone(), IndexSettings::default())?
        };
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("the fields are not those of this version".to_owned()).into());
        }
        index.set_tokenizers(tokenizers());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let it = Self {
            dir: dir.to_owned(),
            index,
            fields,
            reader,
            suspicion: Suspicion::new(dir),
            rebuilt: false,
            remade: Mutex::default(),
            newest: Mutex::default(),
            knowledge: Mutex::default(),
        };
        // Damage within the files shows now, not in the middle of a search.
        it.columns(&mut it.newest())?;
        Ok(it)
    }

    /// Whether the index was replaced by an empty one when it was opened, so that every file must be read again.
    pub fn rebuilt(&self) -> bool {
        self.rebuilt
    }

    /// The derived files that were found damaged since the index was opened and were rebuilt from it; nothing was lost.
    pub fn remade(&self) -> Vec<DerivedFile> {
        // A panic elsewhere cannot leave half of them there.
        let remade = self.remade.lock().unwrap_or_else(PoisonError::into_inner);
        remade.iter().copied().collect()
    }

    /// Begins to write. Only one writer at a time, across all processes: others get [`WriteError::Busy`].
    pub fn writer(&self) -> Result<Writer, WriteError> {
        Writer::new(&self.index, self.fields, self.suspicion.clone())
    }

    /// The index as it is now; later commits are seen only by later searchers.
    pub fn searcher(&self) -> Result<Searcher, OpenError> {
        self.searcher_of(|| self.with_all_stories(self.snapshot()?))
    }

    /// The index as it is now, before new texts are compared, which takes a minute for a million. Articles that are not
    /// yet known to be one story are listed one by one.
    pub fn named_searcher(&self) -> Result<Searcher, OpenError> {
        self.searcher_of(|| self.snapshot())
    }

    /// The index as it is now, before new names are resolved: with a million articles that takes seconds, this a
    /// fraction of one.
    ///
    /// See [`Searcher::has_all_names`].
    pub fn early_searcher(&self) -> Result<Searcher, OpenError> {
        self.searcher_of(|| self.early_snapshot())
    }

    /// Whether the index changed on disk since the newest snapshot.
    pub fn is_behind(&self) -> Result<bool, OpenError> {
        let stamp = self.suspicion.read(|| self.segments_stamp())?;
        let newest = self.newest();
        Ok(newest.columns.as_ref().is_none_or(|it| it.stamp != stamp))
    }

    /// The number of articles in the index now.
    pub fn n_articles(&self) -> Result<u64, OpenError> {
        let columns = self.suspicion.read(|| self.columns(&mut self.newest()))?;
        Ok(columns.n_articles)
    }

    /// Writes the derived files beside the index, so that it opens fast the next time.
    pub fn keep_columns(&self) -> Result<(), OpenError> {
        let newest = &mut *self.newest();
        let columns = self.suspicion.read(|| self.columns(newest))?;
        if !newest.are_kept {
            file::keep(columns.stored(), &self.dir).map_err(|source| OpenError::Io {
                source,
                path: self.dir.clone(),
            })?;
            newest.are_kept = true;
        }
        Ok(())
    }

    fn searcher_of(&self, snapshot: impl FnOnce() -> Result<Arc<Snapshot>, IndexError>) -> Result<Searcher, OpenError> {
        let snapshot = self.suspicion.read(snapshot)?;
        Ok(Searcher::new(snapshot, self.suspicion.clone()))
    }

    /// Identifies the current segments with their deletions: they change with each commit and each merge.
    fn segments_stamp(&self) -> Result<u64, IndexError> {
        let mut hasher = Xxh3::new();
        for segment in self.index.load_metas()?.segments {
            hasher.update(segment.id().uuid_string().as_bytes());
            hasher.update(&segment.num_docs().to_le_bytes());
        }
        Ok(hasher.digest())
    }

    fn note_remade(&self, file: DerivedFile) {
        self.remade.lock().unwrap_or_else(PoisonError::into_inner).insert(file);
    }

    /// Applies a new set of the user's corrections. Entities keep their ids.
    ///
    /// Later searchers count by them; nothing is read again. Only the names that the corrections touch are looked at,
    /// and each article once, for whether it has such a name.
    pub fn correct(&self, corrections: Corrections) {
        if let Some(snapshot) = self.newest().snapshot.as_mut() {
            *snapshot = Arc::new(snapshot.corrected(&corrections));
        }
        // A panic elsewhere cannot leave half of it there.
        let mut knowledge = self.knowledge.lock().unwrap_or_else(PoisonError::into_inner);
        knowledge.get_or_insert_default().corrections = Arc::new(corrections);
    }

    /// Sets the user's corrections and the ids that entities had before.
    ///
    /// Later searchers count by them; nothing is read again.
    pub fn set_corrections(&self, corrections: Corrections, ids: KnownIds) {
        let mut newest = self.newest();
        let mut knowledge = Knowledge {
            corrections: Arc::new(corrections),
            ids: Arc::new(ids),
        };
        if let Some(snapshot) = newest.snapshot.as_mut() {
            // Before the first time the entities had no ids to be kept; later ones may not be written down yet.
            let last = self.knowledge.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(last) = last {
                let mut ids = knowledge.ids.as_ref().clone();
                ids.0.extend(last.ids.0.iter().cloned());
                knowledge.ids = Arc::new(snapshot.registry.ids_to_keep(&ids));
            }
            *snapshot = Arc::new(snapshot.with_knowledge(&knowledge));
        }
        *self.knowledge.lock().unwrap_or_else(PoisonError::into_inner) = Some(knowledge);
    }

    /// The ids to store with the archive, so that its entities keep them: see [`KnownIds`].
    pub fn ids_to_keep(&self) -> Result<KnownIds, OpenError> {
        let registry = self.named_searcher()?;
        // A panic elsewhere cannot leave half of it there.
        let knowledge = self.knowledge.lock().unwrap_or_else(PoisonError::into_inner);
        let known = knowledge.as_ref().map(|it| it.ids.as_ref().clone());
        Ok(registry.registry().ids_to_keep(&known.unwrap_or_default()))
    }

    fn newest(&self) -> MutexGuard<'_, Newest> {
        // A panic elsewhere cannot leave half a snapshot there.
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The columns of the newest commit.
    fn columns(&self, newest: &mut Newest) -> Result<Arc<Columns>, IndexError> {
        let stamp = self.segments_stamp()?;
        if let Some(known) = newest.columns.as_ref().filter(|it| it.stamp == stamp) {
            return Ok(Arc::clone(&known.columns));
        }
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let (columns, earlier) = match &newest.columns {
            Some(last) => Columns::new(searcher, self.fields, Some(last.columns.stored()))?,
            None => {
                let kept = self.kept_columns(&searcher);
                Columns::new(searcher, self.fields, kept.as_ref())?
            }
        };
        let columns = Arc::new(columns);
        let last = newest.columns.take();
        newest.are_kept = columns.is_unchanged() && (last.is_none() || newest.are_kept);
        // Names may have been renumbered several times since their entities were looked for.
        let earlier = match (earlier, last.and_then(|it| it.earlier)) {
            (Some(numbers), Some(before)) => Some(numbers.after(&before)),
            (numbers, before) => numbers.or(before),
        };
        newest.columns = Some(NewestColumns {
            stamp,
            columns: Arc::clone(&columns),
            earlier,
        });
        Ok(columns)
    }

    /// The stored columns beside the index, from which those of `searcher` can be built.
    fn kept_columns(&self, searcher: &tantivy::Searcher) -> Option<Stored> {
        match file::load(&self.dir, searcher) {
            Kept::Columns(_) if self.suspicion.is_raised() && !file::is_intact(&self.dir) => {}
            Kept::Columns(kept) => return Some(*kept),
            Kept::Nothing => return None,
            Kept::Damaged => {}
        }
        self.note_remade(DerivedFile::Columns);
        None
    }

    /// What is known of stories from the snapshot `last`, or from the file of an earlier start.
    fn known_stories(&self, last: Option<&Snapshot>) -> Arc<Memo> {
        if let Some(last) = last {
            return Arc::clone(&last.stories.memo);
        }
        let kept = Memo::load(&self.dir.join(STORIES_FILE));
        Arc::new(kept.unwrap_or_else(|| {
            self.note_remade(DerivedFile::Stories);
            Memo::default()
        }))
    }

    /// The stories known so far.
    fn stories_before_comparing(&self, columns: &Columns, last: Option<&Snapshot>) -> Result<Arc<Stories>, IndexError> {
        Stories::before_comparing(columns, self.known_stories(last)).map(Arc::new)
    }

    /// The snapshot with all its texts compared; others can be taken and corrected meanwhile.
    fn with_all_stories(&self, snapshot: Arc<Snapshot>) -> Result<Arc<Snapshot>, IndexError> {
        let columns = snapshot.columns();
        if snapshot.stories.are_all_of(columns) {
            return Ok(snapshot);
        }
        let stories = Arc::new(Stories::new(columns, Arc::clone(&snapshot.stories.memo))?);
        // Where they cannot be kept the texts are compared again at the next start.
        stories.memo.save(&self.dir.join(STORIES_FILE)).ok();
        Ok(match &mut self.newest().snapshot {
            Some(newest) if Arc::ptr_eq(newest.columns(), columns) => {
                *newest = Arc::new(newest.with_stories(stories));
                Arc::clone(newest)
            }
            _ => Arc::new(snapshot.with_stories(stories)),
        })
    }

    /// The newest state, with the names and stories that are known of it.
    fn early_snapshot(&self) -> Result<Arc<Snapshot>, IndexError> {
        let newest = &mut *self.newest();
        let columns = self.columns(newest)?;
        if let Some(known) = &newest.snapshot
            && Arc::ptr_eq(known.columns(), &columns)
        {
            return Ok(Arc::clone(known));
        }
        let last = newest.snapshot.as_deref();
        let stories = self.stories_before_comparing(&columns, last)?;
        let earlier = newest.columns.as_ref().and_then(|it| it.earlier.as_ref());
        Ok(Arc::new(Snapshot::before_resolving(columns, earlier, last, stories)))
    }

    /// The newest state that knows all its names.
    fn snapshot(&self) -> Result<Arc<Snapshot>, IndexError> {
        let newest = &mut *self.newest();
        let mut columns = self.columns(newest)?;
        if newest.snapshot.is_none() && newest.are_kept && !file::is_intact(&self.dir) {
            // Damaged where nothing was read so far.
            self.note_remade(DerivedFile::Columns);
            file::forget(&self.dir);
            newest.columns = None;
            columns = self.columns(newest)?;
        }
        if let Some(snapshot) = &newest.snapshot
            && Arc::ptr_eq(snapshot.columns(), &columns)
        {
            return Ok(Arc::clone(snapshot));
        }
        let knowledge = self.knowledge.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let knowledge = knowledge.unwrap_or_default();
        let last = newest.snapshot.as_deref();
        let stories = self.stories_before_comparing(&columns, last)?;
        let snapshot = Arc::new(Snapshot::new(Arc::clone(&columns), &knowledge, last, stories));
        newest.snapshot = Some(Arc::clone(&snapshot));
        if let Some(columns) = &mut newest.columns {
            columns.earlier = None;
        }
        Ok(snapshot)
    }
}

/// Whether the folder holds segments although no file lists them.
fn has_segments(dir: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(dir)? {
        if entry?.path().extension().is_some_and(|it| it == "store") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the index in `dir` was built by this version.
fn is_of_this_version(dir: &Path) -> io::Result<bool> {
    match fs::read(dir.join(VERSION_FILE)) {
        Ok(bytes) => Ok(serde_json::from_slice::<Version>(&bytes).is_ok_and(|it| it == Version::current())),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(err) => Err(err),
    }
}

/// Empties `dir`, unless another process is writing there.
fn remove(dir: &Path) -> Result<(), OpenError> {
    let path = dir.to_owned();
    let directory = MmapDirectory::open(dir).map_err(|err| OpenError::Index {
        source: TantivyError::from(err).into(),
        path: path.clone(),
    })?;
    let lock = directory.acquire_lock(&INDEX_WRITER_LOCK);
    let lock = match lock.map_err(TantivyError::from) {
        Ok(lock) => lock,
        Err(err) if super::error::is_busy(&err) => return Err(OpenError::Busy { path }),
        Err(err) => {
            let source = err.into();
            return Err(OpenError::Index { source, path });
        }
    };
    // Moved aside in one step: a process that is killed in between does not leave half an index.
    let aside = aside_of(dir);
    let moved = fs::rename(dir, &aside).and_then(|()| fs::create_dir_all(dir));
    drop(lock);
    moved.map_err(|source| OpenError::Io { source, path })?;
    // The remains of the old one only take up space.
    fs::remove_dir_all(&aside).ok();
    Ok(())
}

/// An unused path beside `dir`.
fn aside_of(dir: &Path) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(format!(".old-{}", std::process::id()));
    let mut aside = dir.with_file_name(&name);
    let mut number = 0;
    while aside.exists() {
        number += 1;
        let mut numbered = name.clone();
        numbered.push(format!("-{number}"));
        aside = dir.with_file_name(numbered);
    }
    aside
}

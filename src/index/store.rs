//! The index on disk: opened, created, or built anew when it is damaged.

use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use xxhash_rust::xxh3::Xxh3;

use crate::arabic::lexicon::built_in_fingerprint;
use crate::entities::{Corrections, KnownIds};

use super::analysis::tokenizers;
use super::columns::names::EarlierNumbers;
use super::columns::{Columns, file};
use super::damage::{Suspicion, damage};
use super::error::{IndexError, OpenError, WriteError};
use super::read_only;
use super::schema::{Fields, INDEX_VERSION};
use super::searcher::Searcher;
use super::snapshot::{Knowledge, Snapshot};
use super::story::{Memo, Stories};
use super::write::Writer;

/// The file beside the index that says by which version of this program it was built.
const VERSION_FILE: &str = "fihrist-index.json";

/// The file beside the index that says which texts are nearly the same.
const STORIES_FILE: &str = "stories";

/// What stands in [`VERSION_FILE`].
#[derive(PartialEq, serde::Serialize, serde::Deserialize)]
struct Version {
    version: u32,
    /// Of which lexicon the stems are.
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
/// It can be shared between threads; several processes can open it, of which one can write at a time. A process that
/// is killed leaves no lock behind and loses at most what it had not committed.
pub struct Index {
    dir: PathBuf,
    index: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    suspicion: Suspicion,
    rebuilt: bool,
    /// What was found out of the newest commit that was looked at.
    newest: Mutex<Newest>,
    /// What is known of names beyond what the articles hold.
    knowledge: Mutex<Option<Knowledge>>,
}

/// What was found out so far of the newest commit that was looked at.
#[derive(Default)]
struct Newest {
    columns: Option<NewestColumns>,
    /// Whether these very columns stand in the file beside the index.
    are_kept: bool,
    /// The newest snapshot that knows all its names.
    snapshot: Option<Arc<Snapshot>>,
}

/// The columns of the newest commit that was looked at.
struct NewestColumns {
    /// The stamp of the segments that they show.
    stamp: u64,
    columns: Arc<Columns>,
    /// The numbers that the names had in the snapshot; nothing if all have the same.
    earlier: Option<EarlierNumbers>,
}

impl Index {
    /// Opens the index in the folder `dir`, or creates it there.
    ///
    /// An index of another version and a damaged one are removed and created anew, empty: see [`Index::rebuilt`].
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        let io_error = |source| OpenError::Io {
            source,
            path: dir.to_owned(),
        };
        fs::create_dir_all(dir).map_err(io_error)?;
        let exists = dir.join("meta.json").exists();
        if !exists || is_of_this_version(dir).map_err(io_error)? {
            match Self::open_unless_damaged(dir) {
                Ok(index) => return Ok(index),
                Err(err) if err.is_damage() => {}
                Err(source) => {
                    let path = dir.to_owned();
                    return Err(OpenError::Index { source, path });
                }
            }
        }
        remove(dir)?;
        match Self::open_as_it_is(dir) {
            Ok(index) => Ok(Self { rebuilt: true, ..index }),
            Err(source) => Err(OpenError::Index {
                source,
                path: dir.to_owned(),
            }),
        }
    }

    fn open_unless_damaged(dir: &Path) -> Result<Self, IndexError> {
        let suspicion = Suspicion::new(dir);
        // The search library panics on some damaged files instead of saying so.
        let index = panic::catch_unwind(AssertUnwindSafe(|| Self::open_as_it_is(dir)))
            .unwrap_or_else(|_panic| Err(damage()))?;
        if suspicion.is_raised() {
            if !index.index.validate_checksum()?.is_empty() {
                return Err(damage());
            }
            suspicion.drop();
        }
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
            newest: Mutex::default(),
            knowledge: Mutex::default(),
        };
        // What is damaged within the files shows now and not in the middle of a search.
        it.columns(&mut it.newest())?;
        Ok(it)
    }

    /// Whether the index was of another version or damaged, so that it is empty and every file has to be read again.
    pub fn rebuilt(&self) -> bool {
        self.rebuilt
    }

    /// Begins to write. Only one writer at a time, over all processes: others get [`WriteError::Busy`].
    pub fn writer(&self) -> Result<Writer, WriteError> {
        Writer::new(&self.index, self.fields, self.suspicion.clone())
    }

    /// What the index holds now. What is committed later is seen by a searcher that is asked for later.
    pub fn searcher(&self) -> Result<Searcher, OpenError> {
        let snapshot = self.snapshot().and_then(|it| self.with_all_stories(it));
        let snapshot = snapshot.map_err(|source| self.open_error(source))?;
        Ok(Searcher::new(snapshot, self.suspicion.clone()))
    }

    /// What the index holds now, before new texts were compared: of a million they are a minute's work. Articles that
    /// are not known to be of one story are listed one by one.
    pub fn named_searcher(&self) -> Result<Searcher, OpenError> {
        let snapshot = self.snapshot().map_err(|source| self.open_error(source))?;
        Ok(Searcher::new(snapshot, self.suspicion.clone()))
    }

    /// What the index holds now, before it was found out which people, organisations and places are named that were
    /// not named the last time: at a million articles that takes seconds, this a part of one.
    ///
    /// See [`Searcher::has_all_names`].
    pub fn early_searcher(&self) -> Result<Searcher, OpenError> {
        let newest = &mut *self.newest();
        let columns = self.columns(newest).map_err(|source| self.open_error(source))?;
        let known = newest
            .snapshot
            .as_ref()
            .filter(|it| Arc::ptr_eq(it.columns(), &columns));
        let snapshot = match known {
            Some(known) => Arc::clone(known),
            None => {
                let last = newest.snapshot.as_deref();
                let stories = self.stories_before_news(&columns, last);
                let stories = stories.map_err(|source| self.open_error(source))?;
                let earlier = newest.columns.as_ref().and_then(|it| it.earlier.as_ref());
                Arc::new(Snapshot::without_news(columns, earlier, last, stories))
            }
        };
        Ok(Searcher::new(snapshot, self.suspicion.clone()))
    }

    /// Whether the index changed on disk since it was looked at.
    pub fn is_behind(&self) -> bool {
        let stamp = self.segments_stamp().ok();
        let newest = self.newest();
        let known = newest.columns.as_ref().map(|it| it.stamp);
        stamp.is_some() && stamp != known
    }

    /// Names the segments that the index is made of now, with what is deleted in them: they change when something is
    /// committed, and when it is tidied up.
    fn segments_stamp(&self) -> Result<u64, IndexError> {
        let mut hasher = Xxh3::new();
        for segment in self.index.load_metas()?.segments {
            hasher.update(segment.id().uuid_string().as_bytes());
            hasher.update(&segment.num_docs().to_le_bytes());
        }
        Ok(hasher.digest())
    }

    /// The number of articles that the index holds now.
    pub fn n_articles(&self) -> Result<u64, OpenError> {
        let columns = self.columns(&mut self.newest());
        Ok(columns.map_err(|source| self.open_error(source))?.n_articles)
    }

    /// Keeps beside the index what was found out about it, so that it opens fast the next time.
    pub fn keep_columns(&self) -> Result<(), OpenError> {
        let newest = &mut *self.newest();
        let columns = self.columns(newest).map_err(|source| self.open_error(source))?;
        if !newest.are_kept {
            file::keep(columns.stored(), &self.dir).map_err(|source| OpenError::Io {
                source,
                path: self.dir.clone(),
            })?;
            newest.are_kept = true;
        }
        Ok(())
    }

    fn open_error(&self, source: IndexError) -> OpenError {
        let path = self.dir.clone();
        OpenError::Index { source, path }
    }

    /// Takes over other corrections of the user. Entities keep their ids.
    ///
    /// Searchers that are asked for from now on count by them; nothing is read again. Of the names only those are looked
    /// at that the corrections touch, of the articles each once, for whether it has such a name.
    pub fn correct(&self, corrections: Corrections) {
        if let Some(snapshot) = self.newest().snapshot.as_mut() {
            *snapshot = Arc::new(snapshot.corrected(&corrections));
        }
        // A panic elsewhere cannot leave half of it there.
        let mut knowledge = self.knowledge.lock().unwrap_or_else(PoisonError::into_inner);
        knowledge.get_or_insert_default().corrections = Arc::new(corrections);
    }

    /// Takes over the user's corrections, and the ids that entities had before.
    ///
    /// Searchers that are asked for from now on count by them; nothing is read again.
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

    /// The ids that are to be kept with the archive so that its entities keep them: see [`KnownIds`].
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
        let (columns, earlier) = self.suspicion.guard(Err(damage()), || {
            self.reader.reload()?;
            let searcher = self.reader.searcher();
            match &newest.columns {
                Some(last) => Columns::new(searcher, self.fields, Some(last.columns.stored())),
                // What was kept is worth nothing if the index is damaged.
                None if self.suspicion.is_raised() => Columns::new(searcher, self.fields, None),
                None => {
                    let kept = file::load(&self.dir, &searcher);
                    Columns::new(searcher, self.fields, kept.as_ref())
                }
            }
        })?;
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

    /// What was found out about stories for the state `last`, or before this start.
    fn known_stories(&self, last: Option<&Snapshot>) -> Arc<Memo> {
        last.map_or_else(
            || Arc::new(Memo::load(&self.dir.join(STORIES_FILE))),
            |it| Arc::clone(&it.stories.memo),
        )
    }

    /// The stories as far as they are known.
    fn stories_before_news(&self, columns: &Columns, last: Option<&Snapshot>) -> Result<Arc<Stories>, IndexError> {
        let known = || Stories::without_news(columns, self.known_stories(last));
        self.suspicion.guard(Err(damage()), known).map(Arc::new)
    }

    /// The snapshot with all its texts compared; meanwhile others can be taken and corrected.
    fn with_all_stories(&self, snapshot: Arc<Snapshot>) -> Result<Arc<Snapshot>, IndexError> {
        let columns = snapshot.columns();
        if snapshot.stories.are_all_of(columns) {
            return Ok(snapshot);
        }
        let compare = || Stories::new(columns, Arc::clone(&snapshot.stories.memo));
        let stories = Arc::new(self.suspicion.guard(Err(damage()), compare)?);
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

    /// The newest state that knows all its names.
    fn snapshot(&self) -> Result<Arc<Snapshot>, IndexError> {
        let newest = &mut *self.newest();
        let mut columns = self.columns(newest)?;
        if newest.snapshot.is_none() && newest.are_kept && !file::is_intact(&self.dir) {
            // Damaged where it was not looked at so far.
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
        let stories = self.stories_before_news(&columns, last)?;
        let resolve = || Ok(Snapshot::new(Arc::clone(&columns), &knowledge, last, stories));
        let snapshot = Arc::new(self.suspicion.guard(Err(damage()), resolve)?);
        newest.snapshot = Some(Arc::clone(&snapshot));
        if let Some(columns) = &mut newest.columns {
            columns.earlier = None;
        }
        Ok(snapshot)
    }
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
    // What is left of the old one only takes room.
    fs::remove_dir_all(&aside).ok();
    Ok(())
}

/// A free name beside `dir`.
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

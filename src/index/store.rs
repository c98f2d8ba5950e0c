//! The index on disk: opens it, creates it, or rebuilds it when it is damaged.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use xxhash_rust::xxh3::Xxh3;

use crate::entities::{Corrections, KeptFindings, KnownIds};
use crate::marks::Marks;

use super::analysis::tokenizers;
use super::arrivals::{Arrivals, Arrived};
use super::check::{Checked, Damage, Health};
use super::columns::file::Kept;
use super::columns::names::EarlierNumbers;
use super::columns::stored::Stored;
use super::columns::{Columns, file};
use super::damage::Suspicion;
use super::error::{IndexError, OpenError, WriteError};
use super::parts::{EarlierIndex, Part, beside, named_after};
use super::purge::{Forgotten, purge};
use super::schema::Fields;
use super::sealed::{Listed, SealedDirectory, copy_list, listed, needs_copy, newest_list, segment_files};
use super::searcher::Searcher;
use super::snapshot::{Knowledge, Snapshot};
use super::story::{Memo, Stories};
use super::write::{Writer, index_writer};

/// The file beside the index that says which texts are nearly the same.
const STORIES_FILE: &str = "stories";

/// The file beside the index that says which names are one.
const NAMES_FILE: &str = "names";

/// At most so many bytes of an index are compared with their checksums while somebody waits: the index of some 300,000
/// articles, for which it takes half a second from memory and some seconds from a disk. A guess.
pub const MOST_CHECKED: u64 = 1 << 30;

/// Between the name of the index and a number, in the name of one that was replaced.
const OLD: &str = ".old-";

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
    health: Health,
    /// Whether the file of columns is checked before it is read.
    checks_columns: bool,
    rebuilt: bool,
    remade: Mutex<BTreeSet<DerivedFile>>,
    /// What was computed from the newest commit seen so far.
    newest: Mutex<Newest>,
    /// What is known of names beyond what the articles hold.
    knowledge: Mutex<Option<Knowledge>>,
    /// What the user marked.
    marks: Mutex<Arc<Marks>>,
    /// When articles came.
    arrived: Arc<Arrived>,
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
    /// What is missing, cut short or exchanged shows now and is left out: see [`Index::damage`]. What else is damaged shows
    /// when it is looked for: see [`Index::check_next`]. An index of another version, or one whose list of segments is
    /// damaged, is replaced by an empty one: see [`Index::rebuilt`].
    ///
    /// The search library panics on some damaged files. The next opening then checks the whole index before it reads
    /// anything, so trying again once is worthwhile.
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        Self::open_checked(dir, 0)
    }

    /// Opens the index as [`Index::open`] does, and compares it with its checksums before anything is read, as far as that
    /// takes reading at most so many bytes: see [`Index::unchecked_bytes`].
    pub fn open_checked(dir: &Path, most_bytes: u64) -> Result<Self, OpenError> {
        let io_error = |source| OpenError::Io {
            source,
            path: dir.to_owned(),
        };
        fs::create_dir_all(dir).map_err(io_error)?;
        remove_remains(dir);
        let suspicion = Suspicion::new(dir);
        if newest_list(dir).is_ok_and(|it| it.is_some_and(|it| it.is_for_later())) {
            return Err(OpenError::Newer { path: dir.to_owned() });
        }
        let is_usable = listed(dir).map_err(io_error)? != Listed::Unusable;
        // An error that may be damage raises the suspicion, so that the second time all of it is checked before it is read.
        for _ in 0..if is_usable { 2 } else { 0 } {
            match suspicion.read(|| Self::open_as_it_is(dir, most_bytes)) {
                Err(err) if err.is_damage() => {}
                opened => return opened.map_err(OpenError::from),
            }
        }
        put_aside(dir)?;
        let index = suspicion.read(|| Self::open_as_it_is(dir, most_bytes))?;
        Ok(Self { rebuilt: true, ..index })
    }

    fn open_as_it_is(dir: &Path, most_bytes: u64) -> Result<Self, IndexError> {
        let (schema, fields) = Fields::new();
        let health = Health::new(dir);
        let is_suspected = health.suspicion.is_raised();
        let is_checked = health.look(if is_suspected { u64::MAX } else { most_bytes })?;
        let directory = SealedDirectory::open(dir, &health.left_out).map_err(TantivyError::from)?;
        if needs_copy(dir)
            && let Ok(_lock) = directory.acquire_lock(&INDEX_WRITER_LOCK)
        {
            // If it fails there is one whole list, as before.
            copy_list(dir).ok();
        }
        let mut index = if tantivy::Index::exists(&directory).map_err(TantivyError::from)? {
            tantivy::Index::open(directory)?
        } else {
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
            suspicion: health.suspicion.clone(),
            checks_columns: is_suspected || is_checked,
            health,
            rebuilt: false,
            remade: Mutex::default(),
            newest: Mutex::default(),
            knowledge: Mutex::default(),
            marks: Mutex::default(),
            arrived: Arc::default(),
        };
        // Damage within the files shows now, not in the middle of a search.
        it.columns(&mut it.newest())?;
        if is_suspected && it.damage() == Damage::default() {
            it.suspicion.clear();
        }
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
        Writer::new(&self.index, self.fields, self.health.clone())
    }

    /// What is damaged and not searched until its files are read again: whoever brings the index up to date does so, and
    /// says so with [`Index::mended`].
    pub fn damage(&self) -> Damage {
        self.health.damage()
    }

    /// Compares a part of the index that was not checked since it was opened with its checksums. If it is damaged, later
    /// searchers leave it out.
    ///
    /// `pace` hears how many bytes were read, a megabyte or less at a time, and may wait or break it off.
    pub fn check_next(&self, pace: &mut dyn FnMut(u64) -> ControlFlow<()>) -> Result<Checked, OpenError> {
        let checked = self.health.check_next(pace);
        checked.map_err(|source| self.io_error(source))
    }

    /// Has all of the index compared with its checksums once more: something in it cannot be read.
    pub fn doubt(&self) {
        self.health.doubt();
    }

    /// How much of the index was not compared with its checksums since it was opened, in bytes.
    pub fn unchecked_bytes(&self) -> Result<u64, OpenError> {
        self.health.unchecked_bytes().map_err(|source| self.io_error(source))
    }

    /// Checks what was not checked yet, before something is removed from it: in a damaged part it would not be found. Of a
    /// very large index it only checks a part.
    pub fn check_before_writing(&self) -> Result<(), OpenError> {
        let checked = self.health.look(MOST_CHECKED);
        checked.map(|_| ()).map_err(|source| self.io_error(source))
    }

    /// Notes that all files of the folder were read that the index did not know when this was [`Index::damage`].
    pub fn mended(&self, damage: Damage) {
        self.health.mended(damage);
    }

    /// The damaged parts by themselves, to save from them what is in no file any more: each may be unreadable in its own
    /// way, and reading it may panic.
    pub fn damaged_parts(&self) -> Result<Vec<Part>, OpenError> {
        let Listed::List(list) = listed(&self.dir).map_err(|source| self.io_error(source))? else {
            return Ok(Vec::new());
        };
        Ok(Part::of_list(&self.dir, &list, |it| self.health.left_out.holds(it)))
    }

    /// The indexes that this one replaced, as long as they were not removed.
    pub fn earlier(&self) -> Vec<EarlierIndex> {
        EarlierIndex::of(&self.dir)
    }

    fn io_error(&self, source: io::Error) -> OpenError {
        let path = self.dir.clone();
        OpenError::Io { source, path }
    }

    /// Takes what [`Writer::forget_file`] removed out of the index for good, and returns how many segments were rewritten
    /// for it; does nothing where nothing was forgotten.
    ///
    /// To be called when that writer is gone; [`Index::keep_columns`] then does the same for the file of columns. Where it
    /// fails or the process ends before, the next call does it. On Windows a segment that is searched in cannot be
    /// removed before that search ends: it goes with the next call too.
    pub fn purge_forgotten(&self) -> Result<usize, WriteError> {
        let forgotten = Forgotten::new(&self.dir);
        if !forgotten.is_noted() {
            return Ok(0);
        }
        let writer = index_writer(&self.index, 1)?;
        if self.damage() != Damage::default() {
            // This writer would drop what the next update has to save something from first.
            return Ok(0);
        }
        let purged = self.suspicion.read(|| {
            self.reader.reload()?;
            purge(writer, &self.reader.searcher(), &self.fields, &self.health)
        })?;
        if purged.is_done {
            forgotten.clear();
        }
        Ok(purged.n_rewritten)
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

    /// Takes over when articles came: see [`Filters::new_since`](super::Filters::new_since). Holds for all its searchers at
    /// once, also for those that there are already.
    pub fn set_arrivals(&self, arrivals: &Arrivals) {
        self.arrived.set(arrivals);
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
        let lacks_parts = self.damage() != Damage::default();
        Ok(Searcher::new(snapshot, self.suspicion.clone(), lacks_parts))
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

    #[cfg(test)]
    pub(super) fn tantivy(&self) -> &tantivy::Index {
        &self.index
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

    /// Sets what the user marked. Later searchers count by it; nothing is read again.
    pub fn set_marks(&self, marks: Arc<Marks>) {
        let mut newest = self.newest();
        if let Some(snapshot) = newest.snapshot.as_mut() {
            *snapshot = Arc::new(snapshot.with_marks(&marks));
        }
        // A panic elsewhere cannot leave half of it there.
        *self.marks.lock().unwrap_or_else(PoisonError::into_inner) = marks;
    }

    fn marks(&self) -> Arc<Marks> {
        Arc::clone(&self.marks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The ids to store with the archive, so that its entities keep them: see [`KnownIds`].
    pub fn ids_to_keep(&self) -> Result<KnownIds, OpenError> {
        let registry = self.named_searcher()?;
        // A panic elsewhere cannot leave half of it there.
        let knowledge = self.knowledge.lock().unwrap_or_else(PoisonError::into_inner);
        let known = knowledge.as_ref().map(|it| it.ids.as_ref().clone());
        Ok(registry.registry().ids_to_keep(&known.unwrap_or_default()))
    }

    /// Drops what is known of the ids of entities that no article names any more.
    pub fn forget_ids(&self) -> Result<(), OpenError> {
        let searcher = self.named_searcher()?;
        // A panic elsewhere cannot leave half of it there.
        let mut knowledge = self.knowledge.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(knowledge) = knowledge.as_mut() {
            let mut ids = knowledge.ids.as_ref().clone();
            ids.0.retain(|id| searcher.registry().find(id).is_some());
            knowledge.ids = Arc::new(ids);
        }
        Ok(())
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
        let (mut columns, earlier) = match &newest.columns {
            Some(last) => Columns::new(searcher, self.fields, Some(last.columns.stored()))?,
            None => {
                let kept = self.kept_columns(&searcher);
                Columns::new(searcher, self.fields, kept.as_ref())?
            }
        };
        columns.arrived = Arc::clone(&self.arrived);
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
            Kept::Columns(_) if self.checks_columns && !file::is_intact(&self.dir) => {}
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

    /// What was found about the names of these columns by this very program: another one's rules may be others.
    fn kept_findings(&self, columns: &Columns) -> Option<KeptFindings> {
        KeptFindings::of_bytes(&fs::read(self.dir.join(NAMES_FILE)).ok()?, stamp_of_findings(columns)?)
    }

    /// Where they cannot be kept the names are compared again at the next start.
    fn keep_findings(&self, columns: &Columns, snapshot: &Snapshot) {
        let write = |stamp: u64| -> io::Result<()> {
            let mut new = tempfile::NamedTempFile::new_in(&self.dir)?;
            let findings = snapshot.registry.resolution().kept_findings();
            io::Write::write_all(&mut new, &findings.to_bytes(stamp))?;
            new.persist(self.dir.join(NAMES_FILE))?;
            Ok(())
        };
        if let Some(stamp) = stamp_of_findings(columns) {
            write(stamp).ok();
        }
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
        let marks = self.marks();
        Ok(Arc::new(Snapshot::before_resolving(
            columns, earlier, last, stories, &marks,
        )))
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
        let kept = match last {
            // What the last snapshot knows is of more use for the next one.
            Some(_) => None,
            None => self.kept_findings(&columns),
        };
        let snapshot = Arc::new(Snapshot::new(
            Arc::clone(&columns),
            &knowledge,
            last,
            stories,
            kept.as_ref(),
            &self.marks(),
        )?);
        if kept.is_none() {
            self.keep_findings(&columns, &snapshot);
        }
        newest.snapshot = Some(Arc::clone(&snapshot));
        if let Some(columns) = &mut newest.columns {
            columns.earlier = None;
        }
        Ok(snapshot)
    }
}

/// Identifies the names of columns and the rules of this program: by the length and time of its file, so that none of their
/// changes can be forgotten. `None` if these are not known.
fn stamp_of_findings(columns: &Columns) -> Option<u64> {
    let program = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let built = program.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let mut hasher = Xxh3::new();
    hasher.update(&columns.stamp().to_le_bytes());
    hasher.update(&program.len().to_le_bytes());
    hasher.update(&built.as_nanos().to_le_bytes());
    Some(hasher.digest())
}

/// Puts the index in `dir` aside, unless another process is writing there: see [`EarlierIndex`].
fn put_aside(dir: &Path) -> Result<(), OpenError> {
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
    let has_segments = segment_files(dir).is_ok_and(|it| !it.is_empty());
    let aside = match has_segments {
        true => EarlierIndex::path_for(dir),
        false => named_after(dir, &format!("{OLD}{}", std::process::id())),
    };
    let moved = fs::rename(dir, &aside).and_then(|()| fs::create_dir_all(dir));
    drop(lock);
    moved.map_err(|source| OpenError::Io { source, path })?;
    remove_remains(dir);
    Ok(())
}

/// Removes what is left of indexes that held nothing when they were replaced.
fn remove_remains(dir: &Path) {
    // If one cannot be removed now it may be the next time.
    beside(dir, OLD).for_each(|old| fs::remove_dir_all(old).unwrap_or_default());
}

//! Adds, replaces and removes files in the index.

use std::collections::{BTreeSet, HashMap};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::schema::Term;
use tantivy::{Document, IndexWriter, TantivyError};

use crate::arabic::days::epoch_day;
use crate::arabic::language;
use crate::archive::{Article, date_mentions};
use crate::entities::{EntityKind, Evidence, Latin, Mention};

use super::analysis::analysed;
use super::check::{Health, IntactOnly};
use super::compact::compact;
use super::damage::Suspicion;
use super::document::{NewDocument, Waiting};
use super::error::{WriteError, is_busy};
use super::purge::Forgotten;
use super::schema::Fields;
use super::stored::{IndexedFile, UNFINISHED};
use super::story::sketch::Sketch;
use super::values::{date_values, folders, latin_value, name_value, pack_date, path_key, role_value, title_start};

/// The memory that each indexing thread fills before it writes a segment, in bytes.
///
/// Measured on 100,000 articles: more only makes for fewer segments.
const BYTES_PER_THREAD: usize = 64 << 20;

/// How often, and at what interval, a lock that another writer holds is tried: for a second in all. A guess.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);
/// With less free disk space than this, in bytes, hardly any segment can be written. A guess.
const LEAST_ROOM: usize = 4 << 20;
/// A segment is rewritten once more than this share of it is deleted. A guess.
const MOST_DELETED: f32 = 0.3;
/// Each keeps the dictionaries of the segments that it merges in memory: 100 MiB and more for a million articles.
const MERGE_THREADS: usize = 1;
/// More threads than this wait for the disk. A guess.
const MOST_THREADS: usize = 4;

/// Writes to the index. Nothing is visible or durable before [`Writer::commit`].
///
/// While it lives, no other process can write.
pub struct Writer {
    writer: IndexWriter<NewDocument>,
    waiting: Arc<Waiting>,
    fields: Fields,
    health: Health,
    forgotten: Forgotten,
    /// How many articles were added of the files that were begun and not ended.
    begun: HashMap<PathBuf, u64>,
}

impl Writer {
    pub(super) fn new(index: &tantivy::Index, fields: Fields, health: Health) -> Result<Self, WriteError> {
        let n_threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(MOST_THREADS));
        let writer = index_writer(index, n_threads)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(MOST_DELETED);
        let merge_policy = IntactOnly {
            policy,
            health: health.clone(),
        };
        writer.set_merge_policy(Box::new(merge_policy));
        Ok(Self {
            writer,
            waiting: Arc::default(),
            fields,
            forgotten: Forgotten::new(health.suspicion.dir()),
            health,
            begun: HashMap::new(),
        })
    }

    /// Adds a file to the index, replacing its former content. A file without articles is recorded too.
    pub fn add_file(&mut self, file: &IndexedFile, articles: &[(Article, Vec<Mention>)]) -> Result<(), WriteError> {
        self.remove_file(&file.path)?;
        let key = path_key(&file.path);
        let fields = self.fields;
        if articles.is_empty() {
            return self.end_file(file);
        }
        for (idx, (article, mentions)) in articles.iter().enumerate() {
            let mut doc = document(&self.fields, article, mentions);
            doc.add_bytes(fields.path, key.clone());
            if idx == 0 {
                self.describe(file, articles.len() as u64, &mut doc);
            }
            self.put(doc)?;
        }
        Ok(())
    }

    /// Begins a file whose articles come in batches. Until [`Writer::end_file`] it is recorded as begun, not as read:
    /// after a crash it is read again, or forgotten if it is gone.
    pub fn begin_file(&mut self, path: &Path) -> Result<(), WriteError> {
        self.remove_file(path)?;
        let mut doc = NewDocument::default();
        doc.add_bytes(self.fields.path, path_key(path));
        doc.add_u64(self.fields.size, UNFINISHED);
        self.put(doc)
    }

    /// Adds a batch of articles to a file that was begun.
    pub fn add_articles(&mut self, path: &Path, articles: &[(Article, Vec<Mention>)]) -> Result<(), WriteError> {
        let key = path_key(path);
        *self.begun.entry(path.to_owned()).or_default() += articles.len() as u64;
        for (article, mentions) in articles {
            let mut doc = document(&self.fields, article, mentions);
            doc.add_bytes(self.fields.path, key.clone());
            self.put(doc)?;
        }
        Ok(())
    }

    /// Ends a file that was begun and records it as read.
    pub fn end_file(&mut self, file: &IndexedFile) -> Result<(), WriteError> {
        let mut doc = NewDocument::default();
        doc.add_bytes(self.fields.path, path_key(&file.path));
        let n_articles = self.begun.remove(&file.path).unwrap_or(0);
        self.describe(file, n_articles, &mut doc);
        self.put(doc)
    }

    fn describe(&self, file: &IndexedFile, n_articles: u64, doc: &mut NewDocument) {
        doc.add_u64(self.fields.articles, n_articles);
        doc.add_u64(self.fields.size, file.size);
        doc.add_i64(self.fields.modified, file.modified_nanos);
        doc.add_u64(self.fields.hash, file.content_hash);
        if file.reading != 0 {
            doc.add_u64(self.fields.reading, file.reading);
        }
        for (path, reason) in &file.unreadable {
            doc.add_text(
                self.fields.unreadable,
                format!("{}\t{}", path.display(), reason.to_stored()),
            );
        }
    }

    /// Removes a file and its articles; does nothing if the index does not have it.
    pub fn remove_file(&mut self, path: &Path) -> Result<(), WriteError> {
        self.begun.remove(path);
        let term = Term::from_field_bytes(self.fields.path, &path_key(path));
        self.writer.delete_term(term);
        Ok(())
    }

    /// Removes a file and its articles for good: after the next commit, `Index::purge_forgotten` leaves nothing of it.
    pub fn forget_file(&mut self, path: &Path) -> Result<(), WriteError> {
        self.forgotten.note()?;
        self.remove_file(path)
    }

    /// Makes everything written so far visible and durable.
    pub fn commit(&mut self) -> Result<(), WriteError> {
        let committed = self.writer.commit();
        committed.map_err(|err| to_write_error(err, &self.health.suspicion))?;
        Ok(())
    }

    /// Commits, and waits until all merges are done.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.commit()?;
        self.tidy()
    }

    /// Waits until all merges are done, which makes the index smaller and searching faster. What was written since the
    /// last commit is lost.
    pub fn tidy(self) -> Result<(), WriteError> {
        let Self { writer, health, .. } = self;
        let tidied = writer.wait_merging_threads();
        tidied.map_err(|err| to_write_error(err, &health.suspicion))
    }

    fn put(&self, mut doc: NewDocument) -> Result<(), WriteError> {
        doc.wait_for_room(&self.waiting);
        let added = self.writer.add_document(doc);
        added.map_err(|err| to_write_error(err, &self.health.suspicion))?;
        Ok(())
    }
}

/// Opens the search library's writer, with so many threads that each make segments of their own.
pub(super) fn index_writer<D: Document>(
    index: &tantivy::Index,
    n_threads: usize,
) -> Result<IndexWriter<D>, WriteError> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(n_threads)
        .memory_budget_per_thread(BYTES_PER_THREAD)
        .num_merge_threads(MERGE_THREADS)
        .build();
    let open = || index.writer_with_options(options.clone());
    // A writer that was just dropped holds the lock until its last merge is done.
    let mut writer = open();
    for _ in 0..LOCK_TRIES {
        match &writer {
            Err(err) if is_busy(err) => std::thread::sleep(LOCK_PAUSE),
            _ => break,
        }
        writer = open();
    }
    Ok(writer?)
}

/// The error to report. Has the index checked at the next opening, except when the disk is full, which leaves committed
/// data intact. The search library only says that a thread ended, so no other write error is known to be harmless.
fn to_write_error(err: TantivyError, suspicion: &Suspicion) -> WriteError {
    let dir = suspicion.dir();
    if is_full(dir) {
        let path = dir.to_owned();
        return WriteError::Full { path };
    }
    suspicion.raise();
    err.into()
}

/// The document of an article, without its path.
fn document(fields: &Fields, article: &Article, mentions: &[Mention]) -> NewDocument {
    let mut doc = NewDocument::default();
    doc.add_u64(fields.record, u64::from(article.record));
    doc.add_u64(fields.id, article.id().0);
    if let Some(published) = &article.published {
        doc.add_i64(fields.published, pack_date(published));
    }
    if article.title_derived {
        doc.add_u64(fields.title_derived, 1);
    }
    let body = article.body();
    let analysed_body = analysed(&body);
    doc.add_text(fields.title, article.title.as_str());
    doc.add_text(fields.title_words, analysed(&article.title).terms);
    doc.add_text(fields.title_start, title_start(&article.title));
    doc.add_bytes(fields.text, compact(&body));
    if let Some(source) = &article.source {
        doc.add_text(fields.source, source.as_str());
    }
    for keyword in &article.keywords {
        doc.add_text(fields.keyword, keyword.as_str());
    }
    let mentioned = date_mentions(article).flat_map(|mention| mention.days);
    let dates: BTreeSet<String> = mentioned.flat_map(|days| date_values(&days)).collect();
    for date in dates {
        doc.add_text(fields.date, date);
    }
    if let Some(byline) = &article.byline {
        doc.add_text(fields.byline, byline.as_str());
    }
    if let Some(address) = &article.address {
        doc.add_text(fields.address, address.as_str());
    }
    for kind in EntityKind::ALL {
        let names: BTreeSet<String> = mentions
            .iter()
            .filter(|mention| mention.name.kind == kind)
            .map(|mention| name_value(&mention.name))
            .collect();
        for name in names {
            doc.add_text(fields.names_of(kind), name);
        }
    }
    let roles: BTreeSet<String> = mentions
        .iter()
        .filter_map(|mention| role_value(mention, &article.text))
        .collect();
    for role in roles {
        doc.add_text(fields.person_role, role);
    }
    let latin: BTreeSet<String> = Latin::built_in()
        .written_forms(&article.text, mentions)
        .iter()
        .filter(|it| it.evidence != Evidence::Introduced)
        .map(latin_value)
        .collect();
    for form in latin {
        doc.add_text(fields.latin_form, form);
    }
    if let Some(language) = language(&body) {
        doc.add_text(fields.language, language);
    }
    for folder in folders(&article.path) {
        doc.add_text(fields.folder, folder);
    }
    doc.add_text(fields.format, article.origin.format.name());
    let forms: BTreeSet<&str> = mentions.iter().map(|mention| mention.name.form.as_str()).collect();
    let forms: Vec<&str> = forms.into_iter().collect();
    let day = article.published.map(|it| epoch_day(it.date));
    if let Some(sketch) = Sketch::new(&analysed_body.hashes, &forms, day) {
        doc.add_u64(fields.story_key, sketch.key);
        for band in sketch.bands {
            doc.add_u64(fields.story_band, u64::from(band));
        }
    }
    doc.add_text(fields.body, analysed_body.terms);
    doc
}

/// Whether the disk is full.
fn is_full(dir: &Path) -> bool {
    let write = || tempfile::NamedTempFile::new_in(dir)?.write_all(&[1; LEAST_ROOM]);
    let kind = write().map_err(|err| err.kind());
    matches!(
        kind,
        Err(ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
    )
}

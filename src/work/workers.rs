//! The threads of the window.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::archive::{self, Article, ArticleId, Reading, ReadingRule};
use crate::entities::{EntityId, EntityIdx, ModelRecogniser, Recogniser};
use crate::index::{Index, OpenError, Searcher, WriteError};
use crate::state::{
    ArchiveRoot, Event, FolderChanges, Job, NamedSuggestion, OpenFailure, ReadArticle, ReadMention, Searches, Settings,
};

use super::corrections::{ArchiveCorrections, CorrectionError};
use super::places::DataDir;
use super::sample::unpack_sample;
use super::update::{UpdateError, UpdateStep, folder_changes, update_index};

/// How often the index is looked at for what another window wrote.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often the folder is looked at for new files …
const SCAN_EVERY: Duration = Duration::from_secs(30);
/// … but on a slow disk or network, or in a large folder, at most for this part of the time.
const SCAN_SHARE: u32 = 50;
/// While files are read, finding out what the names refer to may take this part of the time.
const NAMES_SHARE: u32 = 10;

/// Takes [`Job`]s and sends [`Event`]s.
///
/// Dropping it asks the threads to stop; what is being written is finished by the next start.
pub struct Workers {
    shared: Arc<Shared>,
}

/// So many entities are offered where one is chosen by its name.
const MOST_FOUND: usize = 30;

/// What the threads share.
struct Shared {
    data_dir: DataDir,
    recogniser: Arc<dyn Recogniser>,
    send: Box<dyn Fn(Event) + Send + Sync>,
    /// The newest snapshot of the open archive.
    snapshot: Mutex<Option<Arc<Snapshot>>>,
    search: Inbox<SearchInbox>,
    /// The newest query that is being typed, with its number.
    complete: Inbox<Option<(u64, String)>>,
    read: Inbox<Option<(ArticleId, String, bool)>>,
    index: Inbox<IndexInbox>,
    /// What is to be done with corrections, the oldest first: none of it is overtaken.
    correct: Inbox<Vec<Job>>,
    /// The open archive.
    open: Mutex<Option<Arc<OpenArchive>>>,
    /// The generation of the newest search that was asked for.
    newest_search: AtomicU64,
    /// The number of the newest wish for a row by its title.
    newest_find: AtomicU64,
    /// The number of the newest wish for an entity's page.
    newest_entity: AtomicU64,
    cancel_update: AtomicBool,
    /// Whether files are being read.
    updating: AtomicBool,
    /// Nothing is ever put there: the watching thread waits on it for the end of the program.
    watch: Inbox<()>,
    stopped: AtomicBool,
}

/// A searchable state of the open archive.
struct Snapshot {
    folder: PathBuf,
    searcher: Searcher,
}

/// The newest jobs of each kind that the search thread has not begun.
#[derive(Default)]
struct SearchInbox {
    search: Option<Job>,
    find: Option<Job>,
    entity: Option<Job>,
    find_entities: Option<Job>,
    lookups: Vec<Job>,
    series: Option<Job>,
}

#[derive(Default)]
struct IndexInbox {
    open: Option<ArchiveRoot>,
    update: bool,
    settings: Option<Settings>,
    searches: Option<Searches>,
    corrections: Vec<ReadingRule>,
}

impl Workers {
    /// Starts the threads. `send` is called from them with each event; it should only pass it on.
    pub fn start(data_dir: DataDir, send: Box<dyn Fn(Event) + Send + Sync>) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            data_dir,
            recogniser: Arc::new(ModelRecogniser::new()),
            send,
            snapshot: Mutex::default(),
            search: Inbox::default(),
            complete: Inbox::default(),
            read: Inbox::default(),
            index: Inbox::default(),
            correct: Inbox::default(),
            open: Mutex::default(),
            newest_search: AtomicU64::new(0),
            newest_find: AtomicU64::new(0),
            newest_entity: AtomicU64::new(0),
            cancel_update: AtomicBool::new(false),
            updating: AtomicBool::new(false),
            watch: Inbox::default(),
            stopped: AtomicBool::new(false),
        });
        let start = |name: &str, run: fn(&Shared)| {
            let shared = shared.clone();
            thread::Builder::new().name(name.into()).spawn(move || run(&shared))
        };
        start("fihrist-search", search_thread)?;
        start("fihrist-complete", complete_thread)?;
        start("fihrist-read", read_thread)?;
        start("fihrist-index", index_thread)?;
        start("fihrist-correct", correct_thread)?;
        start("fihrist-watch", watch_thread)?;
        Ok(Self { shared })
    }

    /// Hands a job to its thread. Never waits for it.
    ///
    /// [`Job::PickFolder`] and [`Job::PickFile`] are the window's own business and are ignored here.
    pub fn start_job(&self, job: Job) {
        let shared = &self.shared;
        match job {
            Job::PickFolder | Job::PickFile(_) => {}
            Job::Open(root) => {
                shared.cancel_update.store(true, Ordering::Relaxed);
                shared.index.put(|inbox| inbox.open = Some(root));
            }
            Job::Update => shared.index.put(|inbox| inbox.update = true),
            Job::CancelUpdate => shared.cancel_update.store(true, Ordering::Relaxed),
            Job::CorrectReading(rule) => shared.index.put(|inbox| inbox.corrections.push(rule)),
            Job::SaveSettings(settings) => shared.index.put(|inbox| inbox.settings = Some(settings)),
            Job::Search { generation, .. } => {
                shared.newest_search.store(generation, Ordering::Relaxed);
                shared.search.put(|inbox| {
                    inbox.search = Some(job);
                    inbox.lookups.clear();
                });
            }
            Job::FindTitle { number, .. } => {
                shared.newest_find.store(number, Ordering::Relaxed);
                shared.search.put(|inbox| inbox.find = Some(job));
            }
            Job::LoadEntity { number, .. } => {
                shared.newest_entity.store(number, Ordering::Relaxed);
                shared.search.put(|inbox| inbox.entity = Some(job));
            }
            Job::FindEntities { .. } => shared.search.put(|inbox| inbox.find_entities = Some(job)),
            Job::Complete { number, query_text } => {
                shared.complete.put(|inbox| *inbox = Some((number, query_text)));
            }
            Job::LoadRows { .. } | Job::LoadFacet { .. } | Job::LoadDifference(..) => {
                shared.search.put(|inbox| inbox.lookups.push(job));
            }
            Job::LoadSeries(_) => shared.search.put(|inbox| inbox.series = Some(job)),
            Job::SaveSearches(searches) => shared.index.put(|inbox| inbox.searches = Some(searches)),
            Job::Correct(_)
            | Job::PreviewCorrection(_)
            | Job::UndoCorrection(_)
            | Job::ImportCorrections(_)
            | Job::ExportCorrections(_)
            | Job::LoadSuggestions => shared.correct.put(|inbox| inbox.push(job)),
            Job::Read {
                article,
                query_text,
                as_typed,
            } => shared.read.put(|inbox| *inbox = Some((article, query_text, as_typed))),
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        self.shared.cancel_update.store(true, Ordering::Relaxed);
        self.shared.search.wake();
        self.shared.complete.wake();
        self.shared.read.wake();
        self.shared.index.wake();
        self.shared.correct.wake();
        self.shared.watch.wake();
    }
}

impl Shared {
    fn send(&self, event: Event) {
        (self.send)(event);
    }

    fn snapshot(&self) -> Option<Arc<Snapshot>> {
        lock(&self.snapshot).clone()
    }

    /// Waits for something in the inbox; nothing when the program ends.
    fn wait<T, R>(&self, inbox: &Inbox<T>, take: impl FnMut(&mut T) -> Option<R>) -> Option<R> {
        inbox.take(&self.stopped, take)
    }
}

fn search_thread(shared: &Shared) {
    let take = |inbox: &mut SearchInbox| {
        // The search first: what is looked up of an older result may be void by then.
        inbox
            .search
            .take()
            .or_else(|| inbox.find.take())
            .or_else(|| inbox.entity.take())
            .or_else(|| inbox.find_entities.take())
            .or_else(|| (!inbox.lookups.is_empty()).then(|| inbox.lookups.remove(0)))
            .or_else(|| inbox.series.take())
    };
    while let Some(job) = shared.wait(&shared.search, take) {
        let Some(snapshot) = shared.snapshot() else { continue };
        let searcher = &snapshot.searcher;
        match job {
            Job::Search { generation, request } => {
                let overtaken = || shared.newest_search.load(Ordering::Relaxed) != generation;
                if let Some(page) = searcher.search(&request, &overtaken) {
                    shared.send(Event::SearchDone {
                        generation,
                        page: Arc::new(page),
                    });
                }
            }
            Job::LoadRows {
                generation,
                page,
                request,
                rows,
            } => {
                let first = rows.start;
                let hits = searcher.hits(&page, rows, &request);
                shared.send(Event::RowsLoaded {
                    generation,
                    first,
                    hits,
                });
            }
            Job::FindTitle {
                number,
                page,
                typed,
                after,
            } => {
                let overtaken = || shared.newest_find.load(Ordering::Relaxed) != number;
                let row = searcher.find_title(&page, &typed, after, &overtaken);
                shared.send(Event::TitleFound { number, row });
            }
            Job::LoadEntity {
                number,
                id,
                with,
                request,
            } => {
                let overtaken = || shared.newest_entity.load(Ordering::Relaxed) != number;
                let page = searcher.entity_page(&id, with.as_ref(), &request, &overtaken);
                let page = page.map(Arc::new);
                shared.send(Event::EntityLoaded { number, page });
            }
            Job::FindEntities { text, kind } => {
                let found = searcher.find_entities(&text, kind, MOST_FOUND);
                shared.send(Event::EntitiesFound { text, found });
            }
            Job::LoadFacet {
                generation,
                request,
                facet,
                filter_text,
                order,
            } => {
                let counts = searcher.facet_values(&request, facet, &filter_text, order);
                shared.send(Event::FacetLoaded {
                    generation,
                    filter_text,
                    order,
                    counts,
                });
            }
            Job::LoadSeries(request) => {
                // Nothing overtakes it: it is asked for once.
                let days = searcher.search(&request, &|| false).map(|page| page.timeline);
                shared.send(Event::SeriesLoaded(days.unwrap_or_default()));
            }
            Job::LoadDifference(first, second) => {
                let difference = searcher.difference(first, second);
                shared.send(Event::DifferenceLoaded(difference.map(Arc::new)));
            }
            _ => {}
        }
    }
}

/// Apart from the search thread, so that an answer to what is typed never waits for one to what was typed before.
fn complete_thread(shared: &Shared) {
    while let Some((number, query_text)) = shared.wait(&shared.complete, Option::take) {
        let Some(snapshot) = shared.snapshot() else { continue };
        let completions = snapshot.searcher.completions(&query_text);
        shared.send(Event::Completed { number, completions });
    }
}

fn read_thread(shared: &Shared) {
    while let Some((article, query_text, as_typed)) = shared.wait(&shared.read, Option::take) {
        let Some(snapshot) = shared.snapshot() else { continue };
        let recogniser = &*shared.recogniser;
        // Where the corrections cannot be read the update says so; an article is shown none the less.
        let reading = shared.data_dir.load_reading(&snapshot.folder).unwrap_or_default();
        let place = (snapshot.folder.as_path(), &reading);
        let event = match read_article(place, &snapshot.searcher, recogniser, article, (&query_text, as_typed)) {
            Ok(article) => Event::ArticleRead(Arc::new(article)),
            Err(reason) => Event::ReadFailed { article, reason },
        };
        shared.send(event);
    }
}

/// Reads an article for the reader: from its file in the folder as the corrections say, or, where that is gone, as the index kept it.
///
/// `query` is what is marked in it: a query, and whether its words have to be spelled as they were typed. The error
/// says in plain words why neither is possible.
pub fn read_article(
    (folder, reading): (&Path, &Reading),
    searcher: &Searcher,
    recogniser: &dyn Recogniser,
    id: ArticleId,
    query: (&str, bool),
) -> Result<ReadArticle, String> {
    let stored = searcher
        .stored_article(id)
        .ok_or("the article is no longer in the index")?;
    let from_file = archive::read_article(folder, &stored.path, reading, stored.record)
        .ok()
        .flatten();
    let file_is_gone = from_file.is_none();
    let article = from_file.unwrap_or_else(|| stored.into_article());
    Ok(shown_article(id, article, file_is_gone, searcher, recogniser, query))
}

fn shown_article(
    id: ArticleId,
    article: Article,
    file_is_gone: bool,
    searcher: &Searcher,
    recogniser: &dyn Recogniser,
    (query_text, as_typed): (&str, bool),
) -> ReadArticle {
    let registry = searcher.registry();
    let mentions = recogniser
        .mentions(&article)
        .into_iter()
        .filter_map(|mention| {
            let entity = registry.get(registry.entity_of(&mention.name)?)?;
            Some(ReadMention {
                span: mention.span,
                kind: entity.kind(),
                entity: entity.id().0,
                name: entity.name().to_owned(),
                spelling: mention.name.form,
                is_only_spelling: entity.aliases().len() == 1,
            })
        })
        .collect();
    let mut matches = Vec::new();
    for section in article.sections.iter().filter(|section| section.kind.is_article()) {
        let Some(text) = section.span.of(&article.text) else {
            continue;
        };
        matches.extend(
            searcher
                .find_matches(query_text, as_typed, text)
                .iter()
                .map(|it| it.shifted(section.span.start)),
        );
    }
    let dates = archive::date_mentions(&article).iter().map(|it| it.span).collect();
    ReadArticle {
        id,
        article,
        mentions,
        dates,
        matches,
        file_is_gone,
    }
}

/// An archive that is open.
struct OpenArchive {
    folder: PathBuf,
    index: Index,
    corrections: Mutex<ArchiveCorrections>,
    /// Stands for what the folder held when it was looked at last.
    folder_stamp: AtomicU64,
}

impl OpenArchive {
    /// Lets the other threads search this state of the archive.
    fn publish(&self, shared: &Shared, searcher: Searcher) {
        let folder = self.folder.clone();
        *lock(&shared.snapshot) = Some(Arc::new(Snapshot { folder, searcher }));
    }
}

enum IndexTask {
    Open(ArchiveRoot),
    Update,
    Correct(ReadingRule),
    Save(Settings),
    SaveSearches(Searches),
}

fn index_thread(shared: &Shared) {
    let take = |inbox: &mut IndexInbox| {
        if let Some(settings) = inbox.settings.take() {
            return Some(IndexTask::Save(settings));
        }
        // Before another archive is opened: they are those of the open one.
        if let Some(searches) = inbox.searches.take() {
            return Some(IndexTask::SaveSearches(searches));
        }
        if !inbox.corrections.is_empty() {
            return Some(IndexTask::Correct(inbox.corrections.remove(0)));
        }
        if let Some(root) = inbox.open.take() {
            inbox.update = false;
            return Some(IndexTask::Open(root));
        }
        std::mem::take(&mut inbox.update).then_some(IndexTask::Update)
    };
    while let Some(task) = shared.wait(&shared.index, take) {
        match task {
            IndexTask::Save(settings) => {
                // Settings that cannot be kept cost a choice at the next start, nothing more.
                shared.data_dir.save_settings(&settings).ok();
            }
            IndexTask::SaveSearches(searches) => {
                let Some(archive) = lock(&shared.open).clone() else {
                    continue;
                };
                if let Err(err) = shared.data_dir.save_searches(&archive.folder, &searches) {
                    shared.send(Event::SearchesNotSaved(err.to_string()));
                }
            }
            IndexTask::Open(root) => match open_archive(shared, root.clone()) {
                Ok(archive) => {
                    let archive = Arc::new(archive);
                    *lock(&shared.open) = Some(Arc::clone(&archive));
                    find_names(shared, &archive);
                    update_archive(shared, &archive);
                }
                Err(failure) => shared.send(Event::OpenFailed { root, failure }),
            },
            IndexTask::Correct(rule) => {
                let Some(archive) = lock(&shared.open).clone() else {
                    continue;
                };
                match correct_reading(shared, &archive, rule) {
                    Ok(()) => update_archive(shared, &archive),
                    Err(reason) => shared.send(Event::UpdateFailed(reason)),
                }
            }
            IndexTask::Update => {
                let open = lock(&shared.open).clone();
                if let Some(archive) = open {
                    update_archive(shared, &archive);
                }
            }
        }
    }
}

/// Keeps a correction in place of an earlier one of the same files.
fn correct_reading(shared: &Shared, archive: &OpenArchive, rule: ReadingRule) -> Result<(), String> {
    let mut reading = shared
        .data_dir
        .load_reading(&archive.folder)
        .map_err(|err| err.to_string())?;
    reading.remove(&rule.files);
    if rule.encoding.is_some() || rule.format.is_some() || !rule.fields.is_empty() {
        reading.set(rule).map_err(|err| err.to_string())?;
    }
    let saved = shared.data_dir.save_reading(&archive.folder, &reading);
    saved.map_err(|err| err.to_string())
}

fn open_archive(shared: &Shared, root: ArchiveRoot) -> Result<OpenArchive, OpenFailure> {
    let folder = match &root {
        ArchiveRoot::Sample => unpack_sample(&shared.data_dir).map_err(|err| OpenFailure::Index(err.to_string()))?,
        ArchiveRoot::Folder(folder) => folder.clone(),
    };
    if let Err(err) = std::fs::read_dir(&folder) {
        return Err(match err.kind() {
            ErrorKind::NotFound => OpenFailure::NoFolder,
            ErrorKind::NotADirectory => OpenFailure::NotAFolder,
            _ => OpenFailure::Folder(err.to_string()),
        });
    }
    let failure = |err: OpenError| OpenFailure::Index(err.to_string());
    let index = Index::open(&shared.data_dir.index_of(&folder)).map_err(failure)?;
    let opened = ArchiveCorrections::open(&shared.data_dir, &folder, &index);
    let (corrections, damaged) = opened.map_err(|err| OpenFailure::Index(err.to_string()))?;
    let searcher = index.early_searcher().map_err(failure)?;
    let n_articles = searcher.n_articles();
    let rebuilt = index.rebuilt();
    let names = names_in(&corrections, &searcher);
    *lock(&shared.snapshot) = Some(Arc::new(Snapshot {
        folder: folder.clone(),
        searcher,
    }));
    shared.send(Event::Opened {
        root,
        folder: folder.clone(),
        n_articles,
        rebuilt,
    });
    shared.send(Event::CorrectionsChanged {
        corrections: Arc::new(corrections.corrections().clone()),
        names,
    });
    if let Some(kept) = damaged {
        shared.send(Event::CorrectionsDamaged(kept));
    }
    match shared.data_dir.load_searches(&folder) {
        Ok(searches) => shared.send(Event::SearchesLoaded(searches)),
        Err(kept) => shared.send(Event::SearchesDamaged(kept)),
    }
    Ok(OpenArchive {
        folder,
        index,
        corrections: Mutex::new(corrections),
        folder_stamp: AtomicU64::new(0),
    })
}

fn update_archive(shared: &Shared, archive: &OpenArchive) {
    shared.cancel_update.store(false, Ordering::Relaxed);
    shared.updating.store(true, Ordering::Relaxed);
    let mut names_cost = Duration::ZERO;
    let mut names_found = Instant::now();
    let mut report = |step| match step {
        UpdateStep::Progress(progress) => shared.send(Event::Progress(progress)),
        UpdateStep::Committed => match archive.index.early_searcher() {
            Ok(searcher) => {
                let n_articles = searcher.n_articles();
                archive.publish(shared, searcher);
                shared.send(Event::IndexChanged { n_articles });
                if names_cost * NAMES_SHARE <= names_found.elapsed() {
                    let start = Instant::now();
                    find_names(shared, archive);
                    names_found = Instant::now();
                    names_cost = names_found - start;
                }
            }
            Err(err) => shared.send(Event::UpdateFailed(err.to_string())),
        },
    };
    let result = update_index(
        &archive.index,
        &shared.data_dir,
        &archive.folder,
        &*shared.recogniser,
        &shared.cancel_update,
        &mut report,
    );
    find_names(shared, archive);
    // If they cannot be kept now, they are at the end of the next reading.
    lock(&archive.corrections).keep_ids(&archive.index).ok();
    shared.updating.store(false, Ordering::Relaxed);
    match result {
        Ok(summary) => {
            archive.folder_stamp.store(summary.folder_stamp, Ordering::Relaxed);
            shared.send(Event::Updated(summary));
        }
        Err(UpdateError::Write(WriteError::Busy)) => shared.send(Event::OtherWindowWrites),
        Err(UpdateError::Write(WriteError::Full { .. })) => shared.send(Event::DiskFull),
        Err(UpdateError::Write(WriteError::ReadOnly)) => shared.send(Event::DataDirReadOnly),
        Err(err) => shared.send(Event::UpdateFailed(err.to_string())),
    }
}

/// Looks for what changes while nothing is read here: what another window writes into the index, and the folder.
///
/// The folder is looked at again and again, and not watched by the system: that works on network drives, needs no
/// handle for each of its folders, and reads nothing.
fn watch_thread(shared: &Shared) {
    let mut next_scan = Instant::now() + SCAN_EVERY;
    while shared.watch.pause(&shared.stopped, LOOK_EVERY) {
        let open = lock(&shared.open).clone();
        let Some(archive) = open.filter(|_| !shared.updating.load(Ordering::Relaxed)) else {
            continue;
        };
        if archive.index.is_behind() {
            if let Ok(searcher) = archive.index.early_searcher() {
                let n_articles = searcher.n_articles();
                archive.publish(shared, searcher);
                shared.send(Event::IndexChanged { n_articles });
                find_names(shared, &archive);
            }
            continue;
        }
        if Instant::now() < next_scan {
            continue;
        }
        let start = Instant::now();
        let last_stamp = archive.folder_stamp.load(Ordering::Relaxed);
        // What stands in the way is told when the folder is read.
        if let Ok((changes, stamp)) = folder_changes(&archive.index, &shared.data_dir, &archive.folder, last_stamp) {
            archive.folder_stamp.store(stamp, Ordering::Relaxed);
            if changes != FolderChanges::default() {
                shared.send(Event::FolderChanged(changes));
            }
        }
        next_scan = Instant::now() + SCAN_EVERY.max(start.elapsed() * SCAN_SHARE);
    }
}

/// Has the archive searched with all its names, and then with all its stories. What the search library cannot read
/// shows when it is searched.
fn find_names(shared: &Shared, archive: &OpenArchive) {
    let is_known = |is_known: fn(&Searcher) -> bool| {
        let snapshot = lock(&shared.snapshot);
        snapshot.as_ref().is_some_and(|it| is_known(&it.searcher))
    };
    if !is_known(Searcher::has_all_names)
        && let Ok(searcher) = archive.index.named_searcher()
    {
        archive.publish(shared, searcher);
        shared.send(Event::NamesFound);
    }
    if !is_known(Searcher::has_all_stories)
        && let Ok(searcher) = archive.index.searcher()
    {
        archive.publish(shared, searcher);
        shared.send(Event::StoriesFound);
    }
}

/// Corrections are made while files are being read.
fn correct_thread(shared: &Shared) {
    let take = |inbox: &mut Vec<Job>| (!inbox.is_empty()).then(|| inbox.remove(0));
    while let Some(job) = shared.wait(&shared.correct, take) {
        let open = lock(&shared.open).clone();
        let Some(archive) = open else { continue };
        if let Err(err) = correct(shared, &archive, job) {
            shared.send(Event::CorrectionFailed(err.into()));
        }
    }
}

fn correct(shared: &Shared, archive: &OpenArchive, job: Job) -> Result<(), CorrectionError> {
    let mut corrections = lock(&archive.corrections);
    let index = &archive.index;
    match job {
        Job::Correct(correction) => corrections.correct(correction, index)?,
        Job::UndoCorrection(idx) => {
            corrections.undo(idx, index)?;
        }
        Job::ImportCorrections(path) => {
            let report = corrections.import(&path, index)?;
            shared.send(Event::CorrectionsImported(report));
        }
        Job::ExportCorrections(path) => {
            corrections.export(&path)?;
            shared.send(Event::CorrectionsExported(path));
            return Ok(());
        }
        Job::PreviewCorrection(correction) => {
            let preview = corrections.preview(&correction, index)?;
            shared.send(Event::CorrectionPreviewed { correction, preview });
            return Ok(());
        }
        Job::LoadSuggestions => {
            let suggestions = named_suggestions(&index.named_searcher()?, &corrections);
            shared.send(Event::SuggestionsLoaded(suggestions));
            return Ok(());
        }
        _ => return Ok(()),
    }
    let changed = Arc::new(corrections.corrections().clone());
    // The corrected state of the archive that is open by now, if it is still this one.
    let searcher = index.named_searcher()?;
    let names = names_in(&corrections, &searcher);
    let is_open = lock(&shared.open)
        .as_ref()
        .is_some_and(|open| std::ptr::eq(open.as_ref(), archive));
    if is_open {
        archive.publish(shared, searcher);
        shared.send(Event::CorrectionsChanged {
            corrections: changed,
            names,
        });
    }
    Ok(())
}

/// Which entities may be one, the likeliest first, with their names.
pub fn named_suggestions(searcher: &Searcher, corrections: &ArchiveCorrections) -> Vec<NamedSuggestion> {
    let registry = searcher.registry();
    let suggestions = registry.suggestions(corrections.corrections());
    let entity = |id: &EntityId| registry.get(registry.find(id)?);
    let pairs = suggestions.into_iter();
    let pairs: Vec<_> = pairs
        .filter_map(|it| Some((entity(&it.into)?, entity(&it.from)?, it)))
        .collect();
    let entities: Vec<EntityIdx> = pairs.iter().flat_map(|it| [it.0.idx(), it.1.idx()]).collect();
    let counts = searcher.article_counts(&entities);
    pairs
        .into_iter()
        .zip(counts.as_chunks::<2>().0)
        .map(|((into, from, it), [into_articles, from_articles])| NamedSuggestion {
            kind: into.kind(),
            into_name: into.name().to_owned(),
            into_articles: *into_articles,
            from_name: from.name().to_owned(),
            from_articles: *from_articles,
            into: it.into,
            from: it.from,
            reason: it.reason,
        })
        .collect()
}

/// What the ids in corrections are called where nothing is corrected.
fn names_in(corrections: &ArchiveCorrections, searcher: &Searcher) -> HashMap<EntityId, String> {
    let ids = corrections.corrections().all().iter().flat_map(|it| it.entities());
    let named = ids.filter_map(|id| Some((id.clone(), searcher.registry().form_of_id(id)?.to_owned())));
    named.collect()
}

/// A slot that a thread waits on.
struct Inbox<T> {
    value: Mutex<T>,
    filled: Condvar,
}

impl<T: Default> Default for Inbox<T> {
    fn default() -> Self {
        Self {
            value: Mutex::default(),
            filled: Condvar::new(),
        }
    }
}

impl<T> Inbox<T> {
    fn put(&self, put: impl FnOnce(&mut T)) {
        put(&mut lock(&self.value));
        self.filled.notify_one();
    }

    fn wake(&self) {
        // Taking the lock makes sure that the thread is either before its check or in its wait.
        drop(lock(&self.value));
        self.filled.notify_all();
    }

    /// Waits; false when the program ends.
    fn pause(&self, stopped: &AtomicBool, pause: Duration) -> bool {
        let is_running = |_: &mut T| !stopped.load(Ordering::Relaxed);
        // A panic elsewhere leaves nothing half-done here.
        let waited = self.filled.wait_timeout_while(lock(&self.value), pause, is_running);
        drop(waited);
        !stopped.load(Ordering::Relaxed)
    }

    fn take<R>(&self, stopped: &AtomicBool, mut take: impl FnMut(&mut T) -> Option<R>) -> Option<R> {
        let mut value = lock(&self.value);
        loop {
            if stopped.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(taken) = take(&mut value) {
                return Some(taken);
            }
            value = self.filled.wait(value).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is kept here is whole after every statement, so a panic elsewhere leaves nothing half-done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

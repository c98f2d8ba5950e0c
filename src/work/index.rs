//! The thread that opens archives, reads their files into the index, and writes what is kept beside it.

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::archive::ReadingRule;
use crate::index::WriteError;
use crate::state::{
    ArchiveRoot, Cause, Change, Event, ForgetFailure, ForgetFiles, IndexEvent, IndexJob, Merge, Obstacle, OpenFailure,
    ProgramJob, Searches, Settings,
};

use super::context::{Context, Failed, attempt};
use super::forget::{ForgetError, forget_open};
use super::inbox::{Inbox, lock};
use super::kept::KeptError;
use super::means::Means;
use super::open::open_archive;
use super::publish::{publish_commit, publish_names_and_stories};
use super::session::Session;
use super::update::{UpdateError, UpdateOptions, UpdateStep, Wait, update_index};

/// While files are read, finding out what the names refer to may take this part of the time. A guess.
const NAMES_SHARE: u32 = 10;

/// Opens archives and writes.
pub struct IndexWorker {
    context: Arc<Context>,
    inbox: Inbox<Waiting>,
}

/// The jobs that were not begun.
#[derive(Default)]
struct Waiting {
    settings: Option<Change<Settings>>,
    /// All that waits of each archive, as one change.
    searches: VecDeque<(Arc<Session>, Change<Searches>)>,
    forget: Option<PathBuf>,
    rules: VecDeque<(Arc<Session>, NewRule)>,
    open: Option<ArchiveRoot>,
    update: Option<Arc<Session>>,
    forget_files: Option<(Arc<Session>, Arc<[PathBuf]>)>,
}

/// A decision of how files are read.
enum NewRule {
    Files(ReadingRule),
    RecogniseScans(bool),
}

enum Task {
    SaveSettings(Box<Change<Settings>>),
    SaveSearches(Arc<Session>, Change<Searches>),
    CorrectReading(Arc<Session>, NewRule),
    Forget(PathBuf),
    Open(ArchiveRoot),
    Update(Arc<Session>),
    ForgetFiles(Arc<Session>, Arc<[PathBuf]>),
}

impl Waiting {
    /// What is written in a moment goes before what takes long.
    fn take(&mut self) -> Option<Task> {
        if let Some(settings) = self.settings.take() {
            return Some(Task::SaveSettings(Box::new(settings)));
        }
        if let Some((session, searches)) = self.searches.pop_front() {
            return Some(Task::SaveSearches(session, searches));
        }
        if let Some((session, rule)) = self.rules.pop_front() {
            return Some(Task::CorrectReading(session, rule));
        }
        if let Some(folder) = self.forget.take() {
            return Some(Task::Forget(folder));
        }
        if let Some(root) = self.open.take() {
            return Some(Task::Open(root));
        }
        if let Some((session, files)) = self.forget_files.take() {
            return Some(Task::ForgetFiles(session, files));
        }
        self.update.take().map(Task::Update)
    }
}

impl IndexWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put_program(&self, job: ProgramJob) {
        match job {
            ProgramJob::SaveSettings(change) => self.inbox.put(|inbox| {
                inbox.settings = Some(after(inbox.settings.take(), *change));
            }),
            ProgramJob::Forget(folder) => {
                self.inbox.put(|inbox| inbox.forget = Some(folder));
                self.cancel_update();
            }
            ProgramJob::Open(root) => {
                self.inbox.put(|inbox| inbox.open = Some(root));
                self.cancel_update();
            }
        }
    }

    pub fn put(&self, session: Arc<Session>, job: IndexJob) {
        match job {
            IndexJob::Update => self.inbox.put(|inbox| inbox.update = Some(session)),
            IndexJob::ForgetFiles(files) => self.inbox.put(|inbox| inbox.forget_files = Some((session, files))),
            IndexJob::CancelUpdate => session.cancel_update.store(true, Ordering::SeqCst),
            IndexJob::CorrectReading(rule) => self
                .inbox
                .put(|inbox| inbox.rules.push_back((session, NewRule::Files(rule)))),
            IndexJob::RecogniseScans(is_on) => {
                session.cancel_update.store(true, Ordering::SeqCst);
                self.inbox
                    .put(|inbox| inbox.rules.push_back((session, NewRule::RecogniseScans(is_on))));
            }
            IndexJob::SaveSearches(change) => self.inbox.put(|inbox| {
                let waiting = inbox.searches.iter_mut().find(|(of, _)| of.id == session.id);
                match waiting {
                    Some((_, waiting)) => waiting.after = change.after,
                    None => inbox.searches.push_back((session, *change)),
                }
            }),
        }
    }

    pub fn close(&self) {
        self.inbox.close();
        self.cancel_update();
    }

    fn cancel_update(&self) {
        if let Some(session) = self.context.open.get() {
            session.cancel_update.store(true, Ordering::SeqCst);
        }
    }

    pub fn run(&self) {
        // What could not be written is tried again with the next change of the same file.
        let mut unsaved_settings = None;
        let mut unsaved_searches = HashMap::new();
        while let Some(task) = self.inbox.take(Waiting::take) {
            match task {
                Task::SaveSettings(change) => {
                    let change = after(unsaved_settings.take(), *change);
                    unsaved_settings = self.save_settings(change);
                }
                Task::SaveSearches(session, change) => {
                    let change = after(unsaved_searches.remove(&session.id), change);
                    let unsaved = self.save_searches(&session, change);
                    unsaved_searches.extend(unsaved.map(|it| (session.id, it)));
                }
                Task::CorrectReading(session, rule) => {
                    if self.told_if_failed(&session, || correct_reading(&self.context, &session, rule)) {
                        self.update(&session, ForgetFiles::Nothing);
                    }
                }
                Task::Forget(folder) => self.forget(folder),
                Task::Open(root) => self.open(root),
                Task::Update(session) => self.update(&session, ForgetFiles::Nothing),
                Task::ForgetFiles(session, files) => self.update(&session, ForgetFiles::These(files)),
            }
            self.context.tell_mishaps();
        }
    }

    /// Returns what could not be written.
    fn save_settings(&self, change: Change<Settings>) -> Option<Change<Settings>> {
        match attempt(|| self.context.data_dir.change_settings(&change)) {
            Ok(others) => {
                self.context.send(Event::SettingsSaved(others.map(Box::new)));
                None
            }
            Err(err) => {
                self.context.send(Event::SettingsNotSaved(Cause::new(err)));
                Some(change)
            }
        }
    }

    /// Returns what could not be written.
    fn save_searches(&self, session: &Session, change: Change<Searches>) -> Option<Change<Searches>> {
        if session.is_forgotten() {
            return None;
        }
        let mut kept = lock(&session.searches);
        let saved = attempt(|| {
            kept.edit(|current| -> Result<(), KeptError> {
                change.apply_to(current);
                Ok(())
            })
        });
        match saved {
            Ok(()) => {
                let others = Change::to_reach(change.after, kept.known().clone());
                let event = IndexEvent::SearchesSaved(others.map(Box::new));
                self.context.tell(session, event);
                None
            }
            Err(err) => {
                let event = IndexEvent::SearchesNotSaved(Cause::new(err));
                self.context.tell(session, event);
                Some(change)
            }
        }
    }

    /// Removes all that is known of an archive, and opens the sample in its place if it is open here.
    fn forget(&self, folder: PathBuf) {
        let data_dir = &self.context.data_dir;
        let is_same = |session: &Session| data_dir.archive_of(&session.folder) == data_dir.archive_of(&folder);
        let open = self.context.open.get().filter(|it| is_same(it));
        let forgotten = attempt(|| forget_open(data_dir, open.as_deref(), &folder));
        match forgotten {
            Ok(change) => {
                if let Some(change) = change {
                    self.context.send(Event::SettingsChanged(Box::new(change)));
                }
                self.context.send(Event::Forgotten(folder));
                if open.is_some() {
                    self.open(ArchiveRoot::Sample);
                }
            }
            Err(Failed::Err(ForgetError::InUse { .. })) => {
                self.context.send(Event::ForgetFailed(ForgetFailure::InUse(folder)));
            }
            Err(err) => {
                let failure = ForgetFailure::Files(folder, Cause::new(err));
                self.context.send(Event::ForgetFailed(failure));
            }
        }
    }

    fn open(&self, root: ArchiveRoot) {
        let opened = attempt(|| open_archive(&self.context, root.clone())).or_else(|err| match err {
            Failed::Err(_) => Err(err),
            // The search library panics on some damaged files. The next time the index is checked before it is read, and
            // built anew if need be.
            Failed::Panic(_) => attempt(|| open_archive(&self.context, root.clone())),
        });
        let session = match opened {
            Ok(session) => session,
            Err(err) => {
                let failure = match err {
                    Failed::Err(err) => err.into(),
                    err @ Failed::Panic(_) => OpenFailure::Index(Cause::new(err)),
                };
                self.context.send(Event::OpenFailed { root, failure });
                return;
            }
        };
        self.told_if_failed(&session, || Ok(publish_names_and_stories(&self.context, &session)?));
        self.update(&session, ForgetFiles::Nothing);
    }

    /// Reads what is new and changed, unless something is waiting that makes it void.
    fn update(&self, session: &Session, forget: ForgetFiles) {
        session.cancel_update.store(false, Ordering::SeqCst);
        // Looked at after that: whoever opens another archive puts it here before the update is cancelled.
        let is_wanted = self.inbox.look(|waiting| waiting.open.is_none()).unwrap_or(false);
        if !is_wanted || session.is_over() {
            return;
        }
        session.is_updating.store(true, Ordering::Relaxed);
        self.told_if_failed(session, || self.read_files(session, forget));
        session.is_updating.store(false, Ordering::Relaxed);
    }

    fn read_files(&self, session: &Session, forget: ForgetFiles) -> Result<(), UpdateError> {
        let context = &*self.context;
        let mut names_cost = Duration::ZERO;
        let mut names_found = Instant::now();
        // What cannot be shown while files are read is tried again at the end.
        let failed_to_show = Cell::new(false);
        let options = UpdateOptions {
            forget,
            wait: Wait::Briefly,
        };
        let mut report = |step| match step {
            // It does not wait: the window says so instead.
            UpdateStep::Waits { .. } => {}
            UpdateStep::Progress(progress) => context.tell(session, IndexEvent::Progress(progress)),
            UpdateStep::Committed => {
                failed_to_show.set(publish_commit(context, session).is_err());
                if !failed_to_show.get() && names_cost * NAMES_SHARE <= names_found.elapsed() {
                    let start = Instant::now();
                    failed_to_show.set(publish_names_and_stories(context, session).is_err());
                    names_found = Instant::now();
                    names_cost = names_found - start;
                }
            }
        };
        let means = Means {
            recogniser: &*context.recogniser,
            program: context.program.as_ref(),
            budget: context.data_dir.reading_budget(),
        };
        let result = update_index(
            &session.index,
            &context.data_dir,
            &session.folder,
            means,
            &options,
            &session.cancel_update,
            &mut report,
        );
        let shown = match failed_to_show.get() {
            true => publish_commit(context, session),
            false => Ok(()),
        };
        // Reading may have moved marks to other articles.
        lock(&session.marks).refresh(&session.index).ok();
        let is_mended = result.as_ref().is_ok_and(|it| it.mended.is_some());
        let shown = match is_mended {
            // What was shown while files were read still said that something is missing.
            true => shown.and_then(|()| publish_commit(context, session)),
            false => shown,
        };
        let shown = shown.and_then(|()| publish_names_and_stories(context, session));
        // If they cannot be kept now, they are at the end of the next reading.
        let has_forgotten = result.as_ref().is_ok_and(|it| it.removed != 0);
        let corrections = lock(&session.corrections);
        let kept = match has_forgotten {
            true => corrections.forget_ids(&session.index),
            false => corrections.keep_ids(&session.index),
        };
        kept.ok();
        drop(corrections);
        let summary = result?;
        session.folder_stamp.store(summary.folder_stamp, Ordering::Relaxed);
        context.tell(session, IndexEvent::Updated(summary));
        Ok(shown?)
    }

    /// Does a job on the open archive; what keeps it from being done is told. Returns whether it was done.
    fn told_if_failed(&self, session: &Session, job: impl FnOnce() -> Result<(), UpdateError>) -> bool {
        let Err(err) = attempt(job) else { return true };
        let event = match err {
            Failed::Err(UpdateError::Write(WriteError::Busy)) => IndexEvent::Blocked(Obstacle::OtherWindowWrites),
            Failed::Err(UpdateError::Busy { .. }) => {
                session.waits_for_other.store(true, Ordering::Relaxed);
                IndexEvent::Blocked(Obstacle::OtherWindowWrites)
            }
            Failed::Err(UpdateError::Write(WriteError::Full { .. })) => IndexEvent::Blocked(Obstacle::DiskFull),
            Failed::Err(UpdateError::Write(WriteError::ReadOnly)) => IndexEvent::Blocked(Obstacle::DataDirReadOnly),
            err => IndexEvent::UpdateFailed(Cause::new(err)),
        };
        self.context.tell(session, event);
        false
    }
}

/// A change and one that waited before it, as one.
fn after<T: Merge>(waiting: Option<Change<T>>, change: Change<T>) -> Change<T> {
    match waiting {
        Some(waiting) => waiting.then(change),
        None => change,
    }
}

/// Keeps a correction in place of an earlier one of the same files.
fn correct_reading(context: &Context, session: &Session, rule: NewRule) -> Result<(), UpdateError> {
    let mut before = None;
    context.data_dir.edit_reading(&session.folder, |reading| {
        let rule = match &rule {
            NewRule::Files(rule) => rule,
            NewRule::RecogniseScans(is_on) => {
                reading.recognises_scans = *is_on;
                return Ok(());
            }
        };
        before = reading.rules.iter().find(|it| it.files == rule.files).cloned();
        reading.remove(&rule.files);
        if !rule.is_empty() {
            reading.set(rule.clone())?;
        }
        Ok::<(), UpdateError>(())
    })?;
    if let NewRule::Files(made) = rule {
        let nothing = ReadingRule {
            files: made.files.clone(),
            ..ReadingRule::default()
        };
        let before = before.unwrap_or(nothing);
        context.tell(session, IndexEvent::ReadingCorrected { made, before });
    }
    Ok(())
}

//! The thread that looks for what changes outside this window: what others change in the user's decisions and, while
//! nothing is read here, what another window writes into the index, and the folder.
//!
//! The folder is looked at again and again, and not watched by the system: that works on network drives, needs no
//! handle for each of its folders, and reads nothing.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::state::{Cause, Change, Event, FolderChanges, IndexEvent, SessionId};

use super::context::{Context, attempt};
use super::correct::publish_corrections;
use super::corrections::CorrectionError;
use super::inbox::{Inbox, lock};
use super::marking::publish_marks;
use super::publish::{publish_commit, publish_names_and_stories};
use super::session::Session;
use super::update::{FolderLook, UpdateError, is_being_updated, look_at_folder};

/// How often the index is looked at for what another window wrote. A guess: one hardly waits for it, and it costs the
/// reading of one small file.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often the folder is looked at for new files. A guess …
const SCAN_EVERY: Duration = Duration::from_secs(30);
/// … but on a slow disk or network, or in a large folder, at most for this part of the time.
const SCAN_SHARE: u32 = 50;

/// What was done to see whether something changed.
enum Looked {
    /// Nothing that could fail.
    Briefly,
    /// What is new was read.
    Closely,
}

/// Watches the open archive.
pub struct WatchWorker {
    context: Arc<Context>,
    /// Nothing is ever put there: the thread waits on it for the end of the program.
    inbox: Inbox<()>,
}

impl WatchWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        let mut next_scan = Instant::now() + SCAN_EVERY;
        // What stands in the way stands there for long: it is told once, until it is gone.
        let mut failing: Option<SessionId> = None;
        while self.inbox.pause(LOOK_EVERY) {
            let Some(session) = self.context.open.get() else {
                continue;
            };
            // What cannot be read now is told by whoever needs it.
            attempt(|| self.look_at_kept(&session)).ok();
            self.context.tell_mishaps();
            if session.is_updating.load(Ordering::Relaxed) {
                continue;
            }
            match attempt(|| self.look(&session, &mut next_scan)) {
                Ok(Looked::Briefly) => {}
                Ok(Looked::Closely) => failing = None,
                Err(err) if failing != Some(session.id) => {
                    failing = Some(session.id);
                    self.context.tell(&session, IndexEvent::WatchFailed(Cause::new(err)));
                }
                Err(_told_before) => {}
            }
        }
    }

    /// Follows what other windows and commands change in the user's decisions.
    fn look_at_kept(&self, session: &Session) -> Result<(), CorrectionError> {
        let context = &*self.context;
        if let Some(change) = context.data_dir.refresh_settings()? {
            context.send(Event::SettingsChanged(Box::new(change)));
        }
        let mut searches = lock(&session.searches);
        if let Some(before) = searches.refresh()? {
            let after = searches.known().clone();
            let change = Box::new(Change { before, after });
            context.tell(session, IndexEvent::SearchesChanged(change));
        }
        drop(searches);
        let mut marks = lock(&session.marks);
        if !session.is_forgotten() && marks.refresh(&session.index).unwrap_or(false) {
            publish_marks(context, session, &marks, None)?;
        }
        drop(marks);
        let mut corrections = lock(&session.corrections);
        if !session.is_forgotten() && corrections.refresh(&session.index)? {
            publish_corrections(context, session, &corrections)?;
        }
        Ok(())
    }

    fn look(&self, session: &Session, next_scan: &mut Instant) -> Result<Looked, UpdateError> {
        let context = &*self.context;
        if session.waits_for_other.load(Ordering::Relaxed) && !is_being_updated(&context.data_dir, &session.folder) {
            session.waits_for_other.store(false, Ordering::Relaxed);
            context.tell(session, IndexEvent::OtherIsDone);
        }
        if session.index.is_behind()? {
            publish_commit(context, session)?;
            publish_names_and_stories(context, session)?;
            return Ok(Looked::Closely);
        }
        let start = Instant::now();
        if start < *next_scan {
            return Ok(Looked::Briefly);
        }
        let last_stamp = session.folder_stamp.load(Ordering::Relaxed);
        let look = look_at_folder(&session.index, &context.data_dir, &session.folder, last_stamp);
        *next_scan = Instant::now() + SCAN_EVERY.max(start.elapsed() * SCAN_SHARE);
        if let Some(FolderLook {
            changes,
            missing,
            stamp,
        }) = look?
        {
            session.folder_stamp.store(stamp, Ordering::Relaxed);
            context.tell(session, IndexEvent::MissingFiles(missing));
            if changes != FolderChanges::default() {
                context.tell(session, IndexEvent::FolderChanged(changes));
            }
        }
        Ok(Looked::Closely)
    }
}

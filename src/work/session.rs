//! Which archive is open: one value under one lock.
//!
//! Every job is bound to the [`Session`] that it was asked for in, and a thread that has found something out publishes it
//! only if that session is still the open one, under the same lock. So a slow answer about one archive never shows in
//! the next, whatever the order of threads.

use std::mem;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::index::{Index, Searcher};
use crate::state::{Searches, SessionId};

use super::corrections::ArchiveCorrections;
use super::in_use::InUse;
use super::inbox::lock;
use super::kept::View;
use super::marks::ArchiveMarks;

/// An archive from the moment it is opened. It lives on, unseen, for as long as a thread works on it.
pub struct Session {
    pub id: SessionId,
    pub folder: PathBuf,
    pub index: Index,
    pub corrections: Mutex<ArchiveCorrections>,
    pub marks: Mutex<ArchiveMarks>,
    /// The saved and recent searches.
    pub searches: Mutex<View<Searches>>,
    /// Has other processes know that the archive is open; `None` where that cannot be said, or no longer.
    pub in_use: Mutex<Option<InUse>>,
    /// Stands for what the folder held when it was looked at last; 0 until then.
    pub folder_stamp: AtomicU64,
    /// The newest requests of those kinds of which only the newest is answered.
    pub newest: NewestRequests,
    /// Set to stop reading files.
    pub cancel_update: AtomicBool,
    /// Whether files are being read.
    pub is_updating: AtomicBool,
    /// Whether files are to be read as soon as another process no longer does.
    pub waits_for_other: AtomicBool,
    /// Whether it was told that the columns were damaged.
    pub told_remade: AtomicBool,
    is_over: AtomicBool,
    /// Set under the lock of the corrections: nothing is to be written any more.
    pub is_forgotten: AtomicBool,
}

/// What is kept beside the index, as it was found when the archive was opened.
pub struct KeptBeside {
    pub corrections: ArchiveCorrections,
    pub marks: ArchiveMarks,
    pub searches: View<Searches>,
    pub in_use: Option<InUse>,
}

/// Numbers as in [`crate::state::SearchId`] and [`crate::state::RequestId`].
#[derive(Default)]
pub struct NewestRequests {
    pub search: AtomicU64,
    pub find: AtomicU64,
    pub entity: AtomicU64,
    pub kwic: AtomicU64,
    pub contexts: AtomicU64,
    pub network: AtomicU64,
    pub news: AtomicU64,
}

impl Session {
    /// An archive that is about to be opened.
    pub fn new(id: SessionId, folder: PathBuf, index: Index, kept: KeptBeside) -> Self {
        Self {
            id,
            folder,
            index,
            corrections: Mutex::new(kept.corrections),
            marks: Mutex::new(kept.marks),
            searches: Mutex::new(kept.searches),
            in_use: Mutex::new(kept.in_use),
            folder_stamp: AtomicU64::new(0),
            newest: NewestRequests::default(),
            cancel_update: AtomicBool::new(false),
            is_updating: AtomicBool::new(false),
            waits_for_other: AtomicBool::new(false),
            told_remade: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            is_forgotten: AtomicBool::new(false),
        }
    }

    /// Whether another archive was opened since.
    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Whether the archive was forgotten, so that nothing of it is to be written any more.
    pub fn is_forgotten(&self) -> bool {
        self.is_forgotten.load(Ordering::SeqCst)
    }

    /// Whether nobody waits for the answer to a request any more. Asked again and again while it is worked out.
    pub fn is_superseded(&self, newest: &AtomicU64, request: u64) -> bool {
        newest.load(Ordering::Relaxed) != request || self.is_over()
    }
}

/// The open archive, and the state of it that is searched.
#[derive(Default)]
pub struct OpenSession {
    open: Mutex<Option<Open>>,
    n_opened: AtomicU64,
}

struct Open {
    session: Arc<Session>,
    /// The archive that was open before, until the first job for this one shows that the window knows of the change.
    last: Option<Arc<Session>>,
    searcher: Arc<Searcher>,
    /// Counts the searchers of this session.
    n_published: u64,
}

impl OpenSession {
    /// A number for the next archive that is opened.
    pub fn next_id(&self) -> SessionId {
        SessionId(self.n_opened.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Opens an archive in the place of the one that is open, which is over at once.
    pub fn replace(&self, session: Session, searcher: Searcher) -> Arc<Session> {
        let session = Arc::new(session);
        let searcher = Arc::new(searcher);
        let mut open = lock(&self.open);
        let before = open.take();
        let last = before.as_ref().map(|it| Arc::clone(&it.session));
        if let Some(last) = &last {
            last.is_over.store(true, Ordering::Relaxed);
            last.cancel_update.store(true, Ordering::SeqCst);
        }
        *open = Some(Open {
            session: Arc::clone(&session),
            last,
            searcher,
            n_published: 0,
        });
        drop(open);
        // The last searcher may be freed here, which takes its time, and not under the lock.
        drop(before);
        session
    }

    /// The open archive.
    pub fn get(&self) -> Option<Arc<Session>> {
        lock(&self.open).as_ref().map(|it| Arc::clone(&it.session))
    }

    /// The archive that a job is for: the open one, or the one before it while the window may not know yet that it is
    /// over. What the user asked for until then, a correction say, is still kept.
    pub fn of_job(&self, id: SessionId) -> Option<Arc<Session>> {
        // Freed at the end, which takes its time, and not under the lock.
        let (session, _last) = {
            let mut open = lock(&self.open);
            let open = open.as_mut()?;
            if open.session.id != id {
                return open.last.clone().filter(|it| it.id == id);
            }
            (Arc::clone(&open.session), open.last.take())
        };
        Some(session)
    }

    /// What is searched of an archive; nothing when it is over.
    pub fn searcher(&self, session: &Session) -> Option<Arc<Searcher>> {
        self.with(session, |it| Arc::clone(&it.searcher))
    }

    /// Has a newer state of an archive searched, and returns it; nothing when the archive is over.
    ///
    /// Two threads may make a searcher at once, of which one knows less: where another one was published while this one
    /// was made, it is made again. That is quick: what took long is known by then.
    pub fn publish<E>(
        &self,
        session: &Session,
        mut make: impl FnMut() -> Result<Searcher, E>,
    ) -> Result<Option<Arc<Searcher>>, E> {
        loop {
            let Some(before) = self.with(session, |it| it.n_published) else {
                return Ok(None);
            };
            let searcher = Arc::new(make()?);
            let last = self.with(session, |it| {
                (it.n_published == before).then(|| {
                    it.n_published += 1;
                    mem::replace(&mut it.searcher, Arc::clone(&searcher))
                })
            });
            match last {
                None => return Ok(None),
                // The last searcher may be freed here, which takes its time, and not under the lock.
                Some(Some(_last)) => return Ok(Some(searcher)),
                Some(None) => {}
            }
        }
    }

    /// Does something with what is open, if it is this session's.
    fn with<R>(&self, session: &Session, with: impl FnOnce(&mut Open) -> R) -> Option<R> {
        let mut open = lock(&self.open);
        let open = open.as_mut().filter(|it| it.session.id == session.id)?;
        Some(with(open))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::OpenError;
    use crate::work::DataDir;

    /// An archive in `data` that was just opened, and a searcher of it.
    fn opened(open: &OpenSession, data: &tempfile::TempDir, name: &str) -> Arc<Session> {
        let data_dir = DataDir::new(data.path().to_owned());
        let folder = PathBuf::from(name);
        let index = Index::open(&data_dir.index_of(&folder)).unwrap();
        let kept = KeptBeside {
            corrections: ArchiveCorrections::open(&data_dir, &folder, &index).unwrap(),
            marks: ArchiveMarks::open(&data_dir, &folder, &index),
            searches: View::open_or_default(data_dir.searches_of(&folder)),
            in_use: None,
        };
        let searcher = index.early_searcher().unwrap();
        open.replace(Session::new(open.next_id(), folder, index, kept), searcher)
    }

    #[test]
    fn what_was_published_meanwhile_is_not_undone() {
        let (data, open) = (tempfile::tempdir().unwrap(), OpenSession::default());
        let session = opened(&open, &data, "a");
        let mut n_made = 0;
        let published = open.publish(&session, || {
            n_made += 1;
            if n_made == 1 {
                // Another thread is faster.
                open.publish(&session, || session.index.early_searcher()).unwrap();
            }
            session.index.early_searcher()
        });
        let published = published.unwrap().unwrap();
        assert_eq!(n_made, 2);
        assert!(Arc::ptr_eq(&published, &open.searcher(&session).unwrap()));
    }

    #[test]
    fn what_is_found_out_about_an_archive_that_is_over_is_not_published() {
        let (data, open) = (tempfile::tempdir().unwrap(), OpenSession::default());
        let first = opened(&open, &data, "a");
        let mut second = None;
        let published = open.publish(&first, || -> Result<Searcher, OpenError> {
            second = Some(opened(&open, &data, "b"));
            first.index.early_searcher()
        });
        assert!(published.unwrap().is_none());
        assert!(first.is_over() && open.searcher(&first).is_none());
        let second = second.unwrap();
        assert!(!second.is_over() && open.searcher(&second).is_some());
        assert!(first.is_superseded(&first.newest.search, 0) && !second.is_superseded(&second.newest.search, 0));
    }
    #[test]
    fn a_job_for_the_last_archive_is_kept_until_the_window_knows_of_the_next() {
        let (data, open) = (tempfile::tempdir().unwrap(), OpenSession::default());
        let first = opened(&open, &data, "a");
        let second = opened(&open, &data, "b");
        assert!(open.of_job(SessionId(second.id.0 + 1)).is_none());
        assert!(Arc::ptr_eq(&first, &open.of_job(first.id).unwrap()));
        assert!(Arc::ptr_eq(&second, &open.of_job(second.id).unwrap()));
        assert!(open.of_job(first.id).is_none());
    }
}

//! The thread that counts what is new in the saved searches since they were looked at.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::index::SearchError;
use crate::state::{IndexEvent, NewsJob, SavedNews, SavedSearch};

use super::arrivals::load_arrivals;
use super::context::{Context, attempt};
use super::inbox::Inbox;
use super::session::Session;

/// Counts what is new.
pub struct NewsWorker {
    context: Arc<Context>,
    /// Newest only.
    inbox: Inbox<Option<(Arc<Session>, NewsJob)>>,
}

impl NewsWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: NewsJob) {
        session.newest.news.store(job.id.0, Ordering::Relaxed);
        self.inbox.put(|inbox| *inbox = Some((session, job)));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(Option::take) {
            self.count(&session, &job);
        }
    }

    fn count(&self, session: &Session, job: &NewsJob) {
        // Another process may have recorded more.
        load_arrivals(&session.index, &self.context.data_dir, &session.folder);
        let Some(searcher) = self.context.open.searcher(session) else {
            return;
        };
        let is_superseded = || session.is_superseded(&session.newest.news, job.id.0);
        let mut counted = Vec::new();
        for saved in &job.saved {
            if is_superseded() {
                return;
            }
            if saved.asks_for_names() && !searcher.has_all_names() {
                // It is asked again when they are known.
                continue;
            }
            let new = attempt(|| -> Result<u64, SearchError> { searcher.n_new(&saved.request(), saved.since()) });
            // What cannot be read now is told by whoever searches.
            if let Ok(new) = new {
                counted.push(SavedNews {
                    name: saved.name.clone(),
                    new,
                });
            }
        }
        let event = IndexEvent::NewsCounted {
            id: job.id,
            news: counted,
            latest: searcher.latest_arrival(),
        };
        self.context.tell(session, event);
    }
}

/// Not for the window: the same for the command line.
pub fn count_news(searcher: &crate::index::Searcher, saved: &[SavedSearch]) -> Result<Vec<SavedNews>, SearchError> {
    let counted = saved.iter().map(|saved| {
        Ok(SavedNews {
            name: saved.name.clone(),
            new: searcher.n_new(&saved.request(), saved.since())?,
        })
    });
    counted.collect()
}

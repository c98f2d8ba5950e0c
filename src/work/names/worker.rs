//! The thread that finds out what articles say of a name, and who appears with whom.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::entities::ByHand;
use crate::index::SearchError;
use crate::state::{Cause, ContextsJob, EntityEvent, ExportNetworkJob, Lookup, NamesJob, NetworkJob, SearchEvent};

use super::super::context::{Context, attempt};
use super::super::inbox::{Inbox, lock};
use super::super::private::write_for_user;
use super::super::session::Session;
use super::contexts::contexts;
use super::export::{NetworkFormat, network_text};
use super::layout::placed;

/// Answers what the window asks of names.
pub struct NamesWorker {
    context: Arc<Context>,
    inbox: Inbox<Waiting>,
}

/// The jobs that were not begun: the newest of each kind, except for those that all have to be done.
#[derive(Default)]
struct Waiting {
    contexts: Option<(Arc<Session>, ContextsJob)>,
    network: Option<(Arc<Session>, NetworkJob)>,
    exports: VecDeque<(Arc<Session>, ExportNetworkJob)>,
}

impl Waiting {
    fn take(&mut self) -> Option<(Arc<Session>, NamesJob)> {
        let contexts = self
            .contexts
            .take()
            .map(|(session, job)| (session, NamesJob::Contexts(job)));
        contexts
            .or_else(|| {
                self.network
                    .take()
                    .map(|(session, job)| (session, NamesJob::Network(job)))
            })
            .or_else(|| {
                self.exports
                    .pop_front()
                    .map(|(session, job)| (session, NamesJob::Export(job)))
            })
    }
}

/// Why a network was not written to a file.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error("cannot write the file")]
    Write(#[from] io::Error),
    #[error("a file of this kind cannot be written: its name has to end in .svg, .png or .gexf")]
    Format,
}

impl NamesWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: NamesJob) {
        let newest = &session.newest;
        match &job {
            NamesJob::Contexts(job) => newest.contexts.store(job.id.0, Ordering::Relaxed),
            NamesJob::Network(job) => newest.network.store(job.id.0, Ordering::Relaxed),
            NamesJob::Export(_) => {}
        }
        self.inbox.put(|inbox| match job {
            NamesJob::Contexts(job) => inbox.contexts = Some((session, job)),
            NamesJob::Network(job) => inbox.network = Some((session, job)),
            NamesJob::Export(job) => inbox.exports.push_back((session, job)),
        });
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(Waiting::take) {
            match job {
                NamesJob::Contexts(job) => self.read_contexts(&session, job),
                NamesJob::Network(job) => self.count(&session, job),
                NamesJob::Export(job) => self.export(&session, job),
            }
        }
    }

    fn read_contexts(&self, session: &Arc<Session>, job: ContextsJob) {
        let Some(searcher) = self.context.open.searcher(session) else {
            return;
        };
        let ContextsJob {
            id,
            entity,
            first,
            articles,
        } = job;
        let by_hand = ByHand::new(lock(&session.corrections).corrections());
        let read = || -> Result<_, SearchError> {
            let with = (&*self.context.recogniser, &by_hand);
            let is_superseded = || session.is_superseded(&session.newest.contexts, id.0);
            Ok(contexts(&searcher, with, &entity, &articles, &is_superseded))
        };
        match attempt(read) {
            Ok(None) => {}
            Ok(Some((contexts, unread))) => {
                let event = EntityEvent::ContextsLoaded { id, first, contexts };
                self.context.tell(session, event);
                let Some(err) = unread.filter(|_| !searcher.lacks_parts()) else {
                    return;
                };
                self.context.to_check.put(|it| it.is_odd(Arc::clone(session)));
                let (lookup, cause) = (Lookup::Part, Cause::new(err));
                self.context.tell(session, SearchEvent::LookupFailed { lookup, cause });
            }
            Err(err) => {
                let cause = Cause::new(err);
                self.context.tell(session, EntityEvent::ContextsFailed { id, cause });
            }
        }
    }

    fn count(&self, session: &Arc<Session>, job: NetworkJob) {
        let Some(searcher) = self.context.open.searcher(session) else {
            return;
        };
        let NetworkJob {
            id,
            request,
            center,
            options,
        } = job;
        let is_superseded = || session.is_superseded(&session.newest.network, id.0);
        let choice = (options.n_names, options.kinds.as_slice());
        let counted = attempt(|| -> Result<_, SearchError> {
            let network = searcher.network(&request, center.as_ref(), choice, &is_superseded)?;
            Ok(network.and_then(|it| placed(it, &is_superseded)))
        });
        match counted {
            // Nothing was counted for nobody.
            Ok(None) if is_superseded() => {}
            Ok(network) => {
                let network = network.map(Arc::new);
                self.context.tell(session, EntityEvent::NetworkLoaded { id, network });
            }
            Err(err) => {
                self.context.to_check.put(|it| it.is_odd(Arc::clone(session)));
                let cause = Cause::new(err);
                self.context.tell(session, EntityEvent::NetworkFailed { id, cause });
            }
        }
    }

    fn export(&self, session: &Session, job: ExportNetworkJob) {
        let ExportNetworkJob { network, path } = job;
        let written = attempt(|| -> Result<(), ExportError> {
            let format = NetworkFormat::of(&path).ok_or(ExportError::Format)?;
            let text = network_text(&network, format)?.ok_or(ExportError::Format)?;
            Ok(write_for_user(&path, text.as_bytes())?)
        });
        let event = match written {
            Ok(()) => EntityEvent::NetworkExported(path),
            Err(err) => EntityEvent::NetworkNotExported(path, Cause::new(err)),
        };
        self.context.tell(session, event);
    }
}

//! The thread that writes articles for other programs: files one after the other, and what goes on the clipboard.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::index::{Cancelled, Searcher};
use crate::state::{
    Cause, ExportEvent, ExportFailure, ExportFormat, ExportJob, ExportOrder, ExportProgress, ExportReport,
};
use crate::work::context::{Context, Failed, attempt};
use crate::work::dossier::{DossierError, DossierPlan, write_dossier};
use crate::work::inbox::{Inbox, lock};
use crate::work::session::Session;

use super::cite::Citation;
use super::clipboard::{citations, table_of_rows};
use super::error::ExportError;
use super::write::{ExportPlan, export_to_file};

/// How often it is told how far writing has come.
const TELLS_EVERY: Duration = Duration::from_millis(100);

/// Writes articles for the window.
pub struct ExportWorker {
    context: Arc<Context>,
    inbox: Inbox<VecDeque<(Arc<Session>, ExportJob)>>,
    /// Set to stop what is being written.
    is_cancelled: AtomicBool,
}

impl ExportWorker {
    pub fn new(context: Arc<Context>) -> Self {
        Self {
            context,
            inbox: Inbox::default(),
            is_cancelled: AtomicBool::new(false),
        }
    }

    pub fn put(&self, session: Arc<Session>, job: ExportJob) {
        match job {
            ExportJob::Cancel => self.is_cancelled.store(true, Ordering::Relaxed),
            job => {
                if matches!(job, ExportJob::Write(_)) {
                    self.is_cancelled.store(false, Ordering::Relaxed);
                }
                self.inbox.put(|inbox| inbox.push_back((session, job)));
            }
        }
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(VecDeque::pop_front) {
            let Some(searcher) = self.context.open.searcher(&session) else {
                continue;
            };
            let event = match job {
                ExportJob::Write(order) => self.write(&session, &searcher, &order),
                ExportJob::CopyRows { articles, words } => copied(|| table_of_rows(&searcher, &articles, &words)),
                ExportJob::Cite { articles, style, words } => copied(|| citations(&searcher, &articles, style, &words)),
                ExportJob::Cancel => continue,
            };
            self.context.tell(&session, event);
        }
    }

    fn write(&self, session: &Session, searcher: &Searcher, order: &ExportOrder) -> ExportEvent {
        let path = order.path.clone();
        match attempt(|| self.export(session, searcher, order)) {
            Ok(report) => ExportEvent::Done(path, report),
            Err(Failed::Err(ExportError::Cancelled)) => ExportEvent::Cancelled,
            Err(Failed::Err(ExportError::Exists)) => ExportEvent::Exists(path),
            Err(err) => ExportEvent::Failed {
                path,
                why: match &err {
                    Failed::Err(err) => err.failure(),
                    Failed::Panic(_) => ExportFailure::Other,
                },
                cause: Cause::new(err),
            },
        }
    }

    fn export(&self, session: &Session, searcher: &Searcher, order: &ExportOrder) -> Result<ExportReport, ExportError> {
        let is_over =
            || self.is_cancelled.load(Ordering::Relaxed) || session.is_over() || self.inbox.look(|_| ()).is_none();
        let of = order.articles.len() as u64;
        let mut told = Instant::now();
        let mut progress = |done| {
            if TELLS_EVERY < told.elapsed() {
                told = Instant::now();
                let progress = ExportProgress { done, of };
                self.context.tell(session, ExportEvent::Progress(progress));
            }
        };
        if order.format == ExportFormat::Dossier {
            return dossier(session, searcher, order, &mut progress, &is_over).map_err(of_dossier);
        }
        let plan = ExportPlan {
            request: &order.request,
            articles: &order.articles,
            format: order.format,
            columns: &order.columns,
            csv: order.csv,
            words: &order.words,
        };
        let place = (order.path.as_path(), session.folder.as_path(), order.replaces);
        export_to_file(searcher, plan, place, &mut progress, &is_over)
    }
}

/// Writes a dossier, with the marks and corrections that hold now.
fn dossier(
    session: &Session,
    searcher: &Searcher,
    order: &ExportOrder,
    progress: &mut dyn FnMut(u64),
    cancelled: Cancelled<'_>,
) -> Result<ExportReport, DossierError> {
    let marks = lock(&session.marks).marks().clone();
    let corrections = lock(&session.corrections).corrections().clone();
    let query = order.request.query_text.trim();
    let plan = DossierPlan {
        folder: &session.folder,
        articles: &order.articles,
        query: Some(query).filter(|it| order.is_all && !it.is_empty()),
        marks: &marks,
        corrections: &corrections,
        with_originals: order.with_originals,
        replaces: order.replaces,
    };
    let report = write_dossier(searcher, plan, &order.path, progress, cancelled)?;
    Ok(ExportReport {
        articles: report.articles,
        gone: report.gone,
        lost_originals: report.originals_left_out,
        ..ExportReport::default()
    })
}

fn of_dossier(err: DossierError) -> ExportError {
    match err {
        DossierError::Io(err) => ExportError::Write(err),
        DossierError::Json(err) => ExportError::Json(err),
        DossierError::Index(err) => ExportError::Index(err),
        DossierError::Page(err) => err,
        DossierError::Exists => ExportError::Exists,
        DossierError::InArchive => ExportError::InArchive,
        DossierError::Cancelled => ExportError::Cancelled,
        err => ExportError::Write(io::Error::other(err)),
    }
}

fn copied(make: impl FnOnce() -> Result<Citation, ExportError>) -> ExportEvent {
    match attempt(make) {
        Ok(made) => ExportEvent::Copied {
            text: made.text,
            html: made.html,
        },
        Err(err) => ExportEvent::NotCopied(Cause::new(err)),
    }
}

//! What is being exported of the open archive, and how far that has come.

use std::path::PathBuf;

use super::event::ExportEvent;
use super::export::{ExportOrder, ExportProgress, ExportRequest, ExportScope};
use super::job::ExportJob;
use super::notice::Notice;
use super::report::FoundPage;

/// What is exported of the open archive.
#[derive(Clone, Debug, Default)]
pub struct ExportView {
    /// How far the export that is under way has come.
    pub running: Option<ExportProgress>,
    /// The file that was chosen in the system's dialog, which has asked whether one that is there is replaced.
    pub picked: Option<PathBuf>,
    /// How often a file was chosen there: the same one may be chosen again.
    pub n_picked: u64,
    /// How often something was copied: when this rises, it is told.
    pub n_copied: u64,
    /// What waits for an answer whether the file that is there is replaced.
    waiting: Option<Box<ExportOrder>>,
}

impl ExportView {
    /// Begins an export of what is shown; nothing while one is under way.
    pub fn begin(&mut self, asked: ExportRequest, found: &FoundPage) -> Option<ExportJob> {
        if self.running.is_some() {
            return None;
        }
        let columns = asked.choice.columns();
        let order = ExportOrder {
            request: found.request.clone(),
            articles: asked.scope.articles(&found.page),
            format: asked.choice.format,
            columns,
            csv: asked.choice.csv,
            with_originals: asked.choice.with_originals,
            is_all: matches!(asked.scope, ExportScope::Shown { .. }),
            words: asked.words,
            path: asked.path,
            replaces: asked.replaces,
        };
        Some(self.write(order))
    }

    /// Does again what waits for an answer, over the file that is there.
    pub fn replace(&mut self) -> Option<ExportJob> {
        let order = self.waiting.take()?;
        let order = ExportOrder {
            replaces: true,
            ..*order
        };
        Some(self.write(order))
    }

    fn write(&mut self, order: ExportOrder) -> ExportJob {
        let of = order.articles.len() as u64;
        self.running = Some(ExportProgress { done: 0, of });
        self.waiting = Some(Box::new(order.clone()));
        ExportJob::Write(Box::new(order))
    }

    /// Takes over what became of an export; returns what the user should know.
    pub fn apply(&mut self, event: ExportEvent) -> Option<Notice> {
        if let ExportEvent::Progress(progress) = event {
            if self.running.is_some() {
                self.running = Some(progress);
            }
            return None;
        }
        if let ExportEvent::NotCopied(cause) = event {
            return Some(Notice::NotCopied(cause));
        }
        self.running = None;
        if let ExportEvent::Exists(path) = event {
            return Some(Notice::ExportExists(path));
        }
        self.waiting = None;
        match event {
            ExportEvent::Done(path, report) => Some(Notice::Exported(path, report)),
            ExportEvent::Failed { path, cause, why } => Some(Notice::NotExported(path, why, cause)),
            ExportEvent::Cancelled => Some(Notice::ExportCancelled),
            ExportEvent::Progress(_) | ExportEvent::Exists(_) | ExportEvent::NotCopied(_) => None,
            ExportEvent::Copied { .. } => None,
        }
    }
}

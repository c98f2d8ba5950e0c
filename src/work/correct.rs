//! The thread that corrects names. Corrections are made while files are being read.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::index::OpenError;
use crate::state::{Cause, CorrectEvent, CorrectJob, CorrectionFailure};

use super::context::{Context, Failed, attempt};
use super::corrections::{ArchiveCorrections, CorrectionError, named_suggestions, names_in};
use super::inbox::{Inbox, lock};
use super::session::Session;

/// Makes corrections and what belongs to them.
pub struct CorrectWorker {
    context: Arc<Context>,
    /// The oldest first: none of them makes another void.
    inbox: Inbox<VecDeque<(Arc<Session>, CorrectJob)>>,
}

impl CorrectWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: CorrectJob) {
        self.inbox.put(|inbox| inbox.push_back((session, job)));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(VecDeque::pop_front) {
            let failure = match attempt(|| self.correct(&session, job)) {
                Ok(()) => continue,
                Err(Failed::Err(err)) => err.into(),
                Err(panic @ Failed::Panic(_)) => CorrectionFailure::Index(Cause::new(panic)),
            };
            self.context.tell(&session, CorrectEvent::Failed(failure));
        }
    }

    fn correct(&self, session: &Session, job: CorrectJob) -> Result<(), CorrectionError> {
        let mut corrections = lock(&session.corrections);
        if session.is_forgotten() {
            return Ok(());
        }
        let (context, index) = (&self.context, &session.index);
        match job {
            CorrectJob::Correct(correction) => corrections.correct(correction, index)?,
            CorrectJob::Undo(made) => {
                corrections.undo(made, index)?;
            }
            CorrectJob::Import(path) => {
                let report = corrections.import(&path, index)?;
                context.tell(session, CorrectEvent::Imported(report));
            }
            CorrectJob::Export(path) => {
                corrections.export(&path)?;
                context.tell(session, CorrectEvent::Exported(path));
                return Ok(());
            }
            CorrectJob::Preview(correction) => {
                let preview = corrections.preview(&correction, index)?;
                context.tell(session, CorrectEvent::Previewed { correction, preview });
                return Ok(());
            }
            CorrectJob::LoadSuggestions => {
                let suggestions = named_suggestions(&index.named_searcher()?, &corrections)?;
                context.tell(session, CorrectEvent::SuggestionsLoaded(suggestions));
                return Ok(());
            }
        }
        publish_corrections(context, session, &corrections)?;
        Ok(())
    }
}

/// Has an archive searched by its corrections as they are now.
pub fn publish_corrections(
    context: &Context,
    session: &Session,
    corrections: &ArchiveCorrections,
) -> Result<(), OpenError> {
    let published = context.open.publish(session, || session.index.named_searcher())?;
    if let Some(searcher) = published {
        let names = names_in(corrections, &searcher);
        let corrections = Arc::new(corrections.corrections().clone());
        context.tell(session, CorrectEvent::Changed { corrections, names });
    }
    Ok(())
}

//! What every thread has at hand, and the one place where its panics end.

use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::entities::Recogniser;
use crate::state::{ArchiveEvent, Event};

use super::alone::ReaderProgram;
use super::data_dir::DataDir;
use super::inbox::Inbox;
use super::log::ErrorCode;
use super::session::{OpenSession, Session};
use super::to_check::ToCheck;

/// What the threads share.
pub struct Context {
    pub data_dir: DataDir,
    pub recogniser: Arc<dyn Recogniser>,
    /// What reads files that may end their process.
    pub program: Option<ReaderProgram>,
    pub open: OpenSession,
    /// What the checking thread waits on.
    pub to_check: Inbox<ToCheck>,
    pub send: Box<dyn Fn(Event) + Send + Sync>,
}

impl Context {
    /// Reports news of no archive.
    pub fn send(&self, event: Event) {
        (self.send)(event);
    }

    /// Reports what happened to files of the user's decisions, wherever that was found out.
    pub fn tell_mishaps(&self) {
        for mishap in self.data_dir.take_mishaps() {
            self.send(Event::Kept(mishap));
        }
    }

    /// Reports news of an archive.
    pub fn tell(&self, session: &Session, event: impl Into<ArchiveEvent>) {
        self.send(Event::of(session.id, event));
    }
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failed<E: Error + 'static> {
    /// As it says.
    #[error(transparent)]
    Err(E),
    /// The program made a mistake: a panic, with what it said.
    #[error("an error in the program: {0}")]
    Panic(String),
}

/// Does one job. Whatever goes wrong in it, its thread goes on with the next one; the caller tells the user.
///
/// What the job has changed when it panics is whole: locks are held over single statements, files are replaced in one
/// step.
pub fn attempt<T, E: Error + 'static>(job: impl FnOnce() -> Result<T, E>) -> Result<T, Failed<E>> {
    match catch_unwind(AssertUnwindSafe(job)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(err)) => {
            tracing::warn!(code = %ErrorCode(&err), "a job failed");
            Err(Failed::Err(err))
        }
        // The log's hook has noted where it happened.
        Err(panic) => Err(Failed::Panic(words_of(&*panic))),
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    words.unwrap_or("no message").to_owned()
}

//! The thread that compares the open index with its checksums: after it was opened, and at once when anything is odd.
//!
//! It reads a megabyte and then rests for longer than that took, so that searching is not slowed: the index of 57,000
//! articles is checked within seconds. Of a very large one a part is checked at each opening, not always the same.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use crate::index::{Checked, OpenError};
use crate::state::IndexEvent;

use super::context::{Context, attempt};
use super::inbox::Inbox;
use super::log::ErrorCode;
use super::publish::publish_commit;
use super::session::Session;
use super::to_check::ToCheck;

/// It rests this many times as long as it has read. A guess.
const REST: u32 = 3;
/// At most so much is read after an opening, in bytes: the index of some million articles. A guess.
const MOST_AT_OPENING: u64 = 4 << 30;

/// Checks the open index.
pub struct CheckWorker {
    context: Arc<Context>,
}

impl CheckWorker {
    pub fn new(context: Arc<Context>) -> Self {
        Self { context }
    }

    pub fn close(&self) {
        self.context.to_check.close();
    }

    pub fn run(&self) {
        while let Some((session, is_urgent)) = self.context.to_check.take(ToCheck::take) {
            // What cannot be read now is checked at the next opening.
            if let Err(err) = attempt(|| self.check(&session, is_urgent)) {
                tracing::warn!(code = %ErrorCode(&err), "the index is not checked");
            }
        }
    }

    fn check(&self, session: &Session, is_urgent: bool) -> Result<(), OpenError> {
        let inbox: &Inbox<ToCheck> = &self.context.to_check;
        if is_urgent {
            session.index.doubt();
        }
        let start = Instant::now();
        let mut n_bytes = 0;
        let mut begun = Instant::now();
        let mut pace = |read: u64| {
            n_bytes += read;
            let is_enough = !is_urgent && MOST_AT_OPENING <= n_bytes;
            // Whoever puts something odd in waits for it.
            let is_overtaken = inbox.look(|it| it.is_some()).unwrap_or(true);
            if is_enough || is_overtaken || session.is_over() {
                return ControlFlow::Break(());
            }
            if !is_urgent && !inbox.pause(begun.elapsed() * REST) {
                return ControlFlow::Break(());
            }
            begun = Instant::now();
            ControlFlow::Continue(())
        };
        loop {
            match session.index.check_next(&mut pace)? {
                Checked::Intact => {}
                Checked::Damaged => withdraw(&self.context, session)?,
                Checked::All | Checked::Stopped => break,
            }
        }
        tracing::info!(millis = start.elapsed().as_millis(), bytes_read = n_bytes, "checked");
        Ok(())
    }
}

/// Takes back what was found with a part of the index that turned out to be damaged, and has it searched without.
fn withdraw(context: &Context, session: &Session) -> Result<(), OpenError> {
    publish_commit(context, session)?;
    context.tell(session, IndexEvent::Damaged(session.index.damage()));
    Ok(())
}

//! What the checking thread finds in its inbox.

use std::sync::Arc;

use super::session::Session;

/// What is to be checked.
#[derive(Default)]
pub struct ToCheck {
    session: Option<Arc<Session>>,
    /// Whether something is odd, so that it is done without rest and whatever its size.
    is_urgent: bool,
}

impl ToCheck {
    /// Puts in an archive that was opened.
    pub fn opened(&mut self, session: Arc<Session>) {
        self.session = Some(session);
        self.is_urgent = false;
    }

    /// Puts in an archive with which something is odd.
    pub fn is_odd(&mut self, session: Arc<Session>) {
        self.session = Some(session);
        self.is_urgent = true;
    }

    /// Whether there is something.
    pub fn is_some(&self) -> bool {
        self.session.is_some()
    }

    /// Takes it out, and whether it is urgent.
    pub fn take(&mut self) -> Option<(Arc<Session>, bool)> {
        Some((self.session.take()?, std::mem::take(&mut self.is_urgent)))
    }
}

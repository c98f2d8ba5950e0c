//! Keeping how an archive is left, for the next time it is opened.
//!
//! It is the window's memory and no decision of the user's: it has no earlier versions, the last window that writes it wins,
//! and where it cannot be read or written the archive is shown from its beginning.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::state::Left;

use super::context::Context;
use super::data_dir::DataDir;
use super::inbox::{Inbox, lock};
use super::kept::replace;
use super::log::ErrorCode;
use super::session::Session;

/// How the archive in `folder` was left; nothing if that is not known.
pub fn load_left(data_dir: &DataDir, folder: &Path) -> Option<Left> {
    let json = fs::read_to_string(data_dir.left_file(folder)).ok()?;
    serde_json::from_str(&json).ok()
}

/// Keeps how an archive is left.
fn keep_left(context: &Context, session: &Session, left: &Left) {
    if session.is_forgotten() {
        return;
    }
    let kept = serde_json::to_vec(left).map_err(std::io::Error::other);
    let kept = kept.and_then(|json| replace(&context.data_dir.left_file(&session.folder), &json));
    if let Err(err) = kept {
        tracing::warn!(error = %ErrorCode(&err), "how the archive was left is not kept");
    }
}

/// Keeps how archives are left, while others read and write what takes long.
pub struct LeftWorker {
    context: Arc<Context>,
    inbox: Inbox<Option<(Arc<Session>, Left)>>,
    /// Held while a file is written.
    is_writing: Mutex<()>,
}

impl LeftWorker {
    pub fn new(context: Arc<Context>) -> Self {
        Self {
            context,
            inbox: Inbox::default(),
            is_writing: Mutex::default(),
        }
    }

    pub fn put(&self, session: Arc<Session>, left: Left) {
        self.inbox.put(|inbox| *inbox = Some((session, left)));
    }

    /// Keeps at once what waits, and waits for what is being written: the program ends.
    pub fn close(&self) {
        let mut waiting = None;
        self.inbox.put(|inbox| waiting = inbox.take());
        self.inbox.close();
        let _writing = lock(&self.is_writing);
        if let Some((session, left)) = waiting {
            keep_left(&self.context, &session, &left);
        }
    }

    pub fn run(&self) {
        while let Some((session, left)) = self.inbox.take(Option::take) {
            let _writing = lock(&self.is_writing);
            keep_left(&self.context, &session, &left);
        }
    }
}

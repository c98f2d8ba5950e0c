//! The thread that decodes the pictures in view.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::archive::{MOST_PICTURE_BYTES, PictureFault, PictureFiles};
use crate::state::{PictureJob, Pixels, ReadEvent, WantedPicture};

use super::super::context::{Context, Failed, attempt};
use super::super::inbox::Inbox;
use super::super::session::Session;
use super::decode::decode;

/// Decodes pictures.
pub struct PictureWorker {
    context: Arc<Context>,
    inbox: Inbox<Option<(Arc<Session>, PictureJob)>>,
    /// Whether others are wanted than those that are being decoded.
    is_overtaken: AtomicBool,
}

impl PictureWorker {
    pub fn new(context: Arc<Context>) -> Self {
        Self {
            context,
            inbox: Inbox::default(),
            is_overtaken: AtomicBool::new(false),
        }
    }

    pub fn put(&self, session: Arc<Session>, job: PictureJob) {
        self.inbox.put(|inbox| {
            *inbox = Some((session, job));
            self.is_overtaken.store(true, Ordering::Relaxed);
        });
    }

    pub fn close(&self) {
        self.inbox.close();
        self.is_overtaken.store(true, Ordering::Relaxed);
    }

    pub fn run(&self) {
        let take = |inbox: &mut Option<(Arc<Session>, PictureJob)>| {
            let taken = inbox.take()?;
            self.is_overtaken.store(false, Ordering::Relaxed);
            Some(taken)
        };
        while let Some((session, job)) = self.inbox.take(take) {
            let article = &job.article.article;
            let mut files = PictureFiles::new(&session.folder, &article.path);
            for wanted in &job.wanted {
                if self.is_overtaken.load(Ordering::Relaxed) {
                    break;
                }
                let decoded = attempt(|| of_picture(&mut files, &job, *wanted).map_err(Unshown));
                let decoded = decoded.map_err(|failed| match failed {
                    Failed::Err(Unshown(fault)) => fault,
                    Failed::Panic(_) => PictureFault::Unreadable,
                });
                let event = ReadEvent::Picture {
                    article: Arc::clone(&job.article),
                    wanted: *wanted,
                    decoded: decoded.map(Arc::new),
                };
                self.context.tell(&session, event);
            }
        }
    }
}

/// Why a picture is not shown.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be shown: {0:?}")]
struct Unshown(PictureFault);

fn of_picture(files: &mut PictureFiles<'_>, job: &PictureJob, wanted: WantedPicture) -> Result<Pixels, PictureFault> {
    let shown = job.article.pictures.get(wanted.picture).ok_or(PictureFault::Missing)?;
    shown.size?;
    let picture = job
        .article
        .article
        .pictures
        .get(shown.of)
        .ok_or(PictureFault::Missing)?;
    let bytes = files.read(&picture.source, MOST_PICTURE_BYTES + 1)?;
    decode(&bytes, wanted.most)
}

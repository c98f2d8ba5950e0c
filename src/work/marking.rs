//! The thread that marks articles, and telling by which marks an archive is searched.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::archive::ArticleId;
use crate::index::{OpenError, SearchError, Searcher};
use crate::marks::MarkChange;
use crate::state::{Cause, MarkEvent, MarkFailure, MarkJob, MarkOf, MarkRow, Marked, MarkedArchive};

use super::context::{Context, Failed, attempt};
use super::inbox::{Inbox, lock};
use super::marks::{ArchiveMarks, MarkError};
use super::session::Session;

/// Tells by which marks the archive is searched now.
pub fn tell_marks(context: &Context, session: &Session, marks: &ArchiveMarks, done: Option<Marked>) {
    let Ok(searcher) = session.index.early_searcher() else {
        return;
    };
    let all = marks.marks();
    let tags = all.tags().into_iter();
    let marks = MarkedArchive {
        articles: searcher.marks(),
        tags: tags.map(|(tag, n)| (tag.clone(), all.color_of(&tag), n)).collect(),
        n_lost: all.lost().len(),
    };
    context.tell(session, MarkEvent::Changed { marks, done });
}

/// Has an archive searched by its marks as they are now.
pub fn publish_marks(
    context: &Context,
    session: &Session,
    marks: &ArchiveMarks,
    done: Option<Marked>,
) -> Result<(), OpenError> {
    let has_names = context.open.searcher(session).is_some_and(|it| it.has_all_names());
    context.open.publish(session, || match has_names {
        true => session.index.named_searcher(),
        false => session.index.early_searcher(),
    })?;
    tell_marks(context, session, marks, done);
    Ok(())
}

/// The notes and highlights of some articles, in their order.
fn listed(searcher: &Searcher, articles: &[ArticleId]) -> Result<Vec<MarkRow>, SearchError> {
    let marks = searcher.marks();
    let mut rows = Vec::new();
    for article in articles {
        let Some(marks) = marks.get(article) else { continue };
        if marks.note.is_empty() && marks.highlights.is_empty() {
            continue;
        }
        let Some(hit) = searcher.hit(*article)? else { continue };
        let note = Some(&marks.note).filter(|it| !it.is_empty()).cloned().map(MarkOf::Note);
        let passages = marks.highlights.iter().cloned().map(MarkOf::Passage);
        rows.extend(note.into_iter().chain(passages).map(|what| MarkRow {
            article: *article,
            title: hit.title.clone(),
            source: hit.source.clone(),
            published: hit.published,
            what,
        }));
    }
    Ok(rows)
}

/// Changes marks, while files are being read, too.
pub struct MarkWorker {
    context: Arc<Context>,
    /// The oldest first: none of them makes another void.
    inbox: Inbox<VecDeque<(Arc<Session>, MarkJob)>>,
}

impl MarkWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: MarkJob) {
        self.inbox.put(|inbox| inbox.push_back((session, job)));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(VecDeque::pop_front) {
            let failure = match attempt(|| self.mark(&session, job)) {
                Ok(()) => continue,
                Err(Failed::Err(err)) => err.into(),
                Err(panic @ Failed::Panic(_)) => MarkFailure::NotKept(Cause::new(panic)),
            };
            self.context.tell(&session, MarkEvent::Failed(failure));
        }
    }

    fn mark(&self, session: &Session, job: MarkJob) -> Result<(), MarkError> {
        let mut marks = lock(&session.marks);
        if session.is_forgotten() {
            return Ok(());
        }
        let (context, index) = (&self.context, &session.index);
        let done = match job {
            MarkJob::Change { articles, change } => {
                let undo = marks.change(&articles, &change, index)?;
                (!undo.is_empty()).then_some(Marked { change, undo })
            }
            MarkJob::Read(article) => {
                if marks.change(&[article], &MarkChange::Read(true), index)?.is_empty() {
                    return Ok(());
                }
                None
            }
            MarkJob::Undo(edits) => {
                marks.apply(&edits, index)?;
                None
            }
            MarkJob::List { id, found } => {
                drop(marks);
                let rows = context
                    .open
                    .searcher(session)
                    .map(|it| listed(&it, &found.page.articles));
                let rows = rows.and_then(Result::ok);
                context.tell(session, MarkEvent::Listed { id, rows });
                return Ok(());
            }
            MarkJob::ColorTag { tag, color } => {
                marks.edit(index, |marks| marks.set_color(&tag, color))?;
                None
            }
            MarkJob::Import(path) => {
                let n_articles = marks.import(&path, index)?;
                context.tell(session, MarkEvent::Imported(n_articles));
                None
            }
            MarkJob::Export(path) => {
                marks.export(&path)?;
                context.tell(session, MarkEvent::Exported(path));
                return Ok(());
            }
        };
        publish_marks(context, session, &marks, done)?;
        Ok(())
    }
}

//! Reading an article for the reader.

use std::path::Path;
use std::sync::Arc;

use crate::archive::{self, Article, ArticleId, Reading};
use crate::entities::Recogniser;
use crate::index::{SearchError, Searcher};
use crate::state::{Cause, ReadArticle, ReadEvent, ReadJob, ReadMention};

use super::context::{Context, attempt};
use super::inbox::Inbox;
use super::session::Session;

/// Reads articles for the reader.
pub struct ReadWorker {
    context: Arc<Context>,
    inbox: Inbox<Option<(Arc<Session>, ReadJob)>>,
}

/// Why an article cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadArticleError {
    /// Its file was removed or changed, and the index followed.
    #[error("the article is no longer in the index")]
    Gone,
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] SearchError),
}

impl ReadWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: ReadJob) {
        self.inbox.put(|inbox| *inbox = Some((session, job)));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(Option::take) {
            let article = job.article;
            if let Err(err) = attempt(|| self.read(&session, job)) {
                let cause = Cause::new(err);
                self.context.tell(&session, ReadEvent::Failed { article, cause });
            }
        }
    }

    fn read(&self, session: &Session, job: ReadJob) -> Result<(), ReadArticleError> {
        let context = &self.context;
        let Some(searcher) = context.open.searcher(session) else {
            return Ok(());
        };
        // Where the corrections cannot be read the update says so; an article is shown none the less.
        let reading = context.data_dir.load_reading(&session.folder).unwrap_or_default();
        let place = (session.folder.as_path(), &reading);
        let query = (job.query_text.as_str(), job.as_typed);
        let article = read_article(place, &searcher, &*context.recogniser, job.article, query)?;
        context.tell(session, ReadEvent::Done(Arc::new(article)));
        Ok(())
    }
}

/// Reads an article for the reader: from its file in the folder as the corrections say, or, where that is gone, as the
/// index kept it.
///
/// `query` is what is marked in it: a query, and whether its words have to be spelled as they were typed.
pub fn read_article(
    (folder, reading): (&Path, &Reading),
    searcher: &Searcher,
    recogniser: &dyn Recogniser,
    id: ArticleId,
    query: (&str, bool),
) -> Result<ReadArticle, ReadArticleError> {
    let stored = searcher.stored_article(id)?.ok_or(ReadArticleError::Gone)?;
    // A file that cannot be read any more is told by the next update; what the index kept of it is shown.
    let from_file = archive::read_article(folder, &stored.path, reading, stored.record)
        .ok()
        .flatten();
    let file_is_gone = from_file.is_none();
    let article = from_file.unwrap_or_else(|| stored.into_article());
    Ok(shown_article(id, article, file_is_gone, searcher, recogniser, query))
}

fn shown_article(
    id: ArticleId,
    article: Article,
    file_is_gone: bool,
    searcher: &Searcher,
    recogniser: &dyn Recogniser,
    (query_text, as_typed): (&str, bool),
) -> ReadArticle {
    let registry = searcher.registry();
    let mentions = recogniser
        .mentions(&article)
        .into_iter()
        .filter_map(|mention| {
            let entity = registry.get(registry.entity_of(&mention.name)?)?;
            Some(ReadMention {
                span: mention.span,
                kind: entity.kind(),
                entity: entity.id().0,
                name: entity.name().to_owned(),
                spelling: mention.name.form,
                is_only_spelling: entity.aliases().len() == 1,
            })
        })
        .collect();
    let mut matches = Vec::new();
    for section in article.sections.iter().filter(|section| section.kind.is_article()) {
        let Some(text) = section.span.of(&article.text) else {
            continue;
        };
        matches.extend(
            searcher
                .find_matches(query_text, as_typed, text)
                .iter()
                .map(|it| it.shifted(section.span.start)),
        );
    }
    let dates = archive::date_mentions(&article).map(|it| it.span).collect();
    ReadArticle {
        id,
        article,
        mentions,
        dates,
        matches,
        file_is_gone,
    }
}

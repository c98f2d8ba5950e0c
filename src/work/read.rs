//! Reading an article for the reader.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::archive::{self, Allowance, Article, ArticleId, Budget, Format, Halt, Patience, Reading};
use crate::entities::{ByHand, Mention, Recogniser};
use crate::index::{SearchError, Searcher, StoredArticle};
use crate::state::{Cause, ReadArticle, ReadEvent, ReadJob, ReadMention, WhyKept};

use super::alone::{AloneReader, Asked, Journal, ReadAlone};
use super::context::{Context, attempt};
use super::inbox::{Inbox, lock};
use super::pictures::looked_at;
use super::session::Session;

/// The CPU time that a file may take in this process before a child process reads it. Somebody waits. A guess.
const BRIEF: Duration = Duration::from_secs(1);
/// After this long the article is shown as the index kept it. A guess.
const PATIENCE: Duration = Duration::from_secs(4);

/// Reads articles for the reader.
pub struct ReadWorker {
    context: Arc<Context>,
    inbox: Inbox<Option<(Arc<Session>, ReadJob)>>,
    /// Whether what is being read is not wanted any more: another article is.
    is_overtaken: AtomicBool,
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

/// What came of reading an article from its file.
enum FromFile {
    /// It is there. Where a child read it, it says what it names, too.
    Read(Box<Article>, Option<Vec<Mention>>),
    /// It is to be shown as the index kept it.
    Kept(WhyKept),
    /// It is not wanted any more.
    Overtaken,
}

impl ReadWorker {
    pub fn new(context: Arc<Context>) -> Self {
        Self {
            context,
            inbox: Inbox::default(),
            is_overtaken: AtomicBool::new(false),
        }
    }

    pub fn put(&self, session: Arc<Session>, job: ReadJob) {
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
        let mut child = self.context.program.as_ref().map(AloneReader::new);
        let take = |inbox: &mut Option<(Arc<Session>, ReadJob)>| {
            let taken = inbox.take()?;
            self.is_overtaken.store(false, Ordering::Relaxed);
            Some(taken)
        };
        while let Some((session, job)) = self.inbox.take(take) {
            let article = job.article;
            if let Err(err) = attempt(|| self.read(&session, job, child.as_mut())) {
                let cause = Cause::new(err);
                self.context.tell(&session, ReadEvent::Failed { article, cause });
            }
        }
    }

    fn read(
        &self,
        session: &Session,
        job: ReadJob,
        child: Option<&mut AloneReader<'_>>,
    ) -> Result<(), ReadArticleError> {
        let context = &self.context;
        let Some(searcher) = context.open.searcher(session) else {
            return Ok(());
        };
        let stored = searcher.stored_article(job.article)?.ok_or(ReadArticleError::Gone)?;
        let show = Showing {
            id: job.article,
            folder: &session.folder,
            searcher: &searcher,
            recogniser: &*context.recogniser,
            by_hand: &ByHand::new(lock(&session.corrections).corrections()),
            query: (job.query_text.as_str(), job.as_typed),
        };
        if stored.format == Format::Scan {
            let shown = show.stored(stored, WhyKept::IsRecognised);
            context.tell(session, ReadEvent::Done(Arc::new(shown)));
            return Ok(());
        }
        // Where the corrections cannot be read the update says so; an article is shown none the less.
        let reading = context.data_dir.load_reading(&session.folder).unwrap_or_default();
        let journal = Journal::new(&context.data_dir.archive_of(&session.folder));
        let mut slot = journal.slot();
        // In work until its names are known: what ends the program there does so again.
        slot.begin(&stored.path);
        let is_suspect = child.is_some() && journal.suspects().contains(&stored.path);
        let here = match is_suspect {
            true => None,
            false => self.read_here(session, &stored, &reading, child.is_some()),
        };
        let from_file = match (here, child) {
            (Some(found), _) => found,
            (None, Some(child)) => {
                slot.end();
                self.read_alone(session, &stored, &reading, child)
            }
            (None, None) => FromFile::Kept(WhyKept::FileIsSlow),
        };
        let shown = match from_file {
            FromFile::Read(article, mentions) => show.article(*article, mentions),
            FromFile::Kept(why) => show.stored(stored, why),
            FromFile::Overtaken => return Ok(()),
        };
        context.tell(session, ReadEvent::Done(Arc::new(shown)));
        Ok(())
    }

    /// Reads the article in this process; nothing if it is to be read by a child, or takes too long without one.
    fn read_here(
        &self,
        session: &Session,
        stored: &StoredArticle,
        reading: &Reading,
        has_child: bool,
    ) -> Option<FromFile> {
        let allowance = Allowance {
            cancelled: Some(&self.is_overtaken),
            patience: match has_child {
                true => Patience::Brief(BRIEF),
                false => Patience::Until(PATIENCE),
            },
            ..Allowance::default()
        };
        let rule = reading.of(&stored.path);
        match archive::read_article_within(&session.folder, &stored.path, &rule, stored.record, allowance) {
            Ok(Some(article)) => Some(FromFile::Read(Box::new(article), None)),
            // A file that cannot be read any more is told by the next update.
            Ok(None) => Some(FromFile::Kept(WhyKept::FileIsGone)),
            Err(err) => match err.halted() {
                Some(Halt::Cancelled) => Some(FromFile::Overtaken),
                Some(Halt::Alone | Halt::OverTime(_)) => None,
                None => Some(FromFile::Kept(WhyKept::FileIsGone)),
            },
        }
    }

    fn read_alone(
        &self,
        session: &Session,
        stored: &StoredArticle,
        reading: &Reading,
        child: &mut AloneReader<'_>,
    ) -> FromFile {
        let start = Instant::now();
        let is_overtaken = || self.is_overtaken.load(Ordering::Relaxed);
        let asked = Asked {
            folder: &session.folder,
            path: &stored.path,
            rule: &reading.of(&stored.path),
            time: PATIENCE,
            memory: Budget::default().memory(),
            recognises: true,
            only: Some(stored.record),
            most_articles: u32::MAX,
            pages_at_once: 0,
        };
        let mut found = None;
        let is_wanted = || !is_overtaken() && start.elapsed() < PATIENCE;
        let read = child.read(asked, &is_wanted, &mut |part| {
            found = part.articles.into_iter().next().or(found.take());
            ControlFlow::Continue(())
        });
        match (read, found) {
            (ReadAlone::Read(_), Some((article, mentions))) => FromFile::Read(Box::new(article), Some(mentions)),
            (ReadAlone::Read(_) | ReadAlone::Failed { .. }, _) => FromFile::Kept(WhyKept::FileIsGone),
            (ReadAlone::Unwanted, _) if is_overtaken() => FromFile::Overtaken,
            (ReadAlone::PutOff, _) => FromFile::Kept(WhyKept::IsRecognised),
            (ReadAlone::Unwanted | ReadAlone::Over(_) | ReadAlone::EndedTheReader | ReadAlone::NoChild(_), _) => {
                FromFile::Kept(WhyKept::FileIsSlow)
            }
        }
    }
}

/// Reads an article for the reader: from its file in the folder as the corrections say, or, where that is gone, as the
/// index kept it. In this process, for as long as it takes.
///
/// `query` is what is marked in it: a query, and whether its words have to be spelled as they were typed.
pub fn read_article(
    (folder, reading, by_hand): (&Path, &Reading, &ByHand),
    searcher: &Searcher,
    recogniser: &dyn Recogniser,
    id: ArticleId,
    query: (&str, bool),
) -> Result<ReadArticle, ReadArticleError> {
    let stored = searcher.stored_article(id)?.ok_or(ReadArticleError::Gone)?;
    let show = Showing {
        id,
        folder,
        searcher,
        recogniser,
        by_hand,
        query,
    };
    if stored.format == Format::Scan {
        return Ok(show.stored(stored, WhyKept::IsRecognised));
    }
    let from_file = archive::read_article(folder, &stored.path, reading, stored.record);
    Ok(match from_file.ok().flatten() {
        Some(article) => show.article(article, None),
        None => show.stored(stored, WhyKept::FileIsGone),
    })
}

/// What an article is shown with.
#[derive(Clone, Copy)]
struct Showing<'a> {
    id: ArticleId,
    /// The archive's folder.
    folder: &'a Path,
    searcher: &'a Searcher,
    recogniser: &'a dyn Recogniser,
    by_hand: &'a ByHand,
    /// What is marked in it: a query, and whether its words have to be spelled as they were typed.
    query: (&'a str, bool),
}

impl Showing<'_> {
    /// As the index kept it, with what the user says of it. A scan is not recognised again for each time that it is read.
    fn stored(self, stored: StoredArticle, why: WhyKept) -> ReadArticle {
        let shown = self.article(stored.into_article(), None);
        let (kept, stated) = (Some(why), None);
        ReadArticle { kept, stated, ..shown }
    }

    /// As it was read, with the names that were found in it or are to be found.
    fn article(self, mut article: Article, found: Option<Vec<Mention>>) -> ReadArticle {
        let (mentions, stated) = self.by_hand.correct(&mut article, self.recogniser, found);
        let registry = self.searcher.registry();
        let mentions = mentions.iter().filter_map(|mention| {
            let entity = registry.get(registry.entity_of(&mention.name)?)?;
            Some(ReadMention {
                span: mention.span,
                kind: entity.kind(),
                entity: entity.id().0,
                name: entity.name().to_owned(),
                spelling: mention.name.form.clone(),
                is_only_spelling: entity.aliases().len() == 1,
            })
        });
        let (query_text, as_typed) = self.query;
        let sections = article.sections.iter().filter(|it| it.kind.is_article());
        let matches = sections.flat_map(|section| {
            let text = section.span.of(&article.text).unwrap_or_default();
            let found = self.searcher.find_matches(query_text, as_typed, text).into_iter();
            found.map(|it| it.shifted(section.span.start))
        });
        ReadArticle {
            id: self.id,
            mentions: mentions.collect(),
            dates: archive::date_mentions(&article).map(|it| it.span).collect(),
            matches: matches.collect(),
            // It is only said beside the text; a damaged index is told by the search.
            identical: self.searcher.identical_to(self.id).unwrap_or_default(),
            kept: None,
            stated,
            pictures: looked_at(self.folder, &article),
            article,
        }
    }
}

//! The threads that find the words found in their lines, and that write these to a file.
//!
//! Finding is done piece by piece: a newer question is looked at between two articles, and what was read for an order
//! serves the next one.

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::index::{Concordance, KwicSort, SearchError, Searcher};
use crate::state::{
    Cause, ExportLinesJob, FoundPage, KwicEvent, KwicJob, LinesRead, Lookup, RequestId, SearchEvent, SearchId,
    SessionId,
};

use super::context::{Context, attempt};
use super::inbox::Inbox;
use super::line_table::{LineTable, TableFormat};
use super::private::create_for_user;
use super::session::Session;

/// How many articles are read for the first screen.
const FIRST_ARTICLES: usize = 32;
/// How many are read at once from then on: some hundredths of a second. Picked by feel.
const ARTICLES_AT_ONCE: usize = 256;
/// How many lines are looked up at once for a file.
const LINES_AT_ONCE: usize = 4096;
/// How often it is told how far reading has come.
const TELLS_EVERY: Duration = Duration::from_millis(100);

/// Finds lines for the window.
pub struct KwicWorker {
    context: Arc<Context>,
    inbox: Inbox<Option<(Arc<Session>, KwicJob)>>,
}

/// What was read for the last question.
struct Known {
    session: SessionId,
    search: SearchId,
    concordance: Concordance,
}

/// What is asked for.
struct Wanted {
    id: RequestId,
    found: FoundPage,
    sort: KwicSort,
    first: usize,
    until: usize,
}

impl KwicWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: KwicJob) {
        let (KwicJob::Read { id, .. } | KwicJob::Stop { id }) = &job;
        session.newest.kwic.store(id.0, Ordering::Relaxed);
        self.inbox.put(|inbox| *inbox = Some((session, job)));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        let mut known: Option<Known> = None;
        while let Some((session, job)) = self.inbox.take(Option::take) {
            let KwicJob::Read {
                id,
                found,
                sort,
                first,
                until,
            } = job
            else {
                continue;
            };
            let Some(searcher) = self.context.open.searcher(&session) else {
                known = None;
                continue;
            };
            let wanted = Wanted {
                id,
                found,
                sort,
                first,
                until,
            };
            // What a panic leaves behind is not used again.
            let before = known.take();
            match attempt(|| self.find(&session, &searcher, before, &wanted)) {
                Ok(concordance) => {
                    known = concordance.map(|concordance| Known {
                        session: session.id,
                        search: wanted.found.id,
                        concordance,
                    });
                }
                Err(err) => {
                    self.context.to_check.put(|it| it.is_odd(Arc::clone(&session)));
                    let cause = Cause::new(err);
                    self.context.tell(&session, KwicEvent::Failed { id, cause });
                }
            }
        }
    }

    /// Finds what is wanted, and returns what was read for it.
    fn find(
        &self,
        session: &Arc<Session>,
        searcher: &Searcher,
        known: Option<Known>,
        wanted: &Wanted,
    ) -> Result<Option<Concordance>, SearchError> {
        let (id, found) = (wanted.id, &wanted.found);
        if !searcher.has_lines(&found.request)? {
            self.context.tell(session, KwicEvent::NoNode(id));
            return Ok(None);
        }
        let known = known.filter(|it| it.session == session.id && it.search == found.id);
        let mut concordance = known.map_or_else(|| Concordance::new(Arc::clone(&found.page)), |it| it.concordance);
        let start = Instant::now();
        let is_done = match wanted.sort {
            KwicSort::Found => self.find_in_order(session, searcher, &mut concordance, wanted)?,
            _ => self.find_all(session, searcher, &mut concordance, wanted)?,
        };
        if is_done {
            let (millis, lines) = (start.elapsed().as_millis(), concordance.n_lines());
            tracing::info!(millis, lines, articles = concordance.n_read(), "lines found");
        }
        if let Some(err) = searcher.lines_left_out(&mut concordance)
            && !searcher.lacks_parts()
        {
            self.context.to_check.put(|it| it.is_odd(Arc::clone(session)));
            let (lookup, cause) = (Lookup::Part, Cause::new(err));
            self.context.tell(session, SearchEvent::LookupFailed { lookup, cause });
        }
        Ok(Some(concordance))
    }

    /// Tells lines as they are found. Returns whether it was done to the end.
    fn find_in_order(
        &self,
        session: &Session,
        searcher: &Searcher,
        concordance: &mut Concordance,
        wanted: &Wanted,
    ) -> Result<bool, SearchError> {
        let is_superseded = || session.is_superseded(&session.newest.kwic, wanted.id.0);
        let mut told = wanted.first;
        let mut n_articles = FIRST_ARTICLES;
        loop {
            let is_last = concordance.is_done() || wanted.until <= concordance.n_lines();
            // The first screen is told as soon as it is there, and an empty one only where there is nothing more.
            if told < concordance.n_lines() || is_last {
                let lines = concordance.found_from(told);
                let event = KwicEvent::Found {
                    id: wanted.id,
                    first: told,
                    lines,
                    read: read_of(concordance, KwicSort::Found),
                    is_last,
                };
                told = concordance.n_lines();
                self.context.tell(session, event);
            }
            if is_last {
                return Ok(true);
            }
            if !searcher.read_on(concordance, &wanted.found.request, n_articles, &is_superseded)? {
                return Ok(false);
            }
            n_articles = ARTICLES_AT_ONCE;
        }
    }

    /// Reads all articles and tells their lines in an order. Returns whether it was done to the end.
    fn find_all(
        &self,
        session: &Session,
        searcher: &Searcher,
        concordance: &mut Concordance,
        wanted: &Wanted,
    ) -> Result<bool, SearchError> {
        let is_superseded = || session.is_superseded(&session.newest.kwic, wanted.id.0);
        let id = wanted.id;
        let mut told = Instant::now();
        while !concordance.is_done() {
            if !searcher.read_on(concordance, &wanted.found.request, ARTICLES_AT_ONCE, &is_superseded)? {
                return Ok(false);
            }
            if TELLS_EVERY < told.elapsed() {
                told = Instant::now();
                let read = read_of(concordance, wanted.sort);
                self.context.tell(session, KwicEvent::Progress { id, read });
            }
        }
        let event = KwicEvent::Found {
            id,
            first: 0,
            lines: concordance.sorted(wanted.sort),
            read: read_of(concordance, wanted.sort),
            is_last: true,
        };
        self.context.tell(session, event);
        Ok(true)
    }
}

fn read_of(concordance: &Concordance, sort: KwicSort) -> LinesRead {
    LinesRead {
        sort,
        lines: concordance.n_lines() as u64,
        with_lines: concordance.n_with_lines() as u64,
        articles: concordance.n_read() as u64,
        of: concordance.page().articles.len() as u64,
        is_done: concordance.is_done(),
        is_full: concordance.is_full(),
    }
}

/// Why lines were not written to a file.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error("cannot write the file")]
    Write(#[from] io::Error),
    #[error("cannot write the table")]
    Table(#[from] csv::Error),
    #[error(transparent)]
    Index(#[from] SearchError),
    #[error("another archive was opened meanwhile")]
    Over,
}

/// Writes lines to files, one after the other.
pub struct ExportLinesWorker {
    context: Arc<Context>,
    inbox: Inbox<VecDeque<(Arc<Session>, ExportLinesJob)>>,
}

impl ExportLinesWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: ExportLinesJob) {
        self.inbox.put(|inbox| inbox.push_back((session, job)));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(VecDeque::pop_front) {
            let Some(searcher) = self.context.open.searcher(&session) else {
                continue;
            };
            let event = match attempt(|| self.export(&session, &searcher, &job)) {
                Ok(n_lines) => KwicEvent::Exported(job.path, n_lines),
                Err(err) => KwicEvent::NotExported(job.path, Cause::new(err)),
            };
            self.context.tell(&session, event);
        }
    }

    /// Writes all lines; returns how many there were.
    fn export(&self, session: &Session, searcher: &Searcher, job: &ExportLinesJob) -> Result<u64, ExportError> {
        let FoundPage { request, page, .. } = &job.found;
        let is_over = || session.is_over() || self.inbox.look(|_| ()).is_none();
        let mut concordance = Concordance::new(Arc::clone(page));
        // Before anything is read: a place that cannot be written to is told at once.
        let mut out = io::BufWriter::new(create_for_user(&job.path)?);
        while !concordance.is_done() {
            if !searcher.read_on(&mut concordance, request, ARTICLES_AT_ONCE, &is_over)? {
                return Err(ExportError::Over);
            }
        }
        if let Some(err) = searcher.lines_left_out(&mut concordance) {
            return Err(err.into());
        }
        let mut table = LineTable::begin(&mut out, format_of(&job.path))?;
        let mut n_lines = 0;
        for at in concordance.sorted(job.sort).chunks(LINES_AT_ONCE) {
            if is_over() {
                return Err(ExportError::Over);
            }
            for line in searcher.lines(page, request, at) {
                table.add(&line?)?;
                n_lines += 1;
            }
        }
        table.finish()?;
        out.flush()?;
        tracing::info!(lines = n_lines, "lines written");
        Ok(n_lines)
    }
}

/// Tabs for a file that is called so; commas otherwise.
fn format_of(path: &Path) -> TableFormat {
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("tsv" | "tab" | "txt") => TableFormat::Tsv,
        _ => TableFormat::Csv,
    }
}

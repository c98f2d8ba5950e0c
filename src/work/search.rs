//! The threads that answer what is asked of the index: one for the window's questions, one for completions.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::index::{ResultPage, SearchError, Searcher};
use crate::state::{ArchiveEvent, Cause, CompleteJob, EntityEvent, Lookup, ReadEvent, SearchEvent, SearchJob};

use super::context::{Context, attempt};
use super::inbox::Inbox;
use super::session::Session;

/// How many entities are offered where one is chosen by its name. Picked by feel: more than anybody reads.
const MAX_FOUND: usize = 30;

/// Answers what the window asks of the index.
pub struct SearchWorker {
    context: Arc<Context>,
    inbox: Inbox<Waiting>,
}

type Task = (Arc<Session>, SearchJob);

/// The jobs that were not begun: the newest of each kind, except for those that all have to be done.
#[derive(Default)]
struct Waiting {
    search: Option<Task>,
    find: Option<Task>,
    entity: Option<Task>,
    find_entities: Option<Task>,
    /// Rows and facet values of the result on the screen.
    lookups: VecDeque<Task>,
    difference: Option<Task>,
    series: Option<Task>,
    usual: Option<Task>,
}

impl Waiting {
    fn put(&mut self, session: Arc<Session>, job: SearchJob) {
        let slot = match &job {
            SearchJob::Search { .. } => {
                // Lookups belong to the older result.
                self.lookups.clear();
                &mut self.search
            }
            SearchJob::FindTitle { .. } => &mut self.find,
            SearchJob::LoadEntity { .. } => &mut self.entity,
            SearchJob::FindEntities { .. } => &mut self.find_entities,
            SearchJob::LoadDifference(..) => &mut self.difference,
            SearchJob::LoadSeries(_) => &mut self.series,
            SearchJob::FindUsual(_) => &mut self.usual,
            SearchJob::LoadRows { .. }
            | SearchJob::LoadFacet { .. }
            | SearchJob::LoadLines { .. }
            | SearchJob::LoadAppearances { .. } => {
                self.lookups.push_back((session, job));
                return;
            }
        };
        *slot = Some((session, job));
    }

    /// The search first: what is looked up of an older result may be void by then.
    fn take(&mut self) -> Option<Task> {
        let first = [
            &mut self.search,
            &mut self.find,
            &mut self.entity,
            &mut self.find_entities,
        ];
        let last = [&mut self.difference, &mut self.usual, &mut self.series];
        first
            .into_iter()
            .find_map(Option::take)
            .or_else(|| self.lookups.pop_front())
            .or_else(|| last.into_iter().find_map(Option::take))
    }
}

impl SearchWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: SearchJob) {
        let newest = &session.newest;
        match &job {
            SearchJob::Search { id, .. } => newest.search.store(id.0, Ordering::Relaxed),
            SearchJob::FindTitle { id, .. } => newest.find.store(id.0, Ordering::Relaxed),
            SearchJob::LoadEntity { id, .. } => newest.entity.store(id.0, Ordering::Relaxed),
            SearchJob::FindEntities { .. }
            | SearchJob::LoadRows { .. }
            | SearchJob::LoadFacet { .. }
            | SearchJob::LoadDifference(..)
            | SearchJob::LoadLines { .. }
            | SearchJob::LoadAppearances { .. }
            | SearchJob::FindUsual(_)
            | SearchJob::LoadSeries(_) => {}
        }
        self.inbox.put(|inbox| inbox.put(session, job));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, job)) = self.inbox.take(Waiting::take) {
            let Some(searcher) = self.context.open.searcher(&session) else {
                continue;
            };
            let failed = failure_of(&job);
            match attempt(|| answer(&session, &searcher, job)) {
                Ok(Answer { event, unread }) => {
                    if let Some(event) = event {
                        self.context.tell(&session, event);
                    }
                    let Some(err) = unread else { continue };
                    // What is left out on purpose was told when it was.
                    if !searcher.lacks_parts() {
                        self.context.to_check.put(|it| it.is_odd(Arc::clone(&session)));
                        let (lookup, cause) = (Lookup::Part, Cause::new(err));
                        self.context.tell(&session, SearchEvent::LookupFailed { lookup, cause });
                    }
                }
                Err(err) => {
                    self.context.to_check.put(|it| it.is_odd(Arc::clone(&session)));
                    self.context.tell(&session, failed(Cause::new(err)));
                }
            }
        }
    }
}

/// What is told if the job fails.
fn failure_of(job: &SearchJob) -> Box<dyn FnOnce(Cause) -> ArchiveEvent> {
    let lookup = match job {
        &SearchJob::Search { id, .. } => return Box::new(move |cause| SearchEvent::Failed { id, cause }.into()),
        &SearchJob::LoadEntity { id, .. } => return Box::new(move |cause| EntityEvent::Failed { id, cause }.into()),
        SearchJob::LoadRows { .. } | SearchJob::LoadAppearances { .. } => Lookup::Rows,
        SearchJob::FindTitle { .. } => Lookup::Title,
        SearchJob::LoadFacet {
            id,
            facet,
            filter_text,
            order,
            ..
        } => Lookup::Facet {
            id: *id,
            facet: *facet,
            filter_text: filter_text.clone(),
            order: *order,
        },
        SearchJob::FindEntities { text, .. } => Lookup::Entities(text.clone()),
        SearchJob::LoadSeries(_) => Lookup::Series,
        SearchJob::LoadLines { .. } => Lookup::Lines,
        SearchJob::FindUsual(_) => Lookup::Usual,
        &SearchJob::LoadDifference(first, second) => Lookup::Difference(first, second),
    };
    Box::new(move |cause| SearchEvent::LookupFailed { lookup, cause }.into())
}

/// What was found.
#[derive(Default)]
struct Answer {
    /// Nothing if nobody waits for it any more.
    event: Option<ArchiveEvent>,
    /// Why the answer is incomplete, if it is.
    unread: Option<SearchError>,
}

impl Answer {
    fn whole(event: impl Into<ArchiveEvent>) -> Self {
        Self::without(None, event)
    }

    /// What was found by a search that may have missed something.
    fn of(page: ResultPage, event: impl FnOnce(ResultPage) -> SearchEvent) -> Self {
        Self::without(page.incomplete.clone(), event(page))
    }

    fn without(unread: Option<SearchError>, event: impl Into<ArchiveEvent>) -> Self {
        let event = Some(event.into());
        Self { event, unread }
    }
}

/// What could be read, and why the rest could not.
fn without_unread<T>(read: Vec<Result<T, SearchError>>) -> (Vec<T>, Option<SearchError>) {
    let mut unread = None;
    let read = read
        .into_iter()
        .filter_map(|it| it.map_err(|err| unread = Some(err)).ok())
        .collect();
    (read, unread)
}

/// Does a job.
///
/// Long because it has an arm for each kind of job.
fn answer(session: &Session, searcher: &Searcher, job: SearchJob) -> Result<Answer, SearchError> {
    let newest = &session.newest;
    Ok(match job {
        SearchJob::Search { id, request } => {
            let page = searcher.search(&request, &|| session.is_superseded(&newest.search, id.0))?;
            let Some(page) = page else {
                return Ok(Answer::default());
            };
            tracing::info!(millis = page.millis, articles = page.articles.len(), "searched");
            Answer::of(page, |page| SearchEvent::Done {
                id,
                page: Arc::new(page),
            })
        }
        SearchJob::LoadRows {
            id,
            page,
            request,
            rows,
        } => {
            let first = rows.start;
            let (hits, unread) = without_unread(searcher.hits(&page, rows, &request));
            Answer::without(unread, SearchEvent::RowsLoaded { id, first, hits })
        }
        SearchJob::FindTitle { id, page, typed, after } => {
            let row = searcher.find_title(&page, &typed, after, &|| session.is_superseded(&newest.find, id.0))?;
            Answer::whole(SearchEvent::TitleFound { id, row })
        }
        SearchJob::LoadFacet {
            id,
            request,
            facet,
            filter_text,
            order,
        } => {
            let counts = searcher.facet_values(&request, facet, &filter_text, order)?;
            Answer::whole(SearchEvent::FacetLoaded {
                id,
                filter_text,
                order,
                counts,
            })
        }
        SearchJob::LoadEntity {
            id,
            entity,
            with,
            request,
        } => {
            let is_superseded = || session.is_superseded(&newest.entity, id.0);
            let page = searcher.entity_page(&entity, &with, &request, &is_superseded)?;
            let page = page.map(Arc::new);
            Answer::whole(EntityEvent::Loaded { id, page })
        }
        SearchJob::LoadAppearances {
            id,
            first,
            articles,
            request,
        } => {
            let (rows, unread) = without_unread(searcher.appearances(&articles, &request));
            Answer::without(unread, EntityEvent::AppearancesLoaded { id, first, rows })
        }
        SearchJob::FindEntities { text, kind } => {
            let found = searcher.find_entities(&text, kind, MAX_FOUND);
            Answer::whole(EntityEvent::Found { text, found })
        }
        SearchJob::LoadSeries(request) => {
            let Some(page) = searcher.search(&request, &|| session.is_over())? else {
                return Ok(Answer::default());
            };
            Answer::of(page, |page| SearchEvent::SeriesLoaded(page.timeline))
        }
        SearchJob::LoadLines { found, at } => {
            let (lines, unread) = without_unread(searcher.lines(&found.page, &found.request, &at));
            Answer::without(unread, SearchEvent::LinesLoaded { id: found.id, lines })
        }
        SearchJob::FindUsual(found) => {
            let is_old = || session.is_superseded(&newest.search, found.id.0);
            let usual = searcher.usual_spelling(&found.request, found.page.n_articles, &is_old)?;
            Answer::whole(SearchEvent::UsualFound { id: found.id, usual })
        }
        SearchJob::LoadDifference(first, second) => {
            let difference = searcher.difference(first, second)?;
            Answer::whole(ReadEvent::DifferenceLoaded(difference.map(Arc::new)))
        }
    })
}

/// Completes what is typed, apart from the search thread: an answer to what is typed never waits for one to what was typed
/// before.
pub struct CompleteWorker {
    context: Arc<Context>,
    inbox: Inbox<Option<(Arc<Session>, CompleteJob)>>,
}

impl CompleteWorker {
    pub fn new(context: Arc<Context>) -> Self {
        let inbox = Inbox::default();
        Self { context, inbox }
    }

    pub fn put(&self, session: Arc<Session>, job: CompleteJob) {
        self.inbox.put(|inbox| *inbox = Some((session, job)));
    }

    pub fn close(&self) {
        self.inbox.close();
    }

    pub fn run(&self) {
        while let Some((session, CompleteJob { id, query_text })) = self.inbox.take(Option::take) {
            let Some(searcher) = self.context.open.searcher(&session) else {
                continue;
            };
            let event = match attempt(|| searcher.completions(&query_text)) {
                Ok(completions) => SearchEvent::Completed { id, completions },
                Err(err) => SearchEvent::LookupFailed {
                    lookup: Lookup::Completions(id),
                    cause: Cause::new(err),
                },
            };
            self.context.tell(&session, event);
        }
    }
}

//! All that is shown of the open archive, in one value that is replaced whole when another one is opened: nothing of the
//! last archive can be left in it.
//!
//! Its parts each keep one thing – the search, the reader, the entities, the corrections – and know nothing of each other.
//! Here is what happens in one because of another: a new search counts the shown entity anew, a page that comes selects
//! and reads an article.
//!
//! Long because what happens in one part because of another stands here and nowhere else.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::ArticleId;
use crate::entities::{Correction, EntityId};
use crate::index::{
    Change, Completion, CompletionKind, Damage, Facet, FacetFilter, ResultPage, SearchRequest, Searcher, SimilarTo,
};

use crate::marks::{ArticleMarks, MarkChange};

use super::change::Change as EditOf;
use super::correct::Correcting;
use super::entity::{Applied, Entities};
use super::event::{
    ArchiveEvent, CorrectEvent, EntityEvent, IndexEvent, Lookup, MarkEvent, Obstacle, ReadEvent, SearchEvent,
};
use super::exporting::ExportView;
use super::id::{RequestId, SearchId, SessionId};
use super::job::{ArchiveJob, CorrectJob, ExportLinesJob, IndexJob, Job, MarkJob, SearchJob};
use super::kwic::KwicView;
use super::left::{Left, TextPlace};
use super::mark_list::MarkList;
use super::marks::{Deed, MarkScope, MarkedArchive, Picked};
use super::news::News;
use super::notice::{Notice, Notices};
use super::open::OpenArchive;
use super::reading::{ComparedArticles, Reading};
use super::report::{FolderChanges, Mended, MissingFiles, NetworkOptions, UpdateSummary};
use super::search::SearchView;
use super::searches::{Searches, Trail, Visit};
use super::settings::Settings;

/// What is shown of the open archive; empty until one was opened.
#[derive(Debug, Default)]
pub struct ArchiveView {
    /// The archive.
    pub open: Option<OpenArchive>,
    /// What is searched for and what was found.
    pub search: SearchView,
    /// The saved and the recent searches.
    pub searches: Searches,
    /// What is new in the saved ones.
    pub news: News,
    /// The way back and forward.
    pub trail: Trail,
    /// The words found in their lines, in the place of the list.
    pub kwic: KwicView,
    /// The notes and highlights of what was found, in the place of the list.
    pub mark_list: MarkList,
    /// What is being exported.
    pub exporting: ExportView,
    /// The article in the reader.
    pub reading: Reading,
    /// The articles whose difference is shown.
    pub compared: Option<ComparedArticles>,
    /// The page of an entity, in the place of the article.
    pub entities: Entities,
    /// The corrections of names.
    pub correcting: Correcting,
    /// What the user marked.
    pub marks: MarkedArchive,
    /// The articles that are picked in the list.
    pub picked: Picked,
    /// What was done in this window and not taken back, in its order.
    deeds: Vec<Deed>,
    n_visits: u64,
    n_steps: u64,
    /// How it was last noted that the archive would be left.
    left: Option<Left>,
}

/// Changes whenever the search field has to show the state's text, although it is being typed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VisitStamp {
    session: Option<SessionId>,
    n_visits: u64,
}

impl ArchiveView {
    /// What is shown of an archive that was just opened.
    pub fn new(open: OpenArchive, settings: &Settings) -> Self {
        Self {
            open: Some(open),
            search: SearchView::new(settings),
            ..Self::default()
        }
    }

    /// What the jobs and events of the archive bear.
    pub fn session(&self) -> Option<SessionId> {
        self.open.as_ref().map(|it| it.session)
    }

    /// See [`VisitStamp`].
    pub fn visit_stamp(&self) -> VisitStamp {
        VisitStamp {
            session: self.session(),
            n_visits: self.n_visits,
        }
    }

    /// Jobs for this archive; none until one is open.
    pub fn jobs(&self, jobs: impl IntoIterator<Item = ArchiveJob>) -> Vec<Job> {
        let Some(session) = self.session() else {
            return Vec::new();
        };
        jobs.into_iter().map(|job| Job::Archive { session, job }).collect()
    }

    /// What is looked at now.
    fn visit(&self) -> Visit {
        Visit {
            request: self.search.request.clone(),
            article: self.reading.wanted,
            page: self.entities.name_page(),
        }
    }

    /// Rises whenever something else is looked at.
    pub fn n_steps(&self) -> u64 {
        self.n_steps
    }

    /// Does what leads to something else; one can go back to what was looked at before.
    fn step<R>(&mut self, go: impl FnOnce(&mut Self) -> R) -> R {
        let here = self.visit();
        let done = go(self);
        let there = self.visit();
        if here != there {
            self.trail.step(here, &there);
            self.n_steps += 1;
        }
        done
    }

    /// What is shown was looked at for a while, the article down to this place: it is remembered, and is what is shown when
    /// the archive is opened next.
    pub fn stay(&mut self, place: TextPlace, settings: &Settings) -> Vec<ArchiveJob> {
        self.trail.stay();
        self.reading.is_by_itself = false;
        let here = self.visit();
        let mut jobs: Vec<_> = self.remember(&here).into_iter().collect();
        let read = here.article.filter(|_| settings.marks_read && here.page.is_none());
        let is_read = |it: &ArticleId| self.marks.of(*it).is_some_and(|it| it.is_read);
        jobs.extend(read.filter(|it| !is_read(it)).map(|it| MarkJob::Read(it).into()));
        let left = Left {
            visit: here,
            place,
            lines: self.kwic.is_on.then_some(self.kwic.sort),
        };
        if self.left.as_ref() != Some(&left) {
            self.left = Some(left.clone());
            jobs.push(ArchiveJob::Leave(Box::new(left)));
        }
        jobs
    }

    /// Shows the archive as it was left.
    fn come_back(&mut self, left: Left) -> Vec<ArchiveJob> {
        self.left = Some(left.clone());
        if let Some(sort) = left.lines {
            (self.kwic.is_on, self.kwic.sort) = (true, sort);
        }
        let jobs = self.return_to(left.visit);
        self.reading.left_at = self.reading.wanted.map(|it| (it, left.place));
        jobs
    }

    /// Searches for what the request says now, and counts the shown entity in it anew.
    pub fn search(&mut self) -> Vec<ArchiveJob> {
        let mut jobs = vec![self.search.search().into()];
        jobs.extend(self.load_entity());
        jobs
    }

    /// Changes what is searched for; one can go back to what it was.
    pub fn change(&mut self, change: impl FnOnce(&mut SearchRequest)) -> Vec<ArchiveJob> {
        let before = self.search.request.clone();
        self.step(|it| change(&mut it.search.request));
        if self.search.request == before {
            return Vec::new();
        }
        self.search()
    }

    /// Puts an offered completion into the request.
    pub fn accept_completion(&mut self, completion: Completion) -> Vec<ArchiveJob> {
        self.search.complete(None);
        let kind = completion.kind;
        let mut jobs = self.change(|request| {
            request.query_text = completion.query_text;
            let values = &mut request.filters.values;
            if let Some(filter) = completion.filter
                && !values.contains(&filter)
            {
                values.push(filter);
            }
        });
        if kind == CompletionKind::Operator {
            // What may stand behind it.
            let query_text = self.search.request.query_text.clone();
            jobs.extend(self.search.complete(Some(query_text)).map(ArchiveJob::from));
        }
        jobs
    }

    /// Changes a request that finds nothing.
    pub fn widen(&mut self, change: Change) -> Vec<ArchiveJob> {
        match change {
            Change::WithoutFilter(idx) => self.remove_filter(idx),
            Change::WithoutPeriod => self.change(|request| request.filters.period = None),
            Change::Spelling { query_text, .. }
            | Change::WithoutPart { query_text, .. }
            | Change::AnyWord { query_text } => self.change(|request| request.query_text = query_text),
        }
    }

    /// Requires the value, or drops it if it is required already.
    pub fn toggle_facet(&mut self, filter: FacetFilter) -> Vec<ArchiveJob> {
        self.change(|request| {
            let values = &mut request.filters.values;
            let known = |it: &FacetFilter| it.facet == filter.facet && it.id == filter.id;
            match values.iter().position(known) {
                Some(idx) if values[idx].excluded == filter.excluded => {
                    values.remove(idx);
                }
                Some(idx) => values[idx] = filter,
                None => values.push(filter),
            }
        })
    }

    /// Whether any of a facet's required values is enough, or all of them are required.
    pub fn set_any_of(&mut self, facet: Facet, any: bool) -> Vec<ArchiveJob> {
        self.change(|request| {
            let any_of = &mut request.filters.any_of;
            any_of.retain(|it| *it != facet);
            if any {
                any_of.push(facet);
            }
        })
    }

    /// Drops the chosen value at this place.
    pub fn remove_filter(&mut self, idx: usize) -> Vec<ArchiveJob> {
        self.change(|request| {
            if idx < request.filters.values.len() {
                request.filters.values.remove(idx);
            }
        })
    }

    /// Shows the articles that are like one, and nothing else of what was searched for.
    pub fn show_similar(&mut self, similar_to: SimilarTo) -> Vec<ArchiveJob> {
        self.change(|request| {
            *request = SearchRequest {
                similar_to: Some(similar_to),
                by_stories: request.by_stories,
                counts_stories: request.counts_stories,
                ..SearchRequest::default()
            };
        })
    }

    /// Drops the query, all chosen values and the period.
    pub fn clear_all(&mut self) -> Vec<ArchiveJob> {
        self.change(|request| {
            *request = SearchRequest {
                order: request.order,
                by_stories: request.by_stories,
                counts_stories: request.counts_stories,
                ..SearchRequest::default()
            };
        })
    }

    /// Repeats an earlier search, and shows the article that was read then.
    pub fn repeat(&mut self, visit: Visit) -> Vec<ArchiveJob> {
        let jobs = self.step(|it| it.return_to(visit));
        self.trail.settle();
        jobs
    }

    /// Goes to what was looked at before.
    pub fn back(&mut self) -> Vec<ArchiveJob> {
        let visit = self.trail.back(self.visit());
        visit.map_or_else(Vec::new, |visit| self.return_to(visit))
    }

    /// Goes to what was left by going back.
    pub fn forward(&mut self) -> Vec<ArchiveJob> {
        let visit = self.trail.forward(self.visit());
        visit.map_or_else(Vec::new, |visit| self.return_to(visit))
    }

    fn return_to(&mut self, visit: Visit) -> Vec<ArchiveJob> {
        self.n_visits += 1;
        self.n_steps += 1;
        self.entities.return_to(visit.page);
        self.reading.entity = None;
        let is_other = self.search.request != visit.request;
        self.search.request = visit.request;
        let mut jobs = match is_other {
            true => self.search(),
            false => self.load_entity().into_iter().collect(),
        };
        if self.reading.want(visit.article) {
            jobs.extend(self.read());
        }
        if !is_other {
            self.select_shown();
        }
        jobs
    }

    /// Selects the row of the article that is read, and has the list bring it into view.
    fn select_shown(&mut self) {
        let row = self.reading.wanted.and_then(|it| self.search.row_of(it));
        self.search.select(row);
        if let Some(row) = row {
            self.search.select_found(row);
        }
    }

    /// Remembers a search that was used.
    fn remember(&mut self, visit: &Visit) -> Option<ArchiveJob> {
        let before = self.searches.clone();
        self.searches.remember(visit).then(|| self.save_searches(before))
    }

    /// Keeps the search as it is, with its article, under a name.
    pub fn save_search(&mut self, name: String) -> Vec<ArchiveJob> {
        let mut visit = Visit {
            page: None,
            ..self.visit()
        };
        // What is new will be another thing the next time.
        visit.request.filters.new_since = None;
        let looked_at = self.news.latest().unwrap_or_default();
        self.change_searches(|it| {
            it.save(name.clone(), visit);
            it.look(&name, looked_at);
        })
    }

    /// Repeats a saved search, or shows only what is new in it; it was looked at then.
    pub fn open_saved(&mut self, idx: usize, only_new: bool) -> Vec<ArchiveJob> {
        let Some(saved) = self.searches.saved.get(idx).cloned() else {
            return Vec::new();
        };
        let since = only_new.then(|| saved.since());
        let mut visit = saved.visit;
        if since.is_some() {
            visit.request.filters.new_since = since;
            // Read is the first of those.
            visit.article = None;
        }
        let mut jobs = self.repeat(visit);
        if let Some(latest) = self
            .news
            .latest()
            .filter(|it| saved.looked_at.is_none_or(|before| before < *it))
        {
            jobs.extend(self.change_searches(|it| it.look(&saved.name, latest)));
        }
        jobs
    }

    fn count_news(&mut self) -> ArchiveJob {
        ArchiveJob::News(self.news.count(&self.searches.saved))
    }

    /// Changes the list of kept searches.
    pub fn change_searches(&mut self, change: impl FnOnce(&mut Searches)) -> Vec<ArchiveJob> {
        let before = self.searches.clone();
        change(&mut self.searches);
        vec![self.save_searches(before), self.count_news()]
    }

    fn save_searches(&self, before: Searches) -> ArchiveJob {
        let after = self.searches.clone();
        IndexJob::SaveSearches(Box::new(EditOf { before, after })).into()
    }

    /// Reads the article in a row.
    pub fn select(&mut self, row: usize) -> Vec<ArchiveJob> {
        self.search.select(Some(row));
        let job = self.step(|it| {
            it.leave_pages();
            it.read_selected()
        });
        self.trail.settle();
        job.into_iter().collect()
    }

    /// Reads the first article that was found, or that of the first line, and brings its row into view.
    pub fn read_first(&mut self) -> Vec<ArchiveJob> {
        if self.kwic.is_on {
            return self.select_line(0);
        }
        let has_rows = self
            .search
            .results
            .value
            .as_ref()
            .is_some_and(|it| !it.articles.is_empty());
        if !has_rows {
            return Vec::new();
        }
        self.search.select_found(0);
        self.select(0)
    }

    /// Reads the article, or goes to the line, so many rows further down the list; up where that is below 0. Where the
    /// article is not in the list, to its first row.
    pub fn select_beside(&mut self, rows: isize) -> Vec<ArchiveJob> {
        let target = |selected: Option<usize>, n_rows: usize| {
            let last = n_rows.checked_sub(1)?;
            Some(selected.map_or(0, |it| it.saturating_add_signed(rows).min(last)))
        };
        if self.kwic.is_on {
            let line = target(self.kwic.selected(), self.kwic.n_lines());
            return line.map_or_else(Vec::new, |line| {
                self.kwic.n_found += 1;
                self.select_line(line)
            });
        }
        let n_rows = self.search.results.value.as_ref().map_or(0, |it| it.articles.len());
        let Some(row) = target(self.search.selected, n_rows) else {
            return Vec::new();
        };
        self.search.select_found(row);
        self.select(row)
    }

    /// Requires some values beside what is chosen, all of them.
    pub fn narrow_to(&mut self, filters: Vec<FacetFilter>) -> Vec<ArchiveJob> {
        self.change(|request| {
            for filter in filters {
                request.filters.any_of.retain(|it| *it != filter.facet);
                let values = &mut request.filters.values;
                values.retain(|it| it.facet != filter.facet || it.id != filter.id);
                values.push(filter);
            }
        })
    }

    /// Reads an article at one of the places that name the shown entity, whether the list shows it or not.
    pub fn read_appearance(&mut self, article: ArticleId, nth: usize) -> Option<ArchiveJob> {
        self.step(|it| {
            it.reading.entity = it.entities.leave_for_article();
            it.reading.nth_mention = nth;
            let job = it.want(article);
            it.select_shown();
            job
        })
    }

    /// Shows the words found in their lines, or the articles again.
    pub fn show_lines(&mut self, is_on: bool) -> Option<ArchiveJob> {
        self.mark_list.is_on &= !is_on;
        self.kwic.show(is_on, self.search.found_page()).map(ArchiveJob::from)
    }

    /// Shows notes and highlights, or articles again.
    pub fn show_marks(&mut self, is_on: bool) -> Vec<ArchiveJob> {
        let stopped = is_on.then(|| self.show_lines(false)).flatten();
        let page = self.search.found_page();
        let listed = self.mark_list.show(is_on, page).map(ArchiveJob::from);
        stopped.into_iter().chain(listed).collect()
    }

    /// Reads the article of a note or highlight; where that is, the reader goes.
    pub fn select_mark(&mut self, idx: usize) -> Vec<ArchiveJob> {
        let article = self.mark_list.select(idx);
        article.map_or_else(Vec::new, |it| self.read_found(it))
    }

    /// Looks up the lines that are on the screen.
    pub fn load_lines(&mut self, visible: Range<usize>) -> Vec<ArchiveJob> {
        let (jobs, more) = self.kwic.load(visible);
        let jobs = jobs.into_iter().map(ArchiveJob::from);
        jobs.chain(more.map(ArchiveJob::from)).collect()
    }

    /// Reads the article of a line; where that is, the reader goes.
    pub fn select_line(&mut self, idx: usize) -> Vec<ArchiveJob> {
        let article = self.kwic.select(idx);
        article.map_or_else(Vec::new, |it| self.read_found(it))
    }

    /// Reads one of the articles that were found.
    fn read_found(&mut self, article: ArticleId) -> Vec<ArchiveJob> {
        let row = self.search.row_of(article);
        self.search.select(row);
        let job = self.step(|it| {
            it.leave_pages();
            it.want(article)
        });
        self.trail.settle();
        job.into_iter().collect()
    }

    /// Writes all lines to a file, in the order that they are shown in.
    pub fn export_lines(&mut self, path: PathBuf) -> Option<ArchiveJob> {
        let found = self.kwic.to_export()?;
        self.kwic.is_exporting = true;
        let sort = self.kwic.shown_sort();
        Some(ExportLinesJob { found, sort, path }.into())
    }

    fn read_selected(&mut self) -> Option<ArchiveJob> {
        let article = self.search.selected_article()?;
        self.want(article)
    }

    /// Reads an article that was chosen, unless it was chosen already.
    fn want(&mut self, article: ArticleId) -> Option<ArchiveJob> {
        if !self.reading.want(Some(article)) {
            return None;
        }
        self.read()
    }

    /// Reads the article that was chosen, again if it was read.
    fn read(&self) -> Option<ArchiveJob> {
        self.reading.read(&self.search.request).map(ArchiveJob::from)
    }

    /// Shows the article again, which was chosen from the list.
    fn leave_pages(&mut self) {
        self.entities.close();
        self.reading.entity = None;
    }

    /// Shows in which words two articles differ.
    pub fn compare(&mut self, first: ArticleId, second: ArticleId) -> ArchiveJob {
        self.compared = Some(ComparedArticles::new(first, second));
        SearchJob::LoadDifference(first, second).into()
    }

    /// Shows the page of an entity, compared with others.
    pub fn show_entity(&mut self, id: EntityId, with: Vec<EntityId>) -> Option<ArchiveJob> {
        self.step(|it| it.entities.show(id, with));
        self.load_entity()
    }

    /// Shows what was shown before the page of an entity or the network, or the article.
    pub fn leave_entity(&mut self) -> Option<ArchiveJob> {
        self.step(|it| it.entities.leave());
        self.load_entity()
    }

    /// Shows the page again from which the article was opened.
    pub fn return_to_entity(&mut self) -> Option<ArchiveJob> {
        let has_returned = self.step(|it| {
            it.reading.entity = None;
            it.entities.return_from_article()
        });
        if has_returned { self.load_entity() } else { None }
    }

    /// Shows who appears with whom, or with one.
    pub fn show_network(&mut self, center: Option<EntityId>) -> Option<ArchiveJob> {
        self.step(|it| it.entities.show_network(center));
        self.load_entity()
    }

    /// Shows other names in the picture of who appears with whom.
    pub fn set_network(&mut self, options: NetworkOptions) -> Option<ArchiveJob> {
        self.entities.network.options = options;
        self.load_entity()
    }

    fn load_entity(&mut self) -> Option<ArchiveJob> {
        self.entities.load(&self.search.request)
    }

    /// Corrects which names are one entity.
    pub fn correct(&mut self, correction: Correction) -> ArchiveJob {
        self.correcting.preview = None;
        match &correction {
            Correction::Merge { from, into } if self.reading.entity.as_ref() == Some(from) => {
                self.reading.entity = Some(into.clone());
            }
            // What is no name is not chosen either: nothing would be found.
            Correction::Hide { entity } => self.search.request.filters.values.retain(|it| it.id != entity.0),
            Correction::Merge { .. }
            | Correction::Split { .. }
            | Correction::Rename { .. }
            | Correction::SetKind { .. }
            | Correction::SetLatin { .. }
            | Correction::KeepApart { .. }
            | Correction::MarkName { .. }
            | Correction::UnmarkName { .. }
            | Correction::SetFacts { .. } => {}
        }
        self.deeds.push(Deed::Corrected);
        self.correcting.ask(correction).into()
    }

    /// Whether something was done in this window that can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.deeds.is_empty()
    }

    /// Takes back what was done last in this window, if it still holds.
    pub fn undo_own(&mut self) -> Option<ArchiveJob> {
        while let Some(deed) = self.deeds.pop() {
            match deed {
                Deed::Marked(edits) => return Some(MarkJob::Undo(edits).into()),
                Deed::Corrected => {
                    if let Some(job) = self.correcting.undo_own() {
                        return Some(job.into());
                    }
                }
            }
        }
        None
    }

    /// The articles that are meant, the first one first.
    fn articles_of(&self, scope: MarkScope) -> Arc<[ArticleId]> {
        match scope {
            MarkScope::One(article) => [article].into(),
            MarkScope::Picked if self.picked.articles.is_empty() => self.reading.wanted.into_iter().collect(),
            MarkScope::Picked => self.picked.articles.as_slice().into(),
            MarkScope::Found => self.found_articles(),
        }
    }

    /// The first of the articles that are meant.
    pub fn first_of(&self, scope: &MarkScope) -> Option<ArticleId> {
        match scope {
            MarkScope::One(article) => Some(*article),
            MarkScope::Picked => self.picked.articles.first().copied().or(self.reading.wanted),
            MarkScope::Found => self.search.results.value.as_ref()?.articles.first().copied(),
        }
    }

    /// All that was found, in its order.
    fn found_articles(&self) -> Arc<[ArticleId]> {
        let page = self.search.results.value.as_ref();
        page.map(|it| Arc::from(&*it.articles)).unwrap_or_default()
    }

    /// Changes the marks of articles; nothing if there are none.
    pub fn mark(&self, scope: MarkScope, change: MarkChange) -> Option<ArchiveJob> {
        let articles = self.articles_of(scope);
        (!articles.is_empty()).then(|| MarkJob::Change { articles, change }.into())
    }

    /// Changes the marks of articles to what the first of them is not.
    pub fn toggle_mark(
        &self,
        scope: MarkScope,
        is: fn(&ArticleMarks) -> bool,
        change: fn(bool) -> MarkChange,
    ) -> Option<ArchiveJob> {
        let articles = self.articles_of(scope);
        let is_so = self.marks.of(*articles.first()?).is_some_and(is);
        let change = change(!is_so);
        Some(MarkJob::Change { articles, change }.into())
    }

    /// Picks articles in the list.
    pub fn pick(&mut self, row: usize, is_range: bool) {
        let rows = self.found_articles();
        match rows.get(row) {
            Some(_) if is_range => self.picked.extend(row, self.search.selected, &rows),
            Some(article) => self.picked.toggle(row, *article),
            None => {}
        }
    }

    /// Picks all that was found.
    pub fn pick_all(&mut self) {
        let rows = self.found_articles();
        self.picked.all(&rows);
    }

    /// Takes over news of this archive.
    pub fn apply(&mut self, event: ArchiveEvent, settings: &Settings, notices: &mut Notices) -> Vec<ArchiveJob> {
        match event {
            ArchiveEvent::Index(event) => self.apply_index(event, settings, notices),
            ArchiveEvent::Search(event) => self.apply_search(event, notices),
            ArchiveEvent::Read(event) => self.apply_read(event).into_iter().collect(),
            ArchiveEvent::Entity(event) => self.apply_entity(event, notices).into_iter().collect(),
            ArchiveEvent::Correct(event) => self.apply_correct(event, notices),
            ArchiveEvent::Mark(event) => self.apply_mark(event, notices),
            ArchiveEvent::Export(event) => {
                if let Some(notice) = self.exporting.apply(event) {
                    notices.replace(notice);
                }
                Vec::new()
            }
            ArchiveEvent::Kwic(event) => {
                if let Some(notice) = self.kwic.apply(event) {
                    notices.replace(notice);
                }
                Vec::new()
            }
        }
    }

    fn apply_index(&mut self, event: IndexEvent, settings: &Settings, notices: &mut Notices) -> Vec<ArchiveJob> {
        match event {
            IndexEvent::Progress(progress) => self.set_open(|it| it.progress = Some(progress)),
            IndexEvent::Changed { n_articles } => return self.index_changed(n_articles),
            IndexEvent::Damaged(damage) => return self.damaged(damage, notices),
            IndexEvent::StoriesFound => return self.search(),
            IndexEvent::NamesFound => {
                let mut jobs = self.search_and_read();
                jobs.push(self.count_news());
                return jobs;
            }
            IndexEvent::Updated(summary) => return self.updated(summary, notices),
            IndexEvent::FolderChanged(changes) => return folder_changed(changes, settings, notices),
            IndexEvent::MissingFiles(missing) => self.set_missing(missing, notices),
            IndexEvent::OtherIsDone => {
                notices.retain(|it| !matches!(it, Notice::Blocked(Obstacle::OtherWindowWrites)));
                return vec![IndexJob::Update.into()];
            }
            IndexEvent::Blocked(obstacle) => {
                self.set_open(|it| it.progress = None);
                notices.block(obstacle);
            }
            IndexEvent::UpdateFailed(cause) => {
                self.set_open(|it| it.progress = None);
                notices.replace(Notice::UpdateFailed(cause));
            }
            IndexEvent::WatchFailed(cause) => notices.cannot_watch(cause),
            IndexEvent::ReadingCorrected { made, before } => notices.replace(Notice::ReadingCorrected { made, before }),
            IndexEvent::SearchesLoaded(searches) => {
                self.searches = searches;
                return vec![self.count_news()];
            }
            IndexEvent::NewsCounted { id, news, latest } => self.news.counted(id, news, latest),
            IndexEvent::LeftLoaded(left) => return self.come_back(*left),
            IndexEvent::SearchesChanged(change) => {
                change.apply_to(&mut self.searches);
                return vec![self.count_news()];
            }
            IndexEvent::SearchesSaved(others) => {
                notices.retain(|it| !matches!(it, Notice::SearchesNotSaved(_)));
                if let Some(change) = others {
                    change.apply_to(&mut self.searches);
                }
            }
            IndexEvent::SearchesNotSaved(cause) => notices.replace(Notice::SearchesNotSaved(cause)),
        }
        Vec::new()
    }

    fn set_open(&mut self, set: impl FnOnce(&mut OpenArchive)) {
        if let Some(open) = &mut self.open {
            set(open);
        }
    }

    fn index_changed(&mut self, n_articles: u64) -> Vec<ArchiveJob> {
        self.set_open(|it| it.n_articles = n_articles);
        let mut jobs = self.search();
        jobs.extend(self.search.load_series().map(ArchiveJob::from));
        jobs
    }

    /// What was found may be wrong: it is taken back and asked for again, while the files of the damaged part are read.
    fn damaged(&mut self, damage: Damage, notices: &mut Notices) -> Vec<ArchiveJob> {
        notices.retain(|it| !matches!(it, Notice::LookupFailed(_) | Notice::IndexMended(_)));
        notices.replace(Notice::IndexDamaged(damage.articles));
        self.search.withdraw();
        let mut jobs = self.search_and_read();
        jobs.extend(self.search.load_series().map(ArchiveJob::from));
        if damage != Damage::default() {
            jobs.push(IndexJob::Update.into());
        }
        jobs
    }

    /// What the names refer to has changed, and they are marked in the reader too.
    fn search_and_read(&mut self) -> Vec<ArchiveJob> {
        let mut jobs = self.search();
        jobs.extend(self.read());
        jobs
    }

    /// What was told of the same missing files before stays dismissed.
    fn set_missing(&mut self, missing: MissingFiles, notices: &mut Notices) {
        let Some(open) = &mut self.open else { return };
        if open.missing != missing {
            open.missing = missing.clone();
            notices.miss(missing);
        }
    }

    fn updated(&mut self, summary: UpdateSummary, notices: &mut Notices) -> Vec<ArchiveJob> {
        notices.retain(|it| !matches!(it, Notice::UnreadableFiles(_)));
        if !summary.unreadable.is_empty() {
            notices.push(Notice::UnreadableFiles(summary.unreadable.clone()));
        }
        self.set_missing(summary.missing.clone(), notices);
        if let Some(mended) = summary.mended {
            notices.retain(|it| !matches!(it, Notice::IndexDamaged(_)));
            // An index that was replaced by another may have held nothing that is not in a file.
            if mended != Mended::default() {
                notices.replace(Notice::IndexMended(mended));
            }
        }
        let has_changes = summary.changed != 0;
        self.set_open(|it| {
            it.progress = None;
            it.n_articles = summary.articles;
            it.summary = Some(summary);
        });
        let mut jobs = vec![CorrectJob::LoadSuggestions.into(), self.count_news()];
        if has_changes {
            jobs.extend(self.read());
        }
        jobs
    }

    fn apply_search(&mut self, event: SearchEvent, notices: &mut Notices) -> Vec<ArchiveJob> {
        let search = &mut self.search;
        match event {
            SearchEvent::Done { id, page } => return self.search_done(id, page),
            SearchEvent::TitleFound { id, row } => return self.title_found(id, row).into_iter().collect(),
            SearchEvent::Failed { id, cause } => {
                let again = search.fail(id, cause).map(ArchiveJob::from);
                return again.into_iter().collect();
            }
            SearchEvent::LookupFailed { lookup, cause } => {
                self.lookup_failed(lookup);
                notices.replace(Notice::LookupFailed(cause));
            }
            SearchEvent::Completed { id, completions } => search.completed(id, completions),
            SearchEvent::RowsLoaded { id, first, hits } => search.rows_loaded(id, first, hits),
            SearchEvent::FacetLoaded {
                id,
                filter_text,
                order,
                counts,
            } => search.facet_loaded(id, &filter_text, order, counts),
            SearchEvent::SeriesLoaded(days) => search.series_loaded(days),
            SearchEvent::LinesLoaded { id, lines } => self.kwic.loaded(id, lines),
            SearchEvent::ChartExported(path) => notices.replace(Notice::ChartExported(path)),
            SearchEvent::ChartNotExported(path, cause) => notices.replace(Notice::ChartNotExported(path, cause)),
            SearchEvent::UsualFound { id, usual } => search.usual_found(id, usual),
        }
        Vec::new()
    }

    /// Waits no longer for what could not be looked up.
    fn lookup_failed(&mut self, lookup: Lookup) {
        match lookup {
            Lookup::Part | Lookup::Rows | Lookup::Title | Lookup::Lines | Lookup::Usual => {}
            Lookup::Facet {
                id,
                facet,
                filter_text,
                order,
            } => self.search.facet_failed(id, facet, &filter_text, order),
            Lookup::Completions(id) => self.search.complete_failed(id),
            Lookup::Entities(text) => self.entities.find_failed(&text),
            Lookup::Series => self.search.series_failed(),
            Lookup::Difference(first, second) => {
                if let Some(compared) = &mut self.compared {
                    compared.fail(first, second);
                }
            }
        }
    }

    fn search_done(&mut self, id: SearchId, page: Arc<ResultPage>) -> Vec<ArchiveJob> {
        if !self.search.is_newest(id) {
            return Vec::new();
        }
        let has_hits = !page.articles.is_empty();
        let is_reading = self.open.as_ref().is_some_and(OpenArchive::is_reading);
        let is_first_wanted = self.reading.wanted.is_none() || self.reading.is_by_itself && is_reading;
        let wanted = self.reading.wanted.filter(|_| !is_first_wanted);
        let words_changed = self.search.show_page(id, page, wanted);
        self.compare_reading();
        let jobs = self.search.load_beside_page().into_iter();
        let mut jobs: Vec<_> = jobs.map(ArchiveJob::from).collect();
        jobs.extend(self.search.find_usual().map(ArchiveJob::from));
        let page = self.search.found_page();
        jobs.extend(self.mark_list.ask(page.clone()).map(ArchiveJob::from));
        jobs.extend(page.and_then(|it| self.kwic.begin(it)).map(ArchiveJob::from));
        if is_first_wanted && has_hits {
            self.search.selected = Some(0);
            jobs.extend(self.read_selected());
            self.reading.is_by_itself = true;
        } else if words_changed {
            jobs.extend(self.read());
        }
        jobs
    }

    fn title_found(&mut self, id: RequestId, row: Option<usize>) -> Option<ArchiveJob> {
        if !self.search.title_found(id, row) {
            return None;
        }
        self.step(|it| {
            it.leave_pages();
            it.read_selected()
        })
    }

    /// Whether the article on the screen was found is said beside it.
    fn compare_reading(&mut self) {
        self.reading.compare_with(self.search.results.value.as_deref());
    }

    fn apply_read(&mut self, event: ReadEvent) -> Option<ArchiveJob> {
        match event {
            ReadEvent::Done(article) => {
                self.reading.show(article);
                self.compare_reading();
            }
            ReadEvent::Picture {
                article,
                wanted,
                decoded,
            } => {
                return self
                    .reading
                    .show_picture(&article, wanted, decoded)
                    .map(ArchiveJob::from);
            }
            ReadEvent::Failed { article, .. } if self.reading.left_at.is_some_and(|(it, _)| it == article) => {
                // It was there when the archive was left.
                self.reading.want(None);
                self.search.selected = self.search.results.value.as_ref().map(|_| 0);
                return self.read_selected();
            }
            ReadEvent::Failed { article, cause } => self.reading.fail(article, cause),
            ReadEvent::DifferenceLoaded(None) => self.compared = None,
            ReadEvent::DifferenceLoaded(Some(found)) => {
                if let Some(compared) = &mut self.compared {
                    compared.show(found);
                }
            }
        }
        None
    }

    fn apply_entity(&mut self, event: EntityEvent, notices: &mut Notices) -> Option<ArchiveJob> {
        match self.entities.apply(event, notices) {
            Applied::Done(more) => more.map(ArchiveJob::from),
            Applied::Gone => self.leave_entity(),
        }
    }

    fn apply_mark(&mut self, event: MarkEvent, notices: &mut Notices) -> Vec<ArchiveJob> {
        match event {
            MarkEvent::Changed { marks, done } => {
                self.marks = marks;
                notices.retain(|it| !matches!(it, Notice::Marked(_) | Notice::MarkFailed(_)));
                // An article that was read while one looks for what is unread stays in the list.
                let stays = done.is_none() && self.asks_for_marks();
                if let Some(done) = done {
                    self.deeds.push(Deed::Marked(done.undo.clone()));
                    notices.push(Notice::Marked(done));
                }
                if !stays {
                    return self.search();
                }
                let page = self.search.found_page();
                return self.mark_list.ask(page).map(ArchiveJob::from).into_iter().collect();
            }
            MarkEvent::Failed(failure) => notices.replace(Notice::MarkFailed(failure)),
            MarkEvent::Listed { id, rows } => self.mark_list.arrive(id, rows),
            MarkEvent::Imported(n_articles) => notices.push(Notice::MarksImported(n_articles)),
            MarkEvent::Exported(path) => notices.push(Notice::MarksExported(path)),
        }
        Vec::new()
    }

    /// Whether what was found depends on marks.
    fn asks_for_marks(&self) -> bool {
        let request = &self.search.request;
        request.filters.values.iter().any(|it| it.facet == Facet::Mark) || Searcher::asks_for_marks(&request.query_text)
    }

    fn apply_correct(&mut self, event: CorrectEvent, notices: &mut Notices) -> Vec<ArchiveJob> {
        match event {
            CorrectEvent::Changed { corrections, names } => {
                let changed = self.correcting.changed(corrections, names);
                self.entities.forget_mentions();
                notices.retain(|it| !matches!(it, Notice::Corrected(_)));
                if let Some(made) = changed.made {
                    notices.push(Notice::Corrected(made));
                }
                let mut jobs = self.search_and_read();
                jobs.extend(changed.suggests.map(ArchiveJob::from));
                if changed.is_of_articles {
                    jobs.push(IndexJob::Update.into());
                }
                return jobs;
            }
            CorrectEvent::Previewed { correction, preview } => self.correcting.previewed(&correction, preview),
            CorrectEvent::Failed(failure) => {
                self.correcting.failed();
                notices.push(Notice::CorrectionFailed(failure));
            }
            CorrectEvent::Imported(report) => notices.push(Notice::CorrectionsImported(report)),
            CorrectEvent::Exported(path) => notices.push(Notice::CorrectionsExported(path)),
            CorrectEvent::SuggestionsLoaded(suggestions) => self.correcting.show_suggestions(suggestions),
        }
        Vec::new()
    }
}

/// New files are read at once if that is wanted, and told otherwise; not at all while they could not be read.
fn folder_changed(changes: FolderChanges, settings: &Settings, notices: &mut Notices) -> Vec<ArchiveJob> {
    notices.retain(|it| !matches!(it, Notice::FolderChanged(_)));
    if notices.is_blocked() {
        return Vec::new();
    }
    if settings.adds_new_files {
        return vec![IndexJob::Update.into()];
    }
    notices.push(Notice::FolderChanged(changes));
    Vec::new()
}

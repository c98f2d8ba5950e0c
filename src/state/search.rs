//! What is searched for and what was found: the list, the facets, the timeline, and what is offered while one types.
//!
//! Every answer is shown only if it belongs to the newest question, and an old one stays on the screen until its successor
//! comes. What was found is not read here: see [`Reading`](super::Reading).

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::archive::ArticleId;
use crate::index::{
    Completion, DayCount, Facet, FacetCounts, FacetFilter, FacetOrder, Hit, ResultPage, SearchRequest, UsualSpelling,
};

use super::cause::Cause;
use super::command::SeriesChoice;
use super::id::{RequestId, SearchId};
use super::job::{CompleteJob, SearchJob};
use super::pending::Pending;
use super::report::FoundPage;
use super::settings::Settings;

/// Rows are looked up in groups of this many, so that scrolling asks rarely. Picked by feel: about two screens of rows.
const ROW_GROUP: usize = 40;

/// More articles than these are not looked at for rare words: one that they need could not be among so many. Any word may
/// be rare in a query that finds some with another; twice as many as a rare word has.
const MOST_OF_RARE: u64 = 20;

/// The search of an archive.
#[derive(Debug, Default)]
pub struct SearchView {
    /// What is searched for.
    pub request: SearchRequest,
    /// The answer on the screen, and whether a newer one is on its way.
    pub results: Pending<Arc<ResultPage>>,
    /// Why the newest search has no answer; the page of the one before stays on the screen.
    pub failure: Option<Cause>,
    /// The rows of `results` that were looked up.
    pub rows: Rows,
    /// The row that is selected.
    pub selected: Option<usize>,
    /// The facet of which all values are shown.
    pub facet_list: Option<FacetList>,
    /// What may be meant by what is being typed.
    pub completions: Pending<Vec<Completion>>,
    /// A second series of the timeline.
    pub series: Option<Series>,
    /// The query of the result on the screen with its rare words as they are usually written.
    pub usual: Option<UsualSpelling>,
    /// How often a row was found by its title: when this rises, the list brings the selected row into view.
    pub n_found: u64,
    options: SettledOptions,
    newest: SearchId,
    newest_completion: RequestId,
    newest_find: RequestId,
    /// The search that `results` shows.
    shown: Option<ShownSearch>,
}

/// What the settings say of every request.
#[derive(Debug, Default)]
struct SettledOptions {
    without_inferred: bool,
    as_typed: bool,
}

#[derive(Debug)]
struct ShownSearch {
    id: SearchId,
    request: SearchRequest,
}

/// The looked-up rows of the result on the screen.
#[derive(Debug, Default)]
pub struct Rows {
    hits: HashMap<usize, Hit>,
    /// The groups of [`ROW_GROUP`] rows that were asked for.
    asked: HashSet<usize>,
}

impl Rows {
    /// What the row shows, once it was looked up.
    pub fn get(&self, row: usize) -> Option<&Hit> {
        self.hits.get(&row)
    }

    /// What the rows showed, where the same articles stand in another list; not looked for far below them.
    fn of_articles(self, articles: &[ArticleId]) -> HashMap<usize, Hit> {
        let end = self.hits.keys().max().map_or(0, |last| last + ROW_GROUP);
        let mut known: HashMap<ArticleId, Hit> = self.hits.into_values().map(|hit| (hit.article, hit)).collect();
        let rows = articles.iter().take(end).enumerate();
        rows.filter_map(|(row, article)| Some((row, known.remove(article)?)))
            .collect()
    }
}

/// All values of a facet.
#[derive(Clone, Debug)]
pub struct FacetList {
    /// Whose values they are.
    pub facet: Facet,
    /// What the names hold.
    pub text: String,
    /// The order of the values.
    pub order: FacetOrder,
    /// The values; those for another text or order until they were looked up.
    pub counts: Pending<FacetCounts>,
}

/// A second series of the timeline.
#[derive(Clone, Debug)]
pub struct Series {
    /// The search that it shows; nothing for the whole archive.
    pub request: Option<Box<SearchRequest>>,
    /// Its days, in order. None are drawn if they could not be counted.
    pub days: Pending<Arc<[DayCount]>>,
}

impl SearchView {
    /// The search of an archive that was just opened: for everything.
    pub fn new(settings: &Settings) -> Self {
        let mut it = Self::default();
        it.request.by_stories = settings.by_stories;
        it.follow(settings);
        it
    }

    /// Takes over what the settings say of every request; returns whether that changed anything.
    pub fn follow(&mut self, settings: &Settings) -> bool {
        let SettledOptions {
            without_inferred,
            as_typed,
        } = &mut self.options;
        let before = (*without_inferred, *as_typed);
        (*without_inferred, *as_typed) = (!settings.uses_inferred_dates, settings.spells_as_typed);
        before != (*without_inferred, *as_typed)
    }

    /// Whether the window waits for the answer to a search.
    pub fn is_searching(&self) -> bool {
        self.results.pending
    }

    /// Searches for what the request says now. The old page stays on the screen.
    pub fn search(&mut self) -> SearchJob {
        self.newest = self.newest.next();
        self.request.without_inferred = self.options.without_inferred;
        self.request.as_typed = self.options.as_typed;
        self.results.ask();
        SearchJob::Search {
            id: self.newest,
            request: self.request.clone(),
        }
    }

    /// Whether this is the search that the window waits for, or shows.
    pub fn is_newest(&self, id: SearchId) -> bool {
        id == self.newest
    }

    /// Says why the newest search has no answer. What was being looked up for the page before was given up for it, and is
    /// asked for again where it is still waited for.
    pub fn fail(&mut self, id: SearchId, cause: Cause) -> Option<SearchJob> {
        if id != self.newest {
            return None;
        }
        self.results.fail();
        self.failure = Some(cause);
        self.rows.asked.clear();
        let list = self.facet_list.as_ref();
        let is_awaited = list.is_some_and(|it| it.counts.pending || it.counts.value.is_none());
        if is_awaited { self.load_facet_list() } else { None }
    }

    /// Takes back what is shown: it may be wrong.
    pub fn withdraw(&mut self) {
        self.results.value = None;
        self.rows = Rows::default();
        self.shown = None;
        self.selected = None;
    }

    /// The row in which an article stands.
    pub fn row_of(&self, article: ArticleId) -> Option<usize> {
        let page = self.results.value.as_ref()?;
        page.articles.iter().position(|it| *it == article)
    }

    /// The article in the selected row.
    pub fn selected_article(&self) -> Option<ArticleId> {
        let page = self.results.value.as_ref()?;
        page.articles.get(self.selected?).copied()
    }

    /// Selects a row by hand: one that is still sought by its title comes too late.
    pub fn select(&mut self, row: Option<usize>) {
        self.newest_find = self.newest_find.next();
        self.selected = row;
    }

    /// Selects a row because of what it holds, and has the list bring it into view.
    pub fn select_found(&mut self, row: usize) {
        self.selected = Some(row);
        self.n_found += 1;
    }

    /// Shows the answer to the newest search, in which the article that is read, `wanted`, stays selected. Returns
    /// whether the words that are searched for are others than those of the page before.
    pub fn show_page(&mut self, id: SearchId, page: Arc<ResultPage>, wanted: Option<ArticleId>) -> bool {
        self.take_over_values(&page.chosen);
        let words_changed = self.shown.as_ref().is_none_or(|shown| {
            shown.request.query_text != self.request.query_text || shown.request.as_typed != self.request.as_typed
        });
        let request = self.request.clone();
        self.shown = Some(ShownSearch { id, request });
        let rows = std::mem::take(&mut self.rows);
        self.newest_find = self.newest_find.next();
        let page = self.unfolded_as_before(page);
        if !words_changed {
            // They show what they did until they are looked up again: nothing flickers when articles come.
            self.rows.hits = rows.of_articles(&page.articles);
        }
        self.results.arrive(page);
        self.usual = None;
        self.failure = None;
        self.selected = wanted.and_then(|it| self.row_of(it));
        words_changed
    }

    /// The chosen values as they are called now: two that were merged are chosen once.
    fn take_over_values(&mut self, chosen: &[FacetFilter]) {
        let values = &mut self.request.filters.values;
        if chosen.len() != values.len() {
            return;
        }
        values.clear();
        for it in chosen {
            if !values.iter().any(|known| known.facet == it.facet && known.id == it.id) {
                values.push(it.clone());
            }
        }
    }

    /// The page, with the stories unfolded that are so on the screen and are still there.
    fn unfolded_as_before(&self, mut page: Arc<ResultPage>) -> Arc<ResultPage> {
        let unfolded: HashSet<ArticleId> = self.results.value.as_ref().map_or_else(HashSet::new, |before| {
            let first = |&(row, _): &(usize, usize)| before.articles.get(row).copied();
            before.unfolded.iter().filter_map(first).collect()
        });
        if unfolded.is_empty() {
            return page;
        }
        let rows = (0..page.articles.len())
            .rev()
            .filter(|&row| unfolded.contains(&page.articles[row]));
        for row in rows.collect::<Vec<_>>() {
            page = Arc::new(page.with_story_toggled(row));
        }
        page
    }

    /// Looks up what stands beside a page that was just shown: its first rows, and the values that are listed.
    pub fn load_beside_page(&mut self) -> Vec<SearchJob> {
        let mut jobs = self.load_rows(0..ROW_GROUP);
        jobs.extend(self.load_facet_list());
        jobs
    }

    /// Looks up how the rare words of the query are usually written, if the page that was just shown has few articles.
    pub fn find_usual(&self) -> Option<SearchJob> {
        let found = self.found_page()?;
        let has_few = 0 < found.page.n_articles && found.page.n_articles <= MOST_OF_RARE;
        let has_words = !found.request.query_text.trim().is_empty();
        (has_few && has_words).then_some(SearchJob::FindUsual(found))
    }

    /// Offers the query with its rare words as they are usually written, if it is that of the result on the screen.
    pub fn usual_found(&mut self, id: SearchId, usual: Option<UsualSpelling>) {
        if self.shows(id) && self.newest == id {
            self.usual = usual;
        }
    }

    /// The result on the screen, with what it answers.
    pub fn found_page(&self) -> Option<FoundPage> {
        let (shown, page) = (self.shown.as_ref()?, self.results.value.as_ref()?);
        Some(FoundPage {
            id: shown.id,
            request: shown.request.clone(),
            page: Arc::clone(page),
        })
    }

    /// Looks up the rows that are on the screen, where that was not asked for yet.
    pub fn load_rows(&mut self, rows: Range<usize>) -> Vec<SearchJob> {
        let (Some(page), Some(shown)) = (&self.results.value, &self.shown) else {
            return Vec::new();
        };
        let end = rows.end.min(page.articles.len());
        let groups = rows.start / ROW_GROUP..end.div_ceil(ROW_GROUP);
        let mut jobs = Vec::new();
        for group in groups {
            if self.rows.asked.insert(group) {
                let first = group * ROW_GROUP;
                jobs.push(SearchJob::LoadRows {
                    id: shown.id,
                    page: page.clone(),
                    request: shown.request.clone(),
                    rows: first..(first + ROW_GROUP).min(page.articles.len()),
                });
            }
        }
        jobs
    }

    /// Takes over rows, if they are of the result on the screen.
    pub fn rows_loaded(&mut self, id: SearchId, first: usize, hits: Vec<Hit>) {
        let Some(page) = self.results.value.as_ref().filter(|_| self.shows(id)) else {
            return;
        };
        // Articles that are gone by now are left out, so a hit is found by its article.
        let mut row = first;
        for hit in hits {
            while page.articles.get(row).is_some_and(|it| *it != hit.article) {
                row += 1;
            }
            self.rows.hits.insert(row, hit);
        }
    }

    /// The search whose page is on the screen: what is looked up beside it bears this.
    pub fn shown_id(&self) -> Option<SearchId> {
        self.shown.as_ref().map(|it| it.id)
    }

    fn shows(&self, id: SearchId) -> bool {
        self.shown_id() == Some(id)
    }

    /// Shows the other articles of a row's story, or hides them. The rows that were looked up keep their articles, and the
    /// article that is read, `wanted`, stays selected.
    pub fn toggle_story(&mut self, row: usize, wanted: Option<ArticleId>) {
        if let Some(page) = &self.results.value {
            let toggled = page.with_story_toggled(row);
            let n_before = page.articles.len();
            let hits = std::mem::take(&mut self.rows.hits);
            self.rows.asked.clear();
            for (idx, hit) in hits {
                let moved = match idx <= row {
                    true => idx,
                    false => (idx + toggled.articles.len()).saturating_sub(n_before),
                };
                if toggled.articles.get(moved) == Some(&hit.article) {
                    self.rows.hits.insert(moved, hit);
                }
            }
            self.newest_find = self.newest_find.next();
            self.results.value = Some(Arc::new(toggled));
        }
        self.selected = wanted.and_then(|it| self.row_of(it)).or(Some(row));
    }

    /// Seeks the next row whose title begins with what was typed.
    pub fn find_title(&mut self, typed: String, after: Option<usize>) -> Option<SearchJob> {
        let page = self.results.value.clone()?;
        self.newest_find = self.newest_find.next();
        Some(SearchJob::FindTitle {
            id: self.newest_find,
            page,
            typed,
            after,
        })
    }

    /// Selects the row that was sought by its title; returns whether that was still wanted.
    pub fn title_found(&mut self, id: RequestId, row: Option<usize>) -> bool {
        let row = row.filter(|_| id == self.newest_find);
        if let Some(row) = row {
            self.select_found(row);
        }
        row.is_some()
    }

    /// Looks up what may be meant by what is being typed; nothing while it is not typed in.
    pub fn complete(&mut self, query_text: Option<String>) -> Option<CompleteJob> {
        self.newest_completion = self.newest_completion.next();
        let Some(query_text) = query_text else {
            self.completions = Pending::default();
            return None;
        };
        self.completions.ask();
        Some(CompleteJob {
            id: self.newest_completion,
            query_text,
        })
    }

    /// Offers what was looked up, if it is still what is typed.
    pub fn completed(&mut self, id: RequestId, completions: Vec<Completion>) {
        if id == self.newest_completion {
            self.completions.arrive(completions);
        }
    }

    /// Offers nothing, as it could not be looked up: what is offered for an earlier text would undo what was typed since.
    pub fn complete_failed(&mut self, id: RequestId) {
        if id == self.newest_completion {
            self.completions = Pending::default();
            self.completions.fail();
        }
    }

    /// Lists all values of a facet whose name holds a text, in an order. `None` closes the list.
    pub fn list_facet(&mut self, list: Option<(Facet, String, FacetOrder)>) -> Option<SearchJob> {
        let shown = self.facet_list.take();
        let (facet, text, order) = list?;
        let before = shown.filter(|it| it.facet == facet).map(|it| it.counts);
        self.facet_list = Some(FacetList {
            facet,
            text,
            order,
            counts: before.unwrap_or_default(),
        });
        self.load_facet_list()
    }

    /// Looks up the values that are listed. Before the first page comes there are none to be counted.
    fn load_facet_list(&mut self) -> Option<SearchJob> {
        let list = self.facet_list.as_mut()?;
        let Some(shown) = &self.shown else {
            if self.failure.is_some() {
                list.counts.fail();
            }
            return None;
        };
        list.counts.ask();
        Some(SearchJob::LoadFacet {
            id: shown.id,
            request: shown.request.clone(),
            facet: list.facet,
            filter_text: list.text.clone(),
            order: list.order,
        })
    }

    /// Takes over the values of a facet, where they are still looked at.
    pub fn facet_loaded(&mut self, id: SearchId, filter_text: &str, order: FacetOrder, counts: FacetCounts) {
        if let Some(list) = self.listed(id, counts.facet, filter_text, order) {
            list.counts.arrive(counts);
        }
    }

    /// Waits no longer for the values of a facet, where they are still looked at.
    pub fn facet_failed(&mut self, id: SearchId, facet: Facet, filter_text: &str, order: FacetOrder) {
        if let Some(list) = self.listed(id, facet, filter_text, order) {
            list.counts.fail();
        }
    }

    /// The list of values, if it is still this one.
    fn listed(&mut self, id: SearchId, facet: Facet, text: &str, order: FacetOrder) -> Option<&mut FacetList> {
        let is_shown = self.shows(id);
        let list = self.facet_list.as_mut().filter(|_| is_shown)?;
        ((list.facet, list.text.as_str(), list.order) == (facet, text, order)).then_some(list)
    }

    /// Draws a second series on the timeline, or none.
    pub fn compare_timeline(&mut self, choice: Option<SeriesChoice>) -> Option<SearchJob> {
        self.series = choice.and_then(|choice| {
            let mut days = Pending::default();
            let request = match choice {
                SeriesChoice::Archive => None,
                SeriesChoice::Current => {
                    days.arrive(Arc::clone(&self.results.value.as_ref()?.timeline));
                    Some(Box::new(self.shown.as_ref()?.request.clone()))
                }
            };
            Some(Series { request, days })
        });
        self.load_series()
    }

    /// Counts the whole archive, where the timeline shows it.
    pub fn load_series(&mut self) -> Option<SearchJob> {
        self.of_archive()?.days.ask();
        Some(SearchJob::LoadSeries(SearchRequest {
            without_inferred: self.options.without_inferred,
            ..SearchRequest::default()
        }))
    }

    /// Takes over the days of the whole archive, where the timeline shows it.
    pub fn series_loaded(&mut self, days: Arc<[DayCount]>) {
        if let Some(series) = self.of_archive() {
            series.days.arrive(days);
        }
    }

    /// Draws the whole archive no longer: it could not be counted.
    pub fn series_failed(&mut self) {
        if let Some(series) = self.of_archive() {
            series.days.fail();
        }
    }

    /// The second series, if it is that of the whole archive.
    fn of_archive(&mut self) -> Option<&mut Series> {
        self.series.as_mut().filter(|it| it.request.is_none())
    }
}

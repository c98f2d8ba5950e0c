//! The state of the program and every way in which it changes.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::ArticleId;
use crate::entities::{Correction, Corrections, EntityId, ImportReport};
use crate::index::{
    Change, Completion, CompletionKind, CorrectionPreview, DayCount, Difference, EntityPage, Facet, FacetCounts,
    FacetOrder, FoundEntity, Hit, ResultPage, SearchRequest,
};

use super::message::{
    ArchiveRoot, Command, CorrectionFailure, Event, FilePurpose, FolderChanges, Job, NamedSuggestion, OpenFailure,
    ReadArticle, SeriesChoice, UpdateProgress, UpdateSummary,
};
use super::searches::{Searches, Trail, Visit};
use super::settings::Settings;
/// Rows are looked up in groups of this many, so that scrolling asks rarely.
const ROW_GROUP: usize = 40;

/// Everything the window shows.
#[derive(Debug, Default)]
pub struct AppState {
    /// What the user chose once and for all.
    pub settings: Settings,
    /// The open archive.
    pub archive: Option<ArchiveState>,
    /// The archive that is being opened.
    pub opening: Option<ArchiveRoot>,
    /// What is searched for.
    pub request: SearchRequest,
    /// The answer on the screen, and whether a newer one is on its way.
    pub results: Pending<Arc<ResultPage>>,
    /// The rows of `results` that were looked up.
    pub rows: Rows,
    /// What the user typed above a facet, and the values that hold it.
    pub facet_filters: HashMap<Facet, FacetSearch>,
    /// What may be meant by what is being typed.
    pub completions: Pending<Vec<Completion>>,
    /// The facet of which all values are shown.
    pub facet_list: Option<FacetList>,
    /// A second series of the timeline.
    pub series: Option<Series>,
    /// The articles whose difference is shown, and the difference once it was found.
    pub difference: Option<(ArticleId, ArticleId, Option<Arc<Difference>>)>,
    /// The saved and the recent searches of the archive.
    pub searches: Searches,
    /// The way back and forward.
    pub trail: Trail,
    /// How often a search was taken up again: when this rises, the search field shows the state's text.
    pub n_visits: u64,
    /// The row that is selected.
    pub selected: Option<usize>,
    /// The article in the reader.
    pub reading: Reading,
    /// The page of an entity, shown in the place of the article.
    pub entity: Option<EntityView>,
    /// What the user typed to find another entity.
    pub entity_search: EntitySearch,
    /// The corrections that the archive is counted by, in the order in which they were made.
    pub corrections: Arc<Corrections>,
    /// What the entities in `corrections` are called where nothing is corrected.
    pub corrected_names: HashMap<EntityId, String>,
    /// The correction that is thought about, and what it would change once that was worked out.
    pub preview: Option<(Correction, Option<CorrectionPreview>)>,
    /// Which entities may be one, once that was looked up.
    pub suggestions: Pending<Vec<NamedSuggestion>>,
    /// The entities that stand in `suggestions`.
    pub suggested: HashSet<EntityId>,
    /// What the user should know, the oldest first.
    pub notices: Vec<Notice>,
    /// Whether a folder dialog is open.
    pub picking: bool,
    /// Whether no dialog can be shown here, so that a path is typed instead.
    pub asks_for_path: bool,
    /// What a file's path is typed for, as no dialog can be shown here. Never both.
    pub asks_for_file: Option<FilePurpose>,
    /// How often a row was found by its title: when this rises, the list brings the selected row into view.
    pub n_found: u64,
    newest_search: u64,
    /// Counts the wishes for completions; also raised when the answer to the last one is void.
    newest_completion: u64,
    /// Counts the wishes for a row by its title; also raised when the answer to the last one is void.
    newest_find: u64,
    /// Counts the wishes for an entity's page.
    newest_entity: u64,
    /// The generation that `results` shows.
    shown_search: u64,
    shown_request: SearchRequest,
}

/// The open archive.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchiveState {
    /// Which one.
    pub root: ArchiveRoot,
    /// The folder it lies in.
    pub folder: PathBuf,
    /// How many articles are indexed.
    pub n_articles: u64,
    /// How far reading has come, while it goes on.
    pub progress: Option<UpdateProgress>,
    /// What the last reading came to.
    pub summary: Option<UpdateSummary>,
}

/// A value that is replaced when its successor arrives, and shown until then.
#[derive(Clone, Debug)]
pub struct Pending<T> {
    /// The newest value there is.
    pub value: Option<T>,
    /// Whether a newer one was asked for.
    pub pending: bool,
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self {
            value: None,
            pending: false,
        }
    }
}

/// The looked-up rows of the result on the screen.
#[derive(Debug, Default)]
pub struct Rows {
    hits: HashMap<usize, Hit>,
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

/// What was typed above a facet, and what it found.
#[derive(Clone, Debug, Default)]
pub struct FacetSearch {
    /// What was typed.
    pub text: String,
    /// The values whose name holds it, once looked up.
    pub counts: Option<FacetCounts>,
}

/// The page of an entity.
#[derive(Clone, Debug)]
pub struct EntityView {
    /// Whose page it is.
    pub id: EntityId,
    /// With whom it is compared.
    pub with: Option<EntityId>,
    /// What it shows.
    pub page: Pending<Arc<EntityPage>>,
    /// The pages that were left for this one, the first one first.
    trail: Vec<(EntityId, Option<EntityId>)>,
}

/// What was typed to find an entity, and what it found.
#[derive(Clone, Debug, Default)]
pub struct EntitySearch {
    /// What was typed.
    pub text: String,
    /// The entities of which a spelling holds it, once looked up; until then those of an earlier text.
    pub found: Vec<FoundEntity>,
}

/// All values of a facet.
#[derive(Clone, Debug)]
pub struct FacetList {
    /// The facet.
    pub facet: Facet,
    /// What the names hold.
    pub text: String,
    /// The order of the values.
    pub order: FacetOrder,
    /// The values, once looked up; those for another text or order until then.
    pub counts: Option<FacetCounts>,
}

/// A second series of the timeline.
#[derive(Clone, Debug)]
pub struct Series {
    /// The search that it shows; nothing for the whole archive.
    pub request: Option<Box<SearchRequest>>,
    /// Its days, in order.
    pub days: Arc<[DayCount]>,
}

/// What the reader shows.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The article that was chosen.
    pub wanted: Option<ArticleId>,
    /// The article on the screen: the chosen one, or the previous one until it was read.
    pub shown: Option<Arc<ReadArticle>>,
    /// Why the chosen one cannot be shown.
    pub failure: Option<String>,
    /// The entity from whose page the article was opened.
    pub entity: Option<EntityId>,
}

/// Something that the user should know. The words are the window's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The archive cannot be opened.
    OpenFailed(ArchiveRoot, OpenFailure),
    /// The index could not be used and is built anew.
    IndexRebuilt,
    /// Reading stopped.
    UpdateFailed(String),
    /// The folder holds other files than those that were read.
    FolderChanged(FolderChanges),
    /// There is no room on the disk for more of the index.
    DiskFull,
    /// The folder of Fihrist's own files may not be written to, so that nothing more is read.
    DataDirReadOnly,
    /// Another window writes to the archive's index, so that this one only reads in it.
    OtherWindowWrites,
    /// Some files could not be read.
    UnreadableFiles(Vec<(PathBuf, String)>),
    /// A correction could not be made, taken back, taken over or written.
    CorrectionFailed(CorrectionFailure),
    /// The corrections were written to this file.
    CorrectionsExported(PathBuf),
    /// The corrections could not be read; the file was kept here.
    CorrectionsDamaged(PathBuf),
    /// Another's corrections were taken over.
    CorrectionsImported(ImportReport),
    /// The saved searches could not be read; the file was kept here.
    SearchesDamaged(PathBuf),
    /// The searches could not be kept.
    SearchesNotSaved(String),
}

impl AppState {
    /// The state at the start, with the settings of the last time.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// Fulfils a wish of a view.
    pub fn update(&mut self, command: Command) -> Vec<Job> {
        match command {
            Command::PickFolder => {
                if self.picking {
                    // The dialog of the first time hides, or hangs: there is another way.
                    (self.asks_for_path, self.asks_for_file) = (true, None);
                    return Vec::new();
                }
                self.picking = true;
                vec![Job::PickFolder]
            }
            Command::PickFile(purpose) => {
                if self.picking {
                    (self.asks_for_path, self.asks_for_file) = (false, Some(purpose));
                    return Vec::new();
                }
                self.picking = true;
                vec![Job::PickFile(purpose)]
            }
            Command::TypeNoPath => {
                (self.asks_for_path, self.asks_for_file) = (false, None);
                Vec::new()
            }
            Command::Open(root) => {
                self.opening = Some(root.clone());
                self.asks_for_path = false;
                self.notices.retain(|it| !matches!(it, Notice::OpenFailed(..)));
                vec![Job::Open(root)]
            }
            Command::Update => {
                self.notices.retain(|it| {
                    !matches!(
                        it,
                        Notice::FolderChanged(_)
                            | Notice::OtherWindowWrites
                            | Notice::DiskFull
                            | Notice::DataDirReadOnly
                    )
                });
                vec![Job::Update]
            }
            Command::CorrectReading(rule) => vec![Job::CorrectReading(rule)],
            Command::CancelUpdate => vec![Job::CancelUpdate],
            Command::SetQuery(text) => {
                if self.request.query_text == text {
                    return Vec::new();
                }
                self.change(|request| request.query_text = text)
            }
            Command::Complete(query_text) => {
                self.newest_completion += 1;
                let Some(query_text) = query_text else {
                    self.completions = Pending::default();
                    return Vec::new();
                };
                self.completions.pending = true;
                vec![Job::Complete {
                    number: self.newest_completion,
                    query_text,
                }]
            }
            Command::TakeCompletion(completion) => {
                self.newest_completion += 1;
                self.completions = Pending::default();
                let mut jobs = self.change(|request| {
                    request.query_text = completion.query_text;
                    let values = &mut request.filters.values;
                    if let Some(filter) = completion.filter
                        && !values.contains(&filter)
                    {
                        values.push(filter);
                    }
                });
                if completion.kind == CompletionKind::Operator {
                    // What may stand behind it.
                    let query_text = self.request.query_text.clone();
                    jobs.extend(self.update(Command::Complete(Some(query_text))));
                }
                jobs
            }
            Command::TakeWayOut(change) => match change {
                Change::WithoutFilter(idx) => self.update(Command::RemoveFilter(idx)),
                Change::WithoutPeriod => self.change(|request| request.filters.period = None),
                Change::Spelling { query_text, .. }
                | Change::WithoutPart { query_text, .. }
                | Change::AnyWord { query_text } => self.change(|request| request.query_text = query_text),
            },
            Command::Visit(visit) => {
                let here = self.visit();
                let mut jobs = self.left(here.clone());
                self.trail.step(here, &visit.request);
                self.trail.settle();
                jobs.extend(self.take_up(visit));
                jobs
            }
            Command::Back => {
                let here = self.visit();
                self.trail.back(here).map_or_else(Vec::new, |visit| self.take_up(visit))
            }
            Command::Forward => {
                let here = self.visit();
                self.trail
                    .forward(here)
                    .map_or_else(Vec::new, |visit| self.take_up(visit))
            }
            Command::ShowSimilar(similar_to) => self.change(|request| {
                *request = SearchRequest {
                    similar_to: Some(similar_to),
                    by_stories: request.by_stories,
                    counts_stories: request.counts_stories,
                    ..SearchRequest::default()
                };
            }),
            Command::RemoveSimilar => self.change(|request| request.similar_to = None),
            Command::SetByStories(by_stories) => {
                self.settings.by_stories = by_stories;
                let mut jobs = vec![Job::SaveSettings(self.settings.clone())];
                jobs.extend(self.change(|request| request.by_stories = by_stories));
                jobs
            }
            Command::SetCountsStories(counts) => self.change(|request| request.counts_stories = counts),
            Command::ToggleStory(row) => {
                self.toggle_story(row);
                self.select_wanted(row);
                Vec::new()
            }
            Command::ShowDifference(first, second) => {
                self.difference = Some((first, second, None));
                vec![Job::LoadDifference(first, second)]
            }
            Command::CloseDifference => {
                self.difference = None;
                Vec::new()
            }
            Command::CompareTimeline(choice) => {
                let days = self.results.value.as_ref().map(|page| Arc::clone(&page.timeline));
                self.series = match choice {
                    None => None,
                    Some(SeriesChoice::Archive) => Some(Series {
                        request: None,
                        days: Arc::default(),
                    }),
                    Some(SeriesChoice::Current) => Some(Series {
                        request: Some(Box::new(self.shown_request.clone())),
                        days: days.unwrap_or_default(),
                    }),
                };
                self.load_series()
            }
            Command::SaveSearch(name) => {
                let visit = self.visit();
                self.searches.save(name, visit);
                self.save_searches()
            }
            Command::RenameSearch(idx, name) => {
                if let Some(it) = self.searches.saved.get_mut(idx) {
                    it.name = name;
                }
                self.save_searches()
            }
            Command::RemoveSearch(idx) => {
                if idx < self.searches.saved.len() {
                    self.searches.saved.remove(idx);
                }
                self.save_searches()
            }
            Command::ClearRecent => {
                self.searches.recent.clear();
                self.save_searches()
            }
            Command::ListFacet(None) => {
                self.facet_list = None;
                Vec::new()
            }
            Command::ListFacet(Some((facet, text, order))) => {
                let shown = self.facet_list.take().filter(|it| it.facet == facet);
                self.facet_list = Some(FacetList {
                    facet,
                    text: text.clone(),
                    order,
                    counts: shown.and_then(|it| it.counts),
                });
                vec![self.load_facet(facet, text, order)]
            }
            Command::ToggleFacet(filter) => self.change(|request| {
                let values = &mut request.filters.values;
                match values
                    .iter()
                    .position(|it| it.facet == filter.facet && it.id == filter.id)
                {
                    Some(idx) if values[idx].excluded == filter.excluded => {
                        values.remove(idx);
                    }
                    Some(idx) => values[idx] = filter,
                    None => values.push(filter),
                }
            }),
            Command::SetAnyOf(facet, any) => self.change(|request| {
                let any_of = &mut request.filters.any_of;
                any_of.retain(|it| *it != facet);
                if any {
                    any_of.push(facet);
                }
            }),
            Command::RemoveFilter(idx) => self.change(|request| {
                if idx < request.filters.values.len() {
                    request.filters.values.remove(idx);
                }
            }),
            Command::SetPeriod(period) => self.change(|request| request.filters.period = period),
            Command::ClearAll => self.change(|request| {
                *request = SearchRequest {
                    order: request.order,
                    by_stories: request.by_stories,
                    counts_stories: request.counts_stories,
                    ..SearchRequest::default()
                };
            }),
            Command::SetOrder(order) => self.change(|request| request.order = order),
            Command::ShowRows(rows) => self.load_rows(rows),
            Command::Select(row) => {
                self.newest_find += 1;
                self.selected = Some(row);
                self.leave_pages();
                let mut jobs = self.read_selected();
                // Who reads what was found has searched for it.
                self.trail.settle();
                let here = self.visit();
                jobs.extend(self.left(here));
                jobs
            }
            Command::ReadAppearance(article) => {
                self.newest_find += 1;
                self.reading.entity = self.entity.as_ref().map(|it| it.id.clone());
                self.entity = None;
                let page = self.results.value.as_ref();
                self.selected = page.and_then(|page| page.articles.iter().position(|it| *it == article));
                if self.selected.is_some() {
                    self.n_found += 1;
                }
                if self.reading.wanted == Some(article) {
                    return Vec::new();
                }
                self.reading.wanted = Some(article);
                self.read_wanted()
            }
            Command::ShowEntity { id, with } => {
                let mut trail = Vec::new();
                let mut page = Pending::default();
                if let Some(last) = self.entity.take() {
                    trail = last.trail;
                    if last.id == id {
                        // The same page with somebody else beside it: the old one stays on the screen.
                        page = last.page;
                    } else {
                        trail.push((last.id, last.with));
                    }
                }
                self.entity = Some(EntityView { id, with, page, trail });
                self.load_entity()
            }
            Command::LeaveEntity => {
                let trail = self.entity.take().map(|it| it.trail).unwrap_or_default();
                self.show_last_of(trail)
            }
            Command::FindEntities { text, kind } => {
                self.entity_search.text.clone_from(&text);
                if text.trim().is_empty() {
                    self.entity_search.found.clear();
                    return Vec::new();
                }
                vec![Job::FindEntities { text, kind }]
            }
            Command::FindTitle { typed, after } => {
                let Some(page) = &self.results.value else {
                    return Vec::new();
                };
                self.newest_find += 1;
                vec![Job::FindTitle {
                    number: self.newest_find,
                    page: page.clone(),
                    typed,
                    after,
                }]
            }
            Command::FilterFacet(facet, text) => {
                if text.is_empty() {
                    self.facet_filters.remove(&facet);
                    return Vec::new();
                }
                let search = self.facet_filters.entry(facet).or_default();
                search.text.clone_from(&text);
                vec![self.load_facet(facet, text, FacetOrder::Count)]
            }
            Command::Correct(correction) => {
                self.preview = None;
                match &correction {
                    Correction::Merge { from, into } if self.reading.entity.as_ref() == Some(from) => {
                        self.reading.entity = Some(into.clone());
                    }
                    // What is no name is not chosen either: nothing would be found.
                    Correction::Hide { entity } => self.request.filters.values.retain(|it| it.id != entity.0),
                    _ => {}
                }
                vec![Job::Correct(correction)]
            }
            Command::PreviewCorrection(correction) => {
                self.preview = Some((correction.clone(), None));
                vec![Job::PreviewCorrection(correction)]
            }
            Command::ClosePreview => {
                self.preview = None;
                Vec::new()
            }
            Command::UndoCorrection(idx) => vec![Job::UndoCorrection(idx)],
            Command::ImportCorrections(path) => {
                self.asks_for_file = None;
                vec![Job::ImportCorrections(path)]
            }
            Command::ExportCorrections(path) => {
                self.asks_for_file = None;
                vec![Job::ExportCorrections(path)]
            }
            Command::ShowSuggestions => {
                self.suggestions.pending = true;
                vec![Job::LoadSuggestions]
            }
            Command::SetSettings(settings) => {
                let mut jobs = vec![Job::SaveSettings(settings.clone())];
                let dates_change = self.settings.uses_inferred_dates != settings.uses_inferred_dates
                    || self.settings.spells_as_typed != settings.spells_as_typed;
                self.settings = settings;
                if dates_change {
                    jobs.extend(self.search());
                }
                jobs
            }
            Command::DismissNotice(idx) => {
                if idx < self.notices.len() {
                    self.notices.remove(idx);
                }
                Vec::new()
            }
        }
    }

    /// Takes over news from a thread.
    pub fn apply(&mut self, event: Event) -> Vec<Job> {
        match event {
            Event::FolderPicked { folder, shown } => {
                self.picking = false;
                match folder {
                    Some(folder) => self.update(Command::Open(ArchiveRoot::Folder(folder))),
                    None => {
                        (self.asks_for_path, self.asks_for_file) = (!shown, None);
                        Vec::new()
                    }
                }
            }
            Event::FilePicked { purpose, path, shown } => {
                self.picking = false;
                match (path, purpose) {
                    (Some(path), FilePurpose::ImportCorrections) => self.update(Command::ImportCorrections(path)),
                    (Some(path), FilePurpose::ExportCorrections) => self.update(Command::ExportCorrections(path)),
                    (None, _) => {
                        (self.asks_for_path, self.asks_for_file) = (false, (!shown).then_some(purpose));
                        Vec::new()
                    }
                }
            }
            Event::Opened {
                root,
                folder,
                n_articles,
                rebuilt,
            } => {
                self.opening = None;
                self.notices.clear();
                if rebuilt {
                    self.notices.push(Notice::IndexRebuilt);
                }
                let mut jobs = Vec::new();
                if let ArchiveRoot::Folder(folder) = &root {
                    self.settings.remember(folder);
                    jobs.push(Job::SaveSettings(self.settings.clone()));
                }
                self.archive = Some(ArchiveState {
                    root,
                    folder,
                    n_articles,
                    progress: None,
                    summary: None,
                });
                self.request = SearchRequest {
                    by_stories: self.settings.by_stories,
                    ..SearchRequest::default()
                };
                self.results = Pending::default();
                self.searches = Searches::default();
                self.trail = Trail::default();
                self.n_visits += 1;
                self.facet_list = None;
                self.series = None;
                self.difference = None;
                self.newest_find += 1;
                self.rows = Rows::default();
                self.facet_filters.clear();
                self.completions = Pending::default();
                self.selected = None;
                self.reading = Reading::default();
                self.entity = None;
                self.entity_search = EntitySearch::default();
                self.corrections = Arc::default();
                self.corrected_names.clear();
                self.preview = None;
                self.suggestions = Pending::default();
                self.suggested.clear();
                jobs.extend(self.search());
                jobs
            }
            Event::OpenFailed { root, failure } => {
                self.opening = None;
                self.notices.push(Notice::OpenFailed(root, failure));
                Vec::new()
            }
            Event::Progress(progress) => {
                if let Some(archive) = &mut self.archive {
                    archive.progress = Some(progress);
                }
                Vec::new()
            }
            Event::IndexChanged { n_articles } => {
                if let Some(archive) = &mut self.archive {
                    archive.n_articles = n_articles;
                }
                let mut jobs = self.search();
                jobs.extend(self.load_series());
                jobs
            }
            Event::StoriesFound => self.search(),
            Event::NamesFound => {
                let mut jobs = self.search();
                // They are marked in the reader too.
                jobs.extend(self.read_wanted());
                jobs
            }
            Event::Updated(summary) => {
                if !summary.unreadable.is_empty() {
                    let files = summary
                        .unreadable
                        .iter()
                        .map(|it| (it.path.clone(), it.reason.clone()))
                        .collect();
                    self.notices.retain(|it| !matches!(it, Notice::UnreadableFiles(_)));
                    self.notices.push(Notice::UnreadableFiles(files));
                }
                let has_changes = summary.changed != 0;
                if let Some(archive) = &mut self.archive {
                    archive.progress = None;
                    archive.n_articles = summary.articles;
                    archive.summary = Some(summary);
                }
                let mut jobs = vec![Job::LoadSuggestions];
                if has_changes {
                    jobs.extend(self.read_wanted());
                }
                jobs
            }
            Event::FolderChanged(changes) => {
                self.notices.retain(|it| !matches!(it, Notice::FolderChanged(_)));
                // What keeps files from being read is told already.
                let is_kept_from = |it: &Notice| {
                    matches!(
                        it,
                        Notice::OtherWindowWrites | Notice::DiskFull | Notice::DataDirReadOnly
                    )
                };
                if self.notices.iter().any(is_kept_from) {
                    return Vec::new();
                }
                if self.settings.adds_new_files {
                    return vec![Job::Update];
                }
                self.notices.push(Notice::FolderChanged(changes));
                Vec::new()
            }
            Event::OtherWindowWrites => self.update_waits(Notice::OtherWindowWrites),
            Event::DiskFull => self.update_waits(Notice::DiskFull),
            Event::DataDirReadOnly => self.update_waits(Notice::DataDirReadOnly),
            Event::UpdateFailed(reason) => {
                if let Some(archive) = &mut self.archive {
                    archive.progress = None;
                }
                self.notices.push(Notice::UpdateFailed(reason));
                Vec::new()
            }
            Event::SearchDone { generation, page } => {
                if generation != self.newest_search {
                    return Vec::new();
                }
                self.show_page(generation, page)
            }
            Event::Completed { number, completions } => {
                if number == self.newest_completion {
                    self.completions = Pending {
                        value: Some(completions),
                        pending: false,
                    };
                }
                Vec::new()
            }
            Event::RowsLoaded {
                generation,
                first,
                hits,
            } => {
                if generation == self.shown_search
                    && let Some(page) = &self.results.value
                {
                    // Articles that are gone by now are left out, so a hit is found by its article.
                    let mut row = first;
                    for hit in hits {
                        while page.articles.get(row).is_some_and(|it| *it != hit.article) {
                            row += 1;
                        }
                        self.rows.hits.insert(row, hit);
                    }
                }
                Vec::new()
            }
            Event::TitleFound { number, row } => {
                let Some(row) = row.filter(|_| number == self.newest_find) else {
                    return Vec::new();
                };
                self.selected = Some(row);
                self.n_found += 1;
                self.leave_pages();
                self.read_selected()
            }
            Event::FacetLoaded {
                generation,
                filter_text,
                order,
                counts,
            } => {
                if generation == self.shown_search
                    && let Some(list) = &mut self.facet_list
                    && (list.facet, &list.text, list.order) == (counts.facet, &filter_text, order)
                {
                    list.counts = Some(counts.clone());
                }
                if generation == self.shown_search
                    && let Some(search) = self.facet_filters.get_mut(&counts.facet)
                    && search.text == filter_text
                {
                    search.counts = Some(counts);
                }
                Vec::new()
            }
            Event::SeriesLoaded(days) => {
                if let Some(series) = self.series.as_mut().filter(|it| it.request.is_none()) {
                    series.days = days;
                }
                Vec::new()
            }
            Event::DifferenceLoaded(difference) => {
                match (&mut self.difference, difference) {
                    (Some((first, second, slot)), Some(found))
                        if [*first, *second] == found.sides.each_ref().map(|it| it.article) =>
                    {
                        *slot = Some(found);
                    }
                    (shown, None) => *shown = None,
                    (_, Some(_overtaken)) => {}
                }
                Vec::new()
            }
            Event::SearchesLoaded(searches) => {
                self.searches = searches;
                Vec::new()
            }
            Event::SearchesDamaged(kept) => {
                self.notices.push(Notice::SearchesDamaged(kept));
                Vec::new()
            }
            Event::SearchesNotSaved(reason) => {
                self.notices.push(Notice::SearchesNotSaved(reason));
                Vec::new()
            }
            Event::CorrectionsChanged { corrections, names } => {
                self.corrections = corrections;
                self.corrected_names = names;
                let mut jobs = self.search();
                // The names in the reader change too.
                jobs.extend(self.read_wanted());
                if self.suggestions.value.is_some() {
                    jobs.push(Job::LoadSuggestions);
                }
                jobs
            }
            Event::CorrectionPreviewed { correction, preview } => {
                if let Some((wanted, slot)) = &mut self.preview
                    && *wanted == correction
                {
                    *slot = Some(preview);
                }
                Vec::new()
            }
            Event::CorrectionFailed(failure) => {
                self.preview = None;
                self.notices.push(Notice::CorrectionFailed(failure));
                Vec::new()
            }
            Event::CorrectionsExported(path) => {
                self.notices.push(Notice::CorrectionsExported(path));
                Vec::new()
            }
            Event::EntityLoaded { number, page } => {
                if number != self.newest_entity {
                    return Vec::new();
                }
                match (&mut self.entity, page) {
                    (Some(view), Some(page)) => {
                        // They may have been merged with others.
                        view.id.clone_from(&page.summary.id);
                        view.with = page.compared.as_ref().map(|it| it.id.clone());
                        view.page = Pending {
                            value: Some(page),
                            pending: false,
                        };
                        Vec::new()
                    }
                    // It was taken for no name, or its articles are gone.
                    (Some(_), None) => self.update(Command::LeaveEntity),
                    (None, _) => Vec::new(),
                }
            }
            Event::EntitiesFound { text, found } => {
                if text == self.entity_search.text {
                    self.entity_search.found = found;
                }
                Vec::new()
            }
            Event::CorrectionsImported(report) => {
                self.notices.push(Notice::CorrectionsImported(report));
                Vec::new()
            }
            Event::CorrectionsDamaged(kept) => {
                self.notices.push(Notice::CorrectionsDamaged(kept));
                Vec::new()
            }
            Event::SuggestionsLoaded(suggestions) => {
                let ids = suggestions.iter().flat_map(|it| [&it.into, &it.from]);
                self.suggested = ids.cloned().collect();
                self.suggestions = Pending {
                    value: Some(suggestions),
                    pending: false,
                };
                Vec::new()
            }
            Event::ArticleRead(article) => {
                if self.reading.wanted == Some(article.id) {
                    self.reading.failure = None;
                    self.reading.shown = Some(article);
                }
                Vec::new()
            }
            Event::ReadFailed { article, reason } => {
                if self.reading.wanted == Some(article) {
                    self.reading.shown = None;
                    self.reading.failure = Some(reason);
                }
                Vec::new()
            }
        }
    }

    /// Reading waits for something outside, which the notice tells.
    fn update_waits(&mut self, notice: Notice) -> Vec<Job> {
        if let Some(archive) = &mut self.archive {
            archive.progress = None;
        }
        self.notices.retain(|it| *it != notice);
        self.notices.push(notice);
        Vec::new()
    }

    /// Whether the window waits for the answer to a search.
    pub fn is_searching(&self) -> bool {
        self.results.pending
    }

    /// What is looked at now.
    fn visit(&self) -> Visit {
        Visit {
            request: self.request.clone(),
            article: self.reading.wanted,
        }
    }

    /// Changes what is searched for; one can go back to what it was.
    fn change(&mut self, change: impl FnOnce(&mut SearchRequest)) -> Vec<Job> {
        let here = self.visit();
        change(&mut self.request);
        if self.request == here.request {
            return Vec::new();
        }
        let left = self.trail.step(here, &self.request);
        let mut jobs = left.map_or_else(Vec::new, |left| self.left(left));
        jobs.extend(self.search());
        jobs
    }

    /// Remembers a search that was used.
    fn left(&mut self, visit: Visit) -> Vec<Job> {
        match self.searches.remember(&visit) {
            true => self.save_searches(),
            false => Vec::new(),
        }
    }

    /// Looks again at what was looked at before.
    fn take_up(&mut self, visit: Visit) -> Vec<Job> {
        self.n_visits += 1;
        self.request = visit.request;
        let mut jobs = self.search();
        if self.reading.wanted != visit.article {
            self.reading.wanted = visit.article;
            jobs.extend(self.read_wanted());
        }
        jobs
    }

    fn save_searches(&self) -> Vec<Job> {
        vec![Job::SaveSearches(self.searches.clone())]
    }

    /// Counts the whole archive, where the timeline shows it.
    fn load_series(&self) -> Vec<Job> {
        let series = self.series.iter().filter(|series| series.request.is_none());
        series
            .map(|_| {
                Job::LoadSeries(SearchRequest {
                    without_inferred: !self.settings.uses_inferred_dates,
                    ..SearchRequest::default()
                })
            })
            .collect()
    }

    /// Shows the other articles of a row's story, or hides them. The rows that were looked up keep their articles.
    fn toggle_story(&mut self, row: usize) {
        let Some(page) = &self.results.value else { return };
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
        self.newest_find += 1;
        self.results.value = Some(Arc::new(toggled));
    }

    /// Selects the article that is read, or else the row.
    fn select_wanted(&mut self, otherwise: usize) {
        let wanted = self.reading.wanted;
        let page = self.results.value.as_ref();
        let row = page.and_then(|page| page.articles.iter().position(|it| Some(*it) == wanted));
        self.selected = Some(row.unwrap_or(otherwise));
    }

    fn search(&mut self) -> Vec<Job> {
        self.newest_search += 1;
        self.request.without_inferred = !self.settings.uses_inferred_dates;
        self.request.as_typed = self.settings.spells_as_typed;
        self.results.pending = true; // The old page stays on the screen.
        let mut jobs = vec![Job::Search {
            generation: self.newest_search,
            request: self.request.clone(),
        }];
        // What the page of an entity counts in the result changes too.
        jobs.extend(self.load_entity());
        jobs
    }

    fn load_entity(&mut self) -> Vec<Job> {
        let Some(view) = &mut self.entity else {
            return Vec::new();
        };
        self.newest_entity += 1;
        view.page.pending = true;
        vec![Job::LoadEntity {
            number: self.newest_entity,
            id: view.id.clone(),
            with: view.with.clone(),
            request: self.request.clone(),
        }]
    }

    /// Shows the article again, which was chosen from the list.
    fn leave_pages(&mut self) {
        self.entity = None;
        self.reading.entity = None;
    }

    /// Shows the page that was left last, or the article if there was none.
    fn show_last_of(&mut self, mut trail: Vec<(EntityId, Option<EntityId>)>) -> Vec<Job> {
        let Some((id, with)) = trail.pop() else {
            return Vec::new();
        };
        self.entity = Some(EntityView {
            id,
            with,
            page: Pending::default(),
            trail,
        });
        self.load_entity()
    }

    fn show_page(&mut self, generation: u64, page: Arc<ResultPage>) -> Vec<Job> {
        if page.chosen.len() == self.request.filters.values.len() {
            // Two that were merged are chosen once.
            let values = &mut self.request.filters.values;
            values.clear();
            for it in &page.chosen {
                if !values.iter().any(|known| known.facet == it.facet && known.id == it.id) {
                    values.push(it.clone());
                }
            }
        }
        let words_changed = self.shown_request.query_text != self.request.query_text
            || self.shown_request.as_typed != self.request.as_typed;
        self.shown_search = generation;
        self.shown_request = self.request.clone();
        let rows = std::mem::take(&mut self.rows);
        self.newest_find += 1;
        // Stories that were unfolded stay so, where they are still there.
        let unfolded: HashSet<ArticleId> = self.results.value.as_ref().map_or_else(HashSet::new, |before| {
            let first = |&(row, _): &(usize, usize)| before.articles.get(row).copied();
            before.unfolded.iter().filter_map(first).collect()
        });
        let mut page = page;
        if !unfolded.is_empty() {
            let rows = (0..page.articles.len())
                .rev()
                .filter(|&row| unfolded.contains(&page.articles[row]));
            for row in rows.collect::<Vec<_>>() {
                page = Arc::new(page.with_story_toggled(row));
            }
        }
        if !words_changed {
            // They show what they did until they are looked up again: nothing flickers when articles come.
            self.rows.hits = rows.of_articles(&page.articles);
        }
        // The article that is being read stays selected, wherever it stands now.
        self.selected = self
            .reading
            .wanted
            .and_then(|it| page.articles.iter().position(|id| *id == it));
        self.results = Pending {
            value: Some(page),
            pending: false,
        };

        let mut jobs = self.load_rows(0..ROW_GROUP);
        let facets: Vec<(Facet, String)> = self
            .facet_filters
            .iter()
            .map(|(facet, search)| (*facet, search.text.clone()))
            .collect();
        for (facet, text) in facets {
            jobs.push(self.load_facet(facet, text, FacetOrder::Count));
        }
        if let Some(list) = &self.facet_list {
            jobs.push(self.load_facet(list.facet, list.text.clone(), list.order));
        }
        match self.reading.wanted {
            None => {
                let has_hits = self
                    .results
                    .value
                    .as_ref()
                    .is_some_and(|page| !page.articles.is_empty());
                if has_hits {
                    self.selected = Some(0);
                    jobs.extend(self.read_selected());
                }
            }
            Some(article) if words_changed => {
                jobs.push(Job::Read {
                    article,
                    query_text: self.request.query_text.clone(),
                    as_typed: self.request.as_typed,
                });
            }
            Some(_) => {}
        }
        jobs
    }

    fn load_rows(&mut self, rows: Range<usize>) -> Vec<Job> {
        let Some(page) = &self.results.value else {
            return Vec::new();
        };
        let end = rows.end.min(page.articles.len());
        let groups = rows.start / ROW_GROUP..end.div_ceil(ROW_GROUP);
        let mut jobs = Vec::new();
        for group in groups {
            if self.rows.asked.insert(group) {
                let first = group * ROW_GROUP;
                jobs.push(Job::LoadRows {
                    generation: self.shown_search,
                    page: page.clone(),
                    request: self.shown_request.clone(),
                    rows: first..(first + ROW_GROUP).min(page.articles.len()),
                });
            }
        }
        jobs
    }

    fn load_facet(&self, facet: Facet, filter_text: String, order: FacetOrder) -> Job {
        Job::LoadFacet {
            generation: self.shown_search,
            request: self.shown_request.clone(),
            facet,
            filter_text,
            order,
        }
    }

    fn read_selected(&mut self) -> Vec<Job> {
        let page = self.results.value.as_ref();
        let Some(article) = self.selected.and_then(|row| page?.articles.get(row).copied()) else {
            return Vec::new();
        };
        if self.reading.wanted == Some(article) {
            return Vec::new();
        }
        self.reading.wanted = Some(article);
        self.read_wanted()
    }

    /// Reads the article that was chosen, again if it was read.
    fn read_wanted(&self) -> Vec<Job> {
        let job = |article| Job::Read {
            article,
            query_text: self.request.query_text.clone(),
            as_typed: self.request.as_typed,
        };
        self.reading.wanted.map(job).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{FacetFilter, Snippet};

    fn page(articles: &[u64]) -> Arc<ResultPage> {
        let articles: Vec<ArticleId> = articles.iter().copied().map(ArticleId).collect();
        Arc::new(ResultPage {
            articles: articles.into(),
            ..ResultPage::default()
        })
    }

    fn opened() -> AppState {
        let mut state = AppState::default();
        let root = ArchiveRoot::Folder(PathBuf::from("archive"));
        let folder = PathBuf::from("archive");
        state.apply(Event::Opened {
            root,
            folder,
            n_articles: 3,
            rebuilt: false,
        });
        state
    }

    #[test]
    fn new_files_are_told_and_read_when_that_is_wished() {
        let changes = FolderChanges {
            added: 12,
            ..FolderChanges::default()
        };
        let mut state = opened();
        for _ in 0..2 {
            assert!(state.apply(Event::FolderChanged(changes)).is_empty());
            assert_eq!(state.notices, [Notice::FolderChanged(changes)]);
        }
        assert!(matches!(state.update(Command::Update)[..], [Job::Update]));
        assert!(state.notices.is_empty());
        state.settings.adds_new_files = true;
        assert!(matches!(state.apply(Event::FolderChanged(changes))[..], [Job::Update]));
        assert!(state.notices.is_empty());
        // Not while they cannot be read.
        for event in [Event::DiskFull, Event::OtherWindowWrites, Event::DataDirReadOnly] {
            state.apply(event);
            assert!(state.apply(Event::FolderChanged(changes)).is_empty());
        }
        let told = [Notice::DiskFull, Notice::OtherWindowWrites, Notice::DataDirReadOnly];
        assert_eq!(state.notices, told);
    }

    #[test]
    fn an_overtaken_answer_is_not_shown() {
        let mut state = opened();
        state.update(Command::SetQuery("أ".into()));
        let overtaken = state.newest_search;
        state.update(Command::SetQuery("أب".into()));
        state.apply(Event::SearchDone {
            generation: overtaken,
            page: page(&[1]),
        });
        assert!(state.results.value.is_none());
        assert!(state.is_searching());
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&[2]),
        });
        assert_eq!(state.results.value.as_ref().unwrap().articles.len(), 1);
        assert!(!state.is_searching());
    }

    #[test]
    fn rows_do_not_flicker_when_articles_come() {
        let mut state = opened();
        show(&mut state, &[1, 2]);
        let hit = |article| Hit {
            article: ArticleId(article),
            path: PathBuf::new(),
            record: 0,
            title: String::new(),
            title_derived: false,
            published: None,
            source: None,
            score: 0.0,
            story_size: 1,
            n_sources: 0,
            title_matches: Vec::new(),
            snippet: Snippet::default(),
        };
        state.apply(Event::RowsLoaded {
            generation: state.newest_search,
            first: 0,
            hits: vec![hit(1), hit(2)],
        });
        state.apply(Event::IndexChanged { n_articles: 3 });
        show(&mut state, &[3, 1]);
        let article = |row: usize| state.rows.get(row).map(|it| it.article);
        assert_eq!([article(0), article(1)], [None, Some(ArticleId(1))]);
        state.update(Command::SetQuery("كلمة".into()));
        show(&mut state, &[1]);
        assert!(state.rows.get(0).is_none());
    }

    #[test]
    fn the_old_page_stays_until_the_new_one_comes() {
        let mut state = opened();
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&[1, 2]),
        });
        state.update(Command::SetQuery("كلمة".into()));
        assert_eq!(state.results.value.as_ref().unwrap().articles.len(), 2);
    }

    #[test]
    fn choosing_a_value_twice_drops_it_and_excluding_replaces_it() {
        let mut state = opened();
        let filter = FacetFilter {
            facet: Facet::Person,
            id: "x".into(),
            name: "س".into(),
            excluded: false,
        };
        state.update(Command::ToggleFacet(filter.clone()));
        assert_eq!(state.request.filters.values, std::slice::from_ref(&filter));
        let excluded = FacetFilter {
            excluded: true,
            ..filter.clone()
        };
        state.update(Command::ToggleFacet(excluded.clone()));
        assert_eq!(state.request.filters.values, std::slice::from_ref(&excluded));
        state.update(Command::ToggleFacet(excluded));
        assert!(state.request.filters.is_empty());
    }

    #[test]
    fn the_article_being_read_stays_selected_when_the_list_changes() {
        let mut state = opened();
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&[1, 2, 3]),
        });
        assert_eq!(state.selected, Some(0));
        state.update(Command::Select(2));
        state.update(Command::SetQuery("كلمة".into()));
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&[3, 1]),
        });
        assert_eq!((state.selected, state.reading.wanted), (Some(0), Some(ArticleId(3))));
    }

    #[test]
    fn typing_moves_the_selection_unless_it_was_overtaken() {
        let mut state = opened();
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&[1, 2, 3]),
        });
        let find = |state: &mut AppState| {
            let command = Command::FindTitle {
                typed: "ق".into(),
                after: Some(0),
            };
            match state.update(command).as_slice() {
                [Job::FindTitle { number, .. }] => *number,
                jobs => panic!("{jobs:?}"),
            }
        };
        let overtaken = find(&mut state);
        let newest = find(&mut state);
        let row = Some(1);
        state.apply(Event::TitleFound { number: overtaken, row });
        assert_eq!((state.selected, state.n_found), (Some(0), 0));
        state.apply(Event::TitleFound {
            number: newest,
            row: None,
        });
        assert_eq!((state.selected, state.n_found), (Some(0), 0));
        let jobs = state.apply(Event::TitleFound { number: newest, row });
        assert_eq!((state.selected, state.n_found), (Some(1), 1));
        assert!(matches!(
            jobs.as_slice(),
            [Job::Read {
                article: ArticleId(2),
                ..
            }]
        ));
        // What is chosen by hand meanwhile stays.
        let number = find(&mut state);
        state.update(Command::Select(2));
        state.apply(Event::TitleFound { number, row });
        assert_eq!(state.selected, Some(2));
        // A row of another result means another article.
        let number = find(&mut state);
        state.update(Command::SetQuery("كلمة".into()));
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&[3, 1]),
        });
        state.apply(Event::TitleFound { number, row });
        assert_eq!(state.selected, Some(0));
    }

    fn entity_page(id: &str) -> Arc<EntityPage> {
        let summary = crate::index::EntitySummary {
            id: EntityId(id.to_owned()),
            kind: crate::entities::EntityKind::Person,
            name: id.to_owned(),
            spellings: Vec::new(),
            articles: 1,
        };
        Arc::new(EntityPage {
            summary,
            in_result: 1,
            first: None,
            last: None,
            timeline: Vec::new(),
            undated: 1,
            roles: Vec::new(),
            companions: Vec::new(),
            newest: Vec::new(),
            compared: None,
        })
    }

    /// Shows a page and returns the number of the wish.
    fn show_entity(state: &mut AppState, id: &str) -> u64 {
        let id = EntityId(id.to_owned());
        match state.update(Command::ShowEntity { id, with: None }).as_slice() {
            [Job::LoadEntity { number, .. }] => *number,
            jobs => panic!("{jobs:?}"),
        }
    }

    fn shown(state: &AppState) -> Option<&str> {
        state.entity.as_ref().map(|it| it.id.0.as_str())
    }

    #[test]
    fn pages_of_names_are_left_in_the_order_in_which_they_were_opened() {
        let mut state = opened();
        let overtaken = show_entity(&mut state, "a");
        let number = show_entity(&mut state, "b");
        let page = Some(entity_page("a"));
        state.apply(Event::EntityLoaded {
            number: overtaken,
            page,
        });
        assert!(state.entity.as_ref().unwrap().page.value.is_none());
        let page = Some(entity_page("b"));
        state.apply(Event::EntityLoaded { number, page });
        assert!(state.entity.as_ref().unwrap().page.value.is_some());
        // What is chosen meanwhile is counted on it anew, and the old page stays until then.
        let jobs = state.update(Command::SetQuery("كلمة".into()));
        assert!(
            matches!(jobs.as_slice(), [Job::Search { .. }, Job::LoadEntity { .. }]),
            "{jobs:?}"
        );
        assert!(state.entity.as_ref().unwrap().page.value.is_some());
        state.update(Command::LeaveEntity);
        assert_eq!(shown(&state), Some("a"));
        state.update(Command::LeaveEntity);
        assert_eq!(shown(&state), None);
        assert!(state.update(Command::LeaveEntity).is_empty());
    }

    #[test]
    fn a_page_follows_what_is_corrected() {
        let mut state = opened();
        let number = show_entity(&mut state, "a");
        // It was merged into another one.
        let page = Some(entity_page("b"));
        state.apply(Event::EntityLoaded { number, page });
        assert_eq!(shown(&state), Some("b"));
        let jobs = state.apply(Event::CorrectionsChanged {
            corrections: Arc::default(),
            names: HashMap::new(),
        });
        let number = jobs.iter().find_map(|job| match job {
            Job::LoadEntity { number, .. } => Some(*number),
            _ => None,
        });
        // It is no name any more.
        let number = number.unwrap();
        state.apply(Event::EntityLoaded { number, page: None });
        assert_eq!(shown(&state), None);
    }

    #[test]
    fn an_article_is_opened_from_a_page_and_remembers_whose() {
        let mut state = opened();
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&[1, 2]),
        });
        show_entity(&mut state, "a");
        state.update(Command::ReadAppearance(ArticleId(7)));
        assert_eq!((shown(&state), state.selected), (None, None));
        assert_eq!(state.reading.wanted, Some(ArticleId(7)));
        assert_eq!(state.reading.entity, Some(EntityId("a".into())));
        show_entity(&mut state, "a");
        state.update(Command::ReadAppearance(ArticleId(2)));
        assert_eq!(state.selected, Some(1));
        // One that is chosen from the list is nobody's.
        show_entity(&mut state, "a");
        state.update(Command::Select(0));
        assert_eq!((shown(&state), &state.reading.entity), (None, &None));
    }

    #[test]
    fn two_chosen_names_that_were_merged_are_one() {
        let mut state = opened();
        let filter = |id: &str| FacetFilter {
            facet: Facet::Person,
            id: id.into(),
            name: id.into(),
            excluded: false,
        };
        for id in ["a", "b"] {
            state.update(Command::ToggleFacet(filter(id)));
        }
        let page = Arc::new(ResultPage {
            chosen: vec![filter("b"), filter("b")],
            ..ResultPage::default()
        });
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page,
        });
        assert_eq!(state.request.filters.values, [filter("b")]);
    }

    #[test]
    fn what_is_said_to_be_no_name_is_chosen_no_more() {
        let mut state = opened();
        for id in ["a", "b"] {
            state.update(Command::ToggleFacet(FacetFilter {
                facet: Facet::Person,
                id: id.into(),
                name: id.into(),
                excluded: false,
            }));
        }
        let entity = EntityId("a".into());
        state.update(Command::Correct(Correction::Hide { entity }));
        let chosen: Vec<&str> = state.request.filters.values.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(chosen, ["b"]);
    }

    #[test]
    fn without_a_dialog_the_path_of_a_file_is_asked_for() {
        let mut state = opened();
        let purpose = FilePurpose::ExportCorrections;
        state.update(Command::PickFile(purpose));
        state.apply(Event::FilePicked {
            purpose,
            path: None,
            shown: false,
        });
        assert_eq!((state.asks_for_file, state.picking), (Some(purpose), false));
        let jobs = state.update(Command::ExportCorrections(PathBuf::from("a.json")));
        assert!(matches!(jobs.as_slice(), [Job::ExportCorrections(_)]));
        assert_eq!(state.asks_for_file, None);

        state.update(Command::PickFile(purpose));
        state.apply(Event::FolderPicked {
            folder: None,
            shown: false,
        });
        assert!(state.asks_for_path && state.asks_for_file.is_none());
        state.update(Command::TypeNoPath);
        assert!(!state.asks_for_path);
    }

    fn show(state: &mut AppState, articles: &[u64]) {
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(articles),
        });
    }

    #[test]
    fn back_brings_the_search_and_the_article_that_was_read() {
        let mut state = opened();
        show(&mut state, &[1, 2, 3]);
        state.update(Command::Select(1));
        state.update(Command::SetQuery("جسر".into()));
        show(&mut state, &[3, 4]);
        state.update(Command::Select(1));
        assert!(state.trail.has_past() && !state.trail.has_future());

        let jobs = state.update(Command::Back);
        assert!(matches!(
            jobs.as_slice(),
            [
                Job::Search { .. },
                Job::Read {
                    article: ArticleId(2),
                    ..
                }
            ]
        ));
        assert_eq!((state.request.query_text.as_str(), state.n_visits), ("", 2));
        show(&mut state, &[1, 2, 3]);
        assert_eq!((state.selected, state.reading.wanted), (Some(1), Some(ArticleId(2))));

        state.update(Command::Forward);
        show(&mut state, &[3, 4]);
        assert_eq!(state.request.query_text, "جسر");
        assert_eq!((state.selected, state.reading.wanted), (Some(1), Some(ArticleId(4))));
        assert!(state.update(Command::Forward).is_empty());
    }

    #[test]
    fn what_is_similar_is_a_search_of_its_own() {
        let mut state = opened();
        state.update(Command::SetQuery("جسر".into()));
        let similar_to = crate::index::SimilarTo {
            article: ArticleId(7),
            title: "عنوان".into(),
        };
        state.update(Command::ShowSimilar(similar_to.clone()));
        assert_eq!(state.request.query_text, "");
        assert_eq!(state.request.similar_to, Some(similar_to));
        state.update(Command::Back);
        assert_eq!(
            (state.request.query_text.as_str(), &state.request.similar_to),
            ("جسر", &None)
        );
    }

    #[test]
    fn a_search_is_kept_with_its_state_and_remembered_when_it_is_used() {
        let mut state = opened();
        state.update(Command::SetQuery("جسر".into()));
        state.update(Command::SetOrder(crate::index::HitOrder::Oldest));
        let jobs = state.update(Command::SaveSearch("الجسور".into()));
        let visit = match jobs.as_slice() {
            [Job::SaveSearches(searches)] => searches.saved[0].visit.clone(),
            jobs => panic!("{jobs:?}"),
        };
        assert_eq!(visit.request, state.request);
        assert_eq!(state.searches.recent[0].request.query_text, "جسر");
        state.update(Command::ClearAll);
        state.update(Command::Visit(visit.clone()));
        assert_eq!(state.request, visit.request);
        state.update(Command::RemoveSearch(0));
        assert!(state.searches.saved.is_empty());
    }

    #[test]
    fn an_unfolded_story_stays_so_when_the_list_changes() {
        let mut state = opened();
        let with_story = |articles: &[u64]| {
            let copy = |article| crate::index::StoryCopy {
                row: 1,
                article: ArticleId(article),
            };
            Arc::new(ResultPage {
                copies: [copy(8), copy(9)].into(),
                ..ResultPage::clone(&page(articles))
            })
        };
        let shown = |state: &AppState| -> Vec<u64> {
            let page = state.results.value.as_ref().unwrap();
            page.articles.iter().map(|it| it.0).collect()
        };
        let generation = state.newest_search;
        let page = with_story(&[1, 2, 3]);
        state.apply(Event::SearchDone { generation, page });
        state.update(Command::Select(2));
        state.update(Command::ToggleStory(1));
        assert_eq!(shown(&state), [1, 2, 8, 9, 3]);
        // The article that is read stays selected.
        assert_eq!((state.selected, state.reading.wanted), (Some(4), Some(ArticleId(3))));
        state.apply(Event::IndexChanged { n_articles: 9 });
        let generation = state.newest_search;
        let page = with_story(&[4, 2, 3]);
        state.apply(Event::SearchDone { generation, page });
        assert_eq!(shown(&state), [4, 2, 8, 9, 3]);
        state.update(Command::Select(3));
        state.update(Command::ToggleStory(1));
        assert_eq!(shown(&state), [4, 2, 3]);
        assert_eq!(state.selected, Some(1));
    }

    #[test]
    fn the_list_of_a_facet_shows_the_newest_answer() {
        let mut state = opened();
        show(&mut state, &[1]);
        state.update(Command::ListFacet(Some((
            Facet::Person,
            String::new(),
            FacetOrder::Name,
        ))));
        let loaded = |state: &mut AppState, order, n_values| {
            let counts = FacetCounts {
                facet: Facet::Person,
                values: Vec::new(),
                n_values,
            };
            state.apply(Event::FacetLoaded {
                generation: state.shown_search,
                filter_text: String::new(),
                order,
                counts,
            });
            let list = state.facet_list.as_ref().unwrap();
            list.counts.as_ref().map(|counts| counts.n_values)
        };
        assert_eq!(loaded(&mut state, FacetOrder::Count, 1), None);
        assert_eq!(loaded(&mut state, FacetOrder::Name, 2), Some(2));
        state.update(Command::ListFacet(None));
        assert!(state.facet_list.is_none());
    }

    #[test]
    fn rows_are_asked_for_once() {
        let mut state = opened();
        let ids: Vec<u64> = (0..100).collect();
        state.apply(Event::SearchDone {
            generation: state.newest_search,
            page: page(&ids),
        });
        assert_eq!(state.update(Command::ShowRows(0..30)).len(), 0);
        assert_eq!(state.update(Command::ShowRows(30..100)).len(), 2);
        assert_eq!(state.update(Command::ShowRows(30..100)).len(), 0);
    }

    #[test]
    fn without_a_dialog_a_path_is_asked_for() {
        let mut state = AppState::default();
        state.update(Command::PickFolder);
        state.apply(Event::FolderPicked {
            folder: None,
            shown: false,
        });
        assert!(state.asks_for_path && !state.picking);
    }
}

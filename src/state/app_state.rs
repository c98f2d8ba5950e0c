//! The state of the program and every way in which it changes.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::ArticleId;
use crate::entities::{Correction, Corrections, ImportReport};
use crate::index::{CorrectionPreview, Facet, FacetCounts, Hit, ResultPage, SearchRequest};

use super::message::{
    ArchiveRoot, Command, Event, FolderChanges, Job, NamedSuggestion, OpenFailure, ReadArticle, UpdateProgress,
    UpdateSummary,
};
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
    /// The row that is selected.
    pub selected: Option<usize>,
    /// The article in the reader.
    pub reading: Reading,
    /// The corrections that the archive is counted by, in the order in which they were made.
    pub corrections: Arc<Corrections>,
    /// The correction that is thought about, and what it would change once that was worked out.
    pub preview: Option<(Correction, Option<CorrectionPreview>)>,
    /// Which entities may be one, once that was looked up.
    pub suggestions: Pending<Vec<NamedSuggestion>>,
    /// What the user should know, the oldest first.
    pub notices: Vec<Notice>,
    /// Whether a folder dialog is open.
    pub picking: bool,
    /// Whether no dialog can be shown here, so that a path is typed instead.
    pub asks_for_path: bool,
    /// How often a row was found by its title: when this rises, the list brings the selected row into view.
    pub n_found: u64,
    newest_search: u64,
    /// Counts the wishes for a row by its title; also raised when the answer to the last one is void.
    newest_find: u64,
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
}

/// What was typed above a facet, and what it found.
#[derive(Clone, Debug, Default)]
pub struct FacetSearch {
    /// What was typed.
    pub text: String,
    /// The values whose name holds it, once looked up.
    pub counts: Option<FacetCounts>,
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
    /// Another window writes to the archive's index, so that this one only reads in it.
    OtherWindowWrites,
    /// Some files could not be read.
    UnreadableFiles(Vec<(PathBuf, String)>),
    /// What was dropped is not a folder.
    NotAFolder(PathBuf),
    /// A correction could not be made, taken back or kept.
    CorrectionFailed(String),
    /// The corrections could not be read; the file was kept here.
    CorrectionsDamaged(PathBuf),
    /// Another's corrections were taken over.
    CorrectionsImported(ImportReport),
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
                    self.asks_for_path = true;
                    return Vec::new();
                }
                self.picking = true;
                vec![Job::PickFolder]
            }
            Command::Open(root) => {
                self.opening = Some(root.clone());
                self.asks_for_path = false;
                vec![Job::Open(root)]
            }
            Command::Update => {
                self.notices.retain(|it| {
                    !matches!(
                        it,
                        Notice::FolderChanged(_) | Notice::OtherWindowWrites | Notice::DiskFull
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
                self.request.query_text = text;
                self.search()
            }
            Command::ToggleFacet(filter) => {
                let values = &mut self.request.filters.values;
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
                self.search()
            }
            Command::SetAnyOf(facet, any) => {
                let any_of = &mut self.request.filters.any_of;
                any_of.retain(|it| *it != facet);
                if any {
                    any_of.push(facet);
                }
                self.search()
            }
            Command::RemoveFilter(idx) => {
                if idx < self.request.filters.values.len() {
                    self.request.filters.values.remove(idx);
                }
                self.search()
            }
            Command::SetPeriod(period) => {
                self.request.filters.period = period;
                self.search()
            }
            Command::ClearAll => {
                self.request = SearchRequest {
                    order: self.request.order,
                    ..SearchRequest::default()
                };
                self.search()
            }
            Command::SetOrder(order) => {
                self.request.order = order;
                self.search()
            }
            Command::ShowRows(rows) => self.load_rows(rows),
            Command::Select(row) => {
                self.newest_find += 1;
                self.selected = Some(row);
                self.read_selected()
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
                vec![self.load_facet(facet, text)]
            }
            Command::Correct(correction) => {
                self.preview = None;
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
            Command::ImportCorrections(path) => vec![Job::ImportCorrections(path)],
            Command::ExportCorrections(path) => vec![Job::ExportCorrections(path)],
            Command::ShowSuggestions => {
                self.suggestions.pending = true;
                vec![Job::LoadSuggestions]
            }
            Command::SetSettings(settings) => {
                let mut jobs = vec![Job::SaveSettings(settings.clone())];
                let dates_change = self.settings.uses_inferred_dates != settings.uses_inferred_dates;
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
                        self.asks_for_path = !shown;
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
                self.request = SearchRequest::default();
                self.results = Pending::default();
                self.newest_find += 1;
                self.rows = Rows::default();
                self.facet_filters.clear();
                self.selected = None;
                self.reading = Reading::default();
                self.corrections = Arc::default();
                self.preview = None;
                self.suggestions = Pending::default();
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
                self.search()
            }
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
                match self.reading.wanted {
                    Some(article) if has_changes => vec![Job::Read {
                        article,
                        query_text: self.request.query_text.clone(),
                    }],
                    _ => Vec::new(),
                }
            }
            Event::FolderChanged(changes) => {
                self.notices.retain(|it| !matches!(it, Notice::FolderChanged(_)));
                // What keeps files from being read is told already.
                let is_kept_from = |it: &Notice| matches!(it, Notice::OtherWindowWrites | Notice::DiskFull);
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
                self.read_selected()
            }
            Event::FacetLoaded {
                generation,
                filter_text,
                counts,
            } => {
                if generation == self.shown_search
                    && let Some(search) = self.facet_filters.get_mut(&counts.facet)
                    && search.text == filter_text
                {
                    search.counts = Some(counts);
                }
                Vec::new()
            }
            Event::CorrectionsChanged(corrections) => {
                self.corrections = corrections;
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
            Event::CorrectionFailed(reason) => {
                self.preview = None;
                self.notices.push(Notice::CorrectionFailed(reason));
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

    fn search(&mut self) -> Vec<Job> {
        self.newest_search += 1;
        self.request.without_inferred = !self.settings.uses_inferred_dates;
        self.results.pending = true; // The old page stays on the screen.
        vec![Job::Search {
            generation: self.newest_search,
            request: self.request.clone(),
        }]
    }

    fn show_page(&mut self, generation: u64, page: Arc<ResultPage>) -> Vec<Job> {
        let words_changed = self.shown_request.query_text != self.request.query_text;
        self.shown_search = generation;
        self.shown_request = self.request.clone();
        self.rows = Rows::default();
        self.newest_find += 1;
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
            jobs.push(self.load_facet(facet, text));
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

    fn load_facet(&self, facet: Facet, filter_text: String) -> Job {
        Job::LoadFacet {
            generation: self.shown_search,
            request: self.shown_request.clone(),
            facet,
            filter_text,
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
        };
        self.reading.wanted.map(job).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FacetFilter;

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
        for event in [Event::DiskFull, Event::OtherWindowWrites] {
            state.apply(event);
            assert!(state.apply(Event::FolderChanged(changes)).is_empty());
        }
        assert_eq!(state.notices, [Notice::DiskFull, Notice::OtherWindowWrites]);
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

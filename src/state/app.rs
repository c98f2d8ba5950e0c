//! The state of the program and every way in which it changes.

use std::ffi::OsStr;
use std::mem;
use std::path::{Path, PathBuf};

use super::archive_view::ArchiveView;
use super::change::Change;
use super::chart::{DrawJob, Drawn};
use super::chart_kind::ChartKind;
use super::charting::chart_of;
use super::command::{ArticlePlace, Command, OtherProgram};
use super::event::{ArchiveEvent, Event, ExportEvent};
use super::export::ExportRequest;
use super::id::SessionId;
use crate::marks::MarkChange;

use super::job::{
    ArchiveJob, CorrectJob, ExportJob, ExportNetworkJob, IndexJob, Job, MarkJob, NamesJob, ProgramJob, WindowJob,
};
use super::notice::{Notice, Notices};
use super::open::{OpenArchive, Picking};
use super::path::{ArchiveRoot, FilePurpose, PathPurpose};
use super::report::{MissingFiles, Opened, UpdateProgress};
use super::settings::{Settings, SystemTheme};

/// Everything the window shows.
#[derive(Debug, Default)]
pub struct AppState {
    /// What the user chose once and for all.
    pub settings: Settings,
    /// What is shown of the open archive.
    pub archive: ArchiveView,
    /// The archive that is being opened.
    pub opening: Option<ArchiveRoot>,
    /// How a path is being chosen.
    pub picking: Picking,
    /// What the user should know.
    pub notices: Notices,
    /// The colours of the system's own windows.
    pub system_theme: SystemTheme,
}

impl AppState {
    /// The state at the start, with the settings of the last time.
    pub fn new(settings: Settings) -> Self {
        let mut it = Self {
            settings,
            ..Self::default()
        };
        it.archive.search.follow(&it.settings);
        it
    }

    /// Does what a view asks for, as far as that needs no thread; the jobs do the rest.
    ///
    /// Long because it is the table of commands.
    pub fn update(&mut self, command: Command) -> Vec<Job> {
        let archive = &mut self.archive;
        let mut jobs: Vec<ArchiveJob> = Vec::new();
        match command {
            Command::PickFolder => {
                // What became of an earlier path is not said of the next one.
                self.notices.retain(|it| !it.is_of_path());
                return self.picking.start(PathPurpose::OpenFolder);
            }
            Command::PickFile(purpose) => {
                self.notices.retain(|it| !it.is_of_path());
                return self.picking.start(PathPurpose::File(purpose));
            }
            Command::CompletePath(typed) => {
                // What was wrong with another path is not wrong with this one.
                self.notices.retain(|it| !it.is_of_path());
                return self.picking.complete(typed);
            }
            Command::CancelPath => {
                self.notices.retain(|it| !it.is_of_path());
                self.picking.cancel();
            }
            Command::Open(root) => return self.open(root),
            Command::Reopen => return self.reopen(),
            Command::SetSettings(settings) => return self.set_settings(settings),
            Command::SetByStories(by_stories) => return self.set_by_stories(by_stories),
            Command::DismissNotice(idx) => self.notices.dismiss(idx),
            Command::HandOver(to, path) => return self.hand_over(to, path),
            Command::Export(asked) => return self.export(*asked),
            Command::OpenExported(to, path) => return open_exported(to, &path),
            Command::OpenOriginal(place) => return self.open_original(place),
            Command::OpenAddress(address) => return vec![Job::Window(WindowJob::OpenAddress(address))],

            Command::Forget => return self.forget(),
            Command::Update => jobs.push(self.read_files(IndexJob::Update)),
            Command::ForgetFiles(files) => jobs.push(self.read_files(IndexJob::ForgetFiles(files))),
            Command::CancelUpdate => jobs.push(IndexJob::CancelUpdate.into()),
            Command::CorrectReading(rule) => jobs.push(IndexJob::CorrectReading(rule).into()),
            Command::RecogniseScans(is_on) => {
                if let Some(open) = &mut self.archive.open {
                    open.recognises_scans = is_on;
                }
                jobs.push(IndexJob::RecogniseScans(is_on).into());
            }

            Command::SetQuery(text) => jobs = archive.change(|request| request.query_text = text),
            Command::SetPeriod(period) => jobs = archive.change(|request| request.filters.period = period),
            Command::SetOrder(order) => jobs = archive.change(|request| request.order = order),
            Command::SetCountsStories(counts) => jobs = archive.change(|request| request.counts_stories = counts),
            Command::SetAnyOf(facet, any) => jobs = archive.set_any_of(facet, any),
            Command::ToggleFacet(filter) => jobs = archive.toggle_facet(filter),
            Command::RemoveFilter(idx) => jobs = archive.remove_filter(idx),
            Command::ShowSimilar(similar_to) => jobs = archive.show_similar(similar_to),
            Command::RemoveSimilar => jobs = archive.change(|request| request.similar_to = None),
            Command::ClearAll => jobs = archive.clear_all(),
            Command::Widen(change) => jobs = archive.widen(change),
            Command::Complete(query_text) => jobs = all(archive.search.complete(query_text)),
            Command::AcceptCompletion(completion) => jobs = archive.accept_completion(completion),
            Command::Visit(visit) => jobs = archive.repeat(visit),
            Command::Back => jobs = archive.back(),
            Command::Forward => jobs = archive.forward(),
            Command::SaveSearch(name) => jobs = archive.save_search(name),
            Command::OpenSaved { idx, only_new } => jobs = archive.open_saved(idx, only_new),
            Command::RemoveNewSince => jobs = archive.change(|request| request.filters.new_since = None),
            Command::RenameSearch(idx, name) => jobs = archive.change_searches(|it| it.rename(idx, name)),
            Command::RemoveSearch(idx) => jobs = archive.change_searches(|it| it.remove(idx)),
            Command::ClearRecent => jobs = archive.change_searches(|it| it.recent.clear()),

            Command::ShowRows(rows) => jobs = all(archive.search.load_rows(rows)),
            Command::Select(row) => jobs = archive.select(row),
            Command::SelectBeside(rows) => jobs = archive.select_beside(rows),
            Command::Stayed(place) => jobs = archive.stay(place, &self.settings),
            Command::ReadFirst => jobs = archive.read_first(),
            Command::SeePictures(in_view) => jobs = all(archive.reading.see_pictures(in_view)),
            Command::SeePictureLarge(large) => jobs = all(archive.reading.see_picture_large(large)),
            Command::ShowLines(is_on) => jobs.extend(archive.show_lines(is_on)),
            Command::SortLines(sort) => jobs = all(archive.kwic.sort_by(sort)),
            Command::StopLines => jobs = all(archive.kwic.stop()),
            Command::ShowLineRows(rows) => jobs = archive.load_lines(rows),
            Command::SelectLine(idx) => jobs = archive.select_line(idx),
            Command::ExportLines(path) => jobs.extend(self.export_lines(path)),
            Command::FindTitle { typed, after } => jobs = all(archive.search.find_title(typed, after)),
            Command::ToggleStory(row) => archive.search.toggle_story(row, archive.reading.wanted),
            Command::ListFacet(list) => jobs = all(archive.search.list_facet(list)),
            Command::CompareTimeline(choice) => jobs = all(archive.search.compare_timeline(choice)),
            Command::ShowDifference(first, second) => jobs.push(archive.compare(first, second)),
            Command::CloseDifference => archive.compared = None,

            Command::ShowEntity { id, with } => jobs.extend(archive.show_entity(id, with)),
            Command::LeaveEntity => jobs.extend(archive.leave_entity()),
            Command::ReadAppearance(article, nth) => jobs.extend(archive.read_appearance(article, nth)),
            Command::ReturnToEntity => jobs.extend(archive.return_to_entity()),
            Command::SortMentions { oldest_first } => archive.entities.sort_mentions(oldest_first),
            Command::ShowMentionRows(rows) => jobs = all(archive.entities.load_rows(rows, &archive.search.request)),
            Command::ShowContexts(n_visible) => jobs = all(archive.entities.load_contexts(n_visible)),
            Command::NarrowTo(filters) => jobs = archive.narrow_to(filters),
            Command::ShowNetwork(center) => jobs.extend(archive.show_network(center)),
            Command::SetNetwork(options) => jobs.extend(archive.set_network(options)),
            Command::ExportNetwork(path) => return self.export_network(path),
            Command::ReplaceExported => {
                self.notices.retain(|it| !matches!(it, Notice::ExportExists(_)));
                jobs = all(archive.exporting.replace());
            }
            Command::CancelExport => jobs.push(ExportJob::Cancel.into()),
            Command::CopyRows(articles, words) => jobs.push(ExportJob::CopyRows { articles, words }.into()),
            Command::Cite(articles, style, words) => {
                jobs.push(ExportJob::Cite { articles, style, words }.into());
            }
            Command::ExportChart(kind, path) => return self.export_chart(kind, path),
            Command::FindEntities { text, kind } => jobs = all(archive.entities.find(text, kind)),

            Command::Correct(correction) => jobs.push(archive.correct(correction)),
            Command::PreviewCorrection(correction) => jobs.push(archive.correcting.consider(correction).into()),
            Command::ClosePreview => archive.correcting.preview = None,
            Command::UndoCorrection(idx) => jobs = all(archive.correcting.undo(idx)),
            Command::UndoOwn => jobs.extend(archive.undo_own()),
            Command::ImportCorrections(path) => jobs.push(self.with_file(CorrectJob::Import(path))),
            Command::ExportCorrections(path) => jobs.push(self.with_file(CorrectJob::Export(path))),
            Command::Pick(row) => archive.pick(row, false),
            Command::PickTo(row) => archive.pick(row, true),
            Command::PickAll => archive.pick_all(),
            Command::ShowMarks(is_on) => jobs = archive.show_marks(is_on),
            Command::SelectMark(idx) => jobs = archive.select_mark(idx),
            Command::PickNone => archive.picked.clear(),
            Command::Mark(scope, change) => jobs.extend(archive.mark(scope, change)),
            Command::ToggleStar(scope) => jobs.extend(archive.toggle_mark(scope, |it| it.is_starred, MarkChange::Star)),
            Command::ToggleRead(scope) => jobs.extend(archive.toggle_mark(scope, |it| it.is_read, MarkChange::Read)),
            Command::ColorTag(tag, color) => jobs.push(MarkJob::ColorTag { tag, color }.into()),
            Command::ImportMarks(path) => jobs.push(self.with_file(MarkJob::Import(path))),
            Command::ExportMarks(path) => jobs.push(self.with_file(MarkJob::Export(path))),
            Command::ShowSuggestions => jobs.push(archive.correcting.suggest().into()),
        }
        self.archive.jobs(jobs)
    }

    /// Takes over news from a thread or a dialog. What belongs to an archive that is no longer open changes nothing.
    pub fn apply(&mut self, event: Event) -> Vec<Job> {
        match event {
            Event::FolderPicked { folder, shown } => self.folder_picked(folder, shown),
            Event::FilePicked { purpose, path, shown } => self.file_picked(purpose, path, shown),
            Event::Opened {
                session,
                root,
                folder,
                n_articles,
                rebuilt,
                recognises_scans,
            } => {
                let open = OpenArchive {
                    session,
                    root,
                    folder,
                    n_articles,
                    // Its folder is looked at next.
                    progress: Some(UpdateProgress::default()),
                    summary: None,
                    missing: MissingFiles::default(),
                    recognises_scans,
                };
                self.opened(open, rebuilt)
            }
            Event::OpenFailed { root, failure } => {
                self.opening = None;
                self.notices.push(Notice::OpenFailed(root, failure));
                Vec::new()
            }
            Event::SettingsSaved(others) => {
                self.notices.retain(|it| !matches!(it, Notice::SettingsNotSaved(_)));
                others.map_or_else(Vec::new, |change| self.follow_settings(&change))
            }
            Event::SettingsChanged(change) => self.follow_settings(&change),
            Event::PathCompleted { typed, offers } => {
                self.picking.completed(&typed, offers);
                Vec::new()
            }
            Event::SystemTheme(theme) => {
                self.system_theme = theme;
                Vec::new()
            }
            Event::Kept(mishap) => {
                self.notices.push(Notice::Kept(mishap));
                Vec::new()
            }
            Event::Forgotten(folder) => {
                self.notices.push(Notice::Forgotten(folder));
                Vec::new()
            }
            Event::FolderRenamed { was } => {
                self.notices.push(Notice::FolderRenamed(was));
                Vec::new()
            }
            Event::ForgetFailed(failure) => {
                self.notices.replace(Notice::ForgetFailed(failure));
                Vec::new()
            }
            Event::NotHandedOver(path, failure) => {
                self.notices.replace(Notice::NotHandedOver(path, failure));
                Vec::new()
            }
            Event::OriginalOpened(path, opened) => {
                self.original_opened(path, opened);
                Vec::new()
            }
            Event::AddressNotOpened(address, cause) => {
                self.notices.replace(Notice::AddressNotOpened(address, cause));
                Vec::new()
            }
            Event::SettingsNotSaved(cause) => {
                self.notices.replace(Notice::SettingsNotSaved(cause));
                Vec::new()
            }
            Event::Archive { session, event } => self.apply_to_archive(session, event),
        }
    }

    fn original_opened(&mut self, path: PathBuf, opened: Opened) {
        self.notices.retain(|it| !matches!(it, Notice::NotHandedOver(..)));
        // That a file was opened is seen.
        if !matches!(opened, Opened::File | Opened::AtPage { is_told: true, .. }) {
            self.notices.replace(Notice::OriginalOpened(path, opened));
        }
    }

    fn open(&mut self, root: ArchiveRoot) -> Vec<Job> {
        self.opening = Some(root.clone());
        self.notices.retain(|it| !matches!(it, Notice::OpenFailed(..)));
        vec![Job::Program(ProgramJob::Open(root))]
    }

    fn reopen(&mut self) -> Vec<Job> {
        let root = self.archive.open.as_ref().map(|it| it.root.clone());
        root.map_or_else(Vec::new, |root| self.open(root))
    }

    fn opened(&mut self, open: OpenArchive, rebuilt: bool) -> Vec<Job> {
        self.opening = None;
        // What cannot be opened leaves the path that was typed where it is.
        if self.picking.typed_for == Some(PathPurpose::OpenFolder) {
            self.picking.cancel();
        }
        self.notices.archive_opened();
        if rebuilt {
            self.notices.push(Notice::IndexRebuilt);
        }
        let mut jobs = Vec::new();
        let before = self.settings.clone();
        self.settings.remember(&open.root);
        if self.settings != before {
            jobs.push(self.save_settings(before));
        }
        self.archive = ArchiveView::new(open, &self.settings);
        let first = self.archive.search();
        jobs.extend(self.archive.jobs(first));
        jobs
    }

    fn apply_to_archive(&mut self, session: SessionId, event: ArchiveEvent) -> Vec<Job> {
        if self.archive.session() != Some(session) {
            return Vec::new();
        }
        if let ArchiveEvent::Export(ExportEvent::Copied { text, html }) = event {
            self.archive.exporting.n_copied += 1;
            return vec![Job::Window(WindowJob::Copy { text, html })];
        }
        let jobs = self.archive.apply(event, &self.settings, &mut self.notices);
        self.archive.jobs(jobs)
    }

    fn folder_picked(&mut self, folder: Option<PathBuf>, shown: bool) -> Vec<Job> {
        self.picking.is_open = false;
        match folder {
            Some(folder) => self.open(ArchiveRoot::Folder(folder)),
            None => {
                self.picking.end_without_path(PathPurpose::OpenFolder, shown);
                Vec::new()
            }
        }
    }

    fn file_picked(&mut self, purpose: FilePurpose, path: Option<PathBuf>, shown: bool) -> Vec<Job> {
        self.picking.is_open = false;
        match (path, purpose) {
            (Some(path), FilePurpose::ImportCorrections) => self.update(Command::ImportCorrections(path)),
            (Some(path), FilePurpose::ExportCorrections) => self.update(Command::ExportCorrections(path)),
            (Some(path), FilePurpose::ImportMarks) => self.update(Command::ImportMarks(path)),
            (Some(path), FilePurpose::ExportMarks) => self.update(Command::ExportMarks(path)),
            (Some(path), FilePurpose::ExportLines) => self.update(Command::ExportLines(path)),
            (Some(path), FilePurpose::ExportNetwork) => self.update(Command::ExportNetwork(path)),
            (Some(path), FilePurpose::Export) => {
                self.archive.exporting.picked = Some(path);
                self.archive.exporting.n_picked += 1;
                Vec::new()
            }
            // Its own dialog has a field for the path.
            (None, FilePurpose::Export) => Vec::new(),
            (Some(path), FilePurpose::ExportChart(kind)) => self.update(Command::ExportChart(kind, path)),
            (None, _) => {
                self.picking.end_without_path(PathPurpose::File(purpose), shown);
                Vec::new()
            }
        }
    }

    /// A file was chosen for this, or its path was typed.
    fn with_file(&mut self, job: impl Into<ArchiveJob>) -> ArchiveJob {
        if let Some(PathPurpose::File(_)) = self.picking.typed_for {
            self.picking.cancel();
        }
        job.into()
    }

    /// Writes the lines on the screen, and all others, to a file.
    fn export_lines(&mut self, path: PathBuf) -> Option<ArchiveJob> {
        if let Some(PathPurpose::File(_)) = self.picking.typed_for {
            self.picking.cancel();
        }
        self.archive.export_lines(path)
    }

    /// Writes the picture of who appears with whom to a file.
    fn export_network(&mut self, path: PathBuf) -> Vec<Job> {
        if let Some(PathPurpose::File(_)) = self.picking.typed_for {
            self.picking.cancel();
        }
        let is_picture = |it: &OsStr| it.eq_ignore_ascii_case("png") || it.eq_ignore_ascii_case("svg");
        let Some(network) = self.archive.entities.network.export() else {
            return Vec::new();
        };
        match path.extension().is_some_and(is_picture) {
            true => self.draw(Drawn::Network(network), path),
            false => self
                .archive
                .jobs([NamesJob::Export(ExportNetworkJob { network, path }).into()]),
        }
    }

    /// Writes articles to a file, and remembers how.
    fn export(&mut self, asked: ExportRequest) -> Vec<Job> {
        let before = self.settings.clone();
        self.settings.export = asked.choice.clone();
        self.settings.export.folder = asked.path.parent().map(Path::to_owned);
        self.notices.retain(|it| {
            !matches!(
                it,
                Notice::ExportExists(_) | Notice::NotExported(..) | Notice::ExportCancelled | Notice::Exported(..)
            )
        });
        let found = self.archive.search.found_page();
        let job = found.and_then(|found| self.archive.exporting.begin(asked, &found));
        let mut jobs: Vec<Job> = self.archive.jobs(job.map(ArchiveJob::from));
        if self.settings != before {
            jobs.push(self.save_settings(before));
        }
        jobs
    }

    /// Writes counts on the screen to a file, as a picture.
    fn export_chart(&mut self, kind: ChartKind, path: PathBuf) -> Vec<Job> {
        if let Some(PathPurpose::File(_)) = self.picking.typed_for {
            self.picking.cancel();
        }
        let chart = chart_of(&self.archive, kind);
        chart.map_or_else(Vec::new, |it| self.draw(Drawn::Chart(Box::new(it)), path))
    }

    /// Where texts are set.
    fn draw(&self, drawn: Drawn, path: PathBuf) -> Vec<Job> {
        let settings = Box::new(self.settings.clone());
        let job = DrawJob { drawn, settings, path };
        let session = self.archive.session().into_iter();
        session
            .map(|session| {
                Job::Window(WindowJob::Draw {
                    session,
                    job: job.clone(),
                })
            })
            .collect()
    }

    /// Reads new and changed files: what was told of them is done, what kept them from being read is tried again.
    fn read_files(&mut self, job: IndexJob) -> ArchiveJob {
        self.notices
            .retain(|it| !matches!(it, Notice::FolderChanged(_) | Notice::Blocked(_)));
        job.into()
    }

    fn set_settings(&mut self, settings: Settings) -> Vec<Job> {
        let before = mem::replace(&mut self.settings, settings);
        let mut jobs = vec![self.save_settings(before)];
        jobs.extend(self.search_by_settings());
        jobs
    }

    /// Takes over what others changed in the settings.
    fn follow_settings(&mut self, change: &Change<Settings>) -> Vec<Job> {
        change.apply_to(&mut self.settings);
        self.search_by_settings()
    }

    /// Searches again if the settings change what is found.
    fn search_by_settings(&mut self) -> Vec<Job> {
        if !self.archive.search.follow(&self.settings) {
            return Vec::new();
        }
        let search = self.archive.search();
        self.archive.jobs(search)
    }

    fn forget(&mut self) -> Vec<Job> {
        let root = self.archive.open.as_ref().map(|it| &it.root);
        match root {
            Some(ArchiveRoot::Folder(folder)) => vec![Job::Program(ProgramJob::Forget(folder.clone()))],
            // There is nothing of the user's in it.
            Some(ArchiveRoot::Sample) | None => Vec::new(),
        }
    }

    fn hand_over(&self, to: OtherProgram, path: PathBuf) -> Vec<Job> {
        let folder = self.archive.open.as_ref().map(|it| it.folder.clone());
        let job = folder.map(|folder| Job::Window(WindowJob::HandOver { to, folder, path }));
        job.into_iter().collect()
    }

    fn open_original(&self, place: ArticlePlace) -> Vec<Job> {
        let folder = self.archive.open.as_ref().map(|it| it.folder.clone());
        let job = folder.map(|folder| Job::Window(WindowJob::OpenOriginal { folder, place }));
        job.into_iter().collect()
    }

    fn set_by_stories(&mut self, by_stories: bool) -> Vec<Job> {
        let before = self.settings.clone();
        self.settings.by_stories = by_stories;
        let search = self.archive.change(|request| request.by_stories = by_stories);
        let mut jobs = vec![self.save_settings(before)];
        jobs.extend(self.archive.jobs(search));
        jobs
    }

    fn save_settings(&self, before: Settings) -> Job {
        let after = self.settings.clone();
        Job::Program(ProgramJob::SaveSettings(Box::new(Change { before, after })))
    }
}

/// Hands a file that was written to another program.
fn open_exported(to: OtherProgram, path: &Path) -> Vec<Job> {
    let parts = path.parent().zip(path.file_name());
    let job = parts.map(|(folder, name)| WindowJob::HandOver {
        to,
        folder: folder.to_owned(),
        path: name.into(),
    });
    job.map(Job::Window).into_iter().collect()
}

/// The jobs of one thread.
fn all<J: Into<ArchiveJob>>(jobs: impl IntoIterator<Item = J>) -> Vec<ArchiveJob> {
    jobs.into_iter().map(Into::into).collect()
}

//! What views wish, what threads are asked to do, and what they report.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::arabic::Span;
use crate::archive::{Article, ArticleId, ReadingRule};
use crate::entities::{Correction, Corrections, EntityId, EntityKind, ImportReport, Reason};
use crate::index::{
    Change, Completion, CorrectionPreview, DayCount, Difference, EntityPage, Facet, FacetCounts, FacetFilter,
    FacetOrder, FoundEntity, Hit, HitOrder, Period, ResultPage, SearchRequest, SimilarTo,
};

use super::searches::{Searches, Visit};
use super::settings::Settings;

/// A wish of a view.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show a dialog in which a folder is chosen.
    PickFolder,
    /// Open an archive.
    Open(ArchiveRoot),
    /// Look for new and changed files again.
    Update,
    /// Stop reading files; what was read stays.
    CancelUpdate,
    /// The search field holds this now.
    SetQuery(String),
    /// Offer what may be meant by what stands in the search field; nothing while it is not typed in.
    Complete(Option<String>),
    /// Take what was offered.
    TakeCompletion(Completion),
    /// Change the request so that it finds something.
    TakeWayOut(Change),
    /// Require the value, or drop it if it is required already.
    ToggleFacet(FacetFilter),
    /// Search as it was searched before, and read what was read then.
    Visit(Visit),
    /// Go to where one was before.
    Back,
    /// Go to where one was before going back.
    Forward,
    /// Show the articles that are like this one, and nothing else of what was searched for.
    ShowSimilar(SimilarTo),
    /// No longer ask for articles that are like another one.
    RemoveSimilar,
    /// Whether the list shows one row for each story.
    SetByStories(bool),
    /// Whether facets and timeline count stories instead of articles.
    SetCountsStories(bool),
    /// Show the other articles of a row's story below it, or hide them.
    ToggleStory(usize),
    /// Show in which words two articles differ.
    ShowDifference(ArticleId, ArticleId),
    /// The difference was read.
    CloseDifference,
    /// Draw a second series on the timeline, or none.
    CompareTimeline(Option<SeriesChoice>),
    /// Keep the search as it is, with its article, under a name.
    SaveSearch(String),
    /// Call the saved search at a place of the list otherwise.
    RenameSearch(usize, String),
    /// Forget the saved search at a place of the list.
    RemoveSearch(usize),
    /// Forget the searches that have no name.
    ClearRecent,
    /// Look up all values of a facet whose name holds a text, in an order; nothing when they are no longer shown.
    ListFacet(Option<(Facet, String, FacetOrder)>),
    /// Whether any of a facet's required values is enough, or all of them are required.
    SetAnyOf(Facet, bool),
    /// Drop the chosen value at this place of [`crate::index::Filters::values`].
    RemoveFilter(usize),
    /// Narrow to a period, or to any time.
    SetPeriod(Option<Period>),
    /// Drop the query, all chosen values and the period.
    ClearAll,
    /// Put the hits in another order.
    SetOrder(HitOrder),
    /// These rows of the list are on the screen.
    ShowRows(Range<usize>),
    /// Read the article in this row.
    Select(usize),
    /// Go to the next row whose title begins with what was typed.
    FindTitle {
        /// What was typed.
        typed: String,
        /// The row that was selected when the typing began.
        after: Option<usize>,
    },
    /// Show only the values of the facet whose name holds the text; empty for all.
    FilterFacet(Facet, String),
    /// Keep a correction of how files are read in place of an earlier one of the same files, and read them again. One
    /// that says nothing takes the earlier one back.
    CorrectReading(ReadingRule),
    /// Correct which names are one entity.
    Correct(Correction),
    /// Show what a correction would change.
    PreviewCorrection(Correction),
    /// The preview was read.
    ClosePreview,
    /// Take back the correction at a place of [`AppState::corrections`](super::AppState::corrections), or the last one.
    UndoCorrection(Option<usize>),
    /// Take over the corrections in a file.
    ImportCorrections(PathBuf),
    /// Write the corrections to a file.
    ExportCorrections(PathBuf),
    /// Show a dialog in which a file is chosen.
    PickFile(FilePurpose),
    /// Take back the wish for which a path would be typed.
    TypeNoPath,
    /// Show the page of an entity, compared with another one.
    ShowEntity {
        /// Whose page.
        id: EntityId,
        /// With whom it is compared.
        with: Option<EntityId>,
    },
    /// Go back to the page that was shown before, or to the article.
    LeaveEntity,
    /// Read an article in which an entity appears, whether the list shows it or not; its page is left.
    ReadAppearance(ArticleId),
    /// Look up the entities of a kind of which a spelling holds the text; empty for none.
    FindEntities {
        /// What was typed.
        text: String,
        /// Their kind; any without.
        kind: Option<EntityKind>,
    },
    /// Show which entities may be one.
    ShowSuggestions,
    /// Take over changed settings.
    SetSettings(Settings),
    /// The notice was read.
    DismissNotice(usize),
}

/// A second series of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesChoice {
    /// All articles of the archive.
    Archive,
    /// The result as it is now, to be seen beside later ones.
    Current,
}

/// Which folder is an archive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ArchiveRoot {
    /// The articles that come with the program.
    Sample,
    /// A folder of the user's.
    Folder(PathBuf),
}

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilePurpose {
    /// To take over the corrections in it.
    ImportCorrections,
    /// To write the corrections to it.
    ExportCorrections,
}

/// Work for a thread.
#[derive(Clone, Debug)]
pub enum Job {
    /// Show the dialog in which a folder is chosen.
    PickFolder,
    /// Show the dialog in which a file is chosen.
    PickFile(FilePurpose),
    /// Open the archive, show what is indexed of it, then read what is new or changed.
    Open(ArchiveRoot),
    /// Read what is new or changed in the open archive.
    Update,
    /// Stop reading.
    CancelUpdate,
    /// Search; a newer search makes an older one void.
    Search {
        /// Counts the searches.
        generation: u64,
        /// What is searched for.
        request: SearchRequest,
    },
    /// Look up what rows of the list show.
    LoadRows {
        /// The search that found the rows.
        generation: u64,
        /// Its result.
        page: Arc<ResultPage>,
        /// Its request.
        request: SearchRequest,
        /// Which rows.
        rows: Range<usize>,
    },
    /// Find the next row whose title begins with what was typed; a newer wish makes an older one void.
    FindTitle {
        /// Counts the wishes.
        number: u64,
        /// The result whose rows are meant.
        page: Arc<ResultPage>,
        /// What was typed.
        typed: String,
        /// The row below which it is sought first.
        after: Option<usize>,
    },
    /// Look up the values of a facet whose name holds the text.
    LoadFacet {
        /// The search whose result is counted.
        generation: u64,
        /// Its request.
        request: SearchRequest,
        /// The facet.
        facet: Facet,
        /// What the names hold.
        filter_text: String,
        /// The order of the values.
        order: FacetOrder,
    },
    /// Work out the page of an entity; a newer wish makes an older one void.
    LoadEntity {
        /// Counts the wishes.
        number: u64,
        /// Whose page.
        id: EntityId,
        /// With whom it is compared.
        with: Option<EntityId>,
        /// The request whose result it is counted in.
        request: SearchRequest,
    },
    /// Look up entities by a spelling; a newer wish makes an older one void.
    FindEntities {
        /// What a spelling holds.
        text: String,
        /// Their kind; any without.
        kind: Option<EntityKind>,
    },
    /// Count the days of another search, for the timeline.
    LoadSeries(SearchRequest),
    /// Find in which words two articles differ.
    LoadDifference(ArticleId, ArticleId),
    /// Keep the saved and the recent searches.
    SaveSearches(Searches),
    /// Read an article for the reader; a newer wish makes an older one void.
    Read {
        /// The article.
        article: ArticleId,
        /// The words to be marked in it.
        query_text: String,
        /// Whether they have to be spelled as they were typed.
        as_typed: bool,
    },
    /// Look up what may be meant by what is being typed; a newer wish makes an older one void.
    Complete {
        /// Counts the wishes.
        number: u64,
        /// What stands in the search field.
        query_text: String,
    },
    /// Keep a correction of how files are read, and read them again.
    CorrectReading(ReadingRule),
    /// Keep a correction and count by it.
    Correct(Correction),
    /// Work out what a correction would change.
    PreviewCorrection(Correction),
    /// Take back the correction at a place, or the last one.
    UndoCorrection(Option<usize>),
    /// Take over the corrections in a file.
    ImportCorrections(PathBuf),
    /// Write the corrections to a file.
    ExportCorrections(PathBuf),
    /// Look up which entities may be one.
    LoadSuggestions,
    /// Keep the settings.
    SaveSettings(Settings),
}

/// News from a thread.
#[derive(Clone, Debug)]
pub enum Event {
    /// The dialog was closed; without a folder if it was cancelled, or if none could be shown.
    FolderPicked {
        /// The chosen folder.
        folder: Option<PathBuf>,
        /// Whether a dialog was seen to be shown.
        shown: bool,
    },
    /// The dialog in which a file is chosen was closed; without a file if it was cancelled, or if none could be shown.
    FilePicked {
        /// What for.
        purpose: FilePurpose,
        /// The chosen file.
        path: Option<PathBuf>,
        /// Whether a dialog was seen to be shown.
        shown: bool,
    },
    /// The archive's index can be searched.
    Opened {
        /// The archive.
        root: ArchiveRoot,
        /// The folder it lies in.
        folder: PathBuf,
        /// How many articles are indexed so far.
        n_articles: u64,
        /// Whether the index could not be used and is built anew.
        rebuilt: bool,
    },
    /// The archive cannot be opened.
    OpenFailed {
        /// The archive.
        root: ArchiveRoot,
        /// Why.
        failure: OpenFailure,
    },
    /// Files are being read.
    Progress(UpdateProgress),
    /// More articles can be found than before.
    IndexChanged {
        /// How many articles are indexed.
        n_articles: u64,
    },
    /// It was found out what the names in the articles refer to: people, organisations and places can be counted.
    NamesFound,
    /// It was found out which articles are nearly the same: they can be listed and counted as one.
    StoriesFound,
    /// All files were read, or reading was stopped.
    Updated(UpdateSummary),
    /// The folder holds other files than those that were read.
    FolderChanged(FolderChanges),
    /// There is no room on the disk for more of the index.
    DiskFull,
    /// The folder of Fihrist's own files may not be written to, so that nothing more is read.
    DataDirReadOnly,
    /// Another window writes to the archive's index, so that this one only reads in it.
    OtherWindowWrites,
    /// Reading stopped for a reason that lies outside the files.
    UpdateFailed(String),
    /// A search is done.
    SearchDone {
        /// Which one.
        generation: u64,
        /// Its answer.
        page: Arc<ResultPage>,
    },
    /// What may be meant by what is being typed was looked up.
    Completed {
        /// Which wish this answers.
        number: u64,
        /// What may be meant.
        completions: Vec<Completion>,
    },
    /// Rows were looked up.
    RowsLoaded {
        /// The search that found them.
        generation: u64,
        /// The place of the first one.
        first: usize,
        /// What they show.
        hits: Vec<Hit>,
    },
    /// A row was sought by its title.
    TitleFound {
        /// Which wish this answers.
        number: u64,
        /// The row, if there is one.
        row: Option<usize>,
    },
    /// The values of a facet were looked up.
    FacetLoaded {
        /// The search whose result was counted.
        generation: u64,
        /// What the names hold.
        filter_text: String,
        /// The order of the values.
        order: FacetOrder,
        /// The values.
        counts: FacetCounts,
    },
    /// The days of another search were counted.
    SeriesLoaded(Arc<[DayCount]>),
    /// In which words two articles differ was found; nothing if one of them is gone.
    DifferenceLoaded(Option<Arc<Difference>>),
    /// The saved and recent searches of the archive were read.
    SearchesLoaded(Searches),
    /// The file of searches could not be read; it was kept here.
    SearchesDamaged(PathBuf),
    /// The searches could not be kept. Says why.
    SearchesNotSaved(String),
    /// The archive is counted by these corrections from now on.
    CorrectionsChanged {
        /// The corrections.
        corrections: Arc<Corrections>,
        /// What the ids in them are called where nothing is corrected; one that the archive does not hold is left out.
        names: HashMap<EntityId, String>,
    },
    /// The page of an entity was worked out; nothing if there is no such entity.
    EntityLoaded {
        /// Which wish this answers.
        number: u64,
        /// The page.
        page: Option<Arc<EntityPage>>,
    },
    /// Entities were looked up.
    EntitiesFound {
        /// What was looked for.
        text: String,
        /// Those whose spelling holds it, the most frequent of each kind first.
        found: Vec<FoundEntity>,
    },
    /// What a correction would change was worked out.
    CorrectionPreviewed {
        /// The correction.
        correction: Correction,
        /// What it would change.
        preview: CorrectionPreview,
    },
    /// A correction could not be made, taken back or kept; everything is as it was.
    CorrectionFailed(CorrectionFailure),
    /// Another's corrections were taken over.
    CorrectionsImported(ImportReport),
    /// The corrections were written to a file.
    CorrectionsExported(PathBuf),
    /// The file of corrections could not be read; it was kept here.
    CorrectionsDamaged(PathBuf),
    /// Which entities may be one was looked up.
    SuggestionsLoaded(Vec<NamedSuggestion>),
    /// An article was read.
    ArticleRead(Arc<ReadArticle>),
    /// An article could not be read, nor is it in the index.
    ReadFailed {
        /// The article.
        article: ArticleId,
        /// Why.
        reason: String,
    },
}

/// Two entities that may be one, as they are shown for review.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct NamedSuggestion {
    /// What they are.
    pub kind: EntityKind,
    /// The id of the more frequent one, which the other would be merged into.
    pub into: EntityId,
    /// Its name.
    pub into_name: String,
    /// The number of its articles.
    pub into_articles: u64,
    /// The id of the other.
    pub from: EntityId,
    /// Its name.
    pub from_name: String,
    /// The number of its articles.
    pub from_articles: u64,
    /// Why they may be one.
    pub reason: Reason,
}

/// Why a correction was not made, taken back, taken over or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorrectionFailure {
    /// A file cannot be read or written: which, and what the system says.
    File(PathBuf, String),
    /// There are no corrections in the file, or a newer version's: which file, and what is wrong with it.
    NotCorrections(PathBuf, String),
    /// There is no such entity or spelling.
    Unknown(String),
    /// It would change nothing.
    NothingChanges,
    /// There is no such correction to be taken back.
    NothingToUndo,
    /// The index cannot be read.
    Index(String),
}

/// Why an archive cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFailure {
    /// There is nothing at its path.
    NoFolder,
    /// What lies at its path is not a folder.
    NotAFolder,
    /// The folder cannot be read. Says why.
    Folder(String),
    /// The index cannot be opened or made.
    Index(String),
}

/// How far the reading of files has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpdateProgress {
    /// Files read so far.
    pub files_done: u64,
    /// Files that are new or changed.
    pub files_total: u64,
    /// Articles found in them.
    pub articles: u64,
}

/// What reading an archive's files came to.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct UpdateSummary {
    /// The archive's files of kinds that are read.
    pub files: u64,
    /// The articles in the index.
    pub articles: u64,
    /// Files read for the first time.
    pub added: u64,
    /// Files read again.
    pub changed: u64,
    /// Files that are gone.
    pub removed: u64,
    /// Files that tell about a folder, such as a licence, and are not read.
    pub left_out: u64,
    /// Files and folders that could not be read: the path and why.
    pub unreadable: Vec<UnreadableFile>,
    /// How long it took.
    pub seconds: f64,
    /// The bytes read.
    pub bytes: u64,
    /// Stands for the files that were found, with their sizes and times.
    #[serde(skip)]
    pub folder_stamp: u64,
    /// Whether it was stopped before the end.
    #[serde(skip)]
    pub cancelled: bool,
}

/// How many files of a folder differ from what was read of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderChanges {
    /// New files.
    pub added: u64,
    /// Files that were changed.
    pub changed: u64,
    /// Files that are gone.
    pub removed: u64,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UnreadableFile {
    /// Where it is, relative to the archive's folder.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// An article as the reader shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadArticle {
    /// The article.
    pub id: ArticleId,
    /// Its text and sections.
    pub article: Article,
    /// What it names, in the order of the text.
    pub mentions: Vec<ReadMention>,
    /// The dates of which it speaks, in the article's text, in order.
    pub dates: Vec<Span>,
    /// The words searched for, in the article's text, in order.
    pub matches: Vec<Span>,
    /// Whether the file is gone, so that this is what the index kept of it.
    pub file_is_gone: bool,
}

/// One place in an article that names an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMention {
    /// Where, in the article's text.
    pub span: Span,
    /// What kind of thing.
    pub kind: EntityKind,
    /// The id of the entity, as in [`crate::index::FacetCount::id`].
    pub entity: String,
    /// The entity's name.
    pub name: String,
    /// The spelling that stands here, as among the entity's spellings.
    pub spelling: String,
    /// Whether the entity has no other spelling.
    pub is_only_spelling: bool,
}

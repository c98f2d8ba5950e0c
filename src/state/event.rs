//! What the threads report: one closed enum for each of them.
//!
//! What belongs to an archive bears the session that it was found out in, and is dropped when that is over: see
//! [`AppState::apply`](super::AppState::apply).

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{ArticleId, ReadingRule};
use crate::entities::{Correction, Corrections, EntityId, ImportReport};
use crate::index::{
    Appearance, Completion, CorrectionPreview, Damage, DayCount, Difference, EntityPage, Facet, FacetCounts,
    FacetOrder, FoundEntity, Hit, KwicLine, LineAt, Moment, ResultPage, UsualSpelling,
};

use super::cause::Cause;
use super::change::Change;
use super::export::{ExportFailure, ExportProgress, ExportReport};
use super::id::{RequestId, SearchId, SessionId};
use super::kept::KeptMishap;
use super::left::Left;
use super::mark_list::MarkRow;
use super::marks::{MarkFailure, Marked, MarkedArchive};
use super::news::SavedNews;
use super::path::{ArchiveRoot, FilePurpose};
use super::pictures::{DecodedPicture, WantedPicture};
use super::report::{
    CorrectionFailure, FolderChanges, ForgetFailure, HandOverFailure, LinesRead, MissingFiles, NameContext,
    NamedSuggestion, OpenFailure, Opened, PlacedNetwork, ReadArticle, UpdateProgress, UpdateSummary,
};
use super::searches::Searches;
use super::settings::{Settings, SystemTheme};

/// News from a thread, or from a dialog.
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
    /// What may be meant by a path that is being typed.
    PathCompleted {
        /// What was typed.
        typed: String,
        /// The paths that begin so, in the order of their names.
        offers: Vec<String>,
    },
    /// The archive's index can be searched. What belongs to the archive that was open before is over.
    Opened {
        /// What its events bear from now on.
        session: SessionId,
        /// The archive.
        root: ArchiveRoot,
        /// The folder it lies in.
        folder: PathBuf,
        /// How many articles are indexed so far.
        n_articles: u64,
        /// Whether the index could not be used and is built anew.
        rebuilt: bool,
        /// Whether the text of scans is recognised.
        recognises_scans: bool,
    },
    /// The archive cannot be opened; the one that was open before still is.
    OpenFailed {
        /// The archive.
        root: ArchiveRoot,
        /// Why.
        failure: OpenFailure,
    },
    /// The settings were kept; with what others changed in them meanwhile.
    SettingsSaved(Option<Box<Change<Settings>>>),
    /// The settings could not be kept.
    SettingsNotSaved(Cause),
    /// Another window or command changed the kept settings.
    SettingsChanged(Box<Change<Settings>>),
    /// The system's own windows are light or dark now.
    SystemTheme(SystemTheme),
    /// Something happened to a file of the user's decisions.
    Kept(KeptMishap),
    /// All that was known of the archive in this folder was removed.
    Forgotten(PathBuf),
    /// The folder of the archive that is opened had another name, and all that is known of it followed.
    FolderRenamed {
        /// Its path before.
        was: PathBuf,
    },
    /// What is known of an archive could not be removed.
    ForgetFailed(ForgetFailure),
    /// A file, given relative to the archive's folder, could not be handed to another program.
    NotHandedOver(PathBuf, HandOverFailure),
    /// What an article was read from was opened in another program; the file, relative to the archive's folder.
    OriginalOpened(PathBuf, Opened),
    /// An address could not be opened in the browser.
    AddressNotOpened(String, Cause),
    /// News of an archive.
    Archive {
        /// The session that it belongs to.
        session: SessionId,
        /// The news.
        event: ArchiveEvent,
    },
}

impl Event {
    /// News of an archive.
    pub fn of(session: SessionId, event: impl Into<ArchiveEvent>) -> Self {
        let event = event.into();
        Self::Archive { session, event }
    }
}

/// News of an archive, by what it is about.
#[derive(Clone, Debug)]
pub enum ArchiveEvent {
    /// About the index and the folder.
    Index(IndexEvent),
    /// About a search.
    Search(SearchEvent),
    /// About what is read.
    Read(ReadEvent),
    /// About people, organisations and places.
    Entity(EntityEvent),
    /// About the user's corrections of them.
    Correct(CorrectEvent),
    /// About what the user marked.
    Mark(MarkEvent),
    /// About the lines of the words found.
    Kwic(KwicEvent),
    /// About articles written for other programs.
    Export(ExportEvent),
}

/// What becomes of the index, its folder and the files beside it.
#[derive(Clone, Debug)]
pub enum IndexEvent {
    /// Files are being read.
    Progress(UpdateProgress),
    /// More articles can be found than before.
    Changed {
        /// How many articles are indexed.
        n_articles: u64,
    },
    /// A part of the index is damaged: what was found before may be wrong. It is not searched any more, and its files are to
    /// be read again.
    Damaged(Damage),
    /// It was found out what the names in the articles refer to: people, organisations and places can be counted.
    NamesFound,
    /// It was found out which articles are nearly the same: they can be listed and counted as one.
    StoriesFound,
    /// How the archive was left when it was last open.
    LeftLoaded(Box<Left>),
    /// All files were read, or reading was stopped.
    Updated(UpdateSummary),
    /// The folder holds other files than those that were read.
    FolderChanged(FolderChanges),
    /// The folder was looked at, and these files of its index were missing: other ones than before, or none any more.
    MissingFiles(MissingFiles),
    /// Another window no longer writes to the archive's index.
    OtherIsDone,
    /// Reading stopped, and can go on when what stands in its way is gone.
    Blocked(Obstacle),
    /// Reading stopped for a reason that lies outside the files.
    UpdateFailed(Cause),
    /// How files are read was corrected: by this, in the place of an earlier rule of the same files, which says nothing if
    /// there was none.
    ReadingCorrected {
        /// What holds now.
        made: ReadingRule,
        /// What held before.
        before: ReadingRule,
    },
    /// What changes outside the window cannot be watched for, for the first time since it last could.
    WatchFailed(Cause),
    /// The saved and recent searches of the archive were read.
    SearchesLoaded(Searches),
    /// Another window changed the kept searches.
    SearchesChanged(Box<Change<Searches>>),
    /// The searches were kept; with what others changed in them meanwhile.
    SearchesSaved(Option<Box<Change<Searches>>>),
    /// The searches could not be kept.
    SearchesNotSaved(Cause),
    /// It was counted what is new in the saved searches.
    NewsCounted {
        /// The request that this answers.
        id: RequestId,
        /// Of each search that could be counted.
        news: Vec<SavedNews>,
        /// When the last article came that was counted.
        latest: Moment,
    },
}

/// What keeps files from being read for the index until the user does something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// There is no room on the disk for more of the index.
    DiskFull,
    /// The folder of Fihrist's own files may not be written to.
    DataDirReadOnly,
    /// Another window writes to the archive's index, so that this one only reads in it.
    OtherWindowWrites,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum SearchEvent {
    /// A search is done.
    Done {
        /// The search that this answers.
        id: SearchId,
        /// What was found.
        page: Arc<ResultPage>,
    },
    /// A search could not be done.
    Failed {
        /// The search that has no answer.
        id: SearchId,
        /// Why.
        cause: Cause,
    },
    /// Something could not be looked up. Whoever waits for it must be told: nothing else will come.
    LookupFailed {
        /// What nobody is to wait for any more.
        lookup: Lookup,
        /// Why.
        cause: Cause,
    },
    /// What may be meant by what is being typed was looked up.
    Completed {
        /// The request that this answers.
        id: RequestId,
        /// The best first.
        completions: Vec<Completion>,
    },
    /// Rows were looked up.
    RowsLoaded {
        /// The search that found them.
        id: SearchId,
        /// The place of the first one.
        first: usize,
        /// What they show.
        hits: Vec<Hit>,
    },
    /// A row was sought by its title.
    TitleFound {
        /// The request that this answers.
        id: RequestId,
        /// The row, if there is one.
        row: Option<usize>,
    },
    /// The values of a facet were looked up.
    FacetLoaded {
        /// The search whose result was counted.
        id: SearchId,
        /// What the names hold.
        filter_text: String,
        /// The order of the values.
        order: FacetOrder,
        /// The values.
        counts: FacetCounts,
    },
    /// The days of another search were counted.
    SeriesLoaded(Arc<[DayCount]>),
    /// What lines show was looked up.
    LinesLoaded {
        /// The search whose lines they are.
        id: SearchId,
        /// The lines.
        lines: Vec<KwicLine>,
    },
    /// A picture of counts was written to this file.
    ChartExported(PathBuf),
    /// A picture of counts could not be written to this file.
    ChartNotExported(PathBuf, Cause),
    /// It was looked up how the rare words of a query are usually written.
    UsualFound {
        /// The search that this is about.
        id: SearchId,
        /// Nothing if it has no such words.
        usual: Option<UsualSpelling>,
    },
}

/// What was looked up, so that the state ends the right waiting if that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A part of an answer that is shown without it.
    Part,
    /// Rows of the list, which stay without words.
    Rows,
    /// The row of a title, which stays unselected.
    Title,
    /// The values of a facet.
    Facet {
        /// The search whose result was counted.
        id: SearchId,
        /// The facet.
        facet: Facet,
        /// What the names hold.
        filter_text: String,
        /// The order of the values.
        order: FacetOrder,
    },
    /// What may be meant by what is being typed.
    Completions(RequestId),
    /// The entities of which a spelling holds this.
    Entities(String),
    /// The days of the whole archive.
    Series,
    /// In which words these two articles differ.
    Difference(ArticleId, ArticleId),
    /// What lines show, which stay without words.
    Lines,
    /// How rare words are usually written, which is not told then.
    Usual,
}

/// What lines were found.
#[derive(Clone, Debug)]
pub enum KwicEvent {
    /// More articles were read for an order.
    Progress {
        /// The request that this answers.
        id: RequestId,
        /// How far.
        read: LinesRead,
    },
    /// Lines were found.
    Found {
        /// The request that this answers.
        id: RequestId,
        /// The place of the first of them among all lines.
        first: usize,
        /// Which lines follow there.
        lines: Vec<LineAt>,
        /// How far the articles were read, and in which order the lines are.
        read: LinesRead,
        /// Whether these are the last that were asked for.
        is_last: bool,
    },
    /// The search has no word or name that lines could be aligned at.
    NoNode(RequestId),
    /// Lines could not be read.
    Failed {
        /// The request that has no answer.
        id: RequestId,
        /// Why.
        cause: Cause,
    },
    /// So many lines were written to a file.
    Exported(PathBuf, u64),
    /// Lines could not be written to a file.
    NotExported(PathBuf, Cause),
}

/// What became of articles that are written for other programs.
#[derive(Clone, Debug)]
pub enum ExportEvent {
    /// More were written.
    Progress(ExportProgress),
    /// All were written to this file.
    Done(PathBuf, ExportReport),
    /// There is a file already, which was not to be replaced; nothing was written.
    Exists(PathBuf),
    /// They could not be written; nothing of the file remains.
    Failed {
        /// The file.
        path: PathBuf,
        /// What can be done about it.
        why: ExportFailure,
        /// Why.
        cause: Cause,
    },
    /// Writing was stopped; nothing of the file remains.
    Cancelled,
    /// What was asked for the clipboard.
    Copied {
        /// The text alone.
        text: String,
        /// The same as HTML.
        html: String,
    },
    /// What was asked for the clipboard could not be read.
    NotCopied(Cause),
}

/// What was read.
#[derive(Clone, Debug)]
pub enum ReadEvent {
    /// An article was read.
    Done(Arc<ReadArticle>),
    /// A picture of an article was decoded, or cannot be.
    Picture {
        /// The article, as it was read.
        article: Arc<ReadArticle>,
        /// Which picture, and how large.
        wanted: WantedPicture,
        /// What came of it.
        decoded: DecodedPicture,
    },
    /// An article could not be read, nor is it in the index.
    Failed {
        /// The article that was to be read.
        article: ArticleId,
        /// Why.
        cause: Cause,
    },
    /// In which words two articles differ was found; nothing if one of them is gone.
    DifferenceLoaded(Option<Arc<Difference>>),
}

/// What was found out about people, organisations and places.
#[derive(Clone, Debug)]
pub enum EntityEvent {
    /// The page of an entity was worked out; nothing if there is no such entity.
    Loaded {
        /// The request that this answers.
        id: RequestId,
        /// It may be that of another entity, with which the wanted one was merged.
        page: Option<Arc<EntityPage>>,
    },
    /// The page of an entity could not be worked out.
    Failed {
        /// The request that has no answer.
        id: RequestId,
        /// Why.
        cause: Cause,
    },
    /// Articles of the entity whose page is shown were looked up.
    AppearancesLoaded {
        /// The request that this answers.
        id: RequestId,
        /// The place of the first one that was asked for.
        first: usize,
        /// Those that are there, in their order.
        rows: Vec<Appearance>,
    },
    /// What articles say of the entity was read.
    ContextsLoaded {
        /// The request that this answers.
        id: RequestId,
        /// The place of the first article that was read.
        first: usize,
        /// In the order of the articles.
        contexts: Vec<NameContext>,
    },
    /// What articles say could not be read.
    ContextsFailed {
        /// The request that has no answer.
        id: RequestId,
        /// Why.
        cause: Cause,
    },
    /// It was counted who appears with whom; nothing if the one it is about is no more.
    NetworkLoaded {
        /// The request that this answers.
        id: RequestId,
        /// The picture.
        network: Option<Arc<PlacedNetwork>>,
    },
    /// It could not be counted.
    NetworkFailed {
        /// The request that has no answer.
        id: RequestId,
        /// Why.
        cause: Cause,
    },
    /// The picture of who appears with whom was written to this file.
    NetworkExported(PathBuf),
    /// The picture could not be written to this file.
    NetworkNotExported(PathBuf, Cause),
    /// Entities were looked up.
    Found {
        /// What was looked for.
        text: String,
        /// Those whose spelling holds it, the most frequent of each kind first.
        found: Vec<FoundEntity>,
    },
}

/// What became of corrections.
#[derive(Clone, Debug)]
pub enum CorrectEvent {
    /// The archive is counted by these corrections from now on.
    Changed {
        /// All that were made, in their order.
        corrections: Arc<Corrections>,
        /// What the ids in them are called where nothing is corrected; one that the archive does not hold is left out.
        names: HashMap<EntityId, String>,
    },
    /// What a correction would change was worked out.
    Previewed {
        /// The correction that is considered.
        correction: Correction,
        /// The entities before and after it.
        preview: CorrectionPreview,
    },
    /// A correction could not be made, taken back or kept; everything is as it was.
    Failed(CorrectionFailure),
    /// Another's corrections were added.
    Imported(ImportReport),
    /// The corrections were written to a file.
    Exported(PathBuf),
    /// Which entities may be one was looked up.
    SuggestionsLoaded(Vec<NamedSuggestion>),
}

/// What became of marks.
#[derive(Clone, Debug)]
pub enum MarkEvent {
    /// The archive is searched by these marks from now on.
    Changed {
        /// All of them.
        marks: MarkedArchive,
        /// What was changed here, if it was.
        done: Option<Marked>,
    },
    /// The notes and highlights of what was found were listed; nothing if they could not be.
    Listed {
        /// The request that this answers.
        id: RequestId,
        /// In the order of the articles.
        rows: Option<Vec<MarkRow>>,
    },
    /// Marks could not be kept or handed on; everything is as it was.
    Failed(MarkFailure),
    /// Another's marks were added: so many articles have other marks now.
    Imported(u64),
    /// The marks were written to a file.
    Exported(PathBuf),
}

impl From<MarkEvent> for ArchiveEvent {
    fn from(event: MarkEvent) -> Self {
        Self::Mark(event)
    }
}

impl From<IndexEvent> for ArchiveEvent {
    fn from(event: IndexEvent) -> Self {
        Self::Index(event)
    }
}

impl From<SearchEvent> for ArchiveEvent {
    fn from(event: SearchEvent) -> Self {
        Self::Search(event)
    }
}

impl From<KwicEvent> for ArchiveEvent {
    fn from(event: KwicEvent) -> Self {
        Self::Kwic(event)
    }
}

impl From<ExportEvent> for ArchiveEvent {
    fn from(event: ExportEvent) -> Self {
        Self::Export(event)
    }
}

impl From<ReadEvent> for ArchiveEvent {
    fn from(event: ReadEvent) -> Self {
        Self::Read(event)
    }
}

impl From<EntityEvent> for ArchiveEvent {
    fn from(event: EntityEvent) -> Self {
        Self::Entity(event)
    }
}

impl From<CorrectEvent> for ArchiveEvent {
    fn from(event: CorrectEvent) -> Self {
        Self::Correct(event)
    }
}

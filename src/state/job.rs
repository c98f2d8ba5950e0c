//! Work for the threads: one closed enum for each of them.
//!
//! A thread takes only jobs of its own enum, so that a job it does not know is an error of the compiler and not a job that
//! nobody does.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{ArticleId, ReadingRule};
use crate::entities::{Correction, EntityId, EntityKind, MadeCorrection};
use crate::index::{Facet, FacetOrder, KwicSort, LineAt, ResultPage, SearchRequest};

use crate::marks::{MarkChange, MarkColor, MarkEdit};

use super::change::Change;
use super::chart::DrawJob;
use super::command::{ArticlePlace, OtherProgram};
use super::export::{ExportOrder, ExportWords};
use super::export_choice::CitationStyle;
use super::id::{RequestId, SearchId, SessionId};
use super::left::Left;
use super::path::{ArchiveRoot, FilePurpose};
use super::pictures::WantedPicture;
use super::report::{FoundPage, NetworkOptions, PlacedNetwork, ReadArticle};
use super::searches::{SavedSearch, Searches};
use super::settings::Settings;

/// Work that a command or an event asks for.
#[derive(Clone, Debug)]
pub enum Job {
    /// For the window itself.
    Window(WindowJob),
    /// For the index thread, whichever archive is open.
    Program(ProgramJob),
    /// On the archive of a session; void when that is over.
    Archive {
        /// The session that it was asked for in.
        session: SessionId,
        /// What is to be done.
        job: ArchiveJob,
    },
}

/// What only the window can do: dialogs belong to its thread, and other programs wait for no other job.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowJob {
    /// Show the dialog in which a folder is chosen.
    PickFolder,
    /// Show the dialog in which a file is chosen.
    PickFile(FilePurpose),
    /// Look up what may be meant by a path that is being typed.
    CompletePath {
        /// What was typed.
        typed: String,
        /// Whether files are wanted, and not only folders.
        takes_files: bool,
    },
    /// Draw a picture, and write it to a file.
    Draw {
        /// The archive that its news belong to.
        session: SessionId,
        /// The picture.
        job: DrawJob,
    },
    /// Put a text on the clipboard, also as it looks.
    Copy {
        /// The text alone.
        text: String,
        /// The same as HTML.
        html: String,
    },
    /// Hand a file to another program.
    HandOver {
        /// Which one.
        to: OtherProgram,
        /// The archive's folder.
        folder: PathBuf,
        /// The file's path in it; it may lead into a file.
        path: PathBuf,
    },
    /// Open what an article was read from in another program.
    OpenOriginal {
        /// The archive's folder.
        folder: PathBuf,
        /// The article.
        place: ArticlePlace,
    },
    /// Open an address of the web in the browser.
    OpenAddress(String),
}

/// What is done for no archive, or for one that is not open yet.
#[derive(Clone, Debug)]
pub enum ProgramJob {
    /// Open the archive, show what is indexed of it, then read what is new or changed. The update that is under way is
    /// stopped.
    Open(ArchiveRoot),
    /// Keep a change of the settings. What cannot be kept is tried again with the next one.
    SaveSettings(Box<Change<Settings>>),
    /// Remove all that is known of the archive in this folder, and open the sample in its place if it is open.
    Forget(PathBuf),
}

/// Work on the open archive, by the thread that does it.
#[derive(Clone, Debug)]
pub enum ArchiveJob {
    /// For the search thread.
    Search(SearchJob),
    /// For the thread that completes what is typed.
    Complete(CompleteJob),
    /// For the thread that reads articles.
    Read(ReadJob),
    /// For the thread that finds lines.
    Kwic(KwicJob),
    /// For the thread that writes lines to a file.
    ExportLines(ExportLinesJob),
    /// For the thread that writes articles to files and for the clipboard.
    Export(ExportJob),
    /// For the thread that reads what articles say of names, and who appears with whom.
    Names(NamesJob),
    /// For the thread that counts what is new in the saved searches.
    News(NewsJob),
    /// For the thread that decodes pictures; newest only.
    Pictures(PictureJob),
    /// For the index thread.
    Index(IndexJob),
    /// For the thread that corrects names.
    Correct(CorrectJob),
    /// For the thread that marks articles.
    Mark(MarkJob),
    /// For the thread that keeps how the archive is left; newest only.
    Leave(Box<Left>),
}

/// What the index is asked: of most kinds, a newer question makes an older one void.
#[derive(Clone, Debug)]
pub enum SearchJob {
    /// Search. A newer search makes an older one void, and with it the rows and values of an older one that were not
    /// looked up yet.
    Search {
        /// What its answer bears; a newer one is greater.
        id: SearchId,
        /// What is searched for.
        request: SearchRequest,
    },
    /// Look up what rows of the list show.
    LoadRows {
        /// The search that found the rows.
        id: SearchId,
        /// The articles of the rows.
        page: Arc<ResultPage>,
        /// The words to be marked in them.
        request: SearchRequest,
        /// Their places in `page`.
        rows: Range<usize>,
    },
    /// Find the next row whose title begins with what was typed; newest only.
    FindTitle {
        /// What the answer bears.
        id: RequestId,
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
        id: SearchId,
        /// What that searched for.
        request: SearchRequest,
        /// The facet.
        facet: Facet,
        /// What the names hold.
        filter_text: String,
        /// The order of the values.
        order: FacetOrder,
    },
    /// Work out the page of an entity; newest only.
    LoadEntity {
        /// What the answer bears.
        id: RequestId,
        /// Whose page it is.
        entity: EntityId,
        /// The entities that it is compared with.
        with: Vec<EntityId>,
        /// The request whose result it is counted in.
        request: SearchRequest,
    },
    /// Look up articles of the entity whose page is shown.
    LoadAppearances {
        /// What the answer bears.
        id: RequestId,
        /// The place of the first one.
        first: usize,
        /// Which ones.
        articles: Vec<ArticleId>,
        /// Says whether inferred dates count.
        request: SearchRequest,
    },
    /// Look up entities by a spelling; newest only.
    FindEntities {
        /// What a spelling holds.
        text: String,
        /// Their kind; any without.
        kind: Option<EntityKind>,
    },
    /// Count the days of another search, for the timeline; newest only.
    LoadSeries(SearchRequest),
    /// Find in which words two articles differ; newest only.
    LoadDifference(ArticleId, ArticleId),
    /// Look up what lines show.
    LoadLines {
        /// Whose lines they are.
        found: FoundPage,
        /// Which ones.
        at: Vec<LineAt>,
    },
    /// Find how the rare words of a query that found few are usually written; newest only.
    FindUsual(FoundPage),
}

/// Find the lines of the words found; newest only.
#[derive(Clone, Debug)]
pub enum KwicJob {
    /// Find them. What was read already for the same search and another order is not read again.
    Read {
        /// What the answers bear.
        id: RequestId,
        /// Whose lines they are.
        found: FoundPage,
        /// Their order.
        sort: KwicSort,
        /// The first that is wanted, where they have no order.
        first: usize,
        /// At least so many are read, where they have no order.
        until: usize,
    },
    /// Read no more.
    Stop {
        /// Makes what was asked for before void.
        id: RequestId,
    },
}

/// Write all lines to a file; one after the other.
#[derive(Clone, Debug)]
pub struct ExportLinesJob {
    /// Whose lines they are.
    pub found: FoundPage,
    /// Their order.
    pub sort: KwicSort,
    /// Where to; its extension says which format.
    pub path: PathBuf,
}

/// Write articles for other programs; one after the other.
#[derive(Clone, Debug)]
pub enum ExportJob {
    /// Write them to a file.
    Write(Box<ExportOrder>),
    /// Stop writing; nothing of the file remains.
    Cancel,
    /// Make rows of a table of them, for the clipboard.
    CopyRows {
        /// Which ones, in this order.
        articles: Arc<[ArticleId]>,
        /// The words in it.
        words: Box<ExportWords>,
    },
    /// Cite them, for the clipboard.
    Cite {
        /// Which ones, in this order.
        articles: Arc<[ArticleId]>,
        /// How.
        style: CitationStyle,
        /// The months and digits.
        words: Box<ExportWords>,
    },
}

/// Count what is new in the saved searches since they were looked at; newest only.
#[derive(Clone, Debug)]
pub struct NewsJob {
    /// What the answer bears.
    pub id: RequestId,
    /// The searches.
    pub saved: Vec<SavedSearch>,
}

/// What is found out about names apart from searching.
#[derive(Clone, Debug)]
pub enum NamesJob {
    /// Read what articles say of a name; newest only.
    Contexts(ContextsJob),
    /// Count who appears with whom; newest only.
    Network(NetworkJob),
    /// Write that to a file for other programs; one after the other.
    Export(ExportNetworkJob),
}

/// Read what articles say of a name.
#[derive(Clone, Debug)]
pub struct ContextsJob {
    /// What the answer bears.
    pub id: RequestId,
    /// The name.
    pub entity: EntityId,
    /// The place of the first article among those of the name.
    pub first: usize,
    /// The articles.
    pub articles: Vec<ArticleId>,
}

/// Count who appears with whom in the result of a request.
#[derive(Clone, Debug)]
pub struct NetworkJob {
    /// What the answer bears.
    pub id: RequestId,
    /// The request.
    pub request: SearchRequest,
    /// Whom they appear with, where it is about one.
    pub center: Option<EntityId>,
    /// Which names, and how many.
    pub options: NetworkOptions,
}

/// Write who appears with whom to a file for other programs.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportNetworkJob {
    /// The network.
    pub network: Arc<PlacedNetwork>,
    /// Where to; its extension says in which format.
    pub path: PathBuf,
}

/// Look up what may be meant by what is being typed; newest only.
#[derive(Clone, Debug)]
pub struct CompleteJob {
    /// What the answer bears.
    pub id: RequestId,
    /// What stands in the search field.
    pub query_text: String,
}

/// Read an article for the reader; newest only.
#[derive(Clone, Debug)]
pub struct ReadJob {
    /// The article to be read.
    pub article: ArticleId,
    /// The words to be marked in it.
    pub query_text: String,
    /// Whether they have to be spelled as they were typed.
    pub as_typed: bool,
}

/// Decode pictures of an article.
#[derive(Clone, Debug)]
pub struct PictureJob {
    /// The article.
    pub article: Arc<ReadArticle>,
    /// Which of its pictures, the most wanted first.
    pub wanted: Vec<WantedPicture>,
}

/// What changes the archive's index, or is written beside it.
#[derive(Clone, Debug)]
pub enum IndexJob {
    /// Read what is new or changed.
    Update,
    /// Forget these files where they are still missing, given relative to the folder and in order, and read what is new or
    /// changed.
    ForgetFiles(Arc<[PathBuf]>),
    /// Stop reading.
    CancelUpdate,
    /// Keep a correction of how files are read, and read them again. It is kept even if the session is over by then.
    CorrectReading(ReadingRule),
    /// Keep whether the text of scans is recognised, and read what is new by it. It is kept even if the session is over by
    /// then.
    RecogniseScans(bool),
    /// Keep a change of the saved and the recent searches, even if the session is over by then. What cannot be kept is
    /// tried again with the next one.
    SaveSearches(Box<Change<Searches>>),
}

/// What is done with corrections: all of it, in the order in which it was asked for, even if the session is over by then.
#[derive(Clone, Debug)]
pub enum CorrectJob {
    /// Keep a correction and count by it.
    Correct(Correction),
    /// Work out what a correction would change.
    Preview(Correction),
    /// Take back a correction, or the last one.
    Undo(Option<MadeCorrection>),
    /// Add the corrections in a file to those there are.
    Import(PathBuf),
    /// Write the corrections to a file.
    Export(PathBuf),
    /// Look up which entities may be one.
    LoadSuggestions,
}

/// What is done with marks: all of it, in the order in which it was asked for, even if the session is over by then.
#[derive(Clone, Debug)]
pub enum MarkJob {
    /// Change the marks of some articles.
    Change {
        /// Which ones.
        articles: Arc<[ArticleId]>,
        /// What changes.
        change: MarkChange,
    },
    /// Count an article as read that was stayed with.
    Read(ArticleId),
    /// Make these changes, which take others back.
    Undo(Vec<MarkEdit>),
    /// List the notes and highlights of what was found.
    List {
        /// What the answer bears.
        id: RequestId,
        /// What was found.
        found: FoundPage,
    },
    /// Give a tag another colour.
    ColorTag {
        /// The tag.
        tag: String,
        /// Its colour.
        color: MarkColor,
    },
    /// Add the marks in a file to those there are.
    Import(PathBuf),
    /// Write the marks to a file.
    Export(PathBuf),
}

impl From<MarkJob> for ArchiveJob {
    fn from(job: MarkJob) -> Self {
        Self::Mark(job)
    }
}

impl From<SearchJob> for ArchiveJob {
    fn from(job: SearchJob) -> Self {
        Self::Search(job)
    }
}

impl From<KwicJob> for ArchiveJob {
    fn from(job: KwicJob) -> Self {
        Self::Kwic(job)
    }
}

impl From<ExportLinesJob> for ArchiveJob {
    fn from(job: ExportLinesJob) -> Self {
        Self::ExportLines(job)
    }
}

impl From<ExportJob> for ArchiveJob {
    fn from(job: ExportJob) -> Self {
        Self::Export(job)
    }
}

impl From<NamesJob> for ArchiveJob {
    fn from(job: NamesJob) -> Self {
        Self::Names(job)
    }
}

impl From<ContextsJob> for ArchiveJob {
    fn from(job: ContextsJob) -> Self {
        Self::Names(NamesJob::Contexts(job))
    }
}

impl From<NetworkJob> for ArchiveJob {
    fn from(job: NetworkJob) -> Self {
        Self::Names(NamesJob::Network(job))
    }
}

impl From<CompleteJob> for ArchiveJob {
    fn from(job: CompleteJob) -> Self {
        Self::Complete(job)
    }
}

impl From<ReadJob> for ArchiveJob {
    fn from(job: ReadJob) -> Self {
        Self::Read(job)
    }
}

impl From<PictureJob> for ArchiveJob {
    fn from(job: PictureJob) -> Self {
        Self::Pictures(job)
    }
}

impl From<IndexJob> for ArchiveJob {
    fn from(job: IndexJob) -> Self {
        Self::Index(job)
    }
}

impl From<CorrectJob> for ArchiveJob {
    fn from(job: CorrectJob) -> Self {
        Self::Correct(job)
    }
}

//! What views ask for.
//!
//! One flat list, so that a view writes `Command::Select(row)` and a reader sees at once all that a user can do. A command
//! says what is wanted, not how: which threads it needs is the state's business.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::{ArticleId, ReadingRule};
use crate::entities::{Correction, EntityId, EntityKind};
use crate::index::{Change, Completion, Facet, FacetFilter, FacetOrder, HitOrder, KwicSort, Period, SimilarTo};

use crate::marks::{MarkChange, MarkColor};

use super::chart_kind::ChartKind;
use super::export::{ExportRequest, ExportWords};
use super::export_choice::CitationStyle;
use super::left::TextPlace;
use super::marks::MarkScope;
use super::path::{ArchiveRoot, FilePurpose};
use super::pictures::WantedPicture;
use super::report::NetworkOptions;
use super::searches::Visit;
use super::settings::Settings;

/// What the user asks for through a view.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Show a dialog in which a folder is chosen.
    PickFolder,
    /// Open an archive.
    Open(ArchiveRoot),
    /// Open the archive that is open once more: its index is checked, and made anew if it is damaged.
    Reopen,
    /// Look for new and changed files again.
    Update,
    /// Forget these missing files, given relative to the folder and in order: what the index holds of them is removed.
    ForgetFiles(Arc<[PathBuf]>),
    /// Remove all that is known of the archive that is open, and open the sample. Its articles' own files stay.
    Forget,
    /// Stop reading files; what was read stays.
    CancelUpdate,
    /// The search field holds this now.
    SetQuery(String),
    /// Offer what may be meant by what stands in the search field; nothing while it is not typed in.
    Complete(Option<String>),
    /// Put an offered completion into the request.
    AcceptCompletion(Completion),
    /// Change a request that finds nothing as was suggested, so that it finds something.
    Widen(Change),
    /// Require the value, or drop it if it is required already.
    ToggleFacet(FacetFilter),
    /// Repeat an earlier search, and show the article that was read then.
    Visit(Visit),
    /// Go to what was looked at before this: a search, an article, the page of a name.
    Back,
    /// Undo the last [`Command::Back`].
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
    /// Close what [`Command::ShowDifference`] opened.
    CloseDifference,
    /// Draw a second series on the timeline, or none.
    CompareTimeline(Option<SeriesChoice>),
    /// Keep the search as it is, with its article, under a name.
    SaveSearch(String),
    /// Repeat the saved search at a place of the list, and note that it was looked at.
    OpenSaved {
        /// Its place.
        idx: usize,
        /// Whether only the articles are listed that came since it was last looked at.
        only_new: bool,
    },
    /// List all articles, and not only those that came after a moment.
    RemoveNewSince,
    /// Rename the saved search at a place of the list.
    RenameSearch(usize, String),
    /// Forget the saved search at a place of the list.
    RemoveSearch(usize),
    /// Forget the searches that have no name.
    ClearRecent,
    /// List all values of a facet whose name holds a text, in an order. `None` closes the list.
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
    /// Read the article, or go to the line, so many rows further down the list; up where that is below 0.
    SelectBeside(isize),
    /// What is shown was looked at for a while; the article is scrolled to this place.
    Stayed(TextPlace),
    /// Read the first article that was found, or that of the first line.
    ReadFirst,
    /// Show the words found in their lines, in the place of the articles, or the articles again.
    ShowLines(bool),
    /// Put the lines in another order.
    SortLines(KwicSort),
    /// Put the lines in no other order: that takes too long.
    StopLines,
    /// These lines are on the screen.
    ShowLineRows(Range<usize>),
    /// Read the article of this line, at its place.
    SelectLine(usize),
    /// Write all lines to a file, in their order.
    ExportLines(PathBuf),
    /// Go to the next row whose title begins with what was typed.
    FindTitle {
        /// What was typed.
        typed: String,
        /// The row that was selected when the typing began.
        after: Option<usize>,
    },
    /// Keep a correction of how files are read in place of an earlier one of the same files, and read them again. One
    /// that says nothing takes the earlier one back.
    CorrectReading(ReadingRule),
    /// Have the text of scans recognised in the open archive from now on, or no more, and read what is new by it.
    RecogniseScans(bool),
    /// Correct which names are one entity.
    Correct(Correction),
    /// Show what a correction would change.
    PreviewCorrection(Correction),
    /// Close what [`Command::PreviewCorrection`] opened.
    ClosePreview,
    /// Take back the correction at a place of [`Correcting::corrections`](super::Correcting::corrections), or the last
    /// one.
    UndoCorrection(Option<usize>),
    /// Take back the correction that was made last in this window.
    UndoOwn,
    /// Pick the article of this row, or no longer pick it.
    Pick(usize),
    /// Pick the rows from where picking began to this one.
    PickTo(usize),
    /// Pick all that was found.
    PickAll,
    /// Pick none.
    PickNone,
    /// Show the notes and highlights of what was found, or the articles again.
    ShowMarks(bool),
    /// Read the article of one of them, where it stands.
    SelectMark(usize),
    /// Change the marks of articles.
    Mark(MarkScope, MarkChange),
    /// Give articles a star, or take it away if the first of them has one.
    ToggleStar(MarkScope),
    /// Count articles as read, or as unread if the first of them is read.
    ToggleRead(MarkScope),
    /// Give a tag another colour.
    ColorTag(String, MarkColor),
    /// Add the marks in this file.
    ImportMarks(PathBuf),
    /// Write the marks to this file.
    ExportMarks(PathBuf),
    /// Add the corrections in a file to one's own.
    ImportCorrections(PathBuf),
    /// Write the corrections to a file.
    ExportCorrections(PathBuf),
    /// Show a dialog in which a file is chosen.
    PickFile(FilePurpose),
    /// Look up what may be meant by the path that is being typed.
    CompletePath(String),
    /// Close the field in which a path is typed.
    CancelPath,
    /// Show the page of an entity, compared with others.
    ShowEntity {
        /// Whose page.
        id: EntityId,
        /// The entities that it is compared with: at most three.
        with: Vec<EntityId>,
    },
    /// Go back to what was shown before the page of an entity or the picture of who appears with whom.
    LeaveEntity,
    /// Read an article in which an entity appears, whether the list shows it or not, at one of the places that name it, from
    /// 0; its page is left and can be returned to.
    ReadAppearance(ArticleId, usize),
    /// Go back from such an article to the page that it was opened from.
    ReturnToEntity,
    /// Whether the articles and contexts on the page of an entity begin with the oldest.
    SortMentions {
        /// Else they begin with the newest.
        oldest_first: bool,
    },
    /// These of the entity's articles are on the screen.
    ShowMentionRows(Range<usize>),
    /// The first so many of the entity's contexts are on the screen, or were.
    ShowContexts(usize),
    /// Require these values beside what is chosen, all of them.
    NarrowTo(Vec<FacetFilter>),
    /// Show who appears with whom; only with one, if one is given.
    ShowNetwork(Option<EntityId>),
    /// Show other names in the picture of who appears with whom.
    SetNetwork(NetworkOptions),
    /// Write that picture to a file, whose extension says how.
    ExportNetwork(PathBuf),
    /// Write articles to a file.
    Export(Box<ExportRequest>),
    /// Write them over the file that is there.
    ReplaceExported,
    /// Stop writing articles.
    CancelExport,
    /// Hand a file that was written to another program.
    OpenExported(OtherProgram, PathBuf),
    /// Put rows of a table of these articles on the clipboard.
    CopyRows(Arc<[ArticleId]>, Box<ExportWords>),
    /// Put references to these articles on the clipboard.
    Cite(Arc<[ArticleId]>, CitationStyle, Box<ExportWords>),
    /// Write counts on the screen to a file as a picture, whose extension says how.
    ExportChart(ChartKind, PathBuf),
    /// Look up the entities of a kind of which a spelling holds the text; empty for none.
    FindEntities {
        /// What was typed.
        text: String,
        /// Their kind; any without.
        kind: Option<EntityKind>,
    },
    /// Show which entities may be one.
    ShowSuggestions,
    /// Hand a file of the archive, given relative to its folder, to another program.
    HandOver(OtherProgram, PathBuf),
    /// Open what an article was read from in another program.
    OpenOriginal(ArticlePlace),
    /// Open an address of the web in the browser.
    OpenAddress(String),
    /// These pictures of the article that is read are in view.
    SeePictures(Vec<WantedPicture>),
    /// This picture of the article that is read is shown large, or none any more.
    SeePictureLarge(Option<WantedPicture>),
    /// Replace the settings.
    SetSettings(Settings),
    /// Close the notice at a place of [`AppState::notices`](super::AppState::notices).
    DismissNotice(usize),
}

/// Another program that a file is handed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherProgram {
    /// The one that the system has for such files.
    Usual,
    /// The one that shows it among the files of its folder.
    FileManager,
}

/// An article in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticlePlace {
    /// The file, relative to the archive's folder.
    pub path: PathBuf,
    /// The number of the article in its file, from 0.
    pub record: u32,
    /// The page of a printed document that is meant, from 1.
    pub page: Option<u32>,
}

/// A second series of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesChoice {
    /// All articles of the archive.
    Archive,
    /// The result as it is now, to be seen beside later ones.
    Current,
}

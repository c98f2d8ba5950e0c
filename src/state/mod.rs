//! What the program knows and shows: one [`AppState`], changed only by [`AppState::update`] and [`AppState::apply`].
//!
//! Views propose [`Command`]s, threads report [`Event`]s; both may ask for [`Job`]s. No egui, no threads, no files
//! here, so every path through the program can be tested as plain data.
//!
//! | file | is |
//! |---|---|
//! | `command`, `job`, `event` | what views ask for, what threads are asked for, what threads report |
//! | `report`, `path`, `id`, `cause` | the plain data in these: results, paths, numbers, errors |
//! | `app` | the whole state, and the table of commands |
//! | `archive_view` | all that belongs to the open archive, replaced whole when another is opened |
//! | `search`, `reading`, `entity`, `correct` | its parts: the result, the reader, the entities, the corrections |
//! | `mentions`, `network` | the articles of a name and what they say of it; who appears with whom |
//! | `chart`, `chart_kind`, `charting` | counts as they are drawn for a file; which there are, and which are on the screen |
//! | `labels` | which names have room in a picture |
//! | `marks`, `mark_list` | what the user marked, and the articles that are picked for it; notes and highlights one by one |
//! | `pictures` | the pictures of the article in the reader |
//! | `kwic` | the words found in their lines |
//! | `export_choice`, `export`, `exporting` | how a person exports; what is exported; how far that has come |
//! | `news` | what is new in the saved searches |
//! | `searches` | saved and recent searches, back and forward |
//! | `left` | how an archive was left, and is shown again |
//! | `open` | choosing a path, and the archive that was opened |
//! | `notice` | what the user should know |
//! | `settings` | what the user chose once and for all |
//! | `change` | bringing together what several windows changed |
//! | `kept` | what happened to a file of the user's decisions |
//! | `pending` | a value that is shown until its successor comes or fails to |

mod app;
mod archive_view;
mod cause;
mod change;
mod chart;
mod chart_kind;
mod charting;
mod command;
mod correct;
mod entity;
mod event;
mod export;
mod export_choice;
mod exporting;
mod id;
mod job;
mod kept;
mod kwic;
mod labels;
mod left;
mod mark_list;
mod marks;
mod mentions;
mod network;
mod news;
mod notice;
mod open;
mod path;
mod pending;
mod pictures;
mod reading;
mod report;
mod search;
mod searches;
mod settings;
#[cfg(test)]
mod tests;

pub use app::AppState;
pub use archive_view::{ArchiveView, VisitStamp};
pub use cause::Cause;
pub use change::{Change, Merge};
pub use chart::{Chart, Charted, DrawJob, Drawn, TimelineChart};
pub use chart_kind::ChartKind;
pub use charting::chart_of;
pub use command::{ArticlePlace, Command, OtherProgram, SeriesChoice};
pub use correct::Correcting;
pub use entity::{Entities, EntitySearch, EntityView, MOST_COMPARED};
pub use event::{
    ArchiveEvent, CorrectEvent, EntityEvent, Event, ExportEvent, IndexEvent, KwicEvent, Lookup, MarkEvent, Obstacle,
    ReadEvent, SearchEvent,
};
pub use export::{
    ExportFailure, ExportOrder, ExportProgress, ExportReport, ExportRequest, ExportScope, ExportWords, export_file_name,
};
pub use export_choice::{CitationStyle, CsvLook, ExportChoice, ExportColumn, ExportFormat, ExportLayout, Separator};
pub use exporting::ExportView;
pub use id::{RequestId, SearchId, SessionId};
pub use job::{
    ArchiveJob, CompleteJob, ContextsJob, CorrectJob, ExportJob, ExportLinesJob, ExportNetworkJob, IndexJob, Job,
    KwicJob, MarkJob, NamesJob, NetworkJob, NewsJob, PictureJob, ProgramJob, ReadJob, SearchJob, WindowJob,
};
pub use kept::{KeptFate, KeptKind, KeptMishap};
pub use kwic::KwicView;
pub use labels::{LabelPlace, NamedDisc, label_places};
pub use left::{Left, TextPlace};
pub use mark_list::{MarkList, MarkOf, MarkRow};
pub use marks::{MarkFailure, MarkScope, Marked, MarkedArchive, Picked};
pub use mentions::Mentions;
pub use network::NetworkView;
pub use news::{News, SavedNews};
pub use notice::{Notice, Notices};
pub use open::{OpenArchive, Picking};
pub use path::{ArchiveRoot, FilePurpose, PathPurpose};
pub use pending::{Missing, Pending};
pub use pictures::{DecodedPicture, Pictures, Pixels, ReadPicture, WantedPicture};
pub use reading::{ComparedArticles, Reading};
pub use report::{
    CorrectionFailure, FolderChanges, ForgetFailure, ForgetFiles, FoundPage, HandOverFailure, LeftOutFile, LinesRead,
    MOST_NAMES, Mended, MissingFiles, NameContext, NamedSuggestion, NetworkOptions, OpenFailure, Opened, PlacedNetwork,
    ReadArticle, ReadMention, UnreadableFile, UpdateProgress, UpdateSummary, WhyKept,
};
pub use search::{FacetList, Rows, SearchView, Series};
pub use searches::{NamePage, SavedSearch, Searches, Trail, Visit};
pub use settings::{Language, NumeralChoice, ReadingFace, Settings, SystemTheme, ThemeChoice, WeekStart};

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
//! | `labels` | which names have room in a picture |
//! | `pictures` | the pictures of the article in the reader |
//! | `kwic` | the words found in their lines |
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
mod command;
mod correct;
mod entity;
mod event;
mod id;
mod job;
mod kept;
mod kwic;
mod labels;
mod left;
mod mentions;
mod network;
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
pub use command::{ArticlePlace, Command, OtherProgram, SeriesChoice};
pub use correct::Correcting;
pub use entity::{Entities, EntitySearch, EntityView, MOST_COMPARED};
pub use event::{
    ArchiveEvent, CorrectEvent, EntityEvent, Event, IndexEvent, KwicEvent, Lookup, Obstacle, ReadEvent, SearchEvent,
};
pub use id::{RequestId, SearchId, SessionId};
pub use job::{
    ArchiveJob, CompleteJob, ContextsJob, CorrectJob, ExportLinesJob, ExportNetworkJob, IndexJob, Job, KwicJob,
    NamesJob, NetworkJob, PictureJob, ProgramJob, ReadJob, SearchJob, WindowJob,
};
pub use kept::{KeptFate, KeptKind, KeptMishap};
pub use kwic::KwicView;
pub use labels::{LabelPlace, NamedDisc, label_places};
pub use left::{Left, TextPlace};
pub use mentions::Mentions;
pub use network::NetworkView;
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

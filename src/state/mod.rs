//! What the program knows and shows: one [`AppState`], changed only by [`AppState::update`] and [`AppState::apply`].
//!
//! Views propose [`Command`]s, threads report [`Event`]s; both may ask for [`Job`]s. No egui, no threads, no files
//! here, so every path through the program can be tested as plain data.

mod app_state;
mod message;
mod settings;

pub use app_state::{AppState, ArchiveState, EntitySearch, EntityView, FacetSearch, Notice, Pending, Reading, Rows};
pub use message::{
    ArchiveRoot, Command, CorrectionFailure, Event, FilePurpose, FolderChanges, Job, NamedSuggestion, OpenFailure,
    ReadArticle, ReadMention, UnreadableFile, UpdateProgress, UpdateSummary,
};
pub use settings::{Language, ReadingFace, Settings, ThemeChoice};

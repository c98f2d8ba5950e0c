//! What the program knows and shows: one [`AppState`], changed only by [`AppState::update`] and [`AppState::apply`].
//!
//! Views propose [`Command`]s, threads report [`Event`]s; both may ask for [`Job`]s. No egui, no threads, no files
//! here, so every path through the program can be tested as plain data.

mod app_state;
mod message;
mod searches;
mod settings;

pub use app_state::{AppState, ArchiveState, FacetList, FacetSearch, Notice, Pending, Reading, Rows, Series};
pub use message::{
    ArchiveRoot, Command, Event, Job, NamedSuggestion, OpenFailure, ReadArticle, ReadMention, SeriesChoice,
    UnreadableFile, UpdateProgress, UpdateSummary,
};
pub use searches::{SavedSearch, Searches, Trail, Visit};
pub use settings::{Language, ReadingFace, Settings, ThemeChoice, WeekStart};

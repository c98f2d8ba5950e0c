//! Threads, and the work they do: opening, reading and searching an archive away from the window.
//!
//! [`Workers`] takes [`crate::state::Job`]s and sends [`crate::state::Event`]s. Each thread has an inbox of one: of searches, looked-up rows and
//! articles to read only the newest of a kind is kept, so that what was overtaken costs nothing. [`update_index`] is
//! the same engine without threads of its own to ask, for the command line.

mod corrections;
pub mod log;
mod places;
mod sample;
mod update;
mod workers;

pub use corrections::{ArchiveCorrections, CorrectionError, LoadedCorrections};
pub use places::{DataDir, DataDirError, ReadingError};
pub use sample::unpack_sample;
pub use update::{UpdateError, UpdateStep, update_index};
pub use workers::{Workers, named_suggestions, read_article};

//! Threads, and the work they do: opening, reading and searching an archive away from the window.
//!
//! [`Workers`] takes [`crate::state::Job`]s and sends [`crate::state::Event`]s. A job is bound to the archive that was open
//! when it was asked for; what is found out about one archive never shows in the next. Of searches, articles to read and
//! the like only the newest is kept, so that what was overtaken costs nothing. An error or a panic ends one job, is told,
//! and the thread goes on. [`update_index`] is the same engine without threads of its own to ask, for the command line.
//!
//! | file | is |
//! |---|---|
//! | `workers` | the threads, and which job is whose |
//! | `session` | which archive is open |
//! | `inbox` | where a thread waits for its jobs |
//! | `context` | what all threads have at hand; where panics end |
//! | `search`, `read`, `kwic`, `index`, `correct`, `watch`, `check` | a thread each (`search` has two: completions never wait; `kwic`, too: for the screen and for files) |
//! | `export/` | a thread, too: articles as files for other programs, rows and references for the clipboard |
//! | `names/` | a thread, too: what articles say of a name, who appears with whom, and that as files for other programs |
//! | `to_check` | what the checking thread has to do |
//! | `news` | a thread, too: what is new in the saved searches; `arrivals`, when articles came |
//! | `open`, `update/`, `publish` | opening an archive, reading its files into the index, showing what is there by now |
//! | `kept/` | the store of what the user decided: never half-written, never lost |
//! | `alone/` | reading in a process of its own, and which files are in work |
//! | `whole_file` | reads a file, or one article of it, while somebody waits |
//! | `means` | by what means files are read |
//! | `marks`, `marking` | what the user marks, and whether it still lies at its article; the thread that marks |
//! | `whereabouts` | the articles of an index, for marks and corrections that look for theirs |
//! | `known_folder`, `take_over` | which folder an archive is of; an archive follows its folder to another name |
//! | `corrections`, `data_dir`, `sample` | the user's corrections, Fihrist's own files, the archive that comes with it |
//! | `private`, `leftovers` | who may read these files; what killed processes left among them |
//! | `in_use`, `forget` | who has an archive open; removing all that is known of one |
//! | `left` | how an archive is left |
//! | `complete_path` | what is offered while a path is typed |
//! | `system_theme` | whether the system's own windows are light or dark |
//! | `hand_over` | files handed to other programs |
//! | `dossier/` | chosen articles in one file, with their marks and corrections, and opened again |
//! | `open_original` | the file, message or member that an article was read from, and its address, opened elsewhere |
//! | `pictures/` | a thread, too: the pictures of the article that is read |
//! | `line_table` | lines of a concordance as a table for other programs |
//! | `log` | the log that a user can send |

mod alone;
mod arrivals;
mod check;
mod complete_path;
mod context;
mod correct;
mod corrections;
mod data_dir;
mod dossier;
mod export;
mod forget;
mod hand_over;
mod in_use;
mod inbox;
mod index;
mod kept;
mod known_folder;
mod kwic;
mod left;
mod leftovers;
mod line_table;
pub mod log;
mod marking;
mod marks;
mod means;
mod names;
mod news;
mod open;
mod open_original;
mod pictures;
pub mod private;
mod publish;
mod read;
mod sample;
mod search;
mod session;
#[cfg(target_os = "linux")]
mod system_theme;
mod take_over;
mod to_check;
mod update;
mod watch;
mod whereabouts;
mod whole_file;
mod workers;

pub use alone::{ReaderProgram, read_for_parent};
pub use arrivals::load_arrivals;
pub use complete_path::complete_path;
pub use corrections::{ArchiveCorrections, CorrectionError, named_suggestions};
pub use data_dir::{DataDir, DataDirError};
pub use dossier::{
    DossierError, DossierManifest, DossierPlan, DossierReport, OpenedDossier, open_dossier, write_dossier, write_pages,
};
pub use export::{Citation, ExportError, ExportPlan, citations, cite, export_to_file, table_of_rows, write_articles};
pub use forget::{ForgetError, Known, forget, what_is_known};
pub use hand_over::hand_over;
pub use in_use::{BeingForgotten, InUse};
pub use kept::{Kept, KeptError, KeptFile, Mishaps, View};
pub use leftovers::clear as clear_leftovers;
pub use line_table::{LineTable, TableFormat};
pub use marks::{ArchiveMarks, MOST_AT_ONCE, MarkError, marks_from_json, read_marks};
pub use means::Means;
pub use names::{NetworkFormat, contexts, network_text, placed};
pub use news::count_news;
pub use open_original::{open_address, open_original};
pub use read::{ReadArticleError, read_article};
pub use sample::unpack_sample;
#[cfg(target_os = "linux")]
pub use system_theme::watch_system_theme;
pub use take_over::{TakeOverError, TakenOver, take_over};
pub use update::{UpdateError, UpdateOptions, UpdateStep, Wait, is_corrected, look_at_folder, update_index};
pub use whole_file::{read_one_article, read_whole_file};
pub use workers::Workers;

//! Articles for other programs and other people: files, rows of tables, references.
//!
//! Texts come out of the index, a piece at a time, so that a million articles need no more memory than a hundred. A file is
//! written beside its place and put there in one step: of what was cancelled or failed nothing remains.
//!
//! In no exported text is anything invisible: signs of direction are left out, and where a format can say the direction it
//! says so itself.
//!
//! | file | is |
//! |---|---|
//! | `write` | from articles to a file |
//! | `article_writer` | what every format is |
//! | `row` | what is exported of an article |
//! | `cell` | a column of it as a text |
//! | `escape` | texts as each syntax wants them |
//! | `csv`, `xlsx`, `json_lines` | tables |
//! | `ris`, `bibtex`, `csl` | for reference managers |
//! | `markdown`, `html` | to be read, and printed |
//! | `passage` | where highlighted passages stand in a text |
//! | `cite` | references to articles |
//! | `clipboard` | rows and references as texts and as HTML |
//! | `error` | why an export failed |
//! | `worker` | the thread |

mod article_writer;
mod bibtex;
mod cell;
mod cite;
mod clipboard;
mod csl;
mod csv;
mod error;
mod escape;
mod html;
mod json_lines;
mod markdown;
mod passage;
mod ris;
mod row;
mod worker;
mod write;
mod xlsx;

pub use cite::{Citation, cite};
pub use clipboard::{citations, table_of_rows};
pub use error::ExportError;
pub(super) use escape::html as escape_html;
pub use worker::ExportWorker;
pub use write::{ExportPlan, export_to_file, write_articles};

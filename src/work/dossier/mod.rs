//! Dossiers: chosen articles in one file, to be handed on with their marks and the corrections that concern them.
//!
//! A dossier is a ZIP. `manifest.json` says what it is; `articles.jsonl` has an article a line, under names of fields that
//! every reader of news knows, so that the dossier can be read without Fihrist; `marks.json` and `corrections.json` are as
//! Fihrist keeps them, their articles named by their lines; `originals/` has the files that the articles came from, if they
//! were asked for. No absolute path and no name of a user is in it.
//!
//! Opened, its articles become a file in a folder: an archive of its own, or more of one that is there.
//!
//! | file | is |
//! |---|---|
//! | `manifest` | what a dossier says of itself, and of each article |
//! | `write` | from articles to a dossier |
//! | `pages` | the same as a folder of pages for a browser |
//! | `open` | from a dossier to an archive |
//! | `error` | why that failed |

mod error;
mod manifest;
mod open;
mod pages;
mod write;

pub use error::DossierError;
pub use manifest::DossierManifest;
pub use open::{OpenedDossier, open_dossier};
pub use pages::write_pages;
pub use write::{DossierPlan, DossierReport, write_dossier};

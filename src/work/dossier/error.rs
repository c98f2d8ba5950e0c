//! Why a dossier could not be written or opened.

use std::io;

use zip::result::ZipError;

use crate::index::SearchError;

use super::super::export::ExportError;

/// Why a dossier was not written or opened. Nothing of it remains.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// The system does not let something be read or written.
    #[error("cannot read or write the dossier")]
    Io(#[from] io::Error),
    /// It cannot be packed or unpacked.
    #[error("cannot pack or unpack the dossier")]
    Zip(#[from] ZipError),
    /// JSON in it cannot be read or written.
    #[error("cannot read or write the dossier's JSON")]
    Json(#[from] serde_json::Error),
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] SearchError),
    /// A page could not be written.
    #[error(transparent)]
    Page(#[from] ExportError),
    /// There is something of this name already.
    #[error("there is something of this name already")]
    Exists,
    /// It would lie in the archive's own folder, and be read as articles.
    #[error("it would lie in the archive's own folder, and be read as articles")]
    InArchive,
    /// The file is none.
    #[error("this is no dossier of Fihrist")]
    NotADossier,
    /// A later version wrote it.
    #[error("a later version of Fihrist wrote this dossier")]
    Newer,
    /// A file in it has a name that leads out of the folder into which it is unpacked.
    #[error("a file in the dossier would lie outside of its folder; nothing was unpacked")]
    LeadsOut,
    /// It holds far more than its size lets expect.
    #[error("the dossier holds more than {0} MB, which its own size does not let expect; nothing was unpacked")]
    TooLarge(u64),
    /// It was stopped.
    #[error("it was stopped")]
    Cancelled,
}

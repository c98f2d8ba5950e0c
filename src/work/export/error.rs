//! Why an export failed.

use std::error::Error;
use std::io::{self, ErrorKind};

use rust_xlsxwriter::XlsxError;

use crate::index::SearchError;
use crate::state::ExportFailure;

/// Why articles were not written. Nothing of their file remains.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The system does not let it be written.
    #[error("cannot write the file")]
    Write(#[from] io::Error),
    /// A table could not be written.
    #[error("cannot write the table")]
    Csv(#[from] csv::Error),
    /// A workbook could not be written.
    #[error("cannot write the workbook")]
    Xlsx(#[from] XlsxError),
    /// The temporary files of a workbook could not be written.
    #[error("cannot write the temporary files of the workbook, for which there may be no room: {0}")]
    Temporary(String),
    /// JSON could not be written.
    #[error("cannot write JSON")]
    Json(#[from] serde_json::Error),
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] SearchError),
    /// There is a file already, which was not to be replaced.
    #[error("there is a file of this name already")]
    Exists,
    /// It would lie in the archive's own folder, and be read as articles.
    #[error("the file would lie in the archive's own folder, and be read as articles")]
    InArchive,
    /// It was stopped.
    #[error("it was stopped")]
    Cancelled,
}

impl ExportError {
    /// What can be done about it.
    pub fn failure(&self) -> ExportFailure {
        match self {
            Self::InArchive => ExportFailure::InArchive,
            Self::Temporary(_) => ExportFailure::DiskFull,
            // Their sources are those of the errors in them, which are passed over.
            Self::Xlsx(XlsxError::IoError(err)) if is_full(err) => ExportFailure::DiskFull,
            Self::Xlsx(XlsxError::ZipError(err)) if is_full(err) => ExportFailure::DiskFull,
            err if is_full(err) => ExportFailure::DiskFull,
            _ => ExportFailure::Other,
        }
    }
}

/// Whether an error, or one of its causes, is that there is no room.
fn is_full(err: &(dyn Error + 'static)) -> bool {
    let mut err = Some(err);
    while let Some(it) = err {
        let kind = it.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(
            kind,
            Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
        ) {
            return true;
        }
        err = it.source();
    }
    false
}

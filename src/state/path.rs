//! Which folders and files the user is asked for.

use std::path::PathBuf;

use super::chart_kind::ChartKind;

/// Which folder is an archive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ArchiveRoot {
    /// The articles that come with the program.
    Sample,
    /// A folder of the user's.
    Folder(PathBuf),
}

/// What a path is chosen for, in a dialog or, where none can be shown, by typing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathPurpose {
    /// The folder of an archive that is to be opened.
    OpenFolder,
    /// A file.
    File(FilePurpose),
}

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilePurpose {
    /// To take over the corrections in it.
    ImportCorrections,
    /// To write the corrections to it.
    ExportCorrections,
    /// To add another's marks.
    ImportMarks,
    /// To write the marks to.
    ExportMarks,
    /// To write the lines of the words found to it.
    ExportLines,
    /// To write the picture of who appears with whom to it.
    ExportNetwork,
    /// To write articles to it.
    Export,
    /// To write a picture of counts to it.
    ExportChart(ChartKind),
}

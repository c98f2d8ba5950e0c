//! What happened to a file that holds the user's own decisions.

use std::path::PathBuf;

use super::cause::Cause;

/// What such a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeptKind {
    /// What the user chose once and for all archives.
    Settings,
    /// Which names are one and which are not.
    Corrections,
    /// The saved and the recent searches.
    Searches,
    /// How files are read.
    Reading,
    /// The ids that entities have had.
    EntityIds,
    /// What is marked: stars, tags, notes, highlights.
    Marks,
}

impl KeptKind {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 6] = [
        Self::Settings,
        Self::Corrections,
        Self::Searches,
        Self::Reading,
        Self::EntityIds,
        Self::Marks,
    ];
}

/// Something that happened to such a file, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMishap {
    /// What the file holds.
    pub kind: KeptKind,
    /// What happened.
    pub fate: KeptFate,
}

/// What happened to a file of the user's decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptFate {
    /// It cannot be understood.
    Damaged {
        /// Where it lies now; nothing in it was thrown away.
        kept: PathBuf,
        /// The earlier version of it that is used in its place; `None` if there is none that can be read.
        restored: Option<PathBuf>,
        /// What is wrong with it.
        cause: Cause,
    },
    /// It was removed, and an earlier version of it was put back.
    Deleted {
        /// The file.
        file: PathBuf,
        /// The version of it that was put back.
        restored: PathBuf,
    },
    /// A later version of the program wrote it: it is neither used nor overwritten.
    Newer {
        /// The file.
        file: PathBuf,
    },
    /// The system does not let it be read: it is neither used nor overwritten.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: Cause,
    },
}

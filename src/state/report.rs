//! What threads find out and events carry: plain data, in the words of what is shown.

use std::path::PathBuf;

use crate::arabic::Span;
use crate::archive::{Article, ArticleId};
use crate::entities::{EntityId, EntityKind, Reason};

use super::cause::Cause;

/// How far the reading of files has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpdateProgress {
    /// Files read so far.
    pub files_done: u64,
    /// Files that are new or changed.
    pub files_total: u64,
    /// Articles found in them.
    pub articles: u64,
}

/// What reading an archive's files came to.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct UpdateSummary {
    /// The archive's files of kinds that are read.
    pub files: u64,
    /// The articles in the index.
    pub articles: u64,
    /// Files read for the first time.
    pub added: u64,
    /// Files read again.
    pub changed: u64,
    /// Files that are gone.
    pub removed: u64,
    /// Files that tell about a folder, such as a licence, and are not read.
    pub left_out: u64,
    /// Files and folders that could not be read: the path and why.
    pub unreadable: Vec<UnreadableFile>,
    /// How long it took.
    pub seconds: f64,
    /// The bytes read.
    pub bytes: u64,
    /// Stands for the files that were found, with their sizes and times.
    #[serde(skip)]
    pub folder_stamp: u64,
    /// Whether it was stopped before the end.
    #[serde(skip)]
    pub cancelled: bool,
}

impl UpdateSummary {
    /// Whether all files were looked at and none had changed.
    pub fn found_nothing_new(&self) -> bool {
        !self.cancelled && self.added + self.changed + self.removed == 0
    }
}

/// How many files of a folder differ from what was read of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderChanges {
    /// New files.
    pub added: u64,
    /// Files that were changed.
    pub changed: u64,
    /// Files that are gone.
    pub removed: u64,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UnreadableFile {
    /// Where it is, relative to the archive's folder.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// Why an archive cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFailure {
    /// There is nothing at its path.
    NoFolder,
    /// What lies at its path is not a folder.
    NotAFolder,
    /// The folder cannot be read.
    Folder(Cause),
    /// The index or another file beside it cannot be opened or made.
    Index(Cause),
}

/// An article as the reader shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadArticle {
    /// The article.
    pub id: ArticleId,
    /// Its text and sections.
    pub article: Article,
    /// What it names, in the order of the text.
    pub mentions: Vec<ReadMention>,
    /// The dates of which it speaks, in the article's text, in order.
    pub dates: Vec<Span>,
    /// The words searched for, in the article's text, in order.
    pub matches: Vec<Span>,
    /// Whether the file is gone, so that this is what the index kept of it.
    pub file_is_gone: bool,
}

/// One place in an article that names an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMention {
    /// Where, in the article's text.
    pub span: Span,
    /// What kind of thing.
    pub kind: EntityKind,
    /// The id of the entity, as in [`crate::index::FacetCount::id`].
    pub entity: String,
    /// The entity's name.
    pub name: String,
    /// The spelling that stands here, as among the entity's spellings.
    pub spelling: String,
    /// Whether the entity has no other spelling.
    pub is_only_spelling: bool,
}

/// Two entities that may be one, as they are shown for review.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct NamedSuggestion {
    /// What they are.
    pub kind: EntityKind,
    /// The id of the more frequent one, which the other would be merged into.
    pub into: EntityId,
    /// Its name.
    pub into_name: String,
    /// The number of its articles.
    pub into_articles: u64,
    /// The id of the other.
    pub from: EntityId,
    /// Its name.
    pub from_name: String,
    /// The number of its articles.
    pub from_articles: u64,
    /// Why they may be one.
    pub reason: Reason,
}

/// Why a correction was not made, taken back, imported or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorrectionFailure {
    /// A file cannot be read or written.
    File(PathBuf, Cause),
    /// There are no corrections in the file, or a newer version's.
    NotCorrections(PathBuf, Cause),
    /// There is no such entity or spelling.
    Unknown(String),
    /// It would change nothing.
    NothingChanges,
    /// There is no such correction to be taken back.
    NothingToUndo,
    /// The index cannot be read, or the program made a mistake.
    Index(Cause),
}

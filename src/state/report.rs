//! What threads find out and events carry: plain data, in the words of what is shown.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::DateTime;

use crate::arabic::Span;
use crate::archive::{self, Article, ArticleId, LeftOut, PublicationDate};
use crate::entities::{EntityId, EntityKind, Reason, StatedFacts};
use crate::index::{IdenticalCopy, KwicSort, Network, Quote, ResultPage, SearchRequest};

use super::cause::Cause;
use super::id::SearchId;
use super::pictures::ReadPicture;

/// How far the reading of files has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpdateProgress {
    /// Files read so far.
    pub files_done: u64,
    /// Files that are new or changed.
    pub files_total: u64,
    /// Bytes read of them so far, also of a file that is being read.
    pub bytes_done: u64,
    /// Their size, in bytes.
    pub bytes_total: u64,
    /// Articles found in them.
    pub articles: u64,
    /// Scanned pages of which the text was recognised.
    pub pages: u64,
}

impl UpdateProgress {
    /// How much of all was read, from 0 to 1: by bytes, as one file may be larger than all others.
    pub fn fraction(self) -> f32 {
        let (done, total) = match self.bytes_total {
            0 => (self.files_done, self.files_total),
            total => (self.bytes_done, total),
        };
        done as f32 / total.max(1) as f32
    }
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
    /// Files that were forgotten: of those that were missing, those that the user said so of, and those of which nothing
    /// could ever be read.
    pub removed: u64,
    /// Files that were missing and turned up elsewhere in the folder.
    pub moved: u64,
    /// Files that the index knows and that are not in the folder.
    #[serde(skip)]
    pub missing: MissingFiles,
    /// Files and folders that are left out by choice, such as a hidden file, a picture or a licence.
    pub left_out: u64,
    /// Files and folders that could not be read: the path and why.
    pub unreadable: Vec<UnreadableFile>,
    /// What is left out, in the order of paths; of very many not every one.
    pub left_out_files: Vec<LeftOutFile>,
    /// What became of damaged parts of the index, if there were any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mended: Option<Mended>,
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

    /// Adds a file or a member of one that was not read: to those that could not be, or to those that are left out.
    pub fn take_not_read(&mut self, path: PathBuf, reason: archive::Reason) {
        match reason {
            archive::Reason::LeftOut(reason) => {
                self.left_out += reason.n();
                self.left_out_files.push(LeftOutFile { path, reason });
            }
            reason => self.unreadable.push(UnreadableFile { path, reason }),
        }
    }

    /// Puts what was not read in the order of paths.
    pub fn sort_not_read(&mut self) {
        self.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
        self.left_out_files.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// What became of damaged parts of an index, or of one that was replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Mended {
    /// The articles that damaged parts held, and files without any. Those whose files are there were read again. 0 of an
    /// index that was replaced.
    pub articles: u64,
    /// The articles whose files are gone that were saved from them.
    pub saved: u64,
    /// The articles whose files are gone that could not be saved.
    pub lost: u64,
    /// The parts of which nothing could be read: if they held articles whose files are gone, these are lost.
    pub unreadable_parts: u64,
}

impl Mended {
    /// Whether there was no damaged part, but another index before.
    pub fn is_of_replaced_index(&self) -> bool {
        self.articles == 0 && self.saved + self.lost + self.unreadable_parts != 0
    }
}

/// The files that an index knows and that are not in its folder now. What the index holds of them stays in it until the
/// user has them forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingFiles {
    /// Relative to the folder, in order.
    pub paths: Arc<[PathBuf]>,
    /// How many files the index knows, or are there.
    pub n_known: u64,
    /// If the folder is away, when it was last there, in local time, as far as that is known.
    pub last_seen: Option<DateTime>,
    /// Why the folder itself cannot be read, if so.
    pub folder_failure: Option<Cause>,
}

impl MissingFiles {
    /// Whether the folder itself seems to be away: its disk is not connected, its files are still being fetched. More than
    /// half of the files are hardly ever deleted at once. A guess.
    pub fn is_folder_away(&self) -> bool {
        self.folder_failure.is_some() || self.n_known < 2 * self.paths.len() as u64
    }

    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.folder_failure.is_none()
    }

    /// Whether a file, given relative to the folder, is one of them.
    pub fn contains(&self, path: &Path) -> bool {
        self.paths.binary_search_by(|it| it.as_path().cmp(path)).is_ok()
    }
}

/// Which of the missing files are to be forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ForgetFiles {
    /// None.
    #[default]
    Nothing,
    /// Those of these that are still missing, given relative to the folder, in order.
    These(Arc<[PathBuf]>),
    /// All that are missing, as long as the folder itself can be read.
    AllMissing,
}

impl ForgetFiles {
    /// Whether a missing file is to be forgotten.
    pub fn contains(&self, path: &Path) -> bool {
        match self {
            Self::Nothing => false,
            Self::These(paths) => paths.binary_search_by(|it| it.as_path().cmp(path)).is_ok(),
            Self::AllMissing => true,
        }
    }
}

/// How many files of a folder are to be read. Those that are missing are told otherwise: [`MissingFiles`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderChanges {
    /// New files.
    pub added: u64,
    /// Files that were changed.
    pub changed: u64,
}

/// A file, a folder or a member of an archive that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UnreadableFile {
    /// Where it is, relative to the archive's folder.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Why; in JSON an English sentence.
    #[serde(serialize_with = "as_sentence")]
    pub reason: archive::Reason,
}

fn as_sentence<S: serde::Serializer>(reason: &archive::Reason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reason)
}

/// A file or folder that is not read by choice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LeftOutFile {
    /// Where it is, relative to the archive's folder; empty where it stands for many.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Why.
    pub reason: LeftOut,
}

/// A path may hold what no JSON can.
fn as_text<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
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

/// Why what is known of an archive was not removed, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForgetFailure {
    /// Another window or command has the archive in this folder open; nothing was removed.
    InUse(PathBuf),
    /// A file cannot be removed.
    Files(PathBuf, Cause),
}

/// Why a file was not handed to another program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOverFailure {
    /// It is not in the folder any more.
    Gone,
    /// It is a program: to open it would start it.
    IsProgram,
    /// The system has no program for it, or none that shows folders.
    System(Cause),
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
    /// The other articles of the archive with the same text.
    pub identical: Vec<IdenticalCopy>,
    /// Why this is what the index kept of the file; nothing if it is what the file holds now.
    pub kept: Option<WhyKept>,
    /// What the file states where the user says otherwise; nothing if that is not known, or the same.
    pub stated: Option<StatedFacts>,
    /// What it is illustrated with, in the order of the text.
    pub pictures: Vec<ReadPicture>,
}

/// How what an article was read from was opened in another program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Its whole file.
    File,
    /// A printed document, and the number from 1 of the page that is meant.
    AtPage {
        /// The page.
        page: u32,
        /// Whether the program was told.
        is_told: bool,
    },
    /// A copy of the message with this number, from 1, in its mailbox.
    Message(u64),
    /// A copy, under this name, of a member of an archive.
    Member(String),
}

/// Why an article is shown as the index kept it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyKept {
    /// The file is gone, or has no such article any more.
    FileIsGone,
    /// The file takes too long to be read while somebody waits, or ends its reader.
    FileIsSlow,
    /// Its text was recognised in pictures, which is not done again each time.
    IsRecognised,
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

/// A sentence of an article that names an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct NameContext {
    /// The article.
    pub article: ArticleId,
    /// Its headline, stated or derived.
    pub title: String,
    /// The date of publication, if it states or implies one.
    pub published: Option<PublicationDate>,
    /// The outlet or agency, as spelled in the file.
    pub source: Option<String>,
    /// The sentence in one line, or of a very long one what stands around the name.
    pub sentence: String,
    /// Where the name stands in `sentence`, in order.
    pub marks: Vec<Span>,
    /// Which of the article's mentions of the entity the first mark is, from 0.
    pub nth: usize,
}

/// More names than these cannot be told apart in a picture.
pub const MOST_NAMES: usize = 400;

/// Which names are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkOptions {
    /// At most so many, from 2 to [`MOST_NAMES`].
    pub n_names: usize,
    /// Their kinds; none without any.
    pub kinds: Vec<EntityKind>,
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            n_names: 60,
            kinds: EntityKind::ALL.to_vec(),
        }
    }
}

/// Who appears with whom, with a place for each.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedNetwork {
    /// Who appears with whom.
    pub network: Network,
    /// The places of its names, parallel to them: from 0 to 1 in both directions, and as far apart as their discs need.
    pub places: Vec<[f32; 2]>,
    /// The places in `network.links` of those that are drawn, the thinnest first: of each name the strongest ones.
    pub drawn: Vec<usize>,
}

impl PlacedNetwork {
    /// The radii of the discs, as places are measured: the area of a disc grows with the number of articles.
    pub fn radii(network: &Network) -> Vec<f32> {
        /// The radii of the least and of the most frequent name among [`FEW`]. Picked by feel.
        const RADII: (f32, f32) = (0.007, 0.030);
        /// From so many names on discs are smaller, so that together they cover no more.
        const FEW: usize = 50;
        let shrink = (FEW as f32 / network.names.len().max(FEW) as f32).sqrt();
        let shares = Self::shares(network).into_iter();
        shares.map(|it| (RADII.0 + (RADII.1 - RADII.0) * it) * shrink).collect()
    }

    /// How frequent each name is beside the most frequent one, from 0 to 1: the root of its share.
    pub fn shares(network: &Network) -> Vec<f32> {
        roots(network.names.iter().map(|it| it.articles))
    }

    /// How thick each link is, from 0 to 1: the root of its share of articles. Parallel to the links of the network.
    pub fn thicknesses(&self) -> Vec<f32> {
        roots(self.network.links.iter().map(|it| it.articles))
    }
}

/// The roots of the shares of some counts in the greatest of them.
fn roots(counts: impl Iterator<Item = u64> + Clone) -> Vec<f32> {
    let most = counts.clone().max().unwrap_or(1).max(1);
    counts.map(|it| (it as f32 / most as f32).sqrt()).collect()
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
    /// What an article says of it; `None` for suggestions far down the list.
    pub into_quote: Option<Quote>,
    /// The id of the other.
    pub from: EntityId,
    /// Its name.
    pub from_name: String,
    /// The number of its articles.
    pub from_articles: u64,
    /// What an article says of it.
    pub from_quote: Option<Quote>,
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

/// How far articles were read for their lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinesRead {
    /// The order of the lines.
    pub sort: KwicSort,
    /// How many lines were found.
    pub lines: u64,
    /// In how many articles these stand.
    pub with_lines: u64,
    /// How many articles were read, from the first row of the list on.
    pub articles: u64,
    /// How many there are to be read.
    pub of: u64,
    /// Whether nothing more can be read: all articles were, or there are more lines than are kept.
    pub is_done: bool,
    /// Whether there are more lines than are kept.
    pub is_full: bool,
}

/// A search with its answer.
#[derive(Clone, Debug)]
pub struct FoundPage {
    /// Which one.
    pub id: SearchId,
    /// What was searched for.
    pub request: SearchRequest,
    /// What was found.
    pub page: Arc<ResultPage>,
}

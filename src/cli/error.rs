//! Why a command could not be carried out, and how that is reported.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

use super::shown::{Shown, tell};
use crate::app::{DrawError, WindowError};
use crate::archive::{ReadError, RuleError};
use crate::entities::train;
use crate::index::{OpenError, SearchError, WriteError};
use crate::state::{Cause, MissingFiles};
use crate::work::log::ErrorCode;
use crate::work::{
    BeingForgotten, CorrectionError, DataDirError, DossierError, ExportError, ForgetError, KeptError, MarkError,
    TakeOverError, UpdateError,
};

/// Why a command could not be carried out: a sentence for the person who typed it. Its causes are its sources.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    #[error(transparent)]
    Window(#[from] WindowError),
    #[error("cannot read the folder: {}", path.display())]
    Folder { source: io::Error, path: PathBuf },
    #[error("{}: {}", words_of_away(missing), path.display())]
    FolderAway {
        missing: MissingFiles,
        source: Option<Cause>,
        path: PathBuf,
    },
    #[error("cannot list the folder")]
    Walk(#[from] walkdir::Error),
    #[error("cannot read the file: {}", path.display())]
    Read { source: io::Error, path: PathBuf },
    #[error("cannot write the file: {}", path.display())]
    Write { source: io::Error, path: PathBuf },
    #[error("cannot write the result")]
    Output(#[from] io::Error),
    #[error("cannot write the result as CSV")]
    Csv(#[from] csv::Error),
    #[error("cannot write the result as JSON")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    File(#[from] ReadError),
    #[error(transparent)]
    Index(#[from] OpenError),
    #[error("the query has no word or name that lines could be aligned at")]
    NoNode,
    #[error("a network cannot be written to a file of this kind")]
    NetworkFormat,
    #[error(transparent)]
    Picture(#[from] DrawError),
    #[error("there is nothing to draw: no article found has what is to be counted")]
    NothingToDraw,
    #[error("what is shown is not all: a part of the index cannot be read")]
    Incomplete(#[source] SearchError),
    #[error(transparent)]
    Update(#[from] UpdateError),
    #[error("the corrections of how files are read")]
    Reading(#[from] KeptError),
    #[error(transparent)]
    Rule(#[from] RuleError),
    #[error("say what to read differently: --encoding, --format or --field; or --remove")]
    EmptyRule,
    #[error("these files have no correction: {files}")]
    NoRule { files: String },
    #[error(transparent)]
    Correction(#[from] CorrectionError),
    #[error("cannot export the articles")]
    Export(#[from] ExportError),
    #[error("cannot hand on or open the dossier")]
    Dossier(#[from] DossierError),
    #[error(transparent)]
    Mark(#[from] MarkError),
    #[error("there is no such article: {article}")]
    NoArticle { article: String },
    #[error("no article is named, and no --query given that finds some")]
    NoArticles,
    #[error("in none of the articles does this passage stand: {quote}")]
    NoPassage { quote: String },
    #[error(transparent)]
    Forget(#[from] ForgetError),
    #[error(transparent)]
    Renamed(#[from] TakeOverError),
    #[error(transparent)]
    BeingForgotten(#[from] BeingForgotten),
    #[error("nothing is known of this folder: {}", folder.display())]
    NothingKnown { folder: PathBuf },
    #[error("nothing was removed, as nobody can be asked here: say --yes")]
    NotConfirmed,
    #[error("a pipe, a socket or a device is no file of articles: {}", path.display())]
    NotAFile { path: PathBuf },
    #[error("corrections are numbered from 1")]
    CorrectionZero,
    #[error("there is no such entity: {name}")]
    NoEntity { name: String },
    #[error("several entities have this name; use an id, such as {a} or {b}")]
    SeveralEntities { a: String, b: String },
    #[error("cannot read the marked news: {}", path.display())]
    News { source: train::MarkedError, path: PathBuf },
    #[error("cannot read the lists of spellings")]
    Spellings(#[from] train::LatinListError),
    #[error("this is not a model that this version can use")]
    Model(#[from] train::ModelError),
    #[error("the command was stopped by an error in Fihrist itself, which is told above")]
    Panic,
}

impl From<SearchError> for CliError {
    fn from(err: SearchError) -> Self {
        Self::Index(err.into())
    }
}

impl CliError {
    pub(super) fn read(source: io::Error, path: &Path) -> Self {
        Self::Read {
            source,
            path: path.to_owned(),
        }
    }

    pub(super) fn write(source: io::Error, path: &Path) -> Self {
        Self::Write {
            source,
            path: path.to_owned(),
        }
    }

    /// Whether nobody reads the output any more, as in `fihrist search … | head`.
    pub(super) fn is_closed_pipe(&self) -> bool {
        let err = match self {
            Self::Output(err) => err.kind(),
            Self::Csv(err) => match err.kind() {
                csv::ErrorKind::Io(err) => err.kind(),
                _ => return false,
            },
            Self::Export(ExportError::Write(err)) => err.kind(),
            Self::Json(err) => match err.io_error_kind() {
                Some(kind) => kind,
                None => return false,
            },
            _ => return false,
        };
        err == io::ErrorKind::BrokenPipe
    }

    /// What still works, or what to do; `None` if the sentence itself says so.
    fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::Folder { .. } | Self::Update(UpdateError::Folder { .. }) => {
                "check the path and whether its disk is connected; what was indexed of the folder is kept"
            }
            Self::FolderAway { missing, .. } => match missing.folder_failure {
                None => {
                    "connect its disk and try again; what is indexed is kept and can be searched; if the files are gone for \
                     good, `fihrist index FOLDER --forget` forgets them"
                }
                Some(_) => {
                    "connect its disk and try again; what is indexed is kept and can be searched; if the folder is gone for \
                     good, `fihrist forget FOLDER` forgets it"
                }
            },
            Self::Update(UpdateError::Busy { .. }) => "wait until it is done, or leave --no-wait out",
            Self::Index(OpenError::Busy { .. }) | Self::Update(UpdateError::Write(WriteError::Busy)) => {
                "wait until the other one is done, then try again; articles and corrections are as they were"
            }
            Self::Index(OpenError::Newer { .. }) => {
                "open it with that version; or `fihrist forget FOLDER` removes all that is known of the archive, and it is read anew"
            }
            Self::Index(OpenError::Io { .. }) | Self::Update(UpdateError::Write(WriteError::ReadOnly)) => {
                "check who may read and write there, or name another place with --data-dir"
            }
            Self::Update(UpdateError::Write(WriteError::Full { .. })) => {
                "make room, or name another disk with --data-dir; what was committed is kept and can be searched"
            }
            Self::Index(OpenError::Index { .. }) | Self::Incomplete(_) | Self::Update(UpdateError::Index(_)) => {
                "check that there is room on the disk of Fihrist's own files, and try again: a damaged index is looked for and made \
                 anew from the articles, and what is in no file any more is saved from it"
            }
            Self::Update(UpdateError::Write(_)) => "what was committed is kept; run `fihrist index FOLDER` again",
            Self::Forget(ForgetError::InUse { .. }) => "close its windows and wait for its commands, then try again",
            Self::Forget(_) => "some of it may be removed already; check who may write there, then try again",
            Self::NothingKnown { .. } => "check the path; give it as the folder was opened",
            Self::Output(_) | Self::Csv(_) | Self::Write { .. } => {
                "check that there is room and that the place may be written to; the index is as it was"
            }
            Self::Export(ExportError::InArchive) => "choose a place outside of the archive's folder",
            Self::Export(_) => {
                "nothing of the file remains; check that there is room and that the place may be written to"
            }
            Self::Dossier(DossierError::InArchive) => "choose a place outside of the archive's folder",
            Self::Dossier(DossierError::Exists) => "choose another name",
            Self::Dossier(DossierError::NotADossier) => "give a file that `fihrist dossier FOLDER … -o FILE` wrote",
            Self::Dossier(DossierError::Newer) => "open it with that version",
            Self::Dossier(DossierError::LeadsOut | DossierError::TooLarge(_)) => {
                "open only dossiers of people whom you trust; nothing of this one is in the folder"
            }
            Self::Dossier(_) => "nothing of it remains; check that there is room and that the place may be written to",
            Self::NoEntity { .. } => "`fihrist entities FOLDER` lists them, with --json their ids",
            Self::NoArticle { .. } => {
                "give its file as it lies in the folder, and behind “#” its number there, from 0; `fihrist search FOLDER QUERY \
                 --json` tells both as path and record"
            }
            Self::NoArticles => "name an article, such as news/1.txt or table.csv#3, or say --query QUERY",
            Self::NoPassage { .. } => "give its words as they stand one after the other in the text",
            Self::Mark(MarkError::TooMany(_)) => "narrow the query, and mark them in parts",
            Self::Mark(MarkError::Format { .. }) => "give a file that `fihrist marks FOLDER export FILE` wrote",
            Self::NetworkFormat => "end its name in .svg, .png, .gexf or .json",
            Self::NoNode => "give a word, a phrase or a name",
            Self::NoRule { .. } => "`fihrist reading FOLDER` lists the corrections",
            Self::Panic => {
                "what was committed is kept; please report it with the log file, which holds no text or name: \
                 `--verbose` says where it lies"
            }
            _ => return None,
        })
    }
}

/// How much of a folder is away, in a sentence without its path.
pub(super) fn words_of_away(missing: &MissingFiles) -> String {
    let n_missing = missing.paths.len();
    let seen = missing.last_seen;
    let seen = seen.map_or_else(String::new, |it| {
        format!(", last seen on {} at {}", it.date(), it.strftime("%H:%M"))
    });
    format!(
        "the folder is empty or not connected: {n_missing} of its {} files are missing{seen}",
        missing.n_known
    )
}

/// Reports an error once: to the user on standard error, and by its kind in the log.
pub(super) fn report(err: &CliError) {
    tracing::error!(error = %ErrorCode(err), "the command failed");
    tell(format_args!("{}", explanation(err)));
}

/// What happened, its causes, and what to do; a line each.
fn explanation(err: &CliError) -> String {
    let mut told = format!("fihrist: {}\n", Shown(&err.to_string()));
    let mut cause = err.source();
    while let Some(err) = cause {
        let words = Shown(&err.to_string()).to_string();
        // Some errors include their cause in their own sentence.
        if !told.contains(&words) {
            told += &format!("  because: {words}\n");
        }
        cause = err.source();
    }
    if let Some(advice) = err.advice() {
        told += &format!("  advice: {advice}\n");
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(err: CliError, expected: &[&str]) {
        let told = explanation(&err);
        assert_eq!(told.lines().map(str::trim).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_error_says_what_happened_why_and_what_to_do() {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "not there");
        check(
            CliError::Folder {
                source: missing(),
                path: "/a".into(),
            },
            &[
                "fihrist: cannot read the folder: /a",
                "because: not there",
                "advice: check the path and whether its disk is connected; what was indexed of the folder is kept",
            ],
        );
        check(
            CliError::read(missing(), Path::new("news.jsonl")),
            &["fihrist: cannot read the file: news.jsonl", "because: not there"],
        );
        check(CliError::CorrectionZero, &["fihrist: corrections are numbered from 1"]);
    }

    #[test]
    fn a_cause_that_was_said_is_not_said_twice() {
        let source = io::Error::other("no room");
        let path = PathBuf::from("/index");
        let err = CliError::Index(OpenError::Io { source, path });
        assert_eq!(explanation(&err).matches("no room").count(), 1, "{}", explanation(&err));
    }
}

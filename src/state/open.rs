//! Choosing what to open, and the archive that was opened.

use std::path::PathBuf;

use super::id::SessionId;
use super::job::{Job, WindowJob};
use super::path::{ArchiveRoot, PathPurpose};
use super::report::{MissingFiles, UpdateProgress, UpdateSummary};

/// How a path is chosen: in a dialog of the system, or by typing it where none can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picking {
    /// Whether a dialog is open.
    pub is_open: bool,
    /// What a path is typed for, as no dialog can be shown here.
    pub typed_for: Option<PathPurpose>,
    /// What was typed last, and the paths that begin so, once they were looked up.
    pub offers: (String, Vec<String>),
}

impl Picking {
    /// Shows the dialog. If one is open already it hides, or hangs: then the path can be typed.
    pub fn start(&mut self, purpose: PathPurpose) -> Vec<Job> {
        if self.is_open {
            self.typed_for = Some(purpose);
            return Vec::new();
        }
        self.is_open = true;
        vec![Job::Window(match purpose {
            PathPurpose::OpenFolder => WindowJob::PickFolder,
            PathPurpose::File(purpose) => WindowJob::PickFile(purpose),
        })]
    }

    /// The dialog was closed without a path: by the user if it was `shown`, otherwise the path is typed.
    pub fn end_without_path(&mut self, purpose: PathPurpose, shown: bool) {
        self.typed_for = (!shown).then_some(purpose);
    }

    /// Looks up what may be meant by what was typed.
    pub fn complete(&mut self, typed: String) -> Vec<Job> {
        self.offers = (typed.clone(), Vec::new());
        let takes_files = matches!(self.typed_for, Some(PathPurpose::File(_)));
        vec![Job::Window(WindowJob::CompletePath { typed, takes_files })]
    }

    /// Offers what was looked up, if it is still what is typed.
    pub fn completed(&mut self, typed: &str, offers: Vec<String>) {
        if self.offers.0 == typed {
            self.offers.1 = offers;
        }
    }

    /// Closes the field in which a path is typed.
    pub fn cancel(&mut self) {
        self.typed_for = None;
        self.offers = Default::default();
    }
}

/// The open archive, and how far its files were read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenArchive {
    /// What its jobs and events bear.
    pub session: SessionId,
    /// Which one.
    pub root: ArchiveRoot,
    /// The folder it lies in.
    pub folder: PathBuf,
    /// How many articles are indexed.
    pub n_articles: u64,
    /// How far reading has come, while it goes on; that of no files while the folder is looked at.
    pub progress: Option<UpdateProgress>,
    /// What the last reading came to.
    pub summary: Option<UpdateSummary>,
    /// The files that were missing when the folder was looked at last.
    pub missing: MissingFiles,
    /// Whether the text of scans is recognised.
    pub recognises_scans: bool,
}

impl OpenArchive {
    /// Whether articles may still come, so that nothing is said to be all.
    pub fn is_reading(&self) -> bool {
        self.progress.is_some()
    }
}

//! What the user should know. The words are the window's business. A failed search is no notice: see
//! [`SearchView::failure`](super::SearchView::failure).

use std::mem;
use std::path::PathBuf;

use crate::archive::ReadingRule;
use crate::entities::{Correction, ImportReport};

use super::cause::Cause;
use super::event::Obstacle;
use super::export::{ExportFailure, ExportReport};
use super::kept::KeptMishap;
use super::marks::{MarkFailure, Marked};
use super::path::ArchiveRoot;
use super::report::{
    CorrectionFailure, FolderChanges, ForgetFailure, HandOverFailure, Mended, MissingFiles, OpenFailure, Opened,
    UnreadableFile,
};

/// Something that the user should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The archive cannot be opened.
    OpenFailed(ArchiveRoot, OpenFailure),
    /// The index could not be used and is built anew.
    IndexRebuilt,
    /// So many articles lie in a part of the index that is damaged, and are read again; none if nothing has to be read for
    /// it. What was shown before was taken back.
    IndexDamaged(u64),
    /// The damaged part of the index was replaced.
    IndexMended(Mended),
    /// Reading stopped.
    UpdateFailed(Cause),
    /// The folder holds other files than those that were read.
    FolderChanged(FolderChanges),
    /// Nothing more is read until the user has done something about it.
    Blocked(Obstacle),
    /// Some files could not be read.
    UnreadableFiles(Vec<UnreadableFile>),
    /// Some files are not in the folder any more, or the folder itself is away; what the index holds of them is kept.
    MissingFiles(MissingFiles),
    /// What is asked for while one looks at a result could not be looked up in the index: rows, values, a page.
    LookupFailed(Cause),
    /// What changes outside the window can no longer be watched for.
    WatchFailed(Cause),
    /// The settings could not be kept.
    SettingsNotSaved(Cause),
    /// A correction could not be made, taken back, imported or written.
    CorrectionFailed(CorrectionFailure),
    /// A correction was made, and can be taken back.
    Corrected(Correction),
    /// Articles were marked, which can be taken back.
    Marked(Marked),
    /// Articles could not be marked, or marks not be imported or written.
    MarkFailed(MarkFailure),
    /// Another's marks were added: so many articles have other marks now.
    MarksImported(u64),
    /// The marks were written to this file.
    MarksExported(PathBuf),
    /// How files are read was corrected, and can be taken back.
    ReadingCorrected {
        /// What holds now; it may say nothing.
        made: ReadingRule,
        /// What held before of the same files; it may say nothing.
        before: ReadingRule,
    },
    /// The corrections were written to this file.
    CorrectionsExported(PathBuf),
    /// So many lines of the words found were written to this file.
    LinesExported(PathBuf, u64),
    /// The lines could not be written to this file.
    LinesNotExported(PathBuf, Cause),
    /// The picture of who appears with whom was written to this file.
    NetworkExported(PathBuf),
    /// The picture could not be written to this file.
    NetworkNotExported(PathBuf, Cause),
    /// Articles were written to this file.
    Exported(PathBuf, ExportReport),
    /// There is a file already where articles are to be written.
    ExportExists(PathBuf),
    /// Articles could not be written to this file, of which nothing remains.
    NotExported(PathBuf, ExportFailure, Cause),
    /// Writing articles was stopped; nothing of the file remains.
    ExportCancelled,
    /// What was to be copied could not be read.
    NotCopied(Cause),
    /// A picture of counts was written to this file.
    ChartExported(PathBuf),
    /// A picture of counts could not be written to this file.
    ChartNotExported(PathBuf, Cause),
    /// Another's corrections were added.
    CorrectionsImported(ImportReport),
    /// The searches could not be kept.
    SearchesNotSaved(Cause),
    /// Something happened to a file of the user's decisions.
    Kept(KeptMishap),
    /// All that was known of the archive in this folder was removed.
    Forgotten(PathBuf),
    /// The archive's folder was this one, and all that is known of it followed it to its new name.
    FolderRenamed(PathBuf),
    /// What is known of an archive could not be removed.
    ForgetFailed(ForgetFailure),
    /// A file, given relative to the archive's folder, could not be handed to another program.
    NotHandedOver(PathBuf, HandOverFailure),
    /// What an article was read from was opened, but not as might be thought; the file, relative to the archive's folder.
    OriginalOpened(PathBuf, Opened),
    /// This address could not be opened in the browser.
    AddressNotOpened(String, Cause),
}

impl Notice {
    /// Whether it tells what was wrong with a path that the user chose or typed.
    pub fn is_of_path(&self) -> bool {
        matches!(
            self,
            Self::OpenFailed(..)
                | Self::CorrectionFailed(CorrectionFailure::File(..) | CorrectionFailure::NotCorrections(..))
                | Self::LinesNotExported(..)
                | Self::NetworkNotExported(..)
                | Self::ChartNotExported(..)
        )
    }
}

/// What the user should know now, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// All of them, the oldest first.
    pub fn all(&self) -> &[Notice] {
        &self.0
    }

    /// Tells something beside what was told before; the same only once.
    pub fn push(&mut self, notice: Notice) {
        self.0.retain(|it| *it != notice);
        self.0.push(notice);
    }

    /// Tells something in the place of what was told of the same kind: only the newest of it is true.
    pub fn replace(&mut self, notice: Notice) {
        self.0.retain(|it| mem::discriminant(it) != mem::discriminant(&notice));
        self.0.push(notice);
    }

    /// Tells what keeps files from being read, once.
    pub fn block(&mut self, obstacle: Obstacle) {
        let notice = Notice::Blocked(obstacle);
        self.0.retain(|it| *it != notice);
        self.0.push(notice);
    }

    /// Tells why changes cannot be watched for, unless it keeps files from being read too, which is told then.
    pub fn cannot_watch(&mut self, cause: Cause) {
        if !self.0.contains(&Notice::UpdateFailed(cause.clone())) {
            self.replace(Notice::WatchFailed(cause));
        }
    }

    /// Tells which files are missing, in the place of what was told of that before.
    pub fn miss(&mut self, missing: MissingFiles) {
        self.0.retain(|it| !matches!(it, Notice::MissingFiles(_)));
        if !missing.is_empty() {
            self.0.push(Notice::MissingFiles(missing));
        }
    }

    /// Whether something is told that keeps files from being read.
    pub fn is_blocked(&self) -> bool {
        self.0.iter().any(|it| matches!(it, Notice::Blocked(_)))
    }

    /// Forgets what is no longer true.
    pub fn retain(&mut self, is_true: impl FnMut(&Notice) -> bool) {
        self.0.retain(is_true);
    }

    /// Forgets the notice at a place of [`Notices::all`].
    pub fn dismiss(&mut self, idx: usize) {
        if idx < self.0.len() {
            self.0.remove(idx);
        }
    }

    /// Forgets what is about the archive that was open before.
    pub fn archive_opened(&mut self) {
        self.0.retain(|it| match it {
            Notice::Kept(_) | Notice::Forgotten(_) | Notice::FolderRenamed(_) | Notice::SettingsNotSaved(_) => true,
            Notice::OpenFailed(..)
            | Notice::IndexRebuilt
            | Notice::IndexDamaged(_)
            | Notice::IndexMended(_)
            | Notice::UpdateFailed(_)
            | Notice::FolderChanged(_)
            | Notice::MissingFiles(_)
            | Notice::Blocked(_)
            | Notice::UnreadableFiles(_)
            | Notice::NotHandedOver(..)
            | Notice::OriginalOpened(..)
            | Notice::AddressNotOpened(..)
            | Notice::LookupFailed(_)
            | Notice::WatchFailed(_)
            | Notice::CorrectionFailed(_)
            | Notice::Corrected(_)
            | Notice::Marked(_)
            | Notice::MarkFailed(_)
            | Notice::MarksImported(_)
            | Notice::MarksExported(_)
            | Notice::ReadingCorrected { .. }
            | Notice::CorrectionsExported(_)
            | Notice::LinesExported(..)
            | Notice::LinesNotExported(..)
            | Notice::NetworkExported(_)
            | Notice::ChartExported(_)
            | Notice::NetworkNotExported(..)
            | Notice::Exported(..)
            | Notice::ExportExists(_)
            | Notice::NotExported(..)
            | Notice::ExportCancelled
            | Notice::NotCopied(_)
            | Notice::ChartNotExported(..)
            | Notice::CorrectionsImported(_)
            | Notice::SearchesNotSaved(_)
            | Notice::ForgetFailed(_) => false,
        });
    }
}

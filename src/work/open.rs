//! Opening an archive.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use crate::index::{Damage, Index, OpenError};
use crate::state::{ArchiveRoot, Cause, CorrectEvent, Event, IndexEvent, OpenFailure};

use super::arrivals::load_arrivals;
use super::context::Context;
use super::corrections::{ArchiveCorrections, CorrectionError, names_in};
use super::in_use::{BeingForgotten, InUse};
use super::inbox::lock;
use super::kept::View;
use super::left::load_left;
use super::marking::tell_marks;
use super::marks::ArchiveMarks;
use super::sample::unpack_sample;
use super::session::{KeptBeside, Session};
use super::take_over::{TakeOverError, TakenOver, take_over};

/// Why an archive cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenArchiveError {
    /// The folder is gone or may not be read.
    #[error("{source}: {}", path.display())]
    Folder {
        /// What the system says.
        source: io::Error,
        /// The folder.
        path: PathBuf,
    },
    /// The sample that comes with the program cannot be written to Fihrist's own folder.
    #[error("cannot unpack the sample: {0}")]
    Sample(#[source] io::Error),
    /// The index cannot be opened or made.
    #[error(transparent)]
    Index(#[from] OpenError),
    /// Another process is removing all that is known of it.
    #[error(transparent)]
    Forgotten(#[from] BeingForgotten),
    /// What is known of it cannot follow its folder to another name now.
    #[error(transparent)]
    Renamed(#[from] TakeOverError),
    /// The corrections of names cannot be opened.
    #[error(transparent)]
    Corrections(#[from] CorrectionError),
}

impl From<OpenArchiveError> for OpenFailure {
    fn from(err: OpenArchiveError) -> Self {
        match err {
            OpenArchiveError::Folder { source, .. } => match source.kind() {
                io::ErrorKind::NotFound => Self::NoFolder,
                io::ErrorKind::NotADirectory => Self::NotAFolder,
                _ => Self::Folder(Cause::new(source)),
            },
            err => Self::Index(Cause::new(err)),
        }
    }
}

/// Opens the archive in the place of the one that is open, and tells what is known of it. Its files are not read yet.
pub fn open_archive(context: &Context, root: ArchiveRoot) -> Result<Arc<Session>, OpenArchiveError> {
    let data_dir = &context.data_dir;
    let folder = match &root {
        ArchiveRoot::Sample => unpack_sample(data_dir).map_err(OpenArchiveError::Sample)?,
        ArchiveRoot::Folder(folder) => folder.clone(),
    };
    // One that was there before is searched in its index; that it is gone is told by the update.
    if let Err(source) = std::fs::read_dir(&folder)
        && !data_dir.has_index(&folder)
    {
        return Err(OpenArchiveError::Folder { source, path: folder });
    }
    let renamed = match &root {
        ArchiveRoot::Sample => None,
        ArchiveRoot::Folder(_) => take_over(data_dir, &folder, context.open.get().as_deref())?,
    };
    let start = Instant::now();
    let in_use = InUse::enter(data_dir, &folder)?;
    let is_lost = data_dir.has_lost_index(&folder);
    let index = Index::open(&data_dir.index_of(&folder))?;
    let rebuilt = index.rebuilt() || is_lost;
    let corrections = ArchiveCorrections::open(data_dir, &folder, &index)?;
    let marks = ArchiveMarks::open(data_dir, &folder, &index);
    let searches = View::open_or_default(data_dir.searches_of(&folder));
    load_arrivals(&index, data_dir, &folder);
    let searcher = index.early_searcher()?;
    let millis = start.elapsed().as_millis();
    tracing::info!(millis, articles = searcher.n_articles(), rebuilt, "opened");
    let id = context.open.next_id();
    let opened = Event::Opened {
        session: id,
        root,
        folder: folder.clone(),
        n_articles: searcher.n_articles(),
        rebuilt,
        // Where the corrections cannot be read the update says so.
        recognises_scans: data_dir.load_reading(&folder).is_ok_and(|it| it.recognises_scans),
    };
    let changed = CorrectEvent::Changed {
        corrections: Arc::new(corrections.corrections().clone()),
        names: names_in(&corrections, &searcher),
    };
    let found_searches = IndexEvent::SearchesLoaded(searches.known().clone());
    let kept = KeptBeside {
        corrections,
        marks,
        searches,
        in_use,
    };
    let session = Session::new(id, folder, index, kept);
    let session = context.open.replace(session, searcher);
    if let Some(TakenOver { was, settings }) = renamed {
        if let Some(change) = settings {
            context.send(Event::SettingsChanged(Box::new(change)));
        }
        context.send(Event::FolderRenamed { was });
    }
    context.send(opened);
    context.tell(&session, changed);
    tell_marks(context, &session, &lock(&session.marks), None);
    let damage = session.index.damage();
    if damage != Damage::default() {
        context.tell(&session, IndexEvent::Damaged(damage));
    }
    context.to_check.put(|it| it.opened(Arc::clone(&session)));
    context.tell(&session, found_searches);
    if let Some(left) = load_left(data_dir, &session.folder) {
        context.tell(&session, IndexEvent::LeftLoaded(Box::new(left)));
    }
    context.tell_mishaps();
    Ok(session)
}

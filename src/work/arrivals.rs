//! When articles first came into an archive: the file `arrivals` beside its index, and keeping it up.
//!
//! Where it cannot be read or kept, nothing is new; it is begun again, and the log says so.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;

use crate::index::{Arrivals, Damage, Index, Moment, OpenError};

use super::data_dir::DataDir;
use super::log::ErrorCode;

/// Has an index know when its articles came, as far as that is recorded.
pub fn load_arrivals(index: &Index, data_dir: &DataDir, folder: &Path) {
    if let Some(arrivals) = read(&data_dir.arrivals_file(folder)) {
        index.set_arrivals(&arrivals);
    }
}

/// What is recorded; nothing if nothing is, or it cannot be read.
fn read(file: &Path) -> Option<Arrivals> {
    let bytes = fs::read(file).ok()?;
    let arrivals = Arrivals::from_bytes(&bytes);
    if arrivals.is_none() {
        tracing::warn!("the record of arrivals is damaged, and begun again");
    }
    arrivals
}

/// Before an index is brought up to date: all that it holds was always there, if nothing is recorded.
pub(super) fn begin_arrivals(index: &Index, data_dir: &DataDir, folder: &Path) {
    let file = data_dir.arrivals_file(folder);
    if read(&file).is_some() {
        return;
    }
    let begun = || -> Result<(), ArrivalsError> {
        let articles = index.early_searcher()?.contents()?;
        if articles.is_empty() {
            return Ok(());
        }
        keep(&Arrivals::begin(&articles), index, &file)
    };
    tell_failed(begun());
}

/// After an index was brought up to date to the end: what is new in it came now. `has_forgotten` says whether missing
/// files were forgotten.
pub(super) fn note_arrivals(index: &Index, data_dir: &DataDir, folder: &Path, has_forgotten: bool) {
    if index.damage() != Damage::default() {
        // What is left out would be taken for gone.
        return;
    }
    let file = data_dir.arrivals_file(folder);
    let noted = || -> Result<(), ArrivalsError> {
        let articles = index.early_searcher()?.contents()?;
        let now = Moment(u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0));
        let arrivals = match read(&file) {
            Some(known) => known.followed(&articles, now, has_forgotten),
            None => Some(Arrivals::begin(&articles)),
        };
        arrivals.map_or(Ok(()), |it| keep(&it, index, &file))
    };
    tell_failed(noted());
}

fn keep(arrivals: &Arrivals, index: &Index, file: &Path) -> Result<(), ArrivalsError> {
    let dir = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(dir)?;
    new.write_all(&arrivals.to_bytes())?;
    new.flush()?;
    new.persist(file).map_err(|err| err.error)?;
    index.set_arrivals(arrivals);
    Ok(())
}

/// Why it was not recorded what is new.
#[derive(Debug, thiserror::Error)]
enum ArrivalsError {
    #[error("cannot write the record of arrivals")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Index(#[from] OpenError),
}

impl From<crate::index::SearchError> for ArrivalsError {
    fn from(err: crate::index::SearchError) -> Self {
        Self::Index(err.into())
    }
}

/// Reading goes on without it: less is told of what is new.
fn tell_failed(done: Result<(), ArrivalsError>) {
    if let Err(err) = done {
        tracing::warn!(error = %ErrorCode(&err), "arrivals are not recorded");
    }
}

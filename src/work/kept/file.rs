//! Reading, changing and restoring a file of the user's decisions.

use std::fs;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::state::{Cause, KeptFate, KeptMishap};

use super::error::KeptError;
use super::mishaps::Mishaps;
use super::replace::{FolderLock, replace};
use super::value::Kept;
use super::versions::Versions;

/// A file that holds one value of the user's decisions; the docs of its folder say what it promises.
#[derive(Debug)]
pub struct KeptFile<T> {
    path: PathBuf,
    versions: Versions,
    mishaps: Arc<Mishaps>,
    of: PhantomData<fn() -> T>,
}

/// Changes whenever a file is replaced or edited, as far as the system's clock can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(Option<(u64, Option<SystemTime>, u64)>);

impl Stamp {
    /// Whether there is no file.
    pub fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

/// A change that was made.
#[derive(Debug)]
pub struct Edited<T, R> {
    /// What the file holds now.
    pub value: T,
    /// What the change returned.
    pub result: R,
    /// The file as it was left.
    pub stamp: Stamp,
}

/// What a file holds.
enum Found<T> {
    Whole { value: T, bytes: Vec<u8> },
    Missing,
    Damaged(Cause),
}

/// The number of the version in which an object was written.
#[derive(serde::Deserialize)]
struct Head {
    #[serde(default)]
    version: u64,
}

impl<T: Kept> KeptFile<T> {
    /// The file at `path`, which need not be there. What happens to it is noted in `mishaps`.
    pub fn new(path: PathBuf, mishaps: Arc<Mishaps>) -> Self {
        Self {
            versions: Versions::of(&path),
            path,
            mishaps,
            of: PhantomData,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it holds; the default where there is no file and never was one.
    ///
    /// A file that is damaged or was removed is restored, a newer one counts as the default, unless the value
    /// [is needed](Kept::IS_NEEDED); all three are noted as mishaps. A folder that cannot be written to is no obstacle.
    pub fn load(&self) -> Result<T, KeptError> {
        match self.read() {
            Ok(Found::Whole { value, .. }) => Ok(value),
            Ok(Found::Missing) if self.versions().is_empty() => Ok(T::default()),
            // Looked at again under the lock: another process may be restoring it.
            Ok(Found::Missing | Found::Damaged(_)) => match self.lock() {
                Ok(_lock) => self.restore(true),
                Err(_cannot_write) => self.restore(false),
            },
            Err(KeptError::Newer { path }) if !T::IS_NEEDED => {
                self.note(KeptFate::Newer { file: path });
                Ok(T::default())
            }
            Err(err) => Err(err),
        }
    }

    /// What it holds; the default where it cannot be read, which is noted as a mishap.
    pub fn load_or_default(&self) -> T {
        self.load().unwrap_or_else(|err| {
            let (file, cause) = (self.path.clone(), Cause::new(err));
            self.note(KeptFate::Unreadable { file, cause });
            T::default()
        })
    }

    /// Makes a change to what the file holds at this moment, in one step: others wait, and neither they nor a kill nor a
    /// full disk leave anything but the old file or the new one.
    ///
    /// Where `change` fails or changes nothing, nothing is written.
    pub fn edit<R, E: From<KeptError>>(&self, change: impl FnOnce(&mut T) -> Result<R, E>) -> Result<Edited<T, R>, E> {
        let _lock = self.lock()?;
        let (before, bytes) = match self.read()? {
            Found::Whole { value, bytes } => (value, Some(bytes)),
            Found::Missing if self.versions().is_empty() => (T::default(), None),
            Found::Missing | Found::Damaged(_) => (self.restore(true)?, None),
        };
        let mut value = before.clone();
        let result = change(&mut value)?;
        if value != before {
            self.write(&value, bytes.as_deref()).map_err(|err| self.io(err))?;
        }
        Ok(Edited {
            value,
            result,
            stamp: self.stamp(),
        })
    }

    /// Makes a change after which what it drops is gone: no earlier version is kept either.
    pub fn edit_for_good(&self, change: impl FnOnce(&mut T)) -> Result<(), KeptError> {
        let _lock = self.lock()?;
        let before = match self.read()? {
            Found::Whole { value, .. } => value,
            Found::Missing if self.versions().is_empty() => return Ok(()),
            Found::Missing | Found::Damaged(_) => self.restore(true)?,
        };
        let mut value = before.clone();
        change(&mut value);
        if value != before {
            // First: a process that is killed in between leaves the change to be made again, and nothing half-gone.
            self.versions.remove_all().map_err(|err| self.io(err))?;
            self.write(&value, None).map_err(|err| self.io(err))?;
        }
        Ok(())
    }

    /// What the file is known by: another one means that it was written.
    pub fn stamp(&self) -> Stamp {
        let metadata = fs::metadata(&self.path).ok();
        Stamp(metadata.map(|it| (it.len(), it.modified().ok(), inode(&it))))
    }

    fn note(&self, fate: KeptFate) {
        self.mishaps.note(KeptMishap { kind: T::KIND, fate });
    }

    fn io(&self, source: io::Error) -> KeptError {
        KeptError::Io {
            source,
            path: self.path.clone(),
        }
    }

    fn lock(&self) -> Result<FolderLock, KeptError> {
        let dir = self.path.parent().unwrap_or(Path::new("."));
        FolderLock::take(dir).map_err(|source| match source.kind() {
            io::ErrorKind::WouldBlock => KeptError::Locked {
                path: FolderLock::path_in(dir),
            },
            _ => self.io(source),
        })
    }

    /// The paths of its versions, the newest first. Where they cannot be listed there is nothing to restore.
    fn versions(&self) -> Vec<PathBuf> {
        self.versions.newest_first().unwrap_or_default()
    }

    fn read(&self) -> Result<Found<T>, KeptError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
            Err(err) => return Err(self.io(err)),
        };
        if is_newer::<T>(&bytes) {
            let path = self.path.clone();
            return Err(KeptError::Newer { path });
        }
        Ok(match parsed(&bytes) {
            Ok(value) => Found::Whole { value, bytes },
            Err(cause) => Found::Damaged(cause),
        })
    }

    /// Puts the newest version that can be read in the place of a file that is missing or damaged. Without the lock of
    /// the folder nothing is written, and the version is only used.
    fn restore(&self, may_write: bool) -> Result<T, KeptError> {
        let cause = match self.read()? {
            Found::Whole { value, .. } => return Ok(value),
            Found::Missing => None,
            Found::Damaged(cause) => Some(cause),
        };
        let newest = self.versions().into_iter().find_map(|path| {
            let bytes = fs::read(&path).ok().filter(|it| !is_newer::<T>(it))?;
            Some((parsed::<T>(&bytes).ok()?, bytes, path))
        });
        let mut kept = self.path.clone();
        match &cause {
            Some(cause) if newest.is_none() && T::IS_NEEDED => {
                return Err(KeptError::Damaged {
                    cause: cause.clone(),
                    path: kept,
                });
            }
            Some(_) if may_write => kept = set_aside(&self.path).map_err(|err| self.io(err))?,
            Some(_) | None => {}
        }
        let mut is_back = false;
        let (value, restored) = match newest {
            Some((value, bytes, path)) => {
                // Where it cannot be put back, it is used all the same, and put back the next time.
                is_back = may_write && replace(&self.path, &bytes).is_ok();
                (value, Some(path))
            }
            None => (T::default(), None),
        };
        let (fate, is_found_again) = match (cause, restored) {
            (Some(cause), restored) => (KeptFate::Damaged { kept, restored, cause }, !may_write),
            (None, Some(restored)) => (KeptFate::Deleted { file: kept, restored }, !is_back),
            (None, None) => return Ok(value),
        };
        let mishap = KeptMishap { kind: T::KIND, fate };
        match is_found_again {
            true => self.mishaps.note_once(mishap),
            false => self.mishaps.note(mishap),
        }
        Ok(value)
    }

    /// Writes a value in the place of the bytes that are there. Both are among the versions then.
    fn write(&self, value: &T, before: Option<&[u8]>) -> io::Result<()> {
        let json = value.to_kept()?;
        if let Some(before) = before {
            // It may have been edited by hand since it was written, or the process been killed before this.
            self.versions.add(before)?;
        }
        replace(&self.path, json.as_bytes())?;
        // The file itself is written. Where there is no room for a version, the next change makes it.
        self.versions.add(json.as_bytes()).ok();
        Ok(())
    }
}

/// Whether a later version of the program wrote this.
fn is_newer<T: Kept>(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Head>(bytes).is_ok_and(|it| T::NEWEST < it.version)
}

fn parsed<T: Kept>(bytes: &[u8]) -> Result<T, Cause> {
    let json = std::str::from_utf8(bytes).map_err(Cause::new)?;
    T::from_kept(json).map_err(Cause::new)
}

/// Renames a damaged file, so that it is kept and not overwritten; returns its new path.
fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let aside = (1..)
        .map(|number| file.with_extension(format!("damaged-{number}.json")))
        .find(|path| !path.exists());
    let aside = aside.unwrap_or_else(|| file.with_extension("damaged.json"));
    fs::rename(file, &aside)?;
    Ok(aside)
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// Elsewhere the time of change has to do.
#[cfg(not(unix))]
fn inode(_metadata: &fs::Metadata) -> u64 {
    0
}

//! A kept file with what this process last saw of it.

use super::error::KeptError;
use super::file::{KeptFile, Stamp};
use super::value::Kept;

/// A kept file with what this process last saw of it: what it loaded, what its own changes left, what it noticed of the
/// changes of others.
#[derive(Debug)]
pub struct View<T> {
    file: KeptFile<T>,
    known: T,
    stamp: Stamp,
}

impl<T: Kept> View<T> {
    /// Loads what the file holds; see [`KeptFile::load`].
    pub fn open(file: KeptFile<T>) -> Result<Self, KeptError> {
        // Before it is read: what changes in between is noticed.
        let stamp = file.stamp();
        let known = file.load()?;
        Ok(Self { file, known, stamp })
    }

    /// Loads what the file holds; see [`KeptFile::load_or_default`].
    pub fn open_or_default(file: KeptFile<T>) -> Self {
        let stamp = file.stamp();
        let known = file.load_or_default();
        Self { file, known, stamp }
    }

    /// The file.
    pub fn file(&self) -> &KeptFile<T> {
        &self.file
    }

    /// What was last seen of it.
    pub fn known(&self) -> &T {
        &self.known
    }

    /// Makes a change to what the file holds at this moment, which [`View::known`] shows then; see [`KeptFile::edit`].
    pub fn edit<R, E: From<KeptError>>(&mut self, change: impl FnOnce(&mut T) -> Result<R, E>) -> Result<R, E> {
        let edited = self.file.edit(change)?;
        self.known = edited.value;
        self.stamp = edited.stamp;
        Ok(edited.result)
    }

    /// Looks whether someone else changed the file, and returns what was known before then. Costs a look at the folder
    /// where nobody did.
    pub fn refresh(&mut self) -> Result<Option<T>, KeptError> {
        let stamp = self.file.stamp();
        // It may have been removed in the moment in which it was written.
        let is_gone = stamp.is_missing() && self.known != T::default();
        if stamp == self.stamp && !is_gone {
            return Ok(None);
        }
        let value = self.file.load()?;
        self.stamp = stamp;
        if value == self.known {
            return Ok(None);
        }
        Ok(Some(std::mem::replace(&mut self.known, value)))
    }
}

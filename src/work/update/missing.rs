//! Files that are missing: which of them turned up elsewhere.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::index::IndexedFile;

/// The missing files by their content, to know them again under another name.
///
/// A file that is read and has the bytes of a missing one is that file, moved or renamed. Each is found once.
pub(super) struct MissingByContent {
    by_hash: HashMap<u64, Vec<PathBuf>>,
    /// Those that were found: the path of each before and now.
    pub(super) found: Vec<(PathBuf, PathBuf)>,
}

impl MissingByContent {
    /// `missing` in the order of paths.
    pub(super) fn new<'a>(missing: impl Iterator<Item = &'a IndexedFile>) -> Self {
        let mut by_hash: HashMap<u64, Vec<PathBuf>> = HashMap::new();
        for file in missing.filter(|it| it.content_hash != 0) {
            by_hash.entry(file.content_hash).or_default().push(file.path.clone());
        }
        let found = Vec::new();
        Self { by_hash, found }
    }

    /// The path that a file had before, if it is one of the missing: of several with its content the one of its name, or the
    /// first.
    pub(super) fn find(&mut self, read: &IndexedFile) -> Option<PathBuf> {
        let paths = self.by_hash.get_mut(&read.content_hash)?;
        let has_name = |it: &PathBuf| it.file_name() == read.path.file_name();
        let idx = paths.iter().position(has_name).unwrap_or(0);
        if paths.is_empty() {
            return None;
        }
        let before = paths.remove(idx);
        self.found.push((before.clone(), read.path.clone()));
        Some(before)
    }

    /// Whether one of the missing was not found.
    pub(super) fn is_left(&self, file: &IndexedFile) -> bool {
        let same = self.by_hash.get(&file.content_hash);
        file.content_hash == 0 || same.is_some_and(|it| it.contains(&file.path))
    }
}

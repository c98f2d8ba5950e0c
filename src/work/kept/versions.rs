//! The last versions of a kept file: whole copies, in the folder `versions` beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::replace::replace;

/// How many versions of a file are kept. A guess: enough for a bad day.
pub const MAX_VERSIONS: usize = 10;

/// The versions of one file: `versions/corrections.000017.json`, the later with the greater number.
#[derive(Clone, Debug)]
pub struct Versions {
    dir: PathBuf,
    stem: String,
    extension: String,
}

impl Versions {
    /// The versions of the file at `path`.
    pub fn of(path: &Path) -> Self {
        let part = |it: Option<&std::ffi::OsStr>| it.unwrap_or_default().to_string_lossy().into_owned();
        Self {
            dir: path.with_file_name("versions"),
            stem: part(path.file_stem()),
            extension: part(path.extension()),
        }
    }

    /// Their paths, the newest first; none where there is no folder of versions.
    pub fn newest_first(&self) -> io::Result<Vec<PathBuf>> {
        let numbered = self.numbered()?.into_iter().rev();
        Ok(numbered.map(|(_, path)| path).collect())
    }

    /// Adds a version, unless the newest one is the same, and removes those that are too old.
    pub fn add(&self, bytes: &[u8]) -> io::Result<()> {
        let mut versions = self.numbered()?;
        let newest = versions.last();
        if newest.is_some_and(|(_, path)| fs::read(path).is_ok_and(|it| it == bytes)) {
            return Ok(());
        }
        let number = newest.map_or(1, |(number, _)| number.saturating_add(1));
        let path = self.dir.join(format!("{}.{number:06}.{}", self.stem, self.extension));
        replace(&path, bytes)?;
        versions.push((number, path));
        let n_too_old = versions.len().saturating_sub(MAX_VERSIONS);
        for (_, path) in &versions[..n_too_old] {
            // One that stays only takes up space, and is removed with the next.
            fs::remove_file(path).ok();
        }
        Ok(())
    }

    /// Removes all of them.
    pub fn remove_all(&self) -> io::Result<()> {
        self.numbered()?.iter().try_for_each(|(_, path)| fs::remove_file(path))
    }

    /// Their numbers and paths, the oldest first.
    fn numbered(&self) -> io::Result<Vec<(u64, PathBuf)>> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(err) => return Err(err),
        };
        let mut versions = Vec::new();
        for entry in entries {
            let path = entry?.path();
            versions.extend(self.number_of(&path).map(|number| (number, path)));
        }
        versions.sort_unstable();
        Ok(versions)
    }

    fn number_of(&self, path: &Path) -> Option<u64> {
        let name = path.file_name()?.to_str()?;
        let number = name.strip_prefix(&self.stem)?.strip_prefix('.')?;
        let number = number.strip_suffix(&self.extension)?.strip_suffix('.')?;
        number.parse().ok()
    }
}

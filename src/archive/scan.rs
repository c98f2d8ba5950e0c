//! Which files a folder holds.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::WalkDir;

/// The kinds of files that are read, by the end of their names.
const EXTENSIONS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// What was found in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The files that can be read, in the order of their paths.
    pub files: Vec<FileEntry>,
    /// What could not be looked at, in the order of the walk.
    pub unreadable: Vec<Unreadable>,
}

/// A file, as the file system describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it is, relative to the folder.
    pub path: PathBuf,
    /// Its length in bytes.
    pub size: u64,
    /// When it was changed last, in nanoseconds since 1970; 0 where that is not known.
    pub modified_nanos: i64,
}

/// A file or folder that could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it is, relative to the folder.
    pub path: PathBuf,
    /// What the system says.
    pub reason: String,
}

/// The files of kinds that are read in `root` and below, without hidden ones and without following links, so that no
/// loop is possible. What lies in `excluded` is left out.
pub fn scan(root: &Path, excluded: &[PathBuf]) -> Scan {
    let mut scan = Scan::default();
    let is_wanted = |path: &Path, depth: usize| {
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        depth == 0 || !is_hidden && !excluded.iter().any(|it| path.starts_with(it))
    };
    let walk = WalkDir::new(root).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| is_wanted(entry.path(), entry.depth())) {
        let relative = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_owned();
        let entry = match entry {
            Ok(entry) => entry,
            Err(err) => {
                let path = err.path().map(relative).unwrap_or_default();
                let reason = err.io_error().map_or_else(|| err.to_string(), ToString::to_string);
                scan.unreadable.push(Unreadable { path, reason });
                continue;
            }
        };
        if !entry.file_type().is_file() || !has_known_extension(entry.path()) {
            continue;
        }
        match entry.metadata() {
            Ok(metadata) => {
                let modified = metadata
                    .modified()
                    .ok()
                    .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                scan.files.push(FileEntry {
                    path: relative(entry.path()),
                    size: metadata.len(),
                    modified_nanos: modified.and_then(|it| i64::try_from(it.as_nanos()).ok()).unwrap_or(0),
                });
            }
            Err(err) => scan.unreadable.push(Unreadable {
                path: relative(entry.path()),
                reason: err.to_string(),
            }),
        }
    }
    scan.files.sort_by(|a, b| a.path.cmp(&b.path));
    scan
}

fn has_known_extension(path: &Path) -> bool {
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    extension.is_some_and(|it| EXTENSIONS.contains(&it.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_below_the_folder_in_order_and_hidden_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["b.txt", "a/c.HTML", ".git/d.txt", "e.pdf", ".f.txt"] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let scan = scan(folder.path(), &[]);
        let paths: Vec<_> = scan
            .files
            .iter()
            .map(|file| file.path.to_string_lossy().replace('\\', "/"))
            .collect();
        assert_eq!(paths, ["a/c.HTML", "b.txt"]);
        assert!(scan.unreadable.is_empty());
    }
}

//! Lists the files of a folder that may hold articles.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::WalkDir;

/// The extensions of files that hold no articles: pictures, sound, video, fonts, programs, and the resources of pages.
/// All others are read, whatever their names, and those that cannot be are listed.
const NEVER: &[&str] = &[
    "3gp",
    "7zip",
    "aac",
    "ai",
    "apk",
    "app",
    "avi",
    "avif",
    "bak",
    "bat",
    "bin",
    "bmp",
    "class",
    "cmd",
    "com",
    "cr2",
    "css",
    "cur",
    "dll",
    "dmg",
    "ds_store",
    "eot",
    "eps",
    "exe",
    "flac",
    "flv",
    "gif",
    "heic",
    "heif",
    "icns",
    "ico",
    "ini",
    "iso",
    "jar",
    "jfif",
    "jpe",
    "jpeg",
    "jpg",
    "js",
    "lnk",
    "lock",
    "log",
    "m3u",
    "m4a",
    "m4v",
    "map",
    "mid",
    "mjs",
    "mkv",
    "mov",
    "mp3",
    "mp4",
    "mpeg",
    "mpg",
    "msi",
    "o",
    "ogg",
    "ogv",
    "opus",
    "otf",
    "part",
    "pickle",
    "pkl",
    "png",
    "ps1",
    "psd",
    "py",
    "pyc",
    "rs",
    "sh",
    "so",
    "sqlite-shm",
    "sqlite-wal",
    "srt",
    "svg",
    "swf",
    "sys",
    "tif",
    "tiff",
    "tmp",
    "torrent",
    "ts",
    "ttc",
    "ttf",
    "url",
    "vtt",
    "wav",
    "webm",
    "webmanifest",
    "webp",
    "wma",
    "wmv",
    "woff",
    "woff2",
    "yaml",
    "yml",
];

/// The names of files that describe a folder and hold no articles, without an extension or with one of [`ABOUT_ENDS`].
/// Those on the first line may be followed by more: «LICENSE-MIT», «README.ar.md».
const ABOUT: [&str; 2] = [
    "license|licence|copying|readme",
    "notice|changelog|contributing|contributors|authors|credits|code_of_conduct|robots|humans|sitemap",
];
/// The extensions of files that are [`ABOUT`] a folder.
const ABOUT_ENDS: &str = "txt|md|rst|markdown";

/// The result of scanning a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The files that can be read, in the order of their paths.
    pub files: Vec<FileEntry>,
    /// Files and folders that cannot be opened, in the order of the walk.
    pub unreadable: Vec<Unreadable>,
    /// The number of files that only describe the folder, such as a licence, and are left out.
    pub n_left_out: u64,
}

impl Scan {
    /// A hash that shows whether the folder changed: the same for the same files with the same sizes and times, in any
    /// order.
    pub fn stamp(&self) -> u64 {
        let stamp_of = |file: &FileEntry| {
            let seed = file.size ^ file.modified_nanos.cast_unsigned();
            xxhash_rust::xxh3::xxh3_64_with_seed(file.path.as_os_str().as_encoded_bytes(), seed)
        };
        self.files.iter().map(stamp_of).fold(0, u64::wrapping_add)
    }
}

/// A file with its metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Relative to the folder.
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
    /// The time of its last change, in nanoseconds since 1970; 0 if it is unknown.
    pub modified_nanos: i64,
}

/// A file, a folder or a member of an archive that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Relative to the folder.
    pub path: PathBuf,
    /// The system's error, or what is wrong with the content.
    pub reason: String,
}

/// The files in `root` and below that may hold articles, without hidden ones and without following links, so that no
/// loop is possible. What lies in `excluded` is left out.
pub fn scan(root: &Path, excluded: &[PathBuf]) -> Scan {
    let mut scan = Scan::default();
    let is_wanted = |path: &Path, depth: usize| {
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let is_wanted = !is_hidden && !excluded.iter().any(|it| path.starts_with(it)) && !belongs_to_page(path);
        depth == 0 || is_wanted
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
        if !entry.file_type().is_file() {
            continue;
        }
        if !may_hold_articles(entry.path()) {
            scan.n_left_out += u64::from(is_about_folder(entry.path()));
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

/// Whether a file with this name is read: its name does not rule it out.
pub fn may_hold_articles(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|it| it.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    name != "thumbs.db" && !extension.is_some_and(|it| NEVER.contains(&it.as_str())) && !is_about_folder(path)
}

/// Whether a file with this name describes its folder: a licence, a read-me, a changelog.
fn is_about_folder(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|it| it.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let (stem, end) = match name.rsplit_once('.') {
        Some((stem, end)) if ABOUT_ENDS.split('|').any(|it| it == end) => (stem, end),
        _ => (name.as_str(), ""),
    };
    let [families, names] = ABOUT.map(|it| it.split('|').collect::<Vec<_>>());
    let first = stem.split(['-', '.', '_']).next().unwrap_or_default();
    // «license-plates.txt» may be an article.
    let is_of_family = families.contains(&first) && end != "txt" && (!end.is_empty() || !stem.contains('.'));
    is_of_family || families.contains(&stem) || names.contains(&stem)
}

/// Whether a folder holds the parts of a saved page: browsers put it beside the page and call it «page_files».
fn belongs_to_page(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    let page = ["_files", ".files", "_ملفات"]
        .iter()
        .find_map(|it| name.strip_suffix(it));
    let is_there = |extension: &str| {
        path.with_file_name(format!("{}.{extension}", page.unwrap_or_default()))
            .is_file()
    };
    page.is_some() && ["html", "htm", "xhtml"].into_iter().any(is_there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_below_the_folder_in_order_and_hidden_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "b.txt",
            "a/c.HTML",
            ".git/d.txt",
            "e.pdf",
            ".f.txt",
            "g",
            "h.JPG",
            "i.html",
            "i_files/j.html",
            "k_files/l.txt",
        ] {
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
        assert_eq!(paths, ["a/c.HTML", "b.txt", "e.pdf", "g", "i.html", "k_files/l.txt"]);
        assert!(scan.unreadable.is_empty());
        assert_eq!(scan.n_left_out, 0);
    }

    #[test]
    fn files_that_tell_about_a_folder_hold_no_articles() {
        for name in [
            "LICENSE",
            "License.txt",
            "LICENSE-MIT",
            "licence.md",
            "COPYING",
            "README.md",
            "readme",
            "README.ar.md",
            "a/b/NOTICE.txt",
            "CHANGELOG.md",
            "robots.txt",
        ] {
            assert!(!may_hold_articles(Path::new(name)), "{name}");
        }
        // Titles and what may be one.
        for name in [
            "notice-to-readers.txt",
            "license.html",
            "license-plates.txt",
            "readme.html",
            "licensed.txt",
            "اقرأني.txt",
            "the-license.txt",
            "news",
            "credits.csv",
        ] {
            assert!(may_hold_articles(Path::new(name)), "{name}");
        }
        let folder = tempfile::tempdir().unwrap();
        for name in ["LICENSE", "خبر.txt", "README.md", "x.png"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let scan = scan(folder.path(), &[]);
        assert_eq!((scan.files.len(), scan.n_left_out), (1, 2));
    }

    #[test]
    fn a_changed_folder_has_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = || scan(folder.path(), &[]).stamp();
        let empty = stamp();
        std::fs::write(folder.path().join("a.txt"), "x").unwrap();
        let one = stamp();
        assert_ne!(one, empty);
        assert_eq!(one, stamp());
        std::fs::write(folder.path().join("a.txt"), "xy").unwrap();
        assert_ne!(one, stamp());
    }
}

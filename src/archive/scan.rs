//! Lists the files of a folder that may hold articles, and says why the others are left out.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::left_out::LeftOut;
use super::names::{belongs_to_page, is_hidden, is_maildir, left_out_by_name, may_be_scan};
use super::reason::Reason;

/// So many pictures and the like are listed one by one; of the others is said how many they are. A guess: a list of more
/// takes some ten megabytes, and nobody reads it.
const MOST_LISTED: u64 = 50_000;

/// The result of scanning a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The files that can be read, in the order of their paths.
    pub files: Vec<FileEntry>,
    /// Files and folders that cannot be opened, in the order of the walk.
    pub unreadable: Vec<Unreadable>,
    /// What is left out by choice, in the order of paths. What lies in a folder that is left out is not listed.
    pub left_out: Vec<LeftOutFile>,
}

impl Scan {
    /// A hash that shows whether the folder changed: the same for the same files with the same sizes and times, in any
    /// order. Never 0 but by chance.
    pub fn stamp(&self) -> u64 {
        let stamp_of = |file: &FileEntry| {
            let seed = file.size ^ file.modified_nanos.cast_unsigned();
            xxhash_rust::xxh3::xxh3_64_with_seed(file.path.as_os_str().as_encoded_bytes(), seed)
        };
        self.files.iter().map(stamp_of).fold(1, u64::wrapping_add)
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
    pub reason: Reason,
}

/// A file, a folder or a member of an archive that is not read by choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutFile {
    /// Relative to the folder; empty where it stands for many.
    pub path: PathBuf,
    /// Why.
    pub reason: LeftOut,
}

/// The files in `root` and below that may hold articles, without hidden ones but for folders of mail. What lies in `excluded` is passed over.
///
/// A link is followed where it leads to something in `root` that is not read in its own place, such as a file in a hidden
/// folder. Every file is listed once, so that no loop is possible.
pub fn scan(root: &Path, excluded: &[PathBuf]) -> Scan {
    scan_with(root, excluded, false)
}

/// As [`scan`] does; with `takes_pictures` those that may be scanned pages are among the files that may hold articles.
pub fn scan_with(root: &Path, excluded: &[PathBuf], takes_pictures: bool) -> Scan {
    let mut walk = Walk {
        root,
        excluded,
        takes_pictures,
        scan: Scan::default(),
        links: VecDeque::new(),
        folders: HashSet::new(),
        n_without_articles: 0,
    };
    let real_root = root.canonicalize().unwrap_or_else(|_unreadable| root.to_owned());
    walk.take_folder(root, &real_root, None);
    walk.follow_links(&real_root);
    let Walk {
        mut scan,
        n_without_articles,
        ..
    } = walk;
    scan.files.sort_by(|a, b| a.path.cmp(&b.path));
    scan.left_out.sort_by(|a, b| a.path.cmp(&b.path));
    if MOST_LISTED < n_without_articles {
        let n = u32::try_from(n_without_articles - MOST_LISTED).unwrap_or(u32::MAX);
        scan.left_out.push(LeftOutFile {
            path: PathBuf::new(),
            reason: LeftOut::More { n },
        });
    }
    scan
}

/// What was found so far.
struct Walk<'a> {
    root: &'a Path,
    excluded: &'a [PathBuf],
    takes_pictures: bool,
    scan: Scan,
    /// The links that were not looked at yet, in the order in which they were found.
    links: VecDeque<PathBuf>,
    /// The folders that were looked at, by their paths without links.
    folders: HashSet<PathBuf>,
    n_without_articles: u64,
}

impl Walk<'_> {
    /// Takes what lies in `folder`, which is `real` without links, and below. `read` are the files that were taken, by their
    /// paths without links; while no link was followed there is no need to know them.
    fn take_folder(&mut self, folder: &Path, real: &Path, mut read: Option<&mut HashSet<PathBuf>>) {
        let mut entries = WalkDir::new(folder).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(err) => {
                    let path = err.path().unwrap_or(Path::new("")).to_owned();
                    self.refuse(&path, reason_of(&err));
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir() || entry.depth() == 0;
            let real = match entry.path().strip_prefix(folder) {
                Ok(below) if entry.depth() != 0 => real.join(below),
                _ => real.to_owned(),
            };
            let is_taken = match self.is_passed_over(&entry) {
                true => false,
                false if is_folder => self.folders.insert(real),
                false => {
                    self.take_entry(&entry, real, read.as_deref_mut());
                    true
                }
            };
            if !is_taken && is_folder {
                entries.skip_current_dir();
            }
        }
    }

    /// Whether this is left out for the place where it lies.
    fn is_passed_over(&mut self, entry: &DirEntry) -> bool {
        let path = entry.path();
        if entry.depth() == 0 {
            return false;
        }
        if self.excluded.iter().any(|it| path.starts_with(it)) {
            return true;
        }
        let may_be_folder = !entry.file_type().is_file();
        let reason = match is_hidden(path) {
            true if may_be_folder && is_maildir(path) => return false,
            true => LeftOut::Hidden,
            false if may_be_folder && belongs_to_page(path) => LeftOut::PageParts,
            false => return false,
        };
        self.leave_out(path, reason);
        true
    }

    fn take_entry(&mut self, entry: &DirEntry, real: PathBuf, read: Option<&mut HashSet<PathBuf>>) {
        let (path, kind) = (entry.path(), entry.file_type());
        if kind.is_symlink() {
            self.links.push_back(path.to_owned());
        } else if !kind.is_file() {
            self.leave_out(path, LeftOut::Special);
        } else if read.as_ref().is_some_and(|it| it.contains(&real)) {
            self.leave_out(path, LeftOut::ReadElsewhere);
        } else {
            let metadata = entry.metadata().map_err(|err| reason_of(&err));
            let is_taken = self.take_file(path, metadata);
            if let Some(read) = read
                && is_taken
            {
                read.insert(real);
            }
        }
    }

    /// Takes a file, unless its name rules it out. Returns whether it was taken.
    fn take_file(&mut self, path: &Path, metadata: Result<Metadata, Reason>) -> bool {
        if let Some(reason) = left_out_by_name(path)
            && !(self.takes_pictures && may_be_scan(path))
        {
            self.leave_out(path, reason);
            return false;
        }
        match metadata {
            Ok(metadata) => {
                let modified = metadata
                    .modified()
                    .ok()
                    .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                self.scan.files.push(FileEntry {
                    path: self.relative(path),
                    size: metadata.len(),
                    modified_nanos: modified.and_then(|it| i64::try_from(it.as_nanos()).ok()).unwrap_or(0),
                });
                true
            }
            Err(reason) => {
                self.refuse(path, reason);
                false
            }
        }
    }

    /// Looks where the links lead, and takes what is read nowhere else.
    fn follow_links(&mut self, real_root: &Path) {
        if self.links.is_empty() {
            return;
        }
        let in_place = self.scan.files.iter().map(|it| real_root.join(&it.path));
        let mut read: HashSet<PathBuf> = in_place.collect();
        while let Some(link) = self.links.pop_front() {
            let target = link.canonicalize().and_then(|it| Ok((fs::metadata(&it)?, it)));
            match target {
                Err(err) if err.kind() == io::ErrorKind::PermissionDenied => self.refuse(&link, Reason::system(&err)),
                Err(_nothing_there) => self.leave_out(&link, LeftOut::LinkToNothing),
                Ok((_, target)) if !target.starts_with(real_root) => self.leave_out(&link, LeftOut::LinkOutside),
                Ok((_, target)) if read.contains(&target) || self.folders.contains(&target) => {
                    self.leave_out(&link, LeftOut::ReadElsewhere);
                }
                Ok((metadata, target)) if metadata.is_dir() => self.take_folder(&link, &target, Some(&mut read)),
                Ok((metadata, target)) if metadata.is_file() => {
                    if self.take_file(&link, Ok(metadata)) {
                        read.insert(target);
                    }
                }
                Ok(_) => self.leave_out(&link, LeftOut::Special),
            }
        }
    }

    fn refuse(&mut self, path: &Path, reason: Reason) {
        let path = self.relative(path);
        self.scan.unreadable.push(Unreadable { path, reason });
    }

    fn leave_out(&mut self, path: &Path, reason: LeftOut) {
        if reason == LeftOut::NoArticles {
            self.n_without_articles += 1;
            if MOST_LISTED < self.n_without_articles {
                return;
            }
        }
        let path = self.relative(path);
        self.scan.left_out.push(LeftOutFile { path, reason });
    }

    fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_owned()
    }
}

fn reason_of(err: &walkdir::Error) -> Reason {
    match err.io_error() {
        Some(err) => Reason::system(err),
        None => Reason::system(&io::Error::other(err.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    fn shown(path: &Path) -> String {
        path.to_string_lossy().replace('\\', "/")
    }

    /// The files that are read, and what is left out: path and reason.
    fn check(folder: &Path, files: &[&str], left_out: &[(&str, LeftOut)]) {
        let scan = scan(folder, &[]);
        let paths: Vec<_> = scan.files.iter().map(|file| shown(&file.path)).collect();
        assert_eq!(paths, files);
        let told: Vec<_> = scan.left_out.iter().map(|it| (shown(&it.path), it.reason)).collect();
        let expected: Vec<_> = left_out.iter().map(|(path, it)| ((*path).to_owned(), *it)).collect();
        assert_eq!(told, expected);
        assert!(scan.unreadable.is_empty(), "{:?}", scan.unreadable);
    }

    #[test]
    fn files_are_found_below_the_folder_in_order_and_what_is_left_out_is_told() {
        let folder = folder(&[
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
            "LICENSE",
            "README.md",
            "خبر.txt.part",
        ]);
        check(
            folder.path(),
            &["a/c.HTML", "b.txt", "e.pdf", "g", "i.html", "k_files/l.txt"],
            &[
                (".f.txt", LeftOut::Hidden),
                (".git", LeftOut::Hidden),
                ("LICENSE", LeftOut::AboutFolder),
                ("README.md", LeftOut::AboutFolder),
                ("h.JPG", LeftOut::NoArticles),
                ("i_files", LeftOut::PageParts),
                ("خبر.txt.part", LeftOut::Unfinished),
            ],
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_the_folder_and_every_file_is_read_once() {
        use std::os::unix::fs::symlink;
        let outside = folder(&["secret.txt"]);
        let folder = folder(&["a/1.txt", ".store/2.txt", ".store/deep/3.txt", ".store/x.png"]);
        let link = |target: &str, name: &str| symlink(target, folder.path().join(name)).unwrap();
        link("a/1.txt", "again.txt");
        link("a", "again");
        link(".", "round");
        link("../..", "a/up");
        link(".store/2.txt", "b.txt");
        link("b.txt", "c.txt");
        link(".store", "store");
        link("..", ".store/deep/up");
        link(".store/2.txt", "d.png");
        link("nowhere", "broken.txt");
        link("circle", "circle");
        link(outside.path().join("secret.txt").to_str().unwrap(), "out.txt");
        link(outside.path().to_str().unwrap(), "out");
        check(
            folder.path(),
            &["a/1.txt", "b.txt", "store/deep/3.txt"],
            &[
                (".store", LeftOut::Hidden),
                ("a/up", LeftOut::LinkOutside),
                ("again", LeftOut::ReadElsewhere),
                ("again.txt", LeftOut::ReadElsewhere),
                ("broken.txt", LeftOut::LinkToNothing),
                ("c.txt", LeftOut::ReadElsewhere),
                ("circle", LeftOut::LinkToNothing),
                ("d.png", LeftOut::ReadElsewhere),
                ("out", LeftOut::LinkOutside),
                ("out.txt", LeftOut::LinkOutside),
                ("round", LeftOut::ReadElsewhere),
                ("store/2.txt", LeftOut::ReadElsewhere),
                ("store/deep/up", LeftOut::ReadElsewhere),
                ("store/x.png", LeftOut::NoArticles),
            ],
        );
        // A folder that is a link itself is opened.
        let other = tempfile::tempdir().unwrap();
        let alias = other.path().join("alias");
        symlink(folder.path(), &alias).unwrap();
        assert_eq!(scan(&alias, &[]), scan(folder.path(), &[]));
    }

    #[test]
    fn the_folders_of_a_maildir_are_not_hidden() {
        let folder = folder(&[
            "Maildir/cur/1700000000.M1P2.host.com,S=9",
            "Maildir/new/1700000001.M1P3.host.com",
            "Maildir/tmp/1700000002.M1P4.host",
            "Maildir/dovecot-uidlist",
            "Maildir/.Sent/cur/1700000003.M1P5.host,S=9",
            "Maildir/.Sent/new/1700000004.M1P6.host",
            "Maildir/.Sent/maildirfolder",
            "Maildir/.other/1.txt",
        ]);
        check(
            folder.path(),
            &[
                "Maildir/.Sent/cur/1700000003.M1P5.host,S=9",
                "Maildir/.Sent/new/1700000004.M1P6.host",
                "Maildir/cur/1700000000.M1P2.host.com,S=9",
                "Maildir/new/1700000001.M1P3.host.com",
            ],
            &[
                ("Maildir/.Sent/maildirfolder", LeftOut::SystemData),
                ("Maildir/.other", LeftOut::Hidden),
                ("Maildir/dovecot-uidlist", LeftOut::SystemData),
                ("Maildir/tmp/1700000002.M1P4.host", LeftOut::Unfinished),
            ],
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_left_out() {
        let folder = folder(&["a.txt"]);
        let _listener = std::os::unix::net::UnixListener::bind(folder.path().join("socket.txt")).unwrap();
        check(folder.path(), &["a.txt"], &[("socket.txt", LeftOut::Special)]);
    }

    #[test]
    fn a_changed_folder_has_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = || scan(folder.path(), &[]).stamp();
        let empty = stamp();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        let one = stamp();
        assert_ne!(one, empty);
        assert_eq!(one, stamp());
        fs::write(folder.path().join("a.txt"), "xy").unwrap();
        assert_ne!(one, stamp());
    }
}

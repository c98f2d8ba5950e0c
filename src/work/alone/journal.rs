//! Which files are in work, on disk: if the program ends in the middle of one, the next start knows which it was.
//!
//! Each thread that reads has a file of its own in the archive's part of the data directory (`in-work/reads-…`), which holds
//! the path that it is reading now and is locked for as long as its process lives. A file without a lock is one of a process
//! that ended before it could remove it: killed, or ended by what it read. Then it is renamed (`in-work/suspect-…`) and
//! stays until what it names was read to the end, however often the program is killed meanwhile.
//!
//! Nothing is synchronised with the disk: what ends is the process, not the system, which keeps what was written. Taking
//! note costs two system calls a file. Where nothing can be written, nothing is noted.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::raw_path::RawPath;

const READS: &str = "reads-";
const SUSPECT: &str = "suspect-";

/// The files in work of one archive.
#[derive(Clone, Debug)]
pub struct Journal {
    dir: PathBuf,
}

impl Journal {
    /// Of the archive of which all that Fihrist keeps lies in a directory.
    pub fn new(archive: &Path) -> Self {
        let dir = archive.join("in-work");
        Self { dir }
    }

    /// Where a thread takes note of what it reads.
    pub fn slot(&self) -> Slot {
        Slot {
            file: self.new_slot().ok(),
        }
    }

    fn new_slot(&self) -> io::Result<NamedTempFile> {
        // Not that of the archive, which may be being forgotten.
        match fs::create_dir(&self.dir) {
            Err(err) if err.kind() != io::ErrorKind::AlreadyExists => return Err(err),
            Ok(()) | Err(_) => {}
        }
        let file = tempfile::Builder::new().prefix(READS).tempfile_in(&self.dir)?;
        // Where files cannot be locked, what is in work now may be suspected by another process: it is read no worse.
        file.as_file().try_lock().ok();
        Ok(file)
    }

    /// The files that were in work when a process ended that did not say so, relative to the archive's folder.
    pub fn suspects(&self) -> HashSet<PathBuf> {
        for path in self.files(READS) {
            if let Some(name) = path.file_name().and_then(|it| it.to_str())
                && is_abandoned(&path)
            {
                let suspect = name.replacen(READS, SUSPECT, 1);
                fs::rename(&path, path.with_file_name(suspect)).ok();
            }
        }
        let mut suspects = HashSet::new();
        for path in self.files(SUSPECT) {
            match named_in(&path) {
                Some(named) => {
                    suspects.insert(named);
                }
                // It was between two files.
                None => {
                    fs::remove_file(path).ok();
                }
            }
        }
        suspects
    }

    /// Takes note that a file was read to its end, or is known to end its reader.
    pub fn acquit(&self, path: &Path) {
        for suspect in self.files(SUSPECT) {
            if named_in(&suspect).is_some_and(|it| it == path) {
                fs::remove_file(suspect).ok();
            }
        }
    }

    fn files(&self, prefix: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let is_one = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default();
            name.as_encoded_bytes().starts_with(prefix.as_bytes())
        };
        entries.map(|it| it.path()).filter(is_one).collect()
    }
}

/// Whether the process that took notes in a file has ended.
fn is_abandoned(path: &Path) -> bool {
    match File::open(path).map(|it| it.try_lock()) {
        Ok(Ok(()) | Err(TryLockError::Error(_))) => true,
        Ok(Err(TryLockError::WouldBlock)) | Err(_) => false,
    }
}

/// The path that is noted in a file.
fn named_in(file: &Path) -> Option<PathBuf> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.read_to_end(&mut bytes).ok()?;
    let (length, rest) = bytes.split_first_chunk()?;
    let noted = rest.get(..u32::from_le_bytes(*length) as usize)?;
    (!noted.is_empty()).then(|| RawPath::from_bytes(noted).to_path())
}

/// Where a thread takes note of what it reads. Dropping it says that it reads nothing; so does nothing else that ends the
/// thread or the process.
#[derive(Debug)]
pub struct Slot {
    file: Option<NamedTempFile>,
}

impl Slot {
    /// Takes note that a file is being read, and no other.
    pub fn begin(&mut self, path: &Path) {
        self.note(&RawPath::from(path).to_bytes());
    }

    /// Takes note that no file is being read.
    pub fn end(&mut self) {
        self.note(&[]);
    }

    fn note(&mut self, bytes: &[u8]) {
        let Some(file) = &mut self.file else { return };
        // The length and the path in one step; what a longer path left behind is not read.
        let mut noted = (bytes.len() as u32).to_le_bytes().to_vec();
        noted.extend_from_slice(bytes);
        let file = file.as_file_mut();
        file.rewind().and_then(|()| file.write_all(&noted)).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a process leaves that ends while it reads.
    fn die(slot: Slot) {
        let (file, path) = slot.file.unwrap().keep().unwrap();
        drop(file);
        assert!(path.exists());
    }

    fn paths(journal: &Journal) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = journal.suspects().into_iter().collect();
        paths.sort();
        paths
    }

    #[test]
    fn what_a_process_was_reading_when_it_ended_is_suspect_until_it_was_read() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::new(dir.path());
        assert!(journal.suspects().is_empty());
        let (mut one, mut other, mut idle) = (journal.slot(), journal.slot(), journal.slot());
        one.begin(Path::new("a long name of a file.txt"));
        one.begin(Path::new("أ.txt"));
        other.begin(Path::new("b\n.pdf"));
        idle.begin(Path::new("c.txt"));
        idle.end();
        // Whoever lives is not suspected.
        assert!(journal.suspects().is_empty());
        [one, other, idle].into_iter().for_each(die);
        let both = [PathBuf::from("b\n.pdf"), PathBuf::from("أ.txt")];
        assert_eq!(paths(&journal), both);
        // Killed again before they were read.
        assert_eq!(paths(&Journal::new(dir.path())), both);
        journal.acquit(Path::new("b\n.pdf"));
        assert_eq!(paths(&journal), both[1..]);
        journal.acquit(Path::new("أ.txt"));
        assert!(journal.suspects().is_empty());
        assert_eq!(fs::read_dir(dir.path().join("in-work")).unwrap().count(), 0);
    }

    #[test]
    fn a_thread_that_ends_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::new(dir.path());
        let mut slot = journal.slot();
        slot.begin(Path::new("a.txt"));
        drop(slot);
        assert!(journal.suspects().is_empty());
        assert_eq!(fs::read_dir(dir.path().join("in-work")).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_unicode_is_known_again() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::new(dir.path());
        let path = Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(
            b"\xE3\xCD.txt",
        ));
        let mut slot = journal.slot();
        slot.begin(path);
        die(slot);
        assert_eq!(paths(&journal), [path]);
        journal.acquit(path);
        assert!(journal.suspects().is_empty());
    }

    #[test]
    fn a_note_that_is_damaged_suspects_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::new(dir.path());
        fs::create_dir_all(&journal.dir).unwrap();
        fs::write(journal.dir.join("reads-1"), [9, 0, 0, 0, 65]).unwrap();
        fs::write(journal.dir.join("reads-2"), [9]).unwrap();
        fs::write(journal.dir.join("suspect-3"), []).unwrap();
        assert!(journal.suspects().is_empty());
    }
}

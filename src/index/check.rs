//! Compares the files of the index with their checksums, and leaves out of it what is damaged.
//!
//! A damaged file is mostly read without an error: words are not found, or found in the wrong articles. So nothing is
//! taken on trust for long:
//!
//! - whenever the index is opened, each file must have the length and the end that it was sealed with ([`super::sealed`]):
//!   a file that is gone, cut, longer, emptied or another's is found at once, for some microseconds a file;
//! - [`Health::check_next`] reads a segment and compares it with its checksums, which finds every other change: about a
//!   second per gigabyte from memory. The command line does so before it answers, the window in the background;
//! - before segments are merged they are checked too, so that damage never gets a new and right checksum.
//!
//! A damaged segment is left out ([`LeftOut`]) from that moment on; the next writer drops it, and the files that it held
//! are unknown and read again. Until then the index is suspected: if the process is killed, the next one checks all of it
//! before it reads anything.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use flate2::Crc;
use tantivy::directory::FileSlice;
use tantivy::directory::footer::Footer;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

use super::damage::Suspicion;
use super::error::is_damaged_content;
use super::sealed::{COMPONENTS, LeftOut, List, Listed, ListedSegment, SealedFile, end_of, listed};

/// So much of a file is read at a time, in bytes. Picked by feel.
const AT_ONCE: usize = 1 << 20;

/// Parts of the index that are damaged and not searched until their files are read again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// How many segments.
    pub parts: u64,
    /// How many articles they hold, and files without any.
    pub articles: u64,
}

/// What [`Index::check_next`](super::Index::check_next) found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The whole index was checked.
    All,
    /// A part was found to be as it was written.
    Intact,
    /// A part is damaged and not searched any more.
    Damaged,
    /// It was broken off.
    Stopped,
}

/// What is known of the soundness of an index. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Health {
    pub suspicion: Suspicion,
    pub left_out: LeftOut,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    /// The files that were found intact since the index was opened.
    intact: BTreeSet<String>,
    damage: Damage,
}

impl Health {
    /// Of the index in the folder `dir`, of which nothing is known yet.
    pub fn new(dir: &Path) -> Self {
        Self {
            suspicion: Suspicion::new(dir),
            left_out: LeftOut::default(),
            known: Arc::default(),
        }
    }

    fn dir(&self) -> &Path {
        self.suspicion.dir()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // A panic elsewhere cannot leave half of it there.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is left out now.
    pub fn damage(&self) -> Damage {
        self.known().damage
    }

    /// Notes that the files of what was left out when `damage` was all of it were read again.
    pub fn mended(&self, damage: Damage) {
        let mut known = self.known();
        if damage != Damage::default() && known.damage == damage {
            known.damage = Damage::default();
            drop(known);
            self.suspicion.clear();
        }
    }

    /// Looks at all files of the list, and reads as many as make up `most_bytes`; leaves out what is damaged. Returns
    /// whether all were read.
    pub fn look(&self, most_bytes: u64) -> io::Result<bool> {
        let Listed::List(list) = listed(self.dir())? else {
            return Ok(true);
        };
        let mut bytes_left = most_bytes;
        let mut is_all = true;
        for segment in list.segments() {
            if self.left_out.holds(&segment.name) || self.is_known(&list, &segment) {
                continue;
            }
            let n_bytes = n_bytes(&list, &segment);
            if !has_ends(self.dir(), &list, &segment)? {
                // Merged meanwhile by another process, its files are gone, which is no damage.
                if self.is_still_listed(&segment)? {
                    self.leave_out(&segment);
                }
            } else if n_bytes <= bytes_left {
                bytes_left -= n_bytes;
                self.check(&list, &segment, &mut |_| ControlFlow::Continue(()))?;
            } else {
                is_all = false;
            }
        }
        Ok(is_all)
    }

    /// Reads one segment that was not read yet, whichever. `pace` hears how many bytes were read, again and again, and may
    /// break it off.
    pub fn check_next(&self, pace: &mut dyn FnMut(u64) -> ControlFlow<()>) -> io::Result<Checked> {
        let Listed::List(list) = listed(self.dir())? else {
            // The list itself was damaged meanwhile; the next opening makes it good.
            self.suspicion.raise();
            return Ok(Checked::All);
        };
        let segments = list.segments();
        let unknown = |it: &&ListedSegment| !self.left_out.holds(&it.name) && !self.is_known(&list, it);
        let unknown: Vec<&ListedSegment> = segments.iter().filter(unknown).collect();
        // Of an index that is too large to be read at each start, it is not always the same part.
        match unknown.get(some_number() % unknown.len().max(1)) {
            None => Ok(Checked::All),
            Some(segment) => self.check(&list, segment, pace),
        }
    }

    /// How many bytes of the index were not read yet.
    pub fn unchecked_bytes(&self) -> io::Result<u64> {
        let Listed::List(list) = listed(self.dir())? else {
            return Ok(0);
        };
        let segments = list.segments();
        let unknown = segments
            .iter()
            .filter(|it| !self.left_out.holds(&it.name) && !self.is_known(&list, it));
        Ok(unknown.map(|it| n_bytes(&list, it)).sum())
    }

    fn is_known(&self, list: &List, segment: &ListedSegment) -> bool {
        let known = self.known();
        list.files_of(&segment.name)
            .all(|(name, _)| known.intact.contains(name))
    }

    fn check(
        &self,
        list: &List,
        segment: &ListedSegment,
        pace: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> io::Result<Checked> {
        let checked = read_all(self.dir(), list, segment, pace)?;
        match checked {
            Checked::All | Checked::Intact => {
                let names = list.files_of(&segment.name).map(|(name, _)| name.to_owned());
                self.known().intact.extend(names);
            }
            // Merged meanwhile, its files are gone, which is no damage.
            Checked::Damaged if !self.is_still_listed(segment)? => return Ok(Checked::Intact),
            Checked::Damaged => self.leave_out(segment),
            Checked::Stopped => {}
        }
        Ok(checked)
    }

    fn is_still_listed(&self, segment: &ListedSegment) -> io::Result<bool> {
        match listed(self.dir())? {
            Listed::List(list) => Ok(list.segments().contains(segment)),
            Listed::Nothing | Listed::Unusable => Ok(true),
        }
    }

    fn leave_out(&self, segment: &ListedSegment) {
        self.suspicion.raise();
        if self.left_out.insert(&segment.name) {
            let mut known = self.known();
            known.damage.parts += 1;
            known.damage.articles += segment.n_docs;
            drop(known);
            tracing::warn!(documents = segment.n_docs, "a segment is damaged and left out");
        }
    }

    /// Forgets what was found intact: something is odd.
    pub fn doubt(&self) {
        self.known().intact.clear();
    }

    /// Whether a segment may be merged: it is intact, or was just written by this process and is in no list yet.
    pub fn may_be_merged(&self, segment: SegmentId) -> bool {
        let name = segment.uuid_string();
        let checked = || -> io::Result<bool> {
            let Listed::List(list) = listed(self.dir())? else {
                return Ok(true);
            };
            let segments = list.segments();
            let Some(listed) = segments.iter().find(|it| it.name == name) else {
                return Ok(true);
            };
            let is_intact = self.is_known(&list, listed)
                || self.check(&list, listed, &mut |_| ControlFlow::Continue(()))? == Checked::Intact;
            Ok(is_intact)
        };
        // What cannot be read now is not merged now.
        !self.left_out.holds(&name) && checked().unwrap_or(false)
    }
}

/// A number that differs from time to time.
fn some_number() -> usize {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |it| it.subsec_micros() as usize)
}

fn n_bytes(list: &List, segment: &ListedSegment) -> u64 {
    list.files_of(&segment.name).map(|(_, file)| file.len).sum()
}

/// Whether an error means that a file is damaged: it is gone or too short, or the disk cannot read it.
fn is_damage(err: &io::Error) -> bool {
    /// What Linux, the BSDs and macOS (EIO), and Windows (ERROR_CRC) say of a bad sector.
    const BAD_SECTOR: i32 = if cfg!(windows) { 23 } else { 5 };
    is_damaged_content(err) || err.raw_os_error() == Some(BAD_SECTOR)
}

/// Whether a segment has all its files, each of its length and with its end.
fn has_ends(dir: &Path, list: &List, segment: &ListedSegment) -> io::Result<bool> {
    if !has_all_files(list, segment) {
        return Ok(false);
    }
    for (name, file) in list.files_of(&segment.name) {
        match file.is_like(&dir.join(name)) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(err) if is_damage(&err) => return Ok(false),
            Err(err) => return Err(err),
        }
    }
    Ok(true)
}

/// Whether none of its files was missing when it was listed.
fn has_all_files(list: &List, segment: &ListedSegment) -> bool {
    let has = |kind: &str| list.files_of(&segment.name).any(|(name, _)| name.ends_with(kind));
    COMPONENTS.into_iter().all(|kind| has(&format!(".{kind}"))) && (!segment.has_deletes || has(".del"))
}

/// Reads all of a segment and compares it with its checksums.
fn read_all(
    dir: &Path,
    list: &List,
    segment: &ListedSegment,
    pace: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> io::Result<Checked> {
    if !has_all_files(list, segment) {
        return Ok(Checked::Damaged);
    }
    for (name, file) in list.files_of(&segment.name) {
        match read_file(&dir.join(name), file, pace) {
            Ok(Checked::All | Checked::Intact) => {}
            Ok(found @ (Checked::Damaged | Checked::Stopped)) => return Ok(found),
            Err(err) if is_damage(&err) => return Ok(Checked::Damaged),
            Err(err) => return Err(err),
        }
    }
    Ok(Checked::Intact)
}

fn read_file(path: &Path, file: SealedFile, pace: &mut dyn FnMut(u64) -> ControlFlow<()>) -> io::Result<Checked> {
    if !file.is_like(path)? {
        return Ok(Checked::Damaged);
    }
    let (len, end) = end_of(path)?;
    let n_end = end.len() as u64;
    let (footer, before) = Footer::extract_footer(FileSlice::from(end))?;
    let mut bytes_left = len - n_end + before.read_bytes()?.len() as u64;
    let mut reader = File::open(path)?;
    let mut crc = Crc::new();
    let mut bytes = vec![0; AT_ONCE];
    while bytes_left != 0 {
        let n_bytes = bytes_left.min(AT_ONCE as u64);
        let bytes = &mut bytes[..n_bytes as usize];
        reader.read_exact(bytes)?;
        crc.update(bytes);
        bytes_left -= n_bytes;
        if pace(n_bytes).is_break() {
            return Ok(Checked::Stopped);
        }
    }
    Ok(match crc.sum() == footer.crc {
        true => Checked::Intact,
        false => Checked::Damaged,
    })
}

/// Merges only what is intact.
#[derive(Debug)]
pub(super) struct IntactOnly {
    pub policy: LogMergePolicy,
    pub health: Health,
}

impl MergePolicy for IntactOnly {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let known: Vec<SegmentMeta> = segments
            .iter()
            .filter(|it| !self.health.left_out.holds(&it.id().uuid_string()))
            .cloned()
            .collect();
        let mut candidates = self.policy.compute_merge_candidates(&known);
        candidates.retain(|candidate| {
            let is_of = |it: &&SegmentMeta| candidate.0.contains(&it.id());
            known.iter().filter(is_of).all(|it| self.health.may_be_merged(it.id()))
        });
        candidates
    }
}

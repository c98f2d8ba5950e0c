//! Archives of 7-Zip. What is compressed together is unpacked in one go, member by member.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use sevenz_rust2::{Archive, ArchiveEntry, BlockDecoder, Error, Password};

use crate::archive::left_out::LeftOut;
use crate::archive::reason::{Damage, Reason, Unsupported};
use crate::archive::record::{Outcome, Sink, Stop};

use super::member_name::{clean, free_name, is_part_of_page, left_out};
use super::packed::MAX_MEMORY_KB;
use super::parts::ReadSeek;

/// How an archive begins.
const MARK: &[u8] = b"7z\xBC\xAF\x27\x1C";

/// In the attributes of a file, that it is a link of Unix: its mode in the upper half (7-Zip, `7zip/Archive/7z`).
const MODE_MASK: u32 = 0o170_000;
const LINK: u32 = 0o120_000;

/// Whether a file that begins with `start` is an archive of 7-Zip.
pub fn begins_like(start: &[u8]) -> bool {
    start.starts_with(MARK)
}

/// Reads an archive, in the order in which it is packed.
pub fn read(sink: &mut dyn Sink, mut bytes: &mut dyn ReadSeek) -> Outcome {
    let password = Password::empty();
    let memory = MAX_MEMORY_KB as usize;
    let archive = Archive::read_with_memory_limit(&mut bytes, &password, memory).map_err(|err| reason(&err))?;
    let all: HashSet<String> = archive.files.iter().map(name_of).collect();
    let mut members = Members {
        sink,
        all,
        taken: HashMap::new(),
        stop: None,
    };
    for block in 0..archive.blocks.len() {
        let packed = BlockDecoder::new_with_memory_limit(1, memory, block, &archive, &password, &mut bytes);
        let mut left: Vec<ArchiveEntry> = packed.entries().iter().rev().cloned().collect();
        let outcome = packed.for_each_entries(&mut |entry, bytes| {
            left.pop();
            Ok(members.take(entry, bytes))
        });
        if let Some(stop) = members.stop.take() {
            return Err(stop);
        }
        // What comes behind the damage.
        if let Err(err) = outcome {
            members.refuse(left.iter().rev(), &err)?;
        }
    }
    Ok(())
}

/// The members, as they are unpacked.
struct Members<'a> {
    sink: &'a mut dyn Sink,
    all: HashSet<String>,
    /// The names that members bear, each with its last number.
    taken: HashMap<String, u64>,
    /// Why to go on no further.
    stop: Option<Stop>,
}

impl Members<'_> {
    /// Takes a member; returns whether to go on. All of it is gone through: the next is packed with it.
    fn take(&mut self, entry: &ArchiveEntry, bytes: &mut dyn Read) -> bool {
        let outcome = self.read(entry, bytes).and_then(|()| self.pass_over(bytes));
        self.stop = outcome.err();
        self.stop.is_none()
    }

    fn read(&mut self, entry: &ArchiveEntry, bytes: &mut dyn Read) -> Outcome {
        match self.name(entry) {
            Some(name) => self.sink.read_member(&name, bytes),
            None => Ok(()),
        }
    }

    fn pass_over(&self, bytes: &mut dyn Read) -> Outcome {
        let mut buffer = vec![0; 64 << 10];
        loop {
            self.sink.check_size(0)?;
            match bytes.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
                // The library says it once more.
                Err(_damaged) => return Ok(()),
            }
        }
    }

    /// The name of a member that is to be read; what is left out is noted.
    fn name(&mut self, entry: &ArchiveEntry) -> Option<String> {
        if entry.is_directory() || entry.is_anti_item() {
            return None;
        }
        let name = name_of(entry);
        let is_link = entry.windows_attributes() >> 16 & MODE_MASK == LINK;
        let why = match is_link {
            true => Some(LeftOut::LinkInArchive),
            false => left_out(&name).or_else(|| is_part_of_page(&name, &self.all).then_some(LeftOut::PageParts)),
        };
        match why {
            Some(why) => self.sink.leave_out(&name, why),
            None => return Some(free_name(name, &mut self.taken)),
        }
        None
    }

    /// Notes of members that they cannot be unpacked.
    fn refuse<'b>(&mut self, entries: impl Iterator<Item = &'b ArchiveEntry>, err: &Error) -> Outcome {
        self.sink.check_size(0)?;
        for entry in entries {
            if let Some(name) = self.name(entry) {
                self.sink.refuse_member(&name, reason(err).into())?;
            }
        }
        Ok(())
    }
}

fn name_of(entry: &ArchiveEntry) -> String {
    clean(&entry.name().replace('\\', "/"))
}

/// Why something cannot be unpacked, in the user's terms.
fn reason(err: &Error) -> Reason {
    match err {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => Reason::Locked,
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => Reason::Locked,
        Error::UnsupportedCompressionMethod(_) | Error::ExternalUnsupported | Error::Unsupported(_) => {
            Reason::Unsupported(Unsupported::Packing)
        }
        Error::MaxMemLimited { .. } => Reason::OverMemory {
            megabytes: MAX_MEMORY_KB >> 10,
        },
        // The library shows what an error is made of; this is what it says.
        Error::Io(err, _) | Error::FileOpen(err, _) => Reason::Damaged(Damage::Other(err.to_string())),
        Error::Other(what) => Reason::Damaged(Damage::Other(what.to_string())),
        err => Reason::Damaged(Damage::Other(err.to_string())),
    }
}

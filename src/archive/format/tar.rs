//! Archives of tar, member by member, in their order.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, Read as _};

use tar::{EntryType, PaxExtensions};

use crate::archive::left_out::LeftOut;
use crate::archive::reason::{Reason, Unsupported};
use crate::archive::record::{Outcome, Sink};

use super::member_name::{MemberNames, clean, free_name, is_part_of_page, left_out};

/// The length of a header, and where in it its checksum is (POSIX, `pax`).
const HEADER: usize = 512;
const CHECKSUM: std::ops::Range<usize> = 148..156;

/// A longer name, or longer notes on a member, are damage; in bytes. Guesses: systems allow 4,096.
const MAX_NAME: u64 = 64 << 10;
const MAX_NOTES: u64 = 1 << 20;

/// Whether a file that begins with `head` is an archive: its first header has the right checksum.
pub fn begins_like(head: &[u8]) -> bool {
    let Some(header) = head.get(..HEADER) else {
        return false;
    };
    let stated = std::str::from_utf8(&header[CHECKSUM]).unwrap_or_default();
    let stated = stated.trim_matches([' ', '\0']);
    let sum = header
        .iter()
        .enumerate()
        .map(|(at, byte)| match CHECKSUM.contains(&at) {
            true => u32::from(b' '),
            false => u32::from(*byte),
        });
    header[0] != 0 && u32::from_str_radix(stated, 8).is_ok_and(|it| it == sum.sum::<u32>())
}

/// Reads an archive.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead) -> Outcome {
    let mut archive = tar::Archive::new(bytes);
    let (mut taken, mut all) = (HashMap::new(), HashSet::new());
    let mut long_name = None;
    // The library would keep names in memory as long as they like.
    for entry in archive.entries()?.raw(true) {
        sink.check_size(0)?;
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        match kind {
            EntryType::GNULongName => {
                let mut name = Vec::new();
                (&mut entry).take(MAX_NAME).read_to_end(&mut name)?;
                name.truncate(name.iter().position(|it| *it == 0).unwrap_or(name.len()));
                long_name = Some(name);
                continue;
            }
            EntryType::XHeader => {
                let mut notes = Vec::new();
                (&mut entry).take(MAX_NOTES).read_to_end(&mut notes)?;
                long_name = path_in(&notes).or(long_name);
                continue;
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => continue,
            _ => {}
        }
        let raw = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
        let name = clean(&MemberNames::of([raw.as_slice()].into_iter()).text(&raw));
        let why = match kind {
            EntryType::Directory => continue,
            // Those of the seventh Unix mark a folder so.
            _ if raw.ends_with(b"/") => continue,
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => left_out(&name),
            EntryType::Symlink | EntryType::Link => Some(LeftOut::LinkInArchive),
            EntryType::Char | EntryType::Block | EntryType::Fifo => Some(LeftOut::Special),
            // The name of the archive, a piece of a file that goes on in another.
            _ => Some(LeftOut::SystemData),
        };
        let of_page = || is_part_of_page(&name, &all).then_some(LeftOut::PageParts);
        if let Some(why) = why.or_else(of_page) {
            sink.leave_out(&name, why);
            continue;
        }
        all.insert(name.clone());
        let name = free_name(name, &mut taken);
        match kind {
            // Holes are not in it.
            EntryType::GNUSparse => sink.refuse_member(&name, Reason::Unsupported(Unsupported::Packing).into())?,
            _ => sink.read_member(&name, &mut entry)?,
        }
    }
    Ok(())
}

/// The path in the notes on a member.
fn path_in(notes: &[u8]) -> Option<Vec<u8>> {
    let mut notes = PaxExtensions::new(notes).flatten();
    notes
        .find(|it| it.key_bytes() == b"path")
        .map(|it| it.value_bytes().to_vec())
}

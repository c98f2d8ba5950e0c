//! Members of a zip that another of the same name hides: the library keeps the last of them.
//!
//! The list of members at the end of a zip has a record for each; [`hidden`] reads it again. [`Alone`] shows a zip with
//! one of these records at its end instead, so that the library reads that member and no other.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};

use super::parts::ReadSeek;

/// A record of the list: its fixed part, in bytes, and where in it the lengths of its other parts are (APPNOTE 4.3.12).
const RECORD: usize = 46;
const LENGTHS: [usize; 3] = [28, 30, 32];
const RECORD_MARK: [u8; 4] = *b"PK\x01\x02";
/// How the end of a zip begins (APPNOTE 4.3.16).
const END_MARK: [u8; 4] = *b"PK\x05\x06";

/// The record of a member.
pub struct MemberRecord {
    bytes: Vec<u8>,
    n_name: usize,
}

impl MemberRecord {
    /// The member's name, as it is written.
    pub fn name(&self) -> &[u8] {
        &self.bytes[RECORD..RECORD + self.n_name]
    }
}

/// The records of the members that are hidden, in the order of the list, which begins at `start`.
pub fn hidden(bytes: &mut dyn ReadSeek, start: u64) -> io::Result<Vec<MemberRecord>> {
    bytes.seek(SeekFrom::Start(start))?;
    let mut bytes = io::BufReader::new(bytes);
    let mut hidden = Vec::new();
    let mut last: HashMap<Vec<u8>, MemberRecord> = HashMap::new();
    loop {
        let mut record = vec![0; RECORD];
        if bytes.read_exact(&mut record).is_err() || !record.starts_with(&RECORD_MARK) {
            return Ok(hidden);
        }
        let lengths = LENGTHS.map(|at| usize::from(u16::from_le_bytes([record[at], record[at + 1]])));
        record.resize(RECORD + lengths.iter().sum::<usize>(), 0);
        bytes.read_exact(&mut record[RECORD..])?;
        let record = MemberRecord {
            bytes: record,
            n_name: lengths[0],
        };
        hidden.extend(last.insert(record.name().to_owned(), record));
    }
}

/// A zip whose list has one member only.
pub struct Alone<'a> {
    bytes: &'a mut dyn ReadSeek,
    n_bytes: u64,
    /// The list and the end.
    tail: Vec<u8>,
    at: u64,
}

impl<'a> Alone<'a> {
    /// Shows a member of the zip that begins at `offset` of `bytes`; `None` if its end would be too far for the format
    /// without extensions: 4 GiB.
    pub fn new(bytes: &'a mut dyn ReadSeek, offset: u64, record: &MemberRecord) -> io::Result<Option<Self>> {
        let n_bytes = bytes.seek(SeekFrom::End(0))?;
        let n_record = u32::try_from(record.bytes.len()).unwrap_or(u32::MAX);
        let Some(start) = n_bytes.checked_sub(offset).and_then(|it| u32::try_from(it).ok()) else {
            return Ok(None);
        };
        let mut tail = record.bytes.clone();
        tail.extend(END_MARK);
        // Of one disk, with one member.
        tail.extend([0, 0, 0, 0, 1, 0, 1, 0]);
        tail.extend(n_record.to_le_bytes());
        tail.extend(start.to_le_bytes());
        tail.extend([0, 0]);
        Ok(Some(Self {
            bytes,
            n_bytes,
            tail,
            at: 0,
        }))
    }
}

impl Read for Alone<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = match self.at.checked_sub(self.n_bytes) {
            None => {
                self.bytes.seek(SeekFrom::Start(self.at))?;
                (&mut self.bytes).take(self.n_bytes - self.at).read(buf)?
            }
            Some(at) => {
                let rest = self.tail.get(usize::try_from(at).unwrap_or(usize::MAX)..);
                rest.unwrap_or_default().read(buf)?
            }
        };
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Alone<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let n_all = self.n_bytes + self.tail.len() as u64;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => n_all.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

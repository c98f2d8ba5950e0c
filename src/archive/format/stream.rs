//! The bytes that readers are given: as a stream, or as a whole within bounds, and counted.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use crate::archive::budget::Meter;
use crate::archive::reason::Reason;
use crate::archive::record::{MAX_BYTES, OverBudget, Stop};

/// How much of a file is examined for its format and encoding, in bytes. A guess: signatures are at the very beginning,
/// and this much text is more than an article.
pub const HEAD: u64 = 64 << 10;
/// What begins with `head` and goes on with `rest`, to be read bit by bit.
pub fn streamed<'b>(head: &[u8], rest: &'b mut dyn Read) -> impl BufRead + 'b {
    BufReader::with_capacity(HEAD as usize, Cursor::new(head.to_vec()).chain(rest))
}

/// All that begins with `head` and goes on with `rest`, which is refused if it is longer than [`MAX_BYTES`].
pub fn whole(meter: &Meter<'_>, head: Vec<u8>, rest: &mut dyn Read) -> Result<Vec<u8>, Stop> {
    match at_most_max_bytes(meter, head, rest)? {
        (bytes, false) => Ok(bytes),
        (_, true) => Err(Reason::TooLarge { limit: MAX_BYTES }.into()),
    }
}

/// The first [`MAX_BYTES`] of what begins with `head` and goes on with `rest`, and whether there is more.
pub fn at_most_max_bytes(meter: &Meter<'_>, head: Vec<u8>, rest: &mut dyn Read) -> Result<(Vec<u8>, bool), Stop> {
    let mut bytes = head;
    loop {
        let wanted = MAX_BYTES + 1 - (bytes.len() as u64).min(MAX_BYTES);
        if (&mut *rest).take(wanted.min(HEAD)).read_to_end(&mut bytes)? == 0 {
            break;
        }
        meter.check_size(bytes.len() as u64)?;
    }
    let is_truncated = MAX_BYTES < bytes.len() as u64;
    bytes.truncate(MAX_BYTES as usize);
    Ok((bytes, is_truncated))
}

/// What ends with an error.
pub struct Broken(pub Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _buf: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Counts what is decompressed, across all members.
pub struct Metered<'r> {
    /// What is read.
    pub bytes: &'r mut dyn Read,
    /// Asked at each piece.
    pub meter: &'r Meter<'r>,
    /// How much more may be decompressed, in bytes.
    pub budget: Rc<Cell<u64>>,
    /// How much it was at first.
    pub limit: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.meter.check().map_err(io::Error::other)?;
        let n = self.bytes.read(buf)?;
        match self.budget.get().checked_sub(n as u64) {
            Some(rest) => {
                self.budget.set(rest);
                Ok(n)
            }
            None => Err(io::Error::other(OverBudget(self.limit))),
        }
    }
}

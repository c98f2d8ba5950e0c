//! The members of a zip by their names, for the formats that are a zip inside.

use std::borrow::Cow;
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::archive::reason::{Reason, Unsupported};
use crate::archive::record::{MAX_BYTES, Refusal, Stop};

/// Bytes with random access. For trait objects: with a type parameter, archives within archives would make infinite
/// types.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// The limit for a part of a book or document, in bytes.
const MAX_PART: u64 = MAX_BYTES;

/// The limit for all parts that are read of one, in bytes: members of a zip may share their bytes. A guess.
const MAX_PARTS: u64 = 4 * MAX_PART;

/// The parts of a book or document, by their names.
pub struct Parts<R> {
    zip: ZipArchive<R>,
    /// How many bytes more may be unpacked.
    left: u64,
}

impl<R: Read + Seek> Parts<R> {
    /// The parts in a zip.
    pub fn new(zip: ZipArchive<R>) -> Self {
        Self { zip, left: MAX_PARTS }
    }

    /// The names of all parts, in their order.
    pub fn names(&self) -> Vec<String> {
        let names = self.zip.file_names().filter_map(Result::ok);
        names.filter(|it| !it.ends_with('/')).map(Cow::into_owned).collect()
    }

    /// A part's bytes; `None` if there is none with this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Stop> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(err) => return Err(refusal(err).into()),
        };
        let mut bytes = Vec::new();
        part.take(MAX_PART + 1).read_to_end(&mut bytes)?;
        if MAX_PART < bytes.len() as u64 {
            return Err(Reason::TooLarge { limit: MAX_PART }.into());
        }
        self.left = match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => left,
            None => return Err(Reason::TooLarge { limit: MAX_PARTS }.into()),
        };
        Ok(Some(bytes))
    }
}

/// Why a zip cannot be read, in the user's terms.
pub fn refusal(err: ZipError) -> Refusal {
    match err {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Reason::Locked.into(),
        ZipError::CompressionMethodNotSupported(_) => Reason::Unsupported(Unsupported::Packing).into(),
        err => Refusal::damaged_by(err),
    }
}

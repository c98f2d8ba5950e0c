//! The members of a zip by their names, for the formats that are a zip inside.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::archive::record::{MAX_BYTES, Refusal, Stop};

/// Bytes with random access. For trait objects: with a type parameter, archives within archives would make infinite
/// types.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// The limit for a part of a book or document, in bytes.
const MAX_PART: u64 = MAX_BYTES;

/// The parts of a book or document, by their names.
pub struct Parts<R> {
    pub zip: ZipArchive<R>,
}

impl<R: Read + Seek> Parts<R> {
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
            return Err(Refusal::TooLarge { limit: MAX_PART }.into());
        }
        Ok(Some(bytes))
    }
}

/// Why a zip cannot be read, in the user's terms.
pub fn refusal(err: ZipError) -> Refusal {
    match err {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Refusal::Locked,
        ZipError::CompressionMethodNotSupported(_) => {
            Refusal::Unsupported("packed in a way that is not read; unpack it, or pack it as an ordinary .zip")
        }
        err => Refusal::damaged_by(err),
    }
}

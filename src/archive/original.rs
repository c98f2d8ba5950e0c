//! The message or the member of an archive that an article was read from, so that another program can be given it.

use std::io::{self, Read};
use std::ops::Range;

use super::record::MAX_BYTES;

/// What an article was read from, where that is not its whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The name of the member, or of a file for the message.
    pub name: String,
    /// Of a message in a mailbox, which one it is there, from 1.
    pub message: Option<u64>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Keeps the original of an article while its file is read.
pub struct Capture {
    record: u32,
    pub original: Option<Original>,
}

impl Capture {
    /// For the article with this number.
    pub fn new(record: u32) -> Self {
        let original = None;
        Self { record, original }
    }

    /// Whether what the articles with these numbers were read from is wanted.
    pub fn wants(&self, articles: &Range<u32>) -> bool {
        articles.contains(&self.record) && self.original.is_none()
    }

    /// Keeps what the articles with these numbers were read from if the wanted one is among them. The innermost is kept: it
    /// comes first.
    pub fn keep(&mut self, articles: Range<u32>, name: &str, message: Option<u64>, bytes: Vec<u8>) {
        if self.wants(&articles) {
            self.original = Some(Original {
                name: name.to_owned(),
                message,
                bytes,
            });
        }
    }
}

/// A reader that keeps what is read of it, up to [`MAX_BYTES`].
pub struct Kept<'a> {
    bytes: &'a mut dyn Read,
    kept: Vec<u8>,
}

impl<'a> Kept<'a> {
    pub fn new(bytes: &'a mut dyn Read) -> Self {
        let kept = Vec::new();
        Self { bytes, kept }
    }

    /// All of it, also what nobody asked for; nothing if it is too much, or damaged.
    pub fn rest(mut self) -> Option<Vec<u8>> {
        let room = (MAX_BYTES + 1).saturating_sub(self.kept.len() as u64);
        self.bytes.take(room).read_to_end(&mut self.kept).ok()?;
        (self.kept.len() as u64 <= MAX_BYTES).then_some(self.kept)
    }
}

impl Read for Kept<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buf)?;
        if self.kept.len() as u64 <= MAX_BYTES {
            self.kept.extend_from_slice(&buf[..n]);
        }
        Ok(n)
    }
}

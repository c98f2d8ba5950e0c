//! JSON of any length, read value by value: what is in memory at a time is bounded by [`Limit`].

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde_json::error::Category;

use crate::archive::reason::Damage;
use crate::archive::record::{MAX_RECORD, Refusal, Stop};

/// So many bytes are taken from the file at once.
const AT_ONCE: usize = 64 << 10;

/// What one value may have, and where it began. The visitor of the values says so, and the stream, which knows how many
/// bytes were read, stops where one has more than [`MAX_RECORD`].
#[derive(Clone, Default)]
pub struct Limit(Rc<Progress>);

#[derive(Default)]
struct Progress {
    n_read: Cell<u64>,
    start: Cell<Option<u64>>,
}

impl Limit {
    /// A value begins that will be in memory.
    pub fn begin(&self) {
        self.0.start.set(Some(self.0.n_read.get()));
    }

    /// What follows is passed over, however long it is.
    pub fn skip(&self) {
        self.0.start.set(None);
    }

    fn is_reached(&self) -> bool {
        let start = self.0.start.get();
        start.is_some_and(|start| MAX_RECORD < self.0.n_read.get() - start)
    }
}

/// A value is longer than any record.
#[derive(Debug, thiserror::Error)]
#[error("a value of more than {} MB", MAX_RECORD >> 20)]
struct LongValue;

/// The bytes of a JSON text. Escapes that are none of JSON's, `\x1F` for a control character as Telegram Desktop writes them
/// (`SerializeString` in its `export_output_json.cpp`), become `\u001F`.
pub struct Stream<'r> {
    bytes: Box<dyn BufRead + 'r>,
    limit: Limit,
    buffer: Vec<u8>,
    at: usize,
    is_escape: bool,
    n_zeros: u8,
}

impl<'r> Stream<'r> {
    /// A stream of `bytes`, which are UTF-8.
    pub fn new(bytes: Box<dyn BufRead + 'r>, limit: Limit) -> Self {
        Self {
            bytes,
            limit,
            buffer: Vec::with_capacity(AT_ONCE),
            at: 0,
            is_escape: false,
            n_zeros: 0,
        }
    }

    /// Whether there are more bytes.
    fn refill(&mut self) -> io::Result<bool> {
        self.buffer.clear();
        self.at = 0;
        let available = self.bytes.fill_buf()?;
        let n = available.len().min(AT_ONCE);
        self.buffer.extend_from_slice(&available[..n]);
        self.bytes.consume(n);
        let progress = &self.limit.0;
        progress.n_read.set(progress.n_read.get() + n as u64);
        match self.limit.is_reached() {
            true => Err(io::Error::other(LongValue)),
            false => Ok(n != 0),
        }
    }
}

impl Read for Stream<'_> {
    // The library asks for byte after byte.
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some(first) = buf.first_mut() else { return Ok(0) };
        if self.n_zeros != 0 {
            self.n_zeros -= 1;
            *first = b'0';
            return Ok(1);
        }
        if self.at == self.buffer.len() && !self.refill()? {
            return Ok(0);
        }
        let mut byte = self.buffer[self.at];
        self.at += 1;
        if self.is_escape {
            self.is_escape = false;
            if byte == b'x' {
                byte = b'u';
                self.n_zeros = 2;
            }
        } else if byte == b'\\' {
            self.is_escape = true;
        }
        *first = byte;
        Ok(1)
    }
}

/// Why the library stopped: the file's fault, or that of what lies below it.
pub fn stop(err: serde_json::Error) -> Stop {
    match err.classify() {
        Category::Io => io::Error::from(err).into(),
        Category::Eof => Damage::CutOff.into(),
        Category::Syntax | Category::Data => Refusal::damaged_by(err).into(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn control_characters_that_are_no_json_are_read() {
        let text = Cursor::new(br#"{"a": "\\x1F \x1F\n\"\x0A"}"#.to_vec());
        let stream = Stream::new(Box::new(text), Limit::default());
        let value: serde_json::Value = serde_json::from_reader(stream).unwrap();
        assert_eq!(value["a"], "\\x1F \u{1F}\n\"\n");
    }

    #[test]
    fn a_value_without_end_is_refused_and_what_is_passed_over_may_be_long() {
        let long = || Box::new(Cursor::new(vec![b'"'; 1]).chain(io::repeat(b'a').take(MAX_RECORD + (1 << 20))));
        let limit = Limit::default();
        limit.begin();
        let stream = Stream::new(Box::new(io::BufReader::new(long())), limit.clone());
        let err = serde_json::from_reader::<_, serde::de::IgnoredAny>(stream)
            .err()
            .unwrap();
        assert!(err.is_io() && io::Error::from(err).to_string().contains("16 MB"));
        limit.skip();
        let stream = Stream::new(Box::new(io::BufReader::new(long())), limit);
        let err = serde_json::from_reader::<_, serde::de::IgnoredAny>(stream)
            .err()
            .unwrap();
        assert!(err.is_eof());
    }
}

//! Streams that begin in an encoding and go on in another: tables that were joined, or that two programs appended to.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::detection;
use super::runs::Counts;
use super::text_encoding::TextEncoding;

/// How much is decoded at once, in bytes. A guess.
const AT_ONCE: u64 = 64 << 10;

/// A stream that begins in an encoding, UTF-8 or of one byte a letter, as UTF-8: further on it may go on in another.
pub struct MixedReader<'a> {
    bytes: &'a mut dyn BufRead,
    encoding: TextEncoding,
    /// The name of what it was in so far.
    name: Rc<Cell<&'static str>>,
    is_at_start: bool,
    /// What was decoded and not yet read, from `at` on.
    ready: Vec<u8>,
    at: usize,
    /// What stopped reading, once the rest is read.
    err: Option<io::Error>,
}

impl<'a> MixedReader<'a> {
    /// The text of `bytes`. `name` becomes that of both encodings once there are two.
    pub fn new(bytes: &'a mut dyn BufRead, encoding: TextEncoding, name: Rc<Cell<&'static str>>) -> Self {
        Self {
            bytes,
            encoding,
            name,
            is_at_start: true,
            ready: Vec::new(),
            at: 0,
            err: None,
        }
    }

    /// The next bytes; they end between two letters.
    fn next(&mut self) -> Vec<u8> {
        let mut chunk = Vec::new();
        let mut read = (&mut *self.bytes).take(AT_ONCE).read_to_end(&mut chunk);
        if read.is_ok() && chunk.last().is_some_and(|it| !it.is_ascii()) {
            read = (&mut *self.bytes).take(AT_ONCE).read_until(b'\n', &mut chunk);
        }
        self.err = read.err();
        if std::mem::take(&mut self.is_at_start) && chunk.starts_with(b"\xEF\xBB\xBF") {
            chunk.drain(..3);
        }
        chunk
    }

    fn decoded(&mut self, chunk: Vec<u8>) -> Vec<u8> {
        let is_utf_8 = self.encoding == TextEncoding::UTF_8;
        if is_utf_8 && std::str::from_utf8(&chunk).is_ok() {
            return chunk;
        }
        let counts = Counts::of(&chunk);
        let other = match is_utf_8 {
            true if counts.has_others() => detection::arabic(&counts.others),
            true => None,
            false => Some(self.encoding).filter(|_| 2 <= counts.n_utf_8),
        };
        let text = match other {
            Some(other) => {
                let both = other.beside_utf_8();
                self.name.set(both.name());
                both.text(&chunk)
            }
            None => self.encoding.text(&chunk),
        };
        text.into_bytes()
    }
}

impl Read for MixedReader<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            if let Some(err) = self.err.take() {
                return Err(err);
            }
            let chunk = self.next();
            if chunk.is_empty() && self.err.is_none() {
                return Ok(0);
            }
            (self.at, self.ready) = (0, self.decoded(chunk));
        }
        let n = (&self.ready[self.at..]).read(buf)?;
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1256;

    use super::*;

    const TEXT: &str = "قال الوزير إن العمل في المشروع اكتمل قبل موعده، وهنأ العاملين";
    const MORE: &str = "وأضاف أن الجسر «الجديد» سيفتح أمام السيارات… ص، غدا؛ وذكر مدينة évora";

    fn windows(text: &str) -> Vec<u8> {
        WINDOWS_1256.encode(text).0.into_owned()
    }

    #[track_caller]
    fn check(parts: &[&[u8]], expected: &str) {
        let bytes = parts.concat();
        let (encoding, _) = detection::detect(&bytes, None);
        let (text, has_errors) = encoding.decode(&bytes);
        assert_eq!(
            (encoding.name(), text.as_ref(), has_errors),
            ("UTF-8 and windows-1256", expected, false)
        );
    }

    #[test]
    fn each_part_is_read_as_what_it_is() {
        let (text, more) = (windows(TEXT), windows(MORE));
        check(&[TEXT.as_bytes(), b"\n", &more], &format!("{TEXT}\n{MORE}"));
        check(&[&text, b"\n", MORE.as_bytes()], &format!("{TEXT}\n{MORE}"));
        check(
            &[b"<p>", &text, b"</p><p>", MORE.as_bytes(), b"</p>"],
            &format!("<p>{TEXT}</p><p>{MORE}</p>"),
        );
    }

    #[test]
    fn what_is_in_one_encoding_is_not_mixed() {
        let name = |bytes: &[u8]| detection::detect(bytes, None).0.name();
        assert_eq!(name(&windows(TEXT)), "windows-1256");
        assert_eq!(name(&windows(MORE)), "windows-1256");
        let broken = [TEXT.as_bytes(), b" \xD8 \xFF \xD9"].concat();
        assert_eq!(name(&broken), "UTF-8");
    }

    #[test]
    fn a_stream_may_change_its_encoding_further_on() {
        let utf_8 = format!("{TEXT}\n").repeat(2_000);
        let text = format!("{utf_8}{MORE}\n");
        let appended = [utf_8.as_bytes(), &windows(MORE), b"\n"].concat();
        let first = [&windows(&utf_8)[..], MORE.as_bytes(), b"\n"].concat();
        for (bytes, encoding) in [(appended, TextEncoding::UTF_8), (first, TextEncoding::WINDOWS_1256)] {
            let name = Rc::new(Cell::new(encoding.name()));
            let mut found = String::new();
            let mut bytes = bytes.as_slice();
            let mut reader = MixedReader::new(&mut bytes, encoding, Rc::clone(&name));
            reader.read_to_string(&mut found).unwrap();
            assert!(found == text);
            assert_eq!(name.get(), "UTF-8 and windows-1256");
        }
    }
}

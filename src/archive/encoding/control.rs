//! Control characters, which no text needs but for its lines: what programs leave where a sign was.
//!
//! Tabs, ends of lines and pages stay, and what terminals understand, which begins with an escape.

use std::borrow::Cow;
use std::io::{self, Read};

/// What ASCII calls «substitute»: it stands for a sign that a program could not write.
const SUBSTITUTE: u8 = 0x1A;

/// Whether a byte of a text is a control character that is left out.
pub fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)
}

/// A text without its control characters.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    if !has_control(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut filter = Filter::default();
    let mut kept = Vec::with_capacity(text.len());
    filter.keep(text.as_bytes(), &mut kept);
    // Only ASCII was left out.
    Cow::Owned(String::from_utf8(kept).unwrap_or_default())
}

/// Whether there is any. A stretch is gone through without a stop, as many bytes at a time as the processor can.
fn has_control(bytes: &[u8]) -> bool {
    const STRETCH: usize = 256;
    let in_stretch = |stretch: &[u8]| stretch.iter().fold(false, |found, it| found | is_control(*it));
    bytes.chunks(STRETCH).any(in_stretch)
}

/// What is known of a text while it is gone through.
#[derive(Default)]
struct Filter {
    /// Whether the last byte that was kept is of a letter.
    is_after_letter: bool,
    /// Whether a substitute was left out since.
    is_after_substitute: bool,
}

impl Filter {
    /// Appends what is kept of some bytes. Between two letters a substitute was a sign that parts two words.
    fn keep(&mut self, bytes: &[u8], kept: &mut Vec<u8>) {
        for byte in bytes {
            if is_control(*byte) {
                self.is_after_substitute |= *byte == SUBSTITUTE;
                continue;
            }
            let is_letter = byte.is_ascii_alphanumeric() || !byte.is_ascii();
            if self.is_after_letter && self.is_after_substitute && is_letter {
                kept.push(b' ');
            }
            self.is_after_letter = is_letter;
            self.is_after_substitute = false;
            kept.push(*byte);
        }
    }
}

/// The text of a reader without its control characters.
pub struct Cleaned<R> {
    inner: R,
    filter: Filter,
    /// What was kept and not yet read, from `at` on.
    kept: Vec<u8>,
    at: usize,
}

impl<R: Read> Cleaned<R> {
    /// The text that `inner` yields in UTF-8.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            filter: Filter::default(),
            kept: Vec::new(),
            at: 0,
        }
    }
}

impl<R: Read> Read for Cleaned<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        while self.kept.len() <= self.at {
            let n = self.inner.read(buf)?;
            if n == 0 {
                return Ok(0);
            }
            let is_clean = !has_control(&buf[..n]);
            if is_clean && !self.filter.is_after_substitute {
                self.filter.is_after_letter = buf[n - 1].is_ascii_alphanumeric() || !buf[n - 1].is_ascii();
                return Ok(n);
            }
            self.kept.clear();
            self.at = 0;
            self.filter.keep(&buf[..n], &mut self.kept);
        }
        let n = (&self.kept[self.at..]).read(buf)?;
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without_controls(text), expected);
        // However the text is cut.
        for n in 1..text.len() {
            let mut found = Vec::new();
            let (start, end) = text.as_bytes().split_at(n);
            Cleaned::new(start.chain(end)).read_to_end(&mut found).unwrap();
            assert_eq!(String::from_utf8(found).unwrap(), expected);
        }
    }

    #[test]
    fn control_characters_leave_no_trace_but_between_two_words() {
        check("\u{1A}وقال\u{1A}: «نعم».\u{1A}\r\n\u{1A}", "وقال: «نعم».\r\n");
        check("قال\u{1A}نعم", "قال نعم");
        check("قا\u{2}ل\tنعم\u{C}\u{1B}", "قال\tنعم\u{C}\u{1B}");
    }
}

//! JSON of any length, read value by value: what is in memory at a time is bounded by [`Limit`].
//!
//! The library reads a stream byte by byte. So the elements of a long list, which are nearly all of such a file, are set
//! apart by the stream and read as a whole ([`next_element`]); the library is given a number in the place of each.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use memchr::{memchr_iter, memchr2};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, SeqAccess};
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
    /// Whether the value that comes next is to be set apart.
    is_wanted: Cell<bool>,
    apart: RefCell<Vec<u8>>,
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

/// The next element of a list, read as a whole; nothing at the list's end.
pub fn next_element<'de, S, T>(seq: &mut S, limit: &Limit) -> Result<Option<T>, S::Error>
where
    S: SeqAccess<'de>,
    T: DeserializeOwned + Default,
{
    limit.begin();
    limit.0.is_wanted.set(true);
    limit.0.apart.borrow_mut().clear();
    let place = seq.next_element::<IgnoredAny>()?;
    limit.0.is_wanted.set(false);
    if place.is_none() {
        return Ok(None);
    }
    match &limit.0.apart.borrow()[..] {
        // A number or the like.
        [] => Ok(Some(T::default())),
        bytes => serde_json::from_slice(bytes).map(Some).map_err(|err| {
            // The place is one within the element; the library adds that of its end in the stream.
            let told = err.to_string();
            S::Error::custom(told.rsplit_once(" at line ").map_or(&*told, |(what, _)| what))
        }),
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
    /// A byte that comes before the next one of the buffer, and how often.
    ahead: (u8, usize),
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
            ahead: (b' ', 0),
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

    /// Sets the value apart that begins with `first`. Returns whether it is whole.
    fn set_apart(&mut self, first: u8) -> io::Result<bool> {
        let values = self.limit.0.clone();
        let mut apart = values.apart.borrow_mut();
        apart.push(first);
        let mut is_text = first == b'"';
        let mut is_escape = false;
        let mut depth = usize::from(!is_text);
        while depth != 0 || is_text {
            if self.at == self.buffer.len() && !self.refill()? {
                return Ok(false);
            }
            let rest = &self.buffer[self.at..];
            if std::mem::take(&mut is_escape) {
                let escape: &[u8] = if rest[0] == b'x' { b"u00" } else { &rest[..1] };
                apart.extend_from_slice(escape);
                self.at += 1;
                continue;
            }
            let end = match is_text {
                true => memchr2(b'"', b'\\', rest),
                false => rest
                    .iter()
                    .position(|it| matches!(it, b'"' | b'{' | b'}' | b'[' | b']')),
            };
            let piece = &rest[..end.map_or(rest.len(), |it| it + 1)];
            apart.extend_from_slice(piece);
            self.at += piece.len();
            match end.and(piece.last()) {
                Some(b'"') => is_text = !is_text,
                Some(b'\\') => is_escape = true,
                Some(b'{' | b'[') => depth += 1,
                Some(_) => depth -= 1,
                None => {}
            }
        }
        // So that the library counts the lines.
        self.ahead = (b'\n', memchr_iter(b'\n', &apart).count());
        Ok(true)
    }
}

impl Read for Stream<'_> {
    // The library asks for byte after byte.
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some(first) = buf.first_mut() else { return Ok(0) };
        if self.ahead.1 != 0 {
            self.ahead.1 -= 1;
            *first = self.ahead.0;
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
                self.ahead = (b'0', 2);
            }
        } else if byte == b'\\' {
            self.is_escape = true;
        } else if matches!(byte, b'{' | b'[' | b'"') && self.limit.0.is_wanted.take() {
            if !self.set_apart(byte)? {
                return Ok(0);
            }
            byte = b'0';
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

    /// What stands in a list, read whole, and where that ends.
    #[track_caller]
    fn check_list(text: &str, expected: &str) {
        struct Values(Limit);
        impl<'de> serde::de::Visitor<'de> for Values {
            type Value = Vec<serde_json::Value>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
                let mut values = Vec::new();
                while let Some(value) = next_element(&mut seq, &self.0)? {
                    values.push(value);
                }
                Ok(values)
            }
        }
        // However the text comes.
        for n in [1, 2, 3, 1_000] {
            let bytes = io::BufReader::with_capacity(n, text.as_bytes());
            let limit = Limit::default();
            let mut json = serde_json::Deserializer::from_reader(Stream::new(Box::new(bytes), limit.clone()));
            let read = serde::Deserializer::deserialize_any(&mut json, Values(limit));
            let read = read.and_then(|it| json.end().map(|()| it));
            let told = read.map_or_else(|err| err.to_string(), |it| serde_json::Value::from(it).to_string());
            // The column is that of what stands in the element's place.
            assert_eq!(told.split(" column ").next(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_elements_of_a_list_are_read_as_a_whole() {
        check_list("[]", "[]");
        check_list(
            r#" [ {"a": "}\x41\"]", "b": [{}, {"c": "\\"}]}, [1], "x\ny" ] "#,
            r#"[{"a":"}A\"]","b":[{},{"c":"\\"}]},[1],"x\ny"]"#,
        );
        check_list("[1, null, {}, true]", "[null,null,{},null]");
        check_list("[{}\n,\n{\"a\":\n1,}]", "trailing comma at line 4");
        check_list("[{}, {\"a\": \"b", "EOF while parsing a value at line 1");
        check_list("[{} {}]", "expected `,` or `]` at line 1");
    }

    #[test]
    fn a_value_without_end_is_refused_and_what_is_passed_over_may_be_long() {
        let long = || Box::new(Cursor::new(vec![b'"'; 1]).chain(io::repeat(b'a').take(MAX_RECORD + (1 << 20))));
        let limit = Limit::default();
        limit.begin();
        let stream = Stream::new(Box::new(io::BufReader::new(long())), limit.clone());
        let err = serde_json::from_reader::<_, IgnoredAny>(stream).err().unwrap();
        assert!(err.is_io() && io::Error::from(err).to_string().contains("16 MB"));
        limit.skip();
        let stream = Stream::new(Box::new(io::BufReader::new(long())), limit);
        let err = serde_json::from_reader::<_, IgnoredAny>(stream).err().unwrap();
        assert!(err.is_eof());
    }
}

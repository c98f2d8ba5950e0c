//! Answers of servers as crawlers keep them: the lines of their headers, and the bytes of their bodies (RFC 9112).
//!
//! Lenient: a crawler may have undone what a header still declares, so that a body that is not packed as it is said to be
//! is taken as it is.

use std::io::{self, BufRead, BufReader, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::archive::encoding::TextEncoding;
use crate::archive::record::read_line;

use super::zstd::{self, Zstd};

/// A longer line of a header is cut off, and a header of more lines ends there. Guesses: the longest have some kilobytes
/// and a hundred lines.
const MAX_LINE: u64 = 16 << 10;
const MAX_LINES: usize = 1_000;

/// The lines of a header, by their names in lower case.
#[derive(Clone, Debug, Default)]
pub struct Header(Vec<(String, String)>);

impl Header {
    /// Reads a header up to the empty line that ends it. A line that begins with white space goes on with the one before.
    pub fn read(bytes: &mut dyn BufRead) -> io::Result<Self> {
        let mut fields: Vec<(String, String)> = Vec::new();
        for _ in 0..MAX_LINES {
            let Some((line, _)) = read_line(bytes, MAX_LINE)? else {
                break;
            };
            if line.trim_ascii().is_empty() {
                break;
            }
            let is_continued = line.starts_with(b" ") || line.starts_with(b"\t");
            let line = String::from_utf8_lossy(&line);
            match (line.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if is_continued => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (Some((name, value)), _) => fields.push((name.trim().to_lowercase(), value.trim().to_owned())),
                (None, _) => {}
            }
        }
        Ok(Self(fields))
    }

    /// The value of the first line with a name, which is to be in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.0.iter().filter(|(it, _)| it == name);
        fields.next().map(|(_, value)| value.as_str())
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// The kind of the content, in lower case and without parameters: «text/html»; empty if it is not declared.
    pub fn kind(&self) -> String {
        let declared = self.get("content-type").unwrap_or_default();
        declared.split(';').next().unwrap_or_default().trim().to_lowercase()
    }

    /// The encoding that the content is declared to be in.
    pub fn charset(&self) -> Option<TextEncoding> {
        let mut parameters = self.get("content-type")?.split(';').skip(1);
        let label = parameters.find_map(|it| {
            let (name, label) = it.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then_some(label)
        })?;
        TextEncoding::for_label(label.trim().trim_matches(['"', '\'']))
    }

    /// The body that goes on with `bytes`, unpacked: its chunks joined, and what it was compressed with undone.
    pub fn body<'a>(&self, bytes: &'a mut dyn BufRead) -> io::Result<Box<dyn Read + 'a>> {
        /// More is no longer a page. A guess: one is in use, two are seen by mistake.
        const MOST_CODINGS: usize = 4;
        let is_chunked = codings(self.get("transfer-encoding")).iter().any(|it| it == "chunked");
        let mut body: Box<dyn Read + 'a> = match is_chunked && begins_chunk(bytes.fill_buf()?) {
            true => Box::new(Chunks::new(bytes)),
            false => Box::new(bytes),
        };
        // The last that is named was applied last.
        let codings = codings(self.get("content-encoding"));
        for coding in codings.iter().rev().take(MOST_CODINGS) {
            body = decoded(coding, body)?;
        }
        Ok(body)
    }
}

fn codings(value: Option<&str>) -> Vec<String> {
    let names = value.unwrap_or_default().split(',').map(|it| it.trim().to_lowercase());
    names.filter(|it| !it.is_empty() && it != "identity").collect()
}

/// What `packed` holds, if it is packed as `coding` says.
fn decoded<'a>(coding: &str, packed: Box<dyn Read + 'a>) -> io::Result<Box<dyn Read + 'a>> {
    let mut packed = BufReader::new(packed);
    let start = packed.fill_buf()?;
    Ok(match coding {
        "gzip" | "x-gzip" if start.starts_with(b"\x1F\x8B") => Box::new(MultiGzDecoder::new(packed)),
        // A header of zlib: method 8, a number that 31 divides (RFC 1950). Some servers leave it out.
        "deflate" => match start {
            [first, second, ..] if first & 15 == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0 => {
                Box::new(ZlibDecoder::new(packed))
            }
            start if begins_like_markup(start) => Box::new(packed),
            _ => Box::new(DeflateDecoder::new(packed)),
        },
        // It has no mark of its own.
        "br" if !begins_like_markup(start) => Box::new(Decompressor::new(packed, 4 << 10)),
        "zstd" if zstd::begins_like(start) => Box::new(Zstd::new(packed)),
        _ => Box::new(packed),
    })
}

fn begins_like_markup(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    matches!(start.first(), None | Some(b'<' | b'{' | b'['))
}

/// Whether a body begins with the size of a chunk: a crawler may have joined them already.
fn begins_chunk(start: &[u8]) -> bool {
    let line = start.split(|it| *it == b'\n').next().unwrap_or_default();
    line.len() < start.len() && size_of_chunk(line).is_some()
}

fn size_of_chunk(line: &[u8]) -> Option<u64> {
    let size = line.split(|it| *it == b';').next()?.trim_ascii();
    u64::from_str_radix(std::str::from_utf8(size).ok()?, 16).ok()
}

/// The chunks of a body, joined.
struct Chunks<'a> {
    bytes: &'a mut dyn BufRead,
    /// How much of the chunk is left.
    n_left: u64,
    is_first: bool,
    is_over: bool,
}

impl<'a> Chunks<'a> {
    fn new(bytes: &'a mut dyn BufRead) -> Self {
        Self {
            bytes,
            n_left: 0,
            is_first: true,
            is_over: false,
        }
    }

    /// Goes on to the next chunk. What is no size ends the body: it was cut off.
    fn begin_chunk(&mut self) -> io::Result<()> {
        let mut line = read_line(self.bytes, MAX_LINE)?;
        // The end of the line that ends the chunk before.
        if !self.is_first && line.as_ref().is_some_and(|(it, _)| it.trim_ascii().is_empty()) {
            line = read_line(self.bytes, MAX_LINE)?;
        }
        self.is_first = false;
        self.n_left = line.and_then(|(it, _)| size_of_chunk(&it)).unwrap_or(0);
        self.is_over = self.n_left == 0;
        Ok(())
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.n_left == 0 && !self.is_over {
            self.begin_chunk()?;
        }
        if self.is_over || buf.is_empty() {
            return Ok(0);
        }
        let n = (&mut *self.bytes).take(self.n_left).read(buf)?;
        self.n_left -= n as u64;
        self.is_over = n == 0;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn header(text: &str) -> Header {
        Header::read(&mut text.as_bytes()).unwrap()
    }

    #[test]
    fn a_header_is_read_however_it_is_written() {
        let it = header("Content-Type: Text/HTML;\r\n Charset=\"windows-1256\"\r\nX: a:b\r\nnonsense\r\n\r\nY: z\r\n");
        assert_eq!(it.kind(), "text/html");
        assert_eq!(it.charset(), TextEncoding::for_label("windows-1256"));
        assert_eq!(it.get("x"), Some("a:b"));
        assert_eq!(it.get("y"), None);
        assert_eq!(header("").kind(), "");
    }

    #[track_caller]
    fn check(declared: &str, body: &[u8], expected: &str) {
        let mut found = Vec::new();
        // A body that is cut off is read up to there.
        let mut bytes = body;
        let outcome = header(declared)
            .body(&mut bytes)
            .and_then(|mut it| it.read_to_end(&mut found));
        assert_eq!(String::from_utf8_lossy(&found), expected, "{declared}: {outcome:?}");
    }

    #[test]
    fn a_body_is_unpacked_where_it_is_packed() {
        let chunked = "Transfer-Encoding: chunked\n\n";
        check(chunked, b"3\r\n<p>\r\n2;a=b\r\nxy\r\n0\r\nX: y\r\n\r\n", "<p>xy");
        check(chunked, b"3\n<p>\n2\nxy\n0\n", "<p>xy");
        check(chunked, b"5\r\n<p>", "<p>");
        check(chunked, b"<p>xy</p>\n", "<p>xy</p>\n");
        check("", b"3\r\n<p>", "3\r\n<p>");
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(b"<p>xy").unwrap();
        let gzip = gzip.finish().unwrap();
        check("Content-Encoding: gzip\n\n", &gzip, "<p>xy");
        check("Content-Encoding: gzip\n\n", b"<p>xy", "<p>xy");
        check("Content-Encoding: gzip, identity\n\n", &gzip, "<p>xy");
        let mut both = format!("{:x}\r\n", gzip.len()).into_bytes();
        both.extend(&gzip);
        both.extend(b"\r\n0\r\n\r\n");
        check("Content-Encoding: GZip\nTransfer-Encoding: Chunked\n\n", &both, "<p>xy");
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(b"<p>xy").unwrap();
        check("Content-Encoding: deflate\n\n", &deflate.finish().unwrap(), "<p>xy");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"<p>xy").unwrap();
        check("Content-Encoding: deflate\n\n", &zlib.finish().unwrap(), "<p>xy");
        check("Content-Encoding: deflate\n\n", b"<p>xy", "<p>xy");
        // `brotli -q 1` and `zstd` of «<p>xy».
        check("Content-Encoding: br\n\n", b"\x0b\x02\x80<p>xy\x03", "<p>xy");
        check("Content-Encoding: br\n\n", b"<p>xy", "<p>xy");
        check("Content-Encoding: unknown\n\n", b"<p>xy", "<p>xy");
    }
}

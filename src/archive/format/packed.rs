//! Single files that are compressed: gzip, bzip2, xz, zstd. Damage loses only what follows it.

use std::io::{self, BufRead, Read};
use std::path::Path;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;

use crate::archive::origin::Format;
use crate::archive::record::{Outcome, Sink};

use super::zstd::Zstd;

/// The memory that unpacking may take, in KiB: `xz -9` needs 65 MB, `zstd --long` 128. What needs more is made to.
pub const MAX_MEMORY_KB: u32 = 160 << 10;

/// The extensions of compressed files, and those of what is in them, where it is not what stands before them.
const EXTENSIONS: &[(&str, &str)] = &[
    ("gz", ""),
    ("gzip", ""),
    ("bz2", ""),
    ("xz", ""),
    ("zst", ""),
    ("zstd", ""),
    ("tgz", "tar"),
    ("taz", "tar"),
    ("tbz", "tar"),
    ("tbz2", "tar"),
    ("txz", "tar"),
    ("tzst", "tar"),
];

/// Reads the content of a compressed file.
pub fn read(sink: &mut dyn Sink, format: Format, bytes: &mut dyn BufRead, name: &Path) -> Outcome {
    let inner = name_within(name);
    match format {
        Format::Bzip2 => sink.read_only_member(&inner, &mut MultiBzDecoder::new(bytes)),
        Format::Xz => sink.read_only_member(&inner, &mut XzReader::new_mem_limit(bytes, true, MAX_MEMORY_KB)),
        Format::Zstd => sink.read_only_member(&inner, &mut Zstd::new(bytes)),
        _ => sink.read_only_member(&inner, &mut Gzip::new(bytes)),
    }
}

/// How a member of gzip begins (RFC 1952): its mark and its method.
const GZIP: &[u8] = b"\x1F\x8B\x08";

/// Unpacks gzip, one member after another. In an archive of a crawl each member is a record: a damaged one costs the rest
/// of it and perhaps the next; what is wrong is told at the end.
struct Gzip<'a> {
    member: Option<GzDecoder<&'a mut dyn BufRead>>,
    /// Whether it is such an archive; unknown before the first bytes.
    is_crawl: Option<bool>,
    /// What was wrong first.
    err: Option<io::Error>,
}

impl<'a> Gzip<'a> {
    fn new(bytes: &'a mut dyn BufRead) -> Self {
        Self {
            member: Some(GzDecoder::new(bytes)),
            is_crawl: None,
            err: None,
        }
    }

    /// Goes on to the next member, if there is one. What follows the last is padding, or is damaged.
    fn begin_member(&mut self) -> io::Result<()> {
        let Some(member) = self.member.take() else {
            return Ok(());
        };
        let bytes = member.into_inner();
        let is_crawl = self.is_crawl == Some(true);
        loop {
            let available = bytes.fill_buf()?;
            let start = match available.windows(GZIP.len()).position(|it| it == GZIP) {
                Some(start) if is_crawl || start == 0 => start,
                // The mark may go on behind what is there.
                _ if is_crawl && GZIP.len() <= available.len() => {
                    let n = available.len() + 1 - GZIP.len();
                    bytes.consume(n);
                    continue;
                }
                _ => return Ok(()),
            };
            bytes.consume(start);
            self.member = Some(GzDecoder::new(bytes));
            return Ok(());
        }
    }
}

impl Read for Gzip<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        loop {
            let Some(member) = &mut self.member else {
                return self.err.take().map_or(Ok(0), Err);
            };
            match member.read(buf) {
                Ok(0) => self.begin_member()?,
                Ok(n) => {
                    self.is_crawl.get_or_insert(buf[..n].starts_with(b"WARC/"));
                    return Ok(n);
                }
                Err(err) if self.is_crawl == Some(true) && err.kind() != io::ErrorKind::UnexpectedEof => {
                    self.err.get_or_insert(err);
                    self.begin_member()?;
                }
                Err(err) => return Err(err),
            }
        }
    }
}

/// The name of what is in a compressed file: «a.jsonl.gz» holds «a.jsonl», «a.tgz» holds «a.tar».
fn name_within(name: &Path) -> String {
    let extension = name.extension().map(|it| it.to_string_lossy().to_lowercase());
    let known = EXTENSIONS.iter().find(|(it, _)| extension.as_deref() == Some(*it));
    let inner = match known {
        Some((_, of_inner)) => name.with_extension(of_inner),
        None => name.to_owned(),
    };
    let inner = inner.file_name();
    inner.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_a_compressed_file_has_a_name() {
        let check = |name: &str, inner: &str| assert_eq!(name_within(Path::new(name)), inner);
        check("a/خبر.jsonl.GZ", "خبر.jsonl");
        check("a.tgz", "a.tar");
        check("a.warc.zst", "a.warc");
        check("a", "a");
        check("a.txt", "a.txt");
    }
}

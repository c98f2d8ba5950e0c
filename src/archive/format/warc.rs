//! The archives of crawls: WARC (ISO 28500, and its drafts from 0.17 on), with pages as servers sent them, and WET, with
//! their texts.
//!
//! One record after another, each of which says how long it is. When a page was fetched is never when it was published.
//! Damage costs the record that has it: the next one is found by its first line.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read as _};

use crate::archive::left_out::Crawled;
use crate::archive::reason::Damage;
use crate::archive::record::{MAX_BYTES, Outcome, Sink, Stop, read_line};

use super::crawl::Crawl;
use super::http::Header;

/// How a record begins; its version follows.
const MARK: &[u8] = b"WARC/";
/// A longer line is no beginning of a record, in bytes. A guess.
const MAX_LINE: u64 = 16 << 10;
/// So many records that go on in others are kept until these come. A guess: writers part one at a time.
const MOST_OPEN: usize = 16;

/// Whether a file that begins with `head` is an archive of a crawl.
pub fn begins_like(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let version = head.strip_prefix(MARK).unwrap_or_default();
    let line = version.split(|it| *it == b'\n').next().unwrap_or_default();
    let has_name = || {
        let behind = version.get(line.len()..).unwrap_or_default().trim_ascii_start();
        let name = behind.split(|it| *it == b':').next().unwrap_or_default();
        name.len() < behind.len() && name.iter().all(|it| it.is_ascii_alphanumeric() || *it == b'-')
    };
    line.first().is_some_and(u8::is_ascii_digit) && line.len() < 10 && has_name()
}

/// Reads the records of an archive, of which pages become articles.
pub fn read(sink: &mut dyn Sink, bytes: &mut dyn BufRead) -> Outcome {
    let mut records = Records {
        crawl: Crawl::new(sink),
        open: BTreeMap::new(),
        n_open_bytes: 0,
        n_damaged: 0,
    };
    let outcome = records.read_all(bytes);
    // What goes on in a file that is not here, or after the damage.
    let is_refused = matches!(outcome, Ok(()) | Err(Stop::Refused(_)));
    if is_refused {
        for (header, block) in std::mem::take(&mut records.open).into_values() {
            records.take(&header, &mut block.as_slice(), true)?;
        }
    }
    outcome?;
    match records.n_damaged {
        0 => Ok(()),
        n => Err(Damage::Records { n }.into()),
    }
}

/// The records of an archive, as they are read.
struct Records<'a> {
    crawl: Crawl<'a>,
    /// Those that go on in others, by their names, with what came so far, and how much that is.
    open: BTreeMap<String, (Header, Vec<u8>)>,
    n_open_bytes: usize,
    n_damaged: u64,
}

impl Records<'_> {
    fn read_all(&mut self, bytes: &mut dyn BufRead) -> Outcome {
        let mut is_damaged = false;
        while self.find_record(bytes, is_damaged)? {
            let header = Header::read(bytes)?;
            let n_bytes = header.number("content-length");
            is_damaged = n_bytes.is_none();
            let Some(n_bytes) = n_bytes else { continue };
            let mut block = (&mut *bytes).take(n_bytes);
            self.take_block(&header, &mut block)?;
            io::copy(&mut block, &mut io::sink())?;
            if block.limit() != 0 {
                return Err(Damage::CutOff.into());
            }
        }
        Ok(())
    }

    /// Goes on to the header of the next record; returns whether there is one. Empty lines part records; anything else
    /// between them is damage.
    fn find_record(&mut self, bytes: &mut dyn BufRead, mut is_damaged: bool) -> io::Result<bool> {
        while let Some((line, _)) = read_line(bytes, MAX_LINE)? {
            if line.starts_with(MARK) {
                self.n_damaged += u64::from(is_damaged);
                return Ok(true);
            }
            is_damaged |= !line.trim_ascii().is_empty();
        }
        self.n_damaged += u64::from(is_damaged);
        Ok(false)
    }

    fn take_block(&mut self, header: &Header, block: &mut io::Take<impl BufRead>) -> Outcome {
        let is_first_of_many = header.number("warc-segment-number") == Some(1);
        if kind_of(header) == "continuation" {
            self.go_on(header, block)
        } else if is_first_of_many && self.open.len() < MOST_OPEN {
            let id = header.get("warc-record-id").unwrap_or_default().to_owned();
            let content = self.segment(block)?;
            self.open.insert(id, (header.clone(), content));
            Ok(())
        } else {
            self.take(header, block, is_first_of_many)
        }
    }

    /// Takes a piece of a record that began in another.
    fn go_on(&mut self, header: &Header, block: &mut io::Take<impl BufRead>) -> Outcome {
        let id = header.get("warc-segment-origin-id").unwrap_or_default();
        let Some((first, mut content)) = self.open.remove(id) else {
            // It began in another file, or where the damage is.
            self.n_damaged += 1;
            return Ok(());
        };
        content.extend(self.segment(block)?);
        if header.get("warc-segment-total-length").is_none() {
            self.open.insert(id.to_owned(), (first, content));
            return Ok(());
        }
        let is_cut = block.limit() != 0;
        self.n_open_bytes = self.n_open_bytes.saturating_sub(content.len());
        self.take(&first, &mut content.as_slice(), is_cut)
    }

    /// A piece of a record, or as much of it as may be kept.
    fn segment(&mut self, block: &mut io::Take<impl BufRead>) -> io::Result<Vec<u8>> {
        let limit = MAX_BYTES.saturating_sub(self.n_open_bytes as u64);
        let mut content = Vec::new();
        block.take(limit).read_to_end(&mut content)?;
        self.n_open_bytes += content.len();
        Ok(content)
    }

    /// Takes a record, of which there may be no more.
    fn take(&mut self, header: &Header, block: &mut dyn BufRead, is_cut: bool) -> Outcome {
        let is_cut = is_cut || header.get("warc-truncated").is_some();
        let address = header.get("warc-target-uri").unwrap_or_default();
        let address = address.strip_prefix('<').unwrap_or(address);
        let address = address.strip_suffix('>').unwrap_or(address);
        match kind_of(header).as_str() {
            "response" => self.crawl.take_response(address, header, block, is_cut),
            "resource" => self.crawl.take_content(address, header, block, is_cut),
            "conversion" => self.crawl.take_conversion(address, header, block, is_cut),
            "revisit" => {
                self.crawl.leave_out(Crawled::Unchanged);
                Ok(())
            }
            // What was asked for, and what is said of the file and of other records.
            _ => Ok(()),
        }
    }
}

fn kind_of(header: &Header) -> String {
    header.get("warc-type").unwrap_or_default().to_lowercase()
}

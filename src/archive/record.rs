//! The output of a format's reader: records, or why there are none.
//!
//! Readers import this file and not their caller, so that each can be understood and tested alone: they are given a
//! [`Sink`], which takes their records and reads the members that they find.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufRead, Read};

use image::GrayImage;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::arabic::letter;

use super::article::{DatePrecision, DateProvenance, Problem, PublicationDate, SectionKind};
use super::budget::Halt;
use super::date;
use super::encoding::TextEncoding;
use super::left_out::{Crawled, LeftOut};
use super::origin::{FieldRole, Format};
use super::pictures::PagePicture;
use super::reason::{Damage, Reason};
use super::recognition::{PageFailed, PageText};

/// The limit for a file, or a member of an archive, that must be in memory as a whole, in bytes.
///
/// A guard, not a goal: the longest article seen has 200 KB, the longest dump that is one JSON value 50 MB.
pub const MAX_BYTES: u64 = 64 << 20;
/// A longer line of a table or of JSON Lines, or a longer message, is no article; in bytes. A guess.
pub const MAX_RECORD: u64 = 16 << 20;
/// Archives within archives are opened up to this depth: a zip of mail with a zipped attachment has 3. A guess.
pub const MAX_DEPTH: usize = 4;

/// Takes what a reader finds in a file, and knows the user's rules for it.
pub trait Sink {
    /// The encoding set by the user.
    fn encoding(&self) -> Option<TextEncoding>;

    /// The roles of fields set by the user, by their names as the file spells them.
    fn field_roles(&self) -> &BTreeMap<String, FieldRole>;

    /// The number of articles that the file has yielded so far, across all members.
    fn n_articles(&self) -> u32;

    /// Sets the format that the file, or the member being read, turned out to have. Returns the previous one, so that
    /// it can be restored after a part with another format.
    fn set_format(&mut self, format: Format) -> Format;

    /// Asks before this many bytes are handled at once, which nothing can stop: they may be another process's business.
    fn check_size(&self, bytes: u64) -> Outcome;

    /// Whether the text of scans is recognised, by the user's rule for the file.
    fn recognises_scans(&self) -> bool;

    /// Whether the pictures of the next article are wanted.
    fn wants_pictures(&self) -> bool;

    /// Offers the bytes of a message of a mailbox, which is the one with this number from 1: the articles from
    /// `first_article` on were read from it.
    fn offer_original(&mut self, first_article: u32, number: u64, bytes: &[u8]);

    /// Has the text of scanned pages recognised, one after the other. A page that cannot be drawn is nothing.
    fn recognise(&self, pages: &mut dyn Iterator<Item = Option<GrayImage>>) -> Result<Vec<ReadPage>, Stop>;

    /// Takes a record. One without any text is skipped.
    fn emit(&mut self, record: Record) -> Outcome;

    /// Takes a record that is a part of the file with a path of its own, as a chapter of a book is.
    fn emit_part(&mut self, path: String, record: Record) -> Outcome;

    /// Reads a member of an archive, whatever it is. If it cannot be read, that is noted, and reading continues.
    fn read_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome;

    /// Reads what was fetched from an address, as [`Sink::read_member`] reads a member. What turns out to be no page is
    /// counted as a part of one.
    fn read_fetched(&mut self, fetched: &Fetched, bytes: &mut dyn Read) -> Outcome;

    /// Reads the only member of an archive. If nothing in it can be read, that is reported for the archive.
    fn read_only_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome;

    /// Notes that a member is not read by choice.
    fn leave_out(&mut self, name: &str, why: LeftOut);

    /// Notes that so many members, which are not listed, are not read by choice.
    fn leave_out_more(&mut self, n: usize);

    /// Notes that so many things that a crawler fetched, which are not listed, are no articles.
    fn leave_out_crawled(&mut self, what: Crawled, n: u32);

    /// The pages of crawls that were read of the file.
    fn crawled_pages(&mut self) -> &mut CrawledPages;

    /// Notes that so many messages of what is being read are no articles; nothing if there are none.
    fn leave_out_messages(&mut self, why: LeftOut);

    /// Notes that a member cannot be read. Fails only if the others cannot be read either.
    fn refuse_member(&mut self, name: &str, refusal: Refusal) -> Outcome;
}

/// The text of a scanned page, or that it could not be recognised.
pub type ReadPage = Result<PageText, PageFailed>;

/// A record as parsed by a format's reader.
#[derive(Default)]
pub struct Record {
    /// All of its text, including what is not part of the article.
    pub content: Content,
    /// Its metadata in the file.
    pub hints: Hints,
    /// The encoding it was decoded from, by its usual name.
    pub encoding: &'static str,
    /// Whether bytes that could not be decoded became U+FFFD.
    pub has_errors: bool,
    /// The fields by their names, and what each was used for; in the order of the file.
    pub fields: Vec<(String, FieldRole)>,
}

impl Record {
    /// Notes the address that a page was fetched from: it stands below its text, under the name of its field, and its day
    /// is that of publication where the page states none.
    pub fn set_address(&mut self, field: &str, address: &str) {
        let is_empty = match &self.content {
            Content::Text(text) => text.trim().is_empty(),
            Content::Lines(lines) => lines.iter().all(|(line, _)| line.trim().is_empty()),
        };
        if address.is_empty() || is_empty {
            return;
        }
        let mut lines = match std::mem::take(&mut self.content) {
            Content::Text(text) => text.lines().map(|it| (it.to_owned(), None)).collect(),
            Content::Lines(lines) => lines,
        };
        lines.push((format!("{field}: {address}"), Some(SectionKind::Boilerplate)));
        self.content = Content::Lines(lines);
        self.fields.push((field.to_owned(), FieldRole::Url));
        self.hints.state_address(address);
        let published = &mut self.hints.published;
        if published.is_none_or(|it| it.provenance == DateProvenance::Update) {
            let of_address = date::in_address(address).map(|date| PublicationDate {
                date,
                precision: DatePrecision::Day,
                provenance: DateProvenance::Url,
            });
            *published = of_address.or(*published);
        }
    }
}

/// What is known of a page from around it, where a crawler or a browser kept it.
#[derive(Clone, Debug, Default)]
pub struct Fetched {
    /// The address that it was fetched from.
    pub address: String,
    /// The name of the member that it is: its address, or that with a number if it was fetched several times.
    pub name: String,
    /// The name of the field that has the address.
    pub field: &'static str,
    /// The encoding that its server declared; the bytes may belie it.
    pub encoding: Option<TextEncoding>,
    /// Its format, if it needs not be found out.
    pub format: Option<Format>,
    /// The extension of files of its kind, or none.
    pub extension: &'static str,
    /// Of what is cut off: where, in bytes.
    pub end: Option<u64>,
}

/// The pages that were read of a file, so that one that stands in several of its archives of a crawl is read once. Of each
/// page some 50 bytes are remembered.
#[derive(Default)]
pub struct CrawledPages {
    /// By their addresses and contents.
    pub seen: FxHashSet<u128>,
    /// How many were read of each of their names.
    pub names: FxHashMap<u64, u32>,
    /// Whether pages were met, of which feeds are lists.
    pub has_any: bool,
}

/// The text of a record.
pub enum Content {
    /// Verbatim from the file.
    Text(String),
    /// As blocks, a line each, whose position in the file is unknown.
    Lines(Vec<PageLine>),
}

impl Content {
    /// The length of the text, in bytes.
    pub fn n_bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Lines(lines) => lines.iter().map(|(line, _)| line.len() + 1).sum(),
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Lines(Vec::new())
    }
}

/// The metadata of an article, from front matter, fields or a page. It overrides what the text itself says.
#[derive(Debug, Default)]
pub struct Hints {
    pub title: Option<String>,
    pub published: Option<PublicationDate>,
    pub source: Option<String>,
    pub byline: Option<String>,
    pub keywords: Vec<String>,
    pub problems: Vec<Problem>,
    /// The address on the web; see [`Hints::state_address`].
    pub address: Option<String>,
    /// The pictures of its page.
    pub pictures: Vec<PagePicture>,
    /// Where the pages of a printed document begin: a line, a byte in it, and the number of the page, from 1.
    pub page_starts: Vec<(usize, usize, u32)>,
    /// The field whose day may be another one, as the same field of other records shows; its value, and the numbers.
    pub figures: Option<(String, String, date::Figures)>,
}

impl Hints {
    /// Notes the address on the web that is stated for the article, if it is one. The first that is stated counts.
    pub fn state_address(&mut self, address: &str) {
        /// Browsers take some two thousand letters.
        const LONGEST: usize = 2_048;
        let address = address.trim();
        let host = address.strip_prefix("https://").or(address.strip_prefix("http://"));
        let has_host = host.is_some_and(|it| it.contains('.') && !it.starts_with(['/', '.', '?', '#']));
        // The vocabularies that formats of news name.
        let is_vocabulary = [".xml", ".xsd", ".dtd"].iter().any(|it| address.ends_with(it));
        let is_visible = |c: char| !c.is_whitespace() && !c.is_control() && !letter::is_invisible(c);
        if has_host && !is_vocabulary && address.len() <= LONGEST && address.chars().all(is_visible) {
            self.address.get_or_insert_with(|| address.to_owned());
        }
    }
}

/// A line of a page, and its kind by the mark-up, if that says so.
pub type PageLine = (String, Option<SectionKind>);

/// Why a file, or a member of one, cannot be read, with the error behind it.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    /// What is told to the user.
    pub reason: Reason,
    /// The error of the system, or of the format's library.
    #[source]
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Refusal {
    /// The system cannot read the bytes.
    pub fn io(err: io::Error) -> Self {
        Self {
            reason: Reason::system(&err),
            cause: Some(Box::new(err)),
        }
    }

    /// Damage found by the format's library.
    pub fn damaged_by(err: impl Error + Send + Sync + 'static) -> Self {
        Self {
            reason: Reason::Damaged(Damage::Other(err.to_string())),
            cause: Some(Box::new(err)),
        }
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { reason, cause: None }
    }
}

impl From<Damage> for Refusal {
    fn from(damage: Damage) -> Self {
        Reason::Damaged(damage).into()
    }
}

/// Why reading stopped before the end.
#[derive(Debug)]
pub enum Stop {
    /// The consumer of the articles wants no more.
    Enough,
    /// Reading was stopped from outside.
    Halted(Halt),
    /// The file cannot be read, or not any further.
    Refused(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Reason> for Stop {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason.into())
    }
}

impl From<Damage> for Stop {
    fn from(damage: Damage) -> Self {
        Self::Refused(damage.into())
    }
}

impl From<Halt> for Stop {
    fn from(halt: Halt) -> Self {
        Self::Halted(halt)
    }
}

impl From<io::Error> for Stop {
    fn from(err: io::Error) -> Self {
        if let Some(halt) = err.get_ref().and_then(|it| it.downcast_ref::<Halt>()) {
            return Self::Halted(*halt);
        }
        let too_large = err.get_ref().and_then(|it| it.downcast_ref::<OverBudget>());
        Self::Refused(match too_large {
            Some(OverBudget(limit)) => Reason::TooLarge { limit: *limit }.into(),
            // Decoders report by such errors what is wrong with the content.
            None if err.raw_os_error().is_none() => Refusal::damaged_by(err),
            None => Refusal::io(err),
        })
    }
}

/// Whether reading reached the end, or why not.
pub type Outcome = Result<(), Stop>;

/// The decompression budget was exceeded; carries the budget, in bytes.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {0} bytes")]
pub struct OverBudget(pub u64);

/// A line with its line break; `None` at the end of the file. A line longer than `limit` bytes is truncated and the
/// rest of it skipped; the second value says whether.
pub fn read_line(bytes: &mut dyn BufRead, limit: u64) -> io::Result<Option<(Vec<u8>, bool)>> {
    let mut line = Vec::new();
    if bytes.take(limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.ends_with(b"\n") || (line.len() as u64) < limit {
        return Ok(Some((line, false)));
    }
    loop {
        let available = bytes.fill_buf()?;
        if available.is_empty() {
            break;
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let n = end.map_or(available.len(), |it| it + 1);
        bytes.consume(n);
        if end.is_some() {
            break;
        }
    }
    Ok(Some((line, true)))
}

//! What the reader of a format yields: records, or why there are none.
//!
//! Readers import this file and not what calls them, so that each can be read and tested alone: they are handed a
//! [`Sink`], which takes their records and reads the members they come upon.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufRead, Read};

use super::article::{Problem, PublicationDate, SectionKind};
use super::encoding::TextEncoding;
use super::origin::{FieldRole, Format};

/// Of one file that has to be in memory as a whole at most so much is read, of one member of an archive as well.
///
/// The longest article seen has 200 KB and the longest dump that is one JSON value 50 MB; this is a guard, not a goal.
pub const MAX_BYTES: u64 = 64 << 20;
/// One line of a table or of JSON Lines, or one message, is at most so long; what is longer is no article.
pub const MAX_RECORD: u64 = 16 << 20;
/// Archives within archives are opened up to this depth: a zip of mail with a zipped attachment has 3.
pub const MAX_DEPTH: usize = 4;

/// Takes what a reader finds in one file, and knows what the user said of the file.
pub trait Sink {
    /// The encoding that the user named.
    fn encoding(&self) -> Option<TextEncoding>;

    /// What the user said the fields hold, by their names as the file spells them.
    fn field_roles(&self) -> &BTreeMap<String, FieldRole>;

    /// How many articles the file has yielded so far, over all its members.
    fn n_articles(&self) -> u32;

    /// Says what the file, or the member that is being read, turned out to be. Returns what it was taken for, for
    /// those who read a part of another format in passing.
    fn set_format(&mut self, format: Format) -> Format;

    /// Hands a record on. One without any text is passed over.
    fn emit(&mut self, record: Record) -> Outcome;

    /// Hands a record on that is a part of the file with a path of its own, as a chapter of a book is.
    fn emit_part(&mut self, path: String, record: Record) -> Outcome;

    /// Reads a member of an archive, whatever it is. That it cannot be read is noted, and the next one is read.
    fn read_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome;

    /// Reads the member of an archive that can have one only. That nothing in it can be read is said of the archive.
    fn read_only_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome;

    /// Notes that a member cannot be read, and lets the others be.
    fn refuse_member(&mut self, name: &str, refusal: Refusal) -> Outcome;
}

/// A record as a format's reader understood it.
#[derive(Default)]
pub struct Record {
    /// Its text, all of it.
    pub content: Content,
    /// What is known besides.
    pub hints: Hints,
    /// What it was decoded from.
    pub encoding: &'static str,
    /// Whether U+FFFD stands for what could not be decoded.
    pub has_errors: bool,
    /// The fields that were used, and what for.
    pub fields: Vec<(String, FieldRole)>,
}

/// The text of a record.
pub enum Content {
    /// As it stands in the file.
    Text(String),
    /// By its blocks, one a line.
    Lines(Vec<PageLine>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Lines(Vec::new())
    }
}

/// What is known of an article besides its text: from front matter or a page's metadata.
#[derive(Debug, Default)]
pub struct Hints {
    pub title: Option<String>,
    pub published: Option<PublicationDate>,
    pub source: Option<String>,
    pub byline: Option<String>,
    pub keywords: Vec<String>,
    pub problems: Vec<Problem>,
}

/// A line of a page, and what its mark-up says it is.
pub type PageLine = (String, Option<SectionKind>);

/// Why nothing can be read from a file, or from a member of one.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The system does not give the bytes.
    #[error("{0}")]
    Io(#[source] io::Error),
    /// A known format that is not read.
    #[error("{0}")]
    Unsupported(&'static str),
    /// Bytes of no known format.
    #[error("not a text, and of no known format")]
    Binary,
    /// Nothing but white space, or pages without words.
    #[error("no text in it")]
    Empty,
    /// A document of pictures.
    #[error("no text: the pages are pictures, as of a scanner; recognise their text with another program first")]
    NoText,
    /// A document whose letters have no names.
    #[error(
        "no text: the document does not say which letters its signs are; recognise its text with another program first"
    )]
    NoLetters,
    /// A password is needed.
    #[error("locked by a password; save it without one")]
    Locked,
    /// The content is not what its format wants.
    #[error("damaged: {what}")]
    Damaged {
        /// What is wrong, and where if that is known.
        what: String,
        /// What the format's library says of it.
        #[source]
        cause: Option<Box<dyn Error + Send + Sync>>,
    },
    /// Data without articles.
    #[error("no articles found in its fields; say which fields hold the title and the text (`fihrist reading --help`)")]
    NoArticles,
    /// What is wrong with its only member.
    #[error(transparent)]
    Member(Box<Self>),
    /// An archive in an archive in an archive ….
    #[error("archives within archives, deeper than {MAX_DEPTH}")]
    TooDeep,
    /// It unpacks to more than is reasonable.
    #[error("unpacks to more than {} MB", limit >> 20)]
    TooLarge {
        /// How much would have been read, in bytes.
        limit: u64,
    },
}

impl Refusal {
    /// The refusal of damage that our own reader found.
    pub fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged {
            what: what.into(),
            cause: None,
        }
    }

    /// The refusal of damage that a format's library found.
    pub fn damaged_by(err: impl Error + Send + Sync + 'static) -> Self {
        Self::Damaged {
            what: err.to_string(),
            cause: Some(Box::new(err)),
        }
    }
}

/// Why reading stopped before the end.
#[derive(Debug)]
pub enum Stop {
    /// Who reads wants no more.
    Enough,
    /// It cannot be read (on).
    Refused(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(err: io::Error) -> Self {
        let too_large = err.get_ref().and_then(|it| it.downcast_ref::<OverBudget>());
        Self::Refused(match too_large {
            Some(OverBudget(limit)) => Refusal::TooLarge { limit: *limit },
            None if err.kind() == io::ErrorKind::InvalidData || err.kind() == io::ErrorKind::UnexpectedEof => {
                Refusal::damaged_by(err)
            }
            None => Refusal::Io(err),
        })
    }
}

/// What reading something gave.
pub type Outcome = Result<(), Stop>;

/// More was unpacked than may be.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {0} bytes")]
pub struct OverBudget(pub u64);

/// A line with its end, at most `limit` bytes of it; nothing at the end. What is longer is passed over: the second
/// value says whether.
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

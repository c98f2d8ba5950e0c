//! The formats that articles are kept in: from bytes to records, each of which becomes an article.
//!
//! What a file is, is decided by its content before its name ([`sniff`]). Files that hold others (archives, mail with
//! attachments) are read into with limits on depth and size, so that no file can fill the memory or never end.
//! Records are handed on one by one: a mailbox or a table of any length is never in memory as a whole. What must be
//! (a page, a document, a PDF) is read up to [`MAX_BYTES`].
//!
//! Not useful for what the lines of an article are: that is the business of `segment`.

pub mod fields;
pub mod html;
pub mod markdown;
pub mod sniff;

mod epub;
mod json;
mod mail;
mod office;
mod pack;
mod pdf;
mod table;
mod text;
mod xml;

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::arabic::{Span, letter};

use super::article::{
    Article, DatePrecision, DateProvenance, Member, Origin, Problem, PublicationDate, Section, SectionKind,
};
use super::date;
use super::encoding::{self, Decoded, TextEncoding};
use super::reading::FileRule;
use super::scan::Unreadable;
use super::segment::{self, Hints, PageLine};

pub use fields::FieldRole;
pub use pack::read_zip;

/// Of one file that has to be in memory as a whole at most so much is read, of one member of an archive as well.
///
/// The longest article seen has 200 KB and the longest dump that is one JSON value 50 MB; this is a guard, not a goal.
pub const MAX_BYTES: u64 = 64 << 20;
/// One line of a table or of JSON Lines, or one message, is at most so long; what is longer is no article.
const MAX_RECORD: u64 = 16 << 20;
/// So much is looked at to tell a format and an encoding.
const HEAD: u64 = 64 << 10;
/// Archives within archives are opened up to this depth: a zip of mail with a zipped attachment has 3.
const MAX_DEPTH: usize = 4;
/// What a packed file may unpack to: so many times its size …
const MAX_RATIO: u64 = 200;
/// … but always so much. Text packs ten to one; what packs a thousand to one is made to fill disks.
const MIN_BUDGET: u64 = 256 << 20;

/// The format of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A saved page or a fragment of one.
    Html,
    /// A page saved with all its parts, by a browser.
    Mhtml,
    /// One JSON value with one article or many.
    Json,
    /// A JSON value a line.
    JsonLines,
    /// A table with commas, semicolons or bars between its columns.
    Csv,
    /// A table with tabs between its columns.
    Tsv,
    /// XML with one article or many: feeds, NewsML, NITF, TREC.
    Xml,
    /// One message.
    Email,
    /// Many messages.
    Mbox,
    /// A book.
    Epub,
    /// A document of Word.
    Docx,
    /// A document of LibreOffice.
    Odt,
    /// A document as printed.
    Pdf,
    /// An archive of files.
    Zip,
    /// One packed file.
    Gzip,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Mhtml,
        Self::Json,
        Self::JsonLines,
        Self::Csv,
        Self::Tsv,
        Self::Xml,
        Self::Email,
        Self::Mbox,
        Self::Epub,
        Self::Docx,
        Self::Odt,
        Self::Pdf,
        Self::Zip,
        Self::Gzip,
    ];

    /// Its name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xml => "xml",
            Self::Email => "email",
            Self::Mbox => "mbox",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pdf => "pdf",
            Self::Zip => "zip",
            Self::Gzip => "gzip",
        }
    }

    /// The format of a name of [`Format::name`].
    pub fn for_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether its records are read one by one, so that the file may be of any length.
    fn is_streamed(self) -> bool {
        matches!(self, Self::JsonLines | Self::Csv | Self::Tsv | Self::Mbox | Self::Gzip)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why nothing can be read from a file, or from a member of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The system does not give the bytes.
    #[error("{0}")]
    Io(String),
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
    #[error("damaged: {0}")]
    Damaged(String),
    /// Data without articles.
    #[error("no articles found in its fields; say which fields hold the title and the text (`fihrist reading --help`)")]
    NoArticles,
    /// What is wrong with its only member.
    #[error("{0}")]
    Member(String),
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
                Refusal::Damaged(err.to_string())
            }
            None => Refusal::Io(err.to_string()),
        })
    }
}

/// What reading something gave.
pub type Outcome = Result<(), Stop>;

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

/// Reads one file: knows what was said of it, how far into archives it is, and who takes the articles.
pub struct Reader<'a> {
    path: &'a Path,
    rule: &'a FileRule,
    emit: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    /// What may still be unpacked, in bytes, and what could be at first.
    budget: Rc<Cell<u64>>,
    limit: u64,
    /// The names of the archives' members that are being read, from the outermost.
    members: Vec<String>,
    n_articles: u32,
    n_in_member: u32,
    /// The format of what is being read.
    format: Format,
    /// Members that could not be read, in their order.
    pub unreadable: Vec<Unreadable>,
}

impl<'a> Reader<'a> {
    /// A reader of the file at `path` with `size` bytes.
    pub fn new(
        path: &'a Path,
        size: u64,
        rule: &'a FileRule,
        emit: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Self {
        let limit = size.saturating_mul(MAX_RATIO).max(MIN_BUDGET);
        Self {
            path,
            rule,
            emit,
            budget: Rc::new(Cell::new(limit)),
            limit,
            members: Vec::new(),
            n_articles: 0,
            n_in_member: 0,
            format: Format::Text,
            unreadable: Vec::new(),
        }
    }

    /// How many articles were handed on.
    pub fn n_articles(&self) -> u32 {
        self.n_articles
    }

    /// The format of what was read last.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Reads what `bytes` yields, under a name.
    pub fn read_stream(&mut self, bytes: &mut dyn Read, name: &Path) -> Outcome {
        let before = (self.n_articles, self.unreadable.len());
        self.read_sniffed(bytes, name)?;
        if before == (self.n_articles, self.unreadable.len()) {
            return Err(Refusal::Empty.into());
        }
        Ok(())
    }

    fn read_sniffed(&mut self, bytes: &mut dyn Read, name: &Path) -> Outcome {
        let mut head = Vec::new();
        (&mut *bytes).take(HEAD).read_to_end(&mut head)?;
        let format = self.sniffed(&head, name)?;
        if format.is_streamed() {
            let mut reader = BufReader::with_capacity(HEAD as usize, Cursor::new(head.clone()).chain(bytes));
            return self.read_records(&mut reader, &head, format, name);
        }
        (&mut *bytes)
            .take(MAX_BYTES + 1 - (head.len() as u64).min(MAX_BYTES))
            .read_to_end(&mut head)?;
        let is_truncated = MAX_BYTES < head.len() as u64;
        head.truncate(MAX_BYTES as usize);
        self.read_whole(head, format, name, is_truncated)
    }

    /// The format, by the user's word, then by the content, then by the name.
    fn sniffed(&mut self, head: &[u8], name: &Path) -> Result<Format, Stop> {
        let given = self.rule.format.filter(|_| self.members.is_empty());
        self.format = match given {
            Some(format) => format,
            None => sniff::sniff(head, name)?,
        };
        Ok(self.format)
    }

    fn read_records(&mut self, bytes: &mut dyn BufRead, head: &[u8], format: Format, name: &Path) -> Outcome {
        match format {
            Format::Gzip => pack::read_gzip(self, bytes, name),
            Format::Mbox => mail::read_mbox(self, bytes),
            Format::JsonLines => json::read_lines(self, bytes, head),
            Format::Tsv => table::read(self, bytes, head, Some(b'\t')),
            _ => table::read(self, bytes, head, None),
        }
    }

    fn read_whole(&mut self, bytes: Vec<u8>, format: Format, name: &Path, is_truncated: bool) -> Outcome {
        let problem = is_truncated.then_some(Problem::Truncated { limit: MAX_BYTES });
        match format {
            Format::Text | Format::Markdown | Format::Html => self.read_text(&bytes, format, problem),
            _ if is_truncated => Err(Refusal::TooLarge { limit: MAX_BYTES }.into()),
            Format::Json => json::read(self, &bytes),
            Format::Xml => xml::read(self, &bytes),
            Format::Email => mail::read_message(self, &bytes),
            Format::Mhtml => mail::read_page(self, &bytes),
            Format::Pdf => pdf::read(self, bytes),
            Format::Zip | Format::Epub | Format::Docx | Format::Odt => read_zip(self, &mut Cursor::new(bytes)),
            // Only where the user said so of a member.
            Format::Gzip | Format::Mbox | Format::JsonLines | Format::Csv | Format::Tsv => {
                let head = bytes[..bytes.len().min(HEAD as usize)].to_vec();
                self.read_records(&mut bytes.as_slice(), &head, format, name)
            }
        }
    }

    fn read_text(&mut self, bytes: &[u8], format: Format, problem: Option<Problem>) -> Outcome {
        let Decoded {
            text,
            encoding,
            has_errors,
        } = encoding::decode(bytes, self.encoding());
        let (content, mut hints) = match format {
            Format::Html => {
                let (lines, hints) = html::lines(&text);
                (Content::Lines(lines), hints)
            }
            Format::Markdown => {
                let (lines, hints) = markdown::lines(&text);
                (Content::Lines(lines), hints)
            }
            _ => (Content::Text(text::with_whole_lines(text)), Hints::default()),
        };
        hints.problems.extend(problem);
        self.emit(Record {
            content,
            hints,
            encoding,
            has_errors,
            fields: Vec::new(),
        })
    }

    /// The encoding that the user named.
    fn encoding(&self) -> Option<TextEncoding> {
        self.rule.encoding
    }

    /// The mapping of fields with the user's corrections.
    fn mapping(&self) -> fields::Mapping {
        fields::Mapping::new(self.rule.fields.clone())
    }

    /// Whether the file's name is that of its one article, so that a date in it is the article's.
    fn holds_one_article(&self) -> bool {
        use Format::{Docx, Email, Html, Markdown, Mhtml, Odt, Pdf, Text};
        matches!(self.format, Text | Markdown | Html | Mhtml | Email | Docx | Odt | Pdf)
    }

    /// The lines of a text that repeat across its folder.
    fn repeated_lines(&self, text: &str) -> Vec<Section> {
        let Some(repeated) = &self.rule.repeated else {
            return Vec::new();
        };
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let span = Span::new(start, start + line.len()).trimmed(text);
            start += line.len();
            span
        });
        let lines = lines.filter(|span| span.of(text).is_some_and(|line| repeated.has(line)));
        let kind = SectionKind::Boilerplate;
        lines.map(|span| Section { kind, span }).collect()
    }

    /// Hands a record on as an article. One without any text is none.
    fn emit(&mut self, record: Record) -> Outcome {
        let (text, forced) = match record.content {
            Content::Text(text) => {
                let text = encoding::without_entities(&text).into_owned();
                let forced = self.repeated_lines(&text);
                (text, forced)
            }
            Content::Lines(lines) => {
                let mut lines: Vec<PageLine> = lines.into_iter().map(without_entities).collect();
                if let Some(repeated) = &self.rule.repeated {
                    let is_repeated = |(line, kind): &&mut PageLine| kind.is_none() && repeated.has(line);
                    lines
                        .iter_mut()
                        .filter(is_repeated)
                        .for_each(|it| it.1 = Some(SectionKind::Boilerplate));
                }
                segment::join(lines)
            }
        };
        if text.chars().all(|c| c.is_whitespace() || letter::is_invisible(c)) {
            return Ok(());
        }
        let has_errors = record.has_errors || !record.encoding.is_empty() && text.contains('\u{FFFD}');
        let mut article = segment::segment(text, forced, record.hints);
        article.path = self.path.to_owned();
        article.record = self.n_articles;
        article.encoding = record.encoding;
        article.origin = Origin {
            format: self.format,
            member: (!self.members.is_empty()).then(|| Member {
                path: self.members.join("/"),
                record: self.n_in_member,
            }),
            fields: record.fields,
        };
        let is_stated = article
            .published
            .is_some_and(|it| it.provenance != DateProvenance::Inferred);
        if !is_stated && self.holds_one_article() {
            let path = self.members.last().map_or(self.path, Path::new);
            let published = date::in_file_path(path).map(|date| PublicationDate {
                date,
                precision: DatePrecision::Day,
                provenance: DateProvenance::FileName,
            });
            article.published = published.or(article.published);
        }
        if has_errors {
            article.problems.push(Problem::UndecodableBytes {
                encoding: record.encoding,
            });
        }
        if article.paragraphs().next().is_none() {
            article.problems.push(Problem::NoBody);
        }
        self.n_articles = self.n_articles.saturating_add(1);
        self.n_in_member = self.n_in_member.saturating_add(1);
        match (self.emit)(article) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Enough),
        }
    }

    /// Reads a member of what is being read. That it cannot be read is noted, and the next one is read.
    fn read_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome {
        if MAX_DEPTH <= self.members.len() {
            return self.note(name, Err(Refusal::TooDeep.into()));
        }
        let (n_in_member, format) = (self.n_in_member, self.format);
        self.members.push(name.replace('\\', "/"));
        self.n_in_member = 0;
        let mut metered = Metered {
            bytes,
            budget: Rc::clone(&self.budget),
            limit: self.limit,
        };
        let outcome = self.read_stream(&mut metered, Path::new(name));
        self.members.pop();
        self.n_in_member = n_in_member;
        self.format = format;
        self.note(name, outcome)
    }

    /// Notes that a member cannot be read, and lets the others be.
    fn note(&mut self, name: &str, outcome: Outcome) -> Outcome {
        let Err(Stop::Refused(refusal)) = outcome else {
            return outcome;
        };
        // Where the budget is gone the rest would be refused as well.
        let is_last = matches!(refusal, Refusal::TooLarge { limit } if limit == self.limit);
        let mut path = PathBuf::from(self.path);
        path.extend(&self.members);
        path.push(name);
        self.unreadable.push(Unreadable {
            path,
            reason: refusal.to_string(),
        });
        if is_last { Err(refusal.into()) } else { Ok(()) }
    }
}

fn without_entities((line, kind): PageLine) -> PageLine {
    match encoding::without_entities(&line) {
        std::borrow::Cow::Borrowed(_) => (line, kind),
        std::borrow::Cow::Owned(line) => (line, kind),
    }
}

/// Counts what is unpacked, over all members.
struct Metered<'r> {
    bytes: &'r mut dyn Read,
    budget: Rc<Cell<u64>>,
    limit: u64,
}

/// More was unpacked than may be.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {0} bytes")]
struct OverBudget(u64);

impl Read for Metered<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buf)?;
        match self.budget.get().checked_sub(n as u64) {
            Some(rest) => {
                self.budget.set(rest);
                Ok(n)
            }
            None => Err(io::Error::other(OverBudget(self.limit))),
        }
    }
}

/// A line with its end, at most `limit` bytes of it; nothing at the end. What is longer is passed over: the second
/// value says whether.
fn read_line(bytes: &mut dyn BufRead, limit: u64) -> io::Result<Option<(Vec<u8>, bool)>> {
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

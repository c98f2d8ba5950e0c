//! The formats that articles are kept in: from bytes to records, each of which becomes an article.
//!
//! A file's content decides its format before its name does. Files that contain others (archives, mail with
//! attachments) are read with limits on depth and size, so that no file can exhaust memory or time. Records are passed
//! on one by one: a mailbox or a table of any length is never in memory as a whole. What must be (a page, a document, a
//! PDF) is read up to [`MAX_BYTES`].
//!
//! Not for deciding what the lines of an article are: `segment` does that.
//!
//! | file | reads |
//! |---|---|
//! | `sniff` | the first bytes of a file: which format it is |
//! | `text`, `markdown`, `html` | one article |
//! | `json`, `table`, `xml` | records of fields |
//! | `fields` | the roles of a record's fields |
//! | `mail` | messages, mailboxes, pages saved as messages |
//! | `pdf` | the text of printed pages |
//! | `pack` | archives of other files: zip, gzip |
//! | `parts` | the parts of a zip by their names, for `epub` and `office` |
//! | `epub`, `office` | books, documents of word processors |
//!
//! A reader knows `record` and not this file, which calls it. To add a format: a variant of [`Format`], its signature
//! in `sniff`, a reader, and an arm in `FileReader::read_whole`, or in `read_records` if the file may have any length.

mod epub;
mod fields;
mod html;
mod json;
mod mail;
mod markdown;
mod office;
mod pack;
mod parts;
mod pdf;
mod sniff;
mod table;
mod text;
mod xml;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::article::{Article, Problem};
use super::assemble::{self, RecordPlace};
use super::encoding::{self, Decoded, TextEncoding};
use super::origin::{FieldRole, Format};
use super::record::{Content, Hints, MAX_BYTES, MAX_DEPTH, Outcome, OverBudget, Record, Refusal, Sink, Stop};
use super::rule::FileRule;

use parts::ReadSeek;

/// How much of a file is examined for its format and encoding, in bytes. A guess: signatures are at the very beginning,
/// and this much text is more than an article.
const HEAD: u64 = 64 << 10;
/// A compressed file may decompress to this many times its size …
const MAX_RATIO: u64 = 200;
/// … and always to this much, in bytes. Text compresses ten to one; what compresses a thousand to one is a zip bomb.
/// Both are guesses.
const MIN_BUDGET: u64 = 256 << 20;

/// Reads one file: it knows the user's rules for the file, how deep in archives it is, and who takes the articles.
pub struct FileReader<'a> {
    path: &'a Path,
    rule: &'a FileRule,
    emit: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    /// The decompression budget that is left, in bytes, and the initial one.
    budget: Rc<Cell<u64>>,
    limit: u64,
    /// The path of members being read, from the outermost.
    members: Vec<String>,
    n_articles: u32,
    n_in_member: u32,
    /// The format of the file or member being read.
    format: Format,
    /// Members that could not be read, by their paths below the archive's folder, in their order.
    pub refused: Vec<(PathBuf, Refusal)>,
}

impl<'a> FileReader<'a> {
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
            refused: Vec::new(),
        }
    }

    /// The format of the file or member that was read last.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Reads what `bytes` yields, under a name.
    pub fn read_stream(&mut self, bytes: &mut dyn Read, name: &Path) -> Outcome {
        let before = (self.n_articles, self.refused.len());
        self.read_sniffed(bytes, name)?;
        if before == (self.n_articles, self.refused.len()) {
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

    /// The format: the user's rules override the content, and the content overrides the name.
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
            Format::Zip | Format::Epub | Format::Docx | Format::Odt => self.read_zip(&mut Cursor::new(bytes)),
            // Only if the user's rules say so of a member.
            Format::Gzip | Format::Mbox | Format::JsonLines | Format::Csv | Format::Tsv => {
                let head = bytes[..bytes.len().min(HEAD as usize)].to_vec();
                self.read_records(&mut bytes.as_slice(), &head, format, name)
            }
        }
    }

    /// Reads a zip, or the book or document that it is.
    pub fn read_zip(&mut self, bytes: &mut dyn ReadSeek) -> Outcome {
        pack::read_zip(self, bytes)
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

    fn read_inner(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome {
        let depth = self.members.len();
        if MAX_DEPTH <= depth {
            return Err(Refusal::TooDeep.into());
        }
        let (n_in_member, format) = (self.n_in_member, self.format);
        self.members.push(name.replace('\\', "/"));
        self.n_in_member = 0;
        let mut metered = Metered {
            bytes,
            budget: Rc::clone(&self.budget),
            limit: self.limit,
        };
        let outcome = guarded(|| self.read_stream(&mut metered, Path::new(name)));
        // After a panic more than one is left.
        self.members.truncate(depth);
        self.n_in_member = n_in_member;
        self.format = format;
        outcome
    }
}

impl Sink for FileReader<'_> {
    fn encoding(&self) -> Option<TextEncoding> {
        self.rule.encoding
    }

    fn field_roles(&self) -> &BTreeMap<String, FieldRole> {
        &self.rule.fields
    }

    fn n_articles(&self) -> u32 {
        self.n_articles
    }

    fn set_format(&mut self, format: Format) -> Format {
        std::mem::replace(&mut self.format, format)
    }

    fn emit(&mut self, record: Record) -> Outcome {
        let place = RecordPlace {
            path: self.path,
            record: self.n_articles,
            members: &self.members,
            record_in_member: self.n_in_member,
            format: self.format,
            repeated: self.rule.repeated.as_deref(),
        };
        let Some(article) = assemble::article(record, &place) else {
            return Ok(());
        };
        self.n_articles = self.n_articles.saturating_add(1);
        self.n_in_member = self.n_in_member.saturating_add(1);
        match (self.emit)(article) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Enough),
        }
    }

    fn emit_part(&mut self, path: String, record: Record) -> Outcome {
        self.members.push(path);
        let outcome = self.emit(record);
        self.members.pop();
        outcome
    }

    fn read_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome {
        match self.read_inner(name, bytes) {
            Err(Stop::Refused(refusal)) => self.refuse_member(name, refusal),
            outcome => outcome,
        }
    }

    fn read_only_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome {
        let n_before = self.refused.len();
        let outcome = self.read_member(name, bytes);
        let is_refused = self.n_articles == 0 && self.refused.len() == n_before + 1;
        match self.refused.pop_if(|_| is_refused) {
            Some((_, refusal)) => Err(Refusal::Member(Box::new(refusal)).into()),
            None => outcome,
        }
    }

    fn refuse_member(&mut self, name: &str, refusal: Refusal) -> Outcome {
        let mut path = PathBuf::from(self.path);
        path.extend(&self.members);
        path.push(name);
        // Once the budget is spent, the rest would be refused as well.
        let is_last = matches!(refusal, Refusal::TooLarge { limit } if limit == self.limit);
        self.refused.push((path, refusal));
        if is_last {
            return Err(Refusal::TooLarge { limit: self.limit }.into());
        }
        Ok(())
    }
}

/// Runs the reader of a file or of a member: a panic in one of the many libraries costs no more than this one.
pub fn guarded(read: impl FnOnce() -> Outcome) -> Outcome {
    panic::catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_told_by_the_hook| Err(Refusal::damaged("it makes the reader of its format fail").into()))
}

/// Counts what is decompressed, across all members.
struct Metered<'r> {
    bytes: &'r mut dyn Read,
    budget: Rc<Cell<u64>>,
    limit: u64,
}

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

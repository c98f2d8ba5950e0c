//! The formats that articles are kept in: from bytes to records, each of which becomes an article.
//!
//! A file's content decides its format before its name does. Files that contain others (archives, mail with
//! attachments) are read with limits on depth and size, so that no file can exhaust memory or time. Records are passed
//! on one by one: a mailbox or a table of any length is never in memory as a whole. What must be (a page, a document, a
//! PDF) is read up to [`MAX_BYTES`].
//!
//! Not for deciding what the lines of an article are: `segment` does that.
//!
//! Long because it is the table of formats, and the one reader that all of them share.
//!
//! | file | reads |
//! |---|---|
//! | `stream` | the bytes that readers are given |
//! | `sniff` | the first bytes of a file: which format it is |
//! | `text`, `markdown`, `html` | one article |
//! | `flattened` | pages whose lines were lost |
//! | `front_matter`, `wiki` | the fields above a text; links and comments of notes |
//! | `tree`, `soup`, `readable` | the tree of a page within bounds; its text beyond them; as a library reads it |
//! | `page_file` | pages that follow each other in a file; texts that are shown without scripts |
//! | `page_blocks`, `page_rest`, `heading` | the lines of a page's blocks; what is beside its article; its headline |
//! | `page_pictures` | the pictures of a page, and the lines around them |
//! | `metadata`, `json_ld` | what a page says of its article to machines |
//! | `stated_date` | which date below a page's headline is its article's |
//! | `saved_page`, `safari` | what programs note in pages that they save; pages saved by Safari |
//! | `html_table` | pages that are a table of articles |
//! | `list_page` | which pages are lists of others |
//! | `json`, `table`, `ragged`, `xml`, `xml_names` | records of fields; rows that do not fit their head |
//! | `xml_news` | what the elements of NewsML and NITF are |
//! | `columns`, `rich` | in JSON: tables kept by column, the texts of block editors |
//! | `fields`, `field_name` | the roles of a record's fields, by their names and values |
//! | `value`, `day_order` | what a field's value is by its looks; whether days or months stand first in a file's dates |
//! | `repetition` | which of a record's texts repeat others |
//! | `mail`, `mail_header` | messages, mailboxes, pages saved as messages; their subjects |
//! | `pdf` | the signs on printed pages |
//! | `cmap`, `marks` | which letters they are, and with which vowel signs |
//! | `blocks`, `visual`, `printed` | which lines they form, in which order, and which paragraphs |
//! | `legible` | whether what was read from them is text |
//! | `warc`, `crawl`, `http` | archives of crawls: their records, which of them are pages, the answers of servers |
//! | `scan` | pictures of pages, by their recognised text |
//! | `not_read` | what was not read of a file |
//! | `pack`, `tar`, `seven_zip` | archives of other files |
//! | `member_name` | the names of what is in them |
//! | `packed`, `zstd` | compressed files |
//! | `chat/` | exports of chats and platforms: Telegram, WhatsApp, X, Facebook, Instagram |
//! | `twins` | members of a zip that bear one name |
//! | `parts` | the parts of a zip by their names, for `epub` and `office` |
//! | `epub`, `office` | books, documents of word processors |
//! | `sheet/` | workbooks of spreadsheets |
//! | `outlook/` | messages and mailboxes of Outlook |
//! | `evernote` | notes exported by Evernote |
//! | `exports/` | exports of news databases: one text with many articles, whatever its format |
//! | `rtf/`, `doc/` | documents of old word processors |
//! | `compound`, `streams` | the files of Microsoft's old programs: which of them a file is, what they hold |
//! | `paragraphs` | the paragraphs, tables and notes of all these documents |
//!
//! A reader knows `record` and not this file, which calls it.

mod blocks;
mod chat;
mod cmap;
mod columns;
mod compound;
mod crawl;
mod day_order;
mod doc;
mod epub;
mod evernote;
mod exports;
mod field_name;
mod fields;
mod flattened;
mod front_matter;
mod heading;
mod html;
mod html_table;
mod http;
mod json;
mod json_ld;
mod legible;
mod list_page;
mod mail;
mod mail_header;
mod markdown;
mod marks;
mod member_name;
mod metadata;
mod not_read;
mod office;
mod outlook;
mod pack;
mod packed;
mod page_blocks;
mod page_file;
mod page_pictures;
mod page_rest;
mod paragraphs;
mod parts;
mod pdf;
mod printed;
mod ragged;
mod readable;
mod repetition;
mod rich;
mod rtf;
mod safari;
mod saved_page;
mod scan;
mod seven_zip;
mod sheet;
mod sniff;
mod soup;
mod stated_date;
mod stream;
mod streams;
mod table;
mod tar;
mod text;
mod tree;
mod twins;
mod value;
mod visual;
mod warc;
mod wiki;
mod xml;
mod xml_names;
mod xml_news;
mod zstd;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use image::GrayImage;
use outlook_pst::PstReader;

use super::article::{Article, Problem};
use super::assemble::{self, RecordPlace};
use super::budget::Meter;
use super::encoding::{self, Decoded, TextEncoding};
use super::left_out::{Crawled, LeftOut};
use super::origin::{FieldRole, Format};
use super::original::{Capture, Kept, Original};
use super::reason::{Damage, Reason, Unsupported};
use super::recognition::Tesseract;
use super::record::{
    Content, CrawledPages, Fetched, Hints, MAX_BYTES, MAX_DEPTH, Outcome, ReadPage, Record, Refusal, Sink, Stop,
};
use super::rule::FileRule;

use fields::Mapping;
use not_read::NotRead;
use parts::ReadSeek;
use stream::{Broken, HEAD, Metered, at_most_max_bytes, streamed, whole};

pub use sniff::in_place;

/// A compressed file may decompress to this many times its size …
const MAX_RATIO: u64 = 200;
/// … and always to this much, in bytes. Text compresses ten to one; what compresses a thousand to one is a zip bomb.
/// Both are guesses.
const MIN_BUDGET: u64 = 256 << 20;

/// Reads one file: it knows the user's rules for the file, how deep in archives it is, and who takes the articles.
pub struct FileReader<'a> {
    path: &'a Path,
    rule: &'a FileRule,
    meter: &'a Meter<'a>,
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
    not_read: NotRead,
    /// What is known of the page being read, and how many members it is in.
    fetched: Option<(Fetched, usize)>,
    crawled: CrawledPages,
    /// The article whose pictures are wanted.
    pictures_of: Option<u32>,
    /// What is kept of the file or member that an article is read from.
    capture: Option<Capture>,
}

impl<'a> FileReader<'a> {
    /// A reader of the file at `path` with `size` bytes, for as long as `meter` lets it.
    pub fn new(
        path: &'a Path,
        size: u64,
        rule: &'a FileRule,
        meter: &'a Meter<'a>,
        emit: &'a mut dyn FnMut(Article) -> ControlFlow<()>,
    ) -> Self {
        let limit = size.saturating_mul(MAX_RATIO).max(MIN_BUDGET);
        Self {
            path,
            rule,
            meter,
            emit,
            budget: Rc::new(Cell::new(limit)),
            limit,
            members: Vec::new(),
            n_articles: 0,
            n_in_member: 0,
            format: Format::Text,
            not_read: NotRead::default(),
            fetched: None,
            crawled: CrawledPages::default(),
            pictures_of: None,
            capture: None,
        }
    }

    /// Looks for the pictures of the article with this number.
    pub fn with_pictures_of(&mut self, record: Option<u32>) {
        self.pictures_of = record;
    }

    /// Keeps the message or the member that the article with this number is read from.
    pub fn keep_original_of(&mut self, record: u32) {
        self.capture = Some(Capture::new(record));
    }

    /// What was kept; nothing if the article is read from the file itself.
    pub fn take_original(&mut self) -> Option<Original> {
        self.capture.take()?.original
    }

    /// What could not be read, and what was left out, in their order.
    pub fn not_read(&mut self) -> Vec<(PathBuf, Reason)> {
        std::mem::take(&mut self.not_read).into_reasons(self.path)
    }

    /// What is known of the page being read; nothing of what is within it.
    fn fetched(&self) -> Option<&Fetched> {
        let (fetched, n_members) = self.fetched.as_ref()?;
        (*n_members == self.members.len()).then_some(fetched)
    }

    /// What was read or noted so far.
    fn progress(&self) -> impl PartialEq + use<'a> {
        (self.n_articles, self.not_read.progress())
    }

    /// The path of a member of what is being read.
    fn path_of(&self, name: &str) -> PathBuf {
        let mut path = PathBuf::from(self.path);
        path.extend(&self.members);
        // Never one that leads elsewhere.
        path.push(name.trim_start_matches('/'));
        path
    }

    /// The path of what is being read.
    fn path_here(&self) -> PathBuf {
        std::iter::once(self.path)
            .chain(self.members.iter().map(Path::new))
            .collect()
    }

    /// The format of the file or member that was read last.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Reads what `bytes` yields, under a name.
    pub fn read_stream(&mut self, bytes: &mut dyn Read, name: &Path) -> Outcome {
        self.told(|it| it.read_sniffed(bytes, name))
    }

    /// Reads; what has no articles, and of which nothing else is said, is empty.
    fn told(&mut self, read: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let before = self.progress();
        read(self)?;
        match before == self.progress() {
            true => Err(Reason::Empty.into()),
            false => Ok(()),
        }
    }

    fn read_sniffed(&mut self, bytes: &mut dyn Read, name: &Path) -> Outcome {
        let mut head = Vec::new();
        let outcome = (&mut *bytes).take(HEAD).read_to_end(&mut head);
        let format = match outcome {
            Err(err) if head.is_empty() => return Err(err.into()),
            _ => self.sniffed(&head, name)?,
        };
        match outcome {
            Ok(_) => self.read_as(format, head, bytes, name),
            // What comes before the damage can be read.
            Err(err) => self.read_as(format, head, &mut Broken(Some(err)), name),
        }
    }

    /// The format: the user's rules override the content, and the content overrides the name.
    fn sniffed(&mut self, head: &[u8], name: &Path) -> Result<Format, Stop> {
        let given = self.rule.format.filter(|_| self.members.is_empty());
        let given = given.or_else(|| self.fetched()?.format);
        self.format = match given {
            Some(format) => format,
            None => match sniff::sniff(head, name) {
                // Those in archives and messages are logos, advertisements, faces.
                Err(Reason::Unsupported(Unsupported::Picture))
                    if self.rule.recognises_scans && self.members.is_empty() =>
                {
                    Format::Scan
                }
                sniffed => sniffed?,
            },
        };
        Ok(self.format)
    }

    /// Reads what begins with `head` and goes on with `rest`, as a format.
    fn read_as(&mut self, format: Format, head: Vec<u8>, rest: &mut dyn Read, name: &Path) -> Outcome {
        let meter = self.meter;
        match format {
            // Record by record, so that the file may be of any length.
            Format::Gzip | Format::Bzip2 | Format::Xz | Format::Zstd => {
                packed::read(self, format, &mut streamed(&head, rest), name)
            }
            Format::Tar => tar::read(self, &mut streamed(&head, rest)),
            Format::SevenZip => {
                let bytes = whole(meter, head, rest)?;
                self.read_seven_zip(&mut Cursor::new(bytes))
            }
            Format::Warc => warc::read(self, &mut streamed(&head, rest)),
            Format::Mbox => mail::read_mbox(self, &mut streamed(&head, rest)),
            Format::Rtf => rtf::read(self, &mut streamed(&head, rest)),
            Format::Enex => evernote::read(self, &mut streamed(&head, rest)),
            Format::JsonLines => json::read_lines(self, &mut streamed(&head, rest), &head),
            Format::Csv => table::read(self, &mut streamed(&head, rest), &head, None),
            Format::Tsv => table::read(self, &mut streamed(&head, rest), &head, Some(b'\t')),
            // As a whole: a text as far as it may be read, anything else only if all of it may.
            Format::Text => self.read_text(head, rest, |text| {
                (Content::Text(text::with_whole_lines(text)), Hints::default())
            }),
            Format::Markdown => self.read_text(head, rest, |text| {
                let (lines, hints) = markdown::lines(&text);
                (Content::Lines(lines), hints)
            }),
            Format::Html if saved_page::unpacks_itself(&head) => self.read_packed_page(head, rest),
            Format::Telegram if chat::is_page(&head) => {
                let (page, encoding) = self.decoded(head, rest)?;
                chat::read_telegram_page(self, &page, encoding)
            }
            Format::Telegram => chat::read_telegram_json(self, &mut streamed(&head, rest), &head),
            Format::Whatsapp => {
                let (text, encoding) = self.decoded(head, rest)?;
                let path = self.path_here();
                chat::read_whatsapp(self, &text, encoding, &path)
            }
            Format::Tweets => chat::read_tweets(self, &mut streamed(&head, rest), &head),
            Format::Meta => {
                let (text, encoding) = self.decoded(head, rest)?;
                let path = self.path_here();
                chat::read_meta(self, &text, encoding, &path)
            }
            Format::Html => self.read_page(head, rest),
            Format::Json => json::read(self, &whole(meter, head, rest)?),
            Format::Xml => xml::read(self, &whole(meter, head, rest)?),
            Format::Email => mail::read_message(self, &whole(meter, head, rest)?),
            Format::Mhtml => mail::read_page(self, &whole(meter, head, rest)?),
            Format::Doc | Format::Xls | Format::Msg => compound::read(self, whole(meter, head, rest)?),
            Format::Pst => self.read_pst(Box::new(Cursor::new(whole(meter, head, rest)?))),
            Format::WebArchive => safari::read(self, &whole(meter, head, rest)?),
            Format::Pdf => {
                // A page can be drawn without end.
                meter.check_endless()?;
                pdf::read(self, whole(meter, head, rest)?)
            }
            Format::Scan => {
                meter.check_recognition()?;
                let is_pdf = sniff::is_pdf(&head);
                let bytes = whole(meter, head, rest)?;
                match is_pdf {
                    true => pdf::read_as_scan(self, bytes),
                    false => scan::read(self, &bytes),
                }
            }
            Format::Zip
            | Format::Epub
            | Format::Docx
            | Format::Odt
            | Format::Xlsx
            | Format::Xlsb
            | Format::Ods
            | Format::Wacz => {
                let bytes = whole(meter, head, rest)?;
                self.read_zip(&mut Cursor::new(bytes))
            }
        }
    }

    /// The text of what is read only if all of it may be, and the name of its encoding.
    fn decoded(&mut self, head: Vec<u8>, rest: &mut dyn Read) -> Result<(String, &'static str), Stop> {
        let bytes = whole(self.meter, head, rest)?;
        let decoded = encoding::decode(&bytes, self.rule.encoding);
        Ok((decoded.text, decoded.encoding))
    }

    /// Reads a page: an article, or a table of them; or several pages in one file.
    fn read_page(&mut self, head: Vec<u8>, rest: &mut dyn Read) -> Outcome {
        let mut mapping = Mapping::new(self.field_roles().clone());
        let mut rows = Vec::new();
        let mut others = Vec::new();
        let (records, other_pages) = (&mut rows, &mut others);
        let is_fetched = self.fetched().is_some();
        let mut is_list = false;
        let mut noted = None;
        let mut page = self.text_record(head, rest, |text| {
            noted = saved_page::address(&text).map(|(field, it)| (field, it.to_owned()));
            *records = html_table::records(&text, &mut mapping);
            if !records.is_empty() {
                return Default::default();
            }
            let (lines, hints) = if is_fetched {
                let read = html::lines_unless_list(&text);
                is_list = read.is_none();
                read.unwrap_or_default()
            } else {
                let mut pages = page_file::pages(&text).into_iter().map(exports::page_lines);
                let first = pages.next().unwrap_or_default();
                other_pages.extend(pages);
                first
            };
            (Content::Lines(lines), hints)
        })?;
        if is_list {
            self.leave_out_page(Crawled::List);
            return Ok(());
        }
        if rows.is_empty() {
            let (encoding, has_errors) = (page.encoding, page.has_errors);
            if let Some((field, address)) = noted.filter(|_| !is_fetched) {
                page.set_address(field, &address);
            }
            self.emit(page)?;
            for (lines, hints) in others {
                self.emit(Record {
                    content: Content::Lines(lines),
                    hints,
                    encoding,
                    has_errors,
                    fields: Vec::new(),
                })?;
            }
            return Ok(());
        }
        let mut orders = day_order::DayOrders::default();
        for fields in rows {
            let mut record = fields::record(fields, &mut mapping);
            record.hints.problems.extend(page.hints.problems.iter().cloned());
            record.encoding = page.encoding;
            record.has_errors = page.has_errors;
            orders.emit(self, record, None)?;
        }
        orders.finish(self, Ok(()))
    }

    /// Reads a page that unpacks itself: it is in a zip within it.
    fn read_packed_page(&mut self, head: Vec<u8>, rest: &mut dyn Read) -> Outcome {
        let mut bytes = whole(self.meter, head, rest)?;
        if saved_page::has_zip(&bytes) {
            bytes = pack::page_within(&bytes)?.ok_or(Damage::NoPage)?;
        }
        self.read_page(bytes, &mut io::empty())
    }

    /// Reads a zip, or the book or document that it is.
    pub fn read_zip(&mut self, bytes: &mut dyn ReadSeek) -> Outcome {
        self.told(|it| pack::read_zip(it, bytes))
    }

    /// Reads an archive of 7-Zip.
    pub fn read_seven_zip(&mut self, bytes: &mut dyn ReadSeek) -> Outcome {
        self.format = Format::SevenZip;
        self.told(|it| seven_zip::read(it, bytes))
    }

    /// Reads a mailbox of Outlook.
    pub fn read_pst(&mut self, bytes: Box<dyn PstReader>) -> Outcome {
        self.format = Format::Pst;
        // In a process of its own, which is ended when it falls silent: its library may wait for itself.
        self.meter.check_endless()?;
        self.told(|it| outlook::read_pst(it, bytes))
    }

    /// Reads a text whose parts `parts` tells apart.
    fn read_text(
        &mut self,
        head: Vec<u8>,
        rest: &mut dyn Read,
        parts: impl FnOnce(String) -> (Content, Hints),
    ) -> Outcome {
        let record = self.text_record(head, rest, parts)?;
        self.emit(record)
    }

    /// The record of a text whose parts `parts` tells apart.
    fn text_record(
        &mut self,
        head: Vec<u8>,
        rest: &mut dyn Read,
        parts: impl FnOnce(String) -> (Content, Hints),
    ) -> Result<Record, Stop> {
        let (bytes, is_truncated) = at_most_max_bytes(self.meter, head, rest)?;
        let declared = self.fetched().and_then(|it| it.encoding);
        let (decoded, end) = encoding::decode_owned(bytes, self.encoding(), declared, MAX_BYTES as usize);
        let Decoded {
            text,
            encoding,
            has_errors,
        } = decoded;
        let limit = end.map_or(MAX_BYTES, |end| end as u64);
        let is_truncated = is_truncated || end.is_some();
        let (content, mut hints) = parts(text);
        let problem = is_truncated.then_some(Problem::Truncated { limit });
        hints.problems.extend(problem);
        Ok(Record {
            content,
            hints,
            encoding,
            has_errors,
            fields: Vec::new(),
        })
    }

    /// Passes on the article of a record.
    fn emit_one(&mut self, mut record: Record) -> Outcome {
        // Of what a crawler fetched, pictures are elsewhere in its archive.
        if !self.wants_pictures() || self.fetched().is_some() {
            record.hints.pictures.clear();
        }
        self.check_size(record.content.n_bytes() as u64)?;
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

    /// Keeps what the wanted article was read from, if it is among those from `first_article` on.
    fn keep(&mut self, first_article: u32, name: &str, message: Option<u64>, bytes: Option<Vec<u8>>) {
        let n_articles = self.n_articles;
        if let (Some(capture), Some(bytes)) = (&mut self.capture, bytes) {
            capture.keep(first_article..n_articles, name, message, bytes);
        }
    }

    /// Notes that the page being read is no article.
    fn leave_out_page(&mut self, what: Crawled) {
        if let Some(name) = self.members.pop() {
            self.leave_out(&name, LeftOut::Crawled { what, n: 1 });
            self.members.push(name);
        }
    }

    fn read_inner(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome {
        let depth = self.members.len();
        if MAX_DEPTH <= depth {
            return Err(Reason::TooDeep {
                limit: MAX_DEPTH as u32,
            }
            .into());
        }
        let (n_in_member, format) = (self.n_in_member, self.format);
        self.members.push(name.replace('\\', "/"));
        self.n_in_member = 0;
        let mut metered = Metered {
            bytes,
            meter: self.meter,
            budget: Rc::clone(&self.budget),
            limit: self.limit,
        };
        let of_kind = self.fetched().map(|it| format!("page.{}", it.extension));
        let read_as = Path::new(of_kind.as_deref().unwrap_or(name));
        let first_article = self.n_articles;
        let outcome = match &self.capture {
            Some(capture) if capture.original.is_none() => {
                let mut kept = Kept::new(&mut metered);
                let outcome = guarded(|| self.read_stream(&mut kept, read_as));
                let bytes = kept.rest();
                self.keep(first_article, name, None, bytes);
                outcome
            }
            _ => guarded(|| self.read_stream(&mut metered, read_as)),
        };
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

    fn check_size(&self, bytes: u64) -> Outcome {
        Ok(self.meter.check_size(bytes)?)
    }

    fn recognises_scans(&self) -> bool {
        self.rule.recognises_scans
    }

    fn wants_pictures(&self) -> bool {
        self.pictures_of == Some(self.n_articles)
    }

    fn offer_original(&mut self, first_article: u32, number: u64, bytes: &[u8]) {
        let read = first_article..self.n_articles;
        if self.capture.as_ref().is_some_and(|it| it.wants(&read)) {
            self.keep(first_article, "message.eml", Some(number), Some(bytes.to_vec()));
        }
    }

    fn recognise(&self, pages: &mut dyn Iterator<Item = Option<GrayImage>>) -> Result<Vec<ReadPage>, Stop> {
        let at_once = self.meter.check_recognition()?;
        let tesseract = Tesseract::find().map_err(Reason::NoRecogniser)?;
        Ok(tesseract.read_all(pages, at_once, self.meter)?)
    }

    fn emit(&mut self, mut record: Record) -> Outcome {
        if let Some(fetched) = self.fetched() {
            record.set_address(fetched.field, &fetched.address);
            let cut = fetched.end.map(|limit| Problem::Truncated { limit });
            record.hints.problems.extend(cut);
        }
        if exports::may_be_of(self.format)
            && record.fields.is_empty()
            && let Some(records) = exports::records(&record, &self.rule.fields)
        {
            return records.into_iter().try_for_each(|it| self.emit_one(it));
        }
        self.emit_one(record)
    }

    fn emit_part(&mut self, path: String, record: Record) -> Outcome {
        self.members.push(path);
        let outcome = self.emit(record);
        self.members.pop();
        outcome
    }

    fn read_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome {
        self.meter.check()?;
        match self.read_inner(name, bytes) {
            Err(Stop::Refused(refusal)) => {
                // What a library calls damage may be that it was stopped.
                self.meter.check()?;
                self.refuse_member(name, refusal)
            }
            outcome => outcome,
        }
    }

    fn read_fetched(&mut self, fetched: &Fetched, bytes: &mut dyn Read) -> Outcome {
        self.meter.check()?;
        let around = self.fetched.replace((fetched.clone(), self.members.len() + 1));
        let outcome = self.read_inner(&fetched.name, bytes);
        self.fetched = around;
        let Err(Stop::Refused(refusal)) = outcome else {
            return outcome;
        };
        self.meter.check()?;
        match refusal.reason {
            // A frame, a counter, data of a script.
            Reason::Empty | Reason::Binary | Reason::NoArticles | Reason::Unsupported(Unsupported::Picture) => {
                self.leave_out_crawled(Crawled::Parts, 1);
                Ok(())
            }
            _ => self.refuse_member(&fetched.name, refusal),
        }
    }

    fn read_only_member(&mut self, name: &str, bytes: &mut dyn Read) -> Outcome {
        let n_before = self.not_read.n_listed();
        let outcome = self.read_member(name, bytes);
        let is_refused = self.n_articles == 0 && self.not_read.n_listed() == n_before + 1;
        match is_refused.then(|| self.not_read.pop()).flatten() {
            Some(refusal) => Err(refusal.into()),
            None => outcome,
        }
    }

    fn leave_out(&mut self, name: &str, why: LeftOut) {
        self.not_read.leave_out(self.path_of(name), why);
    }

    fn leave_out_crawled(&mut self, what: Crawled, n: u32) {
        self.not_read.count_crawled(what, n);
    }

    fn crawled_pages(&mut self) -> &mut CrawledPages {
        &mut self.crawled
    }

    fn leave_out_messages(&mut self, why: LeftOut) {
        if why.n() != 0 {
            self.not_read.list(self.path_here(), Reason::LeftOut(why).into());
        }
    }

    fn leave_out_more(&mut self, n: usize) {
        self.not_read.count(n);
    }

    fn refuse_member(&mut self, name: &str, refusal: Refusal) -> Outcome {
        let path = self.path_of(name);
        // Once the budget is spent, the rest would be refused as well.
        let is_last = matches!(refusal.reason, Reason::TooLarge { limit } if limit == self.limit);
        self.not_read.list(path, refusal);
        if is_last {
            return Err(Reason::TooLarge { limit: self.limit }.into());
        }
        Ok(())
    }
}

/// Runs the reader of a file or of a member: a panic in one of the many libraries costs no more than this one.
pub fn guarded(read: impl FnOnce() -> Outcome) -> Outcome {
    panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_told_by_the_hook| Err(Damage::ReaderFailed.into()))
}

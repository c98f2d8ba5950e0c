//! A parsed article: its text, what each stretch of it is, and the problems found.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::de::{Deserialize as _, Deserializer, Error};

use crate::arabic::Span;

use super::bound::Bound;
use super::encoding::{DOUBLE_ENCODED, TextEncoding};
use super::origin::Origin;
use super::pictures::Picture;

/// An article is found by at most this many different words, the first ones: 22 MB of news have 134,000, and each takes
/// some 600 bytes of memory while it is indexed.
pub const MOST_WORDS: usize = 300_000;

/// The name of an encoding, of those that are built in.
type EncodingName = &'static str;

/// Identifies an article of an archive; stable whenever and wherever the folder is read again.
///
/// A hash of the path below the archive's folder and of the record's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ArticleId(pub u64);

impl ArticleId {
    /// The id of record `record` (from 0) of the file at `path`, relative to the archive's folder.
    pub fn new(path: &Path, record: u32) -> Self {
        // A file keeps its id on every system: the separator is always "/".
        let mut key = Vec::new();
        for part in path.components() {
            key.extend_from_slice(part.as_os_str().as_encoded_bytes());
            key.push(b'/');
        }
        key.extend_from_slice(&record.to_le_bytes());
        Self(xxhash_rust::xxh3::xxh3_64(&key))
    }
}

/// One article, parsed once.
///
/// All spans are spans of `text`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// The file, relative to the archive's folder. It is known where an article is written and read again, and left out.
    #[serde(skip)]
    pub path: PathBuf,
    /// The number of the article in its file, from 0; across all members of an archive, in the order of their names.
    pub record: u32,
    /// The decoded text: all of a text file, or the blocks of a page, one per line.
    pub text: String,
    /// The headline in one line; never empty.
    pub title: String,
    /// Whether the file states no title, so that `title` is derived from the beginning of its text.
    pub title_derived: bool,
    /// The date of publication, if the file states or implies one.
    pub published: Option<PublicationDate>,
    /// The outlet or agency that it names as its source, by its usual name.
    pub source: Option<String>,
    /// The reporter or author, as named in the file.
    pub byline: Option<String>,
    /// The outlet's keywords, deduplicated, in their order.
    pub keywords: Vec<String>,
    /// The sections of `text`, in order, without overlap; together they cover everything but white space. Each
    /// paragraph of the body is a section.
    pub sections: Vec<Section>,
    /// In the order in which they were found.
    pub problems: Vec<Problem>,
    /// The name of the encoding the file was read in, e.g. "UTF-8", "windows-1256"; "PDF" where letters have numbers of
    /// their own.
    #[serde(deserialize_with = "encoding_name")]
    pub encoding: EncodingName,
    /// Where in its file it was found, and in which format.
    pub origin: Origin,
    /// The address on the web that its file states for it; it begins with «http://» or «https://».
    pub address: Option<String>,
    /// What it is illustrated with, in the order of the text. Known only where one article is read to be shown: see
    /// [`Allowance::pictures_of`](super::Allowance::pictures_of).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// Where the pages of a printed document begin in `text`, in order; empty for what has no pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PageStart>,
}

impl Article {
    /// Its id, stable when the file is read again.
    ///
    /// In a zip or book, it depends on the member's path and the number of the article in the member, so that it stays
    /// the same when other members come and go.
    pub fn id(&self) -> ArticleId {
        match &self.origin.member {
            Some(member) => ArticleId::new(&self.path.join(&member.path), member.record),
            None => ArticleId::new(&self.path, self.record),
        }
    }

    /// The spans of the paragraphs a person reads, sub-headings included, in the order of the text.
    pub fn paragraphs(&self) -> impl Iterator<Item = Span> + '_ {
        self.sections
            .iter()
            .filter(|section| matches!(section.kind, SectionKind::Body | SectionKind::Subheading))
            .map(|section| section.span)
    }

    /// The body: its paragraphs separated by an empty line.
    pub fn body(&self) -> String {
        let paragraphs: Vec<&str> = self.paragraphs().filter_map(|span| span.of(&self.text)).collect();
        paragraphs.join("\n\n")
    }

    /// The number, from 1, of the page on which a byte of `text` is printed; nothing if it has no pages.
    pub fn page_of(&self, at: usize) -> Option<u32> {
        let n_begun = self.pages.partition_point(|it| it.at <= at);
        let page = self.pages.get(n_begun.saturating_sub(1))?;
        Some(page.number)
    }

    /// The span of the title in `text`; `None` if the title comes from elsewhere or was derived.
    pub fn title_span(&self) -> Option<Span> {
        self.sections
            .iter()
            .find(|section| section.kind == SectionKind::Title)
            .map(|section| section.span)
    }
}

/// Where a page of a printed document begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PageStart {
    /// The byte of [`Article::text`] at which it begins.
    pub at: usize,
    /// Its number, from 1.
    pub number: u32,
}

/// A stretch of an article's text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Section {
    /// Decides whether it is searched, and how it is shown.
    pub kind: SectionKind,
    /// Its span in [`Article::text`], without white space at either end.
    pub span: Span,
}

/// The kinds of sections in a scraped text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// The headline, where it is part of the text.
    Title,
    /// Where and when it was written: «دبي - وكالات», «تاريخ النشر: …».
    Dateline,
    /// The line that names the reporter: «كتب: …».
    Byline,
    /// A picture's caption.
    Caption,
    /// A paragraph of the article itself.
    Body,
    /// A heading between paragraphs; searched like them.
    Subheading,
    /// The line that names the source: «المصدر: …».
    Source,
    /// The list of keywords: «كلمات دلالية: …».
    Keywords,
    /// Another article, or the titles of others: «إقرأ أيضاً», «مقالات مشابهة».
    RelatedArticle,
    /// Share bars, menus, reading times, repeated captions, front matter.
    Boilerplate,
}

impl SectionKind {
    /// Whether the stretch belongs to the article, so that it is searched and its names are counted.
    pub fn is_article(self) -> bool {
        matches!(self, Self::Title | Self::Body | Self::Subheading)
    }
}

/// The date of publication, with its precision and source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PublicationDate {
    /// The day; the first of the month or year where only these are known.
    pub date: Date,
    /// How much of `date` is known.
    pub precision: DatePrecision,
    /// Where it comes from; shown to the user.
    pub provenance: DateProvenance,
}

impl PublicationDate {
    /// "2023-10-28", "2023-10" or "2023", by precision.
    pub fn iso(self) -> String {
        match self.precision {
            DatePrecision::Day => self.date.to_string(),
            DatePrecision::Month => format!("{:04}-{:02}", self.date.year(), self.date.month()),
            DatePrecision::Year => format!("{:04}", self.date.year()),
        }
    }
}

/// A mention of a date in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its span in [`Article::text`].
    pub span: Span,
    /// The days it means; several only where the text lists them. Never empty.
    pub days: Vec<Days>,
    /// Whether the bounds are approximate: «أوائل», «قبل نحو».
    pub is_approximate: bool,
}

/// A range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day, inclusive; equal to `first` for a single day.
    pub last: Date,
    /// The unit in which they were named: a month is all its days with the precision of a month.
    pub precision: DatePrecision,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatePrecision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// Reads the name of an encoding that was written before.
fn encoding_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<EncodingName, D::Error> {
    let name = String::deserialize(deserializer)?;
    let others = ["", "PDF", DOUBLE_ENCODED].into_iter();
    let found = others.chain(TextEncoding::for_label(&name).map(TextEncoding::name));
    let mut found = found.filter(|it| *it == name);
    found.next().ok_or_else(|| Error::custom("an unknown encoding"))
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateProvenance {
    /// Fields made for machines: `json-ld`, `meta`, `time`, front matter.
    Metadata,
    /// A line of its own: «تاريخ النشر: …».
    HeaderLine,
    /// The opening of the article: «الرياض 26 شوال 1436 هـ …».
    Dateline,
    /// The URL of the page: «…/2023/10/28/…».
    Url,
    /// The name of the file, or of its folders.
    FileName,
    /// Inferred from the text; marked as such wherever it is shown.
    Inferred,
    /// The day of the last change, where nothing says when it was published.
    Update,
    /// The user gave it.
    User,
}

/// A problem found in a file that still yielded an article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub enum Problem {
    /// Some bytes were invalid in the encoding and became U+FFFD.
    #[error("some bytes could not be decoded as {encoding}")]
    UndecodableBytes {
        /// The name of the encoding, as in [`Article::encoding`].
        #[serde(deserialize_with = "encoding_name")]
        encoding: EncodingName,
    },
    /// A date line has no date that can be read.
    #[error("unreadable date: {0}")]
    UnreadableDate(String),
    /// Nothing but white space or boilerplate.
    #[error("no article text was found")]
    NoBody,
    /// Much of the text was taken for captions, other articles and what a page has around them, by its words.
    #[error(
        "{percent} in 100 letters were taken for captions, other articles and parts of the page, and are not searched"
    )]
    MuchLeftOut {
        /// How much, in hundredths of the text.
        percent: u8,
    },
    /// What is marked as the title is too long for one: the title is its beginning, and all of it is text.
    #[error("the title has more than {limit} letters; its beginning is taken for the title")]
    LongTitle {
        /// The limit, in letters.
        limit: usize,
    },
    /// There are too many different words; the article is not found by the others.
    #[error("it can be searched for by its first {limit} different words only")]
    ManyWords {
        /// The limit.
        limit: usize,
    },
    /// There are too many keywords; the others were left out.
    #[error("only the first {limit} keywords were kept")]
    ManyKeywords {
        /// The limit.
        limit: usize,
    },
    /// An outlet, a name of a reporter or a keyword is too long for one, and was left out.
    #[error("an outlet, reporter or keyword of more than {limit} letters was left out")]
    LongField {
        /// The limit, in letters.
        limit: usize,
    },
    /// The file exceeds the limit for one file; the rest was not read.
    #[error("only the first {limit} bytes were read")]
    Truncated {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The file goes on further than readers follow.
    #[error("{0}")]
    Beyond(Bound),
    /// A printed document gives its signs wrong letters, or none: most of the words are none.
    #[error("most of its words are none: the document gives its signs wrong letters, or none")]
    Illegible,
    /// Of its text, which was recognised, most of the words are none.
    #[error("most of its words are none: its pages were recognised badly")]
    PoorlyRecognised,
}

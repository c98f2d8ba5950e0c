//! An article as it was understood: its text, what each stretch of it is, and what was wrong with it.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::arabic::Span;

use super::origin::Origin;

/// Names one article of an archive, the same whenever and wherever the folder is read again.
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
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The file, relative to the archive's folder.
    pub path: PathBuf,
    /// Which article of the file, from 0; over all members of an archive, in the order of their names.
    pub record: u32,
    /// The decoded text: of a text file the whole of it; of a page the text of its blocks, one a line.
    pub text: String,
    /// The headline in one line; never empty.
    pub title: String,
    /// Whether the file states no title, so that `title` is the beginning of its text.
    pub title_derived: bool,
    /// When it was published, if the file says so.
    pub published: Option<PublicationDate>,
    /// The outlet or agency it names as its source, by its usual name.
    pub source: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The keywords that the outlet gave it, each once, in their order.
    pub keywords: Vec<String>,
    /// What each stretch of `text` is: in the order of the text, without overlap; all that is not white space is
    /// covered. A paragraph of the body is one section.
    pub sections: Vec<Section>,
    /// In the order in which they were found.
    pub problems: Vec<Problem>,
    /// The name of the encoding the file was read in, e.g. "UTF-8", "windows-1256"; "PDF" where letters have numbers of
    /// their own.
    pub encoding: &'static str,
    /// How it was kept in its file.
    pub origin: Origin,
}

impl Article {
    /// The same whenever the file is read again.
    ///
    /// That of an article in a zip or book comes from its member's path and its place in the member, so that it stays
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

    /// The span of the title in `text`; nothing if the title comes from elsewhere or was derived.
    pub fn title_span(&self) -> Option<Span> {
        self.sections
            .iter()
            .find(|section| section.kind == SectionKind::Title)
            .map(|section| section.span)
    }
}

/// A stretch of an article's text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Where it stands in [`Article::text`], without white space at its ends.
    pub span: Span,
}

/// What a stretch of a scraped text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// The headline.
    Title,
    /// Where and when it was written: «دبي - وكالات», «تاريخ النشر: …».
    Dateline,
    /// Who wrote it.
    Byline,
    /// The words under a picture.
    Caption,
    /// A paragraph of the article itself.
    Body,
    /// A heading within the body.
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

/// When an article was published, how exactly that is known, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicationDate {
    /// The day; the first of the month or year where only these are known.
    pub date: Date,
    /// How much of `date` was stated.
    pub precision: DatePrecision,
    /// What stated it.
    pub provenance: DateProvenance,
}

/// A date that an article speaks of: one place in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// The days it means; several only where the text lists them. Never empty.
    pub days: Vec<Days>,
    /// Whether the bounds are only roughly meant: «أوائل», «قبل نحو».
    pub is_approximate: bool,
}

/// Days that a text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last; the first again for a single day.
    pub last: Date,
    /// In which unit they were named: a month is all its days with the precision of a month.
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

/// What stated a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateProvenance {
    /// Fields made for machines: `json-ld`, `meta`, `time`, front matter.
    Metadata,
    /// A line of its own: «تاريخ النشر: …».
    HeaderLine,
    /// The opening of the article: «الرياض 26 شوال 1436 هـ …».
    Dateline,
    /// The address of the page.
    Url,
    /// The name of the file.
    FileName,
    /// Worked out from what the text says; shown as such.
    Inferred,
}

/// A flaw found in a file. The article is there all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Some bytes were not of the encoding; U+FFFD stands in their places.
    #[error("some bytes could not be decoded as {encoding}")]
    UndecodableBytes {
        /// The encoding that was used.
        encoding: &'static str,
    },
    /// A line that should hold a date holds none that can be read.
    #[error("unreadable date: {0}")]
    UnreadableDate(String),
    /// Nothing but white space or boilerplate.
    #[error("no article text was found")]
    NoBody,
    /// The file is longer than what is read of one file; the rest was left out.
    #[error("only the first {limit} bytes were read")]
    Truncated {
        /// How many bytes were read.
        limit: u64,
    },
}

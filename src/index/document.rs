//! What the index remembers of files and articles, as it hands it out.

use std::path::PathBuf;

use crate::arabic::Span;
use crate::archive::{Article, Origin, PublicationDate, Section, SectionKind};

/// A file of the archive as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedFile {
    /// The path relative to the archive's folder.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified_nanos: i64,
    /// The hash of its content.
    pub content_hash: u64,
    /// The fingerprint of the user's corrections of how it was read; 0 without any.
    pub reading: u64,
    /// What in it could not be read, the file itself included: path and reason, in the order of the paths.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// What the index keeps of an article, for when its file is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// The file, relative to the archive's folder.
    pub path: PathBuf,
    /// Which article of the file, from 0.
    pub record: u32,
    /// The headline.
    pub title: String,
    /// Whether the file states no headline.
    pub title_derived: bool,
    /// When it was published, as far as it says so.
    pub published: Option<PublicationDate>,
    /// The outlet or agency.
    pub source: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The keywords.
    pub keywords: Vec<String>,
    /// The paragraphs of the body, separated by an empty line.
    pub body: String,
}

impl StoredArticle {
    /// The article as far as the index remembers it: its title and its paragraphs.
    pub fn into_article(self) -> Article {
        let mut text = self.title.clone();
        let mut sections = vec![Section {
            kind: SectionKind::Title,
            span: Span::new(0, text.len()),
        }];
        if self.title_derived {
            text.clear();
            sections.clear();
        }
        for paragraph in self.body.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            sections.push(Section {
                kind: SectionKind::Body,
                span: Span::new(text.len(), text.len() + paragraph.len()),
            });
            text.push_str(paragraph);
        }
        Article {
            path: self.path,
            record: self.record,
            text,
            title: self.title,
            title_derived: self.title_derived,
            published: self.published,
            source: self.source,
            byline: self.byline,
            keywords: self.keywords,
            sections,
            problems: Vec::new(),
            encoding: "UTF-8",
            origin: Origin::default(),
        }
    }
}

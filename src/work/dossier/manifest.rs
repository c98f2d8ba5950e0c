//! What a dossier says of itself, and of each article.

use serde::{Deserialize, Serialize};

use crate::archive::DateProvenance;
use crate::index::StoredArticle;

/// The version of dossiers that this program writes, and the latest that it reads.
pub const VERSION: u32 = 1;
/// What a dossier is known by.
pub const FORMAT: &str = "fihrist-dossier";

/// The names of the files in a dossier.
pub const MANIFEST: &str = "manifest.json";
pub const ARTICLES: &str = "articles.jsonl";
pub const MARKS: &str = "marks.json";
pub const CORRECTIONS: &str = "corrections.json";
pub const ORIGINALS: &str = "originals/";

/// What a dossier says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierManifest {
    /// Always "fihrist-dossier", so that other files are known from it.
    pub format: String,
    /// The version of its form.
    pub version: u32,
    /// The program that made it.
    pub program: String,
    /// When it was made, in local time.
    pub made: String,
    /// The search that found the articles; nothing if they were chosen one by one.
    pub query: Option<String>,
    /// How many articles it holds.
    pub articles: u64,
    /// The files from which they came, if they are in it.
    pub originals: Vec<String>,
}

/// An article, in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleLine {
    pub title: String,
    /// ISO 8601, as much of it as is known.
    #[serde(default)]
    pub date: Option<String>,
    /// Where the date comes from.
    #[serde(default)]
    pub date_provenance: Option<DateProvenance>,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub author: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub keywords: Vec<String>,
    pub body: String,
    /// The file that it came from, in its archive's folder, and its number there.
    #[serde(default)]
    pub original_file: Option<String>,
    #[serde(default)]
    pub original_record: u32,
}

impl ArticleLine {
    pub fn of(stored: &StoredArticle, file: &str) -> Self {
        Self {
            title: stored.title.clone(),
            date: stored.published.map(|it| it.iso()),
            date_provenance: stored.published.map(|it| it.provenance),
            source: stored.source.clone(),
            author: stored.byline.clone(),
            url: stored.address.clone(),
            keywords: stored.keywords.clone(),
            body: stored.body.clone(),
            original_file: Some(file.to_owned()),
            original_record: stored.record,
        }
    }
}

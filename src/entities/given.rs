//! What corrections of articles say: where words are a name or none, and an article's title, date and source.
//!
//! `by_hand` applies them.

use std::fmt;
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::arabic::Span;
use crate::archive::{Article, ArticleId, DatePrecision, DateProvenance, PublicationDate};

/// So many letters before and behind a name tell where it stands. A guess.
const AROUND: usize = 32;

/// Which article: the same when its folder is read again, has another name, or is a colleague's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleKey {
    /// The file's path below the archive's folder, with "/" between the parts; a member's follows that of its archive.
    pub file: String,
    /// Its number there, from 0.
    pub record: u32,
}

impl ArticleKey {
    /// The key of an article, by what its id is made of.
    pub fn of(article: &Article) -> Self {
        let (path, record) = match &article.origin.member {
            Some(member) => (article.path.join(&member.path), member.record),
            None => (article.path.clone(), article.record),
        };
        Self::at(&path, record)
    }

    /// The key of the article with this number in the file at `path`, relative to the archive's folder.
    pub fn at(path: &Path, record: u32) -> Self {
        Self {
            file: slashed(path),
            record,
        }
    }

    /// The article's id.
    pub fn id(&self) -> ArticleId {
        ArticleId::new(Path::new(&self.file), self.record)
    }

    /// The same article after its file, or a folder around it, got another path; nothing if it is another's.
    pub fn moved(&self, from: &Path, to: &Path) -> Option<Self> {
        let rest = self.file.strip_prefix(&slashed(from))?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self {
            file: slashed(to) + rest,
            record: self.record,
        })
    }
}

impl fmt::Display for ArticleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.record)
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Where a correction of words holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Wherever the words stand.
    Anywhere,
    /// Wherever they stand in one article.
    Article(ArticleKey),
    /// In one place, which is found again by the text around it when the article changes.
    Place {
        /// The article.
        article: ArticleKey,
        /// What stands before the words, in their line.
        before: String,
        /// What stands behind them.
        after: String,
    },
}

impl Scope {
    /// The place of `span` in a line of an article.
    pub fn place(article: ArticleKey, line: &str, span: Span) -> Self {
        let (before, after) = (line.get(..span.start), line.get(span.end..));
        let before = before.unwrap_or_default();
        let n_left_out = before.chars().count().saturating_sub(AROUND);
        Self::Place {
            article,
            before: before.chars().skip(n_left_out).collect(),
            after: after.unwrap_or_default().chars().take(AROUND).collect(),
        }
    }

    /// The only article that it is about.
    pub fn article(&self) -> Option<&ArticleKey> {
        match self {
            Self::Anywhere => None,
            Self::Article(article) | Self::Place { article, .. } => Some(article),
        }
    }
}

/// A date of publication as the user gave it; in JSON "2023-11-14", "2023-11", "2023", or "unknown".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum GivenDate {
    /// What the file states is none, and no other is known.
    Unknown,
    /// A day, or the first of a month or year of which no more is known.
    Known(Date, DatePrecision),
}

/// Why a text is no [`GivenDate`].
#[derive(Debug, thiserror::Error)]
#[error("neither a day, a month, a year nor “unknown”: {0}")]
pub struct NoDate(String);

impl TryFrom<String> for GivenDate {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        let is_plain = text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
        let precision = match text.split('-').count() {
            _ if text == "unknown" => return Ok(Self::Unknown),
            _ if !is_plain || text.find('-').unwrap_or(text.len()) != "2023".len() => return Err(NoDate(text)),
            1 => DatePrecision::Year,
            2 => DatePrecision::Month,
            _ => DatePrecision::Day,
        };
        let missing = match precision {
            DatePrecision::Year => "-01-01",
            DatePrecision::Month => "-01",
            DatePrecision::Day => "",
        };
        match format!("{text}{missing}").parse() {
            Ok(date) => Ok(Self::Known(date, precision)),
            Err(_) => Err(NoDate(text)),
        }
    }
}

impl From<GivenDate> for String {
    fn from(date: GivenDate) -> Self {
        match date {
            GivenDate::Unknown => "unknown".to_owned(),
            GivenDate::Known(date, DatePrecision::Day) => date.to_string(),
            GivenDate::Known(date, DatePrecision::Month) => date.strftime("%Y-%m").to_string(),
            GivenDate::Known(date, DatePrecision::Year) => date.strftime("%Y").to_string(),
        }
    }
}

/// What the user says that an article's title, date and source are; of what is missing the file's own holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GivenFacts {
    /// The headline; never empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<GivenDate>,
    /// The outlet or agency; empty if none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl GivenFacts {
    /// Whether all is as the file states it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These, and of what they lack what was given before; nothing if they are empty: all is as in the file again.
    pub fn after(self, before: Self) -> Self {
        if self.is_empty() {
            return self;
        }
        Self {
            title: self.title.or(before.title),
            date: self.date.or(before.date),
            source: self.source.or(before.source),
        }
    }

    /// Puts them into an article.
    pub fn apply(&self, article: &mut Article) {
        if let Some(title) = &self.title {
            article.title.clone_from(title);
            article.title_derived = false;
        }
        match self.date {
            None => {}
            Some(GivenDate::Unknown) => article.published = None,
            Some(GivenDate::Known(date, precision)) => {
                article.published = Some(PublicationDate {
                    date,
                    precision,
                    provenance: DateProvenance::User,
                });
            }
        }
        if let Some(source) = &self.source {
            article.source = Some(source.clone()).filter(|it| !it.is_empty());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_much_of_it_as_is_known() {
        for text in ["2023-11-14", "2023-11", "2023", "unknown"] {
            let given: GivenDate = text.to_owned().try_into().unwrap();
            assert_eq!(String::from(given), text);
        }
        for text in ["", "2023-13", "14/11/2023", "2023-11-14-1", "2023-11-14T10:00", "-2023"] {
            assert!(GivenDate::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn an_article_follows_its_file_and_no_other() {
        let key = |file: &str| ArticleKey {
            file: file.to_owned(),
            record: 3,
        };
        let moved = |file, from, to| key(file).moved(Path::new(from), Path::new(to));
        assert_eq!(moved("a/b.txt", "a/b.txt", "c.txt"), Some(key("c.txt")));
        assert_eq!(moved("a/b.zip/x.txt", "a/b.zip", "c.zip"), Some(key("c.zip/x.txt")));
        assert_eq!(moved("a/b.txt2", "a/b.txt", "c.txt"), None);
    }
}

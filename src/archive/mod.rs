//! From files to articles: scan, formats, encodings, segmentation of a scraped text, dates.
//!
//! Reading an article never fails once its bytes are there: it yields an [`Article`] and its [`Problem`]s.
//! The opened folder is never written to. Not useful for remembering what was read: that is the index's business.
//!
//! ```text
//! folder ──scan──▶ file ──read, format──▶ Record ──assemble: segment, date──▶ Article
//! ```
//!
//! | file | is |
//! |---|---|
//! | `scan` | which files a folder holds |
//! | `read` | the way in: one file, and its articles or why there are none |
//! | `rule` | what the user said of how files are read |
//! | `encoding` | bytes to text |
//! | `format/` | a reader for each format, and what chooses and calls them |
//! | `record` | what a reader yields, and the sink that takes it |
//! | `assemble` | record to article |
//! | `segment/` | what each stretch of a text is: title, dateline, paragraph, another's article …, outlets and reporters |
//! | `phrase` | the words by which parts of a page are known |
//! | `repeated` | lines that repeat across a folder and so are the page's |
//! | `date/` | dates in texts: those of publication and those that an article speaks of |
//! | `article`, `origin` | what comes out: the article, and how it was kept in its file |

mod article;
mod assemble;
mod date;
mod encoding;
mod format;
mod origin;
mod phrase;
mod read;
mod record;
mod repeated;
mod rule;
mod scan;
mod segment;

pub use article::{
    Article, ArticleId, DateMention, DatePrecision, DateProvenance, Days, Problem, PublicationDate, Section,
    SectionKind,
};
pub use date::{DateExpression, Resolved, TimeOfDay, Zone, date_mentions, expressions, parse_date};
pub use encoding::TextEncoding;
pub use origin::{FieldRole, Format, Member, Origin};
pub use read::{FileSummary, ReadError, ReadFile, parse, read_article, read_articles, read_file};
pub use repeated::{LineCounter, RepeatedLines};
pub use rule::{FileRule, Reading, ReadingRule, RuleError, RulesError};
pub use scan::{FileEntry, Scan, Unreadable, scan};

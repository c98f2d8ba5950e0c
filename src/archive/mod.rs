//! From files to articles: scan, formats, encodings, segmentation of a scraped text, dates.
//!
//! Reading an article never fails once its bytes are there: it yields an [`Article`] and its [`Problem`]s.
//! The opened folder is never written to.

mod article;
mod assemble;
mod date;
mod encoding;
mod ending;
mod format;
mod headline;
mod opening;
mod origin;
mod outlet;
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

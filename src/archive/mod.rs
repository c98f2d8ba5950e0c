//! From files to articles: scan, formats, encodings, segmentation of a scraped text, dates.
//!
//! Reading an article never fails once its bytes are there: it yields an [`Article`] and its [`Problem`]s.
//! The opened folder is never written to.

mod article;
mod date;
mod encoding;
mod html;
mod markdown;
mod outlet;
mod phrase;
mod read;
mod scan;
mod segment;

pub use article::{
    Article, ArticleId, DateMention, DatePrecision, DateProvenance, Days, Problem, PublicationDate, Section,
    SectionKind,
};
pub use date::{DateExpression, Resolved, TimeOfDay, Zone, date_mentions, expressions, parse_date};
pub use read::{ReadError, ReadFile, parse, read_file};
pub use scan::{FileEntry, Scan, Unreadable, scan};

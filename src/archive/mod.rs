//! From files to articles: scan, formats, encodings, segmentation of a scraped text, publication date.
//!
//! Reading an article never fails once its bytes are there: it yields an [`Article`] and its [`Problem`]s.
//! The opened folder is never written to.

mod article;
mod date;
mod encoding;
mod ending;
mod headline;
mod html;
mod markdown;
mod opening;
mod outlet;
mod phrase;
mod read;
mod repeated;
mod scan;
mod segment;
mod wrapped;

pub use article::{Article, ArticleId, DatePrecision, DateProvenance, Problem, PublicationDate, Section, SectionKind};
pub use date::parse_date;
pub use read::{ReadError, ReadFile, parse, read_file};
pub use scan::{FileEntry, Scan, Unreadable, scan};

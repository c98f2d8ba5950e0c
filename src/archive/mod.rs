//! From files to articles: scan, formats, encodings, segmentation of a scraped text, publication date.
//!
//! Reading an article never fails once its bytes are there: it yields an [`Article`] and its [`Problem`]s.
//! The opened folder is never written to.

pub mod article;

pub use article::{Article, ArticleId, DatePrecision, DateProvenance, Problem, PublicationDate, Section, SectionKind};

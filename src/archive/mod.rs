//! From files to articles: scan, formats, encodings, segmentation of a scraped text, dates.
//!
//! Reading an article never fails once its bytes are there: it yields an [`Article`] and its [`Problem`]s.
//! The opened folder is never written to. Not for remembering what was read: the index does that.
//!
//! ```text
//! folder ──scan──▶ file ──read, format──▶ Record ──assemble: segment, date──▶ Article
//! ```
//!
//! | file | is |
//! |---|---|
//! | `scan`, `names`, `left_out` | lists the files of a folder; what a name says; why something is not read by choice |
//! | `read` | the entry point: from one file to its articles, or why there are none |
//! | `budget` | what a file may cost, and who may stop its reading |
//! | `rule` | the user's rules of how files are read |
//! | `encoding` | bytes to text |
//! | `format/` | a reader for each format, and the dispatcher that chooses one |
//! | `record` | what a reader yields, and the sink that takes it |
//! | `recognition/` | the text of scanned pages, by another program |
//! | `reason` | why something was not read |
//! | `assemble` | record to article |
//! | `segment/` | what each stretch of a text is: title, dateline, paragraph, another's article …, outlets and reporters |
//! | `phrase` | the words by which parts of a page are recognised |
//! | `placeholder` | what stands in a field of which nothing is known |
//! | `repeated` | lines that repeat across a folder and so are the page's |
//! | `date/` | dates in texts: those of publication and those that an article mentions |
//! | `bound` | how far readers follow a file |
//! | `pictures/` | what an article is illustrated with: where it stands, its captions, its bytes |
//! | `original` | the file, member or message that an article was read from, for another program |
//! | `article`, `origin` | the result: the article, and how its file stored it |

mod article;
mod assemble;
mod bound;
mod budget;
mod date;
mod encoding;
mod format;
mod left_out;
mod names;
mod origin;
mod original;
mod phrase;
mod pictures;
mod placeholder;
mod read;
mod reason;
mod recognition;
mod record;
mod repeated;
mod rule;
mod scan;
mod segment;

pub use article::{
    Article, ArticleId, DateMention, DatePrecision, DateProvenance, Days, MOST_WORDS, PageStart, Problem,
    PublicationDate, Section, SectionKind,
};
pub use bound::Bound;
pub use budget::{Allowance, Budget, Halt, Patience, Recognition};
pub use date::{DateExpression, ResolvedDays, TimeOfDay, Zone, date_mentions, expressions, parse_date};
pub use encoding::TextEncoding;
pub use left_out::{Crawled, LeftOut};
pub use names::may_be_scan;
pub use origin::{FieldRole, Format, Member, Origin};
pub use original::Original;
pub use pictures::{MOST_BYTES as MOST_PICTURE_BYTES, Picture, PictureFault, PictureFiles, PictureSource};
pub use read::{
    FileSummary, ReadError, ReadFile, parse, read_article, read_article_within, read_articles, read_articles_within,
    read_file, read_original,
};
pub use reason::{Damage, Reason, RecogniserLack, SystemFault, Unsupported};
pub use recognition::Tesseract;
pub use repeated::{LineCounter, RepeatedLines};
pub use rule::{FileRule, Reading, ReadingRule, RuleError, RulesError};
pub use scan::{FileEntry, LeftOutFile, Scan, Unreadable, scan, scan_with};

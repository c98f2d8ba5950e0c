//! The index: which articles hold which words, names, sources and dates.
//!
//! The only module that knows tantivy. [`Index`] is the index on disk, [`Writer`] changes it, [`Searcher`] queries one
//! state of it. It is also the only record of which files were read ([`Searcher::files`]), so the two cannot disagree.
//! Not for reading archives: it takes articles as they are given.
//!
//! ```
//! # use std::path::{Path, PathBuf};
//! use fihrist::archive;
//! use fihrist::index::{Index, IndexedFile, SearchRequest};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = tempfile::tempdir()?;
//! # let dir = dir.path();
//! let index = Index::open(dir)?;
//! let path = Path::new("news/bridge.txt");
//! let articles = archive::parse(path, "افتتاح الجسر\n\nقال الوزير إن الجسر جاهز.".as_bytes());
//! let file = IndexedFile {
//!     path: path.to_owned(),
//!     size: 70,
//!     modified_nanos: 0,
//!     content_hash: 1,
//!     reading: 0,
//!     unreadable: Vec::new(),
//! };
//! let mut writer = index.writer()?;
//! let articles: Vec<_> = articles.into_iter().map(|article| (article, Vec::new())).collect();
//! writer.add_file(&file, &articles)?;
//! writer.finish()?;
//!
//! let searcher = index.searcher()?;
//! let request = SearchRequest {
//!     query_text: "جسور ".to_owned(),
//!     ..SearchRequest::default()
//! };
//! let page = searcher.search_to_end(&request)?;
//! assert_eq!(page.articles.len(), 1);
//! assert!(page.incomplete.is_none());
//! for hit in searcher.hits(&page, 0..1, &request) {
//!     assert_eq!(hit?.title, "افتتاح الجسر");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | file | is |
//! |---|---|
//! | `request`, `facet` | plain questions and answers |
//! | `stored` | what the index hands out of the files and articles it stores |
//! | `error`, `damage` | what can go wrong; the suspicion that the index is damaged |
//! | `sealed`, `check` | the list of segments with their checksums; comparing these, and leaving out what is damaged |
//! | `schema`, `values` | the fields of the index; how dates, names and paths are encoded in them |
//! | `analysis`, `compact` | the words of a text as they are indexed; the text itself, compressed |
//! | `write`, `document` | adding articles to the index; an article on its way into it |
//! | `read_only` | an index that cannot be written to |
//! | `parts` | what is read of an index apart from searching: damaged parts, replaced indexes |
//! | `purge` | takes forgotten files out of the index for good |
//! | `numbers`, `columns` | lists of numbers as bytes; what every search needs of every article |
//! | `story` | which articles are nearly the same text |
//! | `marked` | which articles the user marked, beside the index |
//! | `arrivals` | when articles first came, whatever became of the index since |
//! | `snapshot` | one state of the index with its entities and stories |
//! | `query` | from what was typed, through what it means, to tantivy's queries |
//! | `search` | matches, filters, counts, sorts and reads rows |
//! | `ask` | completions, pages of entities, who appears with whom, similar articles, differences, suggestions where nothing was found |
//! | `kwic` | the words found, each in its line |
//! | `searcher`, `store` | the two doors: querying one state; opening the index and handing out states |

mod analysis;
mod arrivals;
mod ask;
mod check;
mod columns;
mod compact;
mod damage;
mod document;
mod error;
mod facet;
mod kwic;
mod marked;
mod numbers;
mod parts;
mod purge;
mod query;
mod read_only;
mod request;
mod schema;
mod sealed;
mod search;
mod searcher;
mod snapshot;
mod store;
mod stored;
mod story;
mod values;
mod write;

pub use arrivals::{Arrivals, ArticleContent, Moment};
pub use ask::completion::{Completion, CompletionKind};
pub use ask::difference::{Difference, DifferenceSide};
pub use ask::entity_page::{Appearance, Companion, Compared, EntityPage, FoundEntity, MonthCount, RoleCount};
pub use ask::identical::IdenticalCopy;
pub use ask::network::{Network, NetworkLink, NetworkName};
pub use ask::preview::{CorrectionPreview, EntitySummary};
pub use ask::quote::Quote;
pub use ask::usual::{Respelled, UsualSpelling};
pub use check::{Checked, Damage};
pub use error::{IndexError, OpenError, SearchError, WriteError};
pub use facet::{Facet, FacetCount, FacetCounts, FacetFilter, FacetOrder};
pub use kwic::{Concordance, KwicLine, KwicSort, LineAt, MOST_LINES, Place};
pub use marked::MarkKind;
pub use parts::{EarlierIndex, Part, PartReader, PartRow, is_begun};
pub use query::parse::period_of;
pub use request::{
    Cancelled, Change, DayCount, Filters, Hit, HitOrder, NothingFound, Period, QueryUnderstood, ResultPage, RowKind,
    SearchRequest, SimilarTo, Snippet, StoryCopy, Unmet, WayOut,
};
pub use searcher::Searcher;
pub use store::{DerivedFile, Index, MOST_CHECKED};
pub use stored::{FullArticle, FullOptions, IndexedFile, StoredArticle};
pub use write::Writer;

#[cfg(test)]
mod tests;

//! What is asked of the index, and what it answers: plain data that travels between threads.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::arabic::Span;
use crate::archive::{ArticleId, PublicationDate};

use super::error::SearchError;
use super::facet::{Facet, FacetCounts, FacetFilter};

/// Whether an answer is no longer wanted; asked from several threads, again and again.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// Everything that decides which articles are shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SearchRequest {
    /// What stands in the search field.
    pub query_text: String,
    /// What was chosen in the facet panel and on the timeline.
    pub filters: Filters,
    /// The order of the hits.
    pub order: HitOrder,
    /// The article that those found are to be like; it is not among them.
    pub similar_to: Option<SimilarTo>,
    /// Whether of each story one article is listed: the one that comes first in the order asked for.
    pub by_stories: bool,
    /// Whether facets and timeline count stories instead of articles. A story counts once for a value that any of its
    /// articles has, and on the timeline on its first day.
    pub counts_stories: bool,
    /// Whether articles whose date was only inferred count as undated.
    pub without_inferred: bool,
    /// Whether words have to be spelled as they were typed: hamza, ة and ه, ى and ي count.
    pub as_typed: bool,
}

/// The article that others are to be like.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SimilarTo {
    /// The article.
    pub article: ArticleId,
    /// Its title as it was shown when it was chosen.
    pub title: String,
}

/// What was chosen in the facet panel and on the timeline.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Filters {
    /// The chosen facet values, in the order in which they were chosen.
    ///
    /// Several values of one facet: all are required, unless [`Filters::takes_any`] of the facet.
    pub values: Vec<FacetFilter>,
    /// The facets of which any of the required values is enough.
    #[serde(default)]
    pub any_of: Vec<Facet>,
    /// The brushed period.
    pub period: Option<Period>,
}

impl Filters {
    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.period.is_none()
    }

    /// Whether any of a facet's required values is enough; always where an article has only one.
    pub fn takes_any(&self, facet: Facet) -> bool {
        facet.has_one_value() || self.any_of.contains(&facet)
    }
}

/// A period of publication, or the articles without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Period {
    /// From the first day through the last one.
    Days {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// The articles that state no date.
    Undated,
    /// The articles whose date is not stated, but follows from what the text says.
    Inferred,
}

/// The order of the hits. Ties are in the order of paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum HitOrder {
    /// The best match first; without words to match, the newest first.
    #[default]
    Relevance,
    /// The newest first, undated articles last.
    Newest,
    /// The oldest first, undated articles last.
    Oldest,
    /// By title, in the order of the alphabet: see [`sort_key`](crate::arabic::sort_key). Of longer titles only the
    /// first 32 letters count.
    Title,
    /// By source, in the order of the alphabet; of one source the newest first; articles without source last.
    Source,
}

/// A query as it was understood, in words; empty for an empty query. What was typed stands in isolates, so that it
/// keeps its direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryUnderstood {
    /// In Arabic.
    pub arabic: String,
    /// In English.
    pub english: String,
}

/// The answer to a [`SearchRequest`], complete but for the rows: see `Searcher::hits`.
#[derive(Clone, Debug, Default)]
pub struct ResultPage {
    /// The query as it was understood.
    pub query_understood: QueryUnderstood,
    /// The chosen values of the request, under the facets, ids and names that they have now; one for each.
    pub chosen: Vec<FacetFilter>,
    /// The rows of the list: every article found, or one of each story ([`SearchRequest::by_stories`]), in the order
    /// asked for.
    pub articles: Arc<[ArticleId]>,
    /// The other articles of the stories that have one row, in the order of rows and then in the order asked for.
    pub copies: Arc<[StoryCopy]>,
    /// The stories whose other articles have rows of their own below their first: that row and the number of those
    /// below it, in the order of rows.
    pub unfolded: Vec<(usize, usize)>,
    /// How many articles were found, copies included.
    pub n_articles: u64,
    /// For each facet of [`Facet::ALL`] its values, by falling count, then by name. Counted with all filters but the
    /// facet's own where any value is enough ([`Filters::takes_any`]), else within the result.
    pub facets: Vec<FacetCounts>,
    /// Whether people, organisations and places are still being found out, so that theirs are not complete.
    pub names_pending: bool,
    /// The days with articles, in order; counted with all filters but the period.
    pub timeline: Arc<[DayCount]>,
    /// The articles without a date, counted with all filters but the period.
    pub undated: u64,
    /// The first and the last day on which any article of the archive was published; nothing if none is dated.
    pub extent: Option<(Date, Date)>,
    /// The same without the half per cent of dates at either end that are the most unusual, and mostly mistaken.
    pub usual_extent: Option<(Date, Date)>,
    /// Why nothing was found; empty if something was, or if the answer is incomplete.
    pub nothing_found: NothingFound,
    /// Why articles may be missing that the request asks for: a part of the index could not be read.
    pub incomplete: Option<SearchError>,
    /// How long the search took.
    pub millis: f64,
}

/// An article that is listed under another one, which is nearly the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryCopy {
    /// The row of the other one.
    pub row: usize,
    /// The article.
    pub article: ArticleId,
}

/// What a row of a [`ResultPage`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// An article that is not listed under another one and has none listed under it.
    Article,
    /// The first article of a story.
    Story {
        /// How many others there are.
        n_copies: usize,
        /// Whether they have the rows below it.
        is_unfolded: bool,
    },
    /// Another article of the story above it.
    Copy {
        /// The row of the story's first article.
        of: usize,
    },
}

impl ResultPage {
    /// What a row is.
    pub fn row_kind(&self, row: usize) -> RowKind {
        let before = self.unfolded.partition_point(|&(first, _)| first <= row);
        if let Some(&(first, n_copies)) = before.checked_sub(1).and_then(|idx| self.unfolded.get(idx))
            && row <= first + n_copies
        {
            return match row == first {
                true => RowKind::Story {
                    n_copies,
                    is_unfolded: true,
                },
                false => RowKind::Copy { of: first },
            };
        }
        match self.copies_of(row).len() {
            0 => RowKind::Article,
            n_copies => RowKind::Story {
                n_copies,
                is_unfolded: false,
            },
        }
    }

    /// The articles that are listed under a row, or were before it was unfolded; in the order asked for.
    pub fn others_of_story(&self, row: usize) -> Vec<ArticleId> {
        match self.row_kind(row) {
            RowKind::Story {
                n_copies,
                is_unfolded: true,
            } => self.articles[row + 1..=row + n_copies].to_vec(),
            RowKind::Story { .. } => self.copies_of(row).iter().map(|copy| copy.article).collect(),
            RowKind::Article | RowKind::Copy { .. } => Vec::new(),
        }
    }

    /// The page with the others of a row's story in rows below it, or without them if they are there; the same page if
    /// the row has none.
    pub fn with_story_toggled(&self, row: usize) -> Self {
        let (n_copies, unfolds) = match self.row_kind(row) {
            RowKind::Story { n_copies, is_unfolded } => (n_copies, !is_unfolded),
            RowKind::Article | RowKind::Copy { .. } => return self.clone(),
        };
        let others = self.others_of_story(row);
        let (above, below) = self.articles.split_at(row + 1);
        let below = if unfolds { below } else { &below[n_copies..] };
        let moved = |it: usize| match (it <= row, unfolds) {
            (true, _) => it,
            (false, true) => it + n_copies,
            (false, false) => it - n_copies,
        };
        let listed: &[ArticleId] = if unfolds { &others } else { &[] };
        let hidden = others
            .iter()
            .filter(|_| !unfolds)
            .map(|&article| StoryCopy { row, article });
        let mut copies: Vec<StoryCopy> = self.copies.iter().filter(|copy| copy.row != row).copied().collect();
        let at = copies.partition_point(|copy| copy.row < row);
        copies.splice(at..at, hidden);
        for copy in &mut copies {
            copy.row = moved(copy.row);
        }
        let mut unfolded: Vec<(usize, usize)> = self.unfolded.iter().filter(|it| it.0 != row).copied().collect();
        for (first, _) in &mut unfolded {
            *first = moved(*first);
        }
        if unfolds {
            let at = unfolded.partition_point(|&(first, _)| first < row);
            unfolded.insert(at, (row, n_copies));
        }
        Self {
            articles: [above, listed, below].concat().into(),
            copies: copies.into(),
            unfolded,
            ..self.clone()
        }
    }

    fn copies_of(&self, row: usize) -> &[StoryCopy] {
        let start = self.copies.partition_point(|copy| copy.row < row);
        let end = self.copies.partition_point(|copy| copy.row <= row);
        &self.copies[start..end]
    }
}

/// How many articles were published on a day. What is dated by its month or year only counts on its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: Date,
    /// The number of articles.
    pub articles: u64,
    /// How many of them have a date that was only inferred.
    pub inferred: u64,
}

/// Why nothing was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NothingFound {
    /// The pieces of the query that no article of the archive holds, in the order of the query.
    pub missing: Vec<QueryUnderstood>,
    /// What would find something, the nearest first.
    pub ways: Vec<WayOut>,
}

/// A change of a request that finds something.
#[derive(Clone, Debug, PartialEq)]
pub struct WayOut {
    /// What is changed.
    pub change: Change,
    /// The number of articles that are found then.
    pub articles: u64,
}

/// What is changed in a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A word is spelled as another one.
    Spelling {
        /// The other word.
        word: String,
        /// The query with it.
        query_text: String,
    },
    /// A chosen value is dropped, by its place in `Filters::values`.
    WithoutFilter(usize),
    /// The period is dropped.
    WithoutPeriod,
    /// A piece of the query is dropped.
    WithoutPart {
        /// What the piece asked for.
        part: QueryUnderstood,
        /// The query without it.
        query_text: String,
    },
    /// Any of the words is enough.
    AnyWord {
        /// The query that asks so.
        query_text: String,
    },
}

/// What a row of the list shows of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
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
    /// How well it matches; 0 without words to match.
    pub score: f32,
    /// The number of articles of its story in the whole archive, itself included.
    pub story_size: u64,
    /// The number of different sources among the articles that its row stands for.
    pub n_sources: u64,
    /// The words searched for that stand in `title`.
    pub title_matches: Vec<Span>,
    /// The piece of the body that shows why it was found.
    pub snippet: Snippet,
}

/// A fragment of an article's body with the words that were searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The fragment, with «…» where the body goes on; one line.
    pub text: String,
    /// The words searched for, in `text`, in order.
    pub matches: Vec<Span>,
}

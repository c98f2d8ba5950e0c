//! Requests to the index and its answers: plain data that travels between threads.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::arabic::Span;
use crate::archive::{ArticleId, PublicationDate};
use crate::entities::EntityId;

use super::arrivals::Moment;
use super::error::SearchError;
use super::facet::{Facet, FacetCounts, FacetFilter};

/// Whether an answer is no longer wanted; called often, from several threads.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

/// Everything that decides which articles are shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SearchRequest {
    /// The text of the search field; any text is a valid query.
    pub query_text: String,
    /// What was chosen in the facet panel and on the timeline.
    pub filters: Filters,
    /// The order of the hits.
    pub order: HitOrder,
    /// Finds articles like this one, which is not among them.
    pub similar_to: Option<SimilarTo>,
    /// Whether only one article of each story is listed: the first in `order`.
    pub by_stories: bool,
    /// Whether facets and timeline count stories instead of articles. A story counts once for a value that any of its
    /// articles has, and on the timeline on its first day.
    pub counts_stories: bool,
    /// Whether articles whose date was only inferred count as undated.
    pub without_inferred: bool,
    /// Whether words must be spelled as typed: hamza, ة and ه, ى and ي count.
    pub as_typed: bool,
}

/// A condition of a query that no article meets, whatever else is asked for; excluding it excludes nothing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "unmet", rename_all = "snake_case")]
pub enum Unmet {
    /// No value of a facet is called so.
    NoValue {
        /// Whose values were searched.
        facet: Facet,
        /// What was typed.
        value: String,
        /// The values with the most similar names, the most similar first.
        nearest: Vec<String>,
    },
    /// No operator is called so.
    NoOperator {
        /// What was typed before the colon.
        name: String,
        /// The operators with the most similar names, the most similar first.
        nearest: Vec<String>,
    },
    /// What should be a date is none.
    NoDate(String),
}

/// The article that others are compared with.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SimilarTo {
    /// The article's id.
    pub article: ArticleId,
    /// Its title as it was shown when it was chosen.
    pub title: String,
}

/// What was chosen in the facet panel and on the timeline.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Filters {
    /// The chosen facet values, in the order in which they were chosen.
    ///
    /// All values of a facet are required, unless [`Filters::takes_any`] says that any one will do.
    pub values: Vec<FacetFilter>,
    /// The facets for which the user lets any of the required values do.
    #[serde(default)]
    pub any_of: Vec<Facet>,
    /// The period brushed on the timeline.
    pub period: Option<Period>,
    /// Only articles that first came into the archive after this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_since: Option<Moment>,
}

impl Filters {
    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.period.is_none() && self.new_since.is_none()
    }

    /// Whether any one of a facet's required values is enough, by the user's choice or always.
    pub fn takes_any(&self, facet: Facet) -> bool {
        facet.always_takes_any() || self.any_of.contains(&facet)
    }
}

/// A period of publication, or the articles without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Period {
    /// From the first day to the last, inclusive.
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

/// The order of the hits; ties are in the order of paths.
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

/// A query as it was understood, in words; empty for an empty query. What was typed is enclosed in bidi isolates, so
/// that it keeps its direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryUnderstood {
    /// In Arabic.
    pub arabic: String,
    /// In English.
    pub english: String,
}

/// The answer to a [`SearchRequest`], except for the rows, which `Searcher::hits` reads.
#[derive(Clone, Debug, Default)]
pub struct ResultPage {
    /// The query as it was understood.
    pub query_understood: QueryUnderstood,
    /// The conditions of the query that no article meets, in its order.
    pub unmet: Vec<Unmet>,
    /// The chosen values of the request, under the facets, ids and names that they have now; one for each.
    pub chosen: Vec<FacetFilter>,
    /// The people, organisations and places that are asked for, chosen or by an operator of the query, in the order of the
    /// registry.
    pub named: Arc<[EntityId]>,
    /// The rows of the list: every article found, or one of each story ([`SearchRequest::by_stories`]), in the
    /// requested order.
    pub articles: Arc<[ArticleId]>,
    /// The other articles of the stories that have one row, in the order of rows and then in the requested order.
    pub copies: Arc<[StoryCopy]>,
    /// The stories whose other articles have rows of their own below their first: that row and the number of those
    /// below it, in the order of rows.
    pub unfolded: Vec<(usize, usize)>,
    /// How many articles were found, copies included.
    pub n_articles: u64,
    /// For each facet of [`Facet::ALL`] its values, by falling count, then by name. Counted with all filters but the
    /// facet's own where any value is enough ([`Filters::takes_any`]), else within the result.
    pub facets: Vec<FacetCounts>,
    /// Whether names are still being resolved, so that the counts of people, organisations and places are incomplete.
    pub names_pending: bool,
    /// The days with articles, in order; counted with all filters but the period.
    pub timeline: Arc<[DayCount]>,
    /// The articles without a date, counted with all filters but the period.
    pub undated: u64,
    /// The first and the last day on which any article of the archive was published; `None` if none is dated.
    pub extent: Option<(Date, Date)>,
    /// The same without the half per cent of dates at either end that are the most unusual, and mostly mistaken.
    pub usual_extent: Option<(Date, Date)>,
    /// Why nothing was found; empty if something was found, or if the answer is incomplete.
    pub nothing_found: NothingFound,
    /// Why matching articles may be missing: a part of the index could not be read. Others were found then: an incomplete
    /// answer without any is an error instead.
    pub incomplete: Option<SearchError>,
    /// The duration of the search, in milliseconds.
    pub millis: f64,
}

/// An article that is listed under another one, which is nearly the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryCopy {
    /// The row of the article that it is listed under.
    pub row: usize,
    /// The copy's id.
    pub article: ArticleId,
}

/// What a row of a [`ResultPage`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// An article that is not listed under another one and has none listed under it.
    Article,
    /// The first article of a story.
    Story {
        /// The number of its other articles.
        n_copies: usize,
        /// Whether those have the rows below.
        is_unfolded: bool,
    },
    /// Another article of the story above it.
    Copy {
        /// The row of the story's first article.
        of: usize,
    },
}

impl ResultPage {
    /// Whether an article was found, in a row of its own or as one of a story.
    pub fn holds(&self, article: ArticleId) -> bool {
        self.articles.contains(&article) || self.copies.iter().any(|it| it.article == article)
    }

    /// Whether a row is an article, a story, or another article of the story above.
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

    /// The articles that are listed under a row, or were before it was unfolded; in the requested order.
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
    /// The day of publication, or the first of the month or year.
    pub day: Date,
    /// The number of articles dated to it.
    pub articles: u64,
    /// How many of them have a date that was only inferred.
    pub inferred: u64,
}

/// Why nothing was found, and what to change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NothingFound {
    /// The pieces of the query that no article of the archive holds, in the order of the query.
    pub missing: Vec<QueryUnderstood>,
    /// Changes that would find something, those closest to the request first.
    pub ways: Vec<WayOut>,
}

/// A change of a request that finds something.
#[derive(Clone, Debug, PartialEq)]
pub struct WayOut {
    /// The change to make.
    pub change: Change,
    /// The number of articles that it finds.
    pub articles: u64,
}

/// A single change to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another spelling of a word.
    Spelling {
        /// The word to use instead.
        word: String,
        /// The whole query with it.
        query_text: String,
    },
    /// A chosen value is dropped, by its place in `Filters::values`.
    WithoutFilter(usize),
    /// The period is dropped.
    WithoutPeriod,
    /// A piece of the query is dropped.
    WithoutPart {
        /// The piece, in words.
        part: QueryUnderstood,
        /// The whole query without it.
        query_text: String,
    },
    /// Any of the words is enough.
    AnyWord {
        /// The whole query, with OR between its words.
        query_text: String,
    },
}

/// An article as a row of the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article's id.
    pub article: ArticleId,
    /// The file, relative to the archive's folder.
    pub path: PathBuf,
    /// The number of the article in its file, from 0.
    pub record: u32,
    /// The headline, stated or derived.
    pub title: String,
    /// Whether the file states no headline.
    pub title_derived: bool,
    /// The date of publication, if it states or implies one.
    pub published: Option<PublicationDate>,
    /// The outlet or agency, as spelled in the file.
    pub source: Option<String>,
    /// The address on the web that its file states for it; it begins with «http://» or «https://».
    pub address: Option<String>,
    /// Whether its text was recognised in pictures of pages.
    pub is_recognised: bool,
    /// The BM25 score; 0 without words to match.
    pub score: f32,
    /// The number of articles of its story in the whole archive, itself included.
    pub story_size: u64,
    /// The number of different sources among the articles that the row represents.
    pub n_sources: u64,
    /// How many of the other articles of a story that a row represents have the same words in the same order; of a copy
    /// whether it has those of the story's first. Only the first few are compared.
    pub n_identical: u64,
    /// The matched words, as spans of `title`, in order.
    pub title_matches: Vec<Span>,
    /// The places that name who or what is asked for, as spans of `title`, in order.
    pub title_names: Vec<Span>,
    /// The fragment of the body that shows why it was found.
    pub snippet: Snippet,
}

/// A fragment of an article's body with the matched words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Snippet {
    /// The fragment, with «…» where the body goes on; one line.
    pub text: String,
    /// The matched words, as spans of `text`, in order.
    pub matches: Vec<Span>,
    /// The places that name who or what is asked for, as spans of `text`, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Span>,
}

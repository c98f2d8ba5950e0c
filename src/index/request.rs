//! What is asked of the index, and what it answers.

use jiff::civil::Date;

use crate::arabic::Span;
use crate::archive::{ArticleId, PublicationDate};
use crate::entities::EntityKind;

use super::nothing_found::NothingFound;

/// Everything that decides which articles are shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchRequest {
    /// What stands in the search field.
    pub query_text: String,
    /// What was chosen in the facet panel and on the timeline.
    pub filters: Filters,
    /// The order of the hits.
    pub order: HitOrder,
    /// Whether articles whose date was only inferred count as undated.
    pub without_inferred: bool,
    /// Whether words have to be spelled as they were typed: hamza, ة and ه, ى and ي count.
    pub as_typed: bool,
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

    /// Whether any of a facet's required values is enough. Of [`Facet::Source`] an article has only one.
    pub fn takes_any(&self, facet: Facet) -> bool {
        facet == Facet::Source || self.any_of.contains(&facet)
    }
}

/// One chosen value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct FacetFilter {
    /// The facet.
    pub facet: Facet,
    /// The [`FacetCount::id`] of the value.
    pub id: String,
    /// Its name as it was shown when it was chosen.
    pub name: String,
    /// Whether articles with the value are left out instead of required.
    pub excluded: bool,
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
}

/// A dimension in which articles are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// People.
    Person,
    /// Organisations.
    Organisation,
    /// Places.
    Place,
    /// Outlets and agencies.
    Source,
    /// The keywords that the outlets gave.
    Keyword,
    /// The months and years that the articles speak of: "2023-10" for what is named to the day or the month, "2023" for
    /// what is named by its year.
    Date,
}

impl Facet {
    /// All facets, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Organisation,
        Self::Place,
        Self::Source,
        Self::Keyword,
        Self::Date,
    ];

    /// The facet of the entities of a kind.
    pub fn of_kind(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organisation => Self::Organisation,
            EntityKind::Place => Self::Place,
        }
    }
}

/// How many articles of a result have a value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FacetCount {
    /// Names the value, the same after re-indexing.
    pub id: String,
    /// What is shown.
    pub name: String,
    /// The number of articles; each counts once.
    pub articles: u64,
    /// The spelling by which it was found, where the name does not hold what was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelling: Option<String>,
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
    /// Every article found, in the order asked for.
    pub articles: std::sync::Arc<[ArticleId]>,
    /// For each facet of [`Facet::ALL`] its values, by falling count, then by name. Counted with all filters but the
    /// facet's own where any value is enough ([`Filters::takes_any`]), else within the result.
    pub facets: Vec<FacetCounts>,
    /// Whether people, organisations and places are still being found out, so that theirs are not complete.
    pub names_pending: bool,
    /// The months with articles, in order; counted with all filters but the period.
    pub timeline: Vec<MonthCount>,
    /// The articles without a date, counted with all filters but the period.
    pub undated: u64,
    /// Why nothing was found; empty if something was.
    pub nothing_found: NothingFound,
    /// How long the search took.
    pub millis: f64,
}

/// The values of one facet.
#[derive(Clone, Debug)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// The most frequent values (all that are chosen are among them), by falling count, then by name.
    pub values: Vec<FacetCount>,
    /// How many different values there are, those beyond `values` included.
    pub n_values: usize,
}

/// How many articles were published in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthCount {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
    /// The number of articles.
    pub articles: u64,
}

/// What a row of the list shows of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// The file, relative to the archive's folder.
    pub path: std::path::PathBuf,
    /// Which article of the file, from 0.
    pub record: u32,
    /// The headline.
    pub title: String,
    /// Whether the file states no headline.
    pub title_derived: bool,
    /// When it was published.
    pub published: Option<PublicationDate>,
    /// The outlet or agency.
    pub source: Option<String>,
    /// How well it matches; 0 without words to match.
    pub score: f32,
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

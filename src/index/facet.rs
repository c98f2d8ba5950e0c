//! Facets: the dimensions in which articles are counted and narrowed.
//!
//! Plain questions and answers; [`super::search::facets`] counts.

use crate::entities::EntityKind;

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
    /// The languages that the articles are written in, by their codes: see [`language`](crate::arabic::language()).
    Language,
    /// The folders that the articles' files are in; an article counts in each that is around its file.
    Folder,
    /// How the articles are kept, by the names of [`Format`](crate::archive::Format).
    Format,
}

impl Facet {
    /// All facets, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Organisation,
        Self::Place,
        Self::Source,
        Self::Keyword,
        Self::Date,
        Self::Language,
        Self::Folder,
        Self::Format,
    ];

    /// The facet of the entities of a kind.
    pub fn of_kind(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organisation => Self::Organisation,
            EntityKind::Place => Self::Place,
        }
    }

    /// Whether an article has at most one value of it. Of folders it has several, but one would never require two.
    pub fn has_one_value(self) -> bool {
        matches!(self, Self::Source | Self::Language | Self::Folder | Self::Format)
    }

    /// The kind of entity that the facet counts; nothing for facets of texts.
    pub fn entity_kind(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Organisation => Some(EntityKind::Organisation),
            Self::Place => Some(EntityKind::Place),
            Self::Source | Self::Keyword | Self::Date | Self::Language | Self::Folder | Self::Format => None,
        }
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

/// The order of a facet's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum FacetOrder {
    /// By falling count, then by name.
    #[default]
    Count,
    /// By name, in the order of the alphabet: see [`sort_key`](crate::arabic::sort_key).
    Name,
}

/// How many articles of a result have a value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FacetCount {
    /// Names the value, the same after re-indexing.
    pub id: String,
    /// The spelling that is shown: of an entity its name, else the most frequent one.
    pub name: String,
    /// The number of articles; each counts once.
    pub articles: u64,
    /// The spelling by which it was found, where the name does not hold what was looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelling: Option<String>,
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

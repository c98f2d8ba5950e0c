//! Facets: the dimensions in which articles are counted and narrowed.
//!
//! Plain data; [`super::search::facets`] does the counting.

use crate::entities::EntityKind;

/// A dimension in which articles are counted and by which they are filtered.
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
    /// The months and years that the articles mention: "2023-10" for days and months, "2023" for a bare year.
    Date,
    /// The languages of the articles, by ISO 639-3 code: see [`language`](crate::arabic::language()).
    Language,
    /// The folders that the articles' files are in; an article counts in each ancestor of its file.
    Folder,
    /// The formats of the files, by the names of [`Format`](crate::archive::Format).
    Format,
    /// What the user marked: by the ids of [`MarkKind`](super::marked::MarkKind), and the user's tags.
    Mark,
}

impl Facet {
    /// All facets, in the order in which they are shown; a test looks for variants that are missing.
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::Organisation,
        Self::Place,
        Self::Source,
        Self::Keyword,
        Self::Date,
        Self::Language,
        Self::Folder,
        Self::Format,
        Self::Mark,
    ];

    /// The facet of the entities of a kind.
    pub fn of_kind(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organisation => Self::Organisation,
            EntityKind::Place => Self::Place,
        }
    }

    /// Whether several required values of it always mean any of them, so that the user is not asked whether all are meant:
    /// an article has one source, language and format, and of its folders, one inside the other, nobody requires two.
    pub fn always_takes_any(self) -> bool {
        match self {
            Self::Source | Self::Language | Self::Folder | Self::Format => true,
            Self::Person | Self::Organisation | Self::Place | Self::Keyword | Self::Date | Self::Mark => false,
        }
    }

    /// The kind of entity that the facet counts; `None` for facets of texts.
    pub fn entity_kind(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Organisation => Some(EntityKind::Organisation),
            Self::Place => Some(EntityKind::Place),
            Self::Source | Self::Keyword | Self::Date | Self::Language | Self::Folder | Self::Format | Self::Mark => {
                None
            }
        }
    }
}

/// One chosen value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct FacetFilter {
    /// Whose value it is.
    pub facet: Facet,
    /// The value, as [`FacetCount::id`].
    pub id: String,
    /// Its name as it was shown when it was chosen.
    pub name: String,
    /// Whether articles with the value are excluded instead of required.
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
    /// Identifies the value; stable under re-indexing.
    pub id: String,
    /// The spelling to show: an entity's name, else the most frequent spelling.
    pub name: String,
    /// In articles; an article counts once however often it has the value.
    pub articles: u64,
    /// The spelling that matched, where the name itself does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelling: Option<String>,
}

/// The values of one facet, with their counts.
#[derive(Clone, Debug)]
pub struct FacetCounts {
    /// Whose values these are.
    pub facet: Facet,
    /// The most frequent values, and all that are chosen, by falling count, then by name.
    pub values: Vec<FacetCount>,
    /// The number of distinct values, including those that are not in `values`.
    pub n_values: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_listed() {
        // The error about an unknown variant names all that there are.
        let err = serde_json::from_str::<Facet>("\"?\"").unwrap_err().to_string();
        let (_, expected) = err.split_once("expected one of ").unwrap();
        let variants: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let listed = serde_json::to_value(Facet::ALL).unwrap();
        assert_eq!(serde_json::json!(variants), listed, "`Facet` and `Facet::ALL`");
    }
}

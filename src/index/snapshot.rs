//! The content of the index at one moment, and the entities that its names refer to.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use crate::entities::{
    Corrections, EntityIdx, KeptFindings, KnownIds, NameNumber, NamedArticles, Registry, Resolution,
};
use crate::marks::Marks;

use super::columns::Columns;
use super::columns::names::EarlierNumbers;
use super::columns::stored::ValueColumn;
use super::error::IndexError;
use super::facet::Facet;
use super::marked::MarkedRows;
use super::numbers::{ValuesBuilder, ValuesByRow};
use super::request::{ResultPage, SearchRequest};
use super::story::Stories;

/// An immutable state of the index and of what its names refer to.
pub(super) struct Snapshot {
    /// The content of the index; shared with the next snapshot when only names are corrected.
    columns: Arc<Columns>,
    /// Resolves names to entities, corrected by the user.
    pub registry: Arc<Registry>,
    /// The entities of each row, as indices into the registry, each once.
    pub entities: ValuesByRow,
    /// Whether the registry knows all names of the columns.
    pub has_all_names: bool,
    /// The counts of all articles, by facet; see [`Snapshot::counts_of_all`].
    all_counts: Mutex<HashMap<Facet, Arc<Vec<u32>>>>,
    /// Cached answers to requests without query and filters, which are the most frequent and the slowest.
    pages: Mutex<Vec<(SearchRequest, ResultPage)>>,
    /// Which articles are nearly the same.
    pub stories: Arc<Stories>,
    /// What the user marked.
    marked: Arc<MarkedRows>,
}

/// What is known of names beyond what the articles hold.
#[derive(Clone, Default)]
pub(super) struct Knowledge {
    /// The user's corrections.
    pub corrections: Arc<Corrections>,
    /// Ids that entities had before, to be kept.
    pub ids: Arc<KnownIds>,
}

impl Deref for Snapshot {
    type Target = Columns;

    fn deref(&self) -> &Columns {
        &self.columns
    }
}

/// The names of each live row.
struct NamesOfRows<'a>(&'a Columns);

impl NamedArticles for NamesOfRows<'_> {
    fn for_each(&self, visit: &mut dyn FnMut(&[NameNumber])) {
        let mut names = Vec::new();
        for row in self.0.live_rows() {
            names.clear();
            names.extend(self.0.names.of(row).map(NameNumber));
            if !names.is_empty() {
                visit(&names);
            }
        }
    }
}

impl Snapshot {
    /// A snapshot of the columns with all names resolved and the stories known so far. Reuses what was computed for the
    /// snapshot `last`, or the findings about these very names that were `kept`.
    pub fn new(
        columns: Arc<Columns>,
        knowledge: &Knowledge,
        last: Option<&Self>,
        stories: Arc<Stories>,
        kept: Option<&KeptFindings>,
        marks: &Marks,
    ) -> Result<Self, IndexError> {
        let last_resolution = last.map(|it| it.registry.resolution().as_ref());
        let table = Arc::new(columns.name_table()?);
        let resolution = Resolution::new(table, &NamesOfRows(&columns), last_resolution, kept);
        let registry = Registry::new(
            Arc::new(resolution),
            &knowledge.corrections,
            &knowledge.ids,
            last.map(|it| it.registry.as_ref()),
        );
        let marked = Arc::new(MarkedRows::new(&columns, marks));
        Ok(Self::with_registry(columns, stories, marked, registry))
    }

    /// The same state of the index with other stories.
    pub fn with_stories(&self, stories: Arc<Stories>) -> Self {
        Self {
            columns: Arc::clone(&self.columns),
            registry: Arc::clone(&self.registry),
            entities: self.entities.clone(),
            stories,
            has_all_names: self.has_all_names,
            marked: Arc::clone(&self.marked),
            all_counts: Mutex::default(),
            pages: Mutex::default(),
        }
    }

    /// The same state of the index with other marks.
    pub fn with_marks(&self, marks: &Marks) -> Self {
        // A panic elsewhere cannot leave half of them there.
        let mut all_counts = self.all_counts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        all_counts.remove(&Facet::Mark);
        Self {
            columns: Arc::clone(&self.columns),
            registry: Arc::clone(&self.registry),
            entities: self.entities.clone(),
            stories: Arc::clone(&self.stories),
            has_all_names: self.has_all_names,
            marked: Arc::new(MarkedRows::new(&self.columns, marks)),
            all_counts: Mutex::new(all_counts),
            pages: Mutex::default(),
        }
    }

    /// A snapshot of the columns before the names that are new since `last` are resolved and new texts are compared.
    /// `earlier` are the numbers that the names had then.
    pub fn before_resolving(
        columns: Arc<Columns>,
        earlier: Option<&EarlierNumbers>,
        last: Option<&Self>,
        stories: Arc<Stories>,
        marks: &Marks,
    ) -> Self {
        let registry = last.map(|it| Arc::clone(&it.registry)).unwrap_or_default();
        let entities = entities_of(&columns, |name| {
            let number = earlier.map_or(Some(name), |it| it.of(name))?;
            registry.entity_of_number(number)
        });
        let marked = Arc::new(MarkedRows::new(&columns, marks));
        Self {
            columns,
            registry,
            entities,
            stories,
            has_all_names: false,
            marked,
            all_counts: Mutex::default(),
            pages: Mutex::default(),
        }
    }

    /// The same state of the index with other ids of entities.
    pub fn with_knowledge(&self, knowledge: &Knowledge) -> Self {
        let resolution = Arc::clone(self.registry.resolution());
        let registry = Registry::new(resolution, &knowledge.corrections, &knowledge.ids, None);
        let (columns, stories, marked) = self.shared();
        Self::with_registry(columns, stories, marked, registry)
    }

    /// The same state of the index with other corrections. Only rows that name what they touch are looked at again.
    pub fn corrected(&self, corrections: &Corrections) -> Self {
        let registry = self.registry.corrected(corrections);
        let (columns, stories, marked) = self.shared();
        Self::with_corrections(columns, stories, marked, &self.entities, registry)
    }

    /// What it shares with the next snapshot when only names are corrected.
    fn shared(&self) -> (Arc<Columns>, Arc<Stories>, Arc<MarkedRows>) {
        let (columns, stories) = (Arc::clone(&self.columns), Arc::clone(&self.stories));
        (columns, stories, Arc::clone(&self.marked))
    }

    fn with_registry(
        columns: Arc<Columns>,
        stories: Arc<Stories>,
        marked: Arc<MarkedRows>,
        registry: Registry,
    ) -> Self {
        let uncorrected = registry.uncorrected();
        let entities = entities_of(&columns, |name| uncorrected.entity_of_number(name));
        Self::with_corrections(columns, stories, marked, &entities, registry)
    }

    /// `entities` are those of any registry of the same names, whatever its corrections.
    fn with_corrections(
        columns: Arc<Columns>,
        stories: Arc<Stories>,
        marked: Arc<MarkedRows>,
        entities: &ValuesByRow,
        registry: Registry,
    ) -> Self {
        let gone = registry.corrected_entities().map(|idx| idx.0);
        let entities = entities.with_changes(gone, |row| {
            let names = columns.names.of(row);
            names
                .filter_map(|name| registry.entity_of_number(NameNumber(name)))
                .map(|idx| idx.0)
                .collect()
        });
        Self {
            columns,
            entities,
            registry: Arc::new(registry),
            stories,
            marked,
            has_all_names: true,
            all_counts: Mutex::default(),
            pages: Mutex::default(),
        }
    }

    /// The columns, to be shared.
    pub fn columns(&self) -> &Arc<Columns> {
        &self.columns
    }

    /// What the user marked.
    pub fn marked(&self) -> &MarkedRows {
        &self.marked
    }

    /// The values of a facet of texts; `None` for entities, and for marks where there are none.
    pub fn values(&self, facet: Facet) -> Option<&ValueColumn> {
        match facet {
            Facet::Mark => self.marked.column(),
            _ => self.columns.values(facet),
        }
    }

    /// The upper bound of a facet's values, exclusive; entities of all kinds share one list.
    pub fn n_values(&self, facet: Facet) -> usize {
        self.values(facet)
            .map_or_else(|| self.registry.n_numbers(), |column| column.ids.len())
    }

    /// The values of a facet for each row. Entities of all kinds share one list.
    pub fn values_of(&self, facet: Facet) -> &ValuesByRow {
        self.values(facet).map_or(&self.entities, |it| &it.by_row)
    }

    /// The number of `rows` with each value of the facet.
    pub fn counts(&self, facet: Facet, rows: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut counts = vec![0; self.n_values(facet)];
        let values = self.values_of(facet);
        for row in rows {
            values.of(row).for_each(|value| counts[value as usize] += 1);
        }
        counts
    }

    /// The number of articles with each value of the facet.
    pub fn counts_of_all(&self, facet: Facet) -> Arc<Vec<u32>> {
        // Entities of all kinds share one list.
        let list = if facet.entity_kind().is_some() {
            Facet::Person
        } else {
            facet
        };
        // A panic elsewhere cannot leave half of them there.
        let mut known = self.all_counts.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = known
            .entry(list)
            .or_insert_with(|| Arc::new(self.counts(list, self.live_rows())));
        Arc::clone(counts)
    }

    /// The cached answer to a request.
    pub fn known_page(&self, request: &SearchRequest) -> Option<ResultPage> {
        // A panic elsewhere cannot leave half a page there.
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.iter().find(|(it, _)| it == request).map(|(_, page)| page.clone())
    }

    /// Caches an answer if its request has neither query nor filters.
    pub fn remember_page(&self, request: &SearchRequest, page: &ResultPage) {
        if request.query_text.is_empty() && request.filters.is_empty() && request.similar_to.is_none() {
            let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.push((request.clone(), page.clone()));
        }
    }
}

/// For each row its entities.
fn entities_of(columns: &Columns, entity_of: impl Fn(NameNumber) -> Option<EntityIdx>) -> ValuesByRow {
    let mut entities = ValuesBuilder::default();
    let mut of_row = Vec::new();
    for (row, is_live) in (0..).zip(&columns.live) {
        if *is_live {
            of_row.extend(
                columns
                    .names
                    .of(row)
                    .map(NameNumber)
                    .filter_map(&entity_of)
                    .map(|idx| idx.0),
            );
        }
        entities.push(&mut of_row);
    }
    entities.finish()
}

//! Queries that tantivy lacks: for documents that are already known, and for how a word is spelled.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::index::SegmentId;
use tantivy::query::{
    AllQuery, BitSetDocSet, BooleanQuery, ConstScoreQuery, ConstScorer, EnableScoring, Explanation, Query, Scorer,
    Weight,
};
use tantivy::schema::Value as _;
use tantivy::store::StoreReader;
use tantivy::{BitSet, DocId, DocSet as _, Score, SegmentReader, TERMINATED, TantivyDocument};

use crate::index::schema::Fields;

use super::matches::{Matcher, has_match};
use super::word_docs::ScoredDocs;

/// The parts of an article that are searched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TextScope {
    Anywhere,
    Title,
}

/// Matches documents that are already known.
#[derive(Clone)]
pub struct DocsQuery {
    pub docs: Arc<HashMap<SegmentId, BitSet>>,
    pub score: Score,
}

impl fmt::Debug for DocsQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocsQuery").field("score", &self.score).finish()
    }
}

impl Query for DocsQuery {
    fn weight(&self, _enable_scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DocsQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = match self.docs.get(&reader.segment_id()) {
            Some(docs) => docs.clone(),
            None => BitSet::with_max_value(reader.max_doc()),
        };
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(docs), self.score * boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.seek(doc) == doc { self.score } else { 0.0 };
        Ok(Explanation::new("known documents", score))
    }
}

/// Filters the results of a query by a matcher on their text, for what the index does not record.
///
/// It reads the stored texts of the results, some ten thousand a second, so it is used only where spelling matters in a
/// phrase, and checks no more than [`MOST_LOOKED_AT`]: the rest match by their folded form.
#[derive(Debug)]
pub struct SpelledQuery {
    pub query: Box<dyn Query>,
    pub matcher: Matcher,
    pub fields: Fields,
    /// Which part of an article is checked.
    pub scope: TextScope,
}

impl Clone for SpelledQuery {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            matcher: self.matcher.clone(),
            ..*self
        }
    }
}

impl Query for SpelledQuery {
    fn weight(&self, enable_scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(SpelledWeight {
            weight: self.query.weight(enable_scoring)?,
            query: self.clone(),
            n_looked_at: AtomicUsize::new(0),
        }))
    }
}

struct SpelledWeight {
    weight: Box<dyn Weight>,
    query: SpelledQuery,
    /// How many texts were checked, across all segments.
    n_looked_at: AtomicUsize,
}

/// At most this many texts are checked for one query: half a second or more, during which no other search can run.
/// Picked by feel.
const MOST_LOOKED_AT: usize = 3_000;

impl SpelledWeight {
    fn has_match(&self, store: &StoreReader, doc: DocId) -> tantivy::Result<bool> {
        let document: TantivyDocument = store.get(doc)?;
        let SpelledQuery { fields, scope, .. } = &self.query;
        let is_spelled = |text: &str| has_match(&self.query.matcher, text);
        let title = document.get_first(fields.title).and_then(|value| value.as_str());
        Ok(
            title.is_some_and(is_spelled)
                || *scope == TextScope::Anywhere && is_spelled(&fields.stored_body(&document)),
        )
    }
}

impl Weight for SpelledWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let store = reader.get_store_reader(STORE_BLOCKS)?;
        let mut scorer = self.weight.scorer(reader, boost)?;
        let mut scores = Vec::new();
        while scorer.doc() != TERMINATED {
            let is_left_out = MOST_LOOKED_AT <= self.n_looked_at.fetch_add(1, Ordering::Relaxed);
            if is_left_out || self.has_match(&store, scorer.doc())? {
                scores.push((scorer.doc(), scorer.score()));
            }
            scorer.advance();
        }
        Ok(Box::new(ScoredDocs::new(scores)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

/// How many decompressed blocks of the store are cached: documents come in order, so one would nearly do.
const STORE_BLOCKS: usize = 2;

/// The intersection, scored by the first.
pub fn both(scored: Box<dyn Query>, other: Box<dyn Query>) -> Box<dyn Query> {
    let other = Box::new(ConstScoreQuery::new(other, 0.0));
    Box::new(BooleanQuery::intersection(vec![scored, other]))
}

/// Matches every document, files without articles included.
pub fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

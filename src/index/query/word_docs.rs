//! The documents of a word or a phrase: the postings of all its forms, united.
//!
//! Tantivy's own queries look for single terms. Here a word is many: its spellings, its forms with clitics and endings. They
//! are united while a query is planned, for each segment into one list, and count as one word: a document is as good as all
//! forms in it together are frequent, and the word as rare as the documents with any of its forms are few (BM25, by tantivy).

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _,
};
use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::postings::{BlockSegmentPostings, Postings as _, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use crate::index::analysis::before_spellings;
use crate::index::damage::{Unread, damage};
use crate::index::error::IndexError;
use crate::index::snapshot::Snapshot;

/// Lists with more entries than one document in this many are united in a table of all documents, shorter ones by sorting.
/// Picked by feel.
const DENSE: usize = 16;

/// A word in a field, which may have many terms in each segment.
pub struct FieldWord {
    field: Field,
    word: Which,
}

/// By what a term belongs to a word.
enum Which {
    Stem(String),
    Surface(String),
}

impl FieldWord {
    /// The forms of a stem.
    pub fn of_stem(field: Field, stem: &str) -> Self {
        let word = Which::Stem(stem.to_owned());
        Self { field, word }
    }

    /// The spellings of a surface.
    pub fn of_surface(field: Field, surface: &str) -> Self {
        let word = Which::Surface(surface.to_owned());
        Self { field, word }
    }

    /// The number of articles with the word, of which those with several of its terms count for each.
    pub fn n_articles(&self, snapshot: &Snapshot, unread: &Unread) -> u64 {
        let of_segment = |(idx, segment): (usize, &SegmentReader)| -> Result<u64, IndexError> {
            let terms = self.terms_in(snapshot, idx, &*segment.inverted_index(self.field)?)?;
            Ok(terms.iter().map(|it| u64::from(it.doc_freq)).sum())
        };
        let segments = snapshot.searcher.segment_readers().iter().enumerate();
        segments.filter_map(|it| unread.noted(of_segment(it))).sum()
    }

    /// Its terms in a segment.
    fn terms_in(
        &self,
        snapshot: &Snapshot,
        segment_idx: usize,
        inverted: &InvertedIndexReader,
    ) -> Result<Vec<TermInfo>, IndexError> {
        let terms = match &self.word {
            Which::Stem(stem) => terms_of_stem(snapshot, segment_idx, self.field, inverted, stem)?,
            Which::Surface(surface) => terms_of_surface(inverted, surface)?,
        };
        Ok(terms.into_iter().map(|(_, term)| term).collect())
    }

    /// The documents of a segment with the word, each with how often it has it.
    fn counted(&self, snapshot: &Snapshot, segment_idx: usize) -> Result<Counted, IndexError> {
        let segment = snapshot.searcher.segment_reader(segment_idx as u32);
        let inverted = segment.inverted_index(self.field)?;
        let terms = self.terms_in(snapshot, segment_idx, &inverted)?;
        counted(&inverted, &terms, segment.max_doc())
    }
}

/// The terms of the forms of a stem in a field of a segment.
pub fn terms_of_stem(
    snapshot: &Snapshot,
    segment_idx: usize,
    field: Field,
    inverted: &InvertedIndexReader,
    stem: &str,
) -> Result<Vec<(String, TermInfo)>, IndexError> {
    let of_segment = &snapshot.forms[segment_idx];
    let forms = match field == snapshot.fields.title_words {
        true => &of_segment.title,
        false => &of_segment.body,
    };
    let mut found = Vec::new();
    let mut term = Vec::new();
    for ord in forms.of_stem(stem) {
        inverted.terms().ord_to_term(ord, &mut term)?;
        let info = inverted.terms().get(&term)?.ok_or_else(damage)?;
        found.push((String::from_utf8_lossy(&term).into_owned(), info));
    }
    Ok(found)
}

/// The terms of a surface in a segment.
pub fn terms_of_surface(inverted: &InvertedIndexReader, surface: &str) -> Result<Vec<(String, TermInfo)>, IndexError> {
    let mut terms = terms_with_beginning(inverted, &before_spellings(surface))?;
    terms.extend(inverted.terms().get(surface)?.map(|it| (surface.to_owned(), it)));
    Ok(terms)
}

/// The terms of a segment with a prefix.
pub fn terms_with_beginning(
    inverted: &InvertedIndexReader,
    beginning: &str,
) -> Result<Vec<(String, TermInfo)>, IndexError> {
    let range = inverted.terms().range().ge(beginning.as_bytes()).lt(behind(beginning));
    let mut terms = range.into_stream()?;
    let mut words = Vec::new();
    while terms.advance() {
        words.push((String::from_utf8_lossy(terms.key()).into_owned(), terms.value().clone()));
    }
    Ok(words)
}

/// Adds the terms of a segment with a prefix, without their texts.
pub fn add_terms(inverted: &InvertedIndexReader, beginning: &str, terms: &mut Vec<TermInfo>) -> Result<(), IndexError> {
    let mut found = inverted
        .terms()
        .range()
        .ge(beginning.as_bytes())
        .lt(behind(beginning))
        .without_keys()
        .into_stream()?;
    while found.advance() {
        terms.push(found.value().clone());
    }
    Ok(())
}

/// What sorts behind all terms with a prefix: no word contains its last byte.
fn behind(beginning: &str) -> Vec<u8> {
    [beginning.as_bytes(), &[0xFF]].concat()
}

/// Reads the postings of many terms of a segment one after another.
pub struct PostingsOfTerms<'a> {
    inverted: &'a InvertedIndexReader,
    option: IndexRecordOption,
    /// To be used again: most terms have fewer postings than it takes time to make one.
    block: Option<BlockSegmentPostings>,
}

impl<'a> PostingsOfTerms<'a> {
    /// Those of a segment, without counts.
    pub fn new(inverted: &'a InvertedIndexReader) -> Self {
        let (option, block) = (IndexRecordOption::Basic, None);
        Self {
            inverted,
            option,
            block,
        }
    }

    fn with_counts(inverted: &'a InvertedIndexReader) -> Self {
        let option = IndexRecordOption::WithFreqs;
        Self {
            option,
            ..Self::new(inverted)
        }
    }

    fn of(&mut self, term: &TermInfo) -> Result<&mut BlockSegmentPostings, IndexError> {
        let block = match self.block.take() {
            Some(mut block) => {
                self.inverted.reset_block_postings_from_terminfo(term, &mut block)?;
                block
            }
            None => self.inverted.read_block_postings_from_terminfo(term, self.option)?,
        };
        Ok(self.block.insert(block))
    }

    /// Adds the documents of a term to `found`.
    pub fn insert(&mut self, term: &TermInfo, found: &mut BitSet) -> Result<(), IndexError> {
        let postings = self.of(term)?;
        while !postings.docs().is_empty() {
            for doc in postings.docs() {
                found.insert(*doc);
            }
            postings.advance();
        }
        Ok(())
    }

    /// Calls `visit` with each document of a term, and how often it has it.
    fn for_each(&mut self, term: &TermInfo, mut visit: impl FnMut(DocId, u32)) -> Result<(), IndexError> {
        let postings = self.of(term)?;
        while !postings.docs().is_empty() {
            for (doc, count) in postings.docs().iter().zip(postings.freqs()) {
                visit(*doc, *count);
            }
            postings.advance();
        }
        Ok(())
    }
}

/// Documents in rising order, each with a number.
type Counted = Vec<(DocId, u32)>;

/// The documents with any of the terms, each with how often they are in it.
fn counted(inverted: &InvertedIndexReader, terms: &[TermInfo], n_docs: u32) -> Result<Counted, IndexError> {
    let mut postings = PostingsOfTerms::with_counts(inverted);
    let n_postings: usize = terms.iter().map(|it| it.doc_freq as usize).sum();
    if 1 < terms.len() && n_docs as usize <= DENSE * n_postings {
        let mut counts = vec![0; n_docs as usize];
        for term in terms {
            postings.for_each(term, |doc, count| counts[doc as usize] += count)?;
        }
        return Ok((0..).zip(counts).filter(|(_, count)| *count != 0).collect());
    }
    let mut counts = Vec::with_capacity(n_postings);
    for term in terms {
        postings.for_each(term, |doc, count| counts.push((doc, count)))?;
    }
    if 1 < terms.len() {
        counts.sort_by_key(|(doc, _)| *doc);
        counts.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0 };
            is_same
        });
    }
    Ok(counts)
}

/// Words and phrases in a field.
struct Statistics<'a> {
    snapshot: &'a Snapshot,
    /// The number of documents with each word.
    n_bearers: &'a [u64],
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.snapshot.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.snapshot.searcher.total_num_docs()
    }

    /// The terms here are the numbers of the words.
    fn doc_freq(&self, word: &Term) -> tantivy::Result<u64> {
        let number = word.value().as_str().and_then(|it| it.parse::<usize>().ok());
        Ok(number.and_then(|it| self.n_bearers.get(it)).copied().unwrap_or(0))
    }
}

/// What words of so many documents each count, together.
fn weight(snapshot: &Snapshot, field: Field, n_bearers: &[u64]) -> Result<Bm25Weight, IndexError> {
    let words = (0..n_bearers.len()).map(|it| Term::from_field_text(field, &it.to_string()));
    let words: Vec<Term> = words.collect();
    Ok(Bm25Weight::for_terms(&Statistics { snapshot, n_bearers }, &words)?)
}

/// Matches documents with any of these words, scored by how often they are in it, each with its boost.
pub fn any_of(snapshot: &Snapshot, words: &[(FieldWord, Score)], unread: &Unread) -> ScoredDocsQuery {
    let segments = snapshot.searcher.segment_readers();
    let of_segment = |idx: usize| -> Vec<Counted> {
        let of_word = |(word, _): &(FieldWord, Score)| unread.noted(word.counted(snapshot, idx)).unwrap_or_default();
        words.iter().map(of_word).collect()
    };
    let counted: Vec<Vec<Counted>> = (0..segments.len()).into_par_iter().map(of_segment).collect();
    let weights = words.iter().enumerate().map(|(idx, (word, boost))| {
        let n_bearers = counted.iter().map(|it| it[idx].len() as u64).sum();
        let weight = unread.noted(weight(snapshot, word.field, &[n_bearers]))?;
        Some((word.field, weight.boost_by(*boost)))
    });
    let weights: Vec<Option<(Field, Bm25Weight)>> = weights.collect();
    let scored = |(segment, counted): (&SegmentReader, &Vec<Counted>)| {
        let lists = weights.iter().zip(counted).filter_map(|(weight, counted)| {
            let (field, weight) = weight.as_ref()?;
            Some((*field, weight, counted.as_slice()))
        });
        let docs = unread.noted(scored(segment, &lists.collect::<Vec<_>>()));
        (segment.segment_id(), Arc::new(docs.unwrap_or_default()))
    };
    let docs = segments.par_iter().zip(&counted).map(scored).collect();
    ScoredDocsQuery { docs: Arc::new(docs) }
}

/// Documents in rising order with their scores.
type Scored = Vec<(DocId, Score)>;

/// The counts of a word of a field in documents, and what it counts.
type Weighed<'a> = (Field, &'a Bm25Weight, &'a [(DocId, u32)]);

/// The scores of documents by the counts of words in them.
fn scored(segment: &SegmentReader, lists: &[Weighed<'_>]) -> Result<Scored, IndexError> {
    let n_scores: usize = lists.iter().map(|it| it.2.len()).sum();
    let n_docs = segment.max_doc() as usize;
    let is_dense = 1 < lists.len() && n_docs <= DENSE * n_scores;
    let mut table: Vec<Score> = if is_dense { vec![0.0; n_docs] } else { Vec::new() };
    let mut scores: Scored = Vec::with_capacity(if is_dense { 0 } else { n_scores });
    for (field, weight, counted) in lists {
        let lengths = segment.get_fieldnorms_reader(*field)?;
        for &(doc, count) in *counted {
            let score = weight.score(lengths.fieldnorm_id(doc), count);
            match is_dense {
                true => table[doc as usize] += score,
                false => scores.push((doc, score)),
            }
        }
    }
    if is_dense {
        return Ok((0..).zip(table).filter(|(_, score)| *score != 0.0).collect());
    }
    if 1 < lists.len() {
        scores.sort_by_key(|(doc, _)| *doc);
        scores.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0.0 };
            is_same
        });
    }
    Ok(scores)
}

/// How the words of a phrase stand.
#[derive(Clone, Copy, Debug)]
pub enum Distance {
    /// Each right behind the one before.
    None,
    /// Two in their order, with at most so many others between them.
    AtMost(u32),
    /// In any order, with at most so many others among them.
    Among(u32),
}

/// Matches documents in which the words stand in a field as `distance` says.
pub fn phrase(
    snapshot: &Snapshot,
    words: &[FieldWord],
    (distance, boost): (Distance, Score),
    unread: &Unread,
) -> ScoredDocsQuery {
    let Some(field) = words.first().map(|it| it.field) else {
        return ScoredDocsQuery::default();
    };
    let segments = snapshot.searcher.segment_readers();
    let of_segment = |idx: usize| -> (Vec<u64>, Counted) {
        let found = phrase_in(snapshot, idx, words, distance);
        unread
            .noted(found)
            .unwrap_or_else(|| (vec![0; words.len()], Counted::new()))
    };
    let counted: Vec<(Vec<u64>, Counted)> = (0..segments.len()).into_par_iter().map(of_segment).collect();
    let n_bearers = (0..words.len()).map(|word| counted.iter().map(|(n_bearers, _)| n_bearers[word]).sum());
    let weight = unread.noted(weight(snapshot, field, &n_bearers.collect::<Vec<u64>>()));
    let Some(weight) = weight.map(|it| it.boost_by(boost)) else {
        return ScoredDocsQuery::default();
    };
    let scored = |(segment, (_, counted)): (&SegmentReader, &(Vec<u64>, Counted))| {
        let docs = unread.noted(scored(segment, &[(field, &weight, counted)]));
        (segment.segment_id(), Arc::new(docs.unwrap_or_default()))
    };
    let docs = segments.iter().zip(&counted).map(scored).collect();
    ScoredDocsQuery { docs: Arc::new(docs) }
}

/// The number of documents of a segment with each word, and the documents with the phrase, with how often each has it.
fn phrase_in(
    snapshot: &Snapshot,
    segment_idx: usize,
    words: &[FieldWord],
    distance: Distance,
) -> Result<(Vec<u64>, Counted), IndexError> {
    let counted = words.iter().map(|it| it.counted(snapshot, segment_idx));
    let counted: Vec<Counted> = counted.collect::<Result<_, _>>()?;
    let n_bearers = counted.iter().map(|it| it.len() as u64).collect();
    let mut by_length: Vec<&Counted> = counted.iter().collect();
    by_length.sort_by_key(|it| it.len());
    let mut docs: Vec<DocId> = by_length
        .first()
        .into_iter()
        .flat_map(|it| it.iter().map(|(doc, _)| *doc))
        .collect();
    for others in &by_length[1..] {
        let mut rest = others.iter().map(|(doc, _)| *doc).peekable();
        docs.retain(|doc| {
            while rest.next_if(|it| it < doc).is_some() {}
            rest.peek() == Some(doc)
        });
    }
    if docs.is_empty() {
        return Ok((n_bearers, Counted::new()));
    }
    let segment = snapshot.searcher.segment_reader(segment_idx as u32);
    let positions = words.iter().map(|it| {
        let inverted = segment.inverted_index(it.field)?;
        positions_in(&inverted, &it.terms_in(snapshot, segment_idx, &inverted)?, &docs)
    });
    let mut positions: Vec<Positions> = positions.collect::<Result<_, IndexError>>()?;
    let found = (0..).zip(&docs).filter_map(|(idx, doc)| {
        let of_doc: Vec<&[u32]> = positions.iter_mut().map(|it| it.of(idx)).collect();
        let count = n_matches(&of_doc, distance);
        (count != 0).then_some((*doc, count))
    });
    let found = found.collect();
    Ok((n_bearers, found))
}

/// The positions of a word in some documents, by the documents' places in the list of these.
struct Positions {
    docs: Vec<u32>,
    positions: Vec<u32>,
    /// How many of them were asked for.
    n_passed: usize,
}

impl Positions {
    /// The positions in a document, in rising order. Documents must be asked for in their order.
    fn of(&mut self, doc_idx: u32) -> &[u32] {
        let rest = &self.docs[self.n_passed..];
        let n_before = rest.iter().take_while(|it| **it < doc_idx).count();
        let n_here = rest[n_before..].iter().take_while(|it| **it == doc_idx).count();
        let start = self.n_passed + n_before;
        self.n_passed = start + n_here;
        &self.positions[start..self.n_passed]
    }
}

/// Reads the positions of a word in these documents, which are in rising order.
fn positions_in(inverted: &InvertedIndexReader, terms: &[TermInfo], docs: &[DocId]) -> Result<Positions, IndexError> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    let mut of_doc = Vec::new();
    for term in terms {
        let mut postings = inverted.read_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?;
        let mut idx = 0;
        while let Some(&wanted) = docs.get(idx) {
            let doc = match postings.doc() < wanted {
                true => postings.seek(wanted),
                false => postings.doc(),
            };
            if doc == TERMINATED {
                break;
            }
            if doc == wanted {
                postings.positions(&mut of_doc);
                found.extend(of_doc.iter().map(|position| (idx as u32, *position)));
                idx += 1;
            } else {
                idx += docs[idx..].partition_point(|it| *it < doc);
            }
        }
    }
    if 1 < terms.len() {
        // Runs, one for each term.
        found.sort();
    }
    let (docs, positions) = found.into_iter().unzip();
    Ok(Positions {
        docs,
        positions,
        n_passed: 0,
    })
}

/// How often words that stand at these positions make the phrase.
fn n_matches(positions: &[&[u32]], distance: Distance) -> u32 {
    let Some((first, others)) = positions.split_first() else {
        return 0;
    };
    let count = match distance {
        Distance::None => {
            let is_at = |position: u32| {
                (position..)
                    .skip(1)
                    .zip(others)
                    .all(|(it, of)| of.binary_search(&it).is_ok())
            };
            first.iter().filter(|it| is_at(**it)).count()
        }
        Distance::AtMost(most) => n_pairs(first, others.first().copied().unwrap_or_default(), most),
        Distance::Among(most) => {
            let n_words = positions.len() as u32 + most;
            let has_one = |of: &&[u32], from: u32| {
                let next = of.get(of.partition_point(|it| *it < from));
                next.is_some_and(|it| it - from < n_words)
            };
            let starts = positions.iter().copied().flatten();
            starts
                .filter(|from| positions.iter().all(|it| has_one(it, **from)))
                .count()
        }
    };
    count as u32
}

/// How many words at `second` follow one at `first` with at most so many others between them, each taken once.
fn n_pairs(first: &[u32], second: &[u32], most: u32) -> usize {
    let mut first = first.iter().copied().peekable();
    let is_behind = |second: &&u32| {
        while first.next_if(|it| it + 1 + most < **second).is_some() {}
        first.next_if(|it| it < *second).is_some()
    };
    second.iter().filter(is_behind).count()
}

/// Matches documents that are already known, with their scores.
#[derive(Clone, Default)]
pub struct ScoredDocsQuery {
    docs: Arc<HashMap<SegmentId, Arc<Scored>>>,
}

impl ScoredDocsQuery {
    /// The number of documents, deleted ones included.
    pub fn n_docs(&self) -> usize {
        self.docs.values().map(|it| it.len()).sum()
    }
}

impl fmt::Debug for ScoredDocsQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScoredDocsQuery")
            .field("n_docs", &self.n_docs())
            .finish()
    }
}

impl Query for ScoredDocsQuery {
    fn weight(&self, _enable_scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ScoredDocsQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = self.docs.get(&reader.segment_id()).cloned().unwrap_or_default();
        Ok(Box::new(ScoredDocs { docs, at: 0, boost }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        match scorer.seek(doc) == doc {
            true => Ok(Explanation::new("forms of a word", scorer.score())),
            false => Err(TantivyError::InvalidArgument(format!("document {doc} does not match"))),
        }
    }
}

/// Documents in rising order, with their scores.
pub struct ScoredDocs {
    docs: Arc<Scored>,
    at: usize,
    boost: Score,
}

impl ScoredDocs {
    /// These documents, which must be in rising order.
    pub fn new(docs: Scored) -> Self {
        Self {
            docs: Arc::new(docs),
            at: 0,
            boost: 1.0,
        }
    }
}

impl DocSet for ScoredDocs {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // The next one is mostly near.
        let rest = self.docs.get(self.at..).unwrap_or_default();
        let mut end = 1;
        while end < rest.len() && rest[end].0 < target {
            end *= 2;
        }
        let end = end.min(rest.len());
        self.at += rest[..end].partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for ScoredDocs {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |(_, score)| score * self.boost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_a_phrase_where_they_stand_as_they_should() {
        let check = |positions: &[&[u32]], distance, expected| assert_eq!(n_matches(positions, distance), expected);
        check(&[&[1, 5, 9], &[2, 7, 10], &[3, 11]], Distance::None, 2);
        check(&[&[1], &[3]], Distance::None, 0);
        check(&[&[1, 20], &[3, 21]], Distance::AtMost(1), 2);
        check(&[&[1], &[4]], Distance::AtMost(1), 0);
        check(&[&[4], &[3]], Distance::AtMost(1), 0);
        check(&[&[1], &[2, 3]], Distance::AtMost(1), 1);
        check(&[&[9], &[7]], Distance::Among(1), 1);
        check(&[&[9], &[6]], Distance::Among(1), 0);
        check(&[&[1], &[2], &[8]], Distance::Among(4), 0);
        check(&[&[1], &[2], &[7]], Distance::Among(4), 1);
    }

    #[test]
    fn a_document_is_found_wherever_it_is() {
        let docs: Scored = (0..100).map(|it| (it * 3, it as Score)).collect();
        for target in 0..=297_u32 {
            for at in [0, 1, 7, 60] {
                let mut scorer = ScoredDocs::new(docs.clone());
                scorer.at = at;
                let expected = (at as u32 * 3).max(target.next_multiple_of(3));
                assert_eq!(scorer.seek(target), expected, "{target} from {at}");
            }
        }
        assert_eq!(ScoredDocs::new(docs).seek(298), TERMINATED);
    }
}

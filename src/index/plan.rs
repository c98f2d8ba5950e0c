//! From what is looked for to what the index is asked: words become terms, names become sets of rows.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Zoned;
use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::postings::TermInfo;
use tantivy::query::{
    AllQuery, BitSetDocSet, BooleanQuery, BoostQuery, ConstScoreQuery, ConstScorer, EnableScoring, Explanation, Occur,
    PhraseQuery, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption, Term, Value as _};
use tantivy::store::StoreReader;
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyDocument};

use crate::arabic::lexicon::Lexicon;
use crate::arabic::spelling::Spelling;
use crate::arabic::{WordKind, fold_word, stem};
use crate::entities::{EntityIdx, EntityKind, NameWords};

use super::analysis::{
    CLITICS, CLITICS_BEFORE_TWO_LETTERS, CLITICS_WITH_ARTICLE, INDEXED_BEGINNING, SHORTEST_AFTER_CLITIC,
    before_spellings, stem_of,
};
use super::error::IndexError;
use super::matches::{Matcher, Spelled, has_match};
use super::numbers::ValuesByRow;
use super::query::{Node, Part, QueryWord, parse_query, plain_text};
use super::schema::Fields;
use super::schema::days_of;
use super::snapshot::Snapshot;
use super::{Facet, QueryUnderstood};

/// A word in the very form asked for counts a quarter more. This and [`PAIR_BOOST`] are of the size that was measured
/// on six collections of questions, and were set by `cargo bench --bench retrieval`.
const SURFACE_BOOST: Score = 0.25;
/// A form that differs by what is written together with the word counts less than the word itself.
const CLITIC_BOOST: Score = 0.5;
/// What two words of the query add side by side, with at most one word between them.
const PAIR_BOOST: Score = 0.1;
/// Not measured: a word in the title says more.
const TITLE_BOOST: Score = 2.0;

/// What the light stemmer leaves at the end: the alif of «اتفاقاً», the ت of «حكومته», duals and plurals.
const ENDINGS: [&str; 6] = ["ا", "ت", "ان", "ون", "ين", "يون"];

/// A beginning is looked up in at most so many words of a segment, the most frequent ones, and in at most so many
/// postings for each row: what is left out is rare, and the next letter brings it back.
const MOST_WORDS_OF_BEGINNING: usize = 4_000;
const MOST_POSTINGS_PER_ROW: u64 = 4;

/// How a query is carried out on one snapshot.
#[derive(Default)]
pub(super) struct Plan {
    /// What the index is asked; nothing if every article is meant.
    pub query: Option<Box<dyn Query>>,
    /// Whether matches differ in how well they match.
    pub is_scored: bool,
    /// What is highlighted.
    pub matchers: Vec<Matcher>,
    /// The query in words.
    pub understood: QueryUnderstood,
    /// Its pieces that have to hold together.
    pub parts: Vec<Part>,
}

impl Plan {
    /// Plans a query of today. `as_typed`: whether the letters of its words have to be written as they were typed.
    pub fn new(query_text: &str, as_typed: bool, snapshot: &Snapshot) -> Result<Self, IndexError> {
        let mut planner = Planner {
            snapshot,
            as_typed,
            matchers: Vec::new(),
            is_excluded: false,
        };
        let parsed = parse_query(query_text, Zoned::now().date());
        let node = planner.settled(parsed.node);
        let understood = node.understood();
        let query = match &node {
            Node::All(nodes) if nodes.is_empty() => None,
            node => Some(planner.query(node, Place::Anywhere)?),
        };
        Ok(Self {
            query,
            is_scored: !planner.matchers.is_empty(),
            matchers: planner.matchers,
            understood,
            parts: parsed.parts,
        })
    }
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Anywhere,
    Title,
}

struct Planner<'a> {
    snapshot: &'a Snapshot,
    /// Whether letters have to be written as they were typed.
    as_typed: bool,
    matchers: Vec<Matcher>,
    /// Whether what is planned is not to occur, so that nothing of it is highlighted.
    is_excluded: bool,
}

impl Planner<'_> {
    /// The node with names that nothing bears turned into words.
    fn settled(&self, node: Node) -> Node {
        let all = |nodes: Vec<Node>| nodes.into_iter().map(|node| self.settled(node)).collect();
        match node {
            Node::All(nodes) => Node::All(all(nodes)),
            Node::Any(nodes) => Node::Any(all(nodes)),
            Node::Not(node) => Node::Not(Box::new(self.settled(*node))),
            Node::Named { facet, value, is_open } => match self.bearers(facet, &value, is_open).is_empty() {
                true => plain_text(&value, is_open),
                false => Node::Named { facet, value, is_open },
            },
            node => node,
        }
    }

    fn query(&mut self, node: &Node, place: Place) -> Result<Box<dyn Query>, IndexError> {
        Ok(match node {
            Node::All(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    match node {
                        Node::Not(node) => clauses.push((Occur::MustNot, self.excluded(node, place)?)),
                        node => clauses.push((Occur::Must, self.query(node, place)?)),
                    }
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, everything()));
                }
                clauses.extend(self.pairs(nodes));
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Any(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    clauses.push((Occur::Should, self.query(node, place)?));
                }
                clauses.extend(self.pairs(nodes));
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Not(node) => {
                let excluded = self.excluded(node, place)?;
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, everything()),
                    (Occur::MustNot, excluded),
                ]))
            }
            Node::Word(word) => self.word(word, place)?,
            Node::Beginning(word) => self.beginning(word, place)?,
            Node::Phrase(words) => self.phrase(words, place)?,
            Node::Near { words, within } => self.near(words, *within, place),
            Node::Title(node) => self.query(node, Place::Title)?,
            Node::Named { facet, value, is_open } => {
                let mut is_wanted = vec![false; self.snapshot.n_values(*facet)];
                for value in self.bearers(*facet, value, *is_open) {
                    is_wanted[value as usize] = true;
                }
                let values = self.snapshot.values_of(*facet);
                self.rows(|row| values.of(row).any(|value| is_wanted[value as usize]))?
            }
            Node::Days { first, last } => {
                let first = first.map_or(i32::MIN, days_of);
                let last = last.map_or(i32::MAX, days_of);
                self.rows(|row| self.snapshot.day(row).is_some_and(|day| first <= day && day <= last))?
            }
            Node::Mentions { first, last } => {
                let is_wanted: Vec<bool> = self.snapshot.values(Facet::Date).map_or_else(Vec::new, |dates| {
                    let is_wanted = |id: &str| {
                        first.is_none_or(|first| format!("{first}")[..id.len().min(10)] <= *id)
                            && last.is_none_or(|last| *id <= *format!("{last}"))
                    };
                    dates.ids.iter().map(is_wanted).collect()
                });
                let dates = self.snapshot.values_of(Facet::Date);
                self.rows(|row| dates.of(row).any(|date| is_wanted[date as usize]))?
            }
        })
    }

    fn excluded(&mut self, node: &Node, place: Place) -> Result<Box<dyn Query>, IndexError> {
        let before = std::mem::replace(&mut self.is_excluded, true);
        let query = self.query(node, place);
        self.is_excluded = before;
        query
    }

    /// Remembers what to highlight.
    fn highlight(&mut self, matcher: Matcher) {
        if !self.is_excluded {
            self.matchers.push(matcher);
        }
    }

    fn word(&mut self, word: &QueryWord, place: Place) -> Result<Box<dyn Query>, IndexError> {
        let stems = self.stems_of(word)?;
        let mut query = self.word_query(word, &stems, place);
        let spelled = self.spelled(word);
        if let Some(spelled) = &spelled {
            let is_wanted = |written: &str| spelled.is_in(written);
            query = both(query, self.rows_with_spellings(&stems, place, is_wanted)?);
        }
        self.highlight(Matcher::Word { stems, spelled });
        Ok(query)
    }

    /// How a word has to be written, if that matters.
    fn spelled(&self, word: &QueryWord) -> Option<Spelled> {
        let spelling = Spelling::new(&word.shown);
        (self.as_typed || spelling.has_tashkeel()).then_some(Spelled {
            spelling,
            as_typed: self.as_typed,
        })
    }

    fn word_query(&self, word: &QueryWord, stems: &[String], place: Place) -> Box<dyn Query> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for fields in self.fields(place) {
            clauses.push((
                Occur::Should,
                term(fields.surface, &word.surface, SURFACE_BOOST * fields.boost),
            ));
            for (idx, stem) in stems.iter().enumerate() {
                let boost = if idx == 0 { 1.0 } else { CLITIC_BOOST };
                clauses.push((Occur::Should, term(fields.stem, stem, boost * fields.boost)));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn beginning(&mut self, word: &QueryWord, place: Place) -> Result<Box<dyn Query>, IndexError> {
        let base = base_of(word);
        let beginnings = beginnings_of(base, word.kind);
        if let Some(spelled) = self.spelled(word) {
            // The word as it was typed is a beginning of its forms.
            let stems = self.stems_with_beginnings(&beginnings, word.kind, place)?;
            // What stands before a stem may be left out.
            let is_wanted = |written: &str| {
                let surface = fold_word(written);
                beginnings.iter().any(|it| surface.starts_with(it)) && spelled.is_in(written)
            };
            let query = self.rows_with_spellings(&stems, place, is_wanted)?;
            let spelled = Some(spelled);
            self.highlight(Matcher::Beginning { beginnings, spelled });
            return Ok(query);
        }
        // Its beginnings hold what is written together with it.
        let stems = vec![stem_of(&word.surface, word.kind)];
        let mut whole = self.word_query(word, &stems, place);
        let mut n_whole = 0;
        let mut clauses = Vec::new();
        for fields in self.fields(place) {
            n_whole += self.articles_with(fields.surface, &word.surface)?;
            if place == Place::Title || INDEXED_BEGINNING < base.chars().count() {
                clauses.push((Occur::Should, self.rows_with_beginnings(&beginnings, fields)?));
            }
        }
        if clauses.is_empty() {
            let term = Term::from_field_text(self.snapshot.fields.beginning, base);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(Box::new(query), 1.0))));
        }
        if n_whole == 0 {
            // «اقتصا» is the beginning of «اقتصاد» before it is a form of «اقتصّ».
            whole = Box::new(ConstScoreQuery::new(whole, CLITIC_BOOST));
        }
        clauses.push((Occur::Should, whole));
        self.highlight(Matcher::Word { stems, spelled: None });
        let spelled = None;
        self.highlight(Matcher::Beginning { beginnings, spelled });
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn phrase(&mut self, words: &[QueryWord], place: Place) -> Result<Box<dyn Query>, IndexError> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for fields in self.fields(place) {
            let mut terms: Vec<Term> = words
                .iter()
                .map(|word| Term::from_field_text(fields.surface, &word.surface))
                .collect();
            let query: Box<dyn Query> = match terms.len() {
                1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new(terms)),
            };
            clauses.push((Occur::Should, Box::new(BoostQuery::new(query, fields.boost))));
        }
        let mut query: Box<dyn Query> = Box::new(BooleanQuery::new(clauses));
        let spelled_words: Vec<_> = words.iter().map(|it| (it.surface.clone(), self.spelled(it))).collect();
        for (word, (_, spelled)) in words.iter().zip(&spelled_words) {
            if let Some(spelled) = spelled {
                let stems = [stem_of(&word.surface, word.kind)];
                query = both(query, self.rows_with_spellings(&stems, place, |it| spelled.is_in(it))?);
            }
        }
        let is_spelled = spelled_words.iter().any(|(_, spelled)| spelled.is_some());
        let matcher = Matcher::Phrase { words: spelled_words };
        if is_spelled {
            // Such words are there; whether they are those side by side only the text tells.
            query = Box::new(SpelledQuery {
                query,
                matcher: matcher.clone(),
                fields: self.snapshot.fields,
                place,
            });
        }
        self.highlight(matcher);
        Ok(query)
    }

    /// Words in any of their forms, close to each other.
    fn near(&mut self, words: &[QueryWord], within: u32, place: Place) -> Box<dyn Query> {
        let stems: Vec<String> = words.iter().map(|it| stem_of(&it.surface, it.kind)).collect();
        let clauses = self.fields(place).into_iter().map(|fields| {
            let terms = stems.iter().map(|stem| Term::from_field_text(fields.stem, stem));
            let mut query = PhraseQuery::new(terms.collect());
            query.set_slop(within);
            let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(query), fields.boost));
            (Occur::Should, query)
        });
        let query = Box::new(BooleanQuery::new(clauses.collect()));
        let within = within as usize;
        self.highlight(Matcher::Near { stems, within });
        query
    }

    /// Words of the query that follow each other count more where they do so in an article too.
    fn pairs(&self, nodes: &[Node]) -> Vec<(Occur, Box<dyn Query>)> {
        let pairs = nodes.windows(2).filter(|_| !self.is_excluded);
        pairs
            .filter_map(|pair| match pair {
                [Node::Word(first), Node::Word(second) | Node::Beginning(second)] => {
                    Some((Occur::Should, self.pair(first, second)))
                }
                _ => None,
            })
            .collect()
    }

    /// Two words of the query near each other in the body.
    fn pair(&self, first: &QueryWord, second: &QueryWord) -> Box<dyn Query> {
        let field = self.snapshot.fields.body_stem;
        let terms = [first, second].map(|word| Term::from_field_text(field, &stem_of(&word.surface, word.kind)));
        let mut query = PhraseQuery::new(terms.to_vec());
        query.set_slop(1);
        Box::new(BoostQuery::new(Box::new(query), PAIR_BOOST))
    }

    fn fields(&self, place: Place) -> Vec<TextFields> {
        let fields = &self.snapshot.fields;
        let title = TextFields {
            surface: fields.title,
            stem: fields.title_stem,
            spelling: fields.title_spelling,
            boost: TITLE_BOOST,
        };
        let body = TextFields {
            surface: fields.body,
            stem: fields.body_stem,
            spelling: fields.body_spelling,
            boost: 1.0,
        };
        match place {
            Place::Title => vec![title],
            Place::Anywhere => vec![title, body],
        }
    }

    /// The stems by which a word is found: its own first, then those that differ by what is written together with it.
    ///
    /// The index holds the stems that the lexicon tells, which never change. Of words that the lexicon does not have,
    /// such as new names, the archive itself says what belongs to them, as it is now: a word together with something
    /// else is not much more frequent than the word itself.
    fn stems_of(&self, word: &QueryWord) -> Result<Vec<String>, IndexError> {
        let own = stem_of(&word.surface, word.kind);
        let mut stems = vec![own.clone()];
        if word.kind != WordKind::Arabic || Lexicon::built_in().find(&own).is_some() {
            return Ok(stems);
        }
        let n_own = self.articles_with_stem(&own)?;
        let without_clitic = CLITICS
            .iter()
            .filter_map(|clitic| word.surface.strip_prefix(clitic))
            .map(stem);
        let without_ending = ENDINGS
            .iter()
            .filter_map(|ending| own.strip_suffix(ending))
            .map(str::to_owned);
        for shorter in without_clitic.chain(without_ending) {
            if SHORTEST_AFTER_CLITIC <= shorter.chars().count() && !stems.contains(&shorter) {
                let n_shorter = self.articles_with_stem(&shorter)?;
                if n_shorter != 0 && n_own <= 2 * n_shorter {
                    stems.push(shorter);
                }
            }
        }
        for stem in stems.clone() {
            if stem.chars().count() < SHORTEST_AFTER_CLITIC {
                continue;
            }
            let n_stem = self.articles_with_stem(&stem)?;
            let with_clitic = CLITICS.iter().map(|clitic| format!("{clitic}{stem}"));
            let with_ending = ENDINGS.iter().map(|ending| format!("{stem}{ending}"));
            for longer in with_clitic.chain(with_ending) {
                if !stems.contains(&longer) && self.is_no_other_word(&longer, n_stem)? {
                    stems.push(longer);
                }
            }
        }
        Ok(stems)
    }

    /// Whether a longer stem occurs, but not so often that it must be a word of its own.
    fn is_no_other_word(&self, longer: &str, n_stem: u64) -> Result<bool, IndexError> {
        let n_longer = self.articles_with_stem(longer)?;
        Ok(n_longer != 0 && (n_stem == 0 || n_longer <= 2 * n_stem))
    }

    /// In how many articles a stem occurs; those that have it in title and body count twice.
    fn articles_with_stem(&self, stem: &str) -> Result<u64, IndexError> {
        let fields = &self.snapshot.fields;
        Ok(self.articles_with(fields.title_stem, stem)? + self.articles_with(fields.body_stem, stem)?)
    }

    fn articles_with(&self, field: Field, text: &str) -> Result<u64, IndexError> {
        Ok(self.snapshot.searcher.doc_freq(&Term::from_field_text(field, text))?)
    }

    /// What holds a word with one of these beginnings.
    fn rows_with_beginnings(&self, beginnings: &[String], fields: TextFields) -> Result<Box<dyn Query>, IndexError> {
        self.docs_of_segments(fields.boost, |_, segment, found| {
            let mut n_postings = MOST_POSTINGS_PER_ROW * u64::from(segment.max_doc());
            let inverted = segment.inverted_index(fields.surface)?;
            for (_, word) in most_frequent_words(&inverted, beginnings)? {
                n_postings = n_postings.saturating_sub(u64::from(word.doc_freq));
                if n_postings == 0 {
                    break;
                }
                insert_postings(&inverted, &word, found)?;
            }
            Ok(())
        })
    }

    /// What holds a word with one of these stems that is written as is wanted.
    fn rows_with_spellings(
        &self,
        stems: &[String],
        place: Place,
        is_wanted: impl Fn(&str) -> bool + Sync,
    ) -> Result<Box<dyn Query>, IndexError> {
        self.docs_of_segments(0.0, |_, segment, found| {
            for fields in self.fields(place) {
                let inverted = segment.inverted_index(fields.spelling)?;
                for stem in stems {
                    let before = before_spellings(stem);
                    for (term, word) in words_with_beginning(&inverted, &before)? {
                        if term.strip_prefix(&before).is_some_and(&is_wanted) {
                            insert_postings(&inverted, &word, found)?;
                        }
                    }
                }
            }
            Ok(())
        })
    }

    /// The stems of the words with one of these beginnings.
    fn stems_with_beginnings(
        &self,
        beginnings: &[String],
        kind: WordKind,
        place: Place,
    ) -> Result<Vec<String>, IndexError> {
        let mut stems = BTreeSet::new();
        for segment in self.snapshot.searcher.segment_readers() {
            for fields in self.fields(place) {
                let inverted = segment.inverted_index(fields.surface)?;
                let words = most_frequent_words(&inverted, beginnings)?.into_iter();
                stems.extend(words.map(|(word, _)| stem_of(&word, kind)));
            }
        }
        Ok(stems.into_iter().collect())
    }

    /// Asks for the documents that `find` puts into the set of each segment.
    fn docs_of_segments(
        &self,
        score: Score,
        find: impl Fn(usize, &SegmentReader, &mut BitSet) -> Result<(), IndexError> + Sync,
    ) -> Result<Box<dyn Query>, IndexError> {
        let of_segment = |(segment_idx, segment): (usize, &SegmentReader)| {
            let mut found = BitSet::with_max_value(segment.max_doc());
            find(segment_idx, segment, &mut found)?;
            Ok((segment.segment_id(), found))
        };
        let segments = self.snapshot.searcher.segment_readers().par_iter().enumerate();
        let docs: HashMap<SegmentId, BitSet> = segments.map(of_segment).collect::<Result<_, IndexError>>()?;
        Ok(Box::new(DocsQuery {
            docs: Arc::new(docs),
            score,
        }))
    }

    /// What stands in a row that is wanted.
    fn rows(&self, is_wanted: impl Fn(u32) -> bool + Sync) -> Result<Box<dyn Query>, IndexError> {
        self.docs_of_segments(0.0, |segment_idx, _, found| {
            for (doc, row) in (0..).zip(self.snapshot.rows_of_segment(segment_idx)) {
                if is_wanted(row) {
                    found.insert(doc);
                }
            }
            Ok(())
        })
    }

    /// The values of a facet in whose name all words of `value` occur, in rising order.
    fn bearers(&self, facet: Facet, value: &str, is_open: bool) -> Vec<u32> {
        let wanted = NameWords::new(value, is_open);
        if let Some(kind) = entity_kind(facet) {
            let registry = &self.snapshot.registry;
            let is_of_kind = |idx: &EntityIdx| registry.get(*idx).is_some_and(|it| it.kind() == kind);
            let bearers = registry.entities_with(&wanted).into_iter().filter(is_of_kind);
            return bearers.map(|idx| idx.0).collect();
        }
        let names = self.snapshot.values(facet).into_iter().flat_map(|it| it.names.iter());
        let bearing = (0..).zip(names).filter(|(_, name)| wanted.is_in(name));
        bearing.map(|(value, _)| value).collect()
    }
}

/// The kind of entity that a facet counts.
pub(super) fn entity_kind(facet: Facet) -> Option<EntityKind> {
    match facet {
        Facet::Person => Some(EntityKind::Person),
        Facet::Organisation => Some(EntityKind::Organisation),
        Facet::Place => Some(EntityKind::Place),
        Facet::Source | Facet::Keyword | Facet::Date | Facet::Language | Facet::Folder | Facet::Format => None,
    }
}

impl Snapshot {
    /// For each row its values of a facet. Entities of all kinds stand in one list.
    pub fn values_of(&self, facet: Facet) -> &ValuesByRow {
        self.values(facet).map_or(&self.entities, |it| &it.by_row)
    }
}

/// What of a word that is being typed the words are to begin with: the article is none of it.
fn base_of(word: &QueryWord) -> &str {
    let rest = word
        .surface
        .strip_prefix("ال")
        .filter(|_| word.kind == WordKind::Arabic);
    rest.filter(|rest| SHORTEST_AFTER_CLITIC <= rest.chars().count())
        .unwrap_or(&word.surface)
}

/// What a word may begin with of which `base` is the beginning, save for article and proclitics.
fn beginnings_of(base: &str, kind: WordKind) -> Vec<String> {
    let mut beginnings = vec![base.to_owned()];
    if kind == WordKind::Arabic {
        let clitics = match base.chars().count() < SHORTEST_AFTER_CLITIC {
            true => CLITICS_BEFORE_TWO_LETTERS.as_slice(),
            false => CLITICS.as_slice(),
        };
        let clitics = CLITICS_WITH_ARTICLE.iter().chain(clitics);
        beginnings.extend(clitics.map(|clitic| format!("{clitic}{base}")));
    }
    beginnings
}

/// The words of a segment that begin so.
fn words_with_beginning(
    inverted: &InvertedIndexReader,
    beginning: &str,
) -> Result<Vec<(String, TermInfo)>, IndexError> {
    // No word holds this byte: the end of all words with the beginning.
    let mut end = beginning.as_bytes().to_vec();
    end.push(0xFF);
    let range = inverted.terms().range().ge(beginning.as_bytes()).lt(&end);
    let mut terms = range.into_stream()?;
    let mut words = Vec::new();
    while terms.advance() {
        words.push((String::from_utf8_lossy(terms.key()).into_owned(), terms.value().clone()));
    }
    Ok(words)
}

/// The words of a segment with one of these beginnings, at most [`MOST_WORDS_OF_BEGINNING`].
fn most_frequent_words(
    inverted: &InvertedIndexReader,
    beginnings: &[String],
) -> Result<Vec<(String, TermInfo)>, IndexError> {
    let mut words = Vec::new();
    for beginning in beginnings {
        words.extend(words_with_beginning(inverted, beginning)?);
    }
    words.sort_unstable_by_key(|(_, it)| Reverse(it.doc_freq));
    words.truncate(MOST_WORDS_OF_BEGINNING);
    Ok(words)
}

/// Puts the documents of a word into `found`.
fn insert_postings(inverted: &InvertedIndexReader, word: &TermInfo, found: &mut BitSet) -> Result<(), IndexError> {
    let mut postings = inverted.read_block_postings_from_terminfo(word, IndexRecordOption::Basic)?;
    while !postings.docs().is_empty() {
        for &doc in postings.docs() {
            found.insert(doc);
        }
        postings.advance();
    }
    Ok(())
}

/// Of what a query finds, that in which a matcher finds something: for what the index does not tell.
///
/// It reads the stored texts of what the query finds, some ten thousand a second, so it stands only where spelling
/// matters in a phrase, and looks at no more than [`MOST_LOOKED_AT`]: the rest is found as it is folded.
#[derive(Debug)]
struct SpelledQuery {
    query: Box<dyn Query>,
    matcher: Matcher,
    fields: Fields,
    /// What of an article is to be looked at.
    place: Place,
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
    /// How many texts were looked at, in all segments.
    n_looked_at: AtomicUsize,
}

/// So many texts are looked at for one query: half a second and more, during which nothing else can be searched for.
const MOST_LOOKED_AT: usize = 3_000;

impl SpelledWeight {
    fn has_match(&self, store: &StoreReader, doc: DocId) -> bool {
        let Ok(document) = store.get::<TantivyDocument>(doc) else {
            return false;
        };
        let SpelledQuery { fields, place, .. } = &self.query;
        let is_spelled = |text: &str| has_match(&self.query.matcher, text);
        let title = document.get_first(fields.title).and_then(|value| value.as_str());
        title.is_some_and(is_spelled) || *place == Place::Anywhere && is_spelled(&fields.stored_body(&document))
    }
}

impl Weight for SpelledWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let store = reader.get_store_reader(STORE_BLOCKS)?;
        let mut scorer = self.weight.scorer(reader, boost)?;
        let mut scores = Vec::new();
        while scorer.doc() != TERMINATED {
            let is_left_out = MOST_LOOKED_AT <= self.n_looked_at.fetch_add(1, Ordering::Relaxed);
            if is_left_out || self.has_match(&store, scorer.doc()) {
                scores.push((scorer.doc(), scorer.score()));
            }
            scorer.advance();
        }
        Ok(Box::new(ScoredDocs { scores, at: 0 }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

/// How many blocks of the store are kept: documents come in their order.
const STORE_BLOCKS: usize = 2;

/// Documents that were looked at already, in rising order, with their scores.
struct ScoredDocs {
    scores: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for ScoredDocs {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.scores.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        self.scores.len() as u32
    }
}

impl Scorer for ScoredDocs {
    fn score(&mut self) -> Score {
        self.scores.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}

#[derive(Clone, Copy)]
struct TextFields {
    surface: Field,
    stem: Field,
    spelling: Field,
    boost: Score,
}

fn term(field: Field, text: &str, boost: Score) -> Box<dyn Query> {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), boost))
}

/// What both find, scored by the first.
fn both(scored: Box<dyn Query>, other: Box<dyn Query>) -> Box<dyn Query> {
    let other = Box::new(ConstScoreQuery::new(other, 0.0));
    Box::new(BooleanQuery::intersection(vec![scored, other]))
}

fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

/// Asks for documents that are known already.
#[derive(Clone)]
struct DocsQuery {
    docs: Arc<HashMap<SegmentId, BitSet>>,
    score: Score,
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

#[cfg(test)]
mod tests {
    use super::super::analysis::{beginnings, folded_words};
    use super::*;

    #[test]
    fn the_index_holds_the_short_beginnings_that_words_are_found_by() {
        let words = "كتاب والكتاب وبالكتب فللعلم ولكتابنا بالغ لله وال ف الآن وكبر cop28 2023";
        let bases = words.split(' ').flat_map(|word| {
            let surface = fold_word(word);
            let letters: Vec<char> = surface.chars().collect();
            let pieces = (0..letters.len()).flat_map(|start| (start..letters.len()).map(move |end| start..=end));
            pieces
                .filter(|it| it.clone().count() <= INDEXED_BEGINNING)
                .map(|it| letters[it].iter().collect())
                .collect::<Vec<String>>()
        });
        for base in bases {
            for word in folded_words(words) {
                let is_found = beginnings_of(&base, word.kind)
                    .iter()
                    .any(|it| word.surface.starts_with(it));
                assert_eq!(beginnings(&word.surface).contains(&base), is_found, "{base} {word:?}");
            }
        }
    }
}

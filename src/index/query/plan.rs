//! Turns the meaning of a query into tantivy's queries: words become terms, names become sets of rows.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Zoned;
use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use tantivy::index::SegmentId;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};
use tantivy::schema::Field;
use tantivy::{BitSet, DocId, Score, SegmentReader, TantivyDocument};

use crate::arabic::days::epoch_day;
use crate::arabic::index_word;
use crate::arabic::spelling::Spelling;
use crate::entities::{EntityIdx, NameWords};
use crate::index::analysis::{folded_words, stem_of, written_of_term};
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::facet::Facet;
use crate::index::marked::MarkText;
use crate::index::request::{QueryUnderstood, Unmet};
use crate::index::schema::Fields;
use crate::index::snapshot::Snapshot;

use super::forms::{Beginnings, most_frequent_terms, stems_of, stems_with_beginnings};
use super::matches::{Matcher, Spelled};
use super::nearest::{nearest_names, nearest_values};
use super::node::{Node, QueryPart, QueryWord, Unclear};
use super::parse::{ParsedQuery, operator_names, parse_query};
use super::tantivy_query::{DocsQuery, SpelledQuery, TextScope, both, everything};
use super::word_docs::{Distance, FieldWord, PostingsOfTerms, any_of, phrase, terms_of_stem};

/// A word in the very form asked for counts a quarter more. This and [`PAIR_BOOST`] have the magnitude that proved best
/// on six collections of questions, and were tuned by `cargo bench --bench retrieval`.
const SURFACE_BOOST: Score = 0.25;

/// A form with another clitic counts less than the word itself. A guess.
const CLITIC_BOOST: Score = 0.5;

/// Added where two words of the query are next to each other, with at most one word between them.
const PAIR_BOOST: Score = 0.1;

/// A word in the title says more. A guess.
const TITLE_BOOST: Score = 2.0;

/// A prefix reads at most this many postings per row of a segment, those of the most frequent words first: the rest are
/// rare, and the next letter brings them back. A guess.
const MOST_POSTINGS_PER_ROW: u64 = 4;

/// Of so few documents of a segment the texts are read to find out whether a word has a beginning. A guess: some ten
/// milliseconds.
const FEW_LEFT: usize = 100;

/// How a query is carried out on one snapshot.
#[derive(Default)]
pub struct Plan {
    /// The query for tantivy; `None` for all articles.
    pub query: Option<Box<dyn Query>>,
    /// Whether scores differ between matches.
    pub is_scored: bool,
    /// What to highlight.
    pub matchers: Vec<Matcher>,
    /// The query in words, for the line below the search field.
    pub understood: QueryUnderstood,
    /// Its conditions that no article meets.
    pub unmet: Vec<Unmet>,
    /// Its pieces, all of which must match.
    pub parts: Vec<QueryPart>,
    /// What could not be read of the index while planning, so that articles may be missing.
    pub unread: Option<IndexError>,
}

impl Plan {
    /// Plans a query of today. `as_typed`: whether its words must be spelled as typed.
    pub fn new(query_text: &str, as_typed: bool, snapshot: &Snapshot) -> Self {
        let mut planner = Planner {
            snapshot,
            as_typed,
            matchers: Vec::new(),
            unmet: Vec::new(),
            is_excluded: false,
            unread: Unread::default(),
        };
        let ParsedQuery { node, parts } = parse_query(query_text, Zoned::now().date());
        let understood = node.understood();
        let query = match &node {
            Node::All(nodes) if nodes.is_empty() => None,
            node => Some(planner.query(node, TextScope::Anywhere)),
        };
        Self {
            query,
            is_scored: !planner.matchers.is_empty(),
            matchers: planner.matchers,
            understood,
            unmet: planner.unmet,
            parts,
            unread: planner.unread.into_first(),
        }
    }
}

struct Planner<'a> {
    snapshot: &'a Snapshot,
    /// Whether words must be spelled as typed.
    as_typed: bool,
    matchers: Vec<Matcher>,
    unmet: Vec<Unmet>,
    /// Whether the node being planned is excluded, so that nothing of it is highlighted.
    is_excluded: bool,
    unread: Unread,
}

impl Planner<'_> {
    fn query(&mut self, node: &Node, scope: TextScope) -> Box<dyn Query> {
        match node {
            Node::All(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    match node {
                        Node::Not(node) => clauses.push((Occur::MustNot, self.excluded(node, scope))),
                        node => clauses.push((Occur::Must, self.query(node, scope))),
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
                    clauses.push((Occur::Should, self.query(node, scope)));
                }
                clauses.extend(self.pairs(nodes));
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Not(node) => {
                let excluded = self.excluded(node, scope);
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, everything()),
                    (Occur::MustNot, excluded),
                ]))
            }
            Node::Word(word) => self.word(word, scope),
            Node::Beginning(word) => self.beginning(word, scope),
            Node::Phrase(words) => self.phrase(words, scope),
            Node::Near { words, within } => self.near(words, *within, scope),
            Node::Title(node) => self.query(node, TextScope::Title),
            Node::Named { facet, value, is_open } => {
                let mut is_wanted = vec![false; self.snapshot.n_values(*facet)];
                let bearers = self.bearers(*facet, value, *is_open);
                if bearers.is_empty() {
                    self.unmet.push(Unmet::NoValue {
                        facet: *facet,
                        value: value.trim().to_owned(),
                        nearest: nearest_values(self.snapshot, *facet, value, &self.unread),
                    });
                }
                for value in bearers {
                    is_wanted[value as usize] = true;
                }
                let values = self.snapshot.values_of(*facet);
                self.rows(|row| values.of(row).any(|value| is_wanted[value as usize]))
            }
            Node::Unclear(unclear) => {
                self.unmet.push(self.unmet_by(unclear));
                Box::new(EmptyQuery)
            }
            Node::Marked(kind) => {
                let wanted = self.snapshot.marked().values_of(*kind);
                let values = self.snapshot.values_of(Facet::Mark);
                self.rows(|row| values.of(row).any(|value| wanted.contains(&value)))
            }
            Node::MarkWords { words, of, is_open } => self.mark_words(words, *of, *is_open),
            Node::Days { first, last } => {
                let first = first.map_or(i32::MIN, epoch_day);
                let last = last.map_or(i32::MAX, epoch_day);
                self.rows(|row| self.snapshot.day(row).is_some_and(|day| first <= day && day <= last))
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
                self.rows(|row| dates.of(row).any(|date| is_wanted[date as usize]))
            }
        }
    }

    /// What is told of a condition that is not understood.
    fn unmet_by(&self, unclear: &Unclear) -> Unmet {
        match unclear {
            Unclear::Date { value, .. } => Unmet::NoDate(value.clone()),
            Unclear::Mark { value, .. } => Unmet::NoValue {
                facet: Facet::Mark,
                value: value.clone(),
                nearest: nearest_values(self.snapshot, Facet::Mark, value, &self.unread),
            },
            Unclear::Operator { name, .. } => Unmet::NoOperator {
                name: name.clone(),
                nearest: nearest_names(name, operator_names()),
            },
        }
    }

    /// The rows of which a note or a highlighted passage has these words.
    fn mark_words(&self, words: &[QueryWord], of: MarkText, is_open: bool) -> Box<dyn Query> {
        let stemmed = |word: &QueryWord| (word.surface.clone(), stem_of(&word.surface, word.kind));
        let wanted: Vec<(String, String)> = words.iter().map(stemmed).collect();
        let rows = self.snapshot.marked().rows_with(&wanted, of, is_open);
        self.rows(|row| rows.contains(&row))
    }

    fn excluded(&mut self, node: &Node, scope: TextScope) -> Box<dyn Query> {
        let before = std::mem::replace(&mut self.is_excluded, true);
        let query = self.query(node, scope);
        self.is_excluded = before;
        query
    }

    /// Remembers what to highlight.
    fn highlight(&mut self, matcher: Matcher) {
        if !self.is_excluded {
            self.matchers.push(matcher);
        }
    }

    fn word(&mut self, word: &QueryWord, scope: TextScope) -> Box<dyn Query> {
        let stems = stems_of(self.snapshot, word, &self.unread);
        let mut query = self.word_query(word, &stems, scope);
        let spelled = self.spelled(word);
        if let Some(spelled) = &spelled {
            let is_wanted = |written: &str| spelled.is_in(written);
            query = both(query, self.rows_with_spellings(&stems, scope, is_wanted));
        }
        self.highlight(Matcher::Word { stems, spelled });
        query
    }

    /// The spelling required of a word, if any.
    fn spelled(&self, word: &QueryWord) -> Option<Spelled> {
        let spelling = Spelling::new(&word.shown);
        (self.as_typed || spelling.has_tashkeel()).then_some(Spelled {
            spelling,
            as_typed: self.as_typed,
        })
    }

    fn word_query(&self, word: &QueryWord, stems: &[String], scope: TextScope) -> Box<dyn Query> {
        let mut words: Vec<(FieldWord, Score)> = Vec::new();
        for (field, field_boost) in self.fields(scope) {
            words.push((surface(field, word), SURFACE_BOOST * field_boost));
            for (idx, stem) in stems.iter().enumerate() {
                let boost = if idx == 0 { 1.0 } else { CLITIC_BOOST };
                let forms = FieldWord::of_stem(field, stem);
                words.push((forms, boost * field_boost));
            }
        }
        Box::new(any_of(self.snapshot, &words, &self.unread))
    }

    fn beginning(&mut self, word: &QueryWord, scope: TextScope) -> Box<dyn Query> {
        let beginnings = Beginnings::of(word);
        if let Some(spelled) = self.spelled(word) {
            // The word as typed is a prefix of its forms.
            let fields: Vec<Field> = self.fields(scope).iter().map(|(field, _)| *field).collect();
            let stems = stems_with_beginnings(self.snapshot, &beginnings, word.kind, &fields, &self.unread);
            // Clitics before a stem are optional.
            let is_wanted = |written: &str| beginnings.has(&index_word(written)) && spelled.is_in(written);
            let query = self.rows_with_spellings(&stems, scope, is_wanted);
            let spelled = Some(spelled);
            self.highlight(Matcher::Beginning { beginnings, spelled });
            return query;
        }
        // Its prefixes include its clitics.
        let stems = vec![stem_of(&word.surface, word.kind)];
        let mut whole = self.word_query(word, &stems, scope);
        let mut n_whole = 0;
        let mut clauses = Vec::new();
        for (field, boost) in self.fields(scope) {
            n_whole += surface(field, word).n_articles(self.snapshot, &self.unread);
            clauses.push((Occur::Should, self.rows_with_beginnings(&beginnings, field, boost)));
        }
        if n_whole == 0 {
            // «اقتصا» is the beginning of «اقتصاد» before it is a form of «اقتصّ».
            whole = Box::new(ConstScoreQuery::new(whole, CLITIC_BOOST));
        }
        clauses.push((Occur::Should, whole));
        self.highlight(Matcher::Word { stems, spelled: None });
        let spelled = None;
        self.highlight(Matcher::Beginning { beginnings, spelled });
        Box::new(BooleanQuery::new(clauses))
    }

    fn phrase(&mut self, words: &[QueryWord], scope: TextScope) -> Box<dyn Query> {
        let mut query = self.phrase_query(scope, Distance::None, |field| {
            words.iter().map(|word| surface(field, word)).collect()
        });
        let spelled_words: Vec<_> = words.iter().map(|it| (it.surface.clone(), self.spelled(it))).collect();
        for (word, (_, spelled)) in words.iter().zip(&spelled_words) {
            if let Some(spelled) = spelled {
                let stems = [stem_of(&word.surface, word.kind)];
                query = both(query, self.rows_with_spellings(&stems, scope, |it| spelled.is_in(it)));
            }
        }
        let is_spelled = spelled_words.iter().any(|(_, spelled)| spelled.is_some());
        let matcher = Matcher::Phrase { words: spelled_words };
        if is_spelled {
            // The words occur; whether these are the adjacent ones, only the text shows.
            query = Box::new(SpelledQuery {
                query,
                matcher: matcher.clone(),
                fields: self.snapshot.fields,
                scope,
            });
        }
        self.highlight(matcher);
        query
    }

    /// Words in any of their forms, close to each other.
    fn near(&mut self, words: &[QueryWord], within: u32, scope: TextScope) -> Box<dyn Query> {
        let stems: Vec<String> = words.iter().map(|it| stem_of(&it.surface, it.kind)).collect();
        let query = self.phrase_query(scope, Distance::Among(within), |field| {
            words.iter().map(|word| stem(field, word)).collect()
        });
        let within = within as usize;
        self.highlight(Matcher::Near { stems, within });
        query
    }

    /// Words at a distance in any of the fields.
    fn phrase_query(
        &self,
        scope: TextScope,
        distance: Distance,
        words_in: impl Fn(Field) -> Vec<FieldWord>,
    ) -> Box<dyn Query> {
        let in_field = |(field, boost)| -> (Occur, Box<dyn Query>) {
            let query = phrase(self.snapshot, &words_in(field), (distance, boost), &self.unread);
            (Occur::Should, Box::new(query))
        };
        Box::new(BooleanQuery::new(
            self.fields(scope).into_iter().map(in_field).collect(),
        ))
    }

    /// Adjacent words of the query count more where they are adjacent in an article too.
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
        let words = [first, second].map(|word| stem(self.snapshot.fields.body, word));
        let distance = (Distance::AtMost(1), PAIR_BOOST);
        Box::new(phrase(self.snapshot, &words, distance, &self.unread))
    }

    /// The fields that are searched, each with its boost.
    fn fields(&self, scope: TextScope) -> Vec<(Field, Score)> {
        let title = (self.snapshot.fields.title_words, TITLE_BOOST);
        let body = (self.snapshot.fields.body, 1.0);
        match scope {
            TextScope::Title => vec![title],
            TextScope::Anywhere => vec![title, body],
        }
    }

    /// Matches articles with a word that has one of these prefixes.
    fn rows_with_beginnings(&self, beginnings: &Beginnings, field: Field, boost: Score) -> Box<dyn Query> {
        self.docs_of_segments(boost, |_, segment, found| {
            let mut n_postings = MOST_POSTINGS_PER_ROW * u64::from(segment.max_doc());
            let inverted = segment.inverted_index(field)?;
            let mut postings = PostingsOfTerms::new(&inverted);
            for term in most_frequent_terms(&inverted, beginnings)? {
                n_postings = n_postings.saturating_sub(u64::from(term.doc_freq));
                let n_left = segment.max_doc() as usize - found.len();
                if n_postings == 0 && !beginnings.is_short() || n_left == 0 {
                    break;
                }
                if field == self.snapshot.fields.body && n_left <= FEW_LEFT {
                    // «ال» begins a hundred thousand words, and hardly an article has none of the first hundred.
                    return add_by_text(&self.snapshot.fields, segment, beginnings, found);
                }
                postings.insert(&term, found)?;
            }
            Ok(())
        })
    }

    /// Matches articles with a word that has one of these stems and the spelling required.
    fn rows_with_spellings(
        &self,
        stems: &[String],
        scope: TextScope,
        is_wanted: impl Fn(&str) -> bool + Sync,
    ) -> Box<dyn Query> {
        self.docs_of_segments(0.0, |segment_idx, segment, found| {
            for (field, _) in self.fields(scope) {
                let inverted = segment.inverted_index(field)?;
                let mut postings = PostingsOfTerms::new(&inverted);
                for stem in stems {
                    for (term, info) in terms_of_stem(self.snapshot, segment_idx, field, &inverted, stem)? {
                        if is_wanted(&written_of_term(&term)) {
                            postings.insert(&info, found)?;
                        }
                    }
                }
            }
            Ok(())
        })
    }

    /// Matches the documents that `find` adds to the set of each segment.
    fn docs_of_segments(
        &self,
        score: Score,
        find: impl Fn(usize, &SegmentReader, &mut BitSet) -> Result<(), IndexError> + Sync,
    ) -> Box<dyn Query> {
        let of_segment = |(segment_idx, segment): (usize, &SegmentReader)| {
            let mut found = BitSet::with_max_value(segment.max_doc());
            self.unread.noted(find(segment_idx, segment, &mut found));
            (segment.segment_id(), found)
        };
        let segments = self.snapshot.searcher.segment_readers().par_iter().enumerate();
        let docs: HashMap<SegmentId, BitSet> = segments.map(of_segment).collect();
        Box::new(DocsQuery {
            docs: Arc::new(docs),
            score,
        })
    }

    /// Finds the rows that a condition accepts.
    fn rows(&self, is_wanted: impl Fn(u32) -> bool + Sync) -> Box<dyn Query> {
        self.docs_of_segments(0.0, |segment_idx, _, found| {
            for (doc, row) in (0..).zip(self.snapshot.rows_of_segment(segment_idx)) {
                if is_wanted(row) {
                    found.insert(doc);
                }
            }
            Ok(())
        })
    }

    /// The values of a facet in whose name all words of `value` occur, or that it spells in Latin letters, in rising order.
    fn bearers(&self, facet: Facet, value: &str, is_open: bool) -> Vec<u32> {
        if let Some(kind) = facet.entity_kind() {
            let registry = &self.snapshot.registry;
            let is_of_kind = |idx: &EntityIdx| registry.get(*idx).is_some_and(|it| it.kind() == kind);
            let bearers = registry.entities_called(value, is_open).into_iter().filter(is_of_kind);
            return bearers.map(|idx| idx.0).collect();
        }
        let wanted = NameWords::new(value, is_open);
        let names = self.snapshot.values(facet).into_iter().flat_map(|it| it.names.iter());
        let bearing = (0..).zip(names).filter(|(_, name)| wanted.is_in(name));
        bearing.map(|(value, _)| value).collect()
    }
}

/// Adds those of the documents that were not found in whose body a word has one of the beginnings.
fn add_by_text(
    fields: &Fields,
    segment: &SegmentReader,
    beginnings: &Beginnings,
    found: &mut BitSet,
) -> Result<(), IndexError> {
    let store = segment.get_store_reader(1)?;
    let left: Vec<DocId> = (0..segment.max_doc()).filter(|doc| !found.contains(*doc)).collect();
    for doc in left {
        let document: TantivyDocument = store.get(doc)?;
        let body = fields.stored_body(&document);
        if folded_words(&body).any(|word| beginnings.has(word.surface())) {
            found.insert(doc);
        }
    }
    Ok(())
}

/// The very word in a field, however it is spelled.
fn surface(field: Field, word: &QueryWord) -> FieldWord {
    FieldWord::of_surface(field, &word.surface)
}

/// The forms of a word in a field.
fn stem(field: Field, word: &QueryWord) -> FieldWord {
    FieldWord::of_stem(field, &stem_of(&word.surface, word.kind))
}

//! From what is looked for to what the index is asked: words become terms, names become sets of rows.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{
    AllQuery, BitSetDocSet, BooleanQuery, BoostQuery, ConstScoreQuery, ConstScorer, EnableScoring, Explanation, Occur,
    PhraseQuery, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{BitSet, DocId, DocSet as _, Score, SegmentReader};

use crate::arabic::{Folding, WordKind, fold, stem};
use crate::entities::EntityKind;

use super::analysis::{folded_words, stem_of};
use super::error::IndexError;
use super::matches::Matcher;
use super::query::{Node, QueryWord, parse_query, plain_text};
use super::schema::days_of;
use super::snapshot::{Snapshot, ValuesByRow};
use super::{Facet, QueryUnderstood};

/// Measured on six collections of questions: a word in the very form asked for counts half as much again.
const SURFACE_BOOST: Score = 0.5;
/// A form that differs by what is written together with the word counts less than the word itself.
const CLITIC_BOOST: Score = 0.5;
/// The same for two words of the query side by side, with at most one word between them.
const PAIR_BOOST: Score = 0.2;
/// Not measured: a word in the title says more.
const TITLE_BOOST: Score = 2.0;

/// What is written together with the word after it, where the word has no article.
const CLITICS: [&str; 11] = ["و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"];
/// What the light stemmer leaves at the end: the alif of «اتفاقاً», the ت of «حكومته», duals and plurals.
const ENDINGS: [&str; 6] = ["ا", "ت", "ان", "ون", "ين", "يون"];
/// [`CLITICS`] with the article.
const CLITICS_WITH_ARTICLE: [&str; 12] = [
    "ال", "بال", "كال", "لل", "وال", "فال", "وبال", "فبال", "وكال", "فكال", "ولل", "فلل",
];

/// The fewest letters a word must have for a single letter before it to be a proclitic.
const SHORTEST_AFTER_CLITIC: usize = 3;

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
}

impl Plan {
    /// Plans a query.
    pub fn new(query_text: &str, snapshot: &Snapshot) -> Result<Self, IndexError> {
        let mut planner = Planner {
            snapshot,
            matchers: Vec::new(),
            is_excluded: false,
        };
        let node = planner.settled(parse_query(query_text));
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
        })
    }
}

/// Where words are looked for.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Anywhere,
    Title,
}

struct Planner<'a> {
    snapshot: &'a Snapshot,
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
                for pair in nodes.windows(2) {
                    if let [Node::Word(first), Node::Word(second) | Node::Beginning(second)] = pair
                        && !self.is_excluded
                    {
                        clauses.push((Occur::Should, self.pair(first, second)));
                    }
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Any(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    clauses.push((Occur::Should, self.query(node, place)?));
                }
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
            Node::Phrase(words) => self.phrase(words, place),
            Node::Title(node) => self.query(node, Place::Title)?,
            Node::Named { facet, value, is_open } => {
                let wanted = self.bearers(*facet, value, *is_open);
                let values = self.snapshot.values_of(*facet);
                self.rows(|row| values.of(row).iter().any(|value| wanted.binary_search(value).is_ok()))
            }
            Node::Days { first, last } => {
                let first = first.map_or(i32::MIN, days_of);
                let last = last.map_or(i32::MAX, days_of);
                let days = &self.snapshot.days;
                self.rows(|row| days[row as usize].is_some_and(|day| first <= day && day <= last))
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
        let query = self.word_query(word, &stems, place);
        self.highlight(Matcher::Word { stems });
        Ok(query)
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
        let stems = self.stems_of(word)?;
        let beginnings = beginnings_of(word);
        let mut clauses = vec![(Occur::Should, self.word_query(word, &stems, place))];
        clauses.push((Occur::Should, self.rows_with_beginnings(&beginnings, place)?));
        self.highlight(Matcher::Word { stems });
        self.highlight(Matcher::Beginning { beginnings });
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn phrase(&mut self, words: &[QueryWord], place: Place) -> Box<dyn Query> {
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
        self.highlight(Matcher::Phrase {
            surfaces: words.iter().map(|word| word.surface.clone()).collect(),
        });
        Box::new(BooleanQuery::new(clauses))
    }

    /// Two words of the query near each other in the body.
    fn pair(&self, first: &QueryWord, second: &QueryWord) -> Box<dyn Query> {
        let field = self.snapshot.fields.body_stem;
        let terms = [first, second].map(|word| Term::from_field_text(field, stem_of(&word.surface, word.kind)));
        let mut query = PhraseQuery::new(terms.to_vec());
        query.set_slop(1);
        Box::new(BoostQuery::new(Box::new(query), PAIR_BOOST))
    }

    fn fields(&self, place: Place) -> Vec<TextFields> {
        let fields = &self.snapshot.fields;
        let title = TextFields {
            surface: fields.title,
            stem: fields.title_stem,
            boost: TITLE_BOOST,
        };
        let body = TextFields {
            surface: fields.body,
            stem: fields.body_stem,
            boost: 1.0,
        };
        match place {
            Place::Title => vec![title],
            Place::Anywhere => vec![title, body],
        }
    }

    /// The stems by which a word is found: its own first, then those that differ by what is written together with it.
    ///
    /// Whether «بدمج» is ب and «دمج», and «بحر» is not ب and «حر», is told from the archive: a word together with
    /// something else is not much more frequent than the word itself.
    fn stems_of(&self, word: &QueryWord) -> Result<Vec<String>, IndexError> {
        let own = stem_of(&word.surface, word.kind).to_owned();
        let mut stems = vec![own.clone()];
        if word.kind != WordKind::Arabic {
            return Ok(stems);
        }
        let n_own = self.articles_with(&own)?;
        let without_clitic = CLITICS
            .iter()
            .filter_map(|clitic| word.surface.strip_prefix(clitic))
            .map(stem);
        let without_ending = ENDINGS.iter().filter_map(|ending| own.strip_suffix(ending));
        for shorter in without_clitic.chain(without_ending) {
            if SHORTEST_AFTER_CLITIC <= shorter.chars().count() {
                let n_shorter = self.articles_with(shorter)?;
                if n_shorter != 0 && n_own <= 2 * n_shorter {
                    stems.push(shorter.to_owned());
                }
            }
        }
        for idx in 0..stems.len() {
            let stem = stems[idx].clone();
            let n_stem = self.articles_with(&stem)?;
            let mut longer = Vec::new();
            if SHORTEST_AFTER_CLITIC <= stem.chars().count() {
                longer.extend(CLITICS.iter().map(|clitic| format!("{clitic}{stem}")));
                longer.extend(ENDINGS.iter().map(|ending| format!("{stem}{ending}")));
            }
            for longer in longer {
                if self.is_no_other_word(&longer, n_stem)? {
                    stems.push(longer);
                }
            }
        }
        // «للجنة» is ل and «اللجنة».
        let without_article = word.surface.strip_prefix("ال").unwrap_or(&word.surface);
        if without_article.starts_with('ل') {
            let with = format!("ل{without_article}");
            if self.is_no_other_word(stem(&with), n_own)? {
                stems.push(stem(&with).to_owned());
            }
        }
        let mut seen = Vec::new();
        stems.retain(|stem| {
            let is_new = !seen.contains(stem);
            seen.push(stem.clone());
            is_new
        });
        Ok(stems)
    }

    /// Whether a longer stem occurs, but not so often that it must be a word of its own.
    fn is_no_other_word(&self, longer: &str, n_stem: u64) -> Result<bool, IndexError> {
        let n_longer = self.articles_with(longer)?;
        Ok(n_longer != 0 && (n_stem == 0 || n_longer <= 2 * n_stem))
    }

    /// In how many articles a stem occurs; those that have it in title and body may count twice.
    fn articles_with(&self, stem: &str) -> Result<u64, IndexError> {
        let fields = &self.snapshot.fields;
        let mut articles = 0;
        for field in [fields.title_stem, fields.body_stem] {
            articles += self.snapshot.searcher.doc_freq(&Term::from_field_text(field, stem))?;
        }
        Ok(articles)
    }

    fn rows_with_beginnings(&self, beginnings: &[String], place: Place) -> Result<Box<dyn Query>, IndexError> {
        let mut docs = HashMap::new();
        for segment in self.snapshot.searcher.segment_readers() {
            let mut found = BitSet::with_max_value(segment.max_doc());
            for fields in self.fields(place) {
                let inverted = segment.inverted_index(fields.surface)?;
                for beginning in beginnings {
                    // No word holds this byte: the end of all words with the beginning.
                    let mut end = beginning.as_bytes().to_vec();
                    end.push(0xFF);
                    let range = inverted.terms().range().ge(beginning.as_bytes()).lt(&end);
                    let mut terms = range.into_stream()?;
                    while terms.advance() {
                        let mut postings =
                            inverted.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                        while !postings.docs().is_empty() {
                            for &doc in postings.docs() {
                                found.insert(doc);
                            }
                            postings.advance();
                        }
                    }
                }
            }
            docs.insert(segment.segment_id(), found);
        }
        Ok(Box::new(DocsQuery {
            docs: Arc::new(docs),
            score: 1.0,
        }))
    }

    fn rows(&self, is_wanted: impl Fn(u32) -> bool) -> Box<dyn Query> {
        let mut docs = HashMap::new();
        for (segment_idx, segment) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let mut found = BitSet::with_max_value(segment.max_doc());
            for (doc, row) in self.snapshot.rows_of_segment(segment_idx).enumerate() {
                if is_wanted(row) {
                    found.insert(doc as u32);
                }
            }
            docs.insert(segment.segment_id(), found);
        }
        Box::new(DocsQuery {
            docs: Arc::new(docs),
            score: 0.0,
        })
    }

    /// The values of a facet in whose name all words of `value` occur, in rising order.
    fn bearers(&self, facet: Facet, value: &str, is_open: bool) -> Vec<u32> {
        let wanted = NameWords::new(value, is_open);
        let mut bearers: Vec<u32> = match entity_kind(facet) {
            Some(kind) => {
                let entities = self.snapshot.registry.entities();
                entities
                    .filter(|entity| entity.kind() == kind)
                    .filter(|entity| {
                        wanted.is_in(entity.name()) || entity.aliases().iter().any(|(alias, _)| wanted.is_in(alias))
                    })
                    .map(|entity| entity.idx().0)
                    .collect()
            }
            None => {
                let values = self.snapshot.names_of(facet).iter().enumerate();
                values
                    .filter(|(_, value)| wanted.is_in(&value.name))
                    .map(|(idx, _)| idx as u32)
                    .collect()
            }
        };
        bearers.sort_unstable();
        bearers
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
        match facet {
            Facet::Person | Facet::Organisation | Facet::Place => &self.entities,
            Facet::Source => &self.sources,
            Facet::Keyword => &self.keywords,
            Facet::Date => &self.dates,
            Facet::Language => &self.languages,
            Facet::Folder => &self.folders,
            Facet::Format => &self.formats,
        }
    }

    /// The values of a facet that are no entities.
    pub fn names_of(&self, facet: Facet) -> &[super::snapshot::NamedValue] {
        match facet {
            Facet::Source => &self.source_names,
            Facet::Keyword => &self.keyword_names,
            Facet::Date => &self.date_names,
            Facet::Language => &self.language_names,
            Facet::Folder => &self.folder_names,
            Facet::Format => &self.format_names,
            Facet::Person | Facet::Organisation | Facet::Place => &[],
        }
    }
}

/// Words that are looked for in a name, whatever their order; the article does not count.
pub(super) struct NameWords {
    words: Vec<String>,
    /// Whether the last word is only the beginning of one.
    is_open: bool,
}

impl NameWords {
    /// The words of `text`.
    pub fn new(text: &str, is_open: bool) -> Self {
        Self {
            words: name_words(text).collect(),
            is_open,
        }
    }

    /// Whether `name` holds them all.
    pub fn is_in(&self, name: &str) -> bool {
        let of_name: Vec<String> = name_words(name).collect();
        self.words.iter().enumerate().all(|(idx, wanted)| {
            let is_open = self.is_open && idx + 1 == self.words.len();
            of_name
                .iter()
                .any(|word| word == wanted || is_open && word.starts_with(wanted.as_str()))
        })
    }
}

fn name_words(text: &str) -> impl Iterator<Item = String> + '_ {
    folded_words(text).map(|word| {
        let folded = fold(word.span.of(text).unwrap_or_default(), Folding::Name);
        match folded.strip_prefix("ال") {
            Some(rest) if 2 <= rest.chars().count() => rest.to_owned(),
            _ => folded,
        }
    })
}

/// What a word may begin with that begins with `word`, save for article and proclitics.
fn beginnings_of(word: &QueryWord) -> Vec<String> {
    let surface = &word.surface;
    if word.kind != WordKind::Arabic {
        return vec![surface.clone()];
    }
    let without_article = surface.strip_prefix("ال");
    let base = match without_article {
        Some(rest) if SHORTEST_AFTER_CLITIC <= rest.chars().count() => rest,
        _ => surface,
    };
    let with = |clitics: &[&str]| -> Vec<String> { clitics.iter().map(|clitic| format!("{clitic}{base}")).collect() };
    let mut beginnings = vec![base.to_owned()];
    beginnings.extend(with(&CLITICS_WITH_ARTICLE));
    // After two letters nearly everything is a proclitic and something.
    match base.chars().count() < SHORTEST_AFTER_CLITIC {
        true => beginnings.extend(with(&["و", "ف"])),
        false => beginnings.extend(with(&CLITICS)),
    }
    beginnings
}

#[derive(Clone, Copy)]
struct TextFields {
    surface: Field,
    stem: Field,
    boost: Score,
}

fn term(field: Field, text: &str, boost: Score) -> Box<dyn Query> {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), boost))
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

//! Completions for a query while it is typed: names, sources, words of the archive, operators.

use crate::arabic::{Folding, Span, fold, letter, words};
use crate::entities::EntityIdx;

use crate::index::analysis::{folded_words, stem_of};
use crate::index::error::IndexError;
use crate::index::facet::{Facet, FacetFilter};
use crate::index::query::parse::{operator_names, value_facet};
use crate::index::snapshot::Snapshot;

use super::vocabulary::{words_beginning, written};

/// At most this many of each kind are offered, so that the list is read at a glance. Picked by feel.
const MOST_NAMES: usize = 4;
const MOST_SOURCES: usize = 2;
const MOST_WORDS: usize = 4;
const MOST_OPERATORS: usize = 3;
/// Only this many of the most frequent names are offered: rarer ones are found through «شخص:» and the panel. Each takes
/// some hundred bytes. A guess.
const MOST_KNOWN_NAMES: usize = 50_000;
/// At most this many words before the caret are taken for the beginning of a name: few names are longer. A guess.
const MOST_WORDS_OF_NAME: usize = 3;
/// A word of fewer articles is mostly a misprint: words run together, letters transposed. A guess.
const FEWEST_ARTICLES: u64 = 2;
/// At most this many entities are looked at that a text in Latin letters may spell. A guess.
const MOST_OF_LATIN: usize = 12;
/// After fewer letters nearly everything would match. Picked by feel.
const FEWEST_LETTERS: usize = 2;

/// A completion of what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// Whether it is a word, a value or an operator.
    pub kind: CompletionKind,
    /// The text to show; for an operator, its name with a colon.
    pub shown: String,
    /// The number of articles with it; `None` for an operator.
    pub articles: Option<u64>,
    /// The text of the search field if it is chosen.
    pub query_text: String,
    /// The filter to add if it is chosen.
    pub filter: Option<FacetFilter>,
}

/// The kinds of completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A word of the archive.
    Word,
    /// A value of a facet.
    Value(Facet),
    /// An operator of the search field.
    Operator,
}

/// The values that can be completed by name, the most frequent first.
#[derive(Debug, Default)]
pub struct KnownNames {
    names: Vec<KnownName>,
}

#[derive(Debug)]
struct KnownName {
    facet: Facet,
    id: String,
    name: String,
    /// Its words, folded and without article, each with a space before it.
    words: String,
    articles: u64,
}

impl KnownNames {
    /// Gathers the names of a snapshot.
    pub fn new(snapshot: &Snapshot) -> Self {
        let mut names = Vec::new();
        // In articles: an entity's own count counts an article twice that has two of its spellings.
        let counts = snapshot.counts_of_all(Facet::Person);
        let articles = |idx: EntityIdx| counts.get(idx.0 as usize).copied().map_or(0, u64::from);
        let entities = snapshot.registry.entities().map(|it| (articles(it.idx()), it.idx()));
        let mut entities: Vec<_> = entities.collect();
        entities.sort_unstable_by_key(|(articles, idx)| (std::cmp::Reverse(*articles), *idx));
        for (articles, idx) in entities.into_iter().take(MOST_KNOWN_NAMES) {
            let Some(entity) = snapshot.registry.get(idx) else {
                continue;
            };
            names.push(KnownName {
                facet: Facet::of_kind(entity.kind()),
                id: entity.id().0,
                name: entity.name().to_owned(),
                words: spaced_words(entity.name()),
                articles,
            });
        }
        for facet in Facet::ALL.into_iter().filter(|it| offers_texts(*it)) {
            let Some(values) = snapshot.values(facet) else { continue };
            let counts = snapshot.counts_of_all(facet);
            for ((id, name), articles) in values.ids.iter().zip(values.names.iter()).zip(counts.iter()) {
                names.push(KnownName {
                    facet,
                    id: id.to_owned(),
                    name: name.to_owned(),
                    words: spaced_words(name),
                    articles: u64::from(*articles),
                });
            }
        }
        names.retain(|it| it.articles != 0);
        names.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
        Self { names }
    }

    /// The names with all the words, of which the last may be a prefix; the most frequent first.
    fn with_words<'a>(&'a self, typed: &str) -> impl Iterator<Item = &'a KnownName> + 'a {
        let typed = spaced_words(typed);
        let begun = typed.rfind(' ').map(|at| typed.split_at(at));
        let (whole, begun) = begun.map_or((Vec::new(), String::new()), |(whole, begun)| {
            (
                whole.split_whitespace().map(|it| format!(" {it} ")).collect(),
                begun.to_owned(),
            )
        });
        self.names.iter().filter(move |it| {
            let is_whole = |word: &String| it.words.contains(word.as_str()) || it.words.ends_with(word.trim_end());
            !begun.is_empty() && it.words.contains(&begun) && whole.iter().all(is_whole)
        })
    }
}

impl KnownNames {
    /// The names of entities that a text in Latin letters may spell, the likeliest first.
    fn in_latin(&self, snapshot: &Snapshot, typed: &str) -> Vec<&KnownName> {
        let in_latin = snapshot.registry.entities_in_latin(typed, true).into_iter();
        let ids = in_latin
            .take(MOST_OF_LATIN)
            .filter_map(|(idx, _)| Some(snapshot.registry.get(idx)?.id().0));
        ids.filter_map(|id| self.names.iter().find(|it| it.id == id)).collect()
    }
}

/// Whether the texts of a facet are offered by their words. Nobody types the code of a language or of a month; folders and
/// formats are chosen in the panel.
fn offers_texts(facet: Facet) -> bool {
    match facet {
        Facet::Source | Facet::Keyword | Facet::Mark => true,
        Facet::Date | Facet::Language | Facet::Folder | Facet::Format => false,
        // They are offered as entities.
        Facet::Person | Facet::Organisation | Facet::Place => false,
    }
}

fn spaced_words(name: &str) -> String {
    let mut spaced = String::new();
    for word in words(name) {
        let folded = fold(word.span.of(name).unwrap_or_default(), Folding::Name);
        spaced.push(' ');
        match folded.strip_prefix("ال") {
            Some(rest) if 2 <= rest.chars().count() => spaced.push_str(rest),
            _ => spaced.push_str(&folded),
        }
    }
    spaced
}

/// Completions of the last word of a query: names, then words, then operators, each by falling number of articles. None
/// after a space, in quotes, or after a single letter.
pub fn completions(
    snapshot: &Snapshot,
    known_names: &KnownNames,
    query_text: &str,
) -> Result<Vec<Completion>, IndexError> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|');
    let start = query_text
        .char_indices()
        .rev()
        .find(|(_, c)| is_end(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let token = &query_text[start..];
    let is_quoted = |c: char| matches!(c, '"' | '«' | '»' | '“' | '”');
    let n_letters = token.chars().filter(|c| !letter::is_within_word(*c)).count();
    if token.contains(is_quoted) || query_text.matches('"').count() % 2 == 1 || n_letters == 0 {
        return Ok(Vec::new());
    }
    let before = &query_text[..start];
    if let Some((facet, value)) = value_facet(token) {
        let all: Box<dyn Iterator<Item = &KnownName>> = match words(value).next() {
            Some(_) => Box::new(known_names.with_words(value)),
            None => Box::new(known_names.names.iter()),
        };
        let offered = all.filter(|it| it.facet == facet).take(MOST_NAMES + MOST_WORDS);
        let mut offered: Vec<Completion> = offered.map(|it| it.completion(before)).collect();
        if offered.is_empty() && facet.entity_kind().is_some() {
            let in_latin = known_names
                .in_latin(snapshot, value)
                .into_iter()
                .filter(|it| it.facet == facet);
            offered.extend(in_latin.take(MOST_NAMES + MOST_WORDS).map(|it| it.completion(before)));
        }
        return Ok(offered);
    }
    let token = token.trim_start_matches(['-', '\u{2212}']);
    let start = query_text.len() - token.len();
    if token.chars().count() < FEWEST_LETTERS {
        return Ok(Vec::new());
    }
    let mut found = names_of_last_words(snapshot, known_names, query_text);
    let typed: Vec<_> = folded_words(token).collect();
    if let [word] = typed.as_slice() {
        let mut stems = Vec::new();
        for (surface, articles) in words_beginning(snapshot, word.surface())? {
            let stem = stem_of(&surface, word.kind);
            if articles < FEWEST_ARTICLES || stems.contains(&stem) || surface == word.surface() {
                continue;
            }
            stems.push(stem);
            let shown = written(snapshot, &surface)?;
            found.push(Completion {
                kind: CompletionKind::Word,
                query_text: format!("{}{shown} ", &query_text[..start]),
                shown,
                articles: Some(articles),
                filter: None,
            });
            if stems.len() == MOST_WORDS {
                break;
            }
        }
        let begins = |it: &&str| fold(it, Folding::Word).starts_with(word.surface());
        found.extend(
            operator_names()
                .filter(begins)
                .take(MOST_OPERATORS)
                .map(|name| Completion {
                    kind: CompletionKind::Operator,
                    shown: format!("{name}:"),
                    articles: None,
                    query_text: format!("{}{name}:", &query_text[..start]),
                    filter: None,
                }),
        );
    }
    Ok(found)
}

/// The names that the last words spell, in Arabic or Latin letters, using as many words as have a name.
fn names_of_last_words(snapshot: &Snapshot, known_names: &KnownNames, query_text: &str) -> Vec<Completion> {
    let spans: Vec<Span> = words(query_text).map(|it| it.span).collect();
    for n_words in (1..=MOST_WORDS_OF_NAME.min(spans.len())).rev() {
        let first = spans[spans.len() - n_words];
        let typed = &query_text[first.start..];
        // Signs between the words are operators.
        if n_words != 1
            && typed.contains(|c: char| !c.is_alphanumeric() && !c.is_whitespace() && !letter::is_within_word(c))
        {
            continue;
        }
        let before = &query_text[..first.start];
        let is_excluded = before.ends_with(['-', '\u{2212}', ':']);
        if is_excluded {
            continue;
        }
        let of = |is_source: bool, most: usize| {
            known_names
                .with_words(typed)
                .filter(move |it| offers_texts(it.facet) == is_source)
                .take(most)
                .map(|it| it.completion(before))
        };
        let mut found: Vec<Completion> = of(false, MOST_NAMES).chain(of(true, MOST_SOURCES)).collect();
        let in_latin = known_names.in_latin(snapshot, typed).into_iter();
        let is_new = |it: &&KnownName| found.iter().all(|found| found.shown != it.name);
        let in_latin: Vec<Completion> = in_latin
            .filter(is_new)
            .take(MOST_NAMES)
            .map(|it| it.completion(before))
            .collect();
        found.extend(in_latin);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

impl KnownName {
    fn completion(&self, before: &str) -> Completion {
        Completion {
            kind: CompletionKind::Value(self.facet),
            shown: self.name.clone(),
            articles: Some(self.articles),
            query_text: before.to_owned(),
            filter: Some(FacetFilter {
                facet: self.facet,
                id: self.id.clone(),
                name: self.name.clone(),
                excluded: false,
            }),
        }
    }
}

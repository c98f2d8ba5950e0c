//! What is usually written for a word of a query that stands in a few articles only: «أردوغان» for «اردوجان».
//!
//! A rare word beside a frequent one is mostly right: «شناف» is no «مناف», and «مساعدتهن» no «مساعدتهم». So the usual word
//! is offered only where the archive itself puts it in the rare one's place: «طيب اردوجان» once and «طيب أردوغان» often.
//! Of 600 words that were drawn from those of one to five of 57,393 articles, this offers something wrong for one.
//!
//! Not for queries that find nothing: see [`nothing_found`](super::nothing_found).

use std::collections::BTreeSet;

use tantivy::query::BitSetDocSet;
use tantivy::{BitSet, DocSet as _, TERMINATED, TantivyDocument};

use crate::arabic::WordKind;
use crate::index::analysis::{folded_words, stem_of};
use crate::index::damage::Unread;
use crate::index::error::IndexError;
use crate::index::query::node::{Node, QueryPart, QueryWord};
use crate::index::query::word_docs::{Distance, FieldWord, PostingsOfTerms, phrase, terms_of_surface};
use crate::index::request::{Cancelled, SearchRequest};
use crate::index::search::matching::n_found;
use crate::index::snapshot::Snapshot;

use super::vocabulary::{words_within, written};

/// A word that more articles have is no misprint: whoever asks for it wants these. A guess.
const MOST_ARTICLES: u64 = 10;
/// Shorter words have too many neighbours. On the archive above, three letters offer «غاز» and «فاز» for «ماز».
const FEWEST_LETTERS: usize = 4;
/// The usual word is in at least this many articles, and in this many times those of the rare one. Picked on the same
/// archive, where a tenth of it changes little: the neighbours decide.
const USUAL_ARTICLES: u64 = 20;
/// See [`USUAL_ARTICLES`].
const TIMES_AS_MANY: u64 = 20;
/// A neighbour that is in more than this share of the articles stands beside anything: «في», «قال» …
const FREQUENT_SHARE: f64 = 0.02;
/// … but not one in fewer articles than these, as in a small archive. A guess.
const FREQUENT_ARTICLES: f64 = 100.0;
/// The usual word stands beside a neighbour of the rare one in at least this many articles …
const FEWEST_PAIRS: u64 = 3;
/// … and in this many times as many as chance has it. In between, nothing was found on the same archive.
const TIMES_CHANCE: f64 = 3.0;
/// At most this many usual words are tried, the most frequent first. A guess.
const MOST_TRIED: usize = 8;
/// At most this many neighbours are looked at. A guess.
const MOST_NEIGHBOURS: usize = 12;
/// At most this many words of a query are looked at: a longer one was pasted.
const MOST_WORDS: usize = 12;

/// What may stand before a word or at its beginning and is no part of it; a letter more or less there makes another form.
const BEFORE: &str = "وفبلكسايتنم";
/// The same at its end.
const BEHIND: &str = "اهيمنكتوء";

/// A query whose rare words are written as is usual.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct UsualSpelling {
    /// The words that are usual, each with the rare one in whose place it stands, in the order of the query.
    pub words: Vec<Respelled>,
    /// The whole query with them.
    pub query_text: String,
    /// The number of articles that it finds.
    pub articles: u64,
}

/// A word that is written otherwise.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Respelled {
    /// As it was typed.
    pub typed: String,
    /// As it is usual.
    pub usual: String,
}

/// The query with its rare words as they are usually written, if that finds more than the `n_articles` that were found;
/// `None` too if it is not wanted any more.
pub fn usual_spelling(
    snapshot: &Snapshot,
    request: &SearchRequest,
    parts: &[QueryPart],
    n_articles: u64,
    cancelled: Cancelled<'_>,
) -> Result<Option<UsualSpelling>, IndexError> {
    let mut query_text = request.query_text.clone();
    let mut respelled = Vec::new();
    // From the end, so that the spans before stay right.
    for part in parts.iter().rev() {
        let mut words = Vec::new();
        words_of(&part.node, &mut words);
        let mut own_text = part.span.of(&request.query_text).unwrap_or_default().to_owned();
        let mut of_part = Vec::new();
        for word in words.into_iter().take(MOST_WORDS) {
            if cancelled() {
                return Ok(None);
            }
            if let Some(usual) = usual_word(snapshot, word, cancelled)? {
                own_text = own_text.replacen(&word.shown, &usual, 1);
                of_part.push(Respelled {
                    typed: word.shown.clone(),
                    usual,
                });
            }
        }
        if !of_part.is_empty() {
            query_text.replace_range(part.span.start..part.span.end, &own_text);
            of_part.append(&mut respelled);
            respelled = of_part;
        }
    }
    if respelled.is_empty() {
        return Ok(None);
    }
    let with_usual = SearchRequest {
        query_text,
        ..request.clone()
    };
    let articles = n_found(snapshot, &with_usual)?;
    Ok((n_articles < articles).then_some(UsualSpelling {
        words: respelled,
        query_text: with_usual.query_text,
        articles,
    }))
}

/// The words that a condition asks for, without those that it excludes.
fn words_of<'a>(node: &'a Node, words: &mut Vec<&'a QueryWord>) {
    match node {
        Node::Word(word) | Node::Beginning(word) => words.push(word),
        Node::Phrase(of_phrase) | Node::Near { words: of_phrase, .. } => words.extend(of_phrase),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|it| words_of(it, words)),
        Node::Title(node) => words_of(node, words),
        Node::Not(_)
        | Node::Named { .. }
        | Node::Days { .. }
        | Node::Unclear(_)
        | Node::Mentions { .. }
        | Node::Marked(_)
        | Node::MarkWords { .. } => {}
    }
}

/// What is usually written in the place of a word, if it is rare.
fn usual_word(snapshot: &Snapshot, word: &QueryWord, cancelled: Cancelled<'_>) -> Result<Option<String>, IndexError> {
    let n_letters = word.surface.chars().count();
    if word.kind != WordKind::Arabic || n_letters < FEWEST_LETTERS {
        return Ok(None);
    }
    // In any of its forms: a rare form of a word that is not rare is right.
    let alone = SearchRequest {
        query_text: format!("{} ", word.shown),
        ..SearchRequest::default()
    };
    let articles = n_found(snapshot, &alone)?;
    if articles == 0 || MOST_ARTICLES < articles {
        return Ok(None);
    }
    let own_stem = stem_of(&word.surface, word.kind);
    let near = words_within(snapshot, &word.surface, 1)?.into_iter();
    let usual = near.filter(|(it, count)| {
        (USUAL_ARTICLES.max(TIMES_AS_MANY * articles)) <= *count
            && is_misprint(&word.surface, it)
            && stem_of(it, word.kind) != own_stem
    });
    let usual: Vec<_> = usual.take(MOST_TRIED).collect();
    if usual.is_empty() {
        return Ok(None);
    }
    let neighbours = neighbours(snapshot, &word.surface)?;
    let mut best: Option<(f64, String)> = None;
    for (it, _) in usual {
        for neighbour in &neighbours {
            if cancelled() {
                return Ok(None);
            }
            let times = times_chance(snapshot, neighbour, &it)?;
            if best.as_ref().is_none_or(|(known, _)| *known < times) && TIMES_CHANCE <= times {
                best = Some((times, it.clone()));
            }
        }
    }
    best.map(|(_, it)| written(snapshot, &it)).transpose()
}

/// A word that stands next to another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Neighbour {
    word: String,
    is_before: bool,
}

/// The words next to a rare one that say something of it.
fn neighbours(snapshot: &Snapshot, surface: &str) -> Result<BTreeSet<Neighbour>, IndexError> {
    let field = snapshot.fields.body;
    let frequent = FREQUENT_ARTICLES.max(FREQUENT_SHARE * snapshot.n_articles as f64);
    let mut neighbours = BTreeSet::new();
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut found = BitSet::with_max_value(segment.max_doc());
        let mut postings = PostingsOfTerms::new(&inverted);
        for (_, term) in terms_of_surface(&inverted, surface)? {
            postings.insert(&term, &mut found)?;
        }
        let mut docs = BitSetDocSet::from(found);
        let store = segment.get_store_reader(1)?;
        while neighbours.len() < MOST_NEIGHBOURS && docs.doc() != TERMINATED {
            let document: TantivyDocument = store.get(docs.doc())?;
            let text = snapshot.fields.stored_body(&document);
            let words: Vec<String> = folded_words(&text).map(|it| it.surface().to_owned()).collect();
            for trio in words.windows(2) {
                let [first, second] = trio else { continue };
                let found = if second == surface {
                    Some((first, true))
                } else if first == surface {
                    Some((second, false))
                } else {
                    None
                };
                if let Some((word, is_before)) = found
                    && 2 < word.chars().count()
                    && articles_with(snapshot, word)? as f64 <= frequent
                {
                    let word = word.clone();
                    neighbours.insert(Neighbour { word, is_before });
                }
            }
            docs.advance();
        }
    }
    Ok(neighbours)
}

/// How many times as often as chance has it a word stands next to a neighbour; 0 where that is too rare to be told.
fn times_chance(snapshot: &Snapshot, neighbour: &Neighbour, word: &str) -> Result<f64, IndexError> {
    let words = match neighbour.is_before {
        true => [&neighbour.word, word],
        false => [word, &neighbour.word],
    };
    let words = words.map(|it| FieldWord::of_surface(snapshot.fields.body, it));
    let unread = Unread::default();
    let pairs = phrase(snapshot, &words, (Distance::None, 1.0), &unread);
    let pairs = unread.all_or_error(pairs)?.n_docs() as u64;
    if pairs < FEWEST_PAIRS {
        return Ok(0.0);
    }
    let both = articles_with(snapshot, &neighbour.word)? as f64 * articles_with(snapshot, word)? as f64;
    let by_chance = both / snapshot.n_articles.max(1) as f64;
    Ok(pairs as f64 / by_chance.min(pairs as f64).max(1.0))
}

fn articles_with(snapshot: &Snapshot, surface: &str) -> Result<u64, IndexError> {
    let unread = Unread::default();
    let articles = FieldWord::of_surface(snapshot.fields.body, surface).n_articles(snapshot, &unread);
    unread.all_or_error(articles)
}

/// Whether the one difference of two words may be a slip, and is not one that makes another form of the same word: a
/// letter that is put before it or behind it.
fn is_misprint(rare: &str, usual: &str) -> bool {
    let (rare, usual): (Vec<char>, Vec<char>) = (rare.chars().collect(), usual.chars().collect());
    let start = rare.iter().zip(&usual).take_while(|(a, b)| a == b).count();
    let rest = rare.len().min(usual.len()) - start;
    let end = rare
        .iter()
        .rev()
        .zip(usual.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b);
    let end = end.count();
    let all = |letters: &[char], of: &str| letters.iter().all(|c| of.contains(*c));
    let changed = [&rare[start..rare.len() - end], &usual[start..usual.len() - end]].concat();
    let makes_form = |beside: &[char], affixes: &str| all(beside, affixes) && all(&changed, affixes);
    !makes_form(&rare[..start], BEFORE) && !makes_form(&rare[rare.len() - end..], BEHIND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_before_or_behind_a_word_is_no_misprint() {
        for (rare, usual) in [
            ("اردوجان", "اردوغان"),
            ("رنالدو", "رونالدو"),
            ("فيرجيسون", "فيرجسون"),
            ("باستظعاء", "باستدعاء"),
            ("خكومه", "حكومه"),
            ("الجمهرويه", "الجمهوريه"),
        ] {
            assert!(is_misprint(rare, usual), "{rare} {usual}");
        }
        for (rare, usual) in [
            ("وباقسام", "باقسام"),
            ("مساعدتهن", "مساعدتهم"),
            ("ولتشجيع", "وتشجيع"),
            ("واستبدالهما", "واستبدالها"),
            ("كيحددها", "يحددها"),
            ("يصالحنا", "مصالحنا"),
            ("شخصيا", "شخصيه"),
        ] {
            assert!(!is_misprint(rare, usual), "{rare} {usual}");
        }
    }
}

//! Finds articles about the same things as a given one.
//!
//! Like Lucene's "more like this": searches for the stems that set an article apart, by their frequency in it and their
//! rarity in the archive; words of names count more. Not for copies of one text: those are a story.

use std::collections::{HashMap, HashSet};

use tantivy::query::{BooleanQuery, Occur, Query};

use crate::index::analysis::folded_words;
use crate::index::damage::Unread;
use crate::index::query::word_docs::{FieldWord, any_of};
use crate::index::snapshot::Snapshot;
use crate::index::stored::StoredArticle;

/// How many stems are searched for: Lucene's default. More take time and find little else.
const MOST_STEMS: usize = 25;
/// How many of them an article must contain: fewer are shared by chance. Picked by feel.
const FEWEST_SHARED: usize = 8;
/// The fewest letters of a stem that is searched for: shorter ones are mostly particles. Picked by feel.
const SHORTEST: usize = 3;
/// A stem in more than this share of all articles does not discriminate. A guess.
const TOO_FREQUENT: f64 = 0.2;
/// How much more a word of a name counts, and a word of the title. Guesses.
const NAME_BOOST: f32 = 2.0;
const TITLE_BOOST: f32 = 1.5;

/// The query for articles like this one; `None` if it has no words. `names` are the names in it.
pub fn similar_query(
    snapshot: &Snapshot,
    article: &StoredArticle,
    names: &[String],
    unread: &Unread,
) -> Option<Box<dyn Query>> {
    let stems = |text: &str| -> HashSet<String> { folded_words(text).map(|word| word.stem().to_owned()).collect() };
    let of_title = stems(&article.title);
    let of_names: HashSet<String> = names.iter().flat_map(|name| stems(name)).collect();
    let mut counts: HashMap<String, f32> = HashMap::new();
    for word in folded_words(&article.title).chain(folded_words(&article.body)) {
        if SHORTEST <= word.stem().chars().count() {
            *counts.entry(word.stem().to_owned()).or_default() += 1.0;
        }
    }
    let forms = |stem: &str| FieldWord::of_stem(snapshot.fields.body, stem);
    let n_articles = snapshot.n_articles as f64;
    let mut weighed = Vec::with_capacity(counts.len());
    for (stem, count) in counts {
        let n_bearers = forms(&stem).n_articles(snapshot, unread) as f64;
        if n_bearers < 2.0 || TOO_FREQUENT * n_articles.max(20.0) < n_bearers {
            continue;
        }
        let mut weight = count.sqrt() * (n_articles / n_bearers).ln().max(0.1) as f32;
        if of_names.contains(&stem) {
            weight *= NAME_BOOST;
        }
        if of_title.contains(&stem) {
            weight *= TITLE_BOOST;
        }
        weighed.push((weight, stem));
    }
    weighed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    weighed.truncate(MOST_STEMS);
    let &(best, _) = weighed.first()?;
    let fewest = FEWEST_SHARED.min(weighed.len().div_ceil(2));
    let clauses: Vec<(Occur, Box<dyn Query>)> = weighed
        .into_iter()
        .map(|(weight, stem)| {
            let query: Box<dyn Query> = Box::new(any_of(snapshot, &[(forms(&stem), weight / best)], unread));
            (Occur::Should, query)
        })
        .collect();
    Some(Box::new(BooleanQuery::with_minimum_required_clauses(clauses, fewest)))
}

//! The keywords of a list, also of one in which nothing separates them.

use crate::arabic::{Folding, fold, words};
use crate::archive::Article;

/// The keywords of a list. If nothing separates them, they are found by their words: the longest runs that occur in
/// the article itself, or that the list repeats, are one keyword each.
pub(super) fn keywords(list: &str, article: &Article) -> Vec<String> {
    if list.contains(['،', ',', '|', '#', '؛', ';']) {
        let parts = list.split(['،', ',', '|', '#', '؛', ';']);
        return parts
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect();
    }
    let body = article.body();
    let known: Vec<String> = words(&article.title)
        .map(|word| (&article.title, word))
        .chain(words(&body).map(|word| (&body, word)))
        .filter_map(|(text, word)| word.span.of(text))
        .map(keyword_key)
        .collect();
    let words: Vec<&str> = list.split_whitespace().collect();
    let keys: Vec<String> = words.iter().map(|it| keyword_key(it)).collect();
    let occurs = |run: &[String], text: &[String]| text.windows(run.len()).filter(|it| *it == run).count();
    let mut keywords = Vec::new();
    let mut idx = 0;
    while idx < words.len() {
        let known_run = |at: usize| {
            (2..=4.min(words.len().saturating_sub(at)))
                .rev()
                .find(|length| occurs(&keys[at..at + length], &known) != 0)
        };
        let length = known_run(idx).unwrap_or_else(|| {
            // Nothing known: a definite noun goes on with its adjectives and its year.
            let is_definite = |at: usize| keys.get(at).is_some_and(|it| it.starts_with("ال"));
            let is_year = |at: usize| keys.get(at).is_some_and(|it| it.chars().all(|c| c.is_ascii_digit()));
            let mut length = 1;
            while is_definite(idx) && length < 3 && is_definite(idx + length) && known_run(idx + length).is_none() {
                length += 1;
            }
            length += usize::from(is_definite(idx) && is_year(idx + length));
            length
        });
        keywords.push(words[idx..idx + length].join(" "));
        idx += length;
    }
    keywords
}

/// What two spellings of a keyword's word share.
fn keyword_key(word: &str) -> String {
    fold(word, Folding::Word)
}

//! The keywords of a list, also of one in which nothing separates them.

use std::collections::VecDeque;
use std::ops::RangeInclusive;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3;

use crate::arabic::{Folding, fold, words};
use crate::archive::Article;

/// How many words a keyword has that is known from the article.
const LENGTHS: RangeInclusive<usize> = 2..=4;
/// Of a list at most this many words, or keywords with signs between them, are read. A guess, far above the longest.
const MOST_WORDS: usize = 4_000;

/// The keywords of a list. If nothing separates them, they are found by their words: the longest runs that occur in
/// the article itself, or that the list repeats, are one keyword each.
pub(super) fn keywords(list: &str, article: &Article) -> Vec<String> {
    if list.contains(['،', ',', '|', '#', '؛', ';']) {
        let parts = list.split(['،', ',', '|', '#', '؛', ';']);
        return parts
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .take(MOST_WORDS)
            .collect();
    }
    let words: Vec<&str> = list.split_whitespace().take(MOST_WORDS).collect();
    let keys: Vec<String> = words.iter().map(|it| keyword_key(it)).collect();
    let known = runs_that_occur(&keys, article);
    let mut keywords = Vec::new();
    let mut idx = 0;
    while idx < words.len() {
        let known_run = |at: usize| {
            (*LENGTHS.start()..=(*LENGTHS.end()).min(words.len().saturating_sub(at)))
                .rev()
                .find(|length| known.contains(&run_hash(&keys[at..at + length])))
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

/// Whether a line of words without signs between them is a list of keywords of the article above it: most of its words
/// are in `text`, and no sentence ends in it.
pub(super) fn are_of(list: &str, text: &str) -> bool {
    let keys: FxHashSet<String> = words(list).filter_map(|it| it.span.of(list)).map(keyword_key).collect();
    let is_sentence = list.ends_with(['.', '،', '؟', ':']);
    let mut found: FxHashSet<String> = FxHashSet::default();
    for word in words(text).filter_map(|word| word.span.of(text)) {
        let key = keyword_key(word);
        if keys.contains(&key) {
            found.insert(key);
        }
    }
    !is_sentence && keys.len() <= found.len() * 2
}

/// Which runs of two to four words of a list occur in the title and the body of its article, as hashes.
fn runs_that_occur(keys: &[String], article: &Article) -> FxHashSet<u64> {
    let wanted: FxHashSet<u64> = LENGTHS.flat_map(|length| keys.windows(length).map(run_hash)).collect();
    let texts = std::iter::once(article.title.as_str());
    let texts = texts.chain(article.paragraphs().filter_map(|span| span.of(&article.text)));
    // The last words, over the ends of paragraphs.
    let mut last: VecDeque<String> = VecDeque::new();
    let mut found = FxHashSet::default();
    for text in texts {
        for word in words(text).filter_map(|word| word.span.of(text)) {
            last.push_back(keyword_key(word));
            if *LENGTHS.end() < last.len() {
                last.pop_front();
            }
            let last = last.make_contiguous();
            for length in LENGTHS.filter(|it| *it <= last.len()) {
                let run = run_hash(&last[last.len() - length..]);
                if wanted.contains(&run) {
                    found.insert(run);
                }
            }
        }
    }
    found
}

fn run_hash(run: &[String]) -> u64 {
    let mut hash = Xxh3::new();
    for key in run {
        hash.update(key.as_bytes());
        hash.update(b"\t");
    }
    hash.digest()
}

/// What two spellings of a keyword's word share.
fn keyword_key(word: &str) -> String {
    fold(word, Folding::Word)
}

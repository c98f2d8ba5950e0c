//! Texts of one record that say the same: exports keep a text plain, with mark-up, cleaned and cut short beside each other.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::{fold_word, words};
use crate::archive::record::PageLine;

/// A text is repeated by another that has so many of its runs of [`RUN`] words, in percent. Clean texts lack captions and
/// links of the others. A guess.
const SHARE: usize = 90;
const RUN: usize = 3;
/// The share for a summary, of which a word here and there may be another. A guess.
const OF_SUMMARY: usize = 80;
/// A title, above the text that a summary may be cut from, has about so many words. A guess.
const TITLE_WORDS: usize = 20;

/// More fields are paragraphs, and not forms of a text. A guess.
const MOST_TEXTS: usize = 8;

/// The lines of the texts of a record, each with the name of its field, that repeat no other; and the others. Of two that
/// say the same that with more lines stays, as its paragraphs are told apart, then the first.
pub fn without(texts: Vec<(String, Vec<PageLine>)>) -> (Vec<PageLine>, Vec<(String, String)>) {
    let repeated = repeated(&texts);
    let (mut lines, mut rest) = (Vec::new(), Vec::new());
    for (name, text) in texts {
        if repeated.contains(&name) {
            let text: Vec<String> = text.into_iter().map(|(line, _)| line).collect();
            rest.push((name, text.join(" ")));
        } else {
            lines.extend(text);
        }
    }
    (lines, rest)
}

/// Whether a summary says nothing that other lines do not: it is cut from them, or nearly a copy.
pub fn is_repeated<'a>(summary: &[PageLine], others: impl Iterator<Item = &'a str>) -> bool {
    let mut words: Vec<u64> = summary.iter().flat_map(|(line, _)| folded_words(line)).collect();
    let last = summary
        .last()
        .map_or("", |(line, _)| line.trim_end_matches([']', '[', ')', '(', ' ']));
    if last.ends_with('…') || last.ends_with("..") {
        // It may have been cut within a word.
        words.pop();
    }
    let n = RUN.min(words.len()).max(1);
    let is_in = |others: &[u64]| {
        let runs: FxHashSet<&[u64]> = others.windows(n).collect();
        let n_shared = words.windows(n).filter(|it| runs.contains(it)).count();
        words.windows(n).count() * OF_SUMMARY <= n_shared * 100
    };
    // Most are the beginning of the text.
    let mut others = others.flat_map(folded_words);
    let mut known: Vec<u64> = others.by_ref().take(words.len() * 2 + TITLE_WORDS).collect();
    is_in(&known) || {
        known.extend(others);
        is_in(&known)
    }
}

/// The words of a line, folded, as numbers.
fn folded_words(line: &str) -> impl Iterator<Item = u64> {
    let words = words(line).filter_map(move |it| it.span.of(line));
    words.map(|it| xxh3_64(fold_word(it).as_bytes()))
}

/// The runs of words of a text, and how many lines it has.
struct Runs {
    runs: FxHashSet<u64>,
    n_lines: usize,
}

impl Runs {
    fn are_in(&self, other: &Self) -> bool {
        let n_shared = self.runs.iter().filter(|it| other.runs.contains(it)).count();
        self.runs.len() * SHARE <= n_shared * 100
    }
}

/// The names of fields whose texts repeat others.
fn repeated(texts: &[(String, Vec<PageLine>)]) -> FxHashSet<String> {
    let mut repeated = FxHashSet::default();
    if texts.len() < 2 {
        return repeated;
    }
    let mut names: Vec<&str> = Vec::new();
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, lines) in texts {
        if !by_name.contains_key(name.as_str()) {
            names.push(name);
        }
        by_name
            .entry(name)
            .or_default()
            .extend(lines.iter().map(|(line, _)| line.as_str()));
    }
    if MOST_TEXTS < names.len() {
        return repeated;
    }
    let runs: FxHashMap<&str, Runs> = by_name.iter().map(|(name, lines)| (*name, runs(lines))).collect();
    for name in &names {
        let of_name = &runs[name];
        let others = names.iter().filter(|it| *it != name && !repeated.contains(**it));
        let is_repeated = others.clone().any(|other| {
            let of_other = &runs[other];
            let is_same = of_other.are_in(of_name);
            let is_first = names.iter().position(|it| it == other) < names.iter().position(|it| it == name);
            of_name.are_in(of_other)
                && (!is_same || of_name.n_lines < of_other.n_lines || of_name.n_lines == of_other.n_lines && is_first)
        });
        if is_repeated {
            repeated.insert((*name).to_owned());
        }
    }
    repeated
}

fn runs(lines: &[&str]) -> Runs {
    let words: Vec<&str> = lines.iter().flat_map(|it| it.split_whitespace()).collect();
    let n = RUN.min(words.len()).max(1);
    Runs {
        runs: words.windows(n).map(|it| xxh3_64(it.join(" ").as_bytes())).collect(),
        n_lines: lines.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[(&str, &str)], expected: &[&str]) {
        let lines = |text: &str| text.lines().map(|it| (it.to_owned(), None)).collect();
        let texts = texts
            .iter()
            .map(|(name, text)| ((*name).to_owned(), lines(text)))
            .collect();
        let (found, _) = without(texts);
        assert_eq!(found.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_text_in_two_forms_is_read_once() {
        check(
            &[("raw", "أ ب ج د هـ و"), ("text", "أ ب ج\nد هـ و")],
            &["أ ب ج", "د هـ و"],
        );
        check(
            &[("text", "أ ب ج د هـ و"), ("html", "أ ب ج د هـ و ز ح")],
            &["أ ب ج د هـ و ز ح"],
        );
        check(&[("a", "أ ب ج د"), ("b", "أ ب ج د")], &["أ ب ج د"]);
        // Short ones.
        check(&[("a", "أ"), ("b", "أ ب ج د")], &["أ", "أ ب ج د"]);
    }

    #[test]
    fn a_summary_that_says_more_is_none_that_repeats() {
        let is_repeated = |summary: &str, text: &str| is_repeated(&[(summary.to_owned(), None)], text.lines());
        let text = "افتتح الوزير الجسر الجديد أمس.\nوقال إن العمل استمر سنتين كاملتين.";
        for summary in [
            "افتتح الوزيرُ الجسر",
            "افتتح الوزير الجسر الجديد أم…",
            "وقال إن العمل استمر سنتين [...]",
            "الجسر",
            "",
        ] {
            assert!(is_repeated(summary, text), "{summary}");
        }
        for summary in ["الجسر يخفف الزحام", "كلفة الجسر عشرة ملايين", "زحام"] {
            assert!(!is_repeated(summary, text), "{summary}");
        }
    }

    #[test]
    fn different_texts_follow_each_other() {
        check(&[("a", "أ ب ج د هـ"), ("b", "و ز ح ط ي")], &["أ ب ج د هـ", "و ز ح ط ي"]);
        check(&[("p", "أ ب ج"), ("p", "أ ب ج")], &["أ ب ج", "أ ب ج"]);
        check(&[("a", ""), ("b", "أ ب ج")], &["أ ب ج"]);
    }
}

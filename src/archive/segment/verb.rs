//! Whether a word is a verb, or begins a sentence, as far as the words of newspapers tell.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::arabic::lexicon::Lexicon;
use crate::arabic::lists::List;
use crate::arabic::{Folding, fold};

use super::opening;

/// A verb of the present has both prefixes, «يعلن» and «تعلن», each at least this often in the lexicon …
const LEAST_COUNT: f32 = 8.0;
/// … and neither so many times as often as the other: «تقرير» has no «يقرير» beside it, «تعاون» hardly a «يعاون». Both
/// are guesses.
const MOST_TIMES: f32 = 60.0;

const CONTINUATIONS: List<2> = List::new(
    include_str!("../../../assets/lists/continuations.tsv"),
    ["word", "within"],
);

/// The first words of sentences that go on telling, folded, and whether they are sure enough within a line.
static OPENERS: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
    let rows = CONTINUATIONS.rows();
    rows.map(|[word, within]| (fold(word, Folding::Word), within == "yes"))
        .collect()
});

/// Whether a word is a verb of the present: «تستهدف», «يؤجل».
pub(super) fn is_present(word: &str) -> bool {
    let folded = fold(word, Folding::Word);
    let Some(stem) = folded.strip_prefix(['ي', 'ت']) else {
        return false;
    };
    if stem.chars().nth(1).is_none() {
        return false;
    }
    let lexicon = Lexicon::built_in();
    let (he, she) = (lexicon.count(&format!("ي{stem}")), lexicon.count(&format!("ت{stem}")));
    let (less, more) = (he.min(she), he.max(she));
    LEAST_COUNT <= less && more <= less * MOST_TIMES
}

/// Whether a word is a verb of the present, or a verb with which reports begin: «أعلن», «قالت».
pub(super) fn is_verb(word: &str) -> bool {
    opening::is_verb(word) || is_present(word)
}

/// Whether a sentence that follows another one begins with such a word: «وقال», «كما», «أعلن».
pub(super) fn begins_a_sentence(word: &str) -> bool {
    is_verb(word) || OPENERS.contains_key(&fold(word, Folding::Word)) || joins_a_verb(word)
}

/// Whether such a word goes on with what was told before: «وقال», «وتستهدف», «كما».
pub(super) fn goes_on(word: &str) -> bool {
    OPENERS.contains_key(&fold(word, Folding::Word)) || joins_a_verb(word)
}

/// As [`goes_on`], but within a line, where «في» and «حيث» prove nothing.
pub(super) fn goes_on_within(word: &str) -> bool {
    OPENERS.get(&fold(word, Folding::Word)) == Some(&true) || joins_a_verb(word)
}

/// «وتستهدف», «فقالت»
fn joins_a_verb(word: &str) -> bool {
    let rest = word.strip_prefix('و').or_else(|| word.strip_prefix('ف'));
    rest.is_some_and(is_verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_told_from_nouns_that_begin_like_them() {
        for word in ["تستهدف", "يستهدف", "تبلغ", "يؤجل", "تكشف"] {
            assert!(is_present(word), "{word}");
        }
        for word in ["تقرير", "تاريخ", "تنظيم", "يوم", "تطوير", "تعزيز", "يمين"] {
            assert!(!is_present(word), "{word}");
        }
        assert!(goes_on_within("وتستهدف") && goes_on_within("وقالت"));
        assert!(!goes_on_within("وتطوير") && !goes_on_within("تستهدف"));
    }
}

//! What a line is by itself, wherever it is.

use xxhash_rust::xxh3::Xxh3;

use crate::arabic::{Folding, fold, letter};
pub(super) use crate::archive::phrase::is_longer;

/// A line of at least this many letters is a paragraph even without a full stop. The longest headlines seen
/// have some 110.
pub(super) const LONG: usize = 130;
/// A line of at least this many letters is a paragraph if it ends like a sentence; a shorter one may be a remark or a
/// headline that asks. A guess.
const SENTENCE: usize = 40;
/// What is longer is no title, whatever the mark-up says; in letters, marks included. A guess, three times the longest
/// seen.
pub(super) const LONGEST_TITLE: usize = 1_000;

/// Whether a line is a paragraph: it is long, or it ends like a sentence.
pub(super) fn is_paragraph(line: &str) -> bool {
    let letters = line.chars().filter(|c| !letter::is_tashkeel(*c)).take(LONG).count();
    LONG == letters || SENTENCE <= letters && ends_like_a_sentence(line)
}

/// Whether a line ends with a stop; quotation marks and brackets may close after it.
pub(super) fn ends_like_a_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '»' | '”' | ')' | '\'' | ']'));
    end.ends_with(['.', '؟', '!', '…', '?', ':', '؛'])
}

/// What two lines share that have the same words, however they are spelled and spaced.
pub(super) fn key(line: &str) -> u64 {
    let folded = fold(line, Folding::Word);
    let mut hash = Xxh3::new();
    for word in folded.split_whitespace() {
        hash.update(word.as_bytes());
        hash.update(b" ");
    }
    hash.digest()
}

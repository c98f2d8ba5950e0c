//! Whether two texts are the same, word by word: of a story, which holds what is nearly the same, some articles were
//! reprinted without a change.

use crate::index::analysis::folded_words;

/// Whether two texts have the same words in the same order. Spellings of one word do not differ, as they do not where two
/// articles are compared.
pub fn is_identical(a: &str, b: &str) -> bool {
    // Vowel signs aside, what is the same is about as long.
    if a.len().abs_diff(b.len()) * 2 > a.len().max(b.len()) {
        return false;
    }
    let (mut a, mut b) = (folded_words(a), folded_words(b));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.surface() == b.surface() => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_another_spelling_are_the_same_text() {
        assert!(is_identical("افتُتح الجسرُ، أمس", "افتتح الجسر أمس."));
        assert!(!is_identical("افتتح الجسر أمس", "افتتح الجسر اليوم"));
        assert!(!is_identical("افتتح الجسر أمس", "افتتح الجسر"));
        assert!(is_identical("", ""));
    }
}

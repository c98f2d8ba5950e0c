//! In which words two articles differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::arabic::Span;
use crate::archive::{ArticleId, PublicationDate};
use crate::index::analysis::folded_words;
use crate::index::stored::StoredArticle;

/// Two articles side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In the order in which the two were given.
    pub sides: [DifferenceSide; 2],
}

/// One of the two articles compared.
#[derive(Clone, Debug, PartialEq)]
pub struct DifferenceSide {
    /// The article's id.
    pub article: ArticleId,
    /// Its headline, stated or derived.
    pub title: String,
    /// The outlet or agency, as spelled in the file.
    pub source: Option<String>,
    /// The date of publication, if it states or implies one.
    pub published: Option<PublicationDate>,
    /// The paragraphs of its body, each with the words that the other lacks there: spans of the paragraph, in order.
    pub paragraphs: Vec<(String, Vec<Span>)>,
    /// The number of words that the other lacks.
    pub n_own_words: usize,
}

/// Two articles side by side; spellings of one word do not differ.
pub fn difference(sides: [(ArticleId, StoredArticle); 2]) -> Difference {
    let mut sides = sides.map(|(article, stored)| {
        let paragraphs = stored.body.split("\n\n");
        DifferenceSide {
            article,
            paragraphs: paragraphs.map(|it| (it.to_owned(), Vec::new())).collect(),
            title: stored.title,
            source: stored.source,
            published: stored.published,
            n_own_words: 0,
        }
    });
    mark_own_words(&mut sides);
    Difference { sides }
}

/// A word of a side: its folded form, its paragraph, and its span there.
type WordAt = (String, usize, Span);

fn words_of(side: &DifferenceSide) -> Vec<WordAt> {
    let paragraphs = side.paragraphs.iter().enumerate();
    paragraphs
        .flat_map(|(idx, (text, _))| folded_words(text).map(move |word| (word.surface().to_owned(), idx, word.span)))
        .collect()
}

fn mark_own_words(sides: &mut [DifferenceSide; 2]) {
    let words = [words_of(&sides[0]), words_of(&sides[1])];
    let forms = |idx: usize| -> Vec<&str> { words[idx].iter().map(|word| word.0.as_str()).collect() };
    for op in capture_diff_slices(Algorithm::Myers, &forms(0), &forms(1)) {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        for (side, range) in [op.old_range(), op.new_range()].into_iter().enumerate() {
            sides[side].n_own_words += range.len();
            // Adjacent words of a paragraph share one mark.
            for run in words[side][range].chunk_by(|a, b| a.1 == b.1) {
                if let [(_, paragraph, first), ..] = run
                    && let [.., (_, _, last)] = run
                {
                    sides[side].paragraphs[*paragraph]
                        .1
                        .push(Span::new(first.start, last.end));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(body: &str) -> DifferenceSide {
        DifferenceSide {
            article: ArticleId(0),
            title: String::new(),
            source: None,
            published: None,
            paragraphs: body.split('|').map(|it| (it.to_owned(), Vec::new())).collect(),
            n_own_words: 0,
        }
    }

    #[track_caller]
    fn check(first: &str, second: &str, own_of_first: &str, own_of_second: &str) {
        let mut sides = [side(first), side(second)];
        mark_own_words(&mut sides);
        let own = sides.map(|it| {
            let marks = it.paragraphs.iter();
            let marks = marks.flat_map(|(text, marks)| marks.iter().filter_map(|mark| mark.of(text)));
            marks.collect::<Vec<_>>().join("|")
        });
        assert_eq!(own, [own_of_first, own_of_second]);
    }

    #[test]
    fn words_that_only_one_of_them_has_are_marked() {
        check("فتح الجسر أمس", "فُتِح الجسرُ امس", "", "");
        check("فتح الوزير الجسر أمس", "فتح الجسر صباح أمس", "الوزير", "صباح");
        check(
            "قال أحمد|ثم ذهب",
            "قال أحمد، بعد حين|ثم عاد إلى البيت",
            "ذهب",
            "بعد حين|عاد إلى البيت",
        );
    }
}

//! Finding a highlighted passage again: by its words, and by what surrounds them.

use crate::arabic::{Folding, Span, fold, words};

use super::article_marks::Highlight;

/// Of the words around a passage that was edited, so many must stand there on either side. A guess: two occur together by
/// chance.
const FEWEST_AROUND: usize = 3;

/// A passage that was edited has at least a half of its words, and at most twice as many. A guess.
const LEAST_KEPT: usize = 2;

/// A text with its words, folded.
pub struct PassageText<'a> {
    text: &'a str,
    words: Vec<(Span, String)>,
}

impl<'a> PassageText<'a> {
    /// The words of a text.
    pub fn new(text: &'a str) -> Self {
        let words = words(text).filter_map(|it| Some((it.span, fold(it.span.of(text)?, Folding::Word))));
        let words = words.collect();
        Self { text, words }
    }

    /// Where a passage stands now. Of several places with its words the one with most of what surrounded it. A passage that
    /// was edited is found between what surrounded it, if much of it is still there. `None` if it is not to be found.
    pub fn find(&self, passage: &Highlight) -> Option<Span> {
        let [quote, before, after] = [&passage.quote, &passage.before, &passage.after].map(|it| folded(it));
        let unchanged = self.unchanged(&quote, &before, &after);
        let found = unchanged.or_else(|| self.edited(&quote, &before, &after))?;
        Some(self.with_signs(found, &passage.quote))
    }

    /// A place with the signs that the passage begins and ends with, if they still stand there.
    fn with_signs(&self, found: Span, quote: &str) -> Span {
        let n_before = words(quote).next().map_or(0, |it| it.span.start);
        let start = found.start.checked_sub(n_before);
        let whole = start.map(|start| Span::new(start, start + quote.len()));
        whole.filter(|it| it.of(self.text) == Some(quote)).unwrap_or(found)
    }

    fn unchanged(&self, quote: &[String], before: &[String], after: &[String]) -> Option<Span> {
        let n = quote.len();
        let is_quote = |run: &&[(Span, String)]| run.iter().map(|it| &it.1).eq(quote);
        let runs = self
            .words
            .windows(n.max(1))
            .enumerate()
            .filter(|(_, run)| is_quote(run));
        let nearness = |at: usize| self.n_before(at, before) + self.n_after(at + n, after);
        // The first of several that are alike.
        let (at, _) = runs.rev().max_by_key(|(at, _)| nearness(*at))?;
        self.span(at, at + n)
    }

    fn edited(&self, quote: &[String], before: &[String], after: &[String]) -> Option<Span> {
        let n = self.words.len();
        // At the beginning or the end of a text nothing stands beside it.
        let is_start = |at: &usize| match before.len().min(FEWEST_AROUND) {
            0 => *at == 0,
            n_wanted => n_wanted <= self.n_before(*at, before),
        };
        let is_end = |at: &usize| match after.len().min(FEWEST_AROUND) {
            0 => *at == n,
            n_wanted => n_wanted <= self.n_after(*at, after),
        };
        let starts = (0..n).filter(is_start);
        let kept_between = |start: usize| {
            let longest = start + LEAST_KEPT * quote.len();
            let ends = (start + 1..=n.min(longest)).filter(is_end);
            ends.filter_map(move |end| {
                let n_kept = n_common(quote, &self.words[start..end]);
                (quote.len() <= LEAST_KEPT * n_kept).then_some((n_kept, start, end))
            })
        };
        let (_, start, end) = starts.flat_map(kept_between).max_by_key(|it| it.0)?;
        self.span(start, end)
    }

    /// How many of the words before a place are the last ones of `wanted`.
    fn n_before(&self, at: usize, wanted: &[String]) -> usize {
        let here = self.words[..at].iter().rev().map(|it| &it.1);
        here.zip(wanted.iter().rev()).take_while(|(a, b)| a == b).count()
    }

    /// How many of the words from a place on are the first ones of `wanted`.
    fn n_after(&self, at: usize, wanted: &[String]) -> usize {
        let here = self.words[at..].iter().map(|it| &it.1);
        here.zip(wanted).take_while(|(a, b)| a == b).count()
    }

    fn span(&self, start: usize, end: usize) -> Option<Span> {
        let (first, last) = (self.words.get(start)?, self.words.get(end.checked_sub(1)?)?);
        Some(Span::new(first.0.start, last.0.end))
    }
}

/// The words of a text, folded. What surrounds a passage may begin or end within a word, which is left out.
fn folded(text: &str) -> Vec<String> {
    words(text)
        .filter_map(|it| it.span.of(text))
        .map(|it| fold(it, Folding::Word))
        .collect()
}

/// How many words of a passage occur in a stretch, each once.
fn n_common(quote: &[String], stretch: &[(Span, String)]) -> usize {
    let mut left: Vec<&str> = stretch.iter().map(|it| it.1.as_str()).collect();
    let is_there = |word: &&String| {
        let at = left.iter().position(|it| *it == word.as_str());
        at.map(|at| left.swap_remove(at)).is_some()
    };
    quote.iter().filter(is_there).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::MarkColor;

    const TEXT: &str = "قال الوزير إن السد آمن.\n\nوردّ المجلس بأن الوزير لم يزر الموقع. وكرر: قال الوزير إن السد آمن، ولم يزد شيئًا على ذلك.";

    fn highlight(words: &str, nth: usize) -> Highlight {
        let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
        Highlight::new(TEXT, Span::new(start, start + words.len()), MarkColor::Green).unwrap()
    }

    #[track_caller]
    fn found<'a>(passage: &Highlight, text: &'a str) -> Option<&'a str> {
        PassageText::new(text).find(passage).and_then(|it| it.of(text))
    }

    #[test]
    fn of_two_places_the_one_with_its_surroundings() {
        let words = "قال الوزير إن السد آمن";
        for nth in [0, 1] {
            let span = PassageText::new(TEXT).find(&highlight(words, nth)).unwrap();
            assert_eq!(span.start, TEXT.match_indices(words).nth(nth).unwrap().0);
            // What stands before it grows.
            let longer = format!("خبر أول\n\n{TEXT}");
            let span = PassageText::new(&longer).find(&highlight(words, nth)).unwrap();
            assert_eq!(span.start, longer.match_indices(words).nth(nth).unwrap().0);
        }
    }

    #[test]
    fn spelling_and_lines_may_change() {
        let passage = highlight("الوزير لم يزر الموقع", 0);
        let changed = TEXT.replace("الوزير لم يزر الموقع", "الوزيرَ لم\nيَزُر  الموقع");
        assert_eq!(found(&passage, &changed), Some("الوزيرَ لم\nيَزُر  الموقع"));
    }

    #[test]
    fn an_edited_passage_is_found_between_what_surrounds_it() {
        let passage = highlight("الوزير لم يزر الموقع", 0);
        let edited = TEXT.replace("الوزير لم يزر الموقع", "الوزير نفسه لم يزر هذا الموقع");
        assert_eq!(found(&passage, &edited), Some("الوزير نفسه لم يزر هذا الموقع"));
        let gone = TEXT.replace("الوزير لم يزر الموقع", "الأمر متروك للقضاء");
        assert_eq!(found(&passage, &gone), None);
        assert_eq!(found(&passage, "نص آخر"), None);
        assert_eq!(found(&passage, ""), None);
    }

    #[test]
    fn a_passage_has_words_and_no_white_space_around_it() {
        let at = |words: &str| {
            let start = TEXT.find(words).unwrap();
            Highlight::new(TEXT, Span::new(start, start + words.len()), MarkColor::Yellow)
        };
        let marked = at(" آمن.\n\n").unwrap();
        assert_eq!((marked.quote.as_str(), &marked.after[..2]), ("آمن.", "\n\n"));
        assert!(at("\n\n").is_none());
    }
}

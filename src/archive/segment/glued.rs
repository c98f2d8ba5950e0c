//! Other articles' headlines that were glued into a paragraph when a page was scraped.
//!
//! None of them ends with a stop, so where the article goes on is told by its words: «… اقرأ أيضاًالمملكةأمطار رعدية
//! على بعض المناطق وتستهدف الخطة …». Where that cannot be told, the heading alone is left out rather than a sentence lost.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::arabic::{Span, letter, words};
use crate::archive::phrase;

use super::line;
use super::verb;

/// With these every heading has a part in common that is quickly found: «أيضا», «ذات صلة», «المزيد».
static NEEDLES: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["يض", "ذات ص", "المزيد"].map(Finder::new));
/// A heading begins within this many letters before it. A guess, above the longest.
const BACK: usize = 24;
/// A glued headline, with its section, has at most this many words. A guess.
const HEADLINE_WORDS: usize = 24;
/// And at least this many before the article goes on.
const LEAST_WORDS: usize = 2;

/// Behind these stands a noun.
const PREPOSITIONS: [&str; 8] = ["في", "من", "إلى", "على", "عن", "مع", "بين", "عند"];

/// The stretches of a line that are headings and headlines of other articles, in their order.
pub(super) fn headlines(line: &str) -> Vec<Span> {
    if let Some(end) = behind_related(line) {
        return vec![Span::new(0, end)];
    }
    let mut found: Vec<Span> = Vec::new();
    let mut places: Vec<usize> = NEEDLES.iter().flat_map(|it| it.find_iter(line.as_bytes())).collect();
    places.sort_unstable();
    for at in places {
        if found.last().is_some_and(|it| at < it.end) {
            continue;
        }
        if let Some(span) = headline_at(line, at) {
            found.push(span);
        }
    }
    found
}

/// The stretch whose heading has a needle at `at`.
fn headline_at(line: &str, at: usize) -> Option<Span> {
    let start = heading_start(line, at)?;
    let end = start + phrase::heading_length(&line[start..]).filter(|it| at < start + it)?;
    let behind = &line[end..];
    let is_glued = behind.starts_with(letter::is_arabic_letter);
    if is_glued {
        return Some(Span::new(start, headline_end(line, end).unwrap_or(end)));
    }
    // «اقرأ أيضا: خبر آخر وقال …» closes the text, unless the article goes on.
    let is_labelled = behind.trim_start().starts_with(':') || behind.starts_with("  ");
    let goes_on = || headline_end(line, end).filter(|it| *it < line.trim_end().len());
    if is_labelled && start != 0 {
        goes_on().map(|it| Span::new(start, it))
    } else {
        None
    }
}

/// Where a heading begins: behind a stop, a closing mark or several spaces, or with the line.
fn heading_start(line: &str, at: usize) -> Option<usize> {
    let mut spaces = 0;
    for (idx, (place, c)) in line[..at].char_indices().rev().enumerate() {
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        let end = place + c.len_utf8();
        if is_stop(c) || matches!(c, '»' | '"' | ')' | '\t' | '\u{A0}') {
            return Some(end + line[end..].len() - line[end..].trim_start().len());
        }
        if 2 <= spaces {
            return Some(place + line[place..].len() - line[place..].trim_start().len());
        }
        if BACK < idx {
            return None;
        }
    }
    Some(0)
}

/// Where the headline behind a heading ends: where a word says that the article goes on, behind a question that is glued
/// to it, or with the line, if no sentence ends in it. `None` if it cannot be told.
fn headline_end(line: &str, heading_end: usize) -> Option<usize> {
    let (mut last, mut end) = (heading_end, heading_end);
    for (idx, word) in words(&line[heading_end..]).take(HEADLINE_WORDS).enumerate() {
        let (start, word_end) = (heading_end + word.span.start, heading_end + word.span.end);
        let gap = &line[end..start];
        if gap.ends_with(['؟', '!', '?']) {
            return Some(start);
        }
        if ends_a_sentence(gap) {
            return None;
        }
        // «في وادي الزيتون».
        let is_noun = PREPOSITIONS.contains(&line[last..end].trim());
        if LEAST_WORDS <= idx && !is_noun && verb::goes_on_within(&line[start..word_end]) {
            return Some(start);
        }
        (last, end) = (start, word_end);
    }
    let rest = line[end..].trim_end();
    rest.trim_matches(['»', '"', ')', ' '])
        .is_empty()
        .then_some(end + rest.len())
}

/// Whether a full stop stands between two words; two of them are no stop: «غزة.. الحرب مستمرة».
fn ends_a_sentence(gap: &str) -> bool {
    gap.contains(['؟', '!', '?']) || gap.contains('.') && !gap.contains("..")
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '؟' | '!' | '…' | '?' | ':')
}

/// Where headlines without spaces between them end, behind «Related»: at the first place where a letter directly follows
/// the end of a sentence and the article goes on, or at the last such place.
fn behind_related(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(RELATED)?;
    if !rest.starts_with(letter::is_arabic_letter) {
        return None;
    }
    let glued = line
        .char_indices()
        .zip(line.chars().skip(1))
        .filter(|((_, c), next)| matches!(c, '؟' | '!' | '.' | '…' | '?') && letter::is_arabic_letter(*next));
    let places: Vec<usize> = glued.map(|((at, c), _)| at + c.len_utf8()).collect();
    let goes_on = |at: &usize| {
        let first = words(&line[*at..]).next().and_then(|it| it.span.of(&line[*at..]));
        first.is_some_and(verb::goes_on_within)
    };
    let whole = if line::ends_like_a_sentence(line) {
        RELATED.len()
    } else {
        line.len()
    };
    let end = places.iter().copied().find(goes_on).or(places.last().copied());
    Some(end.unwrap_or(whole))
}

/// The heading of one outlet, which is never parted from what follows.
const RELATED: &str = "Related";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found: Vec<&str> = headlines(line)
            .into_iter()
            .filter_map(|it| it.of(line))
            .map(str::trim)
            .collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn a_glued_headline_ends_where_the_article_goes_on() {
        check(
            "اكتمل العمل أمس.  اقرأ أيضاًالمملكةأمطار رعدية على بعض المناطق وتستهدف الخطة زراعة شجرة.",
            &["اقرأ أيضاًالمملكةأمطار رعدية على بعض المناطق"],
        );
        check(
            "اكتمل العمل أمس. إقرأ أيضارياضةهل يعود الفريق؟كما قال المدير إنه سيعود.",
            &["إقرأ أيضارياضةهل يعود الفريق؟"],
        );
        check(
            "اكتمل العمل أمس. شاهد أيضًا: خبر آخر من المدينة وقال المدير إنه سيعود.",
            &["شاهد أيضًا: خبر آخر من المدينة"],
        );
        check(
            "اقرأ أيضاًالمملكةأمطار رعدية على بعض المناطق",
            &["اقرأ أيضاًالمملكةأمطار رعدية على بعض المناطق"],
        );
        let headlines = "مواضيع ذات صلةختام معرض الكتاب في وادي الزيتونحريق في سوق الخشب";
        check(headlines, &[headlines]);
    }

    #[test]
    fn where_it_cannot_be_told_the_heading_alone_is_left_out() {
        check(
            "اكتمل العمل أمس. اقرأ أيضاًالمملكةأمطار رعدية العمل اكتمل في الربيع. وقال المدير نعم.",
            &["اقرأ أيضاً"],
        );
    }

    #[test]
    fn words_in_running_text_are_no_heading() {
        for line in [
            "وقال في كتابه: اقرأ أيضا ما كتبه غيرك وتأمل.",
            "شارك أيضا في الاجتماع. وحضر أيضا مدير البلدية.",
            "طلب منه أن يقرأ أيضاً كتاب الريم.",
        ] {
            check(line, &[]);
        }
    }
}

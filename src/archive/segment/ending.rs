//! How the text of a newspaper ends: «(وام)», «// انتهى // 12:30 ت م», the author's address.

use std::sync::LazyLock;

use crate::arabic::{Folding, Span, WordKind, fold, letter, words};

use super::keyword;
use super::outlet;
use crate::archive::SectionKind;
use crate::archive::phrase;

/// A piece of a line after the article's last sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail {
    /// A source, a byline, furniture …
    pub kind: SectionKind,
    /// In the line.
    pub span: Span,
}

/// After these words, folded, where a sentence ended before them, nothing of the article follows.
static CLOSINGS: LazyLock<Vec<(String, SectionKind)>> = LazyLock::new(|| {
    let kinds = [
        ("closing_related", SectionKind::RelatedArticle),
        ("closing_furniture", SectionKind::Boilerplate),
        ("closing_keywords", SectionKind::Keywords),
        ("closing_byline", SectionKind::Byline),
    ];
    let closings = |(name, kind)| phrase::of_kind(name).map(move |it| (fold(it, Folding::Word), kind));
    kinds.into_iter().flat_map(closings).collect()
});

/// What agencies write when a text ends, and whether it counts only where a sentence ended before it.
static END_MARKS: LazyLock<Vec<(&'static str, bool)>> = LazyLock::new(|| {
    let marks = |(name, needs_stop)| phrase::of_kind(name).map(move |it| (it, needs_stop));
    [("end_mark", false), ("end_word", true)]
        .into_iter()
        .flat_map(marks)
        .collect()
});

/// A closing stands within this many letters of the end; what is longer is text. A guess.
const CLOSING_LENGTH: usize = 320;
/// The most letters that are compared with the closings, above the longest of them.
const CLOSING_HEAD: usize = 40;
/// The most letters of agencies' codes in brackets, «(رويترز، د.ب.أ)», and of one by itself. Guesses.
const CODES: usize = 60;
const LONE_CODE: usize = 30;
/// The most words of a note on the author, «* كاتب من دمنار». A guess.
const NOTE_WORDS: usize = 16;

/// What follows a full stop and has at least so many words is a sentence. A guess.
const SENTENCE_WORDS: usize = 4;

/// A line ends with at most this many of them; a longer list is text. A guess, far above what is seen.
const MOST_TAILS: usize = 16;

/// The pieces at the end of `line` that are none of its sentences, in the order of the line.
pub fn tails(line: &str) -> Vec<Tail> {
    let mut tails = Vec::new();
    let mut end = line.trim_end().len();
    if let Some(start) = wire_mark(&line[..end]).filter(|start| words(&line[..*start]).nth(1).is_some()) {
        tails.push(Tail {
            kind: SectionKind::Boilerplate,
            span: Span::new(start, end),
        });
        end = line[..start].trim_end().len();
    }
    if let Some((start, kind)) = closing(&line[..end]) {
        tails.push(Tail {
            kind,
            span: Span::new(start, end),
        });
        end = line[..start].trim_end().len();
    }
    while tails.len() < MOST_TAILS
        && let Some((start, kind)) = tail(&line[..end])
    {
        if words(&line[..start]).nth(1).is_none() {
            break;
        }
        tails.push(Tail {
            kind,
            span: Span::new(start, end),
        });
        end = line[..start].trim_end().len();
    }
    tails.reverse();
    tails
}

/// Where a closing begins in `text`.
fn closing(text: &str) -> Option<(usize, SectionKind)> {
    let from = text.char_indices().rev().nth(CLOSING_LENGTH).map_or(0, |(at, _)| at);
    // A closing begins where a sentence ended; folding is for these places only.
    let starts = text[from..].char_indices().filter_map(|(at, c)| {
        let start = from + at + c.len_utf8();
        (is_stop(c) || matches!(c, '»' | '"' | ')' | '|')).then_some(start)
    });
    for start in starts {
        let skipped = text[start..].len() - text[start..].trim_start_matches(|c: char| !c.is_alphabetic()).len();
        let start = start + skipped;
        let head: String = text[start..].chars().take(CLOSING_HEAD).collect();
        let folded = fold(&head, Folding::Word);
        let found = CLOSINGS.iter().find(|(phrase, _)| folded.starts_with(phrase));
        if let Some((_, kind)) = found.filter(|(_, kind)| !goes_on(&text[start..], *kind)) {
            return Some((start, *kind));
        }
        let list = phrase::begins_with_a_tag(&folded)
            .then(|| phrase::tags(&text[start..]))
            .flatten();
        if list.is_some_and(|list| keyword::are_of(list, &text[..start])) {
            return Some((start, SectionKind::Keywords));
        }
    }
    None
}

/// Whether sentences of the article follow others' headlines: they end with full stops, headlines do not.
fn goes_on(closing: &str, kind: SectionKind) -> bool {
    let stops = closing.match_indices(['.', '\n']).filter(|(at, _)| {
        let behind = closing[*at..].trim_start_matches(['.', ' ', '»', '"']);
        let is_one = !closing[*at..].starts_with("..") && !closing[..*at].ends_with('.');
        is_one && words(behind).nth(SENTENCE_WORDS).is_some()
    });
    kind == SectionKind::RelatedArticle && stops.count() != 0
}

/// The last piece of `text`, if it is none of a sentence.
fn tail(text: &str) -> Option<(usize, SectionKind)> {
    agency(text)
        .map(|start| (start, SectionKind::Source))
        .or_else(|| wire_mark(text).map(|start| (start, SectionKind::Boilerplate)))
        .or_else(|| address(text).map(|start| (start, SectionKind::Boilerplate)))
        .or_else(|| note(text).map(|start| (start, SectionKind::Byline)))
}

/// «(وام)», «(رويترز، د ب أ)», «-وات-», «.وام»
fn agency(text: &str) -> Option<usize> {
    let bare = text.trim_end_matches(['.', ' ']);
    for (open, close) in [('(', ')'), ('/', '/'), ('-', '-'), ('«', '»')] {
        let Some(inner) = bare.strip_suffix(close) else {
            continue;
        };
        let Some(start) = inner.rfind(open) else { continue };
        let code = &inner[start + open.len_utf8()..];
        // A quotation may end in the name of a month that is an agency's, too: «… في أغسطس/آب».
        let is_known = match open {
            '«' => outlet::known(code).is_some(),
            _ => outlet::first_known(code).is_some(),
        };
        if code.chars().count() <= CODES && (is_known || names_an_agency(code)) {
            return Some(start);
        }
    }
    // After the last stop, by itself.
    let start = bare
        .rfind(['.', '؟', '!', '»', '"', ')'])
        .map(|at| at + char_at(bare, at))?;
    let code = bare[start..].trim();
    let is_code = !code.is_empty() && code.chars().count() <= LONE_CODE && outlet::unmistakable(code).is_some();
    let dash = bare[start..].len() - bare[start..].trim_start_matches([' ', '-', '–']).len();
    (is_code || outlet::unmistakable(code.trim_start_matches(['-', '–', ' '])).is_some()).then_some(start + dash)
}

/// «وكالة سدر»: an agency by its first word.
fn names_an_agency(code: &str) -> bool {
    code.trim_start().starts_with("وكالة ") && words(code).count() <= 5
}

/// «// انتهى //», «12:30 ت م», «... المزيد»
fn wire_mark(text: &str) -> Option<usize> {
    let bare = text.trim_end();
    for &(mark, needs_stop) in &*END_MARKS {
        let Some(before) = bare.strip_suffix(mark) else {
            continue;
        };
        if !needs_stop || before.trim_end().ends_with(is_stop) {
            return Some(before.len());
        }
    }
    // The agency's clock.
    let clock = bare
        .strip_suffix("ت م")
        .or_else(|| bare.strip_suffix("جمت"))?
        .trim_end();
    let start = clock
        .trim_end_matches(|c: char| letter::digit(c).is_some() || c == ':')
        .len();
    (start < clock.len() && clock[start..].contains(':')).then_some(start)
}

/// An e-mail address, a handle, an address of the web.
fn address(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '(' | ')');
    let start = text.trim_end_matches(is_part).len();
    let token = &text[start..];
    let token = token.trim_start_matches(['.', ',', ':', '-']);
    let is_address = token.contains('@') && 4 < token.len() || token.starts_with("www.") || token.starts_with("http");
    if !is_address {
        return None;
    }
    let start = text.len() - token.len();
    // The words that introduce it: «البريد الإلكتروني:», «twitter:».
    let before = text[..start].trim_end();
    let label = before.rfind(is_stop).map(|at| at + char_at(before, at));
    let label = label.filter(|at| before.ends_with([':', '/']) && words(&before[*at..]).count() <= 4);
    Some(label.map_or(start, |at| text.len() - text[at..].trim_start().len()))
}

/// «* كاتب من دمنار» after the last sentence.
fn note(text: &str) -> Option<usize> {
    let start = text.rfind('*')?;
    let note = &text[start + 1..];
    let before = text[..start].trim_end_matches([' ', '*']);
    let n_words = words(note).filter(|it| it.kind != WordKind::Number).count();
    let is_list = before.contains('*');
    let is_note =
        !is_list && (1..=NOTE_WORDS).contains(&n_words) && !note.trim_end_matches(['.', ' ']).contains(is_stop);
    let closes = before.ends_with(is_stop) || before.ends_with(['»', '"', ')']);
    (is_note && closes).then_some(start)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '؟' | '!' | '…' | '?')
}

/// The length of the character at `at`.
fn char_at(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[(SectionKind, &str)]) {
        let found: Vec<(SectionKind, &str)> = tails(line)
            .iter()
            .map(|it| (it.kind, it.span.of(line).unwrap()))
            .collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn codes_clocks_and_addresses_close_a_text() {
        use SectionKind::*;
        check("وقال إن الجسر اكتمل. (وام)", &[(Source, "(وام)")]);
        check("وقال إن الجسر اكتمل (رويترز، د.ب.أ).", &[(Source, "(رويترز، د.ب.أ).")]);
        check("وقال إن الجسر اكتمل.وام", &[(Source, "وام")]);
        check("وقال إن الجسر اكتمل. -وات-", &[(Source, "-وات-")]);
        check(
            "وقال إن الجسر اكتمل. // انتهى // 12:30 ت م",
            &[(Boilerplate, "// انتهى //"), (Boilerplate, "12:30 ت م")],
        );
        check(
            "وقال إن الجسر اكتمل. * كاتب من دمنار salim@madar.example",
            &[(Byline, "* كاتب من دمنار"), (Boilerplate, "salim@madar.example")],
        );
        check(
            "وقال إن الجسر اكتمل. اقرأ أيضاً: جسر آخر يفتتح قريبا",
            &[(RelatedArticle, "اقرأ أيضاً: جسر آخر يفتتح قريبا")],
        );
    }

    #[test]
    fn sentences_have_no_tail() {
        for line in [
            "وقال إن الجسر (الجديد) اكتمل.",
            "وقال الوزير (دمنار)",
            "وشكر الوزير الحاضرين. وعاد إلى الوطن",
            "وقال الوزير «الموعد المستهدف هو أغسطس/آب».",
            "انتهى",
            "(وام)",
            "وكتب في كتابه: اقرأ أيضا ما كتبه غيرك",
            "سعر الدولار 3.5*2",
            "",
        ] {
            check(line, &[]);
        }
    }
}

//! Lines that state a day, and what stands beside it in them: a section, a place, a reporter, a number.
//!
//! Who or what that is, others know: here it is only taken apart from the dates and from the words that join them.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::arabic::lists::List;
use crate::arabic::{Folding, Span, WordKind, fold, letter, words};
use crate::archive::DatePrecision;

use super::expression::expressions;
use super::value::{Calendar, Value};

/// In bytes: a line with weekday, day in three calendars, time, zone, sign of the zodiac, place and reporter is no longer. A
/// guess.
const MAX_DATE_LINE: usize = 300;

const WORDS: List<2> = List::new(
    include_str!("../../../assets/lists/dateline_words.tsv"),
    ["word", "kind"],
);

/// The words that belong to a date, to a number or to another calendar, folded.
static JOINING: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let rows = WORDS.rows().filter(|[_, kind]| matches!(*kind, "join" | "count"));
    rows.map(|[word, _]| fold(word, Folding::Word)).collect()
});

/// What a line holds beside the day that it states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BesideDate {
    /// What is neither of a date nor of a number, in the order of the line.
    pub others: Vec<Other>,
    /// Whether its day is one of a calendar on a page: with its weekday or its time.
    pub has_weekday_or_time: bool,
}

/// A part of a line that is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its place in the line, without the marks around it.
    pub span: Span,
    /// Whether marks part it from the date: «محليات | 3 مارس 2024», not «أحداث 11 سبتمبر 2001».
    pub is_apart: bool,
    /// Whether it ends in a colon: «القاهرة: 3 مارس 2024», «موعد المباراة: 3 مارس 2024».
    pub has_colon: bool,
    /// Whether a bar or a bullet does.
    pub is_in_a_bar: bool,
}

/// What stands beside the day that a line states; `None` if it states none, or is too long for a line of date.
pub fn beside_date(line: &str) -> Option<BesideDate> {
    if MAX_DATE_LINE < line.len() || !line.contains(letter::is_number) {
        return None;
    }
    let found = expressions(line);
    let day = found
        .iter()
        .find(|it| matches!(it.stated(), Some((_, DatePrecision::Day))))?;
    let has_weekday = |value: &Value| matches!(value, Value::Point(it) if it.weekday.is_some());
    let has_weekday_or_time = found.iter().any(|it| match &it.value {
        Value::Timed(..) => true,
        Value::Pair(day, _) => has_weekday(day),
        value => has_weekday(value),
    });
    let is_gregorian = day.calendar() == Calendar::Gregorian;
    let mut others = Vec::new();
    let mut start = 0;
    for (idx, it) in found.iter().map(|it| Some(it.span)).chain([None]).enumerate() {
        let end = it.map_or(line.len(), |span| span.start);
        if start < end {
            parts(
                line,
                Span::new(start, end),
                (idx != 0, it.is_some()),
                is_gregorian,
                &mut others,
            );
        }
        start = it.map_or(start, |span| span.end);
    }
    Some(BesideDate {
        others,
        has_weekday_or_time,
    })
}

/// Whether a line holds a day and nothing else than its weekday, its time and numbers.
pub fn is_only_a_date(line: &str) -> bool {
    beside_date(line).is_some_and(|it| it.others.is_empty())
}

/// The marks that part the fields of a line from each other; a colon does not, it follows their names.
fn parts_fields(c: char) -> bool {
    is_bar(c)
        || matches!(
            c,
            '-' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2212}'
                    | '\u{0640}'
                    | '/'
                    | '\\'
                    | ','
                    | '،'
                    | '؛'
                    | ';'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '«'
                    | '»'
                    | '"'
        )
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '•' | '·' | '\t' | '◦' | '●' | '›' | '‹')
}

/// Adds what stands in a stretch between dates; `around` says on which sides of it there is one.
fn parts(line: &str, stretch: Span, around: (bool, bool), is_gregorian: bool, others: &mut Vec<Other>) {
    let text = stretch.of(line).unwrap_or_default();
    let mut fields: Vec<(usize, usize, Option<char>, Option<char>)> = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text
        .char_indices()
        .filter(|(at, c)| parts_fields(*c) && !is_within_word(text, *at, *c))
    {
        fields.push((start, at, before, Some(c)));
        start = at + c.len_utf8();
        before = Some(c);
    }
    fields.push((start, text.len(), before, None));
    for (start, end, before, after) in fields {
        // A date stands on a side where the stretch ends and no mark does.
        let field = &text[start..end];
        let Some((span, has_colon)) = told(field, is_gregorian) else {
            continue;
        };
        others.push(Other {
            span: span.shifted(stretch.start + start),
            is_apart: (before.is_some() || !around.0) && (after.is_some() || !around.1) && !has_colon,
            has_colon,
            is_in_a_bar: before.is_some_and(is_bar) || after.is_some_and(is_bar),
        });
    }
}

/// Whether a mark joins two letters of a word: «د.ب/أ», a tatweel.
fn is_within_word(text: &str, at: usize, c: char) -> bool {
    let is_letter = |it: Option<char>| it.is_some_and(char::is_alphabetic);
    c == '\u{0640}' && is_letter(text[..at].chars().next_back())
}

/// What a field says that is neither a number nor part of a date, and whether a colon closes it.
fn told(field: &str, is_gregorian: bool) -> Option<(Span, bool)> {
    let folded = |span: Span| fold(span.of(field).unwrap_or_default(), Folding::Word);
    let all: Vec<_> = words(field).collect();
    let is_joining = |span: Span| JOINING.contains(&folded(span));
    // «12 خرداد 1403» of a calendar that is not known here, «7 برج القوس».
    let is_number = |idx: usize| all.get(idx).is_some_and(|it| it.kind == WordKind::Number);
    let is_other_calendar = is_gregorian && is_number(0) && (2..=3).any(is_number) && all.len() <= 5;
    let is_zodiac = all.len() <= 3 && all.iter().any(|it| folded(it.span) == "برج");
    if is_other_calendar || is_zodiac {
        return None;
    }
    let is_free = |word: &&crate::arabic::Word| word.kind != WordKind::Number && !is_joining(word.span);
    let first = all.iter().find(is_free)?;
    let last = all.iter().rfind(|it| is_free(it))?;
    // A count keeps its words: «12 قتيلا» is none.
    let span = match all.iter().position(|it| it.span == first.span) {
        Some(idx) if 0 < idx && is_number(idx - 1) => Span::new(all[idx - 1].span.start, last.span.end),
        _ => Span::new(first.span.start, last.span.end),
    };
    Some((span, field[span.end..].trim_start().starts_with(':')))
}

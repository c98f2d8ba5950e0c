//! Marks what follows the article: its source, its keywords, others' articles.

use crate::arabic::{Span, words};
use crate::archive::SectionKind;
use crate::archive::date;
use crate::archive::phrase::{self, Marker};

use super::facts::Facts;
use super::keyword;
use super::line;
use super::piece;
use super::piece::Piece;
use super::verb;

/// Others' headlines end the article only after this many letters; above may stand the page's menus. A guess.
const LETTERS_BEFORE_RELATED: usize = 100;
/// A heading of others within the article has at most this many of their headlines below it. A guess.
const MOST_TEASERS: usize = 4;
/// What follows a heading is others' only up to this share of the text, unless the article states its end above.
const MOST_IN_100: usize = 33;
/// Behind its stated end, a page has others' articles of at most so many times its own length, and states the end of fewer
/// than so many of them. A file of many articles has more. Guesses: one other article is what is seen.
const MOST_TIMES: usize = 4;
const MOST_ENDS: usize = 3;

/// A heading that is there more often is a button, and no longer than this, in bytes. Guesses.
const MOST_HEADINGS: usize = 2;
const LONGEST_BUTTON: usize = 60;
/// A line of at least so many signs is a rule. A guess.
const RULE: usize = 3;

/// Marks sources, keyword lists and what follows the article: others' articles and the page's furniture.
pub(super) fn mark(text: &str, pieces: &mut [Piece], facts: &mut Facts) {
    let mut letters_before = 0;
    let mut has_ended = false;
    let mut idx = 0;
    while idx < pieces.len() {
        let piece = pieces[idx];
        let line = piece.span.of(text).unwrap_or_default();
        let may_end = LETTERS_BEFORE_RELATED < letters_before;
        if piece.kind == Some(SectionKind::Source) || piece.kind.is_none() && stated_source(line).is_some() {
            pieces[idx].kind = Some(SectionKind::Source);
            facts.source(stated_source(line).unwrap_or_default());
            has_ended |= may_end;
        } else if let Some(list) = keywords(text, pieces, idx) {
            pieces[idx].kind = Some(SectionKind::Keywords);
            let end = piece.span.end;
            facts.keywords(Span::new(end - list.len(), end));
            has_ended |= may_end;
        } else if piece.kind.is_none() && may_end && phrase::marker(line) == Some(Marker::Related) {
            let heads_others = (phrase::stands_alone(line) || has_ended) && !is_button(text, pieces, idx);
            let end = match heads_others {
                true => others_end(text, pieces, idx, has_ended.then_some(letters_before)),
                // One headline in passing: «اقرأ أيضا: …».
                false => idx + 1,
            };
            for other in &mut pieces[idx..end] {
                other.kind = Some(SectionKind::RelatedArticle);
                other.is_behind_end = has_ended;
            }
            letters_before += pieces[idx..end].iter().map(|it| n_letters(text, it)).sum::<usize>();
            idx = end;
            continue;
        } else if piece.kind.is_none() && line::is_paragraph(line) {
            // What was taken for its end was none, or another article of a file of many follows.
            has_ended = false;
        }
        letters_before += n_letters(text, &piece);
        idx += 1;
    }
}

fn n_letters(text: &str, piece: &Piece) -> usize {
    piece.span.of(text).unwrap_or_default().chars().count()
}

/// The list of keywords that a line is: behind a colon, or below the text, if most of its words are in it.
fn keywords<'a>(text: &'a str, pieces: &[Piece], idx: usize) -> Option<&'a str> {
    let piece = pieces.get(idx).filter(|it| it.kind.is_none())?;
    let line = piece.span.of(text)?;
    phrase::keywords(line).or_else(|| {
        let list = phrase::tags(line)?;
        let has_text_below = pieces[idx + 1..].iter().any(|it| is_free_paragraph(text, it));
        let before = text.get(..piece.span.start)?;
        (!has_text_below && keyword::are_of(list, before)).then_some(list)
    })
}

fn is_free_paragraph(text: &str, piece: &Piece) -> bool {
    piece.kind.is_none() && line::is_paragraph(piece.span.of(text).unwrap_or_default())
}

/// Whether a heading is only the button «اقرأ المزيد» below each item of a letter: it is there again and again.
fn is_button(text: &str, pieces: &[Piece], heading: usize) -> bool {
    let key_of = |piece: &Piece| piece.span.of(text).map(line::key);
    let key = pieces.get(heading).and_then(key_of);
    let is_short = |piece: &&Piece| piece.span.len() <= LONGEST_BUTTON;
    MOST_HEADINGS < pieces.iter().filter(is_short).filter(|it| key_of(it) == key).count()
}

/// Where what belongs to the heading of other articles at `heading` ends. `stated_end` is the length of what stands above
/// it, in letters, if the article states that it ends there.
///
/// Where it is doubtful whether the article goes on, it does: what is in the article is found.
fn others_end(text: &str, pieces: &[Piece], heading: usize, stated_end: Option<usize>) -> usize {
    let rest = &pieces[heading + 1..];
    let Some(first) = rest.iter().position(|it| is_free_paragraph(text, it)) else {
        return pieces.len();
    };
    // A rule parts the articles of a file, if text follows it.
    if let Some(rule) = rest[..first]
        .iter()
        .position(|it| it.span.of(text).is_some_and(is_rule))
        .filter(|it| *it != 0)
    {
        return heading + 1 + rule;
    }
    let letters = |pieces: &[Piece]| pieces.iter().map(|it| n_letters(text, it)).sum::<usize>();
    if let Some(before) = stated_end {
        let is_file_of_many = before * MOST_TIMES < letters(rest) || MOST_ENDS <= n_ends(text, rest);
        return match is_file_of_many {
            true => heading + 1 + header_start(text, rest, first),
            false => pieces.len(),
        };
    }
    let goes_on = || {
        let line = rest[first].span.of(text).unwrap_or_default();
        let first_word = words(line).next().and_then(|it| it.span.of(line)).unwrap_or_default();
        verb::goes_on(first_word)
    };
    // Others' articles alternate with their headlines.
    let only_text_follows = || first <= MOST_TEASERS && rest[first..].iter().all(|it| is_text_or_known(text, it));
    let is_much = || {
        let (before, after) = (letters(&pieces[..heading]), letters(&rest[first..]));
        (before + after) * MOST_IN_100 < after * 100
    };
    match goes_on() || only_text_follows() || is_much() {
        true => heading + 1 + first,
        false => pieces.len(),
    }
}

/// Where the next article of a file of many begins, whose text does at `first`: its headline and dates are above it.
fn header_start(text: &str, pieces: &[Piece], first: usize) -> usize {
    let is_date = |it: &&Piece| {
        let line = it.span.of(text).unwrap_or_default();
        phrase::dateline(line).is_some() || date::is_only_a_date(line)
    };
    let n_dates = pieces[..first].iter().rev().take_while(is_date).count();
    first.saturating_sub(n_dates + 1)
}

fn is_text_or_known(text: &str, piece: &Piece) -> bool {
    let line = piece.span.of(text).unwrap_or_default();
    piece.kind.is_some() || line::is_paragraph(line) || phrase::marker(line).is_some() || stated_source(line).is_some()
}

/// «-----», «* * *»
fn is_rule(line: &str) -> bool {
    RULE <= line.len() && line.bytes().all(|c| b"-=*_#~ ".contains(&c))
}

/// How many of the lines state that an article ends: each article of a file of many does.
fn n_ends(text: &str, pieces: &[Piece]) -> usize {
    let is_end = |line: &str| stated_source(line).is_some() || phrase::keywords(line).is_some();
    let lines = pieces.iter().map(|it| it.span.of(text).unwrap_or_default());
    let mut was_end = false;
    let begins = |line: &str| {
        let begins = is_end(line) && !was_end;
        was_end = is_end(line);
        begins
    };
    lines.map(begins).filter(|it| *it).count()
}

/// What stands after «المصدر:» at the beginning of a line of its own.
fn stated_source(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("المصدر")
        .or_else(|| line.strip_prefix("مصدر الخبر"))?;
    let rest = rest.trim_start().strip_prefix([':', '/', '-'])?.trim();
    (!rest.is_empty() && rest.chars().count() <= piece::LONGEST_SOURCE).then_some(rest)
}

//! What a page has above its article: its title with the site's name, menus, rests of mark-up.

use std::ops::Range;

use crate::archive::SectionKind;
use crate::archive::phrase::{self, Marker};

use super::caption;
use super::headline;
use super::line;
use super::opening;
use super::piece::Piece;

/// The headline of a page stands within this many lines. A guess, above the longest menu seen.
const HEAD: usize = 80;
/// The title of a page, with its site and section, has at most this many letters. A guess.
const LONGEST: usize = 300;
/// A menu has at least this many lines, each of at most so many words, and at least one in so many of them is known.
/// Guesses.
const MENU_LINES: usize = 3;
const MENU_WORDS: usize = 3;
const ONE_KNOWN_IN: usize = 2;

/// Where the headline stands by itself, if the first line is the page's title, which has it with the names of the site
/// and the section: «صحيفة المدار - محليات - افتتاح الجسر».
pub(super) fn headline(text: &str, pieces: &[Piece]) -> Option<usize> {
    let line_of = |piece: &Piece| piece.span.of(text).unwrap_or_default();
    let first = pieces.iter().position(|it| it.kind.is_none())?;
    let title = line_of(&pieces[first]);
    if pieces.len() == 1 || line::is_longer(title, LONGEST) || headline::parts(title).nth(1).is_none() {
        return None;
    }
    let parts: Vec<u64> = headline::parts(title).map(words_key).collect();
    let head = pieces.iter().enumerate().take(HEAD).skip(first + 1);
    let mut free = head.filter(|(_, it)| it.kind.is_none());
    free.find(|(_, it)| {
        let line = line_of(it);
        line.split_whitespace().nth(1).is_some() && parts.contains(&words_key(line))
    })
    .map(|(idx, _)| idx)
}

/// What two lines share that have the same words between the signs at their ends.
fn words_key(line: &str) -> u64 {
    line::key(line.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Which lines are menus: runs of very short ones, of which many are known as sections or buttons.
pub(super) fn menus(text: &str, pieces: &[Piece]) -> Vec<bool> {
    let mut is_menu = vec![false; pieces.len()];
    let is_short = |piece: &Piece| {
        let line = piece.span.of(text).unwrap_or_default();
        let may_be = matches!(piece.kind, None | Some(SectionKind::Boilerplate));
        may_be && line.split_whitespace().nth(MENU_WORDS).is_none() && !line::ends_like_a_sentence(line)
    };
    let mut start = 0;
    while start < pieces.len() {
        let length = pieces[start..].iter().take_while(|it| is_short(it)).count();
        let run: Range<usize> = start..start + length;
        let known = pieces[run.clone()]
            .iter()
            .filter(|it| is_known(it.span.of(text).unwrap_or_default()));
        if MENU_LINES <= length && length <= known.count() * ONE_KNOWN_IN {
            is_menu[run].fill(true);
        }
        start += length.max(1);
    }
    is_menu
}

/// Whether a line is the name of a section, or one of a page's buttons.
fn is_known(line: &str) -> bool {
    headline::is_section(line) || phrase::marker(line) == Some(Marker::Furniture)
}

/// The line above the first paragraph, where a page has its caption: the paragraph begins with its dateline, so that the
/// line is none of the article's sentences.
pub(super) fn caption_slot(text: &str, pieces: &[Piece], body_start: usize) -> Option<usize> {
    let line_of = |idx: usize| pieces.get(idx).and_then(|it| it.span.of(text)).unwrap_or_default();
    let idx = body_start.checked_sub(1)?;
    let has_dateline = opening::opening(line_of(body_start)).is_some_and(|it| it.outlet.is_some());
    (has_dateline && caption::may_stand_in_slot(line_of(idx))).then_some(idx)
}

/// Whether a line is a rest of mark-up, or signs without a word: «-----».
pub(super) fn is_no_text(line: &str) -> bool {
    is_mark_up(line) || !line.chars().any(char::is_alphanumeric)
}

/// Whether a line is left of a page's mark-up: `content="…" />`.
pub(super) fn is_mark_up(line: &str) -> bool {
    let name = line.split("=\"").next().unwrap_or_default();
    let is_attribute =
        name.len() < line.len() && !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphabetic() || c == b'-');
    is_attribute && line.ends_with('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_of_mark_up_are_known() {
        assert!(is_mark_up("content=\"افتتح رئيس البلدية الجسر الجديد.\" />"));
        for line in ["قال الوزير: \"نعم\" > لا", "x = \"نص\"", "=\">", "content"] {
            assert!(!is_mark_up(line), "{line}");
        }
    }
}

//! Marks what precedes the first paragraph: title, dates, bylines, captions.

use rustc_hash::FxHashSet;

use crate::arabic::words;
use crate::archive::date;
use crate::archive::phrase::{self, Marker};
use crate::archive::record::Hints;
use crate::archive::{DateProvenance, SectionKind};

use super::facts::Facts;
use super::line;
use super::opening;
use super::outlet;
use super::piece::Piece;

/// A line that states its date and nothing else, with its weekday, time and other calendar, has at most this many
/// letters. A guess.
const DATE_LINE: usize = 90;
/// «دبي - الشرق» has at most this many letters; a headline with its site has more. A guess.
const PLACE_AND_OUTLET: usize = 45;

/// Marks title, dates, bylines and captions before the first paragraph; returns where the body begins.
pub(super) fn mark(text: &str, pieces: &mut [Piece], facts: &mut Facts, hints: &Hints) -> usize {
    let is_title_forced = pieces.iter().any(|it| it.kind == Some(SectionKind::Title));
    let knows_title = hints.title.is_some() || is_title_forced;
    let is_body = |idx: &usize| {
        let piece = &pieces[*idx];
        let line = piece.span.of(text).unwrap_or_default();
        let is_text = || line::is_paragraph(line) && !line::is_caption(line);
        piece.kind == Some(SectionKind::Body)
            || piece.kind.is_none() && is_text() && (knows_title || !is_unstopped_title(text, pieces, *idx))
    };
    let Some(body_start) = (0..pieces.len()).find(is_body) else {
        return header_without_paragraphs(text, pieces, facts, hints, is_title_forced);
    };
    let mut has_title = knows_title;
    let stated = hints.title.as_deref().map(line::key);
    let mut titles: FxHashSet<u64> = FxHashSet::default();
    for idx in 0..body_start {
        let line = pieces[idx].span.of(text).unwrap_or_default();
        if let Some(kind) = pieces[idx].kind {
            titles.extend((kind == SectionKind::Title).then(|| line::key(line)));
            continue;
        }
        facts.is_before_title = !has_title;
        let kind = match header_line(line, facts) {
            Some(kind) => kind,
            None if !has_title && !line::is_longer(line, line::LONGEST_TITLE) => {
                has_title = true;
                SectionKind::Title
            }
            None => match line::key(line) {
                key if stated == Some(key) => SectionKind::Title,
                key if titles.contains(&key) => SectionKind::Boilerplate,
                _ => SectionKind::Caption,
            },
        };
        titles.extend((kind == SectionKind::Title).then(|| line::key(line)));
        pieces[idx].kind = Some(kind);
    }
    facts.is_before_title = false;
    body_start
}

/// A text of short lines only: the first is its title if others follow, the rest is its body.
fn header_without_paragraphs(
    text: &str,
    pieces: &mut [Piece],
    facts: &mut Facts,
    hints: &Hints,
    is_title_forced: bool,
) -> usize {
    let mut has_title = hints.title.is_some() || is_title_forced;
    let n_free = pieces.iter().filter(|it| it.kind.is_none()).count();
    for idx in 0..pieces.len() {
        if pieces[idx].kind.is_some() {
            continue;
        }
        let line = pieces[idx].span.of(text).unwrap_or_default();
        facts.is_before_title = !has_title;
        match header_line(line, facts) {
            Some(kind) => pieces[idx].kind = Some(kind),
            None if !has_title && 1 < n_free && !line::is_longer(line, line::LONGEST_TITLE) => {
                has_title = true;
                pieces[idx].kind = Some(SectionKind::Title);
            }
            None => return idx,
        }
    }
    pieces.len()
}

/// The kind of a line before the body, by its words; `None` for a title or a caption.
fn header_line(line: &str, facts: &mut Facts) -> Option<SectionKind> {
    if let Some(stated) = phrase::dateline(line) {
        facts.date(stated, phrase::is_update(line), DateProvenance::HeaderLine);
        return Some(SectionKind::Dateline);
    }
    if let Some(who) = phrase::byline(line) {
        facts.byline.get_or_insert_with(|| who.to_owned());
        return Some(SectionKind::Byline);
    }
    match phrase::marker(line) {
        Some(Marker::Related) => return Some(SectionKind::RelatedArticle),
        Some(Marker::Furniture) => return Some(SectionKind::Boilerplate),
        None => {}
    }
    if line.chars().count() <= DATE_LINE && date::is_only_a_date(line) {
        if date::is_page_clock(line) {
            return Some(SectionKind::Boilerplate);
        }
        facts.date(line, false, DateProvenance::HeaderLine);
        return Some(SectionKind::Dateline);
    }
    if let Some(found) = date::parse_opening(line).filter(|_| line.chars().count() < DATE_LINE) {
        facts.published(found, false, DateProvenance::Dateline);
        // «الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس»
        if let Some(agency) = line
            .split_whitespace()
            .next_back()
            .filter(|it| outlet::known(it).is_some())
        {
            facts.source(agency);
        }
        return Some(SectionKind::Dateline);
    }
    if let Some(opening) = opening::lone(line) {
        facts.opening(opening);
        return Some(SectionKind::Dateline);
    }
    let agencies = dateline_outlet(line)?;
    if !agencies.is_empty() {
        facts.source(agencies);
    }
    Some(SectionKind::Dateline)
}

/// The outlet in «دبي - الشرق» and «دبي-وكالاتالشرق»; empty if only agencies are named. `None` for other lines.
fn dateline_outlet(line: &str) -> Option<&str> {
    if PLACE_AND_OUTLET < line.chars().count() {
        return None;
    }
    let (place, rest) = line.split_once(['-', '–', '—', '|'])?;
    let rest = rest.trim();
    // More words are a headline with its site.
    if 2 < words(place).count() {
        return None;
    }
    if let Some(outlet) = rest.strip_prefix("وكالات") {
        return Some(outlet.trim_start_matches(|c: char| !c.is_alphanumeric()));
    }
    outlet::known(rest).is_some().then_some(rest)
}

/// Whether a line that ends like a sentence is the headline all the same: the first of the text, above a line with its
/// date, or ending in a question or an exclamation above a paragraph.
fn is_unstopped_title(text: &str, pieces: &[Piece], idx: usize) -> bool {
    let line_of = |piece: &Piece| piece.span.of(text).unwrap_or_default();
    let line = line_of(&pieces[idx]);
    if line::LONG <= line.chars().count() || pieces[..idx].iter().any(|it| it.kind.is_none()) {
        return false;
    }
    let below = pieces.get(idx + 1).map(line_of).unwrap_or_default();
    let is_above_a_date = phrase::dateline(below).is_some() || date::is_only_a_date(below);
    let bare = line.trim_end_matches(['"', '»', '”', ' ']);
    let asks = bare.ends_with(['؟', '?', '!', '…']) || bare.ends_with("..");
    is_above_a_date || asks && pieces[idx + 1..].iter().any(|it| line::is_paragraph(line_of(it)))
}

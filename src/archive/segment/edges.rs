//! Cuts off what shares a line with the first sentence, the last sentence or the title.

use crate::arabic::Span;
use crate::archive::date;
use crate::archive::phrase;
use crate::archive::{DatePrecision, DateProvenance, SectionKind};

use super::ending;
use super::facts::Facts;
use super::headline;
use super::opening;
use super::outlet;
use super::piece;
use super::piece::Piece;

/// Cuts what precedes the first sentence off the first paragraph, and reads the date in it.
pub(super) fn split_opening(text: &str, pieces: &mut Vec<Piece>, facts: &mut Facts) {
    let Some(idx) = pieces.iter().position(|it| it.kind == Some(SectionKind::Body)) else {
        return;
    };
    let span = pieces[idx].span;
    let line = span.of(text).unwrap_or_default();
    let opening = opening::opening(line);
    if let Some(day) = opening::day(line).filter(|_| opening.as_ref().is_none_or(|it| it.day.is_none())) {
        facts.published((day, DatePrecision::Day), false, DateProvenance::Dateline);
    }
    let has_day =
        facts.has_stated_day || !facts.dates.is_empty() || opening.as_ref().is_some_and(|it| it.day.is_some());
    if !has_day {
        let body = pieces.iter().filter(|it| it.kind == Some(SectionKind::Body));
        if let Some(day) = date::day_of_writing(body.filter_map(|it| it.span.of(text))) {
            facts.published((day, DatePrecision::Day), false, DateProvenance::Inferred);
        }
    }
    if let Some(opening) = opening {
        let end = opening.end;
        facts.opening(opening);
        let parts = [(0, end, SectionKind::Dateline), (end, line.len(), SectionKind::Body)];
        piece::replace(text, pieces, idx, &parts);
    }
}

/// Cuts what follows the last sentence off the last paragraph.
pub(super) fn split_ending(text: &str, pieces: &mut Vec<Piece>, facts: &mut Facts) {
    let Some(idx) = pieces.iter().rposition(|it| it.kind == Some(SectionKind::Body)) else {
        return;
    };
    let line = pieces[idx].span.of(text).unwrap_or_default();
    let tails = ending::tails(line);
    let Some(first) = tails.first() else { return };
    let mut parts = vec![(0, first.span.start, SectionKind::Body)];
    for tail in &tails {
        let stated = tail.span.of(line).unwrap_or_default();
        match tail.kind {
            SectionKind::Source => {
                let code = stated.trim_matches(|c: char| !c.is_alphanumeric());
                facts.source(outlet::first_known(code).unwrap_or(code));
            }
            SectionKind::Keywords => {
                if let Some(list) = phrase::keywords(stated).or_else(|| phrase::tags(stated)) {
                    let end = pieces[idx].span.start + tail.span.end;
                    facts.keywords(Span::new(end - list.len(), end));
                }
            }
            _ => {}
        }
        parts.push((tail.span.start, tail.span.end, tail.kind));
    }
    piece::replace(text, pieces, idx, &parts);
}

/// Cuts the site's name off the title.
pub(super) fn split_title(text: &str, pieces: &mut Vec<Piece>, facts: &mut Facts) {
    let Some(idx) = pieces.iter().position(|it| it.kind == Some(SectionKind::Title)) else {
        return;
    };
    let line = pieces[idx].span.of(text).unwrap_or_default();
    let (headline, site) = headline::within(line);
    if let Some(site) = site {
        facts.source(site);
    }
    let around = match site {
        Some(_) => SectionKind::Source,
        None => SectionKind::Boilerplate,
    };
    let parts = [
        (0, headline.start, around),
        (headline.start, headline.end, SectionKind::Title),
        (headline.end, line.len(), around),
    ];
    piece::replace(text, pieces, idx, &parts);
}

//! Marks what precedes the first paragraph: title, dates, bylines, captions.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use crate::arabic::{Word, WordKind, letter, words};
use crate::archive::date;
use crate::archive::phrase::{self, Marker};
use crate::archive::record::Hints;
use crate::archive::{DatePrecision, DateProvenance, SectionKind};

use super::caption;
use super::date_line;
use super::facts::Facts;
use super::headline;
use super::line;
use super::opening;
use super::outlet;
use super::page;
use super::piece::Piece;
use super::verb;

/// A line that states its date, with its weekday, time, other calendar, section and reporter, has at most this many
/// letters. A guess.
const DATE_LINE: usize = 120;
/// «الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس» has fewer letters; a first sentence has more. A guess.
const OPENING_LINE: usize = 90;
/// «دبي - الشرق» has at most this many letters; a headline with its site has more. A guess.
const PLACE_AND_OUTLET: usize = 45;
/// What stands above a marked title and has at most so many words is none of the article's sentences. A guess.
const ABOVE_TITLE_WORDS: usize = 12;
/// A date without its year has at most this many words. A guess.
const PART_WORDS: usize = 5;
/// A reporter's name has at most this many words. A guess.
const NAME_WORDS: usize = 4;
/// The names of reporters are at most this many words: «سامي العامري وهالة عبد الله آل منجي - دمنار». A guess.
const NAMES_WORDS: usize = 9;
/// Beside its date, the line of an agency has at most this many words: «الإمارات العربية المتحدة وام», with the calendars'
/// signs. A guess.
const PLACE_AND_AGENCY_WORDS: usize = 6;

/// Marks title, dates, bylines and captions before the first paragraph; returns where the body begins.
///
/// What has no mark of any of these is text: most papers leave out the full stop after a short first paragraph.
pub(super) fn mark(text: &str, pieces: &mut [Piece], facts: &mut Facts, hints: &Hints) -> usize {
    let marked = pieces.iter().position(|it| it.kind == Some(SectionKind::Title));
    let knows_title = hints.title.is_some() || marked.is_some();
    let page_title = if knows_title {
        None
    } else {
        page::headline(text, pieces)
    };
    let is_body = |idx: &usize| {
        let piece = &pieces[*idx];
        let line = piece.span.of(text).unwrap_or_default();
        let is_text = || line::is_paragraph(line) && !caption::is_caption(line) && !page::is_mark_up(line);
        piece.kind == Some(SectionKind::Body)
            || piece.kind.is_none()
                && page_title != Some(*idx)
                && is_text()
                && (knows_title || !is_unstopped_title(text, pieces, *idx))
    };
    let Some(body_start) = (0..pieces.len()).find(is_body) else {
        return header_without_paragraphs(text, pieces, facts, hints, marked.is_some());
    };
    let above = Above {
        title_at: marked.or(page_title),
        menu: page::menus(text, &pieces[..body_start]),
        twice: lines_twice(text, &pieces[..body_start]),
        slot: page_title.and_then(|_| page::caption_slot(text, pieces, body_start)),
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
        let is_headline = page_title == Some(idx);
        let kind = match header_line(line, facts).filter(|_| !is_headline) {
            Some(kind) => kind,
            None if !is_headline && above.is_of_page(line, idx, body_start) => SectionKind::Boilerplate,
            None if !has_title && !line::is_longer(line, line::LONGEST_TITLE) => {
                has_title = true;
                SectionKind::Title
            }
            None => match line::key(line) {
                key if stated == Some(key) => SectionKind::Title,
                key if titles.contains(&key) => SectionKind::Boilerplate,
                key if above.is_caption(line, key, idx) => SectionKind::Caption,
                _ => SectionKind::Body,
            },
        };
        titles.extend((kind == SectionKind::Title).then(|| line::key(line)));
        pieces[idx].kind = Some(kind);
    }
    facts.is_before_title = false;
    body_start
}

/// What the lines above the first paragraph say of each other.
struct Above {
    /// Where the title is, if that is known: what stands above it is no text.
    title_at: Option<usize>,
    /// Which of them are a menu.
    menu: Vec<bool>,
    /// The keys of those that are there twice, as a picture's description and its caption are.
    twice: FxHashSet<u64>,
    /// Where a page has its caption.
    slot: Option<usize>,
}

impl Above {
    /// Whether a line of no known kind is of the page around the article: of a menu, of the page's own title, or a
    /// section's name.
    fn is_of_page(&self, line: &str, idx: usize, body_start: usize) -> bool {
        let is_above_title = self.title_at.is_some_and(|title| idx < title);
        let is_section = headline::is_section(line) && idx + 1 < body_start;
        self.menu.get(idx) == Some(&true)
            || is_section
            || page::is_no_text(line)
            || is_above_title && words(line).nth(ABOVE_TITLE_WORDS).is_none() && !is_sentence(line)
    }

    fn is_caption(&self, line: &str, key: u64, idx: usize) -> bool {
        caption::is_caption(line) || caption::has_credit(line) || self.twice.contains(&key) || self.slot == Some(idx)
    }
}

/// Whether a line is a sentence of some words with its full stop, which no menu has.
fn is_sentence(line: &str) -> bool {
    line.ends_with('.') && words(line).nth(NAME_WORDS).is_some()
}

/// The keys of the lines that are there more than once.
fn lines_twice(text: &str, pieces: &[Piece]) -> FxHashSet<u64> {
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let keys = pieces.iter().filter_map(|it| it.span.of(text)).map(line::key);
    keys.filter(|key| !seen.insert(*key)).collect()
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
    if let Some(stated) = phrase::dateline(line).filter(|it| may_state_a_date(it)) {
        facts.date(phrase::dated(line, stated), DateProvenance::HeaderLine);
        if let Some(found) = date_line::read(stated, true) {
            facts.who(found.outlet, found.byline);
        }
        return Some(SectionKind::Dateline);
    }
    if line.chars().count() <= DATE_LINE
        && let Some(found) = date_line::read(line, !facts.is_before_title)
    {
        if date::is_page_clock(line) {
            return Some(SectionKind::Boilerplate);
        }
        facts.date(line, DateProvenance::HeaderLine);
        facts.who(found.outlet, found.byline);
        return Some(SectionKind::Dateline);
    }
    if let Some(who) = phrase::byline(line).filter(|it| may_be_names(it)) {
        facts.byline.get_or_insert_with(|| who.to_owned());
        return Some(SectionKind::Byline);
    }
    match phrase::marker(line) {
        Some(Marker::Related) => return Some(SectionKind::RelatedArticle),
        Some(Marker::Furniture) => return Some(SectionKind::Boilerplate),
        None => {}
    }
    if let Some(day) = day_behind_clock(line) {
        facts.published((day, DatePrecision::Day), false, DateProvenance::HeaderLine);
        return Some(SectionKind::Dateline);
    }
    if let Some(day) = short_day(line) {
        facts.published((day, DatePrecision::Day), false, DateProvenance::HeaderLine);
        return Some(SectionKind::Dateline);
    }
    if is_part_of_a_date(line) {
        return Some(SectionKind::Dateline);
    }
    if let Some(day) = opening::day(line).filter(|_| line.chars().count() < OPENING_LINE && !has_text(line)) {
        facts.published((day, DatePrecision::Day), false, DateProvenance::Dateline);
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

/// Whether what follows «نشر:» or «التاريخ:» may be a date: it has a number, or is one word or a day's name. Headlines begin
/// so, too: «التاريخ: ذاكرة المدن».
fn may_state_a_date(stated: &str) -> bool {
    stated.chars().any(|c| letter::digit(c).is_some())
        || words(stated).nth(1).is_none()
        || !date::expressions(stated).is_empty()
}

/// Whether what follows «تقرير:» or «متابعة:» may be names: a few words, or more of which one is a given name; none is a
/// verb. A few words with a full stop, and no given name among them, are a sentence.
fn may_be_names(who: &str) -> bool {
    let has = |test: fn(&str) -> bool| words(who).any(|word| word.span.of(who).is_some_and(test));
    let has_name = has(opening::is_given_name);
    let is_short = words(who).nth(NAME_WORDS).is_none() && (has_name || !line::ends_like_a_sentence(who));
    let is_list = words(who).nth(NAMES_WORDS).is_none() && has_name;
    (is_short || is_list) && !has(verb::is_verb)
}

/// The day in «2100 (GMT+04:00) - 18/10/09», as pages of 2009 state it: behind the clock with its zone stands the day
/// before the month, and the year may have two digits.
fn day_behind_clock(line: &str) -> Option<Date> {
    let (clock, rest) = line.split_once(')')?;
    let (time, zone) = clock.split_once('(')?;
    let time = time.trim();
    let is_clock = !time.is_empty() && time.chars().all(|c| c.is_ascii_digit() || c == ':');
    let has_zone = zone.starts_with("GMT") || zone.starts_with("UTC");
    let mut parts = rest.trim_matches([' ', '-', '–', '|', ',']).split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year: i16 = year.parse().ok().filter(|it| 0 <= *it)?;
    let year = if year < 100 { 2_000 + year } else { year };
    let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    (is_clock && has_zone && parts.next().is_none()).then_some(day)
}

/// The day in a line that has nothing but a day with two digits of its year, its weekday and its time.
fn short_day(line: &str) -> Option<Date> {
    let day = date::day_of_short_year(line)?;
    let dates = date::expressions(line);
    let is_of_date = |word: Word| word.kind == WordKind::Number || dates.iter().any(|it| it.span.covers(word.span));
    words(line).all(is_of_date).then_some(day)
}

/// Whether a line is a date that lacks its year: «11 أيار», «الخميس 5 مارس».
fn is_part_of_a_date(line: &str) -> bool {
    if words(line).nth(PART_WORDS).is_some() {
        return false;
    }
    let dates = date::expressions(line);
    !dates.is_empty() && words(line).all(|word| dates.iter().any(|it| it.span.covers(word.span)))
}

/// Whether a line that begins with its date goes on with a sentence.
fn has_text(line: &str) -> bool {
    let dates = date::expressions(line);
    let is_of_date = |word: &Word| word.kind == WordKind::Number || dates.iter().any(|it| it.span.covers(word.span));
    words(line)
        .filter(|it| !is_of_date(it))
        .nth(PLACE_AND_AGENCY_WORDS)
        .is_some()
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
    let is_above_a_date = phrase::dateline(below).is_some() || date_line::read(below, true).is_some();
    let bare = line.trim_end_matches(['"', '»', '”', ' ']);
    let asks = bare.ends_with(['؟', '?', '!', '…']) || bare.ends_with("..");
    is_above_a_date || asks && pieces[idx + 1..].iter().any(|it| line::is_paragraph(line_of(it)))
}

//! What each stretch of a scraped text is.
//!
//! Nothing is thrown away: every stretch that is not white space becomes a [`Section`]. Lines are judged by their
//! words, their length, their end and their place; a page's own mark-up, where there was any, is believed first.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::arabic::{Folding, Span, fold, letter, words};

use super::article::{Article, DatePrecision, DateProvenance, Problem, PublicationDate, Section, SectionKind};
use super::origin::Origin;
use super::phrase::{self, Marker};
use super::record::Hints;
use super::{date, ending, headline, opening, outlet};

/// A line with at least so many letters is a paragraph even without a full stop. Headlines have up to some 110.
const LONG: usize = 130;
/// A line with at least so many letters is a paragraph if it ends like a sentence.
const SENTENCE: usize = 40;
/// A sub-heading has at most so many words; a longer line without a stop between paragraphs is another's headline.
const SUBHEADING_WORDS: usize = 8;
/// The length of a title that is taken from the text, in letters.
const DERIVED_TITLE: usize = 80;

/// A trimmed piece of a line, and what it is as far as that is known.
#[derive(Clone, Copy)]
struct Piece {
    span: Span,
    kind: Option<SectionKind>,
}

/// Says what each stretch of `text` is. `forced` are lines of which that is known already.
pub fn segment(text: String, forced: Vec<Section>, hints: Hints) -> Article {
    let mut pieces = pieces(&text, &forced);
    let mut facts = Facts::default();
    mark_tail(&text, &mut pieces, &mut facts);
    let body_start = mark_header(&text, &mut pieces, &mut facts, &hints);
    mark_body(&text, &mut pieces, body_start, &mut facts);
    split_opening(&text, &mut pieces, &mut facts);
    split_ending(&text, &mut pieces, &mut facts);
    split_title(&text, &mut pieces, &mut facts);
    article(text, pieces, facts, hints)
}

/// What the lines say of the article.
#[derive(Default)]
struct Facts {
    /// What was stated of the publication, in the order of the text.
    dates: Vec<StatedPublication>,
    /// Whether what is read stands before the title, as a page's clock does.
    is_before_title: bool,
    source: Option<String>,
    byline: Option<String>,
    keyword_lists: Vec<Span>,
    problems: Vec<Problem>,
}

/// A date of the article, and what speaks against its being the one of publication.
struct StatedPublication {
    date: PublicationDate,
    is_update: bool,
    is_before_title: bool,
}

impl Facts {
    fn date(&mut self, stated: &str, is_update: bool, provenance: DateProvenance) {
        match date::parse_published(stated) {
            Some(found) => {
                let is_update = is_update || found.is_update;
                self.published((found.date, found.precision), is_update, provenance);
            }
            None if stated.chars().any(|c| letter::digit(c).is_some()) => {
                self.problems
                    .push(Problem::UnreadableDate(stated.chars().take(60).collect()));
            }
            None => {}
        }
    }

    fn published(&mut self, (date, precision): (Date, DatePrecision), is_update: bool, provenance: DateProvenance) {
        self.dates.push(StatedPublication {
            date: PublicationDate {
                date,
                precision,
                provenance,
            },
            is_update,
            is_before_title: self.is_before_title,
        });
    }

    fn opening(&mut self, opening: opening::Opening) {
        if let Some(outlet) = opening.outlet {
            self.source(&outlet);
        }
        self.byline = self.byline.take().or(opening.byline);
    }

    /// The date of publication: rather than of an update, rather below the title than above, then the first.
    fn publication(&self) -> Option<PublicationDate> {
        let best = self.dates.iter().min_by_key(|it| (it.is_update, it.is_before_title));
        best.map(|it| it.date)
    }

    fn source(&mut self, stated: &str) {
        if self.source.is_none() {
            self.source = outlet::canonical(stated);
        }
    }
}

/// The lines of the text; those that hold glued parts are split.
fn pieces(text: &str, forced: &[Section]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if span.is_empty() {
            continue;
        }
        // They are in the order of the text and do not overlap.
        let n_before = forced.partition_point(|it| it.span.start <= span.start);
        match forced[..n_before].last().filter(|it| it.span.covers(span)) {
            Some(section) => pieces.push(Piece {
                span,
                kind: Some(section.kind),
            }),
            None => split_line(text, span, &mut pieces),
        }
    }
    pieces
}

/// Splits «Related…؟كما ناقش» behind its headlines, and «… المصدر: euronews» before its source.
fn split_line(text: &str, span: Span, pieces: &mut Vec<Piece>) {
    let mut push = |start: usize, end: usize, kind: Option<SectionKind>| {
        let span = Span::new(start, end).trimmed(text);
        if !span.is_empty() {
            pieces.push(Piece { span, kind });
        }
    };
    let line = span.of(text).unwrap_or_default();
    let mut start = span.start;
    if let Some(length) = glued_headlines(line) {
        push(start, start + length, Some(SectionKind::RelatedArticle));
        start += length;
    }
    let rest = &text[start..span.end];
    if let Some(at) = glued_source(rest) {
        let before = &rest[..at];
        let kind = (phrase::marker(before) == Some(Marker::Furniture) || is_share_bar(before))
            .then_some(SectionKind::Boilerplate);
        push(start, start + at, kind);
        push(start + at, span.end, Some(SectionKind::Source));
    } else {
        push(start, span.end, is_share_bar(rest).then_some(SectionKind::Boilerplate));
    }
}

/// How many bytes of a line are a run of others' headlines without spaces between: up to the last place where a
/// letter directly follows the end of a sentence.
fn glued_headlines(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("Related")?;
    if !rest.chars().next().is_some_and(letter::is_arabic_letter) {
        return None;
    }
    let mut last = None;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if matches!(c, '؟' | '!' | '.' | '…' | '?')
            && chars.peek().is_some_and(|(_, next)| letter::is_arabic_letter(*next))
        {
            last = Some(at + c.len_utf8());
        }
    }
    Some(last.unwrap_or(line.len()))
}

/// So much of a line as phrases at its beginning may have, marks included.
fn beginning(line: &str) -> &str {
    match line.char_indices().nth(120) {
        Some((end, _)) => &line[..end],
        None => line,
    }
}

/// Whether a line begins with the words of a share bar, glued to what follows.
fn is_share_bar(line: &str) -> bool {
    line.trim_start().starts_with("Go to accessibility shortcuts") || {
        let folded = fold(beginning(line.trim_start()), Folding::Word);
        folded
            .strip_prefix("شارك هذا المقال")
            .is_some_and(|rest| rest.chars().next().is_some_and(|c| c != ' '))
    }
}

/// Where «المصدر: X» begins at the end of a line that has more: only where the word is glued to its neighbour or
/// follows a full stop, so that «وقال المصدر: …» in a sentence is text.
fn glued_source(line: &str) -> Option<usize> {
    let at = line.rfind("المصدر")?;
    let rest = line[at + "المصدر".len()..].trim_start().strip_prefix(':')?;
    if rest.trim().is_empty() || 50 < rest.chars().count() || at == 0 {
        return None;
    }
    let before = line[..at].chars().next_back()?;
    let is_glued = letter::is_arabic_letter(before) && !is_clitic_before(&line[..at]) || before == '.';
    let follows_a_stop = before.is_whitespace() && line[..at].trim_end().ends_with(['.', '؟', '!', '»', '"', ')']);
    (is_glued || follows_a_stop).then_some(at)
}

/// Whether the letters before a word are a clitic of it: «والمصدر».
fn is_clitic_before(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !letter::is_arabic_letter(c))
        .next()
        .unwrap_or("");
    word.chars().count() < 2
}

/// Marks sources, keyword lists and what follows the article: others' articles and the page's furniture.
fn mark_tail(text: &str, pieces: &mut [Piece], facts: &mut Facts) {
    let mut letters_before = 0;
    let mut has_ended = false;
    let mut idx = 0;
    while idx < pieces.len() {
        let piece = pieces[idx];
        let line = piece.span.of(text).unwrap_or_default();
        if piece.kind == Some(SectionKind::Source) || piece.kind.is_none() && stated_source(line).is_some() {
            pieces[idx].kind = Some(SectionKind::Source);
            facts.source(stated_source(line).unwrap_or_default());
            has_ended |= idx != 0;
        } else if piece.kind.is_none()
            && let Some(list) = phrase::keywords(line)
        {
            pieces[idx].kind = Some(SectionKind::Keywords);
            let end = piece.span.end;
            facts.keyword_lists.push(Span::new(end - list.len(), end));
            has_ended |= idx != 0;
        } else if piece.kind.is_none() && phrase::marker(line) == Some(Marker::Related) && 100 < letters_before {
            if !phrase::stands_alone(line) && !has_ended {
                // One headline in passing: «اقرأ أيضا: …».
                pieces[idx].kind = Some(SectionKind::RelatedArticle);
            } else if let Some(end) = teaser_end(text, pieces, idx).filter(|_| !has_ended) {
                pieces[idx..end]
                    .iter_mut()
                    .for_each(|it| it.kind = Some(SectionKind::RelatedArticle));
                idx = end;
                continue;
            } else {
                pieces[idx..]
                    .iter_mut()
                    .for_each(|it| it.kind = Some(SectionKind::RelatedArticle));
                return;
            }
        }
        letters_before += line.chars().count();
        idx += 1;
    }
}

/// Where the article goes on behind a heading of other articles: it does if only headlines stand between the heading
/// and the better part of the article's paragraphs, and no source closes what follows.
fn teaser_end(text: &str, pieces: &[Piece], heading: usize) -> Option<usize> {
    let is_paragraph = |piece: &Piece| piece.kind.is_none() && is_paragraph(piece.span.of(text).unwrap_or_default());
    let n_before = pieces[..heading].iter().filter(|it| is_paragraph(it)).count();
    let rest = &pieces[heading + 1..];
    let n_after = rest.iter().filter(|it| is_paragraph(it)).count();
    let first = rest.iter().position(is_paragraph)?;
    // A whole article that follows has a headline, too, but it is not as long as what it follows, or brings its own
    // source.
    let has_source = rest
        .iter()
        .any(|it| stated_source(it.span.of(text).unwrap_or_default()).is_some());
    let goes_on = n_before <= 2 && 2 <= n_after && !has_source && first <= 4;
    goes_on.then_some(heading + 1 + first)
}

/// What stands behind «المصدر:» at the beginning of a line of its own.
fn stated_source(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("المصدر")
        .or_else(|| line.strip_prefix("مصدر الخبر"))?;
    let rest = rest.trim_start().strip_prefix([':', '/', '-'])?.trim();
    (!rest.is_empty() && rest.chars().count() <= 50).then_some(rest)
}

/// Marks title, dates, bylines and captions before the first paragraph; returns where the body begins.
fn mark_header(text: &str, pieces: &mut [Piece], facts: &mut Facts, hints: &Hints) -> usize {
    let is_title_forced = pieces.iter().any(|it| it.kind == Some(SectionKind::Title));
    let knows_title = hints.title.is_some() || is_title_forced;
    let is_body = |idx: &usize| {
        let piece = &pieces[*idx];
        let line = piece.span.of(text).unwrap_or_default();
        let is_text = || is_paragraph(line) && !is_caption(line);
        piece.kind == Some(SectionKind::Body)
            || piece.kind.is_none() && is_text() && (knows_title || !is_unstopped_title(text, pieces, *idx))
    };
    let Some(body_start) = (0..pieces.len()).find(is_body) else {
        return header_without_paragraphs(text, pieces, facts, hints, is_title_forced);
    };
    let mut has_title = knows_title;
    for idx in 0..body_start {
        if pieces[idx].kind.is_some() {
            continue;
        }
        let line = pieces[idx].span.of(text).unwrap_or_default();
        facts.is_before_title = !has_title;
        let kind = match header_line(line, facts) {
            Some(kind) => kind,
            None if !has_title => {
                has_title = true;
                SectionKind::Title
            }
            None if hints.title.as_deref().is_some_and(|title| same(title, line)) => SectionKind::Title,
            None if pieces[..idx].iter().any(|it| is_same_title(text, it, line)) => SectionKind::Boilerplate,
            None => SectionKind::Caption,
        };
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
            None if !has_title && 1 < n_free => {
                has_title = true;
                pieces[idx].kind = Some(SectionKind::Title);
            }
            None => return idx,
        }
    }
    pieces.len()
}

/// What a line before the body is by its words; nothing for a title or a caption.
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
    if line.chars().count() <= 90 && date::is_only_a_date(line) {
        if date::is_page_clock(line) {
            return Some(SectionKind::Boilerplate);
        }
        facts.date(line, false, DateProvenance::HeaderLine);
        return Some(SectionKind::Dateline);
    }
    if let Some(found) = date::parse_opening(line).filter(|_| line.chars().count() < 90) {
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

/// The outlet in «دبي - الشرق» and «دبي-وكالاتالشرق»; empty where only agencies are named. Nothing for other lines.
fn dateline_outlet(line: &str) -> Option<&str> {
    if 45 < line.chars().count() {
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

/// Marks what stands between and after the paragraphs.
fn mark_body(text: &str, pieces: &mut [Piece], body_start: usize, facts: &mut Facts) {
    let mut seen: HashSet<String> = HashSet::new();
    let line_of = |piece: &Piece| piece.span.of(text).unwrap_or_default();
    let is_free = |piece: &Piece| piece.kind.is_none();
    let last_paragraph = pieces
        .iter()
        .rposition(|it| is_free(it) && is_paragraph(line_of(it)))
        .unwrap_or(body_start);
    let paragraphs: Vec<&str> = pieces
        .iter()
        .filter(|it| is_free(it))
        .map(line_of)
        .filter(|it| is_paragraph(it))
        .collect();
    let n_stopped = paragraphs.iter().filter(|it| ends_like_a_sentence(it)).count();
    let stops_are_kept = 2 <= paragraphs.len() && paragraphs.len() * 7 <= n_stopped * 10;
    // Another's headline is known among paragraphs that all have their stops only.
    let stops_are_sure = 3 <= paragraphs.len() && paragraphs.len() * 9 <= n_stopped * 10;
    for idx in 0..pieces.len() {
        let line = line_of(&pieces[idx]);
        // A text of one line repeats none; most texts have one.
        let is_repeated = 1 < pieces.len() && 24 < line.len() && !seen.insert(fold(line, Folding::Word));
        if pieces[idx].kind.is_some() || idx < body_start {
            continue;
        }
        let kind = if is_repeated || phrase::marker(line) == Some(Marker::Furniture) {
            SectionKind::Boilerplate
        } else if phrase::marker(line) == Some(Marker::Related) {
            SectionKind::RelatedArticle
        } else if is_paragraph(line) {
            SectionKind::Body
        } else if is_caption(line) {
            SectionKind::Caption
        } else if let Some(who) = phrase::byline(line) {
            facts.byline.get_or_insert_with(|| who.to_owned());
            SectionKind::Byline
        } else if let Some(stated) = phrase::dateline(line).filter(|_| last_paragraph < idx) {
            // Behind the article, where its header has none.
            if facts.dates.is_empty() {
                facts.date(stated, phrase::is_update(line), DateProvenance::HeaderLine);
            }
            SectionKind::Dateline
        } else if stops_are_kept && idx < last_paragraph && !ends_like_a_sentence(line) {
            if words(line).count() <= SUBHEADING_WORDS {
                SectionKind::Subheading
            } else if stops_are_sure && !goes_on_telling(line) {
                SectionKind::RelatedArticle
            } else {
                SectionKind::Body
            }
        } else if last_paragraph < idx && is_wire_tail(line) {
            SectionKind::Boilerplate
        } else {
            SectionKind::Body
        };
        pieces[idx].kind = Some(kind);
    }
}

/// Cuts what stands in front of the first sentence off the first paragraph, and reads the date in it.
fn split_opening(text: &str, pieces: &mut Vec<Piece>, facts: &mut Facts) {
    let Some(idx) = pieces.iter().position(|it| it.kind == Some(SectionKind::Body)) else {
        return;
    };
    let span = pieces[idx].span;
    let line = span.of(text).unwrap_or_default();
    if let Some(found) = date::parse_opening(line) {
        facts.published(found, false, DateProvenance::Dateline);
    }
    if facts.dates.is_empty() {
        let body = pieces.iter().filter(|it| it.kind == Some(SectionKind::Body));
        let body: Vec<&str> = body.filter_map(|it| it.span.of(text)).collect();
        if let Some(day) = date::day_of_writing(&body.join("\n")) {
            facts.published((day, DatePrecision::Day), false, DateProvenance::Inferred);
        }
    }
    if let Some(opening) = opening::opening(line) {
        let end = opening.end;
        facts.opening(opening);
        let parts = [(0, end, SectionKind::Dateline), (end, line.len(), SectionKind::Body)];
        replace(text, pieces, idx, &parts);
    }
}

/// Cuts what stands behind the last sentence off the last paragraph.
fn split_ending(text: &str, pieces: &mut Vec<Piece>, facts: &mut Facts) {
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
                if let Some(list) = phrase::keywords(stated) {
                    let end = pieces[idx].span.start + tail.span.end;
                    facts.keyword_lists.push(Span::new(end - list.len(), end));
                }
            }
            _ => {}
        }
        parts.push((tail.span.start, tail.span.end, tail.kind));
    }
    replace(text, pieces, idx, &parts);
}

/// Cuts the site's name off the title.
fn split_title(text: &str, pieces: &mut Vec<Piece>, facts: &mut Facts) {
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
    replace(text, pieces, idx, &parts);
}

/// Puts parts in the place of the piece at `idx`, each given by where it begins and ends in the piece.
fn replace(text: &str, pieces: &mut Vec<Piece>, idx: usize, parts: &[(usize, usize, SectionKind)]) {
    let start = pieces[idx].span.start;
    let parts = parts.iter().filter_map(|&(from, to, kind)| {
        let span = Span::new(start + from, start + to).trimmed(text);
        (!span.is_empty()).then_some(Piece { span, kind: Some(kind) })
    });
    let parts: Vec<Piece> = parts.collect();
    pieces.splice(idx..=idx, parts);
}

/// Whether a line begins as a sentence does that follows another: «وقال», «كما», «فيما».
fn goes_on_telling(line: &str) -> bool {
    const OPENERS: &str = "كما فيما بينما ثم لكن غير إلا أما حيث وأن وإن وقال وقالت وكان وكانت وأضاف وأضافت وأكد وأكدت وأوضح \
                           وأوضحت وأشار وأشارت وذكر وذكرت وفي ومن وعن وعلى وإلى ولم ولن ولا وما وقد وهو وهي وهم وهذا وهذه \
                           وذلك وبحسب ووفق ووفقا وتابع وتابعت ودعا ودعت وطالب وشدد ورأى ولفت وبين ويذكر وتم ومع وبعد وقبل \
                           وخلال وحسب ويقول وتقول وأما وكما وحتى ولكن فقد فإن";
    let first = line.split_whitespace().next().unwrap_or_default();
    let first = fold(first, Folding::Word);
    OPENERS.split_whitespace().any(|it| fold(it, Folding::Word) == first)
}

/// Whether a line that ends like a sentence is the headline all the same: the first of the text, above a line with its
/// date, or ending in a question or an exclamation above a paragraph.
fn is_unstopped_title(text: &str, pieces: &[Piece], idx: usize) -> bool {
    let line_of = |piece: &Piece| piece.span.of(text).unwrap_or_default();
    let line = line_of(&pieces[idx]);
    if LONG <= line.chars().count() || pieces[..idx].iter().any(|it| it.kind.is_none()) {
        return false;
    }
    let below = pieces.get(idx + 1).map(line_of).unwrap_or_default();
    let is_above_a_date = phrase::dateline(below).is_some() || date::is_only_a_date(below);
    let bare = line.trim_end_matches(['"', '»', '”', ' ']);
    let asks = bare.ends_with(['؟', '?', '!', '…']) || bare.ends_with("..");
    is_above_a_date || asks && pieces[idx + 1..].iter().any(|it| is_paragraph(line_of(it)))
}

/// A paragraph is long, or it ends like a sentence.
fn is_paragraph(line: &str) -> bool {
    let letters = line.chars().filter(|c| !letter::is_tashkeel(*c)).take(LONG).count();
    LONG == letters || SENTENCE <= letters && ends_like_a_sentence(line)
}

fn ends_like_a_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '»' | '”' | ')' | '\'' | ']'));
    end.ends_with(['.', '؟', '!', '…', '?', ':', '؛'])
}

/// The words under a picture: they say that they are, or end in a date and an agency.
fn is_caption(line: &str) -> bool {
    let folded = fold(beginning(line), Folding::Word);
    let begins = ["صوره ", "صوره ارشيف", "ارشيفيه", "تصوير", "مصدر الصوره"];
    if begins.iter().any(|it| folded.starts_with(it)) && !ends_like_a_sentence(line) {
        return true;
    }
    match line.rsplit_once(['-', '–']) {
        Some((before, agency)) => outlet::known(agency.trim()).is_some() && date::parse_date(before).is_some(),
        None => false,
    }
}

/// «12:30 ت م», an e-mail address, a lone number: what agencies leave behind their text.
fn is_wire_tail(line: &str) -> bool {
    line.chars().count() < 40
        && (line.contains('@') || !line.chars().any(|c| c.is_alphabetic()) || line.ends_with("ت م"))
}

/// Whether a piece is the title, and a line says it again.
fn is_same_title(text: &str, piece: &Piece, line: &str) -> bool {
    piece.kind == Some(SectionKind::Title) && same(piece.span.of(text).unwrap_or_default(), line)
}

fn same(a: &str, b: &str) -> bool {
    fold(a, Folding::Word)
        .split_whitespace()
        .eq(fold(b, Folding::Word).split_whitespace())
}

fn article(text: String, pieces: Vec<Piece>, facts: Facts, hints: Hints) -> Article {
    let sections: Vec<Section> = pieces
        .into_iter()
        .map(|piece| Section {
            kind: piece.kind.unwrap_or(SectionKind::Body),
            span: piece.span,
        })
        .collect();
    let title_section = sections.iter().find(|it| it.kind == SectionKind::Title);
    let stated_title = hints
        .title
        .or_else(|| title_section.and_then(|it| it.span.of(&text)).map(str::to_owned))
        .filter(|title| !title.trim().is_empty());
    let title_derived = stated_title.is_none();
    let mut site = None;
    let stated_title = stated_title.map(|title| {
        let (span, found) = headline::within(&title);
        site = found.map(str::to_owned);
        title[span.start..span.end].to_owned()
    });
    let title = stated_title.unwrap_or_else(|| derived_title(&text, &sections));
    let mut article = Article {
        path: std::path::PathBuf::new(),
        record: 0,
        title,
        title_derived,
        published: hints.published.or(facts.publication()),
        source: hints
            .source
            .or(facts.source)
            .or(site)
            .and_then(|it| outlet::canonical(&it)),
        byline: hints.byline.or(facts.byline),
        keywords: hints.keywords,
        sections,
        problems: hints.problems.into_iter().chain(facts.problems).collect(),
        encoding: "UTF-8",
        origin: Origin::default(),
        text,
    };
    let lists: Vec<String> = facts
        .keyword_lists
        .iter()
        .filter_map(|it| it.of(&article.text))
        .map(str::to_owned)
        .collect();
    for list in lists {
        for keyword in keywords(&list, &article) {
            let is_furniture = phrase::marker(&keyword) == Some(Marker::Furniture);
            if !is_furniture && !article.keywords.iter().any(|it| same(it, &keyword)) {
                article.keywords.push(keyword);
            }
        }
    }
    article
}

/// The beginning of the text, up to the end of a word.
fn derived_title(text: &str, sections: &[Section]) -> String {
    let body = sections
        .iter()
        .find(|it| matches!(it.kind, SectionKind::Body | SectionKind::Subheading));
    let piece = body.or(sections.first()).and_then(|it| it.span.of(text)).unwrap_or("…");
    let line: String = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "…".to_owned();
    }
    if line.chars().count() <= DERIVED_TITLE {
        return line;
    }
    let cut: String = line.chars().take(DERIVED_TITLE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(['،', ':', ' ', '"']))
}

/// The keywords of a list. Where nothing separates them they are found by their words: the longest runs that stand in
/// the article itself, or that the list repeats, are one keyword each.
fn keywords(list: &str, article: &Article) -> Vec<String> {
    if list.contains(['،', ',', '|', '#', '؛', ';']) {
        let parts = list.split(['،', ',', '|', '#', '؛', ';']);
        return parts
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect();
    }
    let body = article.body();
    let known: Vec<String> = words(&article.title)
        .map(|word| (&article.title, word))
        .chain(words(&body).map(|word| (&body, word)))
        .filter_map(|(text, word)| word.span.of(text))
        .map(keyword_key)
        .collect();
    let words: Vec<&str> = list.split_whitespace().collect();
    let keys: Vec<String> = words.iter().map(|it| keyword_key(it)).collect();
    let occurs = |run: &[String], text: &[String]| text.windows(run.len()).filter(|it| *it == run).count();
    let mut keywords = Vec::new();
    let mut idx = 0;
    while idx < words.len() {
        let known_run = |at: usize| {
            (2..=4.min(words.len().saturating_sub(at)))
                .rev()
                .find(|length| occurs(&keys[at..at + length], &known) != 0)
        };
        let length = known_run(idx).unwrap_or_else(|| {
            // Nothing known: a definite noun goes on with its adjectives and its year.
            let is_definite = |at: usize| keys.get(at).is_some_and(|it| it.starts_with("ال"));
            let is_year = |at: usize| keys.get(at).is_some_and(|it| it.chars().all(|c| c.is_ascii_digit()));
            let mut length = 1;
            while is_definite(idx) && length < 3 && is_definite(idx + length) && known_run(idx + length).is_none() {
                length += 1;
            }
            length += usize::from(is_definite(idx) && is_year(idx + length));
            length
        });
        keywords.push(words[idx..idx + length].join(" "));
        idx += length;
    }
    keywords
}

fn keyword_key(word: &str) -> String {
    fold(word, Folding::Word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints an article as one letter a section and its text.
    #[track_caller]
    fn check(text: &str, expected: &[(SectionKind, &str)]) -> Article {
        let article = segment(text.to_owned(), Vec::new(), Hints::default());
        let found: Vec<(SectionKind, &str)> = article
            .sections
            .iter()
            .map(|it| (it.kind, it.span.of(&article.text).unwrap()))
            .collect();
        assert_eq!(found, expected);
        article
    }

    const LEAD: &str = "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل.";
    const MORE: &str = "وقال إن الجسر سيخفف الزحام عن وسط المدينة، وإن تكلفته بلغت 12 مليون دينار.";

    #[test]
    fn an_aggregators_page_ends_where_the_next_article_begins() {
        use SectionKind::*;
        let text = format!(
            "افتتاح الجسر الجديد\nتاريخ النشر: 28th, October 2023 GMT\n{LEAD}\n{MORE}\nالمصدر: صحيفة المدار\n\
             كلمات دلالية: الجسر الجديد البلدية\nإقرأ أيضاً:\nخبر آخر تماما\nفاز الفريق بالبطولة للمرة الثالثة على التوالي مساء أمس.\nالمصدر: غيرها"
        );
        let article = check(
            &text,
            &[
                (Title, "افتتاح الجسر الجديد"),
                (Dateline, "تاريخ النشر: 28th, October 2023 GMT"),
                (Body, LEAD),
                (Body, MORE),
                (Source, "المصدر: صحيفة المدار"),
                (Keywords, "كلمات دلالية: الجسر الجديد البلدية"),
                (RelatedArticle, "إقرأ أيضاً:"),
                (RelatedArticle, "خبر آخر تماما"),
                (
                    RelatedArticle,
                    "فاز الفريق بالبطولة للمرة الثالثة على التوالي مساء أمس.",
                ),
                (RelatedArticle, "المصدر: غيرها"),
            ],
        );
        assert_eq!(article.source.as_deref(), Some("صحيفة المدار"));
        assert_eq!(article.published.unwrap().date.to_string(), "2023-10-28");
        assert_eq!(article.keywords, ["الجسر الجديد", "البلدية"]);
    }

    #[test]
    fn captions_subheadings_and_glued_datelines() {
        use SectionKind::*;
        let text = format!(
            "افتتاح الجسر الجديد\ntime reading iconدقائق القراءة - 3\nرئيس البلدية عند الجسر - 2 مارس 2022 - Reuters\n\
             رئيس البلدية عند الجسر - 2 مارس 2022 - Reuters\nدمنار-وكالاتالمدار\n{LEAD}\nتكاليف البناء\n{MORE}\nتصنيفات"
        );
        let article = check(
            &text,
            &[
                (Title, "افتتاح الجسر الجديد"),
                (Boilerplate, "time reading iconدقائق القراءة - 3"),
                (Caption, "رئيس البلدية عند الجسر - 2 مارس 2022 - Reuters"),
                (Caption, "رئيس البلدية عند الجسر - 2 مارس 2022 - Reuters"),
                (Dateline, "دمنار-وكالاتالمدار"),
                (Body, LEAD),
                (Subheading, "تكاليف البناء"),
                (Body, MORE),
                (Boilerplate, "تصنيفات"),
            ],
        );
        assert_eq!((article.published, article.source.as_deref()), (None, Some("المدار")));
    }

    #[test]
    fn a_text_that_begins_with_a_paragraph_has_no_title() {
        let article = check(
            &format!("{LEAD}\n{MORE}"),
            &[(SectionKind::Body, LEAD), (SectionKind::Body, MORE)],
        );
        assert!(
            article.title_derived
                && article.title.ends_with('…')
                && LEAD.starts_with(article.title.trim_end_matches('…'))
        );
    }

    #[test]
    fn glued_headlines_and_sources_are_cut_off() {
        use SectionKind::*;
        let text = format!(
            "عنوان الخبر\n{LEAD}\nRelatedخبر أولخبر ثانهل يعود الفريق؟كما ناقش الوزير مع نظيره بناء جسر آخر فوق النهر.\n\
             Go to accessibility shortcutsشارك هذا المقالمحادثةالمصدر: المدار"
        );
        let article = check(
            &text,
            &[
                (Title, "عنوان الخبر"),
                (Body, LEAD),
                (RelatedArticle, "Relatedخبر أولخبر ثانهل يعود الفريق؟"),
                (Body, "كما ناقش الوزير مع نظيره بناء جسر آخر فوق النهر."),
                (Boilerplate, "Go to accessibility shortcutsشارك هذا المقالمحادثة"),
                (Source, "المصدر: المدار"),
            ],
        );
        assert_eq!(article.source.as_deref(), Some("المدار"));
    }

    #[test]
    fn a_source_in_a_sentence_is_text() {
        let sentence = "كما كشف المصدر، أن العمل سيبدأ قريبا، وقال المصدر: لن نتأخر عن الموعد.";
        check(
            &format!("عنوان\n{LEAD}\n{sentence}"),
            &[
                (SectionKind::Title, "عنوان"),
                (SectionKind::Body, LEAD),
                (SectionKind::Body, sentence),
            ],
        );
    }

    #[test]
    fn a_teaser_in_passing_does_not_end_the_article() {
        let article = check(
            &format!("عنوان\n{LEAD}\nاقرأ أيضا: خبر آخر\n{MORE}"),
            &[
                (SectionKind::Title, "عنوان"),
                (SectionKind::Body, LEAD),
                (SectionKind::RelatedArticle, "اقرأ أيضا: خبر آخر"),
                (SectionKind::Body, MORE),
            ],
        );
        assert_eq!(article.published, None);
    }

    #[track_caller]
    fn check_date(text: &str, expected: &str) {
        let article = segment(text.to_owned(), Vec::new(), Hints::default());
        let found = article.published.map_or_else(
            || "none".to_owned(),
            |it| format!("{} {:?} {:?}", it.date, it.precision, it.provenance),
        );
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_date_of_publication_is_no_other_date() {
        let stated = "2023-03-05 Day HeaderLine";
        // A page's clock stands above the title, the article's date below; updates come later.
        check_date(
            &format!("دمنار: الاثنين، 6 مارس 2023 12:19 م\nعنوان\nالأحد، 5 مارس 2023 - 09:10 ص\n{LEAD}\n{MORE}"),
            stated,
        );
        check_date(&format!("اليوم الاثنين 6 مارس 2023\nعنوان\n{LEAD}\n{MORE}"), "none");
        check_date(
            &format!("عنوان\nآخر تحديث: 7 مارس 2023\nتاريخ النشر: 5 مارس 2023\n{LEAD}\n{MORE}"),
            stated,
        );
        check_date(
            &format!("عنوان\nنشر في: 5/3/2023 - آخر تحديث: 7/3/2023\n{LEAD}\n{MORE}"),
            stated,
        );
        check_date(&format!("عنوان\nآخر تحديث: 5 مارس 2023\n{LEAD}\n{MORE}"), stated);
        // The cards of other articles have dates of their own.
        check_date(
            &format!("عنوان\n{LEAD}\n{MORE}\nمقالات ذات صلة\nخبر آخر\nتاريخ النشر: 1 يناير 2020"),
            "none",
        );
        check_date(&format!("عنوان\n{LEAD}\n{MORE}\nتاريخ النشر: 5 مارس 2023"), stated);
        // What a text speaks of is not when it was written.
        check_date(
            &format!("أحداث 11 سبتمبر 2001\n{LEAD}\nوقع ذلك في 5 مارس 2019، {MORE}"),
            "none",
        );
        check_date(&format!("عنوان\nالأحد 5 مارس\n{LEAD}\n{MORE}"), "none");
        // A headline that ends like a sentence.
        check_date(
            &format!("كيف يعبر الناس الجسر الجديد إلى وسط المدينة القديمة؟\n2023-03-05T18:19:00+01:00\n{LEAD}\n{MORE}"),
            stated,
        );
    }

    #[test]
    fn a_date_is_inferred_only_from_the_texts_own_today() {
        let inferred = "2023-03-05 Day Inferred";
        check_date(
            &format!("عنوان\nقال الوزير اليوم الأحد 5 مارس 2023 إن {MORE}\n{MORE}"),
            inferred,
        );
        check_date(
            &format!("عنوان\nقال الوزير يوم الأحد 5 مارس 2023 إن {MORE}\n{MORE}"),
            "none",
        );
        check_date(
            &format!("عنوان\nوبدأت في اليوم الثاني من أكتوبر 1987 أعمال {MORE}\n{MORE}"),
            "none",
        );
        check_date(
            &format!("عنوان\nتاريخ النشر: 6 مارس 2023\nقال الوزير اليوم الأحد 5 مارس 2023 إن {MORE}\n{MORE}"),
            "2023-03-06 Day HeaderLine",
        );
    }

    #[test]
    fn the_dates_an_article_speaks_of_are_told_from_its_own() {
        let mentioned = |header: &str| {
            let text = format!("عنوان\n{header}{LEAD}\nوبدأ العمل في أكتوبر 2021، وانتهى أمس. {MORE}");
            let article = segment(text, Vec::new(), Hints::default());
            let mentions = date::date_mentions(&article);
            let shown: Vec<String> = mentions
                .iter()
                .map(|it| format!("{} {}", it.span.of(&article.text).unwrap(), it.days[0].first))
                .collect();
            shown.join("، ")
        };
        assert_eq!(
            mentioned("تاريخ النشر: 5 مارس 2023\n"),
            "صباح الخميس 2023-03-02، أكتوبر 2021 2021-10-01، أمس 2023-03-04"
        );
        assert_eq!(mentioned(""), "أكتوبر 2021 2021-10-01");
    }

    #[test]
    fn an_agencys_opening_holds_its_date() {
        let text = format!("عنوان\nدمنار 12 شوال 1444 هـ الموافق 2 مايو 2023 م سدر\n{LEAD}");
        let article = segment(text, Vec::new(), Hints::default());
        let published = article.published.unwrap();
        assert_eq!(
            (published.date.to_string().as_str(), published.provenance),
            ("2023-05-02", DateProvenance::Dateline)
        );
    }
}

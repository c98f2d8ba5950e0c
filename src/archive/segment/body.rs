//! Marks what is between and after the paragraphs: sub-headings, captions, furniture.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::arabic::{Folding, fold, fold_start, words};
use crate::archive::phrase::{self, Marker};
use crate::archive::{DateProvenance, SectionKind};

use super::caption;
use super::facts::Facts;
use super::line;
use super::page;
use super::piece::Piece;
use super::verb;

/// The most words of a sub-heading; a longer line without a stop between paragraphs may be another article's headline. A
/// guess.
const SUBHEADING_WORDS: usize = 8;

/// The verb of a headline is among so many words behind the first. A guess: «المجلس البلدي في المرسى يؤجل».
const HEADLINE_VERB: usize = 5;

/// Only lines of at least this many bytes count as repeated: shorter ones may well occur twice. A guess.
const MIN_REPEATED: usize = 24;

/// Marks what is between and after the paragraphs.
pub(super) fn mark(text: &str, pieces: &mut [Piece], body_start: usize, facts: &mut Facts) {
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let line_of = |piece: &Piece| piece.span.of(text).unwrap_or_default();
    let is_free = |piece: &Piece| piece.kind.is_none();
    let last_paragraph = pieces
        .iter()
        .rposition(|it| is_free(it) && line::is_paragraph(line_of(it)))
        .unwrap_or(body_start);
    let (mut n_paragraphs, mut n_stopped) = (0_usize, 0_usize);
    let free = pieces.iter().filter(|it| is_free(it)).map(line_of);
    for line in free.filter(|it| line::is_paragraph(it)) {
        n_paragraphs += 1;
        n_stopped += usize::from(line::ends_like_a_sentence(line));
    }
    // Most paragraphs end with a stop, seven in ten: a line without one is none. Both shares are guesses.
    let stops_are_kept = 2 <= n_paragraphs && n_paragraphs * 7 <= n_stopped * 10;
    // Another article's headline is recognised only if nine in ten paragraphs end with a stop.
    let stops_are_sure = 3 <= n_paragraphs && n_paragraphs * 9 <= n_stopped * 10;
    let twice = starts_twice(pieces.iter().map(line_of));
    for idx in 0..pieces.len() {
        let line = line_of(&pieces[idx]);
        let is_repeated =
            MIN_REPEATED < line.len() && twice.contains(&start_key(line)) && !seen.insert(folded_hash(line));
        if pieces[idx].kind.is_some() || idx < body_start {
            continue;
        }
        let marker = if is_repeated { None } else { phrase::marker(line) };
        let kind = if is_repeated || marker == Some(Marker::Furniture) || page::is_no_text(line) {
            SectionKind::Boilerplate
        } else if marker == Some(Marker::Related) {
            SectionKind::RelatedArticle
        } else if line::is_paragraph(line) {
            SectionKind::Body
        } else if caption::is_caption(line) {
            SectionKind::Caption
        } else if let Some(who) = phrase::byline(line).filter(|it| words(it).nth(SUBHEADING_WORDS).is_none()) {
            facts.byline.get_or_insert_with(|| who.to_owned());
            SectionKind::Byline
        } else if let Some(stated) = phrase::dateline(line).filter(|_| last_paragraph < idx) {
            // After the article, where its header has none.
            if facts.dates.is_empty() {
                facts.date(phrase::dated(line, stated), DateProvenance::HeaderLine);
            }
            SectionKind::Dateline
        } else if stops_are_kept && idx < last_paragraph && !line::ends_like_a_sentence(line) {
            if words(line).count() <= SUBHEADING_WORDS {
                SectionKind::Subheading
            } else if stops_are_sure && is_headline(line) {
                SectionKind::RelatedArticle
            } else {
                SectionKind::Body
            }
        } else if last_paragraph < idx && is_wire_tail(line) {
            SectionKind::Boilerplate
        } else {
            SectionKind::Body
        };
        pieces[idx].is_marked = is_repeated;
        pieces[idx].kind = Some(kind);
    }
}

/// The keys of the lines that begin as others do: only these may repeat one, and few do.
fn starts_twice<'a>(lines: impl Iterator<Item = &'a str>) -> FxHashSet<u64> {
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let keys = lines.filter(|it| MIN_REPEATED < it.len()).map(start_key);
    keys.filter(|key| !seen.insert(*key)).collect()
}

/// What lines that are one when folded share.
fn start_key(line: &str) -> u64 {
    /// Some ten letters, in bytes. A guess.
    const START: usize = 20;
    xxh3_64(&fold_start(line, Folding::Word, START))
}

/// What is remembered of a line: a large text of different lines would be in memory twice.
fn folded_hash(line: &str) -> u64 {
    xxh3_64(fold(line, Folding::Word).as_bytes())
}

/// Whether a line reads like a headline and not like the article's own sentence that lacks its stop: it begins with a
/// noun and goes on with a verb of the present, «المجلس البلدي يؤجل التصويت»; a report's sentences begin with the verb
/// or with what joins them to the one before, or end with a comma.
fn is_headline(line: &str) -> bool {
    let mut first_words = words(line).filter_map(|it| it.span.of(line));
    // An item of a list is the article's own.
    let is_item = !line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '«' | '“' | '('));
    let is_noun = !is_item && first_words.next().is_some_and(|it| !verb::begins_a_sentence(it));
    is_noun && !line.ends_with(['،', ',', '-']) && first_words.take(HEADLINE_VERB).any(verb::is_present)
}

/// «12:30 ت م», an e-mail address, a lone number: what agencies leave after their text.
fn is_wire_tail(line: &str) -> bool {
    line.chars().count() < 40
        && (line.contains('@') || !line.chars().any(|c| c.is_alphabetic()) || line.ends_with("ت م"))
}

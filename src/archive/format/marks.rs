//! Vowel signs and other marks of a printed page: which letter each belongs to.
//!
//! A mark is a sign of its own without a width, drawn directly before its letter (programs that draw a line from left to
//! right) or directly after it (those that draw in the order of reading). So it belongs to one of its two neighbours in
//! the file; which one follows from where its ink is, and where that is unclear from where the ink of the others is.
//!
//! What a document says of letters with marks is often true of the first such sign only: programs give a letter's sign
//! the letters of the whole cluster in which it first stood («رّ»), and its mark's sign nothing. Both are told apart here.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use crate::arabic::letter;

// The distances below are in ems. They were set by looking at pages; none is critical.

const SHADDA: char = '\u{651}';

/// A sign that is narrower has no width.
const NO_WIDTH: f64 = 0.05;
/// Neighbours in the file are further apart on the page than this if they are on different lines, or in different words.
const BESIDE: f64 = 1.2;
/// No letter has more marks, with what lengthens it. A guess.
const MOST_MARKS: usize = 8;
/// The ink of a mark that is further from a letter belongs to another.
const ABOVE: f64 = 0.5;

/// A sign that was drawn, or several of which the document says what they are together.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The letters that the document gives it; empty if it says that it has none, or nothing.
    pub text: String,
    /// Whether the document says that it has no letter.
    pub is_silent: bool,
    /// The letter that the font gives it, where the document gives none.
    pub meant: Option<char>,
    /// Whether the document says what is written here (ActualText), and not only what such a sign means.
    pub is_told: bool,
    /// Which signs of which fonts it is: one, or those that are told together.
    pub glyphs: Vec<u128>,
    pub start: f64,
    pub end: f64,
    pub y: f64,
    pub size: f64,
    /// From where to where it is drawn, if that is known.
    pub ink: Option<(f64, f64)>,
}

/// A sign on a page. Places are in points from the lower left corner.
#[derive(Clone, Debug)]
pub struct Sign {
    /// The letters that it stands for, with their marks; none if it only lengthens a word, or nobody knows.
    pub text: String,
    pub start: f64,
    pub end: f64,
    pub y: f64,
    pub size: f64,
}

impl Sign {
    /// Whether it is a space.
    pub fn is_blank(&self) -> bool {
        !self.text.is_empty() && self.text.trim().is_empty()
    }
}

/// What the pages so far have shown about the signs of a document.
#[derive(Debug, Default)]
pub struct Known {
    /// The marks of signs to which the document gives no letter.
    marks: HashMap<u128, String>,
    /// The letters of signs that the document does not give rightly.
    shares: HashMap<u128, String>,
    /// All signs that were drawn.
    drawn: HashSet<u128>,
    /// The letters' signs that were drawn.
    seen: HashSet<u128>,
    /// The letters' signs of which some were drawn with the sign of a mark: they do not include it.
    are_bare: HashSet<u128>,
    /// How many marks are drawn above or below the letter before and after them in the file, and not the other.
    n_before: usize,
    n_after: usize,
}

/// The signs of a page, each with its marks. `drawn` is in the order of the file.
pub fn with_marks(mut drawn: Vec<Drawn>, known: &mut Known) -> Vec<Sign> {
    for it in &mut drawn {
        it.text = logical_letters(&it.text);
    }
    drop_echoes(&mut drawn);
    divide_clusters(&mut drawn, known);
    for it in drawn.iter_mut().filter(|it| it.text.is_empty()) {
        it.text = it
            .meant
            .map(|c| logical_letters(c.encode_utf8(&mut [0; 4])))
            .unwrap_or_default();
    }
    let marks = owners(&drawn, known);
    learn(&drawn, &marks, known);
    let mut signs = Vec::with_capacity(drawn.len());
    for (idx, it) in drawn.iter().enumerate() {
        let text = match () {
            // What a mark needs for itself is no gap between its neighbours.
            () if is_mark(it) && it.has_width() => String::new(),
            () if is_mark(it) => continue,
            () => text_with(&drawn, idx, marks.get(&idx).map_or(&[], Vec::as_slice), known),
        };
        signs.push(Sign {
            text,
            start: it.start,
            end: it.end,
            y: it.y,
            size: it.size,
        });
    }
    signs
}

fn is_mark_letter(c: char) -> bool {
    letter::is_within_word(c) && c != letter::TATWEEL && !letter::is_invisible(c)
}

impl Drawn {
    /// The sign that it is, if it is one and has the letters that all such signs have.
    fn glyph(&self) -> Option<u128> {
        self.glyphs.first().copied().filter(|_| !self.is_told)
    }

    fn has_width(&self) -> bool {
        NO_WIDTH * self.size <= self.end - self.start
    }
}

/// A mark, or something without a width to which the document gives no letter: that is one as well. `with_marks` has seen
/// to it that this is so where the document gives the letters of the cluster to both its signs.
fn is_mark(it: &Drawn) -> bool {
    match it.text.is_empty() {
        true => !it.has_width(),
        false => it.text.chars().all(is_mark_letter),
    }
}

fn is_letter(it: &Drawn) -> bool {
    !it.text.trim().is_empty() && !is_mark(it)
}

/// Drops dots and marks to which the document gives the letters of their cluster, as it does to the cluster's letter.
fn drop_echoes(drawn: &mut Vec<Drawn>) {
    let n = drawn.len();
    let is_candidate = |it: &Drawn| !it.has_width() && is_letter(it);
    if !drawn.iter().any(is_candidate) {
        return;
    }
    let mut is_echo = vec![false; n];
    for (idx, it) in drawn.iter().enumerate().filter(|(_, it)| is_candidate(it)) {
        let is_of = |other: Option<&Drawn>| other.is_some_and(|other| other.text == it.text);
        let has_width = |other: &&Drawn| other.has_width();
        let near = || drawn[idx + 1..].iter().take(MOST_MARKS).find(has_width);
        is_echo[idx] = is_of(near()) || is_of(drawn[..idx].iter().rev().take(MOST_MARKS).find(has_width));
    }
    let mut is_echo = is_echo.into_iter();
    drawn.retain(|_| !is_echo.next().unwrap_or_default());
}

/// Gives each sign of a cluster its share where the document gave the letters of all to the first that it drew.
///
/// WeasyPrint does, and only when that sign is drawn for the first time: so do its shares stay what they are.
fn divide_clusters(drawn: &mut [Drawn], known: &mut Known) {
    let mut at = 0;
    while at < drawn.len() {
        let is_new = |it: &Drawn| it.glyph().is_some_and(|glyph| !known.drawn.contains(&glyph));
        let n_silent = drawn[at + 1..]
            .iter()
            .take(MOST_MARKS)
            .take_while(|it| it.is_silent && is_beside(&drawn[at], it))
            .count();
        let is_cluster = is_new(&drawn[at]) && 1 < drawn[at].text.chars().count() && 0 < n_silent;
        let cluster = at..at + 1 + if is_cluster { n_silent } else { 0 };
        if is_cluster && let Some(shares) = shares(&drawn[cluster.clone()]) {
            for (it, share) in drawn[cluster.clone()].iter().zip(shares) {
                if let Some(glyph) = it.glyph() {
                    known.shares.entry(glyph).or_insert(share);
                }
            }
        }
        for it in &mut drawn[cluster.clone()] {
            known.drawn.extend(&it.glyphs);
            if let Some(share) = it.glyph().and_then(|glyph| known.shares.get(&glyph)) {
                it.text.clone_from(share);
            }
        }
        at = cluster.end;
    }
}

/// The letters of each sign of a cluster, of which the first has those of all; `None` if that cannot be said. The signs
/// are in the order of the page, from left to right.
fn shares(cluster: &[Drawn]) -> Option<Vec<String>> {
    let text = &cluster.first()?.text;
    let letters: Vec<char> = text.chars().filter(|c| !is_mark_letter(*c)).collect();
    let marks = shadda_first(text.chars().filter(|c| is_mark_letter(*c)).collect());
    let n_wide = cluster.iter().filter(|it| it.has_width()).count();
    let n_marks = cluster.len() - n_wide;
    // A letter that bears its mark follows it.
    if n_wide == 0 && !letters.is_empty() || n_marks == 0 && !marks.is_empty() || cluster[0].has_width() && 0 < n_marks
    {
        return None;
    }
    let divided = |all: Vec<char>, n: usize| -> Option<Vec<String>> {
        match n {
            0 => Some(Vec::new()),
            1 => Some(vec![all.into_iter().collect()]),
            n if n == all.len() => Some(all.into_iter().map(String::from).collect()),
            _ => None,
        }
    };
    // Both in the order of reading: the last of the cluster is the nearest to the letter.
    let mut letters = divided(letters, n_wide)?;
    let mut marks = divided(marks, n_marks)?;
    let share = |it: &Drawn| match it.has_width() {
        true => letters.pop(),
        false => marks.pop(),
    };
    cluster.iter().map(share).collect()
}

/// The marks of each letter, both as places in `drawn`, from the mark nearest to the letter on.
fn owners(drawn: &[Drawn], known: &mut Known) -> HashMap<usize, Vec<usize>> {
    let neighbours: Vec<(usize, Option<usize>, Option<usize>)> = drawn
        .iter()
        .enumerate()
        .filter(|(_, it)| is_mark(it))
        .map(|(idx, it)| {
            let beside = |other: &usize| is_beside(it, &drawn[*other]);
            (
                idx,
                neighbour(drawn, (0..idx).rev()).filter(beside),
                neighbour(drawn, idx + 1..drawn.len()).filter(beside),
            )
        })
        .collect();
    for (idx, before, after) in &neighbours {
        let Some((start, end)) = drawn[*idx].ink else { continue };
        let middle = (start + end) / 2.0;
        let is_over = |it: &Option<usize>| it.is_some_and(|it| (drawn[it].start..drawn[it].end).contains(&middle));
        match (is_over(before), is_over(after)) {
            (true, false) => known.n_before += 1,
            (false, true) => known.n_after += 1,
            _ => {}
        }
    }
    let prefers_after = known.n_before <= known.n_after;
    let mut marks: HashMap<usize, Vec<usize>> = HashMap::new();
    for (idx, before, after) in neighbours {
        let mark = &drawn[idx];
        let distance = |it: usize| {
            let (start, end) = mark.ink.unwrap_or((mark.start, mark.end));
            let middle = (start + end) / 2.0;
            (drawn[it].start - middle).max(middle - drawn[it].end).max(0.0)
        };
        let (usual, other) = if prefers_after {
            (after, before)
        } else {
            (before, after)
        };
        let owner = match (usual, other) {
            (Some(usual), Some(other)) if ABOVE * mark.size < distance(usual) && distance(other) < distance(usual) => {
                Some(other)
            }
            (usual, other) => usual.or(other),
        };
        let Some(owner) = owner.or_else(|| nearest(drawn, idx)) else {
            continue;
        };
        let of_owner = marks.entry(owner).or_default();
        match idx < owner {
            true => of_owner.insert(0, idx),
            false => of_owner.push(idx),
        }
    }
    marks
}

/// The first letter among some signs; not beyond a space.
fn neighbour(drawn: &[Drawn], mut idxs: impl Iterator<Item = usize>) -> Option<usize> {
    let found = idxs
        .by_ref()
        .take(MOST_MARKS)
        .find(|it| !is_mark(&drawn[*it]) && !drawn[*it].text.is_empty())?;
    is_letter(&drawn[found]).then_some(found)
}

fn is_beside(mark: &Drawn, other: &Drawn) -> bool {
    let (start, end) = mark.ink.unwrap_or((mark.start, mark.end));
    let size = mark.size.max(other.size);
    (mark.y - other.y).abs() < BESIDE * size && other.start - end < BESIDE * size && start - other.end < BESIDE * size
}

/// The letter over which a mark is that stands alone in the file.
fn nearest(drawn: &[Drawn], idx: usize) -> Option<usize> {
    /// Marks are drawn after a line at most. A guess.
    const REACH: usize = 200;
    let mark = &drawn[idx];
    let (start, end) = mark.ink.unwrap_or((mark.start, mark.end));
    let middle = |it: &Drawn| (it.start + it.end) / 2.0;
    let near = idx.saturating_sub(REACH)..(idx + REACH).min(drawn.len());
    near.filter(|it| is_letter(&drawn[*it]) && is_beside(mark, &drawn[*it]))
        .min_by(|a, b| {
            let distance = |it: usize| (middle(&drawn[it]) - (start + end) / 2.0).abs();
            distance(*a).total_cmp(&distance(*b))
        })
}

/// Learns what signs mean by their first occurrence.
fn learn(drawn: &[Drawn], marks: &HashMap<usize, Vec<usize>>, known: &mut Known) {
    for (idx, it) in drawn.iter().enumerate() {
        let of_letter = marks.get(&idx).map_or(&[][..], Vec::as_slice);
        for group in of_letter.chunk_by(|a, b| drawn[*a].text.is_empty() != drawn[*b].text.is_empty()) {
            learn_cluster(group.iter().map(|it| &drawn[*it]), known);
        }
        let Some(glyph) = it.glyph() else {
            known.seen.extend(&it.glyphs);
            continue;
        };
        let is_first = !is_mark(it) && known.seen.insert(glyph);
        if of_letter.is_empty() {
            continue;
        }
        known.are_bare.insert(glyph);
        let mut own: Vec<char> = it.text.chars().filter(|c| is_mark_letter(*c)).collect();
        if !is_first || own.is_empty() {
            continue;
        }
        let mut silent = Vec::new();
        for mark in of_letter.iter().map(|it| &drawn[*it]) {
            match mark.text.is_empty() {
                true => silent.extend(mark.glyph()),
                false => own.retain(|c| !mark.text.contains(*c)),
            }
        }
        match silent[..] {
            [one] => {
                known.marks.entry(one).or_insert_with(|| own.iter().collect());
            }
            _ if silent.len() == own.len() => {
                for (sign, mark) in silent.into_iter().zip(shadda_first(own)) {
                    known.marks.entry(sign).or_insert_with(|| mark.to_string());
                }
            }
            _ => {}
        }
    }
}

/// Learns what two signs mean of which one was given the marks of both when they first stood together.
fn learn_cluster<'a>(signs: impl Iterator<Item = &'a Drawn>, known: &mut Known) {
    let signs: Vec<&Drawn> = signs.collect();
    let marks: Vec<char> = signs.iter().flat_map(|it| it.text.chars()).collect();
    let [Some(a), Some(b)] = signs.iter().map(|it| it.glyph()).collect::<Vec<_>>()[..] else {
        return;
    };
    let is_first = known.seen.insert(a) | known.seen.insert(b);
    if let [near, far] = shadda_first(marks)[..]
        && is_first
    {
        known.marks.entry(a).or_insert_with(|| near.to_string());
        known.marks.entry(b).or_insert_with(|| far.to_string());
    }
}

/// Fonts draw shadda nearest to the letter, in whichever order it was written.
fn shadda_first(mut marks: Vec<char>) -> Vec<char> {
    marks.sort_by_key(|c| *c != SHADDA);
    marks
}

/// The text of a letter with its marks.
fn text_with(drawn: &[Drawn], idx: usize, marks: &[usize], known: &Known) -> String {
    let it = &drawn[idx];
    let is_bare = it.glyph().is_some_and(|glyph| known.are_bare.contains(&glyph));
    let own: String = it.text.chars().filter(|c| is_mark_letter(*c)).collect();
    if marks.is_empty() {
        return match is_bare && !own.is_empty() {
            true => it.text.chars().filter(|c| !is_mark_letter(*c)).collect(),
            false => composed(it.text.clone()),
        };
    }
    let texts: Vec<Option<&str>> = marks
        .iter()
        .map(|mark| {
            let mark = &drawn[*mark];
            let learnt = mark.glyph().and_then(|it| known.marks.get(&it));
            let said = (!mark.text.is_empty()).then_some(&mark.text);
            learnt.or(said).map(String::as_str)
        })
        .collect();
    let all: String = texts.iter().copied().flatten().collect();
    let is_unclear = texts.contains(&None);
    let is_same = own.chars().count() == all.chars().count() && own.chars().all(|c| all.contains(c));
    if !own.is_empty() && (is_unclear || is_same) {
        return composed(it.text.clone());
    }
    if it.is_told {
        let more = all.chars().filter(|c| !own.contains(*c));
        return composed(it.text.chars().chain(more).collect());
    }
    let letters: Vec<char> = it.text.chars().filter(|c| !is_mark_letter(*c)).collect();
    let mut with_marks: Vec<String> = letters.iter().map(char::to_string).collect();
    for (mark, text) in marks.iter().zip(texts) {
        for c in text.unwrap_or_default().chars() {
            let place = place_in_ligature(it, &letters, drawn[*mark].ink, c);
            if let Some(letter) = with_marks.get_mut(place) {
                letter.push(c);
            }
        }
    }
    composed(with_marks.concat())
}

/// Over which letter of a sign a mark is. That of a ligature's last letter, if it lengthens the vowel before it, is over
/// that; else what is on the right is over its first letters.
fn place_in_ligature(it: &Drawn, letters: &[char], ink: Option<(f64, f64)>, mark: char) -> usize {
    const TANWIN: [char; 3] = ['\u{64B}', '\u{64C}', '\u{64D}'];
    let last = letters.len().saturating_sub(1);
    let lengthens = letters.last().is_some_and(|c| matches!(c, 'ا' | 'آ' | 'ى')) && !TANWIN.contains(&mark);
    match ink {
        _ if last == 1 && lengthens => 0,
        Some((start, end)) if 0 < last => {
            let right = (it.end - (start + end) / 2.0) / (it.end - it.start).max(f64::EPSILON);
            ((right.max(0.0) * letters.len() as f64) as usize).min(last)
        }
        _ => last,
    }
}

/// A hamza or madda that was drawn as a mark is part of its letter.
fn composed(text: String) -> String {
    match text.contains(['\u{0653}', '\u{0654}', '\u{0655}']) {
        true => text.nfc().collect(),
        false => text,
    }
}

/// Presentation forms as the letters that they are forms of; without control characters.
fn logical_letters(text: &str) -> String {
    let mut letters = String::new();
    for c in text.chars() {
        match c {
            '\u{FD3E}' | '\u{FD3F}' => letters.push(c),
            // There, marks are above a space or a tatweel.
            '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}' | '\u{FCF2}'..='\u{FCF4}' => {
                letters.extend(c.nfkc().filter(|it| !it.is_whitespace() && *it != letter::TATWEEL));
            }
            '\u{FB50}'..='\u{FDFF}' | '\u{FE80}'..='\u{FEFC}' | '\u{FB00}'..='\u{FB06}' => letters.extend(c.nfkc()),
            c if c.is_control() && !c.is_whitespace() || letter::is_invisible(c) => {}
            c => letters.push(c),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, start: f64, end: f64) -> Drawn {
        Drawn {
            text: text.to_owned(),
            is_silent: text.is_empty(),
            meant: None,
            is_told: false,
            glyphs: text.bytes().last().map(u128::from).into_iter().collect(),
            start,
            end,
            y: 0.0,
            size: 10.0,
            ink: Some((start, end)),
        }
    }

    /// A mark without a width, drawn at its origin, with its ink elsewhere.
    fn mark(text: &str, glyph: u128, ink: f64) -> Drawn {
        Drawn {
            glyphs: vec![glyph],
            ink: Some((ink - 0.5, ink + 0.5)),
            ..drawn(text, ink - 3.0, ink - 3.0)
        }
    }

    #[track_caller]
    fn check(signs: Vec<Drawn>, expected: &[&str]) {
        let found = with_marks(signs, &mut Known::default());
        assert_eq!(found.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_mark_belongs_to_the_letter_beside_it_in_the_file() {
        // From left to right, each mark before its letter; the ink of the last one is over the next letter.
        check(
            vec![
                mark("\u{64E}", 900, 2.5),
                drawn("ب", 0.0, 5.0),
                mark("\u{64F}", 901, 7.5),
                drawn("ت", 5.0, 10.0),
                mark("\u{650}", 902, 13.2),
                drawn("ا", 10.0, 12.5),
                drawn("س", 12.5, 20.0),
            ],
            &["ب\u{64E}", "ت\u{64F}", "ا\u{650}", "س"],
        );
        // In the order of reading, each mark after its letter.
        check(
            vec![
                drawn("ت", 5.0, 10.0),
                mark("\u{64F}", 901, 7.5),
                drawn("ب", 0.0, 5.0),
                mark("\u{64E}", 900, 2.5),
            ],
            &["ت\u{64F}", "ب\u{64E}"],
        );
    }

    #[test]
    fn several_marks_are_in_the_order_of_reading() {
        check(
            vec![
                mark("\u{64E}", 900, 2.5),
                mark("\u{651}", 901, 2.5),
                drawn("ب", 0.0, 5.0),
            ],
            &["ب\u{651}\u{64E}"],
        );
    }

    #[test]
    fn the_cluster_in_which_a_sign_first_stood_is_not_its_meaning() {
        let with_mark = |start: f64| [mark("", 900, start + 2.5), drawn("ر\u{651}", start, start + 5.0)];
        let mut signs = with_mark(0.0).to_vec();
        signs.push(drawn("ر\u{651}", 5.0, 10.0));
        signs.extend(with_mark(10.0));
        // The mark's sign means its mark with other letters as well.
        signs.extend([mark("", 900, 17.5), drawn("ب", 15.0, 20.0)]);
        check(signs, &["ر\u{651}", "ر", "ر\u{651}", "ب\u{651}"]);
    }

    #[test]
    fn presentation_forms_are_letters() {
        check(
            vec![drawn("\u{FE8E}", 0.0, 5.0), drawn("\u{FEFC}", 5.0, 9.0)],
            &["ا", "لا"],
        );
    }
}

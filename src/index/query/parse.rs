//! The search field's language. Every text is a valid query: what cannot be an operator is searched for as words. What
//! looks like one and is none, and a value that an operator cannot have, is never taken for words: it finds nothing, excludes
//! nothing, and is told.
//!
//! - words: all of them must occur, in any form; the word that is still being typed also as a prefix;
//! - `"…"`, `«…»`, `“…”`: these words, exactly and side by side;
//! - `-word`, `NOT word`: not this one;
//! - `one أو two`, `one OR two`: either; binds more tightly than the space between words; parentheses group;
//! - `"…"~5`: these words in any form, with at most five others between them;
//! - `word*`: words with this prefix;
//! - `شخص:`, `جهة:`, `مكان:`, `مصدر:`, `وسم:`, `لغة:`, `مجلد:`, `نوع:`, `عنوان:`, `من:`, `إلى:`, `تاريخ:`, `سنة:`,
//!   `يذكر:`, `علامة:`, `ملاحظة:`, `مميّز:`, `مقروء:`, `مظلّل:` and their English names, see [`OPERATORS`]; dates in any form that newspapers write, «أمس» and «شعبان 1445هـ»
//!   too.

use jiff::civil::Date;

use crate::arabic::{Folding, Span, WordKind, fold, letter, words};
use crate::archive::expressions;
use crate::index::analysis::{FoldedWord, folded_words};
use crate::index::facet::Facet;
use crate::index::marked::MarkKind;

use super::mark_operator::MarkOperator;
use super::node::{Node, QueryPart, QueryWord, Unclear};

#[derive(Clone, Copy)]
enum Operator {
    Facet(Facet),
    Title,
    From,
    To,
    On,
    Mentions,
    Mark(MarkOperator),
}

/// Deeper parentheses come from a pasting accident and are ignored. A guess.
const MAX_DEPTH: usize = 16;

/// The most pieces of a date; the longest thought of: «يوم الخميس 3 مارس آذار 2024 ميلادية».
const MOST_DATE_PIECES: usize = 7;

/// The distance that «~» without a number means, in words. A guess.
const USUAL_NEARNESS: u32 = 5;

/// Words farther apart are unrelated. A guess.
const MOST_NEARNESS: u32 = 50;

/// The names of the operators, folded and without article. A test asks for one for every facet.
const OPERATORS: &[(&str, Operator)] = &[
    ("شخص", Operator::Facet(Facet::Person)),
    ("person", Operator::Facet(Facet::Person)),
    ("جهه", Operator::Facet(Facet::Organisation)),
    ("منظمه", Operator::Facet(Facet::Organisation)),
    ("org", Operator::Facet(Facet::Organisation)),
    ("organisation", Operator::Facet(Facet::Organisation)),
    ("organization", Operator::Facet(Facet::Organisation)),
    ("مكان", Operator::Facet(Facet::Place)),
    ("place", Operator::Facet(Facet::Place)),
    ("مصدر", Operator::Facet(Facet::Source)),
    ("source", Operator::Facet(Facet::Source)),
    ("وسم", Operator::Facet(Facet::Keyword)),
    ("tag", Operator::Facet(Facet::Keyword)),
    ("يذكر", Operator::Mentions),
    ("mentions", Operator::Mentions),
    ("لغه", Operator::Facet(Facet::Language)),
    ("lang", Operator::Facet(Facet::Language)),
    ("language", Operator::Facet(Facet::Language)),
    ("مجلد", Operator::Facet(Facet::Folder)),
    ("folder", Operator::Facet(Facet::Folder)),
    ("نوع", Operator::Facet(Facet::Format)),
    ("kind", Operator::Facet(Facet::Format)),
    ("عنوان", Operator::Title),
    ("title", Operator::Title),
    ("من", Operator::From),
    ("from", Operator::From),
    ("الي", Operator::To),
    ("حتي", Operator::To),
    ("to", Operator::To),
    ("تاريخ", Operator::On),
    ("date", Operator::On),
    ("علامه", Operator::Facet(Facet::Mark)),
    ("mark", Operator::Facet(Facet::Mark)),
    ("ملاحظه", Operator::Mark(MarkOperator::Words)),
    ("note", Operator::Mark(MarkOperator::Words)),
    ("مميز", Operator::Mark(MarkOperator::So(MarkKind::Starred))),
    ("مقروء", Operator::Mark(MarkOperator::So(MarkKind::Read))),
    ("مظلل", Operator::Mark(MarkOperator::So(MarkKind::Highlighted))),
    ("highlight", Operator::Mark(MarkOperator::So(MarkKind::Highlighted))),
    ("is", Operator::Mark(MarkOperator::Named)),
    ("has", Operator::Mark(MarkOperator::Named)),
    ("سنه", Operator::On),
    ("year", Operator::On),
];

/// A parsed query.
pub struct ParsedQuery {
    /// The meaning of the whole query.
    pub node: Node,
    /// The pieces, all of which must match, in the order of the text.
    pub parts: Vec<QueryPart>,
}

/// Parses a query. `today` is the day to which «أمس» is relative.
pub fn parse_query(text: &str, today: Date) -> ParsedQuery {
    let is_open = text
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || letter::is_within_word(c));
    let mut parser = QueryParser {
        text,
        pieces: pieces_of(text),
        idx: 0,
        depth: 0,
        today,
        is_open,
    };
    let parts = parser.parts();
    ParsedQuery {
        node: joined_parts(&parts),
        parts,
    }
}

fn joined_parts(parts: &[QueryPart]) -> Node {
    let mut operands = Vec::new();
    for part in parts {
        match &part.node {
            Node::All(nodes) => operands.extend(nodes.iter().cloned()),
            node => operands.push(node.clone()),
        }
    }
    one_or_all(operands)
}

struct QueryParser<'a> {
    text: &'a str,
    pieces: Vec<Piece<'a>>,
    idx: usize,
    /// How many parentheses are open.
    depth: usize,
    today: Date,
    /// Whether the last word is still being typed.
    is_open: bool,
}

impl<'a> QueryParser<'a> {
    /// Parses up to the closing parenthesis, or to the end.
    fn parts(&mut self) -> Vec<QueryPart> {
        let mut parts: Vec<QueryPart> = Vec::new();
        let mut either = false;
        while let Some(piece) = self.pieces.get(self.idx) {
            if piece.kind == PieceKind::Close {
                if 0 < self.depth {
                    break;
                }
                self.idx += 1;
                continue;
            }
            let is_followed = self
                .pieces
                .get(self.idx + 1)
                .is_some_and(|it| it.kind != PieceKind::Close);
            if is_or(piece) && !parts.is_empty() && is_followed {
                either = true;
                self.idx += 1;
                continue;
            }
            let start = piece.span.start;
            let node = self.operand();
            let end = self.pieces.get(self.idx - 1).map_or(start, |it| it.span.end);
            let Some(node) = node else { continue };
            match parts.last_mut().filter(|_| either) {
                Some(before) => {
                    before.span.end = end;
                    match &mut before.node {
                        Node::Any(nodes) => nodes.push(node),
                        first => *first = Node::Any(vec![first.clone(), node]),
                    }
                }
                None => parts.push(QueryPart {
                    node,
                    span: Span::new(start, end),
                }),
            }
            either = false;
        }
        parts
    }

    /// Parses the next piece, or several that belong together. Always consumes at least one.
    fn operand(&mut self) -> Option<Node> {
        let mut is_excluded = false;
        while let Some(piece) = self.pieces.get(self.idx)
            && piece.text == "NOT"
            && piece.kind == PieceKind::Words
            && !piece.is_excluded
            && self.idx + 1 < self.pieces.len()
        {
            is_excluded = !is_excluded;
            self.idx += 1;
        }
        is_excluded ^= self.pieces.get(self.idx)?.is_excluded;
        let node = self.positive_operand()?;
        Some(match (is_excluded, node) {
            (false, node) => node,
            (true, Node::Not(node)) => *node,
            (true, node) => Node::Not(Box::new(node)),
        })
    }

    fn positive_operand(&mut self) -> Option<Node> {
        let piece = self.pieces.get(self.idx)?.clone();
        self.idx += 1;
        match piece.kind {
            PieceKind::Open if self.depth < MAX_DEPTH => {
                self.depth += 1;
                let parts = self.parts();
                self.depth -= 1;
                // The closing parenthesis, if there is one.
                self.idx += usize::from(self.idx < self.pieces.len());
                return (!parts.is_empty()).then(|| joined_parts(&parts));
            }
            PieceKind::Open | PieceKind::Close => return None,
            PieceKind::Quoted { within } => return phrase(piece.text, within),
            PieceKind::Words => {}
        }
        if let Some((name, value)) = piece.text.split_once([':', '\u{FF1A}']) {
            if let Some(operator) = operator_of(name) {
                if let Some(understood) = self.applied(operator, &piece, value) {
                    return understood;
                }
            } else if looks_like_operator(name, value, piece.is_joined) {
                let quoted = self.pieces.get(self.idx).filter(|_| value.is_empty()).map(|it| it.text);
                self.idx += usize::from(quoted.is_some());
                let (name, value) = (name.to_owned(), quoted.unwrap_or(value).to_owned());
                return Some(Node::Unclear(Unclear::Operator { name, value }));
            }
        }
        let nodes = words_of_token(piece.text, self.is_open && self.is_at_end());
        (!nodes.is_empty()).then(|| one_or_all(nodes))
    }

    fn is_at_end(&self) -> bool {
        self.idx == self.pieces.len()
    }

    /// The meaning of an operator whose value begins in `piece` or after it: `None` if the value does not fit it,
    /// `Some(None)` if the value is yet to be typed.
    fn applied(&mut self, operator: Operator, piece: &Piece<'a>, value: &'a str) -> Option<Option<Node>> {
        // The value is in this piece or, after «:», in the next one.
        let next = self
            .pieces
            .get(self.idx)
            .filter(|it| value.is_empty() && it.kind.is_text() && (piece.is_joined || !it.is_excluded));
        let (value, kind, n_more) = match next {
            Some(next) => (next.text, next.kind, 1),
            None => (value, PieceKind::Words, 0),
        };
        let is_quoted = kind != PieceKind::Words;
        let is_open = self.is_open && !is_quoted && self.idx + n_more == self.pieces.len();
        let has_words = words(value).next().is_some();
        let node = match operator {
            Operator::Facet(_) | Operator::Title if !has_words => {
                self.idx += n_more;
                return Some(None);
            }
            Operator::Facet(facet) => Node::Named {
                facet,
                value: value.to_owned(),
                is_open,
            },
            Operator::Title => {
                let node = match kind {
                    PieceKind::Quoted { within } => phrase(value, within)?,
                    _ => one_or_all(words_of_token(value, is_open)),
                };
                Node::Title(Box::new(node))
            }
            Operator::Mark(MarkOperator::Words) if !has_words => {
                self.idx += n_more;
                return Some(None);
            }
            Operator::Mark(operator) => {
                // What is a condition by itself takes no word that stands behind a space.
                let is_attached = n_more == 0 || piece.is_joined || operator == MarkOperator::Words;
                self.idx += n_more * usize::from(is_attached);
                let (name, _) = piece.text.split_once([':', '\u{FF1A}']).unwrap_or_default();
                return Some(operator.node(name, if is_attached { value } else { "" }, is_open));
            }
            Operator::From | Operator::To | Operator::On | Operator::Mentions => {
                let first_piece = self.idx + n_more - 1;
                let dated = match is_quoted {
                    true => period_of(value, self.today).map(|days| (days, first_piece)),
                    false => self.period_from(value, first_piece),
                };
                let Some(((first, last), last_piece)) = dated else {
                    self.idx += n_more;
                    // It may become one while it is typed.
                    let is_wrong = has_words && !is_open;
                    let (name, _) = piece.text.split_once([':', '\u{FF1A}']).unwrap_or_default();
                    let (name, value) = (name.to_owned(), value.to_owned());
                    return Some(is_wrong.then_some(Node::Unclear(Unclear::Date { name, value })));
                };
                self.idx = last_piece + 1;
                let (first, last) = (Some(first), Some(last));
                return Some(Some(match operator {
                    Operator::From => Node::Days { first, last: None },
                    Operator::To => Node::Days { first: None, last },
                    Operator::Mentions => Node::Mentions { first, last },
                    _ => Node::Days { first, last },
                }));
            }
        };
        self.idx += n_more;
        Some(Some(node))
    }

    /// The days of a date that begins with `value` in the piece `first`, and the last piece that belongs to it:
    /// «3 مارس 2024» is a date of several pieces.
    fn period_from(&self, value: &str, first: usize) -> Option<((Date, Date), usize)> {
        let start = self.pieces.get(first)?.span.end - value.len();
        let plain = self.pieces[first..]
            .iter()
            .skip(1)
            .take_while(|it| it.kind == PieceKind::Words && !it.is_excluded && !is_or(it))
            .take_while(|it| {
                it.text
                    .split_once(':')
                    .is_none_or(|(name, _)| operator_of(name).is_none())
            })
            .take(MOST_DATE_PIECES - 1)
            .count();
        (first..=first + plain).rev().find_map(|last| {
            let text = self.text.get(start..self.pieces[last].span.end)?;
            Some((period_of(text, self.today)?, last))
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum PieceKind {
    /// Delimited by spaces.
    Words,
    /// In quotes, with the number after the «~» that follows them.
    Quoted { within: Option<u32> },
    /// «(»
    Open,
    /// «)»
    Close,
}

impl PieceKind {
    fn is_text(self) -> bool {
        matches!(self, Self::Words | Self::Quoted { .. })
    }
}

/// A piece of the query between spaces, in quotes, or a parenthesis.
#[derive(Clone, Debug)]
struct Piece<'a> {
    /// Its content, without quotes and signs.
    text: &'a str,
    kind: PieceKind,
    is_excluded: bool,
    /// Whether the next piece follows without a space: `word:"value"`.
    is_joined: bool,
    /// Its span in the query, signs included.
    span: Span,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '‟' | '＂')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}')
}

fn pieces_of(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut rest = text;
    loop {
        let body = rest.trim_start_matches(|c: char| c.is_whitespace() || letter::is_invisible(c));
        let start = text.len() - body.len();
        let after_minus = body
            .strip_prefix(is_minus)
            .filter(|it| it.starts_with(|c: char| c.is_alphanumeric() || is_quote(c) || c == '('));
        let is_excluded = after_minus.is_some();
        let body = after_minus.unwrap_or(body);
        let Some(c) = body.chars().next() else { return pieces };
        let (kind, piece, after) = match c {
            '(' => (PieceKind::Open, "", &body[1..]),
            ')' => (PieceKind::Close, "", &body[1..]),
            c if is_quote(c) => {
                let inside = &body[c.len_utf8()..];
                let (quoted, after) = inside.split_once(is_quote).unwrap_or((inside, ""));
                let (within, after) = nearness(after);
                (PieceKind::Quoted { within }, quoted, after)
            }
            _ => {
                let end = body.find(|c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')'));
                let (token, after) = body.split_at(end.unwrap_or(body.len()));
                (PieceKind::Words, token, after)
            }
        };
        pieces.push(Piece {
            text: piece,
            kind,
            is_excluded,
            is_joined: after.starts_with(is_quote),
            span: Span::new(start, text.len() - after.len()),
        });
        rest = after;
    }
}

/// The number after a «~» that follows quotes, and the rest.
fn nearness(after: &str) -> (Option<u32>, &str) {
    let Some(number) = after.strip_prefix('~') else {
        return (None, after);
    };
    let rest = number.trim_start_matches(|c| letter::digit(c).is_some());
    let digits = fold(&number[..number.len() - rest.len()], Folding::Word);
    let within = digits.parse().unwrap_or(USUAL_NEARNESS);
    (Some(within.min(MOST_NEARNESS)), rest)
}

fn is_or(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Words
        && !piece.is_excluded
        && (matches!(piece.text, "OR" | "|" | "||") || fold(piece.text, Folding::Word) == "او")
}

/// The names of the operators that are offered while one is typed, in standard spelling, the more useful first.
pub fn operator_names() -> impl Iterator<Item = &'static str> {
    OFFERED_OPERATORS.split(' ')
}

/// Which are offered is a choice: the rarer ones would take the few places of the useful ones.
const OFFERED_OPERATORS: &str = "شخص جهة مكان مصدر وسم عنوان من إلى تاريخ يذكر \
                                 person org place source tag title from to date mentions";

/// The facet and the value of a piece that narrows to a facet: «شخص:سال».
pub fn value_facet(token: &str) -> Option<(Facet, &str)> {
    let (name, value) = token.split_once([':', '\u{FF1A}'])?;
    match operator_of(name)? {
        Operator::Facet(facet) => Some((facet, value)),
        _ => None,
    }
}

/// Whether what stands around a colon looks like an operator and its value, and not like a time, an address, or the end of
/// what introduces a sentence.
fn looks_like_operator(name: &str, value: &str, is_joined: bool) -> bool {
    let is_name = name.chars().all(|c| c.is_alphabetic() || letter::is_within_word(c)) && name.chars().nth(1).is_some();
    let has_value = match value.chars().next() {
        Some(first) => first.is_alphanumeric(),
        None => is_joined,
    };
    is_name && has_value
}

fn operator_of(name: &str) -> Option<Operator> {
    let name = fold(name, Folding::Word);
    let find = |name: &str| {
        OPERATORS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, operator)| *operator)
    };
    find(&name).or_else(|| find(name.strip_prefix("ال")?))
}

/// The days of a date in any form that newspapers write, or of «2023», «2023-05», «2023-05-17» in any digits.
pub fn period_of(value: &str, today: Date) -> Option<(Date, Date)> {
    numeric_period(value).or_else(|| {
        let value = value.trim();
        let expressions = expressions(value);
        let [expression] = expressions.as_slice() else {
            return None;
        };
        if expression.span != Span::new(0, value.len()) {
            return None;
        }
        let resolved = expression.resolve(Some(today))?;
        Some((resolved.days.first()?.first, resolved.days.last()?.last))
    })
}

fn numeric_period(value: &str) -> Option<(Date, Date)> {
    let value = fold(value, Folding::Word);
    let mut numbers = value.split(['-', '/', '.']);
    let year = numbers.next()?;
    if year.len() != 4 {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let mut number = || numbers.next().map(|it| it.parse::<i8>().ok());
    let (month, day) = (number(), number());
    if numbers.next().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(month), None) => {
            let first = Date::new(year, month?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day)) => {
            let day = Date::new(year, month?, day?).ok()?;
            Some((day, day))
        }
    }
}

fn phrase(text: &str, within: Option<u32>) -> Option<Node> {
    let words: Vec<QueryWord> = folded_words(text).map(|word| QueryWord::new(text, &word)).collect();
    match within {
        _ if words.is_empty() => None,
        Some(within) if 1 < words.len() => Some(Node::Near { words, within }),
        _ => Some(Node::Phrase(words)),
    }
}

/// The meaning of a piece without spaces: its words, with those that belong together («COP28», «7:30») as phrases.
fn words_of_token(text: &str, is_open: bool) -> Vec<Node> {
    let mut groups: Vec<Vec<FoldedWord>> = Vec::new();
    for word in folded_words(text) {
        let belongs = |before: &FoldedWord| {
            let between = Span::new(before.span.end, word.span.start).of(text).unwrap_or(" ");
            let both_numbers = before.kind == WordKind::Number && word.kind == WordKind::Number;
            match between {
                "" | "-" | "_" | "." | "'" | "\u{2019}" => true,
                ":" | "," | "/" | "\u{066B}" | "\u{066C}" => both_numbers,
                _ => false,
            }
        };
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(belongs) => group.push(word),
            _ => groups.push(vec![word]),
        }
    }
    let n_groups = groups.len();
    let mut nodes = Vec::new();
    for (idx, group) in groups.into_iter().enumerate() {
        let end = group.last().map_or(0, |word| word.span.end);
        let is_wildcard = text.get(end..).is_some_and(|rest| rest.starts_with('*'));
        let is_beginning = is_wildcard || is_open && idx + 1 == n_groups;
        let n_words = group.len();
        let words = group.into_iter().map(|word| QueryWord::new(text, &word));
        if is_beginning {
            nodes.extend(words.enumerate().map(|(idx, word)| {
                let is_long_enough = 2 <= word.surface.chars().count();
                match idx + 1 == n_words && is_long_enough {
                    true => Node::Beginning(word),
                    false => Node::Word(word),
                }
            }));
        } else if n_words == 1 {
            nodes.extend(words.map(Node::Word));
        } else {
            nodes.push(Node::Phrase(words.collect()));
        }
    }
    nodes
}

fn one_or_all(mut nodes: Vec<Node>) -> Node {
    match nodes.len() {
        1 => nodes.remove(0),
        _ => Node::All(nodes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, understood: &str) {
        let told = parse_query(query, jiff::civil::date(2024, 5, 10))
            .node
            .understood()
            .arabic
            .replace([letter::FSI, letter::PDI], "");
        assert_eq!(told, understood, "{query}");
    }

    #[test]
    fn every_facet_has_an_operator_and_what_is_offered_is_one() {
        for facet in Facet::ALL {
            let is_of_facet = |operator: &Operator| match operator {
                Operator::Facet(it) => *it == facet,
                // By months and years instead of their names.
                Operator::Mentions => facet == Facet::Date,
                Operator::Title | Operator::From | Operator::To | Operator::On => false,
                Operator::Mark(_) => false,
            };
            assert!(OPERATORS.iter().any(|(_, it)| is_of_facet(it)), "{facet:?}");
        }
        for name in operator_names() {
            assert!(operator_of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn words_are_joined_and_the_last_is_open() {
        check("", "");
        check("غزة", "«غزة…»");
        check("غزة ", "«غزة»");
        check("دمج بنكين ", "«دمج» و«بنكين»");
        check("دمج ب", "«دمج» و«ب»");
        check("دمج*، نهر ", "«دمج…» و«نهر»");
        check("؟! ،", "");
    }

    #[test]
    fn quotes_are_phrases_even_if_left_open() {
        check("«وزير النقل» اليوم ", "العبارة «وزير النقل» و«اليوم»");
        check("\"وزير النقل", "العبارة «وزير النقل»");
        check("“وزير” ", "العبارة «وزير»");
        check("COP28 ", "العبارة «COP 28»");
        check("7:30 ", "العبارة «7 30»");
    }

    #[test]
    fn exclusion_and_choice() {
        check("نهر -سد ", "«نهر» ودون «سد»");
        check("نهر - سد ", "«نهر» و«سد»");
        check("نهر -«سد عال» ", "«نهر» ودون العبارة «سد عال»");
        check("نهر أو بحر سد ", "(«نهر» أو «بحر») و«سد»");
        check("نهر OR بحر او سد ", "«نهر» أو «بحر» أو «سد»");
        check("أو نهر ", "«أو» و«نهر»");
        check("نهر NOT بحر ", "«نهر» ودون «بحر»");
    }

    #[test]
    fn operators() {
        check("شخص:سالم ", "الشخص «سالم»");
        check("الشخص: «سالم الوادي» ", "الشخص «سالم الوادي»");
        check("org:\"بنك النهر\" سد ", "الجهة «بنك النهر» و«سد»");
        check("-مصدر:وكالة ", "دون المصدر «وكالة»");
        check("عنوان:نهر ", "في العنوان «نهر»");
        check("من:٢٠٢٣ إلى:2023-05 ", "من 2023-01-01 وإلى 2023-05-31");
        check("date:2023-02-30 ", "«date:2023-02-30»");
        check("نهر من:كلام ", "«نهر» و«من:كلام»");
        check("نهر من:كل", "«نهر»");
        check("شخص:", "");
        check("نهر من:2020 إلى:20", "«نهر» ومن 2020-01-01");
        check("نهر من:", "«نهر»");
    }

    #[test]
    fn parentheses_group_and_may_be_left_open() {
        check("(نهر بحر) أو سد ", "(«نهر» و«بحر») أو «سد»");
        check("سد (نهر أو بحر) ", "«سد» و(«نهر» أو «بحر»)");
        check("سد -(نهر أو بحر) ", "«سد» ودون («نهر» أو «بحر»)");
        check("(((نهر ", "«نهر»");
        check("نهر) بحر ", "«نهر» و«بحر»");
        check("() (أو) ", "«أو»");
        check(&"(".repeat(100_000), "");
        check(&"NOT ".repeat(100_000), "دون «NOT»");
    }

    #[test]
    fn words_near_each_other() {
        check("\"نهر سد\"~3 ", "متقاربةً «نهر سد»");
        check("«نهر سد»~٣ بحر ", "متقاربةً «نهر سد» و«بحر»");
        check("\"نهر\"~ ", "العبارة «نهر»");
    }

    #[test]
    fn dates_in_any_form() {
        check("من:أكتوبر 2023 سد ", "من 2023-10-01 و«سد»");
        check("من: 3 مارس 2024 إلى: 5 مارس 2024", "من 2024-03-03 وإلى 2024-03-05");
        check("تاريخ:أمس ", "في يوم 2024-05-09");
        check("تاريخ:\"تشرين الأول 2023\" ", "من 2023-10-01 إلى 2023-10-31");
        check("date:17/5/2023 ", "في يوم 2023-05-17");
        check("يذكر:2011 ", "يذكر ما كان من 2011-01-01 إلى 2011-12-31");
    }

    #[test]
    fn parts_know_where_they_stand() {
        let query = "سد نهر أو بحر -(من:2023) ";
        let parts = parse_query(query, jiff::civil::date(2024, 5, 10)).parts;
        let texts: Vec<&str> = parts.iter().filter_map(|it| it.span.of(query)).collect();
        assert_eq!(texts, ["سد", "نهر أو بحر", "-(من:2023)"]);
    }

    #[test]
    fn what_is_no_operator_is_text() {
        check("رويترز: غزة ", "«رويترز» و«غزة»");
        check("http://a.b ", "«http» والعبارة «a b»");
        check("7:30 ", "العبارة «7 30»");
        check("a:b:c ", "«a» و«b» و«c»");
    }

    #[test]
    fn what_looks_like_an_operator_is_never_words() {
        let node = |text: &str| parse_query(text, jiff::civil::date(2024, 5, 10)).node;
        let unclear = |name: &str, value: &str| {
            Node::Unclear(Unclear::Operator {
                name: name.to_owned(),
                value: value.to_owned(),
            })
        };
        assert_eq!(node("كاتب:سالم "), unclear("كاتب", "سالم"));
        assert_eq!(node("كاتب:\"سالم الوادي\" "), unclear("كاتب", "سالم الوادي"));
        assert_eq!(node("-author:سالم "), Node::Not(Box::new(unclear("author", "سالم"))));
        let no_date = || {
            Node::Unclear(Unclear::Date {
                name: "من".to_owned(),
                value: "كلام".to_owned(),
            })
        };
        assert_eq!(node("من:كلام "), no_date());
        assert_eq!(node("-من: كلام "), Node::Not(Box::new(no_date())));
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_a_query(text in "[ا-ي«»()~*\"\\-: |أوOR0-9٠-٩\u{064E}\u{200F}]{0,40}|(من:|إلى: |شخص:|يذكر:|title:| OR |NOT |\\(|\\)|«|~3|غزة |2023|-){0,12}|.{0,30}") {
            let parsed = parse_query(&text, jiff::civil::date(2024, 5, 10));
            for part in parsed.parts {
                proptest::prop_assert!(part.span.of(&text).is_some(), "{text:?} {part:?}");
            }
        }
    }
}

//! The search field's language. Every text is a query: what cannot be an operator is looked for as words.
//!
//! - words: all of them have to occur, in any form; the word that is still being typed also as a beginning;
//! - `"…"`, `«…»`, `“…”`: these words, exactly and side by side;
//! - `-word`, `NOT word`: not this one;
//! - `one أو two`, `one OR two`: either; binds more tightly than the space between words;
//! - `شخص:`, `جهة:`, `مكان:`, `مصدر:`, `وسم:`, `عنوان:`, `من:`, `إلى:` and their English names, see [`OPERATORS`].

use std::fmt;

use jiff::civil::Date;

use crate::arabic::{Folding, Span, WordKind, fold, letter, words};

use super::analysis::{FoldedWord, folded_words};
use super::{Facet, QueryUnderstood};

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// All of these; without any, everything.
    All(Vec<Node>),
    /// At least one of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word in any of its forms.
    Word(QueryWord),
    /// A word in any of its forms, or the beginning of a word.
    Beginning(QueryWord),
    /// Words side by side, exactly.
    Phrase(Vec<QueryWord>),
    /// A value of a facet, by the words of its name.
    Named {
        /// The facet.
        facet: Facet,
        /// The words.
        value: String,
        /// Whether the last word is still being typed.
        is_open: bool,
    },
    /// This in the title.
    Title(Box<Node>),
    /// Published in these days, both ends included; an end can be open.
    Days {
        /// The first day.
        first: Option<Date>,
        /// The last day.
        last: Option<Date>,
    },
}

/// A word of the query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QueryWord {
    /// As it was typed.
    pub shown: String,
    /// Folded.
    pub surface: String,
    /// What it is made of.
    pub kind: WordKind,
}

#[derive(Clone, Copy)]
enum Operator {
    Facet(Facet),
    Title,
    From,
    To,
    On,
}

/// The names of the operators, folded and without article.
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
    ("يذكر", Operator::Facet(Facet::Date)),
    ("mentions", Operator::Facet(Facet::Date)),
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
    ("سنه", Operator::On),
    ("year", Operator::On),
];

/// Understands a query.
pub(super) fn parse_query(text: &str) -> Node {
    let pieces = pieces_of(text);
    let is_open = text
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || letter::is_within_word(c));
    let mut operands: Vec<Node> = Vec::new();
    let mut either = false;
    let mut idx = 0;
    while let Some(piece) = pieces.get(idx) {
        let is_last = idx + 1 == pieces.len();
        if is_or(piece) && !operands.is_empty() && !is_last {
            either = true;
            idx += 1;
            continue;
        }
        let (node, n_used) = operand(&pieces[idx..], is_open);
        idx += n_used.max(1);
        let Some(node) = node else { continue };
        match (either, operands.pop()) {
            (true, Some(Node::Any(mut nodes))) => {
                nodes.push(node);
                operands.push(Node::Any(nodes));
            }
            (true, Some(before)) => operands.push(Node::Any(vec![before, node])),
            (_, before) => {
                operands.extend(before);
                match node {
                    Node::All(nodes) => operands.extend(nodes),
                    node => operands.push(node),
                }
            }
        }
        either = false;
    }
    one_or_all(operands)
}

/// The words of a text that is looked for as it stands, without operators.
pub(super) fn plain_text(text: &str, is_open: bool) -> Node {
    one_or_all(words_of_token(text, is_open))
}

/// A piece of the query between spaces, or in quotes.
#[derive(Debug)]
struct Piece<'a> {
    text: &'a str,
    is_quoted: bool,
    is_excluded: bool,
    /// Whether nothing stands between it and the next piece: `word:"value"`.
    is_joined: bool,
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
        let is_blank = |c: char| c.is_whitespace() || letter::is_invisible(c);
        let trimmed = rest.trim_start_matches(is_blank);
        let mut is_excluded = false;
        let mut body = trimmed;
        if let Some(after) = body.strip_prefix(is_minus)
            && after.starts_with(|c: char| c.is_alphanumeric() || is_quote(c))
        {
            is_excluded = true;
            body = after;
        }
        let Some(c) = body.chars().next() else { return pieces };
        if is_quote(c) {
            let inside = &body[c.len_utf8()..];
            let (quoted, after) = inside.split_once(is_quote).unwrap_or((inside, ""));
            pieces.push(Piece {
                text: quoted,
                is_quoted: true,
                is_excluded,
                is_joined: false,
            });
            rest = after;
        } else {
            let end = body
                .find(|c: char| c.is_whitespace() || is_quote(c))
                .unwrap_or(body.len());
            let (token, after) = body.split_at(end);
            pieces.push(Piece {
                text: token,
                is_quoted: false,
                is_excluded,
                is_joined: after.starts_with(is_quote),
            });
            rest = after;
        }
    }
}

fn is_or(piece: &Piece<'_>) -> bool {
    !piece.is_quoted
        && !piece.is_excluded
        && (matches!(piece.text, "OR" | "|" | "||") || fold(piece.text, Folding::Word) == "او")
}

/// What the first of `pieces` asks for, and how many pieces that takes.
fn operand(pieces: &[Piece<'_>], is_open: bool) -> (Option<Node>, usize) {
    let Some(piece) = pieces.first() else { return (None, 0) };
    if piece.text == "NOT" && !piece.is_quoted && !piece.is_excluded && 1 < pieces.len() {
        let (node, n_used) = operand(&pieces[1..], is_open);
        return (node.map(negated), n_used + 1);
    }
    let (node, n_used) = positive_operand(pieces, is_open);
    match piece.is_excluded {
        true => (node.map(negated), n_used),
        false => (node, n_used),
    }
}

fn negated(node: Node) -> Node {
    match node {
        Node::Not(node) => *node,
        node => Node::Not(Box::new(node)),
    }
}

fn positive_operand(pieces: &[Piece<'_>], is_open: bool) -> (Option<Node>, usize) {
    let Some(piece) = pieces.first() else { return (None, 0) };
    if piece.is_quoted {
        return (phrase(piece.text), 1);
    }
    let is_last = pieces.len() == 1;
    if let Some((name, value)) = piece.text.split_once([':', '\u{FF1A}'])
        && let Some(operator) = operator_of(name)
    {
        let (value, is_quoted, n_used) = match (value, pieces.get(1)) {
            ("", Some(next)) if piece.is_joined || !next.is_excluded => (next.text, next.is_quoted, 2),
            (value, _) => (value, false, 1),
        };
        let is_open = is_open && !is_quoted && n_used == pieces.len();
        if let Some(understood) = applied(operator, value, is_quoted, is_open) {
            return (understood, n_used);
        }
    }
    let nodes = words_of_token(piece.text, is_open && is_last);
    ((!nodes.is_empty()).then(|| one_or_all(nodes)), 1)
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

/// What an operator asks for: nothing if this is no value for it, `Some(None)` if the value is still to come.
fn applied(operator: Operator, value: &str, is_quoted: bool, is_open: bool) -> Option<Option<Node>> {
    let has_words = words(value).next().is_some();
    match operator {
        Operator::Facet(_) | Operator::Title if !has_words => Some(None),
        Operator::Facet(facet) => Some(Some(Node::Named {
            facet,
            value: value.to_owned(),
            is_open,
        })),
        Operator::Title => {
            let node = match is_quoted {
                true => phrase(value)?,
                false => one_or_all(words_of_token(value, is_open)),
            };
            Some(Some(Node::Title(Box::new(node))))
        }
        Operator::From | Operator::To | Operator::On => {
            let is_number = words(value).all(|word| word.kind == WordKind::Number);
            if is_number && (!has_words || is_open && period_of(value).is_none()) {
                return Some(None);
            }
            let (first, last) = period_of(value)?;
            Some(Some(match operator {
                Operator::From => Node::Days {
                    first: Some(first),
                    last: None,
                },
                Operator::To => Node::Days {
                    first: None,
                    last: Some(last),
                },
                _ => Node::Days {
                    first: Some(first),
                    last: Some(last),
                },
            }))
        }
    }
}

/// The days of «2023», «2023-05» or «2023-05-17», in any digits.
fn period_of(value: &str) -> Option<(Date, Date)> {
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

fn phrase(text: &str) -> Option<Node> {
    let words: Vec<QueryWord> = folded_words(text).map(|word| query_word(text, word)).collect();
    (!words.is_empty()).then_some(Node::Phrase(words))
}

fn query_word(text: &str, word: FoldedWord) -> QueryWord {
    QueryWord {
        shown: word.span.of(text).unwrap_or_default().to_owned(),
        surface: word.surface,
        kind: word.kind,
    }
}

/// What a piece without spaces asks for: its words, and those that belong together («COP28», «7:30») as phrases.
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
        let words = group.into_iter().map(|word| query_word(text, word));
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

/// The words in which a query is told.
struct Vocabulary {
    and: &'static str,
    or: &'static str,
    without: &'static str,
    phrase: &'static str,
    facet: fn(Facet) -> &'static str,
    in_title: &'static str,
    from: &'static str,
    to: &'static str,
    quotes: (char, char),
}

const ARABIC: Vocabulary = Vocabulary {
    and: " و",
    or: " أو ",
    without: "دون ",
    phrase: "العبارة ",
    facet: |facet| match facet {
        Facet::Person => "الشخص ",
        Facet::Organisation => "الجهة ",
        Facet::Place => "المكان ",
        Facet::Source => "المصدر ",
        Facet::Keyword => "الوسم ",
        Facet::Date => "التاريخ المذكور ",
        Facet::Language => "اللغة ",
        Facet::Folder => "المجلد ",
        Facet::Format => "نوع الملف ",
    },
    in_title: "في العنوان ",
    from: "من",
    to: "إلى",
    quotes: ('«', '»'),
};

const ENGLISH: Vocabulary = Vocabulary {
    and: " and ",
    or: " or ",
    without: "without ",
    phrase: "the words ",
    facet: |facet| match facet {
        Facet::Person => "person ",
        Facet::Organisation => "organisation ",
        Facet::Place => "place ",
        Facet::Source => "source ",
        Facet::Keyword => "keyword ",
        Facet::Date => "date mentioned ",
        Facet::Language => "language ",
        Facet::Folder => "folder ",
        Facet::Format => "kind of file ",
    },
    in_title: "in the title ",
    from: "from",
    to: "to",
    quotes: ('“', '”'),
};

impl Node {
    /// The query in words, as it was understood.
    pub fn understood(&self) -> QueryUnderstood {
        let told = |vocabulary| Told { node: self, vocabulary }.to_string();
        QueryUnderstood {
            arabic: told(&ARABIC),
            english: told(&ENGLISH),
        }
    }
}

/// A query, told in the words of a language.
struct Told<'a> {
    node: &'a Node,
    vocabulary: &'static Vocabulary,
}

impl Told<'_> {
    fn joined(&self, f: &mut fmt::Formatter<'_>, nodes: &[Node], separator: &str) -> fmt::Result {
        for (idx, node) in nodes.iter().enumerate() {
            if idx != 0 {
                f.write_str(separator)?;
            }
            match node {
                Node::All(_) | Node::Any(_) => write!(f, "({})", self.of(node))?,
                node => write!(f, "{}", self.of(node))?,
            }
        }
        Ok(())
    }

    fn of<'a>(&self, node: &'a Node) -> Told<'a> {
        let vocabulary = self.vocabulary;
        Told { node, vocabulary }
    }

    /// The searched words keep their direction in a sentence of the other one.
    fn quoted(&self, f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
        let (open, close) = self.vocabulary.quotes;
        write!(f, "{open}{}{words}{}{close}", letter::FSI, letter::PDI)
    }
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = self.vocabulary;
        match self.node {
            Node::All(nodes) => self.joined(f, nodes, it.and),
            Node::Any(nodes) => self.joined(f, nodes, it.or),
            Node::Not(node) => write!(f, "{}{}", it.without, self.of(node)),
            Node::Word(word) => self.quoted(f, &word.shown),
            Node::Beginning(word) => self.quoted(f, &format!("{}…", word.shown)),
            Node::Phrase(words) => {
                let words: Vec<&str> = words.iter().map(|word| word.shown.as_str()).collect();
                f.write_str(it.phrase)?;
                self.quoted(f, &words.join(" "))
            }
            Node::Named { facet, value, .. } => {
                f.write_str((it.facet)(*facet))?;
                self.quoted(f, value.trim())
            }
            Node::Title(node) => write!(f, "{}{}", it.in_title, self.of(node)),
            Node::Days { first, last } => match (first, last) {
                (Some(first), Some(last)) => write!(f, "{} {first} {} {last}", it.from, it.to),
                (Some(first), None) => write!(f, "{} {first}", it.from),
                (None, Some(last)) => write!(f, "{} {last}", it.to),
                (None, None) => Ok(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, understood: &str) {
        let told = parse_query(query)
            .understood()
            .arabic
            .replace([letter::FSI, letter::PDI], "");
        assert_eq!(told, understood, "{query}");
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
        check("date:2023-02-30 ", "«date» والعبارة «2023 02 30»");
        check("شخص:", "");
        check("نهر من:2020 إلى:20", "«نهر» ومن 2020-01-01");
        check("نهر من:", "«نهر»");
    }

    #[test]
    fn what_is_no_operator_is_text() {
        check("رويترز: غزة ", "«رويترز» و«غزة»");
        check("من: القاهرة ", "«من» و«القاهرة»");
        check("a:b:c ", "«a» و«b» و«c»");
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_a_query(text in "[ا-ي«»\"\\-: |أوOR0-9٠-٩\u{064E}\u{200F}]{0,40}") {
            parse_query(&text);
        }
    }
}

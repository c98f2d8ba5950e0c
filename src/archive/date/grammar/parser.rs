//! The basis of every rule of the grammar: the tokens, and what may separate them.

use crate::archive::date::lex::Lex;
use crate::archive::date::tokens::{Gap, Token};

/// A longer list is not a list of days. A guess.
pub(super) const LONGEST_LIST: usize = 8;
/// Between the words of one expression.
pub(super) const SOFT: Gap = Gap::SPACE;
/// Between a day, its month and its year.
pub(super) const LOOSE: Gap = Gap::SPACE
    .with(Gap::SLASH)
    .with(Gap::DASH)
    .with(Gap::COMMA)
    .with(Gap::OPEN)
    .with(Gap::CLOSE)
    .with(Gap::DOT);
/// Between a date and its weekday, its time, its other calendar.
pub(super) const BETWEEN_PARTS: Gap = LOOSE.with(Gap::COLON);
/// Around a dash.
pub(super) const DASHED: Gap = Gap::SPACE.with(Gap::DASH);

/// What was read, and the token after it.
pub(super) type Read<T> = Option<(T, usize)>;

/// The tokens of a text; rules name them by their index. An index after the last token is one of no token.
pub(in crate::archive::date) struct Parser<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
}

impl Parser<'_> {
    /// What the token means; [`Lex::Other`] after the last one.
    pub fn lex(&self, idx: usize) -> Lex {
        self.tokens.get(idx).map_or(Lex::Other, |it| it.lex)
    }

    pub fn is(&self, idx: usize, lex: Lex) -> bool {
        self.lex(idx) == lex
    }

    /// Whether there is a token and only `allowed` before it.
    pub fn near(&self, idx: usize, allowed: Gap) -> bool {
        self.tokens.get(idx).is_some_and(|it| it.gap.is_within(allowed))
    }

    /// The token, if only `allowed` stands before it.
    pub fn next(&self, idx: usize, allowed: Gap) -> Option<Lex> {
        self.near(idx, allowed).then(|| self.lex(idx))
    }

    /// What stands before the token; after the last one the text ends as a line does.
    pub fn gap(&self, idx: usize) -> Gap {
        self.tokens.get(idx).map_or(Gap::NEWLINE, |it| it.gap)
    }

    /// Whether it has «ال».
    pub fn definite(&self, idx: usize) -> bool {
        self.tokens.get(idx).is_some_and(|it| it.definite)
    }

    /// Whether «و» is written together with it.
    pub fn and(&self, idx: usize) -> bool {
        self.tokens.get(idx).is_some_and(|it| it.and)
    }

    /// Its value and its number of digits.
    pub fn number(&self, idx: usize) -> Option<(u32, u8)> {
        match self.lex(idx) {
            Lex::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    /// The word as it is written, without its article's and clitics' meaning taken off; empty after the last one.
    pub fn text_of(&self, idx: usize) -> &str {
        let token = self.tokens.get(idx);
        token.and_then(|it| self.text.get(it.start..it.end)).unwrap_or_default()
    }

    pub fn text_is_latin(&self, idx: usize) -> bool {
        let byte = self.tokens.get(idx).and_then(|it| self.text.as_bytes().get(it.start));
        byte.is_some_and(u8::is_ascii_alphabetic)
    }

    pub fn text_is_arabic_before(&self, idx: usize) -> bool {
        idx.checked_sub(1).is_some_and(|it| !self.text_is_latin(it))
    }

    /// Whether a number hangs on the one before by a stroke or a point without spaces.
    pub fn is_joined(&self, idx: usize) -> bool {
        let strokes = Gap::SLASH.with(Gap::DASH).with(Gap::DOT).with(Gap::PLUS);
        self.number(idx).is_some() && self.gap(idx).has(strokes) && self.gap(idx).is_within(strokes)
    }
}

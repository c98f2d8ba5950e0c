//! Splits a line into tokens: its words and marks.

use crate::arabic::{Folding, Span, WordKind, fold, words};

/// One word or mark in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// In the text that was tokenised; vowel signs included.
    pub span: Span,
    /// Decides which features it has.
    pub kind: TokenKind,
    /// Whether it follows the previous token without a space, as in «7أكتوبر» and before most marks.
    pub is_glued: bool,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters of the Arabic script.
    Arabic,
    /// Letters of another script.
    Other,
    /// Digits.
    Number,
    /// One character that is neither letter, digit nor white space.
    Mark,
}

/// The tokens of a line, in order; their spans are shifted by `start`.
///
/// Words are those of [`words`]; every other character but white space is a token.
pub fn tokens(line: &str, start: usize) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(line.len() / 9);
    let mut end = 0;
    let mut is_glued = false;
    for word in words(line) {
        push_marks(line, end..word.span.start, start, &mut is_glued, &mut tokens);
        tokens.push(Token {
            span: word.span.shifted(start),
            kind: match word.kind {
                WordKind::Arabic => TokenKind::Arabic,
                WordKind::Other => TokenKind::Other,
                WordKind::Number => TokenKind::Number,
            },
            is_glued,
        });
        is_glued = true;
        end = word.span.end;
    }
    push_marks(line, end..line.len(), start, &mut is_glued, &mut tokens);
    tokens
}

fn push_marks(line: &str, between: std::ops::Range<usize>, start: usize, is_glued: &mut bool, tokens: &mut Vec<Token>) {
    let from = start + between.start;
    for (at, c) in line.get(between).unwrap_or_default().char_indices() {
        if c.is_whitespace() {
            *is_glued = false;
        } else if !crate::arabic::letter::is_within_word(c) {
            tokens.push(Token {
                span: Span::new(from + at, from + at + c.len_utf8()),
                kind: TokenKind::Mark,
                is_glued: *is_glued,
            });
            *is_glued = true;
        }
    }
}

/// The form by which the recogniser compares a token: words folded for names, numbers by length, marks by class.
///
/// «على» stays apart from «علي»: one is the most frequent of prepositions, the other a frequent name.
pub fn normalised(written: &str, kind: TokenKind) -> String {
    match kind {
        TokenKind::Number => "0".repeat(written.chars().count().min(5)),
        TokenKind::Mark => match written {
            "«" | "»" | "“" | "”" | "„" | "‟" | "\"" | "'" | "‘" | "’" => "\"".to_owned(),
            "–" | "—" | "‐" | "ـ" | "-" => "-".to_owned(),
            "…" => ".".to_owned(),
            _ => written.to_owned(),
        },
        TokenKind::Arabic | TokenKind::Other => {
            let folded = fold(written, Folding::Name);
            if folded == "علي" && written.ends_with('ى') {
                "على".to_owned()
            } else {
                folded
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found: Vec<String> = tokens(line, 0)
            .iter()
            .map(|it| {
                let written = it.span.of(line).unwrap();
                let glue = if it.is_glued { "+" } else { "" };
                format!("{glue}{}", normalised(written, it.kind))
            })
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn words_and_marks_in_their_order() {
        check("قال: «نعم».", "قال +: \" +نعم +\" +.");
        check("في 7أكتوبر 2023", "في 0 +اكتوبر 0000");
        check("عَلى عليٍّ  ", "على علي");
        check("", "");
    }

    #[test]
    fn spans_are_moved_with_the_line() {
        assert_eq!(tokens("نعم", 10)[0].span, Span::new(10, 16));
    }
}

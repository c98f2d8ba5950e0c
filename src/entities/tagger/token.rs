//! Tokens: the words and marks of a line, each once as a type and as often as it stands there as a token.

use crate::arabic::{Folding, Span, WordKind, fold, words};

/// One word or mark in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where, in the text that was tokenised; marks above and below letters included.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether nothing stands between it and the token before, as in «7أكتوبر» and before most marks.
    pub is_glued: bool,
}

/// What a token is made of.
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

/// The tokens of one line, in its order; their spans are moved by `start`.
///
/// Words are those of [`words`]; what stands between them gives a token for each character but white space.
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

/// What the recogniser compares of a token: words folded for names, numbers by their length, marks by their class.
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

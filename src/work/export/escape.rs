//! Texts as each syntax wants them.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::arabic::letter::{NO_BREAK_SPACE, is_direction_mark};

/// A text as every export has it: without signs of direction and control characters, with ordinary spaces and breaks of
/// lines. What XML 1.0 cannot hold is not in it either.
pub fn clean(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| {
        c.is_control() && c != '\n' && c != '\t'
            || is_direction_mark(c)
            || matches!(
                c,
                NO_BREAK_SPACE | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
            )
    };
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            NO_BREAK_SPACE => cleaned.push(' '),
            c if is_odd(c) => {}
            c => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned)
}

/// A text in one line, with single spaces.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Whether a program for tables would take a text for a formula: it begins with one of `= + - @`, a tab or a break of lines
/// (OWASP, "CSV Injection"), spaces before it or not, or with the wide form of a sign, which Excel in East Asian languages
/// takes for it. A number with a sign is none.
pub fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches(' ');
    let Some(first) = text.chars().next() else {
        return false;
    };
    match first {
        '=' | '@' | '\t' | '\r' | '\n' | '＝' | '＠' | '＋' | '－' => true,
        '+' | '-' => !text[1..]
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ')),
        _ => false,
    }
}

/// A text of a table of text as no program takes it for a formula: an apostrophe stands before one (OWASP, "CSV Injection").
pub fn without_formula(text: &str) -> Cow<'_, str> {
    match is_formula(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// A text in an element or a quoted attribute of HTML.
pub fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text in Markdown: every sign that may mean something has a backslash before it, which CommonMark 0.31 §2.4 lets stand
/// before any ASCII punctuation. Of a number at the start of a line, the dot.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (idx, line) in text.split('\n').enumerate() {
        if 0 < idx {
            escaped.push('\n');
        }
        let line = line.trim();
        let n_digits = line.chars().take_while(char::is_ascii_digit).count();
        for (at, c) in line.chars().enumerate() {
            let is_mark = match c {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' => true,
                '#' | '+' | '-' | '=' => at == 0,
                '.' | ')' => at == n_digits && 0 < n_digits,
                '!' => line.chars().nth(at + 1) == Some('['),
                _ => false,
            };
            if is_mark {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

/// A text in braces of BibTeX. Braces without their other one are the commands for them: BibTeX counts even those behind a
/// backslash.
pub fn bibtex(text: &str) -> String {
    let mut depth = 0_i64;
    let is_balanced = text.chars().all(|c| {
        depth += i64::from(c == '{') - i64::from(c == '}');
        0 <= depth
    }) && depth == 0;
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' | '}' if is_balanced => {
                escaped.push('\\');
                escaped.push(c);
            }
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '#' | '_' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address in braces of BibTeX, where packages take it as it stands: only what would end the braces is encoded.
pub fn bibtex_address(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '{' | '}' | '\\' | ' ' | '"' => {
                // Writing to a string cannot fail.
                write!(encoded, "%{:02X}", u32::from(c)).ok();
            }
            c => encoded.push(c),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_is_exported() {
        assert_eq!(
            clean("\u{202b}قال\u{a0}سامي\u{2069}\r\nثم\u{200f} مضى\u{0}\u{b}"),
            "قال سامي\nثم مضى\n"
        );
        // Joiners are letters of words.
        assert_eq!(clean("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn what_tables_take_for_formulas_is_a_text() {
        for text in [
            "=1+1",
            "+cmd",
            "-سعر النفط",
            "@SUM(A1)",
            "\tx",
            "  =1",
            "＝1+1",
            "-1+1",
            "-(1)",
        ] {
            assert!(is_formula(text), "{text}");
            assert_eq!(without_formula(text), format!("'{text}"));
        }
        for text in ["", "سعر = 5", "-5", "+12.5%", "- 1,000", "'=", "1=1"] {
            assert!(!is_formula(text), "{text}");
        }
    }

    #[test]
    fn each_syntax_has_its_own_signs() {
        assert_eq!(html("<b a=\"1\">&'"), "&lt;b a=&quot;1&quot;&gt;&amp;&#39;");
        assert_eq!(
            markdown("# أ *ب* [ج](د)\n1. x_y\n12) - ![i]"),
            "\\# أ \\*ب\\* \\[ج\\](د)\n1\\. x\\_y\n12\\) - \\!\\[i\\]"
        );
        assert_eq!(bibtex("50% {a} \\b\n_c"), "50\\% \\{a\\} \\textbackslash{}b \\_c");
        assert_eq!(bibtex_address("https://a.b/c_d?e=%20{"), "https://a.b/c_d?e=%20%7B");
    }
}

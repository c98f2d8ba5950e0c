//! Words of files on a terminal: names and titles may hold signs that command it.

use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::path::Path;

/// Prints a path or a title with its control characters escaped, as in `\u{1b}`, so that it stays in its line and moves,
/// colours or turns round nothing.
///
/// Not for JSON, which has its own escapes.
pub(super) struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match commands_terminal(c) {
                true => write!(f, "{}", c.escape_default())?,
                false => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Prints a text as [`Shown`] does, but in its lines.
pub(super) struct ShownText<'a>(pub &'a str);

impl fmt::Display for ShownText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (idx, line) in self.0.split('\n').enumerate() {
            if 0 < idx {
                f.write_char('\n')?;
            }
            for (idx, cell) in line.split('\t').enumerate() {
                if 0 < idx {
                    f.write_char('\t')?;
                }
                write!(f, "{}", Shown(cell))?;
            }
        }
        Ok(())
    }
}

/// A path as [`Shown`] prints it.
pub(super) fn shown_path(path: &Path) -> String {
    Shown(&path.to_string_lossy()).to_string()
}

/// “1 article”, “3 articles”: a count with its noun, whose plural has an s more.
pub(super) fn counted(n: u64, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

/// Says something on standard error, in a line that begins with the program's name.
pub(super) fn say(words: impl fmt::Display) {
    tell(format_args!("fihrist: {words}\n"));
}

/// Writes to standard error. Nobody reads it where that fails.
pub(super) fn tell(words: fmt::Arguments<'_>) {
    io::stderr().write_fmt(words).ok();
}

/// Control characters, breaks of lines, and those signs for the direction of text that reach beyond their word. Marks
/// and joiners, which Arabic words need, are none of these.
fn commands_terminal(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_is_escaped_and_words_are_not() {
        let shown = |text: &str| Shown(text).to_string();
        assert_eq!(
            shown("a\u{1b}[31m\nb\u{202e}c\u{9b}"),
            "a\\u{1b}[31m\\nb\\u{202e}c\\u{9b}"
        );
        let words = "«أخبار\u{200c}ها» – naïve\u{200f}";
        assert_eq!(shown(words), words);
        assert_eq!(ShownText("a\tb\n\u{1b}c\r\n").to_string(), "a\tb\n\\u{1b}c\\r\n");
    }
}

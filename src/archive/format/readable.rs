//! A page as the readability library reads it without joining words.

use std::borrow::Cow;

use super::page_file::{Tag, tags};

/// Elements within a line that the library (0.19) does not know as such, so that a line break before one is lost.
const UNKNOWN: [&str; 8] = ["acronym", "bdi", "big", "font", "nobr", "strike", "tt", "u"];
/// One that it knows.
const KNOWN: &str = "span";
/// The library removes a line break if a paragraph is the next *element*, whatever words are between them: this stands there
/// instead, and shows nothing.
const KEEP: &str = "<wbr>";

/// A page whose line breaks the library keeps. Several in a row it makes a paragraph of.
pub fn prepared(page: &str) -> Cow<'_, str> {
    let mut changed = String::new();
    let mut n_copied = 0;
    let mut tags = tags(page).peekable();
    let mut is_behind_break = false;
    while let Some(tag) = tags.next() {
        let is_break = tag.name == "br";
        let is_next_to = |next: &Tag| next.name == "br" && is_blank(&page[tag.span.end..next.span.start]);
        let is_in_row = is_break && tags.peek().is_some_and(is_next_to);
        if UNKNOWN.contains(&tag.name.as_str()) {
            let at = tag.span.start + if tag.is_end { 2 } else { 1 };
            changed.extend([&page[n_copied..at], KNOWN]);
            n_copied = at + tag.name.len();
        } else if is_break && !is_in_row && !is_behind_break {
            changed.extend([&page[n_copied..tag.span.end], KEEP]);
            n_copied = tag.span.end;
        }
        is_behind_break = is_in_row;
    }
    if n_copied == 0 {
        return Cow::Borrowed(page);
    }
    changed.push_str(&page[n_copied..]);
    Cow::Owned(changed)
}

/// Whether there is nothing but spaces, as they are or by their names.
fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["&nbsp;", "&#160;"]
            .iter()
            .any(|it| text.replace(it, "").trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        assert_eq!(prepared(page), expected);
    }

    #[test]
    fn line_breaks_are_kept() {
        check("<b>أ</b><br>ب<br><br>ج", "<b>أ</b><br><wbr>ب<br><br>ج");
        check("أ<br/>ب<BR>ج", "أ<br/><wbr>ب<BR><wbr>ج");
        check("أ<br> &nbsp; <br><br>ب", "أ<br> &nbsp; <br><br>ب");
        check("أ<br><!-- --><p>ب", "أ<br><wbr><!-- --><p>ب");
        check("<p>أ</p>", "<p>أ</p>");
    }

    #[test]
    fn what_is_within_a_line_is_known_as_such() {
        check("أ<br><br><u class='a'>ب</u>", "أ<br><br><span class='a'>ب</span>");
        check("<FONT>أ</FONT><ul>ب</ul>", "<span>أ</span><ul>ب</ul>");
        check("<script>'<u>'</script>", "<script>'<u>'</script>");
    }
}

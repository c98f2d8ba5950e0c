//! Pages whose elements nest without end or are too many: their text, block by block, in one pass and without a tree.
//!
//! Keeps all of the text that is shown, and the title. Not for anything else: which block is the article's, and what
//! the page says of itself, is known from the tree.

use crate::archive::record::PageLine;

use super::page_blocks;
use super::text::one_line;
use super::tree::end_of;

/// Elements whose content is not shown.
const HIDDEN: [&str; 5] = ["script", "style", "template", "noscript", "iframe"];
/// The longest reference to a letter: «&CounterClockwiseContourIntegral;».
const MAX_REFERENCE: usize = 34;

/// The lines of a page or a piece of one, and its title.
pub fn lines(page: &str) -> (Vec<PageLine>, Option<String>) {
    let mut lines = Vec::new();
    let mut title = None;
    let mut line = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        push_text(&mut line, &rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let inside = rest[1..].trim_start_matches('/');
        let n_name = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_mark = inside.starts_with(['!', '?']) || n_name != 0;
        if !is_mark {
            line.push('<');
            rest = &rest[1..];
            continue;
        }
        let name = inside[..n_name].to_ascii_lowercase();
        let is_end = rest.starts_with("</");
        rest = after_tag(&inside[n_name..]);
        if !page_blocks::INLINE.contains(&name.as_str()) {
            end_line(&mut line, &mut lines);
        }
        if is_end {
            continue;
        }
        if HIDDEN.contains(&name.as_str()) {
            rest = rest.get(end_of(rest.as_bytes(), &name)..).unwrap_or_default();
        } else if name == "title" {
            let (text, after) = rest
                .split_at_checked(end_of(rest.as_bytes(), &name))
                .unwrap_or((rest, ""));
            push_text(&mut line, text);
            title = title.or(Some(one_line(&line)).filter(|it| !it.is_empty()));
            line.clear();
            rest = after;
        }
    }
    push_text(&mut line, rest);
    end_line(&mut line, &mut lines);
    (lines, title)
}

fn end_line(line: &mut String, lines: &mut Vec<PageLine>) {
    let whole = one_line(line);
    if !whole.is_empty() {
        lines.push((whole, None));
    }
    line.clear();
}

/// What follows a tag that goes on with `tag` after its name; a «>» in quotation marks does not end it.
pub fn after_tag(tag: &str) -> &str {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return &tag[at + 1..],
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(it), _) if it == byte => quote = None,
            _ => {}
        }
    }
    // A quotation mark that is not closed.
    tag.find('>').map_or("", |at| &tag[at + 1..])
}

/// Adds a text with its references to letters resolved.
fn push_text(line: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        line.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest[..rest.floor_char_boundary(MAX_REFERENCE)].find(';');
        let reference = reference.map(|end| &rest[..=end]);
        let resolve = quick_xml::escape::resolve_html5_entity;
        let letters = reference.and_then(|it| quick_xml::escape::unescape_with(it, resolve).ok());
        match (reference, letters) {
            (Some(reference), Some(letters)) => {
                line.push_str(&letters);
                rest = &rest[reference.len()..];
            }
            _ => {
                line.push('&');
                rest = &rest[1..];
            }
        }
    }
    line.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let (lines, _) = lines(page);
        assert_eq!(lines.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn all_text_that_is_shown_is_kept() {
        check("<p>قال <b>الوزير</b></p>ثم<br>مضى", &["قال الوزير", "ثم", "مضى"]);
        check(
            "<!-- <p> --><p title='أ>ب'>&quot;نص&#1602;&quot; 3 < 5 & 6",
            &["\"نصق\" 3 < 5 & 6"],
        );
        check("<script>var a = '<p>';</script><style>p</style>نص", &["نص"]);
        check("<p title='أ>نص<p>بعد", &["نص", "بعد"]);
        assert_eq!(
            lines("<title>عنوان &amp; آخر</title>نص").1.as_deref(),
            Some("عنوان & آخر")
        );
    }
}

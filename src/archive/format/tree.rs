//! Pages and fragments as trees, if they are such as libraries can walk.
//!
//! Libraries that walk a tree go into themselves for each level, compare each attribute of an element with all others,
//! and copy open marks such as `<b>` into every paragraph that follows. So a page is parsed piece by piece and looked at
//! in between, and no one sees a tree that is deeper or larger than [`Bound`] allows. [`super::soup`] reads the others.

use html5ever::driver::{self, Parser};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{QualName, local_name, ns};
use scraper::{ElementRef, Html, HtmlTreeSink};

use crate::archive::bound::Bound;

/// So much is parsed between two looks at the tree, in bytes: a tree can grow by some thousand elements in between.
const PIECE: usize = 16 << 10;

/// The tree of a page.
pub fn document(text: &str) -> Result<Html, Bound> {
    let sink = HtmlTreeSink::new(Html::new_document());
    within_bounds(driver::parse_document(sink, driver::ParseOpts::default()), text)
}

/// The tree of a piece of a page.
pub fn fragment(text: &str) -> Result<Html, Bound> {
    let sink = HtmlTreeSink::new(Html::new_fragment());
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let parser = driver::parse_fragment(sink, driver::ParseOpts::default(), body, Vec::new(), false);
    within_bounds(parser, text)
}

fn within_bounds(mut parser: Parser<HtmlTreeSink>, text: &str) -> Result<Html, Bound> {
    if has_many_attributes(text.as_bytes()) {
        return Err(Bound::Attributes);
    }
    let mut n_seen = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from(piece));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        n_seen = look(&html, n_seen)?;
    }
    let html = parser.finish();
    // Nodes may sink after they were looked at, as marks are put around them.
    look(&html, 0)?;
    Ok(html)
}

/// Looks at what came into a tree after its first `n_seen` nodes; returns how many there are now.
fn look(html: &Html, n_seen: usize) -> Result<usize, Bound> {
    let nodes = html.tree.nodes();
    let n_nodes = nodes.len();
    if Bound::Elements.limit() < n_nodes {
        return Err(Bound::Elements);
    }
    for node in nodes.rev().take(n_nodes.saturating_sub(n_seen)) {
        if node.ancestors().take(Bound::Nesting.limit() + 1).count() > Bound::Nesting.limit() {
            return Err(Bound::Nesting);
        }
    }
    // Each further `<html>` and `<body>` adds its attributes to the first.
    let root = html.tree.root();
    let outer = root.children().chain(root.children().flat_map(|it| it.children()));
    let has_many = |it: ElementRef<'_>| Bound::Attributes.limit() < it.value().attrs().count();
    if outer.filter_map(ElementRef::wrap).any(has_many) {
        return Err(Bound::Attributes);
    }
    Ok(n_nodes)
}

/// Whether an element has more attributes than [`Bound`] allows: the parser compares each with all before it. Scripts
/// and styles are passed over; in comments more may be found than there are.
fn has_many_attributes(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        let n_name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if n_name == 0 {
            continue;
        }
        let (name, after) = rest.split_at(n_name);
        let n_attributes;
        (n_attributes, rest) = attributes(after);
        if Bound::Attributes.limit() < n_attributes {
            return true;
        }
        for raw in ["script", "style"] {
            if name.eq_ignore_ascii_case(raw.as_bytes()) {
                rest = &rest[end_of(rest, raw)..];
            }
        }
    }
    false
}

/// Whether the brackets of a script of JSON nest no deeper than [`Bound::Values`], whether or not they stand within texts.
pub fn is_shallow(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().all(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth <= Bound::Values.limit()
    })
}

/// Where the end tag of an element without mark-up begins, or the end.
pub fn end_of(text: &[u8], name: &str) -> usize {
    let is_end = |at: &usize| {
        let rest = &text[*at..];
        rest.starts_with(b"</")
            && rest
                .get(2..2 + name.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
    };
    let starts = text.iter().enumerate().filter(|(_, byte)| **byte == b'<');
    starts.map(|(at, _)| at).find(is_end).unwrap_or(text.len())
}

/// The number of attributes of a tag that goes on with `tag` after its name, and what follows the tag.
fn attributes(tag: &[u8]) -> (usize, &[u8]) {
    let mut n = 0;
    let mut rest = tag;
    loop {
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        rest = &rest[rest.iter().take_while(|it| is_between(it)).count()..];
        match rest.first() {
            None => return (n, rest),
            Some(b'>') => return (n, &rest[1..]),
            Some(_) => n += 1,
        }
        // A name may begin with «=».
        let is_name = |byte: &u8| !is_between(byte) && !matches!(byte, b'>' | b'=');
        rest = &rest[1..];
        rest = &rest[rest.iter().take_while(|it| is_name(it)).count()..];
        let n_space = rest.iter().take_while(|it| it.is_ascii_whitespace()).count();
        let Some(value) = rest[n_space..].strip_prefix(b"=") else {
            continue;
        };
        let value = value.trim_ascii_start();
        rest = match value.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let end = value[1..].iter().position(|it| it == quote);
                end.map_or(&[], |it| &value[it + 2..])
            }
            _ => {
                let is_value = |byte: &u8| !byte.is_ascii_whitespace() && *byte != b'>';
                &value[value.iter().take_while(|it| is_value(it)).count()..]
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: Result<(), Bound>) {
        assert_eq!(document(page).map(|_| ()), expected);
        assert_eq!(fragment(page).map(|_| ()), expected);
    }

    #[test]
    fn a_tree_is_the_librarys_own() {
        let page = format!(
            "<p>قبل<table><b>{}<td>نص</b>بعد",
            "<i>&amp;نص<div>نص</i></div>".repeat(40)
        );
        assert!(PIECE < page.len() * 20);
        let page = page.repeat(20);
        assert_eq!(document(&page).unwrap().html(), Html::parse_document(&page).html());
        assert_eq!(fragment(&page).unwrap().html(), Html::parse_fragment(&page).html());
    }

    #[test]
    fn deeper_and_larger_trees_are_not_built() {
        let limit = Bound::Nesting.limit();
        check(&"<div>".repeat(limit - 10), Ok(()));
        check(&"<div>".repeat(limit + 10), Err(Bound::Nesting));
        check(&"<font><p>x</p>".repeat(limit + 10), Err(Bound::Nesting));
        check(&"<p>x".repeat(Bound::Elements.limit() / 2 + 10), Err(Bound::Elements));
        // A mark that is never closed is copied into every paragraph.
        let marks: String = (0..200).map(|it| format!("<b id={it}>")).collect();
        check(&format!("<p>{marks}{}", "<p>x".repeat(4_000)), Err(Bound::Elements));
    }

    #[test]
    fn brackets_are_counted_in_texts_too() {
        let limit = Bound::Values.limit();
        assert!(is_shallow(&"[{}]".repeat(limit)) && is_shallow(&"[".repeat(limit)));
        assert!(!is_shallow(&format!("\"{}", "[{".repeat(limit))));
    }

    #[test]
    fn attributes_are_counted_before_they_are_compared() {
        let many: String = (0..=Bound::Attributes.limit())
            .map(|it| format!(" a{it}='<>' b"))
            .collect();
        check(&format!("<p>x</p><img{many}>"), Err(Bound::Attributes));
        check(&format!("<p>x</p><script>if (a <b) {many}</script>"), Ok(()));
        let bodies: String = (0..=Bound::Attributes.limit())
            .map(|it| format!("<body a{it}>"))
            .collect();
        assert_eq!(document(&bodies).map(|_| ()), Err(Bound::Attributes));
    }
}

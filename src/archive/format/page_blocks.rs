//! The lines of a page: the texts of its blocks, in their order.

use scraper::{ElementRef, Node};

use crate::archive::article::SectionKind;
use crate::archive::record::PageLine;

use super::text::one_line;

/// Elements within a line; all others begin a new one.
pub const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "o:p",
];

/// The lines of the blocks below an element.
pub fn lines(element: ElementRef<'_>) -> Vec<PageLine> {
    lines_without(element, |_| false)
}

/// As [`lines`], without what is below the elements that `is_other` tells.
pub fn lines_without(element: ElementRef<'_>, is_other: fn(ElementRef<'_>) -> bool) -> Vec<PageLine> {
    let mut blocks = Blocks {
        lines: Vec::new(),
        line: String::new(),
        is_other,
    };
    blocks.walk(element, None);
    blocks.flush(None);
    blocks.lines
}

struct Blocks {
    lines: Vec<PageLine>,
    /// The line that has begun.
    line: String,
    /// What is passed over.
    is_other: fn(ElementRef<'_>) -> bool,
}

impl Blocks {
    /// Ends a line, of a kind.
    fn flush(&mut self, kind: Option<SectionKind>) {
        let line = one_line(&self.line);
        if !line.is_empty() {
            self.lines.push((line, kind));
        }
        self.line.clear();
    }

    /// Goes through what is below an element. What is inline goes on with the line, and its line breaks and blocks end
    /// it none the less.
    fn walk(&mut self, element: ElementRef<'_>, kind: Option<SectionKind>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.line.push_str(text),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    match child.value().name() {
                        "script" | "style" | "noscript" | "template" | "head" | "iframe" => {}
                        _ if (self.is_other)(child) => {}
                        "br" => self.flush(kind),
                        name if INLINE.contains(&name) => self.walk(child, kind),
                        name => {
                            self.flush(kind);
                            let inner = match name {
                                "figcaption" => Some(SectionKind::Caption),
                                "nav" | "footer" | "aside" | "button" | "form" => Some(SectionKind::Boilerplate),
                                "h1" => Some(SectionKind::Title),
                                _ => kind,
                            };
                            self.walk(child, inner);
                            self.flush(inner);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let found = lines(Html::parse_fragment(page).root_element());
        assert_eq!(found.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_two_words_become_one() {
        check("<b>دمنار<br>خاص</b> قال", &["دمنار", "خاص قال"]);
        check("<a><div>أ</div><div>ب</div></a>ج", &["أ", "ب", "ج"]);
        check("<span>أ<p>ب</p>ج</span>", &["أ", "ب", "ج"]);
        check("<span><font>أ<br/><i>ب</i></font></span>", &["أ", "ب"]);
        check("<table><tr><td>أ<td>ب<tr><td>ج</table>", &["أ", "ب", "ج"]);
    }

    #[test]
    fn no_word_becomes_two() {
        check("قا<b>ل</b><wbr> ال<span>وز</span>ير", &["قال الوزير"]);
    }
}

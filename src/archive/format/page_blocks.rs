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

/// A line of a page.
pub struct Block {
    /// Its words, and what they are by the element around them.
    pub line: PageLine,
    /// Whether it is a link, or several.
    pub is_link: bool,
}

/// The lines of the blocks below an element.
pub fn lines(element: ElementRef<'_>) -> Vec<PageLine> {
    let blocks = blocks_without(element, |_| false);
    blocks.into_iter().map(|it| it.line).collect()
}

/// The blocks below an element, without what is below those that `is_other` tells.
pub fn blocks_without(element: ElementRef<'_>, is_other: fn(ElementRef<'_>) -> bool) -> Vec<Block> {
    let mut walk = Walk {
        blocks: Vec::new(),
        line: String::new(),
        n_linked: 0,
        is_in_link: false,
        is_other,
    };
    walk.walk(element, None);
    walk.flush(None);
    walk.blocks
}

struct Walk {
    blocks: Vec<Block>,
    /// The line that has begun, and how many of its bytes are links.
    line: String,
    n_linked: usize,
    is_in_link: bool,
    /// What is passed over.
    is_other: fn(ElementRef<'_>) -> bool,
}

impl Walk {
    /// Ends a line, of a kind.
    fn flush(&mut self, kind: Option<SectionKind>) {
        let line = one_line(&self.line);
        if !line.is_empty() {
            self.blocks.push(Block {
                line: (line, kind),
                is_link: self.line.trim().len() < 2 * self.n_linked,
            });
        }
        self.line.clear();
        self.n_linked = 0;
    }

    /// Goes through what is below an element. What is inline goes on with the line, and its line breaks and blocks end
    /// it none the less.
    fn walk(&mut self, element: ElementRef<'_>, kind: Option<SectionKind>) {
        let was_in_link = self.is_in_link;
        self.is_in_link |= element.value().name() == "a" && element.attr("href").is_some();
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    self.line.push_str(text);
                    self.n_linked += if self.is_in_link { text.trim().len() } else { 0 };
                }
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
        self.is_in_link = was_in_link;
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

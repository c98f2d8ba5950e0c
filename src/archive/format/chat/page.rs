//! What the pages of exports have in common: their elements, and whether they are whole.

use scraper::{ElementRef, Node, Selector};

use crate::archive::reason::Damage;
use crate::archive::record::Outcome;

use super::super::text::one_line;
use super::post::has_words;

/// Elements that do not begin a line.
const INLINE: [&str; 10] = ["a", "b", "code", "em", "i", "s", "small", "span", "strong", "u"];

/// The selector of a rule of CSS.
pub fn selector(css: &str) -> Option<Selector> {
    Selector::parse(css).ok()
}

/// Whether an element has a class.
pub fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|it| it == class)
}

/// The text of an element, in one line.
pub fn text_of(element: ElementRef<'_>) -> String {
    one_line(&element.text().collect::<String>())
}

/// The lines of an element as they are seen, without elements with the names of `left_out`.
pub fn lines(element: ElementRef<'_>, left_out: &[&str]) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut last_block = None;
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => {
                let within = node.ancestors().take_while(|it| it.id() != element.id());
                let mut within = within.filter_map(ElementRef::wrap);
                if within.clone().any(|it| left_out.contains(&it.value().name())) {
                    continue;
                }
                let block = within.find(|it| !INLINE.contains(&it.value().name()));
                let block = block.map(|it| it.id());
                if block != last_block {
                    lines.push(String::new());
                    last_block = block;
                }
                if let Some(line) = lines.last_mut() {
                    add_spaced(line, text);
                }
            }
            Node::Element(it) if it.name() == "br" => lines.push(String::new()),
            _ => {}
        }
    }
    let lines = lines.iter().map(|it| it.trim()).filter(|it| has_words(it));
    lines.map(str::to_owned).collect()
}

/// Adds a text of a page, where white space is one space.
pub fn add_spaced(text: &mut String, piece: &str) {
    for c in piece.chars() {
        match c.is_ascii_whitespace() {
            true if text.is_empty() || text.ends_with(char::is_whitespace) => {}
            true => text.push(' '),
            false => text.push(c),
        }
    }
}

/// Whether a page goes on to its end: programs close what they open.
pub fn is_whole(page: &str) -> Outcome {
    /// What servers and browsers put behind the end is no longer, in bytes. A guess.
    const BEHIND: usize = 1 << 10;
    let end = page.get(page.floor_char_boundary(page.len().saturating_sub(BEHIND))..);
    match end.is_some_and(|it| it.to_ascii_lowercase().contains("</html")) {
        true => Ok(()),
        false => Err(Damage::CutOff.into()),
    }
}

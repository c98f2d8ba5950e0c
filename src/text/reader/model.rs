//! What is read: blocks of text with links, what is selected in them, and what is found.

use std::ops::Range;

use egui::Color32;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::arabic::{Folded, Folding, Span, fold, letter};

use super::super::style::{Direction, SpanStyle, TextStyle};

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its text.
    pub text: String,
    /// How it is set.
    pub style: TextStyle,
    /// Where that differs.
    pub spans: Vec<SpanStyle>,
    /// What can be clicked, each with a number that says what it is.
    pub links: Vec<(Span, u64)>,
    /// The distance from the block above, in points.
    pub space_before: f32,
    /// The colour behind the whole block.
    pub background: Option<Color32>,
    /// Whether its lines are stretched to the width of the column, all but the last.
    pub justified: bool,
    /// Where its lines begin, if not where those of its own direction do.
    pub side: Option<Direction>,
    /// Where it begins in a text of the caller's, of which it is a piece.
    pub source: Option<usize>,
    /// Its place among headings, 1 being the headline; nothing for a paragraph.
    pub heading: Option<u8>,
    /// A picture above its text, which is then the caption.
    pub picture: Option<BlockPicture>,
}

/// A picture in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockPicture {
    /// The number of the link that it is, as in [`Block::links`].
    pub link: u64,
    /// Its width and height where there is room for all of it, in points.
    pub size: [f32; 2],
    /// What a screen reader says of it.
    pub name: String,
}

impl Block {
    /// A paragraph without links and marks.
    pub fn new(text: String, style: TextStyle, space_before: f32) -> Self {
        Self {
            text,
            style,
            spans: Vec::new(),
            links: Vec::new(),
            space_before,
            background: None,
            justified: false,
            side: None,
            source: None,
            heading: None,
            picture: None,
        }
    }
}

/// A place between two letters: the block and the byte in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub block: usize,
    pub byte: usize,
}

/// A text, block by block.
#[derive(Default)]
pub struct Document {
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The text of a block; empty beyond the last one.
    pub fn text(&self, block: usize) -> &str {
        self.blocks.get(block).map_or("", |it| it.text.as_str())
    }

    /// Where a link stands: its block and the piece of its text.
    pub fn span_of_link(&self, link: u64) -> Option<(usize, Span)> {
        let blocks = self.blocks.iter().enumerate();
        let mut links = blocks.flat_map(|(block, it)| it.links.iter().map(move |it| (block, it)));
        links.find(|(_, it)| it.1 == link).map(|(block, it)| (block, it.0))
    }

    /// The link that stands there.
    pub fn link_of_span(&self, (block, span): (usize, Span)) -> Option<u64> {
        let links = &self.blocks.get(block)?.links;
        links.iter().find(|it| it.0 == span).map(|it| it.1)
    }

    /// Where a piece of the caller's text stands: its block and the piece of that one's text.
    pub fn span_of_source(&self, span: Span) -> Option<(usize, Span)> {
        self.blocks.iter().enumerate().find_map(|(block, it)| {
            let start = it.source?;
            let own = Span::new(start, start + it.text.len());
            own.covers(span)
                .then(|| (block, Span::new(span.start - start, span.end - start)))
        })
    }

    /// The place where a link begins.
    pub fn place_of_link(&self, link: u64) -> Option<Place> {
        let (block, span) = self.span_of_link(link)?;
        let byte = span.start;
        Some(Place { block, byte })
    }

    /// The unit around a place, in the bytes of its block.
    pub fn unit_around(&self, place: Place, unit: SelectionUnit) -> (Place, Place) {
        let text = self.text(place.block);
        let range = match unit {
            SelectionUnit::Letter => place.byte..place.byte,
            SelectionUnit::Word => word_around(text, place.byte),
            SelectionUnit::Paragraph => 0..text.len(),
        };
        let at = |byte| Place { byte, ..place };
        (at(range.start), at(range.end))
    }

    /// The place a letter or a word farther, or in the neighbouring block.
    pub fn beside(&self, place: Place, forward: bool, by_word: bool) -> Place {
        let text = self.text(place.block);
        let (before, after) = (
            text.get(..place.byte).unwrap_or(""),
            text.get(place.byte..).unwrap_or(""),
        );
        let has_word = |it: &str| it.chars().any(char::is_alphanumeric);
        let byte = match (forward, by_word) {
            (true, false) => after.graphemes(true).next().map(|it| place.byte + it.len()),
            (false, false) => before.graphemes(true).next_back().map(|it| place.byte - it.len()),
            (true, true) => after
                .split_word_bound_indices()
                .find(|(_, word)| has_word(word))
                .map(|(at, word)| place.byte + at + word.len()),
            (false, true) => before
                .split_word_bound_indices()
                .rfind(|(_, word)| has_word(word))
                .map(|(at, _)| at),
        };
        match byte {
            Some(byte) => Place { byte, ..place },
            None if forward && place.block + 1 < self.blocks.len() => Place {
                block: place.block + 1,
                byte: 0,
            },
            None if !forward && 0 < place.block => Place {
                block: place.block - 1,
                byte: self.text(place.block - 1).len(),
            },
            None if forward => Place {
                byte: text.len(),
                ..place
            },
            None => Place { byte: 0, ..place },
        }
    }
}

/// What is selected: from the unit where it began to the unit where it is now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Selection {
    pub anchor: Place,
    pub focus: Place,
    pub unit: SelectionUnit,
}

/// By what a selection grows: one click, two, three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectionUnit {
    Letter,
    Word,
    Paragraph,
}

impl Selection {
    /// Nothing yet, at one place.
    pub fn at(place: Place, unit: SelectionUnit) -> Self {
        Self {
            anchor: place,
            focus: place,
            unit,
        }
    }

    /// All of a text.
    pub fn all(document: &Document) -> Self {
        let last = document.blocks.len().saturating_sub(1);
        Self {
            anchor: Place::default(),
            focus: Place {
                block: last,
                byte: document.text(last).len(),
            },
            unit: SelectionUnit::Letter,
        }
    }

    /// What is selected in the order of the text; nothing if it is empty.
    pub fn range(&self, document: &Document) -> Option<(Place, Place)> {
        let around = |place| document.unit_around(place, self.unit);
        let (anchor, focus) = (around(self.anchor), around(self.focus));
        let (start, end) = (anchor.0.min(focus.0), anchor.1.max(focus.1));
        (start != end).then_some((start, end))
    }

    /// The selected piece of a block.
    pub fn in_block(&self, block: usize, document: &Document) -> Option<Range<usize>> {
        let (start, end) = self.range(document)?;
        if block < start.block || end.block < block {
            return None;
        }
        let first = if block == start.block { start.byte } else { 0 };
        let last = if block == end.block {
            end.byte
        } else {
            document.text(block).len()
        };
        (first < last).then_some(first..last)
    }

    /// The selected text in logical order, a line a block, without the marks that the window put in.
    pub fn text(&self, document: &Document) -> String {
        let pieces: Vec<&str> = (0..document.blocks.len())
            .filter_map(|block| document.text(block).get(self.in_block(block, document)?))
            .collect();
        letter::copyable(&pieces.join("\n"))
    }
}

/// What is looked for within the text.
#[derive(Default)]
pub struct Found {
    query: String,
    /// The block and the piece of its text, in order.
    pub hits: Vec<(usize, Span)>,
    /// The place in `hits` of the one that is looked at.
    pub current: usize,
}

impl Found {
    /// Looks for `query` in any spelling; an empty one finds nothing.
    pub fn find(&mut self, query: &str, document: &Document) {
        query.clone_into(&mut self.query);
        self.find_again(document);
    }

    /// Looks for the same query, as the text may be another one.
    pub fn find_again(&mut self, document: &Document) {
        let needle = fold(self.query.trim(), Folding::Word);
        self.hits.clear();
        if needle.is_empty() {
            return;
        }
        for (block, it) in document.blocks.iter().enumerate() {
            let folded = Folded::new(&it.text, Folding::Word);
            for (at, piece) in folded.text().match_indices(&needle) {
                let hit = folded.span_in_source(Span::new(at, at + piece.len()));
                self.hits.extend(hit.map(|span| (block, span)));
            }
        }
        self.current = self.current.min(self.hits.len().saturating_sub(1));
    }

    /// Makes the next hit the current one, or the one before; around the ends.
    pub fn step(&mut self, forward: bool) {
        let n_hits = self.hits.len();
        if n_hits != 0 {
            let step = if forward { 1 } else { n_hits - 1 };
            self.current = (self.current + step) % n_hits;
        }
    }

    /// The current hit, counted from 1, and how many there are. Both are 0 if nothing was found.
    pub fn count(&self) -> (usize, usize) {
        let n_hits = self.hits.len();
        ((self.current + 1).min(n_hits), n_hits)
    }
}

/// The word at a byte of a text, marks included.
fn word_around(text: &str, byte: usize) -> Range<usize> {
    text.split_word_bound_indices()
        .map(|(start, word)| start..start + word.len())
        .find(|range| range.contains(&byte))
        .unwrap_or(byte..byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_click_takes_the_word() {
        let text = "قال «مُحمد» نعم";
        let range = word_around(text, text.find('ح').unwrap());
        assert_eq!(&text[range], "مُحمد");
    }
}

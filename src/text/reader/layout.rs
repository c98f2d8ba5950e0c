//! Where the text lies: its paragraphs set in a column, and what is found at a point of it.

use std::sync::Arc;

use egui::{Rect, Ui, Vec2, pos2, vec2};
use parley::{Affinity, Alignment, Cluster, Cursor, Layout};

use super::super::engine::{Brush, Request, look, with_engine};
use super::super::paint::rects_of;
use super::model::{Block, Document, Place};

/// A document that is set in a column. Distances are in points from the top left corner of the text.
#[derive(Default)]
pub struct Page {
    /// The document's blocks, as they are set.
    pub laid: Vec<Laid>,
    /// The width of the column.
    pub width: f32,
    /// Whether lines begin at the right.
    pub is_rtl: bool,
    /// Physical pixels to a point.
    pub scale: f32,
    /// The height of all.
    pub height: f32,
}

/// A block that is set.
pub struct Laid {
    /// Its lines.
    pub layout: Arc<Layout<Brush>>,
    /// The distance from the top of the text.
    pub top: f32,
    /// How high it is.
    pub height: f32,
    /// Where its picture lies, above its lines.
    pub picture: Option<Rect>,
}

/// A picture is at most so high, in widths of the column: its caption is to be seen with it. Picked by feel.
const HIGHEST: f32 = 0.9;
/// Between a picture and its caption, in points. Picked by feel.
const ABOVE_CAPTION: f32 = 6.0;

impl Page {
    /// Sets a document in a column.
    pub fn new(ui: &Ui, document: &Document, width: f32, scale: f32) -> Self {
        let direction = look(ui.ctx()).direction;
        let mut top = 14.0;
        let laid = with_engine(ui.ctx(), |engine| {
            let set = |it: &Block| {
                let request = Request {
                    text: &it.text,
                    style: &it.style,
                    spans: &it.spans,
                    scale,
                    direction,
                };
                let align = match it.side {
                    _ if it.justified => Alignment::Justify,
                    Some(side) => side.alignment(),
                    None => Alignment::Start,
                };
                let layout = engine.layout(request, Some((width * scale).floor()), align);
                let height = layout.height() / scale;
                top += it.space_before;
                let picture = it.picture.as_ref().map(|it| {
                    let share = (width / it.size[0]).min(HIGHEST * width / it.size[1]).min(1.0);
                    let size = Vec2::from(it.size) * share;
                    let rect = Rect::from_min_size(pos2(((width - size.x) / 2.0).round(), top), size);
                    top += size.y + ABOVE_CAPTION;
                    rect
                });
                let height = if picture.is_some() && it.text.is_empty() {
                    0.0
                } else {
                    height
                };
                let laid = Laid {
                    layout,
                    top,
                    height,
                    picture,
                };
                top += height;
                laid
            };
            document.blocks.iter().map(set).collect()
        });
        Self {
            laid,
            width,
            is_rtl: direction.is_rtl(),
            scale,
            // Room below the end, so that the last line is not read at the edge.
            height: top + 60.0,
        }
    }

    /// The place between two letters that is nearest to a point.
    pub fn place_at(&self, at: Vec2) -> Place {
        let block = self.laid.iter().rposition(|it| it.top <= at.y).unwrap_or(0);
        let Some(laid) = self.laid.get(block) else {
            return Place::default();
        };
        let (x, y) = (at.x * self.scale, (at.y - laid.top) * self.scale);
        Place {
            block,
            byte: Cursor::from_point(&laid.layout, x, y).index(),
        }
    }

    /// Where a caret at `place` would stand, in points from the top left corner of the text.
    pub fn caret_at(&self, place: Place) -> Option<Rect> {
        let laid = self.laid.get(place.block)?;
        let cursor = Cursor::from_byte_index(&laid.layout, place.byte, Affinity::Downstream);
        let it = cursor.geometry(&laid.layout, 1.0);
        let rect = Rect::from_min_max(pos2(it.x0 as f32, it.y0 as f32), pos2(it.x1 as f32, it.y1 as f32));
        Some((rect / self.scale).translate(vec2(0.0, laid.top)))
    }

    /// The link at a point.
    pub fn link_at(&self, at: Vec2, document: &Document) -> Option<u64> {
        let is_on_picture = |it: &Laid| it.picture.is_some_and(|it| it.contains(at.to_pos2()));
        if let Some(block) = self.laid.iter().position(is_on_picture) {
            return Some(document.blocks.get(block)?.picture.as_ref()?.link);
        }
        let is_at = |it: &Laid| it.top <= at.y && at.y < it.top + it.height;
        let block = self.laid.iter().position(is_at)?;
        let laid = self.laid.get(block)?;
        let (cluster, _) = Cluster::from_point_exact(&laid.layout, at.x * self.scale, (at.y - laid.top) * self.scale)?;
        let byte = cluster.text_range().start;
        let links = &document.blocks.get(block)?.links;
        links
            .iter()
            .find(|(span, _)| span.contains(byte))
            .map(|(_, link)| *link)
    }

    /// The pictures of which something is within `top` and `bottom`: their links and places.
    pub fn pictures(&self, document: &Document, (top, bottom): (f32, f32)) -> Vec<(u64, Rect)> {
        let blocks = document.blocks.iter().zip(&self.laid);
        let pictures = blocks.filter_map(|(block, laid)| Some((block.picture.as_ref()?.link, laid.picture?)));
        pictures
            .filter(|(_, it)| top <= it.bottom() && it.top() <= bottom)
            .collect()
    }

    /// The first piece of a link.
    pub fn rect_of_link(&self, link: u64, document: &Document) -> Option<Rect> {
        let (block, span) = document.span_of_link(link)?;
        let laid = self.laid.get(block)?;
        let piece = rects_of(&laid.layout, span).into_iter().next()?;
        Some((piece / self.scale).translate(vec2(0.0, laid.top)))
    }

    /// The place in the line below or above.
    pub fn in_next_line(&self, place: Place, forward: bool) -> Place {
        let Some(caret) = self.caret_at(place) else {
            return place;
        };
        // A little beyond the line's edge lies the next line, of this block or of the next one.
        let mut y = if forward {
            caret.bottom() + 2.0
        } else {
            caret.top() - 2.0
        };
        for _ in 0..80 {
            let found = self.place_at(vec2(caret.center().x, y));
            let has_moved = self.caret_at(found).is_some_and(|it| {
                let step = it.center().y - caret.center().y;
                if forward { 1.0 < step } else { step < -1.0 }
            });
            if has_moved || y < 0.0 || self.height < y {
                return found;
            }
            y += if forward { 4.0 } else { -4.0 };
        }
        place
    }

    /// The first or last place of the line.
    pub fn line_end(&self, place: Place, end: bool, document: &Document) -> Place {
        let Some(laid) = self.laid.get(place.block) else {
            return place;
        };
        let lines = laid.layout.lines().map(|line| line.text_range());
        let line = lines
            .take_while(|line| line.start <= place.byte)
            .reduce(|_, line| line)
            .unwrap_or(place.byte..place.byte);
        let text = document.text(place.block).get(line.clone()).unwrap_or("");
        let byte = if end {
            line.start + text.trim_end().len()
        } else {
            line.start
        };
        Place { byte, ..place }
    }
}

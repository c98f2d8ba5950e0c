//! A long text to be read: paragraphs with tints, links and a selection that crosses them.

use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, CursorIcon, Event, EventFilter, Id, Key, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo};
use egui::{pos2, vec2};
use parley::{Alignment, Cluster, Cursor, Layout};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::arabic::Span;

use super::engine::{Brush, Request, look, n_found_faces, with_engine};
use super::paint::{paint_layout, rects_of};
use super::scroll::{BAR_WIDTH, Scrolled, scroll_bar_ui};
use super::style::{SpanStyle, TextStyle};

/// The margins beside the column, in points.
const MARGIN: f32 = 22.0;

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
}

/// What a reader remembers between frames.
#[derive(Default)]
pub struct ReaderState {
    key: Option<u64>,
    scale: f32,
    width: f32,
    n_found_faces: usize,
    blocks: Vec<Laid>,
    height: f32,
    offset: f64,
    anchor: Option<Place>,
    focus: Place,
}

struct Laid {
    block: Block,
    layout: Arc<Layout<Brush>>,
    /// The distance from the top of the text, in points.
    top: f32,
    height: f32,
}

/// A place between two letters: the block and the byte in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    block: usize,
    byte: usize,
}

/// What happened to a reader.
pub struct ReaderResponse {
    /// The whole.
    pub response: Response,
    /// The number of the link that was clicked.
    pub clicked_link: Option<u64>,
}

/// A text in a column of at most `max_width` points, over the available space.
///
/// `key` says which text it is and how it is set: `blocks` is called when it changes. A changed text begins at its
/// top.
pub fn reader_ui(
    ui: &mut Ui,
    id: Id,
    state: &mut ReaderState,
    key: u64,
    blocks: impl FnOnce() -> Vec<Block>,
    max_width: f32,
) -> ReaderResponse {
    let look = look(ui.ctx());
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let (bar, view) = look.direction.split_end(whole, BAR_WIDTH);
    let width = (view.width() - 2.0 * MARGIN).clamp(80.0, max_width);
    let is_new = state.key != Some(key);
    if is_new {
        state.key = Some(key);
        state.blocks = blocks().into_iter().map(Laid::new).collect();
        state.anchor = None;
        state.offset = 0.0;
    }
    let scale = ui.ctx().pixels_per_point();
    let n_found_faces = n_found_faces(ui.ctx());
    if is_new || (state.width, state.scale, state.n_found_faces) != (width, scale, n_found_faces) {
        state.n_found_faces = n_found_faces;
        state.lay_out(ui, width, scale);
    }

    let response = ui.interact(view, id, Sense::click_and_drag());
    let content = f64::from(state.height);
    scroll_bar_ui(
        ui,
        id.with("bar"),
        view,
        bar,
        Scrolled {
            offset: &mut state.offset,
            content,
        },
    );
    if response.has_focus() {
        keys(ui, id, state, view.height());
    }
    let origin = pos2(view.center().x - width / 2.0, view.top() - state.offset.round() as f32);

    let mut clicked_link = None;
    if let Some(at) = response.hover_pos().or(response.interact_pointer_pos()) {
        let place = state.place_at(at - origin);
        let link = state.link_at(at - origin);
        ui.ctx().set_cursor_icon(if link.is_some() {
            CursorIcon::PointingHand
        } else {
            CursorIcon::Text
        });
        if response.triple_clicked() {
            state.select(place.block, 0..state.text(place.block).len());
        } else if response.double_clicked() {
            state.select(place.block, word_around(state.text(place.block), place.byte));
        } else if ui.input(|input| input.pointer.primary_pressed())
            // A quick click may be over within the frame in which it began.
            && (response.is_pointer_button_down_on() || response.clicked())
        {
            response.request_focus();
            if !ui.input(|input| input.modifiers.shift) || state.anchor.is_none() {
                state.anchor = Some(place);
            }
            state.focus = place;
        } else if response.dragged() {
            state.focus = place;
        }
        if response.clicked() && state.selection().is_none() {
            clicked_link = link;
        }
    }
    if response.has_focus() && ui.input(|input| input.events.contains(&Event::Copy)) {
        let text = state.selected_text();
        if !text.is_empty() {
            ui.ctx().copy_text(text);
        }
    }
    paint(ui, id, state, view, origin, scale);
    let title = state
        .blocks
        .iter()
        .map(|it| it.block.text.as_str())
        .find(|it| !it.is_empty())
        .unwrap_or("");
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, title));
    ReaderResponse { response, clicked_link }
}

impl Laid {
    fn new(block: Block) -> Self {
        Self {
            block,
            layout: Arc::default(),
            top: 0.0,
            height: 0.0,
        }
    }
}

impl ReaderState {
    fn lay_out(&mut self, ui: &Ui, width: f32, scale: f32) {
        (self.width, self.scale) = (width, scale);
        let direction = look(ui.ctx()).direction;
        let mut top = 14.0;
        with_engine(ui.ctx(), |engine| {
            for it in &mut self.blocks {
                let request = Request {
                    text: &it.block.text,
                    style: &it.block.style,
                    spans: &it.block.spans,
                    scale,
                    direction,
                };
                it.layout = engine.layout(request, Some((width * scale).floor()), Alignment::Start);
                it.height = it.layout.height() / scale;
                top += it.block.space_before;
                it.top = top;
                top += it.height;
            }
        });
        // Room below the end, so that the last line is not read at the edge.
        self.height = top + 60.0;
    }

    fn text(&self, block: usize) -> &str {
        self.blocks.get(block).map_or("", |it| it.block.text.as_str())
    }

    fn place_at(&self, at: egui::Vec2) -> Place {
        let block = self.blocks.iter().rposition(|it| it.top <= at.y).unwrap_or(0);
        let Some(laid) = self.blocks.get(block) else {
            return Place::default();
        };
        let (x, y) = (at.x * self.scale, (at.y - laid.top) * self.scale);
        Place {
            block,
            byte: Cursor::from_point(&laid.layout, x, y).index(),
        }
    }

    fn link_at(&self, at: egui::Vec2) -> Option<u64> {
        let laid = self
            .blocks
            .iter()
            .find(|it| it.top <= at.y && at.y < it.top + it.height)?;
        let (cluster, _) = Cluster::from_point_exact(&laid.layout, at.x * self.scale, (at.y - laid.top) * self.scale)?;
        let byte = cluster.text_range().start;
        laid.block
            .links
            .iter()
            .find(|(span, _)| span.contains(byte))
            .map(|(_, link)| *link)
    }

    fn select(&mut self, block: usize, range: Range<usize>) {
        self.anchor = Some(Place {
            block,
            byte: range.start,
        });
        self.focus = Place { block, byte: range.end };
    }

    /// The selection in the order of the text; nothing if it is empty.
    fn selection(&self) -> Option<(Place, Place)> {
        let anchor = self.anchor?;
        (anchor != self.focus).then(|| (anchor.min(self.focus), anchor.max(self.focus)))
    }

    /// The selected piece of a block.
    fn selected_in(&self, block: usize) -> Option<Range<usize>> {
        let (start, end) = self.selection()?;
        if block < start.block || end.block < block {
            return None;
        }
        let first = if block == start.block { start.byte } else { 0 };
        let last = if block == end.block {
            end.byte
        } else {
            self.text(block).len()
        };
        (first < last).then_some(first..last)
    }

    /// The selected text in logical order, a line a block.
    fn selected_text(&self) -> String {
        let pieces: Vec<&str> = (0..self.blocks.len())
            .filter_map(|block| self.text(block).get(self.selected_in(block)?))
            .collect();
        pieces.join("\n")
    }

    fn select_all(&mut self) {
        let last = self.blocks.len().saturating_sub(1);
        self.anchor = Some(Place::default());
        self.focus = Place {
            block: last,
            byte: self.text(last).len(),
        };
    }

    /// Moves the end of the selection by a letter, or to the neighbouring block.
    fn extend(&mut self, forward: bool) {
        let text = self.text(self.focus.block);
        let byte = self.focus.byte;
        let next = if forward {
            text.get(byte..)
                .and_then(|rest| rest.graphemes(true).next())
                .map(|it| byte + it.len())
        } else {
            text.get(..byte)
                .and_then(|rest| rest.graphemes(true).next_back())
                .map(|it| byte - it.len())
        };
        self.focus = match next {
            Some(byte) => Place { byte, ..self.focus },
            None if forward && self.focus.block + 1 < self.blocks.len() => Place {
                block: self.focus.block + 1,
                byte: 0,
            },
            None if !forward && 0 < self.focus.block => {
                let block = self.focus.block - 1;
                Place {
                    block,
                    byte: self.text(block).len(),
                }
            }
            None => self.focus,
        };
    }
}

fn keys(ui: &Ui, id: Id, state: &mut ReaderState, view_height: f32) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let is_rtl = look(ui.ctx()).direction.is_rtl();
    let page = f64::from(view_height) * 0.9;
    for event in ui.input(|input| input.events.clone()) {
        let Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            continue;
        };
        match key {
            Key::A if modifiers.command => state.select_all(),
            Key::ArrowLeft | Key::ArrowRight if modifiers.shift && state.anchor.is_some() => {
                state.extend((key == Key::ArrowLeft) == is_rtl);
            }
            Key::ArrowDown => state.offset += 40.0,
            Key::ArrowUp => state.offset -= 40.0,
            Key::PageDown | Key::Space => state.offset += page,
            Key::PageUp => state.offset -= page,
            Key::Home => state.offset = 0.0,
            Key::End => state.offset = f64::from(state.height),
            _ => {}
        }
    }
    let max = (f64::from(state.height) - f64::from(view_height)).max(0.0);
    state.offset = state.offset.clamp(0.0, max);
}

fn paint(ui: &mut Ui, id: Id, state: &ReaderState, view: Rect, origin: egui::Pos2, scale: f32) {
    let palette = look(ui.ctx()).palette;
    let mut child = ui.new_child(UiBuilder::new().id_salt(id).max_rect(view));
    child.set_clip_rect(view.intersect(ui.clip_rect()));
    let painter = child.painter().clone();
    with_engine(ui.ctx(), |engine| {
        for (number, it) in state.blocks.iter().enumerate() {
            let rect = Rect::from_min_size(origin + vec2(0.0, it.top), vec2(state.width, it.height));
            if rect.bottom() + it.height < view.top() || view.bottom() + it.height < rect.top() {
                continue;
            }
            if let Some(color) = it.block.background {
                painter.rect_filled(rect.expand2(vec2(8.0, 3.0)), 4.0, color);
            }
            if let Some(range) = state.selected_in(number) {
                for piece in rects_of(&it.layout, range.into()) {
                    let at = |corner: egui::Pos2| rect.min + corner.to_vec2() / scale;
                    painter.rect_filled(Rect::from_min_max(at(piece.min), at(piece.max)), 0.0, palette.selection);
                }
            }
            paint_layout(engine, &painter, &it.layout, rect.min, &it.block.spans, scale);
        }
    });
    // Each paragraph is a node of its own for a screen reader, on the screen or not.
    for (number, it) in state.blocks.iter().enumerate() {
        let rect = Rect::from_min_size(origin + vec2(0.0, it.top), vec2(state.width, it.height));
        let response = child.interact(rect, id.with(number), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, &it.block.text));
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

    fn state(texts: &[&str]) -> ReaderState {
        let style = TextStyle {
            face: super::super::Face::Reading,
            size: 18.0,
            bold: false,
            color: Color32::BLACK,
            leading: 1.8,
        };
        let block = |text: &&str| Block {
            text: (*text).to_owned(),
            style: style.clone(),
            spans: Vec::new(),
            links: Vec::new(),
            space_before: 0.0,
            background: None,
        };
        ReaderState {
            blocks: texts.iter().map(block).map(Laid::new).collect(),
            ..ReaderState::default()
        }
    }

    #[test]
    fn what_is_copied_is_in_logical_order_across_paragraphs() {
        let mut state = state(&["قال (حماد) في 7 مارس 2023", "نعم"]);
        state.select_all();
        assert_eq!(state.selected_text(), "قال (حماد) في 7 مارس 2023\nنعم");
        state.anchor = Some(Place { block: 1, byte: 2 });
        state.focus = Place {
            block: 0,
            byte: "قال ".len(),
        };
        assert_eq!(state.selected_text(), "(حماد) في 7 مارس 2023\nن");
    }

    #[test]
    fn a_selection_grows_by_letters_and_marks_stay_with_theirs() {
        let mut state = state(&["مُحب", "ب"]);
        state.anchor = Some(Place::default());
        state.extend(true);
        assert_eq!(state.selected_text(), "مُ");
        for _ in 0..4 {
            state.extend(true);
        }
        assert_eq!(state.selected_text(), "مُحب\nب");
    }

    #[test]
    fn a_double_click_takes_the_word() {
        let text = "قال «مُحمد» نعم";
        let range = word_around(text, text.find('ح').unwrap());
        assert_eq!(&text[range], "مُحمد");
    }
}

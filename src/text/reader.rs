//! A long text to be read: paragraphs with tints, links, a selection that crosses them, and finding in it.

use std::ops::Range;
use std::sync::Arc;

use egui::output::OutputCommand;
use egui::{
    Color32, CursorIcon, Event, EventFilter, Id, Key, Modifiers, PointerButton, Rect, Response, Role, Sense, Ui,
    UiBuilder, Vec2, WidgetInfo,
};
use egui::{pos2, vec2};
use parley::{Affinity, Alignment, Cluster, Cursor, Layout};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::arabic::{Folded, Folding, Span, fold};

use super::engine::{Brush, Request, look, n_found_faces, with_engine};
use super::paint::{paint_layout, rects_of};
use super::popup::{MenuItem, asks_for_menu, context_menu_ui};
use super::scroll::{BAR_WIDTH, Scrolled, scroll_bar_ui};
use super::style::{Direction, SpanStyle, TextStyle};

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
    /// Whether its lines are stretched to the width of the column, all but the last.
    pub justified: bool,
    /// Where its lines begin, if not where those of its own direction do.
    pub side: Option<Direction>,
    /// Its place among headings, 1 being the headline; nothing for a paragraph.
    pub heading: Option<u8>,
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
            heading: None,
        }
    }
}

/// How a reader is shown.
#[derive(Clone, Copy)]
pub struct ReaderOptions<'a> {
    /// Which text it is and how it is set: the blocks are asked for when this changes.
    pub key: u64,
    /// Which text it is: another one begins at its top.
    pub text: u64,
    /// The widest column, in points.
    pub max_width: f32,
    /// What a screen reader calls it.
    pub name: &'a str,
    /// What its menu offers besides copying and selecting.
    pub menu: &'a [MenuItem<'a>],
    /// What its menu offers above that when it is opened on a link.
    pub link_menu: &'a dyn Fn(u64) -> Vec<MenuItem<'a>>,
}

/// What a reader remembers between frames.
#[derive(Default)]
pub struct ReaderState {
    key: Option<u64>,
    text: Option<u64>,
    scale: f32,
    width: f32,
    n_found_faces: usize,
    blocks: Vec<Laid>,
    height: f32,
    offset: f64,
    selection: Option<Selection>,
    /// The selection that was offered for pasting with the middle button.
    settled: String,
    found: Found,
    /// The link that the keyboard is at.
    link: Option<u64>,
    /// Whether it is still to be brought into view.
    link_comes_into_view: bool,
    /// The link on which the menu was opened.
    menu_link: Option<u64>,
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

/// What is selected: from the unit where it began to the unit where it is now.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Selection {
    anchor: Place,
    focus: Place,
    unit: Unit,
}

/// By what a selection grows: one click, two, three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Letter,
    Word,
    Paragraph,
}

/// What is looked for within the text.
#[derive(Default)]
struct Found {
    query: String,
    /// The block and the piece of its text, in order.
    hits: Vec<(usize, Span)>,
    current: usize,
    /// Whether the current hit is still to be brought into view.
    comes_into_view: bool,
}

/// What happened to a reader.
pub struct ReaderResponse {
    /// The whole.
    pub response: Response,
    /// The number of the link that was clicked.
    pub clicked_link: Option<u64>,
    /// The link that Enter was pressed at.
    pub entered_link: Option<u64>,
    /// The number of the item of [`ReaderOptions::menu`] that was chosen.
    pub menu_choice: Option<usize>,
    /// The link whose menu was used, and the number of the item of [`ReaderOptions::link_menu`] that was chosen.
    pub link_choice: Option<(u64, usize)>,
    /// Whether something was copied.
    pub copied: bool,
}

/// A text in a column over the available space. `blocks` is called when [`ReaderOptions::key`] changes; another text
/// begins at its top, the same one stays where it is.
pub fn reader_ui(
    ui: &mut Ui,
    id: Id,
    state: &mut ReaderState,
    options: ReaderOptions<'_>,
    blocks: impl FnOnce() -> Vec<Block>,
) -> ReaderResponse {
    let look = look(ui.ctx());
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let (bar, view) = look.direction.split_end(whole, BAR_WIDTH);
    let width = (view.width() - 2.0 * MARGIN).clamp(80.0, options.max_width);
    let is_new = state.key != Some(options.key);
    if is_new {
        let at_link = state.link.and_then(|link| state.span_of_link(link));
        state.key = Some(options.key);
        state.blocks = blocks().into_iter().map(Laid::new).collect();
        state.selection = None;
        state.find_again();
        if state.text != Some(options.text) {
            state.text = Some(options.text);
            state.offset = 0.0;
            // One that was asked for already is of this text.
            state.link = state.link.filter(|_| state.link_comes_into_view);
        } else if !state.link_comes_into_view {
            // The links may have other numbers now; the keyboard stays where it was.
            state.link = at_link.and_then(|place| state.link_of_span(place));
        }
    }
    let scale = ui.ctx().pixels_per_point();
    let n_found_faces = n_found_faces(ui.ctx());
    if is_new || (state.width, state.scale, state.n_found_faces) != (width, scale, n_found_faces) {
        state.n_found_faces = n_found_faces;
        state.lay_out(ui, width, scale);
    }

    let response = ui.interact(view, id, Sense::click_and_drag());
    let content = f64::from(state.height);
    let offset = &mut state.offset;
    scroll_bar_ui(ui, id.with("bar"), view, bar, Scrolled { offset, content });
    if response.has_focus() {
        keys(ui, id, state, view.height());
    }
    if std::mem::take(&mut state.found.comes_into_view)
        && let Some((block, span)) = state.found.hits.get(state.found.current).copied()
    {
        let place = Place {
            block,
            byte: span.start,
        };
        state.bring_into_view(place, view.height(), view.height() / 3.0);
    }
    if std::mem::take(&mut state.link_comes_into_view)
        && let Some(place) = state.link.and_then(|link| state.place_of_link(link))
    {
        state.bring_into_view(place, view.height(), view.height() / 3.0);
    }
    let origin = pos2(view.center().x - width / 2.0, view.top() - state.offset.round() as f32);

    let has_focus = response.has_focus();
    let is_entered = has_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let entered_link = state.link.filter(|_| is_entered);
    // The menu is the current link's if the keyboard opens it, and else that of the link that is pointed at.
    let mut opener = response.clone();
    if has_focus && asks_for_menu(ui) {
        state.menu_link = state.link;
    } else if response.secondary_clicked() {
        let at = response.interact_pointer_pos();
        state.menu_link = at.and_then(|at| state.link_at(at - origin));
    }
    if let Some(rect) = state.menu_link.and_then(|link| state.rect_of_link(link)) {
        opener.rect = rect.translate(origin.to_vec2());
        opener.interact_rect = opener.rect;
    }
    let clicked_link = pointer(ui, state, &response, view, origin);
    let mut copied = false;
    let mut items = state.menu_link.map_or_else(Vec::new, options.link_menu);
    let n_of_link = items.len();
    items.extend([
        MenuItem {
            shortcut: "Ctrl+C",
            starts_group: n_of_link != 0,
            disabled: state.selection_range().is_none(),
            ..MenuItem::new(look.words.copy)
        },
        MenuItem {
            shortcut: "Ctrl+A",
            ..MenuItem::new(look.words.select_all)
        },
    ]);
    items.extend_from_slice(options.menu);
    let (mut menu_choice, mut link_choice) = (None, None);
    let asks_for_copy = response.has_focus() && ui.input(|input| input.events.contains(&Event::Copy));
    match context_menu_ui(&opener, options.name, &items) {
        Some(idx) if idx < n_of_link => link_choice = state.menu_link.map(|link| (link, idx)),
        Some(idx) if idx == n_of_link => copied = true,
        Some(idx) if idx == n_of_link + 1 => state.select_all(),
        Some(idx) => menu_choice = Some(idx - n_of_link - 2),
        None => copied = asks_for_copy,
    }
    let selected = state.selected_text();
    copied &= !selected.is_empty();
    if copied {
        ui.copy_text(selected.clone());
    }
    if !ui.input(|input| input.pointer.any_down()) && state.settled != selected {
        state.settled = selected;
        if !state.settled.is_empty() {
            let command = OutputCommand::TextSelectionSettled(state.settled.clone());
            ui.output_mut(|output| output.commands.push(command));
        }
    }
    paint(ui, id, state, view, origin, scale);
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, options.name));
    ReaderResponse {
        response,
        clicked_link,
        entered_link,
        menu_choice,
        link_choice,
        copied,
    }
}

/// Follows the pointer. Returns the link that was clicked.
fn pointer(ui: &Ui, state: &mut ReaderState, response: &Response, view: Rect, origin: egui::Pos2) -> Option<u64> {
    let at = response.hover_pos().or(response.interact_pointer_pos())?;
    let place = state.place_at(at - origin);
    let link = state.link_at(at - origin);
    ui.set_cursor_icon(if link.is_some() {
        CursorIcon::PointingHand
    } else {
        CursorIcon::Text
    });
    let pressed = ui.input(|input| input.pointer.button_pressed(PointerButton::Primary));
    let begin = |unit| {
        Some(Selection {
            anchor: place,
            focus: place,
            unit,
        })
    };
    // A quick click may be over within the frame in which it began.
    if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
        response.request_focus();
        let extends = ui.input(|input| input.modifiers.shift);
        match &mut state.selection {
            Some(selection) if extends => selection.focus = place,
            selection => *selection = begin(Unit::Letter),
        }
    }
    if response.triple_clicked() {
        state.selection = begin(Unit::Paragraph);
    } else if response.double_clicked() {
        state.selection = begin(Unit::Word);
    } else if response.dragged_by(PointerButton::Primary)
        && let Some(selection) = &mut state.selection
    {
        selection.focus = place;
        // Beyond the edge the text comes along, the faster the farther.
        let beyond = (at.y - view.bottom()).max(0.0) - (view.top() - at.y).max(0.0);
        if beyond != 0.0 {
            state.offset += f64::from(beyond.clamp(-60.0, 60.0) * 0.3);
            ui.request_repaint();
        }
    }
    if response.clicked() && state.selection_range().is_none() {
        return link;
    }
    None
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
    /// Looks for `query` in the text, in any spelling; the first hit at or below the top of the view is the current
    /// one. An empty query finds nothing.
    pub fn find(&mut self, query: &str) {
        query.clone_into(&mut self.found.query);
        self.find_again();
        let offset = self.offset as f32;
        let is_below =
            |(block, _): &(usize, Span)| self.blocks.get(*block).is_some_and(|it| offset <= it.top + it.height);
        self.found.current = self.found.hits.iter().position(is_below).unwrap_or(0);
        self.found.comes_into_view = !self.found.hits.is_empty();
    }

    fn find_again(&mut self) {
        let needle = fold(self.found.query.trim(), Folding::Word);
        self.found.hits.clear();
        if needle.is_empty() {
            return;
        }
        for (block, it) in self.blocks.iter().enumerate() {
            let folded = Folded::new(&it.block.text, Folding::Word);
            for (at, piece) in folded.text().match_indices(&needle) {
                let hit = folded.span_in_source(Span::new(at, at + piece.len()));
                self.found.hits.extend(hit.map(|span| (block, span)));
            }
        }
        self.found.current = self.found.current.min(self.found.hits.len().saturating_sub(1));
    }

    /// Makes the next hit the current one, or the one before; around the ends.
    pub fn find_next(&mut self, forward: bool) {
        let n_hits = self.found.hits.len();
        if n_hits != 0 {
            let step = if forward { 1 } else { n_hits - 1 };
            self.found.current = (self.found.current + step) % n_hits;
            self.found.comes_into_view = true;
        }
    }

    /// The current hit, counted from 1, and how many there are. Both are 0 if nothing was found.
    pub fn find_count(&self) -> (usize, usize) {
        let n_hits = self.found.hits.len();
        ((self.found.current + 1).min(n_hits), n_hits)
    }

    /// Brings a link into view and marks it: the keyboard is at it from now on.
    pub fn go_to_link(&mut self, link: u64) {
        self.link = Some(link);
        self.link_comes_into_view = true;
    }

    /// The link that the keyboard is at.
    pub fn current_link(&self) -> Option<u64> {
        self.link
    }

    /// Where a link stands: its block and the piece of its text.
    fn span_of_link(&self, link: u64) -> Option<(usize, Span)> {
        let blocks = self.blocks.iter().enumerate();
        let mut links = blocks.flat_map(|(block, it)| it.block.links.iter().map(move |it| (block, it)));
        links.find(|(_, it)| it.1 == link).map(|(block, it)| (block, it.0))
    }

    fn link_of_span(&self, (block, span): (usize, Span)) -> Option<u64> {
        let links = &self.blocks.get(block)?.block.links;
        links.iter().find(|it| it.0 == span).map(|it| it.1)
    }

    fn place_of_link(&self, link: u64) -> Option<Place> {
        let (block, span) = self.span_of_link(link)?;
        let byte = span.start;
        Some(Place { block, byte })
    }

    /// The first piece of a link, in points from the top left corner of the text.
    fn rect_of_link(&self, link: u64) -> Option<Rect> {
        let (block, span) = self.span_of_link(link)?;
        let laid = self.blocks.get(block)?;
        let piece = rects_of(&laid.layout, span).into_iter().next()?;
        Some((piece / self.scale).translate(vec2(0.0, laid.top)))
    }

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
                let align = match it.block.side {
                    _ if it.block.justified => Alignment::Justify,
                    Some(side) => side.alignment(),
                    None => Alignment::Start,
                };
                it.layout = engine.layout(request, Some((width * scale).floor()), align);
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

    fn place_at(&self, at: Vec2) -> Place {
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

    /// Where a caret at `place` would stand, in points from the top left corner of the text.
    fn caret_at(&self, place: Place) -> Option<Rect> {
        let laid = self.blocks.get(place.block)?;
        let cursor = Cursor::from_byte_index(&laid.layout, place.byte, Affinity::Downstream);
        let it = cursor.geometry(&laid.layout, 1.0);
        let rect = Rect::from_min_max(pos2(it.x0 as f32, it.y0 as f32), pos2(it.x1 as f32, it.y1 as f32));
        Some((rect / self.scale).translate(vec2(0.0, laid.top)))
    }

    /// Scrolls so far that `place` is at least `margin` points from the edges of the view.
    fn bring_into_view(&mut self, place: Place, view_height: f32, margin: f32) {
        let Some(caret) = self.caret_at(place) else { return };
        let (low, high) = (caret.bottom() + margin - view_height, caret.top() - margin);
        let max = (self.height - view_height).max(0.0);
        self.offset = self
            .offset
            .max(f64::from(low))
            .min(f64::from(high))
            .clamp(0.0, f64::from(max));
    }

    fn link_at(&self, at: Vec2) -> Option<u64> {
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

    /// The unit around a place, in the bytes of its block.
    fn unit_around(&self, place: Place, unit: Unit) -> (Place, Place) {
        let text = self.text(place.block);
        let range = match unit {
            Unit::Letter => place.byte..place.byte,
            Unit::Word => word_around(text, place.byte),
            Unit::Paragraph => 0..text.len(),
        };
        let at = |byte| Place { byte, ..place };
        (at(range.start), at(range.end))
    }

    /// The selection in the order of the text; nothing if it is empty.
    fn selection_range(&self) -> Option<(Place, Place)> {
        let Selection { anchor, focus, unit } = self.selection?;
        let (anchor, focus) = (self.unit_around(anchor, unit), self.unit_around(focus, unit));
        let (start, end) = (anchor.0.min(focus.0), anchor.1.max(focus.1));
        (start != end).then_some((start, end))
    }

    /// The selected piece of a block.
    fn selected_in(&self, block: usize) -> Option<Range<usize>> {
        let (start, end) = self.selection_range()?;
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
    pub fn selected_text(&self) -> String {
        let pieces: Vec<&str> = (0..self.blocks.len())
            .filter_map(|block| self.text(block).get(self.selected_in(block)?))
            .collect();
        pieces.join("\n")
    }

    fn select_all(&mut self) {
        let last = self.blocks.len().saturating_sub(1);
        self.selection = Some(Selection {
            anchor: Place::default(),
            focus: Place {
                block: last,
                byte: self.text(last).len(),
            },
            unit: Unit::Letter,
        });
    }

    /// The place a letter or a word farther, or in the neighbouring block.
    fn beside(&self, place: Place, forward: bool, by_word: bool) -> Place {
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

    /// The place in the line below or above.
    fn in_next_line(&self, place: Place, forward: bool) -> Place {
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
    fn line_end(&self, place: Place, end: bool) -> Place {
        let Some(laid) = self.blocks.get(place.block) else {
            return place;
        };
        let lines = laid.layout.lines().map(|line| line.text_range());
        let line = lines
            .take_while(|line| line.start <= place.byte)
            .reduce(|_, line| line)
            .unwrap_or(place.byte..place.byte);
        let text = self.text(place.block).get(line.clone()).unwrap_or("");
        let byte = if end {
            line.start + text.trim_end().len()
        } else {
            line.start
        };
        Place { byte, ..place }
    }

    /// Moves the end of the selection; without one it begins at the first block in view.
    fn extend(&mut self, view_height: f32, to: impl FnOnce(&Self, Place) -> Place) {
        let offset = self.offset as f32;
        let first = self.blocks.iter().position(|it| offset <= it.top).unwrap_or(0);
        let start = Place { block: first, byte: 0 };
        let selection = self.selection.unwrap_or(Selection {
            anchor: start,
            focus: start,
            unit: Unit::Letter,
        });
        let focus = to(self, selection.focus);
        self.selection = Some(Selection { focus, ..selection });
        self.bring_into_view(focus, view_height, 8.0);
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
        let by_word = modifiers.ctrl || modifiers.alt;
        match key {
            Key::A if modifiers.command => state.select_all(),
            Key::ArrowLeft | Key::ArrowRight if modifiers.shift => {
                let forward = (key == Key::ArrowLeft) == is_rtl;
                state.extend(view_height, |it, place| it.beside(place, forward, by_word));
            }
            Key::ArrowDown | Key::ArrowUp if modifiers.shift => {
                state.extend(view_height, |it, place| it.in_next_line(place, key == Key::ArrowDown));
            }
            Key::Home | Key::End if modifiers.shift => {
                state.extend(view_height, |it, place| it.line_end(place, key == Key::End));
            }
            Key::Escape => state.selection = None,
            Key::ArrowDown => state.offset += 40.0,
            Key::ArrowUp => state.offset -= 40.0,
            Key::Space if modifiers.shift => state.offset -= page,
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
    let builder = UiBuilder::new().id_salt(id).max_rect(view).accessibility_parent(id);
    let mut child = ui.new_child(builder);
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
            let pieces = |span: Span| {
                let at = |corner: egui::Pos2| rect.min + corner.to_vec2() / scale;
                let rects = rects_of(&it.layout, span).into_iter();
                rects.map(move |piece| Rect::from_min_max(at(piece.min), at(piece.max)))
            };
            if let Some(range) = state.selected_in(number) {
                for piece in pieces(range.into()) {
                    painter.rect_filled(piece, 0.0, palette.selection);
                }
            }
            let hits = state
                .found
                .hits
                .iter()
                .enumerate()
                .filter(|(_, (block, _))| *block == number);
            for (idx, (_, span)) in hits {
                for piece in pieces(*span) {
                    let piece = piece.shrink2(vec2(-1.0, piece.height() * 0.14));
                    painter.rect_filled(piece, 2.0, palette.mark);
                    if idx == state.found.current {
                        let ring = egui::Stroke::new(2.0, palette.focus);
                        painter.rect_stroke(piece, 2.0, ring, egui::StrokeKind::Outside);
                    }
                }
            }
            let is_current = |it: &&(Span, u64)| Some(it.1) == state.link;
            for piece in it.block.links.iter().filter(is_current).flat_map(|it| pieces(it.0)) {
                let piece = piece.shrink2(vec2(-2.0, piece.height() * 0.12));
                painter.rect(
                    piece,
                    3.0,
                    palette.selection,
                    egui::Stroke::new(2.0, palette.focus),
                    egui::StrokeKind::Outside,
                );
            }
            paint_layout(engine, &painter, &it.layout, rect.min, &it.block.spans, scale);
        }
    });
    // Each paragraph is a node of its own for a screen reader, on the screen or not.
    for (number, it) in state.blocks.iter().enumerate() {
        let rect = Rect::from_min_size(origin + vec2(0.0, it.top), vec2(state.width, it.height));
        let response = child.interact(rect, id.with(number), Sense::hover());
        let role = if it.block.heading.is_some() {
            Role::Heading
        } else {
            Role::Paragraph
        };
        response.widget_info(|| WidgetInfo::labeled(role, true, &it.block.text));
        if let Some(level) = it.block.heading {
            child
                .ctx()
                .accesskit_node_builder(response.id, |node| node.set_level(level.into()));
        }
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
            face: super::super::Face::Naskh,
            size: 18.0,
            bold: false,
            color: Color32::BLACK,
            leading: 1.8,
        };
        let block = |text: &&str| Block::new((*text).to_owned(), style.clone(), 0.0);
        ReaderState {
            blocks: texts.iter().map(block).map(Laid::new).collect(),
            scale: 1.0,
            ..ReaderState::default()
        }
    }

    fn selection(anchor: (usize, usize), focus: (usize, usize), unit: Unit) -> Option<Selection> {
        let place = |(block, byte)| Place { block, byte };
        Some(Selection {
            anchor: place(anchor),
            focus: place(focus),
            unit,
        })
    }

    #[test]
    fn what_is_copied_is_in_logical_order_across_paragraphs() {
        let mut state = state(&["قال (حماد) في 7 مارس 2023", "نعم"]);
        state.select_all();
        assert_eq!(state.selected_text(), "قال (حماد) في 7 مارس 2023\nنعم");
        state.selection = selection((1, 2), (0, "قال ".len()), Unit::Letter);
        assert_eq!(state.selected_text(), "(حماد) في 7 مارس 2023\nن");
    }

    #[test]
    fn a_selection_grows_by_letters_and_marks_stay_with_theirs() {
        let mut state = state(&["مُحب", "ب"]);
        state.extend(100.0, |it, place| it.beside(place, true, false));
        assert_eq!(state.selected_text(), "مُ");
        for _ in 0..4 {
            state.extend(100.0, |it, place| it.beside(place, true, false));
        }
        assert_eq!(state.selected_text(), "مُحب\nب");
    }

    #[test]
    fn a_selection_grows_by_words_and_back() {
        let mut state = state(&["قال «مُحمد» نعم", "ثم سكت"]);
        for expected in ["قال", "قال «مُحمد", "قال «مُحمد» نعم"] {
            state.extend(100.0, |it, place| it.beside(place, true, true));
            assert_eq!(state.selected_text(), expected);
        }
        state.extend(100.0, |it, place| it.beside(place, false, true));
        assert_eq!(state.selected_text(), "قال «مُحمد» ");
    }

    #[test]
    fn a_drag_after_a_double_click_takes_whole_words_in_both_directions() {
        let text = "خرج الوزير من القاعة";
        let mut state = state(&[text, "ثم عاد"]);
        let at = |word| text.find(word).unwrap() + 2;
        state.selection = selection((0, at("الوزير")), (0, at("القاعة")), Unit::Word);
        assert_eq!(state.selected_text(), "الوزير من القاعة");
        state.selection = selection((0, at("الوزير")), (0, at("خرج")), Unit::Word);
        assert_eq!(state.selected_text(), "خرج الوزير");
        state.selection = selection((0, 4), (1, 2), Unit::Paragraph);
        assert_eq!(state.selected_text(), "خرج الوزير من القاعة\nثم عاد");
    }

    #[test]
    fn finding_ignores_spelling_and_goes_around_the_ends() {
        let mut state = state(&["أُعلن الاتفاق", "ثم وُقّع الإتفاقُ، والاتفاق مُلزم"]);
        state.find("الاتفاق");
        assert_eq!(state.find_count(), (1, 3));
        let (block, span) = state.found.hits[1];
        assert_eq!(span.of(state.text(block)), Some("الإتفاقُ"));
        state.find_next(false);
        assert_eq!(state.find_count(), (3, 3));
        state.find_next(true);
        assert_eq!(state.find_count(), (1, 3));
        state.find("لا شيء");
        assert_eq!(state.find_count(), (0, 0));
    }

    #[test]
    fn the_keyboard_stays_at_a_link_that_gets_another_number() {
        let mut state = state(&["قال حماد ثم هند", "نعم"]);
        let span = Span::new("قال ".len(), "قال حماد".len());
        state.blocks[0].block.links.push((span, 7));
        state.go_to_link(7);
        let at = state.span_of_link(7).unwrap();
        assert_eq!((at, state.current_link()), ((0, span), Some(7)));
        state.blocks[0].block.links[0].1 = 6;
        assert_eq!((state.link_of_span(at), state.span_of_link(7)), (Some(6), None));
        state.blocks[0].block.links.clear();
        assert_eq!(state.link_of_span(at), None);
    }

    #[test]
    fn a_double_click_takes_the_word() {
        let text = "قال «مُحمد» نعم";
        let range = word_around(text, text.find('ح').unwrap());
        assert_eq!(&text[range], "مُحمد");
    }
}

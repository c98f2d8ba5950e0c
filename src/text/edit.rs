//! Editing: a line or some paragraphs of text, with a caret where it belongs.

use egui::output::{IMEOutput, OutputCommand};
use egui::{
    Event, EventFilter, Id, ImeEvent, Key, PointerButton, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    ViewportCommand, WidgetInfo,
};
use egui::{pos2, vec2};
use parley::{BoundingBox, FontWeight, LineHeight, PlainEditor, PlainEditorDriver, StyleProperty};

use crate::arabic::Span;
use crate::arabic::letter::copyable;

use super::button::focus_ring;
use super::engine::{Brush, Engine, base_direction, look, missing_chars, with_engine};
use super::icon::Icon;
use super::paint::{LineAlign, paint_layout, paint_line, rects_of};
use super::popup::{MenuItem, context_menu_ui, takes_first_focus};
use super::style::{Look, TextStyle};

/// The height of a field of one line, in points.
const HEIGHT: f32 = 34.0;
/// The size of the text, in points.
const SIZE: f32 = 15.0;
/// The distance of base lines, in sizes.
const LEADING: f32 = 1.7;
/// The width of the places of the glass and the cross.
const ICON_WIDTH: f32 = 32.0;
/// How many changes can be undone. A guess.
const MAX_UNDO: usize = 200;

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// A line, with a magnifying glass at its start.
    Search,
    /// A line.
    Line,
    /// Text that wraps; Enter begins a paragraph.
    Paragraphs {
        /// How many lines are seen at once.
        n_lines: u8,
    },
}

/// How a field is shown.
#[derive(Clone, Copy, Debug)]
pub struct EditOptions<'a> {
    /// What it is for.
    pub kind: EditKind,
    /// What is shown while it is empty.
    pub hint: &'a str,
    /// What a screen reader calls it.
    pub name: &'a str,
}

/// What a field remembers between frames.
pub struct EditState {
    editor: PlainEditor<Brush>,
    /// How far the text is scrolled to keep the caret in view, in physical pixels.
    scroll: Vec2,
    /// Earlier texts with the selection in them, the latest last.
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
    /// Whether the last change was typing, so that a word is undone in one step.
    is_typing: bool,
    /// The selection that was offered for pasting with the middle button.
    settled: String,
    /// Whether the caret is to be put at the end.
    goes_to_end: bool,
    /// Whether everything is to be selected.
    selects_all: bool,
}

#[derive(Clone, PartialEq)]
struct Snapshot {
    text: String,
    anchor: usize,
    focus: usize,
}

impl Default for EditState {
    fn default() -> Self {
        Self {
            editor: PlainEditor::new(SIZE),
            scroll: Vec2::ZERO,
            undo: Vec::new(),
            redo: Vec::new(),
            is_typing: false,
            settled: String::new(),
            goes_to_end: false,
            selects_all: false,
        }
    }
}

/// What happened to a field.
pub struct EditResponse {
    /// The field.
    pub response: Response,
    /// Whether its text is another one.
    pub changed: bool,
    /// Whether Enter was pressed; in paragraphs, Ctrl+Enter.
    pub submitted: bool,
    /// Whether Escape was pressed.
    pub cancelled: bool,
}

/// What the menu of a field does.
#[derive(Clone, Copy)]
enum MenuAction {
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    SelectAll,
}

/// Where a field and its text lie.
struct Place {
    /// The room for text, in points.
    inner: Rect,
    scale: f32,
    look: Look,
    wraps: bool,
}

/// A field over the available width.
///
/// `text` is what it holds: it may be changed from outside.
pub fn edit_ui(
    ui: &mut Ui,
    id: Id,
    state: &mut EditState,
    text: &mut String,
    options: EditOptions<'_>,
) -> EditResponse {
    let ctx = ui.ctx().clone();
    let look = look(&ctx);
    let (height, wraps) = match options.kind {
        EditKind::Search | EditKind::Line => (HEIGHT, false),
        EditKind::Paragraphs { n_lines } => (f32::from(n_lines) * (SIZE * LEADING) + 14.0, true),
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let (place, cross) = frame_ui(ui, &response, options.kind, look, wraps);

    let before = text.clone();
    if !wraps && !text.is_empty() && clear_ui(ui, id, cross, &look) {
        state.remember(false);
        text.clear();
        response.request_focus();
    }
    state.selects_all |= takes_first_focus(ui);
    if state.selects_all || response.clicked() || response.drag_started() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: wraps,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }

    let ended = with_engine(&ctx, |engine| {
        state.prepare(&place, text, engine);
        if std::mem::take(&mut state.goes_to_end) {
            state.driver(engine).move_to_text_end();
        }
        if std::mem::take(&mut state.selects_all) {
            state.driver(engine).select_all();
        }
        state.pointer(ui, &response, &place, engine);
        state.events(ui, &response, &place, engine)
    });
    state.menu_ui(&response, options.name, &look);
    with_engine(&ctx, |engine| {
        state.refresh(engine);
        *text = state.editor.text().to_string();
        state.keep_caret_in_view(&place);
        let origin = state.origin(&place, engine);
        paint(ui, state, engine, &place, origin, response.has_focus());
    });
    state.settle(ui, &response);
    if text.is_empty() && state.editor.raw_text().is_empty() {
        paint_hint(ui, &place, options.hint);
    }
    let changed = *text != before;
    let mut response = response.on_hover_cursor(egui::CursorIcon::Text);
    if changed {
        response.mark_changed();
    }
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, before.clone(), text.clone(), options.hint);
        info.label = Some(options.name.to_owned());
        info
    });
    EditResponse {
        response,
        changed,
        submitted: ended == Some(Ending::Submitted),
        cancelled: ended == Some(Ending::Cancelled),
    }
}

/// How what is typed was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Submitted,
    Cancelled,
}

/// The field without its text. Returns where that lies, and where the cross does that empties it.
fn frame_ui(ui: &Ui, field: &Response, kind: EditKind, look: Look, wraps: bool) -> (Place, Rect) {
    let rect = field.rect;
    let start_width = if kind == EditKind::Search { ICON_WIDTH } else { 10.0 };
    let end_width = if wraps { 10.0 } else { ICON_WIDTH };
    let (glass, inner) = look.direction.split_start(rect, start_width);
    let (cross, inner) = look.direction.split_end(inner, end_width);
    let (outline, width) = if field.has_focus() {
        (look.palette.focus, 2.0)
    } else {
        (look.palette.outline, 1.0)
    };
    let stroke = Stroke::new(width, outline);
    let ground = look.palette.surface;
    ui.painter().rect(rect, 8.0, ground, stroke, StrokeKind::Inside);
    if kind == EditKind::Search {
        Icon::Search.paint(ui.painter(), glass, look.palette.weak_text, look.direction);
    }
    let place = Place {
        inner: inner.shrink2(vec2(0.0, if wraps { 6.0 } else { 2.0 })),
        scale: ui.ctx().pixels_per_point(),
        look,
        wraps,
    };
    (place, cross)
}

/// What stands in an empty field.
fn paint_hint(ui: &Ui, place: &Place, hint: &str) {
    let weak = place.look.palette.weak_text;
    let style = TextStyle::interface(&place.look).size(SIZE).color(weak);
    let height = place.inner.height().min(SIZE * LEADING + 4.0);
    let line = if place.wraps {
        Rect::from_min_size(place.inner.min, vec2(place.inner.width(), height))
    } else {
        place.inner
    };
    paint_line(ui, line, hint, &[], &style, LineAlign::Start);
}

/// The cross that empties a field. Returns whether it was pressed.
fn clear_ui(ui: &Ui, id: Id, cross: Rect, look: &Look) -> bool {
    // No stop of the keyboard, which empties the field itself: Tab leads from one field to the next.
    let clear = ui.interact(cross, id.with("clear"), Sense::CLICK);
    let ink = if clear.hovered() {
        look.palette.text
    } else {
        look.palette.weak_text
    };
    Icon::Close.paint(ui.painter(), cross, ink, look.direction);
    clear.widget_info(|| WidgetInfo::labeled(Role::Button, true, look.words.clear));
    focus_ring(ui, &clear, cross.shrink(3.0), look);
    clear.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

impl EditState {
    /// Puts the caret behind the text that the field is given next.
    pub fn go_to_end(&mut self) {
        self.remember(false);
        self.goes_to_end = true;
    }

    fn driver<'a>(&'a mut self, engine: &'a mut Engine) -> PlainEditorDriver<'a, Brush> {
        self.editor.driver(&mut engine.fonts.context, &mut engine.scratch)
    }

    fn refresh(&mut self, engine: &mut Engine) {
        self.editor
            .refresh_layout(&mut engine.fonts.context, &mut engine.scratch);
    }

    fn prepare(&mut self, place: &Place, text: &str, engine: &Engine) {
        let editor = &mut self.editor;
        if editor.raw_text() != text && !editor.is_composing() {
            editor.set_text(text);
        }
        if editor.get_scale() != place.scale {
            editor.set_scale(place.scale);
        }
        let width = place.wraps.then(|| (place.inner.width() * place.scale).floor());
        editor.set_width(width);
        editor.set_base_direction(base_direction(text, place.look.direction));
        let styles = editor.edit_styles();
        styles.insert(StyleProperty::FontFamily(engine.fonts.families(super::Face::Plex)));
        styles.insert(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LEADING)));
        styles.insert(StyleProperty::FontWeight(FontWeight::NORMAL));
        styles.insert(StyleProperty::Brush(place.look.palette.text.to_array()));
    }

    /// Where the text's top left corner lies, in physical pixels: the text starts at the reading start of the field.
    fn origin(&mut self, place: &Place, engine: &mut Engine) -> Vec2 {
        self.refresh(engine);
        let Some(layout) = self.editor.try_layout() else {
            return Vec2::ZERO;
        };
        engine.fonts.ask_for(missing_chars(layout, self.editor.raw_text()));
        let inner = place.inner * place.scale;
        if place.wraps {
            return vec2(inner.left().round(), inner.top().round()) + self.scroll;
        }
        let left = if place.look.direction.is_rtl() {
            inner.right().round() - layout.full_width().ceil()
        } else {
            inner.left().round()
        };
        vec2(left, (inner.center().y - layout.height() / 2.0).round()) + self.scroll
    }

    fn keep_caret_in_view(&mut self, place: &Place) {
        let Some(layout) = self.editor.try_layout() else { return };
        let inner = place.inner * place.scale;
        let content = vec2(layout.full_width().ceil(), layout.height());
        let Some(caret) = self.editor.cursor_geometry(2.0 * place.scale) else {
            return;
        };
        if place.wraps {
            let room = (content.y - inner.height()).max(0.0);
            let (top, bottom) = (caret.y0 as f32, caret.y1 as f32);
            self.scroll.y = self
                .scroll
                .y
                .min(-(bottom - inner.height()))
                .max(-top)
                .clamp(-room, 0.0);
            return;
        }
        if content.x <= inner.width() {
            self.scroll = Vec2::ZERO;
            return;
        }
        let start = if place.look.direction.is_rtl() {
            inner.right().round() - content.x
        } else {
            inner.left().round()
        };
        let x = start + self.scroll.x + caret.x0 as f32;
        let last = inner.right() - 2.0 * place.scale;
        if x < inner.left() {
            self.scroll.x += inner.left() - x;
        } else if last < x {
            self.scroll.x -= x - last;
        }
    }

    fn pointer(&mut self, ui: &Ui, response: &Response, place: &Place, engine: &mut Engine) {
        let origin = self.origin(place, engine);
        let pressed = |button| ui.input(|input| input.pointer.button_pressed(button));
        if response.hovered()
            && pressed(PointerButton::Secondary)
            && let Some(at) = response.hover_pos()
        {
            // The menu is about the selection, if it is opened on it.
            let (x, y) = (at.x * place.scale - origin.x, at.y * place.scale - origin.y);
            let is_selected = self
                .editor
                .selection_geometry()
                .iter()
                .any(|(it, _)| (it.x0..=it.x1).contains(&f64::from(x)) && (it.y0..=it.y1).contains(&f64::from(y)));
            if !is_selected {
                self.driver(engine).move_to_point(x, y);
            }
            return;
        }
        let Some(at) = response.interact_pointer_pos() else {
            return;
        };
        let (x, y) = (at.x * place.scale - origin.x, at.y * place.scale - origin.y);
        let mut driver = self.driver(engine);
        if response.triple_clicked() {
            driver.select_hard_line_at_point(x, y);
        } else if response.double_clicked() {
            driver.select_word_at_point(x, y);
        } else if pressed(PointerButton::Primary) {
            if ui.input(|input| input.modifiers.shift) {
                driver.shift_click_extension(x, y);
            } else {
                driver.move_to_point(x, y);
            }
        } else if response.dragged_by(PointerButton::Primary) {
            driver.extend_selection_to_point(x, y);
        }
    }

    /// Takes what was typed and pasted. Returns how it was ended, if it was.
    fn events(&mut self, ui: &Ui, response: &Response, place: &Place, engine: &mut Engine) -> Option<Ending> {
        let mut ending = None;
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::MiddleClickPaste { pos, text } if response.rect.contains(pos) && response.hovered() => {
                    let at = pos.to_vec2() * place.scale - self.origin(place, engine);
                    self.driver(engine).move_to_point(at.x, at.y);
                    self.remember(false);
                    self.insert(&text, place.wraps, engine);
                    response.request_focus();
                }
                _ if !response.has_focus() => {}
                Event::Key {
                    key: Key::Enter,
                    pressed: true,
                    modifiers,
                    ..
                } => {
                    if place.wraps && !modifiers.command {
                        self.remember(false);
                        self.insert("\n", place.wraps, engine);
                    } else {
                        ending = Some(Ending::Submitted);
                    }
                }
                Event::Key {
                    key: Key::Escape,
                    pressed: true,
                    ..
                } => ending = Some(Ending::Cancelled),
                event => self.handle(&event, place.wraps, ui.ctx(), engine),
            }
        }
        ending
    }

    /// The menu of the other mouse button.
    fn menu_ui(&mut self, response: &Response, name: &str, look: &Look) {
        let ctx = response.ctx.clone();
        let words = look.words;
        let has_selection = self.editor.selected_text().is_some_and(|it| !it.is_empty());
        let items = || {
            let item = |label, shortcut, action, enabled| MenuItem {
                shortcut,
                enabled,
                ..MenuItem::new(label, action)
            };
            let is_empty = self.editor.raw_text().is_empty();
            vec![
                item(words.undo, "Ctrl+Z", MenuAction::Undo, !self.undo.is_empty()),
                item(words.redo, "Ctrl+Y", MenuAction::Redo, !self.redo.is_empty()),
                MenuItem {
                    starts_group: true,
                    ..item(words.cut, "Ctrl+X", MenuAction::Cut, has_selection)
                },
                item(words.copy, "Ctrl+C", MenuAction::Copy, has_selection),
                item(words.paste, "Ctrl+V", MenuAction::Paste, true),
                MenuItem {
                    starts_group: true,
                    ..item(words.select_all, "Ctrl+A", MenuAction::SelectAll, !is_empty)
                },
            ]
        };
        let Some(action) = context_menu_ui(response, name, items) else {
            return;
        };
        with_engine(&ctx, |engine| match action {
            MenuAction::Undo => self.step_back(true, engine),
            MenuAction::Redo => self.step_back(false, engine),
            MenuAction::Cut => self.handle(&Event::Cut, false, &ctx, engine),
            MenuAction::Copy => self.handle(&Event::Copy, false, &ctx, engine),
            // What the clipboard holds comes as an event of the next frame, for what then has the keyboard.
            MenuAction::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            MenuAction::SelectAll => self.driver(engine).select_all(),
        });
        response.request_focus();
    }

    /// Offers a finished selection for pasting with the middle button.
    fn settle(&mut self, ui: &Ui, response: &Response) {
        let selected = self.editor.selected_text().unwrap_or_default();
        if response.has_focus() && !ui.input(|input| input.pointer.any_down()) && self.settled != selected {
            selected.clone_into(&mut self.settled);
            if !selected.is_empty() {
                let command = OutputCommand::TextSelectionSettled(copyable(&self.settled));
                ui.output_mut(|output| output.commands.push(command));
            }
        }
    }

    /// Keeps the present text for undoing. A run of typing is one step.
    fn remember(&mut self, typing: bool) {
        if typing && self.is_typing {
            return;
        }
        self.is_typing = typing;
        let snapshot = self.snapshot();
        if self.undo.last() != Some(&snapshot) {
            self.undo.push(snapshot);
            if MAX_UNDO < self.undo.len() {
                self.undo.remove(0);
            }
        }
        self.redo.clear();
    }

    fn snapshot(&self) -> Snapshot {
        let selection = self.editor.raw_selection();
        Snapshot {
            text: self.editor.raw_text().to_owned(),
            anchor: selection.anchor().index(),
            focus: selection.focus().index(),
        }
    }

    fn restore(&mut self, snapshot: &Snapshot, engine: &mut Engine) {
        self.is_typing = false;
        self.editor.set_text(&snapshot.text);
        let mut driver = self.driver(engine);
        driver.move_to_byte(snapshot.anchor);
        driver.extend_selection_to_byte(snapshot.focus);
    }

    /// Takes back the last change, or makes the last one that was taken back again.
    fn step_back(&mut self, is_undo: bool, engine: &mut Engine) {
        let now = self.snapshot();
        let from = if is_undo { &mut self.undo } else { &mut self.redo };
        if let Some(snapshot) = from.pop() {
            if is_undo { &mut self.redo } else { &mut self.undo }.push(now);
            self.restore(&snapshot, engine);
        }
    }

    fn handle(&mut self, event: &Event, wraps: bool, ctx: &egui::Context, engine: &mut Engine) {
        match event {
            Event::Text(text) => {
                self.remember(!text.contains(char::is_whitespace));
                self.insert(text, wraps, engine);
            }
            Event::Paste(text) => {
                self.remember(false);
                self.insert(text, wraps, engine);
            }
            Event::Copy | Event::Cut => {
                if let Some(text) = self.editor.selected_text() {
                    ctx.copy_text(copyable(text));
                    if *event == Event::Cut {
                        self.remember(false);
                        self.driver(engine).delete_selection();
                    }
                }
            }
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                let mut driver = self.driver(engine);
                if text.is_empty() {
                    driver.clear_compose();
                } else {
                    driver.set_compose(text, Some((text.len(), text.len())));
                }
            }
            Event::Ime(ImeEvent::Commit(text)) => {
                self.driver(engine).clear_compose();
                self.remember(false);
                self.insert(text, wraps, engine);
            }
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => self.key(*key, *modifiers, engine),
            _ => {}
        }
    }

    fn insert(&mut self, text: &str, wraps: bool, engine: &mut Engine) {
        let kept = |c: char| !c.is_control() || wraps && c == '\n';
        let text: String = text
            .replace("\r\n", "\n")
            .chars()
            .map(|c| if kept(c) { c } else { ' ' })
            .collect();
        self.driver(engine).insert_or_replace_selection(&text);
    }

    fn key(&mut self, key: Key, modifiers: egui::Modifiers, engine: &mut Engine) {
        let (shift, word) = (modifiers.shift, modifiers.ctrl || modifiers.alt);
        if modifiers.command && matches!(key, Key::Z | Key::Y) {
            self.step_back(key == Key::Z && !shift, engine);
            return;
        }
        if matches!(key, Key::Backspace | Key::Delete) {
            self.remember(false);
        }
        let mut driver = self.driver(engine);
        match (key, shift, word) {
            (Key::ArrowLeft, false, false) => driver.move_left(),
            (Key::ArrowLeft, true, false) => driver.select_left(),
            (Key::ArrowLeft, false, true) => driver.move_word_left(),
            (Key::ArrowLeft, true, true) => driver.select_word_left(),
            (Key::ArrowRight, false, false) => driver.move_right(),
            (Key::ArrowRight, true, false) => driver.select_right(),
            (Key::ArrowRight, false, true) => driver.move_word_right(),
            (Key::ArrowRight, true, true) => driver.select_word_right(),
            (Key::ArrowUp, false, _) => driver.move_up(),
            (Key::ArrowUp, true, _) => driver.select_up(),
            (Key::ArrowDown, false, _) => driver.move_down(),
            (Key::ArrowDown, true, _) => driver.select_down(),
            (Key::Home, false, false) => driver.move_to_line_start(),
            (Key::Home, true, false) => driver.select_to_line_start(),
            (Key::Home, false, true) => driver.move_to_text_start(),
            (Key::Home, true, true) => driver.select_to_text_start(),
            (Key::End, false, false) => driver.move_to_line_end(),
            (Key::End, true, false) => driver.select_to_line_end(),
            (Key::End, false, true) => driver.move_to_text_end(),
            (Key::End, true, true) => driver.select_to_text_end(),
            (Key::Backspace, _, false) => driver.backdelete(),
            (Key::Backspace, _, true) => driver.backdelete_word(),
            (Key::Delete, _, false) => driver.delete(),
            (Key::Delete, _, true) => driver.delete_word(),
            (Key::A, _, _) if modifiers.command => driver.select_all(),
            _ => {}
        }
    }
}

fn paint(ui: &Ui, state: &EditState, engine: &mut Engine, place: &Place, origin: Vec2, has_focus: bool) {
    let palette = place.look.palette;
    let painter = ui.painter_at(place.inner.expand2(vec2(2.0, 0.0)));
    let to_points = |it: BoundingBox| {
        let at = |x: f64, y: f64| (pos2(x as f32, y as f32) + origin) / place.scale;
        Rect::from_min_max(at(it.x0, it.y0), at(it.x1, it.y1))
    };
    for (rect, _) in state.editor.selection_geometry() {
        painter.rect_filled(to_points(rect), 0.0, palette.selection);
    }
    if let Some(layout) = state.editor.try_layout() {
        let at = (origin / place.scale).to_pos2();
        paint_layout(engine, &painter, layout, at, &[], place.scale);
        // What an input method is still composing.
        let composed = state.editor.raw_compose().clone().unwrap_or_default();
        for rect in rects_of(layout, Span::new(composed.start, composed.end)) {
            let rect = rect.translate(origin) / place.scale;
            let y = rect.bottom() - rect.height() * 0.14;
            painter.hline(rect.x_range(), y, Stroke::new(1.0, palette.text));
        }
    }
    if has_focus && let Some(caret) = state.editor.cursor_geometry(1.6 * place.scale) {
        let caret = to_points(caret);
        painter.rect_filled(caret, 0.0, palette.accent);
        let ime = IMEOutput {
            purpose: egui::IMEPurpose::default(),
            rect: place.inner,
            cursor_rect: caret,
            should_interrupt_composition: false,
        };
        ui.output_mut(|output| output.ime = Some(ime));
    }
}

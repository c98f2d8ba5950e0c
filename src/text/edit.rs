//! The search field: one line of text with a caret where it belongs.

use egui::output::IMEOutput;
use egui::{Event, EventFilter, Id, ImeEvent, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};
use egui::{pos2, vec2};
use parley::{BoundingBox, FontWeight, LineHeight, PlainEditor, PlainEditorDriver, StyleProperty};

use super::engine::{Brush, base_direction, look, with_engine};
use super::icon::Icon;
use super::paint::{LineAlign, paint_layout, paint_line};
use super::style::{Look, TextStyle};

const HEIGHT: f32 = 34.0;
/// The width of the places of the glass and the cross.
const ICON_WIDTH: f32 = 32.0;
/// How many changes can be undone.
const MAX_UNDO: usize = 200;

/// What a field remembers between frames.
pub struct EditState {
    editor: PlainEditor<Brush>,
    /// How far the text is scrolled to keep the caret in view, in physical pixels.
    scroll: f32,
    /// Earlier texts with the selection in them, the latest last.
    undo: Vec<Snapshot>,
    redo: Vec<Snapshot>,
    /// Whether the last change was typing, so that a word is undone in one step.
    is_typing: bool,
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
            editor: PlainEditor::new(15.0),
            scroll: 0.0,
            undo: Vec::new(),
            redo: Vec::new(),
            is_typing: false,
        }
    }
}

/// What happened to a field.
pub struct EditResponse {
    /// The field.
    pub response: Response,
    /// Whether its text is another one.
    pub changed: bool,
    /// Whether Enter was pressed.
    pub submitted: bool,
    /// Whether Escape was pressed.
    pub cancelled: bool,
}

/// A field for a line of text, with a glass at its start and a cross that empties it at its end.
///
/// `text` is what it holds: it may be changed from outside. `name` is for screen readers.
pub fn search_field_ui(
    ui: &mut Ui,
    id: Id,
    state: &mut EditState,
    text: &mut String,
    hint: &str,
    name: &str,
) -> EditResponse {
    let look = look(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let (glass, inner) = look.direction.split_start(rect, ICON_WIDTH);
    let (cross, inner) = look.direction.split_end(inner, ICON_WIDTH);
    let inner = inner.shrink2(vec2(0.0, 2.0));

    let had_focus = response.has_focus();
    let outline = if had_focus {
        look.palette.focus
    } else {
        look.palette.outline
    };
    let stroke = Stroke::new(if had_focus { 2.0 } else { 1.0 }, outline);
    ui.painter()
        .rect(rect, 8.0, look.palette.surface, stroke, StrokeKind::Inside);
    Icon::Search.paint(ui.painter(), glass, look.palette.weak_text, look.direction);

    let before = text.clone();
    let (mut submitted, mut cancelled) = (false, false);
    if !text.is_empty() {
        let clear = ui.interact(cross, id.with("clear"), Sense::click());
        let ink = if clear.hovered() {
            look.palette.text
        } else {
            look.palette.weak_text
        };
        Icon::Close.paint(ui.painter(), cross, ink, look.direction);
        clear.widget_info(|| WidgetInfo::labeled(Role::Button, true, "✕"));
        super::widget::focus_ring(ui, &clear, cross.shrink(3.0), &look);
        if clear.clicked() {
            state.remember(false);
            text.clear();
            response.request_focus();
        }
    }
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }

    let ctx = ui.ctx().clone();
    with_engine(&ctx, |engine| {
        let scale = ctx.pixels_per_point();
        state.prepare(&look, text, scale, engine.fonts.families(super::Face::Interface));
        let origin = state.origin(inner, scale, engine, &look);
        let mut driver = state.editor.driver(&mut engine.fonts.context, &mut engine.scratch);
        pointer(ui, &response, &mut driver, origin, scale);
        if response.has_focus() {
            for event in ui.input(|input| input.events.clone()) {
                match event {
                    Event::Key {
                        key: Key::Enter,
                        pressed: true,
                        ..
                    } => submitted = true,
                    Event::Key {
                        key: Key::Escape,
                        pressed: true,
                        ..
                    } => cancelled = true,
                    event => state.handle(&event, &ctx, engine),
                }
            }
        }
        state
            .editor
            .refresh_layout(&mut engine.fonts.context, &mut engine.scratch);
        *text = state.editor.text().to_string();

        state.keep_caret_in_view(inner, scale, &look);
        let origin = state.origin(inner, scale, engine, &look);
        paint(ui, state, engine, inner, origin, scale, &look, &response);
    });
    if text.is_empty() && state.editor.raw_text().is_empty() {
        let style = TextStyle::interface(&look).size(15.0).color(look.palette.weak_text);
        paint_line(ui, inner, hint, &[], &style, LineAlign::Start);
    }
    let changed = *text != before;
    let mut response = response.on_hover_cursor(egui::CursorIcon::Text);
    if changed {
        response.mark_changed();
    }
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, before.clone(), text.clone(), hint);
        info.label = Some(name.to_owned());
        info
    });
    EditResponse {
        response,
        changed,
        submitted,
        cancelled,
    }
}

impl EditState {
    fn prepare(&mut self, look: &Look, text: &str, scale: f32, families: parley::FontFamily<'static>) {
        if self.editor.raw_text() != text && !self.editor.is_composing() {
            self.editor.set_text(text);
        }
        if self.editor.get_scale() != scale {
            self.editor.set_scale(scale);
        }
        self.editor.set_base_direction(base_direction(text, look.direction));
        let styles = self.editor.edit_styles();
        styles.insert(StyleProperty::FontFamily(families));
        styles.insert(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.7)));
        styles.insert(StyleProperty::FontWeight(FontWeight::NORMAL));
        styles.insert(StyleProperty::Brush(look.palette.text.to_array()));
    }

    /// Where the text's top left corner lies, in physical pixels: the text starts at the reading start of the field.
    fn origin(&mut self, inner: Rect, scale: f32, engine: &mut super::engine::Engine, look: &Look) -> egui::Vec2 {
        let layout = self.editor.layout(&mut engine.fonts.context, &mut engine.scratch);
        let (width, height) = (layout.full_width().ceil(), layout.height());
        let left = if look.direction.is_rtl() {
            (inner.right() * scale).round() - width
        } else {
            (inner.left() * scale).round()
        };
        vec2(left + self.scroll, (inner.center().y * scale - height / 2.0).round())
    }

    fn keep_caret_in_view(&mut self, inner: Rect, scale: f32, look: &Look) {
        let Some(layout) = self.editor.try_layout() else { return };
        let width = layout.full_width().ceil();
        let (left, right) = (inner.left() * scale, inner.right() * scale);
        if width <= right - left {
            self.scroll = 0.0;
            return;
        }
        let Some(caret) = self.editor.cursor_geometry(2.0 * scale) else {
            return;
        };
        let start = if look.direction.is_rtl() {
            right.round() - width
        } else {
            left.round()
        };
        let x = start + self.scroll + caret.x0 as f32;
        if x < left {
            self.scroll += left - x;
        } else if right - 2.0 * scale < x {
            self.scroll -= x - (right - 2.0 * scale);
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

    fn restore(&mut self, snapshot: &Snapshot, engine: &mut super::engine::Engine) {
        self.is_typing = false;
        self.editor.set_text(&snapshot.text);
        let mut driver = self.editor.driver(&mut engine.fonts.context, &mut engine.scratch);
        driver.move_to_byte(snapshot.anchor);
        driver.extend_selection_to_byte(snapshot.focus);
    }

    fn handle(&mut self, event: &Event, ctx: &egui::Context, engine: &mut super::engine::Engine) {
        match event {
            Event::Text(text) => {
                self.remember(!text.contains(char::is_whitespace));
                self.insert(text, engine);
            }
            Event::Paste(text) => {
                self.remember(false);
                self.insert(text, engine);
            }
            Event::Copy | Event::Cut => {
                if let Some(text) = self.editor.selected_text() {
                    ctx.copy_text(text.to_owned());
                    if *event == Event::Cut {
                        self.remember(false);
                        self.editor
                            .driver(&mut engine.fonts.context, &mut engine.scratch)
                            .delete_selection();
                    }
                }
            }
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                let mut driver = self.editor.driver(&mut engine.fonts.context, &mut engine.scratch);
                if text.is_empty() {
                    driver.clear_compose();
                } else {
                    driver.set_compose(text, Some((text.len(), text.len())));
                }
            }
            Event::Ime(ImeEvent::Commit(text)) => {
                self.editor
                    .driver(&mut engine.fonts.context, &mut engine.scratch)
                    .clear_compose();
                self.remember(false);
                self.insert(text, engine);
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

    fn insert(&mut self, text: &str, engine: &mut super::engine::Engine) {
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.editor
            .driver(&mut engine.fonts.context, &mut engine.scratch)
            .insert_or_replace_selection(&line);
    }

    fn key(&mut self, key: Key, modifiers: egui::Modifiers, engine: &mut super::engine::Engine) {
        let (shift, word) = (modifiers.shift, modifiers.ctrl || modifiers.alt);
        if modifiers.command && matches!(key, Key::Z | Key::Y) {
            let is_undo = key == Key::Z && !shift;
            let now = self.snapshot();
            let from = if is_undo { &mut self.undo } else { &mut self.redo };
            if let Some(snapshot) = from.pop() {
                if is_undo { &mut self.redo } else { &mut self.undo }.push(now);
                self.restore(&snapshot, engine);
            }
            return;
        }
        if matches!(key, Key::Backspace | Key::Delete) {
            self.remember(false);
        }
        let mut driver = self.editor.driver(&mut engine.fonts.context, &mut engine.scratch);
        match (key, shift, word) {
            (Key::ArrowLeft, false, false) => driver.move_left(),
            (Key::ArrowLeft, true, false) => driver.select_left(),
            (Key::ArrowLeft, false, true) => driver.move_word_left(),
            (Key::ArrowLeft, true, true) => driver.select_word_left(),
            (Key::ArrowRight, false, false) => driver.move_right(),
            (Key::ArrowRight, true, false) => driver.select_right(),
            (Key::ArrowRight, false, true) => driver.move_word_right(),
            (Key::ArrowRight, true, true) => driver.select_word_right(),
            (Key::Home, false, _) => driver.move_to_line_start(),
            (Key::Home, true, _) => driver.select_to_line_start(),
            (Key::End, false, _) => driver.move_to_line_end(),
            (Key::End, true, _) => driver.select_to_line_end(),
            (Key::Backspace, _, false) => driver.backdelete(),
            (Key::Backspace, _, true) => driver.backdelete_word(),
            (Key::Delete, _, false) => driver.delete(),
            (Key::Delete, _, true) => driver.delete_word(),
            (Key::A, _, _) if modifiers.command => driver.select_all(),
            _ => {}
        }
    }
}

fn pointer(ui: &Ui, response: &Response, driver: &mut PlainEditorDriver<'_, Brush>, origin: egui::Vec2, scale: f32) {
    let Some(at) = response.interact_pointer_pos() else {
        return;
    };
    let (x, y) = (at.x * scale - origin.x, at.y * scale - origin.y);
    if response.triple_clicked() {
        driver.select_all();
    } else if response.double_clicked() {
        driver.select_word_at_point(x, y);
    } else if ui.input(|input| input.pointer.primary_pressed()) {
        if ui.input(|input| input.modifiers.shift) {
            driver.shift_click_extension(x, y);
        } else {
            driver.move_to_point(x, y);
        }
    } else if response.dragged() {
        driver.extend_selection_to_point(x, y);
    }
}

#[expect(clippy::too_many_arguments, reason = "the pieces of one field, used here only")]
fn paint(
    ui: &Ui,
    state: &EditState,
    engine: &mut super::engine::Engine,
    inner: Rect,
    origin: egui::Vec2,
    scale: f32,
    look: &Look,
    response: &Response,
) {
    let painter = ui.painter_at(inner.expand2(vec2(2.0, 0.0)));
    let to_points = |it: BoundingBox| {
        let at = |x: f64, y: f64| (pos2(x as f32, y as f32) + origin) / scale;
        Rect::from_min_max(at(it.x0, it.y0), at(it.x1, it.y1))
    };
    for (rect, _) in state.editor.selection_geometry() {
        painter.rect_filled(to_points(rect), 0.0, look.palette.selection);
    }
    if let Some(layout) = state.editor.try_layout() {
        paint_layout(engine, &painter, layout, (origin / scale).to_pos2(), &[], scale);
    }
    if response.has_focus()
        && let Some(caret) = state.editor.cursor_geometry(1.6 * scale)
    {
        let caret = to_points(caret);
        painter.rect_filled(caret, 0.0, look.palette.accent);
        let ime = IMEOutput {
            purpose: egui::IMEPurpose::default(),
            rect: inner,
            cursor_rect: caret,
            should_interrupt_composition: false,
        };
        ui.output_mut(|output| output.ime = Some(ime));
    }
}

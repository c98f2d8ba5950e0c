//! What is pressed: buttons, toggles, check boxes, radio buttons, tabs.
//!
//! egui's own carry egui's text and stand on the left, so these are ours.

use egui::{
    Color32, EventFilter, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::engine::look;
use super::icon::Icon;
use super::paint::{LineAlign, measure, paint_line};
use super::style::{Look, TextStyle};

/// The height of a button, in points.
pub const HEIGHT: f32 = 30.0;
/// The room between a text and the edge of what it stands in, in points.
pub const PAD: f32 = 12.0;
/// The radius of corners, in points.
pub const ROUND: f32 = 6.0;
/// The side of a check box, in points.
const BOX: f32 = 18.0;

/// A button with a frame around its text.
pub fn button_ui(ui: &mut Ui, text: &str) -> Response {
    let look = look(ui.ctx());
    framed_ui(
        ui,
        text,
        look.palette.raised,
        look.palette.text,
        Some(look.palette.outline),
        None,
    )
}

/// The button of what is most likely wanted.
pub fn primary_button_ui(ui: &mut Ui, text: &str) -> Response {
    let palette = look(ui.ctx()).palette;
    framed_ui(ui, text, palette.accent, palette.on_accent, None, None)
}

/// A button that stays pressed while `on`.
pub fn toggle_ui(ui: &mut Ui, text: &str, on: bool) -> Response {
    let palette = look(ui.ctx()).palette;
    let ground = if on { palette.selection } else { palette.raised };
    framed_ui(ui, text, ground, palette.text, Some(palette.outline), Some(on))
}

fn framed_ui(
    ui: &mut Ui,
    text: &str,
    ground: Color32,
    ink: Color32,
    outline: Option<Color32>,
    toggled: Option<bool>,
) -> Response {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look).color(ink);
    let width = (measure(ui.ctx(), text, &style).x.ceil() + 2.0 * PAD).min(ui.available_width().max(HEIGHT));
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    let is_plain = ground == look.palette.raised;
    let ground = if response.hovered() && is_plain {
        look.palette.hover
    } else {
        ground
    };
    ui.painter()
        .rect(rect, ROUND, ground, stroke(outline), StrokeKind::Inside);
    focus_ring(ui, &response, rect, &look);
    paint_line(
        ui,
        rect.shrink2(vec2(PAD - 1.0, 0.0)),
        text,
        &[],
        &style,
        LineAlign::Center,
    );
    let enabled = ui.is_enabled();
    response.widget_info(|| match toggled {
        None => WidgetInfo::labeled(Role::Button, enabled, text),
        Some(on) => WidgetInfo::selected(Role::Button, enabled, on, text),
    });
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A button that shows an icon; `name` is for screen readers.
pub fn icon_button_ui(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let look = look(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(HEIGHT, HEIGHT), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, ROUND, look.palette.hover);
    }
    focus_ring(ui, &response, rect, &look);
    icon.paint(ui.painter(), rect, look.palette.text, look.direction);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A box with a tick where `on`, at the start of its text. Returns whether it was pressed as well.
pub fn checkbox_ui(ui: &mut Ui, text: &str, on: bool) -> Response {
    marked_ui(ui, text, on, Role::CheckBox, |ui, rect, look, ring| {
        let ground = if on { look.palette.accent } else { look.palette.raised };
        ui.painter().rect(rect, 4.0, ground, ring, StrokeKind::Inside);
        if on {
            Icon::Tick.paint(ui.painter(), rect, look.palette.on_accent, look.direction);
        }
    })
}

/// One of several choices of which one holds, at the start of its text.
pub fn radio_ui(ui: &mut Ui, text: &str, on: bool) -> Response {
    marked_ui(ui, text, on, Role::RadioButton, |ui, rect, look, ring| {
        let painter = ui.painter();
        painter.circle(rect.center(), rect.width() / 2.0 - 0.5, look.palette.raised, ring);
        if on {
            painter.circle_filled(rect.center(), rect.width() / 4.0, look.palette.accent);
        }
    })
}

fn marked_ui(
    ui: &mut Ui,
    text: &str,
    on: bool,
    role: Role,
    paint_mark: impl FnOnce(&Ui, Rect, &Look, Stroke),
) -> Response {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look);
    let width = BOX + 8.0 + measure(ui.ctx(), text, &style).x.ceil() + 8.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width.min(ui.available_width()), HEIGHT), Sense::click());
    let inner = rect.shrink2(vec2(4.0, 0.0));
    let (mark, words) = look.direction.split_start(inner, BOX);
    let (_, words) = look.direction.split_start(words, 8.0);
    let mark = Rect::from_center_size(mark.center(), vec2(BOX, BOX));
    let color = match (on, response.hovered()) {
        (true, _) | (_, true) => look.palette.accent,
        _ => look.palette.weak_text,
    };
    paint_mark(ui, mark, &look, Stroke::new(1.4, color));
    paint_line(ui, words.expand2(vec2(1.0, 0.0)), text, &[], &style, LineAlign::Start);
    focus_ring(ui, &response, rect, &look);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(role, enabled, on, text));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Pages of which one shows, by their names in one row. The arrow keys move to the neighbouring one.
pub fn tabs_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    id_salt: &str,
    name: &str,
    selected: &mut T,
    tabs: &[(T, &str)],
) -> Response {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look);
    let (row, list) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    list.widget_info(|| WidgetInfo::labeled(Role::TabList, true, name));
    let edge = Stroke::new(1.0, look.palette.outline);
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, edge);
    let id = ui.make_persistent_id(id_salt);
    let mut rest = row;
    for (idx, (page, text)) in tabs.iter().enumerate() {
        let is_selected = page == selected;
        let style = if is_selected {
            style.clone().bold().color(look.palette.accent)
        } else {
            style.clone()
        };
        // As wide as its bold name, so that nothing moves when another one is chosen.
        let width = measure(ui.ctx(), text, &style.clone().bold()).x.ceil() + 2.0 * PAD;
        let (rect, others) = look.direction.split_start(rest, width);
        rest = others;
        let response = ui.interact(rect, id.with(idx), Sense::click());
        if response.hovered() && !is_selected {
            let ground = rect.shrink2(vec2(2.0, 3.0));
            ui.painter().rect_filled(ground, ROUND, look.palette.hover);
        }
        if is_selected {
            let line = Rect::from_min_max(rect.left_bottom() - vec2(0.0, 2.5), rect.right_bottom());
            ui.painter().rect_filled(line, 1.0, look.palette.accent);
        }
        paint_line(ui, rect, text, &[], &style, LineAlign::Center);
        focus_ring(ui, &response, rect.shrink(2.0), &look);
        response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, *text));
        ui.accesskit_node_builder(response.id, |node| node.set_selected(is_selected));
        if response.clicked() {
            *selected = *page;
        }
        if response.has_focus() {
            let filter = EventFilter {
                horizontal_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            let step = horizontal_step(ui, &look);
            let next = idx.checked_add_signed(step).filter(|_| step != 0);
            if let Some((next, (page, _))) = next.and_then(|next| Some((next, tabs.get(next)?))) {
                *selected = *page;
                ui.memory_mut(|memory| memory.request_focus(id.with(next)));
            }
        }
    }
    list
}

/// How many steps forward, in reading order, the left and right arrow keys ask for.
pub fn horizontal_step(ui: &Ui, look: &Look) -> isize {
    let pressed = |key| isize::from(ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
    let to_the_left = pressed(Key::ArrowLeft) - pressed(Key::ArrowRight);
    if look.direction.is_rtl() {
        to_the_left
    } else {
        -to_the_left
    }
}

/// A line of one point, or none.
pub fn stroke(color: Option<Color32>) -> Stroke {
    color.map_or(Stroke::NONE, |color| Stroke::new(1.0, color))
}

/// Shows what has the keyboard.
pub fn focus_ring(ui: &Ui, response: &Response, rect: Rect, look: &Look) {
    if response.has_focus() {
        ui.painter()
            .rect_stroke(rect, ROUND, Stroke::new(2.0, look.palette.focus), StrokeKind::Inside);
    }
}

//! What opens over the window: menus, combo boxes, tooltips, dialogs and passing messages.

use egui::{
    Align, Align2, Area, Context, Event, Frame, Id, Key, Modal, Modifiers, Order, Popup, RectAlign, Response, Role,
    Sense, SetOpenCommand, Stroke, StrokeKind, Ui, WidgetInfo, accesskit, vec2,
};

use super::button::{HEIGHT, PAD, ROUND, focus_ring, icon_button_ui, stroke};
use super::engine::look;
use super::icon::Icon;
use super::paint::{LineAlign, line_ui, measure, paint_line, text_ui};
use super::scroll::scroll_area_ui;
use super::style::{Look, TextStyle};

/// The widest menu, in points. Longer texts end in an ellipsis.
const MAX_MENU: f32 = 420.0;
/// The room between the edge of a dialog and what it holds, in points.
const MARGIN: f32 = 18.0;
/// The room for ticks at the start of a menu's items.
const TICK: f32 = 22.0;

/// A line of a menu: what it says, and what is to be done when it is chosen.
#[derive(Clone, Debug)]
pub struct MenuItem<'a, A> {
    /// What it says.
    pub label: &'a str,
    /// What is done; nothing for a title, which cannot be chosen.
    pub action: Option<A>,
    /// The keys that do the same; shown at the reading end, from left to right in every language.
    pub shortcut: &'a str,
    /// Whether it can be chosen now.
    pub enabled: bool,
    /// Whether it holds, for a line that is one of several choices.
    pub checked: Option<bool>,
    /// Whether a line stands above it.
    pub starts_group: bool,
}

impl<'a, A> MenuItem<'a, A> {
    /// A line that can be chosen.
    pub fn new(label: &'a str, action: A) -> Self {
        Self {
            label,
            action: Some(action),
            shortcut: "",
            enabled: true,
            checked: None,
            starts_group: false,
        }
    }

    /// A line that says what the next ones are about.
    pub fn title(label: &'a str) -> Self {
        Self {
            label,
            action: None,
            shortcut: "",
            enabled: false,
            checked: None,
            starts_group: false,
        }
    }

    fn can_be_chosen(&self) -> bool {
        self.enabled && self.action.is_some()
    }

    /// Whether the keyboard stops at it. At what cannot be chosen now, too: otherwise the same keys would lead to another
    /// line from one time to the next.
    fn is_stop(&self) -> bool {
        self.action.is_some()
    }

    /// The same line for a caller that knows the action by another type.
    pub fn map<B>(self, wrap: impl FnOnce(A) -> B) -> MenuItem<'a, B> {
        MenuItem {
            label: self.label,
            action: self.action.map(wrap),
            shortcut: self.shortcut,
            enabled: self.enabled,
            checked: self.checked,
            starts_group: self.starts_group,
        }
    }
}

/// A button with an icon that opens a menu. Returns the button, and what was chosen. `items` is called only while the
/// menu is open.
pub fn menu_button_ui<'a, A>(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    items: impl FnOnce() -> Vec<MenuItem<'a, A>>,
) -> (Response, Option<A>) {
    let response = icon_button_ui(ui, icon, name);
    let popup = Popup::from_toggle_button_response(&response).align(below(&look(ui.ctx())));
    let chosen = menu_ui(popup, &response, name, items);
    (response, chosen)
}

/// Whether the keyboard asks for the menu of what has it: by Shift+F10 or the menu key.
pub fn asks_for_menu(ui: &Ui) -> bool {
    let asks = |event: &Event| match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => *key == Key::Menu || *key == Key::F10 && modifiers.shift,
        _ => false,
    };
    ui.input(|input| input.events.iter().any(asks))
}

/// A menu at the pointer, opened by the other mouse button over what `response` stands for, or by Shift+F10 or the menu
/// key while that has the keyboard. Returns what was chosen. `items` is called only while the menu is open.
pub fn context_menu_ui<'a, A>(
    response: &Response,
    name: &str,
    items: impl FnOnce() -> Vec<MenuItem<'a, A>>,
) -> Option<A> {
    let ctx = &response.ctx;
    let by_key = response.has_focus()
        && ctx.input_mut(|input| {
            input.consume_key(Modifiers::SHIFT, Key::F10) || input.consume_key(Modifiers::NONE, Key::Menu)
        });
    if by_key || response.secondary_clicked() {
        ctx.data_mut(|data| data.insert_temp(at_pointer(response), !by_key));
    }
    let set = match () {
        () if by_key || response.secondary_clicked() => Some(SetOpenCommand::Bool(true)),
        () if response.clicked() => Some(SetOpenCommand::Bool(false)),
        () => None,
    };
    let mut popup = Popup::from_response(response).open_memory(set).align(below(&look(ctx)));
    if ctx.data(|data| data.get_temp(at_pointer(response))).unwrap_or(true) {
        popup = popup.at_pointer_fixed();
    }
    menu_ui(popup, response, name, items)
}

/// Opens the menu of [`context_menu_ui`] below what `response` stands for, as if by its key.
pub fn open_context_menu(response: &Response) {
    response
        .ctx
        .data_mut(|data| data.insert_temp(at_pointer(response), false));
    Popup::open_id(&response.ctx, Popup::default_response_id(response));
}

/// Where it is remembered whether a menu stands at the pointer.
fn at_pointer(response: &Response) -> Id {
    response.id.with("menu at pointer")
}

/// One of several choices, behind a button that shows the current one. Each choice is a value with what it is called.
pub fn combo_ui<T: Clone + PartialEq, S: AsRef<str>>(
    ui: &mut Ui,
    id_salt: &str,
    name: &str,
    selected: &mut T,
    choices: &[(T, S)],
) -> Response {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look);
    let current = choices.iter().find(|(value, _)| *value == *selected);
    let current = current.map_or("", |(_, label)| label.as_ref());
    let width = (measure(ui.ctx(), current, &style).x.ceil() + PAD * 2.0 + 18.0).clamp(70.0, 220.0);
    let (rect, response) = ui
        .push_id(id_salt, |ui| {
            ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click())
        })
        .inner;
    let ground = if response.hovered() {
        look.palette.hover
    } else {
        look.palette.raised
    };
    let outline = stroke(Some(look.palette.outline));
    ui.painter().rect(rect, ROUND, ground, outline, StrokeKind::Inside);
    focus_ring(ui, &response, rect, &look);
    let (arrow, words) = look.direction.split_end(rect, 26.0);
    let (_, words) = look.direction.split_start(words, PAD - 1.0);
    paint_line(ui, words, current, &[], &style, LineAlign::Start);
    Icon::Down.paint(ui.painter(), arrow, look.palette.weak_text, look.direction);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(current.to_owned());
        info
    });
    let popup = Popup::from_toggle_button_response(&response)
        .align(below(&look))
        .gap(4.0);
    let items = || {
        let choices = choices.iter();
        let items = choices.map(|(value, label)| MenuItem {
            checked: Some(*value == *selected),
            ..MenuItem::new(label.as_ref(), value.clone())
        });
        items.collect()
    };
    if let Some(value) = menu_ui(popup, &response, name, items) {
        *selected = value;
    }
    response
}

/// Below what opens it, from its reading start on.
fn below(look: &Look) -> RectAlign {
    if look.direction.is_rtl() {
        RectAlign::BOTTOM_END
    } else {
        RectAlign::BOTTOM_START
    }
}

/// The items of an open menu. The keyboard is on them while it is open, and back on `opener` afterwards.
fn menu_ui<'a, A>(
    popup: Popup<'_>,
    opener: &Response,
    name: &str,
    items: impl FnOnce() -> Vec<MenuItem<'a, A>>,
) -> Option<A> {
    let was_open = opener.id.with("menu was open");
    let ctx = opener.ctx.clone();
    let palette = look(&ctx).palette;
    let frame = Frame::popup(&ctx.global_style())
        .fill(palette.raised)
        .stroke(stroke(Some(palette.outline)))
        .inner_margin(4.0);
    let shown = popup.frame(frame).accessible_name(name).show(|ui| {
        let mut items = items();
        ui.spacing_mut().item_spacing.y = 1.0;
        let look = look(ui.ctx());
        let style = TextStyle::interface(&look);
        let weak = style.clone().size(12.0).color(look.palette.weak_text);
        let widest = |texts: &mut dyn Iterator<Item = &str>, style: &TextStyle| {
            texts
                .map(|it| measure(ui.ctx(), it, style).x.ceil())
                .fold(0.0, f32::max)
        };
        let shortcuts = widest(&mut items.iter().map(|it| it.shortcut), &weak);
        let texts = widest(&mut items.iter().map(|it| it.label), &style);
        let ticks = if items.iter().any(|it| it.checked.is_some()) {
            TICK
        } else {
            0.0
        };
        let gap = if shortcuts == 0.0 { 0.0 } else { 24.0 };
        let opener_width = opener.rect.width().min(220.0);
        let width = (texts + shortcuts + gap + ticks + 2.0 * PAD).clamp(opener_width, MAX_MENU);

        let mut responses = Vec::new();
        for item in &items {
            responses.push(item_ui(ui, item, width, ticks, shortcuts));
        }
        // While a menu is only measured, nothing in it can take the keyboard.
        let is_measured = ui.is_sizing_pass();
        let is_new = !is_measured && !ui.data(|data| data.get_temp(was_open).unwrap_or(false));
        // Among choices the keyboard begins at the one that holds, among commands at the first.
        let are_choices = items.first().is_some_and(|it| it.checked.is_some());
        let checked = items.iter().position(|it| it.checked == Some(true));
        let first = checked.filter(|_| are_choices).unwrap_or(0);
        let are_stops: Vec<bool> = items.iter().map(MenuItem::is_stop).collect();
        move_in_menu(ui, &responses, &are_stops, is_new.then_some(first));
        let chosen = responses.iter().position(Response::clicked);
        let chosen = chosen.filter(|idx| items[*idx].can_be_chosen());
        if chosen.is_some() {
            ui.close();
        }
        (chosen.and_then(|idx| items.swap_remove(idx).action), is_measured)
    });
    let is_open = shown
        .as_ref()
        .is_some_and(|it| !it.inner.1 && !it.response.should_close());
    if !is_open && ctx.data(|data| data.get_temp(was_open).unwrap_or(false)) {
        opener.request_focus();
    }
    ctx.data_mut(|data| data.insert_temp(was_open, is_open));
    shown?.inner.0
}

/// Moves the keyboard over the items by the arrow keys, Home and End; to the item `first` when the menu opens.
fn move_in_menu(ui: &Ui, responses: &[Response], are_stops: &[bool], first: Option<usize>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let n_items = are_stops.len();
    let now = responses.iter().position(Response::has_focus);
    let at = |idx: usize, forward: bool| {
        // Past titles, and around the end.
        (0..n_items)
            .map(|step| if forward { idx + step } else { idx + n_items * 2 - step } % n_items)
            .find(|idx| are_stops[*idx])
    };
    let target = match () {
        () if n_items == 0 => None,
        () if first.is_some() => at(first.unwrap_or(0), true),
        () if pressed(Key::ArrowDown) => at(now.map_or(0, |it| it + 1), true),
        () if pressed(Key::ArrowUp) => at(now.map_or(n_items - 1, |it| it + n_items - 1), false),
        () if pressed(Key::Home) => at(0, true),
        () if pressed(Key::End) => at(n_items - 1, false),
        () => None,
    };
    if let Some(response) = target.and_then(|idx| responses.get(idx)) {
        response.request_focus();
    }
    let filter = egui::EventFilter {
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    for response in responses.iter().filter(|it| it.has_focus()) {
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

fn item_ui<A>(ui: &mut Ui, item: &MenuItem<'_, A>, width: f32, ticks: f32, shortcuts: f32) -> Response {
    let look = look(ui.ctx());
    if item.starts_group {
        let (line, _) = ui.allocate_exact_size(vec2(width, 7.0), Sense::hover());
        let edge = Stroke::new(1.0, look.palette.outline);
        ui.painter().hline(line.x_range().shrink(4.0), line.center().y, edge);
    }
    let can_be_chosen = item.can_be_chosen();
    let sense = match (can_be_chosen, item.is_stop()) {
        (true, _) => Sense::click(),
        (false, true) => Sense::focusable_noninteractive(),
        (false, false) => Sense::hover(),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), sense);
    let is_pointed_at = can_be_chosen && (response.hovered() || response.has_focus());
    if is_pointed_at {
        ui.painter().rect_filled(rect, 4.0, look.palette.hover);
    } else if item.checked == Some(true) {
        ui.painter().rect_filled(rect, 4.0, look.palette.selection);
    }
    focus_ring(ui, &response, rect, &look);
    let ink = if can_be_chosen {
        look.palette.text
    } else {
        look.palette.weak_text
    };
    let style = TextStyle::interface(&look).color(ink);
    let inner = rect.shrink2(vec2(PAD - 2.0, 0.0));
    let (tick, words) = look.direction.split_start(inner, ticks);
    if item.checked == Some(true) {
        Icon::Tick.paint(ui.painter(), tick, look.palette.accent, look.direction);
    }
    let (keys, words) = look.direction.split_end(words, shortcuts);
    paint_line(
        ui,
        words.expand2(vec2(1.0, 0.0)),
        item.label,
        &[],
        &style,
        LineAlign::Start,
    );
    let weak = style.size(12.0).color(look.palette.weak_text);
    paint_line(
        ui,
        keys.expand2(vec2(1.0, 0.0)),
        item.shortcut,
        &[],
        &weak,
        LineAlign::End,
    );
    response.widget_info(|| match item.checked {
        None => WidgetInfo::labeled(Role::MenuItem, can_be_chosen, item.label),
        Some(on) => WidgetInfo::selected(Role::MenuItemRadio, can_be_chosen, on, item.label),
    });
    response
}

/// Says more when something is pointed at, or has the keyboard for a while.
pub fn tooltip(response: &Response, text: &str) {
    response.clone().on_hover_ui(|ui| {
        let look = look(ui.ctx());
        ui.set_max_width(MAX_MENU);
        let style = TextStyle::interface(&look).size(13.0);
        if measure(ui.ctx(), text, &style).x < MAX_MENU {
            line_ui(ui, text, &style);
        } else {
            text_ui(ui, text, &style);
        }
    });
}

/// A dialog over the window, `width` points wide, until it is closed by its cross, Escape or a click beside it.
/// Returns whether it was closed.
pub fn dialog_ui(ctx: &Context, id: Id, title: &str, width: f32, add: impl FnOnce(&mut Ui)) -> bool {
    let look = look(ctx);
    let frame = Frame::popup(&ctx.global_style())
        .fill(look.palette.surface)
        .stroke(stroke(Some(look.palette.outline)))
        .corner_radius(10.0)
        .inner_margin(MARGIN);
    let was_open = open_since(ctx, id);
    if was_open.is_none() {
        // The key that opened it does nothing in it.
        ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let before = ctx.memory(|memory| memory.focused());
        ctx.data_mut(|data| {
            data.insert_temp(id.with("focus before"), before);
            data.insert_temp(first_field(), Some(id));
        });
    }
    let area = Modal::default_area(id).accessible_name(title);
    let modal = Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
        let room = ui.ctx().content_rect().shrink2(vec2(40.0, 24.0));
        ui.set_width(width.min(room.width()));
        ui.set_max_height(room.height());
        let close = ui
            .allocate_ui_with_layout(vec2(ui.available_width(), HEIGHT), look.direction.row(), |ui| {
                ui.set_min_width(ui.available_width());
                let style = TextStyle::interface(&look).size(18.0).bold();
                line_ui(ui, title, &style);
                ui.with_layout(look.direction.opposite().row(), |ui| {
                    icon_button_ui(ui, Icon::Close, look.words.close)
                })
                .inner
            })
            .inner;
        ui.add_space(8.0);
        let room = room.height() - HEIGHT - 8.0 - 2.0 * MARGIN;
        body_ui(ui, id, room, add);
        // The keyboard is in the dialog: in its first field, or where it is closed.
        if was_open == Some(1)
            && takes_first_focus(ui)
            && ui.memory(|memory| memory.focused()) == focus_before(ui.ctx(), id)
        {
            close.request_focus();
        }
        close.clicked()
    });
    let is_closed = modal.inner || modal.should_close();
    if is_closed {
        leave_dialog(ctx, id);
    }
    is_closed
}

/// Gives the keyboard back to what had it when a dialog was opened: it is not drawn any more.
pub fn leave_dialog(ctx: &Context, id: Id) {
    let before = focus_before(ctx, id);
    ctx.data_mut(|data| data.remove_temp::<(u64, u64)>(id.with("open")));
    if let Some(before) = before {
        ctx.memory_mut(|memory| memory.request_focus(before));
    }
}

/// What had the keyboard when a dialog was opened.
fn focus_before(ctx: &Context, id: Id) -> Option<Id> {
    let before: Option<Option<Id>> = ctx.data(|data| data.get_temp(id.with("focus before")));
    before.flatten()
}

/// For how many frames without a gap a dialog was drawn before this one; nothing if it was just opened.
fn open_since(ctx: &Context, id: Id) -> Option<u64> {
    let frame = ctx.cumulative_frame_nr();
    let id = id.with("open");
    let before: Option<(u64, u64)> = ctx.data(|data| data.get_temp(id));
    let since = before.filter(|(last, _)| frame <= last + 1);
    let n_frames = since.map(|(last, n_frames)| n_frames + frame - last);
    ctx.data_mut(|data| data.insert_temp(id, (frame, n_frames.unwrap_or(0))));
    n_frames
}

/// Where it is kept in which dialog the first field is to take the keyboard.
fn first_field() -> Id {
    Id::unique("first field of a dialog")
}

/// Whether what is drawn now is to take the keyboard, being the first field of a dialog that was just opened.
pub fn takes_first_focus(ui: &Ui) -> bool {
    let dialog: Option<Option<Id>> = ui.data(|data| data.get_temp(first_field()));
    let is_first = dialog.flatten() == Some(ui.layer_id().id) && !ui.is_sizing_pass();
    if is_first {
        ui.data_mut(|data| data.remove_temp::<Option<Id>>(first_field()));
    }
    is_first
}

/// What a dialog holds; it is scrolled where it is higher than the room.
fn body_ui(ui: &mut Ui, id: Id, room: f32, add: impl FnOnce(&mut Ui)) {
    let height_id = id.with("height");
    let height: f32 = ui.data(|data| data.get_temp(height_id)).unwrap_or_default();
    if height <= room {
        let shown = ui.scope(add);
        ui.data_mut(|data| data.insert_temp(height_id, shown.response.rect.height()));
        return;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), room), Sense::hover());
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    scroll_area_ui(&mut inner, "dialog", |ui| {
        let shown = ui.scope(add);
        ui.data_mut(|data| data.insert_temp(height_id, shown.response.rect.height()));
    });
}

/// Messages that pass by themselves, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Toasts(Vec<Toast>);

#[derive(Clone, Debug)]
struct Toast {
    text: String,
    /// When it goes, in seconds since the program began; unknown until it is first shown.
    until: Option<f64>,
}

/// How long a message stays, in seconds.
const TOAST_SECONDS: f64 = 4.0;

impl Toasts {
    /// Shows a message. The same message twice is shown longer, not twice.
    pub fn push(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.0.retain(|it| it.text != text);
        self.0.push(Toast { text, until: None });
    }
}

/// Draws the messages over the lower edge of the window.
pub fn toasts_ui(ctx: &Context, toasts: &mut Toasts) {
    let now = ctx.input(|input| input.time);
    for toast in &mut toasts.0 {
        toast.until.get_or_insert(now + TOAST_SECONDS);
    }
    toasts.0.retain(|it| it.until.is_some_and(|until| now < until));
    let Some(next) = toasts.0.iter().filter_map(|it| it.until).reduce(f64::min) else {
        return;
    };
    ctx.request_repaint_after_secs((next - now) as f32);
    let look = look(ctx);
    Area::new(Id::unique("toasts"))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -52.0))
        .interactable(false)
        .show(ctx, |ui| {
            ui.with_layout(egui::Layout::top_down(Align::Center), |ui| {
                for toast in &toasts.0 {
                    let style = TextStyle::interface(&look).color(look.palette.surface);
                    let width = measure(ui.ctx(), &toast.text, &style).x.ceil() + 2.0 * PAD + 8.0;
                    let width = width.min(ui.ctx().content_rect().width() - 80.0);
                    let (rect, response) = ui.allocate_exact_size(vec2(width, 36.0), Sense::hover());
                    ui.painter().rect_filled(rect, 8.0, look.palette.text);
                    paint_line(
                        ui,
                        rect.shrink2(vec2(PAD, 0.0)),
                        &toast.text,
                        &[],
                        &style,
                        LineAlign::Center,
                    );
                    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &toast.text));
                    ui.ctx().accesskit_node_builder(response.id, |node| {
                        node.set_live(accesskit::Live::Polite);
                    });
                }
            });
        });
}

//! Scrolling with the bar at the reading end.

use egui::{EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::button::focus_ring;
use super::engine::look;

/// The width that a scroll bar takes, in points.
pub const BAR_WIDTH: f32 = 10.0;
const MIN_HANDLE: f32 = 28.0;
/// How far an arrow key scrolls, in points.
const LINE: f64 = 40.0;

/// Something long, scrolled by `offset` points.
pub struct Scrolled<'a> {
    /// How far it is scrolled; kept from 0 to the end.
    pub offset: &'a mut f64,
    /// The height of the whole.
    pub content: f64,
    /// Whether the keyboard stops at the bar: not where what is scrolled takes the same keys itself.
    pub is_stop: bool,
}

/// Draws the bar into `bar` and follows the wheel over `view`, the hand on the bar, and the arrow and page keys while
/// the bar has the keyboard.
pub fn scroll_bar_ui(ui: &Ui, id: Id, view: Rect, bar: Rect, scrolled: Scrolled<'_>) {
    let Scrolled {
        offset,
        content,
        is_stop,
    } = scrolled;
    let max = (content - f64::from(view.height())).max(0.0);
    if ui.rect_contains_pointer(view.union(bar)) {
        *offset -= f64::from(ui.input(|input| input.smooth_scroll_delta().y));
    }
    if max <= 0.0 {
        *offset = 0.0;
        return;
    }
    let share = (f64::from(view.height()) / content) as f32;
    let handle_height = (bar.height() * share).max(MIN_HANDLE).min(bar.height());
    let room = bar.height() - handle_height;
    let sense = match is_stop {
        true => Sense::click_and_drag(),
        false => Sense::CLICK | Sense::DRAG,
    };
    let response = ui.interact(bar, id, sense);
    if let Some(at) = response.interact_pointer_pos()
        && 0.0 < room
        && (response.dragged() || response.clicked())
    {
        let share = f64::from((at.y - bar.top() - handle_height / 2.0) / room);
        *offset = share.clamp(0.0, 1.0) * max;
    }
    if response.has_focus() {
        let filter = EventFilter {
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let page = f64::from(view.height()) * 0.9;
        let steps = [
            (Key::ArrowDown, LINE),
            (Key::ArrowUp, -LINE),
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::Home, -content),
            (Key::End, content),
        ];
        *offset += steps
            .iter()
            .filter(|(key, _)| pressed(*key))
            .map(|(_, step)| step)
            .sum::<f64>();
    }
    *offset = offset.clamp(0.0, max);
    let top = bar.top() + ((*offset / max) as f32) * room;
    let handle = Rect::from_min_size(pos2(bar.left(), top), vec2(bar.width(), handle_height)).shrink2(vec2(2.5, 1.0));
    let look = look(ui.ctx());
    let palette = look.palette;
    let is_held = response.hovered() || response.dragged();
    let color = if is_held { palette.weak_text } else { palette.outline };
    ui.painter().rect_filled(handle, 3.0, color);
    focus_ring(ui, &response, bar, &look);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, look.words.scroll_bar));
}

/// Any number of rows of one height in the available room; only those in view are drawn, and one on either side, so that
/// the keyboard goes on.
pub fn rows_ui(ui: &mut Ui, id_salt: &str, n_rows: usize, row_height: f32, mut add: impl FnMut(&mut Ui, usize)) {
    let id = ui.make_persistent_id(id_salt);
    let whole = ui.available_rect_before_wrap();
    let (bar, view) = look(ui.ctx()).direction.split_end(whole, BAR_WIDTH);
    let mut offset: f64 = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let height = f64::from(row_height);
    let scrolled = Scrolled {
        offset: &mut offset,
        content: n_rows as f64 * height,
        is_stop: true,
    };
    scroll_bar_ui(ui, id.with("bar"), view, bar, scrolled);
    let first = ((offset / height) as usize).saturating_sub(1);
    let last = (((offset + f64::from(view.height())) / height) as usize + 2).min(n_rows);
    for row in first..last {
        let top = (f64::from(view.top()) + row as f64 * height - offset).round() as f32;
        let rect = Rect::from_min_size(pos2(view.left(), top), vec2(view.width(), row_height));
        let mut child = ui.new_child(UiBuilder::new().id_salt((id_salt, row)).max_rect(rect));
        child.set_clip_rect(view.intersect(ui.clip_rect()));
        add(&mut child, row);
    }
    // A row that takes the keyboard comes into view.
    let focused = ui.memory(|memory| memory.focused());
    if focused != ui.data(|data| data.get_temp(id.with("focus")))
        && let Some(rect) = focused.and_then(|it| {
            ui.ctx()
                .viewport(|viewport| viewport.this_pass.widgets.get(it).map(|it| it.rect))
        })
        && view.x_range().contains(rect.center().x)
    {
        offset -= f64::from((view.top() - rect.top()).clamp(0.0, row_height));
        offset += f64::from((rect.bottom() - view.bottom()).clamp(0.0, row_height));
    }
    ui.data_mut(|data| {
        data.insert_temp(id.with("focus"), focused);
        data.insert_temp(id, offset.max(0.0));
    });
    ui.advance_cursor_after_rect(whole);
}

/// How far the page keys ask to scroll while the keyboard is on something in `view`, in points.
fn paged(ui: &Ui, view: Rect) -> f64 {
    let focused = ui.memory(|memory| memory.focused());
    let is_here = focused.is_some_and(|focused| {
        let rect = ui
            .ctx()
            .viewport(|it| it.prev_pass.widgets.get(focused).map(|it| it.rect));
        rect.is_some_and(|rect| view.x_range().contains(rect.center().x) && view.y_range().contains(rect.center().y))
    });
    if !is_here {
        return 0.0;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let pages = f64::from(i8::from(pressed(Key::PageDown)) - i8::from(pressed(Key::PageUp)));
    pages * f64::from(view.height()) * 0.9
}

/// What is drawn by `add`, as high as it likes, in the available height.
pub fn scroll_area_ui(ui: &mut Ui, id_salt: &str, add: impl FnOnce(&mut Ui)) {
    let id = ui.make_persistent_id(id_salt);
    let whole = ui.available_rect_before_wrap();
    let direction = look(ui.ctx()).direction;
    let (bar, view) = direction.split_end(whole, BAR_WIDTH);
    let (mut offset, content): (f64, f64) = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    offset += paged(ui, view);
    scroll_bar_ui(
        ui,
        id.with("bar"),
        view,
        bar,
        Scrolled {
            offset: &mut offset,
            content,
            is_stop: true,
        },
    );

    let top = view.top() - offset.round() as f32;
    let inner = Rect::from_min_max(pos2(view.left(), top), pos2(view.right(), top + 1.0e6));
    let mut child = ui.new_child(UiBuilder::new().id_salt(id_salt).max_rect(inner));
    child.set_clip_rect(view.intersect(ui.clip_rect()));
    child.set_width(view.width());
    add(&mut child);
    let height = f64::from(child.min_rect().height());

    // What takes the keyboard comes into view.
    let focused = ui.memory(|memory| memory.focused());
    let moved: Option<Id> = ui.data(|data| data.get_temp(id.with("focus")));
    if let Some(focused) = focused.filter(|it| Some(*it) != moved)
        // Not by `read_response`: in the frame of a click that takes the keyboard away from what is not pointed at.
        && let Some(rect) = ui.ctx().viewport(|it| it.this_pass.widgets.get(focused).map(|it| it.rect))
        && rect.x_range().contains(view.center().x)
    {
        let (above, below) = (view.top() - rect.top(), rect.bottom() - view.bottom());
        if 0.0 < above {
            offset -= f64::from(above);
        } else if 0.0 < below {
            offset += f64::from(below);
        }
        ui.data_mut(|data| data.insert_temp(id.with("focus"), focused));
    }
    ui.data_mut(|data| data.insert_temp(id, (offset, height)));
    ui.advance_cursor_after_rect(whole);
}

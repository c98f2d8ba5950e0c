//! Moving, enlarging and choosing, by mouse and by keys.

use egui::{EventFilter, Key, Modifiers, Pos2, Rect, Response, Ui, Vec2, vec2};

use super::scene::{Camera, Scene};

/// How much a step enlarges.
pub const STEP: f32 = 1.25;
/// How much a point of the wheel enlarges. Picked by feel.
const PER_POINT: f32 = 0.004;

/// What the keys ask for while the picture has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Keys {
    /// The name to be chosen.
    pub select: Option<usize>,
    /// Whether the page of the chosen name is to be opened.
    pub opens: bool,
}

/// Moves and enlarges the picture by mouse.
pub fn mouse(ui: &Ui, response: &Response, pane: Rect, camera: &mut Camera) {
    if response.dragged() {
        camera.moved += response.drag_delta();
    }
    let Some(at) = ui
        .input(|input| input.pointer.hover_pos())
        .filter(|_| ui.rect_contains_pointer(pane))
    else {
        return;
    };
    let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    let factor = (wheel * PER_POINT).exp() * pinch;
    if factor != 1.0 {
        *camera = camera.zoomed(factor, at - pane.center());
    }
}

/// What the keys do while the picture has the keyboard.
pub fn keys(ui: &Ui, response: &Response, scene: &Scene<'_>, camera: &mut Camera) -> Keys {
    if !response.has_focus() {
        return Keys::default();
    }
    let filter = EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, factor) in [(Key::Plus, STEP), (Key::Equals, STEP), (Key::Minus, 1.0 / STEP)] {
        if pressed(key) {
            let at = scene
                .selected
                .map_or(Vec2::ZERO, |it| scene.centers[it] - response.rect.center());
            *camera = camera.zoomed(factor, at);
        }
    }
    if pressed(Key::Num0) {
        *camera = Camera::default();
    }
    let mut select = None;
    for (key, direction) in [
        (Key::ArrowLeft, vec2(-1.0, 0.0)),
        (Key::ArrowRight, vec2(1.0, 0.0)),
        (Key::ArrowUp, vec2(0.0, -1.0)),
        (Key::ArrowDown, vec2(0.0, 1.0)),
    ] {
        if pressed(key) {
            select = scene.name_towards(direction);
        }
    }
    let n = scene.centers.len();
    let last = n.checked_sub(1);
    for (key, target) in [
        (Key::Home, last.map(|_| 0)),
        (Key::End, last),
        (
            Key::PageDown,
            last.map(|last| scene.selected.map_or(0, |it| (it + 1).min(last))),
        ),
        (
            Key::PageUp,
            last.map(|_| scene.selected.map_or(0, |it| it.saturating_sub(1))),
        ),
    ] {
        if pressed(key) {
            select = target;
        }
    }
    Keys {
        select,
        opens: scene.selected.is_some() && pressed(Key::Enter),
    }
}

/// Moves the picture so that a place is in view.
pub fn reveal(at: Pos2, pane: Rect, camera: &mut Camera) {
    let inner = pane.shrink2(vec2(60.0, 40.0).min(pane.size() / 3.0));
    let target = inner.clamp(at);
    camera.moved += target - at;
}

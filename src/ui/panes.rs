//! The panes: which are shown, and which has the keyboard.

use egui::containers::panel::PanelState;
use egui::{CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use super::layout::View;

/// How far an arrow key moves the edge of a pane, in points.
const STEP: f32 = 16.0;

/// How far to either side of its edge a handle is taken hold of, in points. Picked by feel.
const REACH: f32 = 4.0;

/// A pane of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The articles that were found, or the words in their lines.
    List,
    /// The article, or the page of a name.
    Article,
    /// The facets with the timeline.
    Facets,
}

impl Pane {
    /// All of them, in reading order.
    pub const ALL: [Self; 3] = [Self::List, Self::Article, Self::Facets];
}

/// What is remembered of the panes.
#[derive(Default)]
pub struct PanesState {
    /// Where those lie that are shown, in the order of [`Pane::ALL`].
    pub rects: [Option<Rect>; 3],
    /// Whether the article is shown alone.
    pub is_reading: bool,
    /// The pane at a side whose handle has the keyboard, or is about to have it.
    pub resized: Option<Pane>,
    /// Whether that handle was only now asked for.
    takes_focus: bool,
}

impl PanesState {
    /// Brings the keyboard to the handle of a pane at a side, if that is shown.
    pub fn resize(&mut self, pane: Pane) {
        if self.rects[pane as usize].is_some() {
            (self.resized, self.takes_focus) = (Some(pane), true);
        }
    }

    /// The pane that has the keyboard, if one has.
    pub fn focused(&self, ui: &Ui) -> Option<Pane> {
        let focused = ui.memory(|memory| memory.focused())?;
        let rect = ui
            .ctx()
            .viewport(|it| it.prev_pass.widgets.get(focused).map(|it| it.rect))?;
        let holds = |it: &Pane| self.rects[*it as usize].is_some_and(|pane| pane.contains(rect.center()));
        Pane::ALL.into_iter().find(holds)
    }

    /// The shown pane behind the one that has the keyboard, or before it; around the ends.
    pub fn next(&self, ui: &Ui, forward: bool) -> Option<Pane> {
        let shown: Vec<Pane> = Pane::ALL
            .into_iter()
            .filter(|it| self.rects[*it as usize].is_some())
            .collect();
        let last = shown.len().checked_sub(1)?;
        let now = self
            .focused(ui)
            .and_then(|it| shown.iter().position(|pane| *pane == it));
        let next = match (now, forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(now), true) => (now + 1) % shown.len(),
            (Some(now), false) => now.checked_sub(1).unwrap_or(last),
        };
        shown.get(next).copied()
    }
}

/// The handle at the inner edge of a pane at a side, whose panel is `panel`. It is no stop of the keyboard on its way through
/// the panes, of which there would be two between the list and the article: it has the keyboard while
/// [`PanesState::resized`] says so, and the arrows move it then. Returns whether it was left by Enter or Escape.
pub fn handle_ui(ui: &Ui, view: View<'_>, (pane, panel): (Pane, Id), it: &mut PanesState) -> bool {
    let Some(mut state) = PanelState::load(ui.ctx(), panel) else {
        return false;
    };
    let outer = state.outer_rect;
    let is_at_left = outer.center().x < ui.ctx().content_rect().center().x;
    let edge = if is_at_left { outer.right() } else { outer.left() };
    let rect = Rect::from_x_y_ranges(edge - REACH..=edge + REACH, outer.y_range());
    let is_resized = it.resized == Some(pane);
    let sense = match is_resized {
        true => Sense::click_and_drag(),
        false => Sense::CLICK | Sense::DRAG,
    };
    let handle = panel.with("handle");
    let response = ui
        .interact(rect, handle, sense)
        .on_hover_cursor(CursorIcon::ResizeHorizontal);
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, view.words.resize_panel()));
    let mut step = if response.dragged() {
        response.drag_delta().x
    } else {
        0.0
    };
    let mut is_left = false;
    if is_resized && std::mem::take(&mut it.takes_focus) {
        response.request_focus();
    } else if is_resized && !response.has_focus() {
        // Left by Tab, or by a click elsewhere.
        it.resized = None;
    } else if is_resized {
        step += step_by_key(ui, handle);
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        is_left = pressed(Key::Enter) || pressed(Key::Escape);
        let ring = Stroke::new(2.0, view.theme.palette.focus);
        ui.painter().rect_stroke(rect, 2.0, ring, StrokeKind::Inside);
    }
    if response.hovered() || response.dragged() {
        let line = Stroke::new(2.0, view.theme.palette.accent);
        ui.painter().vline(edge, outer.y_range(), line);
    }
    if step != 0.0 {
        match is_at_left {
            true => state.outer_rect.max.x += step,
            false => state.outer_rect.min.x += step,
        }
        ui.data_mut(|data| data.insert_persisted(panel, state));
        ui.ctx().request_repaint();
    }
    if is_left {
        it.resized = None;
    }
    is_left
}

/// How far the arrow keys move a handle that has the keyboard, in points to the right.
fn step_by_key(ui: &Ui, handle: Id) -> f32 {
    let filter = EventFilter {
        horizontal_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(handle, filter));
    let pressed = |key| f32::from(i8::from(ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))));
    (pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)) * STEP
}

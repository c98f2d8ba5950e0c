//! The panes: which are shown, and which has the keyboard.

use egui::containers::panel::PanelState;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Stroke, StrokeKind, Ui};

use super::layout::View;

/// How far an arrow key moves the edge of a pane, in points.
const STEP: f32 = 16.0;

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
}

impl PanesState {
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

/// The handle between two panes: egui names it in English, shows no focus and knows no keys. The arrows move it.
pub fn handle_ui(ui: &Ui, view: View<'_>, panel: Id) {
    let handle = panel.with("__resize");
    ui.accesskit_node_builder(handle, |node| node.set_label(view.words.resize_panel()));
    if !ui.memory(|memory| memory.has_focus(handle)) {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(handle, filter));
    let Some(rect) = ui
        .ctx()
        .viewport(|it| it.this_pass.widgets.get(handle).map(|it| it.rect))
    else {
        return;
    };
    let ring = Stroke::new(2.0, view.theme.palette.focus);
    ui.painter().rect_stroke(rect, 2.0, ring, StrokeKind::Inside);
    let pressed = |key| f32::from(i8::from(ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))));
    let step = (pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)) * STEP;
    if let Some(mut state) = PanelState::load(ui.ctx(), panel).filter(|_| step != 0.0) {
        // The handle is at the inner edge of its panel.
        let outer = &mut state.outer_rect;
        if rect.center().x < outer.center().x {
            outer.min.x += step;
        } else {
            outer.max.x += step;
        }
        ui.data_mut(|data| data.insert_persisted(panel, state));
    }
}

//! The panes: which are shown, and which has the keyboard.

use egui::{Rect, Ui};

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

//! What every view is given, and how rows are laid out in reading order.

use egui::{Color32, Rect, Sense, Stroke, Ui, UiBuilder, vec2};

use crate::arabic::Span;
use crate::state::{AppState, Missing};
use crate::text::{self, Direction, LineAlign, SpanStyle, TextStyle};

use super::theme::{self, Theme};
use super::words::{Words, facts};

/// What every view is given.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What is shown.
    pub state: &'a AppState,
    /// The words on the screen.
    pub words: Words<'a>,
    /// The colours.
    pub theme: Theme,
    /// The side on which reading starts.
    pub direction: Direction,
}

impl View<'_> {
    /// The interface's text.
    pub fn style(&self) -> TextStyle {
        TextStyle::interface(&theme::look(&self.state.settings, self.state.system_theme))
    }

    /// The interface's text where it may be overlooked.
    pub fn weak(&self) -> TextStyle {
        self.style().size(12.5).color(self.theme.palette.weak_text)
    }
}

/// Says why there is nothing to show; `nothing` says that there is none.
pub fn missing_ui(ui: &mut Ui, view: View<'_>, why: Missing, nothing: &str) {
    let text = match why {
        Missing::Unanswered => view.words.loading(),
        Missing::Failed => view.words.not_read(),
        Missing::Nothing => nothing,
    };
    text::text_ui(ui, text, &view.weak());
}

/// A row in reading order, over the available width.
pub fn row_ui<R>(ui: &mut Ui, view: View<'_>, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, view.direction.row(), |ui| {
        ui.set_min_size(size);
        add(ui)
    })
    .inner
}

/// The rest of a row: `end` stands at its reading end, `middle` takes what room is left. Both are in reading order, and
/// so is the way of the keyboard through them.
pub fn middle_and_end_ui(
    ui: &mut Ui,
    view: View<'_>,
    id_salt: &str,
    middle: impl FnOnce(&mut Ui),
    end: impl FnOnce(&mut Ui),
) {
    let id = ui.scope_id().with(id_salt);
    // How wide the end is, is known only once it was drawn; where that is new, the frame is drawn again.
    let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
    let room = ui.available_rect_before_wrap();
    let gap = ui.spacing().item_spacing.x;
    let (mut end_rect, rest) = view.direction.split_end(room, known);
    // What stands there takes the width that it needs: it is not cut to what was known of it.
    match view.direction {
        Direction::RightToLeft => end_rect.min.x -= room.width(),
        Direction::LeftToRight => end_rect.max.x += room.width(),
    }
    let (_, rest) = view.direction.split_end(rest, gap);
    let child = |ui: &mut Ui, name: &str, rect| {
        ui.new_child(
            UiBuilder::new()
                .id_salt((id_salt, name))
                .max_rect(rect)
                .layout(view.direction.row()),
        )
    };
    middle(&mut child(ui, "middle", rest));
    let mut at_end = child(ui, "end", end_rect);
    end(&mut at_end);
    let width = at_end.min_rect().width();
    if 0.5 < (width - known).abs() {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.request_discard("the end of a row has another width");
        // A frame is drawn again only once; the next one must not wait for the pointer.
        ui.ctx().request_repaint();
    }
    ui.advance_cursor_after_rect(room);
}

/// Has a screen reader say more of a control than its words: those and what they are about.
pub fn set_label(ui: &Ui, response: &egui::Response, parts: &[&str]) {
    let label = facts(parts);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(label));
}

/// What was searched for or is looked at, marked.
pub fn marks(view: View<'_>, matches: &[Span]) -> Vec<SpanStyle> {
    grounds(matches, view.theme.palette.mark)
}

/// What was searched for, and the places that name who or what is asked for, each on its ground.
pub fn marks_and_names(view: View<'_>, matches: &[Span], names: &[Span]) -> Vec<SpanStyle> {
    let mut styles = grounds(names, view.theme.named);
    styles.extend(marks(view, matches));
    styles
}

fn grounds(spans: &[Span], color: Color32) -> Vec<SpanStyle> {
    let ground = |span: &Span| SpanStyle {
        span: *span,
        background: Some(color),
        ..SpanStyle::default()
    };
    spans.iter().map(ground).collect()
}

/// A label and what it names in one row.
pub fn labelled_ui(ui: &mut Ui, view: View<'_>, label: &str, add: impl FnOnce(&mut Ui)) {
    const LABEL_WIDTH: f32 = 120.0;
    row_ui(ui, view, 38.0, |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let (rect, response) = ui.allocate_exact_size(vec2(LABEL_WIDTH, 34.0), Sense::hover());
        let style = view.style().color(view.theme.palette.weak_text);
        text::paint_line(ui, rect, label, &[], &style, LineAlign::Start);
        text::name(&response, label);
        add(ui);
    });
}

/// What is scrolled within a dialog: so high, if the window is.
pub fn scrolled_ui(ui: &mut Ui, id_salt: &str, height: f32, add: impl FnOnce(&mut Ui)) {
    /// The rest of the dialog and the room around it.
    const BESIDE: f32 = 220.0;
    let room = (ui.ctx().content_rect().height() - BESIDE).max(120.0);
    let size = vec2(ui.available_width(), height.min(room));
    let (room, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room));
    text::scroll_area_ui(&mut ui, id_salt, add);
}

/// One line in the middle, or a column of several where there is no room for it.
pub fn advice_ui(ui: &mut Ui, view: View<'_>, advice: &str) {
    /// Longer lines are hard to read. Picked by feel.
    const MAX_WIDTH: f32 = 640.0;
    const MARGIN: f32 = 24.0;
    let style = view.style().size(15.0).color(view.theme.palette.weak_text);
    let width = (ui.available_width() - 2.0 * MARGIN).clamp(1.0, MAX_WIDTH);
    if text::measure(ui.ctx(), advice, &style).x.ceil() <= width {
        text::line_ui(ui, advice, &style);
    } else {
        ui.allocate_ui(vec2(width, 0.0), |ui| text::text_ui(ui, advice, &style));
    }
}

/// The ground of a row of a list, with a line of a colour below it that ends this far from both sides, in points.
pub fn row_ground_ui(ui: &Ui, view: View<'_>, rect: Rect, selected: bool, (line, margin): (Color32, f32)) {
    let palette = view.theme.palette;
    let painter = ui.painter();
    if selected {
        painter.rect_filled(rect, 0.0, palette.selection);
        let (edge, _) = view.direction.split_start(rect, 3.0);
        painter.rect_filled(edge, 0.0, palette.accent);
    } else if ui.rect_contains_pointer(rect) {
        painter.rect_filled(rect, 0.0, palette.hover);
    }
    painter.hline(rect.x_range().shrink(margin), rect.bottom(), Stroke::new(1.0, line));
}

//! Two copies of a story side by side, with the words marked that only one of them has.

use egui::{Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use crate::index::{Difference, DifferenceSide};
use crate::state::Command;
use crate::text::{self, Direction, LineAlign, SpanStyle, TextStyle};

use super::layout::{View, missing_ui};
use super::theme;
use super::words::{count, date, facts};

/// The width of the dialog, in points.
const WIDTH: f32 = 980.0;
/// The room between the two texts, in points.
const GAP: f32 = 24.0;
/// The room between two paragraphs, in points.
const PARAGRAPH_GAP: f32 = 8.0;
/// A paragraph of more lines would be a whole article in one. A guess.
const MAX_LINES: usize = 500;

/// Draws the dialog where a difference is wanted.
pub fn difference_ui(ui: &Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let Some(compared) = &view.state.archive.compared else {
        return;
    };
    let difference = &compared.difference;
    let has_none = |it: &Difference| it.sides.iter().all(|side| side.n_own_words == 0);
    let title = match difference.value.as_deref().is_some_and(has_none) {
        true => view.words.no_difference(),
        false => view.words.difference(),
    };
    let is_closed = text::dialog_ui(ui.ctx(), Id::unique("difference"), title, WIDTH, |ui| {
        let height = (ui.ctx().content_rect().height() - 160.0).clamp(200.0, 640.0);
        let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let mut ui = ui.new_child(UiBuilder::new().max_rect(room));
        let difference = match difference.shown(|_| false) {
            Ok(difference) => difference,
            Err(why) => return missing_ui(&mut ui, view, why, ""),
        };
        text::scroll_area_ui(&mut ui, "difference", |ui| {
            let room = ui.available_rect_before_wrap();
            let width = (room.width() - GAP) / 2.0;
            let (start, rest) = view.direction.split_start(room, width);
            let (end, _) = view.direction.split_end(rest, width);
            let mut bottom = room.top();
            for (idx, (side, rect)) in difference.sides.iter().zip([start, end]).enumerate() {
                let mut column = ui.new_child(UiBuilder::new().id_salt(idx).max_rect(rect));
                side_ui(&mut column, view, side);
                bottom = bottom.max(column.min_rect().bottom());
            }
            ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
        });
    });
    if is_closed {
        commands.push(Command::CloseDifference);
    }
}

fn side_ui(ui: &mut Ui, view: View<'_>, side: &DifferenceSide) {
    let source = side.source.as_deref().unwrap_or_else(|| view.words.no_source());
    let published = date::published(view.words, side.published);
    text::text_ui(ui, &side.title, &view.style().size(16.0).bold());
    line(ui, view, &facts(&[source, &published]));
    line(ui, view, &count::own_words(view.words, side.n_own_words));
    ui.add_space(6.0);
    let look = theme::look(&view.state.settings, view.state.system_theme);
    let style = TextStyle::body(&look).size(16.0);
    for (paragraph, marks) in &side.paragraphs {
        let background = Some(view.theme.own_words);
        let spans: Vec<SpanStyle> = marks
            .iter()
            .map(|span| SpanStyle {
                span: *span,
                background,
                ..SpanStyle::default()
            })
            .collect();
        let direction = Direction::of(paragraph).unwrap_or(view.direction);
        let rect = ui.available_rect_before_wrap();
        let height = text::paint_lines(ui, rect, paragraph, &spans, &style, direction, MAX_LINES);
        let (_, response) = ui.allocate_exact_size(vec2(rect.width(), height), Sense::hover());
        text::name(&response, paragraph);
        ui.add_space(PARAGRAPH_GAP);
    }
}

fn line(ui: &mut Ui, view: View<'_>, text: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    text::paint_line(ui, rect, text, &[], &view.weak(), LineAlign::Start);
    text::name(&response, text);
}

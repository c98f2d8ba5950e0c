//! What is offered below a field while it is typed in. The keyboard stays with the field.

use egui::{Area, Color32, Frame, Id, Order, Rect, Role, Sense, Ui, UiKind, WidgetInfo, pos2, vec2};

use super::button::{HEIGHT, PAD, ROUND, stroke};
use super::engine::look;
use super::paint::{LineAlign, measure, paint_line};
use super::style::TextStyle;

/// The widest list, in points.
const MAX_WIDTH: f32 = 560.0;

/// The narrowest, however narrow the field is.
const MIN_WIDTH: f32 = 160.0;

/// A line that is offered.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// What is taken over.
    pub text: &'a str,
    /// What it is, at the reading end.
    pub note: &'a str,
    /// The colour of the note.
    pub color: Color32,
}

/// What became of a list of offers.
#[derive(Clone, Copy, Debug)]
pub struct OffersResponse {
    /// Where it lies.
    pub rect: Rect,
    /// The offer that was clicked.
    pub clicked: Option<usize>,
}

/// A list of offers below `field`, the widget `field_id`. A screen reader reads the chosen one while the keyboard stays
/// with the field.
pub fn offers_ui(
    ui: &Ui,
    field_id: Id,
    field: Rect,
    name: &str,
    offers: &[Offer<'_>],
    chosen: Option<usize>,
) -> OffersResponse {
    let ctx = ui.ctx();
    let look = look(ctx);
    let width = field.width().clamp(MIN_WIDTH, MAX_WIDTH);
    let (place, _) = look.direction.split_start(field, width);
    let id = field_id.with("offers");
    let frame = Frame::popup(&ctx.global_style())
        .fill(look.palette.raised)
        .stroke(stroke(Some(look.palette.outline)))
        .inner_margin(4.0);
    let mut clicked = None;
    let area = Area::new(id)
        .kind(UiKind::Popup)
        .order(Order::Foreground)
        .fixed_pos(pos2(place.left(), field.bottom() + 4.0));
    let shown = area.show(ctx, |ui| {
        frame.show(ui, |ui| {
            clicked = offer_rows_ui(ui, field_id, name, offers, chosen, width - 10.0);
        });
    });
    OffersResponse {
        rect: shown.response.rect,
        clicked,
    }
}

/// The lines of offers to what is typed in the widget `field_id`, one below the other. A screen reader reads the chosen one
/// while the keyboard stays with the field. Returns the one that was clicked.
pub fn offer_rows_ui(
    ui: &mut Ui,
    field_id: Id,
    name: &str,
    offers: &[Offer<'_>],
    chosen: Option<usize>,
    width: f32,
) -> Option<usize> {
    let look = look(ui.ctx());
    let id = field_id.with("offers");
    let style = TextStyle::interface(&look);
    let (list, response) = ui.allocate_exact_size(vec2(width, offers.len() as f32 * (HEIGHT + 1.0)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    let rows = ui.new_child(egui::UiBuilder::new().max_rect(list).accessibility_parent(response.id));
    let mut clicked = None;
    for (idx, offer) in offers.iter().enumerate() {
        let top = list.top() + idx as f32 * (HEIGHT + 1.0);
        let row = Rect::from_min_size(pos2(list.left(), top), vec2(list.width(), HEIGHT));
        let row_id = id.with(idx);
        let response = rows.interact(row, row_id, Sense::CLICK);
        if chosen == Some(idx) {
            rows.painter().rect_filled(row, ROUND, look.palette.selection);
        } else if response.hovered() {
            rows.painter().rect_filled(row, ROUND, look.palette.hover);
        }
        let inner = row.shrink2(vec2(PAD - 2.0, 0.0));
        let note_style = style.clone().size(12.0).color(offer.color);
        let note_width = measure(ui.ctx(), offer.note, &note_style).x.ceil() + 1.0;
        let (note, text) = look.direction.split_end(inner, note_width);
        let (_, text) = look.direction.split_end(text, 12.0);
        paint_line(&rows, text, offer.text, &[], &style, LineAlign::Start);
        paint_line(&rows, note, offer.note, &[], &note_style, LineAlign::End);
        response
            .widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, format!("{} · {}", offer.text, offer.note)));
        rows.ctx().accesskit_node_builder(row_id, |node| {
            node.set_position_in_set(idx);
            node.set_selected(chosen == Some(idx));
        });
        if response.clicked() {
            clicked = Some(idx);
        }
    }
    if let Some(chosen) = chosen {
        ui.ctx().accesskit_node_builder(field_id, |node| {
            node.set_active_descendant(id.with(chosen).accesskit_id());
        });
    }
    clicked
}

//! Buttons, toggles, chips, combo boxes and facet rows: egui's own carry egui's text, so these are ours.

use egui::{Color32, Popup, Rect, RectAlign, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::engine::look;
use super::icon::Icon;
use super::paint::{LineAlign, line_ui, measure, paint_line, text_ui};
use super::style::{Look, TextStyle};

/// The height of what is clicked, in points.
const HEIGHT: f32 = 30.0;
const PAD: f32 = 12.0;
const ROUND: f32 = 6.0;

/// A button.
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
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// What happened to a chip.
pub struct ChipResponse {
    /// The button with the cross.
    pub response: Response,
    /// Whether it was pressed.
    pub removed: bool,
}

/// A chosen value, with a cross at its end that drops it.
pub fn chip_ui(ui: &mut Ui, text: &str) -> ChipResponse {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look).size(13.0);
    let text_width = measure(ui.ctx(), text, &style).x.ceil().min(260.0);
    let (rect, response) = ui.allocate_exact_size(vec2(text_width + PAD + HEIGHT, 28.0), Sense::click());
    let ground = if response.hovered() {
        look.palette.hover
    } else {
        look.palette.selection
    };
    ui.painter().rect_filled(rect, rect.height() / 2.0, ground);
    focus_ring(ui, &response, rect, &look);
    let (cross, words) = look.direction.split_end(rect, HEIGHT);
    let (_, words) = look.direction.split_start(words, PAD - 1.0);
    paint_line(ui, words, text, &[], &style, LineAlign::Start);
    Icon::Close.paint(ui.painter(), cross.shrink(6.0), look.palette.weak_text, look.direction);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    let removed = response.clicked();
    ChipResponse { response, removed }
}

/// One of several choices, behind a button that shows the current one.
pub fn combo_ui(ui: &mut Ui, id_salt: &str, name: &str, selected: &mut usize, choices: &[String]) -> Response {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look);
    let current = choices.get(*selected).map_or("", String::as_str);
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
    ui.painter().rect(
        rect,
        ROUND,
        ground,
        stroke(Some(look.palette.outline)),
        StrokeKind::Inside,
    );
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

    let align = if look.direction.is_rtl() {
        RectAlign::BOTTOM_END
    } else {
        RectAlign::BOTTOM_START
    };
    Popup::from_toggle_button_response(&response)
        .align(align)
        .gap(4.0)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let widest = choices
                .iter()
                .map(|it| measure(ui.ctx(), it, &style).x)
                .fold(0.0, f32::max);
            let width = (widest.ceil() + 2.0 * PAD).clamp(rect.width(), 360.0);
            for (idx, choice) in choices.iter().enumerate() {
                if choice_ui(ui, choice, width, idx == *selected).clicked() {
                    *selected = idx;
                    ui.close();
                }
            }
        });
    response
}

fn choice_ui(ui: &mut Ui, text: &str, width: f32, is_selected: bool) -> Response {
    let look = look(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    let ground = match (is_selected, response.hovered()) {
        (true, _) => Some(look.palette.selection),
        (false, true) => Some(look.palette.hover),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, 4.0, ground);
    }
    focus_ring(ui, &response, rect, &look);
    let style = TextStyle::interface(&look);
    paint_line(ui, rect.shrink2(vec2(PAD, 0.0)), text, &[], &style, LineAlign::Start);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, is_selected, text));
    response
}

/// How far something has come, filled from the reading start. `fraction` goes from 0 to 1.
pub fn progress_ui(ui: &mut Ui, fraction: f32) -> Response {
    let look = look(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 8.0), Sense::hover());
    ui.painter().rect_filled(rect, 4.0, look.palette.outline);
    let (done, _) = look
        .direction
        .split_start(rect, rect.width() * fraction.clamp(0.0, 1.0));
    ui.painter().rect_filled(done, 4.0, look.palette.accent);
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, format!("{:.0}%", fraction * 100.0)));
    response
}

/// Says more when something is pointed at.
pub fn tooltip(response: &Response, text: &str) {
    response.clone().on_hover_ui(|ui| {
        let look = look(ui.ctx());
        ui.set_max_width(420.0);
        let style = TextStyle::interface(&look).size(13.0);
        if measure(ui.ctx(), text, &style).x < 420.0 {
            line_ui(ui, text, &style);
        } else {
            text_ui(ui, text, &style);
        }
    });
}

/// What a facet row shows.
#[derive(Clone, Copy, Debug)]
pub struct CountRow<'a> {
    /// The value.
    pub text: &'a str,
    /// How many articles have it, with its digits.
    pub count_text: &'a str,
    /// The length of its bar, from 0 to 1.
    pub fraction: f32,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether it is left out.
    pub excluded: bool,
    /// The colour of its bar.
    pub accent: Color32,
}

/// A value of a facet, its count at the reading end, and a thin bar below it.
pub fn count_row_ui(ui: &mut Ui, row: CountRow<'_>) -> Response {
    let look = look(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    let ground = match (row.selected, response.hovered()) {
        (true, _) => Some(look.palette.selection),
        (false, true) => Some(look.palette.hover),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, 4.0, ground);
    }
    focus_ring(ui, &response, rect, &look);

    let style = TextStyle::interface(&look).size(13.5);
    let weak = style.clone().size(12.0).color(look.palette.weak_text);
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let count_width = measure(ui.ctx(), row.count_text, &weak).x.ceil() + 2.0;
    let (count, words) = look.direction.split_end(inner, count_width);
    let (_, words) = look.direction.split_end(words, 6.0);
    let lift = vec2(0.0, -1.5);
    paint_line(ui, count.translate(lift), row.count_text, &[], &weak, LineAlign::End);
    let ink = if row.excluded {
        look.palette.weak_text
    } else {
        look.palette.text
    };
    paint_line(
        ui,
        words.translate(lift),
        row.text,
        &[],
        &style.color(ink),
        LineAlign::Start,
    );

    let bar = Rect::from_min_max(
        pos2(inner.left(), rect.bottom() - 4.0),
        pos2(inner.right(), rect.bottom() - 2.0),
    );
    let (filled, _) = look
        .direction
        .split_start(bar, bar.width() * row.fraction.clamp(0.0, 1.0));
    ui.painter().rect_filled(filled, 1.0, row.accent.gamma_multiply(0.55));
    if row.excluded {
        let width = measure(ui.ctx(), row.text, &TextStyle::interface(&look).size(13.5))
            .x
            .min(words.width());
        let (struck, _) = look.direction.split_start(words, width);
        ui.painter().hline(
            struck.x_range(),
            rect.center().y,
            Stroke::new(1.0, look.palette.weak_text),
        );
    }
    let name = format!("{} {}", row.text, row.count_text);
    let is_chosen = row.selected || row.excluded;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_chosen, &name));
    response
}

fn stroke(color: Option<Color32>) -> Stroke {
    color.map_or(Stroke::NONE, |color| Stroke::new(1.0, color))
}

/// Shows what has the keyboard.
pub fn focus_ring(ui: &Ui, response: &Response, rect: Rect, look: &Look) {
    if response.has_focus() {
        ui.painter()
            .rect_stroke(rect, ROUND, Stroke::new(2.0, look.palette.focus), StrokeKind::Inside);
    }
}

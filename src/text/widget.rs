//! What shows an amount or a choice: chips, progress, sliders, headings and rows of a tree of counts.

use egui::{
    Color32, Context, EventFilter, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    accesskit, pos2, vec2,
};
use std::ops::RangeInclusive;

use super::button::{HEIGHT, PAD, focus_ring, horizontal_step};
use super::engine::look;
use super::icon::Icon;
use super::paint::{LineAlign, measure, paint_line, paint_lines, paragraph_size};
use super::style::{Look, SpanStyle, TextStyle};

/// What happened to a chip.
pub struct ChipResponse {
    /// The button with the cross.
    pub response: Response,
    /// Whether it was pressed.
    pub removed: bool,
}

/// How wide a chip is, in points.
pub fn chip_width(ctx: &Context, text: &str) -> f32 {
    const MAX_TEXT: f32 = 260.0;
    let style = TextStyle::interface(&look(ctx)).size(13.0);
    measure(ctx, text, &style).x.ceil().min(MAX_TEXT) + PAD + HEIGHT
}

/// A chosen value, with a cross at its end that drops it; `name` says so to a screen reader. One that is `excluded` looks
/// otherwise.
pub fn chip_ui(ui: &mut Ui, text: &str, name: &str, excluded: bool) -> ChipResponse {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look).size(13.0);
    let (rect, response) = ui.allocate_exact_size(vec2(chip_width(ui.ctx(), text), 28.0), Sense::click());
    let round = rect.height() / 2.0;
    let ground = match (response.hovered(), excluded) {
        (true, _) => look.palette.hover,
        (false, true) => look.palette.surface,
        (false, false) => look.palette.selection,
    };
    ui.painter().rect_filled(rect, round, ground);
    if excluded {
        let edge = Stroke::new(1.5, look.palette.weak_text);
        ui.painter().rect_stroke(rect, round, edge, StrokeKind::Inside);
    }
    focus_ring(ui, &response, rect, &look);
    let (cross, words) = look.direction.split_end(rect, HEIGHT);
    let (_, words) = look.direction.split_start(words, PAD - 1.0);
    paint_line(ui, words, text, &[], &style, LineAlign::Start);
    Icon::Close.paint(ui.painter(), cross.shrink(6.0), look.palette.weak_text, look.direction);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let removed = response.clicked();
    ChipResponse { response, removed }
}

/// What happened to a chip that can be edited.
pub struct EditedChipResponse {
    /// Its words.
    pub words: Response,
    /// The button with the cross.
    pub cross: Response,
}

/// A chosen value that is edited by clicking its words, and dropped by the cross at its end; `edit` and `remove` say so to a
/// screen reader.
pub fn edited_chip_ui(ui: &mut Ui, text: &str, edit: &str, remove: &str) -> EditedChipResponse {
    let look = look(ui.ctx());
    let style = TextStyle::interface(&look).size(13.0);
    let (rect, chip) = ui.allocate_exact_size(vec2(chip_width(ui.ctx(), text), 28.0), Sense::hover());
    let (cross_rect, words_rect) = look.direction.split_end(rect, HEIGHT);
    let words = ui.interact(words_rect, chip.id.with("words"), Sense::click());
    let cross = ui.interact(cross_rect, chip.id.with("cross"), Sense::click());
    let round = rect.height() / 2.0;
    ui.painter().rect_filled(rect, round, look.palette.selection);
    for part in [&words, &cross] {
        if part.hovered() {
            ui.painter()
                .with_clip_rect(part.rect)
                .rect_filled(rect, round, look.palette.hover);
        }
        focus_ring(ui, part, part.rect, &look);
    }
    let (_, line) = look.direction.split_start(words_rect, PAD - 1.0);
    paint_line(ui, line, text, &[], &style, LineAlign::Start);
    Icon::Close.paint(
        ui.painter(),
        cross_rect.shrink(6.0),
        look.palette.weak_text,
        look.direction,
    );
    words.widget_info(|| WidgetInfo::labeled(Role::Button, true, edit));
    cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, remove));
    EditedChipResponse {
        words: words.on_hover_cursor(egui::CursorIcon::PointingHand),
        cross,
    }
}

/// How far something has come, filled from the reading start. `fraction` goes from 0 to 1.
pub fn progress_ui(ui: &mut Ui, fraction: f32) -> Response {
    let look = look(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 8.0), Sense::hover());
    ui.painter().rect_filled(rect, 4.0, look.palette.hover);
    let (done, _) = look
        .direction
        .split_start(rect, rect.width() * fraction.clamp(0.0, 1.0));
    ui.painter().rect_filled(done, 4.0, look.palette.accent);
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, format!("{:.0}%", fraction * 100.0)));
    response
}

/// A value between two ends: the smallest at the reading start. `text` says the value as a person reads it.
///
/// The arrow keys move it by `step`, Home and End to the ends.
pub fn slider_ui(
    ui: &mut Ui,
    name: &str,
    value: &mut f32,
    range: RangeInclusive<f32>,
    step: f32,
    text: impl Fn(f32) -> String,
) -> Response {
    const KNOB: f32 = 8.0;
    let look = look(ui.ctx());
    let (low, high) = (*range.start(), *range.end());
    let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let label_width = measure(ui.ctx(), &text(high), &TextStyle::interface(&look)).x.ceil() + 14.0;
    let (label, track) = look.direction.split_end(rect, label_width);
    let track = track.shrink2(vec2(KNOB, 0.0));
    let before = *value;
    let snap = |value: f32| (low + ((value - low) / step).round() * step).clamp(low, high);
    if let Some(at) = response.interact_pointer_pos() {
        let from_left = ((at.x - track.left()) / track.width()).clamp(0.0, 1.0);
        let share = if look.direction.is_rtl() {
            1.0 - from_left
        } else {
            from_left
        };
        *value = snap(low + share * (high - low));
        response.request_focus();
    }
    if response.has_focus() {
        *value = value_by_keys(ui, &response, &look, *value, &range, step);
    }
    *value = snap(asked_value(ui, &response, *value, step).unwrap_or(*value));
    if *value != before {
        response.mark_changed();
    }

    let share = (*value - low) / (high - low);
    let line = Rect::from_center_size(track.center(), vec2(track.width(), 4.0));
    let (done, _) = look.direction.split_start(line, line.width() * share);
    ui.painter().rect_filled(line, 2.0, look.palette.hover);
    ui.painter().rect_filled(done, 2.0, look.palette.accent);
    let x = if look.direction.is_rtl() {
        done.left()
    } else {
        done.right()
    };
    let stroke = Stroke::new(2.0, look.palette.accent);
    ui.painter()
        .circle(pos2(x, track.center().y), KNOB, look.palette.raised, stroke);
    focus_ring(ui, &response, rect, &look);
    let style = TextStyle::interface(&look);
    paint_line(ui, label, &text(*value), &[], &style, LineAlign::End);
    response.widget_info(|| WidgetInfo::slider(true, f64::from(*value), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(f64::from(low));
        node.set_max_numeric_value(f64::from(high));
        node.set_numeric_value_step(f64::from(step));
        node.set_value(text(*value));
        node.add_action(accesskit::Action::SetValue);
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
    });
    response
}

/// The value after the keys: an arrow is a step, Home and End are the ends.
fn value_by_keys(ui: &Ui, response: &Response, look: &Look, value: f32, range: &RangeInclusive<f32>, step: f32) -> f32 {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let upward = isize::from(pressed(Key::ArrowUp)) - isize::from(pressed(Key::ArrowDown));
    let steps = horizontal_step(ui, look) + upward;
    match () {
        () if pressed(Key::End) => *range.end(),
        () if pressed(Key::Home) => *range.start(),
        () => value + steps as f32 * step,
    }
}

/// The value that a screen reader asks for, if it does.
fn asked_value(ui: &Ui, response: &Response, value: f32, step: f32) -> Option<f32> {
    let n_asked = |action| ui.input(|input| input.num_accesskit_action_requests(response.id, action));
    let up = n_asked(accesskit::Action::Increment) as f32 - n_asked(accesskit::Action::Decrement) as f32;
    let set = ui.input(|input| {
        let of_value = input.accesskit_action_requests(response.id, accesskit::Action::SetValue);
        let values = of_value.filter_map(|it| match it.data {
            Some(accesskit::ActionData::NumericValue(value)) => Some(value as f32),
            _ => None,
        });
        values.last()
    });
    set.or((up != 0.0).then_some(value + up * step))
}

/// The heading of a branch of the tree, with a triangle that points to the reading end while it is folded, and the
/// number of its values at the reading end.
pub fn branch_ui(ui: &mut Ui, text: &str, count_text: &str, color: Color32, open: bool) -> Response {
    let look = look(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, look.palette.hover);
    }
    focus_ring(ui, &response, rect, &look);
    let (arrow, words) = look.direction.split_start(rect, 20.0);
    let icon = if open { Icon::Down } else { Icon::Forward };
    icon.paint(ui.painter(), arrow, look.palette.weak_text, look.direction);
    let style = TextStyle::interface(&look);
    let weak = style.clone().size(12.0).color(look.palette.weak_text);
    let count_width = measure(ui.ctx(), count_text, &weak).x.ceil() + 2.0;
    let (_, words) = look.direction.split_end(words, 6.0);
    let (count, words) = look.direction.split_end(words, count_width);
    paint_line(ui, words, text, &[], &style.bold().color(color), LineAlign::Start);
    paint_line(ui, count, count_text, &[], &weak, LineAlign::End);
    let name = format!("{text} {count_text}");
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, &name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(open));
    response
}

/// What a row shows that leads somewhere.
#[derive(Clone, Copy, Debug)]
pub struct LinkRow<'a> {
    /// What it leads to.
    pub text: &'a str,
    /// What is said of it at the reading end.
    pub note: &'a str,
    /// The length of its bar, from 0 to 1, and its colour.
    pub bar: Option<(f32, Color32)>,
    /// The colour of its text, if not the usual one.
    pub color: Option<Color32>,
}

/// A row that leads somewhere, over the available width.
pub fn link_row_ui(ui: &mut Ui, row: LinkRow<'_>) -> Response {
    let look = look(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, look.palette.hover);
    }
    focus_ring(ui, &response, rect, &look);
    let style = TextStyle::interface(&look).size(13.5);
    let weak = style.clone().size(12.0).color(look.palette.weak_text);
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let note_width = measure(ui.ctx(), row.note, &weak).x.ceil().min(inner.width() * 0.6) + 2.0;
    let (note, words) = look.direction.split_end(inner, note_width);
    let (_, words) = look.direction.split_end(words, 8.0);
    let lift = vec2(0.0, if row.bar.is_some() { -1.5 } else { 0.0 });
    let style = style.color(row.color.unwrap_or(look.palette.text));
    paint_line(ui, words.translate(lift), row.text, &[], &style, LineAlign::Start);
    paint_line(ui, note.translate(lift), row.note, &[], &weak, LineAlign::End);
    if let Some((fraction, color)) = row.bar {
        let line = Rect::from_x_y_ranges(inner.x_range(), rect.bottom() - 4.0..=rect.bottom() - 2.0);
        let (filled, _) = look
            .direction
            .split_start(line, line.width() * fraction.clamp(0.0, 1.0));
        ui.painter().rect_filled(filled, 1.0, color.gamma_multiply(0.55));
    }
    let name = format!("{} {}", row.text, row.note);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name.trim_end()));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Words of a text that lead to where they stand.
#[derive(Clone, Copy, Debug)]
pub struct QuoteLink<'a> {
    /// Where they stand, in one line above them.
    pub head: &'a str,
    /// The words, in as many lines as they need.
    pub text: &'a str,
    /// What is marked in them.
    pub marks: &'a [SpanStyle],
}

/// The height of the line above a quotation, in points.
const HEAD_HEIGHT: f32 = 22.0;
/// The room above and below a quotation, in points.
const QUOTE_PAD: f32 = 5.0;
/// The room on both sides of it.
const QUOTE_MARGIN: f32 = 8.0;

/// How high a quotation is over a width, in points.
pub fn quote_height(ctx: &Context, quote: QuoteLink<'_>, width: f32) -> f32 {
    let style = quote_style(&look(ctx));
    let size = paragraph_size(ctx, quote.text, quote.marks, &style, width - 2.0 * QUOTE_MARGIN);
    HEAD_HEIGHT + size.y + 2.0 * QUOTE_PAD
}

/// A quotation over the available width, and where it stands.
pub fn quote_link_ui(ui: &mut Ui, quote: QuoteLink<'_>) -> Response {
    let look = look(ui.ctx());
    let height = quote_height(ui.ctx(), quote, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, look.palette.hover);
    }
    focus_ring(ui, &response, rect, &look);
    let inner = rect.shrink2(vec2(QUOTE_MARGIN, QUOTE_PAD));
    let (head, words) = inner.split_top_bottom_at_y(inner.top() + HEAD_HEIGHT);
    let weak = TextStyle::interface(&look).size(12.0).color(look.palette.weak_text);
    paint_line(ui, head, quote.head, &[], &weak, LineAlign::Start);
    paint_lines(
        ui,
        words,
        quote.text,
        quote.marks,
        &quote_style(&look),
        look.direction,
        usize::MAX,
    );
    let name = format!("{} {}", quote.text, quote.head);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn quote_style(look: &Look) -> TextStyle {
    TextStyle::interface(look).size(14.5)
}

/// In less room than this, in points, no note can be read.
const SHORTEST_NOTE: f32 = 24.0;

/// What a facet row shows.
#[derive(Clone, Copy, Debug)]
pub struct CountRow<'a> {
    /// The value.
    pub text: &'a str,
    /// What is said behind it, less strongly; empty for nothing.
    pub note: &'a str,
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
        &style.clone().color(ink),
        LineAlign::Start,
    );
    let width = measure(ui.ctx(), row.text, &style).x.min(words.width());
    let (struck, rest) = look.direction.split_start(words, width);
    let (_, note) = look.direction.split_start(rest, 8.0);
    if !row.note.is_empty() && SHORTEST_NOTE < note.width() {
        paint_line(ui, note.translate(lift), row.note, &[], &weak, LineAlign::Start);
    }

    let bar = Rect::from_min_max(
        pos2(inner.left(), rect.bottom() - 4.0),
        pos2(inner.right(), rect.bottom() - 2.0),
    );
    let (filled, _) = look
        .direction
        .split_start(bar, bar.width() * row.fraction.clamp(0.0, 1.0));
    ui.painter().rect_filled(filled, 1.0, row.accent.gamma_multiply(0.55));
    if row.excluded {
        ui.painter().hline(
            struck.x_range(),
            rect.center().y,
            Stroke::new(1.0, look.palette.weak_text),
        );
    }
    let parts = [row.text, row.note, row.count_text];
    let name = parts
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let is_chosen = row.selected || row.excluded;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_chosen, &name));
    response
}

//! A list of any number of rows of one height.
//!
//! egui's scroll area keeps its offset in `f32` and stands still from some 16 million pixels on; the offset here is
//! an `f64`, and a million rows scroll by single pixels.

use std::ops::Range;

use egui::{EventFilter, Key, Modifiers, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::engine::look;
use super::scroll::{BAR_WIDTH, Scrolled, scroll_bar_ui};

/// Letters typed within so many seconds of each other belong together.
const TYPING_SECONDS: f64 = 1.0;

/// Where a list stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListState {
    /// The distance of the top of the view from the top of the first row, in points.
    pub offset: f64,
    /// The selected row, from 0.
    pub selected: Option<u64>,
    /// The selection that was brought into view.
    shown: Option<u64>,
    /// What is being typed, and when its last letter was.
    typed: (String, f64),
}

/// What happened to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListResponse {
    /// The rows on the screen.
    pub visible: Range<u64>,
    /// Whether another row was selected.
    pub changed: bool,
    /// What was typed, for the next row that begins so to be selected.
    pub type_ahead: Option<TypeAhead>,
}

/// Letters typed to find a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeAhead {
    /// The letters.
    pub typed: String,
    /// The first row to be looked at; the search goes on around the end.
    pub from: u64,
}

/// A list over the available space. `row` paints a row into its rectangle and returns its name for a screen reader.
pub fn list_ui(
    ui: &mut Ui,
    id_salt: &str,
    state: &mut ListState,
    n_rows: u64,
    row_height: f32,
    name: &str,
    mut row: impl FnMut(&Ui, Rect, u64, bool) -> String,
) -> ListResponse {
    let id = ui.make_persistent_id(id_salt);
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let look = look(ui.ctx());
    let (bar, view) = look.direction.split_end(whole, BAR_WIDTH);
    let before = state.selected;

    let list = ui.interact(view, id, Sense::click());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_size_of_set(usize::try_from(n_rows).unwrap_or(usize::MAX));
    });
    if list.clicked() {
        list.request_focus();
    }
    if list.has_focus() {
        let filter = EventFilter {
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let rows_in_view = (view.height() / row_height).floor().max(1.0) as u64;
        move_selection(ui, state, n_rows, rows_in_view);
    }
    let type_ahead = if list.has_focus() { type_ahead(ui, state) } else { None };
    if state.selected != state.shown {
        state.shown = state.selected;
        if let Some(selected) = state.selected {
            let top = selected as f64 * f64::from(row_height);
            let bottom_fits = top + f64::from(row_height) - f64::from(view.height());
            state.offset = state.offset.max(bottom_fits).min(top);
        }
    }
    let content = n_rows as f64 * f64::from(row_height);
    scroll_bar_ui(
        ui,
        id.with("bar"),
        view,
        bar,
        Scrolled {
            offset: &mut state.offset,
            content,
        },
    );

    let first = (state.offset / f64::from(row_height)).floor() as u64;
    let last = (((state.offset + f64::from(view.height())) / f64::from(row_height)).ceil() as u64).min(n_rows);
    // Rows stand on whole pixels, or their text would shimmer while they move.
    let to_first = (state.offset - first as f64 * f64::from(row_height)) as f32;
    let scale = ui.ctx().pixels_per_point();
    let top_of_first = ((view.top() - to_first) * scale).round() / scale;
    let mut rows = ui.new_child(
        UiBuilder::new()
            .id_salt((id_salt, "rows"))
            .max_rect(view)
            .accessibility_parent(id),
    );
    rows.set_clip_rect(view.intersect(ui.clip_rect()));
    for number in first..last {
        let top = ((top_of_first + (number - first) as f32 * row_height) * scale).round() / scale;
        let rect = Rect::from_min_size(pos2(view.left(), top), vec2(view.width(), row_height));
        let row_id = id.with(number);
        let response = rows.interact(rect.intersect(view), row_id, Sense::CLICK);
        if response.clicked() {
            state.selected = Some(number);
            list.request_focus();
        }
        let is_selected = state.selected == Some(number);
        let name = row(&rows, rect, number, is_selected);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, &name));
        rows.ctx().accesskit_node_builder(row_id, |node| {
            node.set_position_in_set(usize::try_from(number).unwrap_or(usize::MAX));
            node.clear_toggled();
            node.set_selected(is_selected);
        });
    }
    if list.has_focus() {
        let stroke = egui::Stroke::new(1.5, look.palette.focus);
        ui.painter()
            .rect_stroke(view.shrink(1.0), 2.0, stroke, egui::StrokeKind::Inside);
    }
    ListResponse {
        visible: first..last,
        changed: state.selected != before,
        type_ahead,
    }
}

/// Collects typed letters. One letter again and again goes to the next row with it each time.
fn type_ahead(ui: &Ui, state: &mut ListState) -> Option<TypeAhead> {
    let (now, letters) = ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            egui::Event::Text(text) => Some(text.as_str()),
            _ => None,
        });
        (input.time, texts.collect::<String>())
    });
    let (typed, last) = &mut state.typed;
    if TYPING_SECONDS < now - *last {
        typed.clear();
    }
    if letters.is_empty() || typed.is_empty() && letters.trim().is_empty() {
        return None;
    }
    *last = now;
    let is_repeated = *typed == letters;
    let is_new = typed.is_empty();
    if !is_repeated {
        typed.push_str(&letters);
    }
    // Letters that go on may still be those of the selected row.
    let here = state.selected.unwrap_or(0);
    let from = if is_new || is_repeated { here + 1 } else { here };
    Some(TypeAhead {
        typed: typed.clone(),
        from,
    })
}

fn move_selection(ui: &Ui, state: &mut ListState, n_rows: u64, rows_in_view: u64) {
    let Some(last) = n_rows.checked_sub(1) else { return };
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let current = state.selected;
    let down = |rows: u64| current.map_or(0, |it| it.saturating_add(rows).min(last));
    let up = |rows: u64| current.map_or(0, |it| it.saturating_sub(rows));
    let moves = [
        (Key::ArrowDown, down(1)),
        (Key::ArrowUp, up(1)),
        (Key::PageDown, down(rows_in_view)),
        (Key::PageUp, up(rows_in_view)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    for (key, row) in moves {
        if pressed(key) {
            state.selected = Some(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::engine;
    use crate::text::style::{Direction, Look, Palette};

    fn frame(ctx: &egui::Context, state: &mut ListState, events: Vec<egui::Event>) -> ListResponse {
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 500.0))),
            events,
            ..egui::RawInput::default()
        };
        let mut response = None;
        let mut output = ctx.run_ui(input, |ui| {
            response = Some(list_ui(ui, "rows", state, 1_000_000, 67.0, "rows", |_, _, row, _| {
                row.to_string()
            }));
        });
        // There is no graphics card here to take the textures.
        output.textures_delta.clear();
        response.unwrap()
    }

    fn context() -> egui::Context {
        let ctx = egui::Context::default();
        let grey = egui::Color32::GRAY;
        let palette = Palette {
            text: grey,
            weak_text: grey,
            strong_text: grey,
            accent: grey,
            on_accent: grey,
            surface: grey,
            raised: grey,
            sunken: grey,
            outline: grey,
            hover: grey,
            selection: grey,
            mark: grey,
            focus: grey,
        };
        let direction = Direction::RightToLeft;
        engine::install(
            &ctx,
            Look {
                direction,
                palette,
                interface_size: 14.0,
                reading_face: super::super::Face::Naskh,
                reading_size: 18.0,
                reading_leading: 1.8,
                words: super::super::WidgetWords {
                    undo: "",
                    redo: "",
                    cut: "",
                    copy: "",
                    paste: "",
                    select_all: "",
                    clear: "",
                    close: "",
                    scroll_bar: "",
                },
            },
        );
        ctx
    }

    #[test]
    fn the_end_of_a_million_rows_scrolls_by_single_points() {
        let ctx = context();
        let end = 1_000_000.0 * 67.0 - 600.0;
        let mut state = ListState {
            offset: end,
            ..ListState::default()
        };
        frame(&ctx, &mut state, Vec::new());
        let offset = state.offset;
        state.offset += 1.0;
        frame(&ctx, &mut state, Vec::new());
        assert_eq!(state.offset, offset + 1.0);
    }

    #[test]
    fn only_the_rows_in_view_are_drawn() {
        let mut state = ListState {
            offset: 670.0,
            ..ListState::default()
        };
        let response = frame(&context(), &mut state, Vec::new());
        assert_eq!(response.visible.start, 10);
        assert!(response.visible.end < 20);
    }

    /// A list that has the keyboard, its first row being selected.
    fn focused() -> (egui::Context, ListState) {
        let (ctx, mut state) = (context(), ListState::default());
        let at = pos2(200.0, 30.0);
        frame(&ctx, &mut state, Vec::new());
        for pressed in [true, false] {
            let click = egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            frame(&ctx, &mut state, vec![egui::Event::PointerMoved(at), click]);
        }
        assert_eq!(state.selected, Some(0));
        (ctx, state)
    }

    fn press(key: Key) -> egui::Event {
        egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    #[test]
    fn keys_go_through_the_list_and_keep_the_selection_in_view() {
        let (ctx, mut state) = focused();
        for (key, expected) in [
            (Key::ArrowDown, 1),
            (Key::PageDown, 8),
            (Key::End, 999_999),
            (Key::ArrowUp, 999_998),
            (Key::PageUp, 999_991),
            (Key::Home, 0),
        ] {
            let visible = frame(&ctx, &mut state, vec![press(key)]).visible;
            assert_eq!(state.selected, Some(expected), "{key:?}");
            assert!(visible.contains(&expected), "{key:?}: {visible:?}");
        }
    }

    #[test]
    fn letters_typed_together_are_looked_for_together() {
        let (ctx, mut state) = focused();
        let mut typed = |text: &str| {
            let event = egui::Event::Text(text.to_owned());
            let found = frame(&ctx, &mut state, vec![event]).type_ahead.unwrap();
            (found.typed, found.from)
        };
        assert_eq!(typed("ب"), ("ب".to_owned(), 1));
        assert_eq!(typed("ب"), ("ب".to_owned(), 1));
        assert_eq!(typed("ي"), ("بي".to_owned(), 0));
        assert_eq!(typed(" "), ("بي ".to_owned(), 0));
    }

    #[test]
    fn a_selection_from_outside_comes_into_view() {
        let (ctx, mut state) = focused();
        state.selected = Some(500_000);
        let visible = frame(&ctx, &mut state, Vec::new()).visible;
        assert!(visible.contains(&500_000), "{visible:?}");
        // Once: from then on the view goes where it is scrolled.
        state.offset = 0.0;
        assert_eq!(frame(&ctx, &mut state, Vec::new()).visible.start, 0);
    }
}

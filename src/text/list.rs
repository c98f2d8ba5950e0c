//! A list of any number of rows of one height.
//!
//! egui's scroll area keeps its offset in `f32` and stands still from some 16 million pixels on; the offset here is
//! an `f64`, and a million rows scroll by single pixels. Rows are a whole number of physical pixels high and begin on
//! one, so that no text shimmers while it scrolls.

use std::ops::Range;

use egui::{
    Event, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::button::{HEIGHT, ROUND, horizontal_step, stroke};
use super::engine::look;
use super::paint::{LineAlign, paint_line};
use super::popup::open_context_menu;
use super::scroll::{BAR_WIDTH, Scrolled, scroll_bar_ui};
use super::style::TextStyle;

/// Where a list stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListState {
    /// The distance of the top of the view from the top of the first row, in points.
    pub offset: f64,
    /// The selected row, from 0.
    pub selected: Option<u64>,
    reveals: bool,
    /// Whether a row was clicked in this frame.
    is_clicked: bool,
    /// What is typed to find a row, from the slash on.
    typed: Option<Typed>,
}

impl ListState {
    /// Brings the selected row into view when the list is drawn next.
    pub fn reveal_selected(&mut self) {
        self.reveals = true;
    }
}

/// What is typed to reach a row by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The letters typed without a pause.
    pub text: String,
    /// The row that was selected when the first of them was typed.
    pub after: Option<u64>,
}

/// What happened to a list.
#[derive(Clone, Debug)]
pub struct ListResponse {
    /// The list, to which the keyboard can be brought.
    pub id: Id,
    /// The rows on the screen.
    pub visible: Range<u64>,
    /// The rows on the screen, for their menus.
    pub rows: Vec<(u64, Response)>,
    /// How many steps to the reading end the arrow keys asked for: to unfold a row, or, below 0, to fold it.
    pub sideways: isize,
    /// Whether another row was selected, or the selected one clicked again.
    pub changed: bool,
    /// What was typed behind a slash so far, if a letter was typed now. To find the row is the caller's business.
    pub typed: Option<Typed>,
    /// What the keys ask of what the selected row stands for.
    pub keys: RowKeys,
}

/// What the keys ask of what the selected row of a list stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowKeys {
    /// Go into it: by Enter.
    pub entered: bool,
    /// Scroll it by a page: by Space, back with Shift.
    pub paged: Option<bool>,
    /// A letter that was pressed alone, by its place on a Latin keyboard: the same in every layout.
    pub letter: Option<Key>,
    /// Whether another row was selected with Shift held: the rows in between are meant, too.
    pub extends: bool,
}

/// A list over the available space. `row` paints a row into its rectangle and returns its name for a screen reader.
pub fn list_ui(
    ui: &mut Ui,
    id_salt: &str,
    state: &mut ListState,
    n_rows: u64,
    row_height: f32,
    name: &str,
    row: impl FnMut(&Ui, Rect, u64, bool) -> String,
) -> ListResponse {
    let id = ui.make_persistent_id(id_salt);
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let look = look(ui.ctx());
    let (bar, view) = look.direction.split_end(whole, BAR_WIDTH);
    let (before, grid) = (
        state.selected,
        Grid::new(ui.pixels_per_point(), row_height, view.height()),
    );

    let list = ui.interact(view, id, Sense::click());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_size_of_set(usize::try_from(n_rows).unwrap_or(usize::MAX));
    });
    if list.clicked() {
        list.request_focus();
    }
    if state.selected.is_some_and(|selected| n_rows <= selected) {
        state.selected = n_rows.checked_sub(1);
    }
    let (mut typed, mut keys, mut sideways, mut asks_for_menu) = (None, RowKeys::default(), 0, false);
    if list.has_focus() {
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            escape: state.typed.is_some(),
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        typed = find_by_name(ui, state);
        let is_held = ui.input(|input| input.modifiers.shift);
        move_selection(ui, state, n_rows, (grid.view_px / grid.row_px).max(1));
        keys = RowKeys::pressed(ui, state.typed.is_none());
        keys.extends = is_held && state.selected != before;
        sideways = horizontal_step(ui, &look);
        asks_for_menu = ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10));
    }
    if (std::mem::take(&mut state.reveals) || state.selected != before)
        && let Some(selected) = state.selected
    {
        let top = selected as f64 * grid.row_height;
        let bottom_fits = top + grid.row_height - f64::from(view.height());
        state.offset = state.offset.max(bottom_fits).min(top);
    }
    let scrolled = Scrolled {
        offset: &mut state.offset,
        content: n_rows as f64 * grid.row_height,
        is_stop: false,
    };
    scroll_bar_ui(ui, id.with("bar"), view, bar, scrolled);
    let (visible, rows) = rows_ui(ui, (id_salt, &list), state, (grid, n_rows), asks_for_menu, row);
    attend(ui, id, state, &visible);
    let changed = std::mem::take(&mut state.is_clicked) || state.selected != before;
    if changed || !list.has_focus() {
        state.typed = None;
    }
    if list.has_focus() {
        focus_ui(ui, view, state);
    }
    ListResponse {
        id,
        visible,
        rows,
        sideways,
        changed,
        typed,
        keys,
    }
}

impl RowKeys {
    /// `takes_letters`: whether letters are no part of what is typed.
    fn pressed(ui: &Ui, takes_letters: bool) -> Self {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        // The one with Shift first: the other one takes it, too.
        let back = pressed(Modifiers::SHIFT, Key::Space).then_some(false);
        Self {
            entered: pressed(Modifiers::NONE, Key::Enter),
            paged: back.or(pressed(Modifiers::NONE, Key::Space).then_some(true)),
            letter: letter_pressed(ui).filter(|_| takes_letters),
            extends: false,
        }
    }
}

/// A letter or digit that was pressed alone, by its place on a Latin keyboard.
pub fn letter_pressed(ui: &Ui) -> Option<Key> {
    let is_letter = |key: Key| (Key::Num0..=Key::Num9).contains(&key) || (Key::A..=Key::Z).contains(&key);
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Key {
                key,
                physical_key,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            } => Some(physical_key.unwrap_or(*key)).filter(|it| is_letter(*it)),
            _ => None,
        })
    })
}

/// Rows in whole physical pixels.
#[derive(Clone, Copy)]
struct Grid {
    /// Physical pixels to a point.
    scale: f64,
    /// The height of a row in pixels, and in points.
    row_px: u64,
    row_height: f64,
    /// The height of the view in pixels, a last one that is not whole included.
    view_px: u64,
}

impl Grid {
    fn new(scale: f32, row_height: f32, view_height: f32) -> Self {
        let scale = f64::from(scale);
        let row_px = (f64::from(row_height) * scale).round().max(1.0) as u64;
        Self {
            scale,
            row_px,
            row_height: row_px as f64 / scale,
            view_px: (f64::from(view_height) * scale).ceil() as u64,
        }
    }
}

/// The rows in view, with their numbers.
fn rows_ui(
    ui: &mut Ui,
    (id_salt, list): (&str, &Response),
    state: &mut ListState,
    (grid, n_rows): (Grid, u64),
    asks_for_menu: bool,
    mut row: impl FnMut(&Ui, Rect, u64, bool) -> String,
) -> (Range<u64>, Vec<(u64, Response)>) {
    let (view, id) = (list.rect, list.id);
    let offset_px = (state.offset * grid.scale).round() as u64;
    let first = offset_px / grid.row_px;
    let last = (offset_px + grid.view_px).div_ceil(grid.row_px).min(n_rows);
    let view_top_px = (f64::from(view.top()) * grid.scale).round();
    let mut rows = ui.new_child(
        UiBuilder::new()
            .id_salt(id_salt)
            .max_rect(view)
            .accessibility_parent(id),
    );
    rows.set_clip_rect(view.intersect(ui.clip_rect()));
    let mut responses = Vec::new();
    for number in first..last {
        let top_px = view_top_px + (number * grid.row_px) as f64 - offset_px as f64;
        let top = (top_px / grid.scale) as f32;
        let size = vec2(view.width(), grid.row_height as f32);
        let rect = Rect::from_min_size(pos2(view.left(), top), size);
        let row_id = id.with(number);
        let response = rows.interact(rect.intersect(view), row_id, Sense::CLICK);
        if response.clicked() {
            (state.selected, state.is_clicked) = (Some(number), true);
            list.request_focus();
        }
        let is_selected = state.selected == Some(number);
        let name = row(&rows, rect, number, is_selected);
        response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &name));
        rows.ctx().accesskit_node_builder(row_id, |node| {
            // Counted from 0, other than in ARIA.
            node.set_position_in_set(usize::try_from(number).unwrap_or(usize::MAX));
            node.set_selected(is_selected);
        });
        if asks_for_menu && is_selected {
            open_context_menu(&response);
        }
        responses.push((number, response));
    }
    (first..last, responses)
}

/// Takes what is typed to find a row by its name: from a slash on, until Escape or until another row is chosen.
fn find_by_name(ui: &Ui, state: &mut ListState) -> Option<Typed> {
    let is_plain = |modifiers: Modifiers| !modifiers.ctrl && !modifiers.alt && !modifiers.command;
    let mut has_typed = false;
    ui.input_mut(|input| {
        let modifiers = input.modifiers;
        input.events.retain(|event| {
            if !is_plain(modifiers) {
                return true;
            }
            match (event, &mut state.typed) {
                // The key, not the letter: an Arabic keyboard has «ظ» on it.
                (
                    Event::Key {
                        key: Key::Slash,
                        pressed: true,
                        ..
                    },
                    typed @ None,
                ) => {
                    *typed = Some(Typed {
                        text: String::new(),
                        after: state.selected,
                    });
                    has_typed = true;
                }
                // The letter of that key.
                (Event::Text(_), Some(typed)) if has_typed && typed.text.is_empty() => {}
                (Event::Text(text), Some(typed)) if !text.chars().any(char::is_control) => {
                    typed.text.push_str(text);
                    has_typed = true;
                }
                (Event::Key { key: Key::Space, .. }, Some(_)) => {}
                (
                    Event::Key {
                        key: Key::Backspace,
                        pressed: true,
                        ..
                    },
                    Some(typed),
                ) => {
                    typed.text.pop();
                    has_typed = true;
                }
                (
                    Event::Key {
                        key: Key::Escape | Key::Enter,
                        pressed: true,
                        ..
                    },
                    typed @ Some(_),
                ) => *typed = None,
                _ => return true,
            }
            false
        });
    });
    let typed = state.typed.clone()?;
    (has_typed && !typed.text.is_empty()).then_some(typed)
}

/// The keyboard is with the list, the attention of a screen reader with its row.
fn attend(ui: &Ui, id: Id, state: &ListState, visible: &Range<u64>) {
    if let Some(selected) = state.selected.filter(|selected| visible.contains(selected)) {
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_active_descendant(id.with(selected).accesskit_id());
        });
    }
}

/// Shows that the list has the keyboard and, over its end, what is typed to find a row.
fn focus_ui(ui: &Ui, view: Rect, state: &ListState) {
    let look = look(ui.ctx());
    let ring = Stroke::new(1.5, look.palette.focus);
    ui.painter()
        .rect_stroke(view.shrink(1.0), 2.0, ring, StrokeKind::Inside);
    let Some(typed) = &state.typed else { return };
    let field = Rect::from_min_max(pos2(view.left(), view.bottom() - HEIGHT - 8.0), view.max).shrink2(vec2(8.0, 4.0));
    let outline = stroke(Some(look.palette.focus));
    ui.painter()
        .rect(field, ROUND, look.palette.raised, outline, StrokeKind::Inside);
    let style = TextStyle::interface(&look);
    let (text, style) = match typed.text.is_empty() {
        true => (look.words.find_row, style.color(look.palette.weak_text)),
        false => (typed.text.as_str(), style),
    };
    paint_line(ui, field.shrink2(vec2(10.0, 0.0)), text, &[], &style, LineAlign::Start);
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
    use crate::text::style::{Direction, Face, Look, Palette, WidgetWords};

    /// A list of rows in a window of 300 by 500 points.
    struct List {
        ctx: egui::Context,
        state: ListState,
        n_rows: u64,
        scale: f32,
        secs: f64,
        /// The rows that were drawn, with their rectangles.
        drawn: Vec<(u64, Rect)>,
        update: Option<egui::accesskit::TreeUpdate>,
    }

    const ROW_HEIGHT: f32 = 67.0;
    const VIEW_HEIGHT: f64 = 500.0;

    impl List {
        fn new(n_rows: u64) -> Self {
            let mut list = Self {
                ctx: context(),
                state: ListState::default(),
                n_rows,
                scale: 1.0,
                secs: 0.0,
                drawn: Vec::new(),
                update: None,
            };
            list.ctx.enable_accesskit();
            list.frame(Vec::new());
            list
        }

        /// A list whose first row was clicked, so that the keyboard is with it.
        fn focused(n_rows: u64) -> Self {
            let mut list = Self::new(n_rows);
            list.press(pos2(50.0, 10.0), true);
            list.press(pos2(50.0, 10.0), false);
            assert_eq!(list.state.selected, Some(0));
            list
        }

        fn frame(&mut self, events: Vec<Event>) -> ListResponse {
            self.secs += 0.1;
            let mut input = egui::RawInput {
                screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, VIEW_HEIGHT as f32))),
                events,
                time: Some(self.secs),
                ..egui::RawInput::default()
            };
            let viewport = input.viewports.entry(input.viewport_id).or_default();
            viewport.native_pixels_per_point = Some(self.scale);
            let mut response = None;
            let mut drawn = Vec::new();
            let (state, n_rows) = (&mut self.state, self.n_rows);
            let mut output = self.ctx.run_ui(input, |ui| {
                drawn.clear();
                response = Some(list_ui(
                    ui,
                    "rows",
                    state,
                    n_rows,
                    ROW_HEIGHT,
                    "rows",
                    |_, rect, row, _| {
                        drawn.push((row, rect));
                        row.to_string()
                    },
                ));
            });
            // There is no graphics card here to take the textures.
            output.textures_delta.clear();
            self.drawn = drawn;
            self.update = output.platform_output.accesskit_update;
            response.unwrap()
        }

        fn press(&mut self, pos: egui::Pos2, pressed: bool) {
            let button = Event::PointerButton {
                pos,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            self.frame(vec![Event::PointerMoved(pos), button]);
        }

        fn key(&mut self, key: Key) {
            self.frame(vec![Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            }]);
        }

        fn wheel(&mut self, points: f32) {
            self.frame(vec![
                Event::PointerMoved(pos2(50.0, 250.0)),
                Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Point,
                    delta: vec2(0.0, points),
                    phase: egui::TouchPhase::Move,
                    source: egui::MouseWheelSource::Unknown,
                    modifiers: Modifiers::NONE,
                },
            ]);
        }

        /// The end of the offset.
        fn end(&self) -> f64 {
            self.n_rows as f64 * f64::from(ROW_HEIGHT) - VIEW_HEIGHT
        }

        #[track_caller]
        fn check_selected(&self, row: u64) {
            assert_eq!(self.state.selected, Some(row));
            let (_, rect) = self.drawn.iter().find(|it| it.0 == row).expect("the row is drawn");
            assert!(
                -0.01 <= rect.top() && rect.bottom() <= VIEW_HEIGHT as f32 + 0.01,
                "row {row} at {rect:?}"
            );
        }

        /// What was typed, after each piece of text.
        fn typed(&mut self, text: &str) -> Option<Typed> {
            self.frame(vec![Event::Text(text.to_owned())]).typed
        }

        fn nodes(&self) -> impl Iterator<Item = &(egui::accesskit::NodeId, egui::accesskit::Node)> {
            self.update.iter().flat_map(|it| &it.nodes)
        }
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
                reading_face: Face::Naskh,
                reading_size: 18.0,
                reading_leading: 1.8,
                moves: true,
                words: WidgetWords::default(),
            },
        );
        ctx
    }

    #[test]
    fn the_end_of_a_million_rows_scrolls_by_single_points_and_less() {
        let mut list = List::new(1_000_000);
        list.state.offset = list.end() - 100.0;
        list.frame(Vec::new());
        let before = list.state.offset;
        let top = |list: &List| list.drawn[0].0 as f64 * f64::from(ROW_HEIGHT) - f64::from(list.drawn[0].1.top());
        let top_before = top(&list);
        list.wheel(-1.0);
        assert_eq!(list.state.offset, before + 1.0);
        assert_eq!(top(&list), top_before + 1.0);
        // Quarters add up and are drawn when they are a whole pixel.
        for _ in 0..4 {
            list.wheel(-0.25);
        }
        assert_eq!(list.state.offset, before + 2.0);
        assert_eq!(top(&list), top_before + 2.0);
        list.wheel(1.0);
        assert_eq!(list.state.offset, before + 1.0);
        for _ in 0..40 {
            list.wheel(-7.0);
        }
        assert_eq!(list.state.offset, list.end());
        assert_eq!(list.drawn.last().unwrap().0, 999_999);
    }

    #[test]
    fn only_the_rows_in_view_are_drawn() {
        let mut list = List::new(1_000_000);
        list.state.offset = 670.0;
        let response = list.frame(Vec::new());
        assert_eq!(response.visible, 10..18);
        let drawn: Vec<u64> = list.drawn.iter().map(|it| it.0).collect();
        assert_eq!(drawn, (10..18).collect::<Vec<_>>());
        list.n_rows = 3;
        assert_eq!(list.frame(Vec::new()).visible, 0..3);
        list.n_rows = 0;
        assert_eq!(list.frame(Vec::new()).visible, 0..0);
    }

    #[test]
    fn the_keyboard_moves_the_selection_and_the_view_follows() {
        let mut list = List::focused(1_000_000);
        list.key(Key::End);
        list.check_selected(999_999);
        assert_eq!(list.state.offset, list.end());
        list.key(Key::ArrowUp);
        list.check_selected(999_998);
        list.key(Key::PageUp);
        list.check_selected(999_991);
        for _ in 0..9 {
            list.key(Key::ArrowUp);
        }
        list.check_selected(999_982);
        list.key(Key::PageDown);
        list.check_selected(999_989);
        list.key(Key::ArrowDown);
        list.check_selected(999_990);
        list.key(Key::Home);
        list.check_selected(0);
        assert_eq!(list.state.offset, 0.0);
        list.key(Key::ArrowUp);
        list.check_selected(0);
        // It comes into view from wherever the wheel went.
        list.state.offset = 1.0e6;
        list.frame(Vec::new());
        list.key(Key::ArrowDown);
        list.check_selected(1);
    }

    #[test]
    fn the_bar_reaches_every_part_of_the_list() {
        let mut list = List::new(1_000_000);
        // The reading end is at the left.
        list.press(pos2(4.0, 14.0), true);
        list.frame(vec![Event::PointerMoved(pos2(4.0, 250.0))]);
        let middle = list.end() / 2.0;
        assert!((list.state.offset - middle).abs() < 1.0, "{}", list.state.offset);
        list.frame(vec![Event::PointerMoved(pos2(4.0, 900.0))]);
        assert_eq!(list.state.offset, list.end());
        list.frame(vec![Event::PointerMoved(pos2(4.0, -50.0))]);
        assert_eq!(list.state.offset, 0.0);
        list.press(pos2(4.0, -50.0), false);
        assert_eq!(list.state.selected, None);
    }

    #[test]
    fn the_selection_stays_among_the_rows_and_in_view_when_they_become_fewer() {
        let mut list = List::focused(1_000_000);
        list.key(Key::End);
        list.n_rows = 50;
        assert!(list.frame(Vec::new()).changed);
        list.check_selected(49);
        list.n_rows = 0;
        list.frame(Vec::new());
        assert_eq!(list.state.selected, None);
    }

    #[test]
    fn a_revealed_row_comes_into_view() {
        let mut list = List::new(1_000_000);
        list.state.selected = Some(500_000);
        list.frame(Vec::new());
        assert_eq!(list.state.offset, 0.0);
        list.state.reveal_selected();
        assert!(!list.frame(Vec::new()).changed);
        list.check_selected(500_000);
    }

    #[test]
    fn rows_begin_on_pixels_at_every_scale() {
        for scale in [1.0, 1.25, 1.5, 1.75, 2.0] {
            let mut list = List::new(1_000_000);
            list.scale = scale;
            let pixel = 1.0 / f64::from(scale);
            for start in [0.0, 12.3, 1.0e6, 5.0e7 + 0.7] {
                list.state.offset = start;
                list.frame(Vec::new());
                let mut last: Option<Vec<(u64, i64)>> = None;
                for _ in 0..30 {
                    let tops: Vec<(u64, i64)> = list
                        .drawn
                        .iter()
                        .map(|(row, rect)| {
                            let px = f64::from(rect.top()) * f64::from(scale);
                            assert!((px - px.round()).abs() < 0.001, "{px} at {scale}");
                            (*row, px.round() as i64)
                        })
                        .collect();
                    let gaps: Vec<i64> = tops.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
                    assert!(gaps.iter().all(|it| *it == gaps[0]), "{gaps:?}");
                    // A pixel further, every row stands a pixel higher.
                    if let Some(last) = last {
                        let moved = |(row, top): &(u64, i64)| {
                            let now = tops.iter().find(|it| it.0 == *row);
                            now.is_none_or(|now| now.1 == top - 1)
                        };
                        assert!(last.iter().all(moved), "{last:?} {tops:?}");
                    }
                    last = Some(tops);
                    list.state.offset += pixel;
                    list.frame(Vec::new());
                }
            }
        }
    }

    #[test]
    fn a_screen_reader_is_told_where_it_is() {
        let mut list = List::focused(1_000_000);
        list.key(Key::End);
        let (list_id, node) = list.nodes().find(|it| it.1.role() == Role::ListBox).unwrap();
        assert_eq!(node.size_of_set(), Some(1_000_000));
        let active = node.active_descendant().unwrap();
        assert_eq!(list.update.as_ref().unwrap().focus, *list_id);
        let rows: Vec<_> = list.nodes().filter(|it| it.1.role() == Role::ListBoxOption).collect();
        assert_eq!(rows.len(), list.drawn.len());
        for (id, node) in rows {
            let position = node.position_in_set().unwrap();
            assert_eq!(node.label(), Some(position.to_string().as_str()));
            assert_eq!(node.is_selected(), Some(position == 999_999));
            assert_eq!(*id == active, position == 999_999);
        }
        list.state.offset = 0.0;
        list.frame(Vec::new());
        let (_, node) = list.nodes().find(|it| it.1.role() == Role::ListBox).unwrap();
        assert_eq!(node.active_descendant(), None);
    }

    #[test]
    fn what_is_typed_behind_a_slash_finds_rows() {
        let mut list = List::focused(100);
        let typed = |text: &str, after: u64| {
            Some(Typed {
                text: text.to_owned(),
                after: Some(after),
            })
        };
        // Letters alone are keys of their own.
        assert_eq!(list.typed("ق"), None);
        list.key(Key::Slash);
        assert_eq!(list.typed("ق"), typed("ق", 0));
        assert_eq!(list.typed("ا"), typed("قا", 0));
        assert_eq!(list.typed(" "), typed("قا ", 0));
        assert_eq!(list.frame(Vec::new()).typed, None);
        // The key of the slash has another letter on an Arabic keyboard; it is not typed.
        let mut list = List::focused(100);
        let slash = Event::Key {
            key: Key::Slash,
            physical_key: Some(Key::Slash),
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        list.frame(vec![slash, Event::Text("ظ".to_owned())]);
        assert_eq!(list.typed("م"), typed("م", 0));
        // Another row ends it, and so does Escape.
        list.key(Key::ArrowDown);
        assert_eq!(list.typed("ن"), None);
        list.key(Key::Slash);
        list.key(Key::Escape);
        assert_eq!(list.typed("ن"), None);
        // Without the keyboard nothing is typed into the list.
        let mut list = List::new(100);
        list.key(Key::Slash);
        assert_eq!(list.typed("ق"), None);
    }

    #[test]
    fn enter_and_space_are_of_the_selected_row() {
        let mut list = List::focused(100);
        let press = |key, modifiers| Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        };
        let response = list.frame(vec![press(Key::Enter, Modifiers::NONE)]);
        let of = |entered, paged| RowKeys {
            entered,
            paged,
            ..RowKeys::default()
        };
        assert_eq!(response.keys, of(true, None));
        let response = list.frame(vec![press(Key::Space, Modifiers::NONE)]);
        assert_eq!(response.keys, of(false, Some(true)));
        let response = list.frame(vec![press(Key::Space, Modifiers::SHIFT)]);
        assert_eq!(response.keys, of(false, Some(false)));
    }
}

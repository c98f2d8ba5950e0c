//! What pointer and keys do in the text.

use egui::{CursorIcon, Event, EventFilter, Id, Key, PointerButton, Pos2, Rect, Response, Ui};

use super::super::engine::look;
use super::model::{Selection, SelectionUnit};
use super::state::ReaderState;

/// Follows the pointer. Returns the link that was clicked.
pub fn pointer(ui: &Ui, state: &mut ReaderState, response: &Response, view: Rect, origin: Pos2) -> Option<u64> {
    let at = response.hover_pos().or(response.interact_pointer_pos())?;
    let place = state.page.place_at(at - origin);
    let link = state.page.link_at(at - origin, &state.document);
    ui.set_cursor_icon(if link.is_some() {
        CursorIcon::PointingHand
    } else {
        CursorIcon::Text
    });
    let pressed = ui.input(|input| input.pointer.button_pressed(PointerButton::Primary));
    let begin = |unit| Some(Selection::at(place, unit));
    // A quick click may be over within the frame in which it began.
    if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
        response.request_focus();
        let extends = ui.input(|input| input.modifiers.shift);
        match &mut state.selection {
            Some(selection) if extends => selection.focus = place,
            selection => *selection = begin(SelectionUnit::Letter),
        }
    }
    if response.triple_clicked() {
        state.selection = begin(SelectionUnit::Paragraph);
    } else if response.double_clicked() {
        state.selection = begin(SelectionUnit::Word);
    } else if response.dragged_by(PointerButton::Primary)
        && let Some(selection) = &mut state.selection
    {
        selection.focus = place;
        // Beyond the edge the text comes along, the faster the farther.
        let beyond = (at.y - view.bottom()).max(0.0) - (view.top() - at.y).max(0.0);
        if beyond != 0.0 {
            state.offset += f64::from(beyond.clamp(-60.0, 60.0) * 0.3);
            ui.request_repaint();
        }
    }
    if response.clicked() && state.selection_range().is_none() {
        return link;
    }
    None
}

/// What the keys do while the reader has the keyboard. Returns whether Escape was pressed with nothing selected.
pub fn keys(ui: &Ui, id: Id, state: &mut ReaderState, view_height: f32) -> bool {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let is_rtl = look(ui.ctx()).direction.is_rtl();
    let page = f64::from(view_height) * 0.9;
    let mut is_left = false;
    for event in ui.input(|input| input.events.clone()) {
        let Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            continue;
        };
        let by_word = modifiers.ctrl || modifiers.alt;
        match key {
            Key::A if modifiers.command => state.select_all(),
            Key::ArrowLeft | Key::ArrowRight if modifiers.shift => {
                let forward = (key == Key::ArrowLeft) == is_rtl;
                state.extend(view_height, |it, place| it.document.beside(place, forward, by_word));
            }
            Key::ArrowDown | Key::ArrowUp if modifiers.shift => {
                state.extend(view_height, |it, place| {
                    it.page.in_next_line(place, key == Key::ArrowDown)
                });
            }
            Key::Home | Key::End if modifiers.shift => {
                state.extend(view_height, |it, place| {
                    it.page.line_end(place, key == Key::End, &it.document)
                });
            }
            Key::Escape => {
                is_left = state.selection_range().is_none();
                state.selection = None;
            }
            Key::ArrowDown => state.offset += 40.0,
            Key::ArrowUp => state.offset -= 40.0,
            Key::Space if modifiers.shift => state.offset -= page,
            Key::PageDown | Key::Space => state.offset += page,
            Key::PageUp => state.offset -= page,
            Key::Home => state.offset = 0.0,
            Key::End => state.offset = f64::from(state.page.height),
            _ => {}
        }
    }
    let max = (f64::from(state.page.height) - f64::from(view_height)).max(0.0);
    state.offset = state.offset.clamp(0.0, max);
    is_left
}

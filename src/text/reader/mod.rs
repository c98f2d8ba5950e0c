//! A long text to be read: paragraphs with tints, links, a selection that crosses them, and finding in it.
//!
//! - `model`: what is read, selected and found; no geometry
//! - `layout`: where it lies
//! - `state`: what is remembered between frames
//! - `input`: pointer and keys
//! - `paint`: how it looks

mod input;
mod layout;
mod model;
mod paint;
mod state;

use egui::output::OutputCommand;
use egui::{
    Event, Id, Key, Modifiers, Pos2, Response, Role, Sense, Stroke, StrokeKind, TextureId, Ui, Vec2, WidgetInfo, pos2,
};

use super::engine::look;
use super::popup::{MenuItem, asks_for_menu, context_menu_ui};
use super::scroll::{BAR_WIDTH, Scrolled, scroll_bar_ui};

use input::{keys, pointer};

use model::{Selection, SelectionUnit};

pub use model::{Block, BlockPicture};
pub use state::ReaderState;

/// The margins beside the column, in points.
const MARGIN: f32 = 22.0;

/// How a reader is shown. `A` is what the items of its menu do.
pub struct ReaderOptions<'a, A> {
    /// Which text it is and how it is set: the blocks are asked for when this changes.
    pub key: u64,
    /// Which text it is: another one begins at its top.
    pub text: u64,
    /// The widest column, in points.
    pub max_width: f32,
    /// What a screen reader calls it.
    pub name: &'a str,
    /// What its menu offers besides copying and selecting, and whether it is opened on a link: then there is less room.
    pub menu: &'a dyn Fn(bool) -> Vec<MenuItem<'a, A>>,
    /// What its menu offers above that when it is opened on a link.
    pub link_menu: &'a dyn Fn(u64) -> Vec<MenuItem<'a, A>>,
    /// What a picture looks like, by its link; nothing while that is not known.
    pub picture: &'a dyn Fn(u64) -> Option<TextureId>,
}

/// What happened to a reader.
pub struct ReaderResponse<A> {
    /// The whole.
    pub response: Response,
    /// The number of the link that was clicked.
    pub clicked_link: Option<u64>,
    /// The link that Enter was pressed at.
    pub entered_link: Option<u64>,
    /// What was chosen in [`ReaderOptions::menu`] or [`ReaderOptions::link_menu`].
    pub chosen: Option<A>,
    /// Whether something was copied.
    pub copied: bool,
    /// Whether Escape was pressed with nothing selected.
    pub is_left: bool,
    /// The pictures in view or nearly so, by their links, and their sizes in points.
    pub pictures: Vec<(u64, Vec2)>,
}

/// What the reader's menu does: its own, or what the caller adds.
enum MenuAction<A> {
    Copy,
    SelectAll,
    Added(A),
}

/// A text in a column over the available space. `blocks` is called when [`ReaderOptions::key`] changes; another text
/// begins at its top, the same one stays where it is.
pub fn reader_ui<A>(
    ui: &mut Ui,
    id: Id,
    state: &mut ReaderState,
    options: ReaderOptions<'_, A>,
    blocks: impl FnOnce() -> Vec<Block>,
) -> ReaderResponse<A> {
    let look = look(ui.ctx());
    let whole = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(whole);
    let (bar, view) = look.direction.split_end(whole, BAR_WIDTH);
    let width = (view.width() - 2.0 * MARGIN).clamp(80.0, options.max_width);
    let is_new = state.show(options.key, options.text, blocks);
    state.set(ui, width, is_new);

    let response = ui.interact(view, id, Sense::click_and_drag());
    let content = f64::from(state.page.height);
    let offset = &mut state.offset;
    scroll_bar_ui(
        ui,
        id.with("bar"),
        view,
        bar,
        Scrolled {
            offset,
            content,
            is_stop: false,
        },
    );
    state.view_height = view.height();
    let mut is_left = false;
    if response.has_focus() {
        is_left = keys(ui, id, state, view.height());
    }
    state.follow(view.height());
    let origin = pos2(view.center().x - width / 2.0, view.top() - state.offset.round() as f32);

    let is_entered = response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let entered_link = state.link.filter(|_| is_entered);
    let opener = menu_opener(ui, state, &response, origin);
    let clicked_link = pointer(ui, state, &response, view, origin);
    let asks_for_copy = response.has_focus() && ui.input(|input| input.events.contains(&Event::Copy));
    let (copies, chosen) = match menu_ui(state, &opener, &options) {
        Some(MenuAction::Copy) => (true, None),
        Some(MenuAction::SelectAll) => {
            state.select_all();
            (false, None)
        }
        Some(MenuAction::Added(action)) => (false, Some(action)),
        None => (asks_for_copy, None),
    };
    let copied = copy(ui, state, copies);
    // Those that come into view next are made ready.
    let near = (
        view.top() - origin.y - view.height() / 2.0,
        view.bottom() - origin.y + view.height(),
    );
    let pictures = state.page.pictures(&state.document, near).into_iter();
    let pictures = pictures.map(|(link, rect)| (link, rect.size())).collect();
    paint::paint(ui, id, state, (view, origin), options.picture);
    if response.has_focus() {
        let stroke = Stroke::new(1.5, look.palette.focus);
        ui.painter()
            .rect_stroke(view.shrink(1.0), 2.0, stroke, StrokeKind::Inside);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, options.name));
    ReaderResponse {
        response,
        clicked_link,
        entered_link,
        chosen,
        copied,
        is_left,
        pictures,
    }
}

/// What the menu is opened on: the current link if the keyboard opens it, else the link that is pointed at.
fn menu_opener(ui: &Ui, state: &mut ReaderState, response: &Response, origin: Pos2) -> Response {
    let mut opener = response.clone();
    if response.has_focus() && asks_for_menu(ui) {
        state.menu_link = state.link;
    } else if response.secondary_clicked() {
        let at = response.interact_pointer_pos();
        if let Some(at) = at.filter(|_| state.selection_range().is_none()) {
            let place = state.page.place_at(at - origin);
            state.selection = Some(Selection::at(place, SelectionUnit::Word));
        }
        state.menu_link = at.and_then(|at| state.page.link_at(at - origin, &state.document));
    }
    if let Some(rect) = state.menu_link.and_then(|link| state.rect_of_link(link, origin)) {
        opener.rect = rect;
        opener.interact_rect = rect;
    }
    opener
}

/// What can be done with the link that the menu was opened on, with the selection and with the text.
fn menu_ui<A>(state: &ReaderState, opener: &Response, options: &ReaderOptions<'_, A>) -> Option<MenuAction<A>> {
    let words = look(&opener.ctx).words;
    context_menu_ui(opener, options.name, || {
        let of_link = state.menu_link.map_or_else(Vec::new, options.link_menu);
        let starts_group = !of_link.is_empty();
        let own = [
            MenuItem {
                shortcut: "Ctrl+C",
                enabled: state.selection_range().is_some(),
                starts_group,
                ..MenuItem::new(words.copy, MenuAction::Copy)
            },
            MenuItem {
                shortcut: "Ctrl+A",
                ..MenuItem::new(words.select_all, MenuAction::SelectAll)
            },
        ];
        let mut items: Vec<_> = of_link.into_iter().map(|item| item.map(MenuAction::Added)).collect();
        items.extend(own);
        items.extend(
            (options.menu)(starts_group)
                .into_iter()
                .map(|item| item.map(MenuAction::Added)),
        );
        items
    })
}

/// Copies the selection if it is to be copied and there is one, and offers a finished one for pasting with the middle
/// button. Returns whether something was copied.
fn copy(ui: &Ui, state: &mut ReaderState, copies: bool) -> bool {
    let selected = state.selected_text();
    let copied = copies && !selected.is_empty();
    if copied {
        ui.copy_text(selected.clone());
    }
    if !ui.input(|input| input.pointer.any_down()) && state.settled != selected {
        state.settled = selected;
        if !state.settled.is_empty() {
            let command = OutputCommand::TextSelectionSettled(state.settled.clone());
            ui.output_mut(|output| output.commands.push(command));
        }
    }
    copied
}

//! The search field, what is offered below it, and the query as it was understood.

use egui::{
    Color32, CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::index::{Change, Completion, CompletionKind, UsualSpelling};
use crate::state::{Command, VisitStamp};
use crate::text::{self, EditKind, EditOptions, EditState, Offer};

use super::super::layout::View;
use super::super::words::{facts, phrase};

/// The height of the line that tells how the query was understood, in points.
const UNDERSTOOD_HEIGHT: f32 = 20.0;

/// What the bar remembers.
#[derive(Default)]
pub struct TopBarState {
    edit: EditState,
    query_text: String,
    /// Which of the completions the keyboard is on.
    chosen: Option<usize>,
    /// Whether the completions were closed and stay so until something else is typed.
    is_dismissed: bool,
    /// Where the completions were shown in the last frame.
    offers: Option<Rect>,
    /// Where the search field lies.
    field: Option<Rect>,
    /// The [`VisitStamp`] that was shown.
    visited: VisitStamp,
}

impl TopBarState {
    /// Puts the caret into the search field.
    pub fn focus_search(&mut self, ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(search_id()));
    }
}

/// The search field.
fn search_id() -> Id {
    Id::unique("search")
}

/// The search field with what is offered below it.
pub fn search_ui(ui: &mut Ui, view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    let id = search_id();
    let is_pointed_at = bar.offers.is_some_and(|rect| ui.rect_contains_pointer(rect));
    let has_focus = ui.memory(|memory| memory.has_focus(id)) || is_pointed_at;
    // The query may have been changed elsewhere; while it is typed, the field knows best.
    let visit = view.state.archive.visit_stamp();
    let is_visited = std::mem::replace(&mut bar.visited, visit) != visit;
    if is_visited || !has_focus {
        bar.query_text.clone_from(&view.state.archive.search.request.query_text);
    }
    let completions = view
        .state
        .archive
        .search
        .completions
        .value
        .as_deref()
        .unwrap_or_default();
    let is_open = has_focus && !bar.is_dismissed && !completions.is_empty();
    let mut taken = None;
    if is_open {
        taken = offer_keys(ui, bar, completions.len());
    }
    usual_key(ui, view, bar, commands);
    let options = EditOptions {
        kind: EditKind::Search,
        hint: view.words.search_hint(),
        name: view.words.search(),
    };
    let response = text::edit_ui(ui, id, &mut bar.edit, &mut bar.query_text, options);
    bar.field = Some(response.response.rect);
    if response.cancelled && !bar.query_text.is_empty() {
        bar.query_text.clear();
        commands.push(Command::SetQuery(String::new()));
        commands.push(Command::Complete(None));
    } else if response.changed {
        (bar.chosen, bar.is_dismissed) = (None, false);
        commands.push(Command::SetQuery(bar.query_text.clone()));
        commands.push(Command::Complete(Some(bar.query_text.clone())));
    } else if response.submitted {
        // The search has followed what was typed; the list has the answer.
        bar.is_dismissed = true;
    } else if !has_focus && !completions.is_empty() {
        commands.push(Command::Complete(None));
    }
    bar.offers = None;
    if !is_open {
        bar.chosen = None;
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        tab: bar.chosen.is_some(),
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let clicked = offers_ui(ui, view, bar, response.response.rect, completions);
    // What is offered for an earlier text would undo what was typed since.
    let is_current = !view.state.archive.search.completions.pending;
    let taken = taken.or(clicked).filter(|_| is_current);
    if let Some(completion) = taken.and_then(|idx| completions.get(idx)) {
        bar.query_text.clone_from(&completion.query_text);
        bar.edit.go_to_end();
        (bar.chosen, bar.offers) = (None, None);
        response.response.request_focus();
        commands.push(Command::AcceptCompletion(completion.clone()));
    }
}

/// Takes the usual spelling that is offered by key, in the field or while the keyboard is nowhere.
fn usual_key(ui: &Ui, view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    let is_here = ui.memory(|memory| memory.focused().is_none_or(|id| id == search_id()));
    let is_offered = offered_usual(view).is_some();
    if is_here && is_offered && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) {
        take_usual(view, bar, commands);
    }
}

/// The usual spelling of the query that stands in the field.
fn offered_usual(view: View<'_>) -> Option<&UsualSpelling> {
    let search = &view.state.archive.search;
    search.usual.as_ref().filter(|_| !search.is_searching())
}

/// Writes the query as is usual. What was typed comes back when that is undone in the field.
fn take_usual(view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    let Some(usual) = offered_usual(view) else { return };
    let words: Vec<&str> = usual.words.iter().map(|it| it.usual.as_str()).collect();
    let spelling = Change::Spelling {
        word: words.join(" "),
        query_text: usual.query_text.clone(),
    };
    bar.query_text.clone_from(&usual.query_text);
    bar.edit.go_to_end();
    (bar.chosen, bar.is_dismissed) = (None, true);
    commands.push(Command::Widen(spelling));
    commands.push(Command::Complete(None));
}

/// What is offered, below `field` and the query as it was understood. Returns the place of what was clicked.
fn offers_ui(ui: &Ui, view: View<'_>, bar: &mut TopBarState, field: Rect, completions: &[Completion]) -> Option<usize> {
    let note = |it: &Completion| (phrase::completion_note(view.words, it), completion_color(view, it.kind));
    let notes: Vec<(String, Color32)> = completions.iter().map(note).collect();
    let offers: Vec<Offer<'_>> = completions
        .iter()
        .zip(&notes)
        .map(|(it, (note, color))| Offer {
            text: &it.shown,
            note,
            color: *color,
        })
        .collect();
    let anchor = Rect::from_min_max(field.min, pos2(field.right(), field.bottom() + UNDERSTOOD_HEIGHT));
    let name = view.words.completions();
    let shown = text::offers_ui(ui, search_id(), anchor, name, &offers, bar.chosen);
    bar.offers = Some(shown.rect);
    shown.clicked
}

/// Moves over the completions and closes them; returns the one that was taken. Enter and Tab are left to the field
/// until one was chosen with the arrow keys.
fn offer_keys(ui: &Ui, bar: &mut TopBarState, n_offers: usize) -> Option<usize> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        bar.chosen = Some(bar.chosen.map_or(0, |it| (it + 1) % n_offers));
    }
    if pressed(Key::ArrowUp) {
        bar.chosen = match bar.chosen {
            None => Some(n_offers - 1),
            Some(idx) => idx.checked_sub(1),
        };
    }
    if pressed(Key::Escape) {
        (bar.is_dismissed, bar.chosen) = (true, None);
    }
    bar.chosen.filter(|_| pressed(Key::Enter) || pressed(Key::Tab))
}

fn completion_color(view: View<'_>, kind: CompletionKind) -> Color32 {
    match kind {
        CompletionKind::Value(facet) => view.theme.facet(facet),
        CompletionKind::Word | CompletionKind::Operator => view.theme.palette.weak_text,
    }
}

/// Below the search field, the query as it was understood; while it is empty, what could be typed.
pub fn understood_ui(ui: &mut Ui, view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), UNDERSTOOD_HEIGHT), Sense::hover());
    let Some(field) = bar.field else { return };
    let mut rect = Rect::from_x_y_ranges(field.shrink2(vec2(10.0, 0.0)).x_range(), row.y_range());
    if let Some(usual) = offered_usual(view) {
        let offered = usual_ui(ui, view, rect, usual);
        (_, rect) = view.direction.split_start(rect, offered.rect.width() + 14.0);
        if offered.clicked() {
            take_usual(view, bar, commands);
        }
    }
    let page = view.state.archive.search.results.value.as_ref();
    let understood = page.map(|it| &it.query_understood).filter(|it| !it.arabic.is_empty());
    let understood = match understood {
        Some(understood) => phrase::understood(view.words, understood),
        None => view.words.search_tip().to_owned(),
    };
    // What cannot be met is told first: the line may be too short for all.
    let unmet = page.into_iter().flat_map(|it| it.unmet.iter());
    let mut told: Vec<String> = unmet.map(|it| phrase::unmet(view.words, it)).collect();
    let has_unmet = !told.is_empty();
    told.push(understood);
    let text = match has_unmet {
        true => facts(&told.iter().map(String::as_str).collect::<Vec<_>>()),
        false => told.concat(),
    };
    text::paint_line(ui, rect, &text, &[], &view.weak(), text::LineAlign::Start);
    text::name(&response, &text);
}

/// What is usually written for the query, to be clicked.
fn usual_ui(ui: &Ui, view: View<'_>, row: Rect, usual: &UsualSpelling) -> Response {
    let told = phrase::usual(view.words, usual);
    let style = view.style().size(12.5).bold().color(view.theme.palette.accent);
    let width = text::measure(ui.ctx(), &told, &style).x.ceil() + 1.0;
    let (rect, _) = view.direction.split_start(row, width.min(row.width()));
    let response = ui.interact(rect, Id::unique("usual spelling"), Sense::click());
    let palette = view.theme.palette;
    if response.hovered() || response.has_focus() {
        let ground = rect.expand2(vec2(4.0, 0.0));
        ui.painter().rect_filled(ground, 4.0, palette.hover);
        if response.has_focus() {
            let ring = Stroke::new(1.5, palette.focus);
            ui.painter().rect_stroke(ground, 4.0, ring, StrokeKind::Inside);
        }
    }
    text::paint_line(ui, rect, &told, &[], &style, text::LineAlign::Start);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

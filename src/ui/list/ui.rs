//! The list of the articles that were found.

use egui::{Event, Id, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::archive::ArticleId;
use crate::index::{HitOrder, ResultPage, RowKind};
use crate::state::{Cause, Command, SearchView};
use crate::text::{self, Direction, Icon, LineAlign, ListState, RowKeys};

use super::super::copying::copy_rows;
use super::super::dialog_request::DialogRequest;
use super::super::kwic::view_switch_ui;
use super::super::layout::{View, marks_and_names, middle_and_end_ui, row_ground_ui, row_ui};
use super::super::marks::{mark_by_key, row_marks_ui};
use super::super::nothing_found::nothing_found_ui;
use super::super::notices::details_ui;
use super::super::words::{count, mark, notice};
use super::data::{RowData, Shown, row_menu};

/// The height of a row, in points: two lines of headline, a line about it, two or three of text.
const ROW_HEIGHT: f32 = 138.0;

/// The room beside a row, in points.
const ROW_MARGIN: f32 = 14.0;

const ORDERS: [HitOrder; 5] = [
    HitOrder::Relevance,
    HitOrder::Newest,
    HitOrder::Oldest,
    HitOrder::Title,
    HitOrder::Source,
];

/// How far the copies of a story stand in below it.
const COPY_INDENT: f32 = 16.0;

/// The height of the line that says how many copies there are.
const STORY_HEIGHT: f32 = 24.0;

/// What the list remembers between frames.
#[derive(Default)]
pub struct ArticleListState {
    /// Whether the keyboard was asked for.
    pub takes_focus: bool,
    /// Where the keyboard goes in it.
    id: Option<Id>,
    list: ListState,
    /// The [`SearchView::n_found`](crate::state::SearchView::n_found) that was shown.
    n_found: u64,
}

impl ArticleListState {
    /// Takes over what was selected elsewhere, and the keyboard if it was asked for.
    fn follow(&mut self, ui: &Ui, search: &SearchView) {
        self.list.selected = search.selected.map(|row| row as u64);
        if self.n_found != search.n_found {
            self.n_found = search.n_found;
            self.list.reveal_selected();
        }
        if let Some(id) = self.id.filter(|_| std::mem::take(&mut self.takes_focus)) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

/// Draws the list: how many there are, their order, and a row for each. Returns what the keys ask of the selected article.
pub fn article_list_ui(
    ui: &mut Ui,
    view: View<'_>,
    list_state: &mut ArticleListState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) -> RowKeys {
    let search = &view.state.archive.search;
    if let Some(cause) = &search.failure {
        failure_ui(ui, view, cause, dialog, commands);
    }
    let Some(page) = &search.results.value else {
        if search.failure.is_none() {
            text::line_ui(ui, view.words.loading(), &view.weak());
        }
        return RowKeys::default();
    };
    if search.failure.is_some() && page.articles.is_empty() {
        // That the search before found nothing would be taken for the answer to this one.
        return RowKeys::default();
    }
    view_switch_ui(ui, view, commands);
    header_ui(ui, view, page.n_articles, commands);
    if page.articles.is_empty() {
        nothing_found_ui(ui, view, &page.nothing_found, commands);
        return RowKeys::default();
    }

    list_state.follow(ui, search);
    let list = &mut list_state.list;
    let mut toggled = None;
    let response = text::list_ui(
        ui,
        "articles",
        list,
        page.articles.len() as u64,
        ROW_HEIGHT,
        view.words.articles(),
        |ui, rect, row, selected| {
            let row = row as usize;
            let (kind, hit) = (page.row_kind(row), search.rows.get(row));
            let Some(hit) = hit else {
                row_ground_ui(ui, view, rect, selected, (view.theme.palette.outline, ROW_MARGIN));
                return view.words.loading().to_owned();
            };
            let data = RowData::new(view, kind, hit);
            if row_of_hit_ui(ui, view, rect, &data, selected) {
                toggled = Some(row);
            }
            data.name
        },
    );
    list_state.id = Some(response.id);
    copy_key(ui, view, response.id, commands);
    if response.sideways != 0
        && let Some(row) = search.selected
    {
        commands.extend(unfold(page, row, response.sideways));
    }
    commands.extend(toggled.map(Command::ToggleStory));
    row_menus_ui(view, page, &response.rows, dialog, commands);
    let visible = response.visible;
    commands.push(Command::ShowRows(visible.start as usize..visible.end as usize));
    if response.changed
        && let Some(row) = list.selected
    {
        commands.extend(choose(ui, row as usize, response.keys.extends));
    }
    if let Some(key) = response.keys.letter {
        mark_by_key(key, search.selected, dialog, commands);
    }
    if let Some(typed) = response.typed {
        commands.push(Command::FindTitle {
            typed: typed.text,
            after: typed.after.map(|row| row as usize),
        });
    }
    response.keys
}

/// What choosing a row means: that it is read, or that it is picked, where Shift or Ctrl is held.
fn choose(ui: &Ui, row: usize, by_key: bool) -> Vec<Command> {
    let held = ui.input(|input| input.modifiers);
    match held {
        // With the keys the reader goes along.
        _ if by_key => vec![Command::PickTo(row), Command::Select(row)],
        _ if held.shift => vec![Command::PickTo(row)],
        _ if held.command => vec![Command::Pick(row)],
        _ => vec![Command::Select(row)],
    }
}

/// Copies the picked rows, or the selected one, if that is asked for while the keyboard is in the list.
fn copy_key(ui: &Ui, view: View<'_>, list: Id, commands: &mut Vec<Command>) {
    let asks = ui.memory(|memory| memory.has_focus(list)) && ui.input(|input| input.events.contains(&Event::Copy));
    let archive = &view.state.archive;
    if asks && !archive.picked.articles.is_empty() {
        commands.push(copy_rows(view, archive.picked.articles.as_slice().into()));
        return;
    }
    let article = archive.search.selected_article().filter(|_| asks);
    commands.extend(article.map(|it| copy_rows(view, [it].into())));
}

/// What the arrow keys do with a row: unfold a story, fold it, or go from a copy back to the story that it is of.
fn unfold(page: &ResultPage, row: usize, sideways: isize) -> Option<Command> {
    match page.row_kind(row) {
        RowKind::Story { is_unfolded, .. } if is_unfolded == (sideways < 0) => Some(Command::ToggleStory(row)),
        RowKind::Copy { of } if sideways < 0 => Some(Command::Select(of)),
        RowKind::Article | RowKind::Story { .. } | RowKind::Copy { .. } => None,
    }
}

/// The orders that can be chosen, and the one that holds. Without a query nothing matches better than anything else: the
/// newest come first.
fn orders(view: View<'_>) -> (Vec<(HitOrder, &'static str)>, HitOrder) {
    let request = &view.state.archive.search.request;
    let has_query = !request.query_text.trim().is_empty() || request.similar_to.is_some();
    let is_offered = |it: &HitOrder| has_query || *it != HitOrder::Relevance;
    let offered = ORDERS.into_iter().filter(is_offered);
    let shown = match request.order {
        HitOrder::Relevance if !has_query => HitOrder::Newest,
        order => order,
    };
    (offered.map(|it| (it, view.words.hit_order(it))).collect(), shown)
}

/// The menus of the rows in view.
fn row_menus_ui(
    view: View<'_>,
    page: &ResultPage,
    rows: &[(u64, Response)],
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    for (row, response) in rows {
        let row = *row as usize;
        let Some(hit) = view.state.archive.search.rows.get(row) else {
            continue;
        };
        let chosen = text::context_menu_ui(response, &hit.title, || row_menu(view, page, row, hit));
        if let Some(action) = chosen {
            action.run(&response.ctx, dialog, commands);
        }
    }
}

/// How many articles there are, in which order, and whether copies are one row.
fn header_ui(ui: &mut Ui, view: View<'_>, n_found: u64, commands: &mut Vec<Command>) {
    let words = view.words;
    ui.add_space(6.0);
    row_ui(ui, view, 32.0, |ui| {
        ui.add_space(ROW_MARGIN);
        let open = view.state.archive.open.as_ref();
        let all = open.map_or(0, |archive| archive.n_articles);
        let is_reading = open.is_some_and(|it| it.is_reading());
        let count = |ui: &mut Ui| {
            if n_found == 0 && is_reading {
                // Below it stands that more is to come.
                return;
            }
            let text = count::n_of_articles(words, n_found, all.max(n_found));
            text::line_ui(ui, &text, &view.style().bold());
        };
        middle_and_end_ui(ui, view, "list header", count, |ui| {
            let (orders, shown) = orders(view);
            let mut order = shown;
            text::combo_ui(ui, "order", words.order(), &mut order, &orders);
            if order != shown {
                commands.push(Command::SetOrder(order));
            }
            ui.add_space(8.0);
        });
    });
    row_ui(ui, view, 32.0, |ui| {
        ui.add_space(ROW_MARGIN);
        let n_picked = view.state.archive.picked.articles.len();
        if n_picked != 0 {
            // In the place of what is chosen for all of the list, so that no row moves.
            let count = |ui: &mut Ui| {
                text::line_ui(ui, &mark::n_picked(words, n_picked), &view.style());
            };
            middle_and_end_ui(ui, view, "picked", count, |ui| {
                if text::button_ui(ui, mark::pick_none(words)).clicked() {
                    commands.push(Command::PickNone);
                }
                ui.add_space(8.0);
            });
            return;
        }
        let by_stories = view.state.archive.search.request.by_stories;
        if text::checkbox_ui(ui, words.by_stories(), by_stories).clicked() {
            commands.push(Command::SetByStories(!by_stories));
        }
    });
    ui.add_space(4.0);
}

/// Says why the search has no answer; below it stands what was found before.
fn failure_ui(
    ui: &mut Ui,
    view: View<'_>,
    cause: &Cause,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    ui.vertical_centered(|ui| {
        ui.add_space(8.0);
        let message = notice::search_failed(view.words, cause);
        text::text_ui(ui, &message.text, &view.style());
        ui.add_space(6.0);
        if text::button_ui(ui, view.words.open_again()).clicked() {
            commands.push(Command::Reopen);
        }
        ui.add_space(4.0);
        details_ui(ui, view, &message, dialog);
        ui.add_space(8.0);
    });
}

/// Paints a row. Returns whether its copies are to be shown or hidden.
fn row_of_hit_ui(ui: &Ui, view: View<'_>, rect: Rect, it: &RowData<'_>, selected: bool) -> bool {
    let palette = view.theme.palette;
    row_ground_ui(ui, view, rect, selected, (view.theme.palette.outline, ROW_MARGIN));
    let mut inner = rect.shrink2(vec2(ROW_MARGIN, 9.0));
    if it.is_copy {
        let (indent, rest) = view.direction.split_start(inner, COPY_INDENT);
        let edge = Stroke::new(2.0, palette.outline);
        ui.painter().vline(indent.center().x, rect.y_range(), edge);
        inner = rest;
    }
    let mut clicked = false;
    if let Some((told, is_unfolded)) = &it.story {
        let line = Rect::from_min_max(pos2(inner.left(), inner.bottom() - STORY_HEIGHT + 4.0), inner.max);
        clicked = story_line_ui(ui, view, line, it.article, told, *is_unfolded);
        inner.max.y -= STORY_HEIGHT;
    }
    // A row begins where its headline does.
    let marked = |it: &Shown<'_>| marks_and_names(view, it.matches, it.names);
    let title = &it.title;
    let side = Direction::of(title.text).unwrap_or(view.direction);
    let align = if side == view.direction {
        LineAlign::Start
    } else {
        LineAlign::End
    };
    let mut top = inner.top();
    let below = |top: f32| Rect::from_min_max(pos2(inner.left(), top), inner.max);
    let style = view.style().size(15.0);
    // What was read steps back.
    let style = match it.marks.is_read() {
        true => style.color(palette.weak_text),
        false => style.bold().color(palette.strong_text),
    };
    top += text::paint_lines(ui, below(top), title.text, &marked(title), &style, side, 2) + 3.0;

    let meta_rect = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), 20.0));
    let meta_rect = row_marks_ui(ui, view, meta_rect, &it.marks);
    text::paint_line(ui, meta_rect, &it.meta, &[], &view.weak(), align);
    top += 22.0;

    let Some(snippet) = &it.snippet else {
        let line = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), 20.0));
        text::paint_line(ui, line, view.words.without_text(), &[], &view.weak(), align);
        return clicked;
    };
    let style = view.style().size(13.0).color(palette.text);
    let lines = ((inner.bottom() - top) / (style.size * style.leading)).floor().max(1.0) as usize;
    text::paint_lines(ui, below(top), snippet.text, &marked(snippet), &style, side, lines);
    clicked
}

/// The line that says how many copies there are, and shows or hides them; returns whether it was clicked.
fn story_line_ui(ui: &Ui, view: View<'_>, line: Rect, article: ArticleId, told: &str, is_unfolded: bool) -> bool {
    let style = view.style().size(12.5).color(view.theme.palette.accent);
    let width = text::measure(ui.ctx(), told, &style).x.ceil() + 24.0;
    let (rect, _) = view.direction.split_start(line, width.min(line.width()));
    let response = ui.interact(rect, ui.scope_id().with(("story", article.0)), Sense::CLICK);
    if response.hovered() {
        ui.painter()
            .rect_filled(rect.expand2(vec2(3.0, 0.0)), 4.0, view.theme.palette.hover);
    }
    let (arrow, words) = view.direction.split_start(rect, 18.0);
    let icon = if is_unfolded { Icon::Down } else { Icon::Forward };
    icon.paint(ui.painter(), arrow, view.theme.palette.accent, view.direction);
    text::paint_line(ui, words.expand2(vec2(0.5, 0.0)), told, &[], &style, LineAlign::Start);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, told));
    response.clicked()
}

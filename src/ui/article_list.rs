//! The list of the articles that were found.

use egui::{Rect, Response, Sense, Ui, pos2, vec2};

use crate::archive::ArticleId;
use crate::index::{Hit, HitOrder, NothingFound, ResultPage, RowKind, SimilarTo};
use crate::state::Command;
use crate::text::{self, Direction, Icon, LineAlign, ListState, MenuItem, SpanStyle};

use super::strings::facts;
use super::{View, middle_and_end_ui, row_ui};

const ROW_HEIGHT: f32 = 138.0;
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
    list: ListState,
    /// The [`AppState::n_found`](crate::state::AppState::n_found) that was shown.
    n_found: u64,
}

pub fn article_list_ui(ui: &mut Ui, view: View<'_>, list_state: &mut ArticleListState, commands: &mut Vec<Command>) {
    let Some(page) = &view.state.results.value else {
        text::line_ui(ui, view.words.loading(), &view.weak());
        return;
    };
    ui.add_space(6.0);
    row_ui(ui, view, 32.0, |ui| {
        ui.add_space(ROW_MARGIN);
        let all = view.state.archive.as_ref().map_or(0, |archive| archive.n_articles);
        let found = page.n_articles;
        let count = |ui: &mut Ui| {
            let text = view.words.n_of_articles(found, all.max(found));
            text::line_ui(ui, &text, &view.style().bold());
        };
        middle_and_end_ui(ui, view, "list header", count, |ui| {
            let names: Vec<String> = ORDERS.iter().map(|it| view.words.hit_order(*it).to_owned()).collect();
            let order = view.state.request.order;
            let before = ORDERS.iter().position(|it| *it == order).unwrap_or(0);
            let mut selected = before;
            text::combo_ui(ui, "order", view.words.order(), &mut selected, &names);
            if selected != before {
                commands.push(Command::SetOrder(ORDERS[selected]));
            }
            ui.add_space(8.0);
        });
    });
    row_ui(ui, view, 28.0, |ui| {
        ui.add_space(ROW_MARGIN);
        let by_stories = view.state.request.by_stories;
        if text::checkbox_ui(ui, view.words.by_stories(), by_stories).clicked() {
            commands.push(Command::SetByStories(!by_stories));
        }
    });
    ui.add_space(4.0);
    if page.articles.is_empty() {
        nothing_found_ui(ui, view, &page.nothing_found, commands);
        return;
    }

    let list = &mut list_state.list;
    list.selected = view.state.selected.map(|row| row as u64);
    if list_state.n_found != view.state.n_found {
        list_state.n_found = view.state.n_found;
        list.reveal_selected();
    }
    let n_rows = page.articles.len() as u64;
    let mut toggled = None;
    let response = text::list_ui(
        ui,
        "articles",
        list,
        n_rows,
        ROW_HEIGHT,
        view.words.articles(),
        |ui, rect, row, selected| {
            let row = row as usize;
            let (kind, hit) = (page.row_kind(row), view.state.rows.get(row));
            let (name, clicked) = hit_ui(ui, view, rect, kind, hit, selected);
            if clicked {
                toggled = Some(row);
            }
            name
        },
    );
    if let Some(row) = view.state.selected
        && let RowKind::Story { is_unfolded, .. } = page.row_kind(row)
        && (if is_unfolded {
            response.sideways < 0
        } else {
            0 < response.sideways
        })
    {
        toggled = Some(row);
    }
    // From a copy the way back is to the story that it is of.
    if let Some(row) = view.state.selected
        && let RowKind::Copy { of } = page.row_kind(row)
        && response.sideways < 0
    {
        commands.push(Command::Select(of));
    }
    if let Some(row) = toggled {
        commands.push(Command::ToggleStory(row));
    }
    for (row, row_response) in &response.rows {
        row_menu_ui(view, page, *row as usize, row_response, commands);
    }
    let visible = response.visible;
    commands.push(Command::ShowRows(visible.start as usize..visible.end as usize));
    if response.changed
        && let Some(row) = list.selected
    {
        commands.push(Command::Select(row as usize));
    }
    if let Some(typed) = response.typed {
        commands.push(Command::FindTitle {
            typed: typed.text,
            after: typed.after.map(|row| row as usize),
        });
    }
}

/// Which part of the request found nothing, and a button for each way to find something.
fn nothing_found_ui(ui: &mut Ui, view: View<'_>, found: &NothingFound, commands: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space(40.0);
        text::line_ui(ui, view.words.nothing_found(), &view.style().size(18.0).bold());
        ui.add_space(6.0);
        for part in &found.missing {
            text::line_ui(ui, &view.words.missing_part(part), &view.weak());
        }
        if found.missing.is_empty() {
            text::line_ui(ui, view.words.nothing_found_advice(), &view.weak());
        }
        ui.add_space(12.0);
        for way in &found.ways {
            let filters = &view.state.request.filters.values;
            if text::button_ui(ui, &view.words.way_out(way, filters)).clicked() {
                commands.push(Command::TakeWayOut(way.change.clone()));
            }
            ui.add_space(4.0);
        }
        ui.add_space(8.0);
        if text::button_ui(ui, view.words.clear_all()).clicked() {
            commands.push(Command::ClearAll);
        }
    });
}

/// The menu of a row.
fn row_menu_ui(view: View<'_>, page: &ResultPage, row: usize, response: &Response, commands: &mut Vec<Command>) {
    let words = view.words;
    let Some(hit) = view.state.rows.get(row) else { return };
    let kind = page.row_kind(row);
    let (copies, other) = match kind {
        RowKind::Article => (words.show_copies(), None),
        RowKind::Story { is_unfolded, .. } => {
            let label = if is_unfolded {
                words.hide_copies()
            } else {
                words.show_copies()
            };
            (label, page.others_of_story(row).first().copied())
        }
        RowKind::Copy { of } => (words.hide_copies(), page.articles.get(of).copied()),
    };
    let is_copy = matches!(kind, RowKind::Copy { .. });
    let items = [
        MenuItem::new(words.similar_articles()),
        MenuItem {
            starts_group: true,
            disabled: kind == RowKind::Article,
            ..MenuItem::new(copies)
        },
        MenuItem {
            disabled: other.is_none(),
            ..MenuItem::new(if is_copy {
                words.compare_copy()
            } else {
                words.compare_copies()
            })
        },
        MenuItem {
            starts_group: true,
            ..MenuItem::new(words.copy_path())
        },
    ];
    match text::context_menu_ui(response, &hit.title, &items) {
        Some(0) => commands.push(Command::ShowSimilar(SimilarTo {
            article: hit.article,
            title: hit.title.clone(),
        })),
        Some(1) => commands.push(Command::ToggleStory(match kind {
            RowKind::Copy { of } => of,
            _ => row,
        })),
        Some(2) => {
            if let Some(other) = other {
                let (first, second) = if is_copy {
                    (other, hit.article)
                } else {
                    (hit.article, other)
                };
                commands.push(Command::ShowDifference(first, second));
            }
        }
        Some(_) => response.ctx.copy_text(hit.path.display().to_string()),
        None => {}
    }
}

/// Paints a row. Returns its name for a screen reader, and whether its copies are to be shown or hidden.
fn hit_ui(ui: &Ui, view: View<'_>, rect: Rect, kind: RowKind, hit: Option<&Hit>, selected: bool) -> (String, bool) {
    let palette = view.theme.palette;
    let painter = ui.painter();
    let hovered = ui.rect_contains_pointer(rect);
    if selected {
        painter.rect_filled(rect, 0.0, palette.selection);
        let (edge, _) = view.direction.split_start(rect, 3.0);
        painter.rect_filled(edge, 0.0, palette.accent);
    } else if hovered {
        painter.rect_filled(rect, 0.0, palette.hover);
    }
    painter.hline(
        rect.x_range().shrink(ROW_MARGIN),
        rect.bottom(),
        egui::Stroke::new(1.0, palette.outline),
    );
    let Some(hit) = hit else {
        return (view.words.loading().to_owned(), false);
    };

    let mut inner = rect.shrink2(vec2(ROW_MARGIN, 9.0));
    if let RowKind::Copy { .. } = kind {
        let (indent, rest) = view.direction.split_start(inner, COPY_INDENT);
        painter.vline(
            indent.center().x,
            rect.y_range(),
            egui::Stroke::new(2.0, palette.outline),
        );
        inner = rest;
    }
    let (mut told, mut clicked) = (String::new(), false);
    if let RowKind::Story { n_copies, is_unfolded } = kind {
        let line = Rect::from_min_max(pos2(inner.left(), inner.bottom() - STORY_HEIGHT + 4.0), inner.max);
        told = view.words.copies(n_copies as u64, hit.n_sources);
        clicked = story_line_ui(ui, view, line, hit.article, &told, is_unfolded);
        inner.max.y -= STORY_HEIGHT;
        told.insert_str(0, " · ");
    }
    let title_style = view.style().size(15.0).bold().color(palette.strong_text);
    let marks = |matches: &[crate::arabic::Span]| -> Vec<SpanStyle> {
        let background = Some(palette.mark);
        matches
            .iter()
            .map(|span| SpanStyle {
                span: *span,
                background,
                ..SpanStyle::default()
            })
            .collect()
    };
    // A row begins where its headline does.
    let side = Direction::of(&hit.title).unwrap_or(view.direction);
    let align = if side == view.direction {
        LineAlign::Start
    } else {
        LineAlign::End
    };
    let mut top = inner.top();
    let below = |top: f32| Rect::from_min_max(pos2(inner.left(), top), inner.max);
    top += text::paint_lines(
        ui,
        below(top),
        &hit.title,
        &marks(&hit.title_matches),
        &title_style,
        side,
        2,
    ) + 3.0;

    let source = hit.source.as_deref().unwrap_or_else(|| view.words.no_source());
    let published = view.words.published(hit.published);
    let meta = facts(&[source, &published]);
    let meta_rect = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), 20.0));
    text::paint_line(ui, meta_rect, &meta, &[], &view.weak(), align);
    top += 22.0;

    let snippet_style = view.style().size(13.0).color(palette.text);
    let lines = ((inner.bottom() - top) / (snippet_style.size * snippet_style.leading))
        .floor()
        .max(1.0) as usize;
    text::paint_lines(
        ui,
        below(top),
        &hit.snippet.text,
        &marks(&hit.snippet.matches),
        &snippet_style,
        side,
        lines,
    );
    (format!("{} · {source} · {published}{told}", hit.title), clicked)
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
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, told));
    response.clicked()
}

//! The list of the articles that were found.

use egui::{Rect, Ui, pos2, vec2};

use crate::index::{Hit, HitOrder, NothingFound};
use crate::state::Command;
use crate::text::{self, Direction, LineAlign, ListState, SpanStyle};

use super::strings::facts;
use super::{View, middle_and_end_ui, row_ui};

const ROW_HEIGHT: f32 = 138.0;
const ROW_MARGIN: f32 = 14.0;
const ORDERS: [HitOrder; 3] = [HitOrder::Relevance, HitOrder::Newest, HitOrder::Oldest];

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
        let found = page.articles.len() as u64;
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
    let response = text::list_ui(
        ui,
        "articles",
        list,
        n_rows,
        ROW_HEIGHT,
        view.words.articles(),
        |ui, rect, row, selected| {
            let hit = usize::try_from(row).ok().and_then(|row| view.state.rows.get(row));
            hit_ui(ui, view, rect, hit, selected)
        },
    );
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

/// Paints a row and returns its name for a screen reader.
fn hit_ui(ui: &Ui, view: View<'_>, rect: Rect, hit: Option<&Hit>, selected: bool) -> String {
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
        return view.words.loading().to_owned();
    };

    let inner = rect.shrink2(vec2(ROW_MARGIN, 9.0));
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
    format!("{} · {source} · {published}", hit.title)
}

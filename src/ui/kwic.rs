//! The words found, each in its line, aligned at the word: in the place of the list of articles.
//!
//! A line runs in its own direction. In an Arabic one what stands before is at the right, in a Latin one at the left; the
//! word begins at the same edge in all of them.

use egui::{Event, Rect, Response, Ui, vec2};

use crate::arabic::letter;
use crate::index::{KwicLine, KwicSort, SimilarTo};
use crate::state::{ArticlePlace, Command, FilePurpose, KwicView};
use crate::text::{self, Direction, LineAlign, ListState, MenuItem, RowKeys};

use super::action::Action;
use super::dialog_request::DialogRequest;
use super::layout::{View, advice_ui, middle_and_end_ui, row_ground_ui, row_ui};
use super::menu_action::{MenuAction, original_items};
use super::nothing_found::nothing_found_ui;
use super::notices::details_ui;
use super::words::{self, count, date, facts, isolate_ltr, mark, notice};

/// The height of a line, in points.
const LINE_HEIGHT: f32 = 30.0;
/// The room beside a line, in points.
const MARGIN: f32 = 10.0;
/// The room between the word and what stands beside it, in points: that of a space.
const GAP: f32 = 5.0;
/// The share of a line that what stands before takes. A little less than half: the word is in the other part.
const BEFORE_SHARE: f32 = 0.46;
/// In a line of at least this width the date has a column, in points. Picked by feel.
const WIDTH_WITH_DATE: f32 = 620.0;
/// The width of that column, in points.
const DATE_WIDTH: f32 = 112.0;

const ORDERS: [KwicSort; 4] = [KwicSort::Found, KwicSort::Before, KwicSort::After, KwicSort::Word];

/// What the view of lines remembers between frames.
#[derive(Default)]
pub struct KwicState {
    list: ListState,
    /// Whether the lines were asked for by key, so that the keyboard goes to them.
    pub takes_focus: bool,
    /// The [`KwicView::n_found`] that was shown.
    n_found: u64,
}

/// What stands in the place of the list.
#[derive(Clone, Copy, PartialEq)]
enum ResultView {
    Articles,
    Lines,
    Marks,
}

/// The switch between articles, lines and marks, above each of them.
pub fn view_switch_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let words = view.words;
    let archive = &view.state.archive;
    let before = match (archive.kwic.is_on, archive.mark_list.is_on) {
        (true, _) => ResultView::Lines,
        (false, true) => ResultView::Marks,
        (false, false) => ResultView::Articles,
    };
    let mut shown = before;
    let response = text::tabs_ui(
        ui,
        "articles or lines",
        words.result_view(),
        &mut shown,
        &[
            (ResultView::Articles, words.articles()),
            (ResultView::Lines, words.in_context()),
            (ResultView::Marks, mark::marks_view(words)),
        ],
    );
    let keys = [Action::Lines, Action::Marks].map(|it| {
        let keys = isolate_ltr(&it.keys(view.direction.is_rtl()));
        format!("{} ({keys})", words::action(words, it))
    });
    text::tooltip(&response, &keys.join("\n"));
    if shown == before {
        return;
    }
    commands.push(match (shown, before) {
        (ResultView::Lines, _) => Command::ShowLines(true),
        (ResultView::Marks, _) => Command::ShowMarks(true),
        (ResultView::Articles, ResultView::Lines) => Command::ShowLines(false),
        (ResultView::Articles, _) => Command::ShowMarks(false),
    });
}

/// Draws the lines. Returns what the keys ask of the article of the selected one, and whether something was copied.
pub fn kwic_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut KwicState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) -> (RowKeys, bool) {
    let kwic = &view.state.archive.kwic;
    view_switch_ui(ui, view, commands);
    header_ui(ui, view, kwic, commands);
    if let Some(cause) = &kwic.failure {
        ui.vertical_centered(|ui| {
            ui.add_space(24.0);
            let message = notice::search_failed(view.words, cause);
            text::text_ui(ui, &message.text, &view.style());
            details_ui(ui, view, &message, dialog);
        });
        return (RowKeys::default(), false);
    }
    if kwic.n_lines() == 0 {
        // What comes later is not waited for.
        it.takes_focus &= kwic.is_reading;
        nothing_ui(ui, view, kwic, commands);
        return (RowKeys::default(), false);
    }
    let list = &mut it.list;
    list.selected = kwic.selected().map(|idx| idx as u64);
    if it.n_found != kwic.n_found {
        it.n_found = kwic.n_found;
        list.reveal_selected();
    }
    let list_id = ui.make_persistent_id("lines");
    if std::mem::take(&mut it.takes_focus) {
        ui.memory_mut(|memory| memory.request_focus(list_id));
    }
    let response = text::list_ui(
        ui,
        "lines",
        list,
        kwic.n_lines() as u64,
        LINE_HEIGHT,
        view.words.in_context(),
        |ui, rect, idx, selected| {
            let faint = view.theme.palette.outline.gamma_multiply(0.5);
            row_ground_ui(ui, view, rect, selected, (faint, MARGIN));
            match kwic.line(idx as usize) {
                Some(line) => {
                    line_ui(ui, view, rect, line);
                    name_of(view, line)
                }
                None => view.words.loading().to_owned(),
            }
        },
    );
    let visible = response.visible;
    commands.push(Command::ShowLineRows(visible.start as usize..visible.end as usize));
    if response.changed
        && let Some(idx) = list.selected
    {
        commands.push(Command::SelectLine(idx as usize));
    }
    line_menus_ui(view, kwic, &response.rows, dialog, commands);
    (
        response.keys,
        copy_key(ui, view, kwic, ui.memory(|memory| memory.has_focus(list_id))),
    )
}

/// How many lines there are, in which order, and how far reading has come.
fn header_ui(ui: &mut Ui, view: View<'_>, kwic: &KwicView, commands: &mut Vec<Command>) {
    let words = view.words;
    ui.add_space(6.0);
    row_ui(ui, view, 32.0, |ui| {
        ui.add_space(MARGIN);
        let count = |ui: &mut Ui| {
            let told = count::lines(words, &kwic.read);
            let response = text::line_ui(ui, &told, &view.style().bold());
            if kwic.read.is_full {
                text::tooltip(&response, words.more_lines_than_kept());
            }
        };
        middle_and_end_ui(ui, view, "lines header", count, |ui| {
            let orders = ORDERS.map(|it| (it, words.line_order(it)));
            let mut sort = kwic.sort;
            text::combo_ui(ui, "line order", words.order(), &mut sort, &orders);
            if sort != kwic.sort {
                commands.push(Command::SortLines(sort));
            }
            ui.add_space(8.0);
        });
    });
    row_ui(ui, view, 30.0, |ui| {
        ui.add_space(MARGIN);
        ui.spacing_mut().item_spacing.x = 8.0;
        let is_sorting = kwic.is_reading && kwic.sort != KwicSort::Found;
        if is_sorting {
            text::line_ui(ui, &count::reading_lines(words, &kwic.read), &view.weak());
            ui.allocate_ui(vec2(80.0, 20.0), |ui| {
                text::progress_ui(ui, kwic.read.articles as f32 / kwic.read.of.max(1) as f32);
            });
            if text::button_ui(ui, words.stop()).clicked() {
                commands.push(Command::StopLines);
            }
            return;
        }
        if kwic.is_exporting {
            text::line_ui(ui, words.exporting_lines(), &view.weak());
        } else if kwic.n_lines() != 0 && text::button_ui(ui, words.export()).clicked() {
            commands.push(Command::PickFile(FilePurpose::ExportLines));
        }
        if kwic.n_lines() != 0 && !kwic.is_reading && kwic.sort != kwic.shown_sort() {
            text::line_ui(ui, words.order_stopped(), &view.weak());
        }
    });
    ui.add_space(4.0);
}

/// Why there are no lines.
fn nothing_ui(ui: &mut Ui, view: View<'_>, kwic: &KwicView, commands: &mut Vec<Command>) {
    let words = view.words;
    let page = view.state.archive.search.results.value.as_ref();
    let (told, advice) = match page {
        Some(page) if page.articles.is_empty() => return nothing_found_ui(ui, view, &page.nothing_found, commands),
        None => (words.loading(), ""),
        Some(_) if kwic.is_reading => (words.loading(), ""),
        Some(_) if kwic.has_no_node => (words.no_node(), words.no_node_advice()),
        Some(_) => (words.no_lines(), words.no_lines_advice()),
    };
    ui.vertical_centered(|ui| {
        ui.add_space(40.0);
        text::line_ui(ui, told, &view.style().size(18.0).bold());
        ui.add_space(6.0);
        advice_ui(ui, view, advice);
    });
}

/// The direction of most of a line's letters.
fn direction_of(line: &KwicLine) -> Direction {
    let pieces = [&line.before, &line.found, &line.after];
    let letters = pieces
        .into_iter()
        .flat_map(|it| it.chars())
        .filter(|c| c.is_alphabetic());
    let (mut n_arabic, mut n_all) = (0_usize, 0_usize);
    for c in letters {
        n_all += 1;
        n_arabic += usize::from(letter::is_arabic_letter(c));
    }
    match n_all <= 2 * n_arabic {
        true => Direction::RightToLeft,
        false => Direction::LeftToRight,
    }
}

/// Paints a line: the word begins at the same place in all lines of a direction.
fn line_ui(ui: &Ui, view: View<'_>, rect: Rect, line: &KwicLine) {
    let palette = view.theme.palette;
    let mut inner = rect.shrink2(vec2(MARGIN, 0.0));
    if WIDTH_WITH_DATE <= inner.width() {
        let (place, rest) = view.direction.split_end(inner, DATE_WIDTH);
        let published = date::published(view.words, line.published);
        text::paint_line(ui, place, &published, &[], &view.weak(), LineAlign::End);
        (_, inner) = view.direction.split_end(rest, MARGIN);
    }
    let direction = direction_of(line);
    // A piece runs in the direction of its line, whatever it begins with.
    let mark = match direction {
        Direction::RightToLeft => letter::RLM,
        Direction::LeftToRight => letter::LRM,
    };
    let marked = |piece: &str| format!("{mark}{piece}{mark}");
    let mut style = view.style().size(14.0).color(palette.text);
    if line.place.in_title {
        style = style.bold();
    }
    let found_style = style.clone().bold().color(palette.accent);
    let (at_start, at_end) = match direction == view.direction {
        true => (LineAlign::Start, LineAlign::End),
        false => (LineAlign::End, LineAlign::Start),
    };
    let (before_rect, rest) = direction.split_start(inner, inner.width() * BEFORE_SHARE);
    let found = marked(&line.found);
    let found_width = text::measure(ui.ctx(), &found, &found_style).x.ceil() + 1.0;
    let (found_rect, rest) = direction.split_start(rest, found_width.min(rest.width()));
    let gap = |piece: &str, is_behind: bool| {
        let blank = if is_behind {
            piece.starts_with(' ')
        } else {
            piece.ends_with(' ')
        };
        if blank { GAP } else { 0.5 }
    };
    let (_, before_rect) = direction.split_end(before_rect, gap(&line.before, false));
    let (_, after_rect) = direction.split_start(rest, gap(&line.after, true));
    let ground = found_rect.shrink2(vec2(0.0, 4.0)).expand2(vec2(2.0, 0.0));
    ui.painter().rect_filled(ground, 3.0, palette.mark);
    text::paint_line(ui, found_rect, &found, &[], &found_style, at_start);
    let before = text::fitting_end(ui.ctx(), line.before.trim_end(), &style, before_rect.width() - 1.0);
    text::paint_line(ui, before_rect, &marked(before), &[], &style, at_end);
    if 8.0 < after_rect.width() {
        let after = text::fitting_start(ui.ctx(), line.after.trim_start(), &style, after_rect.width() - 1.0);
        text::paint_line(ui, after_rect, &marked(after), &[], &style, at_start);
    }
}

/// Where a line stands: «عنوان · مصدر · تاريخ».
fn place_of(view: View<'_>, line: &KwicLine) -> String {
    let published = date::published(view.words, line.published);
    let mut about = vec![line.title.as_str()];
    about.extend(line.source.as_deref());
    about.push(&published);
    facts(&about)
}

/// All of a line for a screen reader.
fn name_of(view: View<'_>, line: &KwicLine) -> String {
    facts(&[&line.text(), &place_of(view, line)])
}

/// The menus of the lines in view, and where they stand.
fn line_menus_ui(
    view: View<'_>,
    kwic: &KwicView,
    rows: &[(u64, Response)],
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    for (idx, response) in rows {
        let Some(line) = kwic.line(*idx as usize) else { continue };
        text::tooltip(response, &place_of(view, line));
        let chosen = text::context_menu_ui(response, &line.title, || line_menu(view, line));
        if let Some(action) = chosen {
            action.run(&response.ctx, dialog, commands);
        }
    }
}

/// What can be done with a line.
fn line_menu<'a>(view: View<'_>, line: &KwicLine) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let similar = Command::ShowSimilar(SimilarTo {
        article: line.article,
        title: line.title.clone(),
    });
    let mut items = vec![
        MenuItem {
            shortcut: "Ctrl+C",
            ..MenuItem::new(words.copy_line(), MenuAction::Copy(copied(view, line)))
        },
        MenuItem::new(
            words.export_lines_menu(),
            Command::PickFile(FilePurpose::ExportLines).into(),
        ),
        MenuItem::new(words.similar_articles(), similar.into()),
    ];
    let place = ArticlePlace {
        path: line.path.clone(),
        record: line.record,
        page: None,
    };
    items.extend(original_items(words, place, None));
    items
}

/// A line with the place where it stands.
fn copied(view: View<'_>, line: &KwicLine) -> String {
    letter::copyable(&format!("{}\t{}", line.text().trim(), place_of(view, line)))
}

/// Copies the selected line if that is asked for while the keyboard is in the list.
fn copy_key(ui: &Ui, view: View<'_>, kwic: &KwicView, has_focus: bool) -> bool {
    let asks = has_focus && ui.input(|input| input.events.contains(&Event::Copy));
    let line = kwic.selected_line().filter(|_| asks);
    if let Some(line) = line {
        ui.copy_text(copied(view, line));
    }
    line.is_some()
}

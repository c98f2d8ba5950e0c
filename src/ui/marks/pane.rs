//! The notes and highlights of what was found, in the place of the list of articles.

use egui::{Key, Modifiers, Rect, Response, Ui, pos2, vec2};

use crate::arabic::letter;
use crate::marks::MarkChange;
use crate::state::{Command, MarkOf, MarkRow, MarkScope};
use crate::text::{self, LineAlign, ListState, MenuItem, RowKeys};

use super::super::dialog_request::DialogRequest;
use super::super::kwic::view_switch_ui;
use super::super::layout::{View, advice_ui, row_ground_ui, row_ui};
use super::super::menu_action::MenuAction;
use super::super::words::{count, date, facts, isolate, mark};
use super::note_form::NoteOf;

/// The height of a row, in points: two lines of the passage, one of the note, one about the article.
const ROW_HEIGHT: f32 = 104.0;
/// The room beside a row, in points.
const MARGIN: f32 = 12.0;
/// The width of the stripe in the colour of a highlight, in points.
const STRIPE: f32 = 5.0;

/// What the pane remembers between frames.
#[derive(Default)]
pub struct MarkPaneState {
    list: ListState,
    /// Whether it was asked for by key, so that the keyboard goes to it.
    pub takes_focus: bool,
}

/// Draws the rows. Returns what the keys ask of the article of the selected one, and whether something was copied.
pub fn mark_pane_ui(
    ui: &mut Ui,
    view: View<'_>,
    it: &mut MarkPaneState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) -> (RowKeys, bool) {
    let list = &view.state.archive.mark_list;
    let words = view.words;
    view_switch_ui(ui, view, commands);
    let rows = match list.rows.shown(|it| it.is_empty()) {
        Ok(rows) => rows,
        Err(why) => {
            it.takes_focus = false;
            nothing_ui(ui, view, why);
            return (RowKeys::default(), false);
        }
    };
    ui.add_space(6.0);
    row_ui(ui, view, 32.0, |ui| {
        ui.add_space(MARGIN);
        text::line_ui(ui, &count::marks(words, rows.len()), &view.style().bold());
    });
    it.list.selected = list.selected.map(|idx| idx as u64);
    let id = ui.make_persistent_id("marks");
    if std::mem::take(&mut it.takes_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let response = text::list_ui(
        ui,
        "marks",
        &mut it.list,
        rows.len() as u64,
        ROW_HEIGHT,
        mark::marks_view(words),
        |ui, rect, idx, selected| {
            let faint = view.theme.palette.outline;
            row_ground_ui(ui, view, rect, selected, (faint, MARGIN));
            let Some(row) = rows.get(idx as usize) else {
                return String::new();
            };
            paint_row(ui, view, rect, row);
            told(view, row)
        },
    );
    if response.changed
        && let Some(idx) = it.list.selected
    {
        commands.push(Command::SelectMark(idx as usize));
    }
    menus_ui(view, rows, &response.rows, dialog, commands);
    let selected = list.selected_row();
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if let Some(row) = selected.filter(|_| has_focus) {
        if response.keys.letter == Some(Key::N) {
            *dialog = Some(DialogRequest::Note(note_of(row)));
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete)) {
            commands.push(removal(row));
        }
        if ui.input(|input| input.events.contains(&egui::Event::Copy)) {
            ui.ctx().copy_text(copied(view, row));
            return (response.keys, true);
        }
    }
    (response.keys, false)
}

fn nothing_ui(ui: &mut Ui, view: View<'_>, why: crate::state::Missing) {
    let words = view.words;
    ui.vertical_centered(|ui| {
        ui.add_space(40.0);
        match why {
            crate::state::Missing::Nothing => {
                text::line_ui(ui, mark::no_marks(words), &view.style().size(18.0).bold());
                ui.add_space(6.0);
                advice_ui(ui, view, mark::no_marks_advice(words));
            }
            why => super::super::layout::missing_ui(ui, view, why, ""),
        }
    });
}

fn paint_row(ui: &Ui, view: View<'_>, rect: Rect, row: &MarkRow) {
    let palette = view.theme.palette;
    let inner = rect.shrink2(vec2(MARGIN, 8.0));
    let (stripe, inner) = view.direction.split_start(inner, STRIPE);
    let (_, inner) = view.direction.split_start(inner, 8.0);
    let (ground, quote, note) = match &row.what {
        MarkOf::Note(note) => (view.theme.notice, None, note.as_str()),
        MarkOf::Passage(it) => (view.theme.highlight(it.color), Some(&it.quote), it.note.as_str()),
    };
    ui.painter().rect_filled(stripe, 2.0, ground);
    let mut top = inner.top();
    let below = |top: f32| Rect::from_min_max(pos2(inner.left(), top), inner.max);
    let style = view.style().size(14.0).color(palette.text);
    let n_lines = if note.is_empty() { 3 } else { 2 };
    if let Some(quote) = quote {
        let quote = format!("«{}»", quote.split_whitespace().collect::<Vec<_>>().join(" "));
        top += text::paint_lines(ui, below(top), &quote, &[], &style, view.direction, n_lines) + 2.0;
    }
    if !note.is_empty() {
        let note = format!("{}: {}", mark::note(view.words), note.replace('\n', " "));
        let style = style.size(13.0).color(palette.strong_text);
        let n_lines = if quote.is_some() { 1 } else { 3 };
        text::paint_lines(ui, below(top), &note, &[], &style, view.direction, n_lines);
    }
    let about = Rect::from_min_max(pos2(inner.left(), inner.bottom() - 18.0), inner.max);
    text::paint_line(ui, about, &about_row(view, row), &[], &view.weak(), LineAlign::Start);
}

/// The article of a row: «عنوان · مصدر · تاريخ».
fn about_row(view: View<'_>, row: &MarkRow) -> String {
    let published = date::published(view.words, row.published);
    let mut about = vec![row.title.as_str()];
    about.extend(row.source.as_deref());
    about.push(&published);
    facts(&about)
}

/// All of a row for a screen reader.
fn told(view: View<'_>, row: &MarkRow) -> String {
    let about = about_row(view, row);
    match &row.what {
        MarkOf::Note(note) => facts(&[mark::note(view.words), note, &about]),
        MarkOf::Passage(it) => {
            let color = mark::color(view.words, it.color);
            let mut told = vec![it.quote.as_str(), color];
            told.extend((!it.note.is_empty()).then_some(it.note.as_str()));
            told.push(&about);
            facts(&told)
        }
    }
}

/// A row as it is copied: the passage, the note, and where it stands.
fn copied(view: View<'_>, row: &MarkRow) -> String {
    let (quote, note) = match &row.what {
        MarkOf::Note(note) => (None, note.as_str()),
        MarkOf::Passage(it) => (Some(format!("«{}»", it.quote)), it.note.as_str()),
    };
    let note = Some(note.to_owned()).filter(|it| !it.is_empty());
    let pieces: Vec<String> = quote.into_iter().chain(note).chain([about_row(view, row)]).collect();
    letter::copyable(&pieces.join("\n"))
}

fn note_of(row: &MarkRow) -> NoteOf {
    match &row.what {
        MarkOf::Note(_) => NoteOf::Articles(MarkScope::One(row.article)),
        MarkOf::Passage(passage) => NoteOf::Passage {
            article: row.article,
            passage: passage.clone(),
            is_known: true,
        },
    }
}

fn removal(row: &MarkRow) -> Command {
    let change = match &row.what {
        MarkOf::Note(_) => MarkChange::Note(String::new()),
        MarkOf::Passage(passage) => MarkChange::Unhighlight(passage.clone()),
    };
    Command::Mark(MarkScope::One(row.article), change)
}

fn menus_ui(
    view: View<'_>,
    rows: &[MarkRow],
    responses: &[(u64, Response)],
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    for (idx, response) in responses {
        let Some(row) = rows.get(*idx as usize) else { continue };
        let removes = match row.what {
            MarkOf::Note(_) => mark::remove_note(words),
            MarkOf::Passage(_) => mark::remove_highlight(words),
        };
        let items = || -> Vec<MenuItem<'_, MenuAction>> {
            vec![
                MenuItem {
                    shortcut: "N",
                    ..MenuItem::new(mark::note_item(words), DialogRequest::Note(note_of(row)).into())
                },
                MenuItem {
                    shortcut: "Delete",
                    ..MenuItem::new(removes, removal(row).into())
                },
                MenuItem {
                    shortcut: "Ctrl+C",
                    ..MenuItem::new(words.copy(), MenuAction::Copy(copied(view, row)))
                },
            ]
        };
        if let Some(action) = text::context_menu_ui(response, &isolate(&row.title), items) {
            action.run(&response.ctx, dialog, commands);
        }
    }
}

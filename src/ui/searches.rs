//! The way back and forward, and the dialog of the saved and the recent searches.

use egui::{Id, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::arabic::letter;
use crate::state::{Command, SavedSearch};
use crate::text::{self, EditKind, EditOptions, EditState, Icon, LineAlign};

use super::dialog_request::DialogRequest;
use super::layout::{View, middle_and_end_ui, row_ui, set_label};
use super::words::{count, facts, phrase};

/// What the dialog remembers.
#[derive(Default)]
pub struct SearchesForm {
    name: String,
    edit: EditState,
    /// The saved search that is given another name, and what was typed so far.
    renamed: Option<(usize, String, EditState)>,
}

/// The buttons that lead back and forward, and the one that opens the dialog.
pub fn trail_ui(ui: &mut Ui, view: View<'_>, dialog: &mut Option<DialogRequest>, commands: &mut Vec<Command>) {
    let (words, trail) = (view.words, &view.state.archive.trail);
    ui.spacing_mut().item_spacing.x = 0.0;
    for (icon, name, is_possible, command) in [
        (Icon::Back, words.back(), trail.has_past(), Command::Back),
        (Icon::Forward, words.forward(), trail.has_future(), Command::Forward),
    ] {
        ui.add_enabled_ui(is_possible, |ui| {
            let response = text::icon_button_ui(ui, icon, name);
            text::tooltip(&response, name);
            if response.clicked() {
                commands.push(command);
            }
        });
    }
    let n_searches = view.state.archive.news.n_searches();
    let name = match n_searches {
        0 => words.searches().to_owned(),
        n => facts(&[words.searches(), &count::n_with_news(words, n)]),
    };
    let response = text::icon_button_ui(ui, Icon::Bookmark, &name);
    if n_searches != 0 {
        let rect = response.rect;
        let (_, end) = view.direction.split_start(rect, rect.width() * 0.66);
        let at = egui::pos2(end.center().x, rect.top() + rect.height() * 0.28);
        let palette = view.theme.palette;
        ui.painter()
            .circle(at, 4.5, view.theme.other_series, egui::Stroke::new(1.5, palette.raised));
    }
    text::tooltip(&response, &name);
    if response.clicked() {
        *dialog = Some(DialogRequest::Searches);
    }
}

/// Draws the dialog; returns whether it is done with.
pub fn searches_ui(ui: &mut Ui, view: View<'_>, form: &mut SearchesForm, commands: &mut Vec<Command>) -> bool {
    save_ui(ui, view, form, commands);
    let room = vec2(ui.available_width(), 380.0);
    let (room, _) = ui.allocate_exact_size(room, Sense::hover());
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room));
    let mut is_done = false;
    text::scroll_area_ui(&mut ui, "searches", |ui| {
        is_done |= saved_ui(ui, view, form, commands);
        ui.add_space(10.0);
        is_done |= recent_ui(ui, view, commands);
    });
    is_done
}

/// The field and the button that keep the search as it is under a name.
fn save_ui(ui: &mut Ui, view: View<'_>, form: &mut SearchesForm, commands: &mut Vec<Command>) {
    let words = view.words;
    let current = phrase::request(words, &view.state.archive.search.request);
    let mut saves = false;
    row_ui(ui, view, 38.0, |ui| {
        let (name, edit) = (&mut form.name, &mut form.edit);
        let field = |ui: &mut Ui| {
            let options = EditOptions {
                kind: EditKind::Line,
                hint: &current,
                name: words.search_name(),
            };
            let response = text::edit_ui(ui, Id::unique("search name"), edit, name, options);
            saves |= response.submitted;
        };
        let mut pressed = false;
        middle_and_end_ui(ui, view, "save search", field, |ui| {
            pressed = text::primary_button_ui(ui, words.save_search()).clicked();
        });
        saves |= pressed;
    });
    if saves {
        let name = match form.name.trim() {
            // What is kept holds no marks of the window.
            "" => letter::copyable(&current),
            name => name.to_owned(),
        };
        commands.push(Command::SaveSearch(name));
        form.name.clear();
    }
}

/// The saved searches; returns whether one was taken up.
fn saved_ui(ui: &mut Ui, view: View<'_>, form: &mut SearchesForm, commands: &mut Vec<Command>) -> bool {
    let searches = &view.state.archive.searches;
    heading_ui(ui, view, view.words.saved_searches());
    if searches.saved.is_empty() {
        text::text_ui(ui, view.words.no_saved_searches(), &view.weak());
    }
    let mut is_done = false;
    for (idx, saved) in searches.saved.iter().enumerate() {
        if form.renamed.as_ref().is_some_and(|(renamed, ..)| *renamed == idx) {
            rename_ui(ui, view, form, commands);
        } else {
            is_done |= saved_row_ui(ui, view, (idx, saved), form, commands);
        }
    }
    is_done
}

fn saved_row_ui(
    ui: &mut Ui,
    view: View<'_>,
    (idx, saved): (usize, &SavedSearch),
    form: &mut SearchesForm,
    commands: &mut Vec<Command>,
) -> bool {
    let told = phrase::request(view.words, &saved.visit.request);
    let (mut opens, mut opens_new, mut renames, mut removes) = (false, false, false, false);
    let new = view.state.archive.news.of(&saved.name);
    row_ui(ui, view, 34.0, |ui| {
        let search = |ui: &mut Ui| opens = visit_ui(ui, view, &saved.name, &told);
        middle_and_end_ui(ui, view, &format!("saved {idx}"), search, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if new != 0 {
                let told = count::n_new(view.words, new);
                let button = text::primary_button_ui(ui, &told);
                text::tooltip(&button, view.words.only_new());
                set_label(ui, &button, &[&told, view.words.only_new(), &saved.name]);
                opens_new = button.clicked();
            }
            renames = text::button_ui(ui, view.words.rename()).clicked();
            removes = text::button_ui(ui, view.words.delete()).clicked();
        });
    });
    if renames {
        form.renamed = Some((idx, saved.name.clone(), EditState::default()));
    }
    if removes {
        commands.push(Command::RemoveSearch(idx));
    }
    if opens || opens_new {
        let only_new = opens_new;
        commands.push(Command::OpenSaved { idx, only_new });
    }
    opens || opens_new
}

/// The searches that have no name; returns whether one was taken up.
fn recent_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) -> bool {
    let words = view.words;
    let recent = &view.state.archive.searches.recent;
    heading_ui(ui, view, words.recent_searches());
    if recent.is_empty() {
        text::text_ui(ui, words.no_recent_searches(), &view.weak());
        return false;
    }
    let mut is_done = false;
    for visit in recent {
        let told = phrase::request(words, &visit.request);
        row_ui(ui, view, 32.0, |ui| {
            if visit_ui(ui, view, &told, "") {
                commands.push(Command::Visit(visit.clone()));
                is_done = true;
            }
        });
    }
    ui.add_space(6.0);
    row_ui(ui, view, 34.0, |ui| {
        if text::button_ui(ui, words.clear_recent()).clicked() {
            commands.push(Command::ClearRecent);
        }
    });
    is_done
}

fn heading_ui(ui: &mut Ui, view: View<'_>, text: &str) {
    row_ui(ui, view, 28.0, |ui| text::line_ui(ui, text, &view.style().bold()));
}

fn rename_ui(ui: &mut Ui, view: View<'_>, form: &mut SearchesForm, commands: &mut Vec<Command>) {
    let Some((idx, name, edit)) = &mut form.renamed else {
        return;
    };
    let options = EditOptions {
        kind: EditKind::Line,
        hint: view.words.search_name(),
        name: view.words.search_name(),
    };
    let response = text::edit_ui(ui, Id::unique("rename search"), edit, name, options);
    if response.submitted && !name.trim().is_empty() {
        commands.push(Command::RenameSearch(*idx, name.trim().to_owned()));
    }
    if response.submitted || response.cancelled {
        form.renamed = None;
    }
}

/// A search that can be taken up again; returns whether it was.
fn visit_ui(ui: &mut Ui, view: View<'_>, name: &str, more: &str) -> bool {
    let size = vec2(ui.available_width(), 30.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let palette = view.theme.palette;
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, palette.hover);
    }
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let style = view.style();
    let width = text::measure(ui.ctx(), name, &style).x.ceil() + 12.0;
    let (start, rest) = view.direction.split_start(inner, width.min(inner.width()));
    text::paint_line(ui, start, name, &[], &style, LineAlign::Start);
    if name != more && 40.0 < rest.width() {
        text::paint_line(ui, rest, more, &[], &view.weak(), LineAlign::Start);
    }
    let parts: Vec<&str> = [name, more].into_iter().filter(|it| !it.is_empty()).collect();
    let label = facts(&parts);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    response.clicked()
}

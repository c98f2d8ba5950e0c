//! What stands above the article: its file, the steps through its names, and finding in it.

use egui::{Frame, Margin, Ui, accesskit};

use crate::state::{Command, ReadArticle, Settings};
use crate::text::{self, EditKind, EditOptions, Icon};

use super::super::layout::{View, middle_and_end_ui, row_ui};
use super::super::words::{self, count};
use super::mentions::steps;
use super::state::{ReaderPaneState, find_id, reader_id};

/// Where the article comes from, and how it is shown.
pub fn toolbar_ui(
    ui: &mut Ui,
    view: View<'_>,
    article: &ReadArticle,
    pane: &mut ReaderPaneState,
    commands: &mut Vec<Command>,
) {
    let settings = &view.state.settings;
    let mut changed = settings.clone();
    row_ui(ui, view, 38.0, |ui| {
        ui.add_space(14.0);
        let (path, encoding) = (words::isolated(&article.article.path), article.article.encoding);
        let path = match encoding {
            "" | "UTF-8" => path,
            encoding => words::facts(&[&path, encoding]),
        };
        let path = |ui: &mut Ui| {
            text::line_ui(ui, &path, &view.weak());
        };
        middle_and_end_ui(ui, view, "reader tools", path, |ui| {
            if text::toggle_ui(ui, view.words.show_left_out(), settings.shows_left_out).clicked() {
                changed.shows_left_out = !settings.shows_left_out;
            }
            let icon_ui = |ui: &mut Ui, icon, name| {
                let response = text::icon_button_ui(ui, icon, name);
                text::tooltip(&response, name);
                response.clicked()
            };
            if icon_ui(ui, Icon::Search, view.words.find_in_article()) {
                pane.open_find(ui);
            }
            let sizes = Settings::READING_SIZES;
            if icon_ui(ui, Icon::Smaller, view.words.smaller()) {
                changed.reading_size = (settings.reading_size - 1.0).max(*sizes.start());
            }
            if icon_ui(ui, Icon::Larger, view.words.larger()) {
                changed.reading_size = (settings.reading_size + 1.0).min(*sizes.end());
            }
            ui.add_space(8.0);
        });
    });
    if changed != *settings {
        commands.push(Command::SetSettings(changed));
    }
}

/// Where the reader is among the mentions of what was chosen, while something was.
pub fn steps_ui(ui: &mut Ui, view: View<'_>, article: &ReadArticle, pane: &mut ReaderPaneState) {
    let steps = steps(view, article);
    let Some(first) = steps.first().and_then(|idx| article.mentions.get(*idx)) else {
        return;
    };
    let words = view.words;
    let current = pane
        .current_mention()
        .and_then(|it| steps.iter().position(|step| *step == it));
    let told = match current {
        Some(current) => count::find_count(words, current + 1, steps.len()),
        None => count::n_mentions(words, steps.len()),
    };
    let is_one = steps.iter().all(|idx| article.mentions[*idx].entity == first.entity);
    let shown = current
        .and_then(|idx| article.mentions.get(steps[idx]))
        .filter(|_| !is_one);
    // Where several names were chosen, none is named until the reader stands on one.
    let name = if is_one { Some(first) } else { shown };
    let told = match name {
        Some(mention) => words::facts(&[&mention.name, &told]),
        None => words::isolate(&told),
    };
    let mut step = None;
    let frame = Frame::new().fill(view.theme.palette.raised);
    frame.inner_margin(Margin::symmetric(12, 2)).show(ui, |ui| {
        row_ui(ui, view, 32.0, |ui| {
            let label = |ui: &mut Ui| {
                let response = text::line_ui(ui, &told, &view.style());
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_live(accesskit::Live::Polite);
                });
            };
            middle_and_end_ui(ui, view, "mentions", label, |ui| {
                for (icon, name, keys, forward) in [
                    (Icon::Up, words.previous_mention(), "Alt+↑", false),
                    (Icon::Down, words.next_mention(), "Alt+↓", true),
                ] {
                    let response = text::icon_button_ui(ui, icon, name);
                    text::tooltip(&response, &words::facts(&[name, keys]));
                    if response.clicked() {
                        step = Some(forward);
                    }
                }
            });
        });
    });
    if let Some(forward) = step {
        pane.step(&steps, forward);
        ui.request_repaint();
    }
}

/// The field that finds in the article, while it is open.
pub fn find_bar_ui(ui: &mut Ui, view: View<'_>, pane: &mut ReaderPaneState) {
    let Some(find) = &mut pane.find else { return };
    let reader = &mut pane.reader;
    let words = view.words;
    let ((current, n_hits), has_query) = (reader.find_count(), !find.query.trim().is_empty());
    let (mut step, mut closed, mut cancelled) = (None, false, false);
    let mut field = |ui: &mut Ui| {
        let options = EditOptions {
            kind: EditKind::Search,
            hint: words.find_in_article(),
            name: words.find_in_article(),
        };
        let response = text::edit_ui(ui, find_id(), &mut find.edit, &mut find.query, options);
        if response.changed {
            reader.find(&find.query);
        }
        if response.submitted {
            reader.find_next(!ui.input(|input| input.modifiers.shift));
        }
        cancelled = response.cancelled;
    };
    Frame::new()
        .fill(view.theme.palette.raised)
        .inner_margin(Margin::symmetric(12, 5))
        .show(ui, |ui| {
            row_ui(ui, view, 34.0, |ui| {
                middle_and_end_ui(ui, view, "find", &mut field, |ui| {
                    if has_query {
                        text::line_ui(ui, &count::find_count(words, current, n_hits), &view.weak());
                    }
                    if text::icon_button_ui(ui, Icon::Up, words.previous()).clicked() {
                        step = Some(false);
                    }
                    if text::icon_button_ui(ui, Icon::Down, words.next()).clicked() {
                        step = Some(true);
                    }
                    closed = text::icon_button_ui(ui, Icon::Close, words.close()).clicked();
                });
            });
        });
    if let Some(forward) = step {
        reader.find_next(forward);
    }
    closed |= cancelled;
    if reader.find_count() != (current, n_hits) {
        // The count beside the field is drawn before the field is read.
        ui.request_repaint();
    }
    if closed {
        pane.find = None;
        pane.reader.find("");
        ui.memory_mut(|memory| memory.request_focus(reader_id()));
    }
}

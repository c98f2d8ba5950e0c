//! What stands above the article: its file, whether it was found, the steps through its names, and finding in it.

use egui::{Frame, Margin, Response, Ui, accesskit};

use crate::entities::EntityId;
use crate::index::RowKind;
use crate::state::{Command, ReadArticle, Settings};
use crate::text::{self, EditKind, EditOptions, Icon};

use super::super::layout::{View, middle_and_end_ui, row_ui};
use super::super::words::{self, count};
use super::mentions::{Steps, steps};
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
            let left_out = text::toggle_ui(ui, view.words.show_left_out(), settings.shows_left_out);
            text::tooltip(&left_out, &words::facts(&[view.words.show_left_out(), "F9"]));
            if left_out.clicked() {
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

/// The settings with what was left out of articles shown, or hidden again.
pub fn show_left_out(settings: &Settings) -> Command {
    Command::SetSettings(Settings {
        shows_left_out: !settings.shows_left_out,
        ..settings.clone()
    })
}

/// What is to be known of the article beside its text. Its room is always the same, so that no text moves when that
/// changes.
#[derive(Debug)]
struct Standing {
    /// What is told.
    told: String,
    /// Whether it is about an article that was not found, which must not be overlooked.
    is_outside: bool,
    /// A button beside it, and what it does.
    button: Option<(&'static str, Command)>,
}

impl Standing {
    fn new(view: View<'_>, article: &ReadArticle) -> Option<Self> {
        let words = view.words;
        let archive = &view.state.archive;
        let page = archive.search.results.value.as_ref();
        if archive.reading.is_outside {
            let has_rows = page.is_some_and(|it| !it.articles.is_empty());
            return Some(Self {
                told: words.outside_results().to_owned(),
                is_outside: true,
                button: has_rows.then(|| (words.to_first_result(), Command::ReadFirst)),
            });
        }
        if article.identical.is_empty() {
            return None;
        }
        let sources: Vec<&str> = article.identical.iter().filter_map(|it| it.source.as_deref()).collect();
        let row = archive.search.row_of(article.id);
        let is_folded = |row: &usize| {
            let kind = page.map(|it| it.row_kind(*row));
            matches!(kind, Some(RowKind::Story { is_unfolded: false, .. }))
        };
        let button = row.filter(is_folded);
        Some(Self {
            told: count::identical(words, article.identical.len(), &sources),
            is_outside: false,
            button: button.map(|row| (words.show_copies(), Command::ToggleStory(row))),
        })
    }
}

/// Whether the article was found, which others are the same, and where the reader is among the names in it.
pub fn standing_ui(
    ui: &mut Ui,
    view: View<'_>,
    (article, named): (&ReadArticle, &[EntityId]),
    pane: &mut ReaderPaneState,
    commands: &mut Vec<Command>,
) {
    /// In a narrower pane, in points, what is told of the article leaves no room for the number of names. Picked by feel.
    const ROOM_FOR_BOTH: f32 = 560.0;
    let steps = steps(article, named);
    let standing = Standing::new(view, article);
    let counts_steps = standing.is_none() || ROOM_FOR_BOTH <= ui.available_width();
    let is_outside = standing.as_ref().is_some_and(|it| it.is_outside);
    let ground = match is_outside {
        true => view.theme.notice,
        false => view.theme.palette.raised,
    };
    let mut step = None;
    let frame = Frame::new().fill(ground).inner_margin(Margin::symmetric(12, 2));
    frame.show(ui, |ui| {
        row_ui(ui, view, 32.0, |ui| {
            let told_ui = |ui: &mut Ui| {
                let Some(it) = &standing else { return };
                let style = if it.is_outside {
                    view.style().bold()
                } else {
                    view.weak()
                };
                let response = text::line_ui(ui, &it.told, &style);
                text::tooltip(&response, &it.told);
                tell_politely(ui, &response);
            };
            middle_and_end_ui(ui, view, "standing", told_ui, |ui| {
                if let Some((label, command)) = standing.as_ref().and_then(|it| it.button.clone()) {
                    let response = text::button_ui(ui, label);
                    if command == Command::ReadFirst {
                        text::tooltip(&response, &words::facts(&[label, "Alt+Home"]));
                    }
                    if response.clicked() {
                        commands.push(command);
                    }
                }
                if counts_steps {
                    steps_count_ui(ui, view, article, &steps, pane.current_mention());
                }
                step = steps_ui(ui, view, &steps);
            });
        });
    });
    if let Some(forward) = step {
        pane.step(&steps.mentions, forward);
        ui.request_repaint();
    }
}

/// Where the reader is among some mentions.
fn steps_count_ui(ui: &mut Ui, view: View<'_>, article: &ReadArticle, steps: &Steps, current: Option<usize>) {
    let Some(first) = steps.mentions.first().and_then(|idx| article.mentions.get(*idx)) else {
        return;
    };
    let words = view.words;
    let n_steps = steps.mentions.len();
    let current = current.and_then(|it| steps.mentions.iter().position(|step| *step == it));
    let told = match current {
        Some(current) => count::find_count(words, current + 1, n_steps),
        None if steps.are_of_named => count::n_mentions(words, n_steps),
        None => count::n_names_in_text(words, n_steps),
    };
    let is_one = steps
        .mentions
        .iter()
        .all(|idx| article.mentions[*idx].entity == first.entity);
    // Where several names are asked for, none is named until the reader stands on one.
    let name = match is_one && steps.are_of_named {
        true => Some(first),
        false => current.and_then(|idx| article.mentions.get(steps.mentions[idx])),
    };
    let told = match name.filter(|_| steps.are_of_named) {
        Some(mention) => words::facts(&[&mention.name, &told]),
        None => words::isolate(&told),
    };
    let response = text::line_ui(ui, &told, &view.weak());
    tell_politely(ui, &response);
}

/// Returns whether the next of some mentions is wanted, or the one before.
fn steps_ui(ui: &mut Ui, view: View<'_>, steps: &Steps) -> Option<bool> {
    let words = view.words;
    let mut step = None;
    if steps.mentions.is_empty() {
        return step;
    }
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
    step
}

/// Has a screen reader say it when it changes.
fn tell_politely(ui: &Ui, response: &Response) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(accesskit::Live::Polite);
    });
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

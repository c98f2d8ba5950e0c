//! The window's views: they draw the state, push [`Command`]s, and do nothing else.
//!
//! Everything is written in reading order: `start` is right in Arabic and left in English, and switching the
//! language flips the window at once.

mod article_list;
mod difference;
mod entity;
mod entity_page;
mod facet_panel;
mod facet_values;
mod file_reading;
mod histogram;
mod notices;
mod reader;
mod review;
mod searches;
mod settings;
pub mod strings;
pub mod theme;
mod timeline;
mod top_bar;

use egui::{CentralPanel, Frame, IdSalt, Margin, Panel, Stroke, Ui, UiBuilder, vec2};

use crate::state::{AppState, ArchiveRoot, Command, Notice};
use crate::text::{self, Direction, TextStyle};

use strings::Words;
use theme::Theme;

pub use reader::article_blocks;

/// What the views remember between frames that is nobody else's business.
#[derive(Default)]
pub struct UiState {
    top_bar: top_bar::TopBarState,
    list: article_list::ArticleListState,
    reader: reader::ReaderPaneState,
    entity: entity_page::EntityPageState,
    facets: facet_panel::FacetPanelState,
    notices: notices::NoticesState,
    dialog: settings::Dialog,
    toasts: text::Toasts,
    /// What was dropped that is not a folder.
    dropped: Vec<Notice>,
}

/// What every view is given.
#[derive(Clone, Copy)]
struct View<'a> {
    state: &'a AppState,
    words: Words<'a>,
    theme: Theme,
    direction: Direction,
}

impl View<'_> {
    fn style(&self) -> TextStyle {
        TextStyle::interface(&theme::look(&self.state.settings))
    }

    fn weak(&self) -> TextStyle {
        self.style().size(12.5).color(self.theme.palette.weak_text)
    }
}

/// Draws the window and returns what the user wishes.
pub fn window_ui(ui: &mut Ui, state: &AppState, ui_state: &mut UiState) -> Vec<Command> {
    let view = View {
        state,
        words: Words(&state.settings),
        theme: Theme::of(&state.settings),
        direction: theme::look(&state.settings).direction,
    };
    let mut commands = Vec::new();
    ui.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(view.words.app_name()));
    shortcuts_ui(ui, view, ui_state, &mut commands);
    searches::trail_keys(ui, view.direction, &mut commands);
    handle_drop(ui, &mut ui_state.dropped, &mut commands);

    let palette = view.theme.palette;
    let bar = Frame::new().fill(palette.raised).inner_margin(Margin::symmetric(12, 8));
    let strip = Frame::new().fill(palette.raised).inner_margin(Margin::symmetric(12, 4));
    let pane = Frame::new().fill(palette.surface).inner_margin(Margin::symmetric(0, 0));
    let side = Frame::new().fill(palette.sunken).inner_margin(Margin::symmetric(10, 8));

    Panel::top("bar").frame(bar).resizable(false).show(ui, |ui| {
        top_bar::top_bar_ui(ui, view, &mut ui_state.top_bar, &mut ui_state.dialog, &mut commands);
    });
    if !state.request.filters.is_empty() || state.request.similar_to.is_some() {
        Panel::top("chips")
            .frame(strip)
            .resizable(false)
            .show(ui, |ui| top_bar::chips_ui(ui, view, &mut commands));
    }
    if notices::has_notices(state, &ui_state.dropped) {
        let frame = Frame::new()
            .fill(view.theme.notice)
            .inner_margin(Margin::symmetric(12, 6));
        Panel::top("notices").frame(frame).resizable(false).show(ui, |ui| {
            notices::notices_ui(
                ui,
                view,
                &mut ui_state.notices,
                &mut ui_state.dropped,
                &mut ui_state.dialog,
                &mut commands,
            );
        });
    }
    Panel::bottom("status")
        .frame(strip)
        .resizable(false)
        .show(ui, |ui| status_ui(ui, view, &mut commands));

    let is_empty = state
        .archive
        .as_ref()
        .is_none_or(|it| it.n_articles == 0 && it.progress.is_none());
    if is_empty {
        CentralPanel::default()
            .frame(pane)
            .show(ui, |ui| empty_ui(ui, view, &mut commands));
    } else {
        let width = ui.available_width();
        let (list_width, facet_width) = ((width * 0.29).clamp(260.0, 420.0), (width * 0.225).clamp(210.0, 320.0));
        let list = |ui: &mut Ui, commands: &mut Vec<Command>, list: &mut article_list::ArticleListState| {
            article_list::article_list_ui(ui, view, list, commands);
        };
        let facets = |ui: &mut Ui,
                      commands: &mut Vec<Command>,
                      facets: &mut facet_panel::FacetPanelState,
                      dialog: &mut settings::Dialog| {
            facet_panel::facet_panel_ui(ui, view, facets, dialog, commands);
        };
        let (list_name, facets_name, list_panel, facet_panel) = match view.direction {
            Direction::RightToLeft => {
                let (list, facets) = ("list-start-rtl", "facets-end-rtl");
                (list, facets, Panel::right(list), Panel::left(facets))
            }
            Direction::LeftToRight => {
                let (list, facets) = ("list-start-ltr", "facets-end-ltr");
                (list, facets, Panel::left(list), Panel::right(facets))
            }
        };
        list_panel
            .frame(pane)
            .size_range(220.0..=(width * 0.34).max(230.0))
            .default_size(list_width)
            .show(ui, |ui| {
                // A panel is as wide as what is in it: even an empty list takes its whole room.
                ui.set_min_size(ui.available_size());
                list(ui, &mut commands, &mut ui_state.list);
            });
        // Its place is taken now, but it is drawn last: the keyboard goes from the list over the reader to the facets.
        let facets_rect = facet_panel
            .frame(side)
            .size_range(180.0..=(width * 0.27).max(190.0))
            .default_size(facet_width)
            .show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                ui.max_rect()
            })
            .inner;
        for name in [list_name, facets_name] {
            // egui names the handles between the panes in English.
            let handle = ui.scope_id().with_salt(IdSalt::new(name)).with("__resize");
            ui.accesskit_node_builder(handle, |node| node.set_label(view.words.resize_panel()));
        }
        CentralPanel::default().frame(pane).show(ui, |ui| {
            if let Some(page) = &state.entity {
                let (it, dialog) = (&mut ui_state.entity, &mut ui_state.dialog);
                entity_page::entity_page_ui(ui, view, page, it, dialog, &mut commands);
            } else if reader::reader_pane_ui(ui, view, &mut ui_state.reader, &mut ui_state.dialog, &mut commands) {
                ui_state.toasts.push(view.words.copied());
            }
        });
        let mut at_end = ui.new_child(UiBuilder::new().id_salt(facets_name).max_rect(facets_rect));
        at_end.set_clip_rect(facets_rect);
        facets(&mut at_end, &mut commands, &mut ui_state.facets, &mut ui_state.dialog);
    }
    difference::difference_ui(ui, view, &mut commands);
    settings::dialogs_ui(ui, view, &mut ui_state.dialog, &mut commands);
    text::toasts_ui(ui.ctx(), &mut ui_state.toasts);
    if ui.input(|input| !input.raw.hovered_files.is_empty()) {
        drop_target_ui(ui, view);
    }
    commands
}

/// A row in reading order, over the available width.
fn row_ui<R>(ui: &mut Ui, view: View<'_>, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, view.direction.row(), |ui| {
        ui.set_min_size(size);
        add(ui)
    })
    .inner
}

/// The rest of a row: `end` stands at its reading end, `middle` takes what room is left. Both are in reading order, and
/// so is the way of the keyboard through them.
fn middle_and_end_ui(
    ui: &mut Ui,
    view: View<'_>,
    id_salt: &str,
    middle: impl FnOnce(&mut Ui),
    end: impl FnOnce(&mut Ui),
) {
    let id = ui.scope_id().with(id_salt);
    // How wide the end is, is known only once it was drawn; where that is new, the frame is drawn again.
    let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
    let room = ui.available_rect_before_wrap();
    let gap = ui.spacing().item_spacing.x;
    let (mut end_rect, rest) = view.direction.split_end(room, known);
    // What stands there takes the width that it needs: it is not cut to what was known of it.
    match view.direction {
        Direction::RightToLeft => end_rect.min.x -= room.width(),
        Direction::LeftToRight => end_rect.max.x += room.width(),
    }
    let (_, rest) = view.direction.split_end(rest, gap);
    let child = |ui: &mut Ui, name: &str, rect| {
        ui.new_child(
            UiBuilder::new()
                .id_salt((id_salt, name))
                .max_rect(rect)
                .layout(view.direction.row()),
        )
    };
    middle(&mut child(ui, "middle", rest));
    let mut at_end = child(ui, "end", end_rect);
    end(&mut at_end);
    let width = at_end.min_rect().width();
    if 0.5 < (width - known).abs() {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.request_discard("the end of a row has another width");
        // A frame is drawn again only once; the next one must not wait for the pointer.
        ui.ctx().request_repaint();
    }
    ui.advance_cursor_after_rect(room);
}

/// Has a screen reader say more of a control than its words: those and what they are about.
fn set_label(ui: &Ui, response: &egui::Response, parts: &[&str]) {
    let label = strings::facts(parts);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(label));
}

fn shortcuts_ui(ui: &Ui, view: View<'_>, ui_state: &mut UiState, commands: &mut Vec<Command>) {
    use egui::{Key, Modifiers, Popup};

    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let is_alone = matches!(ui_state.dialog, settings::Dialog::None) && !Popup::is_any_open(ui.ctx());
    // What wants Escape for itself keeps the keyboard when it is pressed; everything else has lost it by now.
    let is_free = is_alone && ui.memory(|memory| memory.focused().is_none());
    if view.state.entity.is_some() && is_free && pressed(Modifiers::NONE, Key::Escape) {
        commands.push(Command::LeaveEntity);
    }
    if view.state.entity.is_none() && is_alone {
        for (key, forward) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
            if pressed(Modifiers::ALT, key) {
                ui_state.reader.go_to_mention(ui, view, forward);
            }
        }
    }
    if pressed(Modifiers::COMMAND, Key::L) {
        ui_state.top_bar.focus_search(ui);
    }
    if pressed(Modifiers::COMMAND, Key::F) {
        if reader::ReaderPaneState::has_focus(ui) {
            ui_state.reader.open_find(ui);
        } else {
            ui_state.top_bar.focus_search(ui);
        }
    }
    if pressed(Modifiers::SHIFT, Key::F3) {
        ui_state.reader.find_next(false);
    } else if pressed(Modifiers::NONE, Key::F3) {
        ui_state.reader.find_next(true);
    }
    if pressed(Modifiers::COMMAND, Key::O) {
        commands.push(Command::PickFolder);
    }
    if pressed(Modifiers::NONE, Key::F5) {
        commands.push(Command::Update);
    }
    if pressed(Modifiers::COMMAND, Key::Comma) {
        ui_state.dialog = settings::Dialog::Settings { page: 0 };
    }
    if pressed(Modifiers::COMMAND, Key::D) {
        ui_state.dialog = settings::Dialog::Searches(Box::default());
    }
    if pressed(Modifiers::NONE, Key::F1) {
        ui_state.dialog = settings::Dialog::Shortcuts;
    }
}

fn handle_drop(ui: &Ui, dropped: &mut Vec<Notice>, commands: &mut Vec<Command>) {
    let paths: Vec<std::path::PathBuf> = ui.input(|input| {
        input
            .raw
            .dropped_files
            .iter()
            .map(|file| file.path().to_owned())
            .collect()
    });
    let Some(path) = paths.into_iter().next() else { return };
    // One look at the disk, when a folder was dropped, is not a look in every frame.
    if path.is_dir() {
        commands.push(Command::Open(ArchiveRoot::Folder(path)));
    } else {
        dropped.push(Notice::NotAFolder(path));
    }
}

fn status_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    row_ui(ui, view, 30.0, |ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let Some(archive) = &view.state.archive else {
            let text = if view.state.opening.is_some() {
                view.words.opening()
            } else {
                ""
            };
            text::line_ui(ui, text, &view.weak());
            return;
        };
        text::line_ui(ui, &view.words.n_articles(archive.n_articles), &view.weak());
        if let Some(progress) = archive.progress {
            text::line_ui(ui, &view.words.progress(progress), &view.weak());
            ui.allocate_ui(vec2(160.0, 20.0), |ui| {
                let total = progress.files_total.max(1);
                text::progress_ui(ui, progress.files_done as f32 / total as f32);
            });
            if text::button_ui(ui, view.words.cancel()).clicked() {
                commands.push(Command::CancelUpdate);
            }
        } else if let Some(summary) = &archive.summary {
            text::line_ui(ui, &view.words.summary(summary), &view.weak());
        }
    });
}

fn empty_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    if view.state.opening.is_some() && view.state.archive.is_none() {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.4);
            text::line_ui(ui, view.words.opening(), &view.style().size(18.0));
        });
        return;
    }
    let (title, advice) = if view.state.archive.is_some() {
        (view.words.empty_archive(), view.words.empty_archive_advice())
    } else {
        (view.words.welcome(), view.words.welcome_advice())
    };
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.32);
        text::line_ui(ui, title, &view.style().size(24.0).bold());
        ui.add_space(8.0);
        text::line_ui(ui, advice, &view.style().size(15.0).color(view.theme.palette.weak_text));
        ui.add_space(16.0);
        if text::primary_button_ui(ui, view.words.open_folder()).clicked() {
            commands.push(Command::PickFolder);
        }
        ui.add_space(8.0);
        if text::button_ui(ui, view.words.sample_archive()).clicked() {
            commands.push(Command::Open(ArchiveRoot::Sample));
        }
    });
}

fn drop_target_ui(ui: &Ui, view: View<'_>) {
    let rect = ui.ctx().content_rect().shrink(16.0);
    let palette = view.theme.palette;
    let painter = ui
        .ctx()
        .layer_painter(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop")));
    painter.rect(
        rect,
        12.0,
        palette.selection,
        Stroke::new(2.0, palette.accent),
        egui::StrokeKind::Inside,
    );
    let style = view.style().size(24.0).bold();
    let mut layer = Ui::new(
        ui.ctx().clone(),
        egui::Id::unique("drop-ui"),
        UiBuilder::new()
            .layer_id(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop")))
            .max_rect(rect),
    );
    layer.set_clip_rect(rect);
    text::paint_line(
        &layer,
        rect,
        view.words.drop_here(),
        &[],
        &style,
        text::LineAlign::Center,
    );
}

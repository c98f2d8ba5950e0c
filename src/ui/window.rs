//! The window: its panes, and what the keys do everywhere in it.

use egui::{
    CentralPanel, Frame, Id, IdSalt, Key, LayerId, Margin, Modifiers, Order, Panel, Popup, Rect, Stroke, StrokeKind,
    Ui, UiBuilder, vec2,
};

use crate::state::{AppState, ArchiveRoot, Command, Notice, OpenArchive, UpdateSummary};
use crate::text::{self, Direction, Toasts};

use super::dialog_request::DialogRequest;
use super::dialogs::{Dialog, dialogs_ui};
use super::difference::difference_ui;
use super::entity_page::{EntityPageState, entity_page_ui};
use super::facet_panel::{FacetPanelState, facet_panel_ui};
use super::kwic::{KwicState, kwic_ui, lines_key};
use super::layout::{View, advice_ui, row_ui};
use super::list::{ArticleListState, article_list_ui};
use super::notices::{NoticesState, has_notices, notices_ui};
use super::reader::{ReaderPaneState, reader_pane_ui};
use super::searches::trail_keys;
use super::theme::{self, Theme};
use super::top_bar::{TopBarState, chips_ui, top_bar_ui};
use super::words::{Words, count, notice};

/// What the views remember between frames, private to the views.
#[derive(Default)]
pub struct UiState {
    top_bar: TopBarState,
    list: ArticleListState,
    kwic: KwicState,
    reader: ReaderPaneState,
    entity: EntityPageState,
    facets: FacetPanelState,
    notices: NoticesState,
    dialog: Dialog,
    toasts: Toasts,
}

/// The width that lines leave to the reader, in points. Picked by feel.
const LEAST_READER: f32 = 260.0;

/// Draws the window and returns what the user asks for.
pub fn window_ui(ui: &mut Ui, state: &AppState, ui_state: &mut UiState) -> Vec<Command> {
    let view = View {
        state,
        words: Words(&state.settings),
        theme: Theme::of(&state.settings),
        direction: theme::look(&state.settings).direction,
    };
    let (mut commands, mut dialog) = (Vec::new(), None);
    ui.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(view.words.app_name()));
    shortcuts_ui(ui, view, ui_state, &mut dialog, &mut commands);
    trail_keys(ui, view.direction, &mut commands);
    open_dropped(ui, &mut commands);

    edges_ui(ui, view, ui_state, &mut dialog, &mut commands);
    let has_articles = |it: &OpenArchive| it.n_articles != 0 || it.progress.is_some();
    if state.archive.open.as_ref().is_some_and(has_articles) {
        panes_ui(ui, view, ui_state, &mut dialog, &mut commands);
    } else {
        let pane = Frame::new().fill(view.theme.palette.surface);
        CentralPanel::default()
            .frame(pane)
            .show(ui, |ui| empty_ui(ui, view, &mut commands));
    }
    difference_ui(ui, view, &mut commands);
    if let Some(request) = dialog {
        ui_state.dialog = Dialog::new(view.words, request, &mut commands);
    }
    dialogs_ui(ui, view, &mut ui_state.dialog, &mut commands);
    undo_key(ui, &mut commands);
    text::toasts_ui(ui.ctx(), &mut ui_state.toasts);
    if ui.input(|input| !input.raw.hovered_files.is_empty()) {
        drop_target_ui(ui, view);
    }
    commands
}

/// What stands above and below the panes: the bar, what was chosen, what the user should know, the status.
fn edges_ui(
    ui: &mut Ui,
    view: View<'_>,
    ui_state: &mut UiState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let raised = Frame::new().fill(view.theme.palette.raised);
    let bar = raised.inner_margin(Margin::symmetric(12, 8));
    let strip = raised.inner_margin(Margin::symmetric(12, 4));
    Panel::top("bar").frame(bar).resizable(false).show(ui, |ui| {
        top_bar_ui(ui, view, &mut ui_state.top_bar, dialog, commands);
    });
    if !view.state.archive.search.request.filters.is_empty() || view.state.archive.search.request.similar_to.is_some() {
        Panel::top("chips")
            .frame(strip)
            .resizable(false)
            .show(ui, |ui| chips_ui(ui, view, commands));
    }
    if has_notices(view.state) {
        let frame = Frame::new().fill(view.theme.notice);
        let frame = frame.inner_margin(Margin::symmetric(12, 6));
        Panel::top("notices").frame(frame).resizable(false).show(ui, |ui| {
            notices_ui(ui, view, &mut ui_state.notices, dialog, commands);
        });
    }
    Panel::bottom("status")
        .frame(strip)
        .resizable(false)
        .show(ui, |ui| status_ui(ui, view, commands));
}

/// The list, the article or the page of a name, and the facets, in reading order.
fn panes_ui(
    ui: &mut Ui,
    view: View<'_>,
    ui_state: &mut UiState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let pane = Frame::new().fill(view.theme.palette.surface);
    let side = Frame::new().fill(view.theme.palette.sunken);
    let side = side.inner_margin(Margin::symmetric(10, 8));
    let width = ui.available_width();
    let facet_width = (width * 0.225).clamp(210.0, 320.0);
    // Lines are wider than articles, and their panel remembers a width of its own; the reader stays wide enough to read in.
    let shows_lines = view.state.archive.kwic.is_on;
    let beside_reader = (width - facet_width - LEAST_READER).max(230.0);
    let (list_width, most) = match shows_lines {
        true => ((width * 0.46).min(beside_reader), (width * 0.6).min(beside_reader)),
        false => ((width * 0.29).clamp(260.0, 420.0), (width * 0.34).max(230.0)),
    };
    let (list_name, facets_name, list_panel, facet_panel) = match view.direction {
        Direction::RightToLeft => {
            let list = if shows_lines {
                "lines-start-rtl"
            } else {
                "list-start-rtl"
            };
            let facets = "facets-end-rtl";
            (list, facets, Panel::right(list), Panel::left(facets))
        }
        Direction::LeftToRight => {
            let list = if shows_lines {
                "lines-start-ltr"
            } else {
                "list-start-ltr"
            };
            let facets = "facets-end-ltr";
            (list, facets, Panel::left(list), Panel::right(facets))
        }
    };
    list_panel
        .frame(pane)
        .size_range(220.0..=most)
        .default_size(list_width)
        .show(ui, |ui| {
            // A panel is as wide as what is in it: even an empty list takes its whole room.
            ui.set_min_size(ui.available_size());
            result_ui(ui, view, ui_state, dialog, commands);
        });
    // Its place is taken now, but it is drawn last: the keyboard goes from the list over the reader to the facets.
    let facets_rect: Rect = facet_panel
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
        if let Some(page) = &view.state.archive.entities.shown {
            entity_page_ui(ui, view, page, &mut ui_state.entity, dialog, commands);
        } else if reader_pane_ui(ui, view, &mut ui_state.reader, dialog, commands) {
            ui_state.toasts.push(view.words.copied());
        }
    });
    let mut at_end = ui.new_child(UiBuilder::new().id_salt(facets_name).max_rect(facets_rect));
    at_end.set_clip_rect(facets_rect);
    facet_panel_ui(&mut at_end, view, &mut ui_state.facets, dialog, commands);
}

/// The articles that were found, or the words in their lines.
fn result_ui(
    ui: &mut Ui,
    view: View<'_>,
    ui_state: &mut UiState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    if !view.state.archive.kwic.is_on {
        article_list_ui(ui, view, &mut ui_state.list, dialog, commands);
    } else if kwic_ui(ui, view, &mut ui_state.kwic, dialog, commands) {
        ui_state.toasts.push(view.words.copied());
    }
}

/// What the keys do wherever the keyboard is.
fn shortcuts_ui(
    ui: &Ui,
    view: View<'_>,
    ui_state: &mut UiState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let is_alone = matches!(ui_state.dialog, Dialog::None) && !Popup::is_any_open(ui.ctx());
    // What wants Escape for itself keeps the keyboard when it is pressed; everything else has lost it by now.
    let is_free = is_alone && ui.memory(|memory| memory.focused().is_none());
    if view.state.archive.entities.shown.is_some() && is_free && pressed(Modifiers::NONE, Key::Escape) {
        commands.push(Command::LeaveEntity);
    }
    if view.state.archive.entities.shown.is_none() && is_alone {
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
        if ReaderPaneState::has_focus(ui) {
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
    if is_alone {
        lines_key(ui, view, &mut ui_state.kwic, commands);
    }
    if pressed(Modifiers::COMMAND, Key::O) {
        commands.push(Command::PickFolder);
    }
    if pressed(Modifiers::NONE, Key::F5) {
        commands.push(Command::Update);
    }
    if pressed(Modifiers::COMMAND, Key::Comma) {
        *dialog = Some(DialogRequest::Settings);
    }
    if pressed(Modifiers::COMMAND, Key::D) {
        *dialog = Some(DialogRequest::Searches);
    }
    if pressed(Modifiers::NONE, Key::F1) {
        *dialog = Some(DialogRequest::Shortcuts);
    }
}

/// Takes back a correction, unless the keyboard is in a field, where the key takes back what was typed. Known only when all
/// was drawn: a field says that it is typed in.
fn undo_key(ui: &Ui, commands: &mut Vec<Command>) {
    let is_typing = ui.output(|output| output.ime.is_some());
    if !is_typing && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z)) {
        commands.push(Command::UndoOwnCorrection);
    }
}

/// Opens what was dropped on the window. Whether it is a folder is found out by who opens it.
fn open_dropped(ui: &Ui, commands: &mut Vec<Command>) {
    let path = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
    commands.extend(path.map(|path| Command::Open(ArchiveRoot::Folder(path))));
}

/// How many articles there are, and how far reading has come.
fn status_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    row_ui(ui, view, 30.0, |ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let Some(archive) = &view.state.archive.open else {
            let text = if view.state.opening.is_some() {
                view.words.opening()
            } else {
                ""
            };
            text::line_ui(ui, text, &view.weak());
            return;
        };
        text::line_ui(ui, &count::n_articles(view.words, archive.n_articles), &view.weak());
        if let Some(progress) = archive.progress {
            text::line_ui(ui, &count::progress(view.words, progress), &view.weak());
            ui.allocate_ui(vec2(160.0, 20.0), |ui| {
                let total = progress.files_total.max(1);
                text::progress_ui(ui, progress.files_done as f32 / total as f32);
            });
            if text::button_ui(ui, view.words.stop()).clicked() {
                commands.push(Command::CancelUpdate);
            }
        } else if let Some(summary) = archive.summary.as_ref().filter(|it| !is_outdated(view.state, it)) {
            text::line_ui(ui, &notice::summary(view.words, summary), &view.weak());
        }
    });
}

/// Whether a summary says that there was nothing new, while it is told above it that there is, or that all is away.
fn is_outdated(state: &AppState, summary: &UpdateSummary) -> bool {
    let has_changed = |it: &Notice| match it {
        Notice::MissingFiles(missing) => missing.is_folder_away(),
        it => matches!(it, Notice::FolderChanged(_)),
    };
    summary.found_nothing_new() && state.notices.all().iter().any(has_changed)
}

/// What stands in the place of the panes while there is nothing to show in them.
fn empty_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    if view.state.opening.is_some() && view.state.archive.open.is_none() {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.4);
            text::line_ui(ui, view.words.opening(), &view.style().size(18.0));
        });
        return;
    }
    let words = view.words;
    let (title, advice) = match view.state.archive.open {
        Some(_) => (words.empty_archive(), notice::formats_read(words)),
        None => (words.welcome(), words.welcome_advice().to_owned()),
    };
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.32);
        text::line_ui(ui, title, &view.style().size(24.0).bold());
        ui.add_space(8.0);
        advice_ui(ui, view, &advice);
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

/// Where a folder can be dropped, while one is held over the window.
fn drop_target_ui(ui: &Ui, view: View<'_>) {
    let rect = ui.ctx().content_rect().shrink(16.0);
    let palette = view.theme.palette;
    let layer = LayerId::new(Order::Foreground, Id::unique("drop"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect(
        rect,
        12.0,
        palette.selection,
        Stroke::new(2.0, palette.accent),
        StrokeKind::Inside,
    );
    let style = view.style().size(24.0).bold();
    let mut above = Ui::new(
        ui.ctx().clone(),
        Id::unique("drop-ui"),
        UiBuilder::new().layer_id(layer).max_rect(rect),
    );
    above.set_clip_rect(rect);
    text::paint_line(
        &above,
        rect,
        view.words.drop_here(),
        &[],
        &style,
        text::LineAlign::Center,
    );
}

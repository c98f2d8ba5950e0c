//! The window: its panes, and what the keys do everywhere in it.

use egui::{CentralPanel, Frame, Id, IdSalt, LayerId, Margin, Order, Panel, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use crate::state::{AppState, ArchiveRoot, Command, Notice, OpenArchive, UpdateSummary};
use crate::text::{self, Direction};

use super::dialog_request::DialogRequest;
use super::dialogs::{Dialog, dialogs_ui};
use super::difference::difference_ui;
use super::entity_page::{back_to_page_ui, entity_page_ui, is_read_from_page};
use super::facet_panel::facet_panel_ui;
use super::kwic::kwic_ui;
use super::layout::{View, advice_ui, middle_and_end_ui, row_ui};
use super::list::article_list_ui;
use super::marks::mark_pane_ui;
use super::network::network_pane_ui;
use super::notices::newest_notice_ui;
use super::panes::{Pane, handle_ui};
use super::path_dialog::path_dialog_ui;
use super::reader::{ReaderPaneState, reader_pane_ui};
use super::shortcuts::{do_action, focus_pane, shortcuts_ui, undo_key};
use super::stay::{place_in, stay_ui};
use super::theme::{self, Theme};
use super::top_bar::{chips_ui, top_bar_ui};
use super::ui_state::UiState;
use super::welcome::welcome_ui;
use super::words::{Words, count, export, notice};

/// The width that lines leave to the reader, in points. Picked by feel.
const LEAST_READER: f32 = 260.0;

/// In less room, in points, one of the panes at the sides is hidden. Picked by feel.
const ROOM_FOR_THREE: f32 = 640.0;

/// Draws the window and returns what the user asks for.
pub fn window_ui(ui: &mut Ui, state: &AppState, ui_state: &mut UiState) -> Vec<Command> {
    let view = View {
        state,
        words: Words(&state.settings),
        theme: Theme::of(&state.settings, state.system_theme),
        direction: theme::look(&state.settings, state.system_theme).direction,
    };
    let (mut commands, mut dialog) = (Vec::new(), None);
    ui.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(view.words.app_name()));
    shortcuts_ui(ui, view, ui_state, &mut dialog, &mut commands);
    open_dropped(ui, &mut commands);

    // The article alone has the whole window.
    if !ui_state.panes.is_reading {
        edges_ui(ui, view, ui_state, &mut dialog, &mut commands);
    }
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
    if let Some(action) = dialogs_ui(ui, view, &mut ui_state.dialog, &mut commands) {
        let mut dialog = None;
        do_action(ui, view, ui_state, action, &mut dialog, &mut commands);
        if let Some(request) = dialog {
            ui_state.dialog = Dialog::new(view.words, request, &mut commands);
        }
    }
    path_dialog_ui(ui, view, &mut ui_state.path, &mut commands);
    welcome_ui(ui, view, &mut commands);
    stay_ui(ui, view, &mut ui_state.stay, &ui_state.reader, &mut commands);
    undo_key(ui, &mut commands);
    tell_copied(view, ui_state);
    text::toasts_ui(ui.ctx(), &mut ui_state.toasts);
    if ui.input(|input| !input.raw.hovered_files.is_empty()) {
        drop_target_ui(ui, view);
    }
    commands
}

/// Says once that something was put on the clipboard by another thread.
fn tell_copied(view: View<'_>, it: &mut UiState) {
    let n_copied = view.state.archive.exporting.n_copied;
    if it.n_copied < n_copied {
        it.toasts.push(view.words.copied());
    }
    it.n_copied = n_copied;
}

/// What is told when the window is closed: what is looked at then is where the user was.
pub fn leave(state: &AppState, it: &UiState) -> Option<Command> {
    place_in(state, &it.reader).map(Command::Stayed)
}

/// What stands above and below the panes: the bar, what was chosen, what the user should know, the status. All of it is
/// always there and of one height, so that nothing below moves.
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
    if view.state.archive.open.is_some() {
        Panel::top("chips")
            .frame(strip)
            .resizable(false)
            .show(ui, |ui| chips_ui(ui, view, commands));
    }
    let has_notices = !view.state.notices.all().is_empty();
    let strip = if has_notices {
        strip.fill(view.theme.notice)
    } else {
        strip
    };
    Panel::bottom("status")
        .frame(strip)
        .resizable(false)
        .show(ui, |ui| lower_edge_ui(ui, view, dialog, commands));
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
    let settings = &view.state.settings;
    let is_reading = ui_state.panes.is_reading;
    let (has_list, has_facets) = (
        !is_reading && !settings.hides_list,
        !is_reading && !settings.hides_facets,
    );
    ui_state.panes.rects = [None; 3];
    let width = ui.available_width();
    // With large type there is no room for three; the facets come when the list is hidden.
    let has_facets = has_facets && (ROOM_FOR_THREE <= width || !has_list);
    if has_list {
        let (panel, size) = list_panel(view, width, has_facets);
        let shown = panel
            .frame(pane)
            .resizable(false)
            .size_range(size.range)
            .default_size(size.usual)
            .show(ui, |ui| {
                // A panel is as wide as what is in it: even an empty list takes its whole room.
                ui.set_min_size(ui.available_size());
                result_ui(ui, view, ui_state, dialog, commands);
                ui.max_rect()
            });
        ui_state.panes.rects[Pane::List as usize] = Some(shown.inner);
    }
    if has_facets {
        let side = Frame::new().fill(view.theme.palette.sunken);
        // Its place is taken now, but it is drawn last: the keyboard goes from the list over the reader to the facets.
        let (panel, size) = facets_panel(view, width);
        let side = side.inner_margin(Margin::symmetric(10, 8));
        let shown = panel
            .frame(side)
            .resizable(false)
            .size_range(size.range)
            .default_size(size.usual)
            .show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                ui.max_rect()
            });
        ui_state.panes.rects[Pane::Facets as usize] = Some(shown.inner);
    }
    let shown = CentralPanel::default().frame(pane).show(ui, |ui| {
        article_ui(ui, view, ui_state, dialog, commands);
        ui.max_rect()
    });
    ui_state.panes.rects[Pane::Article as usize] = Some(shown.inner);
    if let Some(rect) = ui_state.panes.rects[Pane::Facets as usize] {
        let mut at_end = ui.new_child(UiBuilder::new().id_salt(facets_name(view)).max_rect(rect));
        at_end.set_clip_rect(rect);
        facet_panel_ui(&mut at_end, view, &mut ui_state.facets, dialog, commands);
    }
    handles_ui(ui, view, ui_state);
}

/// The handles between the panes. They lie above these, whose edges they are.
fn handles_ui(ui: &Ui, view: View<'_>, ui_state: &mut UiState) {
    for (pane, name) in [(Pane::List, list_name(view)), (Pane::Facets, facets_name(view))] {
        let is_shown = ui_state.panes.rects[pane as usize].is_some();
        let panel = ui.scope_id().with_salt(IdSalt::new(name));
        if is_shown && handle_ui(ui, view, (pane, panel), &mut ui_state.panes) {
            focus_pane(ui, view, ui_state, pane);
        }
    }
}

/// How wide a pane at a side may be, and how wide it is at first, in points.
struct PaneSize {
    range: std::ops::RangeInclusive<f32>,
    usual: f32,
}

/// The panel of the list, at the reading start. Lines are wider than articles, and their panel remembers a width of its own;
/// the reader stays wide enough to read in.
fn list_panel(view: View<'_>, width: f32, has_facets: bool) -> (Panel, PaneSize) {
    let facets = if has_facets { facets_width(width) } else { 0.0 };
    let beside_reader = (width - facets - LEAST_READER).max(230.0);
    let (usual, most) = match view.state.archive.kwic.is_on {
        true => ((width * 0.46).min(beside_reader), (width * 0.6).min(beside_reader)),
        false => ((width * 0.29).clamp(260.0, 420.0), (width * 0.34).max(230.0)),
    };
    let range = 220.0..=most;
    let name = list_name(view);
    let panel = match view.direction {
        Direction::RightToLeft => Panel::right(name),
        Direction::LeftToRight => Panel::left(name),
    };
    (panel, PaneSize { range, usual })
}

fn list_name(view: View<'_>) -> &'static str {
    match (view.direction, view.state.archive.kwic.is_on) {
        (Direction::RightToLeft, true) => "lines-start-rtl",
        (Direction::RightToLeft, false) => "list-start-rtl",
        (Direction::LeftToRight, true) => "lines-start-ltr",
        (Direction::LeftToRight, false) => "list-start-ltr",
    }
}

/// The panel of the facets, at the reading end.
fn facets_panel(view: View<'_>, width: f32) -> (Panel, PaneSize) {
    let (range, usual) = (180.0..=(width * 0.27).max(190.0), facets_width(width));
    let name = facets_name(view);
    let panel = match view.direction {
        Direction::RightToLeft => Panel::left(name),
        Direction::LeftToRight => Panel::right(name),
    };
    (panel, PaneSize { range, usual })
}

fn facets_name(view: View<'_>) -> &'static str {
    match view.direction {
        Direction::RightToLeft => "facets-end-rtl",
        Direction::LeftToRight => "facets-end-ltr",
    }
}

fn facets_width(width: f32) -> f32 {
    (width * 0.225).clamp(210.0, 320.0)
}

/// The article, or what stands in its place: the page of a name, or who appears with whom.
fn article_ui(
    ui: &mut Ui,
    view: View<'_>,
    ui_state: &mut UiState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let entities = &view.state.archive.entities;
    if let Some(page) = &entities.shown {
        entity_page_ui(ui, view, page, &mut ui_state.entity, dialog, commands);
        return;
    }
    if entities.network.is_on {
        network_pane_ui(ui, view, &entities.network, &mut ui_state.network, commands);
        return;
    }
    back_to_page_ui(ui, view, commands);
    let response = reader_pane_ui(ui, view, &mut ui_state.reader, dialog, commands);
    if response.copied {
        ui_state.toasts.push(view.words.copied());
    }
    if response.is_left && is_read_from_page(view) {
        commands.push(Command::ReturnToEntity);
    } else if response.is_left {
        ui_state.panes.is_reading = false;
        focus_pane(ui, view, ui_state, Pane::List);
    }
}

/// The articles that were found, or the words in their lines.
fn result_ui(
    ui: &mut Ui,
    view: View<'_>,
    ui_state: &mut UiState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let archive = &view.state.archive;
    let (keys, copied) = match (archive.kwic.is_on, archive.mark_list.is_on) {
        (true, _) => kwic_ui(ui, view, &mut ui_state.kwic, dialog, commands),
        (false, true) => mark_pane_ui(ui, view, &mut ui_state.marks, dialog, commands),
        (false, false) => (article_list_ui(ui, view, &mut ui_state.list, dialog, commands), false),
    };
    if copied {
        ui_state.toasts.push(view.words.copied());
    }
    if keys.entered {
        // Into the article, from whatever stands in its place.
        let selected = archive.mark_list.selected.filter(|_| archive.mark_list.is_on);
        commands.push(selected.map_or(Command::SelectBeside(0), Command::SelectMark));
        ReaderPaneState::focus(ui);
    }
    if let Some(forward) = keys.paged
        && (view.state.archive.entities.name_page().is_some() || !ui_state.reader.reader.scroll_page(forward))
    {
        commands.push(Command::SelectBeside(if forward { 1 } else { -1 }));
    }
}

/// Opens what was dropped on the window. Whether it is a folder is found out by who opens it.
fn open_dropped(ui: &Ui, commands: &mut Vec<Command>) {
    let path = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
    commands.extend(path.map(|path| Command::Open(ArchiveRoot::Folder(path))));
}

/// What happened, and how far reading has come.
fn lower_edge_ui(ui: &mut Ui, view: View<'_>, dialog: &mut Option<DialogRequest>, commands: &mut Vec<Command>) {
    row_ui(ui, view, 30.0, |ui| {
        if view.state.notices.all().is_empty() {
            ui.spacing_mut().item_spacing.x = 12.0;
            status_ui(ui, view, commands);
            return;
        }
        // Both parts push commands.
        let mut at_end = Vec::new();
        let newest = |ui: &mut Ui| newest_notice_ui(ui, view, dialog, commands);
        middle_and_end_ui(ui, view, "lower edge", newest, |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            exporting_ui(ui, view, &mut at_end);
            progress_ui(ui, view, &mut at_end);
        });
        commands.append(&mut at_end);
    });
}

/// How many articles there are, and how far reading has come.
fn status_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let Some(archive) = &view.state.archive.open else {
        let is_opening = view.state.opening.is_some();
        text::line_ui(ui, if is_opening { view.words.opening() } else { "" }, &view.weak());
        return;
    };
    if archive.n_articles != 0 || !archive.is_reading() {
        text::line_ui(ui, &count::n_articles(view.words, archive.n_articles), &view.weak());
    }
    exporting_ui(ui, view, commands);
    progress_ui(ui, view, commands);
    let summary = archive.summary.as_ref().filter(|it| !is_outdated(view.state, it));
    if let Some(summary) = summary.filter(|_| archive.progress.is_none()) {
        text::line_ui(ui, &notice::summary(view.words, summary), &view.weak());
    }
}

/// How far an export has come, while it goes on.
fn exporting_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let Some(progress) = view.state.archive.exporting.running else {
        return;
    };
    text::line_ui(ui, &export::progress(view.words, progress), &view.weak());
    ui.allocate_ui(vec2(160.0, 20.0), |ui| {
        text::progress_ui(ui, progress.fraction());
    });
    if text::button_ui(ui, view.words.cancel()).clicked() {
        commands.push(Command::CancelExport);
    }
}

/// How far reading has come, while files are read.
fn progress_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let Some(progress) = view.state.archive.open.as_ref().and_then(|it| it.progress) else {
        return;
    };
    text::line_ui(ui, &count::progress(view.words, progress), &view.weak());
    ui.allocate_ui(vec2(160.0, 20.0), |ui| {
        text::progress_ui(ui, progress.fraction());
    });
    if text::button_ui(ui, view.words.stop()).clicked() {
        commands.push(Command::CancelUpdate);
    }
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

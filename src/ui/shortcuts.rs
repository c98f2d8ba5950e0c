//! Doing what can be done from anywhere: by its keys, or from the palette.

use std::sync::Arc;

use egui::{Key, Modifiers, PointerButton, Popup, Ui};

use crate::index::{Facet, FacetFilter, MarkKind};
use crate::marks::MarkColor;
use crate::state::{Command, FilePurpose, Language, MarkScope, OtherProgram, ReadArticle, Settings};

use super::action::Action;
use super::copying::cite;
use super::dialog_request::DialogRequest;
use super::dialogs::Dialog;
use super::entity_page::is_read_from_page;
use super::layout::View;
use super::marks::{NoteOf, highlight};
use super::panes::Pane;
use super::period_fields::edit_period;
use super::reader::{ReaderPaneState, first_in_view, place_of};
use super::ui_state::UiState;

/// Does what the keys ask for, wherever the keyboard is.
pub fn shortcuts_ui(
    ui: &Ui,
    view: View<'_>,
    it: &mut UiState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let is_alone = matches!(it.dialog, Dialog::None) && !Popup::is_any_open(ui.ctx());
    // What wants Escape for itself keeps the keyboard when it is pressed; everything else has lost it by now.
    let is_free = is_alone && ui.memory(|memory| memory.focused().is_none());
    let is_over_article = view.state.archive.entities.name_page().is_some();
    if is_free && (is_over_article || is_read_from_page(view) || it.panes.is_reading) {
        let is_left = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if is_left && is_over_article {
            commands.push(Command::LeaveEntity);
        } else if is_left && is_read_from_page(view) {
            commands.push(Command::ReturnToEntity);
        } else if is_left {
            it.panes.is_reading = false;
        }
    }
    for (button, command) in [
        (PointerButton::Extra1, Command::Back),
        (PointerButton::Extra2, Command::Forward),
    ] {
        if is_alone && ui.input(|input| input.pointer.button_pressed(button)) {
            commands.push(command);
        }
    }
    let is_rtl = view.direction.is_rtl();
    let mut actions: Vec<_> = Action::ALL
        .into_iter()
        .filter_map(|it| Some((it, it.shortcut(is_rtl)?)))
        .collect();
    // A key without Shift is the same key with it, too.
    actions.sort_by_key(|(_, keys)| !keys.modifiers.shift);
    for (action, keys) in actions {
        // Whether a field is typed in is known at the end of the frame.
        let waits = action == Action::Undo || !is_alone && action != Action::Palette;
        if !waits && ui.input_mut(|input| input.consume_shortcut(&keys)) {
            do_action(ui, view, it, action, dialog, commands);
        }
    }
}

/// Takes back a correction, unless the keyboard is in a field, where the key takes back what was typed. Known only when all
/// was drawn: a field says that it is typed in.
pub fn undo_key(ui: &Ui, commands: &mut Vec<Command>) {
    let is_typing = ui.output(|output| output.ime.is_some());
    if !is_typing && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z)) {
        commands.push(Command::UndoOwn);
    }
}

/// Does it.
///
/// Long because it is the table of actions.
pub fn do_action(
    ui: &Ui,
    view: View<'_>,
    it: &mut UiState,
    action: Action,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let archive = &view.state.archive;
    match action {
        Action::Palette => *dialog = Some(DialogRequest::Palette),
        Action::Search => it.top_bar.focus_search(ui),
        Action::FindInArticle if it.panes.is_reading || ReaderPaneState::has_focus(ui) => it.reader.open_find(ui),
        Action::FindInArticle => it.top_bar.focus_search(ui),
        Action::FindNext => it.reader.find_next(true),
        Action::FindPrevious => it.reader.find_next(false),
        Action::NextArticle => commands.push(Command::SelectBeside(1)),
        Action::PreviousArticle => commands.push(Command::SelectBeside(-1)),
        Action::FirstArticle => commands.push(Command::ReadFirst),
        Action::NextMention => it.reader.go_to_mention(ui, view, true),
        Action::PreviousMention => it.reader.go_to_mention(ui, view, false),
        Action::Back => commands.push(Command::Back),
        Action::Forward => commands.push(Command::Forward),
        Action::NextPane | Action::PreviousPane => {
            let next = it.panes.next(ui, action == Action::NextPane);
            if let Some(pane) = next {
                focus_pane(ui, view, it, pane);
            }
        }
        Action::ResizeList => it.panes.resize(Pane::List),
        Action::ResizeFacets => it.panes.resize(Pane::Facets),
        Action::Lines => {
            it.kwic.takes_focus = !archive.kwic.is_on;
            commands.push(Command::ShowLines(it.kwic.takes_focus));
        }
        Action::Marks => {
            it.marks.takes_focus = !archive.mark_list.is_on;
            commands.push(Command::ShowMarks(it.marks.takes_focus));
        }
        Action::Star
        | Action::Read
        | Action::Tags
        | Action::Note
        | Action::Highlight
        | Action::PickAll
        | Action::PickNone
        | Action::HideRead
        | Action::ImportMarks
        | Action::ExportMarks => mark(view, it, action, dialog, commands),
        Action::Network => it.network.toggle(view, commands),
        Action::Order(order) => commands.push(Command::SetOrder(order)),
        Action::Export => *dialog = Some(DialogRequest::Export(None)),
        Action::Cite | Action::CiteIn(_) => {
            let mut settings = view.state.settings.clone();
            if let Action::CiteIn(style) = action {
                settings.export.style = style;
            }
            if let Some(article) = archive.reading.wanted {
                commands.push(cite(view, [article].into(), settings.export.style));
            }
            if settings != view.state.settings {
                commands.push(Command::SetSettings(settings));
            }
        }
        Action::ClearAll => commands.push(Command::ClearAll),
        Action::Period => edit_period(ui),
        Action::Searches => *dialog = Some(DialogRequest::Searches),
        Action::ReadingMode => {
            it.panes.is_reading = !it.panes.is_reading;
            focus_pane(ui, view, it, Pane::Article);
        }
        Action::Pictures | Action::OpenOriginal | Action::ShowInFolder | Action::OpenAddress => {
            if let Some(article) = &archive.reading.shown {
                let page = it.reader.page_in_view(article);
                open(view, (article, page), action, dialog, commands);
            }
        }
        Action::SaveChart(kind) => commands.push(Command::PickFile(FilePurpose::ExportChart(kind))),
        Action::Undo => commands.push(Command::UndoOwn),
        Action::Corrections => *dialog = Some(DialogRequest::Corrections),
        Action::Suggestions => *dialog = Some(DialogRequest::Suggestions(None)),
        Action::OpenFolder => commands.push(Command::PickFolder),
        Action::Update => commands.push(Command::Update),
        Action::FilesNotRead => *dialog = Some(DialogRequest::FilesNotRead),
        Action::RecogniseScans => {
            let is_on = archive.open.as_ref().is_some_and(|it| it.recognises_scans);
            commands.push(Command::RecogniseScans(!is_on));
        }
        Action::Forget => *dialog = Some(DialogRequest::Forget),
        Action::Settings => *dialog = Some(DialogRequest::Settings),
        Action::Keys => *dialog = Some(DialogRequest::Shortcuts),
        Action::ByStories => commands.push(Command::SetByStories(!archive.search.request.by_stories)),
        Action::ToggleList
        | Action::ToggleFacets
        | Action::LargerText
        | Action::SmallerText
        | Action::ShowLeftOut
        | Action::Theme(_)
        | Action::Language => commands.push(Command::SetSettings(changed(&view.state.settings, action))),
    }
}

/// Does one of the actions that mark.
fn mark(view: View<'_>, it: &UiState, action: Action, dialog: &mut Option<DialogRequest>, commands: &mut Vec<Command>) {
    let archive = &view.state.archive;
    match action {
        Action::Star => commands.push(Command::ToggleStar(MarkScope::Picked)),
        Action::Read => commands.push(Command::ToggleRead(MarkScope::Picked)),
        Action::Tags => *dialog = Some(DialogRequest::Tags(MarkScope::Picked)),
        Action::Note => *dialog = Some(DialogRequest::Note(NoteOf::Articles(MarkScope::Picked))),
        Action::Highlight => {
            let article = archive.reading.shown.as_ref();
            if let Some((article, selected)) = article.zip(it.reader.reader.selected_source()) {
                commands.extend(highlight(view, article, selected, MarkColor::default()));
            }
        }
        Action::PickAll => commands.push(Command::PickAll),
        Action::PickNone => commands.push(Command::PickNone),
        Action::HideRead => commands.push(Command::ToggleFacet(read_filter())),
        Action::ImportMarks => commands.push(Command::PickFile(FilePurpose::ImportMarks)),
        Action::ExportMarks => commands.push(Command::PickFile(FilePurpose::ExportMarks)),
        _ => {}
    }
}

/// Opens what belongs to the article that is read: its pictures, its file, its address.
fn open(
    view: View<'_>,
    (article, page): (&Arc<ReadArticle>, Option<u32>),
    action: Action,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    match action {
        Action::Pictures => {
            let first = first_in_view(view, article);
            *dialog = first.map(|it| DialogRequest::Picture(Arc::clone(article), it));
        }
        Action::OpenOriginal => commands.push(Command::OpenOriginal(place_of(article, page))),
        Action::ShowInFolder => {
            let path = article.article.path.clone();
            commands.push(Command::HandOver(OtherProgram::FileManager, path));
        }
        Action::OpenAddress => *dialog = article.article.address.clone().map(DialogRequest::Address),
        _ => {}
    }
}

/// Leaves out what was read.
fn read_filter() -> FacetFilter {
    FacetFilter {
        facet: Facet::Mark,
        id: MarkKind::Read.id().to_owned(),
        name: MarkKind::Read.id().to_owned(),
        excluded: true,
    }
}

/// The settings after an action that changes them.
fn changed(settings: &Settings, action: Action) -> Settings {
    let mut settings = settings.clone();
    let sizes = Settings::READING_SIZES;
    match action {
        Action::ToggleList => settings.hides_list = !settings.hides_list,
        Action::ToggleFacets => settings.hides_facets = !settings.hides_facets,
        Action::LargerText => settings.reading_size = (settings.reading_size + 1.0).min(*sizes.end()),
        Action::SmallerText => settings.reading_size = (settings.reading_size - 1.0).max(*sizes.start()),
        Action::ShowLeftOut => settings.shows_left_out = !settings.shows_left_out,
        Action::Theme(theme) => settings.theme = theme,
        Action::Language => {
            settings.language = match settings.language {
                Language::Arabic => Language::English,
                Language::English => Language::Arabic,
            }
        }
        _ => {}
    }
    settings
}

/// Brings the keyboard to a pane.
pub fn focus_pane(ui: &Ui, view: View<'_>, it: &mut UiState, pane: Pane) {
    match pane {
        Pane::List if view.state.archive.kwic.is_on => it.kwic.takes_focus = true,
        Pane::List if view.state.archive.mark_list.is_on => it.marks.takes_focus = true,
        Pane::List => it.list.takes_focus = true,
        Pane::Article if view.state.archive.entities.shown.is_some() => it.entity.takes_focus = true,
        Pane::Article if view.state.archive.entities.network.is_on => it.network.takes_focus = true,
        Pane::Article => ReaderPaneState::focus(ui),
        Pane::Facets => it.facets.takes_focus = true,
    }
    ui.ctx().request_repaint();
}

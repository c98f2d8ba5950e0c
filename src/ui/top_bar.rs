//! The bar at the top: which archive, the search field, the look; below it what was chosen.

use egui::{Color32, EventFilter, Id, Key, Modifiers, Rect, Sense, Ui, pos2, vec2};

use crate::index::{CompletionKind, FacetFilter};
use crate::state::{ArchiveRoot, Command, Language, Settings, ThemeChoice};
use crate::text::{self, EditKind, EditOptions, EditState, Icon, MenuItem, Offer};

use super::searches::trail_ui;
use super::settings::Dialog;
use super::{View, middle_and_end_ui, row_ui};

/// The height of the line that tells how the query was understood, in points.
const UNDERSTOOD_HEIGHT: f32 = 20.0;

/// What the bar remembers.
#[derive(Default)]
pub struct TopBarState {
    edit: EditState,
    query_text: String,
    /// Which of the completions the keyboard is on.
    chosen: Option<usize>,
    /// Whether the completions were closed and stay so until something else is typed.
    is_dismissed: bool,
    /// Where the completions were shown in the last frame.
    offers: Option<Rect>,
    /// Where the search field lies.
    field: Option<Rect>,
    /// The [`AppState::n_visits`](crate::state::AppState::n_visits) that was shown.
    n_visits: u64,
}

impl TopBarState {
    /// Puts the caret into the search field.
    pub fn focus_search(&mut self, ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(search_id()));
    }
}

fn search_id() -> Id {
    Id::unique("search")
}

pub fn top_bar_ui(
    ui: &mut Ui,
    view: View<'_>,
    bar: &mut TopBarState,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    row_ui(ui, view, 34.0, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        trail_ui(ui, view, dialog, commands);
        ui.spacing_mut().item_spacing.x = 8.0;
        archives_ui(ui, view, commands);
        if text::button_ui(ui, words.open_folder()).clicked() {
            commands.push(Command::PickFolder);
        }
        // Both parts of the row push what they wish.
        let mut at_end = Vec::new();
        let search = |ui: &mut Ui| search_ui(ui, view, bar, commands);
        middle_and_end_ui(ui, view, "bar", search, |ui| {
            let settings = &view.state.settings;
            let response = text::button_ui(ui, words.other_language());
            text::tooltip(&response, words.switch_language());
            if response.clicked() {
                let language = match settings.language {
                    Language::Arabic => Language::English,
                    Language::English => Language::Arabic,
                };
                at_end.push(Command::SetSettings(Settings {
                    language,
                    ..settings.clone()
                }));
            }
            main_menu_ui(ui, view, dialog, &mut at_end);
        });
        commands.append(&mut at_end);
    });
    understood_ui(ui, view, bar);
}

fn search_ui(ui: &mut Ui, view: View<'_>, bar: &mut TopBarState, commands: &mut Vec<Command>) {
    let id = search_id();
    let is_pointed_at = bar.offers.is_some_and(|rect| ui.rect_contains_pointer(rect));
    let has_focus = ui.memory(|memory| memory.has_focus(id)) || is_pointed_at;
    // The query may have been changed elsewhere; while it is typed, the field knows best.
    let is_visited = std::mem::replace(&mut bar.n_visits, view.state.n_visits) != view.state.n_visits;
    if is_visited || !has_focus {
        bar.query_text.clone_from(&view.state.request.query_text);
    }
    let completions = view.state.completions.value.as_deref().unwrap_or_default();
    let is_open = has_focus && !bar.is_dismissed && !completions.is_empty();
    let mut taken = None;
    if is_open {
        taken = offer_keys(ui, bar, completions.len());
    }
    let options = EditOptions {
        kind: EditKind::Search,
        hint: view.words.search_hint(),
        name: view.words.search(),
    };
    let response = text::edit_ui(ui, id, &mut bar.edit, &mut bar.query_text, options);
    bar.field = Some(response.response.rect);
    if response.cancelled && !bar.query_text.is_empty() {
        bar.query_text.clear();
        commands.push(Command::SetQuery(String::new()));
        commands.push(Command::Complete(None));
    } else if response.changed {
        (bar.chosen, bar.is_dismissed) = (None, false);
        commands.push(Command::SetQuery(bar.query_text.clone()));
        commands.push(Command::Complete(Some(bar.query_text.clone())));
    } else if !has_focus && !completions.is_empty() {
        commands.push(Command::Complete(None));
    }
    bar.offers = None;
    if !is_open {
        bar.chosen = None;
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        tab: bar.chosen.is_some(),
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let notes: Vec<(String, Color32)> = completions
        .iter()
        .map(|it| (view.words.completion_note(it), completion_color(view, it.kind)))
        .collect();
    let offers: Vec<Offer<'_>> = completions
        .iter()
        .zip(&notes)
        .map(|(it, (note, color))| Offer {
            text: &it.shown,
            note,
            color: *color,
        })
        .collect();
    // Below the query as it was understood.
    let field = response.response.rect;
    let anchor = Rect::from_min_max(field.min, pos2(field.right(), field.bottom() + UNDERSTOOD_HEIGHT));
    let name = view.words.completions();
    let shown = text::offers_ui(ui, id, anchor, name, &offers, bar.chosen);
    bar.offers = Some(shown.rect);
    // What is offered for an earlier text would undo what was typed since.
    let taken = taken.or(shown.clicked).filter(|_| !view.state.completions.pending);
    if let Some(completion) = taken.and_then(|idx| completions.get(idx)) {
        bar.query_text.clone_from(&completion.query_text);
        bar.edit.go_to_end();
        (bar.chosen, bar.offers) = (None, None);
        response.response.request_focus();
        commands.push(Command::TakeCompletion(completion.clone()));
    }
}

/// Moves over the completions and closes them; returns the one that was taken. Enter and Tab are left to the field
/// until one was chosen with the arrow keys.
fn offer_keys(ui: &Ui, bar: &mut TopBarState, n_offers: usize) -> Option<usize> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        bar.chosen = Some(bar.chosen.map_or(0, |it| (it + 1) % n_offers));
    }
    if pressed(Key::ArrowUp) {
        bar.chosen = match bar.chosen {
            None => Some(n_offers - 1),
            Some(idx) => idx.checked_sub(1),
        };
    }
    if pressed(Key::Escape) {
        (bar.is_dismissed, bar.chosen) = (true, None);
    }
    bar.chosen.filter(|_| pressed(Key::Enter) || pressed(Key::Tab))
}

fn completion_color(view: View<'_>, kind: CompletionKind) -> Color32 {
    match kind {
        CompletionKind::Value(facet) => view.theme.facet(facet),
        CompletionKind::Word | CompletionKind::Operator => view.theme.palette.weak_text,
    }
}

/// Below the search field, the query as it was understood; while it is empty, what could be typed.
fn understood_ui(ui: &mut Ui, view: View<'_>, bar: &TopBarState) {
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), UNDERSTOOD_HEIGHT), Sense::hover());
    let Some(field) = bar.field else { return };
    let rect = Rect::from_x_y_ranges(field.shrink2(vec2(10.0, 0.0)).x_range(), row.y_range());
    let page = view.state.results.value.as_ref();
    let understood = page.map(|it| &it.query_understood).filter(|it| !it.arabic.is_empty());
    let text = match understood {
        Some(understood) => view.words.understood(understood),
        None => view.words.search_tip().to_owned(),
    };
    text::paint_line(ui, rect, &text, &[], &view.weak(), text::LineAlign::Start);
    text::name(&response, &text);
}

/// The open archive, and those that were open before.
fn archives_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let current = view
        .state
        .archive
        .as_ref()
        .map_or(ArchiveRoot::Sample, |archive| archive.root.clone());
    let mut roots = vec![current];
    for folder in &view.state.settings.recent {
        let root = ArchiveRoot::Folder(folder.clone());
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    if !roots.contains(&ArchiveRoot::Sample) {
        roots.push(ArchiveRoot::Sample);
    }
    let names: Vec<String> = roots.iter().map(|root| view.words.archive(root)).collect();
    let mut selected = 0;
    text::combo_ui(ui, "archives", view.words.recent(), &mut selected, &names);
    if selected != 0
        && let Some(root) = roots.get(selected)
    {
        commands.push(Command::Open(root.clone()));
    }
}

/// What is needed now and then.
fn main_menu_ui(ui: &mut Ui, view: View<'_>, dialog: &mut Dialog, commands: &mut Vec<Command>) {
    let (words, settings) = (view.words, &view.state.settings);
    let items = [
        MenuItem {
            shortcut: "F5",
            disabled: view.state.archive.is_none(),
            ..MenuItem::new(words.refresh())
        },
        MenuItem {
            starts_group: true,
            disabled: view.state.archive.is_none(),
            ..MenuItem::new(words.suggestions_menu())
        },
        MenuItem {
            disabled: view.state.archive.is_none(),
            ..MenuItem::new(words.corrections_menu())
        },
        MenuItem {
            disabled: view.state.corrections.all().is_empty(),
            ..MenuItem::new(words.undo_correction())
        },
        MenuItem {
            starts_group: true,
            checked: Some(settings.theme == ThemeChoice::Light),
            ..MenuItem::new(words.theme_light())
        },
        MenuItem {
            checked: Some(settings.theme == ThemeChoice::Dark),
            ..MenuItem::new(words.theme_dark())
        },
        MenuItem {
            starts_group: true,
            shortcut: "Ctrl+,",
            ..MenuItem::new(words.settings())
        },
        MenuItem {
            shortcut: "F1",
            ..MenuItem::new(words.shortcuts())
        },
    ];
    let (response, chosen) = text::menu_button_ui(ui, Icon::More, words.more(), &items);
    text::tooltip(&response, words.more());
    let mut set_theme = |theme| {
        commands.push(Command::SetSettings(Settings {
            theme,
            ..settings.clone()
        }));
    };
    match chosen {
        Some(0) => commands.push(Command::Update),
        Some(1) => {
            commands.push(Command::ShowSuggestions);
            *dialog = Dialog::Suggestions(None);
        }
        Some(2) => *dialog = Dialog::Corrections,
        Some(3) => commands.push(Command::UndoCorrection(None)),
        Some(4) => set_theme(ThemeChoice::Light),
        Some(5) => set_theme(ThemeChoice::Dark),
        Some(6) => *dialog = Dialog::Settings { page: 0 },
        Some(_) => *dialog = Dialog::Shortcuts,
        None => {}
    }
}

/// What was chosen, each with a button that drops it.
pub fn chips_ui(ui: &mut Ui, view: View<'_>, commands: &mut Vec<Command>) {
    let filters = &view.state.request.filters;
    ui.with_layout(view.direction.row().with_main_wrap(true), |ui| {
        // Values of which any will do stand together, where the first of them was chosen.
        let first_of = |idx: usize| {
            let filter = &filters.values[idx];
            let alternates = |it: &FacetFilter| it.facet == filter.facet && !it.excluded && filters.takes_any(it.facet);
            let first = filters.values.iter().position(alternates);
            first.filter(|_| alternates(filter)).unwrap_or(idx)
        };
        let mut order: Vec<usize> = (0..filters.values.len()).collect();
        order.sort_by_key(|idx| first_of(*idx));
        for idx in order {
            let filter = &filters.values[idx];
            if first_of(idx) != idx {
                text::line_ui(ui, view.words.or(), &view.weak());
            }
            let shown = view.words.facet_value(filter.facet, &filter.name);
            let name = if filter.excluded {
                format!("{} {shown}", view.words.not())
            } else {
                shown.into_owned()
            };
            if chip_ui(ui, view, &name) {
                commands.push(Command::RemoveFilter(idx));
            }
        }
        if let Some(similar_to) = &view.state.request.similar_to {
            let name = view.words.similar_to(&similar_to.title);
            if chip_ui(ui, view, &name) {
                commands.push(Command::RemoveSimilar);
            }
        }
        if let Some(period) = filters.period
            && chip_ui(ui, view, &view.words.period(period))
        {
            commands.push(Command::SetPeriod(None));
        }
        if text::button_ui(ui, view.words.clear_all()).clicked() {
            commands.push(Command::ClearAll);
        }
    });
}

/// Returns whether the value was dropped.
fn chip_ui(ui: &mut Ui, view: View<'_>, text: &str) -> bool {
    let name = format!("{}: {text}", view.words.remove_filter());
    let chip = text::chip_ui(ui, text, &name);
    text::tooltip(&chip.response, &name);
    chip.removed
}

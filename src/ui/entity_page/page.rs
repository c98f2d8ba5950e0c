//! The page: title, what can be done with the name, and what is known of it.

use egui::{Id, Margin, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use crate::entities::{EntityId, EntityKind};
use crate::index::{Companion, EntityPage, Facet};
use crate::state::{ChartKind, Command, EntityView, FilePurpose, MOST_COMPARED};
use crate::text::{self, EditState, Icon, LinkRow};

use super::super::dialog_request::{CorrectionStep, DialogRequest, EntityName};
use super::super::find_entity::{FindEntity, find_entity_ui};
use super::super::layout::{View, row_ui};
use super::super::words::{self, count, date};
use super::chart::chart_ui;
use super::mentions::{ContextsState, appearance_ui, articles_ui, contexts_ui};

/// The widest column, in points.
const MAX_WIDTH: f32 = 760.0;

/// From this width on people, organisations and places stand side by side, in points.
const WIDTH_OF_COLUMNS: f32 = 440.0;

/// At most this many spellings are listed. A guess.
const MAX_SPELLINGS: usize = 40;

/// The height of the list in which another entity is chosen, in points.
const FOUND_HEIGHT: f32 = 200.0;

/// What the page remembers.
#[derive(Default)]
pub struct EntityPageState {
    /// Whether the keyboard was asked for.
    pub takes_focus: bool,
    /// Whose page was shown last.
    shown: Option<EntityId>,
    /// The search for another entity, while it is open.
    other: Option<(EditState, String)>,
    /// Which part of the page is shown.
    part: Part,
    contexts: ContextsState,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Part {
    /// When, in which roles, under which spellings, with whom.
    #[default]
    Overview,
    /// All its articles.
    Articles,
    /// What they say of it.
    Contexts,
}

/// Draws the page that is open.
pub fn entity_page_ui(
    ui: &mut Ui,
    view: View<'_>,
    page: &EntityView,
    it: &mut EntityPageState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let is_new = it.shown.as_ref() != Some(&page.id);
    if is_new {
        it.shown = Some(page.id.clone());
        it.other = None;
        it.part = Part::default();
        it.contexts = ContextsState::default();
    }
    let words = view.words;
    let shown = page.page.value.as_deref();
    let takes_focus = std::mem::take(&mut it.takes_focus);
    toolbar_ui(ui, view, shown, (is_new, takes_focus), commands);
    let Some(shown) = shown else {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.4);
            let text = match page.page.failed {
                true => words.not_read(),
                false => words.loading(),
            };
            text::line_ui(ui, text, &view.style().size(18.0));
        });
        return;
    };
    let parts = [
        (Part::Overview, words.overview()),
        (Part::Articles, words.its_articles()),
        (Part::Contexts, words.contexts()),
    ];
    text::tabs_ui(ui, "parts of profile", words.profile_pages(), &mut it.part, &parts);
    let salt = |part: &str| format!("{part} of {}", shown.summary.id.0);
    match it.part {
        Part::Overview => text::scroll_area_ui(ui, &salt("page"), |ui| {
            column(ui, 6, 40).show(ui, |ui| {
                title_ui(ui, view, shown);
                tools_ui(ui, view, (page, shown), it, dialog, commands);
                ui.add_space(6.0);
                page_ui(ui, view, shown, commands);
            });
        }),
        Part::Articles => {
            column(ui, 4, 4).show(ui, |ui| {
                articles_ui(ui, view, &page.mentions, &salt("articles"), commands);
            });
        }
        Part::Contexts => {
            column(ui, 4, 4).show(ui, |ui| {
                contexts_ui(
                    ui,
                    view,
                    &page.mentions,
                    (&salt("contexts"), &mut it.contexts),
                    commands,
                );
            });
        }
    }
}

/// A column of comfortable width in the middle, with so much room above and below.
fn column(ui: &Ui, top: i8, bottom: i8) -> egui::Frame {
    let margin = ((ui.available_width() - MAX_WIDTH) / 2.0).clamp(18.0, f32::from(i8::MAX));
    egui::Frame::new().inner_margin(Margin {
        left: margin as i8,
        right: margin as i8,
        top,
        bottom,
    })
}

fn other_id() -> Id {
    Id::unique("compare with")
}

fn toolbar_ui(
    ui: &mut Ui,
    view: View<'_>,
    shown: Option<&EntityPage>,
    (is_new, takes_focus): (bool, bool),
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    row_ui(ui, view, 38.0, |ui| {
        ui.add_space(8.0);
        let back = text::icon_button_ui(ui, Icon::Back, words.back());
        text::tooltip(&back, words.back());
        if back.clicked() {
            commands.push(Command::LeaveEntity);
        }
        // Who came by the keyboard goes on with it from here.
        if takes_focus || is_new && CLICK_SECS < ui.input(|input| input.pointer.time_since_last_click()) {
            back.request_focus();
        }
        if let Some(EntityPage { summary, .. }) = shown {
            let style = view.style().color(view.theme.entity(summary.kind));
            text::line_ui(ui, words.entity_kind(summary.kind), &style);
            text::line_ui(ui, &words::isolate(&summary.name), &view.weak());
        }
    });
}

/// What can be done with the entity.
fn tools_ui(
    ui: &mut Ui,
    view: View<'_>,
    (page, shown): (&EntityView, &EntityPage),
    it: &mut EntityPageState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let words = view.words;
    let entity = EntityName {
        id: shown.summary.id.clone(),
        kind: shown.summary.kind,
        name: shown.summary.name.clone(),
    };
    let one_row = vec2(ui.available_width(), 30.0);
    let mut takes_focus = false;
    ui.allocate_ui_with_layout(one_row, view.direction.row().with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let filter = entity.filter(false);
        let chosen = &view.state.archive.search.request.filters.values;
        let is_chosen = chosen.iter().any(|it| it.id == filter.id && !it.excluded);
        if text::toggle_ui(ui, words.narrow_to_it(), is_chosen).clicked() {
            commands.push(Command::ToggleFacet(filter));
        }
        let has_room = page.with.len() < MOST_COMPARED;
        if has_room && text::toggle_ui(ui, words.compare_with(), it.other.is_some()).clicked() {
            it.other = match it.other.take() {
                Some(_) => None,
                None => Some(Default::default()),
            };
            takes_focus = it.other.is_some();
        }
        if text::button_ui(ui, words.network_of_this()).clicked() {
            commands.push(Command::ShowNetwork(Some(page.id.clone())));
        }
        if text::button_ui(ui, words.correct_name()).clicked() {
            *dialog = Some(DialogRequest::CorrectName(entity.clone(), CorrectionStep::Name));
        }
        if view.state.archive.correcting.suggested.contains(&entity.id)
            && text::button_ui(ui, words.may_be_the_same()).clicked()
        {
            *dialog = Some(DialogRequest::Suggestions(Some(entity.id.clone())));
        }
    });
    let Some((edit, typed)) = &mut it.other else { return };
    let find = FindEntity {
        id: other_id(),
        label: words.compare_with(),
        kind: entity.kind,
        except: &entity.id,
    };
    ui.add_space(4.0);
    let height = if typed.trim().is_empty() { 34.0 } else { FOUND_HEIGHT };
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let mut field = ui.new_child(UiBuilder::new().max_rect(room));
    let (chosen, is_left) = find_entity_ui(&mut field, view, find, edit, typed, commands);
    if takes_focus {
        // Not before it is drawn: a click takes the keyboard from all that is not clicked at.
        ui.memory_mut(|memory| memory.request_focus(other_id()));
    }
    if is_left || chosen.is_some() {
        it.other = None;
    }
    if let Some(other) = chosen {
        let mut with = page.with.clone();
        with.push(other.id);
        let id = page.id.clone();
        commands.push(Command::ShowEntity { id, with });
    }
}

/// A page that opens no more seconds after a click than this was opened by it. A guess.
const CLICK_SECS: f32 = 1.0;

/// The name in both scripts, and in how many articles it stands.
fn title_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage) {
    let (words, summary) = (view.words, &page.summary);
    let style = view.style().size(25.0).bold().color(view.theme.palette.strong_text);
    let title = row_ui(ui, view, 40.0, |ui| {
        text::line_ui(ui, &words::isolate(&summary.name), &style)
    });
    text::tooltip(&title, &summary.name);
    ui.ctx().accesskit_node_builder(title.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_level(1);
    });
    if let Some(latin) = &summary.latin {
        let source = words.latin_source(latin.source);
        text::text_ui(ui, &words::facts(&[&latin.text, source]), &view.style());
    }
    let mut facts = vec![count::n_articles(words, summary.articles)];
    if page.in_result != summary.articles {
        facts.push(count::in_result(words, page.in_result));
    }
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    text::text_ui(ui, &words::facts(&facts), &view.weak());
    ui.add_space(6.0);
}

fn page_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    let (words, summary) = (view.words, &page.summary);
    // The only dated article is told once.
    let last = page
        .last
        .as_ref()
        .filter(|last| page.first.as_ref().is_none_or(|first| first.article != last.article));
    for (label, appearance) in [
        (words.first_appearance(), page.first.as_ref()),
        (words.last_appearance(), last),
    ] {
        if let Some(appearance) = appearance {
            appearance_ui(ui, view, Some(label), appearance, commands);
        }
    }
    chart_ui(ui, view, page, commands);
    if !page.timeline.is_empty() {
        row_ui(ui, view, 32.0, |ui| {
            if text::button_ui(ui, words.save_chart()).clicked() {
                commands.push(Command::PickFile(FilePurpose::ExportChart(ChartKind::Names)));
            }
        });
    }
    if !page.roles.is_empty() {
        heading_ui(ui, view, words.roles());
        for role in &page.roles {
            let mut facts = vec![role.role.clone(), count::n_articles(words, role.articles)];
            facts.extend(role.period.map(|(first, last)| date::years(words, first, last)));
            let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
            text::text_ui(ui, &words::facts(&facts), &view.style());
        }
    }
    if !page.companions.is_empty() {
        heading_ui(ui, view, words.appears_with());
        companions_ui(ui, view, page, commands);
    }
    if 1 < summary.spellings.len() {
        heading_ui(ui, view, words.spellings());
        let shown = summary.spellings.iter().take(MAX_SPELLINGS);
        let mut spellings: Vec<String> = shown
            .map(|(form, n)| format!("{form} {}", count::number(words, *n)))
            .collect();
        if MAX_SPELLINGS < summary.spellings.len() {
            spellings.push(count::n_more_spellings(words, summary.spellings.len() - MAX_SPELLINGS));
        }
        let spellings: Vec<&str> = spellings.iter().map(String::as_str).collect();
        text::text_ui(ui, &words::facts(&spellings), &view.style());
    }
    heading_ui(ui, view, words.newest_articles());
    for appearance in &page.newest {
        appearance_ui(ui, view, None, appearance, commands);
    }
}

fn heading_ui(ui: &mut Ui, view: View<'_>, words: &str) {
    ui.add_space(14.0);
    let response = row_ui(ui, view, 26.0, |ui| {
        text::line_ui(ui, words, &view.style().size(15.0).bold())
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_level(2);
    });
}

/// Who and what appears with the entity, each kind in its column where there is room.
fn companions_ui(ui: &mut Ui, view: View<'_>, page: &EntityPage, commands: &mut Vec<Command>) {
    let has_columns = WIDTH_OF_COLUMNS <= ui.available_width();
    let of_kind = |kind| page.companions.iter().filter(move |it| it.kind == kind);
    let kinds: Vec<EntityKind> = EntityKind::ALL
        .into_iter()
        .filter(|kind| of_kind(*kind).next().is_some())
        .collect();
    let gap = 18.0;
    let room = ui.available_rect_before_wrap();
    let width = match has_columns {
        true => (room.width() - gap * (kinds.len() as f32 - 1.0)) / kinds.len() as f32,
        false => room.width(),
    };
    let mut rest = room;
    let mut bottom = room.top();
    for kind in kinds {
        let (column, others) = view.direction.split_start(rest, width);
        let mut child = ui.new_child(UiBuilder::new().id_salt(kind).max_rect(column));
        companions_of_kind_ui(&mut child, view, kind, of_kind(kind), page, commands);
        bottom = child.min_rect().bottom().max(bottom);
        if has_columns {
            (_, rest) = view.direction.split_start(others, gap);
        } else {
            rest.min.y = bottom + 6.0;
        }
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
}

fn companions_of_kind_ui<'a>(
    ui: &mut Ui,
    view: View<'_>,
    kind: EntityKind,
    companions: impl Iterator<Item = &'a Companion> + Clone,
    page: &EntityPage,
    commands: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let color = view.theme.entity(kind);
    let facet = Facet::of_kind(kind);
    row_ui(ui, view, 24.0, |ui| {
        text::line_ui(ui, view.words.facet(facet), &view.style().bold().color(color))
    });
    let is_narrowed = page.in_result != page.summary.articles;
    let count = |it: &Companion| if is_narrowed { it.in_result } else { it.in_archive };
    let most = companions.clone().map(count).max().unwrap_or(1).max(1);
    for it in companions {
        let note = match is_narrowed {
            true => count::n_of(view.words, it.in_result, it.in_archive),
            false => count::number(view.words, it.in_archive),
        };
        let row = LinkRow {
            text: &it.name,
            note: &note,
            bar: Some((count(it) as f32 / most as f32, color)),
            color: None,
        };
        if text::link_row_ui(ui, row).clicked() {
            commands.push(Command::ShowEntity {
                id: it.id.clone(),
                with: Vec::new(),
            });
        }
    }
}

//! The pane: the tools, the article and its menus.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use egui::{Rect, Ui, UiBuilder, vec2};

use crate::arabic::Span;
use crate::entities::{EntityId, EntityKind};
use crate::index::SimilarTo;
use crate::marks::{ArticleMarks, PassageText};
use crate::state::{Command, MarkOf, ReadArticle, Settings, SystemTheme, WhyKept};
use crate::text::{self, MenuItem, ReaderOptions, ReaderResponse};

use super::super::copying::cite;
use super::super::dialog_request::{DialogRequest, MarkedWords};
use super::super::layout::View;
use super::super::marks::{NoteOf, article_items, mark_selection, selection_items};
use super::super::menu_action::{MenuAction, original_items};
use super::super::notices::details_ui;
use super::super::words::export::{self, Word};
use super::super::words::notice;
use super::blocks::{LEFT_OUT_LINK, article_blocks, passage_of};
use super::mentions::{entity_of, mention_menu, mention_of, named, selected_words, steps};
use super::pictures::{picture_menu, picture_of, place_of, see_pictures};
use super::state::{ReaderPaneState, reader_id};
use super::tools::{find_bar_ui, show_left_out, standing_ui, toolbar_ui};

/// The longest comfortable line, in ems of the reading size: picked by feel.
const MAX_EMS: f32 = 36.0;

/// What happened in the reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReaderPaneResponse {
    /// Whether something of the article was copied.
    pub copied: bool,
    /// Whether Escape was pressed with nothing selected.
    pub is_left: bool,
}

/// Draws the article.
pub fn reader_pane_ui(
    ui: &mut Ui,
    view: View<'_>,
    pane: &mut ReaderPaneState,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) -> ReaderPaneResponse {
    let state = view.state;
    let Some(article) = &state.archive.reading.shown else {
        nothing_ui(ui, view, dialog);
        return ReaderPaneResponse::default();
    };
    let named = named(view);
    let marks = state.archive.marks.of(article.id);
    let of_what = (article.id, state.archive.reading.entity.clone());
    if state.archive.reading.wanted == Some(article.id) && pane.shown.as_ref() != Some(&of_what) {
        if let Some(place) = of_what.1.as_ref().and_then(|it| place_from_page(view, article, it)) {
            pane.reader.go_to_link(place as u64);
        }
        if let Some((_, place)) = state.archive.reading.left_at {
            pane.reader.return_to((place.block, place.byte));
        }
        pane.shown = Some(of_what);
    }
    mark_line(view, article, pane);
    mark_passage(view, article, pane);
    let pictures = &state.archive.reading.pictures;
    pane.textures.follow(ui.ctx(), pictures, &pictures.in_view);
    // Its place is taken now, but it is drawn behind the text: the keyboard goes from the list to the text.
    let room = ui.available_rect_before_wrap();
    let head = Rect::from_min_size(room.min, vec2(room.width(), pane.head_height));
    ui.advance_cursor_after_rect(head);

    let settings = &state.settings;
    let page = pane.page_in_view(article);
    let pane_textures = std::mem::take(&mut pane.textures);
    let selected = pane
        .reader
        .selected_in_block()
        .and_then(|it| selected_words(article, it));
    let selected_source = pane.reader.selected_source();
    let options = ReaderOptions {
        key: key_of(article, settings, (state.system_theme, &named), marks),
        text: article.id.0,
        max_width: settings.reading_size * MAX_EMS,
        name: &article.article.title,
        menu: &|is_on_name| article_menu(view, (article, page), (selected.as_ref(), selected_source), is_on_name),
        picture: &|link| pane_textures.of(picture_of(article, link)?),
        link_menu: &|link| {
            if let Some(picture) = picture_of(article, link) {
                let items = picture_menu(view, article, picture).into_iter();
                return items.map(|it| it.map(ReaderAction::Shared)).collect();
            }
            let items = mention_of(article, link).map_or_else(Vec::new, |it| mention_menu(view, article, it));
            items.into_iter().map(|it| it.map(ReaderAction::Shared)).collect()
        },
    };
    let response = text::reader_ui(ui, reader_id(), &mut pane.reader, options, || {
        article_blocks(settings, state.system_theme, article, (&named, marks))
    });
    pane.textures = pane_textures;
    see_pictures(ui, view, article, &response.pictures, commands);
    if response.response.has_focus()
        && let Some(key) = text::letter_pressed(ui)
    {
        let selected = pane.reader.selected_source();
        mark_selection(view, (article, selected), key, dialog, commands);
    }
    head_ui(ui, view, (article, &named, head), pane, commands);
    let (copied, is_left) = (response.copied, response.is_left);
    act(ui, view, (article, pane, response), dialog, commands);
    ReaderPaneResponse { copied, is_left }
}

/// Does what was asked for in the text.
fn act(
    ui: &Ui,
    view: View<'_>,
    (article, pane, response): (&Arc<ReadArticle>, &mut ReaderPaneState, ReaderResponse<ReaderAction>),
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    match response.chosen {
        Some(ReaderAction::Find) => pane.open_find(ui),
        Some(ReaderAction::SearchSelection) => {
            let selected = pane.reader.selected_text();
            let query = selected.split_whitespace().collect::<Vec<_>>().join(" ");
            commands.push(Command::SetQuery(format!("\"{query}\"")));
        }
        Some(ReaderAction::Shared(action)) => action.run(ui.ctx(), dialog, commands),
        None => {}
    }
    let (clicked, entered) = (response.clicked_link, response.entered_link);
    links(view, (article, clicked, entered), dialog, commands);
}

/// What a link does that was clicked, or entered by key.
fn links(
    view: View<'_>,
    (article, clicked, entered): (&Arc<ReadArticle>, Option<u64>, Option<u64>),
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    if let Some(passage) = clicked.and_then(|link| passage_of(article, view.state.archive.marks.of(article.id), link)) {
        let (article, passage, is_known) = (article.id, passage.clone(), true);
        *dialog = Some(DialogRequest::Note(NoteOf::Passage {
            article,
            passage,
            is_known,
        }));
    }
    if clicked.or(entered) == Some(LEFT_OUT_LINK) {
        commands.push(show_left_out(&view.state.settings));
    }
    if let Some(picture) = clicked.and_then(|link| picture_of(article, link)) {
        *dialog = Some(DialogRequest::Picture(Arc::clone(article), picture));
    }
    if let Some(mention) = clicked.and_then(|link| mention_of(article, link)) {
        commands.push(Command::ToggleFacet(entity_of(mention).filter(false)));
    }
    if let Some(mention) = entered.and_then(|link| mention_of(article, link)) {
        let (id, with) = (entity_of(mention).id, Vec::new());
        commands.push(Command::ShowEntity { id, with });
    }
}

/// What stands above the text.
fn head_ui(
    ui: &mut Ui,
    view: View<'_>,
    (article, named, head): (&ReadArticle, &[EntityId], Rect),
    pane: &mut ReaderPaneState,
    commands: &mut Vec<Command>,
) {
    let mut ui = ui.new_child(UiBuilder::new().id_salt("head of the article").max_rect(head));
    toolbar_ui(&mut ui, view, article, pane, commands);
    standing_ui(&mut ui, view, (article, named), pane, commands);
    find_bar_ui(&mut ui, view, pane);
    let height = ui.min_rect().height();
    if pane.head_height != height {
        pane.head_height = height;
        ui.request_repaint();
    }
}

/// From the page of an entity one comes to where the article names it: which of its links that is.
fn place_from_page(view: View<'_>, article: &ReadArticle, entity: &EntityId) -> Option<usize> {
    let mentions = article.mentions.iter().enumerate();
    let its: Vec<usize> = mentions
        .filter(|(_, it)| it.entity == entity.0)
        .map(|it| it.0)
        .collect();
    let wanted = its.get(view.state.archive.reading.nth_mention).or(its.first());
    wanted.copied().or_else(|| {
        let of_named = Some(steps(article, &named(view))).filter(|it| it.are_of_named)?;
        of_named.mentions.first().copied()
    })
}

/// Says why no article is shown.
fn nothing_ui(ui: &mut Ui, view: View<'_>, dialog: &mut Option<DialogRequest>) {
    let archive = &view.state.archive;
    let failure = archive.reading.failure.as_ref();
    let failure = failure.map(|cause| notice::read_failed(view.words, cause));
    let is_first_reading = archive
        .open
        .as_ref()
        .is_some_and(|it| it.is_reading() && it.n_articles == 0);
    let nothing = match is_first_reading {
        true => view.words.articles_come(),
        false => view.words.no_article(),
    };
    let text = failure.as_ref().map_or(nothing, |it| &it.text);
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.4);
        text::line_ui(ui, text, &view.style().size(16.0).color(view.theme.palette.weak_text));
        if let Some(told) = &failure {
            ui.add_space(8.0);
            details_ui(ui, view, told, dialog);
        }
    });
}

/// Marks the place of the selected line, where lines are shown, and goes there once.
fn mark_line(view: View<'_>, article: &Arc<ReadArticle>, pane: &mut ReaderPaneState) {
    let kwic = &view.state.archive.kwic;
    let line = kwic.selected_line().filter(|it| kwic.is_on && it.article == article.id);
    // An article that was read again lies elsewhere in memory.
    let at_line = line.map(|it| (Arc::as_ptr(article) as usize, it.at));
    if pane.at_line != at_line {
        pane.at_line = at_line;
        let place = line.and_then(|it| it.place.in_article(&article.article, &it.found));
        pane.reader.mark(place);
    }
}

/// Goes to the passage of the selected mark, where marks are listed, once.
fn mark_passage(view: View<'_>, article: &Arc<ReadArticle>, pane: &mut ReaderPaneState) {
    let list = &view.state.archive.mark_list;
    let row = list.selected_row().filter(|it| list.is_on && it.article == article.id);
    let at_passage = row.and(list.selected).map(|idx| (Arc::as_ptr(article) as usize, idx));
    if pane.at_passage == at_passage {
        return;
    }
    pane.at_passage = at_passage;
    if let Some(MarkOf::Passage(passage)) = row.map(|it| &it.what) {
        let place = PassageText::new(&article.article.text).find(passage);
        // It may go on in the next paragraph.
        let sections = article.article.sections.iter();
        let begins = place.and_then(|place| {
            let section = sections.map(|it| it.span).find(|it| it.contains(place.start))?;
            Some(Span::new(place.start, place.end.min(section.end)))
        });
        pane.reader.mark(begins);
    }
}

/// What the menu of the text does.
enum ReaderAction {
    /// Open the field that finds in the article.
    Find,
    /// Search the archive for what is selected.
    SearchSelection,
    /// What menus elsewhere do too.
    Shared(MenuAction),
}

/// What can be done with the article.
fn article_menu<'a>(
    view: View<'_>,
    (article, page): (&Arc<ReadArticle>, Option<u32>),
    (selected, source): (Option<&MarkedWords>, Option<Span>),
    is_on_name: bool,
) -> Vec<MenuItem<'a, ReaderAction>> {
    let words = view.words;
    let mark = |kind, label, starts_group| MenuItem {
        starts_group,
        enabled: selected.is_some(),
        ..MenuItem::new(label, mark_action(selected, kind))
    };
    let similar = Command::ShowSimilar(SimilarTo {
        article: article.id,
        title: article.article.title.clone(),
    });
    let reading = DialogRequest::FileReading(Arc::clone(article));
    let mut items = vec![
        MenuItem {
            starts_group: true,
            shortcut: "Ctrl+F",
            ..MenuItem::new(words.find_in_article(), ReaderAction::Find)
        },
        MenuItem::new(words.search_selection(), ReaderAction::SearchSelection),
        MenuItem::new(words.similar_articles(), ReaderAction::Shared(similar.into())),
    ];
    if is_on_name {
        // In a small window there is no room for more.
        return items;
    }
    if source.is_some() {
        let marking = selection_items(view, article, source).into_iter();
        items.extend(marking.map(|it| it.map(ReaderAction::Shared)));
        items.extend([
            mark(EntityKind::Person, words.this_is_a_person(), true),
            mark(EntityKind::Organisation, words.this_is_an_organisation(), false),
            mark(EntityKind::Place, words.this_is_a_place(), false),
        ]);
    } else {
        // Both together would be higher than a small window.
        let marking = article_items(view, article.id).into_iter();
        items.extend(marking.map(|it| it.map(ReaderAction::Shared)));
    }
    let style = view.state.settings.export.style;
    let cited = cite(view, [article.id].into(), style);
    items.push(MenuItem {
        starts_group: true,
        shortcut: "Ctrl+R",
        ..MenuItem::new(export::word(words, Word::Cite), ReaderAction::Shared(cited.into()))
    });
    let place = place_of(article, page);
    let of_file = original_items(words, place, article.article.address.as_deref());
    items.extend(of_file.into_iter().map(|it| it.map(ReaderAction::Shared)));
    let facts = DialogRequest::ArticleFacts(Arc::clone(article));
    items.push(MenuItem {
        // What it states is in the file alone.
        enabled: article.kept != Some(WhyKept::FileIsGone),
        ..MenuItem::new(words.article_facts_menu(), ReaderAction::Shared(facts.into()))
    });
    items.push(MenuItem::new(
        words.how_file_is_read(),
        ReaderAction::Shared(reading.into()),
    ));
    items
}

/// What marks the selected words as a name of a kind.
fn mark_action(selected: Option<&MarkedWords>, kind: EntityKind) -> ReaderAction {
    let marked = selected.map(|it| MarkedWords {
        kind: Some(kind),
        ..it.clone()
    });
    let action = marked.map_or(MenuAction::Push(Vec::new()), |it| DialogRequest::MarkName(it).into());
    ReaderAction::Shared(action)
}

/// Another number for another article, and for another look of the same.
fn key_of(
    article: &Arc<ReadArticle>,
    settings: &Settings,
    (system, named): (SystemTheme, &[EntityId]),
    marks: Option<&ArticleMarks>,
) -> u64 {
    let mut hasher = DefaultHasher::new();
    // An article that was read again lies elsewhere in memory; a changed look changes the blocks.
    (Arc::as_ptr(article) as usize, article.id).hash(&mut hasher);
    (
        settings.theme as u8,
        system,
        settings.language as u8,
        settings.shows_left_out,
    )
        .hash(&mut hasher);
    (settings.numerals as u8, settings.month_names as u8).hash(&mut hasher);
    named.hash(&mut hasher);
    marks.hash(&mut hasher);
    (
        settings.reading_face as u8,
        settings.justified,
        settings.uses_inferred_dates,
        settings.shows_pictures,
    )
        .hash(&mut hasher);
    (settings.reading_size.to_bits(), settings.reading_leading.to_bits()).hash(&mut hasher);
    hasher.finish()
}

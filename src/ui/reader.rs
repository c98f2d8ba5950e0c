//! The reader: one article, set well, with what it names.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use egui::{Id, Ui};

use crate::arabic::Span;
use crate::archive::{ArticleId, DateProvenance, PublicationDate, SectionKind};
use crate::entities::{Correction, EntityId};
use crate::index::SimilarTo;
use crate::state::{Command, ReadArticle, ReadMention, Settings};
use crate::text::{
    self, Block, Direction, EditKind, EditOptions, EditState, Icon, MenuItem, ReaderOptions, ReaderState, SpanStyle,
    TextStyle,
};

use super::entity::{EntityForm, EntityName, Wish};
use super::file_reading::FileReading;
use super::settings::Dialog;
use super::strings::Words;
use super::theme::{self, Theme};
use super::{View, middle_and_end_ui, row_ui, strings};

/// The longest comfortable line, in ems of the reading size.
const MAX_EMS: f32 = 36.0;

/// What the reader remembers.
#[derive(Default)]
pub struct ReaderPaneState {
    reader: ReaderState,
    /// What is looked for in the article, while that is done.
    find: Option<FindState>,
    /// The article that was shown last, and the entity from whose page it was opened.
    shown: Option<(ArticleId, Option<EntityId>)>,
}

#[derive(Default)]
struct FindState {
    edit: EditState,
    query: String,
}

impl ReaderPaneState {
    /// Opens the field that finds in the article, with what is selected in it.
    pub fn open_find(&mut self, ui: &Ui) {
        let selected = self.reader.selected_text();
        let find = self.find.get_or_insert_default();
        if !selected.is_empty() && !selected.contains('\n') {
            find.query = selected;
            self.reader.find(&find.query);
        }
        ui.memory_mut(|memory| memory.request_focus(find_id()));
    }

    /// Goes to the next hit in the article, or to the one before.
    pub fn find_next(&mut self, forward: bool) {
        self.reader.find_next(forward);
    }

    /// Goes to the next or the previous mention of what was chosen, or of anything if nothing was.
    pub fn go_to_mention(&mut self, ui: &Ui, view: View<'_>, forward: bool) {
        let Some(article) = &view.state.reading.shown else {
            return;
        };
        let mut steps = steps(view, article);
        if steps.is_empty() {
            steps = (0..article.mentions.len()).collect();
        }
        self.step(&steps, forward);
        ui.memory_mut(|memory| memory.request_focus(reader_id()));
    }

    /// Goes to the next of some mentions, or to the previous one; around the ends.
    fn step(&mut self, steps: &[usize], forward: bool) {
        let current = self.current_mention();
        let next = match forward {
            true => steps
                .iter()
                .find(|it| current.is_none_or(|current| current < **it))
                .or(steps.first()),
            false => steps
                .iter()
                .rfind(|it| current.is_some_and(|current| **it < current))
                .or(steps.last()),
        };
        if let Some(next) = next {
            self.reader.go_to_link(*next as u64);
        }
    }

    fn current_mention(&self) -> Option<usize> {
        usize::try_from(self.reader.current_link()?).ok()
    }

    /// Whether the keyboard is in the article.
    pub fn has_focus(ui: &Ui) -> bool {
        ui.memory(|memory| memory.has_focus(reader_id()) || memory.has_focus(find_id()))
    }
}

fn reader_id() -> Id {
    Id::unique("reader")
}

fn find_id() -> Id {
    Id::unique("find in article")
}

/// Draws the article. Returns whether something of it was copied.
pub fn reader_pane_ui(
    ui: &mut Ui,
    view: View<'_>,
    pane: &mut ReaderPaneState,
    dialog: &mut Dialog,
    commands: &mut Vec<Command>,
) -> bool {
    let state = view.state;
    let Some(article) = &state.reading.shown else {
        let text = state
            .reading
            .failure
            .as_deref()
            .unwrap_or_else(|| view.words.no_article());
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.4);
            text::line_ui(ui, text, &view.style().size(16.0).color(view.theme.palette.weak_text));
        });
        return false;
    };
    let of_what = (article.id, state.reading.entity.clone());
    if state.reading.wanted == Some(article.id) && pane.shown.as_ref() != Some(&of_what) {
        // From the page of an entity one comes to where the article names it.
        if of_what.1.is_some()
            && let Some(first) = steps(view, article).first()
        {
            pane.reader.go_to_link(*first as u64);
        }
        pane.shown = Some(of_what);
    }
    toolbar_ui(ui, view, article, pane, commands);
    steps_ui(ui, view, article, pane);
    find_bar_ui(ui, view, pane);

    let settings = &state.settings;
    let mut hasher = DefaultHasher::new();
    // An article that was read again lies elsewhere in memory; a changed look changes the blocks.
    (Arc::as_ptr(article) as usize, article.id).hash(&mut hasher);
    (settings.theme as u8, settings.language as u8, settings.shows_left_out).hash(&mut hasher);
    (settings.numerals as u8, settings.month_names as u8).hash(&mut hasher);
    (
        settings.reading_face as u8,
        settings.justified,
        settings.uses_inferred_dates,
    )
        .hash(&mut hasher);
    (settings.reading_size.to_bits(), settings.reading_leading.to_bits()).hash(&mut hasher);
    let options = ReaderOptions {
        key: hasher.finish(),
        text: article.id.0,
        max_width: settings.reading_size * MAX_EMS,
        name: &article.article.title,
        menu: &[
            MenuItem {
                starts_group: true,
                shortcut: "Ctrl+F",
                ..MenuItem::new(view.words.find_in_article())
            },
            MenuItem::new(view.words.search_selection()),
            MenuItem::new(view.words.similar_articles()),
            MenuItem {
                starts_group: true,
                ..MenuItem::new(view.words.copy_path())
            },
            MenuItem::new(view.words.how_file_is_read()),
        ],
        link_menu: &|link| mention_of(article, link).map_or_else(Vec::new, |it| mention_menu(view, it)),
    };
    let response = text::reader_ui(ui, reader_id(), &mut pane.reader, options, || {
        article_blocks(settings, article)
    });
    match response.menu_choice {
        Some(0) => pane.open_find(ui),
        Some(1) => {
            let selected = pane.reader.selected_text();
            let query = selected.split_whitespace().collect::<Vec<_>>().join(" ");
            commands.push(Command::SetQuery(format!("\"{query}\"")));
        }
        Some(2) => commands.push(Command::ShowSimilar(SimilarTo {
            article: article.id,
            title: article.article.title.clone(),
        })),
        Some(3) => ui.copy_text(article.article.path.display().to_string()),
        Some(_) => *dialog = Dialog::FileReading(FileReading::new(&article.article)),
        None => {}
    }
    if let Some(mention) = response.clicked_link.and_then(|link| mention_of(article, link)) {
        commands.push(Command::ToggleFacet(entity_of(mention).filter(false)));
    }
    if let Some(mention) = response.entered_link.and_then(|link| mention_of(article, link)) {
        let (id, with) = (entity_of(mention).id, None);
        commands.push(Command::ShowEntity { id, with });
    }
    if let Some((link, choice)) = response.link_choice
        && let Some(mention) = mention_of(article, link)
    {
        choose_in_mention_menu(mention, choice, dialog, commands);
    }
    response.copied
}

fn mention_of(article: &ReadArticle, link: u64) -> Option<&ReadMention> {
    article.mentions.get(usize::try_from(link).ok()?)
}

fn entity_of(mention: &ReadMention) -> EntityName {
    EntityName {
        id: EntityId(mention.entity.clone()),
        kind: mention.kind,
        name: mention.name.clone(),
    }
}

/// What can be done with a mention, under the name of what it names.
fn mention_menu<'a>(view: View<'a>, mention: &'a ReadMention) -> Vec<MenuItem<'a>> {
    let words = view.words;
    vec![
        MenuItem {
            disabled: true,
            ..MenuItem::new(&mention.name)
        },
        MenuItem {
            shortcut: "Enter",
            ..MenuItem::new(words.entity_page())
        },
        MenuItem::new(words.narrow_to_it()),
        MenuItem::new(words.exclude()),
        MenuItem {
            starts_group: true,
            ..MenuItem::new(words.rename_this())
        },
        MenuItem::new(words.kind_of_this()),
        MenuItem {
            disabled: mention.is_only_spelling,
            ..MenuItem::new(words.not_this_one(mention.kind))
        },
        MenuItem::new(words.merge_this()),
        MenuItem::new(words.not_an_entity()),
    ]
}

/// Does what was chosen from [`mention_menu`].
fn choose_in_mention_menu(mention: &ReadMention, choice: usize, dialog: &mut Dialog, commands: &mut Vec<Command>) {
    let entity = entity_of(mention);
    let id = entity.id.clone();
    let wish = match choice {
        1 => return commands.push(Command::ShowEntity { id, with: None }),
        2 => return commands.push(Command::ToggleFacet(entity.filter(false))),
        3 => return commands.push(Command::ToggleFacet(entity.filter(true))),
        4 => Wish::Name,
        5 => Wish::Kind,
        6 => Wish::Correct(Correction::Split {
            from: id,
            spelling: mention.spelling.clone(),
        }),
        7 => Wish::Merge,
        _ => Wish::Correct(Correction::Hide { entity: id }),
    };
    *dialog = Dialog::Entity(Box::new(EntityForm::new(entity, wish, commands)));
}

/// The mentions that are stepped through, in their order: those of the chosen entities, and of the one from whose page
/// the article was opened.
fn steps(view: View<'_>, article: &ReadArticle) -> Vec<usize> {
    let chosen = &view.state.request.filters.values;
    let is_chosen = |it: &ReadMention| {
        let from_page = view.state.reading.entity.as_ref().is_some_and(|id| id.0 == it.entity);
        from_page || chosen.iter().any(|filter| filter.id == it.entity && !filter.excluded)
    };
    let mentions = article.mentions.iter().enumerate();
    mentions.filter(|(_, it)| is_chosen(it)).map(|(idx, _)| idx).collect()
}

/// Where the reader is among the mentions of what was chosen, while something was.
fn steps_ui(ui: &mut Ui, view: View<'_>, article: &ReadArticle, pane: &mut ReaderPaneState) {
    let steps = steps(view, article);
    let Some(first) = steps.first().and_then(|idx| article.mentions.get(*idx)) else {
        return;
    };
    let words = view.words;
    let current = pane
        .current_mention()
        .and_then(|it| steps.iter().position(|step| *step == it));
    let told = match current {
        Some(current) => words.find_count(current + 1, steps.len()),
        None => words.n_mentions(steps.len()),
    };
    let is_one = steps.iter().all(|idx| article.mentions[*idx].entity == first.entity);
    let shown = current
        .and_then(|idx| article.mentions.get(steps[idx]))
        .filter(|_| !is_one);
    let name = match (is_one, shown) {
        (true, _) => &first.name,
        (false, Some(mention)) => &mention.name,
        (false, None) => words.mentions(),
    };
    let mut step = None;
    let frame = egui::Frame::new().fill(view.theme.palette.raised);
    frame.inner_margin(egui::Margin::symmetric(12, 2)).show(ui, |ui| {
        row_ui(ui, view, 32.0, |ui| {
            let label = |ui: &mut Ui| {
                let response = text::line_ui(ui, &strings::facts(&[name, &told]), &view.style());
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_live(egui::accesskit::Live::Polite);
                });
            };
            middle_and_end_ui(ui, view, "mentions", label, |ui| {
                for (icon, name, keys, forward) in [
                    (Icon::Up, words.previous_mention(), "Alt+↑", false),
                    (Icon::Down, words.next_mention(), "Alt+↓", true),
                ] {
                    let response = text::icon_button_ui(ui, icon, name);
                    text::tooltip(&response, &strings::facts(&[name, keys]));
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

fn toolbar_ui(
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
        let (path, encoding) = (strings::isolated(&article.article.path), article.article.encoding);
        let path = match encoding {
            "" | "UTF-8" => path,
            encoding => strings::facts(&[&path, encoding]),
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

/// The field that finds in the article, while it is open.
fn find_bar_ui(ui: &mut Ui, view: View<'_>, pane: &mut ReaderPaneState) {
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
    egui::Frame::new()
        .fill(view.theme.palette.raised)
        .inner_margin(egui::Margin::symmetric(12, 5))
        .show(ui, |ui| {
            row_ui(ui, view, 34.0, |ui| {
                middle_and_end_ui(ui, view, "find", &mut field, |ui| {
                    if has_query {
                        text::line_ui(ui, &words.find_count(current, n_hits), &view.weak());
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

/// The article as blocks of text, in reading order. What it names is tinted and a link: the number of the mention.
pub fn article_blocks(settings: &Settings, shown: &ReadArticle) -> Vec<Block> {
    let article = &shown.article;
    let (words, theme) = (Words(settings), Theme::of(settings));
    let look = theme::look(settings);
    let (body, dateline) = (TextStyle::body(&look), TextStyle::dateline(&look));
    let size = look.reading_size;
    let mut blocks = Vec::new();
    let plain = Block::new;
    // What the window says about the article stands at the side of its headline.
    let about = |text: String, space_before: f32| Block {
        side: Direction::of(&article.title),
        ..Block::new(text, dateline.clone(), space_before)
    };

    if shown.file_is_gone {
        blocks.push(about(words.file_is_gone().to_owned(), 0.0));
    }
    let mut facts = vec![article.source.clone().unwrap_or_else(|| words.no_source().to_owned())];
    facts.extend(article.byline.clone());
    let is_shown = |it: &PublicationDate| settings.uses_inferred_dates || it.provenance != DateProvenance::Inferred;
    let published = article.published.filter(is_shown);
    facts.push(words.published(published));
    facts.extend(published.map(|it| words.provenance(it.provenance).to_owned()));
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    blocks.push(about(strings::facts(&facts), 4.0));

    let mut title = plain(article.title.clone(), TextStyle::headline(&look), 6.0);
    title.heading = Some(1);
    if let Some(span) = article.title_span()
        && span.of(&article.text) == Some(article.title.as_str())
    {
        mark_block(&mut title, &theme, shown, span);
    }
    blocks.push(title);
    if article.title_derived {
        blocks.push(about(words.derived_title().to_owned(), 2.0));
    }

    let shows_left_out = settings.shows_left_out;
    let mut is_lead = true;
    for section in &article.sections {
        let Some(text) = section.span.of(&article.text) else {
            continue;
        };
        match section.kind {
            SectionKind::Title => {}
            SectionKind::Body => {
                let style = if is_lead { TextStyle::lead(&look) } else { body.clone() };
                is_lead = false;
                let mut block = plain(text.to_owned(), style, size * 0.75);
                block.justified = settings.justified;
                mark_block(&mut block, &theme, shown, section.span);
                blocks.push(block);
            }
            SectionKind::Subheading => {
                let mut block = plain(text.to_owned(), TextStyle::subheading(&look), size * 1.2);
                block.heading = Some(2);
                mark_block(&mut block, &theme, shown, section.span);
                blocks.push(block);
            }
            kind if shows_left_out => {
                let label = strings::isolate(words.section(kind));
                let mut block = plain(format!("{label}: {text}"), TextStyle::caption(&look), size * 0.5);
                block.background = Some(theme.palette.sunken);
                blocks.push(block);
            }
            _ => {}
        }
    }
    if !article.keywords.is_empty() {
        let label = strings::isolate(words.keywords_label());
        let text = format!("{label}: {}", article.keywords.join("، "));
        blocks.push(plain(text, TextStyle::caption(&look), size * 1.4));
    }
    blocks
}

/// Tints what a block names, underlines its dates and marks what was searched for; `span` is the block's place in the article's text.
fn mark_block(block: &mut Block, theme: &Theme, shown: &ReadArticle, span: Span) {
    let inside = |it: Span| {
        span.covers(it)
            .then(|| Span::new(it.start - span.start, it.end - span.start))
    };
    for (idx, mention) in shown.mentions.iter().enumerate() {
        let Some(span) = inside(mention.span) else { continue };
        let color = Some(theme.entity(mention.kind));
        block.spans.push(SpanStyle {
            span,
            color,
            ..SpanStyle::default()
        });
        block.links.push((span, idx as u64));
    }
    for span in shown.dates.iter().filter_map(|it| inside(*it)) {
        block.spans.push(SpanStyle {
            span,
            underline: true,
            ..SpanStyle::default()
        });
    }
    for span in shown.matches.iter().filter_map(|it| inside(*it)) {
        let background = Some(theme.palette.mark);
        block.spans.push(SpanStyle {
            span,
            background,
            ..SpanStyle::default()
        });
    }
}

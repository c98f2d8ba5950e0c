//! The reader: one article, set well, with what it names.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use egui::{Id, Ui};

use crate::arabic::Span;
use crate::archive::SectionKind;
use crate::entities::EntityKind;
use crate::index::{Facet, FacetFilter};
use crate::state::{Command, ReadArticle, Settings};
use crate::text::{self, Block, Icon, ReaderState, SpanStyle, TextStyle};

use super::{View, end_ui, row_ui, theme};

/// The longest comfortable line, in ems of the reading size.
const MAX_EMS: f32 = 36.0;

/// What the reader remembers.
#[derive(Default)]
pub struct ReaderPaneState {
    reader: ReaderState,
}

pub fn reader_pane_ui(ui: &mut Ui, view: View<'_>, pane: &mut ReaderPaneState, commands: &mut Vec<Command>) {
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
        return;
    };
    toolbar_ui(ui, view, article, commands);

    let mut hasher = DefaultHasher::new();
    // An article that was read again lies elsewhere in memory; a changed look changes the blocks.
    (
        Arc::as_ptr(article) as usize,
        article.id,
        state.settings.theme as u8,
        state.settings.language as u8,
    )
        .hash(&mut hasher);
    (state.settings.shows_left_out, state.settings.reading_size.to_bits()).hash(&mut hasher);
    (state.settings.numerals as u8, state.settings.month_names as u8).hash(&mut hasher);
    let max_width = state.settings.reading_size * MAX_EMS;
    let response = text::reader_ui(
        ui,
        Id::unique("reader"),
        &mut pane.reader,
        hasher.finish(),
        || blocks(view, article),
        max_width,
    );
    if let Some(mention) = response
        .clicked_link
        .and_then(|idx| article.mentions.get(usize::try_from(idx).ok()?))
    {
        commands.push(Command::ToggleFacet(FacetFilter {
            facet: facet_of(mention.kind),
            id: mention.entity.clone(),
            name: mention.name.clone(),
            excluded: false,
        }));
    }
}

fn toolbar_ui(ui: &mut Ui, view: View<'_>, article: &ReadArticle, commands: &mut Vec<Command>) {
    let settings = &view.state.settings;
    let set = |commands: &mut Vec<Command>, settings: Settings| commands.push(Command::SetSettings(settings));
    row_ui(ui, view, 38.0, |ui| {
        ui.add_space(14.0);
        let path = super::strings::isolated(&article.article.path);
        end_ui(ui, view, |ui| {
            ui.add_space(8.0);
            let sizes = Settings::READING_SIZES;
            let name = view.words.larger();
            if text::icon_button_ui(ui, Icon::Larger, name).clicked() {
                let reading_size = (settings.reading_size + 1.0).min(*sizes.end());
                set(
                    commands,
                    Settings {
                        reading_size,
                        ..settings.clone()
                    },
                );
            }
            let name = view.words.smaller();
            if text::icon_button_ui(ui, Icon::Smaller, name).clicked() {
                let reading_size = (settings.reading_size - 1.0).max(*sizes.start());
                set(
                    commands,
                    Settings {
                        reading_size,
                        ..settings.clone()
                    },
                );
            }
            let shown = settings.shows_left_out;
            if text::toggle_ui(ui, view.words.show_left_out(), shown).clicked() {
                set(
                    commands,
                    Settings {
                        shows_left_out: !shown,
                        ..settings.clone()
                    },
                );
            }
            row_ui(ui, view, 30.0, |ui| text::line_ui(ui, &path, &view.weak()));
        });
    });
}

/// The article as blocks of text, in reading order.
fn blocks(view: View<'_>, shown: &ReadArticle) -> Vec<Block> {
    let article = &shown.article;
    let look = theme::look(&view.state.settings);
    let body = TextStyle::reading(&look);
    let weak = view.weak().size(13.5);
    let size = look.reading_size;
    let mut blocks = Vec::new();
    let plain = |text: String, style: TextStyle, space_before: f32| Block {
        text,
        style,
        spans: Vec::new(),
        links: Vec::new(),
        space_before,
        background: None,
    };

    if shown.file_is_gone {
        blocks.push(plain(view.words.file_is_gone().to_owned(), weak.clone(), 0.0));
    }
    let mut facts = vec![
        article
            .source
            .clone()
            .unwrap_or_else(|| view.words.no_source().to_owned()),
    ];
    facts.extend(article.byline.clone());
    facts.push(view.words.published(article.published));
    facts.extend(
        article
            .published
            .map(|it| view.words.provenance(it.provenance).to_owned()),
    );
    blocks.push(plain(
        super::strings::facts(&facts.iter().map(String::as_str).collect::<Vec<_>>()),
        weak.clone(),
        4.0,
    ));

    let headline = TextStyle {
        leading: 1.45,
        ..view.style()
    }
    .size((size * 1.42).round())
    .bold()
    .color(view.theme.palette.strong_text);
    let mut title = plain(article.title.clone(), headline, 6.0);
    if let Some(span) = article.title_span()
        && span.of(&article.text) == Some(article.title.as_str())
    {
        mark_block(&mut title, view, shown, span);
    }
    blocks.push(title);
    if article.title_derived {
        blocks.push(plain(view.words.derived_title().to_owned(), weak.clone(), 2.0));
    }

    let shows_left_out = view.state.settings.shows_left_out;
    for section in &article.sections {
        let Some(text) = section.span.of(&article.text) else {
            continue;
        };
        match section.kind {
            SectionKind::Title => {}
            SectionKind::Body => {
                let mut block = plain(text.to_owned(), body.clone(), size * 0.75);
                mark_block(&mut block, view, shown, section.span);
                blocks.push(block);
            }
            SectionKind::Subheading => {
                let style = body.clone().bold().size((size * 1.1).round());
                let mut block = plain(text.to_owned(), style, size * 1.2);
                mark_block(&mut block, view, shown, section.span);
                blocks.push(block);
            }
            kind if shows_left_out => {
                let label = view.words.section(kind);
                let mut block = plain(format!("{label}: {text}"), weak.clone(), size * 0.5);
                block.background = Some(view.theme.palette.sunken);
                blocks.push(block);
            }
            _ => {}
        }
    }
    if !article.keywords.is_empty() {
        let text = format!("{}: {}", view.words.keywords_label(), article.keywords.join("، "));
        blocks.push(plain(text, weak, size * 1.4));
    }
    blocks
}

/// Tints what a block names and marks what was searched for; `span` is the block's place in the article's text.
fn mark_block(block: &mut Block, view: View<'_>, shown: &ReadArticle, span: Span) {
    let inside = |it: Span| {
        span.covers(it)
            .then(|| Span::new(it.start - span.start, it.end - span.start))
    };
    for (idx, mention) in shown.mentions.iter().enumerate() {
        let Some(span) = inside(mention.span) else { continue };
        let color = Some(view.theme.entity(mention.kind));
        block.spans.push(SpanStyle {
            span,
            color,
            ..SpanStyle::default()
        });
        block.links.push((span, idx as u64));
    }
    for span in shown.matches.iter().filter_map(|it| inside(*it)) {
        let background = Some(view.theme.palette.mark);
        block.spans.push(SpanStyle {
            span,
            background,
            ..SpanStyle::default()
        });
    }
}

fn facet_of(kind: EntityKind) -> Facet {
    match kind {
        EntityKind::Person => Facet::Person,
        EntityKind::Organisation => Facet::Organisation,
        EntityKind::Place => Facet::Place,
    }
}

//! What the reader shows: an article as blocks of text.

use crate::arabic::Span;
use crate::archive::{DateProvenance, PublicationDate, SectionKind};
use crate::state::{ReadArticle, Settings};
use crate::text::{Block, Direction, Look, SpanStyle, TextStyle};

use super::super::theme::{self, Theme};
use super::super::words::{self, Words, date};

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
    facts.push(date::published(words, published));
    facts.extend(published.map(|it| words.provenance(it.provenance).to_owned()));
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    blocks.push(about(words::facts(&facts), 4.0));

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
            SectionKind::Dateline
            | SectionKind::Byline
            | SectionKind::Caption
            | SectionKind::Source
            | SectionKind::Keywords
            | SectionKind::RelatedArticle
            | SectionKind::Boilerplate => {
                if settings.shows_left_out {
                    blocks.push(left_out(words.section(section.kind), text, &look));
                }
            }
        }
    }
    if !article.keywords.is_empty() {
        let label = words::isolate(words.keywords_label());
        let text = format!("{label}: {}", article.keywords.join("، "));
        blocks.push(plain(text, TextStyle::caption(&look), size * 1.4));
    }
    blocks
}

/// A stretch that is not part of the text, after what it is, on a ground of its own.
fn left_out(label: &str, text: &str, look: &Look) -> Block {
    let text = format!("{}: {text}", words::isolate(label));
    Block {
        background: Some(look.palette.sunken),
        ..Block::new(text, TextStyle::caption(look), look.reading_size * 0.5)
    }
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

//! What the reader shows: an article as blocks of text.

use crate::arabic::Span;
use crate::archive::{Article, DateProvenance, Problem, PublicationDate, Section, SectionKind};
use crate::entities::{EntityId, StatedFacts};
use crate::marks::{ArticleMarks, Highlight};
use crate::state::{ReadArticle, Settings, SystemTheme, WhyKept};
use crate::text::{Block, Direction, Look, SpanStyle, TextStyle};

use super::super::marks::{Passages, note_block};
use super::super::theme::{self, Theme};
use super::super::words::{self, Words, date, mark, reason};
use super::pictures::PictureBlocks;

/// What is longer is shown up to here, in bytes: all of it is set at once, within a frame. The longest article seen has
/// 200 KB.
const LONGEST: usize = 256 << 10;

/// The link that shows what was left out of the article, or hides it again.
pub const LEFT_OUT_LINK: u64 = u64::MAX;

/// Added to its place among those of the article, the link of a highlighted passage.
const PASSAGES: u64 = 1 << 40;

/// The highlighted passage that a link of the text stands for.
pub fn passage_of<'a>(article: &ReadArticle, marks: Option<&'a ArticleMarks>, link: u64) -> Option<&'a Highlight> {
    let idx = usize::try_from(link.checked_sub(PASSAGES)?).ok()?;
    Passages::of(article, marks).found.get(idx).map(|it| it.1)
}

/// The article as blocks of text, in reading order. What it names is tinted and a link: the number of the mention; those of
/// `named` have a ground of their own. What the user marked stands out, with the notes.
pub fn article_blocks(
    settings: &Settings,
    system: SystemTheme,
    shown: &ReadArticle,
    (named, marks): (&[EntityId], Option<&ArticleMarks>),
) -> Vec<Block> {
    let article = &shown.article;
    let (words, theme) = (Words(settings), Theme::of(settings, system));
    let look = theme::look(settings, system);
    let body = TextStyle::body(&look);
    let size = look.reading_size;
    let plain = Block::new;
    let passages = Passages::of(shown, marks);
    let marking = Marking {
        theme: &theme,
        shown,
        named,
        passages: &passages,
    };
    let mut blocks = opening(settings, (marking, marks), &look);

    let mut is_lead = true;
    let mut room = LONGEST;
    let mut pictures = PictureBlocks::new(settings, shown, &look);
    for section in &article.sections {
        blocks.extend(pictures.before(section.span.start));
        let span = within(&article.text, section.span, room);
        let Some(text) = span.of(&article.text).filter(|it| !it.is_empty()) else {
            break;
        };
        let section = Section { span, ..*section };
        room -= span.len();
        match section.kind {
            SectionKind::Title => {}
            SectionKind::Body => {
                let style = if is_lead { TextStyle::lead(&look) } else { body.clone() };
                is_lead = false;
                let mut block = plain(text.to_owned(), style, size * 0.75);
                block.justified = settings.justified;
                block.source = Some(section.span.start);
                marking.mark(&mut block, section.span);
                blocks.push(block);
                blocks.extend(marking.notes_in(words, section.span, &look));
            }
            SectionKind::Subheading => {
                let mut block = plain(text.to_owned(), TextStyle::subheading(&look), size * 1.2);
                block.heading = Some(2);
                block.source = Some(section.span.start);
                marking.mark(&mut block, section.span);
                blocks.push(block);
            }
            SectionKind::Caption if pictures.has_caption(text) => {}
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
    blocks.extend(pictures.before(usize::MAX));
    if is_cut(article, room) {
        blocks.push(about(article, &look, words.text_is_cut().to_owned(), size * 1.4));
    }
    if !article.keywords.is_empty() {
        let keywords: Vec<String> = article.keywords.iter().map(|it| words::isolate(it)).collect();
        let text = format!("{}: {}", words.keywords_label(), keywords.join(words.say("، ", ", ")));
        blocks.push(plain(text, TextStyle::caption(&look), size * 1.4));
    }
    blocks
}

/// What stands above the text: what is to be known of the article, and its headline.
fn opening(settings: &Settings, (marking, marks): (Marking<'_>, Option<&ArticleMarks>), look: &Look) -> Vec<Block> {
    let shown = marking.shown;
    let article = &shown.article;
    let words = Words(settings);
    let about = |text: String, space_before: f32| about(article, look, text, space_before);
    let mut blocks = Vec::new();

    blocks.extend(shown.kept.map(|why| about(why_kept(words, why).to_owned(), 0.0)));
    blocks.push(about(facts(words, settings, article), 4.0));
    let stated = shown
        .stated
        .as_ref()
        .and_then(|it| stated_otherwise(words, article, it));
    blocks.extend(stated.map(|it| about(it, 4.0)));
    if let Some(marks) = marks {
        let told = mark::shown_above(words, marks);
        blocks.extend(told.map(|it| about(it, 4.0)));
        let note = Some(marks.note.as_str()).filter(|it| !it.is_empty());
        blocks.extend(note.map(|it| note_block(words, marking.theme, look, (it, None))));
    }
    let lost = marking.passages.lost.iter();
    blocks.extend(lost.map(|it| about(mark::lost_passage(words, &it.quote), 4.0)));

    let not_followed = article.problems.iter().filter_map(|it| reason::problem(words, it));
    blocks.extend(not_followed.map(|it| about(it, 4.0)));
    if let Some(percent) = much_left_out(article).filter(|_| has_text(article)) {
        blocks.push(left_out_told(
            settings,
            marking.theme,
            about(reason::left_out(words, percent), 4.0),
        ));
    }

    let mut title = Block::new(article.title.clone(), TextStyle::headline(look), 6.0);
    title.heading = Some(1);
    if let Some(span) = article.title_span()
        && span.of(&article.text) == Some(article.title.as_str())
    {
        title.source = Some(span.start);
        marking.mark(&mut title, span);
    }
    blocks.push(title);
    if article.title_derived {
        blocks.push(about(words.derived_title().to_owned(), 2.0));
    }
    if !has_text(article) {
        let told = about(words.article_without_text().to_owned(), look.reading_size);
        blocks.push(match left_out_bytes(article) {
            0 => told,
            _ => left_out_told(settings, marking.theme, told),
        });
    }
    blocks
}

/// Whether there is anything to read beside the headline.
fn has_text(article: &Article) -> bool {
    let is_text = |kind| matches!(kind, SectionKind::Body | SectionKind::Subheading);
    article.sections.iter().any(|it| is_text(it.kind))
}

/// How much of the text was taken for captions, other articles and parts of the page, in bytes.
fn left_out_bytes(article: &Article) -> usize {
    use SectionKind::{Boilerplate, Caption, RelatedArticle};
    let left_out = article.sections.iter();
    let left_out = left_out.filter(|it| matches!(it.kind, Caption | RelatedArticle | Boilerplate));
    left_out.map(|it| it.span.len()).sum()
}

/// How much of the text was left out, in hundredths, if that is more than a third of it. Reading says so: it knows what of
/// pages and records is mark-up and fields, and no text.
fn much_left_out(article: &Article) -> Option<u64> {
    article.problems.iter().find_map(|it| match it {
        Problem::MuchLeftOut { percent } => Some(u64::from(*percent)),
        _ => None,
    })
}

/// What is told of left-out stretches, with the link that shows them.
fn left_out_told(settings: &Settings, theme: &Theme, mut block: Block) -> Block {
    let words = Words(settings);
    let link = match settings.shows_left_out {
        true => words.hide_left_out(),
        false => words.show_left_out(),
    };
    let start = block.text.len() + words::FACTS_BETWEEN.len();
    block.text = format!("{}{}{link}", block.text, words::FACTS_BETWEEN);
    let span = Span::new(start, block.text.len());
    block.spans.push(SpanStyle {
        span,
        color: Some(theme.palette.accent),
        underline: true,
        ..SpanStyle::default()
    });
    block.links.push((span, LEFT_OUT_LINK));
    block
}

/// What the window says about the article; it stands at the side of its headline.
fn about(article: &Article, look: &Look, text: String, space_before: f32) -> Block {
    Block {
        side: Direction::of(&article.title),
        ..Block::new(text, TextStyle::dateline(look), space_before)
    }
}

/// Where and when it was published, and by whom.
fn facts(words: Words<'_>, settings: &Settings, article: &Article) -> String {
    let mut facts = vec![article.source.clone().unwrap_or_else(|| words.no_source().to_owned())];
    facts.extend(article.byline.clone());
    let is_shown = |it: &PublicationDate| settings.uses_inferred_dates || it.provenance != DateProvenance::Inferred;
    let published = article.published.filter(is_shown);
    facts.push(date::published(words, published));
    facts.extend(published.map(|it| words.provenance(it.provenance).to_owned()));
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    words::facts(&facts)
}

/// What the file states where the user says otherwise: «منك: المصدر  ·  في الملف: وكالة الأنباء».
fn stated_otherwise(words: Words<'_>, article: &Article, stated: &StatedFacts) -> Option<String> {
    let source = stated.source.clone().unwrap_or_else(|| words.no_source().to_owned());
    let told = [
        (article.title != stated.title).then(|| (words.title(), stated.title.clone())),
        (article.published != stated.published).then(|| (words.date(), date::published(words, stated.published))),
        (article.source != stated.source).then(|| (words.source(), source)),
    ];
    let told: Vec<String> = told
        .into_iter()
        .flatten()
        .map(|(label, value)| words::labelled(label, &value))
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let all = words::facts(&told);
    (!told.is_empty()).then(|| {
        words.say(
            format!("صحّحته بيدك؛ في الملف: {all}"),
            format!("Corrected by you; in the file: {all}"),
        )
    })
}

/// The part of a section for which there is room, in bytes; it ends with a word where it is cut.
fn within(text: &str, section: Span, room: usize) -> Span {
    if section.len() <= room {
        return section;
    }
    let stretch = section.of(text).unwrap_or_default();
    let most = &stretch[..stretch.floor_char_boundary(room)];
    let end = most.rfind(char::is_whitespace).unwrap_or(most.len());
    Span::new(section.start, section.start + most[..end].trim_end().len())
}

/// Whether less than all sections were shown, where `room` is left.
fn is_cut(article: &Article, room: usize) -> bool {
    let n_bytes: usize = article.sections.iter().map(|it| it.span.len()).sum();
    LONGEST - room < n_bytes
}

/// A stretch that is not part of the text, after what it is, on a ground of its own.
fn left_out(label: &str, text: &str, look: &Look) -> Block {
    let text = format!("{}: {text}", words::isolate(label));
    Block {
        background: Some(look.palette.sunken),
        ..Block::new(text, TextStyle::caption(look), look.reading_size * 0.5)
    }
}

fn why_kept(words: Words<'_>, why: WhyKept) -> &str {
    match why {
        WhyKept::FileIsGone => words.file_is_gone(),
        WhyKept::FileIsSlow => words.file_is_slow(),
        WhyKept::IsRecognised => words.file_is_recognised(),
    }
}

/// What of the article's text stands out.
#[derive(Clone, Copy)]
struct Marking<'a> {
    theme: &'a Theme,
    shown: &'a ReadArticle,
    /// Who and what is asked for.
    named: &'a [EntityId],
    /// What the user highlighted.
    passages: &'a Passages<'a>,
}

impl Marking<'_> {
    /// The notes on the passages that end in a section of the text.
    fn notes_in(self, words: Words<'_>, section: Span, look: &Look) -> impl Iterator<Item = Block> {
        let ends_here = move |(span, _): &&(Span, &Highlight)| section.start < span.end && span.end <= section.end;
        let noted = self.passages.found.iter().filter(ends_here).map(|it| it.1);
        let noted = noted.filter(|it| !it.note.is_empty());
        noted.map(move |it| note_block(words, self.theme, look, (&it.note, Some(it))))
    }

    /// Lays the grounds of highlighted passages under the part of them that stands in a block.
    fn highlight(self, block: &mut Block, section: Span) {
        for (idx, (span, passage)) in self.passages.found.iter().enumerate() {
            if !span.overlaps(section) {
                continue;
            }
            let (start, end) = (span.start.max(section.start), span.end.min(section.end));
            let span = Span::new(start - section.start, end - section.start);
            // First of all: grounds are painted in their order, and those of what was searched for lie on top.
            block.spans.insert(
                0,
                SpanStyle {
                    span,
                    background: Some(self.theme.highlight(passage.color)),
                    ..SpanStyle::default()
                },
            );
            block.links.push((span, PASSAGES + idx as u64));
        }
    }

    /// Tints what a block names, underlines its dates and marks what was searched for; `span` is the block's place in the
    /// article's text.
    fn mark(self, block: &mut Block, span: Span) {
        let Self {
            theme, shown, named, ..
        } = self;
        let inside = |it: Span| {
            span.covers(it)
                .then(|| Span::new(it.start - span.start, it.end - span.start))
        };
        // All are in the order of the text.
        let first = shown.mentions.partition_point(|it| it.span.start < span.start);
        let mentions = shown.mentions.iter().enumerate().skip(first);
        for (idx, mention) in mentions.take_while(|(_, it)| it.span.start < span.end) {
            let Some(span) = inside(mention.span) else { continue };
            let is_named = named.iter().any(|id| id.0 == mention.entity);
            block.spans.push(SpanStyle {
                span,
                color: Some(theme.entity(mention.kind)),
                background: is_named.then_some(theme.named),
                ..SpanStyle::default()
            });
            block.links.push((span, idx as u64));
        }
        for span in from(&shown.dates, span).filter_map(|it| inside(*it)) {
            block.spans.push(SpanStyle {
                span,
                underline: true,
                ..SpanStyle::default()
            });
        }
        for span in from(&shown.matches, span).filter_map(|it| inside(*it)) {
            let background = Some(theme.palette.mark);
            block.spans.push(SpanStyle {
                span,
                background,
                ..SpanStyle::default()
            });
        }
        // Behind the names, which are clicked first.
        self.highlight(block, span);
    }
}

/// Those of some spans, in the order of the text, that begin within another.
fn from(spans: &[Span], within: Span) -> impl Iterator<Item = &Span> {
    let first = spans.partition_point(|it| it.start < within.start);
    spans[first..].iter().take_while(move |it| it.start < within.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_cut_after_a_word() {
        let text = "قال الوزير إن";
        let all = Span::new(0, text.len());
        let shown = |room| within(text, all, room).of(text).unwrap();
        assert_eq!(shown(text.len()), text);
        assert_eq!(shown(text.len() - 1), "قال الوزير");
        assert_eq!(shown("قال الو".len() + 1), "قال");
        assert_eq!(shown(0), "");
    }
}

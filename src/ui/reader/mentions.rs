//! The names in the article: which link is which, which are stepped through, and what can be done with one.

use crate::arabic::{Span, words};
use crate::entities::{ArticleKey, Correction, EntityId, EntityKind, word_stops};
use crate::state::{Command, ReadArticle, ReadMention};
use crate::text::MenuItem;

use super::super::dialog_request::{CorrectionStep, DialogRequest, EntityName, MarkedWords};
use super::super::layout::View;
use super::super::menu_action::MenuAction;

/// The mention that a link of the text stands for.
pub fn mention_of(article: &ReadArticle, link: u64) -> Option<&ReadMention> {
    article.mentions.get(usize::try_from(link).ok()?)
}

/// The name that a mention mentions.
pub fn entity_of(mention: &ReadMention) -> EntityName {
    EntityName {
        id: EntityId(mention.entity.clone()),
        kind: mention.kind,
        name: mention.name.clone(),
    }
}

/// The mentions that are stepped through, in their order: those of the chosen entities, and of the one from whose page
/// the article was opened.
pub fn steps(view: View<'_>, article: &ReadArticle) -> Vec<usize> {
    let chosen = &view.state.archive.search.request.filters.values;
    let is_chosen = |it: &ReadMention| {
        let from_page = view
            .state
            .archive
            .reading
            .entity
            .as_ref()
            .is_some_and(|id| id.0 == it.entity);
        from_page || chosen.iter().any(|filter| filter.id == it.entity && !filter.excluded)
    };
    let mentions = article.mentions.iter().enumerate();
    mentions.filter(|(_, it)| is_chosen(it)).map(|(idx, _)| idx).collect()
}

/// The selected words of a block without what stands around them, if it is one of the article's text.
pub fn selected_words(article: &ReadArticle, (block, span): (&str, Span)) -> Option<MarkedWords> {
    let it = &article.article;
    let mut sections = it.sections.iter().filter(|section| section.kind.is_article());
    sections.find(|section| section.span.of(&it.text) == Some(block))?;
    // The words that it touches; it may leave out clitics.
    let touched: Vec<Span> = words(block).map(|it| it.span).filter(|it| it.overlaps(span)).collect();
    let (first, last) = (touched.first()?, touched.last()?);
    let starts = word_stops(block).0.into_iter();
    let start = starts.filter(|it| first.contains(*it) && *it <= span.start).max();
    let span = Span::new(start.unwrap_or(first.start), last.end);
    let selected = span.of(block)?;
    // No name goes on in the next line.
    (!selected.contains('\n')).then(|| MarkedWords {
        article: ArticleKey::of(it),
        line: block.to_owned(),
        span,
        found: None,
        kind: None,
    })
}

/// The words of a mention in their line; `kind` says what they are from now on.
fn mentioned_words(article: &ReadArticle, mention: &ReadMention, kind: Option<EntityKind>) -> Option<MarkedWords> {
    let it = &article.article;
    let section = it.sections.iter().find(|section| section.span.covers(mention.span))?;
    let first = section.span.start;
    Some(MarkedWords {
        article: ArticleKey::of(it),
        line: section.span.of(&it.text)?.to_owned(),
        span: Span::new(mention.span.start - first, mention.span.end - first),
        found: Some(mention.kind),
        kind,
    })
}

/// What can be done with a mention, under the name of what it names.
pub fn mention_menu<'a>(
    view: View<'_>,
    article: &ReadArticle,
    mention: &'a ReadMention,
) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let entity = entity_of(mention);
    let id = || entity.id.clone();
    let correct = |step| MenuAction::Open(DialogRequest::CorrectName(entity.clone(), step));
    let split = CorrectionStep::Correct(Correction::Split {
        from: id(),
        spelling: mention.spelling.clone(),
    });
    let hide = CorrectionStep::Correct(Correction::Hide { entity: id() });
    let page = Command::ShowEntity {
        id: id(),
        with: Vec::new(),
    };
    let marks = [(Some(mention.kind), words.ends_of_name()), (None, words.no_name_here())];
    let marks = marks.into_iter().filter_map(|(kind, label)| {
        let marked = mentioned_words(article, mention, kind)?;
        Some(MenuItem::new(label, DialogRequest::MarkName(marked).into()))
    });
    let mut items = vec![
        MenuItem::title(&mention.name),
        MenuItem {
            shortcut: "Enter",
            ..MenuItem::new(words.entity_page(), page.into())
        },
        MenuItem::new(words.network_of_name(), Command::ShowNetwork(Some(id())).into()),
        MenuItem::new(words.narrow_to_it(), Command::ToggleFacet(entity.filter(false)).into()),
        MenuItem::new(words.exclude(), Command::ToggleFacet(entity.filter(true)).into()),
        MenuItem {
            starts_group: true,
            ..MenuItem::new(words.rename_this(), correct(CorrectionStep::Name))
        },
        MenuItem::new(words.kind_of_this(), correct(CorrectionStep::Kind)),
        MenuItem {
            enabled: !mention.is_only_spelling,
            ..MenuItem::new(words.not_this_one(mention.kind), correct(split))
        },
        MenuItem::new(words.merge_this(), correct(CorrectionStep::Merge)),
        MenuItem::new(words.not_an_entity(), correct(hide)),
    ];
    items.extend(marks);
    items
}

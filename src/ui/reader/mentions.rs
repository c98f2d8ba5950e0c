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

/// Who and what is asked for: what was chosen, what the query asks for by name, and the one from whose page the article was
/// opened. Its places in the article stand out.
pub fn named(view: View<'_>) -> Vec<EntityId> {
    let archive = &view.state.archive;
    let page = archive.search.results.value.as_ref();
    let found = page.into_iter().flat_map(|it| it.named.iter()).cloned();
    // What was just chosen does not wait for its page.
    let chosen = archive.search.request.filters.values.iter();
    let chosen = chosen.filter(|it| !it.excluded && it.facet.entity_kind().is_some());
    let chosen = chosen.map(|it| EntityId(it.id.clone()));
    let mut named: Vec<EntityId> = Vec::new();
    for id in found.chain(chosen).chain(archive.reading.entity.clone()) {
        if !named.contains(&id) {
            named.push(id);
        }
    }
    named
}

/// The mentions that are stepped through, in their order.
pub struct Steps {
    /// Their places among the article's mentions.
    pub mentions: Vec<usize>,
    /// Whether they are those of who or what is asked for, and not simply all.
    pub are_of_named: bool,
}

/// Those of who or what is asked for; where it is not named, or nobody is asked for, those of everybody.
pub fn steps(article: &ReadArticle, named: &[EntityId]) -> Steps {
    let is_named = |it: &ReadMention| named.iter().any(|id| id.0 == it.entity);
    let mentions = article.mentions.iter().enumerate();
    let of_named: Vec<usize> = mentions.filter(|(_, it)| is_named(it)).map(|(idx, _)| idx).collect();
    match of_named.is_empty() {
        true => Steps {
            mentions: (0..article.mentions.len()).collect(),
            are_of_named: false,
        },
        false => Steps {
            mentions: of_named,
            are_of_named: true,
        },
    }
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

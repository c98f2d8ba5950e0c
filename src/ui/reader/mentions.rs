//! The names in the article: which link is which, which are stepped through, and what can be done with one.

use crate::entities::{Correction, EntityId};
use crate::state::{Command, ReadArticle, ReadMention};
use crate::text::MenuItem;

use super::super::dialog_request::{CorrectionStep, DialogRequest, EntityName};
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

/// What can be done with a mention, under the name of what it names.
pub fn mention_menu<'a>(view: View<'_>, mention: &'a ReadMention) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let entity = entity_of(mention);
    let id = || entity.id.clone();
    let correct = |step| MenuAction::Open(DialogRequest::CorrectName(entity.clone(), step));
    let split = CorrectionStep::Correct(Correction::Split {
        from: id(),
        spelling: mention.spelling.clone(),
    });
    let hide = CorrectionStep::Correct(Correction::Hide { entity: id() });
    let page = Command::ShowEntity { id: id(), with: None };
    vec![
        MenuItem::title(&mention.name),
        MenuItem {
            shortcut: "Enter",
            ..MenuItem::new(words.entity_page(), page.into())
        },
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
    ]
}

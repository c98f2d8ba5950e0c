//! The items of menus that mark articles and passages.

use crate::arabic::Span;
use crate::archive::ArticleId;
use crate::marks::MarkColor;
use crate::state::{Command, MarkScope, ReadArticle};
use crate::text::MenuItem;

use super::super::dialog_request::DialogRequest;
use super::super::layout::View;
use super::super::menu_action::MenuAction;
use super::super::words::mark;
use super::keys::highlight;
use super::note_form::NoteOf;

/// What can be marked of an article; of all that are picked, if it is one of them.
pub fn article_items<'a>(view: View<'_>, article: ArticleId) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let archive = &view.state.archive;
    let marks = archive.marks.of(article);
    let scope = || match archive.picked.contains(article) {
        true => MarkScope::Picked,
        false => MarkScope::One(article),
    };
    let (is_starred, is_read) = (
        marks.is_some_and(|it| it.is_starred),
        marks.is_some_and(|it| it.is_read),
    );
    vec![
        MenuItem {
            starts_group: true,
            shortcut: "S",
            ..MenuItem::new(mark::star(words, is_starred), Command::ToggleStar(scope()).into())
        },
        MenuItem {
            shortcut: "R",
            ..MenuItem::new(mark::read(words, is_read), Command::ToggleRead(scope()).into())
        },
        MenuItem {
            shortcut: "T",
            ..MenuItem::new(mark::tags_item(words), DialogRequest::Tags(scope()).into())
        },
        MenuItem {
            shortcut: "N",
            ..MenuItem::new(
                mark::note_item(words),
                DialogRequest::Note(NoteOf::Articles(scope())).into(),
            )
        },
    ]
}

/// What can be marked of the selected piece of an article.
pub fn selection_items<'a>(
    view: View<'_>,
    article: &ReadArticle,
    selected: Option<Span>,
) -> [MenuItem<'a, MenuAction>; 2] {
    let words = view.words;
    let color = MarkColor::default();
    let marked = selected.and_then(|it| highlight(view, article, it, color));
    let noted = selected.and_then(|it| NoteOf::passage(view, article, it, color));
    let item = |label, shortcut, action: Option<MenuAction>| MenuItem {
        shortcut,
        enabled: action.is_some(),
        ..MenuItem::new(label, action.unwrap_or(MenuAction::Push(Vec::new())))
    };
    [
        MenuItem {
            starts_group: true,
            ..item(mark::highlight_item(words), "H", marked.map(MenuAction::from))
        },
        item(
            mark::highlight_note_item(words),
            "N",
            noted.map(|it| DialogRequest::Note(it).into()),
        ),
    ]
}

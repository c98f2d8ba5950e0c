//! The keys that mark, by their place on the keyboard: the same under an Arabic and a Latin layout.

use egui::Key;

use crate::arabic::Span;
use crate::marks::{Highlight, MarkChange, MarkColor};
use crate::state::{Command, MarkScope, ReadArticle};

use super::super::dialog_request::DialogRequest;
use super::super::layout::View;
use super::note_form::NoteOf;
use super::passages::Passages;

/// What a key does with the articles that are picked, or with the one that is shown. `row` is the selected row, where the
/// key was pressed in the list.
pub fn mark_by_key(key: Key, row: Option<usize>, dialog: &mut Option<DialogRequest>, commands: &mut Vec<Command>) {
    match key {
        Key::S => commands.push(Command::ToggleStar(MarkScope::Picked)),
        Key::R => commands.push(Command::ToggleRead(MarkScope::Picked)),
        Key::T => *dialog = Some(DialogRequest::Tags(MarkScope::Picked)),
        Key::N => *dialog = Some(DialogRequest::Note(NoteOf::Articles(MarkScope::Picked))),
        Key::X => commands.extend(row.map(Command::Pick)),
        _ => {}
    }
}

/// What a key does in the article: highlights what is selected, or does what it does in the list.
pub fn mark_selection(
    view: View<'_>,
    (article, selected): (&ReadArticle, Option<Span>),
    key: Key,
    dialog: &mut Option<DialogRequest>,
    commands: &mut Vec<Command>,
) {
    let colors = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5].into_iter();
    let color = colors.zip(MarkColor::ALL).find(|it| it.0 == key).map(|it| it.1);
    let color = color.or((key == Key::H).then(MarkColor::default));
    match (selected, color) {
        (Some(selected), Some(color)) => commands.extend(highlight(view, article, selected, color)),
        (Some(selected), None) if key == Key::N => {
            let of = NoteOf::passage(view, article, selected, MarkColor::default());
            *dialog = of.map(DialogRequest::Note);
        }
        (None, Some(_)) => {}
        _ => {
            let (mut of_list, mut request) = (Vec::new(), None);
            mark_by_key(key, None, &mut request, &mut of_list);
            // Here the article is meant that is read, whatever is picked in the list.
            let of_this = |it: Command| match it {
                Command::ToggleStar(_) => Command::ToggleStar(MarkScope::One(article.id)),
                Command::ToggleRead(_) => Command::ToggleRead(MarkScope::One(article.id)),
                it => it,
            };
            commands.extend(of_list.into_iter().map(of_this));
            *dialog = match request {
                Some(DialogRequest::Tags(_)) => Some(DialogRequest::Tags(MarkScope::One(article.id))),
                Some(DialogRequest::Note(_)) => Some(DialogRequest::Note(NoteOf::Articles(MarkScope::One(article.id)))),
                _ => dialog.take(),
            };
        }
    }
}

/// Highlights a piece of an article's text; one that is highlighted so already is so no more, one in another colour gets
/// this one.
pub fn highlight(view: View<'_>, article: &ReadArticle, selected: Span, color: MarkColor) -> Option<Command> {
    let text = &article.article.text;
    let passages = Passages::of(article, view.state.archive.marks.of(article.id));
    let change = match passages.at(selected) {
        Some(known) if known.color == color => MarkChange::Unhighlight(known.clone()),
        Some(known) => MarkChange::Highlight(Highlight { color, ..known.clone() }),
        None => MarkChange::Highlight(Highlight::new(text, selected, color)?),
    };
    Some(Command::Mark(MarkScope::One(article.id), change))
}

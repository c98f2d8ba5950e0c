//! The palette: everything that can be done from anywhere, found by typing some letters of its name in either language.

use std::borrow::Cow;

use egui::{EventFilter, Id, Key, Modifiers, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::arabic::{Folding, fold};
use crate::index::HitOrder;
use crate::state::{ArchiveRoot, Command, Language, MarkScope, Settings, chart_of};
use crate::text::{self, EditKind, EditOptions, EditState, Offer};

use super::action::Action;
use super::file_lists::has_file_lists;
use super::layout::View;
use super::words::{self, Words, count, isolate_ltr, notice, phrase};

/// How many lines are shown at once. Picked by feel: they fit the smallest window.
const N_SHOWN: usize = 9;

/// What the palette remembers.
#[derive(Default)]
pub struct Palette {
    edit: EditState,
    typed: String,
    chosen: usize,
    /// The first line that is shown.
    first: usize,
}

/// What a line of the palette does.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// An action of the window.
    Action(Action),
    /// Ask for this.
    Push(Box<Command>),
}

/// A line of the palette.
struct Entry {
    name: Cow<'static, str>,
    note: String,
    /// What is searched when something is typed: its names in both languages, folded.
    sought: String,
    does: Chosen,
}

/// Draws the palette. Returns what was chosen.
pub fn palette_ui(ui: &mut Ui, view: View<'_>, it: &mut Palette) -> Option<Chosen> {
    let id = Id::unique("palette field");
    let is_focused = ui.memory(|memory| memory.has_focus(id));
    let pressed = |key| is_focused && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let step = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
    let options = EditOptions {
        kind: EditKind::Search,
        hint: view.words.palette_hint(),
        name: words::action(view.words, Action::Palette),
    };
    let response = text::edit_ui(ui, id, &mut it.edit, &mut it.typed, options);
    if response.changed {
        (it.chosen, it.first) = (0, 0);
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let found = matching(entries(view), &it.typed);
    ui.add_space(6.0);
    if found.is_empty() {
        text::line_ui(ui, view.words.nothing_found(), &view.weak());
        return None;
    }
    let n_found = found.len();
    it.chosen = (it.chosen.min(n_found - 1) + n_found).saturating_add_signed(step) % n_found;
    it.first = it.first.clamp(it.chosen.saturating_sub(N_SHOWN - 1), it.chosen);
    let shown = &found[it.first..(it.first + N_SHOWN).min(n_found)];
    let color = view.theme.palette.weak_text;
    let offers: Vec<Offer<'_>> = shown
        .iter()
        .map(|entry| Offer {
            text: &entry.name,
            note: &entry.note,
            color,
        })
        .collect();
    let (name, width) = (words::action(view.words, Action::Palette), ui.available_width());
    let clicked = text::offer_rows_ui(ui, id, name, &offers, Some(it.chosen - it.first), width);
    let taken = match clicked {
        Some(clicked) => it.first + clicked,
        None if response.submitted => it.chosen,
        None => return None,
    };
    found.get(taken).map(|entry| entry.does.clone())
}

/// Whether something can be done now.
fn is_enabled(view: View<'_>, action: Action) -> bool {
    let archive = &view.state.archive;
    let open = archive.open.as_ref();
    let has_article = archive.reading.shown.is_some() && archive.entities.name_page().is_none();
    match action {
        Action::FindInArticle | Action::FindNext | Action::FindPrevious => has_article,
        Action::NextMention | Action::PreviousMention | Action::ShowLeftOut => has_article,
        Action::LargerText | Action::SmallerText => has_article,
        Action::Highlight => has_article,
        Action::Star | Action::Read | Action::Tags | Action::Note => archive.first_of(&MarkScope::Picked).is_some(),
        Action::PickNone => !archive.picked.articles.is_empty(),
        Action::OpenOriginal | Action::ShowInFolder => has_article,
        Action::Pictures => {
            let shown = archive.reading.shown.as_ref().filter(|_| has_article);
            shown.is_some_and(|it| it.pictures.iter().any(|it| it.size.is_ok()))
        }
        Action::OpenAddress => {
            let shown = archive.reading.shown.as_ref().filter(|_| has_article);
            shown.is_some_and(|it| it.article.address.is_some())
        }
        Action::Back => archive.trail.has_past(),
        Action::Forward => archive.trail.has_future(),
        Action::NextArticle
        | Action::PreviousArticle
        | Action::FirstArticle
        | Action::Lines
        | Action::Network
        | Action::Marks
        | Action::PickAll
        | Action::HideRead
        | Action::ImportMarks
        | Action::ExportMarks
        | Action::Searches
        | Action::Period => open.is_some(),
        Action::ByStories | Action::Suggestions | Action::Corrections | Action::Update => open.is_some(),
        Action::RecogniseScans | Action::ClearAll => open.is_some(),
        Action::ResizeList => open.is_some() && !view.state.settings.hides_list,
        Action::ResizeFacets => open.is_some() && !view.state.settings.hides_facets,
        Action::SaveChart(kind) => chart_of(archive, kind).is_some(),
        Action::Order(HitOrder::Relevance) => !archive.search.request.query_text.trim().is_empty(),
        Action::Order(_) => open.is_some(),
        Action::Undo => archive.can_undo(),
        Action::Export => archive.search.results.value.is_some(),
        Action::Cite | Action::CiteIn(_) => archive.reading.wanted.is_some(),
        Action::FilesNotRead => has_file_lists(view),
        Action::Forget => open.is_some_and(|it| matches!(it.root, ArchiveRoot::Folder(_))),
        Action::Palette
        | Action::Search
        | Action::NextPane
        | Action::PreviousPane
        | Action::ReadingMode
        | Action::ToggleList
        | Action::ToggleFacets
        | Action::OpenFolder
        | Action::Theme(_)
        | Action::Language
        | Action::Settings
        | Action::Keys => true,
    }
}

/// All that can be done now: actions, archives, saved searches.
fn entries(view: View<'_>) -> Vec<Entry> {
    let settings = &view.state.settings;
    let other = Settings {
        language: match settings.language {
            Language::Arabic => Language::English,
            Language::English => Language::Arabic,
        },
        ..settings.clone()
    };
    let sought = |names: &[&str]| fold(&names.join(" "), Folding::Name);
    let actions = Action::ALL
        .into_iter()
        .filter(|it| *it != Action::Palette && is_enabled(view, *it));
    let mut entries: Vec<Entry> = actions
        .map(|action| {
            let name = words::action(view.words, action);
            Entry {
                name: name.into(),
                note: match action.letter() {
                    Some(letter) => isolate_ltr(letter),
                    None => isolate_ltr(&action.keys(view.direction.is_rtl())),
                },
                sought: sought(&[name, words::action(Words(&other), action)]),
                does: Chosen::Action(action),
            }
        })
        .collect();
    let archive = &view.state.archive;
    let saved = archive.searches.saved.iter().enumerate().map(|(idx, saved)| Entry {
        name: words::isolate(&saved.name).into(),
        note: match archive.news.of(&saved.name) {
            0 => view.words.saved_search().to_owned(),
            new => words::facts(&[view.words.saved_search(), &count::n_new(view.words, new)]),
        },
        sought: sought(&[&saved.name, &phrase::request(view.words, &saved.visit.request)]),
        does: Chosen::Push(Box::new(Command::OpenSaved { idx, only_new: false })),
    });
    entries.extend(saved);
    let open = view.state.archive.open.as_ref().map(|it| &it.root);
    let roots = settings.recent.iter().cloned().map(ArchiveRoot::Folder);
    let roots = roots.chain([ArchiveRoot::Sample]).filter(|it| Some(it) != open);
    entries.extend(roots.map(|root| {
        let name = notice::archive(view.words, &root);
        Entry {
            sought: sought(&[&name, view.words.archive(), Words(&other).archive()]),
            name: words::isolate(&name).into(),
            note: view.words.archive().to_owned(),
            does: Chosen::Push(Box::new(Command::Open(root))),
        }
    }));
    entries
}

/// The entries in whose names the letters that were typed stand in this order, the nearest first.
fn matching(entries: Vec<Entry>, typed: &str) -> Vec<Entry> {
    let typed = fold(typed, Folding::Name);
    if typed.trim().is_empty() {
        return entries;
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(&typed, CaseMatching::Ignore, Normalization::Smart);
    let mut letters = Vec::new();
    let mut scored: Vec<(u32, Entry)> = entries
        .into_iter()
        .filter_map(|it| {
            Some((
                pattern.score(Utf32Str::new(&it.sought, &mut letters), &mut matcher)?,
                it,
            ))
        })
        .collect();
    // Equal ones stay in their order.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, it)| it).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let named = [
            ("وضع القراءة", "Reading mode"),
            ("الإعدادات", "Settings"),
            ("رجوع", "Back"),
        ];
        let entries = named.map(|(arabic, english)| Entry {
            name: english.into(),
            note: String::new(),
            sought: fold(&format!("{arabic} {english}"), Folding::Name),
            does: Chosen::Action(Action::Back),
        });
        let found = matching(entries.into(), typed);
        let found: Vec<&str> = found.iter().map(|it| &*it.name).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn some_letters_of_a_name_in_either_language_find_it() {
        check("", &["Reading mode", "Settings", "Back"]);
        check("rdmode", &["Reading mode"]);
        check("اعدادات", &["Settings"]);
        check("إعداد", &["Settings"]);
        check("القرا", &["Reading mode"]);
        check("و قرا", &["Reading mode"]);
        check("xyz", &[]);
    }
}

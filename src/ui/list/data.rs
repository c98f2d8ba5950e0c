//! What a row of the list shows, and what can be done with its article.

use std::sync::Arc;

use crate::arabic::Span;
use crate::archive::ArticleId;
use crate::index::{Hit, ResultPage, RowKind, SimilarTo};
use crate::state::{ArticlePlace, Command};
use crate::text::MenuItem;

use super::super::copying::{cite, copy_rows};
use super::super::layout::View;
use super::super::marks::{RowMarks, article_items};
use super::super::menu_action::{MenuAction, original_items};
use super::super::words::export::{self, Word};
use super::super::words::{count, date, facts};

/// A piece of an article.
#[derive(Debug)]
pub struct Shown<'a> {
    /// Its words.
    pub text: &'a str,
    /// What of it was searched for.
    pub matches: &'a [Span],
    /// Where it names who or what is asked for.
    pub names: &'a [Span],
}

/// What a row shows in this frame.
#[derive(Debug)]
pub struct RowData<'a> {
    /// Whose row it is.
    pub article: ArticleId,
    /// The headline.
    pub title: Shown<'a>,
    /// The beginning of the article, or what of it was searched for; nothing of one without text.
    pub snippet: Option<Shown<'a>>,
    /// Where and when it was published.
    pub meta: String,
    /// How many copies there are, and whether they are shown; for the first of several.
    pub story: Option<(String, bool)>,
    /// Whether it is a copy of the story above it.
    pub is_copy: bool,
    /// What the user marked of it.
    pub marks: RowMarks<'a>,
    /// All of it for a screen reader.
    pub name: String,
}

impl<'a> RowData<'a> {
    /// The row of a hit.
    pub fn new(view: View<'a>, kind: RowKind, hit: &'a Hit) -> Self {
        let source = hit.source.as_deref().unwrap_or_else(|| view.words.no_source());
        let published = date::published(view.words, hit.published);
        let open = view.state.archive.open.as_ref();
        let is_missing = open.is_some_and(|it| it.missing.contains(&hit.path));
        let mut about = vec![source, &published];
        about.extend(hit.is_recognised.then(|| view.words.recognised()));
        let is_same = matches!(kind, RowKind::Copy { .. }) && hit.n_identical != 0;
        about.extend(is_same.then(|| view.words.same_text()));
        about.extend(is_missing.then(|| view.words.file_is_missing()));
        let about = facts(&about);
        let mut name = facts(&[&hit.title, &about]);
        let story = match kind {
            RowKind::Story { n_copies, is_unfolded } => {
                let told = count::copies(view.words, (n_copies as u64, hit.n_identical), hit.n_sources);
                name = facts(&[&name, &told]);
                Some((told, is_unfolded))
            }
            RowKind::Article | RowKind::Copy { .. } => None,
        };
        let archive = &view.state.archive;
        let marks = RowMarks::new(archive.marks.of(hit.article), archive.picked.contains(hit.article));
        if let Some(told) = marks.told(view) {
            name = facts(&[&name, &told]);
        }
        Self {
            article: hit.article,
            title: Shown {
                text: &hit.title,
                matches: &hit.title_matches,
                names: &hit.title_names,
            },
            snippet: (!hit.snippet.text.is_empty()).then_some(Shown {
                text: &hit.snippet.text,
                matches: &hit.snippet.matches,
                names: &hit.snippet.names,
            }),
            meta: about,
            story,
            is_copy: matches!(kind, RowKind::Copy { .. }),
            marks,
            name,
        }
    }
}

/// What can be done with the article of a row.
pub fn row_menu<'a>(view: View<'_>, page: &ResultPage, row: usize, hit: &Hit) -> Vec<MenuItem<'a, MenuAction>> {
    let words = view.words;
    let similar = Command::ShowSimilar(SimilarTo {
        article: hit.article,
        title: hit.title.clone(),
    });
    let mut items = vec![MenuItem::new(words.similar_articles(), similar.into())];
    items.extend(article_items(view, hit.article));
    items.extend([
        MenuItem {
            starts_group: true,
            ..copies_item(view, page, row)
        },
        compare_item(view, page, row, hit.article),
    ]);
    let article: Arc<[ArticleId]> = [hit.article].into();
    let style = view.state.settings.export.style;
    items.extend([
        MenuItem {
            starts_group: true,
            shortcut: "Ctrl+C",
            ..MenuItem::new(
                export::word(words, Word::CopyRow),
                copy_rows(view, Arc::clone(&article)).into(),
            )
        },
        MenuItem {
            shortcut: "Ctrl+R",
            ..MenuItem::new(export::word(words, Word::Cite), cite(view, article, style).into())
        },
    ]);
    let place = ArticlePlace {
        path: hit.path.clone(),
        record: hit.record,
        page: None,
    };
    items.extend(original_items(words, place, hit.address.as_deref()));
    items
}

/// Shows or hides the copies of the row's story.
fn copies_item<'a>(view: View<'_>, page: &ResultPage, row: usize) -> MenuItem<'a, MenuAction> {
    let words = view.words;
    let (label, story, enabled) = match page.row_kind(row) {
        RowKind::Article => (words.show_copies(), row, false),
        RowKind::Story { is_unfolded: false, .. } => (words.show_copies(), row, true),
        RowKind::Story { is_unfolded: true, .. } => (words.hide_copies(), row, true),
        RowKind::Copy { of } => (words.hide_copies(), of, true),
    };
    MenuItem {
        enabled,
        ..MenuItem::new(label, Command::ToggleStory(story).into())
    }
}

/// Compares the first of a story with its next copy, and a copy with the first.
fn compare_item<'a>(view: View<'_>, page: &ResultPage, row: usize, article: ArticleId) -> MenuItem<'a, MenuAction> {
    let words = view.words;
    let (label, pair) = match page.row_kind(row) {
        RowKind::Article => (words.compare_copies(), None),
        RowKind::Story { .. } => {
            let next = page.others_of_story(row).first().copied();
            (words.compare_copies(), next.map(|next| (article, next)))
        }
        RowKind::Copy { of } => {
            let first = page.articles.get(of);
            (words.compare_copy(), first.map(|first| (*first, article)))
        }
    };
    MenuItem {
        action: pair.map(|(first, second)| Command::ShowDifference(first, second).into()),
        enabled: pair.is_some(),
        ..MenuItem::title(label)
    }
}
